"""Which version of the sketchbook: told by its pictures, or at once by its sources."""

import hashlib
from functools import cache
from pathlib import Path

from course_utils.paths import data_folder
from course_utils.sketchbook.kinds import KINDS, all_of
from course_utils.sketchbook.pictures import picture
from course_utils.sketchbook.stage.camera import CAMERAS


@cache
def fingerprint() -> str:
    """Return 8 hex letters that tell these drawings from others: they change when a picture does.

    They come from one small picture of every bird, every pet and every thing of the source set, so a change that
    shows in none of them goes unnoticed: a pose that is rare, say. Things that no backbone has seen are left out:
    one more of them makes no backbone stale.
    """
    digest, cameras = hashlib.sha256(), list(CAMERAS)
    for kind in KINDS:
        names = [name for name, record in all_of(kind).items() if record.known or kind != "things"]
        for k, name in enumerate(names):
            photo = picture(kind, name, 0, k, 48, camera=cameras[k % len(cameras)])
            digest.update(photo.image.tobytes() + photo.mask.tobytes())
    return digest.hexdigest()[:8]


def source_digest() -> str:
    """Return 8 hex letters that change with any line of the sketchbook and its field guide.

    They tell by which version a data set on the disk was drawn, without drawing anything. A comment changes them, too,
    and no pixel; `fingerprint` draws a few pictures, and may miss a pixel of the others.
    """
    sources = [*Path(__file__).parent.rglob("*.py"), *(data_folder() / "field_guide").glob("*.yaml")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(sources))).hexdigest()[:8]
