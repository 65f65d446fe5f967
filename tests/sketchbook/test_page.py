"""The field guide's page as a figure names the marks of its bird, and none of them lies on another."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from course_utils import plots
from course_utils.sketchbook import load_birds
from course_utils.sketchbook.guide.marks import field_marks


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("name", list(load_birds())[::4])
def test_page_names_every_mark_once_and_no_label_covers_another(name):
    ax = plots.species_page(name)
    labels = [text for text in ax.texts if text.get_text()]
    marks = list(field_marks(load_birds()[name]).values())
    shown = {label.get_text() for label in labels}
    assert shown <= set(marks) and len(shown) >= len(marks) - 1  # a swimmer's legs are under water
    ax.figure.canvas.draw()
    boxes = [Text.get_window_extent(label) for label in labels]  # without the line to the bird
    assert [i for i, one in enumerate(boxes) for other in boxes[:i] if one.overlaps(other)] == []
    assert name in plots.alt_text(ax) and load_birds()[name].note in plots.alt_text(ax)


def test_page_goes_where_it_is_told_and_unknown_birds_have_none():
    _, given = plt.subplots()
    assert plots.species_page("Orchard Seedkin", given) is given
    with pytest.raises(ValueError, match="Did you mean"):
        plots.species_page("Orchard Seedling")
