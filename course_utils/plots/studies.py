"""Studies: how a result changes with the size of what went in."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from course_utils.figures import PALETTE, describe, looks, styled
from course_utils.plots.axes import (
    chance_line,
    count_axis,
    legend_above,
    log_axis,
    names_beside_lines,
    percent_axis,
)


@styled
def rate_by_batch(rates: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many pictures a second a backbone takes, against the size of its batches.

    Parameters
    ----------
    rates : columns `batch_size` and `rate` (pictures a second).
    """
    ax = ax or plt.subplots(figsize=(7, 3.4))[1]
    ax.plot(rates["batch_size"], rates["rate"], "o-", color=PALETTE["blue"])
    count_axis(ax, rates["batch_size"], "pictures in a batch")
    ax.set(ylim=(0, None), ylabel="pictures a second")
    ax.grid(axis="y")
    facts = "; ".join(f"{row.rate:.0f} in batches of {row.batch_size}" for row in rates.itertuples())
    describe(ax, f"Line chart of pictures a second against the size of a batch: {facts}.")
    return ax


@styled
def learning_curve_by_size(runs: pd.DataFrame, chance: float, ax: Axes | None = None) -> Axes:
    """Draw accuracy against the number of training pictures of each class: a line for each draw, and their mean.

    A draw's smaller samples lie inside its larger ones, so its points belong together: a line shows how much *it*
    gained, which dots would hide.

    Parameters
    ----------
    runs : columns `draw`, `per_class` and `accuracy`; with a column `group`, such as seen and unseen classes, a mean
        for each of its values.
    """
    groups = dict(iter(runs.groupby("group"))) if "group" in runs else {"mean of the draws": runs}
    ax = ax or plt.subplots(figsize=(7.5, 4.2))[1]
    colours, markers = zip(*looks("runs", groups), strict=True)
    means, facts = {}, []
    for (name, group), colour, marker in zip(groups.items(), colours, markers, strict=True):
        draws = group.pivot_table(index="per_class", columns="draw", values="accuracy")
        means[name] = draws.mean(axis=1)
        ax.plot(draws, color=colour, linewidth=0.7, alpha=0.35)
        ax.plot(means[name], marker + "-", color=colour, linewidth=2.2)
        spread = zip(draws.index, means[name], draws.min(axis=1), draws.max(axis=1), strict=True)
        facts.append(
            f"{name}: " + "; ".join(f"{n} a class {m:.0%} ({a:.0%} to {b:.0%})" for n, m, a, b in spread)
        )
    chance_line(ax, chance, "y")
    count_axis(ax, next(iter(means.values())).index, "training pictures of each class")
    ax.set(ylim=(0, 1.02), ylabel="accuracy on test pictures")
    percent_axis(ax.yaxis)
    ax.grid(axis="y")
    legend_above(ax)
    names_beside_lines(ax, groups, [mean.iloc[-1] for mean in means.values()], colours)
    describe(
        ax,
        f"Accuracy against the number of training pictures, mean and range of the draws. {'. '.join(facts)}.",
    )
    return ax


@styled
def accuracy_against_cost(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the accuracy of backbones against their multiply-adds: a line for each width, a mark for each resolution.

    Parameters
    ----------
    table : columns width, resolution, multiply_adds and parameters (both in millions) and top_1 (per cent), as in
        `data/mobilenets/mobilenet_v1.csv`.

    Raises
    ------
    ValueError : a column is missing, or there are more widths than marks that can be told apart.
    """
    _check(table)
    ax = ax or plt.subplots(figsize=(7, 4.2))[1]
    widths = sorted(table.groupby("width"), reverse=True)
    for (width, group), (colour, mark) in zip(widths, looks("table", widths), strict=True):
        group = group.sort_values("multiply_adds")
        label = f"width {width:g}: {group['parameters'].iloc[0]:.1f} M weights"
        ax.plot(group["multiply_adds"], group["top_1"], mark + "-", color=colour, markersize=7, label=label)
    ax.legend(loc="lower right")
    for row in widths[-1][1].itertuples():
        ax.annotate(
            f"{row.resolution} px", (row.multiply_adds, row.top_1), (8, -2), textcoords="offset points",
            va="top", fontsize=8,
        )  # fmt: skip
    low, high = table["multiply_adds"].min(), table["multiply_adds"].max()
    ax.set(xlim=(0.8 * low, 1.25 * high), ylim=(table["top_1"].min() - 5, table["top_1"].max() + 3))
    log_axis(ax.xaxis)
    ax.set(xlabel="million multiply-adds for a picture", ylabel="top-1 on ImageNet, %")
    ax.grid(axis="both")
    describe(ax, _said(table))
    return ax


@styled
def accuracy_against_time(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw accuracies with their intervals against milliseconds; what nothing beats in both is joined by a line.

    Parameters
    ----------
    table : a row for each backbone, named by the index; columns ms, accuracy, low, high, and front (True where no
        other is both faster and better).
    """
    ax = ax or plt.subplots(figsize=(7.5, 4.2))[1]
    table = table.sort_values("ms")
    front = table[table["front"]]
    ax.plot(front["ms"], front["accuracy"], color=PALETTE["blue"], linewidth=1.5, drawstyle="steps-post")
    for row in table.itertuples():
        colour, mark = (PALETTE["blue"], "o") if row.front else ("#888888", "D")
        ax.plot([row.ms, row.ms], [row.low, row.high], color=colour, linewidth=2)
        ax.plot(row.ms, row.accuracy, mark, color=colour, markersize=8)
        ax.annotate(
            row.Index, (row.ms, row.accuracy), (7, 4), textcoords="offset points", fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    ax.set(xlim=(0.8 * table["ms"].min(), 1.6 * table["ms"].max()))
    log_axis(ax.xaxis)
    ax.set(xlabel="milliseconds for a picture", ylabel="accuracy, with its 95% interval")
    percent_axis(ax.yaxis)
    ax.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))  # whole per cent
    ax.grid(axis="y")
    facts = "; ".join(
        f"{row.Index} {row.accuracy:.0%} ({row.low:.0%} to {row.high:.0%}) in {row.ms:.1f} ms{', front' * row.front}"
        for row in table.itertuples()
    )
    describe(ax, f"Accuracy against time: {facts}.")
    return ax


@styled
def learnt_against_kept(
    runs: pd.DataFrame, learnt: str = "test pictures", path: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw what trainings have learnt against what they have kept: best is at the top right.

    Parameters
    ----------
    runs : a row for each training; columns `name`, `learnt` (accuracy on what it was trained for) and `kept` (accuracy
        on what the backbone knew before). Of trainings with the same name each is a small dot, their mean a large mark.
        Those that are named "" are grey dots without a mean.
    learnt : of what the accuracy upwards is.
    path : join the means, in the order of the table.
    """
    ax = ax or plt.subplots(figsize=(7.5, 4.6))[1]
    means = runs[runs["name"] != ""].groupby("name", sort=False)[["kept", "learnt"]].mean()
    if path:
        ax.plot(means["kept"], means["learnt"], color="#888888", linewidth=1.2, zorder=1)
    shades = [PALETTE["blue"]] * len(means) if path else [colour for colour, _ in looks("runs", means.index)]
    colours = dict(zip(means.index, shades, strict=True))
    unnamed = runs["name"] == ""
    shade, size, alpha = runs["name"].map(colours).fillna("#666666"), 12 + 18 * unnamed, 0.35 + 0.35 * unnamed
    ax.scatter(runs["kept"], runs["learnt"], s=size, c=shade, alpha=alpha, linewidths=0)
    _means(ax, means, colours, path)
    low = max(0, runs["kept"].min() - 0.45 * (runs["kept"].max() - runs["kept"].min()) - 0.02)
    ax.set(xlim=(low, min(1.005, runs["kept"].max() + 0.02)))
    ax.set(xlabel="kept: accuracy on the source classes", ylabel=f"learnt: accuracy on {learnt}")
    ax.margins(y=0.12)  # room for a name below the lowest
    for axis in (ax.xaxis, ax.yaxis):
        percent_axis(axis)
        axis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))  # whole per cent
    ax.grid(axis="both")
    facts = "; ".join(
        f"{row.Index} {row.learnt:.0%} learnt, {row.kept:.0%} kept" for row in means.itertuples()
    )
    describe(ax, f"Accuracy on {learnt} against accuracy on the source classes: {facts}.")
    return ax


def _means(ax: Axes, means: pd.DataFrame, colours: dict[str, str], path: bool) -> None:
    """Draw a mark for each mean, its name below to the left, or above to the right where there is no room."""
    for place, row in enumerate(means.itertuples()):
        ax.plot(row.kept, row.learnt, "o", color=colours[row.Index], markersize=9)
        close = path and place % 2 and place < len(means) - 1  # to its neighbours on the path
        offset, ha, va = ((7, 5), "left", "bottom") if close or row.kept < 0.1 else ((-7, -6), "right", "top")
        ax.annotate(
            row.Index, (row.kept, row.learnt), offset, textcoords="offset points", ha=ha, va=va,
            fontsize=9, weight="bold", color=colours[row.Index],
        )  # fmt: skip


def _check(table: pd.DataFrame) -> None:
    missing = [c for c in ("width", "resolution", "multiply_adds", "parameters", "top_1") if c not in table]
    if missing:
        raise ValueError(f"`table` must have a column {missing[0]!r}. Received: {', '.join(table.columns)}.")


def _said(table: pd.DataFrame) -> str:
    ends = table.sort_values("multiply_adds").iloc[[0, -1]]
    cheap, dear = (
        f"{row.multiply_adds:,.0f} million and {row.top_1:.1f} % (width {row.width:g}, {row.resolution} px)"
        for row in ends.itertuples()
    )
    return f"Accuracy on ImageNet against multiply-adds of {len(table)} networks: from {cheap} to {dear}."
