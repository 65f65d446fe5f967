"""TensorFlow Datasets' own builder reads drawn pets and real ones, without a network."""

import os
import shutil
import subprocess
import sys
import tarfile

import numpy as np
import pytest

from course_utils import sketchbook
from course_utils.datasets import load_pets
from course_utils.datasets.tfds_pets import ARCHIVES, digest, find_archives, pack_pets, prepare_pets
from course_utils.environment import Course
from course_utils.errors import DataError

BREEDS = ["Harbour_Tabby", "Mallow_Patch", "pudding_mop"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return sketchbook.make_pets(
        tmp_path_factory.mktemp("pets") / "pets", 4, px=32, breeds=BREEDS, processes=1
    )


@pytest.fixture
def pets(drawn, tmp_path):
    """A copy that may be damaged."""
    return shutil.copytree(drawn, tmp_path / "pets")


@pytest.fixture
def archives(drawn, tmp_path):
    (tmp_path / "archives").mkdir()
    pack_pets(drawn, tmp_path / "archives")
    return tmp_path / "archives"


OFFLINE = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError(f"the network was asked for: {arguments}")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from course_utils.datasets.tfds_pets import prepare_pets
import tensorflow_datasets as tfds
folder = prepare_pets(sys.argv[1], sys.argv[2])
dataset, info = tfds.load("oxford_iiit_pet", data_dir=folder, with_info=True, download=False)
for split in ("train", "test"):
    for row in tfds.as_numpy(dataset[split]):
        print(split, row["file_name"].decode(), row["label"], row["species"], row["image"].shape, end=" ")
        print(*set(row["segmentation_mask"].flat))
"""


def test_the_builder_reads_drawn_pets_in_a_fresh_process_and_home_without_a_network(drawn, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    environ = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    environ |= {"TF_CPP_MIN_LOG_LEVEL": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", OFFLINE, drawn, tmp_path / "tfds"], env=environ, capture_output=True, text=True
    )
    assert not ran.returncode, ran.stderr
    rows = [line.split(" ", 4) for line in ran.stdout.splitlines()]
    table = load_pets(drawn).table
    names = {(row.split, f"{row.image}.jpg"): row for row in table.itertuples()}
    assert {(split, name) for split, name, *_ in rows} == set(names) and len(rows) == len(table) == 12
    for split, name, label, species, rest in rows:
        truth = names[split, name]
        assert (int(label), ["cat", "dog"][int(species)]) == (truth.label, truth.species)
        assert rest.startswith("(32, 32, 3) ") and {"1", "2"} <= set(rest.split(") ")[1].split())
    assert not list(tmp_path.glob("tfds/**/*.tar.gz")), "nothing but the records stays"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "tfds"]


def test_what_is_there_is_not_built_again(drawn, tmp_path):
    (tmp_path / "tfds").mkdir()
    assert prepare_pets(drawn, tmp_path / "tfds") == tmp_path / "tfds"
    assert not list((tmp_path / "tfds").iterdir())


def test_archives_have_the_same_bytes_each_time_and_all_that_the_builder_wants(drawn, archives, tmp_path):
    (tmp_path / "again").mkdir()
    pack_pets(drawn, tmp_path / "again")
    for name in ARCHIVES:
        assert (archives / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    names = {name for archive in ARCHIVES for name in tarfile.open(archives / archive).getnames()}
    assert {"images/Mallow_Patch_1.jpg", "annotations/trimaps/Mallow_Patch_1.png"} <= names
    assert {"annotations/list.txt", "annotations/xmls/Mallow_Patch_1.xml"} <= names
    assert not any("truth" in name or "README" in name for name in names)


def test_archives_that_are_not_the_publishers_are_refused(archives, tmp_path):
    with pytest.raises(
        DataError, match="(?s)not the publisher's.*sha256:67195c.*wrong checksum.*download them"
    ):
        prepare_pets(archives, tmp_path / "tfds")
    assert not (tmp_path / "tfds").exists()


def test_after_drawn_pets_the_publishers_checksums_count_again(drawn, archives, tmp_path):
    import tensorflow_datasets as tfds

    known = dict(tfds.builder_cls("oxford_iiit_pet").url_infos)
    prepare_pets(drawn, tmp_path / "first")
    assert tfds.builder_cls("oxford_iiit_pet").url_infos == known
    with pytest.raises(DataError, match="not the publisher's"):
        prepare_pets(archives, tmp_path / "second")


DAMAGES = {
    "no folder": (lambda pets: shutil.rmtree(pets), "no pets in(?s:.*)Received: no such folder"),
    "no list": (
        lambda pets: (pets / "annotations/test.txt").unlink(),
        "no pets in(?s:.*)with list.txt, trainval.txt",
    ),
    "no picture": (
        lambda pets: next((pets / "images").glob("pudding*")).unlink(),
        "(trainval|test).txt names a picture(?s:.*)none in images/(?s:.*)11 pictures and 12 trimaps",
    ),
    "no trimaps": (
        lambda pets: shutil.rmtree(pets / "annotations/trimaps"),
        "names a picture(?s:.*)none in annotations/trimaps/",
    ),
    "no JPEG": (
        lambda pets: sorted((pets / "images").iterdir())[3].write_bytes(b"no picture"),
        "Harbour_Tabby_4.jpg is no picture(?s:.*)begins with b'no p'",
    ),
    "an empty file": (
        lambda pets: sorted((pets / "images").iterdir())[3].write_bytes(b""),
        "Harbour_Tabby_4.jpg is no picture(?s:.*)an empty file",
    ),
    "an odd row": (
        lambda pets: (pets / "annotations/test.txt").write_text("Mallow_Patch_1 two\n"),
        "cannot read the pets",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_pets_are_explained_and_leave_nothing(pets, tmp_path, damage):
    harm, words = DAMAGES[damage]
    harm(pets)
    with pytest.raises(DataError, match=words):
        prepare_pets(pets, tmp_path / "tfds")
    assert not (tmp_path / "tfds").exists()
    assert not [path for path in tmp_path.iterdir() if path.name != "pets"], "no draft stays"


@pytest.mark.parametrize("value", [None, 3, ""])
def test_a_source_that_is_no_path_is_refused(value, tmp_path):
    with pytest.raises(ValueError, match="`source` must be the folder of the pets"):
        prepare_pets(value, tmp_path)


def test_archives_are_found_where_both_are(archives, tmp_path):
    assert find_archives(None, tmp_path / "no folder", tmp_path) is None
    assert find_archives(None, tmp_path, archives) == archives
    (archives / ARCHIVES[0]).unlink()
    assert find_archives(archives) is None


def test_other_lists_make_another_folder(pets):
    before = digest(pets)
    assert digest(pets) == before
    with (pets / "annotations/trainval.txt").open("a") as file:
        file.write("\n")
    assert digest(pets) != before


def test_the_photo_profile_takes_the_publishers_archives_where_they_are(
    archives, drawn, tmp_path, monkeypatch
):
    from course_utils.datasets import tfds_pets

    seen = []
    monkeypatch.setattr(tfds_pets, "prepare_pets", lambda source, folder: seen.append(source) or folder)
    (tmp_path / "photos").mkdir()
    shutil.copytree(drawn, tmp_path / "photos/oxford_iiit_pet")
    course = Course("photo", 0, "efficientnet_lite0", 224, tmp_path / "data", photos=tmp_path / "photos")
    unpacked = course.tfds_folder()
    for name in ARCHIVES:
        shutil.copy(archives / name, tmp_path / "photos")
    packed = course.tfds_folder()
    assert seen == [tmp_path / "photos/oxford_iiit_pet", tmp_path / "photos"]
    assert packed != unpacked and packed.parent == tmp_path / "data/tfds"


@pytest.mark.real
def test_the_builder_reads_real_pets(real_data, tmp_path):
    import tensorflow_datasets as tfds

    folder = prepare_pets(real_data / "oxford_iiit_pet", tmp_path / "tfds")
    dataset, info = tfds.load("oxford_iiit_pet", data_dir=folder, with_info=True, download=False)
    assert {name: split.num_examples for name, split in info.splits.items()} == {"train": 185, "test": 185}
    names = info.features["label"].names
    for row in tfds.as_numpy(dataset["test"].take(20)):
        assert row["file_name"].decode().rpartition("_")[0] == names[row["label"]], (
            "here the builder's names are right"
        )
        assert np.ptp(row["image"]) > 50
