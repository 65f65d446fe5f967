# %% [markdown]
# # 07x · Rates, optimisers, and when it pays
#
# The study that this course began with fine-tuned each network with SGD, momentum 0.9 and a learning rate of 0.0001
# (Bhasin, 2017). Lesson 07 took Adam, and ten times that. **Would the study's numbers do for our birds, or are they wrong?** This
# notebook goes on where lesson 07 ends. No later lesson needs it.

# %% [markdown]
# What was measured, as a table for each question:

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import pandas as pd

from course_utils import plots
from course_utils.comparison import paired_interval
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "fine_tuning.csv")


def of(study, column="learnt"):
    """A row for each seed, a column for each way."""
    rows = measured[measured["study"] == study]
    return rows.pivot_table(column, "seed", "name", sort=False)


# %% [markdown]
# Two optimisers, some rates, all else as in lesson 07, and as many steps. How much do they gain over the frozen backbone, on test
# pictures of all twenty species? **Predict** what `SGD 0.0001`, the study's, gains.

# %% tags=["predict"]
frozen = of("arms")["frozen"]
optimisers = of("optimisers")
gains = {
    way: paired_interval(optimisers[way], frozen.loc[optimisers.index])
    for way in optimisers
}
plots.differences(pd.DataFrame(gains).T.sort_index(), "gain over the frozen backbone")

# %% [markdown]
# Keep this figure in mind: what decides here, the optimiser or its rate?
#
# **When you have done this lesson you will be able to**
#
# - say how far an optimiser can move a weight, and so which rates belong to it;
# - give each part of a network a rate of its own;
# - say with how many pictures fine-tuning pays, and how surely.
#
# **You need** lesson 07. **Time**: about 60 minutes.
#
# ## How far can a weight go?
#
# Adam divides each gradient by its own recent size. So a step is about as large as the rate, however small the gradient. SGD's step
# is rate times gradient.

# %% [markdown] question="7x.1"
# ### Exercise 7x.1 · As far as it goes
#
# A training as in lesson 07:
#
# - Adam; its rate begins at one thousandth (`1e-3`) and falls to zero along half a cosine, so its mean is half of that;
# - four hundred pictures, thirty-two in a step; the last step of an epoch has fewer;
# - fifteen epochs.
#
# **How far can a weight have moved at the end**, if each step is as large as the rate, and all go the same way? (One per cent more
# or less does not matter.)

# %% answer="7x.1"
# solution
farthest = 0.001 / 2 * 15 * 13
# end

# %% [markdown] why="7x.1"
# Four hundred pictures are thirteen batches, the last of them smaller: steps times the mean rate.

# %% check="7x.1"
from course_utils.exercises import Mistake, Value

check = Value(
    0.0975,
    rtol=0.015,
    mistakes=[
        Mistake(0.195, "That would be so if the rate did not fall. What is its mean?"),
        Mistake(
            0.0075,
            "That is one step for each epoch. How many batches are there in an epoch?",
        ),
        Mistake(
            0.09,
            "Twelve whole batches leave sixteen pictures over. They are a batch, too.",
        ),
        Mistake(
            0.001,
            "That is as far as the first step goes. How many steps are there?",
        ),
        Mistake(
            3.0,
            "That is a step for each picture. A step is made for each batch of thirty-two.",
        ),
        Mistake(
            0.0936,
            "The last batch of an epoch is smaller, but it makes a whole step, and the next epoch begins a new one.",
        ),
        Mistake(
            0.0065,
            "That is one epoch. How many are there?",
        ),
        Mistake(
            0.24,
            "An epoch has as many steps as there are batches, not as many as there are pictures in a batch.",
        ),
        Mistake(
            0.0005,
            "That is a single step, of the mean size. How many are there?",
        ),
        Mistake(
            195,
            "So many steps are there. How far do they lead together?",
        ),
        Mistake(
            97.5,
            "The digits are right. Is the first rate 0.001 or 1?",
        ),
        Mistake(
            9.75,
            "The digits are right. Is that in per cent? Give it as it is.",
        ),
        Mistake(
            97_500,
            "The digits are right. `1e-3` is one thousandth, `1e3` is one thousand.",
        ),
        Mistake(
            4.854,
            "`1e-3` is one thousandth; its `e` is not the number 2.718.",
        ),
        Mistake(
            0.006982,
            "Steps in directions at random would lead about that far. Here all go the same way.",
        ),
        Mistake(
            0.975,
            "Ten times too far: Adam's step is about as large as its rate, whatever momentum does to SGD.",
        ),
        Mistake(
            0.04875,
            "It is halved twice. The mean rate is half of the first one.",
        ),
        Mistake(
            0.1241,
            "Over a quarter of a cosine the mean would be 2 / π. From its top to its bottom, which is half a cosine, it is a half.",
        ),
        Mistake(
            0.015,
            "That is one step for each epoch, and as if the rate did not fall.",
        ),
        Mistake(
            0.0052,
            "Those are lesson 07's numbers for photos. Here there are fifteen epochs, and the first rate is `1e-3`.",
        ),
        Mistake(
            0.105,
            "A batch too many in each epoch: how often does 32 go into 400, and what is left over?",
        ),
        Mistake(
            -0.0975,
            "How far is a distance, whichever way: it is above zero.",
        ),
        Mistake(
            0.0,
            "Steps there and back would cancel. Here all go the same way.",
        ),
    ],
    hints=[
        "How many steps are there in an epoch, and in fifteen?",
        "A step is on average half as large as the first one.",
    ],
)

# %% [markdown]
# A number:

# %%
exercise("7x.1").check(farthest)

# %% [markdown]
# Is that far? Compare it with the weights themselves, and with SGD's steps. For those a gradient is needed, so a batch of birds:

# %%
import keras
import numpy as np
import tensorflow as tf

from course_utils import heads
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
backbone = load_backbone(course.backbone)
rows = birds.rows("train").sample(32, random_state=0)
batch = birds.images(rows.index, course.image_size).astype("float32")

# %% [markdown]
# The head first, as in lesson 07:

# %%
features = BottleneckCache(course.cache_folder()).extract(
    backbone, birds, progress=False
)
train = features.split("train")
keras.utils.set_random_seed(course.seed)
head = heads.linear_head(train.vectors.shape[1], len(birds.class_names))
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
head.compile(keras.optimizers.Adam(1e-3), loss)
history = head.fit(train.vectors, train.labels, batch_size=32, epochs=60, verbose=0)

# %% [markdown]
# Then everything but BatchNorm wakes up. A `GradientTape` records what is computed, and gives the gradients. Of all weights, and
# of all gradients, we take the median size:

# %% within=0.5
backbone.trainable = True
for one in backbone.get_layer("network").layers:
    one.trainable = not isinstance(one, keras.layers.BatchNormalization)
with tf.GradientTape() as tape:
    error = loss(rows["label"].to_numpy(), head(backbone(batch)))
gradients = tape.gradient(error, backbone.trainable_variables)


def usual(arrays):
    return np.median(np.concatenate([np.abs(np.ravel(a)) for a in arrays]))


print(f"usual weight: {usual(backbone.trainable_variables):.2g}")
print(f"usual step of Adam, rate 1e-4: {1e-4:.2g}")
print(f"usual step of SGD, rate 1e-4: {1e-4 * usual(gradients):.2g}")

# %% [markdown]
# Adam's step is as large as its rate, for nearly every weight; SGD's is as much smaller as a usual gradient is smaller than 1.
# Momentum makes it ten times as large at most (02x). So `1e-4` is usual for Adam and tiny for SGD: **a rate means nothing without
# its optimiser.** And what you found in 7x.1 is about as far as a usual weight is large: no wonder that features change.
#
# So are the study's numbers wrong? For our birds, yes. In so few steps its weights hardly move, and with a rate a hundred times as large
# SGD does get somewhere, as the first figure shows. With far more steps, on more pictures, they need not have been wrong. And what
# do the optimisers keep?

# %%
both = measured[measured["study"] == "optimisers"]
both.groupby("name")[["learnt", "unseen", "kept"]].mean().round(3)

# %% [markdown]
# SGD at `1e-2` learns a little less than Adam at `1e-3`, and keeps far more. Is it the better optimiser? A smaller rate would let
# Adam keep more, too (lesson 07). To compare fairly, choose a rate for each of them on held-back pictures.
#
# ## A sentence that is not true
#
# Many programs unfreeze everything, and *call* the backbone with `training=False` when the model is put together. Keras' own guide
# says why: "This means that the batch normalization layers inside won't update their batch statistics." (Chollet, 2020)
#
# Test it: compare the means that BatchNorm has noted, before and after one batch, without any training. And compare with
# what lesson 07 did, `trainable = False` on each BatchNorm layer. **Predict**: how many of the noted means move, each way?


# %% within=0.2 tags=["predict"]
def norms(backbone):
    layers = backbone.get_layer("network").layers
    return [one for one in layers if isinstance(one, keras.layers.BatchNormalization)]


def noted_means(backbone):
    return np.concatenate([one.moving_mean for one in norms(backbone)])


copy = load_backbone(course.backbone)
copy.trainable = True
pixels = keras.Input(backbone.input_shape[1:])
guide = keras.Model(pixels, copy(pixels, training=False))
for way in ("called with training=False", "each BatchNorm frozen"):
    noted = noted_means(copy)
    guide(batch, training=True)  # as `fit` calls it
    print(f"{way}: {(noted_means(copy) != noted).mean():.0%} of the noted means moved")
    for one in norms(copy):
        one.trainable = False

# %% [markdown]
# The sentence does not hold, at least in the Keras 3 that this course installs: the outer call, with `training=True`, wins.
# `trainable = False` on each BatchNorm layer does hold. So test what you rely on, also if a guide says it.

# %% [markdown]
# ## A rate for each part
#
# The first layers know edges, which birds have, too; the last ones know species. So let the first ones move less (*discriminative*
# rates) (Howard and Ruder, 2018). With two optimisers that is a few lines:


# %%
def step(pictures, labels, slow, fast):
    with tf.GradientTape() as tape:
        error = loss(labels, head(backbone(pictures)))
    body, top = backbone.trainable_variables, head.trainable_variables
    of_body, of_top = tape.gradient(error, [body, top])
    slow.apply(of_body, body)  # an optimiser's step: these gradients, these weights
    fast.apply(of_top, top)


# %% [markdown]
# One step, to see that each keeps to its rate:

# %% within=0.5
# made once, before all steps: each remembers the gradients that it has seen
slow, fast = keras.optimizers.Adam(1e-4), keras.optimizers.Adam(1e-3)
parts = {"backbone": backbone, "head": head}
before = {name: part.get_weights() for name, part in parts.items()}
step(batch, rows["label"].to_numpy(), slow, fast)
for name, part in parts.items():
    pairs = zip(part.get_weights(), before[name], strict=True)
    most = max(np.abs(new - old).max() for new, old in pairs)
    print(f"{name}: no weight has moved by more than {most:.2g}")

# %% [markdown] question="7x.2"
# ### Exercise 7x.2 · Slower and slower
#
# Two parts may be too few. Write `rates_by_depth`. It gets the names of the blocks, a list from the first to the last, a rate `top`
# and a `factor` above 1. The last block's rate is `top`; each other block's rate is that of the next one, divided by `factor`.
# Return a dict of rates by name.


# %% answer="7x.2"
def rates_by_depth(blocks, top, factor):
    # solution
    last = len(blocks) - 1
    return {name: top / factor ** (last - i) for i, name in enumerate(blocks)}
    # end


# %% [markdown] why="7x.2"
# Each step towards the input divides once more: the last block by `factor` to the power of 0, the first by that of how many there are, less one.

# %% check="7x.2"
from course_utils.exercises import Function, Mistake


def by_depth(blocks, top, factor):
    last = len(blocks) - 1
    return {name: top / factor ** (last - i) for i, name in enumerate(blocks)}


def drawn(random):
    n = int(random.integers(1, 7))
    names = [f"block_{i}" for i in random.choice(20, n, replace=False)]
    return (
        names,
        float(random.choice([1e-3, 1e-2, 3e-4])),
        [2, 2.6, 10][int(random.integers(3))],  # whole ones stay whole
    )


check = Function(
    reference=by_depth,
    draw=drawn,
    atol=0,
    mistakes=[
        Mistake(
            lambda blocks, top, factor: {
                name: top / factor**i for i, name in enumerate(blocks)
            },
            "It is the first block that gets `top` and the last one that gets least. Turn it round.",
        ),
        Mistake(
            lambda blocks, top, factor: {
                name: top / factor ** (len(blocks) - i) for i, name in enumerate(blocks)
            },
            "The last block should get `top` itself. Yours is divided once too often.",
        ),
        Mistake(
            lambda blocks, top, factor: {
                name: top * factor ** (len(blocks) - 1 - i)
                for i, name in enumerate(blocks)
            },
            "Towards the input the rates grow. They should get smaller.",
        ),
        Mistake(
            lambda blocks, top, factor: {
                name: top / max(1, factor * (len(blocks) - 1 - i))
                for i, name in enumerate(blocks)
            },
            "Each block divides once more: `factor`, then its square. You multiply `factor` by the distance.",
        ),
        Mistake(
            lambda blocks, top, factor: list(by_depth(blocks, top, factor).values()),
            "The rates are right. Return them by name, in a dict.",
        ),
    ],
    hints=[
        "Write down the rates of three blocks, from the last to the first.",
        "How many steps is block number `i` away from the last one? That is the power of `factor`.",
    ],
)

# %% [markdown]
# The function itself:

# %%
exercise("7x.2").check(rates_by_depth)

# %% [markdown]
# The factor that was proposed, for networks of a few layers, is 2.6 (Howard and Ruder, 2018). Give it to the sixteen blocks of ours.
# **Predict**: how far may a weight of the first block move in a training as that of 7x.1? (Until 7x.2 is right, all have one rate.)

# %% tags=["predict"]
blocks = [f"block_{i}" for i in range(1, 17)]
rates = rates_by_depth(blocks, 1e-3, 2.6) or dict.fromkeys(blocks, 1e-3)
steps = 15 * 13
for name in (blocks[0], blocks[7], blocks[-1]):
    print(f"{name}: rate {rates[name]:.1g}, at most {rates[name] / 2 * steps:.1g}")

# %% [markdown]
# Compare that with a usual weight: with such a factor the first block is as good as frozen. And for our birds the first blocks
# add much, as lesson 07 showed. A factor belongs to a number of blocks, as a rate belongs to an optimiser.
#
# Does a smaller rate below pay here? Three rates for the whole backbone; the head, trained before, keeps its `1e-3`:

# %%
two = measured[measured["study"] == "two rates"]
two.groupby("rate")[["learnt", "unseen", "kept"]].mean().round(3)

# %% [markdown]
# The smaller the backbone's rate, the less it learns, and the more it keeps. That is what a smaller rate for all did in lesson 07:
# here, a rate for each part is one more way to say how far the backbone may go.
#
# ## What validation asked for
#
# In lesson 07 held-back birds asked, by little, for a rate of 0.003. It kept less of the source classes, so the lesson stayed with
# 0.001. Here is the larger one, on all training pictures, five seeds. What do both gain over the frozen backbone?

# %%
larger = measured[measured["study"] == "larger rate"].set_index("seed")
arms = measured[measured["study"] == "arms"].set_index("seed")
smaller, untrained = (arms[arms["name"] == way] for way in ("two stages", "frozen"))

gains = {}
for column in ("learnt", "unseen", "kept"):
    for rate, rows in {"0.001": smaller, "0.003": larger}.items():
        gain = paired_interval(rows[column], untrained[column])
        gains[f"{column}, {rate}"] = gain
plots.differences(pd.DataFrame(gains).T, "gain over the frozen backbone")

# %% [markdown]
# Validation was right about birds, and it could not see the price. But lesson 07 has a cure for that: half of the way back to the old
# weights. **Predict**: 0.003 *and* half way back, against 0.001 as it ends. Which has learnt more, which has kept more?

# %% tags=["predict"]
gains = {
    column: paired_interval(larger[f"half_{column}"], smaller[column])
    for column in ("learnt", "unseen", "kept")
}
plots.differences(pd.DataFrame(gains).T, "0.003, half way back, minus 0.001")

# %% [markdown]
# As much is learnt, as far as five seeds can tell, and more is kept: to go far and come half of the way back was better here than to
# go less far.
#
# ## Is the fresh head only too fast?
#
# A sceptic says: in lesson 07 the fresh head forgot more because its rate had been chosen for a trained one. So choose for both, with
# held-back pictures, three seeds. Which rate would each of them get, and what would it keep?

# %%
tried = measured[measured["study"].isin(["rates", "fresh rates"])]
tried = tried[(tried["seed"] < 3) & tried["rate"].isin([1e-4, 1e-3, 1e-2])]
tried.pivot_table("validation", "rate", "head").round(3)

# %% [markdown]
# Choose a rate in each column, then look what it keeps:

# %%
tried.pivot_table("kept", "rate", "head").round(3)

# %% [markdown]
# Both get the same rate, and there the fresh head keeps less. A smaller rate does not save it: it still keeps less than a trained
# head with that rate, and the birds are learnt worst of all. While the head knows nothing, the backbone moves for nothing,
# slowly, too. What helps is a larger rate for the head alone, as the last figure of lesson 07 shows, or a stage of its own.
#
# ## When does it pay?
#
# The gain over a frozen backbone with the same pictures, for two to twenty pictures of each species, five draws. **Predict**:
# from how many on does the interval lie above zero?

# %% tags=["predict"]
gains = {}
for group in ("seen", "unseen"):
    sizes = of("pictures", group)
    for n in (2, 5, 10, 20):
        tuned, alone = sizes[f"{n}, fine-tuned"], sizes[f"{n}, frozen"]
        gains[f"{group}: {n} of each"] = paired_interval(tuned, alone)
plots.differences(pd.DataFrame(gains).T, "gain over the frozen backbone")

# %% [markdown]
# Unseen species gain for sure from five pictures of each on. Seen ones need twenty, and with two of each they lose: two pictures
# teach less than the backbone knew of them. Where an interval reaches across zero, fine-tuning need not be of no use: these draws
# cannot tell. Ask your own birds: take the lesson's cells, hold a fifth of the training pictures back, and compare frozen and
# fine-tuned on those.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="7x.a"
# A paper fine-tunes with SGD, rate 0.01. You use Adam. Which rate do you try first?
#
# - [ ] 0.01, since the paper has shown that it works for this network.
#   - For SGD. With Adam each step would move nearly every weight by 0.01, which is as much as many of them are.
# - [ ] 0.1, because Adam is the more careful of the two.
#   - Its steps are as large as its rate, however small the gradient. That is not careful.
# - [x] A tenth of it or less, and its neighbours.
#   - Rates of different optimisers do not compare. So take a guess, and held-back pictures for a small sweep round it.

# %% [markdown] quiz="7x.b"
# Under Keras 3 you have to be sure that BatchNorm takes no notes while a backbone is fine-tuned. What do you do?
#
# - [ ] Call the backbone with `training=False` when the model is put together.
#   - The call from outside wins: you have seen the means move.
# - [x] Set `trainable = False` on each BatchNorm layer and compare its notes.
#   - The first stops it; the second, before and after an epoch, would tell you if it did not.
# - [ ] Use a batch of one picture, so that there is no mean to note.
#   - A picture has many places, so there is one, and it is a worse one.

# %% [markdown] quiz="7x.c"
# With two pictures of each, the interval of the gain on unseen species reaches across zero. What do you know?
#
# - [ ] Fine-tuning does not help with so few pictures.
#   - It may help or harm. The interval has room for both.
# - [x] These trainings cannot tell whether it helps.
#   - More draws would make the interval narrower. And if both ends lie near zero, it does not matter.
# - [ ] The trainings went wrong, since with more pictures it helps.
#   - Few pictures and much luck are reason enough for a wide interval.

# %% [markdown]
# ## What you saw
#
# - A **rate** means nothing without its **optimiser**: Adam's step is as large as its rate, SGD's also asks for the gradient.
# - `training=False` does not keep BatchNorm still under Keras 3; `trainable = False` does.
# - Two optimisers give two parts of a network **rates of their own**.
# - A larger rate, then **half of the way back**, keeps more than a smaller one, and has learnt as much.
# - When fine-tuning pays is a question of **how many pictures** there are, and of what the backbone has seen. An interval answers it.
#
# **Where it goes wrong in practice.** A rate is copied from a paper, its optimiser is not. Something is called better that was tuned,
# with something that was not. And a gain is reported for one draw of two pictures each.
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0).
# - H. Bhasin, "Image Recognition with Deep Learning", 2017.
# - J. Howard and S. Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018.
# - F. Chollet, "Transfer learning & fine-tuning", Keras developer guides, 2020.
