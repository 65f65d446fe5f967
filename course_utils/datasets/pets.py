"""Read the tables of the Oxford-IIIT Pet data set (Parkhi et al., 2012)."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets import layouts
from course_utils.datasets.dataset import ImageDataset
from course_utils.datasets.matching import check_names, match_names, same_file, without_ending
from course_utils.datasets.walk import say
from course_utils.errors import DataError
from course_utils.names import printable, unified, unified_path
from course_utils.pictures import crop_edges, picture_size

_DO = (
    "unpack images.tar.gz and annotations.tar.gz into one folder or use sketchbook.make_pets, and give that."
)
_COLUMNS = {
    "name": lambda name: without_ending(unified_path(name)),
    "class_id": int,
    "species_id": int,
    "breed_id": int,
}
_SPECIES = {1: "cat", 2: "dog"}
_LACKS = {file: f"without a row in {file}" for file in ("list.txt", "trainval.txt or test.txt")}
_NO_BOX = (np.nan,) * 4
# Oxford's breeds that have no class of their own in ImageNet (ILSVRC 2012): the 14 that the post "Basic Transfer
# Learning" (2019) lists, without the leonberger, which is ImageNet's class 255, "Leonberg" (n02111129).
BREEDS_NOT_IN_IMAGENET = (
    "Abyssinian", "Bengal", "Birman", "Bombay", "British Shorthair", "Egyptian Mau", "Maine Coon", "Ragdoll",
    "Russian Blue", "Sphynx", "american bulldog", "havanese", "shiba inu",
)  # fmt: skip
_SPLITS = {"train": "trainval.txt", "test": "test.txt"}


def load_pets(folder: str | Path) -> ImageDataset:
    """Load a folder in the layout of Oxford-IIIT Pet: `images/` and `annotations/` side by side.

    `trainval.txt` is the split "train". The column `species` is "cat" or "dog". The box round the head is in
    `head_x`, `head_y`, `head_width`, `head_height`, in pixels, NaN where the data set has none.

    Raises
    ------
    DataError : the folder is missing, empty, half-written or of another data set.

    Source: O. M. Parkhi et al., "Cats and Dogs", CVPR 2012.
    """
    return ImageDataset(*_read(folder))


def met_before(breed: str) -> bool:
    """Return whether its profile's backbone was trained on a breed: one of the field guide, or in ImageNet."""
    from course_utils.sketchbook import load_pets as load_drawn

    drawn = {layouts.readable(name): pet.known for name, pet in load_drawn().items()}
    return drawn.get(breed, breed not in BREEDS_NOT_IN_IMAGENET)


def _read(folder: str | Path) -> tuple[str, pd.DataFrame, list[str], pd.DataFrame]:
    """Return name, table, class names and left-out pictures. See `datasets.load_pets`."""
    folder = layouts.open_folder(folder, "Oxford-IIIT Pet", _DO)
    notes, images = folder / "annotations", folder / "images"
    listed = layouts.read_table(notes / "list.txt", _COLUMNS)
    tables = {split: layouts.read_table(notes / file, _COLUMNS) for split, file in _SPLITS.items()}
    members = {split: set(table["name"].str.casefold()) for split, table in tables.items()}
    _check_values(notes, listed, members)
    title = printable(folder.name)
    on_disk = layouts.pictures_below(images, title)
    paths = match_names(listed["name"], on_disk)
    named = [paths.get(name) or str(images / f"{name}.jpg") for name in listed["name"]]
    listed["path"] = pd.Series(named, dtype=object)
    others = pd.DataFrame({"path": sorted(on_disk.keys() - set(listed["path"]))}, dtype=object)
    table = pd.concat([listed, others], ignore_index=True)
    folded = table["name"].str.casefold()
    table["split"] = layouts.first_reason({split: folded.isin(names) for split, names in members.items()})
    reason = _missing_rows(table)
    check_names(notes / "list.txt", table, "name", on_disk)
    _check_half_written(notes, table["path"].isin(on_disk), reason)
    complete = table[reason == ""]
    reason[complete.index] = layouts.file_problems(complete["path"], on_disk)
    usable = table[reason == ""]
    reason[usable.index] = same_file(usable, ["class_id", "split"], "name")
    kept, left_out = layouts.split_off(table, reason, title, _DO)
    kept, class_names = _tidy(kept)
    files = _xml_files(notes)
    _say_spare(files, {*folded.dropna(), *(Path(path).stem.casefold() for path in others["path"])}, title)
    kept = kept.join(_head_boxes(kept, files, title))
    return title, layouts.add_truth(kept, notes / "truth.csv", "image"), class_names, left_out


def _missing_rows(table: pd.DataFrame) -> pd.Series:
    stems = set(table["name"].dropna().str.casefold())
    again = table["name"].isna() & table["path"].map(lambda path: Path(path).stem.casefold() in stems)
    masks = {"list.txt": table["name"].isna() & ~again, "trainval.txt or test.txt": table["split"] == ""}
    reasons = {"of the same name as another picture": again}
    return layouts.first_reason(reasons | {why: masks[file] & ~again for file, why in _LACKS.items()})


def _check_half_written(notes: Path, here: pd.Series, reason: pd.Series) -> None:
    for file, why in _LACKS.items():
        layouts.check_not_half_written(notes / file, int((reason[here] == why).sum()), int(here.sum()))


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
    breeds = kept["name"].str.rpartition("_")[0].map(layouts.readable)
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


def _head_boxes(table: pd.DataFrame, files: dict[str, Path], title: str) -> pd.DataFrame:
    """Return head_x, head_y, head_width, head_height in pixels; NaN where a picture has no XML file.

    A line says where a box had to be put right, or is none and becomes NaN too.
    """
    in_any_case = {name.casefold(): file for name, file in files.items()}
    boxes, remarks = [], []
    for name, path in zip(table["image"], table["path"], strict=True):
        file = files.get(name) or in_any_case.get(name.casefold())
        box, remark = _head_box(file, path) if file else (_NO_BOX, "")
        boxes.append(box)
        remarks += [f"{file.name} {remark}"] if remark else []
    if remarks:
        say(f"{title}: {len(remarks):,} odd head boxes: {layouts.listing(remarks)}.")
    return pd.DataFrame(boxes, columns=["head_x", "head_y", "head_width", "head_height"], dtype=float)


def _xml_files(notes: Path) -> dict[str, Path]:
    """Return the XML files by the name of their picture."""
    folders = [folder for folder in notes.iterdir() if folder.name.casefold() == "xmls" and folder.is_dir()]
    files = [file for folder in folders for file in sorted(folder.iterdir()) if file.suffix.lower() == ".xml"]
    shown = [file for file in files if not file.name.startswith(".")]
    return {without_ending(unified(file.stem)): file for file in shown}


def _say_spare(files: dict[str, Path], pictures: set[str], title: str) -> None:
    spare = sorted(file.name for name, file in files.items() if name.casefold() not in pictures)
    if spare:
        say(f"{title}: {len(spare):,} XML files belong to no picture: {layouts.listing(spare)}.")


def _head_box(file: Path, picture: str) -> tuple[tuple[float, ...], str]:
    """Return x, y, width, height of the first object in an XML file, and what was odd about it."""
    corners, n_objects = _corners(file)
    if not n_objects:
        return _NO_BOX, "names no object (NaN)"
    odd = [f"names {n_objects} objects (the first counts)"] if n_objects > 1 else []
    if not np.isfinite(corners).all():
        return _NO_BOX, " and ".join([*odd, "has a corner that is no number (NaN)"])
    (left, right), (top, bottom) = sorted(corners[::2]), sorted(corners[1::2])
    if [left, top, right, bottom] != corners:
        odd += ["has swapped corners (put in order)"]
    # VOC counts pixels from 1, and the last one belongs to the box.
    box = left - 1, top - 1, right - left + 1, bottom - top + 1
    try:
        crop_edges(box, *picture_size(picture))
    except DataError:
        return box, " and ".join(odd)  # the picture is damaged: whoever reads it will be told
    except ValueError:
        return _NO_BOX, " and ".join([*odd, "lies outside its picture (NaN)"])
    return box, " and ".join(odd)


def _corners(file: Path) -> tuple[list[float], int]:
    """Return left, top, right, bottom of the first object in a VOC file, as they are there, and how many it names."""
    try:
        objects = ElementTree.parse(file).getroot().findall("object")
    except (ElementTree.ParseError, LookupError, ValueError, OSError) as error:
        is_empty = isinstance(error, ElementTree.ParseError) and not file.stat().st_size
        raise _damaged(file, "an empty file" if is_empty else str(error), "get the file anew") from error
    if not objects:
        return [], 0
    corners = []
    for tag in ("xmin", "ymin", "xmax", "ymax"):
        text = objects[0].findtext(f"bndbox/{tag}")
        try:
            corners.append(float(text))
        except (TypeError, ValueError) as error:
            received = "none" if text is None else repr(text)
            raise _damaged(file, f"bndbox/{tag}: {received}", f"write a number for {tag}") from error
    return corners, len(objects)


def _damaged(file: Path, received: str, mend: str) -> DataError:
    return DataError(
        f"{file} cannot be read.",
        expected="Pascal VOC XML with xmin, ymin, xmax, ymax in object/bndbox",
        received=received,
        do=f"{mend}, or remove the file (the box becomes NaN).",
    )
