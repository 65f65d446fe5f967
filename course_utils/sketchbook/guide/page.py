"""Figures from the field guide. Use them through `course_utils.plots`."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from course_utils.figures import describe, styled
from course_utils.sketchbook.guide.marks import field_marks
from course_utils.sketchbook.guide.plates import FAINT, INK, spread
from course_utils.sketchbook.guide.portraits import PAPER, typical
from course_utils.sketchbook.kinds import find

_SIDE, _MARGIN = 900, 50  # pixels
_INK, _FAINT = ([value / 255 for value in colour] for colour in (INK, FAINT))


@styled
def species_page(name: str, ax: Axes | None = None) -> Axes:
    """Draw a bird of the field guide with its field marks named, on the guide's paper.

    Parameters
    ----------
    name : a species.
    """
    species = find("birds", name)
    ax = ax or plt.subplots(figsize=(7, 3.6))[1]
    picture, points = typical(species, _SIDE)
    points["wing"] = tuple(0.45 * np.array(points["breast"]) + 0.55 * np.array(points["tail_tip"]))
    points["legs"] = points["feet"]
    hidden = "legs" if "waterline" in points else ""
    marks = {points[key]: text for key, text in field_marks(species).items() if key != hidden}
    painted = np.argwhere((np.asarray(picture) != PAPER).any(axis=2))
    top, bottom = (painted[:, 0].min() - _MARGIN, painted[:, 0].max() + _MARGIN)
    width, height = ax.figure.get_size_inches()
    room = ((bottom - top) * width / height - _SIDE) / 2  # paper to the left and right of the bird
    ax.imshow([[PAPER]], extent=(-room, _SIDE + room, bottom, top))
    ax.imshow(picture, extent=(0, _SIDE, _SIDE, 0))
    order = sorted(marks, key=lambda point: point[0])
    half = len(order) // 2
    for column, x, side in ((order[:half], 0.02 * _SIDE, "right"), (order[half:], 0.94 * _SIDE, "left")):
        column = sorted(column, key=lambda point: point[1])
        heights = spread([y for _, y in column], 0.21 * (bottom - top), top + _MARGIN, bottom - _MARGIN)
        for point, y in zip(column, heights, strict=True):
            line = {"arrowstyle": "-", "color": _FAINT, "linewidth": 0.8, "shrinkB": 0}
            ax.annotate(
                marks[point], point, (x, y), ha=side, va="center", fontsize=9, color=_INK, linespacing=1.1,
                arrowprops=line | {"relpos": (0 if side == "left" else 1, 0.5)},
            )  # fmt: skip
    ax.set(xlim=(-room, _SIDE + room), ylim=(bottom, top))
    ax.set_axis_off()
    labels = "; ".join(" ".join(text.split()) for text in marks.values())
    describe(ax, f"The {name} in the field guide: {labels}. {species.note}")
    return ax
