"""How a bird holds itself: a pose is a handful of numbers, drawn anew for each picture."""

import random
from dataclasses import dataclass
from typing import Any

from course_utils.sketchbook.birds.species import Plan
from course_utils.sketchbook.names import look_up


@dataclass(frozen=True)
class Pose:
    """Angles in degrees, positive upwards; lengths as shares of the species' own.

    Attributes
    ----------
    pitch : how far the body points up.
    plump : depth of the body; above 1 is fluffed up.
    squeeze : foreshortening of the whole bird; 1 is a clean side view.
    head : where the head moves from its place, in head radii (x towards the bill, y down).
    nod, turn, back : the head's tilt, its foreshortening, and whether it looks over the back.
    gape : how far the bill is open.
    tail, droop : angles of the tail and of the folded wing against the body.
    flap : the spread wings, from -1 (down) to 1 (up).
    stroke : how far the wings reach forward, in degrees.
    lean : how far the feet stand from below the hip.
    """

    kind: str
    pitch: float
    plump: float
    squeeze: float = 1.0
    head: tuple[float, float] = (0.0, 0.0)
    nod: float = 0.0
    turn: float = 1.0
    back: bool = False
    gape: float = 0.0
    tail: float = 0.0
    droop: float = 0.0
    flap: float = 0.0
    stroke: float = 0.0
    lean: float = 0.0


def random_pose(plan: Plan, rng: random.Random, kind: str | None = None) -> Pose:
    """Return a pose of this kind, or of any kind that the genus takes."""
    kind = kind or rng.choice(plan.poses)
    # Every pose uses up the same random numbers, so that what follows does not depend on the kind.
    chance = [rng.uniform(-1, 1) for _ in range(7)]
    a, b, c, d, e, f, g = chance
    values = {
        "pitch": plan.carriage + 9 * a, "plump": 1.03 + 0.10 * b, "squeeze": 1 - 0.36 * rng.random() ** 2,
        "head": (0.14 * c, 0.12 * d), "nod": 9 * e, "turn": 1 - 0.24 * abs(f),
        "tail": plan.tail_angle + 9 * g, "droop": 5 * d, "lean": 0.04 * c,
    }  # fmt: skip
    return Pose(kind, **{**values, **look_up("pose", kind, HABITS)(plan, chance)})


def _perched(plan: Plan, chance: list[float]) -> dict[str, Any]:
    return {}


def _alert(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a, b, c, d, e, f, g = chance
    up = 0.6 if plan.neck else 0.28
    head = (0.05 * c, 0.1 * d - up)
    return {"pitch": plan.carriage + 13 + 8 * a, "plump": 0.93 + 0.05 * b, "head": head, "nod": 4 + 6 * e}


def _foraging(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a, b, c, d, e, f, g = chance
    down = min(plan.carriage + 14, 34.0) + 7 * a
    head = (0.30 + 0.1 * c, 0.62 + 0.16 * d)
    return {"pitch": plan.carriage - down, "head": head, "nod": -30 + 9 * e, "tail": plan.tail_angle + 6 * g}


def _looking_back(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a, b, c, d, e, f, g = chance
    return {"back": True, "head": (0.06 * c - 0.10, 0.05 * d - 0.02), "nod": 4 + 8 * e}


def _singing(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a, b, c, d, e, f, g = chance
    pitch, head = plan.carriage + 8 + 6 * a, (0.0, 0.06 * d - 0.15)
    return {"gape": 15 + 6 * a, "nod": 24 + 8 * e, "pitch": pitch, "head": head}


def _swimming(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a = chance[0]
    return {"pitch": 3 + 3 * a, "lean": 0.0}


def _flying(plan: Plan, chance: list[float]) -> dict[str, Any]:
    a, b, c, d, e, f, g = chance
    flap = 0.3 + 0.55 * abs(a) if b > -0.35 else -0.35 - 0.4 * abs(a)
    body = {"pitch": 8 + 12 * c, "plump": 0.88 + 0.04 * b, "head": (0.10, 0.25 + 0.05 * d), "nod": 5 * e}
    return {**body, "flap": flap, "stroke": 14 * f, "tail": 4 * g, "turn": 1.0}


HABITS = {
    "perched": _perched, "alert": _alert, "foraging": _foraging, "looking_back": _looking_back,
    "singing": _singing, "swimming": _swimming, "flying": _flying,
}  # fmt: skip
