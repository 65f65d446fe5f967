"""What README shows works as it stands."""

import re
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_leaves_nothing_where_it_is_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(re.search(r"```python\n(.*?)```", README, flags=re.DOTALL)[1], names)
    assert len(names["features"].vectors) == len(names["birds"])
    assert list(tmp_path.iterdir()) == []
