"""Which pixels a unit depends on: exactly those of its receptive field."""

import keras
import numpy as np
import pytest

from course_utils.backbones import pixel_influence


@pytest.fixture(scope="module")
def network():
    layers = [keras.layers.Conv2D(2, 3, strides=2, name="first"), keras.layers.Conv2D(3, 3, name="second")]
    return keras.Sequential([keras.Input((21, 21, 3)), *layers])


@pytest.mark.parametrize(("layer", "side"), [("first", 3), ("second", 7)])
def test_the_pixels_of_the_receptive_field_count_and_no_others(network, layer, side):
    strength = pixel_influence(network, layer, np.random.default_rng(0).normal(size=(4, 21, 21, 3)))
    assert strength.shape == (21, 21)
    for axis in (0, 1):
        places = np.flatnonzero(strength.any(axis=axis))
        assert places[-1] - places[0] + 1 == len(places) == side


def test_a_layer_that_is_not_there_is_named(network):
    with pytest.raises(ValueError, match="frist.*first"):
        pixel_influence(network, "frist", np.zeros((1, 21, 21, 3)))
