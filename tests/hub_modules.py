"""A module of TF Hub, made here."""

import keras
import tensorflow as tf


def write_module(folder, size=16, seed=0):
    """A reusable SavedModel like TF Hub's feature vectors: convolution, BatchNorm, average; pixels 0..1 in."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((size, size, 3)),
            keras.layers.Conv2D(5, 3),
            keras.layers.BatchNormalization(),
            keras.layers.GlobalAveragePooling2D(),
        ]
    )
    module = tf.train.Checkpoint()
    pixels = tf.TensorSpec((None, size, size, 3), tf.float32)

    @tf.function
    def call(inputs, training=False):
        return network(inputs, training=training)

    for training in (True, False):
        call.get_concrete_function(pixels, training=training)
    module.__call__ = call
    module.network = network
    module.variables = [v.value for v in network.variables]
    module.trainable_variables = [v.value for v in network.trainable_variables]
    module.regularization_losses = []
    tf.saved_model.save(module, str(folder))
    return network
