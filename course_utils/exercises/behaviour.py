"""Check what a learner's function does, not how it is written."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from course_utils.exercises.answers import LONG, Said, shortly
from course_utils.exercises.calling import (
    Printed,
    Stopped,
    TooLong,
    call,
    is_stub,
    limited,
    own_variables,
    quiet,
    unused_arguments,
)
from course_utils.exercises.checks import Check, Mistake
from course_utils.exercises.comparing import agree, burden, difference
from course_utils.exercises.processes import NotTold, in_another_process
from course_utils.exercises.verdicts import Status

TRIES = 36  # draws in all, and at least FEWEST from each drawer
FEWEST = 6
ALL_TOGETHER = 5  # times the seconds that one call may take: more for a whole check is too slow


@dataclass(frozen=True)
class Case:
    """One call and what it must return. `note` says in words what is special about it ("an empty list")."""

    arguments: tuple
    expected: Any
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Function(Check):
    """A function, called with many inputs. A mistake's `example` is a function that makes it.

    Where it errs, the smallest input that shows it is told, with what came back and what was expected.

    Parameters
    ----------
    cases : calls and what they must return, the plainest first.
    reference, draw : a function that is right, and one that makes arguments for both: `draw(random)` returns a tuple,
        made with a NumPy generator; or a dict of such functions, the keys saying what is special ("answers that are
        all right"). `course_utils.exercises.draws` has inputs of awkward sizes and types.
    rtol, atol : numbers may differ by `atol + rtol * |expected|`.
    seconds : that a single call may take; all together five times as long.
    probe : for functions whose result has no single right form, such as a key: called with the function and the
        arguments, it returns what is compared; None where the function returned nothing.
    lasting : makes arguments, as `draw` does, for which the function must return the same in another process, tomorrow.
    """

    cases: Sequence[Case] = ()
    reference: Callable | None = None
    draw: Callable | Mapping[str, Callable] | None = None
    rtol: float = 1e-4
    atol: float = 1e-8
    seconds: float = 3.0
    probe: Callable | None = None
    lasting: Callable | None = None

    def __post_init__(self):
        if (self.reference is None) != (self.draw is None):
            raise TypeError("`reference` and `draw` belong together. Received: only one of them.")
        if not self.cases and self.draw is None:
            raise TypeError(
                "a function is checked by `cases`, or by `reference` and `draw`. Received: neither."
            )

    @cached_property
    def trials(self) -> list[Case]:
        """All that the function is called with: the cases, then what is drawn, small inputs first."""
        drawers = self.draw if isinstance(self.draw, Mapping) else {"": self.draw} if self.draw else {}
        each = max(FEWEST, TRIES // max(len(drawers), 1))
        drawn = [self._drawn(draw, note, seed) for note, draw in drawers.items() for seed in range(each)]
        return [*self.cases, *sorted(drawn, key=lambda case: burden(case.arguments))]

    def _drawn(self, draw: Callable, note: str, seed: int) -> Case:
        arguments = draw(np.random.default_rng(seed))
        if not isinstance(arguments, tuple):
            raise TypeError(f"`draw` must return a tuple of arguments. Received: {shortly(arguments)}.")
        expected = self._call(self.reference, Case(arguments, None))
        if isinstance(expected, Stopped):
            called = _inputs(Case(arguments, None))
            raise ValueError(
                f"the reference must take what is drawn. Called with {called}, {expected.reason}"
            )
        return Case(arguments, expected, note)

    def _judge(self, answer: Any, given: Mapping[str, Any]) -> Said:
        if not callable(answer):
            return Status.NOT_YET, (
                f"Expected the function itself, by its name and without parentheses. Received: {shortly(answer)}."
            )
        if is_stub(answer):
            return Status.NOT_TRIED, ""
        tried = self._tried(answer)
        wrong = [(case, value) for case, value in tried if not self._agree(value, case.expected)]
        if not wrong:
            problem = self._too_slow(len(tried)) if len(tried) < len(self.trials) else self._fleeting(answer)
            return (Status.NOT_YET, problem) if problem else (Status.RIGHT, "")
        return Status.NOT_YET, self._reason(answer, tried, wrong, given)

    def _reason(self, answer: Any, tried: list, wrong: list, given: Mapping[str, Any]) -> str:
        values = [value for _, value in tried]
        if all(value is None or value is ... for value in values):
            return "The function returns nothing. Did you forget `return`?"
        if all(isinstance(value, Printed) for value in values):
            return "The function prints what it finds and returns nothing. Let it `return` that instead."
        own, unused = own_variables(answer), unused_arguments(answer)
        if own and unused:
            return (
                f"It reads {_names(own)}, which the notebook has, and not {_names(unused)}, which it is called with. "
                "The check calls it with inputs of its own: work with the arguments alone."
            )
        for mistake in self.mistakes:
            if self._made(mistake, answer, tried, given):
                return mistake.says
        also = f" It reads {_names(own)} of the notebook, too: should that be an argument?" if own else ""
        if unused and not own and not unused_arguments(self.reference):
            also = f" It never reads {_names(unused)}, which it is called with."
        return self._smallest(wrong) + also

    def _smallest(self, wrong: list) -> str:
        """Tell the smallest input with which the function stops, or else with which it errs."""
        stopped = [one for one in wrong if isinstance(one[1], Stopped)]
        case, value = min(stopped or wrong, key=lambda one: burden(one[0].arguments))
        if isinstance(value, Stopped):
            return f"Called with {_inputs(case)}, {value.reason}"
        if isinstance(value, Printed):
            value = None
        if self.probe is not None:
            return f"Called with {_inputs(case)}, the result is{self._result(value, case.expected)}"
        return f"Called with {_inputs(case)}, {difference(value, case.expected, self.rtol, self.atol)}"

    def _result(self, value: Any, expected: Any) -> str:
        """Tell what a probe returned: in words where it speaks, else as a function's own result is told."""
        if isinstance(value, str) or isinstance(expected, str):
            return f": {_words(value)}. Expected: {_words(expected)}."
        return difference(value, expected, self.rtol, self.atol).removeprefix("it returns")

    def _fleeting(self, answer: Callable) -> str:
        """Say so if the function returns something else in another process; "" if not, or if it is not asked for."""
        if self.lasting is None:
            return ""
        arguments = self.lasting(np.random.default_rng(0))
        try:
            later = in_another_process(answer, arguments)
        except NotTold:
            return ""
        if self._agree(later, call(answer, arguments, self.seconds)):
            return ""
        return (
            "Called tomorrow, in another Python, it returns something else for the same arguments. The date is another "
            "one then, and what `hash` gives, or the order of a set, is new each time that Python starts."
        )

    def _too_slow(self, calls: int) -> str:
        return (
            f"It is right as far as it was tried, but too slow: {calls} small calls took more than "
            f"{ALL_TOGETHER * self.seconds:g} seconds. What does it do again and again?"
        )

    def _tried(self, answer: Callable) -> list[tuple[Case, Any]]:
        """Call the answer with one input after the other, until one takes too long, or all together do.

        Where it is plain what is wrong, the first input that shows it is enough.
        """
        plain = own_variables(answer) and unused_arguments(answer)
        tried, end = [], time.process_time() + ALL_TOGETHER * self.seconds
        for case in self.trials:
            value = self._call(answer, case)
            tried.append((case, value))
            if time.process_time() > end or (isinstance(value, Stopped) and value.too_long):
                break
            if plain and not self._agree(value, case.expected):
                break
        return tried

    def _made(self, mistake: Mistake, answer: Any, tried: list, given: Mapping[str, Any]) -> bool:
        """True if the answer makes a mistake: `when` says so, or it does what the example does, wherever it returns."""
        if mistake.when is not None:
            try:
                with quiet(), limited(self.seconds):
                    return bool(mistake.when(answer, **given))
            except (Exception, TooLong):  # it lacks what this mistake is looked for in, so it is another one
                return False
        if all(isinstance(value, Stopped) for _, value in tried):
            return False
        return all(self._alike(value, self._call(mistake.example, case)) for case, value in tried)

    def _alike(self, value: Any, other: Any) -> bool:
        if isinstance(other, Stopped) or isinstance(value, Stopped):
            return isinstance(value, type(other))
        return self._agree(value, other)

    def _example(self, mistake: Any, given: Mapping[str, Any]) -> Any:
        return mistake.example

    def _agree(self, one: Any, other: Any) -> bool:
        return agree(one, other, self.rtol, self.atol)

    def _call(self, function: Callable, case: Case) -> Any:
        return call(function, case.arguments, self.seconds, self.probe)


def _inputs(case: Case) -> str:
    """Name what a function was called with: small things as one would type them, of large ones the note."""
    written = [shortly(argument, LONG) for argument in case.arguments]
    whole = ", ".join(f"`{text}`" for text in written)
    if len(whole) > LONG or any("..." in text for text in written):
        whole = "" if case.note else "what is too long to show"
    return ", ".join(filter(None, (case.note, whole))) or "no arguments"


def _words(value: Any) -> str:
    return value if isinstance(value, str) else shortly(value)


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
