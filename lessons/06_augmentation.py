# %% [markdown]
# # 06 · Augmentation done right
#
# Twenty photos of each bird are few. So mirror them, turn them, crop them, recolour them: a new picture each time, and
# the bird stays what it was. **Does it?**

# %% [markdown]
# Two gulls. A *Bellbuoy* Surfwing has a red bill, a *Harbour* Surfwing a yellow one.
# Which species are A, B and C?

# %% within=0.05
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import numpy as np

from course_utils import augmentation, plots, sketchbook

gull = sketchbook.bird_picture("Bellbuoy Surfwing", index=5, px=128).image
other = sketchbook.bird_picture("Harbour Surfwing", index=18, px=128).image
# `recipe` makes layers of Keras; `views` changes a batch with them, here once
recolour = augmentation.recipe(hue=0.25, seed=5)
gulls = np.stack([gull, other, augmentation.views(recolour, gull[None], 1)[0, 0]])
plots.image_grid(gulls, titles=["A", "B", "C"])

# %% [markdown]
# A is a Bellbuoy, B a Harbour Surfwing, and C is A with its hues turned a little, as many recipes do. Only the dark
# end of its tail still gives it away. Training would show it with the label "Bellbuoy", to a network that is to learn
# that yellow bills are Harbours.
#
# **When you have done this lesson you will be able to**
#
# - choose changes that leave the label true, and say what the others cost;
# - put them where they work in training alone, and prove it;
# - find three mistakes that were published, and say how far off their reports are.
#
# **You need** lesson 05. **Time**: about 45 minutes.
#
# ## Is it still the same bird?
#
# **Augmentation** is to train on changed pictures. Each row is one change by itself, with its *amount*, what Keras
# calls its factor. **Predict**, before you look closely: in which rows does the *bill* no longer tell which gull it
# is?

# %% within=0.05
plots.variations(augmentation.gallery(gull), gull)

# %% [markdown]
# In `hue`, in `saturation` where it turns grey, and wherever the bill is cropped away. (*Hue*: which colour, from red
# to violet. Black, white and grey have none.) What moves in at an edge is a mirror image.
#
# Turn the knobs: from which amount on would *you* give up?

# %% within=0.05
from course_utils.widgets import Slider, explore


def turned(change, amount, luck):
    several = augmentation.gallery(gull, {change: amount}, n=6, seed=luck)
    return plots.variations(several, gull)


knobs = [name for name in augmentation.EXAMPLES if name != "flip"]
explore(turned, change=knobs, amount=Slider(0.05, 0.5, 0.25), luck=Slider(0, 30, 0))

# %% [markdown] question="6.1"
# ### Exercise 6.1 · True for whom?
#
# A change *preserves the label* if the answer to **your** question stays the same. Six questions, each with a change.
# Give `true_still`, a list of six, `True` or `False`: is the label still true of *every* changed picture?
#
# 1. Which species, by its bill? A Bellbuoy Surfwing, any hue.
# 2. Which species? A Bellbuoy Surfwing, redrawn in front of a forest.
# 3. Which letter, b or d? Left and right flipped.
# 4. Which way does the bird look, left or right? Left and right flipped.
# 5. How many birds are there at the feeder? Cropped.
# 6. Crow or swan? Any hue.

# %% answer="6.1"
# solution
true_still = [False, True, False, False, False, True]
# end

# %% [markdown] why="6.1"
# The same flip is harmless for a species and ruins *left or right*; the same hue takes the mark of the gulls and
# leaves crow and swan what they are: black stays black, and white stays white. So no recipe is right or wrong by
# itself. The question decides, and only somebody who knows it can say.

# %% check="6.1"
from course_utils.exercises import Mistake, Value


def but(*places):
    answer = [0, 1, 0, 0, 0, 1]
    return [1 - one if place in places else one for place, one in enumerate(answer)]


check = Value(
    but(),
    rtol=0,
    mistakes=[
        Mistake(
            but(0),
            "The first: look at C, at the top of the lesson. By its bill, what would you have called it?",
        ),
        Mistake(
            but(1),
            "The second: does the field guide tell a Bellbuoy by where it is? In a forest it is a surprise, not another species.",
        ),
        Mistake(
            but(2),
            "The third: write a b, and look at it in a mirror.",
        ),
        Mistake(
            but(3),
            "The fourth: the label says left, and in the mirror the bird looks the other way.",
        ),
        Mistake(
            but(2, 3),
            "Letters and directions: look at both in a mirror. Flips are harmless only where left and right don't matter.",
        ),
        Mistake(
            but(4),
            "The fifth: what if one of the birds sits at the edge?",
        ),
        Mistake(
            but(5),
            "The last: which hue has a crow, and which a swan?",
        ),
        Mistake(
            but(0, 1),
            "The first two are swapped: by what does the field guide tell a Bellbuoy, by its bill or by where it is?",
        ),
        Mistake(
            but(2, 3, 4, 5),
            "You took flips and crops for harmless, and hue for harmful, each by itself. Ask each *question* anew, of the changed picture.",
        ),
        Mistake(
            [1, 1, 0, 0, 0, 0],
            "Two are true, but are they those two? Their order is that of the questions.",
        ),
        Mistake(
            but()[::-1],
            "Two are true, but are they those two? The first in the list is question 1.",
        ),
        Mistake(
            [0, 1, 0, 0, 0.5, 1],
            "A label that is true only sometimes is not true of *every* changed picture.",
        ),
        Mistake(
            but(*range(6)),
            "All six are the other way round: True where the label is still true.",
        ),
        Mistake(
            [1] * 6,
            "Then any change would do. Go through them one by one: would *you* still give the same answer?",
        ),
        Mistake(
            [0] * 6,
            "Then augmentation would never be allowed. Where would you still give the same answer?",
        ),
    ],
    hints=[
        "Cover the old label. Look at the changed picture, and answer the question anew.",
        "“Every changed picture”: one unlucky crop is enough for a wrong label.",
    ],
)

# %% [markdown]
# Six truth values:

# %%
exercise("6.1").check(true_still)

# %% [markdown]
# ## What a lost mark costs
#
# Eighty training pictures of each gull, and as many to test (drawn, in either profile):

# %%
import tempfile

from course_utils.datasets import load_cub

workshop = tempfile.TemporaryDirectory()
names = ["Bellbuoy Surfwing", "Harbour Surfwing"]
folder = sketchbook.make_birds(
    workshop.name + "/gulls", species=names, per_species=160, train_per_species=80
)
pair = load_cub(folder)
shown, asked = (pair.rows(split) for split in ("train", "test"))
pictures, exam = (pair.images(rows.index, 96) for rows in (shown, asked))

# %% [markdown]
# A bill is a few pixels. The backbone's last features are means over the whole picture, where a few pixels hardly
# count. So we take an *early* layer, frozen, and of each channel the **largest** value (`GlobalMaxPooling2D`): is its
# mark anywhere in the picture? The change comes first.

# %%
import keras

from course_utils.backbones import load_backbone

network = load_backbone("mini_mobilenet_v2").get_layer("network")
early = keras.Model(network.input, network.get_layer("block_1_expand_relu").output)
early.trainable = False


def gull_model(*change):
    keras.utils.set_random_seed(course.seed)
    scale = keras.layers.Rescaling(1 / 127.5, offset=-1)  # to what it was trained on
    ends = keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(2, "softmax")
    model = keras.Sequential([keras.Input((96, 96, 3)), *change, scale, early, *ends])
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model


# %% [markdown]
# **Predict** both accuracies (guessing: a half). It takes a while.

# %% within=0.12 tags=["predict"]
any_hue = augmentation.recipe(hue=1.0)  # any hue may become any other
models = {"as they are": gull_model(), "any hue": gull_model(any_hue)}
for name, model in models.items():
    model.fit(pictures, shown["label"], epochs=20, batch_size=16, verbose=0)
    print(f"{name}: {model.evaluate(exam, asked['label'], verbose=0)[1]:.0%}")

# %% [markdown]
# The second hardly beats guessing: each hue had both names, and dark tails hardly helped. One training each is no
# proof. `data/augmentation.csv` has five seeds, each with pictures of its own
# (`python -m tools.measure.augmentation_table`): heads for the gulls, and for twenty species on the backbone's last
# layer; it was trained on the *seen* ones. *gentle* flips, shifts by whole pixels, brightens; *strong* turns, shears and
# zooms (Bhasin, 2017). What does each gain over pictures as they are?

# %% tags=["predict"]
import pandas as pd

from course_utils.comparison import gains
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "augmentation.csv")
home = measured.query("data_set in ['two gulls', 'seen', 'unseen']")
recipes = "gentle", "strong", "any hue"
plots.differences(gains(home, "data_set", *recipes, than="as they are"))

# %% [markdown]
# Any hue ruins the gulls; of the twenty, unseen species lose much, seen ones little. *gentle* and *strong* barely help
# the seen ones, and *strong*, which leaves hues alone, costs the unseen ones dearly. An average does not say who
# pays.
#
# Now what only a sketchbook can do: the *same* birds, drawn again in **any habitat**. Each label stays true.
# **Predict** what it gains on test birds at home, and in any habitat (*moved*).

# %% tags=["predict"]
both = measured[measured["data_set"].str.startswith("tw")]  # two gulls, twenty species
plots.differences(gains(both, "data_set", "any habitat", than="as they are"))

# %% [markdown]
# At home it *costs*: there the place is a clue (lesson 09), and this change says that it is none. When birds move, it
# pays for the twenty; for the gulls we see nothing. A change says **what must not matter**. Ask two questions: is the
# label still true? Will pictures like this come?

# %% [markdown]
# ## In training only
#
# An answer should not be random, so such layers know whether the model is in training. Proof: are the answers of
# `predict` the same, to the last bit, without the change? And with `training=True`?

# %%
bare = keras.Sequential(model.layers[1:])  # the last model, without its change
answers = model.predict(exam, verbose=0)
print("without the change:", np.array_equal(answers, bare.predict(exam, verbose=0)))
as_in_training = model(exam, training=True), bare(exam, training=True)
print("as in training:", np.array_equal(*as_in_training))

# %% [markdown]
# `predict`, `evaluate` and the validation in `fit` leave pictures alone.

# %% [markdown] question="6.2"
# ### Exercise 6.2 · A cache of changed pictures
#
# A friend wants vectors of changed pictures for her cache. She puts a layer before the backbone, sends **one** picture
# through it ten times, and keeps each vector that she doesn't have yet. How many has she, **at most**? Give
# `how_many`, a list of three numbers:
#
# 1. `RandomBrightness(0.3)`, `model.predict(picture)`
# 2. `RandomBrightness(0.3)`, `model(picture, training=True)`
# 3. `RandomFlip("horizontal")`, `model(picture, training=True)`

# %% answer="6.2"
# solution
how_many = [1, 10, 2]
# end

# %% [markdown] why="6.2"
# `predict` switches the change off, so it is the same vector ten times, and she never learns why augmentation "does
# nothing". With `training=True` each look draws a new brightness. A flip has only two outcomes, however often you draw.

# %% check="6.2"
from course_utils.exercises import Mistake, Value

check = Value(
    [1, 10, 2],
    rtol=0,
    mistakes=[
        Mistake(
            [10, 10, 2],
            "The first: what does `predict` do with a layer that is meant for training?",
        ),
        Mistake(
            [10, 10, 10],
            "How many different pictures can a flip make of one? And does `predict` change pictures at all?",
        ),
        Mistake(
            [1, 10, 10],
            "The third: ten draws, but how many different pictures can a flip make of one?",
        ),
        Mistake(
            [1, 10, 1],
            "The third: with `training=True` the layer is at work. Sometimes it flips, sometimes it doesn't.",
        ),
        Mistake(
            [1, 2, 2],
            "The second: a brightness is no coin. Each draw is another one.",
        ),
        Mistake(
            [0, 10, 2],
            "The first: the change is off, the backbone is not. It says something of the picture as it is.",
        ),
        Mistake(
            [1, 11, 3],
            "Ten looks give ten vectors at most; and one that is not flipped is the picture as it was, no third kind.",
        ),
        Mistake(
            [1, 1, 1],
            "`training=True` lets the change work. What can it make of one picture in ten draws?",
        ),
        Mistake(
            [0, 10, 1],
            "A vector of the picture as it is counts, too: she doesn't have it yet.",
        ),
        Mistake(
            [1, 11, 2],
            "The second: ten looks give ten vectors at most.",
        ),
        Mistake(
            [1, 9, 2],
            "The second: how likely is it that a brightness is drawn twice, or that none is added? At most, each look is new.",
        ),
        Mistake(
            [1, 10, 5],
            "The third: however many are flipped, all flipped ones are the same picture.",
        ),
        Mistake(
            [10, 1, 1],
            "`predict` and `training=True` are swapped: which of the two lets a change work?",
        ),
        Mistake(
            [1, 3, 2],
            "The second: 0.3 says how large a change may be, not how often there is one.",
        ),
        Mistake(
            [1, 153, 2],
            "The second: there are many brightnesses, but how many looks?",
        ),
        Mistake(
            [1, 10, 4],
            "The third: a *horizontal* flip knows two outcomes, not four.",
        ),
        Mistake(
            [1, 2, 10],
            "Are the second and the third swapped? A flip is a coin, a brightness is none.",
        ),
        Mistake(
            [2, 10, 1],
            "The first and the third are swapped: which of the two lets its change work?",
        ),
        Mistake(
            [10, 1, 2],
            "The first two are swapped: which of the two is how training asks?",
        ),
    ],
    hints=[
        "Look at the two lines above: which of them changed the answers?",
        "For each: is the change at work? Then, how many different pictures can it make?",
    ],
)

# %% [markdown]
# Three whole numbers:

# %%
exercise("6.2").check(how_many)

# %% [markdown]
# ## First mistake: a change that is kept
#
# TensorFlow's tutorial on segmentation read a picture, flipped it at random, then called `cache()`; readers reported
# it twice (TensorFlow, 2019, 2021). A post on pets did the same (Basic Transfer Learning, 2019). `cache()` keeps what
# the first epoch gave; only steps written after it run again. **Predict**: in ten epochs, how many versions of each of
# six pictures come out?

# %% tags=["predict"]
import tensorflow as tf

flip = keras.layers.RandomFlip("horizontal", seed=1)
six = tf.data.Dataset.from_tensor_slices(pictures[:6].astype("float32"))


def flipped(picture):
    return flip(picture, training=True)


for dataset in (six.map(flipped).cache(), six.cache().map(flipped)):
    epochs = [[p.tobytes() for p in dataset.as_numpy_iterator()] for _ in range(10)]
    # of each picture: how many versions differ
    print([len(set(versions)) for versions in zip(*epochs, strict=True)])

# %% [markdown]
# One each, if `cache` comes last: some birds stay flipped for ever, without a warning. What does that cost, and what
# would no flips at all? Five seeds:

# %%
whole = measured.query("data_set == 'twenty species'")
lost = gains(whole, "data_set", "flipped once", "never flipped", than="flipped afresh")
named = lost.set_axis(["kept flips", "no flips"])
plots.differences(named, "accuracy minus that with fresh flips")

# %% [markdown]
# Neither costs anything that we could see. So accuracy hides the mistake; counting versions finds it.

# %% [markdown] question="6.3"
# ### Exercise 6.3 · In order
#
# Write `pipeline`. It gets `names`, a `tf.data.Dataset` of file names; `read`, a slow function from a name to a
# picture; and `change`, a quick random one from picture to picture. Return a dataset of **batches of four** (they come
# out even), each picture once in an epoch, such that
#
# - each file is read once;
# - all pictures are mixed anew in each epoch, not only the batches;
# - each is changed once, and anew in each epoch.
#
# You need `.map(f)`, `.cache()`, `.batch(4)`, and `.shuffle(100)`: it mixes up to a hundred, anew in each epoch.


# %% answer="6.3"
def pipeline(names, read, change):
    # solution
    return names.map(read).cache().shuffle(100).map(change).batch(4)
    # end


# %% [markdown] why="6.3"
# What is slow and always the same comes before `cache()`; what is random comes behind it, the order of the pictures, too.
# `shuffle` before `cache()` would keep one order for ever, in the same quiet way.

# %% check="6.3"
from itertools import count, islice

import numpy as np
import tensorflow as tf

from course_utils.exercises import Case, Function, Mistake

EPOCHS = 3
ENDLESS = "an epoch that does not end with the last picture"


def ordered(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4)


def slow_and_random(reads, draws):
    """Return `read` and `change`, which count their calls; pictures are numbers, changes their fractions."""
    numbers = count(1)

    def counted(calls, value):
        calls.append(value)
        # `next` is safe where several threads call at once
        return np.float32(value + next(numbers) / 1000 if calls is draws else value)

    @tf.autograph.experimental.do_not_convert  # which would warn that it finds no source
    def read(name):
        number = tf.numpy_function(lambda v: counted(reads, v), [name], tf.float32)
        return tf.ensure_shape(number, ())[None, None, None] * tf.ones((2, 2, 3))

    @tf.autograph.experimental.do_not_convert
    def change(picture):
        if picture.shape.rank != 3:
            came = "a batch" if picture.shape.rank == 4 else "no picture"
            raise ValueError(f"`change` takes one picture, and {came} came")
        number = tf.numpy_function(
            lambda v: counted(draws, v), [picture[0, 0, 0]], tf.float32
        )
        return picture * 0 + tf.ensure_shape(number, ())

    return read, change


def order_of(epochs):
    """Say in which order files come: `epochs` has a list of batches, each a list of numbers, for each epoch."""
    orders = [tuple(sum(batches, [])) for batches in epochs]
    if len(set(orders)) == 1:
        is_files = list(orders[0]) == sorted(orders[0])
        return "the order of the files" if is_files else "one order in all epochs"
    together = {frozenset(map(frozenset, batches)) for batches in epochs}
    if len(together) == 1 and len(epochs[0]) > 1:
        return "the same fours, in a new order"
    return "a new order in each epoch"


def found(pipeline, n):
    """Say what a pipeline of `n` files does in three epochs."""
    reads, draws = [], []
    dataset = pipeline(tf.data.Dataset.range(1, n + 1), *slow_and_random(reads, draws))
    if dataset is None:
        return None
    if not isinstance(dataset, tf.data.Dataset):
        return "no dataset"
    # never wait for the end of an epoch: there may be none
    epochs = [list(islice(dataset.as_numpy_iterator(), n + 1)) for _ in range(EPOCHS)]
    shapes = {np.shape(batch)[1:] for epoch in epochs for batch in epoch}
    if shapes - {(2, 2, 3)}:
        return f"batches of what has the shape {min(shapes, key=len)}, not of pictures"
    if any(sum(map(len, epoch)) > n for epoch in epochs):
        return ENDLESS
    values = [[batch[:, 0, 0, 0] for batch in epoch] for epoch in epochs]
    versions = {float(v) for epoch in values for batch in epoch for v in batch}
    changed = "" if any(v % 1 for v in versions) else ", none of them changed"
    files = [[np.floor(b).astype(int).tolist() for b in epoch] for epoch in values]
    return [
        f"{len(reads)} files read",
        order_of(files),
        f"{len(versions)} different pictures{changed}",
        f"{len(draws)} changes",
        f"batches of {len(epochs[0][0]) if epochs[0] else 0}",
    ]


check = Function(
    cases=[
        Case(
            (n,),
            [
                f"{n} files read",
                "a new order in each epoch",
                f"{EPOCHS * n} different pictures",
                f"{EPOCHS * n} changes",
                "batches of 4",
            ],
            f"{n} files, three epochs",
        )
        for n in (20, 24)
    ],
    probe=found,
    mistakes=[
        Mistake(
            lambda names, read, change: (
                names.map(read).map(change).cache().shuffle(100).batch(4)
            ),
            "That is the tutorial's order: each picture is changed once, and kept.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).map(change).shuffle(100).batch(4)
            ),
            "Each file is read again in each epoch: `cache()` is missing, or keeps names, not pictures. It belongs behind `read`.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).shuffle(100).cache().map(change).batch(4)
            ),
            "Pictures are changed anew, but all epochs have one *order*. Is it kept by `cache()`, or told not to change?",
        ),
        Mistake(
            lambda names, read, change: names.map(read).cache().map(change).batch(4),
            "Nothing is shuffled.",
        ),
        Mistake(
            lambda names, read, change: names.map(read).cache().shuffle(100).batch(4),
            "Nothing is changed.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).cache().shuffle(100).map(change)
            ),
            "Single pictures come out. Batches of four were asked for.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).cache().shuffle(100).map(change).batch(4).batch(4)
            ),
            "Batches of batches come out. Once `.batch(4)` is enough.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).map(change).shuffle(100).batch(4).cache()
            ),
            "All is kept: one change of each picture, in one order, for ever.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).map(change).cache().shuffle(100).map(change).batch(4)
            ),
            "Each picture is changed twice: once for ever, and once more in each epoch.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read)
                .cache()
                .batch(4)
                .shuffle(100)
                .unbatch()
                .map(change)
                .batch(4)
            ),
            "Batches come in a new order, but the same four pictures always come together.",
        ),
        Mistake(
            lambda names, read, change: (
                names.map(read).cache().repeat().shuffle(100).map(change).batch(4)
            ),
            "An epoch does not end where the pictures do: they come again in it. `fit` begins each epoch by itself.",
        ),
    ],
    hints=[
        "Which of the four steps must give something new in each epoch? They come behind `cache()`.",
        "Read, keep, then all that is random, and the batches last.",
    ],
)

# %% [markdown]
# The check counts files that are read, and pictures that differ:

# %%
exercise("6.3").check(pipeline)

# %% [markdown]
# ## Second mistake: twins
#
# Augmentation *offline*: make four changed copies of each picture, then train with all of them. With a frozen backbone
# that is sensible: copies pass through it once. Our birds, with their copies (it takes a while):

# %%
birds = load_cub(course.birds_folder())
train, test = (
    birds.where(birds.table["split"] == split) for split in ("train", "test")
)
backbone = load_backbone(course.backbone)
gentle = augmentation.recipe("gentle", seed=0)


def look(pictures):
    return backbone.predict(pictures, verbose=0)


as_they_are = train.images(range(len(train)), course.image_size)
# four times one view of all: four at once would take four times the memory
copies = [look(augmentation.views(gentle, as_they_are, 1)[0]) for _ in range(4)]
vectors = np.concatenate([look(as_they_are), *copies])  # first the pictures themselves
label = np.tile(train.table["label"], 5)
source = np.tile(np.arange(len(train)), 5)  # which picture a row was made from

# %% [markdown]
# Many scripts mix all rows, then hold back a fifth for validation. **Predict** what they report, and how good the same
# head is on test pictures.

# %% within=0.08 tags=["predict"]
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

threadpool_limits(1)  # quickest for so small a problem
others = look(test.images(range(len(test)), course.image_size))


def judge(learn, held):
    head = LogisticRegression(max_iter=1000).fit(vectors[learn], label[learn])
    print(f"reported {head.score(vectors[held], label[held]):.0%}")
    print(f"on test pictures {head.score(others, test.table['label']):.0%}")


mixed = np.random.default_rng(0).permutation(len(vectors))
judge(mixed[len(mixed) // 5 :], mixed[: len(mixed) // 5])

# %% [markdown]
# Nearly every held-out row has a twin among those that were learnt, so validation asks what was learnt by heart. A
# recogniser of fonts did so (Font Recognition, 2020). Slices of *one* patient's brain are
# twins, too: in four data sets they added 29 to 55 points (Yagis and others, 2021).

# %% [markdown] question="6.4"
# ### Exercise 6.4 · Split first
#
# Write `split`. It gets two arrays: `source` says of each row which picture (0, 1, 2 …) it was made from, and `is_copy`
# is `True` for rows that were changed. Every fifth *picture*, number 0, 5, 10 …, is for validation, by its unchanged row
# alone. Return two arrays of row numbers: those to learn from, every row of all other pictures, and those for validation.
# The rows that you get stand in any order; so may yours. (`np.flatnonzero(mask)` gives the numbers of rows where it is
# true; `~mask` is its opposite, `one & other` both.)


# %% answer="6.4"
def split(source, is_copy):
    # solution
    held = source % 5 == 0
    return np.flatnonzero(~held), np.flatnonzero(held & ~is_copy)
    # end


# %% [markdown] why="6.4"
# What is split are pictures, not rows; copies go where their picture goes. Copies of held-out pictures are in neither
# part: learnt from, they would be twins; asked, they would be another exam than the one that comes.

# %% check="6.4"
import numpy as np

from course_utils.exercises import Function, Mistake


def parts(source, is_copy):
    held = source % 5 == 0
    return np.flatnonzero(~held), np.flatnonzero(held & ~is_copy)


def sets(split, source, is_copy):
    """The order inside a part is free."""
    both = split(source, is_copy)
    if not isinstance(both, (tuple, list)) or len(both) != 2:
        return both
    if any(np.ndim(part) != 1 for part in both):
        return both
    if any(np.asarray(part).dtype == bool for part in both):
        return "True and False, not numbers of rows"
    return [np.sort(part) for part in both]


def rows(random, pictures, copies):
    source = np.repeat(np.arange(pictures), copies + 1)
    is_copy = np.tile(np.arange(copies + 1) > 0, pictures)
    order = random.permutation(len(source))
    return source[order], is_copy[order]


def leaks(split):
    source, is_copy = rows(np.random.default_rng(0), 12, 2)
    learn, held = (np.asarray(part, int) for part in split(source, is_copy))
    return bool(np.intersect1d(source[learn], source[held]).size)


check = Function(
    reference=parts,
    draw={
        "": lambda random: rows(
            random, int(random.integers(2, 30)), int(random.integers(1, 4))
        ),
        "no copies": lambda random: rows(random, int(random.integers(6, 20)), 0),
        "many copies": lambda random: rows(random, int(random.integers(5, 11)), 9),
    },
    probe=sets,
    mistakes=[
        Mistake(
            lambda source, is_copy: (
                np.flatnonzero(source % 5 != 0),
                np.flatnonzero(source % 5 == 0),
            ),
            "No twins any more. But validation asks changed pictures, too: which rows show a bird as it is?",
        ),
        Mistake(
            lambda source, is_copy: (
                np.flatnonzero((source % 5 != 0) | is_copy),
                np.flatnonzero((source % 5 == 0) & ~is_copy),
            ),
            "Validation is right. But copies of its pictures are among those that are learnt: twins.",
        ),
        Mistake(
            lambda source, is_copy: (
                np.flatnonzero((source % 5 != 0) & ~is_copy),
                np.flatnonzero((source % 5 == 0) & ~is_copy),
            ),
            "No leak. But copies of pictures that may be learnt from are thrown away: what were they made for?",
        ),
        Mistake(
            lambda source, is_copy: (
                np.flatnonzero(np.arange(len(source)) % 5 != 0),
                np.flatnonzero(np.arange(len(source)) % 5 == 0),
            ),
            "That splits rows. Split pictures: a row's picture is its number in `source`.",
        ),
        Mistake(
            lambda source, is_copy: parts(source, is_copy)[::-1],
            "The two are swapped: first the rows to learn from.",
        ),
        Mistake(
            lambda source, is_copy: (source % 5 != 0, (source % 5 == 0) & ~is_copy),
            "Those are True and False for each row. `np.flatnonzero` makes row numbers of them.",
        ),
        Mistake(
            lambda source, is_copy: tuple(
                np.unique(source[part]) for part in parts(source, is_copy)
            ),
            "Those are numbers of pictures. Return numbers of rows: places in `source`.",
        ),
        Mistake(
            lambda source, is_copy: parts(source, is_copy)[0],
            "Only one part comes back. Return both.",
        ),
        Mistake(
            lambda source, is_copy: (
                np.where(source % 5 != 0),
                np.where((source % 5 == 0) & ~is_copy),
            ),
            "`np.where` gives a tuple with an array in it. Its `[0]` is the array, and `np.flatnonzero` gives it at once.",
        ),
        Mistake(
            lambda source, is_copy: (np.flatnonzero(is_copy), np.flatnonzero(~is_copy)),
            "Some picture is asked while another row of it is learnt: twins. Are yours numbers of *rows*, and split by picture?",
            when=leaks,
        ),
    ],
    hints=[
        "Make an array that says of each row whether its *picture* is held back.",
        "`source % 5 == 0` is that array. Of those rows, which are asked? Of all others, which are learnt?",
    ],
)

# %% [markdown]
# Check it:

# %%
exercise("6.4").check(split)

# %% [markdown]
# What does *your* split report? (Few pictures, much luck.)

# %% within=0.1 tags=["predict"]
rows = split(source, np.arange(len(source)) >= len(train))
judge(*rows) if rows is not None else "Exercise 6.4 is still open."

# %% [markdown]
# ## Third mistake: a changed exam
#
# The study behind *strong* changed its *validation* pictures at random, too (Bhasin, 2017). So did Keras'
# `ImageDataGenerator` with `validation_split` (Keras, 2019) and a course's notebook (Udacity, 2019). **Predict**: does
# such a validation promise too much or too little?
#
# Twins and changed exams, five seeds each: what is reported, minus what the same head does on test pictures.

# %% tags=["predict"]
off = gains(measured, "data_set", "reported", than="test")
plots.differences(off, "reported minus true accuracy")

# %% [markdown]
# Twins (*copies split*) promise too much, most where copies are most alike (*gentle*). A changed exam promises too
# little. *Split first*: no error to be seen. A promise that is too low looks harmless. Is it?

# %% [markdown] question="6.5"
# ### Exercise 6.5 · Which recipe?
#
# A colleague compares three recipes. For each she trains a head, and validates with pictures that are changed *by that
# same recipe*. The milder the recipe, the better its validation. She takes the mildest. What is wrong with that?
#
# - [ ] Nothing: all three were judged by the same pictures.
#   - By the same birds, but each recipe changed them in its own way. These are three exams.
# - [x] Each recipe sat another exam, the mildest the easiest.
#   - Validate all of them with the same unchanged pictures, like those that will come. Then compare.
# - [ ] She should have validated with training pictures.
#   - What was learnt from says nothing about other pictures, whatever the recipe.
# - [ ] Three recipes are too few to choose from.
#   - With ten she would make the same mistake ten times, and with more luck in it.

# %% answer="6.5"
# solution
wrong = "b"
# end

# %% check="6.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What does *the same* mean for pictures that a recipe has changed?",
        "Imagine that all three heads are equally good. Whose validation would look best?",
    ]
)

# %% [markdown]
# A letter:

# %%
exercise("6.5").check(wrong)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="6.a"
# Your model begins with `RandomFlip`. You call `model.predict` twice on the same photo. What do you get?
#
# - [x] The same answer twice.
#   - Random layers work in `fit`, and let pictures through everywhere else.
# - [ ] Two answers that differ a little.
#   - That is how it would be with `training=True`. `predict` switches random layers off.
# - [ ] The mean over both flips.
#   - A layer does not average by itself. You can do that (deepening 06x).

# %% [markdown] quiz="6.b"
# Each of eighty validation pictures is there in five changed versions. All 400 answers go into the interval. What is
# wrong with it?
#
# - [ ] It is too wide, as five versions are harder than one.
#   - Its width comes from how many answers there are, and it thinks that there are 400 of their own.
# - [ ] Nothing, four hundred answers are four hundred answers.
#   - Five versions of one bird are right or wrong together. They are not independent.
# - [x] It is too narrow: there are only eighty birds.
#   - Luck lies in *which* birds were drawn. More versions of them do not make more birds.

# %% [markdown] quiz="6.c"
# A recipe helps on average over twenty species. What else do you look at before you keep it?
#
# - [x] Whether look-alikes still get their own names.
#   - An average hides a pair that lost the mark by which it is told apart.
# - [ ] Whether its pictures still look natural to you.
#   - Some useful ones do not. What counts is whether the answer to your question stays the same.
# - [ ] Whether training accuracy has gone up as well.
#   - It usually falls, as there is more to learn by heart. That is no bad sign.

# %% [markdown]
# ## What you saw
#
# - A change is right if it **preserves the label**, and that depends on the question.
# - As **layers in the model**, changes work in training alone. What is random comes behind `cache()`.
# - Split **pictures** first, then change those that are learnt from. Validate with pictures as they will come.
#
# **Where it goes wrong in practice.** Layers that change values have a *range*: with pixels from 0 to 1 and no
# `value_range=(0, 1)`, `RandomBrightness` makes a picture white or black. So draw a gallery of what the network gets.
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0). Photos: C. Wah and others, "The Caltech-UCSD
#   Birds-200-2011 Dataset", 2011.
# - Kept: TensorFlow, github.com/tensorflow/docs/pull/1097, 2019; github.com/tensorflow/tensorflow/issues/47755, 2021.
#   "Basic Transfer Learning", a post of 10 December 2019.
# - Twins: Font Recognition, github.com/robinreni96/Font_Recognition-DeepFont/issues/2, 2020. E. Yagis and others, "Effect
#   of data leakage in brain MRI classification using 2D convolutional neural networks", Scientific Reports 11, 2021.
# - Changed validation: H. Bhasin, "Image Recognition with Deep Learning", github.com/hbhasin, 2017. Keras,
#   github.com/keras-team/keras-preprocessing/issues/218, 2019. Udacity,
#   github.com/udacity/deep-learning-v2-pytorch/issues/132, 2019.
# - C. Shorten and T. M. Khoshgoftaar, "A survey on Image Data Augmentation for Deep Learning", Journal of Big Data 6,
#   2019.
