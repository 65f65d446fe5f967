# %% [markdown]
# Answers to the exercises of lesson 8x.

# %% [markdown]
# 8x.1 · Without biases

# %% untried="8x.1"
def without_biases(weights): ...  # your code here


# %% right="8x.1"
def without_biases(weights):
    return [np.zeros_like(w) if w.ndim == 1 else w for w in weights]


# %% right="8x.1"
def without_biases(weights):
    result = []
    for array in weights:
        if len(array.shape) == 1:
            result.append(np.zeros(array.shape))
        else:
            result.append(array)
    return result


# %% right="8x.1"
def without_biases(weights):
    copies = [w.copy() for w in weights]
    for w in copies:
        if w.ndim == 1:
            w[:] = 0
    return copies


# %% right="8x.1"
import copy


def without_biases(weights):
    new = copy.deepcopy(weights)
    for i in range(len(new)):
        if np.ndim(new[i]) < 2:
            new[i].fill(0)
    return new


# %% right="8x.1"
without_biases = lambda weights: list(map(lambda w: w * (w.ndim > 1), weights))


# %% right="8x.1"
def without_biases(weights):
    new = list(weights)  # a new list of the same arrays; only entries of the new list are replaced
    for i, w in enumerate(new):
        if w.ndim == 1:
            new[i] = np.zeros_like(w)
    return new


# %% right="8x.1"
def without_biases(weights):
    return [np.where(w.ndim in (2, 4), w, 0) for w in weights]


# %% right="8x.1"
def is_bias(array):
    return len(np.shape(array)) == 1


def without_biases(weights):
    def cleaned():
        for array in weights:
            yield 0 * array if is_bias(array) else array.copy()

    return list(cleaned())


# %% right="8x.1"
def without_biases(weights):
    out = [np.zeros(w.shape, dtype=w.dtype) for w in weights]
    for new, old in zip(out, weights):
        if old.ndim >= 2:
            new[...] = old
    return out


# %% right="8x.1"
def without_biases(weights):
    out = []
    for w in weights:
        match w.ndim:
            case 4 | 2:
                out += [w]
            case 1:
                out += [w - w]
    return out


# %% right="8x.1"
def without_biases(weights):
    weights = weights.copy()
    i = 0
    while i < len(weights):
        if weights[i].ndim == 1:
            weights[i] = np.full(len(weights[i]), 0, dtype="float32")
        i += 1
    return weights


# %% right="8x.1"
def without_biases(weights):
    if not weights:
        return []
    first = weights[0]
    return [first if first.ndim > 1 else np.zeros_like(first)] + without_biases(weights[1:])


# %% right="8x.1"
def without_biases(weights):
    factor = {1: 0, 2: 1, 4: 1}
    return [factor[w.ndim] * w for w in weights]


# unclear: each bias is a list of zeros, no array; `set_weights` may take it, and the task says "a list"
# %% right="8x.1"
def without_biases(weights):
    return [[0.0] * len(w) if w.ndim == 1 else w for w in weights]


# unclear: the biases are tensors, no NumPy arrays; `set_weights` takes them
# %% right="8x.1"
def without_biases(weights):
    import keras

    return [keras.ops.zeros_like(w) if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# changes the arrays of its input in place
def without_biases(weights):
    for w in weights:
        if w.ndim == 1:
            w[:] = 0
    return weights


# %% wrong="8x.1"
# list() copies the list only, not its arrays: the biases of the input become zero too
def without_biases(weights):
    new = list(weights)
    for w in new:
        if w.ndim == 1:
            w.fill(0)
    return new


# %% wrong="8x.1"
# .copy() of the list is shallow, and *= works in place
def without_biases(weights):
    new = weights.copy()
    for i in range(len(new)):
        if new[i].ndim == 1:
            new[i] *= 0
    return new


# %% wrong="8x.1"
# right result, but w -= w changes the input while the result is made
def without_biases(weights):
    out = []
    for w in weights:
        if w.ndim == 1:
            w -= w
        out.append(w.copy())
    return out


# unclear: no array is changed, as the words ask, but the caller's list has lost its biases for good
# %% wrong="8x.1"
# replaces entries of the list that it was given
def without_biases(weights):
    for i, w in enumerate(weights):
        if w.ndim == 1:
            weights[i] = np.zeros_like(w)
    return weights


# %% wrong="8x.1"
# drops the biases: the list is shorter
def without_biases(weights):
    return [w for w in weights if w.ndim > 1]


# %% wrong="8x.1"
# zeroes all arrays, the kernels too
def without_biases(weights):
    return [np.zeros_like(w) for w in weights]


# %% wrong="8x.1"
# zeroes every second array: wrong as soon as a layer has no bias
def without_biases(weights):
    return [np.zeros_like(w) if i % 2 == 1 else w for i, w in enumerate(weights)]


# %% wrong="8x.1"
# every second array, but off by one: zeroes the kernels at positions 0, 2, 4, ...
def without_biases(weights):
    new = list(weights)
    for i in range(0, len(new), 2):
        new[i] = np.zeros_like(new[i])
    return new


# %% wrong="8x.1"
# takes kernel and bias in pairs: wrong where a layer has no bias
def without_biases(weights):
    out = []
    for kernel, bias in zip(weights[::2], weights[1::2]):
        out.append(kernel)
        out.append(np.zeros_like(bias))
    return out


# %% wrong="8x.1"
# zeroes by size: small kernels become zero, too, and long biases stay
def without_biases(weights):
    return [np.zeros_like(w) if w.size < 1000 else w for w in weights]


# %% wrong="8x.1"
# prints the list in place of returning it
def without_biases(weights):
    print([np.zeros_like(w) if w.ndim == 1 else w for w in weights])


# %% wrong="8x.1"
# the return is missing
def without_biases(weights):
    new = [np.zeros_like(w) if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# the other way round: kernels become zero, biases stay
def without_biases(weights):
    return [w if w.ndim == 1 else np.zeros_like(w) for w in weights]


# %% wrong="8x.1"
# a number in place of an array of zeros: the shape is gone
def without_biases(weights):
    return [0 if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# each bias becomes an array with a single zero: wrong shape
def without_biases(weights):
    return [np.zeros(1) if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# None in place of zeros
def without_biases(weights):
    return [None if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# empty arrays in place of zeros
def without_biases(weights):
    return [np.array([]) if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# keeps only four axes: the dense kernels become zero, too
def without_biases(weights):
    return [w if w.ndim == 4 else np.zeros_like(w) for w in weights]


# %% wrong="8x.1"
# keeps only two axes: the convolutions' kernels become zero, too
def without_biases(weights):
    return [w if w.ndim == 2 else np.zeros_like(w) for w in weights]


# %% wrong="8x.1"
# only the first bias becomes zero
def without_biases(weights):
    new = list(weights)
    for i, w in enumerate(new):
        if w.ndim == 1:
            new[i] = np.zeros_like(w)
            break
    return new


# %% wrong="8x.1"
# only the first layer is handled (positions 0 and 1)
def without_biases(weights):
    kernel, bias = weights[0], weights[1]
    return [kernel, np.zeros_like(bias)] + list(weights[2:])


# %% wrong="8x.1"
# only the last bias becomes zero
def without_biases(weights):
    return list(weights[:-1]) + [np.zeros_like(weights[-1])]


# %% wrong="8x.1"
# return inside the loop: a list with one array only
def without_biases(weights):
    new = []
    for w in weights:
        new.append(np.zeros_like(w) if w.ndim == 1 else w)
        return new


# %% wrong="8x.1"
# off by one: the last array is missing
def without_biases(weights):
    new = []
    for i in range(len(weights) - 1):
        w = weights[i]
        new.append(np.zeros_like(w) if w.ndim == 1 else w)
    return new


# %% wrong="8x.1"
# len(w) is the length of the first axis, not the number of axes
def without_biases(weights):
    return [np.zeros_like(w) if len(w) == 1 else w for w in weights]


# %% wrong="8x.1"
# compares the shape, a tuple, with 1: never true, so nothing becomes zero
def without_biases(weights):
    return [np.zeros_like(w) if w.shape == 1 else w for w in weights]


# %% wrong="8x.1"
# ones in place of zeros
def without_biases(weights):
    return [np.ones_like(w) if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# subtracts the mean from the biases: they are zero on average only
def without_biases(weights):
    return [w - w.mean() if w.ndim == 1 else w for w in weights]


# %% wrong="8x.1"
# returns the zeroed biases alone
def without_biases(weights):
    return [np.zeros_like(w) for w in weights if w.ndim == 1]


# %% wrong="8x.1"
# wrong order: first all kernels, then all biases
def without_biases(weights):
    return [w for w in weights if w.ndim > 1] + [np.zeros_like(w) for w in weights if w.ndim == 1]


# %% wrong="8x.1"
# ignores its argument and uses vgg's weights
def without_biases(weights):
    return [np.zeros_like(w) if w.ndim == 1 else w for w in vgg.get_weights()]


# %% wrong="8x.1"
# expects the network, not its weights: a list has no get_weights
def without_biases(weights):
    return [np.zeros_like(w) if w.ndim == 1 else w for w in weights.get_weights()]


# %% wrong="8x.1"
# copies of everything, but nothing becomes zero
def without_biases(weights):
    new = [w.copy() for w in weights]
    for w in new:
        if w.ndim == 1:
            w = np.zeros_like(w)
    return new


# %% wrong="8x.1"
# takes the last entry of each array for its bias, and keeps the real biases but for one entry
def without_biases(weights):
    new = [w.copy() for w in weights]
    for w in new:
        w[-1] = 0
    return new


# %% wrong="8x.1"
# zeroes small values, wherever they are
def without_biases(weights):
    return [np.where(np.abs(w) < 0.1, 0, w) for w in weights]


# %% wrong="8x.1"
# the kernels are flattened: their shape is gone
def without_biases(weights):
    return [np.zeros(w.size) if w.ndim == 1 else w.ravel() for w in weights]


# %% wrong="8x.1"
# scales the kernels, which should stay as they were
def without_biases(weights):
    return [np.zeros_like(w) if w.ndim == 1 else w / np.linalg.norm(w) for w in weights]


# %% wrong="8x.1"
# whole numbers: the kernels are cut to 0, 1, -1, ...
def without_biases(weights):
    return [np.zeros_like(w) if w.ndim == 1 else w.astype(int) for w in weights]


# %% wrong="8x.1"
# knows only biases after a convolution; those of dense layers stay
def without_biases(weights):
    out = []
    before = None
    for w in weights:
        out.append(np.zeros_like(w) if w.ndim == 1 and before.ndim == 4 else w)
        before = w
    return out


# %% wrong="8x.1"
# a list of pairs, half as long
def without_biases(weights):
    return [(weights[i], np.zeros_like(weights[i + 1])) for i in range(0, len(weights) - 1, 2)]


# %% wrong="8x.1"
# a generator, no list: it has no length and can be read once only
def without_biases(weights):
    return (np.zeros_like(w) if w.ndim == 1 else w for w in weights)


# %% wrong="8x.1"
# map without list(): no length, can be read once only
def without_biases(weights):
    return map(lambda w: w if w.ndim > 1 else np.zeros_like(w), weights)


# unclear: the content is right and `set_weights` may take it, but the task asks for a list
# %% right="8x.1"
# a tuple, no list
def without_biases(weights):
    return tuple(np.zeros_like(w) if w.ndim == 1 else w for w in weights)


# %% wrong="8x.1"
# arrays of different shapes do not fit into one array: an error when called
def without_biases(weights):
    return np.array([np.zeros_like(w) if w.ndim == 1 else w for w in weights])


# %% wrong="8x.1"
# a list has no ndim: an error when called
def without_biases(weights):
    return np.zeros_like(weights) if weights.ndim == 1 else weights


# %% wrong="8x.1" tags=["stops"]
# no function, and `weights` does not exist outside of one
without_biases = [np.zeros_like(w) if w.ndim == 1 else w for w in weights]


# %% [markdown]
# 8x.2 · Take notes


# %% untried="8x.2"
def take_notes(maps): ...  # your code here


# %% right="8x.2"
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))


# %% right="8x.2"
def take_notes(maps):
    flat = maps.reshape(-1, maps.shape[-1])
    mean = flat.mean(axis=0)
    variance = ((flat - mean) ** 2).mean(axis=0)
    return mean, variance


# %% right="8x.2"
def take_notes(maps):
    means, variances = [], []
    for c in range(maps.shape[3]):
        channel = maps[:, :, :, c]
        means.append(np.mean(channel))
        variances.append(np.var(channel))
    return np.array(means), np.array(variances)


# %% right="8x.2"
def take_notes(maps):
    channels = maps.shape[-1]
    means, variances = np.zeros(channels), np.zeros(channels)
    for c in range(channels):
        means[c] = maps[..., c].mean()
        variances[c] = maps[..., c].std() ** 2
    return means, variances


# %% right="8x.2"
def take_notes(maps):
    maps = np.asarray(maps, dtype="float64")
    mean = maps.mean((0, 1, 2))
    return mean, (maps**2).mean((0, 1, 2)) - mean**2


# %% right="8x.2"
def take_notes(maps):
    rows = np.moveaxis(maps, -1, 0).reshape(maps.shape[-1], -1)
    return [rows.mean(axis=1), rows.var(axis=1)]


# %% right="8x.2"
def take_notes(maps):
    table = pd.DataFrame(maps.reshape(-1, maps.shape[-1]))
    return table.mean().to_numpy(), table.var(ddof=0).to_numpy()


# %% right="8x.2"
from sklearn.preprocessing import StandardScaler


def take_notes(maps):
    scaler = StandardScaler().fit(maps.reshape(-1, maps.shape[-1]))
    return scaler.mean_, scaler.var_


# %% right="8x.2"
def take_notes(maps):
    n = maps.shape[0] * maps.shape[1] * maps.shape[2]
    mean = maps.sum(axis=0).sum(axis=0).sum(axis=0) / n
    distance = maps - mean
    variance = np.einsum("prck,prck->k", distance, distance) / n
    return mean, variance


# %% right="8x.2"
def take_notes(maps):
    means, variances = [], []
    for channel in np.transpose(maps, (3, 0, 1, 2)):
        values = channel.ravel().tolist()
        m = sum(values) / len(values)
        means.append(m)
        variances.append(sum((v - m) ** 2 for v in values) / len(values))
    return np.array(means), np.array(variances)


# %% right="8x.2"
def take_notes(maps):
    # picture by picture, so that no second array as large as maps is needed
    mean = np.mean([picture.mean(axis=(0, 1)) for picture in maps], axis=0)
    variance = np.mean([((picture - mean) ** 2).mean(axis=(0, 1)) for picture in maps], axis=0)
    return mean, variance


# %% right="8x.2"
def take_notes(maps):
    pictures = maps.reshape(len(maps), -1, maps.shape[-1])
    inside = pictures.mean(axis=1)
    # the variance in all is the mean of those inside the pictures, and that between the pictures
    return inside.mean(axis=0), pictures.var(axis=1).mean(axis=0) + inside.var(axis=0)


# %% right="8x.2"
def take_notes(maps):
    mean = np.average(maps, axis=(0, 1, 2))
    centred = maps - mean[None, None, None, :]
    return mean, np.average(np.square(centred), axis=(0, 1, 2))


# %% right="8x.2"
def take_notes(maps):
    mean, variance = keras.ops.moments(maps, axes=[0, 1, 2])
    return keras.ops.convert_to_numpy(mean), keras.ops.convert_to_numpy(variance)


# %% right="8x.2"
take_notes = lambda maps: tuple(f(maps, axis=tuple(range(maps.ndim - 1))) for f in (np.mean, np.var))


# %% right="8x.2"
from collections import namedtuple

Notes = namedtuple("Notes", "mean variance")


def take_notes(maps):
    return Notes(mean=np.mean(maps, (0, 1, 2)), variance=np.var(maps, (0, 1, 2)))


# unclear: two lists in place of two arrays
# %% right="8x.2"
def take_notes(maps):
    channels = range(maps.shape[-1])
    return [maps[..., c].mean() for c in channels], [maps[..., c].var() for c in channels]


# unclear: one array with two rows; it can be taken apart like two arrays
# %% right="8x.2"
def take_notes(maps):
    return np.stack([maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))])


# unclear: two pandas Series, no arrays
# %% right="8x.2"
def take_notes(maps):
    table = pd.DataFrame(maps.reshape(-1, maps.shape[-1]))
    return table.mean(), table.var(ddof=0)


# unclear: two tensors, no NumPy arrays
# %% right="8x.2"
def take_notes(maps):
    return keras.ops.mean(maps, axis=(0, 1, 2)), keras.ops.var(maps, axis=(0, 1, 2))


# unclear: the formula is right, but float32 makes it inexact where the mean is far larger than the spread
# %% right="8x.2"
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, (maps**2).mean(axis=(0, 1, 2)) - mean**2


# %% wrong="8x.2"
# the standard deviation in place of the variance
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), maps.std(axis=(0, 1, 2))


# %% wrong="8x.2"
# the square root of the variance is taken: the standard deviation again
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, np.sqrt(((maps - mean) ** 2).mean(axis=(0, 1, 2)))


# %% wrong="8x.2"
# ddof=1: divides by n - 1, so it is no mean square
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2), ddof=1)


# %% wrong="8x.2"
# pandas divides by n - 1 unless told otherwise
def take_notes(maps):
    table = pd.DataFrame(maps.reshape(-1, maps.shape[-1]))
    return table.mean().to_numpy(), table.var().to_numpy()


# %% wrong="8x.2"
# wrong order: the variance comes first
def take_notes(maps):
    return maps.var(axis=(0, 1, 2)), maps.mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# over rows and columns only: an entry for each picture and channel
def take_notes(maps):
    return maps.mean(axis=(1, 2)), maps.var(axis=(1, 2))


# %% wrong="8x.2"
# over the pictures only
def take_notes(maps):
    return maps.mean(axis=0), maps.var(axis=0)


# %% wrong="8x.2"
# over the channels, in place of over everything else
def take_notes(maps):
    return maps.mean(axis=-1), maps.var(axis=-1)


# %% wrong="8x.2"
# an entry for each picture, not for each channel
def take_notes(maps):
    return maps.mean(axis=(1, 2, 3)), maps.var(axis=(1, 2, 3))


# %% wrong="8x.2"
# takes the axis after the pictures for the channels
def take_notes(maps):
    return maps.mean(axis=(0, 2, 3)), maps.var(axis=(0, 2, 3))


# %% wrong="8x.2"
# an axis is forgotten: an entry for each column and channel
def take_notes(maps):
    return maps.mean(axis=(0, 1)), maps.var(axis=(0, 1))


# %% wrong="8x.2"
# one number over everything, channels too
def take_notes(maps):
    return maps.mean(), maps.var()


# %% wrong="8x.2"
# the return is missing
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    variance = maps.var(axis=(0, 1, 2))


# %% wrong="8x.2"
# prints in place of returning
def take_notes(maps):
    print(maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2)))


# %% wrong="8x.2"
# right numbers, but -= changes the maps in place
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    maps -= mean
    return mean, (maps**2).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# right numbers, but the maps are changed through a view (reshape makes no copy)
def take_notes(maps):
    flat = maps.reshape(-1, maps.shape[-1])
    mean = flat.mean(axis=0)
    for c in range(flat.shape[1]):
        flat[:, c] -= mean[c]
    return mean, np.mean(flat * flat, axis=0)


# %% wrong="8x.2"
# the mean absolute distance in place of the mean square
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, np.abs(maps - mean).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# the square is forgotten: the mean distance from the mean is always about zero
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, (maps - mean).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# squares the mean distance in place of taking the mean of the squares
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, (maps - mean).mean(axis=(0, 1, 2)) ** 2


# %% wrong="8x.2"
# the mean is not subtracted before the square
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), (maps**2).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# the wrong sign: square of the mean minus mean of the squares
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, mean**2 - (maps**2).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# the variance between the pictures' means only
def take_notes(maps):
    means = maps.mean(axis=(1, 2))
    return means.mean(axis=0), means.var(axis=0)


# %% wrong="8x.2"
# the mean of the variances inside each picture: what differs between pictures is lost
def take_notes(maps):
    return maps.mean(axis=(1, 2)).mean(axis=0), maps.var(axis=(1, 2)).mean(axis=0)


# %% wrong="8x.2"
# variances of variances: axis by axis does not work for the variance
def take_notes(maps):
    return maps.mean(0).mean(0).mean(0), maps.var(0).var(0).var(0)


# %% wrong="8x.2"
# reshape to (channels, -1) mixes the channels
def take_notes(maps):
    rows = maps.reshape(maps.shape[-1], -1)
    return rows.mean(axis=1), rows.var(axis=1)


# %% wrong="8x.2"
# keepdims: the shape is (1, 1, 1, channels)
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2), keepdims=True), maps.var(axis=(0, 1, 2), keepdims=True)


# %% wrong="8x.2"
# the median in place of the mean
def take_notes(maps):
    return np.median(maps, axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))


# %% wrong="8x.2"
# sums in place of means
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return maps.sum(axis=(0, 1, 2)), ((maps - mean) ** 2).sum(axis=(0, 1, 2))


# %% wrong="8x.2"
# the sum of the squares, not divided
def take_notes(maps):
    mean = maps.mean(axis=(0, 1, 2))
    return mean, ((maps - mean) ** 2).sum(axis=(0, 1, 2))


# %% wrong="8x.2"
# divides by the number of pictures only, not by that of all values
def take_notes(maps):
    mean = maps.sum(axis=(0, 1, 2)) / len(maps)
    return mean, ((maps - mean) ** 2).sum(axis=(0, 1, 2)) / len(maps)


# %% wrong="8x.2"
# the distance from the mean of all channels, in place of the channel's own
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), ((maps - maps.mean()) ** 2).mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# the mean only
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2))


# %% wrong="8x.2"
# return inside the loop: the first channel only
def take_notes(maps):
    for c in range(maps.shape[-1]):
        return maps[..., c].mean(), maps[..., c].var()


# %% wrong="8x.2"
# overwritten in the loop: the last channel only
def take_notes(maps):
    for c in range(maps.shape[-1]):
        mean = maps[..., c].mean()
        variance = maps[..., c].var()
    return mean, variance


# %% wrong="8x.2"
# the first picture only
def take_notes(maps):
    return maps[0].mean(axis=(0, 1)), maps[0].var(axis=(0, 1))


# %% wrong="8x.2"
# loops over the pictures as if they were channels
def take_notes(maps):
    means = [m.mean() for m in maps]
    variances = [m.var() for m in maps]
    return np.array(means), np.array(variances)


# %% wrong="8x.2"
# off by one: the last channel is missing
def take_notes(maps):
    channels = range(maps.shape[-1] - 1)
    means = [maps[..., c].mean() for c in channels]
    variances = [maps[..., c].var() for c in channels]
    return np.array(means), np.array(variances)


# %% wrong="8x.2"
# the maps after normalisation, in place of the notes
def take_notes(maps):
    return (maps - maps.mean(axis=(0, 1, 2))) / maps.std(axis=(0, 1, 2))


# %% wrong="8x.2"
# a pair for each channel, in place of two arrays
def take_notes(maps):
    return [(maps[..., c].mean(), maps[..., c].var()) for c in range(maps.shape[-1])]


# %% wrong="8x.2"
# a dictionary: it cannot be taken apart into two arrays
def take_notes(maps):
    return {"mean": maps.mean(axis=(0, 1, 2)), "variance": maps.var(axis=(0, 1, 2))}


# %% wrong="8x.2"
# adds BatchNorm's epsilon to the variance
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2)) + 1e-3


# %% wrong="8x.2"
# one step of a moving average (momentum 0.99) in place of the mean and the variance
def take_notes(maps):
    mean, variance = maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))
    return 0.99 * 0 + 0.01 * mean, 0.99 * 1 + 0.01 * variance


# %% wrong="8x.2"
# rounds the numbers
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)).round(1), maps.var(axis=(0, 1, 2)).round(1)


# %% wrong="8x.2"
# largest minus smallest value, in place of the variance
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), np.ptp(maps, axis=(0, 1, 2))


# %% wrong="8x.2"
# only the values above zero are counted
def take_notes(maps):
    values = np.where(maps > 0, maps, np.nan)
    return np.nanmean(values, axis=(0, 1, 2)), np.nanvar(values, axis=(0, 1, 2))


# %% wrong="8x.2"
# ignores its argument and uses the pixels
def take_notes(maps):
    return pixels.mean(axis=(0, 1, 2)), pixels.var(axis=(0, 1, 2))


# %% wrong="8x.2"
# squares of each channel's length: np.linalg.norm is neither mean nor distance from the mean
def take_notes(maps):
    flat = maps.reshape(-1, maps.shape[-1])
    return flat.mean(axis=0), np.linalg.norm(flat, axis=0) ** 2


# %% wrong="8x.2"
# an axis that does not exist: an error when called
def take_notes(maps):
    return maps.mean(axis=(1, 2, 3, 4)), maps.var(axis=(1, 2, 3, 4))


# %% wrong="8x.2"
# a NumPy array has no method `variance`: an error when called
def take_notes(maps):
    return maps.mean(axis=(0, 1, 2)), maps.variance(axis=(0, 1, 2))


# %% wrong="8x.2" tags=["stops"]
# no function, and `maps` does not exist outside of one
take_notes = (maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2)))


# %% [markdown]
# 8x.3 · Nearest mean


# %% untried="8x.3"
def score(vectors, labels): ...  # your code here


# %% right="8x.3"
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        others = np.arange(len(vectors)) != i
        means = [vectors[(labels == c) & others].mean(axis=0) for c in classes]
        distances = [np.linalg.norm(vectors[i] - m) for m in means]
        if classes[np.argmin(distances)] == labels[i]:
            hits += 1
    return hits / len(vectors)


# %% right="8x.3"
def score(vectors, labels):
    classes, own = np.unique(labels, return_inverse=True)
    member = np.eye(len(classes))[own]  # (n, classes)
    counts = member.sum(axis=0)
    sums = member.T @ vectors
    means = sums / counts[:, None]
    distances = np.linalg.norm(vectors[:, None] - means[None], axis=2)
    without = (sums[own] - vectors) / (counts[own] - 1)[:, None]
    rows = np.arange(len(vectors))
    distances[rows, own] = np.linalg.norm(vectors - without, axis=1)
    return np.mean(distances.argmin(axis=1) == own)


# %% right="8x.3"
def score(vectors, labels):
    # x minus the mean without x is n / (n - 1) times x minus the mean with x
    classes, own, counts = np.unique(labels, return_inverse=True, return_counts=True)
    means = np.array([vectors[labels == c].mean(axis=0) for c in classes])
    distances = np.sqrt(((vectors[:, None, :] - means) ** 2).sum(axis=-1))
    distances[np.arange(len(own)), own] *= counts[own] / (counts[own] - 1)
    return float((np.argmin(distances, axis=1) == own).mean())


# %% right="8x.3"
import math


def score(vectors, labels):
    vectors, labels = [[float(x) for x in v] for v in vectors], list(labels)
    right = 0
    for i, (v, label) in enumerate(zip(vectors, labels)):
        groups = {}
        for j, (w, other) in enumerate(zip(vectors, labels)):
            if j != i:
                groups.setdefault(other, []).append(w)
        best, best_distance = None, math.inf
        for other, group in groups.items():
            mean = [sum(column) / len(group) for column in zip(*group)]
            distance = math.dist(v, mean)
            if distance < best_distance:
                best, best_distance = other, distance
        right += best == label
    return right / len(vectors)


# %% right="8x.3"
def score(vectors, labels):
    table = pd.DataFrame(np.asarray(vectors))
    labels = pd.Series(np.asarray(labels))
    hits = []
    for i in table.index:
        means = table.drop(index=i).groupby(labels.drop(index=i)).mean()
        distances = ((means - table.loc[i]) ** 2).sum(axis=1)
        hits.append(distances.idxmin() == labels[i])
    return np.mean(hits)


# %% right="8x.3"
from sklearn.model_selection import LeaveOneOut, cross_val_score
from sklearn.neighbors import NearestCentroid


def score(vectors, labels):
    return cross_val_score(NearestCentroid(), vectors, labels, cv=LeaveOneOut()).mean()


# %% right="8x.3"
from sklearn.metrics import accuracy_score
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import NearestCentroid


def score(vectors, labels):
    said = cross_val_predict(NearestCentroid(metric="euclidean"), vectors, labels, cv=LeaveOneOut())
    return accuracy_score(labels, said)


# %% right="8x.3"
from scipy.spatial.distance import cdist


def score(vectors, labels):
    labels = np.array(labels)
    correct = np.zeros(len(labels), dtype=bool)
    for i in range(len(labels)):
        rest, rest_labels = np.delete(vectors, i, axis=0), np.delete(labels, i)
        classes = np.unique(rest_labels)
        means = np.stack([rest[rest_labels == c].mean(0) for c in classes])
        correct[i] = classes[cdist(vectors[i : i + 1], means)[0].argmin()] == labels[i]
    return correct.mean()


# %% right="8x.3"
def score(vectors, labels):
    total = {c: vectors[labels == c].sum(axis=0) for c in set(labels)}
    count = {c: np.sum(labels == c) for c in set(labels)}

    def distance(v, label, c):
        if c == label:
            mean = (total[c] - v) / (count[c] - 1)
        else:
            mean = total[c] / count[c]
        return np.sqrt(np.sum((v - mean) ** 2))

    nearest = [min(total, key=lambda c: distance(v, k, c)) for v, k in zip(vectors, labels)]
    return sum(a == b for a, b in zip(nearest, labels)) / len(labels)


# %% right="8x.3"
def score(vectors, labels):
    # a weight for each picture, class and other picture, with a zero for the picture itself
    classes = np.unique(labels)
    member = (labels[None, :] == classes[:, None]).astype(float)
    weight = member[None] * (1 - np.eye(len(labels)))[:, None, :]
    weight /= weight.sum(axis=2, keepdims=True)
    means = weight @ vectors  # (n, classes, d)
    squares = ((means - vectors[:, None]) ** 2).sum(axis=2)
    return (classes[squares.argmin(axis=1)] == labels).mean()


# %% right="8x.3"
def score(vectors, labels):
    vectors = np.asarray(vectors, dtype="float64")
    labels = np.asarray(labels)
    hits = []
    for i, label in enumerate(labels):
        mine = labels == label
        mine[i] = False
        own = np.linalg.norm(vectors[i] - vectors[mine].mean(axis=0))
        rest = [
            np.linalg.norm(vectors[i] - vectors[labels == c].mean(axis=0))
            for c in np.unique(labels)
            if c != label
        ]
        hits.append(all(own < r for r in rest))
    return sum(hits) / len(hits)


# %% right="8x.3"
def score(vectors, labels):
    hits = 0
    for label in np.unique(labels):
        inside = vectors[labels == label]
        others = [vectors[labels == c].mean(axis=0) for c in np.unique(labels) if c != label]
        for k in range(len(inside)):
            own = np.concatenate([inside[:k], inside[k + 1 :]]).mean(axis=0)
            distances = np.linalg.norm(np.array([own] + others) - inside[k], axis=1)
            hits += int(distances.argmin() == 0)
    return hits / len(vectors)


# %% right="8x.3"
def score(vectors, labels):
    # |x - m|^2 = |x|^2 - 2 x.m + |m|^2, and |x|^2 is the same for all classes
    x = vectors.astype("float64")
    classes, own = np.unique(labels, return_inverse=True)
    hits = np.empty(len(x))
    for i in range(len(x)):
        keep = np.ones(len(x), bool)
        keep[i] = False
        m = np.array([x[keep & (own == k)].mean(0) for k in range(len(classes))])
        hits[i] = np.argmin((m * m).sum(1) - 2 * m @ x[i]) == own[i]
    return hits.mean()


# %% right="8x.3"
def score(vectors, labels):
    data = pd.DataFrame(np.asarray(vectors, dtype="float64"))
    groups = data.groupby(np.asarray(labels))
    n = groups.transform("size").to_numpy()[:, None]
    without = (groups.transform("sum").to_numpy() - data.to_numpy()) / (n - 1)
    own = ((data.to_numpy() - without) ** 2).sum(axis=1)
    means = groups.mean()
    nearest_other = np.full(len(data), np.inf)
    for c, mean in means.iterrows():
        d = ((data.to_numpy() - mean.to_numpy()) ** 2).sum(axis=1)
        nearest_other = np.where(np.asarray(labels) == c, nearest_other, np.minimum(nearest_other, d))
    return (own < nearest_other).mean()


# %% right="8x.3"
from sklearn.neighbors import KNeighborsClassifier


def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        rest, names = np.delete(vectors, i, axis=0), np.delete(labels, i)
        classes = np.unique(names)
        means = [rest[names == c].mean(axis=0) for c in classes]
        # one neighbour, among the classes' means only
        hits += KNeighborsClassifier(1).fit(means, classes).score(vectors[i : i + 1], labels[i : i + 1])
    return hits / len(vectors)


# %% right="8x.3"
def score(vectors, labels):
    classes = np.unique(labels)
    hits = []
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = keras.ops.stack([keras.ops.mean(vectors[keep & (labels == c)], axis=0) for c in classes])
        distances = keras.ops.sum(keras.ops.square(means - vectors[i]), axis=1)
        hits.append(classes[int(keras.ops.argmin(distances))] == labels[i])
    return float(np.mean(hits))


# unclear: differs from the others where the own class's mean and another are equally near (a tie counts)
# %% right="8x.3"
def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        d = {c: np.linalg.norm(vectors[i] - vectors[keep & (labels == c)].mean(axis=0)) for c in set(labels)}
        hits += d[labels[i]] <= min(d.values())
    return hits / len(vectors)


# %% wrong="8x.3"
# forgets to leave the picture out of its own class's mean
def score(vectors, labels):
    classes = np.unique(labels)
    means = np.array([vectors[labels == c].mean(axis=0) for c in classes])
    distances = np.linalg.norm(vectors[:, None] - means[None], axis=2)
    return np.mean(classes[distances.argmin(axis=1)] == labels)


# %% wrong="8x.3"
# scikit-learn, but judged on the very pictures of the means: none is left out
def score(vectors, labels):
    from sklearn.neighbors import NearestCentroid

    return NearestCentroid().fit(vectors, labels).score(vectors, labels)


# %% wrong="8x.3"
# "leaves it out" of all classes, even those that it is not in
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for v, label in zip(vectors, labels):
        means = [(vectors[labels == c].sum(axis=0) - v) / (np.sum(labels == c) - 1) for c in classes]
        distances = [np.linalg.norm(v - m) for m in means]
        hits += classes[np.argmin(distances)] == label
    return hits / len(labels)


# %% wrong="8x.3"
# compares the position of the class with its label: labels may have gaps
def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = [vectors[keep & (labels == c)].mean(axis=0) for c in np.unique(labels)]
        distances = [np.linalg.norm(vectors[i] - m) for m in means]
        hits += np.argmin(distances) == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# takes 0, 1, 2, ... for the labels: with gaps there are means of no pictures at all (nan)
def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        distances = []
        for c in range(len(set(labels))):
            mean = vectors[keep & (labels == c)].mean(axis=0)
            distances.append(np.linalg.norm(vectors[i] - mean))
        if np.argmin(distances) == labels[i]:
            hits += 1
    return hits / len(vectors)


# %% wrong="8x.3"
# an entry for each number up to the largest label: missing classes have the mean 0 and can be the nearest
def score(vectors, labels):
    k = labels.max() + 1
    counts = np.bincount(labels, minlength=k)
    sums = np.zeros((k, vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    hits = 0
    for v, label in zip(vectors, labels):
        s, n = sums.copy(), counts.copy()
        s[label] -= v
        n[label] -= 1
        means = s / np.maximum(n, 1)[:, None]
        hits += np.linalg.norm(means - v, axis=1).argmin() == label
    return hits / len(labels)


# %% wrong="8x.3"
# the label as an index into the list of classes: an error when labels have gaps
def score(vectors, labels):
    means = np.array([vectors[labels == c].mean(axis=0) for c in np.unique(labels)])
    hits = 0
    for v, label in zip(vectors, labels):
        n = np.sum(labels == label)
        m = means.copy()
        m[label] = (n * m[label] - v) / (n - 1)
        hits += np.linalg.norm(m - v, axis=1).argmin() == label
    return hits / len(labels)


# %% wrong="8x.3"
# the nearest picture in place of the nearest mean
def score(vectors, labels):
    distances = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return np.mean(labels[distances.argmin(axis=1)] == labels)


# %% wrong="8x.3"
# the nearest picture, which is always the picture itself
def score(vectors, labels):
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n_neighbors=1).fit(vectors, labels).score(vectors, labels)


# %% wrong="8x.3"
# a vote among the three nearest pictures, no means
def score(vectors, labels):
    from sklearn.model_selection import LeaveOneOut, cross_val_score
    from sklearn.neighbors import KNeighborsClassifier

    return cross_val_score(KNeighborsClassifier(3), vectors, labels, cv=LeaveOneOut()).mean()


# %% wrong="8x.3"
# cosine similarity in place of Euclidean distance
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        cosine = means @ vectors[i] / np.linalg.norm(means, axis=1) / np.linalg.norm(vectors[i])
        hits += classes[cosine.argmax()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# all vectors get the length 1 first: that is nearly cosine similarity
def score(vectors, labels):
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# the largest dot product in place of the smallest distance
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.argmax(means @ vectors[i])] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# the sum of absolute differences (Manhattan) in place of Euclidean distance
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.abs(means - vectors[i]).sum(axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# the square is forgotten: differences with unlike signs cancel
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[(means - vectors[i]).sum(axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# compares lengths of vectors in place of the distance between them
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        gaps = np.abs(np.linalg.norm(means, axis=1) - np.linalg.norm(vectors[i]))
        hits += classes[gaps.argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# how many, in place of the share
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits


# %% wrong="8x.3"
# percent in place of the share
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return 100 * hits / len(vectors)


# %% wrong="8x.3"
# the share of the others: those whose own class's mean is not the nearest
def score(vectors, labels):
    classes = np.unique(labels)
    misses = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        misses += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] != labels[i]
    return misses / len(vectors)


# %% wrong="8x.3"
# divides by the number of classes, not of pictures
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(classes)


# %% wrong="8x.3"
# whole-number division: 0 nearly always
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += int(classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i])
    return hits // len(vectors)


# %% wrong="8x.3"
# rounded to one decimal
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return round(hits / len(vectors), 1)


# %% wrong="8x.3"
# the return is missing
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    share = hits / len(vectors)


# %% wrong="8x.3"
# prints in place of returning
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    print(hits / len(vectors))


# %% wrong="8x.3"
# true or false for each picture, in place of their share
def score(vectors, labels):
    classes = np.unique(labels)
    hits = []
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits.append(classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i])
    return np.array(hits)


# %% wrong="8x.3"
# the nearest class of each picture, in place of the share
def score(vectors, labels):
    classes = np.unique(labels)
    nearest = []
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        nearest.append(classes[np.linalg.norm(means - vectors[i], axis=1).argmin()])
    return np.array(nearest)


# %% wrong="8x.3"
# return inside the loop: the first picture only
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
        return hits / len(vectors)


# %% wrong="8x.3"
# off by one: leaves out the picture before (for the first one, the last)
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.ones(len(vectors), dtype=bool)
        keep[i - 1] = False
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# off by one: starts with picture 1, so that picture 0 never counts
def score(vectors, labels):
    classes = np.unique(labels)
    hits = []
    for i in range(1, len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits.append(classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i])
    return np.mean(hits)


# %% wrong="8x.3"
# the farthest mean in place of the nearest
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmax()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# the median of each class in place of its mean
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([np.median(vectors[keep & (labels == c)], axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# no axis: the mean of a class is one number, not a vector
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = [vectors[keep & (labels == c)].mean() for c in classes]
        hits += classes[np.argmin([np.linalg.norm(vectors[i] - m) for m in means])] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# wrong axis: the mean of each picture, not of each class; the shapes don't fit
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = [vectors[keep & (labels == c)].mean(axis=1) for c in classes]
        hits += classes[np.argmin([np.linalg.norm(vectors[i] - m) for m in means])] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# takes the picture off the sum, but still divides by n
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for v, label in zip(vectors, labels):
        distances = []
        for c in classes:
            total, n = vectors[labels == c].sum(axis=0), np.sum(labels == c)
            distances.append(np.linalg.norm(v - (total - v * (c == label)) / n))
        hits += classes[np.argmin(distances)] == label
    return hits / len(labels)


# %% wrong="8x.3"
# divides by n - 1, but leaves the picture in the sum
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for v, label in zip(vectors, labels):
        distances = []
        for c in classes:
            total, n = vectors[labels == c].sum(axis=0), np.sum(labels == c)
            distances.append(np.linalg.norm(v - total / (n - (c == label))))
        hits += classes[np.argmin(distances)] == label
    return hits / len(labels)


# %% wrong="8x.3"
# the sum of each class in place of its mean
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        sums = np.array([vectors[keep & (labels == c)].sum(axis=0) for c in classes])
        hits += classes[np.linalg.norm(sums - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# a picture once left out never comes back
def score(vectors, labels):
    classes = list(np.unique(labels))
    sums = np.array([vectors[labels == c].sum(axis=0) for c in classes], dtype=float)
    counts = np.array([np.sum(labels == c) for c in classes])
    hits = 0
    for v, label in zip(vectors, labels):
        k = classes.index(label)
        sums[k] -= v
        counts[k] -= 1
        means = sums / np.maximum(counts, 1)[:, None]
        hits += np.linalg.norm(means - v, axis=1).argmin() == k
    return hits / len(labels)


# %% wrong="8x.3"
# the mean of the classes' shares: every class counts the same, however many pictures it has
def score(vectors, labels):
    classes = np.unique(labels)
    hits = []
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits.append(classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i])
    return pd.Series(hits).groupby(labels).mean().mean()


# %% wrong="8x.3"
# own class against one mean of all other pictures together
def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        own = vectors[keep & (labels == labels[i])].mean(axis=0)
        rest = vectors[labels != labels[i]].mean(axis=0)
        hits += np.linalg.norm(vectors[i] - own) < np.linalg.norm(vectors[i] - rest)
    return hits / len(vectors)


# %% wrong="8x.3"
# own distance below the average of the other distances, in place of below all of them
def score(vectors, labels):
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        own = np.linalg.norm(vectors[i] - vectors[keep & (labels == labels[i])].mean(axis=0))
        rest = [
            np.linalg.norm(vectors[i] - vectors[labels == c].mean(axis=0))
            for c in np.unique(labels)
            if c != labels[i]
        ]
        hits += own < np.mean(rest)
    return hits / len(vectors)


# %% wrong="8x.3"
# the mean distance to the pictures of a class, in place of the distance to their mean
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        d = [np.linalg.norm(vectors[keep & (labels == c)] - vectors[i], axis=1).mean() for c in classes]
        hits += classes[np.argmin(d)] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# leaves out the whole class of the picture: it can never be the nearest
def score(vectors, labels):
    hits = 0
    for v, label in zip(vectors, labels):
        classes = [c for c in np.unique(labels) if c != label]
        distances = [np.linalg.norm(v - vectors[labels == c].mean(axis=0)) for c in classes]
        hits += classes[np.argmin(distances)] == label
    return hits / len(labels)


# %% wrong="8x.3"
# all columns are standardised first: another distance
def score(vectors, labels):
    vectors = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0)
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# right number, but -= moves the vectors in place
def score(vectors, labels):
    vectors -= vectors.mean(axis=0)
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# right number, but the labels are made 0, 1, 2, ... in place
def score(vectors, labels):
    for k, c in enumerate(np.unique(labels)):
        labels[labels == c] = k
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == k)].mean(axis=0) for k in range(labels.max() + 1)])
        hits += np.linalg.norm(means - vectors[i], axis=1).argmin() == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# five folds: a fifth of the pictures is left out at once, not one picture
def score(vectors, labels):
    from sklearn.model_selection import KFold, cross_val_score
    from sklearn.neighbors import NearestCentroid

    folds = KFold(5, shuffle=True, random_state=1)
    return cross_val_score(NearestCentroid(), vectors, labels, cv=folds).mean()


# %% wrong="8x.3"
# means from the pictures at even places, judged on those at odd places
def score(vectors, labels):
    from sklearn.neighbors import NearestCentroid

    return NearestCentroid().fit(vectors[::2], labels[::2]).score(vectors[1::2], labels[1::2])


# %% wrong="8x.3"
# another score: the silhouette
def score(vectors, labels):
    from sklearn.metrics import silhouette_score

    return silhouette_score(vectors, labels)


# %% wrong="8x.3"
# for each mean, is the picture nearest to it one of its class? a share of classes, not of pictures
def score(vectors, labels):
    hits = []
    for c in np.unique(labels):
        mean = vectors[labels == c].mean(axis=0)
        nearest = np.linalg.norm(vectors - mean, axis=1).argmin()
        hits.append(labels[nearest] == c)
    return np.mean(hits)


# %% wrong="8x.3"
# wrong order of the arguments
def score(labels, vectors):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        keep = np.arange(len(vectors)) != i
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# np.delete without an axis flattens the vectors: an error when called
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for i in range(len(vectors)):
        rest, names = np.delete(vectors, i), np.delete(labels, i)
        means = np.array([rest[names == c].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - vectors[i], axis=1).argmin()] == labels[i]
    return hits / len(vectors)


# %% wrong="8x.3"
# the notebook's judge asks other pictures, and gives its own number
def score(vectors, labels):
    return judge(vectors)


# unclear: leaves out equal vectors, too; it differs only where two pictures of a class have the same vector
# %% wrong="8x.3"
# leaves out by value, not by place: a twin of the picture is lost as well
def score(vectors, labels):
    classes = np.unique(labels)
    hits = 0
    for v, label in zip(vectors, labels):
        keep = np.any(vectors != v, axis=1)
        means = np.array([vectors[keep & (labels == c)].mean(axis=0) for c in classes])
        hits += classes[np.linalg.norm(means - v, axis=1).argmin()] == label
    return hits / len(labels)


# %% wrong="8x.3" tags=["stops"]
# no function, and there are no `labels` outside of one
score = np.mean([nearest_mean(v) == label for v, label in zip(vectors, labels)])
