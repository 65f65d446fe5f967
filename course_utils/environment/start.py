"""Start a lesson: choose the profile, set seeds, start TensorFlow quietly, and say where you are."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from course_utils.arguments import whole_number
from course_utils.environment.course import PROFILES, Course, choose_profile, profile_text
from course_utils.environment.report import EnvironmentReport, collect
from course_utils.keras_settings import BACKEND, check_backend, check_settings
from course_utils.paths import (
    data_root,
    photos_folder,
    shown,
)

_latest: "Course | None" = None  # for environment_report(), which shows the profile that is on


def setup(profile: str | None = None, seed: int = 0) -> Course:
    """Choose the profile, set all seeds, make GPUs share their memory, and print one line that says so.

    Call it first in a notebook: some settings only work before TensorFlow and Keras are imported.

    Parameters
    ----------
    profile : "sketch" (drawn pictures, nothing downloaded) or "photo" (real photos, ImageNet weights).
        Default: the environment variable COURSE_PROFILE, else "sketch".
    seed : for Python's, NumPy's and Keras' random numbers, 0 or greater. The same seed repeats a training
        on the same machine; another number of cores changes the last digits.

    Raises
    ------
    ValueError : unknown profile, or a seed that is no seed.
    DataError : COURSE_REAL_DATA names no folder.
    RuntimeError : Keras runs on something else than TensorFlow, or is set to compute in another way.
    """
    profile = choose_profile(profile, os.environ)
    seed = whole_number("seed", seed, 0, 2**32 - 1)
    photos = photos_folder(os.environ) if profile == "photo" else None
    notes = _use_keras_home(photos)
    os.environ["KERAS_BACKEND"] = os.environ.get("KERAS_BACKEND") or BACKEND
    if "keras" not in sys.modules:  # which would not even import with a backend that is not installed
        check_backend(os.environ["KERAS_BACKEND"])
    with _tensorflow_quiet():
        import keras
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
    check_settings()
    tf.get_logger().setLevel("ERROR")
    notes += _grow_memory(tf, gpus)
    keras.utils.set_random_seed(seed)

    global _latest
    _latest = Course(profile, seed, *PROFILES[profile], data_root=data_root(os.environ), photos=photos)
    print("\n".join([_line(_latest, len(gpus)), *notes]))
    return _latest


def environment_report() -> EnvironmentReport:
    """Return the versions, the hardware, the place and the profile that is on, to be shown in a notebook."""
    with _tensorflow_quiet():
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
    names = [tf.config.experimental.get_device_details(gpu).get("device_name", gpu.name) for gpu in gpus]
    return collect(names, profile_text(_latest))


def _line(course: Course, n_gpus: int) -> str:
    hardware = f"{n_gpus} GPU{'s' if n_gpus > 1 else ''}" if n_gpus else "CPU"
    source = f", photos from {shown(course.photos)}" if course.photos else ""
    profile, data = profile_text(course), shown(course.data_root)
    return f"Profile {profile}; seed {course.seed}; {hardware}; data in {data}{source}"


def _use_keras_home(photos: Path | None) -> list[str]:
    """Let Keras find its weights beside the photos, if there are any; return what the learner must know."""
    home = photos / "keras_home" if photos else None
    if home is None or not home.is_dir() or "KERAS_HOME" in os.environ:
        return []
    if "keras" in sys.modules:
        return [
            f"Keras was imported before setup(), too late to take weights from {home}. "
            "Restart the kernel and call setup() first."
        ]
    os.environ["KERAS_HOME"] = str(home)
    return [f"Keras takes its weights from {shown(home)}"]


def _grow_memory(tf, gpus: list) -> list[str]:
    """Let each GPU be shared: take memory as needed, not all at once. Return what the learner must know."""
    try:
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
    except RuntimeError:
        return [
            "TensorFlow had started the GPU before setup(), so it holds all of its memory. "
            "Restart the kernel and call setup() first."
        ]
    return []


@contextlib.contextmanager
def _tensorflow_quiet() -> Iterator[None]:
    """Hide what TensorFlow's C++ code prints while it starts; learners take it for errors.

    TF_CPP_MIN_LOG_LEVEL alone does not hide it. Set it to 0 yourself to see everything.
    """
    wanted = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2") in ("0", "1")
    if wanted or "tensorflow" in sys.modules:
        yield
        return
    try:
        saved = os.dup(2)
    except OSError:  # a process that was started without a stderr
        yield
        return
    with open(os.devnull, "w") as sink:
        os.dup2(sink.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)
