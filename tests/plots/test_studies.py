"""Figures of studies say what the studies found."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from course_utils import plots
from course_utils.evaluation import wilson_interval

from .examples import NETWORKS, RATES, RUNS


def test_the_dots_are_the_draws_and_the_bars_the_interval_of_their_mean():
    ax = plots.learning_curve_by_size(RUNS, n_test=100, chance=0.2)
    dots = [collection for collection in ax.collections if isinstance(collection, PathCollection)]
    draws = np.concatenate([some.get_offsets()[:, 1] for some in dots])
    assert sorted(draws) == pytest.approx(sorted(RUNS["accuracy"]))
    (container,) = ax.containers
    ends = np.array([bar[:, 1] for bar in container.lines[2][0].get_segments()])
    assert ends.T == pytest.approx(np.array(wilson_interval([40, 80], 100)))


def test_the_alt_text_of_a_study_has_every_number():
    said = plots.alt_text(plots.learning_curve_by_size(RUNS, n_test=100, chance=0.2))
    assert "1 a class 40%, draws from 30% to 50%" in said and "5 a class 80%, draws from 80% to 80%" in said
    said = plots.alt_text(plots.rate_by_batch(RATES))
    assert "20 in batches of 1" in said and "120 in batches of 32" in said


def test_networks_have_a_line_for_each_width_and_a_point_each():
    ax = plots.accuracy_against_cost(NETWORKS)
    drawn = sorted(
        (x, y) for line in ax.lines for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    )
    assert len(ax.lines) == 2
    assert drawn == sorted(zip(NETWORKS["multiply_adds"], NETWORKS["top_1"], strict=True))
    assert "4 networks: from 49 million" in plots.alt_text(ax) and "70.9 %" in plots.alt_text(ax)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop(columns="top_1"), "`table` must have a column 'top_1'"),
        (lambda t: t.iloc[:0], "Received: 0"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        plots.accuracy_against_cost(change(NETWORKS))
