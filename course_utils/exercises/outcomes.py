"""Check what a training came to, by a band over seeds: no two machines train alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.exercises.answers import Said, as_numbers, number_problem, shortly
from course_utils.exercises.checks import Check
from course_utils.exercises.verdicts import Status

_LARGEST_LOSS = 20.0  # what is larger is rather meant in per cent


@dataclass(frozen=True, kw_only=True)
class Outcome(Check):
    """A share from 0 to 1, such as an accuracy, that lies where trainings with other seeds ended.

    A number can be typed: where the predictions or the model can be handed over, take `Predictions`. The band
    reaches from the smallest to the largest of `measured`, on both sides half its width more, and at least `margin`.

    Parameters
    ----------
    measured : results of at least five seeds, for each profile.
    below, above : what to tell somebody whose result lies under or over the band.
    margin : least widening; 0.03 is what a test of a few hundred pictures varies by.
    """

    measured: Mapping[str, Sequence[float]]
    below: str
    above: str
    margin: float = 0.03

    def band(self, profile: str) -> tuple[float, float]:
        """Return the lowest and the highest result that passes in a profile."""
        return widened(self.measured[profile], self.margin)

    def _unusable(self, answer: Any, given: Mapping[str, Any]) -> Said | None:
        value = as_numbers(answer)
        if value is not None and value.shape == (2,):
            return (
                Status.NOT_YET,
                "Those are two numbers, such as a loss and an accuracy. Give the one that was asked for.",
            )
        problem = number_problem(answer)
        if problem is None and not 0 <= value.item() <= 1:
            return Status.NOT_YET, _no_share(value.item(), answer)
        return problem

    def _is_right(self, answer: Any, given: Mapping[str, Any]) -> bool:
        low, high = self.band(given["profile"])
        return low <= as_numbers(answer).item() <= high

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        return bool(np.isclose(as_numbers(answer).item(), float(other), rtol=0, atol=0.001))

    def _difference(self, answer: Any, given: Mapping[str, Any]) -> str:
        return self.below if as_numbers(answer).item() < self.band(given["profile"])[0] else self.above


def _no_share(value: float, answer: Any) -> str:
    if value > _LARGEST_LOSS or value == round(value) > 1:
        return "Give the share as a number from 0 to 1, not in per cent or as a count."
    return f"Expected a share, from 0 to 1. Received: {shortly(answer)}. Is that a loss?"


def widened(shares: Sequence[float], margin: float) -> tuple[float, float]:
    """Return the band of shares that pass, given those that other seeds reached."""
    low, high = min(shares), max(shares)
    widening = max((high - low) / 2, margin)
    return max(low - widening, 0.0), min(high + widening, 1.0)
