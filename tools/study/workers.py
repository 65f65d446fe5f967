"""Trainings side by side: where they are computed."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

from course_utils.machine import cores


class Here(Executor):
    """Computes in this process, one after the other."""

    def submit(self, function: Callable, /, *args) -> Future:
        future = Future()
        try:
            future.set_result(function(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def side_by_side(processes: int) -> Executor:
    """Return what computes in so many processes, TensorFlow with its share of the cores; with one, in this process."""
    if processes == 1:
        return Here()
    share = max(1, cores() // processes)
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=begin, initargs=(share,))


def begin(n_threads: int) -> None:
    """Take so many cores in this process, and let it not outlive the one that asked for it, however that ends."""
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(n_threads)  # TensorFlow reads it when it first computes

    def watch() -> None:
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
