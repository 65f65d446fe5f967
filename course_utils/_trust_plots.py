"""Figures about what a classifier looks at and when to believe it. Use them through `course_utils.plots`."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_utils._figures import PALETTE, describe, styled
from course_utils._picture_plots import image_grid

_DARKEST = 0.35  # how much is left of a picture where nothing matters


@styled
def share_map(shares: np.ndarray, what: str, ax: Axes | None = None) -> Axes:
    """Draw a share for each place in a picture, as shades with a scale.

    Parameters
    ----------
    shares : 0..1, shape (height, width), the top row first.
    what : what the shares are of, for the scale and the alt text.
    """
    shares = np.asarray(shares, float)
    if shares.ndim != 2 or not (0 <= shares.min() and shares.max() <= 1):
        raise ValueError(
            f"`shares` must be a table of numbers from 0 to 1. Received: shape {shares.shape}, "
            f"{shares.min():.3g} to {shares.max():.3g}."
        )
    ax = ax or plt.subplots(figsize=(4.6, 3.8))[1]
    image = ax.imshow(shares, cmap="cividis", vmin=0, vmax=1)
    lines = ax.contour(shares, levels=[0.25, 0.5, 0.75], colors="white", linewidths=1)
    ax.clabel(lines, fmt=lambda share: f"{share:.0%}", fontsize=8)
    scale = ax.figure.colorbar(image, ax=ax, label=what)
    scale.ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.set_xticks([])
    ax.set_yticks([])
    height, width = shares.shape
    middle = shares[height // 2, width // 2]
    corners = shares[[0, 0, -1, -1], [0, -1, 0, -1]].mean()
    describe(ax, f"Map of {what}: {middle:.0%} in the middle, {corners:.0%} on average in the four corners.")
    return ax


@styled
def spotlight_grid(
    pictures: np.ndarray,
    weights: np.ndarray,
    masks: np.ndarray | None = None,
    titles: Sequence[str] | None = None,
    columns: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Draw pictures that are bright where something matters and dark elsewhere.

    Parameters
    ----------
    pictures : pixels 0..255, shape (n, size, size, 3).
    weights : shape (n, size, size); the largest of each picture is fully lit, 0 and less is dark.
    masks : True inside the box, same shape; its edge is drawn.
    """
    weights = np.asarray(weights, float).clip(0)
    if weights.shape != np.shape(pictures)[:3]:
        raise ValueError(
            f"`weights` must have shape {np.shape(pictures)[:3]}, a number for each pixel. Received: {weights.shape}."
        )
    largest = weights.max(axis=(1, 2), keepdims=True)
    light = _DARKEST + (1 - _DARKEST) * weights / np.where(largest > 0, largest, 1)  # (n, size, size)
    lit = (np.asarray(pictures) * light[..., None]).round().astype(np.uint8)
    ax = image_grid(lit, titles=titles, columns=columns, ax=ax)
    inside = []
    if masks is not None:
        for image, mask, weight in zip(ax.images, masks, weights, strict=True):
            left, right, bottom, top = image.get_extent()
            size = len(mask)
            x = left + (np.arange(size) + 0.5) / size * (right - left)
            y = top + (np.arange(size) + 0.5) / size * (bottom - top)
            ax.contour(x, y, mask.astype(float), levels=[0.5], colors=PALETTE["yellow"], linewidths=1.5)
            inside.append(weight[mask].sum() / max(weight.sum(), 1e-12))
    names = titles if titles is not None else [f"picture {i + 1}" for i in range(len(lit))]
    said = [" ".join(name.split()) for name in names]
    if inside:
        said = [
            f"{name}: {share:.0%} of the light is inside the box"
            for name, share in zip(said, inside, strict=True)
        ]
    describe(ax, f"Grid of {len(lit)} pictures, lit where the answer depends on them. {'; '.join(said)}.")
    return ax


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
    looks = {
        "right": ("right, of those answered", "-", PALETTE["blue"]),
        "answered": ("answered", "--", PALETTE["orange"]),
        "strangers": ("strangers given a name", ":", PALETTE["red"]),
    }
    ax = ax or plt.subplots(figsize=(7, 3.8))[1]
    row = None if threshold is None else table.iloc[(table["threshold"] - threshold).abs().argmin()]
    said = []
    for column, (name, line, colour) in looks.items():
        if column not in table:
            continue
        value = "" if row is None else f": {row[column]:.0%}"
        ax.plot(table["threshold"], table[column], line, color=colour, linewidth=2.2, label=f"{name}{value}")
        ends = table[column].dropna()
        said.append(f"{name}{value or f' from {ends.iloc[0]:.0%} to {ends.iloc[-1]:.0%}'}")
        if row is not None:
            ax.plot(row["threshold"], row[column], "o", color=colour)
    at = ""
    if row is not None:
        ax.axvline(row["threshold"], color=PALETTE["black"], linewidth=1)
        at = f", at {row['threshold']:.0%}"
    ax.set(xlabel=f"least confidence for an answer{at}", ylabel="share of pictures", ylim=(0, 1.03))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.grid(axis="y")
    ax.legend(loc="lower left")
    describe(ax, f"Curves over the least confidence for an answer{at}: {'; '.join(said)}.")
    return ax
