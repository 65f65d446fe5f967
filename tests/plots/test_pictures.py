"""Pictures are drawn as they are, lit where it matters, marked as right or wrong, and only if they are pixels."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from course_utils import plots

from .examples import texts

SIZE = 16


def spotlight(**changes):
    """Two grey pictures: the light of the first lies in its box, that of the second is spread evenly."""
    masks = np.zeros((2, SIZE, SIZE), bool)
    masks[:, 4:8, 4:12] = True  # 32 of 256 pixels
    weights = np.stack([masks[0].astype(float), np.ones((SIZE, SIZE))])
    given = {"pictures": np.full((2, SIZE, SIZE, 3), 200, np.uint8), "weights": weights, "masks": masks}
    return plots.spotlight_grid(**{**given, **changes})


def test_a_picture_is_lit_where_the_weights_are_and_dark_elsewhere():
    ax = spotlight(titles=["✓ Owl", "✗ Kite"])
    first, second = (np.asarray(image.get_array()) for image in ax.images)
    assert (first[4:8, 4:12] == 200).all() and first[0, 0, 0] == 70
    assert (second == 200).all()
    said = "✓ Owl: 100% of the light is inside the box; ✗ Kite: 12% of the light"
    assert said in plots.alt_text(ax)
    dark = spotlight(weights=np.stack([np.zeros((SIZE, SIZE)), -np.ones((SIZE, SIZE))]), masks=None)
    assert all((np.asarray(image.get_array()) == 70).all() for image in dark.images)
    with pytest.raises(ValueError, match=r"`weights` must have shape \(2, 16, 16\).*Received: \(2, 8, 8\)"):
        spotlight(weights=np.ones((2, 8, 8)))


def test_the_box_is_drawn_where_it_is_in_each_tile():
    ax = spotlight()
    for image, outline in zip(ax.images, ax.collections, strict=True):
        left, right, bottom, top = image.get_extent()
        points = np.concatenate([path.vertices for path in outline.get_paths()])
        width, height = right - left, bottom - top
        assert points[:, 0].min() == pytest.approx(left + width * 4 / SIZE, abs=0.1 * width)
        assert points[:, 1].max() == pytest.approx(top + height * 8 / SIZE, abs=0.1 * height)


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
