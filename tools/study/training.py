"""One training of the study: features, a linear head, and where the arm says so the whole network."""

import time
from dataclasses import replace

import keras
import numpy as np

from course_utils import finetune, heads
from course_utils.backbones.anatomy import leaf_layers
from course_utils.backbones.records import BackboneRecord
from course_utils.bottlenecks import BottleneckCache, Features
from course_utils.datasets import ImageDataset
from tools.pretrain import recipe as pretraining
from tools.pretrain import zoo
from tools.study import networks
from tools.study.arms import Arm, Recipe, Scratch
from tools.study.sets import KNOWN

SHIFT = 0.1  # at most, as a share of the side


class Trainer:
    """Trains one backbone in one way for a number of classes, once for each seed.

    The network is built and compiled once: tracing it takes longer than many a training.
    """

    def __init__(self, record: BackboneRecord, arm: Arm, n_classes: int, cache: BottleneckCache):
        self.record, self.arm, self.n_classes, self._cache = record, arm, n_classes, cache
        self._backbone = self._model = None

    def run(self, dataset: ImageDataset, seed: int) -> tuple[np.ndarray, float]:
        """Return for each test picture whether it is named right, and the seconds that this took."""
        start = time.perf_counter()
        if isinstance(self.arm.recipe, Scratch):
            scores = self._from_scratch(dataset, seed)
        else:
            scores = self._after_pretraining(dataset, seed)
        return scores.argmax(axis=1) == dataset.rows("test")["label"].to_numpy(), time.perf_counter() - start

    def _after_pretraining(self, dataset: ImageDataset, seed: int) -> np.ndarray:
        features = self._features(dataset, seed)
        train, test = features.split("train"), features.split("test")
        head = heads.fitted_head(train.vectors, train.labels, self.n_classes, seed)
        if self.arm.recipe is None:
            return logits(head, test.vectors)
        model = self._tunable(head, self.arm.recipe, len(train) // self.arm.recipe.batch_size)
        train_whole(model, *pixels(dataset, "train", self.record.size), self.arm.recipe, self.n_classes, seed)
        return logits(model, pixels(dataset, "test", self.record.size)[0])

    def _features(self, dataset: ImageDataset, seed: int) -> Features:
        if self._backbone is None or self.arm.random:
            self._backbone = networks.load(self.record, self.arm, seed)
            self._weights = self._backbone.get_weights()
        self._backbone.set_weights(self._weights)  # a training has changed them
        return self._cache.extract(self._backbone, dataset, progress=False)

    def _tunable(self, head: keras.Model, recipe: Recipe, steps: int) -> keras.Model:
        """Return backbone and head, ready to be trained from these weights on."""
        if self._model is None:
            finetune.unfreeze(self._backbone)
            self._model = heads.attach(self._backbone, head)
            compile_for(self._model, recipe, steps)
            self._start = [variable.numpy() for variable in self._model.optimizer.variables]
        self._model.layers[-1].set_weights(head.get_weights())
        for variable, value in zip(self._model.optimizer.variables, self._start, strict=True):
            variable.assign(value)
        return self._model

    def _from_scratch(self, dataset: ImageDataset, seed: int) -> np.ndarray:
        """Train the network as it was pre-trained, its BatchNorm too, on this data set alone."""
        x, y = pixels(dataset, "train", self.record.size)
        scratch = replace(self.arm.recipe, epochs=self.arm.recipe.epochs_for(len(x)))
        settings = replace(
            zoo.recipe_of(self.record.name), epochs=scratch.epochs, batch_size=scratch.batch_size
        )
        keras.utils.set_random_seed(seed)
        model = pretraining.build_network(self.record, self.n_classes, self.record.size)
        if settings.he:
            pretraining.start_like_he(model)
        pretraining.compile_network(model, settings, max(1, len(x) // scratch.batch_size))
        train_whole(model, x, y, scratch, self.n_classes, seed)
        return logits(model, pixels(dataset, "test", self.record.size)[0])


def compile_for(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> None:
    """Give a model the recipe's optimiser and loss."""
    has_norm = any(isinstance(layer, keras.layers.BatchNormalization) for layer in leaf_layers(model))
    rate = recipe.rate if has_norm or recipe.rate_without_norm is None else recipe.rate_without_norm
    if recipe.cosine:
        rate = keras.optimizers.schedules.CosineDecay(rate, recipe.epochs * max(1, steps_per_epoch))
    optimizer = keras.optimizers.get({"class_name": recipe.optimizer, "config": {"learning_rate": rate}})
    if recipe.momentum:
        optimizer.momentum = recipe.momentum
    optimizer.build(model.trainable_variables)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.label_smoothing)
    model.compile(optimizer, loss, jit_compile=False)


def train_whole(
    model: keras.Model, x: np.ndarray, y: np.ndarray, recipe: Recipe | Scratch, n_classes: int, seed: int
) -> None:
    """Train a compiled model on varied pictures, always in whole batches: another size would be traced anew."""
    rng, size = np.random.default_rng(seed), min(recipe.batch_size, len(x))
    targets = np.eye(n_classes, dtype="float32")[y]
    for _ in range(recipe.epochs):
        order = rng.permutation(len(x))[: len(x) // size * size]
        for rows in order.reshape(-1, size):
            model.train_on_batch(vary(x[rows], rng), targets[rows])


def vary(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return pictures (n, side, side, 3) mirrored, shifted by whole pixels, and with other brightness and contrast.

    As `tools.measure.experiments.fine_tuned` does with layers of Keras, which take longer to trace than this to run.
    """
    n, side = len(pictures), pictures.shape[1]
    margin = round(SHIFT * side)
    padded = np.pad(pictures, ((0, 0), (margin, margin), (margin, margin), (0, 0)), mode="symmetric")
    starts = rng.integers(0, 2 * margin + 1, (n, 2))
    shifted = np.stack(
        [picture[i : i + side, j : j + side] for picture, (i, j) in zip(padded, starts, strict=True)]
    )
    mirrored = np.where(rng.random((n, 1, 1, 1)) < 0.5, shifted[:, :, ::-1], shifted).astype("float32")
    brightness = 255 * rng.uniform(-0.12, 0.12, (n, 1, 1, 1)).astype("float32")
    contrast = rng.uniform(0.8, 1.2, (n, 1, 1, 1)).astype("float32")
    mean = mirrored.mean(axis=(1, 2), keepdims=True)
    return np.clip((mirrored - mean) * contrast + mean + brightness, 0, 255)


def pixels(dataset: ImageDataset, split: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all pictures of a split, uint8 (n, size, size, 3), and their labels (n,)."""
    rows = dataset.rows(split)
    return dataset.images(rows.index, size), rows["label"].to_numpy()


def logits(model: keras.Model, inputs: np.ndarray, batch_size: int = 128) -> np.ndarray:
    parts = (inputs[i : i + batch_size].astype("float32") for i in range(0, len(inputs), batch_size))
    return np.concatenate([keras.ops.convert_to_numpy(model.predict_on_batch(part)) for part in parts])


def shares(right: np.ndarray, dataset: ImageDataset) -> tuple[float, float | None, float | None]:
    """Return the share of all test pictures that are named right, of those of seen classes, and of the others."""
    rows = dataset.rows("test")
    if KNOWN not in rows:
        return float(right.mean()), None, None
    known = rows[KNOWN].to_numpy(bool)
    return float(right.mean()), *(
        float(right[group].mean()) if group.any() else None for group in (known, ~known)
    )
