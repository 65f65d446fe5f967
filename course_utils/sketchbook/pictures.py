"""One picture of a bird, a pet or a thing.

Picture number i of a kind depends on its own seed only, so it stays the same however many are drawn, and in
whatever order. Habitat, camera and foliage come from streams of their own: change one, and bird, pose and
place stay.
"""

import random
from typing import Any

from course_utils.arguments import whole_number
from course_utils.sketchbook.kinds import KINDS, Kind, find
from course_utils.sketchbook.stage.camera import Photo, take_photo
from course_utils.sketchbook.stage.canvas import Transform, View
from course_utils.sketchbook.stage.scenes import OUTDOORS, paint_scene, scene

LEAST_PX = 32
HOW_TYPICAL = (5, 3, 2, 1, 1, 1, 1, 1)  # how often a kind is seen in its first habitat, its second, …


def bird_picture(species: str, seed: int = 0, index: int = 0, px: int = 96, **choices: Any) -> Photo:
    """Draw and photograph one bird; see `picture` for `choices`."""
    return picture("birds", species, seed, index, px, **choices)


def pet_picture(breed: str, seed: int = 0, index: int = 0, px: int = 96, **choices: Any) -> Photo:
    """Draw and photograph one cat or dog; see `picture` for `choices`."""
    return picture("pets", breed, seed, index, px, **choices)


def thing_picture(name: str, seed: int = 0, index: int = 0, px: int = 96, **choices: Any) -> Photo:
    """Draw and photograph one thing; see `picture` for `choices`."""
    return picture("things", name, seed, index, px, **choices)


def picture(
    kind: str,
    name: str,
    seed: int = 0,
    index: int = 0,
    px: int = 96,
    *,
    split: str = "train",
    habitat: str | None = None,
    wander: float = 0.0,
    camera: str = "day",
    occlusion: float | None = None,
) -> Photo:
    """Draw and photograph one subject.

    Parameters
    ----------
    kind : "birds", "pets" or "things".
    name : a species, breed or thing of the field guide.
    seed, split, index : which of all possible pictures: the same three give the same picture, at any size.
    px : the picture's side in pixels, at least 32.
    habitat : one of the scenes; by default one of the kind's own, the typical one most often.
    wander : how often, 0..1, a subject is met in just any outdoor habitat instead.
    camera : "day", "dusk", "rain" or "blur".
    occlusion : how much of the subject foliage hides, 0..0.9; by default mostly nothing, sometimes a little.

    Returns
    -------
    Photo, whose truth holds `kind, name, habitat, camera, occluded, mirrored, known` and, for birds, `genus`.
    """
    record, of_kind = find(kind, name), KINDS[kind]
    px = whole_number("px", px, LEAST_PX, why=": smaller birds are blots")
    key = f"{seed}/{split}/{name}/{index}"
    choose, look, where, photo = (random.Random(key + part) for part in ("", "/subject", "/scene", "/photo"))
    stray, own = choose.random() < wander, _own_habitat(record, choose)
    habitat = habitat or (where.choice(OUTDOORS) if stray else own)
    perch = where.choice(scene(habitat).perches)
    view, mirrored = _frame(of_kind, record, habitat, px, choose)
    subject = of_kind.draw(record, view, look)
    background = paint_scene(habitat, px, where)
    if occlusion is None:
        some = photo.uniform(0.03, 0.18) if photo.random() < 0.3 else 0.0
        occlusion = some if habitat in OUTDOORS else 0.0
    footing = of_kind.footing(record, subject, habitat, perch)
    shot = take_photo(subject, background, photo, camera, occlusion, footing, scene(habitat).cover)
    facts = {fact: getattr(record, fact) for fact in of_kind.facts}
    shot.truth.update(kind=kind, name=name, habitat=habitat, mirrored=mirrored, **facts)
    return shot


def _own_habitat(record: Any, rng: random.Random) -> str:
    return rng.choices(record.habitats, HOW_TYPICAL[: len(record.habitats)])[0]


def _frame(of_kind: Kind, record: Any, habitat: str, px: int, rng: random.Random) -> tuple[View, bool]:
    """Choose where the subject is in the picture, how large, how tilted, and which way it faces."""
    size, tilt = rng.uniform(*of_kind.scale), rng.uniform(-of_kind.tilt, of_kind.tilt)
    room = 0.78 * size  # the frame's edges are mostly empty: a little less keeps most subjects whole
    x, y, mirror = rng.uniform(room, 1 - room), rng.uniform(room, 1 - room), rng.random() < 0.5
    y = of_kind.settle(record, habitat, y, size)
    return View(px, Transform.place(x, y, size, tilt, mirror, rng.uniform(0.92, 1.0))), mirror
