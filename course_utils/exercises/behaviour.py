"""Check what a learner's function does, not how it is written."""

import copy
import dis
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.answers import Said, as_numbers, shortly
from course_utils.exercises.checks import Check
from course_utils.exercises.verdicts import Status


@dataclass(frozen=True)
class Case:
    """One call and what it must return. `note` says in words what is special about it ("an empty list")."""

    arguments: tuple
    expected: Any
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Function(Check):
    """A function, called with several inputs. A mistake's `example` is a function that makes it.

    Parameters
    ----------
    cases : calls and what they must return, the plainest first.
    rtol, atol : numbers may differ by `atol + rtol * |expected|`.
    probe : for functions whose result has no single right form, such as a key: called with the function and the
        case's arguments, it returns what is compared with the case; None where the function returned nothing.
    """

    cases: Sequence[Case]
    rtol: float = 1e-4
    atol: float = 1e-8
    probe: Callable | None = None

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        if not callable(answer):
            return Status.NOT_YET, (
                f"Expected the function itself, by its name and without parentheses. Received: {shortly(answer)}."
            )
        returned = [self._call(answer, case) for case in self.cases]
        if all(value is None or value is ... for value in returned):
            if _is_stub(answer):
                return Status.NOT_TRIED, ""
            return Status.NOT_YET, "The function returns nothing. Did you forget `return`?"
        for case, value in zip(self.cases, returned, strict=True):
            if isinstance(value, Stopped):
                return Status.NOT_YET, f"Called with {_inputs(case)}, {value.reason}"
        return None

    def _is_right(self, answer: Any, given: Mapping[str, Any]) -> bool:
        return all(self._agree(self._call(answer, case), case.expected) for case in self.cases)

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        return all(self._agree(self._call(answer, case), self._call(other, case)) for case in self.cases)

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        for case in self.cases:
            value = self._call(answer, case)
            if not self._agree(value, case.expected):
                return f"Called with {_inputs(case)}, it returns {_what(value)}. That is not right."
        return ""

    def _example(self, mistake: Any, given: Mapping[str, Any]) -> Any:
        return mistake.example

    def _agree(self, one: Any, other: Any) -> bool:
        return agree(one, other, self.rtol, self.atol)

    def _call(self, function: Callable, case: Case) -> Any:
        """Call with copies of the arguments; return what came back, or `Stopped` with the reason in words."""
        arguments = copy.deepcopy(case.arguments)
        try:
            value = function(*arguments) if self.probe is None else self.probe(function, *arguments)
        except Exception as error:  # whatever the learner's code raises is an answer, not our failure
            return Stopped(_explained(error))
        if not agree(arguments, case.arguments):
            return Stopped("it changes its input. Work on a copy, or make something new.")
        return value


@dataclass(frozen=True)
class Stopped:
    """What a call "returns" that did not return."""

    reason: str


def agree(one: Any, other: Any, rtol: float = 0.0, atol: float = 0.0) -> bool:
    """True if two values are the same to a tolerance: numbers, arrays, tables, lists, dicts or texts of them."""
    if isinstance(other, (pd.DataFrame, pd.Series)):
        return (
            isinstance(one, type(other))
            and list(one.index) == list(other.index)
            and agree(one.to_dict(), other.to_dict(), rtol, atol)
        )
    if isinstance(other, Mapping):
        return (
            isinstance(one, Mapping)
            and list(one) == list(other)
            and all(agree(one[key], other[key], rtol, atol) for key in other)
        )
    first, second = as_numbers(one), as_numbers(other)
    if second is not None:
        return (
            first is not None
            and first.shape == second.shape
            and bool(np.allclose(first, second, rtol, atol, equal_nan=True))
        )
    if isinstance(other, (list, tuple)):
        return (
            isinstance(one, (list, tuple))
            and len(one) == len(other)
            and all(agree(a, b, rtol, atol) for a, b in zip(one, other, strict=True))
        )
    if isinstance(other, np.ndarray):
        return isinstance(one, np.ndarray) and np.array_equal(one, other)
    return type(one) is type(other) and bool(one == other)


def _is_stub(function: Callable) -> bool:
    """True if a function does nothing: its body is `...`, `pass` or a docstring."""
    steps = (
        {step.opname for step in dis.get_instructions(function)} if hasattr(function, "__code__") else {"?"}
    )
    return steps <= {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


def _explained(error: Exception) -> str:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)[1:]]
    where = f" in line {lines[0]} of your cell" if lines else ""
    return f"it stops{where} with {type(error).__name__}: {error}."


def _inputs(case: Case) -> str:
    written = ", ".join(f"`{shortly(argument)}`" for argument in case.arguments)
    if not case.note:
        return written
    small = all(isinstance(argument, (int, float, str, list, tuple, dict)) for argument in case.arguments)
    return (
        f"{case.note}, {written}" if small and "..." not in written and "array" not in written else case.note
    )


def _what(value: Any) -> str:
    """Say what came back: small things as Python writes them, of large ones the shape."""
    try:
        shape = np.shape(value)
    except ValueError:
        return f"a {type(value).__name__} of parts that differ in length"
    return f"numbers of shape {shape}" if len(shape) > 1 and as_numbers(value) is not None else shortly(value)
