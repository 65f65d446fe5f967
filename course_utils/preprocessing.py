"""From pixels 0-255 to what a network was trained on, in stock Keras layers; a guard against wrong pixels.

Models made of these layers load anywhere with plain Keras: no `Lambda`, no class of ours.
"""

import keras
import numpy as np

from course_utils.errors import unknown_name

# Per channel in the order of the network (caffe: blue, green, red), on the 0-255 scale.
CAFFE_MEAN = (103.939, 116.779, 123.68)

MODES = {
    "tf": "x / 127.5 - 1: from 0..255 to -1..1",
    "caffe": "red and blue swapped, ImageNet's mean colour subtracted, no scaling",
    "unit": "x / 255: from 0..255 to 0..1",
    "inside": "none needed: the network's own first layers do it",
}


def preprocess(pixels: keras.KerasTensor, mode: str) -> keras.KerasTensor:
    """Return RGB pixels 0-255 of shape (b, h, w, 3) as a network of this mode wants them, same shape.

    Parameters
    ----------
    mode : a key of `MODES`; the names are those of `keras.applications`.
    """
    if mode == "inside":
        return pixels
    if mode == "tf":
        return keras.layers.Rescaling(1 / 127.5, offset=-1, name="preprocessing")(pixels)
    if mode == "unit":
        return keras.layers.Rescaling(1 / 255, name="preprocessing")(pixels)
    if mode == "caffe":
        bgr = keras.ops.flip(pixels, axis=-1)
        mean = [-value for value in CAFFE_MEAN]
        return keras.layers.Rescaling(1.0, offset=mean, name="preprocessing")(bgr)
    raise unknown_name("mode", mode, MODES)


def check_pixels(batch: np.ndarray) -> np.ndarray:
    """Return the batch unchanged if a backbone can be fed with it, else raise.

    A model cannot tell a dark picture from one that was already scaled to 0..1, and then its features are
    quietly worth little. A whole batch gives it away: its values are fractions, and none is above 1.

    Parameters
    ----------
    batch : pixels (b, h, w, 3), RGB, 0..255, integers or floats.

    Raises
    ------
    ValueError : wrong shape, already scaled, negative, above 255 or not a number.
    """
    batch = np.asarray(batch)
    if batch.ndim != 4 or batch.shape[-1] != 3:
        raise ValueError(
            "`batch` must be RGB pictures of shape (number, height, width, 3). "
            f"Received: shape {batch.shape}. For one picture, use picture[None]."
        )
    if not batch.size:
        return batch
    low, high = float(batch.min()), float(batch.max())
    problem = _pixel_problem(batch, low, high)
    if problem:
        raise ValueError(
            f"`batch` must hold pixels 0 to 255. Received: values from {low:g} to {high:g}, {problem}. "
            "Leave the pixels as they are in the picture: each backbone does its own preprocessing inside."
        )
    return batch


def _pixel_problem(batch: np.ndarray, low: float, high: float) -> str | None:
    if np.isnan(low) or np.isnan(high):
        return "some of them not a number"
    if low < 0:
        return "as if somebody had scaled them to -1..1 or subtracted a mean"
    if high > 255:
        return "more than 8 bits a colour"
    if high <= 1 and not np.array_equal(batch, np.round(batch)):
        return "as if somebody had divided them by 255"
    return None
