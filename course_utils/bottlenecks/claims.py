"""File locks with which processes share the work on one shelf.

The first byte of a key names one of 64 buckets, each with a lock that the system releases when its holder ends, however
it ends. Whoever holds a bucket computes what is missing in it. A bucket is a property of the picture, so processes
that work on different data sets never compute a picture twice either.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from course_utils.bottlenecks.pictures import KEY

BUCKETS = 64
STINT = 4096  # keys that a process takes at a time; the next ones are there for others


@contextmanager
def claim(folder: Path, keys: np.ndarray, waiting: Callable[[], None]) -> Iterator[np.ndarray]:
    """Reserve keys (n,) that nobody else works on, a stint at most; yield the mask (n,) of those that it got.

    Where others work on all of them it calls `waiting()`, and waits until one of them has done a bucket.
    """
    buckets = np.frombuffer(keys.tobytes(), np.uint8)[:: KEY.itemsize] % BUCKETS
    mine = np.zeros(len(keys), bool)
    with ExitStack() as stack:
        for bucket in np.unique(buckets):
            if mine.sum() < STINT and acquire(_bucket_lock(folder, bucket), stack, timeout=0):
                mine |= buckets == bucket
        if len(keys) and not mine.any():
            waiting()
            acquire(_bucket_lock(folder, buckets[0]), stack)
            mine = buckets == buckets[0]
        yield mine


def acquire(lock: FileLock, stack: ExitStack, timeout: float = -1) -> bool:
    """Hold a lock until `stack` is closed; return False where it cannot be had within `timeout` seconds.

    A file system without locks, or one that is full, grants every lock. Then two processes may do the same work, and
    each still writes whole files.
    """
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=timeout)
    except Timeout:
        return False
    except (OSError, NotImplementedError):
        return True
    stack.callback(lock.release)
    return True


def _bucket_lock(folder: Path, bucket: int) -> FileLock:
    return FileLock(folder / f"{bucket:02d}.lock")
