"""Look up what somebody asked for by its name."""

from collections.abc import Mapping
from typing import TypeVar

from course_utils.errors import unknown_name

Found = TypeVar("Found")


def look_up(argument: str, name: object, table: Mapping[str, Found]) -> Found:
    """Return what a table has under a name. Raise ValueError, with the nearest name, where it has none."""
    if not isinstance(name, str) or name not in table:
        raise unknown_name(argument, name, table)
    return table[name]
