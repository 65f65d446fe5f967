"""What gives the right option away is named: its length, its letter; and a question without one right option."""

from pathlib import Path

import pytest

from course_utils.exercises.lesson_source import ExerciseSource, LessonSource, Option, QuizSource
from tools.notebooks.fairness import guessable

LONG, SHORT = "Because there are many of them.", "Because it is so."


def quiz(name: str, right: str, *wrong: str, letter: str = "a") -> QuizSource:
    """Return a quiz whose right option has this letter."""
    others = [other for other in "abcd" if other != letter]
    options = [Option(other, text, False, "No.") for other, text in zip(others, wrong, strict=False)]
    return QuizSource(name, "Why?", (Option(letter, right, True, "Yes."), *options))


def found(*quizzes: QuizSource) -> list[str]:
    return list(guessable(LessonSource("1", Path("01_good.py"), {}, {one.id: one for one in quizzes})))


@pytest.mark.parametrize(("longest", "said"), [(0, False), (1, False), (2, True), (4, True)])
def test_the_right_option_is_seldom_the_longest(longest, said):
    quizzes = [
        quiz(
            f"1.{n}",
            *([LONG, LONG[:-5], LONG] if n >= longest else [LONG, LONG[:-5], LONG[:-2]]),
            letter="abc"[n % 3],
        )
        for n in range(4)
    ]
    names = ", ".join(f"1.{n}" for n in range(longest))
    start = f"the right option is the longest in {longest} of 4 questions, at most a third"
    assert [one.startswith(start) and one.endswith(f"in {names}") for one in found(*quizzes)] == [True] * said


def test_the_right_option_is_not_much_longer_than_the_wrong_ones():
    assert found(quiz("1.a", SHORT, SHORT + "!", SHORT)) == []
    (said,) = found(quiz("1.a", LONG, LONG + "!", "No.", "No."))
    assert said.startswith(
        "the right option of 1.a is 2.4 times as long as the wrong ones, at most 1.3: shorten it"
    )
    assert found(quiz("1.a", "**`ab`**", "ab c", "ab c")) == []  # as it is read, not as it is written


@pytest.mark.parametrize(
    ("letters", "said"), [("aab", []), ("aaa", []), ("aabb", []), ("aaab", ["a is right in 3 of 4"])]
)
def test_the_right_letter_changes(letters, said):
    quizzes = [quiz(f"1.{n}", SHORT, SHORT, SHORT, letter=letter) for n, letter in enumerate(letters)]
    assert [one.partition(" questions")[0] for one in found(*quizzes)] == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Unlike option B.", "option B"),
        ("None of the above.", "of the above"),
        ("The options are a bird.", ""),
    ],
)
def test_a_place_in_the_order_is_not_spoken_of(words, said):
    for texts in ((words, SHORT, SHORT), (SHORT, words, SHORT)):
        place = [one.split('"')[1] for one in found(quiz("1.a", *texts)) if "another order" in one]
        assert place == [said] * bool(said)


@pytest.mark.parametrize("ticked", [0, 2])
def test_one_option_is_right(ticked):
    options = tuple(Option(letter, SHORT, n < ticked, "So.") for n, letter in enumerate("abc"))
    assert found(QuizSource("1.a", "Why?", options)) == [
        "1.a must have one right option: tick it, `- [x]`, and no other"
    ]


def test_the_solution_of_a_choice_is_the_ticked_option():
    options = (Option("a", SHORT, False, "No.", "b"), Option("b", SHORT, True, "Yes.", "a"))
    for letter, said in (("b", []), ("a", ['write the letter that it has in the lesson, "a"'])):
        choice = ExerciseSource(
            "1.1", "", "Why?", options, f'answer = "{letter}"', "", "", Path("01_good.py")
        )
        lesson = LessonSource("1", Path("01_good.py"), {"1.1": choice}, {})
        assert [one.partition(": ")[2] for one in guessable(lesson)] == said
