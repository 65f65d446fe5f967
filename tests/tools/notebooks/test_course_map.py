"""README and the lessons agree with the map of the course, and a difference is named."""

import re
import shutil

import pytest

from course_utils.exercises import progress
from course_utils.syllabus import read_syllabus, ready_lessons, syllabus
from tools.notebooks.build import jobs
from tools.notebooks.course_map import problems, with_table, write_readme
from tools.project import LESSONS, REPO, repository, with_marked_parts

README = REPO / "README.md"


@pytest.fixture
def copy(tmp_path):
    """The map, README and the lessons, to be changed."""
    shutil.copytree(LESSONS, tmp_path / "lessons")
    shutil.copy(README, tmp_path)
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_map_agrees_with_lessons_and_readme():
    assert problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("syllabus.yaml", "number: 4\n", "number: 3\n", "lesson 3 comes after lesson 3"),
        ("syllabus.yaml", "number: 4\n", "number: 16\n", "lesson 5 comes after lesson 16"),
        (
            "syllabus.yaml",
            "needs: [4, 7]",
            "needs: [4, 8]",
            "lesson 8 needs lesson 8, which does not come before it",
        ),
        ("syllabus.yaml", "number: 9\n", "number: 8\n", "09_cub.py is not on it"),
        (
            "syllabus.yaml",
            "title: Seeing with",
            "title: Filters and",
            "03_convolutions.py: it is called '03 · Seeing",
        ),
        (
            "02_networks.py",
            "about 45 minutes",
            "about 80 minutes",
            "02_networks.py: it takes (minutes) 80, and",
        ),
        ("syllabus.yaml", "needs: [0, 5]", "needs: [5]", "09_cub.py: it needs lessons (0, 5), and in"),
        (
            "03_convolutions.py",
            "lessons 00 and 02.",
            "lesson 00.",
            "03_convolutions.py: it needs lessons (0,)",
        ),
        ("syllabus.yaml", "blurb: slide filters", "blurb: move filters", "What to do: make notebooks"),
    ],
)
def test_a_difference_is_named(copy, file, old, new, said):
    lessons = copy / "lessons"
    text = (lessons / file).read_text("utf-8")
    assert text.count(old) == 1
    (lessons / file).write_text(text.replace(old, new), "utf-8")
    assert [problem for problem in problems(lessons, copy / "README.md") if said in problem]


def test_two_files_of_one_number_are_named(copy):
    shutil.copy(copy / "lessons" / "09_cub.py", copy / "lessons" / "09_pub.py")
    assert "two files have its number" in "\n".join(problems(copy / "lessons", copy / "README.md"))


def test_readme_is_written_anew_once_and_nothing_else_in_it(copy, capsys):
    readme = copy / "README.md"
    readme.write_text(re.sub(r"\| (↳ )?\[0.*\n", "", readme.read_text("utf-8")), "utf-8")
    write_readme(copy)
    assert readme.read_text("utf-8") == README.read_text("utf-8")
    write_readme(copy)
    assert capsys.readouterr().out == "README.md: written\n"


def test_a_published_course_has_a_badge_for_each_lesson():
    readme = with_table(README.read_text("utf-8"), syllabus(), "https://github.com/o/r")
    for lesson in ready_lessons(syllabus()):
        start = f"| {'↳ ' * lesson.optional}[{lesson.heading}](notebooks/"
        (row,) = (line for line in readme.splitlines() if line.startswith(start))
        assert (
            f"https://colab.research.google.com/github/o/r/blob/main/notebooks/{lesson.file.stem}.ipynb)"
            in row
        )


def test_when_all_are_written_none_is_still_to_come(copy):
    for number in range(16):
        if not list((copy / "lessons").glob(f"{number:02}_*.py")):
            (copy / "lessons" / f"{number:02}_new.py").touch()
    readme = with_table(README.read_text("utf-8"), read_syllabus(copy / "lessons"), repository())
    assert "[15 · Scaling out](notebooks/15_new.ipynb)" in readme and "to come" not in readme


def test_a_page_without_the_part_is_refused():
    with pytest.raises(ValueError, match="`<!-- lessons: make ... -->`"):
        with_marked_parts("# Birds\n<!-- colab: make publish -->\n<!-- end -->", {"lessons": "..."})


def test_the_map_in_lesson_00_leads_to_every_lesson_that_is_ready():
    for job in jobs():
        if job.target.stem.startswith("00"):
            (cell,) = (cell for cell in job.fresh.cells if "map" in cell.metadata.get("tags", []))
            linked = re.findall(r"^\| (?:↳ )?\[(.+)\]\((\w+\.ipynb)\)", cell.source, re.MULTILINE)
            here, *others = ready_lessons(syllabus())
            assert linked == [(lesson.heading, f"{lesson.file.stem}.ipynb") for lesson in others]
            assert f"| **{here.heading}** |" in cell.source and "| 15 · Scaling out |" in cell.source
            assert all((job.target.parent / name).exists() for _, name in linked)


def test_progress_shows_lessons_as_on_the_map(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    titles = [f"{lesson.heading}{' (optional)' * lesson.optional}" for lesson in ready_lessons(syllabus())]
    assert list(progress().summary()["title"]) == titles
