"""Leaves: an outline from a few numbers, veins, and blemishes."""

import math
import random
from collections.abc import Callable, Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, View, bend, curve, ribbon
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import ink, strokes

Blade = tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]  # outline, veins


def _feathered(half_width: Callable[[float], float], n_veins: int, rise: float = 0.3) -> Blade:
    """Return a blade along a midrib from (0, 0.7) up to (0, -0.9), `half_width(t)` wide at t from 0 to 1."""
    steps = [k / 36 for k in range(37)]
    right = [(half_width(t), 0.7 - 1.6 * t) for t in steps]
    veins = [[(0, 0.7), (0, -0.88)]]
    for k in range(n_veins):
        t = 0.12 + 0.66 * k / n_veins
        tip = min(1.0, t + rise * 0.5)
        veins += [[(0, 0.7 - 1.6 * t), (side * half_width(tip) * 0.86, 0.7 - 1.6 * tip)] for side in (-1, 1)]
    return right + [(-x, y) for x, y in right[::-1]], veins


def _oval(rng):
    wide = rng.uniform(0.36, 0.48)
    return _feathered(lambda t: wide * math.sin(math.pi * t) ** 0.8, 6)


def _saw(rng):
    wide = rng.uniform(0.46, 0.58)
    return _feathered(lambda t: wide * math.sin(math.pi * t**0.8) * (1 + 0.16 * ((t * 12) % 1)), 7)


def _lance(rng):
    wide = rng.uniform(0.15, 0.21)
    return _feathered(lambda t: wide * math.sin(math.pi * t) ** 0.7, 5, 0.2)


def _heart(rng):
    wide = rng.uniform(0.62, 0.76)
    outline, veins = _feathered(lambda t: wide * math.sin(math.pi * t**0.62) ** 0.8, 4)
    return [(x, y + 0.55 * max(0.0, abs(x) - 0.05) * (y > 0.1)) for x, y in outline], veins


def _lobed(rng):
    wide, depth = rng.uniform(0.44, 0.54), rng.uniform(0.25, 0.36)
    return _feathered(
        lambda t: (
            wide * math.sin(math.pi * t**1.2) ** 0.6 * (1 - depth + depth * math.cos(7.2 * math.pi * t))
        ),
        4,
    )


def _star(rng):
    tips = [(0, 1.0), (38, 0.62), (62, 0.98), (95, 0.55), (125, 0.62)]
    right = []
    for (a, r), (b, _) in zip(tips, [*tips[1:], (165, 0)], strict=True):
        right += [(a - 11, r * 0.74), (a, r), (a + 11, r * 0.7), ((a + b) / 2, 0.42)]
    polar = right[1:] + [(-a, r) for a, r in right[:1:-1]]
    outline = [(0.95 * r * math.sin(math.radians(a)), 0.15 - r * math.cos(math.radians(a))) for a, r in polar]
    ends = [a for a, _ in tips] + [-a for a, _ in tips[1:]]
    return outline, [
        [(0, 0.3), (0.72 * math.sin(math.radians(a)), 0.15 - 0.75 * math.cos(math.radians(a)))] for a in ends
    ]


def _fan(rng):
    notch = rng.uniform(0.2, 0.5)
    turns = [-78 + 156 * k / 24 for k in range(25)]
    rim = [(0.95 + 0.03 * (-1) ** k - notch * max(0.0, 1 - abs(a) / 9)) for k, a in enumerate(turns)]
    outline = [(0, 0.6)] + [
        (r * 0.98 * math.sin(math.radians(a)), 0.35 - r * math.cos(math.radians(a)) * 0.95)
        for r, a in zip(rim, turns, strict=True)
    ]
    return outline, [
        [(0, 0.55), (0.85 * math.sin(math.radians(a)), 0.35 - 0.8 * math.cos(math.radians(a)))]
        for a in range(-70, 71, 14)
    ]


def _fern(rng):
    outline, veins, n = [], [[(0, 0.9), (0, -0.95)]], rng.randint(8, 10)
    for k in range(n):
        y = 0.62 - 1.5 * k / n
        reach = 0.62 * math.sin(math.pi * (k + 1.6) / (n + 2)) ** 0.7
        outline += [
            (0.03, y + 0.12),
            (reach * 0.6, y + 0.0),
            (reach, y - 0.2),
            (reach * 0.6, y - 0.2),
            (0.03, y - 0.08),
        ]
        veins += [[(0, y), (side * reach * 0.9, y - 0.18)] for side in (-1, 1)]
    right = [*outline, (0, -1.0)]
    return right + [(-x, y) for x, y in right[::-1]], veins


def _round(rng):
    """Nearly a circle, finely toothed, with a short tip."""
    wide = rng.uniform(0.66, 0.78)
    return _feathered(
        lambda t: wide * math.sin(math.pi * t**0.85) ** 0.55 * (1 + 0.07 * ((t * 13) % 1)) * (1 - 0.5 * t**9),
        6,
    )


def _notched(rng):
    """Nearly a circle, with a notch where others have their tip."""
    outline, veins = _round(rng)
    deep = rng.uniform(0.26, 0.36)
    return [(x, y + deep * max(0.0, 1 - abs(x) / 0.4) * (y < -0.5)) for x, y in outline], [
        [(0, 0.7), (0, -0.62)],
        *veins[1:],
    ]


def _palm(
    tips: list[tuple[float, float]], valley: float, teeth: tuple[tuple[float, float], ...], back: float
) -> Blade:
    """Return a blade like a hand: `tips` are (angle, reach), right side only, `valley` lies between two of them.

    `teeth` are the points on either side of a tip, outwards, as (angle off the tip, share of its reach).
    """
    right = []
    for (a, r), (b, _) in zip(tips, [*tips[1:], (back, 0)], strict=True):
        right += [(a - off, r * share) for off, share in reversed(teeth)] + [(a, r)]
        right += [(a + off, r * share) for off, share in teeth] + [((a + b) / 2, valley)]
    right = [(a, r) for a, r in right if a >= 0]
    polar = right + [(-a, r) for a, r in reversed(right) if a > 0]
    ends = [(a, r) for a, r in tips] + [(-a, r) for a, r in tips[1:]]

    def at(a: float, r: float) -> tuple[float, float]:
        return r * math.sin(math.radians(a)), 0.32 - r * math.cos(math.radians(a))

    return [at(a, r) for a, r in polar], [[(0, 0.34), at(a, r * 0.78)] for a, r in ends]


def _hand(rng):
    """Five broad lobes with small teeth, as a plane has them."""
    tips = [(0, 1.2), (rng.uniform(40, 46), 1.1), (rng.uniform(84, 92), 0.82)]
    return _palm(tips, 0.66, ((6, 0.86), (9, 0.9), (14, 0.72)), 140)


def _creeping(rng):
    """Five lobes without teeth, the middle one longest, as ivy has them."""
    tips = [(0, 1.22), (rng.uniform(48, 56), 0.98), (rng.uniform(98, 108), 0.7)]
    return _palm(tips, 0.52, ((12, 0.78),), 150)


BLADES = {
    blade.__name__[1:]: blade
    for blade in (
        _oval, _saw, _lance, _heart, _lobed, _star, _fan, _fern, _round, _notched, _hand, _creeping,
    )
}  # fmt: skip
SMOOTH = {"oval", "heart", "lance"}  # the others have edges that a spline would round off


def draw_leaf(look: Mapping[str, Any], palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a leaf with its stalk: rim, blade, veins and marks."""
    outline, veins = BLADES[look["blade"]](rng)
    sway = rng.uniform(-0.22, 0.22)

    def curl(points):
        return [(x + sway * y * y, y) for x, y in points]

    pen = view.pen(palette("rim"), 0.6)
    pen.shape(
        ribbon(bend(curl([(0, 0.4), (0, 0.75), (rng.uniform(-0.15, 0.15), 1.05)]), 4), 0.05, 0.065),
        palette("vein-"),
    )
    smooth = curve(curl(outline[::2]), 3) if look["blade"] in SMOOTH else curl(outline)
    pen.shape(smooth, palette("rim"))
    inner = [(x * 0.87, y * 0.9 - 0.01) for x, y in outline]
    pen.mark(curl(inner), palette("blade"))
    pen.mark(curl([(max(0.0, x), y) for x, y in inner]), (0, 0, 0, 28))
    ink(pen, strokes(look["marks"], palette, rng), curl)
    for k, vein in enumerate(veins):
        pen.mark(ribbon(curl(vein), 0.035 if k == 0 else 0.026, 0.012), palette("vein"))
    return [pen.layer]
