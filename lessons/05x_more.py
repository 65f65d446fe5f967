# %% [markdown]
# # 05x · More heads, more data sets
#
# Vectors that are stored make learning so quick that you can ask what you would never have asked. Is a head that a
# statistician trains the same as ours? Which birds are taken for which? What does "ninety per cent right" mean, if
# guessing gives fifty? And how much of a result is luck? This notebook goes on where lesson 05 ends. No later
# lesson needs it.
#
# **When you have done this lesson you will be able to**
#
# - put a head back on its backbone, and say what a linear probe, logistic regression and a head have in common;
# - count who is taken for whom, and find the bug in code that counts;
# - judge an accuracy by its task: chance, look-alikes, what the backbone has seen, luck.
#
# **You need** lesson 05. **Time**: about 90 minutes.

# %% [markdown]
# As always: which profile is on, and a fixed seed.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

# %% [markdown]
# Pictures and vectors, as lesson 05 left them:

# %%
import keras
import numpy as np
import pandas as pd

from course_utils import evaluation, plots
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import load_cub

backbone = load_backbone(course.backbone)
birds = load_cub(course.birds_folder())
cache = BottleneckCache(course.cache_folder())
features = cache.extract(backbone, birds, progress=False)
train, test = features.split("train"), features.split("test")
n_features, n_species = train.vectors.shape[1], len(birds.class_names)

# %% [markdown]
# Eight of the pictures whose vectors these are:

# %%
eight = range(0, len(birds), len(birds) // 8)[:8]
called = list(birds.table["class_name"].iloc[eight])
plots.image_grid(birds.images(eight, course.image_size), called, columns=4)

# %% [markdown]
# ## Many pictures at a time
#
# Each picture has to pass through the backbone once. `predict` runs pictures in *batches*, a few at a time. Here
# are thirty-two pictures in batches of several sizes, the best of three rounds for each.

# %% tags=["nbval-ignore-output"]
import time

some, rates = birds.images(range(32), course.image_size), {}
# three rounds: in the first TensorFlow builds its programs, which takes time
for _ in range(3):
    for size in (1, 2, 4, 8, 16, 32):
        start = time.perf_counter()
        backbone.predict(some, batch_size=size, verbose=0)
        rate = len(some) / (time.perf_counter() - start)
        rates[size] = max(rate, rates.get(size, 0))
speeds = pd.Series(rates, name="rate").rename_axis("batch_size").reset_index()
plots.rate_by_batch(speeds)

# %% [markdown]
# On a quiet computer the curve rises, then flattens; on a busy one it zigzags. Each batch costs some time of its
# own, however small it is, so single pictures cost most. Large batches need more memory, and at some point the
# processor is busy all the time. (A GPU can do far more at once, so there that point usually comes later.)
#
# Does a picture's vector depend on the others in its batch?

# %%
singly = backbone.predict(some, batch_size=1, verbose=0)
together = backbone.predict(some, verbose=0)
print("the same to four decimals:", bool(np.abs(singly - together).max() < 1e-4))

# %% [markdown]
# No. (The last digits may differ: numbers that are added up in another order are rounded in another way.) During
# *training* it would: many networks have layers of **batch normalisation**, which shift and stretch the numbers
# inside the network to mean 0 and variance 1 (the variance says how widely numbers are scattered). While training
# they take mean and variance from the batch, later from what they have noted of all batches (Ioffe and Szegedy,
# 2015). A frozen backbone uses its notes.
#
# ## A head on its vectors, a head on its backbone
#
# A linear head on stored vectors is called a **linear probe**: it probes what the backbone knows (Alain and Bengio,
# 2016). One for all species:

# %%
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
head = keras.Sequential([keras.Input((n_features,)), scores])
# the head has no softmax, so the loss is told that it gets plain scores (logits)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
head.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)
head.fit(train.vectors, train.labels, batch_size=32, epochs=30, verbose=0)
by_head = head.predict(test.vectors, verbose=0)  # scores, (pictures, species)

# %% [markdown]
# How good is it? As in lesson 05, seen and unseen species apart. (A softmax makes of the scores *probabilities*,
# which add up to one. Whether "80 % sure" is right eight times in ten is a question of *calibration*: lesson 12.)

# %% within=0.06
shares = keras.ops.softmax(by_head).numpy()
answers = evaluation.predictions(shares, test.table, birds.class_names)
# seen, unseen or photos, as in lesson 05
known = test.table.get("known", pd.Series("photos", test.table.index))
answers["species"] = known.map({True: "seen", False: "unseen"}).fillna("photos")
evaluation.accuracy_by(answers, "species").round(3)  # with its 95 % interval

# %% [markdown]
# `low` and `high` are the 95 % interval (Wilson, 1927) for other *pictures of these species*. For other *species* it
# is wider (lesson 00).

# %% [markdown] question="5x.1"
# ### Exercise 5x.1 · From pictures to scores
#
# The head takes vectors, but people bring *pictures*. Make `classifier`: a model from pictures to scores, of
# `backbone`, frozen as in lesson 05, and the trained `head`, and of nothing else: no softmax, no class of your own.
# If somebody trained it further, only the head should learn.

# %% answer="5x.1"
# solution
classifier = keras.Sequential([backbone, head])
# end

# %% [markdown] why="5x.1"
# Models can be put one behind the other, as layers can. The model gives for a picture just what the head gives for
# the picture's vector. The backbone is still frozen, so only the head would learn.

# %% check="5x.1"
import keras

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure


def eyes(trainable=False):
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(5, 3, activation="relu")]
    model = keras.Sequential([*layers, keras.layers.GlobalAveragePooling2D()])
    model.trainable = trainable
    return model


def scores(n=4, inputs=5):
    return keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(n)])


def copied(model, trainable):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.trainable = trainable
    return copy


def whole(backbone, head, eyes_learn=False, head_learns=True):
    """Return a right model, or one in which other parts learn; of copies, as the learner may have thawed both."""
    return keras.Sequential([copied(backbone, eyes_learn), copied(head, head_learns)])


def learns(model, inner):
    """Say for each weight of a part of the model whether it would learn."""
    names = {id(weight) for weight in model.trainable_weights}
    size = len(inner.weights)
    own = (
        model.weights[-size:]
        if inner.output_shape[1:] == model.output_shape[1:]
        else model.weights[:size]
    )
    return [id(weight) in names for weight in own]


check = Structure(
    given={"backbone": eyes(), "head": scores()},
    like=whole,
    starts=True,
    mistakes=[
        Mistake(
            lambda backbone, head: whole(backbone, head, False, False),
            "Nothing in it would learn: the head is frozen, or the model as a whole.",
            when=lambda model, backbone, head: (
                not model.trainable_weights
                and model.output_shape[1:] == head.output_shape[1:]
                and model.input_shape[1:] == backbone.input_shape[1:]
            ),
        ),
        Mistake(
            lambda backbone, head: whole(backbone, head, True, False),
            "It is the backbone that would learn, and not the head.",
            when=lambda model, backbone, head: (
                len(model.weights) == len(backbone.weights) + len(head.weights)
                and any(learns(model, backbone))
                and not any(learns(model, head))
            ),
        ),
        Mistake(
            lambda backbone, head: whole(backbone, head, True, True),
            "The backbone would learn, too. A backbone that is thawed stays so: load it again, or freeze it.",
            when=lambda model, backbone, head: (
                len(model.weights) == len(backbone.weights) + len(head.weights)
                and any(learns(model, backbone))
            ),
        ),
        Mistake(
            lambda backbone, head: scores(),
            "It takes vectors, not pictures. Something has to come before the head.",
            when=lambda model, backbone, head: (
                model.input_shape[1:] == head.input_shape[1:]
            ),
        ),
        Mistake(
            lambda backbone, head: backbone,
            "It gives vectors, not scores. What is trained on vectors?",
            when=lambda model, backbone, head: (
                model.output_shape[1:] == backbone.output_shape[1:]
            ),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential(
                [backbone, head, keras.layers.Softmax()]
            ),
            "It ends with a softmax, so it gives shares. Scores were asked for, as the head gives them.",
            when=lambda model, backbone, head: isinstance(
                model.layers[-1], keras.layers.Softmax
            ),
        ),
    ],
    hints=[
        "In lesson 05 an untrained head stood behind the backbone in the same way.",
        "`keras.Sequential([...])` puts models one behind the other. Which comes first?",
    ],
)

# %% [markdown]
# The check looks at what it says of pictures, at the weights inside, and at what would learn.

# %%
exercise("5x.1").check(classifier, backbone=backbone, head=head)

# %% [markdown]
# ## An old acquaintance: logistic regression
#
# Statisticians have trained such heads for decades, and without a network before them: one layer with softmax,
# trained with cross-entropy, is **logistic regression**. scikit-learn has it, without learning rate and epochs.

# %% within=0.06
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

threadpool_limits(1)  # use one core of the processor: quickest for small problems
regression = LogisticRegression(C=1.0, max_iter=1000)  # C: see below
regression.fit(train.vectors, train.labels)
theirs = regression.predict_proba(test.vectors)
twin = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_species)])
# scikit-learn has a row for each species, Keras a column: `.T` turns the table
twin.set_weights([regression.coef_.T, regression.intercept_])
ours = keras.ops.softmax(twin.predict(test.vectors, verbose=0)).numpy()
print(
    "its weights in a Keras head: same shares", bool(np.abs(ours - theirs).max() < 1e-4)
)
agree = (theirs.argmax(axis=1) == by_head.argmax(axis=1)).mean()
print(f"but our own head gives the same answer for {agree:.1%} of the pictures")

# %% [markdown]
# The same model, trained by another recipe. There are two differences. scikit-learn adds to the loss a penalty, half
# the sum of the squared weights, so that large weights cost something. This is **regularisation**. It works against
# *overfitting*, that is, against learning training pictures by heart, as a head can that gets more features than
# pictures. And scikit-learn goes on until hardly anything improves; our head stopped after thirty epochs.
#
# Give ours the same. scikit-learn adds up the losses of all pictures and multiplies them by `C`: the larger `C`, the
# less the penalty counts. Keras takes their *mean*. So we divide the penalty by `C` and by the number of pictures.
# Then come four hundred steps, each with all pictures, the last ones very small:

# %% within=0.04
import tensorflow as tf

penalty = keras.regularizers.L2(1 / (2 * regression.C * len(train)))
penalised = keras.layers.Dense(
    n_species, kernel_initializer="zeros", kernel_regularizer=penalty
)
patient = keras.Sequential([keras.Input((n_features,)), penalised])
# from 0.02 down to nothing, along half a wave of the cosine
slower = keras.optimizers.schedules.CosineDecay(0.02, decay_steps=400)
patient.compile(optimizer=keras.optimizers.Adam(slower), loss=loss)
# one batch of all pictures, again and again, so there is nothing to shuffle
all_at_once = tf.data.Dataset.from_tensors((train.vectors, train.labels)).repeat(400)
patient.fit(all_at_once, shuffle=False, verbose=0)
by_patient = patient.predict(test.vectors, verbose=0).argmax(axis=1)  # labels
print(f"now for {(by_patient == theirs.argmax(axis=1)).mean():.1%}")

# %% [markdown]
# Nearly all, or all. What is left are pictures whose two best scores are almost equal.
#
# ## Who is taken for whom?
#
# An accuracy is one number. A **confusion matrix** has a row for each true species and a column for each answer,
# and counts. This function was written to make one:


# %%
def confusion(true, predicted, n):
    counts = np.zeros((n, n), int)
    counts[true, predicted] += 1
    return counts


predicted = by_head.argmax(axis=1)
print(f"{confusion(test.labels, predicted, n_species).sum()} of {len(test)} answers")

# %% [markdown] question="5x.2"
# ### Exercise 5x.2 · Where are the answers?
#
# Hundreds of answers are missing. Find out which, with a few labels of your own, and write `count_all`, which gets
# the same (NumPy arrays of whole numbers from 0, and the number of classes) and counts all of them, true species in
# rows, answers in columns.


# %% answer="5x.2"
def count_all(true, predicted, n):
    # solution
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts
    # end


# %% [markdown] why="5x.2"
# With arrays as places NumPy reads all of them, adds one, and writes: a pair that comes ten times is written ten
# times, each time with the same number. `np.add.at` adds for each one; a loop over the pictures does, too.

# %% check="5x.2"
import numpy as np

from course_utils.exercises import Function, Mistake, draws


def counted(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


def once(true, predicted, n):
    counts = np.zeros((n, n), int)
    counts[true, predicted] += 1
    return counts


def some(random):
    n, pictures = int(random.integers(2, 7)), draws.size(random, 20)
    kind = str(random.choice(["int64", "int32", "uint8"]))
    return (
        draws.labels(random, pictures, n, kind),
        draws.labels(random, pictures, n, kind),
        n,
    )


def many(random):
    return (
        draws.labels(random, 2000, 2, "uint8"),
        draws.labels(random, 2000, 2, "uint8"),
        2,
    )


def with_absent(random):
    return draws.labels(random, 6, 2, "int64"), draws.labels(random, 6, 2, "int64"), 5


check = Function(
    reference=counted,
    draw={
        "a few pictures": some,
        "two thousand pictures": many,
        "classes that never occur": with_absent,
    },
    mistakes=[
        Mistake(
            once,
            "Each pair is counted once, however often it comes. With arrays as places, `+= 1` adds only one to each place.",
        ),
        Mistake(
            lambda true, predicted, n: counted(predicted, true, n),
            "Rows and columns have changed places: the true class is the row.",
        ),
        Mistake(
            lambda true, predicted, n: np.diag(np.diag(counted(true, predicted, n))),
            "Only the right answers are counted. The others are what we are after.",
        ),
        Mistake(
            lambda true, predicted, n: counted(true, predicted, n).astype("uint8"),
            "Counts above 255 begin at 0 again: bytes (`uint8`) are too small for counts.",
        ),
        Mistake(
            lambda true, predicted, n: counted(true, predicted, n) / max(len(true), 1),
            "Those are shares. Count: from counts one can always make shares.",
        ),
    ],
    hints=[
        "Try `confusion(np.array([0, 0]), np.array([1, 1]), 2)`. What should come out, and what does?",
        "A loop over `zip(true, predicted)` that adds one for each picture does it, or look up `np.add.at`.",
    ],
)

# %% [markdown]
# The function itself, please:

# %%
exercise("5x.2").check(count_all)

# %% [markdown]
# `counts[true, predicted] += 1` adds one to each place *once*, however often the place is listed.
# `evaluation.confusion` counts all. Lines separate the families (the last word of a name).

# %% tags=["nbval-ignore-output"]
families = {name: name.split()[-1] for name in birds.class_names}
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown]
# Blocks on the diagonal are families whose members are taken for one another.
#
# ## Easy pairs, hard pairs
#
# Two classes or all: the same backbone, the same head. Is it the same *task*? Take the two pairs of species
# whose means of *training* vectors lie furthest apart (above), and closest together (below).

# %%
from itertools import combinations

from sklearn.metrics import pairwise_distances, pairwise_distances_argmin

means = pd.DataFrame(train.vectors).groupby(train.labels).mean()
apart = pairwise_distances(means)  # how far from each other: (species, species)
# a pair is a row and a column of this table; the closest pair comes first
pairs = sorted(combinations(range(n_species), 2), key=lambda pair: apart[pair])
hard, easy = ([birds.class_names[label] for label in pairs[end]] for end in (0, -1))
shown, titles = [], []
for names, rows in ((easy, (0, 1)), (hard, (2, 3))):  # two pictures of each
    shown += [birds.only(name).images(rows, course.image_size) for name in names]
    titles += [name for name in names for _ in rows]
plots.image_grid(np.concatenate(shown), titles=titles, columns=4)

# %% [markdown]
# **Predict**: order the easy pair, the hard pair and all species by the accuracy that you expect, whatever
# guessing would give.


# %% within=0.1 tags=["predict"]
def study(names):
    chosen = cache.extract(backbone, birds.only(names), progress=False)
    learn, judge = chosen.split("train"), chosen.split("test")
    head = LogisticRegression(max_iter=1000).fit(learn.vectors, learn.labels)
    shares = head.predict_proba(judge.vectors)
    answers = evaluation.predictions(shares, judge.table, chosen.class_names)
    # in_training: how many of its own training pictures it names right
    return answers.assign(in_training=head.score(learn.vectors, learn.labels))


tasks = {"two unlike": easy, "two look-alikes": hard, "all": birds.class_names}
studies = [study(names).assign(task=task) for task, names in tasks.items()]
table = pd.concat([evaluation.accuracy_by(one, "task") for one in studies])
table["chance"] = [1 / len(names) for names in tasks.values()]
table["in_training"] = [one["in_training"].iloc[0] for one in studies]
table.round(3)

# %% [markdown]
# The same with intervals, and with what guessing gives, which is the *baseline* of any accuracy:

# %% within=0.1 tags=["predict"]
plots.accuracy_against_chance(table)

# %% [markdown] question="5x.3"
# ### Exercise 5x.3 · What the table cannot say
#
# The drawn look-alikes are hardly told apart in the exam, though the head knows nearly all its training pictures
# (column `in_training`). (Of photos, the closest two may be told apart well. Then imagine that half of their exam
# were right.) **Which of these does the table *not* tell you?**
#
# - [ ] That the head has overfitted its few training pictures.
#   - It does tell you: nearly all of them right, and far fewer of the others. That is overfitting.
# - [ ] That two classes can be harder to tell apart than twenty.
#   - It does tell you: measured against chance, all species do far better than this pair.
# - [x] That more pictures would tell the two apart.
#   - Nothing here was trained on more pictures. It may help, or what tells them apart may not be in the vectors at all.
# - [ ] That the number of classes alone does not make a task hard.
#   - It does tell you: both pairs have two classes, and are far apart.

# %% answer="5x.3"
# solution
not_told = "c"
# end

# %% check="5x.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Look for the sentence that speaks of something that was not tried.",
        "Accuracy, interval, chance, accuracy in training: which of the four sentences needs more than these?",
    ]
)

# %% [markdown]
# A letter in quotes:

# %%
exercise("5x.3").check(not_told)

# %% [markdown]
# So try it. For drawn birds there are as many more as we like: the hard pair with five, twenty and eighty training
# pictures of each, five draws. The exam has two hundred of each, as in a small one luck hides small gains. (There are
# no more photos: their table has fewer columns, and their exam is that of before.)

# %%
import tempfile

from course_utils import sketchbook

workshop = tempfile.TemporaryDirectory()
pool = birds.only(hard)
if course.profile == "sketch":
    more = {"per_species": 360, "train_per_species": 160, "px": course.image_size}
    pool = load_cub(
        sketchbook.make_birds(workshop.name + "/more", species=hard, **more)
    )
stock = cache.extract(backbone, pool, split="train", progress=False)
judge = cache.extract(backbone, pool, split="test", progress=False)

# %% [markdown]
# Two heads: that of `study`, and nearest mean, known from lesson 05. Each function says which test pictures its head
# names right.


# %%
def with_regression(stock, rows, judge):  # `rows`: those that the head learns from
    head = LogisticRegression(max_iter=1000)
    head.fit(stock.vectors[rows], stock.labels[rows])
    return head.predict(judge.vectors) == judge.labels


def with_means(stock, rows, judge):
    means = pd.DataFrame(stock.vectors[rows]).groupby(stock.labels[rows]).mean()
    return pairwise_distances_argmin(judge.vectors, means) == judge.labels


# %% [markdown]
# In each draw, the smaller sample is part of the larger one.


# %% within=0.15
def draw_few(stock, n, draw):
    order = pd.Series(np.random.default_rng(draw).permutation(len(stock)))
    return order.groupby(stock.labels[order]).head(n).to_numpy()


heads = {"regression": with_regression, "nearest mean": with_means}
sizes = [n for n in (5, 20, 80) if n <= np.bincount(stock.labels).min()]
trials = []
for draw in range(5):
    for n in sizes:  # of photos, no more than there are
        rows = draw_few(stock, n, draw)
        found = {
            name: right(stock, rows, judge).mean() for name, right in heads.items()
        }
        trials.append({"draw": draw, "per_class": n} | found)
pd.DataFrame(trials).pivot(index="draw", columns="per_class").round(2)

# %% [markdown]
# Compare within the rows. Where most of them rise, more pictures help that head; how much, differs from head to head.
# A third one may get further. But no head finds what the vectors do not hold, and the backbone's old job may never
# have needed what tells these two apart. Then train the backbone itself (lesson 07).
#
# ## Luck, to play with
#
# Move the sliders: how good is nearest mean when it has seen only so many pictures of each species, and only those
# of one draw? Its mean over all species stands above the bars. Choose a species. At one picture of each, find a lucky
# and an unlucky draw for it. Were they lucky for all? Do more pictures help it?

# %% within=0.15
from course_utils.widgets import Slider, explore


def luck(pictures_of_each, draw_number):
    rows = draw_few(train, pictures_of_each, draw_number)
    judged = answers.assign(correct=with_means(train, rows, test))
    by_species = evaluation.accuracy_by(judged, "class_name").sort_index()
    ax = plots.accuracy_bars(by_species, chance=1 / n_species)
    ax.set_title(f"all species: {judged['correct'].mean():.0%}", loc="right")
    return ax


explore(luck, pictures_of_each=Slider(1, 16, 1), draw_number=Slider(0, 15, 0))

# %% [markdown]
# The test pictures are the same each time, so what changes from draw to draw is luck with the *training* pictures.
# With many pictures luck counts little, and what stays are the differences between species.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="5x.a"
# Which accuracy says most for its classifier?
#
# - [ ] Seventy-five per cent of two species.
#   - Guessing gives half. It has gained half of what there was to gain, twenty-five points of fifty.
# - [ ] Seventy per cent of three species.
#   - Guessing gives a third. It has gained little more than half of the rest.
# - [x] Sixty-five per cent of twenty.
#   - Guessing gives five. It has gained sixty points of ninety-five. But ask, too, which species these are.

# %% [markdown] quiz="5x.b"
# A linear probe gets more features than it has training pictures, and names all of these right. What do you know?
#
# - [ ] That its backbone is a good one.
#   - Vectors of noise could be learnt by heart as well.
# - [x] Nothing yet about other pictures.
#   - With so many features any training pictures can be learnt by heart. Only an exam on others tells.
# - [ ] That it needs no regularisation at all.
#   - On the contrary: this is where regularisation may help.

# %% [markdown]
# ## What you saw
#
# - A linear head on vectors, a **linear probe**, is **logistic regression**. With the same **regularisation** and
#   enough training, both give nearly the same answers.
# - A **confusion matrix** shows who is taken for whom. Count a few by hand before you trust code that counts.
# - An accuracy belongs to its task: compare it with chance, look at the pairs, and ask what the backbone had seen.
#
# **Where it goes wrong in practice.** If nineteen of twenty pictures are of one class, *always saying that class* is
# right nineteen times in twenty. Ask for the baseline first.
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0).
# - Batch normalisation: S. Ioffe and C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by
#   Reducing Internal Covariate Shift", ICML 2015.
# - Linear probes: G. Alain and Y. Bengio, "Understanding Intermediate Layers Using Linear Classifier Probes", 2016.
# - The interval: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22,
#   1927.
