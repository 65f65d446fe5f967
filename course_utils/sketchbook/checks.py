"""Checks of arguments: each raises a ValueError that names the argument, what is expected and what came."""

from collections.abc import Sequence
from typing import Any

from course_utils.sketchbook.pictures import LEAST_PX, all_of, find


def check_counts(px: int, **counts: tuple[Any, int]) -> None:
    """Check that `px` and each (value, least) of `counts` are whole numbers and large enough."""
    for argument, (value, least) in {"px": (px, LEAST_PX), **counts}.items():
        if not _is_number(value, int) or value < least:
            raise ValueError(f"`{argument}` must be a whole number of at least {least}. Received: {value!r}.")


def check_fraction(argument: str, value: object, most: float = 1.0) -> None:
    if not _is_number(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"`{argument}` must be a fraction between 0 and {most:g}. Received: {value!r}.")


def class_names(argument: str, kind: str, wanted: Sequence[str] | None) -> list[str]:
    """Return the names of classes that are wanted, by default all of this kind, each known and named once."""
    names = list(all_of(kind))
    if isinstance(wanted, str):
        raise ValueError(f"`{argument}` must be a list of names. Received: {wanted!r}. Write [{wanted!r}].")
    if wanted is not None:
        names = list(wanted)
    for name in names:
        find(kind, name)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        raise ValueError(
            f"`{argument}` must name each class once, and at least one. Received: {twice or names!r}."
        )
    return names


def _is_number(value: object, kinds: Any) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)
