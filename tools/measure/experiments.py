"""The experiments behind the figures the course states: each a function of a data set and a seed, in plain Keras.

`tools/measure/run.py` prints them as one table; the tests hold one seed of each to its band.
"""

import keras
import numpy as np
import pandas as pd
import tensorflow as tf

from course_utils import augmentation, evaluation, finetune, heads
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import ImageDataset

CROSS_ENTROPY = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def train_head(vectors: np.ndarray, labels: np.ndarray, n_classes: int, seed: int) -> keras.Model:
    """Train a linear head on vectors (n, d) and labels (n,): Adam, 32 at a time, 60 epochs."""
    keras.utils.set_random_seed(seed)
    head = heads.linear_head(vectors.shape[1], n_classes)
    head.compile(keras.optimizers.Adam(1e-3), CROSS_ENTROPY)
    head.fit(vectors, labels, batch_size=32, epochs=60, verbose=0)
    return head


def judge(model: keras.Model, x: np.ndarray, table: pd.DataFrame, class_names: list[str]) -> pd.DataFrame:
    """Return a model's predictions for test vectors or test pictures `x`, whose rows are those of `table`."""
    logits = model.predict(x, batch_size=128, verbose=0)
    return evaluation.predictions(tf.nn.softmax(logits).numpy(), table, class_names)


def frozen(
    backbone: keras.Model, dataset: ImageDataset, cache: BottleneckCache, seed: int, crop: bool = False
) -> tuple[keras.Model, pd.DataFrame]:
    """Frozen backbone and linear head: return the head, and its predictions for the test pictures."""
    features = cache.extract(backbone, dataset, crop=crop)
    train = features.split("train")
    head = train_head(train.vectors, train.labels, len(features.class_names), seed)
    test = features.split("test")
    return head, judge(head, test.vectors, test.table, features.class_names)


def pixels(dataset: ImageDataset, split: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all pictures of a split, float32 (n, size, size, 3) in 0..255, and their labels (n,)."""
    batches = list(dataset.batches(size, batch_size=256, split=split).as_numpy_iterator())
    images, labels = zip(*batches, strict=True)
    return np.concatenate(images), np.concatenate(labels)


def six_layer_convnet(size: int, n_classes: int) -> keras.Model:
    """Six convolutions that widen as the picture shrinks, then a linear head: a usual first network of one's own."""
    layers = [keras.Input((size, size, 3)), keras.layers.Rescaling(1 / 127.5, offset=-1)]
    for width in (32, 64, 128):
        layers += [keras.layers.Conv2D(width, 3, padding="same", activation="relu") for _ in range(2)]
        layers.append(keras.layers.MaxPooling2D())
    layers += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(n_classes)]
    return keras.Sequential(layers)


def from_scratch(dataset: ImageDataset, size: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Train a six-layer ConvNet until its validation loss stops improving; return predictions and learning curves.

    One training picture in five is held out to say when to stop; the best weights are kept.
    """
    keras.utils.set_random_seed(seed)
    x, y = pixels(dataset, "train", size)
    order = np.random.default_rng(seed).permutation(len(x))
    held_out, kept = np.split(order, [len(x) // 5])
    model = six_layer_convnet(size, len(dataset.class_names))
    model.compile(keras.optimizers.Adam(1e-3), CROSS_ENTROPY, metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=12, restore_best_weights=True)
    history = model.fit(
        x[kept], y[kept], validation_data=(x[held_out], y[held_out]), epochs=200, batch_size=32,
        callbacks=[stop], verbose=0,
    )  # fmt: skip
    x, _ = pixels(dataset, "test", size)
    predictions = judge(model, x, dataset.rows("test"), dataset.class_names)
    return predictions, pd.DataFrame(history.history)


def fine_tuned(
    backbone: keras.Model, head: keras.Model, dataset: ImageDataset, size: int, seed: int, epochs: int = 60
) -> float:
    """Fine-tune the whole backbone and the trained head on varied pictures; return the test accuracy.

    BatchNorm stays frozen. How to vary the pictures, for how long and how fast to train was chosen on data sets of
    other seeds.
    """
    keras.utils.set_random_seed(seed)
    x, y = pixels(dataset, "train", size)
    finetune.unfreeze(backbone)
    vary = augmentation.recipe("gentle")
    model = keras.Sequential([keras.Input((size, size, 3)), vary, heads.attach(backbone, head)])
    schedule = keras.optimizers.schedules.CosineDecay(1e-3, epochs * -(-len(x) // 32))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
    model.compile(keras.optimizers.Adam(schedule), loss)
    targets = keras.utils.to_categorical(y, len(dataset.class_names))
    model.fit(x, targets, batch_size=32, epochs=epochs, verbose=0)
    return accuracy(model, *pixels(dataset, "test", size))


def accuracy(model: keras.Model, x: np.ndarray, y: np.ndarray) -> float:
    return float((model.predict(x, batch_size=128, verbose=0).argmax(axis=1) == y).mean())


def wrong_range(
    backbone: keras.Model, dataset: ImageDataset, seed: int, scale: float, head: keras.Model | None = None
) -> float:
    """Feed the bare network pixels in a range it was not trained with; return the test accuracy.

    Parameters
    ----------
    scale : what pixels 0..255 are multiplied with: 1/255 gives 0..1; the network wants -1..1.
    head : one that was trained on the right range, so that only its use goes wrong; None: a head is trained on
        the wrong range, too.
    """
    size, network = backbone.input_shape[1], backbone.get_layer("network")

    def wrong(split: str) -> tuple[np.ndarray, np.ndarray]:
        x, y = pixels(dataset, split, size)
        return network.predict(x * scale, batch_size=128, verbose=0), y

    head = head or train_head(*wrong("train"), len(dataset.class_names), seed)
    return accuracy(head, *wrong("test"))
