"""Where things lie on disk, and how a folder gets filled once without ever being half-filled."""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from course_utils.drafts import draft_of, is_draft, remove_abandoned
from course_utils.errors import DataError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)


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

    `fill` writes into a draft (see `draft_folder`), which gets its name only when `fill` has returned. So whatever
    happens (an error, a full disk, a killed kernel), a folder under its own name is a complete one. Where two
    processes fill the same folder at once, the first to finish wins and both get the same.

    Raises
    ------
    DataError : the place cannot be written to, or has no room.
    """
    if folder.is_dir():
        remove_abandoned(folder.parent)
        return folder
    try:
        with draft_folder(folder) as draft:
            fill(draft)
            os.rename(draft, folder)
    except Exception as error:
        if folder.is_dir():
            return folder  # another process was faster, and may have tidied up behind itself
        if isinstance(error, OSError) and getattr(error, "filename2", None) == str(folder):
            raise cannot_write(folder, error) from error
        raise
    return folder


@contextlib.contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to write into, in a hidden one beside `target`; at the end both are gone.

    Rename it, or what has been written into it, to keep that. What a killed process leaves is deleted when work on a
    draft in the same place ends badly, as that of a killed process' parent does, or begins (`drafts`).

    Raises
    ------
    DataError : the place cannot be written to, or has no room, also while the draft is being filled.
    """
    hidden = draft_of(target)
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            remove_abandoned(target.parent)
            draft = hidden / target.name
            draft.mkdir(parents=True)
        except OSError as error:
            raise cannot_write(target.parent, error) from error
        with writing_explained(draft):
            yield draft
    except BaseException:
        remove_abandoned(target.parent)
        raise
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


@contextlib.contextmanager
def writing_explained(folder: Path) -> Iterator[None]:
    """Turn what the system says where a folder cannot be written to into an error that says what to do.

    Raises
    ------
    DataError : no room, no permission, a read-only disk. All other errors pass as they are.
    """
    try:
        yield
    except OSError as error:
        place = unwritable(error, folder)
        if place is None:
            raise
        raise cannot_write(place, error) from error


def unwritable(error: OSError, folder: Path) -> Path | None:
    """Return the place that cannot be written to, if that is what an error is about that came while filling `folder`.

    `write()` names no file, so a disk without room is the folder's. Reading may lack permission as well, so that
    counts inside the folder only.
    """
    named = [Path(name).absolute() for name in (error.filename, error.filename2) if isinstance(name, str)]
    is_here = not named or any(name.is_relative_to(folder.absolute()) for name in named)
    if error.errno in _NO_ROOM:
        return folder if is_here else named[-1].parent
    return folder if error.errno in _NO_PERMISSION and is_here else None


def cannot_write(folder: Path, error: OSError) -> DataError:
    """Return the error for a folder that the system does not let us write to."""
    drafts = [i for i, part in enumerate(folder.parts) if is_draft(part)]
    place = Path(*folder.parts[: drafts[0]]) if drafts else folder
    room = "make room there, or " if error.errno in _NO_ROOM else ""
    return DataError(
        f"cannot write to {place}",
        expected="a folder that you may write to, on a disk with room",
        received=f"{type(error).__name__}: {error.strerror or error}",
        do=f"{room}take another folder; for the course's own data name it in the environment variable COURSE_DATA, "
        "then restart the kernel",
    )
