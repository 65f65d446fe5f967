# %% [markdown]
# # 06x · Views, stored and averaged
#
# A cache wants a picture that never changes; augmentation wants one that always does. So the two
# quarrel (lesson 05). Do they have to? Keep **several** views of each picture, and ask how many are as good as a new one each time.
# Then turn it round: when the *test* picture comes, look at it several times. No later lesson needs this notebook.

# %% [markdown]
# Four views of one gull, with which profile is on:

# %% within=0.05
import numpy as np

from course_utils import augmentation, plots, sketchbook
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
gull = sketchbook.bird_picture("Bellbuoy Surfwing", index=5, px=128).image
gentle = augmentation.recipe("gentle", seed=0)
plots.variations({"gentle": augmentation.views(gentle, gull[None], 4)[:, 0]}, gull)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - let augmentation and a cache live together, and count what it costs;
# - average the answers for several views of a test picture, and say when it helps;
# - find a picture that is turned white by a wrong range.
#
# **You need** lesson 06. **Time**: about 45 minutes.
#
# ## Several notes of one bird
#
# With a frozen backbone, a *fresh* view in each epoch means a pass through the backbone in each epoch: all that a cache
# saves is lost. Between the two lie stored views: draw a few, compute their vectors once, train on all of them.

# %% [markdown] question="6x.1"
# ### Exercise 6x.1 · What it costs
#
# There are four hundred training pictures and thirty-two epochs. How many pictures pass through the backbone in all, for
# training with (1) each picture as it is, its vector kept; (2) sixteen stored views of each, the picture itself not among
# them; (3) a fresh view in each epoch? A list of three numbers.

# %% answer="6x.1"
# solution
passes = [400, 16 * 400, 32 * 400]
# end

# %% [markdown] why="6x.1"
# What is stored passes once, whatever the number of epochs, and whatever number of heads you try after that. Fresh views
# pass in each epoch, of each head.

# %% check="6x.1"
from course_utils.exercises import Mistake, Value

check = Value(
    [400, 6400, 12800],
    rtol=0,
    mistakes=[
        Mistake(
            [12800, 12800, 12800],
            "What is stored passes once, not in each epoch.",
        ),
        Mistake(
            [12800, 6400, 12800],
            "The first: its vectors are kept. How often does each picture pass?",
        ),
        Mistake(
            [400, 204800, 12800],
            "The second: stored views pass once each, not once in each epoch.",
        ),
        Mistake(
            [400, 6800, 12800],
            "The second: the picture itself is not among the sixteen.",
        ),
        Mistake(
            [400, 16, 32],
            "Count pictures, not views of one picture.",
        ),
        Mistake(
            [1, 16, 32],
            "That is for one picture. There are 400.",
        ),
        Mistake(
            [400, 6400, 400],
            "The third: a fresh view is a new picture. Its vector is in no cache.",
        ),
        Mistake(
            [400, 6400, 204800],
            "The third: one fresh view of each picture in each epoch, not sixteen.",
        ),
    ],
    hints=[
        "For each: how many *different* pictures does the backbone see?",
        "Stored: pictures times views. Fresh: pictures times epochs.",
    ],
)

# %% [markdown]
# Three whole numbers:

# %%
exercise("6x.1").check(passes)

# %% [markdown]
# Our birds, with four stored views of each. The same number of steps for each head: with four times as many vectors, a
# quarter of the epochs.

# %%
import keras

from course_utils.backbones import load_backbone
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
train, test = (
    birds.where(birds.table["split"] == split) for split in ("train", "test")
)
backbone = load_backbone(course.backbone)


def look(pictures):
    return backbone.predict(pictures, verbose=0)


pictures = train.images(range(len(train)), course.image_size)
views = np.stack([look(augmentation.views(gentle, pictures, 1)[0]) for _ in range(4)])
asked = test.images(range(len(test)), course.image_size)
truth, labels = (part.table["label"].to_numpy() for part in (test, train))

# %% [markdown]
# A head, and how it is trained on views:


# %%
def train_head(vectors, epochs=32):  # (views, pictures, features)
    keras.utils.set_random_seed(course.seed)
    layer = keras.layers.Dense(len(birds.class_names), kernel_initializer="zeros")
    head = keras.Sequential([keras.Input(vectors.shape[-1:]), layer])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    inputs, names = (
        vectors.reshape(-1, vectors.shape[-1]),
        np.tile(labels, len(vectors)),
    )
    head.fit(inputs, names, epochs=epochs // len(vectors), verbose=0)
    return head


# %% [markdown]
# **Predict**: is each row better than the one above?

# %% within=0.06 tags=["predict"]
once = look(asked)
for n in (1, 2, 4):
    print(
        n,
        "stored:",
        round(train_head(views[:n]).evaluate(once, truth, verbose=0)[1], 3),
    )

# %% [markdown]
# One training each, and a few birds more or less. Five seeds, each with pictures of its own, on a common backbone,
# against fresh views (`data/augmentation.csv`):

# %% tags=["predict"]
import pandas as pd

from course_utils.comparison import gains
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "augmentation.csv")
stored = measured.query("data_set in ['seen', 'unseen']")
plots.differences(
    gains(stored, "data_set", "1 stored", "4 stored", "16 stored", than="fresh")
)

# %% [markdown]
# STORED_PROSE

# %% [markdown]
# ## Look twice
#
# Another use of views: change the *test* picture, ask for each view, and average the answers (**test-time
# augmentation**). It costs nothing in training, and a multiple when it matters.

# %% [markdown] question="6x.2"
# ### Exercise 6x.2 · One answer of many
#
# Write `averaged`. It gets `logits` of shape (views, pictures, classes) and returns the label of each picture: that of
# the largest mean *probability*. (A softmax makes probabilities of logits, each view's add up to one.)


# %% answer="6x.2"
def averaged(logits):
    # solution
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares.mean(axis=0).argmax(axis=-1)
    # end


# %% [markdown] why="6x.2"
# Averaging probabilities lets a sure view count more than an unsure one, but none more than one vote. A vote would
# throw away how sure each view is, and a mean of logits would let one view that is absurdly sure outvote the others.

# %% check="6x.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def softmax(logits):
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def right(logits):
    return softmax(logits).mean(axis=0).argmax(axis=-1)


def drawn(random, views, scale):
    shape = views, int(random.integers(1, 9)), int(random.integers(2, 6))
    return (random.normal(scale=scale, size=shape),)


def voted(logits):
    answers = logits.argmax(axis=-1)
    return np.array([np.bincount(column).argmax() for column in answers.T])


check = Function(
    reference=right,
    draw={
        "": lambda random: drawn(random, int(random.integers(2, 6)), 2.0),
        "one view": lambda random: drawn(random, 1, 2.0),
        "very sure views": lambda random: drawn(
            random, int(random.integers(2, 6)), 9.0
        ),
        "very large logits": lambda random: drawn(random, 3, 2000.0),
    },
    mistakes=[
        Mistake(
            lambda logits: logits.mean(axis=0).argmax(axis=-1),
            "That averages logits, so one view that is absurdly sure outvotes all others. Make probabilities first.",
        ),
        Mistake(
            voted,
            "That lets views vote: a view that is hardly sure counts as much as one that is certain.",
        ),
        Mistake(
            lambda logits: softmax(logits).max(axis=0).argmax(axis=-1),
            "That takes the surest view's answer. Take the mean over views.",
        ),
        Mistake(
            lambda logits: softmax(logits).mean(axis=0),
            "Those are the mean probabilities. Which label has the largest?",
        ),
        Mistake(
            lambda logits: softmax(logits).mean(axis=1).argmax(axis=-1),
            "That averages over pictures. Views are the first axis, 0.",
        ),
        Mistake(
            lambda logits: softmax(logits[0]).argmax(axis=-1),
            "That asks the first view alone.",
        ),
        Mistake(
            lambda logits: softmax(logits).argmax(axis=-1),
            "A label for each view. One for each picture was asked for.",
        ),
        Mistake(
            lambda logits: (
                (np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True))
                .mean(axis=0)
                .argmax(axis=-1)
            ),
            "Right, except for large logits, whose `exp` overflows. Take the largest logit away before.",
        ),
    ],
    hints=[
        "Three steps: softmax over the last axis, mean over the first, argmax over the last.",
        "`keras.ops.softmax(logits, axis=-1)` does the first, for large logits, too; or subtract each largest logit before `np.exp`.",
    ],
)

# %% [markdown]
# The function:

# %%
exercise("6x.2").check(averaged)

# %% [markdown]
# Five seeds again: a head that was trained on pictures as they are, and one that was trained on gentle views, each asked
# about the picture, or about 1, 4, 8 gentle views of it. **Predict**: which bars lie left of zero?

# %% tags=["predict"]
both = measured.query("data_set == 'twenty species'")
found = []
for trained in ("as they are", "gentle"):
    arms = [f"trained {trained}, {n} views" for n in (1, 4, 8)]
    found.append(gains(both, "data_set", *arms, than=f"trained {trained}, the picture"))
found = pd.concat(found)
plots.differences(found.set_axis(found.index.str.removeprefix("twenty species, ")))

# %% [markdown]
# TESTS_PROSE
#
# ## White birds

# %% [markdown] question="6x.3"
# ### Exercise 6x.3 · White birds
#
# A friend scales pixels to 0 … 1 first and puts `RandomBrightness(0.2)`, with Keras' default `value_range=(0, 255)`,
# behind it. A pixel is `0.5`, and the layer draws the factor `0.1`: it adds that share of its *range*, then clips to the
# range. Which value comes out? And with `value_range=(0, 1)`? A list of two numbers.

# %% answer="6x.3"
# solution
values = [0.5 + 0.1 * 255, 0.5 + 0.1 * 1]
# end

# %% [markdown] why="6x.3"
# 26 where white is 1: nothing of the bird is left, and with a negative factor all is black. No error comes, and loss and
# accuracy only look "a bit bad".

# %% check="6x.3"
from course_utils.exercises import Mistake, Value

check = Value(
    [26.0, 0.6],
    rtol=0.001,
    mistakes=[
        Mistake(
            [1.0, 0.6],
            "The first: it clips to *its* range, which ends at 255, not at 1.",
        ),
        Mistake(
            [0.6, 0.6],
            "The first: a tenth of its range is a tenth of 255.",
        ),
        Mistake(
            [25.5, 0.1],
            "That is what is added. What comes out?",
        ),
        Mistake(
            [0.55, 0.55],
            "It adds a share of the range, it does not multiply.",
        ),
        Mistake(
            [255.0, 1.0],
            "Only what lies beyond the range is clipped. Does 0.5 and a tenth of the range?",
        ),
        Mistake(
            [153.0, 0.6],
            "The first: the pixel is 0.5, not half of 255.",
        ),
        Mistake(
            [51.5, 0.7],
            "The factor that was drawn is 0.1. The 0.2 says how large it may be.",
        ),
        Mistake(
            [0.6, 26.0],
            "The two are swapped: first with the default range.",
        ),
    ],
    hints=[
        "Added is: factor times the length of the range.",
        "The range is 255 long in the first case and 1 long in the second.",
    ],
)

# %% [markdown]
# Two numbers:

# %%
exercise("6x.3").check(values)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="6x.a"
# You store sixteen views of each picture and try twenty heads on them. What has to be computed again for the next head?
#
# - [x] Nothing, the vectors are as good for any head.
#   - They come out of the backbone, which none of the heads changes.
# - [ ] All views, because the old ones were drawn for another head.
#   - Views are drawn from pictures. No head had a part in it.
# - [ ] One new view of each picture.
#   - You may, if you want a fresh one. But you need not.

# %% [markdown] quiz="6x.b"
# Averaging over views made a head worse that had been trained on pictures as they are. Why may that be?
#
# - [ ] Averaging always blurs the answer, as each of the views is a little unsure.
#   - For a head that knows such views it need not. It is the views that are new to this one.
# - [x] Such views were new to it: it had never learnt from one.
#   - Training and test differ then. Train on such views, too, or average over flips alone.
# - [ ] There were too few views of each picture to average over them.
#   - More views of an unfamiliar kind are no more familiar.

# %% [markdown]
# ## What you saw
#
# - A few **stored views** of each picture let augmentation and a cache live together.
# - **Test-time augmentation** averages probabilities over views, of a kind that the head has learnt from.
# - Layers that change values have a **range**. The wrong one gives no error.
#
# **Where it goes wrong in practice.** Views are computed with one seed, stored, and the seed is the same for training and
# for validation; or a recipe is changed and the stored views are not. A recipe belongs into the key (lesson 05).
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0).
# - A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS
#   2012: ten views of each test picture, averaged.
# - D. Shanmugam and others, "Better Aggregation in Test-Time Augmentation", ICCV 2021: when it harms.
