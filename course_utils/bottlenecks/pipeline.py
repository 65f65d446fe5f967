"""From picture files to vectors with every core busy: read, resize, forward pass, batch after batch."""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from threading import Semaphore
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from course_utils.bottlenecks.engines import Engine
from course_utils.bottlenecks.pictures import Picture

BATCH_SIZE = 32
# Shorter jobs show no bar. In seconds.
BAR_AFTER = 2.0
# Workers that read ahead while others wait for the engine.
READERS = 2

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Batch:
    """What became of some pictures: `vectors[i]` (float32) belongs to `pictures[i]`; the rest has reasons."""

    pictures: list[Picture]
    vectors: np.ndarray
    unreadable: list[tuple[Picture, str]]


def run(
    engine: Engine,
    pictures: Sequence[Picture],
    size: int,
    batch_size: int = BATCH_SIZE,
    progress: bool = True,
) -> Iterator[Batch]:
    """Yield the vectors of pictures, batch after batch in their order.

    Each worker takes a batch through all steps, so pixels are not handed from thread to thread. As many workers
    may be in the engine at once as it has streams; the others read meanwhile. No more than two batches for each
    worker are under way or wait to be taken, whatever the number of pictures. Closing the generator stops the
    workers after the batches they are at.

    Parameters
    ----------
    size : side of the pictures in pixels.
    progress : show a bar with rate and time left, once the work has taken two seconds.

    Raises
    ------
    ValueError : `batch_size` is no whole number above zero.
    """
    if not isinstance(batch_size, (int, np.integer)) or batch_size < 1:
        raise ValueError(f"`batch_size` must be a whole number, 1 or more. Received: {batch_size!r}.")
    return _run(engine, pictures, size, int(batch_size), progress)


def _run(engine: Engine, pictures: Sequence[Picture], size: int, batch_size: int, progress: bool):
    turn = Semaphore(engine.streams)

    def work(start: int) -> Batch:
        return _work(engine, pictures[start : start + batch_size], size, turn)

    starts = range(0, len(pictures), batch_size)
    with (
        closing(_in_order(work, starts, engine.streams + READERS)) as batches,
        progress_bar(len(pictures), progress) as bar,
    ):
        for batch in batches:
            bar.update(len(batch.pictures) + len(batch.unreadable))
            yield batch


def _work(engine: Engine, pictures: Sequence[Picture], size: int, turn: Semaphore) -> Batch:
    """Take pictures through all steps."""
    read = [(picture, picture.read(size)) for picture in pictures]
    good = [(picture, pixels) for picture, pixels in read if not isinstance(pixels, str)]
    unreadable = [(picture, reason) for picture, reason in read if isinstance(reason, str)]
    if not good:
        return Batch([], np.zeros((0, engine.n_features), np.float32), unreadable)
    pixels = np.stack([pixels for _, pixels in good])  # (b, size, size, 3)
    with turn:
        return Batch([picture for picture, _ in good], engine(pixels), unreadable)


def _in_order(work: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """Yield `work(item)` for each item, in order, computed by threads that are never far ahead."""
    waiting: deque[Future] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="pictures") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) == 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def progress_bar(total: int, progress: bool) -> tqdm:
    """Return a progress bar that jobs of under two seconds never show, and that goes when the work is done.

    So executed notebooks keep nothing of it. Nor is it shown where nobody looks: in a file, in the log of a job.
    """
    where = _where() if progress else {"disable": True}
    return tqdm(total=total, desc="pictures", unit="", delay=BAR_AFTER, leave=False, **where)


class _Cell:
    """What the bar writes to in a notebook: one output of the cell, which is emptied with the bar.

    `tqdm.notebook` would leave a dead widget in the saved notebook, or complain on stderr where there are none.
    """

    def __init__(self):
        self.handle = None

    def write(self, text: str) -> None:
        from IPython.display import display

        line = {"text/plain": text.strip()}
        if self.handle is None:
            self.handle = display(line, raw=True, display_id=True)
        else:
            self.handle.update(line, raw=True)

    def flush(self) -> None:
        """Nothing waits."""


def _where() -> dict:
    """Return tqdm's arguments for the place that we run in: notebook, terminal, or neither."""
    if "IPython" in sys.modules:
        from IPython import get_ipython

        if hasattr(get_ipython(), "kernel"):
            return {"file": _Cell(), "ncols": 80}
    return {"disable": None}  # no bar where stderr is no terminal
