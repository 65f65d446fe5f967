"""Which pictures are asked for, and what identifies each: the content of its file, and the crop."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets import BOX, ImageDataset
from course_utils.errors import DataError, unknown_name
from course_utils.pictures import read_picture

KEY_BYTES = 20
THREADS = 4
# Part of each key. Raise it when `read_picture` makes other pixels of the same file.
READER_VERSION = 1


@dataclass(frozen=True)
class Picture:
    """One picture to be run through a backbone, or the reason why it cannot be."""

    path: str
    box: tuple[float, ...] | None
    key: bytes | None
    reason: str = ""

    def read(self, size: int) -> np.ndarray | str:
        """Return its pixels, uint8 (size, size, 3), or the reason why there are none."""
        try:
            return read_picture(self.path, size, self.box)
        except (DataError, ValueError) as error:
            return _short(error)


def list_pictures(dataset: ImageDataset, split: str | None, crop: bool) -> tuple[pd.DataFrame, list[Picture]]:
    """Return the rows of a split and their pictures, in table order."""
    rows = dataset.table
    if split is not None and split not in set(rows["split"]):
        raise unknown_name("split", split, rows["split"].unique())
    rows = rows if split is None else rows[rows["split"] == split]
    boxes = _boxes(rows, dataset.name) if crop else [None] * len(rows)
    with ThreadPoolExecutor(THREADS) as pool:
        pictures = list(pool.map(identify, rows["path"], boxes))
    return rows.reset_index(drop=True), pictures


def identify(path: str, box: tuple[float, ...] | None) -> Picture:
    """Return the picture with its key: a digest of the file's bytes and the crop. Its name plays no part."""
    digest = hashlib.blake2b(digest_size=KEY_BYTES)
    digest.update(f"{READER_VERSION} {box}".encode())
    try:
        digest.update(Path(path).read_bytes())
    except OSError as error:
        return Picture(path, box, None, f"no such file ({error.strerror})")
    return Picture(path, box, digest.digest())


def _boxes(rows: pd.DataFrame, name: str) -> list[tuple[float, ...]]:
    if not set(BOX) <= set(rows) or rows[BOX].isna().any(axis=None):
        raise ValueError(
            f"`crop=True` needs a box for each picture, in the columns {', '.join(BOX)} of the table of "
            f"{name!r}. Received: columns {', '.join(rows)}. Leave `crop` out or fill these columns."
        )
    return [tuple(float(side) for side in box) for box in rows[BOX].to_numpy()]


def _short(error: Exception) -> str:
    """The line of an error that says what was found."""
    for line in str(error).splitlines():
        if line.strip().startswith("Received:"):
            return line.partition("Received:")[2].strip()
    return str(error).splitlines()[0]
