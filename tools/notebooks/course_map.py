"""README's table of lessons, made from `lessons/syllabus.yaml`; and whether lessons say the same of themselves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from course_utils.errors import DataError
from course_utils.exercises.lesson_source import lesson_files
from course_utils.syllabus import (
    FILE_NAME,
    Lesson,
    Part,
    as_table,
    read_syllabus,
    ready_lessons,
    with_deepening,
)
from tools.notebooks.badges import links
from tools.notebooks.cells import LEARNER
from tools.project import LESSONS, REPO, repository, rewrite, with_marked_parts

_HEADING = re.compile(r"^# # (.+)$", re.MULTILINE)
_NEEDS = re.compile(r"\*\*You need\*\*(.*?)(?=\*\*Time\*\*|^#?$|\Z)", re.MULTILINE | re.DOTALL)
_MINUTES = re.compile(r"\*\*Time\*\*: about (\d+) minutes")


def write_readme(root: Path = REPO) -> None:
    """Write README's table anew, if it is not as it should be."""
    parts, address = read_syllabus(root / "lessons"), repository(root)
    rewrite(root / "README.md", lambda readme: with_table(readme, parts, address))


def with_table(readme: str, parts: tuple[Part, ...], address: str | None) -> str:
    """Return README.md's text with the table of all lessons that are ready, linked where there is an address."""
    ready = [
        Part(part.title, tuple(_ready(lesson) for lesson in part.lessons if lesson.file)) for part in parts
    ]
    table = as_table(tuple(filter(lambda part: part.lessons, ready)), lambda lesson: _linked(lesson, address))
    total, written = (sum(len(part.lessons) for part in some) for some in (parts, ready))
    more = f"\nStill to come: {total - written} more. Lesson 00 ends with the map of all {total}.\n"
    return with_marked_parts(readme, {"lessons": f"{table}\n{more if written < total else ''}"})


def problems(lessons: Path = LESSONS, readme: Path = REPO / "README.md") -> list[str]:
    """Return where the map contradicts itself, the lessons or README, a line each."""
    try:
        parts = read_syllabus(lessons)
    except DataError as error:
        return [str(error)]
    found = [f"{FILE_NAME}: {problem}." for problem in (*_order(parts), *_unlisted(parts, lessons))]
    for lesson in ready_lessons(parts):
        text = lesson.file.read_text("utf-8")
        found += [
            f"{lesson.file.name}: {problem}. Correct one of them." for problem in _differences(lesson, text)
        ]
    text = readme.read_text("utf-8")
    if not found and with_table(text, parts, repository()) != text:
        found = [
            f"{readme.name}: its table of lessons is not that of {FILE_NAME}. What to do: make notebooks."
        ]
    return found


def _order(parts: tuple[Part, ...]) -> Iterator[str]:
    earlier: list[int] = []
    for lesson in (lesson for part in parts for lesson in part.lessons):
        if earlier and lesson.number <= earlier[-1]:
            yield f"lesson {lesson.number} comes after lesson {earlier[-1]}: give each a number of its own, in order"
        for number in lesson.needs:
            if number not in earlier:
                yield f"lesson {lesson.number} needs lesson {number}, which does not come before it"
        if lesson.deepening and lesson.deepening.file and not lesson.file:
            yield f"{lesson.deepening.file.name} deepens lesson {lesson.number}, which is not written"
        earlier.append(lesson.number)


def _unlisted(parts: tuple[Part, ...], lessons: Path) -> Iterator[str]:
    listed = {some.file for part in parts for lesson in part.lessons for some in with_deepening(lesson)}
    for file in sorted(set(lesson_files(lessons)) - listed):
        what = "number, title, minutes, blurb and needs"
        if file.name[2] == "x":
            what = "title, minutes and blurb as `deepening:` of its lesson"
        yield f"{file.name} is not on it: add its {what}; or two files have its number"


def _differences(lesson: Lesson, text: str) -> Iterator[str]:
    """Yield what a lesson says of itself in another way than the map."""
    needs = _NEEDS.search(text)
    named = re.findall(r"\b\d\dx?\b", needs[1] if needs else "")
    for name in (name for name in named if name.endswith("x")):
        yield f"it needs {name}, a deepening, which is optional: move what it takes from there into a lesson"
    numbers = tuple(int(name) for name in named if not name.endswith("x"))
    heading, minutes = _HEADING.search(text), _MINUTES.search(text)
    for what, own, on_map in (
        ("is called", heading and heading[1], lesson.heading),
        ("takes (minutes)", minutes and int(minutes[1]), lesson.minutes),
        ("needs lessons", numbers, lesson.needs),
    ):
        if own != on_map:
            yield f"it {what} {own!r}, and in {FILE_NAME} {on_map!r}"


def _ready(lesson: Lesson) -> Lesson:
    """Return a lesson without a deepening that is still to come."""
    return lesson if lesson.deepening and lesson.deepening.file else replace(lesson, deepening=None)


def _linked(lesson: Lesson, address: str | None) -> str:
    path = f"{LEARNER}/{lesson.file.stem}.ipynb"
    elsewhere = f" {links(address, path)}" if address else ""
    return f"[{lesson.heading}]({path}){elsewhere}"
