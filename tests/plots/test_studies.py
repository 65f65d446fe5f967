"""Figures of studies say what the studies found."""

import pytest

from course_utils import plots

from .examples import GIVEN, NETWORKS, RATES, RUNS, TRADES


def test_each_draw_is_a_line_of_its_own_and_each_group_has_a_mean():
    ax = plots.learning_curve_by_size(RUNS, chance=0.2)
    drawn = [
        list(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == len(line.get_ydata()) == 2
    ]
    seen, unseen = [[0.5, 0.8], [0.7, 0.9]], [[0.2, 0.6], [0.3, 0.5]]
    for wanted in (*seen, [0.6, 0.85], *unseen, [0.25, 0.55]):
        assert [line for line in drawn if line == pytest.approx(wanted)]
    assert {"seen", "unseen"} <= {text.get_text() for text in ax.texts}


def test_runs_without_groups_have_one_mean():
    ax = plots.learning_curve_by_size(RUNS.drop(columns="group"), chance=0.2)
    assert [text.get_text() for text in ax.texts] == ["mean of the draws"]


def test_the_alt_text_of_a_study_has_every_number():
    said = plots.alt_text(plots.learning_curve_by_size(RUNS, chance=0.2))
    assert (
        "seen: 1 a class 60% (50% to 70%); 5 a class 85% (80% to 90%)" in said
        and "unseen: 1 a class 25%" in said
    )
    said = plots.alt_text(plots.rate_by_batch(RATES))
    assert "20 in batches of 1" in said and "120 in batches of 32" in said


def test_networks_have_a_line_for_each_width_and_a_point_each():
    ax = plots.accuracy_against_cost(NETWORKS)
    drawn = sorted(
        (x, y) for line in ax.lines for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    )
    assert len(ax.lines) == 2
    assert drawn == sorted(zip(NETWORKS["multiply_adds"], NETWORKS["top_1"], strict=True))
    assert "4 networks: from 49 million" in plots.alt_text(ax) and "70.9 %" in plots.alt_text(ax)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop(columns="top_1"), "`table` must have a column 'top_1'"),
        (lambda t: t.iloc[:0], "Received: 0"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        plots.accuracy_against_cost(change(NETWORKS))


def test_the_front_is_joined_and_the_others_are_grey():
    table = GIVEN["accuracy_against_time"]["table"]
    ax = plots.accuracy_against_time(table)
    (front,) = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    assert list(front.get_xdata()) == [5.0]
    points = {float(line.get_xdata()[0]): line for line in ax.lines if line.get_marker() in "oD"}
    assert points[5.0].get_color() == plots.PALETTE["blue"] != points[0.8].get_color()
    assert "two 90% (80% to 95%) in 5.0 ms, front" in plots.alt_text(ax)


def means(ax):
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if len(line.get_xdata()) == 1]


def test_what_was_learnt_and_kept_is_a_mean_among_its_trainings():
    ax = plots.learnt_against_kept(TRADES, "birds")
    assert means(ax) == [(0.98, 0.7), pytest.approx((0.85, 0.85))]
    (dots,) = ax.collections
    assert dots.get_offsets().tolist() == TRADES[["kept", "learnt"]].to_numpy().tolist()
    assert [text.get_text() for text in ax.texts] == ["frozen", "tuned"]
    assert "birds" in ax.get_ylabel() and "tuned 85% learnt, 85% kept" in plots.alt_text(ax)


def test_trainings_without_a_name_are_dots_alone():
    ax = plots.learnt_against_kept(TRADES.assign(name=["mine", "", ""]))
    assert means(ax) == [(0.98, 0.7)] and [text.get_text() for text in ax.texts] == ["mine"]
    (dots,) = ax.collections
    assert len(dots.get_offsets()) == 3 and len({tuple(colour[:3]) for colour in dots.get_facecolors()}) == 2


def test_learnt_and_kept_have_ticks_where_their_labels_say():
    ax = plots.learnt_against_kept(TRADES.assign(learnt=[0.67, 0.845, 0.8]))
    assert 100 * ax.get_yticks() == pytest.approx((100 * ax.get_yticks()).round())


def test_a_path_joins_the_means_in_the_order_of_the_table():
    (line,) = [
        line
        for line in plots.learnt_against_kept(TRADES[::-1], path=True).lines
        if len(line.get_xdata()) == 2
    ]
    assert list(line.get_xdata()) == pytest.approx([0.85, 0.98])
    assert not [line for line in plots.learnt_against_kept(TRADES).lines if len(line.get_xdata()) == 2]


def test_seven_ways_are_a_path_or_too_many():
    seven = TRADES.iloc[[0] * 7].assign(name=list("abcdefg"))
    assert len(means(plots.learnt_against_kept(seven, path=True))) == 7
    with pytest.raises(ValueError, match="runs"):
        plots.learnt_against_kept(seven)
