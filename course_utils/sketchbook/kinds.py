"""The three kinds of subjects: how each is found, drawn, framed and set down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_utils.sketchbook.birds import draw_bird, load_birds
from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.pets import draw_pet, load_pets
from course_utils.sketchbook.stage.canvas import Subject
from course_utils.sketchbook.stage.perches import GROUNDS
from course_utils.sketchbook.things import draw_thing, load_things

LONG_LEGS = 0.6  # length of the legs from which a bird wades
STANDING = {
    "vehicle", "furniture", "building", "instrument", "clothing", "toy", "house ware", "mushroom", "tree",
    "vessel", "creature", "fruit", "dish",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What a picture needs to know of a kind of subject. Its methods are right for what may be anywhere.

    Attributes
    ----------
    member : what one of its records is called, in errors.
    load : returns the records by name.
    draw : draws a record into a view.
    scale : half the subject's frame, as a fraction of the picture, from and to.
    tilt : degrees, at most.
    facts : what of a record belongs to the truth of its picture.
    """

    member: str
    load: Callable[[], dict[str, Any]]
    draw: Callable[..., Subject]
    scale: tuple[float, float]
    tilt: float
    facts: tuple[str, ...] = ("known",)

    def settle(self, record: Any, habitat: str, y: float, size: float) -> float:
        """Return the height of the frame's centre, given the one that chance chose: 0 is the top, 1 the lower edge."""
        return y

    def footing(self, record: Any, subject: Subject, habitat: str, perch: str) -> str | None:
        """Return what is under a subject where the scene offers `perch`: a name of `perches`, or None for nothing."""
        return None


class Birds(Kind):
    """Birds sit on the scene's perch if it fits, swim, wade or fly."""

    def footing(self, record: Any, subject: Subject, habitat: str, perch: str) -> str | None:
        if "waterline" in subject.points:
            return "water"
        if "feet" not in subject.points or "airborne" in subject.points:
            return None
        if record.legs.length >= LONG_LEGS:  # waders do not sit on twigs
            return "water" if habitat in ("lake", "reeds") else perch if perch in GROUNDS else "ground"
        return "stone" if perch == "water" else perch


class Pets(Kind):
    """Pets stay on the ground: a portrait ends at the picture's lower edge, and the others stand near it."""

    def settle(self, record: Any, habitat: str, y: float, size: float) -> float:
        return 0.92 + 0.12 * y - size

    def footing(self, record: Any, subject: Subject, habitat: str, perch: str) -> str | None:
        return "ground"


class Things(Kind):
    """Things are anywhere, but some families stand on the ground, with more air above than below."""

    def settle(self, record: Any, habitat: str, y: float, size: float) -> float:
        return max(y, 1.02 - size - 0.12 * y) if _stands(record, habitat) else y

    def footing(self, record: Any, subject: Subject, habitat: str, perch: str) -> str | None:
        return "ground" if _stands(record, habitat) else None


def _stands(thing: Any, habitat: str) -> bool:
    return habitat != "sky" and thing.family in STANDING


KINDS: dict[str, Kind] = {
    "birds": Birds("species", load_birds, draw_bird, (0.29, 0.5), 8.0, ("known", "genus")),
    "pets": Pets("breed", load_pets, draw_pet, (0.28, 0.46), 5.0),
    "things": Things("thing", load_things, draw_thing, (0.27, 0.44), 5.0),
}


def all_of(kind: str) -> dict[str, Any]:
    """Return the records of "birds", "pets" or "things" by name."""
    return look_up("kind", kind, KINDS).load()


def find(kind: str, name: str) -> Any:
    """Return the record of a species, breed or thing, or raise an error that names the nearest one."""
    records = all_of(kind)
    return look_up(KINDS[kind].member, name, records)
