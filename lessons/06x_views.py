# %% [markdown]
# # 06x · Views, stored and averaged
#
# A cache wants a picture that never changes; augmentation wants one that always does. So the two quarrel (lesson 05). Do
# they have to? Keep **several** views of each picture: how many stored views are as good as fresh ones? Then turn it
# round: when the *test* picture comes, look at it several times. No later lesson needs this notebook.

# %% [markdown]
# A **view** is a picture that was changed once. Four views of one gull, and the gull itself:

# %% within=0.05
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import numpy as np

from course_utils import augmentation, plots, sketchbook

gull = sketchbook.bird_picture("Bellbuoy Surfwing", index=5, px=128).image
gentle = augmentation.recipe("gentle", seed=0)
plots.variations({"gentle": augmentation.views(gentle, gull[None], 4)[:, 0]}, gull)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - let augmentation and a cache live together, and count what it costs;
# - average the answers for several views of a test picture, and measure whether it helps;
# - find a picture that is turned white by a wrong range.
#
# **You need** lesson 06. **Time**: about 35 minutes.
#
# ## Several views of one bird
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
        Mistake(
            [12800, 204800, 12800],
            "The first two: what is stored passes once, not in each epoch.",
        ),
        Mistake(
            [400, 200, 12800],
            "The second: more vectors make fewer epochs, but each view has to pass once all the same.",
        ),
        Mistake(
            [400, 6400, 13200],
            "The third: nothing is trained on the picture itself, so it need not pass.",
        ),
        Mistake(
            [0, 0, 12800],
            "Before its vector can be stored, a picture has to pass once.",
        ),
        Mistake(
            [400, 6400, 0],
            "The third: what is stored nowhere has to pass, and each time.",
        ),
        Mistake(
            [400, 6400, 6400],
            "The third: one view of each picture in each epoch. How many epochs are there?",
        ),
        Mistake(
            [13, 200, 400],
            "That counts batches. Count pictures.",
        ),
        Mistake(
            [800, 12800, 25600],
            "Each is twice as large: the backbone is frozen, so nothing goes backwards through it.",
        ),
        Mistake(
            [12800, 6400, 400],
            "The first and the third are swapped: which of the two needs a new vector in each epoch?",
        ),
        Mistake(
            [400, 640, 1280],
            "The last two: multiply once more. Is a zero missing?",
        ),
        Mistake(
            [400, 1600, 12800],
            "The second: there are sixteen views of each picture here, not four.",
        ),
        Mistake(
            [400, 416, 432],
            "Each picture has so many views: multiply, don't add.",
        ),
        Mistake(
            [144, 0, 0],
            "Such numbers are too large for eight bits: an `uint8` ends at 255 and begins anew.",
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
# Ten training pictures of each of our species, and thirty-two views of each. A head that trains for thirty-two epochs
# then never sees a view twice: those are the *fresh* ones. (These birds pass thirty-two times; it takes a while.)

# %%
import keras

from course_utils.backbones import load_backbone
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
few = birds.sample(10, seed=0).where(lambda table: table["split"] == "train")
test = birds.where(lambda table: table["split"] == "test")
backbone = load_backbone(course.backbone)


def look(pictures):
    return backbone.predict(pictures, verbose=0)


pictures = few.images(range(len(few)), course.image_size)
views = np.stack([look(augmentation.views(gentle, pictures, 1)[0]) for _ in range(32)])

# %% [markdown]
# A linear head that starts at zero. It is trained with as many steps for any number of views: with four times as many
# vectors, a quarter of the epochs.


# %%
def train_head(vectors, epochs=32):  # (views, pictures, features)
    keras.utils.set_random_seed(course.seed)
    layer = keras.layers.Dense(len(birds.class_names), kernel_initializer="zeros")
    head = keras.Sequential([keras.Input(vectors.shape[-1:]), layer])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(keras.optimizers.Adam(1e-3), loss)
    # one view of all pictures below the other, and their labels as often
    inputs = vectors.reshape(-1, vectors.shape[-1])
    labels = np.tile(few.table["label"], len(vectors))
    head.fit(inputs, labels, epochs=epochs // len(vectors), verbose=0)
    return head


# %% [markdown]
# How much better is one head than another? Compare them bird by bird (lesson 09 says more), with the interval for other
# pictures of these species. **Predict**: how many stored views are as good as fresh ones?


# %% within=0.15 tags=["predict"]
def compared(before, after):
    each = after.astype(float) - before
    half = 1.96 * each.std(ddof=1) / len(each) ** 0.5
    return f"{before.mean():.1%} → {after.mean():.1%}, difference ± {half:.1%}"


asked = look(test.images(range(len(test)), course.image_size))
truth = test.table["label"].to_numpy()
heads = {n: train_head(views[:n]) for n in (1, 4, 16, 32)}
right = {n: h.predict(asked, verbose=0).argmax(1) == truth for n, h in heads.items()}
for n in (1, 4, 16):
    print(f"fresh → {n} stored: {compared(right[32], right[n])}")

# %% [markdown]
# With drawn birds one stored view does worse than fresh ones; four or sixteen do as well, as far as this exam can tell:
# they differ by less than the ±. So the cheaper way is good enough, and stored views serve as many heads as you like.
# (One training each; another draw of the ten pictures moves all of these a little.)

# %% [markdown]
# ## Look twice
#
# Another use of views: change the *test* picture, ask for each view, and average the answers (**test-time
# augmentation**). It costs nothing in training, but each answer then takes as many passes as there are views.

# %% [markdown] question="6x.2"
# ### Exercise 6x.2 · One answer of many
#
# Write `averaged`. It gets `logits`, any number of views: an array of shape (views, pictures, classes). It returns each
# picture's label, the *number* of the class with the largest mean *probability* over all views. Probabilities come from
# logits by a softmax over the classes: `np.exp(logits)`, divided by its sum. Logits may be thousands, where `np.exp`
# overflows; so subtract the largest one first, or take `keras.ops.softmax(logits, axis=-1)`.


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


def drawn(random, views, scale, close=False):
    """Answers that single precision and another order of adding leave as they are."""
    classes = int(random.integers(2, 6))
    logits = random.normal(scale=scale, size=(views, 300, classes))
    top = np.sort(softmax(logits).mean(axis=0), axis=-1)
    ahead = top[:, -1] - top[:, -2]
    clear = np.flatnonzero(ahead > 0.001)
    if close:
        clear = clear[np.argsort(ahead[clear])]
    return (logits[:, clear[: int(random.integers(1, 9))]],)


def voted(logits):
    answers = logits.argmax(axis=-1)
    return np.array([np.bincount(column).argmax() for column in answers.T])


check = Function(
    reference=right,
    draw={
        "": lambda random: drawn(random, int(random.integers(2, 9)), 2.0),
        "close calls": lambda random: drawn(
            random, int(random.integers(2, 9)), 2.0, close=True
        ),
        "one view": lambda random: drawn(random, 1, 2.0),
        "very sure views": lambda random: drawn(
            random, int(random.integers(2, 9)), 9.0
        ),
        "very large logits": lambda random: drawn(
            random, int(random.integers(1, 7)), 2000.0
        ),
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
            lambda logits: softmax(softmax(logits)).mean(axis=0).argmax(axis=-1),
            "That makes probabilities of probabilities. One softmax is enough.",
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
# Two heads, one that has learnt from fresh views and one from the pictures as they are. Each is asked about every test
# picture as it is, then about one gentle view of it, then about eight, averaged. What do the views gain over the
# picture? **Predict**: whom do they help? (All test birds pass eight times; this takes a while.)

# %% within=0.15 tags=["predict"]
plain = train_head(look(pictures)[None])
exam = test.images(range(len(test)), course.image_size)
again = np.stack([look(augmentation.views(gentle, exam, 1)[0]) for _ in range(8)])
for name, head in {"as they are": plain, "fresh views": heads[32]}.items():
    once = head.predict(asked, verbose=0).argmax(axis=1) == truth
    shares = keras.ops.softmax(np.stack([head.predict(v, verbose=0) for v in again]))
    for n in (1, 8):
        mean = keras.ops.convert_to_numpy(shares)[:n].mean(axis=0)
        found = compared(once, mean.argmax(axis=1) == truth)
        print(f"trained on {name}, picture → {n} averaged: {found}")

# %% [markdown]
# With drawn birds, one changed look is no better than the picture. Eight, averaged, gain a little, for either head.
# Whether that is worth eight passes for each answer, measure on *your* pictures, with the interval.
#
# ## White birds
#
# Before you store views, look at some. One mistake makes them all alike.

# %% [markdown] question="6x.3"
# ### Exercise 6x.3 · White birds
#
# A friend scales pixels to 0 … 1 first, where 0 is black and 1 or more is shown white. Behind it she puts
# `RandomBrightness(0.2)`, with Keras' default `value_range=(0, 255)`. A pixel is `0.5`, and the layer draws the factor
# `0.1`: it adds the factor times the *width* of its range, then cuts off what lies outside the range. Which value comes
# out? And with `value_range=(0, 1)`? A list of two numbers.

# %% answer="6x.3"
# solution
values = [0.5 + 0.1 * 255, 0.5 + 0.1 * 1]
# end

# %% [markdown] why="6x.3"
# 26 where white is 1: nothing of the bird is left, and with a negative factor all is black. No error comes, and loss and
# accuracy only look "a bit bad".

# %% check="6x.3"
import numpy as np

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
            [255.0, 0.6],
            "The first: only what lies beyond the range is cut off. Does it?",
        ),
        Mistake(
            [26.0, 0.55],
            "The second: it adds a tenth of the range, and this one is 1 wide.",
        ),
        Mistake(
            [26 / 255, 0.6],
            "The first: nothing is scaled behind the layer. What does it hand on itself?",
        ),
        Mistake(
            [26.1, 0.6],
            "The first: how wide is a range from 0 to 255?",
        ),
        Mistake(
            [0.0, 0.4],
            "The factor is above zero. Does that make a picture darker?",
        ),
        Mistake(
            [-25.0, 0.4],
            "The factor is above zero. Does that make a picture darker? And would a negative pixel be left as it is?",
        ),
        Mistake(
            [26, 0],
            "The second was rounded to a whole number. Which value comes out?",
        ),
        Mistake(
            [26.0, 1.0],
            "The second: only what lies beyond the range is cut off. Does it?",
        ),
        Mistake(
            [12.75, 0.05],
            "That multiplies the pixel. What is drawn is added.",
        ),
        Mistake(
            [26.0, 6.0],
            "The second cannot be above 1: where does its range end?",
        ),
        Mistake(
            [0.5, 0.5],
            "That is the pixel as it was. In training, what does the layer add?",
        ),
        Mistake(
            [26.0, 26.0],
            "Both values are the same, but the two ranges are not, and the factor is 0.1, not one that a layer draws anew.",
            when=lambda values: bool(np.ptp(np.asarray(values, float)) < 1e-3),
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
# Suppose that averaging over views made a head worse that had been trained on pictures as they are. Why may that be?
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
# - **Test-time augmentation** averages probabilities over views. With drawn birds one view gained nothing, eight a little.
# - Layers that change values have a **range**. The wrong one gives no error.
#
# **Where it goes wrong in practice.** A recipe is changed, and the stored views are still those of the old one. So the
# recipe belongs in the key of the cache (lesson 05).
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0).
# - A. Krizhevsky, I. Sutskever, G. E. Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS
#   2012: ten views of each test picture, averaged.
# - D. Shanmugam and others, "Better Aggregation in Test-Time Augmentation", ICCV 2021: when it harms.
