"""Curves can be read off, and are drawn as far as there are data."""

from course_utils import plots

from .examples import AGREEMENT


def test_agreement_curves_draw_each_kind():
    ax = plots.agreement_curves(AGREEMENT)
    drawn = [line.get_ydata().tolist() for line in ax.lines[:3]]
    assert drawn == [AGREEMENT[kind].tolist() for kind in AGREEMENT]
    assert "birds from 0.90 to 0.40" in plots.alt_text(ax)
