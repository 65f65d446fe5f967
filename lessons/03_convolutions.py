# %% [markdown]
# # 03 · Seeing with convolutions
#
# Roll a die with two hundred and fifty-six sides, once for the red, once for the green and once for the blue of
# each pixel, until a picture is full. Then roll another picture, and another. How long until you get a bird? You
# never will, not if all computers of the world rolled until the stars go out. Almost no picture looks like
# anything. The few that do have something in common, and a **convolution** is built on just that.
#
# **When you have done this lesson you will be able to**
#
# - slide a filter over a picture by hand, and say what comes out, how large, and with how many weights;
# - look into a trained network: its first filters, its feature maps, and what a channel likes best;
# - explain why a ConvNet that starts from nothing fails on twenty pictures a class.
#
# **You need** lessons 00 and 02, or to know what a `Dense` layer, an epoch and a gradient are.
#
# **Time**: about 45 minutes, with all the exercises about twice that (the part on Gabors is for the curious); the
# computer works for one or two.

# %% [markdown]
# ## How many pictures are there?
#
# First the cell that begins each lesson, and the birds.

# %%
from course_utils.datasets import load_cub
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
birds = load_cub(course.birds_folder())
birds

# %% [markdown]
# One bird will be with us through half of the lesson: drawn anew at 512 x 512 pixels, or a photo brought to that
# size. (NumPy keeps it as an array: rows, columns, and three numbers from 0 to 255 a pixel.)

# %%
import numpy as np
from PIL import Image

from course_utils import sketchbook

if course.profile == "sketch":
    bird = sketchbook.bird_picture("Marigold Leafling", index=2, px=512).image
else:
    bird = birds.images([503], 512)[0]
portrait = np.asarray(
    Image.fromarray(bird).resize((course.image_size, course.image_size))
)
print(
    "shape of the array:",
    bird.shape,
    "and as small as our networks want it:",
    portrait.shape,
)

# %% [markdown]
# Beside it, a picture that was rolled with dice.

# %%
import matplotlib.pyplot as plt

from course_utils import plots

random = np.random.default_rng(course.seed)
dice = random.integers(0, 256, bird.shape)
_, ax = plt.subplots(figsize=(8.4, 4.4))
ax = plots.image_grid(np.stack([bird, dice]), ["a bird", "rolled with dice"], ax=ax)
plots.describe(
    ax, "A bird, and beside it a square of coloured noise in which nothing can be seen."
)

# %% [markdown]
# Every possible picture of this size is one of the results that the dice can have: the bird on the left, you in
# front of the Eiffel Tower, each page of each book. How many are there?

# %% [markdown] question="3.1"
# ### Exercise 3.1 · All the pictures there are
#
# Each of the numbers in an array of 512 x 512 x 3 has 256 possible values. So the number of different pictures is
# far too long to write here. **How many digits** does it have? (Python can compute the number itself, but it
# refuses to print so many digits.)

# %% answer="3.1"
# solution
digits = int(512 * 512 * 3 * np.log10(256)) + 1
# end

# %% [markdown] why="3.1"
# There are 256 to the power of the number of dice, and each factor of ten is one more digit: so multiply the number
# of dice by the logarithm, to base ten, of 256. All the seconds since the Big Bang make a number of eighteen digits
# (Planck Collaboration, 2020). You would not get far by rolling dice.

# %% check="3.1"
import numpy as np

from course_utils.exercises import Mistake, Value

dice = 512 * 512 * 3
check = Value(
    int(dice * np.log10(256)) + 1,
    rtol=2e-5,
    mistakes=[
        Mistake(dice, "That is how many numbers a picture has, or how many digits there would be with dice of ten sides."),
        Mistake(
            int(512 * 512 * np.log10(256)) + 1,
            "That is for pictures in grey. A colour pixel has three numbers.",
        ),
        Mistake(256 * dice, "Values times numbers? Two dice have six *times* six results, not six plus six."),
        Mistake(8 * dice, "Those are the digits in the binary system, the bits. We count in tens."),
        Mistake(int(dice * np.log(256)), "That is the natural logarithm. Digits need the one to base ten."),
        Mistake(int(256 * np.log10(dice)) + 1, "Base and exponent are swapped: each of the *numbers* has a die of its own."),
        Mistake(3 * dice, "Three digits for each number would be dice of a thousand sides."),
        Mistake(9, "That is how many digits `256 * 512 * 512 * 3` has. The results of dice multiply."),
    ],
    hints=[
        "One die has 256 results, two dice have 256 * 256. How many do all dice together have, as a power?",
        "A number x has `int(log10(x)) + 1` digits, and the logarithm of a power is exponent times logarithm of the base.",
        "The exponent is 512 * 512 * 3, the base is 256. `np.log10` gives the logarithm.",
    ],
)  # fmt: skip

# %% [markdown]
# Give the number of digits, not the number itself.

# %%
exercise("3.1").check(digits)

# %% [markdown]
# ## Neighbours agree
#
# What do the few pictures that look like something have in common? Compare a pixel with its neighbour. From here on
# we need many birds, of up to twenty species: twenty training pictures a class, and ten test pictures a class to
# watch the training with, which is called **validation**. (We shall choose nothing by them. Lesson 12 says why that
# matters.)

# %%
few = birds.only(birds.class_names[:20]).sample(20).sample(10, split="test")
small = few.images(range(len(few)), 32)  # (pictures, rows, columns, colours)
labels = few.table["label"].to_numpy()
in_training = (few.table["split"] == "train").to_numpy()
n_species = len(few.class_names)
print(
    f"{in_training.sum()} to train with, {(~in_training).sum()} for validation, {n_species} classes"
)

# %% [markdown]
# How much do two pixels agree that lie some way apart in a row? We take the correlation: one if the second follows
# from the first, zero if they have nothing to do with each other. Each picture's own mean is taken away before, so
# that no picture counts for being bright.


# %%
def agreement(pictures, distance):
    contrast = pictures - pictures.mean(axis=(1, 2), keepdims=True)
    left, right = contrast[:, :, :-distance], contrast[:, :, distance:]
    return np.corrcoef(left.ravel(), right.ravel())[0, 1]


# %% [markdown]
# Besides birds and dice we ask a third kind: **the same birds with their pixels shuffled**. All pictures are
# shuffled in the same way, as if one pack of tiles was laid out by one fixed plan. **Predict**: where will its line
# run?

# %%
plan = random.permutation(32 * 32)
shuffled = small.reshape(len(small), 32 * 32, 3)[:, plan].reshape(small.shape)
_, ax = plt.subplots(figsize=(8.4, 3.2))
ax = plots.image_grid(
    np.concatenate([small[[0, 45, 85]], shuffled[[0, 45, 85]]]), columns=6, ax=ax
)
plots.describe(
    ax,
    "Three birds, and the same three with their pixels shuffled: coloured grain, no bird to be seen.",
)

# %% [markdown]
# Nothing was lost: each pixel is still there, and the plan could put it back.

# %% within=0.05 tags=["predict"]
import pandas as pd

kinds = {
    "birds": small,
    "shuffled birds": shuffled,
    "dice": random.integers(0, 256, small.shape),
}
distances = [1, 2, 3, 4, 6, 8, 10, 12, 14]
lines = {
    name: [agreement(pictures[::10], d) for d in distances]
    for name, pictures in kinds.items()
}
plots.agreement_curves(pd.DataFrame(lines, index=distances))

# %% [markdown]
# In pictures of something a pixel knows its neighbours, and knows less of those further off. (Photographs do the
# same, and have been measured for long (Field, 1987).) Shuffle them, and the agreement is gone, as with dice. So in
# a real picture the place of a number matters: what belongs together lies together. Does a `Dense` layer make
# anything of that?

# %% [markdown] question="3.2"
# ### Exercise 3.2 · Would it mind?
#
# Two heads, `Dense` layers on the pixels as in lesson 00, are trained from the same start. One gets the birds, the
# other the shuffled birds, shuffled in validation by the same plan. What about the second one's accuracy? Answer
# before you look.
#
# - [ ] It falls to guessing: nobody could see a bird there.
#   - *You* could not. But does a `Dense` layer know which of its inputs lie side by side?
# - [ ] It falls by about half, for colours still help.
#   - They would help you. Think about what has changed for a layer that has one weight for each input.
# - [x] It stays the same.
#   - A `Dense` layer has no idea of "beside": with the inputs in another order it learns the same weights in that
#     order.
# - [ ] It rises, for shuffling is a kind of augmentation.
#   - Augmentation shows *many* versions of a picture. This is one fixed order, the same for all.

# %% answer="3.2"
# solution
expected = "c"
# end

# %% check="3.2"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Write down what one unit computes: weight times input, added up over all inputs. Where does the order come in?",
        "Suppose you had the weights of the first head. Could you make good weights for the second one from them?",
    ]
)

# %% [markdown]
# Decide first.

# %%
exercise("3.2").check(expected)

# %% [markdown]
# Now for real. This little function trains whatever model it gets; we shall use it to the end of the lesson.

# %%
import keras


def train(model, inputs, epochs=15, rate=1e-3):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    validation = inputs[~in_training], labels[~in_training]
    keras.utils.set_random_seed(course.seed)  # the same order of pictures for all
    shown = inputs[in_training], labels[in_training]
    return model.fit(
        *shown, validation_data=validation, batch_size=40, epochs=epochs, verbose=0
    )


# %% [markdown]
# Two heads that start at zero, one for each kind of birds. (`linear_head` is the `Dense` layer of lesson 00.)

# %% within=0.2 tags=["predict"]
from course_utils.heads import linear_head

for name in ("birds", "shuffled birds"):
    flat = kinds[name].reshape(len(small), -1) / 255
    history = train(linear_head(flat.shape[1], n_species), flat)
    print(
        f"{name}: {history.history['val_accuracy'][-1]:.0%} right, guessing {1 / n_species:.0%}"
    )

# %% [markdown]
# The same. To a `Dense` layer a bird is a list of numbers in no order. All that makes a picture a picture is thrown
# away, and has to be learnt anew from examples: that a wing is a wing, in this corner and in that one. It also
# needs a weight for every pixel, for every unit. This is the wrong way to begin. The right way looks at
# **neighbours**, and looks in **the same way everywhere**.
#
# ## A filter, slid by hand
#
# A **filter** is a small square of weights, its **kernel**. Lay it on a corner of the picture, multiply each weight
# with the pixel below it, add up: one number. Move on by a pixel, and again. That is a convolution. For a beginning
# our bird in grey, four pixels brought to one in both directions.

# %%
grey = bird.reshape(128, 4, 128, 4, 3).mean(axis=(1, 3, 4))
kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])  # what does it measure?
response = np.zeros((126, 126))
for row in range(126):
    for column in range(126):
        patch = grey[row : row + 3, column : column + 3]
        response[row, column] = (patch * kernel).sum()

# %% [markdown]
# Those are the nested loops. Here is the position of the largest answer:

# %%
row, column = np.unravel_index(response.argmax(), response.shape)
patch = grey[row : row + 3, column : column + 3].round()
plots.filter_step(patch, kernel)

# %% [markdown]
# On the left of the kernel the weights are negative, on the right positive. Where both sides of a patch are alike
# they cancel, and the sum is near zero. Here they are not alike.
#
# Is this what Keras computes? Its kernels have two more sides, for channels that come in and filters that go out.

# %%
picture = grey[None, :, :, None].astype(
    "float32"
)  # (1 picture, rows, columns, 1 channel)
weights = kernel[:, :, None, None].astype(
    "float32"
)  # (rows, columns, 1 channel in, 1 filter)
by_keras = keras.ops.convert_to_numpy(keras.ops.conv(picture, weights))[0, :, :, 0]
print("sizes:", response.shape, by_keras.shape)
print("equal to a thousandth:", np.allclose(response, by_keras, atol=1e-3))

# %% [markdown]
# Our loops and Keras agree. (In mathematics a convolution turns the kernel upside down and back to front first. The
# layers of all deep learning libraries leave that out, as the weights are learnt anyway. Other libraries, SciPy's
# `convolve2d` for one, do turn it.)
#
# What do other kernels see?

# %% [markdown] question="3.3"
# ### Exercise 3.3 · Which one finds vertical edges?
#
# A vertical edge is a line such as a fence post has, with dark on one side and bright on the other. Which kernel
# answers strongly to such edges, and not at all to horizontal ones, such as the horizon?
#
# - [ ] `[[1, 1, 1], [1, 1, 1], [1, 1, 1]]`
#   - It adds up all nine pixels: that blurs. Its answer is largest where the picture is bright, edge or no edge.
# - [ ] `[[-1, -2, -1], [0, 0, 0], [1, 2, 1]]`
#   - It takes the row above from the row below. Along a vertical edge both rows are the same, and nothing is left.
# - [x] `[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]`
#   - What is on the right minus what is on the left. It is the kernel of the loops above, known as Sobel's.
# - [ ] `[[0, -1, 0], [-1, 4, -1], [0, -1, 0]]`
#   - It compares a pixel with all four neighbours: it answers to edges of every direction, horizontal ones too.

# %% answer="3.3"
# solution
vertical = "c"
# end

# %% check="3.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Draw a patch with three dark pixels on the left and the others bright. Which sums are far from zero?",
        "Now turn the patch, so that the dark pixels are above. Which kernel's sum is zero?",
    ]
)

# %% [markdown]
# Answer with a letter in quotes.

# %%
exercise("3.3").check(vertical)

# %% [markdown]
# A gallery of classical kernels, on the same bird. Where the weights add up to zero the answer is shown in violet
# (negative), white (zero) and orange (positive).


# %%
def slide(picture, kernel):
    image, weights = picture[None, :, :, None], kernel[:, :, None, None]
    answer = keras.ops.conv(image.astype("float32"), weights.astype("float32"))
    return keras.ops.convert_to_numpy(answer)[0, :, :, 0]


dot, blur = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), np.ones((3, 3)) / 9
kernels = {
    "vertical edges": kernel,
    "horizontal edges": kernel.T,
    "diagonal edges": kernel + kernel.T,
}
kernels |= {
    "spots": dot - blur,
    "a little blur": blur,
    "much blur": np.ones((9, 9)) / 81,
}
kernels |= {"sharper": 3 * dot - 2 * blur}
plots.filter_gallery(grey, kernels, [slide(grey, k) for k in kernels.values()])

# %% [markdown]
# What is vertical shows with one kernel and vanishes with the other; what is horizontal, the other way round. Nine
# numbers decide what is seen and what is not. **Now you**: change the numbers and look.

# %%
from course_utils.widgets import Matrix, explore


def filtered(kernel, relu):
    answer = slide(grey, kernel)
    answer = np.maximum(answer, 0) if relu else answer
    return plots.filter_gallery(
        grey, {f"answers {answer.min():.0f} to {answer.max():.0f}": kernel}, [answer]
    )


explore(filtered, kernel=Matrix([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]), relu=False)

# %% [markdown]
# Try: all zeros but a one in the middle; the one moved to a corner; lines from upper left to lower right; a kernel
# that hardly answers to anything (colours are stretched to the largest answer, so look at the numbers above). Where
# the weights do not add up to zero, the answer is shown in grey, and beyond 0 and 255 it is black and white: divide
# nine ones by nine. With `relu` on, negative answers become zero, as in most networks: what is left of an edge then?
#
# ## Colours, strides and sizes
#
# A colour picture has three channels, so a filter has a square of weights for *each* of them. The products of all
# channels go into **one** sum: a filter makes one **feature map**, whatever it looks at.

# %% [markdown] question="3.4"
# ### Exercise 3.4 · In colour
#
# Write `convolve` for any number of channels and any size of kernel, as Keras would, without padding. `picture` has
# the shape (rows, columns, channels), `kernel` (k, k, channels); return the feature map, an array of numbers in
# rows and columns. Start from the nested loops above.


# %% answer="3.4"
def convolve(picture, kernel):
    # solution
    k = len(kernel)
    rows, columns = picture.shape[0] - k + 1, picture.shape[1] - k + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            feature_map[row, column] = (
                picture[row : row + k, column : column + k] * kernel
            ).sum()
    return feature_map
    # end


# %% [markdown] why="3.4"
# The patch is a small block now, as deep as the picture has channels, and so is the kernel. Everything is
# multiplied and added up, so the depth is gone: a map has rows and columns only. A layer with many filters stacks
# their maps, and they are the channels of the next layer.

# %% check="3.4"
import numpy as np

from course_utils.exercises import Case, Function, Mistake

dice = np.random.default_rng(3)


def convolve(picture, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)[:, :, 0]
    return (windows * kernel).sum(axis=(-3, -2, -1))


def case(picture, kernel, note):
    pair = (
        dice.integers(0, 9, picture).astype(float),
        dice.integers(-2, 3, kernel).astype(float),
    )
    return Case(pair, convolve(*pair), note)


def padded(picture, kernel):
    k = len(kernel)
    before = (k - 1) // 2
    return convolve(
        np.pad(picture, ((before, k - 1 - before),) * 2 + ((0, 0),)), kernel
    )


def channel_by_channel(picture, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)[:, :, 0]
    return (windows * kernel).sum(axis=(-3, -2))


def gives(*shape):
    """Recognise a mistake by the shape of what comes out in the first case; right would be 4 x 5."""
    return lambda function: np.shape(function(*check.cases[0].arguments)) == shape


check = Function(
    cases=[
        case((6, 7, 3), (3, 3, 3), "a colour picture of 6 x 7 pixels and a kernel of 3 x 3"),
        case((5, 5, 1), (3, 3, 1), "a picture with one channel"),
        case((6, 6, 4), (2, 2, 4), "four channels and a kernel of 2 x 2"),
        case((5, 8, 3), (1, 1, 3), "a kernel of 1 x 1"),
        case((5, 9, 2), (5, 5, 2), "a kernel as high as the picture"),
    ],
    mistakes=[
        Mistake(channel_by_channel, "It keeps the channels apart. A filter adds the products of *all* channels into one number.", gives(4, 5, 3)),
        Mistake(lambda p, k: convolve(p, k)[..., None], "Its map has three axes. Leave the last one away: rows and columns only.", gives(4, 5, 1)),
        Mistake(lambda p, k: convolve(p, k)[:, :4], "It takes as many columns as rows. A picture need not be square.", gives(4, 4)),
        Mistake(lambda p, k: convolve(p[..., :1], k[..., :1]), "It looks at the first channel only."),
        Mistake(lambda p, k: convolve(p, k[::-1, ::-1]), "It turns the kernel round first, as mathematicians do. Keras does not."),
        Mistake(lambda p, k: convolve(p, k) / k.size, "It takes the mean. A convolution adds up."),
        Mistake(padded, "Its map is as large as the picture: it pads. Here the kernel must always lie inside.", gives(6, 7)),
        Mistake(lambda p, k: convolve(p, k)[:-1, :-1], "It stops one row and one column too early. How many places has a kernel of 3 in a row of 3 pixels?", gives(3, 4)),
        Mistake(lambda p, k: np.maximum(convolve(p, k), 0), "It sets negative sums to zero. That is a ReLU, another step."),
    ],
    hints=[
        "Begin with the size of the map: in how many places fits a kernel of k rows into a picture with `picture.shape[0]` rows?",
        "The patch is `picture[row : row + k, column : column + k]`: it brings all channels along.",
        "`(patch * kernel).sum()` adds over rows, columns and channels at once.",
    ],
)  # fmt: skip

# %% [markdown]
# The check calls it with pictures of its own.

# %%
exercise("3.4").check(convolve)

# %% [markdown]
# How large is a map? A kernel of size $k$ fits into a row of $n$ pixels at $n - k + 1$ places. **Padding** lays $p$
# zeros round the picture first; a **stride** of $s$ moves the kernel on by $s$ pixels at a time. Then there are
# $\lfloor (n + 2p - k) / s \rfloor + 1$ places (Dumoulin and Visin, 2016). Keras knows two kinds of padding:
# "valid" is none, "same" is so much that with a stride of one the map is as large as the picture.

# %%
shape = (None, course.image_size, course.image_size, 3)
for strides in (1, 2):
    for padding in ("valid", "same"):
        layer = keras.layers.Conv2D(16, 3, strides=strides, padding=padding)
        print(f"stride {strides}, {padding}: {layer.compute_output_shape(shape)[1:]}")

# %% [markdown]
# The last number is the number of filters: a feature map for each.

# %% [markdown] question="3.5"
# ### Exercise 3.5 · The price of a layer
#
# Pictures of `course.image_size` pixels a side, in colour, go into `Conv2D(16, 5, strides=2)`: sixteen filters of
# five by five, no padding. Give three numbers in a list:
#
# 1. how many rows its maps have;
# 2. how many parameters (weights and biases) it has;
# 3. how many a `Dense` layer would have that turns the same pictures into just as many numbers.

# %% answer="3.5"
# solution
side = (course.image_size - 5) // 2 + 1
by_convolution = 16 * (5 * 5 * 3 + 1)
by_dense = side * side * 16 * (course.image_size**2 * 3 + 1)
price = [side, by_convolution, by_dense]
# end

# %% [markdown] why="3.5"
# A filter's weights are used again at every place, so their number does not depend on the size of the picture. In a
# `Dense` layer every output has a weight of its own for every input. The convolution is the same layer with nearly
# all weights set to zero, and the others tied to each other: it *knows* that neighbours count and that a bird may
# be anywhere.

# %% check="3.5"
from course_utils.exercises import Mistake, Value


def price(size, side=None, weights=5 * 5 * 3 + 1, inputs=None):
    side = side or (size - 5) // 2 + 1
    inputs = inputs or size**2 * 3 + 1
    return [side, 16 * weights, side**2 * 16 * inputs]


check = Value(
    price,
    rtol=0,
    given={"size": 96},
    mistakes=[
        Mistake(
            lambda size: [(size - 5) / 2 + 1, *price(size)[1:]],
            "Half a row? Where the kernel has no room for a whole step, it stops.",
            when=lambda answer, size: answer[0] != int(answer[0]),
        ),
        Mistake(
            lambda size: price(size, side=-(-(size - 5) // 2) + 1),
            "That is rounded up. Where the kernel has no room for a whole step, it stops.",
            when=lambda answer, size: answer[0] == -(-(size - 5) // 2) + 1 != price(size)[0],
        ),
        Mistake(
            lambda size: [price(size)[0] ** 2 * 16, *price(size)[1:]],
            "The first number is how many *rows* a map has, not how many numbers all maps have together.",
            when=lambda answer, size: answer[0] > size,
        ),
        Mistake(
            lambda size: price(size, side=size - 4),
            "That is with a stride of one.",
            when=lambda answer, size: answer[0] == size - 4,
        ),
        Mistake(
            lambda size: price(size, side=-(-size // 2)),
            'The maps have that size with padding "same".',
            when=lambda answer, size: answer[0] == -(-size // 2),
        ),
        Mistake(
            lambda size: price(size, side=(size - 5) // 2),
            "The maps are one row short: count the places of a kernel of five in a row of five pixels.",
            when=lambda answer, size: answer[0] == (size - 5) // 2,
        ),
        Mistake(
            lambda size: price(size, weights=26),
            "Does a filter look at one channel only? A colour picture has three.",
            when=lambda answer, size: answer[1] in (16 * 25, 16 * 26),
        ),
        Mistake(
            lambda size: [price(size)[0], 76, price(size)[2]],
            "The second number is that of one filter. There are sixteen.",
            when=lambda answer, size: answer[1] in (75, 76),
        ),
        Mistake(
            lambda size: price(size, weights=75, inputs=size**2 * 3),
            "Biases are missing: one for each filter, and one for each output of `Dense`.",
            when=lambda answer, size: answer[1] == 1200 or answer[2] == price(size, inputs=size**2 * 3)[2],
        ),
        Mistake(
            lambda size: [*price(size)[:2], price(size)[2] // 16],
            "`Dense` must give as many numbers as *all sixteen* maps have together.",
            when=lambda answer, size: answer[2] * 16 == price(size)[2],
        ),
        Mistake(
            lambda size: price(size, inputs=size**2 + 1),
            "In the third number, did all three colours go into `Dense`?",
            when=lambda answer, size: answer[2] in (price(size, inputs=size**2)[2], price(size, inputs=size**2 + 1)[2]),
        ),
        Mistake(
            lambda size: [*price(size)[:2], price(size, inputs=size**2 * 3)[2] + 16],
            "The third number has sixteen biases, or as many as inputs. `Dense` has one for each of its outputs.",
            when=lambda answer, size: (
                answer[2] - price(size, inputs=size**2 * 3)[2] in (1, 16, size**2 * 3)
            ),
        ),
        Mistake(
            lambda size: [*price(size)[:2], 16 * (size**2 * 3 + 1)],
            "The first two are right. For the third, how many numbers come out of the convolution, in all its places?",
            when=lambda answer, size: list(answer[:2]) == price(size)[:2],
        ),
    ],
    hints=[
        "The formula for sizes stands above: n is `course.image_size`, k is five, s is two, p is zero.",
        "One filter has rows times columns times channels weights, and one bias. How many filters are there?",
        "`Dense` has (inputs + 1) parameters for each output. Inputs: all numbers of a picture. Outputs: rows times columns times filters.",
    ],
)  # fmt: skip

# %% [markdown]
# You may let Keras count (`layer.count_params()` after `layer.build(shape)`), but try it by hand first.

# %%
exercise("3.5").check(price, size=course.image_size)

# %% [markdown]
# ## Max-pooling: keep the strongest
#
# Exactly *where* an edge is matters less than *that* it is there. **Max-pooling** keeps the largest number of each
# little square, and throws the rest away. In NumPy that is a `reshape` and a `max`.

# %%
edges = np.abs(response[:120, :120])
pooled = edges.reshape(30, 4, 30, 4).max(axis=(1, 3))  # squares of 4 x 4
by_keras = keras.ops.max_pool(edges[None, :, :, None], 4)
print(edges.shape, "becomes", pooled.shape)
print("as Keras does it:", np.allclose(pooled, by_keras[0, :, :, 0]))

# %% [markdown]
# What is that good for? Let the bird move by two pixels, and compare the maps before and after: once all of the
# map, once pooled. **Predict**: which of the two changes less?

# %% within=0.05 tags=["predict"]
before, after = edges[:, :-2], edges[:, 2:]  # the same bird, two columns further
for side in (1, 2, 4, 8):
    maps = [
        np.ravel(keras.ops.max_pool(one[None, :, :, None], side))
        for one in (before, after)
    ]
    alike = np.corrcoef(*maps)[0, 1]
    print(f"pooled {side} x {side}: correlation {alike:.2f}, {maps[0].size:,} numbers")

# %% [markdown]
# The larger the square, the less the map minds, and the fewer numbers go on. A convolution *moves along* with the
# bird; pooling makes the network *forgive* small moves. That is no magic: a bird that moves further is somewhere
# else.
#
# ## How far does one unit see?
#
# A unit is one number of a map. A unit of the first layer sees three pixels in a row. A unit of the second sees
# three units, and so a few pixels more. All the pixels that can change a unit are its **receptive field**. From one
# unit of a layer to its neighbour it may be more than one pixel: as many as the strides of all layers *up to it*
# give when multiplied. That is the layer's **jump**.

# %% [markdown] question="3.6"
# ### Exercise 3.6 · Receptive field
#
# Write `receptive_field`. It gets a list of layers from the first to the last, each as (size of the kernel,
# stride), and gives the side of the receptive field of one unit of the last layer, in pixels. Pooling counts as a
# layer, too. For example, two layers of (3, 1) see 5 pixels.


# %% answer="3.6"
def receptive_field(layers):
    # solution
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field
    # end


# %% [markdown] why="3.6"
# A kernel of size k adds k - 1 neighbours, and each of them is one jump away in pixels, the jump *before* this
# layer. So strides early in a network make the fields of all later layers grow faster. (Dumoulin and Visin derive
# the sizes; the same walk can be done backwards.)

# %% check="3.6"
from course_utils.exercises import Case, Function, Mistake


def walk(layers, before=False):
    field, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride if before else 1
        field += (kernel - 1) * jump
        jump *= 1 if before else stride
    return field


def forwards(layers):
    field = 1
    for kernel, stride in layers:
        field = (field - 1) * stride + kernel
    return field


def steps(layers, grow):
    field, jump = 1, 1
    for kernel, stride in layers:
        field, jump = field + (kernel - 1) * jump, grow(jump, stride)
    return field


def product(numbers):
    result = 1
    for number in numbers:
        result *= number
    return result


STACKS = {
    "two layers of (3, 1)": [(3, 1), (3, 1)],
    "one layer of (5, 1)": [(5, 1)],
    "a stride of two before a kernel of three": [(3, 2), (3, 1)],
    "a convolution, pooling of (2, 2), a convolution": [(3, 1), (2, 2), (3, 1)],
    "kernels of one": [(1, 1), (1, 1)],
    "a stride of two at the end": [(3, 1), (3, 2)],
    "four layers with strides": [(7, 2), (3, 2), (3, 1), (5, 2)],
}
check = Function(
    cases=[Case((stack,), walk(stack), note) for note, stack in STACKS.items()],
    rtol=0,
    mistakes=[
        Mistake(lambda layers: walk([(k, 1) for k, _ in layers]), "The strides are not used: it is right only where all are one."),
        Mistake(lambda layers: sum(k for k, _ in layers), "It adds up the kernels. Neighbouring windows overlap."),
        Mistake(lambda layers: product(k for k, _ in layers), "It multiplies the kernels. Neighbouring windows overlap."),
        Mistake(lambda layers: walk(layers, before=True), "A layer's own stride widens what comes *after* it, not the layer itself."),
        Mistake(forwards, "That rule, times stride plus kernel, is right if you walk from the last layer to the first."),
        Mistake(lambda layers: steps(layers, lambda jump, s: s), "It remembers the last stride only. What counts is the product of all strides so far."),
        Mistake(lambda layers: steps(layers, lambda jump, s: jump + s), "It adds the strides up. A stride of one must change nothing: they multiply."),
        Mistake(lambda layers: 1 + sum((k - 1) * s for k, s in layers), "It takes each layer's own stride. What counts are the strides of all layers *before* it."),
        Mistake(lambda layers: walk(layers) - 1, "It begins with a field of no pixel. Before any layer, a unit is one pixel."),
        Mistake(lambda layers: product(s for _, s in layers), "That is the jump at the end, the product of the strides."),
        Mistake(lambda layers: layers[-1][0], "That is what the last layer sees of the layer before it. Go on, down to the pixels."),
        Mistake(lambda layers: walk(layers) ** 2, "That is the area. The question is about the side."),
    ],
    hints=[
        "Without strides each layer adds its kernel's size minus one. Begin with a field of one pixel.",
        "After a stride of two, neighbours are two pixels apart. So what the next kernel adds counts double.",
        "Keep two numbers, `field` and `jump`, both one at first. In each layer change first the field, then the jump.",
    ],
)  # fmt: skip

# %% [markdown]
# The check tries stacks with and without strides.

# %%
exercise("3.6").check(receptive_field)

# %% [markdown]
# One can also *measure* it. Take a trained backbone and ask of one unit, in the middle of a layer: if this pixel
# changed a little, by how much would the unit change? That is a gradient, with respect to the pixels in place of
# the weights. The bare network is a layer of the backbone; it wants pixels from -1 to 1. Its layers have names, and
# a model that ends at any of them is made in one line.

# %%
from course_utils.backbones import load_backbone

backbone = load_backbone(course.backbone)
network = backbone.get_layer("network")
names = ["Conv1", "block_1_depthwise", "block_2_depthwise", "block_4_depthwise"]
depths = keras.Model(network.input, [network.get_layer(name).output for name in names])
pixels = few.images(range(0, len(few), len(few) // 16), course.image_size) / 127.5 - 1
print(
    f"{len(network.layers)} layers; maps of these four: {[maps.shape[1] for maps in depths.outputs]}"
)

# %% [markdown]
# The gradient of the middle unit, over all channels, averaged over some pictures:

# %%
import tensorflow as tf

pixels = tf.constant(pixels, tf.float32)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(pixels)
    middle = [
        maps[:, maps.shape[1] // 2, maps.shape[2] // 2] for maps in depths(pixels)
    ]
influence = [np.abs(tape.gradient(unit, pixels)).mean(axis=(0, 3)) for unit in middle]
plots.receptive_fields(portrait, dict(zip(names, influence, strict=True)))

# %% [markdown]
# The frame is round all pixels that count at all; the bright ones count more. Towards the frame it fades: the field
# that *matters* is smaller than the field that is possible (Luo and others, 2016). Does your function agree with
# the measurement?

# %%
convolutions = keras.layers.Conv2D, keras.layers.DepthwiseConv2D
stack = [layer for layer in network.layers if isinstance(layer, convolutions)]
for name, strength in zip(names, influence, strict=True):
    up_to = stack[: stack.index(network.get_layer(name)) + 1]
    sizes = [(layer.kernel_size[0], layer.strides[0]) for layer in up_to]
    seen = len(np.flatnonzero(strength.any(axis=0)))
    print(f"{name}: measured {seen}, by your function {receptive_field(sizes)}")

# %% [markdown]
# (`None` means that exercise 3.6 is still waiting for you.) A few layers of small kernels see as far as one layer
# of a large kernel, with far fewer weights, and with a ReLU after each step.
#
# ## What does the first layer look for?
#
# Nobody has told the backbone which edges to look for. Its filters began as noise, and training made them what they
# are. What are they? There is a famous candidate, from long before deep learning: a wave under a hill, named after
# Dennis Gabor. Such waves say as well as anything can both where something is and how fine it is (Gabor, 1946), in
# pictures too (Daugman, 1985), and cells in the visual cortex of cats answer to much the same patterns (Jones and
# Palmer, 1987).


# %%
def gabor(size, angle, wavelength, phase, width):
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    wave = np.cos(
        2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / wavelength + phase
    )
    return wave * np.exp(-(x**2 + y**2) / (2 * width**2))


# %% [markdown]
# Above, Gabors of a size in which one sees what they are: turned, finer, and shifted in phase. Below, the same with
# three pixels a side, as this backbone's filters have.

# %%
turns = [(angle, 1.0, 0.0) for angle in np.pi * np.arange(4) / 4]
others = [
    (0.0, 0.5, 0.0),
    (0.0, 2.0, 0.0),
    (0.0, 1.0, np.pi / 2),
    (np.pi / 4, 1.0, np.pi / 2),
]
large = [gabor(60, angle, 20 * w, phase, 12) for angle, w, phase in turns + others]
tiny = [gabor(3, angle, 3 * w, phase, 1.5) for angle, w, phase in turns + others]
tiny = [np.kron(one, np.ones((20, 20))) for one in tiny]
plots.filter_tiles(np.stack(large + tiny))

# %% [markdown]
# Little is left of the beauty: in nine squares a Gabor is an edge, a line or a blob. So do not expect pictures as
# famous as those of AlexNet, whose filters are 11 pixels wide (Krizhevsky and others, 2012). But one can count. We
# make a bank of many tiny Gabors, of length one each.

# %%
from itertools import product

angles, phases = np.arange(12) * np.pi / 12, np.arange(8) * np.pi / 4
choices = product(angles, (2.5, 3, 4, 6, 9), phases, (0.8, 1.2, 2, 4))
bank = np.stack([gabor(3, *choice) for choice in choices])  # (Gabors, rows, columns)
bank /= np.linalg.norm(bank, axis=(1, 2), keepdims=True)
print(f"{len(bank):,} Gabors")

# %% [markdown]
# For each filter: which Gabor of which colour comes nearest, and what share of the filter's energy (its squared
# weights, added up) does it explain? One would mean that the filter *is* a coloured Gabor.


# %%
def best_gabors(filters):
    colours = np.einsum("gyx,yxcn->ngc", bank, filters)  # the best colour for each pair
    shares = (colours**2).sum(axis=2) / (filters**2).sum(axis=(0, 1, 2))[:, None]
    best = shares.argmax(axis=1)
    chosen = colours[np.arange(len(best)), best]  # (filters, colours)
    return shares.max(axis=1), bank[best][..., None] * chosen[:, None, None]


# %% [markdown]
# Whose filters? Those of our backbone, and those of one that has learnt from the photographs of ImageNet, which the
# course brings along as well. (In the photo profile that is one and the same.) To know what a number is worth we ask the same of filters made of noise.


# %% within=0.05
def first_filters(name):
    network = load_backbone(name).get_layer("network")
    filters = network.get_layer("Conv1").get_weights()[
        0
    ]  # (rows, columns, colours, filters)
    size = np.abs(filters).max(axis=(0, 1, 2))
    return filters[
        ..., size > size.max() / 1000
    ]  # in some networks a few filters have died: all zeros


first = {name: first_filters(name) for name in (course.backbone, course.real_backbone)}
for name, filters in {**first, "noise": random.normal(size=(3, 3, 3, 500))}.items():
    quarters = np.percentile(best_gabors(filters)[0], [0, 25, 50, 75, 100])
    print(
        f"{name}, {filters.shape[-1]} filters, quarter by quarter:",
        *[f"{q:.0%}" for q in quarters],
    )

# %% [markdown]
# And to look at: sixteen filters of the one that knows photographs, from the one that a Gabor explains best to the
# one it explains least, each above its Gabor.

# %% within=0.05
learnt = first[course.real_backbone]
explained, matches = best_gabors(learnt)
order = np.argsort(-explained)[
    np.linspace(0, len(explained) - 1, 16).round().astype(int)
]
rows = [np.stack([learnt[..., n] for n in order]), matches[order]]
tiles = np.concatenate([part[half : half + 8] for half in (0, 8) for part in rows])
shares = [f"{explained[n]:.0%}" for n in order]
plots.filter_tiles(tiles, [*shares[:8], *[""] * 8, *shares[8:], *[""] * 8])

# %% [markdown]
# Edges, lines and blobs of one colour against another. Three quarters of the filters of either network are nearer to
# a Gabor than three quarters of the noise, and the best are nearer than any noise; the rest are no nearer than noise
# can be. (Do not make too much of it: a blob counts as a Gabor with a long wave, and among nine squares most of what is
# smooth is near some Gabor.) That photographs make better Gabors than drawings, these numbers do not say. It is a
# modest version of what AlexNet's large filters showed: waves of many directions and finenesses, and blobs of colour
# (Krizhevsky and others, 2012). Much the same first layers were found in many networks trained on photographs, for
# whatever task (Yosinski and others, 2014). And that is why one can *borrow* them: edges are edges, in birds as in
# furniture.

# %% [markdown]
# ## Deeper down
#
# Behind the first layer filters look at the maps of the filters before them, and there are no colours to show any
# more. What we can show is where a channel answers. Here are, for one bird, the five channels of each of four
# layers that vary most from place to place.

# %%
names = ["Conv1_relu", "block_2_expand_relu", "block_6_expand_relu", "out_relu"]
views = keras.Model(network.input, [network.get_layer(name).output for name in names])
maps = views(portrait[None] / 127.5 - 1)  # for a single picture quicker than `predict`
named = {name: np.array(layer[0]) for name, layer in zip(names, maps, strict=True)}
plots.feature_maps(portrait, named)

# %% [markdown]
# At first the maps look like drawings of the bird: edges, bright parts, dark parts. Deeper down they are coarser,
# and answer to fewer things: *what* counts more and more, *where* less and less. In the last layer a map has hardly
# any place left, and the backbone takes its mean: a **bottleneck feature**.
#
# What does a channel in the middle stand for? Two ways to find out: look for **pictures that it likes**, or **make
# one**. First the pictures. For all of ours, we take the mean of each channel of one layer in the middle.

# %%
middle = network.get_layer("block_9_expand_relu").output
means = keras.layers.GlobalAveragePooling2D()(middle)
half = keras.Model(network.input, means)
pictures = few.images(range(len(few)), course.image_size) / 127.5 - 1
half_features = half.predict(pictures, batch_size=50, verbose=0)
responses = pd.DataFrame(half_features[in_training]).add_prefix("channel ")
responses.insert(0, "class_name", few.table["class_name"][in_training].to_numpy())
print(f"{len(responses)} training pictures, {half_features.shape[1]} channels")

# %% [markdown] question="3.7"
# ### Exercise 3.7 · Whose channel is it?
#
# The table `responses` has a row for each training picture: its `class_name`, and how strongly each channel
# answered. Make a table `favourites` with the columns `class_name` and `channel`: for each species the channel (its
# column's name) whose mean over the pictures of this species lies **furthest above its mean over all pictures**.

# %% answer="3.7"
# solution
by_species = responses.groupby("class_name").mean()
above = by_species - responses.drop(columns="class_name").mean()
favourites = above.idxmax(axis=1).rename("channel").reset_index()
# end

# %% [markdown] why="3.7"
# Some channels answer strongly to everything, and would be every species' strongest. What tells species apart is
# where a channel answers *more than usual*. A head does the same when it weighs features.

# %% check="3.7"
import pandas as pd

from course_utils.exercises import Mistake, Table


def favourites(responses, centre=True, of="mean", scale=False, lowest=False):
    channels = responses.drop(columns="class_name")
    by_species = responses.groupby("class_name").agg(of)
    above = by_species - channels.mean() if centre else by_species
    above = above / channels.std() if scale else above
    chosen = above.idxmin(axis=1) if lowest else above.idxmax(axis=1)
    return chosen.rename("channel").rename_axis("class_name").reset_index()


def ratios(responses):
    channels = responses.drop(columns="class_name")
    share = responses.groupby("class_name").mean() / channels.mean()
    return share.idxmax(axis=1).rename("channel").reset_index()


def by_channel(responses):
    best = responses.groupby("class_name").mean().idxmax()
    return pd.DataFrame({"class_name": best.to_numpy(), "channel": best.index})


check = Table(
    expected=favourites,
    key="class_name",
    given={
        "responses": pd.DataFrame(
            {
                "class_name": ["Kite", "Kite", "Owl", "Owl", "Rail", "Rail"],
                "channel 0": [0.7, 0.9, 0.4, 0.6, 0.6, 0.3],
                "channel 1": [9.0, 9.0, 6.0, 8.0, 8.0, 9.0],
                "channel 2": [8.0, 9.0, 2.0, 5.0, 2.0, 0.0],
                "channel 3": [20.5, 20.0, 20.3, 20.1, 20.5, 20.4],
            }
        )
    },
    mistakes=[
        Mistake(
            lambda responses: favourites(responses, centre=False),
            "Those are the channels with the largest means. Is it not nearly the same one for all? Some channels answer strongly to "
            "everything: take each channel's mean over all pictures away first.",
        ),
        Mistake(
            by_channel,
            "That is a row for each channel, and its favourite species. The question is the other way round.",
            when=lambda answer, responses: len(answer) == responses.shape[1] - 1,
        ),
        Mistake(
            lambda responses: favourites(responses, of="max"),
            "That goes by each channel's single strongest picture. Take the mean over the pictures of a species.",
        ),
        Mistake(
            lambda responses: favourites(responses, lowest=True),
            "Those are furthest *below* their mean over all pictures.",
        ),
        Mistake(
            ratios,
            "Those have the largest *ratio* of the two means. How far above is a difference.",
        ),
        Mistake(
            lambda responses: favourites(responses, scale=True),
            "Those are furthest above in units of the standard deviation. A good idea, and another question: leave the division away.",
        ),
    ],
    hints=[
        '`responses.groupby("class_name").mean()` has a row for each species and a column for each channel.',
        'Take `responses.drop(columns="class_name").mean()` away from it; pandas matches the columns.',
        '`idxmax(axis=1)` gives the name of the largest column in each row; then `.rename("channel").reset_index()`.',
    ],
)  # fmt: skip

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("3.7").check(favourites, responses=responses)

# %% [markdown]
# ## Make the picture that a channel likes best
#
# The other way: start from grey noise and ask of every pixel, which way must it change for the channel to answer
# more strongly? Go a step that way, and ask again. That is gradient *ascent*, on the pixels, with the weights as
# they are: **activation maximisation** (Erhan and others, 2009). We choose the five channels that differ most
# between species, and take them before their ReLU, so that there is a slope even where a channel is silent.

# %%
by_species = responses.groupby("class_name").mean()
channels = by_species.std().to_numpy().argsort()[::-1][:5]
sight = keras.Model(network.input, network.get_layer("block_9_expand_BN").output)
wanted = tf.one_hot(channels, sight.output.shape[-1])  # (pictures, channels): one each


@tf.function
def climb(picture, shift):
    with tf.GradientTape() as tape:
        tape.watch(picture)
        seen = tf.roll(picture, shift, axis=(1, 2)) / 127.5 - 1
        answers = tf.reduce_mean(sight(seen), axis=(1, 2))  # (pictures, channels)
        slope = tape.gradient(tf.reduce_sum(answers * wanted), picture)
    step = 6 * slope / tf.math.reduce_std(slope, axis=(1, 2, 3), keepdims=True)
    return tf.clip_by_value(picture + step, 0, 255)


# %% [markdown]
# First the wrong way: just climb, sixty-four steps. (Dividing by the slope's spread makes all steps equally large.)

# %%
noise = random.normal(128, 8, (5, course.image_size, course.image_size, 3)).astype(
    "float32"
)
plain = tf.constant(noise)
for _ in range(64):
    plain = climb(plain, [0, 0])

# %% [markdown]
# Then the right way, with two tricks (Olah and others, 2017): **jitter**, a shift by a few random pixels before
# each step, as what is liked should be liked a little further on, too; and a **blur** after each step, for a
# pattern of single pixels is a thing that no picture has.


# %%
def smooth(picture):
    neighbours = [tf.roll(picture, step, axis) for axis in (1, 2) for step in (-1, 1)]
    return 0.8 * picture + 0.05 * sum(neighbours)


better = tf.constant(noise)
for _ in range(64):
    better = smooth(climb(better, tf.constant(random.integers(-8, 9, 2), tf.int32)))

# %% [markdown]
# Top row: just climbing. Second row: with both tricks. (The contrast of both is stretched, to look at.) Below, for
# each channel the two training pictures that it answers to most strongly.


# %%
def stretched(pictures):
    contrast = pictures - np.mean(pictures, axis=(1, 2, 3), keepdims=True)
    return np.clip(
        128 + 55 * contrast / np.std(contrast, axis=(1, 2, 3), keepdims=True), 0, 255
    )


liked = half_features[in_training][:, channels].argsort(axis=0)[::-1][:2].ravel()
examples = few.images(np.flatnonzero(in_training)[liked], course.image_size)
titles = [f"channel {channel}" for channel in channels] + [""] * 15
_, ax = plt.subplots(figsize=(6.6, 5.7))
rows = np.concatenate([stretched(plain), stretched(better), examples])
ax = plots.image_grid(rows, titles, columns=5, ax=ax)
plots.describe(
    ax,
    "A column for each of five channels: fine noise; a smooth pattern; two birds that it likes.",
)

# %% [markdown]
# How strongly does each channel answer to the picture made for it, and how strongly to the bird that it likes best?

# %% within=0.2
for what, pictures in (
    ("just climbing", plain),
    ("with tricks", better),
    ("best bird", examples[:5]),
):
    answers = tf.reduce_mean(
        sight(tf.cast(pictures, tf.float32) / 127.5 - 1), axis=(1, 2)
    )
    print(f"{what}: {tf.reduce_sum(answers * wanted) / 5:.1f} on average")

# %% [markdown]
# The top row is noise to our eyes, and yet the channels answer to it far more strongly than to any bird: a network
# sees, and likes, things that no photograph contains. The second row is made for our eyes as well, and shows
# textures: stripes, dots, blotches, some of them much alike. They fill the whole picture, for we asked for the mean
# of the whole map.
#
# Compare with the birds below, and **be careful**: it is tempting to give a channel a name, "that is the wing bar
# detector". Most channels answer to several things, and what you made is one picture that it likes, not its
# meaning.
#
# ## A ConvNet of your own
#
# You know all the parts now: convolution, ReLU, pooling, and a `Dense` layer at the end. Such a network is a
# **ConvNet**; an early one read handwritten digits (LeCun and others, 1989). Let us build one, from nothing.

# %% [markdown] question="3.8"
# ### Exercise 3.8 · Two layers
#
# Build `two_layers` in Keras, not compiled, for colour pictures of 32 x 32 pixels from 0 to 255 and `n_species`
# species:
#
# 1. `Rescaling(1 / 255)`;
# 2. a convolution with 16 filters of 3 x 3, padding "same", ReLU, then max-pooling 2 x 2;
# 3. a convolution with 32 filters of 3 x 3, padding "same", ReLU, then max-pooling 2 x 2;
# 4. `Flatten`, and a `Dense` layer that gives a plain score for each species (no softmax: the loss in `train` does
#    that).

# %% answer="3.8"
# solution
two_layers = keras.Sequential(
    [
        keras.Input((32, 32, 3)),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(n_species),
    ]
)
# end

# %% [markdown] why="3.8"
# After two poolings of two a map has a quarter of the rows and columns; `Flatten` lays all of them into one list.
# Most of the parameters are in the last layer, not in the convolutions: look at `two_layers.summary()`.

# %% check="3.8"
import keras
import numpy as np

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure


def network(
    n,
    side=32,
    scale=True,
    filters=(16, 32),
    padding="same",
    relu=True,
    pools=(1, 1),
    late=False,
    top=None,
    flat=True,
):
    layers = [keras.Input((side, side, 3)), *[keras.layers.Rescaling(1 / 255)] * scale]
    for width, pool in zip(filters, (0, 2) if late else pools, strict=False):
        layers.append(
            keras.layers.Conv2D(
                width, 3, padding=padding, activation="relu" if relu else None
            )
        )
        layers += [keras.layers.MaxPooling2D(2) for _ in range(pool)]
    layers.append(
        keras.layers.Flatten() if flat else keras.layers.GlobalAveragePooling2D()
    )
    return keras.Sequential([*layers, keras.layers.Dense(n, activation=top)])


def parameters(n):
    return 16 * (27 + 1) + 32 * (16 * 9 + 1) + n * (8 * 8 * 32 + 1)


def filters_of(model):
    return [
        layer.filters
        for layer in model.layers
        if isinstance(layer, keras.layers.Conv2D)
    ]


def scores(model, pictures):
    return keras.ops.convert_to_numpy(model(pictures))


def ends_in_activation(model, n_species):
    fresh = keras.models.clone_model(model)  # weights may be zero at the start
    fresh.set_weights(
        [
            np.random.default_rng(1).normal(size=weight.shape)
            for weight in model.get_weights()
        ]
    )
    return scores(fresh, DICE).min() >= 0


def into(model, *kinds):
    """Return what goes into the layers of these kinds, for two pictures of noise and fresh weights."""
    fresh = keras.models.clone_model(model)
    inputs = [layer.input for layer in fresh.layers if isinstance(layer, kinds)]
    return [scores(keras.Model(fresh.inputs[0], one), DICE) for one in inputs]


def is_unscaled(model, n_species):
    return not np.allclose(into(model, keras.layers.Conv2D)[0], DICE / 255, atol=1e-5)


def has_no_relu(model, n_species):
    return any(
        maps.min() < 0
        for maps in into(model, keras.layers.Conv2D, keras.layers.Flatten)[1:]
    )


DICE = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3)).astype("float32")
check = Structure(
    given={"n_species": 20},
    mistakes=[
        Mistake(
            lambda n_species: keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(n_species)]),
            "It does not know yet what comes in. Begin with `keras.Input`.",
            when=lambda model, n_species: not model.built,
        ),
        Mistake(
            lambda n_species: network(n_species, side=64),
            "What comes in has another shape than a colour picture of 32 x 32 pixels.",
            when=lambda model, n_species: model.input_shape[1:] != (32, 32, 3),
        ),
        Mistake(
            lambda n_species: network(n_species + 1),
            "It does not give one score for each species.",
            when=lambda model, n_species: model.output_shape[1:] != (n_species,),
        ),
        Mistake(
            lambda n_species: network(n_species, filters=(16,)),
            "It should have two layers `Conv2D`, first one of 16 filters, then one of 32.",
            when=lambda model, n_species: filters_of(model) != [16, 32],
        ),
        Mistake(
            lambda n_species: network(n_species, padding="valid"),
            'The convolutions make the maps smaller. With padding "same" they keep their size.',
            when=lambda model, n_species: any(
                layer.padding != "same" for layer in model.layers if isinstance(layer, keras.layers.Conv2D)
            ),
        ),
        Mistake(
            lambda n_species: network(n_species, pools=(1, 0)),
            "There should be max-pooling after each of the two convolutions.",
            when=lambda model, n_species: sum(isinstance(layer, keras.layers.MaxPooling2D) for layer in model.layers) != 2,
        ),
        Mistake(
            lambda n_species: network(n_species, flat=False),
            "It has another number of parameters than asked for. Look at kernels (3 x 3), pooling (2 x 2), `Flatten`, and `Dense` at the end.",
            when=lambda model, n_species: model.count_params() != parameters(n_species),
        ),
        Mistake(
            lambda n_species: network(n_species, late=True),
            "The second convolution gets maps of the full size. The first pooling comes before it.",
            when=lambda model, n_species: into(model, keras.layers.Conv2D)[1].shape[1:3] != (16, 16),
        ),
        Mistake(
            lambda n_species: network(n_species, scale=False),
            "The first convolution does not get pixels from 0 to 1. Where is `Rescaling(1 / 255)`?",
            when=is_unscaled,
        ),
        Mistake(
            lambda n_species: network(n_species, relu=False),
            "A ReLU is missing: the maps have negative numbers. (With nothing at all between them, two convolutions are no "
            "more than one large one.)",
            when=has_no_relu,
        ),
        Mistake(
            lambda n_species: network(n_species, top="softmax"),
            "None of its scores is below zero: it ends in an activation, such as softmax. The loss in `train` wants plain "
            "scores (`from_logits=True`).",
            when=ends_in_activation,
        ),
    ],
    hints=[
        "`keras.Sequential` takes a list of layers, first `keras.Input((32, 32, 3))`.",
        '`keras.layers.Conv2D(16, 3, padding="same", activation="relu")` and `keras.layers.MaxPooling2D(2)` are the first pair.',
        "Seven layers follow the input: rescaling, convolution, pooling, convolution, pooling, flatten, dense.",
    ],
)  # fmt: skip

# %% [markdown]
# The check looks at shapes, counts, and what comes out of the layers.

# %%
exercise("3.8").check(two_layers, n_species=n_species)

# %% [markdown]
# Would one layer do, or does it take six? A function that builds either: the first three convolutions are followed
# by pooling. (`he_normal` draws first weights that suit layers with ReLU (He and others, 2015); with Keras' own the
# six layers take much longer to get going.)


# %%
def convnet(filters):
    layers = [keras.Input((32, 32, 3)), keras.layers.Rescaling(1 / 127.5, offset=-1)]
    for depth, width in enumerate(filters):
        how = {
            "padding": "same",
            "activation": "relu",
            "kernel_initializer": "he_normal",
        }
        layers.append(keras.layers.Conv2D(width, 3, **how))
        if depth < 3:
            layers.append(keras.layers.MaxPooling2D(2))
    return keras.Sequential(
        [*layers, keras.layers.Flatten(), keras.layers.Dense(n_species)]
    )


networks = {}
for name, filters in {
    "one layer": [16],
    "six layers": [16, 24, 32, 32, 48, 64],
}.items():
    keras.utils.set_random_seed(course.seed)
    networks[name] = convnet(filters)
    print(f"{name}: {networks[name].count_params():,} parameters")

# %% [markdown]
# Their sizes are not far apart: the one layer has nearly all of its parameters in its `Dense` layer, for its maps
# are still large when they are flattened. (Training goes on from where a network is. To train it once more, build
# it anew.) **Predict**, for one layer first: what will its accuracy be on the training pictures, and in validation?

# %% within=0.4 tags=["predict"]
import time


def report(name, start):
    accuracy, new = (
        histories[name][which][-1] for which in ("accuracy", "val_accuracy")
    )
    print(
        f"{name}: training {accuracy:.0%}, validation {new:.0%}, in {time.perf_counter() - start:.0f} s"
    )


histories, start = {}, time.perf_counter()
histories["one layer"] = train(networks["one layer"], small, rate=2e-3).history
report("one layer", start)

# %% [markdown]
# It has learnt its pictures by heart, and is at a loss with new ones. Will six layers do better? They see further,
# and combine what they see.

# %% within=0.4 tags=["predict"]
start = time.perf_counter()
histories["six layers"] = train(networks["six layers"], small, rate=2e-3).history
report("six layers", start)

# %% [markdown]
# Not by much, if at all. The six layers *can* see far more, but what there is to see they would have to find out
# from twenty pictures a class, and instead they learn these by heart. Both seem a little better than the head on
# bare pixels; with so few pictures in validation that may be luck.
#
# What if somebody had learnt to see *before*? As in lesson 00: a frozen backbone, its features from the cache, and
# a head.

# %%
from course_utils.bottlenecks import BottleneckCache

features = BottleneckCache(course.cache_folder()).extract(backbone, few)
vectors = np.array(features.vectors)
histories["borrowed backbone"] = train(
    linear_head(vectors.shape[1], n_species), vectors
).history

# %% [markdown]
# The same twenty pictures a class, the same number of epochs, the same validation:

# %% within=0.4
plots.training_race(histories, chance=1 / n_species)

# %% [markdown]
# That is what transfer learning is for. The dotted lines, on the training pictures, rise and rise, and say nothing.
# The thick ones say it all.
#
# But was it fair? The backbone got larger pictures than the ConvNets. So let it have the same small ones, enlarged:

# %% within=0.25
enlarged = keras.ops.image.resize(small.astype("float32"), portrait.shape[:2])
from_small = backbone.predict(enlarged, batch_size=50, verbose=0)
history = train(linear_head(from_small.shape[1], n_species), from_small).history
print(
    f"borrowed backbone, the small pictures enlarged: {history['val_accuracy'][-1]:.0%}"
)

# %% [markdown]
# Less, as details are gone, and still about twice as much as any ConvNet of ours, or more. (The other way round: we
# also gave the six layers drawn birds in full size. It took several times as long, and came out no better.) And one
# thing that *is* unfair: the backbone has met some of the drawn species before, as lesson 00 says.
#
# So it is not the number of layers that was missing, nor the time, nor the pixels. It was the pictures. The
# backbone has seen a great many, and what it learnt from them, edges, textures, parts, serves here as well.

# %% [markdown] question="3.9"
# ### Exercise 3.9 · Borrow half
#
# Must one borrow the whole backbone? `half_features` has the channel means of a layer in its *middle*, for all
# pictures. Train a head on them, with `train` and its usual epochs, but `rate=1e-2` as the numbers are few. Give
# its last validation accuracy as `half_accuracy`, from 0 to 1. What do you expect: nearer to six layers from
# nothing, or to the whole backbone?

# %% answer="3.9"
# solution
half_head = linear_head(half_features.shape[1], n_species)
half_history = train(half_head, half_features, rate=1e-2)
half_accuracy = half_history.history["val_accuracy"][-1]
# end

# %% [markdown] why="3.9"
# In between: textures and colours, as the middle of a backbone sees them, already tell many species apart, and the
# second half adds much. How deep one should borrow, and which layers one should train on, is what lessons 07 and 08
# are about.

# %% check="3.9"
from course_utils.exercises import Mistake, Outcome

check = Outcome(
    measured={
        "sketch": [0.51, 0.52, 0.52, 0.5, 0.495, 0.5, 0.475, 0.49, 0.485],
        "photo": [0.46, 0.45, 0.45, 0.46, 0.43, 0.43, 0.43, 0.47, 0.44],
    },
    below="That is lower than we saw with any seed. Is it `half_features` that the head gets, and is the rate 1e-2?",
    above="That is higher than we saw with any seed. Is it the accuracy in *validation*, and of a head on the features of half the backbone?",
    given={"profile": "sketch"},
    mistakes=[
        Mistake(
            lambda profile: 0.99,
            "Nearly all right? That is the accuracy on the training pictures. Ask for `val_accuracy`.",
            when=lambda a, profile: a > 0.97,
        ),
        Mistake(
            lambda profile: 0.05,
            "Hardly better than guessing: has this head been trained?",
            when=lambda a, profile: a < 0.12,
        ),
        Mistake(
            lambda profile: 45,
            "Give the share as a number from 0 to 1, not in per cent or as a count.",
        ),
    ],
    hints=[
        "The head is a `linear_head`, as for the whole backbone. Only its input is another: `half_features.shape[1]` numbers.",
        "`train(head, half_features, rate=1e-2)` trains and validates; it returns a history.",
        '`history.history["val_accuracy"]` is a list with a number for each epoch; take the last.',
    ],
)

# %% [markdown]
# The check accepts all that we saw with several seeds, and a little more.

# %%
exercise("3.9").check(half_accuracy, profile=course.profile)

# %% [markdown]
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="3.a"
# A filter of a trained first layer, with a stride of one, finds a dark-to-bright edge in the upper left corner. The
# same edge, in the lower right:
#
# - [ ] needs another filter, trained on edges down there.
#   - It would in a `Dense` layer. A convolution uses the same weights at every place.
# - [x] gives the same answer, at another place of the same map.
#   - The map moves along with the picture. That is what the shared weights are for.
# - [ ] gives the same map, number for number.
#   - Then the network would not know where the edge is. The number is the same, but its place in the map is not.

# %% [markdown] quiz="3.b"
# A colleague shows the picture that a channel "likes best", full of red stripes, and says: "This channel detects
# the tail of the red kite." What do you answer?
#
# - [ ] Right: the picture was made from the network's own gradient.
#   - It was, and it shows one thing that the channel answers to. Whether it answers to others, nobody has looked.
# - [x] Show me which real pictures it answers to, and which tails it misses.
#   - A claim about what a channel detects is tested on pictures, with and without the thing.
# - [ ] Such pictures mean nothing, they are noise.
#   - Without the tricks they look like it. With them they say something, only not everything.

# %% [markdown] quiz="3.c"
# Your ConvNet from scratch has nearly all training pictures right and a quarter of the new ones. What will help
# most?
#
# - [ ] Train it for longer.
#   - It knows its pictures by heart already. There is nothing left that they could teach it.
# - [ ] More layers.
#   - Six were no better than one here: they learn a few pictures by heart as well.
# - [x] More pictures, or features from a network that has seen many.
#   - What is missing is experience. One can collect it, or borrow it.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - Almost no possible picture looks like anything. In those that do, neighbours agree; a `Dense` layer cannot know
#   that.
# - A **convolution** looks at neighbours, in the same way everywhere, with few weights; **max-pooling** forgives
#   small moves.
# - A unit's **receptive field** grows with each layer and each stride; its edge counts little.
# - The first filters of a trained backbone are edges, lines and blobs of colour, far more like Gabors than chance;
#   deeper channels answer to textures.
# - A ConvNet from scratch learns twenty pictures a class by heart, with one layer or six. A borrowed backbone does
#   far better with the same pictures.
#
# **Where it goes wrong in practice.** Padding, stride and kernel size are off by one more often than anything else:
# print the shapes. Pixels reach a network in another range than it was trained with (here from -1 to 1 for the bare
# `network`, from 0 to 255 for `backbone`), and nothing crashes. A training accuracy is shown as if it were a
# result. And pictures of what a network "sees" are taken for proof: they are where questions begin.
#
# ## Sources
#
# - Receptive fields in the cortex: J. P. Jones, L. A. Palmer, "An evaluation of the two-dimensional Gabor filter
#   model of simple receptive fields in cat striate cortex", Journal of Neurophysiology 58, 1987.
# - Gabors: D. Gabor, "Theory of Communication", Journal of the IEE 93, 1946; J. G. Daugman, "Uncertainty relation
#   for resolution in space, spatial frequency, and orientation optimized by two-dimensional visual cortical
#   filters", JOSA A 2, 1985.
# - Neighbouring pixels: D. J. Field, "Relations between the statistics of natural images and the response
#   properties of cortical cells", JOSA A 4, 1987.
# - The age of the universe: Planck Collaboration, "Planck 2018 results. VI. Cosmological parameters", Astronomy &
#   Astrophysics 641, A6, 2020.
# - ConvNets: Y. LeCun and others, "Backpropagation Applied to Handwritten Zip Code Recognition", Neural Computation
#   1, 1989.
# - First weights: K. He and others, "Delving Deep into Rectifiers", ICCV 2015.
# - First-layer filters: A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet Classification with Deep Convolutional
#   Neural Networks", NIPS 2012; J. Yosinski and others, "How transferable are features in deep neural networks?",
#   NIPS 2014.
# - Sizes and fields: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning",
#   arXiv:1603.07285, 2016; W. Luo and others, "Understanding the Effective Receptive Field in Deep Convolutional
#   Neural Networks", NIPS 2016.
# - Activation maximisation: D. Erhan and others, "Visualizing Higher-Layer Features of a Deep Network", Université
#   de Montréal, Technical Report 1341, 2009; C. Olah, A. Mordvintsev, L. Schubert, "Feature Visualization",
#   Distill, 2017.
# - Backbones: M. Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018; M. Tan,
#   Q. V. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019
#   (`data/backbones/efficientnet_lite0/model_card.md` says where the weights of its *Lite* version come from). Drawn
#   birds: `course_utils.sketchbook`.
# - The photo profile's birds: C. Wah and others, "The Caltech-UCSD Birds-200-2011 Dataset", Caltech
#   CNS-TR-2011-001, 2011.
