"""Measure what augmentation gives and what its mistakes pretend, and write `data/augmentation.csv`.

    python -m tools.measure.augmentation_table            what is missing, for five seeds
    python -m tools.measure.augmentation_table --seeds 2  for two of them

Each seed has pictures of its own. All heads are linear and lie on frozen features of the mini backbone: `pair` on its
second layer, the others on its last. Pictures and features are kept in build/augmentation.
"""

from collections.abc import Callable, Iterator, Sequence

from tools.project import REPO, before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from course_utils import heads
from course_utils.drafts import whole_file
from tools.measure.augmentation_features import (
    BACKBONE,
    FEW,
    PAIR,
    PAIR_SIZES,
    early,
    elsewhere,
    kept,
    labels_of,
    of_twenty,
    pair,
    part_of,
    seen,
    twenty,
)
from tools.measure.experiments import CROSS_ENTROPY

TABLE = REPO / "data" / "augmentation.csv"
COLUMNS = ["part", "data_set", "backbone", "arm", "seed", "accuracy"]  # as `comparison.gains` takes them
TIMES = 32  # how often a training picture is learnt from, in whatever versions

Rows = Iterator[tuple[str, str, float]]  # arm, data set, accuracy


def head_on(
    views: np.ndarray, labels: np.ndarray, seed: int, rate: float = 1e-3, times: int = TIMES
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
    """Tell two look-alikes apart that differ in the colour of bill and legs, and by the end of the tail."""
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
    """Report an accuracy on held-out pictures in a right and in two wrong ways, and what the same heads are worth."""
    for recipe in ("gentle", "strong"):
        views, plain = of_twenty(seed, recipe), of_twenty(seed, "as they are")
        # few pictures are held out, so each fifth of them is, once
        folds = pd.DataFrame([_fold(seed, plain, views, fold) for fold in range(5)]).mean()
        for how in ("split first", "validation changed"):
            yield "reported", f"{how}, {recipe}", folds[how]
            yield "test", f"{how}, {recipe}", folds["test"]
        reported, on_test = _twins(seed, np.concatenate([plain, views[:FEW]]))
        yield "reported", f"copies split, {recipe}", reported
        yield "test", f"copies split, {recipe}", on_test


def _fold(seed: int, plain: np.ndarray, views: np.ndarray, fold: int) -> dict[str, float]:
    """Hold out every fifth picture, and learn from the others and their copies."""
    labels, truth = labels_of(seed)
    test, copies = of_twenty(seed, "test"), np.concatenate([plain, views[:FEW]])
    place = np.random.default_rng(seed).permutation(len(labels)) % 5
    learn, held = place != fold, place == fold
    score = _scorer(copies[:, learn].reshape(-1, test.shape[1]), np.tile(labels[learn], len(copies)))
    found = {"split first": score(plain[0, held], labels[held]), "test": score(test, truth)}
    found["validation changed"] = np.mean([score(view[held], labels[held]) for view in views[FEW:]])
    return found


def _twins(seed: int, copies: np.ndarray) -> tuple[float, float]:
    """Hold out every fifth copy: most of them have twins that are learnt from."""
    labels, truth = labels_of(seed)
    flat, names = copies.reshape(-1, copies.shape[-1]), np.tile(labels, len(copies))
    held = np.random.default_rng(seed).permutation(len(flat)) % 5 == 0
    score = _scorer(flat[~held], names[~held])
    return score(flat[held], names[held]), score(of_twenty(seed, "test"), truth)


def _scorer(vectors: np.ndarray, labels: np.ndarray) -> Callable[[np.ndarray, np.ndarray], float]:
    """Return how often logistic regression that was fitted to these is right about others."""
    with threadpool_limits(1):
        return LogisticRegression(max_iter=1000).fit(vectors, labels).score


PARTS = {"pair": of_pair, "change": change, "flips": flips, "leaks": leaks}


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
                with whole_file(TABLE) as stream:
                    stream.write(table.round(4).to_csv(index=False, lineterminator="\n").encode())
                print(found.to_string(index=False, header=False), flush=True)


if __name__ == "__main__":
    main()
