"""Curves: how a value changes with another that was varied."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from course_utils.figures import PALETTE, describe, styled
from course_utils.plots.axes import percent_axis


@styled
def coverage_curves(table: pd.DataFrame, threshold: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw what a threshold on the confidence does: how much is answered, how much of that is right.

    Parameters
    ----------
    table : columns `threshold`, `answered` (share of the pictures that get an answer), `right` (share of right
        ones among these; NaN where there are none) and, where known, `strangers` (share of pictures of unknown
        classes that get an answer all the same).
    threshold : where given, a line there, and the values of the nearest row written beside the curves.
    """
    lines = {
        "right": ("right, of those answered", "-", PALETTE["blue"]),
        "answered": ("answered", "--", PALETTE["orange"]),
        "strangers": ("strangers given a name", ":", PALETTE["red"]),
    }
    ax = ax or plt.subplots(figsize=(7, 3.8))[1]
    row = None if threshold is None else table.iloc[(table["threshold"] - threshold).abs().argmin()]
    facts = []
    for column, (name, line, colour) in lines.items():
        if column not in table:
            continue
        value = "" if row is None else f": {row[column]:.0%}"
        ax.plot(table["threshold"], table[column], line, color=colour, linewidth=2.2, label=f"{name}{value}")
        ends = table[column].dropna()
        facts.append(f"{name}{value or f' from {ends.iloc[0]:.0%} to {ends.iloc[-1]:.0%}'}")
        if row is not None:
            ax.plot(row["threshold"], row[column], "o", color=colour)
    at = ""
    if row is not None:
        ax.axvline(row["threshold"], color=PALETTE["black"], linewidth=1)
        at = f", at {row['threshold']:.0%}"
    ax.set(xlabel=f"least confidence for an answer{at}", ylabel="share of pictures", ylim=(0, 1.03))
    for axis in (ax.xaxis, ax.yaxis):
        percent_axis(axis)
    ax.grid(axis="y")
    ax.legend(loc="lower left")
    describe(ax, f"Curves over the least confidence for an answer{at}: {'; '.join(facts)}.")
    return ax
