"""The map of the course is read as it is written, or its damage is named."""

import pytest

from course_utils.errors import DataError
from course_utils.exercises.lesson_source import lesson_files
from course_utils.paths import lessons_folder
from course_utils.syllabus import Lesson, as_table, read_syllabus, ready_lessons, syllabus

GOOD = """
- part: I. Nests
  lessons:
    - {number: 0, title: Eggs, minutes: 5, blurb: count eggs, needs: []}
    - {number: 8, title: "Case: two", minutes: 45, blurb: count again, needs: [0]}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "00_eggs.py").touch()
    (tmp_path / "syllabus.yaml").write_text(GOOD)
    return tmp_path


def test_a_lesson_is_ready_when_its_file_is_there(folder):
    (part,) = read_syllabus(folder)
    assert part.title == "I. Nests"
    assert part.lessons == (
        Lesson(0, "Eggs", 5, "count eggs", (), folder / "00_eggs.py"),
        Lesson(8, "Case: two", 45, "count again", (0,), None),
    )
    assert [lesson.heading for lesson in ready_lessons((part,))] == ["00 · Eggs"]


def test_the_table_says_what_is_to_come(folder):
    table = as_table(read_syllabus(folder), lambda lesson: f"[{lesson.title}]").splitlines()
    assert table[2:] == [
        "| **I. Nests** | | | |",
        "| [Eggs] | count eggs | 5 |  |",
        "| [Case: two] | count again | to come | 00 |",
    ]


def test_the_courses_own_map_has_all_sixteen_lessons():
    numbers = [lesson.number for part in syllabus() for lesson in part.lessons]
    assert numbers == list(range(16))
    assert [lesson.file for lesson in ready_lessons(syllabus())] == lesson_files(lessons_folder())


@pytest.mark.parametrize(
    ("old", "new", "received"),
    [
        (GOOD, "", "None"),
        (GOOD, "part: I", "{'part': 'I'}"),
        ("[]}", "[]", "while parsing a flow mapping"),
        ("part:", "title:", "{'title': 'I. Nests'"),
        ("number: 8", "number: 08", "{'number': '08'"),
        ("minutes: 45", "minutes: a while", "'minutes': 'a while'"),
        ("needs: [0]", "needs: 0", "'needs': 0"),
        ("needs: [0]", "needs: [null]", "'needs': [None]"),
        ("needs: [0]", "needs: [true]", "'needs': [True]"),
        ("number: 8", "number: -8", "'number': -8"),
        ("part: I. Nests", "part: 2026-13-45", "month must be in"),
        ("part: I. Nests", "part: [1, 2]", "'part': [1, 2]"),
        (GOOD, "[" * 5000, "recursion"),
        (", blurb: count again", "", "{'number': 8"),
        ("blurb: count again", "blurb: count again, ready: true", "'ready': True"),
        ("- {number: 0,", "- eggs\n    - {number: 0,", "'eggs'"),
        (GOOD, "\udcff", "invalid start byte"),
    ],
)
def test_damage_is_named(folder, old, new, received):
    assert old in GOOD
    (folder / "syllabus.yaml").write_text(GOOD.replace(old, new), errors="surrogateescape")
    with pytest.raises(DataError, match="the map of the course, syllabus.yaml, cannot be read") as error:
        read_syllabus(folder)
    assert received in error.value.received and str(folder) in error.value.do


def test_a_missing_map_is_named(folder):
    (folder / "syllabus.yaml").unlink()
    with pytest.raises(DataError, match="No such file"):
        read_syllabus(folder)
