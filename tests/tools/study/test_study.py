"""A study of two data sets, two backbones and two ways, twice each: killed, resumed, complete."""

import argparse
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from course_utils.backbones.records import RECORDS, own_record
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset, load_folder
from course_utils.errors import DataError
from course_utils.paths import data_folder
from tools.project import REPO
from tools.study import networks, plan, run, sets, training
from tools.study.arms import ARMS, Arm, Recipe, Scratch
from tools.study.table import Cell, Row, Table
from tools.study.workers import side_by_side

RECIPE = Recipe("sgd", 1e-3, epochs=2, momentum=0.9, batch_size=4)
SMALL = {"frozen": Arm(""), "tuned": Arm("", RECIPE)}


def write_photos(folder: Path, n_classes: int = 3, n: int = 12) -> Path:
    """Write a folder for each class, pictures of one colour with some noise."""
    rng = np.random.default_rng(0)
    for label in range(n_classes):
        (folder / f"class {label}").mkdir(parents=True)
        for i in range(n):
            colour = np.zeros((32, 32, 3)) + 60 + 60 * np.eye(3)[label]
            pixels = (colour + rng.normal(0, 12, colour.shape)).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"class {label}" / f"{i}.png")
    return folder


def small_backbones(monkeypatch, folder: Path) -> list[str]:
    """Offer two backbones with files of random weights."""
    from tools.pretrain.report import named_weights

    for name, builder, options in (
        ("one", "ScaledVGG16", {"width": 0.05}),
        ("two", "MobileNetV2", {"alpha": 0.35}),
    ):
        record = own_record(name, builder, "tf", 32, 0.1, 1, source="", options=options)
        record = type(record)(**{**vars(record), "size": 32, "folder": str(folder / name)})
        monkeypatch.setitem(RECORDS, name, record)
        (folder / name).mkdir(exist_ok=True, parents=True)
        keras.utils.set_random_seed(1)
        arrays = named_weights(networks.load(record, Arm("", random=True), 1))
        np.savez(folder / name / "weights.npz", **arrays)
    monkeypatch.setattr(run, "ARMS", SMALL)
    monkeypatch.setattr(run, "FOLDER", folder / "work")
    return ["one", "two"]


def study(folders: list[Path], out: Path, *more: str) -> pd.DataFrame:
    given = [word for folder in folders for word in ("--folder", str(folder))]
    common = ["--backbones", "one", "two", "--seeds", "2", "--processes", "1", "--out", str(out)]
    run.main([*given, *common, *more])
    return pd.read_csv(out)


@pytest.fixture
def photos(tmp_path):
    return [write_photos(tmp_path / "colours"), write_photos(tmp_path / "paints", n_classes=2)]


def test_a_study_is_complete_resumes_and_computes_nothing_twice(monkeypatch, tmp_path, photos, capsys):
    small_backbones(monkeypatch, tmp_path / "backbones")
    out = tmp_path / "study.csv"
    first = study(photos, out, "--only", "colours", "frozen")
    assert len(first) == 4 and "8 of" not in capsys.readouterr().out
    table = study(photos, out)
    assert len(table) == len(table.groupby(["data_set", "backbone", "arm", "seed"])) == 16
    assert (table["accuracy"][table["arm"] == "frozen"] > 0.7).all() and table["accuracy"].between(0, 1).all()
    assert set(table["classes"]) == {2, 3} and (table["train"] + table["test"] == 12 * table["classes"]).all()
    kept = pd.merge(first, table)
    assert len(kept) == 4, "rows that were there have been computed again"
    capsys.readouterr()
    monkeypatch.setattr(training.Trainer, "run", None)
    before = out.read_bytes()
    study(photos, out)
    assert "16 trainings, 0 of them to do" in capsys.readouterr().out and out.read_bytes() == before


def test_what_has_changed_is_computed_anew_and_only_that(monkeypatch, tmp_path, photos, capsys):
    small_backbones(monkeypatch, tmp_path / "backbones")
    out = tmp_path / "study.csv"
    before = study(photos, out, "--only", "frozen").set_index(["data_set", "backbone"])["key"]
    extra = np.full((32, 32, 3), 99, np.uint8)
    Image.fromarray(extra).save(photos[0] / "class 0" / "new.png")
    file = tmp_path / "backbones" / "two" / "weights.npz"
    with np.load(file) as arrays:
        np.savez(file, **{name: 1.01 * array for name, array in arrays.items()})
    capsys.readouterr()
    after = study(photos, out, "--only", "frozen").set_index(["data_set", "backbone"])["key"]
    assert "8 trainings, 6 of them to do" in capsys.readouterr().out
    assert (before == after).groupby(["data_set", "backbone"]).all().to_dict() == {
        ("colours", "one"): False, ("colours", "two"): False, ("paints", "one"): True, ("paints", "two"): False,
    }  # fmt: skip


def test_trainings_that_would_not_end_in_time_are_not_begun(monkeypatch, tmp_path, photos, capsys):
    small_backbones(monkeypatch, tmp_path / "backbones")
    study(photos, tmp_path / "study.csv", "--only", "frozen", "colours", "one")
    monkeypatch.setattr(training.Trainer, "run", None)
    study(photos, tmp_path / "study.csv", "--only", "frozen", "--minutes", "0")
    assert "6 trainings are left; the same command goes on" in capsys.readouterr().out


def test_seeds_share_a_network_and_each_begins_as_if_it_were_alone(monkeypatch, tmp_path, photos):
    small_backbones(monkeypatch, tmp_path / "backbones")
    dataset = load_folder(photos[0])

    def scores(*seeds):
        trainer = training.Trainer(RECORDS["two"], SMALL["tuned"], 3, BottleneckCache(tmp_path / "cache"))
        return [trainer._after_pretraining(dataset, seed) for seed in seeds][-1]

    np.testing.assert_allclose(scores(0, 1), scores(1), atol=1e-4)
    assert np.abs(scores(0) - scores(1)).max() > 1e-3


def test_from_scratch_and_random_weights_need_no_file(monkeypatch, tmp_path, photos):
    small_backbones(monkeypatch, tmp_path / "backbones")
    (tmp_path / "backbones" / "one" / "weights.npz").unlink()
    dataset = load_folder(photos[0])
    for arm in (Arm("", random=True), Arm("", Scratch(1, batch_size=8), random=True)):
        networks.digest(RECORDS["one"], arm)
        trainer = training.Trainer(RECORDS["one"], arm, 3, BottleneckCache(tmp_path / "cache"))
        right, seconds = trainer.run(dataset, 0)
        assert right.shape == (len(dataset.rows("test")),) and seconds > 0


@pytest.mark.parametrize("n, epochs", [(4, 20), (8, 20), (23, 10), (80, 3), (400, 3)])
def test_few_pictures_are_seen_more_often_for_there_to_be_steps_enough(n, epochs):
    scratch = Scratch(3, batch_size=8, least_steps=20)
    assert scratch.epochs_for(n) == epochs and epochs * max(1, n // 8) >= 20


def test_training_from_scratch_takes_the_least_number_of_steps(monkeypatch, tmp_path, photos):
    small_backbones(monkeypatch, tmp_path / "backbones")
    dataset, steps = load_folder(photos[0]), []
    arm = Arm("", Scratch(1, batch_size=len(dataset.rows("train")), least_steps=7), random=True)
    monkeypatch.setattr(training, "vary", lambda pictures, rng: steps.append(len(pictures)) or pictures)
    training.Trainer(RECORDS["one"], arm, 3, BottleneckCache(tmp_path / "cache")).run(dataset, 0)
    assert len(steps) == 7


@pytest.mark.parametrize("arm", ARMS.values(), ids=ARMS)
def test_every_arm_feeds_its_network_as_it_says(arm):
    record = RECORDS["mini_mobilenet_v2"]
    backbone = networks.load(record, Arm("", arm.recipe, arm.preprocessing, random=True), 0)
    middle = backbone.get_layer("preprocessing")(np.full((1, 1, 1, 3), 255.0)).numpy()
    assert middle.ravel().tolist() == [1, 1, 1]
    assert backbone.get_layer("preprocessing").offset == (0 if arm.preprocessing == "unit" else -1)


def test_backbones_that_know_photos_are_fine_tuned_in_smaller_steps():
    drawn, photos = (run.arm_of(name, "fine-tuned") for name in ("mini_mobilenet_v2", "efficientnet_lite0"))
    assert photos.recipe.rate < drawn.recipe.rate and photos.recipe.optimizer == drawn.recipe.optimizer
    assert plan.key_of(photos, "", "") != plan.key_of(drawn, "", "")
    source = [
        run.arm_of(name, "fine-tuned as in 2017") for name in ("mini_mobilenet_v2", "efficientnet_lite0")
    ]
    assert source[0].recipe == source[1].recipe


def test_pictures_are_varied_by_whole_pixels_and_stay_in_range():
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 256, (40, 30, 30, 3), dtype=np.uint8)
    varied = training.vary(pictures, np.random.default_rng(1))
    assert varied.shape == pictures.shape and varied.min() >= 0 and varied.max() <= 255
    np.testing.assert_array_equal(varied, training.vary(pictures, np.random.default_rng(1)))
    flat = training.vary(np.full((200, 10, 10, 3), 100, np.uint8), rng)
    assert flat.std(axis=(1, 2, 3)).max() < 1e-3, "no edge shows where a picture was shifted"
    assert 15 < flat[:, 0, 0, 0].std() < 20, (
        "brightness is drawn evenly from 12 % of the range to either side"
    )


def test_photos_are_divided_anew_for_each_seed_with_as_many_of_each_class(photos):
    dataset = load_folder(photos[0])
    assert sets.divided_anew(dataset, 0) is dataset
    again, other = (sets.divided_anew(dataset, seed).table for seed in (1, 2))
    for table in (again, other):
        assert pd.crosstab(table["class_name"], table["split"]).equals(
            pd.crosstab(dataset.table["class_name"], dataset.table["split"])
        )
    assert not again["split"].equals(other["split"]) and not again["split"].equals(dataset.table["split"])


def test_drawn_sets_are_drawn_once_for_each_seed_and_say_what_is_known(monkeypatch, tmp_path):
    drawn, make = [], sets.sketchbook.make_study

    def make_few(name, folder, seed, processes):
        drawn.append((name, seed))
        return make(name, folder, seed, per_class=2, processes=1)

    monkeypatch.setattr(sets.sketchbook, "make_study", make_few)
    leaves = next(one for one in sets.drawn_sets(tmp_path) if one.name == "leaves")
    first, again, other = leaves.load(0), leaves.load(0), leaves.load(1)
    assert drawn == [("leaves", 0), ("leaves", 1)]
    assert leaves.digest(first) == leaves.digest(again) != leaves.digest(other)
    right = first.rows("test")["known"].to_numpy(bool)
    assert training.shares(right, first)[1:] == (1.0, 0.0)


def test_the_table_that_ships_is_whole_and_of_todays_pictures_weights_and_recipes(tmp_path):
    study = run.Study(sets.drawn_sets(tmp_path), BottleneckCache(tmp_path))
    cells = plan.cells(list(study.sets), networks.at_hand(photos=False), ARMS, n_seeds=5)
    table = Table(data_folder() / "study.csv", ([], [], []))
    assert set(table.rows) == set(cells), "make study"
    noodles = [cell for cell in cells if (cell.data_set, cell.seed) == ("noodles", 0)]  # the fewest to draw
    assert not [cell for cell in noodles if not table.has(*study.job(cell))], "make study"


def test_only_backbones_that_need_no_download_are_taken_unasked(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert "mini_mobilenet_v2" in (drawn := networks.at_hand(photos=False))
    assert networks.at_hand(photos=True) == ["efficientnet_lite0"] and all(
        RECORDS[name].is_own for name in drawn
    )
    own_file = type(RECORDS["mini_mobilenet_v2"]).own_file
    monkeypatch.setattr(
        type(RECORDS["mini_mobilenet_v2"]), "own_file", lambda self, name: own_file(self, "nowhere")
    )
    assert networks.at_hand(photos=False) == []


def test_shares_are_empty_where_nobody_knows_what_a_backbone_has_seen():
    table = pd.DataFrame({"path": ["a", "b"], "label": 0, "class_name": "c", "split": "test"})
    dataset = ImageDataset("two", table, ["c"])
    assert training.shares(np.array([True, False]), dataset) == (0.5, None, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--seeds", "0"], "--seeds must be at least 1. Received: 0"),
        (["--processes", "0"], "--processes must be at least 1. Received: 0"),
        (["--only", "leafs"], "`--only` must be one of"),
        (["--backbones", "vgg"], "`name` must be one of"),
        (["--folder", "nowhere"], "nowhere"),
    ],
)
def test_errors_say_what_was_expected(arguments, said, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(run, "FOLDER", tmp_path)
    monkeypatch.setattr(networks, "at_hand", lambda photos: ["mini_mobilenet_v2"])
    with pytest.raises((SystemExit, ValueError)) as error:
        run.main([*arguments, "--out", str(tmp_path / "out.csv")])
    assert said in str(error.value) + capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


KILLED = """
import json, os, sys
sys.path[:0] = json.loads(sys.argv[1])
from pathlib import Path
import pytest
import test_study
from tools.study.training import Trainer
monkeypatch, tmp = pytest.MonkeyPatch(), Path(sys.argv[2])
test_study.small_backbones(monkeypatch, tmp / "backbones")
real, left = Trainer.run, [int(sys.argv[3])]

def run(self, dataset, seed):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), 9)
    return real(self, dataset, seed)

monkeypatch.setattr(Trainer, "run", run)
test_study.study([tmp / "colours", tmp / "paints"], tmp / "study.csv", "--only", "frozen")
"""


def test_a_killed_study_loses_the_training_it_was_at_and_no_other(monkeypatch, tmp_path, photos, capsys):
    paths = json.dumps([str(Path(__file__).parent), str(REPO)])
    done = subprocess.run([sys.executable, "-c", KILLED, paths, str(tmp_path), "3"], env=os.environ)
    assert done.returncode == -signal.SIGKILL
    killed = pd.read_csv(tmp_path / "study.csv")
    assert len(killed) == 3
    small_backbones(monkeypatch, tmp_path / "backbones")
    table = study(photos, tmp_path / "study.csv", "--only", "frozen")
    assert "8 trainings, 5 of them to do" in capsys.readouterr().out
    assert len(pd.merge(killed, table)) == 3 and len(table) == 8


def test_two_processes_find_what_one_finds(monkeypatch, tmp_path, photos):
    own = ["--folder", str(photos[0]), "--backbones", "mini_mobilenet_v2", "--only", "frozen", "--seeds", "3"]
    tables = []
    for n in ("1", "2"):
        monkeypatch.setattr(run, "FOLDER", tmp_path / n)  # no features are there yet
        run.main([*own, "--processes", n, "--out", str(tmp_path / f"{n}.csv")])
        tables.append(pd.read_csv(tmp_path / f"{n}.csv").drop(columns="seconds"))
        assert list((tmp_path / n / "bottlenecks").iterdir()), "the features are where they were asked for"
    pd.testing.assert_frame_equal(*tables)
    assert len(tables[0]) == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_what_has_ended_stays_when_another_training_fails(tmp_path, monkeypatch, processes):
    cells = [Cell("colours", "one", "frozen", seed) for seed in range(6)]
    table, said = Table(tmp_path / "study.csv", ([], [], [])), []
    monkeypatch.setattr(run, "side_by_side", ThreadPoolExecutor if processes > 1 else side_by_side)
    begun = Barrier(processes)

    def row_of(job):
        if job.cell.seed < processes:
            begun.wait()  # side by side
        if job.cell.seed == 0:
            raise ValueError("no pictures")
        return Row(*job.cell, 2, 1, 1, 0.5, None, None, 1.0, job.key)

    args = argparse.Namespace(processes=processes, minutes=float("inf"))
    with pytest.raises(ValueError, match="no pictures"):
        run.compute(row_of, table, [plan.Job(cell, "") for cell in cells], args, said.append)
    assert "no pictures" in said[0] or "no pictures" in said[1]
    assert {cell.seed for cell in table.rows} == set(range(1, len(table.rows) + 1))
    assert len(table.rows) >= processes - 1 and len(table.rows) < len(cells) - 1


def test_a_killed_process_says_what_to_do(tmp_path):
    table = Table(tmp_path / "study.csv", ([], [], []))
    args = argparse.Namespace(processes=2, minutes=float("inf"))
    jobs = [plan.Job(Cell("colours", "one", "frozen", 0), "")]
    with pytest.raises(DataError, match="`--processes 1`"):
        run.compute(kill_this_process, table, jobs, args, [].append)


def kill_this_process(job):
    os.kill(os.getpid(), signal.SIGKILL)
