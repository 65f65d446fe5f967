"""A soft brush for backgrounds: washes, blobs, stems and ridges, drawn small and put out of focus."""

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

RGB = tuple[int, int, int]


def hexes(codes: str) -> list[RGB]:
    """Return colours from hexadecimal codes separated by blanks: `hexes("ffffff 4d8b4a")`."""
    return [(int(c[0:2], 16), int(c[2:4], 16), int(c[4:6], 16)) for c in codes.split()]


def shade(colour: RGB, factor: float) -> RGB:
    """Return a colour made darker (factor below 1) or lighter (above 1)."""
    return tuple(min(255, max(0, int(v * factor))) for v in colour)


class Brush:
    """Paints a square of `side` pixels. Lengths are fractions of the side; (0, 0) is upper left."""

    def __init__(self, side: int, rng: random.Random):
        self.side, self.rng = side, rng
        self.image = Image.new("RGB", (side, side))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.rng.random()

    def pick(self, colours: list[RGB], jitter: float = 0.12) -> RGB:
        """Return one of the colours, a little lighter or darker."""
        chosen = colours[int(self.rng.random() * len(colours))]
        return shade(chosen, 1 + jitter * (2 * self.rng.random() - 1))

    def wash(
        self, top: float, bottom: float, stops: list[RGB], jitter: float = 0.06, across: int = 4
    ) -> None:
        """Fill a band of the picture from `top` to `bottom` with blending, blotchy colours."""
        y0, y1 = max(0, self._at(top)), min(self.side, self._at(bottom))
        if y1 <= y0:
            return
        small = Image.new("RGB", (across, len(stops)))
        small.putdata([self.pick([stop], jitter) for stop in stops for _ in range(across)])
        self.image.paste(small.resize((self.side, y1 - y0), Image.Resampling.BICUBIC), (0, y0))

    def polygon(self, points: list[tuple[float, float]], colour: RGB, alpha: int = 255) -> None:
        self._draw.polygon([(self._at(x), self._at(y)) for x, y in points], fill=(*colour, alpha))

    def disc(
        self, x: float, y: float, rx: float, colour: RGB, alpha: int = 255, ry: float | None = None
    ) -> None:
        ry = rx if ry is None else ry
        self._draw.ellipse(
            (self._at(x - rx), self._at(y - ry), self._at(x + rx), self._at(y + ry)), fill=(*colour, alpha)
        )

    def discs(self, count, where, radius, colours, alpha=255, flat=1.0) -> None:
        """Scatter discs in the box `where` = (x0, y0, x1, y1), with radii between the two of `radius`."""
        x0, y0, x1, y1 = where
        for _ in range(int(count)):
            size = self.between(*radius)
            self.disc(
                self.between(x0, x1), self.between(y0, y1), size, self.pick(colours), alpha, size * flat
            )

    def stems(self, count, base, height, width, colours, lean=0.1, alpha=255) -> None:
        """Draw trunks, reeds or grass: bands that rise from about `base` by between the two of `height`."""
        for _ in range(int(count)):
            x, foot = self.between(-0.05, 1.05), base + self.between(-0.04, 0.04)
            top, tilt = foot - self.between(*height), self.between(-lean, lean)
            half = self.between(*width) / 2
            path = [
                (x - half, foot),
                (x + half, foot),
                (x + tilt + half * 0.6, top),
                (x + tilt - half * 0.6, top),
            ]
            self.polygon(path, self.pick(colours), alpha)

    def streaks(self, count, top, bottom, colours, alpha=140, length=(0.1, 0.5), thick=0.012) -> None:
        """Draw level streaks that grow wider towards the viewer: ripples, furrows, drifts."""
        for _ in range(int(count)):
            depth = self.rng.random()
            y, x, half = (
                top + (bottom - top) * depth,
                self.rng.random(),
                self.between(*length) * (0.3 + 0.7 * depth) / 2,
            )
            self.disc(x, y, half, self.pick(colours), alpha, thick * (0.3 + depth))

    def ridge(self, level, rough, colour, floor=1.0, steps=6) -> list[tuple[float, float]]:
        """Draw hills, a tree line or dunes: a ragged edge at about `level`, filled down to `floor`."""
        edge = [(k / steps, level + rough * (2 * self.rng.random() - 1)) for k in range(steps + 1)]
        self.polygon([*edge, (1.02, floor), (-0.02, floor)], colour)
        return edge

    def soften(self, radius: float) -> None:
        """Put all that is painted so far (further) out of focus. What comes later is nearer, so sharper."""
        blur = ImageFilter.BoxBlur(radius * self.side)
        self.image = self.image.filter(blur).filter(blur)
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def finish(self, px: int, tint: tuple[float, float, float]) -> np.ndarray:
        """Return the picture as uint8 (px, px, 3), its colours multiplied by `tint`."""
        lit = np.asarray(self.image, np.float32) * np.asarray(tint, np.float32)
        small = Image.fromarray(np.minimum(lit, 255, out=lit).astype(np.uint8))
        return np.asarray(small.resize((px, px), Image.Resampling.BICUBIC))

    def _at(self, length: float) -> int:
        return math.floor(length * self.side + 0.5)
