import os
import shutil
from dataclasses import replace

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tiny import make_dataset

from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache, digests, filling, rows
from course_utils.datasets import ImageDataset
from course_utils.errors import DataError
from course_utils.pictures import read_picture


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


def test_the_result_says_what_ran_the_backbone(cache, backbone, dataset):
    assert cache.extract(backbone, dataset, engine="keras").engine == "keras: you asked for it"
    assert cache.extract(backbone, dataset, engine="keras").engine == ""


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


def repaint(path, colour="white"):
    """Change a picture to one colour, 20 x 16, as an uncompressed file: every colour has the same size."""
    Image.new("RGB", (16, 20), colour).save(path, format="bmp")


@pytest.fixture
def settled(monkeypatch):
    """Let it be a minute later: the files of a test are no longer so new that their digests are not remembered."""
    now = digests.time.time
    monkeypatch.setattr(digests.time, "time", lambda: now() + 60)


@pytest.fixture
def files_read(monkeypatch):
    """The number of files whose content was digested."""
    count, digest = [0], digests._digest_file
    monkeypatch.setattr(digests, "_digest_file", lambda path: count.append(count.pop() + 1) or digest(path))
    return count


def test_unchanged_files_are_not_read_again_touched_ones_are(cache, backbone, dataset, settled, files_read):
    cache.extract(backbone, dataset)
    assert files_read == [12]
    cache.extract(backbone, dataset)
    assert files_read == [12]
    os.utime(dataset.table["path"][3])
    cache.extract(backbone, dataset)
    assert files_read == [13]


def test_a_picture_changed_under_its_name_is_computed_anew_and_one_that_is_there_twice_once(
    cache, backbone, dataset, counted
):
    cache.extract(backbone, dataset)
    repaint(dataset.table["path"][3])
    shutil.copy(dataset.table["path"][3], dataset.table["path"][8])
    features = cache.extract(backbone, dataset)
    assert counted == [13]
    np.testing.assert_allclose(features.vectors[[3, 8]], 3 * 255, rtol=1e-5)


def test_a_change_that_keeps_size_and_date_is_seen(cache, backbone, dataset, counted, settled):
    path = dataset.table["path"][3]
    repaint(path, "black")
    cache.extract(backbone, dataset)
    before = os.stat(path)
    repaint(path, "white")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.stat(path).st_size == before.st_size
    np.testing.assert_allclose(cache.extract(backbone, dataset).vectors[3], 3 * 255, rtol=1e-5)
    assert counted == [13]


def test_a_change_within_one_tick_of_the_clock_is_seen(cache, backbone, dataset, counted, monkeypatch):
    """A file system whose clock ticks so slowly that the system says the same before and after the change."""
    monkeypatch.setattr(digests, "_state", lambda stat: str(stat.st_size))
    path = dataset.table["path"][3]
    repaint(path, "black")
    cache.extract(backbone, dataset)
    repaint(path, "white")
    np.testing.assert_allclose(cache.extract(backbone, dataset).vectors[3], 3 * 255, rtol=1e-5)
    assert counted == [13]


@pytest.mark.parametrize("state", ["seen", "not seen"])
def test_a_picture_that_changes_during_the_extraction_gets_its_own_vector(
    cache, backbone, dataset, monkeypatch, settled, state
):
    path, run = dataset.table["path"][3], filling.run
    with open(path, "rb") as file:
        original = file.read()

    def meanwhile(*arguments, **options):
        monkeypatch.setattr(filling, "run", run)
        repaint(path)
        return run(*arguments, **options)

    monkeypatch.setattr(filling, "run", meanwhile)
    if state == "not seen":  # the system says that nothing has changed
        monkeypatch.setattr(digests, "_state", lambda stat: "as ever")
    features = cache.extract(backbone, dataset)
    assert len(features) == 12
    np.testing.assert_allclose(features.vectors[3], 3 * 255, rtol=1e-5)
    with open(path, "wb") as file:
        file.write(original)
    monkeypatch.undo()
    (cache.folder / "pictures.sqlite").unlink()
    np.testing.assert_allclose(cache.extract(backbone, dataset).vectors, by_hand(dataset), rtol=1e-4)


def test_a_vector_that_is_not_finite_is_left_out_and_not_stored(cache, backbone, dataset):
    backbone.set_weights([np.full_like(weights, np.inf) for weights in backbone.get_weights()])
    repaint(dataset.table["path"][0], "black")
    features = cache.extract(backbone, dataset)
    assert len(features) == 0 and len(features.left_out) == 12
    assert features.left_out["reason"].str.contains("no finite numbers").all()
    assert cache.contents().empty


def test_vectors_are_memory_mapped_and_writing_to_them_leaves_the_store_as_it_is(cache, backbone, dataset):
    features = cache.extract(backbone, dataset)
    assert isinstance(features.vectors, np.memmap)
    features.vectors[:] = 0
    np.testing.assert_allclose(cache.extract(backbone, dataset).vectors, by_hand(dataset), rtol=1e-4)


@pytest.mark.parametrize("in_memory", [0, 2**20])
def test_rows_that_are_apart_are_copied_without_filling_the_memory(
    cache, backbone, dataset, monkeypatch, in_memory
):
    monkeypatch.setattr(rows, "IN_MEMORY", in_memory)
    expected = by_hand(dataset)
    train = cache.extract(backbone, dataset).split("train")
    assert isinstance(train.vectors, np.memmap) == (in_memory == 0)
    is_train = (dataset.table["split"] == "train").to_numpy()
    np.testing.assert_allclose(train.vectors, expected[is_train], rtol=1e-4)
    np.testing.assert_array_equal(train.labels, dataset.table["label"][is_train])
    backwards = ImageDataset("backwards", dataset.table[::-1].reset_index(drop=True), dataset.class_names)
    np.testing.assert_allclose(cache.extract(backbone, backwards).vectors, expected[::-1], rtol=1e-4)
    assert not list(cache.folder.glob("*/.*.unfinished"))


def test_a_stretch_of_rows_is_not_copied(cache, backbone, dataset):
    table = dataset.table.assign(split=["train"] * 8 + ["test"] * 4)
    features = cache.extract(backbone, ImageDataset("sorted", table, dataset.class_names))
    assert np.shares_memory(features.split("test").vectors, features.vectors)


def test_several_parts_become_one_pack_in_table_order(cache, backbone, dataset, counted):
    odd = np.arange(12) % 2 == 1
    cache.extract(backbone, dataset.where(odd))
    cache.extract(backbone, dataset.where(~odd))
    assert len(list(cache.folder.glob("*/part-*"))) == 2
    features = cache.extract(backbone, dataset)
    (pack,) = cache.folder.glob("*/*.features")
    with open(pack, "rb") as file:  # anybody can read it
        rows, vectors = np.load(file), np.load(file)
    np.testing.assert_array_equal(vectors, features.vectors)
    assert len(np.unique(rows["key"])) == 12
    assert counted == [12]


def test_data_sets_that_overlap_share_vectors_and_settle(cache, backbone, dataset, counted):
    rows = np.arange(12)
    one, other = dataset.where(rows < 8), dataset.where(rows >= 4)
    for _ in range(2):
        for part, expected in (
            (one, by_hand(dataset)[:8]),
            (other, by_hand(dataset)[4:]),
            (dataset, by_hand(dataset)),
        ):
            np.testing.assert_allclose(cache.extract(backbone, part).vectors, expected, rtol=1e-4)
    assert counted == [12]
    (pack,) = cache.folder.glob("*/*.features")  # the whole has made the others superfluous
    written = pack.stat().st_ino
    cache.extract(backbone, other)
    assert [file.stat().st_ino for file in cache.folder.glob("*/*.features")] == [written]


def test_two_orders_of_two_data_sets_are_written_once(cache, backbone, dataset):
    rows = np.arange(12)
    one, other = dataset.where(rows < 8), dataset.where(rows >= 4)
    for part in (one, other):
        cache.extract(backbone, part)
    written = {file: file.stat().st_ino for file in cache.folder.glob("*/*.features")}
    for part in (one, other, one, other):
        cache.extract(backbone, part)
    assert {file: file.stat().st_ino for file in cache.folder.glob("*/*.features")} == written


def test_batches_are_those_of_the_vectors(cache, backbone, dataset):
    features = cache.extract(backbone, dataset)
    batches = list(features.batches(5).as_numpy_iterator())
    assert [len(labels) for _, labels in batches] == [5, 5, 2]
    np.testing.assert_array_equal(np.concatenate([vectors for vectors, _ in batches]), features.vectors)
    np.testing.assert_array_equal(np.concatenate([labels for _, labels in batches]), features.labels)
    one, other = (
        list(features.batches(12, shuffle=True, seed=3).repeat(2).as_numpy_iterator()) for _ in "ab"
    )
    np.testing.assert_array_equal(one[0][0], other[0][0])  # the same seed
    assert not np.array_equal(one[0][0], one[1][0])  # another order in the second epoch
    rows = [int(np.flatnonzero((features.vectors == vector).all(axis=1))[0]) for vector in one[0][0]]
    assert sorted(rows) == list(range(12))
    np.testing.assert_array_equal(features.labels[rows], one[0][1])
    with pytest.raises(ValueError, match="`batch_size`"):
        features.batches(0)


def test_keras_and_scikit_learn_take_what_comes(cache, backbone, dataset):
    from sklearn.linear_model import LogisticRegression

    features = cache.extract(backbone, dataset)
    head = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    head.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    head.fit(features.vectors, features.labels, verbose=0)
    head.fit(features.batches(4, shuffle=True), shuffle=False, verbose=0)
    assert LogisticRegression().fit(features.vectors, features.labels).coef_.shape == (1, 4)


@pytest.mark.parametrize("engine, precision", [("keras", "full"), ("openvino", "full"), ("openvino", "half")])
def test_a_vector_is_the_same_to_the_bit_whatever_it_is_computed_with(cache, tmp_path, engine, precision):
    if engine == "openvino":
        pytest.importorskip("openvino")
    mini, dataset = load_backbone("mini_mobilenet_v2"), make_dataset(tmp_path / "pictures", 60)
    whole = cache.extract(mini, dataset, engine=engine, precision=precision)
    if precision not in whole.precision:
        pytest.skip("a processor without half precision")
    in_lots = BottleneckCache(tmp_path / "in lots")
    lots = np.random.default_rng(1).integers(0, 5, len(dataset))
    for lot, batch_size in enumerate((1, 3, 10, 17, 50)):
        part = dataset.where(lots == lot)
        in_lots.extract(mini, part, batch_size=batch_size, engine=engine, precision=precision)
    again = in_lots.extract(mini, dataset, engine=engine, precision=precision)
    np.testing.assert_array_equal(again.vectors, whole.vectors)


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


def test_a_shelf_forgets_a_file_that_somebody_has_deleted(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    shelf = cache.shelf(backbone)
    assert len(shelf.keys()) == len(dataset)
    for path in shelf.paths():
        path.unlink()
    assert shelf.paths() == set() and len(shelf.keys()) == 0


@pytest.mark.parametrize("side", ["x", "y", "width", "height"])
def test_each_side_of_a_box_makes_another_crop(side, cache, backbone, dataset, counted):
    before = cache.extract(backbone, dataset, crop=True)
    moved = replace(dataset, table=dataset.table.assign(**{side: dataset.table[side] + 2}))
    after = cache.extract(backbone, moved, crop=True)
    assert counted == [2 * len(dataset)]
    boxes = list(moved.table[["x", "y", "width", "height"]].itertuples(index=False))
    np.testing.assert_allclose(after.vectors, by_hand(dataset, boxes), rtol=1e-4)
    assert not np.allclose(after.vectors, before.vectors)


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


def test_unreadable_pictures_are_left_out_with_one_line_that_says_why(cache, backbone, dataset, capsys):
    paths = dataset.table["path"]
    with open(paths[1], "wb") as file:
        file.write(b"no picture")
    os.unlink(paths[2])
    os.mkdir(paths[2])
    os.unlink(paths[4])
    dataset.table.loc[7, "x"] = 99.0
    features = cache.extract(backbone, dataset, crop=True)
    out = capsys.readouterr().out
    assert out.startswith("4 of 12 pictures left out: ") and out.count("\n") == 1
    assert (
        "1 not a picture file, 1 cannot be opened (Is a directory), 1 cannot be opened (No such file" in out
    )
    assert len(features) == len(features.labels) == len(features.table) == 8
    assert features.left_out["path"].tolist() == paths[[1, 2, 4, 7]].tolist()
    assert features.left_out["reason"].iloc[-1] == "with a box outside the picture"
    assert not set(features.table["path"]) & set(features.left_out["path"])


def test_reprs_say_where_and_what(cache, backbone, dataset):
    assert str(cache.folder) in repr(cache)
    assert "empty" in repr(cache)
    features = cache.extract(backbone, dataset)
    assert "tiny-8px" in repr(cache)
    said = "<Features: 12 vectors of 4 numbers, 2 classes (9 train, 3 test)"
    assert repr(features).startswith(f"{said}, made by keras: ")
    assert repr(cache.extract(backbone, dataset)) == f"{said}>"


def test_what_another_process_stores_meanwhile_is_not_computed_again(
    cache, backbone, dataset, counted, monkeypatch
):
    choose = filling.choose_engine

    def slowly(*arguments, **options):
        monkeypatch.setattr(filling, "choose_engine", choose)
        BottleneckCache(cache.folder).extract(backbone, dataset)
        return choose(*arguments, **options)

    monkeypatch.setattr(filling, "choose_engine", slowly)
    assert len(cache.extract(backbone, dataset)) == counted[0] == len(dataset)


def test_odd_arguments_are_refused_also_when_all_is_stored(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    with pytest.raises(ValueError, match="`folder` must be the path of a folder. Received: "):
        BottleneckCache("")
    (cache.folder / "file").write_text("")
    with pytest.raises(DataError, match="cannot store features"):
        BottleneckCache(cache.folder / "file").extract(backbone, dataset)
    for odd in ("folder", None, dataset.table):
        for use in (cache.extract, cache.explain):
            with pytest.raises(
                ValueError, match="`dataset` must be an ImageDataset. Received: .*load_folder"
            ):
                use(backbone, odd)
    with pytest.raises(ValueError, match="`engine` must be one of auto, keras, openvino. Received: 'gpu'"):
        cache.extract(backbone, dataset, engine="gpu")
    pixels = keras.Input((8, 8, 3))
    maps = keras.Model(pixels, keras.layers.Conv2D(2, 3)(pixels))
    with pytest.raises(ValueError, match="`backbone`.*load_backbone"):
        cache.extract(maps, dataset)
    dataset.table.loc[3, "width"] = np.nan
    with pytest.raises(ValueError, match="`crop=True` needs a box for each picture.*'dots'"):
        cache.extract(backbone, dataset, crop=True)
