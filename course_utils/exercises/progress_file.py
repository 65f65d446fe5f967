"""What has been done, in one small file on this machine: a line of JSON for each event, below their checksum.

The file is written anew with each event, under another name first, by one process at a time. So it is always there as a
whole, and any byte that has changed since is noticed. Nothing is ever sent anywhere.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from enum import StrEnum
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from course_utils.drafts import remove_abandoned, whole_file
from course_utils.errors import DataError, unknown_name
from course_utils.paths import data_root, shown, user_data_root

FILE_NAME = "progress.jsonl"
EARLIER_NAME = "progress.sqlite"  # what earlier versions of the course kept, among the drawn data
COLUMNS = ["exercise", "event", "at"]
WAIT_SECONDS = 5

# SQLite's reasons for which a database cannot be read that may be sound.
_NOT_NOW = {
    getattr(sqlite3, f"SQLITE_{name}") for name in "BUSY LOCKED CANTOPEN PERM READONLY NOMEM FULL".split()
}


class Event(StrEnum):
    """What can happen to an exercise or quiz."""

    TRIED = "tried"
    RIGHT = "right"
    HINT = "hint"
    SOLUTION = "solution"


class _Damaged(Exception):
    """A file holds something else than what was written."""


def progress_file() -> Path:
    """Return where progress is kept: in COURSE_DATA, else where the system keeps a user's data."""
    return user_data_root(os.environ) / FILE_NAME


def record(exercise: str, event: str) -> str:
    """Write down that something happened to an exercise or quiz; return what the learner must know, "" if nothing.

    An answer counts whether or not it can be written down: a full or read-only disk is told, never raised.
    """
    if event not in list(Event):
        raise unknown_name("event", event, Event)
    note = ""
    try:
        with _alone(progress_file()) as file:
            lines, note = _lines(file)
            _write(file, [*lines, json.dumps({"exercise": exercise, "event": event, "at": time.time()})])
        return note
    except OSError as error:
        return f"{note} (Not kept in your progress: {error}.)".strip()


def events() -> pd.DataFrame:
    """Return all events, oldest first: columns `exercise`, `event`, `at` (seconds since 1970).

    Raises
    ------
    DataError : the file cannot be read, for another reason than damage.
    """
    if not progress_file().exists() and not _earlier_file().exists():
        return pd.DataFrame(columns=COLUMNS)
    try:
        with _alone(progress_file()) as file:
            lines, note = _lines(file)
    except OSError as error:
        raise _unusable(error) from error
    if note:
        print(note)
    return pd.DataFrame([json.loads(line) for line in lines], columns=COLUMNS)


def forget(lesson: int | str | None = None) -> int:
    """Delete the events of a lesson, or all; return how many there were."""
    if events().empty:
        return 0
    try:
        with _alone(progress_file()) as file:
            lines, _ = _lines(file)
            kept = [line for line in lines if not (lesson is None or _of_lesson(line, lesson))]
            _write(file, kept)
    except OSError as error:
        raise _unusable(error) from error
    return len(lines) - len(kept)


def _of_lesson(line: str, lesson: int | str) -> bool:
    return json.loads(line)["exercise"].startswith(f"{lesson}.")


@contextmanager
def _alone(file: Path) -> Iterator[Path]:
    """Keep other kernels away from the file, and wait for one that is at it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(FileLock(f"{file}.lock", timeout=WAIT_SECONDS))
        except Timeout:
            raise
        except (OSError, NotImplementedError):
            pass  # a disk without locks, or one that can only be read: reading and writing say what is wrong, if it is
        yield file


def _lines(file: Path) -> tuple[list[str], str]:
    """Return the lines of the file, and what the learner must know about it. What is damaged is set aside."""
    lines, notes = [], []
    try:
        lines = _read(file) if file.exists() else []
    except _Damaged:
        notes.append(_set_aside(file))
    if _earlier_file().exists():
        lines, note = _with_earlier(lines, file)
        notes.append(note)
    return lines, " ".join(filter(None, notes))


def _with_earlier(lines: list[str], file: Path) -> tuple[list[str], str]:
    """Bring in, once, what an earlier version of the course has kept; return all lines, and what must be said."""
    earlier = _earlier_file()
    try:
        try:
            lines = [*(line for line in _read_earlier(earlier) if line not in lines), *lines]
        except _Damaged:
            return lines, _set_aside(earlier)
        _write(file, lines)
        earlier.unlink(missing_ok=True)
    except OSError as error:
        return lines, f"(Your earlier progress, {shown(earlier)}, cannot be moved to {shown(file)}: {error}.)"
    return lines, ""


def _read(file: Path) -> list[str]:
    head, _, body = file.read_bytes().partition(b"\n")
    if head != _checksum(body):
        raise _Damaged
    return body.decode("ascii").splitlines()


def _write(file: Path, lines: list[str]) -> None:
    """Write the file as a whole, or not at all."""
    body = "".join(f"{line}\n" for line in lines).encode("ascii")
    remove_abandoned(file.parent)
    with whole_file(file) as stream:
        stream.write(_checksum(body) + b"\n" + body)


def _checksum(body: bytes) -> bytes:
    return b"sha256 " + hashlib.sha256(body).hexdigest().encode("ascii")


def _earlier_file() -> Path:
    return data_root(os.environ) / EARLIER_NAME


def _read_earlier(file: Path) -> list[str]:
    """Return the events of an SQLite database as lines.

    Raises
    ------
    _Damaged : it is none, or not one of ours.
    OSError : it cannot be read now.
    """
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS)) as database:
            database.text_factory = bytes
            verdict = database.execute("PRAGMA quick_check").fetchall()
            rows = database.execute("SELECT exercise, event, at FROM events ORDER BY rowid").fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite may quote damaged text in its message
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_NOW:
            raise OSError(str(error)) from error
        raise _Damaged from error
    if verdict != [(b"ok",)]:
        raise _Damaged
    try:
        columns = [(row[0].decode("ascii"), Event(row[1].decode("ascii")), float(row[2])) for row in rows]
    except (AttributeError, TypeError, ValueError) as error:  # no text, no known event, no time
        raise _Damaged from error
    return [json.dumps(dict(zip(COLUMNS, row, strict=True))) for row in columns]


def _set_aside(file: Path) -> str:
    damaged = file.with_name(f"{file.name}.damaged-{time.time_ns()}")
    os.replace(file, damaged)
    return f"Your progress file was damaged. It is kept as {shown(damaged)}; a new one has been started."


def _unusable(error: Exception) -> DataError:
    return DataError(
        f"your progress in {shown(progress_file())} cannot be used",
        expected="a file that you may read and write, on a disk with room",
        received=f"{type(error).__name__}: {error}",
        do="correct the permissions, close other programs that hold it, or delete the file",
    )
