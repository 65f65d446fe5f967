"""Compare what two Keras models do, whatever their weights are now: both get the same drawn ones.

Public attributes of Keras only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import keras
import numpy as np

from course_utils.backbones.anatomy import leaf_operations

GRID = np.linspace(-3, 3, 28, dtype="float32").reshape(4, 7)
_KNOWN = "linear relu tanh sigmoid softmax log_softmax relu6 leaky_relu elu gelu silu selu softplus exponential".split()
_ACTIVATIONS = (
    "Activation ReLU LeakyReLU ELU Softmax PReLU Relu Tanh Sigmoid LogSoftmax Relu6 Gelu Silu Elu".split()
)
_SETTINGS = frozenset(
    "units filters kernel_size strides padding pool_size use_bias dilation_rate axis rate scale offset groups "
    "depth_multiplier size target_shape".split()
)
_FREE_SIDE = 32  # where a model takes pictures of any size


@dataclass(frozen=True)
class Step:
    """One thing that a model does: a layer without its activation, or an activation."""

    kind: str
    words: str
    settings: dict = field(default_factory=dict)
    values: np.ndarray | None = None  # of an activation, on GRID

    def same(self, other: "Step") -> bool:
        """True if both do the same."""
        if self.values is not None and other.values is not None:
            return _close(self.values, other.values)
        return self.kind == other.kind and self.settings == other.settings


def flat_layers(model: keras.Model) -> list[keras.Operation]:
    """Return the layers of a model and of the models inside it, in order, inputs left out."""
    return [one for one in leaf_operations(model) if not isinstance(one, keras.layers.InputLayer)]


def steps(model: keras.Model) -> list[Step]:
    """Return what a model does, step by step: `Dense(3, activation="relu")` is two, dropout and identity are none."""
    return [step for layer in flat_layers(model) for step in _steps(layer)]


def _steps(layer: keras.Operation) -> Iterator[Step]:
    kind = type(layer).__name__
    if kind in _ACTIVATIONS:
        yield from _activation(layer)
    elif not is_random(layer) and kind != "Identity":
        config = layer.get_config() if isinstance(layer, keras.Layer) else {}
        settings = {key: value for key, value in config.items() if key in _SETTINGS}
        yield Step(kind, _named(layer), settings)
        if getattr(layer, "activation", None) is not None:
            yield from _activation(layer.activation)


def _activation(function: Any) -> Iterator[Step]:
    """Yield what an activation does, if it does anything; its name is that of the known one with the same values."""
    values = keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(GRID)))
    known = (name for name in _KNOWN if _close(values, _known(name)))
    name = next(known, getattr(function, "__name__", type(function).__name__))
    if name != "linear":
        yield Step("activation", f"the activation `{name}`", values=values)


def _known(name: str) -> np.ndarray:
    return keras.ops.convert_to_numpy(keras.activations.get(name)(keras.ops.convert_to_tensor(GRID)))


def is_random(layer: keras.Operation) -> bool:
    """True for layers that do something only in training: dropout, noise."""
    return "Dropout" in type(layer).__name__ or "Noise" in type(layer).__name__


def _named(layer: keras.Operation) -> str:
    width = getattr(layer, "units", getattr(layer, "filters", ""))
    return f"`{type(layer).__name__}({width})`" if width else f"`{type(layer).__name__}`"


def drawn_weights(model: keras.Model, seed: int = 0) -> list[np.ndarray]:
    """Return weights of the right shapes, of both signs, neither zero nor small; variances are positive."""
    random = np.random.default_rng(seed)
    drawn = []
    for weight in model.weights:
        spread = 1.2 / np.sqrt(max(np.prod(weight.shape[:-1]), 1)) if len(weight.shape) > 1 else 0.6
        values = random.normal(scale=spread, size=weight.shape)
        drawn.append(0.5 + np.abs(values) if "variance" in weight.name else values)
    return drawn


def outputs(model: keras.Model, weights: Sequence[np.ndarray], inputs: Any) -> list[np.ndarray]:
    """Return what a model says with other weights than its own; nothing about it changes."""
    other = {id(own): value for own, value in zip(model.weights, weights, strict=True)}
    states = [
        [other.get(id(variable), variable.value) for variable in variables]
        for variables in (model.trainable_variables, model.non_trainable_variables)
    ]
    said, _ = model.stateless_call(*states, inputs, training=False)
    return [keras.ops.convert_to_numpy(part) for part in keras.tree.flatten(said)]


def drawn_inputs(model: keras.Model, bytes_only: bool = False) -> list[Any]:
    """Return batches of inputs: numbers of both signs, unless only bytes are taken, and whole ones as in pictures."""
    random, batches = np.random.default_rng(0), []
    shapes = [(3, *(_FREE_SIDE if side is None else side for side in one.shape[1:])) for one in model.inputs]
    if not bytes_only:
        batches.append([random.normal(size=shape).astype("float32") for shape in shapes])
    batches.append([random.integers(0, 256, shape).astype("float32") for shape in shapes])
    return [batch[0] if len(batch) == 1 else batch for batch in batches]


def _takes_bytes(model: keras.Model) -> bool:
    return any(np.dtype(one.dtype).kind != "f" for one in getattr(model, "inputs", None) or [])


def behaves_like(model: keras.Model, reference: keras.Model) -> bool:
    """True if a model says what the reference says, with whatever weights: both get the same, three times.

    Drawn weights let little of the inputs through many layers, so the reference's own ones are tried, too.
    """
    if [tuple(w.shape) for w in model.weights] != [tuple(w.shape) for w in reference.weights]:
        return False
    bytes_only = _takes_bytes(model) or _takes_bytes(reference)
    batches = drawn_inputs(reference, bytes_only)
    tries = [(drawn_weights(reference, seed), inputs) for seed, inputs in enumerate(batches)]
    for weights, inputs in [*tries, (reference.get_weights(), batches[-1])]:
        said, wanted = outputs(model, weights, inputs), outputs(reference, weights, inputs)
        if len(said) != len(wanted) or not all(map(_close, said, wanted)):
            return False
    return True


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape:
        return False
    return bool(np.allclose(one, other, rtol=1e-3, atol=1e-4 * np.abs(other).max(initial=0), equal_nan=True))


def unlike(model: keras.Model, reference: keras.Model) -> str:
    """Say in what a model differs from the reference; "" where it does the same, whatever it is made of."""
    if not model.built:
        return "It does not know yet what comes in. Begin with `keras.Input`."
    if model.input_shape != reference.input_shape:
        return f"What comes in has the shape {model.input_shape}. Expected: {reference.input_shape}."
    if not behaves_like(model, reference):
        return _first_step_that_differs(model, reference) or _whole(model, reference)
    if random_layers(model) != random_layers(reference):
        return _other_random(random_layers(model), random_layers(reference))
    return ""


def random_layers(model: keras.Model) -> list[tuple[str, float | None]]:
    """Return kind and rate of the layers that do something only in training."""
    return [(_named(layer), getattr(layer, "rate", None)) for layer in flat_layers(model) if is_random(layer)]


def _other_random(got: list, wanted: list) -> str:
    if [kind for kind, _ in got] == [kind for kind, _ in wanted]:
        return f"{got[0][0]} has another rate than asked for."
    if len(got) > len(wanted):
        return f"It has {got[0][0]}, which was not asked for."
    return f"{wanted[0][0]} is missing, which works in training alone."


def _first_step_that_differs(model: keras.Model, reference: keras.Model) -> str:
    before = "At the beginning"
    for got, wanted in zip_longest(steps(model), steps(reference)):
        if got is None:
            return f"It ends too early: {before[0].lower()}{before[1:]} something is missing."
        if wanted is None:
            return f"{before} comes {got.words}, where the model should end."
        if not got.same(wanted):
            return _step_that_differs(before, got, wanted)
        before = f"After {got.words}"
    return ""


def _step_that_differs(before: str, got: Step, wanted: Step) -> str:
    if got.values is not None:
        asked = "none" if wanted.values is None else "another one"
        return f"{before} comes {got.words}, where {asked} was asked for."
    if wanted.values is not None:
        return f"{before} an activation is missing."
    if got.kind == wanted.kind:
        names = [name for name in got.settings if got.settings[name] != wanted.settings.get(name)]
        return f"{before} comes {got.words} with another {', '.join(f'`{name}`' for name in names)} than asked for."
    return f"{before} comes {got.words}, where another kind of layer was asked for."


def _whole(model: keras.Model, reference: keras.Model) -> str:
    if model.output_shape != reference.output_shape:
        return f"What comes out has the shape {model.output_shape}. Expected: {reference.output_shape}."
    return "It has the right layers, but they do not follow each other as asked for, or one of them is used twice."


def shared_weights(model: keras.Model, other: keras.Model) -> int:
    """Return how many arrays of weights are not equal ones but the very same in both."""
    known = {id(weight) for weight in other.weights}
    return sum(id(weight) in known for weight in model.weights)


def frozen_like(model: keras.Model, reference: keras.Model) -> str:
    """Say which layers train that should be frozen, or the other way round; "" where all is as in the reference."""
    flags = [{id(weight) for weight in one.trainable_weights} for one in (model, reference)]
    for own, wanted in zip(model.weights, reference.weights, strict=True):
        trains, should = id(own) in flags[0], id(wanted) in flags[1]
        if trains != should:
            name = "/".join(own.path.split("/")[-2:])
            return f"`{name}` {'trains and should be frozen' if trains else 'is frozen and should train'}."
    return ""
