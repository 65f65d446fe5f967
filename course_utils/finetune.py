"""Freeze and unfreeze backbones. Nothing here compiles or fits.

After `freeze` or `unfreeze`, compile again: Keras fixes what it trains when it compiles.
"""

import math
import re
from collections.abc import Callable, Iterator

import keras
import pandas as pd

from course_utils.arguments import number, refusal, shortened
from course_utils.backbones.anatomy import as_model, leaf_layers
from course_utils.errors import unknown_name


def freeze(model: keras.Model) -> keras.Model:
    """Freeze the backbone in a model (a backbone, or backbone and head): its head stays trainable.

    The backbone is the layer "network", as in models of this course; else the one model inside that takes pictures;
    else all layers before the last Dense ones, which take vectors.

    Raises
    ------
    ValueError : no Keras model, or several models inside could be the backbone.
    """
    for layer in _backbone_layers(model):
        layer.trainable = False
    return model


def unfreeze(model: keras.Model, from_layer: str | float | None = None) -> keras.Model:
    """Make the backbone in a model trainable from one layer on; the layers before it are frozen.

    BatchNorm layers stay frozen all the same: with a few pictures their statistics would drift away from
    those that the other weights were trained with. In Keras 3, calling the backbone with `training=False`
    does not prevent that.

    Parameters
    ----------
    model : a backbone, or a backbone with its head. What is not backbone (see `freeze`) is left as it is.
    from_layer : a layer ("block_13_expand") or block ("block_13") of the network; None for the whole
        network; or a share, counted from the end: 0.3 is the last 30 % of the layers that have weights and
        are no BatchNorm.

    Raises
    ------
    ValueError : no such layer, no share between 0 and 1, no Keras model, or several that could be the backbone.
    """
    layers = _backbone_layers(model)
    first = _first_trainable(layers, from_layer)
    _open_models(model)
    for position, layer in enumerate(layers):
        layer.trainable = position >= first and not _is_norm(layer)
    return model


def find_network(model: keras.Model) -> keras.layers.Layer:
    """Return the layer "network" of the backbone in `model`; `model` itself if there is none.

    Raises
    ------
    ValueError : no Keras model, or several layers of that name.
    """
    if not isinstance(model, keras.layers.Layer):
        raise refusal("model", "a Keras model", model)
    found = list(_inside(model, lambda layer: layer.name == "network"))
    return _the_only(found, "layers called 'network'") or model


def trainable_summary(model: keras.Model) -> pd.DataFrame:
    """Return a row for each layer with weights: `layer`, `kind`, `parameters`, `trainable` (how many are)."""
    rows = []
    for layer in leaf_layers(as_model("model", model)):
        if layer.weights:
            trainable = sum(math.prod(v.shape) for v in layer.trainable_variables)
            kind = type(layer).__name__
            rows.append((layer.name, kind, sum(math.prod(v.shape) for v in layer.weights), trainable))
    return pd.DataFrame(rows, columns=["layer", "kind", "parameters", "trainable"])


def _backbone_layers(model: keras.Model) -> list[keras.layers.Layer]:
    """Return the leaf layers of the backbone in a model, in order."""
    network = find_network(model)
    if network is not model:
        return list(leaf_layers(network)) or [network]
    inner = list(_inside(model, _takes_pictures))
    if not inner or _are_blocks(inner, model):
        return _without_head(model)
    network = _the_only(inner, "models inside that take pictures")
    holds_all = sum(map(_size, inner)) == _size(model)  # the head is in there as well, if there is one
    return _backbone_layers(network) if holds_all else list(leaf_layers(network))


def _are_blocks(inner: list[keras.layers.Layer], model: keras.Model) -> bool:
    """Return whether models inside a model are blocks of one backbone: small ones, among layers that see places."""
    beside = [layer for layer in model.layers if layer not in inner]
    return 2 * max(map(_size, inner)) < _size(model) and any(map(_sees_places, beside))


def _without_head(model: keras.Model) -> list[keras.layers.Layer]:
    """Return a model's leaf layers before the Dense ones behind all that has learned about places in a picture."""
    if len(getattr(model, "input_shape", None) or ()) == 2:
        raise ValueError(
            f"`model` must be a backbone, or hold one: it takes pictures. Received: {shortened(model)}, which takes "
            "vectors. To freeze a head, set its `trainable`."
        )
    layers = list(leaf_layers(model)) or [model]
    if not any(layer.weights for layer in layers):
        raise ValueError(
            f"`model` must have weights. Received: {shortened(model)}, which has none yet. "
            "Begin it with keras.Input(...)."
        )
    # Where no layer sees places, backbone and head cannot be told from each other.
    last = max((i for i, layer in enumerate(layers) if _sees_places(layer)), default=len(layers))
    dense = [i for i, layer in enumerate(layers) if i > last and isinstance(layer, keras.layers.Dense)]
    return layers[: dense[0]] if dense else layers


def _size(model: keras.layers.Layer) -> int:
    return sum(math.prod(variable.shape) for variable in model.weights)


def _inside(model: keras.layers.Layer, wanted: Callable[[keras.layers.Layer], bool]) -> Iterator:
    """Yield the outermost layers inside a model that are wanted."""
    for layer in getattr(model, "layers", []):
        if wanted(layer):
            yield layer
        else:
            yield from _inside(layer, wanted)


def _the_only(found: list[keras.layers.Layer], what: str) -> keras.layers.Layer | None:
    distinct = list({id(layer): layer for layer in found}.values())
    if len(distinct) > 1:
        raise ValueError(
            f"`model` must have one backbone. Received: {len(distinct)} {what}: "
            f"{', '.join(layer.path or layer.name for layer in distinct)}. Give the one that is meant, such as "
            "model.get_layer(name), or name it 'network' when you make it."
        )
    return distinct[0] if distinct else None


def _takes_pictures(layer: keras.layers.Layer) -> bool:
    """Return whether a layer is a model that learned something about pictures (b, h, w, c)."""
    shape = getattr(layer, "input_shape", None)
    is_model = any(leaf_layers(layer)) and isinstance(shape, tuple) and len(shape) == 4
    return is_model and any(map(_sees_places, leaf_layers(layer)))


def _sees_places(layer: keras.layers.Layer) -> bool:
    """Return whether a layer has learned something about places in a picture, or about the whole of it."""
    inputs = getattr(layer, "input", None)  # what was never called has none
    first = inputs[0] if isinstance(inputs, list | tuple) and inputs else inputs
    is_scaling = isinstance(layer, keras.layers.Normalization)
    return bool(layer.weights) and not is_scaling and len(getattr(first, "shape", ())) > 2


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
    if isinstance(from_layer, keras.layers.Layer):
        raise ValueError(
            f"`from_layer` must be a layer's name. Received: a layer. Write {from_layer.name!r}."
        )
    if isinstance(from_layer, str):
        for position, layer in enumerate(layers):
            if layer.name == from_layer or layer.name.startswith(f"{from_layer}_"):
                return position
        raise unknown_name("from_layer", from_layer, _block_names(layers))
    what = "the name of a layer or block, a share above 0 and at most 1, or None"
    share = number("from_layer", from_layer, 1e-9, 1, what)
    counted = [i for i, layer in enumerate(layers) if layer.weights and not _is_norm(layer)]
    return counted[-math.ceil(share * len(counted))] if counted else 0


def _is_norm(layer: keras.layers.Layer) -> bool:
    return isinstance(layer, keras.layers.BatchNormalization)


def _block_names(layers: list) -> list[str]:
    """Names to suggest: each layer's without its last part, so that block_13_expand counts as block_13."""
    return sorted({re.sub(r"_[A-Za-z]+\d*$", "", layer.name) for layer in layers if layer.weights})
