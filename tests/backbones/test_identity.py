"""What is remembered of a model's layers is forgotten as soon as one of them is another."""

import operator

import keras
import numpy as np
import pytest

from course_utils.backbones import identity, layers_digest, load_backbone, own_code


def make_model() -> keras.Model:
    pixels = keras.Input((8, 8, 3))
    x = keras.layers.Rescaling([1.0, 2.0, 3.0], offset=0.5)(pixels)
    x = keras.layers.Conv2D(4, 3, padding="same", name="conv")(x)
    x = keras.layers.BatchNormalization()(keras.ops.multiply(x, 2.0))
    x = keras.layers.Activation(keras.layers.LeakyReLU(0.1))(x)
    x = keras.layers.ZeroPadding2D(1)(x)
    x = keras.layers.TimeDistributed(keras.layers.Conv1D(2, 3, activation="relu"))(x)
    inner = keras.Sequential([keras.layers.MaxPooling2D(), keras.layers.Dropout(0.1)], name="inner")
    return keras.Model(pixels, keras.layers.GlobalAveragePooling2D()(inner(x)))


def both(model: keras.Model) -> tuple[str, str]:
    return own_code(model), layers_digest(model)


def afresh(model: keras.Model) -> tuple[str, str]:
    identity._seen.clear()
    return both(model)


def own_activation(inputs):
    return inputs


def find(model: keras.Model, kind: type) -> keras.layers.Layer:
    return next(layer for layer in identity.leaf_layers(model) if isinstance(layer, kind))


EDITS = {
    "strides": lambda model: setattr(model.get_layer("conv"), "strides", (2, 2)),
    "an activation of Keras": lambda model: setattr(
        model.get_layer("conv"), "activation", keras.activations.tanh
    ),
    "an activation of one's own": lambda model: setattr(
        model.get_layer("conv"), "activation", own_activation
    ),
    "a layer as activation": lambda model: setattr(
        find(model, keras.layers.Activation).activation, "negative_slope", 0.3
    ),
    "inside a wrapper": lambda model: setattr(
        find(model, keras.layers.TimeDistributed).layer, "activation", keras.activations.gelu
    ),
    "inside a model": lambda model: setattr(find(model, keras.layers.MaxPooling2D), "strides", (1, 1)),
    "an array": lambda model: setattr(find(model, keras.layers.Rescaling), "offset", np.float32(0.25)),
    "a list, in place": lambda model: find(model, keras.layers.Rescaling).scale.__setitem__(0, 9.0),
    "epsilon": lambda model: setattr(find(model, keras.layers.BatchNormalization), "epsilon", 0.1),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_layer_is_noticed(edit):
    model = make_model()
    before = both(model)
    assert model in identity._seen
    EDITS[edit](model)
    assert both(model) != before
    assert both(model) == afresh(model)


def test_a_layer_more_is_noticed():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    before = both(model)
    model.add(keras.layers.ReLU())
    assert both(model) != before
    model.pop()
    assert both(model) == before


@pytest.mark.parametrize("model", [make_model(), load_backbone("mini_mobilenet_v2", weights=None)])
def test_whatever_changes_a_config_is_noticed(model):
    seen = 0
    for layer in {type(layer): layer for layer in identity.leaf_layers(model)}.values():
        for name, old in layer.get_config().items():
            if name in identity._IRRELEVANT or name == "name" or not hasattr(layer, name):
                continue
            if not (isinstance(old, (int, float)) and isinstance(getattr(layer, name), (int, float))):
                continue
            both(model)
            try:
                setattr(layer, name, not old if isinstance(old, bool) else old + 1)
            except (AttributeError, ValueError):  # what cannot be set need not be noticed
                continue
            assert both(model) == afresh(model), (layer.name, name)
            setattr(layer, name, getattr(layer, name).__class__(old))
            seen += 1
    assert seen > 15


class Slotted:
    __slots__ = ()
    __module__ = "keras.mine"


@pytest.mark.parametrize("value", [operator.attrgetter("name"), [].append, Slotted()])
def test_what_cannot_be_looked_into_is_looked_at_anew(value):
    model = make_model()
    before = both(model)
    model.get_layer("conv").more = value
    assert both(model) == before and not identity._state_of(model)


def test_an_unchanged_backbone_is_not_asked_for_its_config_again(monkeypatch):
    model = load_backbone("mini_mobilenet_v2", weights=None)
    before = both(model)
    monkeypatch.setattr(type(model), "get_config", lambda self: pytest.fail("asked again"))
    assert both(model) == before
