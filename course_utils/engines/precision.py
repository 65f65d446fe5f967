"""Half precision: numbers of sixteen bits, where a machine computes faster with them than with those of 32 bits.

"half" is asked for; what it means depends on the machine. A processor has bfloat16 (through OpenVINO) or has no half
precision, a GPU has float16 (through Keras). These are rounded differently, so stored vectors are filed under the
numbers they were computed with, and vectors of two kinds never get into one answer.
"""

from functools import cache

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones.anatomy import leaf_layers
from course_utils.errors import unknown_name

PRECISIONS = ("full", "half")
FULL, HALF_CPU, HALF_GPU = "float32", "bfloat16", "float16"
INSTALL = 'pip install "openvino>=2026.4"'
# What vectors may differ by from Keras' in float32: in full precision, as a share of the largest number; in half, where
# each layer rounds, as a share of a vector's length. Trained backbones are off by up to 0.2, on pictures made for it.
TOLERANCE, HALF_TOLERANCE = 1e-3, 0.3


class HalfPrecisionError(RuntimeError):
    """A backbone cannot run in half precision, or gives vectors that are too far from its own."""


def numbers_for(precision: str, engine: str = "auto") -> tuple[str, str]:
    """Return the numbers that a backbone is to run in, and why not in half precision where that was asked for.

    Raises
    ------
    ValueError : there is no such precision.
    """
    if not isinstance(precision, str) or precision not in PRECISIONS:
        raise unknown_name("precision", precision, PRECISIONS)
    if precision == "full":
        return FULL, ""
    if engine != "openvino" and tf.config.list_physical_devices("GPU"):
        return HALF_GPU, ""
    lacking = _lacking(engine)
    return (FULL, lacking) if lacking else (HALF_CPU, "")


def said(numbers: str) -> str:
    """Return how a precision is named to learners."""
    return "full" if numbers == FULL else f"half ({numbers})"


def in_full(lacking: str) -> str:
    """Return what is said where half precision was asked for and is not to be had."""
    return f"full precision, not half: {lacking}"


def _lacking(engine: str) -> str:
    """Return what a processor lacks for half precision; "" where it has all."""
    if engine == "keras":
        return "Keras is faster with it only on a GPU"
    abilities = _abilities_of_openvino()
    if abilities is None:
        return f"on a processor it takes OpenVINO, which is not installed ({INSTALL})"
    return "" if "BF16" in abilities else "this processor lacks it (neither avx512_bf16 nor amx_bf16)"


@cache
def _abilities_of_openvino() -> tuple[str, ...] | None:
    try:
        import openvino
    except ImportError:  # not there, or not for this system
        return None
    return tuple(openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))


def check_pictures(size: int) -> np.ndarray:
    """Return a picture of noise and a soft one, uint8 (2, s, s, 3); both fill the range from 0 to 255."""
    noise = np.random.default_rng(0).integers(0, 256, (size, size, 3), dtype=np.uint8)
    ramp = np.linspace(0, 255, size).astype(np.uint8)
    soft = np.stack(np.broadcast_arrays(ramp, ramp[:, None], ramp[::-1]), axis=-1)
    return np.stack([noise, soft])


def difference(vectors: np.ndarray, expected: np.ndarray, numbers: str = FULL) -> str:
    """Return in words how far vectors (b, d) are from those of Keras; "" where that is within what may be."""
    wrong, right = np.abs(vectors - expected), np.abs(expected)
    if numbers == FULL:
        error, limit = wrong.max() / max(right.max(), 1e-30), TOLERANCE
    else:
        lengths = np.maximum(np.linalg.norm(right, axis=1), 1e-30)
        error, limit = (np.linalg.norm(wrong, axis=1) / lengths).max(), HALF_TOLERANCE
    # Not `error >= limit`: what is no finite number differs, too.
    return f"its vectors differ from Keras' by {error:.1e}" if not error < limit else ""


def in_float16(backbone: keras.Model) -> keras.Model:
    """Return a copy of a backbone that computes in float16; its weights stay in float32.

    Raises
    ------
    HalfPrecisionError : it has something that Keras cannot copy, or that chooses its numbers itself.
    """
    if any(hasattr(layer, "module_variables") for layer in leaf_layers(backbone)):
        raise HalfPrecisionError("a TF Hub module computes with the numbers that it was saved with")
    try:
        copy = keras.models.clone_model(backbone)
    except (ValueError, TypeError, NotImplementedError) as error:
        raise HalfPrecisionError("it has a layer that Keras cannot copy") from error
    copy.set_weights(backbone.get_weights())
    for layer in leaf_layers(copy):
        layer.dtype_policy = keras.DTypePolicy("mixed_float16")
    return copy
