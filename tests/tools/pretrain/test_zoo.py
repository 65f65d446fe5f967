"""The backbones that the course trains itself: what is offered, and what their cards say."""

import re
import tomllib
from pathlib import Path

import keras
import numpy as np
import pytest

from course_utils.backbones import multiply_adds, records
from course_utils.backbones.networks import build_body
from course_utils.backbones.records import RECORDS
from tools.pretrain import recipe, report, zoo
from tools.pretrain import run as pretraining

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("record", zoo.OWN.values(), ids=zoo.OWN)
def test_what_is_offered_ships_with_all_of_its_files(record):
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["include"]
    wanted = {f"/data/{record.folder}/{name}" for name in zoo.files_of(record)}
    missing = [f'  "{name}",' for name in sorted(wanted - set(listed))]
    assert not missing, "\n".join(["add to the `include` of pyproject.toml:", *missing])
    assert not [name for name in zoo.files_of(record) if not record.own_file(name).is_file()], (
        "make backbones"
    )


@pytest.mark.parametrize("record", zoo.OWN.values(), ids=zoo.OWN)
def test_a_backbone_of_ours_is_what_its_record_says(record):
    network = build_body(record, record.size)
    assert network.output.shape == (None, record.n_features)
    assert network.count_params() / 1e6 == pytest.approx(record.parameters, abs=0.006)
    assert multiply_adds(network) / 1e6 == pytest.approx(record.multiply_adds, abs=0.51)
    top = record.n_features * 158
    assert 2 * (network.count_params() + top) < 3e6, "bytes in half precision"
    build_body(record, recipe.picture_size(0, 10, record.smallest))


def test_kernels_like_hes_keep_the_spread_of_pixels_through_nineteen_layers():
    keras.utils.set_random_seed(0)
    network = recipe.build_network(zoo.OWN["mini_vgg19"], 3)
    body = network.get_layer("vgg19")
    pixels = np.random.default_rng(0).normal(0, 64, (2, 32, 32, 3)).astype("float32")
    before = body(pixels).numpy().std()
    recipe.start_like_he(network)
    assert before < 0.2 < body(pixels).numpy().std() < 5


@pytest.mark.parametrize("name", zoo.OWN)
def test_the_stored_card_says_what_the_tool_would_say_today(name):
    record = RECORDS[name]
    card = record.own_file("model_card.md").read_text("utf-8")
    fixed = re.split(r"\{\w+[^}]*\}", report.CARD)
    assert all(part in card for part in fixed)
    assert f"`{report.builder_call(record)}` with average pooling" in card
    assert f"Optimiser: {report.OPTIMIZERS[zoo.recipe_of(name).optimizer]}; peak" in card
    assert f"0–255, {report.PREPROCESSING[record.preprocessing]} (`load_backbone`" in card
    call = report.builder_call(zoo.OWN["mini_vgg16"])
    assert call == "course_utils.backbones.families.vgg.vgg16(size=96, width=0.25)"


def test_all_that_is_missing_is_trained_and_nothing_else(monkeypatch, tmp_path):
    trained, expected = [], [name for name in zoo.OWN if name != "mini_vgg19"]
    monkeypatch.setattr(records, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(pretraining, "pretrain", lambda record, settings, args: trained.append(record.name))
    weights = zoo.OWN["mini_vgg19"].own_file("weights.npz")
    weights.parent.mkdir(parents=True)
    weights.touch()
    pretraining.main([])
    assert trained == expected and len(trained) == 5
    pretraining.main(["mini_vgg19"])
    assert trained[-1] == "mini_vgg19"
    with pytest.raises(SystemExit):
        pretraining.main(["vgg16"])
