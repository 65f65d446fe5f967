"""A bird's body with its underparts, its neck and its head."""

import math

from course_utils.sketchbook.birds.figure import Figure
from course_utils.sketchbook.birds.plumage import BILL_AT, EYE_AT, bill, head
from course_utils.sketchbook.stage.canvas import Pen, bend, curve, ellipse, ribbon

PUPIL, GLINT = (22, 20, 22), (250, 250, 248)


# Parts of the body in half lengths (x) and half depths (y).
BACK = [(-0.98, -0.14), (-0.66, -0.46), (-0.12, -0.76), (0.34, -0.80)]
FRONT = [(0.93, 0.16), (0.62, 0.80), (0.04, 1.0), (-0.58, 0.66), (-0.97, 0.16)]
RUMP = [(-1.1, -0.3), (-0.6, -0.6), (-0.5, -0.9), (-0.36, -0.2), (-1.0, 0.2)]
BELLY = [(-1.2, 0.10), (-0.5, 0.22), (0.2, 0.06), (0.52, -0.12), (0.9, 1.4), (-1.0, 1.4)]
SHADOW = [(-0.7, 0.62), (0.0, 0.8), (0.6, 0.66), (0.5, 1.4), (-0.6, 1.4)]
OWL_BILL = [(-0.13, -0.2), (0.13, -0.2), (0.1, 0.1), (0.0, 0.36), (-0.1, 0.1)]  # in head radii
BAND = [(1.1, 0.10), (0.78, 0.30), (0.52, 0.18), (0.3, -0.25)]


def torso(figure: Figure, pen: Pen) -> None:
    """Draw the body, its outline running smoothly into the head, or into the root of a long neck."""
    x, y, r = _neck_root(figure) if figure.plan.neck else figure.skull
    ux, uy = x - 0.42 * figure.length, y + 0.05 * figure.depth  # from the shoulders to the head
    away = math.hypot(ux, uy) or 1.0
    ux, uy = ux / away, uy / away
    nape = (x + r * (0.9 * uy - 0.05 * ux), y - r * (0.9 * ux + 0.05 * uy))
    chin = (x - r * (0.84 * uy + 0.1 * ux), y + r * (0.84 * ux - 0.1 * uy))
    top = [nape, (x + 0.3 * r * ux, y + 0.3 * r * uy), chin]
    pen.shape(curve([*figure.fit(BACK), *top, *figure.fit(FRONT)], 5), figure.coat(figure.species.back))
    pen.mark(curve(figure.fit(RUMP), 3), figure.coat(figure.species.rump))
    if figure.pose.back:  # the nape comes to the front
        chin = (chin[0], chin[1] + 0.5 * r)
    _underparts(figure, pen, chin)
    if figure.plan.neck:
        _neck(figure, pen)
    _pattern(figure, pen)


def _underparts(figure: Figure, pen: Pen, chin: tuple[float, float]) -> None:
    long, coat = figure.length, figure.coat
    breast, belly = figure.species.breast, figure.species.belly
    pen.mark(figure.fit(BELLY), coat(belly))
    top = [(chin[0] - 0.1 * long, chin[1] - 0.02), (1.5 * long, chin[1] - 0.1)]
    for k in range(5):  # breast melts into belly
        x = -0.06 + 0.08 * k
        edge = figure.fit([(1.5, 1.4), (x + 0.2, 1.4), (x, 0.1), (0.5, -0.16)])
        pen.mark(edge + top, coat((belly, breast.colour, 0.2 + 0.2 * k)))
    pen.mark(curve(figure.fit(SHADOW), 3), coat((belly, "black", 0.5), 34))


def _pattern(figure: Figure, pen: Pen) -> None:
    breast = figure.species.breast
    if breast.pattern == "band":
        widths = (share * figure.depth for share in (0.26, 0.34, 0.26))
        pen.mark(ribbon(bend(figure.fit(BAND), 3), *widths), figure.coat(breast.mark))
    elif breast.pattern != "plain":
        _speckles(figure, pen)


def _speckles(figure: Figure, pen: Pen) -> None:
    breast = figure.species.breast
    ink = figure.coat((breast.mark, breast.colour, 0.15))
    for k, (a, b, size) in enumerate(figure.speckle):
        row, column = divmod(k, 4)
        x = (0.78 - 0.24 * column + 0.06 * a - 0.05 * row) * figure.length
        y = (0.10 + 0.23 * row + 0.07 * b) * figure.depth
        wide = 0.019 * size
        if breast.pattern == "streaks":
            pen.mark([(x + 0.04, y - 0.055), (x + wide, y), (x - 0.04, y + 0.06), (x - wide, y)], ink)
        else:
            pen.mark([(x, y - 1.5 * wide), (x + wide, y), (x, y + 1.3 * wide), (x - wide, y)], ink)


def _neck_root(figure: Figure) -> tuple[float, float, float]:
    x, y = 0.62 * figure.length, -0.30 * figure.depth
    far, wide = (0.02, 0.4) if figure.plan.neck_bulge > 0.1 else (0.2, 0.62)
    return x + far * (figure.skull.x - x), y + far * (figure.skull.y - y), wide * figure.plan.neck


def _neck(figure: Figure, pen: Pen) -> None:
    species, skull, wide = figure.species, figure.skull, figure.plan.neck
    x, y = 0.61 * figure.length, -0.14 * figure.depth
    dx, dy = skull.x - x, skull.y - y
    away = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / away, dx / away  # towards the throat

    def along(share: float, out: float) -> tuple[float, float]:
        out *= figure.plan.neck_bulge
        return x + share * dx + out * nx, y + share * dy + out * ny

    end = (skull.x - 0.1 * skull.r, skull.y + 0.1 * skull.r)
    path = bend([(x, y), along(0.35, 0.9), along(0.72, -0.45), end], 4)
    top = 1.5 * skull.r
    pen.shape(ribbon(path, 1.7 * wide, 1.5 * wide, max(wide, 0.8 * top), top), figure.coat(species.head))
    if species.throat != species.head:
        front = [(px + 0.45 * wide * nx, py + 0.45 * wide * ny) for px, py in path[:-2]]
        pen.mark(ribbon(front, wide, 0.7 * wide), figure.coat(species.throat))
    collar = ellipse(x - 0.02, y + 0.02, 1.05 * wide, 0.6 * wide, 20, 12)
    pen.mark(collar, figure.coat(species.breast.colour, 120))


def head_and_bill(figure: Figure, body: Pen) -> None:
    """Draw the head and its bill: feathers cover the bill's root, but an owl's lies on its flat face."""
    species, pose, skull, shape = figure.species, figure.pose, figure.skull, figure.plan.head_shape
    tilt = 0.82 * pose.pitch - pose.nod
    pen = body.within(skull.x, skull.y, skull.r, angle=tilt).within(mirror=pose.back, squeeze=pose.turn)
    (x, y), (eye_x, eye_y) = BILL_AT[shape], EYE_AT[shape]
    if species.crest != "none":
        _crest(figure, pen)
    if shape == "owl":
        figure.draw(pen, head(species))
        pen.shape([(x + dx, y + dy) for dx, dy in OWL_BILL], figure.coat(species.bill.colour))
        _eye(figure, pen, eye_x - 0.84, eye_y)
        tip = (x, y + 0.36)
    else:
        _bill(figure, pen, x, y)
        figure.draw(pen, head(species))
        tip = (x - 0.12 + species.bill.length, y + 0.07)
    _eye(figure, pen, eye_x, eye_y)
    marks = {"eye": (eye_x, eye_y), "crown": (0.0, -0.92), "bill_tip": tip}
    figure.points |= {name: pen.locate(*place) for name, place in marks.items()}


def _bill(figure: Figure, pen: Pen, x: float, y: float) -> None:
    (upper, lower), gape = bill(figure.species), figure.pose.gape
    figure.draw(pen.within(x - 0.12, y, angle=gape * 1.1), [lower])
    if gape:
        throat = pen.within(x - 0.12, y)
        throat.mark([(0, -0.05), (0.3, -0.04), (0.3, 0.1), (0, 0.08)], figure.coat(("red", "black", 0.4)))
    figure.draw(pen.within(x - 0.12, y, angle=-gape * 0.8), [upper])


def _crest(figure: Figure, pen: Pen) -> None:
    ink = figure.coat(figure.species.crest)
    if figure.plan.neck and figure.plan.neck_bulge > 0.1:  # the long plumes of a heron
        for dy in (0.0, 0.22):
            plume = bend([(0.1, -0.62), (-0.8, -0.62 + dy), (-2.2, dy)], 3)
            pen.shape(ribbon(plume, 0.36, 0.28, 0.0), ink)
        return
    for k in range(4):
        x, y = -0.1 - 0.22 * k, -0.82 + 0.1 * k
        pen.shape([(x + 0.34, y + 0.1), (x - 0.45 - 0.1 * k, y - 0.45 + 0.2 * k), (x - 0.18, y + 0.36)], ink)


def _eye(figure: Figure, pen: Pen, x: float, y: float) -> None:
    owl = figure.plan.head_shape == "owl"
    r = 0.19 if owl else 0.14 + 0.02 * (figure.plan.head_r < 0.2)
    if figure.species.eye_ring != "none" and not owl:
        pen.mark(ellipse(x, y, r * 1.75, r * 1.75, 0, 12), figure.coat(figure.species.eye_ring))
    if figure.species.eye == "black":
        pen.mark(ellipse(x, y, r, r, 0, 12), PUPIL)
    else:
        pen.mark(ellipse(x, y, r * 1.15, r * 1.15, 0, 12), figure.coat(figure.species.eye))
        pen.mark(ellipse(x, y, r * 0.68, r * 0.68, 0, 10), PUPIL)
    pen.mark(ellipse(x - 0.25 * r, y - 0.35 * r, 0.34 * r, 0.34 * r, 0, 6), GLINT)
