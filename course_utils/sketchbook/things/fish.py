"""Fish, seen from the side: a body plan, and members told apart by shape, fins and small marks."""

import random
from collections.abc import Mapping
from typing import Any

from course_utils.sketchbook.stage.canvas import Colour, Layer, Pen, View, bend, curve, ellipse, ribbon
from course_utils.sketchbook.things.paintbox import Palette, shaded
from course_utils.sketchbook.things.parts import ink, strokes

Look = Mapping[str, Any]

Profile = list[tuple[float, float, float]]

# A body is a list of (x, back, belly) from the snout to the root of the tail.
BODIES = {
    "oval": [
        (0.8, 0.0, 0.06),
        (0.58, -0.2, 0.2),
        (0.2, -0.36, 0.33),
        (-0.25, -0.26, 0.24),
        (-0.6, -0.08, 0.09),
    ],
    "disc": [
        (0.72, 0.0, 0.08),
        (0.52, -0.3, 0.3),
        (0.12, -0.58, 0.55),
        (-0.3, -0.42, 0.42),
        (-0.58, -0.1, 0.1),
    ],
    "torpedo": [
        (0.92, 0.0, 0.03),
        (0.6, -0.15, 0.15),
        (0.15, -0.22, 0.22),
        (-0.35, -0.14, 0.14),
        (-0.7, -0.05, 0.05),
    ],
    "needle": [
        (0.98, 0.02, 0.06),
        (0.6, -0.1, 0.12),
        (0.1, -0.13, 0.15),
        (-0.4, -0.11, 0.12),
        (-0.78, -0.06, 0.06),
    ],
    "round": [
        (0.66, 0.0, 0.12),
        (0.45, -0.32, 0.36),
        (0.05, -0.46, 0.5),
        (-0.3, -0.3, 0.32),
        (-0.56, -0.09, 0.09),
    ],
    "humped": [
        (0.8, 0.1, 0.18),
        (0.62, -0.3, 0.25),
        (0.3, -0.5, 0.32),
        (-0.2, -0.28, 0.26),
        (-0.6, -0.09, 0.09),
    ],
}
TAILS = {
    "fork": [(-0.5, 0), (-0.95, -0.42), (-1.05, -0.4), (-0.8, 0), (-1.05, 0.4), (-0.95, 0.42)],
    "fan": [(-0.5, 0), (-0.8, -0.3), (-1.02, -0.3), (-1.08, 0), (-1.02, 0.3), (-0.8, 0.3)],
    "square": [(-0.5, 0), (-0.72, -0.2), (-0.98, -0.27), (-0.96, 0), (-0.98, 0.27), (-0.72, 0.2)],
    "veil": [(-0.45, 0), (-0.75, -0.3), (-1.15, -0.5), (-1.0, 0.05), (-1.2, 0.45), (-0.75, 0.35)],
    "sickle": [(-0.55, 0), (-0.85, -0.36), (-1.08, -0.58), (-0.84, 0), (-1.08, 0.58), (-0.85, 0.36)],
}
# A fin runs along the back from x0 to x1, as high as the numbers between say.
FINS = {
    "low": (0.35, -0.5, [0.06, 0.14, 0.12, 0.1, 0.06]),
    "spiny": (0.4, -0.45, [0.1, 0.26, 0.24, 0.14, 0.17, 0.05]),
    "sail": (0.45, -0.45, [0.12, 0.4, 0.46, 0.36, 0.24, 0.1]),
    "streamer": (0.3, -0.4, [0.1, 0.55, 0.2, 0.12, 0.1]),
    "shark": (0.2, -0.1, [0.04, 0.2, 0.3]),
}


def _at(profile: Profile, x: float, side: int) -> float:
    """Return where the outline of a body lies at x: side 1 is the back, 2 the belly."""
    for (x1, *right), (x0, *left) in zip(profile, profile[1:], strict=False):
        if x >= x0:
            t = min(1.0, (x - x0) / (x1 - x0))
            return left[side - 1] + (right[side - 1] - left[side - 1]) * t
    return profile[-1][side]


def _spines(profile: Profile, fin, side: int, rng: random.Random) -> list[list[tuple[float, float]]]:
    """Return the spines of a fin as (foot, tip) pairs."""
    x0, x1, heights = fin
    out, sweep = (-1 if side == 1 else 1), rng.uniform(0.1, 0.3)
    spines = []
    for k, height in enumerate(heights):
        x = x0 + (x1 - x0) * k / (len(heights) - 1)
        y = _at(profile, x, side)
        spines.append([(x, y - out * 0.06), (x - sweep * height - 0.04, y + out * height)])
    return spines


def draw_fish(look: Look, palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a fish: fins and tail, a body with its marks, the near fin."""
    depth, shift = rng.uniform(0.9, 1.12), rng.uniform(-0.02, 0.02)
    profile = [(x + shift, back * depth, belly * depth) for x, back, belly in BODIES[look["body"]]]
    fins, near = view.pen(palette("fin-"), 0.35), view.pen(palette("fin"), 0.4)
    _tail_and_fins(fins, look, profile, palette, rng)
    body = view.pen(palette("body"), 1.0)
    outline = [(x, back) for x, back, _ in profile] + [(x, belly) for x, _, belly in profile[::-1]]
    body.shape(curve(outline).tolist(), palette("body"))
    lower = [(x, back + (belly - back) * 0.62) for x, back, belly in profile]
    body.mark(curve([*lower, (-0.7, 0.8), (0.9, 0.8)]).tolist(), palette("belly"))
    _scales(body, palette("body"), profile)
    ink(body, strokes(look["marks"], palette, rng))
    _face(body, profile, palette, rng)
    _near_fin(near.within(0.3, 0.1 * depth, 0.3, rng.uniform(-30, 40)), palette)
    return [fins.layer, body.layer, near.layer]


def _tail_and_fins(pen: Pen, look: Look, profile: Profile, palette: Palette, rng: random.Random) -> None:
    flap = rng.uniform(0.75, 1.1)
    pen.shape(curve([(x, y * flap) for x, y in TAILS[look["tail"]]], 4).tolist(), palette("fin"))
    for y in (-0.3, -0.15, 0, 0.15, 0.3):
        pen.mark(ribbon([(-0.55, 0), (-0.97, y * flap)], 0.02), palette("fin-~"))
    x0, x1, heights = FINS[look["fins"]]
    above, below = (x0, x1, heights), (min(x0, 0.1) - 0.1, x1, [h * 0.7 for h in heights[1:]])
    for spines in (_spines(profile, above, 1, rng), _spines(profile, below, 2, rng)):
        pen.shape([foot for foot, _ in spines] + [tip for _, tip in spines[::-1]], palette("fin"))
        for spine in spines:
            pen.mark(ribbon(spine, 0.025), palette("fin-~"))
    ink(pen, strokes(look["fin_marks"], palette, rng))


def _near_fin(pen: Pen, palette: Palette) -> None:
    pen.shape(
        curve([(0.2, -0.15), (-0.6, -0.4), (-0.85, 0.0), (-0.55, 0.35), (0.15, 0.2)], 4), palette("fin")
    )
    for y in (-0.39, -0.1, 0.2):
        pen.mark(ribbon([(0.1, 0), (-0.8, y)], 0.06), palette("fin-~"))


def _scales(body: Pen, colour: Colour, profile: Profile) -> None:
    for row in range(-2, 3):
        path = [(x, (back + belly) / 2 + (belly - back) * 0.17 * row) for x, back, belly in profile[1:]]
        body.mark(ribbon(path, 0.012), (*shaded(colour, -0.4), 70))


def _face(body: Pen, profile: Profile, palette: Palette, rng: random.Random) -> None:
    (x, _, belly), middle = profile[0], (profile[1][1] + profile[1][2]) / 2
    tall = profile[1][2] - profile[1][1]
    size = rng.uniform(0.055, 0.075)
    eye = body.within(x - 0.2, middle - 0.16 * tall, size)
    gill = [(x - 0.38, middle - 0.36 * tall), (x - 0.44, middle), (x - 0.36, middle + 0.4 * tall)]
    body.mark(ribbon(bend(gill, 3), 0.02), palette("body--~"))
    eye.mark(ellipse(0, 0, 1, 1, steps=14), palette("eye"))
    eye.mark(ellipse(0.1, 0, 0.62, 0.62, steps=12), (16, 14, 18))
    eye.mark(ellipse(-0.1, -0.3, 0.25, 0.25, steps=8), (250, 250, 250))
    body.mark(ribbon([(x + 0.05, belly - 0.01), (x - 0.1, belly + 0.03)], 0.025), palette("body--"))
