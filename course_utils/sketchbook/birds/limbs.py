"""A bird's wings, tail and legs, and the water that hides them."""

import math

from course_utils.sketchbook.birds.feathers import folded_wing, spread_wing, tail
from course_utils.sketchbook.birds.figure import Figure
from course_utils.sketchbook.stage.canvas import Pen, Transform, ribbon

TUFT = [(-1.0, -1.0), (1.0, -1.0), (0.4, 0.8), (-0.1, 1.05), (-0.6, 0.5)]  # a thigh's outline


def folded(figure: Figure, body: Pen) -> None:
    """Draw the near wing closed. An owl's sits further back, so that its breast shows."""
    rest = {"pointed": 3.0, "broad": -2.0, "round": -4.0}[figure.plan.wing_shape]
    y = -0.42 if figure.plan.head_shape == "owl" else -0.16
    pen = body.within(
        0.50 * figure.length, y * figure.depth, figure.plan.wing, angle=rest - figure.pose.droop
    )
    figure.draw(pen, folded_wing(figure.species), figure.coat.wear)


def spread(figure: Figure, body: Pen, far: bool = False) -> None:
    """Draw one wing open, raised or lowered; the far one reaches further forward."""
    flap, lean = figure.pose.flap, figure.pose.stroke
    span = (1.5 if figure.plan.wing_shape == "pointed" else 1.8) * figure.plan.wing
    x, y = (0.40 if far else 0.26) * figure.length, (-0.50 if far else -0.34) * figure.depth
    up = (1.0 if far else 0.92) * max(abs(flap), 0.45) * (1 if flap > 0 else -1)
    sweep = (-0.42 if far else 0.22) + 0.01 * lean
    turn = Transform.place(x, y, span, squeeze=0.92)
    pen = Pen(body.layer, body.transform.after(turn).after(Transform(xy=sweep * abs(up) / up, yy=up)))
    figure.draw(pen, spread_wing(figure.species))


def tail_feathers(figure: Figure, body: Pen, fan: float) -> None:
    """Draw the tail, `fan` times as wide as closed."""
    pen = body.within(-0.86 * figure.length, -0.02, figure.species.tail.length, angle=figure.pose.tail)
    figure.draw(pen, tail(figure.species, fan))
    figure.points["tail_tip"] = pen.locate(-0.98, 0.0)


def _hip(figure: Figure) -> tuple[float, float]:
    """Return where the legs leave the body, in the upright frame."""
    turn = math.radians(-figure.pose.pitch)
    x, y = figure.plan.leg_x * figure.length, 0.74 * figure.depth * math.cos(turn) ** 1.5
    return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)


def legs(figure: Figure, pen: Pen) -> None:
    """Draw two legs from the hip to the ground, the heel bent backwards."""
    (x, y), long = _hip(figure), figure.species.legs.length
    down = long + 0.28 * figure.depth
    slim = 0.030 if long < 0.6 else 0.026
    for far in (True, False):
        ink = figure.coat((figure.species.legs.colour, "black", 0.3 if far else 0.05))
        dx, dy = (figure.step, -0.025) if far else (-figure.step * 0.5, 0.0)
        fx, fy = x + dx + figure.pose.lean, y + down + dy
        heel = (x + dx * 0.7 - 0.10 * min(down, 0.7), y + 0.48 * down)
        pen.shape(ribbon([(x + dx * 0.4, y - 0.03), heel, (fx, fy)], slim * 1.5, slim, slim), ink)
        for toe, drop in ((0.13, 0.012), (0.09, 0.035), (-0.07, 0.015)):
            path = [(fx, fy), (fx + toe * 0.6, fy + drop * 0.2), (fx + toe, fy + drop)]
            pen.shape(ribbon(path, slim, slim * 0.9, 0.008), ink)
    figure.points["feet"] = pen.locate(x + 0.25 * figure.step + figure.pose.lean, y + down + 0.01)


def trailing_legs(figure: Figure, body: Pen) -> None:
    """Draw the legs of a flying bird; only long ones show beyond the tail."""
    long = figure.species.legs.length
    if long < 0.6:
        return
    for dy in (0.0, 0.05):
        (x, y), (end, _) = figure.fit([(-0.7, 0.25), (-0.9, 0.0)])
        path = [(x, y), (end - 0.55 * long, 0.3 * figure.depth + dy)]
        ink = figure.coat((figure.species.legs.colour, "black", 0.1 + 2 * dy))
        body.shape(ribbon(path, 0.05, 0.03, 0.04), ink)


def thighs(figure: Figure, pen: Pen) -> None:
    """Draw the feathered tops of the legs, which join them to the belly."""
    (x, y), r = _hip(figure), 0.30 * figure.depth
    for dx in (figure.step * 0.6, -figure.step * 0.2):
        tuft = [(x + dx + r * tx, y + r * ty) for tx, ty in TUFT]
        pen.shape(tuft, figure.coat((figure.species.belly, "black", 0.14 if dx > 0 else 0.06)))


def float_on_water(figure: Figure, pens: tuple[Pen, ...]) -> None:
    """Cut the bird off at the waterline."""
    line = 0.60 * figure.depth
    ripple = [(-1.6 + 0.2 * k, line + 0.012 * (-1) ** k) for k in range(17)]
    for pen in pens:
        pen.cut([*ripple, (1.6, 2.5), (-1.6, 2.5)])
    figure.points["waterline"] = figure.points["feet"] = pens[1].locate(0.0, line)
