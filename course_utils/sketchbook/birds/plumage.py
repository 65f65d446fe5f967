"""What a bird wears: the colours of one individual, and the strokes of its species' head and bill."""

import random
from dataclasses import dataclass
from functools import cache

from course_utils.sketchbook.birds.species import Bird
from course_utils.sketchbook.field_guide import colour
from course_utils.sketchbook.stage.canvas import bend, curve, ellipse, ribbon

Path = list[tuple[float, float]]
Tint = str | tuple[str, str, float]  # a colour's name, or two names and how much of the second


@dataclass(frozen=True)
class Stroke:
    """One polygon. `solid` ones are parts of the body, others marks on it; `fine` ones need a large page."""

    points: Path
    tint: Tint
    alpha: int = 255
    solid: bool = False
    fine: bool = False


class Coat:
    """The colours one individual wears: its species' own, but lighter or duller, warmer or colder, worn."""

    def __init__(self, species: Bird, rng: random.Random):
        self._light, self._warm = rng.uniform(0.88, 1.12), rng.uniform(-9, 9)
        pale = rng.random()  # three in ten are young or worn, so dusty brown
        self._pale = 0.10 + 0.28 * (pale / 0.3) if pale < 0.3 else 0.06 * rng.random()
        self.wear = rng.uniform(0.55, 1.0)  # how clear the wing bars still are
        names = (*species.colours(), "black", "white")
        self._own = {name: tuple(rng.uniform(-8, 8) for _ in range(3)) for name in names}
        self._mixed: dict[Tint, tuple[int, int, int]] = {}

    def __call__(self, tint: Tint, alpha: int = 255) -> tuple[int, ...]:
        if tint not in self._mixed:
            self._mixed[tint] = self._mix(tint)
        return self._mixed[tint] if alpha == 255 else (*self._mixed[tint], alpha)

    def _mix(self, tint: Tint) -> tuple[int, int, int]:
        if isinstance(tint, tuple):
            one, two, share = tint
            return tuple(round(a + (b - a) * share) for a, b in zip(self(one), self(two), strict=True))
        warm = (self._warm, 0.0, -self._warm)
        dust = (166, 148, 122)
        mixed = (
            (c + (d - c) * self._pale) * self._light + w + own
            for c, d, w, own in zip(colour(tint), dust, warm, self._own.get(tint, (0, 0, 0)), strict=True)
        )
        return tuple(max(0, min(255, round(v))) for v in mixed)


def clip(points: Path, a: float, b: float, c: float) -> Path:
    """Keep the part of a polygon where a x + b y <= c: a cap cut from a head, a tip cut from a tail."""
    kept = []
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        d0, d1 = a * x0 + b * y0 - c, a * x1 + b * y1 - c
        if d0 <= 0:
            kept.append((x0, y0))
        if (d0 < 0) != (d1 < 0) and d0 != d1:
            t = d0 / (d0 - d1)
            kept.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t))
    return kept


def smooth(points: Path, steps: int = 4) -> Path:
    return [(float(x), float(y)) for x, y in curve(points, steps)]


HEADS = {  # control points in head radii, from the bill's upper edge over crown and nape to the chin
    "round": [(0.9, -0.12), (0.62, -0.66), (0.05, -0.98), (-0.6, -0.78), (-0.98, -0.1), (-0.72, 0.66),
        (0.0, 0.98), (0.68, 0.6), (0.92, 0.28)],
    "domed": [(1.0, 0.08), (0.72, -0.5), (0.18, -1.0), (-0.5, -0.92), (-0.98, -0.2), (-0.75, 0.62),
        (0.0, 0.9), (0.66, 0.66), (1.0, 0.4)],
    "flat": [(1.02, -0.05), (0.62, -0.58), (0.0, -0.84), (-0.68, -0.72), (-1.02, -0.1), (-0.75, 0.62),
        (0.0, 0.9), (0.72, 0.56), (1.02, 0.26)],
    "wedge": [(1.2, -0.06), (0.66, -0.54), (0.0, -0.82), (-0.7, -0.68), (-1.08, -0.05), (-0.75, 0.62),
        (0.0, 0.82), (0.74, 0.52), (1.2, 0.22)],
    "owl": [(0.95, -0.15), (0.72, -0.72), (0.0, -0.9), (-0.72, -0.72), (-0.98, -0.1), (-0.8, 0.5),
        (0.0, 0.86), (0.8, 0.5), (0.98, 0.15)],
}  # fmt: skip
BILL_AT = {
    "round": (0.78, 0.1), "domed": (0.86, 0.24), "flat": (0.88, 0.12), "wedge": (1.0, 0.1),
    "owl": (0.12, 0.22),
}  # fmt: skip
EYE_AT = {
    "round": (0.36, -0.16), "domed": (0.30, -0.26), "flat": (0.42, -0.14), "wedge": (0.46, -0.16),
    "owl": (0.5, -0.02),
}  # fmt: skip


@cache
def head(species: Bird) -> list[Stroke]:
    """Return the head in head radii, without bill and eye."""
    shape = species.plan.head_shape
    outline = smooth(HEADS[shape])
    strokes = [Stroke(outline, species.head, solid=True)]
    if shape == "owl":
        return strokes + _owl_face(species, outline)
    bx, by = BILL_AT[shape]
    ex, ey = EYE_AT[shape]
    if species.throat != species.head:
        below_bill = clip(outline, -0.35, -1.0, -(by + 0.09 + 0.35 * bx))
        strokes.append(Stroke(clip(below_bill, -1.0, -0.3, 0.22), species.throat))
    if species.crown != species.head:
        strokes.append(Stroke(clip(outline, 0.2, 1.0, ey - 0.18 + 0.2 * ex), species.crown))
    strokes += _face_marks(species, bx, by, ey, ex)
    strokes.append(Stroke(ellipse(-0.12, 0.3, 0.5, 0.3, 15, 12), (species.head, "black", 0.5), 26))
    return strokes


def _face_marks(species: Bird, bx: float, by: float, ey: float, ex: float) -> list[Stroke]:
    """Return mask and eyebrow, from the bill's root (bx, by) past the eye (ex, ey) to the nape."""
    strokes = []
    if species.mask != "none":
        upper = [(bx + 0.2, by - 0.14), (ex, ey - 0.26), (-0.3, ey - 0.2), (-0.92, ey + 0.12)]
        lower = [(-0.35, ey + 0.38), (ex, ey + 0.34), (bx + 0.1, by + 0.1)]
        strokes.append(Stroke(smooth(upper + lower, 3), species.mask))
    if species.eyebrow != "none":
        brow = bend([(bx - 0.02, by - 0.22), (ex, ey - 0.34), (-0.35, ey - 0.28), (-0.86, ey + 0.06)], 3)
        strokes.append(Stroke(ribbon(brow, 0.1, 0.22, 0.22, 0.06), species.eyebrow))
    return strokes


def _owl_face(species: Bird, outline: Path) -> list[Stroke]:
    strokes = [Stroke(clip(outline, 0.0, 1.0, -0.42), (species.crown, "black", 0.12), 200)]
    for side in (-1, 1):
        rim = ellipse(0.08 + side * 0.4, 0.06, 0.5, 0.56, side * 14, 16)
        disc = ellipse(0.08 + side * 0.39, 0.06, 0.43, 0.49, side * 14, 16)
        strokes.append(Stroke(rim, (_or(species.eye_ring, species.head), "black", 0.1)))
        strokes.append(Stroke(disc, _or(species.mask, species.head)))
        socket = ellipse(0.08 + side * 0.36, 0.0, 0.27, 0.27, 0, 12)
        strokes.append(Stroke(socket, (species.head, "black", 0.5), 60))
    for side in (-1, 1):
        brow = bend([(0.1, 0.16), (0.1 + side * 0.2, -0.26), (0.1 + side * 0.62, -0.5)], 3)
        strokes.append(Stroke(ribbon(brow, 0.1, 0.2, 0.05), _or(species.eyebrow, species.head)))
    return strokes


def _or(tint: str, otherwise: str) -> str:
    return otherwise if tint == "none" else tint


BILLS = {  # upper and lower mandible from the bill's root, x in bill lengths, y in head radii
    "cone": (
        [(0, -0.36), (0.45, -0.3), (0.85, -0.06), (1, 0.1), (0, 0.08)],
        [(0, 0.06), (0.95, 0.1), (0.5, 0.3), (0, 0.36)],
    ),
    "thin": (
        [(0, -0.14), (0.5, -0.1), (1, 0.05), (0, 0.05)],
        [(0, 0.04), (0.95, 0.05), (0.5, 0.11), (0, 0.15)],
    ),
    "stout": (
        [(0, -0.19), (0.55, -0.15), (0.9, -0.02), (1, 0.08), (0, 0.06)],
        [(0, 0.05), (0.93, 0.07), (0.5, 0.17), (0, 0.2)],
    ),
    "dagger": (
        [(0, -0.24), (0.4, -0.16), (1, 0.06), (0, 0.06)],
        [(0, 0.05), (1, 0.06), (0.4, 0.22), (0, 0.27)],
    ),
    "probe": (
        [(0, -0.15), (0.3, -0.08), (1, 0.02), (1, 0.07), (0, 0.05)],
        [(0, 0.04), (1, 0.05), (1, 0.09), (0.3, 0.13), (0, 0.17)],
    ),
    "curved": (
        [(0, -0.15), (0.35, -0.13), (0.7, 0.02), (1, 0.34), (0.65, 0.12), (0, 0.05)],
        [(0, 0.04), (0.65, 0.12), (0.97, 0.34), (0.6, 0.2), (0, 0.17)],
    ),
    "flat": (
        [(0, -0.34), (0.3, -0.12), (0.7, -0.04), (0.97, -0.02), (1, 0.13), (0, 0.1)],
        [(0, 0.09), (0.93, 0.13), (0.6, 0.24), (0, 0.26)],
    ),
    "hooked": (
        [(0, -0.22), (0.6, -0.21), (0.92, -0.1), (1, 0.2), (0.86, 0.1), (0, 0.06)],
        [(0, 0.05), (0.84, 0.1), (0.66, 0.22), (0, 0.2)],
    ),
    "chisel": (
        [(0, -0.22), (0.5, -0.14), (0.97, 0.0), (1, 0.06), (0, 0.06)],
        [(0, 0.05), (1, 0.06), (0.94, 0.1), (0.4, 0.2), (0, 0.22)],
    ),
    "tiny": ([(0, -0.16), (0.6, -0.1), (1, 0.08), (0, 0.06)], [(0, 0.05), (0.95, 0.08), (0, 0.18)]),
}  # fmt: skip


@cache
def bill(species: Bird) -> tuple[Stroke, Stroke]:
    """Return the upper and the lower mandible in head radii, from the root at (0, 0)."""
    upper, lower = BILLS[species.bill.shape]
    long = species.bill.length
    return (
        Stroke([(x * long, y) for x, y in upper], species.bill.colour, solid=True),
        Stroke([(x * long, y) for x, y in lower], (species.bill.colour, "black", 0.22), solid=True),
    )
