"""No engine hangs when several threads make the first pass of a process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("openvino", reason="OpenVINO is not installed")
FRESH = Path(__file__).parents[1] / "fresh.py"


# Without `conversion.run_first` a third of all processes hang in OpenVINO.
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system makes no copies of processes")
@pytest.mark.parametrize("engine, times", [("openvino", 31), ("keras", 10)])
def test_no_process_hangs_in_its_first_pass(engine, times, tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(FRESH.parent), *sys.path])}
    command = [sys.executable, str(FRESH), engine, str(tmp_path), str(times)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["0"] * times, done.stderr
