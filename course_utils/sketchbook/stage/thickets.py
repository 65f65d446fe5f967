"""Painters of busy places, where a leaf is hard to find: what lies close behind it is of its own kind and size."""

from course_utils.sketchbook.stage.brush import RGB, Brush, hexes, shade
from course_utils.sketchbook.stage.canvas import Transform, ellipse

# Outlines of leaves of no particular kind, from the stalk at (-1, 0) to the tip at (1, 0).
SHAPES = [
    [(-1, 0), (-0.4, -0.4), (0.3, -0.36), (1, 0), (0.3, 0.36), (-0.4, 0.4)],
    [(-1, 0), (-0.7, -0.6), (0, -0.75), (0.6, -0.5), (1, 0), (0.6, 0.5), (0, 0.75), (-0.7, 0.6)],
    [(-1, 0), (-0.3, -0.17), (0.5, -0.14), (1, 0), (0.5, 0.14), (-0.3, 0.17)],
    [
        (-1, 0), (-0.5, -0.25), (-0.35, -0.7), (0, -0.35), (0.4, -0.6), (0.5, -0.2), (1, 0), (0.5, 0.2), (0.4, 0.6),
        (0, 0.35), (-0.35, 0.7), (-0.5, 0.25),
    ],
]  # fmt: skip


def litter(b: Brush, leaves: list[RGB]) -> None:
    """The ground under trees: fallen leaves on fallen leaves, twigs among them."""
    brown = hexes("8a5a2c a8742f 6b4a2a b5602e c79a48 7d6a3c 94402a 5c4630")
    b.wash(0, 1, [(70, 52, 34), (58, 44, 30), (84, 62, 38)], 0.25, 5)
    _heap(b, 34, (0.06, 0.13), [shade(c, 0.6) for c in brown])
    b.soften(0.014)
    _heap(b, 26, (0.07, 0.15), brown + [leaves[0], leaves[1]])
    _twigs(b, b.between(2, 7), hexes("4a3a2a 6a5844 382c22"))
    _heap(b, 12, (0.08, 0.17), brown + leaves)
    b.soften(0.006)


def hedge(b: Brush, leaves: list[RGB]) -> None:
    """A hedge or a creeper, leaf beside leaf, dark where one looks into it."""
    deep = [shade(c, 0.4) for c in leaves]
    b.wash(0, 1, [deep[0], deep[1], deep[2]], 0.3, 6)
    _heap(b, 34, (0.06, 0.13), [shade(c, 0.65) for c in leaves])
    _twigs(b, b.between(1, 5), hexes("4a3d30 5c5142 3a332b"))
    b.soften(0.014)
    own, fresh = b.rng.choice(SHAPES), leaves + [shade(leaves[3], 1.2)]
    _heap(b, 26, (0.07, 0.15), fresh, [own, own, *SHAPES])
    _heap(b, 12, (0.08, 0.16), fresh, [own])
    b.discs(b.between(0, 9), (0, 0, 1, 1), (0.015, 0.035), hexes("e8e4da c8485a e8c84a f0b8c8"), 230)
    b.soften(0.008)


def gravel(b: Brush, leaves: list[RGB]) -> None:
    """Pebbles and grit, some grass between them, and leaves that fell there before."""
    stone = b.rng.choice([hexes("8c8a86 74736f a4a09a 5f5d5a"), hexes("9a8878 7f7062 b4a28e 6a5c50")])
    b.wash(0, 1, [shade(stone[1], 0.7), shade(stone[3], 0.7)], 0.2, 6)
    for size in (0.05, 0.08):
        for _ in range(34):
            x, y, r = b.rng.random(), b.rng.random(), size * b.between(0.6, 1.2)
            turn, flat, colour = b.between(0, 180), b.between(0.6, 0.9), b.pick(stone, 0.25)
            b.polygon(ellipse(x + r * 0.15, y + r * 0.2, r, r * flat, turn, 12), shade(colour, 0.5), 200)
            b.polygon(ellipse(x, y, r, r * flat, turn, 12), colour)
            b.polygon(
                ellipse(x - r * 0.2, y - r * 0.25, r * 0.5, r * flat * 0.45, turn, 8), shade(colour, 1.2), 160
            )
        b.soften(0.009)
    _heap(b, b.between(3, 9), (0.05, 0.12), leaves + hexes("8a5a2c b5602e"))
    b.stems(b.between(0, 14), b.between(0.3, 1.05), (0.08, 0.25), (0.006, 0.016), leaves, 0.12, 230)
    b.soften(0.005)


def _heap(b: Brush, count: float, size: tuple[float, float], colours: list[RGB], shapes=SHAPES) -> None:
    """Throw leaves on a heap: each with its shadow, a darker half and a midrib."""
    for _ in range(int(count)):
        place = Transform.place(
            b.between(-0.05, 1.05), b.between(-0.05, 1.05), b.between(*size), b.between(0, 360)
        )
        outline, colour = b.rng.choice(shapes), b.pick(colours, 0.18)
        half = [(x, max(0.0, y)) for x, y in outline]
        b.polygon([(x + 0.012, y + 0.016) for x, y in place.apply(outline)], (20, 18, 14), 120)
        b.polygon(place.apply(outline), colour)
        b.polygon(place.apply(half), shade(colour, 0.84))
        b.polygon(place.apply([(-1.3, -0.05), (0.9, -0.02), (0.9, 0.02), (-1.3, 0.05)]), shade(colour, 1.25))


def _twigs(b: Brush, count: float, colours: list[RGB]) -> None:
    for _ in range(int(count)):
        turn, long = b.between(0, 180), b.between(0.3, 0.8)
        twig = Transform.place(b.rng.random(), b.rng.random(), long, turn)
        thick = b.between(0.008, 0.018) / long
        b.polygon(twig.apply([(-1, -thick), (1, -thick / 2), (1, thick / 2), (-1, thick)]), b.pick(colours))
