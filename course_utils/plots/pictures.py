"""Pictures: in a grid, with answers, with boxes, lit where they matter, and a page of the field guide."""

from collections.abc import Mapping, Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_utils.datasets import BOX, ImageDataset
from course_utils.figures import PALETTE, RIGHT, WRONG, describe, styled
from course_utils.pictures import read_picture

_TILE = 1.45  # inches
_SMALL = 300  # pixels: a picture below that, drawn alone, would show its pixels as blocks
_BOX_COLOURS = (PALETTE["yellow"], PALETTE["sky"])  # text in black reads well on both


@styled
def image_grid(
    images: ImageDataset | np.ndarray,
    titles: Sequence[str] | None = None,
    n: int = 12,
    columns: int = 6,
    size: int = 128,
    ax: Axes | None = None,
) -> Axes:
    """Draw pictures side by side, all on one Axes.

    Parameters
    ----------
    images : a data set, of which n pictures spread over its table are drawn with their class names, or an
        array of pixels 0..255 of shape (n, height, width, 3), all of which are drawn.
    titles : a text for each picture.
    """
    if isinstance(images, ImageDataset):
        rows = np.linspace(0, len(images) - 1, min(n, len(images))).round().astype(int)
        titles = titles if titles is not None else images.table["class_name"].iloc[rows].tolist()
        images = images.images(rows, size)
    pixels = _pixels(images)
    if titles is not None and len(titles) != len(pixels):
        raise ValueError(
            f"`titles` must be {len(pixels)} texts, one for each picture. Received: {len(titles)}."
        )
    ax = _draw_tiles(pixels, [""] * len(pixels) if titles is None else list(titles), columns, ax)
    what = f": {', '.join(dict.fromkeys(titles))}" if titles is not None else ""
    describe(ax, f"Grid of {_count(len(pixels), 'picture')}{what}.")
    return ax


@styled
def predictions_grid(
    predictions: pd.DataFrame, n: int = 12, columns: int = 6, size: int = 128, ax: Axes | None = None
) -> Axes:
    """Draw n pictures: the most confident mistakes first, then the most confident right answers.

    A mistake has a red frame and a cross, a right answer a green frame and a tick; beside it stands the
    confidence.

    Parameters
    ----------
    predictions : as made by `evaluation.predictions`; pictures are read from its column `path`.
    """
    rows = predictions.sort_values(["correct", "confidence"], ascending=[True, False], kind="stable").head(n)
    titles = [_answer(row) for row in rows.itertuples()]
    pixels = np.stack([read_picture(path, size) for path in rows["path"]])
    marks = list(zip(rows["correct"], rows["confidence"], strict=True))
    ax = _draw_tiles(pixels, titles, columns, ax, marks)
    mistakes = rows[~rows["correct"]]
    facts = [
        f"{row.class_name} taken for {row.predicted}, {row.confidence:.0%} sure"
        for row in mistakes.itertuples()
    ]
    wrong = (
        f"{len(facts)} with a wrong answer, the surest first: {_listed(facts)}"
        if facts
        else "all answers right"
    )
    describe(ax, f"Grid of {_count(len(rows), 'picture')}, {wrong}.")
    return ax


@styled
def variations(
    views: Mapping[str, np.ndarray], original: np.ndarray | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what random changes make of one picture: a row for each kind of change, named at its left.

    Parameters
    ----------
    views : for each kind its pictures, pixels 0..255 of shape (n, height, width, 3), the same n for all.
    original : the picture as it was, (height, width, 3); it then begins each row, framed.
    """
    rows = {
        name: _pixels(images if original is None else [original, *images]) for name, images in views.items()
    }
    sizes = {len(images) for images in rows.values()}
    if len(sizes) != 1:
        raise ValueError(f"`views` must have as many pictures in each row. Received: {sorted(sizes)}.")
    columns = sizes.pop()
    ax = ax or plt.subplots(figsize=(0.93 * (columns + 1), 0.96 * len(rows) + 0.1))[1]
    for y, (name, images) in enumerate(rows.items()):
        for x, picture in enumerate(images):
            left, top = 1.06 * x, 1.06 * y
            ax.imshow(picture, extent=(left, left + 1, top + 1, top))
        ax.text(-0.08, 1.06 * y + 0.5, fill(name, 14), ha="right", va="center", fontsize=8)
    if original is not None:
        height = 1.06 * len(rows)
        ax.add_patch(Rectangle((-0.02, -0.02), 1.04, height - 0.02, fill=False, edgecolor="black"))
        ax.text(0.5, -0.06, "as it was", ha="center", va="bottom", fontsize=8)
    ax.set(xlim=(-1.05, 1.06 * columns), ylim=(1.06 * len(rows), -0.22 if original is not None else -0.03))
    ax.set_axis_off()
    changed = columns - (original is not None)
    describe(ax, f"{_count(changed, 'picture')} a row, changed at random, of one: {'; '.join(rows)}.")
    return ax


@styled
def boxes(
    image: np.ndarray,
    boxes: pd.DataFrame | Sequence[Sequence[float]],
    labels: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw boxes on a picture.

    Parameters
    ----------
    image : pixels 0..255, shape (height, width, 3).
    boxes : x, y, width, height in pixels of the picture: rows, or a table with these columns.
    labels : what each box is; those of one label have one colour.
    """
    rows = boxes[BOX].to_numpy(float) if isinstance(boxes, pd.DataFrame) else np.reshape(boxes, (-1, 4))
    pixels = _pixels(np.asarray(image)[None])[0]
    labels = [""] * len(rows) if labels is None else list(labels)
    ax = ax or plt.subplots(figsize=(5, 5 * pixels.shape[0] / pixels.shape[1]))[1]
    ax.imshow(pixels, interpolation="bicubic" if len(pixels) < _SMALL else None)
    ax.set_axis_off()
    kinds = list(dict.fromkeys(labels))
    for (x, y, width, height), label in zip(rows, labels, strict=True):
        kind = kinds.index(label)
        own = _BOX_COLOURS[kind % len(_BOX_COLOURS)]
        for colour, line in (("black", 4), (own, 2)):  # a dark edge shows on bright pictures
            ax.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=line))
        if label:  # above for the first kind, below for the second: boxes often lie close round each other
            place = (y + height, "top") if kind % 2 else (y, "bottom")
            ax.text(x, place[0], label, va=place[1], fontsize=9, bbox={"facecolor": own, "pad": 2, "lw": 0})
    facts = [
        f"{label or 'box'} at x {x:.0f}, y {y:.0f}, {width:.0f} wide and {height:.0f} high"
        for (x, y, width, height), label in zip(rows, labels, strict=True)
    ]
    size = f"{pixels.shape[1]} by {pixels.shape[0]} pixels"
    describe(ax, f"Picture of {size} with {_count(len(rows), 'box')}: {_listed(facts)}.")
    return ax


def species_page(name: str, ax: Axes | None = None) -> Axes:
    """Draw a bird of the field guide with its field marks named, on the guide's paper; `name` is a species."""
    from course_utils.sketchbook.guide import page  # here, because it loads the whole sketchbook

    return page.species_page(name, ax)


def _pixels(images: np.ndarray) -> np.ndarray:
    """Return pictures as uint8; catch the commonest slips, one picture alone and pixels already scaled."""
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[-1] not in (1, 3) or not len(images):
        raise ValueError(
            f"`images` must have shape (n, height, width, 3), n of 1 or more. Received: {images.shape}."
        )
    if images.min() < 0 or images.max() > 255 or (images.dtype.kind == "f" and 0 < images.max() <= 1):
        raise ValueError(
            f"`images` must hold pixels 0..255. Received: {images.min():.3g} to {images.max():.3g}. "
            "Draw the pictures as they were before preprocessing."
        )
    return np.repeat(images, 3 // images.shape[-1], axis=-1).astype(np.uint8)


def _draw_tiles(
    pixels: np.ndarray,
    titles: Sequence[str],
    columns: int,
    ax: Axes | None,
    marks: Sequence[tuple[bool, float]] = (),
) -> Axes:
    """Draw pictures in rows, titles above them, answers marked; unit of the Axes: one picture's width."""
    columns = min(columns, len(pixels))
    rows = -(-len(pixels) // columns)
    titles = ["\n".join(fill(line, 21) for line in title.split("\n")) for title in titles]
    head = 0.04 + 0.115 * max(title.count("\n") + 1 if title else 0 for title in titles)
    step = 1 + head + 0.06
    ax = ax or plt.subplots(figsize=(_TILE * 1.06 * columns, _TILE * step * rows))[1]
    for i, (picture, title) in enumerate(zip(pixels, titles, strict=True)):
        x, y = 1.06 * (i % columns), step * (i // columns) + head
        ax.imshow(picture, extent=(x, x + 1, y + 1, y))
        ax.text(x + 0.5, y - 0.03, title, ha="center", va="bottom", fontsize=8, linespacing=1.1)
        if marks:
            _mark(ax, x, y, *marks[i])
    ax.set(xlim=(-0.02, 1.06 * columns - 0.04), ylim=(step * rows - 0.04, 0))
    ax.set_axis_off()
    return ax


def _mark(ax: Axes, x: float, y: float, right: bool, confidence: float) -> None:
    """Put a coloured frame round a picture; in its corner a tick or a cross, and the confidence."""
    colour, sign = (RIGHT, "✓") if right else (WRONG, "✗")
    ax.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=colour, linewidth=3))
    ax.add_patch(Rectangle((x, y), 0.4, 0.17, facecolor=colour, linewidth=0))
    ax.text(
        x + 0.2, y + 0.09, f"{sign} {confidence:.0%}", ha="center", va="center", color="white", fontsize=8
    )


def _answer(row) -> str:
    if row.correct:
        return str(row.predicted)
    return f"said {row.predicted}\nis {row.class_name}"


def _listed(parts: Sequence[str], most: int = 6) -> str:
    return "; ".join(parts[:most]) + (f"; and {len(parts) - most} more" if len(parts) > most else "")


def _count(n: int, noun: str) -> str:
    ending = "" if n == 1 else "es" if noun.endswith("x") else "s"
    return f"{n} {noun}{ending}"
