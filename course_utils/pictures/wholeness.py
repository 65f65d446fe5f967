"""Whether a picture file is whole, or was cut short when it was copied or downloaded."""

import os
from typing import BinaryIO

from PIL import Image

from course_utils.pictures.files import JPEGS

_JPEG_END, _PNG_START, _PNG_END = b"\xff\xd9", b"\x89PNG\r\n", b"\0\0\0\0IEND"
_TAIL_BYTES = 4096
_BLANK = 16  # zeros: a download whose room was reserved beforehand ends in them from where it broke off


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
    if picture.format == "AVIF":
        size = _end_of_boxes(stream)
    whole = _piece(stream, 0, size) if picture.format == "ICO" else b""  # which has PNG files inside
    ends_blank = picture.format in ("PNG", "WEBP", "AVIF", *JPEGS) and not any(
        _piece(stream, size - blank, size)
    )
    if ends_blank or whole.count(_PNG_START) > whole.count(_PNG_END):
        raise OSError("image file is truncated: it ends in zeros")


def _end_of_boxes(stream: BinaryIO) -> int:
    """Return where an AVIF file ends: it is made of boxes, each of which says how long it is."""
    size, place = stream.seek(0, os.SEEK_END), 0
    while (length := int.from_bytes(_piece(stream, place, place + 4), "big")) >= 8:
        place += length
    to_the_end = _piece(stream, place + 4, place + 8) == b"mdat"
    return size if to_the_end else min(place, size)


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
