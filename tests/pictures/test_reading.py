"""One picture file, whatever its kind and its faults, becomes the right pixels, or an error that fits."""

import errno
import hashlib
import io
import itertools
import math
import os
import pickle
import re
import socket
import struct
import tempfile
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from faults import raising
from PIL import Image

from course_utils.bottlenecks.digests import Digests
from course_utils.bottlenecks.keys import identify
from course_utils.errors import DataError, SystemFault
from course_utils.pictures import READER_VERSION, files, picture_problem, picture_size, read_picture, resizing
from course_utils.pictures.pixels import grey_to_bytes, orientation

FILES = Path(__file__).parent / "reader_files"
NOISE = np.random.default_rng(0).integers(0, 256, (120, 160, 3), np.uint8)


def differ(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.abs(one.astype(int) - other).max())


# --- The pixels that features are stored under. The files are bytes, so that no encoder has a say.

DIGESTS = {
    "alpha.png": "2b75bbe22ac0a83d",
    "cmyk.jpg": "0f462ae54f6e5a40",
    "first_of_two.gif": "2a0d74b2a946aa7e",
    "float.tif": "768cae3023227599",
    "grey.jpg": "9c74b9744650e0ed",
    "grey12.tif": "b3902de86a01d23a",
    "grey16.png": "7b3d3f26c44a8c7e",
    "large.jpg": "aaca9b74cdfc8a91",
    "lossy.webp": "68a4f11bdcc6c1e4",
    "palette.png": "f62dc4050c43e526",
    "turned.jpg": "ae90735921692208",
}
MADE_SMALLER_FAST = {"large.jpg": "1bb561db9f8f7b34"}


@pytest.mark.parametrize("is_fast", [True, False])
@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_pixels_are_those_that_features_are_stored_under(name, is_fast, monkeypatch):
    if not is_fast:
        monkeypatch.setattr(resizing, "fast", None)
    digests = DIGESTS | MADE_SMALLER_FAST if resizing.fast else DIGESTS
    pixels = [read_picture(FILES / name, 64), read_picture(FILES / name, 24, box=(5, 6, 22.5, 17))]
    found = hashlib.blake2b(b"".join(one.tobytes() for one in pixels), digest_size=8).hexdigest()
    assert found == digests[name], (
        f"`read_picture` makes other pixels of {name}: raise READER_VERSION (now {READER_VERSION}) in "
        f"course_utils/pictures.py, so that no stored vector is taken for the new pixels, and put {found!r} here. "
        "If only JPEG files fail and the code is as it was, Pillow came with another JPEG library."
    )


@pytest.mark.skipif(not resizing.fast, reason="cykooz_resizer has no wheel for this machine")
@pytest.mark.parametrize("size", [37, 40, 64, 96])  # a quarter of it all, and more
def test_what_is_made_smaller_fast_is_what_pillow_makes(size):
    picture, rng = Image.fromarray(NOISE), np.random.default_rng(1)
    corners = rng.uniform(0, (160, 120), (20, 2, 2))
    boxes = np.hstack([corners.min(axis=1), corners.max(axis=1)]).tolist()
    beside = (1 / 3, 0.1, math.nextafter(160, 161), math.nextafter(120, 121))  # as rounding leaves them
    for edges in [(0, 0, 160, 120), (20, 0, 140, 120), (0.5, 0.5, 119.5, 119.5), beside, *boxes]:
        pillows = np.asarray(picture.resize((size, size), Image.Resampling.BILINEAR, box=edges))
        assert differ(resizing.resized(picture, size, tuple(edges)), pillows) <= 1


# --- upright


SCENE = Image.new("RGB", (96, 64), (20, 40, 60))
SCENE.paste((250, 240, 10), (8, 8, 40, 24))
SCENE.paste((200, 20, 30), (60, 30, 90, 60))
STORED = dict(zip(range(1, 9), (None, 0, 3, 1, 5, 2, 6, 4), strict=True))  # how to undo an orientation's turn


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "lzw.tiff", "mpo"])
def test_every_orientation_is_the_upright_picture(tmp_path, kind):
    fine = {"quality": 97, "subsampling": 0}
    options = {"jpeg": fine, "webp": {"lossless": True}, "lzw.tiff": {"compression": "tiff_lzw"},
               "mpo": {**fine, "save_all": True, "append_images": [SCENE]}}  # fmt: skip
    SCENE.save(tmp_path / "upright.png")
    for turn, undo in STORED.items():
        exif = Image.Exif()
        exif[0x0112] = turn
        stored = SCENE if undo is None else SCENE.transpose(Image.Transpose(undo))
        stored.save(tmp_path / "x", kind.split(".")[-1].upper(), exif=exif, **options.get(kind, {}))
        assert picture_problem(tmp_path / "x") is None and picture_size(tmp_path / "x") == (96, 64)
        for box in (None, (4, 4, 40, 30), (50, 20, 46, 44)):
            pair = [read_picture(tmp_path / name, 32, box) for name in ("x", "upright.png")]
            assert differ(*pair) <= (30 if kind in ("jpeg", "mpo") else 0), (turn, box)


def exif_with(tag: int, kind: int, count: int, value: bytes, turn: int = 6) -> bytes:
    entries = [struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0), struct.pack("<HHI4s", tag, kind, count, value)]
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + b"".join(sorted(entries)) + bytes(4) + b"\xff" * 12


TURNED = [
    exif_with(0x011A, 10, 1, struct.pack("<I", 38)),  # a resolution that divides by nothing
    exif_with(0x011A, 2, 3, b"72\0\0"),
    exif_with(0x0100, 2, 3, b"50\0\0"),
    exif_with(0x8769, 2, 3, b"no\0\0"),
]
DAMAGED = [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0rubbish", exif_with(1, 2, 9, b"", 77)]


def test_odd_exif_is_no_fault_of_the_picture(tmp_path):
    for exif in (*TURNED, *DAMAGED):
        Image.fromarray(NOISE).save(tmp_path / "a.jpg", exif=exif)
        assert picture_problem(tmp_path / "a.jpg") is None
        assert read_picture(tmp_path / "a.jpg", 8).shape == (8, 8, 3)
        assert picture_size(tmp_path / "a.jpg") == ((120, 160) if exif in TURNED else (160, 120))


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(errno.EIO, "Input/output error")], ids=["memory", "disk"]
)
def test_a_shortage_while_exif_is_read_does_not_lay_a_picture_on_its_side(monkeypatch, error):
    monkeypatch.setattr(Image.Image, "getexif", raising(error))
    with pytest.raises(type(error)):
        orientation(Image.fromarray(NOISE))


# --- whole or not


def thumbnail_in_front() -> bytes:
    small = io.BytesIO()
    Image.fromarray(NOISE).resize((32, 24)).save(small, "JPEG", quality=40)
    there = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    there += struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small.getvalue()), 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + there + small.getvalue()


KINDS = {
    "gif": {}, "bmp": {}, "tiff": {}, "lzw.tiff": {"compression": "tiff_lzw"}, "webp": {}, "png": {}, "jpeg": {},
    "progressive.jpeg": {"progressive": True}, "thumbnail.jpeg": {"exif": thumbnail_in_front()}, "ico": {}, "ppm": {},
    "mpo": {"save_all": True, "append_images": [Image.fromarray(NOISE)]}, "jpeg2000": {},
}  # fmt: skip
FLAT = {"bmp", "tiff", "ppm", "ico"}  # pixels as they are: zeros might as well be black


def encoded(kind: str, picture: np.ndarray = NOISE) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, kind.split(".")[-1].upper(), **KINDS[kind])
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_noticed_on_loading_and_what_follows_does_not_matter(tmp_path, kind):
    whole, path = encoded(kind), tmp_path / "x"
    for tail in (b"", bytes(9000), b"garbage" * 1500, b"\xff\xd8\xff" + b"x" * 9000):
        path.write_bytes(whole + tail)
        assert picture_problem(path) is None
    truth = read_picture(path, 16)
    for cut in np.linspace(1, len(whole) - 1, 40).astype(int):
        path.write_bytes(whole[:cut])
        if picture_problem(path) is None:
            read_picture(path, 16)  # nothing that is in the picture is missing
    for cut in np.linspace(1, len(whole) * 0.95, 40).astype(int) if kind not in FLAT else ():
        path.write_bytes(whole[:cut] + bytes(len(whole) - cut))  # room that was reserved for a download
        if picture_problem(path) is None:
            assert differ(read_picture(path, 16), truth) < 3


def test_a_picture_of_one_colour_is_not_taken_for_cut(tmp_path):
    for size in ((16, 16), (300, 200), (2000, 1500)):  # in WebP these end in zeros
        for lossless in (True, False):
            Image.new("RGB", size, "white").save(tmp_path / "x.webp", lossless=lossless)
            assert picture_problem(tmp_path / "x.webp") is None


@pytest.mark.parametrize("kind", ["avif", "ico"])
def test_zeros_at_the_end_are_noticed_also_inside_a_box(tmp_path, kind):
    how = {"sizes": [(64, 64)]} if kind == "ico" else {}
    stream = io.BytesIO()
    Image.fromarray(NOISE).save(stream, kind.upper(), **how)
    whole = stream.getvalue()
    for tail in (b"", bytes(999)):
        (tmp_path / "x").write_bytes(whole + tail)
        assert picture_problem(tmp_path / "x") is None
    for share in (0.5, 0.9):
        n = int(len(whole) * share)
        (tmp_path / "x").write_bytes(whole[:n] + bytes(len(whole) - n))
        assert picture_problem(tmp_path / "x") == "file is cut short"


# --- kinds of pixels


@pytest.mark.parametrize(
    "values, ends",
    [
        (np.linspace(0, 65535, 100).astype(np.uint16), (0, 255)),
        (np.linspace(0, 40000, 100).astype(np.uint16), (0, 156)),  # dark stays dark
        (np.linspace(0, 4095, 100).astype(np.uint16), (0, 255)),  # a camera of 12 bits
        (np.linspace(0, 255, 100).astype(np.int32), (0, 255)),
        (np.linspace(-500, 500, 100).astype(np.int32), (0, 255)),
        (np.linspace(0, 4_000_000_000, 100).astype(np.uint32), (0, 255)),
        (np.linspace(0, 0.5, 100).astype(np.float32), (0, 128)),
        (np.linspace(0, 200, 100).astype(np.float32), (0, 200)),
        (np.linspace(-3, 9, 100).astype(np.float32), (0, 255)),
        (np.linspace(1e-3, 1e30, 100).astype(np.float32), (0, 255)),
        (np.array([np.nan, 0, 0.25, 0.5, np.inf], np.float32), (0, 255)),
    ],
)
def test_no_grey_is_clipped(values, ends):
    grey = grey_to_bytes(values)
    assert (grey.min(), grey.max()) == pytest.approx(ends, abs=1)
    rising = grey[np.isfinite(values)].astype(int)
    assert (np.diff(rising) >= 0).all() and len(set(rising)) > min(50, len(values) - 3)


def test_floats_a_little_outside_are_neither_black_nor_stretched():
    for white, high, low in itertools.product([1, 255], [0.5, 1, 1.000001, 1.02, 1.3], [0, -1e-6]):
        grey = grey_to_bytes(np.array([low, 0.25, high]) * white)
        assert grey == pytest.approx(np.array([0, 0.25, high]) * 255 / max(high, 1), abs=1)


@pytest.mark.parametrize("constant", [1e6, -7.0])
def test_grey_that_is_the_same_everywhere_is_neither_black_nor_white(constant):
    assert 100 < grey_to_bytes(np.full(9, constant)).mean() < 156


RAMP = np.tile(np.linspace(0, 1, 64), (64, 1))


@pytest.mark.parametrize(
    "kind, values",
    [
        ("png", (RAMP * 65535).astype(np.uint16)),
        ("tiff", (RAMP * 65535).astype(np.uint16)),
        ("tiff", (RAMP * 65535).astype(">u2")),
        ("tiff", (RAMP * 4095).astype(np.uint16)),
        ("tiff", (RAMP * 2**31 - 2**30).astype(np.int32)),
        ("tiff", RAMP.astype(np.float32)),
        ("tiff", (RAMP * 255).astype(np.float32)),
        ("pfm", RAMP.astype(np.float32)),
        ("tiff", (RAMP * 9e5 - 3e5).astype(np.float32)),
        ("png", (RAMP * 255).astype(np.uint8)),
    ],
)
def test_grey_files_show_what_is_in_them(tmp_path, kind, values):
    if values.dtype == np.dtype(">u2"):
        picture = Image.frombytes("I;16B", (64, 64), values.tobytes())
    else:
        picture = Image.fromarray(values)
    picture.save(file := tmp_path / f"x.{kind}")
    pixels = read_picture(file, 64)
    assert picture_problem(file) is None
    assert np.abs(pixels.mean(axis=2) - RAMP * 255).max() <= 2


def png(bits: int, colour: int, row: bytes, transparent: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    parts = [(b"IHDR", struct.pack(">IIBBBBB", 4, 4, bits, colour, 0, 0, 0)), (b"tRNS", transparent),
             (b"IDAT", zlib.compress((b"\0" + row) * 4)), (b"IEND", b"")]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize(
    "bits, colour, transparent, opaque, key",
    [(1, 0, b"\0", b"\xf0", b"\0\0"), (2, 0, b"\x55", b"\xaa", b"\0\1"), (4, 0, b"\x33" * 2, b"\x44" * 2, b"\0\3"),
     (8, 0, b"\7" * 4, b"\x77" * 4, b"\0\7"), (16, 0, b"\3\xe8" * 4, b"\3\xe9" * 4, b"\3\xe8"),
     (8, 2, b"\1\2\3" * 4, b"\1\2\4" * 4, b"\0\1\0\2\0\3"), (16, 2, b"\3\xe8" * 12, b"\4\xe8" * 12, b"\3\xe8" * 3)],
)  # fmt: skip
def test_the_transparent_colour_of_a_png_file_lies_on_white(tmp_path, bits, colour, transparent, opaque, key):
    for row, is_white in ((transparent, True), (opaque, bits == 1)):
        (tmp_path / "x.png").write_bytes(png(bits, colour, row, key))
        assert (read_picture(tmp_path / "x.png", 4).min() == 255) == is_white


@pytest.mark.parametrize(
    "alpha, expected", [((0, 0), (200, 100, 10)), ((255, 255), (200, 100, 10)), ((0, 255), 255)]
)
def test_a_bitmap_with_nothing_in_its_alpha_channel_is_opaque(tmp_path, alpha, expected):
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[...] = (10, 100, 200, alpha[1])
    pixels[-1, 0, 3] = alpha[0]  # the upper left: rows go upwards
    head = struct.pack("<IiiHHIIiiII", 108, 4, 4, 1, 32, 3, 64, 2835, 2835, 0, 0)
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
    start = b"BM" + struct.pack("<IHHI", 186, 0, 0, 122)
    (tmp_path / "x.bmp").write_bytes(start + head + masks + pixels.tobytes())
    assert (read_picture(tmp_path / "x.bmp", 4)[0, 0] == expected).all()


def tiff(values: np.ndarray, *more: tuple) -> bytes:
    """Return a square TIFF file of numbers of any kind; `more` adds tags, or replaces some."""
    kind, side = {"u": 1, "i": 2, "f": 3}[values.dtype.kind], int(values.size**0.5)
    tags = [(256, 3, 1, side), (257, 3, 1, side), (258, 3, 1, values.itemsize * 8), (259, 3, 1, 1), (262, 3, 1, 1),
            (273, 3, 1, 300), (277, 3, 1, 1), (278, 3, 1, side), (279, 4, 1, values.nbytes), (339, 3, 1, kind),
            *more]  # fmt: skip
    tags = sorted({tag[0]: tag for tag in tags}.values())
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = b"II*\0" + struct.pack("<I", 8) + directory + bytes(4) + b"-9999\0"
    return head.ljust(300, b"\0") + values.tobytes()


def test_files_of_a_kind_that_cannot_be_read_are_called_so(tmp_path):
    twelve_bits = encoded("jpeg").replace(b"\xff\xc0\0\x11\x08", b"\xff\xc1\0\x11\x0c")
    numbers = np.arange(64)
    for content in (twelve_bits, *(tiff(numbers.astype(kind)) for kind in ("<f2", "<f8", "<u8", "<i8"))):
        (tmp_path / "x").write_bytes(content)
        assert re.match("(TIFF|JPEG) file that is damaged or of a kind that", picture_problem(tmp_path / "x"))


def test_tiff_numbers_may_have_a_sign_a_white_and_a_mark_for_none(tmp_path):
    def shown(*file) -> list[int]:
        (tmp_path / "x.tif").write_bytes(tiff(*file))
        return read_picture(tmp_path / "x.tif", 8)[..., 0].ravel()[[0, 1, -1]].tolist()

    values = np.linspace(-64, 63, 64).round()
    assert shown(values.astype("i1")) == [0, 4, 255]
    assert shown(np.linspace(0, 1023, 64).astype("<u2"), (281, 3, 1, 1023)) == [0, 4, 255]
    place = 8 + 2 + 11 * 12 + 4  # after the directory
    for kind in ("<f4", "<i2"):
        assert shown(np.array([-9999, *range(193, 256)]).astype(kind), (42113, 2, 6, place)) == [0, 193, 255]


@pytest.mark.parametrize("photometric, first", [(0, 255), (1, 0)])
def test_tiff_may_declare_that_zero_is_white_and_how_many_bits_count(tmp_path, photometric, first):
    values = np.linspace(0, 200, 64 * 64).astype("<u2")  # dark for 12 bits
    (tmp_path / "x.tif").write_bytes(tiff(values, (262, 3, 1, photometric)))
    pixels = read_picture(tmp_path / "x.tif", 64)
    assert pixels[0, 0, 0] == first and abs(int(pixels[-1, -1, 0]) - first) == 200


@pytest.mark.parametrize(
    "mode, kind",
    [("LAB", "TIFF"), ("YCbCr", "TIFF"), ("CMYK", "TIFF"), ("P", "PNG"), ("LA", "PNG"), ("1", "TIFF")],
)
def test_colours_of_other_spaces(tmp_path, mode, kind):
    from PIL import ImageCms

    colour = Image.new("RGB", (32, 32), (200, 90, 40))
    if mode == "LAB":
        profiles = [ImageCms.createProfile(space) for space in ("sRGB", "LAB")]
        picture = ImageCms.profileToProfile(colour, *profiles, outputMode="LAB")
    else:
        picture = (colour.convert("L") if mode in ("1", "LA") else colour).convert(mode)
    picture.save(tmp_path / "x", kind)
    expected = np.asarray(colour if mode in ("LAB", "YCbCr", "CMYK") else picture.convert("RGB")).astype(int)
    assert np.abs(read_picture(tmp_path / "x", 32) - expected).max() <= 4


@pytest.mark.parametrize("kind", ["gif", "tiff", "png", "webp", "mpo"])
def test_the_first_of_several_pictures_counts(tmp_path, kind):
    frames = [Image.new("RGB", (40, 40), colour) for colour in ((200, 30, 30), (30, 30, 200))]
    frames[0].save(tmp_path / "x", kind.upper(), save_all=True, append_images=frames[1:])
    assert picture_problem(tmp_path / "x") is None
    assert np.abs(read_picture(tmp_path / "x", 8).astype(int) - (200, 30, 30)).max() < 12


# --- what is said


@pytest.mark.parametrize(
    "kind, largest", [("PNG", (60, 60)), ("JPEG", (60, 60)), ("WEBP", (60, 60)), ("TIFF", (60, 30))]
)
def test_a_huge_picture_is_read_or_too_large_but_not_damaged(tmp_path, monkeypatch, kind, largest):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 2000)
    Image.new("RGB", largest).save(tmp_path / "large", kind)
    Image.new("RGB", (80, 60)).save(tmp_path / "huge", kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert picture_problem(tmp_path / "large") is None
        assert read_picture(tmp_path / "large", 8).shape == (8, 8, 3)
        assert re.fullmatch(
            "too large: .*[0-9],[0-9]{3} pixels.*; make it smaller", picture_problem(tmp_path / "huge")
        )
        with pytest.raises(DataError, match="(?s)huge cannot be read.*too large: .*fewer pixels"):
            read_picture(tmp_path / "huge", 8)


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "empty file"),
        (b"<html>404</html>", "not a picture file"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "HEIC file: save it as JPEG"),
        (encoded("jpeg")[:2000], "file is cut short"),
        (encoded("png")[:2000], "file is cut short"),
    ],
)
def test_the_reason_is_the_same_on_loading_and_on_reading(tmp_path, content, reason):
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    assert picture_problem(path) == reason
    with pytest.raises(DataError, match="photo.jpg cannot be read") as caught:
        read_picture(path, 8)
    assert caught.value.received == reason == identify(str(path)).read(8)


def test_whatever_a_plugin_raises_names_the_file_unless_memory_is_short(tmp_path, monkeypatch):
    (tmp_path / "x.gif").write_bytes(encoded("gif"))
    broken = "PIL.GifImagePlugin.GifImageFile.load_prepare"
    for error in (struct.error("x"), TypeError("x"), AttributeError("x"), OverflowError("x"), KeyError(3)):
        monkeypatch.setattr(broken, raising(error))
        assert "damaged picture" in picture_problem(tmp_path / "x.gif")
        with pytest.raises(DataError, match="x.gif cannot be read"):
            read_picture(tmp_path / "x.gif", 8)
    monkeypatch.setattr(broken, raising(MemoryError()))
    for use in (picture_problem, lambda path: read_picture(path, 8)):
        with pytest.raises(SystemFault, match="no fault of the picture"):
            use(tmp_path / "x.gif")


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EIO, None])
def test_a_shortage_of_the_system_is_no_fault_of_the_picture(tmp_path, monkeypatch, number):
    path = tmp_path / "x.jpg"
    path.write_bytes(encoded("jpeg"))
    picture = identify(str(path))
    error = OSError(number, os.strerror(number)) if number else MemoryError()
    monkeypatch.setattr(files, "_open_without_waiting", raising(error))
    for use in (
        lambda: picture_problem(path),
        lambda: read_picture(path, 8),
        lambda: picture.read(8),
        lambda: Digests(tmp_path / "digests.sqlite").of([str(path)]),
    ):
        with pytest.raises(SystemFault, match="no fault of the picture.*run it again"):
            use()


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "loop", "missing", "long"])
def test_what_is_no_file_is_refused_at_once(tmp_path, monkeypatch, kind):
    path = tmp_path / ("x" * 300 if kind == "long" else "x.png")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(tmp_path)  # the path of a socket must be short
        socket.socket(socket.AF_UNIX).bind("x.png")
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    assert picture_problem(path).startswith("cannot be opened (")
    with pytest.raises(DataError, match="cannot be opened"):
        read_picture(path, 8)
    assert Digests(tmp_path / "digests.sqlite").of([str(path)])[1][0].startswith("cannot be opened (")


def test_odd_arguments_are_refused_by_name():
    grey = FILES / "grey.jpg"
    with pytest.raises(ValueError, match="`size` must be a whole number between 1 and 16384. Received"):
        read_picture(grey, 8.0)
    for box in (5, [None] * 4, [1, 2, 3], [[0, 0, 9, 9]], "abcd", [1, 2, 3, 4, 5], [[1]] * 4, {}):
        with pytest.raises(
            ValueError, match="grey.jpg cannot be cropped: `box` must be four numbers.*Received: "
        ):
            read_picture(grey, 8, box)
    picture = Image.new("RGB", (4, 4))
    for source in (None, 5, 0, "", b"x.png", [grey], np.asarray(picture), picture, io.StringIO("x")):
        with pytest.raises(ValueError, match="(?s)`source` must be the path.*Received: .*BytesIO"):
            read_picture(source, 8)
        for use in (picture_problem, picture_size):
            with pytest.raises(ValueError, match="`path` must be the path of a picture. Received: "):
                use(source)


def test_an_open_file_is_read_and_stays_open():
    with open(FILES / "grey.jpg", "rb") as stream, tempfile.NamedTemporaryFile() as temporary:
        assert differ(read_picture(stream, 16), read_picture(FILES / "grey.jpg", 16)) == 0
        assert not stream.closed
        temporary.write((FILES / "grey.jpg").read_bytes())
        assert read_picture(temporary, 8).shape == (8, 8, 3)


def test_an_error_keeps_its_parts_also_from_another_process():
    error = DataError("`a` is odd.", expected="b", received="caf\udce9", do="d")
    again = pickle.loads(pickle.dumps(error))
    assert (again.what, again.expected, again.received, again.do) == ("`a` is odd.", "b", "caf\udce9", "d")
    assert str(again) == str(error) and "caf\\xe9" in str(error)
