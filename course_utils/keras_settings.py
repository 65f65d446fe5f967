"""What Keras and TensorFlow are set to, as far as it would change what a backbone computes.

The course computes in float32, on pictures with the colours last. Other settings give other vectors, often without
a word, so they are refused where the course builds networks.
"""

import os
from collections.abc import Iterator, Mapping

BACKEND = "tensorflow"


def check_backend(backend: str) -> None:
    """Raise RuntimeError unless Keras runs, or would run, on TensorFlow."""
    if backend != BACKEND:
        raise RuntimeError(
            f"The course needs Keras on TensorFlow. Received: KERAS_BACKEND={backend!r}. "
            "Unset KERAS_BACKEND and restart the kernel."
        )


def check_settings() -> None:
    """Raise RuntimeError where a global setting of Keras or TensorFlow would change what networks compute.

    Call it before anything is built: layers remember the settings that they were made with.
    """
    import keras

    check_backend(keras.backend.backend())
    import tensorflow as tf

    wrong = list(
        unfit(
            floatx=keras.config.floatx(),
            policy=keras.config.dtype_policy().name,
            image_data_format=keras.config.image_data_format(),
            is_eager=tf.executing_eagerly(),
            rewrites=tf.config.optimizer.get_experimental_options(),
            has_distribution=keras.distribution.distribution() is not None,
        )
    )
    if wrong:
        raise RuntimeError(
            "The course computes in float32, on pictures with the colours last; with other settings Keras gives other "
            "vectors, or fails later.\n" + "\n".join(wrong)
        )


def unfit(
    floatx: str,
    policy: str,
    image_data_format: str,
    is_eager: bool,
    rewrites: Mapping[str, object],
    has_distribution: bool,
) -> Iterator[str]:
    """Yield what is wrong with each setting, and what to do."""
    again = f"or correct {_settings_file()} and restart the kernel"
    if floatx != "float32":
        yield _line("floatx", "float32", floatx, f"keras.config.set_floatx('float32'), {again}")
    if policy != "float32" and policy != floatx:
        yield _line("dtype policy", "float32", policy, "keras.config.set_dtype_policy('float32')")
    if image_data_format != "channels_last":
        call = "keras.config.set_image_data_format('channels_last')"
        yield _line("image_data_format", "channels_last", image_data_format, f"{call}, {again}")
    if not is_eager:
        yield _line(
            "eager execution",
            "on",
            "off",
            "call this outside of `tf.function`; without disable_eager_execution()",
        )
    for name, value in rewrites.items():
        if name.startswith("auto_mixed_precision") and value:
            call = f"tf.config.optimizer.set_experimental_options({{{name!r}: False}})"
            yield _line(f"TensorFlow's optimizer option {name}", "off", "on", call)
    if has_distribution:
        yield _line("distribution", "none", "one that is set", "keras.distribution.set_distribution(None)")


def _line(setting: str, expected: str, received: str, do: str) -> str:
    return f"  {setting}: expected {expected}. Received: {received}. What to do: {do}."


def _settings_file() -> str:
    return os.path.join(os.environ.get("KERAS_HOME") or os.path.join("~", ".keras"), "keras.json")
