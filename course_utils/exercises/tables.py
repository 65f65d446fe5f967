"""Check a table: its columns, its rows in any order, its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.answers import Said, as_numbers, shortly
from course_utils.exercises.checks import MOST_NAMED, Check, resolved
from course_utils.exercises.verdicts import Status

_FEW = 3  # keys that are named one by one


@dataclass(frozen=True, kw_only=True)
class Table(Check):
    """A DataFrame (a Series counts as one with a single column). More columns than asked for do no harm.

    Parameters
    ----------
    expected : the right table, or a function of `given` that makes it.
    key : the column, or name of the index, by which rows are matched, as texts.
    rtol : numbers may differ by this share.
    ordered : a column by which the rows must be sorted as they are in `expected`, those that tie in any order; "" where
        the order is free.
    """

    expected: pd.DataFrame | Callable[..., pd.DataFrame]
    key: str
    rtol: float = 1e-6
    ordered: str = ""

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        if not isinstance(answer, (pd.DataFrame, pd.Series)):
            return Status.NOT_YET, f"Expected a table of pandas. Received: {_other_kind(answer)}."
        table, wanted = as_table(answer), as_table(resolved(self.expected, given))
        problem = _other_columns(table, wanted)
        return (Status.NOT_YET, problem) if problem else None

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        table, wanted = as_table(answer), as_table(other)
        if len(table) != len(wanted) or _other_columns(table, wanted):
            return False
        return not any(wrong.any() for wrong in self._wrong(table, wanted).values()) and self._in_order(
            table, wanted
        )

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        table, wanted = as_table(answer), as_table(resolved(self.expected, given))
        others = self._other_keys(table, wanted)
        if len(table) != len(wanted):
            return (
                f"Expected {_rows(len(wanted))}, one for each `{self.key}`. Received: {_rows(len(table))}. {others}"
            ).strip()
        if others:
            return others
        wrong = self._wrong(table, wanted)
        if not any(rows.any() for rows in wrong.values()):
            return f"The rows are right, but they are not sorted by `{self.ordered}` as asked for."
        return " ".join(self._off(name, rows, table, wanted) for name, rows in wrong.items() if rows.any())

    def _other_keys(self, table: pd.DataFrame, wanted: pd.DataFrame) -> str:
        """Name the keys that are missing or too many."""
        keys, asked = (dict.fromkeys(map(_text, one[self.key])) for one in (table, wanted))
        missing, strange = (
            [key for key in asked if key not in keys],
            [key for key in keys if key not in asked],
        )
        told = [f"{_named(missing)} {'is' if len(missing) == 1 else 'are'} missing."] * bool(missing)
        told += [f"Not asked for as `{self.key}`: {_named(strange)}."] * bool(strange)
        return " ".join(told)

    def _off(self, name: str, rows: np.ndarray, table: pd.DataFrame, wanted: pd.DataFrame) -> str:
        """Say in how many rows a column is off, and what is in the first of these."""
        first = int(np.flatnonzero(rows)[0])
        key, got = (self._sorted(table, wanted)[column].iloc[first] for column in (self.key, name))
        right = self._sorted(wanted, wanted)[name].iloc[first]
        numbers = as_numbers(got), as_numbers(right)
        size = (
            "not right" if None in [n if n is None else 0 for n in numbers] else _size(*map(float, numbers))
        )
        return f"Column `{name}` is off in {_rows(int(rows.sum()))}: for `{_text(key)}`, {shortly(got)} is {size}."

    def _wrong(self, table: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, np.ndarray]:
        """Return for each column which values differ, rows matched by the key."""
        table, wanted = self._sorted(table, wanted), self._sorted(wanted, wanted)
        return {name: ~self._equal(table[name], wanted[name], is_key=name == self.key) for name in wanted}

    def _sorted(self, table: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
        """Return the rows sorted by the key as text, those that share a key by the other columns."""
        names = [self.key, *(name for name in wanted if name != self.key)]
        rows = list(zip(*(map(_text, table[name]) for name in names), strict=True))
        return table.iloc[sorted(range(len(rows)), key=rows.__getitem__)]

    def _in_order(self, table: pd.DataFrame, wanted: pd.DataFrame) -> bool:
        return not self.ordered or bool(self._equal(table[self.ordered], wanted[self.ordered]).all())

    def _equal(self, one: pd.Series, other: pd.Series, is_key: bool = False) -> np.ndarray:
        if not is_key and _is_number(one) and _is_number(other):
            return np.isclose(_numbers(one), _numbers(other), self.rtol, 1e-12, equal_nan=True)
        return np.array([_text(a) == _text(b) for a, b in zip(one, other, strict=True)], bool)


def _other_kind(answer: Any) -> str:
    if "GroupBy" in type(answer).__name__:
        return "groups, of which nothing has been computed yet"
    return shortly(answer)


def _other_columns(table: pd.DataFrame, wanted: pd.DataFrame) -> str:
    """Say what is wrong with the columns of a table; "" where they can be compared."""
    if table.columns.nlevels > 1:
        return "Its columns have names of several parts. Give each column one name."
    missing = [f"`{column}`" for column in wanted if column not in table]
    if missing:
        found = [f"`{column}`" for column in table.columns[:MOST_NAMED]] + ["…"] * (
            table.shape[1] > MOST_NAMED
        )
        return f"The table has no column {', '.join(missing)}. It has {', '.join(found)}."
    twice = [f"`{column}`" for column in wanted if (table.columns == column).sum() > 1]
    if twice:
        return f"Two columns are called {', '.join(twice)}."
    texts = [f"`{name}`" for name in wanted if _is_number(wanted[name]) and not _is_number(table[name])]
    if texts:
        return f"Expected numbers in column {', '.join(texts)}. Received: something else."
    numbers = [f"`{name}`" for name in wanted if _is_number(table[name]) and not _is_number(wanted[name])]
    return (
        f"Expected names in column {', '.join(numbers)}. Received: numbers." if numbers and len(table) else ""
    )


def _is_number(column: pd.Series) -> bool:
    return not len(column) or _numbers(column) is not None


def _numbers(column: pd.Series) -> np.ndarray | None:
    """Return a column of numbers, of any kind, or truth values as float64; None for others."""
    column = (
        column.astype(column.cat.categories.dtype)
        if isinstance(column.dtype, pd.CategoricalDtype)
        else column
    )
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(float, na_value=np.nan)
    if pd.api.types.is_object_dtype(column):
        return as_numbers([float(item) if isinstance(item, (bool, np.bool_)) else item for item in column])
    return None


def _text(value: Any) -> str:
    """Return a value as text, whole numbers of any type alike."""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"


def _named(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys[:_FEW]) + f" and {len(keys) - _FEW} more" * (len(keys) > _FEW)


def _size(got: float, right: float) -> str:
    return "not right" if np.isnan(got) or np.isnan(right) else "too large" if got > right else "too small"


def as_table(value: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return a table with its named indexes as columns, those of which it has no such column yet."""
    table = value.to_frame() if isinstance(value, pd.Series) else value
    names = [name for name in table.index.names if name is not None]
    if not names:
        return table
    known = [name for name in names if name in table.columns]
    return (
        table.reset_index(level=known, drop=True).reset_index()
        if 0 < len(known) < len(names)
        else (table.reset_index(drop=bool(known)))
    )
