"""The families of things: who draws them, what their entries in `things.yaml` must say."""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from course_utils.sketchbook.stage.canvas import Layer, View
from course_utils.sketchbook.things import fish, fliers, flora, insects, leaflets, leaves, trees
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import Part, ink, strokes


def draw_object(look: Mapping[str, Any], palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw a thing that is a list of parts, each time a little slimmer, more tapered or more bent."""
    taper, lean, heavy = rng.uniform(-0.1, 0.1), rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08)

    def warp(points):
        return [(x * (1 + taper * y) + lean * y * y, y + heavy * (y * y - 0.4)) for x, y in points]

    layers, relief, sheet = [], 0.5, []
    last = Part("sheet", numbers=(0.0,))  # so that the one before gets drawn
    for part in [*look["parts"], last]:
        if part.shape != "sheet":
            sheet.append(part)
            continue
        if sheet:
            pen = view.pen(palette(sheet[0].colour), relief)
            ink(pen, strokes(sheet, palette, rng), warp)
            layers.append(pen.layer)
        sheet, relief = [], part.numbers[0]
    return layers


def draw_nothing(look: Mapping[str, Any], palette: Palette, view: View, rng: random.Random) -> list[Layer]:
    """Draw nothing: the class is the scene itself."""
    return []


@dataclass(frozen=True)
class Family:
    """How the members of a family are drawn, what their entries must say, and how they lie before the camera.

    `fields` gives for each field the allowed names, the type, or "parts": a list, or nothing.
    `slots` are the colours that it needs. A picture turns the thing by up to `turn` degrees from upright, and
    makes it narrower or lower, down to `stretch`.
    """

    draw: Callable[..., list[Layer]]
    fields: Mapping[str, Collection[str] | type | str]
    slots: tuple[str, ...] = ()
    turn: float = 10.0
    stretch: float = 0.85


def parts(*fields: str) -> dict[str, str]:
    """Return fields that hold a list of parts."""
    return dict.fromkeys(fields, "parts")


PARTS = parts("parts")
OBJECT = Family(draw_object, PARTS)
FAMILIES: dict[str, Family] = {
    "fish": Family(
        fish.draw_fish,
        {"body": fish.BODIES, "tail": fish.TAILS, "fins": fish.FINS, **parts("marks", "fin_marks")},
        ("body", "belly", "fin", "eye"),
        turn=22,
    ),
    "butterfly": Family(
        insects.draw_butterfly,
        {"fore": insects.FORE_WINGS, "hind": insects.HIND_WINGS, "border": float}
        | parts("fore_marks", "hind_marks"),
        ("wing", "edge", "root", "bug"),
        turn=75,
    ),
    "beetle": Family(
        insects.draw_beetle,
        {"body": insects.BEETLES, "feelers": insects.FEELERS, "front": insects.FRONTS}
        | parts("marks", "neck_marks"),
        ("case", "neck", "legs"),
        turn=100,
    ),
    "flier": Family(
        fliers.draw_flier,
        {"abdomen": fliers.ABDOMENS, "wings": fliers.WINGS, "eyes": fliers.EYES, "feelers": fliers.FEELERS}
        | parts("marks", "thorax_marks", "wing_marks"),
        ("body", "thorax", "eye", "legs", "glass", "vein"),
        turn=90,
    ),
    "flower": Family(
        flora.draw_flower,
        {"petal": flora.PETALS, "petals": int, "rings": int, "width": float, "throat": float, "veins": int}
        | {"centre": float, **parts("centre_marks")},
        ("petal", "throat", "centre", "stem"),
        turn=15,
    ),
    "mushroom": Family(
        flora.draw_mushroom,
        {"cap": flora.CAPS, "stalk": float, **parts("marks", "stalk_marks")},
        ("cap", "stalk", "gills"),
    ),
    "tree": Family(
        trees.draw_tree,
        {"crown": trees.CROWNS, "trunk": float, **parts("marks", "bark")},
        ("crown", "trunk"),
        turn=4,
    ),
    "leaf": Family(
        leaves.draw_leaf, {"blade": leaves.BLADES, **parts("marks")}, ("blade", "rim", "vein"), turn=180
    ),
    "compound leaf": Family(
        leaflets.draw_compound_leaf,
        {"arrangement": leaflets.ARRANGEMENTS, "leaflet": leaflets.LEAFLETS, "edge": leaflets.EDGES}
        | {"leaflets": int, "reach": float, **parts("marks")},
        ("blade", "rim", "vein"),
        turn=180,
    ),
    "scene": Family(draw_nothing, {}),
    "fruit": Family(draw_object, PARTS, turn=30),
    "tool": Family(draw_object, PARTS, turn=70, stretch=0.9),
    "creature": Family(draw_object, PARTS, turn=12),
    "building": Family(draw_object, PARTS, turn=3),
    **dict.fromkeys(
        ("vehicle", "furniture", "vessel", "instrument", "clothing", "toy", "house ware", "dish"), OBJECT
    ),
}
