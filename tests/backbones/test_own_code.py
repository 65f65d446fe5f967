"""What a key cannot see is not cached: Python code in a backbone that was edited while all names stayed."""

from functools import partial

import keras
import numpy as np
import pytest

from course_utils.backbones import load_backbone, own_code
from course_utils.engines.choice import choose_engine

FACTOR = 1.0


def own_layer(factor):
    class Mine(keras.layers.Layer):
        def call(self, inputs):
            return factor * inputs

    return Mine()


def layer_with_arguments(factor):
    class Mine(keras.layers.Layer):
        def __init__(self, function):
            super().__init__()
            self.function = function

        def call(self, inputs):
            return self.function(inputs)

    return Mine(partial(keras.ops.multiply, factor))


def own_activation(factor):
    def mine(inputs):
        return factor * inputs

    return keras.layers.Activation(mine)


def lambda_with_global(factor):
    global FACTOR
    FACTOR = factor
    return keras.layers.Lambda(lambda inputs: FACTOR * inputs, output_shape=(3,))


def inside_a_model(factor):
    return keras.Sequential([keras.Input((3,)), own_layer(factor)])


def own_model(factor):
    class Mine(keras.Model):
        def call(self, inputs):
            return factor * inputs

        def compute_output_shape(self, shape):
            return shape

    return Mine()


def inside_a_wrapper(factor):
    pixels = keras.Input((3,))
    rows = keras.layers.TimeDistributed(own_activation(factor))(keras.layers.Reshape((1, 3))(pixels))
    return keras.Model(pixels, keras.layers.Flatten()(rows))


KINDS = {
    "an own layer": (own_layer, "the class Mine"),
    "a layer without get_config": (layer_with_arguments, "a layer without get_config()"),
    "an own activation": (own_activation, "the function mine"),
    "a Lambda layer": (lambda_with_global, "a Lambda layer"),
    "inside a model": (inside_a_model, "the class Mine"),
    "an own model": (own_model, "the class Mine"),
    "inside a wrapper": (inside_a_wrapper, "the function mine"),
}


def make_backbone(layer):
    pixels = keras.Input((8, 8, 3))
    return keras.Model(pixels, layer(keras.layers.GlobalAveragePooling2D()(pixels)), name="own")


@pytest.mark.parametrize("kind", KINDS)
def test_edited_code_never_gives_old_vectors(kind, cache, dataset, capsys):
    make_layer, what = KINDS[kind]
    first = cache.extract(make_backbone(make_layer(1.0)), dataset)
    assert f"Computed, but not kept: {what} is Python code of your own" in capsys.readouterr().out
    assert (why := cache.explain(make_backbone(make_layer(1.0)), dataset)).to_compute == 12
    assert f"{what} is Python code of your own" in repr(why)
    second = cache.extract(make_backbone(make_layer(2.0)), dataset)
    np.testing.assert_allclose(second.vectors, 2 * first.vectors, rtol=1e-5)
    assert len(cache.contents()) == 0
    assert [path.name for path in cache.folder.iterdir()] == ["pictures.sqlite"]


def test_a_converted_engine_with_own_code_is_not_kept(tmp_path):
    pytest.importorskip("openvino", reason="OpenVINO is not installed")
    pixels = np.full((2, 8, 8, 3), 100, np.uint8)
    for factor in (1.0, 2.0):
        engine = choose_engine(make_backbone(own_layer(factor)), 10**6, "openvino", folder=tmp_path)
        np.testing.assert_allclose(engine(pixels), 100 * factor)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["mini_mobilenet_v2", "vgg16", "convnext_tiny", "mobilenet_v3_small"])
def test_the_courses_backbones_have_none(name):
    assert own_code(load_backbone(name, weights=None)) == ""


def test_plain_keras_is_none():
    layers = [
        keras.layers.Rescaling(1 / 255),
        keras.layers.Conv2D(3, 3, activation="relu", kernel_regularizer=keras.regularizers.L2(0.1)),
        keras.layers.Activation(keras.activations.gelu),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(4, activation=keras.ops.relu, kernel_initializer=keras.initializers.HeNormal(0)),
    ]
    backbone = keras.Sequential([keras.Input((8, 8, 3)), *layers])
    assert own_code(backbone) == ""
    pixels = keras.Input((8, 8, 3))
    assert own_code(keras.Model(pixels, keras.ops.mean(pixels * 2, axis=(1, 2)))) == ""
