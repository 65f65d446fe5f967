"""The order of options: another for each learner, and the same whenever he comes back.

It is drawn from the exercise's id and a number that is made once, beside the progress, on this machine. Where that
cannot be kept, from the id alone.
"""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress

from course_utils.exercises.lesson_source import Option, shuffled
from course_utils.paths import user_data_root

FILE_NAME = "order.txt"


def in_own_order(options: Sequence[Option], name: str) -> list[Option]:
    """Return the options of the question `name` in this learner's order."""
    return shuffled(options, f"{name} {_own_number()}")


def _own_number() -> str:
    """Return what was drawn for this learner, "" where it cannot be kept. Any content serves: it is a seed."""
    file = user_data_root(os.environ) / FILE_NAME
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), open(file, "x", encoding="ascii") as new:
            new.write(secrets.token_hex(8))
        return file.read_bytes().hex()
    except OSError:
        return ""
