"""Compound leaves: leaflets along a stalk, like a feather, or from its end, like fingers."""

import math
import random
from collections.abc import Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, Pen, View, bend, curve, ribbon
from course_utils.sketchbook.things.paintbox import Palette, varied
from course_utils.sketchbook.things.parts import ink, strokes

Place = tuple[float, float, float, float]  # x, y, length, degrees from upright

# Half the width of a leaflet, for a length of one, from its foot to its tip.
LEAFLETS = {
    "lance": (0.1, 0.15, 0.16, 0.13, 0.07),
    "egg": (0.17, 0.24, 0.25, 0.23, 0.16),
    "club": (0.05, 0.09, 0.14, 0.21, 0.18),
}
EDGES = ("smooth", "toothed")


def _feather(pairs: int, reach: float, rng: random.Random) -> list[Place]:
    """Leaflets in pairs along a stalk, the longest in the middle, one more at its end."""
    lean, places = rng.uniform(55, 72), []
    for k in range(pairs):
        t = k / (pairs - 1)
        long = reach * (0.8 + 0.2 * math.sin(math.pi * t)) * (1 - 0.25 * t)
        for side in (-1, 1):
            places.append((side * 0.02, 0.5 - 1.05 * t, long, side * (lean - 14 * t + rng.uniform(-5, 5))))
    return [*places, (0.0, -0.56, reach * 0.8, rng.uniform(-6, 6))]


def _fingers(fingers: int, reach: float, rng: random.Random) -> list[Place]:
    """Leaflets from one point, the longest in the middle."""
    spread = rng.uniform(104, 122)
    turns = [spread * (2 * k / (fingers - 1) - 1) for k in range(fingers)]
    return [(0.0, 0.25, reach * (1.14 - 0.4 * abs(a) / spread), a + rng.uniform(-4, 4)) for a in turns]


ARRANGEMENTS = {"feather": _feather, "fingers": _fingers}


def draw_compound_leaf(
    look: Mapping[str, Any], palette: Palette, view: View, rng: random.Random
) -> list[Layer]:
    """Draw a leaf that is made of leaflets: stalk first, then the leaflets, those at the tip on top."""
    sway, bow = rng.uniform(-0.2, 0.2), rng.uniform(0.94, 1.06)
    places = ARRANGEMENTS[look["arrangement"]](look["leaflets"], look["reach"] * bow, rng)
    stalk, blade = view.pen(palette("vein-"), 0.5), view.pen(palette("rim"), 0.6)
    top = min(y for _, y, _, _ in places)
    path = [(sway * y * y, y) for y in (1.05, 0.7, 0.35, 0.0, top) if y >= top]
    stalk.shape(ribbon(bend(path, 4), 0.06, 0.035), palette("vein-"))
    marks = strokes(look["marks"], palette, rng)
    half, toothed = LEAFLETS[look["leaflet"]], look["edge"] == "toothed"
    for x, y, long, turn in places:
        leaflet = blade.within(x + sway * y * y, y, long, turn)
        _leaflet(leaflet, half, toothed, look["reach"] > 0.75, palette, rng)
        ink(leaflet, marks)
    return [stalk.layer, blade.layer]


def _leaflet(
    pen: Pen, half: tuple[float, ...], toothed: bool, ribs: bool, palette: Palette, rng: random.Random
) -> None:
    """Draw one leaflet, from (0, 0) up to (0, -1), with side veins where there is room for `ribs`."""
    stops = [(0.0, 0.0), *((w, -(k + 0.7) / (len(half) + 0.6)) for k, w in enumerate(half)), (0.0, -1.0)]
    right = bend(stops, 4)
    if toothed:
        right = [(x * (1.14 if k % 2 else 0.94), y) for k, (x, y) in enumerate(right)]
    outline = right + [(-x, y) for x, y in right[::-1]]
    pen.shape(outline if toothed else curve(outline[::2], 2), palette("rim"))
    inner = [(x * 0.8, -0.5 + (y + 0.5) * 0.92) for x, y in outline]
    pen.mark(inner, varied(palette("blade")[:3], rng, 8))
    pen.mark([(max(0.0, x), y) for x, y in inner], (0, 0, 0, 28))
    for t in (0.25, 0.45, 0.65) if ribs else ():
        for side in (-1, 1):
            width = half[min(len(half) - 1, int((t + 0.12) * len(half)))]
            pen.mark(ribbon([(0, -t), (side * width * 0.8, -t - 0.14)], 0.03, 0.012), palette("vein"))
    pen.mark(ribbon([(0, 0.05), (0, -0.94)], 0.055, 0.02), palette("vein"))
