"""Read the five tables of CUB-200-2011 (Wah et al., 2011) and join them."""

from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets import layouts
from course_utils.datasets.dataset import ImageDataset
from course_utils.datasets.matching import check_names, match_names, same_file
from course_utils.datasets.walk import Found, say
from course_utils.errors import DataError
from course_utils.names import printable, unified_path

_DO = "unpack CUB_200_2011.tgz or use sketchbook.make_birds, and give the folder that holds images.txt."
_COLUMNS = {
    "images.txt": {"image_id": int, "file": unified_path},
    "image_class_labels.txt": {"image_id": int, "class_id": int},
    "train_test_split.txt": {"image_id": int, "is_training": int},
    "bounding_boxes.txt": {"image_id": int, "x": float, "y": float, "width": float, "height": float},
}
_LACKS = {  # why a picture cannot be used: the table that says too little, and the column that is then empty
    "not named in images.txt": ("images.txt", "file"),
    "without a row in image_class_labels.txt": ("image_class_labels.txt", "class_id"),
    "without a row in classes.txt": ("classes.txt", "class_name"),
    "without a row in train_test_split.txt": ("train_test_split.txt", "is_training"),
    "without a row in bounding_boxes.txt": ("bounding_boxes.txt", "has_box"),
}


def load_cub(folder: str | Path) -> ImageDataset:
    """Load a folder in the layout of CUB-200-2011: its five tables joined, boxes included.

    A picture needs its file and a row in each table; others are left out, and one line says how many and why.
    Classes without pictures are dropped. Drawn data sets bring `truth.csv`, whose columns are added.

    Raises
    ------
    DataError : the folder is missing, empty, half-written or of another data set.

    Source: C. Wah et al., "The Caltech-UCSD Birds-200-2011 Dataset", Caltech CNS-TR-2011-001.
    """
    return ImageDataset(*_read(folder))


def _read(folder: str | Path) -> tuple[str, pd.DataFrame, list[str], pd.DataFrame]:
    """Return name, table, class names and left-out pictures. See `datasets.load_cub`."""
    folder = layouts.open_folder(folder, "CUB-200-2011", _DO)
    classes = layouts.read_table(folder / "classes.txt", {"class_id": int, "class_name": printable})
    tables = {name: layouts.read_table(folder / name, columns) for name, columns in _COLUMNS.items()}
    joined = join_tables(tables)
    images, title = folder / "images", printable(folder.name)
    on_disk = layouts.pictures_below(images, title)
    paths = match_names(joined["file"].dropna(), on_disk)
    named = [
        paths.get(file) or str(images / file) if isinstance(file, str) else f"image_id {image_id}"
        for image_id, file in zip(joined["image_id"], joined["file"], strict=True)
    ]
    joined["path"] = pd.Series(named, dtype=object)
    joined = _add_unnamed(joined, on_disk)
    classes["class_name"] = _told_apart(classes, title)
    joined["class_name"] = joined["class_id"].map(classes.set_index("class_id")["class_name"])
    reason = missing_rows(joined)
    _check_tables(folder, joined, reason, on_disk)
    complete = reason == ""
    reason[complete] = layouts.file_problems(joined.loc[complete, "path"], on_disk)
    usable = joined[reason == ""].astype({"image_id": int})
    reason[reason == ""] = same_file(usable, ["class_id", "is_training"], "image_id")
    kept, left_out = layouts.split_off(joined, reason, title, _DO)
    present = classes[classes["class_id"].isin(kept["class_id"])]
    table = layouts.add_truth(_tidy(kept, present), folder / "truth.csv", "image_id")
    return title, table, present["class_name"].tolist(), left_out


def join_tables(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row for each image_id that any table names; what a table lacks is NaN."""
    joined = tables["images.txt"]
    tables = tables | {"bounding_boxes.txt": tables["bounding_boxes.txt"].assign(has_box=True)}
    for name in list(_COLUMNS)[1:]:
        joined = joined.merge(tables[name], on="image_id", how="outer")
    return joined.sort_values("image_id", ignore_index=True)


def missing_rows(joined: pd.DataFrame) -> pd.Series:
    """Return for each row "" or the first reason why the tables do not say enough about the picture."""
    box = joined[["x", "y", "width", "height"]]
    reasons = {why: joined[column].isna() for why, (_, column) in _LACKS.items()}
    reasons["with a bounding box that is no number"] = ~np.isfinite(box).all(axis=1)
    reasons["with a bounding box of no size"] = (box[["width", "height"]] <= 0).any(axis=1)
    return layouts.first_reason(reasons)


def _told_apart(classes: pd.DataFrame, title: str) -> pd.Series:
    """Return class names for people, with the number where it alone tells two classes apart; say which these are."""
    names = classes["class_name"].map(layouts.readable)
    alike = names.duplicated(keep=False)
    names[alike] += " (" + classes["class_id"].astype(str) + ")"
    if alike.any():
        say(f"{title}: classes of one name: {layouts.listing(names[alike].tolist())}.")
    return names


def _add_unnamed(joined: pd.DataFrame, on_disk: dict[str, Found]) -> pd.DataFrame:
    """Add a row for each file that images.txt does not name.

    Such a file and the rows of the other tables that images.txt does not name are the same pictures, so the
    files alone are counted where there are any.
    """
    files = sorted(on_disk.keys() - set(joined["path"]))
    if not files:
        return joined
    named = joined[joined["file"].notna()]
    return pd.concat([named, pd.DataFrame({"path": files}, dtype=object)], ignore_index=True)


def _check_tables(folder: Path, joined: pd.DataFrame, reason: pd.Series, on_disk: dict[str, Found]) -> None:
    here = joined["path"].isin(on_disk)
    check_names(folder / "images.txt", joined, "file", on_disk)
    for why, (file, _) in _LACKS.items():
        layouts.check_not_half_written(folder / file, int((reason[here] == why).sum()), int(here.sum()))
    wrong = ~joined["is_training"].isin([0, 1]) & joined["is_training"].notna()
    if wrong.any():
        raise DataError(
            f"{folder / 'train_test_split.txt'} holds a value that is no split.",
            expected="1 for training, 0 for test",
            received=str(joined.loc[wrong, "is_training"].iloc[0]),
            do="put 0 or 1 there, or unpack the data again.",
        )


def _tidy(kept: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    labels = {class_id: label for label, class_id in enumerate(present["class_id"])}
    return pd.DataFrame(
        {
            "path": kept["path"],
            "label": kept["class_id"].map(labels).astype(int),
            "class_name": kept["class_name"],
            "split": np.where(kept["is_training"] == 1, "train", "test"),
            **{column: kept[column].astype(float) for column in ("x", "y", "width", "height")},
            "image_id": kept["image_id"].astype(int),
        }
    )
