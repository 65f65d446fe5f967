"""Eyes, noses, muzzles and whiskers.

A head has a frame of its own: the skull's half width is about 1, and (0, 0) lies between eyes and muzzle.
Parts that stand out (eyes, muzzle) have a height `z` above the face and move sideways when the head turns.
"""

import random
from dataclasses import dataclass

from course_utils.sketchbook.field_guide import colour
from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.pets.coats import Coat, furry, mix, texture
from course_utils.sketchbook.stage.canvas import Colour, Pen, Points, bend, curve, ellipse, ribbon

BRIDGE = [(-0.14, -0.2), (0.14, -0.2)]  # where a dog's nose begins, between the eyes


@dataclass
class Head:
    """A head that is being drawn: on one layer skull and eyes, on the other what stands out."""

    breed: Pet
    coat: Coat
    skull: Pen
    front: Pen
    turn: float  # -1 (to the picture's left) to 1 (to its right)
    nod: float
    rng: random.Random

    def at(self, x: float, y: float, z: float = 0.0) -> tuple[float, float]:
        return x * (1 - 0.12 * abs(self.turn)) + self.turn * z, y + self.nod * z

    def all_at(self, points: Points, z: float = 0.0) -> list[tuple[float, float]]:
        return [self.at(x, y, z) for x, y in points]

    @property
    def is_cat(self) -> bool:
        return self.breed.species == "cat"


def draw_eyes(head: Head) -> dict[str, tuple[float, float]]:
    """Draw the eyes, and return where they are in the picture, in pixels."""
    apart, y, r = (0.43, -0.06, 0.2) if head.is_cat else (0.38, -0.14, 0.145)
    look, lid = head.rng.uniform(-0.2, 0.2) + 0.15 * head.turn, head.rng.uniform(0.75, 1.0)
    points = {}
    for side, name in ((-1, "eye_left"), (1, "eye_right")):
        place = head.at(side * apart, y, 0.38)
        squeeze = 1 - 0.4 * max(0.0, side * head.turn)  # the far eye looks narrower
        slant = side * (8 if head.is_cat else -6)
        _eye(head, head.skull.within(*place, r, slant, squeeze=squeeze), look, lid)
        points[name] = head.skull.locate(*place)
        if head.breed.mark == "eyebrows":
            _brow(head, side)
    return points


def _eye(head: Head, pen: Pen, look: float, lid: float) -> None:
    wide, high = (0.42, 0.86) if head.is_cat else (0.66, 0.66)
    pen.mark(ellipse(0, 0, 1.22, 1.2 * lid, steps=14), colour("black"))
    pen.mark(ellipse(0, 0, 1.0, 0.96 * lid, steps=14), head.coat.eye)
    pen.mark(ellipse(look, 0, wide, high * lid, steps=10), colour("black"))
    pen.mark(ellipse(look - 0.32, -0.36, 0.26, 0.26, steps=8), colour("white"))


def _brow(head: Head, side: int) -> None:
    if head.coat.fur == "smooth":
        head.skull.mark(ellipse(*head.at(side * 0.32, -0.44, 0.3), 0.13, 0.1, steps=10), head.coat.second)
        return
    for k in range(4):
        x, y = head.at(side * (0.2 + 0.1 * k), -0.46, 0.3)
        tip = (x + side * (0.08 + 0.03 * k), y + 0.22)
        head.front.shape([(x - 0.08, y), tip, (x + 0.08, y - 0.04)], head.coat.second)


def draw_muzzle(head: Head) -> tuple[float, float]:
    """Draw muzzle, nose and mouth, and return where the nose is in the picture, in pixels."""
    return (_cat_muzzle if head.is_cat else _dog_muzzle)(head)


def _cat_muzzle(head: Head) -> tuple[float, float]:
    length, width = head.breed.muzzle
    tone, half, pen = _muzzle_colour(head), 0.2 + 0.1 * width, head.front
    x, y = head.at(0, 0.42, 0.4 + 0.25 * length)
    pen.shape(ellipse(x, y + 0.24, half * 0.8, 0.17, steps=12), mix(tone, head.coat.dark, 0.25))
    for side in (-1, 1):
        pen.shape(ellipse(x + side * half * 0.72, y + 0.06, half, 0.21, side * 12, steps=14), tone)
        for k in range(3):
            hair = (x + side * half * (0.6 + 0.28 * k), y + 0.05 + 0.06 * (k % 2))
            pen.mark(ellipse(*hair, 0.018, 0.018, steps=6), head.coat.dark)
    skin = mix(colour("rose"), colour("pink"), 0.5)
    dark = 0.75 if head.breed.pattern in ("points", "solid") else 0.0
    _nose(pen, x, y - 0.1, 0.135, mix(skin, colour("umber"), dark))
    _mouth(head, x, y - 0.02, 0.14, half * 1.1)
    return pen.locate(x, y - 0.1)


def _dog_muzzle(head: Head) -> tuple[float, float]:
    length, width = head.breed.muzzle
    tone, z, half, deep = _muzzle_colour(head), 0.4 + 0.55 * length, 0.3 + 0.2 * width, 0.1 * length
    if head.rng.random() < 0.45:
        _open_mouth(head, head.at(0, 0.7 + deep, z), half)
    lip = [(half * 0.62, 0.1), (half, 0.42), (half * 0.78, 0.7 + deep)]
    outline = [*lip, (0.0, 0.72 + deep), *((-x, y) for x, y in lip[::-1])]
    bridge = head.all_at(BRIDGE, 0.34)
    head.front.shape(furry([*bridge, *head.all_at(outline, z)], head.coat.fur, head.rng, 0.16, 4), tone)
    if head.breed.mark == "mask" or head.breed.pattern == "saddle":
        top = [*bridge, head.at(half * 0.55, 0.16, z), head.at(-half * 0.55, 0.16, z)]
        head.front.mark(curve(top, 4), (*head.coat.main, 130))
    x, y = head.at(0, 0.24 + deep, z)
    texture(head.front, head.coat, (x, y + 0.32, half * 0.7, 0.14), (0.0, 0.2), head.rng, 4)
    _nose(head.front, x, y, 0.17 + 0.05 * width, colour("coal") if sum(tone) > 200 else colour("black"))
    _mouth(head, x, y + 0.12, 0.16, half * 0.66)
    return head.front.locate(x, y)


def _muzzle_colour(head: Head) -> Colour:
    breed, coat = head.breed, head.coat
    if breed.mark == "mask":
        return mix(colour("coal"), coat.main, 0.12)
    if breed.pattern in ("points", "bicolour"):
        return coat.second
    if breed.mark == "eyebrows":
        return mix(coat.main, coat.second, 0.75)
    return mix(coat.main, coat.light, 0.6 if breed.pattern in ("tabby", "saddle") else 0.3)


def _nose(pen: Pen, x: float, y: float, size: float, tone: Colour) -> None:
    nose = pen.within(x, y, size)
    nose.mark(curve([(-1, -0.5), (0, -0.68), (1, -0.5), (0.75, 0.2), (0, 0.8), (-0.75, 0.2)], 3), tone)
    nose.mark(ellipse(-0.25, -0.36, 0.36, 0.14, steps=8), (255, 255, 255, 90))


def _mouth(head: Head, x: float, y: float, drop: float, wide: float) -> None:
    line = (*mix(head.coat.dark, (0, 0, 0), 0.6), 220)
    head.front.mark(ribbon([(x, y), (x, y + drop)], 0.045), line)
    for side in (-1, 1):
        corner, low = (x + side * wide, y + drop), (x + side * wide * 0.5, y + drop + 0.1)
        head.front.mark(ribbon(bend([(x, y + drop), low, corner], 3), 0.05, 0.05, 0.02), line)


def _open_mouth(head: Head, lips: tuple[float, float], half: float) -> None:
    pen = head.front.within(*lips)
    jaw = [(-half * 0.6, -0.1), (half * 0.6, -0.1), (half * 0.45, 0.2), (-half * 0.45, 0.2)]
    pen.shape(curve(jaw, 4), mix(head.coat.dark, colour("plum"), 0.6))
    long = head.rng.uniform(0.2, 0.42)
    tongue = [(-0.15, -0.1), (0.15, -0.1), (0.16, long * 0.7), (0, long), (-0.16, long * 0.7)]
    pen.shape(curve(tongue, 4), colour("rose"))
    pen.mark(ribbon([(0, 0), (0, long * 0.8)], 0.03), (*colour("crimson"), 120))


def draw_whiskers(head: Head) -> None:
    """Draw a cat's whiskers, light on a dark coat and dark on a light one."""
    pen = head.front.within(*head.at(0, 0.46, 0.5))
    tone = colour("white" if sum(head.coat.main) < 560 else "grey")
    for side in (-1, 1):
        for k, lift in enumerate((-0.16, 0.02, 0.2)):
            tip = (side * (1.15 - 0.08 * k), lift + head.rng.uniform(-0.06, 0.06))
            path = bend([(side * 0.3, 0.03 * k), (side * 0.7, 0.5 * lift - 0.05), tip], 3)
            pen.shape(ribbon(path, 0.03, 0.012), tone)
