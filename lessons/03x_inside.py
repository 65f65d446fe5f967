# %% [markdown]
# # 03x · Inside a backbone
#
# Nobody tells a backbone what to look for. Its filters begin as random weights, and training makes something of them.
# What? And what do the fifty layers behind the first one do, which no lesson has named yet?

# %% [markdown]
# The set-up first, as always:

# %%
from course_utils import plots
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

# %% [markdown]
# Filters of a first layer, three by three weights in three colours each. Above, after training; below, as the same
# layer began:

# %%
import keras
import numpy as np

from course_utils.backbones import load_backbone

backbone = load_backbone(course.backbone)
network, prepare = map(backbone.get_layer, ("network", "preprocessing"))
untrained = keras.models.clone_model(network)  # the same layers, random weights
both = [model.get_layer("Conv1") for model in (network, untrained)]
# 16 filters of each, the axis of filters first
filters = [np.moveaxis(layer.get_weights()[0], 3, 0)[:16] for layer in both]
plots.filter_tiles(np.concatenate([part / np.abs(part).max() for part in filters]))

# %% [markdown]
# Edges, stripes and blots of one colour against another above; confetti below. In large filters this is famous
# (Krizhevsky and others, 2012). Nine squares are easily smooth by chance, so compare a tile with the confetti
# before you call it a discovery.
#
# **When you have done this lesson you will be able to**
#
# - say what each layer in a block of a modern backbone does, and why it is there;
# - explain why the same picture may get another answer beside other pictures;
# - test a claim about what a channel "detects".
#
# **You need** lesson 03. **Time**: about 70 minutes; it is optional, and no later lesson needs it.
#
# ## One block
#
# The backbone is a MobileNetV2 (Sandler and others, 2018). (In the photo profile it is EfficientNet-Lite0 (Tan and
# Le, 2019), which is built in much the same way.) Here is one of its blocks.

# %%
import pandas as pd

parts = [layer for layer in network.layers if layer.name.startswith("block_2_")]
rows = [(layer.name, layer.output.shape[1:], layer.count_params()) for layer in parts]
pd.DataFrame(rows, columns=["layer", "output", "parameters"])

# %% [markdown]
# Four things in it are new: convolutions of one by one (*expand* and *project*), a *depthwise* convolution,
# `BatchNormalization` after each, and an `Add` at the end.
#
# *Expand* makes more channels, so that the depthwise filters have more to look at. *Project* goes back to few, so that
# what passes from block to block stays small. No ReLU comes after it: with so few channels, what it makes zero would be
# lost (Sandler and others, 2018). And there is an `Add` only where a block's output has the shape of its input. (The
# authors call the narrow maps between blocks "bottlenecks". Lesson 00's bottleneck features are something else, the
# numbers at the very end.)
#
# ## One by one, and channel by channel
#
# A convolution with a kernel of one sees one place at a time. It mixes the *channels* there: a small `Dense` layer
# that is used again at every place. A **depthwise** convolution does the opposite: each channel gets one filter of
# its own, and nothing is mixed. We check both by hand.

# %%
from course_utils.datasets import load_cub

# of each species ten pictures for training and ten for test
birds = load_cub(course.birds_folder()).sample(10).sample(10, split="test")
pictures = np.array(prepare(birds.images(range(len(birds)), course.image_size)))


def output_of(name, some):
    # the network, cut off after this layer
    part = keras.Model(network.input, network.get_layer(name).output)
    return part.predict(some, batch_size=50, verbose=0)


# %% [markdown]
# First the one by one, as a product of matrices at each place:

# %%
steps = ("expand", "expand_BN", "expand_relu", "depthwise")
before, after, relu, filtered = (
    output_of(f"block_2_{step}", pictures[:4]) for step in steps
)
inputs = keras.Model(network.input, network.get_layer("block_2_expand").input)
# `[0, 0]`: the only place of a kernel of one; `@` multiplies at each place
weights = network.get_layer("block_2_expand").get_weights()[0][0, 0]  # (in, out)
by_dense = inputs.predict(pictures[:4], verbose=0) @ weights
print("one by one is Dense at each place:", np.allclose(before, by_dense, atol=1e-3))

# %% [markdown]
# Now the depthwise one, channel by channel, each with its own kernel:

# %%
layer = network.get_layer("block_2_depthwise")
kernels = layer.get_weights()[0]  # (rows, columns, channels, 1)
alone = [  # `[c]` in place of `c` keeps the axis
    keras.ops.conv(relu[..., [c]], kernels[:, :, [c]], padding="same")
    for c in range(relu.shape[-1])
]
by_channel = np.concatenate(alone, axis=-1)
print("one filter a channel:", np.allclose(filtered, by_channel, atol=1e-3))

# %% [markdown]
# Why take a convolution apart like this? Look at how many weights one needs that does both at once. The other cost is
# computing, counted in **multiply-adds** (one weight times one number, added to a sum): where does the whole network
# spend them?

# %%
n = relu.shape[-1]
print(f"3 x 3, all channels with all: {9 * n * n:,} weights")
print(f"depthwise, then 1 x 1: {9 * n + n * n:,} weights")
spent = {}
for layer in network.layers:
    if hasattr(layer, "kernel_size"):
        places = layer.output.shape[1] * layer.output.shape[2]
        size = f"{layer.kernel_size[0]} x {layer.kernel_size[1]}"
        kind = "depthwise" if "depthwise" in layer.name else size
        spent[kind] = spent.get(kind, 0) + places * int(np.prod(layer.kernel.shape))
print({kind: f"{work / sum(spent.values()):.0%}" for kind, work in spent.items()})

# %% [markdown]
# Looking at neighbours has become cheap; what costs is the mixing. (Is it *as good*? Weights don't say. On
# ImageNet's photos it was nearly (Howard and others, 2017).)
#
# ## BatchNorm: four numbers a channel
#
# `BatchNormalization` subtracts from each channel its mean, divides by its standard deviation, then multiplies by a
# number $\gamma$ and adds a number $\beta$, which are learnt. In training, mean and variance are those of the
# **batch**, over all its pictures and all places of the channel. On the way a running mean of both is kept (`momentum`,
# in lesson 03's code, says how slowly it moves), and once trained the layer uses these stored ones. So it has four
# numbers for each channel, and computes
#
# $$y = \gamma \, \frac{x - \text{mean}}{\sqrt{\text{variance} + \epsilon}} + \beta .$$
#
# ($\epsilon$ is tiny, and keeps the root from being zero.)

# %%
norm = network.get_layer("block_2_expand_BN")
gamma, beta, mean, variance = norm.get_weights()
by_hand = gamma * (before - mean) / np.sqrt(variance + norm.epsilon) + beta
print("equal to Keras:", np.allclose(by_hand, after, atol=1e-3))
for what, maps in (("before", before), ("after", after)):
    # the lowest and the highest of all channels
    low, high = np.percentile(maps.std(axis=(0, 1, 2)), [0, 100])
    print(f"{what}: standard deviations of channels {low:.2f} to {high:.2f}")

# %% [markdown]
# Before, some channels vary far more than others; after, less so. The authors' reason for BatchNorm: no layer has to
# get used to other sizes whenever the layers before it learn. Be that as it may, training can take larger steps
# (Ioffe and Szegedy, 2015).

# %% [markdown] question="3x.1"
# ### Exercise 3x.1 · Fold it away
#
# Once trained, BatchNorm only multiplies each channel by a number and adds another. The convolution before it, too,
# only multiplies and adds. So phones and inference engines (programs that run trained networks) make *one* layer of
# both. Write `fold`: from the convolution's `kernel`, of shape (rows, columns, channels in, channels out), without a
# bias, and the four arrays of the BatchNorm behind it (one number for each channel out) and `epsilon`, return the tuple
# (kernel, bias) of one convolution that gives the same. (NumPy lines up an array of one number a channel with the
# *last* axis.)


# %% answer="3x.1"
def fold(kernel, gamma, beta, mean, variance, epsilon):
    # solution
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale, beta - mean * scale
    # end


# %% [markdown] why="3x.1"
# A convolution is linear: multiplying its answer by a number is the same as multiplying its weights by it. What does
# not depend on the picture, `beta` minus the scaled mean, is the bias.

# %% check="3x.1"
import numpy as np

from course_utils.exercises import Function, Mistake


def folded(kernel, gamma, beta, mean, variance, epsilon, root=np.sqrt, inside=True):
    scale = gamma / (root(variance + epsilon) if inside else root(variance) + epsilon)
    return kernel * scale, beta - mean * scale


def numbers(size, channels, epsilons):
    def draw(random):
        n_in, n_out = random.integers(1, channels, 2)
        kernel = random.normal(size=(size, size, n_in, n_out)).round(1)
        gamma, beta, mean = random.normal(0, [[1.5], [1.5], [3]], (3, n_out)).round(1)
        variance = random.uniform(0.05, 4, n_out).round(2)
        return kernel, gamma, beta, mean, variance, float(random.choice(epsilons))

    return draw


def scaled(change):
    """A wrong function of scale and all that goes into it."""

    def fold(kernel, gamma, beta, mean, variance, epsilon):
        scale = gamma / np.sqrt(variance + epsilon)
        return change(scale, kernel, gamma, beta, mean, np.sqrt(variance + epsilon))

    return fold


def into_the_wrong_axis(kernel, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)
    return kernel * scale[:, None], beta - mean * scale


def some_channels(kernel, gamma, beta, mean, variance, epsilon, which):
    weights, bias = folded(kernel, gamma, beta, mean, variance, epsilon)
    new, added = np.array(kernel, float), np.array(beta, float)
    new[..., which], added[which] = weights[..., which], bias[which]
    return new, added


def of_the_weights(kernel, gamma, beta, mean, variance, epsilon):
    mean, variance = kernel.mean(axis=(0, 1, 2)), kernel.var(axis=(0, 1, 2))
    return folded(kernel, gamma, beta, mean, variance, epsilon)


check = Function(
    reference=folded,
    draw={
        "a kernel of one": numbers(1, 5, [1e-3]),
        "kernels of three": numbers(3, 4, [1e-3]),
        "a large epsilon": numbers(2, 4, [0.1, 0.5]),
    },
    mistakes=[
        Mistake(lambda *a: folded(*a, root=lambda v: v), "It divides by the variance. Divide by its root, the standard deviation."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * g * root, b - m * g * root)), "It multiplies by the standard deviation. BatchNorm divides by it."),
        Mistake(lambda *a: folded(*a, inside=False), "It adds epsilon to the root. It belongs to the variance, under the root."),
        Mistake(lambda k, g, b, m, v, e: folded(k, g, b, m, v, e**2), "It squares epsilon. Add it to the variance as it is."),
        Mistake(lambda k, g, b, m, v, e: folded(k, g, b, m, v, 0), "It leaves epsilon out. Small as it is, where a variance is small it counts."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b)), "Its bias is beta alone. What becomes of the mean that is taken away?"),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b - m)), "In its bias the mean is not scaled. It is taken away *before* the multiplication."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b - m / root)), "In its bias the mean is divided by the root, but not multiplied by gamma."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b - m / scale)), "In its bias the mean is divided by what it should be multiplied by."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b + m * scale)), "It adds the scaled mean. The mean is taken away."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, m * scale - b)), "Its bias has the wrong sign: beta is added, the scaled mean taken away."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, -m * scale)), "Its bias leaves beta out."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, (b - m) * scale)), "It scales beta, too. Beta is added *after* the multiplication."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, b - m * scale * k.sum(axis=(0, 1, 2)))), "It sends the mean through the kernel. It is a mean of what comes *out* of the convolution."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, np.sum(b - m * scale))), "Its bias is one number. Each channel has its own."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k * scale, np.maximum(b - m * scale, 0))), "It makes a negative bias zero. The ReLU comes later."),
        Mistake(lambda k, g, b, m, v, e: folded(k, np.ones_like(g), b, m, v, e), "It leaves gamma out."),
        Mistake(lambda k, g, b, m, v, e: folded(k, abs(g), b, m, v, e), "It drops gamma's sign. Training may make a gamma negative."),
        Mistake(lambda k, g, b, m, v, e: folded(k, g.mean(), b, m, v.mean(), e), "It takes one gamma and one variance for all. Each channel has its own."),
        Mistake(of_the_weights, "It takes mean and variance of the weights. BatchNorm's are those of the convolution's answers, and are handed over."),
        Mistake(scaled(lambda scale, k, g, b, m, root: ((k - m) * scale + b, np.zeros_like(b))), "It treats the weights as if they were the answers. Which part of the formula multiplies the answer x, and which is added?"),
        Mistake(scaled(lambda scale, k, g, b, m, root: ((k - m) * scale, b)), "It takes the mean away from each weight. It has to be taken away once, from the answer."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k, b - m * scale)), "Its kernel is the old one. A multiplication after the sum is one of all its weights."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (k / scale, b - m * scale)), "Its kernel is divided by the scale. BatchNorm multiplies by it."),
        Mistake(scaled(lambda scale, k, g, b, m, root: (scale, b - m * scale)), "Its first part is the number that each channel is multiplied by. Return the kernel that has it built in."),
        Mistake(into_the_wrong_axis, "It scales the channels that come *in*. BatchNorm stands behind, so it is about those that go out."),
        Mistake(lambda *a: some_channels(*a, which=slice(0, 1)), "Only the first channel is folded. Is `return` inside the loop?"),
        Mistake(lambda *a: some_channels(*a, which=slice(0, -1)), "The last channel is not folded."),
        Mistake(lambda *a: folded(*a)[0], "That is the kernel alone. Return a tuple: kernel, bias."),
        Mistake(lambda *a: folded(*a)[::-1], "The bias comes first. The question has the kernel first."),
    ],
    hints=[
        "Write the formula of BatchNorm as x times something, plus something. What is each of the two?",
        "The something before x is `gamma / np.sqrt(variance + epsilon)`, a number for each channel out.",
        "The last axis of the kernel is the channels out, so `kernel * scale` multiplies each filter by its own number.",
    ],
)  # fmt: skip

# %% [markdown]
# The check has numbers of its own.

# %%
exercise("3x.1").check(fold)

# %% [markdown]
# ## The same picture, another answer
#
# A colleague has made the backbone trainable, asks twice for the features of a picture, and each time another picture
# is beside it in the batch.

# %% within=0.05
theirs = keras.models.clone_model(network)
theirs.set_weights(network.get_weights())
for layer in theirs.layers:
    layer.trainable = True
first, second = pictures[:2], pictures[[0, -1]]
for mode in (False, True):
    one, other = (np.array(theirs(some, training=mode))[0] for some in (first, second))
    print(f"training={mode}: correlation {np.corrcoef(one, other)[0, 1]:.3f}")

# %% [markdown] question="3x.2"
# ### Exercise 3x.2 · Who has changed it?
#
# With `training=True` the features of a picture depend on what else is in the batch. Why?
#
# - [ ] The call has trained the weights a little.
#   - Without a loss and an optimiser nothing trains them. (It does move the means and variances that BatchNorm stores,
#     by a little, but in training mode those are not used.)
# - [ ] It shuffles the batch, so another picture comes first.
#   - `fit` shuffles, a call never does.
# - [x] BatchNorm takes mean and variance of this batch.
#   - Here that is two pictures. Seen in another batch, the same picture is scaled by another mean and variance.
# - [ ] Dropout leaves out other channels each time.
#   - A good thought: dropout, a layer that makes some numbers zero by chance, does depend on `training`. Is there such
#     a layer in the table above?

# %% answer="3x.2"
# solution
cause = "c"
# end

# %% check="3x.2"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Which layer of the block does something else in training than afterwards?",
        "Which of them looks at several pictures at once?",
    ]
)

# %% [markdown]
# A letter in quotes.

# %%
exercise("3x.2").check(cause)

# %% [markdown]
# So lesson 07 keeps BatchNorm frozen when it fine-tunes. A frozen layer (`trainable = False`) uses the stored numbers
# whatever `training` says: they fit the weights, while mean and variance of a few new pictures don't.
#
# ## The shortcut
#
# The `Add` at the end of the block adds its *input* to what the block has computed. Such a **residual** connection is a
# shortcut: a block need only learn what to *change* (He and others, 2016). We take the trained network and do two
# things to one block, an early, a middle or a late one, without any training: **skip** it (only the shortcut is left),
# or **cut** its shortcut (only the block is left).

# %% [markdown] question="3x.3"
# ### Exercise 3x.3 · Skip, or cut?
#
# The mean of the features of ten pictures stands for a species, and new pictures are named by the nearest mean. (A head
# would have to be trained anew for each change.) What do you expect for the accuracy?
#
# - [ ] Both ruin it: each layer needs what the one before it has made.
#   - In a plain chain, yes. But here something goes past the block.
# - [ ] Skipping ruins it, cutting hardly matters.
#   - Skipping takes nine layers away. But what did they add to what goes past them?
# - [ ] Neither matters much: there are more blocks.
#   - One of the two takes away all that the blocks before have found.
# - [x] Skipping costs little, cutting much.
#   - The shortcut carries all that was found so far; the block adds a correction.

# %% answer="3x.3"
# solution
expected = "d"
# end

# %% check="3x.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Write the output as x + f(x). What is left of it when one skips, and what when one cuts?",
        "Which of the two, x or f(x), has all that the earlier blocks have found?",
    ]
)

# %% [markdown]
# Decide first: a letter in quotes.

# %%
exercise("3x.3").check(expected)

# %% [markdown]
# To change the wiring, the model is built anew from the same layers. Only one `Add` is changed: it passes on one of its
# two inputs, number 0, the shortcut, or number 1, what the block has computed.


# %%
def same(layer):
    return layer  # the layer itself, no copy


def rewired(block, keep):
    # Keras asks `same` for each layer of the new model and runs the layers by `call`
    def call(layer, *inputs, **how):
        changed = layer.name == f"{block}_add"
        return inputs[0][keep] if changed else layer(*inputs, **how)

    return keras.models.clone_model(network, clone_function=same, call_function=call)


adds = [layer.name for layer in network.layers if layer.name.endswith("_add")]
blocks = [adds[place].removesuffix("_add") for place in (0, len(adds) // 2, -1)]


# %% [markdown]
# And the naming by the nearest mean, which gives the accuracy of each species:

# %%
labels = birds.table["label"].to_numpy()
for_training = (birds.table["split"] == "train").to_numpy()


def nearest_mean(model, which):
    vectors = model.predict(pictures[which], batch_size=50, verbose=0)
    shown, species = for_training[which], labels[which]
    names = np.unique(species)
    means = np.stack([vectors[shown & (species == one)].mean(axis=0) for one in names])
    # from each new picture to each mean
    apart = ((vectors[~shown][:, None] - means) ** 2).sum(axis=2)
    right = pd.Series(names[apart.argmin(axis=1)] == species[~shown])
    return right.groupby(species[~shown]).mean()  # the accuracy of each species


# %% [markdown]
# Species that the backbone has seen, and the others, which are the result. (Of photos nobody knows, so there all
# are in one group.)

# %% within=0.5 tags=["predict"]
groups = {"all": np.full(len(birds), True)}
if "known" in birds.table:
    known = birds.table["known"].to_numpy(bool)
    groups = {"seen": known, "unseen": ~known}
for name, which in groups.items():
    whole = nearest_mean(network, which)
    print(f"{name}: whole network {whole.mean():.0%}, {len(whole)} species")
    for block in blocks:
        for what, keep in (("skipped", 0), ("cut", 1)):
            change = nearest_mean(rewired(block, keep), which) - whole  # in pairs
            # give or take two of these: the interval of lesson 03
            error = change.std() / np.sqrt(len(change))
            print(
                f"  {block} {what}: {change.mean():+.0%}, give or take {2 * error:.0%}"
            )

# %% [markdown]
# Skipping costs little, with one exception: the seen species miss the early block. (Photos, all in one group, show no
# such exception.) For the unseen ones no skipped block costs more than chance explains. (With so few species chance
# explains much: a small loss may hide in it.) A cut shortcut costs far more, in all three. (Such networks have been
# compared to many shallow ones that work at the same time: take one away, and the others are still there (Veit and
# others, 2016).) Why *train* with shortcuts? A block that has learnt nothing yet still lets its input through, so that
# a network can be deep without becoming hard to train (He and others, 2016).
#
# ## What channels answer to
#
# Deeper layers look at the maps of the layers before them, so their weights are no pictures any more. What can be
# shown is where a channel answers. Here are, for one bird, the channels of three layers that vary most from place to
# place.


# %%
def show_maps(model):
    names = ["Conv1_relu", "block_2_expand_relu", "block_9_expand_relu"]
    views = keras.Model(model.input, [model.get_layer(name).output for name in names])
    outputs = views(prepare(portrait[None]))
    named = {name: np.array(maps[0]) for name, maps in zip(names, outputs, strict=True)}
    return plots.feature_maps(portrait, named, n=4)


portrait = birds.images([len(birds) // 3], course.image_size)[0]
show_maps(network)

# %% [markdown]
# Edges and areas of one colour at first, then coarser maps, in which fewer places answer. Now the control, the network
# with random weights:

# %%
show_maps(untrained)

# %% [markdown]
# Random filters make maps that look like drawings of the bird, too, and deep down coarse ones: that much comes with
# convolutions and strides, whatever the weights. So such pictures show *where* something answers, and hardly what
# training has done.
#
# What does a channel in the middle stand for? Its answer to a picture is its mean over all places. How far does its
# mean answer to a species' training pictures lie above that to all training pictures? We count in standard deviations.
# The channel where it lies furthest above is the species' *own*.


# %%
def mean_answers(model, name):
    maps = model.get_layer(name).output
    return keras.Model(model.input, keras.layers.GlobalAveragePooling2D()(maps))


middle = mean_answers(network, "block_9_expand_relu")
answers = middle.predict(pictures, batch_size=50, verbose=0)
# 1e-6: for channels that never answer, whose standard deviation is zero
answers = (answers - answers[for_training].mean(axis=0)) / (
    answers[for_training].std(axis=0) + 1e-6
)
table = pd.DataFrame(answers[for_training]).groupby(labels[for_training]).mean()
own = table.to_numpy().argmax(axis=1)  # the channel of each species
print(f"chosen on training pictures: {table.max(axis=1).mean():.2f} above the mean")

# %% [markdown] question="3x.4"
# ### Exercise 3x.4 · The same channels, new pictures
#
# "That one is the detector of this species", says a colleague. We measure the very same channels on the *test*
# pictures of the same species. How far above the same mean will they be, compared with the number just printed?
#
# - [ ] About the same: nothing was trained on either.
#   - Not trained, but *chosen*, out of hundreds, for being high on those ten pictures.
# - [x] Lower, but still above zero.
#   - Part of what made a channel the highest of hundreds was luck, and luck doesn't come along to new pictures.
# - [ ] Zero: it was all chance.
#   - Then the channels would know nothing of species, and no head could use them. It can.
# - [ ] Higher, as test pictures are less varied.
#   - They are drawn, or photographed, in the same way.

# %% answer="3x.4"
# solution
expectation = "b"
# end

# %% check="3x.4"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Lesson 03 has a rule about what chooses and what judges. What has chosen here?",
        "Imagine five hundred channels of pure noise. How high would the highest mean of ten pictures be?",
    ]
)

# %% [markdown]
# Decide first: a letter in quotes.

# %%
exercise("3x.4").check(expectation)

# %% [markdown]
# And a second number, for the word "detector": of the ten test pictures that a channel answers to most, how many show
# its species?

# %% within=0.1 tags=["predict"]
tested, of_species = answers[~for_training], labels[~for_training]
above = [tested[of_species == one, own[one]].mean() for one in range(len(own))]
tops = [
    of_species[np.argsort(-tested[:, own[one]])[:10]] == one for one in range(len(own))
]
print(f"on test pictures: {np.mean(above):.2f} above the mean")
print(f"of the ten strongest, of its species: {10 * np.mean(tops):.1f}")
print(f"by chance: {10 / len(own):.1f}")
swapped = pd.DataFrame(tested - tested.mean(axis=0)).groupby(of_species).mean()
best = swapped.to_numpy().argmax(axis=1)
print(
    f"the other way round: chosen on test pictures {swapped.max(axis=1).mean():.2f}, "
    f"on training pictures {table.to_numpy()[range(len(best)), best].mean():.2f}"
)

# %% [markdown]
# Lower, whichever half chooses (so it is not that test pictures are harder), and far from nothing: the channels know
# something of species, and less than on the pictures that chose them. The best of hundreds is partly luck, as in lesson
# 03. And most of a channel's strongest birds are of *other* species. "Detector" is too big a word; a head adds up
# hundreds of such hints.
#
# ## A picture made for a channel
#
# One can also *make* what a channel likes: begin with grey noise, and ask how each pixel must change for the channel's
# mean over all places to rise; go a step that way, and ask again. `GradientTape` records what is computed, so that it
# can answer: lesson 03's gradient with respect to pixels. That is **activation maximisation** (Erhan and others,
# 2009). We look at channels before their ReLU, as behind it a silent one has no slope. `one_hot` gives each picture its
# channel: a 1 there, a 0 for all others.

# %%
import tensorflow as tf

channels = table.std().to_numpy().argsort()[::-1][:4]  # they tell species apart best


def climber(model):
    sight = mean_answers(model, "block_9_expand_BN")
    wanted = tf.one_hot(channels, sight.output.shape[-1])

    @tf.function  # compiled, so that it is faster
    def climb(some):
        with tf.GradientTape() as tape:
            tape.watch(some)  # pixels are no weights, so the tape must be told
            strength = tf.reduce_sum(sight(some) * wanted)
        slope = tape.gradient(strength, some)
        # steps of the same size however steep it is, in the range of prepared pixels
        spread = tf.math.reduce_std(slope, axis=(1, 2, 3), keepdims=True)
        return tf.clip_by_value(some + 0.05 * slope / (spread + 1e-12), -1, 1)

    return climb, sight, wanted


# %% [markdown]
# We climb in the trained network and, as a control, in the random one.

# %%
side = course.image_size
noise = np.random.default_rng(0).normal(0, 0.06, (len(channels), side, side, 3))
made, strengths = [], {}
# 48 steps for each network, then: how strong is the answer beside that to our birds?
for name, model in (("trained", network), ("random", untrained)):
    climb, sight, wanted = climber(model)
    some = tf.constant(noise, tf.float32)
    for _ in range(48):
        some = climb(some)
    made.append(np.array(some))
    to_made = tf.reduce_sum(sight(some) * wanted, axis=1).numpy()
    to_birds = sight.predict(pictures, batch_size=50, verbose=0)[:, channels]
    distance = np.stack([to_made, to_birds.max(axis=0)]) - to_birds.mean(axis=0)
    strengths[name] = (distance / to_birds.std(axis=0)).mean(axis=1)

# %% [markdown]
# Here they are, with their contrast stretched, to look at.


# %%
def stretched(some):
    centred = some - some.mean(axis=(1, 2, 3), keepdims=True)
    spread = some.std(axis=(1, 2, 3), keepdims=True)
    return np.uint8(np.clip(128 + 55 * centred / spread, 0, 255))


made_for = [f"{name}, channel {c}" for name in strengths for c in channels]
plots.image_grid(stretched(np.concatenate(made)), made_for, columns=len(channels))

# %% [markdown]
# How strongly does a channel answer to its picture, and how strongly to the one of our birds that it answers to most?
# Above its mean over all of them, in standard deviations, as a mean of the four channels:

# %% within=0.3
for name, (picture, bird) in strengths.items():
    print(f"{name}: picture {picture:.0f}, highest bird {bird:.1f}")

# %% [markdown]
# The trained network's pictures have structure, stripes and blots, those of the random one hardly any. And yet be
# careful. Both networks answer more strongly to what was made for them than to any of our birds: climbing always
# finds something. A picture of this kind is a question ("does it like stripes?"), which only real pictures can answer.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="3x.a"
# A colleague shows a picture made for a channel, full of red stripes, and says: "This channel detects the tail of the
# red kite." What do you answer?
#
# - [ ] Right: it comes from the network's own gradient.
#   - It does, and shows one thing that the channel answers to. Whether it answers to others, nobody has looked.
# - [x] On new pictures, how often is it right?
#   - A claim about what a channel detects is tested on pictures that did not choose it, with and without the thing.
# - [ ] Such pictures are noise and mean nothing.
#   - The channel does answer to it, more than to the birds we tried. It is one thing that it likes, not its meaning.

# %% [markdown] quiz="3x.b"
# Your fine-tuned classifier is good when it is tested in batches of a hundred, and bad on single photos. Where do you
# look first?
#
# - [ ] At the size of the single photos.
#   - Then it would be bad in batches, too.
# - [ ] At the residual connections in its blocks.
#   - They add within one picture. Other pictures in the batch do not come into it.
# - [x] At BatchNorm in training mode.
#   - With one picture in the batch, its own mean is taken away from it.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A block mixes channels one by one, looks at neighbours channel by channel, and adds what it found to a shortcut.
# - BatchNorm has four numbers a channel, can be folded away, and in training mode lets pictures change each other's
#   features.
# - Maps and filters of a *random* network are the control for every picture of a trained one.
# - A channel that is chosen for being high on a few pictures is lower on new ones.
#
# **Where it goes wrong in practice.** A network is run in training mode. A channel gets a name from the pictures that
# chose it. A picture of what a network "sees" is shown without the same picture of a random network.
#
# ## Sources
#
# - D. Erhan and others, "Visualizing Higher-Layer Features of a Deep Network", Université de Montréal, Technical Report
#   1341, 2009.
# - K. He and others, "Deep Residual Learning for Image Recognition", CVPR 2016; A. Veit and others, "Residual Networks
#   Behave Like Ensembles of Relatively Shallow Networks", NIPS 2016.
# - A. G. Howard and others, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications",
#   arXiv:1704.04861, 2017.
# - S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
#   ICML 2015.
# - A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS
#   2012.
# - M. Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018; M. Tan, Q. V. Le,
#   "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019.
