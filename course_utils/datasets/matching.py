"""Which file is meant by a name in a table, also where the two are not written alike."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from course_utils.datasets.layouts import HALF_WRITTEN
from course_utils.datasets.walk import Found
from course_utils.errors import DataError
from course_utils.pictures import SUFFIXES, UNREADABLE_SUFFIXES


def match_names(names: Iterable[str], on_disk: dict[str, Found]) -> dict[str, str]:
    """Return the path of each name in a table that has a file: of that name, else with another ending, or case.

    Of several endings .jpg counts. A file that one name is the very name of is nobody else's.
    """
    names = list(dict.fromkeys(names))
    by_ending = sorted(on_disk.values(), key=lambda one: not one.path.lower().endswith(".jpg"))
    files = {"/".join(one.parts): one.path for one in by_ending}
    found = {}
    for simplified in (_below_images, without_ending, lambda name: without_ending(name).casefold()):
        taken, alike = set(found.values()), defaultdict(list)
        for file, path in files.items():
            alike[simplified(file)] += [path] if path not in taken else []
        for name in names:
            near = alike.get(simplified(name), ()) if name not in found else ()
            if len({os.path.splitext(path)[0] for path in near}) == 1:
                found[name] = near[0]
    return found


def without_ending(name: str) -> str:
    """Return a path below `images/` without the ending of a picture file."""
    stem, ending = os.path.splitext(_below_images(name))
    return stem if ending.lower() in SUFFIXES | UNREADABLE_SUFFIXES else _below_images(name)


def check_names(file: Path, table: pd.DataFrame, column: str, on_disk: dict[str, Found]) -> None:
    """Raise where many names in a table and many files have nothing to do with each other."""
    absent = table.loc[table[column].notna() & ~table["path"].isin(on_disk), column]
    others = sorted(on_disk.keys() - set(table.loc[table[column].notna(), "path"]))
    if min(len(absent), len(others)) > HALF_WRITTEN * len(on_disk):
        raise DataError(
            f"The names in {file} are not those of the pictures.",
            expected="the same names in both, endings and case apart",
            received=f"{len(absent)} names without a file ({absent.iloc[0]}), "
            f"{len(others)} files without a name ({others[0]})",
            do="correct the names in the table, or those of the files.",
        )


def same_file(table: pd.DataFrame, facts: list[str], key: str) -> pd.Series:
    """Return for each row "" or a reason: several rows name one file. One of them stays if they agree in `facts`."""
    reason = pd.Series("", index=table.index, dtype=object)
    for _, rows in table[table["path"].duplicated(keep=False)].groupby("path"):
        contradict = len(rows[facts].drop_duplicates()) > 1
        ids = " and ".join(map(str, rows[key]))
        why = f"the same file under {key} {ids}" + (", which contradict each other" if contradict else "")
        reason[rows.index if contradict else rows.index[1:]] = why
    return reason


def _below_images(name: str) -> str:
    return name.removeprefix("images/")
