"""Linear probes: how much a layer of one kind can read out of a network's features, layer by layer, with a control."""

from collections.abc import Iterable, Mapping

import keras
import numpy as np
import pandas as pd
from sklearn.linear_model import RidgeClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.arguments import refusal, whole_number
from course_utils.backbones import load_backbone
from course_utils.backbones.preprocessing import preprocess
from course_utils.backbones.records import find_record
from course_utils.comparison import paired_interval
from course_utils.errors import unknown_name

LAST, PIXELS = "last", "pixels"
SMALL = 32  # side of the pictures whose pixels are probed
PLACES = 6  # rows and columns of a layer that are told apart, or a few more
PENALTIES = 10.0 ** np.arange(6)


def probe(features: np.ndarray, labels: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return what a linear probe that has learnt from these features says of others: a label for each.

    Each feature is brought to one scale; then comes ridge regression on the classes, which is solved, not trained. Its
    penalty is chosen anew for each call, by leaving out one of the `features` at a time: layers of other widths want
    others, and a fixed one decides which layer wins.
    """
    model = make_pipeline(StandardScaler(), RidgeClassifierCV(PENALTIES))
    return model.fit(np.asarray(features), np.asarray(labels)).predict(np.asarray(others))


def probe_layers(
    backbone: str,
    pictures: Mapping[str, tuple[np.ndarray, np.ndarray]],
    layers: Iterable[str],
    per_class: Iterable[int] = (2, 20),
    draws: int = 5,
    seed: int = 0,
) -> pd.DataFrame:
    """Probe layers of a backbone, trained and with random weights; return a row for each probe.

    In each draw the pictures of a class are put in a random order: the first ones train, those beyond the largest of
    `per_class` are asked. A draw's smaller samples lie inside its larger ones, and all layers get the same ones.

    Parameters
    ----------
    pictures : for each set its pixels 0-255 of shape (n, size, size, 3), in the backbone's size, and its labels.
    layers : names of layers, each with its places, finer maps averaged to about 6 x 6: for pictures in which it matters
        where something is. "last" is what the backbone gives, averaged over all places, and "pixels" a second control:
        no network, the picture itself at 32 x 32.
    seed : of the random weights and the draws.

    Returns
    -------
    columns pictures, weights ("trained" or "random", for pixels "none"), layer, per_class, draw, accuracy.

    Raises
    ------
    ValueError : a layer that there is not, or a set with too few pictures of a class.
    """
    layers = list(layers)
    sizes = [whole_number("per_class", n, 1) for n in per_class]
    trained = load_backbone(backbone)
    keras.utils.set_random_seed(seed)
    networks = {"trained": trained, "random": load_backbone(backbone, weights=None)}
    deep = [layer for layer in layers if layer != PIXELS]
    eyes = {which: _looking_at(network, deep) for which, network in networks.items()}
    rows = []
    for name, (pixels, labels) in pictures.items():
        labels = _checked(name, labels, sizes)
        orders = [np.random.default_rng([seed, draw]).permutation(len(labels)) for draw in range(draws)]
        seen = {("none", PIXELS): _small(np.asarray(pixels))} if PIXELS in layers else {}
        for which, eye in eyes.items():
            found = eye.predict(pixels, verbose=0)
            found = found if isinstance(found, list) else [found]  # Keras unpacks a single output
            seen |= {(which, layer): features for layer, features in zip(deep, found, strict=True)}
        rows += [
            (name, *place, n, draw, _accuracy(features, labels, order, n, max(sizes)))
            for place, features in seen.items()
            for draw, order in enumerate(orders)
            for n in sizes
        ]
    return pd.DataFrame(rows, columns=["pictures", "weights", "layer", "per_class", "draw", "accuracy"])


def gain(runs: pd.DataFrame, layer: str, other: str, weights: str = "trained") -> pd.DataFrame:
    """Return by how much one layer is ahead of another in the same draws: mean, and its 95% interval, for each set.

    The interval says how far luck with the draw may move the mean, for these classes and this network.
    """
    pairs = runs[runs["weights"] == weights].pivot(
        index=["pictures", "per_class", "draw"], columns="layer", values="accuracy"
    )
    groups = pairs.groupby(["pictures", "per_class"])[[layer, other]]
    return groups.apply(lambda rows: paired_interval(rows[layer], rows[other]))


def _small(pixels: np.ndarray) -> np.ndarray:
    """Return pictures at SMALL x SMALL, the rest of a division cut off at the right and below: (n, SMALL²·3)."""
    n, step = len(pixels), pixels.shape[1] // SMALL
    blocks = pixels[:, : SMALL * step, : SMALL * step].reshape(n, SMALL, step, SMALL, step, 3)
    return blocks.mean(axis=(2, 4), dtype="float32").reshape(n, -1)


def _looking_at(backbone: keras.Model, layers: list[str]) -> keras.Model:
    """Return a model of pixels 0-255 to a list with the features at each layer."""
    network = backbone.get_layer("network")
    names = [layer.name for layer in network.layers]
    outputs = []
    for name in layers:
        if name != LAST and name not in names:
            raise unknown_name("layers", name, [LAST, PIXELS, *names])
        output = network.output if name == LAST else network.get_layer(name).output
        outputs.append(_places(output, 1 if name == LAST else PLACES))
    pixels = keras.Input(backbone.input_shape[1:])
    ready = preprocess(pixels, find_record(backbone.name).preprocessing)
    return keras.Model(pixels, keras.Model(network.input, outputs)(ready))


def _places(features: keras.KerasTensor, most: int) -> keras.KerasTensor:
    """Return a feature map as vectors, averaged to about so many rows and columns; what is a vector as it is."""
    if len(features.shape) == 2:
        return features
    step = max(1, features.shape[1] // most)
    return keras.layers.Flatten()(keras.layers.AveragePooling2D(step)(features))


def _checked(name: str, labels: np.ndarray, sizes: list[int]) -> np.ndarray:
    labels = np.asarray(labels)
    fewest = np.unique(labels, return_counts=True)[1].min()
    if fewest <= max(sizes):
        raise refusal("pictures", f"more than {max(sizes)} pictures of each class in {name!r}", int(fewest))
    return labels


def _accuracy(features: np.ndarray, labels: np.ndarray, order: np.ndarray, n: int, most: int) -> float:
    place = pd.Series(labels[order]).groupby(labels[order]).cumcount().to_numpy()  # 0, 1, 2 ... in its class
    shown, asked = order[place < n], order[place >= most]
    return float((probe(features[shown], labels[shown], features[asked]) == labels[asked]).mean())
