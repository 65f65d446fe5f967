"""What makes an answer right: the base of all kinds of checks, and the two simplest, a value and a choice.

A check compares answers by what they are or do, with a tolerance. It knows the mistakes that people make, by an
example of each, and says what is wrong about *them*. It never prints the answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_utils.exercises.answers import (
    NOTHING,
    Said,
    as_keywords,
    as_numbers,
    as_texts,
    is_blank,
    number_problem,
    shortly,
)
from course_utils.exercises.lesson_source import Option
from course_utils.exercises.verdicts import Status

MOST_NAMED = 10  # longer lists are counted, not named one by one


class WrongCall(TypeError):
    """`check` is called with other things besides the answer than it needs."""


class Unexpected(ValueError):
    """What a learner hands over besides the answer is not what the lesson made."""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people give, and what is wrong about it.

    Parameters
    ----------
    example : such an answer. A check recognises the mistake in answers that equal it, or do the same.
        Where the right answer depends on what the learner has (`given`), a function of that.
    says : what to tell the learner; it must not give the answer away.
    when : recognises the mistake in its place: answer (and `given`) in, True or False out.
    """

    example: Any
    says: str
    when: Callable[..., bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """Base of all checks.

    Parameters
    ----------
    mistakes : what people get wrong, most telling first.
    hints : up to three, each stronger than the one before.
    given : example of what the learner hands to `.check(answer, **given)` besides the answer, such as sizes
        that differ between the profiles. Functions in `expected`, `also` and `mistakes` get it as keywords.
    also : further answers that are as right as the expected one, or functions of `given`: where there are ties, say.
    """

    mistakes: Sequence[Mistake] = ()
    hints: Sequence[str] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    also: Sequence[Any] = ()

    def judge(self, answer: Any, **given: Any) -> Said:
        """Return the status of an answer and the reason.

        Raises
        ------
        WrongCall : `given` has other names than the check needs.
        """
        if set(given) != set(self.given):
            raise WrongCall(
                f"`check` needs, besides the answer, {as_keywords(self.given)}. Received: {as_keywords(given)}. "
                "Copy the call from the lesson."
            )
        if is_blank(answer):
            return Status.NOT_TRIED, ""
        if answer is None:
            return Status.NOT_YET, NOTHING
        try:
            return self._judge(answer, given)
        except Unexpected:
            return Status.NOT_YET, (
                f"What is handed over besides the answer, {as_keywords(given)}, is no longer what the lesson made. "
                "Run the cells that make it once more, then this one."
            )

    def _judge(self, answer: Any, given: Mapping[str, Any]) -> Said:
        problem = self._unusable(answer, given)
        if problem is not None:
            return problem
        if self._is_right(answer, given):
            return Status.RIGHT, ""
        for mistake in self.mistakes:
            if self._recognises(mistake, answer, given):
                return Status.NOT_YET, mistake.says
        return Status.NOT_YET, self._difference(answer, given)

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return an example of each known mistake, and what the check says about it."""
        return [(self._example(mistake, self.given), mistake.says) for mistake in self.mistakes]

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        """Return what to say where the answer cannot be compared at all; None where it can."""
        return None

    def _is_right(self, answer: Any, given: Mapping[str, Any]) -> bool:
        right = (self.expected, *self.also)
        return any(self._same(answer, resolved(one, given), given) for one in right)

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        raise NotImplementedError

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        raise NotImplementedError

    def _recognises(self, mistake: Mistake, answer: Any, given: Mapping[str, Any]) -> bool:
        try:
            if mistake.when is not None:
                return bool(mistake.when(answer, **given))
            return self._same(answer, self._example(mistake, given), given)
        except Exception:  # the answer lacks what this mistake is looked for in, so it is another one
            return False

    def _example(self, mistake: Mistake, given: Mapping[str, Any]) -> Any:
        return resolved(mistake.example, given)


@dataclass(frozen=True)
class Value(Check):
    """A number, or several (a list or an array), within a tolerance; or a text, or several, capitals or not.

    Where all of several numbers are 0 or 1, they may be truth values.

    Parameters
    ----------
    expected : the right value, or a function of `given` that computes it.
    rtol, atol : an answer is right within `atol + rtol * |expected|`.
    """

    expected: Any
    rtol: float = 0.01
    atol: float = 0.0

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        wanted = resolved(self.expected, given)
        if as_numbers(wanted) is not None:
            return number_problem(_as_ones(answer, wanted), as_numbers(wanted).shape)
        texts, asked = as_texts(answer), as_texts(wanted)
        if texts is None or len(texts) != len(asked):
            kind = "a text, in quotes" if len(asked) == 1 else f"a list of {len(asked)} texts"
            return Status.NOT_YET, f"Expected {kind}. Received: {shortly(answer)}."
        return None

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        got, wanted = as_numbers(_as_ones(answer, resolved(self.expected, given))), as_numbers(other)
        if wanted is None:
            return as_texts(answer) == as_texts(other)
        return got.size == wanted.size and np.allclose(got.ravel(), wanted.ravel(), self.rtol, self.atol)

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        wanted = as_numbers(resolved(self.expected, given))
        got = as_numbers(_as_ones(answer, wanted))
        if wanted is None:
            return f"{shortly(answer)} is not right."
        if wanted.ndim:
            wrong = np.flatnonzero(~np.isclose(got, wanted, self.rtol, self.atol)) + 1
            which = f": number {', '.join(map(str, wrong))}" if wanted.size <= MOST_NAMED else ""
            return (
                f"{len(wrong)} of the {wanted.size} numbers {'is' if len(wrong) == 1 else 'are'} off{which}."
            )
        size = "too large" if got > wanted else "too small"
        far = abs(got - wanted) > 0.5 * abs(wanted)
        return f"{shortly(answer)} is {'far ' if far else ''}{size}."


@dataclass(frozen=True)
class Choice(Check):
    """One of the options that the question lists, by its letter. Options and reasons come from the lesson."""

    options: tuple[Option, ...] = ()

    def with_options(self, options: tuple[Option, ...]) -> "Choice":
        """Return the check with the options of its question."""
        mistakes = tuple(Mistake(o.letter, o.reason) for o in options if not o.right)
        return replace(self, options=options, mistakes=mistakes)

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        if self._letter(answer) in {option.letter for option in self.options}:
            return None
        letters = ", ".join(f'"{option.letter}"' for option in self.options)
        return Status.NOT_YET, f"Choose one of the letters {letters}. Received: {shortly(answer)}."

    def _is_right(self, answer: Any, given: Mapping[str, Any]) -> bool:
        return any(option.right and option.letter == self._letter(answer) for option in self.options)

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        return self._letter(answer) == self._letter(other)

    @staticmethod
    def _letter(answer: Any) -> str:
        return re.sub(r"^\W+|\W+$", "", answer).lower() if isinstance(answer, str) else ""


def _as_ones(answer: Any, wanted: Any) -> Any:
    """Return truth values in a row as 1 and 0 where such numbers are asked for, anything else as it is."""
    if wanted is None or not np.ndim(wanted) or not set(np.ravel(wanted)) <= {0, 1}:
        return answer
    if isinstance(answer, (list, tuple)):
        truths = all(isinstance(one, (bool, np.bool_)) for one in answer)
    else:
        truths = str(getattr(answer, "dtype", "")) in ("bool", "boolean")
    return np.asarray(answer, float) if truths else answer


def resolved(value: Any, given: Mapping[str, Any]) -> Any:
    """Return a value, computed from `given` where it is a function.

    Raises
    ------
    Unexpected : it cannot be computed: `given` is not what the lesson hands over.
    """
    if not callable(value):
        return value
    try:
        return value(**given)
    except Exception as error:
        raise Unexpected(f"cannot be computed from {as_keywords(given)}: {error}") from error
