"""Read the field guide: kinds of birds, pets and things as data, and the colours they speak of."""

from functools import cache
from typing import Any

import yaml

from course_utils.paths import data_folder
from course_utils.sketchbook.names import look_up


@cache
def read_guide(name: str) -> Any:
    """Return the content of one file of the field guide, such as `read_guide("birds")`."""
    return yaml.safe_load((data_folder() / "field_guide" / f"{name}.yaml").read_text(encoding="utf-8"))


def colour(name: str) -> tuple[int, int, int]:
    """Return a colour of the field guide as (red, green, blue), each 0..255."""
    code = look_up("colour", name, read_guide("colours"))
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
