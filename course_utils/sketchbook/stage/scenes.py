"""Scenes, painted out of focus, as behind a subject photographed with a long lens."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.stage import habitats, thickets
from course_utils.sketchbook.stage.brush import RGB, Brush, hexes, shade

# Time of day and weather: what the light does to (red, green, blue).
LIGHTS = {
    "noon": (1.0, 1.0, 1.0),
    "bright": (1.12, 1.1, 1.05),
    "morning": (1.08, 1.0, 0.88),
    "evening": (1.12, 0.92, 0.74),
    "overcast": (0.86, 0.89, 0.93),
    "shade": (0.72, 0.76, 0.8),
}
LEAVES = {
    "spring": hexes("8fb04a a8c25c 6f9a3e b7cf78"),
    "summer": hexes("3f6b32 4f7d3a 2f5a34 66893f"),
    "autumn": hexes("b5752a c9922f 8f4f22 7c6a30"),
    "late": hexes("6b6a45 80734e 5a5b42 8c8258"),
}


def _sky(b: Brush, leaves: list[RGB]) -> None:
    blues = b.rng.choice(
        [*habitats.SKIES, hexes("3f78c0 8ab8e4"), hexes("6a7ca8 f2b48c"), hexes("98a4b0 c4ccd0")]
    )
    b.wash(0, 1, [blues[0], blues[0], blues[1]], 0.04)
    cloud = shade(blues[1], 1.2)
    for _ in range(int(b.between(0, 5))):
        x, y, wide = b.rng.random(), b.between(0.05, 0.95), b.between(0.12, 0.32)
        b.disc(x, y + 0.04, wide, shade(blues[0], 0.95), 90, wide * 0.3)
        b.discs(
            4,
            (x - wide * 0.6, y - 0.05, x + wide * 0.6, y + 0.02),
            (wide * 0.3, wide * 0.6),
            [cloud],
            190,
            0.6,
        )
    b.soften(0.035)
    if b.rng.random() < 0.4:
        b.ridge(b.between(0.88, 1.0), 0.04, shade(leaves[2], 0.8))
    b.soften(0.015)


def _room(b: Brush, leaves: list[RGB]) -> None:
    floor = b.between(0.55, 0.85)
    wall = b.pick(hexes("d8cfc0 b8c4c4 cdb8a0 9fb09a c4a8a0 8c9cb0 e0dcd4 b89a6c"))
    b.wash(0, floor, [shade(wall, 1.06), wall, shade(wall, 0.85)], 0.03)
    if b.rng.random() < 0.3:
        b.stems(9, floor, (0.9, 1.0), (0.03, 0.05), [shade(wall, 0.9)], 0.0, 150)
    for _ in range(int(b.between(1, 3))):
        b.rng.choice([_shelf, _window, _lamp, _picture])(b, b.between(-0.1, 0.75), floor)
    b.polygon([(0, floor - 0.04), (1, floor - 0.04), (1, floor), (0, floor)], shade(wall, 1.15))
    b.soften(0.017)
    ground = b.pick(hexes("a87848 7c5434 c49a68 8a8078 6c4a38"))
    b.wash(floor, 1, [shade(ground, 0.85), ground, shade(ground, 1.1)], 0.05)
    for k in range(5):
        y = floor + (1 - floor) * (k / 5) ** 1.4
        b.polygon([(0, y), (1, y), (1, y + 0.012), (0, y + 0.012)], shade(ground, 0.7), 150)
    if b.rng.random() < 0.6:
        rug, x = b.pick(hexes("9c3c3c 3c5c7c c8b48c 5c7454 7c5474 d0a050")), b.between(0.2, 0.8)
        b.disc(x, 1.0, 0.6, rug, 255, b.between(0.12, 0.3))
        b.disc(x, 1.0, 0.5, shade(rug, 1.25), 200, 0.14)
    b.soften(0.013)


def _shelf(b: Brush, x: float, floor: float) -> None:
    y, wide, books = (
        b.between(0.2, floor - 0.1),
        b.between(0.25, 0.5),
        hexes("a83c34 3c6c8c d8a83c 4c7c54 e0d4bc 6c4c74"),
    )
    at = x
    while at < x + wide:
        thick, tall = b.between(0.02, 0.05), b.between(0.1, 0.17)
        b.polygon([(at, y), (at, y - tall), (at + thick, y - tall), (at + thick, y)], b.pick(books))
        at += thick + 0.004
    b.polygon(
        [(x - 0.03, y), (x + wide + 0.05, y), (x + wide + 0.05, y + 0.03), (x - 0.03, y + 0.03)], (98, 66, 42)
    )


def _window(b: Brush, x: float, floor: float) -> None:
    wide, top, low = b.between(0.3, 0.45), b.between(-0.1, 0.15), floor - b.between(0.12, 0.3)
    b.polygon([(x, top), (x + wide, top), (x + wide, low), (x, low)], (240, 238, 230))
    for left in (x + 0.025, x + wide / 2 + 0.0125):
        right = left + wide / 2 - 0.0375
        b.polygon(
            [(left, top + 0.02), (right, top + 0.02), (right, low - 0.025), (left, low - 0.025)],
            b.pick(hexes("bcd8ee d4e6ee c4dcc8")),
        )


def _lamp(b: Brush, x: float, floor: float) -> None:
    x, y = x + 0.1, b.between(0.12, 0.35)
    b.disc(x, y, 0.25, (255, 232, 176), 70)
    b.polygon([(x - 0.008, y), (x + 0.008, y), (x + 0.008, floor), (x - 0.008, floor)], (70, 60, 50))
    b.polygon(
        [(x - 0.06, y - 0.07), (x + 0.06, y - 0.07), (x + 0.1, y + 0.07), (x - 0.1, y + 0.07)],
        (252, 226, 170),
    )


def _picture(b: Brush, x: float, floor: float) -> None:
    y, wide, tall = b.between(0.05, 0.25), b.between(0.15, 0.3), b.between(0.15, 0.28)
    b.polygon(
        [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)], b.pick(hexes("5c4030 c8a860 2c2c30"))
    )
    inner = [
        (x + 0.02, y + 0.02),
        (x + wide - 0.02, y + 0.02),
        (x + wide - 0.02, y + tall - 0.02),
        (x + 0.02, y + tall - 0.02),
    ]
    b.polygon(inner, b.pick(hexes("d8d0bc 8cacb8 c89078 7c9474")))


def _street(b: Brush, leaves: list[RGB]) -> None:
    road, night = b.between(0.55, 0.82), b.rng.random() < 0.2
    b.wash(0, 1, hexes("2c3448 4c4a54") if night else b.rng.choice(habitats.SKIES))
    x = -0.1
    while x < 1:
        wide, top = b.between(0.2, 0.42), b.between(-0.2, 0.25)
        front = shade(b.pick(hexes("b06a4c c8b494 8c8c90 d8d0c0 a49078 7c8890")), 0.5 if night else 1.0)
        b.polygon([(x, top), (x + wide, top), (x + wide, road), (x, road)], front)
        _windows(b, x, wide, top, road, night)
        x += wide
    b.soften(0.016)
    b.wash(road, 1, [(150, 148, 144), (92, 94, 98), (104, 106, 108), (84, 86, 90)], 0.05)
    b.polygon([(0, road + 0.05), (1, road + 0.05), (1, road + 0.075), (0, road + 0.075)], (172, 168, 160))
    for _ in range(int(b.between(0, 3))):
        x, paint = b.between(-0.1, 0.9), b.pick(hexes("a83430 34548c d8d8d4 3c4044 c8a434"))
        b.polygon(
            [(x, road + 0.04), (x + 0.05, road - 0.08), (x + 0.24, road - 0.08), (x + 0.3, road + 0.04)],
            shade(paint, 0.7),
        )
        b.polygon(
            [(x - 0.05, road + 0.09), (x - 0.04, road), (x + 0.36, road), (x + 0.38, road + 0.09)], paint
        )
        b.discs(2, (x, road + 0.08, x + 0.3, road + 0.09), (0.03, 0.035), [(30, 30, 32)])
    b.soften(0.016)
    b.discs(
        b.between(4, 14) if night else b.between(0, 4),
        (0, 0.1, 1, road + 0.05),
        (0.015, 0.04),
        hexes("ffd88c ffb45c f4f0dc e86c5c"),
        170,
    )
    b.soften(0.007)


def _windows(b: Brush, x: float, wide: float, top: float, road: float, night: bool) -> None:
    glass = hexes("f4cc7c 2c3440 3c4450") if night else hexes("5c7080 8ca4b4 48545c")
    for row in range(3):
        for column in range(2):
            left, y = x + wide * (0.15 + 0.42 * column), top + 0.06 + 0.2 * row
            if y + 0.12 < road:
                b.polygon(
                    [(left, y), (left + wide * 0.26, y), (left + wide * 0.26, y + 0.12), (left, y + 0.12)],
                    b.pick(glass),
                )


@dataclass(frozen=True)
class Scene:
    """How one habitat is painted, and what its subjects sit on and hide behind."""

    paint: Callable[[Brush, list[RGB]], None]
    seasons: tuple[str, ...] = ("spring", "summer", "summer", "autumn", "late")
    lights: tuple[str, ...] = tuple(LIGHTS)
    perches: tuple[str, ...] = ("twig",)
    cover: str = "leaves"  # what may stand in front of the subject: leaves, blades or twigs


SCENES: dict[str, Scene] = {
    "forest": Scene(habitats.forest, perches=("branch", "branch", "twig")),
    "meadow": Scene(habitats.meadow, perches=("stem", "post", "twig", "ground"), cover="blades"),
    "reeds": Scene(habitats.reeds, perches=("stem", "stem", "post"), cover="blades"),
    "lake": Scene(habitats.lake, perches=("water", "water", "stone", "post"), cover="blades"),
    "seashore": Scene(habitats.seashore, perches=("ground", "ground", "stone"), cover="blades"),
    "desert": Scene(
        habitats.desert,
        ("late", "late", "autumn"),
        ("bright", "noon", "morning", "evening"),
        ("ground", "stone", "twig"),
        "twigs",
    ),
    "snow": Scene(
        habitats.snow,
        ("late",),
        ("noon", "bright", "overcast", "morning"),
        ("snowy", "snowy", "ground"),
        "twigs",
    ),
    "garden": Scene(
        habitats.garden, ("spring", "summer", "summer", "autumn"), perches=("rail", "twig", "post")
    ),
    "rocks": Scene(habitats.rocks, perches=("stone",), cover="twigs"),
    "sky": Scene(
        _sky,
        lights=("noon", "bright", "morning", "evening", "overcast"),
        perches=("wire", "twig"),
        cover="twigs",
    ),
    "room": Scene(_room, lights=("noon", "bright", "morning", "evening", "shade"), perches=("floor",)),
    "street": Scene(_street, perches=("floor",), lights=("noon", "overcast", "morning", "shade")),
    "litter": Scene(thickets.litter, perches=("ground",)),
    "hedge": Scene(thickets.hedge, ("spring", "summer", "summer", "late")),
    "gravel": Scene(thickets.gravel, perches=("ground",)),
}
BUSY = ("litter", "hedge", "gravel")
OUTDOORS = tuple(name for name in SCENES if name not in ("room", "street", *BUSY))


def scene(habitat: str) -> Scene:
    """Return the record of a habitat, or raise an error that names them all."""
    return look_up("habitat", habitat, SCENES)


def paint_scene(habitat: str, px: int, rng: random.Random) -> np.ndarray:
    """Paint a habitat out of focus, never twice the same.

    Parameters
    ----------
    habitat : one of `SCENES`: forest, meadow, reeds, lake, seashore, desert, snow, garden, rocks, sky, room,
        street, and those of `BUSY`: litter, hedge, gravel.
    px : the picture's side in pixels. The same `rng` state gives the same scene at any size.

    Returns
    -------
    uint8 (px, px, 3)
    """
    chosen = scene(habitat)
    # A blurred picture needs few pixels.
    brush = Brush(max(60, px * 5 // 8), rng)
    light = LIGHTS[rng.choice(chosen.lights)]
    chosen.paint(brush, LEAVES[rng.choice(chosen.seasons)])
    return brush.finish(px, light)
