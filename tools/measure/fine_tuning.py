"""One fine-tuning of the small backbone on twenty drawn birds, and what it leaves of the source classes.

`tools/measure/fine_tuning_table.py` says which there are.
"""

import math
from dataclasses import dataclass, replace
from functools import cache

import keras
import numpy as np

from course_utils import finetune, heads, probes, sketchbook
from course_utils.backbones import load_backbone, load_classifier
from course_utils.backbones.anatomy import leaf_layers
from course_utils.datasets import ImageDataset
from tools.measure import experiments
from tools.study import training

BATCH = 32
OF_SOURCE = 5  # test pictures of each source class, and as many for the probe to learn from


@dataclass(frozen=True)
class Settings:
    """One training.

    Attributes
    ----------
    head : "trained" on the frozen backbone first, or "fresh": random weights, as Keras gives them.
    depth : the first block of the backbone that trains, "all" for the whole, "head" for none.
    norm : what BatchNorm layers do from there on, "frozen" or "training".
    rate, head_rate : of the backbone and of the head, at the start: both fall to zero by half a cosine.
    epochs : 0 leaves all as it is after the head.
    per_class : training pictures of each species. With `held`, one in five of them only validates.
    """

    seed: int
    head: str = "trained"
    depth: str = "all"
    norm: str = "frozen"
    optimizer: str = "adam"
    rate: float = 1e-3
    head_rate: float = 1e-3
    epochs: int = 15
    per_class: int = 20
    held: bool = False
    smoothing: float = 0.1
    cosine: bool = True

    @property
    def goes_back(self) -> bool:
        """Whether a mean of old and new weights is judged as well: awake norms would make it another question."""
        return self.epochs > 0 and self.norm == "frozen" and self.depth == "all" and not self.held

    @property
    def network(self) -> "Settings":
        """What decides how the model is compiled: trainings that share it share the model."""
        return replace(
            Settings(0), **{k: getattr(self, k) for k in ("depth", "norm", "optimizer", "smoothing")}
        )


@dataclass(frozen=True)
class Outcome:
    """Shares that are named right.

    Attributes
    ----------
    validation : of the pictures held back; None where none were.
    learnt, seen, unseen : of the test pictures: all, of species that the backbone was trained on, of others.
    kept : of pictures of the source classes, by the backbone's original last layer.
    kept_birds : of those, the birds.
    probe : of the same pictures, by a linear layer that is fitted anew on what the backbone says now.
    half_learnt, half_unseen, half_kept : the same with the mean of the backbone's old and new weights; None
        unless `Settings.goes_back`.
    """

    validation: float | None
    learnt: float
    seen: float
    unseen: float
    kept: float
    kept_birds: float
    probe: float
    half_learnt: float | None
    half_unseen: float | None
    half_kept: float | None


def _two_rates(base: type[keras.optimizers.Optimizer]) -> type[keras.optimizers.Optimizer]:
    class TwoRates(base):
        """Its learning rate is the head's; the backbone's is `share` of it."""

        def update_step(self, gradient, variable, learning_rate):
            scale = 1.0 if id(variable) in self.of_head else self.share
            super().update_step(gradient, variable, learning_rate * scale)

    return TwoRates


ADAM, SGD = _two_rates(keras.optimizers.Adam), _two_rates(keras.optimizers.SGD)


class Trainer:
    """Trains one network after another in a model that is compiled once: tracing takes longer than many a training."""

    def __init__(self, network: Settings, n_classes: int):
        self.backbone = load_backbone("mini_mobilenet_v2")
        self._weights = self.backbone.get_weights()
        self.head = heads.linear_head(self.backbone.output_shape[-1], n_classes)
        self.model = heads.attach(self.backbone, self.head)
        self._free(network)
        optimizer = ADAM() if network.optimizer == "adam" else SGD(momentum=0.9)
        optimizer.share = keras.Variable(1.0, trainable=False, name="share")
        optimizer.of_head = {id(variable.value) for variable in self.head.trainable_variables}
        optimizer.build(self.model.trainable_variables)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=network.smoothing)
        self.model.compile(optimizer, loss, jit_compile=False)
        self._optimizer = [variable.numpy() for variable in optimizer.variables]

    def _free(self, network: Settings) -> None:
        if network.depth == "head":
            finetune.freeze(self.model)
            return
        finetune.unfreeze(self.model, None if network.depth == "all" else network.depth)
        if network.norm == "training":
            layers, awake = list(leaf_layers(finetune.find_network(self.model))), False
            for layer in layers:
                awake = awake or layer.trainable and bool(layer.weights)
                layer.trainable = layer.trainable or awake

    def train(self, settings: Settings, head: list[np.ndarray], x: np.ndarray, y: np.ndarray) -> None:
        """Train from the pre-trained backbone and the weights of a head on; BatchNorm as it was freed."""
        self.backbone.set_weights(self._weights)
        self.head.set_weights(head)
        optimizer = self.model.optimizer
        for variable, value in zip(optimizer.variables, self._optimizer, strict=True):
            variable.assign(value)
        optimizer.share.assign(settings.rate / settings.head_rate)
        rng, size = np.random.default_rng(settings.seed), min(BATCH, len(x))
        targets = np.eye(head[1].size, dtype="float32")[y]
        steps, step = settings.epochs * (len(x) // size), 0
        for _ in range(settings.epochs):
            order = rng.permutation(len(x))[: len(x) // size * size]
            for rows in order.reshape(-1, size):
                fall = (1 + math.cos(math.pi * step / steps)) / 2 if settings.cosine else 1.0
                optimizer.learning_rate = settings.head_rate * fall
                self.model.train_on_batch(training.vary(x[rows], rng), targets[rows])
                step += 1

    def go_half_way_back(self) -> None:
        """Give the backbone the mean of its old weights and those that it has now."""
        pairs = zip(self._weights, self.backbone.get_weights(), strict=True)
        self.backbone.set_weights([(old + new) / 2 for old, new in pairs])

    def right(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return training.logits(self.head, self.vectors(x)).argmax(axis=1) == y

    def vectors(self, x: np.ndarray) -> np.ndarray:
        return training.logits(self.backbone, x)

    def old_answers(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return vectors, and whether the backbone's original last layer names the pictures right by them."""
        weights, biases = original_top()
        vectors = self.vectors(x)
        return vectors, (vectors @ weights + biases).argmax(axis=1) == y


class Birds:
    """The pictures of one seed, and the head that is trained on the frozen backbone."""

    def __init__(self, dataset: ImageDataset):
        self.n_classes = len(dataset.class_names)
        self.x, self.y = training.pixels(dataset, "train", 96)
        self.test_x, self.test_y = training.pixels(dataset, "test", 96)
        self.known = dataset.rows("test")["known"].to_numpy(bool)

    def parts(self, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows to train with, and those held back."""
        order = np.random.default_rng(settings.seed).permutation(len(self.y))
        place = np.empty(len(order), int)  # of each picture within its class
        for label in range(self.n_classes):
            rows = order[self.y[order] == label]
            place[rows] = np.arange(len(rows))
        rows = np.arange(len(order))
        drawn = place < settings.per_class
        held = drawn & (place % 5 == 0) & settings.held
        return rows[drawn & ~held], rows[held]


@cache
def source() -> tuple:
    """Return pictures of the source classes to ask and to fit a probe with, pixels and columns; which are birds."""
    names = load_classifier("mini_mobilenet_v2").class_names
    parts = []
    for split in ("test", "probe"):
        images, labels, drawn = sketchbook.source_images(OF_SOURCE, seed=7, split=split)
        parts += [images, np.array([names.index(name) for name in drawn])[labels]]
    is_bird = np.array([name in sketchbook.load_birds() for name in names])
    return *parts, is_bird


@cache
def original_top() -> tuple[np.ndarray, np.ndarray]:
    """Return weights and biases of the backbone's own last layer."""
    return tuple(list(leaf_layers(load_classifier("mini_mobilenet_v2").model))[-1].get_weights())


def judge(birds: Birds, trainer: Trainer, held: np.ndarray, half_way_back: bool) -> Outcome:
    """Ask a trained network about birds and source classes, then one with half of its old weights."""
    asked, truth, shown, labels, is_bird = source()
    test, (vectors, old) = trainer.right(birds.test_x, birds.test_y), trainer.old_answers(asked, truth)
    probed = probes.probe(trainer.vectors(shown), labels, vectors) == truth
    shares = [test, test[birds.known], test[~birds.known], old, old[is_bird[truth]], probed]
    validation = float(trainer.right(birds.x[held], birds.y[held]).mean()) if len(held) else None
    half = [None] * 3
    if half_way_back:
        trainer.go_half_way_back()
        test = trainer.right(birds.test_x, birds.test_y)
        half = [float(one.mean()) for one in (test, test[~birds.known], trainer.old_answers(asked, truth)[1])]
    return Outcome(validation, *(float(share.mean()) for share in shares), *half)


@cache
def _trained_head(birds: Birds, settings: Settings) -> list[np.ndarray]:
    rows, _ = birds.parts(settings)
    vectors = training.logits(load_backbone("mini_mobilenet_v2"), birds.x[rows])
    return experiments.train_head(vectors, birds.y[rows], birds.n_classes, settings.seed).get_weights()


def starting_head(birds: Birds, settings: Settings) -> list[np.ndarray]:
    """Return weights and biases to begin with."""
    if settings.head == "trained":
        data = replace(Settings(settings.seed), per_class=settings.per_class, held=settings.held)
        return _trained_head(birds, data)
    keras.utils.set_random_seed(settings.seed)
    layer = keras.layers.Dense(birds.n_classes)
    layer.build((None, 1280))
    return layer.get_weights()


def run(trainer: Trainer, birds: Birds, settings: Settings) -> Outcome:
    rows, held = birds.parts(settings)
    trainer.train(settings, starting_head(birds, settings), birds.x[rows], birds.y[rows])
    return judge(birds, trainer, held, half_way_back=settings.goes_back)
