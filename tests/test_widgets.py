"""A figure with controls: drawn before anything is moved, redrawn at every change, and clear about mistakes."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from course_utils.plots import describe
from course_utils.widgets import WIDGET, Matrix, Options, Slider, Switch, explore


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


@pytest.mark.parametrize(
    "control, new, shown",
    [
        (Slider(0, 10, start=3), 7, "7"),
        (Slider(0.0, 1.0, start=0.5), 0.25, "0.25"),
        (Slider(0.01, 1, start=0.1, log=True), 1.0, "1.0"),
        (["SGD", "Adam"], "Adam", "Adam"),
        (Options(["SGD", "Adam"], start="Adam"), "SGD", "SGD"),
        (False, True, "True"),
        (Switch(True), False, "False"),
    ],
)
def test_moving_a_control_draws_anew(control, new, shown):
    box = explore(values_shown, knob=control).widget()
    knob, picture = box.children
    assert f"<td>{shown}</td>" not in picture.value
    knob.value = new
    assert f"<td>{shown}</td>" in picture.value


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


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: explore(line, slope=3.5), "`slope` must be a Slider"),
        (lambda: explore(line, slope=[]), "at least one choice"),
        (lambda: Slider(0, 1, start=2), "low <= start <= high"),
        (lambda: Slider(0, 1, start=0.5, log=True), "above 0 with log"),
        (lambda: Options(["a", "b"], start="c"), "must be one of a, b"),
        (lambda: explore(lambda x: plt.subplots()[1], x=[1]).first(), "alt text"),
        (lambda: explore(lambda x: np.zeros(3), x=[1]).first(), "Axes, a Figure or a table"),
    ],
)
def test_mistakes_are_named(make, words):
    with pytest.raises((ValueError, TypeError), match=words):
        make()
    plt.close("all")
