"""What figures of several kinds have in common: axes, the line of chance, names and notes beside what they name."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import LogLocator, NullFormatter

from course_utils.figures import PALETTE

PERCENT = "{x:.0%}"
CHANCE = {"color": PALETTE["black"], "linestyle": "--", "linewidth": 1}

_NAME = 10  # points
_LINE = 1.4  # a line of text, in heights of its letters


def percent_axis(axis: Axis) -> None:
    """Write shares as per cent: 50%, not 0.5."""
    axis.set_major_formatter(PERCENT)


def count_axis(ax: Axes, counts: Sequence[int] | pd.Series | pd.Index, label: str) -> None:
    """Give each count its own tick, left to right, where each is about twice the one before."""
    ax.set_xscale("log", base=2)
    ax.set_xticks(list(counts), [str(count) for count in counts])
    ax.minorticks_off()
    ax.set_xlabel(label)


def log_axis(axis: Axis) -> None:
    """Make an axis logarithmic, with plain numbers beside it, 0.2 and not a power of ten; it must have its limits."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    low, high = axis.get_view_interval()
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if np.log10(high / low) < 2.5 else (1,)))
    axis.set_major_formatter("{x:,g}")
    axis.set_minor_formatter(NullFormatter())


def accuracy_rows(ax: Axes, names: Iterable[object], notes: Sequence[str]) -> None:
    """Accuracies from left to right, rows from top to bottom; a name to the left of each, a note to the right."""
    n = len(notes)
    ax.set_yticks(range(n), names)
    ax.set(xlim=(0, 1), ylim=(n - 0.5, -0.6), xlabel="accuracy")
    percent_axis(ax.xaxis)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x")
    for row, note in enumerate(notes):
        ax.text(1.02, row, note, va="center", fontsize=9)


def chance_line(ax: Axes, chance: float, axis: str) -> None:
    """Draw the accuracy of guessing, and name it in the legend; `axis`, "x" or "y", is the one with accuracies."""
    draw = {"x": ax.axvline, "y": ax.axhline}[axis]
    draw(chance, label=f"chance: {chance:.0%}", **CHANCE)


def legend_above(ax: Axes) -> None:
    """Put the legend above the axes, where it covers nothing."""
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3)


def names_beside_lines(ax: Axes, names: Iterable[str], ends: Sequence[float], colours: Iterable[str]) -> None:
    """Write each name to the right of the axes, where its line ends, moved up where two would touch.

    The axes must have their limits already.
    """
    left = ax.get_xlim()[0]
    pixels = ax.transData.transform([(left, end) for end in ends])
    heights = ax.transAxes.inverted().transform(pixels)[:, 1]  # shares of the axes' height
    gap = _LINE * _NAME * ax.figure.dpi / 72 / ax.get_window_extent().height
    for name, height, colour in zip(names, _apart(heights, gap), colours, strict=True):
        style = {"va": "center", "fontsize": _NAME, "weight": "bold", "color": colour}
        ax.text(1.01, height, name, transform=ax.transAxes, **style)


def _apart(heights: np.ndarray, gap: float) -> np.ndarray:
    """Return heights moved up where two would be nearer than `gap`."""
    moved, last = heights.astype(float), -np.inf
    for place in np.argsort(heights, kind="stable"):
        last = moved[place] = max(moved[place], last + gap)
    return moved
