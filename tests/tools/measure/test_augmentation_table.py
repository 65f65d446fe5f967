"""The table of augmentation: computed once, and its leaks are leaks."""

import numpy as np
import pandas as pd
import pytest

from tools.measure import augmentation_table


@pytest.fixture
def noise(monkeypatch):
    """Features that say nothing of five classes, but much of their picture: its views lie close together."""
    random = np.random.default_rng(0)
    labels = {name: np.arange(n) % 5 for name, n in (("train", 100), ("test", 200))}
    plain = random.normal(size=(1, 100, 300)).astype("float32")
    views = plain + random.normal(scale=0.3, size=(8, 100, 300)).astype("float32")
    found = {"as they are": plain, "test": random.normal(size=(200, 300)).astype("float32")}
    monkeypatch.setattr(augmentation_table, "of_twenty", lambda seed, what: found.get(what, views))
    monkeypatch.setattr(augmentation_table, "labels_of", lambda seed: (labels["train"], labels["test"]))


def test_noise_is_learnt_by_heart_so_only_copies_that_were_split_pretend(noise):
    rows = pd.DataFrame(augmentation_table.leaks(0), columns=["arm", "data_set", "accuracy"])
    share = rows.pivot(index="data_set", columns="arm", values="accuracy")
    assert len(share) == 6
    assert share.loc["copies split, gentle", "reported"] > 0.8
    others = share.drop(index=["copies split, gentle", "copies split, strong"])
    assert (others["reported"] < 0.45).all() and (share["test"] < 0.35).all()


def test_only_what_is_missing_is_computed(monkeypatch, tmp_path):
    calls = []

    def part(seed):
        calls.append(seed)
        yield "arm", "birds", 0.5

    monkeypatch.setattr(augmentation_table, "TABLE", tmp_path / "table.csv")
    monkeypatch.setattr(augmentation_table, "PARTS", {"part": part})
    augmentation_table.main(["--seeds", "1"])
    augmentation_table.main(["--seeds", "2"])
    table = pd.read_csv(tmp_path / "table.csv")
    assert calls == [0, 1] and list(table.columns) == augmentation_table.COLUMNS and len(table) == 2
