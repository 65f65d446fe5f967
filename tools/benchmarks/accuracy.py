"""Row b of the benchmark: what half precision costs in accuracy."""

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout

import keras
import numpy as np

from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset, load_cub, load_pets
from course_utils.engines.precision import numbers_for
from tools.benchmarks.store import drawn_birds
from tools.benchmarks.timing import FOLDER
from tools.measure.experiments import train_head
from tools.project import REAL, Row, Rows

SEEDS = range(5)
PHOTO_BACKBONE = "efficientnet_lite0"


def data_sets() -> Iterator[tuple[str, str, ImageDataset]]:
    """Yield what it is, its backbone, and the pictures."""
    if REAL.is_dir():
        with redirect_stdout(
            sys.stderr
        ):  # what they say of pictures that are not there is no row of the table
            cub, pets = load_cub(REAL / "CUB_200_2011"), load_pets(REAL / "oxford_iiit_pet")
        yield "CUB's ten classes", PHOTO_BACKBONE, cub
        yield "pets", PHOTO_BACKBONE, pets
    yield "twenty drawn birds", "mini_mobilenet_v2", drawn_birds()


def halves(labels: np.ndarray, seed: int) -> np.ndarray:
    """Return which pictures to train on, mask (n,): half of each class, by chance."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    train = np.zeros(len(labels), bool)
    train[order[::2]] = True
    return train


def accuracy(vectors: np.ndarray, labels: np.ndarray, train: np.ndarray, seed: int) -> float:
    head = train_head(vectors[train], labels[train], int(labels.max()) + 1, seed)
    answers = keras.ops.convert_to_numpy(head(vectors[~train])).argmax(axis=1)
    return float((answers == labels[~train]).mean())


def heads_in_half_precision() -> Iterator[Row]:
    """Each seed trains on another half of the pictures; both precisions on the same one, in the same order."""
    if lacking := numbers_for("half")[1]:
        yield "heads on vectors in half precision", f"not measured: {lacking}", ""
        return
    store = BottleneckCache(FOLDER / "precision")
    for what, name, dataset in data_sets():
        backbone = load_backbone(name)
        full, half = (
            store.extract(backbone, dataset, precision=precision, progress=False)
            for precision in ("full", "half")
        )
        found = []
        for seed in SEEDS:
            train = halves(full.labels, seed)
            found.append([accuracy(np.array(f.vectors), f.labels, train, seed) for f in (full, half)])
        before, after = np.mean(found, axis=0)
        each = " ".join(f"{100 * (b - a):+.1f}" for a, b in found)
        yield (
            f"{what}, {name}, {len(SEEDS)} seeds, {(~train).sum()} test pictures: full / half",
            f"{before:.1%} / {after:.1%}: {100 * (after - before):+.2f} points ({each})",
            "within 0.5 points",
        )


ROWS: Rows = {"b": heads_in_half_precision}
