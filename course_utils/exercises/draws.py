"""Inputs that find what a few small whole numbers do not: awkward sizes, signs, fractions, types that overflow.

Each takes a NumPy generator first, as the drawers of `Function(draw=...)` get it.
"""

import numpy as np

_LABELS = ("int64", "int32", "uint8")


def size(random: np.random.Generator, most: int = 12) -> int:
    """Return a size from 1 to `most`, one of three times the very smallest or an odd one near the end."""
    return int(
        random.choice([1, 2, most - (most % 2 == 0)])
        if random.random() < 0.33
        else random.integers(1, most + 1)
    )


def reals(random: np.random.Generator, *shape: int) -> np.ndarray:
    """Return numbers of both signs, none of them whole, from small to large: (*shape)."""
    scale = 10.0 ** random.integers(-1, 3)
    return np.round(random.normal(scale=scale, size=shape), 3) + 0.0004


def labels(random: np.random.Generator, n: int, classes: int = 5, dtype: str | None = None) -> np.ndarray:
    """Return labels of `n` pictures, in one of the types that labels have: (n,). Some classes may be missing."""
    return random.integers(0, classes, n).astype(dtype or random.choice(_LABELS))


def content(random: np.random.Generator, longest: int = 200_000) -> bytes:
    """Return what a file may hold: from a few bytes to `longest`."""
    return random.bytes(int(min(longest, 10 ** random.uniform(0.5, 5.5))))


def weights(random: np.random.Generator, arrays: int | None = None) -> list[np.ndarray]:
    """Return weights as a network has them: arrays of several shapes, float32, one of them often a single number."""
    shapes = [(3, 3, 2, 4), (4,), (4, 5), (5,), (1,), (2, 3), (7, 1)]
    n = arrays or int(random.integers(1, 6))
    return [random.normal(size=shapes[random.integers(len(shapes))]).astype("float32") for _ in range(n)]


def nudged(random: np.random.Generator, arrays: list[np.ndarray], by: float = 1e-6) -> list[np.ndarray]:
    """Return copies of arrays in which one number, anywhere, differs by a share as small as training makes it."""
    copies = [array.copy() for array in arrays]
    chosen = copies[random.integers(len(copies))].reshape(-1)
    place = random.integers(chosen.size)
    chosen[place] = np.nextafter(chosen[place] * (1 + by), np.inf, dtype=chosen.dtype)
    return copies
