"""Figures of filters and layers show what the numbers say."""

import numpy as np

from course_utils import plots

from .examples import EDGES, GREY, PICTURE, influence, texts, tiles

BLUR = np.ones((3, 3)) / 9


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


def test_a_filter_that_makes_a_picture_too_bright_still_shows_it():
    steps = np.repeat(
        np.linspace(-200, 1000, 10)[None], 10, axis=0
    )  # as a kernel gives whose weights add up to 4
    strong = np.array([[3.0, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    _, drawn = tiles(plots.filter_gallery(GREY, {"strong": strong}, [steps]))
    row = drawn[192, 32:-32:32, 0].astype(int)
    assert row[0] < 5 and row[-1] > 250 and (np.diff(row) > 15).all()


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
