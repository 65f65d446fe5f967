"""Part of a picture as pixels of another size: bilinear, antialiased, by vector instructions where it can be."""

import math

import numpy as np
from PIL import Image

try:
    import cykooz_resizer as fast  # Pillow's filter in a third of the time; rounding moves a value by one at most
except ImportError:  # there is no wheel for Linux on ARM
    fast = None


def resized(picture: Image.Image, size: int, edges: tuple[float, float, float, float]) -> np.ndarray:
    """Return what lies inside `edges` (left, top, right, bottom) of an RGB picture, uint8 (size, size, 3)."""
    sides = edges[2] - edges[0], edges[3] - edges[1]
    if fast is None or min(sides) <= size:  # pictures that grow are Pillow's on any machine
        return np.asarray(picture.resize((size, size), Image.Resampling.BILINEAR, box=edges))
    reach = math.ceil(max(sides) / size)  # the filter looks beyond the edges
    left, top = (max(0, math.floor(edge) - reach) for edge in edges[:2])
    right, bottom = (math.ceil(edge) + reach for edge in edges[2:])
    part = picture.crop((left, top, min(right, picture.width), min(bottom, picture.height)))
    source = fast.ImageData(*part.size, fast.PixelType.U8x3, part.tobytes())
    target = fast.ImageData(size, size, fast.PixelType.U8x3)
    filtered = fast.ResizeAlg.convolution(fast.FilterType.bilinear)
    crop = fast.CropBox(edges[0] - left, edges[1] - top, *sides)
    fast.Resizer().resize(source, target, fast.ResizeOptions(filtered, crop_box=crop))
    return np.frombuffer(target.get_buffer(), np.uint8).reshape(size, size, 3)
