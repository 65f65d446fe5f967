"""Birds: one renderer draws all species of the field guide."""

from course_utils.sketchbook.birds.drawing import draw_bird, draw_posed
from course_utils.sketchbook.birds.species import Bird, load_birds

__all__ = ["Bird", "draw_bird", "draw_posed", "load_birds"]
