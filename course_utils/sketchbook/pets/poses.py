"""Poses of cats and dogs: where the parts of the body lie.

The animal faces right; y runs down; the ground is at y = 0.85.
"""

import random
from dataclasses import dataclass, field

from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.stage.canvas import Points

BUILDS = {"slender": (0.47, 0.2), "stocky": (0.46, 0.27), "long": (0.62, 0.2)}  # half length, half thickness
LEGS = {"short": 0.17, "medium": 0.34, "long": 0.45}  # from belly to ground, standing
GROUND = 0.85

Limb = tuple[list[tuple[float, float]], tuple[float, ...]]  # path from the body to the foot, widths along it


@dataclass
class Pose:
    """Where the parts of a body lie, and where patterns go on it.

    Attributes
    ----------
    torso : its outline.
    head : place of the head's frame, arguments of `Pen.within`.
    turn : from, to: how far the head may turn.
    stripes : (start, end) of each tabby stripe.
    saddle, bib : outlines of a dark back and of a white chest.
    middle : an ellipse (x, y, rx, ry) well inside the torso.
    flow : how the hair lies there.
    tail : (x, y, angle in degrees); none in a portrait.
    far, near : limbs behind the torso and in front of it.
    haunch : an ellipse, where the animal sits or lies on its hind legs.
    """

    torso: Points
    head: dict[str, float]
    turn: tuple[float, float]
    stripes: list[tuple[tuple[float, float], tuple[float, float]]]
    saddle: Points
    bib: Points
    middle: tuple[float, float, float, float]
    flow: tuple[float, float]
    tail: tuple[float, float, float] | None = None
    far: list[Limb] = field(default_factory=list)
    near: list[Limb] = field(default_factory=list)
    haunch: tuple[float, float, float, float] | None = None


def _girth(breed: Pet) -> float:
    return BUILDS[breed.build][1] / 0.22


def _both_sides(right: Points) -> list[tuple[float, float]]:
    return [*right, *((-x, y) for x, y in right[::-1])]


def portrait(breed: Pet, rng: random.Random) -> Pose:
    """Head and chest from the front. The chest goes on far below: the picture's edge cuts it."""
    w = _girth(breed) * (0.9 if breed.species == "cat" else 1.0)
    return Pose(
        torso=_both_sides([(0.36, -0.1), (0.42 * w, 0.25), (0.6 * w, 0.55), (0.7 * w, 1.0), (0.72 * w, 1.9)]),
        head={"x": rng.uniform(-0.08, 0.08), "y": -0.2, "scale": 0.55, "angle": rng.uniform(-11, 11)},
        turn=(-0.5, 0.5),
        stripes=[((s * 0.8 * w, y), (s * 0.22, y + 0.14)) for y in (0.42, 0.62, 0.82, 1.02) for s in (-1, 1)],
        saddle=_both_sides([(0.3, 0.2), (0.36 * w, 0.6), (0.44 * w, 1.9), (w, 1.9), (w, -0.1)]),
        bib=_both_sides([(0.3, 0.1), (0.42, 0.6), (0.3, 1.0), (0.2, 1.9)]),
        middle=(0, 0.75, 0.5 * w, 0.32),
        flow=(0.0, 0.14),
    )


def sitting(breed: Pet, rng: random.Random) -> Pose:
    """Sitting upright, the body turned three quarters to the right."""
    w = _girth(breed)
    far_leg = ([(0.33 * w, 0.05), (0.4, 0.45), (0.42, 0.8)], (0.22, 0.13, 0.12))
    near_leg = ([(0.14, 0.05), (0.17, 0.45), (0.18, 0.84)], (0.3, 0.15, 0.14))
    hind_foot = ([(-0.22, 0.78), (-0.05, 0.8), (0.04, 0.81)], (0.14, 0.13, 0.12))
    return Pose(
        torso=[
            (0.02, -0.5),
            (0.3, -0.4),
            (0.4 * w, -0.02),
            (0.36 * w, 0.4),
            (0.3, 0.74),
            (-0.1, 0.8),
            (-0.5 * w, 0.8),
            (-0.58 * w, 0.5),
            (-0.42 * w, 0.1),
            (-0.18, -0.22),
        ],
        head={"x": 0.16, "y": -0.46, "scale": 0.37, "angle": rng.uniform(-12, 12)},
        turn=(-0.4, 0.55),
        stripes=[((-0.22 - 0.08 * k, -0.2 + 0.17 * k), (0.1 - 0.06 * k, -0.08 + 0.17 * k)) for k in range(6)],
        saddle=[(-0.2, -0.5), (0.0, -0.3), (0.0, 0.15), (-0.2, 0.5), (-0.7 * w, 0.7), (-0.7 * w, 0.2)],
        bib=[(0.1, -0.4), (0.5, -0.3), (0.5 * w, 0.1), (0.38, 0.6), (0.2, 0.4), (0.12, 0.0)],
        middle=(-0.1, 0.2, 0.3 * w, 0.44),
        flow=(-0.03, 0.11),
        tail=(-0.45 * w, 0.72, rng.uniform(-25, 25)),
        near=[far_leg, hind_foot, near_leg],
        haunch=(-0.26 * w, 0.56, 0.27 * w, 0.27),
    )


def standing(breed: Pet, rng: random.Random) -> Pose:
    """Standing, seen from its right side."""
    (a, t), leg = BUILDS[breed.build], LEGS[breed.legs]
    y = GROUND - leg - t
    legs = _four_legs(a, t, y, leg, rng.uniform(-0.07, 0.07))
    return Pose(
        torso=[
            (a, y - t),
            (a * 0.3, y - t * 0.9),
            (-a * 0.6, y - t * 0.95),
            (-a * 1.05, y - t * 0.6),
            (-a * 1.1, y + t * 0.15),
            (-a * 0.75, y + t * 0.8),
            (-a * 0.2, y + t * 0.72),
            (a * 0.45, y + t),
            (a, y + t * 0.85),
            (a * 1.2, y + t * 0.1),
            (a * 1.2, y - t * 0.7),
        ],
        head={"x": a * 1.12 + 0.04, "y": y - t - 0.21, "scale": 0.33, "angle": rng.uniform(-10, 10)},
        turn=(0.15, 0.75),
        stripes=[((a * (x + 0.05), y - t), (a * x, y + t * 0.45)) for x in (0.7, 0.4, 0.1, -0.2, -0.5, -0.8)],
        saddle=[
            (a * 0.95, y - t * 1.3),
            (a * 0.85, y - t * 0.2),
            (0, y + t * 0.2),
            (-a * 0.9, y),
            (-a * 1.2, y - t * 1.2),
        ],
        bib=[
            (a * 0.85, y - t * 1.4),
            (a * 1.4, y - t * 1.4),
            (a * 1.4, y + t),
            (a * 0.8, y + t * 1.2),
            (a * 0.95, y),
        ],
        middle=(0, y, a * 0.95, t * 0.75),
        flow=(-0.11, 0.04),
        tail=(-a * 1.02, y - t * 0.55, rng.uniform(-20, 45)),
        far=legs[:2],
        near=legs[2:],
    )


def _four_legs(a: float, t: float, y: float, leg: float, step: float) -> list[Limb]:
    """Return far fore, far hind, near fore, near hind leg of a standing animal in the middle of a step."""
    wide, foot = 0.8 + t, GROUND - 0.04
    limbs = []
    for shift, stride, lift in ((0.13, -step, 0.03), (0.0, step, 0.0)):
        fore = [(a * 0.82, y), (a * 0.85, y + t + leg * 0.45), (a * 0.84 + stride, foot)]
        hind = [
            (-a * 0.8, y + t * 0.2),
            (-a * 0.82, y + t * 0.9),
            (-a * 1.04, y + t + leg * 0.5),
            (-a * 0.94 - stride, foot),
        ]
        for path, widths in ((fore, (0.24, 0.14, 0.12)), (hind, (0.34, 0.26, 0.12, 0.11))):
            limbs.append(([(px + shift, py - lift) for px, py in path], tuple(wide * v for v in widths)))
    return limbs


def lying(breed: Pet, rng: random.Random) -> Pose:
    """Lying with the front paws stretched out."""
    top = 0.62 - 0.62 * _girth(breed)
    far_leg = ([(0.4, 0.6), (0.66, 0.68), (0.88, 0.7)], (0.2, 0.14, 0.12))
    near_leg = ([(0.2, 0.58), (0.45, 0.73), (0.74, 0.77)], (0.26, 0.16, 0.13))
    hind_foot = ([(-0.42, 0.7), (-0.2, 0.75), (-0.06, 0.76)], (0.16, 0.14, 0.12))
    return Pose(
        torso=[
            (0.42, top - 0.02),
            (0.1, top),
            (-0.4, top),
            (-0.76, top + 0.3),
            (-0.8, 0.68),
            (-0.4, 0.76),
            (0.2, 0.76),
            (0.5, 0.7),
            (0.6, 0.4),
            (0.56, 0.1),
        ],
        head={"x": 0.42, "y": -0.12, "scale": 0.38, "angle": rng.uniform(-12, 12)},
        turn=(-0.4, 0.6),
        stripes=[((x + 0.02, top - 0.05), (x, top + 0.36)) for x in (0.2, 0.03, -0.14, -0.31, -0.48, -0.65)],
        saddle=[(0.3, top - 0.2), (0.24, 0.25), (-0.2, 0.4), (-0.7, 0.5), (-1.0, 0.4), (-0.6, top - 0.2)],
        bib=[(0.3, 0.0), (0.7, 0.0), (0.7, 0.5), (0.5, 0.8), (0.32, 0.6)],
        middle=(-0.15, 0.38, 0.48, 0.24),
        flow=(-0.1, 0.05),
        tail=(-0.72, 0.66, rng.uniform(-8, 40)),
        near=[far_leg, hind_foot, near_leg],
        haunch=(-0.48, 0.52, 0.27, 0.23),
    )


POSES = {"portrait": portrait, "sitting": sitting, "standing": standing, "lying": lying}
