"""The rows of the benchmark that are about the store, e to i. These alone: `python -m tools.benchmarks.store e f`.

What has to start with an empty memory, or needs Apache Beam, runs in a process of its own: `store_runs.py`.
Pictures are drawn once, in build/benchmark. Where thousands are needed they are copies of a few hundred, each with
another number behind its last byte: other content for the store, the same work for the decoder.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from tools.benchmarks.timing import FOLDER, ROUNDS, side_by_side
from tools.project import REAL, REPO, Row, Rows, before_tensorflow, chosen_rows, print_rows

before_tensorflow()

import keras
import numpy as np

from course_utils import sketchbook
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache, Features
from course_utils.datasets import ImageDataset, load_cub
from course_utils.heads import attach, linear_head
from course_utils.paths import fill_once

EPOCHS = 30
VISITED = 10_000
CUB_TRAIN = 5_994
SCALE_PYTHON = REPO / ".venv-scale" / "bin" / "python"
RUNS = "tools.benchmarks.store_runs"
FAULTS = ("tests/bottlenecks/test_bottlenecks_faults.py", "tests/bottlenecks/test_bottlenecks.py")


@cache
def drawn_birds() -> ImageDataset:
    return load_cub(
        fill_once(FOLDER / "birds", lambda draft: sketchbook.make_birds(draft, 20, 25, 0, processes=1))
    )


@cache
def photos() -> ImageDataset:
    with redirect_stdout(sys.stderr):  # what it says of pictures that are not there is no row of the table
        return load_cub(REAL / "CUB_200_2011")


def sources() -> Iterator[tuple[str, ImageDataset]]:
    """Yield backbones and their pictures: drawn ones, and photos where there are any."""
    yield "mini_mobilenet_v2", drawn_birds()
    if REAL.is_dir():
        yield "mobilenet_v2", photos()


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


def compiled(model: keras.Model) -> keras.Model:
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    return model


def both_ways(backbone: keras.Model, dataset: ImageDataset) -> tuple[keras.Model, keras.Model, Features]:
    """Return a head for stored features, a head on top of the frozen backbone, and the features."""
    features = empty_cache("head").extract(backbone, dataset)
    head, top = (linear_head(features.vectors.shape[1], len(dataset.class_names)) for _ in "ab")
    return compiled(head), compiled(attach(backbone, top)), features


def training_times() -> Iterator[Row]:
    """Row e, time, for as many training pictures as CUB-200-2011 has.

    The head gets the vectors that there are over and over, up to that number. The whole model, which would take hours,
    gets each picture once, decoded before and held in memory, and its time is multiplied.
    """
    for name, dataset in sources():
        backbone = load_backbone(name)
        small, whole, features = both_ways(backbone, dataset)
        train = features.split("train")
        vectors = np.resize(train.vectors, (CUB_TRAIN, train.vectors.shape[1]))
        labels = np.resize(train.labels, CUB_TRAIN)
        pixels = dataset.batches(backbone.input_shape[1], split="train").cache()
        seconds = side_by_side(
            {
                "cache": lambda m=small, v=vectors, y=labels: m.fit(v, y, epochs=3, verbose=0),
                "backbone": lambda m=whole, p=pixels: m.fit(p, epochs=1, verbose=0),
            }
        )
        cached, inside = seconds["cache"].clock / 3, seconds["backbone"].clock * CUB_TRAIN / len(train)
        yield (
            f"an epoch of training a head on {CUB_TRAIN:,} pictures, {name}: from the cache against with the frozen "
            f"backbone in the model (from {len(train)} pictures)",
            f"{cached:.2f} s against {inside:.0f} s: {inside / cached:.0f}x",
            ">= 200x",
        )


def training_accuracy() -> Iterator[Row]:
    """Row e, accuracy: both heads see the same pictures in the same order."""
    dataset, backbone = drawn_birds(), load_backbone("mini_mobilenet_v2")
    small, whole, features = both_ways(backbone, dataset)
    size = backbone.input_shape[1]
    small.fit(features.split("train").batches(32), epochs=EPOCHS, shuffle=False, verbose=0)
    whole.fit(dataset.batches(size, 32, "train").cache(), epochs=EPOCHS, shuffle=False, verbose=0)
    ours = small.evaluate(features.split("test").batches(32), verbose=0)[1]
    theirs = whole.evaluate(dataset.batches(size, 32, "test"), verbose=0)[1]
    n = len(features.split("test"))
    yield (
        f"test accuracy after {EPOCHS} epochs, {n} drawn birds, mini backbone: from the cache, with it in the model",
        f"{ours:.1%} against {theirs:.1%}",
        "within half a point",
    )


def training() -> Iterator[Row]:
    yield from training_times()
    yield from training_accuracy()


def second_visit() -> Iterator[Row]:
    """Row f. The first visit is made in five lots, and five times their median counts."""
    for name, source in sources():
        backbone, dataset = load_backbone(name), copies(source, VISITED, name)
        store = empty_cache("visits")
        store.extract(backbone, copies(source, 500, f"{name}-warm"), progress=False)  # converts the backbone
        lots = []
        for lot in range(ROUNDS):
            rows = np.arange(VISITED) % ROUNDS == lot
            start = time.perf_counter()
            store.extract(backbone, dataset.where(rows), progress=False)
            lots.append(time.perf_counter() - start)
        first = ROUNDS * statistics.median(lots)
        store.extract(backbone, dataset, progress=False)  # one pack of five
        again = {"again": lambda s=store, b=backbone, d=dataset: s.extract(b, d)}
        second = side_by_side(again)["again"].clock
        size = backbone.input_shape[1]
        yield (
            f"second visit, {VISITED:,} unchanged pictures, {name} at {size} px, against the first",
            f"{second * 1e3:.0f} ms against {first:.1f} s: {second / first:.2%}",
            "< 1 %",
        )


def apart(*arguments: object, python: str | Path = sys.executable) -> dict:
    """Run one part of `store_runs.py` and return what it says."""
    command = [str(python), "-m", RUNS, *map(str, arguments)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_memory() -> Iterator[Row]:
    """Row g. The long run is made once: five would take ten minutes, and peaks hardly vary."""
    few, many = 1_000, 100_000
    for n in (few, many):
        copies(drawn_birds(), n, "memory")
    peaks = {few: [], many: []}
    for _ in range(ROUNDS):
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
    """Row h."""
    if not SCALE_PYTHON.exists():
        yield "two workers against one on Apache Beam", "not measured: run `make test-scale` once", ">= 1.8x"
        return
    *_, (name, source) = sources()
    copies(source, 1_536, f"workers-{name}")
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
    """Row i."""
    command = [sys.executable, "-m", "pytest", "-q", *FAULTS]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    counts = re.findall(r"\d+ (?:passed|failed|skipped|error)", done.stdout)
    yield ("faults: " + " and ".join(FAULTS), ", ".join(counts) or done.stdout[-300:], "all survived")


ROWS: Rows = {"e": training, "f": second_visit, "g": peak_memory, "h": workers, "i": faults}


def main(arguments: Sequence[str] | None = None) -> None:
    print_rows(ROWS, chosen_rows(__doc__, ROWS, arguments))
    shutil.rmtree(FOLDER / "runs", ignore_errors=True)


if __name__ == "__main__":
    main()
