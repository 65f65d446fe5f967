"""What is to be computed, what of it is there, and how long the rest will take. Without TensorFlow."""

import hashlib
import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import NamedTuple

from course_utils.errors import unknown_name
from tools.study.arms import Arm
from tools.study.table import Cell, Row

# Another number where heads or trainings are made in another way: all rows are then computed anew.
VERSION = 1


class Job(NamedTuple):
    """One training that the study asks for."""

    cell: Cell
    key: str


def cells(sets: Sequence[str], backbones: Sequence[str], arms: dict[str, Arm], n_seeds: int) -> list[Cell]:
    """Return what there is to compute: first all that keeps the backbone frozen, which takes minutes."""
    quick_first = sorted(arms, key=lambda name: arms[name].recipe is not None)
    return [
        Cell(data_set, backbone, arm, seed)
        for arm in quick_first
        for data_set in sets
        for backbone in backbones
        if backbone in (arms[arm].backbones or backbones)
        for seed in range(n_seeds)
    ]


def only(all_cells: Iterable[Cell], words: Sequence[str]) -> list[Cell]:
    """Return the cells that are asked for by names of data sets, backbones and arms, in any order.

    Of each kind that is named a cell must have one of the names.
    """
    all_cells = list(all_cells)
    kinds = [{cell[i] for cell in all_cells} for i in range(3)]
    for word in words:
        if not any(word in names for names in kinds):
            raise unknown_name("--only", word, set().union(*kinds))
    asked = [{word for word in words if word in names} or names for names in kinds]
    return [cell for cell in all_cells if all(cell[i] in asked[i] for i in range(3))]


def key_of(arm: Arm, data: str, backbone: str) -> str:
    """Return what a row is known by: letters that change with the pictures, the backbone, or what is done with it."""
    facts = [
        VERSION, data, backbone, {k: asdict(v) if is_dataclass(v) else v for k, v in arm.facts().items()}
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=6).hexdigest()


def expected_seconds(cell: Cell, rows: Iterable[Row]) -> float | None:
    """Return how long a training will take, from those most like it that are done; None where there are none."""
    rows = list(rows)
    for width in ((0, 1, 2), (1, 2), (2,)):  # data set, backbone, arm
        if like := [row.seconds for row in rows if all(row[i] == cell[i] for i in width)]:
            return statistics.median(like)
    return None


def minutes_left(jobs: Iterable[Job], rows: Iterable[Row], processes: int = 1) -> str:
    """Say how long jobs will take in so many processes, as far as it is known."""
    rows, guesses = list(rows), {}
    for job in jobs:
        guesses.setdefault(job.cell[:3], []).append(job)
    seconds = [(expected_seconds(own[0].cell, rows), len(own)) for own in guesses.values()]
    minutes = sum(each * n for each, n in seconds if each is not None) / 60 / processes
    unknown = sum(n for each, n in seconds if each is None)
    return f"about {minutes:.0f} min left" + (f", and {unknown} trainings of a new kind" if unknown else "")
