"""Notebooks agree with their lessons, are whole, and run with real photos.

With drawn pictures nbval runs them: `make test` hands notebooks/ to pytest, too.
"""

import nbformat
import pytest
from nbformat.v4 import new_output

from course_utils.exercises.lesson_source import lesson_files
from course_utils.notebook import WIDGET
from tools.notebooks import build, execution
from tools.notebooks.cells import to_notebook
from tools.notebooks.execution import Job, agrees, execute, ingredients, keep_outputs
from tools.notebooks.outputs import PREDICT, is_predicted
from tools.project import REPO

JOBS = build.jobs()
NAMES = [str(job.target.relative_to(REPO / "notebooks").with_suffix("")) for job in JOBS]
GOOD = REPO / "tests" / "lessons" / "01_good.py"


def test_every_lesson_has_its_two_notebooks_and_there_are_no_others():
    lessons = [path.stem for path in lesson_files(REPO / "lessons")]
    assert lessons
    assert sorted(NAMES) == sorted(lessons + [f"solutions/{lesson}" for lesson in lessons])
    found = {path for path in REPO.glob("notebooks/**/*.ipynb") if ".ipynb_checkpoints" not in path.parts}
    assert found == {job.target for job in JOBS}


@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_notebook_agrees_with_its_lesson(job):
    assert agrees(job), f"{job.target.name} is out of date. What to do: make notebooks"


@pytest.fixture
def job(tmp_path):
    """A notebook on disk that agrees with its lesson."""
    notebook = to_notebook(GOOD, False, "https://github.com/o/r")
    notebook.metadata["course"] = ingredients(GOOD)
    nbformat.write(notebook, tmp_path / "01_good.ipynb")
    return Job(tmp_path / "01_good.ipynb", notebook)


def test_a_changed_lesson_makes_its_notebook_stale(job, tmp_path):
    assert agrees(job)
    for old, new in (("eggs = [2, 3, 4]", "eggs = [2, 3]"), ("# %%\neggs", "# %% within=0.1\neggs")):
        lesson = tmp_path / GOOD.name
        lesson.write_text(GOOD.read_text("utf-8").replace(old, new), "utf-8")
        changed = to_notebook(lesson, False, "https://github.com/o/r")
        changed.metadata["course"] = job.fresh.metadata["course"]
        assert not agrees(Job(job.target, changed))


def test_other_drawings_or_another_backbone_make_a_notebook_stale(job):
    for name in ("drawings", "backbones"):
        ours = ingredients(GOOD)
        job.fresh.metadata["course"] = {**ours, name: "other"}
        assert agrees(job) is False
        job.fresh.metadata["course"] = ours
        assert agrees(job)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("one = course.backbone", {"mini_mobilenet_v2", "mini_inception_v3"}),
        ('load_classifier("mini_one")', {"mini_mobilenet_v2", "mini_inception_v3", "mini_one"}),
        ("describe()", {"mini_mobilenet_v2", "mini_inception_v3", "mini_one", "mini_two"}),
    ],
)
def test_every_file_of_a_backbone_that_a_lesson_can_use_is_an_ingredient_but_its_card(
    tmp_path, monkeypatch, text, used
):
    lesson = tmp_path / "01_one.py"
    lesson.write_text(f"# %%\n{text}\n")
    names = ("mini_mobilenet_v2", "mini_inception_v3", "mini_one", "mini_two")
    files = [tmp_path / "backbones" / name / "weights.npz" for name in names]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("as it was")
    monkeypatch.setattr(execution, "data_folder", lambda: tmp_path)
    before, changed = ingredients(lesson), set()
    for file in files:
        (file.parent / "model_card.md").write_text("other words")
        assert ingredients(lesson) == before
        for one in (file, file.with_name("labels.json")):
            one.write_text("another")
            if ingredients(lesson) != before:
                changed.add(file.parent.name)
                before = ingredients(lesson)
    assert changed == used


def test_a_table_that_a_lesson_reads_is_an_ingredient(tmp_path, monkeypatch):
    lesson = tmp_path / "01_one.py"
    lesson.write_text('# %%\nstudy = pd.read_csv(data_folder() / "one.csv")\n')
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("as it was")
    monkeypatch.setattr(execution, "data_folder", lambda: tmp_path)
    before = ingredients(lesson)
    (tmp_path / "two.csv").write_text("another")
    lesson.write_text(lesson.read_text() + "# %% [markdown]\n# `two.csv` is not read.\n")
    assert ingredients(lesson)["tables"] == before["tables"]
    before = ingredients(lesson)
    (tmp_path / "one.csv").write_text("another")
    assert ingredients(lesson) != before and set(ingredients(lesson)) == set(before)
    assert "tables" not in ingredients(GOOD)


def test_outputs_are_kept_when_only_words_change(job):
    executed = nbformat.read(job.target, as_version=4)
    for cell in executed.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", text="kept")]
    nbformat.write(executed, job.target)
    job.fresh.cells[0].source += " More words."
    assert not agrees(job)
    assert "only words changed" in build.build(job)
    assert agrees(job)
    stored = nbformat.read(job.target, as_version=4)
    assert {cell.outputs[0].text for cell in stored.cells if cell.cell_type == "code"} == {"kept"}
    job.fresh.metadata["course"]["exercises"] = "other reasons"
    assert not keep_outputs(job)


def test_an_output_that_is_to_be_predicted_is_never_stored(job):
    book = nbformat.read(job.target, as_version=4)
    for cells in (book.cells, job.fresh.cells):
        cells[4].metadata["tags"] = [PREDICT]
    nbformat.write(book, job.target)
    assert agrees(job)
    book.cells[4].outputs = [new_output("stream", text="spoilt")]
    nbformat.write(book, job.target)
    assert not agrees(job)
    assert "only words changed" in build.build(job)
    assert agrees(job) and "spoilt" not in job.target.read_text("utf-8")


def test_an_edited_notebook_is_noticed(job):
    notebook = nbformat.read(job.target, as_version=4)
    notebook.cells[3].source += " "
    nbformat.write(notebook, job.target)
    assert not agrees(job)


@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_outputs_are_whole(job):
    cells = [c for c in nbformat.read(job.target, as_version=4).cells if c.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    predicted = [is_predicted(cell) for cell in cells]
    assert [c.execution_count for c in cells] == [None if p else n for n, p in enumerate(predicted, start=1)]
    assert not [cell for cell, empty in zip(cells, predicted, strict=True) if empty and cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert not [o for o in outputs if WIDGET in o.get("data", {})]


@pytest.mark.parametrize("job", JOBS, ids=NAMES)
def test_solutions_are_right_and_stubs_are_not_tried_yet(job):
    expected = "right" if "solutions" in job.target.parts else "not tried yet"
    checks = [c for c in nbformat.read(job.target, as_version=4).cells if ").check(" in c.source]
    said = [cell.outputs[-1]["data"]["text/plain"] for cell in checks]
    assert said and [text for text in said if f": {expected}." not in text] == []


# The learners' notebooks are the same but for the stubs, and a photo takes twenty times as long as a drawing.
@pytest.mark.real
@pytest.mark.parametrize("job", JOBS[1::2], ids=NAMES[1::2])
def test_solved_notebook_runs_with_real_photos(job, real_data, monkeypatch):
    monkeypatch.setenv("COURSE_REAL_DATA", str(real_data))
    notebook = nbformat.read(job.target, as_version=4)
    drawn = _said(notebook)
    execute(notebook, job.target.parent, profile="photo")
    said = _said(notebook)
    assert "Profile photo: efficientnet_lite0" in said
    assert ("pictures of 20 classes" in drawn) == ("543 pictures of 10 classes" in said)
    assert ": not yet." not in said


def _said(notebook: nbformat.NotebookNode) -> str:
    return "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
