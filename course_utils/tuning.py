"""Choose a learning rate as it should be chosen: by validation pictures, with early stopping, the same for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras
import numpy as np

from course_utils.arguments import number, refusal

PATIENCE = 8  # epochs without a lower validation loss
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@dataclass(frozen=True, repr=False)
class Run:
    """A training: the learning rate, the model with the weights of its best epoch, and `history`, epoch by epoch."""

    rate: float
    model: keras.Model
    history: dict[str, list[float]]

    @property
    def loss(self) -> float:
        """The lowest validation loss."""
        return min(self.history["val_loss"])

    def __repr__(self) -> str:
        return (
            f"<Run: rate {self.rate:g}, {len(self.history['loss'])} epochs, validation loss {self.loss:.3g}>"
        )


def best_of(
    rates: Sequence[float],
    build: Callable[[], keras.Model],
    inputs: np.ndarray,
    labels: np.ndarray,
    split: np.ndarray,
    epochs: int = 30,
    seed: int = 0,
) -> Run:
    """Train a new model with each learning rate (Adam, 30 at a time); return the run of the lowest validation loss.

    Each stops when its validation loss has not fallen for eight epochs, and keeps the weights of its best one.

    Parameters
    ----------
    build : makes the model, not compiled: inputs in, logits out.
    inputs, labels, split : a row for each picture. Rows whose split is "train" train, those of "validation" choose;
        no others are looked at.
    seed : of weights, order and augmentation, the same for each rate.
    """
    if not len(rates):
        raise refusal("rates", "a list of at least one learning rate", rates)
    split = np.asarray(split)
    for name in ("train", "validation"):
        if name not in split:
            raise refusal("split", f'a name for each row, some of them "{name}"', sorted(set(split)))
    parts = [(inputs[split == name], labels[split == name]) for name in ("train", "validation")]
    return min((_run(rate, build, *parts, epochs, seed) for rate in rates), key=lambda run: run.loss)


def _run(rate: float, build: Callable, train: tuple, validation: tuple, epochs: int, seed: int) -> Run:
    rate = number("rates", rate, 1e-12, what="a list of numbers above 0")
    keras.utils.set_random_seed(seed)
    model = build()
    model.compile(keras.optimizers.Adam(rate), LOSS, metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=PATIENCE, restore_best_weights=True)
    sizes = {"batch_size": 30, "validation_batch_size": 100}
    history = model.fit(
        *train, validation_data=validation, epochs=epochs, callbacks=[stop], verbose=0, **sizes
    ).history
    return Run(rate, model, history)
