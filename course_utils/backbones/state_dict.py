"""Read a file of weights as PyTorch wrote them before version 1.6, without PyTorch and without trusting the file.

Five pickles (a magic number, the format's version, facts about the computer, the tensors, the keys of their storages),
then for each storage the number of its elements and the elements themselves. A tensor is a window into a storage: where
it begins, how many elements there are along each axis, and how far apart they lie.
"""

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.arguments import shortened
from course_utils.backbones.pickles import read_pickle
from course_utils.errors import DataError

_MAGIC, _VERSION = 0x1950A86A20F9469CFC6C, 1001
_KINDS = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
_MOST_AXES = 8


@dataclass(frozen=True)
class _Storage:
    """What a tensor says about the storage that it is a window of."""

    dtype: np.dtype
    key: str
    length: int


@dataclass(frozen=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    requires_grad: bool
    hooks: dict


_NAMES = {
    "collections OrderedDict": lambda: {},
    "torch._utils _rebuild_tensor_v2": _Tensor,
    **{f"torch {name}": dtype for name, dtype in _KINDS.items()},
}


def read_state_dict(
    file: Path, do: str = "take the file from its publisher once more"
) -> dict[str, np.ndarray]:
    """Return the arrays in a file of weights by name, such as "_conv_stem.weight", axes as PyTorch orders them.

    Nothing in the file is imported or run. The arrays are read-only windows into one copy of the file, so they need no
    more memory than it has bytes, whatever it says.

    Parameters
    ----------
    do : what to do about a file that is none, for the message.

    Raises
    ------
    DataError : the file cannot be read, is damaged, or asks for anything that weights do not need.
    """
    try:
        return parse_state_dict(file.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(
            f"no weights can be read from {file}",
            expected="a dictionary of tensors, as torch.save wrote it before PyTorch 1.6, and nothing else",
            received=str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}",
            do=do,
        ) from error


def parse_state_dict(content: bytes) -> dict[str, np.ndarray]:
    """Return the arrays in the bytes of such a file.

    Raises
    ------
    ValueError : they are damaged, or ask for anything that weights do not need.
    """
    stream = io.BytesIO(content)
    magic, version, computer, tensors, keys = (read_pickle(stream, _NAMES, _storage) for _ in range(5))
    if (magic, version) != (_MAGIC, _VERSION):
        raise ValueError("a beginning that is not that of PyTorch's format before 1.6")
    if type(computer) is not dict or computer.get("little_endian") is not True:
        raise ValueError("numbers of another byte order")
    if type(tensors) is not dict or not all(type(tensor) is _Tensor for tensor in tensors.values()):
        raise ValueError("something else than a dictionary of tensors")
    buffers = _read_storages(stream, keys, _storages_of(tensors))
    return {name: _window(name, tensor, buffers) for name, tensor in tensors.items()}


def _storage(description: Any) -> _Storage:
    """Return what a tensor refers to: ("storage", kind, key, device, number of elements, no view)."""
    if type(description) is not tuple or len(description) != 6:
        raise ValueError("a reference to something that is no storage")
    word, dtype, key, _, length, view = description
    is_known = any(dtype is known for known in _KINDS.values())
    if word != "storage" or not is_known or type(key) is not str or view is not None or not _is_count(length):
        raise ValueError("a reference to something that is no storage of numbers")
    return _Storage(dtype, key, length)


def _storages_of(tensors: dict[str, _Tensor]) -> dict[str, _Storage]:
    storages: dict[str, _Storage] = {}
    for name, tensor in tensors.items():
        if type(tensor.storage) is not _Storage:
            raise ValueError(f"{shortened(name)} without a storage")
        if storages.setdefault(tensor.storage.key, tensor.storage) != tensor.storage:
            raise ValueError(f"{shortened(name)}, whose storage is another one elsewhere")
    return storages


def _read_storages(stream: io.BytesIO, keys: Any, storages: dict[str, _Storage]) -> dict[str, memoryview]:
    """Return the bytes of each storage; they follow each other in the order of the keys, to the end of the file."""
    if type(keys) is not list or not all(type(key) is str for key in keys):
        raise ValueError("something else than a list of storages")
    if sorted(keys) != sorted(storages):
        raise ValueError("other storages than those that its tensors are in")
    content, buffers = stream.getbuffer().toreadonly(), {}
    for key in keys:
        start = stream.tell() + 8
        length = int.from_bytes(stream.read(8), "little", signed=True)
        size = length * storages[key].dtype.itemsize
        if length != storages[key].length or start + size > len(content):
            raise ValueError(f"a storage {shortened(key)} that is cut short or of another length")
        buffers[key] = content[start : start + size]
        stream.seek(start + size)
    if stream.tell() != len(content):
        raise ValueError(f"{len(content) - stream.tell()} bytes after its end")
    return buffers


def _window(name: str, tensor: _Tensor, buffers: dict[str, memoryview]) -> np.ndarray:
    shape, strides, storage = tensor.shape, tensor.strides, tensor.storage
    are_counts = all(type(axes) is tuple and all(map(_is_count, axes)) for axes in (shape, strides))
    if not (are_counts and len(shape) == len(strides) <= _MOST_AXES and _is_count(tensor.offset)):
        raise ValueError(f"{shortened(name)} with a shape, strides or an offset that are none")
    last = tensor.offset + sum((n - 1) * stride for n, stride in zip(shape, strides, strict=True))
    # As many elements as the storage at most: strides of 0 could make a few bytes an array larger than any memory.
    if 0 in shape or last >= storage.length or math.prod(shape) > storage.length:
        raise ValueError(f"{shortened(name)}, which reaches outside of its storage or is empty")
    item = storage.dtype.itemsize
    return np.ndarray(
        shape,
        storage.dtype,
        buffers[storage.key],
        tensor.offset * item,
        tuple(stride * item for stride in strides),
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**40
