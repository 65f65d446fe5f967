"""The course's address stands in one place or nowhere, and everything that is made from it agrees."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from tools.notebooks.cells import is_set_up, to_notebook
from tools.project import REPO, repository
from tools.release import publish

LESSON = REPO / "tests" / "lessons" / "01_good.py"
ADDRESS, OTHER = "https://github.com/somebody/birds-2", "https://github.com/else/course"
# Whatever installs or opens a course from somewhere.
FETCHES = re.compile(
    r"git\+https?://[^\s\"\\)]*|https?://mybinder\.org/v2/[^\s\"\\)]*|colab\.research\.google\.com/github/[^\s\"\\)]+"
)
COPIED = ("README.md", "pyproject.toml", "course_utils", "data", "lessons", "notebooks", "tools")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git repository")
    return listed.stdout.strip("\0").split("\0")


def test_nothing_is_fetched_but_from_the_courses_address():
    address = repository()
    name = (address or "").removeprefix("https://github.com/")
    found = {}
    for file in tracked():
        if (
            file.endswith((".md", ".py", ".ipynb", ".toml", ".yml", ".html", "Makefile"))
            and "tests/" not in file
        ):
            fetched = [text for text in FETCHES.findall((REPO / file).read_text("utf-8")) if "{" not in text]
            found[file] = [text for text in fetched if not name or name not in text]
    assert {file: texts for file, texts in found.items() if texts} == {}
    if (
        "GITHUB_REPOSITORY" in os.environ and address
    ):  # learners must install from here, and from nowhere else
        assert name == os.environ["GITHUB_REPOSITORY"]


def test_readme_agrees_with_the_address_or_its_absence():
    readme = (REPO / "README.md").read_text("utf-8")
    assert publish.with_parts(readme, repository()) == readme
    assert ("Open in Colab" in readme) == (repository() is not None)


UNUSABLE = [
    *("", " ", "birds", "somebody/birds", "github.com/somebody/birds", "http://github.com/somebody/birds"),
    *(
        "git@github.com:somebody/birds.git",
        "https://gitlab.com/somebody/birds",
        "https://github.com/somebody",
    ),
    *(f"{ADDRESS}{more}" for more in ("/", ".git", "/tree/main", "?tab=readme", " ", "\n")),
    *(
        f"https://github.com/{name}"
        for name in ("some body/birds", 'a/"birds"', "-a/birds", "a/..", "OWNER/NAME")
    ),
    "https://github.com.evil.org/somebody/birds",
]


def test_an_address_that_cannot_be_one_is_refused_by_name():
    for address in UNUSABLE:
        trouble = publish.unusable(address)
        assert trouble.startswith("`ADDRESS` must be"), address
        assert f"Received: {address!r}. What to do: make publish" in trouble
    for address in (ADDRESS, OTHER, "https://github.com/a/b", "https://github.com/a-b/c_d.e"):
        assert publish.unusable(address) == ""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of what publishing may change, and of what it needs."""
    root = tmp_path_factory.mktemp("course")
    for name in tracked():
        if name.startswith(COPIED) and (REPO / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPO / name, root / name)
    return root


def published(root: Path, address: str) -> set[str]:
    """Publish a copy of the course as `make publish` does; return the files that have changed."""
    before = contents(root)
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (["tools.release.publish", address], ["tools.notebooks.build"]):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    return {name for name, text in contents(root).items() if before.get(name) != text}


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.thorough
def test_publishing_changes_the_right_places_once_and_can_be_done_again(copy):
    notebooks = {str(path.relative_to(copy)) for path in copy.glob("notebooks/**/*.ipynb")}
    for address, other in ((ADDRESS, OTHER), (OTHER, ADDRESS)):
        assert published(copy, address) == {"pyproject.toml", "README.md", *notebooks}
        assert repository(copy) == address
        for name in (*notebooks, "README.md"):
            text = (copy / name).read_text("utf-8")
            assert f"github/{address.removeprefix('https://github.com/')}/blob/main/notebooks/" in text
            assert other not in text and other.removeprefix("https://github.com/") not in text
            assert f"git+{address}" in text or name == "README.md"
        assert published(copy, address) == set()
        for name in notebooks:
            stored, now = (nbformat.read(root / name, as_version=4) for root in (REPO, copy))
            assert [c.get("outputs") for c in stored.cells] == [c.get("outputs") for c in now.cells]
    assert (copy / "pyproject.toml").read_text("utf-8").count("Repository = ") == 1


# --- The set-up cell, run as on Google Colab ---


@pytest.fixture
def run_set_up(tmp_path, monkeypatch):
    """Runs the set-up cell in a folder, on Colab or elsewhere; returns what it installs, None where it does nothing."""

    def run(address: str | None, where: str = "content", on_colab: bool = True) -> str | None:
        cell = next(cell for cell in to_notebook(LESSON, False, address).cells if is_set_up(cell))
        (tmp_path / where).mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(tmp_path / where)
        if on_colab:
            monkeypatch.setitem(sys.modules, "google.colab", object())
        shell, installed = InteractiveShell(), []
        shell.system = lambda command: None
        shell.register_magic_function(installed.append, magic_name="pip")
        shell.run_cell(cell.source).raise_error()
        assert len(installed) <= 1
        return installed[0].partition("colab_has.txt ")[2].strip('"') if installed else None

    return run


@pytest.mark.parametrize("address", [None, ADDRESS])
def test_anywhere_else_the_set_up_cell_does_nothing(run_set_up, address):
    assert run_set_up(address, on_colab=False) is None


def test_a_published_course_is_installed_from_its_address(run_set_up):
    assert run_set_up(ADDRESS) == f"git+{ADDRESS}"


@pytest.mark.parametrize(
    ("course", "where"),
    [
        ("content/birds", "content"),
        ("content/birds-main", "content"),
        ("content/my birds (1)", "content"),
        ("content/birds", "content/birds"),
        ("content/birds", "content/birds/notebooks"),
        ("content/birds", "content/birds/notebooks/solutions"),
        ("content/drive/MyDrive/birds", "content"),
    ],
)
def test_a_course_without_an_address_is_installed_from_its_folder(run_set_up, tmp_path, course, where):
    (tmp_path / course / "course_utils").mkdir(parents=True)
    (tmp_path / "content" / "sample_data").mkdir()
    assert Path(run_set_up(None, where)) == tmp_path / course


def test_where_there_is_no_folder_the_cell_says_what_to_do(run_set_up):
    with pytest.raises(AssertionError, match="Put the course's folder into /content"):
        run_set_up(None)
