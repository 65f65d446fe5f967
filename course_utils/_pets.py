"""Read the tables of the Oxford-IIIT Pet data set (Parkhi et al., 2012)."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils._layouts import (
    add_truth,
    check_not_half_written,
    file_problems,
    files_below,
    first_reason,
    open_folder,
    read_table,
    readable,
    split_off,
)
from course_utils.errors import DataError

_DO = (
    "unpack images.tar.gz and annotations.tar.gz into one folder or use sketchbook.make_pets, and give that."
)
_COLUMNS = {"name": str, "class_id": int, "species_id": int, "breed_id": int}
_SPECIES = {1: "cat", 2: "dog"}
_SPLITS = {"train": "trainval.txt", "test": "test.txt"}


def read_pets(folder: str | Path) -> tuple[str, pd.DataFrame, list[str], pd.DataFrame]:
    """Return name, table, class names and left-out pictures. See `datasets.load_pets`."""
    folder = open_folder(folder, "Oxford-IIIT Pet", _DO)
    notes, images = folder / "annotations", folder / "images"
    listed = read_table(notes / "list.txt", _COLUMNS)
    members = {split: set(read_table(notes / file, _COLUMNS)["name"]) for split, file in _SPLITS.items()}
    _check_values(notes, listed, members)
    listed["path"] = [str(images / f"{name}.jpg") for name in listed["name"]]
    on_disk = files_below(images)
    others = pd.DataFrame({"path": sorted(on_disk - set(listed["path"]))}, dtype=object)
    table = pd.concat([listed, others], ignore_index=True)
    table["split"] = first_reason({split: table["name"].isin(names) for split, names in members.items()})
    reason = _missing_rows(table)
    _check_half_written(notes, table["path"].isin(on_disk), reason)
    complete = reason == ""
    reason[complete] = file_problems(table.loc[complete, "path"], on_disk)
    kept, left_out = split_off(table, reason, folder.name, _DO)
    kept, class_names = _tidy(kept)
    kept = kept.join(_head_boxes(kept["image"], notes / "xmls"))
    return folder.name, add_truth(kept, notes / "truth.csv", "image"), class_names, left_out


def _missing_rows(table: pd.DataFrame) -> pd.Series:
    reasons = {
        "without a row in list.txt": table["name"].isna(),
        "without a row in trainval.txt or test.txt": table["split"] == "",
    }
    return first_reason(reasons)


def _check_half_written(notes: Path, here: pd.Series, reason: pd.Series) -> None:
    for why in reason[here & (reason != "")].unique():
        lacking = int((reason[here] == why).sum())
        check_not_half_written(notes / why.split()[-1], lacking, int(here.sum()))


def _check_values(notes: Path, listed: pd.DataFrame, members: dict[str, set[str]]) -> None:
    both = sorted(set.intersection(*members.values()))
    if both:
        raise DataError(
            f"{notes}: trainval.txt and test.txt share pictures.",
            expected="each picture in one of them",
            received=f"{len(both)} in both, the first is {both[0]}",
            do="take them out of trainval.txt: a test picture must not be trained on.",
        )
    wrong = sorted(set(listed["species_id"]) - set(_SPECIES))
    if wrong:
        raise DataError(
            f"{notes / 'list.txt'} names an unknown species.",
            expected="1 (cat) or 2 (dog)",
            received=str(wrong[0]),
            do="unpack or make the data again.",
        )


def _tidy(kept: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    breeds = kept["name"].str.rpartition("_")[0].map(readable)
    class_names = list(dict.fromkeys(breeds[kept["class_id"].sort_values(kind="stable").index]))
    table = pd.DataFrame(
        {
            "path": kept["path"],
            "label": breeds.map(class_names.index),
            "class_name": breeds,
            "split": kept["split"],
            "species": kept["species_id"].astype(int).map(_SPECIES),
            "image": kept["name"],
        }
    )
    return table, class_names


def _head_boxes(names: pd.Series, folder: Path) -> pd.DataFrame:
    """Return head_x, head_y, head_width, head_height in pixels; NaN where a picture has no XML file."""
    here = {file.stem for file in folder.glob("*.xml")}
    boxes = [_head_box(folder / f"{name}.xml") if name in here else (np.nan,) * 4 for name in names]
    return pd.DataFrame(boxes, columns=["head_x", "head_y", "head_width", "head_height"], dtype=float)


def _head_box(file: Path) -> tuple[float, float, float, float]:
    try:
        box = ElementTree.parse(file).getroot().find("object/bndbox")
        left, top, right, bottom = (float(box.find(tag).text) for tag in ("xmin", "ymin", "xmax", "ymax"))
    except (ElementTree.ParseError, AttributeError, TypeError, ValueError) as error:
        raise DataError(
            f"{file} cannot be read.",
            expected="Pascal VOC XML with one object/bndbox",
            received=str(error),
            do="remove the file (the box becomes NaN) or get it anew.",
        ) from error
    # VOC counts pixels from 1, and the last one belongs to the box.
    return left - 1, top - 1, right - left + 1, bottom - top + 1
