"""From a lesson's cells to a notebook's: what learners see, and what the solved notebook shows. Pure.

What each cell of a lesson is for stands in `course_utils/exercises/lesson_source.py`.
"""

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_utils.exercises.lesson_source import (
    ROLES,
    LessonSource,
    Option,
    read_lesson,
    with_shown_letters,
)
from course_utils.syllabus import Lesson, as_table, syllabus
from tools.notebooks.badges import badges
from tools.notebooks.outputs import PREDICT

# Marks a cell of text that ends with the map of the course, made from `lessons/syllabus.yaml`.
MAP = "map"
LEARNER, SOLVED = "notebooks", "notebooks/solutions"

_SOLUTION = re.compile(r"^(?P<indent> *)# solution\n(?P<code>.*?)^ *# end\n?", re.MULTILINE | re.DOTALL)
_INSTALL = """\
import sys

if "google.colab" in sys.modules:
    kept = "^(tensorflow|keras|ipywidgets|numpy|pandas)=="
    !pip freeze | grep -E "{{kept}}" > colab_has.txt
    course = "git+{repository}"
    %pip install --quiet --constraint colab_has.txt {{course}}"""
_INSTALL_TEXT = (
    "On Google Colab the next cell installs the course's helper module, and leaves Colab's own packages as they "
    "are. Anywhere else it does nothing."
)
# The same for a course that has no address to be installed from.
_INSTALL_HERE = """\
import sys
from pathlib import Path

if "google.colab" in sys.modules:
    here = Path.cwd()
    near = [here, *here.glob("*"), *here.glob("drive/MyDrive/*"), *here.parents]
    folder = next((f for f in near if (f / "course_utils").is_dir()), None)
    assert folder, "Put the course's folder into /content, then run this cell again."
    kept = "^(tensorflow|keras|ipywidgets|numpy|pandas)=="
    !pip freeze | grep -E "{kept}" > colab_has.txt
    %pip install --quiet --constraint colab_has.txt "{folder}\""""
_INSTALL_HERE_TEXT = (
    "On Google Colab, put the course's folder into `/content` first: clone it there, or upload it as a ZIP file and "
    "unpack it. The next cell then installs the course's helper module from it, and leaves Colab's own packages as "
    "they are. Anywhere else it does nothing."
)


def to_notebook(
    lesson: Path, solved: bool, repository: str | None, branch: str = "main"
) -> nbformat.NotebookNode:
    """Return the notebook of a lesson, not yet executed.

    Parameters
    ----------
    lesson : its file, `lessons/NN_name.py`.
    solved : fill in the solutions and the reasons; else leave stubs.
    repository : address of the course on GitHub, for badges and the installation on Colab; None until it has one.
    """
    title, *others = jupytext.reads(lesson.read_text(encoding="utf-8"), fmt="py:percent").cells
    path = f"{SOLVED if solved else LEARNER}/{lesson.stem}.ipynb"
    if repository:
        title.source = f"{badges(repository, path, branch)}\n\n{title.source}"
    cells = [
        new_markdown_cell(title.source),
        new_markdown_cell(_INSTALL_TEXT if repository else _INSTALL_HERE_TEXT),
        new_code_cell(_INSTALL.format(repository=repository) if repository else _INSTALL_HERE),
    ]
    source = read_lesson(lesson)
    for cell in others:
        cells += _converted(cell, solved, source)
    _import_quiz(cells)
    _draw_map(cells, lesson.stem)
    _name(cells, lesson.stem)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def is_set_up(cell: nbformat.NotebookNode) -> bool:
    """True for the cell that installs the course on Google Colab, and does nothing anywhere else."""
    return (
        cell.cell_type == "code" and cell.source.startswith("import sys\n") and "google.colab" in cell.source
    )


def stub(code: str) -> str:
    """Return an answer cell as learners get it: each part between `# solution` and `# end` becomes `...`.

    Inside a function the dots stand for its body. Elsewhere they are assigned to the name that the solution
    assigns last, which is the answer.
    """
    return _SOLUTION.sub(_blank, code).rstrip()


def filled(code: str) -> str:
    """Return an answer cell with its solution, the marks taken out."""
    return _SOLUTION.sub(lambda found: found["code"], code).rstrip()


def _converted(
    cell: nbformat.NotebookNode, solved: bool, lesson: LessonSource
) -> list[nbformat.NotebookNode]:
    """Return the cells that one cell of the lesson becomes: none, or one."""
    role = next((role for role in ROLES if role in cell.metadata), None)
    if role == "check" or (role == "why" and not solved):
        return []
    metadata = {"within": cell.metadata["within"]} if "within" in cell.metadata else {}
    if tags := [tag for tag in cell.metadata.get("tags", []) if not (solved and tag == PREDICT)]:
        metadata["tags"] = tags
    name = str(cell.metadata.get(role, ""))
    if role is not None:
        metadata["course"] = {role: name}
    if role == "quiz":
        return [new_code_cell(f'quiz("{name}")', metadata=metadata)]
    if role == "question":
        asked = lesson.exercises[name]
        return [new_markdown_cell(_lettered(asked.question, asked.options), metadata=metadata)]
    if role == "why":
        return [new_markdown_cell(f"**Why.** {cell.source}", metadata=metadata)]
    if role == "answer":
        code = with_shown_letters(cell.source, lesson.exercises[name].options)
        return [new_code_cell((filled if solved else stub)(code), metadata=metadata)]
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    return [make(cell.source, metadata=metadata)]


def _import_quiz(cells: list[nbformat.NotebookNode]) -> None:
    """Let the first quiz cell import what it uses: in the lesson a quiz is text, so nothing is imported there."""
    first = next((cell for cell in cells if "quiz" in cell.metadata.get("course", {})), None)
    if first is not None:
        first.source = f"from course_utils.exercises import quiz\n\n{first.source}"


def _draw_map(cells: list[nbformat.NotebookNode], stem: str) -> None:
    for cell in cells:
        if MAP in cell.metadata.get("tags", []):
            cell.source += f"\n\n{as_table(syllabus(), partial(_on_the_map, here=stem))}"


def _on_the_map(lesson: Lesson, here: str) -> str:
    if lesson.file is None:
        return lesson.heading
    stem = lesson.file.stem
    return f"**{lesson.heading}**" if stem == here else f"[{lesson.heading}]({stem}.ipynb)"


def _lettered(question: str, options: Sequence[Option]) -> str:
    """Return a question with its options as a lettered list, the reasons left out."""
    return "\n".join([question, "", *(f"- **{o.letter}.** {o.text}" for o in options)]).strip()


def _blank(found: re.Match) -> str:
    indent, end = found["indent"], "\n" if found[0].endswith("\n") else ""
    if indent:
        return f"{indent}...  # your code here{end}"
    targets = [
        node.id
        for statement in ast.parse(found["code"]).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name)
    ]
    if not targets:
        raise ValueError(
            "a part from `# solution` to `# end` must assign the answer to a name, or stand inside a function. "
            f"Received:\n{found['code']}"
        )
    return f"{targets[-1]} = ...  # your answer here{end}"


def _name(cells: list[nbformat.NotebookNode], stem: str) -> None:
    """Give cells ids that stay the same when others come, go or change: by exercise, else by content."""
    seen: Counter = Counter()
    for cell in cells:
        mark = cell.metadata.get("course") or cell.source
        text = f"{stem}:{cell.cell_type}:{mark}"
        seen[text] += 1
        cell["id"] = hashlib.sha1(f"{text}:{seen[text]}".encode()).hexdigest()[:8]
