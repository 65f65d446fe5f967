"""Trainings: how a metric changes from step to step, and with the learning rate."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils.errors import unknown_name
from course_utils.figures import describe, looks, styled
from course_utils.plots.axes import chance_line, legend_above, log_axis, names_beside_lines, percent_axis

_LINES = ("-", "--", "-.", ":")


@styled
def learning_curves(history: object, metric: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a metric on training and validation data, epoch by epoch.

    Parameters
    ----------
    history : what `model.fit` returns, its `.history` dict, or a DataFrame with a row for each epoch.
    metric : None means "accuracy" where there is one, else "loss".
    """
    table = _by_epoch(history)
    metric = metric or ("accuracy" if "accuracy" in table else "loss")
    if metric not in table:
        raise unknown_name("metric", metric, [str(c) for c in table if not str(c).startswith("val_")])
    ax = ax or plt.subplots()[1]
    lines = {metric: ("training", "o-"), f"val_{metric}": ("validation", "s--")}
    facts = []
    for column, (name, look) in lines.items():
        if column in table:
            ax.plot(table[column], look, label=name)
            facts.append(f"{name} from {table[column].iloc[0]:.3g} to {table[column].iloc[-1]:.3g}")
    _epochs(ax, metric)
    ax.legend()
    describe(ax, f"Line chart of {metric} over {len(table)} epochs: {'; '.join(facts)}.")
    return ax


@styled
def training_race(histories: Mapping[str, object], chance: float, ax: Axes | None = None) -> Axes:
    """Draw the accuracy of several trainings: thick on validation pictures, dotted on training pictures.

    Parameters
    ----------
    histories : by name, what `model.fit` returns, or its `.history` dict; with `accuracy` and `val_accuracy`.
    chance : the accuracy of guessing.
    """
    ax = ax or plt.subplots(figsize=(9, 4.6))[1]
    tables = {name: _by_epoch(one) for name, one in histories.items()}
    ends = [table["val_accuracy"].iloc[-1] for table in tables.values()]
    colours, markers = zip(*looks("histories", histories), strict=True)
    facts = []
    for (name, table), end, colour, marker in zip(tables.items(), ends, colours, markers, strict=True):
        ax.plot(table["accuracy"], ":", color=colour)
        ax.plot(table["val_accuracy"], marker=marker, markevery=3, linewidth=3, color=colour)
        facts.append(f"{name} {table['accuracy'].iloc[-1]:.0%} in training and {end:.0%} in validation")
    _finish_race(ax, chance)
    names = [f"{name}: {end:.0%}" for name, end in zip(tables, ends, strict=True)]
    names_beside_lines(ax, names, ends, colours)
    describe(ax, f"Line chart of accuracy by epoch, at the end: {'; '.join(facts)}.")
    return ax


@styled
def loss_curves(curves: Mapping[str, Sequence[float]], log: bool = False, ax: Axes | None = None) -> Axes:
    """Draw the loss of several trainings, step by step, each with a line of its own kind.

    Parameters
    ----------
    curves : by name, the loss at each step.
    log : draw the losses on a logarithmic scale.
    """
    ax = ax or plt.subplots(figsize=(6.4, 3.6))[1]
    facts = []
    lines = zip(curves.items(), looks("curves", curves), strict=True)
    for k, ((name, losses), (colour, _)) in enumerate(lines):
        ax.plot(losses, _LINES[k % 4], color=colour, linewidth=3 - 0.4 * k, label=name)
        facts.append(f"{name} from {losses[0]:.3g} to {losses[-1]:.3g}")
    ax.set(xlabel="step", ylabel="loss")
    if log:
        log_axis(ax.yaxis)
    ax.grid(axis="y")
    ax.legend()
    describe(ax, f"Line chart of the loss: {'; '.join(facts)}.")
    return ax


def _finish_race(ax: Axes, chance: float) -> None:
    """Add the line of chance, the legend and the axes."""
    ax.plot([], [], color="#555555", linewidth=3, label="validation")
    ax.plot([], [], ":", color="#555555", label="training")
    chance_line(ax, chance, "y")
    legend_above(ax)
    _epochs(ax, "accuracy")
    ax.set_ylim(0, 1.03)
    percent_axis(ax.yaxis)


def _by_epoch(history: object) -> pd.DataFrame:
    """Return what `model.fit` returns, or its `.history`, as a table; the index is the epoch, from 1."""
    table = pd.DataFrame(getattr(history, "history", history))
    return table.set_index(np.arange(1, len(table) + 1))


def _epochs(ax: Axes, metric: str) -> None:
    ax.set(xlabel="epoch", ylabel=metric)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y")
