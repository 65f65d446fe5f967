"""Build the networks of `keras.applications` and put weights into them."""

import os
import tempfile
import zipfile
from pathlib import Path

import keras
import numpy as np

from course_utils._backbone_records import BackboneRecord
from course_utils.errors import DataError
from course_utils.paths import data_folder

MINI = "mini_mobilenet_v2"


def build_network(
    record: BackboneRecord, size: int, weights: str | os.PathLike | None, top: bool = False
) -> keras.Model:
    """Return the bare network, named "network": preprocessed pixels to features, or to probabilities.

    Parameters
    ----------
    weights : "default", None for random ones, or a file (`.npz` of ours, `.h5` or `.weights.h5` of Keras).
    top : with the original classifier, for probabilities.
    """
    if record.name == MINI:
        network = _mini(record, size, top, weights)
    else:
        how = {"include_top": True, "classifier_activation": "softmax"} if top else _FEATURES
        network = _builder(record)(input_shape=(size, size, 3), weights=None, **how, **record.options)
    if weights == "default":
        weights = mini_folder() / "weights.npz" if record.name == MINI else imagenet_file(record, size, top)
    if weights is not None:
        load_weights(network, Path(weights), record.name)
    return keras.Model(network.input, network.output, name="network")


_FEATURES = {"include_top": False, "pooling": "avg"}


def _builder(record: BackboneRecord):
    return getattr(keras.applications, record.builder)


def _mini(record: BackboneRecord, size: int, top: bool, weights) -> keras.Model:
    body = _builder(record)(input_shape=(size, size, 3), weights=None, **_FEATURES, **record.options)
    if not top:
        return body
    n_classes = _n_classes(mini_folder() / "weights.npz" if weights == "default" else weights)
    probabilities = keras.layers.Dense(n_classes, activation="softmax", name="top")(body.output)
    return keras.Model(body.input, probabilities)


def _n_classes(file: str | os.PathLike | None) -> int:
    return 1000 if file is None else len(read_arrays(Path(file))["top/bias"])


def mini_folder() -> Path:
    return data_folder() / "mini_backbone"


def models_folder() -> Path:
    """Return the folder where Keras keeps the weights that it has downloaded."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras").expanduser()
    if not os.access(home, os.W_OK) and not home.is_dir():
        home = Path(tempfile.gettempdir()) / ".keras"  # where Keras turns to as well
    return home / "models"


def imagenet_file(record: BackboneRecord, size: int, top: bool) -> Path:
    """Return the file with ImageNet weights, downloaded by Keras unless it is there.

    A file that is there is used as it is. Asking Keras for it by `weights="imagenet"` would compare its hash
    and, where that differs and there is no network, delete it.

    Raises
    ------
    DataError : it is not there and cannot be downloaded.
    """
    file = models_folder() / record.weights_file(size, top)
    if not file.exists():
        how = {"include_top": True} if top else _FEATURES
        try:
            _builder(record)(input_shape=(size, size, 3), weights="imagenet", **how, **record.options)
        except Exception as error:  # Keras raises bare `Exception` for a failed download
            raise no_download(f"the ImageNet weights of {record.name!r}", file, error) from error
    elsewhere = (
        Path(tempfile.gettempdir()) / ".keras/models" / file.name
    )  # if the first may not be written to
    return file if file.exists() else elsewhere


def no_download(what: str, file: Path, error: Exception) -> DataError:
    """Return the error for a file of Keras that is neither there nor to be had."""
    return DataError(
        f"{what} cannot be had",
        expected=f"the file {file}, or a network to download it",
        received=f"no such file, and no download: {error}",
        do="connect to the internet once, or set KERAS_HOME to a folder that has models/"
        f"{file.name}; load_backbone({MINI!r}) needs no download",
    )


def load_weights(network: keras.Model, file: Path, name: str) -> None:
    """Put the weights in `file` into the network.

    Raises
    ------
    DataError : the file is missing, damaged, or of another network.
    """
    if not file.exists():
        raise DataError(
            f"the weights of {name!r} are missing",
            expected=f"the file {file}",
            received="no such file",
            do="install the course again, or make them anew: make backbone (under an hour)"
            if name == MINI
            else "correct the path in `weights`",
        )
    try:
        if file.suffix == ".npz":
            _assign(network, read_arrays(file))
        else:
            network.load_weights(file)
    except (ValueError, OSError, KeyError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(
            f"the weights in {file} do not fit {name!r}, or the file is damaged",
            expected=f"all weights of {name!r}",
            received=str(error).partition("\n")[0],
            do="delete the file and load again, or give the file that belongs to this backbone",
        ) from error


def read_arrays(file: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a weights file of ours by name, such as `block_1_expand/kernel`."""
    try:
        with open(file, "rb") as stream, np.load(stream) as arrays:
            return {name: arrays[name].astype("float32") for name in arrays.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise DataError(
            f"the weights file {file} cannot be read",
            expected="a whole .npz file of named arrays",
            received=str(error),
            do="install the course again, or make it anew: make backbone",
        ) from error


def _assign(network: keras.Model, arrays: dict[str, np.ndarray]) -> None:
    variables = {f"{layer.name}/{v.name}": v for layer in network.layers for v in layer.weights}
    missing = [name for name in variables if name not in arrays]
    if missing:
        raise ValueError(
            f"no array for {', '.join(missing[:3])} ({len(missing)} of {len(variables)} missing)"
        )
    for name, variable in variables.items():
        variable.assign(arrays[name])
