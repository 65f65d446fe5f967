"""A rate is chosen by validation pictures alone, and the best epoch's weights are kept."""

import keras
import numpy as np
import pytest

from course_utils.tuning import best_of

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 4)).astype("float32")
Y = (X[:, 0] > 0).astype(int)
SPLIT = np.array(["train", "validation", "test"] * 20)
WRONG = np.where(SPLIT == "train", Y, 1 - Y)  # what helps on the training rows harms on all others


def build():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, kernel_initializer="zeros")])


def test_the_rate_with_the_lowest_validation_loss_is_chosen_not_the_one_that_fits_best():
    assert best_of([1e-1, 1e-2, 1e-5], build, X, WRONG, SPLIT, epochs=5).rate == 1e-5
    assert best_of([1e-1, 1e-2, 1e-5], build, X, Y, SPLIT, epochs=5).rate == 1e-1


def test_the_weights_of_the_best_epoch_are_kept_and_training_stops_when_nothing_improves():
    run, chose = best_of([0.3], build, X, WRONG, SPLIT, epochs=60), SPLIT == "validation"
    loss, _ = run.model.evaluate(X[chose], WRONG[chose], verbose=0)
    assert loss == pytest.approx(run.loss, rel=1e-4)
    assert len(run.history["loss"]) < 60 and run.history["val_loss"][-1] > 1.5 * run.loss
    assert "rate 0.3" in repr(run)


@pytest.mark.parametrize("rates", [[], [0], ["fast"]])
def test_rates_must_be_numbers_above_zero(rates):
    with pytest.raises(ValueError, match="`rates` must be a list"):
        best_of(rates, build, X, Y, SPLIT)


def test_without_pictures_that_choose_it_refuses():
    with pytest.raises(ValueError, match='some of them "validation".*test.*train'):
        best_of([0.1], build, X, Y, np.where(SPLIT == "validation", "test", SPLIT))


def test_test_rows_are_never_looked_at():
    spoilt = np.where((SPLIT == "test")[:, None], np.nan, X)
    assert np.isfinite(best_of([0.1], build, spoilt, Y, SPLIT, epochs=2).loss)
