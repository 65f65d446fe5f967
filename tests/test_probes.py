"""Linear probes: what they find in features, at which layer, and what a control finds."""

import numpy as np
import pandas as pd
import pytest

from course_utils import probes
from course_utils.backbones import load_backbone


def clusters(n_classes=3, each=8, width=5, seed=0):
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(n_classes), each)
    return random.normal(0, 0.2, (len(labels), width)) + np.eye(n_classes, width)[labels], labels


def test_a_probe_names_what_can_be_told_apart_and_nothing_else():
    features, labels = clusters()
    others, truth = clusters(seed=1)
    assert (probes.probe(features, labels, others) == truth).mean() > 0.9
    blank = np.zeros_like(others)
    assert len(set(probes.probe(features, labels, blank))) == 1


@pytest.mark.parametrize(
    ("marks", "shared", "noise", "least"),
    [(0.1, 1.0, 0.02, 0.7), (1.0, 0.0, 0.7, 0.4)],
    ids=["faint marks, where a penalty of 100 finds a quarter", "noise, where one of 1 finds a third"],
)
def test_a_probe_chooses_its_penalty_by_what_it_learns_from(marks, shared, noise, least):
    random, labels = np.random.default_rng(3), np.repeat(np.arange(4), 60)
    width = 40 if shared else 115
    features = shared * random.normal(size=(240, 2)) @ random.normal(size=(2, width))
    features += marks * np.eye(4, width)[labels] + random.normal(0, noise, (240, width))
    said = probes.probe(features[::2], labels[::2], features[1::2])
    assert (said == labels[1::2]).mean() > least


def test_layers_are_probed_trained_and_random_on_the_same_draws():
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1], 6)
    # bright and dark squares: any network tells them apart
    pixels = random.uniform(0, 60, (12, 96, 96, 3)) + 190.0 * labels[:, None, None, None]
    layers = ["block_1_project_BN", "last"]
    runs = probes.probe_layers("mini_mobilenet_v2", {"squares": (pixels, labels)}, layers, [1, 4], draws=2)
    assert list(runs.columns) == ["pictures", "weights", "layer", "per_class", "draw", "accuracy"]
    assert len(runs) == 2 * 2 * 2 * 2
    assert set(runs["weights"]) == {"trained", "random"}
    trained = runs[(runs["weights"] == "trained") & (runs["per_class"] == 4)]
    assert (trained["accuracy"] == 1).all()


def test_pixels_and_layers_tell_where_something_is():
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1], 6)
    pixels = random.uniform(0, 60, (12, 96, 96, 3))
    pixels[:6, :, 10:40] += 150  # a bright stripe on the left, or mirrored
    pixels[6:] = pixels[:6, :, ::-1]
    runs = probes.probe_layers(
        "mini_mobilenet_v2", {"stripes": (pixels, labels)}, ["pixels", "block_1_project_BN"], [4], draws=2
    )
    assert set(runs["weights"]) == {"none", "trained", "random"}
    assert set(runs.loc[runs["layer"] == "pixels", "weights"]) == {"none"}
    assert (runs.loc[runs["weights"] != "random", "accuracy"] == 1).all()


def test_a_fine_layer_is_averaged_to_a_few_places_and_the_last_to_one():
    layers = ["block_1_project_BN", "block_10_project_BN", "block_13_project_BN", "last"]
    eye = probes._looking_at(load_backbone("mini_mobilenet_v2"), layers)
    assert [shape[1] for shape in eye.output_shape] == [6 * 6 * 8, 6 * 6 * 32, 3 * 3 * 56, 1280]


@pytest.mark.parametrize(
    ("layers", "per_class", "reason"),
    [(["blok_1"], [1], "blok_1"), (["last"], [6], "more than 6 pictures of each class")],
)
def test_a_layer_that_is_not_there_and_too_few_pictures_are_refused(layers, per_class, reason):
    pictures = {"grey": (np.zeros((12, 96, 96, 3)), np.repeat([0, 1], 6))}
    with pytest.raises(ValueError, match=reason):
        probes.probe_layers("mini_mobilenet_v2", pictures, layers, per_class)


def test_a_gain_is_taken_within_each_draw():
    rows = [
        ("birds", "trained", layer, 5, draw, base + ahead)
        for draw, base in enumerate((0.2, 0.5, 0.8))
        for layer, ahead in (("early", 0.0), ("late", 0.1))
    ]
    runs = pd.DataFrame(rows, columns=["pictures", "weights", "layer", "per_class", "draw", "accuracy"])
    found = probes.gain(runs, "late", "early").loc[("birds", 5)]
    # draws differ by 0.3, and the gain is the same in each
    assert found["mean"] == pytest.approx(0.1) and found["low"] == pytest.approx(found["high"])
