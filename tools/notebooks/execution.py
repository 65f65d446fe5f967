"""What becomes of a notebook on its way to disk: is the one there still right, may its outputs stay, else run it."""

import hashlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import nbformat
from nbclient import NotebookClient

from course_utils import sketchbook
from course_utils.backbones.archive import OWN_FOLDER
from course_utils.environment.course import PROFILES
from course_utils.exercises.lesson_source import marked_cells, split_options
from course_utils.paths import data_folder
from tools.notebooks.cells import is_set_up
from tools.notebooks.outputs import is_predicted

CELL_SECONDS = 300  # a cell that runs longer than this is broken
_LISTS_ALL = re.compile(r"\bdescribe\(\)|\bbackbone_names\(|\bRECORDS\b")


@dataclass(frozen=True)
class Job:
    """A notebook to be made: its file, and what it should be, not yet executed."""

    target: Path
    fresh: nbformat.NotebookNode


def ingredients(lesson: Path) -> dict[str, str]:
    """Return what outputs depend on besides the code in the notebook: drawings, backbones, exercises, tables."""
    text = lesson.read_text(encoding="utf-8")
    cells = list(marked_cells(text))
    options = [
        split_options(text, name)[1] for _, name, text in cells
    ]  # in the order in which they are shown
    exercises = repr([*cells, *options]).encode()
    named = (file for file in sorted(data_folder().rglob("*.csv")) if f'{file.name}"' in text)
    tables = b"".join(file.read_bytes() for file in named)
    return {
        "drawings": sketchbook.fingerprint(),
        "backbones": _backbones_of(text),
        "exercises": hashlib.sha256(exercises).hexdigest()[:8],
    } | ({"tables": hashlib.sha256(tables).hexdigest()[:8]} if tables else {})


def _backbones_of(lesson: str) -> str:
    """Return a digest of the files of the backbones that come with the course and that a lesson can have used.

    These are those that it names, all where it lists them, and those that a course has without a name: its profiles'
    and that of the frozen graph. No output depends on the words of a card.
    """
    unnamed = {*(name for name, _ in PROFILES.values()), Path(OWN_FOLDER).name}
    folder, digest = data_folder() / "backbones", hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"):
        name = file.relative_to(folder).parts[0]
        if name in unnamed or name in lesson or _LISTS_ALL.search(lesson):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:8]


def agrees(job: Job) -> bool:
    """True if the notebook on disk has the cells and ingredients that its lesson asks for, and spoils no prediction.

    Other outputs are not compared (nbval does that), nor what JupyterLab writes about the kernel when it saves.
    """
    if not job.target.exists():
        return False
    old = nbformat.read(job.target, as_version=4)
    cells, wanted = ([_made(cell) for cell in notebook.cells] for notebook in (old, job.fresh))
    spoilt = any(is_predicted(cell) and cell.outputs for cell in old.cells)
    return cells == wanted and not spoilt and old.metadata.get("course") == job.fresh.metadata["course"]


def _made(cell: nbformat.NotebookNode) -> tuple:
    """Return what a lesson decides about a cell."""
    return cell.id, cell.cell_type, cell.source, cell.metadata.get("tags"), cell.metadata.get("within")


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
