"""Which process works on which pictures of a shelf: small files that it makes, touches while it lives, and deletes.

The first byte of a key names one of 64 buckets. Whoever makes a bucket's file computes what is missing in it; where
several processes make it at once, every file system lets one succeed. A bucket is a property of the picture, so
processes that work on different data sets never compute a picture twice either.

A claim ends with its process: one of this machine is asked for by its number (but not on Windows), any other has
stopped touching its file.
Where a process is taken for dead and is not, some work is done twice, which does no harm: vectors are stored under what
they are made of. The same goes for a claim that cannot be written down, as on a full disk.
"""

import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course_utils.bottlenecks.keys import KEY
from course_utils.drafts import HERE, is_running

BUCKETS = 64
STINT = 4096  # keys that a process takes at a time; the next ones are there for others
TOUCH_SECONDS = 5.0
SILENT_SECONDS = 60.0  # without a touch: the process is stopped, or its machine gone
SAY_SECONDS = 2.0  # shorter waits are not worth a word
LOOK_SECONDS = 0.25  # between two looks at what others hold


class Holder(NamedTuple):
    """A process that holds claims, in a place where its number counts; `token` tells its several claims apart."""

    place: str
    process: int
    token: str

    def __str__(self) -> str:
        host = self.place.rpartition("_")[0]
        return f"process {self.process} on {host}" if self.process else "another process"

    def has_ended(self) -> bool:
        """True if it is known to have ended: of other machines' processes nothing is known."""
        return self.place == HERE and not is_running(self.process)


NOBODY_KNOWN = Holder("", 0, "")


def say(text: str) -> None:
    """Tell whoever looks at the terminal or the log."""
    print(text, file=sys.stderr, flush=True)


class Claims:
    """What this process claims in a folder.

    Parameters
    ----------
    waiting : is told, once for each process that is waited for, who that is.
    """

    def __init__(self, folder: Path, waiting: Callable[[str], None] = say):
        self.folder, self._waiting = folder, waiting
        self._me = Holder(HERE, os.getpid(), uuid.uuid4().hex)
        self._held: set[Path] = set()
        self._released = threading.Event()
        self._silent: set[Holder] = set()
        # When others touched their files, and since when we know that.
        self._seen: dict[Path, tuple[int, float]] = {}

    @contextmanager
    def some_of(self, keys: np.ndarray) -> Iterator[np.ndarray]:
        """Reserve keys (n,) that nobody else works on, a stint at most; yield the mask (n,) of those that it got.

        Where others work on all of them, wait until there are some: done, or left by a process that has ended.
        """
        buckets = np.frombuffer(keys.tobytes(), np.uint8)[:: KEY.itemsize] % BUCKETS
        mine = np.zeros(len(keys), bool)

        def take() -> Holder | None:
            for bucket in np.unique(buckets):
                if mine.sum() < STINT and not (holder := self.take(f"{bucket:02d}")):
                    mine[buckets == bucket] = True
            return None if mine.any() or not len(keys) else holder

        with self._until(take):
            yield mine

    @contextmanager
    def all_of(self, name: str) -> Iterator[None]:
        """Hold a name that one process holds at a time; wait for it where need be."""
        with self._until(lambda: self.take(name)):
            yield

    def take(self, name: str) -> Holder | None:
        """Claim a name until `release`; return who holds it, or None where that is us now."""
        path = self.folder / f"{name}.claim"
        for _ in range(2):
            is_made = False
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                with open(path, "x", encoding="utf-8") as file:
                    is_made = True
                    file.write(" ".join(map(str, self._me)))
                self._hold(path)
                return None
            except FileExistsError:
                if holder := self._alive(path):
                    return holder
            except OSError:  # nobody can be told
                if is_made:  # on a full disk, and empty
                    with suppress(OSError):
                        path.unlink()
                return None
        # Somebody was faster; or nobody holds it, and it cannot be deleted.
        return self._alive(path) or (None if path.exists() else NOBODY_KNOWN)

    def release(self) -> None:
        """Let go of everything."""
        self._released.set()
        self._released = threading.Event()
        while self._held:
            _delete(self._held.pop(), self._me)

    @contextmanager
    def _until(self, take: Callable[[], Holder | None]) -> Iterator[None]:
        start, named = time.monotonic(), None
        try:
            while holder := take():
                if holder != named and time.monotonic() - start > SAY_SECONDS:
                    self._waiting(f"waiting for {holder}")
                    named = holder
                time.sleep(LOOK_SECONDS)
            yield
        finally:
            self.release()

    def _alive(self, path: Path) -> Holder | None:
        """Return who holds a claim, None where nobody does; a claim that was left behind is deleted."""
        try:
            holder, touched = _holder(path), path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        # How long it has been silent is measured here: another machine's clock may be wrong.
        now = time.monotonic()
        if self._seen.get(path, (None, 0))[0] != touched:
            self._seen[path] = touched, now
        silent = now - self._seen[path][1] >= SILENT_SECONDS
        if not silent and not holder.has_ended():
            return holder
        if silent and holder not in self._silent:
            self._silent.add(holder)
            print(f"{holder} has given no sign of life for {SILENT_SECONDS:.0f} s: its work is done here.")
        _delete(path, holder)
        return None

    def _hold(self, path: Path) -> None:
        if not self._held:
            threading.Thread(target=self._touch, args=(self._released,), daemon=True).start()
        self._held.add(path)

    def _touch(self, released: threading.Event) -> None:
        while not released.wait(TOUCH_SECONDS):
            for path in list(self._held):
                with suppress(OSError):
                    os.utime(path)


def _holder(path: Path) -> Holder:
    """Return who made a claim, as far as that can be read: it may be being written."""
    try:
        place, process, token = path.read_text(encoding="utf-8").split()
        return Holder(place, int(process), token)
    except FileNotFoundError:
        raise
    except (ValueError, OSError):  # or somebody else's, and we may not
        return NOBODY_KNOWN


def _delete(path: Path, holder: Holder) -> None:
    """Delete a claim if it is still this holder's."""
    for _ in range(10 if os.name == "nt" else 1):  # Windows deletes no file that somebody is looking at
        try:
            if _holder(path) == holder:
                path.unlink()
            return
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(LOOK_SECONDS)
