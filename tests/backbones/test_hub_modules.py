"""A backbone of the course, written as TF Hub publishes its feature vectors, and used as one."""

import hashlib

import keras
import numpy as np
import pytest
import tensorflow as tf
from tiny import make_backbone

from course_utils.backbones import hub_modules, load_backbone
from course_utils.backbones.hub import HubLayer
from course_utils.backbones.hub_modules import PUBLISHED, find_published, own_module, write_module
from course_utils.environment import Course


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The small backbone and its module: as `make backbones` would write it, on first use."""
    root = tmp_path_factory.mktemp("data")
    return load_backbone("mini_mobilenet_v2"), own_module("mini_mobilenet_v2", root), root


def pixels(n=4, size=96):
    return np.random.default_rng(0).integers(0, 256, (n, size, size, 3)).astype("float32")


def model_of(handle, **options):
    layers = [HubLayer(handle, **options), keras.layers.Dropout(0.25), keras.layers.Dense(3, "softmax")]
    return keras.Sequential([keras.Input((96, 96, 3)), *layers])


def train(model):
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
    model.fit(pixels() / 255, np.array([0, 1, 2, 0]), epochs=2, verbose=0)


def test_the_module_gives_the_backbones_vectors_from_pixels_of_0_to_1(written):
    backbone, handle, _ = written
    layer = HubLayer(handle)
    np.testing.assert_allclose(layer(pixels() / 255), backbone(pixels()), atol=1e-4)
    assert layer.picture_size == 96 and not layer.trainable_variables


def test_the_module_has_what_tf_hub_asks_for(written):
    backbone, handle, _ = written
    module = tf.saved_model.load(handle)
    assert len(module.variables) == len(backbone.weights)
    statistics = sum("moving_" in v.name for v in backbone.weights)
    assert len(module.trainable_variables) == len(backbone.weights) - statistics
    assert list(module.regularization_losses) == []
    at_rest, in_training = (module(pixels() / 255, training=t).numpy() for t in (False, True))
    assert np.abs(at_rest - in_training).max() > 0.1, "BatchNorm follows `training`"


def test_frozen_fine_tuned_saved_and_loaded_it_is_the_same_to_the_bit(written, tmp_path):
    _, handle, _ = written
    frozen, tuned = model_of(handle), model_of(handle, trainable=True)
    before = [v.numpy() for v in frozen.layers[0].weights]
    for model, moves in ((frozen, 0), (tuned, len(tuned.layers[0].trainable_weights))):
        train(model)
        after = model.layers[0].weights
        assert sum(not np.array_equal(a, b) for a, b in zip(before, after, strict=True)) == moves
        model.save(tmp_path / "model.keras")
        loaded = keras.saving.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(loaded(pixels() / 255), model(pixels() / 255))
    assert moves == 156


def test_the_module_is_small_and_written_once(written):
    _, handle, root = written
    assert sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) < 3.5e6
    again = own_module("mini_mobilenet_v2", root)
    assert again == handle and len(list((root / "hub_modules").iterdir())) == 1


def test_the_backbone_itself_stays_as_it_is(tmp_path):
    backbone = make_backbone()
    trainable = [layer.trainable for layer in backbone.layers]
    write_module(backbone, tmp_path / "module")
    assert [layer.trainable for layer in backbone.layers] == trainable
    np.testing.assert_allclose(
        HubLayer(tmp_path / "module")(pixels(size=8) / 255), backbone(pixels(size=8)), atol=1e-4
    )


@pytest.mark.parametrize(
    "network", [None, keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3)])]
)
def test_what_is_no_backbone_is_refused(network, tmp_path):
    with pytest.raises(
        ValueError, match="`backbone` must be a backbone, pictures of one size in and vectors out"
    ):
        write_module(network, tmp_path)


def test_the_published_module_is_taken_where_it_is_named_or_cached(tmp_path):
    assert find_published({"TFHUB_CACHE_DIR": str(tmp_path)}) is None
    assert (
        find_published({"COURSE_HUB_MODULE": "https://a.b/c", "TFHUB_CACHE_DIR": str(tmp_path)})
        == "https://a.b/c"
    )
    cached = tmp_path / hashlib.sha1(PUBLISHED.encode()).hexdigest()
    cached.mkdir()
    assert find_published({"TFHUB_CACHE_DIR": str(tmp_path)}) is None, "half a download is none"
    (cached / "saved_model.pb").touch()
    assert find_published({"TFHUB_CACHE_DIR": str(tmp_path)}) == PUBLISHED


def test_each_profile_has_a_module_and_photos_say_which(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(hub_modules, "own_module", lambda name, root: f"{root}/{name}")
    monkeypatch.setenv("TFHUB_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("COURSE_HUB_MODULE", raising=False)
    sketch, photo = (Course(p, 0, f"{p} backbone", 96, tmp_path) for p in ("sketch", "photo"))
    assert sketch.hub_module() == f"{tmp_path}/sketch backbone" and not capsys.readouterr().out
    assert photo.hub_module() == f"{tmp_path}/photo backbone"
    said = capsys.readouterr().out
    assert "photo backbone, written as a module, takes its place" in said and PUBLISHED in said
    monkeypatch.setenv("COURSE_HUB_MODULE", "https://tfhub.dev/mine")
    assert photo.hub_module() == "https://tfhub.dev/mine" and sketch.hub_module() != "https://tfhub.dev/mine"


@pytest.mark.real
def test_a_backbone_for_photos_becomes_a_module_as_well(tmp_path):
    handle = own_module("efficientnet_lite0", tmp_path)
    backbone = load_backbone("efficientnet_lite0")
    np.testing.assert_allclose(HubLayer(handle)(pixels(2, 224) / 255), backbone(pixels(2, 224)), atol=1e-3)
