"""Colours for drawn things: a palette that is mixed anew for every picture."""

import random
from collections.abc import Mapping, Sequence

from course_utils.sketchbook.field_guide import colour
from course_utils.sketchbook.stage.canvas import Colour


def shaded(rgb: Colour, by: float) -> Colour:
    """Return a colour lightened towards white (`by` up to 1) or darkened towards black (down to -1)."""
    target = 255 if by > 0 else 0
    return tuple(round(c + (target - c) * abs(by)) for c in rgb)


def varied(rgb: Colour, rng: random.Random, by: int = 16) -> Colour:
    """Return a colour that differs a little, as two leaves of one tree do: most of all in brightness."""
    light = rng.randint(-by, by)
    return tuple(min(255, max(0, c + light + rng.randint(-by // 2, by // 2))) for c in rgb)


class Palette:
    """The colours of one picture.

    `palette("petal")` is the colour of a slot, or of the field guide if there is no such slot. Each `+` or
    `-` after the name lightens or darkens it, each `~` makes it more transparent: `"petal--"`, `"white~"`.
    """

    def __init__(self, slots: Mapping[str, Sequence[str]], rng: random.Random):
        self._mixed = {slot: varied(colour(rng.choice(names)), rng) for slot, names in slots.items()}

    def __call__(self, name: str) -> Colour:
        slot = name.rstrip("+-~")
        rgb = self._mixed.get(slot) or colour(slot)
        for touch in name[len(slot) :].replace("~", ""):
            rgb = shaded(rgb, 0.3 if touch == "+" else -0.3)
        veils = name.count("~")
        return (*rgb, 255 >> veils) if veils else rgb
