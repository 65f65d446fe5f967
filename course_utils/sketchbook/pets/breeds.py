"""Breeds of cats and dogs as the field guide describes them."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar

from course_utils.errors import DataError
from course_utils.sketchbook.field_guide import colour, read_guide

TRAITS = {
    "species": ("cat", "dog"),
    "known": (True, False),
    "pattern": ("solid", "tabby", "patches", "spots", "saddle", "points", "bicolour"),
    "ears": ("pricked", "tufted", "folded", "drop", "button"),
    "face": ("round", "wedge", "square", "long"),
    "fur": ("smooth", "shaggy", "curly"),
    "build": ("slender", "stocky", "long"),
    "legs": ("short", "medium", "long"),
    "tail": ("thin", "bushy", "curled", "bob"),
    "mark": ("none", "mask", "blaze", "eyebrows"),
}


@dataclass(frozen=True)
class Pet:
    """A breed.

    Attributes
    ----------
    name : as in file names: cat breeds begin with a capital letter, dog breeds do not.
    known : whether the breed is among the classes on which the mini backbone was pre-trained.
    coats : pairs of colour names (main colour, colour of the pattern); an animal wears one of them.
    muzzle : (length, width), each 0..1.
    eyes : colour names; an animal has one of them.
    size : 0.7 (small) to 1.0 (large).
    note : one sentence for learners.
    habitats : where people keep pets, of any breed, most typical first.
    """

    habitats: ClassVar[tuple[str, ...]] = ("room", "garden", "street", "meadow", "seashore", "snow")

    name: str
    species: str
    known: bool
    coats: tuple[tuple[str, str], ...]
    pattern: str
    ears: str
    muzzle: tuple[float, float]
    face: str
    fur: str
    build: str
    legs: str
    tail: str
    eyes: tuple[str, ...]
    mark: str
    size: float
    note: str

    def __repr__(self) -> str:
        return f"Pet({self.name!r}, {self.species}, {self.pattern}, {self.ears} ears, {self.fur} fur)"


@cache
def load_pets() -> dict[str, Pet]:
    """Return all breeds by name, in the order of the field guide (`data/field_guide/pets.yaml`)."""
    return {name: parse_pet(name, entry) for name, entry in read_guide("pets").items()}


def parse_pet(name: str, entry: dict[str, Any]) -> Pet:
    """Turn one entry of the field guide into a breed.

    Raises
    ------
    DataError : a trait is missing, unknown or out of range, or the name's first letter is not its species'.
    """
    if not isinstance(entry, dict):
        _complain(name, "the entry", "traits with their values", repr(entry))
    wanted = {f.name for f in fields(Pet)} - {"name"}
    if set(entry) != wanted:
        _complain(name, "the traits", ", ".join(sorted(wanted)), ", ".join(sorted(entry)))
    for trait, allowed in TRAITS.items():
        if entry[trait] not in allowed:
            _complain(name, f"`{trait}`", " or ".join(map(str, allowed)), repr(entry[trait]))
    if name[:1].isupper() != (entry["species"] == "cat"):
        _complain(name, "the name", "a capital letter first for a cat, none for a dog", name)
    _check_values(name, entry)
    _check_colours(name, entry)
    frozen = {trait: tuple(entry[trait]) for trait in ("muzzle", "eyes")}
    return Pet(name, **{**entry, **frozen, "coats": tuple(tuple(pair) for pair in entry["coats"])})


def _check_values(name: str, entry: dict[str, Any]) -> None:
    muzzle, size, note = entry["muzzle"], entry["size"], entry["note"]
    if not isinstance(muzzle, list) or len(muzzle) != 2 or not all(_between(0, v, 1) for v in muzzle):
        _complain(name, "`muzzle`", "[length, width], each 0 to 1", repr(muzzle))
    if not _between(0.7, size, 1):
        _complain(name, "`size`", "a number from 0.7 to 1.0", repr(size))
    if not isinstance(note, str) or not note.strip():
        _complain(name, "`note`", "a sentence for learners", repr(note))


def _between(low: float, value: object, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _check_colours(name: str, entry: dict[str, Any]) -> None:
    if not entry["coats"] or any(len(pair) != 2 for pair in entry["coats"]) or not entry["eyes"]:
        _complain(
            name,
            "`coats` and `eyes`",
            "at least one pair of coat colours, and one colour of the eyes",
            f"{entry['coats']!r} and {entry['eyes']!r}",
        )
    for word in [*(word for pair in entry["coats"] for word in pair), *entry["eyes"]]:
        try:
            colour(word)
        except ValueError as error:
            _complain(name, "a colour", "a name from colours.yaml", f"{word!r} ({error})")


def _complain(name: str, what: str, expected: str, received: str) -> None:
    raise DataError(
        f"The field guide's breed {name!r}: {what} cannot be used.",
        expected=expected,
        received=received,
        do="Correct the entry in data/field_guide/pets.yaml.",
    )
