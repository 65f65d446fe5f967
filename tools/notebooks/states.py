"""Keep a notebook's variables as they are while an answer does with them what it likes."""

import copy
import types
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from typing import Any

import keras


def using_copies(notebook: dict, code: str) -> dict:
    """Return a notebook's variables for one run: copies of those that the code names, but for models and functions.

    Models inside them stay, too.
    """
    own = dict(notebook)
    named = {name: own[name] for name in names_in(code) if name in own and not _stays(own[name])}
    models = {id(model): model for value in named.values() for model in _models_in(value)}
    try:
        own |= copy.deepcopy(named, dict(models))  # at once, so that what belongs together stays together
    except Exception:
        for name, value in named.items():
            with suppress(Exception):  # a cache, an open file: no copy, and answers do not change it
                own[name] = copy.deepcopy(value, dict(models))
    return own


def names_in(code: str) -> set[str]:
    """Return the names that a cell reads; none where it is not even Python."""
    try:
        return set(_names(compile(code, "", "exec")))
    except SyntaxError:
        return set()


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _stays(value: Any) -> bool:
    return isinstance(value, (types.ModuleType, keras.Operation, keras.Layer)) or callable(value)


def _models_in(value: Any) -> Iterator[keras.Layer]:
    """Yield the models that a value is or holds: copying one takes seconds, putting its weights back takes none."""
    if isinstance(value, keras.Layer):
        yield value
        return
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    if is_dataclass(value) and not isinstance(value, type):
        inside = [getattr(value, field.name) for field in fields(value)]
    for one in inside:
        yield from _models_in(one)


@contextmanager
def restored(notebook: dict, code: str) -> Iterator[None]:
    """Put the models that the code names back afterwards: their layers, their weights, and which of them train."""
    named = {id(model): model for name in names_in(code) for model in _models_in(notebook.get(name))}
    before = [
        (model, list(getattr(model, "layers", [])), _flags(model), model.get_weights())
        for model in named.values()
    ]
    try:
        yield
    finally:
        for model, layers, flags, weights in before:
            if isinstance(model, keras.Sequential) and list(model.layers) != layers:
                _with_layers(model, layers)
            for layer, trains in flags:
                layer.trainable = trains
            model.set_weights(weights)


def _flags(layer: keras.Layer) -> list[tuple[keras.Layer, bool]]:
    """Return which layers train, outer ones before those inside."""
    inside = getattr(layer, "layers", [])
    return [(layer, layer.trainable), *(flag for one in inside for flag in _flags(one))]


def _with_layers(model: keras.Sequential, layers: list[keras.Layer]) -> None:
    while model.layers:
        model.pop()
    for layer in layers:
        model.add(layer)
