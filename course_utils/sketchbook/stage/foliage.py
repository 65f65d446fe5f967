"""Foliage in front of a subject: leaves, blades of grass or twigs, too near to be in focus."""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.stage.brush import RGB, shade
from course_utils.sketchbook.stage.canvas import Transform, bend, curve, ribbon

LEAF = curve([(-1, 0), (-0.3, -0.42), (1, 0), (-0.3, 0.42)], 4)


def grow_foliage(
    picture: np.ndarray,
    mask: np.ndarray,
    background: np.ndarray,
    share: float,
    cover: str,
    rng: random.Random,
) -> tuple[np.ndarray, float]:
    """Hide about `share` of a subject.

    Parameters
    ----------
    picture : float32 (px, px, 3), the subject in its scene.
    mask : uint8 (px, px), where the subject is.
    background : uint8 (px, px, 3); the foliage takes its colours from there.
    cover : one of `COVERS`.

    Returns
    -------
    picture : float32 (px, px, 3)
    occluded : the fraction of the subject that is really hidden.
    """
    px, grow = len(mask), look_up("cover", cover, COVERS)
    side = max(64, px // 2)
    where = np.asarray(Image.fromarray(mask).resize((side, side), Image.Resampling.BOX))
    sheet = _Sheet(side, _colours(background, rng))
    rows, columns = np.nonzero(where >= 128)
    for _ in range(80):
        missing = share - hidden(where, np.asarray(sheet.mask))
        if missing < 0.012 or not len(rows):
            break
        k = int(rng.random() * len(rows))
        area = len(rows) * min(missing, 0.06)  # pixels that the next leaf should hide
        # A leaf hides all of its area; a blade or twig runs across the whole subject, so it must be thin.
        size = area**0.5 if cover == "leaves" else area / len(rows) ** 0.5
        grow(sheet, (float(columns[k]), float(rows[k])), size, rng)
    blur = ImageFilter.BoxBlur(side * rng.uniform(0.004, 0.012))
    veil = sheet.mask.filter(blur).resize((px, px), Image.Resampling.BILINEAR)
    colours = sheet.rgb.filter(blur).resize((px, px), Image.Resampling.BILINEAR)
    alpha = np.asarray(veil, np.float32) * np.float32(1 / 255)
    return picture + (np.asarray(colours, np.float32) - picture) * alpha[..., None], hidden(
        mask, np.asarray(veil)
    )


def hidden(mask: np.ndarray, veil: np.ndarray) -> float:
    """Return how much of a subject (uint8 mask) a veil (uint8) hides, 0..1, exactly: sums of integers."""
    subject = int(mask.sum(dtype=np.int64))
    both = int((mask.astype(np.int64) * veil).sum())
    return both / (255 * subject) if subject else 0.0


class _Sheet:
    """The sheet that foliage is painted on: colours, and a mask of what it hides."""

    def __init__(self, side: int, colours: list[RGB]):
        self.side, self.colours = side, colours
        self.rgb, self.mask = Image.new("RGB", (side, side), colours[0]), Image.new("L", (side, side), 0)
        self._paint, self._cover = ImageDraw.Draw(self.rgb), ImageDraw.Draw(self.mask)

    def polygon(self, points, colour: RGB) -> None:
        whole = [(int(x), int(y)) for x, y in points]
        self._paint.polygon(whole, fill=colour)
        self._cover.polygon(whole, fill=255)


def _colours(background: np.ndarray, rng: random.Random) -> list[RGB]:
    """Pick colours out of the scene, so that its foliage fits it."""
    px = len(background)
    # From the lower part: sky makes odd leaves. The brightest: in front of the shade there is light.
    spots = [(int(px * rng.uniform(0.4, 1)), int(px * rng.random())) for _ in range(8)]
    picked = sorted((tuple(int(v) for v in background[spot]) for spot in spots), key=sum)
    return [shade(colour, rng.uniform(0.65, 1.1)) for colour in picked[-4:]]


def _leaves(sheet: _Sheet, at: tuple[float, float], size: float, rng: random.Random) -> None:
    """A sprig: a thin twig with a leaf at the place asked for, and others further out."""
    turn, size = rng.uniform(0, 360), max(size * 0.62, sheet.side * 0.02)
    sprig = Transform.place(*at, size, turn)
    colour = rng.choice(sheet.colours)
    sheet.polygon(sprig.apply(ribbon([(-1, 0), (-7, 1)], 0.12, 0.3)), shade(colour, 0.6))
    for x, y, lean in ((0, 0, 0), (-3, 1.1, 50), (-4.5, -0.6, -45)):
        leaf = sprig.after(Transform.place(x, y, rng.uniform(0.85, 1.2), lean + rng.uniform(-20, 20)))
        sheet.polygon(leaf.apply(LEAF), shade(colour, rng.uniform(0.8, 1.25)))


def _blades(sheet: _Sheet, at: tuple[float, float], size: float, rng: random.Random) -> None:
    (x, y), lean, over = at, rng.uniform(-0.3, 0.3) * sheet.side, rng.uniform(0.05, 0.35) * sheet.side
    path = bend([(x + lean, sheet.side * 1.05), (x, y), (x - lean * 0.6, y - over)])
    width = max(1.3, size * rng.uniform(0.9, 1.7))
    sheet.polygon(ribbon(path, width, width, 0.5), shade(rng.choice(sheet.colours), rng.uniform(0.8, 1.2)))


def _twigs(sheet: _Sheet, at: tuple[float, float], size: float, rng: random.Random) -> None:
    (x, y), bark = at, shade(rng.choice(sheet.colours), rng.uniform(0.35, 0.6))
    slope, width = rng.uniform(-0.9, 0.9), max(1.3, size * rng.uniform(0.8, 1.4))
    side, reach = rng.choice((-1, 1)), sheet.side
    path = bend(
        [
            (x - side * reach, y - side * slope * reach),
            (x, y),
            (x + side * reach * 0.2, y + slope * reach * 0.2),
        ]
    )
    sheet.polygon(ribbon(path, width * 1.4, width, width * 0.4), bark)


COVERS: dict[str, Callable[[_Sheet, tuple[float, float], float, random.Random], None]] = {
    "leaves": _leaves,
    "blades": _blades,
    "twigs": _twigs,
}
