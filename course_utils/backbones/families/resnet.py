"""ResNet50 (He and others, 2015): what a block computes is added to what came in.

A block makes its input narrow with a 1 x 1 convolution, looks around with 3 x 3, and makes it four times as wide again.
"""

import keras

from course_utils.backbones.families.naming import scaled

STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))  # channels inside a block, and blocks: conv2 to conv5
WIDENING = 4


def resnet50(size: int | None, width: float = 1.0) -> keras.Model:
    """Return ResNet50 with random weights: pixels as caffe's (b, size, size, 3), to features (b, 2048 x width)."""
    pixels = keras.Input((size, size, 3), name="input_layer")
    x = keras.layers.ZeroPadding2D(3, name="conv1_pad")(pixels)
    x = _convolution(x, scaled(64, width), 7, 2, "conv1", padding="valid")
    x = _active(x, "conv1_relu")
    x = keras.layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = keras.layers.MaxPooling2D(3, strides=2, name="pool1_pool")(x)
    for stage, (channels, n_blocks) in enumerate(STAGES, start=2):
        for i in range(1, n_blocks + 1):
            stride = 2 if i == 1 and stage > 2 else 1
            x = _block(x, scaled(channels, width), stride, i == 1, f"conv{stage}_block{i}")
    features = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    return keras.Model(pixels, features, name="resnet50")


def _block(x, channels: int, stride: int, changes_shape: bool, name: str):
    shortcut = _convolution(x, WIDENING * channels, 1, stride, f"{name}_0") if changes_shape else x
    y = _active(_convolution(x, channels, 1, stride, f"{name}_1"), f"{name}_1_relu")
    y = _active(_convolution(y, channels, 3, 1, f"{name}_2"), f"{name}_2_relu")
    y = _convolution(y, WIDENING * channels, 1, 1, f"{name}_3")
    return _active(keras.layers.Add(name=f"{name}_add")([shortcut, y]), f"{name}_out")


def _convolution(x, channels: int, kernel: int, stride: int, name: str, padding: str = "same"):
    x = keras.layers.Conv2D(channels, kernel, stride, padding=padding, name=f"{name}_conv")(x)
    return keras.layers.BatchNormalization(epsilon=1.001e-5, name=f"{name}_bn")(x)


def _active(x, name: str):
    return keras.layers.Activation("relu", name=name)(x)
