"""From a plan to pictures on disk: a shot says what to draw, `shoot` draws and writes it, all or nothing."""

import io
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from course_utils.errors import DataError
from course_utils.paths import cannot_write, draft_folder
from course_utils.sketchbook.parallel import in_parallel
from course_utils.sketchbook.pictures import picture

QUALITY = 92
BATCH = 50  # pictures: enough to keep a process busy, few enough to share the work fairly
MANIFEST = "sketchbook.json"  # tells our folders from others
LICENCE = 'Drawn by the sketchbook of "Transfer Learning is for the Birds". Licence: CC BY 4.0.\n'


@dataclass(frozen=True)
class Shot:
    """One picture to be drawn.

    Attributes
    ----------
    path : where it goes, relative to the data set's folder.
    kind, name, split, index, habitat, camera, occlusion : see `pictures.picture`.
    copy : "" for a picture of its own; "exact" or "near" for a copy (same bytes, or cropped and a little
        brighter) of the picture that the other fields describe, which is also elsewhere in the data set, as
        `copy_of`.
    trimap : where its trimap goes, "" for none.
    """

    path: str
    kind: str
    name: str
    split: str
    index: int
    habitat: str | None = None
    camera: str = "day"
    occlusion: float | None = None
    copy: str = ""
    copy_of: str = ""
    trimap: str = ""


@dataclass(frozen=True)
class Result:
    """What is known about a picture that was written: its shot, box, named points and truth."""

    shot: Shot
    box: tuple[int, int, int, int]
    points: dict[str, tuple[float, float]]
    truth: dict[str, Any]


def shoot(folder: Path, shots: Sequence[Shot], seed: int, px: int, processes: int) -> list[Result]:
    """Draw and write all shots; return what is known about them in the same order."""
    for name in sorted(
        {str(Path(path).parent) for shot in shots for path in (shot.path, shot.trimap) if path}
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
    jobs = [(str(folder), shots[k : k + BATCH], seed, px) for k in range(0, len(shots), BATCH)]
    return [result for results in in_parallel(_shoot_some, jobs, processes) for result in results]


def _shoot_some(job: tuple[str, Sequence[Shot], int, int]) -> list[Result]:
    folder, shots, seed, px = job
    return [_shoot_one(Path(folder), shot, seed, px) for shot in shots]


def _shoot_one(folder: Path, shot: Shot, seed: int, px: int) -> Result:
    photo = picture(
        shot.kind, shot.name, seed, shot.index, px,
        split=shot.split, habitat=shot.habitat, camera=shot.camera, occlusion=shot.occlusion,
    )  # fmt: skip
    image, box = Image.fromarray(photo.image), photo.box or (0, 0, px, px)
    if shot.copy == "near":
        image, box = _near(image, box)
    (folder / shot.path).write_bytes(encode(image))
    if shot.trimap:
        (folder / shot.trimap).write_bytes(encode(trimap(photo.mask), "PNG"))
    return Result(shot, box, photo.points, photo.truth)


def encode(image: Image.Image, kind: str = "JPEG") -> bytes:
    """Return a picture as the bytes of a file: Pillow, writing a JPEG by itself, does not say that a disk is full."""
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=QUALITY)
    return buffer.getvalue()


def _near(
    image: Image.Image, box: tuple[int, int, int, int]
) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """Return a near-duplicate: a narrow margin cut off and a little more light, at the same size."""
    px, cut = image.width, max(1, image.width // 32)
    inner = px - 2 * cut
    closer = image.crop((cut, cut, px - cut, px - cut)).resize((px, px), Image.Resampling.BICUBIC)
    x, y, right, low = (
        min(max(v - cut, 0), inner) * px for v in (box[0], box[1], box[0] + box[2], box[1] + box[3])
    )
    # Outwards to whole pixels, so that nothing of the bird is left outside.
    x, y, right, low = x // inner, y // inner, -(-right // inner), -(-low // inner)
    return closer.point([min(255, v * 27 // 25) for v in range(256)] * 3), (x, y, right - x, low - y)


def trimap(mask: np.ndarray) -> Image.Image:
    """Return the trimap of a mask (uint8 (px, px)), as in the Oxford set: 1 pet, 2 background, 3 border."""
    inside = Image.fromarray(np.where(mask >= 128, 255, 0).astype(np.uint8))
    width = 2 * max(1, len(mask) // 96) + 1
    core = np.asarray(inside.filter(ImageFilter.MinFilter(width))) > 0
    near = np.asarray(inside.filter(ImageFilter.MaxFilter(width))) > 0
    return Image.fromarray(np.where(core, 1, np.where(near, 3, 2)).astype(np.uint8))


@contextmanager
def new_folder(folder: str | os.PathLike, about: str, settings: dict[str, Any]) -> Iterator[Path]:
    """Give a temporary folder to write into; it becomes `folder` when all went well, and is removed otherwise.

    An older data set of ours is replaced.

    Raises
    ------
    DataError : `folder` holds anything that is not ours, cannot be written to, or has no room.
    """
    target = Path(folder).expanduser().resolve()
    _check_ours(target)
    with draft_folder(target) as draft:
        yield draft
        (draft / "README.md").write_text(
            f"# {about}\n\n{LICENCE}\nSettings: `{json.dumps(settings)}`\n", encoding="utf-8"
        )
        files = sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file())
        (draft / MANIFEST).write_text(
            json.dumps({"settings": settings, "files": files}, indent=0), encoding="utf-8"
        )
        _check_ours(target)  # somebody may have written there meanwhile
        _replace(target, draft)


def _replace(target: Path, draft: Path) -> None:
    try:
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error


def _check_ours(target: Path) -> None:
    """Raise DataError unless the folder is absent, empty, or holds nothing but a data set that we wrote."""
    if not target.exists():
        return
    if not target.is_dir():
        raise _occupied(target, "a file")
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not found:
        return
    try:
        ours = {*json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"], MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        raise _occupied(target, f"{len(found)} files that the sketchbook did not write") from None
    if strange := sorted(found - ours):
        raise _occupied(
            target, f"{len(strange)} files that the sketchbook did not write, such as {strange[0]}"
        )


def _occupied(target: Path, received: str) -> DataError:
    return DataError(
        f"`folder` cannot be written to: {target}",
        expected="a folder that is absent, empty, or holds only a data set of the sketchbook",
        received=received,
        do="choose another folder, or move these files away: drawing here would delete them.",
    )
