"""What is in each picture file: a digest of its bytes, read again only when the file may have changed.

The digests of files that were seen before are kept in SQLite beside what the system says about each (inode, size, time
of the last change of content and of anything). Only where all of that is as it was is the old digest taken. This is
how git knows unchanged files, and it has git's "racy" trap: a file that changes twice within one tick of the clock
looks the same after the second change. So a digest of a file that was changed just before it was read is not trusted
later. Losing this file costs one reading of the pictures, never a wrong answer.

Source: "Use of index and Racy Git problem", Documentation/technical/racy-git.txt in git.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course_utils.names import printable
from course_utils.pictures.files import cannot_open, open_file

CONTENT_BYTES = 16
THREADS = 4
# The coarsest clock of a file system in use is FAT's, 2 s.
CLOCK_TICK = 2.5
BUSY_SECONDS = 5  # while another process writes; after that the pictures are read
_BLOCK = 4096  # files at a time, so that memory does not grow with their number
_TABLES = """
create table if not exists files (path text primary key, state text, digest blob) without rowid;
create table if not exists earlier (path text, digest blob, primary key (path, digest)) without rowid;
"""
# An earlier content is kept: it tells a changed picture from a new one.
_KEEP_OLD = "insert or ignore into earlier select path, digest from files where path = ? and digest <> ?"
_REMEMBER = "insert or replace into files values (?, ?, ?)"
_KNOWN = "select path, state, digest from files where path in (select value from json_each(?))"
_EARLIER = "select path, digest from earlier where path in (select value from json_each(?))"


def content_digest(content: bytes) -> bytes:
    """Return the 16 bytes that stand for a file's content (BLAKE2b)."""
    return hashlib.blake2b(content, digest_size=CONTENT_BYTES).digest()


class Entry(NamedTuple):
    """What reading a file has shown. Without a state the digest is not to be trusted later."""

    state: str
    digest: bytes
    reason: str = ""  # why it cannot be opened


class Digests:
    """Digests of files by path, remembered in the SQLite file `file`.

    A damaged, locked or read-only SQLite file is done without: the pictures are then read.
    """

    def __init__(self, file: Path):
        self.file = file

    def of(self, paths: Sequence[str], remember: bool = True) -> tuple[np.ndarray, dict[int, str]]:
        """Return the digests of files, (n,) of 16 bytes each, and for those that cannot be opened the reason."""
        digests: list[bytes] = []
        reasons: dict[int, str] = {}
        for start in range(0, len(paths), _BLOCK):
            block = np.asarray(paths[start : start + _BLOCK], object).tolist()  # a Series is slow to iterate
            known, read = self.look_at(block)
            reasons |= {
                i: read[path].reason
                for i, path in enumerate(block, start)
                if path in read and read[path].reason
            }
            known |= {path: entry.digest for path, entry in read.items()}
            digests.append(b"".join(known[path] for path in block))
            if remember:
                self.remember(read)
        return np.frombuffer(b"".join(digests), f"V{CONTENT_BYTES}"), reasons

    def look_at(self, paths: list[str]) -> tuple[dict[str, bytes], dict[str, "Entry"]]:
        """Return the digests of files that are known by path, and what reading the others has shown."""
        stored = self._read(paths)
        known = {path: digest for path, (state, digest) in stored.items() if state == _state_of(path)}
        unknown = [path for path in dict.fromkeys(paths) if path not in known]
        with ThreadPoolExecutor(THREADS) as pool:
            return known, dict(zip(unknown, pool.map(_digest_file, unknown), strict=True))

    def remember(self, entries: dict[str, "Entry"]) -> None:
        """Remember what reading files has shown, by path.

        A full or read-only disk is no reason to stop: nothing depends on it.
        """
        rows = [
            (printable(path), entry.state, entry.digest)
            for path, entry in entries.items()
            if not entry.reason
        ]
        if rows:
            with suppress(sqlite3.Error, OSError):
                self.file.parent.mkdir(parents=True, exist_ok=True)
                with closing(self._connect()) as database, database:
                    database.executescript(_TABLES)
                    database.executemany(_KEEP_OLD, [(path, digest) for path, _, digest in rows])
                    database.executemany(_REMEMBER, rows)

    def forget(self, paths: Sequence[str]) -> None:
        """Have these files read again the next time, whatever the system says about them."""
        with suppress(sqlite3.Error), closing(self._connect()) as database, database:
            database.executemany(
                "update files set state = '' where path = ?", [(printable(path),) for path in paths]
            )

    def earlier(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield (path, digest) for each content that these files had before, the one last seen included."""
        for start in range(0, len(paths), _BLOCK):
            block = list(paths[start : start + _BLOCK])
            yield from ((path, digest) for path, (_, digest) in self._read(block).items())
            with suppress(sqlite3.Error), closing(self._connect()) as database:
                stored = {printable(path): path for path in block}
                rows = database.execute(_EARLIER, [json.dumps(list(stored))]).fetchall()
                yield from ((stored[name], digest) for name, digest in rows)

    def _read(self, paths: list[str]) -> dict[str, tuple[str, bytes]]:
        stored = {printable(path): path for path in paths}  # SQLite takes no bytes that are not UTF-8
        if not self.file.exists():
            return {}
        try:
            with closing(self._connect()) as database:
                rows = database.execute(_KNOWN, [json.dumps(list(stored))]).fetchall()
        except sqlite3.OperationalError:  # locked for long, or cannot be opened
            return {}
        except sqlite3.DatabaseError:  # damaged
            with suppress(OSError):
                self.file.unlink()
            return {}
        return {stored[name]: (state, digest) for name, state, digest in rows}

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=BUSY_SECONDS)


def _state_of(path: str) -> str | None:
    try:
        return _state(os.stat(path))
    except (OSError, ValueError):  # reading it will say why
        return None


def _state(stat: os.stat_result) -> str:
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _digest_file(path: str) -> Entry:
    now = time.time()
    try:
        with open_file(path) as stream:
            before = os.fstat(stream.fileno())
            digest = content_digest(stream.read())
            after = os.fstat(stream.fileno())
    except (OSError, ValueError, MemoryError) as error:
        return Entry("", bytes(CONTENT_BYTES), cannot_open(path, error))
    settled = max(before.st_mtime, before.st_ctime) < now - CLOCK_TICK and _state(before) == _state(after)
    return Entry(_state(before) if settled else "", digest)
