"""Make the notebooks from the lessons, executed: for learners in `notebooks/`, solved in `notebooks/solutions/`.

    python -m tools.build_notebooks            build what has changed
    python -m tools.build_notebooks --force    build all
    python -m tools.build_notebooks --check    say which notebooks do not agree with their lesson; build nothing

A notebook is executed in the sketch profile and keeps its outputs, so that GitHub and Colab show the figures.
"""

import hashlib
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import matplotlib
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course_utils import sketchbook
from course_utils.exercises.lesson_source import LESSON_FILES, marked_cells
from course_utils.paths import data_folder
from course_utils.widgets import WIDGET
from tools.nbval_bands import without_bars
from tools.notebook_cells import LEARNER, SOLVED, is_set_up, to_notebook
from tools.project import LESSONS, REPO, parser, repository

CELL_SECONDS = 300  # a cell that runs longer than this is broken
AT_ONCE = 2  # a notebook that trains keeps one core busy for most of the time

_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


@dataclass(frozen=True)
class Job:
    """A notebook to be made: its file, and what it should be, not yet executed."""

    target: Path
    fresh: nbformat.NotebookNode


def jobs(lessons: Path = LESSONS, root: Path = REPO) -> list[Job]:
    """Return the notebooks that the lessons ask for: two for each, the learner's and the solved one."""
    made = []
    for file in sorted(lessons.glob(LESSON_FILES)):
        for folder, solved in ((LEARNER, False), (SOLVED, True)):
            notebook = to_notebook(file, solved, repository())
            notebook.metadata["course"] = ingredients(file)
            made.append(Job(root / folder / f"{file.stem}.ipynb", notebook))
    return made


def ingredients(lesson: Path) -> dict[str, str]:
    """Return what outputs depend on besides the code in the notebook: drawings, mini backbone, and exercises."""
    weights = (data_folder() / "mini_backbone" / "weights.npz").read_bytes()
    exercises = repr(list(marked_cells(lesson.read_text(encoding="utf-8")))).encode()
    return {
        "drawings": sketchbook.fingerprint(),
        "mini_backbone": hashlib.sha256(weights).hexdigest()[:8],
        "exercises": hashlib.sha256(exercises).hexdigest()[:8],
    }


def agrees(job: Job) -> bool:
    """True if the notebook on disk has the cells and ingredients that its lesson asks for.

    Outputs are not compared (nbval does that), nor what JupyterLab writes about the kernel when it saves.
    """
    if not job.target.exists():
        return False
    old = nbformat.read(job.target, as_version=4)
    cells, wanted = ([_made(cell) for cell in notebook.cells] for notebook in (old, job.fresh))
    return cells == wanted and old.metadata.get("course") == job.fresh.metadata["course"]


def _made(cell: nbformat.NotebookNode) -> tuple:
    """Return what a lesson decides about a cell."""
    return cell.id, cell.cell_type, cell.source, cell.metadata.get("tags"), cell.metadata.get("within")


def execute(notebook: nbformat.NotebookNode, folder: Path, profile: str = "sketch") -> float:
    """Run all cells in place, as on a machine that has never seen the course; return the seconds of the cells.

    The kernel's home folder is new and empty: nothing has been drawn or extracted yet.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "COURSE_PROFILE": profile,
            "MPLCONFIGDIR": matplotlib.get_configdir(),  # else it would search for fonts anew, and say so
        }
        for name in ("COURSE_DATA", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            environment.pop(name, None)
        client = NotebookClient(notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": str(folder)}})
        with client.setup_kernel(env=environment):
            begun = time.perf_counter()
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            return time.perf_counter() - begun


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Take out of executed cells what is true of one machine and one run only."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = without_bars(cell.outputs)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _ADDRESS.sub("", output["text"])
            data = output.get("data", {})
            data.pop(WIDGET, None)  # a widget without its kernel is an error message; its HTML stays
            for kind in set(data) & {"text/plain", "text/html"}:
                data[kind] = _ADDRESS.sub("", data[kind])


def keep_outputs(job: Job) -> bool:
    """Take over the outputs on disk where nothing that they depend on has changed. True if so.

    The set-up cell does nothing on the machine that executes notebooks, so no output depends on it.
    """
    if not job.target.exists():
        return False
    old = nbformat.read(job.target, as_version=4)
    before, after = ([c for c in book.cells if c.cell_type == "code"] for book in (old, job.fresh))
    same_code = [is_set_up(c) or c.source for c in before] == [is_set_up(c) or c.source for c in after]
    if not same_code or old.metadata.get("course") != job.fresh.metadata["course"]:
        return False
    for cell, executed in zip(after, before, strict=True):
        cell.outputs, cell.execution_count = executed.outputs, executed.execution_count
    return True


def build(job: Job, force: bool = False) -> str:
    """Execute a notebook if need be and write it, whole or not at all; return a line about it."""
    job.target.parent.mkdir(parents=True, exist_ok=True)
    if not force and keep_outputs(job):
        how = "only words changed"
    else:
        how = f"all cells in {execute(job.fresh, job.target.parent):.0f} s"
        tidy(job.fresh)
    nbformat.validate(job.fresh)
    unfinished = job.target.with_suffix(".part")
    nbformat.write(job.fresh, unfinished)
    unfinished.replace(job.target)
    return f"{_shown(job)}: {how}, {job.target.stat().st_size / 1e3:.0f} kB"


def main() -> None:
    program = parser(__doc__)
    program.add_argument("--force", action="store_true", help="build all, changed or not")
    program.add_argument("--check", action="store_true", help="only say which notebooks are out of date")
    arguments = program.parse_args()
    wanted = jobs()
    stale = [job for job in wanted if arguments.force or not agrees(job)]
    if arguments.check:
        sys.exit(
            f"Out of date: {', '.join(map(_shown, stale))}. What to do: make notebooks" if stale else None
        )
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(partial(attempt, force=arguments.force), stale))
    print(f"{len(wanted) - len(stale)} of {len(wanted)} notebooks unchanged")
    if not all(results):
        sys.exit(1)


def attempt(job: Job, force: bool) -> bool:
    """Build a notebook and print how it went; False if one of its cells failed, and it stays as it was."""
    try:
        print(build(job, force), flush=True)
        return True
    except CellExecutionError as error:
        print(f"{_shown(job)}: not written, a cell failed.\n{error}", file=sys.stderr, flush=True)
        return False


def _shown(job: Job) -> str:
    return f"{job.target.parent.name}/{job.target.name}"


if __name__ == "__main__":
    main()
