# %% [markdown]
# # 08 · Which backbone, how deep?
#
# In 2017 somebody compared the famous networks on five small data sets, for days, on four PCs. Four networks did well.
# The fifth, ResNet50, "failed to perform as well" and was left out (Bhasin, 2017), although it had won the largest
# contest there was. **What would you suspect first?** In this lesson you have the whole study in one table, and you find
# out what went wrong.

# %% [markdown]
# Every row is one training: of a backbone, on a data set, used in some way (its *arm*). Five seeds each, and each seed
# has pictures of its own, the same for all who are compared.

# %%
import numpy as np
import pandas as pd

from course_utils import plots
from course_utils.environment import setup
from course_utils.exercises import exercise
from course_utils.paths import data_folder

course = setup(seed=0)
study = pd.read_csv(data_folder() / "study.csv").drop(columns="key")
study.groupby("arm").head(1)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - say which of two backbones is better for *your* pictures, by how much, and how surely;
# - find out why a good network fails, before you blame the network;
# - choose a backbone by accuracy and milliseconds, without training them all.
#
# **You need** lessons 04 and 07. **Time**: about 45 minutes; the computer needs one of them.
#
# ## 1. The table
#
# First the plainest arm: the backbone frozen, a linear head on its features. **Predict** before you run it: does one
# backbone win on all data sets?

# %% within=0.05 tags=["predict"]
frozen = study[study["arm"] == "frozen"]
table = frozen.pivot_table("accuracy", "backbone", "data_set", sort=False)
(100 * table).round(1)

# %% [markdown]
# Is that true? Do not take our word: one part of the table takes seconds. Our leaves are drawn now, each backbone looks
# at them once, and `heads.fitted_head` finds the best linear head without a learning rate. (The vectors of one backbone
# are a hundred times as long as another's. One rate for all would decide who wins.)

# %% within=0.05
from course_utils.backbones import describe, load_backbone
from course_utils.bottlenecks import BottleneckCache
from course_utils.datasets import load_any

leaves = load_any(course.study_folder("leaves"))
cache = BottleneckCache(course.cache_folder())
drawn = describe().query("weights.str.startswith('this course')").index
features = {b: cache.extract(load_backbone(b), leaves, progress=False) for b in drawn}

# %% [markdown]
# Heads for all of them, and how often they are right:

# %% within=0.05
from course_utils import heads


def judge(vectors, rows):
    train, test = (rows["split"] == name for name in ("train", "test"))
    n_classes = rows["label"].nunique()
    head = heads.fitted_head(vectors[train], rows["label"][train], n_classes)
    answers = head.predict(vectors[test], verbose=0).argmax(axis=1)
    right, known = answers == rows["label"][test], rows["known"][test]
    return pd.Series({"seen": right[known].mean(), "unseen": right[~known].mean()})


pd.DataFrame({b: judge(f.vectors, f.table) for b, f in features.items()}).T.round(3)

# %% [markdown]
# Two columns, as always: leaves that the backbones met in their own training, and leaves that they never saw. The second
# is what you will have with your pictures.
#
# ## 2. How sure is a difference?
#
# The networks of one seed saw the same pictures. So do not compare two means; compare *pair by pair*. A few pairs are
# little: their mean difference has a standard error of $s / \sqrt{n}$, and its 95 % interval reaches to either side as many
# of these as Student's t says:

# %%
from scipy.stats import t

pairs = [2, 3, 5, 10, 100]
pd.Series(t.ppf(0.975, np.subtract(pairs, 1)), pairs, name="95% interval").round(2)

# %% [markdown] question="8.1"
# ### Exercise 8.1 · Pair by pair
#
# Write `paired(a, b)`: two arrays of accuracies of the same seeds, in the same order. Return `(mean, low, high)` of
# *a minus b*, with the 95 % interval. The standard deviation of a sample divides by `n - 1`.


# %% answer="8.1"
def paired(a, b):
    # solution
    difference = np.asarray(a) - np.asarray(b)
    n = len(difference)
    reach = t.ppf(0.975, n - 1) * difference.std(ddof=1) / np.sqrt(n)
    return difference.mean(), difference.mean() - reach, difference.mean() + reach
    # end


# %% [markdown] why="8.1"
# What both share, an easy set of pictures for example, falls out of each pair's difference. What is left is what differs
# between the two.

# %% check="8.1"
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
exercise("8.1").check(paired)

# %% [markdown]
# `comparison.gains` does the same for a whole table. With it, a question of the old study: **is it worth training all layers**, or is
# the head enough? For each data set, over all backbones: fine-tuned by our recipe, and as in 2017 (SGD with momentum and a
# small rate), minus frozen. **Predict** which data set gains most.

# %% within=0.3 tags=["predict"]
from course_utils import comparison

arms = "fine-tuned", "fine-tuned as in 2017"
tuned = comparison.gains(study, "data_set", *arms)
plots.differences(tuned, "fine-tuned minus frozen")

# %% [markdown]
# What is clear of the line at zero is in blue. Compare the two recipes: the same networks, the same pictures.
#
# ## 3. Why ResNet50 failed
#
# The program of 2017 divides pixels by 255, whatever a network was trained on (Bhasin, 2017). Here is what that does: the arm "wrong range" minus
# "frozen". **Predict**: does it hurt all alike?

# %% within=0.3 tags=["predict"]
wrong = comparison.gains(study, "backbone", "wrong range")
plots.differences(wrong, "0 to 1 minus as trained")

# %% [markdown]
# The same head was fitted with the same care, on features of the same wrong pixels in training and test. Where do they go
# wrong? Look at the features of two *different* leaves: how alike are they, before and after?

# %% within=0.2
some = leaves.images(range(0, len(leaves), 40), 96).astype("float32")
alike = {}
for name in drawn:
    backbone = load_backbone(name)
    network = backbone.get_layer("network")  # the bare one, without preprocessing
    for what, run, pixels in (
        ("as trained", backbone, some),
        ("0 to 1", network, some / 255),
    ):
        vectors = run.predict(pixels, verbose=0)
        alike[name, what] = np.corrcoef(vectors)[np.triu_indices(len(some), 1)].mean()
wants = describe().loc[drawn, "preprocessing"]
pd.Series(alike).unstack()[["as trained", "0 to 1"]].round(2).join(wants)

# %% [markdown]
# Fed with 0 to 1, a network that expects numbers from below minus a hundred to above plus a hundred sees pictures that are
# all but grey, and its BatchNorm remembers the statistics of others. Does it help to train all layers, on the same wrong
# pixels? Minus the same training on the right ones:

# %% within=0.3
arm = "fine-tuned on wrong range"
comparison.gains(study, "backbone", arm, than="fine-tuned").round(3)

# %% [markdown]
# No recipe makes up for a picture that the network cannot read.

# %% [markdown]
# The mean colour, blue first:

# %%
from course_utils.backbones import preprocessing

preprocessing.CAFFE_MEAN

# %% [markdown] question="8.2"
# ### Exercise 8.2 · As ResNet50 was trained
#
# Write `for_resnet(pixels)`: from RGB pixels 0 to 255, shape `(n, rows, columns, 3)`, to what the original authors' program
# (Caffe) gave the network: blue, green, red, in this order, with ImageNet's mean colour subtracted, and no scaling. The mean
# is above.


# %% answer="8.2"
def for_resnet(pixels):
    # solution
    return pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    # end


# %% [markdown] why="8.2"
# That is all: one line. The study of 2017 lacked it, and a sound network was declared unfit.

# %% check="8.2"
import numpy as np

from course_utils.exercises import Function, Mistake

MEAN = np.array([103.939, 116.779, 123.68])


def some_pixels(random):
    shape = (int(random.integers(1, 4)), int(random.integers(1, 6)), 4, 3)
    return (random.integers(0, 256, shape).astype("float32"),)


check = Function(
    reference=lambda pixels: pixels[..., ::-1] - MEAN,
    draw=some_pixels,
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
        Mistake(lambda pixels: pixels / 255, "That is what the study of 2017 did."),
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
# ## 4. Does the better network transfer better?
#
# Sixteen networks of ImageNet, the better at the source, were the better on twelve other data sets, too
# (Kornblith and others, 2019). Do ours?

# %% within=0.3
from course_utils.backbones import source_accuracy

both = pd.DataFrame({"source": {name: source_accuracy(name) for name in drawn}})
both["target"] = frozen.groupby("backbone")["unseen"].mean()
both = both.dropna()
print(comparison.rank_correlation(both["source"], both["target"]).round(2).to_dict())
both.sort_values("source").round(3)

# %% [markdown] question="8.3"
# ### Exercise 8.3 · What may you say?
#
# Look at the interval, and at how far apart the networks are at the source. Answer with a letter in quotes.
#
# - [ ] The better network at the source does transfer better.
#   - Look at the interval: nearly every correlation is in it, of either sign.
# - [ ] Kornblith and others are refuted.
#   - An interval that holds nearly everything refutes nothing, theirs included.
# - [x] So few networks, so much alike, cannot tell.
#   - Resampled, the ranks come out in any order. It takes more networks, or networks that differ more at the source.
# - [ ] There is no connection between source and transfer.
#   - To find none is not to find that there is none. The interval holds strong connections, too.

# %% answer="8.3"
# solution
conclusion = "c"
# end

# %% check="8.3"
from course_utils.exercises import Choice

check = Choice(
    hints=["How wide is the interval?", "How many networks were drawn from?"]
)

# %% [markdown]
# Your choice:

# %%
exercise("8.3").check(conclusion)

# %% [markdown]
# ## 5. Accuracy against milliseconds
#
# Multiply-adds are counted, milliseconds are paid. Measured here, on your machine, in turn, so that a busy moment hits all:

# %% tags=["nbval-ignore-output"]
from time import perf_counter

networks = {name: load_backbone(name) for name in both.index}
taken = {name: [] for name in networks}
for _ in range(4):
    for name, network in networks.items():
        start = perf_counter()
        network.predict_on_batch(some)
        taken[name].append((perf_counter() - start) * 1000 / len(some))
# the first round is warming up
ms = pd.Series({name: np.median(times[1:]) for name, times in taken.items()})
ms.round(1).sort_values()

# %% [markdown] question="8.4"
# ### Exercise 8.4 · Worth looking at
#
# A backbone is worth looking at if no other is both at least as fast and at least as accurate, and better in one of the two.
# Together they are the *Pareto front*. Write `front(ms, accuracy)`: two arrays, to an array of True and False.


# %% answer="8.4"
def front(ms, accuracy):
    # solution
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    beaten = [
        ((ms <= m) & (accuracy >= a) & ((ms < m) | (accuracy > a))).any()
        for m, a in zip(ms, accuracy, strict=True)
    ]
    return ~np.array(beaten)
    # end


# %% [markdown] why="8.4"
# Everybody else is beaten by somebody in both. Which one of the front to take, no computer can say: that depends on what a
# millisecond is worth to you.


# %% check="8.4"
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
            "Only who is fastest *and* most accurate is left. Beaten is who is beaten in both by the same other.",
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
exercise("8.4").check(front)

# %% [markdown]
# The front with intervals. Two whose intervals overlap far may change places on other pictures:

# %% tags=["nbval-ignore-output"]
seeds = frozen.pivot_table(index="seed", columns="backbone", values="unseen")[ms.index]
reach = t.ppf(0.975, len(seeds) - 1) * seeds.std() / len(seeds) ** 0.5
mean = seeds.mean()
points = {"ms": ms, "accuracy": mean, "low": mean - reach, "high": mean + reach}
points["front"] = comparison.pareto_front(ms, mean)
plots.accuracy_against_time(pd.DataFrame(points))

# %% [markdown]
# ## 6. The pictures, or the size?
#
# Is a backbone good because of what it has seen, or because it is a large network? The controls: the same network with
# random weights, and trained on the target's pictures alone.

# %% within=0.1
names = study.query("arm == 'from scratch'")["backbone"]
small = study[study["backbone"].isin(names)]
controls = small.pivot_table("accuracy", "arm", "data_set", sort=False)
(100 * controls.loc[["random", "from scratch", "frozen", "fine-tuned"]]).round(1)

# %% [markdown]
# ## 7. How deep?
#
# A backbone need not be used to its end. We cut one after each of some blocks, average each map, and fit a head. **Predict**
# at which depth seen and unseen leaves are told apart best.

# %% within=0.1 tags=["predict"]
import keras

backbone = load_backbone("mini_mobilenet_v2")
network = backbone.get_layer("network")
cuts = [f"block_{i}_project_BN" for i in (1, 3, 6, 10, 13, 16)] + ["out_relu"]
pool = keras.layers.GlobalAveragePooling2D()
parts = keras.Model(network.input, [pool(network.get_layer(c).output) for c in cuts])
inputs = backbone.get_layer("preprocessing")(leaves.images(range(len(leaves)), 96))
outputs = parts.predict(inputs, verbose=0)
pd.DataFrame(
    {c: judge(v, leaves.table) for c, v in zip(cuts, outputs, strict=True)}
).T.round(2)

# %% [markdown]
# ## 8. A cheap score
#
# To try all backbones you need heads, validation pictures, time. Is there a score that needs none of it? One is how often a
# training picture is nearest to the mean of *its own* class, its own vector left out of that mean.

# %% [markdown] question="8.5"
# ### Exercise 8.5 · Why left out?
#
# Somebody computes the score without leaving the picture out of its class's mean. With two pictures of each class, every
# backbone is then nearly always right. Why? Answer with a letter in quotes.
#
# - [x] Half of each mean is the picture itself.
#   - In so many dimensions everything else is far away.
# - [ ] Two pictures are enough for a linear head.
#   - Perhaps to fit them. But nobody fits here, and the score says nothing about new pictures.
# - [ ] The backbones have seen these classes.
#   - The same happens with classes that no backbone has seen, and with random vectors.
# - [ ] The nearest mean is a poor classifier.
#   - Then it should score low, not high.

# %% answer="8.5"
# solution
reason = "a"
# end

# %% check="8.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Work it out for one class with two vectors: what is their mean, and how far is each from it?",
        "Would it happen with random vectors?",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("8.5").check(reason)


# %% [markdown]
# The score beside the accuracy that took a head and test pictures:


# %% within=0.1
train = {b: f.split("train") for b, f in features.items()}
score = {
    b: comparison.nearest_mean_score(f.vectors, f.labels) for b, f in train.items()
}
truth = {b: judge(f.vectors, f.table).mean() for b, f in features.items()}
pd.DataFrame({"score": score, "truth": truth}).sort_values("truth").round(2)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="8.a"
# A network that others praise does badly on your pictures. What do you look at first?
#
# - [ ] Whether a larger one does better.
#   - It would be fed by the same program.
# - [x] Which pixels it gets.
#   - And which it was trained on. To look takes a minute; to train takes hours, and ends where it began.
# - [ ] Whether it was trained long enough.
#   - A frozen backbone is not trained at all.

# %% [markdown] quiz="8.b"
# Two backbones differ by one point, with five seeds; the paired interval is from -1 to +3 points. Which do you take?
#
# - [ ] The one that is ahead by a point.
#   - On other pictures it may as well be behind.
# - [ ] Neither, before there are more seeds.
#   - You can. But a point that takes fifty seeds to be seen will hardly be noticed by anybody else.
# - [x] The faster of the two.
#   - Accuracy cannot decide between them. Time can.

# %% [markdown]
# ## What you saw
#
# - Compare pair by pair, on the same pictures, and say how sure a difference is.
# - ResNet50 did not fail. It was fed with pixels that it had never seen.
# - A few networks cannot say whether the source's accuracy predicts the target's.
# - Speed is measured, not counted, and the front has few members.
#
# **Where it goes wrong in practice.** Preprocessing belongs to the weights, not to the architecture's name. Two files of
# weights for one network may want different pixels, and nothing warns you.
#
# ## Sources
#
# - H. Bhasin, "Image Recognition with Deep Learning", github.com/hbhasin, 2017.
# - S. Kornblith, J. Shlens, Q. Le, "Do Better ImageNet Models Transfer Better?", CVPR 2019.
# - K. He and others, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, 2015.
