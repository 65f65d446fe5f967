"""What a model is made of: its layers, and its cost."""

from collections.abc import Iterator

import keras
import numpy as np

from course_utils.arguments import shortened

_COUNTED = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
    keras.layers.Dense,
)


def as_model(argument: str, model: object) -> keras.Model:
    """Return a Keras model, or raise a ValueError that says what came instead."""
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"`{argument}` must be a Keras model, as load_backbone(...) returns. Received: {shortened(model)}."
        )
    return model


def leaf_layers(model: keras.layers.Layer) -> Iterator[keras.layers.Layer]:
    """Yield the layers of a model in its own order, those inside nested models too, without the models."""
    for layer in getattr(model, "layers", []):
        if getattr(layer, "layers", None):
            yield from leaf_layers(layer)
        else:
            yield layer


def leaf_operations(model: keras.Model) -> Iterator[keras.Operation]:
    """Yield what a model is made of, functions of `keras.ops` between its layers too; otherwise as `leaf_layers`."""
    for operation in getattr(model, "operations", None) or model.layers:
        if getattr(operation, "layers", None):
            yield from leaf_operations(operation)
        else:
            yield operation


def multiply_adds(model: keras.Model) -> int:
    """Count the multiply-adds of one picture in the convolutions and dense layers (the rest is small)."""
    total = 0
    for layer in leaf_layers(as_model("model", model)):
        if isinstance(layer, _COUNTED):
            positions = int(np.prod(layer.output.shape[1:-1]))  # 1 for a vector
            kernels = [variable for variable in layer.weights if "kernel" in variable.name]
            total += positions * sum(int(np.prod(kernel.shape)) for kernel in kernels)
    return total
