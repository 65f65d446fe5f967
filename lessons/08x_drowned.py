# %% [markdown]
# # 08x · Why it drowned, and a cheap guess
#
# Pixels from 0 to 1 made three good networks nearly blind (lesson 08). Compared with the pixels of their training,
# three things are wrong with them at once: red comes before blue, the mean colour has been left in, and all numbers are
# 255 times too small. **Which of the three was it?** Bet before you read on. This notebook goes on where lesson 08
# ends; no later one needs it.

# %% [markdown]
# The set-up: our leaves, sixteen kinds of them. By luck a head names one of sixteen right.

# %%
import numpy as np
import pandas as pd

from course_utils import plots
from course_utils.datasets import load_any
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
leaves = load_any(course.study_folder("leaves"))

# %% [markdown]
# `judge` from lesson 08 fits the best linear head, and says which share of the test pictures is named right: of kinds
# that the backbone learnt, and of others.

# %%
from course_utils import heads


def judge(vectors, rows=leaves.table):
    train, test = (rows["split"] == name for name in ("train", "test"))
    n_classes = rows["label"].nunique()
    head = heads.fitted_head(vectors[train], rows["label"][train], n_classes)
    answers = head.predict(vectors[test], verbose=0).argmax(axis=1)
    right, known = answers == rows["label"][test], rows["known"][test]
    return pd.Series({"seen": right[known].mean(), "unseen": right[~known].mean()})


# %% [markdown]
# VGG16 without its preprocessing gets the same leaves four times: once as in its training, three times with one thing
# wrong.

# %% within=0.05 tags=["predict"]
from course_utils.backbones import load_backbone, preprocessing

pixels = leaves.images(range(len(leaves)), 96).astype("float32")
blue_first, mean = pixels[..., ::-1], np.array(preprocessing.CAFFE_MEAN, "float32")
right = blue_first - mean
fed = {
    "as in training": right,
    "red first": right[..., ::-1],
    "mean left in": blue_first,
    "by 255": right / 255,
}
vgg = load_backbone("mini_vgg16").get_layer("network")
seen_by = {how: vgg.predict(x, verbose=0) for how, x in fed.items()}
pd.DataFrame({how: judge(vectors) for how, vectors in seen_by.items()}).T.round(2)

# %% [markdown]
# The wrong order, or the mean left in, costs little, if anything: with so few pictures and one seed a few points may be
# luck. It is the scale that makes it blind.
#
# **When you have done this lesson you will be able to**
#
# - say which parts of a network do not stand a change of scale, and repair them without a single label;
# - say how deep to cut, and how surely;
# - choose among many backbones and depths without test pictures, and say what that choice is worth.
#
# **You need** lesson 08. **Time**: about 55 minutes.
#
# ## 1. What does not shrink
#
# A convolution computes *kernel times pixels, plus bias*. Divide the pixels by 255: the first part shrinks, the bias
# does not. How much does a feature still differ from picture to picture, and how large is it?

# %% within=0.05
spread = {
    how: {"mean": vectors.mean(), "differs by": vectors.std(axis=0).mean()}
    for how, vectors in seen_by.items()
}
pd.DataFrame(spread).T.round(3)

# %% [markdown]
# By 255 all pictures give nearly the same vector: that of the biases. If they are the reason, a VGG *without* biases
# should not mind the scale. An experiment that could refute it:

# %% [markdown] question="8x.1"
# ### Exercise 8x.1 · Without biases
#
# Write `without_biases(weights)`. It gets what `vgg.get_weights()` returns, a list of arrays: kernels, with four axes
# (those of a dense layer would have two), and biases, with one. Return a new list of arrays: the same kernels, and
# zeros in place of each bias. What you are given must stay as it is: we need it again.


# %% answer="8x.1"
def without_biases(weights):
    # solution
    return [w if w.ndim > 1 else np.zeros_like(w) for w in weights]
    # end


# %% [markdown] why="8x.1"
# `0 * w` would do as well. (With BatchNorm it would not be so easy: its four arrays have one axis, too, and not all are
# added.)

# %% check="8x.1"
import operator

import numpy as np

from course_utils.exercises import Function, Mistake


def cleared(weights, axes=1):
    return [np.zeros_like(w) if np.ndim(w) == axes else np.array(w) for w in weights]


def some_weights(random, dense=True, small=False, bare=False):
    def array(*shape):
        return random.normal(size=shape).astype("float32")

    side, ins, outs = (
        (1, 1, 2)
        if small
        else (3, int(random.integers(2, 5)), int(random.integers(2, 5)))
    )
    weights = [array(side, side, ins, ins)] if bare else []
    weights += [array(side, side, ins, outs), array(outs)]
    return ([*weights, *([array(outs, 3), array(3)] if dense else [])],)


def in_place(weights):
    for w in weights:
        w *= w.ndim > 1
    return weights


def copies(without_biases, weights):
    arrays = [w.copy() for w in weights]
    given = list(arrays)
    result = without_biases(given)
    same_list = len(given) == len(arrays) and all(map(operator.is_, given, arrays))
    if not same_list or any(
        (a != b).any() for a, b in zip(arrays, weights, strict=True)
    ):
        return "what it was given has been changed"
    if not isinstance(result, (list, tuple)):
        return result
    return [np.asarray(w) for w in result]


check = Function(
    reference=cleared,
    draw={
        "a convolution and a dense layer": some_weights,
        "a convolution": lambda random: some_weights(random, dense=False),
        "a layer that has no bias": lambda random: some_weights(random, bare=True),
        "a kernel of a single pixel": lambda random: some_weights(random, small=True),
    },
    probe=copies,
    mistakes=[
        Mistake(in_place, "It changes what it was given, the list or arrays in it. Make new ones. (A copied list still holds the same arrays.)"),
        Mistake(lambda weights: [0 * w if i % 2 else w for i, w in enumerate(weights)], "Not every second array is a bias: a layer may have none. Look at the axes."),
        Mistake(lambda weights: [0 * w for w in weights], "The kernels are gone, too: then all pictures look alike to it. Only arrays with one axis are biases."),
        Mistake(lambda weights: [w for w in weights if w.ndim > 1], "The biases have been left out of the list. `set_weights` wants an array for each: zeros."),
        Mistake(lambda weights: cleared(weights, 4), "Those are the kernels of convolutions. A bias has one axis."),
        Mistake(lambda weights: [w if w.ndim == 4 else 0 * w for w in weights], "A dense layer's kernel, with two axes, is no bias."),
        Mistake(lambda weights: [w if w.ndim > 1 else w / 255 for w in weights], "They are 255 times smaller, not zero. (That is a repair of another kind: for which pixels?)"),
        Mistake(lambda weights: [w if w.ndim > 1 else w[:0] for w in weights], "These biases have no entries left. Each keeps its shape, with zeros."),
    ],
    hints=[
        "How many axes does an array have? `array.ndim`.",
        "A list comprehension with `if ... else ...` goes through the arrays and keeps their number.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("8x.1").check(without_biases)

# %% [markdown]
# VGG16 with and without biases, on the right pixels and on the same divided by 255 (our own line, so that the cell runs
# without your answer). The last row divides the biases, too. **Predict** the five rows.

# %% within=0.05 tags=["predict"]
biases = vgg.get_weights()
vgg.set_weights([w if w.ndim > 1 else 0 * w for w in biases])
found = {
    ("with biases", "as in training"): judge(seen_by["as in training"]),
    ("with biases", "by 255"): judge(seen_by["by 255"]),
    ("without", "as in training"): judge(vgg.predict(right, verbose=0)),
    ("without", "by 255"): judge(vgg.predict(right / 255, verbose=0)),
}
vgg.set_weights([w if w.ndim > 1 else w / 255 for w in biases])
found["biases by 255", "by 255"] = judge(vgg.predict(right / 255, verbose=0))
vgg.set_weights(biases)
pd.DataFrame(found).T.round(3)

# %% [markdown]
# Without biases the scale does not matter at all. A convolution without bias, ReLU, max-pooling and averaging pass a
# factor on unchanged, so what is divided at the entrance is divided at the exit, and the head makes up for it.
# (Networks without any constant have been built on purpose: they clean pictures of more noise than they were trained on
# (Mohan and others, 2020).) The biases were not useless: without them it knows fewer of the leaves that it learnt.
# Divided like the pixels they do no harm: who knows the factor needs no label.
#
# ## 2. Notes that are out of date
#
# ResNet50 has BatchNorm behind each convolution. It subtracts a mean and divides by a standard deviation, both noted in
# training. Look at the first one: here is the noted standard deviation, the median over its channels, and that of what
# really arrives.

# %% within=0.05
import keras

resnet = load_backbone("mini_resnet50").get_layer("network")
first = keras.Model(resnet.input, resnet.get_layer("conv1_conv").output)
notes = np.sqrt(resnet.get_layer("conv1_bn").moving_variance)
arriving = {
    how: first.predict(fed[how][:64], verbose=0) for how in ("as in training", "by 255")
}
arrives = {how: np.median(x.std(axis=(0, 1, 2))) for how, x in arriving.items()}
pd.Series({"noted": np.median(notes), **arrives}, dtype=float).round(1)

# %% [markdown]
# (Leaves with right pixels vary less than the pictures of training did. That does no harm.) By 255 they vary hundreds
# of times less than noted, so divided by the noted number nearly nothing of the picture is left. But notes can be taken
# anew, from pictures without labels. You write it for one layer; Keras then does it for all.

# %% [markdown] question="8x.2"
# ### Exercise 8x.2 · Take notes
#
# Write `take_notes(maps)`. It gets the maps of a convolution, of shape `(pictures, rows, columns, channels)`, and
# returns `(mean, variance)`, two arrays with an entry for each channel, over all pictures, rows and columns. The
# variance is the mean of the squared distances from the channel's mean.


# %% answer="8x.2"
def take_notes(maps):
    # solution
    return maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))
    # end


# %% [markdown] why="8x.2"
# One mean for all places and all pictures: a filter does the same everywhere, so its channel has one scale everywhere.

# %% check="8x.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def noted(maps, axis=(0, 1, 2)):
    maps = np.asarray(maps)
    return maps.mean(axis=axis), maps.var(axis=axis)


def some_maps(random, n=None):
    shape = [int(k) for k in random.integers(2, 6, 4)]
    shape[0] = n or shape[0]
    scale = random.uniform(0.5, 3, shape[3])
    return (
        random.normal(1, scale, shape) + random.normal(size=(shape[0], 1, 1, shape[3])),
    )


check = Function(
    reference=noted,
    draw={"some pictures": some_maps, "one picture": lambda random: some_maps(random, 1)},
    mistakes=[
        Mistake(lambda maps: noted(maps, 0), "That is a mean for each place. A channel has one for all its places."),
        Mistake(lambda maps: noted(maps, (1, 2)), "That is a mean for each picture. BatchNorm takes all pictures together."),
        Mistake(lambda maps: noted(maps, (0, 1, 2, 3)), "That is one number for all channels. Each has its own."),
        Mistake(lambda maps: noted(maps, (1, 2, 3)), "That is a number for each picture. The channels are the last axis."),
        Mistake(lambda maps: (maps.mean((0, 1, 2)), maps.std((0, 1, 2))), "The second is the standard deviation. The variance is its square."),
        Mistake(lambda maps: (maps.mean((0, 1, 2)), (maps**2).mean((0, 1, 2))), "The mean square of the values. The variance is that of their distances from the mean."),
        Mistake(lambda maps: (maps.mean((0, 1, 2)), maps.var((1, 2)).mean(0)), "The variance inside each picture, on average. How pictures differ from each other belongs to it."),
        Mistake(lambda maps: (maps.mean((0, 1, 2)), maps.var((0, 1, 2), ddof=1)), "It divides by one less than their number. The notes divide by the number."),
        Mistake(lambda maps: noted(maps)[::-1], "Mean and variance have changed places."),
        Mistake(lambda maps: maps.mean((0, 1, 2)), "The variance is missing. Return both: `mean, variance`."),
    ],
    hints=[
        "NumPy takes several axes at once: `axis=(...)`.",
        "Of the four axes only the channels are to be left.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("8x.2").check(take_notes)

# %% [markdown]
# You have done it for one layer. What the second layer gets depends on the notes of the first, and so on through dozens
# of them. Keras does it in one pass: as in training, each BatchNorm uses what it sees, and with `momentum = 0` (not an
# optimiser's: the share of the old notes that is kept) only what it sees counts. Sixty-four leaves, no labels; then
# `judge` as before. As a control the same on right pixels. **Predict**: will it see again?

# %% within=0.05 tags=["predict"]
kinds = {"as in training": right, "by 255": right / 255, "0 to 1": pixels / 255}
some = np.flatnonzero(leaves.table["split"] == "train")[::5]
old_notes = resnet.get_weights()
resnet.trainable = True  # a frozen BatchNorm takes no notes
for layer in resnet.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        layer.momentum = 0
found = {}
for how, x in kinds.items():
    found[how, "old notes"] = judge(resnet.predict(x, verbose=0))
    resnet(x[some], training=True)
    found[how, "new notes"] = judge(resnet.predict(x, verbose=0))
    resnet.set_weights(old_notes)
pd.DataFrame(found).T.round(2)

# %% [markdown]
# New notes undo the scale: with new notes both rows are the same, on right pixels and by 255. From 0 to 1, the order of
# the colours and the mean are still wrong; what that costs is too little to tell here. Taking notes anew for pictures
# of another kind is called AdaBN (Li and others, 2016), and needs no label. For wrong pixels there is something better:
# the right ones.
#
# ## 3. How deep, and how surely
#
# Lesson 08 cut one network, for one data set and one seed. Here each is cut after a fifth of its layers, two, three,
# four fifths, and after all, with a head on the mean of each map, for all data sets and five seeds. `gains` pairs
# depths as it paired arms. The figure has the accuracy after four fifths minus that after all, for classes that the
# backbones learnt. (Noodles have none.) **Predict** the sign:

# %% within=0.3 tags=["predict"]
from course_utils.comparison import gains
from course_utils.paths import data_folder

depths = pd.read_csv(data_folder() / "depths.csv")
cut = depths.assign(arm=depths["depth"].astype(str))
met = cut.dropna(subset="seen")
seen = gains(met, "data_set", "80", than="100", of="seen")
plots.differences(seen, "four fifths minus all, seen classes")

# %% [markdown]
# And for unseen classes, like yours:

# %% within=0.3 tags=["predict"]
unseen = gains(cut, "data_set", "80", than="100", of="unseen")
plots.differences(unseen, "four fifths minus all, unseen classes")

# %% [markdown]
# On every data set the last layers add something about seen classes. Unseen pets gain much by them, unseen birds a
# little. For the others no difference can be told from luck.
#
# Each network by itself, unseen classes of all data sets:

# %% within=0.3
each = gains(cut, "backbone", "80", than="100", of="unseen")
plots.differences(each, "four fifths minus all, unseen classes")

# %% [markdown]
# On average, unseen classes do not miss the last layers of VGG16, and those of VGG19 are even in the way. MobileNetV2
# and ResNet50 need theirs; for the other two it cannot be told. (A second suspect: in all but the VGGs the last cut has
# more features than that at four fifths; `depths` has a column `features`.) Does the mean hide something? VGG16 by
# itself:

# %% within=0.3
vgg_alone = cut[cut["backbone"] == "mini_vgg16"]
alone = gains(vgg_alone, "data_set", "80", than="100", of="unseen")
plots.differences(alone, "four fifths minus all, unseen classes")

# %% [markdown]
# It does: unseen pets miss them much. So the depth is one more choice, for each network and each kind of pictures, and
# a table of other people's networks does not make it for you.
#
# ## 4. A cheap guess
#
# Backbones times depths: thirty candidates. To try them all you need a head for each, and pictures to judge by. Is
# there a score that asks the training pictures alone? The simplest one: **how often is a picture nearest to the mean of
# its own class?** (It can classify, too (Mensink and others, 2013).)

# %% [markdown] question="8x.3"
# ### Exercise 8x.3 · Nearest mean
#
# Write `score(vectors, labels)`. Row `i` of `vectors`, of shape `(n, d)`, is a picture, and `labels[i]` the number of
# its class; the numbers may have gaps, and each class has at least two pictures. For each picture, find the class with
# the nearest mean vector (Euclidean distance). The mean of its own class is taken without the picture itself. Return
# the share of pictures, from 0 to 1, that are nearest to their own class.


# %% answer="8x.3"
def score(vectors, labels):
    # solution
    right = 0
    for i, label in enumerate(labels):
        others = np.arange(len(labels)) != i
        classes = np.unique(labels)
        means = [vectors[others & (labels == c)].mean(axis=0) for c in classes]
        distances = np.linalg.norm(means - vectors[i], axis=1)
        right += classes[distances.argmin()] == label
    return right / len(labels)
    # end


# %% [markdown] why="8x.3"
# Left in, a picture pulls its own class's mean towards itself: of two pictures of a class, half of the mean is the
# picture.

# %% check="8x.3"
import numpy as np

from course_utils.exercises import Function, Mistake


def nearest(vectors, labels, leave_out=True, distance=None, by_place=False):
    vectors, labels = np.asarray(vectors, float), np.asarray(labels)
    distance = distance or (lambda means, v: ((means - v) ** 2).sum(axis=1))
    classes = np.unique(labels)
    hits = []
    for i in range(len(labels)):
        kept = np.ones(len(labels), bool)
        kept[i] = not leave_out
        means = np.stack([vectors[kept & (labels == c)].mean(axis=0) for c in classes])
        place = distance(means, vectors[i]).argmin()
        hits.append((place if by_place else classes[place]) == labels[i])
    return float(np.mean(hits))


def with_empty_means(vectors, labels):
    """The first number without pictures wins: its distance is nan."""
    gaps = set(range(max(labels) + 1)) - set(labels.tolist())
    return 0.0 if gaps else nearest(vectors, labels)


def divided_by_all(vectors, labels):
    vectors, hits = np.asarray(vectors, float), []
    for i in range(len(labels)):
        sums = vectors * (np.arange(len(labels)) != i)[:, None]
        means = {c: sums[labels == c].mean(axis=0) for c in np.unique(labels)}
        far = {c: np.linalg.norm(mean - vectors[i]) for c, mean in means.items()}
        hits.append(min(far, key=far.get) == labels[i])
    return float(np.mean(hits))


def mean_distance(vectors, labels):
    far = np.linalg.norm(vectors[:, None] - vectors, axis=2)
    np.fill_diagonal(far, np.nan)
    classes = np.unique(labels)
    to = np.stack([np.nanmean(far[:, labels == c], axis=1) for c in classes], axis=1)
    return float((classes[to.argmin(axis=1)] == labels).mean())


def neighbour(vectors, labels):
    vectors, labels = np.asarray(vectors, float), np.asarray(labels)
    distances = ((vectors[:, None] - vectors) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    return float((labels[distances.argmin(axis=1)] == labels).mean())


def city(means, vector):
    return np.abs(means - vector).sum(axis=1)


def angle(means, vector):
    return -(means @ vector) / np.linalg.norm(means, axis=1)


def some_pictures(random, per_class=2, n_classes=5, names=None, twins=0):
    labels = random.permutation(np.repeat(np.arange(n_classes), per_class))
    centres = random.normal(size=(n_classes, 6))
    vectors = centres[labels] + random.normal(0, 0.9, (len(labels), 6))
    for label in range(twins):
        pair = np.flatnonzero(labels == label)[:2]
        vectors[pair] = vectors[pair[0]]
    return vectors, labels if names is None else np.array(names)[labels]


check = Function(
    reference=nearest,
    draw={
        "two pictures of each class": some_pictures,
        "eight of each": lambda random: some_pictures(random, 8),
        "classes of two to nine": lambda random: some_pictures(random, [2, 3, 9, 5, 2]),
        "pictures that are there twice": lambda random: some_pictures(random, 3, twins=5),
        "labels with gaps": lambda random: some_pictures(random, 4, 4, names=[0, 1, 3, 6]),
    },
    mistakes=[
        Mistake(lambda vectors, labels: nearest(vectors, labels, leave_out=False), "Each picture is in the mean that it is compared with, and pulls it towards itself. Leave it out."),
        Mistake(lambda vectors, labels: nearest(vectors, labels, by_place=True), "`argmin` gives a place in your list of means, which is no label where numbers are missing. Look the label up: `classes[...]`."),
        Mistake(with_empty_means, "A number without pictures has a mean of nan, and `argmin` takes it. Go through `np.unique(labels)` only."),
        Mistake(divided_by_all, "The picture has been taken out of the sum, but not out of the number that divides it."),
        Mistake(mean_distance, "That is the mean of the distances to a class's pictures. Take the distance to their mean."),
        Mistake(lambda vectors, labels: 100 * nearest(vectors, labels), "That is in per cent. Return a share, from 0 to 1."),
        Mistake(neighbour, "That asks whether the nearest *picture* has the same class. The nearest mean is asked for."),
        Mistake(lambda vectors, labels: nearest(vectors, labels, distance=city), "Differences are added without their signs. Euclidean distance adds their squares."),
        Mistake(lambda vectors, labels: nearest(vectors, labels, distance=angle), "That compares directions. The Euclidean distance is asked for."),
        Mistake(lambda vectors, labels: 1 - nearest(vectors, labels), "That is the share of the others."),
        Mistake(lambda vectors, labels: nearest(vectors, labels) * len(labels), "That is their number. Divide by how many pictures there are."),
    ],
    hints=[
        "Begin with one picture: a mask of all others, then the mean of each class inside the mask.",
        "`np.unique(labels)` lists the classes that there are. `np.linalg.norm(means - vector, axis=1)` is the distance to each mean.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("8x.3").check(score)

# %% [markdown]
# Why leave the picture out? Random numbers in place of features, two pictures for each of twenty classes:

# %%
from course_utils.comparison import nearest_mean_score

rng = np.random.default_rng(0)
noise, labels = rng.normal(size=(40, 400)), np.repeat(np.arange(20), 2)
means = np.stack([noise[labels == c].mean(axis=0) for c in range(20)])
distances = np.linalg.norm(noise[:, None] - means, axis=2)
left_in = (distances.argmin(axis=1) == labels).mean()
pd.Series({"left in": left_in, "left out": nearest_mean_score(noise, labels)})

# %% [markdown]
# Left in, noise looks perfect. (Left out, it is below luck, one of twenty: the own mean is that of one picture, and so
# a little farther off than means of two.) The table has the score of each backbone at each depth (`nearest_mean_score`,
# the same in a faster way). For each data set and seed: how alike are the two orders of all candidates, by score and by
# the accuracy on test pictures of all classes?

# %% within=0.05
by = ["data_set", "seed"]
pairs = depths.groupby(by, sort=False)[["score", "accuracy"]]
alike = pairs.apply(lambda rows: rows.corr(method="spearman").loc["score", "accuracy"])
alike.groupby("data_set", sort=False).agg(["mean", "min", "max"]).round(2)

# %% [markdown]
# Very much alike, noodles aside. But that was easy: an early layer loses against a late one of the same network in both
# orders. As a control, without the easy ones: only whole networks.

# %% within=0.05
whole = depths[depths["depth"] == 100]
ends = whole.groupby(by, sort=False)[["score", "accuracy"]]
alike = ends.apply(lambda rows: rows.corr(method="spearman").loc["score", "accuracy"])
alike.groupby("data_set", sort=False).agg(["mean", "min", "max"]).round(2)

# %% [markdown]
# For pets and noodles much less alike, elsewhere hardly less. But what counts is the choice: how many points does the
# chosen one lose against the best of the thirty? Three controls choose without a look at your pictures: the network
# that is best at its source, to its end; any network, to its end; any network at any depth (for both we take the mean
# of all).

# %%
from course_utils.backbones import source_accuracy

names = depths["backbone"].unique()
famous = max(names, key=source_accuracy)
choices = {
    "by score": depths.loc[depths.groupby(by)["score"].idxmax()],
    "best at its source": whole[whole["backbone"] == famous],
    "any, to its end": whole,
    "any, anywhere": depths,
}
famous

# %% [markdown]
# **Predict**: does the score win?

# %% within=0.05 tags=["predict"]
best = depths.groupby(by)["accuracy"].max()
lost = {
    how: best - rows.groupby(by)["accuracy"].mean() for how, rows in choices.items()
}
lost = pd.DataFrame(lost).groupby("data_set", sort=False).mean()
(100 * lost).round(1)

# %% [markdown]
# Noodles aside, it wins against choosing blindly. It does not win against the network that is best at its source, to
# its end. For noodles none of the four ways is good: strange pictures, or too few of them, this table cannot tell. (The
# best of thirty is also a little lucky, so all losses look somewhat too large.) What did the score choose?

# %%
chosen = choices["by score"].groupby(["data_set", "backbone", "depth"], sort=False)
chosen.size().to_frame("of five seeds")

# %% [markdown]
# Always a network to its end, so about depth it told nothing. For pets it was another network than the control's each
# time, and it lost by that. So begin with a network that is good at a source like your pictures; a score is for when
# you know nothing of the kind. (Heads with validation pictures may do better. We did not try.)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="8x.a"
# You may renew the notes of a network without BatchNorm, VGG16. What becomes of its blindness?
#
# - [ ] It sees as with the right pixels.
#   - It has no notes that could be taken anew.
# - [x] It stays as blind.
#   - Its constants are biases, learnt with labels. No picture tells them anew.
# - [ ] It gets worse still.
#   - Nothing is changed, so nothing gets worse.

# %% [markdown] quiz="8x.b"
# You have few pictures, and want to choose among many candidates. Which way is fair?
#
# - [ ] Take the one whose head names most of its training pictures right.
#   - With more features than pictures nearly every head names all of those right.
# - [x] Judge each training picture by what was made without it.
#   - As the score does: the picture that judges has had no part in what is judged.
# - [ ] Try all on the test pictures, and report the best.
#   - The best of many is a little lucky. Test pictures judge what has been chosen without them.

# %% [markdown]
# ## What you saw
#
# - Of three faults one made the networks blind, the scale: constants inside them do not shrink with the picture.
# - BatchNorm's notes can be taken anew from pictures, without labels. Biases cannot be read off pictures, but who knows
#   the factor can divide them by it.
# - The last layers still add to what is known about seen classes. How much unseen ones need them depends on the
#   pictures and the network.
# - A score from training pictures ranks candidates well where they differ a lot, and less well among the good ones.
#   What counts is what the chosen one is worth, beside a control that does not look.
#
# **Where it goes wrong in practice.** BatchNorm that is not frozen takes new notes from every batch that a training
# shows it, and from a small or odd batch it takes bad ones. Here that was a repair; in lesson 07 it was the damage.
#
# ## Sources
#
# - S. Mohan and others, "Robust and Interpretable Blind Image Denoising via Bias-Free Convolutional Neural Networks",
#   ICLR 2020.
# - Y. Li and others, "Revisiting Batch Normalization For Practical Domain Adaptation", arXiv:1603.04779, 2016.
# - T. Mensink and others, "Distance-Based Image Classification: Generalizing to New Classes at Near-Zero Cost", PAMI
#   35, 2013.
