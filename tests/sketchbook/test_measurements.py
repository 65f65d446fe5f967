"""Measured birds: the same on every machine, about as large as the field guide says, and as different as birds are."""

import numpy as np
import pytest

from course_utils.sketchbook import load_birds, measure_birds
from course_utils.sketchbook.guide.measurements import COLUMNS, MEASURES, typical

EXPECTED = [
    [11.0, 9.9, 44.2, 32.8, 18.8, 7.8],
    [13.3, 10.7, 47.2, 36.1, 21.1, 10.9],
    [10.2, 12.2, 26.7, 24.7, 17.7, 7.7],
    [10.4, 12.1, 28.6, 27.7, 19.7, 8.0],
]
PAIR = ["Marigold Leafling", "Tinker Bramblet"]


def test_the_same_seed_gives_the_same_numbers_on_any_machine():
    table = measure_birds(PAIR, per_species=2, seed=0)
    assert list(table) == COLUMNS
    assert table[MEASURES].to_numpy().tolist() == EXPECTED


def test_another_seed_gives_other_birds_and_company_changes_nothing():
    table = measure_birds(PAIR, per_species=3, seed=1)
    alone = measure_birds(PAIR[1:], per_species=3, seed=1)
    assert table.iloc[3:].reset_index(drop=True).equals(alone)
    assert measure_birds(PAIR, 5, 1).groupby("species").head(3).reset_index(drop=True).equals(table)
    assert not measure_birds(PAIR, per_species=3, seed=2)[MEASURES].equals(table[MEASURES])


def test_birds_are_on_average_as_the_guide_says_and_vary_a_little():
    table = measure_birds(per_species=60, seed=3)
    assert list(table["species"].unique()) == list(load_birds())
    assert (table[MEASURES] > 0).all(axis=None)
    for name, group in table.groupby("species"):
        wanted, got = typical(load_birds()[name]), group[MEASURES]
        np.testing.assert_allclose(got.mean(), [wanted[measure] for measure in MEASURES], rtol=0.06)
        assert wanted["length_cm"] == load_birds()[name].size
        assert got["length_cm"].std() / got["length_cm"].mean() == pytest.approx(0.05, abs=0.02)
        assert np.corrcoef(got["length_cm"], got["mass_g"])[0, 1] > 0.2  # large birds are heavy


@pytest.mark.parametrize(
    ("genus", "grams", "millimetres_of_bill"),
    [
        ("Bramblet", (5, 12), (9, 15)),
        ("Dabbin", (350, 900), (35, 60)),
        ("Marshlance", (1000, 2500), (100, 200)),
    ],
)
def test_invented_birds_weigh_what_such_birds_weigh(genus, grams, millimetres_of_bill):
    """A wren, a duck and a heron, about."""
    table = measure_birds(per_species=20)
    means = table[table["genus"] == genus][MEASURES].mean()
    assert grams[0] < means["mass_g"] < grams[1]
    assert millimetres_of_bill[0] < means["bill_mm"] < millimetres_of_bill[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"species": ["Tinker Bramblt"]}, "Did you mean 'Tinker Bramblet'"),
        ({"species": "Tinker Bramblet"}, "must be a list of names"),
        ({"species": []}, "at least one"),
        ({"per_species": 0}, "`per_species` must be a whole number of at least 1. Received: 0"),
        ({"seed": -1}, "`seed` must be"),
    ],
)
def test_mistakes_are_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        measure_birds(**arguments)
