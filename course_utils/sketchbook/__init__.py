"""The sketchbook draws birds, pets and things, and writes them in the formats of the real data sets.

Begin with `sketchbook.make_birds("birds", n_species=20, per_species=60, seed=0)`.
"""

from importlib import import_module
from typing import Any

from course_utils.sketchbook.birds import Bird, draw_bird, load_birds
from course_utils.sketchbook.fingerprints import fingerprint, source_digest
from course_utils.sketchbook.pets import Pet, draw_pet, load_pets
from course_utils.sketchbook.pictures import bird_picture, pet_picture, picture, thing_picture
from course_utils.sketchbook.sets.folders import make_folders
from course_utils.sketchbook.sets.knobs import Knobs
from course_utils.sketchbook.sets.making import make_birds, make_pets
from course_utils.sketchbook.sets.study import STUDY, StudySet, make_study
from course_utils.sketchbook.source_set import source_images
from course_utils.sketchbook.stage.camera import CAMERAS, Photo, take_photo
from course_utils.sketchbook.stage.scenes import OUTDOORS, SCENES, paint_scene
from course_utils.sketchbook.things import Thing, draw_thing, load_things

__all__ = [
    "CAMERAS", "OUTDOORS", "SCENES", "STUDY", "Bird", "Knobs", "Pet", "Photo", "StudySet", "Thing",
    "bird_picture", "draw_bird", "draw_pet", "draw_thing", "fingerprint", "load_birds", "load_pets",
    "load_things", "make_birds", "make_folders", "make_pets", "make_study", "measure_birds", "paint_scene",
    "pet_picture", "picture", "plate", "source_digest", "source_images", "take_photo", "thing_picture",
]  # fmt: skip

# Imported at first use: they need pandas and Matplotlib, which drawing does not.
LATE = {"measure_birds": "guide.measurements", "plate": "guide.plates"}


def __getattr__(name: str) -> Any:
    if name not in LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATE[name]}"), name)
