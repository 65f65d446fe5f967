"""Trainings side by side: where they are computed."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


class Here(Executor):
    """Computes in this process, one after the other."""

    def submit(self, function: Callable, /, *args) -> Future:
        future = Future()
        future.set_result(function(*args))
        return future


def side_by_side(processes: int) -> Executor:
    """Return what computes in so many processes, each with its share of the cores; with one, in this process."""
    if processes == 1:
        return Here()
    share = max(1, n_cores() // processes)
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=begin, initargs=(share,))


def begin(n_threads: int) -> None:
    """Take so many cores in this process, and let it not outlive the one that asked for it, however that ends."""
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(n_threads)  # TensorFlow reads it when it first computes

    def watch() -> None:
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def n_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
