"""The table of backbones: what each one is, wants and costs. Data only: reading it needs no TensorFlow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from course_utils.errors import unknown_name


@dataclass(frozen=True)
class BackboneRecord:
    """One backbone.

    Attributes
    ----------
    builder : its function in `keras.applications`; `options` are arguments to it.
    size : side of the input pictures in pixels, unless asked otherwise; `smallest` is the least that works.
    preprocessing : a key of `preprocessing.MODES`.
    n_features : width of the feature vector.
    parameters, multiply_adds : in millions, without the classifier, at `size`; counted on the Keras model.
    weights : where the default weights come from, for people.
    files : names of the weights files in Keras' cache, without and with classifier; none for our own.
    file_sizes : picture sizes, besides 224, for which Keras has weights of their own.
    """

    name: str
    builder: str
    size: int
    preprocessing: str
    n_features: int
    parameters: float
    multiply_adds: float
    smallest: int = 32
    weights: str = "ImageNet, by keras.applications"
    files: tuple[str, str] | None = None
    file_sizes: tuple[int, ...] = ()
    options: Mapping[str, float] = field(default_factory=dict)

    def weights_file(self, size: int, top: bool) -> str:
        """Return the name Keras gives the ImageNet weights for this picture size."""
        rows = size if size in self.file_sizes else 224
        return self.files[top].format(rows=rows)


def _tf_files(stem: str) -> tuple[str, str]:
    return f"{stem}_tf_dim_ordering_tf_kernels_notop.h5", f"{stem}_tf_dim_ordering_tf_kernels.h5"


_RECORDS = (
    BackboneRecord(
        "mini_mobilenet_v2", "MobileNetV2", 96, "tf", 1280, 0.41, 11,
        weights="this course's own, pre-trained on drawn pictures (data/mini_backbone/model_card.md)",
        options={"alpha": 0.35},
    ),
    BackboneRecord(
        "mobilenet_v2", "MobileNetV2", 224, "tf", 1280, 2.26, 299,
        files=(
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_{rows}_no_top.h5",
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_{rows}.h5",
        ),
        file_sizes=(96, 128, 160, 192),
    ),
    BackboneRecord(
        "mobilenet", "MobileNet", 224, "tf", 1024, 3.23, 568,
        files=("mobilenet_1_0_{rows}_tf_no_top.h5", "mobilenet_1_0_{rows}_tf.h5"),
        file_sizes=(128, 160, 192),
    ),
    BackboneRecord(
        "mobilenet_v3_small", "MobileNetV3Small", 224, "inside", 576, 0.94, 55,
        files=(
            "weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5",
            "weights_mobilenet_v3_small_224_1.0_float.h5",
        ),
    ),
    BackboneRecord(
        "mobilenet_v3_large", "MobileNetV3Large", 224, "inside", 960, 3.0, 214,
        files=(
            "weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5",
            "weights_mobilenet_v3_large_224_1.0_float.h5",
        ),
    ),
    BackboneRecord(
        "vgg16", "VGG16", 224, "caffe", 512, 14.71, 15347, files=_tf_files("vgg16_weights"),
    ),
    BackboneRecord(
        "vgg19", "VGG19", 224, "caffe", 512, 20.02, 19508, files=_tf_files("vgg19_weights"),
    ),
    BackboneRecord(
        "resnet50", "ResNet50", 224, "caffe", 2048, 23.59, 3856, files=_tf_files("resnet50_weights"),
    ),
    BackboneRecord(
        "inception_v3", "InceptionV3", 299, "tf", 2048, 21.8, 5711, smallest=75,
        files=_tf_files("inception_v3_weights"),
    ),
    BackboneRecord(
        "xception", "Xception", 299, "tf", 2048, 20.86, 8355, smallest=71,
        files=_tf_files("xception_weights"),
    ),
    BackboneRecord(
        "efficientnet_v2_b0", "EfficientNetV2B0", 224, "inside", 1280, 5.92, 717,
        files=("efficientnetv2-b0_notop.h5", "efficientnetv2-b0.h5"),
    ),
    BackboneRecord(
        "convnext_tiny", "ConvNeXtTiny", 224, "inside", 768, 27.82, 4455,
        files=("convnext_tiny_notop.h5", "convnext_tiny.h5"),
    ),
)  # fmt: skip

RECORDS = {record.name: record for record in _RECORDS}


def find_record(name: str, also: Iterable[str] = ()) -> BackboneRecord:
    """Return the record of a backbone; an unknown name is answered with the nearest known one.

    Parameters
    ----------
    also : what else the caller takes as a name, for the answer.
    """
    if not isinstance(name, str) or name not in RECORDS:
        raise unknown_name("name", name, [*RECORDS, *also])
    return RECORDS[name]
