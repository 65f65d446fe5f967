"""Heads of cats and dogs, from the front or turned a little: skull, ears and the pattern of the face."""

import random

from course_utils.sketchbook.field_guide import colour
from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.pets.coats import Coat, blotch, furry, mix, texture
from course_utils.sketchbook.pets.faces import Head, draw_eyes, draw_muzzle, draw_whiskers
from course_utils.sketchbook.stage.canvas import SUPERSAMPLE, Colour, Layer, Pen, View, curve, ellipse, ribbon

# The right half of the outline, from the crown down to the chin.
SKULLS = {
    "round": [(0, -0.82), (0.5, -0.75), (0.88, -0.36), (1.0, 0.14), (0.8, 0.58), (0.4, 0.82), (0, 0.88)],
    "wedge": [(0, -0.78), (0.5, -0.73), (0.86, -0.38), (0.86, 0.1), (0.62, 0.5), (0.3, 0.8), (0, 0.88)],
    "square": [(0, -0.76), (0.55, -0.72), (0.86, -0.38), (0.92, 0.14), (0.82, 0.56), (0.45, 0.84), (0, 0.9)],
    "long": [(0, -0.88), (0.4, -0.82), (0.68, -0.46), (0.72, 0.0), (0.56, 0.46), (0.34, 0.88), (0, 1.0)],
}
# The right ear of a skull whose half width is 1.
EARS = {
    "pricked": [(0.2, -0.66), (0.36, -1.02), (0.66, -1.42), (0.8, -1.4), (0.92, -0.9), (0.86, -0.28)],
    "folded": [
        (0.3, -0.68),
        (0.46, -0.86),
        (0.76, -0.8),
        (0.94, -0.5),
        (0.9, -0.28),
        (0.74, -0.38),
        (0.5, -0.52),
    ],
    "drop": [
        (0.5, -0.7),
        (0.8, -0.66),
        (1.04, -0.2),
        (1.1, 0.4),
        (0.98, 0.78),
        (0.78, 0.72),
        (0.74, 0.2),
        (0.7, -0.3),
    ],
    "button": [
        (0.34, -0.74),
        (0.56, -0.85),
        (0.86, -0.74),
        (1.06, -0.4),
        (1.08, -0.02),
        (0.98, 0.16),
        (0.84, -0.1),
        (0.6, -0.5),
    ],
}
EARS["tufted"] = EARS["pricked"]
INSIDE = [(0.42, -0.7), (0.5, -1.0), (0.7, -1.27), (0.8, -0.9), (0.78, -0.5)]  # of a pricked ear
CREASE = [(0.66, -0.5), (0.78, 0.0), (0.82, 0.66), (0.7, 0.5), (0.64, 0.0)]  # of a hanging ear
BLAZE = [
    (-0.1, -0.8),
    (0.1, -0.8),
    (0.1, -0.2),
    (0.42, 0.4),
    (0.36, 0.9),
    (-0.36, 0.9),
    (-0.42, 0.4),
    (-0.1, -0.2),
]
CROWN = [(-0.4, -0.95), (0.4, -0.95), (0.6, -0.42), (0.3, -0.44), (0, -0.2), (-0.3, -0.44), (-0.6, -0.42)]

PicturePoints = dict[str, tuple[float, float]]


def draw_head(
    breed: Pet, coat: Coat, view: View, place: dict, turn: float, rng: random.Random
) -> tuple[list[Layer], PicturePoints]:
    """Draw a head at `place` (the arguments of `Pen.within`), turned by `turn` (-1 to 1).

    Returns
    -------
    layers : two, back to front.
    points : the head box's corners, the eyes and the nose in pixels of the picture.
    """
    skull, front = (view.pen(coat.main, relief).within(**place) for relief in (0.7, 0.6))
    head = Head(breed, coat, skull, front, turn, rng.uniform(-0.12, 0.12), rng)
    upright = breed.ears in ("pricked", "tufted")
    if upright:
        _ears(head, skull)
    _skull(head)
    if not upright:
        _ears(head, front)
    points = draw_eyes(head)
    points["nose"] = draw_muzzle(head)
    points |= _box(head)  # before the whiskers: they do not count
    if head.is_cat:
        draw_whiskers(head)
    return [skull.layer, front.layer], points


def _box(head: Head) -> PicturePoints:
    """Return the corners of what is drawn of the head so far, inside the picture."""
    drawn = [pen.layer.mask.getbbox() for pen in (head.skull, head.front)]
    windows = [window for window in drawn if window] or [(0, 0, 0, 0)]
    left, top = (min(w[k] for w in windows) / SUPERSAMPLE for k in (0, 1))
    right, bottom = (max(w[k] for w in windows) / SUPERSAMPLE for k in (2, 3))
    return {"head_top_left": (left, top), "head_bottom_right": (right, bottom)}


def _ears(head: Head, pen: Pen) -> None:
    rng, kind, tone = head.rng, head.breed.ears, _ear_colour(head)
    lean, width = rng.uniform(-9, 9), 0.2 + 0.8 * SKULLS[head.breed.face][3][0]
    for side in (-1, 1):
        far = side * head.turn > 0 and pen is head.front
        z = 0.08 if far else -0.12  # ears lie behind the face; but the far one must not hide the eye
        ear = pen.within(*head.at(0, 0, z), 1.0, side * (lean + rng.uniform(-5, 5)), side < 0, width)
        ear.shape(furry(EARS[kind], head.coat.fur, rng, 0.12, 4), tone)
        _inside(ear, kind, tone, head.coat)


def _ear_colour(head: Head) -> Colour:
    coat = head.coat
    if head.breed.pattern in ("points", "patches", "spots"):
        return coat.second
    return mix(coat.main, coat.second if head.breed.pattern == "saddle" else coat.dark, 0.45)


def _inside(ear: Pen, kind: str, tone: Colour, coat: Coat) -> None:
    shade = mix(tone, (0, 0, 0), 0.5)
    if kind == "drop":
        ear.mark(curve(CREASE, 4), (*shade, 90))
    elif kind in ("button", "folded"):
        ear.mark([EARS[kind][0], EARS[kind][-1], EARS[kind][-2], (0.8, -0.5)], (*shade, 110))
    else:
        ear.mark(curve(INSIDE, 4), mix(colour("pink"), tone, 0.45))
        ear.mark([(0.4, -0.6), (0.55, -1.1), (0.56, -0.6)], (*coat.light, 150))
    if kind == "tufted":
        for lean in (-0.08, 0.0, 0.1):
            ear.shape([(0.66, -1.34), (0.76 + lean, -1.78 + abs(lean)), (0.8, -1.34)], colour("coal"))


def _skull(head: Head) -> None:
    coat, rng, pen = head.coat, head.rng, head.skull
    half = SKULLS[head.breed.face]
    outline = head.all_at([*half, *((-x, y) for x, y in half[-2:0:-1])])
    pen.shape(furry(outline, coat.fur, rng, 0.13 if head.is_cat else 0.17, 4), coat.main)
    _face_pattern(head)
    _face_mark(head)
    texture(pen, coat, (0, -0.45, 0.5, 0.3), (0.0, -0.2), rng, 6)
    for side in (-1, 1):
        texture(pen, coat, (side * 0.7, 0.3, 0.16, 0.3), (side * 0.2, 0.16), rng, 5)


def _face_pattern(head: Head) -> None:
    coat, pen, rng, pattern = head.coat, head.skull, head.rng, head.breed.pattern
    if pattern == "tabby":
        _tabby_face(head)
    elif pattern == "points":
        for size, alpha in ((1.3, 45), (1.2, 60), (1.1, 80), (1.0, 100), (0.85, 120), (0.65, 120)):
            pen.mark(ellipse(*head.at(0, 0.22, 0.3), 0.56 * size, 0.66 * size), (*coat.second, alpha))
    elif pattern == "patches":
        pen.mark(blotch(*head.at(rng.choice((-0.48, 0.48)), -0.28, 0.2), 0.42, 0.5, rng), coat.second)
    elif pattern == "spots":
        for _ in range(9):
            x, y, r = rng.uniform(-0.75, 0.75), rng.uniform(-0.7, 0.6), rng.uniform(0.05, 0.1)
            pen.mark(ellipse(x, y, r, r, steps=8), coat.second)
    elif pattern == "saddle":
        pen.mark(curve(head.all_at(CROWN)), (*coat.second, 120))
    elif pattern == "bicolour":
        pen.mark(ellipse(*head.at(0, 1.0, 0.3), 0.52, 0.36, steps=12), coat.second)


def _tabby_face(head: Head) -> None:
    tone, pen = (*head.coat.second, 215), head.skull
    for x in (-0.36, -0.13, 0.13, 0.36):
        line = [head.at(x * 0.8, -0.32, 0.2), head.at(x, -0.6), head.at(x * 1.2, -0.85)]
        pen.mark(ribbon(line, 0.03, 0.1, 0.06), tone)
    for side in (-1, 1):
        for y in (0.08, 0.34):
            line = head.all_at([(side * 1.05, y - 0.08), (side * 0.8, y), (side * 0.56, y - 0.05)])
            pen.mark(ribbon(line, 0.12, 0.08, 0.0), tone)
    chin = [(-0.3, 0.3), (0.3, 0.3), (0.34, 0.8), (-0.34, 0.8)]
    pen.mark(curve(head.all_at(chin, 0.2)), (*head.coat.light, 200))


def _face_mark(head: Head) -> None:
    pen, coat = head.skull, head.coat
    if head.breed.mark == "blaze":
        pen.mark(curve(head.all_at(BLAZE, 0.25)), coat.second)
    elif head.breed.mark == "mask":
        tone = coat.second if head.breed.pattern == "saddle" else colour("coal")
        pen.mark(ellipse(*head.at(0, 0.5, 0.3), 0.5, 0.5), (*tone, 170))
        for side in (-1, 1):
            place = head.at(side * 0.4, 0, 0.38)
            for size, alpha in ((1.0, 120), (0.78, 110)):
                pen.mark(ellipse(*place, 0.33 * size, 0.27 * size, side * 25, 14), (*tone, alpha))
