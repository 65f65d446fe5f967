"""The shards of a folder, opened once each; what is damaged is mended as it is met."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course_utils.bottlenecks import shards
from course_utils.bottlenecks.claims import Claims
from course_utils.bottlenecks.shards import BLOCK, DamagedShard, Shard
from course_utils.errors import DataError


class OpenShards:
    """The shards that have been opened, by path. `damaged` counts those that were found damaged."""

    def __init__(self, folder: Path, n_features: int):
        self.folder, self.n_features = folder, n_features
        self.damaged = 0
        self.known: dict[Path, Shard] = {}
        self._is_tidying = False

    def now(self) -> dict[Path, Shard]:
        """Return the shards that are there, by path; mend those that are damaged."""
        with explained("read", self.folder):
            for path in set(shards.list_shards(self.folder)) - set(self.known):
                with suppress(FileNotFoundError):  # gone since they were listed
                    shard = self._open(path)
                    self.known[shard.path] = shard
            present = set(shards.list_shards(self.folder))
        self.known = {path: self.known[path] for path in sorted(self.known) if path in present}
        return self.known

    def _open(self, path: Path) -> Shard:
        try:
            return shards.open_shard(path, self.n_features)
        except DamagedShard:
            mended = self.mend(path)
            if mended is None:
                raise FileNotFoundError(path) from None
            return shards.open_shard(mended, self.n_features)

    def mend(self, path: Path) -> Path | None:
        """Replace a damaged shard by one that has its sound rows; return it if there is one."""
        self.known.pop(path, None)
        with self.tidy(), explained("store", self.folder), suppress(FileNotFoundError):
            shard, rows = shards.salvage(path, self.n_features)
            mended = None
            if len(rows):
                blocks = (shard.read(rows[i : i + BLOCK]) for i in range(0, len(rows), BLOCK))
                kind = path.name.partition("-")[0]
                mended = shards.write_shard(self.folder, kind, shard.index[rows], self.n_features, blocks)
            if mended != path:
                path.unlink()
            self.damaged += 1
            return mended
        return None  # another process has done it

    @contextmanager
    def tidy(self) -> Iterator[None]:
        """Be the only process that replaces or deletes shards; while it does so, it may find another damaged one."""
        if self._is_tidying:
            yield
            return
        with Claims(self.folder / "claims").all_of("tidy"):
            self._is_tidying = True
            try:
                yield
            finally:
                self._is_tidying = False


@contextmanager
def explained(doing: str, folder: Path, explain_missing: bool = False) -> Iterator[None]:
    """Turn what the system says about a folder into an error that says what to do.

    A missing file is left to the caller, who asks again: another process was faster.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not explain_missing:
            raise
        mend = "give BottleneckCache another folder, or make room (`cache.drop(...)` helps); what was stored before is "
        mend += "still there"
        if error.errno in (errno.EMFILE, errno.ENFILE):
            mend = "close other notebooks and programs, or allow more open files (`ulimit -n 4096`)"
        raise DataError(
            f"cannot {doing} features in {folder}",
            expected="a folder that you may read and write, that nobody deletes meanwhile, on a disk with room",
            received=f"{type(error).__name__}: {error.strerror or error}",
            do=mend,
        ) from error
