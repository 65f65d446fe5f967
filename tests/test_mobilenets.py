"""The table of MobileNets is what its data card says."""

import keras
import pandas as pd
import pytest

from course_utils.backbones import multiply_adds
from course_utils.paths import data_folder


@pytest.fixture(scope="module")
def mobilenets():
    return pd.read_csv(data_folder() / "mobilenets" / "mobilenet_v1.csv")


def test_table_has_every_width_at_every_resolution_once(mobilenets):
    pairs = set(zip(mobilenets["width"], mobilenets["resolution"], strict=True))
    assert pairs == {(w, r) for w in (1.0, 0.75, 0.5, 0.25) for r in (224, 192, 160, 128)}
    assert len(mobilenets) == 16


@pytest.mark.parametrize("width", [1.0, 0.75, 0.5, 0.25])
def test_multiply_adds_and_parameters_are_those_of_the_keras_model(width, mobilenets):
    rows = mobilenets[mobilenets["width"] == width].set_index("resolution")
    for size in (224, 128):
        model = keras.applications.MobileNet(alpha=width, input_shape=(size, size, 3), weights=None)
        assert rows.loc[size, "multiply_adds"] == pytest.approx(multiply_adds(model) / 1e6, abs=0.051)
        assert rows.loc[size, "parameters"] == pytest.approx(model.count_params() / 1e6, rel=0.015)
    costs = (
        rows["multiply_adds"] - 1.024 * width
    )  # the classifier's do not go with the resolution, all others do
    for size in (192, 160):
        assert costs[size] == pytest.approx(costs[224] * (size / 224) ** 2, abs=0.11)


def test_what_was_published_agrees_except_where_the_data_card_says(mobilenets):
    off = (
        mobilenets["published_multiply_adds"] - mobilenets["multiply_adds"]
    ).abs() > 0.6  # rounded to millions
    odd = mobilenets[off]
    expected = {*((0.75, size) for size in (224, 192, 160, 128)), (0.25, 192)}
    assert {*zip(odd["width"], odd["resolution"], strict=True)} == expected
