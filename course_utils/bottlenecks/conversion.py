"""Backbones converted to OpenVINO: made once, checked against Keras, kept on disk.

A converted backbone is a folder with `model.xml`, `model.bin` and `digests.json`. Its name has the fingerprint of
the backbone and the versions of everything that converts, so a stale one is never found. It takes a second or
two to make again: delete the folder whenever you like.
"""

import hashlib
import json
import shutil
import tempfile
import threading
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones import fingerprint
from course_utils.paths import fill_once

# Part of each name. Raise it when the same backbone is converted in another way.
CONVERSION_VERSION = 1
# What OpenVINO's vectors may differ by, measured against the largest number that Keras gives.
TOLERANCE = 1e-3
_FILES = ("model.xml", "model.bin")
_first = threading.Lock()


class ConversionError(RuntimeError):
    """OpenVINO cannot convert a backbone, or gives other vectors."""


def conversion_folder(backbone: keras.Model, folder: Path) -> Path:
    """Return where the converted backbone is kept, whether it is there or not."""
    import openvino

    versions = "-".join(package.__version__.partition("-")[0] for package in (openvino, keras, tf))
    size = backbone.input_shape[1]
    return folder / f"{backbone.name}-{size}px-{fingerprint(backbone)[:16]}-v{CONVERSION_VERSION}-{versions}"


def converted(backbone: keras.Model, place: Path) -> Path:
    """Return the `model.xml` of a converted backbone, made unless it is there and whole.

    Parameters
    ----------
    place : from `conversion_folder`.

    Raises
    ------
    ConversionError : OpenVINO does not know one of its layers, or does not give Keras' vectors.
    DataError : the folder cannot be written to.
    """
    if place.is_dir() and not _is_whole(place):
        shutil.rmtree(place, ignore_errors=True)  # another process may be at it, too
    fill_once(place, lambda draft: _convert(backbone, draft))
    return place / _FILES[0]


def _is_whole(place: Path) -> bool:
    try:
        return json.loads((place / "digests.json").read_text()) == _digests(place)
    except (OSError, ValueError):
        return False


def _digests(place: Path) -> dict[str, str]:
    return {name: hashlib.blake2b((place / name).read_bytes()).hexdigest() for name in _FILES}


def _convert(backbone: keras.Model, draft: Path) -> None:
    import openvino

    try:
        model = _read_graph(backbone, draft) if _weights_are_its_own(backbone) else _read_export(backbone)
        openvino.save_model(model, draft / _FILES[0], compress_to_fp16=False)
        _check(backbone, draft / _FILES[0])
    except RuntimeError as error:  # what OpenVINO raises, whatever it is about
        raise ConversionError(_reason(error)) from error
    (draft / "digests.json").write_text(json.dumps(_digests(draft)))


def _weights_are_its_own(backbone: keras.Model) -> bool:
    """Whether Keras can run the backbone with other weights: not where a TF Hub module holds them."""
    return not any(hasattr(layer, "module_variables") for layer in backbone.layers)


def _read_graph(backbone: keras.Model, draft: Path):
    """Read the backbone as one TensorFlow graph: bytes in, float pixels, preprocessing, network, vectors out.

    Its weights are handed in as constants. Unlike `model.export`, that writes no SavedModel, which takes ten
    times as long.
    """
    import openvino

    trainable = [keras.ops.convert_to_numpy(v.value) for v in backbone.trainable_variables]
    rest = [keras.ops.convert_to_numpy(v.value) for v in backbone.non_trainable_variables]

    def forward(pixels):
        return backbone.stateless_call(trainable, rest, tf.cast(pixels, tf.float32), training=False)[0]

    graph = traced(forward, backbone).get_concrete_function().graph.as_graph_def()
    file = draft / "graph.pb"
    file.write_bytes(graph.SerializeToString())
    model = openvino.Core().read_model(file)
    file.unlink()
    return model


def _read_export(backbone: keras.Model):
    """Read the backbone as the SavedModel that Keras exports, and let it take bytes."""
    import openvino
    from openvino.preprocess import PrePostProcessor

    with tempfile.TemporaryDirectory() as folder:
        backbone.export(folder, format="tf_saved_model", verbose=False)
        steps = PrePostProcessor(openvino.Core().read_model(folder))
        steps.input().tensor().set_element_type(openvino.Type.u8)
        return steps.build()


def traced(forward, backbone: keras.Model) -> tf.types.experimental.PolymorphicFunction:
    """Return a function of uint8 pixels (b, s, s, 3) as one TensorFlow graph."""
    pixels = tf.TensorSpec((None, *backbone.input_shape[1:]), tf.uint8, name="pixels")
    return tf.function(forward, input_signature=[pixels], autograph=False)


def run_first(model, pixels: np.ndarray):
    """Return what a compiled model makes of pixels, on this thread, before any other thread runs it.

    The first tensor that OpenVINO makes of an array in a process sets up its access to NumPy. Where two threads get
    there together, one waits for Python's lock and the other, which has that, for the first: for ever.
    """
    with _first:
        return model(pixels)


def _check(backbone: keras.Model, file: Path) -> None:
    """Compare the vectors of a picture of noise and of a soft one; both fill the range from 0 to 255."""
    import openvino

    size = backbone.input_shape[1]
    noise = np.random.default_rng(0).integers(0, 256, (size, size, 3), dtype=np.uint8)
    ramp = np.linspace(0, 255, size).astype(np.uint8)
    soft = np.stack(np.broadcast_arrays(ramp, ramp[:, None], ramp[::-1]), axis=-1)
    pixels = np.stack([noise, soft])
    model = openvino.Core().compile_model(file, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    expected = keras.ops.convert_to_numpy(backbone(pixels.astype(np.float32), training=False))
    error = np.abs(run_first(model, pixels)[0] - expected).max() / max(np.abs(expected).max(), 1e-30)
    if not error < TOLERANCE:
        raise ConversionError(f"its vectors differ from Keras' by {error:.1e}")


def _reason(error: Exception) -> str:
    """What OpenVINO says, without where in its sources it says so."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [
        line.removeprefix("-- ") for line in lines if line.startswith("-- ")
    ]  # the layers it does not know
    return (named or lines or [type(error).__name__])[-1]
