"""The files that install the course say the same, and name no address."""

import importlib.util
import os
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def lock_tool():
    spec = importlib.util.spec_from_file_location("lock", ROOT / "tools" / "lock.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def direct_requirements():
    """The names that pyproject.toml asks for, read without a TOML parser (Python 3.10 has none)."""
    lists = re.findall(
        r"^(?:dependencies|lab|talk|fast|bench|dev|tfds-birds) = \[\n(.*?)^\]", PYPROJECT, flags=re.M | re.S
    )
    return re.findall(r'^  "([A-Za-z0-9-]+)', "".join(lists), flags=re.M)


def test_each_dependency_is_named_once():
    names = direct_requirements()
    assert "tensorflow" in names and "pytest" in names
    assert len(names) == len(set(names))


def test_everything_asked_for_is_locked_with_hashes():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK)[1:]
    locked = {block.split("==")[0] for block in blocks}
    assert set(direct_requirements()) <= locked
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", ["requirements.lock", "environment.yml"])
def test_no_address_is_locked(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.findall(r"://|--index-url|--extra-index-url|--find-links|file:", text) == []


def test_conda_gets_the_same_versions():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    project, *pins = environment["dependencies"][-1]["pip"]
    assert project == "-e ."
    assert pins == lock_tool().pins(LOCK)
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == lock_tool().environment_yml(LOCK)


def test_make_help_lists_every_command():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.M).group(1).split()
    assert sorted(re.findall(r"^([a-z-]+):.*  ## ", makefile, flags=re.M)) == sorted(phony)


def test_the_address_of_the_course_is_the_same_everywhere():
    address = re.search(r'^Repository = "(https://github.com/[^"]+)"', PYPROJECT, flags=re.M)[1]
    found = set(
        re.findall(r"github(?:\.com|/)/?([\w-]+/[\w-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    )
    found |= set(
        re.findall(r"mybinder.org/v2/gh/([\w-]+/[\w-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    )
    assert found == {address.removeprefix("https://github.com/")}
    if (
        "GITHUB_REPOSITORY" in os.environ
    ):  # in CI on GitHub: learners must install from here, and from nowhere else
        assert address == f"https://github.com/{os.environ['GITHUB_REPOSITORY']}"
