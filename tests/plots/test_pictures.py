"""Pictures are drawn as they are, marked as right or wrong, and only if they are pixels."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from course_utils import plots

from .examples import texts


def test_predictions_grid_shows_the_surest_mistakes_first_and_marks_them(predictions):
    ax = plots.predictions_grid(predictions, n=4)
    marks = [text for text in texts(ax) if text[0] in "✓✗"]
    assert marks == ["✗ 90%", "✗ 70%", "✓ 80%", "✓ 80%"]
    row = predictions.iloc[1]
    assert f"said {row.predicted}\nis {row.class_name}" in texts(ax)
    said = f"2 with a wrong answer, the surest first: {row.class_name} taken for {row.predicted}"
    assert said in plots.alt_text(ax)
    all_right = plots.predictions_grid(predictions[predictions["correct"]], n=2)
    assert "all answers right" in plots.alt_text(all_right)


def test_wrong_answers_are_red_for_everybody_who_sees_red(predictions):
    ax = plots.predictions_grid(predictions, n=4)
    red, green, _ = np.transpose([to_rgb(patch.get_edgecolor()) for patch in ax.patches[::2]])
    wrong = [True, True, False, False]
    assert ((red > 5 * green) == wrong).all() and ((green > red) == ~np.array(wrong)).all()


def test_boxes_lie_where_the_table_says():
    table = pd.DataFrame({"x": [3.0], "y": [4.0], "width": [10.0], "height": [8.0]})
    ax = plots.boxes(np.zeros((30, 40, 3), np.uint8), table, ["bill"])
    assert {patch.get_bbox().bounds for patch in ax.patches} == {(3, 4, 10, 8)}
    assert "1 box: bill at x 3, y 4, 10 wide and 8 high" in plots.alt_text(ax)


def test_boxes_of_two_kinds_can_be_told_apart():
    pixels, rows = np.zeros((30, 40, 3), np.uint8), [(9, 9, 9, 9), (6, 6, 15, 15), (1, 1, 3, 3)]
    ax = plots.boxes(pixels, rows, ["box", "grown", "box"])
    first, second, third = (patch.get_edgecolor() for patch in ax.patches[1::2])
    assert first == third != second
    places = {text.get_text(): text.get_position() for text in ax.texts[:2]}
    assert places == {"box": (9, 9), "grown": (6, 21)}, "one label above, one below"


@pytest.mark.parametrize(
    "images, titles, message",
    [
        (np.zeros((8, 8, 3)), None, "shape"),
        (np.zeros((0, 8, 8, 3)), None, "n of 1 or more"),
        (np.full((1, 8, 8, 3), 0.5), None, "pixels 0..255.*before preprocessing"),
        (np.full((1, 8, 8, 3), -1.0), None, "pixels 0..255"),
        (np.full((2, 8, 8, 3), 9), ["a"], "`titles` must be 2 texts.*Received: 1"),
    ],
)
def test_image_grid_refuses_what_are_no_pixels_and_too_few_titles(images, titles, message):
    with pytest.raises(ValueError, match=message):
        plots.image_grid(images, titles=titles)


def test_variations_have_a_row_for_each_change_and_the_original_first():
    row = np.full((3, 8, 8, 3), 100, np.uint8)
    ax = plots.variations({"hue 0.5": row, "flip": row}, original=row[0])
    assert len(ax.images) == 2 * 4
    assert "hue 0.5; flip" in plots.alt_text(ax) and "3 pictures a row" in plots.alt_text(ax)
    with pytest.raises(ValueError, match="as many pictures in each row"):
        plots.variations({"hue": row, "flip": row[:2]})
