"""Half precision: where it is had, what it may change, and who refuses it."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from hub_modules import write_module

from course_utils.backbones import load_backbone
from course_utils.engines import precision
from course_utils.engines.choice import choose_engine
from course_utils.engines.conversion import Conversion
from course_utils.engines.precision import (
    HALF_TOLERANCE,
    HalfPrecisionError,
    check_pictures,
    difference,
    numbers_for,
)
from course_utils.sketchbook import bird_picture

needs_bfloat16 = pytest.mark.skipif(
    numbers_for("half", "openvino")[0] != "bfloat16", reason="no OpenVINO, or a processor without bfloat16"
)
# Keras computes in float16 on any processor, only slowly.
KINDS = ["float16", pytest.param("bfloat16", marks=needs_bfloat16)]


@pytest.mark.parametrize(
    "abilities, gpu, engine, numbers, why",
    [
        (("FP32", "BF16"), False, "auto", "bfloat16", ""),
        (("FP32", "BF16"), True, "auto", "float16", ""),
        (("FP32",), True, "keras", "float16", ""),
        (("FP32", "BF16"), True, "openvino", "bfloat16", ""),
        (("FP32", "BF16"), False, "keras", "float32", "Keras"),
        (("FP32", "INT8"), False, "auto", "float32", "avx512_bf16"),
        (None, False, "auto", "float32", "not installed.*pip install"),
    ],
)
def test_which_numbers_half_precision_has(abilities, gpu, engine, numbers, why, monkeypatch):
    monkeypatch.setattr(precision, "_abilities_of_openvino", lambda: abilities)
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["one"] * gpu)
    found, lacking = numbers_for("half", engine)
    assert found == numbers and bool(lacking) == bool(why) and re.search(why, lacking)
    assert numbers_for("full", engine) == ("float32", "")


def pictures():
    return np.stack([bird_picture("Saltpan Tidestilt", seed=0, index=i).image for i in range(5)])


def distances(vectors, expected):
    return np.linalg.norm(vectors - expected, axis=1) / np.linalg.norm(expected, axis=1)


@pytest.mark.parametrize("numbers", KINDS)
def test_half_precision_is_near_to_full_and_not_full(numbers, tmp_path):
    backbone = load_backbone("mini_mobilenet_v2")
    engine, pixels = choose_engine(backbone, 5, folder=tmp_path, numbers=numbers), pictures()
    vectors = engine(pixels)
    expected = keras.ops.convert_to_numpy(backbone(pixels.astype("float32"), training=False))
    assert vectors.dtype == np.float32 and numbers in engine.why
    assert 1e-4 < distances(vectors, expected).max() < 0.03
    assert backbone.layers[-1].compute_dtype == "float32"  # the copy computes in half, not yours


def cancelled():
    """Return features less what they nearly are for one picture: a difference that sixteen bits do not hold."""
    features = pixels = keras.Input((16, 16, 3))
    for seed in range(2):
        features = keras.layers.Conv2D(8, 3, kernel_initializer=keras.initializers.GlorotUniform(seed))(
            features
        )
    features = keras.layers.GlobalAveragePooling2D()(features)
    near = keras.Model(pixels, features)(check_pictures(16).astype("float32"))[1] - 1e-3
    less = keras.layers.Rescaling(1.0, offset=-keras.ops.convert_to_numpy(near))
    return keras.Model(pixels, less(features), name="cancelled")


@pytest.mark.parametrize("numbers", KINDS)
def test_vectors_that_half_precision_changes_too_much_are_refused(numbers, tmp_path):
    with pytest.raises(HalfPrecisionError, match="vectors differ from Keras' by"):
        choose_engine(cancelled(), 5, folder=tmp_path, numbers=numbers)
    assert not list(tmp_path.iterdir())


def test_the_tolerance_of_half_precision_is_a_share_of_each_vector():
    expected = np.array([[3.0, 4.0], [0.3, 0.4]])
    near = expected + HALF_TOLERANCE * np.array([[0.0, 4.9], [0.0, 0.49]])
    far = expected + HALF_TOLERANCE * np.array([[0.0, 4.9], [0.0, 0.51]])
    assert difference(near, expected, "bfloat16") == "" and difference(near, expected) != ""
    assert "3.1e-01" in difference(far, expected, "bfloat16")
    assert difference(np.full((2, 2), np.nan), expected, "bfloat16") != ""


def test_a_module_of_tf_hub_is_not_copied_into_float16(tmp_path):
    write_module(tmp_path / "module")
    backbone = load_backbone(f"hub:{tmp_path / 'module'}")
    with pytest.raises(HalfPrecisionError, match="TF Hub module"):
        choose_engine(backbone, 5, folder=tmp_path, numbers="float16")


@needs_bfloat16
def test_a_conversion_that_was_compared_in_full_is_not_taken_for_one_in_half(tmp_path):
    backbone = cancelled()
    Conversion(backbone, tmp_path).model()
    with pytest.raises(HalfPrecisionError):
        choose_engine(backbone, 5, folder=tmp_path, numbers="bfloat16")
