"""The order of options says nothing: drawn from the id in notebooks, and anew for each learner on a quiz's buttons."""

from collections import Counter

import pytest

from course_utils.exercises.lesson_source import Option, QuizSource, read_lesson, shuffled
from course_utils.exercises.order import FILE_NAME, in_own_order
from course_utils.exercises.quizzes import Quiz
from tools.notebooks.cells import to_notebook
from tools.project import REPO

GOOD = REPO / "tests" / "lessons" / "01_good.py"
OPTIONS = tuple(Option(letter, f"Option {letter}.", letter == "b", f"Reason {letter}.") for letter in "abcd")
QUIZ = Quiz(QuizSource("1.a", "Which one?", OPTIONS))


@pytest.fixture(autouse=True)
def learner(tmp_path, monkeypatch):
    """Return a function that lets another learner sit down at this machine."""

    def sit_down(name: str) -> None:
        monkeypatch.setenv("COURSE_DATA", str(tmp_path / name))

    sit_down("first")
    return sit_down


def shown() -> list[str]:
    _, *buttons, _ = QUIZ._repr_mimebundle_() and QUIZ._shown[0].children
    return [button.description for button in buttons]


def test_a_learner_always_sees_the_same_order_and_others_see_others(learner):
    seen = set()
    for name in "abcdefgh":
        learner(name)
        assert shown() == shown() and sorted(shown()) == [option.text for option in OPTIONS]
        seen.add(tuple(shown()))
    assert len(seen) > 3
    orders = {tuple(o.letter for o in in_own_order(OPTIONS, f"1.{name}")) for name in "abcdefgh"}
    assert len(orders) > 3


def test_each_place_is_as_likely():
    for place in range(3):
        places = Counter(shuffled("abc", f"1.{n}").index("abc"[place]) for n in range(900))
        assert all(240 < count < 360 for count in places.values())  # four standard errors are 57


def test_a_button_says_what_belongs_to_its_text():
    _, *buttons, verdict = QUIZ._repr_mimebundle_() and QUIZ._shown[0].children
    for button in buttons:
        button.click()
        letter = button.description[-2]
        assert f"Reason {letter}." in verdict.value and ("✔" in verdict.value) == (letter == "b")


def test_what_is_stored_is_the_same_for_all(learner):
    bundles = []
    for name in "abcd":
        learner(name)
        bundle = QUIZ._repr_mimebundle_()
        bundles.append((bundle["text/plain"], bundle["text/html"]))
    assert len(set(bundles)) == 1
    assert QUIZ.choose("b") and not QUIZ.choose("a") and "  b. Option b." in repr(QUIZ)


def test_where_nothing_can_be_kept_the_order_comes_from_the_id_alone(tmp_path, learner):
    (tmp_path / "file").write_text("no folder")
    learner("file")
    assert shown() == [option.text for option in shuffled(OPTIONS, "1.a ")]


def test_a_damaged_number_is_a_number_as_well(tmp_path):
    shown()
    (tmp_path / "first" / FILE_NAME).write_bytes(b"\xff\x00")
    assert sorted(shown()) == [option.text for option in OPTIONS]


def test_the_solution_of_a_choice_has_the_letter_that_learners_see(tmp_path):
    letters = set()
    for number in range(2, 9):
        lesson = tmp_path / "01_good.py"
        lesson.write_text(GOOD.read_text("utf-8").replace('"1.5"', f'"1.{number}0"'), "utf-8")
        exercise = read_lesson(lesson).exercises[f"1.{number}0"]
        (right,) = (option for option in exercise.options if option.right)
        assert right.written == "b" and f'becomes = "{right.letter}"' in exercise.answer
        cells = {
            str(cell.metadata.get("course")): cell.source for cell in to_notebook(lesson, True, None).cells
        }
        assert f"- **{right.letter}.** It gets smaller." in cells[str({"question": exercise.id})]
        assert cells[str({"answer": exercise.id})] == f'becomes = "{right.letter}"'
        letters.add(right.letter)
    assert len(letters) > 2
