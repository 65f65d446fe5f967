"""Run notebooks as on Google Colab: with Colab's versions, and installed by the notebooks' own set-up cell.

    python -m tools.release.colab_check            make the environment anew, and run all notebooks in it
    python -m tools.release.colab_check 02 02x     run those of some lessons

The set-up cell installs the course from its address on GitHub; here Git is told to take this checkout in its place. As
long as the course has no address, it is installed from a clone that lies where Colab keeps a user's files. So what is
tested is the last commit. What must come out: every cell runs, a quiz shows its widget, and the packages that Colab's
users rely on are the same before and after.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course_utils.errors import unknown_name
from tools.notebooks.cells import LEARNER, SOLVED
from tools.project import REPO, parser, repository

ENVIRONMENT = REPO / "build" / "colab"
CONTENT = ENVIRONMENT / "content"  # on Colab /content, where notebooks run
# What Colab ships, mid 2026, as far as the course uses it. The rest are tools to run a notebook with.
COLAB = ["tensorflow==2.20.*", "keras==3.13.*", "ipywidgets==7.7.1", "numpy==2.0.*", "pandas==2.2.*"]
TOOLS = ["ipykernel", "nbclient", "nbformat", "setuptools<81"]
UNTOUCHED = ["tensorflow", "keras", "ipywidgets", "numpy", "pandas", "protobuf"]

# Colab imports `google.colab` before the first cell; that is how notebooks know where they are.
_STARTUP = "import google.colab\n"

_RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
widgets = [o for o in outputs if "application/vnd.jupyter.widget-view+json" in o.get("data", {})]
print(f"{sys.argv[1].rpartition('notebooks/')[2]}: {len(notebook.cells)} cells ran, {len(widgets)} widgets shown")
sys.exit(not widgets)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the environment, run the notebooks in it, and compare what is installed."""
    program = parser(__doc__)
    program.add_argument(
        "lessons", nargs="*", help="two-digit numbers, a deepening with its x; all by default"
    )
    try:
        notebooks = _notebooks(program.parse_args(arguments).lessons)
    except ValueError as error:
        program.error(str(error))
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    python = _make_environment()
    before = _versions(python)
    for notebook in notebooks:
        subprocess.run([python, "-c", _RUN, notebook], cwd=CONTENT, env=_colab(), check=True)
    after = _versions(python)
    changed = [
        f"{name} {before[name]} -> {after.get(name)}" for name in before if after.get(name) != before[name]
    ]
    if changed:
        sys.exit(
            f"Installing the course changed what Colab has: {', '.join(changed)}. Widen pyproject.toml's ranges."
        )
    print("Unchanged: " + ", ".join(f"{name} {before[name]}" for name in UNTOUCHED))


def _notebooks(lessons: list[str]) -> list[Path]:
    """Return both notebooks of each lesson that is asked for by number; of all, where none is."""
    found = [path for folder in (LEARNER, SOLVED) for path in sorted((REPO / folder).glob("*.ipynb"))]
    known = {_lesson(path) for path in found}
    for lesson in lessons:
        if lesson not in known:
            raise unknown_name("lesson", lesson, known)
    return [path for path in found if not lessons or _lesson(path) in lessons]


def _lesson(notebook: Path) -> str:
    return notebook.name.partition("_")[0]


def _make_environment() -> Path:
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    python = ENVIRONMENT / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *COLAB, *TOOLS], check=True)
    stand_in = ENVIRONMENT / "stand_in"
    (stand_in / "google" / "colab").mkdir(parents=True)
    (stand_in / "google" / "colab" / "__init__.py").touch()
    (stand_in / "sitecustomize.py").write_text(_STARTUP)
    (ENVIRONMENT / "home").mkdir()
    CONTENT.mkdir()
    if repository() is None:
        subprocess.run(
            ["git", "clone", "--quiet", "--depth=1", REPO.as_uri(), CONTENT / "course"], check=True
        )
    return python


def _colab() -> dict[str, str]:
    """Return the environment variables of a kernel on Colab that finds GitHub in this checkout."""
    return {
        **os.environ,
        "PATH": f"{ENVIRONMENT / 'bin'}:{os.environ['PATH']}",
        "HOME": str(ENVIRONMENT / "home"),
        "COURSE_DATA": str(ENVIRONMENT / "home" / "data"),
        "PYTHONPATH": str(ENVIRONMENT / "stand_in"),
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.{REPO.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": repository() or REPO.as_uri(),
        "GIT_CONFIG_KEY_1": "safe.directory",
        "GIT_CONFIG_VALUE_1": "*",
    }


def _versions(python: Path) -> dict[str, str]:
    """Return the versions of all packages by name."""
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json"], capture_output=True, text=True, check=True
    ).stdout
    return {package["name"].lower(): package["version"] for package in json.loads(listed)}


if __name__ == "__main__":
    main()
