"""What lessons 10 and 10x read of pets is measured part by part, and each part replaces its own rows only."""

import numpy as np
import pandas as pd
import pytest

from course_utils import sketchbook
from course_utils.datasets import load_pets
from tools.measure import pets


def test_a_part_replaces_its_own_rows_of_the_pets_that_were_measured(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(pets, "TABLE", tmp_path / "pets.csv")
    pets.write(
        pd.DataFrame(
            [
                ("frozen", "drawn", "all", 0, 0.5),
                ("frozen", "real", "all", 0, 0.25),
                ("hub", "drawn", "all", 0, 0.125),
            ],
            columns=pets.COLUMNS,
        )
    )
    monkeypatch.setitem(
        pets.PARTS, "frozen", lambda: iter([("drawn", "all", 0, 0.75), ("drawn", "all", 1, 1.0)])
    )
    pets.main(["frozen"])
    table = pd.read_csv(pets.TABLE)
    found = {(row.part, row.pets, row.seed): row.value for row in table.itertuples()}
    assert found == {
        ("frozen", "real", 0): 0.25, ("hub", "drawn", 0): 0.125, ("frozen", "drawn", 0): 0.75,
        ("frozen", "drawn", 1): 1.0,
    }  # fmt: skip
    assert "0.875" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        pets.main(["frozen", "luckk"])
    assert "Received: luckk" in capsys.readouterr().err


def test_few_of_each_are_as_many_of_each_and_no_two_draws_alike():
    labels = np.repeat([0, 1, 2], 10)
    pool = np.arange(5, 30)
    draws = [pets.few_of_each(labels, pool, 3, seed) for seed in range(3)]
    for rows in draws:
        assert (
            np.bincount(labels[rows]).tolist() == [3, 3, 3] and set(rows) <= set(pool) and len(set(rows)) == 9
        )
    assert len({tuple(sorted(rows)) for rows in draws}) == 3


def test_shares_count_breeds_species_and_both_groups():
    table = pd.DataFrame(
        {"label": [0, 1, 2, 2], "species": ["cat", "cat", "dog", "dog"], "known": [True, False, False, False]}
    )
    found = {
        what: value
        for _, what, _, value in pets.shares("drawn", 0, table, np.arange(4), np.array([0, 0, 2, 1]))
    }
    assert found == {"all": 0.5, "seen": 1.0, "unseen": pytest.approx(1 / 3), "species": 0.75,
                     "species of wrong breeds": 0.5}  # fmt: skip


def test_forms_of_a_picture_are_cut_along_its_trimap(tmp_path):
    folder = sketchbook.make_pets(tmp_path / "pets", 2, px=48, breeds=["Mallow_Patch"], processes=1)
    forms = pets.forms_of(folder, load_pets(folder), 48)
    whole, animal, background, shape, unboxed, box = (pixels.astype(int) for pixels in forms.values())
    inside = shape[..., :1] == 255
    assert 0.05 < inside.mean() < 0.9
    assert (np.where(inside, animal, background) == whole).all()
    assert (np.where(inside, background, animal) == pets.GREY).all()
    boxed = box[..., :1] == 255
    assert (boxed | ~inside).all() and (np.where(boxed, pets.GREY, whole) == unboxed).all()
    rows, columns = (boxed[0, ..., 0].any(axis=k) for k in (1, 0))
    assert boxed[0].sum() == rows.sum() * columns.sum() and inside[0][rows][0].any()
