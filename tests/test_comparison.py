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
    with pytest.raises(ValueError, match="must be one of better, frozen. Received: 'beter'.*'better'"):
        comparison.gains(study, "data_set", "beter")


def test_a_rank_correlation_is_scipys_and_few_rows_say_little():
    from scipy import stats

    rng = np.random.default_rng(0)
    a = pd.Series(rng.normal(size=40), range(40))
    b = (a + pd.Series(rng.normal(size=40))).drop(3)
    many = comparison.rank_correlation(a, b)
    assert many["mean"] == pytest.approx(stats.spearmanr(a.drop(3), b).statistic)
    assert 0 < many["low"] < many["mean"] < many["high"] < 1
    few = comparison.rank_correlation(a.iloc[10:15], b)
    assert few["high"] - few["low"] > 2 * (many["high"] - many["low"])


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
