"""Features of millions of pictures: the same extraction on Apache Beam, one worker for each machine, GPU or core.

    features = extract_with_beam(cache, backbone, dataset, ["--runner=FlinkRunner", ...])

The cache folder and the pictures lie where every worker sees them under the same path. The work is cut into chunks of
rows. A worker reads the pictures of a chunk, runs the backbone over those that are not stored (`RunInference`), adds a
shard to the store, and then the chunk's manifest to the job's folder: what it has read and who did it. A run that
was killed goes on with the chunks that have no manifest. At the end the manifests are merged into the cache, which then
does what it always does: put the vectors in order, look once more at pictures that failed, and say what is left out.

Needs `pip install "transfer-learning-birds[scale]"`, best in an environment of its own: Beam wants older versions of
protobuf, pyarrow and Pillow than the rest of the course.
"""

import hashlib
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from course_utils.backbones import weights_digest
from course_utils.bottlenecks.claims import Claims
from course_utils.bottlenecks.digests import Digests, Entry
from course_utils.bottlenecks.features import Features
from course_utils.bottlenecks.filling import Part, missing_rows
from course_utils.bottlenecks.keys import Pictures, make_keys
from course_utils.bottlenecks.pipeline import run
from course_utils.bottlenecks.shelf import Shelf
from course_utils.bottlenecks.store import DIGESTS, ENGINES, BottleneckCache
from course_utils.datasets import ImageDataset
from course_utils.drafts import whole_file
from course_utils.engines.choice import Engine, choose_engine
from course_utils.engines.precision import FULL, HalfPrecisionError, in_full, numbers_for
from course_utils.errors import DataError
from course_utils.paths import fill_once

try:
    import apache_beam as beam
    from apache_beam.ml.inference.base import ModelHandler, PredictionResult, RunInference
    from apache_beam.options.pipeline_options import PipelineOptions
except ImportError as error:
    raise ImportError(
        "Apache Beam is not installed. What to do: pip install 'transfer-learning-birds[scale]', "
        "in an environment of its own."
    ) from error

CHUNK = 1024  # rows
_BACKBONE = "backbone.keras"
_held: list[Claims] = []  # the core that this process runs on, until it ends


def extract_with_beam(
    cache: BottleneckCache,
    backbone: keras.Model,
    dataset: ImageDataset,
    options: Sequence[str] = (),
    *,
    split: str | None = None,
    crop: bool = False,
    engine: str = "auto",
    precision: str = "full",
    chunk: int = CHUNK,
    pin: bool = False,
) -> Features:
    """Return what `cache.extract` returns, computed by the workers of a Beam pipeline.

    Parameters
    ----------
    options : for Beam, as on its command line: runner, number of workers and so on. Two processes on this machine:
        `["--direct_running_mode=multi_processing", "--direct_num_workers=2"]`.
    split, crop, engine : as in `BottleneckCache.extract`.
    precision : likewise. What is had in half precision is decided on this machine, so workers that lack it end with an
        error: mixed vectors would be the alternative.
    chunk : how many pictures a worker takes at a time, and what is lost, at most, when it is killed.
    pin : let each worker run on a core of its own.

    Raises
    ------
    ValueError : as `BottleneckCache.extract`; or the backbone has Python code of your own, which workers do not have.
    DataError : the cache folder cannot be written to.
    """
    numbers, lacking = numbers_for(precision, engine)
    if lacking:
        precision = "full"
        print(f"In {in_full(lacking)}.")
    shelf = cache.shelf(backbone, numbers)
    if shelf.unseen:
        raise ValueError(
            f"`backbone` must be made of layers of Keras: other processes cannot load it otherwise. "
            f"Received: {shelf.unseen} in {backbone.name!r}. Use cache.extract, which computes in this process."
        )
    rows = dataset.rows(split)
    boxes = dataset.boxes(rows) if crop else None
    job = _write_job(cache.folder, shelf, rows["path"], boxes, backbone, chunk)
    numbers = [int(file.stem.partition("-")[2]) for file in sorted(job.glob("chunk-*.json"))]
    todo = [number for number in numbers if not _manifest(job, number).exists()]
    store = _Store(cache.folder, shelf)
    if todo:
        with beam.Pipeline(options=PipelineOptions(list(options), save_main_session=False)) as pipeline:
            _ = (
                pipeline
                | beam.Create(todo)
                | beam.Reshuffle()
                | "read" >> beam.Map(_read_chunk, job, store)
                | RunInference(BackboneHandler(job, shelf.about, cache.folder / ENGINES, engine, pin))
                | "store" >> beam.Map(_store_chunk, job, store)
            )
    _merge(job, numbers, Digests(cache.folder / DIGESTS))
    features = cache.extract(backbone, dataset, split, crop, engine=engine, precision=precision)
    shutil.rmtree(job)
    return features


@dataclass
class Chunk:
    """Rows that a worker has taken: those that are to be computed, and what was read to find out which these are."""

    number: int
    missing: Pictures
    read: dict[str, Entry]


@dataclass
class _Store:
    """What a worker needs to know of the cache."""

    folder: Path
    shelf: Shelf


class BackboneHandler(ModelHandler):
    """Loads the backbone once a process, in the engine that suits it, and gives the vectors of chunks of pictures."""

    def __init__(self, job: Path, about: dict, engines: Path, engine: str, pin: bool):
        super().__init__()
        self._job, self._about, self._engines, self._engine, self._pin = job, about, engines, engine, pin

    def load_model(self):
        if self._pin:
            _pin_to_a_core(self._job)
        backbone = keras.models.load_model(self._job / _BACKBONE)
        if weights_digest(backbone) != self._about["weights"]:
            raise DataError(
                f"the backbone in {self._job} is damaged",
                expected="the weights that the job was started with",
                received="others",
                do="delete this folder and start again; what was computed stays",
            )
        return _engine(backbone, self._about.get("numbers", FULL), self._engine, self._engines)

    def run_inference(self, batch: Sequence[Chunk], model, inference_args=None) -> Iterator[PredictionResult]:
        """Yield the finished batches of each chunk, as `pipeline.run` gives them."""
        for chunk in batch:
            yield PredictionResult(
                chunk, list(run(model, chunk.missing, self._about["size"], progress=False))
            )

    def batch_elements_kwargs(self) -> dict:
        """A chunk is a batch already."""
        return {"min_batch_size": 1, "max_batch_size": 1}


def _engine(backbone: keras.Model, numbers: str, engine: str, folder: Path) -> Engine:
    """Return what runs the backbone with the numbers of the job, or raise a DataError where this machine lacks them."""
    own, lacking = numbers_for("full" if numbers == FULL else "half", engine)
    try:
        if own != numbers:
            raise HalfPrecisionError(lacking or f"this machine has {own}")
        return choose_engine(backbone, CHUNK, engine=engine, folder=folder, numbers=numbers)
    except HalfPrecisionError as error:
        raise DataError(
            f"the worker on {socket.gethostname()} cannot run {backbone.name!r} in half precision",
            expected=f"machines that all compute in {numbers}, as the one that began the job",
            received=str(error),
            do="take precision='full', or workers of one kind",
        ) from error


def _write_job(
    folder: Path, shelf: Shelf, paths: pd.Series, boxes: np.ndarray | None, backbone: keras.Model, chunk: int
) -> Path:
    """Write the rows in chunks, and the backbone, for the workers; the same job as before is found again."""
    digest = hashlib.blake2b(f"{shelf.folder.name} {chunk}".encode(), digest_size=8)
    for start in range(0, len(paths), chunk):
        digest.update(_rows(paths, boxes, start, chunk).encode())

    def fill(draft: Path) -> None:
        backbone.save(draft / _BACKBONE)
        for number, start in enumerate(range(0, len(paths), chunk)):
            (draft / f"chunk-{number:06d}.json").write_text(
                _rows(paths, boxes, start, chunk), encoding="utf-8"
            )

    return fill_once(folder / "jobs" / digest.hexdigest(), fill)


def _rows(paths: pd.Series, boxes: np.ndarray | None, start: int, chunk: int) -> str:
    rows = slice(start, start + chunk)
    return json.dumps([paths.iloc[rows].tolist(), None if boxes is None else boxes[rows].tolist()])


def _read_chunk(number: int, job: Path, store: _Store) -> Chunk:
    """Find out which pictures of a chunk are to be computed."""
    paths, boxes = json.loads((job / f"chunk-{number:06d}.json").read_text(encoding="utf-8"))
    known, read = Digests(store.folder / DIGESTS).look_at(paths)
    known |= {path: entry.digest for path, entry in read.items()}
    contents = np.array([known[path] for path in paths], "V16")
    boxes = None if boxes is None else np.array(boxes)
    pictures = Pictures(pd.Series(paths), boxes, make_keys(contents, boxes))
    opened = np.flatnonzero([not (path in read and read[path].reason) for path in paths])
    pictures = pictures.take(opened)
    # What other workers have added since the first chunk are the pictures of other chunks.
    return Chunk(number, pictures.take(missing_rows(pictures.keys, store.shelf, refresh=False)), read)


def _store_chunk(result: PredictionResult, job: Path, store: _Store) -> None:
    """Add the vectors of a chunk to the store, then its manifest to the job."""
    part = Part(store.shelf)
    for batch in result.inference:
        part.add([picture.key for picture in batch.pictures], batch.vectors, {})
    part.write()
    manifest = _manifest(job, result.example.number)
    read = {path: [e.state, e.digest.hex(), e.reason] for path, e in result.example.read.items()}
    worker = f"{socket.gethostname()}-{os.getpid()}"
    # Who did it, and the processor seconds that it had used by then, tell whether workers get in each other's way.
    done = {"worker": worker, "seconds": time.process_time(), "read": read}
    with whole_file(manifest) as stream:
        stream.write(json.dumps(done).encode())


def _merge(job: Path, numbers: list[int], digests: Digests) -> None:
    """Let the cache know which contents the workers have read, so that it need not read them again."""
    for number in numbers:
        read = json.loads(_manifest(job, number).read_text(encoding="utf-8"))["read"]
        digests.remember(
            {path: Entry(s, bytes.fromhex(digest), reason) for path, (s, digest, reason) in read.items()}
        )


def _manifest(job: Path, number: int) -> Path:
    return job / f"done-{number:06d}.json"


def _pin_to_a_core(job: Path) -> None:
    """Let all threads of this process run on one core that no other worker on this machine has."""
    for core in sorted(os.sched_getaffinity(0)):
        claims = Claims(job)
        if claims.take(f"core-{socket.gethostname()}-{core}") is None:
            _held.append(claims)
            for thread in os.listdir("/proc/self/task"):
                os.sched_setaffinity(int(thread), {core})
            return
