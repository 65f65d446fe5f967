import os
import shutil

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tiny import make_dataset

from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset
from course_utils.errors import DataError
from course_utils.pictures import read_picture

pytest_plugins = ["tiny"]


def by_hand(dataset, boxes=None):
    boxes = boxes or [None] * len(dataset)
    means = [
        read_picture(p, 8, box).mean(axis=(0, 1)) for p, box in zip(dataset.table["path"], boxes, strict=True)
    ]
    return np.repeat(np.sum(means, axis=1)[:, None], 4, axis=1)


def test_vectors_are_the_backbones_own_in_table_order(cache, backbone, dataset):
    features = cache.extract(backbone, dataset, batch_size=5)
    np.testing.assert_allclose(features.vectors, by_hand(dataset), rtol=1e-4)
    assert features.vectors.dtype == np.float32
    assert list(features.labels) == list(dataset.table["label"])
    assert features.class_names == ["a", "b"]
    pd.testing.assert_frame_equal(features.table, dataset.table)


def test_second_time_nothing_is_computed_and_vectors_are_equal(cache, backbone, dataset, counted):
    first = cache.extract(backbone, dataset)
    second = BottleneckCache(cache.folder).extract(backbone, dataset)
    assert counted == [12]
    np.testing.assert_array_equal(first.vectors, second.vectors)


def test_ten_more_pictures_compute_ten(cache, backbone, dataset, counted, tmp_path):
    cache.extract(backbone, dataset)
    features = cache.extract(backbone, make_dataset(tmp_path / "pictures", n=22))
    assert counted == [22]
    assert len(features) == 22


def test_renamed_pictures_compute_nothing(cache, backbone, dataset, counted, tmp_path):
    first = cache.extract(backbone, dataset)
    shutil.move(tmp_path / "pictures", tmp_path / "elsewhere")
    moved = dataset.table.assign(path=dataset.table["path"].str.replace("/pictures/", "/elsewhere/"))
    second = cache.extract(backbone, ImageDataset("moved", moved, dataset.class_names))
    assert counted == [12]
    np.testing.assert_array_equal(first.vectors, second.vectors)


def test_a_picture_changed_under_its_name_is_computed_anew(cache, backbone, dataset, counted):
    cache.extract(backbone, dataset)
    Image.new("RGB", (20, 16), "white").save(dataset.table["path"][3])
    features = cache.extract(backbone, dataset)
    assert counted == [13]
    np.testing.assert_allclose(features.vectors[3], 3 * 255, rtol=1e-5)


def test_new_weights_compute_everything_and_old_ones_nothing(cache, backbone, dataset, counted):
    old = cache.extract(backbone, dataset)
    weights = backbone.get_weights()
    backbone.set_weights([2 * w for w in weights])
    new = cache.extract(backbone, dataset)
    assert counted == [24]
    np.testing.assert_allclose(new.vectors, 2 * old.vectors, rtol=1e-4)
    backbone.set_weights(weights)
    cache.extract(backbone, dataset)
    assert counted == [24]


def test_same_weights_behind_other_preprocessing_compute_everything(cache, backbone, dataset, counted):
    old = cache.extract(backbone, dataset)
    scaled = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Rescaling(0.5), backbone], name="tiny")
    new = cache.extract(scaled, dataset)
    assert counted == [24]
    np.testing.assert_allclose(new.vectors, old.vectors / 2, rtol=1e-4)


def test_cropped_pictures_are_others_than_whole_ones(cache, backbone, dataset, counted):
    whole = cache.extract(backbone, dataset)
    cropped = cache.extract(backbone, dataset, crop=True)
    assert counted == [24]
    boxes = list(dataset.table[["x", "y", "width", "height"]].itertuples(index=False))
    np.testing.assert_allclose(cropped.vectors, by_hand(dataset, boxes), rtol=1e-4)
    assert not np.allclose(cropped.vectors, whole.vectors)
    dataset.table.loc[0, "x"] = 4.0
    cache.extract(backbone, dataset, crop=True)
    assert counted == [25]


def test_splits_are_parts_of_the_whole(cache, backbone, dataset, counted):
    test = cache.extract(backbone, dataset, split="test")
    assert counted == [3]
    everything = cache.extract(backbone, dataset)
    assert counted == [12]
    np.testing.assert_array_equal(everything.split("test").vectors, test.vectors)
    assert len(everything.split("train")) == 9
    with pytest.raises(ValueError, match="Did you mean 'train'"):
        everything.split("trian")
    with pytest.raises(ValueError, match="`split`"):
        cache.extract(backbone, dataset, split="val")


def test_unreadable_pictures_are_left_out_with_one_line(cache, backbone, dataset, capsys):
    paths = dataset.table["path"]
    with open(paths[1], "wb") as file:
        file.write(b"no picture")
    os.unlink(paths[4])
    features = cache.extract(backbone, dataset)
    out = capsys.readouterr().out
    assert out.startswith("2 of 12 pictures left out: ")
    assert out.count("\n") == 1
    assert len(features) == len(features.labels) == len(features.table) == 10
    assert set(features.left_out["path"]) == {paths[1], paths[4]}
    assert features.left_out["reason"].str.len().gt(3).all()
    assert paths[1] not in set(features.table["path"])


def test_pictures_that_cannot_be_opened_or_cropped_say_why(cache, backbone, dataset, capsys):
    os.unlink(dataset.table["path"][2])
    os.mkdir(dataset.table["path"][2])
    dataset.table.loc[7, "x"] = 99.0
    features = cache.extract(backbone, dataset, crop=True)
    assert features.left_out["reason"].tolist() == [
        "cannot be opened (Is a directory)",
        "with a box outside the picture",
    ]
    assert "1 with a box outside the picture" in capsys.readouterr().out
    assert len(features) == 10


def test_cropping_needs_a_box_for_each_picture(cache, backbone, dataset):
    dataset.table.loc[3, "width"] = np.nan
    with pytest.raises(ValueError, match="`crop=True` needs a box for each picture.*'dots'"):
        cache.extract(backbone, dataset, crop=True)


def test_folder_that_is_a_file_is_explained(tmp_path, backbone, dataset):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot store features"):
        BottleneckCache(tmp_path / "file").extract(backbone, dataset)


def test_what_is_no_backbone_is_refused(cache, dataset):
    pixels = keras.Input((8, 8, 3))
    maps = keras.Model(pixels, keras.layers.Conv2D(2, 3)(pixels))
    with pytest.raises(ValueError, match="`backbone`.*load_backbone"):
        cache.extract(maps, dataset)


def test_reprs_say_where_and_what(cache, backbone, dataset):
    assert str(cache.folder) in repr(cache)
    assert "empty" in repr(cache)
    features = cache.extract(backbone, dataset)
    assert "tiny-8px" in repr(cache)
    assert repr(features) == "<Features: 12 vectors of 4 numbers, 2 classes (9 train, 3 test)>"
