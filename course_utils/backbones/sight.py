"""What a unit inside a network depends on."""

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones.anatomy import as_model
from course_utils.errors import unknown_name


def pixel_influence(network: keras.Model, layer: str, inputs: np.ndarray) -> np.ndarray:
    """Return how strongly each pixel changes the unit in the middle of a layer's maps, shape (rows, columns).

    That is the size of the gradient of the unit with respect to the pixels, its mean over inputs and colours, for all
    channels of the unit together.

    Parameters
    ----------
    network : a Keras model that has this layer.
    inputs : pictures as the network takes them, shape (n, rows, columns, colours).
    """
    names = [one.name for one in as_model("network", network).layers]
    if layer not in names:
        raise unknown_name("layer", layer, names)
    part = keras.Model(network.inputs, network.get_layer(layer).output)
    pixels = tf.constant(inputs, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        maps = part(pixels)
        unit = maps[:, maps.shape[1] // 2, maps.shape[2] // 2]
    return np.abs(tape.gradient(unit, pixels)).mean(axis=(0, 3))
