"""What the rows of the benchmark share: timing side by side, and the machine in a line."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from course_utils.machine import cores, installed
from tools.project import REPO

FOLDER = REPO / "build" / "benchmark"
ROUNDS = 5
Job = Callable[[], object]


class Times(NamedTuple):
    """Medians in seconds: by the clock, and of all cores together, which other programs disturb less."""

    clock: float
    processor: float


def side_by_side(candidates: Mapping[str, Job], rounds: int = ROUNDS, warm: bool = True) -> dict[str, Times]:
    """Return what each candidate takes. They take turns, so a busy moment hits all of them.

    With `warm` each runs once before, unmeasured: what is paid once (tracing, reading files from disk) is no part of
    a rate.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in candidates}
    for measured in [False] * warm + [True] * rounds:
        for name, run in candidates.items():
            start = time.perf_counter(), time.process_time()
            run()
            if measured:
                taken[name].append((time.perf_counter() - start[0], time.process_time() - start[1]))
    return {name: Times(*map(statistics.median, zip(*pairs, strict=True))) for name, pairs in taken.items()}


def times_as_fast(mine: Times, theirs: Times) -> str:
    """Return how many times as long they take as we do."""
    clock, processor = theirs.clock / mine.clock, theirs.processor / mine.processor
    return f"{clock:.2f}x, by processor time {processor:.2f}x"


def machine() -> str:
    """Return processor, cores, load and versions in one line."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    packages = ("tensorflow", "keras", "openvino", "onnxruntime", "pillow", "numpy")
    versions = ", ".join(f"{package} {installed(package)}" for package in packages)
    return f"{_processor()}, {cores()} cores{load}; Python {platform.python_version()}, {versions}"


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
