"""Every tool can be imported and asked for help: nobody else runs most of them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.project import REPO


def source(name):
    return (REPO / name.replace(".", "/")).with_suffix(".py").read_text("utf-8")


MODULES = sorted(
    ".".join(path.relative_to(REPO).with_suffix("").parts)
    for path in (REPO / "tools").rglob("*.py")
    if path.name != "__init__.py"
)
FOLDERS = ("course_utils", "lessons", "slides", "tests", "tools")
PROGRAMS = [name for name in MODULES if '__name__ == "__main__"' in source(name)]
# For `make bench` and `make test-colab` alone; a course without these extras lacks nothing else.
EXTRAS = {"openvino"}

# One process for all: importing TensorFlow takes seven seconds.
IN_ONE_PROCESS = """
import contextlib, importlib, io, json, runpy, sys
modules, programs = json.loads(sys.argv[1])
told = {}

def attempt(name, job):
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            job()
        told[name] = ["returned", said.getvalue()]
    except SystemExit as end:
        told[name] = [end.code or 0, said.getvalue()]
    except Exception as error:
        told[name] = [f"{type(error).__name__}: {error}", said.getvalue()]

def run(name, *arguments):
    sys.argv = [name, *arguments]
    sys.modules.pop(name, None)  # else Python warns that it has been imported
    runpy.run_module(name, run_name="__main__")

for name in modules:
    attempt(f"import {name}", lambda: importlib.import_module(name))
for name in programs:
    attempt(f"help {name}", lambda: run(name, "--help"))
print(json.dumps(told))
"""


def test_every_file_of_python_is_linted():
    ruff = [sys.executable, "-m", "ruff", "check", "--show-files", "."]
    shown = subprocess.run(ruff, cwd=REPO, capture_output=True, text=True, check=True).stdout.split("\n")
    ours = {
        path
        for folder in FOLDERS
        for path in (REPO / folder).rglob("*.py")
        if "node_modules" not in path.parts
    }
    answers = REPO / "tests" / "lessons" / "bank"  # written as learners write
    assert ours - set(map(Path, shown)) == set(answers.glob("*.py"))


@pytest.fixture(scope="module")
def told():
    """What importing each tool, and asking it for help, came to in a fresh process: how it ended, and its output."""
    programs = [name for name in PROGRAMS if takes_arguments(name)]
    done = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS, json.dumps([MODULES, programs])],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(REPO), *sys.path])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def takes_arguments(name):
    return re.search(r"\bparser\(|ArgumentParser\(|\bchosen_rows\(", source(name))


def without_extras(ended):
    if (missing := re.match(r"ModuleNotFoundError: No module named '(\w+)", str(ended))) and missing[
        1
    ] in EXTRAS:
        pytest.skip(f"{missing[1]} is not installed")


@pytest.mark.parametrize("name", MODULES)
def test_every_tool_can_be_imported(told, name):
    ended, said = told[f"import {name}"]
    without_extras(ended)
    assert (ended, said) == ("returned", "")


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_says_what_it_does(told, name):
    assert takes_arguments(name), "a program that is asked for help must not begin its work"
    ended, said = told[f"help {name}"]
    without_extras(ended)
    assert ended == 0 and said.startswith("usage: ")
