# %% [markdown]
# # 02 · A neuron, a network
#
# Which of two birds is the Bramblet? A ringer measures the length of each bird and of its bill. The smallest machine
# that learns to tell them apart is an artificial **neuron**. Where one is not enough, neurons form a **network**. You
# build both by hand, then in Keras.
#
# **When you have done this lesson you will be able to**
#
# - write a neuron and a small network in NumPy, and prove that their slopes are right;
# - say what is behind `Dense`, `loss`, `SGD` and `fit`, and why weights start at random;
# - see from two curves when a network begins to learn by heart (memorise).
#
# **You need** NumPy arrays and an idea of what a slope is. **Time**: about 45 minutes with the exercises.

# %% [markdown]
# Here are the two birds:

# %%
import numpy as np

from course_utils import plots, sketchbook

pair = ["Marigold Leafling", "Tinker Bramblet"]
portraits = [sketchbook.bird_picture(name, index=6, px=192).image for name in pair]
plots.image_grid(np.stack(portraits), titles=pair)

# %% [markdown]
# ## Two birds in the hand
#
# The birds of this lesson are drawn and measured by code.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise, progress

course = setup(seed=0)
# A table: a row for each bird, with its species, genus and measurements.
two = sketchbook.measure_birds(pair, per_species=40, seed=course.seed)
ax = plots.two_measurements(two, "length_cm", "bill_mm")

# %% [markdown]
# Neither measurement alone tells every bird, but a slanting line does: it *weighs one against the other*.
#
# ## One neuron
#
# A **neuron** multiplies each measurement by a **weight**, adds up, adds its **bias**, and says yes if this
# **score**, $w_1 x_1 + w_2 x_2 + b$, is above zero. The points with score zero are its line.
#
# How does it find its weights? The oldest rule is the **perceptron** (Rosenblatt, 1958). It looks at one bird after
# the other. Call the truth +1 for a Leafling ("yes"), -1 for a Bramblet. When its answer is wrong, it **adds truth
# times measurements to the weights, and truth to the bias.** Here it is at work, with the next bird.
# (Measurements are **standardised**: minus the mean, divided by the standard deviation. Around zero, learning
# is faster (LeCun and others, 1998).)

# %%
some_weights, bramblet = np.array([0.5, -1.0]), np.array([-0.4, -0.6])

# %% [markdown] question="2.1"
# ### Exercise 2.1 · One correction by hand
#
# The perceptron has these weights, and zero as its bias. It meets that **Bramblet**. What does it have afterwards?
# Give a list: first weight, second weight, bias.

# %% answer="2.1"
# solution
corrected = [*(some_weights - bramblet), 0 - 1]
# end

# %% [markdown] why="2.1"
# The score is above zero, so it says Leafling, and is wrong. The truth is -1: the measurements are taken away
# from the weights, and one from the bias. For this bird the score is now far below zero.

# %% check="2.1"
import numpy as np

from course_utils.exercises import Mistake, Value

_before, _after = np.array([0.5, -1.0, 0.0]), np.array([0.9, -0.4, -1.0])


def scaled(answer):
    """True if the answer goes the right way, but farther or less far."""
    shares = (np.array(answer) - _before) / (_after - _before)
    return shares[0] > 0 and np.allclose(shares, shares[0])


def one_weight(answer):
    return answer[2] == -1 and np.isclose(answer[:2], _after[:2]).sum() == 1


check = Value(
    list(_after),
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
        Mistake(
            [0.5, -1.0, -1.0],
            "The bias is right. The weights are corrected, too: how much, is up to the measurements.",
        ),
        Mistake(
            [0.4, 0.6, -1.0],
            "Your first two are truth times measurements. *Add* them to the weights that it had.",
        ),
        Mistake(
            [0.2, -0.6, -1.0],
            "You have multiplied the weights. Multiply the *measurements* by the truth, and add that to the weights.",
        ),
        Mistake(
            [-0.9, 0.4, 1.0],
            "All signs are turned round. It keeps its old weights and bias, and something is added to them.",
        ),
        Mistake(
            [-1.0, 0.9, -0.4],
            "Those are the numbers, in another order: first weight, second weight, bias.",
            when=lambda answer: np.allclose(sorted(answer), sorted(_after)),
        ),
        Mistake(
            [1.3, 0.2, -2.0],
            "The right way, but not the right length. Add truth times measurements as they are: the rule has neither a "
            "learning rate, nor the score, nor what it said in it.",
            when=scaled,
        ),
        Mistake(
            [0.1, -0.4, -1.0],
            "The bias and one weight are right. The other measurement is negative, too: what is -1 times it?",
            when=one_weight,
        ),
    ],
    hints=[
        "First the score: weights times measurements, added up. On which side of zero is it?",
        "It said Leafling and it is a Bramblet, so truth is -1. What is -1 times the measurements?",
        "Old weight plus truth times measurement, for each of the two; old bias plus truth.",
    ],
)

# %% [markdown]
# Check:

# %%
exercise("2.1").check(corrected)

# %% [markdown]
# If *any* line separates two groups, a perceptron finds one (Novikoff, 1962). But is there one? Here are three
# species: **is it a Seedkin?**

# %%
trio = ["Marigold Leafling", "Orchard Seedkin", "Copper-capped Thrushling"]
three = sketchbook.measure_birds(trio, per_species=40, seed=0)
ax = plots.two_measurements(three, "length_cm", "wing_mm")

# %% [markdown]
# Seedkins stand between Leaflings and Thrushlings, so no line cuts off only them: one neuron cannot do it.
#
# ## The slope of a loss
#
# A network needs another rule. "Yes" or "no" is a step, and a step has no slope to follow. The **sigmoid** turns a
# score $s$ into a probability $p$, smoothly. The **loss** says how bad the probabilities are: minus the logarithm
# of the probability given to the true answer, on average. It is called *cross-entropy*.


# %%
def sigmoid(score):
    return 1 / (1 + np.exp(-score))


def cross_entropy(score, yes):
    # logaddexp(0, s) is log(1 + e^s). Where the truth is no, that is -log(1 - p),
    # the loss. Where it is yes, minus s makes it log(1 + e^-s), which is -log(p).
    return np.mean(np.logaddexp(0, score) - yes * score)


# %% [markdown]
# How does the loss change if a weight grows a little? That slope is its **derivative**. The weight changes the
# score, the score changes the loss; by the **chain rule**, both slopes are multiplied.
#
# - From score to loss: where the truth is yes, the loss is $\log(1 + e^{-s})$, and its derivative is
#   $-e^{-s} / (1 + e^{-s})$, which is $p - 1$. Where it is no, the loss is $\log(1 + e^s)$, its derivative $p$.
#   Both are **probability minus truth**. (You may take that on trust.)
# - From weight to score: the score grows by the measurement that the weight belongs to.

# %% [markdown] question="2.2"
# ### Exercise 2.2 · The slope for a weight
#
# Write `weight_slopes` for one neuron: how the *mean* loss changes with each of its weights. `points` has shape
# (n, 2), `probability` and `yes` (1 or 0) have shape (n,), and the answer has shape (2,). It must not change them.


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
    np.array([[1.0, 2.0], [-1.0, 1.0]]),
    np.array([1.0, 0.0]),
    np.array([0.998, 0.004]),
)
_slopes = np.array([-0.003, 0.0])

check = Function(
    cases=[Case(_sure, _slopes, "birds that are all answered right and almost surely")],
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
        Mistake(
            lambda points, yes, probability: (
                points.T @ (probability - yes) / points.size
            ),
            "Half of it. The mean is over the birds, so divide by how many birds there are, not by how many numbers.",
        ),
        Mistake(
            lambda points, yes, probability: (
                2 * points.T @ (probability - yes) / len(yes)
            ),
            "Twice too large: that is the slope of another loss, the squared difference.",
        ),
        Mistake(
            lambda points, yes, probability: np.full(2, np.mean(probability - yes)),
            "That is the slope for the bias, twice. A weight's slope also depends on its measurement.",
        ),
        Mistake(
            lambda points, yes, probability: (
                points.T @ np.abs(probability - yes) / len(yes)
            ),
            "Without its sign, the error cannot say in which direction a weight is wrong.",
        ),
        Mistake(
            lambda points, yes, probability: (
                np.mean(probability - yes) * points.mean(axis=0)
            ),
            "Those are two means, multiplied. Multiply bird by bird first, then take the mean.",
        ),
        Mistake(
            lambda points, yes, probability: (
                points.T @ ((probability > 0.5) - yes) / len(yes)
            ),
            "That is the perceptron: right or wrong. Here it counts *how* wrong, so leave the probability as it is.",
        ),
        Mistake(
            lambda points, yes, probability: (
                points.T @ (1 / (1 + np.exp(-probability)) - yes) / len(yes)
            ),
            "`probability` has been through the sigmoid already.",
        ),
        Mistake(
            lambda points, yes, probability: (
                points[:1].T @ (probability - yes)[:1] / len(yes)
            ),
            "Only the first bird is in there. Does the loop return before it has ended?",
        ),
    ],
    hints=[
        "How wrong the neuron was: `probability - yes`, a number for each bird.",
        "Multiply it with each bird's two measurements (`[:, None]` makes (n,) a column), and take the mean over birds.",
        "`points.T @ something` sums over the birds, for each measurement. Divide by how many birds there are.",
    ],
)

# %% [markdown]
# On other birds:

# %%
exercise("2.2").check(weight_slopes)

# %% [markdown]
# ## A network by hand
#
# Take **two neurons side by side**, and let a third weigh what they say. The two are a **hidden layer**: nobody
# tells them what to look for. Each bends its score with `tanh`, a smooth step from -1 to 1. Without that
# bend, the whole network would be one line again.


# %%
def forward(points, weights):
    W1, b1, W2, b2 = weights  # its parameters: weights and biases, in one list
    hidden = np.tanh(points @ W1 + b1)  # (n, 2): what each hidden neuron says
    return hidden, hidden @ W2 + b2  # (n, 1): the score


def random_start(seed=0, hidden=2):
    random = np.random.default_rng(seed)
    W1, W2 = random.normal(size=(2, hidden)), random.normal(size=(hidden, 1))
    # The more neurons are added up, the smaller the weight of each at the start.
    return [W1, np.zeros(hidden), W2 / np.sqrt(hidden), np.zeros(1)]


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
    # As in 2.2, summed over the birds: a weight's slope is input times error,
    # a bias's the error. (Its input is 1; `d_score` is divided by n already.)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


# %% [markdown]
# Is it right? There is a test that needs no thinking, the **gradient check**: move a parameter a little, up and
# down, and see how much the loss changes. Here for one number of each part:

# %%
# Two brackets, [["genus"]], keep a table: a column of shape (120, 1).
points, yes = three[["length_cm", "wing_mm"]].to_numpy(), three[["genus"]] == "Seedkin"
centre, spread = points.mean(axis=0), points.std(axis=0)
points, yes = (points - centre) / spread, yes.to_numpy(float)  # (120, 2) and (120, 1)


def loss_if_moved(part, step):
    weights = random_start()
    weights[part].flat[0] += step  # the first number of this part
    return cross_entropy(forward(points, weights)[1], yes)


formula = colleagues_gradients(points, yes, random_start())
for part, name in enumerate(["W1", "b1", "W2", "b2"]):
    measured = (loss_if_moved(part, 1e-5) - loss_if_moved(part, -1e-5)) / 2e-5
    print(f"{name}: measured {measured:.5f}, formula {formula[part].flat[0]:.5f}")

# %% [markdown] question="2.3"
# ### Exercise 2.3 · Find the bug, and mend it
#
# Two parts are wrong. Only one line can make just these wrong. Write `mended_gradients`: the colleague's function
# without the bug, for any number of birds and hidden neurons.


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
# The slopes for `W2` and `b2` need `d_score` alone, and they are right. Those for `W1` and `b1` come from `d_hidden`,
# and only they. There the error is handed back through the bend, and the derivative of tanh is one minus the *square*
# of tanh.

# %% check="2.3"
import numpy as np

from course_utils.exercises import Function, Mistake


def _gradients(bend, hand_back=lambda error, W2: error @ W2.T):
    def gradients(points, yes, weights):
        W1, b1, W2, b2 = weights
        hidden = np.tanh(points @ W1 + b1)
        d_score = (1 / (1 + np.exp(-(hidden @ W2 + b2))) - yes) / len(yes)
        d_hidden = hand_back(d_score, W2) * bend(hidden)
        return [
            points.T @ d_hidden,
            d_hidden.sum(0),
            hidden.T @ d_score,
            d_score.sum(0),
        ]

    return gradients


def _changed(change):
    right = _gradients(lambda hidden: 1 - hidden**2)
    return lambda points, yes, weights: change(len(yes), *right(points, yes, weights))


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
        Mistake(
            _gradients(lambda hidden: 1 + hidden),
            "Another sign, and still no derivative of tanh.",
        ),
        Mistake(
            _gradients(lambda hidden: 1 - np.abs(hidden)),
            "Nearly: that is a tent, and the derivative of tanh is a hill. Read it once more.",
        ),
        Mistake(
            _changed(
                lambda n, dW1, db1, dW2, db2: [n * dW1, n * db1, n * dW2, n * db2]
            ),
            "The bend is right. But the loss is a *mean* over the birds, and this is their sum.",
        ),
        Mistake(
            _changed(lambda n, dW1, db1, dW2, db2: [-dW1, -db1, -dW2, -db2]),
            "The bend is right. But now all signs are turned round: `d_score` was right as it was.",
        ),
        Mistake(
            _changed(lambda n, dW1, db1, dW2, db2: [dW1, db1 / n, dW2, db2 / n]),
            "`d_score` is divided by the number of birds already. The biases need the sum.",
        ),
        Mistake(
            _changed(
                lambda n, dW1, db1, dW2, db2: [
                    k * n / 120 for k in (dW1, db1, dW2, db2)
                ]
            ),
            "Those are the slopes for 120 birds. There may be others: how many are in `points`?",
        ),
        Mistake(
            _changed(lambda n, dW1, db1, dW2, db2: [dW1, db1.sum(), dW2, db2.sum()]),
            "The bend is right. But each hidden neuron has a bias of its own: sum over the birds only.",
        ),
        Mistake(
            _changed(lambda n, dW1, db1, dW2, db2: [dW1, dW2, db1, db2]),
            "The slopes are right. Return them in the order of `weights`: `W1`, `b1`, `W2`, `b2`.",
        ),
        Mistake(
            _changed(lambda n, dW1, db1, dW2, db2: [dW1, db1]),
            "The two that were wrong are right. Return all four.",
        ),
    ],
    hints=[
        "Two of the four parts are wrong. Which line do these two need, that the other two do not?",
        "`W1` and `b1` sit before the bend, `W2` and `b2` behind it. So it is where the error goes back through the bend.",
        "The text above the colleague's cell says what the derivative of tanh is.",
    ],
)

# %% [markdown]
# Again:

# %%
exercise("2.3").check(mended_gradients)

# %% [markdown]
# The next cell has a right one, and the training: again and again a step downhill, against the slopes. The
# **learning rate** says how long a step is. It is a **hyperparameter**, a number that you choose and training does
# not change.


# %%
def gradients(points, yes, weights):
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ weights[2].T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


# `find_slopes` is the function to find the slopes with, `rate` the learning rate.
def train(find_slopes, weights, points, yes, rate=2.0, steps=100):
    path = [weights]
    for _ in range(steps):
        slopes = find_slopes(points, yes, path[-1])
        path.append([w - rate * s for w, s in zip(path[-1], slopes, strict=True)])
    return path  # the weights after each step


def losses(path, points, yes):
    return [cross_entropy(forward(points, weights)[1], yes) for weights in path]


# %% [markdown]
# Would you have noticed the bug without the check?

# %% tags=["nbval-ignore-output"]
path = train(gradients, random_start(), points, yes)
astray = train(colleagues_gradients, random_start(), points, yes)
ours = losses(path, points, yes)
ax = plots.loss_curves({"right": ours, "bug": losses(astray, points, yes)})

# %% [markdown]
# Nothing crashes, and the buggy loss falls at first. Try twenty starts: how many end with every
# bird right?


# %% tags=["predict"] within=0.2
def solved(starts, find_slopes=gradients):  # the right ones, if not told otherwise
    ends = [train(find_slopes, start, points, yes)[-1] for start in starts]
    return sum(((forward(points, end)[1] > 0) == yes).all() for end in ends)


starts = [random_start(seed) for seed in range(20)]
print(f"{solved(starts)} of 20; with the bug {solved(starts, colleagues_gradients)}")

# %% [markdown]
# Bugs in a network are quiet. The right one does what no line could. **Look inside while it learns**: move `step`,
# and choose a `neuron`: 3 is the last, 1 and 2 are hidden.

# %%
from course_utils.widgets import Slider, explore


def inside(neuron, step):
    def says(birds):
        outputs = np.hstack(forward((birds - centre) / spread, path[step]))
        return outputs[:, neuron - 1]

    return plots.two_measurements(three, "length_cm", "wing_mm", score=says)


explore(inside, neuron=[3, 1, 2], step=Slider(0, 100, start=100, step=1))

# %% [markdown]
# Each hidden neuron draws a line, the third says yes to birds between them. The hidden layer *made its own
# measurements*. Backbones (lesson 00) do that in many layers, so their features are worth borrowing.
#
# ## Why at random?
#
# Lesson 00 started its head, a single layer, at zero, and it learned. Exercise 2.2 says why: its slopes need the
# measurements, not the weights. And with a hidden layer?

# %% [markdown] question="2.4"
# ### Exercise 2.4 · Four ways to start
#
# Four starts of our network. In which do the two hidden neurons draw *different* lines, sooner or later? Predict a
# list of four numbers, 1 for "yes" and 0 for "never".
#
# 1. all numbers zero
# 2. all numbers one half
# 3. `W1` at random, the others zero
# 4. `W2` at random, the others zero

# %% answer="2.4"
# solution
two_lines = [0, 0, 1, 1]
# end

# %% [markdown] why="2.4"
# In the first, `hidden` is zero, so `W2` feels no slope, and `W2` is zero, so nothing is handed back to `W1`: only
# the last bias moves. In the second, both neurons say the same and get the same share of the error, so they change
# alike, for ever. In the third the neurons differ, so `W2` gets two different slopes in the first step, and hands
# back different errors in the second. In the fourth it is the other way about: `W2` hands back different errors at
# once. After one step both neurons still have the same line, one of them steeper; so they bend differently, and after
# the second step the lines part.

# %% check="2.4"
import numpy as np

from course_utils.exercises import Mistake, Value


def says(number, what):
    return lambda answer: list(answer)[number - 1] == what


check = Value(
    [0, 0, 1, 1],
    rtol=0,
    mistakes=[
        Mistake(
            [0, 0, 0, 0],
            "None of them? What matters is whether two neurons can come to differ, not whether there is a zero.",
        ),
        Mistake(
            [1, 1, 1, 1],
            "All of them? Go through the first start: what is `hidden`, and what is handed back?",
        ),
        Mistake(
            [1, 0, 1, 1],
            "The first start: `hidden` is zero. Which slope has `W2` then? And what is handed back to `W1`?",
            when=says(1, 1),
        ),
        Mistake(
            [0, 1, 1, 1],
            "In the second there are slopes. But compare those of the two hidden neurons: by what could they differ?",
            when=says(2, 1),
        ),
        Mistake(
            [0, 0, 0, 1],
            "The third start: the neurons say different things. Which slope does `W2` feel in the first step?",
            when=says(3, 0),
        ),
        Mistake(
            [0, 0, 1, 0],
            "The last start: `W2` hands back two different errors. After one step the lines are still the same, but one "
            "neuron is steeper. What does the bend make of that in the second?",
            when=says(4, 0),
        ),
        Mistake(
            [0, 0, 0.5, 0.5],
            'Neither how often nor how likely is asked for: 1 for "yes", 0 for "never".',
            when=lambda answer: not set(np.ravel(answer)) <= {0, 1},
        ),
    ],
    hints=[
        "Two neurons that are alike in all their weights, into them and out of them, feel the same slopes.",
        "Compute the first step: `hidden`, then the slope for `W2`, then `d_hidden`.",
        "One layer at random makes two neurons differ after a step or two. In which starts is there one?",
    ],
)

# %% [markdown]
# Follow the lines of `gradients`, two steps from each start.

# %%
exercise("2.4").check(two_lines)

# %% [markdown]
# Train them; starts three and four twenty times, as they are random.

# %% tags=["predict"] within=0.2
print("1: solved from", solved([[0 * part for part in starts[0]]]), "of 1")
print("2: solved from", solved([[0 * part + 0.5 for part in starts[0]]]), "of 1")
print("3: solved from", solved([[a, b, 0 * c, d] for a, b, c, d in starts]), "of 20")
print("4: solved from", solved([[0 * a, b, c, d] for a, b, c, d in starts]), "of 20")

# %% [markdown]
# Zero in one layer stops nothing, **symmetry** does: hidden neurons that start alike get the same slopes and stay alike,
# two neurons with one line. Chance in *one* layer breaks it. So networks start at random; a last layer on top of
# different features may start at zero.
#
# ## The same in Keras
#
# `Dense` is a layer of neurons; an **epoch** is once through all birds, here one step. From the same start, are
# the losses of fifty epochs the same?

# %%
import keras
from keras.layers import Dense

model = keras.Sequential([keras.Input((2,)), Dense(2, activation="tanh"), Dense(1)])
model.set_weights(random_start())
loss = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.SGD(2.0), loss=loss)
# Keras reports the loss *before* each step, so its first is the loss of the start.
history = model.fit(points, yes, batch_size=len(points), epochs=50, verbose=0)
print(np.allclose(history.history["loss"], ours[:50], atol=1e-4))

# %% [markdown]
# They are. Keras finds the gradient by itself, for any network. (Plain scores are also called **logits**:
# `from_logits=True` says that the loss gets scores, not probabilities.)
#
# ## The S in SGD
#
# Each of our steps looked at all birds. With a million pictures that takes too long. **Stochastic gradient
# descent** looks at a few, drawn at random: a **minibatch**. Its slope is right on average, but noisy. Here is the
# slope for the last bias, from two thousand minibatches of each size. **Predict:** with four times as many birds,
# how does the scatter shrink?

# %% tags=["predict"]
random = np.random.default_rng(0)
for batch in (1, 4, 16, 64):
    some = random.integers(len(points), size=(2000, batch))
    # [3] is b2's part of the gradient, [0] its only number.
    slopes = [gradients(points[k], yes[k], starts[0])[3][0] for k in some]
    print(f"{batch} birds: mean {np.mean(slopes):.2f}, scatter {np.std(slopes):.2f}")

# %% [markdown]
# To half: the scatter falls with the square root of the batch size, so the first few birds help most. That is
# `batch_size` in `fit`.
#
# ## Learning by heart
#
# Last, two species that overlap in length and wing, fifteen birds of each, and far more hidden neurons than that
# needs. Other birds are held back, to *choose* by: the **validation** set.

# %% within=0.1
alike = ["Drummer Barktapper", "Copper-capped Thrushling"]
catch = sketchbook.measure_birds(alike, per_species=60, seed=1)
x, y = catch[["length_cm", "wing_mm"]].to_numpy(), catch[["species"]] == alike[0]
# From 0, every fourth bird is for training; from 1, every second one to choose by.
# From 2, every fourth is left alone.
x = (x - x[::4].mean(axis=0)) / x[::4].std(axis=0)
seen, held_back = (x[::4], y[::4].to_numpy()), (x[1::2], y[1::2].to_numpy())
long = train(gradients, random_start(hidden=64), *seen, rate=0.2, steps=4000)
curves = {"training": losses(long, *seen), "validation": losses(long, *held_back)}
ax = plots.loss_curves(curves)

# %% [markdown] question="2.5"
# ### Exercise 2.5 · When would you have stopped?
#
# After which step would you keep the weights, to name new birds? Choose `best_step`, exactly, by the losses in
# `curves`; the start is step 0.

# %% answer="2.5"
# solution
best_step = int(np.argmin(curves["validation"]))
# end

# %% [markdown] why="2.5"
# The training loss falls to the end, so it can tell nothing: the network gets ever surer about thirty birds, and
# wrong about others. Only birds that it was not trained on show where it stops learning anything that holds for them,
# too.

# %% check="2.5"
import numpy as np

from course_utils.exercises import Mistake, Value

check = Value(
    lambda curves: int(np.argmin(curves["validation"])),
    rtol=0,
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
            lambda curves: 1 + np.argmin(curves["validation"]),
            "One off: the place of a loss in the list is its step, as the start is step 0.",
            when=lambda answer, curves: (
                abs(answer - np.argmin(curves["validation"])) == 1
            ),
        ),
        Mistake(-1, "Steps are counted from 0. Which number has that one?"),
        Mistake(
            lambda curves: min(curves["validation"]),
            "That is the loss at the best step. At *which* step was it?",
        ),
        Mistake(
            0.5, "A step is a whole number.", when=lambda answer, curves: answer % 1
        ),
        Mistake(
            0,
            "That is the start, before it has learned anything. Is no later place better?",
        ),
        Mistake(
            lambda curves: int(np.argmax(curves["validation"])) - 2,
            "There the validation loss is higher than it was before.",
            when=lambda answer, curves: answer > np.argmin(curves["validation"]),
        ),
        Mistake(
            1,
            "A later step has a lower validation loss. (What counts is the loss, not how many mistakes there are.)",
            when=lambda answer, curves: answer < np.argmin(curves["validation"]),
        ),
    ],
    hints=[
        "Which of the two curves speaks of birds that it was not trained on?",
        "Look for the lowest place of that curve, and at which step it is.",
        "`np.argmin(values)` gives the place of the smallest value.",
    ],
)

# %% [markdown]
# With your curves:

# %%
exercise("2.5").check(best_step, curves=curves)

# %% [markdown]
# Learning what holds for the training birds only is **overfitting**; what holds for others, too, is
# **generalisation**. Stopping early is one remedy; others are more birds, a smaller network, and what holds weights
# back, **regularisation**. But the lowest of four thousand validation losses tends to be a little too good to be true.
# How good the network is, only a **test** set says, such as the birds left alone.
#
# ## Quiz
#
# One click for an answer.

# %% [markdown] quiz="2.a"
# The loss falls, then jumps up, and becomes `nan`. What do you do first?
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
# Both curves, of the training and the validation loss, fall to the end. What can the figure *not* show?
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
progress()

# %% [markdown]
# ## What you saw
#
# - A **neuron** weighs, adds and decides: one line. A **hidden layer** makes measurements of its own.
# - **Backpropagation** is the chain rule, backwards; a gradient check finds quiet bugs.
# - Chance at the start breaks the **symmetry**; chance in the steps is the S in **SGD**.
# - **Validation** shows where learning turns into **overfitting**.
#
# Lesson 02x shows the landscape of these steps, and lets four optimisers race in it.
#
# **Where it goes wrong in practice.** If a loss does not move, try a learning rate ten times bigger, and one ten
# times smaller: long steps may end where tanh is flat. Standardise inputs, those of
# validation by the numbers of training.
#
# ## Sources
#
# - F. Rosenblatt, "The Perceptron", Psychological Review 65, 1958.
# - A. B. J. Novikoff, "On Convergence Proofs on Perceptrons", Symposium on the Mathematical Theory of Automata, 1962.
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning Representations by Back-propagating Errors", Nature 323,
#   1986.
# - Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", Neural Networks: Tricks of the Trade, 1998.
# - The birds and their measurements are made by this course (`course_utils.sketchbook`, CC BY 4.0).
