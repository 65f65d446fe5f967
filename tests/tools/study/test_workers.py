"""Processes side by side have their share of the cores, and none outlives the one that began it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course_utils.drafts import is_running
from tools.project import REPO
from tools.study import workers

BEGIN = """
import time
from multiprocessing import active_children
from tools.study.workers import side_by_side
if __name__ == "__main__":
    pool = side_by_side(2)
    for _ in range(2):
        pool.submit(time.sleep, 600)
    print(*(child.pid for child in active_children()), flush=True)
    time.sleep(600)
"""


def threads() -> tuple[int, int]:
    """Return this process, and how many threads it has when TensorFlow has computed something."""
    import tensorflow as tf

    tf.matmul(tf.ones((500, 500)), tf.ones((500, 500))).numpy()
    return os.getpid(), len(list(Path("/proc/self/task").iterdir()))


def test_one_process_is_this_one():
    with workers.side_by_side(1) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()
        with pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted on Linux alone")
def test_others_have_their_share_of_the_cores(monkeypatch):
    before, found = dict(os.environ), []
    for share in (1, 4):
        monkeypatch.setattr(workers, "cores", lambda n=2 * share: n)
        with workers.side_by_side(2) as pool:
            found.append(pool.submit(threads).result())
    (one, few), (other, many) = found
    assert os.getpid() not in (one, other) and many - few == 3
    assert dict(os.environ) == before, "what is begun here later has all cores again"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_processes_end_with_the_one_that_began_them(tmp_path, how):
    (tmp_path / "begin.py").write_text(BEGIN)
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    command = [sys.executable, tmp_path / "begin.py"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    started = [int(number) for number in process.stdout.readline().split()]
    assert len(started) == 2
    process.send_signal(getattr(signal, how))
    process.wait()
    until = time.monotonic() + 20
    while any(map(is_running, started)):
        assert time.monotonic() < until, "a process has been left behind"
        time.sleep(0.05)
