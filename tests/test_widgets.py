"""A figure with controls: drawn before anything is moved, redrawn at every change, and clear about mistakes."""

import functools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from course_utils.notebook import WIDGET
from course_utils.plots import describe
from course_utils.widgets import Matrix, Options, Slider, Switch, explore


def values_shown(**values) -> pd.DataFrame:
    return pd.DataFrame({name: [str(value)] for name, value in values.items()})


def line(slope: float):
    ax = plt.subplots()[1]
    ax.plot([0, slope])
    describe(ax, f"A line of slope {slope}.")
    return ax


def test_the_first_picture_is_there_without_widgets_and_no_figure_stays_open():
    before = plt.get_fignums()
    bundle = explore(line, slope=Slider(0, 5, start=2))._repr_mimebundle_()
    assert '<img alt="A line of slope 2."' in bundle["text/html"] and "Run this cell" in bundle["text/html"]
    assert WIDGET in bundle and bundle["text/plain"] == "<explore line: slope>"
    assert plt.get_fignums() == before


def test_a_matrix_is_typed_in_and_arrives_as_an_array():
    seen = []

    def total(kernel):
        seen.append(kernel)
        return pd.DataFrame({"sum": [kernel.sum()]})

    grid, picture = explore(total, kernel=Matrix([[1, 2], [3, 4]])).widget().children
    assert seen[0].shape == (2, 2) and seen[0].dtype == float and "10" in picture.value
    grid.children[1].children[0].value = 10
    assert seen[-1].shape == (2, 2) and seen[-1].dtype == float and "19" in picture.value


def test_an_error_in_the_drawing_is_shown_and_the_controls_go_on():
    def half(n):
        return pd.DataFrame({"half": [10 / n]})

    knob, picture = explore(half, n=Slider(0, 5, start=2)).widget().children
    knob.value = 0
    assert "ZeroDivisionError" in picture.value
    knob.value = 5
    assert "2.0" in picture.value


def shown_as_text():
    with pd.option_context("display.notebook_repr_html", False):
        explore(values_shown, knob=[1]).first()


class Drawing:
    def __call__(self, **values):
        return values_shown(**values)

    def method(self, **values):
        return values_shown(**values)


@pytest.mark.parametrize(
    ("draw", "name"),
    [
        (functools.partial(functools.partial(values_shown, more=1), most=2), "values_shown"),
        (functools.partial(Drawing(), more=1), "Drawing"),
        (Drawing().method, "method"),
        (lambda **values: values_shown(**values), "<lambda>"),
    ],
)
def test_anything_that_can_be_called_draws(draw, name):
    explorer = explore(draw, knob=Slider(0, 3, start=2))
    assert repr(explorer) == f"<explore {name}: knob>"
    assert "<td>2</td>" in explorer._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("control", "index", "shown"),
    [
        (Slider(0, 10, start=3), None, "7"),
        (Slider(0.0, 10.0, start=0.5), None, "7.0"),
        (Slider(0.01, 10, start=0.1, log=True), None, "7.0"),
        (["SGD", "Adam"], 1, "Adam"),
        (Options(["SGD", "Adam"], start="Adam"), 0, "SGD"),
        (False, None, "True"),
        (Switch(True), None, "False"),
        (Slider(np.int64(0), np.int64(10), start=np.array(3)), None, "7"),
        (Slider(np.float32(0), 10, start=np.float64(3)), None, "7.0"),
        (np.array([1, 2]), 1, "2"),
        ([np.float32(0.5), np.float32(0.25)], 1, "0.25"),
        ([(3, 3), (5, 5)], 1, "(5, 5)"),
        ([np.zeros(2), np.ones(2)], 1, "[1. 1.]"),
        (Options([np.zeros(2), np.ones(2)], start=np.ones(2)), 0, "[0. 0.]"),
        (range(3), 2, "2"),
        (np.False_, None, "True"),
    ],
)
def test_moving_a_control_draws_anew(control, index, shown):
    knob, picture = explore(values_shown, knob=control).widget().children
    assert f"<td>{shown}</td>" not in picture.value
    assert not getattr(knob, "continuous_update", False)  # a figure on the way would come late
    if index is not None:
        knob.index = index
    else:
        knob.value = not knob.value if isinstance(knob.value, bool) else 7
    assert f"<td>{shown}</td>" in picture.value


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: explore(None), "`draw` must be a function that draws. Received: None"),
        (lambda: explore("line"), "`draw` must be a function"),
        (lambda: Switch("yes"), "`start` must be True or False. Received: 'yes'"),
        (lambda: Switch(1), "`start` must be True or False"),
        (lambda: explore(line, slope=3.5), "`slope` must be a Slider"),
        (lambda: explore(line, slope=[]), "at least one choice"),
        (lambda: Slider(None, 1, start=1), "`low` must be a number. Received: None"),
        (lambda: Slider(0, "1", start=1), "`high` must be a number. Received: '1'"),
        (lambda: Slider(0, 1, start=float("nan")), "`start` must be a number"),
        (lambda: Slider(0, 3, start=1, step=0), "`step` must be a number above 0"),
        (lambda: Slider(0, 1, start=2), "low <= start <= high"),
        (lambda: Slider(0, 3, start=-1), "low <= start <= high"),
        (lambda: Slider(0, 1, start=0.5, log=True), "above 0 with log"),
        (lambda: Options(["a", "b"], start="c"), "must be one of a, b"),
        (lambda: explore(lambda x: plt.subplots()[1], x=[1]).first(), "alt text"),
        (lambda: explore(lambda x: np.zeros(3), x=[1]).first(), "Axes, a Figure or a table"),
        (shown_as_text, "Received: DataFrame"),
    ],
)
def test_mistakes_are_named(make, words):
    with pytest.raises((ValueError, TypeError), match=words):
        make()
    plt.close("all")


def test_what_is_no_list_of_choices_or_grid_of_numbers_is_refused():
    for options in ([], np.array([]), range(0), None, "SGD", {"a": 1}, {1, 2}, 5, iter("ab")):
        with pytest.raises(
            ValueError, match="`options` must be a list that names at least one choice. Received"
        ):
            Options(options)
    for grid in ([[1, 2], [3]], [], [[]], [1, 2], 5, None, "ab", [["a"]], [[np.nan]], [[[1]]], [[1j]]):
        with pytest.raises(ValueError, match="`start` must be rows of numbers, all of one length"):
            Matrix(grid)
