"""Classifier heads, and the joint between a head and its backbone. They return logits, one for each class."""

import keras
import numpy as np

from course_utils.arguments import number, refusal, whole_number
from course_utils.keras_settings import check_settings


def linear_head(n_features: int, n_classes: int, l2: float = 0.0) -> keras.Model:
    """Return a linear classifier: vectors (b, n_features) in, logits (b, n_classes) out.

    Its weights start at zero. Training changes them along the vectors of its pictures; a few pictures span a few
    directions, and in all others the weights stay nearly as they began. A random start would remain there as
    noise in every score.

    Parameters
    ----------
    l2 : strength of the penalty on its weights.

    Raises
    ------
    ValueError : a width or a number of classes that is no whole number above zero, or a negative penalty.
    RuntimeError : Keras is set to compute in another way than the course does.
    """
    check_settings()
    return keras.Sequential(
        [
            keras.Input((whole_number("n_features", n_features, 1),), name="features"),
            _logits(n_classes, l2, start="zeros"),
        ],
        name="linear_head",
    )


def fitted_head(vectors: np.ndarray, labels: np.ndarray, n_classes: int, seed: int = 0) -> keras.Model:
    """Return a linear head with the best weights that there are for these vectors, found without a learning rate.

    The loss of a linear head has one lowest point, which logistic regression walks straight to: so heads on different
    backbones, whose features may vary a hundred times as much, are compared with the same care. How strongly large
    weights are punished is chosen by a fifth of the vectors; then all are fitted.

    Parameters
    ----------
    vectors, labels : (n, d), and (n,) from 0 to `n_classes` - 1.
    seed : which fifth.
    """
    from course_utils import regression  # scikit-learn takes a second to import

    head = linear_head(np.shape(vectors)[1], n_classes)
    head.set_weights(regression.best_weights(np.asarray(vectors), np.asarray(labels), n_classes, seed))
    return head


def mlp_head(n_features: int, n_classes: int, hidden: int = 256, dropout: float = 0.5) -> keras.Model:
    """Return a classifier with one hidden layer: vectors (b, n_features) in, logits (b, n_classes) out.

    For errors see `linear_head`; `dropout` is a share.
    """
    check_settings()
    share = number("dropout", dropout, 0, 1, "a share from 0 to 1")
    return keras.Sequential(
        [
            keras.Input((whole_number("n_features", n_features, 1),), name="features"),
            keras.layers.Dense(whole_number("hidden", hidden, 1), activation="relu", name="hidden"),
            keras.layers.Dropout(share, name="dropout"),
            _logits(n_classes),
        ],
        name="mlp_head",
    )


def attach(backbone: keras.Model, head: keras.Model) -> keras.Model:
    """Return backbone and head as one model: pixels 0-255 in, logits out.

    Both are used as they are, not copied: training the whole trains them.

    Raises
    ------
    ValueError : one of them is no Keras model with one input and one output, or the head was made for vectors of
        another width.
    """
    _, (*_, width) = given = _shapes("backbone", backbone)
    (*_, expected), _ = taken = _shapes("head", head)
    if width != expected or len(given[1]) != len(taken[0]):
        raise ValueError(
            f"`head` must take the {width} features that {backbone.name!r} gives, shape {given[1]}. Received: "
            f"a head for {expected} features, shape {taken[0]}. Make it with linear_head({width}, n_classes)."
        )
    pixels = keras.Input(backbone.input_shape[1:], name="pixels")
    return keras.Model(pixels, head(backbone(pixels)), name=f"{backbone.name}_classifier")


def _shapes(argument: str, model: keras.Model) -> tuple[tuple, tuple]:
    """Return the shapes of a model's one input and one output."""
    shapes = getattr(model, "input_shape", None), getattr(model, "output_shape", None)
    if not isinstance(model, keras.Model) or not all(isinstance(shape, tuple) for shape in shapes):
        what = "a Keras model with one input and one output, both of a known shape: begin it with keras.Input(...)"
        raise refusal(argument, what, model)
    return shapes


def _logits(n_classes: int, l2: float = 0.0, start: str = "glorot_uniform") -> keras.layers.Layer:
    strength = number("l2", l2, 0, what="a number, 0 or above")
    penalty = keras.regularizers.L2(strength) if strength else None
    n_classes = whole_number("n_classes", n_classes, 1)
    return keras.layers.Dense(n_classes, kernel_initializer=start, kernel_regularizer=penalty, name="logits")
