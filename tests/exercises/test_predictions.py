"""Predictions and fitted models are judged by what they answer; a typed number is not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from course_utils.exercises import Exam, Mistake, Outcome, Predictions
from course_utils.exercises.verdicts import Status

RIGHT, NOT_YET = Status.RIGHT, Status.NOT_YET
NAMES = ["Kite", "Owl", "Rail"]
DICE = np.random.default_rng(0)
LABELS = DICE.integers(0, 3, 300)
VECTORS = np.eye(3)[LABELS] + DICE.normal(scale=0.6, size=(300, 3))
TRAIN, TEST = slice(0, 180), slice(180, 300)
GIVEN = {"vectors": VECTORS[TEST], "labels": LABELS[TEST], "profile": "sketch"}

EXAM = Exam(
    what="the test pictures",
    truth=lambda labels, **_: labels,
    inputs=lambda vectors, **_: vectors,
    measured={"sketch": [0.75, 0.76, 0.77]},
    below="That is lower than we saw.",
    above="Higher than we saw: are those the pictures it was trained on?",
    margin=0.05,
)
ALONE = Exam(
    what="the test pictures",
    truth=lambda labels, **_: np.array(NAMES)[labels],
    measured=lambda labels, **_: [0.7, 0.8],
    below="That is lower than we saw.",
    above="Higher than we saw.",
)
CHECK = Predictions(
    exams=[EXAM],
    classes=lambda **_: NAMES,
    given=GIVEN,
    mistakes=[Mistake(lambda labels, **_: np.zeros_like(labels), "All of them Kites?")],
)
FITTED = LogisticRegression().fit(VECTORS[TRAIN], LABELS[TRAIN])
SCORES = FITTED.predict_proba(VECTORS[TEST])
SAID = SCORES.argmax(axis=1)


class Nothing:
    def predict(self, vectors):
        raise RuntimeError("not fitted")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (FITTED, ""),
        (FITTED.predict, ""),
        (SCORES, ""),
        (np.log(SCORES), ""),
        (SAID, ""),
        (list(map(int, SAID)), ""),
        (SAID.astype(float), ""),
        (np.array(NAMES)[SAID], ""),
        (pd.Categorical.from_codes(SAID, NAMES), ""),
        (pd.DataFrame({"predicted": np.array(NAMES)[SAID]}), ""),
        (
            0.76,
            "Expected the fitted model, or its predictions, one for each of the test pictures: the check counts",
        ),
        ([1.2, 0.76], "the check counts for itself. Received: [1.2, 0.76]"),
        (FITTED.predict(VECTORS[TRAIN]), "for each of the test pictures, 120 in all. Received: 180."),
        (LABELS[TEST], "are named right. Higher than we saw"),
        (SAID[::-1], "That is lower than we saw."),
        (np.zeros(120, int), "All of them Kites?"),
        (np.eye(4)[SAID], "Expected scores for each of 3 classes. Received: 4"),
        (SCORES.max(axis=1), "Which class does it mean?"),
        (np.full((120, 3), np.nan), "`nan`"),
        (SCORES[:, :, None], "an array of shape (120, 3, 1)"),
        (
            Nothing(),
            "Asked about the test pictures, it stops in line 49 of",
        ),
        ("Kite", "Expected the fitted model"),
        ({"a": 1}, "Expected the fitted model"),
    ],
    ids=range(23),
)
def test_what_is_answered_counts(answer, words):
    status, reason = CHECK.judge(answer, **GIVEN)
    assert status is (NOT_YET if words else RIGHT) and words in reason
    assert "Keras" not in reason and "evaluate" not in reason


def test_a_model_that_saw_what_it_should_not_is_told_by_that():
    few = slice(0, 30)
    rest = Exam(
        what="the training pictures that were not drawn",
        truth=lambda **_: LABELS[30:180],
        inputs=lambda **_: VECTORS[30:180],
        measured=lambda **_: [0.6, 0.75],
        below="Low.",
        above="It knows them: was it fitted to all training pictures?",
    )
    check = Predictions(
        exams=[Exam(**{**vars(EXAM), "measured": {"sketch": [0.5, 0.9]}}), rest],
        given=GIVEN,
        classes=CHECK.classes,
    )
    tree = DecisionTreeClassifier(random_state=0)
    assert check.judge(tree.fit(VECTORS[few], LABELS[few]), **GIVEN)[0] is RIGHT
    assert "It knows them" in check.judge(tree.fit(VECTORS[TRAIN], LABELS[TRAIN]), **GIVEN)[1]
    assert "Expected the fitted model itself. Received" in check.judge(SAID, **GIVEN)[1]


def test_where_there_are_only_predictions_a_model_is_asked_to_answer_first():
    check = Predictions(exams=[ALONE], classes=CHECK.classes, given=GIVEN)
    assert check.judge(SAID, **GIVEN)[0] is RIGHT
    assert "Received: a LogisticRegression. Ask it, and give its answers." in check.judge(FITTED, **GIVEN)[1]


def test_an_outcome_that_is_no_share_is_called_neither_percent_nor_keras():
    check = Outcome(
        measured={"sketch": [0.7, 0.72]}, below="Low.", above="High.", given={"profile": "sketch"}
    )
    assert check.judge(1.07, profile="sketch")[1].endswith("Received: 1.07. Is that a loss?")
    assert all("not in per cent or as a count" in check.judge(n, profile="sketch")[1] for n in (71, 71.5, 2))
    assert "such as a loss and an accuracy" in check.judge([1.07, 0.7], profile="sketch")[1]
    assert check.band("sketch") == pytest.approx((0.67, 0.75))
