"""Draw on several cores at once."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import active_children, get_context
from typing import Any

from course_utils.arguments import whole_number
from course_utils.machine import cores

MOST_PROCESSES = 8  # more of them take longer to start than they save with a data set of the course


def in_parallel(work: Callable[[Any], Any], jobs: Sequence[Any], processes: int) -> Iterator[Any]:
    """Yield `work(job)` for each job in order, on several processes if asked; on one where the system starts no more.

    The processes start afresh ("spawn"): a process that holds TensorFlow must not be forked. But each runs the
    script anew that asked for it, up to its main guard, and dies where it finds none.

    Raises
    ------
    ValueError : `processes` is no whole number above zero.
    RuntimeError : the processes found no main guard, or one of them was killed.
    """
    if whole_number("processes", processes, 1) == 1 or len(jobs) < 2:
        yield from map(work, jobs)
        return
    before = active_children()
    started = []
    try:
        with ExitStack() as stack:
            results = _start(stack, work, jobs, min(processes, len(jobs)))
            started += [child for child in active_children() if child not in before]
            yield from results
    except BrokenProcessPool as error:
        raise RuntimeError(_why([child.exitcode for child in started], processes)) from error


def _start(
    stack: ExitStack, work: Callable[[Any], Any], jobs: Sequence[Any], processes: int
) -> Iterator[Any]:
    """Let a pool, closed with `stack`, do the jobs; do them here where the system has none to give."""
    try:
        with ExitStack() as unfinished:
            pool = unfinished.enter_context(ProcessPoolExecutor(processes, mp_context=get_context("spawn")))
            results = pool.map(work, jobs)
            stack.push(unfinished.pop_all())
            return results
    except (OSError, NotImplementedError, ImportError) as error:  # no shared memory, no processes left
        print(f"Drawing in one process: this system starts no others ({type(error).__name__}: {error}).")
        return map(work, jobs)


def _why(exit_codes: Sequence[int | None], processes: int) -> str:
    """Return what to say of processes that died; the pool itself ends those that are left by SIGTERM."""
    killed = [-code for code in exit_codes if code is not None and code < 0 and -code != signal.SIGTERM]
    if killed:
        return (
            f"A process that was drawing was killed (signal {killed[0]}). Received: processes={processes}. The system "
            "does that where memory is short. Close what else needs memory, or use processes=1."
        )
    return (
        f"The processes that were to draw have died. Received: processes={processes}. In a script, this needs "
        "the line `if __name__ == '__main__':` above everything that runs. Or use processes=1."
    )


def safe_processes() -> int:
    """Return how many processes can draw without a main guard: one for each core in a notebook, else one."""
    if hasattr(sys.modules["__main__"], "__file__"):
        return 1
    return min(cores(), MOST_PROCESSES)
