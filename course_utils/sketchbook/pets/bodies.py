"""Bodies of cats and dogs: tail, torso, limbs, and the coat's pattern on them."""

import random

from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.pets.coats import Coat, blotch, furry, mix, texture
from course_utils.sketchbook.pets.poses import Limb, Pose
from course_utils.sketchbook.stage.canvas import Colour, Layer, Pen, View, bend, curve, ellipse, ribbon

# Path and widths of a tail that begins at (0, 0) and points to the left.
SWUNG = [(0.1, 0.06), (-0.15, 0.02), (-0.34, -0.12), (-0.42, -0.34), (-0.36, -0.5)]
RING = [(0.05, 0.1), (-0.14, -0.06), (-0.1, -0.28), (0.1, -0.3), (0.14, -0.16), (0.05, -0.12)]
TAILS = {
    "thin": (SWUNG, (0.1, 0.08, 0.07, 0.05)),
    "bushy": (SWUNG, (0.12, 0.2, 0.27, 0.2, 0.06)),
    "curled": (RING, (0.14, 0.18, 0.2, 0.14)),
}


def draw_body(breed: Pet, coat: Coat, pose: Pose, view: View, rng: random.Random) -> list[Layer]:
    """Draw all but the head; return the layers, back to front."""
    feet = coat.second if breed.pattern in ("points", "bicolour") or breed.mark == "eyebrows" else coat.main
    layers = [_torso(breed, coat, pose, view, rng)]
    if pose.tail:
        back = view.pen(coat.main, 0.6)
        for limb in pose.far:
            _limb(back, limb, mix(coat.main, coat.dark, 0.55), mix(feet, coat.dark, 0.4), coat.fur)
        _tail(back, breed, coat, pose, rng)
        layers.insert(0, back.layer)
    if pose.near:
        layers.append(_near(breed, coat, pose, view, feet, rng))
    return layers


def _torso(breed: Pet, coat: Coat, pose: Pose, view: View, rng: random.Random) -> Layer:
    pen, head = view.pen(coat.main, 0.9 if pose.tail else 0.5), pose.head
    pen.shape(furry(pose.torso, coat.fur, rng, 0.1, 4), coat.main)
    if pose.far:  # standing, the neck rises from the shoulders
        x, y = pose.torso[0]
        neck = [(x * 0.7, y + 0.12), (head["x"], head["y"])]
        pen.shape(ribbon(neck, 0.34, head["scale"] * 1.25), coat.main)
    _pattern(pen, breed, coat, pose, rng)
    texture(pen, coat, pose.middle, pose.flow, rng, 12)
    shadow = pen.within(head["x"] + 0.03, head["y"], head["scale"])
    for size in (1.05, 0.92, 0.8):
        shadow.mark(ellipse(0, 0.62, 0.9 * size, 0.75 * size, steps=16), (10, 5, 20, 21))
    return pen.layer


def _pattern(pen: Pen, breed: Pet, coat: Coat, pose: Pose, rng: random.Random) -> None:
    x, y, rx, ry = pose.middle
    if breed.pattern == "tabby":
        pen.mark(curve(pose.bib, 3), (*coat.light, 90))
        for (ax, ay), (bx, by) in pose.stripes:
            middle = ((ax + bx) / 2 + rng.uniform(-0.05, 0.05), (ay + by) / 2)
            pen.mark(ribbon(bend([(ax, ay), middle, (bx, by)], 3), 0.09, 0.07, 0.01), (*coat.second, 210))
    elif breed.pattern == "patches":
        for dx, dy in ((-0.8, -0.5), (0.0, 0.3), (0.8, -0.1)):
            dx, dy = dx + rng.uniform(-0.2, 0.2), dy + rng.uniform(-0.3, 0.3)
            pen.mark(blotch(x + dx * rx, y + dy * ry, rx * 0.4, ry * 0.6, rng), coat.second)
    elif breed.pattern == "spots":
        for _ in range(20):
            r, dx, dy = rng.uniform(0.03, 0.07), rng.uniform(-1.15, 1.15), rng.uniform(-1.25, 1.25)
            pen.mark(ellipse(x + dx * rx, y + dy * ry, r, r * 0.9, steps=8), coat.second)
    elif breed.pattern == "saddle":
        pen.mark(furry(pose.saddle, coat.fur, rng, 0.08, 4), coat.second)
    elif breed.pattern == "bicolour":
        pen.mark(furry(pose.bib, coat.fur, rng, 0.1, 4), coat.second)


def _near(breed: Pet, coat: Coat, pose: Pose, view: View, feet: Colour, rng: random.Random) -> Layer:
    pen = view.pen(coat.main, 0.5)
    if pose.haunch:
        x, y, rx, ry = pose.haunch
        pen.shape(furry(ellipse(*pose.haunch, steps=12), coat.fur, rng, 0.08, 2), coat.main)
        if breed.pattern == "tabby":
            for k in range(3):
                start, end = (0.3 * k - 1, -0.5 * k), (0.2 * k, 0.2 - 0.2 * k)
                stripe = [(x + rx * dx, y + ry * dy) for dx, dy in (start, end)]
                pen.mark(ribbon(stripe, 0.06, 0.01), coat.second)
        elif coat.fur == "curly":
            texture(pen, coat, (x, y, rx * 0.8, ry * 0.7), pose.flow, rng, 3)
    for path, widths in pose.near:
        _limb(pen, (path, widths), coat.main, feet, coat.fur)
        x, y = path[1]
        if breed.pattern == "spots":
            r = rng.uniform(0.02, 0.04)
            pen.mark(ellipse(x, y + rng.uniform(-0.15, 0.15), r, r, steps=8), coat.second)
        elif breed.pattern == "tabby" and path[-1][1] - path[0][1] > 0.2:  # an upright leg
            for k in (-0.06, 0.06):
                pen.mark(ribbon([(x - 0.09, y + k), (x + 0.06, y + k + 0.02)], 0.045, 0.01), coat.second)
    return pen.layer


def _limb(pen: Pen, limb: Limb, tone: Colour, foot: Colour, fur: str) -> None:
    path, widths = limb
    if fur != "smooth":
        widths = tuple(1.18 * w for w in widths)
    smooth, r, (x, y) = bend(path, 3), widths[-1], path[-1]
    pen.shape(ellipse(*path[0], widths[0] * 0.5, widths[0] * 0.56, steps=14), tone)
    pen.shape(ribbon(smooth, *widths), tone)
    if foot != tone:
        pen.mark(ribbon(smooth[len(smooth) // 2 :], widths[-2], r * 1.1), foot)
    pen.shape(ellipse(x + r * 0.25, y, r * 0.8, r * 0.5, steps=12), foot)
    line = (*mix(foot, (0, 0, 0), 0.6), 150)
    for toe in (0.35, 0.75):
        pen.mark(ribbon([(x + r * toe, y), (x + r * toe, y + r * 0.5)], 0.014), line)


def _tail(pen: Pen, breed: Pet, coat: Coat, pose: Pose, rng: random.Random) -> None:
    x, y, angle = pose.tail
    tail = pen.within(x, y, 1.0 if pose.far else 0.85, 0.0 if breed.tail == "curled" else angle)
    tone = coat.second if breed.pattern in ("points", "patches") else mix(coat.main, coat.dark, 0.3)
    if breed.tail == "bob":
        tail.shape(furry(ellipse(-0.06, -0.02, 0.12, 0.1, steps=8), coat.fur, rng, 0.2, 2), tone)
        return
    points, widths = TAILS[breed.tail]
    path = bend(points, 4)
    outline = ribbon(path, *widths)
    tail.shape(outline if breed.tail == "thin" else furry(outline, coat.fur, rng, 0.08, 1), tone)
    if breed.pattern == "tabby":
        for k in range(5, len(path) - 1, 3):
            tail.mark(ribbon(path[k : k + 2], 0.3), coat.second)
    elif breed.pattern == "bicolour":
        tail.mark(ribbon(path[-4:], 0.34), coat.second)
