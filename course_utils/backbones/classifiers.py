"""Networks with their original classifiers, and the names of the classes that they were trained on."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from course_utils.arguments import shortened, whole_number
from course_utils.backbones.loading import is_hub
from course_utils.backbones.networks import build_network
from course_utils.backbones.preprocessing import with_preprocessing
from course_utils.backbones.records import RECORDS, BackboneRecord, find_record
from course_utils.errors import DataError

_ROUNDING = 1e-3  # by which a probability in half precision may miss 0 or 1


@dataclass(frozen=True)
class Classifier:
    """A network with its original classifier: `model` (pixels 0-255 to probabilities) and class names."""

    name: str
    model: keras.Model
    class_names: list[str]

    def decode(self, probabilities: np.ndarray, top: int | None = None) -> pd.DataFrame:
        """Return the most probable classes of each picture, best first.

        Parameters
        ----------
        probabilities : (pictures, classes), as `model.predict` returns them.
        top : how many classes, by default five, or all where there are fewer.

        Returns
        -------
        columns `picture` (row of the input), `rank` (from 1), `class_name`, `probability`.
        """
        n_classes = len(self.class_names)
        probabilities = _checked_probabilities(probabilities, n_classes, self.name)
        top = min(5, n_classes) if top is None else whole_number("top", top, 1, n_classes)
        best = np.argsort(-probabilities, axis=1, kind="stable")[:, :top]
        pictures, ranks = np.indices(best.shape)
        columns = {
            "picture": pictures.ravel(),
            "rank": ranks.ravel() + 1,
            "class_name": [self.class_names[label] for label in best.ravel()],
            "probability": np.take_along_axis(probabilities, best, axis=1).ravel(),
        }
        return pd.DataFrame(columns)

    def __repr__(self) -> str:
        return f"<Classifier {self.name}: {self.model.input_shape[1]} px, {len(self.class_names)} classes>"


def _checked_probabilities(values: object, n_classes: int, name: str) -> np.ndarray:
    what = f"`probabilities` must have shape (pictures, {n_classes}), as {name!r} predicts them"
    try:
        probabilities = np.asarray(values)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{what}. Received: {shortened(values)}.") from None
    if probabilities.ndim != 2 or probabilities.shape[1] != n_classes:
        hint = " For one picture: probabilities[None]." if probabilities.shape == (n_classes,) else ""
        raise ValueError(f"{what}. Received: shape {probabilities.shape}.{hint}")
    try:
        numbers = probabilities.astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"{what}: numbers. Received: {shortened(values)}.") from None
    if not np.isfinite(numbers).all():
        raise ValueError(f"{what}, each a number. Received: NaN or infinity.")
    if (numbers < -_ROUNDING).any() or (numbers > 1 + _ROUNDING).any():
        raise ValueError(
            f"{what}, each from 0 to 1. Received: {numbers.min():.3g} to {numbers.max():.3g}. If these are logits, "
            "use keras.ops.softmax first."
        )
    return probabilities if probabilities.dtype.kind == "f" else numbers


def load_classifier(name: str, weights: str | os.PathLike | None = "default") -> Classifier:
    """Return a network with its original classifier: ImageNet's 1000 classes, or the mini backbone's own.

    Raises
    ------
    ValueError : unknown name, or a TF Hub module.
    DataError : the weights cannot be had, or the class names not be read.
    """
    record = _with_classifier(name)
    names = class_names(name)
    network = build_network(record, record.size, weights, len(names))
    model = with_preprocessing(network, record.size, record.preprocessing, name)
    return Classifier(name, model, names)


def class_names(name: str) -> list[str]:
    """Return the classes that a backbone was trained on, in the order of its original classifier's outputs.

    Raises
    ------
    ValueError : unknown name, or a TF Hub module.
    DataError : the names cannot be read.
    """
    return _read_names(_with_classifier(name).classes_file())


def _with_classifier(name: str) -> BackboneRecord:
    """Return what is known about a backbone whose classifier and class names can be had."""
    if is_hub(name):
        raise ValueError(
            f"`name` must be a backbone with a classifier: {', '.join(RECORDS)}. Received: {name!r}. "
            "TF Hub modules bring no class names; for their feature vectors, use load_backbone."
        )
    return find_record(name)


def _read_names(file: Path) -> list[str]:
    """Return the class names in a JSON file of the course's."""
    try:
        names = [row["name"] for row in json.loads(file.read_text(encoding="utf-8"))]
        if not names or not all(isinstance(name, str) for name in names):
            raise ValueError("something else than names")
        return names
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"the class names in {file} cannot be read",
            expected="a whole JSON file with the name of each class",
            received=f"{type(error).__name__}: {error}",
            do="install the course again",
        ) from error
