"""Things are data: all of them can be drawn, anew for each seed, and a wrong entry says which and why."""

import random

import numpy as np
import pytest

from course_utils.errors import DataError
from course_utils.sketchbook.field_guide import read_guide
from course_utils.sketchbook.stage.canvas import Transform, View, flatten
from course_utils.sketchbook.things.drawing import draw_thing, load_things, read_thing
from course_utils.sketchbook.things.families import FAMILIES
from course_utils.sketchbook.things.parts import read_part

SIDE = 48
VIEW = View(SIDE, Transform.place(0.5, 0.5, 0.4))
SEEN = [name for name, kind in load_things().items() if kind.family != "scene"]
MUG = {"habitats": ["room"], "colours": {"clay": "red"}, "parts": ["oval clay 0 0 .5 .5"]}
LEAF = {
    "habitats": ["forest"],
    "blade": "oval",
    "colours": {"blade": "green", "rim": "moss", "vein": "lemon"},
}


def picture(name, seed):
    return flatten(draw_thing(load_things()[name], VIEW, random.Random(seed)), SIDE)


def test_there_are_enough_things_for_a_source_set_and_each_name_is_there_once():
    things = load_things()
    members = {guide: sum(map(len, read_guide(guide).values())) for guide in ("things", "unseen_things")}
    assert len(things) == sum(members.values()) and members["things"] >= 92  # no name in two families
    assert all(kind.name == name and kind.habitats for name, kind in things.items())
    assert sum(kind.known for kind in things.values()) == members["things"]
    assert {kind.family for kind in things.values()} == set(FAMILIES)


@pytest.mark.parametrize("name", SEEN)
def test_a_thing_fills_its_frame_without_leaving_the_picture(name):
    for seed in range(3):
        rgb, alpha = picture(name, seed)
        assert 0.02 < (alpha > 0.5).mean() < 0.7
        assert np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]]).mean() < 0.05
        assert rgb[alpha > 0.9].std(axis=0).max() > 3  # shaded, not one flat colour


@pytest.mark.parametrize("name", SEEN[::7])
def test_the_seed_alone_decides_the_picture(name):
    for first, again in zip(picture(name, 5), picture(name, 5), strict=True):
        np.testing.assert_array_equal(first, again)
    assert np.abs(picture(name, 5)[1] - picture(name, 6)[1]).max() > 0.5  # another pose or shape


def test_a_scene_has_no_subject():
    scenes = [kind for kind in load_things().values() if kind.family == "scene"]
    assert len(scenes) == 10
    assert all(not draw_thing(kind, VIEW, random.Random(0)).layers for kind in scenes)


def test_members_of_a_family_differ_by_more_than_the_pose():
    kinds = {}
    for name, kind in load_things().items():
        assert kinds.setdefault((kind.family, repr(kind.look)), name) == name or kind.family == "scene"


@pytest.mark.parametrize(
    ("family", "entry", "said"),
    [
        ("spaceship", MUG, "family"),
        ("vessel", {**MUG, "habitats": ["moon"]}, "habitats"),
        ("vessel", {**MUG, "habitats": []}, "habitats"),
        ("vessel", {**MUG, "wheels": 4}, "wheels"),
        ("vessel", {**MUG, "colours": {"clay": "reddish"}}, "reddish"),
        ("vessel", {**MUG, "parts": ["oval lid 0 0 .5 .5"]}, "lid"),
        ("vessel", {**MUG, "parts": ["ovl clay 0 0 .5 .5"]}, "Did you mean 'oval'"),
        ("vessel", {**MUG, "parts": ["oval clay 0 0 .5"]}, "oval COLOUR x y rx ry angle=0"),
        ("vessel", {**MUG, "parts": ["poly clay 0 0 1 1 2"]}, "poly COLOUR"),
        ("vessel", {**MUG, "parts": ["oval"]}, "oval COLOUR"),
        ("vessel", {**MUG, "parts": [None]}, "parts"),
        ("leaf", {**LEAF, "blade": "ovel"}, "lobed"),
        ("leaf", {**LEAF, "colours": {"blade": "green"}}, "colours: rim"),
        (
            "tree",
            {"habitats": ["snow"], "colours": {"crown": "green", "trunk": "brown"}, "crown": "round"},
            "trunk",
        ),
    ],
)
def test_a_wrong_entry_names_the_thing_and_the_field(family, entry, said):
    with pytest.raises(DataError) as caught:
        read_thing("my mug", family, entry)
    assert "my mug" in str(caught.value)
    assert said in str(caught.value)


def test_right_entries_pass():
    assert read_thing("my mug", "vessel", MUG).colours == {"clay": ("red",)}
    assert read_thing("my leaf", "leaf", LEAF).look["blade"] == "oval"


def test_pair_draws_the_mirror_image():
    left, right = read_part("pair poly red 0.1 0 0.5 0 0.3 0.4").outlines(random.Random(0))
    assert [(-x, y) for x, y in left] == right


def test_strands_stay_inside_their_ellipse():
    for seed in range(5):
        outlines = read_part("strands red 9 0.05 0.1 -0.2 0.6 0.3").outlines(random.Random(seed))
        x, y = np.concatenate(outlines).T
        assert len(outlines) == 9 and (((x - 0.1) / 0.67) ** 2 + ((y + 0.2) / 0.37) ** 2).max() < 1
