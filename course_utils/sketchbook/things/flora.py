"""Flowers and mushrooms: a plan of growth for each family, its members as data."""

import random
from collections.abc import Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, View, bend, curve, ellipse, ribbon
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import Stroke, ink, strokes

Look = Mapping[str, Any]

# A petal grows upwards from (0, 0) to (0, -1); its half width is scaled so that neighbours just overlap.
PETALS = {
    "round": [(0.1, 0), (0.55, -0.45), (0.5, -0.85), (0, -1), (-0.5, -0.85), (-0.55, -0.45), (-0.1, 0)],
    "pointed": [(0.1, 0), (0.45, -0.4), (0.25, -0.8), (0, -1.05), (-0.25, -0.8), (-0.45, -0.4), (-0.1, 0)],
    "heart": [(0.1, 0), (0.5, -0.6), (0.42, -0.95), (0, -0.8), (-0.42, -0.95), (-0.5, -0.6), (-0.1, 0)],
    "strap": [(0.16, 0), (0.3, -0.5), (0.3, -0.9), (0, -1), (-0.3, -0.9), (-0.3, -0.5), (-0.16, 0)],
    "fringed": [
        (0.1, 0),
        (0.42, -0.8),
        (0.3, -1),
        (0.2, -0.82),
        (0.05, -1.05),
        (-0.12, -0.82),
        (-0.3, -1),
        (-0.42, -0.8),
        (-0.1, 0),
    ],
}


def draw_flower(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a flower seen half from above: stalk and leaves, rings of petals, a centre."""
    tilt, squeeze, turn = 90 + rng.uniform(-35, 35), rng.uniform(0.6, 1.0), rng.uniform(0, 360)
    layers, n, petal = [_stalk(palette, view, rng)], look["petals"], _petal(look, palette)
    for ring in range(look["rings"]):
        pen = view.pen(palette("petal-"), 0.5)
        face = pen.within(0, -0.18, 0.78 * 0.72**ring, tilt, squeeze=squeeze)
        for k in range(n):
            angle = turn + 360 * (k + ring / 2) / n + rng.uniform(-4, 4)
            ink(face.within(0, 0, rng.uniform(0.92, 1.04), angle), petal)
        layers.append(pen.layer)
    pen = view.pen(palette("centre-"), 0.9)
    eye = pen.within(0, -0.18, 0.78 * look["centre"] * rng.uniform(0.9, 1.1), tilt, squeeze=squeeze)
    eye.shape(ellipse(0, 0, 1, 1), palette("centre"))
    ink(eye, strokes(look["centre_marks"], palette, rng))
    return [*layers, pen.layer]


def _petal(look: Look, palette: Palette) -> list[Stroke]:
    """Return one petal: a darker rim, so that neighbours stand apart, the blade, its throat and veins."""
    wide, throat = look["width"] * 5.2 / look["petals"], look["throat"]
    fine = 4 if look["petals"] < 9 else 2  # narrow petals are many, and need fewer points
    whole = [(x * wide, y) for x, y in curve(PETALS[look["petal"]], fine).tolist()]
    petal = [
        ("shape", palette("petal-"), whole),
        ("mark", palette("petal"), [(x * 0.82, y * 0.95) for x, y in whole]),
    ]
    if throat:
        petal.append(("mark", palette("throat"), [(x * 0.9 * throat, y * throat) for x, y in whole]))
    for lean in (-0.25, 0, 0.25)[: look["veins"]]:
        petal.append(("mark", palette("throat~"), ribbon([(0, 0), (lean * wide, -0.75)], 0.05, 0.015)))
    return petal


def _stalk(palette: Palette, view: View, rng: random.Random) -> Layer:
    pen = view.pen(palette("stem"), 0.7)
    sway = rng.uniform(-0.3, 0.3)
    path = bend([(0, -0.18), (sway * 0.3, 0.4), (sway, 1.1)], 4)
    pen.shape(ribbon(path, 0.07), palette("stem"))
    for side in (-1, 1):
        leaf = pen.within(
            sway * 0.5, rng.uniform(0.6, 0.8), rng.uniform(0.45, 0.7), side * rng.uniform(40, 75)
        )
        leaf.shape(curve([(0.02, 0), (0.2, -0.4), (0, -1), (-0.2, -0.4), (-0.02, 0)], 4), palette("stem"))
        leaf.mark(ribbon([(0, 0), (0, -0.9)], 0.05, 0.01), palette("stem-"))
    return pen.layer


# The right half of a mushroom's cap, from its top to the rim, and how far the gills are seen from below.
CAPS = {
    "dome": ([(0.35, -0.72), (0.72, -0.4), (0.85, 0.0)], 0.16),
    "flat": ([(0.5, -0.42), (0.9, -0.3), (0.98, -0.1)], 0.1),
    "cone": ([(0.2, -0.8), (0.42, -0.3), (0.62, 0.12)], 0.1),
    "bell": ([(0.3, -0.85), (0.5, -0.5), (0.55, 0.2)], 0.08),
    "funnel": ([(0.55, -0.52), (0.92, -0.46), (0.6, -0.1)], 0.45),
    "bun": ([(0.5, -0.62), (0.85, -0.4), (0.8, -0.02)], 0.05),
}


def draw_mushroom(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a mushroom, and sometimes a small one beside it."""
    layers = []
    if rng.random() < 0.4:
        side = rng.choice((-1, 1))
        layers += _mushroom(look, palette, view, rng, (side * 0.6, 0.5, 0.48, side * 12))
    return layers + _mushroom(look, palette, view, rng, (0, 0, 0.95, rng.uniform(-8, 8)))


def _mushroom(look: Look, palette: Palette, view: View, rng: random.Random, place) -> list[Layer]:
    half, rim = CAPS[look["cap"]]
    wide, tall = rng.uniform(0.85, 1.05), rng.uniform(0.85, 1.1)
    thick = look["stalk"] * rng.uniform(0.9, 1.1)
    low = view.pen(palette("stalk"), 0.9)
    foot = low.within(*place)
    path = bend([(0, -0.3), (rng.uniform(-0.08, 0.08), 0.3), (0, 0.95)], 4)
    foot.shape(ribbon(path, thick * 0.85, thick, thick * 1.3), palette("stalk"))
    ink(foot, strokes(look["stalk_marks"], palette, rng))
    gills = foot.within(0, half[-1][1] * tall, half[-1][0] * wide)
    gills.shape(ellipse(0, 0, 0.96, min(0.2, rim * 1.4)), palette("gills"))
    for k in range(-5, 6):
        gills.mark(ribbon([(0, -rim), (k * 0.2, rim * 1.6)], 0.03), palette("gills-"))
    high = view.pen(palette("cap"), 1.1)
    cap = high.within(*place)
    right = [(x * wide, y * tall) for x, y in half]
    sag = right[-1][1] + rim
    outline = [(0, right[0][1] - 0.1), *right, (right[-1][0] * 0.5, sag), (0, sag + 0.03)]
    cap.shape(curve(outline + [(-x, y) for x, y in outline[-2:0:-1]]), palette("cap"))
    ink(cap, strokes(look["marks"], palette, rng))
    cap.mark(ellipse(-0.3 * wide, -0.45 * tall, 0.13, 0.07, -30), (255, 255, 255, 90))
    return [low.layer, high.layer]
