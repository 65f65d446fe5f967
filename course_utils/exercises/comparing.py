"""Compare two values by what they say, and say in words how they differ."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.answers import LONG, as_numbers, shape_of, shortly

MOST_SHOWN = 60  # numbers of an array that are shown one and all; of a larger one the first that differs
PLACES = ("first", "second", "third", "fourth")  # of what a function returns side by side
SHORT_EXAMPLE = 120  # characters of what is of another kind than expected


def agree(one: Any, other: Any, rtol: float = 0.0, atol: float = 0.0) -> bool:
    """True if `one` says what `other` says, to a tolerance.

    Lists, tuples, arrays and Series may stand for each other, in whole or inside of each other, and a dict may have
    its keys in any order; a text is no number, and a truth value neither.
    """
    if isinstance(other, pd.DataFrame):
        return (
            isinstance(one, pd.DataFrame)
            and list(one.index) == list(other.index)
            and agree(one.to_dict(), other.to_dict(), rtol, atol)
        )
    if isinstance(other, Mapping):
        return (
            isinstance(one, Mapping)
            and set(one) == set(other)
            and all(agree(one[key], other[key], rtol, atol) for key in other)
        )
    if (
        isinstance(other, pd.Series)
        and isinstance(one, pd.Series)
        and not isinstance(other.index, pd.RangeIndex)
    ):
        return len(one) == len(other) and agree(one.to_dict(), other.to_dict(), rtol, atol)
    first, second = as_numbers(one), as_numbers(other)
    if second is not None and (second.size or first is not None):
        return (
            first is not None
            and first.shape == second.shape
            and bool(np.allclose(first, second, rtol, atol, equal_nan=True))
        )
    if (wanted := _as_list(other)) is not None:
        got = _as_list(one)
        return (
            got is not None
            and len(got) == len(wanted)
            and all(agree(a, b, rtol, atol) for a, b in zip(got, wanted, strict=True))
        )
    one, other = _plain(one), _plain(other)
    return type(one) is type(other) and bool(one == other)


def _as_list(value: Any) -> list | None:
    """Return what stands in a row as a list; None for what does not."""
    if isinstance(value, (list, tuple, pd.Series, pd.Index, pd.Categorical)):
        return list(value)
    return list(value) if isinstance(value, np.ndarray) and value.ndim else None


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, (np.generic, np.ndarray)) and np.size(value) == 1 else value


def unchanged(before: Any, after: Any) -> bool:
    """True unless it can be seen that a call has changed its argument."""
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(unchanged, before, after))
    if isinstance(before, Mapping):
        return list(before) == list(after) and all(unchanged(before[key], after[key]) for key in before)
    if isinstance(before, (pd.DataFrame, pd.Series)):
        return before.equals(after)
    if isinstance(before, np.ndarray):
        return (
            before.shape == np.shape(after)
            and before.dtype == after.dtype
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, (str, bytes, bytearray, int, float, set)):
        return before is after or before == after
    return True


def weight(value: Any) -> int:
    """Return how much there is to read in a value, so that the least can be shown."""
    if isinstance(value, Mapping):
        return 1 + sum(map(weight, value.values()))
    if isinstance(value, (list, tuple)):
        return 1 + sum(map(weight, value))
    return len(value) if isinstance(value, (str, bytes)) else 1 + int(np.size(value))


def burden(arguments: tuple) -> tuple[int, float]:
    """Return how hard an input is to follow: how much there is to read in it, then how large its single numbers are."""
    numbers = (as_numbers(argument) for argument in arguments)
    single = (abs(float(each)) for each in numbers if each is not None and not each.ndim)
    return weight(arguments), float(np.nansum([*single]))


def difference(got: Any, wanted: Any, rtol: float, atol: float) -> str:
    """Say what came and what was expected: "it returns 3. Expected: 0.75."

    Of values of another kind or shape these are named, of large ones the first number that differs, of several things
    that are returned together the first that is wrong.
    """
    if _several(wanted) and _several(got) and len(got) == len(wanted):
        for place, one, other in zip(PLACES, got, wanted, strict=False):
            if not agree(one, other, rtol, atol):
                said = difference(one, other, rtol, atol).removeprefix("it returns ")
                return f"it returns {len(wanted)} things, of which the {place} is {said}"
    kind = _other_kind(got, wanted)
    if kind:
        return f"it returns {shortly(got, SHORT_EXAMPLE)}, {kind}."
    first, second = as_numbers(got), as_numbers(wanted)
    if first is not None and second is not None:
        if first.shape != second.shape:
            return f"it returns {shape_of(first)}. Expected: {shape_of(second)}."
        if second.size > MOST_SHOWN:
            return _first_difference(first, second, rtol, atol)
        got, wanted = _unboxed(got), _unboxed(wanted)
    elif isinstance(wanted, (list, tuple)) and any(map(np.ndim, wanted)) and _as_list(got) is not None:
        return _parts_off(_as_list(got), wanted, rtol, atol)
    return f"it returns {shortly(got, LONG)}. Expected: {shortly(wanted, LONG)}."


def _several(value: Any) -> bool:
    """True for a few arrays or lists that a function returns side by side."""
    return isinstance(value, (tuple, list)) and 1 < len(value) <= len(PLACES) and all(map(_is_row, value))


def _is_row(value: Any) -> bool:
    return isinstance(value, (list, tuple, pd.Series)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _unboxed(value: Any) -> Any:
    """Return numbers without the name of what holds them."""
    try:
        return np.asarray(value).tolist()
    except ValueError:
        return value


def _parts_off(got: list, wanted: Any, rtol: float, atol: float) -> str:
    """Say which of several arrays are off, and what the first of these is."""
    if len(got) != len(wanted):
        return f"it returns {len(got)} thing{'s' * (len(got) != 1)}. Expected: {len(wanted)}."
    wrong = [k for k, pair in enumerate(zip(got, wanted, strict=True)) if not agree(*pair, rtol, atol)]
    first, named = wrong[0], ", ".join(str(k + 1) for k in wrong)
    pair = as_numbers(got[first]), as_numbers(wanted[first])
    alike = None in [n if n is None else n.shape for n in pair] or pair[0].shape == pair[1].shape
    came, asked = (
        (shortly(_unboxed(one[first]), LONG) for one in (got, wanted)) if alike else map(shape_of, pair)
    )
    return (
        f"it returns {len(got)} things, as it should, but number {named} {'is' if len(wrong) == 1 else 'are'} off: "
        f"number {first + 1} is {came}. Expected there: {asked}."
    )


def _first_difference(got: np.ndarray, wanted: np.ndarray, rtol: float, atol: float) -> str:
    wrong = np.argwhere(~np.isclose(got, wanted, rtol, atol, equal_nan=True))
    place = tuple(int(axis) for axis in wrong[0])
    where = ", ".join(map(str, place))
    return (
        f"it returns {shape_of(got)}, as it should, but {len(wrong)} of {got.size} are off: the one at "
        f"[{where}] is {shortly(got[place])}. Expected there: {shortly(wanted[place])}."
    )


def _other_kind(got: Any, wanted: Any) -> str:
    """Say in words what kind of thing came where another was expected; "" where the kind is right."""
    came, asked = _kind(got), _kind(wanted)
    return "" if came == asked or "" in (came, asked) else f"{came}, not {asked}"


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, bytes):
        return "bytes"
    if isinstance(value, (bool, np.bool_)):
        return "a truth value"
    if isinstance(value, pd.DataFrame):
        return "a table"
    if isinstance(value, Mapping):
        return "a dict"
    numbers = as_numbers(value)
    if numbers is not None:
        return "a number" if numbers.ndim == 0 else "numbers in a row" if numbers.ndim == 1 else ""
    items = _as_list(value)
    if items is None:
        return "" if np.ndim(value) else f"a {type(value).__name__}"
    kinds = {_kind(item) for item in items}
    plural = {"a text": "texts", "a truth value": "truth values", "nothing": "`None`s", "bytes": "bytes"}
    return f"{plural[kinds.pop()]} in a row" if len(kinds) == 1 and kinds <= set(plural) else ""
