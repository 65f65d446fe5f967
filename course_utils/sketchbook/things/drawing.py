"""Things: whatever is no bird and no pet, defined as data in `things.yaml` and `unseen_things.yaml`."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from course_utils.errors import DataError
from course_utils.sketchbook.field_guide import read_guide
from course_utils.sketchbook.stage.canvas import Subject, Transform, View
from course_utils.sketchbook.stage.scenes import SCENES
from course_utils.sketchbook.things.families import FAMILIES
from course_utils.sketchbook.things.paintbox import Palette
from course_utils.sketchbook.things.parts import read_part


@dataclass(frozen=True)
class Thing:
    """One kind of thing.

    Attributes
    ----------
    name, family : what it is, and what it is among its like: "striped reef fish", "fish".
    habitats : where it is seen, most typical first.
    colours : for each slot, the names of the colours that it may have.
    look : what the family needs to know to draw it. Lists of parts are read.
    known : whether the mini backbone has seen it: all of `things.yaml`, nothing of `unseen_things.yaml`.
    """

    name: str
    family: str
    habitats: tuple[str, ...]
    colours: Mapping[str, tuple[str, ...]]
    look: Mapping[str, Any]
    known: bool = True


def draw_thing(kind: Thing, view: View, rng: random.Random) -> Subject:
    """Draw one thing. Its facing, tilt, proportions and colours differ from picture to picture.

    A scene has no subject: its picture is the background alone, so the subject has no layers.
    """
    family = FAMILIES[kind.family]
    palette = Palette(kind.colours, rng)
    wide, tall = rng.uniform(family.stretch, 1), rng.uniform(family.stretch, 1)
    turn, mirror = rng.uniform(-family.turn, family.turn), rng.random() < 0.5
    pose = Transform.place(0, 0, tall, turn, mirror, wide / tall)
    posed = View(view.px, view.transform.after(pose))
    return Subject(family.draw(kind.look, palette, posed, rng))


@cache
def load_things() -> dict[str, Thing]:
    """Return all things of the field guide by name. Raise DataError if an entry does not fit its family.

    Those that the mini backbone has seen come first, in the order of its source set.
    """
    return {
        name: read_thing(name, family, entry, known)
        for guide, known in (("things", True), ("unseen_things", False))
        for family, members in read_guide(guide).items()
        for name, entry in members.items()
    }


def read_thing(name: str, family: str, entry: Mapping[str, Any], known: bool = True) -> Thing:
    """Return one entry of the field guide as a `Thing`. Raise DataError that names the thing and the field."""
    if family not in FAMILIES:
        raise _wrong(name, "family", _one_of(FAMILIES), family)
    fields, slots = FAMILIES[family].fields, FAMILIES[family].slots
    for field in entry:
        if field not in ("habitats", "colours", *fields):
            raise _wrong(name, field, "a field that is " + _one_of(["habitats", "colours", *fields]), field)
    habitats = entry.get("habitats")
    if not (isinstance(habitats, list) and habitats and set(habitats) <= set(SCENES)):
        raise _wrong(name, "habitats", "a list with at least " + _one_of(SCENES), habitats)
    colours = _read_colours(name, slots, entry.get("colours") or {})
    look = {field: _read_field(name, field, rule, entry.get(field)) for field, rule in fields.items()}
    for value in look.values():
        for part in value if isinstance(value, tuple) else ():
            _check_colour(name, part.colour.rstrip("+-~"), colours)
    return Thing(name, family, tuple(habitats), colours, look, known)


def _read_colours(name: str, slots: tuple[str, ...], entry: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    colours = {slot: tuple(str(names).split()) for slot, names in entry.items()}
    for slot in slots:
        if not colours.get(slot):
            raise _wrong(name, f"colours: {slot}", "the names of one or more colours", entry.get(slot))
    for choice in colours.values():
        for word in choice:
            _check_colour(name, word)
    return colours


def _check_colour(name: str, word: str, slots: Collection[str] = ()) -> None:
    if word and word not in slots and word not in read_guide("colours"):
        raise _wrong(name, "colours", "names of colours.yaml, and in the parts also slots of the thing", word)


def _read_field(name: str, field: str, rule: Any, value: Any) -> Any:
    """Return what a field says, checked by its rule: see `Family`."""
    if rule == "parts":
        try:
            return tuple(read_part(line) for line in value or ())
        except (ValueError, TypeError) as problem:
            raise _wrong(name, field, "lines in the language of parts.py", problem) from problem
    if isinstance(rule, type):
        if isinstance(value, bool) or not isinstance(value, int | float) or rule(value) != value:
            raise _wrong(name, field, "a whole number" if rule is int else "a number", value)
        return rule(value)
    if not isinstance(value, str) or value not in rule:
        raise _wrong(name, field, _one_of(rule), value)
    return value


def _one_of(names: Collection[str]) -> str:
    return f"one of {', '.join(names)}"


def _wrong(name: str, field: str, expected: str, received: object) -> DataError:
    return DataError(
        f"data/field_guide: the thing {name!r} has a field {field!r} that can't be used",
        expected=expected,
        received=str(received) if isinstance(received, Exception) else repr(received),
        do="correct the entry, or take the file from the repository again",
    )
