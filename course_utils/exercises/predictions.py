"""Check what a learner's model answers, picture by picture, and count for oneself: a typed number proves nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from course_utils.exercises.answers import Said, as_numbers, shortly
from course_utils.exercises.calling import Stopped, call
from course_utils.exercises.checks import Check, resolved
from course_utils.exercises.outcomes import widened
from course_utils.exercises.verdicts import Status

SECONDS = 30.0  # that a model may take for all pictures of an exam


@dataclass(frozen=True, kw_only=True)
class Exam:
    """Pictures whose true labels are known, and how large a share of them a right model names.

    Parameters
    ----------
    what : the pictures in words, as in "the test pictures".
    truth : function of `given` that returns their labels or names: (n,).
    inputs : function of `given` that returns what a model is asked about; None where only predictions can be judged.
    measured : shares that were reached with at least five seeds, for each profile (`given` needs `profile`); or a
        function of `given` that returns such shares, as by training a few small heads.
    below, above : what to tell where the share lies under or over the band.
    margin : the band reaches from the smallest to the largest share, and on both sides half its width and at least
        this further.
    """

    what: str
    truth: Callable[..., Sequence]
    measured: Mapping[str, Sequence[float]] | Callable[..., Sequence[float]]
    below: str
    above: str
    inputs: Callable[..., Any] | None = None
    margin: float = 0.02

    def band(self, given: Mapping[str, Any]) -> tuple[float, float]:
        """Return the lowest and the highest share that passes."""
        shares = (
            resolved(self.measured, given) if callable(self.measured) else self.measured[given["profile"]]
        )
        return widened(shares, self.margin)


@dataclass(frozen=True, kw_only=True)
class Predictions(Check):
    """Predictions for the pictures of an exam, or a fitted model (or function) that is examined.

    Predictions are labels or names, (n,), probabilities or scores, (n, classes), or a table with a column `predicted`.
    A model that is examined twice can be told by what it should not know: let the second exam be training pictures that
    it should not have seen.

    Parameters
    ----------
    exams : the first is the one that predictions are for; if there are more, the answer must be a model.
    classes : function of `given` that returns the names by label, where names are as good as labels.
    """

    exams: Sequence[Exam] = field(default_factory=tuple)
    classes: Callable[..., Sequence[str]] | None = None

    def _judge(self, answer: Any, given: Mapping[str, Any]) -> Said:
        said = [self._labels(answer, exam, given) for exam in self.exams]
        problem = next((words for words in said if isinstance(words, str)), None)
        if problem is not None:
            return Status.NOT_YET, problem
        shares = [self._share(labels, exam, given) for labels, exam in zip(said, self.exams, strict=True)]
        reason = next(filter(None, map(self._verdict, shares, self.exams, [given] * len(shares))), "")
        if not reason:
            return Status.RIGHT, ""
        known = next((m for m in self.mistakes if self._recognises(m, answer, given)), None)
        return Status.NOT_YET, reason if known is None else known.says

    def _verdict(self, share: float, exam: Exam, given: Mapping[str, Any]) -> str:
        low, high = exam.band(given)
        if low <= share <= high:
            return ""
        return f"Of {exam.what}, {share:.1%} are named right. {exam.below if share < low else exam.above}"

    def _same(self, answer: Any, other: Any, given: Mapping[str, Any]) -> bool:
        one, another = (self._labels(labels, self.exams[0], given) for labels in (answer, other))
        return not isinstance(one, str) and not isinstance(another, str) and bool((one == another).all())

    def _share(self, labels: np.ndarray, exam: Exam, given: Mapping[str, Any]) -> float:
        return float(np.mean(labels == self._as_texts(resolved(exam.truth, given), given)))

    def _labels(self, answer: Any, exam: Exam, given: Mapping[str, Any]) -> np.ndarray | str:
        """Return an answer's label for each picture of an exam, as texts; or what to say where it has none."""
        if hasattr(answer, "predict") or callable(answer):
            if exam.inputs is None:
                return f"Expected {self._wanted()}. Received: a {type(answer).__name__}. Ask it, and give its answers."
            answer = _asked(answer, resolved(exam.inputs, given))
            if isinstance(answer, Stopped):
                return f"Asked about {exam.what}, {answer.reason} Has it been fitted, to inputs of this kind?"
        elif len(self.exams) > 1:
            return f"Expected {self._wanted()}. Received: {shortly(answer)}."
        if isinstance(answer, pd.DataFrame) and "predicted" in answer:
            answer = answer["predicted"]
        said = _as_array(answer)
        if said is None or said.ndim == 0 or (said.size <= 2 and said.dtype.kind == "f"):
            return f"Expected {self._wanted()}: the check counts for itself. Received: {shortly(answer)}."
        return self._in_words(said, answer) or self._counted(said, exam, given)

    def _in_words(self, said: np.ndarray, answer: Any) -> str:
        if said.ndim > 2:
            return f"Expected a label, or scores, for each picture. Received: an array of shape {said.shape}."
        if said.dtype.kind == "f" and not np.isfinite(said).all():
            return "Some predictions are no finite numbers (`nan`): something has gone wrong in training."
        if said.ndim == 1 and said.dtype.kind == "f" and (said != np.round(said)).any():
            return f"Expected labels: whole numbers, or names. Received: {shortly(answer)}. Which class does it mean?"
        return ""

    def _counted(self, said: np.ndarray, exam: Exam, given: Mapping[str, Any]) -> np.ndarray | str:
        truth = np.asarray(resolved(exam.truth, given))
        if len(said) != len(truth):
            return f"Expected an answer for each of {exam.what}, {len(truth)} in all. Received: {len(said)}."
        n_classes = len(resolved(self.classes, given)) if self.classes else None
        if said.ndim == 2 and n_classes not in (None, said.shape[1]):
            return f"Expected scores for each of {n_classes} classes. Received: {said.shape[1]} for each picture."
        return self._as_texts(said.argmax(axis=1) if said.ndim == 2 else said, given)

    def _as_texts(self, labels: Any, given: Mapping[str, Any]) -> np.ndarray:
        """Return labels as texts, whole numbers as names where these are known."""
        labels = np.asarray(labels)
        if labels.dtype.kind not in "iuf":
            return labels.astype(str)
        whole = labels.astype(int)
        if self.classes is None:
            return whole.astype(str)
        names = np.asarray(resolved(self.classes, given)).astype(str)
        return np.where((whole >= 0) & (whole < len(names)), names[whole % len(names)], whole.astype(str))

    def _wanted(self) -> str:
        model, alone = self.exams[0].inputs is not None, len(self.exams) == 1
        predictions = f"predictions, one for each of {self.exams[0].what}"
        if not model:
            return predictions
        return f"the fitted model, or its {predictions}" if alone else "the fitted model itself"


def _asked(model: Any, inputs: Any) -> Any:
    """Return what a model, or a function, says about inputs; `Stopped` where it says nothing."""
    return call(model.predict if hasattr(model, "predict") else model, (inputs,), SECONDS)


def _as_array(answer: Any) -> np.ndarray | None:
    """Return numbers or texts as an array; None for anything else."""
    said = as_numbers(answer)
    if said is not None:
        return said
    try:
        texts = np.asarray(answer)
    except ValueError:
        return None
    is_text = texts.size and all(isinstance(item, str) for item in texts.flat)
    return texts.astype(str) if is_text else None
