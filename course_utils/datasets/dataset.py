"""Any source of labelled pictures as one pandas table, and as `tf.data` batches. Nothing here downloads."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from course_utils.arguments import shortened, whole_number
from course_utils.errors import unknown_name
from course_utils.pictures import picture_side, read_picture

if TYPE_CHECKING:
    import tensorflow as tf

BOX = ["x", "y", "width", "height"]
_MOST = 2**63 - 1  # what TensorFlow takes


@dataclass(frozen=True, eq=False, repr=False)
class ImageDataset:
    """Pictures and what is known about them: one row of `table` a picture.

    Attributes
    ----------
    name : where it comes from, for people.
    table : columns `path` (absolute), `label` (index in `class_names`), `class_name`, `split` ("train", "test",
        ...); where known `x`, `y`, `width`, `height` (box in pixels, from the top left corner) and more.
    class_names : the classes that have pictures, in label order.
    left_out : columns `path` and `reason`, one row for each picture that could not be used.
    """

    name: str
    table: pd.DataFrame
    class_names: list[str]
    left_out: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["path", "reason"], dtype=object)
    )

    def batches(
        self,
        size: int,
        batch_size: int = 32,
        split: str | None = None,
        shuffle: bool = False,
        seed: int = 0,
        crop: bool = False,
    ) -> "tf.data.Dataset":
        """Return batches of (pixels, labels): float32 (b, size, size, 3) in 0..255, and int32 (b,).

        Pictures come in the table's order, or in a new random order in each epoch with `shuffle=True` (the
        same orders for the same seed). Nothing is augmented, cached or normalised.

        Parameters
        ----------
        split : only the rows of this split; None means all.
        crop : cut to a square round the box of each picture (`pictures.crop_edges`) before resizing.

        Raises
        ------
        ValueError : no such split, no boxes to crop to, or an argument that is no whole number.
        tf.errors.OpError : while batching, a picture is damaged; the message names its path.
        """
        import tensorflow as tf  # here, because it takes seconds and looking at tables does not need it

        size, batch_size = picture_side(size), whole_number("batch_size", batch_size, 1, _MOST)
        seed, rows = whole_number("seed", seed, 0, _MOST), self.rows(split)
        # As bytes: names on disk need not be UTF-8.
        columns = (
            [os.fsencode(path) for path in rows["path"]],
            self._crops(rows, crop),
            rows["label"].to_numpy(np.int32),
        )
        pictures = tf.data.Dataset.from_tensor_slices(columns)
        if shuffle:
            pictures = pictures.shuffle(len(rows), seed=seed, reshuffle_each_iteration=True)

        def read(path, box, label):
            pixels = tf.numpy_function(partial(_read, size=size), [path, box], tf.uint8)
            return tf.cast(tf.ensure_shape(pixels, (size, size, 3)), tf.float32), label

        pictures = pictures.map(read, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)
        return pictures.batch(batch_size).prefetch(tf.data.AUTOTUNE)

    def images(self, indices: Iterable[int], size: int = 96, crop: bool = False) -> np.ndarray:
        """Return the pictures in these table rows, uint8 (n, size, size, 3), with the pixels of `batches`.

        Raises
        ------
        ValueError : `indices` are no rows of the table, no boxes to crop to, or a size that is no whole number.
        """
        size = picture_side(size)
        try:
            rows = self.table.iloc[list(indices)]
        except (TypeError, IndexError, ValueError, NotImplementedError) as error:
            raise ValueError(
                f"`indices` must be numbers of rows, 0 to {len(self) - 1}, in a list. Received: {indices!r}."
            ) from error
        pixels = [
            _read(path, box, size) for path, box in zip(rows["path"], self._crops(rows, crop), strict=True)
        ]
        return np.stack(pixels) if pixels else np.zeros((0, size, size, 3), np.uint8)

    def only(self, class_names: Iterable[str]) -> "ImageDataset":
        """Return the data set with these classes alone; labels count from 0 again, in the old order."""
        wanted = (
            [class_names] if isinstance(class_names, str) or not np.iterable(class_names) else [*class_names]
        )
        if not wanted:
            raise ValueError(f"`class_names` must hold at least one class. Received: {class_names!r}.")
        for name in wanted:
            if name not in self.class_names:
                raise unknown_name("class_names", name, self.class_names)
        names = [name for name in self.class_names if name in wanted]
        table = self.table[self.table["class_name"].isin(names)].reset_index(drop=True)
        return replace(
            self, table=table.assign(label=table["class_name"].map(names.index)), class_names=names
        )

    def where(self, mask: Sequence[bool] | Callable[[pd.DataFrame], Sequence[bool]]) -> "ImageDataset":
        """Return the data set with the rows where `mask` or `mask(table)` is True; labels stay.

        A Series or DataFrame column goes by its index, as everywhere in pandas, anything else by position.

        Raises
        ------
        ValueError : not one True or False for each row, or the index of another table.
        """
        mask = mask(self.table) if callable(mask) else mask
        if isinstance(mask, pd.Series):
            if not mask.index.sort_values().equals(self.table.index.sort_values()):
                raise ValueError(
                    f"`mask` must have the index of the table, each row once: 0 to {len(self) - 1}. "
                    f"Received: a Series with another index, {shortened(mask.index)}. "
                    "Make it from `table` of this data set, or give its values alone."
                )
            mask = mask.reindex(self.table.index)
        mask = np.asarray(mask)
        if mask.shape != (len(self),) or mask.dtype != bool:
            raise ValueError(
                f"`mask` must hold True or False for each of the {len(self)} rows of the table. "
                f"Received: {mask.dtype} of shape {mask.shape}."
            )
        return replace(self, table=self.table[mask].reset_index(drop=True))

    def sample(self, per_class: int, split: str | None = "train", seed: int = 0) -> "ImageDataset":
        """Return the data set with `per_class` random pictures of each class in one split.

        Other splits stay whole. With the same seed a smaller sample lies inside a larger one. `split=None`
        samples from all rows.
        """
        per_class, seed = whole_number("per_class", per_class, 1), whole_number("seed", seed, 0)
        chosen = []
        own = dict(iter(self.rows(split).groupby("class_name")))
        for name in self.table["class_name"].unique():
            rows = own.get(name, ())
            if len(rows) < per_class:
                raise ValueError(
                    f"`per_class` must be at most {len(rows)}: {name!r} has no more pictures in "
                    f"{f'split {split!r}' if split else 'the table'}. Received: {per_class}."
                )
            generator = np.random.default_rng([seed, self.class_names.index(name)])
            chosen.extend(generator.permutation(rows.index)[:per_class])
        elsewhere = self.table["split"].ne(split) if split else np.zeros(len(self), bool)
        return self.where(self.table.index.isin(chosen) | elsewhere)

    def rows(self, split: str | None = None) -> pd.DataFrame:
        """Return the rows of a split, or all; the index says where each stands in `table`.

        Raises
        ------
        ValueError : no such split, or no pictures at all.
        """
        if self.table.empty:
            raise ValueError(f"{self!r} holds no pictures.")
        if split is not None and not (isinstance(split, str) and split in set(self.table["split"])):
            raise unknown_name("split", split, self.table["split"].unique())
        return self.table if split is None else self.table[self.table["split"] == split]

    def boxes(self, rows: pd.DataFrame) -> np.ndarray:
        """Return the boxes of these rows, (n, 4): x, y, width, height in pixels.

        Raises
        ------
        ValueError : the table has no boxes, or not for each of these rows.
        """
        if not set(BOX) <= set(rows) or rows[BOX].isna().any(axis=None):
            raise ValueError(
                f"`crop=True` needs a box for each picture, in the columns {', '.join(BOX)} of the table of "
                f"{self.name!r}. Received: columns {', '.join(rows)}. Leave `crop` out or fill these columns."
            )
        return rows[BOX].to_numpy(float)

    def _crops(self, rows: pd.DataFrame, crop: bool) -> np.ndarray:
        """Return boxes (n, 4) to crop to; all NaN where nothing is to be cropped."""
        return self.boxes(rows) if crop else np.full((len(rows), 4), np.nan)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<ImageDataset {self.name}: {self._summary()}>"

    def _repr_html_(self) -> str:
        counts = pd.crosstab(self.table["class_name"], self.table["split"])
        counts = counts.reindex(self.class_names, fill_value=0)
        shown, more = counts.head(12), len(counts) - 12
        note = f"<p>… and {more} more classes</p>" if more > 0 else ""
        return (
            f"<p><b>{escape(self.name)}</b>: {self._summary()}</p>{shown.rename_axis(None).to_html()}{note}"
        )

    def _summary(self) -> str:
        splits = ", ".join(f"{count:,} {name}" for name, count in self.table["split"].value_counts().items())
        left_out = f", {len(self.left_out):,} left out" if len(self.left_out) else ""
        return f"{len(self):,} pictures of {len(self.class_names)} classes ({splits}){left_out}"


def _read(path: bytes | str, box: np.ndarray, size: int) -> np.ndarray:
    return read_picture(os.fsdecode(path), size, None if np.isnan(box).any() else box)
