"""Rows e to g of the benchmark, which are about the store.

What has to start with an empty memory, or needs Apache Beam, runs in a process of its own: `store_runs.py`.
Pictures are drawn once, in build/benchmark. Where thousands are needed they are copies of a few hundred, each with
another number behind its last byte: other content for the store, the same work for the decoder.
"""

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from unittest.mock import patch

from tools.benchmarks.timing import FOLDER, ROUNDS, side_by_side, times_as_fast
from tools.project import REPO, Row, Rows, before_tensorflow

before_tensorflow()

import keras
import numpy as np

from course_utils import sketchbook
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache, filling
from course_utils.datasets import ImageDataset, load_cub
from course_utils.engines.choice import choose_engine
from course_utils.paths import fill_once

VISITED, VISITS, LOOK_UPS = 10_000, 300, 25
SCALE_PYTHON = REPO / ".venv-scale" / "bin" / "python"
RUNS = "tools.benchmarks.store_runs"
FAULTS = ("tests/bottlenecks/test_bottlenecks_faults.py", "tests/bottlenecks/test_bottlenecks.py")


@cache
def drawn_birds() -> ImageDataset:
    return load_cub(
        fill_once(FOLDER / "birds", lambda draft: sketchbook.make_birds(draft, 20, 25, 0, processes=1))
    )


def copies(dataset: ImageDataset, n: int, name: str) -> ImageDataset:
    """Return `n` pictures with the content of a data set's and a number behind each."""
    rows = dataset.table.iloc[np.arange(n) % len(dataset)].reset_index(drop=True)

    def fill(draft) -> None:
        contents = [open(path, "rb").read() for path in dataset.table["path"]]
        for i in range(n):
            (draft / f"{i:06d}.jpg").write_bytes(contents[i % len(contents)] + i.to_bytes(8, "little"))

    folder = fill_once(FOLDER / f"{name}-{n}", fill)
    return ImageDataset(
        name, rows.assign(path=[str(folder / f"{i:06d}.jpg") for i in range(n)]), dataset.class_names
    )


def empty_cache(name: str) -> BottleneckCache:
    """Return a cache without vectors; a converted backbone stays, as it does for users."""
    store = BottleneckCache(FOLDER / name)
    store.drop()
    (store.folder / "pictures.sqlite").unlink(missing_ok=True)
    return store


def visits() -> Iterator[Row]:
    """Row e."""
    backbone, dataset = load_backbone("mini_mobilenet_v2"), copies(drawn_birds(), VISITED, "visited")
    ready = choose_engine(backbone, VISITED, folder=FOLDER / "engines")
    # A visit of a few pictures would mostly set up an engine.
    with patch.object(filling, "choose_engine", lambda *arguments, **options: ready):
        yield from second_visit(backbone, dataset)
        yield from look_ups(backbone, dataset)


def second_visit(backbone: keras.Model, dataset: ImageDataset) -> Iterator[Row]:
    store = empty_cache("second")
    visit = {"visit": lambda: store.extract(backbone, dataset, progress=False)}
    first = side_by_side(visit, rounds=1, warm=False)["visit"]
    second = side_by_side(visit)["visit"]
    yield (
        f"second visit, {len(dataset):,} unchanged pictures, 96 px, mini backbone, against the first",
        f"{1e3 * second.clock:.0f} ms against {first.clock:.1f} s: {second.clock / first.clock:.2%}, "
        f"by processor time {second.processor / first.processor:.2%}",
        "<= 1 %",
    )


def look_ups(backbone: keras.Model, dataset: ImageDataset) -> Iterator[Row]:
    """Each visit has its own pictures; what is timed is to look up again those of some visits."""
    store = empty_cache("many")
    lots = [dataset.where(np.arange(len(dataset)) * VISITS // len(dataset) == lot) for lot in range(VISITS)]
    found = []
    for start, end in ((0, 1), (1, VISITS)):
        for lot in lots[start:end]:
            store.extract(backbone, lot, progress=False)
        again = cycle(lots[: end : VISITS // LOOK_UPS])
        look_up = {"again": lambda again=again: store.extract(backbone, next(again), progress=False)}
        found.append(side_by_side(look_up, rounds=LOOK_UPS)["again"])
    one, many = found
    yield (
        f"look-up of {len(lots[0])} pictures after {VISITS} visits against after one",
        f"{1e3 * many.clock:.1f} ms against {1e3 * one.clock:.1f} ms: {times_as_fast(one, many)}",
        "<= 2x",
    )


def apart(*arguments: object, python: str | Path = sys.executable) -> dict:
    """Run one part of `store_runs.py` and return what it says."""
    command = [str(python), "-m", RUNS, *map(str, arguments)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_memory() -> Iterator[Row]:
    """The long run is made once: it takes a minute, and peaks hardly vary."""
    few, many = 1_000, 100_000
    for n in (few, many):
        copies(drawn_birds(), n, "memory")
    peaks = {few: [], many: []}
    for _ in range(3):
        for n in (few, many):
            if n == few or not peaks[n]:
                peaks[n].append(apart("memory", n))
    small, large = (statistics.median(peak["peak"] for peak in peaks[n]) for n in (few, many))
    yield (
        f"peak memory of a process that extracts and reads again, {few:,} against {many:,} pictures, mini backbone",
        f"{small / 1e6:.0f} MB against {large / 1e6:.0f} MB: {large / small - 1:+.1%}",
        "within 10 %",
    )


def workers() -> Iterator[Row]:
    """Row g, which takes minutes more and is measured only when it is asked for."""
    if not SCALE_PYTHON.exists():
        yield "two workers against one on Apache Beam", "not measured: run `make test-scale` once", ">= 1.8x"
        return
    name = "mini_mobilenet_v2"
    copies(drawn_birds(), 1_536, f"workers-{name}")
    rates = {1: [], 2: []}
    for _ in range(ROUNDS):
        for count in rates:
            rates[count].append(apart("workers", count, name, python=SCALE_PYTHON))
    one, two = (
        {by: statistics.median(rate[by] for rate in rates[count]) for by in ("rate", "undisturbed")}
        for count in rates
    )
    yield (
        f"Apache Beam, {name}, each worker on a core of its own: two against one, pictures a second",
        f"{two['rate']:.0f} against {one['rate']:.0f}: {two['rate'] / one['rate']:.2f}x; by processor time, "
        f"which other work on the machine does not change: {two['undisturbed'] / one['undisturbed']:.2f}x",
        ">= 1.8x",
    )
    for n in (10_000, 100_000, 1_000_000):
        spent = apart("simulate", n, python=SCALE_PYTHON)
        yield (
            f"bookkeeping alone on Apache Beam, {n:,} pictures that do not exist",
            f"{spent['seconds'] / n * 1e6:.0f} us a picture; {spent['growth'] / n:.0f} bytes a picture "
            f"beyond the table ({spent['growth'] / 1e6:.0f} MB)",
            "flat",
        )


def faults() -> Iterator[Row]:
    command = [sys.executable, "-m", "pytest", "-q", *FAULTS]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    counts = re.findall(r"\d+ (?:passed|failed|skipped|error)", done.stdout)
    yield ("faults: " + " and ".join(FAULTS), ", ".join(counts) or done.stdout[-300:], "all survived")


def memory_and_faults() -> Iterator[Row]:
    """Row f."""
    yield from peak_memory()
    yield from faults()


ROWS: Rows = {"e": visits, "f": memory_and_faults, "g": workers}
