"""Painters of outdoor habitats: each fills a brush's picture from the far distance to the near ground."""

from course_utils.sketchbook.stage.brush import RGB, Brush, hexes, shade

SKIES = [
    hexes(c) for c in ("6fa3d6 bcd8ea", "8db4cf dfe6e4", "b4bfc6 d8dad6", "7f9fc4 f0cfae", "5b8fce 9cc3e6")
]
CORNERS = [(1, 0), (0.8, 0.6), (0, 1), (-0.8, 0.6), (-1, 0), (-0.6, -0.8), (0.1, -1), (0.7, -0.7)]
BLOOMS = hexes("e8c83a d8506a f2f0ea 9a6cc0 e88a3a f0a8c0 5f7fd0 d23c34")


def forest(b: Brush, leaves: list[RGB]) -> None:
    dark = [shade(c, 0.45) for c in leaves]
    b.wash(0, 1, [leaves[0], dark[1], dark[2], (58, 48, 34)], 0.3, 5)
    gaps = b.between(0.2, 0.75)
    b.discs(
        b.between(4, 14), (0, 0, 1, gaps), (0.03, 0.09), [(226, 234, 190), (200, 220, 160), leaves[3]], 170
    )
    b.stems(
        b.between(2, 6), b.between(0.72, 0.95), (0.8, 1.1), (0.03, 0.09), hexes("4a3d30 5c5142 3a332b"), 0.06
    )
    b.soften(0.035)
    b.discs(b.between(5, 14), (0, 0, 1, 0.6), (0.03, 0.08), leaves + dark, 150, 0.8)
    b.ridge(b.between(0.8, 0.98), 0.03, shade((86, 66, 42), b.between(0.7, 1.2)))
    trunk = hexes("40352a 6a5844 2e2822") if b.rng.random() < 0.75 else hexes("d8d4c8 c4c0b6")
    b.stems(b.between(1, 4), 1.05, (1.1, 1.3), (0.06, 0.17), trunk, 0.1)
    b.discs(b.between(3, 9), (0, 0.85, 1, 1.05), (0.04, 0.1), leaves, 190, 0.5)
    b.soften(0.018)


def meadow(b: Brush, leaves: list[RGB]) -> None:
    horizon = b.between(-0.1, 0.4)
    b.wash(0, horizon + 0.05, b.rng.choice(SKIES))
    b.wash(horizon, 1, [shade(leaves[1], 0.95), leaves[0], leaves[3], shade(leaves[1], 0.8)], 0.1, 5)
    b.ridge(horizon - b.between(0, 0.1), 0.04, shade(leaves[2], 0.8), horizon + 0.04)
    b.soften(0.03)
    blooms = [b.rng.choice(BLOOMS), b.rng.choice(BLOOMS)]
    b.discs(b.between(4, 22), (0, max(0, horizon) + 0.15, 1, 1), (0.012, 0.03), blooms, 210)
    b.soften(0.012)
    b.stems(b.between(10, 22), 1.03, (0.15, 0.5), (0.008, 0.022), leaves + [(196, 184, 120)], 0.14, 170)
    b.discs(b.between(1, 6), (0, 0.7, 1, 1), (0.025, 0.05), blooms, 220)
    b.soften(0.01)


def reeds(b: Brush, leaves: list[RGB]) -> None:
    straw = hexes("c8b078 a8905a d8c690 8f8a50") + leaves[:2]
    water = b.between(0.72, 1.05)
    b.wash(
        0, 1, [shade(straw[2], 1.0), shade(straw[1], 0.9), shade(straw[3], 0.75), shade(straw[3], 0.6)], 0.12
    )
    b.stems(b.between(12, 20), water, (0.5, 1.1), (0.02, 0.05), straw + [shade(straw[3], 0.55)], 0.1, 200)
    b.soften(0.022)
    b.wash(water, 1, [shade(straw[3], 0.5), (92, 112, 122), (120, 142, 152)])
    b.stems(
        b.between(14, 28),
        water + 0.02,
        (0.35, 1.1),
        (0.008, 0.026),
        straw + [shade(straw[3], 0.6)],
        0.16,
        230,
    )
    for _ in range(int(b.between(1, 7))):
        x, y = b.rng.random(), b.between(0.02, 0.5)
        b.polygon(
            [(x + 0.01, y), (x + 0.025, y), (x + 0.05, water), (x + 0.03, water)], shade(straw[0], 0.8), 220
        )
        b.polygon([(x, y), (x + 0.035, y), (x + 0.04, y + 0.17), (x + 0.005, y + 0.17)], (82, 54, 32), 240)
    b.streaks(b.between(0, 5), water + 0.04, 1.02, hexes("b8c8cc 5c6c6c"))
    b.soften(0.009)


def lake(b: Brush, leaves: list[RGB]) -> None:
    horizon, sky = b.between(0.05, 0.5), b.rng.choice(SKIES)
    deep = b.pick(hexes("3c6478 4a7a94 2f5560 5f8894 53705e"))
    b.wash(0, horizon, sky)
    far = shade(leaves[2], b.between(0.6, 0.9))
    b.wash(horizon, 1, [shade(far, 0.9), shade(sky[1], 0.8), deep, shade(deep, 0.8)])
    b.ridge(horizon - b.between(0.03, 0.16), 0.04, far, horizon)
    b.soften(0.025)
    b.streaks(
        b.between(10, 26), horizon + 0.06, 1, [shade(sky[1], 1.0), shade(deep, 0.7), shade(deep, 1.3)], 120
    )
    b.soften(0.007)
    glints = int(b.between(0, 14)) if b.rng.random() < 0.6 else 0
    b.discs(glints, (0, horizon + 0.1, 1, 1), (0.006, 0.02), [(240, 246, 246)], 150)
    b.soften(0.006)


def seashore(b: Brush, leaves: list[RGB]) -> None:
    horizon, sky = b.between(-0.05, 0.35), b.rng.choice(SKIES)
    surf, wet = horizon + b.between(0.15, 0.3), b.between(0.08, 0.2)
    sea, sand = b.pick(hexes("3f86a0 5a9aa4 4a7ca8 6b8f96")), b.pick(hexes("dcc596 c9b084 e4d4b0 b8a184"))
    b.wash(0, horizon + 0.03, sky)
    b.wash(horizon, surf + 0.05, [shade(sea, 0.85), sea, shade(sea, 1.25)])
    b.soften(0.012)
    b.streaks(b.between(4, 9), horizon + 0.04, surf, hexes("e8f0ee d4e4e4"), 150, (0.3, 0.9), 0.012)
    b.wash(surf, 1, [shade(sand, 0.72), shade(sand, 0.85), sand, shade(sand, 1.05)])
    edge = b.ridge(surf + 0.01, 0.025, (244, 246, 242), surf + 0.03)
    b.polygon(
        [*((x, y + 0.035) for x, y in edge), (1.02, surf + wet), (-0.02, surf + wet)], shade(sand, 0.74), 130
    )
    b.soften(0.012)
    b.discs(
        b.between(0, 16),
        (0, surf + wet, 1, 1.02),
        (0.008, 0.03),
        hexes("7f7668 a89a84 5f5a52 f0eadc"),
        210,
        0.6,
    )
    b.soften(0.01)


def desert(b: Brush, leaves: list[RGB]) -> None:
    horizon, sand = b.between(0.12, 0.55), b.pick(hexes("d9a860 c98a4c e2be84 b8703c d4b48a"))
    b.wash(
        0,
        horizon + 0.1,
        b.rng.choice([hexes("7fb0da e6dcc0"), hexes("a8c4d4 f0dcb4"), hexes("e0a878 f4d8a4")]),
    )
    for k in range(int(b.between(1, 3))):
        if b.rng.random() < 0.4:
            x, wide, top = b.between(-0.1, 0.8), b.between(0.15, 0.4), horizon - b.between(0.08, 0.25)
            mesa = [(x, horizon + 0.02), (x + 0.04, top), (x + wide, top), (x + wide + 0.05, horizon + 0.02)]
            b.polygon(mesa, shade((176, 96, 62), b.between(0.8, 1.15)))
        b.ridge(horizon - 0.02 + 0.05 * k, 0.05, shade(sand, 0.8 + 0.08 * k), steps=3)
    b.soften(0.02)
    b.ridge(horizon + 0.12, 0.06, sand, steps=3)
    crest = b.ridge(horizon + b.between(0.2, 0.35), 0.07, shade(sand, 1.1), steps=3)
    (x0, y0), (x1, y1) = crest[1], crest[2]
    b.polygon([(x0, y0), (x1, y1), (x1 + 0.1, y1 + 0.22), ((x0 + x1) / 2, y0 + 0.13)], shade(sand, 0.72), 170)
    b.discs(b.between(0, 7), (0, horizon + 0.1, 1, 1), (0.03, 0.09), hexes("7d7c48 94895a 6a6a40"), 220, 0.6)
    if b.rng.random() < 0.35:
        x, foot, tall = b.between(0.05, 0.95), horizon + b.between(0.1, 0.3), b.between(0.3, 0.5)
        b.polygon([(x, foot), (x + 0.06, foot), (x + 0.06, foot - tall), (x, foot - tall)], (86, 110, 66))
        b.polygon(
            [
                (x, foot - 0.1),
                (x - 0.09, foot - 0.1),
                (x - 0.09, foot - 0.26),
                (x - 0.05, foot - 0.26),
                (x - 0.05, foot - 0.15),
                (x, foot - 0.15),
            ],
            (86, 110, 66),
        )
    b.soften(0.013)


def snow(b: Brush, leaves: list[RGB]) -> None:
    horizon = b.between(0.1, 0.6)
    b.wash(
        0,
        horizon + 0.1,
        b.rng.choice(
            [hexes("b4c4d4 dce4ea"), hexes("9cb8d8 e4eaf0"), hexes("c8ccd0 dfe0e2"), hexes("a8b0cc f0d8cc")]
        ),
    )
    for _ in range(int(b.between(2, 8))):
        x, tall, wide = b.rng.random(), b.between(0.2, 0.6), b.between(0.06, 0.14)
        b.polygon(
            [(x, horizon - tall), (x + wide, horizon + 0.06), (x - wide, horizon + 0.06)],
            b.pick(hexes("4a5c5c 5f7474 3c4a50 8c9ca0")),
            220,
        )
    b.soften(0.024)
    b.ridge(horizon + 0.03, 0.03, (226, 234, 242))
    b.wash(horizon + 0.12, 1, hexes("e4eaf2 f4f6fa eaf0f6"), 0.03)
    b.streaks(b.between(3, 9), horizon + 0.08, 1, hexes("c0d0e4 ccd8e8 ffffff"), 170, (0.3, 0.9), 0.03)
    b.stems(b.between(0, 5), 0.95, (0.1, 0.3), (0.01, 0.02), hexes("6a5c50 8a7a68"), 0.1)
    b.soften(0.014)
    flakes = int(b.between(8, 30)) if b.rng.random() < 0.5 else 0
    b.discs(flakes, (0, 0, 1, 1), (0.006, 0.018), [(250, 252, 255)], 210)
    b.soften(0.006)


def garden(b: Brush, leaves: list[RGB]) -> None:
    lawn = b.between(0.55, 0.95)
    b.wash(0, 1, [shade(leaves[1], 0.8), leaves[1], shade(leaves[0], 0.9), shade(leaves[1], 1.1)], 0.18, 6)
    back = b.rng.random()
    if back < 0.35:
        wood, step, top = (
            b.pick(hexes("e8e4da b48a5c 8a6a4c a8b4b8")),
            b.between(0.1, 0.16),
            b.between(0.1, 0.4),
        )
        for k in range(int(1 / step) + 2):
            x = (k - 0.5) * step
            b.polygon(
                [
                    (x, lawn),
                    (x, top),
                    (x + step * 0.4, top - 0.04),
                    (x + step * 0.8, top),
                    (x + step * 0.8, lawn),
                ],
                b.pick([wood], 0.08),
            )
    elif back < 0.6:
        b.wash(0, b.between(0.45, 0.7), [b.pick(hexes("a8624a b47a5c 9a5440"))] * 3, 0.15, 7)
    b.soften(0.018)
    b.wash(lawn, 1, [leaves[0], leaves[3], leaves[0]], 0.08)
    blooms = [b.rng.choice(BLOOMS) for _ in range(3)]
    beds = (b.between(0.2, 0.5), lawn + 0.08)
    b.discs(b.between(8, 16), (0, beds[0], 1, beds[1]), (0.04, 0.1), leaves, 220)
    b.discs(b.between(10, 28), (0, beds[0], 1, beds[1]), (0.025, 0.06), blooms, 220)
    b.soften(0.016)
    b.discs(b.between(1, 7), (0, 0.1, 1, 1), (0.03, 0.07), blooms + leaves, 130)
    b.soften(0.008)


def rocks(b: Brush, leaves: list[RGB]) -> None:
    horizon, sky = b.between(-0.3, 0.35), b.rng.choice(SKIES)
    stone = b.rng.choice(
        [hexes("8c8a86 74736f a4a09a"), hexes("9a8878 7f7062 b4a28e"), hexes("6b7076 555b62 868c90")]
    )
    b.wash(0, 1, [sky[0], sky[1], stone[1], shade(stone[1], 0.8)])
    b.ridge(horizon + 0.02, 0.1, shade(stone[0], 0.95), steps=5)
    b.soften(0.02)
    for k in range(9):
        y = max(0, horizon) + 0.1 + 0.1 * k + b.between(-0.03, 0.03)
        _boulder(b, b.between(-0.1, 1), y, b.between(0.13, 0.3), b.pick(stone, 0.2))
    lichen = leaves[:2] + hexes("c8b860 b8c0a8")
    b.discs(b.between(0, 8), (0, horizon + 0.1, 1, 1), (0.02, 0.06), lichen, 110, 0.6)
    b.soften(0.011)


def _boulder(b: Brush, x: float, y: float, size: float, stone: RGB) -> None:
    """Draw a rounded rock: dark below, lit from above left."""
    radii = [b.between(0.8, 1.1) for _ in CORNERS]
    for grown, up, light in ((1.0, 0.0, 0.62), (0.9, 0.07, 0.9), (0.62, 0.24, 1.18)):
        reach = size * grown
        rim = [
            (x - size * up * 0.6 + reach * r * cx, y + size * (0.2 - up) + reach * 0.75 * r * cy)
            for r, (cx, cy) in zip(radii, CORNERS, strict=True)
        ]
        b.polygon(rim, shade(stone, light))
