"""Write PyTorch's files of weights, and what pretends to be one, instruction by instruction: no PyTorch, no pickler."""

import struct

import numpy as np

KINDS = {"<f4": "FloatStorage", "<i8": "LongStorage"}
MAGIC = 0x1950A86A20F9469CFC6C
SIX = (np.arange(6, dtype="<f4"),)


def pickled(*instructions):
    return b"\x80\x02" + b"".join(instructions) + b"."


def number(n):
    if abs(n) < 2**31:
        return b"J" + struct.pack("<i", n)
    return b"\x8a\x09" + n.to_bytes(9, "little", signed=True)


def text(words):
    return b"X" + struct.pack("<I", len(words.encode())) + words.encode()


def name(module, member):
    return f"c{module}\n{member}\n".encode()


def parts(*instructions):
    """A tuple."""
    return b"(" + b"".join(instructions) + b"t"


def entries(pairs):
    """A dictionary."""
    return b"}(" + b"".join(text(key) + value for key, value in pairs) + b"u"


def storage(key="0", kind="FloatStorage", length=6, word="storage", view=b"N"):
    return parts(text(word), name("torch", kind), text(key), text("cpu"), number(length), view) + b"Q"


def tensor(where=None, offset=0, shape=(2, 3), strides=(3, 1)):
    sides = [parts(*map(number, sides)) for sides in (shape, strides)]
    hooks = name("collections", "OrderedDict") + b")R"
    arguments = parts(where or storage(), number(offset), *sides, b"\x89", hooks)
    return name("torch._utils", "_rebuild_tensor_v2") + arguments + b"R"


LITTLE = entries([("protocol_version", number(1001)), ("little_endian", b"\x88")])


def container(tensors, keys=("0",), storages=SIX, magic=MAGIC, version=1001, computer=LITTLE, listed=None):
    """A file of tensors (an instruction that makes a dictionary) and storages; by default one of six numbers."""
    big = b"\x8a\x0a" + magic.to_bytes(10, "little")
    listed = listed or b"](" + b"".join(map(text, keys)) + b"e"
    raw = b"".join(struct.pack("<q", array.size) + array.tobytes() for array in storages)
    return (
        pickled(big) + pickled(number(version)) + pickled(computer) + pickled(tensors) + pickled(listed) + raw
    )


def state_dict(arrays):
    """A whole file with these arrays, each in a storage of its own."""
    arrays = {key: np.asarray(array) for key, array in arrays.items()}
    tensors = []
    for i, (key, array) in enumerate(arrays.items()):
        where = storage(str(i), KINDS[array.dtype.str], array.size)
        strides = [step // array.itemsize for step in array.strides]
        tensors.append((key, tensor(where, 0, array.shape, strides)))
    return container(entries(tensors), [str(i) for i in range(len(arrays))], list(arrays.values()))
