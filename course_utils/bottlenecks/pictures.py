"""Which pictures are asked for, and what identifies each: the content of its file, and the crop."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets import ImageDataset
from course_utils.errors import DataError
from course_utils.pictures import read_picture

KEY_BYTES = 20
THREADS = 4
# Part of each key. Raise it when `read_picture` makes other pixels of the same file.
READER_VERSION = 2


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
        except DataError as error:
            return _short(error)
        except ValueError:  # from the crop
            return "with a box outside the picture"


def list_pictures(dataset: ImageDataset, split: str | None, crop: bool) -> tuple[pd.DataFrame, list[Picture]]:
    """Return the rows of a split and their pictures, in table order."""
    rows = dataset.rows(split)
    boxes = map(tuple, dataset.boxes(rows).tolist()) if crop else [None] * len(rows)
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
        return Picture(path, box, None, f"cannot be opened ({error.strerror})")
    return Picture(path, box, digest.digest())


def _short(error: Exception) -> str:
    """The line of an error that says what was found."""
    for line in str(error).splitlines():
        if line.strip().startswith("Received:"):
            return line.partition("Received:")[2].strip()
    return str(error).splitlines()[0]
