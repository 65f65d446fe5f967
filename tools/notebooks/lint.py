"""What every lesson must have, and must not: a linter for lessons and their notebooks.

    python -m tools.notebooks.lint             name what is wrong, with what to do about it
    python -m tools.notebooks.lint --counts    show how long each lesson is, and may be

Each rule is a function that yields problems; `RULES` lists them. They look at the learner's notebook as it is
made from the lesson, and at the outputs that are stored in it.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course_utils.exercises.asking import load_check
from course_utils.exercises.lesson_source import LessonSource, lesson_files, lesson_of, read_lesson
from tools.notebooks import counts, course_map
from tools.notebooks.cells import LEARNER, to_notebook
from tools.notebooks.fairness import guessable
from tools.notebooks.numbers import computed, unsourced
from tools.notebooks.outputs import is_predicted
from tools.project import LESSONS, REPO, before_tensorflow, parser, repository

LONGEST_CELL = 15  # lines with something on them
WIDEST_LINE = 88  # what a window of 1280 pixels shows beside JupyterLab's file browser
LARGEST_OUTPUT = 200_000  # bytes

GOALS = "**When you have done this lesson you will be able to**"
PARTS = {  # what a lesson must say, and how the place is found
    "its goals, three of them": re.compile(re.escape(GOALS) + r"\n\n(- .+\n(  .+\n)*){3}\n"),
    "what it needs": re.compile(r"\*\*You need\*\* "),
    "how many minutes it takes": re.compile(r"\*\*Time\*\*: about \d+ minutes"),
    "a recap": re.compile(r"^## What you saw$", re.MULTILINE),
    "where it goes wrong in practice": re.compile(r"\*\*Where it goes wrong in practice\.\*\*"),
    "its sources": re.compile(r"^## Sources\n\n- ", re.MULTILINE),
}
MACHINE_PATH = re.compile(r"(?<![\w.~])/(root|home|Users|tmp|work|content)/|[A-Z]:\\\\")


@dataclass(frozen=True)
class Lesson:
    """All that the rules look at: the source, the learner's notebook, and its cells as stored with outputs.

    Outputs that learners are to predict come from the solved notebook, which alone stores them.
    """

    source: LessonSource
    cells: list[nbformat.NotebookNode]
    stored: list[nbformat.NotebookNode]

    @property
    def prose(self) -> str:
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")


def read(file: Path, stored: Path | None = None) -> Lesson:
    """Return a lesson; `stored` is its executed notebook, by default the one in `notebooks/`."""
    stored = stored or REPO / LEARNER / f"{file.stem}.ipynb"
    executed = _stored_cells(stored)
    solved = {cell.id: cell for cell in _stored_cells(stored.parent / "solutions" / stored.name)}
    executed = [solved.get(cell.id, cell) if is_predicted(cell) else cell for cell in executed]
    return Lesson(read_lesson(file), to_notebook(file, False, repository()).cells, executed)


def _stored_cells(notebook: Path) -> list[nbformat.NotebookNode]:
    return nbformat.read(notebook, as_version=4).cells if notebook.exists() else []


def has_its_parts(lesson: Lesson) -> Iterator[str]:
    for what, pattern in PARTS.items():
        if not pattern.search(lesson.prose):
            yield f"it does not say {what}. Look at lesson 00 for the form"
    hook = lesson.cells[0].source.partition(GOALS)[0]
    if len(hook.split()) < 30 and "![" not in hook.partition("\n\n")[2]:
        yield "it begins without a hook. Open with a question or a picture that makes one curious"
    if not lesson.source.quizzes:
        yield "it has no quiz. Add a cell `# %% [markdown] quiz=...`"


def has_whole_exercises(lesson: Lesson) -> Iterator[str]:
    if not lesson.source.exercises:
        yield "it has no exercise. `course_utils/exercises/lesson_source.py` says how to write one"
    for name in (*lesson.source.exercises, *lesson.source.quizzes):
        if lesson_of(name) != lesson.source.id:
            yield f"{name} has another lesson's number: exercises of this one begin with {lesson.source.id}"
    for name, exercise in lesson.source.exercises.items():
        missing = [part for part in ("title", "answer", "check") if not getattr(exercise, part)]
        if not exercise.why and not exercise.options:
            missing.append("why")
        if missing:
            yield f"exercise {name} has no {', '.join(missing)}. Add the cell"
        elif not 1 <= len(load_check(exercise).hints) <= 3:
            yield f"exercise {name} must have one to three hints"
        if f'exercise("{name}").check(' not in "\n".join(cell.source for cell in lesson.cells):
            yield f'exercise {name} is never checked. Add a cell with exercise("{name}").check(...)'


def asks_fairly(lesson: Lesson) -> Iterator[str]:
    yield from guessable(lesson.source)


def has_short_cells(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if cell.cell_type == "code" and len(lines) > LONGEST_CELL:
            yield f"a cell of {len(lines)} lines, at most {LONGEST_CELL}: split it. It begins: {lines[0]}"


def has_lines_that_fit(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "code" and len(line) > WIDEST_LINE:
                where = f"{len(line)} characters, at most {WIDEST_LINE}: {line.strip()[:50]}"
                yield f"a line of code that learners would have to scroll ({where}). Run ruff format, or split it"


def takes_forty_five_minutes(lesson: Lesson) -> Iterator[str]:
    length = counts.count(lesson.source.file)
    for said in length.too_much():
        yield f"it has {length}, and may have {said}"


def has_words_before_code(lesson: Lesson) -> Iterator[str]:
    for before, cell in zip(lesson.cells, lesson.cells[1:], strict=False):
        both_quizzes = all("quiz" in c.metadata.get("course", {}) for c in (before, cell))
        wordless = before.cell_type == "code" or not before.source.strip()
        if cell.cell_type == "code" and wordless and not both_quizzes:
            yield f"a cell without a sentence before it: say why it comes. It begins: {_start(cell)}"


def keeps_to_public_names(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if cell.cell_type == "code":
            for node in ast.walk(
                ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", cell.source, flags=re.MULTILINE))
            ):
                if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                    yield f"`.{node.attr}` is private and may change. Use a public attribute. In: {_start(cell)}"


def describes_its_pictures(lesson: Lesson) -> Iterator[str]:
    for alt in re.findall(r"!\[([^\]]*)\]\(", lesson.prose):
        if not alt.strip():
            yield "a picture in the text without an alt text: write it into ![...]"
    for cell, output in _outputs(lesson):
        data = output.get("data", {})
        pictures = re.findall(r"<img [^>]*>", str(data.get("text/html", "")))
        bare = [tag for tag in pictures if not re.search(r'alt="[^"]{20,}"', tag[:2000])]
        if bare or any(kind.startswith("image/") for kind in data):
            yield f'a figure without alt text: plots.describe(ax, "what it shows"). In: {_start(cell)}'


def keeps_outputs_small(lesson: Lesson) -> Iterator[str]:
    for cell, output in _outputs(lesson):
        size = len(str(output))
        if size > LARGEST_OUTPUT:
            allowed = f"{size / 1e3:.0f} kB, at most {LARGEST_OUTPUT / 1e3:.0f}"
            yield f"an output of {allowed}: fewer pictures, or a lower dpi. In: {_start(cell)}"


def names_no_machine(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if MACHINE_PATH.search(cell.source):
            yield f"a path of one machine: use what `setup()` returns. In: {_start(cell)}"
    for cell, output in _outputs(lesson):
        if MACHINE_PATH.search(re.sub(r"base64,[^\"]+", "", str(output))):
            yield f"an output with a path of one machine: print it with `paths.shown`. In: {_start(cell)}"


def computes_its_numbers(lesson: Lesson) -> Iterator[str]:
    yield from unsourced(lesson.prose, computed(lesson.cells, lesson.stored))


RULES = [
    has_its_parts,
    has_whole_exercises,
    asks_fairly,
    has_short_cells,
    has_lines_that_fit,
    takes_forty_five_minutes,
    has_words_before_code,
    keeps_to_public_names,
    describes_its_pictures,
    keeps_outputs_small,
    names_no_machine,
    computes_its_numbers,
]


def problems(lesson: Lesson) -> list[str]:
    """Return all that is wrong with a lesson, a line for each."""
    return [f"{lesson.source.file.name}: {problem}." for rule in RULES for problem in rule(lesson)]


def _outputs(lesson: Lesson) -> Iterator[tuple[nbformat.NotebookNode, nbformat.NotebookNode]]:
    for cell in lesson.stored:
        for output in cell.get("outputs", []):
            yield cell, output


def _start(cell: nbformat.NotebookNode) -> str:
    return next((line for line in cell.source.splitlines() if line.strip()), "")


def main(arguments: Sequence[str] | None = None) -> None:
    program = parser(__doc__)
    program.add_argument("--counts", action="store_true", help="only show how long each lesson is")
    if program.parse_args(arguments).counts:
        print(counts.table(LESSONS))
        return
    before_tensorflow()  # some checks import it
    found = [problem for file in lesson_files(LESSONS) for problem in problems(read(file))]
    sys.exit("\n".join([*found, *course_map.problems()]) or None)


if __name__ == "__main__":
    main()
