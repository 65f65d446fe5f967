"""What has been done, in one small file on this machine: an SQLite database with a row for each event.

SQLite does the hard parts: a row is written whole or not at all, and kernels that write at once wait for each
other. Nothing is ever sent anywhere.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from course_utils.errors import DataError
from course_utils.paths import data_root, shown

FILE_NAME = "progress.sqlite"
EVENTS = ("tried", "right", "hint", "solution")
WAIT_SECONDS = 5

_TABLE = "CREATE TABLE IF NOT EXISTS events (exercise TEXT NOT NULL, event TEXT NOT NULL, at REAL NOT NULL)"


def progress_file() -> Path:
    """Return where progress is kept: beside the course's data (COURSE_DATA, else the system's cache folder)."""
    return data_root(os.environ) / FILE_NAME


def record(exercise: str, event: str, file: Path | None = None) -> str:
    """Write down that something happened to an exercise or quiz; return what the learner must know, "" if nothing.

    An answer counts whether or not it can be written down: a full or read-only disk is told, never raised.
    """
    if event not in EVENTS:
        raise ValueError(f"`event` must be one of {', '.join(EVENTS)}. Received: {event!r}.")
    try:
        with _opened(file or progress_file()) as (database, note), database:
            database.execute("INSERT INTO events VALUES (?, ?, ?)", (exercise, event, time.time()))
        return note
    except (sqlite3.Error, OSError) as error:
        return f"(Not kept in your progress: {error}.)"


def events(file: Path | None = None) -> pd.DataFrame:
    """Return all events, oldest first: columns `exercise`, `event`, `at` (seconds since 1970).

    Raises
    ------
    DataError : the file cannot be opened, for another reason than damage.
    """
    file = file or progress_file()
    if not file.exists():
        return pd.DataFrame(columns=["exercise", "event", "at"])
    try:
        with _opened(file) as (database, note):
            if note:
                print(note)
            rows = database.execute("SELECT exercise, event, at FROM events ORDER BY rowid").fetchall()
    except (sqlite3.Error, OSError) as error:
        raise _unusable(file, error) from error
    return pd.DataFrame(rows, columns=["exercise", "event", "at"])


def forget(lesson: int | None = None, file: Path | None = None) -> int:
    """Delete the events of a lesson, or all; return how many there were."""
    file = file or progress_file()
    if not file.exists():
        return 0
    try:
        with _opened(file) as (database, _), database:
            if lesson is None:
                return database.execute("DELETE FROM events").rowcount
            return database.execute("DELETE FROM events WHERE exercise LIKE ?", (f"{lesson}.%",)).rowcount
    except (sqlite3.Error, OSError) as error:
        raise _unusable(file, error) from error


@contextmanager
def _opened(file: Path) -> Iterator[tuple[sqlite3.Connection, str]]:
    """Open the database, made anew where there is none or a damaged one, which is kept under another name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    note, found = "", _identity(file)
    try:
        database = _connect(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked, read-only, full: not damaged
            raise
        note = _set_aside(file) if _identity(file) == found else ""  # else another kernel was faster
        database = _connect(file)
    with closing(database):
        yield database, note


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=WAIT_SECONDS)
    try:
        database.execute(_TABLE)
        (verdict,) = database.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    except BaseException:
        database.close()
        raise
    return database


def _identity(file: Path) -> int | None:
    return file.stat().st_ino if file.exists() else None


def _set_aside(file: Path) -> str:
    damaged = file.with_name(f"{file.name}.damaged-{time.time_ns()}")
    os.replace(file, damaged)
    return f"Your progress file was damaged. It is kept as {shown(damaged)}; a new one has been started."


def _unusable(file: Path, error: Exception) -> DataError:
    return DataError(
        f"your progress in {shown(file)} cannot be used",
        expected="a file that you may read and write, on a disk with room",
        received=f"{type(error).__name__}: {error}",
        do="correct the permissions, close other programs that hold it, or delete the file",
    )
