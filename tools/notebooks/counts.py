"""How long a lesson is: words that learners read, lines of code that they see, exercises; and how long it may be.

Forty-five minutes are about 1,600 words, 110 lines and four to six exercises. Counted is what the lesson's writer
decides on: text without set-up, map and the options of choices; code without the set-up cell, blank lines and comments.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jupytext

from course_utils.exercises.lesson_source import lesson_files, read_lesson, split_options
from tools.notebooks.cells import stub

MOST_WORDS, MOST_LINES = 1600, 110
FEWEST_EXERCISES, MOST_EXERCISES = 4, 6

# What Markdown shows nothing of, or not as words.
_UNREAD = re.compile(r"\]\([^)]*\)|<[^>]*>|^```.*$", re.MULTILINE)
_SEEN_TEXT = ("question", "quiz")


@dataclass(frozen=True)
class Counts:
    """Words of prose, lines of code and exercises of a lesson; a deepening may have any number of them."""

    lesson: str
    words: int
    lines: int
    exercises: int
    optional: bool

    def __str__(self) -> str:
        return f"{self.words:,} words of prose, {self.lines} lines of code, {self.exercises} exercises"

    def too_much(self) -> list[str]:
        """Return what to do about each figure that is out of its limits."""
        if self.optional:
            return []
        less = "or move a section to the lesson's deepening, NNx_name.py"
        limits = {
            f"at most {MOST_WORDS:,} words: say it in fewer, {less}": self.words <= MOST_WORDS,
            f"at most {MOST_LINES} lines: let the course's helpers do what the lesson is not about, {less}": (
                self.lines <= MOST_LINES
            ),
            f"{FEWEST_EXERCISES} to {MOST_EXERCISES} exercises: keep those that test an idea, {less}": (
                FEWEST_EXERCISES <= self.exercises <= MOST_EXERCISES
            ),
        }
        return [said for said, kept in limits.items() if not kept]


def count(lesson: Path) -> Counts:
    """Return how long a lesson is."""
    cells = jupytext.reads(lesson.read_text(encoding="utf-8"), fmt="py:percent").cells
    texts = [cell for cell in cells if cell.cell_type == "markdown" and "why" not in cell.metadata]
    codes = [cell for cell in cells if cell.cell_type == "code" and "check" not in cell.metadata]
    source = read_lesson(lesson)
    return Counts(
        lesson.stem,
        sum(_words(_read(cell)) for cell in texts),
        sum(_lines(stub(cell.source) if "answer" in cell.metadata else cell.source) for cell in codes),
        len(source.exercises),
        source.id.endswith("x"),
    )


def table(lessons: Path) -> str:
    """Return the figures of all lessons as a table."""
    rows = [count(file) for file in lesson_files(lessons)]
    return "\n".join(_table(rows))


def _table(rows: Iterable[Counts]) -> list[str]:
    limits = f"| at most | {MOST_WORDS:,} | {MOST_LINES} | {FEWEST_EXERCISES} to {MOST_EXERCISES} |"
    return [
        "| lesson | words of prose | lines of code | exercises |",
        "|---|---|---|---|",
        *(f"| {row.lesson} | {row.words:,} | {row.lines} | {row.exercises} |" for row in rows),
        limits,
    ]


def _read(cell) -> str:
    """Return what learners read of a cell of text."""
    return (
        split_options(cell.source, "")[0]
        if any(role in cell.metadata for role in _SEEN_TEXT)
        else cell.source
    )


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in _UNREAD.sub(" ", text).split())


def _lines(code: str) -> int:
    lines = (line.strip() for line in code.splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)
