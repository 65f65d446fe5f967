"""Xception (Chollet, 2016): each channel by itself, then all channels at each place; shortcuts round the blocks."""

import keras

from course_utils.backbones.families.naming import FreshNames, scaled

ENTRY, MIDDLE, EXIT = (128, 256, 728), 728, (728, 1024)  # channels
N_MIDDLE = 8


def xception(size: int | None, width: float = 1.0) -> keras.Model:
    """Return Xception with random weights: pixels in -1..1 (b, size, size, 3), to features (b, 2048 x width)."""
    fresh = FreshNames()
    pixels = keras.Input((size, size, 3), name="input_layer")
    x = _convolution(pixels, scaled(32, width), 3, 2, "valid", "block1_conv1", "block1_conv1_bn")
    x = _active(x, "block1_conv1_act")
    x = _convolution(x, scaled(64, width), 3, 1, "valid", "block1_conv2", "block1_conv2_bn")
    x = _active(x, "block1_conv2_act")
    for block, channels in enumerate(ENTRY, start=2):
        x = _shrinking(x, scaled(channels, width), scaled(channels, width), f"block{block}", fresh)
    for block in range(5, 5 + N_MIDDLE):
        x = _middle(x, scaled(MIDDLE, width), f"block{block}", fresh)
    x = _shrinking(x, scaled(EXIT[0], width), scaled(EXIT[1], width), "block13", fresh)
    for i, channels in enumerate((1536, 2048), start=1):
        x = _separable(x, scaled(channels, width), f"block14_sepconv{i}")
        x = _active(x, f"block14_sepconv{i}_act")
    features = keras.layers.GlobalAveragePooling2D(name="global_average_pooling2d")(x)
    return keras.Model(pixels, features, name="xception")


def _shrinking(x, first: int, second: int, name: str, fresh: FreshNames):
    """A block that halves the side, with a convolution in its shortcut."""
    shortcut = _convolution(x, second, 1, 2, "same", fresh("conv2d"), fresh("batch_normalization"))
    y = x if name == "block2" else _active(x, f"{name}_sepconv1_act")  # block 1 ends with an activation
    y = _separable(y, first, f"{name}_sepconv1")
    y = _separable(_active(y, f"{name}_sepconv2_act"), second, f"{name}_sepconv2")
    y = keras.layers.MaxPooling2D(3, strides=2, padding="same", name=f"{name}_pool")(y)
    return keras.layers.Add(name=fresh("add"))([y, shortcut])


def _middle(x, channels: int, name: str, fresh: FreshNames):
    y = x
    for i in (1, 2, 3):
        y = _separable(_active(y, f"{name}_sepconv{i}_act"), channels, f"{name}_sepconv{i}")
    return keras.layers.Add(name=fresh("add"))([y, x])


def _separable(x, channels: int, name: str):
    x = keras.layers.SeparableConv2D(channels, 3, padding="same", use_bias=False, name=name)(x)
    return keras.layers.BatchNormalization(name=f"{name}_bn")(x)


def _convolution(x, channels: int, kernel: int, stride: int, padding: str, name: str, bn_name: str):
    x = keras.layers.Conv2D(channels, kernel, stride, padding=padding, use_bias=False, name=name)(x)
    return keras.layers.BatchNormalization(name=bn_name)(x)


def _active(x, name: str):
    return keras.layers.Activation("relu", name=name)(x)
