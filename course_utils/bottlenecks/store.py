"""The cache of bottleneck features: each picture goes through a backbone once, and never again."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from course_utils.backbones import fingerprint
from course_utils.bottlenecks.engines import choose_engine
from course_utils.bottlenecks.features import Features
from course_utils.bottlenecks.pictures import Picture, list_pictures
from course_utils.bottlenecks.pipeline import run
from course_utils.bottlenecks.shelf import PATTERN, Shelf
from course_utils.datasets import ImageDataset
from course_utils.paths import shown

BATCHES_PER_PART = 32  # how much is lost, at most, when the process is killed


class BottleneckCache:
    """Feature vectors on disk, found again by what they were made of.

    A vector belongs to the bytes of a picture file (not its name), the box cut out of it, and the backbone:
    its weights, layers, preprocessing and picture size. So new pictures are computed and old ones are not,
    renaming costs nothing, and after fine-tuning nothing stale is found.

    Parameters
    ----------
    folder : where to keep them; made when needed. Delete it whenever you like.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder).expanduser().absolute()

    def extract(
        self,
        backbone: keras.Model,
        dataset: ImageDataset,
        split: str | None = None,
        crop: bool = False,
        batch_size: int = 32,
    ) -> Features:
        """Return the feature vectors of a data set, computing those that are not stored yet.

        Pictures that cannot be read are left out, and one line says how many and why.

        Parameters
        ----------
        backbone : pixels 0-255 (b, s, s, 3) in, vectors (b, d) out, as `load_backbone` returns.
        split : only this split; None means all.
        crop : cut each picture to its box.

        Raises
        ------
        ValueError : no such split, no boxes to crop to, or no backbone with vectors as output.
        DataError : the folder cannot be written to.
        """
        size, n_features = _sizes(backbone)
        rows, pictures = list_pictures(dataset, split, crop)
        shelf = Shelf(self._shelf_folder(backbone, size), n_features)
        vectors = shelf.load()
        if shelf.damaged:
            print(f"{len(shelf.damaged)} damaged files in {shelf.folder}: their features are made again.")
        missing = {p.key: p for p in pictures if p.key is not None and p.key not in vectors}
        computed, unreadable = _compute(backbone, list(missing.values()), size, batch_size, shelf)
        vectors.update(computed)
        return _collect(rows, pictures, vectors, unreadable, dataset.class_names, n_features)

    def _shelf_folder(self, backbone: keras.Model, size: int) -> Path:
        return self.folder / f"{backbone.name}-{size}px-{fingerprint(backbone)[:16]}"

    def __repr__(self) -> str:
        parts = pd.DataFrame(
            [(file.parent.name, file.stat().st_size / 1e6) for file in self.folder.glob(f"*/{PATTERN}")],
            columns=["backbone", "MB"],
        )
        sizes = parts.groupby("backbone")["MB"].sum().items()
        lines = [f"  {backbone}: {size:.1f} MB" for backbone, size in sizes] or ["  empty"]
        return "\n".join([f"<BottleneckCache in {shown(self.folder)}>", *lines])


def _sizes(backbone: keras.Model) -> tuple[int, int]:
    """Return picture size and feature width of a backbone."""
    shape, output = backbone.input_shape, backbone.output_shape
    if len(shape) != 4 or shape[1] is None or shape[1] != shape[2] or len(output) != 2:
        raise ValueError(
            "`backbone` must take square pictures of a fixed size (b, s, s, 3) and give vectors (b, d). "
            f"Received: {shape} to {output}. load_backbone(...) makes one."
        )
    return shape[1], output[1]


def _compute(
    backbone: keras.Model, pictures: list[Picture], size: int, batch_size: int, shelf: Shelf
) -> tuple[dict[bytes, np.ndarray], dict[bytes, str]]:
    """Run pictures through the backbone and store the vectors; return them, and why others have none."""
    computed: dict[bytes, np.ndarray] = {}
    unreadable: dict[bytes, str] = {}
    waiting: dict[bytes, np.ndarray] = {}
    if not pictures:
        return computed, unreadable
    engine = choose_engine(backbone, len(pictures), folder=shelf.folder.parent / "engines")
    with closing(run(engine, pictures, size, batch_size)) as batches:
        try:
            for done in batches:
                unreadable |= {picture.key: reason for picture, reason in done.unreadable}
                waiting |= zip((picture.key for picture in done.pictures), done.vectors, strict=True)
                if len(waiting) >= BATCHES_PER_PART * batch_size:
                    computed |= waiting
                    waiting = shelf.add(waiting)
        finally:  # what is done is kept when somebody interrupts
            computed |= waiting
            shelf.add(waiting)
    return computed, unreadable


def _collect(
    rows: pd.DataFrame,
    pictures: list[Picture],
    vectors: dict[bytes, np.ndarray],
    unreadable: dict[bytes, str],
    class_names: list[str],
    n_features: int,
) -> Features:
    """Put vectors beside their rows; leave out, and say so, what has none."""
    has_vector = np.array([p.key in vectors for p in pictures], bool)
    reasons = [p.reason or unreadable.get(p.key, "") for p in pictures]
    left_out = rows[~has_vector][["path"]].assign(
        reason=[reason for reason, has in zip(reasons, has_vector, strict=True) if not has]
    )
    if len(left_out):
        counts = ", ".join(f"{n} {reason}" for reason, n in Counter(left_out["reason"]).most_common(3))
        print(f"{len(left_out)} of {len(rows)} pictures left out: {counts}")
    table = rows[has_vector].reset_index(drop=True)
    found = [vectors[p.key] for p in pictures if p.key in vectors]
    array = np.stack(found) if found else np.zeros((0, n_features), np.float32)
    labels = table["label"].to_numpy(np.int32)
    return Features(array, labels, table, list(class_names), left_out.reset_index(drop=True))
