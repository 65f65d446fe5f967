"""Which pictures are asked for, and what identifies each: the content of its file, and the crop."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_utils.bottlenecks.digests import CONTENT_BYTES, Digests, content_digest
from course_utils.datasets import ImageDataset
from course_utils.errors import DataError
from course_utils.pictures import read_picture
from course_utils.pictures.files import cannot_open, open_file

# A key is the digest of the content, then the digest of the box, or zeros for a whole picture.
BOX_BYTES = 8
KEY = np.dtype(f"V{CONTENT_BYTES + BOX_BYTES}")
CHANGED = "changes while it is being read"


@dataclass(frozen=True)
class Picture:
    """One picture to be run through a backbone."""

    path: str
    box: tuple[float, ...] | None
    key: bytes

    def read(self, size: int) -> np.ndarray | str:
        """Return its pixels, uint8 (size, size, 3), or the reason why there are none.

        The pixels come from the very bytes that the key stands for: a picture that has changed since is refused.

        Raises
        ------
        SystemFault : the system is short of something, which is no fault of the picture.
        """
        try:
            # A Path would keep the name in Python's own table of names.
            with open_file(self.path) as stream:
                content = stream.read()
        except (OSError, ValueError, MemoryError) as error:
            return cannot_open(self.path, error)
        if content_digest(content) != self.key[:CONTENT_BYTES]:
            return CHANGED
        try:
            return read_picture(io.BytesIO(content), size, self.box)
        except DataError as error:
            return error.received
        except ValueError:  # from the crop
            return "with a box outside the picture"


@dataclass(frozen=True)
class Pictures(Sequence[Picture]):
    """The pictures of some rows, made one by one when they are asked for: a million of them take 24 MB.

    Attributes
    ----------
    paths : (n,), as in the data set's table.
    boxes : (n, 4) in pixels, or None where the pictures are whole.
    keys : (n,), see `KEY`.
    reasons : why there is no key, by row.
    """

    paths: pd.Series
    boxes: np.ndarray | None
    keys: np.ndarray
    reasons: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, row):
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        box = None if self.boxes is None else tuple(self.boxes[row].tolist())
        return Picture(str(self.paths.iat[row]), box, self.keys[row].tobytes())

    def take(self, rows: np.ndarray) -> "Pictures":
        """Return the pictures in these rows (ascending)."""
        if len(rows) == len(self):
            return self
        boxes = None if self.boxes is None else self.boxes[rows]
        return Pictures(self.paths.iloc[rows], boxes, self.keys[rows])


def list_pictures(
    dataset: ImageDataset, split: str | None, crop: bool, digests: Digests, remember: bool = True
) -> tuple[pd.DataFrame, Pictures]:
    """Return the rows of a split and their pictures, in table order."""
    rows = dataset.rows(split)
    boxes = dataset.boxes(rows) if crop else None
    rows = rows.reset_index(drop=True)
    contents, reasons = digests.of(rows["path"], remember)
    return rows, Pictures(rows["path"], boxes, make_keys(contents, boxes), reasons)


def identify(path: str, box: tuple[float, ...] | None = None) -> Picture:
    """Return a single picture, read anew. `list_pictures` is quicker for many.

    Raises
    ------
    OSError : it cannot be opened.
    """
    with open_file(path) as stream:
        contents = np.array([content_digest(stream.read())], f"V{CONTENT_BYTES}")
    keys = make_keys(contents, None if box is None else np.array([box], float))
    return Picture(path, box, keys[0].tobytes())


def make_keys(contents: np.ndarray, boxes: np.ndarray | None) -> np.ndarray:
    """Return the keys (n,) of pictures with these digests of content (n,) and boxes (n, 4)."""
    keys = np.zeros((len(contents), KEY.itemsize), np.uint8)
    keys[:, :CONTENT_BYTES] = contents.view(np.uint8).reshape(len(contents), -1)
    if boxes is not None:
        digests = (
            hashlib.blake2b(box.tobytes(), digest_size=BOX_BYTES).digest() for box in boxes.astype("<f8")
        )
        keys[:, CONTENT_BYTES:] = np.frombuffer(b"".join(digests), np.uint8).reshape(len(contents), -1)
    return keys.view(KEY).reshape(-1)
