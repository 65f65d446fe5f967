"""A deepening notebook, `NNx_name.py`, is known everywhere a lesson is, as optional, and needed by none."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from course_utils import syllabus as syllabus_module
from course_utils.exercises import exercise, lesson_source, progress, quiz, reset
from course_utils.syllabus import read_syllabus, ready_lessons
from tools.notebooks.build import jobs
from tools.notebooks.cells import to_notebook
from tools.notebooks.course_map import problems, with_table, write_readme
from tools.notebooks.lint import problems as broken_rules
from tools.notebooks.lint import read
from tools.project import REPO

GOOD = REPO / "tests" / "lessons" / "01_good.py"
MAP = """
- part: I. Nests
  lessons:
    - {number: 0, title: Nests, minutes: 5, blurb: find nests, needs: []}
    - number: 1
      title: A lesson that has all its parts
      minutes: 5
      blurb: count eggs
      needs: []
      deepening:
        title: More eggs
        minutes: 9
        blurb: count on
"""
ROW = "| ↳ [01x · More eggs](notebooks/01x_more.ipynb){badge} | *optional:* count on | 9 | 01 |"


@pytest.fixture
def course(tmp_path):
    """A course of its own: lesson 00, a map of the course, a lesson, and its deepening."""
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    text = GOOD.read_text("utf-8")
    deeper = text.replace("01 · A lesson that has all its parts", "01x · More eggs").replace('"1.', '"1x.')
    deeper = deeper.replace("You need** nothing", "You need** lesson 01").replace("about 5", "about 9")
    (lessons / "00_welcome.py").write_text(
        '# %% [markdown]\n# # 00 · Nests\n#\n# **Time**: about 5 minutes\n\n# %% [markdown] tags=["map"]\n# ## Map\n'
    )
    (lessons / "01_good.py").write_text(text, "utf-8")
    (lessons / "01x_more.py").write_text(deeper.replace("Exercise 1.", "Exercise 1x."), "utf-8")
    (lessons / "syllabus.yaml").write_text(MAP)
    (tmp_path / "README.md").write_text("<!-- lessons: make notebooks -->\n<!-- end -->\n")
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    write_readme(tmp_path)
    return tmp_path


@pytest.fixture
def here(course, monkeypatch):
    """The same, as what learners have installed."""
    caches = (
        lesson_source.lessons,
        syllabus_module.syllabus,
        exercise,
        quiz,
    )
    for module in (lesson_source, syllabus_module):
        monkeypatch.setattr(module, "lessons_folder", lambda: course / "lessons")
    monkeypatch.setenv("COURSE_DATA", str(course / "data"))
    monkeypatch.setattr(lesson_source, "_in_use", [])
    for one in caches:
        one.cache_clear()
    yield course
    for one in caches:
        one.cache_clear()


def test_readme_and_map_show_it_below_its_lesson(here):
    assert problems(here / "lessons", here / "README.md") == []
    rows = (here / "README.md").read_text("utf-8").splitlines()
    assert rows.index(ROW.format(badge="")) == 1 + next(
        i for i, row in enumerate(rows) if "01 · A les" in row
    )
    readme = with_table("\n".join(rows), read_syllabus(here / "lessons"), "https://github.com/o/r")
    assert "blob/main/notebooks/01x_more.ipynb)" in readme
    first, *_ = jobs(here / "lessons", here)
    assert (
        "| ↳ [01x · More eggs](01x_more.ipynb) | *optional:* count on | 9 | 01 |"
        in first.fresh.cells[-1].source
    )


def test_it_is_built_as_two_notebooks_and_keeps_the_rules(here):
    assert [str(job.target.relative_to(here)) for job in jobs(here / "lessons", here)[-2:]] == [
        "notebooks/01x_more.ipynb",
        "notebooks/solutions/01x_more.ipynb",
    ]
    lesson = here / "lessons" / "01x_more.py"
    book = to_notebook(lesson, False, "https://github.com/o/r")
    assert "colab.research.google.com/github/o/r/blob/main/notebooks/01x_more.ipynb" in book.cells[0].source
    book.cells[4].outputs = [nbformat.v4.new_output("stream", text="3 nests with 9 eggs\n")]
    nbformat.write(book, here / "01x_more.ipynb")
    assert broken_rules(read(lesson, here / "01x_more.ipynb")) == []
    lesson.write_text(lesson.read_text("utf-8").replace('"1x.a"', '"1.a"'), "utf-8")
    (found,) = broken_rules(read(lesson, here / "01x_more.ipynb"))
    assert "1.a has another lesson's number: exercises of this one begin with 1x" in found


def test_its_exercises_are_checked_and_its_progress_is_its_own(here, monkeypatch):
    exercise("1.1").check(18)
    (right,) = (option for option in quiz("1x.a").source.options if option.right)
    assert exercise("1x.1").check(18) and quiz("1x.a").choose(right.letter)
    assert [row.title for row in progress().summary().itertuples()] == [
        "01 · A lesson that has all its parts",
        "01x · More eggs (optional)",
    ]
    assert [(row.solved, row.all) for row in progress().summary().itertuples()] == [(1, 5), (2, 5)]
    html = progress()._repr_html_()
    assert html.count("<details open>") == 1 and "<strong>01x" in html.partition("<details open>")[2][:40]
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    reset("1x")
    assert list(progress().summary()["solved"]) == [1, 0]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("syllabus.yaml", "needs: []\n      deep", "needs: [0x]\n      deep", "none needs a deepening"),
        ("syllabus.yaml", "        blurb: count on\n", "", "for each deepening title (str), minutes"),
        ("syllabus.yaml", "        title: More", "        needs: [0]\n        title: More", "nothing else"),
        (
            "syllabus.yaml",
            "title: More eggs",
            "title: Eggs",
            "01x_more.py: it is called '01x · More eggs', and",
        ),
        (
            "01_good.py",
            "You need** nothing",
            "You need** 00x",
            "it needs 00x, a deepening, which is optional",
        ),
        (
            "01x_more.py",
            "need** lesson 01",
            "need** nothing",
            "it needs lessons (), and in syllabus.yaml (1,)",
        ),
    ],
)
def test_what_does_not_fit_is_named(course, file, old, new, said):
    lessons = course / "lessons"
    text = (lessons / file).read_text("utf-8")
    assert text.count(old) == 1
    (lessons / file).write_text(text.replace(old, new), "utf-8")
    assert [problem for problem in problems(lessons, course / "README.md") if said in problem]


def test_a_file_or_a_lesson_that_is_missing_is_named(course):
    lessons, readme = course / "lessons", course / "README.md"
    (lessons / "01_good.py").unlink()
    assert "01x_more.py deepens lesson 1, which is not written" in "\n".join(problems(lessons, readme))
    (lessons / "syllabus.yaml").write_text(MAP.partition("      deepening")[0])
    assert "01x_more.py is not on it: add its title, minutes and blurb as `deepening:`" in "\n".join(
        problems(lessons, readme)
    )


def test_one_that_is_to_come_is_on_the_map_and_not_in_readme(course):
    (course / "lessons" / "01x_more.py").unlink()
    parts = read_syllabus(course / "lessons")
    assert [lesson.id for lesson in ready_lessons(parts)] == ["0", "1"]
    assert "01x" not in with_table((course / "README.md").read_text("utf-8"), parts, None)
    assert "| ↳ 01x · More eggs | *optional:* count on | to come | 01 |" in syllabus_module.as_table(
        parts, lambda lesson: lesson.heading
    )


@pytest.mark.thorough
def test_a_course_with_one_is_built_and_run_as_tests(course):
    for name in ("course_utils", "data"):
        (course / name).symlink_to(REPO / name)
    shutil.copytree(REPO / "tools", course / "tools")
    (course / "tests").mkdir()
    for name in ("conftest.py", "tests/nbval_sanitize.cfg"):
        shutil.copy(REPO / name, course / name)
    home = {**os.environ, "PYTHONPATH": str(course), "COURSE_DATA": str(course / "drawn")}

    def python(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", *arguments], cwd=course, env=home, capture_output=True, text=True
        )

    built = python("tools.notebooks.build")
    assert built.returncode == 0 and "notebooks/01x_more.ipynb: all cells in" in built.stdout, built.stderr
    tested = python("pytest", "-q", "notebooks/01x_more.ipynb", "notebooks/solutions/01x_more.ipynb")
    assert tested.returncode == 0, tested.stdout
    solved = nbformat.read(course / "notebooks/solutions/01x_more.ipynb", as_version=4)
    assert "✔ Exercise 1x.1: right" in str(solved)
