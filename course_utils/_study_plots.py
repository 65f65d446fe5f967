"""Figures of studies: how a result changes with what went in. Use them through `course_utils.plots`."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils._figures import PALETTE, describe, styled
from course_utils.evaluation import wilson_interval


@styled
def rate_by_batch(rates: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many pictures a second a backbone takes, against the size of its batches.

    Parameters
    ----------
    rates : columns `batch_size` and `rate` (pictures a second).
    """
    ax = ax or plt.subplots(figsize=(7, 3.4))[1]
    ax.plot(rates["batch_size"], rates["rate"], "o-", color=PALETTE["blue"])
    _count_axis(ax, rates["batch_size"], "pictures in a batch")
    ax.set(ylim=(0, None), ylabel="pictures a second")
    ax.grid(axis="y")
    said = "; ".join(f"{row.rate:.0f} in batches of {row.batch_size}" for row in rates.itertuples())
    describe(ax, f"Line chart of pictures a second against the size of a batch: {said}.")
    return ax


@styled
def stored_against_fresh(findings: pd.DataFrame, chance: float, ax: Axes | None = None) -> Axes:
    """Draw the accuracy that stored features promise beside that of features computed afresh, story by story.

    Parameters
    ----------
    findings : columns `story`, `stale` (how many stored vectors are wrong), `stored` and `fresh` (accuracies).
    """
    ax = ax or plt.subplots(figsize=(8, 1.3 + 0.55 * len(findings)))[1]
    places = np.arange(len(findings))
    ax.hlines(places, findings["stored"], findings["fresh"], color="#999999", linewidth=2, zorder=1)
    for column, marker, colour in (("stored", "D", PALETTE["red"]), ("fresh", "o", PALETTE["blue"])):
        ax.scatter(findings[column], places, s=70, marker=marker, color=colour, label=_SAID[column], zorder=2)
    for place, stale in zip(places, findings["stale"], strict=True):
        ax.text(1.03, place, f"{stale} stale", va="center", fontsize=9)
    _share_axis(ax, chance, len(findings))
    ax.set_yticks(places, findings["story"])
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    said = "; ".join(
        f"{row.story}: {row.stored:.0%} stored, {row.fresh:.0%} fresh, {row.stale} stale"
        for row in findings.itertuples()
    )
    describe(ax, f"Accuracy with stored and with fresh features: {said}.")
    return ax


@styled
def learning_curve_by_size(runs: pd.DataFrame, n_test: int, chance: float, ax: Axes | None = None) -> Axes:
    """Draw accuracy against the number of training pictures a class: each draw, their mean, and its interval.

    The dots show how much depends on *which* pictures were drawn, the bars how much on the test pictures.

    Parameters
    ----------
    runs : one row for each draw, columns `per_class` and `accuracy`.
    n_test : how many pictures every accuracy was measured on; the bars are 95 % Wilson intervals of the mean.
    """
    means = runs.groupby("per_class")["accuracy"].mean()
    low, high = wilson_interval(means * n_test, n_test)
    ax = ax or plt.subplots(figsize=(7.5, 4.4))[1]
    jitter = 2.0 ** np.linspace(-0.22, -0.08, runs.groupby("per_class").size().max())
    for size, draws in runs.groupby("per_class"):
        ax.scatter(
            size * jitter[: len(draws)], draws["accuracy"], s=18, color=PALETTE["sky"],
            label="one draw of training pictures" if size == means.index[0] else None,
        )  # fmt: skip
    ax.errorbar(
        means.index, means, yerr=[means - low, high - means], fmt="o-", capsize=4, elinewidth=1.2,
        color=PALETTE["blue"], label="mean, with the 95% interval of the test",
    )  # fmt: skip
    ax.axhline(chance, color=PALETTE["black"], linestyle="--", linewidth=1, label="chance")
    _count_axis(ax, means.index, "training pictures of each class")
    ax.set(ylim=(0, 1.02), ylabel="accuracy on test pictures")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(axis="y")
    ax.legend(loc="center right")
    spread = runs.groupby("per_class")["accuracy"].agg(["min", "max"])
    said = "; ".join(
        f"{size} a class {means[size]:.0%}, draws from {spread['min'][size]:.0%} to {spread['max'][size]:.0%}"
        for size in means.index
    )
    describe(ax, f"Accuracy against the number of training pictures: {said}.")
    return ax


@styled
def accuracy_against_chance(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the accuracies of several data sets with their intervals, each beside what guessing would give.

    Parameters
    ----------
    table : a row for each data set, named by the index; columns accuracy, low, high, chance.
    """
    ax = ax or plt.subplots(figsize=(8, 1.2 + 0.5 * len(table)))[1]
    places = np.arange(len(table))
    errors = np.abs(table[["low", "high"]].sub(table["accuracy"], axis=0)).to_numpy().T  # (2, data sets)
    ax.scatter(table["chance"], places, marker="|", s=260, color=PALETTE["black"], label="chance")
    ax.errorbar(
        table["accuracy"], places, xerr=errors, fmt="o", capsize=4, color=PALETTE["blue"],
        label="accuracy, with its 95% interval",
    )  # fmt: skip
    for place, row in zip(places, table.itertuples(), strict=True):
        ax.text(1.03, place, f"{row.accuracy:.0%}", va="center", fontsize=9)
    _share_axis(ax, None, len(table))
    ax.set_yticks(places, table.index)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    said = "; ".join(
        f"{row.Index} {row.accuracy:.0%} ({row.low:.0%} to {row.high:.0%}, chance {row.chance:.0%})"
        for row in table.itertuples()
    )
    describe(ax, f"Accuracy of data sets beside chance: {said}.")
    return ax


_SAID = {"stored": "with the stored features", "fresh": "with fresh features"}


def _count_axis(ax: Axes, counts: pd.Series | pd.Index, label: str) -> None:
    """Counts that double or so from one to the next, each with its own tick."""
    ax.set_xscale("log", base=2)
    ax.set_xticks(list(counts), [str(count) for count in counts])
    ax.minorticks_off()
    ax.set_xlabel(label)


def _share_axis(ax: Axes, chance: float | None, n_rows: int) -> None:
    """Shares from left to right, rows from top to bottom."""
    if chance is not None:
        ax.axvline(chance, color=PALETTE["black"], linestyle="--", linewidth=1)
        ax.text(chance, n_rows - 0.55, " chance", fontsize=9, va="bottom")
    ax.set(xlim=(0, 1), ylim=(n_rows - 0.5, -0.6), xlabel="accuracy")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
