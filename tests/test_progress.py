"""Progress survives what happens to files: a killed kernel, two kernels at once, damage, a disk that takes nothing."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from course_utils.errors import DataError
from course_utils.exercises import exercise, progress, quiz, reset
from course_utils.exercises.progress_file import FILE_NAME, events, forget, record


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path / FILE_NAME


def python(code: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)


def status_of(name: str) -> str:
    return progress().table.set_index("id").loc[name, "status"]


def test_what_was_done_is_shown(file):
    assert repr(progress()).startswith("0 of ")
    assert not file.exists()  # looking leaves nothing behind
    exercise("0.2").check("a")
    assert status_of("0.2") == "not yet"
    exercise("0.2").check("c")
    exercise("0.2").check("a")  # once right, it stays right
    quiz("0.a").choose("b")
    assert (status_of("0.2"), status_of("0.a"), status_of("0.1")) == ("right", "right", "not tried yet")
    assert "2 of " in repr(progress()) and "3 tries" in progress()._repr_html_()


def test_an_untouched_stub_leaves_no_trace():
    exercise("0.2").check(...)
    assert events().empty


def test_a_killed_kernel_loses_nothing_that_was_answered():
    kernel = python("""
        from course_utils.exercises.progress_file import record
        n = 0
        while True:
            record("0.1", "tried")
            n += 1
            print(n, flush=True)
    """)
    answered = 0
    while answered < 20:
        answered = int(kernel.stdout.readline())
    os.kill(kernel.pid, signal.SIGKILL)
    kernel.wait()
    answered = int((kernel.stdout.read().split() or [answered])[-1])
    assert answered <= len(events()) <= answered + 1
    assert record("0.1", "right") == ""


def test_two_kernels_at_once_keep_all_events():
    code = """
        from course_utils.exercises.progress_file import record
        assert not any(record("0.1", "tried") for _ in range(50))
    """
    kernels = [python(code), python(code)]
    assert [kernel.wait() for kernel in kernels] == [0, 0]
    assert len(events()) == 100


@pytest.mark.parametrize("damage", [b"not a database", b"SQLite format 3\x00" + b"\xff" * 2000])
def test_a_damaged_file_is_set_aside_and_said(file, damage, capsys):
    file.write_bytes(damage)
    assert "was damaged" in record("0.1", "right")
    assert status_of("0.1") == "right"
    (kept,) = file.parent.glob("*.damaged-*")
    assert kept.read_bytes() == damage


def test_damage_in_the_middle_is_noticed(file):
    for _ in range(500):
        record("0.1", "tried")
    content = bytearray(file.read_bytes())
    content[4096:8192] = os.urandom(4096)
    file.write_bytes(content)
    assert "was damaged" in record("0.2", "right")
    assert status_of("0.2") == "right"


def test_an_answer_counts_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "a_file").write_text("")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "a_file"))
    verdict = exercise("0.2").check("c")
    assert verdict and "Not kept in your progress" in verdict.text


def test_a_folder_in_the_files_place_is_an_error_that_helps(file):
    file.mkdir()
    with pytest.raises(DataError, match="What to do: correct the permissions"):
        progress()


@pytest.mark.parametrize(("said", "left"), [("yes", 1), ("no", 2), ("", 2)])
def test_reset_asks_first(said, left, monkeypatch, capsys):
    record("0.1", "right")
    record("7.1", "right")
    monkeypatch.setattr("builtins.input", lambda question: said)
    reset(lesson=0)
    assert len(events()) == left
    assert ("Forgotten: 1 entry" if left == 1 else "Nothing was forgotten") in capsys.readouterr().out


def test_reset_forgets_nothing_where_nobody_can_be_asked(monkeypatch):
    record("0.1", "right")

    def nobody(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    reset()
    assert len(events()) == 1
    with pytest.raises(ValueError, match="`lesson` must be a lesson's number"):
        reset(lesson=99)
    assert forget() == 1 and events().empty


def test_an_unknown_event_is_an_error():
    with pytest.raises(ValueError, match="`event` must be one of"):
        record("0.1", "finished")
