"""What tells one backbone from another: digests of layers and weights, and what no digest can see."""

import hashlib
import json
import re
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones.anatomy import as_model, leaf_layers, leaf_operations

# Where configs hold layer names. Keras numbers them through a session (rescaling, rescaling_1, ...).
_NAMED = ("name", "keras_history", "input_layers", "output_layers")
# What does not change the features of a model that is run, not trained.
_IRRELEVANT = ("trainable", "build_config", "shared_object_id")
_KNOWN = re.compile(r"keras(_hub|_cv|_nlp)?(\.|$)")
# What Keras keeps in a layer for itself; no config is made from it.
_BOOKKEEPING = frozenset(
    "_allow_non_tensor_positional_args _auto_config _call_context_args _call_has_context_arg _call_has_mask_arg "
    "_call_has_training_arg _call_signature _called _convert_input_args _inbound_nodes _input_spec _layers _lock "
    "_loss_ids _losses _losses_override _metrics _non_trainable_variables _outbound_nodes _parent_path _path "
    "_saved_model_arg_spec _saved_model_inputs_spec _seed_generators _self_name_based_restores "
    "_self_saveable_object_factories _self_setattr_tracking _self_unconditional_checkpoint_dependencies "
    "_self_unconditional_deferred_dependencies _self_unconditional_dependency_names _self_update_uid _tracked "
    "_tracker _trainable _trainable_variables build call_signature_parameters quantize supports_jit".split()
)


_MODULES = ("keras.", "course_utils.")  # those whose objects a config says all about
_DEEPEST = 5
_PLAIN = (bool, type(None), str, int, float, bytes)


class Layers(NamedTuple):
    """What `own_code` and `layers_digest` say of a model as long as it is in this state."""

    state: bytes
    own_code: str
    digest: str


# To ask for the config of a backbone takes 50 ms, to see that its layers are as they were a few.
_seen: WeakKeyDictionary[keras.Model, Layers] = WeakKeyDictionary()


def fingerprint(model: keras.Model) -> str:
    """Return 32 letters that change when the weights, the layers, the preprocessing or the input size change.

    Two models made in the same way from the same weights have the same fingerprint, in any session; freezing
    or unfreezing layers leaves it as it is, training them does not.
    """
    return hashlib.blake2b(
        (layers_digest(model) + weights_digest(model)).encode(), digest_size=16
    ).hexdigest()


def layers_digest(model: keras.Model) -> str:
    """Return 32 letters that change with the layers, preprocessing and input size among them."""
    return layers_of(as_model("model", model)).digest


def own_code(model: keras.Model) -> str:
    """Return what in a model is Python code from outside Keras and this course; "" where nothing is.

    No digest sees what such code does: a layer's `call` or an activation may be edited while all names stay.
    """
    return layers_of(model).own_code


def layers_of(model: keras.Model) -> Layers:
    """Return what `own_code` and `layers_digest` say of a model, from one look at it."""
    state = _state_of(model)
    if state and (seen := _seen.get(model)) and seen.state == state:
        return seen
    try:
        config = model.get_config()
        found = Layers(state, _own_class(model) or next(_own(config), ""), _digest(_plain(config, {}), model))
    except NotImplementedError:  # of a layer that somebody has written
        names = [type(layer).__name__ for layer in leaf_layers(model)]
        found = Layers(b"", _own_class(model) or "a layer without get_config()", _digest(names, model))
    if found.state:
        _seen[model] = found
    return found


def _digest(config: Any, model: keras.Model) -> str:
    digest = hashlib.blake2b(json.dumps(config, sort_keys=True, default=str).encode(), digest_size=16)
    for layer in leaf_layers(model):
        digest.update(str(getattr(layer, "content_digest", "")).encode())  # a hub module's graph is no config
    return digest.hexdigest()


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


def _own_class(model: keras.Model) -> str:
    return "" if _is_known(type(model).__module__, None) else f"the class {type(model).__name__}"


def _is_known(module: str | None, registered: str | None) -> bool:
    return bool(_KNOWN.match(module or "") or (registered or "").startswith("course_utils>"))


def weights_digest(model: keras.Model) -> str:
    """Return 32 letters that change with the weights."""
    digest = hashlib.blake2b(digest_size=16)
    values = [variable.value for variable in as_model("model", model).weights]
    for array in map(np.asarray, tf.identity_n(values) if values else []):  # one call, not one for each
        digest.update(f"{array.shape}{array.dtype}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


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


def _state_of(model: keras.Model) -> bytes:
    """Return a digest of all that its layers' configs are made from; empty where something in them is not known.

    How layers are wired is no part of it: it cannot change once a model is built.
    """
    try:
        state = [_value(operation, 0) for operation in leaf_operations(model)]
    except _Unknown:
        return b""
    return hashlib.blake2b(repr(state).encode(), digest_size=16).digest()


class _Unknown(Exception):
    """A value of which nobody can tell whether it is as it was."""


def _value(value: Any, depth: int) -> Any:
    """Return something whose `repr` is another one when the value is."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        return [_value(part, depth) for part in value]
    if isinstance(value, dict):
        return [(str(key), _value(part, depth)) for key, part in value.items()]
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, value))
    if isinstance(value, (keras.Variable, keras.KerasTensor)):  # what is in it, `weights_digest` says
        return value.shape, value.dtype
    if isinstance(value, (np.ndarray, np.generic)):
        return str(value.dtype), value.shape, value.tobytes()
    if isinstance(value, ModuleType):
        return value.__name__
    return _object(value, depth)


def _object(value: Any, depth: int) -> Any:
    """Return a function or class by name, and of an object its attributes as well."""
    by_name = isinstance(value, (type, FunctionType, BuiltinFunctionType))
    kind = value if by_name else type(value)
    if depth > _DEEPEST or not str(kind.__module__).startswith(_MODULES):  # a function of C may have none
        raise _Unknown
    parts = {} if by_name else getattr(value, "__dict__", None)
    if parts is None:
        raise _Unknown
    return (
        kind.__module__,
        kind.__qualname__,
        [(name, _value(part, depth + 1)) for name, part in parts.items() if name not in _BOOKKEEPING],
    )
