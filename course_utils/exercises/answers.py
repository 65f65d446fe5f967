"""What people write as an answer: numbers of any kind, nothing yet, something else; and how to name it in words."""

import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from course_utils.exercises.verdicts import Status

Said = tuple[Status, str]


def is_blank(answer: Any) -> bool:
    """True for what an untouched stub holds: `...`, nothing, or an empty text."""
    return answer is ... or answer is None or (isinstance(answer, str) and not answer.strip(" ._"))


def as_numbers(value: Any) -> np.ndarray | None:
    """Return numbers of any kind (Python, NumPy, pandas, Keras) as float64; None for anything else."""
    if isinstance(value, (str, bytes, bool, Mapping, set)) or callable(value):
        return None
    if isinstance(value, numbers.Number):
        return None if isinstance(value, complex) else np.asarray(_float(value))
    try:
        array = np.asarray(value)
        return array.astype(np.float64) if array.dtype.kind in "iuf" else None
    except (TypeError, ValueError, OverflowError):
        return None


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
        return Status.NOT_YET, f"Expected {kind}. Received: {shortly(answer)}, {_kind(answer)}."
    if got.shape != shape and not (wanted.ndim == 0 and got.shape == (1,)):
        return Status.NOT_YET, f"Expected {_shape(wanted)}. Received: {_shape(got)}."
    if not np.isfinite(got).all():
        return Status.NOT_YET, "That is not a finite number, or far too large a one."
    return None


def shortly(value: Any) -> str:
    """Return how Python writes a value, in at most 60 characters of one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _kind(value: Any) -> str:
    if isinstance(value, str) and any(sign.isdigit() for sign in value):
        return "a text; leave out the quotes"
    if isinstance(value, (list, tuple)) and any(is_blank(item) for item in value):
        return "in which something is still open"
    if isinstance(value, (list, tuple)) and any(isinstance(item, str) for item in value):
        return "with texts in it; leave out the quotes"
    hints = {"str": "a text", "bool": "a truth value", "list": "a list, but not all in it are numbers"}
    return hints.get(type(value).__name__, f"which is of type {type(value).__name__}")


def _shape(array: np.ndarray) -> str:
    if array.ndim == 0:
        return "a single number"
    return f"{array.size} numbers" if array.ndim == 1 else f"an array of shape {array.shape}"


def as_keywords(given: Iterable[str]) -> str:
    """Return names as they stand in a call: "`size=`, `responses=`"."""
    return ", ".join(f"`{name}=`" for name in given) or "nothing"
