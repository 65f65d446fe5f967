"""Figures about what filters and layers see. Use them through `course_utils.plots`."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_utils._figures import PALETTE, describe, styled
from course_utils._picture_plots import image_grid

_LOOKS = (("blue", "o"), ("red", "s"), ("green", "D"), ("pink", "^"))  # a marker with each colour
_DIFFERENCES = colormaps["PuOr_r"]  # violet below zero, white at it, orange above
_MAPS = colormaps["viridis"]
_HEAT = np.array([255, 200, 0])  # RGB
_LEAST_PX = 384  # frames and corners look crisp from this size on
_INSET = 4  # a kernel takes this part of its picture's width


@styled
def agreement_curves(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how much pixels agree with those some way off, a line for each kind of picture.

    Parameters
    ----------
    table : correlations, -1 to 1; the index is the distance in pixels, each column a kind of picture.
    """
    ax = ax or plt.subplots(figsize=(8, 3.8))[1]
    heights = _apart(table.iloc[-1].to_numpy(), 0.09)
    for (name, values), (colour, marker), height in zip(table.items(), _LOOKS, heights, strict=False):
        ax.plot(table.index, values, marker=marker, color=PALETTE[colour])
        ax.text(table.index[-1] + 0.5, height, name, color=PALETTE[colour], weight="bold", va="center")
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
def filter_step(patch: np.ndarray, kernel: np.ndarray, ax: Axes | None = None) -> Axes:
    """Draw one position of a sliding filter: pixels, times kernel, gives products, and their sum.

    Parameters
    ----------
    patch, kernel : numbers of the same shape (rows, columns); pixels are 0..255.
    """
    products = patch * kernel
    ax = ax or plt.subplots(figsize=(10, 2.9))[1]
    rows, columns = kernel.shape
    most = max(np.abs(products).max(), 1e-9)
    grids = (
        ("pixels", patch, np.repeat(patch[..., None] / 255, 3, axis=-1)),
        ("kernel", kernel, _signed(kernel)),
        ("products", products, _DIFFERENCES(0.5 + products / (2 * most))[..., :3]),
    )
    for place, (title, numbers, colours) in enumerate(grids):
        left = place * (columns + 1.2)
        ax.imshow(np.clip(colours, 0, 1), extent=(left, left + columns, rows, 0))
        ax.add_patch(Rectangle((left, 0), columns, rows, fill=False, edgecolor="#555555"))
        ax.text(left + columns / 2, -0.25, title, ha="center", va="bottom", weight="bold")
        for (row, column), number in np.ndenumerate(numbers):
            dark = np.mean(colours[row, column]) < 0.5
            where = left + column + 0.5, row + 0.5
            ax.text(*where, f"{number:.4g}", ha="center", va="center", color="white" if dark else "black")
    for place, sign in enumerate(("×", "=")):
        ax.text(columns + 0.6 + place * (columns + 1.2), rows / 2, sign, ha="center", va="center", size=20)
    end = 3 * columns + 2.4
    ax.text(end + 0.5, rows / 2, f"sum  {products.sum():.4g}", va="center", size=16, weight="bold")
    ax.set(xlim=(-0.1, end + 3.4), ylim=(rows + 0.1, -0.8))
    ax.set_axis_off()
    describe(
        ax,
        f"Three grids of {rows} by {columns} numbers: pixels times kernel gives products, which add up "
        f"to {products.sum():.4g}.",
    )
    return ax


@styled
def filter_gallery(
    picture: np.ndarray,
    kernels: Mapping[str, np.ndarray],
    responses: Sequence[np.ndarray],
    columns: int = 4,
    ax: Axes | None = None,
) -> Axes:
    """Draw a picture, and what filters make of it, each with its kernel in the corner.

    A kernel that adds up to zero measures differences: its response is violet below zero, white at it, orange
    above, on a scale of its own. Any other response is drawn as a picture.

    Parameters
    ----------
    picture : grey pixels 0..255, shape (rows, columns).
    kernels : by name.
    responses : one for each kernel, at most as large as the picture; the border that is missing stays empty.
    """
    side = -(-_LEAST_PX // len(picture))
    tiles = [_enlarged(np.repeat(picture[..., None] / 255, 3, axis=-1), side)]
    for kernel, response in zip(kernels.values(), responses, strict=True):
        framed = np.ones((*picture.shape, 3))
        top, left = ((np.array(picture.shape) - response.shape) // 2).clip(0)
        inside = framed[top : top + response.shape[0], left : left + response.shape[1]]
        inside[:] = _response_colours(kernel, response)
        tiles.append(_with_kernel(_enlarged(framed, side), kernel))
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    ax = ax or plt.subplots(figsize=(2.9 * columns, 3.15 * rows))[1]
    image_grid(_as_bytes(tiles), ["the picture", *kernels], columns=columns, ax=ax)
    describe(
        ax, f"A picture in grey and what {len(kernels)} filters make of it, kernels in the corners: "
        f"{', '.join(kernels)}."
    )  # fmt: skip
    return ax


@styled
def filter_tiles(
    filters: np.ndarray, titles: Sequence[str] | None = None, columns: int = 8, ax: Axes | None = None
) -> Axes:
    """Draw filters as tiles, zero in the middle of the grey scale, the largest weight at its end.

    Parameters
    ----------
    filters : weights, shape (n, rows, columns), or (n, rows, columns, 3) for colour.
    titles : a text for each filter.
    """
    filters = np.asarray(filters, float)
    if filters.ndim == 3:
        filters = np.repeat(filters[..., None], 3, axis=-1)
    side = max(1, 120 // filters.shape[1])
    ax = image_grid(
        _as_bytes([_enlarged(_signed(one), side) for one in filters]), titles, columns=columns, ax=ax
    )
    height, width = filters.shape[1:3]
    said = f", titled {', '.join(filter(None, titles))}" if titles is not None else ""
    describe(ax, f"{len(filters)} filters of {height} by {width} weights as coloured tiles{said}.")
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
    side = -(-_LEAST_PX // len(picture))
    tiles, titles = [], []
    for name, strength in influence.items():
        weight = np.sqrt(strength / strength.max())[..., None]
        tile = _enlarged(0.45 * picture * (1 - weight) + _HEAT * weight, side) / 255
        rows, columns = (np.flatnonzero(strength.any(axis=axis)) for axis in (1, 0))
        (top, bottom), (left, right) = ((s[0] * side, (s[-1] + 1) * side) for s in (rows, columns))
        frame = np.zeros(tile.shape[:2], bool)
        frame[top:bottom, left:right] = True
        frame[top + 3 : bottom - 3, left + 3 : right - 3] = False
        tile[frame] = 1
        tiles.append(tile)
        titles.append(f"{name}\n{len(rows)} x {len(columns)} pixels")
    ax = ax or plt.subplots(figsize=(2.9 * len(tiles), 3.4))[1]
    image_grid(_as_bytes(tiles), titles, columns=len(tiles), ax=ax)
    said = "; ".join(title.replace("\n", " sees ") for title in titles)
    describe(
        ax, f"A bird, darkened, with the pixels that one unit depends on, for {len(tiles)} layers: {said}."
    )
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
            tiles.append(_enlarged(_MAPS(one)[..., :3], px // len(one))[:px, :px])
            titles.append(f"channel {channel}")
    ax = image_grid(_as_bytes(tiles), titles, columns=n + 1, ax=ax)
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
    looks, said = zip(tables.items(), _LOOKS, ends, _apart(np.array(ends), 0.055), strict=False), []
    for (name, table), (colour, marker), end, height in looks:
        epochs, colour = np.arange(1, len(table) + 1), PALETTE[colour]
        ax.plot(epochs, table["accuracy"], ":", color=colour)
        ax.plot(epochs, table["val_accuracy"], marker=marker, markevery=3, linewidth=3, color=colour)
        ax.text(len(table) + 0.6, height, f"{name}: {end:.0%}", color=colour, weight="bold", va="center")
        said.append(f"{name} {table['accuracy'].iloc[-1]:.0%} in training and {end:.0%} in validation")
    ax.axhline(chance, color="#555555", linestyle="--", linewidth=1)
    ax.text(1, chance, "guessing", va="bottom", fontsize=9)
    ax.plot([], [], color="#555555", linewidth=3, label="validation")
    ax.plot([], [], ":", color="#555555", label="training")
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.48))
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.03))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y")
    describe(ax, f"Line chart of accuracy by epoch, at the end: {'; '.join(said)}.")
    return ax


def _apart(heights: np.ndarray, gap: float) -> np.ndarray:
    """Return heights for labels, moved up where two would be nearer than `gap`."""
    moved, last = heights.astype(float), -np.inf
    for place in np.argsort(heights, kind="stable"):
        last = moved[place] = max(moved[place], last + gap)
    return moved


def _signed(weights: np.ndarray) -> np.ndarray:
    """Return weights as grey or colour 0..1, zero in the middle."""
    scaled = 0.5 + weights / (2 * max(np.abs(weights).max(), 1e-9))
    return scaled if weights.ndim == 3 else np.repeat(scaled[..., None], 3, axis=-1)


def _response_colours(kernel: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Return a filter's response as colours 0..1, shape (rows, columns, 3)."""
    if abs(kernel.sum()) > 1e-6:
        return np.repeat(response[..., None] / 255, 3, axis=-1).clip(0, 1)
    most = max(np.percentile(np.abs(response), 99.5), 1e-9)
    return _DIFFERENCES(0.5 + response / (2 * most))[..., :3]


def _with_kernel(tile: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Put a kernel, framed in black, into the upper left corner of a tile."""
    small = _enlarged(_signed(kernel), max(1, len(tile) // _INSET // len(kernel)))
    height, width = small.shape[:2]
    tile = tile.copy()
    tile[: height + 6, : width + 6] = 0
    tile[3 : height + 3, 3 : width + 3] = small
    return tile


def _enlarged(pixels: np.ndarray, times: int) -> np.ndarray:
    """Return pixels with each of them drawn `times` by `times` large."""
    return pixels.repeat(times, axis=0).repeat(times, axis=1)


def _as_bytes(tiles: Sequence[np.ndarray]) -> np.ndarray:
    return (255 * np.stack(tiles)).clip(0, 255).round().astype(np.uint8)
