"""The file that vectors are kept in: written whole, never changed, checked row by row when it is read.

A shard holds two NumPy arrays one after the other, so two calls of `np.load` on an open file read it anywhere:

    rows     (n,)    `key` of the picture and `check`, the XXH3 of key and vector
    vectors  (n, d)  float32

Its name says how many rows it has and the XXH3 of the first array. So every byte is covered: the headers are known,
the name covers the keys, the checks cover the vectors. Whatever is cut off or flipped costs the rows it is in, and no
others. Checksums find accidents; they are no protection against somebody who forges a store.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xxhash

from course_utils.bottlenecks.keys import KEY
from course_utils.drafts import whole_file

ROW = np.dtype([("key", KEY), ("check", "<u8")])
VECTOR = np.dtype("<f4")
BLOCK = 512  # rows that are read at a time
_HEADER = 128  # bytes
_NAME = re.compile(r"(?:part|pack)-(\d+)-([0-9a-f]{32})\.features")


class DamagedShard(Exception):
    """A shard's bytes are not those that were written. `path` says which."""

    def __init__(self, path: Path):
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True, eq=False)
class Shard:
    """One file of vectors, with `index`: its rows' keys and checks."""

    path: Path
    n_features: int
    index: np.ndarray

    def read(self, rows: np.ndarray) -> np.ndarray:
        """Return the vectors in these rows, float32 (rows, d), each checked. At most a block at a time.

        Raises
        ------
        DamagedShard : a vector is not what was stored.
        """
        vectors, sound = self.try_read(rows)
        if not sound.all():
            raise DamagedShard(self.path)
        return vectors

    def try_read(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return vectors and which of them are sound; rows that the file does not reach are not."""
        width = self.n_features * VECTOR.itemsize
        with open(self.path, "rb", buffering=0) as stream:
            pieces = [
                _read_at(stream, self._offset + a * width, (b - a) * width) for a, b in _stretches(rows)
            ]
        vectors = np.frombuffer(b"".join(pieces), VECTOR).reshape(len(rows), self.n_features)
        return vectors, checks(self.index["key"][rows], vectors) == self.index["check"][rows]

    def memmap(self) -> np.memmap:
        """Return all vectors, float32 (n, d), memory-mapped; writing to them changes a private copy only."""
        shape = (len(self.index), self.n_features)
        return np.memmap(self.path, VECTOR, mode="c", offset=self._offset, shape=shape)

    @property
    def _offset(self) -> int:
        return 2 * _HEADER + self.index.nbytes


def list_shards(folder: Path) -> list[Path]:
    """Return the shards in a folder."""
    return sorted(path for path in folder.glob("*.features") if _NAME.fullmatch(path.name))


def rows_of(path: Path) -> int:
    """Return how many rows a shard has, by its name."""
    return _told_by_name(path)[0]


def width_of(path: Path) -> int:
    """Return how many numbers each vector of a shard has, by its length."""
    rest = path.stat().st_size - 2 * _HEADER
    return (rest // max(rows_of(path), 1) - ROW.itemsize) // VECTOR.itemsize


def open_shard(path: Path, n_features: int) -> Shard:
    """Return a shard whose name, length, headers and keys are right. Its vectors are checked when read.

    Raises
    ------
    DamagedShard : one of them is wrong.
    """
    n, digest = _told_by_name(path)
    with open(path, "rb", buffering=0) as stream:
        length = os.fstat(stream.fileno()).st_size
        head = _read_at(stream, 0, _HEADER)
        index = np.frombuffer(_read_at(stream, _HEADER, n * ROW.itemsize), ROW)
        second = _read_at(stream, _HEADER + index.nbytes, _HEADER)
    sound = (
        length == 2 * _HEADER + n * (ROW.itemsize + n_features * VECTOR.itemsize)
        and head == _header(ROW, (n,))
        and second == _header(VECTOR, (n, n_features))
        and xxhash.xxh3_128_hexdigest(index.tobytes()) == digest
    )
    if not sound:
        raise DamagedShard(path)
    return Shard(path, n_features, index)


def salvage(path: Path, n_features: int) -> tuple[Shard, np.ndarray]:
    """Return a damaged shard as far as it goes, and the numbers of the rows that are sound."""
    n, _ = _told_by_name(path)
    with open(path, "rb", buffering=0) as stream:
        index = np.frombuffer(_read_at(stream, _HEADER, n * ROW.itemsize), ROW)
    shard = Shard(path, n_features, index)
    blocks = np.array_split(np.arange(n), range(BLOCK, n, BLOCK))
    sound = [rows[shard.try_read(rows)[1]] for rows in blocks if len(rows)]
    return shard, np.concatenate([*sound, np.zeros(0, int)]).astype(int)


def make_index(keys: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return the index (n,) of vectors (n, d) with these keys (n,)."""
    index = np.zeros(len(keys), ROW)
    index["key"], index["check"] = keys, checks(keys, vectors)
    return index


def write_shard(
    folder: Path, kind: str, index: np.ndarray, n_features: int, blocks: Iterable[np.ndarray]
) -> Path:
    """Write vectors, which come in blocks (m, d), as a "part" or a "pack"; it appears whole or not at all."""
    shard = folder / f"{kind}-{len(index)}-{xxhash.xxh3_128_hexdigest(index.tobytes())}.features"
    with whole_file(shard) as stream:
        stream.write(_header(ROW, index.shape) + index.tobytes())
        stream.write(_header(VECTOR, (len(index), n_features)))
        for block in blocks:
            stream.write(np.ascontiguousarray(block, VECTOR).data)
    return shard


def checks(keys: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return the check (n,) of each vector (n, d) and its key: XXH3, 64 bits."""
    digest, width = xxhash.xxh3_64_intdigest, vectors.shape[1] * VECTOR.itemsize
    data = np.ascontiguousarray(vectors, VECTOR).reshape(-1).view(np.uint8).data
    names, size = keys.tobytes(), KEY.itemsize
    found = (
        digest(data[i * width : (i + 1) * width], digest(names[i * size : (i + 1) * size]))
        for i in range(len(keys))
    )
    return np.fromiter(found, "<u8", len(keys))


def _told_by_name(path: Path) -> tuple[int, str]:
    """Return the number of rows and the digest of the index."""
    name = _NAME.fullmatch(path.name)
    return int(name[1]), name[2]


def _stretches(rows: np.ndarray) -> list[tuple[int, int]]:
    """Return rows as stretches [first, after last) of neighbours."""
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    return [(int(part[0]), int(part[-1]) + 1) for part in np.split(rows, breaks) if len(part)]


def _read_at(stream, offset: int, length: int) -> bytes:
    """Return bytes of a file; zeros for what lies behind its end."""
    stream.seek(offset)
    pieces, left = [], length
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join([*pieces, bytes(left)])


def _header(dtype: np.dtype, shape: tuple[int, ...]) -> bytes:
    """Return the header of an `.npy` file, format 1.0, always 128 bytes: NumPy's own varies with its version."""
    text = str({"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape})
    return b"\x93NUMPY\x01\x00" + (_HEADER - 10).to_bytes(2, "little") + f"{text:<{_HEADER - 11}}\n".encode()
