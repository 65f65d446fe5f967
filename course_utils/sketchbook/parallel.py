"""Draw on several cores at once."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from course_utils.report import cores

MOST_PROCESSES = 8  # more of them take longer to start than they save with a data set of the course


def in_parallel(work: Callable[[Any], Any], jobs: Sequence[Any], processes: int) -> Iterator[Any]:
    """Yield `work(job)` for each job in order, on several processes if asked.

    The processes start afresh ("spawn"): a process that holds TensorFlow must not be forked. But each runs the
    script anew that asked for it, up to its main guard, and dies where it finds none.
    """
    if processes <= 1 or len(jobs) < 2:
        yield from map(work, jobs)
        return
    try:
        with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=get_context("spawn")) as pool:
            yield from pool.map(work, jobs)
    except BrokenProcessPool as error:
        raise RuntimeError(
            f"The processes that were to draw have died. Received: processes={processes}. In a script, this needs "
            "the line `if __name__ == '__main__':` above everything that runs. Or use processes=1."
        ) from error


def safe_processes() -> int:
    """Return how many processes can draw without a main guard: one for each core in a notebook, else one."""
    if hasattr(sys.modules["__main__"], "__file__"):
        return 1
    return min(cores(), MOST_PROCESSES)
