"""Picture files as people have them: opened without waiting and known by their content."""

import errno
import os
import re
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from course_utils.errors import DataError, SystemFault
from course_utils.pictures.pixels import scale_transparent_colour

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "PPM", "ICO", "JPEG2000", "AVIF")
JPEGS = ("JPEG", "MPO")  # phones write MPO: several JPEG pictures in one file

_MARKS = {
    "TIFF": rb"II[*+]\0|MM\0[*+]",
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG",
    "GIF": rb"GIF8",
    "WebP": rb"RIFF....WEBP",
}

# What can be wrong with one file. Other errors of the system would hit every file alike.
_OF_THE_FILE = {
    getattr(errno, name, None)
    for name in "ENOENT EACCES EPERM EISDIR ENOTDIR ENAMETOOLONG ELOOP EINVAL EILSEQ ENXIO ENODEV EOPNOTSUPP EFBIG "
    "EOVERFLOW".split()
}
_REMEDIES = {
    errno.EMFILE: "Close what you do not need, or allow more open files (`ulimit -n 4096`), and run it again.",
    errno.ENFILE: "Close other programs and run it again.",
    errno.ENOMEM: "Close other notebooks and programs, or make the largest pictures smaller, and run it again.",
    errno.ENOSPC: "Make room on the disk and run it again.",
}
_REMEDY = "Check the disk, or the connection to it, and run it again."


class _TooLarge(Exception):
    """A picture has more pixels than Pillow agrees to decode."""


def open_file(path: str | Path) -> BinaryIO:
    """Open a file to read it; refuse a pipe, socket or device, where `open` might wait for ever.

    Raises
    ------
    OSError : it cannot be opened.
    """
    stream = open(path, "rb", opener=_open_without_waiting)
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, "not a file but a pipe, socket or device", os.fspath(path))
    return stream


def cannot_open(path: str | Path, error: Exception) -> str:
    """Return why a file cannot be opened or read, where that is the file's own fault.

    Raises
    ------
    SystemFault : it is not: too many files are open, memory is short, the disk does not answer.
    """
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
    number = getattr(error, "errno", None)
    if number is None or number in _OF_THE_FILE:  # a name with a zero byte in it has no number
        return f"cannot be opened ({getattr(error, 'strerror', None) or error})"
    raise SystemFault(
        number,
        f"{error.strerror}: no fault of the picture. {_REMEDIES.get(number, _REMEDY)}",
        os.fspath(path),
    ) from error


@contextmanager
def judged(source: str | Path | BinaryIO) -> Iterator[None]:
    """Turn whatever is raised about a picture into an error that names it; `received` says briefly what is wrong.

    Raises
    ------
    DataError : the file is missing, damaged, too large or no picture.
    SystemFault : the system is at fault.
    """
    try:
        yield
    except Exception as error:  # plugins of Pillow raise anything: struct.error, TypeError, zlib.error ...
        reason, do = _fault(source, error)
        raise DataError(
            f"The picture {_name(source)} cannot be read.",
            expected="a whole JPEG, PNG, GIF, BMP, TIFF or WebP file",
            received=reason,
            do=do,
        ) from error


def open_picture(stream: BinaryIO) -> Image.Image:
    """Return the picture in a file, not yet decoded.

    `Image.open` would do, but warns of large pictures, where we either read them or say why not; and silencing a
    warning is not safe among threads.
    """
    Image.init()
    stream.seek(0)
    start = stream.read(16)
    for name in FORMATS:
        factory, accept = Image.OPEN.get(name, (None, None))
        try:
            if accept is None or accept(start) is not True:
                continue
            stream.seek(0)
            picture = factory(stream, "")
        except (SyntaxError, IndexError, TypeError, struct.error):  # how plugins say that it is not theirs
            continue
        _check_size(picture)
        scale_transparent_colour(picture)
        return picture
    raise Image.UnidentifiedImageError


def looks_like_picture(path: str | Path) -> bool:
    """Return whether a file has the content of a picture, whatever its name."""
    with open_file(path) as stream:
        start = stream.read(132)
    known = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0\1",
             b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  ", b"qoif", b"v/1\1", b"SIMPLE  =")  # fmt: skip
    is_ppm = re.match(rb"P([4-6]\s+[\d#]|[Ff]\n)", start)
    is_ico = start[:4] == b"\0\0\1\0" and start[4:5] != b"\0" == start[5:6]
    is_bmp = start[:2] == b"BM" and start[6:10] == bytes(4)
    is_webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    is_dicom = start[128:] == b"DICM"
    return start.startswith(known) or any((is_ppm, is_ico, is_bmp, is_webp, is_dicom, _phone_kind(start)))


def _check_size(picture: Image.Image) -> None:
    """Raise where a picture has more pixels than Pillow agrees to decode: above its limit it fears an attack."""
    # It warns from half its limit on, and again when it decodes a TIFF file.
    pixels, limit = picture.width * picture.height, _most_pixels() // (2 if picture.format == "TIFF" else 1)
    if pixels > limit:
        raise _TooLarge(f"too large: {pixels:,} pixels, at most {limit:,}; make it smaller")


def _most_pixels() -> float:
    return 2 * (Image.MAX_IMAGE_PIXELS or float("inf"))


def _fault(source: str | Path | BinaryIO, error: Exception) -> tuple[str, str]:
    """Return what is wrong with a picture and what to do, or raise SystemFault."""
    again = "replace it, or remove it, and load the data again."
    if (
        isinstance(error, MemoryError)
        or getattr(error, "errno", None) is not None
        or "null byte" in str(error)
    ):
        return cannot_open(_name(source), error), f"correct its name, link or permissions; {again}"
    if "out of memory" in str(error):  # Pillow's decoders say so in an OSError without a number
        return cannot_open(_name(source), MemoryError()), again
    if isinstance(error, Image.DecompressionBombError):
        error = _TooLarge(f"too large: more than {_most_pixels():,} pixels; make it smaller")
    if isinstance(error, _TooLarge):
        return str(error), "save it with fewer pixels, or remove it, and load the data again."
    if isinstance(error, Image.UnidentifiedImageError):
        return _content(source), f"open it in a viewer and save it as JPEG; {again}"
    if "truncated" in str(error).lower():
        return "file is cut short", f"copy or download it once more; {again}"
    # Without values, so that reasons are alike.
    what = re.split(r"\s*b?['\"<]", str(error))[0] or type(error).__name__
    return f"damaged picture ({what})", f"open it in a viewer and save it anew; {again}"


def _content(source: str | Path | BinaryIO) -> str:
    """Return what a file that is no picture is instead."""
    if isinstance(source, (str, Path)):
        with open_file(source) as stream:
            start = stream.read(16)
    else:
        source.seek(0)
        start = source.read(16)
    if kind := _phone_kind(start):
        return f"{kind} file: save it as JPEG"
    kind = next((kind for kind, mark in _MARKS.items() if re.match(mark, start, re.S)), None)
    if kind:
        return f"{kind} file that is damaged or of a kind that cannot be read: save it anew as JPEG"
    return "not a picture file" if start else "empty file"


def _phone_kind(start: bytes) -> str:
    """Return "HEIC" or "AVIF" where a file begins as such."""
    brand = start[8:12] if start[4:8] == b"ftyp" else b""
    return "AVIF" if brand == b"avif" else "HEIC" if brand in (b"heic", b"heix", b"mif1", b"msf1") else ""


def _name(source: str | Path | BinaryIO) -> str:
    return (
        os.fspath(source) if isinstance(source, (str, Path)) else str(getattr(source, "name", "(in memory)"))
    )


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # which Windows lacks
