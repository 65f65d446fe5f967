"""The source set: what the mini backbone learns from, as others learn from ImageNet."""

from collections.abc import Mapping

import numpy as np

from course_utils.sketchbook.kinds import KINDS
from course_utils.sketchbook.parallel import in_parallel
from course_utils.sketchbook.pictures import picture

WANDER = {"birds": 0.5, "pets": 0.5, "things": 0.0}  # how often a subject is met in just any outdoor habitat


def source_classes() -> list[tuple[str, str]]:
    """Return (kind, name) of all classes of the source set: known birds, known breeds, known things."""
    return [
        (kind, name) for kind, group in KINDS.items() for name, record in group.load().items() if record.known
    ]


def source_images(
    per_class: int | Mapping[str, int], seed: int = 0, px: int = 96, split: str = "train", processes: int = 1
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Draw the source set: the sketchbook's own "ImageNet".

    Birds and pets stand in just any habitat half of the time, so that a network has to look at them.

    Parameters
    ----------
    per_class : pictures of each class; a number, or one for each of "birds", "pets" and "things".
    split : "train", "validation", "test" …: sets with different names never share a picture.
    processes : how many to use; see `make_birds`.

    Returns
    -------
    images : uint8 (n, px, px, 3), ordered by class.
    labels : int64 (n,)
    class_names : list of str
    """
    classes = source_classes()
    counts = [per_class[kind] if isinstance(per_class, Mapping) else per_class for kind, _ in classes]
    ends = np.cumsum(counts)
    images = np.empty((ends[-1], px, px, 3), np.uint8)
    jobs = [(kind, name, count, seed, px, split) for (kind, name), count in zip(classes, counts, strict=True)]
    for drawn, count, end in zip(in_parallel(_source_class, jobs, processes), counts, ends, strict=True):
        images[end - count : end] = drawn
    labels = np.repeat(np.arange(len(classes)), counts).astype(np.int64)
    return images, labels, [name for _, name in classes]


def _source_class(job: tuple[str, str, int, int, int, str]) -> np.ndarray:
    kind, name, count, seed, px, split = job
    choices = {"split": f"source-{split}", "wander": WANDER[kind]}
    shots = [picture(kind, name, seed, k, px, **choices) for k in range(count)]
    return np.stack([shot.image for shot in shots]) if shots else np.empty((0, px, px, 3), np.uint8)
