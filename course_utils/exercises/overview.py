"""The progress view: what has been done in which lesson."""

import html
import textwrap
from dataclasses import dataclass

import pandas as pd

from course_utils.exercises import progress_file
from course_utils.exercises.lesson_source import LessonSource, lesson_in_use, lesson_of, lessons
from course_utils.exercises.verdicts import SIGNS, Status, plain
from course_utils.syllabus import ready_lessons, syllabus


@dataclass(frozen=True)
class Progress:
    """How far each exercise and quiz is; `table` has a row for each: lesson, id, title, status, tries, hints.

    Its HTML opens the lesson `here`; of all others it is one line that can be opened.
    """

    table: pd.DataFrame
    here: str | None = None

    def summary(self) -> pd.DataFrame:
        """Return a row for each lesson: how many exercises and quizzes it has, and how many are solved."""
        solved = self.table["status"].eq(Status.RIGHT.value)
        counts = self.table.assign(solved=solved).groupby("lesson", sort=False)
        return counts.agg(title=("lesson_title", "first"), solved=("solved", "sum"), all=("id", "size"))

    def __repr__(self) -> str:
        lines = [
            f"{row.solved} of {row.all} solved in lesson {row.title}" for row in self.summary().itertuples()
        ]
        return "\n".join(lines) or "No lesson has exercises yet."

    def _repr_html_(self) -> str:
        return "".join(self._lesson(name, row) for name, row in self.summary().iterrows())

    def _lesson(self, name: str, row: pd.Series) -> str:
        lines = self.table[self.table["lesson"] == name]
        bar = (
            f'<progress value="{row.solved}" max="{row["all"]}" style="width: 12em; vertical-align: middle" '
            f'aria-label="{row.solved} of {row["all"]} solved"></progress>'
        )
        items = "".join(_line(line) for line in lines.itertuples())
        return (
            f"<details{' open' * (name == self.here)}><summary>"
            f"<strong>{html.escape(row.title)}</strong> &nbsp;{bar}&nbsp; "
            f"{row.solved} of {row['all']} solved</summary>"
            f'<table style="margin: 0.3em 0 0.8em 1em">{items}</table></details>'
        )


def progress() -> Progress:
    """Return what you have done so far, lesson by lesson, this one opened. It is kept on this machine only."""
    events = progress_file.events()
    rows = [
        (lesson.id, f"{lesson.heading}{' (optional)' * lesson.optional}", *row)
        for lesson in ready_lessons(syllabus())
        for row in _rows(lessons()[lesson.id], events)
    ]
    last = None if events.empty else lesson_of(events["exercise"].iloc[-1])
    columns = ["lesson", "lesson_title", "id", "title", "status", "tries", "hints"]
    return Progress(pd.DataFrame(rows, columns=columns), lesson_in_use() or last)


def reset(lesson: int | str | None = None) -> None:
    """Forget your progress, in one lesson or in all; asks first. What you wrote in notebooks stays.

    Parameters
    ----------
    lesson : number of the lesson, such as 5, or "5x" for its deepening; None means all.
    """
    if lesson is not None and str(lesson) not in lessons():
        raise ValueError(
            f"`lesson` must be a lesson's number, one of {', '.join(lessons())}. Received: {lesson!r}."
        )
    what = "all lessons" if lesson is None else f"lesson {lesson}"
    if not _said_yes(f"Forget your progress in {what}? Type yes: "):
        print("Nothing was forgotten.")
        return
    count = progress_file.forget(lesson)
    print(f"Forgotten: {count} {'entry' if count == 1 else 'entries'} of {what}.")


def _said_yes(question: str) -> bool:
    try:
        return input(question).strip().lower() == "yes"
    except (EOFError, NotImplementedError):  # nobody there to ask: a notebook that runs as a test
        return False


def _rows(lesson: LessonSource, events: pd.DataFrame) -> list[tuple]:
    titles = {name: exercise.title for name, exercise in lesson.exercises.items()}
    titles |= {name: f"Quiz: {_opening(quiz.question)}" for name, quiz in lesson.quizzes.items()}
    rows = []
    for name, title in titles.items():
        own = events.loc[events["exercise"] == name, "event"]
        counts = own.value_counts()
        status = Status.RIGHT if "right" in counts else Status.NOT_YET if len(own) else Status.NOT_TRIED
        tries = int(counts.get("tried", 0) + counts.get("right", 0))
        rows.append((name, title, status.value, tries, int(counts.get("hint", 0))))
    return rows


def _opening(question: str, width: int = 115) -> str:
    """The first paragraph on one line; where it is long, as many words as fit, and dots."""
    return textwrap.shorten(plain(" ".join(question.split("\n\n")[0].split())), width, placeholder=" …")


def _line(line: tuple) -> str:
    status = Status(line.status)
    tries = f"{line.tries} {'try' if line.tries == 1 else 'tries'}" if line.tries else ""
    hints = f"{line.hints} {'hint' if line.hints == 1 else 'hints'}" if line.hints else ""
    effort = ", ".join(filter(None, (tries, hints)))
    whole = "; white-space: nowrap"
    cells = ((f"{SIGNS[status]} {status.value}", whole), (line.id, whole), (line.title, ""), (effort, whole))
    return (
        "<tr>"
        + "".join(f'<td style="text-align: left{wrap}">{html.escape(cell)}</td>' for cell, wrap in cells)
        + "</tr>"
    )
