"""Measure what augmentation gives and what its mistakes pretend, and write `data/augmentation.csv`.

    python -m tools.measure.augmentation_table            what is missing, for five seeds
    python -m tools.measure.augmentation_table --seeds 2  for two of them

Each seed has pictures of its own. All heads are linear and lie on frozen features of the mini backbone: `pair` on its
second layer, the others on its last. Pictures and features are kept in build/augmentation.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tools.project import REPO, before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from course_utils import augmentation, heads, sketchbook
from course_utils.backbones import load_backbone
from course_utils.backbones.preprocessing import preprocess
from course_utils.backbones.records import find_record
from course_utils.datasets import ImageDataset, load_cub
from course_utils.engines import choose_engine
from course_utils.paths import fill_once
from tools.measure.experiments import CROSS_ENTROPY

FOLDER = REPO / "build" / "augmentation"
TABLE = REPO / "data" / "augmentation.csv"
COLUMNS = ["part", "data_set", "backbone", "arm", "seed", "accuracy"]  # as `comparison.gains` takes them
BACKBONE, PX = "mini_mobilenet_v2", 96
PAIR = ("Bellbuoy Surfwing", "Harbour Surfwing")
PAIR_SIZES = {"per_species": 200, "train_per_species": 100}
# The largest value of each channel of this layer sees a bill of four pixels; a mean over all places does not.
EARLY = "block_1_expand_relu"
# How often a training picture is learnt from; with so many views, never twice as the same one.
FRESH = 32
FEW = 4

Rows = Iterator[tuple[str, str, float]]  # arm, data set, accuracy


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


def head_on(
    views: np.ndarray, labels: np.ndarray, seed: int, rate: float = 1e-3, times: int = FRESH
) -> keras.Model:
    """Train a linear head on views (n, pictures, features) in as many steps for any n: `times` for each picture."""
    keras.utils.set_random_seed(seed)
    head = heads.linear_head(views.shape[-1], int(labels.max()) + 1)
    head.compile(keras.optimizers.Adam(rate), CROSS_ENTROPY)
    inputs = views.reshape(-1, views.shape[-1])
    head.fit(
        inputs, np.tile(labels, len(views)), batch_size=32, epochs=max(1, times // len(views)), verbose=0
    )
    return head


def right(head: keras.Model, vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return head.predict(vectors, batch_size=512, verbose=0).argmax(axis=1) == labels


def of_pair(seed: int) -> Rows:
    """Tell two look-alikes apart that differ in the colour of bill and legs."""
    (x, y), (test, truth) = part_of(pair(seed), "train"), part_of(pair(seed), "test")
    n, name = PAIR_SIZES["train_per_species"], f"pair-{seed}"
    birds, labels = elsewhere(PAIR, n, seed, FEW)
    others, moved_truth = elsewhere(PAIR, n, seed, 1, "test")
    arms = {
        "as they are": (kept(f"{name}-plain", lambda: early()(x)[None]), y),
        "gentle": (seen(early(), f"{name}-gentle", x, FEW, seed, "gentle"), y),
        "any hue": (seen(early(), f"{name}-hue", x, FEW, seed, hue=1.0), y),
        "any habitat": (kept(f"{name}-elsewhere", lambda: np.stack([*map(early(), birds)])), labels),
    }
    vectors = kept(f"{name}-test", lambda: early()(test))
    moved = kept(f"{name}-moved", lambda: early()(next(others)))
    for arm, (views, those) in arms.items():
        head = head_on(views, those, seed, rate=3e-3, times=96)
        yield arm, "two gulls", right(head, vectors, truth).mean()
        yield arm, "two gulls, moved", right(head, moved, moved_truth).mean()


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


def grouped(arm: str, correct: np.ndarray, seed: int) -> Rows:
    rows = twenty(seed).rows("test")
    known, pair = rows["known"].to_numpy(bool), rows["class_name"].isin(PAIR).to_numpy()
    for group, chosen in {
        "twenty species": np.full(len(rows), True),
        "seen": known,
        "unseen": ~known,
        "gulls of twenty": pair,
    }.items():
        yield arm, group, correct[chosen].mean()


def change(seed: int) -> Rows:
    """Name twenty species after training on changed pictures."""
    labels, truth = labels_of(seed)
    for arm in ("as they are", "gentle", "strong", "any hue", "any habitat"):
        views = of_twenty(seed, arm, *([FEW] if arm.startswith("any") else []))[:FEW]
        those = np.repeat(range(20), len(labels) // 20) if arm == "any habitat" else labels
        head = head_on(views, those, seed)
        yield from grouped(arm, right(head, of_twenty(seed, "test"), truth), seed)
        moved = right(head, of_twenty(seed, "moved", 1)[0], np.sort(truth))  # species by species
        yield arm, "twenty species, moved", moved.mean()


def flips(seed: int) -> Rows:
    """Train on pictures flipped afresh each time, and on the flips of the first epoch, kept for ever."""
    labels, truth = labels_of(seed)
    both = np.concatenate([of_twenty(seed, "as they are"), of_twenty(seed, "mirrored")])
    once = both[np.random.default_rng(seed).integers(0, 2, len(labels)), np.arange(len(labels))][None]
    for arm, views in {"never flipped": both[:1], "flipped once": once, "flipped afresh": both}.items():
        yield from grouped(arm, right(head_on(views, labels, seed), of_twenty(seed, "test"), truth), seed)


def leaks(seed: int) -> Rows:
    """Report an accuracy on held-out pictures in a right and in two wrong ways, and what the same head is worth."""
    labels, truth = labels_of(seed)
    order, n = np.random.default_rng(seed).permutation(len(labels)), len(labels) // 5
    learn, held, test = order[n:], order[:n], of_twenty(seed, "test")
    for recipe in ("gentle", "strong"):
        views, plain = of_twenty(seed, recipe), of_twenty(seed, "as they are")
        copies = np.concatenate([plain, views[:FEW]])
        score = _scorer(copies[:, learn].reshape(-1, test.shape[1]), np.tile(labels[learn], len(copies)))
        reported = {"split first": score(plain[0, held], labels[held])}
        reported["validation changed"] = np.mean([score(view[held], labels[held]) for view in views[FEW:]])
        for how, share in reported.items():
            yield "reported", f"{how}, {recipe}", share
            yield "test", f"{how}, {recipe}", score(test, truth)
        # Copies are split in place of pictures, so most of those that are held out have twins that are learnt from.
        flat, names = copies.reshape(-1, test.shape[1]), np.tile(labels, len(copies))
        out, rest = np.split(np.random.default_rng(seed).permutation(len(flat)), [len(flat) // 5])
        score = _scorer(flat[rest], names[rest])
        yield "reported", f"copies split, {recipe}", score(flat[out], names[out])
        yield "test", f"copies split, {recipe}", score(test, truth)


def _scorer(vectors: np.ndarray, labels: np.ndarray) -> Callable[[np.ndarray, np.ndarray], float]:
    """Return how often logistic regression that was fitted to these is right about others."""
    with threadpool_limits(1):
        return LogisticRegression(max_iter=1000).fit(vectors, labels).score


def views(seed: int) -> Rows:
    """Train on 1, 4, 16 stored views of ten pictures of each species, and on a fresh view each time."""
    labels, truth = labels_of(seed)
    few = pd.Series(labels).groupby(labels).cumcount().to_numpy() < 10
    pictures, look = part_of(twenty(seed), "train")[0][few], last()
    found = seen(look, f"twenty-{seed}-few-gentle", pictures, FRESH, seed, "gentle")
    for n in (1, 4, 16, FRESH):
        head = head_on(found[:n], labels[few], seed)
        arm = f"{n} stored" if n < FRESH else "fresh"
        yield from grouped(arm, right(head, of_twenty(seed, "test"), truth), seed)


def tests(seed: int) -> Rows:
    """Average the answers for several views of every second test picture."""
    labels, truth = labels_of(seed)
    pictures = part_of(twenty(seed), "test")[0][::2]
    asked = seen(last(), f"twenty-{seed}-asked-gentle", pictures, 8, seed + 50, "gentle")
    for trained in ("as they are", "gentle"):
        head = head_on(of_twenty(seed, trained), labels, seed)
        plain, *changed = (_shares(head, one) for one in (of_twenty(seed, "test")[::2], *asked))
        answers = {"the picture": plain} | {f"{n} views": np.mean(changed[:n], axis=0) for n in (1, 4, 8)}
        for how, shares in answers.items():
            correct = shares.argmax(axis=1) == truth[::2]
            yield f"trained {trained}, {how}", "twenty species", correct.mean()


def _shares(head: keras.Model, vectors: np.ndarray) -> np.ndarray:
    return keras.ops.convert_to_numpy(keras.ops.softmax(head.predict(vectors, batch_size=512, verbose=0)))


PARTS = {"pair": of_pair, "change": change, "flips": flips, "leaks": leaks, "views": views, "tests": tests}


def main(arguments: Sequence[str] | None = None) -> None:
    """Compute what the table lacks, and write it after each part."""
    program = parser(__doc__)
    program.add_argument("--seeds", type=int, default=5, help="how many draws of pictures")
    program.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; by default all")
    chosen = program.parse_args(arguments)
    table = pd.read_csv(TABLE) if TABLE.exists() else pd.DataFrame(columns=COLUMNS)
    for seed in range(chosen.seeds):
        for part in chosen.parts or PARTS:
            if not ((table["part"] == part) & (table["seed"] == seed)).any():
                rows = [
                    (part, data_set, BACKBONE, arm, seed, share) for arm, data_set, share in PARTS[part](seed)
                ]
                found = pd.DataFrame(rows, columns=COLUMNS)
                table = pd.concat([table, found]) if len(table) else found
                table.round(4).to_csv(TABLE, index=False)
                print(found.to_string(index=False, header=False), flush=True)


if __name__ == "__main__":
    main()
