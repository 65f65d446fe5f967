"""What a model is made of: its layers, its cost, and a digest that tells whose stored features are."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from course_utils.arguments import shortened

# Where configs hold layer names. Keras numbers them through a session (rescaling, rescaling_1, ...).
_NAMED = ("name", "keras_history", "input_layers", "output_layers")
# What does not change the features of a model that is run, not trained.
_IRRELEVANT = ("trainable", "build_config", "shared_object_id")
_KNOWN = re.compile(r"keras(_hub|_cv|_nlp)?(\.|$)")
_COUNTED = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
    keras.layers.Dense,
)


def fingerprint(model: keras.Model) -> str:
    """Return 32 letters that change when the weights, the layers, the preprocessing or the input size change.

    Two models made in the same way from the same weights have the same fingerprint, in any session; freezing
    or unfreezing layers leaves it as it is, training them does not.
    """
    return hashlib.blake2b(
        (layers_digest(model) + weights_digest(model)).encode(), digest_size=16
    ).hexdigest()


def as_model(argument: str, model: object) -> keras.Model:
    """Return a Keras model, or raise a ValueError that says what came instead."""
    if not isinstance(model, keras.Model):
        raise ValueError(
            f"`{argument}` must be a Keras model, as load_backbone(...) returns. Received: {shortened(model)}."
        )
    return model


def layers_digest(model: keras.Model) -> str:
    """Return 32 letters that change with the layers, preprocessing and input size among them."""
    try:
        config = _plain(as_model("model", model).get_config(), {})
    except NotImplementedError:  # of a layer that somebody has written; see `own_code`
        config = [type(layer).__name__ for layer in leaf_layers(model)]
    digest = hashlib.blake2b(json.dumps(config, sort_keys=True, default=str).encode(), digest_size=16)
    for layer in leaf_layers(model):
        digest.update(str(getattr(layer, "content_digest", "")).encode())  # a hub module's graph is no config
    return digest.hexdigest()


def own_code(model: keras.Model) -> str:
    """Return what in a model is Python code from outside Keras and this course; "" where nothing is.

    No digest sees what such code does: a layer's `call` or an activation may be edited while all names stay.
    """
    if not _is_known(type(model).__module__, None):
        return f"the class {type(model).__name__}"
    try:
        return next(_own(model.get_config()), "")
    except NotImplementedError:
        return "a layer without get_config()"


def _own(config: Any) -> Iterator[str]:
    if isinstance(config, dict):
        kind, module, name = (config.get(key) for key in ("class_name", "module", "registered_name"))
        if kind == "__lambda__":
            yield "a Lambda layer"
        elif kind == "function":
            yield f"the function {config['config']}"
        elif "registered_name" in config and not _is_known(module, name):
            yield f"the class {kind}"
        config = list(config.values())
    if isinstance(config, (list, tuple)):
        for part in config:
            yield from _own(part)


def _is_known(module: str | None, registered: str | None) -> bool:
    return bool(_KNOWN.match(module or "") or (registered or "").startswith("course_utils>"))


def weights_digest(model: keras.Model) -> str:
    """Return 32 letters that change with the weights."""
    digest = hashlib.blake2b(digest_size=16)
    for array in as_model("model", model).get_weights():
        digest.update(f"{array.shape}{array.dtype}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def leaf_layers(model: keras.layers.Layer) -> Iterator[keras.layers.Layer]:
    """Yield the layers of a model in its own order, those inside nested models too, without the models."""
    for layer in getattr(model, "layers", []):
        if getattr(layer, "layers", None):
            yield from leaf_layers(layer)
        else:
            yield layer


def multiply_adds(model: keras.Model) -> int:
    """Count the multiply-adds of one picture in the convolutions and dense layers (the rest is small)."""
    total = 0
    for layer in leaf_layers(as_model("model", model)):
        if isinstance(layer, _COUNTED):
            positions = int(np.prod(layer.output.shape[1:-1]))  # 1 for a vector
            kernels = [variable for variable in layer.weights if "kernel" in variable.name]
            total += positions * sum(int(np.prod(kernel.shape)) for kernel in kernels)
    return total


def _plain(value: Any, names: dict[str, str]) -> Any:
    """Return a config with layer names replaced by numbers in order of appearance."""
    if isinstance(value, dict) and value.get("class_name") == "DTypePolicy":
        return value  # its "name" is the type itself
    if isinstance(value, dict):
        return {
            key: _rename(part, names) if key in _NAMED else _plain(part, names)
            for key, part in value.items()
            if key not in _IRRELEVANT
        }
    if isinstance(value, (list, tuple)):
        return [_plain(part, names) for part in value]
    return value


def _rename(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return names.setdefault(value, f"#{len(names)}")
    if isinstance(value, (list, tuple)):
        return [_rename(part, names) for part in value]
    return value
