"""Which of several is better, by how much, and how surely; which of them are worth a look."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from course_utils.errors import unknown_name
from course_utils.evaluation import CONFIDENCE

PAIRED_BY = ["data_set", "backbone", "seed"]
_DRAWS = 500


def gains(study: pd.DataFrame, by: str, *arms: str, than: str = "frozen") -> pd.DataFrame:
    """Return how much each arm of the study gains over another: `mean`, `low`, `high`, a row for each group and arm.

    Trainings are paired by backbone, data set and seed; the interval goes over the seeds, each with its own pictures.

    Parameters
    ----------
    study : as in `data/study.csv`: columns data_set, backbone, arm, seed, accuracy.
    by : the column to group by, "data_set" or "backbone".
    """
    table = study.pivot_table("accuracy", PAIRED_BY, "arm", sort=False)
    for arm in (*arms, than):
        if arm not in table:
            raise unknown_name("arms", arm, table.columns)
    found = {}
    for arm in arms:
        for name, rows in table.dropna(subset=[arm, than]).groupby(by, sort=False):
            means = rows.groupby("seed")[[arm, than]].mean()
            found[f"{name}, {arm}" if len(arms) > 1 else name] = paired_interval(means[arm], means[than])
    return pd.DataFrame(found).T


def rank_correlation(a: pd.Series, b: pd.Series) -> pd.Series:
    """Return Spearman's rank correlation of two columns, and its 95 % interval by the bootstrap: `mean`, `low`, `high`.

    The bootstrap draws rows anew, with replacement, as if other networks had been at hand.
    """
    both = pd.concat([a, b], axis=1, keys=["a", "b"]).dropna()
    draws = [both.sample(frac=1, replace=True, random_state=i) for i in range(_DRAWS)]
    ranks = [_ranked(draw) for draw in draws if draw["a"].nunique() > 1 and draw["b"].nunique() > 1]
    low, high = np.quantile(ranks, [0.025, 0.975])
    return pd.Series({"mean": _ranked(both), "low": low, "high": high})


def _ranked(both: pd.DataFrame) -> float:
    return float(both.rank().corr().loc["a", "b"])


def paired_interval(
    better: Sequence[float] | np.ndarray, worse: Sequence[float] | np.ndarray, confidence: float = CONFIDENCE
) -> pd.Series:
    """Return the mean difference of pairs and its interval by Student's t: `mean`, `low`, `high`.

    Pairs are trainings with the same seed, that saw the same pictures; what makes these easy or hard falls out.

    Parameters
    ----------
    better, worse : accuracies, in the same order; at least two pairs. A pair that lacks one is left out.
    """
    difference = np.asarray(better, float) - np.asarray(worse, float)
    difference = difference[~np.isnan(difference)]
    if len(difference) < 2:
        raise ValueError(f"`better` and `worse` must have at least two pairs. Received: {len(difference)}.")
    from scipy.stats import t  # takes half a second

    error = difference.std(ddof=1) / np.sqrt(len(difference))
    reach = t.ppf((1 + confidence) / 2, len(difference) - 1) * error
    mean = difference.mean()
    return pd.Series({"mean": mean, "low": mean - reach, "high": mean + reach})


def pareto_front(cost: Sequence[float] | np.ndarray, accuracy: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return True for each that no other beats: none is as cheap and as accurate, and better in one of the two."""
    cost, accuracy = np.asarray(cost, float), np.asarray(accuracy, float)
    as_good = (cost[:, None] <= cost) & (accuracy[:, None] >= accuracy)  # [i, j]: i is as good as j in both
    return ~(as_good & ((cost[:, None] < cost) | (accuracy[:, None] > accuracy))).any(axis=0)


def nearest_mean_score(vectors: np.ndarray, labels: np.ndarray) -> float:
    """Return how often a vector is nearest to the mean of its own class, 0..1; no head and no other picture is needed.

    Each vector is left out of the mean that it is compared with: its own would be half of a mean of two.

    Parameters
    ----------
    vectors, labels : (n, d) and (n,). A class with one vector alone has no mean for it.
    """
    vectors, classes = np.asarray(vectors, float), np.unique(labels, return_inverse=True)[1]
    members = np.eye(classes.max() + 1)[classes]  # (n, k)
    sums, counts = members.T @ vectors, members.sum(axis=0)
    distances = np.stack([((vectors - mean) ** 2).sum(axis=1) for mean in sums / counts[:, None]], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):  # a class of one
        stretch = counts / (counts - 1)  # leaving a vector out moves its mean away from it by so much
        own = distances[np.arange(len(classes)), classes] * stretch[classes] ** 2
    distances[np.arange(len(classes)), classes] = np.where(np.isfinite(own), own, np.inf)
    return float((distances.argmin(axis=1) == classes).mean())
