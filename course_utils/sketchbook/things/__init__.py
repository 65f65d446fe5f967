"""Things: whatever is no bird and no pet."""

from course_utils.sketchbook.things.drawing import Thing, draw_thing, load_things

__all__ = ["Thing", "draw_thing", "load_things"]
