# %% [markdown]
# # 07 · Fine-tuning without forgetting
#
# So far only a head has learnt. The backbone, which does most of the work, was left as it came. Let it learn, too, and
# within a minute it names more birds right. It has become a specialist. **But what has it forgotten meanwhile, and
# would you notice?**

# %% [markdown]
# Six things that the backbone learnt before it came to you, and what its own last layer calls them:

# %% within=0.1
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import numpy as np

from course_utils import plots
from course_utils.backbones import load_backbone, load_classifier, source_pictures

old = load_classifier(course.backbone)  # the whole network, with its own last layer
# pictures, and their names; of photos, what the untouched network calls them
things, truth = source_pictures(course, per_class=3)
six = np.arange(0, len(things), len(things) // 6)[:6]  # evenly spread
said = old.decode(old.model.predict(things[six], verbose=0), top=1)
words = [f"“{row.class_name}”, {row.probability:.0%} sure" for row in said.itertuples()]
plots.image_grid(things[six], words, columns=3)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - train a backbone in two stages, and say what each is for;
# - measure what it has forgotten, and get most of it back;
# - choose a learning rate without the test pictures.
#
# **You need** lessons 05 and 06. **Time**: about 45 minutes.
#
# ## Stage one: the head
#
# As in lesson 00: vectors of the frozen backbone from the cache, and a head that learns from them.

# %%
import keras

from course_utils import heads
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
backbone = load_backbone(course.backbone)
start = backbone.get_weights()  # a copy, for later
features = BottleneckCache(course.cache_folder()).extract(
    backbone, birds, progress=False
)
train, test = features.split("train"), features.split("test")
n_species = len(birds.class_names)

# %% [markdown]
# The head:

# %%
keras.utils.set_random_seed(course.seed)
head = heads.linear_head(train.vectors.shape[1], n_species)  # one `Dense`, all zeros
loss = keras.losses.CategoricalCrossentropy(from_logits=True)
head.compile(keras.optimizers.Adam(1e-3), loss)
targets = keras.utils.to_categorical(train.labels, n_species)  # rows of 0s and a 1
history = head.fit(train.vectors, targets, batch_size=32, epochs=60, verbose=0)

# %% [markdown]
# Its exam: *seen* species, which the backbone was trained on, and *unseen* ones, the result that counts.

# %% within=0.05
import pandas as pd

# photos, without a column `known`, all count as unseen
groups = np.where(test.table.get("known", test.labels < 0), "seen", "unseen")


def exam(scores):
    return pd.Series(scores.argmax(axis=1) == test.labels).groupby(groups).mean()


exams = pd.DataFrame({"frozen": exam(head.predict(test.vectors, verbose=0))})
exams.round(3)

# %% [markdown]
# ## Stage two: everything
#
# Now the backbone learns as well: **fine-tuning**. It has to be *unfrozen*, which in Keras is `trainable`. All layers
# wake up, except those of BatchNorm (lesson 03); you will see why.

# %%
backbone.trainable = True  # it, and all layers inside
for one in backbone.get_layer("network").layers:  # the model inside has the layers
    one.trainable = not isinstance(one, keras.layers.BatchNormalization)

# %% [markdown]
# Once the backbone changes, stored vectors are out of date. So pictures go in, a little changed each time (lesson 06). The
# rate falls to zero along a *cosine*, so that the last steps are small. With *label smoothing* a right answer
# need not become ever surer.

# %%
from course_utils.augmentation import recipe

shape = backbone.input_shape[1:]
model = keras.Sequential([keras.Input(shape), recipe("gentle"), backbone, head])

# photos: a larger network, which takes longer, so fewer and smaller steps
epochs, rate = (15, 1e-3) if course.profile == "sketch" else (4, 2e-4)
decay = keras.optimizers.schedules.CosineDecay(rate, epochs * np.ceil(len(train) / 32))
smooth = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
model.compile(keras.optimizers.Adam(decay), smooth)  # after `trainable`

# %% [markdown]
# **Predict.** How many points will it gain, for seen and for unseen species?


# %% within=0.06 tags=["predict"]
# rows in the order of `targets`
shown = birds.images(birds.rows("train").index, course.image_size)
asked = birds.images(birds.rows("test").index, course.image_size)
model.fit(shown, targets, batch_size=32, epochs=epochs, verbose=0)
exams["fine-tuned"] = exam(model.predict(asked, verbose=0))
exams.round(3)

# %% [markdown]
# The unseen species gain most: about them the backbone had the most to learn. Changed pictures alone gain little: *head*, below. (Photos gain less: ImageNet knows
# many birds.)
#
# ## What has it forgotten?
#
# A colleague asks `old.model` about all `things` again, and finds every answer as it was. "Nothing forgotten."

# %% [markdown] question="7.1"
# ### Exercise 7.1 · Nothing forgotten?
#
# Why does your colleague see no loss?
#
# - [ ] What is learnt about birds is stored in other weights than what was known about things.
#   - All weights learnt, apart from those of BatchNorm, and each of them takes part in every answer.
# - [ ] The pictures of `things` are those that it was first trained on.
#   - They are new pictures of the same classes. And old ones could be forgotten just as well.
# - [x] `old` has weights of its own, and nothing has trained them.
#   - `load_classifier` and `load_backbone` each made a network. Only the second one learnt. To ask the changed backbone, its vectors have to go through the old last layer.
# - [ ] With so small a learning rate hardly any weight has moved.
#   - Then the birds could not have gained either. That they did shows that the answers have changed.

# %% answer="7.1"
# solution
no_loss = "c"
# end

# %% check="7.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Where did `old` come from, and where `backbone`? Which of them was part of `model`?",
        "Would your colleague's answers be others if `backbone` had been filled with random weights?",
    ]
)

# %% [markdown]
# A letter in quotes:

# %%
exercise("7.1").check(no_loss)

# %% [markdown]
# The classifier that the backbone came with is the backbone and one more layer, `top`. So put that layer back, on the
# backbone as it is *now*.

# %% within=0.1 tags=["predict"]
# vectors in, a probability for each class out
top = old.model.get_layer("network").layers[-1]


def ask(backbone):
    # a layer, called like a function; `.numpy()` makes an array of its answer
    probabilities = top(backbone.predict(things, verbose=0)).numpy()
    return probabilities, np.array(old.class_names)[probabilities.argmax(axis=1)]


was = old.model.predict(things, verbose=0).argmax(axis=1)
before = (np.array(old.class_names)[was] == truth).mean()
probabilities, answers = ask(backbone)
print(f"source classes: {before:.1%} before, {(answers == truth).mean():.1%} now")

# %% [markdown]
# Nobody has told it to forget a thing. And your six?

# %% within=0.3 tags=["predict"]
words = [f"“{answers[i]}”, {probabilities[i].max():.0%} sure" for i in six]
plots.image_grid(things[six], words, columns=3)

# %% [markdown]
# Where the name is still right, it is far less sure. This is **forgetting** (*catastrophic*, where nearly all is lost)
# (McCloskey and Cohen, 1989). An exam on birds cannot see it. Whether it matters depends on what else the backbone is
# for: other heads on it, say.
#
# ## Four ways, five times
#
# One training is an anecdote. `data/fine_tuning.csv` has four ways to use this backbone for twenty species, and
# a control, each with five seeds, and for each seed other pictures:
#
# - **frozen**: only the head learns;
# - **all at once**: a fresh head with random weights, and everything awake from the first step, BatchNorm, too: what
#   you get from `trainable = True` and nothing else;
# - **two stages**: what you did;
# - **two stages, BatchNorm awake**: the same without the exception;
# - **all at once, BatchNorm frozen**: the control.
#
# *Learnt* is the accuracy on test pictures of the birds, *kept* that of the old `top` on source classes. **Predict** where
# the ways will lie: upwards more is learnt, to the right more is kept.

# %% tags=["predict"]
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "fine_tuning.csv")
arms = measured[measured["study"] == "arms"]
plots.learnt_against_kept(arms, "test pictures of birds")

# %% [markdown]
# Compare within a seed, as in lesson 05: the mean gain over *frozen*, for all species, for the unseen ones, and in
# what was kept.

# %%
from course_utils.comparison import paired_interval


def gain(column, way, than="frozen"):
    table = arms.pivot_table(column, "seed", "name")
    return paired_interval(table[way], table[than])


ways = ["all at once", "two stages", "two stages, BatchNorm awake"]
gains = {f"{c}: {w}": gain(c, w) for c in ("learnt", "unseen", "kept") for w in ways}
plots.differences(pd.DataFrame(gains).T, "gain over the frozen backbone")

# %% [markdown] question="7.2"
# ### Exercise 7.2 · Who is to blame?
#
# *All at once* has learnt less than the frozen backbone, and kept least. It differs from *two stages* in two things: its head
# is fresh, and BatchNorm is awake. Each time start from *two stages*: change only the head; change only BatchNorm. How
# much does `"learnt"` change? Give both mean differences as `[fresh_head, awake_norms]`, shares, with their signs
# (`gain(...)["mean"]`).

# %% answer="7.2"
# solution
of_head = gain("learnt", "all at once, BatchNorm frozen", than="two stages")["mean"]
of_norms = gain("learnt", "two stages, BatchNorm awake", than="two stages")["mean"]
blame = [of_head, of_norms]
# end

# %% [markdown] why="7.2"
# Change one thing at a time: each of the two is compared with *two stages*, from which it differs in that alone.

# %% check="7.2"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Value

FRESH, AWAKE = "all at once, BatchNorm frozen", "two stages, BatchNorm awake"


def change(arms, way, than, column="learnt"):
    means = arms.groupby("name")[column].mean()
    return float(means[way] - means[than])


def pair(
    arms, column="learnt", first=(FRESH, "two stages"), second=(AWAKE, "two stages")
):
    return [change(arms, *first, column), change(arms, *second, column)]


def example():
    learnt = {
        "frozen": 0.75,
        "two stages": 0.82,
        "all at once": 0.67,
        FRESH: 0.85,
        AWAKE: 0.71,
    }
    rows = [
        {
            "name": name,
            "seed": seed,
            "learnt": share + seed / 100,
            "unseen": 1.5 * share - 0.5 + seed / 50,
            "kept": 1.3 - share / 2,
            "probe": 1.2 - share / 3,
        }
        for name, share in learnt.items()
        for seed in range(2)
    ]
    return pd.DataFrame(rows)


check = Value(
    pair,
    rtol=0.02,
    atol=0.0006,  # three decimals will do
    given={"arms": example()},
    mistakes=[
        Mistake(
            lambda arms: pair(arms)[::-1],
            "The two are swapped: first the head's, then that of BatchNorm.",
        ),
        Mistake(
            lambda arms: [-value for value in pair(arms)],
            "The sizes are right, the signs are not: what is lost is below zero.",
        ),
        Mistake(
            lambda arms: pair(arms, "learnt", (FRESH, "frozen"), (AWAKE, "frozen")),
            "Those are differences from *frozen*. Then training itself is part of both. Compare with *two stages*.",
        ),
        Mistake(
            lambda arms: pair(
                arms, "learnt", ("all at once", "two stages"), (AWAKE, "two stages")
            ),
            "The second is right. From *two stages* to *all at once* both things change: take the control for the head.",
        ),
        Mistake(
            lambda arms: pair(
                arms, "learnt", (FRESH, "two stages"), ("all at once", "two stages")
            ),
            "The first is right. From *two stages* to *all at once* both things change: which way differs in BatchNorm alone?",
        ),
        Mistake(
            lambda arms: pair(
                arms, "learnt", ("all at once", AWAKE), ("all at once", FRESH)
            ),
            "There the other one of the two is as in *all at once*, where harm is done already. Compare with *two stages*.",
        ),
        Mistake(
            lambda arms: pair(arms, second=("all at once", FRESH)),
            "The first is right. In the second both ways have a fresh head: *two stages* has a trained one.",
        ),
        Mistake(
            lambda arms: pair(arms, first=(FRESH, "all at once")),
            "The second is right. In the first the head is fresh in both ways: what differs is BatchNorm.",
        ),
        Mistake(
            lambda arms: pair(arms, first=("all at once", AWAKE)),
            "The second is right. In the first BatchNorm is awake in both ways: in *two stages* it is frozen.",
        ),
        Mistake(
            lambda arms: list(
                np.mean(
                    [
                        pair(arms),
                        pair(
                            arms,
                            first=("all at once", AWAKE),
                            second=("all at once", FRESH),
                        ),
                    ],
                    axis=0,
                )
            ),
            "Each is a mean over both states of the other one. Here the other one is to stay as in *two stages*.",
        ),
        Mistake(
            lambda arms: pair(arms, "kept"),
            "That is what they changed in `kept`. The question is about `learnt`.",
        ),
        Mistake(
            lambda arms: pair(arms, "probe"),
            "That is what they changed in `probe`. The question is about `learnt`.",
        ),
        Mistake(
            lambda arms: pair(arms, "unseen"),
            "Those are of the unseen species alone. `learnt` is of all.",
        ),
        Mistake(
            lambda arms: [abs(value) for value in pair(arms)],
            "The sizes are right. But what is lost is below zero.",
        ),
        Mistake(
            lambda arms: [
                arms.loc[arms["name"] == way, "learnt"].mean() for way in (FRESH, AWAKE)
            ],
            "That is how much each way has learnt. How much is it more, or less, than *two stages*?",
        ),
        Mistake(
            lambda arms: [
                value / arms.loc[arms["name"] == "two stages", "learnt"].mean()
                for value in pair(arms)
            ],
            "Those are in proportion to *two stages*. Give the differences themselves.",
        ),
        Mistake(
            lambda arms: [
                value / change(arms, "all at once", "two stages")
                for value in pair(arms)
            ],
            "Those are parts of the whole change to *all at once*. Give the differences themselves.",
        ),
        Mistake(
            lambda arms: [100 * value for value in pair(arms)],
            "Those are percentage points. Give shares: 0.05 for five points.",
        ),
    ],
    hints=[
        "Each of the two numbers compares two ways that differ in one thing alone. Which two ways?",
        'For the head: `gain("learnt", "all at once, BatchNorm frozen", than=...)`.',
    ],
)

# %% [markdown]
# Two numbers in a list:

# %%
exercise("7.2").check(blame, arms=arms)

# %% [markdown]
# So BatchNorm is to blame for what was not *learnt*. Awake, its layers use mean and variance of each *batch* in training, but at
# the exam those that they have noted (lesson 03), which follow slowly. The other weights have learnt with numbers that the exam
# does not have.
#
# The fresh head is to blame for much of what was not *kept*: compare the control with *two stages*. While a head knows nothing, its
# errors are large, and so is what is passed back (Kumar and others, 2022): the backbone moves farther. That does the birds no
# harm, perhaps some good. Everything else pays for it.
#
# Is what was forgotten gone? `probe` asks in another way: a *new* linear layer, trained on today's vectors of other pictures of
# each source class.

# %%
arms.groupby("name", sort=False)[["kept", "probe"]].mean().round(3)

# %% [markdown]
# Which of the two is *the* forgetting? `kept` counts for those who go on using an old layer on the new backbone; `probe`, for
# those who can train that layer anew: what was known may still be *there*, said in other words.
#
# ## How fast?
#
# Is `1e-3` a good rate? The test may not say. So one in five training pictures was held back for *validation*, and five rates were
# tried, five seeds each:

# %%
rates = measured[measured["study"] == "rates"]
rates.groupby("rate")[["validation"]].mean().round(3)

# %% [markdown] question="7.3"
# ### Exercise 7.3 · Choose
#
# Write `choose`. It gets a table with a row for each training and the columns `rate`, `seed`, `validation`, `learnt` (test
# pictures), `kept` and others. It returns the rate with the best mean on the pictures that may choose; if two means are equal,
# the smaller rate, which forgets less.


# %% answer="7.3"
def choose(trainings):
    # solution
    means = trainings.groupby("rate")["validation"].mean()
    return means.idxmax()  # the first of equals; `groupby` has sorted the rates
    # end


# %% [markdown] why="7.3"
# `learnt` is that of the test pictures. Who chooses by it has no test any more. The best *single* training would be the
# luckiest one.

# %% check="7.3"
import numpy as np
import pandas as pd

from course_utils.exercises import Function, Mistake


def best(trainings, column="validation"):
    means = trainings.groupby("rate")[column].mean()
    return float(means.idxmax())


def drawn(random, rates=None, seeds=None):
    rates = rates or int(random.integers(2, 6))
    some = random.choice(
        [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 0.1], rates, replace=False
    )
    rows = [
        {
            "rate": float(rate),
            "seed": seed,
            "validation": float(random.integers(30, 100)) / 128,
            "learnt": float(random.integers(300, 900)) / 1024,
            "kept": float(random.integers(300, 900)) / 1024,
        }
        for rate in some
        for seed in range(seeds or int(random.integers(1, 6)))
    ]
    return (pd.DataFrame(rows).sample(frac=1, random_state=int(random.integers(1000))),)


def equals(random):
    (table,) = drawn(random, rates=4, seeds=2)
    table["validation"] = np.where(table["rate"] > table["rate"].min(), 0.75, 0.5)
    return (table,)


def lopsided(random):
    (table,) = drawn(random, rates=2, seeds=3)
    one, other = (table["rate"] == rate for rate in sorted(set(table["rate"])))
    odd, usual = [(1.0, 0.5), (0.125, 0.75)][int(random.integers(2))]
    table.loc[one, "validation"] = [odd, usual, usual]
    table.loc[other, "validation"] = 0.625
    return (table,)


check = Function(
    reference=best,
    draw={
        "": drawn,
        "a rate with one seed unlike its others": lopsided,
        "two equally good ones": equals,
        "one seed": lambda random: drawn(random, seeds=1),
    },
    mistakes=[
        Mistake(
            lambda trainings: best(trainings, "learnt"),
            "It chooses by `learnt`, which is that of the test pictures. The test judges, and chooses nothing.",
        ),
        Mistake(
            lambda trainings: float(
                trainings.loc[trainings["validation"].idxmax(), "rate"]
            ),
            "It takes the best single training, which is the luckiest seed. Take each rate's mean.",
        ),
        Mistake(
            lambda trainings: float(
                trainings.groupby("rate")["validation"].mean().max()
            ),
            "That is how good the best rate is. Which rate is it?",
        ),
        Mistake(
            lambda trainings: float(
                trainings.groupby("rate")["validation"].mean()[::-1].idxmax()
            ),
            "Of two that are equally good it takes the larger.",
        ),
        Mistake(
            lambda trainings: best(trainings, "kept"),
            "It chooses by what is kept: then the best is not to train at all.",
        ),
        Mistake(
            lambda trainings: float(
                trainings.groupby("rate")["validation"].mean().idxmin()
            ),
            "That is the worst rate: `idxmin` for `idxmax`?",
        ),
        Mistake(
            lambda trainings: float(
                trainings.groupby("rate")["validation"].max().idxmax()
            ),
            "It compares each rate's luckiest seed. Compare the means.",
        ),
        Mistake(
            lambda trainings: float(
                trainings.groupby("rate")["validation"].median().idxmax()
            ),
            "It compares medians. Compare the means.",
        ),
    ],
    hints=[
        "Which of the columns comes from pictures that may choose?",
        '`trainings.groupby("rate")["validation"].mean()` has the mean of each rate, sorted by rate.',
    ],
)

# %% [markdown]
# A function:

# %%
exercise("7.3").check(choose)

# %% [markdown]
# Then look at the test, and at what each rate keeps:

# %%
rates.groupby("rate")[["learnt", "unseen", "kept"]].mean().round(3)

# %% [markdown]
# Validation asks, by little, for a larger rate than ours, which was fixed before, on other drawings. It, too, is an exam on
# birds, and does not see how much less is kept. 07x tries it.
#
# ## How deep?
#
# Perhaps the last layers would do: they know species, while the first ones see edges. So let
# training begin at earlier and earlier blocks. **Predict** the path, from *head* (only the head learns, on
# changed pictures) to *all*.

# %% tags=["predict"]
depths = measured[measured["study"] == "depths"]
plots.learnt_against_kept(depths, "test pictures of birds", path=True)

# %% [markdown]
# To wake only the last blocks is no bargain here: they forget nearly as much as all of them do, and learn little. The first
# blocks add about as much as all the others together, and cost hardly anything.

# %% [markdown] question="7.4"
# ### Exercise 7.4 · Wake up, but not all
#
# Write `wake`, which gets ready for such a training. Afterwards all layers of `network` learn from the layer called `first` on,
# `first` itself as well; those before it do not, and no BatchNorm layer does. It changes `network` itself: any Keras model whose
# layers stand in a row, whatever was frozen or awake in it.


# %% answer="7.4"
def wake(network, first):
    # solution
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(
            layer, keras.layers.BatchNormalization
        )
    # end


# %% [markdown] why="7.4"
# Opening a frozen model wakes all layers inside, so that comes first. Without it nothing would learn: what is inside a frozen model
# stays frozen. (A model that says True already is not changed by another True, so every layer has to be set.)

# %% check="7.4"
import keras
import numpy as np

from course_utils.exercises import Function, Mistake

NORM = keras.layers.BatchNormalization
# not in the order of the alphabet
NAMES = ("stem", "wide", "deep", "narrow", "body", "mix", "end", "top")


def learning(wake, kinds, frozen, first):
    """Build a network of such layers, let it be woken, and return the names of the layers that learn."""
    layers = [
        NORM(name=f"{name}_norm")
        if kind == "norm"
        else keras.layers.Dense(2, name=f"{name}_dense")
        for name, kind in zip(NAMES, kinds, strict=False)
    ]
    network = keras.Sequential([keras.Input((2,)), *layers])
    network.trainable = frozen != "all"
    for place, layer in enumerate(layers):
        if frozen == "some":
            layer.trainable = place % 2 == 0
    wake(network, layers[first].name)
    inside = [one for one in layers if one.trainable_variables]
    return [one.name for one in inside] if network.trainable_variables else []


def woken(network, first, norms=False, opened=True, before=False, without=0):
    if opened:
        network.trainable = True
    names = [layer.name for layer in network.layers]
    start = names.index(first) + without
    for place, layer in enumerate(network.layers):
        if before and place < start:
            continue
        layer.trainable = place >= start and (norms or not isinstance(layer, NORM))


def opened_last(network, first):
    woken(network, first, opened=False)
    network.trainable = True


def only_before(network, first):
    network.trainable = True
    for layer in network.layers:
        if layer.name == first:
            break
        layer.trainable = False


def opened_alone(network, first):
    network.trainable = True
    names = [layer.name for layer in network.layers]
    for place, layer in enumerate(network.layers):
        if place < names.index(first) or isinstance(layer, NORM):
            layer.trainable = False


def all_but_norms(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = not isinstance(layer, NORM)


def other_end(network, first):
    network.trainable = True
    awake = True
    for layer in network.layers:
        awake = awake and layer.name != first
        layer.trainable = awake and not isinstance(layer, NORM)


def norms_alone(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = not isinstance(layer, NORM)
        if layer.name == first:
            break


def drawn(random, frozen):
    n = int(random.integers(3, 8))
    kinds = [["dense", "norm"][int(random.random() < 0.4)] for _ in range(n - 1)]
    return [*kinds, "dense"], frozen, int(random.integers(0, n))


check = Function(
    reference=woken,
    probe=learning,
    draw={
        "a network that is frozen": lambda random: drawn(random, "all"),
        "a network that is awake": lambda random: drawn(random, "none"),
        "a network with every second layer frozen": lambda random: drawn(
            random, "some"
        ),
    },
    seconds=10,
    mistakes=[
        Mistake(
            lambda network, first: woken(network, first, norms=True),
            "From `first` on all learn, BatchNorm layers, too. Those should not.",
        ),
        Mistake(
            lambda network, first: woken(network, first, opened=False),
            "In a network that was frozen as a whole nothing learns, whatever its layers say: set `network.trainable`, too.",
        ),
        Mistake(
            opened_last,
            "Where the network was frozen, `network.trainable = True` wakes all layers inside. At the end it undoes what you have set: begin with it.",
        ),
        Mistake(
            lambda network, first: woken(network, first, before=True),
            "Layers before `first` stay as they were. Some of them were awake.",
        ),
        Mistake(
            lambda network, first: woken(network, first, without=1),
            "`first` itself is to learn, too.",
        ),
        Mistake(
            only_before,
            "The layers before `first` are frozen now. But BatchNorm layers behind it learn.",
        ),
        Mistake(
            opened_alone,
            "`network.trainable = True` changes nothing in a network that says True already: what was frozen in it stays so. Set every layer.",
        ),
        Mistake(
            all_but_norms,
            "BatchNorm layers are frozen. But the layers before `first` learn, too.",
        ),
        Mistake(
            other_end,
            "It is the wrong end that learns: the layers before `first`.",
        ),
    ],
    hints=[
        "Open the whole network first, then decide for each of its layers.",
        "Go through `network.layers` in order. How do you notice that `first` has been reached?",
        "`isinstance(layer, keras.layers.BatchNormalization)` knows a BatchNorm layer.",
    ],
)

# %% [markdown]
# The function itself:

# %%
exercise("7.4").check(wake)

# %% [markdown]
# ## Half of the way back
#
# You have `start`, the backbone's old weights, and those of now. What lies between them? Take a weighted mean of
# the two (Wortsman and others, 2022). **Predict** the path from the new weights back to the old. (The head stays the new one,
# so the path does not end at *frozen*.)

# %% within=0.1 tags=["predict"]
new = backbone.get_weights()
path = []
for share in (0, 0.25, 0.5, 0.75, 1):
    mixed = [share * a + (1 - share) * b for a, b in zip(start, new, strict=True)]
    backbone.set_weights(mixed)
    right = model.predict(asked, verbose=0).argmax(axis=1) == test.labels
    kept = (ask(backbone)[1] == truth).mean()
    path.append([f"{share:.0%} old", right.mean(), kept])
backbone.set_weights(new)
path = pd.DataFrame(path, columns=["name", "learnt", "kept"])
plots.learnt_against_kept(path, "test pictures of birds", path=True)

# %% [markdown]
# Halfway back most of what was learnt is still there, and nearly all of what was forgotten is back. (With
# photos, less of both.) It costs no training. For
# each seed:

# %%
columns = ["learnt", "half_learnt", "kept", "half_kept"]
arms.query("name == 'two stages'").set_index("seed")[columns].round(3)

# %% [markdown] question="7.5"
# ### Exercise 7.5 · Which share?
#
# For your own app you want the best share, not just a half. **Which pictures may choose it?**
#
# - [ ] The test pictures of birds and `things`, as in the figure.
#   - Then both have learnt your choice, and what they say of it is too good. You would need new ones to judge it.
# - [ ] The training pictures of both stages, and half of `things`.
#   - These the new weights know by heart. So they would always ask for few of the old ones.
# - [x] Held-back birds, and new pictures of the source classes.
#   - They are new to both networks, and not needed to judge. One choice among a few shares needs no more than the rate did.
# - [ ] None: a share is no rate, so it may be fitted on anything.
#   - It is a hyperparameter like any other: whatever is tried several times, with the best one kept, is a choice.

# %% answer="7.5"
# solution
chosen_on = "c"
# end

# %% check="7.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What was the rate chosen on, and why on those?",
        "Which of these pictures had the weights seen, and which are to judge at the end?",
    ]
)

# %% [markdown]
# A letter in quotes:

# %%
exercise("7.5").check(chosen_on)

# %% [markdown]
# ## Two rates and a depth
#
# Must there be two stages? A fresh head could get a large rate, and the backbone a small one. Here are such trainings, on
# held-back pictures. Choose one and **predict**: how much has it learnt, and kept?

# %%
from course_utils.widgets import explore

grid = measured[measured["study"] == "widget"].assign(learnt=lambda t: t["validation"])


def end(depth, rate, head_rate):
    mine = grid[["depth", "rate", "head_rate"]] == [depth, rate, head_rate]
    names = np.where(mine.all(axis=1), "yours", "")  # the others: grey dots
    return plots.learnt_against_kept(grid.assign(name=names), "held-back birds")


explore(end, depth=["all", "block_13"], rate=[1e-3, 1e-4, 1e-2], head_rate=[1e-3, 1e-2])

# %% [markdown]
# The smaller the backbone's rate, the more is kept; a larger rate for the head helps, too. And try `block_13` at `1e-2`:
# an exam on birds does not see what that cost.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="7.a"
# What did it protect, that the head learnt first, on a frozen backbone?
#
# - [ ] The accuracy on birds, which a fresh head would have spoilt.
#   - The control says no: with BatchNorm frozen, a fresh head did the birds no harm.
# - [x] What the backbone knew besides birds.
#   - A fresh head's errors are large, and push the backbone far from where it was.
# - [ ] The weights of the head, which the backbone would have overwritten.
#   - No layer overwrites another one. And the head went on learning in the second stage.

# %% [markdown] quiz="7.b"
# A colleague fine-tunes a backbone and puts its *old* vectors of the training pictures, from the cache, through the
# trained head. What will she see?
#
# - [ ] The accuracy of the fine-tuned network, since the pictures are the same.
#   - Pictures, but not what the backbone says of them: that has changed with its weights.
# - [x] An accuracy that belongs to no network that there is.
#   - An old backbone with a new head. Stored vectors are stale after the first step: lesson 05.
# - [ ] An error message from the cache: these vectors are stale.
#   - Whoever keeps an array in a variable has no key and no check. Nothing complains.

# %% [markdown] quiz="7.c"
# After fine-tuning, the old last layer is right less often, and a layer fitted anew about as often as before. What has happened?
#
# - [x] The backbone still tells the classes apart, but in other words.
#   - The old layer expects the old numbers. Who may train it anew has lost little.
# - [ ] The new layer has learnt the source classes from scratch, as the head did the birds.
#   - From a few pictures of each class it can only read what the backbone still says.
# - [ ] The old layer has been damaged by the training.
#   - It was not part of the model that was trained. Its weights are the same.

# %% [markdown] quiz="7.d"
# You compare learning rates by training each of them once, with one seed. Two rates are a point apart on eighty
# validation pictures. What do you do?
#
# - [ ] You take the better one, as validation pictures may choose.
#   - They may, but a point is less than one picture there. You would follow luck.
# - [ ] You let the test pictures decide, as there are more of them.
#   - Then they have chosen, and can no longer judge.
# - [x] You train with more seeds, or take the smaller of the two.
#   - More seeds make the mean surer. And where two are as good, the smaller rate forgets less.

# %% [markdown]
# ## What you saw
#
# - **Fine-tuning** trains the backbone as well. It gains most where the backbone knew least: for unseen species.
# - In **two stages**: the head first, on a frozen backbone; then everything, BatchNorm frozen, at a rate that
#   held-back pictures choose: of birds, and of what is to be kept.
# - An exam on the new task never shows what is **forgotten**. Put the old last layer on the changed backbone, or fit a new one, and
#   say which you did.
# - A **mean of old and new weights** brings most of it back.
#
# **Where it goes wrong in practice.** `trainable` is set after a `fit`, with no new `compile`, so nothing
# changes. All is unfrozen with a fresh head. BatchNorm
# stays awake, because `training=False` was thought to stop it (07x). And features of the old backbone go on being served from a
# cache. 07x has more: other optimisers, a rate for each depth, and when fine-tuning does not pay.
#
# ## Sources
#
# - Birds and things: drawn by this course (`course_utils.sketchbook`, CC BY 4.0). Photos: C. Wah and others, "The
#   Caltech-UCSD Birds-200-2011 Dataset", 2011; O. M. Parkhi and others, "Cats and Dogs", CVPR 2012.
# - A. Kumar and others, "Fine-Tuning can Distort Pretrained Features and Underperform Out-of-Distribution", ICLR 2022.
# - M. McCloskey and N. J. Cohen, "Catastrophic Interference in Connectionist Networks", Psychology of Learning and Motivation 24,
#   1989.
# - F. Chollet, "Transfer learning & fine-tuning", Keras developer guides, 2020.
# - M. Wortsman and others, "Robust fine-tuning of zero-shot models", CVPR 2022.
