"""Check a Keras model: what is frozen, how many parameters train, whether the weights moved.

Public attributes of Keras only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from course_utils.exercises.answers import Said, shortly
from course_utils.exercises.checks import Check
from course_utils.exercises.verdicts import Status


@dataclass(frozen=True, kw_only=True)
class Structure(Check):
    """A Keras model that makes none of the mistakes. Each mistake needs `when`; its `example` makes a model.

    A model has no single right form, so the mistakes say what it must be: list all that must not happen.
    """

    def __post_init__(self):
        for mistake in self.mistakes:
            if mistake.when is None:
                raise TypeError(f"a mistake about a model needs `when`. Received: none for {mistake.says!r}.")

    def _judge(self, answer: Any, given: Mapping[str, Any]) -> Said:
        if not isinstance(answer, keras.Model):
            return Status.NOT_YET, f"Expected a Keras model. Received: {shortly(answer)}."
        try:
            recognised = next((mistake for mistake in self.mistakes if mistake.when(answer, **given)), None)
        except Exception as error:
            return Status.NOT_YET, (
                "This check reads models of Keras' own layers: no `Lambda`, no functions or classes of your own. "
                f"Yours stops it with {type(error).__name__}."
            )
        return (Status.RIGHT, "") if recognised is None else (Status.NOT_YET, recognised.says)


def trainable_parameters(model: keras.Model) -> int:
    """Return how many numbers training may change."""
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def output_width(model: keras.Model) -> int | None:
    """Return how many numbers the model gives for each picture."""
    return model.output_shape[-1]


def is_linear(model: keras.Model) -> bool:
    """True if the model only weighs and adds, whatever its weights: f(a + b) - f(a) - f(b) + f(0) is zero.

    A copy with random weights is asked, for untrained layers are often zero, and so would tell nothing.
    """
    random = np.random.default_rng(0)
    copy = keras.models.clone_model(model)
    copy.set_weights([random.normal(size=weight.shape) for weight in model.get_weights()])
    a, b = random.normal(size=(2, 8, *model.input_shape[1:])).astype(np.float32)
    f = copy.predict_on_batch
    whole = f(a + b)
    return bool(np.allclose(whole + f(0 * a), f(a) + f(b), rtol=0, atol=1e-3 * np.abs(whole).max()))


def moved(model: keras.Model, before: Sequence[np.ndarray]) -> bool:
    """True if any weight differs from `before`, as `model.get_weights()` returned it earlier."""
    after = model.get_weights()
    return any(not np.array_equal(a, b) for a, b in zip(after, before, strict=True))
