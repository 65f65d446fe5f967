"""The transfer phenomena the course teaches are real and large in the drawn world: one seed each, in wide bands.

`make measure` gives the means over five seeds. The bands here leave room for another processor's rounding. What
trains for long is thorough: `make test-all`.
"""

import pytest

from course_utils import evaluation, sketchbook
from course_utils.backbones import load_backbone, load_classifier
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import load_cub, load_pets, met_before
from course_utils.environment.course import REAL_BACKBONE
from tools.measure import experiments

SIZE = 96


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("phenomena")


@pytest.fixture(scope="module")
def cache(folder):
    return BottleneckCache(folder / "bottlenecks")


@pytest.fixture(scope="module")
def birds(folder):
    return load_cub(sketchbook.make_birds(folder / "birds", n_species=20, per_species=60, seed=0))


@pytest.fixture(scope="module")
def frozen(cache, birds):
    head, predictions = experiments.frozen(load_backbone("mini_mobilenet_v2"), birds, cache, seed=0)
    return head, predictions, evaluation.accuracy(predictions)


def test_the_mini_backbone_knows_its_own_source_classes():
    classifier = load_classifier("mini_mobilenet_v2")
    images, labels, names = sketchbook.source_images(5, seed=77, split="test", processes=1)
    guesses = classifier.model.predict(images, batch_size=128, verbose=0).argmax(axis=1)
    right = [
        classifier.class_names[guess] == names[label] for guess, label in zip(guesses, labels, strict=True)
    ]
    assert len(names) >= 100
    assert set(classifier.class_names) == set(names), "and no species that the field guide holds back"
    assert sum(right) / len(right) > 0.9


def test_a_frozen_backbone_is_good_and_leaves_room(frozen):
    assert 0.70 < frozen[2] < 0.92


@pytest.mark.thorough
def test_a_network_from_scratch_is_far_behind(birds, frozen):
    predictions, curves = experiments.from_scratch(birds, SIZE, seed=0)
    accuracy = evaluation.accuracy(predictions)
    assert accuracy < frozen[2] - 0.25
    assert accuracy > 2 / 20, "it should learn something, or the comparison is unfair"
    assert len(curves) < 200, "stopped because it no longer improved, not because time was up"


@pytest.mark.thorough
def test_fine_tuning_helps(birds, frozen):
    tuned = experiments.fine_tuned(load_backbone("mini_mobilenet_v2"), frozen[0], birds, SIZE, seed=0)
    assert tuned > frozen[2] + 0.04


def test_species_the_backbone_knew_are_easier(frozen):
    table = evaluation.seen_against_unseen(frozen[1])
    assert table.loc["seen", "accuracy"] > table.loc["unseen", "accuracy"] + 0.05
    assert (table["classes"] == 10).all()


@pytest.mark.thorough
def test_the_wrong_pixel_range_costs_dearly(birds, frozen):
    def accuracy(scale, head=None):
        return experiments.wrong_range(load_backbone("mini_mobilenet_v2"), birds, 0, scale, head)

    assert accuracy(1.0) < frozen[2] - 0.2, "0 to 255, in training and test"
    assert accuracy(1 / 255, head=frozen[0]) < frozen[2] - 0.2, "0 to 1, in test only"
    assert accuracy(1 / 255) < frozen[2] - 0.05, "0 to 1 in both: the head makes up for some of it"


@pytest.mark.thorough
def test_a_habitat_that_gives_the_answer_away_misleads(cache, folder):
    def accuracy(train, test):
        knobs = sketchbook.Knobs(habitat_correlation=train, test_habitat_correlation=test)
        birds = load_cub(sketchbook.make_birds(folder / f"habitat-{train}-{test}", seed=0, knobs=knobs))
        _, predictions = experiments.frozen(load_backbone("mini_mobilenet_v2"), birds, cache, seed=0)
        return evaluation.accuracy(predictions)

    misled = accuracy(1.0, 0.0)
    assert misled < accuracy(1.0, 1.0) - 0.15, "the same places promise too much"
    assert misled < accuracy(0.0, 0.0) - 0.05, "and the habit costs something"


@pytest.fixture(scope="module")
def imagenet(real_data):
    return load_backbone(REAL_BACKBONE)


@pytest.mark.real
@pytest.mark.parametrize(("crop", "least"), [(False, 0.85), (True, 0.90)], ids=["whole", "box"])
def test_real_birds(cache, real_data, imagenet, crop, least):
    _, predictions = experiments.frozen(imagenet, load_cub(real_data / "CUB_200_2011"), cache, 0, crop)
    assert len(predictions) == 243
    assert evaluation.accuracy(predictions) > least


@pytest.mark.real
def test_real_pets(cache, real_data, imagenet):
    _, predictions = experiments.frozen(imagenet, load_pets(real_data / "oxford_iiit_pet"), cache, 0)
    known = predictions["class_name"].map(met_before).astype(bool)
    table = evaluation.seen_against_unseen(predictions.assign(known=known))
    assert evaluation.accuracy(predictions) > 0.84
    assert table["classes"].to_dict() == {"seen": 24, "unseen": 13}
    assert table.loc["seen", "accuracy"] > table.loc["unseen", "accuracy"]
