"""Figures of studies say what the studies found, and draw where they are told."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from course_utils import plots
from course_utils.evaluation import wilson_interval

RATES = pd.DataFrame({"batch_size": [1, 8, 32], "rate": [20.0, 90.0, 120.0]})
FINDINGS = pd.DataFrame(
    {"story": ["same", "renamed"], "stale": [0, 12], "stored": [0.8, 0.25], "fresh": [0.8, 0.75]}
)
RUNS = pd.DataFrame({"per_class": [1, 1, 5, 5], "accuracy": [0.3, 0.5, 0.8, 0.8]})
SETS = pd.DataFrame(
    {"accuracy": [0.9, 0.7], "low": [0.8, 0.6], "high": [0.95, 0.8], "chance": [0.5, 0.05]},
    index=["two", "twenty"],
)

FIGURES = {
    "rate_by_batch": (
        lambda ax=None: plots.rate_by_batch(RATES, ax=ax),
        ["20 in batches of 1", "120 in batches of 32"],
    ),
    "stored_against_fresh": (
        lambda ax=None: plots.stored_against_fresh(FINDINGS, chance=0.5, ax=ax),
        ["same: 80% stored, 80% fresh, 0 stale", "renamed: 25% stored, 75% fresh, 12 stale"],
    ),
    "learning_curve_by_size": (
        lambda ax=None: plots.learning_curve_by_size(RUNS, n_test=100, chance=0.2, ax=ax),
        ["1 a class 40%, draws from 30% to 50%", "5 a class 80%, draws from 80% to 80%"],
    ),
    "accuracy_against_chance": (
        lambda ax=None: plots.accuracy_against_chance(SETS, ax=ax),
        ["two 90% (80% to 95%, chance 50%)", "twenty 70% (60% to 80%, chance 5%)"],
    ),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_where_it_is_told_and_says_what_it_shows(name):
    draw, said = FIGURES[name]
    before = dict(matplotlib.rcParams)
    _, given = plt.subplots()
    assert draw(given) is given
    own = draw()
    assert own is not given and own.get_xlabel()
    assert [words for words in said if words not in plots.alt_text(own)] == []
    assert dict(matplotlib.rcParams) == before


def test_the_dots_are_the_draws_and_the_bars_the_interval_of_their_mean():
    ax = plots.learning_curve_by_size(RUNS, n_test=100, chance=0.2)
    dots = [collection for collection in ax.collections if isinstance(collection, PathCollection)]
    draws = np.concatenate([some.get_offsets()[:, 1] for some in dots])
    assert sorted(draws) == pytest.approx(sorted(RUNS["accuracy"]))
    (container,) = ax.containers
    ends = np.array([bar[:, 1] for bar in container.lines[2][0].get_segments()])
    assert ends.T == pytest.approx(np.array(wilson_interval([40, 80], 100)))


def test_counts_of_stale_vectors_are_written_beside_their_story():
    ax = plots.stored_against_fresh(FINDINGS, chance=0.5)
    written = {
        round(text.get_position()[1]): text.get_text() for text in ax.texts if "stale" in text.get_text()
    }
    assert written == {0: "0 stale", 1: "12 stale"}
