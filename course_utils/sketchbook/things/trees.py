"""Trees: a trunk, and eight ways to carry a crown."""

import math
import random
from collections.abc import Mapping
from functools import partial
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, Pen, View, bend, ribbon
from course_utils.sketchbook.things.paintbox import Palette, varied
from course_utils.sketchbook.things.parts import ink, strokes

Look = Mapping[str, Any]


# Broad crowns are heaps of leaves: (x, y, radius x, radius y), from the back to the front.
HEAPS = {
    "round": [
        (-0.38, -0.25, 0.42, 0.36),
        (0.4, -0.25, 0.42, 0.36),
        (0, -0.58, 0.48, 0.4),
        (0, -0.2, 0.45, 0.34),
    ],
    "column": [(0, 0.25, 0.24, 0.32), (0, -0.1, 0.27, 0.4), (0, -0.5, 0.23, 0.38), (0, -0.8, 0.14, 0.25)],
    "airy": [
        (0.12, -0.75, 0.3, 0.26),
        (-0.3, -0.02, 0.3, 0.22),
        (0.3, -0.15, 0.32, 0.26),
        (-0.2, -0.42, 0.36, 0.28),
    ],
    "umbrella": [(-0.55, -0.5, 0.42, 0.16), (0.55, -0.5, 0.42, 0.16), (0, -0.62, 0.6, 0.2)],
    "weeping": [(-0.3, -0.5, 0.4, 0.3), (0.3, -0.5, 0.4, 0.3), (0, -0.65, 0.4, 0.28)],
}


def _heaped(kind: str, view: View, palette: Palette, rng: random.Random) -> list[Layer]:
    """Draw heaps with a leafy edge, and dab leaves on them in light and shadow."""
    pen, leaf = view.pen(palette("crown-"), 0.9), [(-1, 0), (0, -0.5), (1, 0), (0, 0.5)]
    heaps = [
        (x + rng.uniform(-0.05, 0.05), y + rng.uniform(-0.05, 0.05), *radii) for x, y, *radii in HEAPS[kind]
    ]
    for x, y, rx, ry in heaps:
        edge = []
        for k in range(26):
            turn, r = 2 * math.pi * k / 26, rng.uniform(0.84, 0.94) + (0.14 if k % 2 else 0)
            edge.append((x + rx * r * math.cos(turn), y + ry * r * math.sin(turn)))
        pen.shape(edge, varied(palette("crown"), rng, 10))
    for k in range(64):
        x, y, rx, ry = heaps[k % len(heaps)]
        u, v = rng.uniform(-0.85, 0.85), rng.uniform(-0.85, 0.85)
        tone = palette("crown+~" if u + v < rng.uniform(-0.6, 0.6) else "crown-~")
        dab = pen.within(x + rx * u, y + ry * v, rng.uniform(0.05, 0.09), rng.uniform(-60, 60))
        dab.mark(leaf, tone)
    return [pen.layer]


def _tiers(view, palette, rng):
    pen, n = view.pen(palette("crown-"), 0.8), rng.randint(4, 6)
    for k in range(n, 0, -1):
        low, wide = -0.95 + 1.5 * k / n, 0.16 + 0.5 * k / n
        hem = [
            (wide * (1 - j / 4), low + (0.09 if j % 2 else -0.02) + rng.uniform(-0.03, 0.03))
            for j in range(9)
        ]
        pen.shape([(0, low - 1.5 / n - 0.28), *hem], varied(palette("crown"), rng, 14))
        pen.mark(
            ribbon([(wide * 0.8, low + 0.02), (0, low - 0.05), (-wide * 0.8, low + 0.02)], 0.07),
            palette("crown-~"),
        )
    return [pen.layer]


def _fronds(view, palette, rng):
    pen, n = view.pen(palette("crown-"), 0.5), rng.randint(8, 10)
    for k in range(n):
        angle = math.radians(-115 + 230 * k / (n - 1) + rng.uniform(-8, 8))
        dx, dy, reach = math.sin(angle), -math.cos(angle), rng.uniform(0.65, 0.85)
        path = bend(
            [
                (0, -0.55),
                (dx * reach * 0.6, -0.6 + dy * reach * 0.45),
                (dx * reach, -0.45 + dy * reach * 0.45 + 0.2),
            ],
            4,
        )
        pen.shape(ribbon(path, 0.05, 0.2, 0.02), varied(palette("crown"), rng, 22))
        pen.mark(ribbon(path, 0.02), palette("crown-"))
    return [pen.layer]


def _weeping(view, palette, rng):
    layers = _heaped("weeping", view, palette, rng)
    pen = view.pen(palette("crown-"), 0.4)
    for k in range(17):
        x = -0.8 + 0.1 * k + rng.uniform(-0.04, 0.04)
        end = rng.uniform(0.35, 0.75)
        path = bend([(x * 0.8, -0.6 + 0.3 * x * x), (x, 0.0), (x * 1.02 + rng.uniform(-0.06, 0.06), end)], 3)
        pen.shape(ribbon(path, 0.05, 0.11, 0.02), varied(palette("crown"), rng, 26))
    return [*layers, pen.layer]


def _boughs(view, palette, rng):
    pen = view.pen(palette("trunk"), 0.7)
    for k in range(7):
        side, start = (-1) ** k, 0.35 - 0.15 * k
        tip = (side * rng.uniform(0.45, 0.85) * (1 - 0.07 * k), start - rng.uniform(0.3, 0.5))
        path = bend([(0, start), (tip[0] * 0.5, start - 0.12), tip], 3)
        pen.shape(ribbon(path, 0.1, 0.02), palette("trunk"))
        for t in (0.5, 0.75):
            x, y = tip[0] * t, start + (tip[1] - start) * t
            pen.shape(
                ribbon(
                    [(x, y), (x + rng.uniform(-0.1, 0.2) * side, y - rng.uniform(0.15, 0.28))], 0.04, 0.012
                ),
                palette("trunk"),
            )
    pen.shape(ribbon([(0, 0.4), (rng.uniform(-0.06, 0.06), -0.9)], 0.12, 0.02), palette("trunk"))
    return [pen.layer]


CROWNS = {
    **{kind: partial(_heaped, kind) for kind in HEAPS},
    **{"tiers": _tiers, "fronds": _fronds, "weeping": _weeping, "boughs": _boughs},
}


def draw_tree(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a tree: trunk, crown, and what grows in it."""
    pen = view.pen(palette("trunk"), 1.0)
    thick = look["trunk"] * rng.uniform(0.85, 1.2)
    path = bend([(0, -0.55), (rng.uniform(-0.06, 0.06), 0.2), (rng.uniform(-0.05, 0.05), 1.0)], 4)
    pen.shape(ribbon(path, thick * 0.6, thick * 0.85, thick * 1.4), palette("trunk"))
    ink(pen, strokes(look["bark"], palette, rng))
    crown = CROWNS[look["crown"]](view, palette, rng)
    ink(Pen(crown[-1], view.transform), strokes(look["marks"], palette, rng))
    return [pen.layer, *crown]
