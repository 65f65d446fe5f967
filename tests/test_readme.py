"""What README shows works as it stands."""

import re
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_examples_run_and_leave_nothing_where_they_are_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for example in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL):
        exec(example, names)
    assert len(names["features"].vectors) == len(names["birds"])
    assert re.search(r"\n0 .*military uniform", capsys.readouterr().out)
    assert list(tmp_path.iterdir()) == []
