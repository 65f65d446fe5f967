"""Write drawn data sets as a folder per class, as people keep their own photos."""

import os
import random
from collections.abc import Sequence
from pathlib import Path

from course_utils.arguments import refusal, whole_number
from course_utils.sketchbook.sets.arguments import class_names, train_count, what_all_need
from course_utils.sketchbook.sets.shots import Shot, new_folder, shoot
from course_utils.sketchbook.sets.tables import file_stem, write_folder_truth
from course_utils.sketchbook.stage.camera import find_camera
from course_utils.sketchbook.stage.scenes import scene


def make_folders(
    folder: str | os.PathLike,
    kind: str = "birds",
    names: Sequence[str] | None = None,
    per_class: int = 30,
    seed: int = 0,
    px: int = 96,
    *,
    train_per_class: int | None = None,
    habitats: Sequence[str] | None = None,
    camera: str = "day",
    processes: int = 1,
) -> Path:
    """Draw "birds", "pets" or "things" and write them as one folder per class, and `truth.csv` beside them.

    Parameters
    ----------
    names : the classes, by default all of this kind.
    per_class : pictures of each.
    train_per_class : how many of them are for training: the class folders then lie in `train` and `test`. By default
        there is one folder per class, and no split.
    habitats : scenes of which each picture has one, whatever it shows; by default everything is seen where it belongs.

    For the rest see `make_birds`.
    """
    find_camera(camera)
    folder, seed, px = what_all_need(folder, seed, px)
    names = class_names("names", kind, names)
    per_class = whole_number("per_class", per_class, 1)
    if train_per_class is not None:
        train_per_class = train_count("train_per_class", train_per_class, "per_class", per_class)
    scenes = _scenes(habitats)
    shots = [
        Shot(path, kind, name, split, index, habitat, camera=camera)
        for name in names
        for path, split, index in _places(file_stem(name), per_class, train_per_class)
        for habitat in [_one_of(scenes, f"{seed}/habitat/{split}/{name}/{index}")]
    ]
    settings = {
        "kind": kind, "names": names, "per_class": per_class, "train_per_class": train_per_class,
        "habitats": scenes, "seed": seed, "px": px, "camera": camera,
    }  # fmt: skip
    with new_folder(folder, f"Drawn {kind}, one folder per class", settings) as partial:
        write_folder_truth(partial, shoot(partial, shots, seed, px, processes))
    return folder


def _places(stem: str, per_class: int, train_per_class: int | None) -> list[tuple[str, str, int]]:
    """Return (path, split, index) of each picture of a class."""
    if train_per_class is None:
        return [(f"{stem}/{stem}_{k + 1:04d}.jpg", "folder", k) for k in range(per_class)]
    own = [("train", k) for k in range(train_per_class)]
    own += [("test", k) for k in range(per_class - train_per_class)]
    return [(f"{split}/{stem}/{stem}_{n:04d}.jpg", split, k) for n, (split, k) in enumerate(own, 1)]


def _scenes(habitats: Sequence[str] | None) -> list[str]:
    """Return the scenes that are asked for, none where everything is seen where it belongs."""
    if isinstance(habitats, str) or habitats is not None and not len(habitats):
        raise refusal("habitats", "a list of scenes, or None", habitats)
    return [name for name in habitats or () if scene(name)]  # raises where there is no such scene


def _one_of(scenes: list[str], key: str) -> str | None:
    return random.Random(key).choice(scenes) if scenes else None
