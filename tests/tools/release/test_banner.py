"""The picture at the top of the README is what the sketchbook draws."""

import numpy as np
from PIL import Image

from tools.release import banner


def test_the_readme_shows_todays_birds():
    with Image.open(banner.TARGET) as shipped:
        drawn = banner.banner()
        assert shipped.size == drawn.size
        difference = np.abs(np.asarray(shipped, int) - np.asarray(drawn, int)).mean()
    assert difference < 5, "data/pictures/birds.jpg is out of date. What to do: make pictures"
    assert banner.TARGET.stat().st_size < 300_000


def test_the_picture_of_the_readme_is_drawn(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(banner, "TILE", 48)
    banner.main(["--out", str(tmp_path / "birds.jpg")])
    assert (tmp_path / "birds.jpg").stat().st_size > 1000
    assert capsys.readouterr().out.startswith("birds.jpg: ")
