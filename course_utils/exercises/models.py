"""Check a Keras model: what is frozen, how many parameters train, whether the weights moved.

Public attributes of Keras only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from course_utils.exercises.checks import Check, Mistake, Said, shortly
from course_utils.exercises.verdicts import Status


@dataclass(frozen=True, kw_only=True)
class Structure(Check):
    """A Keras model that makes none of the mistakes. Each mistake needs `when`; its `example` makes a model.

    A model has no single right form, so the mistakes say what it must be: list all that must not happen.
    """

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        if isinstance(answer, keras.Model):
            return None
        return Status.NOT_YET, f"Expected a Keras model. Received: {shortly(answer)}."

    def _is_right(self, answer: Any, given: Mapping[str, Any]) -> bool:
        return not any(self._recognises(mistake, answer, given) for mistake in self.mistakes)

    def _recognises(self, mistake: Mistake, answer: Any, given: Mapping[str, Any]) -> bool:
        if mistake.when is None:
            raise TypeError(f"a mistake about a model needs `when`. Received: none for {mistake.says!r}.")
        return bool(mistake.when(answer, **given))


def trainable_parameters(model: keras.Model) -> int:
    """Return how many numbers training may change."""
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def output_width(model: keras.Model) -> int | None:
    """Return how many numbers the model gives for each picture."""
    return model.output_shape[-1]


def last_activation(model: keras.Model) -> str | None:
    """Return the name of the last layer's activation, None where it has none of its own."""
    activation = model.layers[-1].get_config().get("activation")
    return activation if isinstance(activation, str) or activation is None else str(activation)


def moved(model: keras.Model, before: Sequence[np.ndarray]) -> bool:
    """True if any weight differs from `before`, as `model.get_weights()` returned it earlier."""
    after = model.get_weights()
    return any(not np.array_equal(a, b) for a, b in zip(after, before, strict=True))
