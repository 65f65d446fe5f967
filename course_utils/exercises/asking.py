"""An exercise as a learner meets it: `exercise("5.2").check(answer)`, `.hint()`, `.solution()`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from course_utils.exercises.answers import Said, shortly
from course_utils.exercises.checks import Check, Choice, WrongCall
from course_utils.exercises.lesson_source import ExerciseSource, find_source
from course_utils.exercises.progress_file import record
from course_utils.exercises.verdicts import Status, Verdict, card, paragraphs

SOLUTION_MARKS = re.compile(r"^ *# (solution|end)\n?", re.MULTILINE)


class Exercise:
    """One exercise of a lesson; `exercise(id)` finds it."""

    def __init__(self, source: ExerciseSource):
        self.source = source
        self._check = load_check(source)
        self._hints_given = 0

    def check(self, answer: Any, **given: Any) -> Verdict:
        """Say whether an answer is right, and if not, why not. An untouched `...` is "not tried yet"."""
        status, reason = self._judged(answer, given)
        if status is Status.RIGHT:
            text = paragraphs(self._right_reason(), record(self.source.id, "right"))
        elif status is Status.NOT_YET:
            text = paragraphs(reason, record(self.source.id, "tried"))
        else:
            text = reason or "Put your answer in place of the `...` above, then run this cell again."
        return Verdict(self._name(), status, text)

    def _judged(self, answer: Any, given: Mapping[str, Any]) -> Said:
        """Return what the check says. What it cannot read is an answer as well, never a stack trace."""
        try:
            return self._check.judge(answer, **given)
        except WrongCall:
            raise
        except Exception as error:
            return Status.NOT_YET, (
                f"The check cannot read your answer, {shortly(answer)}, and stops with {type(error).__name__}. "
                "Is it the kind of thing that the question asks for?"
            )

    def hint(self) -> "Note":
        """Return the next hint, stronger than the one before; after the last, the last again."""
        hints = self._check.hints
        if not hints:
            return Note(f"{self._name()} has no hints", "")
        self._hints_given = min(self._hints_given + 1, len(hints))
        note = record(self.source.id, "hint")
        head = f"Hint {self._hints_given} of {len(hints)}, {self._name()}"
        return Note(head, paragraphs(hints[self._hints_given - 1], note))

    def solution(self) -> "Note":
        """Return the solution and why it is right."""
        note = record(self.source.id, "solution")
        code = f"```python\n{SOLUTION_MARKS.sub('', self.source.answer).strip()}\n```"
        return Note(f"Solution of {self._name()}", paragraphs(code, self._right_reason(), note))

    def _right_reason(self) -> str:
        if self.source.why:
            return self.source.why
        return next((option.reason for option in self.source.options if option.right), "")

    def _name(self) -> str:
        return f"Exercise {self.source.id}"

    def __repr__(self) -> str:
        return f"<{self._name()} · {self.source.title}: .check(answer), .hint(), .solution()>"

    def _repr_html_(self) -> str:
        name = f'exercise("{self.source.id}")'
        calls = (
            f"`{name}.check(your answer)` says whether you are right, `{name}.hint()` helps, "
            f"`{name}.solution()` shows how we did it."
        )
        return card(f"{self._name()} · {self.source.title}", calls)


@dataclass(frozen=True)
class Note:
    """A heading and a text in Markdown: a hint, or a solution."""

    head: str
    text: str

    def __repr__(self) -> str:
        return f"{self.head}\n{self.text}".strip()

    def _repr_html_(self) -> str:
        return card(self.head, self.text)


@lru_cache
def exercise(name: str) -> Exercise:
    """Return an exercise by its id: the lesson's number, a dot, and its number there, as in "5.2".

    Raises
    ------
    ValueError : there is no such exercise.
    """
    return Exercise(find_source("exercises", name))


def load_check(source: ExerciseSource) -> Check:
    """Run the lesson's check cell by itself and return the `check` that it makes."""
    namespace: dict[str, Any] = {"__name__": f"exercise_{source.id}"}
    code = compile(source.check or "check = None", f"{source.file.name}, check of {source.id}", "exec")
    exec(code, namespace)
    check = namespace["check"]
    if check is None and source.options:
        check = Choice()
    return check.with_options(source.options) if isinstance(check, Choice) else check
