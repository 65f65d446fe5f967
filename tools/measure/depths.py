"""Measure heads at five depths of each backbone of ours, and a score that needs no test pictures: `data/depths.csv`.

    python -m tools.measure.depths            what the table lacks, for five seeds
    python -m tools.measure.depths --seeds 2  for two of them

The pictures are those of the study (`make study`). A row is one head: data set, backbone, depth in per cent of its
layers, the layer, how many features that has, seed; the shares of test pictures that are named right, of all, of
classes that the backbone learnt and of others; and `score`, from training pictures alone
(`comparison.nearest_mean_score`).
"""

from collections.abc import Iterator, Sequence
from functools import cache

from tools.project import REPO, before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np
import pandas as pd

from course_utils import heads
from course_utils.backbones import load_backbone
from course_utils.backbones.preprocessing import preprocess
from course_utils.backbones.records import RECORDS, find_record
from course_utils.comparison import nearest_mean_score
from course_utils.datasets import ImageDataset
from course_utils.drafts import whole_file
from course_utils.sketchbook import STUDY
from tools.study import networks, sets
from tools.study.run import FOLDER
from tools.study.training import logits, shares

TABLE = REPO / "data" / "depths.csv"
COLUMNS = [
    "data_set", "backbone", "depth", "layer", "features", "seed", "accuracy", "seen", "unseen", "score"
]  # fmt: skip
DEPTHS = 20, 40, 60, 80, 100  # per cent of a network's layers with kernels


def cuts(network: keras.Model) -> dict[int, str]:
    """Return for each depth the last layer up to which there is at most this share of the layers with kernels.

    Everything that comes later is computed from this layer alone, so no branch and no shortcut is cut. The last
    one is what the backbone's own mean over all places is taken of.
    """
    layers = [layer for layer in network.layers if not isinstance(layer, keras.layers.ZeroPadding2D)]
    done = np.cumsum([any(v.name.endswith("kernel") for v in layer.weights) for layer in layers])
    found = {}
    for depth in DEPTHS:
        reached = [layer for layer, n in zip(layers, done, strict=True) if 100 * n <= depth * done[-1]]
        found[depth] = next(layer.name for layer in reversed(reached) if _carries_all(layer, network))
    return found


def _carries_all(layer: keras.layers.Layer, network: keras.Model) -> bool:
    try:
        keras.Model(layer.output, network.output)
    except ValueError:  # something else goes past it
        return False
    return True


@cache
def eye(backbone: str) -> tuple[dict[int, str], keras.Model]:
    """Return where a backbone is cut, and a model of pixels 0-255 to the mean of each of these layers' maps."""
    network = load_backbone(backbone).get_layer("network")
    found, pool = cuts(network), keras.layers.GlobalAveragePooling2D()
    means = keras.Model(network.input, [pool(network.get_layer(name).output) for name in found.values()])
    pixels = keras.Input(network.input_shape[1:])
    return found, keras.Model(pixels, means(preprocess(pixels, find_record(backbone).preprocessing)))


def rows(data_set: str, dataset: ImageDataset, backbone: str, seed: int) -> Iterator[tuple]:
    """Yield the rows of one backbone on one data set, a head for each depth."""
    found, model = eye(backbone)
    split, labels = (dataset.table[column].to_numpy() for column in ("split", "label"))
    train, test = split == "train", split == "test"
    pixels = dataset.images(range(len(dataset)), model.input_shape[1])
    for (depth, layer), vectors in zip(found.items(), model.predict(pixels, verbose=0), strict=True):
        head = heads.fitted_head(vectors[train], labels[train], len(dataset.class_names), seed)
        right = logits(head, vectors[test]).argmax(axis=1) == labels[test]
        score = nearest_mean_score(vectors[train], labels[train])
        yield data_set, backbone, depth, layer, vectors.shape[1], seed, *shares(right, dataset), score


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of data sets and backbones, whichever was measured last."""
    place = {name: i for i, name in enumerate((*STUDY, *RECORDS))}
    columns = ["data_set", "backbone", "seed", "depth"]
    return table.sort_values(columns, key=lambda column: column.map(lambda value: place.get(value, value)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Compute what the table lacks, and write it after each backbone."""
    program = parser(__doc__)
    program.add_argument("--seeds", type=int, default=5, help="how many draws of pictures")
    n_seeds = program.parse_args(arguments).seeds
    table = pd.read_csv(TABLE) if TABLE.exists() else pd.DataFrame(columns=COLUMNS)
    there = set(zip(table["data_set"], table["backbone"], table["seed"], strict=True))
    for one in sets.drawn_sets(FOLDER):
        for seed in range(n_seeds):
            for backbone in networks.at_hand(photos=False):
                if (one.name, backbone, seed) in there:
                    continue
                found = pd.DataFrame(list(rows(one.name, one.load(seed), backbone, seed)), columns=COLUMNS)
                table = in_order(pd.concat([table, found]) if len(table) else found)
                with whole_file(TABLE) as stream:
                    stream.write(table.round(4).to_csv(index=False, lineterminator="\n").encode())
                print(found.to_string(index=False, header=False), flush=True)


if __name__ == "__main__":
    main()
