"""The five data sets of the study, as in "Image Recognition with Deep Learning" (H. Bhasin): a line for each."""

import os
from dataclasses import dataclass
from pathlib import Path

from course_utils.arguments import whole_number
from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.sets.folders import make_folders
from course_utils.sketchbook.sets.making import make_birds, make_pets
from course_utils.sketchbook.stage.scenes import BUSY

LEAVES = (
    "beech leaf", "nettle leaf", "willow leaf", "lime leaf", "oak leaf", "maple leaf", "ginkgo leaf", "fern frond",
    "hazel leaf", "alder leaf", "plane leaf", "ivy leaf", "rowan leaf", "locust leaf", "chestnut leaf", "vine leaf",
)  # fmt: skip
INSECTS = (
    "meadow monarch", "checkered fritillary", "cabbage white", "orange tip", "admiral", "white admiral",
    "seven-spot ladybird", "two-spot ladybird",
    "painted dame", "copper tortoise", "snow apollo", "chessboard", "four-spot darter", "banded darter",
    "meadow wasp", "hoverfly",
)  # fmt: skip
NOODLES = ("noodle soup", "fried noodles")


@dataclass(frozen=True)
class StudySet:
    """One data set of the study.

    Attributes
    ----------
    about : what it has pictures of, for people.
    per_class, train_per_class : pictures of each class, and how many of them are for training.
    """

    about: str
    per_class: int = 40
    train_per_class: int = 20


STUDY: dict[str, StudySet] = {
    "noodles": StudySet("two dishes that no backbone has seen", 120, 20),
    "leaves": StudySet("leaves on busy backgrounds, one half unseen"),
    "pets": StudySet("cats and dogs, one half unseen"),
    "birds": StudySet("twenty birds, one half unseen"),
    "insects": StudySet("butterflies and other insects, one half unseen"),
}


def make_study(
    name: str,
    folder: str | os.PathLike,
    seed: int = 0,
    px: int = 96,
    *,
    per_class: int | None = None,
    processes: int = 1,
) -> Path:
    """Draw one data set of the study: "noodles", "leaves", "pets", "birds" or "insects".

    `load_any(make_study("leaves", folder))` is its `ImageDataset`, with splits "train" and "test"; the column `known`
    tells whether the backbones have seen a class in their source set. Birds and pets have the layouts of `make_birds`
    and `make_pets`, the others a folder per class inside `train` and `test`.

    Parameters
    ----------
    per_class : pictures of each class, at least 2, for fewer or more than `STUDY[name].per_class`; the share of
        training pictures remains.

    For the other arguments, result and errors see `make_birds`.
    """
    record = look_up("name", name, STUDY)
    per_class = record.per_class if per_class is None else whole_number("per_class", per_class, 2)
    n_train = max(1, per_class * record.train_per_class // record.per_class)
    rest = {"seed": seed, "px": px, "processes": processes}
    if name == "birds":
        return make_birds(folder, 20, per_class, train_per_species=n_train, **rest)
    if name == "pets":
        return make_pets(folder, per_class, **rest)
    rest |= {"per_class": per_class, "train_per_class": n_train}
    classes, habitats = {"noodles": (NOODLES, None), "leaves": (LEAVES, BUSY), "insects": (INSECTS, None)}[
        name
    ]
    return make_folders(folder, "things", classes, habitats=habitats, **rest)
