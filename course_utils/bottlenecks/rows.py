"""Rows of vectors that may be too many for memory."""

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np

from course_utils.drafts import draft_of

IN_MEMORY = 64 * 2**20  # bytes; what is smaller is copied into memory, what is bigger onto disk
_BLOCK = 1024  # rows


def is_stretch(rows: np.ndarray) -> bool:
    """Return whether rows follow one another without a gap."""
    return len(rows) > 0 and bool((np.diff(rows) == 1).all())


def take_rows(vectors: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return some rows of vectors without filling the memory.

    Rows that follow one another are a view. Others are copied: into memory if they are few, or if `vectors` is there
    already, else into a file that goes when the array goes.
    """
    if is_stretch(rows):
        return vectors[rows[0] : rows[-1] + 1]
    if not isinstance(vectors, np.memmap) or len(rows) * vectors.strides[0] <= IN_MEMORY:
        return np.asarray(vectors[rows])
    blocks = (vectors[rows[i : i + _BLOCK]] for i in range(0, len(rows), _BLOCK))
    return scratch_copy(Path(vectors.filename).parent, (len(rows), vectors.shape[1]), blocks)


def scratch_copy(folder: Path, shape: tuple[int, int], blocks: Iterable[np.ndarray]) -> np.ndarray:
    """Return vectors that come in blocks as one array: in memory if they are few, else in a file that has lost its
    name, so that the system deletes it with the last array that uses it. It lies in `folder`, or among the system's
    temporary files where nothing can be written there."""
    if shape[0] * shape[1] * 4 <= IN_MEMORY:
        return np.concatenate([np.zeros((0, shape[1]), np.float32), *blocks])
    scratch = draft_of(_place(folder) / "scratch")
    try:
        with open(scratch, "w+b") as file:
            for block in blocks:  # written, not mapped: a full disk is then an error and not a crash
                file.write(np.ascontiguousarray(block, np.float32).data)
            file.flush()
            return np.memmap(file, np.float32, mode="c", shape=shape)
    finally:
        with suppress(OSError):  # Windows deletes no file that is in use: the next visit does it
            scratch.unlink()


def _place(folder: Path) -> Path:
    if os.access(folder, os.W_OK):
        return folder
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise OSError(errno.ENOSPC, "no folder for temporary files that can be written to") from error
