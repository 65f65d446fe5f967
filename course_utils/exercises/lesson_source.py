"""Read a lesson's source, `lessons/NN_name.py` or `lessons/NNx_name.py`: which cells make up exercises and quizzes.

A lesson is a list of cells (py:percent). What a cell is for stands in its first line:

    # %% [markdown] question="5.2"    the exercise's title and question; a choice lists its options here
    # %% answer="5.2"                 the solution; what stands between `# solution` and `# end` is cut for learners
    # %% [markdown] why="5.2"         why the solution is right; shown with it, and after a right answer
    # %% check="5.2"                  code that makes `check`, one of the kinds in `course_utils.exercises`
    # %% [markdown] quiz="5.a"        a question with its options

An option is a task-list item, the right one ticked, with its reason as a sub-item:

    # - [x] The same numbers again.
    #   - Right: the backbone is frozen, and the pictures are the same.

Learners see options in another order, drawn from the id, so where the right one is written says nothing. In the
solution of a choice stands the letter of its option as written; learners get the letter that it has in their order.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from course_utils.errors import DataError, unknown_name
from course_utils.paths import lessons_folder

T = TypeVar("T")

ROLES = ("question", "answer", "why", "check", "quiz")

_FILE = re.compile(r"(?P<number>\d\d)(?P<deeper>x?)_.*\.py")
_in_use: list[str] = []

_CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)
_ROLE = re.compile(rf'\b(?P<role>{"|".join(ROLES)})="(?P<id>[^"]+)"')
_TITLE = re.compile(r"^### Exercise [\dx.]+ · (.+)$", re.MULTILINE)
_LETTERS = "abcdefgh"
_LETTER = re.compile(rf"""(?P<quote>["'])(?P<letter>[{_LETTERS}])(?P=quote)""")
_OPTION = re.compile(
    r"^- \[(?P<mark>[ x])\] (?P<text>.+(?:\n {2,}(?!- ).+)*)\n {2}- (?P<reason>.+(?:\n {4,}.+)*)", re.M
)


@dataclass(frozen=True)
class Option:
    """One choice: its letter, what it says, whether it is right, and why; `written` is its letter in the lesson."""

    letter: str
    text: str
    right: bool
    reason: str
    written: str = ""


@dataclass(frozen=True)
class ExerciseSource:
    """The parts of an exercise as they stand in the lesson; "" and () where one is missing."""

    id: str
    title: str
    question: str
    options: tuple[Option, ...]
    answer: str
    why: str
    check: str
    file: Path


@dataclass(frozen=True)
class QuizSource:
    """A quiz question and its options."""

    id: str
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class LessonSource:
    """A lesson: its own id ("5", or "5x" for a deepening), and its exercises and quizzes by id, in order."""

    id: str
    file: Path
    exercises: dict[str, ExerciseSource]
    quizzes: dict[str, QuizSource]


def lesson_files(folder: Path) -> list[Path]:
    """Return the lessons in a folder in their order, each with its deepening after it."""
    return sorted(file for file in folder.glob("*.py") if _FILE.fullmatch(file.name))


def read_lesson(file: Path) -> LessonSource:
    """Return the lesson that is written in a file.

    Raises
    ------
    DataError : a role is given twice for the same id, or to an exercise without a question.
    """
    text = file.read_text(encoding="utf-8")
    parts: dict[str, dict[str, str]] = {role: {} for role in ROLES}
    for role, name, source in marked_cells(text):
        _add(parts[role], role, name, source, file)
    exercises = {name: _exercise(name, parts, file) for name in parts["question"]}
    quizzes = {name: QuizSource(name, *split_options(text, name)) for name, text in parts["quiz"].items()}
    strangers = set().union(*(parts[role] for role in ("answer", "why", "check"))) - set(exercises)
    if strangers:
        raise DataError(
            f"{file.name} has parts of exercises that ask nothing",
            expected='a cell `# %% [markdown] question="..."` for each exercise',
            received=", ".join(sorted(strangers)),
            do="add the question, or correct the id",
        )
    name = _FILE.fullmatch(file.name)
    return LessonSource(f"{int(name['number'])}{name['deeper']}", file, exercises, quizzes)


def marked_cells(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, id and source of each cell that belongs to an exercise or quiz.

    jupytext reads the same, as a test proves, but takes seconds to import: too long for a learner to wait.
    """
    _, *pieces = _CELL.split(text)
    for first_line, body in zip(pieces[::2], pieces[1::2], strict=True):
        mark = _ROLE.search(first_line)
        if mark is not None:
            if first_line.startswith(" [markdown]"):
                body = re.sub(r"^# ?", "", body, flags=re.MULTILINE)
            yield mark["role"], mark["id"], body.strip("\n")


@lru_cache
def lessons() -> dict[str, LessonSource]:
    """Return all lessons by id, as they ship with the course."""
    return {lesson.id: lesson for lesson in map(read_lesson, lesson_files(lessons_folder()))}


def find_source(kind: str, name: str) -> ExerciseSource | QuizSource:
    """Return the source of one of the "exercises" or "quizzes", by its id.

    Raises
    ------
    ValueError : there is none of this id.
    """
    known = {key: source for lesson in lessons().values() for key, source in getattr(lesson, kind).items()}
    if name not in known:
        raise unknown_name("name", name, known)
    _in_use[:] = [lesson_of(name)]
    return known[name]


def lesson_of(name: str) -> str:
    """Return the id of the lesson that an exercise or quiz belongs to: "2x" for "2x.1"."""
    return name.partition(".")[0]


def lesson_in_use() -> str | None:
    """Return the id of the lesson whose exercises this process has asked for, None before the first."""
    return _in_use[0] if _in_use else None


def split_options(text: str, name: str) -> tuple[str, tuple[Option, ...]]:
    """Return a question without its options, and these in an order drawn from its name, lettered from a."""
    written = list(zip(_LETTERS, _OPTION.finditer(text), strict=False))
    options = tuple(
        Option(letter, _line(found["text"]), found["mark"] == "x", _line(found["reason"]), own)
        for letter, (own, found) in zip(_LETTERS, shuffled(written, name), strict=False)
    )
    return _OPTION.sub("", text).strip(), options


def shuffled(items: Sequence[T], seed: str) -> list[T]:
    """Return items in an order drawn from a seed, the same in every version of Python."""
    draw = random.Random(seed)
    return sorted(items, key=lambda _: draw.random())


def with_shown_letters(code: str, options: Sequence[Option]) -> str:
    """Return the answer to a choice with the letter that learners see in place of the one that was written."""
    shown = {option.written: option.letter for option in options}

    def letter(found: re.Match) -> str:
        return f"{found['quote']}{shown.get(found['letter'], found['letter'])}{found['quote']}"

    return _LETTER.sub(letter, code) if options else code


def _add(known: dict[str, str], role: str, name: str, text: str, file: Path) -> None:
    if name in known:
        raise DataError(
            f"{file.name} has two cells {role}={name!r}",
            expected="one cell for each part of an exercise",
            received="a second one",
            do="give one of them another id",
        )
    known[name] = text


def _exercise(name: str, parts: dict[str, dict[str, str]], file: Path) -> ExerciseSource:
    question, options = split_options(parts["question"][name], name)
    title = _TITLE.search(question)
    answer, why, check = (parts[role].get(name, "") for role in ("answer", "why", "check"))
    return ExerciseSource(
        name,
        title[1] if title else "",
        question,
        options,
        with_shown_letters(answer, options),
        why,
        check,
        file,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
