"""Checks of what is asked of the sketchbook; `course_utils.arguments` has the general ones."""

import os
from collections.abc import Sequence
from pathlib import Path

from course_utils.arguments import as_path, number, refusal, whole_number
from course_utils.sketchbook.kinds import all_of, find
from course_utils.sketchbook.pictures import LEAST_PX


def what_all_need(folder: str | os.PathLike, seed: int, px: int) -> tuple[Path, int, int]:
    """Return what every data set is asked for: where to, which chance, and how large."""
    where = as_path("folder", folder, "the path of a folder to write into")
    return where, whole_number("seed", seed, 0), whole_number("px", px, LEAST_PX)


def train_count(argument: str, n_train: object, of: str, n_all: int) -> int:
    """Return how many of a class's `n_all` pictures, which came as argument `of`, are for training: not all."""
    n_train = whole_number(argument, n_train, 1)
    if n_train >= n_all:
        raise ValueError(f"`{argument}` must be below `{of}` ({n_all}). Received: {n_train!r}.")
    return n_train


def check_fraction(argument: str, value: object, most: float = 1.0) -> float:
    """Return a fraction between 0 and `most`."""
    return number(argument, value, 0, most, f"a fraction between 0 and {most:g}")


def class_names(argument: str, kind: str, wanted: Sequence[str] | None) -> list[str]:
    """Return the names of classes that are wanted, by default all of this kind, each known and named once."""
    names = list(all_of(kind))
    if isinstance(wanted, str):
        raise refusal(argument, "a list of names", wanted, f" Write [{wanted!r}].")
    if wanted is not None:
        try:
            names = [str(name) for name in wanted]
        except TypeError:
            raise refusal(argument, "a list of names", wanted) from None
    for name in names:
        find(kind, name)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        raise ValueError(
            f"`{argument}` must name each class once, and at least one. Received: {twice or names!r}."
        )
    return names
