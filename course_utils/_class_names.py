"""The names of the classes that a network was trained on, read from a JSON file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from course_utils._networks import CLASS_INDEX, find_in_cache, no_download, remedy
from course_utils.errors import DataError

_IMAGENET_CLASSES = 1000
_CLASS_INDEX_URL = "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json"


def imagenet_class_names() -> list[str]:
    """Return the names of ImageNet's classes in the order of a classifier's outputs, downloaded by Keras once."""
    if (file := find_in_cache(CLASS_INDEX)) is None:
        try:
            file = Path(keras.utils.get_file(CLASS_INDEX, _CLASS_INDEX_URL, cache_subdir="models"))
        except Exception as error:  # Keras raises bare `Exception` for a failed download
            raise no_download("the names of ImageNet's classes", CLASS_INDEX, error) from error
    return read_names(
        file, lambda index: [index[str(label)][1].replace("_", " ") for label in range(_IMAGENET_CLASSES)]
    )


def read_names(file: Path, names_in: Callable[[Any], list[str]]) -> list[str]:
    """Return the class names in a JSON file of ours or of Keras."""
    try:
        names = names_in(json.loads(file.read_text(encoding="utf-8")))
        if not names or not all(isinstance(name, str) for name in names):
            raise ValueError("something else than names")
        return names
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"the class names in {file} cannot be read",
            expected="a whole JSON file with the name of each class",
            received=f"{type(error).__name__}: {error}",
            do=remedy(file),
        ) from error
