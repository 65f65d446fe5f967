"""Figures of the course: data in, `ax` in, `ax` out.

Each function draws on the Axes it gets, or on a new figure, and returns the Axes. It never shows or saves
anything. Colours can be told apart with every common kind of colour vision, and never say something alone.
Each figure carries an alt text, which you may replace with `describe(ax, "...")`; saved notebooks keep it.
"""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils._backbone_plots import accuracy_against_cost
from course_utils._figures import PALETTE, STYLE, alt_text, describe, styled, to_html
from course_utils._filter_plots import filter_gallery, filter_step, filter_tiles
from course_utils._landscape_plots import landscape, race, race_strip, surface
from course_utils._network_plots import loss_curves, rate_curves, two_measurements
from course_utils._picture_plots import boxes, image_grid, predictions_grid
from course_utils._seeing_plots import agreement_curves, feature_maps, receptive_fields, training_race
from course_utils._study_plots import (
    accuracy_against_chance,
    learning_curve_by_size,
    rate_by_batch,
    stored_against_fresh,
)
from course_utils._trust_plots import coverage_curves, share_map, spotlight_grid
from course_utils.errors import unknown_name
from course_utils.sketchbook.guide.page import species_page

__all__ = [
    "PALETTE",
    "STYLE",
    "accuracy_against_chance",
    "accuracy_against_cost",
    "accuracy_bars",
    "agreement_curves",
    "alt_text",
    "boxes",
    "confusion_heatmap",
    "coverage_curves",
    "describe",
    "feature_maps",
    "filter_gallery",
    "filter_step",
    "filter_tiles",
    "image_grid",
    "landscape",
    "learning_curve_by_size",
    "learning_curves",
    "loss_curves",
    "predictions_grid",
    "race",
    "race_strip",
    "rate_by_batch",
    "rate_curves",
    "receptive_fields",
    "share_map",
    "species_page",
    "spotlight_grid",
    "stored_against_fresh",
    "surface",
    "to_html",
    "training_race",
    "two_measurements",
]


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
def learning_curves(history: object, metric: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw a metric on training and validation data, epoch by epoch.

    Parameters
    ----------
    history : what `model.fit` returns, its `.history` dict, or a DataFrame with a row for each epoch.
    metric : None means "accuracy" where there is one, else "loss".
    """
    table = pd.DataFrame(getattr(history, "history", history))
    metric = metric or ("accuracy" if "accuracy" in table else "loss")
    if metric not in table:
        raise unknown_name("metric", metric, [str(c) for c in table if not str(c).startswith("val_")])
    epochs = np.arange(1, len(table) + 1)
    ax = ax or plt.subplots()[1]
    looks = {metric: ("training", "o-"), f"val_{metric}": ("validation", "s--")}
    said = []
    for column, (name, look) in looks.items():
        if column in table:
            ax.plot(epochs, table[column], look, label=name)
            said.append(f"{name} from {table[column].iloc[0]:.3g} to {table[column].iloc[-1]:.3g}")
    ax.set(xlabel="epoch", ylabel=metric)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y")
    ax.legend()
    describe(ax, f"Line chart of {metric} over {len(table)} epochs: {'; '.join(said)}.")
    return ax


@styled
def accuracy_bars(table: pd.DataFrame, chance: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the accuracy of groups as bars with their 95 % intervals, in the order of the table.

    Parameters
    ----------
    table : as made by `evaluation.accuracy_by`: columns count, accuracy, low, high.
    chance : where given, a dashed line at the accuracy of guessing.
    """
    names = [str(name) for name in table.index]
    ax = ax or plt.subplots(figsize=(7, 1.2 + 0.32 * len(names)))[1]
    places = np.arange(len(names))
    errors = np.abs(table[["low", "high"]].sub(table["accuracy"], axis=0)).to_numpy().T  # (2, groups)
    ax.barh(
        places,
        table["accuracy"],
        xerr=errors,
        height=0.7,
        color=PALETTE["sky"],
        error_kw={"ecolor": "#333333", "capsize": 3, "elinewidth": 1.2},
    )
    for place, row in zip(places, table.itertuples(), strict=True):
        ax.text(1.02, place, f"{row.accuracy:.0%} of {row.count}", va="center", fontsize=9)
    if chance is not None:
        ax.axvline(chance, color=PALETTE["black"], linestyle="--", linewidth=1)
        ax.text(chance, -0.75, " chance", fontsize=9, va="bottom")
    ax.set_yticks(places, names)
    ax.set(
        xlim=(0, 1),
        ylim=(len(names) - 0.4, -0.8),
        xlabel="accuracy, with its 95% interval",
        ylabel=str(table.index.name or "").replace("_", " "),
    )
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    said = "; ".join(
        f"{name} {row.accuracy:.0%} ({row.low:.0%} to {row.high:.0%}, {row.count} pictures)"
        for name, row in zip(names, table.itertuples(), strict=True)
    )
    describe(ax, f"Bar chart of accuracy with 95% intervals: {said}.")
    return ax


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
    said = "; ".join(
        f"{names[row]} taken for {names[column]} ({counts[row, column]})" for row, column in places
    )
    return f"Confusion matrix of {len(names)} classes: {np.trace(counts)} of {counts.sum()} right. " + (
        f"Commonest mistakes: {said}." if said else "No mistakes."
    )
