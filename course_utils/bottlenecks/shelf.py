"""Vectors on disk for one backbone: a folder of parts, each written whole and never changed.

A part is one `.npz` file with `keys` (n, 20) uint8 and `vectors` (n, d) float32, and a check sum that the
zip format keeps for each. Parts make it safe for two processes to add at once, and for one to be killed.
"""

import hashlib
import os
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

from course_utils.errors import DataError

PATTERN = "part-*.npz"

# What reading a part raises when its bytes are wrong. RuntimeError: a zip header that names a compression or
# a password that no part has.
_DAMAGE = (zipfile.BadZipFile, ValueError, KeyError, EOFError, RuntimeError, zlib.error)


class Shelf:
    """The stored vectors of one backbone: `load()` reads them all, `add(...)` writes a new part."""

    def __init__(self, folder: Path, n_features: int):
        self.folder, self.n_features = folder, n_features
        self.damaged: list[str] = []

    def load(self) -> dict[bytes, np.ndarray]:
        """Return vectors by key. Parts that are damaged are deleted, named in `damaged`, and so made anew.

        Raises
        ------
        DataError : a part cannot be read or deleted, for another reason than damage.
        """
        vectors: dict[bytes, np.ndarray] = {}
        for part in sorted(self.folder.glob(PATTERN)):
            try:
                vectors.update(self._read_or_delete(part))
            except FileNotFoundError:
                continue  # another process found it damaged, too
            except OSError as error:
                raise DataError(
                    f"the stored features in {part} cannot be read",
                    expected="a file that you may read and delete",
                    received=f"{type(error).__name__}: {error.strerror or error}",
                    do="try again; if it stays, correct the permissions of the folder or give "
                    "BottleneckCache another one",
                ) from error
        return vectors

    def _read_or_delete(self, part: Path) -> dict[bytes, np.ndarray]:
        try:
            return self._read(part)
        except _DAMAGE:
            self.damaged.append(part.name)
            part.unlink(missing_ok=True)
            return {}

    def _read(self, part: Path) -> dict[bytes, np.ndarray]:
        with open(part, "rb") as stream, np.load(stream) as arrays:
            keys, vectors = arrays["keys"], arrays["vectors"]
        if vectors.shape != (len(keys), self.n_features) or not np.isfinite(vectors).all():
            raise ValueError("shape or values are not those of feature vectors")
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def add(self, vectors: dict[bytes, np.ndarray]) -> dict[bytes, np.ndarray]:
        """Write vectors as a new part, which appears whole or not at all; return what is left: nothing."""
        if vectors:
            keys = b"".join(vectors)
            name = f"part-{hashlib.blake2b(keys, digest_size=8).hexdigest()}.npz"
            table = np.frombuffer(keys, np.uint8).reshape(len(vectors), -1)
            try:
                self._write(self.folder / name, keys=table, vectors=np.stack(list(vectors.values())))
            except OSError as error:
                raise DataError(
                    f"cannot store features in {self.folder}",
                    expected="a folder that you may write to, on a disk with room",
                    received=f"{type(error).__name__}: {error.strerror or error}",
                    do="give BottleneckCache another folder, or make room",
                ) from error
        return {}

    def _write(self, part: Path, **arrays: np.ndarray) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.folder, suffix=".unfinished")
        try:
            with open(handle, "wb") as stream:
                np.savez(stream, **arrays)
            os.replace(draft, part)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
