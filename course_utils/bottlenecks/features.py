"""What the store returns: vectors with everything that is known about their pictures."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from course_utils.arguments import whole_number
from course_utils.bottlenecks.rows import take_rows
from course_utils.errors import unknown_name

if TYPE_CHECKING:
    import tensorflow as tf


@dataclass(frozen=True, eq=False, repr=False)
class Features:
    """Feature vectors and the rows they belong to, in the data set's order.

    Attributes
    ----------
    vectors : float32 (n, d). Those of a cache are memory-mapped: they are read from disk when they are used, and
        writing to them changes your copy, not the cache.
    labels : int32 (n,).
    table : the data set's rows, one for each vector.
    class_names : in label order.
    left_out : columns `path` and `reason`, one row for each picture that could not be read.
    engine : what ran the backbone now, and why; empty where all vectors were stored already.
    precision : "full", "half (bfloat16)" or "half (float16)".
    """

    vectors: np.ndarray
    labels: np.ndarray
    table: pd.DataFrame
    class_names: list[str]
    left_out: pd.DataFrame
    engine: str = ""
    precision: str = "full"

    def split(self, name: str) -> "Features":
        """Return the features of one split, such as "train"."""
        splits = self.table["split"].to_numpy()
        if name not in splits:
            raise unknown_name("name", name, sorted(set(splits)))
        rows = np.flatnonzero(splits == name)
        table = self.table.iloc[rows].reset_index(drop=True)
        return replace(self, vectors=take_rows(self.vectors, rows), labels=self.labels[rows], table=table)

    def batches(self, batch_size: int = 32, shuffle: bool = False, seed: int = 0) -> "tf.data.Dataset":
        """Return batches of (vectors, labels): float32 (b, d) and int32 (b,), read from disk one by one.

        Keras copies an array that is given to `fit` into memory as a whole; for features that do not fit, give it
        these batches. They come in the table's order, or in a new random order in each epoch with `shuffle=True`
        (the same orders for the same seed).
        """
        import tensorflow as tf  # here, because it takes seconds and the cache may be read without it

        batch_size = whole_number("batch_size", batch_size, 1)
        rows = tf.data.Dataset.range(len(self))
        if shuffle:
            rows = rows.shuffle(max(len(self), 1), seed=seed, reshuffle_each_iteration=True)

        def read(rows):
            found = tf.numpy_function(self._read, [rows], (tf.float32, tf.int32))
            return tf.ensure_shape(found[0], (None, self.vectors.shape[1])), tf.ensure_shape(
                found[1], (None,)
            )

        return rows.batch(batch_size).map(read).prefetch(tf.data.AUTOTUNE)

    def _read(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.asarray(self.vectors[rows]), self.labels[rows]

    def __len__(self) -> int:
        return len(self.vectors)

    def __repr__(self) -> str:
        counts = self.table["split"].value_counts().items()
        splits = ", ".join(f"{count:,} {name}" for name, count in counts)
        half = "" if self.precision == "full" else f" in precision {self.precision}"
        return (
            f"<Features: {len(self):,} vectors of {self.vectors.shape[1]:,} numbers{half}, "
            f"{len(self.class_names)} classes ({splits}){f', made by {self.engine}' if self.engine else ''}>"
        )
