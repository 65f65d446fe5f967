"""The families that are written out with a width, beside those of `keras.applications`."""

import keras
import numpy as np

from course_utils.backbones import families

# By our function's name: Keras' function, and the size that was published.
PUBLISHED = {
    "vgg16": ("VGG16", 224),
    "vgg19": ("VGG19", 224),
    "resnet50": ("ResNet50", 224),
    "inception_v3": ("InceptionV3", 299),
    "xception": ("Xception", 299),
}


def both(name: str) -> tuple[keras.Model, keras.Model]:
    """Return Keras' network and ours at width 1, both with the same random weights, no layer of them idle."""
    keras.backend.clear_session()  # Keras counts its unnamed layers from the start
    function, size = PUBLISHED[name]
    build = getattr(keras.applications, function)
    theirs = build(weights=None, include_top=False, pooling="avg", input_shape=(size, size, 3))
    ours = getattr(families, name)(size)
    rng = np.random.default_rng(0)
    for variable in theirs.weights:
        if len(variable.shape) == 1:
            middle = 1 if variable.name in ("gamma", "moving_variance") else 0
            variable.assign(middle + rng.uniform(-0.3, 0.3, variable.shape))
    ours.set_weights(theirs.get_weights())
    return theirs, ours


def largest_difference(theirs: keras.Model, ours: keras.Model) -> tuple[float, float]:
    """Return how far two networks' features are apart on one picture of noise, and the largest feature."""
    pixels = np.random.default_rng(1).uniform(-1, 1, (1, *theirs.input_shape[1:])).astype("float32")
    wanted, found = (keras.ops.convert_to_numpy(network(pixels)) for network in (theirs, ours))
    return float(np.abs(found - wanted).max()), float(np.abs(wanted).max())
