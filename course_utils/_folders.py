"""Read a folder for each class, and split it by what is in the pictures."""

import hashlib
from collections import defaultdict
from pathlib import Path

import pandas as pd

from course_utils._layouts import open_folder, split_off
from course_utils.errors import DataError
from course_utils.pictures import SUFFIXES, UNREADABLE_SUFFIXES, picture_problem

_DO = "give each class a folder of pictures, named like the class: birds/robin/1.jpg, birds/wren/1.jpg."
_SPLIT_NAMES = {"train": "train", "test": "test", "val": "validation", "validation": "validation"}


def read_folder(
    folder: str | Path, test_fraction: float, seed: int
) -> tuple[str, pd.DataFrame, list[str], pd.DataFrame]:
    """Return name, table, class names and left-out pictures. See `datasets.load_folder`."""
    if not 0 <= test_fraction < 1:
        raise ValueError(f"`test_fraction` must be at least 0 and below 1. Received: {test_fraction}.")
    folder = open_folder(folder, "folder-per-class", _DO)
    table = _find_pictures(folder)
    reason = table["path"].map(_problem)
    reason[table["class_name"].isna()] = "not in a class folder"
    usable = table.loc[reason == "", "path"]
    table["digest"] = usable.map(lambda path: _digest(path, seed))  # NaN elsewhere: it may not be readable
    reason.update(_in_two_classes(table.loc[usable.index]))
    kept, left_out = split_off(table, reason, folder.name, _DO)
    if kept["split"].isna().any():
        kept["split"] = split_by_content(kept["digest"], kept["class_name"], test_fraction)
    class_names = sorted(kept["class_name"].unique())
    kept["label"] = kept["class_name"].map(class_names.index)
    return folder.name, kept[["path", "label", "class_name", "split"]], class_names, left_out


def split_by_content(digests: pd.Series, class_names: pd.Series, test_fraction: float) -> pd.Series:
    """Return "train" or "test" for each picture: in each class, the smallest digests are the test pictures.

    Names have no say, so renaming changes nothing; equal files have equal digests and never part.
    A class with two or more different pictures always keeps one for training.
    """
    split = pd.Series("train", index=digests.index, dtype=object)
    for _, own in digests.groupby(class_names):
        different = sorted(own.unique())
        n_test = min(int(len(different) * test_fraction + 0.5), len(different) - 1)
        split[own.index[own.isin(different[:n_test])]] = "test"
    return split


def _find_pictures(folder: Path) -> pd.DataFrame:
    """Return path, class_name (None for a stray picture) and split (None where the folders do not say)."""
    splits = {
        entry.name: _SPLIT_NAMES[entry.name.lower()]
        for entry in _subfolders(folder)
        if entry.name.lower() in _SPLIT_NAMES
    }
    has_splits = "train" in splits.values() and len(splits) == len(_subfolders(folder))
    rows = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if hidden or path.suffix.lower() not in SUFFIXES | UNREADABLE_SUFFIXES:
            continue
        split = splits[parts[0]] if has_splits and len(parts) > 1 else None
        inner = parts[1:] if split else parts
        rows.append((str(path), inner[0] if len(inner) > 1 else None, split))
    if not rows:
        raise DataError(
            f"`folder` {folder} holds no pictures.",
            expected="a folder of pictures for each class",
            received=", ".join(sorted(entry.name for entry in folder.iterdir())[:8]),
            do=_DO,
        )
    return pd.DataFrame(rows, columns=["path", "class_name", "split"], dtype=object)


def _subfolders(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith(".")]


def _digest(path: str, seed: int) -> str:
    return hashlib.blake2b(Path(path).read_bytes(), digest_size=16, key=str(seed).encode()).hexdigest()


def _problem(path: str) -> str:
    if Path(path).suffix.lower() in UNREADABLE_SUFFIXES:
        return f"{Path(path).suffix.lower()} file: save it as JPEG"
    return picture_problem(path) or ""


def _in_two_classes(table: pd.DataFrame) -> pd.Series:
    """Return a reason for pictures that lie in more than one class: which label is right cannot be known."""
    classes = defaultdict(set)
    for digest, name in zip(table["digest"], table["class_name"], strict=True):
        classes[digest].add(name)
    doubtful = {
        digest: f"the same picture in {' and '.join(sorted(names))}"
        for digest, names in classes.items()
        if len(names) > 1
    }
    return table["digest"].map(lambda digest: doubtful.get(digest, "")).loc[lambda reason: reason != ""]
