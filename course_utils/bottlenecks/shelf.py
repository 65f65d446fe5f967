"""The vectors of one backbone on disk: a folder of shards.

A process adds the vectors that it has computed as "parts". When all that was asked for is there, the parts are copied
in the data set's order into one "pack", which can be memory-mapped as it is, and deleted. Each shard is written under
another name, synced and renamed, so it is whole or not there at any moment; readers need no lock.
"""

import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import numpy as np

from course_utils.bottlenecks import shards
from course_utils.bottlenecks.claims import Claims
from course_utils.bottlenecks.keys import KEY
from course_utils.bottlenecks.lookup import NOWHERE, Catalogue, home, superfluous, to_merge, vectors_in_blocks
from course_utils.bottlenecks.mending import OpenShards, explained
from course_utils.bottlenecks.rows import is_stretch, scratch_copy
from course_utils.bottlenecks.shards import DamagedShard, Shard
from course_utils.drafts import remove_abandoned, whole_file
from course_utils.engines.precision import FULL
from course_utils.errors import DataError

ABOUT = "about.json"


class Shelf:
    """The stored vectors of one backbone.

    Parameters
    ----------
    about : what tells this shelf from others, kept in `about.json`; its date says when the shelf was last used.
    unseen : what in the backbone no digest can see (`own_code`), so that the shelf serves once.
    """

    def __init__(self, folder: Path, n_features: int, about: dict, unseen: str = ""):
        self.folder, self.n_features, self.about, self.unseen = folder, n_features, about, unseen
        self.shards = OpenShards(folder, n_features)
        self._catalogue: Catalogue | None = None

    def __reduce__(self):
        """Go to another process without open files."""
        return Shelf, (self.folder, self.n_features, self.about)

    def find(
        self, keys: np.ndarray, ignore: Collection[Path] = (), refresh: bool = True
    ) -> tuple[list[Shard], np.ndarray, np.ndarray]:
        """Return where keys (n,) are: some shards, for each key the number of its shard, and its row there.

        Both numbers are `NOWHERE` for keys that are not stored. Shards in `ignore` are left out. Without `refresh` the
        shards of the first look count; what was added since is left out, too.
        """
        opened = self.shards.now() if refresh or self._catalogue is None else self.shards.known
        found = [shard for path, shard in opened.items() if path not in ignore]
        if self._catalogue is None or self._catalogue.shards != found:
            self._catalogue = Catalogue(found)
        return found, *self._catalogue.find(keys)

    @property
    def numbers(self) -> str:
        """What the backbone computes with: "float32", or one of half precision."""
        return self.about.get("numbers", FULL)

    @property
    def damaged(self) -> int:
        """How many shards were found damaged."""
        return self.shards.damaged

    def paths(self) -> set[Path]:
        """Return the shards that are there now."""
        return set(self.shards.now())

    def keys(self) -> np.ndarray:
        """Return the keys of all vectors."""
        return np.concatenate(
            [np.zeros(0, KEY), *(shard.index["key"] for shard in self.shards.now().values())]
        )

    def vectors(self, keys: np.ndarray) -> np.ndarray | None:
        """Return the vectors (n, d) of stored keys (n,), each checked, memory-mapped in the order they are stored in.

        None where one turned out to be damaged, or was dropped meanwhile: find out what is missing, make it anew
        and ask again.

        Raises
        ------
        DataError : a shard cannot be read for another reason than damage.
        """
        try:
            with explained("read", self.folder):
                return self._assemble(keys)
        except DamagedShard as damage:
            self.shards.mend(damage.path)
        except FileNotFoundError:
            self.shards.known.clear()
        return None

    def add(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        """Store vectors (n, d) of keys (n,) as one part.

        Raises
        ------
        DataError : it cannot be written. Nothing of it stays, and what was there is as it was.
        """
        index = shards.make_index(keys, vectors)
        for is_last in (False, True):
            try:
                with explained("store", self.folder, explain_missing=is_last):
                    return self._add(index, vectors)
            except FileNotFoundError:  # the folder was dropped meanwhile
                continue

    def _add(self, index: np.ndarray, vectors: np.ndarray) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / ABOUT).exists():
            with whole_file(self.folder / ABOUT) as stream:
                stream.write(json.dumps(self.about, indent=2).encode())
        shards.write_shard(self.folder, "part", index, self.n_features, [vectors])

    def end_visit(self) -> None:
        """Remember that the shelf was used now, and keep it in order; nothing of that is needed by anybody."""
        with suppress(OSError, DataError, DamagedShard):
            remove_abandoned(self.folder)
            os.utime(self.folder / ABOUT)
            few, claims = to_merge(list(self.shards.now().values())), Claims(self.folder / "claims")
            if few and claims.take("tidy") is None:  # else another process is at it
                try:
                    self._merge(few)
                finally:
                    claims.release()

    def _assemble(self, keys: np.ndarray) -> np.ndarray:
        shape = (len(keys), self.n_features)
        if not len(keys):
            return np.zeros(shape, np.float32)
        place = home(keys, list(self.shards.now().values()))
        if place is None:
            # On a full disk what is stored can still be copied into memory, unless it is too much.
            with self.shards.tidy(), suppress(DataError):
                self._pack(keys)
            place = home(keys, list(self.shards.now().values()))
        if place is None:
            found, numbers, rows = self._find_all(keys)
            return scratch_copy(self.folder, shape, vectors_in_blocks(found, numbers, rows))
        shard, rows = place
        self._delete_superfluous(shard)
        blocks = vectors_in_blocks([shard], np.zeros(len(rows), int), rows)
        if not is_stretch(rows):
            return scratch_copy(self.folder, shape, blocks)
        for _ in blocks:
            pass  # checked
        return shard.memmap()[rows[0] : rows[-1] + 1]

    def _find_all(self, keys: np.ndarray) -> tuple[list[Shard], np.ndarray, np.ndarray]:
        found, numbers, rows = self.find(keys)
        if (numbers == NOWHERE).any():
            raise FileNotFoundError("dropped meanwhile")
        return found, numbers, rows

    def _pack(self, keys: np.ndarray) -> None:
        """Copy vectors from several shards into one, in this order."""
        found, numbers, rows = self._find_all(keys)
        if home(keys, found):
            return  # another process has done it
        self._write("pack", found, numbers, rows)

    def _merge(self, few: list[Shard]) -> None:
        """Put one shard in the place of some."""
        keys = np.concatenate([shard.index["key"] for shard in few])
        first = np.sort(np.unique(keys, return_index=True)[1])
        numbers, rows = Catalogue(few).find(keys[first])
        merged = self._write("part", few, numbers, rows)
        for shard in few:
            if shard.path != merged:
                with suppress(OSError):  # Windows deletes no file that somebody reads
                    shard.path.unlink()

    def _write(self, kind: str, found: list[Shard], numbers: np.ndarray, rows: np.ndarray) -> Path:
        """Copy rows of shards into one shard, in this order."""
        starts = np.cumsum([0] + [len(shard.index) for shard in found])
        index = np.concatenate([shard.index for shard in found])[starts[numbers] + rows]
        blocks = vectors_in_blocks(found, numbers, rows)
        with explained("store", self.folder):
            return shards.write_shard(self.folder, kind, index, self.n_features, blocks)

    def _delete_superfluous(self, kept: Shard) -> None:
        """Delete the shards that a pack has made superfluous."""
        if not superfluous(kept, list(self.shards.known.values())):
            return
        with self.shards.tidy():
            if not kept.path.exists():
                raise FileNotFoundError(kept.path)
            for shard in superfluous(kept, list(self.shards.now().values())):
                # Windows deletes no file that somebody reads; the next visit tries again.
                with suppress(OSError):
                    shard.path.unlink()
