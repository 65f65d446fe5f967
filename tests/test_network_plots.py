"""Figures of networks and landscapes, and films of them: they show what the data say, and leave nothing behind."""

import io

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from course_utils import plots
from course_utils.animation import film

TABLE = pd.DataFrame(
    {"genus": ["Owl", "Owl", "Rail"], "length_cm": [30.0, 34.0, 20.0], "wing_mm": [200.0, 210.0, 90.0]}
)
PATHS = {
    "SGD": np.array([[-1.0, 1.0], [-0.5, 0.5], [0.0, 0.25]]),
    "Adam": np.array([[-1.0, 1.0], [0, 3], [0, 9.0]]),
}


def bowl(point):
    return float(point[0] ** 2 + 2 * point[1] ** 2)


PANELS = {"a bowl": (bowl, (-2, 2), (-2, 2), PATHS)}
PLOTS = {
    "two_measurements": lambda ax=None: plots.two_measurements(TABLE, "length_cm", "wing_mm", ax=ax),
    "landscape": lambda ax=None: plots.landscape(bowl, (-2, 2), (-2, 2), PATHS, ax=ax),
    "loss_curves": lambda ax=None: plots.loss_curves({"ours": [2.0, 0.1]}, log=True, ax=ax),
    "rate_curves": lambda ax=None: plots.rate_curves([0.01, 0.1], {"SGD": [2.0, 1.0]}, 3.0, ax=ax),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_draws_where_it_is_told_with_an_alt_text_and_changes_no_setting(name):
    before = dict(matplotlib.rcParams)
    _, given = plt.subplots()
    assert PLOTS[name](given) is given
    own = PLOTS[name]()
    assert own.figure is not given.figure and len(plots.alt_text(own)) > 20
    assert dict(matplotlib.rcParams) == before
    own.figure.canvas.draw()


def test_a_scatter_shows_each_group_the_side_of_yes_and_the_mistakes():
    wrong = np.array([False, True, False])
    ax = plots.two_measurements(TABLE, "length_cm", "wing_mm", score=lambda p: p[:, 0] - 27.0, wrong=wrong)
    owls, rails, rings = (collection.get_offsets() for collection in ax.collections[:3])
    assert (len(owls), len(rails), rings.tolist()) == (2, 1, [[34.0, 210.0]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("length (cm)", "wing (mm)")
    said = plots.alt_text(ax)
    assert "2 Owl around 32.0, 205.0" in said and "1 ringed as mistakes" in said
    assert "yes, 50% of the picture" in said


@pytest.mark.parametrize(("score", "share"), [(1.0, "100%"), (-1.0, "0%")])
def test_a_score_that_never_changes_sides_has_no_edge(score, share):
    ax = plots.two_measurements(TABLE, "length_cm", "wing_mm", score=lambda p: np.full(len(p), score))
    assert f"yes, {share}" in plots.alt_text(ax)


def test_a_map_follows_the_paths_and_says_who_left_it():
    ax = plots.landscape(bowl, (-2, 2), (-2, 2), PATHS)
    assert ax.lines[0].get_xydata().tolist() == PATHS["SGD"].tolist()
    assert ax.lines[1].get_xydata().tolist() == PATHS["SGD"][-1:].tolist()
    assert "SGD ends at 0.00, 0.25 with loss 0.12; Adam leaves the map" in plots.alt_text(ax)
    assert "losses 0.0" in plots.alt_text(ax) and "to 12" in plots.alt_text(ax)


def test_a_path_that_flies_away_is_drawn_as_far_as_there_is_a_map():
    far = np.array([[1.0, 1.0], [-1e200, 1e300], [np.inf, np.nan]])
    ax = plots.landscape(bowl, (-2, 2), (-2, 2), {"SGD": far})
    ax.figure.canvas.draw()
    assert "SGD leaves the map" in plots.alt_text(ax) and ax.get_xlim() == (-2, 2)


def test_a_surface_has_the_heights_of_the_loss():
    ax = plots.surface(bowl, (-1, 1), (-1, 1))
    assert ax.get_zlim()[0] < 0.1 and ax.get_zlim()[1] >= 3
    assert "losses 0.00" in plots.alt_text(ax) and "to 3." in plots.alt_text(ax)


def test_rates_mark_the_best_and_leave_out_what_flew_away():
    ax = plots.rate_curves(
        [0.01, 0.1, 1.0], {"SGD": [2.0, 0.5, np.inf], "Adam": [2.5, 1.5, np.nan]}, start=3.0
    )
    best = [line.get_xydata()[0].tolist() for line in ax.lines if len(line.get_xydata()) == 1]
    assert best == [[0.1, 0.5], [0.1, 1.5]] and ax.get_ylim()[1] == 6.0
    ax.figure.canvas.draw()
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert "0.1" in labels and not [text for text in labels if "10^" in text]


def frames_of(gif):
    picture = Image.open(io.BytesIO(gif))
    shown = []
    for k in range(picture.n_frames):
        picture.seek(k)
        shown.append((np.asarray(picture.convert("RGB")).astype(int), picture.info["duration"]))
    return shown


def near(pixels, colour):
    return (np.abs(pixels - 255 * np.array(to_rgb(colour))).sum(axis=-1) < 12).sum()


def test_a_film_shows_each_frame_and_pauses_at_the_end():
    figure, update = plots.race(PANELS)
    shot = film(figure, update, range(3), seconds=1.2, pause=2.0)
    shown = frames_of(shot.gif)
    assert [duration for _, duration in shown] == [400, 400, 2000] and shot.n_frames == 3
    red = [near(pixels, plots.PALETTE["red"]) for pixels, _ in shown]
    assert red[0] < red[2], "the path grows, in its own colour"
    assert all(pixels[0, 0].tolist() == [255, 255, 255] for pixels, _ in shown), "white stays white"
    assert (shown[0][0] != shown[1][0]).any(axis=-1).mean() < 0.05, "what stands still must not change"
    assert 'alt="Race of optimisers' in shot._repr_html_() and "SGD ends at 0.00, 0.25" in shot.alt
    assert plt.get_fignums() == []


def test_a_frame_of_a_film_is_what_the_figure_looks_like():
    figure, update = plots.race(PANELS)
    last = frames_of(film(figure, update, [1, 2]).gif)[-1][0]
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=80)
    whole = np.asarray(Image.open(buffer).convert("RGB")).astype(int)
    assert last.shape == whole.shape
    assert (np.abs(last - whole).max(axis=-1) < 48).mean() > 0.99  # but for the colours of a GIF


def test_the_strip_shows_the_race_at_each_step():
    figure = plots.race_strip(PANELS, steps=[0, 2])
    assert [len(ax.lines[1].get_xdata()) for ax in figure.axes] == [1, 3]
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["step 0", "step 2"]
    assert "steps 0, 2" in plots.alt_text(figure) and "SGD ends at 0.00, 0.25" in plots.alt_text(figure)


@pytest.mark.parametrize(
    ("frames", "options", "words"),
    [([], {}, "0 frames"), ([1], {"seconds": 0}, "seconds=0"), ([1], {"pause": -1.0}, "pause=-1.0")],
)
def test_a_film_without_frames_or_time_is_refused(frames, options, words):
    with pytest.raises(ValueError, match=words):
        film(*plots.race(PANELS), frames, **options)


def test_a_film_without_an_alt_text_is_refused():
    figure, ax = plt.subplots()
    (line,) = ax.plot([0, 1])
    with pytest.raises(ValueError, match="alt text"):
        film(figure, lambda frame: [line], range(2))
