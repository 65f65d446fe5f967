"""Outputs are stored without what is true of one run only, and compared within the band of their cell."""

import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_utils.notebook import WIDGET
from tools.notebooks.outputs import snap, tidy
from tools.project import REPO


@pytest.mark.parametrize(
    ("text", "stored", "snapped"),
    [
        ("77.0 % of 1,200", "76.5 % of 1,200", "76.5 % of 1,200"),
        ("50 % of 1,200", "76.5 % of 1,200", "50 % of 1,200"),
        ("a 77", "b 76", "a 77"),
        ("77 and 3", "76", "77 and 3"),
        ("-0.5", "0.5", "-0.5"),
        ("Lesson02 is 77", "Lesson02 is 76", "Lesson02 is 76"),
    ],
)
def test_numbers_snap_within_their_band_only(text, stored, snapped):
    assert snap(text, stored, 0.05) == snapped


def test_what_is_true_of_one_run_only_is_not_stored():
    bar = new_output("display_data", data={"text/plain": "pictures:  10%|#     | 1/10"})
    shown = {
        "text/plain": "<Bird at 0x7f1234567890>",
        "text/html": "<b>a bird</b>",
        WIDGET: {"model_id": "a"},
    }
    cell = new_code_cell(
        "draw()",
        outputs=[
            bar,
            new_output("stream", text="<Bird at 0x7f1234567890>\n"),
            new_output("display_data", shown),
        ],
    )
    cell.metadata["execution"] = {"shell.execute_reply": "2026-11-26T10:00:00Z"}
    tidy(new_notebook(cells=[cell]))
    assert cell.metadata == {} and [output.get("text") for output in cell.outputs] == ["<Bird>\n", None]
    assert cell.outputs[1].data == {"text/plain": "<Bird>", "text/html": "<b>a bird</b>"}


def test_what_learners_are_to_predict_is_not_stored():
    cells = [new_code_cell("1", outputs=[new_output("stream", text="1")], execution_count=n) for n in (1, 2)]
    cells[0].metadata["tags"] = ["predict"]
    tidy(new_notebook(cells=cells))
    assert [(cell.execution_count, len(cell.outputs)) for cell in cells] == [(None, 0), (2, 1)]


def test_building_needs_no_test_runner():
    absent = "import sys; sys.modules |= dict.fromkeys(('pytest', 'nbval'))"
    code = f"{absent}; import tools.notebooks.build, tools.decks.build"
    subprocess.run([sys.executable, "-c", code], cwd=REPO, check=True)
