"""Build the network of a record, and find the file with its weights."""

import os
import tempfile
from pathlib import Path
from typing import Any

import keras

from course_utils.arguments import as_path
from course_utils.backbones import efficientnet_lite, families
from course_utils.backbones.packaged import find_packaged, how_to_install
from course_utils.backbones.records import RECORDS, BackboneRecord
from course_utils.backbones.state_dict import read_state_dict
from course_utils.backbones.weights import load_weights
from course_utils.errors import DataError
from course_utils.keras_settings import check_settings
from course_utils.paths import cannot_write, unwritable

# Networks that Keras does not bring, by the name in their records; each takes the side of its pictures.
WRITTEN_OUT = {
    "EfficientNetLite0": efficientnet_lite.efficientnet_lite0,
    "ScaledInceptionV3": families.inception_v3,
    "ScaledResNet50": families.resnet50,
    "ScaledVGG16": families.vgg16,
    "ScaledVGG19": families.vgg19,
    "ScaledXception": families.xception,
}


def build_network(
    record: BackboneRecord, size: int, weights: str | os.PathLike | None, n_classes: int | None = None
) -> keras.Model:
    """Return the bare network, named "network": preprocessed pixels to features, or to probabilities.

    Parameters
    ----------
    weights : "default", None for random ones, or a file (`.npz` of ours, `.h5` or `.weights.h5` of Keras).
    n_classes : of the original classifier, for probabilities; None for features.
    """
    check_settings()
    weights = _checked_weights(weights)
    network = _with_top(record, size, n_classes) if n_classes else build_body(record, size)
    if weights == "default":
        _load_default_weights(network, record, size, bool(n_classes))
    elif weights is not None:
        load_weights(network, weights, record.name, remedy(weights))
    return keras.Model(network.input, network.output, name="network")


def _load_default_weights(network: keras.Model, record: BackboneRecord, size: int, top: bool) -> None:
    if record.packaged:
        _load_packaged(network, record)
    else:
        file = record.own_file("weights.npz") if record.is_own else imagenet_file(record, size, top)
        load_weights(network, file, record.name, remedy(file))


def _load_packaged(network: keras.Model, record: BackboneRecord) -> None:
    do = how_to_install(record.packaged)
    file = find_packaged(record.packaged, record.name)
    state = read_state_dict(file, do)
    try:
        efficientnet_lite.set_weights(network, state)
    except ValueError as error:
        raise DataError(
            f"the weights in {file} do not fit {record.name!r}",
            expected=f"all weights of {record.name!r}, and no others",
            received=str(error),
            do=do,
        ) from error


def _checked_weights(weights: object) -> str | Path | None:
    if weights is None or (isinstance(weights, str) and weights == "default"):
        return weights
    what = '"default" (those of ImageNet, or the course\'s own), None for random ones, or the path of a file'
    if isinstance(weights, str) and weights == "imagenet":  # Keras' own word for them
        raise ValueError(f'`weights` must be {what}. Received: {weights!r}. Write "default".')
    return as_path("weights", weights, what)


def remedy(file: Path) -> str:
    """Return what to do about a file that is missing or damaged, by whose it is: only Keras' own may be deleted."""
    folder = file.absolute().parent
    own = {
        record.own_file("weights.npz").absolute(): name for name, record in RECORDS.items() if record.is_own
    }
    if name := own.get(file.absolute()):
        return f"install the course again, or make it anew: make backbone NAME={name} (under 90 minutes)"
    if folder in (models_folder(), _second_models_folder()) and file.name in _names_in_cache():
        return 'delete the file and load again: with weights="default" Keras downloads it anew'
    return "correct the path in `weights`, or give the file that belongs to this backbone; this one stays as it is"


def _names_in_cache() -> set[str]:
    """Return the names of all files that Keras may download for this course."""
    return {
        record.weights_file(size, top)
        for record in RECORDS.values()
        for size in (224, *record.file_sizes)
        for top in (False, True)
        if record.files
    }


_FEATURES = {"include_top": False, "pooling": "avg"}
_CLASSIFIER = {"include_top": True, "classifier_activation": "softmax"}


def build_body(record: BackboneRecord, size: int | None) -> keras.Model:
    """Return a network with random weights: preprocessed pixels to features. `size=None` takes pictures of any size."""
    if record.builder in WRITTEN_OUT:
        return WRITTEN_OUT[record.builder](size, **record.options)
    return _build(record, size, **_FEATURES)


def _with_top(record: BackboneRecord, size: int, n_classes: int) -> keras.Model:
    """Return a network with its classifier and random weights: preprocessed pixels to probabilities."""
    if record.files:
        return _build(record, size, classes=n_classes, **_CLASSIFIER)
    body = build_body(record, size)
    probabilities = keras.layers.Dense(n_classes, activation="softmax", name="top")(body.output)
    return keras.Model(body.input, probabilities)


def _build(record: BackboneRecord, size: int | None, weights: str | None = None, **how: Any) -> keras.Model:
    builder = getattr(keras.applications, record.builder)
    return builder(input_shape=(size, size, 3), weights=weights, **how, **record.options)


def models_folder() -> Path:
    """Return the folder where Keras keeps the weights that it has downloaded."""
    # Unlike `Path.home()` this does not raise where nobody knows the home folder.
    home = Path(os.path.expanduser(os.environ.get("KERAS_HOME") or "~/.keras"))
    if not os.access(home, os.W_OK) and not home.is_dir():
        home = (_second_models_folder() or home / "models").parent
    return home.absolute() / "models"


def _second_models_folder() -> Path | None:
    """Return the folder that Keras turns to where the first may not be written to, None where it has none either."""
    try:
        return Path(tempfile.gettempdir()) / ".keras" / "models"
    except FileNotFoundError:  # a system without a temporary folder
        return None


def imagenet_file(record: BackboneRecord, size: int, top: bool) -> Path:
    """Return the file with ImageNet weights, downloaded by Keras unless it is there.

    A file that is there is used as it is. Asking Keras for it by `weights="imagenet"` would compare its hash
    and, where that differs and there is no network, delete it.

    Raises
    ------
    DataError : it is not there and cannot be downloaded.
    """
    name = record.weights_file(size, top)
    if (file := find_in_cache(name)) is None:
        how = _CLASSIFIER if top else _FEATURES
        try:
            _build(record, size, "imagenet", **how)
        except Exception as error:  # Keras raises bare `Exception` for a failed download
            raise _no_download(record, name, error) from error
        file = find_in_cache(name) or models_folder() / name
    return file


def find_in_cache(name: str) -> Path | None:
    """Return a file that Keras has downloaded, None where there is none."""
    folders = (models_folder(), _second_models_folder())
    return next((folder / name for folder in folders if folder and (folder / name).exists()), None)


def _no_download(record: BackboneRecord, name: str, error: Exception) -> DataError:
    """Return the error for weights of Keras that are neither there nor to be had."""
    folder, ours = models_folder(), [repr(other.name) for other in RECORDS.values() if not other.files]
    if isinstance(error, OSError) and (place := unwritable(error, folder)) is not None:
        return cannot_write(place, error)
    return DataError(
        f"the ImageNet weights of {record.name!r} cannot be had",
        expected=f"the file {folder / name}, or a network to download it",
        received=f"no such file, and no download: {error}",
        do=f"connect to the internet once, or set KERAS_HOME to a folder that has models/{name}; "
        f"{' and '.join(ours)} need no download",
    )
