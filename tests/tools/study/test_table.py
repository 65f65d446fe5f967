"""The study's table survives kills, keeps one order, and has one writer."""

import os
import signal
import subprocess
import sys

import pytest

from course_utils.errors import DataError
from tools.project import REPO
from tools.study import plan
from tools.study.arms import ARMS, Arm, Recipe
from tools.study.table import Cell, Row, Table, only_writer

ORDER = (["leaves", "birds"], ["vgg", "resnet"], ["frozen", "tuned"])


def row(data_set="leaves", backbone="vgg", arm="frozen", seed=0, accuracy=0.5, key="k", seconds=2.0):
    return Row(data_set, backbone, arm, seed, 6, 120, 120, accuracy, 0.75, None, seconds, key)


def test_rows_come_back_as_they_were_in_one_order_whatever_the_order_they_came_in(tmp_path):
    file, rows = (
        tmp_path / "study.csv",
        [row(seed=10), row("birds"), row("ants"), row(), row(backbone="resnet"), row(seed=2)],
    )
    for one in rows:
        Table(file, ORDER).put(one)
    text = file.read_text()
    assert [line.split(",")[:4] for line in text.splitlines()[1:]] == [
        ["leaves", "vgg", "frozen", "0"], ["leaves", "vgg", "frozen", "2"], ["leaves", "vgg", "frozen", "10"],
        ["leaves", "resnet", "frozen", "0"], ["birds", "vgg", "frozen", "0"], ["ants", "vgg", "frozen", "0"],
    ]  # fmt: skip
    assert set(Table(file, ORDER).rows.values()) == set(rows)
    other = tmp_path / "other.csv"
    for one in reversed(rows):
        Table(other, ORDER).put(one)
    assert other.read_text() == text


def test_a_row_of_the_same_place_is_replaced_and_known_by_its_key(tmp_path):
    table = Table(tmp_path / "study.csv", ORDER)
    table.put(row(key="old"))
    table.put(row(key="new", accuracy=0.9))
    again = Table(table.file, ORDER)
    assert again.has(row().cell, "new") and not again.has(row().cell, "old")
    assert [one.accuracy for one in again.rows.values()] == [0.9]


@pytest.mark.parametrize("damage", ["a,b\n1,2\n", "", "cut", "latin"])
def test_a_file_that_is_no_table_is_named_and_left_alone(tmp_path, damage):
    file = tmp_path / "study.csv"
    Table(file, ORDER).put(row())
    damaged = {"cut": file.read_bytes()[:-20], "latin": file.read_bytes().replace(b"vgg", b"v\xe4g")}
    file.write_bytes(content := damaged.get(damage, damage.encode()))
    with pytest.raises(DataError, match=r"no table of the study[\s\S]*What to do: put back"):
        Table(file, ORDER)
    assert file.read_bytes() == content


WRITER = """
import itertools, sys
from pathlib import Path
from tools.study.table import Row, Table, only_writer
file = Path(sys.argv[1])
with only_writer(file, file.parent / "locks"):
    table = Table(file, ([], [], []))
    for seed in itertools.count():
        table.put(Row("leaves", "vgg", "frozen", seed, 6, 120, 120, 0.5, None, None, 1.0, "k"))
        print(seed, flush=True)
"""


def writer(file):
    command = [sys.executable, "-c", WRITER, str(file)]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("rows", [1, 7, 40])
def test_a_killed_writer_loses_no_row_and_leaves_no_lock(tmp_path, rows):
    file, process = tmp_path / "study.csv", writer(tmp_path / "study.csv")
    for _ in range(rows):
        last = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(Table(file, ORDER).rows) > last
    with only_writer(file, tmp_path / "locks"):
        assert not list(tmp_path.glob(".*")), "a draft that nobody will finish"


def test_a_second_writer_is_refused_while_the_first_one_lives(tmp_path):
    file, process = tmp_path / "study.csv", writer(tmp_path / "study.csv")
    process.stdout.readline()
    try:
        with pytest.raises(DataError, match=r"study.csv is being written[\s\S]*--out"):
            with only_writer(file, tmp_path / "locks"):
                pass
        with only_writer(tmp_path / "other.csv", tmp_path / "locks"):
            pass
    finally:
        process.kill()
        process.wait()


def test_frozen_arms_come_first_and_controls_only_where_they_belong():
    cells = plan.cells(["leaves"], ["mini_vgg16", "mini_mobilenet_v2"], ARMS, 2)
    frozen = [ARMS[cell.arm].recipe is None for cell in cells]
    assert frozen == sorted(frozen, reverse=True)
    alone = [cell for cell in cells if cell.arm == "from scratch"]
    assert [(cell.backbone, cell.seed) for cell in alone] == [
        ("mini_mobilenet_v2", 0),
        ("mini_mobilenet_v2", 1),
    ]
    assert all(set(arm.backbones).isdisjoint({"mini_vgg16"}) for arm in ARMS.values())


def test_only_takes_names_of_any_kind_and_answers_unknown_ones():
    cells = plan.cells(["leaves", "birds"], ["mini_vgg16", "mini_vgg19"], ARMS, 1)
    chosen = plan.only(cells, ["frozen", "mini_vgg19", "fine-tuned"])
    assert {cell[1:3] for cell in chosen} == {("mini_vgg19", "frozen"), ("mini_vgg19", "fine-tuned")}
    assert {cell.data_set for cell in chosen} == {"leaves", "birds"}
    assert plan.only(cells, []) == cells
    with pytest.raises(ValueError, match="`--only` must be one of .*Did you mean 'leaves'"):
        plan.only(cells, ["leafs"])


def test_a_key_changes_with_all_that_the_result_depends_on_and_with_nothing_else():
    arm = Arm("told", Recipe("adam", 1e-3, epochs=2))
    key = plan.key_of(arm, "data", "weights")
    assert plan.key_of(Arm("told otherwise", arm.recipe, backbones=("mini_vgg16",)), "data", "weights") == key
    others = [Arm("", Recipe("adam", 1e-3, epochs=3)), Arm("")]
    others += [Arm("", arm.recipe, "unit"), Arm("", arm.recipe, random=True)]
    keys = [plan.key_of(other, "data", "weights") for other in others]
    keys += [plan.key_of(arm, "other data", "weights"), plan.key_of(arm, "data", "other weights")]
    assert len({key, *keys}) == 7


def test_time_left_goes_by_the_likest_trainings_and_says_what_it_does_not_know():
    rows = [row(seconds=60), row("birds", seconds=120), row(arm="tuned", seconds=600)]

    def job(*cell):
        return plan.Job(Cell(*cell), "")

    assert plan.expected_seconds(Cell("birds", "vgg", "frozen", 3), rows) == 120
    assert plan.expected_seconds(Cell("birds", "vgg", "tuned", 3), rows) == 600
    assert plan.expected_seconds(Cell("birds", "resnet", "tuned", 3), rows) == 600
    assert (
        plan.minutes_left([job("birds", "vgg", "frozen", 1), job("leaves", "vgg", "frozen", 1)], rows)
        == "about 3 min left"
    )
    assert plan.minutes_left([job("birds", "vgg", "other", 1)], rows).endswith(
        "and 1 trainings of a new kind"
    )
