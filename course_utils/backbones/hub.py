"""TF Hub modules as Keras 3 layers: frozen, fine-tuned, saved and loaded.

`hub.KerasLayer` belongs to Keras 2 and fails inside a Keras 3 model; `HubLayer` takes its place. A module is
a program: load only those whose author you trust, as you would with any code you run.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from course_utils.arguments import as_path, shortened, whole_number
from course_utils.backbones.preprocessing import with_preprocessing
from course_utils.errors import DataError
from course_utils.keras_settings import check_settings
from course_utils.paths import cannot_write, unwritable

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
    ValueError : the handle is neither a path nor an address, or the layer is not to compute in float32.
    DataError : there is no such module, it is damaged, or not a reusable SavedModel.
    """

    def __init__(self, handle: str, trainable: bool = False, update_statistics: bool = False, **kwargs: Any):
        if "dtype" not in kwargs:  # a saved layer brings its own
            check_settings()
        super().__init__(**kwargs)
        if self.dtype_policy.name != "float32":
            raise ValueError(
                f"`dtype` must be float32: a module's variables are. Received: policy {self.dtype_policy.name!r}."
            )
        as_path("handle", handle, "the folder of a TF Hub module, or its address")
        self.handle, self.update_statistics = str(handle), update_statistics
        folder = _resolve(self.handle)
        self._module = _load_module(folder, self.handle)
        self.content_digest = _graph_digest(folder)
        self.module_variables = _shared_variables(self._module)
        branches = [f.function_type.parameters for f in self._module.__call__.concrete_functions]
        self._has_training_branch = any("training" in parameters for parameters in branches)
        self.built = True
        self.trainable = trainable  # last, so that it reaches every variable

    def call(self, inputs, training=False):
        is_training = bool(training) and self.trainable and self.update_statistics
        outputs = tf.cast(self._run(inputs, is_training), tf.float32)
        if self.trainable:
            for loss in getattr(self._module, "regularization_losses", None) or []:
                self.add_loss(loss())
        return outputs

    def _run(self, inputs, training: bool):
        return self._module(inputs, training=training) if self._has_training_branch else self._module(inputs)

    def compute_output_shape(self, input_shape):
        pixels = tf.TensorSpec((None, *input_shape[1:]), tf.float32)
        function = tf.function(lambda x: self._run(x, False), autograph=False)
        try:
            output = function.get_concrete_function(pixels).structured_outputs
        except (TypeError, ValueError, tf.errors.OpError) as error:
            raise DataError(
                f"the module {self.handle} does not take these pictures",
                expected=f"a module that was made for pixels of shape {tuple(pixels.shape)}, float32",
                received=f"a module for {self._inputs() or 'nothing that can be called'}",
                do="take a module for pictures, the `feature_vector` version of it",
            ) from error
        if not isinstance(output, tf.Tensor | tf.TensorSpec) or not output.dtype.is_floating:
            raise self._no_features(_told(output))
        if output.shape.rank is None:
            raise self._no_features("outputs of unknown shape")
        return (input_shape[0], *output.shape[1:])

    def _inputs(self) -> str:
        signatures = [f.structured_input_signature[0] for f in self._module.__call__.concrete_functions]
        return shortened("; ".join(", ".join(map(_told, inputs)) for inputs in signatures)).strip("'")

    def _no_features(self, received: str) -> DataError:
        return DataError(
            f"the module {self.handle} is no feature extractor",
            expected="one output of shape (pictures, features), floating-point numbers",
            received=received,
            do="take the module's `feature_vector` version",
        )

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
    ValueError : the module was made for pictures of another size, or an argument is none.
    RuntimeError : Keras is set to compute in another way than the course does.
    """
    layer = HubLayer(handle, name="network")
    size = layer.picture_size or DEFAULT_SIZE
    if image_size is not None:
        size = whole_number("image_size", image_size, 1)
    if layer.picture_size not in (None, size):
        raise ValueError(
            f"`image_size` must be {layer.picture_size}: {handle} takes no other. Received: {size}."
        )
    shape = layer.compute_output_shape((None, size, size, 3))  # in a call of Keras, errors get another type
    if len(shape) != 2 or shape[1] is None:
        raise layer._no_features(f"outputs of shape {shape}")
    return with_preprocessing(layer, size, "unit", "hub_module")


def _resolve(handle: str) -> Path:
    """Return the folder of a module; only handles that are no folder here need `tensorflow_hub`."""
    if _is_own_folder(handle):
        return Path(handle).expanduser()
    try:
        import tensorflow_hub

        return Path(tensorflow_hub.resolve(handle))
    except Exception as error:  # ImportError, and those of urllib, tarfile and tf, by place and version
        cache = Path(os.environ.get("TFHUB_CACHE_DIR") or tempfile.tempdir or os.curdir)
        if isinstance(error, OSError) and (place := unwritable(error, cache)) is not None:
            raise cannot_write(place, error) from error
        raise DataError(
            f"the TF Hub module {handle} cannot be had",
            expected="an address that can be reached, or a module in the folder that TFHUB_CACHE_DIR names",
            received=f"{type(error).__name__}: {error}",
            do="check the address; or download the module once and give its folder",
        ) from error


def _is_own_folder(handle: str) -> bool:
    return "://" not in handle or os.path.isdir(handle)


def _load_module(folder: Path, handle: str) -> Any:
    try:
        module = tf.saved_model.load(str(folder))
    except Exception as error:  # what is damaged may surface as any error
        raise DataError(
            f"there is no TF Hub module in {folder}, or it is damaged",
            expected="a folder with saved_model.pb and variables/",
            received=_found(folder, error),
            do=_remedy(folder, handle),
        ) from error
    if not (callable(module) and hasattr(module.__call__, "concrete_functions")):
        raise DataError(
            f"the SavedModel in {folder} cannot be used as a layer",
            expected="a reusable SavedModel, which can be called (TF2 format)",
            received="a SavedModel without `__call__`, as TF1 modules and plain exports are",
            do="take the module's TF2 version",
        )
    return module


def _found(folder: Path, error: Exception) -> str:
    if folder.is_file():
        return "a file"
    if not folder.exists():
        return "no such folder"
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


def _remedy(folder: Path, handle: str) -> str:
    """Return what to do about a module that cannot be loaded, by whose folder it is: only TF Hub's may be deleted."""
    if not _is_own_folder(handle):
        return f"delete the folder {folder} and run again: TF Hub downloads it anew"
    if folder.is_file():
        return "give the folder that holds saved_model.pb; unpack an archive first"
    if not folder.exists():
        return "check the handle: a folder that is there, or an address that begins with https://"
    return (
        "give the folder that holds saved_model.pb; if it does, copy or download the module there once more"
    )


def _told(structure: Any) -> str:
    """Return what goes into a module, or comes out of it, in words."""
    if isinstance(structure, dict):
        return f"a dict of {', '.join(map(str, structure))}"
    if isinstance(structure, list | tuple):
        return f"a {type(structure).__name__} of {len(structure)}"
    dtype = getattr(structure, "dtype", None)
    shape = getattr(structure, "shape", "unknown")
    return f"{type(structure).__name__} {shape}, {dtype.name}" if dtype else type(structure).__name__


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
