"""Wheel and sdist hold what is tracked, and nothing else that lies in a checkout."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git repository")
    return listed.stdout.splitlines()


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """What sdist and wheel hold of a checkout in which more lies than is tracked."""
    root, dist = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("dist")
    for name in tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    strays = ["data/mine.zip", "data/field_guide/notes.txt", "data/backbones/old.npz", "data/CUB/a.jpg"]
    for stray in [*strays, "course_utils/notes.txt", "lessons/draft.ipynb", "tests/mine.py", ".env"]:
        (root / stray).parent.mkdir(exist_ok=True)
        (root / stray).write_text("mine")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", dist], cwd=root, check=True, capture_output=True
    )
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    in_wheel = {
        re.sub(r"^course_utils/(data|lessons)/", r"\1/", n) for n in zipfile.ZipFile(wheel).namelist()
    }
    in_sdist = {name.partition("/")[2] for name in tarfile.open(sdist).getnames()}
    return {"wheel": {n for n in in_wheel if ".dist-info/" not in n}, "sdist": in_sdist}


def test_packages_hold_what_is_tracked_and_nothing_else(packed):
    for_authors = {"lessons/README.md", "lessons/ruff.toml"}
    shipped = {*tracked("course_utils", "lessons", "data")} - for_authors
    about = {"LICENSE", "LICENSE-CONTENT", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
    assert packed["wheel"] == shipped
    assert packed["sdist"] == shipped | about
