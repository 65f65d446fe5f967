"""Checks of what is asked of the sketchbook; `course_utils.arguments` has the general ones."""

from collections.abc import Sequence

from course_utils.arguments import number, refusal
from course_utils.sketchbook.kinds import all_of, find


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
