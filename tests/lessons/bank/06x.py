# %% right="6x.1"
passes = [400, 6400, 12800]

# %% right="6x.1"
pictures, epochs, stored = 400, 32, 16
passes = [pictures, pictures * stored, pictures * epochs]

# %% right="6x.1"
passes = 400 * np.array([1, 16, 32])

# %% right="6x.1"
passes = (4e2, 6.4e3, 1.28e4)

# %% right="6x.1"
passes = [0, 0, 0]
for _ in range(400):
    passes[0] += 1
    for _ in range(16):
        passes[1] += 1
    for _ in range(32):
        passes[2] += 1

# %% wrong="6x.1"
# the picture itself, too
passes = [400, 400 * 17, 400 * 32]

# %% wrong="6x.1"
# nothing is kept
passes = [400 * 32, 400 * 16 * 32, 400 * 32]

# %% wrong="6x.1"
# each view in each epoch
passes = [400, 400 * 16 * 32, 400 * 32]

# %% wrong="6x.1"
# sixteen fresh views in each epoch
passes = [400, 400 * 16, 400 * 16 * 32]

# %% wrong="6x.1"
# per picture
passes = [1, 16, 32]

# %% wrong="6x.1"
# as many training examples in each
passes = [400 * 32, 400 * 32, 400 * 32]

# %% wrong="6x.1"
# sixteen times as many vectors, a sixteenth of the epochs
passes = [400, 400 * 16 // 32, 400 * 32]

# %% wrong="6x.1"
# the picture first, then a fresh view in each epoch
passes = [400, 400 * 16, 400 * 33]

# %% wrong="6x.1"
# what is stored needs no pass
passes = [0, 0, 400 * 32]

# %% wrong="6x.1"
# fresh ones are stored nowhere
passes = [400, 6400, 0]

# %% wrong="6x.1"
# one view for each picture and epoch: half of the epochs are left
passes = [400, 6400, 6400]

# %% wrong="6x.1"
# batches of 32
passes = [13, 200, 400]

# %% wrong="6x.1"
# one epoch of it
passes = [400, 6400, 400]

# %% wrong="6x.1"
# forwards and backwards
passes = [800, 12800, 25600]

# %% wrong="6x.1"
passes = [12800, 6400, 400]

# %% wrong="6x.1"
# a zero too few
passes = [400, 640, 1280]

# %% wrong="6x.1"
# four stored views, as in the notebook
passes = [400, 1600, 12800]

# %% wrong="6x.1"
# added instead of multiplied
passes = [400, 400 + 16, 400 + 32]

# %% wrong="6x.1"
# an integer of eight bits
passes = (np.array([400, 6400, 12800])).astype("uint8")

# %% wrong="6x.1"
passes = 400 + 6400 + 12800

# %% wrong="6x.1"
passes = [6400, 12800]

# %% wrong="6x.1"
passes = [].extend([400, 6400, 12800])

# %% wrong="6x.1" tags=["generic"]
passes = [731, 5127, 9001]

# %% untried="6x.1"
passes = ...  # your answer here

# %% right="6x.2"
def averaged(logits):
    shares = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    shares = shares / shares.sum(axis=-1, keepdims=True)
    return shares.mean(axis=0).argmax(axis=-1)

# %% right="6x.2"
def averaged(logits):
    return keras.ops.argmax(keras.ops.mean(keras.ops.softmax(logits), axis=0), axis=-1)

# %% right="6x.2"
def averaged(logits):
    from scipy.special import softmax

    return softmax(logits, axis=2).sum(0).argmax(1)

# %% right="6x.2"
# loops and lists
def averaged(logits):
    labels = []
    for picture in range(logits.shape[1]):
        total = 0
        for view in range(logits.shape[0]):
            powers = np.exp(logits[view, picture] - logits[view, picture].max())
            total = total + powers / sum(powers)
        labels.append(int(np.argmax(total)))
    return labels

# %% right="6x.2"
import pandas as pd


def averaged(logits):
    layer = keras.layers.Softmax()
    several = np.stack([np.asarray(layer(view)) for view in logits])
    return pd.DataFrame(several.mean(0)).idxmax(axis="columns").to_numpy()

# %% right="6x.2"
# divided by another number: the largest stays the largest
def averaged(logits):
    log_sum = np.logaddexp.reduce(logits, axis=-1)[..., None]
    return np.argsort(np.exp(logits - log_sum).sum(0) / len(views), axis=-1)[:, -1]

# %% right="6x.2"
def averaged(logits):
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return np.einsum("vpc,vp->pc", e, 1 / e.sum(-1)).argmax(-1)

# %% wrong="6x.2" says="overflow"
# without taking off the maximum
def averaged(logits):
    e = np.exp(logits)
    return np.einsum("vpc,vp->pc", e, 1 / e.sum(-1)).argmax(-1)

# %% wrong="6x.2" says="(?i)softmax|probabilit"
# the mean of logits
def averaged(logits):
    return logits.mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# a vote
def averaged(logits):
    votes = logits.argmax(axis=-1)
    return np.array([np.bincount(votes[:, p]).argmax() for p in range(votes.shape[1])])

# %% wrong="6x.2"
# the surest view decides
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).max(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# softmax over the views
def averaged(logits):
    e = np.exp(logits)
    return (e / e.sum(axis=0, keepdims=True)).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# softmax over the pictures
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits, axis=1)).mean(0).argmax(-1)

# %% wrong="6x.2"
# one sum for all
def averaged(logits):
    e = np.exp(logits)
    return (e / e.sum()).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# each view's sum, over pictures and classes
def averaged(logits):
    e = np.exp(logits)
    return (e / e.sum(axis=(1, 2), keepdims=True)).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# another activation
def averaged(logits):
    return (1 / (1 + np.exp(-logits))).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# an activation too many
def averaged(logits):
    twice = keras.ops.softmax(keras.ops.softmax(logits))
    return np.asarray(twice).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# shares of logits
def averaged(logits):
    return (logits / logits.sum(axis=-1, keepdims=True)).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# returns after the first view
def averaged(logits):
    total = 0
    for view in logits:
        e = np.exp(view - view.max(axis=-1, keepdims=True))
        total = total + e / e.sum(axis=-1, keepdims=True)
        return total.argmax(axis=-1)

# %% wrong="6x.2"
# the total begins anew with each view: the last one counts
def averaged(logits):
    for view in logits:
        total = np.zeros(view.shape)
        e = np.exp(view - view.max(axis=-1, keepdims=True))
        total += e / e.sum(axis=-1, keepdims=True)
    return total.argmax(axis=-1)

# %% wrong="6x.2"
# mean over pictures: a label for each view
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=1).argmax(axis=-1)

# %% wrong="6x.2"
# for each class the picture
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=0).argmax(axis=0)

# %% wrong="6x.2"
# one number for all
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=0).argmax()

# %% wrong="6x.2"
# mean over everything but classes: one label
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=(0, 1)).argmax(axis=-1)

# %% wrong="6x.2"
# a label for each view and picture
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).argmax(axis=-1)

# %% wrong="6x.2"
# the mean of labels
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).argmax(axis=-1).mean(axis=0)

# %% wrong="6x.2"
# probabilities, not labels
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=0)

# %% wrong="6x.2"
# how sure, not of what
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=0).max(axis=-1)

# %% wrong="6x.2"
# the median of the views
def averaged(logits):
    return np.median(np.asarray(keras.ops.softmax(logits)), axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# probabilities in whole numbers
def averaged(logits):
    shares = np.zeros(logits.shape, dtype=int)
    for number, view in enumerate(logits):
        shares[number] = np.asarray(keras.ops.softmax(view))
    return shares.mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
# the smallest
def averaged(logits):
    return np.argsort(np.asarray(keras.ops.softmax(logits)).mean(axis=0), axis=-1)[:, 0]

# %% wrong="6x.2"
# labels from one on
def averaged(logits):
    return np.asarray(keras.ops.softmax(logits)).mean(axis=0).argmax(axis=-1) + 1

# %% wrong="6x.2"
# as many views as the notebook has
def averaged(logits):
    shares = np.asarray(keras.ops.softmax(logits))
    return (sum(shares[n] for n in range(len(views))) / len(views)).argmax(axis=-1)

# %% wrong="6x.2"
# the notebook's truth
def averaged(logits):
    return truth[: logits.shape[1]]

# %% wrong="6x.2"
# exactly three views
def averaged(logits):
    shares = np.asarray(keras.ops.softmax(logits))
    return ((shares[0] + shares[1] + shares[-1]) / 3).argmax(axis=-1)

# %% wrong="6x.2"
def averaged(logits):
    return logits.softmax(axis=-1).mean(axis=0).argmax(axis=-1)

# %% wrong="6x.2"
def averaged(logits):
    print(np.asarray(keras.ops.softmax(logits)).mean(axis=0).argmax(axis=-1))

# unclear: is the label a number or a name? In the notebook, `label` is a number
# %% wrong="6x.2"
def averaged(logits):
    best = np.asarray(keras.ops.softmax(logits)).mean(axis=0).argmax(axis=-1)
    return [birds.class_names[b] for b in best]

# %% untried="6x.2"
def averaged(logits):
    ...  # your code here

# %% right="6x.3"
values = [26, 0.6]

# %% right="6x.3"
pixel, factor = 0.5, 0.1
values = []
for low, high in ((0, 255), (0, 1)):
    values.append(min(max(pixel + factor * (high - low), low), high))

# %% right="6x.3"
values = np.clip(0.5 + 0.1 * np.array([255, 1]), 0, [255, 1])

# %% right="6x.3"
from fractions import Fraction

values = (Fraction(1, 2) + Fraction(255, 10), Fraction(3, 5))

# %% right="6x.3"
values = []
for ends in ((0, 255), (0, 1)):
    layer = keras.layers.RandomBrightness((0.1, 0.1), value_range=ends)
    out = layer(np.full((1, 2, 2, 3), 0.5, "float32"), training=True)
    values.append(float(np.asarray(out)[0, 0, 0, 0]))

# %% wrong="6x.3"
# what is added
values = [25.5, 0.1]

# %% wrong="6x.3"
# white is 1
values = [1, 0.6]

# %% wrong="6x.3"
values = [255, 0.6]

# %% wrong="6x.3"
values = [0.6, 0.6]

# %% wrong="6x.3"
# the other way round
values = [0.6, 26]

# %% wrong="6x.3"
# a share of the pixel
values = [0.55, 0.55]

# %% wrong="6x.3"
values = [26, 0.55]

# %% wrong="6x.3"
# the layer's 0.2
values = [51.5, 0.7]

# %% wrong="6x.3"
# a pixel of 0.5 is 127.5
values = [153, 0.6]

# %% wrong="6x.3"
# scaled again afterwards
values = [26 / 255, 0.6]

# %% wrong="6x.3"
# 256 values
values = [26.1, 0.6]

# %% wrong="6x.3"
# darker, clipped
values = [0, 0.4]

# %% wrong="6x.3"
# not clipped, darker
values = [-25, 0.4]

# %% wrong="6x.3"
# whole numbers
values = np.array([26, 0.6]).astype("uint8")

# %% wrong="6x.3"
# clipped to the range's other end
values = [26, 1]

# %% wrong="6x.3"
# times, not plus
values = [0.5 * 25.5, 0.5 * 0.1]

# %% wrong="6x.3"
values = [round(0.5 + 25.5), round(0.5 + 0.1, 0)].reverse()

# %% wrong="6x.3"
# a decimal point lost
values = [26, 6]

# %% wrong="6x.3"
# the layer draws another factor
layer = keras.layers.RandomBrightness(0.2, seed=0)
values = np.asarray(layer(np.full((1, 2, 2, 3), 0.5), training=True))[0, 0, 0, :2]

# %% wrong="6x.3"
# outside training nothing changes
values = [0.5, 0.5]

# %% wrong="6x.3"
# a half of the range, and a tenth
values = [255 * (0.5 + 0.1), 0.6]

# %% wrong="6x.3"
values = [26]

# %% wrong="6x.3"
# 26 in per cent of 255
values = ["10 %", "60 %"]

# %% wrong="6x.3" tags=["generic"]
values = [3.7, 8.2]

# %% untried="6x.3"
values = ...  # your answer here
