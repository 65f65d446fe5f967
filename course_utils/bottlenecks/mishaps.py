"""Ordinary days after which stored features are wrong, to try a cache on: each is a backbone and an album of photos."""

import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import keras
import pandas as pd
from PIL import Image

from course_utils.backbones import load_backbone
from course_utils.datasets import ImageDataset

Day = tuple[keras.Model, ImageDataset]

_made: list[tempfile.TemporaryDirectory] = []  # each goes with the last reference to it


def ordinary_week(backbone: keras.Model, dataset: ImageDataset, folder: Path | None = None) -> dict[str, Day]:
    """Return the days of a week, what happens on each as its name, each with a backbone and an album.

    The album has the data set's pictures, mixed, as copies that are numbered as a camera does it; the albums of
    Wednesday and Thursday lie in folders of their own, so each day can be had as often as one likes.

    Parameters
    ----------
    backbone : as `load_backbone` returned it; Sunday's.
    folder : where to copy the pictures to; by default one that goes when Python ends.

    Raises
    ------
    ValueError : the data set has no boxes; the second picture is cropped to its own.
    """
    if folder is None:
        _made.append(tempfile.TemporaryDirectory())
        folder = Path(_made[-1].name)
    order = list(range(len(dataset)))
    random.Random(0).shuffle(order)
    album = _numbered(dataset, dataset.table.iloc[order], folder / "album")
    half = backbone.input_shape[1] // 2
    return {
        "Sunday: nothing": (backbone, album),
        "Monday: other weights": (load_backbone(backbone.name, weights=None), album),
        "Tuesday: half the size": (load_backbone(backbone.name, image_size=half), album),
        "Wednesday: a cropped photo": (backbone, _with_second_cropped(album, folder / "cropped")),
        "Thursday: new numbers": (backbone, _numbered(dataset, album.table[1:], folder / "renumbered")),
    }


def _numbered(dataset: ImageDataset, table: pd.DataFrame, folder: Path) -> ImageDataset:
    """Copy the pictures of a table, IMG_0001 being its first."""
    folder.mkdir(parents=True, exist_ok=True)
    suffixes = [Path(path).suffix for path in table["path"]]
    paths = [str(folder / f"IMG_{n:04}{suffix}") for n, suffix in enumerate(suffixes, 1)]
    for old, new in zip(table["path"], paths, strict=True):
        shutil.copyfile(old, new)
    return replace(dataset, table=table.assign(path=paths).reset_index(drop=True))


def _with_second_cropped(album: ImageDataset, folder: Path) -> ImageDataset:
    """Copy the album; of the second picture save what is in its box, under its name."""
    copy = _numbered(album, album.table, folder)
    left, top, width, height = copy.boxes(copy.table.iloc[[1]])[0]
    path = copy.table["path"].iloc[1]
    with Image.open(path) as picture:
        picture.crop((left, top, left + width, top + height)).save(path)
    return copy
