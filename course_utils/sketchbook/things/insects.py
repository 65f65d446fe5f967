"""Butterflies and beetles, seen from above: wings and wing cases that wear the same marks left and right."""

import random
from collections.abc import Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, Pen, View, bend, curve, ellipse, ribbon
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import ink, strokes

Look = Mapping[str, Any]

# Butterflies, seen from above, head up. A wing is an outline of the right side; its root lies at (0, 0).
FORE_WINGS = {
    "broad": [
        (0.03, 0.06),
        (0.1, -0.22),
        (0.5, -0.66),
        (0.84, -0.74),
        (0.88, -0.45),
        (0.72, -0.02),
        (0.35, 0.1),
    ],
    "pointed": [
        (0.03, 0.06),
        (0.1, -0.2),
        (0.55, -0.62),
        (1.0, -0.86),
        (0.86, -0.45),
        (0.68, -0.05),
        (0.35, 0.08),
    ],
    "long": [
        (0.03, 0.04),
        (0.12, -0.16),
        (0.6, -0.5),
        (1.02, -0.56),
        (0.98, -0.32),
        (0.62, -0.06),
        (0.3, 0.05),
    ],
    "ragged": [
        (0.03, 0.06),
        (0.3, -0.5),
        (0.72, -0.8),
        (0.8, -0.62),
        (0.68, -0.4),
        (0.82, -0.2),
        (0.6, -0.02),
        (0.3, 0.1),
    ],
}
HIND_WINGS = {
    "round": [(0.03, 0.0), (0.4, -0.02), (0.72, 0.16), (0.7, 0.5), (0.42, 0.7), (0.14, 0.5)],
    "scalloped": [
        (0.03, 0),
        (0.5, -0.02),
        (0.74, 0.16),
        (0.66, 0.3),
        (0.7, 0.46),
        (0.52, 0.52),
        (0.48, 0.7),
        (0.3, 0.6),
        (0.1, 0.5),
    ],
    "tailed": [
        (0.03, 0),
        (0.4, -0.02),
        (0.68, 0.16),
        (0.62, 0.45),
        (0.5, 0.6),
        (0.52, 0.98),
        (0.42, 1.0),
        (0.36, 0.66),
        (0.12, 0.48),
    ],
    "small": [(0.03, 0), (0.35, 0), (0.56, 0.14), (0.52, 0.38), (0.3, 0.5), (0.1, 0.36)],
}


def draw_butterfly(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a butterfly with open wings: the far wing is narrower, as it leans away from the eye."""
    lean = [rng.uniform(0.6, 1.0), rng.uniform(0.85, 1.0)]
    rng.shuffle(lean)
    layers = []
    for pair, shapes, lift in (
        ("hind", HIND_WINGS, rng.uniform(-6, 10)),
        ("fore", FORE_WINGS, rng.uniform(-12, 12)),
    ):
        pen = view.pen(palette("edge"), 0.4)
        marks = strokes(look[f"{pair}_marks"], palette, rng)
        for side, squeeze in zip((1, -1), lean, strict=True):
            wing = pen.within(0.0, 0.0, 1.0, 0, mirror=side < 0, squeeze=squeeze).within(angle=lift)
            _wing(wing, shapes[look[pair]], look["border"], palette)
            ink(wing, marks)
        layers.append(pen.layer)
    return [*layers, _insect_body(palette, view, rng)]


def _wing(pen: Pen, outline, border: float, palette: Palette) -> None:
    pen.shape(curve(outline, 5).tolist(), palette("edge"))
    mx, my = (sum(v) / len(outline) for v in zip(*outline, strict=True))
    inner = [(x + (mx * 0.6 - x) * border, y + (my * 0.6 - y) * border) for x, y in outline]
    pen.mark(curve(inner, 5).tolist(), palette("wing"))
    pen.mark(ellipse(0.05, 0, 0.32, 0.2, -20 if my < 0 else 40), palette("root~"))
    for x, y in outline[2:-1]:
        pen.mark(ribbon([(0.06, 0), (x, y)], 0.012), palette("edge~"))


def _insect_body(palette: Palette, view: View, rng: random.Random) -> Layer:
    pen = view.pen(palette("bug"), 0.9)
    for side in (-1, 1):
        feeler = bend([(0, -0.3), (side * 0.1, -0.5), (side * rng.uniform(0.2, 0.32), -0.66)], 4)
        pen.shape(ribbon(feeler, 0.022), palette("bug--"))
        pen.shape(ellipse(*feeler[-1], 0.03, 0.03, steps=8), palette("bug--"))
    pen.shape(
        curve(
            [
                (0, -0.36),
                (0.07, -0.28),
                (0.08, -0.05),
                (0.055, 0.25),
                (0, 0.55),
                (-0.055, 0.25),
                (-0.08, -0.05),
                (-0.07, -0.28),
            ],
            4,
        ),
        palette("bug"),
    )
    for y in (0.12, 0.22, 0.32):
        pen.mark(ellipse(0, y, 0.1, 0.018, steps=8), palette("bug--"))
    return pen.layer


# Beetles, seen from above, head up: (half width, half length) of the wing cases.
BEETLES = {"round": (0.56, 0.56), "oval": (0.44, 0.6), "long": (0.29, 0.68), "broad": (0.55, 0.64)}
FEELERS = {"short": (0.28, 0.03), "long": (0.95, 0.0), "clubbed": (0.4, 0.085)}
FRONTS = ("plain", "jaws", "horn", "snout")


def draw_beetle(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a beetle: legs and feelers, head and neck shield, wing cases marked alike left and right."""
    rx, ry = (v * rng.uniform(0.94, 1.06) for v in BEETLES[look["body"]])
    limbs, front, case = (
        view.pen(palette("legs"), 0.6),
        view.pen(palette("neck"), 1.0),
        view.pen(palette("case"), 1.2),
    )
    for side in (-1, 1):
        _legs(limbs, side, rx, palette, rng)
        _feeler(limbs, side, *FEELERS[look["feelers"]], palette, rng)
    _head(front, look["front"], palette, rng)
    shield = [(0.8, -0.34), (0.62, -0.6), (0, -0.68), (-0.62, -0.6), (-0.8, -0.34), (0, -0.26)]
    front.shape(curve([(x * rx, y) for x, y in shield]).tolist(), palette("neck"))
    ink(front, strokes(look["neck_marks"], palette, rng))

    case.shape(ellipse(0, 0.2, rx, ry, steps=28), palette("case"))
    marks = strokes(look["marks"], palette, rng)
    for mirror in (False, True):  # a mark stays on its own side of the seam
        half = case.within(0, 0.2, 1.0, mirror=mirror)
        ink(half, marks, lambda outline: [(max(0.0, x) * rx, y * ry) for x, y in outline])
    case.mark(ribbon([(0, -0.5), (0, 0.9)], 0.025), palette("case--"))
    case.mark(ellipse(-rx * 0.45, -ry * 0.25, rx * 0.14, ry * 0.24, 20), (255, 255, 255, 110))
    return [limbs.layer, front.layer, case.layer]


def _legs(pen: Pen, side: int, rx: float, palette: Palette, rng: random.Random) -> None:
    for y, reach in ((-0.25, -0.35), (0.05, 0.12), (0.3, 0.5)):
        knee = (side * (rx + 0.2), y + reach * 0.5 + rng.uniform(-0.06, 0.06))
        foot = (side * (rx + 0.3 + rng.uniform(-0.05, 0.08)), y + reach * 1.1)
        pen.shape(ribbon([(0, y), knee, foot], 0.1, 0.07, 0.035), palette("legs"))


def _feeler(pen: Pen, side: int, length: float, club: float, palette: Palette, rng: random.Random) -> None:
    tip = (side * length * rng.uniform(0.5, 0.75), -0.75 - length * 0.42)
    path = bend([(side * 0.06, -0.66), (side * length * 0.4, -0.78 - length * 0.1), tip], 3)
    pen.shape(ribbon(path, 0.035), palette("legs"))
    if club:
        pen.shape(ellipse(*tip, club, club, steps=10), palette("legs-"))


def _head(pen: Pen, front: str, palette: Palette, rng: random.Random) -> None:
    if front == "jaws":
        for side in (-1, 1):
            jaw = bend([(side * 0.1, -0.7), (side * 0.28, -0.9), (side * 0.1, -1.12)], 4)
            pen.shape(ribbon(jaw, 0.1, 0.09, 0.02), palette("legs"))
    elif front == "horn":
        pen.shape(
            ribbon(bend([(0, -0.6), (0.05, -0.9), (rng.uniform(-0.1, 0.1), -1.15)], 4), 0.16, 0.03),
            palette("legs"),
        )
    elif front == "snout":
        pen.shape(ribbon([(0, -0.6), (0, -1.12)], 0.18, 0.1), palette("neck-"))
    pen.shape(ellipse(0, -0.68, 0.2, 0.15), palette("legs"))
    for side in (-1, 1):
        pen.mark(ellipse(side * 0.14, -0.72, 0.045, 0.045, steps=8), (240, 236, 220))
