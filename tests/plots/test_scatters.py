"""Scatters show each group, the side of yes and the mistakes."""

import numpy as np
import pytest

from course_utils import plots

from .examples import BIRDS


def test_a_scatter_shows_each_group_the_side_of_yes_and_the_mistakes():
    wrong = np.array([False, True, False])
    ax = plots.two_measurements(BIRDS, "length_cm", "wing_mm", score=lambda p: p[:, 0] - 27.0, wrong=wrong)
    owls, rails, rings = (collection.get_offsets() for collection in ax.collections[:3])
    assert (len(owls), len(rails), rings.tolist()) == (2, 1, [[34.0, 210.0]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("length (cm)", "wing (mm)")
    said = plots.alt_text(ax)
    assert "2 Owl around 32.0, 205.0" in said and "1 ringed as mistakes" in said
    assert "yes, 50% of the picture" in said


@pytest.mark.parametrize(("score", "share"), [(1.0, "100%"), (-1.0, "0%")])
def test_a_score_that_never_changes_sides_has_no_edge(score, share):
    ax = plots.two_measurements(BIRDS, "length_cm", "wing_mm", score=lambda p: np.full(len(p), score))
    assert f"yes, {share}" in plots.alt_text(ax)
