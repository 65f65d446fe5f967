"""Vectors in half precision have a shelf of their own; where it is lacking, all is full and filed as such."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from course_utils.bottlenecks import BottleneckCache
from course_utils.engines import precision


@pytest.fixture
def half(monkeypatch):
    """Half precision on any machine: Keras' float16, which a processor computes only slowly."""
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind=None: ["one"])


@pytest.fixture
def no_half(monkeypatch):
    monkeypatch.setattr(precision, "_abilities_of_openvino", lambda: ("FP32",))


@pytest.mark.parametrize("order", [("full", "half"), ("half", "full")])
def test_full_and_half_are_never_mixed(order, half, cache, backbone, dataset, counted, tmp_path):
    some = dataset.where(np.arange(12) < 5)
    for asked in order:
        cache.extract(backbone, some, precision=asked)
    assert counted == [10]
    found = {asked: cache.extract(backbone, dataset, precision=asked) for asked in order}
    assert counted == [24]
    for asked in order:
        alone = BottleneckCache(tmp_path / f"{asked} alone").extract(backbone, dataset, precision=asked)
        np.testing.assert_array_equal(found[asked].vectors, alone.vectors)
    assert (found["half"].vectors != found["full"].vectors).any()
    assert {asked: features.precision for asked, features in found.items()} == {
        "full": "full",
        "half": "half (float16)",
    }
    assert "in precision half (float16)" in repr(found["half"]) and "precision" not in repr(found["full"])


def test_explain_says_which_precision_is_stored_and_asked_for(half, cache, backbone, dataset):
    cache.extract(backbone, dataset)
    said = repr(cache.explain(backbone, dataset, precision="half"))
    assert said == (
        "12 of 12 pictures to compute: other precision (full is stored, half (float16) asked for), "
        "in precision half (float16)."
    )
    cache.extract(backbone, dataset, precision="half")
    assert repr(cache.explain(backbone, dataset, precision="half")) == (
        "Nothing to compute: the vectors of all 12 pictures are stored (in precision half (float16))."
    )
    assert "precision" not in repr(cache.explain(backbone, dataset))


def test_a_shelf_says_its_precision_also_when_its_file_about_it_is_damaged(half, cache, backbone, dataset):
    for asked in ("full", "half"):
        cache.extract(backbone, dataset, precision=asked)
    for damage in (None, "{}", "no JSON"):
        for about in cache.folder.glob("*/about.json") if damage else ():
            about.write_text(damage)
        assert sorted(cache.contents()["precision"]) == ["full", "half (float16)"]
    assert "_float16" in repr(cache)


def test_where_half_precision_is_lacking_full_vectors_are_computed_and_filed_as_full(
    no_half, cache, backbone, dataset, counted, capsys
):
    asked_for_half = cache.extract(backbone, dataset, precision="half")
    said = "In full precision, not half: this processor lacks it (neither avx512_bf16 nor amx_bf16).\n"
    assert capsys.readouterr().out == said and asked_for_half.precision == "full"
    assert "in full precision, not half: this processor" in repr(
        cache.explain(backbone, dataset, precision="half")
    )
    full = cache.extract(backbone, dataset)
    assert counted == [12] and not capsys.readouterr().out
    np.testing.assert_array_equal(full.vectors, asked_for_half.vectors)
    assert list(cache.contents()["precision"]) == ["full"]


def test_a_backbone_that_suffers_from_half_precision_runs_in_full(half, cache, dataset, capsys):
    pixels = keras.Input((8, 8, 3))
    mean = keras.layers.GlobalAveragePooling2D()(pixels)
    large = keras.layers.Rescaling(1e5)(mean)  # no float16 is so large
    backbone = keras.Model(pixels, large, name="large")
    features = cache.extract(backbone, dataset, precision="half")
    assert features.precision == "full" and len(features) == 12
    assert "In full precision, not half: the backbone 'large' cannot use it" in capsys.readouterr().out
    assert list(cache.contents()["precision"]) == ["full"]


def test_an_unknown_precision_is_refused(cache, backbone, dataset):
    for visit in (cache.extract, cache.explain):
        with pytest.raises(
            ValueError, match="`precision` must be one of full, half. Received: 'hal'.*'half'"
        ):
            visit(backbone, dataset, precision="hal")
