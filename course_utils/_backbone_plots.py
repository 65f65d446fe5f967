"""Figures that help to choose a backbone. Use them through `course_utils.plots`."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from course_utils._figures import PALETTE, describe, styled

_LOOKS = (("blue", "o"), ("red", "s"), ("green", "^"), ("pink", "D"), ("orange", "v"), ("sky", "P"))


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
    for (width, group), (colour, mark) in zip(widths, _LOOKS, strict=False):
        group = group.sort_values("multiply_adds")
        label = f"width {width:g}: {group['parameters'].iloc[0]:.1f} M weights"
        ax.plot(
            group["multiply_adds"],
            group["top_1"],
            mark + "-",
            color=PALETTE[colour],
            markersize=7,
            label=label,
        )
    ax.legend(loc="lower right")
    for row in widths[-1][1].itertuples():
        ax.annotate(
            f"{row.resolution} px", (row.multiply_adds, row.top_1), (8, -2), textcoords="offset points",
            va="top", fontsize=8,
        )  # fmt: skip
    low, high = table["multiply_adds"].min(), table["multiply_adds"].max()
    ax.set(
        xscale="log", xlim=(0.8 * low, 1.25 * high), ylim=(table["top_1"].min() - 5, table["top_1"].max() + 3)
    )
    ticks = [
        tick for tick in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if 0.8 * low <= tick <= 1.2 * high
    ]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.set(xlabel="million multiply-adds for a picture", ylabel="top-1 on ImageNet, %")
    ax.grid(axis="both")
    describe(ax, _said(table))
    return ax


def _check(table: pd.DataFrame) -> None:
    missing = [c for c in ("width", "resolution", "multiply_adds", "parameters", "top_1") if c not in table]
    if missing:
        raise ValueError(f"`table` must have a column {missing[0]!r}. Received: {', '.join(table.columns)}.")
    if not 1 <= table["width"].nunique() <= len(_LOOKS):
        raise ValueError(
            f"`table` must have 1 to {len(_LOOKS)} widths, one for each kind of mark. "
            f"Received: {table['width'].nunique()}."
        )


def _said(table: pd.DataFrame) -> str:
    ends = table.sort_values("multiply_adds").iloc[[0, -1]]
    cheap, dear = (
        f"{row.multiply_adds:,.0f} million and {row.top_1:.1f} % (width {row.width:g}, {row.resolution} px)"
        for row in ends.itertuples()
    )
    return f"Accuracy on ImageNet against multiply-adds of {len(table)} networks: from {cheap} to {dear}."
