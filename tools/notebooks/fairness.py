"""Can the right answer be guessed? A linter's rule for the options of a lesson's choices and quizzes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean

from course_utils.exercises.lesson_source import ExerciseSource, LessonSource, Option, QuizSource
from course_utils.exercises.verdicts import plain

LONGEST_SHARE = 1 / 3  # of a lesson's questions whose right option may be the longest
LONGEST_RATIO = 1.3  # of the right option to the mean of the wrong ones
LETTER_SHARE = 1 / 2  # of a lesson's questions that may have the same letter for the right option
PLACE = re.compile(
    r"\b(option|answer|choice)s? [a-h]\b|\bof the above\b|\bthe (first|last) (option|answer|choice)\b", re.I
)


def guessable(lesson: LessonSource) -> Iterator[str]:
    """Yield what gives the right option away, or makes it none or several."""
    every = [q for q in (*lesson.exercises.values(), *lesson.quizzes.values()) if q.options]
    sound = [q for q in every if sum(option.right for option in q.options) == 1]
    for question in every:
        texts = (
            question.question,
            *(text for option in question.options for text in (option.text, option.reason)),
        )
        for place in filter(None, map(PLACE.search, texts)):
            yield f'{question.id} says "{place[0]}", and learners see options in another order: say what it is about'
        yield from _unsound(question, question in sound)
    rights = [(q, _right(q.options)) for q in sound]
    longest = [q.id for q, right in rights if _length(right) > max(map(_length, _wrong(q.options)))]
    if len(longest) > len(sound) * LONGEST_SHARE:
        yield (
            f"the right option is the longest in {len(longest)} of {len(sound)} questions, at most a third: lengthen a "
            f"wrong one, or shorten the right one, in {', '.join(longest)}"
        )
    letter, count = Counter(right.letter for _, right in rights).most_common(1)[0] if rights else ("", 0)
    if len(sound) >= 4 and count > len(sound) * LETTER_SHARE:
        same = ", ".join(q.id for q, right in rights if right.letter == letter)
        yield f"{letter} is right in {count} of {len(sound)} questions, at most half: swap options in one of {same}"


def _unsound(question: ExerciseSource | QuizSource, sound: bool) -> Iterator[str]:
    if not sound:
        yield f"{question.id} must have one right option: tick it, `- [x]`, and no other"
        return
    right, wrong = _right(question.options), _wrong(question.options)
    if isinstance(question, ExerciseSource) and f'"{right.letter}"' not in question.answer:
        yield (
            f'the solution of {question.id} is not its ticked option: write the letter that it has in the lesson, "'
            f'{right.written}"'
        )
    ratio = _length(right) / mean(map(_length, wrong)) if wrong else 0
    if ratio > LONGEST_RATIO:
        yield (
            f"the right option of {question.id} is {ratio:.1f} times as long as the wrong ones, at most "
            f"{LONGEST_RATIO}: shorten it, or give its reason below it"
        )


def _right(options: Sequence[Option]) -> Option:
    return next(option for option in options if option.right)


def _wrong(options: Sequence[Option]) -> list[Option]:
    return [option for option in options if not option.right]


def _length(option: Option) -> int:
    return len(plain(option.text))
