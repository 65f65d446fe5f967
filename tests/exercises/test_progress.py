"""Progress survives what happens to files: a killed kernel, two kernels at once, damage, a disk that takes nothing."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from faults import raising

from course_utils.errors import DataError
from course_utils.exercises import exercise, progress, quiz, reset
from course_utils.exercises import progress_file as progress_module
from course_utils.exercises.lesson_source import find_source
from course_utils.exercises.progress_file import (
    EARLIER_NAME,
    FILE_NAME,
    events,
    forget,
    progress_file,
    record,
)
from course_utils.paths import data_root


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path / FILE_NAME


def python(code: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)


def letters(name: str, kind: str = "exercises") -> tuple[str, str]:
    """Return the letter of the right option, and of a wrong one."""
    options = sorted(find_source(kind, name).options, key=lambda option: not option.right)
    return options[0].letter, options[1].letter


def status_of(name: str) -> str:
    return progress().table.set_index("id").loc[name, "status"]


def test_what_was_done_is_shown(file):
    assert repr(progress()).startswith("0 of ")
    assert not file.exists()  # looking leaves nothing behind
    right, wrong = letters("0.1")
    exercise("0.1").check(wrong)
    assert status_of("0.1") == "not yet"
    exercise("0.1").check(right)
    exercise("0.1").check(wrong)  # once right, it stays right
    quiz("0.a").choose(letters("0.a", "quizzes")[0])
    assert (status_of("0.1"), status_of("0.a"), status_of("0.2")) == ("right", "right", "not tried yet")
    assert "2 of " in repr(progress()) and "3 tries" in progress()._repr_html_()


def test_a_title_does_not_break_off_where_the_lessons_line_does():
    titles = progress().table.set_index("id")["title"]
    assert titles["3.a"].endswith("The same edge, in the …")
    assert titles["5x.b"].endswith("these right. What do you know?")
    assert titles.str.len().max() <= len("Quiz: ") + 115


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


def test_two_kernels_at_once_keep_all_events(file):
    code = """
        from course_utils.exercises.progress_file import record
        assert not any(record("0.1", "tried") for _ in range(50))
    """
    kernels = [python(code), python(code)]
    assert [kernel.wait() for kernel in kernels] == [0, 0]
    assert len(events()) == 100
    assert {path.name for path in file.parent.iterdir()} <= {FILE_NAME, f"{FILE_NAME}.lock"}


# --- Damage: whatever byte changes and wherever the file is cut, it is set aside, and said. ---


def said_and_kept(file, damage: bytes) -> bool:
    """True if a damaged file is told of, kept as it is, and a new one takes the next answer."""
    file.write_bytes(damage)
    note = record("0.1", "right")
    (kept,) = file.parent.glob(f"{file.name}.damaged-*")
    same = kept.read_bytes() == damage
    kept.unlink()
    return "was damaged" in note and same and list(events()["event"]) == ["right"]


def test_each_changed_byte_each_cut_and_something_else_are_noticed(file):
    record("0.1", "tried")
    record("0.1", "right")
    sound, unnoticed = file.read_bytes(), []
    others = [b"not a file of ours", b"SQLite format 3\x00" + b"\xff" * 2000, b"\xff\xfe\x00", b"\n" * 100]
    others += [sound[:size] for size in range(len(sound))]
    for place, byte in enumerate(sound):
        others += [
            sound[:place] + bytes([byte ^ bits]) + sound[place + 1 :] for bits in (0x01, 0x20, 0x80, 0xFF)
        ]
    for damaged in others:
        if not said_and_kept(file, damaged):
            unnoticed.append(damaged)
    assert unnoticed == []


def test_who_only_looks_is_told_of_damage(file, capsys):
    file.write_bytes(b"")
    assert events().empty
    assert "Your progress file was damaged. It is kept as" in capsys.readouterr().out


def test_damage_is_told_where_the_answer_cannot_be_kept_either(file, monkeypatch):
    file.write_bytes(b"damaged")
    monkeypatch.setattr(progress_module, "_write", raising(OSError(28, "No space left on device")))
    note = record("0.1", "right")
    assert "was damaged" in note and "(Not kept in your progress: [Errno 28]" in note


def test_columns_of_a_later_version_are_kept(file):
    record("0.1", "tried")
    later = [*progress_module._read(file), '{"exercise": "0.1", "event": "starred", "at": 1.5, "stars": 5}']
    progress_module._write(file, later)
    assert record("0.1", "right") == ""
    assert list(events()["event"]) == ["tried", "starred", "right"]
    assert status_of("0.1") == "right"
    assert later[-1] in progress_module._read(file)


# --- What an earlier version of the course has kept, an SQLite database among the drawn data, is brought in once. ---


@pytest.fixture
def earlier(tmp_path, monkeypatch):
    """The database of an earlier version, in a home folder where no COURSE_DATA says otherwise."""
    monkeypatch.delenv("COURSE_DATA")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    file = data_root(os.environ) / EARLIER_NAME
    file.parent.mkdir(parents=True)
    write_earlier(file, [("0.1", "tried", 1.5), ("0.2", "right", 2.5)])
    return file


def write_earlier(file, rows, columns="exercise TEXT NOT NULL, event TEXT NOT NULL, at REAL NOT NULL"):
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA page_size = 512")  # two small pages, so that each byte can be tried
        database.execute(f"CREATE TABLE IF NOT EXISTS events ({columns})")
        database.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(rows[0]))})", rows)


def test_progress_lies_with_the_users_data_not_among_caches(earlier, tmp_path, monkeypatch):
    assert progress_file() == tmp_path / "data" / "transfer-learning-birds" / FILE_NAME
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    record("0.3", "right")
    shutil.rmtree(tmp_path / "cache")
    assert len(events()) == 3
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release")
    assert progress_file().parts[1] == "content"  # in sight


@pytest.mark.parametrize("first", ["record", "look", "forget"])
def test_what_an_earlier_version_kept_is_brought_in_once(earlier, first):
    {"record": lambda: record("0.1", "hint"), "look": events, "forget": lambda: forget(7)}[first]()
    assert list(events()["at"])[:2] == [1.5, 2.5]
    assert not earlier.exists() and len(events()) == (3 if first == "record" else 2)


def test_an_earlier_version_may_go_on_beside_this_one(earlier):
    record("0.3", "right")
    write_earlier(earlier, [("0.4", "right", 3.5)])
    assert sorted(events()["exercise"]) == ["0.1", "0.2", "0.3", "0.4"]


def test_a_kernel_killed_while_bringing_in_leaves_nothing_double(earlier):
    before = earlier.read_bytes()
    events()
    earlier.write_bytes(before)  # killed after the new file was written, before the old one was deleted
    assert len(events()) == 2 and not earlier.exists()


def test_two_kernels_bring_in_the_same_rows_once(earlier):
    write_earlier(earlier, [("0.1", "tried", 10.0 + n) for n in range(500)])
    code = "from course_utils.exercises.progress_file import record; assert record('0.3', 'right') == ''"
    kernels = [python(code) for _ in range(3)]
    assert [kernel.wait() for kernel in kernels] == [0, 0, 0]
    assert len(events()) == 505 and not earlier.exists()


def test_an_earlier_database_with_one_more_column_is_brought_in(earlier):
    earlier.unlink()
    write_earlier(earlier, [("0.1", "right", 1.5, 3)], "exercise TEXT, event TEXT, at REAL, stars INTEGER")
    assert list(events()["event"]) == ["right"]


@pytest.mark.parametrize("bits", [0x01, 0x80, 0xFF])
def test_no_changed_byte_of_many_of_an_earlier_database_loses_rows_without_a_word(earlier, bits):
    sound, lost = earlier.read_bytes(), []
    changed = [sound[:p] + bytes([sound[p] ^ bits]) + sound[p + 1 :] for p in range(bits % 9, len(sound), 9)]
    for place, damaged in enumerate([*changed, *(sound[:size] for size in (0, 1, 15, 100, 512, 1000))]):
        earlier.write_bytes(damaged)
        progress_file().unlink(missing_ok=True)
        note = record("0.3", "right")
        if len(events()) != 3 and "was damaged" not in note:
            lost.append((place, note))
        for file in earlier.parent.iterdir():
            file.unlink()
    assert lost == []


def test_an_earlier_database_that_is_in_use_is_brought_in_later(earlier, monkeypatch):
    monkeypatch.setattr(progress_module, "WAIT_SECONDS", 0)
    with contextlib.closing(sqlite3.connect(earlier)) as other:
        other.execute("BEGIN EXCLUSIVE")
        note = record("0.3", "right")
        assert "cannot be moved" in note and list(events()["exercise"]) == ["0.3"]
    assert len(events()) == 3


def test_an_answer_counts_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "a_file").write_text("")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "a_file"))
    verdict = exercise("0.1").check(letters("0.1")[0])
    assert verdict and "Not kept in your progress" in verdict.text


def test_a_folder_in_the_files_place_is_an_error_that_helps(file):
    file.mkdir()
    with pytest.raises(DataError, match="What to do: correct the permissions"):
        progress()


@pytest.mark.parametrize(("answer", "left"), [("yes", 1), ("no", 2), ("", 2), (None, 2)])
def test_reset_asks_first_and_forgets_nothing_where_nobody_can_be_asked(answer, left, monkeypatch, capsys):
    record("0.1", "right")
    record("7.1", "right")
    monkeypatch.setattr("builtins.input", raising(EOFError) if answer is None else lambda question: answer)
    reset(lesson=0)
    assert len(events()) == left
    assert ("Forgotten: 1 entry" if left == 1 else "Nothing was forgotten") in capsys.readouterr().out
    with pytest.raises(ValueError, match="`lesson` must be a lesson's number"):
        reset(lesson=99)
    assert forget() == left and events().empty


def test_an_unknown_event_is_an_error():
    with pytest.raises(ValueError, match="`event` must be one of hint, right, solution, tried"):
        record("0.1", "finished")
