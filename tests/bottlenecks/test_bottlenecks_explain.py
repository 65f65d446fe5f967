"""What the store says about itself: why something is computed again, what is in it, what was dropped."""

import os
import shutil

import keras
import pandas as pd
import pytest
from PIL import Image
from tiny import make_backbone, make_dataset

from course_utils.bottlenecks import store
from course_utils.datasets import ImageDataset


def repaint(path):
    Image.new("RGB", (20, 16), "white").save(path)


def other_weights(backbone):
    backbone.set_weights([2 * weights for weights in backbone.get_weights()])
    return backbone


def scaled(backbone):
    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Rescaling(0.5), backbone], name="tiny")


def larger():
    pixels = keras.Input((16, 16, 3))
    dense = keras.layers.Dense(4, kernel_initializer="ones", use_bias=False)
    return keras.Model(pixels, dense(keras.layers.GlobalAveragePooling2D()(pixels)), name="tiny")


def renamed():
    model = make_backbone()
    return keras.Model(model.inputs, model.outputs, name="small")


def test_nothing_and_all_and_all_but_one_stored(cache, backbone, dataset):
    nothing = cache.explain(backbone, dataset)
    assert repr(nothing) == "12 of 12 pictures to compute: 12 new pictures."
    assert (nothing.to_compute, nothing.new) == (12, 12)
    assert not cache.folder.exists()  # nothing is written
    cache.extract(backbone, dataset)
    everything = cache.explain(backbone, dataset)
    assert repr(everything) == "Nothing to compute: the vectors of all 12 pictures are stored."
    assert not everything and "Nothing to compute" in everything._repr_html_()
    repaint(dataset.table["path"][1])
    html = cache.explain(backbone, dataset)._repr_html_()
    assert html == "<p>1 of 12 pictures to compute:</p><ul><li>1 changed</li></ul>"


@pytest.mark.parametrize(
    "asked, why",
    [
        (other_weights, "weights differ"),
        (scaled, "other layers or preprocessing"),
        (lambda backbone: larger(), "other picture size (8 px are stored, 16 px asked for)"),
        (lambda backbone: renamed(), "nothing is stored for small yet"),
    ],
)
def test_another_backbone(cache, backbone, dataset, asked, why):
    cache.extract(backbone, dataset)
    said = cache.explain(asked(backbone), dataset)
    assert repr(said) == f"12 of 12 pictures to compute: {why}."
    assert (said.to_compute, said.backbone) == (12, why)


def test_another_reader(cache, backbone, dataset, counted, monkeypatch):
    cache.extract(backbone, dataset)
    monkeypatch.setattr(store, "READER_VERSION", 99)
    assert "read in another way" in repr(cache.explain(backbone, dataset))
    cache.extract(backbone, dataset)
    assert counted == [24]


def test_new_changed_and_lost_pictures_are_counted_and_nothing_is_computed(
    cache, backbone, dataset, counted, tmp_path
):
    cache.extract(backbone, dataset)
    more = make_dataset(tmp_path / "pictures", 16)
    for row in (2, 5, 9):
        repaint(dataset.table["path"][row])
    os.unlink(dataset.table["path"][0])
    for _ in range(2):  # being asked changes nothing
        said = cache.explain(backbone, more)
        assert (said.new, said.changed, said.unreadable, said.other_box) == (4, 1, 1, 0)
        assert repr(said) == (
            "5 of 16 pictures to compute: 4 new pictures, 1 changed, 1 picture that cannot be opened."
        )
    assert counted == [12]
    cache.extract(backbone, more)
    assert counted == [12 + said.to_compute]


def test_changed_pictures_each_count(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    for row in (2, 5, 9):
        path = dataset.table["path"][row]
        Image.new("RGB", (20, 16), (row, 0, 0)).save(path)
    assert repr(cache.explain(backbone, dataset)) == "3 of 12 pictures to compute: 3 changed."
    # Changed for this backbone, also when another has seen the new content meanwhile.
    cache.extract(renamed(), dataset)
    assert repr(cache.explain(backbone, dataset)) == "3 of 12 pictures to compute: 3 changed."


def test_crops(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    said = cache.explain(backbone, dataset, crop=True)
    assert (said.other_box, said.new, said.changed) == (12, 0, 0)
    assert repr(said) == "12 of 12 pictures to compute: 12 pictures with another crop."
    cache.extract(backbone, dataset, crop=True)
    dataset.table.loc[0, "x"] = 4.0
    assert repr(cache.explain(backbone, dataset, crop=True)) == (
        "1 of 12 pictures to compute: 1 picture with another crop."
    )


def test_renamed_copied_and_touched_pictures_are_no_reason(cache, backbone, dataset, counted, tmp_path):
    cache.extract(backbone, dataset)
    paths = dataset.table["path"].tolist()
    os.utime(paths[0], (1, 1))
    shutil.copy(paths[1], tmp_path / "copy.png")
    os.rename(paths[2], tmp_path / "renamed.png")
    paths[1], paths[2] = str(tmp_path / "copy.png"), str(tmp_path / "renamed.png")
    moved = ImageDataset("moved", dataset.table.assign(path=paths), dataset.class_names)
    assert not cache.explain(backbone, moved)
    cache.extract(backbone, moved)
    assert counted == [12]


def test_contents_and_repr(cache, backbone, dataset):
    assert cache.contents().empty
    assert repr(cache) == f"<BottleneckCache in {cache.folder}>\n  empty"
    cache.extract(backbone, dataset)
    cache.extract(renamed(), dataset, split="test")
    table = cache.contents().set_index("backbone")
    assert table["vectors"].to_dict() == {"tiny": 12, "small": 3}
    assert table["features"].eq(4).all() and table["size"].eq(8).all()
    files = sum(file.stat().st_size for file in cache.folder.glob("*/*.features"))
    assert table["MB"].sum() == pytest.approx(files / 1e6, abs=2e-3)
    assert "12 vectors of 4 numbers" in repr(cache)


def test_drop_by_backbone_and_by_age(cache, backbone, dataset, counted):
    cache.extract(backbone, dataset)
    cache.extract(renamed(), dataset)
    assert cache.drop(older_than="1 hour").empty
    old = next(cache.folder.glob("tiny-*/about.json"))
    two_days_ago = pd.Timestamp.now().timestamp() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    assert cache.drop(older_than="1 day", backbone="small").empty
    assert cache.drop(older_than=pd.Timedelta(days=1))["backbone"].tolist() == ["tiny"]
    assert cache.contents()["backbone"].tolist() == ["small"]
    cache.extract(backbone, dataset)
    assert counted == [36]
    os.utime(next(cache.folder.glob("tiny-*/about.json")), (two_days_ago, two_days_ago))
    cache.extract(backbone, dataset)  # used now, so no longer old
    assert cache.drop(older_than="1 day").empty
    for wrong in ({"backbone": "tinny"}, {"older_than": 30}, {"older_than": "a while"}):
        with pytest.raises(ValueError, match="`backbone`.*Did you mean 'tiny'|`older_than`.*30 days"):
            cache.drop(**wrong)
    assert len(cache.drop(backbone="tiny")) == 1
    assert len(cache.drop()) == 1
    assert cache.contents().empty
