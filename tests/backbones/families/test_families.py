"""The families that are written out with a width, against those of `keras.applications`."""

import keras
import numpy as np
import pytest

from course_utils.backbones import families
from course_utils.backbones.families.naming import scaled

# By our function's name: Keras' function, the published size, a small one, features at width 1.
CASES = {
    "vgg16": ("VGG16", 224, 32, 512),
    "vgg19": ("VGG19", 224, 32, 512),
    "resnet50": ("ResNet50", 224, 32, 2048),
    "inception_v3": ("InceptionV3", 299, 75, 2048),
    "xception": ("Xception", 299, 71, 2048),
}


def published(name, size):
    keras.backend.clear_session()  # Keras counts its unnamed layers from the start
    build = getattr(keras.applications, CASES[name][0])
    return build(weights=None, include_top=False, pooling="avg", input_shape=(size, size, 3))


def layers(network, shapes=True):
    """Name and type of each layer, with its output's shape."""
    return [(layer.name, type(layer), layer.output.shape if shapes else None) for layer in network.layers]


def randomise(network):
    """Give each vector a random value as well, so that no layer is idle."""
    rng = np.random.default_rng(0)
    for variable in network.weights:
        if len(variable.shape) == 1:
            middle = 1 if variable.name in ("gamma", "moving_variance") else 0
            variable.assign(middle + rng.uniform(-0.3, 0.3, variable.shape))


@pytest.mark.parametrize("name", CASES)
def test_at_width_1_a_family_is_that_of_keras(name):
    size = CASES[name][1]
    theirs, ours = published(name, size), getattr(families, name)(size)
    assert layers(ours) == layers(theirs)
    assert ours.count_params() == theirs.count_params()
    randomise(theirs)
    ours.set_weights(theirs.get_weights())
    pixels = np.random.default_rng(1).uniform(-1, 1, (1, size, size, 3)).astype("float32")
    wanted = theirs(pixels).numpy()
    assert wanted.std() > 0
    np.testing.assert_allclose(ours(pixels).numpy(), wanted, rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", CASES)
def test_a_narrow_network_has_the_same_layers_with_fewer_channels(name):
    _, _, size, features = CASES[name]
    build = getattr(families, name)
    whole, narrow = build(size), build(size, width=0.25)
    assert layers(narrow, shapes=False) == layers(whole, shapes=False)
    assert narrow.output.shape == (None, features // 4)
    for mine, full in zip(narrow.layers, whole.layers, strict=True):
        assert mine.output.shape[1:-1] == full.output.shape[1:-1], "places"
        if isinstance(mine, keras.layers.Conv2D | keras.layers.SeparableConv2D):
            assert mine.filters % 8 == 0 and mine.filters == pytest.approx(full.filters / 4, abs=4)


def test_channels_are_rounded_to_eights():
    assert [scaled(n, 1) for n in (32, 80, 728, 2048)] == [32, 80, 728, 2048]
    assert [scaled(64, width) for width in (0.01, 0.18, 0.19, 0.25)] == [8, 8, 16, 16]


def test_names_do_not_depend_on_what_was_built_before():
    first, second = (families.xception(32, width=0.1) for _ in range(2))
    assert layers(first) == layers(second)
