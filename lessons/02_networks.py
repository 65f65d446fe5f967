# %% [markdown]
# # 02 · A neuron, a network
#
# Which of these two is the Bramblet? A ringer who holds them reads two numbers off each: how long the bird is,
# and how long its bill. The smallest machine that learns to tell them apart is an artificial **neuron**. Where
# one is not enough, neurons form a **network**. Here you build both by hand, and then again in Keras.
#
# **When you have done this lesson you will be able to**
#
# - write a neuron and a small network in NumPy, and prove that their slopes are right;
# - say what is behind `Dense`, `loss`, `SGD` and `fit`, and why weights start at random;
# - see from two curves when a network begins to learn by heart.
#
# **You need** NumPy arrays and an idea of what a slope is. **Time**: about 45 minutes with the exercises.

# %%
import numpy as np

from course_utils import plots, sketchbook

pair = ["Marigold Leafling", "Tinker Bramblet"]
portraits = [sketchbook.bird_picture(name, index=6, px=192).image for name in pair]
plots.image_grid(np.stack(portraits), titles=pair)

# %% [markdown]
# ## Two birds in the hand
#
# The birds of this lesson are drawn and measured by code, in both profiles. `measure_birds` catches forty of
# each species; no two birds of a kind are of the same size.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
two = sketchbook.measure_birds(pair, per_species=40, seed=course.seed)
ax = plots.two_measurements(two, "length_cm", "bill_mm")

# %% [markdown]
# Neither measurement alone tells every bird, but a slanting line between the groups does: it *weighs one
# against the other*.
#
# ## One neuron
#
# A **neuron** multiplies each measurement by a number, adds up, and says yes above zero. The numbers are its
# **weights**, what is added at the end is its **bias**, and the sum is its **score**:
# $\text{score} = w_1 x_1 + w_2 x_2 + b$. Where the score is zero is its line.
#
# How does it find its weights? The oldest rule is Rosenblatt's **perceptron** (Rosenblatt, 1958). It looks at one
# bird after the other, and changes only when it is wrong. Call the truth +1 for a Leafling, -1 for a Bramblet. The
# correction is: **add truth times measurements to the weights, and truth to the bias.** Here it is in the middle
# of its work, with the bird that comes next. (Its measurements are **standardised**: the mean is taken away, and
# the rest divided by the standard deviation. Around zero, learning is faster (LeCun and others, 1998).)

# %%
some_weights, some_bias = np.array([0.5, -1.0]), 0.0
bramblet = np.array([-0.4, -0.6])  # a bit below the average in length and bill

# %% [markdown] question="2.1"
# ### Exercise 2.1 · One correction by hand
#
# The perceptron of the cell above meets that **Bramblet**. Which three numbers does it have afterwards: first
# weight, second weight, bias? Give a list.

# %% answer="2.1"
# solution
corrected = [*(some_weights - bramblet), some_bias - 1]
# end

# %% [markdown] why="2.1"
# The score is above zero, so it says Leafling, and is wrong. The truth is -1: the measurements are taken away
# from the weights, and one from the bias. For this bird the score is now far below zero.

# %% check="2.1"
from course_utils.exercises import Mistake, Value

check = Value(
    [0.9, -0.4, -1.0],
    atol=1e-6,
    mistakes=[
        Mistake(
            [0.5, -1.0, 0.0],
            "Nothing has changed. What was its score, what did it say, and was that right?",
        ),
        Mistake(
            [0.1, -1.6, 1.0],
            "You have added them, as for a Leafling. What is the truth of a Bramblet?",
        ),
        Mistake(
            [0.1, -1.6, -1.0],
            "The bias is right. The weights went the other way: truth *times* measurements.",
        ),
        Mistake([0.9, -0.4, 0.0], "The weights are right. The bias is corrected, too."),
        Mistake(
            [0.9, -0.4, 1.0],
            "The weights are right. Which sign has the truth that is added to the bias?",
        ),
        Mistake(
            [-0.5, -2.0, -1.0],
            "You have added the truth alone. Multiply it by the measurements first.",
        ),
    ],
    hints=[
        "First the score: weights times measurements, added up. On which side of zero is it?",
        "It said Leafling and it is a Bramblet, so truth is -1. What is -1 times the measurements?",
        "Old weight plus truth times measurement, for each of the two; old bias plus truth.",
    ],
)

# %% [markdown]
# Check yours:

# %%
exercise("2.1").check(corrected)

# %% [markdown]
# If *any* line separates two groups, a perceptron finds one (Novikoff, 1962). If. Here are three species, and one
# question: **is it a Seedkin?**

# %%
trio = ["Marigold Leafling", "Orchard Seedkin", "Copper-capped Thrushling"]
three = sketchbook.measure_birds(trio, per_species=40, seed=0)
ax = plots.two_measurements(three, "length_cm", "wing_mm")

# %% [markdown]
# Lay a ruler on the picture. Seedkins stand on the way from the Leaflings to the Thrushlings, so no line has
# them alone on one side: one neuron cannot do it.
#
# ## The slope of a loss
#
# A network needs another rule than the perceptron's. "Yes" or "no" is a step, and a step has no slope to follow.
# The **sigmoid** turns a score $s$ into a probability $p$, smoothly. The **loss** says how bad the probabilities
# are: minus the logarithm of the probability that the truth was given, on average. It is called *cross-entropy*.


# %%
def sigmoid(score):
    return 1 / (1 + np.exp(-score))


def cross_entropy(score, yes):
    return np.mean(np.logaddexp(0, score) - yes * score)  # -log(p) or -log(1 - p)


# %% [markdown]
# How does the loss change if a weight grows a little? That slope is the **derivative** of the loss for this
# weight. The weight changes the score, the score changes the loss; by the **chain rule**, both slopes are multiplied.
#
# - From score to loss: where the truth is yes, the loss is $\log(1 + e^{-s})$, and its derivative is
#   $-e^{-s} / (1 + e^{-s})$, which is $p - 1$. Where it is no, the derivative is $p$. Both are **probability minus
#   truth**.
# - From weight to score: the score grows by the measurement that the weight belongs to.

# %% [markdown] question="2.2"
# ### Exercise 2.2 · The slope for a weight
#
# Write `weight_slopes` for one neuron: how the *mean* loss changes with each of its weights. `points` has shape
# (n, 2), `probability` and `yes` (1 or 0) have shape (n,), and the answer has shape (2,).


# %% answer="2.2"
def weight_slopes(points, yes, probability):
    # solution
    return points.T @ (probability - yes) / len(yes)
    # end


# %% [markdown] why="2.2"
# Each bird says how wrong the neuron was, times what it measured; the slope is the mean over the birds. The matrix
# product does all the sums at once. Compare the perceptron: it adds truth times measurements for the birds it gets
# wrong. This is the same idea, in proportion to how wrong it was.

# %% check="2.2"
import numpy as np

from course_utils.exercises import Case, Function, Mistake


def reference(points, yes, probability):
    return points.T @ (probability - yes) / len(yes)


def drawn(random):
    n = random.integers(1, 9)
    return (
        random.normal(size=(n, 2)),
        random.integers(0, 2, n).astype(float),
        random.uniform(size=n),
    )


_sure = (
    np.array([[1.0, 2.0], [-1.0, 0.5]]),
    np.array([1.0, 0.0]),
    np.array([1.0, 0.0]),
)

check = Function(
    cases=[Case(_sure, np.zeros(2), "birds that are all answered right and surely")],
    reference=reference,
    draw=drawn,
    mistakes=[
        Mistake(
            lambda points, yes, probability: points.T @ (yes - probability) / len(yes),
            "That is the way downhill, right for a *step*. The slope itself is probability minus truth.",
        ),
        Mistake(
            lambda points, yes, probability: points.T @ (probability - yes),
            "That is the sum over the birds. The loss is a *mean*.",
        ),
        Mistake(
            lambda points, yes, probability: (
                points.T
                @ ((probability - yes) * probability * (1 - probability))
                / len(yes)
            ),
            "The slope of the sigmoid is in there twice: `probability - yes` already is the slope for the score.",
        ),
        Mistake(
            lambda points, yes, probability: np.mean(probability - yes),
            "That is the slope for the bias. A weight's slope also depends on its measurement.",
        ),
        Mistake(
            lambda points, yes, probability: points.T @ probability / len(yes),
            "Where is the truth? A bird that is answered right and surely must not pull at the weights.",
        ),
        Mistake(
            lambda points, yes, probability: points * (probability - yes)[:, None],
            "Those are the pulls of each bird. The slope of the loss is their mean, two numbers.",
        ),
        Mistake(
            lambda points, yes, probability: np.mean(
                points * (probability - yes)[:, None]
            ),
            "You have taken the mean over everything. Each weight has a slope of its own: mean over birds only.",
        ),
    ],
    hints=[
        "How wrong the neuron was: `probability - yes`, a number for each bird.",
        "Multiply it with each bird's two measurements (`[:, None]` makes (n,) a column), and take the mean over birds.",
        "`points.T @ something` sums over the birds, for each measurement. Divide by how many birds there are.",
    ],
)

# %% [markdown]
# The check calls your function with birds of its own.

# %%
exercise("2.2").check(weight_slopes)

# %% [markdown]
# ## A network by hand
#
# Take **two neurons side by side**, and let a third weigh what they say. The two in the middle are a **hidden
# layer**: nobody tells them what to look for. Each bends its score with `tanh`, a smooth step from -1 to 1. Without
# a bend, weighing what was weighed would be one line again.


# %%
def forward(points, weights):
    W1, b1, W2, b2 = weights
    hidden = np.tanh(points @ W1 + b1)  # (n, 2): what each hidden neuron says
    return hidden, hidden @ W2 + b2  # (n, 1): the score


def random_start(seed=0, hidden=2):
    random = np.random.default_rng(seed)
    W1, W2 = random.normal(size=(2, hidden)), random.normal(size=(hidden, 1))
    return [W1, np.zeros(hidden), W2, np.zeros(1)]


# %% [markdown]
# All slopes together are the **gradient**. **Backpropagation** is the chain rule, from the end to the beginning:
# the error $p - y$ is handed back through the weights `W2`, then through the bend, whose slope multiplies it
# (Rumelhart and others, 1986). The derivative of tanh is $1 - \tanh^2$. A colleague wrote it from memory:


# %%
def colleagues_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)  # (n, 1)
    d_hidden = d_score @ W2.T * (1 - hidden)  # (n, 2), before the bend
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


# %% [markdown]
# Is it right? There is a test that needs no thinking, the **gradient check**: move a parameter up a little, then
# down a little, and see how much the loss changes. Here for one number of each part:

# %%
points, yes = three[["length_cm", "wing_mm"]].to_numpy(), three[["genus"]] == "Seedkin"
centre, spread = points.mean(axis=0), points.std(axis=0)
points, yes = (points - centre) / spread, yes.to_numpy(float)  # (120, 2) and (120, 1)


def loss_if_moved(part, step):
    weights = random_start()
    weights[part].flat[0] += step
    return cross_entropy(forward(points, weights)[1], yes)


formula = colleagues_gradients(points, yes, random_start())
for part, name in enumerate(["W1", "b1", "W2", "b2"]):
    measured = (loss_if_moved(part, 1e-5) - loss_if_moved(part, -1e-5)) / 2e-5
    print(f"{name}: measured {measured:.5f}, formula {formula[part].flat[0]:.5f}")

# %% [markdown] question="2.3"
# ### Exercise 2.3 · Find the bug, and mend it
#
# Go by the numbers: which parts are wrong, and which line can make just these wrong? Write `mended_gradients`: the
# colleague's function without the bug. You may copy what is right.


# %% answer="2.3"
def mended_gradients(points, yes, weights):
    # solution
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]
    # end


# %% [markdown] why="2.3"
# The slopes for `W2` and `b2` need `d_score` alone, and they are right. Those for `W1` and `b1` come from `d_hidden`, and only
# they. There the error is handed back through the bend, and the derivative of tanh is one minus the *square* of tanh.

# %% check="2.3"
import numpy as np

from course_utils.exercises import Function, Mistake


def _gradients(
    bend, hand_back=lambda error, W2: error @ W2.T, first=lambda points, hidden: points
):
    def gradients(points, yes, weights):
        W1, b1, W2, b2 = weights
        hidden = np.tanh(points @ W1 + b1)
        d_score = (1 / (1 + np.exp(-(hidden @ W2 + b2))) - yes) / len(yes)
        d_hidden = hand_back(d_score, W2) * bend(hidden)
        return [
            points.T @ d_hidden,
            d_hidden.sum(0),
            first(points, hidden).T @ d_score,
            d_score.sum(0),
        ]

    return gradients


def drawn(random):
    n, hidden = random.integers(1, 7), random.integers(2, 5)
    weights = [
        random.normal(size=size) for size in ((2, hidden), hidden, (hidden, 1), 1)
    ]
    points, yes = random.normal(size=(n, 2)), random.integers(0, 2, (n, 1))
    return points, yes.astype(float), weights


check = Function(
    reference=_gradients(lambda hidden: 1 - hidden**2),
    draw=drawn,
    mistakes=[
        Mistake(
            _gradients(lambda hidden: 1 - hidden),
            "That is still the colleague's. `W2` and `b2` are right: which line do only `W1` and `b1` need?",
        ),
        Mistake(
            _gradients(lambda hidden: hidden**2 - 1),
            "The line is the right one, and the sign is turned round.",
        ),
        Mistake(
            _gradients(lambda hidden: hidden * (1 - hidden)),
            "That is the slope of a sigmoid. The bend here is tanh.",
        ),
        Mistake(
            _gradients(lambda hidden: (1 - hidden) ** 2),
            "The square is in the wrong place: read the derivative of tanh once more.",
        ),
        Mistake(
            _gradients(lambda hidden: 1 - np.tanh(hidden) ** 2),
            "`hidden` has been through tanh already. Here it goes through twice.",
        ),
        Mistake(
            _gradients(lambda hidden: np.ones_like(hidden)),
            "Now the error is handed back as if there were no bend. The slope of the bend belongs into that line.",
        ),
        Mistake(
            _gradients(
                lambda hidden: 1 - hidden**2, lambda error, W2: error @ np.abs(W2).T
            ),
            "The bend is right. But the weights with which the error is handed back have lost their signs.",
        ),
    ],
    hints=[
        "Two of the four parts are wrong. Which line do these two need, that the other two do not?",
        "`W1` and `b1` sit before the bend, `W2` and `b2` behind it. So it is where the error goes back through the bend.",
        "The text above the colleague's cell says what the derivative of tanh is.",
    ],
)

# %% [markdown]
# Again it is called with birds of its own.

# %%
exercise("2.3").check(mended_gradients)

# %% [markdown]
# The next cell has a right one, for the rest of the lesson (look when you have yours), and the training: again
# and again a step downhill, against the slopes. The **learning rate** says how long a step is. It is a
# **hyperparameter**, a number that you choose and training does not change.


# %%
def gradients(points, yes, weights):
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ weights[2].T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


def train(gradients, weights, points, yes, rate=2.0, steps=100):
    path = [weights]
    for _ in range(steps):
        slopes = gradients(points, yes, path[-1])
        path.append([w - rate * s for w, s in zip(path[-1], slopes, strict=True)])
    return path  # the weights after each step


def losses(path, points, yes):
    return [cross_entropy(forward(points, weights)[1], yes) for weights in path]


# %% [markdown]
# Would you have noticed the bug without the check?

# %% tags=["nbval-ignore-output"]
path = train(gradients, random_start(), points, yes)
astray = train(colleagues_gradients, random_start(), points, yes)
curves = {"right": losses(path, points, yes), "bug": losses(astray, points, yes)}
ax = plots.loss_curves(curves)

# %% [markdown]
# Nothing crashes, and the buggy loss falls, too. Somebody who has no other curve beside it will blame the data.
# One start proves little, so here are twenty: how many end without a mistake?


# %% within=0.2
def solved(starts, gradients=gradients):
    ends = [train(gradients, start, points, yes)[-1] for start in starts]
    return sum(((forward(points, end)[1] > 0) == yes).all() for end in ends)


starts = [random_start(seed) for seed in range(20)]
print(f"{solved(starts)} of 20; with the bug {solved(starts, colleagues_gradients)}")

# %% [markdown]
# Bugs in a network are quiet. And the right one does what no line could. **Look inside while it learns**: choose the
# network or one of its hidden neurons, and move `step`.

# %%
from course_utils.widgets import Slider, explore

parts = ["the network", "hidden neuron 1", "hidden neuron 2"]


def inside(part, step):
    def said(birds):
        hidden, score = forward((birds - centre) / spread, path[step])
        return np.hstack([score, hidden])[:, parts.index(part)]

    title = f"{part} says yes"
    return plots.two_measurements(
        three, "length_cm", "wing_mm", score=said, title=title
    )


explore(inside, part=parts, step=Slider(0, 100, start=100, step=1))

# %% [markdown]
# Each hidden neuron draws a line, and the third neuron says yes between them. The hidden layer *made its own
# measurements*. That is what backbones do, in many layers, and why their features are worth borrowing.
#
# ## Why at random?
#
# Lesson 00 started its head, a single layer, with all weights at zero, and it learned. Your formula of exercise
# 2.2 says why: its slopes need the measurements, not the weights. With a hidden layer it is another story.

# %% [markdown] question="2.4"
# ### Exercise 2.4 · Four ways to start
#
# Four starts of our network; all biases are zero. Which can learn, so that the two hidden neurons end with
# *different* lines? Predict a list of four numbers, 1 for "can" and 0 for "cannot".
#
# 1. `W1` and `W2` all zero
# 2. `W1` and `W2` all one half
# 3. `W1` at random, `W2` all zero
# 4. `W1` all zero, `W2` at random

# %% answer="2.4"
# solution
can_learn = [0, 0, 1, 1]
# end

# %% [markdown] why="2.4"
# In the first, `hidden` is zero, so `W2` feels no slope, and `W2` is zero, so nothing is handed back to `W1`: only the last
# bias moves. In the second, both neurons say the same and get the same share of the error, so they change alike, for ever.
# In the third the neurons differ, so `W2` gets two different slopes in the first step, and hands back different errors
# in the second. In the fourth it is the other way about: `W2` hands back different errors at once.

# %% check="2.4"
from course_utils.exercises import Mistake, Value

check = Value(
    [0, 0, 1, 1],
    rtol=0,
    mistakes=[
        Mistake(
            [0, 0, 0, 0],
            "None of them? What matters is whether two neurons can come to differ, not whether there is a zero.",
        ),
        Mistake(
            [0, 1, 1, 1],
            "In the second there are slopes. But compare those of the two hidden neurons: by what could they differ?",
        ),
        Mistake(
            [0, 1, 0, 0],
            "Slopes are not all: what could make the two neurons of the second start differ? And look for chance elsewhere.",
        ),
        Mistake(
            [0, 0, 1, 0],
            "The last start: `W2` has two different weights. What do they hand back to the two neurons in the first step?",
        ),
        Mistake(
            [0, 0, 0, 1],
            "The third start: the neurons say different things. Which slope does `W2` feel in the first step?",
        ),
        Mistake(
            [1, 1, 1, 1],
            "All of them? Go through the first start: what is `hidden`, and what is handed back?",
        ),
        Mistake(
            [1, 0, 0, 0],
            "The first start: what is `hidden`, and what is handed back? It seems to be turned round.",
        ),
    ],
    hints=[
        "Two neurons that are alike in all their weights, into them and out of them, feel the same slopes.",
        "Compute the first step: `hidden`, then the slope for `W2`, then `d_hidden`.",
        "One layer at random is enough to make two neurons differ after a step or two. In which starts is there one?",
    ],
)

# %% [markdown]
# Follow the lines of `gradients` with a finger, once for each start.

# %%
exercise("2.4").check(can_learn)

# %% [markdown]
# Now let them train, the two with chance in them from twenty starts each.

# %% tags=["predict"] within=0.2
print("1: solved from", solved([[0 * part for part in starts[0]]]), "of 1")
half = [np.full((2, 2), 0.5), np.zeros(2), np.full((2, 1), 0.5), np.zeros(1)]
print("2: solved from", solved([half]), "of 1")
print("3: solved from", solved([[a, b, 0 * c, d] for a, b, c, d in starts]), "of 20")
print("4: solved from", solved([[0 * a, b, c, d] for a, b, c, d in starts]), "of 20")

# %% [markdown]
# Zero itself does no harm, **symmetry** does: hidden neurons that start alike get the same slopes and stay alike,
# two neurons with one line. A little chance in *one* layer breaks it. So networks start at random, and a last
# layer on top of different features may start at zero.
#
# ## The same in Keras
#
# `Dense` is a layer of neurons. We hand over the very weights we started from.

# %%
import keras
from keras.layers import Dense

model = keras.Sequential([keras.Input((2,)), Dense(2, activation="tanh"), Dense(1)])
model.set_weights(random_start())
loss = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.SGD(2.0), loss=loss)
history = model.fit(points, yes, batch_size=len(points), epochs=50, verbose=0)
same = np.allclose(history.history["loss"], curves["right"][:50], atol=1e-4)
print("the same loss at each of 50 steps:", same)

# %% [markdown]
# No magic is left: Keras finds the gradient by itself, for any network. (Plain scores are also called **logits**;
# `from_logits=True` says that the loss gets scores, not probabilities.)
#
# ## The S in SGD
#
# Each of our steps looked at all birds. With a million pictures that takes too long. **Stochastic gradient
# descent** looks at a few, drawn at random: a **minibatch**. Its slope is right on average, but noisy. Here is the slope for
# one weight, from two thousand minibatches of each size. **Predict:** with four times as many birds, how does
# the scatter shrink?

# %% tags=["predict"]
random = np.random.default_rng(0)
for batch in (1, 4, 16, 64):
    some = random.integers(len(points), size=(2000, batch))
    slopes = [gradients(points[k], yes[k], starts[0])[2][0, 0] for k in some]
    print(f"{batch} birds: mean {np.mean(slopes):.2f}, scatter {np.std(slopes):.2f}")

# %% [markdown]
# To half: the scatter falls with the square root of the batch size. So the first few birds buy most of what is to
# be had, and many cheap noisy steps lead further than a few exact ones. That is what `batch_size` in `fit` is about.
#
# ## Learning by heart
#
# Last, two genera that overlap in length and wing: fifteen birds of each, and far more hidden neurons than
# that needs. Other birds are held back from training, to *choose* by: the **validation** set.

# %%
genera = ["Drummer Barktapper", "Copper-capped Thrushling"]
catch = sketchbook.measure_birds(genera, per_species=60, seed=0)
x, y = catch[["length_cm", "wing_mm"]].to_numpy(), catch[["species"]] == genera[0]
training = np.arange(len(x)) % 4 == 0  # every fourth bird
x = (x - x[training].mean(axis=0)) / x[training].std(axis=0)
seen = x[training], y[training].to_numpy(float)
held_back = x[~training], y[~training].to_numpy(float)
W1, b1, W2, b2 = random_start(hidden=64)
long = train(gradients, [W1, b1, 0 * W2, b2], *seen, rate=0.1, steps=2000)
curves = {"training": losses(long, *seen), "validation": losses(long, *held_back)}
ax = plots.loss_curves(curves)

# %% [markdown] question="2.5"
# ### Exercise 2.5 · When would you have stopped?
#
# You may keep the weights after any step of this run, to name birds that nobody has met. Choose `best_step`, from
# the numbers in `curves`; the start is step 0.

# %% answer="2.5"
# solution
best_step = int(np.argmin(curves["validation"]))
# end

# %% [markdown] why="2.5"
# The training loss falls to the end, so it can tell nothing: the network gets ever surer about thirty birds, and wrong
# about others. Only birds that it was not trained on show where it stops learning anything that holds for them, too.

# %% check="2.5"
import numpy as np

from course_utils.exercises import Mistake, Value

check = Value(
    lambda curves: int(np.argmin(curves["validation"])),
    rtol=0.1,
    given={
        "curves": {
            "training": [0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05],
            "validation": [0.7, 0.65, 0.6, 0.55, 0.62, 0.7, 0.8, 0.9, 1.2],
        }
    },
    mistakes=[
        Mistake(
            lambda curves: len(curves["training"]) - 1,
            "There the *training* loss is lowest, on birds that it knows by heart. Which birds are to be named later?",
        ),
        Mistake(
            lambda curves: len(curves["training"]),
            "Is there such a step? Steps are counted from 0, and by then it has learned by heart anyway.",
        ),
        Mistake(
            0,
            "That is the start, before it has learned anything. Is no later place better?",
        ),
        Mistake(
            lambda curves: min(curves["validation"]),
            "That is the loss at the best step. At *which* step was it?",
            when=lambda answer, curves: 0 < answer < 1,
        ),
        Mistake(
            lambda curves: int(np.argmax(curves["validation"])) - 2,
            "There the validation loss has been rising for some time.",
            when=lambda answer, curves: answer > 1.1 * np.argmin(curves["validation"]),
        ),
    ],
    hints=[
        "Which of the two curves speaks of birds that it was not trained on?",
        "Look for the lowest place of that curve, and at which step it is.",
        "`np.argmin(values)` gives the place of the smallest value.",
    ],
)

# %% [markdown]
# It is your run that counts:

# %%
exercise("2.5").check(best_step, curves=curves)

# %% [markdown]
# Learning what holds for the training birds only is **overfitting**; what holds for others, too, is
# **generalisation**. Stopping early is one remedy. Others are more birds, a smaller network, and all that holds weights
# back, called **regularisation**. But do not report that lowest validation loss: it was the best of two
# thousand, so it is a little too good to be true. That takes a **test** set, which has chosen nothing.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="2.a"
# The loss falls in the first epochs, then jumps up, and becomes `nan`. What do you do first?
#
# - [ ] Train for more epochs, until it has come down again.
#   - From `nan` there is no way back. Nothing is computed with it but `nan`.
# - [x] Make the learning rate ten times smaller.
#   - The steps jumped across the valley, and landed higher each time. See whether the inputs are standardised, too.
# - [ ] Add a hidden layer, so that it can learn more.
#   - More parameters do not make steps shorter.

# %% [markdown] quiz="2.b"
# A network with two hidden layers has no activations. What can it learn that one neuron cannot?
#
# - [ ] Two lines, one for each of its two hidden layers.
#   - Each layer only weighs and adds, and so does the whole.
# - [ ] Any curve, if its layers are wide enough.
#   - That is true *with* a bend. Without one, width does not help.
# - [x] Nothing: it draws one straight line.
#   - Weighing what was weighed is weighing again. It is the bend between that makes layers worth having.

# %% [markdown] quiz="2.c"
# The gradient check shows tiny errors for all parts. What do you know now?
#
# - [x] That backpropagation computes the slopes of this loss.
#   - That, and no more, and it is worth knowing.
# - [ ] That the network will learn well with these slopes and this learning rate.
#   - The slopes are right. Whether the learning rate is, or the data, is another question.
# - [ ] That there is no bug in the whole program any more.
#   - The data, the loop of the training or the way in which mistakes are counted may be wrong all the same.

# %% [markdown] quiz="2.d"
# A figure has two curves that both fall to the end: the training loss, and the validation loss a little above it. What can it *not* show?
#
# - [ ] That the network has not begun to learn by heart.
#   - It shows that: the validation loss would rise.
# - [ ] That training for longer may still help.
#   - It shows that: both are still falling.
# - [x] How good the network is at last, if you stop by it.
#   - Whoever chooses by a set of birds is a little too good on it. That takes birds that nobody has chosen by.

# %% [markdown]
# Where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A **neuron** weighs, adds and decides: one straight line. **Standardised** inputs let it learn quickly.
# - A **hidden layer** with a bend makes measurements of its own. It needs chance at the start, to break the symmetry.
# - **Backpropagation** is the chain rule, backwards; a gradient check proves it, and quiet bugs need one.
# - Keras does the same, with the same numbers; the S in **SGD** is the noise of minibatches.
# - **Validation** shows when learning turns into **overfitting**.
#
# Lesson 02x looks at the landscape that these steps walk through, and lets four optimisers race in it.
#
# **Where it goes wrong in practice.** A loss that does not move may be too small a learning rate or too big a one:
# try one ten times smaller and one ten times bigger before you change anything else. Inputs that are not standardised,
# or validation birds that are standardised by other numbers than those of training. A gradient written by hand and never
# checked.
#
# ## Sources
#
# - F. Rosenblatt, "The Perceptron: A Probabilistic Model for Information Storage and Organization in the Brain",
#   Psychological Review 65, 1958.
# - A. B. J. Novikoff, "On Convergence Proofs on Perceptrons", Symposium on the Mathematical Theory of Automata, 1962.
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning Representations by Back-propagating Errors", Nature 323,
#   1986.
# - The birds and their measurements are made by this course (`course_utils.sketchbook`, CC BY 4.0).
