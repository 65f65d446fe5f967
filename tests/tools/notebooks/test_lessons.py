"""Every lesson keeps the rules, and breaking any of them is noticed and explained."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

import jupytext
import nbformat
import pytest
from nbformat.v4 import new_output

from course_utils.errors import DataError
from course_utils.exercises.lesson_source import ROLES, lesson_files, marked_cells, read_lesson
from tools.notebooks.cells import filled, stub, to_notebook
from tools.notebooks.lint import PARTS, RULES, problems, read
from tools.project import REPO

LESSONS = lesson_files(REPO / "lessons")
GOOD = REPO / "tests" / "lessons" / "01_good.py"
PRINTED = new_output("stream", text="3 nests with 9 eggs\n")
PICTURE = '<img alt="{alt}" src="data:image/png;base64,AAAA">'


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_lesson_keeps_the_rules(lesson):
    assert problems(read(lesson)) == []


@pytest.mark.parametrize("lesson", [*LESSONS, GOOD], ids=lambda path: path.stem)
def test_exercises_read_the_cells_that_jupytext_reads(lesson):
    text = lesson.read_text(encoding="utf-8")
    expected = [
        (role, str(cell.metadata[role]), cell.source)
        for cell in jupytext.reads(text, fmt="py:percent").cells
        for role in ROLES
        if role in cell.metadata
    ]
    assert expected and list(marked_cells(text)) == expected


def lint(tmp_path: Path, old: str = "", new: str = "", output=PRINTED) -> list[str]:
    """Return the problems of the good lesson with one thing changed; its first eggs are printed by `output`."""
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    lesson = tmp_path / GOOD.name
    lesson.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    book = to_notebook(lesson, False, "https://github.com/o/r")
    cell = next((c for c in book.cells if c.cell_type == "code" and "eggs = " in c.source), book.cells[2])
    cell.outputs = [output] if output else []
    nbformat.write(book, tmp_path / "01_good.ipynb")
    return problems(read(lesson, tmp_path / "01_good.ipynb"))


def test_the_good_lesson_is_good(tmp_path):
    assert lint(tmp_path) == []


HOOK = GOOD.read_text(encoding="utf-8").partition("parts\n#\n")[2].partition("#\n# **When")[0]
LONG = "\n".join(f"eggs = [{n}]" for n in range(16))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# - say when you are done.\n", "", "it does not say its goals, three of them"),
        ("**Time**: about 5 minutes", "**Time**: a while", "it does not say how many minutes"),
        ("**You need** nothing.", "", "it does not say what it needs"),
        ("# ## What you saw", "# ## The end", "it does not say a recap"),
        ("# **Where it goes wrong in practice.**", "# ", "where it goes wrong in practice"),
        ("# ## Sources", "# ## Thanks", "its sources"),
        (
            HOOK,
            "# Eggs.\n",
            "without a hook",
        ),
        (' quiz="1.a"', "", "it has no quiz"),
        ("# Each nest is there twice.\n", "", "exercise 1.1 has no why"),
        ('hints=["Add up first."]', "hints=[]", "must have one to three hints"),
        ('exercise("1.1").check(twice)', 'exercise("1.1")', "exercise 1.1 is never checked"),
        ("eggs = [2, 3, 4]", f"{LONG}\neggs = [2, 3, 4]", "a cell of 18 lines, at most 15"),
        (
            "eggs = [2, 3, 4]",
            f"eggs = [{'2, ' * 26}3, 4]",
            "a line of code that learners would have to scroll (91 characters",
        ),
        (
            "# Together that",
            f"# {'Egg. ' * 1600}Together that",
            "words of prose, 11 lines of code, 4 exercises, and may",
        ),
        ('becomes = "b"', 'becomes = "c"', "the solution of 1.5 is not its ticked option"),
        ("# Am I right?\n", "", "without a sentence before it"),
        ("eggs = [2, 3, 4]", "eggs = [2, 3, 4]\neggs._private", "`._private` is private"),
        ("# Together that", "# ![](nest.png) Together that", "a picture in the text without an alt text"),
        ("eggs = [2, 3, 4]", 'eggs = [2, 3, 4]\nopen("/home/me/eggs.csv")', "a path of one machine"),
        (
            "# Together that makes 9.",
            "# Together that makes 12.",
            "the number 12 is neither computed nor sourced",
        ),
        ("hold 3 eggs on average (Lack, 1947)", "hold 7 eggs on average", "the number 7 is neither"),
        ("3 eggs on average (Lack, 1947)", "7 eggs on average (Nobody, 1947)", "the number 7 is neither"),
    ],
)
def test_a_broken_rule_is_named(tmp_path, old, new, said):
    found = lint(tmp_path, old, new)
    assert [problem for problem in found if said in problem]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (new_output("display_data", {"image/png": "AAAA"}), "a figure without alt text"),
        (
            new_output("display_data", {"text/html": PICTURE.format(alt="a bird")}),
            "a figure without alt text",
        ),
        (
            new_output("display_data", {"text/html": PICTURE.format(alt="Bar chart of eggs in three nests")}),
            "",
        ),
        (new_output("stream", text="x" * 200_001), "an output of 200 kB, at most 200"),
        (
            new_output("stream", text="3 nests with 9 eggs in /root/nests"),
            "an output with a path of one machine",
        ),
    ],
)
def test_a_bad_output_is_named(tmp_path, output, said):
    found = [problem for problem in lint(tmp_path, output=output) if "the number 9" not in problem]
    assert len(found) == bool(said) and all(said in problem for problem in found)


def test_a_number_that_may_vary_does_not_count_as_computed(tmp_path):
    found = lint(tmp_path, "# %%\neggs", "# %% within=0.1\neggs")
    assert ["the number 9 is neither" in problem for problem in found] == [True]


def test_a_number_to_be_predicted_is_computed_in_the_solved_notebook(tmp_path):
    old, new = "# %%\neggs", '# %% tags=["predict"]\neggs'
    assert ["the number 9 is neither" in problem for problem in lint(tmp_path, old, new, output=None)] == [
        True
    ]
    (tmp_path / "solutions").mkdir()
    solved = to_notebook(tmp_path / GOOD.name, True, None)
    (cell,) = (cell for cell in solved.cells if cell.source.startswith("eggs = "))
    cell.outputs = [PRINTED]
    nbformat.write(solved, tmp_path / "solutions" / "01_good.ipynb")
    assert lint(tmp_path, old, new, output=None) == [] and "tags" not in cell.metadata


@pytest.mark.parametrize(("words", "n"), [("hold eggs as in section 7 and lesson 06", 0), ("hold 7 eggs", 1)])
def test_the_number_of_a_section_is_a_name(tmp_path, words, n):
    found = lint(tmp_path, "hold 3 eggs on average (Lack, 1947)", words)
    assert len(found) == n


def test_every_part_has_a_test():
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [part for part in PARTS if part not in tested and part != "how many minutes it takes"] == []
    assert len(RULES) == 12


# --- What lessons are made of. ---


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("# solution\nn = 3\n# end", "n = ...  # your answer here"),
        ("# solution\na = 1\n_, n = f(a)\n# end\n", "n = ...  # your answer here"),
        ("def f(x):\n    # solution\n    return x\n    # end", "def f(x):\n    ...  # your code here"),
        (
            "import x\n\n# solution\nn = 3\n# end\nprint(n)",
            "import x\n\nn = ...  # your answer here\nprint(n)",
        ),
    ],
)
def test_stubs_hold_nothing_of_the_solution(code, expected):
    assert stub(code) == expected
    assert filled(code) == re.sub(r" *# (solution|end)\n?", "", code).rstrip()


def test_a_solution_without_an_answer_is_an_error():
    with pytest.raises(ValueError, match="must assign the answer to a name"):
        stub("# solution\nprint(3)\n# end")


def test_ids_stay_when_cells_come_and_go(tmp_path):
    lesson = tmp_path / GOOD.name
    text = GOOD.read_text(encoding="utf-8")
    books = []
    for version in (
        text,
        text.replace("# %% [markdown]\n# Am I", "# %% [markdown]\n# New.\n\n# %% [markdown]\n# Am I", 1),
    ):
        lesson.write_text(version, encoding="utf-8")
        books.append(to_notebook(lesson, False, "https://github.com/o/r"))
    before, after = ([cell.id for cell in book.cells] for book in books)
    assert len(after) == len(before) + 1 and set(before) < set(after)
    assert len(set(after)) == len(after)


def test_the_learners_notebook_gives_nothing_away():
    learner, solved = (to_notebook(GOOD, solved, "https://github.com/o/r") for solved in (False, True))
    text, answers = ("\n".join(cell.source for cell in book.cells) for book in (learner, solved))
    assert "2 * sum(eggs)" not in text and "Each nest is there twice" not in text and "Mistake" not in text
    assert "twice = 2 * sum(eggs)" in answers and "**Why.** Each nest is there twice." in answers
    assert "colab.research.google.com/github/o/r/blob/main/notebooks/solutions/01_good.ipynb" in answers


def test_badges_are_inside_the_notebook_and_lead_to_it():
    title = to_notebook(GOOD, False, "https://github.com/o/r").cells[0].source
    badges = re.findall(r"\[!\[([^\]]+)\]\(data:image/svg\+xml;base64,([^)]+)\)\]\(([^)]+)\)", title)
    assert [(alt, link) for alt, _, link in badges] == [
        ("Open in Colab", "https://colab.research.google.com/github/o/r/blob/main/notebooks/01_good.ipynb"),
        ("View on nbviewer", "https://nbviewer.org/github/o/r/blob/main/notebooks/01_good.ipynb"),
    ]
    for alt, picture, _ in badges:
        assert " ".join(ElementTree.fromstring(base64.b64decode(picture)).itertext()) == alt
    assert "![" not in to_notebook(GOOD, False, None).cells[0].source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('answer="1.1"', 'answer="1.7"', "parts of exercises that ask nothing"),
        ('why="1.1"', 'question="1.1"', "two cells question='1.1'"),
    ],
)
def test_a_muddled_exercise_is_an_error(tmp_path, old, new, said):
    (tmp_path / GOOD.name).write_text(GOOD.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_lesson(tmp_path / GOOD.name)
