"""The trainings behind lesson 07: what learns, at which rate, and a table that is never computed twice."""

from dataclasses import replace

import numpy as np
import pytest

from tools.measure import fine_tuning, fine_tuning_table
from tools.measure.fine_tuning import Outcome, Settings, Trainer

OUTCOME = Outcome(None, *np.linspace(0.1, 0.9, 9).round(2).tolist())
STEP = replace(Settings(0), epochs=1, smoothing=0.0, cosine=False)


@pytest.fixture(scope="module")
def pixels():
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (8, 96, 96, 3), dtype=np.uint8), np.arange(8) % 2


def moved(trainer, settings, pixels):
    """Train one step; return by how much each array of weights has moved at most, by the layer's name."""
    head = [np.full((1280, 2), 0.01, "float32"), np.zeros(2, "float32")]
    head[0][::2, 1] = -0.01
    before = {id(v): v.numpy() for v in trainer.model.weights}
    trainer.train(settings, head, *pixels)
    layers = {}
    for variable in trainer.backbone.weights:
        change = np.abs(variable.numpy() - before[id(variable)]).max()
        name = variable.path.split("/")[-2]
        layers[name] = max(change, layers.get(name, 0))
    return {name for name, change in layers.items() if change > 0}, layers


def test_from_a_depth_on_all_but_batchnorm_learns_and_a_rate_holds_for_its_part(pixels):
    trainer = Trainer(replace(STEP, depth="block_16").network, 2)
    names, sizes = moved(trainer, replace(STEP, depth="block_16", rate=1e-4), pixels)
    assert names == {"block_16_expand", "block_16_depthwise", "block_16_project", "Conv_1"}
    assert max(sizes.values()) == pytest.approx(1e-4, rel=0.05), "Adam's first step is as large as the rate"
    start = [np.full((1280, 2), 0.01, "float32"), np.zeros(2, "float32")]
    assert np.abs(trainer.head.get_weights()[1] - start[1]).max() == pytest.approx(1e-3, rel=0.05)


def test_awake_norms_move_and_a_second_training_starts_afresh(pixels):
    trainer = Trainer(replace(STEP, depth="Conv_1", norm="training").network, 2)
    names, first = moved(trainer, replace(STEP, depth="Conv_1", norm="training"), pixels)
    assert names == {"Conv_1", "Conv_1_bn"}
    after = trainer.backbone.get_weights()
    trainer.train(replace(STEP, depth="Conv_1", norm="training"), [np.zeros((1280, 2)), np.zeros(2)], *pixels)
    again = [np.full((1280, 2), 0.01, "float32"), np.zeros(2, "float32")]
    again[0][::2, 1] = -0.01
    trainer.train(replace(STEP, depth="Conv_1", norm="training"), again, *pixels)
    assert all(
        np.allclose(a, b, atol=1e-5) for a, b in zip(after, trainer.backbone.get_weights(), strict=True)
    )


def test_held_back_pictures_are_a_fifth_and_smaller_samples_lie_inside_larger_ones():
    birds = object.__new__(fine_tuning.Birds)
    birds.n_classes, birds.y = 3, np.repeat(np.arange(3), 20)
    train, held = birds.parts(Settings(1, held=True))
    assert len(train) == 48 and len(held) == 12 and not {*train} & {*held}
    assert (np.bincount(birds.y[held]) == 4).all()
    few, none = birds.parts(Settings(1, per_class=5))
    assert (np.bincount(birds.y[few]) == 5).all() and not len(none)
    assert {*birds.parts(Settings(1, per_class=2))[0]} < {*few}


def test_the_table_keeps_what_is_there_and_lists_a_training_in_each_of_its_studies(tmp_path, monkeypatch):
    file, asked = tmp_path / "table.csv", []
    monkeypatch.setattr(fine_tuning_table, "drawn_birds", lambda seed: None)
    monkeypatch.setattr(fine_tuning_table, "Birds", lambda dataset: type("", (), {"n_classes": 2}))
    monkeypatch.setattr(fine_tuning_table, "Trainer", lambda network, n: network)

    def run(trainer, birds, settings):
        asked.append(settings)
        if len(asked) == 4:
            raise KeyboardInterrupt
        return OUTCOME

    monkeypatch.setattr(fine_tuning_table, "run", run)
    with pytest.raises(KeyboardInterrupt):
        fine_tuning_table.compute(file, ["arms"])
    fine_tuning_table.compute(file, ["arms"])
    assert len(asked) == 26 and len(set(asked)) == 25, "only what was interrupted is tried again"
    found = fine_tuning_table.read(file)
    assert set(found) == {settings for _, _, settings in fine_tuning_table.listed(["arms"])}
    assert set(found.values()) == {OUTCOME}
    studies = [line.split(",")[0] for line in file.read_text().splitlines()[1:]]
    assert studies.count("arms") == 25 and studies.count("depths") == 5 and studies.count("optimisers") == 3


def test_an_unknown_study_is_named(capsys):
    with pytest.raises(SystemExit):
        fine_tuning_table.main(["legs"])
    assert "Received: legs" in capsys.readouterr().err
