"""The pictures that `augmentation_table` measures on, changed in each way, and their features, computed once."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tools.project import REPO, before_tensorflow

before_tensorflow()

import keras
import numpy as np

from course_utils import augmentation, sketchbook
from course_utils.backbones import load_backbone
from course_utils.backbones.preprocessing import preprocess
from course_utils.backbones.records import find_record
from course_utils.datasets import ImageDataset, load_cub
from course_utils.engines import choose_engine
from course_utils.paths import fill_once

FOLDER = REPO / "build" / "augmentation"
BACKBONE, PX = "mini_mobilenet_v2", 96
PAIR = ("Bellbuoy Surfwing", "Harbour Surfwing")
PAIR_SIZES = {"per_species": 200, "train_per_species": 100}
# The largest value of each channel of this layer sees a bill of four pixels; a mean over all places does not.
EARLY = "block_1_expand_relu"
FEW = 4


@cache
def twenty(seed: int) -> ImageDataset:
    return _drawn(f"twenty-{seed}", n_species=20, per_species=60, seed=seed)


@cache
def pair(seed: int) -> ImageDataset:
    return _drawn(f"pair-{seed}", species=PAIR, seed=seed, **PAIR_SIZES)


def _drawn(name: str, **settings) -> ImageDataset:
    return load_cub(fill_once(FOLDER / name, lambda draft: sketchbook.make_birds(draft, **settings)))


@cache
def part_of(dataset: ImageDataset, split: str) -> tuple[np.ndarray, np.ndarray]:
    rows = dataset.rows(split)
    return dataset.images(rows.index, PX), rows["label"].to_numpy()


@cache
def last() -> Callable[[np.ndarray], np.ndarray]:
    """Return what gives a picture's features of the last layer."""
    engine = choose_engine(load_backbone(BACKBONE), n_pictures=100_000, folder=FOLDER)

    def vectors(pixels: np.ndarray) -> np.ndarray:
        whole = np.clip(np.round(pixels), 0, 255).astype("uint8")
        padded = np.concatenate([whole, whole[: -len(whole) % 16]])  # passes of one size
        passes = [np.asarray(engine(padded[i : i + 16])) for i in range(0, len(padded), 16)]
        return np.concatenate(passes)[: len(whole)]

    return vectors


@cache
def early() -> Callable[[np.ndarray], np.ndarray]:
    """Return what gives the largest value of each channel of an early layer."""
    network = load_backbone(BACKBONE).get_layer("network")
    pixels = keras.Input((PX, PX, 3))
    layer = keras.Model(network.input, network.get_layer(EARLY).output)
    seen = layer(preprocess(pixels, find_record(BACKBONE).preprocessing))
    model = keras.Model(pixels, keras.layers.GlobalMaxPooling2D()(seen))
    return lambda pictures: model.predict(pictures.astype("float32"), batch_size=50, verbose=0)


def kept(name: str, compute: Callable[[], np.ndarray]) -> np.ndarray:
    """Return features that are computed once, in half precision."""
    path = FOLDER / f"{name}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, compute().astype("float16"))
    return np.load(path).astype("float32")


def seen(
    look: Callable, name: str, pictures: np.ndarray, n: int, seed: int, *recipe, **changes
) -> np.ndarray:
    """Return features of `n` changed versions of each picture, (n, pictures, features)."""

    def compute() -> np.ndarray:
        change = augmentation.recipe(*recipe, seed=1000 * seed, **changes)
        parts = [pictures[i : i + 100] for i in range(0, len(pictures), 100)]
        views = (np.concatenate([augmentation.views(change, part, 1)[0] for part in parts]) for _ in range(n))
        return np.stack([look(view) for view in views])

    return kept(name, compute)


def elsewhere(
    names: Sequence[str], each: int, seed: int, n: int, split: str = "train"
) -> tuple[Iterator[np.ndarray], np.ndarray]:
    """Draw a split's birds `n` times more, in any habitat, the same bird in the same pose; return views and labels."""

    def shot(view: int, name: str, index: int) -> np.ndarray:
        home = random.Random(f"{view}/{name}/{index}").choice(sketchbook.OUTDOORS)
        return sketchbook.bird_picture(name, seed, index, PX, split=split, habitat=home).image

    views = (np.array([shot(view, name, i) for name in names for i in range(each)]) for view in range(n))
    return views, np.repeat(range(len(names)), each)


@cache
def of_twenty(seed: int, what: str, n: int = 2 * FEW) -> np.ndarray:
    """Return features of the twenty species: `test`, or `n` views of each training picture."""
    data, name = twenty(seed), f"twenty-{seed}-{what.replace(' ', '-')}"
    (x, _), (test, _) = part_of(data, "train"), part_of(data, "test")
    match what:
        case "test":
            return kept(name, lambda: last()(test))
        case "as they are":
            return kept(name, lambda: last()(x)[None])
        case "mirrored":
            return kept(name, lambda: last()(x[:, :, ::-1])[None])
        case "any hue":
            return seen(last(), name, x, n, seed, hue=1.0)
        case "any habitat" | "moved":
            species = list(data.table.drop_duplicates("label").sort_values("label")["species"])
            split, pictures = ("test", test) if what == "moved" else ("train", x)
            birds, _ = elsewhere(species, len(pictures) // len(species), seed, n, split)
            return kept(name, lambda: np.stack([*map(last(), birds)]))
    return seen(last(), f"{name}-{n}", x, n, seed, what)


def labels_of(seed: int) -> tuple[np.ndarray, np.ndarray]:
    return part_of(twenty(seed), "train")[1], part_of(twenty(seed), "test")[1]
