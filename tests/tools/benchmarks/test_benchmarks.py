"""The benchmark compares its candidates fairly, and its parts do their smallest job."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from tiny import make_backbone, make_dataset

from tools.benchmarks import loaders, store
from tools.benchmarks.accuracy import halves
from tools.benchmarks.engines import tuned
from tools.benchmarks.run import ROWS
from tools.benchmarks.store_runs import WatchedCache
from tools.benchmarks.timing import Times, machine, side_by_side, times_as_fast
from tools.project import REPO, chosen_rows


def test_candidates_of_the_benchmark_take_turns(tmp_path):
    turns = []
    times = side_by_side({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, rounds=2)
    assert turns == ["a", "b"] * 3 and list(times) == ["a", "b"]
    assert "tensorflow 2." in machine()


def test_ratios_are_how_many_times_as_long_the_others_take():
    assert times_as_fast(Times(1.0, 4.0), Times(3.0, 2.0)) == "3.00x, by processor time 0.50x"


def test_of_the_ways_of_a_candidate_the_fastest_counts():
    numbers = {"slow": 10**6, "fast": 10}
    made = []

    def way(n, paths):
        made.append((n, len(paths)))
        return lambda: sum(range(n))

    how, job = tuned({name: partial(way, n) for name, n in numbers.items()}, ["a"] * 200)
    assert how == "fast" and job() == 45
    assert made == [(10**6, 96), (10, 96), (10, 200)]


def test_other_engines_are_named_where_they_are_not_installed(monkeypatch):
    monkeypatch.setattr(loaders.importlib.util, "find_spec", lambda package: package != "onnx" or None)
    assert loaders.lacking() == ["ONNX Runtime"]


def test_workers_give_vectors_in_the_order_of_the_files():
    def read(path, size):
        return np.full((size, size, 3), int(path), np.uint8)

    extract = loaders.pooled(lambda pixels: pixels.mean((1, 2)), read, 4, 3, 2, [str(i) for i in range(10)])
    np.testing.assert_array_equal(extract()[:, 0], range(10))


def test_heads_are_trained_on_another_half_of_each_class_for_each_seed():
    labels = np.repeat([0, 1, 2], [10, 20, 31])
    masks = [halves(labels, seed) for seed in (0, 0, 1)]
    assert [np.bincount(labels[train]).tolist() for train in masks] == [[5, 10, 16]] * 3
    assert (masks[0] == masks[1]).all() and (masks[0] != masks[2]).any()


def test_all_rows_but_the_long_one_are_measured_by_default():
    assert chosen_rows("", ROWS, []) == list("abcdefg")
    assert chosen_rows("", ROWS, [], default="abcdef") == list("abcdef")
    assert chosen_rows("", ROWS, ["g"], default="abcdef") == ["g"]


def test_copies_are_other_contents(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    pictures = store.copies(make_dataset(tmp_path / "pictures"), 24, "twice")
    assert len({Path(path).read_bytes() for path in pictures.table["path"]}) == 24


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
