"""Engines give the same vectors, are chosen for a reason, and convert a backbone once."""

import concurrent.futures
import importlib.util
import shutil
import subprocess
import sys
from contextlib import contextmanager, nullcontext

import keras
import numpy as np
import pytest
import tensorflow as tf
from hub_modules import write_module

from course_utils.backbones import load_backbone
from course_utils.backbones.anatomy import leaf_layers
from course_utils.backbones.records import RECORDS
from course_utils.engines import choice, conversion
from course_utils.engines.choice import Situation, break_even, choose_engine, decide
from course_utils.engines.precision import FULL, HALF_CPU, difference, numbers_for
from course_utils.errors import DataError
from course_utils.pictures import read_picture
from course_utils.sketchbook import bird_picture

MANY = 10**6
# Between them they have every kind of layer that matters to an engine; the others are larger, and thorough.
QUICK = ("mini_mobilenet_v2", "efficientnet_lite0", "mobilenet_v3_small", "mini_vgg16", "mini_xception")
needs_openvino = pytest.mark.skipif(
    importlib.util.find_spec("openvino") is None, reason="OpenVINO is not installed"
)


def random_pixels(size, n=3, seed=0):
    """Noise, each picture in its own brightness: a network sees the same in any two of equal noise."""
    noise = np.random.default_rng(seed).integers(0, 256, (n, size, size, 3))
    return (noise * np.linspace(0.2, 1, n)[:, None, None, None]).astype(np.uint8)


def awake(backbone):
    """Give each BatchNorm the statistics of what it gets: with random ones no picture gets through a fresh network.

    Quiet channels are not blown up: that would make the last digits of float32 large, in Keras as in any engine.
    """
    norms = [x for x in leaf_layers(backbone) if isinstance(x, keras.layers.BatchNormalization)]
    if not norms:
        return backbone
    backbone.trainable = True
    for layer in norms:
        layer.momentum = 0.0
    backbone(random_pixels(backbone.input_shape[1], n=4, seed=1).astype("float32"), training=True)
    for variable in backbone.weights:
        if variable.name == "moving_variance":
            variable.assign(np.maximum(variable, np.mean(variable)))
    backbone.trainable = False
    return backbone


def relative_error(vectors, expected):
    return np.abs(vectors - expected).max() / np.abs(expected).max()


def keras_vectors(backbone, pixels):
    return keras.ops.convert_to_numpy(backbone(pixels.astype("float32"), training=False))


@pytest.fixture
def backbone():
    """Quick to convert: a convolution with BatchNorm on 16 x 16 pictures."""
    keras.utils.set_random_seed(0)
    layers = [
        keras.layers.Conv2D(4, 3),
        keras.layers.BatchNormalization(),
        keras.layers.GlobalAveragePooling2D(),
    ]
    return awake(keras.Sequential([keras.Input((16, 16, 3)), *layers], name="tiny"))


@needs_openvino
@pytest.mark.parametrize(
    "name",
    [name if name in QUICK else pytest.param(name, marks=pytest.mark.thorough) for name in RECORDS],
)
def test_openvino_agrees_with_keras_for_every_family(name, tmp_path):
    size = max(32, RECORDS[name].smallest)
    keras.utils.set_random_seed(0)
    backbone = awake(load_backbone(name, image_size=size, weights=None))
    engine = choose_engine(backbone, MANY, "openvino", folder=tmp_path)
    pixels = random_pixels(size)
    vectors = engine(pixels)
    assert vectors.shape == (3, RECORDS[name].n_features) and vectors.dtype == np.float32
    error = relative_error(vectors, keras_vectors(backbone, pixels))
    print(f"{name}: {engine.name} differs from Keras by {error:.1e}")  # shown by `pytest -rP`
    assert engine.name == "openvino" and error < 1e-3
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-2 * np.abs(vectors).max()  # it sees the pictures
    if numbers_for("half", "openvino")[0] == HALF_CPU:
        rounded = choose_engine(backbone, MANY, folder=tmp_path, numbers=HALF_CPU)(pixels)
        assert difference(rounded, vectors, HALF_CPU) == "" != difference(rounded, vectors)


@needs_openvino
@pytest.mark.parametrize("engine", ["openvino", "keras"])
@pytest.mark.parametrize(
    "name",
    [
        "drawn birds",
        *(pytest.param(name, marks=pytest.mark.real) for name in ("efficientnet_lite0", "mobilenet_v2")),
    ],
)
def test_engines_agree_with_keras_on_pictures(name, engine, tmp_path, request):
    if name == "drawn birds":
        backbone = load_backbone("mini_mobilenet_v2")
        pictures = [bird_picture("Saltpan Tidestilt", seed=0, index=i).image for i in range(12)]
    else:
        files = sorted((request.getfixturevalue("real_data") / "photos").glob("*.jpg"))
        backbone, pictures = load_backbone(name), [read_picture(path, 224) for path in files]
    pixels = np.stack(pictures)
    vectors = choose_engine(backbone, MANY, engine, folder=tmp_path)(pixels)
    assert relative_error(vectors, keras_vectors(backbone, pixels)) < 1e-3


@needs_openvino
def test_openvino_runs_modules_of_tf_hub(tmp_path):
    write_module(tmp_path / "module")
    backbone = load_backbone(f"hub:{tmp_path / 'module'}")
    engine = choose_engine(backbone, MANY, "openvino", folder=tmp_path / "engines")
    pixels = random_pixels(16)
    assert relative_error(engine(pixels), keras_vectors(backbone, pixels)) < 1e-3


@needs_openvino
@pytest.mark.parametrize("name", ["openvino", "keras"])
def test_any_number_of_pictures_from_many_threads(name, backbone, tmp_path, monkeypatch):
    monkeypatch.setattr(choice, "pictures_a_pass", lambda size, pixels: 3)
    engine = choose_engine(backbone, MANY, name, folder=tmp_path)
    pixels = random_pixels(16, n=64)
    expected = keras_vectors(backbone, pixels)
    slices = [slice(start, start + n) for n in (1, 2, 3, 4, 10) for start in range(0, 50, 5)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for part, vectors in zip(slices, pool.map(lambda s: engine(pixels[s]), slices), strict=True):
            np.testing.assert_allclose(vectors, expected[part], rtol=1e-3, atol=1e-3)


MOBILENET = {"megabytes": 9, "mega_multiply_adds": 300}


@pytest.mark.parametrize(
    "situation, name, why",
    [
        (Situation(MANY, **MOBILENET), "openvino", "repay converting"),
        (Situation(3, **MOBILENET), "keras", "pays from about"),
        (Situation(3, **MOBILENET, is_converted=True), "openvino", "converted before"),
        (Situation(MANY, **MOBILENET, has_openvino=False), "keras", "not installed"),
        (Situation(MANY, **MOBILENET, has_gpu=True), "keras", "GPU"),
        (Situation(MANY, **MOBILENET, has_gpu=True, is_converted=True), "keras", "GPU"),
    ],
)
def test_the_choice_and_its_reason(situation, name, why):
    chosen, reason = decide(situation)
    assert chosen == name and why in reason


def test_conversion_is_chosen_from_the_break_even_on():
    least = break_even(**MOBILENET)
    assert decide(Situation(least - 1, **MOBILENET))[0] == "keras"
    assert decide(Situation(least, **MOBILENET))[0] == "openvino"
    # More work for each picture repays a conversion sooner, more weights to convert later.
    assert break_even(9, 3000) < least < break_even(90, 300)


def test_small_pictures_go_together():
    numbers = [choice.pictures_a_pass(size, choice.OPENVINO_PASS[FULL]) for size in (32, 96, 224, 299, 1024)]
    assert numbers == [128, 16, 2, 1, 1]


@needs_openvino
def test_a_small_job_converts_nothing_and_uses_what_is_converted(backbone, tmp_path):
    assert choose_engine(backbone, 1, folder=tmp_path).name == "keras"
    assert not list(tmp_path.iterdir())
    assert choose_engine(backbone, MANY, folder=tmp_path).name == "openvino"
    assert choose_engine(backbone, 1, folder=tmp_path).name == "openvino"


def test_without_openvino_keras_runs_and_says_so(backbone, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)  # importing it fails
    engine = choose_engine(backbone, MANY, folder=tmp_path)
    assert engine.name == "keras" and "pip install" in engine.why
    with pytest.raises(ValueError, match="`engine` 'openvino'.*not installed.*pip install.*engine='keras'"):
        choose_engine(backbone, MANY, "openvino", folder=tmp_path)
    with pytest.raises(ValueError, match="`engine` must be one of .* Did you mean 'openvino'"):
        choose_engine(backbone, MANY, "openvin", folder=tmp_path)


@pytest.fixture
def conversions(monkeypatch):
    """The number of conversions made."""
    count, convert = [0], conversion._convert

    def counting(*arguments):
        count[0] += 1
        return convert(*arguments)

    monkeypatch.setattr(conversion, "_convert", counting)
    return count


@needs_openvino
def test_a_conversion_is_kept_until_the_weights_change(backbone, tmp_path, conversions):
    pixels = random_pixels(16)
    first = choose_engine(backbone, MANY, folder=tmp_path)(pixels)
    np.testing.assert_array_equal(choose_engine(backbone, MANY, folder=tmp_path)(pixels), first)
    assert conversions == [1]
    backbone.set_weights([2 * w for w in backbone.get_weights()])
    second = choose_engine(backbone, MANY, folder=tmp_path)(pixels)
    assert conversions == [2]
    assert relative_error(second, keras_vectors(backbone, pixels)) < 1e-3 < relative_error(second, first)


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 64]) + content[place + 1 :]


DAMAGES = {
    "flipped in the head": lambda content: flipped(content, 20),
    "flipped in the network": lambda content: flipped(content, 1000),
    "flipped in the weights": lambda content: flipped(content, len(content) - 100),
    "cut": lambda content: content[:-100],
    "longer": lambda content: content + b"x",
    "empty": lambda content: b"",
    "zeros": lambda content: bytes(len(content)),
    "a list": lambda content: b"[]\n",
}


@needs_openvino
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_conversion_is_never_run_and_made_again(damage, backbone, tmp_path, conversions):
    pixels = random_pixels(16)
    first = choose_engine(backbone, MANY, folder=tmp_path)(pixels)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(DAMAGES[damage](whole))
    np.testing.assert_array_equal(choose_engine(backbone, MANY, folder=tmp_path)(pixels), first)
    assert conversions == [2]
    np.testing.assert_array_equal(choose_engine(backbone, MANY, folder=tmp_path)(pixels), first)
    assert conversions == [2]
    assert list(tmp_path.iterdir()) == [file]


@needs_openvino
def test_another_models_conversion_in_this_ones_place_is_never_run(backbone, tmp_path, conversions):
    other = keras.models.clone_model(backbone)
    other.set_weights([2 * w for w in backbone.get_weights()])
    choose_engine(other, MANY, folder=tmp_path)
    (theirs,) = tmp_path.iterdir()
    choose_engine(backbone, MANY, folder=tmp_path)
    (ours,) = set(tmp_path.iterdir()) - {theirs}
    shutil.copy(theirs, ours)
    pixels = random_pixels(16)
    vectors = choose_engine(backbone, MANY, folder=tmp_path)(pixels)
    assert relative_error(vectors, keras_vectors(backbone, pixels)) < 1e-3
    assert conversions == [3]


@needs_openvino
@pytest.mark.parametrize("place", ["a file", "damaged, read-only", "a folder of this name"])
def test_a_conversion_that_cannot_be_kept_serves_all_the_same(place, backbone, tmp_path, conversions):
    folder = tmp_path / "engines"
    if place == "a file":
        folder.write_text("")
    else:
        choose_engine(backbone, MANY, folder=folder)
        (file,) = folder.iterdir()
        file.write_bytes(flipped(file.read_bytes(), -100))
    if place == "a folder of this name":
        file.unlink()
        (file / "inside").mkdir(parents=True)
    before = conversions[0]
    with read_only(folder) if place == "damaged, read-only" else nullcontext():
        for _ in range(2):
            pixels = random_pixels(16)
            vectors = choose_engine(backbone, MANY, folder=folder)(pixels)
            assert relative_error(vectors, keras_vectors(backbone, pixels)) < 1e-3
    assert conversions == [before + 2]


@contextmanager
def read_only(folder):
    """Make a folder one that nobody can write to: root may write to any other."""
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("no right to make a folder read-only")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@needs_openvino
def test_without_room_to_convert_keras_runs_and_says_so(backbone, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    engine = choose_engine(backbone, MANY, folder=tmp_path)
    assert engine.name == "keras" and "no room to convert it" in engine.why
    with pytest.raises(DataError, match="(?s)OpenVINO cannot run.*no room to convert it.*engine='keras'"):
        choose_engine(backbone, MANY, "openvino", folder=tmp_path)


class OnlyInPython(keras.layers.Layer):
    def call(self, inputs):
        outputs = tf.numpy_function(lambda x: 2 * x, [inputs], tf.float32)
        return tf.ensure_shape(outputs, inputs.shape)


class OtherwiseInGraphs(keras.layers.Layer):
    def call(self, inputs):
        return inputs * (1.0 if tf.executing_eagerly() else 1.02)


@needs_openvino
@pytest.mark.parametrize(
    "layer, reason", [(OnlyInPython, "PyFunc"), (OtherwiseInGraphs, "vectors differ from Keras' by 2.0e-02")]
)
def test_what_openvino_cannot_run_right_runs_in_keras(layer, reason, tmp_path):
    pixels = keras.Input((8, 8, 3))
    backbone = keras.Model(pixels, layer()(keras.layers.GlobalAveragePooling2D()(pixels)), name="odd")
    engine = choose_engine(backbone, MANY, folder=tmp_path)
    assert engine.name == "keras" and reason in engine.why
    assert engine(random_pixels(8)).shape == (3, 3)
    with pytest.raises(DataError, match=f"(?s)OpenVINO cannot run.*'odd'.*{reason}.*engine='keras'"):
        choose_engine(backbone, MANY, "openvino", folder=tmp_path)
    assert not list(tmp_path.iterdir())
