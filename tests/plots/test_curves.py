"""Curves can be read off, and are drawn as far as there are data."""

from course_utils import plots

from .examples import COVERAGE


def test_coverage_is_read_off_at_the_nearest_threshold():
    ax = plots.coverage_curves(COVERAGE, threshold=0.55)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["right, of those answered: 90%", "answered: 80%", "strangers given a name: 60%"]
    assert "at 50%" in ax.get_xlabel() and "answered: 80%" in plots.alt_text(ax)


def test_coverage_without_strangers_or_threshold_tells_the_ends():
    ax = plots.coverage_curves(COVERAGE.drop(columns="strangers"))
    assert len(ax.lines) == 2
    assert "answered from 100% to 0%" in plots.alt_text(ax) and "from 70% to 90%" in plots.alt_text(ax)
