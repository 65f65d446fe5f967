"""Curves: how a value changes with another that was varied."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from course_utils.figures import describe, looks, styled
from course_utils.plots.axes import names_beside_lines


@styled
def agreement_curves(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how much pixels agree with those some way off, a line for each kind of picture.

    Parameters
    ----------
    table : correlations, -1 to 1; the index is the distance in pixels, each column a kind of picture.
    """
    ax = ax or plt.subplots(figsize=(8, 3.8))[1]
    colours, markers = zip(*looks("table", table.columns), strict=True)
    for name, colour, marker in zip(table, colours, markers, strict=True):
        ax.plot(table[name], marker=marker, color=colour)
    ax.axhline(0, color="#555555", linewidth=0.8)
    ax.set(xlabel="distance of the two pixels", ylabel="correlation", ylim=(-0.1, 1.02))
    ax.set_xticks(table.index)
    ax.grid(axis="y")
    names_beside_lines(ax, table.columns, table.iloc[-1], colours)
    facts = "; ".join(f"{n} from {v.iloc[0]:.2f} to {v.iloc[-1]:.2f}" for n, v in table.items())
    describe(
        ax,
        f"Line chart of the correlation of two pixels, {table.index[0]} to {table.index[-1]} apart: {facts}.",
    )
    return ax
