"""Models are compared by what they do with drawn weights: not by their shapes, their present weights or clothes."""

import keras
import numpy as np
import pytest
from keras import layers

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure
from course_utils.exercises.verdicts import Status

RIGHT, NOT_YET = Status.RIGHT, Status.NOT_YET


def dense(*parts, inputs=3):
    return keras.Sequential([keras.Input((inputs,)), *parts])


def tanh(last=None, **settings):
    return dense(layers.Dense(5, activation="tanh", **settings), layers.Dense(4, activation=last))


def functional():
    inputs = keras.Input((3,))
    return keras.Model(inputs, layers.Dense(4)(keras.activations.tanh(layers.Dense(5)(inputs))))


def nested():
    return dense(
        keras.Sequential([layers.Dense(5), layers.Activation("tanh")]), keras.Sequential([layers.Dense(4)])
    )


def started_at(number):
    model = tanh()
    model.set_weights([np.full(weight.shape, number) for weight in model.get_weights()])
    return model


CHECK = Structure(like=tanh, mistakes=[Mistake(lambda: tanh("softmax"), "It ends in a softmax.")])


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (tanh, ""),
        (functional, ""),
        (nested, ""),
        (lambda: tanh("linear"), ""),
        (lambda: started_at(0.0), ""),
        (lambda: started_at(1e-6), ""),
        (lambda: dense(layers.Dense(5), layers.Lambda(keras.ops.tanh), layers.Dense(4)), ""),
        (lambda: dense(layers.Dense(5, "relu"), layers.Dense(4)), "After `Dense(5)` comes the activation `relu`"),
        (lambda: dense(layers.Dense(5), layers.ReLU(), layers.Dense(4)), "the activation `relu`, where another"),
        (lambda: dense(layers.Dense(5), layers.Dense(4)), "After `Dense(5)` an activation is missing."),
        (lambda: tanh("softmax"), "It ends in a softmax."),
        (lambda: dense(tanh(), layers.Softmax()), "It ends in a softmax."),
        (lambda: tanh("log_softmax"), "After `Dense(4)` comes the activation `log_softmax`, where the model should"),
        (lambda: tanh(use_bias=False), "At the beginning comes `Dense(5)` with another `use_bias` than asked for."),
        (lambda: dense(layers.Dense(6, activation="tanh"), layers.Dense(4)), "with another `units` than asked for."),
        (lambda: dense(layers.Dense(5, activation="tanh")), "It ends too early: after the activation `tanh` something"),
        (lambda: dense(layers.Dense(5, "tanh"), layers.Dropout(0.5), layers.Dense(4)), "has `Dropout`, which"),
        (lambda: dense(layers.Rescaling(2.0), tanh()), "At the beginning comes `Rescaling`, where another kind"),
        (lambda: dense(layers.Dense(4), inputs=2), "What comes in has the shape (None, 2). Expected: (None, 3)."),
        (lambda: keras.Sequential([layers.Dense(4)]), "Begin with `keras.Input`"),
        (lambda: layers.Dense(4), "a layer; put it into a model"),
        (lambda: [layers.Dense(5), layers.Dense(4)], "put them into a model"),
        (lambda: tanh(trainable=False), "is frozen and should train"),
    ],
)  # fmt: skip
def test_a_model_is_what_it_does_with_whatever_weights(model, words):
    answer = model()
    before = answer.get_weights() if isinstance(answer, keras.Model) and answer.built else []
    status, reason = CHECK.judge(answer)
    assert status is (NOT_YET if words else RIGHT) and words in reason
    assert all(
        np.array_equal(a, b) for a, b in zip(before, getattr(answer, "get_weights", list)(), strict=False)
    )


def eyes():
    return keras.Sequential(
        [keras.Input((8, 8, 3)), *(layers.Conv2D(2, 1, name=f"look_{n}") for n in range(3))]
    )


def cut(backbone, layer):
    return keras.Model(backbone.inputs, backbone.get_layer(f"look_{layer}").output)


def copy(backbone):
    model = keras.models.clone_model(backbone)
    model.set_weights(backbone.get_weights())
    return model


def test_what_is_done_to_the_inputs_of_a_deep_model_is_seen():
    def deep(*first):
        return dense(*first, *(layers.Dense(8, activation="relu6") for _ in range(40)), layers.Dense(4))

    check = Structure(like=deep)
    assert check.judge(deep())[0] is RIGHT
    assert "At the beginning comes `Rescaling`" in check.judge(deep(layers.Rescaling(1 / 255)))[1]


def test_a_cut_in_another_place_is_seen():
    check = Structure(like=lambda backbone: cut(backbone, 1), given={"backbone": eyes()})
    backbone = eyes()
    assert check.judge(cut(backbone, 1), backbone=backbone)[0] is RIGHT
    for place, words in ((2, "where the model should end"), (0, "It ends too early")):
        assert words in check.judge(cut(backbone, place), backbone=backbone)[1]


def test_a_mistake_that_cannot_be_looked_for_in_a_model_is_another_one_and_a_wrong_call_is_told():
    mistakes = [
        Mistake(eyes, "It has no third look.", when=lambda model, backbone: model.get_layer("look_9"))
    ]
    check = Structure(like=lambda backbone: cut(backbone, 1), mistakes=mistakes, given={"backbone": eyes()})
    assert "where the model should end" in check.judge(cut(eyes(), 2), backbone=eyes())[1]
    assert "`backbone=`, is no longer what the lesson made" in check.judge(cut(eyes(), 1), backbone=None)[1]


def test_copies_and_the_thing_itself_are_told_apart():
    backbone, given = eyes(), {"backbone": eyes()}
    copies = Structure(like=copy, starts=True, copied=["backbone"], given=given)
    assert copies.judge(copy(backbone), backbone=backbone)[0] is RIGHT
    assert "weights of `backbone` itself" in copies.judge(cut(backbone, 2), backbone=backbone)[1]
    assert "A clone has new ones" in copies.judge(keras.models.clone_model(backbone), backbone=backbone)[1]
    itself = Structure(like=lambda backbone: cut(backbone, 2), holds=["backbone"], given=given)
    assert itself.judge(cut(backbone, 2), backbone=backbone)[0] is RIGHT
    assert "does not hold `backbone` itself" in itself.judge(copy(backbone), backbone=backbone)[1]


def test_what_trains_counts_and_what_works_in_training_alone():
    def model(frozen=(), rate=0.5):
        made = keras.Sequential([*eyes().layers, layers.BatchNormalization(), layers.Dropout(rate)])
        made.build((None, 8, 8, 3))
        for number in frozen:
            made.layers[number].trainable = False
        return made

    check = Structure(like=lambda: model([0, 3]))
    assert check.judge(model([0, 3]))[0] is RIGHT
    assert "`look_1/kernel` is frozen and should train" in check.judge(model([0, 1, 3]))[1]
    assert "trains and should be frozen" in check.judge(model([0]))[1]
    assert check.judge(model([0, 3], rate=0.2))[1] == "`Dropout` has another rate than asked for."
    assert Structure(like=model, frozen_free=True).judge(model([0, 1]))[0] is RIGHT


def test_bytes_are_as_good_as_floats_and_several_inputs_are_read():
    def pixels(kind="float32", scale=1 / 255):
        parts = [keras.Input((4, 4, 3), dtype=kind), layers.Rescaling(scale), layers.Conv2D(2, 3)]
        return keras.Sequential(parts)

    def two():
        inputs = [keras.Input((3,)), keras.Input((3,))]
        return keras.Model(inputs, layers.Dense(2)(layers.Add()(inputs)))

    assert Structure(like=pixels).judge(pixels("uint8"))[0] is RIGHT
    assert Structure(like=pixels).judge(pixels("uint8", scale=1 / 127))[0] is NOT_YET
    assert Structure(like=two).judge(two())[0] is RIGHT


def test_a_mistake_without_when_is_one_where_there_is_a_right_model():
    with pytest.raises(TypeError, match="needs `when`"):
        Structure(mistakes=[Mistake(tanh, "It is strange.")])
    assert CHECK.wrong_answers()[0][1] == "It ends in a softmax."
