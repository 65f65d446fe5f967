"""Rows a to d of the benchmark: from JPEG files to vectors, and the forward pass alone."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import keras
import numpy as np
import tensorflow as tf

from course_utils import sketchbook
from course_utils.backbones import load_backbone, multiply_adds
from course_utils.bottlenecks.keys import identify
from course_utils.bottlenecks.pipeline import run
from course_utils.datasets import load_cub
from course_utils.engines.choice import Engine, choose_engine
from tools.benchmarks.loaders import onnx_runtime, opencv, openvino_queue, pytorch_style
from tools.benchmarks.timing import FOLDER, side_by_side
from tools.project import REAL, Row, Rows

KERAS_BATCHES = (4, 8, 16, 32, 64)
PREDICTS_BATCH = 32  # what `predict` takes unless told otherwise
TRIAL = 128  # pictures, to find the best batch size
MATRIX = 2048  # rows and columns
FORWARD = 192  # pictures for the forward pass alone


@cache
def backbone(name: str) -> keras.Model:
    return load_backbone(name)


@cache
def photos() -> list[str]:
    return sorted(map(str, (REAL / "CUB_200_2011" / "images").glob("*/*.jpg")))


@cache
def engine(name: str) -> tuple[Engine, float]:
    """The engine that the cache would choose for ten thousand pictures, and the seconds until it was ready."""
    start = time.perf_counter()
    chosen = choose_engine(backbone(name), 10_000, folder=FOLDER / "engines")
    return chosen, time.perf_counter() - start


def ours(name: str, paths: Sequence[str]) -> Callable[[], None]:
    chosen, size = engine(name)[0], backbone(name).input_shape[1]
    pictures = [identify(path, None) for path in paths]

    def extract() -> None:
        deque(run(chosen, pictures, size, progress=False), maxlen=0)

    return extract


def keras_predict(name: str, paths: Sequence[str], batch_size: int) -> Callable[[], None]:
    """`model.predict` fed by `tf.data`: parallel reading, prefetch, and the cheap resize (without antialiasing)."""
    model, size = backbone(name), backbone(name).input_shape[1]

    def read(path):
        pixels = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        side = tf.reduce_min(tf.shape(pixels)[:2])
        return tf.image.resize(tf.image.resize_with_crop_or_pad(pixels, side, side), (size, size))

    files = tf.data.Dataset.from_tensor_slices(list(paths))
    batches = files.map(read, tf.data.AUTOTUNE).batch(batch_size).prefetch(tf.data.AUTOTUNE)
    return lambda: model.predict(batches, verbose=0)


def tuned_keras(name: str, paths: Sequence[str]) -> tuple[int, Callable[[], None]]:
    """Return the best batch size and `predict` with it."""
    trials = {batch: keras_predict(name, paths[:TRIAL], batch) for batch in KERAS_BATCHES}
    times = side_by_side(trials, rounds=3)
    best = min(times, key=lambda batch: times[batch].clock)
    return best, keras_predict(name, paths, best)


def against_keras(name: str, paths: Sequence[str], what: str, asked: str) -> Iterator[Row]:
    batch, predict = tuned_keras(name, paths)
    chosen, ready = engine(name)
    yield f"{what}: ready to run ({chosen.name}), once", f"{ready:.1f} s", ""
    as_it_comes = keras_predict(name, paths, PREDICTS_BATCH)
    times = side_by_side({"ours": ours(name, paths), "keras": predict, "as it comes": as_it_comes})
    mine, theirs, plain = times.values()
    rates = f"{len(paths) / mine.clock:.0f} / {len(paths) / theirs.clock:.0f}"
    yield f"{what}, a second: ours / Keras predict, batches of {batch}", rates, ""
    yield "   times Keras", f"{theirs.clock / mine.clock:.1f}x", asked
    yield "   by processor time", f"{theirs.processor / mine.processor:.1f}x", ""
    yield (
        f"   times Keras in batches of {PREDICTS_BATCH}, as `predict` comes",
        f"{plain.clock / mine.clock:.1f}x",
        "",
    )


def photos_against_keras() -> Iterator[Row]:
    yield from against_keras("mobilenet_v2", photos(), "543 photos, MobileNetV2, 224 px", ">= 5x")


def photos_against_engines() -> Iterator[Row]:
    name, paths = "mobilenet_v2", photos()
    candidates = {
        "ours": ours(name, paths),
        "OpenVINO, OpenCV": openvino_queue(backbone(name), paths, opencv()),
        "OpenVINO, OpenCV with antialiasing": openvino_queue(backbone(name), paths, opencv(antialias=True)),
        "OpenVINO, as PyTorch does": openvino_queue(backbone(name), paths, pytorch_style),
        "ONNX Runtime, OpenCV": onnx_runtime(backbone(name), paths, opencv()),
    }
    times = side_by_side(candidates)
    mine = times.pop("ours")
    fastest = min(times, key=lambda who: times[who].clock)
    yield "the same photos, a second: ours", f"{len(paths) / mine.clock:.0f}", ""
    for who, theirs in times.items():
        asked = ">= 1.0x" if who == fastest else ""
        yield f"   times {who}: {len(paths) / theirs.clock:.0f}", f"{theirs.clock / mine.clock:.2f}x", asked
        yield "      by processor time", f"{theirs.processor / mine.processor:.2f}x", ""


def forward_alone() -> Iterator[Row]:
    name, chosen = "mobilenet_v2", engine("mobilenet_v2")[0]
    size, work = backbone(name).input_shape[1], multiply_adds(backbone(name))
    pixels = np.random.default_rng(0).integers(0, 256, (FORWARD, size, size, 3), dtype=np.uint8)
    parts = np.array_split(pixels, chosen.streams * 3)
    matrix = np.random.default_rng(0).random((MATRIX, MATRIX), dtype=np.float32)
    tensor = tf.constant(matrix)
    with ThreadPoolExecutor(chosen.streams) as pool:
        times = side_by_side(
            {
                "forward": lambda: list(pool.map(chosen, parts)),
                "NumPy's BLAS": lambda: matrix @ matrix,
                "TensorFlow": lambda: tf.linalg.matmul(tensor, tensor).numpy(),
            },
            rounds=9,
        )
    forward = FORWARD * work / times.pop("forward").clock / 1e9
    best = min(times, key=lambda who: times[who].clock)
    limit = MATRIX**3 / times[best].clock / 1e9  # multiply-adds of a square product
    yield (
        f"forward pass alone, a second ({work / 1e6:.0f} million multiply-adds each)",
        f"{forward * 1e9 / work:.0f}",
        "",
    )
    yield (
        f"   10^9 multiply-adds a second: forward / {best}, {MATRIX} x {MATRIX}",
        f"{forward:.0f} / {limit:.0f}",
        "",
    )
    yield "   share of the machine's matrix speed", f"{forward / limit:.0%}", ">= 55 %"


def drawn_birds() -> Iterator[Row]:
    folder = sketchbook.make_birds(FOLDER / "birds", n_species=20, per_species=60, seed=0)
    paths = load_cub(folder).table["path"].tolist()
    yield from against_keras(
        "mini_mobilenet_v2", paths, f"{len(paths):,} drawn birds, mini backbone, 96 px", ">= 4x"
    )


ROWS: Rows = {"a": photos_against_keras, "b": photos_against_engines, "c": forward_alone, "d": drawn_birds}
