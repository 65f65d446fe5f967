"""One picture of a bird, a pet or a thing, and the source set that the mini backbone learns from.

Picture number i of a kind depends on its own seed only, so it stays the same however many are drawn, and in
whatever order. Habitat, camera and foliage come from streams of their own: change one, and bird, pose and
place stay.
"""

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.errors import unknown_name
from course_utils.paths import data_folder
from course_utils.sketchbook.birds import draw_bird, load_birds
from course_utils.sketchbook.parallel import in_parallel
from course_utils.sketchbook.pets import draw_pet, load_pets
from course_utils.sketchbook.stage.camera import CAMERAS, Photo, take_photo
from course_utils.sketchbook.stage.canvas import Transform, View
from course_utils.sketchbook.stage.perches import GROUNDS
from course_utils.sketchbook.stage.scenes import OUTDOORS, paint_scene, scene
from course_utils.sketchbook.things import draw_thing, load_things

LEAST_PX = 32
LONG_LEGS = 0.6  # length of the legs from which a bird wades
HOW_TYPICAL = (5, 3, 2, 1, 1, 1, 1, 1)  # how often a kind is seen in its first habitat, its second, …
PET_HABITATS = ("room", "garden", "street", "meadow", "seashore", "snow")
STANDING = {
    "vehicle", "furniture", "building", "instrument", "clothing", "toy", "house ware", "mushroom", "tree",
    "vessel", "creature", "fruit",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """How one of the three kinds of subjects is found, drawn and framed."""

    load: Callable[[], dict[str, Any]]
    draw: Callable[..., Any]
    scale: tuple[float, float]  # half the subject's frame, as a fraction of the picture
    tilt: float  # degrees


KINDS: dict[str, Kind] = {
    "birds": Kind(load_birds, draw_bird, (0.29, 0.5), 8.0),
    "pets": Kind(load_pets, draw_pet, (0.28, 0.46), 5.0),
    "things": Kind(load_things, draw_thing, (0.27, 0.44), 5.0),
}


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
    record = find(kind, name)
    if px < LEAST_PX:
        raise ValueError(f"`px` must be at least {LEAST_PX}: smaller birds are blots. Received: {px!r}.")
    key = f"{seed}/{split}/{name}/{index}"
    choose, look, where, photo = (random.Random(key + part) for part in ("", "/subject", "/scene", "/photo"))
    stray, own = choose.random() < wander, _own_habitat(kind, record, choose)
    habitat = habitat or (where.choice(OUTDOORS) if stray else own)
    perch = where.choice(scene(habitat).perches)
    stands = kind == "things" and habitat != "sky" and record.family in STANDING
    view, mirrored = _frame(kind, px, choose, stands)
    subject = KINDS[kind].draw(record, view, look)
    background = paint_scene(habitat, px, where)
    if occlusion is None:
        some = photo.uniform(0.03, 0.18) if photo.random() < 0.3 else 0.0
        occlusion = some if habitat in OUTDOORS else 0.0
    under = (
        _under_bird(record, subject, habitat, perch)
        if kind == "birds"
        else "ground"
        if stands or kind == "pets"
        else None
    )
    shot = take_photo(subject, background, photo, camera, occlusion, under, scene(habitat).cover)
    shot.truth.update(kind=kind, name=name, habitat=habitat, mirrored=mirrored, known=record.known)
    if kind == "birds":
        shot.truth["genus"] = record.genus
    return shot


def all_of(kind: str) -> dict[str, Any]:
    """Return the records of "birds", "pets" or "things" by name."""
    if kind not in KINDS:
        raise unknown_name("kind", kind, KINDS)
    return KINDS[kind].load()


def find(kind: str, name: str) -> Any:
    """Return the record of a species, breed or thing, or raise an error that names the nearest one."""
    records = all_of(kind)
    if name not in records:
        raise unknown_name({"birds": "species", "pets": "breed", "things": "thing"}[kind], name, records)
    return records[name]


def _own_habitat(kind: str, record: Any, rng: random.Random) -> str:
    habitats = PET_HABITATS if kind == "pets" else record.habitats
    return rng.choices(habitats, HOW_TYPICAL[: len(habitats)])[0]


def _frame(kind: str, px: int, rng: random.Random, stands: bool) -> tuple[View, bool]:
    """Choose where the subject is in the picture, how large, how tilted, and which way it faces."""
    size, tilt = rng.uniform(*KINDS[kind].scale), rng.uniform(-KINDS[kind].tilt, KINDS[kind].tilt)
    room = 0.78 * size  # the frame's edges are mostly empty: a little less keeps most subjects whole
    x, y, mirror = rng.uniform(room, 1 - room), rng.uniform(room, 1 - room), rng.random() < 0.5
    if kind == "pets":  # a portrait ends at the picture's lower edge, and the others stand near it
        y = 0.92 + 0.12 * y - size
    if stands:  # on the ground, there is more air above than below
        y = max(y, 1.02 - size - 0.12 * y)
    place = Transform.place(x, y, size, tilt, mirror, rng.uniform(0.92, 1.0))
    return View(px, place), mirror


def _under_bird(species: Any, subject: Any, habitat: str, perch: str) -> str | None:
    """Return what is under a bird: the scene's perch if it fits, water for a swimmer, nothing in the air."""
    if "waterline" in subject.points:
        return "water"
    if "feet" not in subject.points or "airborne" in subject.points:
        return None
    if species.legs.length >= LONG_LEGS:  # waders do not sit on twigs
        return "water" if habitat in ("lake", "reeds") else perch if perch in GROUNDS else "ground"
    return "stone" if perch == "water" else perch


def source_classes() -> list[tuple[str, str]]:
    """Return (kind, name) of all classes of the source set: known birds, known breeds, all things."""
    return [
        (kind, name) for kind, group in KINDS.items() for name, record in group.load().items() if record.known
    ]


def source_images(
    per_class: int | Mapping[str, int], seed: int = 0, px: int = 96, split: str = "train", processes: int = 1
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Draw the source set: the sketchbook's own "ImageNet".

    Birds and pets stand in just any habitat half of the time, so that a network has to look at them.

    Parameters
    ----------
    per_class : pictures of each class; a number, or one for each of "birds", "pets" and "things".
    split : "train", "validation", "test" …: sets with different names never share a picture.
    processes : how many to use; see `make_birds`.

    Returns
    -------
    images : uint8 (n, px, px, 3), ordered by class.
    labels : int64 (n,)
    class_names : list of str
    """
    classes = source_classes()
    counts = [per_class[kind] if isinstance(per_class, Mapping) else per_class for kind, _ in classes]
    ends = np.cumsum(counts)
    images = np.empty((ends[-1], px, px, 3), np.uint8)
    jobs = [(kind, name, count, seed, px, split) for (kind, name), count in zip(classes, counts, strict=True)]
    for drawn, count, end in zip(in_parallel(_source_class, jobs, processes), counts, ends, strict=True):
        images[end - count : end] = drawn
    labels = np.repeat(np.arange(len(classes)), counts).astype(np.int64)
    return images, labels, [name for _, name in classes]


def _source_class(job: tuple[str, str, int, int, int, str]) -> np.ndarray:
    kind, name, count, seed, px, split = job
    wander = 0.0 if kind == "things" else 0.5
    shots = [picture(kind, name, seed, k, px, split=f"source-{split}", wander=wander) for k in range(count)]
    return np.stack([shot.image for shot in shots]) if shots else np.empty((0, px, px, 3), np.uint8)


@cache
def fingerprint() -> str:
    """Return 8 hex letters that tell these drawings from others: they change when a picture does.

    They come from one small picture of every bird, pet and thing, so a change that shows in none of them goes
    unnoticed: a pose that is rare, say.
    """
    digest, cameras = hashlib.sha256(), list(CAMERAS)
    for kind in KINDS:
        for k, name in enumerate(all_of(kind)):
            photo = picture(kind, name, 0, k, 48, camera=cameras[k % len(cameras)])
            digest.update(photo.image.tobytes() + photo.mask.tobytes())
    return digest.hexdigest()[:8]


def source_digest() -> str:
    """Return 8 hex letters that change with any line of the sketchbook and its field guide.

    They tell at once, without drawing, by which version a data set was drawn that lies on the disk. They may change
    without need, where `fingerprint` may stay the same when it should not.
    """
    sources = [*Path(__file__).parent.rglob("*.py"), *(data_folder() / "field_guide").glob("*.yaml")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(sources))).hexdigest()[:8]
