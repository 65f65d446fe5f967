"""Notebooks agree with their lessons, run with real photos, and show nothing of the machine.

With drawn pictures nbval runs them: `make test` hands notebooks/ to pytest, too.
"""

import re
from pathlib import Path

import build_notebooks
import nbformat
import pytest

REPO = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPO / "notebooks").glob("*.ipynb"))
MACHINE_PATH = re.compile(r"/(root|home|Users|tmp|work)/")


def test_every_lesson_has_its_notebook():
    lessons = sorted(path.stem for path in (REPO / "lessons").glob("[0-9][0-9]_*.py"))
    assert lessons
    assert [path.stem for path in NOTEBOOKS] == lessons


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_agrees_with_its_lesson(notebook):
    fresh = build_notebooks.from_lesson((REPO / "lessons" / f"{notebook.stem}.py").read_text(), notebook.stem)
    assert build_notebooks.agrees(notebook, fresh), "out of date. What to do: make notebooks"


def test_a_changed_cell_is_noticed(tmp_path):
    lesson = "# %% [markdown]\n# Some text\n\n# %%\n1 + 1\n"
    nbformat.write(build_notebooks.from_lesson(lesson, "00_x"), tmp_path / "00_x.ipynb")
    assert build_notebooks.agrees(tmp_path / "00_x.ipynb", build_notebooks.from_lesson(lesson, "00_x"))
    changed = build_notebooks.from_lesson(lesson.replace("1 + 1", "1 + 2"), "00_x")
    assert not build_notebooks.agrees(tmp_path / "00_x.ipynb", changed)


def test_other_drawings_or_another_backbone_make_a_notebook_stale(tmp_path, monkeypatch):
    lesson = "# %%\n1 + 1\n"
    nbformat.write(build_notebooks.from_lesson(lesson, "00_x"), tmp_path / "00_x.ipynb")
    monkeypatch.setattr(build_notebooks.sketchbook, "fingerprint", lambda: "other")
    assert not build_notebooks.agrees(tmp_path / "00_x.ipynb", build_notebooks.from_lesson(lesson, "00_x"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_whole_and_speak_of_the_course_alone(notebook):
    cells = [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    text = "".join(re.sub(r"base64,[^\"]+", "", str(output)) for output in outputs)
    assert not MACHINE_PATH.search(text)
    assert text.count("<img") == len(re.findall(r"<img alt=\"[^\"]{20,}\"", text)) > 0


@pytest.mark.real
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_with_real_photos(file, real_data, monkeypatch):
    monkeypatch.setenv("COURSE_REAL_DATA", str(real_data))
    notebook = nbformat.read(file, as_version=4)
    build_notebooks.execute(notebook, profile="photo")
    said = "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
    assert "Profile photo: mobilenet_v2" in said
    assert "543 pictures of 10 classes" in said
