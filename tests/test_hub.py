import keras
import numpy as np
import pytest
import tensorflow as tf

from course_utils.backbones import fingerprint, load_backbone
from course_utils.errors import DataError
from course_utils.finetune import unfreeze
from course_utils.heads import attach, linear_head
from course_utils.hub import HubLayer


def write_module(folder, size=16, seed=0):
    """A reusable SavedModel like TF Hub's feature vectors: convolution, BatchNorm, average; pixels 0..1 in."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((size, size, 3)),
            keras.layers.Conv2D(5, 3),
            keras.layers.BatchNormalization(),
            keras.layers.GlobalAveragePooling2D(),
        ]
    )
    module = tf.train.Checkpoint()
    pixels = tf.TensorSpec((None, size, size, 3), tf.float32)

    @tf.function
    def call(inputs, training=False):
        return network(inputs, training=training)

    for training in (True, False):
        call.get_concrete_function(pixels, training=training)
    module.__call__ = call
    module.network = network
    module.variables = [v.value for v in network.variables]
    module.trainable_variables = [v.value for v in network.trainable_variables]
    module.regularization_losses = []
    tf.saved_model.save(module, str(folder))
    return network


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


def test_frozen_module_stays_bit_by_bit(module):
    backbone = load_backbone(f"hub:{module[0]}")
    before = [v.numpy() for v in backbone.weights]
    assert len(before) == 6
    train(attach(backbone, linear_head(5, 2)))
    assert not moved(backbone, before)


@pytest.mark.parametrize("update_statistics", [False, True])
def test_fine_tuning_moves_weights_and_statistics_only_if_asked(module, update_statistics):
    layer = HubLayer(module[0], trainable=True, update_statistics=update_statistics)
    model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.Rescaling(1 / 255), layer])
    before = [v.numpy() for v in layer.weights]
    train(attach(model, linear_head(5, 2)))
    found = moved(layer, before)
    assert len(found) == (6 if update_statistics else 4)
    assert any("moving_mean" in name for name in found) == update_statistics


def test_unfreeze_reaches_the_module(module):
    backbone = load_backbone(f"hub:{module[0]}")
    before, first = [v.numpy() for v in backbone.weights], fingerprint(backbone)
    train(unfreeze(attach(backbone, linear_head(5, 2))))
    assert len(moved(backbone, before)) == 4
    assert fingerprint(backbone) != first


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


def test_what_is_no_feature_module_is_refused(module, tmp_path):
    with pytest.raises(DataError, match="no TF Hub module"):
        load_backbone(f"hub:{tmp_path / 'nowhere'}")
    with pytest.raises(ValueError, match="must be 16.*Received: 32"):
        load_backbone(f"hub:{module[0]}", image_size=32)
    plain = tf.Module()
    plain.v = tf.Variable(1.0)
    tf.saved_model.save(plain, str(tmp_path / "plain"))
    with pytest.raises(DataError, match="reusable SavedModel"):
        load_backbone(f"hub:{tmp_path / 'plain'}")
