"""From picture files to vectors with every core busy: read, resize, forward pass, batch after batch."""

import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Semaphore, Thread, get_ident
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from course_utils.arguments import whole_number
from course_utils.bottlenecks.keys import Picture
from course_utils.engines.choice import Engine

BATCH_SIZE = 32
# Shorter jobs show no bar. In seconds.
BAR_AFTER = 2.0
# Workers that read ahead while others wait for the engine.
READERS = 2
# After so long without a picture read or a batch done nothing will come any more.
PATIENCE_SECONDS = 180.0
_LOOK_SECONDS = 0.5
_END_SECONDS = 10.0  # for workers to finish the batches they are at, when nobody wants more

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
    return _run(engine, pictures, size, whole_number("batch_size", batch_size, 1), progress)


def _run(engine: Engine, pictures: Sequence[Picture], size: int, batch_size: int, progress: bool):
    turn, watch = Semaphore(engine.streams), Watch()

    def work(start: int) -> Batch:
        return _work(engine, pictures[start : start + batch_size], size, turn, watch)

    starts = range(0, len(pictures), batch_size)
    with (
        closing(_in_order(work, starts, engine.streams + READERS, watch)) as batches,
        progress_bar(len(pictures), progress) as bar,
    ):
        for batch in batches:
            bar.update(len(batch.pictures) + len(batch.unreadable))
            yield batch


def _work(engine: Engine, pictures: Sequence[Picture], size: int, turn: Semaphore, watch: "Watch") -> Batch:
    """Take pictures through all steps."""
    read = []
    for picture in pictures:
        watch.note(f"reading {picture.path}")
        read.append((picture, picture.read(size)))
    good = [(picture, pixels) for picture, pixels in read if not isinstance(pixels, str)]
    unreadable = [(picture, reason) for picture, reason in read if isinstance(reason, str)]
    if not good:
        return Batch([], np.zeros((0, engine.n_features), np.float32), unreadable)
    pixels = np.stack([pixels for _, pixels in good])  # (b, size, size, 3)
    watch.note("waiting for a turn in the engine")
    with turn:
        watch.note(f"in the engine {engine.name!r}")
        return Batch([picture for picture, _ in good], engine(pixels), unreadable)


class Watch:
    """What each worker is at, and how often one of them has gone on to something else."""

    def __init__(self):
        self._at: dict[int, str] = {}
        self.moves = 0

    def note(self, what: str) -> None:
        """Remember what the calling thread begins now."""
        self._at[get_ident()] = what
        self.moves += 1

    def error(self) -> RuntimeError:
        """Return the error for workers that are stuck, with what each of them is at."""
        at = ", ".join(f"{n} {what}" for what, n in Counter(self._at.values()).most_common())
        return RuntimeError(
            f"The extraction stands still.\n  Expected: a picture read or a batch done within "
            f"{PATIENCE_SECONDS:.0f} s\n  Received: nothing; its threads: {at}\n  What to do: restart the kernel and "
            "run again: what is computed is kept. If it stops there again: engine='keras' where an engine is named; a "
            "copy of the pictures on this machine where one is read; a smaller batch_size where the machine is slow."
        )


def _in_order(work: Callable[[T], R], items: Sequence[T], workers: int, watch: Watch) -> Iterator[R]:
    """Yield `work(item)` for each item, in order, computed by threads that are never far ahead.

    They are daemons: one that is stuck keeps neither the caller nor the end of the process waiting.
    """
    tasks: SimpleQueue = SimpleQueue()
    waiting: deque[Future] = deque()
    threads = [
        Thread(target=_serve, args=(tasks, work), name=f"pictures-{i}", daemon=True) for i in range(workers)
    ]
    for thread in threads:
        thread.start()
    try:
        for item in items:
            waiting.append(Future())
            tasks.put((waiting[-1], item))
            if len(waiting) == 2 * workers:
                yield _result(waiting.popleft(), watch)
        while waiting:
            yield _result(waiting.popleft(), watch)
    finally:
        for future in waiting:
            future.cancel()
        for _ in threads:
            tasks.put(None)
        end = time.monotonic() + _END_SECONDS
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))


def _serve(tasks: SimpleQueue, work: Callable) -> None:
    while task := tasks.get():
        future, item = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except BaseException as error:  # whatever it is, it belongs to whoever asks for the result
                future.set_exception(error)


def _result(future: Future, watch: Watch):
    # Looks are counted, not seconds: none are missed while the whole process sleeps.
    looks, moves = 0, watch.moves
    while not future.done():
        wait([future], _LOOK_SECONDS)
        looks, moves = looks + 1 if watch.moves == moves else 0, watch.moves
        if looks * _LOOK_SECONDS > PATIENCE_SECONDS and not future.done():
            raise watch.error()
    return future.result()


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
