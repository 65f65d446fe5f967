"""Field guide plates."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from course_utils import sketchbook
from course_utils.sketchbook.birds import load_birds
from course_utils.sketchbook.guide import marks, plates


def test_a_plate_has_its_size_and_keeps_its_margins_free():
    page = plates.plate("Orchard Seedkin", px=450)
    assert page.size == (450, 600)
    pixels = np.asarray(page)
    for margin in (pixels[:, :12], pixels[:, -12:], pixels[:12], pixels[-12:]):
        assert (margin == plates.PAPER).all()
    assert (pixels != plates.PAPER).any(axis=2).mean() > 0.1


def test_an_unknown_species_has_no_plate():
    with pytest.raises(ValueError, match="Did you mean"):
        plates.plate("Orchard Seedling")


def test_text_of_every_plate_stays_on_the_page():
    for name in load_birds():
        pixels = np.asarray(plates.plate(name, px=600))
        for margin in (pixels[:, :16], pixels[:, -16:], pixels[-16:]):
            assert (margin == plates.PAPER).all(), name


def test_look_alikes_are_of_the_genus_and_differ():
    species = load_birds()["Marigold Leafling"]
    others = marks.look_alikes(species)
    assert {other.genus for other in others} == {"Leafling"}
    assert species not in others
    assert "no wing bars" in marks.differences(species, load_birds()["Truant Leafling"])
    assert marks.differences(species, species) == []


def test_labels_of_a_column_keep_their_distance():
    heights = plates.spread([10, 11, 12, 95], gap=20, low=0, high=100)
    assert min(np.diff(heights)) >= 20
    assert heights[-1] <= 100


def test_contact_sheet_has_a_row_for_each_species():
    sheet = plates.contact_sheet(["Orchard Seedkin", "Bishop Dabbin"], px=32, per_species=3, zoom=2)
    assert sheet.size == (3 * 64, 2 * 64)


def test_make_plates_writes_every_plate(tmp_path, monkeypatch, capsys):
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    (arguments,) = re.findall(r"^\t.* -m course_utils\.sketchbook\.guide\.plates(.*)$", makefile, flags=re.M)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plates, "plate", lambda name, px: Image.new("RGB", (3, 4)))
    monkeypatch.setattr(plates, "contact_sheet", lambda *args, **kwargs: Image.new("RGB", (3, 3)))
    plates.main(arguments.split())
    assert len(list((tmp_path / "build/plates").glob("*.png"))) == len(load_birds()) + 2
    assert "build/plates" in capsys.readouterr().out


def test_the_command_draws_the_species_that_are_named(tmp_path):
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        plates.__name__,
        "Orchard Seedkin",
        "--px",
        "90",
        "--out",
        tmp_path,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    sizes = {path.name: Image.open(path).size for path in tmp_path.iterdir()}
    assert sizes["Orchard_Seedkin.png"] == (90, 120)
    assert sorted(sizes) == ["Orchard_Seedkin.png", "contact_sheet_512.png", "contact_sheet_96.png"]


def test_an_unknown_species_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="Did you mean 'Orchard Seedkin'"):
        plates.main(["Orchard Seedkim", "--out", str(tmp_path / "plates")])
    assert not list(tmp_path.iterdir())


def test_the_sketchbook_offers_plates():
    assert sketchbook.plate is plates.plate and "plate" in sketchbook.__all__
    with pytest.raises(AttributeError, match="no attribute 'plato'"):
        _ = sketchbook.plato
