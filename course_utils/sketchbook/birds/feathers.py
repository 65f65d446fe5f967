"""Wings and tails of a species as strokes, worked out once; see `plumage`."""

from dataclasses import replace
from functools import cache

from course_utils.sketchbook.birds.plumage import Path, Stroke, clip, smooth
from course_utils.sketchbook.birds.species import Bird
from course_utils.sketchbook.stage.canvas import bend, ribbon

# The closed wing's parts in wing lengths, from the shoulder backwards.
CHORDS = {"round": 0.92, "pointed": 0.80, "broad": 1.15}
COVERTS = [(0.06, 0.04), (0.02, -0.2), (-0.26, -0.27), (-0.55, -0.18), (-0.5, 0), (-0.36, 0.17), (-0.1, 0.2)]
SCAPULARS = [(0.03, 0.0), (0.0, -0.2), (-0.3, -0.28), (-0.6, -0.18), (-0.36, -0.06)]
PANEL = [(-0.36, 0.21), (-0.42, 0.08), (-0.56, 0.0), (-0.74, 0.05), (-0.76, 0.14), (-0.56, 0.19)]
BARS = (((-0.28, -0.11), (-0.22, 0.055), (-0.12, 0.22)), ((-0.50, -0.08), (-0.44, 0.075), (-0.34, 0.23)))


def _outline(back: float) -> Path:
    upper = [(0.06, 0.06), (0.02, -0.16), (-0.26, -0.24), (-0.6, -0.14), (-0.85, 0.0), (back, 0.15)]
    return [*upper, (back + 0.04, 0.19), (-0.72, 0.22), (-0.4, 0.3), (-0.12, 0.27)]


@cache
def folded_wing(species: Bird) -> list[Stroke]:
    """Return the closed wing in wing lengths, from the shoulder at (0, 0) backwards (x < 0)."""
    wing, back = species.wing, -1.12 if species.plan.wing_shape == "pointed" else -1.0
    outline = smooth(_outline(back))
    strokes = [Stroke(outline, (wing.colour, "black", 0.12), solid=True)]
    if wing.tip != "none":
        strokes.append(Stroke(clip(outline, 1.0, 0.25, -0.70), wing.tip))
    else:
        strokes.append(Stroke(clip(outline, 1.0, 0.25, -0.66), (wing.colour, "black", 0.45), 150))
    strokes += _flight_feathers(species, back)
    strokes.append(Stroke(smooth(COVERTS, 3), (wing.colour, species.back, 0.25)))
    strokes.append(Stroke(smooth(SCAPULARS, 3), species.back, 150))
    if wing.patch != "none":
        strokes.append(Stroke(smooth(PANEL, 3), wing.patch))
    strokes += _feather_rows(species)
    if wing.bars != "none":
        widths = ((0.036, 0.06, 0.048), (0.045, 0.075, 0.06))
        strokes += [Stroke(ribbon(bend(b, 3), *w), wing.bars) for b, w in zip(BARS, widths, strict=True)]
    wide = CHORDS[species.plan.wing_shape]
    return [replace(stroke, points=[(x, y * wide) for x, y in stroke.points]) for stroke in strokes]


def _flight_feathers(species: Bird, back: float) -> list[Stroke]:
    """Return the pale edges of the long feathers; every other one only for a large picture."""
    tint, strokes = (species.wing.colour, "white", 0.42), []
    for k in range(4):
        start, end = (-0.34 - 0.05 * k, 0.23 - 0.075 * k), (back + 0.1, 0.165 - 0.02 * k)
        edge = bend([start, (-0.66, 0.175 - 0.05 * k), end], 3)
        strokes.append(Stroke(ribbon(edge, 0.012, 0.02, 0.004), tint, 150, fine=k % 2 == 1))
    return strokes


def _feather_rows(species: Bird) -> list[Stroke]:
    """Return the scaly edges of the small feathers: only a large picture shows them."""
    tint, strokes = (species.wing.colour, "white", 0.4), []
    for row, (x, count) in enumerate(((-0.09, 4), (-0.22, 5), (-0.33, 5))):
        for k in range(count):
            y = -0.17 + 0.09 * k + 0.02 * row
            ends = (x + 0.03, y - 0.04), (x + 0.03, y + 0.045)
            scale = bend([ends[0], (x - 0.06, y - 0.02), (x - 0.06, y + 0.02), ends[1]], 3)
            strokes.append(Stroke(ribbon(scale, 0.0, 0.014, 0.014, 0.0), tint, 90, fine=True))
    return strokes


SPANS = {  # the spread wing in spans: x towards the bill, y from the shoulder (0) to the tip (-1)
    "round": [
        (0.17, 0.05), (0.23, -0.26), (0.21, -0.52), (0.06, -0.84), (-0.12, -1.0), (-0.2, -0.97),
        (-0.24, -0.82), (-0.28, -0.64), (-0.3, -0.42), (-0.31, -0.18), (-0.26, 0.05),
    ],
    "pointed": [
        (0.15, 0.05), (0.24, -0.26), (0.22, -0.46), (0.04, -0.76), (-0.3, -1.05), (-0.33, -1.03),
        (-0.25, -0.78), (-0.25, -0.56), (-0.26, -0.36), (-0.27, -0.16), (-0.24, 0.05),
    ],
    "broad": [
        (0.18, 0.05), (0.25, -0.28), (0.24, -0.58), (0.12, -0.88), (-0.04, -1.0), (-0.16, -0.99),
        (-0.24, -0.86), (-0.32, -0.64), (-0.35, -0.4), (-0.35, -0.16), (-0.28, 0.05),
    ],
}  # fmt: skip
HAND = [(0.12, -0.5), (0.12, -0.46), (0.08, -0.36), (0.06, -0.26), (0.04, -0.16), (0.02, -0.06)]
OPEN_COVERTS = [(0.3, 0.05), (0.36, -0.3), (0.3, -0.58), (0.1, -0.52), (0.0, -0.3), (-0.06, 0.05)]
OPEN_PANEL = [(-0.02, -0.1), (-0.02, -0.36), (-0.1, -0.46), (-0.2, -0.4), (-0.2, -0.12)]


@cache
def spread_wing(species: Bird) -> list[Stroke]:
    """Return the open wing in spans, from the shoulder upwards (y < 0), the leading edge towards the bill."""
    wing, outer = species.wing, SPANS[species.plan.wing_shape]
    outline = smooth(outer)
    strokes = [Stroke(outline, (wing.colour, "black", 0.12), solid=True)]
    if wing.tip != "none":
        strokes.append(Stroke(clip(outline, 0.2, 1.0, -0.74), wing.tip))
    else:
        strokes.append(Stroke(clip(outline, 0.8, 1.0, -0.56), (wing.colour, "black", 0.4), 140))
    strokes += _open_feathers(species, outer[4:10])
    strokes.append(Stroke(smooth(OPEN_COVERTS, 3), (wing.colour, species.back, 0.3)))
    if wing.patch != "none":
        strokes.append(Stroke(smooth(OPEN_PANEL, 3), wing.patch))
    if wing.bars != "none":
        for dx, thick in ((0.11, 0.04), (0.0, 0.05)):
            bar = bend([(dx - 0.02, 0.0), (dx + 0.02, -0.3), (dx + 0.09, -0.52)], 3)
            strokes.append(Stroke(ribbon(bar, thick, thick, thick * 0.6), wing.bars))
    return strokes


def _open_feathers(species: Bird, ends: Path) -> list[Stroke]:
    """Return a dark line between each two flight feathers, and a pale edge for a large picture."""
    colour, strokes = species.wing.colour, []
    for k, ((x, y), (tx, ty)) in enumerate(zip(HAND, ends, strict=True)):
        line = ribbon([(x, y), (tx * 0.98, ty * 0.98)], 0.004, 0.022)
        strokes.append(Stroke(line, (colour, "black", 0.5), 120))
        nx, ny = ends[min(k + 1, len(ends) - 1)]
        edge = ribbon([(x, y + 0.02), ((tx + nx) / 2, (ty + ny) / 2)], 0.004, 0.014)
        strokes.append(Stroke(edge, (colour, "white", 0.4), 120, fine=True))
    return strokes


TAILS = {  # half of the fan's end, from the middle feather to the outer one, in tail lengths
    "square": [(-1.0, 0.0), (-1.0, 0.09), (-0.96, 0.125)],
    "notched": [(-0.9, 0.0), (-1.0, 0.09), (-0.97, 0.14)],
    "forked": [(-0.55, 0.0), (-0.62, 0.06), (-1.05, 0.19)],
    "rounded": [(-1.0, 0.0), (-0.96, 0.1), (-0.82, 0.19)],
    "pointed": [(-1.06, 0.0), (-0.8, 0.1)],
}


@cache
def tail(species: Bird, spread: float = 1.0) -> list[Stroke]:
    """Return the tail in tail lengths, from its root backwards. `spread` 1 is closed, 2 is fanned."""
    own = species.tail
    long = own.length
    root = 0.10 / long
    half = [(x, (y + 0.02) * spread * 0.52 / long) for x, y in TAILS[own.shape]]
    outline = [(0.25, -root), *((x, -y) for x, y in half[::-1]), *half[1:], (0.25, root)]
    strokes = [Stroke(outline, own.colour, solid=True)]
    if own.tip != "none":
        strokes.append(Stroke(clip(outline, 1.0, 0.0, -0.84 if own.shape != "forked" else -0.5), own.tip))
    for side in (-1, 1):
        far_x, far_y = half[-1]
        if own.edge != "none":
            line = [(0.0, side * root), (far_x, side * far_y)]
            strokes.append(Stroke(ribbon(line, 0.05, 0.11), own.edge))
        line = [(0.0, side * root * 0.3), (far_x * 0.9, side * far_y * 0.45)]
        strokes.append(Stroke(ribbon(line, 0.004, 0.022), (own.colour, "black", 0.45), 150))
        line = [(0.0, side * root * 0.6), (far_x * 0.92, side * far_y * 0.8)]
        strokes.append(Stroke(ribbon(line, 0.004, 0.014), (own.colour, "white", 0.35), 130, fine=True))
    return strokes
