"""Backbones converted to OpenVINO: made once, checked against Keras, kept on disk.

A converted backbone is one file: a line of JSON with the backbone's fingerprint and a digest of all that follows, then
the network and its weights as OpenVINO writes them. What runs is what was read and checked; a file that is damaged, or
of another backbone, is never run, and made anew. It takes a second or two: delete the files whenever you like.
"""

import hashlib
import json
import tempfile
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones import fingerprint, own_code
from course_utils.drafts import remove_abandoned, whole_file
from course_utils.engines.precision import FULL, HALF_CPU, check_pictures, difference

# Part of each name. Raise it when the same backbone is converted in another way.
CONVERSION_VERSION = 2
# What OpenVINO calls these numbers. They are always asked for, as some processors default to half precision.
HINTS = {FULL: "f32", HALF_CPU: "bf16"}
_first = threading.Lock()


class ConversionError(RuntimeError):
    """OpenVINO cannot convert a backbone, or gives other vectors."""


class Parts(NamedTuple):
    """A converted backbone as OpenVINO writes it: its network (XML), and its weights."""

    network: bytes
    weights: bytes

    def digest(self) -> str:
        return hashlib.blake2b(b"".join(self)).hexdigest()


class Conversion:
    """A backbone for OpenVINO, kept in `folder` under its fingerprint and the versions of everything that converts.

    One with Python code of a learner's own is not kept: a fingerprint does not see that code. The network is the same
    for all `numbers`; a file that says "bfloat16" was also compared with Keras in those.
    """

    def __init__(self, backbone: keras.Model, folder: Path, numbers: str = FULL):
        self.backbone, self.folder, self.numbers = backbone, folder, numbers
        self.fingerprint, self._unseen = fingerprint(backbone), own_code(backbone)

    @cached_property
    def file(self) -> Path:
        import openvino

        versions = "-".join(package.__version__.partition("-")[0] for package in (openvino, keras, tf))
        stem = f"{self.backbone.name}-{self.backbone.input_shape[1]}px-{self.fingerprint[:16]}"
        stem += "" if self.numbers == FULL else f"-{self.numbers}"
        return self.folder / f"{stem}-v{CONVERSION_VERSION}-{versions}.openvino"

    def model(self):
        """Return it as an `openvino.Model`: uint8 pixels (b, s, s, 3) in, float32 vectors (b, d) out.

        Raises
        ------
        ConversionError : OpenVINO does not know one of its layers, or does not give Keras' vectors; or there is no
            room for what is only needed while converting.
        """
        import openvino

        parts = None if self._unseen else self._kept()
        if parts is None:
            parts = _convert(self.backbone, self.numbers)
            if not self._unseen:
                self._keep(parts)
        return openvino.Core().read_model(*parts)

    def _kept(self) -> Parts | None:
        """Return what is on disk, None unless it is whole and of this backbone."""
        try:
            head, _, rest = self.file.read_bytes().partition(b"\n")
            about = json.loads(head)
            parts = Parts(rest[: about["network_bytes"]], rest[about["network_bytes"] :])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return parts if about == self._about(parts) else None

    def _keep(self, parts: Parts) -> None:
        # A full disk, a folder that may only be read: what is made serves all the same.
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            remove_abandoned(self.folder)
            with whole_file(self.file) as stream:
                stream.writelines([json.dumps(self._about(parts)).encode(), b"\n", *parts])

    def _about(self, parts: Parts) -> dict:
        return {"backbone": self.fingerprint, "digest": parts.digest(), "network_bytes": len(parts.network)}


def _convert(backbone: keras.Model, numbers: str) -> Parts:
    import openvino

    try:
        with tempfile.TemporaryDirectory() as folder:
            read = _read_graph if _weights_are_its_own(backbone) else _read_export
            openvino.save_model(read(backbone, folder), f"{folder}/model.xml", compress_to_fp16=False)
            parts = Parts(*(Path(folder, f"model.{end}").read_bytes() for end in ("xml", "bin")))
        _check(backbone, parts, {FULL, numbers})
    except RuntimeError as error:  # what OpenVINO raises, whatever it is about
        raise ConversionError(_reason(error)) from error
    except OSError as error:
        raise ConversionError(f"no room to convert it: {error.strerror or error}") from error
    return parts


def _weights_are_its_own(backbone: keras.Model) -> bool:
    """Whether Keras can run the backbone with other weights: not where a TF Hub module holds them."""
    return not any(hasattr(layer, "module_variables") for layer in backbone.layers)


def _read_graph(backbone: keras.Model, folder: str):
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
    file = Path(folder, "graph.pb")
    file.write_bytes(graph.SerializeToString())
    return openvino.Core().read_model(file)


def _read_export(backbone: keras.Model, folder: str):
    """Read the backbone as the SavedModel that Keras exports, and let it take bytes."""
    import openvino
    from openvino.preprocess import PrePostProcessor

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


def _check(backbone: keras.Model, parts: Parts, kinds: set[str]) -> None:
    """Compare the vectors of two pictures with those of Keras, in each kind of numbers."""
    import openvino

    pixels, core = check_pictures(backbone.input_shape[1]), openvino.Core()
    expected = keras.ops.convert_to_numpy(backbone(pixels.astype(np.float32), training=False))
    for numbers in sorted(
        kinds, reverse=True
    ):  # full precision first: what is wrong there is no matter of rounding
        settings = {"INFERENCE_PRECISION_HINT": HINTS[numbers]}
        model = core.compile_model(core.read_model(*parts), "CPU", settings)
        if wrong := difference(run_first(model, pixels)[0], expected, numbers):
            raise ConversionError(wrong)


def _reason(error: Exception) -> str:
    """What OpenVINO says, without where in its sources it says so."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    unknown_layers = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    return (unknown_layers or lines or [type(error).__name__])[-1]
