"""VGG16 and VGG19 (Simonyan and Zisserman, 2014): 3 x 3 convolutions, and half the side after each block.

No BatchNorm, and features that are the averages of the last block. The three dense layers of the published
classifier, nine tenths of its weights, are left out, as `include_top=False` leaves them out.
"""

import keras

from course_utils.backbones.families.naming import scaled

CHANNELS = (64, 128, 256, 512, 512)  # of the convolutions in each block


def vgg16(size: int | None, width: float = 1.0) -> keras.Model:
    """Return VGG16 with random weights: pixels as caffe's (b, size, size, 3), to features (b, 512 x width)."""
    return _vgg("vgg16", (2, 2, 3, 3, 3), size, width)


def vgg19(size: int | None, width: float = 1.0) -> keras.Model:
    """Return VGG19 with random weights: pixels as caffe's (b, size, size, 3), to features (b, 512 x width)."""
    return _vgg("vgg19", (2, 2, 4, 4, 4), size, width)


def _vgg(name: str, depths: tuple[int, ...], size: int | None, width: float) -> keras.Model:
    x = pixels = keras.Input((size, size, 3), name="input_layer")
    for block, (depth, channels) in enumerate(zip(depths, CHANNELS, strict=True), start=1):
        for i in range(1, depth + 1):
            x = keras.layers.Conv2D(
                scaled(channels, width), 3, padding="same", activation="relu", name=f"block{block}_conv{i}"
            )(x)
        x = keras.layers.MaxPooling2D(2, name=f"block{block}_pool")(x)
    features = keras.layers.GlobalAveragePooling2D(name="global_average_pooling2d")(x)
    return keras.Model(pixels, features, name=name)
