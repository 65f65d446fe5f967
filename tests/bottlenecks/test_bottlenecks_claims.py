"""Claims: one process works on a picture; whoever waits says for whom; nobody is waited for in vain."""

import errno
import os
import subprocess
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from faults import no_file_above, raising

from course_utils import drafts
from course_utils.bottlenecks import claims
from course_utils.bottlenecks.claims import BUCKETS, Claims
from course_utils.bottlenecks.keys import KEY

KEYS = np.array([bytes([bucket]) + bytes(KEY.itemsize - 1) for bucket in range(BUCKETS)], KEY)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(claims, "SILENT_SECONDS", 0.3)
    monkeypatch.setattr(claims, "TOUCH_SECONDS", 0.02)
    monkeypatch.setattr(claims, "SAY_SECONDS", 0.0)
    monkeypatch.setattr(claims, "LOOK_SECONDS", 0.02)


def write_claim(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.claim").write_text(text)


def test_what_one_holds_another_does_not_get_and_no_file_stays_open(tmp_path):
    first, second, files = Claims(tmp_path), Claims(tmp_path), len(os.listdir("/proc/self/fd"))
    with first.some_of(KEYS[:40]) as mine:
        assert mine.all() and len(os.listdir("/proc/self/fd")) == files
        with second.some_of(KEYS) as theirs:
            np.testing.assert_array_equal(np.flatnonzero(theirs), range(40, BUCKETS))
    assert list(tmp_path.iterdir()) == []
    with second.some_of(KEYS) as theirs:
        assert theirs.all()


def test_what_was_taken_over_is_not_released_by_its_first_holder_and_what_was_left_is_taken_at_once(tmp_path):
    first, second = Claims(tmp_path), Claims(tmp_path)
    first.take("00")
    (tmp_path / "00.claim").unlink()
    second.take("00")
    first.release()
    assert Claims(tmp_path).take("00") is not None
    ended = subprocess.Popen(["true"])
    ended.wait()
    write_claim(tmp_path, "00", f"{claims.HERE} {ended.pid} x")
    assert Claims(tmp_path).take("00") is None


def test_of_many_at_once_each_bucket_goes_to_one(tmp_path):
    barrier, taken = threading.Barrier(8), []

    def work():
        mine = Claims(tmp_path)
        barrier.wait()
        taken.extend(name for name in range(BUCKETS) if mine.take(f"{name}") is None)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(BUCKETS))


def test_whoever_waits_says_for_whom_once_and_goes_on_when_it_is_free(tmp_path, quick):
    told, first = [], Claims(tmp_path)
    first.take("00")

    def tell(text):
        told.append(text)
        threading.Timer(0.1, first.release).start()

    with Claims(tmp_path, tell).some_of(KEYS[:1]) as mine:
        assert mine.all()
    assert told == [f"waiting for process {os.getpid()} on {drafts.HOST}"]


def test_where_no_bar_is_shown_waiting_is_said_on_stderr(tmp_path, quick, capsys):
    first = Claims(tmp_path)
    first.take("tidy")
    threading.Timer(0.1, first.release).start()
    with Claims(tmp_path).all_of("tidy"):
        assert f"waiting for process {os.getpid()}" in capsys.readouterr().err


SILENT = {  # what is in a claim, and what its holder is called
    "of another machine": ("elsewhere_1 1 x", "process 1 on elsewhere"),
    "of a process that lives": (f"{claims.HERE} {os.getpid()} x", f"process {os.getpid()}"),
    "empty": ("", "another process"),
    "half": ("half", "another process"),
    "of other words": ("a b c d", "another process"),
    "zeros": ("\x00" * 9, "another process"),
}


@pytest.mark.parametrize("text, named", SILENT.values(), ids=SILENT)
def test_a_silent_holder_is_waited_for_as_long_as_stated_and_named(tmp_path, quick, capsys, text, named):
    write_claim(tmp_path, "00", text)
    start = time.monotonic()
    with Claims(tmp_path).some_of(KEYS[:1]) as mine:
        assert mine.all()
    assert time.monotonic() - start >= claims.SILENT_SECONDS
    said = capsys.readouterr()
    assert f"waiting for {named}" in said.err
    assert f"{named}" in said.out and "has given no sign of life" in said.out
    assert len(said.out.splitlines()) == 1


@pytest.mark.parametrize("what", ["unlink", "read_text"])
def test_a_claim_that_may_not_be_read_or_deleted_is_waited_for_no_longer(tmp_path, quick, monkeypatch, what):
    write_claim(tmp_path, "00", SILENT["of another machine"][0])
    monkeypatch.setattr(Path, what, raising(PermissionError(errno.EACCES, "Permission denied")))
    claims_of_ours = Claims(tmp_path)
    start = time.monotonic()
    with claims_of_ours.some_of(KEYS[:1]) as mine:
        assert mine.all()
    assert claims.SILENT_SECONDS <= time.monotonic() - start < 100 * claims.SILENT_SECONDS


def test_a_holder_that_lives_is_not_silent_however_long_it_takes(tmp_path, quick, monkeypatch):
    monkeypatch.setattr(claims, "SILENT_SECONDS", 2.0)
    first = Claims(tmp_path)
    first.take("00")
    second = Claims(tmp_path)
    end = time.monotonic() + 1.5 * claims.SILENT_SECONDS
    while time.monotonic() < end:
        assert second.take("00") is not None
        threading.Event().wait(claims.LOOK_SECONDS)
    first.release()
    assert second.take("00") is None


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOSYS, errno.EMFILE])
def test_where_claims_cannot_be_written_all_is_granted(tmp_path, monkeypatch, code):
    monkeypatch.setattr(claims, "open", raising(OSError(code, os.strerror(code))), raising=False)
    with Claims(tmp_path).some_of(KEYS) as mine:
        assert mine.all()


def test_a_claim_on_a_full_disk_leaves_nothing_behind(tmp_path):
    with no_file_above(0):
        assert Claims(tmp_path).take("00") is None
    assert list(tmp_path.iterdir()) == []
