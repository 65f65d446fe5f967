"""Films for notebooks: a figure that changes, as an animated picture inside the page. No network, no player needed.

film(figure, update, range(61))
"""

import base64
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils.figures import IMAGE_STYLE, PALETTE, alt_text

COLOURS = 63  # of a film; the next number stands for "as before"


@dataclass(frozen=True)
class Film:
    """A film; a notebook shows it as an animated GIF that can be folded away."""

    gif: bytes
    alt: str
    n_frames: int

    def __repr__(self) -> str:
        return f"<Film of {self.n_frames} frames: {self.alt}>"

    def _repr_html_(self) -> str:
        data, text = base64.b64encode(self.gif).decode(), escape(self.alt)
        image = f'<img alt="{text}" src="data:image/gif;base64,{data}" style="{IMAGE_STYLE}">'
        # Whoever cannot read beside something that moves can close it: no script is needed for that.
        return f"<details open><summary>Film: click here to fold it away</summary>{image}</details>"


def film(
    figure: Figure,
    update: Callable[[Any], Sequence[Artist]],
    frames: Iterable[Any],
    seconds: float = 6.0,
    pause: float = 3.0,
    dpi: int = 80,
) -> Film:
    """Return a film of a figure, over and over, with a pause at the end. The figure is closed, as nobody need see it.

    Parameters
    ----------
    figure, update : as matplotlib's `FuncAnimation` with `blit=True` wants them: `update(frame)` changes the figure and
        returns the artists that it has changed, the same ones each time. All else is drawn once. After the last
        frame the figure must have an alt text (`plots.describe`), which becomes that of the film.
    seconds : from the first frame to the last.
    pause : how long the last frame stays, in seconds.

    Raises
    ------
    ValueError : no frames, a time that is not above 0, or no alt text.
    """
    frames = list(frames)
    if not frames or not (seconds > 0 and pause > 0):
        raise ValueError(
            "`frames` must hold at least one frame, and `seconds` and `pause` be above 0. "
            f"Received: {len(frames)} frames, seconds={seconds!r}, pause={pause!r}."
        )
    pictures = _photographed(figure, update, frames, dpi)
    if not alt_text(figure):
        raise ValueError(
            "`figure` must have an alt text. Received: none. "
            'What to do: plots.describe(figure, "what the film shows").'
        )
    return Film(_gif(pictures, seconds, pause), alt_text(figure), len(frames))


def _photographed(figure: Figure, update: Callable, frames: list, dpi: int) -> list[Image.Image]:
    plt.close(figure)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    moving = update(frames[0])
    for artist in moving:
        artist.set_animated(True)  # it is left out when the figure is drawn
    canvas.draw()
    still, pictures = canvas.copy_from_bbox(figure.bbox), []
    for frame in frames:
        canvas.restore_region(still)
        for artist in update(frame):
            figure.draw_artist(artist)
        pictures.append(Image.fromarray(np.array(canvas.buffer_rgba())).convert("RGB"))
    for artist in moving:
        artist.set_animated(False)
    return pictures


def _gif(pictures: list[Image.Image], seconds: float, pause: float) -> bytes:
    """Return the animation. A frame holds only the pixels that change; the others are transparent."""
    palette = _palette(pictures[-1])
    inks = [np.asarray(picture.quantize(palette=palette, dither=Image.Dither.NONE)) for picture in pictures]
    changes = [np.where(new == old, COLOURS, new) for old, new in pairwise(inks)]
    images = [Image.fromarray(ink.astype(np.uint8), "P") for ink in (inks[0], *changes)]
    for image in images:
        image.putpalette(palette.getpalette())
    each = round(1000 * seconds / len(images))
    times = [each] * (len(images) - 1) + [round(1000 * pause)]
    buffer = io.BytesIO()
    shown = {"duration": times, "loop": 0, "transparency": COLOURS, "disposal": 1, "optimize": False}
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:], **shown)
    return buffer.getvalue()


def _palette(picture: Image.Image) -> Image.Image:
    """Return a picture with the colours of the film: the course's own, which may fill few pixels, and others."""
    own = np.array([tuple(bytes.fromhex(code[1:])) for code in ("#FFFFFF", *PALETTE.values())])
    found = picture.quantize(COLOURS - len(own), dither=Image.Dither.NONE).getpalette()
    others = np.reshape(found, (-1, 3))[: COLOURS - len(own)]
    # One that is nearly an own colour would be taken for it: Pillow's search is not exact.
    others = others[np.abs(others[:, None] - own).max(axis=2).min(axis=1) > 12]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([own, others]).ravel().tolist())
    return palette
