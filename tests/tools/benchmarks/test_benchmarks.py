"""The benchmark compares its candidates fairly, and its parts do their smallest job."""

from tiny import make_backbone, make_dataset

from tools import benchmark_store as store
from tools.benchmark_timing import machine, side_by_side


def test_candidates_of_the_benchmark_take_turns(tmp_path):
    turns = []
    times = side_by_side({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, rounds=2)
    assert turns == ["a", "b"] * 3 and list(times) == ["a", "b"]
    assert "tensorflow 2." in machine()


def test_the_benchmark_of_the_store_trains_from_a_cache_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    pictures = store.copies(make_dataset(tmp_path / "pictures"), 24, "twice")
    assert len(set(pictures.table["path"])) == 24
    small, whole, features = store.both_ways(make_backbone(), pictures)
    assert small.output_shape == whole.output_shape == (None, 2) and len(features.vectors) == 24
