"""The camera: puts a subject into a scene and takes a photo of it, with light, weather, blur and noise."""

import random
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from course_utils.arguments import number
from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.stage.canvas import Subject, flatten
from course_utils.sketchbook.stage.foliage import grow_foliage
from course_utils.sketchbook.stage.perches import add_perch

Range = tuple[float, float]


@dataclass(frozen=True)
class Camera:
    """What a camera does to light. Pairs are ranges to draw from; lengths are fractions of the side."""

    gain: Range = (0.9, 1.12)
    contrast: Range = (0.92, 1.12)
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    blur: Range = (-0.004, 0.004)  # radius when out of focus; negative: sharp
    motion: Range = (0.0, 0.0)  # length of the smear
    noise: Range = (1.5, 4.5)  # standard deviation in grey levels
    veil: float = 0.0  # how much grey haze lies over the picture
    streaks: tuple[int, int] = (0, 0)  # how many drops of rain


CAMERAS: dict[str, Camera] = {
    "day": Camera(),
    "dusk": Camera((0.42, 0.62), (0.8, 0.98), (0.84, 0.93, 1.25), (0.0, 0.006), noise=(6, 11)),
    "rain": Camera(
        (0.78, 0.95), (0.62, 0.8), (0.95, 1.0, 1.05), (0.0, 0.006), noise=(2, 5), veil=0.2, streaks=(30, 80)
    ),
    "blur": Camera(blur=(0.0, 0.008), motion=(0.04, 0.11)),
}


@dataclass(frozen=True)
class Photo:
    """A photo and the truth behind it.

    Attributes
    ----------
    image : uint8 (px, px, 3)
    mask : uint8 (px, px), 0..255: how much of each pixel the whole subject covers, foliage in front ignored.
    box : (x, y, width, height) in pixels, the smallest box round the pixels that the subject covers at least
        half (mask >= 128); None if there are none.
    points : named landmarks, (x, y) in pixels.
    truth : what is known about the photo, such as `camera` and `occluded` (fraction of the subject that is
        hidden).
    """

    image: np.ndarray
    mask: np.ndarray
    box: tuple[int, int, int, int] | None
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    truth: dict[str, object] = field(default_factory=dict)


def find_camera(name: str, argument: str = "camera") -> Camera:
    """Return the record of a camera, or raise an error that names the argument and all cameras."""
    return look_up(argument, name, CAMERAS)


def take_photo(
    subject: Subject,
    background: np.ndarray,
    rng: random.Random,
    camera: str = "day",
    occlusion: float = 0.0,
    perch: str | None = None,
    cover: str = "leaves",
) -> Photo:
    """Put a subject into a scene and photograph it.

    Parameters
    ----------
    subject : what a drawer returned for a view of the background's size.
    background : uint8 (px, px, 3), as `paint_scene` returns it.
    camera : "day", "dusk", "rain" or "blur".
    occlusion : about how much of the subject foliage in front hides, 0..0.9.
    perch : what is under the subject (see `perches`), None for what flies. It meets the point "waterline" or
        "feet", or the lower edge of a subject that has neither.
    cover : what the foliage in front is: "leaves", "blades" or "twigs".
    """
    settings, px = find_camera(camera), len(background)
    occlusion = number("occlusion", occlusion, 0, 0.9, "a fraction between 0 and 0.9")
    rgb, alpha = flatten(subject, px)
    mask = np.floor(alpha * np.float32(255) + np.float32(0.5)).astype(np.uint8)
    box, picture = bounding_box(mask), background.astype(np.float32)
    if perch is not None and box is not None:
        x, y = _footing(subject, box)
        picture = add_perch(picture, perch, (x / px, y / px), max(box[2:]) / px, rng)
    picture += (rgb * _ambient(background) - picture) * alpha[..., None]
    occluded = 0.0
    if occlusion and box is not None:
        picture, occluded = grow_foliage(picture, mask, background, occlusion, cover, rng)
    image = _expose(picture, settings, rng)
    return Photo(image, mask, box, dict(subject.points), {"camera": camera, "occluded": occluded})


def _footing(subject: Subject, box: tuple[int, int, int, int]) -> tuple[float, float]:
    for name in ("waterline", "feet"):
        if name in subject.points:
            return subject.points[name]
    return box[0] + box[2] / 2, box[1] + box[3] * 0.97


def bounding_box(mask: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return the smallest (x, y, width, height) round all pixels of `mask` (uint8) from 128 up, or None."""
    inside = mask >= 128
    columns, rows = np.flatnonzero(inside.any(axis=0)), np.flatnonzero(inside.any(axis=1))
    if not len(columns):
        return None
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1


def _ambient(background: np.ndarray) -> np.ndarray:
    """Return how the light of a scene colours what stands in it: float32 (3,), near 1."""
    # A sum of integers is exact, whatever the machine adds first.
    mean = background.sum(axis=(0, 1), dtype=np.int64) / background[..., 0].size
    grey = float(mean[0] + mean[1] + mean[2]) / 3
    return np.asarray((0.86 + 0.16 * grey / 128) * (1 + 0.14 * (mean / max(grey, 1.0) - 1)), np.float32)


def _expose(picture: np.ndarray, camera: Camera, rng: random.Random) -> np.ndarray:
    """Return the picture as the camera sees it, lens first, sensor last: uint8 (px, px, 3)."""
    px = len(picture)
    radius, smear, drops = (
        rng.uniform(*camera.blur),
        rng.uniform(*camera.motion),
        rng.randint(*camera.streaks),
    )
    direction = rng.uniform(-1, 1), rng.uniform(-1, 1)
    if smear:
        picture = _smear(picture, direction, smear)
    if drops:
        picture = _rain(picture, drops, rng)
    if radius > 0:
        blurred = _to_bytes(picture).filter(ImageFilter.BoxBlur(radius * px))
        picture = np.asarray(blurred, np.float32)
    if camera.veil:
        picture = picture + (np.float32(150) - picture) * np.float32(camera.veil)
    contrast, gain = rng.uniform(*camera.contrast), rng.uniform(*camera.gain)
    warmth = rng.uniform(-0.06, 0.06)
    tint = (
        np.asarray(camera.tint, np.float32)
        * np.asarray((1 + warmth, 1, 1 - warmth), np.float32)
        * np.float32(gain)
    )
    picture = (picture - np.float32(115)) * np.float32(contrast) + np.float32(115)
    picture *= _light(px, rng)[..., None] * tint
    return np.asarray(_to_bytes(picture + _noise(px, rng.uniform(*camera.noise), rng)))


def _light(px: int, rng: random.Random) -> np.ndarray:
    """Return float32 (px, px): light that falls off across the picture and into its corners."""
    across = (np.arange(px, dtype=np.float32) + np.float32(0.5)) * np.float32(2 / px) - 1  # -1..1
    dx, dy, corner = (np.float32(rng.uniform(*r)) for r in ((-0.13, 0.13), (-0.13, 0.13), (0.02, 0.12)))
    column, row = dx * across - corner * across * across, 1 + dy * across - corner * across * across
    return row[:, None] + column[None, :]


def _noise(px: int, sigma: float, rng: random.Random) -> np.ndarray:
    """Return float32 (px, px, 3): noise with a triangular distribution, as two dice have."""
    dice = np.frombuffer(rng.randbytes(px * px * 3 + 1), np.uint8).astype(np.float32)
    return ((dice[1:] - dice[:-1]) * np.float32(sigma / 104.5)).reshape(px, px, 3)


def _smear(picture: np.ndarray, direction: tuple[float, float], length: float) -> np.ndarray:
    """Return the mean of copies of the picture shifted along a line: the camera moved."""
    px = len(picture)
    steps = max(2, round(length * px))
    longest = max(abs(direction[0]), abs(direction[1]), 1e-6)
    margin = steps // 2 + 1
    wide = np.pad(picture, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    total = np.zeros_like(picture)
    for k in range(steps):
        x = margin + round((k - steps / 2) * direction[0] / longest)
        y = margin + round((k - steps / 2) * direction[1] / longest)
        total += wide[y : y + px, x : x + px]
    return total * np.float32(1 / steps)


def _rain(picture: np.ndarray, drops: int, rng: random.Random) -> np.ndarray:
    """Return the picture with streaks of rain."""
    px, sheet = len(picture), Image.new("L", picture.shape[:2], 0)
    pen, slant = ImageDraw.Draw(sheet), rng.uniform(-0.4, 0.4)
    for _ in range(drops):
        x, y, length = rng.uniform(-0.1, 1.1), rng.uniform(-0.1, 1), rng.uniform(0.05, 0.16)
        ends = [round(v * px) for v in (x, y, x + slant * length, y + length)]
        pen.line(ends, fill=rng.randint(70, 150), width=max(1, px // 110))
    soft = sheet.filter(ImageFilter.BoxBlur(px * 0.003))
    return (
        picture
        + (np.float32(222) - picture) * (np.asarray(soft, np.float32) * np.float32(1 / 255))[..., None]
    )


def _to_bytes(picture: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(picture + np.float32(0.5), 0, 255).astype(np.uint8))
