"""Data sets on disk: formats of the real ones, knobs that do what they say, same bytes, nothing lost."""

import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from faults import raising
from PIL import Image

from course_utils.environment.course import PETS
from course_utils.errors import DataError
from course_utils.sketchbook import (
    Knobs,
    load_birds,
    load_pets,
    make_birds,
    make_folders,
    make_pets,
)
from course_utils.sketchbook.kinds import KINDS, find
from course_utils.sketchbook.pictures import bird_picture, pet_picture
from course_utils.sketchbook.sets import making, shots
from course_utils.sketchbook.sets.making import assign_habitats, default_species, plan_birds

BIRDS = list(load_birds())[:3]


def read(folder, name, columns):
    return pd.read_csv(folder / f"{name}.txt", sep=" ", header=None, names=columns)


@pytest.fixture(scope="module")
def cub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "cub"
    return make_birds(folder, species=BIRDS, per_species=6, px=48, processes=1)


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def test_the_five_tables_speak_of_the_same_pictures(cub):
    images = read(cub, "images", ["id", "path"])
    labels = read(cub, "image_class_labels", ["id", "label"])
    split = read(cub, "train_test_split", ["id", "train"])
    boxes, classes = read(cub, "bounding_boxes", ["id", *"xywh"]), read(cub, "classes", ["label", "name"])
    assert len(images) == 18
    for table in (images, labels, split, boxes):
        assert list(table.id) == list(range(1, 19))
    assert list(classes.label) == [1, 2, 3]
    named = labels.merge(classes, on="label")
    assert all(path.startswith(f"{name}/") for path, name in zip(images.path, named.name, strict=True))
    on_disk = {p.relative_to(cub / "images").as_posix() for p in (cub / "images").rglob("*.jpg")}
    assert on_disk == set(images.path)
    assert split.groupby(labels.label).train.sum().tolist() == [2, 2, 2]
    stem = BIRDS[0].replace(" ", "_").replace("-", "_")
    assert (cub / "classes.txt").read_text().startswith(f"1 001.{stem}\n")
    first = (cub / "bounding_boxes.txt").read_text().splitlines()[0].split(" ")
    assert len(first) == 5 and all(value.endswith(".0") for value in first[1:])


@pytest.mark.real
def test_tables_have_the_form_of_the_real_ones(cub, real_data):
    for name in ("images", "classes", "image_class_labels", "bounding_boxes", "train_test_split"):
        real = (real_data / "CUB_200_2011" / f"{name}.txt").read_text().splitlines()[0].split(" ")
        ours = (cub / f"{name}.txt").read_text().splitlines()[0].split(" ")
        assert len(real) == len(ours)
        if name == "bounding_boxes":
            assert [value.count(".") for value in real] == [value.count(".") for value in ours]


def pixels(folder, path):
    with Image.open(folder / "images" / path) as image:
        return np.asarray(image, float)


def photo_of(image, species, split, n):
    """Return which of the `n` photos of a species was written as `image`, by looking at the pixels."""
    photos = [bird_picture(species, 0, k, len(image), split=split) for k in range(n)]
    nearest, second = sorted(range(n), key=lambda k: np.abs(photos[k].image - image).mean())[:2]
    differences = [np.abs(photos[k].image - image).mean() for k in (nearest, second)]
    assert differences[0] < 8 < differences[1], "JPEG changes a picture a little, another picture is another"
    return photos[nearest]


def test_each_box_and_each_truth_is_that_of_its_own_picture(cub):
    truth, boxes = pd.read_csv(cub / "truth.csv"), read(cub, "bounding_boxes", ["id", *"xywh"])
    split, images = read(cub, "train_test_split", ["id", "train"]), read(cub, "images", ["id", "path"])
    rows = zip(truth.itertuples(), boxes.itertuples(), images.path, split.train, strict=True)
    for row, box, path, train in rows:
        assert row.species.replace(" ", "_").replace("-", "_") in path
        photo = photo_of(pixels(cub, path), row.species, "train" if train else "test", 4)
        assert (box.x, box.y, box.w, box.h) == photo.box
        for column in ("genus", "known", "habitat", "camera", "mirrored"):
            assert getattr(row, column) == photo.truth[column]
        assert row.occluded == pytest.approx(photo.truth["occluded"], abs=0.0006)
        assert pixels(cub, path).shape == (48, 48, 3)
    assert truth.habitat.nunique() > 1 and truth.mirrored.nunique() == 2


def test_any_number_of_processes_writes_the_same_bytes(cub, tmp_path, monkeypatch):
    monkeypatch.setattr(shots, "BATCH", 5)
    two = make_birds(tmp_path / "two", species=BIRDS, per_species=6, px=48, processes=2)
    assert digest(two) == digest(cub)


def test_a_picture_stays_the_same_however_many_are_drawn():
    short = plan_birds(BIRDS, 2, 4, 0, Knobs())
    long = plan_birds(BIRDS, 5, 9, 0, Knobs())
    assert {(s.name, s.split, s.index) for s in short} < {(s.name, s.split, s.index) for s in long}


def test_default_species_are_half_known_and_each_has_a_look_alike_of_its_half():
    names, birds = default_species(20), load_birds()
    assert len(names) == len(set(names)) == 20 and names == sorted(names)
    assert sum(birds[name].known for name in names) == 10
    halves = Counter((birds[name].genus, birds[name].known) for name in names)
    assert set(halves.values()) == {2}
    assert len(default_species(len(birds))) == len(birds)


@pytest.mark.parametrize("px", [48, 96, 100])
def test_the_box_of_a_near_copy_loses_nothing_of_the_bird(px):
    cut = px // 32
    for x, y, right, low in ((0, 0, px, px), (7, 11, 30, 41), (5, 3, 44, 38)):
        image, box = shots._near(Image.new("RGB", (px, px)), (x, y, right - x, low - y))
        exact = [min(max((v - cut) * px / (px - 2 * cut), 0), px) for v in (x, y, right, low)]
        lost = np.array([box[0], box[1], -box[0] - box[2], -box[1] - box[3]]) - exact * np.array(
            [1, 1, -1, -1]
        )
        assert image.size == (px, px) and (lost <= 0).all() and (lost > -1).all()


def test_each_split_has_its_camera():
    plan = plan_birds(BIRDS, 3, 3, 0, Knobs(test_camera="dusk", occlusion=0.4))
    assert {(s.split, s.camera, s.occlusion) for s in plan} == {("train", "day", 0.4), ("test", "dusk", 0.4)}


def test_rare_species_have_fewer_training_pictures():
    plan = plan_birds(BIRDS, 20, 10, 0, Knobs(rarity={BIRDS[1]: 0.1}))
    train = [sum(s.name == name and s.split == "train" for s in plan) for name in BIRDS]
    test = [sum(s.name == name and s.split == "test" for s in plan) for name in BIRDS]
    assert train == [20, 2, 20] and test == [10, 10, 10]
    none_left = plan_birds(BIRDS[:1], 20, 1, 0, Knobs(rarity={BIRDS[0]: 0.0}))
    assert sum(s.split == "train" for s in none_left) == 1


def test_habitat_goes_with_species_in_training_only():
    names = default_species(20)
    homes = assign_habitats(names)
    assert max(pd.Series(homes).value_counts()) == 2
    genera = pd.Series(homes).groupby(lambda name: find("birds", name).genus)
    assert all(group.is_unique for _, group in genera), "relatives never share a habitat"
    plan = pd.DataFrame(plan_birds(names, 20, 40, 0, Knobs(habitat_correlation=1.0)))
    train, test = plan[plan.split == "train"], plan[plan.split == "test"]
    assert (train.habitat == train.name.map(homes)).all()
    assert (test.habitat == test.name.map(homes)).mean() < 0.2
    same_places = plan_birds(names, 2, 9, 0, Knobs(habitat_correlation=1.0, test_habitat_correlation=1.0))
    assert all(shot.habitat == homes[shot.name] for shot in same_places)
    control = pd.DataFrame(plan_birds(names, 20, 40, 0, Knobs(habitat_correlation=0.0)))
    control = control[control.split == "train"]
    assert (control.habitat == control.name.map(homes)).mean() < 0.2
    assert all(shot.habitat is None for shot in plan_birds(names, 2, 2, 0, Knobs()))


def test_leaked_pictures_are_copies_of_test_pictures(tmp_path):
    amounts = {"per_species": 8, "train_per_species": 2, "px": 48, "processes": 1}
    folder = make_birds(tmp_path / "leaky", species=BIRDS, knobs=Knobs(leak=0.5), **amounts)
    truth = pd.read_csv(folder / "truth.csv", keep_default_na=False).set_index("image_id")
    paths = read(folder, "images", ["id", "path"]).set_index("id").path
    train = read(folder, "train_test_split", ["id", "train"]).set_index("id").train
    boxes = read(folder, "bounding_boxes", ["id", *"xywh"]).set_index("id")
    copies = truth[truth["copy"] != ""]
    assert copies["copy"].value_counts().to_dict() == {"exact": 6, "near": 3}
    for k, row in copies.iterrows():
        source = int(row.copy_of)
        assert train[k] == 1 and train[source] == 0 and truth.species[source] == row.species
        ours, theirs = ((folder / "images" / paths[i]).read_bytes() for i in (k, source))
        assert (ours == theirs) == (row["copy"] == "exact")
        ours, theirs = (pixels(folder, paths[i]) for i in (k, source))
        assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.8
        if row["copy"] == "exact":
            assert list(boxes.loc[k]) == list(boxes.loc[source])
        else:
            photo = photo_of(theirs, row.species, "test", 6)
            assert_tight(tuple(boxes.loc[k].astype(int)), enlarged(photo.mask >= 128))


def enlarged(mask):
    """Return a mask as in a near copy: a pixel of the margin cut off, then as large as before."""
    inner = Image.fromarray(mask).crop((1, 1, len(mask) - 1, len(mask) - 1))
    return np.asarray(inner.resize(mask.shape, Image.Resampling.NEAREST))


def assert_tight(box, mask):
    """The box holds all of the mask, and none of its sides is more than a pixel away."""
    x, y, right, low = box[0], box[1], box[0] + box[2], box[1] + box[3]
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    assert 0 <= columns[0] - x <= 1 and 0 <= right - 1 - columns[-1] <= 1
    assert 0 <= rows[0] - y <= 1 and 0 <= low - 1 - rows[-1] <= 1


def test_pets_have_the_layout_of_oxford(tmp_path):
    breeds = list(load_pets())[-2:] + list(load_pets())[:2]
    folder = make_pets(tmp_path / "pets", 4, px=64, breeds=breeds, processes=1)
    lines = (folder / "annotations/list.txt").read_text().splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    assert lines[0] == "#Image CLASS-ID SPECIES BREED ID" and len(rows) == 16
    for name, number, species, _ in rows:
        breed = name.rpartition("_")[0]
        assert int(species) == (1 if load_pets()[breed].species == "cat" else 2)
        assert (int(species) == 1) == breed[0].isupper()
        assert int(number) == sorted(breeds, key=str.lower).index(breed) + 1
        assert (folder / f"images/{name}.jpg").is_file()
    split = [(folder / f"annotations/{part}.txt").read_text().splitlines() for part in ("trainval", "test")]
    assert [len(part) for part in split] == [8, 8] and not set(split[0]) & set(split[1])
    assert sorted(split[0] + split[1]) == sorted(line for line in lines if not line.startswith("#"))


def test_trimaps_and_head_boxes_fit_the_pet(tmp_path):
    breed = list(load_pets())[0]
    folder = make_pets(tmp_path / "pets", 4, px=96, breeds=[breed], processes=1)
    keys = [(split, k) for split in ("train", "test") for k in range(2)]
    photos = [pet_picture(breed, 0, k, 96, split=split) for split, k in keys]
    masks = [photo.mask >= 128 for photo in photos]
    for k in range(1, 5):
        trimap = np.asarray(Image.open(folder / f"annotations/trimaps/{breed}_{k}.png"))
        assert set(np.unique(trimap)) == {1, 2, 3}
        (which,) = [n for n, m in enumerate(masks) if m[trimap == 1].all() and not m[trimap == 2].any()]
        mask, points = masks[which], photos[which].points
        assert mask[trimap == 3].any() and not mask[trimap == 3].all()
        xml = ElementTree.parse(folder / f"annotations/xmls/{breed}_{k}.xml")
        assert xml.findtext("object/name") == load_pets()[breed].species
        sides = ("xmin", "ymin", "xmax", "ymax")
        x0, y0, x1, y1 = (int(xml.findtext(f"object/bndbox/{side}")) for side in sides)
        assert 1 <= x0 < x1 <= 96 and 1 <= y0 < y1 <= 96
        corners = np.clip([points["head_top_left"], points["head_bottom_right"]], 0, 96)
        (left, top), (right, low) = corners.min(axis=0), corners.max(axis=0)
        assert 0 <= left - (x0 - 1) < 1 and 0 <= top - (y0 - 1) < 1
        assert 0 <= x1 - right < 1 and 0 <= y1 - low < 1


@pytest.mark.parametrize("kind", ["birds", "pets", "things"])
def test_a_folder_per_class(kind, tmp_path):
    names = list(KINDS[kind].load())[:2]
    folder = make_folders(tmp_path / "photos", kind, names, per_class=2, px=32, processes=1)
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.jpg"))
    stems = {name.replace(" ", "_").replace("-", "_") for name in names}
    assert len(found) == 4 and {path.split("/")[0] for path in found} == stems


def test_a_folder_per_class_inside_each_split(tmp_path):
    names, habitats = ["oak leaf", "hazel leaf"], ["litter", "snow"]
    more = {"train_per_class": 3, "habitats": habitats}
    folder = make_folders(tmp_path / "leaves", "things", names, 8, px=32, **more)
    truth = pd.read_csv(folder / "truth.csv")
    assert sorted(truth["image"]) == sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.jpg"))
    splits = truth["image"].str.split("/", expand=True)
    assert splits.groupby([0, 1]).size().to_dict() == {
        ("test", "hazel_leaf"): 5, ("test", "oak_leaf"): 5, ("train", "hazel_leaf"): 3, ("train", "oak_leaf"): 3,
    }  # fmt: skip
    assert set(truth["habitat"]) == set(habitats)
    assert (truth["known"] == (truth["name"] == "oak leaf")).all() and (truth["kind"] == "things").all()


def test_a_second_call_replaces_our_own_data_set(tmp_path):
    make_birds(tmp_path / "a", species=BIRDS, per_species=4, px=32, processes=1)
    make_birds(tmp_path / "a", species=BIRDS[:2], per_species=2, px=32, processes=1)
    assert len(list((tmp_path / "a").rglob("*.jpg"))) == 4
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("ours", [True, False])
def test_files_that_are_not_ours_are_never_lost(ours, tmp_path):
    folder = tmp_path / "photos"
    if ours:
        make_birds(folder, species=BIRDS, per_species=2, px=32, processes=1)
    folder.mkdir(exist_ok=True)
    (folder / "holiday.jpg").write_bytes(b"mine")
    before = digest(folder)
    with pytest.raises(DataError, match="(?s)`folder` cannot be written.*holiday.jpg|did not write"):
        make_birds(folder, species=BIRDS, per_species=2, px=32, processes=1)
    assert digest(folder) == before
    with pytest.raises(DataError, match="a file"):
        make_birds(folder / "holiday.jpg", species=BIRDS, per_species=2, px=32, processes=1)


UNGUARDED = """
import sys
from pathlib import Path
from course_utils.environment import Course
from course_utils.sketchbook import make_birds, make_folders, make_pets, source_images
folder, more = sys.argv[1], {"processes": int(sys.argv[2])} if sys.argv[2:] else {}
make_birds(f"{folder}/birds", species=["Orchard Seedkin"], per_species=100, px=32, **more)
make_pets(f"{folder}/pets", 4, px=32)
make_folders(f"{folder}/things", "things", ["teapot"], 2, px=32)
source_images(1, px=32)
print(Course("sketch", 0, "mini_mobilenet_v2", 96, Path(folder)).pets_folder())
"""


def run_as_script(folder, *arguments):
    (folder / "learner.py").write_text(UNGUARDED)
    return subprocess.run(
        [sys.executable, "learner.py", str(folder), *arguments], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def test_a_script_without_a_main_guard_may_draw(tmp_path):
    told = run_as_script(tmp_path)
    assert told.returncode == 0, told.stderr
    assert len(list((tmp_path / "birds").rglob("*.jpg"))) == 100
    assert len(list(Path(told.stdout.strip()).rglob("*.jpg"))) == PETS["per_breed"] * len(load_pets())


def test_a_script_without_a_main_guard_is_told_why_it_gets_no_second_process(tmp_path):
    told = run_as_script(tmp_path, "2")
    assert "RuntimeError: The processes that were to draw have died. Received: processes=2." in told.stderr
    assert "if __name__ == '__main__':" in told.stderr and "processes=1" in told.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["learner.py"]


def test_an_interrupted_run_leaves_nothing_behind(tmp_path, monkeypatch):
    old = make_birds(tmp_path / "birds", species=BIRDS, per_species=2, px=32, processes=1)
    before = digest(old)

    monkeypatch.setattr(making, "write_cub_tables", raising(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        make_birds(old, species=BIRDS, per_species=4, px=32, processes=1)
    assert [p.name for p in tmp_path.iterdir()] == ["birds"] and digest(old) == before


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (make_birds, {"per_species": 1}, "`per_species` must be a whole number of at least 2. Received: 1"),
        (make_birds, {"px": 16}, "`px` must be a whole number of at least 32"),
        (make_birds, {"seed": None}, "`seed` must be a whole number of at least 0. Received: None"),
        (make_birds, {"processes": 0}, "`processes` must be a whole number of at least 1. Received: 0"),
        (make_birds, {"n_species": 1}, "`n_species` must be a whole number between 2 and"),
        (make_birds, {"n_species": 999}, "`n_species` must be a whole number between 2 and"),
        (make_birds, {"train_per_species": 60}, "`train_per_species` must be below `per_species`"),
        (make_birds, {"train_per_species": 0}, "`train_per_species` must be a whole number of at least 1"),
        (make_birds, {"species": ["Dodo"]}, "`species` must be one of .*Received: 'Dodo'"),
        (make_birds, {"species": BIRDS[0]}, r"`species` must be a list of names. Received: .* Write \['"),
        (make_birds, {"species": 5}, "`species` must be a list of names. Received: 5"),
        (make_birds, {"species": BIRDS[:1] * 2}, "each class once"),
        (make_birds, {"species": []}, "at least one"),
        (make_birds, {"species": BIRDS[:2], "knobs": Knobs(rarity={BIRDS[2]: 0.1})}, "`rarity` .*Received: "),
        (make_birds, {"knobs": {"leak": 0.5}}, r"`knobs` must be Knobs\(...\). Received: {'leak': 0.5}"),
        (make_folders, {"kind": "brids", "names": BIRDS}, "`kind` must be one of .*Did you mean 'birds'"),
        (make_folders, {"kind": {"birds"}}, "`kind` must be one of .*Received: {'birds'}"),
        (make_folders, {"camera": ["dusk"]}, r"`camera` must be one of .*Received: \['dusk'\]"),
        (make_folders, {"kind": "pets", "names": "pudding_mop"}, "`names` must be a list .*'pudding_mop'"),
        (make_folders, {"per_class": 2.5}, "`per_class` must be a whole number of at least 1. Received: 2.5"),
        (make_folders, {"train_per_class": 30}, "`train_per_class` must be below `per_class`.*Received: 30"),
        (make_folders, {"habitats": []}, r"`habitats` must be a list of scenes, or None. Received: \[\]"),
        (make_folders, {"habitats": ["snwo"]}, "`habitat` must be one of .*Did you mean 'snow'"),
        (make_pets, {"breeds": "pudding_mop"}, "`breeds` must be a list of names. Received: 'pudding_mop'"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_written(make, arguments, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        make(tmp_path / "data", **arguments)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="`folder` must be the path of a folder to write into. Received"):
        make(None)


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"leak": 1.2}, "`leak` must be a fraction between 0 and 1. Received: 1.2"),
        ({"habitat_correlation": -0.1}, "`habitat_correlation` must be a fraction"),
        ({"test_habitat_correlation": 2}, "`test_habitat_correlation` must be a fraction"),
        ({"occlusion": 0.95}, "`occlusion` must be a fraction between 0 and 0.9"),
        ({"rarity": {BIRDS[0]: 2}}, "`rarity.* must be a fraction between 0 and 1. Received: 2"),
        ({"rarity": BIRDS[0]}, "`rarity` must be a dict"),
        ({"rarity": {"Dodo": 0.5}}, "`species` must be one of"),
        ({"test_camera": "dsuk"}, "`test_camera` must be one of .*Did you mean 'dusk'"),
        ({"train_camera": ["dusk"]}, r"`train_camera` must be one of .*Received: \['dusk'\]"),
    ],
)
def test_bad_knobs_are_refused(knobs, message):
    with pytest.raises(ValueError, match=message):
        Knobs(**knobs)


def test_numbers_of_numpy_are_as_good_as_pythons(tmp_path):
    whole = {
        "per_species": np.int64(2),
        "px": np.uint8(32),
        "seed": np.array(3),
        "species": np.array(BIRDS[:2]),
    }
    ours = make_birds(tmp_path / "a", **whole, knobs=Knobs(leak=np.float32(0.5)))
    plain = make_birds(tmp_path / "b", per_species=2, px=32, seed=3, species=BIRDS[:2], knobs=Knobs(leak=0.5))
    assert digest(ours) == digest(plain)
