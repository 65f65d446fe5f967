"""What the loaders of `datasets` share: which layout a folder has, reading tables, what was left out."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from course_utils.arguments import refusal
from course_utils.datasets.walk import Found, find_pictures, say
from course_utils.errors import DataError
from course_utils.names import as_on_disk, unified
from course_utils.pictures import picture_problem
from course_utils.pictures.files import cannot_open

_CUB = ("images", "classes", "image_class_labels", "bounding_boxes", "train_test_split")
_PETS = ("annotations/list", "annotations/trainval", "annotations/test")
_LAYOUTS = {  # layout: its loader, the tables that tell it; it needs `images` besides
    "CUB-200-2011": ("load_cub", [f"{name}.txt" for name in _CUB]),
    "Oxford-IIIT Pet": ("load_pets", [f"{name}.txt" for name in _PETS]),
}

# If more than this share of the pictures lack a row, a table was cut short: nobody added so many by hand.
HALF_WRITTEN = 0.1
_MOST_REASONS = 5


def layout_of(folder: Path) -> str | None:
    """Return "CUB-200-2011" or "Oxford-IIIT Pet" for a folder with tables of that data set, else None."""
    for layout, (_, tables) in _LAYOUTS.items():
        if sum(os.path.exists(folder / table) for table in tables) >= 2:
            return layout
    return None


def open_folder(folder: str | Path, layout: str, do: str) -> Path:
    """Return the folder as an absolute path, once it is known to hold the wanted layout.

    Raises
    ------
    ValueError : it is no path.
    DataError : the folder is missing, empty, of another data set, or lacks a table or its pictures.
    """
    if not isinstance(folder, str | os.PathLike) or not os.fspath(folder):
        raise refusal("folder", "the path of a folder", folder)
    try:
        path = Path(as_on_disk(folder)).expanduser().resolve()
        inside = sorted(name for name in os.listdir(path) if not name.startswith("."))
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: "~nobody", links in a circle
        raise _no_folder(folder, layout, do, error) from error
    if not inside:
        raise _wrong_folder(f"{path} is empty", layout, "an empty folder", do)
    found = layout_of(path)
    if found not in (None, layout):
        advice = f"this looks like {found}; use {_LAYOUTS[found][0]}."
        raise _wrong_folder(f"{path} holds another data set", layout, found, advice)
    _check_parts(path, layout, found, inside, do)
    return path


def _check_parts(path: Path, layout: str, found: str | None, inside: list[str], do: str) -> None:
    """Raise where a folder lacks a table or the pictures of a layout."""
    needed = [*_LAYOUTS[layout][1], "images"] if layout in _LAYOUTS else []
    missing = [name for name in needed if not (path / name).exists()]
    missing += ["images (a folder)"] if "images" in needed and (path / "images").is_file() else []
    if missing:
        raise DataError(
            f"`folder` {path} lacks {', '.join(missing)}.",
            expected=", ".join(needed),
            received=listing(inside),
            do=_how_to_complete(path, layout, found, do),
        )


def read_table(file: Path, columns: dict[str, Callable]) -> pd.DataFrame:
    """Return a table of space-separated lines, values converted; the first column is the key.

    Lines that start with `#` are skipped.

    Raises
    ------
    DataError : a line lacks a value or holds one that does not convert, a key is there twice, or there is no
        line.
    """
    rows = []
    try:
        text = file.read_text("utf-8-sig", errors="surrogateescape")  # names as `os.listdir` has them
    except OSError as error:
        raise _table_error(str(file), "a file of text", cannot_open(file, error)) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        values = line.split(maxsplit=len(columns) - 1)
        try:
            rows.append([convert(value) for convert, value in zip(columns.values(), values, strict=True)])
        except ValueError as error:
            raise _table_error(
                f"Line {number} of {file}", f"{len(columns)} values: {', '.join(columns)}", repr(line)
            ) from error
    table = pd.DataFrame(rows, columns=list(columns))
    key = next(iter(columns))
    if table.empty:
        raise _table_error(str(file), "one line for each picture", "no lines")
    twice = table.loc[table[key].duplicated(), key]
    if len(twice):
        raise _table_error(str(file), f"each {key} once", f"{twice.iloc[0]} twice")
    return table


def check_not_half_written(file: Path, lacking: int, total: int) -> None:
    """Raise where so many of `total` pictures lack a row in `file` that the file must have been cut short."""
    if lacking > HALF_WRITTEN * total:
        raise DataError(
            f"{file} looks half-written.",
            expected=f"a row for each of {total} pictures",
            received=f"{lacking} pictures without a row",
            do="unpack or make the data again.",
        )


def pictures_below(folder: Path, name: str) -> dict[str, Found]:
    """Return the pictures anywhere below a folder by their path; print a line where a folder was ignored."""
    found, ignored = find_pictures(folder)
    if ignored:
        say(f"{name}: ignored {listing(ignored)}.")
    return {one.path: one for one in found}


def file_problems(paths: Iterable[str], on_disk: dict[str, Found]) -> list[str]:
    """Return for each path "" or why it cannot be used: not there, not a picture, cut short."""
    return [
        on_disk[path].reason or picture_problem(path) or "" if path in on_disk else "file is not there"
        for path in paths
    ]


def first_reason(reasons: dict[str, pd.Series]) -> pd.Series:
    """Return for each row the first key whose mask is True there, or ""."""
    masks = pd.DataFrame(reasons)
    return masks.idxmax(axis=1).where(masks.any(axis=1), "").astype(object)


def split_off(
    table: pd.DataFrame, reason: Iterable[str], name: str, do: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows without a reason, and `left_out` (path, reason) of the others; print one line on those.

    Raises
    ------
    DataError : nothing remains.
    """
    reason = pd.Series(list(reason), index=table.index, dtype=object)
    left_out = pd.DataFrame({"path": table["path"], "reason": reason})[reason != ""].reset_index(drop=True)
    counts = [f"{count:,} {why}" for why, count in left_out["reason"].value_counts().items()]
    summary = ", ".join(counts[:_MOST_REASONS])
    if len(counts) > _MOST_REASONS:
        summary += f" and {len(counts) - _MOST_REASONS:,} other reasons"
    if len(left_out) == len(table):
        raise DataError(
            f"{name}: no picture can be used.",
            expected="at least one picture with its label",
            received=summary or "no pictures",
            do=do,
        )
    if len(left_out):
        say(f"{name}: left out {len(left_out):,} of {len(table):,} pictures ({summary}). See `.left_out`.")
    return table[reason == ""].reset_index(drop=True), left_out


def add_truth(table: pd.DataFrame, file: Path, key: str) -> pd.DataFrame:
    """Return the table with what the drawing program knew about each picture, if it left `truth.csv`."""
    if not file.exists():
        return table
    try:
        truth = pd.read_csv(file)
        received = f"columns {', '.join(truth.columns)}"
        fits = key in truth and truth[key].isin(table[key]).any() and not truth[key].duplicated().any()
    except (OSError, ValueError) as error:  # of pandas, and where letters are not UTF-8
        fits, received = False, str(error).strip()
    if not fits:
        raise DataError(
            f"{file} does not go with the tables.",
            expected=f"a CSV file in UTF-8 with a column {key}, each value once and those of the tables",
            received=received,
            do="draw the folder again, or remove the file.",
        )
    new = [column for column in truth if column == key or column not in table]
    return table.merge(truth[new], on=key, how="left", validate="one_to_one")


def readable(name: str) -> str:
    """Return a class name for people: "002.Laysan_Albatross" is "Laysan Albatross"."""
    number, dot, rest = name.partition(".")
    return unified((rest if dot and number.isdigit() else name).replace("_", " "))


def listing(names: list[str], most: int = 8) -> str:
    """Return names in a row, the first few where there are many."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _no_folder(folder: str | Path, layout: str, do: str, error: Exception) -> DataError:
    if isinstance(error, FileNotFoundError):
        what, received = "is not there", "no such folder"
    elif isinstance(error, NotADirectoryError):
        what, received = "is no folder", "a file"
    else:
        what, received = "is of no use", cannot_open(folder, error)
        do = "correct the path, or its permissions."
    return _wrong_folder(f"{Path(folder).absolute()} {what}", layout, received, do)


def _wrong_folder(what: str, layout: str, received: str, do: str) -> DataError:
    expected = f"a folder in {layout} layout"
    return DataError(f"`folder` {what}.", expected=expected, received=received, do=do)


def _how_to_complete(folder: Path, layout: str, found: str | None, do: str) -> str:
    """Return what to do where parts of a layout are missing: perhaps the data set is near, or not of this kind."""
    if found == layout:
        return "some parts of the data set are there: unpack or make it again, and the others are too."
    near = [*(entry for entry in sorted(folder.iterdir()) if entry.is_dir()), folder.parent]
    place = next((path for path in near if layout_of(path) == layout), None)
    if place:  # the commonest slip with archives
        return f'use {_LAYOUTS[layout][0]}("{place}").'
    return f"{do} If it has a folder of pictures for each class instead, use load_folder."


def _table_error(what: str, expected: str, received: str) -> DataError:
    return DataError(
        f"{what} cannot be read.",
        expected=expected,
        received=received,
        do="the file was edited or cut short: unpack or make the data again.",
    )
