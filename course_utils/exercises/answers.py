"""What people write as an answer: numbers of any kind, nothing yet, something else; and how to name it in words."""

import math
import numbers
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.verdicts import Status

Said = tuple[Status, str]

NOTHING = (
    "Your answer is `None`: the last call in it gave nothing back. Calls such as `compile`, `add`, `sort`, `print`, "
    "`summary`, and pandas with `inplace=True`, change or show something and return nothing. Make such a call on a "
    "line of its own, and put the thing itself into your answer."
)
_PLACE = re.compile(r" at 0x[0-9a-fA-F]+")  # where in memory something is tells nobody anything
_NUMBER_FIRST = re.compile(r"[\s(\[+-]*\.?\d[\d.,eE]*(\W|$)")
SHORT, LONG = 60, 400  # characters of a value in a sentence, and of an example that is to be tried again
_USUAL = (
    np.float32,
    np.float64,
    np.int32,
    np.int64,
    np.bool_,
    np.str_,
    np.object_,
)  # dtypes that go without saying


def is_blank(answer: Any) -> bool:
    """True for what an untouched stub holds: `...`, or an empty text. `None` is an answer, that of a call."""
    return answer is ... or (isinstance(answer, str) and not answer.strip(" ._"))


def as_numbers(value: Any) -> np.ndarray | None:
    """Return numbers of any kind (Python, fractions, NumPy, pandas, Keras) as float64; None for anything else."""
    if isinstance(value, (str, bytes, bool, Mapping, set)) or (
        callable(value) and not hasattr(value, "shape")
    ):
        return None
    if isinstance(value, numbers.Number):
        return None if isinstance(value, complex) else np.asarray(_float(value))
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and array.size and all(map(_is_number, array.flat)):
            array = np.reshape([_float(item) for item in array.flat], array.shape)
        return array.astype(np.float64) if array.dtype.kind in "iuf" else None
    except (TypeError, ValueError, OverflowError):
        return None


def as_texts(value: Any) -> list[str] | None:
    """Return a text, or several in a row, as a list without capitals; None for anything else."""
    texts = [value] if isinstance(value, str) else value
    try:
        texts = list(texts)
    except TypeError:
        return None
    return (
        [text.strip().casefold() for text in texts] if all(isinstance(text, str) for text in texts) else None
    )


def _is_number(item: Any) -> bool:
    return isinstance(item, numbers.Number) and not isinstance(item, (bool, complex))


def _float(value: numbers.Number) -> float:
    """Return a number as float; infinity where it is a whole number beyond all floats."""
    try:
        return float(value)
    except OverflowError:
        return np.inf


def number_problem(answer: Any, shape: tuple[int, ...] = ()) -> Said | None:
    """Return what to say where an answer is not numbers of this shape; None where it is. One number may be boxed."""
    wanted, got = np.empty(shape), as_numbers(answer)
    if got is None:
        kind = "a number" if wanted.ndim == 0 else "numbers"
        return Status.NOT_YET, f"Expected {kind}. Received: {shortly(answer)}, {kind_of(answer)}."
    if got.shape != shape and not (wanted.ndim == 0 and got.shape == (1,)):
        return Status.NOT_YET, f"Expected {shape_of(wanted)}. Received: {shape_of(got)}."
    if np.isnan(got).any():
        return Status.NOT_YET, (
            "That is not a finite number but NaN, *not a number*. It comes of nothing to compute with: no row that was "
            "chosen, say, or 0 / 0."
        )
    if not np.isfinite(got).all():
        return Status.NOT_YET, "That is not a finite number, or far too large a one."
    return None


def shortly(value: Any, most: int = SHORT) -> str:
    """Return a value in one line of at most so many characters, as one would type it: 0.5, not np.float64(0.5)."""
    try:
        text = _PLACE.sub("", " ".join(_written(value).split()))
    except Exception:  # whole numbers of thousands of digits, objects that cannot be written
        kind = "whole number" if isinstance(value, int) else type(value).__name__
        text = f"a {kind} that is too long to show"
    if len(text) > most and isinstance(value, pd.DataFrame):
        return f"a table of {len(value)} rows and {value.shape[1]} columns"
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _written(value: Any) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return repr(value) if not math.isfinite(value) else repr(float(f"{value:.6g}"))
    if isinstance(value, np.ndarray):
        return _written_array(value)
    if isinstance(value, pd.Series):
        return _written_column(value)
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        inside = ", ".join(map(_written, value[:SHORT])) + ", ..." * (len(value) > SHORT)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, bytes) and len(value) > SHORT:
        return f"{len(value)} bytes"
    if isinstance(value, dict):
        inside = "{" + ", ".join(f"{_written(key)}: {_written(item)}" for key, item in value.items()) + "}"
        return inside if type(value) is dict else f"{type(value).__name__}({inside})"
    return repr(value)


def _written_array(array: np.ndarray) -> str:
    if array.size > LONG:
        return f"an array of shape {array.shape}"
    items = _written(array.tolist())
    return f"np.array({items})" if array.dtype.type in _USUAL else f'np.array({items}, dtype="{array.dtype}")'


def _written_column(column: pd.Series) -> str:
    if column.size > LONG:
        return f"a column of {column.size} rows"
    rows = column.index.tolist()
    index = "" if rows == list(range(len(rows))) else f", index={_written(rows)}"
    return f"pd.Series({_written(column.tolist())}{index})"


def kind_of(value: Any) -> str:
    """Say what kind of thing an answer is that should have been numbers."""
    if _is_quoted(value):
        return "a text; leave out the quotes"
    if isinstance(value, (list, tuple)) and any(is_blank(item) for item in value):
        return "in which something is still open"
    if isinstance(value, (list, tuple)) and any(item is None for item in value):
        return "in which there is a `None`: some call gives nothing back"
    if isinstance(value, (list, tuple)) and any(
        isinstance(item, (list, tuple, np.ndarray)) for item in value
    ):
        return "in which some stand in a list of their own; give all in one row"
    if isinstance(value, (list, tuple)) and any(map(_is_quoted, value)):
        return "with texts in it; leave out the quotes"
    if str(getattr(value, "dtype", "")) in ("bool", "boolean"):
        return "truth values" if np.ndim(value) else "a truth value"
    hints = {
        "str": "a text",
        "list": "a list, but not all in it are numbers",
        "function": "a function: call it",
        "dict": "a dict: give its values in a list",
    }
    hints |= dict.fromkeys(("bool", "bool_"), "a truth value")
    return hints.get(type(value).__name__, f"which is of type {type(value).__name__}")


def _is_quoted(value: Any) -> bool:
    """True for a number in quotes, or several, with a unit or without: no other text becomes one without them."""
    return isinstance(value, str) and bool(_NUMBER_FIRST.match(value))


def shape_of(array: np.ndarray) -> str:
    """Say how many numbers there are, and in which shape."""
    if array.ndim == 0:
        return "a single number"
    return (
        f"{array.size} number{'s' * (array.size != 1)}"
        if array.ndim == 1
        else f"an array of shape {array.shape}"
    )


def as_keywords(given: Iterable[str]) -> str:
    """Return names as they stand in a call: "`size=`, `responses=`"."""
    return ", ".join(f"`{name}=`" for name in given) or "nothing"
