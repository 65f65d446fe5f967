"""Checks of arguments: each returns what came as plain Python, or raises a ValueError that says what was expected."""

import math
import numbers
import os
from pathlib import Path

import numpy as np


def whole_number(argument: str, value: object, least: int, most: int | None = None, why: str = "") -> int:
    """Return a whole number as int. NumPy's are as good as Python's; True, 3.0 and "3" are none.

    Parameters
    ----------
    why : what a beginner should know about the limits, for the message.
    """
    number = _plain(value)
    is_whole = isinstance(number, numbers.Integral) and not isinstance(number, bool)
    if not is_whole or number < least or (most is not None and number > most):
        limits = f"of at least {least}" if most is None else f"between {least} and {most}"
        hint = f" Write len({argument}) if these are the things to count." if _is_list(value) else ""
        raise refusal(argument, f"a whole number {limits}{why}", value, hint)
    return int(number)


def number(
    argument: str, value: object, least: float = -math.inf, most: float = math.inf, what: str = ""
) -> float:
    """Return a finite number as int or float.

    Parameters
    ----------
    what : what it must be, for the message: "a fraction between 0 and 1".
    """
    plain = _plain(value)
    is_number = isinstance(plain, numbers.Real) and not isinstance(plain, bool)
    if not is_number or not math.isfinite(plain) or not least <= plain <= most:
        raise refusal(argument, what or "a number", value)
    return plain


def as_path(argument: str, value: object, what: str) -> Path:
    """Return a path, ~ written out.

    Parameters
    ----------
    what : what it must be, for the message: "the path of a folder".
    """
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(text, str) or not text or "\0" in text:
        raise refusal(argument, what, value)
    return Path(os.path.expanduser(text))


def refusal(argument: str, what: str, value: object, hint: str = "") -> ValueError:
    """Return the error for an argument that is not what it must be."""
    return ValueError(f"`{argument}` must be {what}. Received: {shortened(value)}.{hint}")


def shortened(value: object) -> str:
    """Return how a value is written in code, on one line that can be read at a glance."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 120 else f"{text[:80]} ... {text[-20:]} ({type(value).__name__})"


def _plain(value: object) -> object:
    """Return Python's own number for one of NumPy's."""
    is_numpy = isinstance(value, np.generic | np.ndarray) and value.ndim == 0
    return value.item() if is_numpy else value


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple | np.ndarray) and len(np.shape(np.asarray(value, object))) > 0
