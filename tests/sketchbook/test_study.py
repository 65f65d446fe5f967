"""The study's five data sets: what each has, that both halves are there, and that every call draws the same."""

import numpy as np
import pandas as pd
import pytest

from course_utils.datasets import load_any
from course_utils.sketchbook import STUDY, load_birds, load_pets, load_things, make_study
from course_utils.sketchbook.kinds import KINDS, all_of
from course_utils.sketchbook.source_set import source_classes
from course_utils.sketchbook.stage.scenes import BUSY


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    return {name: load_any(make_study(name, folder / name, px=32, per_class=4)) for name in STUDY}


@pytest.mark.parametrize("name", STUDY)
def test_a_set_has_both_splits_of_each_class_and_knows_which_the_backbones_have_seen(name, sets):
    table, seen = sets[name].table, {name for _, name in source_classes()}
    of_class = table.groupby(["class_name", "split"]).size().unstack()
    assert sorted(of_class) == ["test", "train"] and of_class.notna().all(axis=None)
    assert (of_class.sum(axis=1) == 4).all()
    stems = {guide.replace(" ", "_").replace("-", "_"): guide for kind in KINDS for guide in all_of(kind)}
    in_guide = table["class_name"].str.replace(" ", "_").str.replace("-", "_").map(stems)
    assert table["known"].dtype == bool and (table["known"] == in_guide.isin(seen)).all()


def test_about_one_half_of_each_set_is_unseen_and_of_the_two_classes_both(sets):
    share = {name: data.table.groupby("class_name")["known"].first().mean() for name, data in sets.items()}
    assert share.pop("noodles") == 0
    assert all(0.45 < known < 0.55 for known in share.values())


def test_all_leaves_are_on_busy_backgrounds_and_nothing_else_is(sets):
    assert set(sets["leaves"].table["habitat"]) == set(BUSY)
    others = {place for name, data in sets.items() if name != "leaves" for place in data.table["habitat"]}
    assert others and not others & set(BUSY)


def test_no_picture_is_in_both_splits(sets):
    for data in sets.values():
        train, test = (
            {picture.tobytes() for picture in data.images(data.rows(split).index, 32)}
            for split in ("train", "test")
        )
        assert train and test and not train & test


def test_the_seed_alone_decides_the_pictures(sets, tmp_path):
    again, other = (load_any(make_study("leaves", tmp_path / f"{k}", k, 32, per_class=4)) for k in (0, 1))
    first, same, different = (data.images(range(8), 32) for data in (sets["leaves"], again, other))
    assert (first == same).all() and not any((a == b).all() for a, b in zip(first, different, strict=True))


def test_the_records_say_how_many_pictures_there_are(tmp_path):
    counts = load_any(make_study("noodles", tmp_path / "noodles", px=32)).table["split"].value_counts()
    record = STUDY["noodles"]
    assert counts["train"] == 2 * record.train_per_class
    assert counts["test"] == 2 * (record.per_class - record.train_per_class)


def test_what_cannot_be_drawn_is_refused(tmp_path):
    with pytest.raises(ValueError, match="`name` must be one of .*Received: 'leafs'. Did you mean 'leaves'"):
        make_study("leafs", tmp_path / "a")
    with pytest.raises(ValueError, match="`per_class` must be a whole number of at least 2. Received: 1"):
        make_study("leaves", tmp_path / "a", per_class=1)
    assert not list(tmp_path.iterdir())


def test_what_is_unseen_is_not_in_the_source_set():
    guide = {**load_birds(), **load_pets(), **load_things()}
    unseen = {name for name, record in guide.items() if not record.known}
    assert len(unseen) > 40 and not unseen & {name for _, name in source_classes()}
    families = pd.Series(
        {n: thing.family for n, thing in load_things().items() if n in unseen}
    ).value_counts()
    assert families["leaf"] + families["compound leaf"] == families["butterfly"] + families["flier"] == 8


def test_a_clear_wing_lets_through_what_is_behind_it():
    from course_utils.sketchbook import thing_picture

    covers = {name: thing_picture(name, px=96).mask for name in ("hoverfly", "admiral")}
    partly = {name: np.mean((mask[mask > 0] > 120) & (mask[mask > 0] < 200)) for name, mask in covers.items()}
    assert partly["hoverfly"] > 0.2 > partly["admiral"]
