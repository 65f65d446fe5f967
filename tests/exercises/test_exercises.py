"""Exercises answer in words: right, not yet and why, not tried yet. Every lesson's exercises keep that promise."""

import re

import keras
import numpy as np
import pandas as pd
import pytest

from course_utils.exercises import Case, Choice, Function, Mistake, Outcome, Table, Value, exercise
from course_utils.exercises.answers import NOTHING
from course_utils.exercises.asking import load_check
from course_utils.exercises.lesson_source import Option, lessons
from course_utils.exercises.models import (
    Structure,
    is_linear,
    moved,
    output_width,
    trainable_parameters,
)
from course_utils.exercises.verdicts import Status, Verdict

RIGHT, NOT_YET, NOT_TRIED = Status.RIGHT, Status.NOT_YET, Status.NOT_TRIED
SOURCES = {name: source for lesson in lessons().values() for name, source in lesson.exercises.items()}


def untouched(*arguments):
    """A stub that nobody has filled in."""


@pytest.fixture(autouse=True)
def own_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))


# --- The exercises of all lessons. That solutions pass is seen in notebooks/solutions (test_notebooks.py). ---


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_check_tells_the_untouched_the_mistaken_and_the_odd_apart_and_gives_nothing_away(source):
    check = load_check(source)
    for blank in (..., "", *([untouched] if isinstance(check, Function) else [])):
        assert check.judge(blank, **check.given)[0] is NOT_TRIED
    assert check.judge(None, **check.given) == (NOT_YET, NOTHING)
    mistakes = check.wrong_answers()
    for answer, reason in mistakes:
        assert check.judge(answer, **check.given) == (NOT_YET, reason)
    reasons = {reason for _, reason in mistakes}
    assert len(mistakes) == len(reasons) >= 3
    for answer in ("a text", 1j, {"a": 1}, [1, "b"], object(), pd.DataFrame({"x": [1]}), lambda: 1):
        status, reason = check.judge(answer, **check.given)
        assert status is NOT_YET and reason
    if isinstance(check, Value):
        right = check.expected(**check.given) if callable(check.expected) else check.expected
        assert not [text for text in reasons if str(right) in text]
    if isinstance(check, Choice):
        assert not [text for text in reasons for o in check.options if o.right and o.text in text]


# --- The kinds of checks. ---


def test_a_check_says_what_it_needs_besides_the_answer():
    check = Value(lambda size: size**2, given={"size": 96})
    assert check.judge(224**2, size=224)[0] is RIGHT
    with pytest.raises(TypeError, match="`size=`. Received: nothing"):
        check.judge(5)


def test_choice_takes_letters_and_gives_the_reason_of_each():
    check = Choice().with_options(
        (Option("a", "Cats", False, "They meow."), Option("b", "Owls", True, "Yes."))
    )
    assert [check.judge(answer)[0] for answer in (" B ", "b.", "(b)", "**b**", "\tb\n")] == [RIGHT] * 5
    assert check.judge(["b"])[0] is NOT_YET
    assert check.judge("a") == (NOT_YET, "They meow.")
    assert check.judge("c") == (NOT_YET, """Choose one of the letters "a", "b". Received: 'c'.""")


MEAN = Function(
    cases=[
        Case(([1.0, 2.0, 6.0],), 3.0),
        Case(([5.0],), 5.0, "a single number"),
        Case((np.array([0.0, 1.0]),), 0.5),
    ],
    mistakes=[Mistake(lambda x: sum(x), "That is the sum.")],
)


def spoils(x):
    mean = sum(x) / len(x)
    x[0] = 0.0
    return mean


@pytest.mark.parametrize(
    ("function", "status", "words"),
    [
        (lambda x: sum(x) / len(x), RIGHT, ""),
        (np.mean, RIGHT, ""),
        (lambda x: sum(x) * 1.0, NOT_YET, "That is the sum."),
        (lambda x: 3.0, NOT_YET, "Called with a single number, `[5.0]`, it returns 3.0"),
        (lambda x: sum(x) / (len(x) - 1), NOT_YET, "a single number, `[5.0]`, it stops in line"),
        (lambda: 3.0, NOT_YET, "TypeError"),
        (spoils, NOT_YET, "changes its input"),
        (untouched, NOT_TRIED, ""),
        (lambda x: print(end=""), NOT_YET, "forget `return`"),
        (3.0, NOT_YET, "the function itself"),
    ],
)
def test_function(function, status, words):
    got, reason = MEAN.judge(function)
    assert got is status and words in reason


@pytest.mark.parametrize(
    ("function", "status", "words"),
    [
        (str.lower, RIGHT, ""),
        (lambda text: text.upper() + "!", RIGHT, ""),
        (
            lambda text: text,
            NOT_YET,
            "a word in capitals, `'owl'`, `'OWL'`, the result is: another key. Expected: the same key.",
        ),
        (untouched, NOT_TRIED, ""),
        (lambda text: print(end=""), NOT_YET, "forget `return`"),
    ],
)
def test_a_function_may_be_probed_where_its_result_has_no_single_right_form(function, status, words):
    def probe(key, one, other):
        if key(one) is None:
            return None
        return "the same key" if key(one) == key(other) else "another key"

    cases = [
        Case(("owl", "owl"), "the same key"),
        Case(("owl", "OWL"), "the same key", "a word in capitals"),
        Case(("owl", "rail"), "another key"),
    ]
    got, reason = Function(cases=cases, probe=probe).judge(function)
    assert got is status and words in reason


BIRDS = pd.DataFrame({"species": ["Owl", "Rail", "Kite"], "count": [3, 1, 2]})


def test_a_mistake_that_cannot_be_looked_for_in_an_answer_is_another_one():
    mistakes = [Mistake(BIRDS, "No rows.", when=lambda answer: answer["nests"].empty), Mistake(9.0, "Nine.")]
    assert Value(7.0, mistakes=mistakes).judge(9.0) == (NOT_YET, "Nine.")


def test_what_is_handed_over_and_no_longer_fits_is_named():
    check = Table(expected=lambda table: table[["species", "count"]], key="species", given={"table": BIRDS})
    assert check.judge(BIRDS, table=BIRDS) == (RIGHT, "")
    status, reason = check.judge(BIRDS, table=BIRDS.drop(columns="count"))
    assert status is NOT_YET and "`table=`, is no longer what the lesson made" in reason


def test_a_model_that_a_check_cannot_read_is_no_crash():
    check = Structure(
        mistakes=[Mistake(network, "A copy differs.", when=lambda model: not keras.models.clone_model(model))]
    )
    assert check.judge(network()) == (RIGHT, "")
    strange = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x / 255)])
    status, reason = check.judge(strange)
    assert status is NOT_YET and "no `Lambda`" in reason
    with pytest.raises(TypeError, match="needs `when`"):
        Structure(mistakes=[Mistake(network, "It is strange.")])


def network(frozen=True):
    base = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="base")])
    base.trainable = not frozen
    return keras.Sequential([keras.Input((4,)), base, keras.layers.Dense(2, activation="softmax")])


def trains_more_than_the_head(model):
    return trainable_parameters(model) != 3 * 2 + 2


def test_structure_sees_what_is_frozen_how_many_train_and_what_moved():
    free = Mistake(
        lambda: network(frozen=False), "The backbone is not frozen.", when=trains_more_than_the_head
    )
    check = Structure(mistakes=[free])
    assert check.judge(network()) == (RIGHT, "")
    assert check.judge(network(frozen=False)) == (NOT_YET, "The backbone is not frozen.")
    assert check.judge("model")[0] is NOT_YET
    model = network()
    before = model.get_weights()
    assert not moved(model, before)
    model.compile(optimizer="sgd", loss="mse")
    model.fit(np.ones((4, 4)), np.zeros((4, 2)), verbose=0)
    assert moved(model, before)
    assert output_width(model) == 2


@pytest.mark.parametrize("settings", [{}, {"kernel_initializer": "zeros"}, {"use_bias": False}])
@pytest.mark.parametrize("activation", [None, "linear", "softmax", "relu"])
def test_activations_are_seen_wherever_they_hide(settings, activation):
    inputs = keras.Input((4,))
    scores = keras.layers.Dense(3, **settings)
    inside = keras.Sequential([inputs, keras.layers.Dense(3, activation=activation, **settings)])
    behind = keras.Sequential([inputs, scores, keras.layers.Activation(activation or "linear")])
    functional = keras.Model(inputs, keras.activations.get(activation)(scores(inputs)))
    for model in (inside, behind, functional):
        weights = model.get_weights()
        assert is_linear(model) == (activation in (None, "linear"))
        assert not moved(model, weights)


def test_outcome_accepts_what_other_seeds_gave_and_a_little_more():
    check = Outcome(
        measured={"sketch": [0.70, 0.74, 0.72]}, below="Low.", above="High.", given={"profile": "sketch"}
    )
    assert check.band("sketch") == pytest.approx((0.67, 0.77))
    assert [check.judge(value, profile="sketch")[0] for value in (0.68, 0.76)] == [RIGHT, RIGHT]
    said = [(0.65, "Low."), (0.79, "High."), (72, "from 0 to 1"), (-1, "from 0 to 1")]
    for value, words in (*said, (float("nan"), "finite"), ("0.7", "quotes")):
        status, reason = check.judge(value, profile="sketch")
        assert status is NOT_YET and words in reason
    assert "such as a loss" in check.judge([1.1, 0.7], profile="sketch")[1]


# --- What the learner sees. ---


def test_an_exercise_answers_hints_and_shows_its_solution():
    one = exercise("0.2")
    assert repr(one.check(...)).startswith("○ Exercise 0.2: not tried yet.")
    assert repr(one.check(lambda n, every: np.arange(n))).startswith("✘ Exercise 0.2: not yet.")
    assert bool(one.check(lambda n, every: ([k for k in range(n) if k % every], range(0, n, every))))
    heads = [one.hint().head for _ in range(5)]
    assert heads[:3] == [f"Hint {n} of 3, Exercise 0.2" for n in (1, 2, 3)] and heads[3:] == heads[2:3] * 2
    solution = repr(one.solution())
    assert "numbers[numbers % every != 0]" in solution and "# solution" not in solution


def test_an_answer_that_a_check_cannot_read_ends_in_no_stack_trace():
    class Odd:
        def __array__(self, *args, **kwargs):
            raise RuntimeError("no array")

    given = load_check(lessons()["0"].exercises["0.3"]).given
    said = repr(exercise("0.3").check(Odd(), **given))
    assert "✘" in said and "cannot read your answer" in said and "RuntimeError" in said
    with pytest.raises(TypeError, match="Copy the call"):
        exercise("0.3").check(3)


def test_cards_carry_a_sign_besides_the_colour_and_show_html_as_text():
    verdict = Verdict("Exercise 1.1", NOT_YET, "Not `a < b` but <script>alert(1)</script>, **bold**.")
    page = verdict._repr_html_()
    assert "✘" in page and "<code>a &lt; b</code>" in page and "<strong>bold</strong>" in page
    assert "<script>" not in page


def test_cards_take_the_colours_of_the_notebook_and_only_signs_have_their_own():
    for page in (Verdict("Exercise 1.1", RIGHT)._repr_html_(), exercise("0.1").hint()._repr_html_()):
        assert "background: var(--jp-layout-color2, rgba" in page
        own = re.findall(r"(?<![-\w])color: ([^;\"]+)", page)
        assert own.count("var(--jp-content-font-color1, inherit)") == 1 and set(own) - {"#FFFFFF"} == {own[0]}
        chips = re.findall(r"background: (#\w+); color: #FFFFFF", page)
        assert len(chips) == own.count("#FFFFFF") == page.count("<span")


def test_an_unknown_exercise_suggests_the_nearest():
    with pytest.raises(ValueError, match="Received: '0.11'. Did you mean '0.1'"):
        exercise("0.11")
