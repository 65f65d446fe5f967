"""Settings of Keras that would change vectors: refused where networks are built, by name, and never worked around."""

from contextlib import nullcontext

import keras
import numpy as np
import pytest
import tensorflow as tf

from course_utils.backbones import load_backbone, load_classifier
from course_utils.backbones.hub import HubLayer
from course_utils.backbones.preprocessing import preprocess
from course_utils.environment import setup
from course_utils.heads import linear_head, mlp_head
from course_utils.keras_settings import check_backend, check_settings, unfit

FINE = {
    "floatx": "float32",
    "policy": "float32",
    "image_data_format": "channels_last",
    "is_eager": True,
    "rewrites": {"auto_mixed_precision": False, "disable_meta_optimizer": True},
    "has_distribution": False,
}


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("floatx", "float16", "set_floatx"),
        ("floatx", "bfloat16", "set_floatx"),
        ("floatx", "float64", "set_floatx"),
        ("policy", "mixed_float16", "set_dtype_policy"),
        ("policy", "mixed_bfloat16", "set_dtype_policy"),
        ("policy", "int8_from_float32", "set_dtype_policy"),
        ("image_data_format", "channels_first", "set_image_data_format"),
        ("is_eager", False, "disable_eager_execution"),
        ("rewrites", {"auto_mixed_precision_onednn_bfloat16": True}, "set_experimental_options"),
        ("has_distribution", True, "set_distribution"),
    ],
)
def test_each_setting_that_changes_vectors_is_named_with_what_to_do(setting, value, words):
    assert list(unfit(**FINE)) == []
    (line,) = unfit(**{**FINE, setting: value})
    assert words in line and "What to do" in line


def test_another_backend_is_named():
    check_backend("tensorflow")
    for backend in ("jax", "torch", "numpy", "openvino"):
        with pytest.raises(RuntimeError, match=f"Received: KERAS_BACKEND='{backend}'"):
            check_backend(backend)


SET = {
    "mixed_float16": keras.config.set_dtype_policy,
    "mixed_bfloat16": keras.config.set_dtype_policy,
    "float64": keras.config.set_dtype_policy,
    "float16": keras.config.set_floatx,
    "channels_first": keras.config.set_image_data_format,
}


@pytest.fixture
def restored():
    yield
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    keras.config.set_image_data_format("channels_last")
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision": False})
    tf.config.run_functions_eagerly(False)


@pytest.fixture(scope="module")
def hub_module(tmp_path_factory):
    module, folder = tf.Module(), tmp_path_factory.mktemp("hub") / "mean"
    spec = tf.TensorSpec((None, 8, 8, 3), tf.float32)
    module.__call__ = tf.function(lambda pixels: tf.reduce_mean(pixels, (1, 2)), input_signature=[spec])
    tf.saved_model.save(module, str(folder))
    return folder


@pytest.mark.parametrize("value", SET)
def test_nothing_is_built_with_such_a_setting(restored, hub_module, value):
    pixels = keras.Input((8, 8, 3))
    SET[value](value)
    for build in (
        setup,
        lambda: load_backbone("mini_mobilenet_v2", 32, weights=None),
        lambda: load_backbone("vgg16", 32, weights=None),
        lambda: load_backbone(f"hub:{hub_module}"),
        lambda: HubLayer(hub_module),
        lambda: load_classifier("mini_mobilenet_v2"),
        lambda: linear_head(3, 2),
        lambda: mlp_head(3, 2),
        lambda: preprocess(pixels, "caffe"),
    ):
        with pytest.raises(RuntimeError, match=f"Received: {value}. What to do"):
            build()


def test_graphs_in_half_precision_are_refused_and_inside_a_graph_nothing_is_built(restored):
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match="eager execution: expected on"):
        linear_head(3, 2)
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision": True})
    with pytest.raises(RuntimeError, match="auto_mixed_precision"):
        check_settings()


@pytest.mark.parametrize("change", ["functions run eagerly", "a strategy", "no log"])
def test_settings_that_change_no_vector_are_taken(restored, hub_module, change):
    pixels = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype("float32")
    if change == "functions run eagerly":
        tf.config.run_functions_eagerly(True)
    elif change == "no log":
        keras.config.disable_interactive_logging()
    try:
        strategy = tf.distribute.OneDeviceStrategy("/cpu:0")
        with strategy.scope() if change == "a strategy" else nullcontext():
            backbone = load_backbone(f"hub:{hub_module}")
        np.testing.assert_allclose(backbone(pixels), (pixels / 255).mean((1, 2)), rtol=1e-5)
    finally:
        keras.config.enable_interactive_logging()


def test_a_saved_hub_layer_keeps_the_precision_that_it_was_made_with(restored, hub_module, tmp_path):
    backbone = load_backbone(f"hub:{hub_module}")
    backbone.save(tmp_path / "model.keras")
    keras.config.set_dtype_policy("mixed_float16")
    pixels = np.full((1, 8, 8, 3), 255.0, "float32")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(pixels), backbone(pixels))
    with pytest.raises(ValueError, match="`dtype` must be float32.*mixed_float16"):
        HubLayer(hub_module, dtype="mixed_float16")
