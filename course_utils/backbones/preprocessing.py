"""From pixels 0-255 to what a network was trained on, in stock Keras layers.

Models made of these layers load anywhere with plain Keras: no `Lambda`, no class of ours.
"""

import keras

from course_utils.errors import unknown_name
from course_utils.keras_settings import check_settings

# Per channel in the order of the network (caffe: blue, green, red), on the 0-255 scale.
CAFFE_MEAN = (103.939, 116.779, 123.68)

MODES = {
    "tf": "x / 127.5 - 1: from 0..255 to -1..1",
    "caffe": "red and blue swapped, ImageNet's mean colour subtracted, no scaling",
    "lite": "(x - 127) / 128: from 0..255 to -1..1",
    "unit": "x / 255: from 0..255 to 0..1",
    "inside": "none needed: the network's own first layers do it",
}


def preprocess(pixels: keras.KerasTensor, mode: str) -> keras.KerasTensor:
    """Return RGB pixels 0-255 of shape (b, h, w, 3) as a network of this mode wants them, same shape.

    Parameters
    ----------
    mode : a key of `MODES`; "tf" and "caffe" are the words of `keras.applications`.

    Raises
    ------
    ValueError : no such mode.
    RuntimeError : Keras is set to compute in another way than the course does.
    """
    check_settings()
    if mode == "inside":
        return pixels
    if mode == "tf":
        return keras.layers.Rescaling(1 / 127.5, offset=-1, name="preprocessing")(pixels)
    if mode == "lite":
        return keras.layers.Rescaling(1 / 128, offset=-127 / 128, name="preprocessing")(pixels)
    if mode == "unit":
        return keras.layers.Rescaling(1 / 255, name="preprocessing")(pixels)
    if mode == "caffe":
        bgr = keras.ops.flip(pixels, axis=-1)
        mean = [-value for value in CAFFE_MEAN]
        return keras.layers.Rescaling(1.0, offset=mean, name="preprocessing")(bgr)
    raise unknown_name("mode", mode, MODES)


def with_preprocessing(network: keras.layers.Layer, size: int, mode: str, name: str) -> keras.Model:
    """Return a frozen model of pixels 0-255 (b, size, size, 3): a network behind its preprocessing."""
    pixels = keras.Input((size, size, 3), name="pixels")
    model = keras.Model(pixels, network(preprocess(pixels, mode)), name=name)
    model.trainable = False
    return model
