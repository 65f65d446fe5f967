"""Where the TF Hub module of lesson 10 comes from: the learner's published one, or one that is written here.

    handle = course.hub_module()
    layer = HubLayer(handle)        # pixels 0 to 1 in, feature vectors out

What is written here is a reusable SavedModel in TF2's format, as TF Hub publishes its feature vectors
(https://www.tensorflow.org/hub/reusable_saved_models): it can be called, with `training` or without, and it has
`variables`, `trainable_variables` and `regularization_losses`.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import keras

from course_utils.arguments import refusal
from course_utils.paths import fill_once

# MobileNetV2, as wide as in "Basic Transfer Learning" (2019), which used its version 4.
PUBLISHED = "https://tfhub.dev/google/imagenet/mobilenet_v2_140_224/feature_vector/5"


def find_published(environ: Mapping[str, str]) -> str | None:
    """Return the handle that COURSE_HUB_MODULE names, or PUBLISHED if TF Hub has it on this disk already, or None."""
    if environ.get("COURSE_HUB_MODULE"):
        return environ["COURSE_HUB_MODULE"]
    cache = Path(environ.get("TFHUB_CACHE_DIR") or Path(tempfile.gettempdir()) / "tfhub_modules")
    is_there = (cache / hashlib.sha1(PUBLISHED.encode()).hexdigest() / "saved_model.pb").is_file()
    return PUBLISHED if is_there else None


def own_module(name: str, root: Path) -> str:
    """Return the folder of a backbone of the course as a module, written below `root` on first use, in seconds."""
    from course_utils.backbones import load_backbone, weights_digest

    backbone = load_backbone(name)
    folder = root / "hub_modules" / f"{name}-{weights_digest(backbone)[:12]}"
    return str(fill_once(folder, lambda draft: write_module(backbone, draft)))


def write_module(backbone: keras.Model, folder: str | os.PathLike) -> None:
    """Write a backbone, pixels 0 to 255 in, as a module of TF Hub, pixels 0 to 1 in.

    Parameters
    ----------
    backbone : as `load_backbone` returns it. BatchNorm of the module follows `training`; its weights are all trainable.

    Raises
    ------
    ValueError : no backbone: it does not take pictures of one size, or gives no vectors.
    """
    import tensorflow as tf

    shape, output = getattr(backbone, "input_shape", None), getattr(backbone, "output_shape", None)
    if not (isinstance(shape, tuple) and len(shape) == 4 and None not in shape[1:] and len(output) == 2):
        raise refusal("backbone", "a backbone, pictures of one size in and vectors out", backbone)
    network = keras.models.clone_model(backbone)
    network.set_weights(backbone.get_weights())
    for layer in network._flatten_layers():
        layer.trainable = True
    module = tf.train.Checkpoint()
    pixels = tf.TensorSpec((None, *shape[1:]), tf.float32, name="inputs")

    @tf.function
    def call(inputs, training=False):
        return network(255 * inputs, training=training)

    for training in (True, False):
        call.get_concrete_function(pixels, training=training)
    module.__call__ = call
    module.variables = [variable.value for variable in network.variables]
    module.trainable_variables = [variable.value for variable in network.trainable_variables]
    module.regularization_losses = []
    tf.saved_model.save(module, os.fspath(folder))
