"""What runs the forward pass: Keras, or OpenVINO, which is faster on a CPU, above all for small networks.

    engine = choose_engine(backbone, n_pictures=10_000, folder=cache_folder)
    print(engine.why)
    vectors = engine(pixels)          # uint8 (b, s, s, 3) -> float32 (b, d)

Both give the same vectors to 1e-3 (a test says so for every backbone), so stored features do not depend on the
engine that made them. In half precision (`precision`) they differ by more, and have a place of their own.
"""

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones import multiply_adds
from course_utils.engines.conversion import HINTS, Conversion, ConversionError, run_first, traced
from course_utils.engines.precision import (
    FULL,
    HALF_CPU,
    HALF_GPU,
    INSTALL,
    HalfPrecisionError,
    check_pictures,
    difference,
    in_float16,
)
from course_utils.errors import DataError, unknown_name

ENGINES = ("auto", "keras", "openvino")

# What a conversion costs beyond the tracing that Keras would do instead, and what it then saves with each picture.
# Rough fits to what the backbones of the registry took on two cores; only their ratio counts, so they serve elsewhere.
CONVERSION_SECONDS, CONVERSION_SECONDS_PER_MB = 0.25, 0.02
SAVED_SECONDS, SAVED_SECONDS_PER_MEGA_MULTIPLY_ADD = 1e-3, 15e-6
# Pixels of all pictures in a pass: more of them fall out of a core's cache, fewer are not worth a call.
OPENVINO_PASS, KERAS_PASS = {FULL: 150_000, HALF_CPU: 300_000}, 500_000
# Passes of Keras have a multiple of eight pictures, and no more than a batch: in other shapes the last bits of a vector
# depend on the pictures beside it.
KERAS_LEAST, KERAS_MOST = 8, 32


@dataclass(frozen=True)
class Engine:
    """A backbone ready to run: uint8 pixels 0-255 (b, s, s, 3) in, float32 vectors (b, d) out.

    Attributes
    ----------
    name : "keras" or "openvino".
    why : why this one, in a sentence.
    streams : how many calls at once, each from its own thread, keep the machine busy.
    """

    name: str
    why: str
    n_features: int
    streams: int
    forward: Callable[[np.ndarray], np.ndarray]

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        return self.forward(pixels)

    def __repr__(self) -> str:
        return f"<Engine {self.name}: {self.why}>"


@dataclass(frozen=True)
class Situation:
    """All that the choice of an engine depends on. Sizes of the backbone: weights in MB, millions of multiply-adds."""

    n_pictures: int
    megabytes: float
    mega_multiply_adds: float
    has_gpu: bool = False
    has_openvino: bool = True
    is_converted: bool = False


def decide(situation: Situation) -> tuple[str, str]:
    """Return the engine to take and why, in a sentence."""
    if situation.has_gpu:
        return "keras", "there is a GPU, and Keras runs on it"
    if not situation.has_openvino:
        return "keras", f"OpenVINO, which is faster on a CPU, is not installed ({INSTALL})"
    if situation.is_converted:
        return "openvino", "it is the fastest on a CPU, and the backbone was converted before"
    least = break_even(situation.megabytes, situation.mega_multiply_adds)
    if situation.n_pictures < least:
        return "keras", f"converting the backbone for OpenVINO pays from about {least:,} pictures"
    return "openvino", "it is the fastest on a CPU, and so many pictures repay converting the backbone once"


def break_even(megabytes: float, mega_multiply_adds: float) -> int:
    """Return from how many pictures on converting a backbone takes less time than it saves."""
    cost = CONVERSION_SECONDS + CONVERSION_SECONDS_PER_MB * megabytes
    saved = SAVED_SECONDS + SAVED_SECONDS_PER_MEGA_MULTIPLY_ADD * mega_multiply_adds
    return int(np.ceil(cost / saved))


def choose_engine(
    backbone: keras.Model, n_pictures: int, engine: str = "auto", *, folder: str | Path, numbers: str = FULL
) -> Engine:
    """Return the engine that takes the least time for so many pictures, or the one that is asked for.

    Parameters
    ----------
    backbone : float pixels 0-255 (b, s, s, 3) in, vectors (b, d) out, as `load_backbone` returns.
    n_pictures : how many are to be run: a few do not repay a conversion.
    engine : "auto", "keras" or "openvino".
    folder : where converted backbones are kept.
    numbers : what it computes with, as `precision.numbers_for` finds out. Those of half precision settle the engine.

    Raises
    ------
    ValueError : there is no such engine, or it is not installed.
    DataError : the engine that is asked for cannot run this backbone.
    HalfPrecisionError : the backbone cannot run in half precision.
    """
    check_engine(engine)
    if numbers != FULL:
        return _half_engine(backbone, numbers, Path(folder))
    if engine == "keras":
        return _keras_engine(backbone, "you asked for it")
    has_openvino = _has_openvino()
    if engine == "openvino" and not has_openvino:
        raise ValueError(
            f"`engine` 'openvino' needs OpenVINO, which is not installed. Received: {engine!r}. "
            f"Install it ({INSTALL}), or take engine='keras', which gives the same vectors."
        )
    conversion = Conversion(backbone, Path(folder)) if has_openvino else None
    name, why = (
        ("openvino", "you asked for it")
        if engine == "openvino"
        else decide(_look(backbone, n_pictures, conversion))
    )
    if name == "keras":
        return _keras_engine(backbone, why)
    try:
        return _openvino_engine(backbone, why, conversion.model())
    except ConversionError as error:
        if engine == "openvino":
            raise DataError(
                f"OpenVINO cannot run the backbone {backbone.name!r}",
                expected="layers that it knows, and the vectors that Keras gives",
                received=str(error),
                do="take engine='keras'",
            ) from error
        return _keras_engine(backbone, f"OpenVINO cannot run this backbone ({error})")


def check_engine(engine: object) -> None:
    """Raise a ValueError for what is the name of no engine."""
    if not isinstance(engine, str) or engine not in ENGINES:
        raise unknown_name("engine", engine, ENGINES)


def _has_openvino() -> bool:
    try:
        importlib.import_module("openvino")
    except ImportError:  # not there, or not for this system
        return False
    return True


def _look(backbone: keras.Model, n_pictures: int, conversion: Conversion | None) -> Situation:
    return Situation(
        n_pictures=n_pictures,
        megabytes=sum(int(np.prod(v.shape)) for v in backbone.weights) * 4 / 1e6,
        mega_multiply_adds=multiply_adds(backbone) / 1e6,
        has_gpu=bool(tf.config.list_physical_devices("GPU")),
        has_openvino=conversion is not None,
        is_converted=conversion is not None and conversion.file.exists(),
    )


def _half_engine(backbone: keras.Model, numbers: str, folder: Path) -> Engine:
    """The engine that has these numbers, also for a few pictures: one that computes in full would mix vectors."""
    if numbers == HALF_GPU:
        engine = _keras_engine(in_float16(backbone), f"on a GPU it has half precision ({numbers})")
        pixels = check_pictures(backbone.input_shape[1])
        expected = keras.ops.convert_to_numpy(backbone(pixels.astype(np.float32), training=False))
        if wrong := difference(engine(pixels), expected, numbers):
            raise HalfPrecisionError(wrong)
        return engine
    try:
        model = Conversion(backbone, folder, numbers).model()
    except ConversionError as error:
        raise HalfPrecisionError(str(error)) from error
    return _openvino_engine(backbone, f"on a processor it has half precision ({numbers})", model, numbers)


def _keras_engine(backbone: keras.Model, why: str) -> Engine:
    """One TensorFlow graph from bytes to vectors. Float32 on a GPU, too: half precision does not keep 1e-3."""
    run = traced(
        lambda pixels: tf.cast(backbone(tf.cast(pixels, tf.float32), training=False), tf.float32), backbone
    )
    on_gpu = bool(tf.config.list_physical_devices("GPU"))

    def forward(pixels: np.ndarray) -> np.ndarray:
        n = min(max(pictures_a_pass(pixels.shape[1], KERAS_PASS), KERAS_LEAST), KERAS_MOST)
        n = len(pixels) if on_gpu else n
        passes = [_filled(pixels[start : start + n], n) for start in range(0, len(pixels), n)]
        return np.concatenate([run(tf.constant(part)).numpy() for part in passes])[: len(pixels)]

    return Engine("keras", why, backbone.output_shape[1], 2, forward)


def pictures_a_pass(size: int, pixels: int) -> int:
    """Return how many pictures to run at a time: a power of two, so that batches leave no rest to fill up."""
    return 1 << max(0, int(np.log2(pixels / size**2)))


def _filled(pixels: np.ndarray, n: int) -> np.ndarray:
    """Return pixels (b, s, s, 3) and black pictures up to `n`: the last bits of a vector depend on the shape of a pass.

    So a vector is the same whatever it is computed together with, also after an interruption.
    """
    rest = np.zeros((n - len(pixels), *pixels.shape[1:]), np.uint8)
    return np.concatenate([pixels, rest]) if len(rest) else np.ascontiguousarray(pixels)


def _openvino_engine(backbone: keras.Model, why: str, model, numbers: str = FULL) -> Engine:
    """One request for each thread, which runs on the thread's own core."""
    import openvino

    size, n_features = backbone.input_shape[1], backbone.output_shape[1]
    n = pictures_a_pass(size, OPENVINO_PASS[numbers])
    model.reshape([n, size, size, 3])  # a fixed shape is a tenth faster than an open one
    settings = {
        "PERFORMANCE_HINT": "THROUGHPUT",  # a stream for each core or two, instead of one on all cores
        "INFERENCE_PRECISION_HINT": HINTS[numbers],
        "ENABLE_CPU_PINNING": False,  # the threads that read pictures need the cores, too
    }
    compiled = openvino.Core().compile_model(model, "CPU", settings)
    run_first(compiled, np.zeros((n, size, size, 3), np.uint8))
    threads = threading.local()

    def forward(pixels: np.ndarray) -> np.ndarray:
        if not hasattr(threads, "request"):
            threads.request = compiled.create_infer_request()
        vectors = np.empty((len(pixels), n_features), np.float32)
        for start in range(0, len(pixels), n):
            rows = len(pixels[start : start + n])
            part = _filled(pixels[start : start + n], n)
            results = threads.request.infer([part], share_inputs=True, share_outputs=True)
            vectors[start : start + rows] = results[0][:rows]
        return vectors

    return Engine(
        "openvino", why, n_features, compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"), forward
    )
