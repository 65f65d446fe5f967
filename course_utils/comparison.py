"""Which of several is better, by how much, and how surely; which of them are worth a look."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from course_utils.errors import unknown_name
from course_utils.evaluation import CONFIDENCE

PAIRED_BY = ["data_set", "backbone", "seed"]


def gains(
    study: pd.DataFrame, by: str, *arms: str, than: str = "frozen", of: str = "accuracy"
) -> pd.DataFrame:
    """Return how much each arm of the study gains over another: `mean`, `low`, `high`, a row for each group and arm.

    Trainings are paired by backbone, data set and seed; the interval goes over the seeds, each with its own pictures.

    Parameters
    ----------
    study : as in `data/study.csv`: columns data_set, backbone, arm, seed, and what is compared.
    by : the column to group by, "data_set" or "backbone".
    of : the column that is compared, such as "unseen".
    """
    table = study.pivot_table(of, PAIRED_BY, "arm", sort=False)
    for arm in (*arms, than):
        if arm not in table:
            raise unknown_name("arms", arm, table.columns)
    found = {}
    for arm in arms:
        for name, rows in table.dropna(subset=[arm, than]).groupby(by, sort=False):
            means = rows.groupby("seed")[[arm, than]].mean()
            found[f"{name}, {arm}" if len(arms) > 1 else name] = paired_interval(means[arm], means[than])
    return pd.DataFrame(found).T


def over_seeds(study: pd.DataFrame, by: str, of: str = "accuracy") -> pd.DataFrame:
    """Return means and their 95 % intervals over seeds: `accuracy`, `low`, `high`, a row for each group.

    For the arguments see `gains`.
    """
    means = study.groupby([by, "seed"], sort=False)[of].mean().unstack(by)
    rows = {name: paired_interval(column, np.zeros(len(column))) for name, column in means.items()}
    return pd.DataFrame(rows).T.rename(columns={"mean": "accuracy"})


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


def variance_components(right: np.ndarray, groups: Sequence | np.ndarray) -> pd.DataFrame:
    """Return how much of the luck in an accuracy is due to training pictures, to test pictures, and to classes.

    Each answer counts as a sum of effects of its class, of its picture (inside the class), and of the draw of training
    pictures, by itself and together with these two. The variances of the first two are estimated by setting the mean
    squares of the analysis of variance equal to what is expected of them (below zero counts as zero); all that a draw
    changes goes to the training pictures.

    Parameters
    ----------
    right : (draws, pictures), 1 where a head that was trained on a draw names a test picture right, else 0.
    groups : the class of each picture; all classes must have equally many.

    Returns
    -------
    Rows "training pictures", "test pictures", "classes"; columns `variance` (of the accuracy of one head, if that part
    were drawn anew), `share` of their sum, and `sd`, its root.

    Source: S. R. Searle, G. Casella, C. E. McCulloch, "Variance Components", Wiley, 1992, chapter 4.
    """
    cube = _by_class(np.asarray(right, float), np.asarray(groups))  # (draws, classes, pictures)
    d, c, n = cube.shape
    mean, of_draw, of_class = cube.mean(), cube.mean((1, 2)), cube.mean((0, 2))
    of_both, of_picture = cube.mean(2), cube.mean(0)
    by_class = d * n * ((of_class - mean) ** 2).sum() / (c - 1)
    by_picture = d * ((of_picture - of_class[:, None]) ** 2).sum() / (c * (n - 1))
    by_both = n * ((of_both - of_draw[:, None] - of_class + mean) ** 2).sum() / ((d - 1) * (c - 1))
    left = cube - of_both[:, :, None] - of_picture + of_class[:, None]
    by_rest = (left**2).sum() / ((d - 1) * c * (n - 1))
    parts = {
        "training pictures": of_draw.var(ddof=1),
        "test pictures": (by_picture - by_rest) / (d * c * n),
        "classes": (by_class - by_picture - by_both + by_rest) / (d * n * c),
    }
    table = pd.DataFrame({"variance": parts}).clip(lower=0)
    return table.assign(share=table["variance"] / table["variance"].sum(), sd=table["variance"] ** 0.5)


def _by_class(right: np.ndarray, groups: np.ndarray) -> np.ndarray:
    names, counts = np.unique(groups, return_counts=True)
    if right.ndim != 2 or right.shape[1:] != groups.shape:
        raise ValueError(
            f"`right` must have a row for each draw and a column for each of the {len(groups)} `groups`. "
            f"Received: shape {right.shape}."
        )
    if len(right) < 2 or len(names) < 2 or counts.min() < 2 or len(set(counts)) > 1:
        raise ValueError(
            "`groups` must be two classes or more with equally many pictures, two at least, and `right` two draws or "
            f"more. Received: {len(right)} draws, classes of {counts.min()} to {counts.max()} pictures."
        )
    return np.stack([right[:, groups == name] for name in names], axis=1)


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
