"""Insects with clear wings, seen from above: dragonflies, wasps and bees, and the flies that look like them."""

import random
from collections.abc import Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, Pen, View, bend, curve, ellipse, ribbon
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import ink, strokes

Look = Mapping[str, Any]

GLASS = 165  # how much of what is behind it a clear wing covers, 0..255

# Half the width of the abdomen from the waist (y = -0.05) to its tip, and how long it is.
ABDOMENS = {
    "rod": ((0.06, 0.05, 0.045, 0.045, 0.055, 0.05), 1.0),
    "flat": ((0.07, 0.15, 0.17, 0.14, 0.1, 0.05), 0.95),
    "waisted": ((0.03, 0.14, 0.2, 0.19, 0.13, 0.03), 0.74),
    "drop": ((0.15, 0.2, 0.21, 0.18, 0.12, 0.04), 0.66),
}
# The right wings, from the front: outline from the root, whose place is (x, y), and degrees from level.
LONG = [(0, 0), (0.3, -0.08), (0.85, -0.1), (0.98, -0.03), (0.9, 0.08), (0.45, 0.11), (0.1, 0.07)]
BROAD = [(0, 0), (0.3, -0.1), (0.8, -0.08), (0.94, 0.02), (0.8, 0.14), (0.4, 0.22), (0.08, 0.13)]
SWEPT = [(0, 0), (0.3, -0.07), (0.78, -0.06), (0.88, 0.03), (0.7, 0.16), (0.3, 0.16), (0.05, 0.06)]
SHORT = [(0, 0), (0.2, -0.05), (0.5, -0.03), (0.58, 0.04), (0.4, 0.13), (0.15, 0.1)]
WINGS = {
    "four level": ((LONG, 0.07, -0.3, -9.0), (BROAD, 0.07, -0.17, 8.0)),
    "four swept": ((SWEPT, 0.12, -0.3, 24.0), (SHORT, 0.12, -0.2, 44.0)),
    "two swept": ((SWEPT, 0.13, -0.26, 30.0),),
}
EYES = {
    "large": (0.1, 0.1, 0.12),
    "wide": (0.13, 0.12, 0.14),
    "small": (0.1, 0.05, 0.08),
}  # apart, half width, height
FEELERS = {"none": 0.0, "bristles": 0.16, "long": 0.34}


def draw_flier(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw an insect with clear wings: legs, abdomen, thorax and head, and the wings above them all."""
    limbs, body, wings = (
        view.pen(palette("legs"), 0.5),
        view.pen(palette("body"), 1.1),
        view.pen(palette("glass"), 0.1),
    )
    if look["feelers"] != "none":  # where there are feelers, there are legs to be seen
        _legs(limbs, palette, rng)
    _abdomen(body, look, palette, rng)
    _head(limbs, body, look, palette, rng)
    lift = rng.uniform(-8, 8)
    marks = strokes(look["wing_marks"], palette, rng)
    for outline, x, y, angle in reversed(WINGS[look["wings"]]):
        for side in (1, -1):
            root = wings.within(side * x, y, rng.uniform(0.96, 1.04), 0, mirror=side < 0)
            _wing(root.within(angle=angle + lift), outline, palette)
            ink(root.within(angle=angle + lift), marks)
    return [limbs.layer, body.layer, wings.layer]


def _abdomen(pen: Pen, look: Look, palette: Palette, rng: random.Random) -> None:
    half, long = ABDOMENS[look["abdomen"]]
    sway, stout = rng.uniform(-0.12, 0.12), rng.uniform(0.92, 1.08)

    def swing(points):
        return [(x * stout + sway * max(0.0, y) ** 2, y) for x, y in points]

    stops = [(w, -0.06 + long * k / (len(half) - 1)) for k, w in enumerate(half)]
    right = bend(stops, 4)
    pen.shape(swing(right + [(-x, y) for x, y in right[::-1]]), palette("body"))
    ink(
        pen,
        strokes(look["marks"], palette, rng),
        lambda outline: swing([(x * 0.2, long * y) for x, y in outline]),
    )
    thorax = curve(
        [(0, -0.42), (0.13, -0.36), (0.16, -0.2), (0.1, -0.04), (-0.1, -0.04), (-0.16, -0.2), (-0.13, -0.36)]
    )
    pen.shape(thorax, palette("thorax"))
    ink(pen, strokes(look["thorax_marks"], palette, rng))


def _head(limbs: Pen, body: Pen, look: Look, palette: Palette, rng: random.Random) -> None:
    if long := FEELERS[look["feelers"]]:
        for side in (-1, 1):
            tip = (side * (0.1 + long * rng.uniform(0.4, 0.8)), -0.52 - long)
            limbs.shape(
                ribbon(bend([(side * 0.04, -0.5), (side * 0.1, -0.56 - long * 0.5), tip], 3), 0.035),
                palette("legs"),
            )
    apart, wide, high = EYES[look["eyes"]]
    body.shape(ellipse(0, -0.47, 0.12, 0.09), palette("thorax"))
    for side in (-1, 1):
        body.shape(ellipse(side * apart, -0.48, wide, high, side * 18), palette("eye"))
        body.mark(
            ellipse(side * apart - 0.03, -0.52, wide * 0.4, high * 0.3, side * 18), (255, 255, 255, 110)
        )


def _legs(pen: Pen, palette: Palette, rng: random.Random) -> None:
    for side in (-1, 1):
        for y, reach in ((-0.34, -0.26), (-0.22, 0.06), (-0.1, 0.36)):
            knee = (side * rng.uniform(0.26, 0.34), y + reach * 0.6)
            pen.shape(
                ribbon([(0, y), knee, (side * rng.uniform(0.36, 0.46), y + reach * 1.2)], 0.06, 0.04, 0.025),
                palette("legs"),
            )


def _wing(pen: Pen, outline: list[tuple[float, float]], palette: Palette) -> None:
    """Draw a clear wing: the sheet covers only a part of what lies behind, its veins cover all."""
    smooth = curve(outline, 4).tolist()
    pen.shape(smooth, palette("glass"), cover=GLASS)
    for x, y in outline[2:-1]:
        pen.shape(ribbon([(0, 0.01), (x * 0.6, y * 0.45), (x, y)], 0.02, 0.01), palette("vein"))
    rim = [*smooth, smooth[0]]
    pen.shape(ribbon(rim, 0.016), palette("vein"))
