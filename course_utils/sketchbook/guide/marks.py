"""Field marks in words: what to look at on a bird, and what tells it from its look-alikes."""

from course_utils.sketchbook.birds import Bird, load_birds

BILL_WORDS = {
    "cone": "conical", "thin": "fine", "stout": "stout", "dagger": "dagger-like", "probe": "long straight",
    "curved": "curved", "flat": "broad flat", "hooked": "hooked", "chisel": "chisel-like", "tiny": "tiny",
}  # fmt: skip
PLAIN_FIELDS = ("crown", "mask", "eyebrow", "eye_ring", "throat", "back", "rump", "belly", "crest")
PART_FIELDS = (
    ("bill", "colour", "bill"), ("wing", "bars", "wing bars"), ("wing", "patch", "wing panel"),
    ("wing", "colour", "wings"), ("tail", "tip", "tail tip"), ("tail", "edge", "tail edge"),
    ("legs", "colour", "legs"),
)  # fmt: skip


def field_marks(species: Bird) -> dict[str, str]:
    """Return what to look at, by landmark; a label's lines are parted by line breaks."""
    face = {"eyebrow": species.eyebrow, "mask": species.mask, "eye ring": species.eye_ring}
    breast, wing, tail = species.breast, species.wing, species.tail
    on_wing = _worn({"bars": wing.bars, "panel": wing.patch, "tip": wing.tip})
    pattern = [] if breast.pattern == "plain" else [f"{breast.mark} {breast.pattern}"]
    return {
        "crown": f"{species.crown} crown" if species.crest == "none" else f"{species.crest} crest",
        "bill_tip": f"{BILL_WORDS[species.bill.shape]}\n{species.bill.colour} bill",
        "eye": ",\n".join(_worn(face)) or f"plain\n{species.head} face",
        "breast": ",\n".join([f"{breast.colour} breast", *pattern]),
        "wing": ",\n".join([f"{wing.colour} wing", *(on_wing or ["plain"])]),
        "tail_tip": ",\n".join([f"{tail.shape}\n{tail.colour} tail", *_worn({"tip": tail.tip})]),
        "legs": f"{species.legs.colour} legs",
    }


def _worn(marks: dict[str, str]) -> list[str]:
    return [f"{tone} {what}" for what, tone in marks.items() if tone != "none"]


def look_alikes(species: Bird) -> list[Bird]:
    """Return the other species of the genus, the most similar first."""
    others = [o for o in load_birds().values() if o.genus == species.genus and o.name != species.name]
    return sorted(others, key=lambda other: len(differences(species, other)))


def differences(species: Bird, other: Bird) -> list[str]:
    """Return how `other` differs from `species`, in words such as "black mask" or "no wing bars"."""
    found = []
    for field in PLAIN_FIELDS:
        found += _difference(field.replace("_", " "), getattr(species, field), getattr(other, field))
    if (species.breast.pattern, species.breast.mark) != (other.breast.pattern, other.breast.mark):
        plain = other.breast.pattern == "plain"
        found.append("plain breast" if plain else f"{other.breast.mark} breast {other.breast.pattern}")
    found += _difference("breast", species.breast.colour, other.breast.colour)
    for part, field, title in PART_FIELDS:
        mine, theirs = getattr(species, part), getattr(other, part)
        found += _difference(title, getattr(mine, field), getattr(theirs, field))
    return found


def _difference(title: str, one: str, other: str) -> list[str]:
    if one == other:
        return []
    return [f"no {title}" if other == "none" else f"{other} {title}"]
