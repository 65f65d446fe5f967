import json
import os
import signal
import subprocess
import sys
import textwrap

import keras
import numpy as np
import pytest

from course_utils.backbones import load_backbone
from course_utils.backbones.records import RECORDS
from tools.pretrain import frozen, recipe, report, zoo
from tools.pretrain import run as pretraining
from tools.pretrain import source_pictures as source

NAMES = ["Jay", "tree"]


def draw_two_colours(shard):
    """In place of the sketchbook: noisy pictures, reddish or bluish."""
    rng = np.random.default_rng(shard.seed)
    labels = np.arange(2 * shard.per_class) % 2
    images = rng.integers(0, 120, (len(labels), 96, 96, 3))
    images[np.arange(len(labels)), :, :, np.where(labels, 2, 0)] += 100
    return images.astype("uint8"), labels, NAMES


def tiny_network(record, n_classes, px=None):
    pixels = keras.Input((px, px, 3))
    x = keras.layers.Rescaling(1 / 127.5, -1)(pixels)
    x = keras.layers.Conv2D(4, 3, strides=4, name="conv")(x)
    x = keras.layers.BatchNormalization(name="norm")(x)
    x = keras.layers.GlobalAveragePooling2D(name="mean")(keras.layers.ReLU(name="relu")(x))
    return keras.Model(pixels, keras.layers.Dense(n_classes, name="top")(x))


def use_stand_ins(patch):
    patch(source, "draw", draw_two_colours)
    patch(source, "sketchbook_digest", lambda: "a sketchbook")
    patch(source, "kind_of_classes", lambda names: ["bird", "thing"])
    patch(pretraining, "build_network", tiny_network)


@pytest.fixture
def stand_ins(monkeypatch):
    use_stand_ins(monkeypatch.setattr)
    return monkeypatch


def run(folder, *more, name="mini_mobilenet_v2"):
    arguments = [name, "--per-class", "30", "--epochs", "4", "--batch-size", "8", "--workers", "1"]
    arguments += ["--folder", str(folder / "work"), "--out", str(folder / "out"), *more]
    pretraining.main(arguments)
    with np.load(out(folder, name) / "weights.npz") as arrays:
        return {name: arrays[name] for name in arrays.files}


def out(folder, name="mini_mobilenet_v2"):
    return folder / "out/backbones" / name


def test_one_command_leaves_weights_labels_and_a_card_of_what_was_measured(stand_ins, tmp_path, capsys):
    arrays = run(tmp_path, "--limit", "48")
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("epoch")]
    assert [line.split()[2] for line in lines] == ["64", "64", "80", "96"]
    assert all("images/s" in line for line in lines)
    assert list(arrays)[:2] == ["conv/kernel", "conv/bias"]
    assert list(arrays)[-2:] == ["top/kernel", "top/bias"]
    classes = json.loads((out(tmp_path) / "labels.json").read_text())
    assert classes == [{"name": "Jay", "kind": "bird"}, {"name": "tree", "kind": "thing"}]
    card = (out(tmp_path) / "model_card.md").read_text()
    assert "`keras.applications.MobileNetV2(alpha=0.35, input_shape=(96, 96, 3))`" in card
    assert "trial run on at most 48" in card
    assert "| all | 2 | 48 | 100.0% |" in card
    assert "{" not in card


def test_one_backbones_training_ends_with_its_frozen_graph(stand_ins, tmp_path):
    made, name = [], zoo.FROZEN.name
    stand_ins.setattr(
        frozen,
        "write_archive",
        lambda record, folder: made.append((record.name, folder, (folder / "weights.npz").exists())),
    )
    run(tmp_path)
    assert not made
    run(tmp_path, name=name)
    assert made == [(name, out(tmp_path, name), True)]


@pytest.mark.thorough
def test_killed_and_resumed_is_the_same_as_left_alone(stand_ins, tmp_path, capsys):
    script = tmp_path / "killed.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, pathlib, signal, sys
            sys.path.insert(0, {os.path.dirname(__file__)!r})
            import numpy as np
            import test_pretrain as t
            t.use_stand_ins(setattr)
            savez, count = np.savez, []
            def write_half(stream, **arrays):
                count.append(1)
                if len(count) == 3:
                    stream.write(b"half a checkpoint")
                    stream.flush()
                    os.kill(os.getpid(), signal.SIGKILL)
                savez(stream, **arrays)
            np.savez = write_half
            t.run(pathlib.Path({str(tmp_path / "killed")!r}))
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, script], env=environment).returncode == -signal.SIGKILL

    resumed = run(tmp_path / "killed")
    assert "going on after epoch 2" in capsys.readouterr().out
    undisturbed = run(tmp_path / "alone")
    for name, array in undisturbed.items():
        np.testing.assert_allclose(resumed[name], array, rtol=1e-3, atol=1e-4, err_msg=name)


def test_a_finished_run_trains_no_more_and_other_settings_are_refused(stand_ins, tmp_path, capsys):
    first = run(tmp_path)
    capsys.readouterr()
    again = run(tmp_path)
    assert "images/s" not in capsys.readouterr().out
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
    with pytest.raises(SystemExit, match="another run[\\s\\S]*--fresh"):
        run(tmp_path, "--learning-rate", "0.5")
    run(tmp_path, "--learning-rate", "0.5", "--fresh")


def test_drawing_goes_on_with_what_is_missing(stand_ins, tmp_path):
    drawn = []

    def draw_until_third(shard):
        if len(drawn) == 3:
            raise KeyboardInterrupt
        drawn.append(shard)
        return draw_two_colours(shard)

    settings = recipe.Settings(per_class=60)
    stand_ins.setattr(source, "draw", draw_until_third)
    with pytest.raises(KeyboardInterrupt):
        pretraining.prepare_pictures(settings, tmp_path, workers=1)
    missing = [s for plan in pretraining.plan_pictures(settings).values() for s in plan][3:]

    drawn.clear()
    stand_ins.setattr(source, "draw", lambda shard: drawn.append(shard) or draw_two_colours(shard))
    pictures, _ = pretraining.prepare_pictures(settings, tmp_path, workers=1)
    assert drawn == missing
    assert len(pictures["train"]) == 120


def test_half_drawn_pictures_of_another_sketchbook_are_refused(stand_ins, tmp_path):
    pretraining.prepare_pictures(recipe.Settings(per_class=10), tmp_path, workers=1)
    stand_ins.setattr(source, "sketchbook_digest", lambda: "another sketchbook")
    with pytest.raises(SystemExit, match="another sketchbook[\\s\\S]*--fresh"):
        pretraining.prepare_pictures(recipe.Settings(per_class=20), tmp_path, workers=1)


def test_no_two_shards_share_a_seed():
    shards = [
        shard
        for seed in range(3)
        for split in source.SPLITS
        for shard in source.plan_shards(split, 300, seed)
    ]
    assert len({shard.seed for shard in shards}) == len(shards)
    assert sum(s.per_class for s in source.plan_shards("train", 310, 0)) == 310


def test_pictures_are_taken_from_the_right_shard(stand_ins, tmp_path):
    shards = source.plan_shards("train", 60, 0)
    source.draw_all(shards, tmp_path, workers=1)
    images = np.concatenate([draw_two_colours(shard)[0] for shard in shards])
    pictures = source.Pictures(shards, tmp_path)
    order = np.array([119, 0, 50, 49, 100, 99])
    np.testing.assert_array_equal(pictures.take(order), images[order])


def test_changing_nothing_leaves_the_picture():
    images = np.random.default_rng(0).integers(0, 256, (2, 96, 96, 3), dtype="uint8")
    whole, none = np.array([[0, 0, 1, 1]] * 2, "float32"), np.zeros((2, 4), "float32")
    gains, shifts = np.ones((2, 3), "float32"), np.zeros((2, 1), "float32")
    same = recipe.change(images, whole, gains, shifts, none, 96)
    np.testing.assert_allclose(same, images, atol=1e-3)
    mirrored = recipe.change(images, whole[:, [0, 3, 2, 1]], gains, shifts, none, 96)
    np.testing.assert_allclose(mirrored, images[:, :, ::-1], atol=1e-3)
    hole = np.array([[0.25, 0.5, 0.5, 1]] * 2, "float32")
    pierced = recipe.change(images, whole, gains, shifts, hole, 96).numpy()
    assert (pierced[:, 24:48, 48:] == 127.5).all()
    np.testing.assert_allclose(pierced[:, 48:], same[:, 48:])


def test_random_changes_stay_inside_the_picture():
    boxes, gains, shifts, holes = recipe.draw_changes(2000, np.random.default_rng(0))
    assert boxes.min() >= 0
    assert boxes.max() <= 1 + 1e-6
    area = (boxes[:, 2] - boxes[:, 0]) * np.abs(boxes[:, 3] - boxes[:, 1])
    assert 0.6 < area.min() < area.max() <= 1 + 1e-6
    assert 0.4 < (boxes[:, 1] > boxes[:, 3]).mean() < 0.6
    assert holes.max() <= 1


@pytest.mark.parametrize("name", ["mini_mobilenet_v2", "mini_vgg16"])
def test_weights_written_at_any_size_load_into_the_backbone(name, tmp_path, monkeypatch):
    monkeypatch.setitem(RECORDS, name, zoo.OWN[name])
    network = recipe.build_network(zoo.OWN[name], 3)
    np.savez(tmp_path / "weights.npz", **report.halve(report.named_weights(network)))
    with np.load(tmp_path / "weights.npz") as arrays:
        assert arrays["top/kernel"].dtype == "float16"
        report.set_named_weights(network, arrays)
    backbone = load_backbone(name, weights=tmp_path / "weights.npz")
    pixels = np.random.default_rng(0).integers(0, 256, (2, 96, 96, 3)).astype("float32")
    features = keras.Model(network.input, network.get_layer("top").input)(pixels)
    np.testing.assert_allclose(backbone(pixels), features, rtol=1e-4, atol=1e-5)


def test_small_pictures_first_as_far_as_the_network_takes_them():
    assert [recipe.picture_size(epoch, 10) for epoch in (0, 3, 4, 6, 7, 9)] == [64, 64, 80, 80, 96, 96]
    assert [recipe.picture_size(epoch, 10, smallest=75) for epoch in (0, 6, 7)] == [80, 80, 96]


def test_what_would_take_too_long_ends_after_an_epoch_and_may_go_on(stand_ins, tmp_path):
    with pytest.raises(SystemExit, match="too long[\\s\\S]*at most 0 minutes[\\s\\S]*--minutes"):
        run(tmp_path, "--minutes", "0")
    log = [{"seconds": 60, "px": 64}, {"seconds": 600, "px": 64}]
    assert report.minutes_needed(log, [64, 64, 128]) == pytest.approx(6)
    run(tmp_path)


def test_top_k_counts_labels_among_the_best():
    probabilities = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]])
    labels = np.array([1, 2])
    assert report.top_k(probabilities, labels, 1) == 0.5
    assert report.top_k(probabilities, labels, 2) == 1.0
