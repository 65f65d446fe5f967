"""Figures of what a network decides, and of how its loss falls. Use them through `course_utils.plots`."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator, NullFormatter

from course_utils._figures import LOOKS, PALETTE, WRONG, describe, styled

_LINES = ["-", "--", "-.", ":"]


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
    said = []
    for (name, group), (colour, shape) in zip(table.groupby(by, sort=False), LOOKS, strict=False):
        ax.scatter(
            group[x], group[y], 26, PALETTE[colour], shape, label=name, alpha=0.85, linewidths=0, zorder=3
        )
        said.append(f"{len(group)} {name} around {group[x].mean():.1f}, {group[y].mean():.1f}")
    if wrong is not None:
        ax.scatter(table[x][wrong], table[y][wrong], 95, "none", edgecolors=WRONG, linewidths=1.6, zorder=4)
        said.append(f"{int(np.sum(wrong))} ringed as mistakes")
    ax.margins(0.08)
    if score is not None:
        said.append(_shade(ax, score))
    ax.set(xlabel=_with_unit(x), ylabel=_with_unit(y), title=title)
    ax.spines[["top", "right"]].set_visible(False)  # for an Axes that was made in another style, too
    if legend:
        ax.legend(loc="best", handletextpad=0.2, frameon=True, framealpha=0.9, edgecolor="none")
    describe(ax, f"Scatter of {_with_unit(y)} against {_with_unit(x)}: {'; '.join(said)}.")
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
    said = []
    for k, (name, losses) in enumerate(curves.items()):
        ax.plot(losses, _LINES[k % 4], color=PALETTE[LOOKS[k][0]], linewidth=3 - 0.4 * k, label=name)
        said.append(f"{name} from {losses[0]:.3g} to {losses[-1]:.3g}")
    ax.set(xlabel="step", ylabel="loss", yscale="log" if log else "linear")
    if log:
        _plain_numbers(ax.yaxis)
    ax.grid(axis="y")
    ax.legend()
    describe(ax, f"Line chart of the loss: {'; '.join(said)}.")
    return ax


@styled
def rate_curves(
    rates: Sequence[float], losses: Mapping[str, Sequence[float]], start: float, ax: Axes | None = None
) -> Axes:
    """Draw how the loss depends on the learning rate, both on logarithmic scales, the best rate of each marked.

    Parameters
    ----------
    rates : the learning rates, rising.
    losses : for each optimiser the loss at each rate; inf or NaN where it flew away.
    start : the loss before training; a dashed line. What is above has only made it worse, and is cut off.
    """
    ax = ax or plt.subplots(figsize=(6.8, 3.9))[1]
    said = []
    for (name, values), (colour, shape), line in zip(losses.items(), LOOKS, _LINES, strict=False):
        values = np.asarray(values, float)
        best = int(np.nanargmin(values))
        ax.plot(rates, values, line, color=PALETTE[colour], label=name)
        ax.plot(
            rates[best], values[best], shape, color=PALETTE[colour], markersize=10, markeredgecolor="white"
        )
        said.append(f"{name} is best at {rates[best]:.2g}, with {values[best]:.2g}")
    ax.axhline(start, color="#555555", linestyle=(0, (4, 3)), linewidth=1)
    ax.text(rates[0], start, " before training", va="bottom", fontsize=9, color="#333333")
    least = min(np.nanmin(values) for values in losses.values())
    ax.set(xscale="log", yscale="log", ylim=(least / 2, 2 * start), xlabel="learning rate", ylabel="loss")
    for axis in (ax.xaxis, ax.yaxis):
        _plain_numbers(axis)
    ax.grid()
    ax.legend(loc="lower left")
    describe(ax, f"Line chart of the loss over the learning rate: {'; '.join(said)}.")
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


def _plain_numbers(axis: Axis) -> None:
    """Write 0.2 beside a logarithmic axis, not a power of ten."""
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if _decades(axis) < 2.5 else (1,)))
    axis.set_major_formatter("{x:g}")
    axis.set_minor_formatter(NullFormatter())


def _decades(axis: Axis) -> float:
    low, high = axis.get_view_interval()
    return np.log10(high / low)


def _with_unit(column: str) -> str:
    name, _, unit = column.rpartition("_")
    return f"{name} ({unit})" if name else column
