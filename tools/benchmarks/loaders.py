"""What row b of the benchmark compares with: other engines and loaders, as their manuals show them."""

import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import keras
import numpy as np
import openvino
from PIL import Image

from course_utils.engines.conversion import Conversion, run_first
from tools.benchmarks.timing import FOLDER

Reader = Callable[[str, int], np.ndarray]  # path, size -> uint8 (size, size, 3)
ONNX_BATCH = 16  # 8 and 32 are slower


def opencv(antialias: bool = False) -> Reader:
    """OpenCV's decoder and its default resize, or the one it recommends for making pictures smaller."""
    import cv2  # `make bench` installs it

    how = cv2.INTER_AREA if antialias else cv2.INTER_LINEAR

    def read(path: str, size: int) -> np.ndarray:
        pixels = cv2.imread(path)
        height, width = pixels.shape[:2]
        side = min(height, width)
        top, left = (height - side) // 2, (width - side) // 2
        square = cv2.resize(pixels[top : top + side, left : left + side], (size, size), interpolation=how)
        return cv2.cvtColor(square, cv2.COLOR_BGR2RGB)

    return read


def pytorch_style(path: str, size: int) -> np.ndarray:
    """torchvision's recipe for ImageNet networks: shorter side to 256 (of 224), then the middle."""
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    scale = size * 256 / 224 / min(whole.size)
    whole = whole.resize((round(whole.width * scale), round(whole.height * scale)), Image.Resampling.BILINEAR)
    left, top = (whole.width - size) // 2, (whole.height - size) // 2
    return np.asarray(whole.crop((left, top, left + size, top + size)))


def openvino_queue(backbone: keras.Model, paths: Sequence[str], read: Reader) -> Callable[[], np.ndarray]:
    """OpenVINO's own recipe for throughput: an asynchronous queue that the main thread feeds."""
    size, n_features = backbone.input_shape[1], backbone.output_shape[1]
    model = Conversion(backbone, FOLDER / "engines").model()
    model.reshape([1, size, size, 3])
    compiled = openvino.Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"})
    run_first(compiled, np.zeros((1, size, size, 3), np.uint8))  # before the queue's threads do
    queue = openvino.AsyncInferQueue(compiled)

    def extract() -> np.ndarray:
        vectors = np.empty((len(paths), n_features), np.float32)
        queue.set_callback(
            lambda request, row: vectors.__setitem__(row, request.get_output_tensor(0).data[0])
        )
        for row, path in enumerate(paths):
            queue.start_async([read(path, size)[None]], row)
        queue.wait_all()
        return vectors

    return extract


def onnx_runtime(backbone: keras.Model, paths: Sequence[str], read: Reader) -> Callable[[], np.ndarray]:
    """ONNX Runtime with its own thread pool, and two threads that read batches ahead."""
    import onnxruntime

    size = backbone.input_shape[1]
    backbone(np.zeros((1, size, size, 3), np.float32))  # Keras exports only what has been called
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.onnx"
        backbone.export(file, format="onnx", verbose=False)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    argument = session.get_inputs()[0].name

    def load(part: Sequence[str]) -> np.ndarray:
        return np.stack([read(path, size) for path in part]).astype(np.float32)

    def extract() -> np.ndarray:
        vectors, ahead = [], deque()
        with ThreadPoolExecutor(2) as pool:
            for start in range(0, len(paths), ONNX_BATCH):
                ahead.append(pool.submit(load, paths[start : start + ONNX_BATCH]))
                if len(ahead) > 2:
                    vectors += session.run(None, {argument: ahead.popleft().result()})
            while ahead:
                vectors += session.run(None, {argument: ahead.popleft().result()})
        return np.concatenate(vectors)

    return extract
