"""Classifier heads, and the joint between a head and its backbone. They return logits, one for each class."""

import keras


def linear_head(n_features: int, n_classes: int, l2: float = 0.0) -> keras.Model:
    """Return a linear classifier: vectors (b, n_features) in, logits (b, n_classes) out.

    Its weights start at zero. Training changes them along the vectors of its pictures; a few pictures span a few
    directions, and in all others the weights stay nearly as they began. A random start would remain there as
    noise in every score.

    Parameters
    ----------
    l2 : strength of the penalty on its weights.
    """
    return keras.Sequential(
        [
            keras.Input((_positive("n_features", n_features),), name="features"),
            _logits(n_classes, l2, start="zeros"),
        ],
        name="linear_head",
    )


def mlp_head(n_features: int, n_classes: int, hidden: int = 256, dropout: float = 0.5) -> keras.Model:
    """Return a classifier with one hidden layer: vectors (b, n_features) in, logits (b, n_classes) out."""
    return keras.Sequential(
        [
            keras.Input((_positive("n_features", n_features),), name="features"),
            keras.layers.Dense(_positive("hidden", hidden), activation="relu", name="hidden"),
            keras.layers.Dropout(dropout, name="dropout"),
            _logits(n_classes),
        ],
        name="mlp_head",
    )


def attach(backbone: keras.Model, head: keras.Model) -> keras.Model:
    """Return backbone and head as one model: pixels 0-255 in, logits out.

    Both are used as they are, not copied: training the whole trains them.

    Raises
    ------
    ValueError : the head was made for vectors of another width.
    """
    width, expected = backbone.output_shape[-1], head.input_shape[-1]
    if width != expected:
        raise ValueError(
            f"`head` must take the {width} features that {backbone.name!r} gives. Received: a head for "
            f"{expected} features. Make it with linear_head({width}, n_classes)."
        )
    pixels = keras.Input(backbone.input_shape[1:], name="pixels")
    return keras.Model(pixels, head(backbone(pixels)), name=f"{backbone.name}_classifier")


def _logits(n_classes: int, l2: float = 0.0, start: str = "glorot_uniform") -> keras.layers.Layer:
    penalty = keras.regularizers.L2(l2) if l2 else None
    n_classes = _positive("n_classes", n_classes)
    return keras.layers.Dense(n_classes, kernel_initializer=start, kernel_regularizer=penalty, name="logits")


def _positive(argument: str, value: int) -> int:
    if int(value) != value or value < 1:
        raise ValueError(f"`{argument}` must be a whole number above 0. Received: {value!r}.")
    return int(value)
