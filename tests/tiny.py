"""A backbone and pictures so small that the tests of the store can check them by hand.

Run as a program it imports TensorFlow once and then runs one extraction after the other, each in a process of its own
that can be killed: `python tiny.py CALLS`, where CALLS is JSON as `run_apart` writes it.
"""

import io
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from PIL import Image

from course_utils.bottlenecks import BottleneckCache, claims, filling
from course_utils.datasets import ImageDataset

PART_ROWS = 4  # in `run_apart`


def make_backbone() -> keras.Model:
    """Return the mean colour, times three, of 8 x 8 pictures, four times over."""
    pixels = keras.Input((8, 8, 3))
    mean = keras.layers.GlobalAveragePooling2D()(pixels)
    layer = keras.layers.Dense(4, kernel_initializer="ones", use_bias=False)
    return keras.Model(pixels, layer(mean), name="tiny")


def make_dataset(folder: Path, n: int = 12) -> ImageDataset:
    """Return a data set of random pictures, each with a box; those that are there already stay."""
    folder.mkdir(exist_ok=True)
    rng, rows = np.random.default_rng(0), []
    for i in range(n):
        path = folder / f"{i:03d}.png"
        pixels = rng.integers(0, 256, (20, 16, 3), dtype="uint8")
        if not path.exists():
            Image.fromarray(pixels).save(path)
        label = i % 2
        split = "test" if i % 4 == 3 else "train"
        rows.append((str(path), label, "ab"[label], split, 2.0, 3.0, 8.0, 6.0))
    columns = ["path", "label", "class_name", "split", "x", "y", "width", "height"]
    return ImageDataset("dots", pd.DataFrame(rows, columns=columns), ["a", "b"])


def run_apart(calls: list[list[dict]]) -> list[list[dict]]:
    """Extract in processes of their own; those of one inner list run at the same time.

    Each call says `cache`, `pictures`, `n`, and may say `kill_at` (the file operation before which the process is
    killed, as a share of those of the first call), `stops` (after its first batch, until the others have ended),
    `file_limit` (bytes) or `spare_files` (how many it may open at once). Each result says `status` (of the process,
    negative for a signal), `error`, `computed` (names of pictures) and `told` (what it printed).
    """
    here = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    command = [sys.executable, __file__, json.dumps(calls, default=str)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": here}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _serve(calls: list[list[dict]]) -> list[list[dict]]:
    # Many small parts, so that there are many moments to be killed at.
    filling.PART_ROWS, claims.STINT = PART_ROWS, 12
    # A holder of claims is taken to be stopped after a second.
    claims.TOUCH_SECONDS, claims.SAY_SECONDS, claims.SILENT_SECONDS = 0.1, 0.1, 1.0
    results = [_run_together(calls[0], 0)]
    operations = results[0][0]["operations"]
    return results + [_run_together(together, operations) for together in calls[1:]]


def _run_together(calls: list[dict], operations: int) -> list[dict]:
    processes = []
    for call in calls:
        moment = 1 + int(call["kill_at"] * (operations - 1)) if "kill_at" in call else 0
        out, into = os.pipe()
        # TensorFlow has run nothing yet in this process, so its copy is as good as new.
        if not (process := os.fork()):
            _work(call, moment, into)
        os.close(into)
        processes.append((process, out))
    stopped = [process for process, call in zip(processes, calls, strict=True) if "stops" in call]
    results = {process: _result(*process) for process in processes if process not in stopped}
    for process in stopped:
        os.waitid(
            os.P_PID, process[0], os.WSTOPPED | os.WEXITED | os.WNOWAIT
        )  # it may not have come so far yet
        os.kill(process[0], signal.SIGCONT)
        results[process] = _result(*process)
    return [results[process] for process in processes]


def _result(process: int, out: int) -> dict:
    with open(out) as file:
        lines = [json.loads(line) for line in file]
    return {
        "status": os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]),
        "error": next((line["error"] for line in lines if "error" in line), ""),
        "computed": [name for line in lines for name in line.get("computed", [])],
        "told": "".join(line.get("told", "") for line in lines),
        "operations": next((line["operations"] for line in lines if "operations" in line), 0),
    }


def _work(call: dict, moment: int, into: int) -> None:
    def say(**what) -> None:
        os.write(into, (json.dumps(what) + "\n").encode())

    status, printed = 1, io.StringIO()
    sys.stdout = sys.stderr = printed
    try:
        operations = _count_operations(call["cache"], moment)
        if "file_limit" in call:
            resource.setrlimit(resource.RLIMIT_FSIZE, (call["file_limit"], resource.RLIM_INFINITY))
        if "spare_files" in call:
            most = len(os.listdir("/proc/self/fd")) + call["spare_files"]
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        run = filling.run

        def told(*arguments, **options):
            for done in run(*arguments, **options):
                if call.pop("stops", False):
                    os.kill(os.getpid(), signal.SIGSTOP)
                yield done
                say(computed=[Path(picture.path).name for picture in done.pictures])

        filling.run = told
        dataset = make_dataset(Path(call["pictures"]), call["n"])
        BottleneckCache(call["cache"]).extract(make_backbone(), dataset, batch_size=2, progress=False)
        say(operations=operations[0])
        status = 0
    except Exception as error:
        say(error=f"{type(error).__name__}: {error}")
    finally:
        say(told=printed.getvalue())
        os._exit(status)


def _count_operations(folder: str, moment: int) -> list[int]:
    """Count what is opened, renamed and deleted in a folder; kill this process before number `moment`."""
    count = [0]

    def hook(event: str, arguments: tuple) -> None:
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"):
            if any(str(argument).startswith(folder) for argument in arguments):
                count[0] += 1
                if count[0] == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


if __name__ == "__main__":
    print(json.dumps(_serve(json.loads(sys.argv[1]))))
