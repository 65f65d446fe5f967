"""The picture at the top of the README is what the sketchbook draws."""

import numpy as np
from PIL import Image

from tools import build_pictures


def test_the_readme_shows_todays_birds():
    with Image.open(build_pictures.TARGET) as shipped:
        drawn = build_pictures.banner()
        assert shipped.size == drawn.size
        difference = np.abs(np.asarray(shipped, int) - np.asarray(drawn, int)).mean()
    assert difference < 5, "data/pictures/birds.jpg is out of date. What to do: make pictures"
    assert build_pictures.TARGET.stat().st_size < 300_000


def test_the_picture_of_the_readme_is_drawn(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(build_pictures, "TILE", 48)
    build_pictures.main(["--out", str(tmp_path / "birds.jpg")])
    assert (tmp_path / "birds.jpg").stat().st_size > 1000
    assert capsys.readouterr().out.startswith("birds.jpg: ")
