"""Make the learner's notebooks from the lessons: `lessons/NN_name.py` to `notebooks/NN_name.ipynb`, executed.

    python tools/build_notebooks.py            build what has changed
    python tools/build_notebooks.py --force    build all
    python tools/build_notebooks.py --check    say which notebooks do not agree with their lesson; build nothing

A notebook is executed in the sketch profile and keeps its outputs, so that GitHub shows the figures.
"""

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

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
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def execute(notebook: nbformat.NotebookNode) -> None:
    """Run all cells in the sketch profile, in place, and drop what differs from run to run without meaning."""
    os.environ["COURSE_PROFILE"] = "sketch"
    NotebookClient(notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}


def agrees(notebook_file: Path, fresh: nbformat.NotebookNode) -> bool:
    """True if the notebook on disk has the same cells as one made anew; outputs do not count."""
    if not notebook_file.exists():
        return False
    old = nbformat.read(notebook_file, as_version=4)
    return [(c.id, c.cell_type, c.source) for c in old.cells] == [
        (c.id, c.cell_type, c.source) for c in fresh.cells
    ]


def build(lesson: Path, force: bool) -> None:
    """Build one notebook unless it agrees with its lesson already; replace the old one only when all went well."""
    target = NOTEBOOKS / f"{lesson.stem}.ipynb"
    notebook = from_lesson(lesson.read_text(encoding="utf-8"), lesson.stem)
    if agrees(target, notebook) and not force:
        print(f"{target.name}: unchanged")
        return
    start = time.perf_counter()
    execute(notebook)
    nbformat.validate(notebook)
    unfinished = target.with_suffix(".part")
    nbformat.write(notebook, unfinished)
    unfinished.replace(target)
    print(
        f"{target.name}: built in {time.perf_counter() - start:.0f} s, {target.stat().st_size / 1e3:.0f} kB"
    )


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
