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


def test_wrong_widths_and_numbers_are_refused():
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    with pytest.raises(ValueError, match="1280 features.*Received: a head for 7"):
        attach(backbone, linear_head(7, 3))
    with pytest.raises(ValueError, match="`n_classes`.*Received: 0"):
        linear_head(7, 0)
