"""Numbers, texts and tables are compared by what they say, whatever they are dressed in."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from course_utils.exercises import Mistake, Table, Value
from course_utils.exercises.answers import NOTHING, shortly
from course_utils.exercises.verdicts import Status

RIGHT, NOT_YET, NOT_TRIED = Status.RIGHT, Status.NOT_YET, Status.NOT_TRIED


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (9.81, RIGHT, ""),
        (np.float32(9.8), RIGHT, ""),
        (np.array(9.81), RIGHT, ""),
        (pd.Series([9.81]), RIGHT, ""),
        (Fraction(981, 100), RIGHT, ""),
        (Decimal("9.81"), RIGHT, ""),
        ([Fraction(981, 100)], RIGHT, ""),
        (..., NOT_TRIED, ""),
        (" ... ", NOT_TRIED, ""),
        (None, NOT_YET, "`compile`, `add`, `sort`, `print`"),
        ([9.81, 9.81], NOT_YET, "Expected a single number. Received: 2 numbers."),
        (32.2, NOT_YET, "in feet"),
        (9.0, NOT_YET, "9.0 is too small"),
        (np.float64(900), NOT_YET, "900.0 is far too large"),
        ("9.81", NOT_YET, "leave out the quotes"),
        ("Kite", NOT_YET, "a text."),
        ("never: SHA-256", NOT_YET, "a text."),
        (["all", "one"], NOT_YET, "not all in it are numbers."),
        ("9.81 m/s²", NOT_YET, "leave out the quotes"),
        (True, NOT_YET, "a truth value"),
        (np.True_, NOT_YET, "a truth value"),
        (max, NOT_YET, "Expected a number"),
        ([7, ...], NOT_YET, "in which something is still open"),
        ([7, None], NOT_YET, "in which there is a `None`"),
        ([7, "9"], NOT_YET, "with texts in it; leave out the quotes"),
        (float("nan"), NOT_YET, "not a finite number but NaN"),
        (float("inf"), NOT_YET, "not a finite number, or"),
        ([9.81, (9, 10)], NOT_YET, "a list of their own; give all in one row"),
        ({"g": 9.81}, NOT_YET, "give its values in a list"),
        (pd.DataFrame({"a": ["x"] * 99, "b": 0}), NOT_YET, "Received: a table of 99 rows and 2 columns"),
        (10**400, NOT_YET, "far too large"),
        ([10**5000, "a"], NOT_YET, "too long to show"),
        ([10**400], NOT_YET, "far too large"),
    ],
    ids=lambda case: "",
)
def test_value(answer, status, words):
    got, reason = Value(9.81, mistakes=[Mistake(32.2, "That is in feet.")]).judge(answer)
    assert got is status and words in reason and "np." not in reason
    assert (answer is None) == (reason == NOTHING)


def test_several_values_are_counted():
    check = Value([0.5, 2.0, 3.0])
    for right in (np.array([0.5, 2, 3]), [Fraction(1, 2), 2, Decimal(3)], (np.float32(0.5), np.int8(2), 3)):
        assert check.judge(right)[0] is RIGHT
    assert check.judge([0.5, 2, 4]) == (NOT_YET, "1 of the 3 numbers is off: number 3.")
    assert check.judge([1, 2]) == (NOT_YET, "Expected 3 numbers. Received: 2 numbers.")
    assert "truth values." in check.judge(np.array([True, False, True]))[1]


def test_ones_and_zeros_may_be_truth_values():
    check = Value([0, 1, 1], rtol=0)
    for right in (
        [0, 1, 1.0],
        [False, True, True],
        np.array([False, True, True]),
        (np.False_, np.True_, np.True_),
    ):
        assert check.judge(right)[0] is RIGHT
    assert check.judge([True, True, True]) == (NOT_YET, "1 of the 3 numbers is off: number 1.")
    assert check.judge(["False", "True", "True"])[0] is NOT_YET and Value(1).judge(True)[0] is NOT_YET


def test_ties_have_several_right_answers_and_texts_need_no_capitals():
    assert Value(3, also=[5, lambda: 7]).judge(7)[0] is RIGHT
    check = Value("Owl", also=["Kite"], mistakes=[Mistake("Rail", "It is the other way round.")])
    assert [check.judge(answer)[0] for answer in ("owl ", np.str_("Kite"), ["Owl"])] == [RIGHT] * 3
    assert check.judge("rail")[1] == "It is the other way round."
    assert "in quotes" in check.judge(3)[1] and check.judge("Crow")[1] == "'Crow' is not right."
    assert Value(["Owl", "Kite"]).judge(np.array(["Owl", "Kite"]))[0] is RIGHT


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.float64(0.5), "0.5"),
        ([np.int64(3), (np.float32(0.1),)], "[3, (0.1,)]"),
        ({"a": np.float64(1)}, "{'a': 1.0}"),
        (Counter([np.int32(4)]), "Counter({4: 1})"),
        (np.array([1, 2], "uint8"), 'np.array([1, 2], dtype="uint8")'),
        (np.array(["a", "b"]), "np.array(['a', 'b'])"),
        (pd.Series([1, 0.5]), "pd.Series([1.0, 0.5])"),
        (pd.Series([1, 0], index=[7, 9]), "pd.Series([1, 0], index=[7, 9])"),
        (pd.Series(range(500)), "a column of 500 rows"),
        (b"a" * 100, "100 bytes"),
        (np.zeros((30, 30)), "an array of shape (30, 30)"),
        (10**5000, "a whole number that is too long to show"),
        (object(), "<object object>"),
    ],
    ids=lambda case: "",
)
def test_values_are_written_as_one_would_type_them(value, text):
    assert shortly(value) == text


BIRDS = pd.DataFrame({"species": ["Owl", "Rail", "Kite"], "count": [3, 1, 2]})
BY_COUNT = BIRDS.sort_values("count", ascending=False)
TENS = [Mistake(BIRDS.assign(count=[30, 10, 20]), "That is times ten.")]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (BIRDS.iloc[::-1], ""),
        (BIRDS.assign(more=1.0), ""),
        (BIRDS.set_index("species")["count"], ""),
        (BIRDS.set_index("species", drop=False), ""),
        (BIRDS.set_index(["species", "count"]), ""),
        (BIRDS.set_index(["species", "count"]).assign(count=[3, 1, 2]), ""),
        (BIRDS.assign(species=pd.Categorical(BIRDS["species"], ["Rail", "Owl", "Kite"])), ""),
        (BIRDS.astype({"count": object}), ""),
        (BIRDS.astype({"count": "Int64", "species": "string"}), ""),
        (BIRDS.assign(count=pd.Categorical([3, 1, 2])), ""),
        (BIRDS.assign(count=[Fraction(3), Decimal(1), 2.0]), ""),
        (BIRDS.assign(species=[0, 1, 2]), "Expected names in column `species`"),
        (pd.DataFrame({f"c{k}": [k] for k in range(99)}), "`c8`, `c9`, …."),
        (BIRDS.assign(count=[30, 10, 20]), "times ten"),
        (BIRDS.assign(count=[3, 1, 9]), "Column `count` is off in 1 row: for `Kite`, 9 is too large."),
        (BIRDS.assign(count=[3, 1, np.nan]), "Column `count` is off in 1 row: for `Kite`, nan is not right."),
        (BIRDS.head(2), "Expected 3 rows, one for each `species`. Received: 2 rows. `Kite` is missing."),
        (BIRDS.head(1), "Received: 1 row. `Rail`, `Kite` are missing."),
        (BIRDS.rename(columns={"count": "n"}), "no column `count`. It has `species`, `n`."),
        (
            BIRDS.assign(species=["Owl", "Rail", "Crow"]),
            "`Kite` is missing. Not asked for as `species`: `Crow`.",
        ),
        (BIRDS.astype(str), "Expected numbers in column `count`"),
        (pd.concat([BIRDS, BIRDS["count"]], axis=1), "Two columns are called `count`."),
        (BIRDS.groupby("species").agg(["mean"]), "several parts"),
        (BIRDS.groupby("species"), "groups, of which nothing has been computed"),
        ([1, 2], "a table of pandas"),
    ],
    ids=range(25),
)
def test_table(answer, words):
    status, reason = Table(expected=BIRDS, key="species", mistakes=TENS).judge(answer)
    assert status is (NOT_YET if words else RIGHT) and words in reason


def test_categories_in_an_order_of_their_own_are_matched_by_name():
    answers = BIRDS.assign(species=pd.Categorical(BIRDS["species"], ["Rail", "Owl", "Kite"]))
    check = Table(expected=lambda answers: answers, key="species", given={"answers": answers})
    assert check.judge(answers.astype({"species": str}).sort_values("species"), answers=answers)[0] is RIGHT


def test_keys_of_mixed_types_and_rows_that_share_one_are_matched():
    rows = pd.DataFrame({"id": [2, 1, "b", 1], "n": [1.0, 2.0, 3.0, 4.0]})
    check = Table(expected=rows, key="id")
    assert check.judge(rows.iloc[::-1].astype({"id": str}))[0] is RIGHT
    assert "off in 2 rows" in check.judge(rows.assign(n=[1.0, 2.0, 4.0, 3.0]))[1]
    numbers = Table(expected=pd.DataFrame({"id": [1, 10, 2], "n": [1, 2, 3]}), key="id")
    assert numbers.judge(pd.DataFrame({"id": [1.0, 2.0, 10.0], "n": [1, 3, 2]}))[0] is RIGHT


def test_order_counts_only_where_it_is_asked_for_and_ties_are_free():
    tied = pd.DataFrame({"species": ["Owl", "Rail", "Kite"], "count": [3, 1, 1]})
    check = Table(expected=tied, key="species", ordered="count")
    assert check.judge(tied.iloc[[0, 2, 1]])[0] is RIGHT
    assert (
        check.judge(tied.iloc[::-1])[1]
        == "The rows are right, but they are not sorted by `count` as asked for."
    )
    up = Mistake(BIRDS.sort_values("count"), "The smallest come first.")
    assert (
        Table(expected=BY_COUNT, key="species", ordered="count", mistakes=[up]).judge(BIRDS.iloc[[1, 2, 0]])[
            1
        ]
        == up.says
    )
