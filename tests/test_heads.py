import keras
import numpy as np
import pytest

from course_utils.backbones import load_backbone
from course_utils.heads import attach, linear_head, mlp_head


@pytest.mark.parametrize("make", [linear_head, mlp_head])
def test_heads_return_a_logit_for_each_class(make):
    assert make(6, 3)(np.zeros((2, 6), "float32")).shape == (2, 3)


def test_linear_head_learns_what_is_linear_and_returns_logits():
    keras.utils.set_random_seed(0)
    vectors = np.random.default_rng(0).normal(size=(200, 5)).astype("float32")
    labels = vectors[:, :3].argmax(axis=1)
    head = linear_head(5, 3)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(keras.optimizers.Adam(0.05), loss)
    head.fit(vectors, labels, epochs=30, verbose=0)
    logits = head.predict(vectors, verbose=0)
    assert (logits.argmax(axis=1) == labels).mean() > 0.95
    assert logits.min() < 0


def test_l2_penalty_makes_a_loss():
    assert not linear_head(5, 3).losses
    head = linear_head(5, 3, l2=0.1)
    head.get_layer("logits").kernel.assign(np.ones((5, 3)))
    assert float(head.losses[0]) == pytest.approx(0.1 * 15)


def test_a_linear_head_starts_without_a_favourite():
    logits = linear_head(5, 3)(np.random.default_rng(0).normal(size=(4, 5)))
    assert not np.asarray(logits).any()


def test_attached_model_is_head_after_backbone_with_shared_weights():
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    head = linear_head(1280, 3)
    model = attach(backbone, head)
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3)).astype("float32")

    np.testing.assert_allclose(model(pixels), head(backbone(pixels)), atol=1e-6)
    head.weights[1].assign([5.0, 0.0, 0.0])
    np.testing.assert_allclose(model(pixels), head(backbone(pixels)), atol=1e-6)
    assert len(model.trainable_variables) == 2  # the backbone is still frozen


NOT_WHOLE = [0, -1, 2.5, 3.0, True, None, "3", ["a", "b"], (2,), np.array([1, 2]), float("nan"), {}]


@pytest.mark.parametrize("value", NOT_WHOLE, ids=repr)
@pytest.mark.parametrize("argument", ["n_features", "n_classes", "hidden"])
def test_what_is_no_number_of_things_is_refused(argument, value):
    given = {"n_features": 7, "n_classes": 3, argument: value}
    for make in (mlp_head,) if argument == "hidden" else (mlp_head, linear_head):
        with pytest.raises(
            ValueError, match=f"`{argument}` must be a whole number of at least 1. Received: "
        ):
            make(**given)


def test_a_list_of_names_is_answered_by_how_to_count_them():
    with pytest.raises(ValueError, match=r"Received: \['a', 'b'\]. Write len\(n_classes\)"):
        linear_head(1280, ["a", "b"])


@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf"), "x", None, True, [0.1]])
def test_what_is_no_penalty_or_share_is_refused(value):
    with pytest.raises(ValueError, match="`l2` must be a number, 0 or above. Received"):
        linear_head(7, 3, l2=value)
    with pytest.raises(ValueError, match="`dropout` must be a share from 0 to 1. Received"):
        mlp_head(7, 3, dropout=value)


@pytest.mark.parametrize("number", [np.int64, np.uint8, np.array])
def test_numbers_of_numpy_are_as_good_as_pythons(number):
    assert linear_head(number(7), number(3), l2=np.float32(0.1)).output_shape == (None, 3)
    assert mlp_head(number(7), number(3), number(4), np.float64(0.5)).output_shape == (None, 3)


def two_outputs():
    vector = keras.Input((7,))
    return keras.Model(vector, [vector, vector])


@pytest.mark.parametrize(
    "model", [None, "head", linear_head, keras.Sequential([keras.layers.Dense(3)]), two_outputs()]
)
def test_what_is_no_model_cannot_be_attached(model):
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    with pytest.raises(ValueError, match="`head` must be a Keras model with one input and one output"):
        attach(backbone, model)
    with pytest.raises(ValueError, match="`backbone` must be a Keras model with one input and one output"):
        attach(model, linear_head(7, 3))


def test_a_head_and_a_backbone_that_are_exchanged_are_refused():
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    with pytest.raises(ValueError, match="`head` must take the 3 features that 'linear_head' gives"):
        attach(linear_head(1280, 3), backbone)  # three classes, as there are three colours


def test_wrong_widths_and_numbers_are_refused():
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    with pytest.raises(ValueError, match="1280 features.*Received: a head for 7"):
        attach(backbone, linear_head(7, 3))
    with pytest.raises(ValueError, match="`n_classes`.*Received: 0"):
        linear_head(7, 0)
