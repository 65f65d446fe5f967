"""Folders that are filled once: whole or not there, on full disks, with two at work, and after a kill."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults import no_file_above

from course_utils import drafts
from course_utils.errors import DataError
from course_utils.paths import draft_folder, fill_once
from course_utils.sketchbook import make_birds, make_folders, make_pets

# Begins a draft and says so; then is killed, or lives until its input ends.
DRAFTING = """
import os, pathlib, signal, sys
from course_utils.paths import draft_folder
with draft_folder(pathlib.Path(sys.argv[1])) as draft:
    (draft / "images.txt").write_text("half")
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    print("drafting", flush=True)
    sys.stdin.read()
"""


def drafting(target, fate):
    return subprocess.Popen(
        [sys.executable, "-c", DRAFTING, str(target), fate],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("filled_before", [False, True])
def test_what_a_killed_process_leaves_is_gone_at_the_next_visit(tmp_path, filled_before):
    folder = tmp_path / "birds"
    if filled_before:
        fill_once(folder, lambda draft: None)
    assert drafting(folder, "killed").wait() == -signal.SIGKILL
    assert len(names(tmp_path)) == 1 + filled_before
    fill_once(folder, lambda draft: None)
    assert names(tmp_path) == ["birds"]


def test_what_a_killed_helper_leaves_is_gone_when_work_ends_for_that(tmp_path):
    """Processes that draw run a script without a main guard anew, begin drafts, too, and are ended with the pool."""
    with pytest.raises(RuntimeError, match="died"), draft_folder(tmp_path / "birds"):
        assert drafting(tmp_path / "birds", "killed").wait() == -signal.SIGKILL
        assert len(names(tmp_path)) == 2
        raise RuntimeError("The processes have died.")
    assert names(tmp_path) == []


def test_the_draft_of_a_process_that_lives_stays_however_old(tmp_path):
    with drafting(tmp_path / "birds", "alive") as other:
        assert other.stdout.readline() == b"drafting\n"
        (draft,) = tmp_path.iterdir()
        os.utime(draft, (time.time() - 2 * drafts.DAY,) * 2)
        fill_once(tmp_path / "birds", lambda mine: None)
        fill_once(tmp_path / "birds", lambda mine: None)
        assert (draft / "birds" / "images.txt").read_text() == "half"
        other.stdin.close()
    assert names(tmp_path) == ["birds"]


@pytest.mark.parametrize("age, stays", [(0, True), (2, False)])
@pytest.mark.parametrize("place", ["elsewhere_1", f"{drafts.HOST}_1"], ids=["machine", "container"])
def test_of_another_machine_the_age_decides(tmp_path, place, age, stays):
    draft = tmp_path / f".birds.{place}-{os.getpid()}-5.unfinished"
    draft.mkdir()
    os.utime(draft, (time.time() - age * drafts.DAY,) * 2)
    fill_once(tmp_path / "birds", lambda draft: None)
    assert draft.exists() is stays


@pytest.mark.parametrize("name", ["thesis.unfinished", ".notes.unfinished", ".a.b-c-d.unfinished", "draft"])
def test_what_only_looks_like_a_draft_stays_however_old(tmp_path, name):
    (tmp_path / name).mkdir()
    os.utime(tmp_path / name, (0, 0))
    fill_once(tmp_path / "birds", lambda draft: None)
    assert names(tmp_path) == sorted(["birds", name])


def failing(error):
    def fill(draft):
        (draft / "half").touch()
        if isinstance(error, OSError) and error.filename == "DRAFT":
            error.filename = str(draft / "half")
        raise error

    return fill


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM]
)
def test_a_place_that_takes_nothing_is_named_and_nothing_stays(tmp_path, code):
    full = code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    for name in (None, "DRAFT") if full else ("DRAFT",):
        with pytest.raises(DataError) as error:
            fill_once(tmp_path / "birds", failing(OSError(code, os.strerror(code), name)))
        message = str(error.value)
        assert f"cannot write to {tmp_path}\n" in message and os.strerror(code) in message
        assert ("make room" if full else "take another folder") in message and "COURSE_DATA" in message
        assert names(tmp_path) == []
    if full:
        with pytest.raises(DataError, match="cannot write to /elsewhere\n"):
            fill_once(tmp_path / "birds", failing(OSError(code, os.strerror(code), "/elsewhere/scratch")))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "Input/output error"),
        FileNotFoundError(errno.ENOENT, "No such file", "/elsewhere/photo.jpg"),
        PermissionError(errno.EACCES, "Permission denied", "/elsewhere/photo.jpg"),
        KeyboardInterrupt(),
        RuntimeError("what fill does is its own"),
    ],
)
def test_other_errors_pass_as_they_are_and_nothing_stays(tmp_path, error):
    with pytest.raises(type(error)) as raised:
        fill_once(tmp_path / "birds", failing(error))
    assert raised.value is error and names(tmp_path) == []


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "birds").write_text("a file")
    with pytest.raises(DataError, match=f"cannot write to {tmp_path / 'birds'}"):
        fill_once(tmp_path / "birds", lambda draft: None)
    with pytest.raises(DataError, match="cannot write to "), draft_folder(tmp_path / "birds" / "below"):
        pass


@pytest.mark.parametrize(
    "make",
    [
        lambda folder, processes: make_birds(folder, 2, 60, px=32, processes=processes),
        lambda folder, processes: make_pets(folder, 2, px=32, processes=processes),
        lambda folder, processes: make_folders(folder, "things", ["teapot"], 60, px=32, processes=processes),
    ],
    ids=["birds", "pets", "folders"],
)
@pytest.mark.parametrize("processes", [1, 2])
def test_drawing_onto_a_full_disk_says_so_and_leaves_nothing(tmp_path, make, processes):
    with pytest.raises(DataError, match="(?s)cannot write to .*make room"), no_file_above(600):
        fill_once(tmp_path / "data", lambda draft: make(draft, processes))
    with pytest.raises(DataError, match=f"cannot write to {tmp_path}\n(?s:.*)make room"), no_file_above(600):
        make(tmp_path / "mine", processes)
    assert names(tmp_path) == []
