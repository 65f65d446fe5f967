"""The weights of the best linear head: logistic regression, its penalty chosen by validation."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits

# What is tried: the smaller, the more are large weights punished.
STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
VALIDATION = 0.2  # share of the vectors that choose


def best_weights(
    vectors: np.ndarray, labels: np.ndarray, n_classes: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return kernel (d, k) and bias (k,), float32. Classes without a vector are never the answer.

    Raises
    ------
    ValueError : vectors of fewer than two classes.
    """
    if len(present := np.unique(labels)) < 2:
        raise ValueError(
            f"`labels` must be of at least two classes. Received: {len(present)}, in {len(labels)} labels."
        )
    mean = vectors.mean(axis=0)
    scale = max(float((vectors - mean).std()), 1e-12)  # one for all, so what is small stays small
    x = ((vectors - mean) / scale).astype(float)
    with threadpool_limits(1):  # in fits as small as these several cores are in each other's way
        fitted = _regression(_best_strength(x, labels, seed)).fit(x, labels)
    weights, bias = fitted.coef_, fitted.intercept_
    if len(present) == 2:  # scikit-learn has one row for two classes
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    kernel, intercept = np.zeros((vectors.shape[1], n_classes)), np.full(n_classes, -1e3)
    kernel[:, fitted.classes_], intercept[fitted.classes_] = weights.T / scale, bias
    return kernel.astype("float32"), (intercept - mean @ kernel).astype("float32")


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, tol=1e-3)


def _best_strength(x: np.ndarray, labels: np.ndarray, seed: int) -> float:
    """Return the strength whose loss on the held out vectors is lowest; the middle one where there are too few."""
    counts = np.unique(labels, return_counts=True)[1]
    if counts.min() < 2:
        return STRENGTHS[len(STRENGTHS) // 2]
    n_held_out = max(round(VALIDATION * len(x)), len(counts))
    parts = train_test_split(x, labels, test_size=n_held_out, random_state=seed, stratify=labels)
    return min(STRENGTHS, key=lambda strength: _validation_loss(strength, *parts))


def _validation_loss(strength: float, x, x_held_out, y, y_held_out) -> float:
    fitted = _regression(strength).fit(x, y)
    return log_loss(y_held_out, fitted.predict_proba(x_held_out), labels=fitted.classes_)
