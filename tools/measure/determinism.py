"""Find out what it takes to train to the same weights twice on a CPU; prints a table.

    python -m tools.measure.determinism

Each case trains three times in processes of their own: twice on all cores and once on one (Linux). `lessons/README.md`
says what follows for lessons.
"""

import hashlib
import subprocess
import sys
from collections.abc import Sequence

from tools.project import REPO, before_tensorflow, parser

CASES = ("head", "convolutions", "random tf.data")
WAYS = ("seed", "seed and op determinism")
CLASSES, PICTURES, SIZE, WIDTH = 10, 200, 96, 1280


def train(case: str, way: str) -> str:
    """Train a small network on noise and return a digest of its weights."""
    before_tensorflow()
    import keras
    import numpy as np
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    if way == WAYS[1]:
        tf.config.experimental.enable_op_determinism()
    shape = (WIDTH,) if case == "head" else (SIZE, SIZE, 3)
    pictures = np.random.default_rng(0).uniform(0, 255, (PICTURES, *shape)).astype(np.float32)
    labels = np.arange(PICTURES) % CLASSES
    model = keras.Sequential([keras.Input(shape), *_layers(keras.layers, case)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    data = tf.data.Dataset.from_tensor_slices((pictures, labels)).shuffle(PICTURES, seed=0)
    if case == "random tf.data":
        data = data.map(lambda x, y: (x + tf.random.uniform(shape), y), num_parallel_calls=tf.data.AUTOTUNE)
    model.fit(data.batch(32), epochs=3, verbose=0)
    return hashlib.sha256(b"".join(weight.tobytes() for weight in model.get_weights())).hexdigest()[:8]


def _layers(layers, case: str) -> list:
    if case == "head":
        return [layers.Rescaling(1 / 255), layers.Dense(CLASSES)]
    convolutions = [
        layers.Conv2D(16, 3, activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3),
    ]
    ends = [layers.GlobalAveragePooling2D(), layers.Dropout(0.3), layers.Dense(CLASSES)]
    return [layers.RandomFlip(), layers.Rescaling(1 / 255), *convolutions, *ends]


def digest(case: str, way: str, one_core: bool) -> str:
    """Return the digest of a training in a process of its own."""
    pin = ["taskset", "--cpu-list", "0"] if one_core else []
    command = [*pin, sys.executable, "-m", "tools.measure.determinism", case, way]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True).stdout.split()[-1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train each case in each way, and print whether the weights are the same to the last bit."""
    program = parser(__doc__)
    program.add_argument("case", nargs="?", choices=CASES, help="train this one only, and print its digest")
    program.add_argument("way", nargs="?", choices=WAYS, default=WAYS[0], help="what is set before")
    chosen = program.parse_args(arguments)
    if chosen.case:
        print(train(chosen.case, chosen.way))
        return
    print(f"{'trains':<16}{'set':<26}{'again':<8}on one core")
    for case in CASES:
        for way in WAYS:
            first, again, single = (digest(case, way, one_core) for one_core in (False, False, True))
            words = ["same" if other == first else "differs" for other in (again, single)]
            print(f"{case:<16}{way:<26}{words[0]:<8}{words[1]}", flush=True)


if __name__ == "__main__":
    main()
