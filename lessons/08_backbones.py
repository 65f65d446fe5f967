# %% [markdown]
# # 08 · Which backbone, how deep?
#
# In 2017 somebody compared famous networks on five small data sets. Inception V3 and Xception did well, VGG16 and VGG19
# "performed poorly" on some, and ResNet50 "failed to perform as well as any" (Bhasin, 2017), although its family had won the
# largest contest there was (He and others, 2015). Nobody said why.

# %% [markdown]
# Here are small relatives of all five, and of MobileNetV2, on five small data sets that were drawn for this course. All
# are used as that study used its VGGs: pixels scaled to 0 to 1, the frozen network, a head on its features. How much better
# is each than *itself with random weights*, fed as it should be? We judge by *unseen* classes, which are new to the
# backbone; the head is trained on all classes.
#
# Each row of the table behind the figure is one training: a backbone, a data set, a way to use it (its *arm*), a seed with
# pictures of its own. `gains` takes one arm minus another for each of five seeds, over all data sets, and draws 95 % intervals
# from these five differences:

# %% within=0.3
import numpy as np
import pandas as pd

from course_utils import plots
from course_utils.comparison import gains
from course_utils.environment import setup
from course_utils.exercises import exercise
from course_utils.paths import data_folder

course = setup(seed=0)
study = pd.read_csv(data_folder() / "study.csv").drop(columns="key")
worth = gains(study, "backbone", "wrong range", than="random", of="unseen")
plots.differences(worth, "pre-trained minus random weights")

# %% [markdown]
# Some might as well have learnt nothing. **What would you suspect first?**
#
# **When you have done this lesson you will be able to**
#
# - find out why a good network fails, before you blame the network;
# - say which of two backbones is better for *your* pictures, by how much, and how surely;
# - choose a backbone by accuracy and milliseconds, without training them all.
#
# **You need** lessons 04 and 07. **Time**: about 45 minutes; the computer needs one of them.
#
# The five data sets:

# %%
from course_utils.sketchbook import STUDY

sets = study.groupby("data_set", sort=False)[["classes", "train", "test"]].first()
chance = (1 / sets["classes"]).round(2)
sets.assign(chance=chance, about=[STUDY[name].about for name in sets.index])

# %% [markdown]
# The backbones were trained on birds, pets, leaves and insects, among much else, and on no dishes.
#
# ## 1. Who fails, and why?
#
# Suspects are in this table. The guilty one must be found with *all* that fail, and with none of the others. (`gain` is
# what the figure shows; parameters and multiply-adds are in millions.)

# %% within=0.3
from course_utils.backbones import describe

facts = describe().loc[worth.index].assign(gain=worth["mean"].round(2))
columns = ["gain", "features", "parameters", "multiply_adds", "preprocessing"]
facts.sort_values("gain")[columns]

# %% [markdown] question="8.1"
# ### Exercise 8.1 · Two suspects
#
# Two columns part those that fail from all others. Find them. Which of these experiments tells the guilty one from the
# other? Answer with a letter in quotes.
#
# - [ ] Repeat it all with ten times as many seeds.
#   - The intervals are narrow. More seeds make it surer *that* they fail, not why.
# - [ ] Train all layers, and see whether they catch up.
#   - That changes the features, and how pixels are read. Whatever comes out, either may have been to blame.
# - [x] Feed each network with numbers as in its training.
#   - `features` and `preprocessing` part them. This changes one of the two and leaves the other as it is.
# - [ ] Give the networks that fail a head with hidden layers.
#   - It gets the same few features of the same pixels. Neither suspect has been touched.

# %% answer="8.1"
# solution
experiment = "c"
# end

# %% check="8.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Go through the columns: which has other values for those that fail than for *all* the others?",
        "An experiment tells two causes apart if it changes one of them alone.",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("8.1").check(experiment)

# %% [markdown]
# The experiment: the same networks and pictures, fed as in their training, minus fed with 0 to 1. **Predict** what it does
# to those that did well.

# %% within=0.3 tags=["predict"]
fed = gains(study, "backbone", "frozen", than="wrong range", of="unseen")
plots.differences(fed, "fed as in training minus 0 to 1")

# %% [markdown]
# Those that failed do well now, with as few features: their number is innocent. Our ResNet50 and VGGs failed because of their
# pixels. The VGGs of 2017 were fed in the same way; how its ResNet50 was fed is not published.
#
# For the others, trained on -1 to 1, a picture from 0 to 1 is only washed out. Over all data sets that costs little. Each by
# itself:

# %% within=0.3
others = study[study["backbone"].isin(facts.index[facts["gain"] > 0.1])]
washed = gains(others, "data_set", "wrong range", of="unseen")
plots.differences(washed, "washed out minus as in training")

# %% [markdown]
# So wrong pixels can hide behind a mean. ResNet50 was trained on pixels minus ImageNet's mean colour, blue first:

# %%
from course_utils.backbones import preprocessing

preprocessing.CAFFE_MEAN

# %% [markdown] question="8.2"
# ### Exercise 8.2 · As ResNet50 was trained
#
# Write `for_resnet(pixels)`. It gets RGB pixels as a file has them, of shape `(n, rows, columns, 3)`, whole numbers or not,
# and returns what its authors' program (Caffe) gave the network: blue, green, red, in this order, with ImageNet's mean
# colour subtracted, and no scaling.


# %% answer="8.2"
def for_resnet(pixels):
    # solution
    return pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    # end


# %% [markdown] why="8.2"
# That is all: one line, and nothing is scaled.

# %% check="8.2"
import numpy as np

from course_utils.exercises import Function, Mistake

MEAN = np.array([103.939, 116.779, 123.68])


def some_pixels(random, kind="uint8"):
    shape = (int(random.integers(1, 4)), int(random.integers(1, 6)), 4, 3)
    return (random.uniform(0, 255, shape).astype(kind),)


check = Function(
    reference=lambda pixels: pixels[..., ::-1] - MEAN,
    draw={
        "whole numbers": some_pixels,
        "others": lambda random: some_pixels(random, "float32"),
    },
    mistakes=[
        Mistake(
            lambda pixels: pixels - MEAN,
            "Red and blue are where they were. The mean of blue has been subtracted from red.",
        ),
        Mistake(
            lambda pixels: pixels - MEAN[::-1],
            "The right mean for each colour, but the network wants blue first.",
        ),
        Mistake(
            lambda pixels: pixels[..., ::-1] - MEAN[::-1],
            "The colours are swapped, and the mean is in the old order.",
        ),
        Mistake(
            lambda pixels: pixels[..., ::-1] / 255 - MEAN,
            "Caffe's networks do not scale: without `/ 255`.",
        ),
        Mistake(
            lambda pixels: pixels / 255, "That is how the study of 2017 fed its VGGs."
        ),
        Mistake(
            lambda pixels: pixels[:, ::-1] - MEAN,
            "`[:, ::-1]` turns the picture upside down. Colours are the last axis: `[..., ::-1]`.",
        ),
    ],
    hints=[
        "Which axis holds the colours, and how do you turn round the order along it?",
        "An array of three numbers is subtracted from the last axis by itself.",
    ],
)

# %% [markdown]
# Is it what ResNet50 wants?

# %%
exercise("8.2").check(for_resnet)

# %% [markdown]
# ## 2. The table
#
# From here on, everybody is fed as in training. The plainest arm: frozen, with a linear head. Per cent right on pictures of
# unseen classes, means of five seeds. **Predict**: does one backbone win on all data sets?

# %% within=0.05 tags=["predict"]
frozen = study[study["arm"] == "frozen"]
table = frozen.pivot_table("unseen", "backbone", "data_set", sort=False)
(100 * table).round(1)

# %% [markdown]
# On pictures like those that it learnt, Xception has the highest mean; on noodles it has not. How sure is that? See part 3.
#
# Do not take our word. A part of the table takes seconds: here are our leaves of seed 0. (`fitted_head` finds the best linear
# head without a learning rate: features of one backbone vary several times as much as another's, and one rate for all would
# help to decide who wins.)

# %%
from course_utils import heads
from course_utils.datasets import load_any

leaves = load_any(course.study_folder("leaves"))


def judge(vectors, rows=leaves.table):
    train, test = (rows["split"] == name for name in ("train", "test"))
    n_classes = rows["label"].nunique()
    head = heads.fitted_head(vectors[train], rows["label"][train], n_classes)
    answers = head.predict(vectors[test], verbose=0).argmax(axis=1)
    right, known = answers == rows["label"][test], rows["known"][test]
    return pd.Series({"seen": right[known].mean(), "unseen": right[~known].mean()})


# %% [markdown]
# Each backbone looks at them once. The last two columns must agree:

# %% within=0.05
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache

cache = BottleneckCache(course.cache_folder())
networks = {b: load_backbone(b) for b in table.index}
features = {b: cache.extract(n, leaves, progress=False) for b, n in networks.items()}
live = pd.DataFrame({b: judge(f.vectors) for b, f in features.items()}).T
ours = frozen.query("data_set == 'leaves' and seed == 0").set_index("backbone")
live.join(ours["unseen"].rename("unseen, in the table")).round(3)

# %% [markdown]
# ## 3. How sure is a difference?
#
# The networks of one seed saw the same pictures. So do not compare two means; compare *pair by pair*. The mean of $n$
# differences, whose standard deviation is $s$, has a standard error of $s / \sqrt{n}$. The 95 % interval is the mean plus and
# minus $t$ standard errors. Half of the five per cent that it leaves out lies at either end, so $t$ is the point 0.975 of
# Student's distribution with $n - 1$ degrees of freedom:

# %%
from scipy.stats import t

pairs = [2, 3, 5, 10, 100]
pd.Series(t.ppf(0.975, np.subtract(pairs, 1)), pairs, name="t for 95%").round(2)

# %% [markdown] question="8.3"
# ### Exercise 8.3 · Pair by pair
#
# Write `paired(a, b)`: two arrays of accuracies of the same seeds, in the same order. Return `(mean, low, high)` of
# *a minus b*, with the 95 % interval. The standard deviation of a sample divides by `n - 1`: NumPy's `ddof=1`.


# %% answer="8.3"
def paired(a, b):
    # solution
    difference = np.asarray(a) - np.asarray(b)
    n = len(difference)
    reach = t.ppf(0.975, n - 1) * difference.std(ddof=1) / np.sqrt(n)
    return difference.mean(), difference.mean() - reach, difference.mean() + reach
    # end


# %% [markdown] why="8.3"
# What both share, an easy set of pictures for example, falls out of each pair's difference. What is left is what differs
# between the two.

# %% check="8.3"
import numpy as np

from course_utils.exercises import Function, Mistake


def interval(a, b, ddof=1, root=True, quantile=None, sign=1, pairs=True):
    from scipy.stats import t

    a, b = np.asarray(a, float), np.asarray(b, float)
    n, difference = len(a), sign * (a - b)
    spread = difference.std(ddof=ddof)
    if not pairs:
        spread = np.sqrt(a.var(ddof=1) + b.var(ddof=1))
    times = t.ppf(0.975, n - 1) if quantile is None else quantile
    reach = times * spread / (np.sqrt(n) if root else 1)
    return difference.mean(), difference.mean() - reach, difference.mean() + reach


def accuracies(random, n=5):
    easy = random.uniform(0.5, 0.8, n)
    return (
        easy + random.normal(0.05, 0.02, n),
        easy + random.normal(0, 0.02, n),
    )


check = Function(
    reference=interval,
    draw={
        "five seeds": accuracies,
        "three seeds": lambda random: accuracies(random, 3),
        "twelve seeds": lambda random: accuracies(random, 12),
    },
    mistakes=[
        Mistake(
            lambda a, b: interval(a, b, ddof=0),
            "The standard deviation divides by `n`. Of a sample it divides by `n - 1`: `ddof=1`.",
        ),
        Mistake(
            lambda a, b: interval(a, b, root=False),
            "That is the spread of single pairs. The mean of `n` pairs is surer by a factor of the root of `n`.",
        ),
        Mistake(
            lambda a, b: interval(a, b, quantile=1.96),
            "1.96 is for many pairs. Few need more: `t.ppf(0.975, n - 1)`.",
        ),
        Mistake(
            lambda a, b: interval(a, b, sign=-1),
            "That is b minus a.",
        ),
        Mistake(
            lambda a, b: interval(a, b, pairs=False),
            "That takes the spread of a and of b as if they had nothing in common. Take the differences first.",
        ),
    ],
    hints=[
        "Take the differences first, one for each seed. Then forget a and b.",
        "The mean, and to either side of it: the quantile times the standard deviation of the differences, by the root of their number.",
    ],
)

# %% [markdown]
# Does it hold?

# %%
exercise("8.3").check(paired)

# %% [markdown]
# `gains` does the same for a whole table. It compares arms of one backbone; to compare backbones, we write their names into
# the column `arm`, and one name for all into `backbone`. **Predict**: on how many of the five is Xception's lead over VGG16
# sure?

# %% within=0.3 tags=["predict"]
rivals = frozen.assign(arm=frozen["backbone"], backbone="any")
lead = gains(rivals, "data_set", "mini_xception", than="mini_vgg16", of="unseen")
plots.differences(lead, "Xception minus VGG16")

# %% [markdown]
# What crosses the line may be luck: with five seeds that is so for most leads of a few points.
#
# A question of the old study: **is it worth training all layers?** Fine-tuned by a recipe like that of lesson 07, and as in
# 2017 (SGD with momentum and a small rate), minus frozen. **Predict** which data set gains most.

# %% within=0.3 tags=["predict"]
arms = "fine-tuned", "fine-tuned as in 2017"
tuned = gains(study, "data_set", *arms, of="unseen")
plots.differences(tuned, "fine-tuned minus frozen")

# %% [markdown]
# By our recipe yes, except on noodles, with forty pictures to train with, where it may help or hurt. That of 2017 gains little
# here. And the price, in seconds for a training (the median, on a machine that had other work as well):

# %% within=0.5
study.groupby("arm")["seconds"].median()[["frozen", *arms]].round(1)

# %% [markdown]
# ## 4. Does the better network transfer better?
#
# Of sixteen networks, those better on ImageNet, their source, were on average better on twelve other data sets (Kornblith and
# others, 2019). On pictures of other kinds, from camera traps or satellites, often not (Fang and others, 2023). Ours, the best
# at their source first:

# %% within=0.3
from course_utils.backbones import source_accuracy

source = pd.Series({name: source_accuracy(name) for name in table.index})
table.assign(source=source).sort_values("source", ascending=False).round(3)

# %% [markdown]
# How alike are two orders? The correlation of ranks says it: 1 is the same order, -1 the opposite. Could it be luck? As a
# control we shuffle the names, in every way there is: what share of them has so high a correlation?

# %% within=0.3
from itertools import permutations

orders = [pd.Series(order, source.index) for order in permutations(source)]
shuffled = pd.DataFrame([table.corrwith(o, method="spearman") for o in orders])
ranks = table.corrwith(source, method="spearman")
as_high = (shuffled > ranks - 1e-9).mean()  # equal, but for rounding, counts
pd.DataFrame({"correlation": ranks, "shuffled as high": as_high}).round(3)

# %% [markdown] question="8.4"
# ### Exercise 8.4 · What may you say?
#
# Which sentence do these two tables carry? Answer with a letter in quotes.
#
# - [ ] Whoever is best at the source is best on pictures of any kind.
#   - Look at the noodles, which are like nothing at the source.
# - [x] On pictures like the source's, that ranking is a good guess.
#   - On four data sets (with the same networks, so not four proofs) few shuffled orders do as well. On the fifth: measure.
# - [ ] So few networks cannot tell anything about any data set.
#   - Then shuffled names would do as well. How many do, for birds?
# - [ ] To be better at the source makes a network better at the target.
#   - Both may come from a third: how long it was trained, for example. To know, change one thing alone.

# %% answer="8.4"
# solution
conclusion = "b"
# end

# %% check="8.4"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Read the second table first: where is luck a good explanation?",
        "Is there a sentence that says less than the others, and is still useful?",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("8.4").check(conclusion)

# %% [markdown]
# ## 5. Accuracy against milliseconds
#
# Multiply-adds are counted, milliseconds are paid. Measured here, on your machine, in turn, so that a busy moment hits all;
# the first round only warms up. (Other machines and batches may give another order.)

# %% tags=["nbval-ignore-output"]
from time import perf_counter

some = leaves.images(range(16), 96).astype("float32")
taken = {name: [] for name in networks}
for _ in range(6):
    for name, network in networks.items():
        start = perf_counter()
        network.predict_on_batch(some)
        taken[name].append((perf_counter() - start) * 1000 / len(some))
ms = pd.Series({name: np.median(times[1:]) for name, times in taken.items()})
facts[["multiply_adds"]].join(ms.rename("ms")).sort_values("ms").round(1)

# %% [markdown] question="8.5"
# ### Exercise 8.5 · Worth looking at
#
# A backbone is worth looking at if no other is at least as fast, at least as accurate, and better in at least one of the two.
# (Two that are equal in both do not beat each other.) Together they are the *Pareto front*. Write `front(ms, accuracy)`: two
# arrays, to an array of True and False.


# %% answer="8.5"
def front(ms, accuracy):
    # solution
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    beaten = [
        ((ms <= m) & (accuracy >= a) & ((ms < m) | (accuracy > a))).any()
        for m, a in zip(ms, accuracy, strict=True)
    ]
    return ~np.array(beaten)
    # end


# %% [markdown] why="8.5"
# For everybody else there is one that is at least as good in both. Which one of the front to take, no computer can say: that
# depends on what a millisecond is worth to you.


# %% check="8.5"
import numpy as np

from course_utils.exercises import Function, Mistake


def not_beaten(ms, accuracy, strict=False, both=False, sign=1):
    ms, accuracy = np.asarray(ms, float), sign * np.asarray(accuracy, float)
    kept = []
    for m, a in zip(ms, accuracy, strict=True):
        better = (ms <= m) & (accuracy >= a) & ((ms < m) | (accuracy > a))
        if strict:
            better = (ms < m) & (accuracy > a)
        if both:
            better = (ms < m) | (accuracy > a)
        kept.append(not better.any())
    return np.array(kept)


def some_backbones(random, n=6, steps=4):
    return random.integers(1, 1 + steps, n) / 2, random.integers(0, steps, n) / 10


check = Function(
    reference=not_beaten,
    draw={
        "three backbones": lambda random: some_backbones(random, 3),
        "six, with ties": some_backbones,
        "eight without ties": lambda random: some_backbones(random, 8, 1000),
    },
    mistakes=[
        Mistake(
            lambda ms, accuracy: not_beaten(ms, accuracy, strict=True),
            "Among equally fast ones the less accurate is beaten, too; and the other way round.",
        ),
        Mistake(
            lambda ms, accuracy: not_beaten(ms, accuracy, both=True),
            "Only who is fastest *and* most accurate is left. To beat, one and the same other must be as good in both.",
        ),
        Mistake(
            lambda ms, accuracy: not_beaten(ms, accuracy, sign=-1),
            "These are the fast and inaccurate ones. More accuracy is better.",
        ),
        Mistake(
            lambda ms, accuracy: ~not_beaten(ms, accuracy),
            "These are the ones that are beaten.",
        ),
    ],
    hints=[
        "For one backbone: which others are at least as fast *and* at least as accurate? Its own twin in both is no reason to leave it out.",
        "Compare whole arrays with one pair of numbers, then ask `.any()`.",
    ],
)

# %% [markdown]
# Is it the front?

# %%
exercise("8.5").check(front)

# %% [markdown]
# The front with the intervals of the means, over all data sets. (Intervals that overlap do not say that two are equal: that
# is asked pair by pair.)

# %% tags=["nbval-ignore-output"]
from course_utils.comparison import over_seeds, pareto_front

points = over_seeds(frozen, "backbone", of="unseen").assign(ms=ms)
points["front"] = pareto_front(points["ms"], points["accuracy"])
plots.accuracy_against_time(points)

# %% [markdown]
# ## 6. The pictures, or the size?
#
# Is a backbone good because of what it has seen, or because of its size and build? The controls: the same network with random
# weights, and trained on the target's pictures alone.

# %% within=0.1
small = study[study["backbone"] == "mini_mobilenet_v2"]
controls = small.pivot_table("unseen", "arm", "data_set", sort=False)
(100 * controls.loc[["random", "from scratch", "frozen", "fine-tuned"]]).round(1)

# %% [markdown]
# All four rows have the same size and build. Trained on the target alone it knows more than with random weights, and on each
# data set far less than with what was learnt before.
#
# ## 7. How deep?
#
# A backbone need not be used to its end. We cut VGG16 after each of its five blocks, average each map, and fit a head.
# **Predict**: at which depth are seen leaves told apart best, and at which unseen ones?

# %% within=0.1 tags=["predict"]
import keras

vgg = networks["mini_vgg16"].get_layer("network")  # without preprocessing
cuts = [f"block{i}_pool" for i in range(1, 6)]
pool = keras.layers.GlobalAveragePooling2D()
parts = keras.Model(vgg.input, [pool(vgg.get_layer(c).output) for c in cuts])
pixels = leaves.images(range(len(leaves)), 96)
outputs = parts.predict(keras.applications.vgg16.preprocess_input(pixels), verbose=0)
pd.DataFrame({c: judge(v) for c, v in zip(cuts, outputs, strict=True)}).T.round(2)

# %% [markdown]
# Here the last block adds only to the leaves that it learnt. For the others a block less did as well. That is one seed and one
# data set: a hint, to be tried on your own pictures.
#
# ## Quiz

# %% [markdown] quiz="8.a"
# A frozen network that others praise does badly on your pictures. What do you look at first?
#
# - [ ] Whether a larger one does better.
#   - It would be fed by the same program.
# - [x] Which pixels it gets.
#   - And which it was trained on. To look takes a minute, and changes nothing else.
# - [ ] Whether it was trained long enough.
#   - A frozen backbone is not trained at all.

# %% [markdown] quiz="8.b"
# Two backbones differ by one point, with five seeds; the paired interval is from -1 to +3 points. Which do you take?
#
# - [ ] The one that is ahead by a point.
#   - On other pictures it may as well be behind.
# - [ ] Neither, before there are more seeds.
#   - Two dozen probably would tell. But a point that takes so many, hardly anybody will notice.
# - [x] The faster of the two.
#   - Accuracy cannot decide between them. Time can.

# %% [markdown]
# ## What you saw
#
# - Our ResNet50 did not fail: it was fed wrongly. An experiment that changed one thing told the suspects apart.
# - Compare pair by pair, on the same pictures, and say how sure a difference is.
# - The ranking at the source is a good guess for pictures like the source's. For others, measure.
# - Milliseconds are measured; multiply-adds only hint at them.
#
# **Where it goes wrong in practice.** Preprocessing belongs to the weights, not to the architecture's name: the MobileNetV2
# of Keras wants -1 to 1, the one of TF Hub (lesson 10) 0 to 1, and neither complains.
#
# **On photographs** the drawn table stays: photos of five data sets cannot come with a course. Your own, in a folder for each
# class, make another: `make study STUDY_ARGS="--folder my/photos --backbones efficientnet_lite0 mobilenet_v2"` (the second is
# a download; where nobody knows what is unseen, compare `of="accuracy"`). For CUB and the pets, say `--photos`.
#
# ## Sources
#
# - H. Bhasin, "Image Recognition with Deep Learning", github.com/hbhasin, 2017.
# - S. Kornblith, J. Shlens, Q. Le, "Do Better ImageNet Models Transfer Better?", CVPR 2019.
# - A. Fang, S. Kornblith, L. Schmidt, "Does Progress on ImageNet Transfer to Real-World Datasets?", arXiv:2301.04644, 2023.
# - K. He and others, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, 2015.
