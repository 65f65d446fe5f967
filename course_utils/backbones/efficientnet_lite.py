"""EfficientNet-Lite0, written out, and where its weights are called what in a file of PyTorch's.

EfficientNet-B0 made simple for phones (TensorFlow's team, 2020): without squeeze-and-excite, with ReLU6 for swish. A
block widens its input with a 1 x 1 convolution, looks at each channel by itself, and makes it narrow again; where in
and out have the same shape, the input is added. Layers are called as those of Keras' MobileNetV2 that do the same, and
blocks are numbered as in the file.
"""

from collections.abc import Mapping

import keras
import numpy as np

# Blocks, side of the kernel, stride of the first block, widening, channels that come out.
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)

_IN_FILE = {
    "Conv1": "_conv_stem",
    "bn_Conv1": "_bn0",
    "Conv_1": "_conv_head",
    "Conv_1_bn": "_bn1",
    "top": "_fc",
}
_IN_BLOCK = {
    "expand": "_expand_conv",
    "expand_BN": "_bn0",
    "depthwise": "_depthwise_conv",
    "depthwise_BN": "_bn1",
    "project": "_project_conv",
    "project_BN": "_bn2",
}
_PARTS = {
    "kernel": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}
# PyTorch's order of axes is (out, in, height, width), and (out, in) for a dense layer.
_AXES = {
    keras.layers.Conv2D: (2, 3, 1, 0),
    keras.layers.DepthwiseConv2D: (2, 3, 0, 1),
    keras.layers.Dense: (1, 0),
}


def efficientnet_lite0(size: int | None) -> keras.Model:
    """Return the network with random weights: pixels as (x - 127) / 128, (b, size, size, 3), to features (b, 1280)."""
    pixels = keras.Input((size, size, 3))
    x = _active(_normalised(_convolution(pixels, 32, 3, 2, "Conv1"), "bn_Conv1"), "Conv1_relu")
    number = 0
    for n_blocks, kernel, stride, widening, channels in STAGES:
        for i in range(n_blocks):
            x = _block(x, f"block_{number}", kernel, 1 if i else stride, widening, channels)
            number += 1
    x = _active(_normalised(_convolution(x, 1280, 1, 1, "Conv_1"), "Conv_1_bn"), "out_relu")
    features = keras.layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(pixels, features, name="efficientnet_lite0")


def _block(x, name: str, kernel: int, stride: int, widening: int, channels: int):
    y = x
    if widening > 1:
        y = _convolution(y, widening * x.shape[-1], 1, 1, f"{name}_expand")
        y = _active(_normalised(y, f"{name}_expand_BN"), f"{name}_expand_relu")
    y = keras.layers.DepthwiseConv2D(
        kernel, stride, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(y)
    y = _active(_normalised(y, f"{name}_depthwise_BN"), f"{name}_depthwise_relu")
    y = _normalised(_convolution(y, channels, 1, 1, f"{name}_project"), f"{name}_project_BN")
    is_same_shape = stride == 1 and x.shape[-1] == channels
    return keras.layers.Add(name=f"{name}_add")([x, y]) if is_same_shape else y


def _convolution(x, channels: int, kernel: int, stride: int, name: str):
    return keras.layers.Conv2D(channels, kernel, stride, padding="same", use_bias=False, name=name)(x)


def _normalised(x, name: str):
    return keras.layers.BatchNormalization(epsilon=1e-3, name=name)(x)


def _active(x, name: str):
    return keras.layers.ReLU(6.0, name=name)(x)


def set_weights(network: keras.Model, state: Mapping[str, np.ndarray]) -> None:
    """Put weights as PyTorch names and orders them into the network, with its classifier or without.

    Raises
    ------
    ValueError : a weight is missing, of another shape or type, not finite, or one that the network has no place for.
    """
    # PyTorch counts the batches that each BatchNorm has seen; nothing is computed from that.
    unused = {name for name in state if not name.endswith(".num_batches_tracked")}
    if not any(layer.name == "top" for layer in network.layers):
        unused -= {"_fc.weight", "_fc.bias"}
    for layer in network.layers:
        for variable in layer.weights:
            name = f"{_name_in_file(layer.name)}.{_PARTS[variable.name]}"
            axes = _AXES[type(layer)] if variable.name == "kernel" else (0,)
            variable.assign(_fitting(state, name, variable, axes))
            unused.discard(name)
    if unused:
        raise ValueError(f"weights that the network has no place for: {', '.join(sorted(unused)[:3])}")


def _name_in_file(layer: str) -> str:
    if layer in _IN_FILE:
        return _IN_FILE[layer]
    _, number, part = layer.split("_", 2)
    return f"_blocks.{number}.{_IN_BLOCK[part]}"


def _fitting(state: Mapping[str, np.ndarray], name: str, variable: keras.Variable, axes: tuple) -> np.ndarray:
    """Return an array with the network's order of axes, after checking that it is what the variable asks for."""
    if name not in state:
        raise ValueError(f"no weights {name}")
    array = state[name]
    if array.dtype != np.float32 or array.ndim != len(axes) or array.transpose(axes).shape != variable.shape:
        raise ValueError(f"{name} is {array.dtype}{list(array.shape)}, which does not fit {variable.path}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity")
    return array.transpose(axes)
