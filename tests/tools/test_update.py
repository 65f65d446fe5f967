"""`make update` brings what is new and loses nothing of the learner's."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import update


def git(folder: Path, *command: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def clone(tmp_path):
    """A learner's clone, behind a course in which lesson 00 and a helper have changed and a lesson is new."""
    course, mine = tmp_path / "course", tmp_path / "mine"
    (course / "notebooks").mkdir(parents=True)
    for name in ("notebooks/00.ipynb", "notebooks/02.ipynb", "helper.py"):
        (course / name).write_text("first")
    git(course, "init", "--quiet")
    git(course, "add", ".")
    git(course, "commit", "--quiet", "-m", "first")
    git(tmp_path, "clone", "--quiet", str(course), "mine")
    for name in ("notebooks/00.ipynb", "notebooks/03.ipynb", "helper.py"):
        (course / name).write_text("second")
    git(course, "add", ".")
    git(course, "commit", "--quiet", "-m", "second")
    return mine


def copies(clone: Path) -> dict[str, str]:
    return {str(Path(*path.parts[-2:])): path.read_text() for path in clone.glob("my_notebooks/**/*.ipynb")}


@pytest.mark.parametrize("how", ["saved", "staged", "deleted", "in the way", "in the way, staged"])
def test_a_notebook_that_the_update_changes_is_copied_first(clone, how):
    notebook = clone / ("notebooks/03.ipynb" if "way" in how else "notebooks/00.ipynb")
    notebook.write_text("mine")
    if "staged" in how:
        git(clone, "add", ".")
    if how == "deleted":
        notebook.unlink()
    assert update.update(clone) is None
    assert notebook.read_text() == "second"
    assert copies(clone) == ({} if how == "deleted" else {f"notebooks/{notebook.name}": "mine"})


def test_an_update_brings_what_has_changed_and_the_rest_stays(clone):
    (clone / "notebooks/02.ipynb").write_text("mine")
    (clone / "notebooks/Untitled.ipynb").write_text("mine")
    for _ in range(2):
        assert update.update(clone) is None
        assert {(clone / f"notebooks/{name}.ipynb").read_text() for name in ("02", "Untitled")} == {"mine"}
        assert (clone / "helper.py").read_text() == (clone / "notebooks/00.ipynb").read_text() == "second"
        assert copies(clone) == {}


def test_a_changed_helper_stops_the_update_before_anything_is_touched(clone):
    (clone / "helper.py").write_text("mine")
    (clone / "notebooks/00.ipynb").write_text("mine")
    assert "changes files that you have changed: helper.py. What to do: git stash" in update.update(clone)
    assert (clone / "notebooks/00.ipynb").read_text() == (clone / "helper.py").read_text() == "mine"


@pytest.mark.parametrize("where", ["commits", "no branch", "no clone", "no network"])
def test_an_update_that_cannot_be_says_what_to_do(clone, tmp_path, where):
    if where == "commits":
        (clone / "helper.py").write_text("mine")
        git(clone, "commit", "--quiet", "-am", "mine")
    elif where == "no branch":
        git(clone, "checkout", "--quiet", "--detach")
    elif where == "no clone":
        shutil.rmtree(clone / ".git")
    else:
        (tmp_path / "course").rename(tmp_path / "away")
    assert "What to do:" in update.update(clone)
