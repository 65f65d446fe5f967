"""Check a table: its columns, its rows in any order, its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.answers import Said, shortly
from course_utils.exercises.checks import MOST_NAMED, Check, resolved
from course_utils.exercises.verdicts import Status


@dataclass(frozen=True, kw_only=True)
class Table(Check):
    """A DataFrame (a Series counts as one with a single column). More columns than asked for do no harm.

    Parameters
    ----------
    expected : the right table, or a function of `given` that makes it.
    key : the column, or name of the index, by which rows are matched; their order is free.
    rtol : numbers may differ by this share.
    """

    expected: pd.DataFrame | Callable[..., pd.DataFrame]
    key: str
    rtol: float = 1e-6

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        if not isinstance(answer, (pd.DataFrame, pd.Series)):
            return Status.NOT_YET, f"Expected a table of pandas. Received: {shortly(answer)}."
        table, wanted = as_table(answer), as_table(resolved(self.expected, given))
        missing = [f"`{column}`" for column in wanted if column not in table]
        if missing:
            found = [
                *(f"`{column}`" for column in table.columns[:MOST_NAMED]),
                *["…"] * (table.shape[1] > MOST_NAMED),
            ]
            return Status.NOT_YET, f"The table has no column {', '.join(missing)}. It has {', '.join(found)}."
        texts = [f"`{name}`" for name in wanted if _is_number(wanted[name]) and not _is_number(table[name])]
        if texts:
            return Status.NOT_YET, f"Expected numbers in column {', '.join(texts)}. Received: something else."
        numbers = [f"`{name}`" for name in wanted if _is_number(table[name]) and not _is_number(wanted[name])]
        if numbers:
            return Status.NOT_YET, f"Expected names in column {', '.join(numbers)}. Received: numbers."
        return None

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        table, wanted = as_table(answer), as_table(other)
        if len(table) != len(wanted) or not set(wanted) <= set(table):
            return False
        return all(wrong == 0 for wrong in self._wrong_rows(table, wanted).values())

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        table, wanted = as_table(answer), as_table(resolved(self.expected, given))
        if len(table) != len(wanted):
            return f"Expected {len(wanted)} rows, one for each `{self.key}`. Received: {len(table)} rows."
        wrong = {name: count for name, count in self._wrong_rows(table, wanted).items() if count}
        if self.key in wrong:
            return f"{wrong[self.key]} rows are about another `{self.key}` than asked for."
        return " ".join(
            f"Column `{name}` is off in {count} row{'s' if count > 1 else ''}."
            for name, count in wrong.items()
        )

    def _wrong_rows(self, table: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, int]:
        """Return for each column how many values differ, rows matched by the key."""
        table, wanted = (t.sort_values(self.key, kind="stable") for t in (table, wanted))
        return {name: int((~self._equal(table[name], wanted[name])).sum()) for name in wanted}

    def _equal(self, one: pd.Series, other: pd.Series) -> np.ndarray:
        if _is_number(one) and _is_number(other):
            return np.isclose(one.to_numpy(float), other.to_numpy(float), self.rtol, 1e-12, equal_nan=True)
        return one.astype(str).to_numpy() == other.astype(str).to_numpy()


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column)


def as_table(value: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return a table with its named index as a column, if it has no such column yet."""
    table = value.to_frame() if isinstance(value, pd.Series) else value
    named = any(table.index.names)
    return table.reset_index(drop=bool(set(table.index.names) & set(table.columns))) if named else table
