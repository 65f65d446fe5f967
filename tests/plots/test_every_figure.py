"""What every figure promises: it draws where it is told, says what it shows, and leaves nothing behind."""

import inspect
import re
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from course_utils import plots
from course_utils.figures import LOOKS

from .examples import BIRDS, NETWORKS, PATHS, draw

FUNCTIONS = {name: function for name in plots.__all__ if callable(function := getattr(plots, name))}
FIGURES = [name for name, function in FUNCTIONS.items() if "ax" in inspect.signature(function).parameters]
FILMS = ["race"]


@pytest.mark.parametrize("name", FIGURES)
def test_it_draws_where_it_is_told_with_an_alt_text_and_changes_no_setting(name, predictions):
    changes = {"predictions": predictions} if name == "predictions_grid" else {}
    before = dict(matplotlib.rcParams)
    _, given = plt.subplots(subplot_kw={"projection": "3d"} if name == "surface" else {})
    assert draw(name, ax=given, **changes) is given
    own = draw(name, **changes)
    assert own.figure is not given.figure and len(plt.get_fignums()) == 2
    assert len(plots.alt_text(own)) > 15 and plots.alt_text(own.figure) == plots.alt_text(own)
    assert dict(matplotlib.rcParams) == before
    own.figure.canvas.draw()


def test_authors_find_every_figure_in_the_table_for_lessons():
    text = (Path(__file__).parents[2] / "lessons" / "README.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| what you want to say .*?(?=^$)", text, re.DOTALL | re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", table)) == sorted([*FIGURES, *FILMS])


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("accuracy_against_chance", "x"),
        ("accuracy_bars", "x"),
        ("learning_curve_by_size", "y"),
        ("stored_against_fresh", "x"),
        ("training_race", "y"),
    ],
)
def test_shares_are_written_as_per_cent(name, shares):
    ax = draw(name)
    ax.figure.canvas.draw()
    for axis in shares:
        labels = [label.get_text() for label in getattr(ax, f"get_{axis}ticklabels")()]
        assert "20%" in labels and all(label.endswith("%") for label in labels)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("accuracy_against_chance", "chance"),
        ("accuracy_bars", "chance: 50%"),
        ("learning_curve_by_size", "chance: 20%"),
        ("stored_against_fresh", "chance: 50%"),
        ("training_race", "chance: 5%"),
    ],
)
def test_chance_looks_the_same_in_every_figure(name, label):
    legend = draw(name).get_legend()
    entries = dict(zip((text.get_text() for text in legend.get_texts()), legend.legend_handles, strict=True))
    line = entries[label]
    assert (to_hex(line.get_color()), line.get_linestyle(), line.get_linewidth()) == ("#000000", "--", 1)


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("accuracy_against_cost", lambda ax: ax.lines),
        ("landscape", lambda ax: ax.lines[:3:2]),
        ("loss_curves", lambda ax: ax.lines),
        ("training_race", lambda ax: ax.lines[:4:2]),
        ("two_measurements", lambda ax: ax.collections[:2]),
    ],
)
def test_lines_and_groups_have_their_colours_in_the_same_order(name, drawn):
    ax = draw(name)
    shown = [
        to_hex(one.get_color() if hasattr(one, "get_color") else one.get_facecolor()[0]) for one in drawn(ax)
    ]
    assert shown == [plots.PALETTE[colour].lower() for colour, _ in LOOKS[: len(shown)]] and len(shown) >= 2


def many(n):
    """For each figure that tells lines or groups apart, n of them."""
    names = [f"line {i}" for i in range(n)]
    curve = {"accuracy": [0.1, 0.2], "val_accuracy": [0.1, 0.2]}
    return {
        "accuracy_against_cost": {"table": pd.concat([NETWORKS[:1].assign(width=i) for i in range(n)])},
        "landscape": {"paths": dict.fromkeys(names, PATHS["SGD"])},
        "loss_curves": {"curves": dict.fromkeys(names, [2.0, 1.0])},
        "training_race": {"histories": dict.fromkeys(names, curve)},
        "two_measurements": {"table": pd.concat([BIRDS[:1].assign(genus=name) for name in names])},
    }


@pytest.mark.parametrize("name", many(6))
def test_six_lines_or_groups_are_all_drawn_and_a_seventh_is_refused_not_left_out(name):
    ax = draw(name, **many(6)[name])
    colours = {to_hex(line.get_color()) for line in ax.lines}
    colours |= {to_hex(colour) for dots in ax.collections for colour in dots.get_facecolor()}
    assert {plots.PALETTE[colour].lower() for colour, _ in LOOKS} <= colours
    with pytest.raises(ValueError, match="must have 1 to 6 lines or groups.*Received: 7"):
        draw(name, **many(7)[name])
