"""A notebook whose cells fail, hang or show something else fails as a test, and the message says what to do."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from tools.project import REPO

BROKEN = {
    "10_error": ("1 / 0", [], ["ZeroDivisionError", "A cell of lessons/10_error.py fails", "make lab"]),
    "11_changed": (
        "print(2)",
        ["1\n"],
        ["What this cell prints is not what the notebook holds", "make notebooks"],
    ),
    "12_stub": ("answer = ...\nanswer + 1", ["4\n"], ["TypeError", "must run with the untouched stub"]),
    "13_out_of_band": ("print('right: 71 %')", ["right: 80 %\n"], ["is not what", "within=0.05"]),
    "14_in_band": ("print('right: 78 %')", ["right: 80 %\n"], []),
    "16_bar": ("display({'text/plain': 'pictures:  10%|#     | 1/10'}, raw=True)\nprint(1)", ["1\n"], []),
    "17_hangs": (
        "from threading import Event, Thread\nstuck = Thread(target=Event().wait)\nstuck.start()\nstuck.join()",
        [],
        [
            "Timeout of",
            "Where the kernel's threads were",
            "line 4 in <module>",
            "A cell of lessons/17_hangs.py fails",
        ],
    ),
    "18_predict": ("print(1)", [], []),
    "19_predict_stored": ("print(1)", ["2\n"], ["is not what"]),
    "20_nothing_stored": ("print(1)", [], ["is not what"]),
    "15_other_words": ("print('wrong: 80 %')", ["right: 80 %\n"], ["is not what"]),
}


@pytest.fixture(scope="module")
def nbval_report(tmp_path_factory):
    """What pytest says about the notebooks of broken lessons, by notebook."""
    folder = tmp_path_factory.mktemp("broken")
    for name, (code, outputs, _) in BROKEN.items():
        cell = new_code_cell(
            code, outputs=[new_output("stream", text=text) for text in outputs], execution_count=1
        )
        if "band" in name:
            cell.metadata["within"] = 0.05
        if "predict" in name:
            cell.metadata["tags"] = ["predict"]
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{name}.ipynb")
    options = "--nbval --nbval-current-env --nbval-cell-timeout=10 -p no:cacheprovider --color=no -rN".split()
    config = [
        "-c",
        os.devnull,
        f"--rootdir={folder}",
        f"--nbval-sanitize-with={REPO / 'tests/nbval_sanitize.cfg'}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    plugins = ["-p", "tools.nbval.bands", "-p", "tools.nbval.threads"]
    command = [sys.executable, "-m", "pytest", *plugins, *options, *config, str(folder)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder).stdout
    parts = re.split(r"^_+ .*?(\d\d_\w+)\.ipynb.* _+$", said, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)), said


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_lesson_fails_and_the_message_says_what_to_do(name, nbval_report):
    failures, said = nbval_report
    assert (name in failures) == bool(BROKEN[name][2]), said
    assert [words for words in BROKEN[name][2] if words not in failures[name]] == []
