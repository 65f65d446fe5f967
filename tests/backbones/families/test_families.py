"""The families that are written out with a width, against those of `keras.applications`."""

import keras
import pytest

from course_utils.backbones import families
from course_utils.backbones.families.naming import scaled
from tools.measure.written_out import PUBLISHED, both, largest_difference

# By our function's name: a small size, features at width 1.
SMALL = {
    "vgg16": (32, 512),
    "vgg19": (32, 512),
    "resnet50": (32, 2048),
    "inception_v3": (75, 2048),
    "xception": (71, 2048),
}


def layers(network, shapes=True):
    """Name and type of each layer, with its output's shape."""
    return [(layer.name, type(layer), layer.output.shape if shapes else None) for layer in network.layers]


@pytest.mark.parametrize("name", PUBLISHED)
def test_at_width_1_a_family_is_that_of_keras(name):
    theirs, ours = both(name)
    assert layers(ours) == layers(theirs)
    assert ours.count_params() == theirs.count_params()
    difference, largest = largest_difference(theirs, ours)
    assert largest > 0 and difference <= 1e-5


@pytest.mark.parametrize("name", SMALL)
def test_a_narrow_network_has_the_same_layers_with_fewer_channels(name):
    size, features = SMALL[name]
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
