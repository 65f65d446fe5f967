"""Errors that tell a learner what was expected, what came, and what to do."""

import difflib
from collections.abc import Iterable
from functools import partial
from typing import Self

from course_utils.names import printable


class DataError(ValueError):
    """Something on disk is not what a loader needs.

    Attributes
    ----------
    what : what is wrong, with the argument or file named.
    expected, received : the two sides of the contradiction.
    do : what the reader can do about it.
    """

    def __init__(self, what: str, *, expected: str, received: str, do: str):
        self.what, self.expected, self.received, self.do = what, expected, received, do
        super().__init__(
            printable(f"{what}\n  Expected: {expected}\n  Received: {received}\n  What to do: {do}")
        )

    def __reduce__(self) -> tuple[partial[Self], tuple]:
        """Pickle calls `__init__` with `args` alone; pools of processes hand errors on by pickle."""
        return partial(type(self), **self.__dict__), ()


class SystemFault(OSError):
    """The system is short of something, or a disk does not answer: no fault of the file that was being read."""


def unknown_name(argument: str, received: object, allowed: Iterable[str]) -> ValueError:
    """Return the error for a name that is not in a list, with the nearest allowed name as a suggestion."""
    allowed = sorted(allowed)
    near = difflib.get_close_matches(str(received), allowed, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return ValueError(f"`{argument}` must be one of {', '.join(allowed)}. Received: {received!r}.{hint}")
