"""What a subject stands on: a twig, a post, a stone, a wire, the ground or water, drawn under its feet."""

import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from course_utils.errors import unknown_name
from course_utils.sketchbook.stage.brush import hexes, shade
from course_utils.sketchbook.stage.canvas import (
    Subject,
    Transform,
    View,
    bend,
    curve,
    ellipse,
    flatten,
    ribbon,
)

BARKS = hexes("5c4636 6e5a48 7f6b58 4a3b30 8a8074")
Foot = tuple[float, float]  # where the feet are, as fractions of the picture


def add_perch(picture: np.ndarray, perch: str, foot: Foot, size: float, rng: random.Random) -> np.ndarray:
    """Return the picture with a perch painted into it.

    Parameters
    ----------
    picture : float32 (px, px, 3), the scene behind the subject.
    perch : one of `PERCHES` or `GROUNDS`.
    foot : where the feet stand, as fractions of the picture.
    size : the subject's size as a fraction of the picture: a big bird sits on a thick branch.
    """
    if perch in GROUNDS:
        return _ground(picture, foot, size, perch == "water", rng)
    if perch not in PERCHES:
        raise unknown_name("perch", perch, [*PERCHES, *GROUNDS])
    px = len(picture)
    rgb, alpha = flatten(PERCHES[perch](View(px, Transform()), foot, size, rng), px)
    return picture + (rgb - picture) * alpha[..., None]


def _twig(
    view: View, foot: Foot, size: float, rng: random.Random, thick: float = 0.055, snow: bool = False
) -> Subject:
    (x, y), side = foot, rng.choice((-1, 1))
    bark = shade(rng.choice(BARKS), rng.uniform(0.8, 1.2))
    width, rise = size * thick * rng.uniform(0.8, 1.3), rng.uniform(-0.18, 0.18)
    start, end = x - side * rng.uniform(0.75, 1.1), x + side * rng.uniform(0.25, 0.9)
    y += width * 0.35
    middle = y + rng.uniform(-0.02, 0.02)
    path = bend(
        [
            (start, y - rise * (start - x)),
            ((start + x) / 2, middle - rise * (start - x) / 2),
            (x, y),
            (end, y - rise * (end - x) + rng.uniform(-0.05, 0.05)),
        ]
    )
    pen = view.pen(bark, 0.7)
    pen.shape(ribbon(path, width * 1.5, width, width * 0.5), bark)
    for _ in range(rng.randint(1, 3)):
        bx, by = path[rng.randrange(3, len(path))]
        tip = (bx + side * rng.uniform(0.05, 0.25), by + rng.choice((-1, 1)) * rng.uniform(0.08, 0.25))
        pen.shape(ribbon([(bx, by), tip], width * 0.5, width * 0.2), shade(bark, 0.9))
    sheets = [pen.layer]
    if snow:
        top = view.pen((240, 244, 250), 0.4)
        top.shape(
            ribbon([(px, py - width * 0.55) for px, py in path], width * 1.1, width * 0.9, width * 0.3),
            (240, 244, 250),
        )
        sheets.append(top.layer)
    return Subject(sheets)


def _leafy(view: View, foot: Foot, size: float, rng: random.Random, thick: float = 0.1) -> Subject:
    subject = _twig(view, foot, size, rng, thick)
    green = rng.choice(hexes("5f7d3a 7c9448 48663a 8f9a50 9c7a3c"))
    pen = view.pen(green, 0.3)
    for _ in range(rng.randint(2, 7)):
        # Leaves grow beside the subject, so that they don't stand behind its legs.
        x = foot[0] + rng.choice((-1, 1)) * rng.uniform(0.25, 0.6)
        leaf = pen.within(
            x, foot[1] + rng.uniform(-0.08, 0.1), size * rng.uniform(0.1, 0.18), rng.uniform(0, 360)
        )
        leaf.shape(
            curve([(-1, 0), (-0.2, -0.4), (1, 0), (-0.2, 0.4)], 4), shade(green, rng.uniform(0.8, 1.2))
        )
    subject.layers.append(pen.layer)
    return subject


def _stem(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    (x, y), lean = foot, rng.uniform(-0.25, 0.25)
    straw = shade(rng.choice(hexes("a89858 8f8a4c c4ac6c 7c8a48")), rng.uniform(0.85, 1.15))
    pen, width = view.pen(straw, 0.6), size * rng.uniform(0.04, 0.065)
    over = rng.uniform(0.05, 0.6)
    path = bend([(x + lean, 1.05), (x, y), (x - lean * over, y - over)])
    pen.shape(ribbon(path, width * 1.3, width, width * 0.6), straw)
    if rng.random() < 0.5:
        head = pen.within(x - lean * over, y - over, size * 0.14, rng.uniform(-15, 15))
        head.shape(ellipse(0, -0.5, 0.28, 1), (98, 68, 44))
    return Subject([pen.layer])


def _post(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    (x, y), half = foot, size * rng.uniform(0.14, 0.26)
    wood = shade(rng.choice(hexes("8a7458 9c8c78 6c5844 b0a490")), rng.uniform(0.85, 1.15))
    pen, x = view.pen(wood, 0.9), x + rng.uniform(-0.3, 0.3) * half
    pen.shape(
        [
            (x - half, y + half * 0.1),
            (x + half, y + half * 0.1),
            (x + half * 1.05, 1.1),
            (x - half * 1.05, 1.1),
        ],
        wood,
    )
    pen.shape(ellipse(x, y + half * 0.12, half, half * 0.22), shade(wood, 1.25))
    for _ in range(rng.randint(2, 5)):
        at, top = x + rng.uniform(-0.8, 0.8) * half, y + rng.uniform(0.3, 1.2) * half
        pen.mark(
            ribbon(
                [(at, top), (at + rng.uniform(-0.1, 0.1) * half, top + rng.uniform(0.1, 0.4))], half * 0.08
            ),
            (*shade(wood, 0.6), 170),
        )
    return Subject([pen.layer])


def _rail(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    (x, y), tilt, thick = foot, rng.uniform(-0.05, 0.05), size * rng.uniform(0.1, 0.18)
    wood = shade(rng.choice(hexes("8a7458 c8c0b4 6c5844 a8a49c e0dcd0")), rng.uniform(0.85, 1.1))
    pen = view.pen(wood, 0.5)
    path = [(x - 1.2, y + thick / 2 - 1.2 * tilt), (x, y + thick / 2), (x + 1.2, y + thick / 2 + 1.2 * tilt)]
    pen.shape(ribbon(path, thick), wood)
    pen.mark(ribbon([(px, py - thick * 0.38) for px, py in path], thick * 0.22), shade(wood, 1.2))
    pen.mark(ribbon([(px, py + thick * 0.36) for px, py in path], thick * 0.28), (*shade(wood, 0.6), 150))
    return Subject([pen.layer])


def _wire(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    (x, y), tilt, pen = foot, rng.uniform(-0.12, 0.12), view.pen((52, 54, 58), 0.2)
    path = bend([(x - 1.1, y - 0.03 - 1.1 * tilt), (x, y + size * 0.01), (x + 1.1, y - 0.03 + 1.1 * tilt)])
    pen.shape(ribbon(path, size * 0.028), (52, 54, 58))
    return Subject([pen.layer])


def _stone(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    (x, y), wide = foot, size * rng.uniform(0.6, 1.1)
    rock = shade(rng.choice(hexes("8c8a86 74736f 9a8878 6b7076 a89c8c")), rng.uniform(0.8, 1.1))
    pen, x, tall = view.pen(rock, 1.0), x + rng.uniform(-0.25, 0.25) * wide, size * rng.uniform(0.4, 0.8)
    y -= size * 0.02
    outline = curve(
        [
            (x - wide, y + tall),
            (x - wide * 0.85, y + tall * rng.uniform(0.2, 0.5)),
            (x - wide * 0.45, y + 0.005),
            (x + wide * 0.5, y + 0.005),
            (x + wide * 0.9, y + tall * rng.uniform(0.2, 0.5)),
            (x + wide, y + tall),
        ]
    )
    pen.shape([*outline, (x + wide * 1.1, 1.3), (x - wide * 1.1, 1.3)] if y + tall > 0.9 else outline, rock)
    for _ in range(rng.randint(3, 8)):
        spot = ellipse(
            x + rng.uniform(-0.8, 0.8) * wide,
            y + rng.uniform(0.1, 1) * tall,
            wide * rng.uniform(0.06, 0.2),
            wide * rng.uniform(0.03, 0.1),
            rng.uniform(-30, 30),
            8,
        )
        pen.mark(spot, (*shade(rock, rng.choice((0.75, 0.85, 1.15, 1.25))), 150))
    return Subject([pen.layer])


def _ground(picture: np.ndarray, foot: Foot, size: float, water: bool, rng: random.Random) -> np.ndarray:
    """Let the scene's own ground rise to the feet, and lay a soft shadow or ripples round them."""
    px, (x, y) = len(picture), foot
    at = min(px - 1, max(0, math.floor((0.9 + 0.1 * y) * px)))
    row = picture[at : at + 1]  # (1, px, 3)
    ground = row.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)  # (1, 1, 3)
    rise = y - size * 0.12
    level = np.clip((np.arange(px, dtype=np.float32) / px - np.float32(rise)) * np.float32(1 / 0.14), 0, 1)
    picture = picture + (ground - picture) * (level * np.float32(0.75))[:, None, None]
    mark = Image.new("L", (px, px), 0)
    pen, wide = ImageDraw.Draw(mark), size * rng.uniform(0.3, 0.42)
    if water:
        for k in range(rng.randint(2, 4)):
            _oval(pen, px, x, y + 0.012 * k, wide * (1 + 0.5 * k), wide * (0.14 + 0.12 * k), 0, 120 - 25 * k)
        soft, colour = mark.filter(ImageFilter.BoxBlur(px * 0.006)), np.float32(235)
    else:
        _oval(pen, px, x, y, wide, wide * 0.2, 120, 120)
        soft, colour = mark.filter(ImageFilter.BoxBlur(px * size * 0.05)), ground * np.float32(0.3)
    return picture + (colour - picture) * (np.asarray(soft, np.float32) * np.float32(1 / 255))[..., None]


def _oval(
    pen: ImageDraw.ImageDraw, px: int, x: float, y: float, rx: float, ry: float, fill: int, line: int
) -> None:
    box = [math.floor(v * px + 0.5) for v in (x - rx, y - ry, x + rx, y + ry)]
    pen.ellipse(box, fill=fill or None, outline=line, width=max(1, px // 90))


def _snowy(view: View, foot: Foot, size: float, rng: random.Random) -> Subject:
    return _twig(view, foot, size, rng, 0.08, snow=True)


Painter = Callable[[View, Foot, float, random.Random], Subject]
PERCHES: dict[str, Painter] = {
    "twig": _twig,
    "branch": _leafy,
    "stem": _stem,
    "post": _post,
    "rail": _rail,
    "wire": _wire,
    "stone": _stone,
    "snowy": _snowy,
}
GROUNDS = ("ground", "floor", "water")
