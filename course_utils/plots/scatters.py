"""Scatters: each example at two of its measurements."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils.figures import PALETTE, WRONG, describe, looks, styled


@styled
def two_measurements(
    table: pd.DataFrame,
    x: str,
    y: str,
    by: str = "genus",
    score: Callable[[np.ndarray], np.ndarray] | None = None,
    wrong: np.ndarray | None = None,
    title: str = "",
    legend: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw birds by two of their measurements, and where a classifier says yes.

    Parameters
    ----------
    table : a row for each bird, as made by `sketchbook.measure_birds`.
    x, y : the columns to draw.
    by : the column whose values get a colour and a shape each.
    score : points (n, 2) in, n scores out; yes where a score is above 0. That side is shaded, with a line as its edge.
    wrong : True for each bird that gets a ring, as a mistake.
    """
    ax = ax or plt.subplots(figsize=(6.4, 4.4))[1]
    facts = []
    groups = table.groupby(by, sort=False)
    for (name, group), (colour, shape) in zip(groups, looks("by", groups), strict=True):
        ax.scatter(group[x], group[y], 26, colour, shape, label=name, alpha=0.85, linewidths=0, zorder=3)
        facts.append(f"{len(group)} {name} around {group[x].mean():.1f}, {group[y].mean():.1f}")
    if wrong is not None:
        ax.scatter(table[x][wrong], table[y][wrong], 95, "none", edgecolors=WRONG, linewidths=1.6, zorder=4)
        facts.append(f"{int(np.sum(wrong))} ringed as mistakes")
    ax.margins(0.08)
    if score is not None:
        facts.append(_shade(ax, score))
    ax.set(xlabel=_with_unit(x), ylabel=_with_unit(y), title=title)
    ax.spines[["top", "right"]].set_visible(False)  # for an Axes that was made in another style, too
    if legend:
        ax.legend(loc="best", handletextpad=0.2, frameon=True, framealpha=0.9, edgecolor="none")
    describe(ax, f"Scatter of {_with_unit(y)} against {_with_unit(x)}: {'; '.join(facts)}.")
    return ax


def _shade(ax: Axes, score: Callable[[np.ndarray], np.ndarray]) -> str:
    """Shade where a score is above 0, and draw its edge; return in words what was shaded."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    across, up = np.meshgrid(np.linspace(left, right, 160), np.linspace(bottom, top, 160))
    values = np.asarray(score(np.column_stack([across.ravel(), up.ravel()]))).reshape(across.shape)
    yes = values > 0
    if yes.any():
        ax.contourf(across, up, yes, levels=[0.5, 1.5], colors=[PALETTE["yellow"]], alpha=0.28, zorder=0)
    if yes.any() and not yes.all():
        ax.contour(across, up, values, levels=[0], colors="#333333", linewidths=1.6, zorder=2)
    ax.set(xlim=(left, right), ylim=(bottom, top))
    return f"the side of yes, {yes.mean():.0%} of the picture, is shaded"


def _with_unit(column: str) -> str:
    name, _, unit = column.rpartition("_")
    return f"{name} ({unit})" if name else column
