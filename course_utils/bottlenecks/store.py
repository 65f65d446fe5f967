"""The cache of bottleneck features: each picture goes through a backbone once, and never again."""

import hashlib
import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from course_utils.arguments import as_path, refusal
from course_utils.backbones.identity import layers_of, weights_digest
from course_utils.bottlenecks import housekeeping
from course_utils.bottlenecks.digests import Digests
from course_utils.bottlenecks.explanation import UNSEEN, Explanation, explain
from course_utils.bottlenecks.features import Features
from course_utils.bottlenecks.filling import fill
from course_utils.bottlenecks.keys import CHANGED, Pictures, list_pictures
from course_utils.bottlenecks.pipeline import BATCH_SIZE
from course_utils.bottlenecks.shelf import Shelf
from course_utils.datasets import ImageDataset
from course_utils.engines.choice import check_engine
from course_utils.engines.precision import FULL, HalfPrecisionError, in_full, numbers_for, said
from course_utils.paths import shown
from course_utils.pictures import READER_VERSION

DIGESTS = "pictures.sqlite"
ENGINES = "engines"
_TRIES = 3


class BottleneckCache:
    """Feature vectors on disk, found again by what they were made of.

    A vector belongs to the bytes of a picture file (not its name), the box cut out of it, and the backbone: its
    weights, layers, preprocessing and picture size. So new pictures are computed and old ones are not, renaming costs
    nothing, and after fine-tuning nothing stale is found. Which engine ran the backbone plays no part: they agree
    to 1e-3. In half precision vectors differ by more: they have a place of their own, and are never mixed with
    others. Vectors of a backbone with Python code of your own (a layer, an activation) are computed each time: nobody
    could tell whether that code has changed.

    Several processes may use one folder at the same time. What was computed stays when a process is killed.

    Parameters
    ----------
    folder : where to keep them; made when needed. Delete it whenever you like.
    """

    def __init__(self, folder: str | Path):
        self.folder = as_path("folder", folder, "the path of a folder").absolute()

    def extract(
        self,
        backbone: keras.Model,
        dataset: ImageDataset,
        split: str | None = None,
        crop: bool = False,
        batch_size: int = BATCH_SIZE,
        engine: str = "auto",
        progress: bool = True,
        precision: str = "full",
    ) -> Features:
        """Return the feature vectors of a data set, computing those that are not stored yet.

        Pictures that cannot be read are left out, and one line says how many and why. Every vector is checked
        against its checksum before it is returned; damaged ones are made again, and a line says so.

        Parameters
        ----------
        backbone : pixels 0-255 (b, s, s, 3) in, vectors (b, d) out, as `load_backbone` returns.
        split : only this split; None means all.
        crop : cut each picture to its box.
        engine : what runs the backbone, see `engines.choose_engine`.
        progress : show a bar while vectors are computed.
        precision : "half" takes numbers of sixteen bits, which some processors (those with avx512_bf16 or amx_bf16) and
            GPUs compute with faster. It is for many photos and a large backbone: these take about three fifths of
            the time, and heads trained on the vectors are as good to half a point (rows a and b of `make bench`).
            Train and test on vectors of one precision. Where half is lacking a line says why, and all is computed,
            and stored, in full.

        Raises
        ------
        ValueError : no such split or precision, no boxes to crop to, or no backbone with vectors as output.
        DataError : the folder cannot be read or written to, or is full.
        SystemFault : the system is short of something, such as open files; no picture is blamed for that.
        RuntimeError : an engine or a picture has given nothing for minutes.
        """
        check_engine(engine)
        _check_data_set(dataset)
        numbers, lacking = numbers_for(precision, engine)
        visit = partial(self._visit, backbone, dataset, split, crop, batch_size, engine, progress)
        if not lacking:
            try:
                return visit(numbers)
            except HalfPrecisionError as error:
                lacking = f"the backbone {backbone.name!r} cannot use it ({error})"
        print(f"In {in_full(lacking)}.")
        return visit(FULL)

    def _visit(
        self,
        backbone: keras.Model,
        dataset: ImageDataset,
        split: str | None,
        crop: bool,
        batch_size: int,
        engine: str,
        progress: bool,
        numbers: str,
    ) -> Features:
        shelf = self.shelf(backbone, numbers)
        digests = Digests(self.folder / DIGESTS)
        compute = partial(fill, backbone, shelf, engine, self.folder / ENGINES, batch_size, progress)
        try:
            for _ in range(_TRIES):
                rows, pictures = list_pictures(dataset, split, crop, digests)
                vectors, unreadable, engine_used = _complete(pictures, shelf, compute)
                changed = np.flatnonzero(unreadable == CHANGED)
                if not len(changed):
                    break
                digests.forget(rows["path"].iloc[changed].tolist())
            shelf.end_visit()
        finally:
            if shelf.unseen:  # what is memory-mapped stays until nobody needs it
                shutil.rmtree(shelf.folder, ignore_errors=True)
        if shelf.damaged:
            print(
                f"{shelf.damaged} damaged files in {shown(shelf.folder)}: what was lost has been made again."
            )
        if shelf.unseen:
            print(f"Computed, but not kept: {UNSEEN.format(shelf.unseen)}.")
        features = _collect(rows, vectors, unreadable, dataset.class_names)
        return replace(features, engine=engine_used, precision=said(numbers))

    def explain(
        self,
        backbone: keras.Model,
        dataset: ImageDataset,
        split: str | None = None,
        crop: bool = False,
        precision: str = "full",
    ) -> Explanation:
        """Say what `extract` with these arguments would compute, and why. No vector is computed.

        Raises
        ------
        ValueError : as `extract`.
        """
        _check_data_set(dataset)
        digests = Digests(self.folder / DIGESTS)
        numbers, lacking = numbers_for(precision)
        _, pictures = list_pictures(dataset, split, crop, digests, remember=False)
        shelf, stored = self.shelf(backbone, numbers), housekeeping.about_all(self.folder)
        return explain(shelf, pictures, digests, stored, lacking)

    def contents(self) -> pd.DataFrame:
        """Return what is stored: one row for each backbone.

        Columns `backbone`, `size` (pixels), `precision`, `vectors`, `features`, `MB`, `last_used`, `folder`.
        """
        return housekeeping.contents(self.folder)

    def drop(self, older_than: str | pd.Timedelta | None = None, backbone: str | None = None) -> pd.DataFrame:
        """Delete stored vectors; return what was deleted, as rows of `contents()`.

        Parameters
        ----------
        older_than : only what was not used for so long, such as "30 days".
        backbone : only those of backbones with this name. Without either argument everything is deleted.

        Raises
        ------
        ValueError : no such backbone, or no length of time.
        """
        return housekeeping.drop(self.folder, older_than, backbone)

    def shelf(self, backbone: keras.Model, numbers: str = FULL) -> Shelf:
        """Return where the vectors of a backbone are kept: a new place each time where it has code that no key sees."""
        size, n_features = _sizes(backbone)
        layers = layers_of(backbone)
        about = {
            "backbone": backbone.name,
            "size": size,
            "n_features": n_features,
            "weights": weights_digest(backbone),
            "layers": uuid.uuid4().hex if layers.own_code else layers.digest,
            "reader": READER_VERSION,
        }
        if numbers != FULL:
            about["numbers"] = numbers
        digest = hashlib.blake2b(repr(about).encode(), digest_size=8).hexdigest()
        name = f"{backbone.name}-{size}px-{digest}" + ("" if numbers == FULL else f"_{numbers}")
        return Shelf(self.folder / name, n_features, about, layers.own_code)

    def __repr__(self) -> str:
        return housekeeping.summary(self.folder)


def _check_data_set(dataset: object) -> None:
    if not isinstance(dataset, ImageDataset):
        raise refusal("dataset", "an ImageDataset", dataset, " load_folder(...) makes one.")


def _sizes(backbone: keras.Model) -> tuple[int, int]:
    """Return picture size and feature width of a backbone."""
    shape, output = (getattr(backbone, name, None) for name in ("input_shape", "output_shape"))
    match shape, output:
        case (_, int(size), int(width), _), (_, int(n_features)) if size == width:
            return size, n_features
    raise ValueError(
        "`backbone` must be a model that takes square pictures of a fixed size (b, s, s, 3) and gives vectors (b, d). "
        f"Received: {f'{shape} to {output}' if shape else repr(backbone)}. load_backbone(...) makes one."
    )


def _complete(
    pictures: Pictures, shelf: Shelf, compute: Callable[[Pictures], tuple[dict[bytes, str], str]]
) -> tuple[np.ndarray, np.ndarray, str]:
    """Return vectors (m, d) of the pictures that have one, reasons (n,), empty for those, and what made them."""
    reasons, engine = np.full(len(pictures), "", object), ""
    reasons[list(pictures.reasons)] = list(pictures.reasons.values())
    while True:
        failed, used = compute(pictures.take(np.flatnonzero(reasons == "")))
        engine = used or engine
        if failed:
            found = [failed.get(key, "") for key in map(bytes, pictures.keys)]
            reasons = np.where(reasons == "", np.array(found, object), reasons)
        vectors = shelf.vectors(pictures.keys[reasons == ""])
        if vectors is not None:
            return vectors, reasons, engine


def _collect(
    rows: pd.DataFrame, vectors: np.ndarray, reasons: np.ndarray, class_names: list[str]
) -> Features:
    """Put vectors beside their rows; leave out, and say so, what has none."""
    out = reasons != ""
    left_out = rows.loc[out, ["path"]].assign(reason=reasons[out]).reset_index(drop=True)
    if len(left_out):
        counts = ", ".join(f"{n} {reason}" for reason, n in Counter(left_out["reason"]).most_common(3))
        print(f"{len(left_out)} of {len(rows)} pictures left out: {counts}")
        rows = rows[~out].reset_index(drop=True)
    return Features(vectors, rows["label"].to_numpy(np.int32), rows, list(class_names), left_out)
