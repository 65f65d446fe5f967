"""Try answers that people give to the exercises, right ones and wrong ones, each in the notebook as it is just before.

    make bank BANK_ARGS="0.4 5"     the answers to exercise 0.4, and all to those of lesson 05

`lessons/README.md` says how a bank of answers is written. A lesson is run once, solved, in this process; each answer
gets copies of the variables that it names, and the models that it names are put back afterwards.
"""

import ast
import contextlib
import io
import linecache
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tools.project import LESSONS, REPO, before_tensorflow, parser

before_tensorflow()

import jupytext
import keras
import matplotlib
import matplotlib.pyplot as plt

from course_utils.exercises.calling import TooLong, limited
from course_utils.exercises.verdicts import Status, Verdict
from tools.notebooks.cells import filled
from tools.notebooks.states import restored, using_copies

matplotlib.use("Agg")  # not by the environment, which kernels that this process starts would inherit
BANK = REPO / "tests" / "lessons" / "bank"
WANTED = {"right": Status.RIGHT, "wrong": Status.NOT_YET, "untried": Status.NOT_TRIED}
SECONDS = 60  # an answer that takes longer is broken, or should be told so

# What a check says when it knows no better. A wrong answer should hear more than this, unless its cell is `generic`.
_GENERIC = re.compile(
    r"^.{1,70} is (far )?too (large|small)\.$|^\d+ of the \d+ numbers (is|are) off|^.{1,70} is not right\.$"
    r"|^The check cannot read your answer"
)


@dataclass(frozen=True)
class Answer:
    """What somebody puts into the answer cell, and what it should hear."""

    exercise: str
    verdict: str
    code: str
    says: str = ""
    tags: frozenset[str] = frozenset()
    number: int = 0

    def __str__(self) -> str:
        first = next((line for line in self.code.splitlines() if line.strip()), "")
        return f"{self.exercise} {self.verdict} {self.number}: {first.strip()[:60]}"


@dataclass(frozen=True)
class Heard:
    """What came of an answer: a verdict, or the error with which its own cell stopped; and how long it took."""

    verdict: Verdict | None
    error: str = ""
    seconds: float = 0.0

    def __str__(self) -> str:
        said = f"its own cell stops with {self.error}" if self.verdict is None else self.verdict
        return f"{said} ({self.seconds:.1f} s)"


def read_bank(file: Path) -> list[Answer]:
    """Return the answers of a bank in their order.

    Raises
    ------
    ValueError : a cell of code says of no exercise whether it is right or wrong.
    """
    answers = []
    for number, cell in enumerate(jupytext.reads(file.read_text("utf-8"), fmt="py:percent").cells, start=1):
        if cell.cell_type != "code":
            continue
        verdict = next((word for word in WANTED if word in cell.metadata), None)
        if verdict is None:
            raise ValueError(
                f'{file.name}, cell {number}, must begin with `# %% right="0.1"` or wrong=, untried=. '
                f"Received: {cell.source[:60]!r}"
            )
        tags = frozenset(cell.metadata.get("tags", ()))
        name, says = str(cell.metadata[verdict]), str(cell.metadata.get("says", ""))
        answers.append(Answer(name, verdict, cell.source, says, tags, number))
    return answers


def tried(lesson: Path, answers: list[Answer]) -> Iterator[tuple[Answer, Heard | str]]:
    """Run a lesson as far as needed; yield each answer with what it hears, or with what is wrong with the lesson."""
    cells = [
        c for c in jupytext.reads(lesson.read_text("utf-8"), fmt="py:percent").cells if c.cell_type == "code"
    ]
    places = {
        str(cell.metadata["answer"]): place for place, cell in enumerate(cells) if "answer" in cell.metadata
    }
    checks = {name: _check_cell(cells[place:], name) for name, place in places.items()}
    for answer in answers:
        if not checks.get(answer.exercise):
            yield answer, f"{lesson.name} has no answer cell, or no call of `check`, for {answer.exercise}"
    notebook, last = (
        {"__name__": "__main__"},
        max((places.get(answer.exercise, -1) for answer in answers), default=-1),
    )
    for place, cell in enumerate(cells[: last + 1]):
        here = [one for one in answers if places.get(one.exercise) == place and checks[one.exercise]]
        for answer in here:
            yield answer, _heard(answer, checks[answer.exercise], notebook)
        if not {"check", "quiz"} & set(cell.metadata):
            with contextlib.redirect_stdout(io.StringIO()):
                _run(filled(cell.source), notebook, f"<{lesson.stem}, code cell {place}>")


def _check_cell(cells: list, name: str) -> str:
    call = f'exercise("{name}").check('
    return next((cell.source for cell in cells if call in cell.source and "answer" not in cell.metadata), "")


def _heard(answer: Answer, check: str, notebook: dict) -> Heard:
    """Run an answer and the check behind it on copies, and put everything back."""
    start, verdict, error = time.monotonic(), None, ""
    with restored(notebook, answer.code + "\n" + check), _alone():
        own = using_copies(notebook, answer.code + "\n" + check)
        try:
            with limited(SECONDS):
                _run(answer.code, own, f"<answer {answer.number}>")
        except (Exception, TooLong, SystemExit) as stopped:
            error = f"{type(stopped).__name__}: {str(stopped).strip()[:200]}"
        else:
            verdict = _verdict(check, own)
    return Heard(verdict, error, time.monotonic() - start)


def _verdict(check: str, notebook: dict) -> Verdict | None:
    try:
        with limited(SECONDS):
            return _run(check, notebook, "<check>")
    except (Exception, TooLong) as error:  # the fault that is looked for: report it beside the others
        return Verdict("the check", Status.NOT_YET, f"STACK TRACE {type(error).__name__}: {error}")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Write no progress, repeat all that is random, keep what is printed."""
    keras.utils.set_random_seed(0)
    with (
        patch("course_utils.exercises.asking.record", return_value=""),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        yield


def _run(code: str, notebook: dict, name: str) -> object:
    """Run a cell as a notebook does, which closes its figures behind it; return the value of its last line."""
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, name, "exec"), notebook)
        return None if last is None else eval(compile(ast.Expression(last.value), name, "eval"), notebook)
    finally:
        plt.close("all")


def problem(answer: Answer, heard: Heard | str) -> str:
    """Say in what an answer heard something else than it should; "" where it did not."""
    if isinstance(heard, str):
        return heard
    if heard.verdict is None:
        return "" if "stops" in answer.tags else str(heard)
    verdict = heard.verdict
    if verdict.status is not WANTED[answer.verdict] or "STACK TRACE" in verdict.text:
        return str(heard)
    if answer.verdict != "wrong":
        return ""
    if answer.says and not re.search(answer.says, verdict.text):
        return f"should say {answer.says!r}: {heard}"
    if not verdict.text.strip() or (_GENERIC.search(verdict.text) and "generic" not in answer.tags):
        return f"has no reason of its own: {heard}"
    return (
        f"shows NumPy's own spelling: {heard}"
        if "np.float" in verdict.text or "np.int" in verdict.text
        else ""
    )


def lesson_of(bank: Path, folder: Path = LESSONS) -> Path:
    """Return the lesson that a bank, `00.py` or `02x.py`, is about."""
    return next(folder.glob(f"{bank.stem}_*.py"))


def main() -> int:
    """Try the answers asked for, all if none; return 1 if any hears the wrong thing."""
    program = parser(__doc__)
    program.add_argument("asked", nargs="*", metavar="EXERCISE", help="or a lesson; all by default")
    asked, faults = program.parse_args().asked, 0
    for file in sorted(BANK.glob("*.py")):
        names = {file.stem, file.stem.lstrip("0") or "0"}
        answers = [a for a in read_bank(file) if not asked or {a.exercise, *names} & set(asked)]
        for answer, heard in tried(lesson_of(file), answers):
            wrong = problem(answer, heard)
            faults += bool(wrong)
            print(f"{'✘' if wrong else '·'} {answer}\n    {wrong or heard}", flush=True)
    print(f"{faults} answers heard something else than they should")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
