"""Why something would be computed again, in words: what is asked for, compared with what is stored."""

from dataclasses import dataclass
from html import escape

import numpy as np

from course_utils.bottlenecks.digests import CONTENT_BYTES, Digests
from course_utils.bottlenecks.filling import missing_rows
from course_utils.bottlenecks.keys import KEY, Pictures
from course_utils.bottlenecks.shelf import Shelf
from course_utils.engines.precision import FULL, in_full, said

# What tells shelves apart, and how it is said that it differs.
_DIFFERENCES = {
    "weights": "weights differ",
    "size": "other picture size ({theirs} px are stored, {ours} px asked for)",
    "layers": "other layers or preprocessing",
    "reader": "pictures are read in another way since version {ours} of the reader",
    "precision": "other precision ({theirs} is stored, {ours} asked for)",
}
UNSEEN = "{} is Python code of your own, and a cache cannot see when that changes"


@dataclass(frozen=True)
class Explanation:
    """What would be computed, and why.

    Attributes
    ----------
    n_pictures : that are asked for.
    to_compute : how many of them have no vector yet; the same picture twice counts once.
    new, changed, other_box : how many of these were never seen, were seen with another content, or with another crop.
    unreadable : how many cannot be opened.
    backbone : why nothing that is stored can be used for this backbone, such as "weights differ"; empty where it can.
    precision : where half precision is asked for, whether it is had, and in which numbers; else empty.
    """

    n_pictures: int
    to_compute: int
    new: int
    changed: int
    other_box: int
    unreadable: int
    backbone: str
    precision: str = ""

    @property
    def reasons(self) -> list[str]:
        """What is to be said, most important first."""
        counts = {
            "new": self.new,
            "changed": self.changed,
            "with another crop": self.other_box,
            "that cannot be opened": self.unreadable,
        }
        reasons = [self.backbone] if self.backbone else []
        pictures = [f"{count:,} {_pictures(what, count)}" for what, count in counts.items() if count]
        return reasons + pictures + ([self.precision] if self.precision else [])

    def __bool__(self) -> bool:
        return self.to_compute > 0

    def __repr__(self) -> str:
        if not self.to_compute:
            rest = f" ({', '.join(self.reasons)})" if self.reasons else ""
            return f"Nothing to compute: the vectors of all {self.n_pictures:,} pictures are stored{rest}."
        return f"{self.to_compute:,} of {self.n_pictures:,} pictures to compute: {', '.join(self.reasons)}."

    def _repr_html_(self) -> str:
        head, _, _ = repr(self).partition(":")
        if not self.to_compute:
            return f"<p>{escape(repr(self))}</p>"
        return f"<p>{head}:</p><ul>{''.join(f'<li>{escape(reason)}</li>' for reason in self.reasons)}</ul>"


def explain(
    shelf: Shelf, pictures: Pictures, digests: Digests, stored: list[dict], lacking: str = ""
) -> Explanation:
    """Compare pictures with a shelf, or where that is empty with the other shelves, `stored`.

    `lacking` says why there is no half precision where that was asked for.
    """
    readable = np.setdiff1d(np.arange(len(pictures)), list(pictures.reasons))
    asked = pictures.take(readable)
    missing = asked.take(missing_rows(asked.keys, shelf))
    contents = _contents(shelf.keys())
    other_box = np.isin(_contents(missing.keys), contents)
    changed = ~other_box & _had_other_content(missing, contents, digests)
    backbone = _difference(shelf.about, stored) if len(missing) and not len(contents) else ""
    backbone = UNSEEN.format(shelf.unseen) if shelf.unseen else backbone
    new = 0 if backbone else int((~other_box & ~changed).sum())
    return Explanation(
        n_pictures=len(pictures),
        to_compute=len(missing),
        new=new,
        changed=int(changed.sum()),
        other_box=int(other_box.sum()),
        unreadable=len(pictures.reasons),
        backbone=backbone,
        precision=_precision(shelf.numbers, lacking),
    )


def _difference(ours: dict, stored: list[dict]) -> str:
    """Return in words how the most similar stored shelf differs from ours; "" where nothing is stored."""
    found, ours = [], _with_precision(ours)
    for theirs in map(_with_precision, stored):
        names = [name for name in _DIFFERENCES if theirs.get(name) != ours[name]]
        if "size" in names and "layers" in names:
            names.remove("layers")  # the input layer says the size, too
        reasons = [_DIFFERENCES[name].format(ours=ours[name], theirs=theirs.get(name)) for name in names]
        if theirs.get("backbone") != ours["backbone"]:
            reasons = [f"nothing is stored for {ours['backbone']} yet"]
            names = list(_DIFFERENCES)
        found.append((len(names), reasons))
    return ", ".join(min(found, default=(0, []))[1])


def _precision(numbers: str, lacking: str) -> str:
    if lacking:
        return f"in {in_full(lacking)}"
    return "" if numbers == FULL else f"in precision {said(numbers)}"


def _with_precision(about: dict) -> dict:
    return {**about, "precision": said(about.get("numbers", FULL))}


def _had_other_content(pictures: Pictures, contents: np.ndarray, digests: Digests) -> np.ndarray:
    """Return which pictures had, under the same path, a content whose vector is on the shelf: mask (n,)."""
    stored = set(map(bytes, contents)) if len(pictures) else set()
    paths = {path for path, digest in digests.earlier(pictures.paths.tolist()) if digest in stored}
    return pictures.paths.isin(paths).to_numpy(bool)


def _contents(keys: np.ndarray) -> np.ndarray:
    parts = np.ascontiguousarray(keys).view(np.uint8).reshape(len(keys), KEY.itemsize)[:, :CONTENT_BYTES]
    return np.ascontiguousarray(parts).view(f"V{CONTENT_BYTES}").reshape(-1)


def _pictures(what: str, count: int) -> str:
    noun = "picture" if count == 1 else "pictures"
    return f"{what} {noun}" if what == "new" else what if what == "changed" else f"{noun} {what}"
