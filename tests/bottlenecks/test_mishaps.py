"""A week of mishaps: what each day changes, and that it changes nothing else."""

from pathlib import Path

import numpy as np
import pytest
from tiny import make_dataset

from course_utils.backbones import load_backbone
from course_utils.bottlenecks.mishaps import ordinary_week


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    folder = tmp_path_factory.mktemp("week")
    backbone = load_backbone("mini_mobilenet_v2")
    return ordinary_week(backbone, make_dataset(folder / "dots"), folder / "days")


def contents(week, day):
    """Return what is in the files of a day's album, with their labels, by name."""
    _, album = next(value for name, value in week.items() if name.startswith(day))
    table = album.table
    return {
        Path(path).name: (Path(path).read_bytes(), label)
        for path, label in zip(table["path"], table["label"], strict=True)
    }


def backbone(week, day):
    return next(value for name, value in week.items() if name.startswith(day))[0]


def test_the_album_has_all_pictures_mixed_with_their_labels(week, tmp_path):
    dots = make_dataset(tmp_path / "again").table
    originals = {
        Path(path).read_bytes(): label for path, label in zip(dots["path"], dots["label"], strict=True)
    }
    sunday = contents(week, "Sunday")
    assert list(sunday) == [f"IMG_{n:04}.png" for n in range(1, len(dots) + 1)]
    assert dict(sunday.values()) == originals and list(dict(sunday.values())) != list(originals)


def test_monday_has_other_weights_and_tuesday_another_size(week):
    own = backbone(week, "Sunday")
    monday, tuesday = backbone(week, "Monday"), backbone(week, "Tuesday")
    pairs = zip(own.get_weights(), monday.get_weights(), strict=True)
    assert not all(np.array_equal(a, b) for a, b in pairs) and monday.input_shape == own.input_shape
    pairs = zip(own.get_weights(), tuesday.get_weights(), strict=True)
    assert all(np.array_equal(a, b) for a, b in pairs) and tuesday.input_shape[1] == own.input_shape[1] // 2
    assert contents(week, "Monday") == contents(week, "Tuesday") == contents(week, "Sunday")


def test_on_wednesday_one_file_has_changed(week):
    sunday, wednesday = contents(week, "Sunday"), contents(week, "Wednesday")
    assert [name for name in sunday if sunday[name] != wednesday[name]] == ["IMG_0002.png"]
    album = week["Wednesday: a cropped photo"][1]
    assert album.images([1], 8).shape == (1, 8, 8, 3)


def test_on_thursday_each_file_has_the_name_of_the_one_before(week):
    sunday, thursday = list(contents(week, "Sunday").values()), contents(week, "Thursday")
    assert list(thursday.values()) == sunday[1:] and list(thursday)[0] == "IMG_0001.png"
