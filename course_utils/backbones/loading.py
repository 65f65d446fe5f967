"""Backbones by name: pixels 0-255 in, feature vectors out, the right preprocessing inside.

    backbone = load_backbone("mini_mobilenet_v2")
    vectors = backbone.predict(pixels)      # (n, 96, 96, 3) in 0..255 -> (n, 1280)

Inside a backbone, `backbone.get_layer("network")` is the bare network. It wants preprocessed pixels: feed it with raw
ones to see what wrong preprocessing does.
"""

import os

import keras
import pandas as pd

from course_utils.arguments import shortened, whole_number
from course_utils.backbones.networks import build_network
from course_utils.backbones.preprocessing import MODES, with_preprocessing
from course_utils.backbones.records import RECORDS, BackboneRecord, find_record
from course_utils.keras_settings import check_settings

HUB_PREFIX = "hub:"


def backbone_names() -> list[str]:
    """Return the names that `load_backbone` knows, besides TF Hub handles."""
    return list(RECORDS)


def describe(name: str | None = None) -> pd.Series | pd.DataFrame:
    """Return what is known about a backbone, or a table of all of them.

    Parameters and multiply-adds are in millions, without the classifier, at the default size. `weights` says where they
    come from, `licence` under which terms they were published, `source` which paper describes the network.
    """
    table = pd.DataFrame([_facts(record) for record in RECORDS.values()]).set_index("name")
    if name is None:
        return table
    return table.loc[find_record(name).name]


def _facts(record: BackboneRecord) -> dict:
    return {
        "name": record.name,
        "size": record.size,
        "features": record.n_features,
        "parameters": record.parameters,
        "multiply_adds": record.multiply_adds,
        "preprocessing": MODES[record.preprocessing],
        "weights": record.weights,
        "licence": record.licence,
        "source": record.source,
    }


def load_backbone(
    name: str, image_size: int | None = None, weights: str | os.PathLike | None = "default"
) -> keras.Model:
    """Return a frozen backbone: float pixels 0-255 (b, size, size, 3) in, feature vectors (b, d) out.

    The weights of the small ones ("mini_...") and of "efficientnet_lite0" (ImageNet) come with the course; Keras
    downloads the others on first use and keeps them in its cache.

    Parameters
    ----------
    name : see `backbone_names()`, or "hub:" and the handle of a TF Hub module (a folder or an address).
    image_size : side of the pictures in pixels; the backbone's own size by default.
    weights : "default", None for random ones, or a file: `.npz` as the pre-training tool writes, `.h5` or
        `.weights.h5` saved from the same network without its classifier.

    Raises
    ------
    ValueError : unknown name, or a size below what the network can take.
    DataError : the weights are missing, damaged, of another network, or cannot be downloaded.
    """
    check_settings()
    if is_hub(name):
        from course_utils.backbones.hub import load_hub_backbone

        if not isinstance(weights, str) or weights != "default":
            raise ValueError(
                f'`weights` must be "default" for {name!r}: a TF Hub module brings its own. '
                f"Received: {shortened(weights)}."
            )
        return load_hub_backbone(str(name).removeprefix(HUB_PREFIX), image_size)
    record = find_record(name, also=[f"{HUB_PREFIX}HANDLE"])
    size = _checked_size(record, image_size)
    return with_preprocessing(build_network(record, size, weights), size, record.preprocessing, name)


def _checked_size(record: BackboneRecord, size: int | None) -> int:
    if size is None:
        return record.size
    why = f" for {record.name!r} (a smaller picture is gone before the last layer)"
    return whole_number("image_size", size, record.smallest, why=why)


def is_hub(name: object) -> bool:
    """Return whether a name is the handle of a TF Hub module."""
    return isinstance(name, str | os.PathLike) and str(name).startswith(HUB_PREFIX)
