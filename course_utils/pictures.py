"""Read one picture file: checked, upright, in colour, cropped to a box, resized.

Training, plotting and serving all read pictures here, so a model sees the same pixels everywhere.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from course_utils.errors import DataError

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
UNREADABLE_SUFFIXES = frozenset({".heic", ".heif", ".avif", ".raw", ".dng", ".cr2", ".nef", ".arw"})

_END_MARKS = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}
_TAIL_BYTES = 4096
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height


def read_picture(path: str | Path, size: int, box: Sequence[float] | None = None) -> np.ndarray:
    """Return a picture as pixels, uint8 of shape (size, size, 3), RGB.

    The picture is turned the way its EXIF orientation says, laid on white where it is transparent, cropped to
    a square and resized (bilinear, antialiased). The square goes round the box where one is given (see
    `crop_edges`), else it is the largest in the middle, as is usual when ImageNet networks are tested
    (Krizhevsky and others, 2012): a bird keeps its proportions.

    Parameters
    ----------
    box : x, y, width, height in pixels of the upright picture.

    Raises
    ------
    DataError : the file is missing, damaged or no picture; the message names it.
    ValueError : the box lies outside the picture; the message names the file.
    """
    with _named(path):
        picture = Image.open(path)
    with picture:
        with _named(path):
            turn = _turn(picture)
            # An upright copy is not needed to know the upright size: some of the EXIF turns swap the sides.
            full = picture.size[::-1] if turn in _SIDEWAYS else picture.size
        edges = middle_square(*full) if box is None else _crop_of(path, box, full)
        with _named(path):
            # Big JPEG files are decoded at 1/2, 1/4 or 1/8 of their size.
            picture.draft(None, _enough(picture.size, edges, size))
            picture.load()
            # `exif_transpose` and `convert` copy the whole picture even where there is nothing to do.
            upright = _rgb(picture if turn == 1 else ImageOps.exif_transpose(picture))
        scale = upright.width / full[0], upright.height / full[1]
        edges = tuple(edge * scale[i % 2] for i, edge in enumerate(edges))
        return np.asarray(upright.resize((size, size), Image.Resampling.BILINEAR, box=edges))


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
    x, y, box_width, box_height = (float(value) for value in box)
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

    Only the header and the end are looked at, so that thousands of files take a second. A file without its
    end mark is decoded: some are whole all the same. Damage in the middle shows when `read_picture` meets
    it.
    """
    try:
        with Image.open(path) as picture:
            mark = _END_MARKS.get(picture.format, b"")
            if mark not in _tail(path):
                picture.load()
    except Image.UnidentifiedImageError:
        return "not a picture file" if Path(path).stat().st_size else "empty file"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if getattr(error, "errno", None) is not None:  # from the operating system, not about what is in it
            return f"cannot be opened ({error.strerror})"
        return "file is cut short" if "truncated" in str(error) else f"damaged picture ({_reason(error)})"
    return None


@contextmanager
def _named(path: str | Path) -> Iterator[None]:
    """Turn what Pillow raises about a file into an error that names the file and says what to do."""
    try:
        yield
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DataError(
            f"The picture {path} cannot be read.",
            expected="a whole JPEG, PNG, GIF, BMP, TIFF or WebP file",
            received=_reason(error),
            do="open it in a viewer; replace it, or remove it and load the data again.",
        ) from error


def _crop_of(path: str | Path, box: Sequence[float], full: tuple[int, int]) -> tuple[float, ...]:
    try:
        return crop_edges(box, *full)
    except ValueError as error:
        raise ValueError(f"The picture {path} cannot be cropped: {error}") from error


def _span(centre: float, side: float, limit: int) -> tuple[float, float]:
    """Return start and end of a stretch of length `side` round `centre`, moved, then cut, to 0..limit."""
    start = min(max(centre - side / 2, 0), max(limit - side, 0))
    return start, min(start + side, limit)


def _enough(stored: tuple[int, int], edges: tuple[float, ...], size: int) -> tuple[int, int]:
    """Return the smallest size to decode at: the crop keeps at least twice the pixels that are wanted."""
    shorter = min(edges[2] - edges[0], edges[3] - edges[1])
    factor = min(1.0, 2 * size / shorter)
    return int(stored[0] * factor) or 1, int(stored[1] * factor) or 1


def _turn(picture: Image.Image) -> int:
    """Return the EXIF orientation, 1 (upright) to 8."""
    return picture.getexif().get(0x0112, 1)  # EXIF tag 0x0112 is "Orientation"


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16-bit grey: Pillow would clip at 255, we scale
        grey = np.asarray(picture, np.float32) / 257
        return Image.fromarray(grey.clip(0, 255).astype(np.uint8)).convert("RGB")
    if not picture.has_transparency_data:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def _tail(path: str | Path) -> bytes:
    with open(path, "rb") as file:
        file.seek(max(0, Path(path).stat().st_size - _TAIL_BYTES))
        return file.read()


def _reason(error: Exception) -> str:
    return str(error).partition("'")[0].strip() if "'" in str(error) else str(error) or type(error).__name__
