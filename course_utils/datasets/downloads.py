"""Get the photo data sets from their publishers, once, verified by hash."""

import contextlib
import lzma
import os
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import pooch

from course_utils.arguments import shortened
from course_utils.drafts import remove_abandoned
from course_utils.errors import DataError
from course_utils.paths import draft_folder, fill_once, unwritable, writing_explained

RETRIES = 3  # after a download that broke off
MOST_DEEP = 32  # folders in each other: more than any data set has
LONGEST_NAME = 255  # bytes: no system takes more


@dataclass(frozen=True)
class Archive:
    """One file of a publisher: where it is, how to know it, and how much disk it takes."""

    name: str
    base_url: str
    hash: str
    megabytes: int

    @property
    def url(self) -> str:
        """The full address."""
        return self.base_url + self.name


CALTECH = "https://data.caltech.edu/records/65de6-vp158/files/"
OXFORD = "https://thor.robots.ox.ac.uk/datasets/pets/"

# The one place that says where photos come from. The hashes are also those of TensorFlow Datasets.
CUB = (
    Archive(
        "CUB_200_2011.tgz",
        CALTECH,
        "sha256:0c685df5597a8b24909f6a7c9db6d11e008733779a671760afef78feb49bf081",
        1151,
    ),
)
PETS = (
    Archive(
        "images.tar.gz",
        OXFORD,
        "sha256:67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d",
        792,
    ),
    Archive(
        "annotations.tar.gz",
        OXFORD,
        "sha256:52425fb6de5c424942b7626b428656fcbd798db970a937df61750c0f1d358e91",
        19,
    ),
)


def fetch_cub(data_root: Path) -> Path:
    """Return the folder `CUB_200_2011` in `data_root`, downloaded on first use (1.2 GB, 11,788 photos).

    200 species. For non-commercial research and education only: see the publisher's page.

    Raises
    ------
    DataError : no network, a download that is not the publisher's file, no room on the disk.
    """
    return _fetch(CUB, Path(data_root) / "CUB_200_2011", top="CUB_200_2011")


def fetch_pets(data_root: Path) -> Path:
    """Return the folder `oxford_iiit_pet` in `data_root`, downloaded on first use (0.8 GB, 7,390 photos).

    37 breeds, in `images/` and `annotations/`; published under CC BY-SA 4.0. Errors: see `fetch_cub`.
    """
    return _fetch(PETS, Path(data_root) / "oxford_iiit_pet")


def _fetch(archives: tuple[Archive, ...], folder: Path, top: str = "") -> Path:
    """Download and unpack `archives` into `folder`; `top` is the folder in them that becomes `folder`."""

    def fill(draft: Path) -> None:
        size = sum(archive.megabytes for archive in archives)
        print(f"Downloading {folder.name} ({size:,} MB) into {folder.parent}. This happens once.")
        for archive in archives:
            unpack(download(archive, downloads), draft, top)

    downloads = folder.parent / "downloads"
    fill_once(folder, fill)
    for archive in archives:  # unpacked: they would only take room
        with contextlib.suppress(OSError):  # nor does a folder that may not be changed stop a lesson
            (downloads / archive.name).unlink(missing_ok=True)
    remove_abandoned(downloads)
    return folder


def download(archive: Archive, folder: Path) -> Path:
    """Return the path of `archive` in `folder`, downloaded unless it is there and whole; always verified.

    Raises
    ------
    DataError : no network, no room on the disk, or another file than the publisher's.
    """
    file = folder / archive.name
    if file.is_file() and pooch.hashes.hash_matches(file, archive.hash):
        remove_abandoned(folder)
        return file
    with draft_folder(file) as draft:
        _fetch_into(draft, archive, file)
        os.replace(draft / archive.name, file)
    return file


def _fetch_into(draft: Path, archive: Archive, file: Path) -> None:
    publisher = pooch.create(
        draft, archive.base_url, registry={archive.name: archive.hash}, retry_if_failed=RETRIES
    )
    try:
        publisher.fetch(archive.name, downloader=pooch.HTTPDownloader(progressbar=True, timeout=60))
    except OSError as error:  # requests' errors are of this class, some of ValueError as well
        if unwritable(error, draft) is not None:
            raise  # `draft_folder` says what to do
        raise DataError(
            f"cannot download {archive.url}",
            expected="an answer from the publisher's server",
            received=f"{type(error).__name__}: {error}",
            do="check the network and run the cell again, or download the file with a browser and put it "
            f"into {file.parent}, or stay with the drawn pictures: setup(profile='sketch')",
        ) from error
    except ValueError as error:  # pooch's word for a wrong hash; it has deleted the file
        raise DataError(
            f"the download of {archive.url} is not the file that was asked for",
            expected=f"a file with {archive.hash}",
            received=str(error),
            do="run the cell again; if that does not help, tell us: the publisher may have changed the file",
        ) from error


def unpack(file: Path, folder: Path, top: str = "") -> None:
    """Unpack the tar archive `file` into `folder`, its folder `top` only.

    Raises
    ------
    DataError : the archive is cut short, holds anything but files and folders with sensible names inside `folder`,
        or the disk has no room for it.
    """
    seen: set[str] = set()
    try:
        with writing_explained(folder), tarfile.open(file) as archive:
            for member in archive:
                if reason := _refusal(member, seen):
                    raise _refused(file, member, reason)
                _extract(archive, member, folder, top)
    except DataError:
        raise
    except (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise DataError(
            f"cannot unpack {file}",
            expected="a whole tar archive",
            received=f"{type(error).__name__}: {error}",
            do="delete the file and run the cell again",
        ) from error


def _refusal(member: tarfile.TarInfo, seen: set[str]) -> str | None:
    """Return what is wrong with a member of an archive, None where nothing is; note its name in `seen`."""
    name = member.name
    parts = PurePosixPath(name).parts
    path = str(PurePosixPath(name))  # "./a" is "a"
    twice = path in seen and not member.isdir()
    seen.add(path)
    wrong = {
        "a link or a device": not (member.isfile() or member.isdir()),
        "an unprintable name": "\0" in name,
        "a path that leads out of its folder": name.startswith("/") or ".." in parts,
        "a name of Windows": "\\" in name or bool(PureWindowsPath(name).drive),
        f"more than {MOST_DEEP} folders in each other": len(parts) > MOST_DEEP,
        f"a name of more than {LONGEST_NAME} bytes": any(
            len(os.fsencode(part)) > LONGEST_NAME for part in parts
        ),
        "the same file twice": twice,
    }
    return next((reason for reason, is_so in wrong.items() if is_so), None)


def _refused(file: Path, member: tarfile.TarInfo, reason: str) -> DataError:
    return DataError(
        f"refused to unpack {file}",
        expected="files and folders that stay inside the archive's own folder",
        received=f"{reason}: member {shortened(member.name)}",
        do="delete the file: it is not what the publisher made",
    )


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, top: str) -> None:
    """Write one member into `folder`; leave out what macOS adds, and what lies outside `top`."""
    path = Path(member.name)
    if path.name.startswith("._") or path == Path(top) or not path.is_relative_to(top):
        return
    member.name = str(path.relative_to(top))
    # The filter also drops owners and odd permissions. Python before 3.11.4 does not have it.
    archive.extract(member, folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
