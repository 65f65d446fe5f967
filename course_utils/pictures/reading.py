"""Read one picture file: checked, upright, in colour, cropped to a box, resized.

Training, plotting and serving all read pictures here, so a model sees the same pixels everywhere.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from course_utils.arguments import shortened, whole_number
from course_utils.errors import DataError
from course_utils.names import printable
from course_utils.pictures.files import JPEGS, judged, open_file, open_picture
from course_utils.pictures.pixels import orientation, rgb, upright, upright_size
from course_utils.pictures.resizing import fast, resized
from course_utils.pictures.wholeness import check_whole

# Part of what features are stored under. Raise it when `read_picture` makes other pixels of the same file. Without the
# fast resize they are still those of version 3.
READER_VERSION = 4 if fast else 3
SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jif .jfif .pjpeg .pjp .mpo .png .apng .gif .bmp .dib .webp .tif .tiff .ppm .pgm .pbm .pnm .pfm "
    ".ico .jp2 .j2k .j2c .jpc .jpf .jpx".split()
)
UNREADABLE_SUFFIXES = frozenset(  # phones, cameras, editors, medicine and astronomy
    ".heic .heif .hif .avif .raw .dng .cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .orf .rw2 .rwl .raf .pef .srw .x3f .3fr "
    ".fff .dcr .kdc .iiq .erf .mef .mos .mrw .gpr .psd .psb .xcf .kra .svg .eps .tga .pcx .sgi .jxl .jxr .bpg .qoi "
    ".exr .hdr .dcm .fits".split()
)


def read_picture(source: str | Path | BinaryIO, size: int, box: Sequence[float] | None = None) -> np.ndarray:
    """Return a picture as pixels, uint8 of shape (size, size, 3), RGB.

    The picture is turned the way its EXIF orientation says, laid on white where it is transparent, cropped to
    a square and resized (bilinear, antialiased). The square goes round the box where one is given (see
    `crop_edges`), else it is the largest in the middle, as is usual when ImageNet networks are tested
    (Krizhevsky and others, 2012): a bird keeps its proportions. Grey of more than 8 bits is scaled, see
    `pixels.grey_to_bytes`. Of several pictures in a file the first one counts.

    Parameters
    ----------
    source : a path, or a file open for reading in binary.
    box : x, y, width, height in pixels of the upright picture.

    Raises
    ------
    DataError : the file is missing, damaged, too large or no picture; the message names it.
    SystemFault : the system is short of something, which is no fault of the picture.
    ValueError : an argument is of another kind, or the box lies outside the picture; the message names the file.
    """
    size = picture_side(size)
    with _opened(source) as (picture, turn):
        full = upright_size(picture.size, turn)
        edges = middle_square(*full) if box is None else _crop_of(source, box, full)
        enough = _enough(picture.size, edges, size)
        with judged(source):
            picture.draft(None, enough)  # big JPEG files are decoded at 1/2, 1/4 or 1/8 of their size
            picture.load()
            turned = upright(rgb(picture), turn)
    scale = turned.width / full[0], turned.height / full[1]
    edges = tuple(edge * scale[i % 2] for i, edge in enumerate(edges))
    return resized(turned, size, edges)


def picture_size(path: str | Path) -> tuple[int, int]:
    """Return width and height of a picture, upright, in pixels. Errors as for `read_picture`."""
    _check_source("path", path, or_file=False)
    with _opened(path) as (picture, turn):
        return upright_size(picture.size, turn)


def picture_side(size: object) -> int:
    """Return the width, and height, of the pictures that somebody wants, as int; a ValueError says what is wrong."""
    return whole_number("size", size, 1, 16_384)


def middle_square(width: int, height: int) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the largest square in the middle of a picture."""
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side


def crop_edges(box: Sequence[float], width: int, height: int) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of a crop round a box in a picture of `width` x `height` pixels.

    What lies outside the picture is cut off the box. Then its shorter side grows until the crop is square, as
    far as the picture reaches: a bird keeps its proportions.

    Raises
    ------
    ValueError : the box has no part inside the picture, or one below a pixel.
    """
    try:
        x, y, box_width, box_height = (float(value) for value in box)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"`box` must be four numbers: x, y, width, height. Received: {shortened(box)}. "
            "Correct the box, or leave the picture out."
        ) from error
    left, right = max(x, 0.0), min(x + box_width, width)
    top, bottom = max(y, 0.0), min(y + box_height, height)
    side = max(right - left, bottom - top)
    if not (right > left and bottom > top and side >= 1):  # also True where a number is NaN
        raise ValueError(
            f"`box` must be x, y, width, height that overlap the picture of {width} x {height} pixels. "
            f"Received: {x:g}, {y:g}, {box_width:g}, {box_height:g}. Correct the box, or leave the picture out."
        )
    left, right = _span((left + right) / 2, side, width)
    top, bottom = _span((top + bottom) / 2, side, height)
    return left, top, right, bottom


def picture_problem(path: str | Path) -> str | None:
    """Return why a file cannot be read as a picture, or None where nothing speaks against it.

    Of JPEG and PNG files only header and end are looked at (`wholeness.check_whole`): damage in the middle
    shows when `read_picture` meets it.

    Raises
    ------
    SystemFault : the system is short of something, which is no fault of the picture.
    """
    _check_source("path", path, or_file=False)
    try:
        with judged(path), open_file(path) as stream:
            check_whole(open_picture(stream), stream)
    except DataError as error:
        return error.received
    return None


@contextmanager
def _opened(source: str | Path | BinaryIO) -> Iterator[tuple[Image.Image, int]]:
    """Give a picture and its EXIF orientation while its file is open."""
    _check_source("source", source)
    with judged(source):
        stream = open_file(source) if isinstance(source, (str, Path)) else source
    try:
        with judged(source):
            picture = open_picture(stream)
            if picture.format not in JPEGS:
                picture.load()  # TIFF files are turned by Pillow, before or while they load, as its version goes
            turn = orientation(picture)
        yield picture, turn
    finally:
        if stream is not source:
            stream.close()


def _check_source(argument: str, source: object, or_file: bool = True) -> None:
    """Raise a ValueError for what is neither a path nor a file: `open` would take 5 for a file that is open."""
    is_path = isinstance(source, (str, Path)) and source != ""
    is_file = hasattr(source, "read") and hasattr(source, "seek") and not hasattr(source, "encoding")
    if not is_path and not (or_file and is_file):
        raise ValueError(
            f"`{argument}` must be the path of a picture{', or a file open for reading in binary' * or_file}. "
            f"Received: {shortened(source)}. Save what is not in a file yet, or put its bytes into io.BytesIO."
        )


def _crop_of(source: str | Path | BinaryIO, box: Sequence[float], full: tuple[int, int]) -> tuple[float, ...]:
    try:
        return crop_edges(box, *full)
    except ValueError as error:
        raise ValueError(printable(f"The picture {source} cannot be cropped: {error}")) from error


def _span(centre: float, side: float, limit: int) -> tuple[float, float]:
    """Return start and end of a stretch of length `side` round `centre`, moved, then cut, to 0..limit."""
    start = min(max(centre - side / 2, 0), max(limit - side, 0))
    return start, min(start + side, limit)


def _enough(stored: tuple[int, int], edges: tuple[float, ...], size: int) -> tuple[int, int]:
    """Return the smallest size to decode at: the crop keeps at least twice the pixels that are wanted."""
    shorter = min(edges[2] - edges[0], edges[3] - edges[1])
    factor = min(1.0, 2 * size / shorter)
    return int(stored[0] * factor) or 1, int(stored[1] * factor) or 1
