"""Filters and layers: one position, a gallery, weights, what comes out, and which pixels matter."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_utils.figures import describe, styled
from course_utils.plots.pictures import image_grid

LEAST_PX = 384  # frames and corners look crisp from this size on
_DIFFERENCES = colormaps["PuOr_r"]  # violet below zero, white at it, orange above
_MAPS = colormaps["viridis"]
_HEAT = np.array([255, 200, 0])  # RGB
_INSET = 4  # a kernel takes this part of its picture's width


@styled
def filter_step(patch: np.ndarray, kernel: np.ndarray, ax: Axes | None = None) -> Axes:
    """Draw one position of a sliding filter: pixels, times kernel, gives products, and their sum.

    Parameters
    ----------
    patch, kernel : numbers of the same shape (rows, columns); pixels are 0..255.
    """
    products, (rows, columns) = patch * kernel, kernel.shape
    ax = ax or plt.subplots(figsize=(10, 2.9))[1]
    step = columns + 1.2
    shades = _DIFFERENCES(0.5 + products / (2 * max(np.abs(products).max(), 1e-9)))[..., :3]
    _number_grid(ax, 0, "pixels", patch, _grey(patch))
    _number_grid(ax, step, "kernel", kernel, _signed(kernel))
    _number_grid(ax, 2 * step, "products", products, shades)
    for place, sign in ((step, "×"), (2 * step, "=")):
        ax.text(place - 0.6, rows / 2, sign, ha="center", va="center", size=20)
    ax.text(3 * step - 0.7, rows / 2, f"sum  {products.sum():.4g}", va="center", size=16, weight="bold")
    ax.set(xlim=(-0.1, 3 * step + 2.2), ylim=(rows + 0.1, -0.8))
    ax.set_axis_off()
    size = f"{rows} by {columns} numbers"
    describe(
        ax,
        f"Three grids of {size}: pixels times kernel gives products, which add up to {products.sum():.4g}.",
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
    above, on a scale of its own. Any other response is drawn as a picture; where it leaves 0..255 its least is black
    and its largest white, so that a kernel whose weights add up to 4 shows more than a white square.

    Parameters
    ----------
    picture : grey pixels 0..255, shape (rows, columns).
    kernels : by name.
    responses : one for each kernel, at most as large as the picture; the border that is missing stays empty.
    """
    times = -(-LEAST_PX // len(picture))
    tiles = [enlarged(_grey(picture), times)]
    for kernel, response in zip(kernels.values(), responses, strict=True):
        whole = _bordered(_response_colours(kernel, response), picture.shape)
        tiles.append(_with_kernel(enlarged(whole, times), kernel))
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    ax = ax or plt.subplots(figsize=(2.9 * columns, 3.15 * rows))[1]
    image_grid(as_bytes(tiles), ["the picture", *kernels], columns=columns, ax=ax)
    n = len(kernels)
    what = f"A picture in grey and what {n} filter{'s make' if n > 1 else ' makes'} of it"
    describe(ax, f"{what}, kernels in the corners: {', '.join(kernels)}.")
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
        as_bytes([enlarged(_signed(one), side) for one in filters]), titles, columns=columns, ax=ax
    )
    height, width = filters.shape[1:3]
    facts = f", titled {', '.join(filter(None, titles))}" if titles is not None else ""
    describe(ax, f"{len(filters)} filters of {height} by {width} weights as coloured tiles{facts}.")
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
    facts = "; ".join(title.replace("\n", " sees ") for title in titles)
    what = "A bird, darkened, with the pixels that one unit depends on"
    describe(ax, f"{what}, for {len(tiles)} layers: {facts}.")
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
    facts = "; ".join(f"{name} with maps of {m.shape[0]} by {m.shape[1]}" for name, m in maps.items())
    describe(
        ax,
        f"A picture and the {n} liveliest feature maps of {len(maps)} layers, bright where active: {facts}.",
    )
    return ax


def enlarged(pixels: np.ndarray, times: int) -> np.ndarray:
    """Return pixels with each of them drawn `times` by `times` large."""
    return pixels.repeat(times, axis=0).repeat(times, axis=1)


def as_bytes(tiles: Sequence[np.ndarray]) -> np.ndarray:
    """Return tiles of colours 0..1 as pixels 0..255, shape (n, rows, columns, 3)."""
    return (255 * np.stack(tiles)).clip(0, 255).round().astype(np.uint8)


def _number_grid(ax: Axes, left: float, title: str, numbers: np.ndarray, colours: np.ndarray) -> None:
    """Draw numbers on squares of colours 0..1, shape (rows, columns, 3), from x = `left` on."""
    rows, columns = numbers.shape
    ax.imshow(np.clip(colours, 0, 1), extent=(left, left + columns, rows, 0))
    ax.add_patch(Rectangle((left, 0), columns, rows, fill=False, edgecolor="#555555"))
    ax.text(left + columns / 2, -0.25, title, ha="center", va="bottom", weight="bold")
    for (row, column), number in np.ndenumerate(numbers):
        ink = "white" if np.mean(colours[row, column]) < 0.5 else "black"
        ax.text(left + column + 0.5, row + 0.5, f"{number:.4g}", ha="center", va="center", color=ink)


def _bordered(colours: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return colours (rows, columns, 3) in the middle of a white tile of this shape."""
    tile = np.ones((*shape, 3))
    rows, columns = colours.shape[:2]
    top, left = (shape[0] - rows) // 2, (shape[1] - columns) // 2
    tile[top : top + rows, left : left + columns] = colours
    return tile


def _grey(pixels: np.ndarray) -> np.ndarray:
    """Return grey pixels 0..255 as colours 0..1, shape (rows, columns, 3)."""
    return np.repeat(pixels[..., None] / 255, 3, axis=-1).clip(0, 1)


def _signed(weights: np.ndarray) -> np.ndarray:
    """Return weights as grey or colour 0..1, zero in the middle."""
    scaled = 0.5 + weights / (2 * max(np.abs(weights).max(), 1e-9))
    return scaled if weights.ndim == 3 else np.repeat(scaled[..., None], 3, axis=-1)


def _response_colours(kernel: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Return a filter's response as colours 0..1, shape (rows, columns, 3)."""
    if abs(kernel.sum()) > 1e-6:
        low, high = np.percentile(response, [0.5, 99.5])
        if low >= 0 and high <= 255:
            return _grey(response)
        low, high = min(low, 0), max(high, 0)
        return _grey(255 * (response - low) / (high - low))
    most = max(np.percentile(np.abs(response), 99.5), 1e-9)
    return _DIFFERENCES(0.5 + response / (2 * most))[..., :3]


def _with_kernel(tile: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Put a kernel, framed in black, into the upper left corner of a tile."""
    small = enlarged(_signed(kernel), max(1, len(tile) // _INSET // len(kernel)))
    height, width = small.shape[:2]
    tile = tile.copy()
    tile[: height + 6, : width + 6] = 0
    tile[3 : height + 3, 3 : width + 3] = small
    return tile


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
