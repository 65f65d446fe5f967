"""Processes in which an engine that lies on disk runs for the first time, in several threads at once.

    python fresh.py ENGINE FOLDER N     prints how each of N processes ended, up to the first that did not end well:
                                        its status, or "hangs"

TensorFlow and OpenVINO are imported once; each process is a copy of that one, which has run neither of them yet.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np
import openvino  # noqa: F401
from tiny import make_backbone

from course_utils.engines.choice import choose_engine

THREADS = 8
SECONDS = 20.0


def run_fresh(engine: str, folder: Path) -> None:
    """Load the engine, converted by the first process, and let all threads make their first pass together."""
    # Threads take turns so often that two of them meet at every place where they can.
    sys.setswitchinterval(1e-6)
    chosen = choose_engine(make_backbone(), 10**6, engine, folder=folder)
    pixels = np.zeros((4, 8, 8, 3), np.uint8)
    barrier = threading.Barrier(THREADS)

    def work() -> None:
        barrier.wait()
        chosen(pixels)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def status_of(engine: str, folder: Path) -> str:
    """Run a process and return how it ended."""
    process = os.fork()
    if not process:
        try:
            run_fresh(engine, folder)
            os._exit(0)
        finally:
            os._exit(1)
    start = time.monotonic()
    while time.monotonic() - start < SECONDS:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return str(os.waitstatus_to_exitcode(status))
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "hangs"


if __name__ == "__main__":
    name, place, times = sys.argv[1:]
    status = "0"
    for _ in range(int(times)):
        if status == "0":
            status = status_of(name, Path(place))
            print(status)
