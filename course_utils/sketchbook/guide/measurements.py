"""Measure the birds of the field guide, as ringers do: a table of numbers, one row for each bird that was caught.

The guide says how a species is built on average: its length in centimetres, and the proportions that it is drawn in.
Birds of a species differ in size as a whole, each part of them differs a little on its own, and callipers and scales
are read with a small error.
"""

import math
from collections.abc import Sequence
from random import Random

import pandas as pd

from course_utils.arguments import whole_number
from course_utils.sketchbook.birds import Bird, load_birds
from course_utils.sketchbook.sets.arguments import class_names

MEASURES = ["length_cm", "bill_mm", "wing_mm", "tail_mm", "leg_mm", "mass_g"]
COLUMNS = ["species", "genus", *MEASURES]

# Shares by which birds of one species differ, one standard deviation: as a whole, and in each part.
WHOLE, PART = 0.03, 0.04
READING = {"length_cm": 0.1, "mass_g": 0.2}  # errors of reading, one standard deviation
CALLIPER_MM = 0.3
DENSITY = (
    0.2  # grams for each cubic centimetre inside the outline of a bird: much of that is feathers and air
)


def measure_birds(species: Sequence[str] | None = None, per_species: int = 50, seed: int = 0) -> pd.DataFrame:
    """Return measurements of birds, `per_species` rows for each species, in the order of `species`.

    Columns `species`, `genus`, `length_cm` (bill tip to tail tip, the bird laid out straight), `bill_mm`,
    `wing_mm` (closed), `tail_mm`, `leg_mm`, `mass_g`. The same arguments give the same table on any machine, and a
    species' birds do not depend on which others are asked for. Another seed measures other birds.

    Parameters
    ----------
    species : names in the field guide; None means all.

    Raises
    ------
    ValueError : a species that the guide does not have, `per_species` below 1, or a negative seed.
    """
    per_species, seed = whole_number("per_species", per_species, 1), whole_number("seed", seed, 0)
    rows = []
    for name in class_names("species", "birds", species):
        one, chance = load_birds()[name], Random(f"{seed} measured {name}")
        means = typical(one)
        rows += [(name, one.genus, *_measured(means, chance)) for _ in range(per_species)]
    return pd.DataFrame(rows, columns=COLUMNS)


def typical(one: Bird) -> dict[str, float]:
    """Return the average measurements of a species: what is drawn, brought to the length that the guide gives."""
    plan = one.plan
    # From the body's centre to the head's.
    neck = math.sqrt(plan.head_x * plan.head_x + plan.head_y * plan.head_y)
    ahead = neck + plan.head_r * (1 + one.bill.length)
    behind = 0.86 * plan.length + one.tail.length  # the tail grows out of the body's last seventh (limbs.py)
    unit = one.size / (ahead + behind)  # centimetres for one unit of the plan
    body, depth = 2 * plan.length * unit, 2 * plan.depth * unit
    return {
        "length_cm": one.size,
        "bill_mm": 10 * one.bill.length * plan.head_r * unit,
        "wing_mm": 10 * plan.wing * unit,
        "tail_mm": 10 * one.tail.length * unit,
        "leg_mm": 10 * one.legs.length * unit,
        "mass_g": DENSITY * math.pi / 6 * body * depth * depth,  # an ellipsoid
    }


def _measured(means: dict[str, float], chance: Random) -> list[float]:
    """Return what is read off one bird, to a tenth of the unit."""
    whole, values = 1 + WHOLE * _normal(chance), []
    for column, mean in means.items():
        error = READING.get(column, CALLIPER_MM)
        size = whole * whole * whole if column == "mass_g" else whole
        value = mean * size * (1 + PART * _normal(chance)) + error * _normal(chance)
        values.append(round(max(value, error), 1))
    return values


def _normal(chance: Random) -> float:
    """Return a number from very nearly the normal distribution: the sum of twelve even ones, the same everywhere."""
    return sum(chance.random() for _ in range(12)) - 6
