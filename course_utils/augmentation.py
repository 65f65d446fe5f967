"""Random changes of training pictures, each a layer of Keras: at work in training, and nowhere else.

    gentle = recipe("gentle")                # or recipe(flip="horizontal", shift=0.1)
    model = keras.Sequential([keras.Input((96, 96, 3)), gentle, backbone, head])

Pixels go from 0 to 255, in and out. How large a change may be, its *amount*, is what Keras calls the factor; each
picture draws its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
from keras import layers

from course_utils.arguments import number, refusal, whole_number
from course_utils.errors import unknown_name
from course_utils.keras_settings import check_settings

Layers = list[keras.layers.Layer]

FLIPS = ("horizontal", "vertical", "horizontal_and_vertical")


def _shear(amount: float, seed: int | None) -> Layers:
    # From 0 up, not from -amount: what Keras (3.12 to 3.15) saves of a RandomShear(amount) it refuses to load.
    return [layers.RandomShear((0.0, amount), (0.0, amount), seed=seed)]


def _shift(amount: float, seed: int | None) -> Layers:
    # Whole pixels: interpolation would blur the small marks that tell species apart.
    return [layers.RandomTranslation(amount, amount, "reflect", interpolation="nearest", seed=seed)]


def _crop(amount: float, seed: int | None) -> Layers:
    # Not RandomCrop: that cuts one window out of all pictures of a batch, and outside of training hands them on uncut,
    # in a size that the layers behind it cannot take (Keras 3.12 to 3.15). Ours is moved by half of what goes.
    return [*_shift(amount / 2, seed), layers.RandomZoom((-amount, -amount), seed=seed)]


def _saturation(amount: float, seed: int | None) -> Layers:
    # Keras counts from 0, grey, to 0.5, as it was; beyond that pixels leave the range of 0 to 255 (3.12 to 3.15).
    return [layers.RandomSaturation((0.5 - amount / 2, 0.5), seed=seed)]


# For each change the largest amount, and the layers that make it. Amounts are shares: of the side, of the range of
# values, of a full turn. A hue of 1 makes any hue any other; a blur is in pixels, and Keras knows none above 1.
CHANGES: dict[str, tuple[float, Callable[[Any, int | None], Layers]]] = {
    "flip": (1, lambda way, seed: [layers.RandomFlip(way, seed=seed)]),  # its amount is one of FLIPS
    "rotate": (0.5, lambda turns, seed: [layers.RandomRotation(turns, seed=seed)]),
    "zoom": (0.9, lambda share, seed: [layers.RandomZoom(share, seed=seed)]),
    "shear": (1, _shear),
    "shift": (1, _shift),
    "crop": (0.9, _crop),  # what is cut off
    "brightness": (1, lambda share, seed: [layers.RandomBrightness(share, seed=seed)]),
    "contrast": (1, lambda share, seed: [layers.RandomContrast(share, seed=seed)]),  # Keras only raises it
    "saturation": (1, _saturation),
    "hue": (1, lambda share, seed: [layers.RandomHue(share, seed=seed)]),
    "blur": (1, lambda radius, seed: [layers.RandomGaussianBlur(1.0, 5, radius, seed=seed)]),
}

RECIPES: dict[str, dict[str, Any]] = {
    # What fine-tunes the course's backbones: chosen on drawn birds of other seeds than those that are reported.
    "gentle": {"flip": "horizontal", "shift": 0.1, "brightness": 0.12, "contrast": 0.2},
    # That of a study of 2017 on five data sets (H. Bhasin, "Image Recognition with Deep Learning").
    "strong": {"flip": "horizontal", "rotate": 20 / 360, "shift": 0.2, "shear": 0.2, "zoom": 0.2},
}

# One of each kind, large enough to be seen: rows for `gallery`.
EXAMPLES: dict[str, Any] = {
    "flip": "horizontal", "rotate": 0.1, "zoom": 0.3, "shear": 0.3, "shift": 0.2, "crop": 0.4, "brightness": 0.3,
    "contrast": 0.5, "saturation": 0.9, "hue": 0.5, "blur": 1.0,
}  # fmt: skip


def recipe(name: str | None = None, /, *, seed: int | None = None, **changes: Any) -> keras.Sequential:
    """Return the layers of a named recipe, of single changes by name and amount, or of both, in this order.

    Parameters
    ----------
    name : one of RECIPES.
    seed : of the layers' chance; by default it comes from `setup(seed=...)`, like everything else that is random.
    changes : names of CHANGES with their amounts; one that the recipe has already gets another amount.

    Raises
    ------
    ValueError : no such recipe or change, or an amount that its layer does not take.
    RuntimeError : Keras is set to compute in another way than the course does.
    """
    check_settings()
    if name is not None and name not in RECIPES:
        raise unknown_name("name", name, RECIPES)
    amounts = {**RECIPES.get(name, {}), **changes}
    stack = []
    for place, (change, amount) in enumerate(amounts.items()):  # of one seed, all would draw the same numbers
        stack += _layers(change, amount, None if seed is None else seed + place)
    if not stack:
        raise refusal("name", f"one of {', '.join(RECIPES)}, unless changes are named", name)
    return keras.Sequential(stack, name=name or "recipe")


def views(recipe: keras.Sequential, pictures: np.ndarray, n: int) -> np.ndarray:
    """Return `n` changed versions of each picture, float32 0..255: (n, pictures, height, width, 3)."""
    pixels = np.asarray(pictures, "float32")
    if pixels.ndim != 4:
        raise refusal("pictures", "an array of shape (pictures, height, width, 3)", pixels.shape)
    drawn = [recipe(pixels, training=True) for _ in range(whole_number("n", n, 1))]
    return np.stack([keras.ops.convert_to_numpy(view) for view in drawn])


def gallery(
    picture: np.ndarray, changes: Mapping[str, Any] | None = None, n: int = 4, seed: int = 0
) -> dict[str, np.ndarray]:
    """Return `n` versions of one picture for each change by itself (by default EXAMPLES), for `plots.variations`."""
    rows = {}
    for change, amount in (EXAMPLES if changes is None else changes).items():
        one = recipe(seed=seed, **{change: amount})
        rows[f"{change} {amount}"] = views(one, np.asarray(picture)[None], n)[:, 0]
    return rows


def _layers(change: str, amount: Any, seed: int | None) -> Layers:
    if change not in CHANGES:
        raise unknown_name("changes", change, CHANGES)
    most, make = CHANGES[change]
    if change == "flip":
        if amount not in FLIPS:
            raise unknown_name("flip", amount, FLIPS)
        return make(amount, seed)
    return make(number(change, amount, 0, most, f"a number from 0 to {most}"), seed)
