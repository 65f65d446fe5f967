"""The birds of the field guide: their data, and the drawing of them."""

import copy
import random
from collections import Counter

import numpy as np
import pytest

from course_utils.errors import DataError
from course_utils.sketchbook.birds import draw_bird, draw_posed, load_birds
from course_utils.sketchbook.birds.poses import random_pose
from course_utils.sketchbook.birds.species import POSES, read_birds
from course_utils.sketchbook.field_guide import read_guide
from course_utils.sketchbook.stage.canvas import Transform, View, flatten
from course_utils.sketchbook.stage.scenes import OUTDOORS

BIRDS = load_birds()
LANDMARKS = {"bill_tip", "eye", "crown", "tail_tip", "feet", "breast"}


def paint(species, seed=0, px=64, pose=None):
    view, rng = View(px, Transform.place(0.5, 0.5, 0.45)), random.Random(seed)
    subject = (
        draw_posed(species, view, rng, random_pose(species.plan, rng, pose))
        if pose
        else draw_bird(species, view, rng)
    )
    return subject, *flatten(subject, px)


def test_the_guide_has_enough_species_and_genera():
    genera = Counter(species.genus for species in BIRDS.values())
    assert len(BIRDS) >= 32
    assert len(genera) >= 10
    assert min(genera.values()) >= 2, "each species has a look-alike in its genus"


def test_known_species_come_with_their_look_alikes():
    known = Counter(species.genus for species in BIRDS.values() if species.known)
    unknown = {species.genus for species in BIRDS.values() if not species.known}
    assert known.total() >= 14
    assert min(known.values()) >= 2
    assert len(set(known) & unknown) >= 6


def test_no_colour_gives_a_species_away():
    crowd = Counter(name for species in BIRDS.values() for name in species.colours())
    assert [name for name, count in crowd.items() if count == 1] == []


def test_species_of_a_genus_differ_in_some_mark():
    looks = [
        (s.genus, s.head, s.crown, s.mask, s.eye_ring, s.throat, s.breast, s.wing, s.tail, s.bill, s.legs)
        for s in BIRDS.values()
    ]
    assert len(set(looks)) == len(looks)


def test_notes_name_only_birds_that_exist():
    for species in BIRDS.values():
        assert species.note.endswith(".")
        if species.note.startswith("Told from the "):
            other = species.note.removeprefix("Told from the ").split(" by ")[0]
            assert BIRDS[other].genus == species.genus != other


@pytest.mark.parametrize("name", BIRDS)
def test_every_species_is_drawn_within_its_frame(name):
    subject, _, alpha = paint(BIRDS[name], seed=3)
    assert 0.04 < (alpha > 0.5).mean() < 0.6
    assert set(subject.points) >= LANDMARKS
    edge = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
    assert edge.max() < 0.5


@pytest.mark.parametrize("pose", POSES)
def test_every_pose_keeps_eye_and_bill_on_the_bird(pose):
    for species in BIRDS.values():
        if pose in species.plan.poses:
            subject, _, alpha = paint(species, seed=5, px=96, pose=pose)
            x, y = subject.points["eye"]
            assert alpha[int(y), int(x)] > 0.9, species.name


def test_looking_back_turns_the_bill_round():
    species = BIRDS["Harbour Surfwing"]
    ahead, behind = (paint(species, 1, 96, pose)[0].points for pose in ("perched", "looking_back"))
    assert ahead["bill_tip"][0] > ahead["eye"][0]
    assert behind["bill_tip"][0] < behind["eye"][0]


def test_only_flying_and_swimming_birds_need_no_perch():
    species = BIRDS["Bishop Dabbin"]
    assert "airborne" in paint(species, pose="flying")[0].points
    assert "waterline" in paint(species, pose="swimming")[0].points
    assert not {"airborne", "waterline"} & set(paint(species, pose="perched")[0].points)


def test_a_perched_bird_stands_on_its_feet():
    for species in BIRDS.values():
        subject, _, alpha = paint(species, seed=2, px=96, pose="perched")
        x, y = subject.points["feet"]
        near = alpha[int(y) - 4 : int(y) + 3, max(0, int(x) - 6) : int(x) + 7]
        assert near.max() > 0.4, species.name


def test_individuals_differ_and_the_same_seed_draws_the_same_bird():
    species = BIRDS["Copper-capped Thrushling"]
    assert paint(species, 1)[1].tobytes() == paint(species, 1)[1].tobytes()
    assert paint(species, 1)[1].tobytes() != paint(species, 2)[1].tobytes()


def test_the_size_of_the_picture_does_not_change_the_bird():
    species = BIRDS["Drummer Barktapper"]
    small, large = paint(species, 4, 64)[0].points, paint(species, 4, 256)[0].points
    for key, (x, y) in small.items():
        assert large[key] == pytest.approx((4 * x, 4 * y))


def _guide():
    guide = copy.deepcopy(read_guide("birds"))
    guide["species"] = guide["species"][:1]
    return guide, guide["species"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("crown", "glitter"), ("genus", "Nobird"), ("habitats", ["moon"]), ("tail", {"shape": "curly"}),
     ("wing", {"colour": 3}),
     ("known", "perhaps"), ("size", "big"), ("hat", "red")],
)  # fmt: skip
def test_wrong_data_names_the_species_and_the_field(field, value):
    guide, entry = _guide()
    entry[field] = value
    with pytest.raises(DataError, match=rf"(?s)Orchard Seedkin.*{field}.*Received"):
        read_birds(guide)
    guide, entry = _guide()
    del entry["note"]
    with pytest.raises(DataError, match="(?s)Orchard Seedkin.*note.*missing"):
        read_birds(guide)


def test_habitats_are_those_of_the_scenes():
    assert {habitat for species in BIRDS.values() for habitat in species.habitats} <= set(OUTDOORS)
