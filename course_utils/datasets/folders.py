"""Read a folder for each class, and split it by what is in the pictures."""

import hashlib
import os
from collections import defaultdict
from numbers import Real
from pathlib import Path

import pandas as pd

from course_utils.arguments import whole_number
from course_utils.datasets.class_folders import Place, lay_out
from course_utils.datasets.dataset import ImageDataset
from course_utils.datasets.layouts import add_truth, listing, open_folder, split_off
from course_utils.datasets.walk import Found, find_pictures, say, without_pictures
from course_utils.errors import DataError
from course_utils.names import printable
from course_utils.pictures import picture_problem
from course_utils.pictures.files import open_file

_DO = "give each class a folder of pictures, named like the class: birds/robin/1.jpg, birds/wren/1.jpg."


def load_folder(folder: str | Path, test_fraction: float = 0.25, seed: int = 0) -> ImageDataset:
    """Load your own pictures: a folder for each class, named like the class.

    In each class `test_fraction` of the pictures are set aside as "test", chosen by a hash of what is in the
    file: renaming or copying files never moves a picture to the other side. A picture that lies in two
    classes is left out.

    Folders named like splits (train, valid, seg_test, flowers_train beside flowers_test) with class folders inside are
    kept as the splits "train", "test", "validation". Where all lies in one more folder, as after unpacking, that one is
    taken. Thumbnails that systems make, and hidden files, are ignored. One line says what was found so. Drawn data sets
    bring `truth.csv`, whose columns are added.

    Raises
    ------
    DataError : the folder is missing, empty, without pictures, or a data set that has a loader of its own; or it
        cannot be known which of its folders are classes.
    """
    return ImageDataset(*_read(folder, test_fraction, seed))


def _read(
    folder: str | Path, test_fraction: float, seed: int
) -> tuple[str, pd.DataFrame, list[str], pd.DataFrame]:
    """Return name, table, class names and left-out pictures. See `datasets.load_folder`."""
    seed = whole_number("seed", seed, 0, 2**63 - 1)
    if not (isinstance(test_fraction, Real) and 0 <= test_fraction < 1):
        raise ValueError(f"`test_fraction` must be at least 0 and below 1. Received: {test_fraction!r}.")
    folder = open_folder(folder, "folder-per-class", _DO)
    name = printable(folder.name)
    table, guesses = _find_pictures(folder)
    unknown = table["reason"] == ""
    table.loc[unknown, "reason"] = [picture_problem(path) or "" for path in table.loc[unknown, "path"]]
    usable = table["reason"] == ""
    table.loc[usable, "digest"] = [_digest(path, seed) for path in table.loc[usable, "path"]]
    table.loc[usable, "reason"] = _in_two_classes(table[usable])
    guesses += _in_two_splits(table[usable])
    if guesses:
        say(f"{name}: {'; '.join(guesses)}.")
    kept, left_out = split_off(table, table["reason"], name, _DO)
    if kept["split"].isna().any():
        kept["split"] = split_by_content(kept["digest"], kept["class_name"], test_fraction)
    class_names = sorted(kept["class_name"].unique())
    kept["label"] = kept["class_name"].map(class_names.index)
    return (
        name,
        _with_truth(kept[["path", "label", "class_name", "split"]].copy(), folder),
        class_names,
        left_out,
    )


def _with_truth(table: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the table with what the sketchbook knew. A file `truth.csv` in anybody else's folder is none of ours."""
    if not (folder / "sketchbook.json").exists():
        return table
    table["image"] = [Path(path).relative_to(folder).as_posix() for path in table["path"]]
    return add_truth(table, folder / "truth.csv", "image")


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


def _find_pictures(folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """Return path, class_name, split (None where no folder says) and reason or ""; and what had to be guessed."""
    found, ignored = find_pictures(folder)
    if not found:
        raise DataError(
            f"`folder` {folder} holds no pictures.",
            expected="a folder of pictures for each class",
            received=listing(sorted(entry.name for entry in folder.iterdir())),
            do=_DO,
        )
    # What cannot be used has no say in where the classes are.
    places, guesses = lay_out([() if one.reason else one.parts for one in found], str(folder))
    rows = [
        (one.path, class_name, split, one.reason or ("" if class_name else "not in a class folder"))
        for one, (class_name, split) in zip(found, places, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["path", "class_name", "split", "reason"], dtype=object)
    empty = without_pictures(_above_classes(found, places), found)
    guesses += [f"no pictures in {listing(empty)}"] if empty else []
    return table, guesses + ([f"ignored {listing(ignored)}"] if ignored else [])


def _above_classes(found: list[Found], places: list[Place]) -> set[str]:
    """Return the folders that hold the class folders."""
    above = set()
    for one, (class_name, _) in zip(found, places, strict=True):
        if class_name in one.parts:
            depth = len(one.parts) - one.parts.index(class_name)
            above.add(one.path.rsplit(os.sep, depth)[0])
    return above


def _digest(path: str, seed: int) -> str:
    with open_file(path) as stream:
        return hashlib.blake2b(stream.read(), digest_size=16, key=str(seed).encode()).hexdigest()


def _in_two_classes(table: pd.DataFrame) -> list[str]:
    """Return a reason for pictures that lie in more than one class: which label is right cannot be known."""
    classes = defaultdict(set)
    for digest, name in zip(table["digest"], table["class_name"], strict=True):
        classes[digest].add(name)
    return [
        f"the same picture in {' and '.join(sorted(classes[digest]))}" if len(classes[digest]) > 1 else ""
        for digest in table["digest"]
    ]


def _in_two_splits(table: pd.DataFrame) -> list[str]:
    shared = int((table.groupby("digest")["split"].nunique() > 1).sum())
    return [f"the same picture in two splits, {shared:,} times"] if shared else []
