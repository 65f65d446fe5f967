"""What row a of the benchmark compares with: other engines, fed by another decoder, each at its best."""

import importlib.util
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import keras
import numpy as np

from course_utils.machine import cores
from tools.benchmarks.timing import FOLDER, Job

Reader = Callable[[str, int], np.ndarray]  # path, size -> uint8 (size, size, 3)
Forward = Callable[[np.ndarray], np.ndarray]  # pixels (b, s, s, 3) -> vectors (b, d)
# `make bench` installs them all but OpenVINO, which is an extra of the course.
NEEDS = {"OpenVINO": ("openvino", "cv2"), "ONNX Runtime": ("onnxruntime", "onnx", "tf2onnx", "cv2")}

BATCHES = (1, 4)


def lacking() -> list[str]:
    """Return the engines that cannot be compared with, as one of their packages is not installed."""
    return [
        engine
        for engine, packages in NEEDS.items()
        if not all(importlib.util.find_spec(package) for package in packages)
    ]


def ways(backbone: keras.Model) -> dict[str, dict[str, Callable[[Sequence[str]], Job]]]:
    """Return for each engine that is installed the ways to run it, by name."""
    makers = {"OpenVINO": openvino_forwards, "ONNX Runtime": onnx_forwards}
    found: dict[str, dict] = {}
    for engine in sorted(NEEDS.keys() - set(lacking())):
        found[engine] = {
            f"{n} workers, batches of {b}": partial(pooled, forward, opencv(), backbone.input_shape[1], b, n)
            for b, forward in makers[engine](backbone).items()
            for n in (cores(), 2 * cores())
        }
    return found


def pooled(forward: Forward, read: Reader, size: int, batch: int, workers: int, paths: Sequence[str]) -> Job:
    """Let each worker take a batch from file to vector, as we do: faster than a queue of pictures before an engine."""

    def work(start: int) -> np.ndarray:
        return forward(np.stack([read(path, size) for path in paths[start : start + batch]]))

    def extract() -> np.ndarray:
        with ThreadPoolExecutor(workers) as pool:
            return np.concatenate(list(pool.map(work, range(0, len(paths), batch))))

    return extract


def opencv() -> Reader:
    """OpenCV's decoder, and the resize that it recommends for making pictures smaller: antialiased, as ours is."""
    import cv2

    cv2.setNumThreads(1)  # the workers are threads enough

    def read(path: str, size: int) -> np.ndarray:
        pixels = cv2.imread(path)
        height, width = pixels.shape[:2]
        side = min(height, width)
        top, left = (height - side) // 2, (width - side) // 2
        middle = pixels[top : top + side, left : left + side]
        return cv2.cvtColor(cv2.resize(middle, (size, size), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)

    return read


def openvino_forwards(backbone: keras.Model) -> dict[int, Forward]:
    return {batch: openvino_forward(backbone, batch) for batch in BATCHES}


def openvino_forward(backbone: keras.Model, batch: int) -> Forward:
    import openvino

    from course_utils.engines.conversion import Conversion, run_first

    size, threads = backbone.input_shape[1], threading.local()
    model = Conversion(backbone, FOLDER / "engines").model()
    model.reshape([batch, size, size, 3])
    settings = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino.Core().compile_model(model, "CPU", settings)
    run_first(compiled, np.zeros((batch, size, size, 3), np.uint8))

    def forward(pixels: np.ndarray) -> np.ndarray:
        if not hasattr(threads, "request"):
            threads.request = compiled.create_infer_request()
        rest = np.zeros((batch - len(pixels), *pixels.shape[1:]), np.uint8)
        return threads.request.infer([np.concatenate([pixels, rest])])[0][: len(pixels)].copy()

    return forward


def onnx_forwards(backbone: keras.Model) -> dict[int, Forward]:
    """A session of one thread for all workers: they run it at the same time."""
    import onnxruntime

    size = backbone.input_shape[1]
    backbone(np.zeros((1, size, size, 3), np.float32))  # Keras exports only what has been called
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.onnx"
        backbone.export(file, format="onnx", verbose=False)
        session = onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"])
    argument = session.get_inputs()[0].name
    return dict.fromkeys(BATCHES, lambda pixels: session.run(None, {argument: pixels.astype(np.float32)})[0])
