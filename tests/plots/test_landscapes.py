"""Maps and surfaces have the heights of the data, and races follow their paths."""

import numpy as np

from course_utils import plots

from .examples import PATHS, bowl


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
