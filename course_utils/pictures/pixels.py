"""Any kind of picture as 8-bit RGB, upright."""

from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageCms

_ORIENTATION = 0x0112  # EXIF tags
_BITS, _WHITE_IS_ZERO, _MOST, _SAMPLE_FORMAT, _NO_DATA = 258, 262, 281, 339, 42113  # TIFF tags
_SIGNED = (2,)  # sample format
_AS_DECODED = {
    "L;2": lambda value: value * 85,
    "L;4": lambda value: value * 17,
    "RGB;16B": lambda value: value >> 8,
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation(picture: Image.Image) -> int:
    """Return the EXIF orientation, 1 (upright) to 8."""
    try:
        turn = picture.getexif().get(_ORIENTATION, 1)
    except Exception as error:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) is not None:
            raise  # the system's fault: read again, the picture may turn out to lie on its side
        # Damaged EXIF raises anything. Viewers then show a picture as it is stored, and so do we.
        return 1
    return next((known for known in _TURNS if turn == known), 1)


def upright_size(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Return width and height of a picture once it is turned upright."""
    return size[::-1] if turn in (5, 6, 7, 8) else size


def upright(picture: Image.Image, turn: int) -> Image.Image:
    """Return a picture turned as its EXIF orientation says.

    `ImageOps.exif_transpose` would write the EXIF data again, and fail where cameras wrote something odd.
    """
    return picture.transpose(_TURNS[turn]) if turn in _TURNS else picture


def scale_transparent_colour(picture: Image.Image) -> None:
    """Let the transparent colour of a PNG file, not yet decoded, be in the scale that its pixels are decoded to."""
    colour = picture.info.get("transparency")
    change = _AS_DECODED.get(picture.tile[0].args) if picture.format == "PNG" and picture.tile else None
    if change and isinstance(colour, int | tuple):
        one = isinstance(colour, int)
        picture.info["transparency"] = change(colour) if one else tuple(map(change, colour))


def rgb(picture: Image.Image) -> Image.Image:
    """Return a picture as 8-bit RGB, on white where it is transparent. `grey_to_bytes` says how grey is scaled."""
    if picture.mode[0] in "IF" or picture.mode == "L" and _tags(picture).get(_SAMPLE_FORMAT) == _SIGNED:
        return Image.fromarray(_wide_grey(picture)).convert("RGB")
    if picture.mode == "LAB":
        lab, srgb = (ImageCms.createProfile(space) for space in ("LAB", "sRGB"))
        return ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB")
    if not picture.has_transparency_data:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    if picture.format in ("BMP", "DIB") and picture.mode == "RGBA" and picture.getextrema()[3] == (0, 0):
        return picture.convert("RGB")  # many programs leave the fourth byte empty
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def grey_to_bytes(values: np.ndarray, top: float | None = None) -> np.ndarray:
    """Return grey values of more than 8 bits as 0..255, uint8. Nothing is clipped.

    White is what the file declares (`top`), else the lowest of these that no pixel exceeds: 255, 4095 (cameras of
    12 bits) and 65535 for whole numbers, 1 and 255 for floats. Values that are negative, or above all of these,
    are stretched from the lowest to the highest; floats that are a little above, as after resampling, set their own
    white. Where there is no number (NaN) the picture is black.

    Raises
    ------
    ValueError : there is no number anywhere.
    """
    is_float = values.dtype.kind == "f"
    ceilings = (top,) if top else (1, 255) if is_float else (255, 4095, 65535)
    values = values.astype(np.float64)
    finite = values[np.isfinite(values)]
    if not finite.size:
        raise ValueError("no pixel has a value")
    low, high = finite.min(), finite.max()
    most = 2 if is_float else 1
    white = next((max(ceiling, high) for ceiling in ceilings if high <= ceiling * most), None)
    if white and low >= (-white / 1000 if is_float else 0):  # which is nothing in 256 steps
        low, high = 0, white
    grey = (values - low) * (255 / (high - low)) if high > low else np.full(values.shape, 127.0)
    return np.rint(np.nan_to_num(grey, nan=0, posinf=255, neginf=0)).astype(np.uint8)


def _wide_grey(picture: Image.Image) -> np.ndarray:
    """Return the pixels of a grey picture of more than 8 bits as uint8, by what its file declares."""
    values, tags = np.asarray(picture), _tags(picture)
    bits, samples = tags.get(_BITS, (0,))[0], tags.get(_SAMPLE_FORMAT, (1,))
    if bits == 32 and picture.mode == "I" and samples == (1,):
        values = values.view(np.uint32)  # Pillow has signed numbers alone
    if picture.mode == "L":
        values = values.view(np.int8).astype(np.int16)  # and of 8 bits unsigned ones
    grey = np.zeros(values.shape, np.uint8)
    known = values != _no_data(tags)
    grey[known] = grey_to_bytes(values[known], _top(picture, bits, tags))
    if isinstance(transparent := picture.info.get("transparency"), int):
        grey[values == transparent] = 255
    return 255 - grey if tags.get(_WHITE_IS_ZERO) == 0 else grey


def _top(picture: Image.Image, bits: int, tags: Mapping) -> int | None:
    """Return the value that is white, where the file says so."""
    if picture.mode == "F":
        return None
    if picture.format == "PPM":
        return 65535
    most = tags.get(_MOST, (0,))[0]
    return most if 255 < most < 2**bits else 2**bits - 1 if 8 < bits < 16 else None


def _no_data(tags: Mapping) -> float:
    """Return the value that stands for none in a map, NaN where the file names none."""
    try:
        return float(str(tags.get(_NO_DATA, "nan")).strip(" \0"))
    except ValueError:
        return np.nan


def _tags(picture: Image.Image) -> Mapping:
    return getattr(picture, "tag_v2", {})
