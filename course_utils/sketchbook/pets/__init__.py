"""Pets: cats and dogs of invented breeds."""

from course_utils.sketchbook.pets.breeds import Pet, load_pets
from course_utils.sketchbook.pets.drawing import draw_pet

__all__ = ["Pet", "draw_pet", "load_pets"]
