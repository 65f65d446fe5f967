"""TF Hub modules as Keras 3 layers: frozen, fine-tuned, saved and loaded.

`hub.KerasLayer` belongs to Keras 2 and fails inside a Keras 3 model; `HubLayer` takes its place. A module is
a program: load only those whose author you trust, as you would with any code you run.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from course_utils.errors import DataError
from course_utils.preprocessing import preprocess

DEFAULT_SIZE = 224


@keras.saving.register_keras_serializable(package="course_utils")
class HubLayer(keras.layers.Layer):
    """A TF Hub module ("reusable SavedModel") as a layer.

    Loading a saved model that holds this layer needs the module in its place and this file imported.

    Parameters
    ----------
    handle : the folder of a SavedModel, or an address that `tensorflow_hub` resolves.
    trainable : False keeps all its variables; True fine-tunes those the module declares trainable.
    update_statistics : while training, run the module's training branch, whose BatchNorm statistics move.
        Left False they stay, as everywhere in this course.

    Raises
    ------
    DataError : there is no such module, or it is not a reusable SavedModel.
    """

    def __init__(self, handle: str, trainable: bool = False, update_statistics: bool = False, **kwargs: Any):
        super().__init__(**kwargs)
        self.handle, self.update_statistics = str(handle), update_statistics
        folder = _resolve(self.handle)
        self.content_digest = _graph_digest(folder)
        self._module = _load_module(folder)
        self.module_variables = _shared_variables(self._module)
        branches = [f.function_type.parameters for f in self._module.__call__.concrete_functions]
        self._has_training_branch = any("training" in parameters for parameters in branches)
        self.built = True
        self.trainable = trainable  # last, so that it reaches every variable

    def call(self, inputs, training=False):
        outputs = self._run(inputs, bool(training) and self.trainable and self.update_statistics)
        if self.trainable:
            for loss in getattr(self._module, "regularization_losses", None) or []:
                self.add_loss(loss())
        return outputs

    def _run(self, inputs, training: bool):
        return self._module(inputs, training=training) if self._has_training_branch else self._module(inputs)

    def compute_output_shape(self, input_shape):
        pixels = tf.TensorSpec((None, *input_shape[1:]), tf.float32)
        function = tf.function(lambda x: self._run(x, False), autograph=False).get_concrete_function(pixels)
        return (input_shape[0], *function.structured_outputs.shape[1:])

    def compute_output_spec(self, inputs, training=False):
        return keras.KerasTensor(self.compute_output_shape(inputs.shape), dtype="float32")

    def get_config(self) -> dict:
        config = {"handle": self.handle, "update_statistics": self.update_statistics}
        return {**super().get_config(), **config, "trainable": self.trainable}

    @property
    def picture_size(self) -> int | None:
        """Side of the pictures that the module was traced for, None where it takes any."""
        for function in self._module.__call__.concrete_functions:
            for spec in tf.nest.flatten(function.structured_input_signature):
                if isinstance(spec, tf.TensorSpec) and spec.shape.rank == 4:
                    return spec.shape[1]
        return None


def load_hub_backbone(handle: str, image_size: int | None = None) -> keras.Model:
    """Return a TF Hub module as a frozen backbone: pixels 0-255 (b, s, s, 3) in, feature vectors (b, d) out.

    Preprocessing is TF Hub's own convention for pictures: values from 0 to 1
    (https://www.tensorflow.org/hub/common_signatures/images).

    Parameters
    ----------
    image_size : side in pixels; by default what the module was made for, 224 where it takes any.

    Raises
    ------
    DataError : no such module, not a reusable SavedModel, or it returns no feature vectors.
    ValueError : the module was made for pictures of another size.
    """
    layer = HubLayer(handle, name="network")
    size = image_size or layer.picture_size or DEFAULT_SIZE
    if layer.picture_size not in (None, size):
        raise ValueError(
            f"`image_size` must be {layer.picture_size}: {handle} takes no other. Received: {size}."
        )
    pixels = keras.Input((size, size, 3), name="pixels")
    outputs = layer(preprocess(pixels, "unit"))
    if len(outputs.shape) != 2:
        raise DataError(
            f"the module {handle} is no feature extractor",
            expected="outputs of shape (pictures, features)",
            received=f"outputs of shape {tuple(outputs.shape)}",
            do="take the module's `feature_vector` version",
        )
    model = keras.Model(pixels, outputs, name="hub_module")
    model.trainable = False
    return model


def _resolve(handle: str) -> Path:
    """Return the folder of a module; only handles that are no folder here need `tensorflow_hub`."""
    if "://" not in handle or os.path.isdir(handle):
        return Path(handle)
    import tensorflow_hub

    try:
        return Path(tensorflow_hub.resolve(handle))
    except Exception as error:  # urllib, tarfile and tf errors, by place and version
        raise DataError(
            f"the TF Hub module {handle} cannot be had",
            expected="an address that can be reached, or a module in the folder that TFHUB_CACHE_DIR names",
            received=f"{type(error).__name__}: {error}",
            do="check the address; or download the module once and give its folder",
        ) from error


def _load_module(folder: Path) -> Any:
    try:
        module = tf.saved_model.load(str(folder))
    except (OSError, tf.errors.OpError) as error:
        raise DataError(
            f"there is no TF Hub module in {folder}",
            expected="a folder with saved_model.pb and variables/",
            received=str(error).partition("\n")[0],
            do="check the handle",
        ) from error
    if not (callable(module) and hasattr(module.__call__, "concrete_functions")):
        raise DataError(
            f"the SavedModel in {folder} cannot be used as a layer",
            expected="a reusable SavedModel, which can be called (TF2 format)",
            received="a SavedModel without `__call__`, as TF1 modules and plain exports are",
            do="take the module's TF2 version",
        )
    return module


def _shared_variables(module: Any) -> list[keras.Variable]:
    """Return the module's variables as Keras variables on the same storage: training steps reach them."""
    trainable = {id(variable) for variable in getattr(module, "trainable_variables", None) or []}
    shared = []
    for variable in getattr(module, "variables", None) or []:
        name = variable.name.split(":")[0].replace("/", "_")
        ours = keras.Variable(
            variable, shape=variable.shape, dtype=variable.dtype.name, trainable=id(variable) in trainable,
            name=name,
        )  # fmt: skip
        if ours.value is not variable:
            raise RuntimeError(
                f"Keras {keras.__version__} copies variables instead of sharing them, so HubLayer cannot "
                "train. Use a Keras version that this course is tested with."
            )
        shared.append(ours)
    return shared


def _graph_digest(folder: Path) -> str:
    graph = folder / "saved_model.pb"
    return hashlib.blake2b(graph.read_bytes(), digest_size=16).hexdigest() if graph.exists() else ""
