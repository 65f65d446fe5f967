"""Where things lie on disk, and how a folder gets filled once without ever being half-filled."""

import contextlib
import glob
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from course_utils.errors import DataError

DAY = 24 * 60 * 60  # seconds


def data_root(environ: Mapping[str, str]) -> Path:
    """Return the folder for drawn and downloaded data: COURSE_DATA, else the system's folder for caches."""
    if environ.get("COURSE_DATA"):
        return Path(environ["COURSE_DATA"]).expanduser().absolute()
    if "COLAB_RELEASE_TAG" in environ:
        return Path("/content/transfer-learning-birds")  # where Colab's file browser shows it
    import pooch

    return Path(pooch.os_cache("transfer-learning-birds"))


def user_data_root(environ: Mapping[str, str]) -> Path:
    """Return the folder for what nobody can draw or download again: as `data_root`, but no folder for caches."""
    if environ.get("COURSE_DATA") or "COLAB_RELEASE_TAG" in environ:
        return data_root(environ)
    import platformdirs

    return platformdirs.user_data_path("transfer-learning-birds", appauthor=False)


def photos_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder that COURSE_REAL_DATA names, None where it is not set.

    Raises
    ------
    DataError : it is set and there is no such folder.
    """
    if not environ.get("COURSE_REAL_DATA"):
        return None
    folder = Path(environ["COURSE_REAL_DATA"]).expanduser().absolute()
    if not folder.is_dir():
        raise DataError(
            "the environment variable COURSE_REAL_DATA names no folder",
            expected="a folder that holds CUB_200_2011/ and oxford_iiit_pet/",
            received=str(folder),
            do="correct it, or unset it to download the photos from their publishers",
        )
    return folder


def shown(path: Path) -> str:
    """Return a path as people write it, with ~ for the home folder: it ends up in notebooks that are shared."""
    return f"~/{path.relative_to(Path.home())}" if path.is_relative_to(Path.home()) else str(path)


def data_folder() -> Path:
    """Return the folder of what ships with the course: the field guide and the mini backbone."""
    return _shipped("data", "field_guide")


def lessons_folder() -> Path:
    """Return the folder of the lessons' sources, where exercises and quizzes are found."""
    return _shipped("lessons", "00_welcome.py")


def _shipped(name: str, mark: str) -> Path:
    """Return a folder of the course that holds `mark`: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here / name, here.parent / name):
        if (folder / mark).exists():
            return folder
    raise DataError(
        f"the course's own folder {name} is missing",
        expected=f"{here.parent / name} with {mark} in it",
        received="no such folder",
        do="install the course again; from a checkout: pip install -e .",
    )


def fill_once(folder: Path, fill: Callable[[Path], object]) -> Path:
    """Return `folder`, filled by `fill(draft)` if it does not exist yet.

    `fill` writes into a hidden folder beside `folder`, which gets its name only when `fill` has returned. So
    whatever happens (an error, a full disk, a killed kernel), a folder under its own name is a complete one.
    Where two processes fill the same folder at once, the first to finish wins and both get the same.

    Raises
    ------
    DataError : the place cannot be written to.
    """
    if folder.is_dir():
        return folder
    prefix = f".unfinished-{folder.name}-"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(folder.parent, prefix)
        draft = tempfile.TemporaryDirectory(dir=folder.parent, prefix=prefix, ignore_cleanup_errors=True)
    except OSError as error:
        raise cannot_write(folder.parent, error) from error
    with draft:
        content = Path(draft.name) / folder.name
        content.mkdir()
        fill(content)
        try:
            os.rename(content, folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster
                raise
    return folder


def remove_abandoned(parent: Path, prefix: str) -> None:
    """Delete the drafts that killed runs left in a folder: those so called that nobody touched for a day.

    The age decides, not the process that made them: it may have run on another machine that shares the disk.
    """
    for draft in parent.glob(f"{glob.escape(prefix)}*"):
        with contextlib.suppress(OSError):  # another process may be deleting it too
            if time.time() - draft.stat().st_mtime > DAY:
                shutil.rmtree(draft)


def cannot_write(folder: Path, error: OSError) -> DataError:
    """Return the error for a folder that the system does not let us write to."""
    return DataError(
        f"cannot write to {folder}",
        expected="a folder that you may write to, on a disk with room",
        received=f"{type(error).__name__}: {error.strerror or error}",
        do="name another folder in the environment variable COURSE_DATA, then restart the kernel",
    )
