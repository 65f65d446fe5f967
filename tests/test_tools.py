"""Every tool can be imported and asked for help, and does its smallest job: nobody else runs most of them."""

import json
import os
import re
import subprocess
import sys

import pytest

from tools.project import REPO


def source(name):
    return (REPO / name.replace(".", "/")).with_suffix(".py").read_text("utf-8")


MODULES = sorted(
    ".".join(path.relative_to(REPO).with_suffix("").parts)
    for path in (REPO / "tools").rglob("*.py")
    if path.name != "__init__.py"
)
PROGRAMS = [name for name in MODULES if '__name__ == "__main__"' in source(name)]
# For `make bench` and `make test-colab` alone; a course without these extras lacks nothing else.
EXTRAS = {"cv2", "openvino", "onnxruntime"}

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


def test_rows_are_measured_and_unknown_ones_named(monkeypatch, tmp_path, capsys):
    import nbformat

    from tools import measure

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(notebook, tmp_path / "lesson.ipynb")
    monkeypatch.setattr(measure, "FIRST_LESSON", tmp_path / "lesson.ipynb")
    monkeypatch.setattr(measure, "REAL", tmp_path / "nowhere")
    monkeypatch.setattr("tools.project.REAL", tmp_path / "nowhere")
    measure.main(["h", "j", "k"])
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line[:5] for line in lines] == ["| h |", "| j |", "| k |"]
    assert "not measured: no folder" in lines[0] and re.search(r"\| \d+ \| >= 200 \|", lines[1])
    assert "all cells" in lines[2]
    with pytest.raises(SystemExit):
        measure.main(["j", "z"])
    assert "rows must be of a, b, c" in capsys.readouterr().err


def test_the_same_seed_trains_to_the_same_digest(capsys):
    from tools import determinism

    digests = []
    for _ in range(2):
        determinism.main(["head"])
        digests.append(capsys.readouterr().out)
    assert digests[0] == digests[1] and re.fullmatch(r"[0-9a-f]{8}\n", digests[0])


def test_the_picture_of_the_readme_is_drawn(tmp_path, capsys, monkeypatch):
    from tools import build_pictures

    monkeypatch.setattr(build_pictures, "TILE", 48)
    build_pictures.main(["--out", str(tmp_path / "birds.jpg")])
    assert (tmp_path / "birds.jpg").stat().st_size > 1000
    assert capsys.readouterr().out.startswith("birds.jpg: ")


def test_colab_check_takes_the_lessons_that_are_asked_for(capsys):
    from tools import colab_check

    assert {path.name[:2] for path in colab_check._notebooks(["05"])} == {"05"}
    with pytest.raises(SystemExit):
        colab_check.main(["99"])
    assert "`lesson` must be one of" in capsys.readouterr().err


def test_a_preflight_without_a_browser_or_a_deck_says_what_to_do(monkeypatch, tmp_path):
    from tools import check_slides

    monkeypatch.setattr(check_slides, "CHROMIUM", "a browser")
    monkeypatch.setattr(check_slides, "BUILT", tmp_path)
    with pytest.raises(SystemExit, match="make slides"):
        check_slides.main([])
    monkeypatch.setattr(check_slides, "CHROMIUM", None)
    with pytest.raises(SystemExit, match="install Debian's chromium"):
        check_slides.main([])


def test_candidates_of_the_benchmark_take_turns(tmp_path):
    from tools.benchmark_timing import machine, side_by_side

    turns = []
    times = side_by_side({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, rounds=2)
    assert turns == ["a", "b"] * 3 and list(times) == ["a", "b"]
    assert "tensorflow 2." in machine()


def test_the_benchmark_of_the_store_trains_from_a_cache_of_its_own(tmp_path, monkeypatch):
    store = pytest.importorskip("tools.benchmark_store")
    from tiny import make_backbone, make_dataset

    monkeypatch.setattr(store, "FOLDER", tmp_path)
    pictures = store.copies(make_dataset(tmp_path / "pictures"), 24, "twice")
    assert len(set(pictures.table["path"])) == 24
    small, whole, features = store.both_ways(make_backbone(), pictures)
    assert small.output_shape == whole.output_shape == (None, 2) and len(features.vectors) == 24
