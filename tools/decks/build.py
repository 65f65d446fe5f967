"""Make the decks from slides/*.py: each an executed notebook and one HTML file, both in `slides/dist/`.

    python -m tools.decks.build            build what has changed
    python -m tools.decks.build --force    build all
    python -m tools.decks.build --check    say which decks do not agree with their source; build nothing

A deck is executed in the sketch profile, as notebooks are. Where Chromium is found a PDF is printed as well, to
`build/slides/`. The timing plan in slides/README.md is that of the talk. Needs the packages of slides/package.json:
`make slides` installs them.
"""

import sys
import time
from pathlib import Path

import nbformat

from tools.decks.browser import CHROMIUM, print_pdf
from tools.decks.cells import plan, slides, to_notebook
from tools.decks.page import PACKAGES, page, sections
from tools.decks.plan import with_plan
from tools.notebooks.execution import Job, agrees, execute, ingredients, keep_outputs
from tools.notebooks.outputs import tidy
from tools.project import REPO, parser

DECKS = REPO / "slides"
BUILT = DECKS / "dist"
PDF = REPO / "build" / "slides"
TALK, PRESENTERS_PAGE = "transfer_learning_is_for_the_birds", DECKS / "README.md"


def jobs(decks: Path = DECKS, built: Path = BUILT) -> list[Job]:
    """Return the notebooks that the decks ask for, not yet executed."""
    made = []
    for file in sorted(decks.glob("*.py")):
        notebook = to_notebook(file)
        notebook.metadata["course"] = ingredients(file)
        made.append(Job(built / f"{file.stem}.ipynb", notebook))
    return made


def html_of(job: Job) -> Path:
    return job.target.with_suffix(".html")


def whole(job: Job) -> bool:
    """True if notebook and HTML on disk are those that the deck's source and theme ask for."""
    if not agrees(job) or not html_of(job).exists():
        return False
    html = html_of(job).read_text("utf-8")
    theme = [(DECKS / "theme" / file).read_text("utf-8") for file in ("theme.css", "deck.js")]
    return all(part in html for part in (sections(nbformat.read(job.target, as_version=4)), *theme))


def build(job: Job, force: bool) -> str:
    """Execute a deck's notebook if need be and write its HTML and PDF; return a line about it."""
    began = time.perf_counter()
    if force or not keep_outputs(job):
        execute(job.fresh, REPO)
        tidy(job.fresh)
    nbformat.validate(job.fresh)
    BUILT.mkdir(exist_ok=True)
    _write(job.target, nbformat.writes(job.fresh) + "\n")
    _write(html_of(job), page(job.fresh, job.target.stem))
    if CHROMIUM:
        PDF.mkdir(parents=True, exist_ok=True)
        print_pdf(html_of(job), PDF / f"{job.target.stem}.pdf")
    deck = list(slides(job.fresh))
    if job.target.stem == TALK:
        _write(PRESENTERS_PAGE, with_plan(PRESENTERS_PAGE.read_text("utf-8"), deck))
    long, short = plan(deck)
    size = html_of(job).stat().st_size / 1e6
    return (
        f"{job.target.stem}: {len(deck)} slides, {long:g} minutes ({short:g} in the short talk), "
        f"{size:.1f} MB of HTML, in {time.perf_counter() - began:.0f} s"
        + ("" if CHROMIUM else "; no PDF: no Chromium")
    )


def _write(file: Path, text: str) -> None:
    unfinished = file.with_suffix(".part")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(file)


def main() -> None:
    program = parser(__doc__)
    program.add_argument("--force", action="store_true", help="build all, changed or not")
    program.add_argument("--check", action="store_true", help="only say which decks are out of date")
    arguments = program.parse_args()
    stale = [job for job in jobs() if arguments.force or not whole(job)]
    if arguments.check:
        names = ", ".join(job.target.stem for job in stale)
        sys.exit(f"Out of date: {names}. What to do: make slides" if stale else None)
    if not PACKAGES.is_dir():
        sys.exit(f"No folder {PACKAGES.relative_to(REPO)}. What to do: make slides, which runs npm ci there.")
    for job in stale:
        print(build(job, arguments.force), flush=True)
    print(f"{len(jobs()) - len(stale)} of {len(jobs())} decks unchanged")


if __name__ == "__main__":
    main()
