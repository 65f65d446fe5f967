"""Where keys are among the shards of a shelf. Pure functions of the shards' indices."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from course_utils.bottlenecks.keys import KEY
from course_utils.bottlenecks.shards import BLOCK, VECTOR, Shard

NOWHERE = -1
MERGED = 8  # so many shards of about the same size become one


class Catalogue:
    """The sorted keys of some shards."""

    def __init__(self, shards: Sequence[Shard]):
        self.shards = list(shards)
        lengths = [len(shard.index) for shard in self.shards]
        keys = np.concatenate([np.zeros(0, KEY), *(shard.index["key"] for shard in self.shards)])
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._numbers = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[order]
        self._rows = np.concatenate([np.zeros(0, int), *map(np.arange, lengths)])[order]

    def find(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return for each key (n,) the number of a shard that has it, and its row there; `NOWHERE` where none has."""
        if not len(self._keys):
            return np.full(len(keys), NOWHERE), np.full(len(keys), NOWHERE)
        places = np.searchsorted(self._keys, keys) % len(self._keys)
        hit = self._keys[places] == keys
        return np.where(hit, self._numbers[places], NOWHERE), np.where(hit, self._rows[places], NOWHERE)


def home(keys: np.ndarray, shards: Sequence[Shard]) -> tuple[Shard, np.ndarray] | None:
    """Return one shard that has all keys (n,), and their rows there; if there is one, that which has them in order."""
    for shard in shards:
        if np.array_equal(shard.index["key"], keys):
            return shard, np.arange(len(keys))
    n = len(np.unique(keys))
    for shard in shards:
        if len(shard.index) >= n:
            numbers, rows = Catalogue([shard]).find(keys)
            if (numbers != NOWHERE).all():
                return shard, rows
    return None


def superfluous(kept: Shard, shards: Sequence[Shard]) -> list[Shard]:
    """Return the other shards whose keys are all in `kept`."""
    if len(shards) == 1:
        return []
    catalogue = Catalogue([kept])
    others = [shard for shard in shards if shard.path != kept.path and len(shard.index) <= len(kept.index)]
    return [shard for shard in others if (catalogue.find(shard.index["key"])[0] != NOWHERE).all()]


def to_merge(shards: Sequence[Shard]) -> list[Shard]:
    """Return shards of about the same size that are so many that one should take their place; none if there are not.

    So there are never more than a few of each size, and a vector is copied once for each size that it goes through.
    """
    sizes = [int(np.log(max(len(shard.index), 1)) / np.log(MERGED)) for shard in shards]
    size, count = Counter(sizes).most_common(1)[0] if sizes else (0, 0)
    return [shard for shard, own in zip(shards, sizes, strict=True) if own == size] if count >= MERGED else []


def vectors_in_blocks(shards: Sequence[Shard], numbers: np.ndarray, rows: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the checked vectors of these rows of these shards, some at a time."""
    for start in range(0, len(rows), BLOCK):
        which, where = numbers[start : start + BLOCK], rows[start : start + BLOCK]
        if (which == which[0]).all():
            yield shards[which[0]].read(where)
            continue
        block = np.empty((len(where), shards[0].n_features), VECTOR)
        for number in np.unique(which):
            block[which == number] = shards[number].read(where[which == number])
        yield block
