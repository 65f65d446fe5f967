"""Numbers of the evaluation against independent sources: scikit-learn, and intervals from the literature."""

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from course_utils import evaluation

NAMES = ["robin", "wren", "heron", "tern", "rook", "owl"]


def make(n=120, seed=0, names=NAMES):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(names) - 1, n)  # the last class never occurs
    probabilities = rng.dirichlet(np.ones(len(names)), n)
    probabilities[np.arange(n), labels] += 0.4
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    table = pd.DataFrame(
        {"path": [f"{i}.png" for i in range(n)], "label": labels, "camera": ["day", "dusk"] * (n // 2)}
    )
    table["class_name"] = [names[label] for label in labels]
    table["known"] = table["class_name"].isin(["robin", "wren"])
    return probabilities, table


@pytest.fixture
def case():
    probabilities, table = make()
    return probabilities, table, evaluation.predictions(probabilities, table, NAMES)


def test_predictions_keep_the_table_and_add_the_answers(case):
    probabilities, table, predictions = case
    assert predictions["path"].tolist() == table["path"].tolist()
    assert predictions["predicted"].tolist() == [NAMES[i] for i in probabilities.argmax(axis=1)]
    assert predictions["correct"].tolist() == (probabilities.argmax(axis=1) == table["label"]).tolist()
    np.testing.assert_allclose(predictions["confidence"], probabilities.max(axis=1))
    assert "predicted" not in table


def test_accuracy_and_top_k_against_scikit_learn(case):
    probabilities, table, predictions = case
    assert evaluation.accuracy(predictions) == metrics.accuracy_score(
        table["label"], probabilities.argmax(axis=1)
    )
    for k in (1, 2, 3, 5):
        expected = metrics.top_k_accuracy_score(table["label"], probabilities, k=k, labels=range(6))
        assert evaluation.top_k_accuracy(predictions, k) == pytest.approx(expected)
    assert evaluation.top_k_accuracy(predictions, 6) == 1


def test_equal_probabilities_count_once():
    table = pd.DataFrame({"label": [0, 1, 2], "class_name": NAMES[:3]})
    predictions = evaluation.predictions(np.full((3, 3), 1 / 3), table, NAMES[:3])
    assert predictions["rank"].tolist() == [1, 2, 3]
    assert (predictions["rank"].eq(1) == predictions["correct"]).all()


def test_confusion_against_scikit_learn_also_after_a_trip_through_a_file(case, tmp_path):
    probabilities, table, predictions = case
    expected = metrics.confusion_matrix(table["label"], probabilities.argmax(axis=1), labels=range(6))
    counts = evaluation.confusion(predictions)
    np.testing.assert_array_equal(counts, expected)
    assert counts.index.tolist() == counts.columns.tolist() == NAMES
    assert (counts.index.name, counts.columns.name) == ("true", "predicted")
    predictions.to_csv(tmp_path / "p.csv", index=False)
    again = evaluation.confusion(pd.read_csv(tmp_path / "p.csv"))
    np.testing.assert_array_equal(again, expected)
    assert again.index.tolist() == NAMES


def test_most_confused_counts_ordered_pairs():
    said = ["wren", "wren", "robin", "robin", "heron", "wren"]
    true = ["robin", "robin", "robin", "wren", "heron", "heron"]
    table = pd.DataFrame({"class_name": true, "label": [NAMES.index(name) for name in true]})
    predictions = evaluation.predictions(np.eye(6)[[NAMES.index(name) for name in said]], table, NAMES)
    worst = evaluation.most_confused(predictions, 2)
    assert worst.values.tolist() == [["robin", "wren", 2, pytest.approx(2 / 3)], ["wren", "robin", 1, 1.0]]
    assert len(evaluation.most_confused(predictions)) == 3


def test_accuracy_by_is_best_first_and_covers_all_rows(case):
    _, _, predictions = case
    by = evaluation.accuracy_by(predictions, "class_name")
    assert by["count"].sum() == len(predictions) and "owl" not in by.index
    assert by["accuracy"].is_monotonic_decreasing
    assert (
        by.loc["wren", "accuracy"] == predictions.loc[predictions["class_name"] == "wren", "correct"].mean()
    )
    assert ((by["low"] < by["accuracy"]) & (by["accuracy"] < by["high"])).all()
    with pytest.raises(ValueError, match="`column` must be one of.*Received: 'camra'. Did you mean 'camera'"):
        evaluation.accuracy_by(predictions, "camra")
    predictions.loc[:9, "camera"] = None
    assert evaluation.accuracy_by(predictions, "camera")["count"].sum() == len(predictions)


def test_seen_against_unseen(case):
    _, _, predictions = case
    result = evaluation.seen_against_unseen(predictions)
    assert result.index.tolist() == ["seen", "unseen"] and result["classes"].tolist() == [2, 3]
    known = predictions["known"]
    assert result["count"].tolist() == [known.sum(), (~known).sum()]
    assert result.loc["seen", "accuracy"] == predictions[known]["correct"].mean()
    with pytest.raises(ValueError, match="Received: 'met'"):
        evaluation.seen_against_unseen(predictions, "met")
    with pytest.raises(ValueError, match="rows without a value"):
        evaluation.seen_against_unseen(predictions.assign(known=[None] + [True] * 119))


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
# Statistics in Medicine 17, 1998, table I, method 3 (Wilson's score without continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


def test_wilson_interval_against_the_literature():
    correct, n, low, high = map(np.array, zip(*NEWCOMBE, strict=True))
    np.testing.assert_allclose(evaluation.wilson_interval(correct, n), (low, high), atol=5e-5)
    low, high = evaluation.wilson_interval([0, 5, 0], [5, 5, 0])
    assert low[0] == 0 and high[1] == 1 and (low[2], high[2]) == (0, 1)
    narrow, wide = (np.subtract(*evaluation.wilson_interval(30, 40, c)[::-1]) for c in (0.8, 0.99))
    assert narrow < wide
    for arguments, words in (((6, 5), "`correct`"), ((-1, 5), "`correct`"), ((1, 2, 95), "`confidence`.*95")):
        with pytest.raises(ValueError, match=words):
            evaluation.wilson_interval(*arguments)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda p, t, c: (p[:-1], t, c), r"shape.*\(120, 6\).*Received: \(119, 6\)"),
        (lambda p, t, c: (p[:, :5], t, c), r"Received: \(120, 5\)"),
        (lambda p, t, c: (np.log(p), t, c), "logits"),
        (lambda p, t, c: (p * 3, t, c), "sum to 1"),
        (lambda p, t, c: (np.where(p > 0.5, np.nan, p), t, c), "sum to 1"),
        (lambda p, t, c: (p, t, c[::-1]), "`class_names` must be in label order"),
        (lambda p, t, c: (p, t.assign(label=7), c), "labels from 0 to 5"),
    ],
)
def test_predictions_refuse_what_does_not_fit(change, message):
    with pytest.raises(ValueError, match=message):
        evaluation.predictions(*change(*make(), NAMES))


def test_an_accuracy_of_nothing_is_refused(case):
    _, _, predictions = case
    for function in (evaluation.accuracy, evaluation.top_k_accuracy):
        with pytest.raises(ValueError, match="at least one row"):
            function(predictions.iloc[:0])
    with pytest.raises(ValueError, match="`k` must be 1 or more"):
        evaluation.top_k_accuracy(predictions, 0)


def test_the_cheapest_answer_weighs_what_each_would_cost():
    costs = np.array([[0, 1, 100], [1, 0, 100], [5, 5, 0]])
    sure = np.array([[0.1, 0.0, 0.9], [0.01, 0.0, 0.99], [0.3, 0.6, 0.1]])
    # 0.9 * 5 against 0.1 * 100; 0.99 * 5 against 0.01 * 100
    assert evaluation.cheapest_answers(sure, costs).tolist() == [0, 2, 1]
    equal = 1 - np.eye(3)
    assert evaluation.cheapest_answers(sure, equal).tolist() == sure.argmax(axis=1).tolist()
    with pytest.raises(ValueError, match=r"`costs` must have .*\(3, 3\).*Received: \(2, 2\)"):
        evaluation.cheapest_answers(sure, np.ones((2, 2)))
