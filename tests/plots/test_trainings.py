"""Figures of trainings draw each step, and say how they end."""

import pandas as pd
import pytest

from course_utils import plots

from .examples import HISTORIES, texts


def test_learning_curves_draw_training_and_validation():
    history = {"accuracy": [0.3, 0.6], "val_accuracy": [0.2, 0.5], "loss": [2, 1]}
    ax = plots.learning_curves(history)
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.3, 0.6], [0.2, 0.5]]
    assert ax.lines[0].get_xdata().tolist() == [1, 2] and ax.get_ylabel() == "accuracy"
    assert ax.lines[0].get_marker() != ax.lines[1].get_marker()  # never colour alone
    assert len(plots.learning_curves(pd.DataFrame(history), "loss").lines) == 1
    with pytest.raises(ValueError, match="`metric` must be one of accuracy, loss. Received: 'acuracy'"):
        plots.learning_curves(history, "acuracy")


def test_training_race_draws_both_curves_and_says_how_they_end():
    ax = plots.training_race(HISTORIES, chance=0.05)
    drawn = [list(line.get_ydata()) for line in ax.lines[:4]]
    assert drawn == [[0.5, 1.0], [0.1, 0.2], [0.8, 0.9], [0.6, 0.7]]
    assert texts(ax) == ["one layer: 20%", "borrowed: 70%"]
    assert "borrowed 90% in training and 70% in validation" in plots.alt_text(ax)


def test_the_legend_of_a_race_covers_no_name():
    ends = dict.fromkeys(("accuracy", "val_accuracy"), [0.2, 0.48])
    ax = plots.training_race({"middle": ends, "in the middle, too": ends}, chance=0.5)
    ax.figure.canvas.draw()
    legend = ax.get_legend().get_window_extent()
    assert not [text.get_text() for text in ax.texts if text.get_window_extent().overlaps(legend)]
