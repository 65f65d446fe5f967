"""The drawn source set on disk: drawn once, in pieces, with several processes; read back batch by batch.

Each piece (a "shard") is a file of its own that appears only when it is whole, so a run that was killed while
drawing goes on with the pieces that are missing.
"""

import json
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PX = 96
PER_SHARD = 25  # pictures of each class in one shard
SPLITS = ("train", "val", "test")


@dataclass(frozen=True)
class Shard:
    """One piece of a split, drawn with a seed of its own.

    It holds `per_class` pictures of each thing, and `birds` and `pets` times as many of each bird and pet.
    """

    split: str
    per_class: int
    seed: int
    birds: int = 1
    pets: int = 1

    def files(self, folder: Path) -> tuple[Path, Path]:
        stem = f"{self.split}-{self.seed:07d}-{self.per_class}x{self.birds}x{self.pets}"
        return folder / f"{stem}-images.npy", folder / f"{stem}-labels.npy"


def plan_shards(split: str, per_class: int, seed: int, birds: int = 1, pets: int = 1) -> list[Shard]:
    """Say which shards make up a split; no two shards of any split share a seed."""
    first_seed = (seed * len(SPLITS) + SPLITS.index(split)) * 100_000
    return [
        Shard(split, min(PER_SHARD, per_class - start), first_seed + number, birds, pets)
        for number, start in enumerate(range(0, per_class, PER_SHARD))
    ]


def draw(shard: Shard) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Draw one shard: pictures (n, 96, 96, 3) uint8, labels (n,) int64, class names."""
    from course_utils import sketchbook

    counts = {"birds": shard.birds, "pets": shard.pets, "things": 1}
    images, labels, class_names = sketchbook.source_images(
        {kind: times * shard.per_class for kind, times in counts.items()},
        shard.seed,
        px=PX,
        split=shard.split,
        processes=1,  # several shards are drawn at a time
    )
    return np.asarray(images, np.uint8), np.asarray(labels, np.int64), [str(name) for name in class_names]


def save_atomically(file: Path, write) -> None:
    """Call `write(stream)` on a neighbouring file and move that into place: readers see all or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with open(unfinished, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def draw_to_disk(shard: Shard, folder: Path) -> list[str]:
    images, labels, class_names = draw(shard)
    images_file, labels_file = shard.files(folder)
    save_atomically(labels_file, lambda stream: np.save(stream, labels))
    save_atomically(
        folder / "class_names.json", lambda stream: stream.write(json.dumps(class_names).encode())
    )
    save_atomically(images_file, lambda stream: np.save(stream, images))  # last: its presence means "done"
    return class_names


def missing_shards(shards: list[Shard], folder: Path) -> list[Shard]:
    return [shard for shard in shards if not shard.files(folder)[0].exists()]


def draw_all(missing: list[Shard], folder: Path, workers: int = 2) -> None:
    """Draw shards, `workers` at a time."""
    if workers <= 1 or len(missing) <= 1:
        for shard in missing:
            draw_to_disk(shard, folder)
        return
    # "spawn": TensorFlow's threads do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(draw_to_disk, missing, [folder] * len(missing)))


def forget(folder: Path) -> None:
    """Delete what the tools wrote in the work folder, and nothing else."""
    for pattern in ("*-images.npy", "*-labels.npy", "class_names.json", "drawn_from.json", "checkpoint*.npz"):
        for file in folder.glob(pattern):
            file.unlink()


class Pictures:
    """A split on disk, read as memory maps: `len(pictures)`, `pictures.labels`, `pictures.take(indices)`."""

    def __init__(self, shards: list[Shard], folder: Path):
        files = [shard.files(folder) for shard in shards]
        self.class_names: list[str] = json.loads((folder / "class_names.json").read_text())
        self._images = [np.load(images, mmap_mode="r") for images, _ in files]
        self.labels = np.concatenate([np.load(labels) for _, labels in files])
        self._ends = np.cumsum([len(images) for images in self._images])

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        return f"Pictures({len(self)} of {len(self.class_names)} classes, {PX} px)"

    def take(self, indices: np.ndarray) -> np.ndarray:
        """Return the pictures at `indices`: (len(indices), 96, 96, 3) uint8."""
        shards = np.searchsorted(self._ends, indices, side="right")
        starts = np.concatenate([[0], self._ends[:-1]])[shards]
        return np.stack(
            [self._images[s][i - start] for s, i, start in zip(shards, indices, starts, strict=True)]
        )


def batches(
    pictures: Pictures, order: np.ndarray, batch_size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield (images uint8, labels) in the given order; the last batch may be smaller."""
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        yield pictures.take(indices), pictures.labels[indices]


def sketchbook_digest() -> str:
    """Say which drawings these are: it changes when a picture does."""
    from course_utils import sketchbook

    return sketchbook.fingerprint()


def kind_of_classes(class_names: list[str]) -> list[str]:
    """Say for each class whether it is a bird, a pet or a thing."""
    from course_utils.sketchbook.birds import load_birds
    from course_utils.sketchbook.pets import load_pets

    birds, pets = load_birds(), load_pets()
    return ["bird" if name in birds else "pet" if name in pets else "thing" for name in class_names]
