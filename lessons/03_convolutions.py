# %% [markdown]
# # 03 · Seeing with convolutions
#
# Take the picture of a bird, and shuffle its pixels by a fixed plan. Nothing is lost: the plan could put each pixel
# back. Yet you would see no bird any more. Would a neural network mind?

# %% [markdown]
# Three birds, and below them the same three **shuffled**, all by one plan:

# %%
import numpy as np

from course_utils import plots
from course_utils.datasets import load_cub
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
birds = load_cub(course.birds_folder())
pictures = birds.images(range(len(birds)), 96)  # (pictures, rows, columns, colours)
plan = np.random.default_rng(course.seed).permutation(96 * 96)
# each picture: a list of pixels, put in the plan's order, made a square again
shuffled = pictures.reshape(-1, 96 * 96, 3)[:, plan].reshape(pictures.shape)
both = np.stack([pictures, shuffled])[:, :: len(birds) // 3 + 1]
plots.image_grid(np.concatenate(both), ["a bird"] * 3 + ["shuffled"] * 3, columns=3)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - slide a filter over a picture by hand, with any stride;
# - say how many pixels a unit deep in a network sees;
# - compare two networks fairly, and say how sure the difference is.
#
# **You need** lessons 00 and 02. **Time**: about 45 minutes with the exercises; the computer needs one of them.
#
# ## Does a Dense layer mind?
#
# Of each species' training pictures we set five aside: the **validation** pictures. They *choose*, for example a
# learning rate. The **test** pictures *judge*, once, at the end. Pictures that chose can't judge: the best of several
# numbers is partly luck.

# %%
labels, split = birds.table["label"].to_numpy(), birds.table["split"].to_numpy(object)
by_species = birds.table[split == "train"].groupby("label")
split[by_species.sample(5, random_state=course.seed).index] = "validation"
n_species = len(birds.class_names)
print({name: int((split == name).sum()) for name in ("train", "validation", "test")})

# %% [markdown] question="3.1"
# ### Exercise 3.1 · Would it mind?
#
# Two heads, each one `Dense` layer on the pixels, are trained from the same start: one on the birds, one on the
# shuffled birds (shuffled in validation by the same plan). What about the second one's validation accuracy? Answer
# before you look.
#
# - [ ] It falls to guessing: nobody could see a bird there.
#   - *You* could not. But does a `Dense` layer know which of its inputs lie side by side?
# - [x] It stays the same.
#   - A `Dense` layer has one weight for each input and no idea of "beside": with the inputs in another order it
#     learns the same weights in that order.
# - [ ] It falls by about half: the colours still help.
#   - They would help you. Think about what has changed for a layer that has one weight for each input.
# - [ ] It rises: shuffling is a kind of augmentation.
#   - Augmentation shows *many* versions of a picture. This is one fixed order, the same for all.

# %% answer="3.1"
# solution
expected = "b"
# end

# %% check="3.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Write down what one unit computes: weight times input, added up over all inputs. Where does the order come in?",
        "Suppose you had the weights of the first head. Could you make good weights for the second one from them?",
    ]
)

# %% [markdown]
# Decide first: a letter in quotes.

# %%
exercise("3.1").check(expected)

# %% [markdown]
# Now for real. The learning rate is a **hyperparameter**: training doesn't set it. So `best_of` trains with each rate
# given (here one), and takes the network with the lowest validation loss. It stops a training when that loss no
# longer falls (**early stopping**): going on would be learning by heart, **overfitting**.

# %% within=0.2 tags=["predict"]
from course_utils.heads import linear_head
from course_utils.tuning import best_of

# linear_head: the Dense layer of lesson 00, here on 96 * 96 * 3 = 27648 numbers
for name, some in {"birds": pictures, "shuffled birds": shuffled}.items():
    flat = (some.reshape(len(some), -1) / np.float32(255), labels, split)
    run = best_of([1e-4], lambda: linear_head(27648, n_species), *flat, epochs=8)
    print(f"{name}: {max(run.history['val_accuracy']):.0%} right in validation")

# %% [markdown]
# The same. To a `Dense` layer a picture is a list of numbers in no order, and it must learn a wing anew at each
# place. A **convolution** is built on what pictures have: *neighbours belong together*, and *what is worth seeing
# here is worth seeing there*.
#
# ## A filter, slid by hand
#
# A **filter** has a small square of weights, its **kernel**. Lay it on a corner of the picture, multiply each weight by
# the pixel under it, add up: one number. Move on by a pixel, and again. The answers make a **feature map**. Moving on
# by *s* pixels at a time is a **stride** of *s*. A colour picture has three **channels**; the kernel has a square of
# weights for each, and all products go into *one* sum. A layer has many filters; their maps are the next layer's
# channels. A colleague has programmed a filter:


# %%
def by_hand(picture, kernel, stride=1):
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        patch = picture[row : row + k, column : column + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map


# %% [markdown]
# One bird in grey, one kernel, one place:

# %%
bird = birds.images([len(birds) // 2], 128)[0]
grey = bird.mean(axis=2)
kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])  # what does it measure?
plots.filter_step(grey[36:39, 80:83].round(), kernel)

# %% [markdown]
# The kernel subtracts its left from its right, so it finds upright edges. Where both sides are alike, the sum is near
# zero. Keras does the same, faster.

# %%
from keras import Input, Sequential, layers, ops


def by_keras(picture, kernel, stride=1):
    # Keras has an axis for many pictures, `[None]`, one for many filters,
    # `[..., None]`; `atleast_3d` gives a grey picture its axis of channels
    image, weights = np.atleast_3d(picture)[None], np.atleast_3d(kernel)[..., None]
    return np.array(ops.conv(np.float32(image), np.float32(weights), stride))[0, ..., 0]


# %% [markdown]
# **Now you**: change the weights and look. Violet is negative, white zero, orange positive. Where the weights don't
# add up to zero, the answer is shown in grey.

# %%
from course_utils.widgets import Matrix, explore


def filtered(kernel, relu):
    # without ReLU the lower limit is minus infinity: all answers stay
    answer = np.maximum(by_keras(grey, kernel), 0 if relu else -np.inf)
    return plots.filter_gallery(grey, {"your kernel's answers": kernel}, [answer])


explore(filtered, kernel=Matrix([[-1, 0, 1]] * 3), relu=False)

# %% [markdown]
# Three things to try: turn the kernel by a quarter: which edges answer now? Put zeros everywhere and a one in a
# corner: what happens to the bird? (It moves by a pixel.) Switch `relu` on: which edges are left? (**ReLU** makes
# negative answers zero.)
#
# Does the colleague's program agree with Keras, in colour, with strides 1 and 2?

# %%
coloured = np.stack([kernel] * 3, axis=2)  # (rows, columns, channels)
# atol: Keras computes with fewer digits, so the last ones may differ
for stride in (1, 2):
    ours, right = (slide(bird, coloured, stride) for slide in (by_hand, by_keras))
    print(stride, ours.shape, right.shape, "equal:", np.allclose(ours, right, atol=0.1))

# %% [markdown] question="3.2"
# ### Exercise 3.2 · Find the bug
#
# With a stride of two the shape is right and the numbers are wrong. Write `convolve`, with the same arguments, right
# for every stride. `picture` has the shape (rows, columns, channels), `kernel` (k, k, channels); return a map of rows
# and columns.


# %% answer="3.2"
def convolve(picture, kernel, stride):
    # solution
    k = len(kernel)
    feature_map = np.zeros([(n - k) // stride + 1 for n in picture.shape[:2]])
    for row, column in np.ndindex(feature_map.shape):
        top, left = row * stride, column * stride
        patch = picture[top : top + k, left : left + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map
    # end


# %% [markdown] why="3.2"
# Places in the map count steps, places in the picture count pixels. What the colleague got was the upper left corner
# of the map with a stride of one. So printing shapes is not enough: compare numbers with a program that is right.

# %% check="3.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def windows(picture, kernel):
    return np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)[:, :, 0]


def strided(picture, kernel, stride, across=None):
    return (windows(picture, kernel)[::stride, :: across or stride] * kernel).sum(
        axis=(-3, -2, -1)
    )


def by_loop(picture, kernel, stride, sizes):
    k, feature_map = len(kernel), np.zeros(sizes)
    for row, column in np.ndindex(*sizes):  # it stops where a patch is cut off
        top, left = row * stride, column * stride
        patch = picture[top : top + k, left : left + k]
        feature_map[row, column] = (patch * kernel).sum()
    return feature_map


def by_a_colleague(picture, kernel, stride):
    rows, columns = strided(picture, kernel, stride).shape
    return strided(picture, kernel, 1)[:rows, :columns]


def rows_alone(picture, kernel, stride):
    columns = strided(picture, kernel, stride).shape[1]
    return strided(picture, kernel, stride, across=1)[:, :columns]


def thinned(picture, kernel, stride):
    left = picture[::stride, ::stride]
    return by_loop(left, kernel, 1, [n - len(kernel) + 1 for n in left.shape[:2]])


def channel_by_channel(picture, kernel, stride):
    return (windows(picture, kernel)[::stride, ::stride] * kernel).sum(axis=(-3, -2))


def square(picture, kernel, stride):
    side = (len(picture) - len(kernel)) // stride + 1
    return by_loop(picture, kernel, stride, [side, side])


def first_alone(picture, kernel, stride):
    feature_map = strided(picture, kernel, stride)
    feature_map.flat[1:] = 0
    return feature_map


def padded(picture, kernel, stride):
    k = len(kernel)
    return strided(
        np.pad(picture, [(k // 2, (k - 1) // 2)] * 2 + [(0, 0)]), kernel, stride
    )


def makes(rows, columns):
    """From a picture of 5 x 7 with a kernel of three and a stride of one."""
    inputs = np.ones((5, 7, 1)), np.ones((3, 3, 1)), 1
    return lambda convolve: np.shape(convolve(*inputs)) == (rows, columns)


def inputs(strides, channels=(1, 4), whole=False):
    def draw(random):
        k, stride = random.integers(1, 6), int(random.choice(strides))
        rows, columns = k + random.integers(0, 9, 2)
        depth = random.integers(*channels, endpoint=True)
        shape, kernel = (rows, columns + 3, depth), random.normal(0, 2, (k, k, depth))
        if whole:  # as pictures are stored
            return random.integers(0, 256, shape, np.uint8), kernel.round(), stride
        return random.normal(0, 40, shape), kernel, stride

    return draw


def small(random):
    k, stride, depth = (
        random.integers(1, 3),
        random.integers(1, 4),
        random.integers(1, 3),
    )
    rows, columns = k + random.integers(0, 3, 2)
    picture = random.integers(0, 10, (rows, columns + stride, depth))
    return picture, random.choice([-2, -1, 1, 2, 3], (k, k, depth)), int(stride)


check = Function(
    reference=strided,
    draw={
        "a small picture": small,
        "a stride of one": inputs([1]),
        "a stride of two": inputs([2]),
        "a stride of three or more": inputs([3, 4, 5]),
        "a picture with one channel": inputs([1, 2, 3], channels=(1, 1)),
        "pixels from 0 to 255": inputs([1, 2, 3], whole=True),
    },
    mistakes=[
        Mistake(by_a_colleague, "With a stride above one it still moves the kernel by one pixel. Which pixel of the picture does row 1 of the map begin at?"),
        Mistake(rows_alone, "Down it takes whole strides, across it still moves by one pixel."),
        Mistake(lambda p, k, s: rows_alone(p.swapaxes(0, 1), k.swapaxes(0, 1), s).T, "Across it takes whole strides, down it still moves by one pixel."),
        Mistake(lambda p, k, s: strided(p, k, 1), "It leaves the stride out: it has an answer for each place."),
        Mistake(thinned, "It leaves out pixels of the picture. A stride leaves out places of the kernel; below the kernel each pixel counts."),
        Mistake(channel_by_channel, "It keeps the channels apart. A filter adds the products of *all* channels into one number."),
        Mistake(square, "It takes as many columns as rows. A picture need not be square."),
        Mistake(first_alone, "Only the first number is filled in. Is `return` inside the loop?"),
        Mistake(lambda p, k, s: strided(p[..., :1], k[..., :1], s), "It looks at the first channel only."),
        Mistake(lambda p, k, s: strided(p, np.repeat(k[..., :1], k.shape[2], axis=2), s), "It uses the first channel's weights for all channels."),
        Mistake(lambda p, k, s: strided(p, k, s) / k.shape[2], "It takes the mean over the channels. All products go into one sum."),
        Mistake(lambda p, k, s: strided(p, k[::-1, ::-1], s), "It turns the kernel round first, as mathematicians do. Keras does not."),
        Mistake(lambda p, k, s: strided(p, k, s) / k.size, "It takes the mean. A convolution adds up."),
        Mistake(lambda p, k, s: strided(p, k, s).T, "In its map, rows and columns have changed places."),
        Mistake(lambda p, k, s: np.maximum(strided(p, k, s), 0), "Where an answer is negative it has a zero (ReLU). Keep the sign."),
        Mistake(lambda p, k, s: abs(strided(p, k, s)), "Its answers have lost their sign."),
        Mistake(lambda p, k, s: strided(p, k, s).astype(p.dtype), "Its map is of the picture's type, which for pixels goes from 0 to 255. A filter's answers can be negative, and larger."),
        Mistake(lambda p, k, s: strided(p, k.astype(int), s).astype(int), "It makes whole numbers of weights or answers. A weight may have a fraction."),
        Mistake(padded, "Its map has places where the kernel hangs over the edge. The kernel must lie wholly inside the picture.", when=makes(5, 7)),
        Mistake(lambda p, k, s: strided(p, k, s)[:-1, :-1], "Its map lacks the last row and column. At how many places does a kernel of three fit into a row of five pixels?", when=makes(2, 4)),
    ],
    hints=[
        "Do by hand what the colleague's program does with a stride of two: which pixels lie in the patch for row 0, which for row 1?",
        "The sizes are right. What is wrong is where the patch begins: `row` counts places of the map.",
        "In the picture the patch begins at `row * stride` and `column * stride`.",
    ],
)  # fmt: skip

# %% [markdown]
# The check has many pictures.

# %%
exercise("3.2").check(convolve)

# %% [markdown]
# ## Pooling: when a bird moves a little
#
# *Where* an edge is matters less than *that* it is there. **Max-pooling** keeps the largest number of each
# little square. We move the edge maps of a hundred birds by four pixels. How much do they agree before and after
# (correlation, mean over the birds)?

# %% within=0.05
# how strong each edge is, whichever of its sides is brighter
edges = np.abs([by_keras(one, coloured) for one in pictures[:: len(birds) // 100]])


def agreement(pool, side, others=0):
    # each bird beside the one that comes `others` places later: with 0, beside itself;
    # `after` is cut out of the map four pixels further on
    before, after = (pool(edges[:, :80, x : x + 80, None], side) for x in (0, 4))
    pairs = zip(np.array(before), np.roll(after, others, axis=0), strict=True)
    return np.mean([np.corrcoef(np.ravel(a), np.ravel(b))[0, 1] for a, b in pairs])


for side in (1, 2, 4, 8):
    print(f"squares of {side}: {agreement(ops.max_pool, side):.2f}")

# %% [markdown]
# The larger the squares, the less a small move matters.

# %% [markdown] question="3.3"
# ### Exercise 3.3 · The missing control
#
# "So in pooled maps a network *recognises* a bird that has moved a little", says the colleague. Before we may
# say that, one more number is needed. Which?
#
# - [ ] The same numbers for another hundred birds.
#   - They would say how much chance there is in the first ones. But would they tell recognising from blurring?
# - [ ] The same numbers with squares of sixteen.
#   - They would be higher still, and leave open what that is worth.
# - [ ] How many numbers each map has.
#   - Good to know for the cost. It says nothing about birds.
# - [x] The same numbers for two different birds.
#   - If all pooled maps look alike, a high number says nothing. Only what is *above* that is recognising.

# %% answer="3.3"
# solution
control = "d"
# end

# %% check="3.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Imagine squares so large that nothing but one grey value is left. What would the correlation say then?",
        "A high number impresses only beside what one would get if the claim were false. What would that be here?",
    ]
)

# %% [markdown]
# A letter in quotes.

# %%
exercise("3.3").check(control)

# %% [markdown]
# Here it is: each map beside that of a bird of another species. And average pooling (the mean of each square).

# %% within=0.1 tags=["predict"]
# birds are in order of species: half a list later another species stands
for name, pool in {"max": ops.max_pool, "average": ops.average_pool}.items():
    for side in (1, 4, 8):
        same, other = (agreement(pool, side, k) for k in (0, len(edges) // 2))
        print(f"{name}, squares of {side}: same bird {same:.2f}, another {other:.2f}")

# %% [markdown]
# After this small move, pooled edges still tell birds apart. (Whether a *network* uses that, we did not measure.)
# With squares of eight the mean does as well as the maximum, with four not quite: what forgives is mostly the
# *square*. (The course's backbone has strides in place of pooling. Either way the answer can change when a picture
# moves by one pixel (Azulay and Weiss, 2019).)
#
# ## How far does one unit see?
#
# A unit is one number of a map. In the first layer, with kernels of three, it sees three pixels side by side. In the
# second it sees three of *those* units, and so a few pixels more. All pixels that can change it are its **receptive
# field**. One step in a map may be several pixels in the picture: its **jump**, the product of all strides up to that
# map.

# %% [markdown] question="3.4"
# ### Exercise 3.4 · Receptive field
#
# Write `receptive_field`. `stack` has the layers from first to last, each as (size of the kernel, stride); return the
# side of the receptive field of one unit of the last layer, in pixels. Pooling counts as a layer. For example, two
# layers of (3, 1) see 5 pixels; (3, 2), then (3, 1) see seven.


# %% answer="3.4"
def receptive_field(stack):
    # solution
    field, jump = 1, 1
    for kernel, stride in stack:
        field += (kernel - 1) * jump
        jump *= stride
    return field
    # end


# %% [markdown] why="3.4"
# A kernel of size k adds k - 1 neighbours, and each of them is one jump away in pixels, the jump *before* this
# layer. So strides early in a network make the fields of all later layers grow faster.

# %% check="3.4"
from math import prod

from course_utils.exercises import Case, Function, Mistake


def walk(stack, before=False):
    field, jump = 1, 1
    for kernel, stride in stack:
        jump *= stride if before else 1
        field += (kernel - 1) * jump
        jump *= 1 if before else stride
    return field


def forwards(stack):
    field = 1
    for kernel, stride in stack:
        field = (field - 1) * stride + kernel
    return field


def added_up(stack):
    field, strides = 1, 0
    for kernel, stride in stack:
        field += (kernel - 1) * max(strides, 1)
        strides += stride
    return field


def whole_kernels(stack):
    return walk([(kernel + 1, stride) for kernel, stride in stack])


def steps(stack, grow):
    field, jump = 1, 1
    for kernel, stride in stack:
        field, jump = field + (kernel - 1) * jump, grow(jump, stride)
    return field


def stacks(kernels, strides):
    def draw(random):
        n = random.integers(1, 7)
        pairs = zip(random.choice(kernels, n), random.choice(strides, n), strict=True)
        return ([(int(kernel), int(stride)) for kernel, stride in pairs],)

    return draw


check = Function(
    cases=[
        Case(([(3, 1), (3, 1)],), 5),
        Case(([(3, 2), (3, 1)],), 7, "a stride of two before a kernel of three"),
        Case(([(3, 1), (3, 2)],), 5, "a stride of two at the end"),
    ],
    reference=walk,
    draw={
        "strides of one": stacks([1, 2, 3, 5], [1]),
        "strides of one and two": stacks([1, 2, 3, 5, 7], [1, 2]),
        "strides of up to four": stacks([1, 2, 3, 4, 5, 11], [1, 2, 3, 4]),
    },
    rtol=0,
    mistakes=[
        Mistake(lambda stack: walk([(k, 1) for k, _ in stack]), "The strides are not used: it is right only where all are one."),
        Mistake(lambda stack: sum(k for k, _ in stack), "It adds up the kernels. Neighbouring windows overlap."),
        Mistake(lambda stack: prod(k for k, _ in stack), "It multiplies the kernels. Neighbouring windows overlap."),
        Mistake(lambda stack: walk(stack, before=True), "A layer's own stride widens what comes *after* it, not the layer itself."),
        Mistake(forwards, "That would be right if the layers came in the opposite order. Which strides lie between a layer and the pixels, those before it or those after it?"),
        Mistake(lambda stack: steps(stack, lambda jump, s: s), "It remembers the last stride only. What counts is the product of all strides so far."),
        Mistake(lambda stack: steps(stack, lambda jump, s: jump + s), "It adds the strides up. A stride of one must change nothing: they multiply."),
        Mistake(added_up, "It adds the strides up. After two strides of one, neighbours are still one pixel apart."),
        Mistake(lambda stack: steps(stack, lambda jump, s: 2 * jump if s > 1 else jump), "It takes every stride above one for a two."),
        Mistake(lambda stack: 1 + sum((k - 1) * s for k, s in stack), "It takes each layer's own stride. What counts are the strides of all layers *before* it."),
        Mistake(lambda stack: walk(stack) - 1, "It begins with a field of no pixel. Before any layer, a unit is one pixel."),
        Mistake(lambda stack: prod(s for _, s in stack), "That is the jump at the end, the product of the strides."),
        Mistake(lambda stack: walk(stack[:1]), "It ends with the first layer. Is `return` inside the loop?"),
        Mistake(lambda stack: walk(stack[:-1]), "It leaves the last layer out."),
        Mistake(lambda stack: walk([(3, s) for _, s in stack]), "It takes every kernel for a three."),
        Mistake(lambda stack: walk([(k + (k % 2 == 0), s) for k, s in stack]), "It is right for odd kernels only. Pooling often has a kernel of two."),
        Mistake(lambda stack: walk([(k, s) for k, s in stack if k > 1]), "It passes over kernels of one. They add no pixel, but their stride counts for all layers behind them."),
        Mistake(lambda stack: walk([(1 if k == s else k, s) for k, s in stack]), "Where kernel and stride are alike, as in pooling, it adds no pixels. Pooling sees its neighbours, too."),
        Mistake(whole_kernels, "It adds the whole kernel each time. One of its places is in the field already."),
        Mistake(lambda stack: max(k for k, _ in stack), "That is the largest kernel. The fields grow from layer to layer."),
        Mistake(lambda stack: stack[-1][0], "That is what the last layer sees of the layer before it. Go on, down to the pixels."),
        Mistake(lambda stack: walk(stack) ** 2, "That is the area. The question is about the side."),
    ],
    hints=[
        "Without strides each layer adds its kernel's size minus one. Begin with a field of one pixel.",
        "After a stride of two, neighbours are two pixels apart. So what the next kernel adds counts double.",
        "Keep two numbers, `field` and `jump`, both one at first. In each layer change first the field, then the jump.",
    ],
)  # fmt: skip

# %% [markdown]
# The check tries many stacks.

# %%
exercise("3.4").check(receptive_field)

# %% [markdown]
# One can also *measure* it, in a trained backbone: if a pixel changed a little, by how much would the unit in the
# middle of a layer change? That is a gradient, with respect to pixels in place of weights.

# %%
from course_utils.backbones import load_backbone, pixel_influence

backbone, seen = load_backbone(course.backbone), {}
network, prepare = map(backbone.get_layer, ("network", "preprocessing"))
some = birds.images(range(0, len(birds), len(birds) // 16), course.image_size)
# `network` is bare: it takes prepared pixels; its layers are named after their block,
# which is a few layers; depthwise: each channel has one filter of its own (03x)
for name in ("Conv1", "block_1_depthwise", "block_2_depthwise", "block_4_depthwise"):
    seen[name] = pixel_influence(network, name, prepare(some))
plots.receptive_fields(some[3], seen)

# %% [markdown]
# The frame (its size stands above) is round all pixels that count at all. Near it they count less (Luo and others,
# 2016). Your function on `block_1_depthwise` and the four layers before it (`None`: it waits for you):

# %%
# (1, 1): a kernel of one pixel, which only mixes channels
receptive_field([(3, 2), (3, 1), (1, 1), (1, 1), (3, 2)])

# %% [markdown]
# ## From nothing, or borrowed?
#
# Convolution, ReLU, pooling, in the end `Dense`: that is a **ConvNet** (LeCun and others, 1989). We train one from
# nothing, with what helps when pictures are few: **augmentation** (each time, a picture is mirrored and shifted at
# random) and `BatchNormalization`, which keeps the numbers in a network in a good range (optional lesson 03x).


# %%
def convnet(filters):
    parts = [Input((96, 96, 3)), layers.Rescaling(1 / 255)]
    shift = layers.RandomTranslation(0.1, 0.1, interpolation="nearest")
    parts += [layers.RandomFlip("horizontal"), shift]
    # a layer has `width` filters, the first one a stride of 2; padding "same" lays
    # zeros round a map, so that it does not shrink
    for place, width in enumerate(filters):
        parts.append(layers.Conv2D(width, 3, 1 if place else 2, padding="same"))
        parts += [layers.BatchNormalization(momentum=0.9), layers.ReLU()]
        parts += [layers.MaxPooling2D(2)] if place < 3 else []
    # the mean of each map, one number a channel, goes into Dense
    parts += [layers.GlobalAveragePooling2D(), layers.Dense(n_species)]
    return Sequential(parts)


# %% [markdown]
# One layer; then six, which see further; then a **linear probe**, a `Dense` layer on the features of the frozen
# backbone, without augmentation. Two rates each: more tries would be unfair. **Predict**: who will know the
# *training* pictures best (dotted), and who those of validation (thick)?

# %% within=0.5 tags=["predict"]
from course_utils.bottlenecks import BottleneckCache

cache, six = BottleneckCache(course.cache_folder()), [16, 24, 32, 32, 48, 64]
vectors = np.array(cache.extract(backbone, birds).vectors)
# rates to try, what builds the network, its inputs (a picture has 1280 features)
networks = {
    "one layer": ([3e-3, 1e-2], lambda: convnet([16]), pictures),
    "six layers": ([1e-3, 3e-3], lambda: convnet(six), pictures),
    "borrowed": ([3e-3, 1e-2], lambda: linear_head(1280, n_species), vectors),
}
runs = {name: best_of(*how, labels, split) for name, how in networks.items()}
plots.training_race(runs, chance=1 / n_species)

# %% [markdown]
# "Borrowed" leads in both; six layers know far fewer new pictures than training ones.
#
# Now the test pictures, once. Of our drawn birds' species the backbone has *seen* half before, in other pictures. So
# the result is the row of the *unseen* ones. (Of photos nobody knows which species it has seen.)

# %% within=0.5
exam = birds.table[split == "test"].reset_index(drop=True)
exam["group"] = np.where(exam["known"], "seen", "unseen") if "known" in exam else "all"
for name, (_, _, inputs) in networks.items():
    scores = runs[name].model.predict(inputs[split == "test"], verbose=0)
    exam[name] = (scores.argmax(axis=1) == exam["label"]).astype(int)  # 1 if right
exam.groupby("group")[list(runs)].mean().round(2)

# %% [markdown]
# The groups are a control: for networks from nothing, the unseen species are not the harder ones.

# %% [markdown] question="3.5"
# ### Exercise 3.5 · How sure is the difference?
#
# Both networks answered the *same* pictures, so we compare **in pairs**. And we ask about species, so the unit is the
# species: forty pictures of one species are not forty species. Write `difference_interval`. `one` and `other` have a 1
# for each test picture where a network was right, else a 0; `species` is the class of each (all three are pandas
# columns: `column.groupby(species)` works). For each species take the accuracy of `one` minus that of `other`. With m
# the mean of these differences, n their number and s their standard deviation (divided by n - 1), return the tuple
# `(m - 2 * s / sqrt(n), m + 2 * s / sqrt(n))`. Such intervals hold the true mean about nineteen times in twenty.


# %% answer="3.5"
def difference_interval(one, other, species):
    # solution
    by_species = (one - other).groupby(species).mean()
    error = by_species.std() / np.sqrt(len(by_species))
    return by_species.mean() - 2 * error, by_species.mean() + 2 * error
    # end


# %% [markdown] why="3.5"
# Where a species is hard for both networks, that cancels in pairs, and what is left is the difference itself; two
# separate intervals would keep it. With pictures as the unit the interval would speak about new pictures of *these*
# species only.

# %% check="3.5"
import numpy as np
import pandas as pd

from course_utils.exercises import Function, Mistake


def by_species(one, other, species):
    better = pd.Series(np.asarray(one, float) - np.asarray(other, float))
    return better.groupby(np.asarray(species)).mean()


def interval(mean, error):
    return mean - 2 * error, mean + 2 * error


def reference(one, other, species, ddof=1, root=True, times=1.0):
    d = by_species(one, other, species)
    return interval(
        d.mean(), times * d.std(ddof=ddof) / (np.sqrt(len(d)) if root else 1)
    )


def of(differences):
    """A wrong function of the species' differences."""
    return lambda one, other, species: differences(by_species(one, other, species))


def alone(some, species):
    a = by_species(some, np.zeros(len(some)), species)
    return interval(a.mean(), a.sem())


def over_pictures(one, other, species, n=None):
    d = np.asarray(one, float) - np.asarray(other, float)
    return interval(d.mean(), d.std(ddof=1) / np.sqrt(n or len(d)))


def scatter_of_pictures(one, other, species):
    d = by_species(one, other, species)
    return interval(d.mean(), (one - other).std() / np.sqrt(len(d)))


def unpaired(one, other, species, both=lambda a, b: np.sqrt(a.var() + b.var())):
    a, b = (by_species(some, np.zeros(len(some)), species) for some in (one, other))
    return interval(a.mean() - b.mean(), both(a, b) / np.sqrt(len(a)))


def middle_of_pictures(one, other, species):
    d = by_species(one, other, species)
    return interval(np.mean(one) - np.mean(other), d.std() / np.sqrt(len(d)))


def root_of_pictures(one, other, species):
    d = by_species(one, other, species)
    return interval(d.mean(), d.std() / np.sqrt(len(one)))


def added_up(one, other, species):
    d = (one - other).groupby(species).sum()
    return interval(d.mean(), d.sem())


def where_they_differ(one, other, species):
    differ = one != other
    return reference(one[differ], other[differ], species[differ])


def in_each(one, other, species):
    d = (one - other).groupby(species)
    return d.mean() - 2 * d.sem(), d.mean() + 2 * d.sem()


def first_alone(one, other, species):
    d = (one - other)[species == species.iloc[0]]
    return interval(d.mean(), d.sem())


def runs(one, other, species):
    return reference(one, other, (species != species.shift()).cumsum())


def empty_classes(one, other, species):
    d = by_species(one, other, species).reindex(range(max(species) + 1), fill_value=0)
    return interval(d.mean(), d.sem())


def answers(n_species, n_pictures, even=False):
    def draw(random):
        n = random.integers(*n_species)
        classes = random.choice(4 * n, n, replace=False)  # a part of all, as in a group
        counts = random.integers(*n_pictures, n)
        counts = np.full(n, counts[0]) if even else counts
        species = random.permutation(np.repeat(classes, counts))
        hard = random.random(4 * n)[species]
        one = random.random(len(species)) < np.sqrt(hard)
        other = random.random(len(species)) < hard
        index = random.choice(99 + len(species), len(species), replace=False)
        columns = one.astype(int), other.astype(int), species
        return tuple(pd.Series(column, np.sort(index)) for column in columns)

    return draw


check = Function(
    reference=reference,
    draw={
        "few pictures": answers((2, 4), (1, 4)),
        "as many pictures of each species": answers((3, 9), (4, 12), even=True),
        "species with different numbers of pictures": answers((3, 9), (2, 15)),
    },
    mistakes=[
        Mistake(over_pictures, "Its unit is the picture. Take the mean difference of each species first, then go on with these."),
        Mistake(lambda *a: reference(*a, ddof=0), "Its standard deviation divides by the number of species. Divide by one less, as NumPy does with `ddof=1`."),
        Mistake(lambda *a: reference(*a, root=False), "That is how far *species* scatter. A mean of n of them scatters less, by the root of n."),
        Mistake(root_of_pictures, "It divides by the root of the number of *pictures*. The unit is the species."),
        Mistake(scatter_of_pictures, "Its standard deviation is that of pictures. Take the one of the species' differences."),
        Mistake(of(lambda d: interval(d.mean(), d.std() / len(d))), "It divides by n. Divide by the root of n."),
        Mistake(of(lambda d: interval(d.mean(), d.std() / np.sqrt(len(d) - 1))), "It divides by the root of n - 1. Only the standard deviation has n - 1 in it."),
        Mistake(of(lambda d: interval(d.mean(), d.var() / np.sqrt(len(d)))), "It takes the variance. The standard deviation is its root."),
        Mistake(of(lambda d: ((d.mean() - 2 * d.std()) / np.sqrt(len(d)), (d.mean() + 2 * d.std()) / np.sqrt(len(d)))), "It divides the mean by the root of n, too. Where do the brackets belong?"),
        Mistake(lambda *a: reference(*a, times=0.5), "It goes one standard error to each side. Two are asked for."),
        Mistake(lambda *a: reference(*a, times=0.98), "It goes 1.96 standard errors to each side. Here two are asked for."),
        Mistake(unpaired, "It takes the scatter of both networks apart. In pairs: the differences first, then their standard deviation."),
        Mistake(lambda *a: unpaired(*a, both=lambda a, b: abs(a.std() - b.std())), "It subtracts two standard deviations. In pairs: the differences first, then *their* standard deviation."),
        Mistake(lambda one, other, species: (alone(one, species), alone(other, species)), "Those are two intervals, one for each network. Asked for is one, of the difference."),
        Mistake(lambda one, other, species: alone(one, species), "That is the interval of `one` alone. Take the differences."),
        Mistake(in_each, "Those are two ends for each species. Asked for are two in all."),
        Mistake(first_alone, "It ends with the first species. Is `return` inside the loop?"),
        Mistake(middle_of_pictures, "The middle of its interval is the mean over pictures. Each species counts once, however many pictures it has."),
        Mistake(of(lambda d: interval(d.median(), d.sem())), "The middle of its interval is the median. Take the mean."),
        Mistake(added_up, "It adds up the pictures of a species. Take their mean: the accuracy is a share."),
        Mistake(of(lambda d: interval(d.abs().mean(), d.abs().sem())), "It drops the sign of the differences. Where `other` is ahead, a difference is negative."),
        Mistake(of(lambda d: interval(d[d != 0].mean(), d[d != 0].sem())), "It leaves out species with a difference of zero. They count, too."),
        Mistake(where_they_differ, "It leaves out the pictures on which both agree. They belong to a species' accuracy, too."),
        Mistake(empty_classes, "It takes each class that has no picture here for a difference of zero. Only species that occur count."),
        Mistake(runs, "It begins a new group wherever the species changes. The rows are in no order."),
        Mistake(of(lambda d: (d.quantile(0.025), d.quantile(0.975))), "That is how far single *species* scatter. Asked for is how sure their mean is."),
        Mistake(of(lambda d: (d.min(), d.max())), "Those are the smallest and the largest difference. Asked for is how sure the mean is."),
        Mistake(of(lambda d: np.maximum(interval(d.mean(), d.sem()), 0)), "It cuts off what is below zero. A difference may be negative."),
        Mistake(of(lambda d: np.multiply(interval(d.mean(), d.sem()), 100)), "It counts in per cent. Take shares, from 0 to 1."),
        Mistake(of(lambda d: np.round(interval(d.mean(), d.sem()), 1)), "It rounds to one digit. Return all, and round when you print."),
        Mistake(of(lambda d: np.round(interval(d.mean(), d.sem()), 2)), "It rounds to two digits. Return all, and round when you print."),
        Mistake(of(lambda d: (d.mean(), 2 * d.sem())), "That is the middle of the interval, and half its width. Return its two ends."),
        Mistake(lambda one, other, species: reference(other, one, species), "It takes the first from the second. The question has it the other way round."),
        Mistake(lambda *a: reference(*a)[::-1], "Its upper end comes first."),
        Mistake(lambda *a: by_species(*a).mean(), "That is the mean difference. How far could it be off?"),
    ],
    hints=[
        "`one - other` is 1, 0 or -1 for each picture. Its mean over the pictures of a species is that species' difference.",
        "pandas can do it: `(one - other).groupby(species).mean()` has a row for each species.",
        "With these differences: their `.mean()`, and two times `.std() / np.sqrt(n)` to each side. (`std` of pandas divides by n - 1.)",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("3.5").check(difference_interval)

# %% [markdown]
# Your function on our test pictures (`None`: it waits for you):

# %% within=0.4
for group, rows in exam.groupby("group"):
    ends = difference_interval(rows["borrowed"], rows["six layers"], rows["label"])
    print(group, "borrowed minus six:", ends if ends is None else np.round(ends, 2))

# %% [markdown]
# On unseen species, too, borrowing is ahead, by less than on the seen ones, and the interval leaves out zero: that is
# more than chance. But it is about these two *models*, not two methods: six layers, trained again, come closer, or less
# close (Dietterich, 1998). And is the backbone ahead by its pictures or by its form? No column tells.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="3.a"
# A filter of a first layer, with a stride of one, finds an edge in the upper left corner. The same edge, in the
# lower right corner,
#
# - [ ] needs another filter, trained on edges down there.
#   - It would in a `Dense` layer. A convolution uses the same weights at every place.
# - [ ] gives the same map, number for number.
#   - Then the network would not know where the edge is. The number is the same, but its place in the map is not.
# - [x] gives the same answer, elsewhere in the map.
#   - The map moves along with the picture: the field says that a convolution is *equivariant*. (Pooling adds some
#     *invariance*: a small move changes little.)

# %% [markdown] quiz="3.b"
# You try thirty learning rates, test each on the test pictures, and report the best: 41 %. What is wrong?
#
# - [x] The best of thirty is partly luck.
#   - New pictures will give less. Choose on validation pictures, then test once.
# - [ ] Thirty rates are too few to find the best one.
#   - More of them would make it worse: the best of many is luckier.
# - [ ] Nothing, as no network was ever trained on a test picture.
#   - Not trained, but chosen. For thirty networks that matters less than training, and it matters.

# %% [markdown] quiz="3.c"
# Which sentence do our numbers carry?
#
# - [ ] A ConvNet cannot learn birds from scratch.
#   - It is well above guessing here, and nobody has tried it with more pictures.
# - [ ] Six layers are better than one on any task.
#   - One data set, one training of each. And even here: who has computed the interval of that difference?
# - [x] Here, borrowing beat our ConvNet.
#   - That is what was compared: these networks, this care, so many pictures. It says no more.
# - [ ] The backbone is better because it is deeper.
#   - It is deeper, and it has seen many pictures. Which of the two counts, this comparison can't say.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - To a `Dense` layer the order of pixels means nothing. A **convolution** looks at neighbours, in the same way
#   everywhere.
# - **Pooling** makes small moves matter less.
# - A unit's **receptive field** grows with each kernel and each stride.
# - Validation pictures choose, test pictures judge, once; a difference has an interval, in pairs.
#
# **Where it goes wrong in practice.** A stride is forgotten: right shape, wrong numbers. A rival is tuned less, and
# loses. The best of many test results is reported. An accuracy on species that a backbone has seen is taken for one on
# new species.
#
# ## Sources
#
# - A. Azulay, Y. Weiss, "Why do deep convolutional networks generalize so poorly to small image transformations?",
#   JMLR 20, 2019.
# - T. G. Dietterich, "Approximate Statistical Tests for Comparing Supervised Classification Learning Algorithms",
#   Neural Computation 10, 1998.
# - Y. LeCun and others, "Backpropagation Applied to Handwritten Zip Code Recognition", Neural Computation 1, 1989.
# - W. Luo and others, "Understanding the Effective Receptive Field in Deep Convolutional Neural Networks", NIPS 2016.
