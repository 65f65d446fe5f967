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


@dataclass(frozen=True)
class Lesson:
    """A lesson on the map: `needs` are the numbers of others, `file` is its source, None while it is to come."""

    number: int
    title: str
    minutes: int
    blurb: str
    needs: tuple[int, ...]
    file: Path | None

    @property
    def heading(self) -> str:
        return f"{self.number:02} · {self.title}"


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
    return [lesson for part in parts for lesson in part.lessons if lesson.file]


def as_table(parts: tuple[Part, ...], name: Callable[[Lesson], str]) -> str:
    """Return lessons as a table in Markdown, a row each; `name` says what the first column calls one."""
    lines = ["| lesson | what you do in it | minutes | builds on |", "|---|---|---|---|"]
    for part in parts:
        lines.append(f"| **{part.title}** | | | |")
        for lesson in part.lessons:
            minutes = lesson.minutes if lesson.file else "to come"
            needs = ", ".join(f"{number:02}" for number in lesson.needs)
            lines.append(f"| {name(lesson)} | {lesson.blurb} | {minutes} | {needs} |")
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
    fields = lesson if isinstance(lesson, dict) else {}
    wrong = [name for name, kind in _FIELDS.items() if type(fields.get(name)) is not kind]
    if wrong or set(fields) != set(_FIELDS) or not all(map(_is_number, (fields["number"], *fields["needs"]))):
        expected = ", ".join(f"{name} ({kind.__name__})" for name, kind in _FIELDS.items())
        raise _damaged(
            file,
            f"for each lesson {expected}, and nothing else; lessons have numbers from 0 to 99",
            repr(lesson)[:200],
        )
    found = sorted(file.parent.glob(f"{fields['number']:02}_*.py"))
    return Lesson(**{**fields, "needs": tuple(fields["needs"])}, file=found[0] if found else None)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 99


def _damaged(file: Path, expected: str, received: str) -> DataError:
    return DataError(
        f"the map of the course, {file.name}, cannot be read",
        expected=expected,
        received=received,
        do=f"correct {file}, or install the course again",
    )
