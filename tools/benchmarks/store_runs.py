"""What `store.py` runs in processes of their own: python -m tools.benchmarks.store_runs PART ARGUMENTS.

memory N             peak memory in bytes, for N drawn pictures
workers COUNT NAME   pictures a second of one or two Beam workers, each on a core
simulate N           bookkeeping of N pictures on Beam: no files, no backbone, the real store
"""

import hashlib
import json
import re
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.benchmarks.timing import FOLDER
from tools.project import before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np
import pandas as pd

from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache
from course_utils.bottlenecks.pipeline import Batch
from course_utils.datasets import ImageDataset

CHUNK = 64


class WatchedCache(BottleneckCache):
    """A cache that notes who has finished chunks, and when, while the manifests of the job are still there."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        # By worker: when each chunk was finished, and the processor seconds that the worker had used by then.
        self.finished: dict[str, list[tuple[float, float]]] = {}

    def extract(self, *arguments, **options):
        for file in sorted(self.folder.glob("jobs/*/done-*.json")):
            manifest = json.loads(file.read_text(encoding="utf-8"))
            self.finished.setdefault(manifest["worker"], []).append(
                (file.stat().st_mtime, manifest["seconds"])
            )
        return super().extract(*arguments, **options)


def fresh(name: str, kind: type[BottleneckCache] = BottleneckCache) -> BottleneckCache:
    shutil.rmtree(FOLDER / "runs" / name, ignore_errors=True)
    return kind(FOLDER / "runs" / name)


def pictures(folder: Path, n: int) -> ImageDataset:
    columns = {
        "path": [str(folder / f"{i:06d}.jpg") for i in range(n)],
        "label": 0,
        "class_name": "a",
        "split": "train",
    }
    return ImageDataset("pictures", pd.DataFrame(columns), ["a"])


def peak() -> int:
    """Return the most memory that this process had so far, in bytes.

    Linux counts the peak of `getrusage` on from the process that started this one, which may have been larger.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text()).group(1)) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def memory(n: str) -> dict:
    """Extract, visit again, and read a thousand batches from the middle."""
    dataset, backbone = pictures(FOLDER / f"memory-{n}", int(n)), load_backbone("mini_mobilenet_v2")
    cache = fresh("memory")
    # The same engine for both numbers of pictures.
    features = cache.extract(backbone, dataset, engine="openvino", progress=False)
    features = cache.extract(backbone, dataset)
    for _ in features.batches(32).take(30):
        pass
    return {"peak": peak(), "mapped": int(features.vectors.nbytes)}


def workers(count: str, name: str) -> dict:
    """Return the pictures a second while all workers are at work, by the clock and by processor time."""
    from course_utils.bottlenecks import beam

    folder = FOLDER / f"workers-{name}-1536"
    dataset = pictures(folder, len(list(folder.iterdir())))
    cache = fresh("workers", WatchedCache)
    options = ["--direct_running_mode=multi_processing", f"--direct_num_workers={count}"]
    beam.extract_with_beam(
        cache, load_backbone(name), dataset, options, engine="openvino", chunk=CHUNK, pin=True
    )
    if len(cache.finished) != int(count):
        raise RuntimeError(f"{len(cache.finished)} workers did the work of {count}")
    chunks = list(cache.finished.values())
    start, end = max(min(each)[0] for each in chunks), min(max(each)[0] for each in chunks)
    done = sum(start < moment <= end for each in chunks for moment, _ in each)
    # What the workers would do together if each had its core to itself.
    undisturbed = sum((len(each) - 1) * CHUNK / (max(each)[1] - min(each)[1]) for each in chunks)
    return {"rate": done * CHUNK / (end - start), "undisturbed": undisturbed}


def simulate(n: str) -> dict:
    """Run Beam, the store and the cache over pictures that do not exist and vectors of eight numbers."""
    from course_utils.bottlenecks import beam, digests, filling

    def digest_file(path: str) -> digests.Entry:
        return digests.Entry("as ever", hashlib.blake2b(path.encode(), digest_size=16).digest())

    def run(engine, wanted, size, **options) -> Iterator[Batch]:
        for start in range(0, len(wanted), 256):
            batch = wanted[start : start + 256]
            numbers = [np.frombuffer(picture.key[:8], np.uint8) for picture in batch]
            yield Batch(batch, np.array(numbers, np.float32), [])

    digests._digest_file, digests._state_of = digest_file, lambda path: "as ever"
    beam.run = filling.run = run
    pixels = keras.Input((8, 8, 3))
    backbone = keras.Model(
        pixels, keras.layers.Dense(8)(keras.layers.GlobalAveragePooling2D()(pixels)), name="none"
    )
    cache = fresh("simulate")
    beam.extract_with_beam(
        cache, backbone, pictures(Path("/none"), 2048), ["--direct_running_mode=in_memory"]
    )
    dataset = pictures(Path("/nowhere"), int(n))
    before, start = peak(), time.perf_counter()
    features = beam.extract_with_beam(cache, backbone, dataset, ["--direct_running_mode=in_memory"])
    told = {"seconds": time.perf_counter() - start, "growth": peak() - before}
    expected = [
        digest_file(path).digest[:8] for path in dataset.table["path"].iloc[:: max(1, int(n) // 1000)]
    ]
    np.testing.assert_array_equal(
        features.vectors[:: max(1, int(n) // 1000)], [np.frombuffer(digest, np.uint8) for digest in expected]
    )
    return told


PARTS = {"memory": memory, "workers": workers, "simulate": simulate}


def main(arguments: Sequence[str] | None = None) -> None:
    program = parser(__doc__)
    program.add_argument("part", choices=PARTS)
    program.add_argument("arguments", nargs="*", help="of the part, see above")
    chosen = program.parse_args(arguments)
    print(json.dumps(PARTS[chosen.part](*chosen.arguments)))


if __name__ == "__main__":
    main()
