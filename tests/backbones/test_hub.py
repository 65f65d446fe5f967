import errno
import hashlib
import os
import shutil
import tempfile

import keras
import numpy as np
import pytest
import tensorflow as tf
from faults import raising
from hub_modules import write_module

from course_utils.backbones import fingerprint, load_backbone
from course_utils.backbones.hub import HubLayer, load_hub_backbone
from course_utils.errors import DataError
from course_utils.finetune import freeze, unfreeze
from course_utils.heads import attach, linear_head


@pytest.fixture
def module(tmp_path):
    return tmp_path / "module", write_module(tmp_path / "module")


def pixels(n=8, size=16):
    return np.random.default_rng(0).uniform(0, 255, (n, size, size, 3)).astype("float32")


def train(model):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss)
    model.fit(pixels(), np.arange(8) % 2, epochs=2, verbose=0)


def moved(layer, before):
    return {
        v.name for v, old in zip(layer.weights, before, strict=True) if not np.array_equal(v.numpy(), old)
    }


def test_hub_backbone_gives_the_modules_vectors_from_pixels(module):
    folder, network = module
    backbone = load_backbone(f"hub:{folder}")
    assert backbone.input_shape == (None, 16, 16, 3)
    np.testing.assert_allclose(backbone(pixels()), network(pixels() / 255), atol=1e-5)
    assert not backbone.trainable_variables
    before = [v.numpy() for v in backbone.weights]
    assert len(before) == 6
    train(attach(backbone, linear_head(5, 2)))
    assert not moved(backbone, before), "a frozen module stays, bit by bit"


@pytest.mark.parametrize("update_statistics", [False, True])
def test_fine_tuning_moves_weights_and_statistics_only_if_asked(module, update_statistics):
    layer = HubLayer(module[0], trainable=True, update_statistics=update_statistics)
    model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Rescaling(1 / 255), layer])
    before = [v.numpy() for v in layer.weights]
    train(attach(model, linear_head(5, 2)))
    found = moved(layer, before)
    assert len(found) == (6 if update_statistics else 4)
    assert any("moving_mean" in name for name in found) == update_statistics


def test_unfreeze_and_freeze_reach_the_module_and_leave_its_head(module):
    backbone = load_backbone(f"hub:{module[0]}")
    before, first = [v.numpy() for v in backbone.weights], fingerprint(backbone)
    train(unfreeze(attach(backbone, linear_head(5, 2))))
    assert len(moved(backbone, before)) == 4
    assert fingerprint(backbone) != first
    layers = [HubLayer(module[0], trainable=True), keras.layers.Dense(2, name="head")]
    model = freeze(keras.Sequential([keras.Input((16, 16, 3)), *layers]))
    assert {v.path.split("/")[-2] for v in model.trainable_variables} == {"head"}


def test_fine_tuned_model_is_saved_and_loaded_whole(module, tmp_path):
    model = unfreeze(attach(load_backbone(f"hub:{module[0]}"), linear_head(5, 2)))
    train(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(pixels()), model(pixels()))


def test_fingerprint_belongs_to_the_module(module, tmp_path):
    again = fingerprint(load_backbone(f"hub:{module[0]}"))
    assert fingerprint(load_backbone(f"hub:{module[0]}")) == again
    write_module(tmp_path / "other", seed=1)
    assert fingerprint(load_backbone(f"hub:{tmp_path / 'other'}")) != again


@pytest.mark.filterwarnings("ignore:pkg_resources")
def test_an_address_that_cannot_be_reached_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("TFHUB_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")
    address = "https://127.0.0.1:9/module"  # port 9 of this machine: refused at once, on any network
    with pytest.raises(DataError) as error:
        load_backbone(f"hub:{address}")
    message = str(error.value)
    assert f"the TF Hub module {address} cannot be had" in message and "Received: URLError" in message
    assert "What to do: check the address; or download the module once and give its folder" in message


PICTURES = tf.TensorSpec((None, 8, 8, 3), tf.float32)


@pytest.fixture(scope="module")
def simple(tmp_path_factory):
    """Save a module of one function; return its folder."""

    def save(function, spec=PICTURES):
        module, folder = tf.Module(), tmp_path_factory.mktemp("hub") / "module"
        module.scale = tf.Variable(2.0)
        module.__call__ = tf.function(
            lambda x: function(x, module.scale), input_signature=[spec] if spec is not None else None
        )
        tf.saved_model.save(module, str(folder))
        return folder

    return save


def mean(x, scale):
    return tf.reduce_mean(tf.cast(x, tf.float32), (1, 2)) * scale


@pytest.mark.parametrize(
    ("function", "received"),
    [
        (lambda x, scale: {"default": mean(x, scale), "last": x}, "a dict of (default, last|last, default)"),
        (lambda x, scale: [mean(x, scale), x], "a ListWrapper of 2|a list of 2"),
        (lambda x, scale: (mean(x, scale),), "a tuple of 1"),
        (lambda x, scale: tf.RaggedTensor.from_tensor(mean(x, scale)), "RaggedTensor"),
        (lambda x, scale: tf.sparse.from_dense(mean(x, scale)), "SparseTensor"),
        (lambda x, scale: tf.cast(mean(x, scale), tf.int32), "int32"),
        (lambda x, scale: tf.strings.as_string(mean(x, scale)), "string"),
        (lambda x, scale: None, "NoneType"),
        (lambda x, scale: x, r"outputs of shape \(None, 8, 8, 3\)"),
        (lambda x, scale: mean(x, scale)[:, 0], r"outputs of shape \(None,\)"),
        (lambda x, scale: tf.boolean_mask(mean(x, scale), x[0, 0, 0] > 0, axis=1), "None, None"),
    ],
)
def test_what_gives_no_vectors_is_said_to_give_something_else(simple, function, received):
    with pytest.raises(DataError, match=f"is no feature extractor(?s:.*)Received: .*({received})"):
        load_backbone(f"hub:{simple(function)}")


@pytest.mark.parametrize(
    ("spec", "received"),
    [
        (tf.TensorSpec((None,), tf.string), "string"),
        (tf.TensorSpec((None, 8, 8, 3), tf.uint8), "uint8"),
        (tf.TensorSpec((None, 8, 8, 1), tf.float32), "8, 8, 1"),
        (tf.TensorSpec((None, 8, 6, 3), tf.float32), "8, 6, 3"),
        (None, "nothing that can be called"),
    ],
)
def test_what_takes_no_pictures_is_said_to_take_something_else(simple, spec, received):
    def first(x, scale):
        return tf.fill((tf.shape(x)[0], 3), scale)

    with pytest.raises(DataError, match=f"does not take these pictures(?s:.*)Received: .*{received}"):
        load_backbone(f"hub:{simple(first, spec)}")


def test_vectors_in_half_precision_come_as_float32(simple):
    backbone = load_backbone(f"hub:{simple(lambda x, scale: tf.cast(mean(x, scale), tf.float16))}")
    vectors = backbone(np.full((2, 8, 8, 3), 255.0))
    assert vectors.dtype == "float32"
    np.testing.assert_allclose(vectors, np.full((2, 3), 2.0))


DAMAGES = {
    "no variables": lambda folder: shutil.rmtree(folder / "variables"),
    "empty": lambda folder: [shutil.rmtree(folder / "variables"), (folder / "saved_model.pb").unlink()],
    "graph cut": lambda folder: (folder / "saved_model.pb").write_bytes(b""),
    "variables cut": lambda folder: os.truncate(next((folder / "variables").glob("*.data*")), 2),
    "index cut": lambda folder: (folder / "variables" / "variables.index").write_bytes(b""),
}


@pytest.mark.filterwarnings("ignore:pkg_resources")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_module_is_answered_by_whose_folder_it_is(simple, damage, tmp_path, monkeypatch):
    monkeypatch.setenv("TFHUB_CACHE_DIR", str(tmp_path))
    address = "https://tfhub.dev/google/feature_vector/5"
    cached = tmp_path / hashlib.sha1(address.encode()).hexdigest()
    own = simple(mean)
    shutil.copytree(own, cached)
    for folder in (own, cached):
        DAMAGES[damage](folder)
    with pytest.raises(DataError, match=f"(?s)no TF Hub module.*delete the folder {cached} and run again"):
        load_backbone(f"hub:{address}")
    with pytest.raises(
        DataError, match="(?s)no TF Hub module.*give the folder that holds saved_model"
    ) as error:
        load_backbone(f"hub:{own}")
    assert "delete the folder" not in str(error.value)


@pytest.mark.filterwarnings("ignore:pkg_resources")
def test_a_full_disk_is_not_taken_for_a_wrong_address(tmp_path, monkeypatch):
    import tensorflow_hub

    monkeypatch.setenv("TFHUB_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(tensorflow_hub, "resolve", raising(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(DataError, match=f"cannot write to {tmp_path}\n(?s:.*)make room"):
        load_backbone("hub:https://tfhub.dev/google/feature_vector/5")


def test_an_address_without_a_temporary_folder_is_explained(monkeypatch):
    monkeypatch.delenv("TFHUB_CACHE_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [])
    with pytest.raises(DataError, match="(?s)cannot be had.*No usable temporary directory"):
        load_backbone("hub:https://tfhub.dev/google/feature_vector/5")


def test_odd_arguments_are_refused(module, simple):
    for handle in (None, 5, True, "", b"module", ["module"]):
        with pytest.raises(
            ValueError, match="`handle` must be the folder of a TF Hub module, or its address"
        ):
            load_hub_backbone(handle)
    with pytest.raises(ValueError, match="`image_size` must be a whole number of at least 1"):
        load_backbone(f"hub:{simple(mean)}", image_size=8.0)
    with pytest.raises(ValueError, match="must be 16.*Received: 32"):
        load_backbone(f"hub:{module[0]}", image_size=32)
    for weights in (None, "own.npz"):
        with pytest.raises(ValueError, match='`weights` must be "default" for .*brings its own'):
            load_backbone(f"hub:{simple(mean)}", weights=weights)


def test_what_is_no_feature_module_is_refused(module, tmp_path):
    with pytest.raises(DataError, match="no TF Hub module"):
        load_backbone(f"hub:{tmp_path / 'nowhere'}")
    with pytest.raises(DataError, match="(?s)Received: a file.*give the folder that holds saved_model.pb"):
        load_backbone(f"hub:{module[0] / 'saved_model.pb'}")
    plain = tf.Module()
    plain.v = tf.Variable(1.0)
    tf.saved_model.save(plain, str(tmp_path / "plain"))
    with pytest.raises(DataError, match="reusable SavedModel"):
        load_backbone(f"hub:{tmp_path / 'plain'}")
