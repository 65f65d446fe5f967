"""Get the photo data sets from their publishers, once, verified by hash."""

import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pooch

from course_utils.errors import DataError
from course_utils.paths import cannot_write, fill_once


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
        (downloads / archive.name).unlink(missing_ok=True)
    return folder


def download(archive: Archive, folder: Path) -> Path:
    """Return the path of `archive` in `folder`, downloaded unless it is there and whole; always verified."""
    try:
        path = pooch.retrieve(
            archive.url,
            known_hash=archive.hash,
            fname=archive.name,
            path=folder,
            downloader=pooch.HTTPDownloader(progressbar=True, timeout=60),
        )
    except ValueError as error:  # pooch's word for a wrong hash; it has deleted the file
        raise DataError(
            f"the download of {archive.url} is not the file that was asked for",
            expected=f"a file with {archive.hash}",
            received=str(error),
            do="run the cell again; if that does not help, tell us: the publisher may have changed the file",
        ) from error
    except OSError as error:  # requests' errors are of this class too
        if error.errno is not None and error.filename is not None:
            raise cannot_write(folder, error) from error
        raise DataError(
            f"cannot download {archive.url}",
            expected="an answer from the publisher's server",
            received=f"{type(error).__name__}: {error}",
            do="check the network and run the cell again, or download the file with a browser and put it "
            f"into {folder}, or stay with the drawn pictures: setup(profile='sketch')",
        ) from error
    return Path(path)


def unpack(file: Path, folder: Path, top: str = "") -> None:
    """Unpack the tar archive `file` into `folder`, its folder `top` only.

    Raises
    ------
    DataError : the archive is cut short, or holds a link or a path that leads out of `folder`.
    """
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                _extract(archive, member, folder, top)
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise cannot_write(folder, error) from error
        raise DataError(
            f"cannot unpack {file}",
            expected="a whole tar archive",
            received=f"{type(error).__name__}: {error}",
            do="delete the file and run the cell again",
        ) from error


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, top: str) -> None:
    """Write one member into `folder`; leave out what macOS adds, and what lies outside `top`."""
    target = (folder / member.name).resolve()
    if not target.is_relative_to(folder.resolve()) or not (member.isfile() or member.isdir()):
        raise DataError(
            f"refused to unpack {archive.name}",
            expected="files and folders that stay inside the archive's own folder",
            received=f"member {member.name!r}",
            do="delete the file: it is not what the publisher made",
        )
    path = Path(member.name)
    if path.name.startswith("._") or path == Path(top) or not path.is_relative_to(top):
        return
    member.name = str(path.relative_to(top))
    # The filter also drops owners and odd permissions. Python before 3.11.4 does not have it.
    archive.extract(member, folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
