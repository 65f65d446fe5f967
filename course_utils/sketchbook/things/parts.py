"""A small language for drawings: each part of a thing is one line of text.

    [maybe] [pair] [mark | cut] SHAPE COLOUR number number ...

Shapes stand in `SHAPES`, with their numbers, in a frame that runs from -1 to 1 (x right, y down). A plain
part covers what lies behind it; `mark` only colours what is there already; `cut` makes a hole. `pair` draws
the mirror image as well, and `maybe` leaves the part out of every second picture. The line `sheet 0.6` starts
a new layer of that relief. The colour is a slot of the thing's palette or a name of the field guide: see
`Palette`.
"""

import inspect
import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from course_utils.errors import unknown_name
from course_utils.sketchbook.stage.canvas import Colour, Pen, Points, Transform, bend, curve, ellipse, ribbon
from course_utils.sketchbook.things.paintbox import Palette

BEYOND = 1.4  # patterns reach this far: further than any thing, so that they have no visible end


def _pairs(numbers: tuple[float, ...]) -> list[tuple[float, float]]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def oval(rng, x, y, rx, ry, angle=0):
    """Draw an ellipse."""
    return [ellipse(x, y, rx, ry, angle, steps=24 if max(rx, ry) > 0.1 else 12)]


def box(rng, x, y, rx, ry, corner=0.0, angle=0):
    """Draw a rectangle by its centre and half sides, with round corners."""
    corner = max(corner, 1e-3)
    arcs = [
        (sx * (rx - corner) + corner * math.cos(turn), sy * (ry - corner) + corner * math.sin(turn))
        for quarter, (sx, sy) in enumerate([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        for turn in (math.radians(90 * quarter + step) for step in (0, 30, 60, 90))
    ]
    return [Transform.place(x, y, 1, angle).apply(arcs)]


def poly(rng, *numbers):
    """Draw straight edges from point to point."""
    return [_pairs(numbers)]


def blob(rng, *numbers):
    """Draw a smooth outline through points."""
    return [curve(_pairs(numbers), steps=5).tolist()]


def line(rng, width, *numbers):
    """Draw a straight-edged path of one width."""
    return [ribbon(_pairs(numbers), width)]


def bow(rng, width, end_width, *numbers):
    """Draw a smooth path that narrows or widens from one width to another."""
    return [ribbon(bend(_pairs(numbers), 4), width, end_width)]


def arc(rng, x, y, rx, ry, width, start=0, end=360):
    """Draw a piece of a ring, from one angle to another, clockwise from the right."""
    turns = [math.radians(start + (end - start) * k / 20) for k in range(21)]
    return [ribbon([(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns], width)]


def star(rng, x, y, n, outer, inner, angle=0):
    """Draw a star or a cogwheel of n points."""
    turns = [math.pi * k / n + math.radians(angle) for k in range(2 * int(n))]
    radii = [outer, inner] * int(n)
    return [[(x + r * math.sin(t), y - r * math.cos(t)) for r, t in zip(radii, turns, strict=True)]]


def spokes(rng, x, y, n, radius, width, angle=0):
    """Draw n rods from a hub."""
    turns = [2 * math.pi * k / n + math.radians(angle) for k in range(int(n))]
    return [ribbon([(x, y), (x + radius * math.sin(t), y - radius * math.cos(t))], width) for t in turns]


def bands(rng, n, share=0.4, x0=-1, x1=1, lean=0.0):
    """Draw n upright bands of uneven width between x0 and x1, each filling a `share` of its room."""
    room, low, high = (x1 - x0) / n, -BEYOND, BEYOND
    outlines = []
    for k in range(int(n)):
        middle = x0 + room * (k + 0.5 + rng.uniform(-0.12, 0.12))
        half, waist = room * share * rng.uniform(0.4, 0.6), room * share * rng.uniform(0.4, 0.6)
        bulge = room * rng.uniform(-0.12, 0.12)
        left = [
            (middle - half + lean * low, low),
            (middle - waist + bulge, 0),
            (middle - half + lean * high, high),
        ]
        right = [
            (middle + half + lean * high, high),
            (middle + waist + bulge, 0),
            (middle + half + lean * low, low),
        ]
        outlines.append(left + right)
    return outlines


def stripes(rng, n, share=0.4, y0=-1, y1=1, lean=0.0):
    """Draw n lying stripes between y0 and y1."""
    return [[(y, x) for x, y in outline] for outline in bands(rng, n, share, y0, y1, lean)]


def spots(rng, n, radius, x0=-1, x1=1, y0=-1, y1=1):
    """Scatter n uneven spots over a field, never two in one place."""
    start, outlines = rng.random(), []
    for k in range(int(n)):
        x = x0 + (x1 - x0) * ((start + 0.618034 * k) % 1)  # the golden ratio keeps neighbours apart
        y = y0 + (y1 - y0) * (k + rng.random()) / n
        r = radius * rng.uniform(0.7, 1.25)
        outlines.append(ellipse(x, y, r, r * rng.uniform(0.8, 1.1), rng.uniform(0, 90), steps=9))
    return outlines


def net(rng, n, share=0.25):
    """Draw two sets of slanting lines that cross."""
    lean = rng.uniform(0.5, 0.8)
    return bands(rng, n, share, lean=lean) + bands(rng, n, share, lean=-lean)


def strands(rng, n, width, x, y, rx, ry):
    """Draw n winding bands inside an ellipse, as noodles lie in a bowl."""
    outlines = []
    for _ in range(int(n)):
        turn, off = rng.uniform(0, math.pi), rng.uniform(-0.75, 0.75)
        cos, sin, reach = math.cos(turn), math.sin(turn), math.sqrt(1 - off * off) * rng.uniform(0.5, 0.95)
        path = []
        for along in (-1, -0.5, 0, 0.5, 1):
            u, v = along * reach, off + rng.uniform(-0.22, 0.22)
            path.append((x + rx * 0.92 * (u * cos - v * sin), y + ry * 0.92 * (u * sin + v * cos)))
        outlines.append(ribbon(bend(path, 3), width))
    return outlines


SHAPES: dict[str, Callable[..., list[Points]]] = {
    shape.__name__: shape
    for shape in (oval, box, poly, blob, line, bow, arc, star, spokes, bands, stripes, spots, net, strands)
}


@dataclass(frozen=True)
class Part:
    """One line of the language, read. For a sheet, `numbers` holds its relief."""

    shape: str
    colour: str = ""
    numbers: tuple[float, ...] = ()
    verb: str = "shape"
    paired: bool = False
    optional: bool = False

    def outlines(self, rng: random.Random) -> list[Points]:
        outlines = SHAPES[self.shape](rng, *self.numbers)
        return outlines + [[(-x, y) for x, y in outline] for outline in outlines] if self.paired else outlines


def read_part(line: str) -> Part:
    """Read one line of the language. Raise ValueError, with what is wrong, if it does not follow it."""
    words = str(line).split()
    optional, paired, verb = _take(words, "maybe"), _take(words, "pair"), _take(words, "mark", "cut")
    shape, *rest = words or [""]
    if shape == "sheet":
        return Part(shape, numbers=(float(rest[0]) if rest else 0.5,))
    if shape not in SHAPES:
        raise unknown_name("shape", shape, [*SHAPES, "sheet"])
    parameters = list(inspect.signature(SHAPES[shape]).parameters.values())[1:]
    try:
        part = Part(
            shape, rest[0], tuple(map(float, rest[1:])), verb or "shape", bool(paired), bool(optional)
        )
        part.outlines(random.Random(0))  # a trial: whether the numbers are enough, and come in pairs
    except (TypeError, ValueError, IndexError, ZeroDivisionError) as problem:
        raise ValueError(
            f"`{line}` should read `{shape} COLOUR {' '.join(map(str, parameters))}`"
        ) from problem
    return part


def _take(words: list[str], *allowed: str) -> str:
    return words.pop(0) if words and words[0] in allowed else ""


Stroke = tuple[str, Colour, Points]


def strokes(parts: Iterable[Part], palette: Palette, rng: random.Random) -> list[Stroke]:
    """Turn parts into strokes for one picture, so that two wings can wear the very same spots."""
    return [
        (part.verb, palette(part.colour), outline)
        for part in parts
        if not (part.optional and rng.random() < 0.5)
        for outline in part.outlines(rng)
    ]


def ink(pen: Pen, drawing: Iterable[Stroke], warp: Callable[[Points], Points] = list) -> None:
    """Draw strokes with a pen."""
    for verb, colour, outline in drawing:
        if verb == "cut":
            pen.cut(warp(outline))
        else:
            getattr(pen, verb)(warp(outline), colour)
