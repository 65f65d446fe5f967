"""Breeds as data, and animals as pictures: every breed, every pose."""

import math
import random
import re

import numpy as np
import pytest

from course_utils.errors import DataError
from course_utils.sketchbook.field_guide import read_guide
from course_utils.sketchbook.pets import draw_pet, heads, load_pets
from course_utils.sketchbook.pets.breeds import parse_pet
from course_utils.sketchbook.pets.coats import grow_coat
from course_utils.sketchbook.pets.drawing import POSE_NAMES
from course_utils.sketchbook.stage.canvas import Subject, Transform, View, flatten

PX = 96
EVERY_PICTURE = [(name, pose) for name in load_pets() for pose in POSE_NAMES]


def picture(name, pose=None, seed=0, px=PX, **place):
    view = View(px, Transform.place(**{"x": 0.5, "y": 0.52, "scale": 0.4, **place}))
    subject = draw_pet(load_pets()[name], view, random.Random(seed), pose)
    return subject, *flatten(subject, px)


def box(subject):
    return np.array([*subject.points["head_top_left"], *subject.points["head_bottom_right"]])


def test_guide_has_cats_and_dogs_known_and_new():
    breeds = load_pets().values()
    assert len(breeds) >= 12
    assert sum(b.known for b in breeds if b.species == "cat") >= 3
    assert sum(b.known for b in breeds if b.species == "dog") >= 5
    assert any(not b.known for b in breeds if b.species == "cat")
    assert any(not b.known for b in breeds if b.species == "dog")


def test_case_of_the_name_tells_the_species():
    for name, breed in load_pets().items():
        assert name == breed.name and re.fullmatch(r"[A-Za-z]+(_[A-Za-z]+)*", name)
        assert name[0].isupper() == (breed.species == "cat")


def test_no_coat_colour_gives_a_breed_away():
    for breed in load_pets().values():
        mine = {pair[0] for pair in breed.coats}
        others = {pair[0] for other in load_pets().values() if other is not breed for pair in other.coats}
        assert mine & others, f"only {breed.name} is {mine}"


def test_no_two_breeds_share_all_field_marks():
    traits = ("species", "pattern", "ears", "face", "fur", "build", "legs", "tail", "mark")
    breeds = load_pets().values()
    assert len({tuple(getattr(b, trait) for trait in traits) for b in breeds}) == len(breeds)


def test_unknown_pose():
    with pytest.raises(ValueError, match="`pose` must be one of.*Received: 'flying'"):
        picture("pudding_mop", "flying")


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"pattern": "plaid"}, "pattern"),
        ({"tail": None}, "tail"),
        ({"known": "yes"}, "known"),
        ({"muzzle": [0.4]}, "muzzle"),
        ({"muzzle": [0.4, 1.5]}, "muzzle"),
        ({"muzzle": "long"}, "muzzle"),
        ({"size": 3}, "size"),
        ({"size": "large"}, "size"),
        ({"coats": []}, "coats"),
        ({"coats": [["cream"]]}, "coats"),
        ({"coats": None}, "coats"),
        ({"coats": [["cream", "crem"]]}, "crem"),
        ({"eyes": ["purpel"]}, "purpel"),
        ({"species": "cat"}, "capital letter"),
        ({"colour": "red"}, "colour"),
        ({"note": ""}, "note"),
    ],
)
def test_a_wrong_entry_is_named(change, about):
    with pytest.raises(DataError, match=about) as caught:
        parse_pet("pudding_mop", {**read_guide("pets")["pudding_mop"], **change})
    assert "pudding_mop" in str(caught.value)


@pytest.mark.parametrize(("name", "pose"), EVERY_PICTURE)
def test_every_animal_in_every_pose(name, pose):
    subject, rgb, alpha = picture(name, pose)
    assert 0.1 < alpha.mean() < 0.75
    x0, y0, x1, y1 = box(subject)
    assert 0 <= x0 < x1 <= PX and 0 <= y0 < y1 <= PX
    for part in ("eye_left", "eye_right", "nose"):
        x, y = subject.points[part]
        assert x0 < x < x1 and y0 < y < y1
    assert subject.points["eye_left"][0] < subject.points["eye_right"][0]
    assert rgb[alpha > 0.9].std() > 5  # modelled and marked, not one flat colour


@pytest.mark.parametrize(("name", "pose"), EVERY_PICTURE)
def test_head_box_is_true_to_the_pixel(name, pose, monkeypatch):
    whole = box(picture(name, pose)[0])
    monkeypatch.setattr(heads, "draw_whiskers", lambda head: None)  # drawn last, and not of the box
    subject, _, _ = picture(name, pose)
    assert (box(subject) == whole).all()
    _, alpha = flatten(Subject(subject.layers[-2:]), PX)  # the head's two layers are in front
    columns, rows = np.flatnonzero(alpha.any(axis=0)), np.flatnonzero(alpha.any(axis=1))
    x0, y0, x1, y1 = whole
    assert (math.floor(x0), math.floor(y0)) == (columns[0], rows[0])
    assert (math.ceil(x1), math.ceil(y1)) == (columns[-1] + 1, rows[-1] + 1)
    for x, y in (subject.points[part] for part in ("eye_left", "eye_right", "nose")):
        assert alpha[int(y), int(x)] == 1, "eyes and nose are on these layers"


def test_nose_is_dark_and_where_it_is_said_to_be():
    for name in ("fellside_gatherer", "speckle_runner", "tinder_curltail"):
        subject, rgb, _ = picture(name, "portrait", px=256)
        x, y = (int(v) for v in subject.points["nose"])
        assert rgb[y - 1 : y + 2, x - 1 : x + 2].mean() < 90
        assert rgb[y + 10 : y + 16, x - 12 : x + 12].mean() > 120


def test_head_box_stays_in_the_picture_when_the_head_does_not():
    subject, _, _ = picture("Quarry_Tuft", "portrait", y=0.1)
    assert box(subject)[1] == 0
    assert box(subject).max() <= PX


def test_portrait_reaches_below_the_picture():
    for name in load_pets():
        assert picture(name, "portrait")[2][-1].max() == 1


def test_same_seed_same_picture_and_other_seed_another():
    for name in ("Harbour_Tabby", "pudding_mop"):
        one, again, other = (random.seed(n) or picture(name, seed=s)[1:] for n, s in enumerate((3, 3, 4)))
        assert all((a == b).all() for a, b in zip(one, again, strict=True))
        assert (one[0] != other[0]).any()


def test_all_poses_occur():
    sizes = {len(picture("Mallow_Patch", seed=s)[0].layers) for s in range(20)}
    assert len(sizes) >= 2  # portraits have fewer layers than whole animals


def test_coat_varies_within_a_breed():
    coats = {grow_coat(load_pets()["cobble_keeper"], random.Random(seed)).main for seed in range(6)}
    assert len(coats) == 6


def test_large_picture_is_the_small_one_in_more_detail():
    small, large = picture("hollow_ranger", "sitting"), picture("hollow_ranger", "sitting", px=4 * PX)
    pooled = large[2].reshape(PX, 4, PX, 4).mean((1, 3))
    assert np.abs(pooled - small[2]).mean() < 0.02
    assert np.allclose(box(large[0]) / 4, box(small[0]), atol=1)


def test_an_entry_that_is_empty_or_lacks_a_trait_is_named():
    entry = {k: v for k, v in read_guide("pets")["pudding_mop"].items() if k != "ears"}
    for wrong, named in ((entry, "pudding_mop(?s:.*)ears"), (None, "pudding_mop")):
        with pytest.raises(DataError, match=named):
            parse_pet("pudding_mop", wrong)
