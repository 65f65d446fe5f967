"""The birds of the field guide as records, read from `data/field_guide/birds.yaml` and checked."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any

from course_utils.errors import DataError
from course_utils.sketchbook.field_guide import colour, read_guide
from course_utils.sketchbook.stage.scenes import OUTDOORS

POSES = ("perched", "alert", "foraging", "looking_back", "singing", "swimming", "flying")
CHOICES = {
    "bill.shape": ("cone", "thin", "stout", "dagger", "probe", "curved", "flat", "hooked", "chisel", "tiny"),
    "breast.pattern": ("plain", "band", "streaks", "spots"),
    "tail.shape": ("square", "notched", "forked", "rounded", "pointed"),
    "plan.head_shape": ("round", "flat", "wedge", "domed", "owl"),
    "plan.wing_shape": ("round", "pointed", "broad"),
}


@dataclass(frozen=True)
class Bill:
    """`length` in head radii."""

    shape: str
    length: float
    colour: str


@dataclass(frozen=True)
class Breast:
    """`mark` is the colour of the band, the streaks or the spots."""

    pattern: str
    colour: str
    mark: str = "none"


@dataclass(frozen=True)
class Wing:
    """Any mark may be "none". `bars` is the colour of two bars, `patch` of a panel behind them."""

    colour: str
    bars: str = "none"
    patch: str = "none"
    tip: str = "none"


@dataclass(frozen=True)
class Tail:
    """`length` in body lengths; `tip` colours its end, `edge` its outer feathers."""

    length: float
    shape: str
    colour: str
    tip: str = "none"
    edge: str = "none"


@dataclass(frozen=True)
class Legs:
    """`length` in body lengths, from belly to ground."""

    length: float
    colour: str


@dataclass(frozen=True)
class Plan:
    """How a genus is built, in the body's frame (x towards the bill, y down); the body is 2 x `length` long.

    `carriage` and `tail_angle` are degrees upwards, `scale` fits the standing bird into its frame, `flight`
    the flying one, and (x, y) is where its body's centre stands. A `neck` (its width) above 0 is a long one.
    """

    length: float
    depth: float
    head_x: float
    head_y: float
    head_r: float
    head_shape: str
    carriage: float
    wing: float
    wing_shape: str
    leg_x: float
    scale: float
    poses: tuple[str, ...]
    neck: float = 0.0
    neck_bulge: float = 0.0
    tail_angle: float = 0.0
    x: float = 0.0
    y: float = 0.0
    flight: float = 0.8


@dataclass(frozen=True)
class Bird:
    """One species: what the field guide says of it.

    Colours are names from `colours.yaml`; "none" where a mark is absent. `size` is the length in centimetres,
    `known` says whether the mini backbone has seen the species, `habitats` begins with the most typical one.
    """

    name: str
    genus: str
    known: bool
    size: float
    bill: Bill
    head: str
    crown: str
    mask: str
    eyebrow: str
    eye_ring: str
    eye: str
    throat: str
    breast: Breast
    belly: str
    back: str
    rump: str
    wing: Wing
    tail: Tail
    legs: Legs
    crest: str
    habitats: tuple[str, ...]
    note: str
    plan: Plan

    def colours(self) -> list[str]:
        """Return the names of all colours this species wears, sorted."""
        own = [getattr(self, name) for name in COLOUR_FIELDS]
        parts = [getattr(getattr(self, part), name) for part, name in PART_COLOURS]
        return sorted({name for name in own + parts if name != "none"})


PARTS = {"bill": Bill, "breast": Breast, "wing": Wing, "tail": Tail, "legs": Legs, "plan": Plan}
COLOUR_FIELDS = "head crown mask eyebrow eye_ring eye throat belly back rump crest".split()
PART_COLOURS = [
    ("bill", "colour"), ("breast", "colour"), ("breast", "mark"), ("wing", "colour"), ("wing", "bars"),
    ("wing", "patch"), ("wing", "tip"), ("tail", "colour"), ("tail", "tip"), ("tail", "edge"),
    ("legs", "colour"),
]  # fmt: skip


@cache
def load_birds() -> dict[str, Bird]:
    """Return all species of the field guide by name, in the order of the guide.

    Raises DataError if the guide misses a field, or names a colour, shape or habitat that does not exist.
    """
    return read_birds(read_guide("birds"))


def read_birds(guide: Mapping[str, Any]) -> dict[str, Bird]:
    """Turn the content of a field guide (`genera` and `species`) into records; see `load_birds`."""
    birds = {}
    for entry in guide["species"]:
        name = str(entry.get("name", "(no name)"))
        if entry.get("genus") not in guide["genera"]:
            raise _wrong(name, "genus", f"one of {', '.join(guide['genera'])}", entry.get("genus"))
        if name in birds:
            raise _wrong(name, "name", "a name that no other species has", name)
        birds[name] = _make_bird(name, entry, guide["genera"][entry["genus"]])
    return birds


def _make_bird(name: str, entry: Mapping[str, Any], genus: Mapping[str, Any]) -> Bird:
    shared = genus.get("shared", {})
    values: dict[str, Any] = {**shared, **entry, "plan": genus.get("plan")}
    for part, record in PARTS.items():
        own = values.get(part)
        if not isinstance(own, Mapping):
            raise _wrong(name, part, "a table of values", own)
        # A species says only what differs from its genus.
        values[part] = _make(record, name, {**shared.get(part, {}), **own}, f"{part}.")
    values["habitats"] = tuple(values.get("habitats", ()))
    found = _make(Bird, name, values, "")
    _check(found)
    return found


def _make(record: type, name: str, values: Mapping[str, Any], prefix: str) -> Any:
    known = {f.name: f for f in fields(record)}
    for key in values:
        if key not in known:
            raise _wrong(name, prefix + key, f"a field among {', '.join(known)}", key)
    for key, f in known.items():
        if key not in values and f.default is MISSING:
            raise _wrong(name, prefix + key, "a value", "nothing: the field is missing")
        if key in values and f.type is float and not isinstance(values[key], int | float):
            raise _wrong(name, prefix + key, "a number", values[key])
    return record(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def _check(found: Bird) -> None:
    """Raise for anything that would fail, or silently draw nothing, later on."""
    for path in [*COLOUR_FIELDS, *(f"{part}.{name}" for part, name in PART_COLOURS)]:
        value = _get(found, path)
        if value != "none":
            try:
                colour(value)
            except (ValueError, TypeError) as error:
                raise _wrong(found.name, path, "a colour of colours.yaml, or none", value) from error
    for path, allowed in CHOICES.items():
        if _get(found, path) not in allowed:
            raise _wrong(found.name, path, f"one of {', '.join(allowed)}", _get(found, path))
    for path, values, allowed in (
        ("habitats", found.habitats, OUTDOORS),
        ("plan.poses", found.plan.poses, POSES),
    ):
        if not values or any(value not in allowed for value in values):
            raise _wrong(found.name, path, f"at least one of {', '.join(allowed)}", list(values))
    if not isinstance(found.known, bool):
        raise _wrong(found.name, "known", "true or false", found.known)


def _get(found: Bird, path: str) -> Any:
    value: Any = found
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _wrong(name: str, field: str, expected: str, received: object) -> DataError:
    return DataError(
        f"The field guide's entry for {name!r} has a wrong `{field}`.",
        expected=expected,
        received=repr(received),
        do="Correct this field in data/field_guide/birds.yaml.",
    )
