"""Notebooks agree with their lessons, run from top to bottom in both profiles, and show nothing of the machine."""

import re
from pathlib import Path

import nbformat
import pytest

REPO = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPO / "notebooks").glob("*.ipynb"))
MACHINE_PATH = re.compile(r"/(root|home|Users|tmp|work)/")


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(REPO / "tools"))
    import build_notebooks
    import experiments

    return {"build": build_notebooks, "experiments": experiments}


def test_every_lesson_has_its_notebook(tools):
    lessons = sorted(path.stem for path in (REPO / "lessons").glob("[0-9][0-9]_*.py"))
    assert lessons
    assert [path.stem for path in NOTEBOOKS] == lessons


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_agrees_with_its_lesson(tools, notebook):
    fresh = tools["build"].from_lesson((REPO / "lessons" / f"{notebook.stem}.py").read_text(), notebook.stem)
    assert tools["build"].agrees(notebook, fresh), "out of date. What to do: make notebooks"


def test_a_changed_cell_is_noticed(tools, tmp_path):
    lesson = "# %% [markdown]\n# Some text\n\n# %%\n1 + 1\n"
    nbformat.write(tools["build"].from_lesson(lesson, "00_x"), tmp_path / "00_x.ipynb")
    assert tools["build"].agrees(tmp_path / "00_x.ipynb", tools["build"].from_lesson(lesson, "00_x"))
    changed = tools["build"].from_lesson(lesson.replace("1 + 1", "1 + 2"), "00_x")
    assert not tools["build"].agrees(tmp_path / "00_x.ipynb", changed)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_whole_and_speak_of_the_course_alone(notebook):
    cells = [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    text = "".join(re.sub(r"base64,[^\"]+", "", str(output)) for output in outputs)
    assert not MACHINE_PATH.search(text)
    assert text.count("<img") == len(re.findall(r"<img alt=\"[^\"]{20,}\"", text)) > 0


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_with_drawn_pictures(tools, notebook, tmp_path):
    tools["experiments"].run_notebook(notebook, tmp_path, profile="sketch")


@pytest.mark.real
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_with_real_photos(tools, notebook, tmp_path, real_data, monkeypatch):
    monkeypatch.setenv("COURSE_REAL_DATA", str(real_data))
    tools["experiments"].run_notebook(notebook, tmp_path, profile="photo")
