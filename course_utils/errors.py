"""Errors that tell a learner what was expected, what came, and what to do."""

import difflib
from collections.abc import Iterable


class DataError(ValueError):
    """Something on disk is not what a loader needs.

    Parameters
    ----------
    what : what is wrong, with the argument or file named.
    expected, received : the two sides of the contradiction.
    do : what the reader can do about it.
    """

    def __init__(self, what: str, *, expected: str, received: str, do: str):
        super().__init__(f"{what}\n  Expected: {expected}\n  Received: {received}\n  What to do: {do}")


def unknown_name(argument: str, received: object, allowed: Iterable[str]) -> ValueError:
    """Return the error for a name that is not in a list, with the nearest allowed name as a suggestion."""
    allowed = sorted(allowed)
    near = difflib.get_close_matches(str(received), allowed, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return ValueError(f"`{argument}` must be one of {', '.join(allowed)}. Received: {received!r}.{hint}")
