"""What the cells of a deck use: figures at the size of a slide, pictures with captions, words with live numbers.

A slide is 1280 by 720 pixels, and a point of the course's figures is three of them: so their smallest type, 8 points,
is 24 pixels high, and every plot function draws for a slide as it draws for a lesson.

    show(plots.accuracy_bars(table, ax=canvas(1160, 480)))
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from markdown_it import MarkdownIt
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from course_utils.figures import alt_text, styled
from course_utils.sketchbook.guide.portraits import cut_out

PIXELS_PER_POINT = 3
_PIXELS_PER_INCH = 72 * PIXELS_PER_POINT
_SHARP = 1.5  # pictures have this many pixels for each one of a slide, for projectors that show more than 720 lines


@dataclass(frozen=True)
class Shown:
    """A part of a slide: HTML for those who see it, and the same in words, which tests compare."""

    html: str
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words

    def __add__(self, other: "Shown") -> "Shown":
        return Shown(self.html + other.html, f"{self.words} {other.words}")


@styled
def canvas(width: int, height: int, **subplots) -> Axes | np.ndarray:
    """Return an empty Axes for a figure of `width` by `height` pixels of a slide, or an array of several.

    Parameters
    ----------
    subplots : what `plt.subplots` takes besides the size, for example `ncols=2`.
    """
    return plt.subplots(figsize=(width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH), **subplots)[1]


def show(target: Axes | Figure) -> Shown:
    """Return a figure as it is shown on a slide: as SVG without a ground, so that the deck's theme shows through.

    Raises
    ------
    ValueError : the figure has no alt text.
    """
    figure, words = target.figure.figure, alt_text(target) or alt_text(target.figure.figure)
    if not words:
        raise ValueError(
            "a figure on a slide must have an alt text. Received: none. What to do: plots.describe(ax, ...)."
        )
    buffer = io.BytesIO()
    # Letters stay letters, in the deck's font.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": words}):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    width, height = (round(inches * _PIXELS_PER_INCH) for inches in figure.get_size_inches())
    plt.close(figure)  # else the notebook would show it once more, below
    data = base64.b64encode(buffer.getvalue()).decode()
    image = f'<img alt="{escape(words)}" src="data:image/svg+xml;base64,{data}" width="{width}" height="{height}">'
    return Shown(image, f"<Figure: {words}>")


def pictures(
    images: Sequence[np.ndarray | Image.Image],
    alt: Sequence[str],
    captions: Sequence[str] = (),
    height: int = 300,
    spread: bool = False,
) -> Shown:
    """Return pictures side by side, each `height` pixels of a slide high.

    Parameters
    ----------
    images : uint8 (height, width, 3), or Pillow images; those with transparency keep it.
    alt : for each picture what somebody who cannot see it should be told.
    captions : for each picture a line of Markdown below it.
    spread : give each picture the same share of the slide's width.
    """
    if len(alt) != len(images) or (captions and len(captions) != len(images)):
        raise ValueError(
            f"`alt` and `captions` must have a text for each of {len(images)} pictures. "
            f"Received: {len(alt)} and {len(captions)}."
        )
    shown = [_picture(image, text, height) for image, text in zip(images, alt, strict=True)]
    below = [f"<figcaption>{_inline(caption)}</figcaption>" for caption in captions] or [""] * len(shown)
    tiles = "".join(f"<figure>{picture}{line}</figure>" for picture, line in zip(shown, below, strict=True))
    words = "; ".join([*alt, *(f"“{caption}”" for caption in captions)])
    return Shown(f'<div class="pictures{" spread" if spread else ""}">{tiles}</div>', f"<Pictures: {words}>")


def says(species: str, words: str, height: int = 260, seed: int = 0, pose: str | None = None) -> Shown:
    """Return a bird of a species that says something: the speaker's helper, with a bubble."""
    picture = _picture(cut_out(species, seed, pose, px=round(height * _SHARP * 1.4)), f"A {species}", height)
    bubble = f'<div class="bubble">{_inline(words)}</div>'
    return Shown(f'<div class="says">{bubble}{picture}</div>', f"<A {species} says: {words}>")


def words(text: str, kind: str = "words") -> Shown:
    """Return Markdown with live numbers in it. `kind`: "words", or "number" for one that fills the slide."""
    return Shown(f'<div class="{kind}">{MarkdownIt().render(text)}</div>', text)


def listing(frame: pd.DataFrame) -> Shown:
    """Return a small table with the names of its rows and columns; numbers are written as they are."""
    html = frame.rename_axis(None).to_html(border=0, classes="table", justify="left")
    return Shown(html, frame.to_string())


def _picture(image: np.ndarray | Image.Image, alt: str, height: int) -> str:
    image = image if isinstance(image, Image.Image) else Image.fromarray(image)
    width = round(image.width * height / image.height)
    size = round(width * _SHARP), round(height * _SHARP)
    if size < image.size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=84)
    data = base64.b64encode(buffer.getvalue()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/webp;base64,{data}" width="{width}" height="{height}">'


def _inline(text: str) -> str:
    return MarkdownIt().renderInline(text)
