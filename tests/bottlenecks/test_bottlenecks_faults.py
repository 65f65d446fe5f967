"""What may happen to a store, done to it: killed processes, full disks, damaged files, two at once."""

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import threading

import keras
import numpy as np
import pytest
from faults import raising
from tiny import PART_ROWS, make_dataset, run_apart

from course_utils import drafts
from course_utils.bottlenecks import BottleneckCache, filling, rows, shards
from course_utils.bottlenecks.shelf import Shelf
from course_utils.errors import DataError

N = 60  # pictures


def parts(cache):
    return sorted(cache.folder.glob("tiny-*/*.features"))


def content(cache):
    """What lies in a store, by name: the same names and bytes mean the same vectors in the same order."""
    return {path.name: path.read_bytes() for path in parts(cache)}


def overwrite(path, content):
    """Put other bytes in a file's place; `first.vectors` of a test still maps the old one."""
    path.unlink()
    path.write_bytes(content)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Everything that needs processes of its own, told at once: the results of SCENES, and their folder."""
    folder = tmp_path_factory.mktemp("story")
    make_dataset(folder / "pictures", N)
    calls = [
        [
            {"cache": folder / store, "pictures": folder / "pictures", "n": N, **options}
            for options in together
        ]
        for store, runs in SCENES.items()
        for together in runs
    ]
    results = iter(run_apart(calls))
    return {store: [next(results) for _ in runs] for store, runs in SCENES.items()}, folder


CHANCE = random.Random(7)
MOMENTS = [CHANCE.random() for _ in range(10)]
SCENES = {
    "undisturbed": [[{}]],
    **{f"killed at {moment}": [[{"kill_at": moment}], [{}]] for moment in MOMENTS},
    "killed again and again": [[{"kill_at": 0.3 + CHANCE.random() / 10}] for _ in range(10)] + [[{}]],
    "two": [[{}, {}]],
    "two, one killed": [[{"kill_at": 0.5}, {}]],
    "two, one stopped": [[{"stops": True}, {}]],
    "few files may be open": [[{"spare_files": 16}]],
    "room for no part": [[{"file_limit": 300}], [{}]],
    "room for no pack": [[{"file_limit": 2000}], [{}]],
}


@pytest.mark.parametrize("store", SCENES)
def test_whatever_happens_it_ends_as_if_undisturbed(story, store):
    results, folder = story
    assert content(BottleneckCache(folder / store)) == content(BottleneckCache(folder / "undisturbed"))
    assert all(result["status"] == 0 for result in results[store][-1][-1:])


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_process_loses_a_part_and_a_batch_or_two_at_most(story, moment):
    (first,), (second,) = story[0][f"killed at {moment}"]
    assert first["status"] == -signal.SIGKILL
    assert N - 4 <= len(first["computed"]) + len(second["computed"]) <= N + PART_ROWS + 4


def test_killed_again_and_again_it_goes_on_where_it_was(story):
    runs = [result for (result,) in story[0]["killed again and again"]]
    killed = [run for run in runs if run["status"] == -signal.SIGKILL]
    assert len(killed) >= 2
    assert sum(len(run["computed"]) for run in runs) <= N + len(killed) * (PART_ROWS + 4)


def test_two_processes_share_the_work(story):
    results, folder = story
    ((one, two),) = results["two"]
    assert (one["status"], two["status"]) == (0, 0)
    assert sorted(one["computed"] + two["computed"]) == sorted(os.listdir(folder / "pictures"))  # each once
    assert one["computed"] and two["computed"]
    assert results["two, one killed"][0][0]["status"] == -signal.SIGKILL


def test_nobody_waits_for_a_stopped_process_for_ever(story):
    ((stopped, other),) = story[0]["two, one stopped"]
    assert (stopped["status"], other["status"]) == (0, 0)
    gone = r"process \d+ on .* has given no sign of life for 1 s: its work is done here"
    assert re.search(gone, other["told"])
    assert len(BottleneckCache(story[1] / "two, one stopped").contents()) == 1


def test_it_needs_few_open_files(story):
    ((only,),) = story[0]["few files may be open"]
    assert (only["told"], len(only["computed"])) == ("", N)


def test_a_file_that_cannot_grow_is_explained_and_without_room_for_a_pack_the_parts_serve(story):
    results, folder = story
    full = results["room for no part"][0][0]
    assert full["status"] == 1
    assert "cannot store features" in full["error"] and "make room" in full["error"]
    assert len(*content(BottleneckCache(folder / "undisturbed")).values()) > 2000
    (full,), (again,) = results["room for no pack"]
    assert full["status"] == 0
    assert (len(full["computed"]), again["computed"]) == (N, [])


def test_interrupt_keeps_what_was_computed(cache, backbone, dataset, counted, monkeypatch):
    run = filling.run

    def interrupted(*arguments, **options):
        for number, done in enumerate(run(*arguments, **options)):
            if number == 2:
                raise KeyboardInterrupt
            yield done

    with monkeypatch.context() as patch:
        patch.setattr(filling, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            cache.extract(backbone, dataset, batch_size=3)
    before = counted[0]
    cache.extract(backbone, dataset)
    assert counted[0] - before == 12 - 6


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a real file system of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_explained_and_what_was_there_stays_usable(small_disk, backbone, tmp_path, counted):
    cache = BottleneckCache(small_disk / "cache")
    dataset = make_dataset(tmp_path / "pictures", 24)
    some = dataset.where(np.arange(24) < 8)
    first = cache.extract(backbone, some)
    with open(small_disk / "filler", "wb", buffering=0) as file, pytest.raises(OSError):
        while file.write(bytes(1024)):
            pass
    with pytest.raises(DataError, match="(?s)cannot store features.*No space left.*make room"):
        cache.extract(backbone, dataset)
    np.testing.assert_array_equal(cache.extract(backbone, some).vectors, first.vectors)
    (small_disk / "filler").unlink()
    before = counted[0]
    assert len(cache.extract(backbone, dataset)) == 24
    assert counted[0] - before == 16


DAMAGES = ["cut", "vector", "key", "check", "header", "second header", "empty", "zeros", "longer"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed_and_only_what_is_damaged_is_made_again(
    cache, backbone, dataset, counted, capsys, damage
):
    first = cache.extract(backbone, dataset)
    (part,) = parts(cache)
    original = part.read_bytes()
    content, row = bytearray(original), 5
    index, vectors = 128, 2 * 128 + 12 * shards.ROW.itemsize
    lost = 1
    if damage == "cut":
        del content[vectors + 16 * 9 + 3 :]
        lost = 3
    elif damage == "longer":
        content += b"x"
        lost = 0
    elif damage in ("empty", "zeros"):
        content = bytearray(0 if damage == "empty" else len(content))
        lost = 12
    else:
        places = {
            "vector": vectors + 16 * row + 2,
            "key": index + 32 * row + 7,
            "check": index + 32 * row + 30,
            "header": 40,
            "second header": vectors - 60,
        }
        content[places[damage]] ^= 1
        lost = 0 if "header" in damage else 1
    overwrite(part, content)
    second = BottleneckCache(cache.folder).extract(backbone, dataset)
    assert "damaged" in capsys.readouterr().out
    assert counted == [12 + lost]
    np.testing.assert_array_equal(first.vectors, second.vectors)
    cache.extract(backbone, dataset)
    assert counted == [12 + lost]
    assert "damaged" not in capsys.readouterr().out
    assert [path.read_bytes() for path in parts(cache)] == [original]


def test_any_flipped_bit_is_noticed(cache, backbone, dataset, capsys):
    first = cache.extract(backbone, dataset)
    chance = random.Random(1)
    for _ in range(40):
        (part,) = parts(cache)
        content = bytearray(part.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        overwrite(part, content)
        np.testing.assert_array_equal(cache.extract(backbone, dataset).vectors, first.vectors)
        assert "1 damaged files" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_no_damage_and_stays(cache, backbone, dataset, monkeypatch):
    cache.extract(backbone, dataset)
    before = content(cache)
    with monkeypatch.context() as patch:
        patch.setattr(shards, "_read_at", raising(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(DataError, match="(?s)cannot read features.*Input/output.*What to do"):
            cache.extract(backbone, dataset)
        patch.setattr(shards, "open_shard", raising(OSError(errno.EMFILE, "Too many open files")))
        with pytest.raises(DataError, match="(?s)cannot read features.*Too many open files.*ulimit -n"):
            BottleneckCache(cache.folder).extract(backbone, dataset)
    assert content(cache) == before


@pytest.mark.parametrize("damage", ["cut", "zeros", "deleted"])
def test_without_remembered_digests_the_pictures_are_read_again(cache, backbone, dataset, counted, damage):
    first = cache.extract(backbone, dataset)
    file = cache.folder / "pictures.sqlite"
    if damage == "deleted":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:1000] if damage == "cut" else bytes(8192))
    np.testing.assert_array_equal(cache.extract(backbone, dataset).vectors, first.vectors)
    assert counted == [12]


def test_a_store_dropped_by_another_process_is_made_anew(cache, backbone, dataset, counted, monkeypatch):
    cache.extract(backbone, dataset)
    find, dropped = filling.missing_rows, []

    def then_dropped(keys, shelf, refresh=True):
        rows = find(keys, shelf)
        if not dropped:
            dropped.append(BottleneckCache(cache.folder).drop())
        return rows

    monkeypatch.setattr(filling, "missing_rows", then_dropped)
    assert len(cache.extract(backbone, dataset)) == 12
    assert counted == [24]


def test_a_store_that_may_only_be_read_serves_also_what_is_large(
    small_disk, backbone, dataset, counted, monkeypatch
):
    cache = BottleneckCache(small_disk / "cache")
    first = cache.extract(backbone, dataset)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for most in (rows.IN_MEMORY, 8):
        monkeypatch.setattr(rows, "IN_MEMORY", most)
        np.testing.assert_array_equal(cache.extract(backbone, dataset).vectors, first.vectors)
        split = cache.extract(backbone, dataset, split="test")
        np.testing.assert_array_equal(split.vectors, first.split("test").vectors)
    assert counted == [12]
    with pytest.raises(DataError, match="(?s)cannot store features.*Read-only"):
        cache.extract(backbone, dataset, crop=True)
    nowhere = FileNotFoundError(errno.ENOENT, "No usable temporary directory found")
    monkeypatch.setattr("tempfile.gettempdir", raising(nowhere))
    with pytest.raises(DataError, match="(?s)cannot read features.*temporary files"):
        cache.extract(backbone, dataset.where(np.arange(12) % 2 == 0))


def test_what_a_killed_run_left_is_gone_after_the_next_visit(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    (part,) = parts(cache)
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, written_now = (
        part.parent / f".x.{drafts.HERE}-{process}-5.unfinished" for process in (ended.pid, os.getpid())
    )
    for draft in (left, written_now):
        draft.write_bytes(b"half")
    cache.extract(backbone, dataset)
    assert not left.exists() and written_now.exists()


def test_a_shelf_does_not_wait_for_itself(cache, backbone, dataset):
    """A damaged shard that comes while shards are being packed is mended by whoever packs."""
    cache.extract(backbone, dataset)
    shelf = cache.shelf(backbone)
    (part,) = parts(cache)
    with shelf.shards.tidy():
        (part.parent / f"part-12-{'0' * 32}.features").write_bytes(part.read_bytes()[:300])
        assert shelf.paths() == {part}
    assert shelf.damaged == 1


def test_what_serves_once_is_gone_also_after_an_interrupt(cache, dataset, monkeypatch):
    pixels = keras.Input((8, 8, 3))
    own = keras.layers.Lambda(lambda x: x, output_shape=(3,))
    backbone = keras.Model(pixels, own(keras.layers.GlobalAveragePooling2D()(pixels)), name="own")

    monkeypatch.setattr(Shelf, "vectors", raising(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        cache.extract(backbone, dataset)
    assert len(cache.contents()) == 0 and [path.name for path in cache.folder.iterdir()] == [
        "pictures.sqlite"
    ]


def test_a_store_is_dropped_while_another_process_works_on_it(cache, backbone, dataset):
    cache.extract(backbone, dataset)
    shelf, ends = cache.shelf(backbone), threading.Event()

    def work():
        while not ends.is_set():
            with shelf.shards.tidy():
                pass

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(30):
            cache.extract(backbone, dataset)
            cache.drop()
    finally:
        ends.set()
        thread.join()
    assert not list(cache.folder.glob(".*"))


def test_after_many_visits_there_are_few_files(cache, backbone, tmp_path, counted):
    dataset = make_dataset(tmp_path / "pictures", 150)
    visits = [dataset.where(np.arange(150) // 2 == visit) for visit in range(75)]
    first = [cache.extract(backbone, visit).vectors.copy() for visit in visits]
    assert len(parts(cache)) <= 24
    assert counted == [150]
    for visit, vectors in zip(visits, first, strict=True):
        np.testing.assert_array_equal(cache.extract(backbone, visit).vectors, vectors)
    assert counted == [150]
    assert len(cache.extract(backbone, dataset)) == 150 and len(parts(cache)) == 1


def test_any_flipped_bit_of_what_a_shelf_says_about_itself_harms_nothing(cache, backbone, dataset, counted):
    cache.extract(backbone, dataset)
    (about,) = cache.folder.glob("*/about.json")
    whole, table = about.read_bytes(), cache.contents().drop(columns="last_used")
    for place in range(len(whole)):
        about.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        found = cache.contents()
        assert found[["backbone", "size", "vectors", "folder"]].equals(
            table[["backbone", "size", "vectors", "folder"]]
        )
        assert "tiny" in repr(cache)
    cache.extract(backbone, dataset)
    assert counted == [12]


def test_a_folder_that_is_deleted_while_vectors_come_costs_these_and_no_more(
    cache, backbone, dataset, monkeypatch
):
    add, left = Shelf._add, [2]

    def deleted(self, index, vectors):
        if left[0]:
            left[0] -= 1
            shutil.rmtree(self.folder, ignore_errors=True)
            raise FileNotFoundError(self.folder)
        add(self, index, vectors)

    monkeypatch.setattr(Shelf, "_add", deleted)
    with pytest.raises(DataError, match="(?s)cannot store features.*deleted.*"):
        cache.extract(backbone, dataset)
    left[0] = 1
    assert len(cache.extract(backbone, dataset)) == 12
