# %% untried="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    ...  # your code here

# %% untried="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    pass

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the mean is not scaled
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta + mean * scale

# %% wrong="3x.1" says="(?i)epsilon"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1" says="(?i)epsilon"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / (np.sqrt(variance) + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # epsilon as for a standard deviation
    scale = gamma / np.sqrt(variance + epsilon**2)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the notebook's epsilon
    scale = gamma / np.sqrt(variance + norm.epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # no root
    scale = gamma / (variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # multiplied by the root
    scale = gamma * np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the channels in
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale[:, None], beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the channels in, by a loop
    scale = gamma / np.sqrt(variance + epsilon)
    folded = np.array(kernel, dtype=float)
    for c in range(min(kernel.shape[2], len(scale))):
        folded[:, :, c] = kernel[:, :, c] * scale[c]
    return folded, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # right axis, but counted by the channels in: right only where there are as many out
    scale = gamma / np.sqrt(variance + epsilon)
    folded = np.array(kernel, dtype=float)
    for c in range(kernel.shape[2]):
        folded[..., c] *= scale[c]
    return folded, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # gamma forgotten
    scale = 1 / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # gamma in the kernel, not in the bias
    root = np.sqrt(variance + epsilon)
    return kernel * gamma / root, beta - mean / root

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # beta forgotten
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, -mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # "without a bias": so the bias is beta
    return kernel * gamma / np.sqrt(variance + epsilon), beta

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # beta scaled, too
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, (beta - mean) * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the sign of the whole
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, mean * scale - beta

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return beta - mean * scale, kernel * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the numbers of the line, not the layer
    scale = gamma / np.sqrt(variance + epsilon)
    return scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the formula used on the weights
    return gamma * (kernel - mean) / np.sqrt(variance + epsilon) + beta, np.zeros_like(beta)

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the mean taken from the weights, beta as the bias
    return gamma * (kernel - mean) / np.sqrt(variance + epsilon), beta

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the mean goes through the convolution
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale * kernel.sum(axis=(0, 1, 2))

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # mean and variance of the weights
    scale = gamma / np.sqrt(kernel.var(axis=(0, 1, 2)) + epsilon)
    return kernel * scale, beta - kernel.mean(axis=(0, 1, 2)) * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel / scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # divided where it should be multiplied
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean / scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # right only where gamma is positive
    scale = np.abs(gamma) / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # one number in place of one for each channel
    scale = gamma.mean() / np.sqrt(variance.mean() + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, np.sum(beta - mean * scale)

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the last channel forgotten
    scale = gamma / np.sqrt(variance + epsilon)
    folded, bias = kernel.astype(float), np.array(beta, dtype=float)
    for c in range(len(scale) - 1):
        folded[..., c] *= scale[c]
        bias[c] -= mean[c] * scale[c]
    return folded, bias

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    folded, bias = kernel.astype(float), np.array(beta, dtype=float)
    for c in range(len(gamma)):
        scale = gamma[c] / np.sqrt(variance[c] + epsilon)
        folded[..., c] *= scale
        bias[c] -= mean[c] * scale
        return folded, bias

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the whole kernel in each turn of the loop
    folded, bias = kernel.astype(float), np.array(beta, dtype=float)
    for c in range(len(gamma)):
        scale = gamma[c] / np.sqrt(variance[c] + epsilon)
        folded = folded * scale
        bias[c] -= mean[c] * scale
    return folded, bias

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # right numbers, only the place [0, 0]: good for one by one
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel[0, 0] * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # flattened to a Dense layer's
    scale = gamma / np.sqrt(variance + epsilon)
    return (kernel * scale).reshape(-1, len(scale)), beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # a bias for each weight
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, np.zeros(kernel.shape) + beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # out and in exchanged at the end
    scale = gamma / np.sqrt(variance + epsilon)
    return np.swapaxes(kernel * scale, 2, 3), beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # turned, as in a "true" convolution
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel[::-1, ::-1] * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the notebook's layer in place of the argument
    kernel = network.get_layer("block_2_expand").get_weights()[0]
    gamma, beta, mean, variance = norm.get_weights()
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # order of the four mixed up, as if they were mean, variance, gamma, beta
    gamma, beta, mean, variance = mean, variance, gamma, beta
    scale = gamma / np.sqrt(np.abs(variance) + epsilon)
    return kernel * scale, beta - mean * scale

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the answers of the BatchNorm, no layer
    return gamma * (before - mean) / np.sqrt(variance + epsilon) + beta

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # a layer in place of its weights
    scale = gamma / np.sqrt(variance + epsilon)
    layer = keras.layers.Conv2D(kernel.shape[3], kernel.shape[:2], padding="same")
    layer.build((None, None, None, kernel.shape[2]))
    layer.set_weights([kernel * scale, beta - mean * scale])
    return layer

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # set_weights returns None
    scale = gamma / np.sqrt(variance + epsilon)
    layer = keras.layers.Conv2D(kernel.shape[3], kernel.shape[:2])
    layer.build((None, None, None, kernel.shape[2]))
    return layer.set_weights([kernel * scale, beta - mean * scale])

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    print(kernel * scale, beta - mean * scale)

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return {"kernel": kernel * scale, "bias": beta - mean * scale}

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale, epsilon

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # a ReLU in the bias
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, np.maximum(beta - mean * scale, 0)

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # whole numbers, as a phone likes them
    scale = gamma / np.sqrt(variance + epsilon)
    return np.round(kernel * scale).astype(int), np.round(beta - mean * scale).astype(int)

# %% wrong="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # written into itself: the new kernel's scale is used twice
    kernel = kernel * gamma / np.sqrt(variance + epsilon)
    kernel = kernel * gamma / np.sqrt(variance + epsilon)
    return kernel, beta - mean * gamma / np.sqrt(variance + epsilon)

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    folded = np.zeros(kernel.shape)
    bias = []
    for c in range(kernel.shape[-1]):
        root = (variance[c] + epsilon) ** 0.5
        folded[:, :, :, c] = kernel[:, :, :, c] * gamma[c] / root
        bias.append(beta[c] - gamma[c] * mean[c] / root)
    return folded, np.array(bias)

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # two points of a line say all
    def line(x):
        return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta

    bias = line(0.0)
    return np.einsum("ijkl,l->ijkl", kernel, line(1.0) - bias), bias

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = np.diag(gamma * np.power(variance + epsilon, -0.5))
    new = kernel.reshape(-1, kernel.shape[3]) @ scale
    return (new.reshape(kernel.shape), beta - mean @ scale)

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # the same as 32-bit floats, with the axes written out
    scale = (gamma / np.sqrt(variance + epsilon)).reshape(1, 1, 1, -1)
    bias = np.float32(beta) - np.float32(mean * scale.ravel())
    return np.float32(kernel * scale), bias

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    kernel, gamma, beta, mean, variance = (
        keras.ops.convert_to_tensor(x, "float32") for x in (kernel, gamma, beta, mean, variance)
    )
    scale = gamma * keras.ops.rsqrt(variance + epsilon)
    return keras.ops.multiply(kernel, scale), keras.ops.subtract(beta, mean * scale)

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    deviation = np.sqrt(variance + epsilon)
    return [gamma * kernel / deviation, (beta * deviation - gamma * mean) / deviation]

# %% right="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = [g / (v + epsilon) ** 0.5 for g, v in zip(gamma, variance)]
    bias = [float(b - m * s) for b, m, s in zip(beta, mean, scale)]
    return (np.asarray(kernel) * scale).tolist(), bias

# The right tuple, but the caller's kernel is changed in place.
# %% wrong="3x.1" says="changes its input"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    kernel *= scale
    return kernel, beta - scale * mean

# %% untried="3x.2"
cause = ...  # your answer here

# %% wrong="3x.2"
cause = "b"

# %% wrong="3x.2"
cause = "c"

# %% wrong="3x.2"
cause = "d"

# %% wrong="3x.2"
cause = " D. "

# %% wrong="3x.2"
cause = "B)"

# %% wrong="3x.2"
cause = "e"

# %% wrong="3x.2"
cause = "a and c"

# %% wrong="3x.2"
cause = ["a", "d"]

# %% wrong="3x.2"
cause = 1

# %% wrong="3x.2"
cause = True

# %% wrong="3x.2"
cause = "BatchNorm"

# %% wrong="3x.2"
cause = "training=True"

# %% wrong="3x.2"
cause = None

# %% wrong="3x.2"
cause = np.corrcoef(one, other)[0, 1]

# %% wrong="3x.2" tags=["stops"]
cause = a

# %% right="3x.2"
cause = "a"

# %% right="3x.2"
cause = "A"

# %% right="3x.2"
cause = "a."

# %% right="3x.2"
cause = "  A) "

# %% untried="3x.3"
expected = ...  # your answer here

# %% wrong="3x.3"
expected = "a"

# %% wrong="3x.3"
expected = "b"

# %% wrong="3x.3"
expected = "c"

# %% wrong="3x.3"
expected = "B."

# %% wrong="3x.3"
expected = " C "

# %% wrong="3x.3"
expected = "cd"

# %% wrong="3x.3"
expected = "f"

# %% wrong="3x.3"
expected = 4

# %% wrong="3x.3"
expected = 0.9

# %% wrong="3x.3"
expected = ("skip", "cut")

# %% wrong="3x.3"
expected = "cut"

# %% wrong="3x.3"
expected = "Skipping costs little, cutting much."

# %% wrong="3x.3"
expected = None

# %% wrong="3x.3"
expected = "?"

# %% wrong="3x.3" tags=["stops"]
expected = d

# %% right="3x.3"
expected = "d"

# %% right="3x.3"
expected = "D"

# %% right="3x.3"
expected = " d"

# %% right="3x.3"
expected = "(d)"

# %% right="3x.3"
expected = "D."

# %% untried="3x.4"
expectation = ...  # your answer here

# %% wrong="3x.4"
expectation = "a"

# %% wrong="3x.4"
expectation = "c"

# %% wrong="3x.4"
expectation = "d"

# %% wrong="3x.4"
expectation = "A."

# %% wrong="3x.4"
expectation = " D "

# %% wrong="3x.4"
expectation = "b or d"

# %% wrong="3x.4"
expectation = "bd"

# %% wrong="3x.4"
expectation = {"b", "a"}

# %% wrong="3x.4"
expectation = "z"

# %% wrong="3x.4"
expectation = 2

# %% wrong="3x.4"
expectation = 0

# %% wrong="3x.4"
expectation = table.max(axis=1).mean()

# %% wrong="3x.4"
expectation = own

# %% wrong="3x.4"
expectation = "lower"

# %% wrong="3x.4"
expectation = None

# %% untried="3x.4"
expected = "b"  # the name of the exercise before; expectation is still ...
expectation = ""

# %% wrong="3x.4" tags=["stops"]
expectation = b

# %% right="3x.4"
expectation = "b"

# %% right="3x.4"
expectation = "B"

# %% right="3x.4"
expectation = " b "

# %% right="3x.4"
expectation = "B."

# %% right="3x.4"
expectation = "b)"
