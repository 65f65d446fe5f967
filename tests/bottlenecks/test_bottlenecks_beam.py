"""The extraction on Apache Beam: `make test-scale` runs this in an environment that has it."""

import os
import subprocess
import sys

import numpy as np
import pytest
from tiny import make_backbone, make_dataset

from course_utils.bottlenecks import BottleneckCache

pytest.importorskip("apache_beam", reason="Apache Beam is not installed; `make test-scale` has it")

from course_utils.bottlenecks import beam, store
from course_utils.errors import DataError

N = 40
IN_MEMORY = ["--direct_running_mode=in_memory"]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return make_dataset(tmp_path_factory.mktemp("beam") / "pictures", N)


def test_the_result_is_that_of_one_process(cache, backbone, pictures, tmp_path):
    expected = BottleneckCache(tmp_path / "plain").extract(backbone, pictures)
    features = beam.extract_with_beam(cache, backbone, pictures, IN_MEMORY, chunk=7)
    np.testing.assert_array_equal(features.vectors, expected.vectors)
    np.testing.assert_array_equal(features.labels, expected.labels)
    assert not list(cache.folder.glob("jobs/*"))


@pytest.fixture
def computed(monkeypatch):
    """How many pictures of each chunk have gone through the backbone."""
    numbers, run = [], beam.run

    def told(engine, missing, *arguments, **options):
        numbers.append(len(missing))
        return run(engine, missing, *arguments, **options)

    monkeypatch.setattr(beam, "run", told)
    return numbers


def test_what_is_stored_is_not_computed_again(cache, backbone, pictures, computed):
    cache.extract(backbone, pictures.where(np.arange(N) < 30))
    beam.extract_with_beam(cache, backbone, pictures, IN_MEMORY, chunk=7)
    assert sum(computed) == 10


def test_crops_and_unreadable_pictures(cache, backbone, tmp_path, capsys):
    dataset = make_dataset(tmp_path / "pictures", 12)
    os.unlink(dataset.table["path"][2])
    with open(dataset.table["path"][5], "wb") as file:
        file.write(b"no picture")
    features = beam.extract_with_beam(cache, backbone, dataset, IN_MEMORY, crop=True, chunk=5)
    expected = BottleneckCache(tmp_path / "plain").extract(backbone, dataset, crop=True)
    np.testing.assert_array_equal(features.vectors, expected.vectors)
    assert features.left_out["path"].tolist() == dataset.table["path"][[2, 5]].tolist()


KILLED = """
import os, pathlib, signal, sys
from tiny import *
from course_utils.bottlenecks import beam
stored = beam._store_chunk
def killed(result, job, store):
    if len(list(job.glob("done-*.json"))) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    stored(result, job, store)
beam._store_chunk = killed
beam.extract_with_beam(
    BottleneckCache(sys.argv[1]), make_backbone(), make_dataset(pathlib.Path(sys.argv[2]), int(sys.argv[3])),
    ["--direct_running_mode=in_memory"], chunk=7,
)
"""


def test_a_killed_run_goes_on_where_it_was(cache, backbone, pictures, tmp_path, computed):
    folder = os.path.dirname(pictures.table["path"][0])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([os.path.dirname(os.path.dirname(__file__)), *sys.path]),
    }
    command = [sys.executable, "-c", KILLED, cache.folder, folder, str(N)]
    assert subprocess.run(command, env=environment, capture_output=True).returncode == -9
    assert len(list(cache.folder.glob("jobs/*/done-*.json"))) == 3  # chunks, of six
    features = beam.extract_with_beam(cache, backbone, pictures, IN_MEMORY, chunk=7)
    assert len(computed) == 3 and sum(computed) <= N - 3 * 5  # the last chunk has five
    expected = BottleneckCache(tmp_path / "plain").extract(backbone, pictures)
    np.testing.assert_array_equal(features.vectors, expected.vectors)


def test_two_worker_processes_each_on_a_core(cache, pictures, tmp_path):
    options = ["--direct_running_mode=multi_processing", "--direct_num_workers=2"]
    backbone = make_backbone()
    features = beam.extract_with_beam(cache, backbone, pictures, options, chunk=7, pin=True)
    expected = BottleneckCache(tmp_path / "plain").extract(backbone, pictures)
    np.testing.assert_array_equal(features.vectors, expected.vectors)


def test_half_precision_is_the_one_of_the_machine_that_begins_the_job(
    cache, backbone, pictures, tmp_path, monkeypatch
):
    monkeypatch.setattr(beam, "numbers_for", lambda asked, engine: ("float16", ""))
    monkeypatch.setattr(store, "numbers_for", lambda asked, engine: ("float16", ""))
    features = beam.extract_with_beam(cache, backbone, pictures, IN_MEMORY, chunk=7, precision="half")
    expected = BottleneckCache(tmp_path / "plain").extract(backbone, pictures, precision="half")
    np.testing.assert_array_equal(features.vectors, expected.vectors)
    assert features.precision == "half (float16)" and list(cache.contents()["vectors"]) == [N]


def test_a_worker_without_the_half_precision_of_the_job_refuses(cache, backbone, tmp_path, monkeypatch):
    monkeypatch.setattr(beam, "numbers_for", lambda asked, engine: ("float32", "this processor lacks it"))
    with pytest.raises(DataError, match="(?s)half precision.*bfloat16.*lacks it.*precision='full'"):
        beam._engine(backbone, "bfloat16", "auto", tmp_path)
    assert "half" not in beam._engine(backbone, "float32", "auto", tmp_path).why


def test_beam_computes_in_full_precision_where_half_is_lacking(
    cache, backbone, pictures, capsys, monkeypatch
):
    monkeypatch.setattr(beam, "numbers_for", lambda asked, engine: ("float32", "this processor lacks it"))
    features = beam.extract_with_beam(cache, backbone, pictures, IN_MEMORY, chunk=7, precision="half")
    assert features.precision == "full"
    assert capsys.readouterr().out.count("In full precision, not half: this processor lacks it.\n") == 1
