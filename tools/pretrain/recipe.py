"""The recipe of our own backbones: settings, network, optimiser, and how its training pictures vary.

Small pictures first, full size last (progressive resizing: Howard, fast.ai on DAWNBench, 2018; Tan and Le,
EfficientNetV2, 2021, section 4), random resized crops and flips, colour jitter, cutout (DeVries and Taylor,
2017), label smoothing, SGD with Nesterov momentum, a warm-up and half a cosine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones.anatomy import leaf_layers
from course_utils.backbones.networks import build_body
from course_utils.backbones.preprocessing import preprocess
from course_utils.backbones.records import BackboneRecord
from tools.pretrain import source_pictures as source

PIXEL_SPREAD = 64  # standard deviation of the drawn pictures' pixels, 0-255
OPTIMIZERS = {
    "sgd": partial(keras.optimizers.SGD, momentum=0.9, nesterov=True),
    "adamw": keras.optimizers.AdamW,
}


@dataclass(frozen=True)
class Settings:
    """All that the result depends on, besides the pictures."""

    per_class: int = 220
    bird_times: int = (
        4  # birds and pets differ in small marks, so the network sees more of them than of things
    )
    pet_times: int = 2
    epochs: int = 28
    batch_size: int = 64
    seed: int = 0
    limit: int | None = None
    learning_rate: float = 0.1  # at batch size 64; grows in proportion
    weight_decay: float = 1e-4
    label_smoothing: float = 0.1
    warmup_epochs: int = 2
    optimizer: str = "sgd"  # a key of OPTIMIZERS
    he: bool = False  # for networks without BatchNorm; see `start_like_he`
    clip: float | None = None  # the longest gradient, all weights together


def picture_size(epoch: int, epochs: int, smallest: int = 0) -> int:
    """Side of the training pictures in pixels: 64 for 40 % of the epochs, 80 for 30 %, 96 for the rest.

    Parameters
    ----------
    smallest : the least that the network can take; a smaller size is left out for the next.
    """
    done = epoch / epochs
    return 64 if done < 0.4 and smallest <= 64 else 80 if done < 0.7 and smallest <= 80 else 96


def build_network(record: BackboneRecord, n_classes: int, px: int | None = None) -> keras.Model:
    """A record's network with a fresh top: pixels 0-255 in, logits out. `px=None` takes any size."""
    body = build_body(record, px)
    for layer in body.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.97  # Keras' 0.999 lags thousands of steps behind a short run
    pixels = keras.Input((px, px, 3), name="pixels")
    features = body(preprocess(pixels, record.preprocessing))
    logits = keras.layers.Dense(n_classes, name="top")(features)
    return keras.Model(pixels, logits, name=record.name)


def start_like_he(network: keras.Model) -> None:
    """Draw the kernels anew as He and others (2015) do, for as much to come out of a ReLU as goes in.

    For networks without BatchNorm: what goes through sixteen layers with Keras' own kernels fades away. The first
    kernel is smaller by as much as pixels in caffe's range are larger than 1.
    """
    convolutions = [layer for layer in leaf_layers(network) if isinstance(layer, keras.layers.Conv2D)]
    for layer in convolutions:
        layer.kernel.assign(keras.initializers.HeNormal()(layer.kernel.shape))
    convolutions[0].kernel.assign(convolutions[0].kernel / PIXEL_SPREAD)


def compile_network(network: keras.Model, settings: Settings, steps_per_epoch: int) -> None:
    """Give the network its optimiser and loss; the learning rate follows the optimiser's own step counter."""
    warmup = min(settings.warmup_epochs, settings.epochs // 2) * steps_per_epoch
    peak = settings.learning_rate * settings.batch_size / 64
    rate = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=peak / 100 if warmup else peak,
        warmup_target=peak if warmup else None,
        warmup_steps=warmup,
        decay_steps=max(1, settings.epochs * steps_per_epoch - warmup),
    )
    build = OPTIMIZERS[settings.optimizer]
    optimizer = build(rate, weight_decay=settings.weight_decay, global_clipnorm=settings.clip)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])  # kernels only
    optimizer.build(network.trainable_variables)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=settings.label_smoothing)
    network.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)  # XLA is slower on two cores


def draw_changes(n: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Draw how to change `n` pictures: crop boxes (n, 4), gains (n, 3), shifts (n, 1), holes (n, 4).

    A box is (y1, x1, y2, x2) in 0..1; one with x1 > x2 mirrors the picture. A hole has the same form; an
    empty one is no hole.
    """
    area, aspect = rng.uniform(0.7, 1.0, n), np.exp(rng.uniform(np.log(0.8), np.log(1.25), n))
    height, width = np.minimum(1, np.sqrt(area / aspect)), np.minimum(1, np.sqrt(area * aspect))
    y, x = rng.uniform(0, 1 - height), rng.uniform(0, 1 - width)
    mirrored = rng.random(n) < 0.5
    left, right = np.where(mirrored, x + width, x), np.where(mirrored, x, x + width)
    contrast = rng.uniform(0.75, 1.25, (n, 1))
    gains = contrast * rng.uniform(0.92, 1.08, (n, 3))
    shifts = 127.5 * (1 - contrast) + rng.uniform(-25, 25, (n, 1))
    side = rng.uniform(0.1, 0.3, n) * (rng.random(n) < 0.5)
    top, start = rng.uniform(0, 1 - side), rng.uniform(0, 1 - side)
    boxes = np.stack([y, left, y + height, right], axis=1)
    holes = np.stack([top, start, top + side, start + side], axis=1)
    return tuple(a.astype("float32") for a in (boxes, gains, shifts, holes))


@tf.function
def change(images, boxes, gains, shifts, holes, size: int):
    """Crop, mirror, resize, recolour and pierce a batch of uint8 pictures; float pixels 0-255 out."""
    x = tf.image.crop_and_resize(
        images, boxes, tf.range(tf.shape(images)[0]), (size, size)
    )  # (b, size, size, 3)
    x = tf.clip_by_value(x * gains[:, None, None] + shifts[:, None, None], 0, 255)
    at = (tf.range(size, dtype=tf.float32) + 0.5)[None] / size  # (1, size)
    rows = (at >= holes[:, 0:1]) & (at < holes[:, 2:3])  # (b, size)
    columns = (at >= holes[:, 1:2]) & (at < holes[:, 3:4])
    hole = rows[:, :, None, None] & columns[:, None, :, None]
    return tf.where(hole, 127.5, x)


def epoch_order(n_pictures: int, settings: Settings, rng: np.random.Generator) -> np.ndarray:
    """Order of one epoch: shuffled, cut to `limit` and to whole batches."""
    order = rng.permutation(n_pictures)[: settings.limit]
    return order[: steps_per_epoch(n_pictures, settings) * settings.batch_size]


def steps_per_epoch(n_pictures: int, settings: Settings) -> int:
    return max(1, min(n_pictures, settings.limit or n_pictures) // settings.batch_size)


def training_batches(
    pictures: source.Pictures, settings: Settings, epoch: int, size: int
) -> Iterator[tuple[tf.Tensor, tf.Tensor]]:
    """Yield one epoch of changed pictures of this size, float 0-255, and their classes, one-hot.

    All chance comes from (seed, epoch), so a resumed run sees the same pictures as one that was left alone.
    A plain loop: behind `tf.data.Dataset.from_generator` a step of VGG19 took 1.8 times as long on two cores.
    """
    rng = np.random.default_rng([settings.seed, epoch])
    order = epoch_order(len(pictures), settings, rng)
    for images, labels in source.batches(pictures, order, settings.batch_size):
        yield (
            change(images, *draw_changes(len(images), rng), size),
            tf.one_hot(labels, len(pictures.class_names)),
        )
