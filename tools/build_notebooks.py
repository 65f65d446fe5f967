"""Make the learner's notebooks from the lessons: `lessons/NN_name.py` to `notebooks/NN_name.ipynb`, executed.

    python tools/build_notebooks.py            build what has changed
    python tools/build_notebooks.py --force    build all
    python tools/build_notebooks.py --check    say which notebooks do not agree with their lesson; build nothing

A notebook is executed in the sketch profile and keeps its outputs, so that GitHub shows the figures.
"""

import argparse
import hashlib
import operator
import os
import sys
import tempfile
import time
from pathlib import Path

import jupytext
import matplotlib
import nbformat
from nbclient import NotebookClient

from course_utils import sketchbook
from course_utils.paths import data_folder

REPO = Path(__file__).resolve().parents[1]
LESSONS, NOTEBOOKS = REPO / "lessons", REPO / "notebooks"
CELL_SECONDS = 300  # a cell that runs longer than this is broken


def from_lesson(source: str, stem: str) -> nbformat.NotebookNode:
    """Return the notebook of a lesson, not yet executed. Cell ids follow from the lesson's name and the position."""
    notebook = jupytext.reads(source, fmt="py:percent")
    for position, cell in enumerate(notebook.cells):
        cell["id"] = hashlib.sha1(f"{stem}:{position}".encode()).hexdigest()[:8]
        cell.metadata.pop("lines_to_next_cell", None)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "course": ingredients(),
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def execute(notebook: nbformat.NotebookNode, profile: str = "sketch") -> tuple[float, float]:
    """Run all cells in place, as on a machine that has never seen the course; return the seconds of start and cells.

    The kernel's home folder is new and empty: nothing has been drawn or extracted yet.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "COURSE_PROFILE": profile,
            "MPLCONFIGDIR": matplotlib.get_configdir(),  # else it would search for fonts anew, and say so
        }
        for name in ("COURSE_DATA", "XDG_CACHE_HOME"):
            environment.pop(name, None)
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": str(NOTEBOOKS)}}
        )
        begun = time.perf_counter()
        with client.setup_kernel(env=environment):
            ready = time.perf_counter()
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            done = time.perf_counter()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return ready - begun, done - ready


def ingredients() -> dict[str, str]:
    """Return what outputs depend on besides the lesson: the drawings and the mini backbone."""
    weights = (data_folder() / "mini_backbone" / "weights.npz").read_bytes()
    return {"drawings": sketchbook.fingerprint(), "mini_backbone": hashlib.sha256(weights).hexdigest()[:8]}


def agrees(notebook_file: Path, fresh: nbformat.NotebookNode) -> bool:
    """True if the notebook on disk has the same cells and ingredients as one made anew; outputs are not compared."""
    if not notebook_file.exists():
        return False
    old = nbformat.read(notebook_file, as_version=4)
    cells = ([(c.id, c.cell_type, c.source) for c in notebook.cells] for notebook in (old, fresh))
    return operator.eq(*cells) and old.metadata.get("course") == fresh.metadata["course"]


def build(lesson: Path, force: bool) -> None:
    """Build one notebook unless it agrees with its lesson already; replace the old one only when all went well."""
    target = NOTEBOOKS / f"{lesson.stem}.ipynb"
    notebook = from_lesson(lesson.read_text(encoding="utf-8"), lesson.stem)
    if agrees(target, notebook) and not force:
        print(f"{target.name}: unchanged")
        return
    _, seconds = execute(notebook)
    nbformat.validate(notebook)
    unfinished = target.with_suffix(".part")
    nbformat.write(notebook, unfinished)
    unfinished.replace(target)
    print(f"{target.name}: all cells in {seconds:.0f} s, {target.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--force", action="store_true", help="build all, changed or not")
    parser.add_argument("--check", action="store_true", help="only say which notebooks are out of date")
    arguments = parser.parse_args()
    NOTEBOOKS.mkdir(exist_ok=True)
    lessons = sorted(LESSONS.glob("[0-9][0-9]_*.py"))
    if arguments.check:
        stale = [
            lesson.stem
            for lesson in lessons
            if not agrees(
                NOTEBOOKS / f"{lesson.stem}.ipynb", from_lesson(lesson.read_text("utf-8"), lesson.stem)
            )
        ]
        sys.exit(f"Out of date: {', '.join(stale)}. What to do: make notebooks" if stale else None)
    for lesson in lessons:
        build(lesson, arguments.force)


if __name__ == "__main__":
    main()
