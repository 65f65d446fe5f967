"""Files of weights that are damaged, that lie, or that belong to something else: named, and never believed."""

import io
import random
import zipfile
from functools import cache

import h5py
import keras
import numpy as np
import pytest

from course_utils.backbones.weights import load_weights
from course_utils.errors import DataError


@cache
def network():
    pixels = keras.Input((4, 4, 3))
    x = keras.layers.Conv2D(4, 3, name="conv")(pixels)
    x = keras.layers.BatchNormalization(name="norm")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(pixels, keras.layers.Dense(2, name="dense")(x))


def arrays():
    rng, model = np.random.default_rng(0), network()
    return {
        f"{layer.name}/{v.name}": rng.normal(size=v.shape).astype("float32")
        for layer in model.layers
        for v in layer.weights
    }


def load(file):
    """Return the weights as loaded."""
    model = network()
    load_weights(model, file, "tiny", "what to do")
    return model.get_weights()


def write(file, members):
    """Write a .npz file of (name, bytes or array)."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            if isinstance(content, np.ndarray):
                stream = io.BytesIO()
                np.lib.format.write_array(stream, content)
                content = stream.getvalue()
            archive.writestr(f"{name}.npy", content)


def header(shape, dtype="<f4"):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": dtype, "fortran_order": False, "shape": shape})
    return stream.getvalue()


def write_whole(file, values=None):
    if file.suffix == ".npz":
        np.savez(file, **arrays())
    else:
        model = network()
        model.set_weights(values or list(arrays().values()))
        model.save_weights(file) if file.name.endswith(".weights.h5") else model.save(file)


FILES = ["tiny.npz", "tiny.weights.h5", "tiny.h5"]


def test_numbers_of_any_precision_and_order_are_taken(tmp_path):
    for dtype in ("float16", "float32", "float64", ">f4"):
        wanted = {name: np.asfortranarray(array.astype(dtype)) for name, array in arrays().items()}
        for save in (np.savez, np.savez_compressed):
            save(tmp_path / "tiny.npz", **wanted, more=np.zeros(3))
            for loaded, array in zip(load(tmp_path / "tiny.npz"), wanted.values(), strict=True):
                np.testing.assert_array_equal(loaded, array.astype("float32"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flipped", "cut", "zeroed"])
def test_a_damaged_file_is_named_or_harmless(tmp_path, name, damage):
    file, chance = tmp_path / name, random.Random(0)
    write_whole(file)
    whole, data = load(file), file.read_bytes()
    refused = 0
    for _ in range(60):
        at = chance.randrange(len(data))
        changed = {
            "flipped": data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :],
            "cut": data[:at],
            "zeroed": data[:at] + bytes(min(16, len(data) - at)) + data[at + 16 :],
        }[damage]
        file.write_bytes(changed)
        try:
            loaded = load(file)
        except DataError as error:
            assert str(file) in str(error)
            refused += 1
        else:  # Keras' files have no checksums: numbers in one place may have become others
            same = [np.array_equal(a, b) for a, b in zip(whole, loaded, strict=True)]
            assert all(same) or (file.suffix == ".h5" and sum(same) >= len(same) - 2)
    assert refused == 60 or damage != "cut"
    assert refused > 30 or file.suffix == ".h5"


def plain_array(file):
    with open(file, "wb") as stream:
        np.save(stream, np.zeros((4, 4)))


def pickled(file):
    np.savez(file, **{**arrays(), "dense/bias": np.array([print, None], object)})


BIASES = [
    np.zeros(3, "float32"), np.zeros((2, 1), "float32"), np.zeros(2, "int64"), np.zeros(2, "complex64"),
    np.array(["a", "b"]), np.array([0, np.nan], "float32"), np.array([0, np.inf], "float32"), np.array([0, 1e300]),
    b"no array", b"", header((2,)), header((2,)) + bytes(9), header((10**14,)) + bytes(8), header((-2,)) + bytes(8),
    header((2,), "|O") + bytes(16), header((2,), "<f2") + bytes(10**6),
    b"\x93NUMPY\x09\x00" + header((2,))[8:] + bytes(8),
]  # fmt: skip
OTHERS = {
    "a plain array": plain_array,
    "pickled": pickled,
    "one of many": lambda file: write(file, {"dense/bias": np.zeros(2, "float32")}),
    "none": lambda file: write(file, {}),
    "a page": lambda file: file.write_text("<html>not found</html>"),
    "empty": lambda file: file.write_bytes(b""),
    "a folder": lambda file: file.mkdir(),
    "missing": lambda file: None,
}


def test_what_is_not_what_the_network_asks_for_is_refused(tmp_path):
    makers = [lambda file, bias=bias: write(file, {**arrays(), "dense/bias": bias}) for bias in BIASES]
    for number, make in enumerate([*makers, *OTHERS.values()]):
        file = tmp_path / str(number) / "tiny.npz"
        file.parent.mkdir()
        make(file)
        with pytest.raises(DataError, match="tiny.npz(?s:.*)What to do: what to do"):
            load(file)


def test_no_pickle_is_ever_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return (tmp_path / "sprung").touch, ()

    np.savez(tmp_path / "tiny.npz", **{**arrays(), "dense/bias": np.array([Trap(), Trap()], object)})
    with pytest.raises(DataError):
        load(tmp_path / "tiny.npz")
    assert not (tmp_path / "sprung").exists()


class Rows(keras.layers.Layer):
    """A layer with layers in lists of lists, which Keras leaves as they are where a file lacks them."""

    def __init__(self, **options):
        super().__init__(**options)
        self.rows = [[keras.layers.Dense(3)], [keras.layers.Dense(3)]]

    def build(self, shape):
        for (layer,) in self.rows:
            layer.build(shape)

    def call(self, x):
        for (layer,) in self.rows:
            x = layer(x)
        return x


@pytest.mark.parametrize("part", ["layers", "layers/rows", "layers/rows/rows/container"])
def test_a_layer_that_a_file_of_keras_lacks_is_not_left_random(tmp_path, part):
    file = tmp_path / "rows.weights.h5"
    model = keras.Sequential([keras.Input((3,)), Rows()])
    model.save_weights(file)
    load_weights(model, file, "rows", "")
    with h5py.File(file, "r+") as content:
        del content[part]
    with pytest.raises(DataError, match="rows.weights.h5"):
        load_weights(model, file, "rows", "")


@pytest.mark.parametrize("name", FILES[1:])
def test_weights_of_keras_that_are_no_numbers_are_refused(tmp_path, name):
    for value in (np.nan, np.inf):
        write_whole(tmp_path / name, [np.full(array.shape, value) for array in arrays().values()])
        with pytest.raises(DataError, match="or holds NaN or infinity"):
            load(tmp_path / name)
