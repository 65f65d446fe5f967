"""Coats: the colours of one animal, the edge and the texture of its fur, and blotches."""

import math
import random
from dataclasses import dataclass

import numpy as np

from course_utils.sketchbook.field_guide import colour
from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.stage.canvas import Colour, Pen, Points, curve

# How far the outline is pushed out at one sample after another, as a part of the distance from its middle.
EDGES = {"smooth": (0.0,), "shaggy": (0.0, 1.0), "curly": (0.0, 0.7, 1.0, 0.7)}


@dataclass(frozen=True)
class Coat:
    """The colours of one animal, and its fur."""

    main: Colour
    second: Colour
    dark: Colour
    light: Colour
    eye: Colour
    fur: str


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """Return `part` of the other colour in the one."""
    return tuple(round(a + (b - a) * part) for a, b in zip(one[:3], other[:3], strict=True))


def grow_coat(breed: Pet, rng: random.Random) -> Coat:
    """Choose one animal's colours: no two of a breed are quite alike."""
    brightness, warmth = rng.uniform(0.86, 1.12), rng.uniform(-9, 9)

    def own(name: str) -> Colour:
        shifted = (v * brightness + w for v, w in zip(colour(name), (warmth, 0, -warmth), strict=True))
        return tuple(max(12, min(252, round(v))) for v in shifted)

    pair = rng.choice(breed.coats)
    main = own(pair[0])
    return Coat(
        main,
        own(pair[1]),
        dark=mix(main, colour("black"), 0.38),
        light=mix(main, colour("white"), 0.34),
        eye=colour(rng.choice(breed.eyes)),
        fur=breed.fur,
    )


def furry(points: Points, fur: str, rng: random.Random, length: float = 0.09, steps: int = 6) -> np.ndarray:
    """Return a smooth outline through control points with tufts (shaggy) or locks (curly) on it."""
    outline = curve(points, steps)
    if fur == "smooth":
        return outline
    edge = EDGES[fur]
    out = np.array([length * edge[k % len(edge)] * rng.uniform(0.25, 1.0) for k in range(len(outline))])
    tufted = outline + (outline - outline.sum(0) / len(outline)) * out[:, None]
    if fur == "shaggy":
        tufted[:, 1] += out * 0.45  # long hair hangs
    return tufted


def blotch(x: float, y: float, rx: float, ry: float, rng: random.Random, n: int = 6) -> np.ndarray:
    """Return an uneven round patch."""
    corners = []
    for k in range(n):
        angle, size = 2 * math.pi * k / n, rng.uniform(0.75, 1.2)
        corners.append((x + rx * size * math.cos(angle), y + ry * size * math.sin(angle)))
    return curve(corners, 3)


def texture(
    pen: Pen,
    coat: Coat,
    where: tuple[float, float, float, float],
    flow: tuple[float, float],
    rng: random.Random,
    n: int,
) -> None:
    """Draw hairs in the ellipse `where` (x, y, rx, ry), lying along `flow` (their length and direction)."""
    x, y, rx, ry = where
    alpha, count = {"smooth": (22, n // 2), "shaggy": (62, n * 2), "curly": (85, n * 5 // 2)}[coat.fur]
    shine = round(alpha * (0.25 + 0.75 * sum(coat.main) / 765))
    for k in range(count):
        angle, far = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        px, py = x + rx * far * math.cos(angle), y + ry * far * math.sin(angle)
        tone = (255, 250, 235, shine) if k % 2 else (20, 12, 8, alpha * 2 // 3)
        if coat.fur == "curly":
            _lock(pen, px, py, 0.5 * math.hypot(*flow), tone)
        else:
            dx, dy = flow[0] * rng.uniform(0.6, 1.3), flow[1] * rng.uniform(0.6, 1.3)
            dx, dy = dx + 0.25 * dy * rng.uniform(-1, 1), dy + 0.25 * dx * rng.uniform(-1, 1)
            side = (-0.1 * dy, 0.1 * dx)
            pen.mark([(px + side[0], py + side[1]), (px + dx, py + dy), (px - side[0], py - side[1])], tone)


def _lock(pen: Pen, x: float, y: float, r: float, tone: Colour) -> None:
    pen.mark(
        [
            (x - r, y),
            (x - 0.6 * r, y - 0.8 * r),
            (x + 0.4 * r, y - 0.9 * r),
            (x + r, y - 0.1 * r),
            (x + 0.5 * r, y + 0.5 * r),
            (x + 0.5 * r, y - 0.2 * r),
            (x - 0.3 * r, y - 0.4 * r),
        ],
        tone,
    )
