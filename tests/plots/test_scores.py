"""Figures of scores show every count and every interval."""

import numpy as np
import pandas as pd
import pytest

from course_utils import evaluation, plots

from .examples import DIFFERENCES, FINDINGS, SETS, texts


def test_confusion_heatmap_shows_every_count(predictions):
    confusion = evaluation.confusion(predictions)
    ax = plots.confusion_heatmap(confusion)
    shown = {(round(t.get_position()[1]), round(t.get_position()[0])): int(t.get_text()) for t in ax.texts}
    assert shown == {
        (i, j): confusion.iat[i, j] for i, j in zip(*np.nonzero(confusion.to_numpy()), strict=True)
    }
    assert [label.get_text() for label in ax.get_yticklabels()] == list(confusion.index)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("taken for", "true class")


def test_confusion_heatmap_groups_classes(predictions):
    groups = {"heron": "water", "robin": "garden", "wren": "garden"}
    ax = plots.confusion_heatmap(evaluation.confusion(predictions), groups)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["robin", "wren", "heron"]
    assert {"garden", "water"} <= set(texts(ax))
    assert len(ax.lines) == 2  # one line across, one down
    with pytest.raises(ValueError, match="`groups`.*none for robin"):
        plots.confusion_heatmap(evaluation.confusion(predictions), {"heron": "water", "wren": "garden"})


def test_accuracy_bars_draw_intervals(predictions):
    table = evaluation.accuracy_by(predictions, "class_name")
    ax = plots.accuracy_bars(table, chance=1 / 3)
    assert [bar.get_width() for bar in ax.patches] == table["accuracy"].tolist()
    whiskers = ax.collections[0].get_segments()
    np.testing.assert_allclose([segment[:, 0] for segment in whiskers], table[["low", "high"]])
    assert "of 4" in " ".join(texts(ax))


def test_counts_of_stale_vectors_are_written_beside_their_story():
    ax = plots.stored_against_fresh(FINDINGS, chance=0.5)
    written = {
        round(text.get_position()[1]): text.get_text() for text in ax.texts if "stale" in text.get_text()
    }
    assert written == {0: "0 stale", 1: "12 stale"}


def test_the_alt_text_of_scores_has_every_number():
    said = plots.alt_text(plots.stored_against_fresh(FINDINGS, chance=0.5))
    assert "same: 80% stored, 80% fresh, 0 stale" in said
    assert "renamed: 25% stored, 75% fresh, 12 stale" in said
    said = plots.alt_text(plots.accuracy_against_chance(SETS))
    assert "two 90% (80% to 95%, chance 50%)" in said and "twenty 70% (60% to 80%, chance 5%)" in said


@pytest.mark.parametrize("low", [-0.002, -0.017, -0.097, -0.4, -1])
def test_differences_have_a_few_ticks_at_whole_per_cents(low):
    ax = plots.differences(pd.DataFrame({"mean": [low / 2], "low": [low], "high": [0.0]}, index=["gulls"]))
    ax.figure.canvas.draw()
    shown = [tick for tick in ax.get_xticks() if ax.get_xlim()[0] <= tick <= ax.get_xlim()[1]]
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert 3 <= len(shown) <= 11 and "0%" in labels
    assert all(abs(100 * tick - round(100 * tick)) < 1e-9 for tick in shown)


def test_differences_that_are_clear_of_zero_stand_out_by_colour_and_mark():
    ax = plots.differences(DIFFERENCES)
    clear, unclear = (line for line in ax.lines if len(line.get_xdata()) == 1)
    assert clear.get_color() == plots.PALETTE["blue"] != unclear.get_color()
    assert clear.get_marker() != unclear.get_marker()
    assert texts(ax) == ["+20.0", "-1.0"]
    assert "leaves +20.0% (+10.0% to +30.0%)" in plots.alt_text(ax)
    low, high = ax.get_xlim()
    assert -low == high > 0.3
