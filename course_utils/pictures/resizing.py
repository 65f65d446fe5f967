"""Part of a picture as pixels of another size: bilinear, antialiased, by vector instructions where it can be."""

import math

import numpy as np
from PIL import Image

try:
    import cykooz_resizer as fast  # Pillow's filter in half its time; rounding moves a value by one at most
except ImportError:  # there is no wheel for Linux on ARM
    fast = None

# Copies of larger parts cost more than is saved. JPEG files are decoded at less than four times what is wanted.
_MOST = 4
_STEPS = 2**20  # to a pixel: sums of such numbers are exact, so no edge gets outside the picture


def resized(picture: Image.Image, size: int, edges: tuple[float, float, float, float]) -> np.ndarray:
    """Return what lies inside `edges` (left, top, right, bottom) of an RGB picture, uint8 (size, size, 3)."""
    sides = edges[2] - edges[0], edges[3] - edges[1]
    if fast is None or min(sides) <= size or max(sides) > _MOST * size:
        return np.asarray(picture.resize((size, size), Image.Resampling.BILINEAR, box=edges))
    left, top, right, bottom = (round(edge * _STEPS) / _STEPS for edge in edges)
    reach = math.ceil(max(right - left, bottom - top) / size)  # the filter looks beyond the edges
    x, y = (max(0, math.floor(edge) - reach) for edge in (left, top))
    ends = (math.ceil(edge) + reach for edge in (right, bottom))
    part = picture.crop((x, y, *map(min, ends, picture.size)))
    source = fast.ImageData(*part.size, fast.PixelType.U8x3, part.tobytes())
    target = fast.ImageData(size, size, fast.PixelType.U8x3)
    filtered = fast.ResizeAlg.convolution(fast.FilterType.bilinear)
    crop = fast.CropBox(left - x, top - y, right - left, bottom - top)
    fast.Resizer().resize(source, target, fast.ResizeOptions(filtered, crop_box=crop))
    return np.frombuffer(target.get_buffer(), np.uint8).reshape(size, size, 3)
