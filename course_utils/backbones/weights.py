"""Put the weights of a file into a network. What a file says about itself is checked before it is believed."""

import math
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np

from course_utils.errors import DataError


def load_weights(network: keras.Model, file: Path, name: str, do: str) -> None:
    """Put the weights in `file` into the network.

    Parameters
    ----------
    name : the backbone's, for the message.
    do : what to do about a file that is missing or damaged; it depends on whose file it is.

    Raises
    ------
    DataError : the file is missing, cannot be read, is damaged, or of another network.
    """
    if not file.is_file():
        raise DataError(
            f"the weights of {name!r} are missing",
            expected=f"the file {file}",
            received="a folder" if file.is_dir() else "no such file",
            do=do,
        )
    try:
        if file.suffix == ".npz":
            _assign(network, file)
        else:
            _load_keras(network, file)
        _check_finite(network)
    except PermissionError as error:
        raise _unfit(file, name, error, "allow yourself to read the file, or take another") from error
    except Exception as error:  # what is damaged may surface as any error, also one of memory
        raise _unfit(file, name, error, do) from error


def _unfit(file: Path, name: str, error: Exception, do: str) -> DataError:
    reason = str(error).partition("\n")[0]
    return DataError(
        f"the weights in {file} do not fit {name!r}, or the file is damaged",
        expected=f"all weights of {name!r}, as {'a .npz file' if file.suffix == '.npz' else 'Keras'} stores them",
        received=reason if type(error) is ValueError else f"{type(error).__name__}: {reason}",
        do=do,
    )


def _assign(network: keras.Model, file: Path) -> None:
    variables = {f"{layer.name}/{v.name}": v for layer in network.layers for v in layer.weights}
    arrays = read_arrays(file, {name: tuple(variable.shape) for name, variable in variables.items()})
    for name, variable in variables.items():
        variable.assign(arrays[name])


def read_arrays(file: Path, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """Return the arrays of a `.npz` file that are asked for, as float32, by name, such as `block_1_expand/kernel`.

    Nothing in the file is run (no pickles), and none of it is larger in memory than its shape asks for.

    Raises
    ------
    ValueError : an array is missing, of another shape, or holds no floating-point numbers.
    OSError, zipfile.BadZipFile and others : the file is damaged.
    """
    with zipfile.ZipFile(file) as archive:
        there = set(archive.namelist())
        missing = [name for name in shapes if f"{name}.npy" not in there]
        if missing:
            raise ValueError(
                f"no array for {', '.join(missing[:3])} ({len(missing)} of {len(shapes)} missing)"
            )
        return {name: _read_array(archive, name, shape) for name, shape in shapes.items()}


def _read_array(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> np.ndarray:
    with archive.open(f"{name}.npy") as member:
        version = np.lib.format.read_magic(member)
        read_header = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        if version not in read_header:
            raise ValueError(f"{name} is of an unknown version: {version}")
        found, is_fortran, dtype = read_header[version](member)
        if found != shape or dtype.kind != "f":
            raise ValueError(f"{name} is {dtype}{list(found)} in place of float32{list(shape)}")
        wanted = math.prod(shape) * dtype.itemsize
        # One byte more than there should be: at the end of a member the checksum is verified.
        content = member.read(wanted + 1)
        if len(content) != wanted:
            raise ValueError(f"{name} has {len(content)} bytes or more in place of {wanted}")
    array = np.frombuffer(content, dtype).reshape(shape, order="F" if is_fortran else "C")
    with np.errstate(over="ignore"):  # what float32 cannot hold is found when all is loaded
        return array.astype("float32")


def _load_keras(network: keras.Model, file: Path) -> None:
    """Load a file of Keras, which leaves a layer as it was, with no more than a warning, where the file lacks it."""
    for variable in network.weights:
        variable.assign(np.full(variable.shape, np.nan))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network.load_weights(file)


def _check_finite(network: keras.Model) -> None:
    for variable in network.weights:
        if not np.isfinite(keras.ops.convert_to_numpy(variable)).all():
            raise ValueError(f"{variable.path} is not in the file, or holds NaN or infinity")
