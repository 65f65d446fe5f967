"""InceptionV3 (Szegedy and others, 2015): several convolutions side by side, their outputs joined.

Large kernels are taken apart: 5 x 5 into two of 3 x 3, 7 x 7 into 1 x 7 and 7 x 1. A convolution is written as
channels, kernel and stride; one that makes the picture smaller has no padding.
"""

import keras

from course_utils.backbones.families.naming import FreshNames, scaled

_STEM = ((32, 3, 2), (32, 3, 1, "valid"), (64, 3)), ((80, 1), (192, 3, 1, "valid"))  # a pooling after each


def inception_v3(size: int | None, width: float = 1.0) -> keras.Model:
    """Return InceptionV3 with random weights: pixels in -1..1 (b, size, size, 3), to features (b, 2048 x width)."""
    build = _Builder(width)
    x = pixels = keras.Input((size, size, 3), name="input_layer")
    for part in _STEM:
        x = build.shrunk(build.chain(x, *part))
    for number, branches, pooled in _blocks():
        x = build.block(x, branches, pooled, f"mixed{number}")
    for i in (0, 1):
        x = build.last_block(x, i)
    features = keras.layers.GlobalAveragePooling2D(name="global_average_pooling2d")(x)
    return keras.Model(pixels, features, name="inception_v3")


def _blocks():
    """Yield number, branches and the channels of the pooled branch (0: it makes the picture smaller) of mixed0 to 8."""
    for number, pooled in enumerate((32, 64, 64)):
        yield number, (((64, 1),), ((48, 1), (64, 5)), ((64, 1), (96, 3), (96, 3))), pooled
    yield 3, (((384, 3, 2),), ((64, 1), (96, 3), (96, 3, 2))), 0
    for number, n in enumerate((128, 160, 160, 192), start=4):
        once = ((n, 1), (n, (1, 7)), (192, (7, 1)))
        twice = ((n, 1), (n, (7, 1)), (n, (1, 7)), (n, (7, 1)), (192, (1, 7)))
        yield number, (((192, 1),), once, twice), 192
    yield 8, (((192, 1), (320, 3, 2)), ((192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3, 2))), 0


class _Builder:
    """Adds layers of one network, in the order in which Keras counts them."""

    def __init__(self, width: float):
        self.width, self.fresh = width, FreshNames()

    def convolution(self, x, channels: int, kernel, stride: int = 1, padding: str = ""):
        x = keras.layers.Conv2D(
            scaled(channels, self.width),
            kernel,
            stride,
            padding=padding or ("same" if stride == 1 else "valid"),
            use_bias=False,
            name=self.fresh("conv2d"),
        )(x)
        x = keras.layers.BatchNormalization(scale=False, name=self.fresh("batch_normalization"))(x)
        return keras.layers.Activation("relu", name=self.fresh("activation"))(x)

    def chain(self, x, *convolutions: tuple):
        for convolution in convolutions:
            x = self.convolution(x, *convolution)
        return x

    def shrunk(self, x):
        return keras.layers.MaxPooling2D(3, strides=2, name=self.fresh("max_pooling2d"))(x)

    def pooled(self, x, channels: int):
        name = self.fresh("average_pooling2d")
        x = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=name)(x)
        return self.convolution(x, channels, 1)

    def block(self, x, branches: tuple, pooled: int, name: str):
        ends = [self.chain(x, *branch) for branch in branches]
        ends.append(self.pooled(x, pooled) if pooled else self.shrunk(x))
        return keras.layers.Concatenate(name=name)(ends)

    def last_block(self, x, i: int):
        """One of mixed9 and mixed10, whose branches fork once more."""
        ends = [self.convolution(x, 320, 1)]
        ends.append(self.forked(self.chain(x, (384, 1)), f"mixed9_{i}"))
        ends.append(self.forked(self.chain(x, (448, 1), (384, 3)), self.fresh("concatenate")))
        ends.append(self.pooled(x, 192))
        return keras.layers.Concatenate(name=f"mixed{9 + i}")(ends)

    def forked(self, x, name: str):
        return keras.layers.Concatenate(name=name)(
            [self.convolution(x, 384, (1, 3)), self.convolution(x, 384, (3, 1))]
        )
