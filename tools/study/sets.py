"""The data sets of the study: a name, and for each seed the pictures, divided into training and test."""

import hashlib
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from course_utils import sketchbook
from course_utils.datasets import ImageDataset, load_any, load_cub, load_folder, load_pets
from course_utils.names import printable
from course_utils.paths import fill_once

KNOWN = "known"  # the column that says whether the backbones have met a class


@dataclass(frozen=True)
class StudySet:
    """A data set of the study. `load(seed)` draws it, or divides it, anew for each seed."""

    name: str
    load: Callable[[int], ImageDataset]

    def digest(self, dataset: ImageDataset) -> str:
        """Return letters that change with the bytes of a picture, its class or its split."""
        digest = hashlib.blake2b(digest_size=8)
        table = dataset.table
        for path, name, split in zip(table["path"], table["class_name"], table["split"], strict=True):
            content = hashlib.blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
            digest.update(f"{content} {split} {name}\n".encode())
        return digest.hexdigest()


def drawn_sets(folder: Path) -> list[StudySet]:
    """Return the sets that the sketchbook draws, each with pictures of its own for each seed."""

    def load(name: str, seed: int) -> ImageDataset:
        place = folder / f"drawn-{sketchbook.source_digest()}" / str(seed) / name
        drawn = fill_once(place, lambda draft: sketchbook.make_study(name, draft, seed=seed, processes=1))
        with redirect_stdout(io.StringIO()):  # how the folders were understood, once for each seed
            return load_any(drawn)

    return [StudySet(name, partial(load, name)) for name in sketchbook.STUDY]


def own_folders(folders: list[Path]) -> list[StudySet]:
    """Return a set for each folder of somebody's photos, with a folder for each class inside."""
    sets = [StudySet(printable(folder.absolute().name), partial(_own, folder)) for folder in folders]
    names = [one.name for one in sets]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(
            f"`--folder` must have names of their own at the end. Received: {min(twice)} twice. "
            "What to do: rename one of the folders."
        )
    return sets


def real_sets(
    birds: Callable[[], Path], pets: Callable[[], Path], unknown_breeds: tuple[str, ...]
) -> list[StudySet]:
    """Return CUB and the pets: as published for seed 0, divided anew for each other seed.

    Parameters
    ----------
    birds, pets : say where they lie; asked when they are needed, as they may have to be downloaded.
    unknown_breeds : those that ImageNet has no class for.
    """

    def load_known_pets(seed: int) -> ImageDataset:
        dataset = divided_anew(load_pets(pets()), seed)
        known = ~dataset.table["class_name"].isin(unknown_breeds)
        return replace(dataset, table=dataset.table.assign(**{KNOWN: known}))

    return [
        StudySet("birds", lambda seed: divided_anew(load_cub(birds()), seed)),
        StudySet("pets", load_known_pets),
    ]


def divided_anew(dataset: ImageDataset, seed: int) -> ImageDataset:
    """Return a data set with as many test pictures of each class as before, drawn by the seed; 0 leaves it as it is."""
    if not seed:
        return dataset
    table, rng = dataset.table.copy(), np.random.default_rng(seed)
    for _, rows in table.groupby("class_name", sort=True):
        table.loc[rows.index, "split"] = rng.permutation(rows["split"].to_numpy())
    return replace(dataset, table=table)


def _own(folder: Path, seed: int) -> ImageDataset:
    return load_folder(folder, seed=seed)
