"""Read the field guide: kinds of birds, pets and things as data, and the colours they speak of."""

from functools import cache
from typing import Any

import yaml

from course_utils.errors import unknown_name
from course_utils.paths import data_folder


@cache
def read_guide(name: str) -> Any:
    """Return the content of one file of the field guide, such as `read_guide("birds")`."""
    return yaml.safe_load((data_folder() / "field_guide" / f"{name}.yaml").read_text(encoding="utf-8"))


def colour(name: str) -> tuple[int, int, int]:
    """Return a colour of the field guide as (red, green, blue), each 0..255."""
    palette = read_guide("colours")
    if name not in palette:
        raise unknown_name("colour", name, palette)
    code = palette[name]
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
