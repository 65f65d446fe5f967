import keras
import numpy as np
import pytest

from course_utils.backbones import load_backbone
from course_utils.heads import attach, fitted_head, linear_head, mlp_head


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


def two_outputs():
    vector = keras.Input((7,))
    return keras.Model(vector, [vector, vector])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: linear_head(0, 3), "`n_features` must be a whole number of at least 1. Received: 0"),
        (lambda: linear_head(7, 0), "`n_classes` must be a whole number of at least 1. Received: 0"),
        (lambda: linear_head(7, 3, l2=-0.1), "`l2` must be a number, 0 or above. Received"),
        (lambda: mlp_head(0, 3), "`n_features` must be a whole number of at least 1"),
        (lambda: mlp_head(7, ["a", "b"]), r"`n_classes` must be .* Write len\(n_classes\)"),
        (lambda: mlp_head(7, 3, hidden=0), "`hidden` must be a whole number of at least 1"),
        (lambda: mlp_head(7, 3, dropout=1.5), "`dropout` must be a share from 0 to 1. Received"),
    ],
)
def test_odd_numbers_are_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_what_does_not_fit_together_is_not_attached():
    backbone = load_backbone("mini_mobilenet_v2", image_size=32, weights=None)
    one_output = "must be a Keras model with one input and one output"
    for model in (None, linear_head, keras.Sequential([keras.layers.Dense(3)]), two_outputs()):
        with pytest.raises(ValueError, match=f"`head` {one_output}"):
            attach(backbone, model)
        with pytest.raises(ValueError, match=f"`backbone` {one_output}"):
            attach(model, linear_head(7, 3))
    with pytest.raises(ValueError, match="`head` must take the 3 features that 'linear_head' gives"):
        attach(linear_head(1280, 3), backbone)  # exchanged: three classes, as there are three colours
    with pytest.raises(ValueError, match="1280 features.*Received: a head for 7"):
        attach(backbone, linear_head(7, 3))


def labelled(n_classes, seed=0):
    rng = np.random.default_rng(seed)
    labels = np.repeat(range(n_classes), 20)
    centres = rng.normal(0, 1, (n_classes, 8))
    return (centres[labels] + rng.normal(0, 0.3, (len(labels), 8))).astype("float32"), labels


@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_fitted_head_is_as_good_whatever_the_scale_of_the_vectors(n_classes):
    vectors, labels = labelled(n_classes)
    logits = fitted_head(vectors, labels, n_classes)(vectors).numpy()
    assert logits.shape == (len(labels), n_classes) and (logits.argmax(axis=1) == labels).mean() > 0.9
    scaled = 1000 * vectors + 7
    np.testing.assert_allclose(fitted_head(scaled, labels, n_classes)(scaled), logits, atol=0.05)


def test_a_fitted_head_beats_one_that_is_trained_step_by_step():
    vectors, labels = labelled(3, seed=1)
    step_by_step, loss = linear_head(8, 3), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    step_by_step.compile(keras.optimizers.Adam(1e-3), loss)
    step_by_step.fit(vectors, labels, epochs=30, verbose=0)
    assert loss(labels, fitted_head(vectors, labels, 3)(vectors)) < loss(labels, step_by_step(vectors))


def test_a_fitted_head_never_answers_with_a_class_it_has_no_vector_of():
    vectors, labels = labelled(3)
    few = labels != 1
    answers = fitted_head(vectors[few], labels[few], 4)(vectors).numpy().argmax(axis=1)
    assert set(answers) == {0, 2}
    with pytest.raises(ValueError, match="at least two classes. Received: 1"):
        fitted_head(vectors[labels == 1], labels[labels == 1], 3)
    one_each = fitted_head(vectors[[0, 25]], np.array([0, 1]), 2)(vectors[[0, 25]]).numpy()
    assert one_each.argmax(axis=1).tolist() == [0, 1]
