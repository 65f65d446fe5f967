"""Where a frozen TensorFlow graph and its two label maps lie: the course's own small one, or the learner's of 2015.

    archive = course.inception_archive()
    graph = tf.compat.v1.GraphDef.FromString(archive.graph.read_bytes())
    print(archive.node_to_uid.read_text()[:200])

Both are asked the same way: a JPEG file's content goes into `DecodeJpeg/contents:0`; `pool_3:0` (1, 1, 1, features) is
the bottleneck, `softmax:0` (1, outputs) the answer. There are more outputs than classes: neither has one for number 0.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from course_utils.datasets.downloads import unpack
from course_utils.errors import DataError
from course_utils.paths import data_folder, fill_once

PUBLISHED = "inception-2015-12-05"
URL = f"http://download.tensorflow.org/models/image/imagenet/{PUBLISHED}.tgz"
OWN_FOLDER = "backbones/mini_inception_v3"


class FrozenArchive(NamedTuple):
    """The three files of an archive.

    Attributes
    ----------
    graph : a binary `GraphDef`, weights included.
    node_to_uid : which output stands for which class, by the class' id; protobuf as text.
    uid_to_name : what people call each id, those of many more things than the network's classes; tab-separated.
    """

    graph: Path
    node_to_uid: Path
    uid_to_name: Path


OWN_FILES = FrozenArchive(
    "classify_image_graph_def.pb", "label_map_proto.pbtxt", "uid_to_human_label_map.txt"
)
PUBLISHED_FILES = FrozenArchive(
    "classify_image_graph_def.pb",
    "imagenet_2012_challenge_label_map_proto.pbtxt",
    "imagenet_synset_to_human_label_map.txt",
)


def own_archive() -> FrozenArchive:
    """Return the archive that comes with the course: a small Inception V3 that knows drawn pictures.

    Raises
    ------
    DataError : one of its files is missing.
    """
    folder = data_folder() / OWN_FOLDER
    return _whole(folder, OWN_FILES, folder, "install the course again, or make them: make backbones")


def find_published(environ: Mapping[str, str], *folders: Path | None) -> FrozenArchive | None:
    """Return the archive of 2015 if the learner has it, None where nobody knows of one.

    It is what COURSE_INCEPTION names, a folder or the .tgz file itself, or lies in one of `folders` under the name that
    it was published under. A .tgz file is unpacked once, into the first of them.

    Raises
    ------
    DataError : COURSE_INCEPTION names nothing, a file of the archive is missing, or it cannot be unpacked.
    """
    there = [folder for folder in folders if folder is not None]
    if environ.get("COURSE_INCEPTION"):
        place = _named(environ["COURSE_INCEPTION"])
    else:
        places = [folder / f"{PUBLISHED}{end}" for folder in there for end in ("", ".tgz")]
        place = next(filter(Path.exists, places), None)
    if place is None or place.is_dir():
        return place and _published(place, place)

    def fill(draft: Path) -> None:
        unpack(place, draft)
        _published(draft, place)

    folder = fill_once(there[0] / "unpacked" / place.name.partition(".tgz")[0], fill)
    return _published(folder, folder)


def _named(value: str) -> Path:
    """Return the place that COURSE_INCEPTION names."""
    place = Path(value).expanduser().absolute()
    if not place.exists():
        raise DataError(
            "the environment variable COURSE_INCEPTION names nothing that is there",
            expected=f"{PUBLISHED}.tgz, or the folder that it was unpacked into",
            received=str(place),
            do="correct it, or unset it to use the course's own small network",
        )
    return place


def _published(folder: Path, place: Path) -> FrozenArchive:
    return _whole(folder, PUBLISHED_FILES, place, f"download {URL} again, and take all of it")


def _whole(folder: Path, names: FrozenArchive, place: Path, do: str) -> FrozenArchive:
    """Return the archive in `folder`, which came from `place`, if it has all of its files."""
    archive = FrozenArchive(*(folder / name for name in names))
    if missing := [file.name for file in archive if not file.is_file()]:
        raise DataError(
            f"the frozen graph in {place} is not complete",
            expected=f"the files {', '.join(names)}",
            received=f"no {' and no '.join(missing)}",
            do=do,
        )
    return archive
