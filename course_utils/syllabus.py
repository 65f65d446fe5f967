"""The map of the course: its parts and lessons as `lessons/syllabus.yaml` lists them, those to come included."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from course_utils.errors import DataError
from course_utils.paths import lessons_folder

FILE_NAME = "syllabus.yaml"
_FIELDS = {"number": int, "title": str, "minutes": int, "blurb": str, "needs": list}
_DEEPER = {"title": str, "minutes": int, "blurb": str}


@dataclass(frozen=True)
class Lesson:
    """A lesson on the map: `needs` are the numbers of others, `file` is its source, None while it is to come.

    Its `deepening` is a lesson as well, with the same number and "x" behind it: optional, and needed by none.
    """

    number: int
    title: str
    minutes: int
    blurb: str
    needs: tuple[int, ...]
    file: Path | None
    deepening: "Lesson | None" = None
    optional: bool = False

    @property
    def id(self) -> str:
        """What the ids of its exercises begin with: "5", and "5x" for its deepening."""
        return f"{self.number}{'x' * self.optional}"

    @property
    def heading(self) -> str:
        return f"{self.number:02}{'x' * self.optional} · {self.title}"


@dataclass(frozen=True)
class Part:
    """A part of the course and its lessons, in the order in which they are read."""

    title: str
    lessons: tuple[Lesson, ...]


@cache
def syllabus() -> tuple[Part, ...]:
    """Return the parts of the course."""
    return read_syllabus(lessons_folder())


def read_syllabus(folder: Path) -> tuple[Part, ...]:
    """Return the parts that a folder's `syllabus.yaml` lists; lessons whose files lie there, too, are ready.

    Raises
    ------
    DataError : there is no such file, or it is no list of parts with all that a lesson must have.
    """
    file = folder / FILE_NAME
    try:
        parts = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (
        OSError,
        ValueError,
        RecursionError,
        yaml.YAMLError,
    ) as error:  # ValueError: no UTF-8, or no such day
        raise _damaged(file, "the list of all lessons, in YAML", str(error)) from error
    if not isinstance(parts, list) or not parts:
        raise _damaged(file, "a list of parts", repr(parts)[:200])
    return tuple(_part(part, file) for part in parts)


def ready_lessons(parts: tuple[Part, ...]) -> list[Lesson]:
    """Return the lessons that are written, in order."""
    return [lesson for part in parts for one in part.lessons for lesson in with_deepening(one) if lesson.file]


def with_deepening(lesson: Lesson) -> list[Lesson]:
    """Return a lesson and, where it has one, its deepening."""
    return [lesson, lesson.deepening] if lesson.deepening else [lesson]


def as_table(parts: tuple[Part, ...], name: Callable[[Lesson], str]) -> str:
    """Return lessons as a table in Markdown, a row each; `name` says what the first column calls one."""
    lines = ["| lesson | what you do in it | minutes | builds on |", "|---|---|---|---|"]
    for part in parts:
        lines.append(f"| **{part.title}** | | | |")
        for lesson in (some for one in part.lessons for some in with_deepening(one)):
            minutes = lesson.minutes if lesson.file else "to come"
            needs = ", ".join(f"{number:02}" for number in lesson.needs)
            sign, blurb = ("↳ ", f"*optional:* {lesson.blurb}") if lesson.optional else ("", lesson.blurb)
            lines.append(f"| {sign}{name(lesson)} | {blurb} | {minutes} | {needs} |")
    return "\n".join(lines)


def _part(part: Any, file: Path) -> Part:
    if (
        not isinstance(part, dict)
        or set(part) != {"part", "lessons"}
        or not isinstance(part["part"], str)
        or not isinstance(part["lessons"], list)
    ):
        raise _damaged(file, "a `part` and its `lessons` at each entry", repr(part)[:200])
    return Part(part["part"], tuple(_lesson(lesson, file) for lesson in part["lessons"]))


def _lesson(lesson: Any, file: Path) -> Lesson:
    fields = dict(lesson) if isinstance(lesson, dict) else {}
    deeper = fields.pop("deepening", None)
    if not _has(fields, _FIELDS) or not all(map(_is_number, (fields["number"], *fields["needs"]))):
        expected = (
            f"for each lesson {_kinds(_FIELDS)}, and at most a deepening; lessons have numbers from 0 to 99, "
        )
        raise _damaged(file, f"{expected}and none needs a deepening", repr(lesson)[:200])
    if deeper is not None and not _has(deeper, _DEEPER):
        raise _damaged(file, f"for each deepening {_kinds(_DEEPER)}, and nothing else", repr(deeper)[:200])
    number, needs = fields["number"], tuple(fields["needs"])
    deepening = deeper and Lesson(
        **deeper, number=number, needs=(number,), file=_file(file.parent, f"{number:02}x"), optional=True
    )
    return Lesson(**{**fields, "needs": needs}, file=_file(file.parent, f"{number:02}"), deepening=deepening)


def _has(fields: Any, kinds: dict[str, type]) -> bool:
    return isinstance(fields, dict) and {name: type(value) for name, value in fields.items()} == kinds


def _kinds(kinds: dict[str, type]) -> str:
    return ", ".join(f"{name} ({kind.__name__})" for name, kind in kinds.items())


def _file(folder: Path, name: str) -> Path | None:
    return min(folder.glob(f"{name}_*.py"), default=None)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 99


def _damaged(file: Path, expected: str, received: str) -> DataError:
    return DataError(
        f"the map of the course, {file.name}, cannot be read",
        expected=expected,
        received=received,
        do=f"correct {file}, or install the course again",
    )
