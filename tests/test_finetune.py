import keras
import numpy as np
import pytest

from course_utils.backbones import load_backbone
from course_utils.environment.course import PROFILES
from course_utils.finetune import find_network, freeze, trainable_summary, unfreeze
from course_utils.heads import attach, linear_head


def small_network(name="network"):
    pixels = keras.Input((8, 8, 3))
    x = pixels
    for block in (1, 2, 10):
        x = keras.layers.Conv2D(4, 3, padding="same", name=f"block_{block}_conv")(x)
        x = keras.layers.BatchNormalization(name=f"block_{block}_norm")(x)
        x = keras.layers.ReLU(name=f"block_{block}_relu")(x)
    return keras.Model(pixels, keras.layers.GlobalAveragePooling2D()(x), name=name)


@pytest.fixture
def model():
    """A small backbone, built like the real ones, and its head."""
    keras.utils.set_random_seed(0)
    pixels = keras.Input((8, 8, 3))
    backbone = keras.Model(pixels, small_network()(keras.layers.Rescaling(1 / 255)(pixels)), name="small")
    backbone.trainable = False
    return attach(backbone, linear_head(4, 2))


def values(model):
    """Every array of a model by layer and variable name."""
    return {v.path: v.numpy().copy() for v in model.weights}


def changed(model, before):
    return {path for path, value in values(model).items() if not np.array_equal(value, before[path])}


def train(model):
    rng = np.random.default_rng(0)
    pixels, labels = rng.uniform(0, 255, (16, 8, 8, 3)).astype("float32"), rng.integers(0, 2, 16)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss)
    model.fit(pixels, labels, epochs=2, batch_size=8, verbose=0)


def layers_in(paths):
    return {path.split("/")[-2] for path in paths}


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        (lambda model: unfreeze(model, "block_2"), {"block_2_conv", "block_10_conv", "logits"}),
        (unfreeze, {"block_1_conv", "block_2_conv", "block_10_conv", "logits"}),
        (lambda model: freeze(unfreeze(model)), {"logits"}),
        (lambda model: unfreeze(model.get_layer("small"), "block_10"), {"block_10_conv", "logits"}),
    ],
)
def test_training_moves_what_was_unfrozen_and_the_head_and_never_batch_norm(model, change, moved):
    change(model)
    before = values(model)
    train(model)
    assert layers_in(changed(model, before)) == moved


def test_a_frozen_head_stays_frozen(model):
    model.get_layer("linear_head").get_layer("logits").trainable = False
    unfreeze(model, from_layer="block_10")
    assert {v.path.split("/")[-2] for v in model.trainable_variables} == {"block_10_conv"}


@pytest.mark.parametrize(
    "from_layer, trained",
    [
        ("block_1", {"block_1_conv", "block_2_conv", "block_10_conv"}),  # not block_10, which comes later
        ("block_10_conv", {"block_10_conv"}),
        ("block_1_norm", {"block_2_conv", "block_10_conv"}),
        (1 / 3, {"block_10_conv"}),
        (0.5, {"block_2_conv", "block_10_conv"}),
        (1.0, {"block_1_conv", "block_2_conv", "block_10_conv"}),
    ],
)
def test_from_layer_takes_layers_blocks_and_shares(from_layer, trained):
    network = unfreeze(small_network(), from_layer=from_layer)
    assert layers_in(v.path for v in network.trainable_variables) == trained


def test_later_calls_do_not_depend_on_earlier_ones(model):
    unfreeze(model)
    unfreeze(model, from_layer="block_10")
    assert layers_in(v.path for v in model.trainable_variables) == {"block_10_conv", "logits"}


def plain(**how):
    """A network of keras.applications, as people put it into models of their own."""
    return keras.applications.MobileNetV2((32, 32, 3), alpha=0.35, weights=None, include_top=False, **how)


def picture():
    return keras.Input((32, 32, 3))


def in_a_sequence():
    return keras.Sequential([plain(pooling="avg"), keras.layers.Dense(5, name="head")])


def behind_augmentation():
    vary = keras.Sequential([keras.layers.RandomFlip(), keras.layers.Normalization(mean=0, variance=1)])
    layers = [plain(), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(5, name="head")]
    return keras.Sequential([picture(), vary, *layers])


def inside_a_classifier():
    return keras.Sequential([picture(), keras.layers.RandomFlip(), in_a_sequence()])


def called_by_hand():
    pixels, network = picture(), plain(pooling="avg")
    outputs = network(keras.layers.Rescaling(1 / 255)(pixels), training=False)
    return keras.Model(pixels, keras.layers.Dense(5, name="head")(outputs))


def grown_from_its_output():
    network = plain(pooling="avg")
    hidden = keras.layers.Dense(8, name="head_hidden")(network.output)
    return keras.Model(network.input, keras.layers.Dense(5, name="head")(hidden))


def behind_an_adapter():
    layers = [keras.layers.Conv2D(3, 1, name="head_adapter"), plain(pooling="avg")]
    return keras.Sequential([keras.Input((32, 32, 1)), *layers, keras.layers.Dense(5, name="head")])


def below_a_convolution():
    layers = [keras.layers.Conv2D(8, 1, name="head_conv"), keras.layers.GlobalAveragePooling2D()]
    return keras.Sequential([plain(), *layers, keras.layers.Dense(5, name="head")])


def subclassed():
    class Learner(keras.Model):
        def __init__(self):
            super().__init__()
            self.network, self.head = plain(pooling="avg"), keras.layers.Dense(5, name="head")

        def call(self, pixels):
            return self.head(self.network(pixels))

    model = Learner()
    model(np.zeros((1, 32, 32, 3)))
    return model


def small(channels):
    return keras.Sequential([keras.Input((32, 32, channels)), keras.layers.Conv2D(4, 3, padding="same")])


def of_blocks():
    """A backbone of two small models and a large layer of its own."""
    layers = [keras.layers.Conv2D(64, 3, name="Conv_1"), keras.layers.GlobalAveragePooling2D()]
    return keras.Sequential([picture(), small(3), small(4), *layers, keras.layers.Dense(5, name="head")])


PLAIN = [
    in_a_sequence, behind_augmentation, inside_a_classifier, called_by_hand, grown_from_its_output,
    behind_an_adapter, below_a_convolution, subclassed, of_blocks,
]  # fmt: skip


@pytest.mark.parametrize("make", PLAIN)
def test_the_head_on_a_network_of_keras_stays_trainable(make):
    model = freeze(make())
    heads = {name for name in layers_in(v.path for v in model.variables) if name.startswith("head")}
    assert layers_in(v.path for v in model.trainable_variables) == heads
    unfreeze(model, from_layer="Conv_1")
    trained = layers_in(v.path for v in model.trainable_variables)
    assert trained == {"Conv_1", *heads}


@pytest.mark.parametrize("name", ["MobileNetV2", "ConvNeXtTiny", "MobileNetV3Small", "VGG16"])
def test_a_network_of_keras_without_a_head_is_frozen_whole(name):
    make = getattr(keras.applications, name)
    network = make(input_shape=(32, 32, 3), weights=None, include_top=False, pooling="avg")
    assert not freeze(network).trainable_variables


def two_networks():
    pixels = picture()
    other = keras.applications.MobileNet((32, 32, 3), weights=None, include_top=False, pooling="avg")
    both = keras.layers.Concatenate()([plain(pooling="avg")(pixels), other(pixels)])
    return keras.Model(pixels, keras.layers.Dense(5)(both))


def two_alike():
    pixels = picture()
    both = keras.layers.Concatenate()([small(3)(pixels), small(3)(pixels)])
    return keras.Model(pixels, keras.layers.Dense(5)(keras.layers.GlobalAveragePooling2D()(both)))


def not_built():
    return keras.Sequential([keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(5)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: None, "must be a Keras model. Received: None"),
        (lambda: [small_network()], "must be a Keras model"),
        (lambda: small_network, "must be a Keras model"),
        (lambda: "small", "must be a Keras model. Received: 'small'"),
        (two_networks, "must have one backbone. Received: 2 models .*mobilenetv2.*mobilenet_1"),
        (two_alike, "must have one backbone. Received: 2 models"),
        (lambda: linear_head(4, 2), "must be a backbone, or hold one.*takes vectors"),
        (not_built, "must have weights"),
    ],
)
def test_what_has_no_one_backbone_is_refused(make, words):
    for change in (freeze, unfreeze):
        with pytest.raises(ValueError, match=f"`model` {words}"):
            change(make())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("blok_2", "must be one of .*block_10.*Did you mean 'block_2'"),
        (keras.layers.ReLU(name="block_2_relu"), "must be a layer's name. .*Write 'block_2_relu'"),
        (0, "must be the name of a layer or block, a share above 0"),
        (1.5, "must be the name of a layer or block, a share above 0"),
        (True, "must be the name of a layer or block, a share above 0"),
        (b"block_2", "must be the name of a layer or block, a share above 0"),
    ],
)
def test_what_is_neither_a_layers_name_nor_a_share_is_refused(value, words):
    with pytest.raises(ValueError, match=f"`from_layer` {words}"):
        unfreeze(small_network(), value)


@pytest.mark.parametrize("name", [backbone for backbone, _ in PROFILES.values()])
def test_the_backbones_of_both_profiles_have_the_layers_that_lessons_name(name):
    backbone = load_backbone(name, image_size=32, weights=None)
    layers = {layer.name for layer in backbone.get_layer("network").layers}
    assert {"Conv1_relu", "block_4_depthwise", "block_9_expand_relu", "block_12_add", "out_relu"} <= layers
    unfreeze(backbone, from_layer="block_13")
    summary = trainable_summary(backbone).set_index("layer")
    assert summary.loc["block_13_expand", "trainable"] == summary.loc["block_13_expand", "parameters"] > 0
    assert summary.loc["block_12_project", "trainable"] == 0
    assert summary.loc["block_14_expand_BN", "trainable"] == 0
    assert summary["parameters"].sum() == backbone.count_params()


def test_find_network_looks_inside():
    inner = small_network()
    outer = keras.Sequential([keras.Input((8, 8, 3)), inner])
    assert find_network(keras.Sequential([outer])) is inner
    plain = small_network("plain")
    assert find_network(plain) is plain
