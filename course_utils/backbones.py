"""Backbones by name: pixels 0-255 in, feature vectors out, the right preprocessing inside.

    backbone = load_backbone("mini_mobilenet_v2")
    vectors = backbone.predict(pixels)      # (n, 96, 96, 3) in 0..255 -> (n, 1280)

Inside a backbone, `backbone.get_layer("network")` is the bare network from `keras.applications`. It wants
preprocessed pixels: feed it with raw ones to see what wrong preprocessing does.
"""

import os
from dataclasses import dataclass

import keras
import numpy as np
import pandas as pd

from course_utils._anatomy import fingerprint, layers_digest, multiply_adds, own_code, weights_digest
from course_utils._backbone_records import RECORDS, BackboneRecord, find_record
from course_utils._class_names import imagenet_class_names, read_names
from course_utils._networks import MINI, build_network, mini_folder
from course_utils.arguments import shortened, whole_number
from course_utils.keras_settings import check_settings
from course_utils.preprocessing import MODES, preprocess

__all__ = [
    "Classifier",
    "backbone_names",
    "class_names",
    "describe",
    "fingerprint",
    "layers_digest",
    "load_backbone",
    "load_classifier",
    "multiply_adds",
    "own_code",
    "weights_digest",
]

HUB_PREFIX = "hub:"
_ROUNDING = 1e-3  # by which a probability in half precision may miss 0 or 1


def backbone_names() -> list[str]:
    """Return the names that `load_backbone` knows, besides TF Hub handles."""
    return list(RECORDS)


def describe(name: str | None = None) -> pd.Series | pd.DataFrame:
    """Return what is known about a backbone, or a table of all of them.

    Parameters and multiply-adds are in millions, without the classifier, at the default size.
    """
    table = pd.DataFrame([_facts(record) for record in RECORDS.values()]).set_index("name")
    if name is None:
        return table
    return table.loc[find_record(name).name]


def _facts(record: BackboneRecord) -> dict:
    return {
        "name": record.name,
        "size": record.size,
        "features": record.n_features,
        "parameters": record.parameters,
        "multiply_adds": record.multiply_adds,
        "preprocessing": MODES[record.preprocessing],
        "weights": record.weights,
    }


def load_backbone(
    name: str, image_size: int | None = None, weights: str | os.PathLike | None = "default"
) -> keras.Model:
    """Return a frozen backbone: float pixels 0-255 (b, size, size, 3) in, feature vectors (b, d) out.

    ImageNet weights are downloaded by Keras on first use and kept in its cache; the mini backbone's come
    with the course.

    Parameters
    ----------
    name : see `backbone_names()`, or "hub:" and the handle of a TF Hub module (a folder or an address).
    image_size : side of the pictures in pixels; the backbone's own size by default.
    weights : "default", None for random ones, or a file: `.npz` as the pre-training tool writes, `.h5` or
        `.weights.h5` saved from the same network without its classifier.

    Raises
    ------
    ValueError : unknown name, or a size below what the network can take.
    DataError : the weights are missing, damaged, of another network, or cannot be downloaded.
    """
    check_settings()
    if _is_hub(name):
        from course_utils.hub import load_hub_backbone

        if not isinstance(weights, str) or weights != "default":
            raise ValueError(
                f'`weights` must be "default" for {name!r}: a TF Hub module brings its own. '
                f"Received: {shortened(weights)}."
            )
        return load_hub_backbone(str(name).removeprefix(HUB_PREFIX), image_size)
    record = find_record(name, also=[f"{HUB_PREFIX}HANDLE"])
    size = _checked_size(record, image_size)
    return _with_preprocessing(build_network(record, size, weights), record)


def _checked_size(record: BackboneRecord, size: int | None) -> int:
    if size is None:
        return record.size
    why = f" for {record.name!r} (a smaller picture is gone before the last layer)"
    return whole_number("image_size", size, record.smallest, why=why)


def _with_preprocessing(network: keras.Model, record: BackboneRecord) -> keras.Model:
    pixels = keras.Input(network.input_shape[1:], name="pixels")
    outputs = network(preprocess(pixels, record.preprocessing))
    model = keras.Model(pixels, outputs, name=record.name)
    model.trainable = False
    return model


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
    return probabilities


def load_classifier(name: str, weights: str | os.PathLike | None = "default") -> Classifier:
    """Return a network with its original classifier: ImageNet's 1000 classes, or the mini backbone's own.

    Raises
    ------
    ValueError : unknown name, or a TF Hub module.
    DataError : weights or class names cannot be had.
    """
    record = _with_classifier(name)
    names = class_names(name)
    network = build_network(record, record.size, weights, len(names))
    return Classifier(name, _with_preprocessing(network, record), names)


def class_names(name: str) -> list[str]:
    """Return the classes that a backbone was trained on, in the order of its original classifier's outputs.

    Raises
    ------
    ValueError : unknown name, or a TF Hub module.
    DataError : the names cannot be had.
    """
    if _with_classifier(name).name == MINI:
        return read_names(mini_folder() / "labels.json", lambda labels: [label["name"] for label in labels])
    return imagenet_class_names()


def _with_classifier(name: str) -> BackboneRecord:
    """Return what is known about a backbone whose classifier and class names can be had."""
    if _is_hub(name):
        raise ValueError(
            f"`name` must be a backbone with a classifier: {', '.join(RECORDS)}. Received: {name!r}. "
            "TF Hub modules bring no class names; for their feature vectors, use load_backbone."
        )
    return find_record(name)


def _is_hub(name: object) -> bool:
    return isinstance(name, str | os.PathLike) and str(name).startswith(HUB_PREFIX)
