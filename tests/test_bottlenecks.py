import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from course_utils.bottlenecks import BottleneckCache
from course_utils.bottlenecks import store as store_module
from course_utils.datasets import ImageDataset
from course_utils.errors import DataError
from course_utils.pictures import read_picture


@pytest.fixture
def backbone():
    """A backbone small enough to check by hand: the mean colour, times three, of 8 x 8 pictures."""
    pixels = keras.Input((8, 8, 3))
    mean = keras.layers.GlobalAveragePooling2D()(pixels)
    layer = keras.layers.Dense(4, kernel_initializer="ones", use_bias=False)
    return keras.Model(pixels, layer(mean), name="tiny")


def make_dataset(folder, n=12):
    folder.mkdir(exist_ok=True)
    rng, rows = np.random.default_rng(0), []
    for i in range(n):
        path = folder / f"{i:03d}.png"
        Image.fromarray(rng.integers(0, 256, (20, 16, 3), dtype="uint8")).save(path)
        label = i % 2
        split = "test" if i % 4 == 3 else "train"
        rows.append((str(path), label, "ab"[label], split, 2.0, 3.0, 8.0, 6.0))
    columns = ["path", "label", "class_name", "split", "x", "y", "width", "height"]
    return ImageDataset("dots", pd.DataFrame(rows, columns=columns), ["a", "b"])


@pytest.fixture
def dataset(tmp_path):
    return make_dataset(tmp_path / "pictures")


@pytest.fixture
def cache(tmp_path):
    return BottleneckCache(tmp_path / "cache")


@pytest.fixture
def counted(monkeypatch):
    """The number of pictures that have gone through a backbone."""
    count = [0]
    run = store_module.run_batch

    def counting(backbone, pixels):
        count[0] += len(pixels)
        return run(backbone, pixels)

    monkeypatch.setattr(store_module, "run_batch", counting)
    return count


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


def parts(cache):
    return sorted(cache.folder.glob("*/part-*.npz"))


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "not a number", "odd header"])
def test_damaged_files_are_noticed_and_made_anew(cache, backbone, dataset, counted, capsys, damage):
    first = cache.extract(backbone, dataset)
    (part,) = parts(cache)
    content = bytearray(part.read_bytes())
    if damage == "cut":
        part.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        where = content.find(first.vectors[5].tobytes())
        content[where] ^= 1
        part.write_bytes(content)
    elif damage == "odd header":
        content[content.find(b"PK\x01\x02") + 10] = 99  # the compression method of the first array
        part.write_bytes(content)
    elif damage == "empty":
        part.write_bytes(b"")
    else:
        with np.load(part) as arrays:
            np.savez(part, keys=arrays["keys"], vectors=np.full_like(arrays["vectors"], np.nan))
    second = cache.extract(backbone, dataset)
    assert "damaged" in capsys.readouterr().out
    assert counted == [24]
    np.testing.assert_array_equal(first.vectors, second.vectors)
    cache.extract(backbone, dataset)
    assert counted == [24]


def test_a_part_that_cannot_be_read_is_no_damage_and_stays(cache, backbone, dataset, monkeypatch):
    cache.extract(backbone, dataset)
    (part,) = parts(cache)
    content = part.read_bytes()

    def unreachable(*arguments):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(np, "load", unreachable)
        with pytest.raises(DataError, match=f"(?s){part.name} cannot be read.*Input/output.*What to do"):
            cache.extract(backbone, dataset)
    assert part.read_bytes() == content


def test_killed_while_extracting_keeps_what_was_stored(dataset, tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, signal, sys
            sys.path.insert(0, {os.path.dirname(__file__)!r})
            import pathlib
            import test_bottlenecks as t
            from course_utils.bottlenecks import BottleneckCache, store
            store.BATCHES_PER_PART = 1
            run, count = store.run_batch, []
            def run_batch(backbone, pixels):
                count.append(1)
                if len(count) == 4:
                    os.kill(os.getpid(), signal.SIGKILL)
                return run(backbone, pixels)
            store.run_batch = run_batch
            dataset = t.make_dataset(pathlib.Path({str(tmp_path / "pictures")!r}))
            BottleneckCache({str(tmp_path / "cache")!r}).extract(
                t.backbone.__wrapped__(), dataset, batch_size=2
            )
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, script], env=environment).returncode == -signal.SIGKILL
    cache = BottleneckCache(tmp_path / "cache")
    assert len(parts(cache)) == 3


def test_interrupt_keeps_what_was_computed(cache, backbone, dataset, counted, monkeypatch):
    run = store_module.run_batch

    def interrupted(*arguments):
        if counted[0] >= 6:
            raise KeyboardInterrupt
        return run(*arguments)

    monkeypatch.setattr(store_module, "run_batch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cache.extract(backbone, dataset, batch_size=3)
    monkeypatch.setattr(store_module, "run_batch", run)
    cache.extract(backbone, dataset)
    assert counted == [12]


def test_two_at_once_lose_nothing(cache, backbone, dataset, counted, monkeypatch):
    even = dataset.where(np.arange(12) % 2 == 0)
    run = store_module.run_batch

    def meanwhile(*arguments):
        monkeypatch.setattr(store_module, "run_batch", run)
        BottleneckCache(cache.folder).extract(backbone, even)  # another process, in the middle of ours
        return run(*arguments)

    monkeypatch.setattr(store_module, "run_batch", meanwhile)
    cache.extract(backbone, dataset.where(np.arange(12) % 2 == 1))
    assert counted == [12]
    cache.extract(backbone, dataset)
    assert counted == [12]


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
