"""How long a lesson is, counted as learners meet it, and what is said about one that is too long."""

import pytest

from tools.notebooks import lint
from tools.notebooks.counts import Counts, count
from tools.project import REPO

GOOD = REPO / "tests" / "lessons" / "01_good.py"


def counted(tmp_path, *cells: str, name: str = "01_good.py") -> tuple[int, int, int]:
    """Return the figures of a lesson that consists of these cells."""
    file = tmp_path / name
    file.write_text("\n\n".join(cells), "utf-8")
    length = count(file)
    return length.words, length.lines, length.exercises


@pytest.mark.parametrize(
    ("cell", "words", "lines"),
    [
        ("# %% [markdown]\n# ## Four *plain* [words](https://example.org/a b) here", 4, 0),
        ("# %% [markdown]\n# - <kbd>Shift</kbd> + `x = 1`", 3, 0),
        ("# %%\nx = 1\n\n# a comment\nprint(x)  # another", 0, 2),
        ('# %% answer="1.1"\nimport x\n# solution\na = 1\nb = 2\n# end', 0, 2),
        ('# %% check="1.1"\ncheck = 3', 0, 0),
        ('# %% [markdown] why="1.1"\n# Because.', 0, 0),
        ('# %% [markdown] quiz="1.a"\n# Which one?\n#\n# - [x] This one.\n#   - Yes.', 2, 0),
    ],
)
def test_what_learners_read_is_counted(tmp_path, cell, words, lines):
    asked = '# %% [markdown] question="1.1"\n# Why?\n#\n# - [ ] Not counted.\n#   - Nor this.'
    assert counted(tmp_path, asked, cell) == (1 + words, lines, 1)


@pytest.mark.parametrize(
    ("words", "lines", "exercises", "said"),
    [
        (1600, 110, 4, []),
        (1600, 110, 6, []),
        (1601, 110, 6, ["at most 1,600 words"]),
        (1600, 111, 6, ["at most 110 lines"]),
        (1600, 110, 7, ["4 to 6 exercises"]),
        (0, 111, 3, ["at most 110 lines", "4 to 6 exercises"]),
    ],
)
def test_what_is_over_is_said_with_what_to_do(words, lines, exercises, said):
    found = Counts("01_good", words, lines, exercises, optional=False).too_much()
    assert [one.partition(":")[0] for one in found] == said and all("deepening" in one for one in found)
    assert Counts("01x_more", words, lines, exercises, optional=True).too_much() == []


def test_the_table_of_all_lessons_is_printed(tmp_path, monkeypatch, capsys):
    for name in ("01_good.py", "01x_more.py"):
        counted(tmp_path, "# %% [markdown]\n# One word.", name=name)
    monkeypatch.setattr(lint, "LESSONS", tmp_path)
    lint.main(["--counts"])
    rows = capsys.readouterr().out.splitlines()[2:]
    assert rows == [
        "| 01_good | 2 | 0 | 0 |",
        "| 01x_more | 2 | 0 | 0 |",
        "| at most | 1,600 | 110 | 4 to 6 |",
    ]
