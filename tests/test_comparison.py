"""Comparisons against SciPy, and against what can be worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from course_utils import comparison


def a_study():
    """Two data sets, two backbones, three seeds; the arm "better" gains 0.1, 0.2 and 0.3 with seeds 0, 1 and 2."""
    rows = [
        (data_set, backbone, arm, seed, 0.2 * place + (arm == "better") * 0.1 * (seed + 1))
        for place, data_set in enumerate(["leaves", "birds"])
        for backbone in ("vgg", "resnet")
        for arm in ("frozen", "better")
        for seed in range(3)
    ]
    return pd.DataFrame(rows, columns=["data_set", "backbone", "arm", "seed", "accuracy"])


def test_gains_are_paired_and_those_without_a_partner_are_left_out():
    study = a_study()
    gains = comparison.gains(study, "data_set", "better")
    assert gains.index.tolist() == ["leaves", "birds"]
    assert gains["mean"].tolist() == pytest.approx([0.2, 0.2])
    lone = study[(study["backbone"] == "vgg") | (study["arm"] == "frozen")]
    assert comparison.gains(lone, "backbone", "better").index.tolist() == ["vgg"]
    both = comparison.gains(study, "backbone", "better", "frozen")
    assert both.index.tolist() == ["vgg, better", "resnet, better", "vgg, frozen", "resnet, frozen"]
    assert both.loc["vgg, frozen"].tolist() == [0, 0, 0]
    half = comparison.gains(study.assign(unseen=study["accuracy"] / 2), "data_set", "better", of="unseen")
    assert half["mean"].tolist() == pytest.approx([0.1, 0.1])
    with pytest.raises(ValueError, match="must be one of better, frozen. Received: 'beter'.*'better'"):
        comparison.gains(study, "data_set", "beter")


def test_an_interval_over_seeds_is_that_of_the_seeds_means():
    from scipy import stats

    study = a_study().assign(unseen=np.random.default_rng(0).uniform(size=24))
    found = comparison.over_seeds(study, "backbone", of="unseen")
    assert found.index.tolist() == ["vgg", "resnet"]
    seeds = study[study["backbone"] == "resnet"].groupby("seed")["unseen"].mean()
    low, high = stats.t.interval(0.95, 2, seeds.mean(), seeds.sem())
    assert found.loc["resnet", ["accuracy", "low", "high"]].tolist() == pytest.approx(
        [seeds.mean(), low, high]
    )


def test_a_paired_interval_is_the_one_that_scipy_gives_and_leaves_incomplete_pairs_out():
    from scipy import stats

    rng = np.random.default_rng(0)
    a, b = rng.uniform(0.5, 0.9, (2, 5))
    low, high = stats.ttest_rel(a, b).confidence_interval()
    found = comparison.paired_interval([*a, 0.5], [*b, np.nan])
    assert found.tolist() == pytest.approx([(a - b).mean(), low, high])
    with pytest.raises(ValueError, match="at least two pairs. Received: 1"):
        comparison.paired_interval([1], [0])


def test_the_front_holds_whom_nobody_beats_and_twins_both():
    ms, accuracy = [1, 2, 2, 3, 4, 4], [0.5, 0.7, 0.6, 0.7, 0.9, 0.9]
    assert comparison.pareto_front(ms, accuracy).tolist() == [True, True, False, False, True, True]


def test_the_nearest_mean_score_leaves_each_vector_out_of_its_own_mean():
    rng = np.random.default_rng(0)
    labels = np.repeat(["a", "b", "c"], [2, 3, 5])
    vectors = np.eye(3)[[0, 0, 1, 1, 1, 2, 2, 2, 2, 2]] @ rng.normal(0, 1, (3, 6)) + rng.normal(
        0, 0.7, (10, 6)
    )
    right = []
    for i in range(10):
        others = np.arange(10) != i
        means = [vectors[others & (labels == name)].mean(axis=0) for name in "abc"]
        right.append("abc"[np.argmin([((vectors[i] - mean) ** 2).sum() for mean in means])] == labels[i])
    assert comparison.nearest_mean_score(vectors, labels) == pytest.approx(np.mean(right))
    chance = comparison.nearest_mean_score(rng.normal(size=(200, 300)), np.repeat(range(100), 2))
    assert chance < 0.1, "left in, each would be nearest to a mean that is half itself"
    assert comparison.nearest_mean_score(np.array([[0.0], [1], [1.1]]), np.array([0, 1, 1])) == pytest.approx(
        2 / 3
    )


SPREADS = {"training pictures": 0.03, "classes": 0.15, "test pictures": 0.2, "both": 0.05, "left": 0.3}
DRAWS, CLASSES, PICTURES = 12, 8, 10


def world(rng):
    """Answers that are sums of effects of known variances: (draws, pictures) and the class of each picture."""
    d, c, n = DRAWS, CLASSES, PICTURES
    shapes = {
        "training pictures": (d, 1, 1), "classes": (1, c, 1), "test pictures": (1, c, n), "both": (d, c, 1),
        "left": (d, c, n),
    }  # fmt: skip
    effects = sum(rng.normal(0, SPREADS[part], shape) for part, shape in shapes.items())
    return effects.reshape(d, c * n), np.repeat([f"class {k}" for k in range(c)], n)


def test_variance_components_are_those_that_the_answers_were_made_of():
    rng = np.random.default_rng(0)
    found = sum(comparison.variance_components(*world(rng))["variance"] for _ in range(300)) / 300
    expected = {
        "training pictures": SPREADS["training pictures"] ** 2
        + SPREADS["both"] ** 2 / CLASSES
        + SPREADS["left"] ** 2 / (CLASSES * PICTURES),
        "test pictures": SPREADS["test pictures"] ** 2 / (CLASSES * PICTURES),
        "classes": SPREADS["classes"] ** 2 / CLASSES,
    }
    assert found.to_dict() == pytest.approx(expected, rel=0.12)


def test_variance_components_do_not_mind_the_order_of_pictures_or_names():
    right, groups = world(np.random.default_rng(1))
    order = np.random.default_rng(2).permutation(len(groups))
    one, other = (
        comparison.variance_components(r, g) for r, g in ((right, groups), (right[:, order], groups[order]))
    )
    pd.testing.assert_frame_equal(one, other)
    assert one["share"].sum() == pytest.approx(1) and (one["sd"] ** 2).to_numpy() == pytest.approx(
        one["variance"]
    )


def test_variance_components_want_classes_of_one_size():
    right, groups = world(np.random.default_rng(1))
    for rows, names, words in (
        (right[:1], groups, "Received: 1 draws"),
        (right[:, 1:], groups[1:], "classes of 9 to 10 pictures"),
        (right[:, :PICTURES], groups[:PICTURES], "two classes or more"),
        (right, groups[1:], r"for each of the 79 `groups`. Received: shape \(12, 80\)"),
    ):
        with pytest.raises(ValueError, match=words):
            comparison.variance_components(rows, names)
