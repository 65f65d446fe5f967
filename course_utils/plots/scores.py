"""Scores: how often a classifier is right, beside chance, and what it takes for what."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils.figures import PALETTE, describe, styled
from course_utils.plots.axes import CHANCE, accuracy_rows, chance_line, legend_above


@styled
def confusion_heatmap(
    confusion: pd.DataFrame, groups: Mapping[str, str] | pd.Series | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a confusion matrix: counts written in, colour by the share of the true class.

    Parameters
    ----------
    confusion : counts, true classes in rows, as made by `evaluation.confusion`.
    groups : the group of each class (a genus, for example). Classes are then sorted by group, with a
        line between.
    """
    if groups is not None:
        confusion = _sort_by_group(confusion, groups)
    names, counts = list(confusion.index), confusion.to_numpy()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = 2.4 + (0.36 if len(names) <= 20 else 0.26) * len(names)
    ax = ax or plt.subplots(figsize=(side + (0.9 if groups is not None else 0), side))[1]
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    _write_counts(ax, counts, shares)
    ax.set_xticks(
        range(len(names)),
        names,
        rotation=90 if len(names) > 12 else 45,
        rotation_mode="anchor",
        ha="right",
        va="center" if len(names) > 12 else "top",
    )
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="taken for", ylabel="true class")
    ax.set_xticks(np.arange(1, len(names)) - 0.5, minor=True)
    ax.set_yticks(np.arange(1, len(names)) - 0.5, minor=True)
    ax.grid(which="minor", color="#E4EAF2", linewidth=0.6)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)
    if groups is not None:
        _separate_groups(ax, [groups[name] for name in names])
    describe(ax, _confusion_text(names, counts))
    return ax


@styled
def accuracy_bars(table: pd.DataFrame, chance: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the accuracy of groups as bars with their 95 % intervals, in the order of the table.

    Parameters
    ----------
    table : as made by `evaluation.accuracy_by`: columns count, accuracy, low, high.
    chance : the accuracy of guessing; where given, a dashed line.
    """
    names = [str(name) for name in table.index]
    ax = ax or plt.subplots(figsize=(7, 1.2 + 0.32 * len(names)))[1]
    places = np.arange(len(names))
    ax.barh(
        places,
        table["accuracy"],
        xerr=_whiskers(table),
        height=0.7,
        color=PALETTE["sky"],
        error_kw={"ecolor": "#333333", "capsize": 3, "elinewidth": 1.2},
    )
    accuracy_rows(ax, names, [f"{row.accuracy:.0%} of {row.count}" for row in table.itertuples()])
    ax.set(xlabel="accuracy, with its 95% interval", ylabel=str(table.index.name or "").replace("_", " "))
    if chance is not None:
        chance_line(ax, chance, "x")
        legend_above(ax)
    facts = "; ".join(
        f"{name} {row.accuracy:.0%} ({row.low:.0%} to {row.high:.0%}, {row.count} pictures)"
        for name, row in zip(names, table.itertuples(), strict=True)
    )
    describe(ax, f"Bar chart of accuracy with 95% intervals: {facts}.")
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
    ax.vlines(table["chance"], places - 0.4, places + 0.4, label="chance", **CHANCE)
    ax.errorbar(
        table["accuracy"], places, xerr=_whiskers(table), fmt="o", capsize=4, color=PALETTE["blue"],
        label="accuracy, with its 95% interval",
    )  # fmt: skip
    accuracy_rows(ax, table.index, [f"{accuracy:.0%}" for accuracy in table["accuracy"]])
    legend_above(ax)
    facts = "; ".join(
        f"{row.Index} {row.accuracy:.0%} ({row.low:.0%} to {row.high:.0%}, chance {row.chance:.0%})"
        for row in table.itertuples()
    )
    describe(ax, f"Accuracy of data sets beside chance: {facts}.")
    return ax


@styled
def differences(table: pd.DataFrame, what: str = "difference in accuracy", ax: Axes | None = None) -> Axes:
    """Draw differences with their intervals round a line at zero; those that do not reach it are in colour.

    Parameters
    ----------
    table : a row for each comparison, named by the index; columns mean, low, high, all shares.
    what : what a difference to the right means.
    """
    ax = ax or plt.subplots(figsize=(8, 1.2 + 0.36 * len(table)))[1]
    sure = (table["low"] > 0) | (table["high"] < 0)
    for place, (row, is_sure) in enumerate(zip(table.itertuples(), sure, strict=True)):
        colour, mark = (PALETTE["blue"], "o") if is_sure else ("#888888", "D")
        ax.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
        ax.plot(row.mean, place, mark, color=colour, markersize=7)
    ax.axvline(0, **CHANCE)
    accuracy_rows(ax, table.index, [f"{100 * mean:+.1f}" for mean in table["mean"]])
    reach = 1.1 * max(table[["low", "high"]].abs().max(axis=None), 0.01)
    ax.set(xlim=(-reach, reach), xlabel=f"{what}, with its 95% interval")
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if reach <= 5.5 * step)
    each_side = int(reach / step)
    ax.set_xticks(step * np.arange(-each_side, each_side + 1))  # labels are whole per cents
    for note in ax.texts:  # at the right edge, which has moved
        note.set_x(1.04 * reach)
    facts = "; ".join(
        f"{row.Index} {row.mean:+.1%} ({row.low:+.1%} to {row.high:+.1%})" for row in table.itertuples()
    )
    describe(ax, f"{what[:1].upper()}{what[1:]}, 95% intervals: {facts}.")
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
    marks = {"stored": ("the stored", "D", PALETTE["red"]), "fresh": ("fresh", "o", PALETTE["blue"])}
    for column, (which, marker, colour) in marks.items():
        label = f"with {which} features"
        ax.scatter(findings[column], places, s=70, marker=marker, color=colour, label=label, zorder=2)
    accuracy_rows(ax, findings["story"], [f"{stale} stale" for stale in findings["stale"]])
    chance_line(ax, chance, "x")
    legend_above(ax)
    facts = "; ".join(
        f"{row.story}: {row.stored:.0%} stored, {row.fresh:.0%} fresh, {row.stale} stale"
        for row in findings.itertuples()
    )
    describe(ax, f"Accuracy with stored and with fresh features: {facts}.")
    return ax


def _whiskers(table: pd.DataFrame) -> np.ndarray:
    """Return how far each interval reaches below and above its accuracy, shape (2, rows)."""
    return table[["low", "high"]].sub(table["accuracy"], axis=0).abs().to_numpy().T


def _sort_by_group(confusion: pd.DataFrame, groups: Mapping[str, str] | pd.Series) -> pd.DataFrame:
    missing = [name for name in confusion.index if name not in groups]
    if missing:
        raise ValueError(
            f"`groups` must name a group for each class. Received: none for {', '.join(missing)}."
        )
    order = sorted(confusion.index, key=lambda name: groups[name])  # stable: label order inside a group
    return confusion.loc[order, order]


def _write_counts(ax: Axes, counts: np.ndarray, shares: np.ndarray) -> None:
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        ax.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=8, color=colour)


def _separate_groups(ax: Axes, groups: list[str]) -> None:
    starts = [i for i, group in enumerate(groups) if i == 0 or group != groups[i - 1]]
    for start, end in zip(starts, [*starts[1:], len(groups)], strict=True):
        if start:
            ax.axhline(start - 0.5, color="#555555", linewidth=1)
            ax.axvline(start - 0.5, color="#555555", linewidth=1)
        ax.text(
            len(groups) - 0.3,
            (start + end - 1) / 2,
            groups[start],
            va="center",
            fontsize=9,
            fontstyle="italic",
        )


def _confusion_text(names: list[str], counts: np.ndarray) -> str:
    mistakes = counts - np.diag(np.diag(counts))
    order = np.argsort(-mistakes, axis=None, kind="stable")[:3]
    places = [np.unravel_index(i, counts.shape) for i in order if mistakes.flat[i]]
    facts = "; ".join(
        f"{names[row]} taken for {names[column]} ({counts[row, column]})" for row, column in places
    )
    return f"Confusion matrix of {len(names)} classes: {np.trace(counts)} of {counts.sum()} right. " + (
        f"Commonest mistakes: {facts}." if facts else "No mistakes."
    )
