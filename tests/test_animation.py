"""Films show each frame, in its colours, and are told to those who cannot see them."""

import io

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from plots.examples import PANELS

from course_utils import plots
from course_utils.animation import film


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


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
