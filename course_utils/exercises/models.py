"""Check a Keras model: what it does, what is frozen, how many parameters train, whether the weights moved.

`architecture` compares two models. Public attributes of Keras only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from course_utils.exercises.answers import Said, shortly
from course_utils.exercises.architecture import drawn_weights, frozen_like, outputs, shared_weights, unlike
from course_utils.exercises.calling import quiet
from course_utils.exercises.checks import Check, Mistake, Unexpected, resolved
from course_utils.exercises.verdicts import Status


@dataclass(frozen=True, kw_only=True)
class Structure(Check):
    """A Keras model that does what another one does, or, without `like`, one that makes none of the mistakes.

    With `like` it does not count what a model is made of, but what it says: both get the same drawn weights, so that
    nothing depends on how they start. A mistake is then known by its `when`, or because its `example` does what the
    answer does; where none is known, the first layer that differs is named. Without `like`, list all that must not
    happen: each mistake needs `when`; its `example` makes a model.

    Parameters
    ----------
    like : a function of `given` that makes a right model. Which layers train counts, too, unless `frozen_free`.
    frozen_free : it does not matter which layers train.
    starts : the present weights must be those of the right model, too.
    copied : names in `given` of models whose weights must not be in the answer: it needs copies.
    holds : names in `given` of models that must be in the answer themselves, not copies.
    """

    like: Callable[..., keras.Model] | None = None
    frozen_free: bool = False
    starts: bool = False
    copied: Sequence[str] = ()
    holds: Sequence[str] = ()

    def __post_init__(self):
        for mistake in self.mistakes:
            if mistake.when is None and self.like is None:
                raise TypeError(f"a mistake about a model needs `when`. Received: none for {mistake.says!r}.")

    def _judge(self, answer: Any, given: Mapping[str, Any]) -> Said:
        if not isinstance(answer, keras.Model):
            return Status.NOT_YET, f"Expected a Keras model. Received: {shortly(answer)}{_advice(answer)}."
        try:
            with quiet():
                problem = self._problem(answer, given)
                if problem == "":
                    return Status.RIGHT, ""
                recognised = next((one for one in self.mistakes if self._made(one, answer, given)), None)
        except Unexpected:
            raise
        except Exception as error:
            return Status.NOT_YET, (
                "This check reads models of Keras' own layers: no `Lambda`, no functions or classes of your own. "
                f"Yours stops it with {type(error).__name__}."
            )
        if recognised is not None:
            return Status.NOT_YET, recognised.says
        return (Status.RIGHT, "") if problem is None else (Status.NOT_YET, problem)

    def _problem(self, answer: keras.Model, given: Mapping[str, Any]) -> str | None:
        """Say what is not as in the right model; "" where all is, None where there is no such model."""
        if self.like is None:
            return None
        return self._unlike(answer, resolved(self.like, given)) or self._not_the_same(answer, given)

    def _unlike(self, answer: keras.Model, reference: keras.Model) -> str:
        problem = unlike(answer, reference) or ("" if self.frozen_free else frozen_like(answer, reference))
        if problem or not self.starts or not moved(answer, reference.get_weights(), 1e-6):
            return problem
        return (
            "Its layers are right, but its weights are other numbers than asked for. (A clone has new ones.)"
        )

    def _not_the_same(self, answer: keras.Model, given: Mapping[str, Any]) -> str:
        """Say which model of `given` the answer shares weights with, or holds copies of, against what was asked for."""
        for name in self.copied:
            if shared_weights(answer, given[name]):
                return f"It has weights of `{name}` itself, so what is done to it is done to `{name}`. Use a copy."
        for name in self.holds:
            if shared_weights(answer, given[name]) < len(given[name].weights):
                return f"It does not hold `{name}` itself, but other weights, perhaps a copy of it."
        return ""

    def _made(self, mistake: Mistake, answer: keras.Model, given: Mapping[str, Any]) -> bool:
        if self.like is not None:
            return self._recognises(mistake, answer, given)
        return bool(mistake.when(answer, **given))

    def _same(self, answer: keras.Model, other: keras.Model, given: Mapping[str, Any]) -> bool:
        return not self._unlike(answer, other)


def _advice(answer: Any) -> str:
    if isinstance(answer, keras.Layer):
        return ", a layer; put it into a model"
    several = (
        isinstance(answer, (list, tuple)) and answer and all(isinstance(one, keras.Layer) for one in answer)
    )
    return ", layers in a row; put them into a model" if several else ""


def trainable_parameters(model: keras.Model) -> int:
    """Return how many numbers training may change."""
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def output_width(model: keras.Model) -> int | None:
    """Return how many numbers the model gives for each picture."""
    return model.output_shape[-1]


def is_linear(model: keras.Model) -> bool:
    """True if the model only weighs and adds, whatever its weights: f(a + b) - f(a) - f(b) + f(0) is zero.

    It is asked with drawn weights, for untrained layers are often zero, and so would tell nothing.
    """
    weights = drawn_weights(model)
    a, b = np.random.default_rng(0).normal(size=(2, 8, *model.input_shape[1:])).astype(np.float32)
    whole, zero, of_a, of_b = (outputs(model, weights, x)[0] for x in (a + b, 0 * a, a, b))
    return bool(np.allclose(whole + zero, of_a + of_b, rtol=0, atol=1e-3 * np.abs(whole).max()))


def moved(model: keras.Model, before: Sequence[np.ndarray], by: float = 0.0) -> bool:
    """True if any weight differs from `before`, as `model.get_weights()` returned it earlier, by more than `by`."""
    after = model.get_weights()
    return any(not np.allclose(a, b, rtol=0, atol=by) for a, b in zip(after, before, strict=True))
