"""Pets as TensorFlow Datasets has them: its own builder, run on pictures that are here already.

    folder = prepare_pets(course.pets_folder(), "tfds")
    dataset, info = tfds.load("oxford_iiit_pet", data_dir=folder, with_info=True)

The builder wants the publisher's two archives and knows their checksums. Where there are only unpacked pictures, drawn
ones or photos, they are packed as the publisher packs them, and the builder is told the checksums of these archives.
Nothing is downloaded, and nothing of TensorFlow Datasets is changed.
"""

import contextlib
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from course_utils.arguments import as_path
from course_utils.datasets.downloads import PETS
from course_utils.errors import DataError
from course_utils.paths import draft_folder, fill_once, unwritable

NAME = "oxford_iiit_pet"
ARCHIVES = tuple(archive.name for archive in PETS)
_LISTS = ("annotations/list.txt", "annotations/trainval.txt", "annotations/test.txt")
_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM")  # some of Oxford's .jpg files are of other kinds
# What goes into which archive: files of these endings, in these folders. The builder wants a trimap for each picture.
_MEMBERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "images.tar.gz": (("images", ".jpg"),),
    "annotations.tar.gz": (
        ("annotations", ".txt"), ("annotations/trimaps", ".png"), ("annotations/xmls", ".xml"),
    ),
}  # fmt: skip


def find_archives(*folders: Path | None) -> Path | None:
    """Return the first folder that holds both of the publisher's archives, or None."""
    return next((f for f in folders if f and all((f / name).is_file() for name in ARCHIVES)), None)


def digest(source: Path) -> str:
    """Return a short name for what a builder would make of these pets: other lists, another place, another name."""
    lists = [source / name for name in (*_LISTS, *ARCHIVES)]
    facts = [f"{file}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in lists if file.is_file()]
    return hashlib.blake2b("\n".join([str(source.absolute()), *facts]).encode(), digest_size=6).hexdigest()


def prepare_pets(source: str | os.PathLike, data_dir: str | os.PathLike) -> Path:
    """Run the builder `oxford_iiit_pet` once and return `data_dir`, for `tfds.load(..., data_dir=...)`.

    Parameters
    ----------
    source : a folder with the publisher's archives, images.tar.gz and annotations.tar.gz, whose checksums must be his;
        or a folder in his layout, as `make_pets` writes and `fetch_pets` unpacks it.
    data_dir : is filled if it does not exist yet, and never half.

    Raises
    ------
    DataError : no such folder, a list or a picture's trimap is missing, an archive is damaged or not the publisher's,
        or the place cannot be written to.
    """
    source = as_path("source", source, "the folder of the pets")
    target = as_path("data_dir", data_dir, "the path of a folder to write into")
    return fill_once(target, lambda draft: _fill(source, draft))


def pack_pets(folder: Path, into: Path) -> None:
    """Write a folder in the layout of Oxford-IIIT Pet as the two archives of its publisher, the same bytes each time.

    As his, they are not compressed, whatever their names say: JPEG files would not get smaller.

    Raises
    ------
    DataError : the folder, one of its lists, or a picture's trimap is missing.
    """
    _check_whole(folder)
    for name, parts in _MEMBERS.items():
        with tarfile.open(into / name, "w", format=tarfile.PAX_FORMAT) as archive:
            for part, ending in parts:
                for file in sorted((folder / part).glob(f"*{ending}")):
                    member = tarfile.TarInfo(f"{part}/{file.name}")
                    member.size = file.stat().st_size
                    with file.open("rb") as content:
                        archive.addfile(member, content)


def _fill(source: Path, draft: Path) -> None:
    with draft_folder(draft.parent / "work") as work:
        if find_archives(source) == source:
            archives, infos = source, {}
        else:
            archives, infos = work, None
            pack_pets(source, work)
        _build(archives, draft, work / "extracted", infos)


def _build(archives: Path, data_dir: Path, work: Path, infos: Mapping[str, Any] | None) -> None:
    """Run the builder; `infos` are checksums in place of those that it knows, None for those of the archives."""
    import tensorflow_datasets as tfds

    builder = tfds.builder(NAME, data_dir=data_dir)
    if infos is None:
        infos = {url: _info_of(archives / info.filename, info) for url, info in builder.url_infos.items()}
    work.mkdir(exist_ok=True)
    config = tfds.download.DownloadConfig(extract_dir=work, manual_dir=archives)
    try:
        with _quiet(tfds), _expecting(builder, infos):
            builder.download_and_prepare(download_dir=work, download_config=config)
    except Exception as error:  # promises, tarfile, TensorFlow: each has its own
        if isinstance(error, OSError) and unwritable(error, work) is not None:
            raise  # `draft_folder` says what to do
        raise _refused(archives, error) from error


def _info_of(file: Path, known: Any) -> Any:
    """Return what the builder knows of an archive, with another file's size and checksum."""
    with file.open("rb") as content:
        checksum = hashlib.file_digest(content, "sha256").hexdigest()
    return replace(known, size=type(known.size)(file.stat().st_size), checksum=checksum)


@contextlib.contextmanager
def _expecting(builder: Any, infos: Mapping[str, Any]) -> Iterator[None]:
    """Let a builder expect other checksums for a while: its class keeps them in one dict."""
    known = builder.url_infos
    before = dict(known)
    known.update(infos)
    try:
        yield
    finally:
        known.update(before)


@contextlib.contextmanager
def _quiet(tfds: Any) -> Iterator[None]:
    """Hide bars and lines about a download that is none."""
    tfds.display_progress_bar(False)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        tfds.display_progress_bar(True)


def _check_whole(folder: Path) -> None:
    """Raise DataError unless all is there that the builder asks for; it takes what is no picture without a word."""
    missing = [name for name in _LISTS if not (folder / name).is_file()]
    if missing or not (folder / "images").is_dir():
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else None
        raise DataError(
            f"no pets in {folder}",
            expected=f"{' and '.join(ARCHIVES)}; or images/ and annotations/ with list.txt, trainval.txt, test.txt",
            received="no such folder" if names is None else ", ".join(names[:8]) or "an empty folder",
            do="give the folder that course.pets_folder() returns, or that holds both archives",
        )
    _check_lists(folder)
    for file in sorted((folder / "images").glob("*.jpg")):
        with file.open("rb") as content:
            start = content.read(4)
        if not start.startswith(_STARTS):
            raise DataError(
                f"{file} is no picture",
                expected="a JPEG file",
                received=f"a file that begins with {start!r}" if start else "an empty file",
                do="unpack both archives again, or draw the pets anew",
            )


def _check_lists(folder: Path) -> None:
    """Raise DataError unless each row of both lists has its picture and its trimap."""
    trimaps = {file.stem for file in (folder / "annotations/trimaps").glob("*.png")}
    pictures = {file.stem for file in (folder / "images").glob("*.jpg")}
    for list_name in _LISTS[1:]:
        rows = (folder / list_name).read_text("utf-8").split("\n")
        for name in (row.split(" ")[0] for row in rows if row.strip()):
            if name not in pictures or name not in trimaps:
                kind = "images/*.jpg" if name not in pictures else "annotations/trimaps/*.png"
                raise DataError(
                    f"{list_name} names a picture that {folder} lacks",
                    expected=f"a picture and a trimap for each row; for {name} there is none in {kind}",
                    received=f"{len(pictures):,} pictures and {len(trimaps):,} trimaps",
                    do="unpack both archives again, or take that row out of the list",
                )


def _refused(archives: Path, error: Exception) -> DataError:
    if "checksum" in str(error).lower():
        return DataError(
            f"the archives in {archives} are not the publisher's",
            expected=", ".join(f"{archive.name} with {archive.hash}" for archive in PETS),
            received=str(error).strip().partition("\n")[0],
            do="download them anew from https://www.robots.ox.ac.uk/~vgg/data/pets/; or unpack yours, and give that",
        )
    return DataError(
        f"TensorFlow Datasets cannot read the pets in {archives}",
        expected="whole archives, and in them a picture and a trimap for each row of trainval.txt and test.txt",
        received=f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}",
        do="download or unpack them again",
    )
