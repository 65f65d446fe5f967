"""Draw birds: one renderer for all species of the field guide."""

import random

from course_utils.sketchbook.birds import limbs, trunk
from course_utils.sketchbook.birds.figure import Figure
from course_utils.sketchbook.birds.poses import Pose, random_pose
from course_utils.sketchbook.birds.species import Bird
from course_utils.sketchbook.stage.canvas import Pen, Subject, View


def draw_bird(species: Bird, view: View, rng: random.Random) -> Subject:
    """Draw one individual of a species in a pose of its genus, facing right.

    Returns
    -------
    Subject with the points bill_tip, eye, crown, tail_tip, breast and feet (where a perch or the ground must
    meet it), in pixels. A flying bird has the point `airborne`, a swimming one `waterline`: neither needs a
    perch.
    """
    return draw_posed(species, view, rng, random_pose(species.plan, rng))


def draw_posed(species: Bird, view: View, rng: random.Random, pose: Pose) -> Subject:
    """Draw one individual in a given pose; see `draw_bird`."""
    figure = Figure(species, view, rng, pose)
    shade = figure.coat((species.wing.colour, "black", 0.15))
    behind, body, front = (
        figure.layer(shade, 0.35),
        figure.layer(figure.coat(species.back), 0.9),
        figure.layer(shade, 0.55),
    )
    _draw_behind(figure, behind)
    if not figure.aloft and not figure.afloat:
        limbs.thighs(figure, body)
    trunk.torso(figure, figure.body(body))
    trunk.head_and_bill(figure, figure.body(body))
    near_wing = limbs.spread if figure.aloft else limbs.folded
    near_wing(figure, figure.body(front))
    if figure.afloat:
        limbs.float_on_water(figure, (behind, body, front))
    _mark_body(figure, figure.body(body))
    return Subject([pen.layer for pen in (behind, body, front)], figure.points)


def _draw_behind(figure: Figure, pen: Pen) -> None:
    """Draw what the body hides in part: the far wing, the legs, the tail."""
    if figure.aloft:
        limbs.spread(figure, figure.body(pen), far=True)
        limbs.trailing_legs(figure, figure.body(pen))
    elif not figure.afloat:
        limbs.legs(figure, pen)
    limbs.tail_feathers(figure, figure.body(pen), fan=1.7 if figure.aloft else 1.0)


def _mark_body(figure: Figure, body: Pen) -> None:
    figure.points["breast"] = body.locate(0.74 * figure.length, 0.36 * figure.depth)
    if figure.aloft:
        figure.points["airborne"] = body.locate(0.0, 0.0)
        figure.points["feet"] = body.locate(-0.5 * figure.length, 0.6 * figure.depth)
