"""Backbones are cut where nothing goes past, and the table of depths has a head for each cut of each of them."""

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from course_utils.backbones import load_backbone
from course_utils.backbones.networks import build_body
from course_utils.backbones.records import RECORDS
from course_utils.comparison import nearest_mean_score
from course_utils.datasets import load_folder
from course_utils.sketchbook import STUDY
from tools.measure import depths
from tools.pretrain import zoo

STUDY_TABLE = depths.REPO / "data" / "study.csv"


def network_of(name: str) -> keras.Model:
    record = RECORDS[name]
    return build_body(record, record.size)


@pytest.mark.parametrize("name", zoo.OWN)
def test_a_cut_has_all_that_comes_later_behind_it_and_no_more_layers_than_it_says(name):
    network = network_of(name)
    found = depths.cuts(network)
    assert list(found) == list(depths.DEPTHS)
    names = [layer.name for layer in network.layers]
    assert sorted(found.values(), key=names.index) == list(found.values()), "deeper is later"
    total = kernels(network)
    for depth, layer in found.items():
        part = keras.Model(network.input, network.get_layer(layer).output)
        assert 0 < kernels(part) <= depth * total / 100
        keras.Model(network.get_layer(layer).output, network.output)  # an error where something goes past it
    assert kernels(part) == total, "the last one is the whole network"
    shipped = pd.read_csv(depths.TABLE).query("backbone == @name")
    assert {(depth, layer) for depth, layer in zip(shipped["depth"], shipped["layer"], strict=True)} == set(
        found.items()
    ), "the table is of other cuts"


def kernels(network: keras.Model) -> int:
    return sum(any(w.name.endswith("kernel") for w in layer.weights) for layer in network.layers)


def test_no_shortcut_is_cut():
    pixels = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(3, 1, name="first")(pixels)
    inside = keras.layers.Conv2D(3, 1, name="inside")(x)
    x = keras.layers.Add(name="joined")([x, inside])
    for i in range(3):
        x = keras.layers.Conv2D(3, 1, name=f"later_{i}")(x)
    network = keras.Model(pixels, keras.layers.GlobalAveragePooling2D()(x))
    assert depths.cuts(network) == {
        20: "first", 40: "joined", 60: "later_0", 80: "later_1", 100: "later_2"
    }  # fmt: skip


def test_a_row_is_of_its_own_layer_and_its_score_of_training_pictures_alone(tmp_path):
    rng = np.random.default_rng(0)
    for name, middle in (("dark", 110), ("bright", 130)):
        (tmp_path / name).mkdir()
        for i in range(20):
            level, contrast = rng.normal(middle, 15), rng.uniform(5, 60)
            noise = rng.normal(level, contrast, (96, 96, 3)).clip(0, 255).astype(np.uint8)
            Image.fromarray(noise).save(tmp_path / name / f"{i}.png")
    dataset = load_folder(tmp_path)
    network = load_backbone("mini_mobilenet_v2").get_layer("network")
    pixels = dataset.images(range(len(dataset)), 96).astype("float32")
    train = (dataset.table["split"] == "train").to_numpy()
    found = list(depths.rows("two", dataset, "mini_mobilenet_v2", 0))
    assert len({row[-1] for row in found}) > 1, "else any layer's score would do"
    for _, _, depth, layer, features, *_, score in found:
        assert layer == depths.cuts(network)[depth]
        maps = keras.Model(network.input, network.get_layer(layer).output)(pixels / 127.5 - 1).numpy()
        assert features == maps.shape[-1]
        assert score == nearest_mean_score(maps.mean(axis=(1, 2))[train], dataset.table["label"][train])


def test_what_is_in_the_table_is_not_measured_again(monkeypatch, tmp_path):
    asked = []

    def rows(data_set, dataset, backbone, seed):
        asked.append((data_set, backbone, seed))
        yield data_set, backbone, 100, "last", 8, seed, 0.5, None, 0.5, 0.5

    monkeypatch.setattr(depths, "rows", rows)
    monkeypatch.setattr(depths, "TABLE", tmp_path / "depths.csv")
    monkeypatch.setattr(depths.sets, "drawn_sets", lambda _: [Quick("leaves"), Quick("pets")])
    depths.main(["--seeds", "1"])
    once = len(asked)
    depths.main(["--seeds", "2"])
    assert once == 2 * len(zoo.OWN) and len(asked) == 2 * once and len(set(asked)) == len(asked)


def test_rows_are_in_order_whichever_was_measured_last():
    cells = [(name, backbone, 100, 0) for name in list(STUDY)[:2] for backbone in zoo.OWN]
    late = pd.DataFrame(cells[::-1], columns=["data_set", "backbone", "depth", "seed"])
    ordered = sorted(cells, key=lambda cell: (list(STUDY).index(cell[0]), list(RECORDS).index(cell[1])))
    assert list(depths.in_order(late).itertuples(index=False, name=None)) == ordered


class Quick:
    """A data set that is not drawn."""

    def __init__(self, name):
        self.name, self.load = name, lambda seed: None


def test_the_table_that_ships_is_whole_and_its_last_depth_is_the_study():
    table = pd.read_csv(depths.TABLE)
    wanted = pd.MultiIndex.from_product([STUDY, zoo.OWN, depths.DEPTHS, range(5)])
    have = pd.MultiIndex.from_frame(table[["data_set", "backbone", "depth", "seed"]])
    assert have.is_unique and not wanted.symmetric_difference(have).tolist(), "python -m tools.measure.depths"
    whole = table[table["depth"] == 100].set_index(["data_set", "backbone", "seed"])["accuracy"]
    study = pd.read_csv(STUDY_TABLE).query("arm == 'frozen'")
    study = study.set_index(["data_set", "backbone", "seed"])["accuracy"].loc[whole.index]
    # a picture or two of hundreds may lie on the border between two classes
    assert (whole - study).abs().max() <= 0.01 and (whole - study).abs().mean() < 0.001
