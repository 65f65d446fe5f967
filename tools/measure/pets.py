"""Measure what lessons 10 and 10x say of pets beyond what they compute themselves, and write `data/pets.csv`.

    python -m tools.measure.pets               all parts, some twenty minutes on two cores
    python -m tools.measure.pets frozen luck   some of them; the other rows stay

A row is one figure: part, pets ("drawn" or "real"), what, seed, value. The real photos are those of COURSE_REAL_DATA
(default ../shared/real beside the checkout); without them their rows stay as they are.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.project import REAL, REPO, before_tensorflow, parser

before_tensorflow()

import keras
import numpy as np
import pandas as pd
from PIL import Image, ImageOps
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from course_utils import comparison, sketchbook
from course_utils.backbones import load_backbone
from course_utils.backbones.hub import HubLayer
from course_utils.backbones.hub_modules import own_module
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset, load_pets, met_before
from course_utils.drafts import whole_file
from course_utils.environment.course import PETS, PROFILES
from course_utils.paths import data_folder, fill_once

FOLDER = REPO / "build" / "measure"
TABLE = data_folder() / "pets.csv"
COLUMNS = ["part", "pets", "what", "seed", "value"]
SEEDS, DRAWS, FEW = range(5), 30, 5
GREY, WHITE = np.uint8(128), np.uint8(255)
REAL_PETS, REAL_TRIMAPS = REAL / "oxford_iiit_pet", REAL / "pet_trimaps" / "oxford_iiit_pet"
BACKBONES = {"drawn": PROFILES["sketch"], "real": PROFILES["photo"]}

Figure = tuple[str, str, int, float]  # pets, what, seed, value


def drawn_folder(seed: int, per_breed: int = PETS["per_breed"]) -> Path:
    folder = FOLDER / f"pets-{sketchbook.source_digest()}-{per_breed}-{seed}"
    return fill_once(folder, lambda draft: sketchbook.make_pets(draft, per_breed, seed, processes=1))


@cache
def vectors_of(pets: str, seed: int, per_breed: int = PETS["per_breed"]) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the vectors of drawn pets, or of all real ones, and their table with `known`."""
    dataset = load_pets(drawn_folder(seed, per_breed) if pets == "drawn" else REAL_PETS)
    features = BottleneckCache(FOLDER / "bottlenecks").extract(load_backbone(BACKBONES[pets][0]), dataset)
    table = features.table.assign(known=features.table["class_name"].map(met_before).astype(bool))
    return np.asarray(features.vectors), table.reset_index(drop=True)


def answers(vectors: np.ndarray, labels: np.ndarray, learn: np.ndarray, judge: np.ndarray) -> np.ndarray:
    """Train a head on the rows `learn` and return what it says of the rows `judge`."""
    with threadpool_limits(1):
        head = LogisticRegression(max_iter=1000).fit(vectors[learn], labels[learn])
    return head.predict(vectors[judge])


def few_of_each(labels: np.ndarray, pool: np.ndarray, n: int, seed: int) -> np.ndarray:
    """Return n random rows of each class out of a pool of rows."""
    rows = pd.Series(np.random.default_rng(seed).permutation(pool))
    return rows.groupby(labels[rows]).head(n).to_numpy()


def frozen() -> Iterator[Figure]:
    """A head on all training pictures; of real pets five of ten photos of each breed, divided anew by each seed."""
    for pets in BACKBONES if REAL_PETS.is_dir() else ["drawn"]:
        for seed in SEEDS:
            vectors, table = vectors_of(pets, seed if pets == "drawn" else 0)
            labels, rows = table["label"].to_numpy(), np.arange(len(table))
            learn = (
                rows[table["split"] == "train"] if pets == "drawn" else few_of_each(labels, rows, FEW, seed)
            )
            judge = np.setdiff1d(rows, learn)
            said = answers(vectors, labels, learn, judge)
            yield from shares(pets, seed, table, judge, said)


def shares(
    pets: str, seed: int, table: pd.DataFrame, judge: np.ndarray, said: np.ndarray
) -> Iterator[Figure]:
    """How many answers are right: of all, of breeds that the backbone had met and others; and the species of all."""
    species = table.groupby("label")["species"].first()
    of, known = table.iloc[judge], table["known"].to_numpy()[judge]
    right = of["label"].to_numpy() == said
    for what, mask in (("all", known | ~known), ("seen", known), ("unseen", ~known)):
        yield pets, what, seed, right[mask].mean()
    kind = species[said].to_numpy() == of["species"].to_numpy()
    yield pets, "species", seed, kind.mean()
    yield pets, "species of wrong breeds", seed, kind[~right].mean()


def luck() -> Iterator[Figure]:
    """Thirty draws of five pictures of each breed: what moves the accuracy, as standard deviations.

    Drawn pets: draws from the twenty of lesson 10x, and `fresh` ones, each of pictures that no other has.
    """
    for seed in SEEDS:
        vectors, table = vectors_of("drawn", seed)
        labels, train = table["label"].to_numpy(), (table["split"] == "train").to_numpy()
        learn = [few_of_each(labels, np.flatnonzero(train), FEW, draw) for draw in range(DRAWS)]
        yield from components("drawn", "5 of 20", seed, vectors, table, np.flatnonzero(~train), learn)
    vectors, table = vectors_of("drawn", 0)
    test = np.flatnonzero(table["split"] == "test")
    more, fresh = vectors_of("drawn", 100, FEW * DRAWS)
    place = fresh.groupby("label").cumcount().to_numpy() // FEW
    learn = [len(table) + np.flatnonzero(place == draw) for draw in range(DRAWS)]
    both = pd.concat([table, fresh], ignore_index=True)
    stacked = np.concatenate([vectors, more])
    yield from components("drawn", "5 fresh ones", 0, stacked, both, test, learn)
    if REAL_PETS.is_dir():
        vectors, table = vectors_of("real", 0)
        labels, train = table["label"].to_numpy(), (table["split"] == "train").to_numpy()
        draws = [few_of_each(labels, np.flatnonzero(train), 3, draw) for draw in range(DRAWS)]
        yield from components("real", "3 of 5", 0, vectors, table, np.flatnonzero(~train), draws)


def components(
    pets: str,
    which: str,
    seed: int,
    vectors: np.ndarray,
    table: pd.DataFrame,
    test: np.ndarray,
    draws: list[np.ndarray],
) -> Iterator[Figure]:
    labels = table["label"].to_numpy()
    right = np.stack([answers(vectors, labels, learn, test) == labels[test] for learn in draws])
    known = table["known"].to_numpy()[test]
    for group, mask in (("all", known | ~known), ("seen", known), ("unseen", ~known)):
        yield pets, f"{which}, {group}: mean", seed, right[:, mask].mean()
        found = comparison.variance_components(right[:, mask], labels[test][mask])
        for part, row in found.iterrows():
            yield pets, f"{which}, {group}: {part}", seed, row["sd"]


def forms_of(folder: Path, dataset: ImageDataset, size: int) -> dict[str, np.ndarray]:
    """Return the pictures whole, and by their trimaps: the animal alone, the background alone, the shape alone."""
    found: dict[str, list[np.ndarray]] = {}
    for row in dataset.table.itertuples():
        trimap = Image.open(folder / "annotations/trimaps" / f"{row.image}.png")
        nearest = ImageOps.fit(trimap, (size, size), Image.Resampling.NEAREST)
        animal = (np.asarray(nearest) != 2)[:, :, None]
        whole = np.asarray(ImageOps.fit(Image.open(row.path).convert("RGB"), (size, size)))
        box = np.zeros_like(animal)
        sides = [np.flatnonzero(animal.any(axis=(1 - k, 2))) for k in (0, 1)]
        box[np.ix_(*(np.arange(side.min(), side.max() + 1) for side in sides))] = True
        forms = {
            "whole picture": whole,
            "animal alone": np.where(animal, whole, GREY),
            "background alone": np.where(animal, GREY, whole),
            "shape alone": np.where(animal, WHITE, np.zeros_like(whole)),
            "background without a box": np.where(box, GREY, whole),
            "box alone": np.where(box, WHITE, np.zeros_like(whole)),
        }
        for name, pixels in forms.items():
            found.setdefault(name, []).append(pixels)
    return {name: np.stack(pixels) for name, pixels in found.items()}


def parts() -> Iterator[Figure]:
    """A head for each form of the pictures; a line "A, then B" is one that learnt from A and is examined on B.

    Real photos: three breeds that we have trimaps of, 12 of 24 photos of each for training, divided anew by each seed.
    """
    for pets in BACKBONES if REAL_TRIMAPS.is_dir() else ["drawn"]:
        name, size = BACKBONES[pets]
        for seed in SEEDS:
            if pets == "drawn" or not seed:
                folder = drawn_folder(seed) if pets == "drawn" else REAL_TRIMAPS
                dataset = load_pets(folder)
                backbone, labels = load_backbone(name), dataset.table["label"].to_numpy()
                vectors = {
                    k: backbone.predict(v, verbose=0) for k, v in forms_of(folder, dataset, size).items()
                }
            rows, split = np.arange(len(labels)), dataset.table["split"].to_numpy()
            learn = rows[split == "train"] if pets == "drawn" else few_of_each(labels, rows, 12, seed)
            judge = np.setdiff1d(rows, learn)
            for one, other in [(k, k) for k in vectors] + [("whole picture", "animal alone")]:
                with threadpool_limits(1):
                    head = LogisticRegression(max_iter=1000).fit(vectors[one][learn], labels[learn])
                share = (head.predict(vectors[other][judge]) == labels[judge]).mean()
                yield pets, one if one == other else f"{one}, then {other}", seed, share


def hub() -> Iterator[Figure]:
    """The module of TF Hub behind dropout and one layer: frozen, then fine-tuned, its BatchNorm at rest; then loaded.

    The frozen head is trained until it gains no more, on the module's vectors, so that fine-tuning is not credited with
    what mere patience would bring.
    """
    handle = own_module(BACKBONES["drawn"][0], FOLDER)
    for seed in SEEDS:
        dataset = load_pets(drawn_folder(seed))
        images = dataset.images(range(len(dataset)), BACKBONES["drawn"][1]).astype("float32") / 255
        table = dataset.table.assign(known=dataset.table["class_name"].map(met_before).astype(bool))
        labels, train = table["label"].to_numpy(), (table["split"] == "train").to_numpy()
        keras.utils.set_random_seed(seed)
        layer = HubLayer(handle)
        pixels, vectors = keras.Input(images.shape[1:]), keras.Sequential([layer]).predict(images, verbose=0)
        last = keras.layers.Dense(len(dataset.class_names), "softmax")
        head = keras.Sequential([keras.layers.Dropout(0.25), last])
        model = keras.Sequential([pixels, layer, *head.layers])
        fit(head, vectors[train], labels[train], 5e-4, 200)
        yield from hub_shares("frozen", model, seed, images, table)
        layer.trainable = True
        fit(model, images[train], labels[train], 2e-4, 15)
        yield from hub_shares("fine-tuned", model, seed, images, table)
        model.save(FOLDER / "hub.keras")
        yield from hub_shares("loaded", keras.saving.load_model(FOLDER / "hub.keras"), seed, images, table)


def hub_shares(
    what: str, model: keras.Model, seed: int, images: np.ndarray, table: pd.DataFrame
) -> Iterator[Figure]:
    judge = np.flatnonzero(table["split"] == "test")
    said = model.predict(images[judge], verbose=0).argmax(axis=1)
    for pets, group, _, value in shares("drawn", seed, table, judge, said):
        yield pets, f"{what}, {group}", seed, value


def fit(model: keras.Model, inputs: np.ndarray, labels: np.ndarray, rate: float, epochs: int) -> None:
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(inputs, labels, batch_size=32, epochs=epochs, verbose=0)


PARTS = {"frozen": frozen, "luck": luck, "parts": parts, "hub": hub}


def main(arguments: list[str] | None = None) -> None:
    args = read_arguments(arguments)
    for part in args.parts or PARTS:
        rows = pd.DataFrame([(part, *figure) for figure in PARTS[part]()], columns=COLUMNS)
        write(rows)
        print(
            rows.groupby(["pets", "what"], sort=False)["value"]
            .agg(["mean", "min", "max"])
            .round(4)
            .to_string()
        )


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    program = parser(__doc__)
    program.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    args = program.parse_args(arguments)
    if unknown := set(args.parts) - set(PARTS):
        program.error(f"PART must be of {', '.join(PARTS)}. Received: {' '.join(sorted(unknown))}")
    return args


def write(rows: pd.DataFrame) -> None:
    """Put rows in place of those of the same part and pets."""
    before = pd.read_csv(TABLE) if TABLE.is_file() else pd.DataFrame(columns=COLUMNS)
    new = set(zip(rows["part"], rows["pets"], strict=True))
    kept = [key not in new for key in zip(before["part"], before["pets"], strict=True)]
    table = pd.concat([before[kept], rows] if any(kept) else [rows])
    with whole_file(TABLE) as stream:
        stream.write(table.to_csv(index=False, float_format="%.4f", lineterminator="\n").encode())


if __name__ == "__main__":
    main()
