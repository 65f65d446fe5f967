"""The benchmark compares its candidates fairly, and its parts do their smallest job."""

import json

import pytest
from tiny import make_backbone, make_dataset

from tools.benchmarks import store
from tools.benchmarks.store_runs import WatchedCache
from tools.benchmarks.timing import machine, side_by_side
from tools.project import REPO


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


@pytest.mark.parametrize("file", store.FAULTS)
def test_the_faults_that_the_benchmark_injects_are_there(file):
    assert (REPO / file).is_file()


def test_the_benchmark_learns_who_finished_a_chunk_before_the_job_is_deleted(tmp_path):
    dataset, cache = make_dataset(tmp_path / "pictures", 4), WatchedCache(tmp_path / "cache")
    job = tmp_path / "cache" / "jobs" / "a"
    job.mkdir(parents=True)
    for number, worker in enumerate(("one", "two", "one")):
        manifest = {"worker": worker, "seconds": number, "read": {}}
        (job / f"done-{number:06d}.json").write_text(json.dumps(manifest), "utf-8")
    assert len(cache.extract(make_backbone(), dataset, progress=False).vectors) == 4
    assert {worker: [seconds for _, seconds in each] for worker, each in cache.finished.items()} == {
        "one": [0, 2],
        "two": [1],
    }
