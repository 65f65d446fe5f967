"""How good is a classifier, on what, and how sure can we be? DataFrames in, DataFrames out.

Everything starts from the table that `predictions` makes: one row a picture, with all that is known about it.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from course_utils.errors import unknown_name

CONFIDENCE = 0.95


def predictions(probabilities: np.ndarray, table: pd.DataFrame, class_names: Sequence[str]) -> pd.DataFrame:
    """Return one row for each picture: what it is, what the model says, how sure the model is.

    Parameters
    ----------
    probabilities : shape (n, k), each row sums to 1; row i belongs to row i of the table.
    table : n rows with columns `label` and `class_name`, as in `ImageDataset.table`; all its columns are kept.
    class_names : the k class names in label order.

    Returns
    -------
    The table with added columns `predicted` (class name), `correct`, `confidence` (probability of the
    predicted class) and `rank` (place of the true class among the guesses, 1 = right). `class_name` and
    `predicted` are categories in label order.
    """
    probabilities = np.asarray(probabilities, float)
    _check(probabilities, table, class_names)
    labels = table["label"].to_numpy(int)
    guesses = probabilities.argmax(axis=1)  # (n,)
    of_truth = probabilities[np.arange(len(labels)), labels][:, None]  # (n, 1)
    # Of equal probabilities the lower label goes first.
    before = np.arange(probabilities.shape[1]) < labels[:, None]
    ahead = (probabilities > of_truth) | ((probabilities == of_truth) & before)
    category = pd.CategoricalDtype(list(class_names))
    return table.reset_index(drop=True).assign(
        class_name=pd.Categorical.from_codes(labels, dtype=category),
        predicted=pd.Categorical.from_codes(guesses, dtype=category),
        correct=guesses == labels,
        confidence=probabilities.max(axis=1),
        rank=1 + ahead.sum(axis=1),
    )


def accuracy(predictions: pd.DataFrame) -> float:
    """Return the share of right answers, 0..1."""
    return float(_some(predictions)["correct"].mean())


def top_k_accuracy(predictions: pd.DataFrame, k: int = 5) -> float:
    """Return the share of pictures whose true class is among the k most probable, 0..1."""
    if k < 1:
        raise ValueError(f"`k` must be 1 or more. Received: {k}.")
    return float((_some(predictions)["rank"] <= k).mean())


def accuracy_by(predictions: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return count, accuracy and its 95% interval (`low`, `high`) for each value of a column, best first.

    Rows without a value form a group of their own. A group of few pictures has a wide interval: look at it
    before you believe a difference.
    """
    if column not in _some(predictions):
        raise unknown_name("column", column, map(str, predictions.columns))
    groups = predictions.groupby(column, observed=True, dropna=False)["correct"]
    table = pd.DataFrame({"count": groups.size(), "accuracy": groups.mean()})
    table["low"], table["high"] = wilson_interval(groups.sum(), table["count"])
    return table.sort_values("accuracy", ascending=False, kind="stable")


def seen_against_unseen(predictions: pd.DataFrame, column: str = "known") -> pd.DataFrame:
    """Return accuracy for classes that the backbone met in its pre-training ("seen") and others ("unseen").

    Parameters
    ----------
    column : True where the class was among those the backbone was trained on.

    Returns
    -------
    Rows "seen" and "unseen" (those that occur), columns classes, count, accuracy, low, high.
    """
    if column not in predictions:
        raise ValueError(
            "`column` must name a column that is True where the backbone knew the class. "
            f"Received: {column!r}, not among {', '.join(map(str, predictions.columns))}. "
            "Add it to the data set's table first."
        )
    if predictions[column].isna().any():
        raise ValueError(
            f"Column {column!r} must be True or False in each row. Received: rows without a value."
        )
    group = predictions[column].astype(bool).map({True: "seen", False: "unseen"})
    result = accuracy_by(predictions.assign(group=group), "group").reindex(["seen", "unseen"]).dropna()
    classes = predictions.groupby(group)["class_name"].nunique()
    result.insert(0, "classes", classes.reindex(result.index))
    return result.astype({"count": int}).rename_axis(None)


def confusion(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return counts of true classes (rows) taken for each class (columns), in label order."""
    names = _class_names(predictions)
    counts = pd.DataFrame(0, index=pd.Index(names, name="true"), columns=pd.Index(names, name="predicted"))
    true, guessed = (
        pd.Index(names).get_indexer(predictions[column]) for column in ("class_name", "predicted")
    )
    values = counts.to_numpy(copy=True)
    np.add.at(values, (true, guessed), 1)
    return pd.DataFrame(values, index=counts.index, columns=counts.columns)


def most_confused(predictions: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """Return the n commonest mistakes: class_name, predicted, count, and share of that class's pictures."""
    counts = confusion(predictions)
    table = counts.rename_axis(index="class_name").stack().rename("count").reset_index()
    table["share"] = table["count"] / table["class_name"].map(counts.sum(axis=1))
    mistakes = table[(table["class_name"] != table["predicted"]) & (table["count"] > 0)]
    return (
        mistakes.sort_values(["count", "share"], ascending=False, kind="stable")
        .head(n)
        .reset_index(drop=True)
    )


def cheapest_answers(probabilities: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """Return for each picture the label whose expected cost is lowest, shape (n,); of equal ones the lower.

    Parameters
    ----------
    probabilities : (n, k), as `predictions` takes them.
    costs : (k, k), what it costs if the first class is true and the second is answered.

    Source: C. Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001.
    """
    probabilities, costs = np.asarray(probabilities, float), np.asarray(costs, float)
    k = probabilities.shape[-1]
    if costs.shape != (k, k):
        raise ValueError(
            f"`costs` must have a row and a column for each class, here {(k, k)}. Received: {costs.shape}."
        )
    return (probabilities @ costs).argmin(axis=1)


def wilson_interval(
    correct: int | Sequence[int] | np.ndarray,
    n: int | Sequence[int] | np.ndarray,
    confidence: float = CONFIDENCE,
) -> tuple[np.ndarray, np.ndarray]:
    """Return lower and upper end of the interval for a share of `correct` out of `n`; arrays give arrays.

    Unlike "share plus or minus two standard errors" it stays inside 0..1 and works for few pictures and for
    0 or n right answers. With n = 0 nothing is known: 0 and 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
    1927.
    """
    correct, n = np.asarray(correct, float), np.asarray(n, float)
    if not ((correct >= 0) & (correct <= n)).all():
        raise ValueError(f"`correct` must lie between 0 and `n`. Received: correct={correct}, n={n}.")
    if not 0 < confidence < 1:
        raise ValueError(f"`confidence` must lie between 0 and 1, as 0.95. Received: {confidence}.")
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    centre = (correct + z2 / 2) / (n + z2)
    spread = np.sqrt(z2) / (n + z2) * np.sqrt(correct * (n - correct) / np.maximum(n, 1) + z2 / 4)
    # At the ends rounding would leave 1e-17 instead of 0, and 0.9999 instead of 1.
    low = np.where(correct == 0, 0.0, (centre - spread).clip(0, 1))
    return low, np.where(correct == n, 1.0, (centre + spread).clip(0, 1))


def _check(probabilities: np.ndarray, table: pd.DataFrame, class_names: Sequence[str]) -> None:
    expected = (len(table), len(class_names))
    if probabilities.shape != expected:
        raise ValueError(
            f"`probabilities` must have shape (pictures, classes), here {expected}. "
            f"Received: {probabilities.shape}. Predict on the very rows of `table`, with the same `split`."
        )
    sums = probabilities.sum(axis=1)
    if not ((probabilities >= 0).all() and np.allclose(sums, 1, atol=0.01)):
        low, high = (probabilities.min(), probabilities.max()) if probabilities.size else (np.nan, np.nan)
        raise ValueError(
            "`probabilities` must be 0 or more and sum to 1 in each row. "
            f"Received: values from {low:.3g} to {high:.3g}. For logits, apply keras.ops.softmax first."
        )
    names = np.asarray(class_names, object)
    labels = table["label"].to_numpy(int)
    if len(labels) and not (0 <= labels.min() and labels.max() < len(names)):
        raise ValueError(
            f"`table` must have labels from 0 to {len(names) - 1}. Received: {sorted(set(labels))}."
        )
    wrong = np.flatnonzero(names[labels] != table["class_name"].to_numpy(object))
    if len(wrong):
        row = table.iloc[wrong[0]]
        raise ValueError(
            f"`class_names` must be in label order: label {row['label']} is {row['class_name']!r}. "
            f"Received: {names[row['label']]!r} in that place. Use the data set's own `class_names`."
        )


def _class_names(predictions: pd.DataFrame) -> list[str]:
    """Return all class names in label order; a table read from a CSV file knows only those it holds."""
    dtype = predictions["class_name"].dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return list(dtype.categories)
    known = predictions.drop_duplicates("label").sort_values("label")["class_name"].tolist()
    return known + sorted(set(predictions["predicted"]) - set(known))


def _some(predictions: pd.DataFrame) -> pd.DataFrame:
    if predictions.empty:
        raise ValueError(
            "`predictions` must have at least one row: an accuracy of nothing is no number. Received: 0."
        )
    return predictions
