"""Compute what is missing on a shelf: claim pictures, run them through the backbone, store vectors as they come."""

import time
from contextlib import closing
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from course_utils.bottlenecks.claims import Claims, say
from course_utils.bottlenecks.keys import KEY, Pictures
from course_utils.bottlenecks.lookup import NOWHERE
from course_utils.bottlenecks.pipeline import progress_bar, run
from course_utils.bottlenecks.shards import VECTOR
from course_utils.bottlenecks.shelf import Shelf
from course_utils.engines.choice import choose_engine

# A part is written when it has so many vectors, or so many seconds after the one before: what is lost, at most, when
# the process is killed.
PART_ROWS = 1024
PART_SECONDS = 10.0
NOT_FINITE = "the backbone gives no finite numbers for it"


def fill(
    backbone: keras.Model,
    shelf: Shelf,
    engine: str,
    folder: Path,
    batch_size: int,
    progress: bool,
    pictures: Pictures,
) -> tuple[dict[bytes, str], str]:
    """Compute and store the vectors of pictures that the shelf lacks; `folder` keeps converted backbones.

    Returns why others have none, by key, and which engine did it and why; "" where there was nothing to do.
    """
    looked_into = shelf.paths()  # before looking: what another process adds from now on is looked into later
    missing = pictures.take(missing_rows(pictures.keys, shelf))
    if not len(missing):
        return {}, ""
    chosen = choose_engine(backbone, len(missing), engine=engine, folder=folder, numbers=shelf.numbers)
    left, failed = np.ones(len(missing), bool), {}
    with progress_bar(len(missing), progress) as bar:
        # Where no bar is shown, it is said on stderr.
        claims = Claims(shelf.folder / "claims", say if bar.disable else bar.set_postfix_str)
        while left.any():
            todo = np.flatnonzero(left)
            with claims.some_of(missing.keys[todo]) as mine:
                bar.set_postfix_str("", refresh=False)
                todo = todo[mine]
                left[todo] = False
                # Another process may have stored some of them before it let go of them.
                _, numbers, _ = shelf.find(missing.keys[todo], ignore=looked_into)
                bar.update(int((numbers != NOWHERE).sum()))
                stint = missing.take(todo[numbers == NOWHERE])
                failed |= _compute(chosen, stint, shelf, batch_size, bar)
    return failed, f"{chosen.name}: {chosen.why}"


def missing_rows(keys: np.ndarray, shelf: Shelf, refresh: bool = True) -> np.ndarray:
    """Return the rows of keys that are not stored, each key once, in order."""
    _, numbers, _ = shelf.find(keys, refresh=refresh)
    rows = np.flatnonzero(numbers == NOWHERE)
    return rows[np.sort(np.unique(keys[rows], return_index=True)[1])]


def _compute(engine, pictures: Pictures, shelf: Shelf, batch_size: int, bar: tqdm) -> dict[bytes, str]:
    """Run pictures through an engine and store the vectors; return why others have none, by key."""
    failed: dict[bytes, str] = {}
    if not len(pictures):
        return failed
    part, size = Part(shelf), shelf.about["size"]
    with closing(run(engine, pictures, size, batch_size=batch_size, progress=False)) as batches:
        try:
            for done in batches:
                failed |= {picture.key: reason for picture, reason in done.unreadable}
                part.add([picture.key for picture in done.pictures], done.vectors, failed)
                bar.update(len(done.pictures) + len(done.unreadable))
        finally:  # what is done is kept when somebody interrupts
            part.write()
    return failed


class Part:
    """Vectors that wait to be written together, copied to one place: kept as they come, they would riddle the heap."""

    def __init__(self, shelf: Shelf):
        self.shelf, self.rows, self.since = shelf, 0, time.monotonic()
        self._keys = np.empty(PART_ROWS, KEY)
        self._vectors = np.empty((PART_ROWS, shelf.n_features), VECTOR)

    def add(self, keys: list[bytes], vectors: np.ndarray, failed: dict[bytes, str]) -> None:
        """Take vectors (b, d) of keys; those that are not finite are not stored, but noted in `failed`."""
        finite = np.isfinite(vectors).all(axis=1)
        failed |= {key: NOT_FINITE for key, good in zip(keys, finite, strict=True) if not good}
        good_keys, good = np.array(keys, KEY)[finite], vectors[finite]
        while len(good):
            n = min(len(good), PART_ROWS - self.rows)
            place = slice(self.rows, self.rows + n)
            self._keys[place], self._vectors[place] = good_keys[:n], good[:n]
            self.rows, good_keys, good = self.rows + n, good_keys[n:], good[n:]
            if self.rows == PART_ROWS:
                self.write()
        if time.monotonic() - self.since > PART_SECONDS:
            self.write()

    def write(self) -> None:
        rows, self.rows, self.since = self.rows, 0, time.monotonic()
        if rows:
            self.shelf.add(self._keys[:rows], self._vectors[:rows])
