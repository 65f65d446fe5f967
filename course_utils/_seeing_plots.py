"""Figures about what layers see, and how networks learn. Use them through `course_utils.plots`."""

from collections.abc import Mapping
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes

from course_utils._figures import PALETTE, describe, styled
from course_utils._filter_plots import LEAST_PX, as_bytes, enlarged
from course_utils._picture_plots import image_grid

_LOOKS = (("blue", "o"), ("red", "s"), ("green", "D"), ("pink", "^"))  # a marker with each colour
_MAPS = colormaps["viridis"]
_HEAT = np.array([255, 200, 0])  # RGB


@styled
def agreement_curves(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how much pixels agree with those some way off, a line for each kind of picture.

    Parameters
    ----------
    table : correlations, -1 to 1; the index is the distance in pixels, each column a kind of picture.
    """
    ax = ax or plt.subplots(figsize=(8, 3.8))[1]
    heights = _apart(table.iloc[-1].to_numpy(), 0.09)
    for (name, values), (colour, marker), height in zip(table.items(), cycle(_LOOKS), heights, strict=False):
        ax.plot(table.index, values, marker=marker, color=PALETTE[colour])
        _beside(ax, height, name, color=PALETTE[colour], weight="bold")
    ax.axhline(0, color="#555555", linewidth=0.8)
    ax.set(xlabel="distance of the two pixels", ylabel="correlation", ylim=(-0.1, 1.02))
    ax.set_xticks(table.index)
    ax.grid(axis="y")
    said = "; ".join(f"{n} from {v.iloc[0]:.2f} to {v.iloc[-1]:.2f}" for n, v in table.items())
    describe(
        ax,
        f"Line chart of the correlation of two pixels, {table.index[0]} to {table.index[-1]} apart: {said}.",
    )
    return ax


@styled
def receptive_fields(
    picture: np.ndarray, influence: Mapping[str, np.ndarray], ax: Axes | None = None
) -> Axes:
    """Draw which pixels one unit depends on: a frame round all that count, and brighter where they count more.

    Parameters
    ----------
    picture : pixels 0..255, shape (rows, columns, 3).
    influence : for each layer, how strongly each pixel changes the unit: shape (rows, columns), 0 or more.
    """
    tiles = [_field(picture, strength) for strength in influence.values()]
    titles = []
    for name, strength in influence.items():
        rows, columns = (int(strength.any(axis=axis).sum()) for axis in (1, 0))
        titles.append(f"{name}\n{rows} x {columns} pixels")
    ax = ax or plt.subplots(figsize=(2.9 * len(tiles), 3.4))[1]
    image_grid(as_bytes(tiles), titles, columns=len(tiles), ax=ax)
    said = "; ".join(title.replace("\n", " sees ") for title in titles)
    what = "A bird, darkened, with the pixels that one unit depends on"
    describe(ax, f"{what}, for {len(tiles)} layers: {said}.")
    return ax


@styled
def feature_maps(
    picture: np.ndarray, maps: Mapping[str, np.ndarray], n: int = 5, ax: Axes | None = None
) -> Axes:
    """Draw the n channels of each layer that vary most from place to place, each on a scale of its own.

    Parameters
    ----------
    picture : pixels 0..255, shape (side, side, 3); it stands first in the row of each layer.
    maps : for each layer its activations, shape (rows, columns, channels).
    """
    px, tiles, titles = len(picture), [], []
    for name, layer in maps.items():
        liveliest = np.argsort(-layer.std(axis=(0, 1)), kind="stable")[:n]
        tiles.append(picture / 255)
        titles.append(f"{name}\n{layer.shape[0]} x {layer.shape[1]} x {layer.shape[2]}")
        for channel in liveliest:
            one = layer[..., channel] / max(layer[..., channel].max(), 1e-9)
            tiles.append(enlarged(_MAPS(one)[..., :3], px // len(one))[:px, :px])
            titles.append(f"channel {channel}")
    ax = image_grid(as_bytes(tiles), titles, columns=n + 1, ax=ax)
    said = "; ".join(f"{name} with maps of {m.shape[0]} by {m.shape[1]}" for name, m in maps.items())
    describe(
        ax,
        f"A picture and the {n} liveliest feature maps of {len(maps)} layers, bright where active: {said}.",
    )
    return ax


@styled
def training_race(histories: Mapping[str, object], chance: float, ax: Axes | None = None) -> Axes:
    """Draw the accuracy of several trainings: thick on validation pictures, dotted on training pictures.

    Parameters
    ----------
    histories : by name, what `model.fit` returns, or its `.history` dict; with `accuracy` and `val_accuracy`.
    chance : the accuracy of guessing, a dashed line.
    """
    ax = ax or plt.subplots(figsize=(9, 4.6))[1]
    tables = {name: pd.DataFrame(getattr(one, "history", one)) for name, one in histories.items()}
    ends = [table["val_accuracy"].iloc[-1] for table in tables.values()]
    heights, said = _apart(np.array([*ends, chance]), 0.055), []
    for (name, table), (colour, marker), end, height in zip(
        tables.items(), cycle(_LOOKS), ends, heights, strict=False
    ):
        epochs, colour = np.arange(1, len(table) + 1), PALETTE[colour]
        ax.plot(epochs, table["accuracy"], ":", color=colour)
        ax.plot(epochs, table["val_accuracy"], marker=marker, markevery=3, linewidth=3, color=colour)
        _beside(ax, height, f"{name}: {end:.0%}", color=colour, weight="bold")
        said.append(f"{name} {table['accuracy'].iloc[-1]:.0%} in training and {end:.0%} in validation")
    _beside(ax, heights[-1], f"guessing: {chance:.0%}", color="#555555")
    _finish_race(ax, chance)
    describe(ax, f"Line chart of accuracy by epoch, at the end: {'; '.join(said)}.")
    return ax


def _field(picture: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """Return the darkened picture, enlarged, bright where a unit looks, with a white frame; colours 0..1."""
    times = -(-LEAST_PX // len(picture))
    weight = np.sqrt(strength / max(strength.max(), 1e-9))[..., None]
    tile = enlarged(0.45 * picture * (1 - weight) + _HEAT * weight, times) / 255
    rows, columns = (np.flatnonzero(strength.any(axis=axis)) * times for axis in (1, 0))
    top, bottom, left, right = rows[0], rows[-1] + times, columns[0], columns[-1] + times
    frame = np.zeros(tile.shape[:2], bool)
    frame[top:bottom, left:right] = True
    frame[top + 3 : bottom - 3, left + 3 : right - 3] = False
    tile[frame] = 1
    return tile


def _beside(ax: Axes, height: float, text: str, **looks) -> None:
    """Write the name of a line to the right of the axes, where no other line crosses it."""
    share_and_data = ax.get_yaxis_transform()
    ax.text(1.01, height, text, va="center", transform=share_and_data, **looks)


def _finish_race(ax: Axes, chance: float) -> None:
    """Add the line of guessing, the legend and the axes."""
    ax.axhline(chance, color="#555555", linestyle="--", linewidth=1)
    ax.plot([], [], color="#555555", linewidth=3, label="validation")
    ax.plot([], [], ":", color="#555555", label="training")
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.48))
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.03))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y")


def _apart(heights: np.ndarray, gap: float) -> np.ndarray:
    """Return heights for labels, moved up where two would be nearer than `gap`."""
    moved, last = heights.astype(float), -np.inf
    for place in np.argsort(heights, kind="stable"):
        last = moved[place] = max(moved[place], last + gap)
    return moved
