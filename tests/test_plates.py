"""Field guide plates."""

import sys

import numpy as np
import pytest

from course_utils.sketchbook import field_marks, plates
from course_utils.sketchbook.birds import bird, load_birds


def test_a_plate_has_its_size_and_keeps_its_margins_free():
    page = plates.plate("Orchard Seedkin", px=450)
    assert page.size == (450, 600)
    pixels = np.asarray(page)
    for margin in (pixels[:, :12], pixels[:, -12:], pixels[:12], pixels[-12:]):
        assert (margin == plates.PAPER).all()
    assert (pixels != plates.PAPER).any(axis=2).mean() > 0.1


@pytest.mark.parametrize("name", load_birds())
def test_text_of_every_plate_stays_on_the_page(name):
    pixels = np.asarray(plates.plate(name, px=600))
    assert (pixels[:, :16] == plates.PAPER).all()
    assert (pixels[:, -16:] == plates.PAPER).all()
    assert (pixels[-16:] == plates.PAPER).all()


def test_an_unknown_species_has_no_plate():
    with pytest.raises(ValueError, match="Did you mean"):
        plates.plate("Orchard Seedling")


def test_look_alikes_are_of_the_genus_and_differ():
    species = bird("Marigold Leafling")
    others = field_marks.look_alikes(species)
    assert {other.genus for other in others} == {"Leafling"}
    assert species not in others
    assert "no wing bars" in field_marks.differences(species, bird("Truant Leafling"))
    assert field_marks.differences(species, species) == []


def test_labels_of_a_column_keep_their_distance():
    heights = plates._spread([10, 11, 12, 95], gap=20, low=0, high=100)
    assert min(np.diff(heights)) >= 20
    assert heights[-1] <= 100


def test_contact_sheet_has_a_row_for_each_species():
    sheet = plates.contact_sheet(["Orchard Seedkin", "Bishop Dabbin"], px=32, per_species=3, zoom=2)
    assert sheet.size == (3 * 64, 2 * 64)


def test_the_command_writes_every_plate(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["plates", "--out", str(tmp_path), "--px", "120"])
    monkeypatch.setattr(plates, "contact_sheet", lambda *args, **kwargs: plates.plate("Orchard Seedkin", 60))
    plates.main()
    assert len(list(tmp_path.glob("*.png"))) == len(load_birds()) + 2
