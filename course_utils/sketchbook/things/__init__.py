"""Things: all that the mini backbone has seen apart from birds and pets."""

from course_utils.sketchbook.things.drawing import Thing, draw_thing, load_things

__all__ = ["Thing", "draw_thing", "load_things"]
