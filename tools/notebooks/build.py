"""Make the notebooks from the lessons, executed: for learners in `notebooks/`, solved in `notebooks/solutions/`.

README's table of lessons is written, too, as it links to them.

    python -m tools.notebooks.build            build what has changed
    python -m tools.notebooks.build --force    build all
    python -m tools.notebooks.build --check    say which notebooks do not agree with their lesson; build nothing

A notebook is executed in the sketch profile and keeps its outputs, so that GitHub and Colab show the figures.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

from course_utils.exercises.lesson_source import lesson_files
from tools.notebooks.cells import LEARNER, SOLVED, to_notebook
from tools.notebooks.course_map import write_readme
from tools.notebooks.execution import Job, agrees, execute, ingredients, keep_outputs
from tools.notebooks.outputs import tidy
from tools.project import LESSONS, REPO, parser, repository

AT_ONCE = 2  # a notebook that trains keeps one core busy for most of the time


def jobs(lessons: Path = LESSONS, root: Path = REPO) -> list[Job]:
    """Return the notebooks that the lessons ask for: two for each, the learner's and the solved one."""
    made = []
    for file in lesson_files(lessons):
        for folder, solved in ((LEARNER, False), (SOLVED, True)):
            notebook = to_notebook(file, solved, repository())
            notebook.metadata["course"] = ingredients(file)
            made.append(Job(root / folder / f"{file.stem}.ipynb", notebook))
    return made


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
    write_readme()
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
