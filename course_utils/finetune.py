"""Freeze and unfreeze backbones. Nothing here compiles or fits.

After `freeze` or `unfreeze`, compile again: Keras fixes what it trains when it compiles.
"""

import math
import re
from collections.abc import Iterator

import keras
import pandas as pd

from course_utils._anatomy import leaf_layers
from course_utils.errors import unknown_name


def freeze(model: keras.Model) -> keras.Model:
    """Freeze the backbone in a model (a backbone, or backbone and head): its head stays trainable."""
    network = find_network(model)
    for layer in list(leaf_layers(network)) or [network]:
        layer.trainable = False
    return model


def unfreeze(model: keras.Model, from_layer: str | float | None = None) -> keras.Model:
    """Make the backbone in a model trainable from one layer on; the layers before it are frozen.

    BatchNorm layers stay frozen all the same: with a few pictures their statistics would drift away from
    those that the other weights were trained with. In Keras 3, calling the backbone with `training=False`
    does not prevent that.

    Parameters
    ----------
    model : a backbone, or a backbone with its head. What is not backbone is left as it is.
    from_layer : a layer ("block_13_expand") or block ("block_13") of the network; None for the whole
        network; or a share, counted from the end: 0.3 is the last 30 % of the layers that have weights and
        are no BatchNorm.

    Raises
    ------
    ValueError : no such layer, or no share between 0 and 1.
    """
    network = find_network(model)
    layers = list(leaf_layers(network)) or [network]
    first = _first_trainable(layers, from_layer)
    _open_models(model)
    for position, layer in enumerate(layers):
        layer.trainable = position >= first and not _is_norm(layer)
    return model


def find_network(model: keras.Model) -> keras.layers.Layer:
    """Return the layer "network" of the backbone in `model`; `model` itself if there is none."""
    for layer in getattr(model, "layers", []):
        if layer.name == "network":
            return layer
        if getattr(layer, "layers", None):
            found = find_network(layer)
            if found is not layer:
                return found
    return model


def trainable_summary(model: keras.Model) -> pd.DataFrame:
    """Return a row for each layer with weights: `layer`, `kind`, `parameters`, `trainable` (how many are)."""
    rows = []
    for layer in leaf_layers(model):
        if layer.weights:
            trainable = sum(math.prod(v.shape) for v in layer.trainable_variables)
            kind = type(layer).__name__
            rows.append((layer.name, kind, sum(math.prod(v.shape) for v in layer.weights), trainable))
    return pd.DataFrame(rows, columns=["layer", "kind", "parameters", "trainable"])


def _open_models(model: keras.Model) -> None:
    """Make a model and those inside it trainable, while their layers stay as they are.

    Keras trains nothing inside a frozen model, so layers can be freed only in an open one. Opening sets all
    layers inside, but does nothing at all where the model is open already: hence each is put back by hand.
    """
    layers = list(leaf_layers(model))
    before = [layer.trainable for layer in layers]
    for inner in _models(model):
        inner.trainable = True
    for layer, was in zip(layers, before, strict=True):
        layer.trainable = was


def _models(model: keras.layers.Layer) -> Iterator[keras.layers.Layer]:
    yield model
    for layer in getattr(model, "layers", []):
        if getattr(layer, "layers", None):
            yield from _models(layer)


def _first_trainable(layers: list, from_layer: str | float | None) -> int:
    """Return the position of the first layer to train."""
    if from_layer is None:
        return 0
    if isinstance(from_layer, str):
        for position, layer in enumerate(layers):
            if layer.name == from_layer or layer.name.startswith(f"{from_layer}_"):
                return position
        raise unknown_name("from_layer", from_layer, _block_names(layers))
    if not 0 < from_layer <= 1:
        raise ValueError(
            "`from_layer` must be the name of a layer or block, a share above 0 and at most 1, or None. "
            f"Received: {from_layer!r}."
        )
    counted = [i for i, layer in enumerate(layers) if layer.weights and not _is_norm(layer)]
    return counted[-math.ceil(from_layer * len(counted))]


def _is_norm(layer: keras.layers.Layer) -> bool:
    return isinstance(layer, keras.layers.BatchNormalization)


def _block_names(layers: list) -> list[str]:
    """Names to suggest: each layer's without its last part, so that block_13_expand counts as block_13."""
    return sorted({re.sub(r"_[A-Za-z]+\d*$", "", layer.name) for layer in layers if layer.weights})
