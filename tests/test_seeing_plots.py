"""Figures about filters and layers show what the numbers say, and tell it to those who cannot see them."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from course_utils import plots

RNG = np.random.default_rng(0)
GREY = RNG.integers(0, 256, (12, 12)).astype(float)
PICTURE = RNG.integers(0, 256, (12, 12, 3), dtype=np.uint8)
EDGES = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
BLUR = np.ones((3, 3)) / 9
AGREEMENT = pd.DataFrame({"birds": [0.9, 0.4], "shuffled": [0.0, 0.01], "dice": [0.0, 0.0]}, index=[1, 8])
HISTORIES = {
    "one layer": {"accuracy": [0.5, 1.0], "val_accuracy": [0.1, 0.2]},
    "borrowed": {"accuracy": [0.8, 0.9], "val_accuracy": [0.6, 0.7]},
}


def influence(side: int) -> np.ndarray:
    """An influence of `side` x `side` pixels in the middle of the picture."""
    strength = np.zeros((12, 12))
    strength[6 - side // 2 : 6 + side // 2, 6 - side // 2 : 6 + side // 2] = 1
    return strength


PLOTS = {
    "agreement_curves": lambda ax=None: plots.agreement_curves(AGREEMENT, ax=ax),
    "filter_step": lambda ax=None: plots.filter_step(GREY[:3, :3], EDGES, ax=ax),
    "filter_gallery": lambda ax=None: plots.filter_gallery(GREY, {"edges": EDGES}, [GREY[1:-1, 1:-1]], ax=ax),
    "filter_tiles": lambda ax=None: plots.filter_tiles(RNG.normal(size=(4, 3, 3, 3)), ax=ax),
    "receptive_fields": lambda ax=None: plots.receptive_fields(PICTURE, {"first": influence(4)}, ax=ax),
    "feature_maps": lambda ax=None: plots.feature_maps(PICTURE, {"first": RNG.random((6, 6, 8))}, ax=ax),
    "training_race": lambda ax=None: plots.training_race(HISTORIES, chance=0.05, ax=ax),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def tiles(ax):
    """Return the pixels of all pictures on the Axes, in order."""
    return [np.asarray(image.get_array()) for image in ax.images]


@pytest.mark.parametrize("name", PLOTS)
def test_each_draws_where_it_is_told_with_an_alt_text_and_changes_no_setting(name):
    before = dict(matplotlib.rcParams)
    _, given = plt.subplots()
    assert PLOTS[name](given) is given
    own = PLOTS[name]()
    assert own.figure is not given.figure and len(plt.get_fignums()) == 2
    assert len(plots.alt_text(own)) > 20
    assert dict(matplotlib.rcParams) == before
    own.figure.canvas.draw()


def test_agreement_curves_draw_each_kind_and_keep_their_names_apart():
    ax = plots.agreement_curves(AGREEMENT)
    drawn = [line.get_ydata().tolist() for line in ax.lines[:3]]
    assert drawn == [AGREEMENT[kind].tolist() for kind in AGREEMENT]
    heights = sorted(text.get_position()[1] for text in ax.texts)
    assert np.diff(heights).min() >= 0.09 - 1e-9
    assert "birds from 0.90 to 0.40" in plots.alt_text(ax)


def test_filter_step_writes_every_number_and_their_sum():
    patch = np.array([[10, 20, 30], [40, 50, 60], [70, 80, 90]])
    ax = plots.filter_step(patch, EDGES)
    assert texts(ax).count("-80") == 1 and {"120", "90"} <= set(texts(ax))  # two products, and a pixel
    assert f"sum  {(patch * EDGES).sum()}" in texts(ax)
    assert "add up to 80" in plots.alt_text(ax)


def test_a_filter_that_measures_differences_is_white_at_zero_and_any_other_is_drawn_as_a_picture():
    response = np.zeros((10, 10))
    response[5, 5], response[7, 7] = 100, -100
    ax = plots.filter_gallery(GREY, {"edges": EDGES, "blur": BLUR}, [response, np.full((10, 10), 128.0)])
    _, edges, blur = tiles(ax)
    at = 384 // 12
    white, orange, violet = (edges[(r + 1) * at + 5, (r + 1) * at + 5].astype(int) for r in (4, 5, 7))
    assert white.min() > 235 and orange[0] > orange[2] + 30 and violet[2] > violet[1] + 30
    assert (blur[6 * at, 6 * at] == 128).all()
    assert (blur[-1, -1] == 255).all()  # the border that a filter without padding leaves


def test_filter_tiles_draw_zero_as_grey_and_the_largest_weight_as_white():
    ax = plots.filter_tiles(np.array([[[0.0, 2.0], [-2.0, 1.0]]]), ["50%"])
    (tile,) = tiles(ax)
    corners = tile[[10, 10, 110, 110], [10, 110, 10, 110], 0]
    assert corners.tolist() == [128, 255, 0, 191]
    assert "1 filters of 2 by 2" in plots.alt_text(ax) and "50%" in plots.alt_text(ax)


def test_receptive_fields_frame_all_pixels_that_count():
    ax = plots.receptive_fields(PICTURE, {"first": influence(2), "deep": influence(8)})
    assert {"first\n2 x 2 pixels", "deep\n8 x 8 pixels"} <= set(texts(ax))
    for tile, side in zip(tiles(ax), (2, 8), strict=True):
        white = np.flatnonzero((tile == 255).all(axis=-1).any(axis=1))
        assert white[-1] - white[0] + 1 == side * 384 // 12


def test_feature_maps_show_the_channels_that_vary_most():
    maps = np.zeros((6, 6, 4))
    maps[..., 0], maps[2, 2, 2], maps[3, 3, 1] = 9.0, 3.0, 1.0  # channel 0 is strong, and says nothing
    ax = plots.feature_maps(PICTURE, {"layer": maps}, n=2)
    assert texts(ax) == ["layer\n6 x 6 x 4", "channel 2", "channel 1"]
    assert [tile.shape for tile in tiles(ax)] == [(12, 12, 3)] * 3


def test_training_race_draws_both_curves_and_says_how_they_end():
    ax = plots.training_race(HISTORIES, chance=0.05)
    drawn = [
        line.get_ydata().tolist() if hasattr(line.get_ydata(), "tolist") else line.get_ydata()
        for line in ax.lines
    ]
    assert drawn[:4] == [[0.5, 1.0], [0.1, 0.2], [0.8, 0.9], [0.6, 0.7]]
    assert {"one layer: 20%", "borrowed: 70%", "guessing: 5%"} <= set(texts(ax))
    assert "borrowed 90% in training and 70% in validation" in plots.alt_text(ax)
