"""Picture files as people have them: opened without waiting, known by their content, whole or cut short."""

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

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "PPM", "ICO", "JPEG2000", "AVIF")
JPEGS = ("JPEG", "MPO")  # phones write MPO: several JPEG pictures in one file

_JPEG_END, _PNG_END = b"\xff\xd9", b"\0\0\0\0IEND"
_TAIL_BYTES = 4096
_BLANK = 16  # zeros: a download whose room was reserved beforehand ends in them from where it broke off

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
        return picture
    raise Image.UnidentifiedImageError


def looks_like_picture(path: str | Path) -> bool:
    """Return whether a file has the content of a picture, whatever its name."""
    with open_file(path) as stream:
        start = stream.read(16)
    known = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0\1")
    is_bmp = start[:2] == b"BM" and start[6:10] == bytes(4)
    is_webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return start.startswith(known) or is_bmp or is_webp or _phone_kind(start) != ""


def check_whole(picture: Image.Image, stream: BinaryIO) -> None:
    """Raise OSError unless nothing speaks against a picture's being whole.

    JPEG and PNG files are looked at in a few places, so that thousands take seconds. Others are decoded, and
    so are those without an end mark: some are whole all the same. Where pixels are stored as they are (BMP, most
    TIFF) zeros at the end cannot be told from black.
    """
    size, blank = stream.seek(0, os.SEEK_END), _BLANK
    if picture.format in ("PNG", *JPEGS) and _has_end(picture, stream, size):
        return
    picture.load()
    if picture.format == "WEBP":  # it says how long it is; and one that is all of one colour may end in zeros
        size = min(size, 8 + int.from_bytes(_piece(stream, 4, 8), "little"))
        blank += picture.width * picture.height // 4096
    if picture.format in ("PNG", "WEBP", *JPEGS) and not any(_piece(stream, size - blank, size)):
        raise OSError("image file is truncated: it ends in zeros")


def _piece(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(max(0, start))
    return stream.read(end - max(0, start))


def _has_end(picture: Image.Image, stream: BinaryIO, size: int) -> bool:
    """Return whether the end mark comes after the data: a thumbnail in front of a JPEG's data has one of its own."""
    start, mark = (8, _PNG_END) if picture.format == "PNG" else (_jpeg_data(stream), _JPEG_END)
    if start is None:
        return False
    places = max(start, size - _TAIL_BYTES), start  # most often it is right at the end
    return any(mark in _piece(stream, place, size) for place in places)


def _jpeg_data(stream: BinaryIO) -> int | None:
    """Return where the coded data of a JPEG file begins: after the segments, each of which says how long it is."""
    place = 2
    while True:
        stream.seek(place)
        mark = stream.read(4)
        if len(mark) < 4 or mark[0] != 0xFF:
            return None
        if mark[1] == 0xDA:  # start of scan
            return place
        # 0xFF may be repeated in front of a mark.
        place += 1 if mark[1] == 0xFF else 2 + int.from_bytes(mark[2:], "big")


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
    what = (
        re.split(r"\s*b?['\"<]", str(error))[0] or type(error).__name__
    )  # without values, so that reasons are alike
    return f"damaged picture ({what})", f"open it in a viewer and save it anew; {again}"


def _content(source: str | Path | BinaryIO) -> str:
    """Return what a file that is no picture is instead."""
    if isinstance(source, (str, Path)):
        with open_file(source) as stream:
            start = stream.read(16)
    else:
        source.seek(0)
        start = source.read(16)
    kind = _phone_kind(start)
    return f"{kind} file: save it as JPEG" if kind else "not a picture file" if start else "empty file"


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
