"""Paper, pens and layers: smooth shapes drawn three times too large and averaged down.

The same seed gives the same bytes on any machine. Colours and light guarantee it by themselves: they are integer
arithmetic of Pillow, and sums and products of NumPy taken one pixel at a time, which every machine rounds alike.
Outlines need one step more: sines, cosines and powers come from the system's mathematical library, and two libraries
may differ in a number's last digit. Each point of an outline is rounded to a whole pixel of the supersampled picture
before it is drawn, so such a difference practically never shows. That is no proof: tests/sketchbook/test_pictures.py
holds digests of pictures, for every machine to compare with.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SUPERSAMPLE = 3  # a picture is drawn this many times too large, then averaged: smooth edges

Points = Sequence[tuple[float, float]] | np.ndarray
Colour = tuple[int, ...]  # (red, green, blue) or (red, green, blue, alpha), each 0..255


@dataclass(frozen=True)
class Transform:
    """An affine map from a local frame to the picture, whose sides run from 0 to 1 (x right, y down)."""

    xx: float = 1.0
    xy: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @classmethod
    def place(cls, x=0.0, y=0.0, scale=1.0, angle=0.0, mirror=False, squeeze=1.0) -> "Transform":
        """Put a local frame at (x, y): turned clockwise by `angle` degrees, narrowed by `squeeze`, mirrored or not."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        wide = scale * squeeze * (-1 if mirror else 1)
        return cls(cos * wide, -sin * scale, sin * wide, cos * scale, x, y)

    def after(self, inner: "Transform") -> "Transform":
        """Return the map that applies `inner` first and this one afterwards."""
        return Transform(
            self.xx * inner.xx + self.xy * inner.yx,
            self.xx * inner.xy + self.xy * inner.yy,
            self.yx * inner.xx + self.yy * inner.yx,
            self.yx * inner.xy + self.yy * inner.yy,
            *self.apply([(inner.x, inner.y)])[0],
        )

    def apply(self, points: Points) -> list[tuple[float, float]]:
        return [(self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y) for x, y in points]


class Layer:
    """One sheet of a drawing: colours, and a mask that says where the sheet covers what lies behind it.

    Attributes
    ----------
    rgb, mask : Pillow images, `SUPERSAMPLE` times the picture's size.
    relief : how round the sheet looks under the light: 0 is flat, 1 is strongly modelled.
    """

    def __init__(self, px: int, base: Colour, relief: float):
        side = px * SUPERSAMPLE
        self.px, self.relief = px, relief
        self.rgb = Image.new("RGB", (side, side), base[:3])
        self.mask = Image.new("L", (side, side), 0)
        self._paint = ImageDraw.Draw(self.rgb, "RGBA")
        self._cover = ImageDraw.Draw(self.mask)

    def polygon(self, points: list[tuple[int, int]], colour: Colour | None, cover: int | None) -> None:
        if colour is not None:
            self._paint.polygon(points, fill=tuple(colour))
        if cover is not None:
            self._cover.polygon(points, fill=cover)


@dataclass
class Pen:
    """Draws on one layer in one local frame."""

    layer: Layer
    transform: Transform

    def within(self, x=0.0, y=0.0, scale=1.0, angle=0.0, mirror=False, squeeze=1.0) -> "Pen":
        """Return a pen on the same layer whose frame lies inside this one: a head on a body, say."""
        inner = Transform.place(x, y, scale, angle, mirror, squeeze)
        return Pen(self.layer, self.transform.after(inner))

    def shape(self, points: Points, colour: Colour | None = None, cover: int = 255) -> None:
        """Draw a part of the body: it covers what lies behind the layer, below 255 only in part, as glass does."""
        self.layer.polygon(self._pixels(points), colour, cover=cover)

    def mark(self, points: Points, colour: Colour) -> None:
        """Draw a field mark: colour only, so it never leaves the shapes of its layer. Alpha below 255 blends."""
        self.layer.polygon(self._pixels(points), colour, cover=None)

    def cut(self, points: Points) -> None:
        """Cut a hole into the layer."""
        self.layer.polygon(self._pixels(points), None, cover=0)

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Return where a local point lies in the picture, in pixels."""
        ((px, py),) = self.transform.apply([(x, y)])
        return px * self.layer.px, py * self.layer.px

    def _pixels(self, points: Points) -> list[tuple[int, int]]:
        side = self.layer.px * SUPERSAMPLE
        return [
            (math.floor(x * side + 0.5), math.floor(y * side + 0.5)) for x, y in self.transform.apply(points)
        ]


@dataclass(frozen=True)
class View:
    """Where a subject goes: a square picture of `px` pixels and the place of the subject's local frame in it."""

    px: int
    transform: Transform

    def pen(self, base: Colour, relief: float = 0.5) -> Pen:
        """Return a pen on a new layer. Choose `base` like the outermost colour: it shines through at the edges."""
        return Pen(Layer(self.px, base, relief), self.transform)


@dataclass
class Subject:
    """A drawn bird, pet or thing: layers from back to front, and named points in pixels of the picture."""

    layers: list[Layer]
    points: dict[str, tuple[float, float]] = field(default_factory=dict)


def curve(points: Points, steps: int = 6) -> np.ndarray:
    """Return a smooth closed outline through control points: a Catmull-Rom spline, `steps` samples for each."""
    control = np.asarray(points, dtype=float)
    before, after, beyond = np.roll(control, 1, 0), np.roll(control, -1, 0), np.roll(control, -2, 0)
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (p[:, None, :] for p in (before, control, after, beyond))
    path = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return path.reshape(-1, 2)


def ellipse(
    x: float, y: float, rx: float, ry: float, angle: float = 0.0, steps: int = 20
) -> list[tuple[float, float]]:
    """Return an ellipse as points, turned clockwise by `angle` degrees."""
    place = Transform.place(x, y, 1.0, angle)
    turns = [2 * math.pi * k / steps for k in range(steps)]
    return place.apply([(rx * math.cos(t), ry * math.sin(t)) for t in turns])


def ribbon(points: Points, *widths: float) -> list[tuple[float, float]]:
    """Return a band along an open path, as wide as `widths` say from its start to its end (at least one)."""
    last = len(points) - 1
    left, right = [], []
    for k, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(k - 1, 0)], points[min(k + 1, last)]
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy) or 1.0
        at = k / last * (len(widths) - 1) if last else 0.0
        low = min(int(at), len(widths) - 1)
        high = min(low + 1, len(widths) - 1)
        half = (widths[low] + (widths[high] - widths[low]) * (at - low)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return left + right[::-1]


def bend(points: Points, steps: int = 5) -> list[tuple[float, float]]:
    """Return a smooth open path through control points, for `ribbon`."""
    ends = [points[0], *points, points[-1]]
    path = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for k in range(steps):
            t = k / steps
            path.append(
                tuple(
                    b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
                    for a, b, c, d in ((ax, bx, cx, dx), (ay, by, cy, dy))
                )
            )
    return [*path, tuple(points[-1])]


def flatten(subject: Subject, px: int) -> tuple[np.ndarray, np.ndarray]:
    """Lay a subject's layers on top of each other, lit from above left.

    Returns
    -------
    rgb : float32 (px, px, 3), 0..255. Where nothing is drawn the value has no meaning.
    alpha : float32 (px, px), 0..1, how much of each pixel the subject covers.
    """
    rgb, alpha = np.zeros((px, px, 3), np.float32), np.zeros((px, px), np.float32)
    for layer in subject.layers:
        window = layer.mask.getbbox()
        if window is None:
            continue
        x0, y0 = (max(0, v // SUPERSAMPLE - 1) for v in window[:2])
        x1, y1 = (min(px, -(-v // SUPERSAMPLE) + 1) for v in window[2:])
        box = tuple(v * SUPERSAMPLE for v in (x0, y0, x1, y1))
        mask = layer.mask.reduce(SUPERSAMPLE, box)
        colours = np.asarray(layer.rgb.reduce(SUPERSAMPLE, box), np.float32)
        cover = np.asarray(mask, np.float32) * np.float32(1 / 255)
        if layer.relief:
            colours *= _relief(mask, layer.relief)[..., None]
        here = (slice(y0, y1), slice(x0, x1))
        rgb[here] += (colours - rgb[here]) * cover[..., None]
        alpha[here] += (1 - alpha[here]) * cover
    # Where layers only half cover, the colours are mixed with black: divide it out.
    np.divide(rgb, alpha[..., None], out=rgb, where=alpha[..., None] > 0)
    return np.minimum(rgb, 255, out=rgb), alpha


def _relief(mask: Image.Image, strength: float) -> np.ndarray:
    """Return a factor for each pixel that makes a flat shape look round under light from above left."""
    reach = max(1, round(min(mask.size) / 6))
    around = Image.new("L", (mask.width + 4 * reach, mask.height + 4 * reach), 0)
    around.paste(mask, (2 * reach, 2 * reach))
    soft = np.asarray(
        around.filter(ImageFilter.BoxBlur(reach)).filter(ImageFilter.BoxBlur(reach / 2)), np.float32
    )

    def seen_from(dx: int, dy: int) -> np.ndarray:
        return soft[
            2 * reach + dy : 2 * reach + dy + mask.height, 2 * reach + dx : 2 * reach + dx + mask.width
        ]

    across = max(1, reach // 2)
    slope = seen_from(across, reach) - seen_from(-across, -reach)
    return 1 + slope * np.float32(strength * 0.45 / 255)
