"""Figures about where a classifier looks and when to believe it say what their data say."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from course_utils import plots

SIZE = 16


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def spotlight(**changes):
    """Two grey pictures: the light of the first lies in its box, that of the second is spread evenly."""
    masks = np.zeros((2, SIZE, SIZE), bool)
    masks[:, 4:8, 4:12] = True  # 32 of 256 pixels
    weights = np.stack([masks[0].astype(float), np.ones((SIZE, SIZE))])
    given = {"pictures": np.full((2, SIZE, SIZE, 3), 200, np.uint8), "weights": weights, "masks": masks}
    return plots.spotlight_grid(**{**given, **changes})


def curves():
    return pd.DataFrame(
        {
            "threshold": [0.2, 0.5, 0.9],
            "answered": [1.0, 0.8, 0.0],
            "right": [0.7, 0.9, np.nan],
            "strangers": [1.0, 0.6, 0.0],
        }
    )


def test_a_picture_is_lit_where_the_weights_are_and_dark_elsewhere():
    first, second = (np.asarray(image.get_array()) for image in spotlight().images)
    assert (first[4:8, 4:12] == 200).all() and first[0, 0, 0] == 70
    assert (second == 200).all()


def test_the_alt_text_says_how_much_of_the_light_is_in_the_box():
    text = plots.alt_text(spotlight(titles=["✓ Owl", "✗ Kite"]))
    assert "✓ Owl: 100% of the light is inside the box; ✗ Kite: 12% of the light" in text


def test_the_box_is_drawn_where_it_is_in_each_tile():
    ax = spotlight()
    for image, outline in zip(ax.images, ax.collections, strict=True):
        left, right, bottom, top = image.get_extent()
        points = np.concatenate([path.vertices for path in outline.get_paths()])
        width, height = right - left, bottom - top
        assert points[:, 0].min() == pytest.approx(left + width * 4 / SIZE, abs=0.1 * width)
        assert points[:, 1].max() == pytest.approx(top + height * 8 / SIZE, abs=0.1 * height)


def test_weights_below_zero_or_all_zero_give_dark_pictures():
    ax = spotlight(weights=np.stack([np.zeros((SIZE, SIZE)), -np.ones((SIZE, SIZE))]), masks=None)
    assert all((np.asarray(image.get_array()) == 70).all() for image in ax.images)


def test_weights_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"`weights` must have shape \(2, 16, 16\).*Received: \(2, 8, 8\)"):
        spotlight(weights=np.ones((2, 8, 8)))


def test_share_map_says_middle_and_corners():
    shares = np.zeros((9, 9))
    shares[3:6, 3:6], shares[0, 0] = 0.75, 1.0
    ax = plots.share_map(shares, "share of birds")
    assert "Map of share of birds: 75% in the middle, 25% on average in the four corners." in plots.alt_text(
        ax
    )


@pytest.mark.parametrize("wrong", [np.full((3, 3), 1.5), np.full((3, 3), -0.1), np.zeros(4)])
def test_share_map_refuses_what_are_no_shares(wrong):
    with pytest.raises(ValueError, match="`shares` must be a table of numbers from 0 to 1"):
        plots.share_map(wrong, "shares")


def test_coverage_is_read_off_at_the_nearest_threshold():
    ax = plots.coverage_curves(curves(), threshold=0.55)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["right, of those answered: 90%", "answered: 80%", "strangers given a name: 60%"]
    assert "at 50%" in ax.get_xlabel() and "answered: 80%" in plots.alt_text(ax)


def test_coverage_without_strangers_or_threshold_tells_the_ends():
    ax = plots.coverage_curves(curves().drop(columns="strangers"))
    assert len(ax.lines) == 2
    assert "answered from 100% to 0%" in plots.alt_text(ax) and "from 70% to 90%" in plots.alt_text(ax)
