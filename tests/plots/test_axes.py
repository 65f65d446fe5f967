"""Axes can be read without arithmetic, and names stand beside their lines."""

import matplotlib.pyplot as plt
import pytest

from course_utils.figures import styled
from course_utils.plots.axes import chance_line, log_axis, names_beside_lines


@styled
def named_lines(ends, size=(7, 4), yscale="linear"):
    """Draw a line to each end, and its name beside it; return the Axes and, in pixels, the boxes of the names."""
    ax = plt.subplots(figsize=size)[1]
    for end in ends:
        ax.plot([0, 1], [0.5, end])
    ax.set(ylim=(0.01, 1), yscale=yscale)
    names_beside_lines(ax, [f"line {i}" for i in range(len(ends))], ends, ["black"] * len(ends))
    ax.figure.canvas.draw()
    return ax, [text.get_window_extent() for text in ax.texts]


@pytest.mark.parametrize("yscale", ["linear", "log"])
@pytest.mark.parametrize("size", [(7, 2.4), (8, 3.8), (9, 4.6)])
@pytest.mark.parametrize("ends", [[0.3, 0.3, 0.3], [0.5, 0.49, 0.51, 0.1], [0.02, 0.9]])
def test_names_do_not_touch_and_none_stands_on_the_lines(ends, size, yscale):
    ax, boxes = named_lines(ends, size, yscale)
    order = sorted(boxes, key=lambda box: box.y0)
    assert all(low.y1 < high.y0 for low, high in zip(order, order[1:], strict=False))
    assert min(box.x0 for box in boxes) > ax.get_window_extent().x1


@pytest.mark.parametrize("yscale", ["linear", "log"])
def test_a_name_that_has_room_stands_where_its_line_ends(yscale):
    ax, boxes = named_lines([0.05, 0.8], yscale=yscale)
    ends = ax.transData.transform([(1, 0.05), (1, 0.8)])[:, 1]
    assert [(box.y0 + box.y1) / 2 for box in boxes] == pytest.approx(ends, abs=2)


@pytest.mark.parametrize(("axis", "across"), [("x", "y"), ("y", "x")])
def test_chance_is_the_same_all_along_the_other_axis(axis, across):
    ax = plt.subplots()[1]
    chance_line(ax, 0.2, axis)
    ends = {"x": ax.lines[0].get_xdata(), "y": ax.lines[0].get_ydata()}
    assert (list(ends[axis]), list(ends[across])) == ([0.2, 0.2], [0, 1])


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((0.1, 10), ["0.1", "0.2", "0.5", "1", "2", "5", "10"]),
        ((1, 10_000), ["1", "10", "100", "1,000", "10,000"]),
    ],
)
def test_a_logarithmic_axis_has_plain_numbers(limits, expected):
    ax = plt.subplots()[1]
    ax.set_ylim(limits)
    log_axis(ax.yaxis)
    ax.figure.canvas.draw()
    inside = [
        label.get_text()
        for label in ax.get_yticklabels()
        if limits[0] <= label.get_position()[1] <= limits[1]
    ]
    assert ax.get_yscale() == "log" and inside == expected
