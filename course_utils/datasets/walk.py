"""Find the pictures below a folder, and say of each what is known against it."""

import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from course_utils.names import is_utf8, printable, unified
from course_utils.pictures import SUFFIXES, UNREADABLE_SUFFIXES
from course_utils.pictures.files import cannot_open, looks_like_picture

# Folders that systems and disks make of their own accord, with copies and thumbnails in them.
_JUNK = frozenset(
    "__macosx @eadir #recycle $recycle.bin @recycle #snapshot lost+found thumbs thumbnails".split()
) | {"system volume information"}
_ENDING = re.compile(r"\.([a-z]|3fr)\w{0,9}")  # "St. John 3" and "IMG.2023" have none
_PICTURES = SUFFIXES | UNREADABLE_SUFFIXES
_BACKUP = re.compile(r"(.*)(~|_original|\.(bak|backup|old|orig))", re.I | re.S)
_UNFINISHED = re.compile(
    r"(.*)\.(part|partial|filepart|crdownload|opdownload|download|tmp|aria2)", re.I | re.S
)
_ICLOUD = re.compile(r"\.(.*)\.icloud", re.I | re.S)
_SHORTCUT = re.compile(r"(.*)\.lnk", re.I | re.S)


class Found(NamedTuple):
    """A file that is a picture or looks like one.

    Attributes
    ----------
    path : absolute.
    parts : the folders below the one that was searched, and the name, in the form that names are compared in.
    reason : why it cannot be used, "" where nothing is known against it; the content is not looked at.
    """

    path: str
    parts: tuple[str, ...]
    reason: str


def find_pictures(folder: Path) -> tuple[list[Found], list[str]]:
    """Return the pictures anywhere below a folder in the order of their paths, and the ignored folders with some.

    Links to folders are followed. What looks like a picture and is none that can be used has a reason: broken
    links, pipes, folders that cannot be opened.

    Raises
    ------
    SystemFault : the system is short of something.
    """
    found, ignored = [], []
    waiting = [(os.fspath(folder), (), frozenset())]
    while waiting:
        place, parts, above = waiting.pop()
        try:
            status, names = os.stat(place), os.listdir(place)
        except OSError as error:
            found.append(Found(place, parts, f"folder {cannot_open(place, error)}"))
            continue
        here = status.st_dev, status.st_ino
        if here in above:
            found.append(Found(place, parts, "link to a folder that it lies in"))
        elif not names and _suffix(place) in SUFFIXES:
            found.append(Found(place, parts, "cannot be opened (Is a directory)"))
        for name in names if here not in above else ():
            path, inner = os.path.join(place, name), (*parts, unified(name))
            if not os.path.isdir(path):
                reason = _judge(path, name)
                found += [] if reason is None else [Found(path, inner, reason)]
            elif name.startswith(".") or name.casefold() in _JUNK:
                ignored += [printable(name)] if _holds_pictures(path) else []
            else:
                waiting.append((path, inner, above | {here}))
    found.sort(key=lambda one: one.path.split(os.sep))
    return [_with_printable_name(one, folder) for one in found], sorted(set(ignored))


def without_pictures(places: Iterable[str], found: Iterable[Found]) -> list[str]:
    """Return the names of the folders right inside some others that hold nothing of what was found."""
    full, names = set(), set()
    for place in {one.path for one in found}:
        while place not in full:
            full.add(place)
            place = os.path.dirname(place)
    for place in places:
        with os.scandir(place) as entries:
            names |= {entry.name for entry in entries if entry.path not in full and entry.is_dir()}
    shown = [
        name for name in names if not name.startswith(".") and name.casefold() not in _JUNK and is_utf8(name)
    ]
    return sorted(map(printable, shown))


def say(line: str) -> None:
    """Print a line, whatever the letters in it and the encoding of the output."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(printable(line).encode(encoding, "backslashreplace").decode(encoding))


def _judge(path: str, name: str) -> str | None:
    """Return why a file cannot be used, "" where it can, None where it is no picture and was not meant as one."""
    suffix = _suffix(name)
    if name.startswith("._"):  # macOS keeps notes on a file there
        return None
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return "cannot be opened (not a file but a pipe, socket or device)"
        if match := _ICLOUD.fullmatch(name):
            return "still in iCloud: download it in Finder" if _suffix(match[1]) in _PICTURES else None
        if name.startswith("."):
            return "hidden file" if looks_like_picture(path) else None
        if suffix in SUFFIXES:
            return ""
        if suffix in UNREADABLE_SUFFIXES:
            return f"{suffix} file: save it as JPEG"
        if _SHORTCUT.fullmatch(name):
            return "shortcut of Windows: put the file itself there"
        is_picture = looks_like_picture(path)
        if match := _UNFINISHED.fullmatch(name):
            is_one = is_picture or _suffix(match[1]) in _PICTURES
            return "unfinished download: get it anew" if is_one else None
        if not is_picture:
            return None
        if _BACKUP.fullmatch(name):
            return "backup copy: rename it if it is to be used"
    except OSError as error:
        return cannot_open(path, error)
    return f"picture that ends in {suffix}: give it the ending of its kind" if suffix else ""


def _suffix(name: str) -> str:
    suffix = os.path.splitext(name)[1].lower()
    return suffix if _ENDING.fullmatch(suffix) else ""


def _holds_pictures(place: str) -> bool:
    return any(
        _suffix(name) in SUFFIXES and not name.startswith("._")
        for _, _, names in os.walk(place)
        for name in names
    )


def _with_printable_name(one: Found, folder: Path) -> Found:
    """Leave out what has a name that is not UTF-8: a table with it could be neither shown nor saved."""
    if is_utf8(one.path[len(os.fspath(folder)) :]):
        return one
    return Found(printable(one.path), one.parts, "with a name that is not UTF-8: rename it")
