"""Processes side by side have their share of the cores, and none outlives the one that began it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tools.project import REPO
from tools.study import workers

BEGIN = """
import os, time
from tools.study.workers import side_by_side
if __name__ == "__main__":
    pool = side_by_side(2)
    print(*{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
    pool.submit(time.sleep, 600)
    time.sleep(600)
"""


def cores_used() -> tuple[int, float]:
    """Return this process, and how many cores TensorFlow keeps busy in it."""
    import tensorflow as tf

    square, begun, used = tf.ones((3000, 3000)), time.perf_counter(), time.process_time()
    for _ in range(5):
        tf.matmul(square, square).numpy()
    return os.getpid(), (time.process_time() - used) / (time.perf_counter() - begun)


def test_one_process_is_this_one():
    with workers.side_by_side(1) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0)


def test_others_have_their_share_of_the_cores(monkeypatch):
    monkeypatch.setattr(workers, "n_cores", lambda: 2)
    before = dict(os.environ)
    with workers.side_by_side(2) as pool:
        process, n_cores = pool.submit(cores_used).result()
    assert process != os.getpid() and n_cores < 1.3
    assert dict(os.environ) == before, "what is begun here later has all cores again"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_processes_end_with_the_one_that_began_them(tmp_path, how):
    (tmp_path / "begin.py").write_text(BEGIN)
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    command = [sys.executable, tmp_path / "begin.py"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    started = [int(number) for number in process.stdout.readline().split()]
    assert started
    process.send_signal(getattr(signal, how))
    process.wait()
    until = time.monotonic() + 20
    while any(map(is_running, started)):
        assert time.monotonic() < until, "a process has been left behind"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
