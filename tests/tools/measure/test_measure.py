"""The tables of figures come to their last row, and say what is not measured."""

import re

import nbformat
import pytest

from tools.measure import determinism, run


def test_rows_are_measured_and_unknown_ones_named(monkeypatch, tmp_path, capsys):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(notebook, tmp_path / "lesson.ipynb")
    monkeypatch.setattr(run, "FIRST_LESSON", tmp_path / "lesson.ipynb")
    monkeypatch.setattr(run, "REAL", tmp_path / "nowhere")
    monkeypatch.setattr("tools.project.REAL", tmp_path / "nowhere")
    run.main(["h", "j", "k"])
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line[:5] for line in lines] == ["| h |", "| j |", "| k |"]
    assert "not measured: no folder" in lines[0] and re.search(r"\| \d+ \| >= 200 \|", lines[1])
    assert "all cells" in lines[2]
    with pytest.raises(SystemExit):
        run.main(["j", "z"])
    assert "rows must be of a, b, c" in capsys.readouterr().err


def test_the_same_seed_trains_to_the_same_digest_here_and_in_another_process(capsys):
    determinism.main(["head"])
    trained = capsys.readouterr().out
    assert re.fullmatch(r"[0-9a-f]{8}\n", trained)
    assert determinism.digest("head", determinism.WAYS[0], one_core=False) == trained.strip()
