# %% [markdown]
# # 02 · A neuron, a network, a landscape
#
# A ringer holds a small brown bird and reads two numbers off it: how long the bird is, and how long its bill
# is. Bramblet or Leafling? Somebody could draw **one straight line** on squared paper, Bramblets on this side,
# Leaflings on that. The smallest machine that finds such a line by itself is an artificial **neuron**: it
# weighs, adds, and decides. Where one line is not enough, neurons form a **network**. And whatever a network
# learns, in this course and elsewhere, it learns in one way: by walking downhill in a landscape. Here you
# build all three by hand, and see them.
#
# **When you have done this lesson you will be able to**
#
# - write a neuron and a small network in NumPy, and prove that its slopes are right;
# - build the same network in Keras, and say what is behind `Dense`, `loss` and `optimizer`;
# - see from a loss whether a learning rate is too small, right or too big, and compare optimisers fairly.
#
# **You need** NumPy arrays and an idea of what a slope is. **Time**: about 80 minutes with
# the exercises, in two halves.

# %% [markdown]
# ## Two birds in the hand
#
# The measurements of this lesson are those of the field guide's drawn birds. Photos cannot be held and
# measured, so both profiles show the same birds here.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

# %% [markdown]
# These are the two species.

# %%
import numpy as np

from course_utils import plots, sketchbook

pair = ["Marigold Leafling", "Tinker Bramblet"]
portraits = [
    sketchbook.bird_picture(name, index=6, px=192, habitat="garden").image
    for name in pair
]
plots.image_grid(np.stack(portraits), titles=pair)

# %% [markdown]
# `measure_birds` catches forty of each and measures them. Every bird is a little larger or smaller than its
# species on average, and callipers are read with a small error.

# %%
two = sketchbook.measure_birds(pair, per_species=40, seed=0)
birds = two[["length_cm", "bill_mm"]].to_numpy()  # (80, 2)
leafling = (two["genus"] == "Leafling").to_numpy()  # (80,)
two.groupby("species")[["length_cm", "bill_mm"]].agg(["min", "mean", "max"]).round(1)

# %% [markdown]
# The Leafling is longer, with the shorter bill. But look at the smallest and the largest: neither number alone
# tells every bird. **Try it yourself** before any machine does. `angle` turns the line, `shift` moves it; the
# shaded side is where your line says "Leafling", and rings are mistakes. Can you get rid of all of them?

# %%
from course_utils.widgets import Slider, explore


def your_line(angle, shift):
    across = np.array(
        [np.cos(np.radians(angle)), np.sin(np.radians(angle))]
    )  # at right angles to the line

    def score(points):
        return (points - birds.mean(axis=0)) @ across - shift

    wrong = (score(birds) > 0) != leafling
    title = f"Your line: {wrong.sum()} mistakes"
    return plots.two_measurements(
        two, "length_cm", "bill_mm", score=score, wrong=wrong, title=title
    )


explore(
    your_line,
    angle=Slider(-180, 180, start=0, step=5),
    shift=Slider(-2.0, 2.0, start=0.0, step=0.1),
)

# %% [markdown]
# A line across the length alone makes mistakes, and so does one across the bill alone. A slanting line, which
# *weighs one against the other*, makes none.
#
# ## One neuron
#
# Look again at the code of your line: it multiplies each measurement by a number, adds up, and says yes above
# zero. That is all that a **neuron** does. The numbers are its **weights**, what is added at the end is its
# **bias**, and the sum is its **score**: $\text{score} = w_1 x_1 + w_2 x_2 + b$.
#
# How can it find its weights by itself? Rosenblatt's **perceptron** (Rosenblatt, 1958) looks at one bird after
# the other and is corrected only when it is wrong. Call the truth +1 for a Leafling, -1 for a Bramblet. Then a
# correction is: **add truth times measurements to the weights, and truth to the bias.** Here is one in the
# middle of its work, and the bird that comes next.

# %%
some_weights, some_bias = np.array([0.5, -1.0]), 0.0
bramblet = np.array(
    [-0.4, -0.6]
)  # length and bill on a common scale: a bit below average

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
# The whole algorithm is this correction in two loops. Once through all birds is an epoch, as in lesson 00, and
# it stops after an epoch without a mistake.


# %%
def perceptron(points, side, epochs=100):
    weights, bias, corrections = np.zeros(2), 0.0, []
    for _ in range(epochs):
        corrections.append(0)
        for point, truth in zip(points, side, strict=True):
            if truth * (point @ weights + bias) <= 0:  # wrong, or undecided
                weights, bias = weights + truth * point, bias + truth
                corrections[-1] += 1
        if corrections[-1] == 0:
            break
    return weights, bias, corrections


# %% [markdown]
# First the wrong way: the measurements as they are, in centimetres and millimetres. How many corrections it
# needs depends on the order in which it meets the birds, so let it try twenty orders.


# %%
side = np.where(leafling, 1, -1)


def corrections_needed(points):
    orders = [np.random.default_rng(k).permutation(len(points)) for k in range(20)]
    needed = [sum(perceptron(points[order], side[order])[2]) for order in orders]
    return (
        f"{np.mean(needed):.0f} corrections on average, {min(needed)} to {max(needed)}"
    )


print("as measured: ", corrections_needed(birds))

# %% [markdown]
# It gets there, but slowly. All measurements are far from zero, so each correction also swings the line about.
# Now the right way: **standardise** first. Take away the mean of each measurement and divide by its standard
# deviation, so that a bird's numbers say how unusual it is, and in which direction.

# %%
centre, spread = birds.mean(axis=0), birds.std(axis=0)
print("standardised:", corrections_needed((birds - centre) / spread))

# %% [markdown]
# A handful, in whatever order. Learning goes by steps, and where all numbers are large and alike, steps go astray.
# Networks for pictures are trained on pixels brought to a range about zero, too, for that reason. Here is the line that it found:

# %%
weights, bias, _ = perceptron((birds - centre) / spread, side)


def score(points):
    return (points - centre) / spread @ weights + bias


plots.two_measurements(
    two, "length_cm", "bill_mm", score=score, wrong=(score(birds) > 0) != leafling
)

# %% [markdown]
# Not a bird on the wrong side. If *any* line separates two groups, a perceptron finds one after finitely many
# corrections, whatever their order (Novikoff, 1962). If.
#
# ## Where one neuron cannot
#
# Now three species, and one question: **is it a Seedkin?** This time we measure length and wing.

# %%
trio = ["Marigold Leafling", "Orchard Seedkin", "Copper-capped Thrushling"]
three = sketchbook.measure_birds(trio, per_species=40, seed=0)
plots.two_measurements(three, "length_cm", "wing_mm")

# %% [markdown] question="2.2"
# ### Exercise 2.2 · What will the perceptron do?
#
# It is to say yes for Seedkins, no for the other two. What will happen? Answer before you run on.
#
# - [ ] It finds a line without a mistake; it only takes more epochs.
#   - Look where the Seedkins are: there are other birds on both sides of them. Which straight line has all Seedkins on
#     one of its sides, and nobody else?
# - [ ] It stops at the line that makes the fewest mistakes.
#   - It stops only after an epoch without any mistake. It does not know what "fewest" is.
# - [x] It goes on correcting for ever, and never gets better than a poor line.
#   - No line has the Seedkins for itself, so in every epoch there is somebody to correct for.
# - [ ] It draws two lines, one on each side of the Seedkins.
#   - Two weights and a bias make one line. For two lines you need two neurons.

# %% answer="2.2"
# solution
expected = "c"
# end

# %% check="2.2"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Lay a ruler on the figure. Can you have all Seedkins on one side, alone?",
        "When does the loop of `perceptron` end early?",
    ]
)

# %% [markdown]
# Decide first:

# %%
exercise("2.2").check(expected)

# %% [markdown]
# And now let it try, for a hundred epochs over the standardised measurements.

# %% tags=["predict"]
points = three[["length_cm", "wing_mm"]].to_numpy()
mean, deviation = points.mean(axis=0), points.std(axis=0)
points = (points - mean) / deviation  # (120, 2), standardised from here on
seedkin = (three["genus"] == "Seedkin").to_numpy()
order = np.random.default_rng(0).permutation(len(points))
w, b, corrections = perceptron(points[order], np.where(seedkin, 1, -1)[order])
print(
    f"{len(corrections)} epochs; corrections in the last five of them: {corrections[-5:]}"
)
print(
    f"mistakes of its last line: {((points @ w + b > 0) != seedkin).sum()} among {len(points)} birds"
)

# %% [markdown]
# It never settles. Is the perceptron bad at searching, or is there nothing to be found? With two measurements
# we can try *all* lines: every direction, degree by degree, and every place that makes a difference.


# %%
def best_line(points, yes):
    fewest = len(yes) + 1, None, None
    for angle in np.radians(np.arange(360)):
        direction = np.array([np.cos(angle), np.sin(angle)])
        along = points @ direction
        edges = np.append(
            along, along.min() - 1
        )  # the line may pass each bird, or have all on one side
        mistakes = ((along > edges[:, None]) != yes).sum(axis=1)
        if mistakes.min() < fewest[0]:
            fewest = mistakes.min(), direction, -edges[mistakes.argmin()]
    return fewest


print(
    f"fewest mistakes of any line: {best_line(points, seedkin)[0]}; of always saying no: {seedkin.sum()}"
)

# %% [markdown]
# Nothing to be found. The best line of all is hardly better than to say no to every bird. So is it time for a
# bigger machine? **Try another measurement first.** Choose what is measured besides the length:


# %%
def second_measurement(second):
    chosen = three[["length_cm", second]].to_numpy()
    mistakes, direction, edge = best_line(
        (chosen - chosen.mean(0)) / chosen.std(0), seedkin
    )

    def score(points):
        return (points - chosen.mean(0)) / chosen.std(0) @ direction + edge

    title = f"The best of all lines makes {mistakes} mistakes"
    return plots.two_measurements(three, "length_cm", second, score=score, title=title)


explore(second_measurement, second=["wing_mm", "tail_mm", "bill_mm", "leg_mm"])

# %% [markdown]
# With the legs one neuron is enough: Thrushlings stand on long ones. A better measurement often beats a bigger
# network. But for pixels nobody knows which measurement that would be, and then the network has to make its
# own. So back to length and wing, and on to the network.
#
# ## A curve in place of the step
#
# Yes or no is a step, and a step has no slope: change a weight a little, and nothing changes, or everything.
# To learn by small improvements we need something smooth. The **sigmoid** turns a score into a probability, a
# number from 0 to 1, and the **loss** says how bad the probabilities are: for each bird minus the logarithm
# of the probability that was given to the truth, on average. This one is called *cross-entropy*.


# %%
def sigmoid(score):
    return 1 / (1 + np.exp(-score))


def cross_entropy(score, yes):
    return np.mean(
        np.logaddexp(0, score) - yes * score
    )  # the same as -log(probability of the truth)


for what, value in {
    "undecided": 0.0,
    "right and sure": 4.0,
    "wrong and sure": -4.0,
}.items():
    print(f"{what}: loss {cross_entropy(value, 1):.3f}")

# %% [markdown]
# To be wrong and sure costs most. Now the slope. How does the loss change when a *score* changes? The answer
# is beautifully simple: by $p - y$, probability minus truth. And a weight changes the score by as much as the
# measurement it belongs to.

# %% [markdown] question="2.3"
# ### Exercise 2.3 · The slope for a weight
#
# Write `weight_slopes` for one neuron: how the *mean* loss changes with each of its weights. `points` has shape
# (n, 2), `probability` and `yes` have shape (n,), and the answer has shape (2,).


# %% answer="2.3"
def weight_slopes(points, yes, probability):
    # solution
    return points.T @ (probability - yes) / len(yes)
    # end


# %% [markdown] why="2.3"
# Each bird says how wrong the neuron was, times what it measured; the slope is the mean over the birds. The matrix
# product does all the sums at once. Compare the perceptron: it adds truth times measurement for the birds it gets
# wrong. This is the same idea, in proportion to how wrong it was.

# %% check="2.3"
import numpy as np

from course_utils.exercises import Case, Function, Mistake

_points = np.array([[1.0, 2.0], [-1.0, 0.5], [0.5, -3.0], [2.0, 1.0]])
_yes, _probability = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.9, 0.2, 0.4, 0.5])


def _right(points, yes, probability):
    return points.T @ (probability - yes) / len(yes)


check = Function(
    cases=[
        Case(
            (_points, _yes, _probability),
            _right(_points, _yes, _probability),
            "four birds",
        ),
        Case(
            (_points[:1], _yes[:1], _probability[:1]),
            _right(_points[:1], _yes[:1], _probability[:1]),
            "one bird",
        ),
        Case(
            (_points, _yes, _yes),
            np.zeros(2),
            "birds that are all answered right and surely",
        ),
    ],
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
exercise("2.3").check(weight_slopes)

# %% [markdown]
# ## A network by hand
#
# One neuron draws one line. So take **two neurons side by side**, and let a third weigh what they say. The two
# in the middle are a **hidden layer**: nobody tells them what to look for. Each bends its score with `tanh`, a
# smooth step from -1 to 1; without a bend, weighing what was weighed would be one line again.


# %%
def forward(points, weights):
    W1, b1, W2, b2 = weights
    hidden = np.tanh(points @ W1 + b1)  # (n, 2): what each hidden neuron says
    return hidden, hidden @ W2 + b2  # (n, 1): the score


random = np.random.default_rng(course.seed)
start = [
    random.normal(size=(2, 2)),
    np.zeros(2),
    random.normal(size=(2, 1)),
    np.zeros(1),
]
yes = seedkin[:, None].astype(float)  # (n, 1)
print(f"loss before training: {cross_entropy(forward(points, start)[1], yes):.3f}")

# %% [markdown]
# The weights start at random, so it knows nothing. How many numbers are there to learn? Here nine: four and
# two weights, two biases and one. It grows quickly.

# %% [markdown] question="2.4"
# ### Exercise 2.4 · How many numbers?
#
# A network takes **two** measurements, has **sixteen** hidden neurons, and gives **twelve** scores, one for
# each genus of the field guide. How many parameters (weights and biases) does it have?

# %% answer="2.4"
# solution
parameters = 2 * 16 + 16 + 16 * 12 + 12
# end

# %% [markdown] why="2.4"
# Every neuron has a weight for each number that comes in, and one bias. Sixteen neurons see two numbers each, twelve
# see sixteen.

# %% check="2.4"
from course_utils.exercises import Mistake, Value

check = Value(
    252,
    rtol=0,
    mistakes=[
        Mistake(224, "Those are the weights. Each neuron has a bias, too."),
        Mistake(
            48,
            "Those are the parameters of the hidden layer. The twelve neurons behind it have some as well.",
        ),
        Mistake(
            204,
            "Those are the parameters of the last layer. The hidden neurons have some as well.",
        ),
        Mistake(
            384,
            "You have multiplied all three. Between two layers there are products, and the layers are added.",
        ),
        Mistake(30, "Those are the neurons. Each has several parameters."),
        Mistake(240, "The last layer's biases are missing."),
        Mistake(236, "The hidden layer's biases are missing."),
    ],
    hints=[
        "Count one hidden neuron first: how many numbers come in, and how many biases has it?",
        "One neuron of the last layer: how many numbers come in there?",
        "Sixteen times (two weights and a bias), plus twelve times (sixteen weights and a bias).",
    ],
)

# %% [markdown]
# A calculation will do:

# %%
exercise("2.4").check(parameters)

# %% [markdown]
# Now the slope for each parameter. **Backpropagation** takes the error $p - y$ and hands it back, layer by
# layer: whoever contributed with a large weight gets a large share of it, times the slope of its own bend
# (Rumelhart and others, 1986). For `tanh` that slope is $1 - \text{hidden}^2$.


# %%
def gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(
        yes
    )  # (n, 1): error of each bird, as in exercise 2.3
    d_hidden = (
        d_score @ W2.T * (1 - hidden**2)
    )  # (n, 2): handed back through W2 and tanh
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


# %% [markdown]
# All slopes together are the **gradient**. Are they right? Never believe; there is a test that needs no
# thinking. Move one parameter up a little, and down a little, and see how much the loss changes.


# %%
def measured_slopes(points, yes, weights, step=1e-5):
    slopes = [np.zeros_like(part) for part in weights]
    for k, part in enumerate(weights):
        for place in np.ndindex(part.shape):
            losses = []
            for move in (step, -step):
                moved = [w.copy() for w in weights]
                moved[k][place] += move
                losses.append(cross_entropy(forward(points, moved)[1], yes))
            slopes[k][place] = (losses[0] - losses[1]) / (2 * step)
    return slopes


# %% [markdown]
# Compare both ways, by the *relative* error: the difference as a share of the slopes themselves.

# %% tags=["nbval-ignore-output"]
import pandas as pd


def relative_errors(gradients):
    ours, measured = gradients(points, yes, start), measured_slopes(points, yes, start)
    errors = [
        np.abs(a - b).max() / np.abs(b).max()
        for a, b in zip(ours, measured, strict=True)
    ]
    return pd.Series(errors, index=["W1", "b1", "W2", "b2"])


relative_errors(gradients)

# %% [markdown]
# Tiny: what is left comes from rounding. Is it below a millionth, for each part?

# %%
(relative_errors(gradients) < 1e-6).to_frame("right").T

# %% [markdown]
# Backpropagation is right, and it went back through the network once, where measuring has to go forward twice
# for every parameter. So measuring is for testing only. A colleague has written the same function, from memory:


# %%
def colleagues_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]


both = {
    "ours": relative_errors(gradients),
    "the colleague's": relative_errors(colleagues_gradients),
}
(pd.DataFrame(both) < 1e-6).T

# %% [markdown] question="2.5"
# ### Exercise 2.5 · Find the bug
#
# Go by the table: which slopes are wrong, and which line can make just these wrong and no others?
#
# - [ ] The line `d_score = ...`: the error of each bird is wrong.
#   - Everything is computed from `d_score`, the slopes for `W2` and `b2` included, and those two are right.
# - [x] The line `d_hidden = ...`: the error is not handed back rightly.
#   - The slopes for `W1` and `b1` come from it, and only they. The slope of tanh is one minus the *square*.
# - [ ] In the last line `hidden.T @ d_score` should be `points.T @ d_score`.
#   - That is the slope for `W2`, which the table calls right. `W2` weighs what the hidden neurons say.
# - [ ] The function `forward`: the score is wrong.
#   - Then the slopes for `W2` and `b2`, which need the score as well, would hardly be right, and our own function, which
#     uses the same `forward`, would fail, too.

# %% answer="2.5"
# solution
culprit = "b"
# end

# %% check="2.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Two of the four parts are wrong. Which lines do they have in common, that the other two do not need?",
        "`W1` and `b1` sit before the bend, `W2` and `b2` after it.",
    ]
)

# %% [markdown]
# Which line is it?

# %%
exercise("2.5").check(culprit)

# %% [markdown]
# Would you have noticed without the check? Train with both: again and again, go a step downhill, against the
# slopes. How long a step is is set by the **learning rate**.


# %% within=0.2
def train(gradients, weights, rate=2.0, epochs=100):
    losses = []
    for _ in range(epochs):
        losses.append(cross_entropy(forward(points, weights)[1], yes))
        slopes = gradients(points, yes, weights)
        weights = [w - rate * slope for w, slope in zip(weights, slopes, strict=True)]
    return weights, losses


trained, losses = train(gradients, start)
astray, losses_with_bug = train(colleagues_gradients, start)
ax = plots.loss_curves({"right gradient": losses, "with the bug": losses_with_bug})

# %% [markdown]
# The buggy one learns as well! Its loss falls, with an odd jump perhaps; nothing crashes, and when it gets
# stuck, one would blame the data. Bugs in a network are quiet. And ours, has it solved what no line could?

# %% within=0.6
for name, weights_found in {"right gradient": trained, "with the bug": astray}.items():
    wrong = (forward(points, weights_found)[1] > 0) != yes
    print(f"{name}: {wrong.sum()} mistakes among {len(points)} birds")

# %% [markdown]
# Look inside. Left and middle: where each hidden neuron says yes. Right: the whole network.

# %%
import matplotlib.pyplot as plt

columns = ("length_cm", "wing_mm")
figure, axes = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained", sharey=True)
for k, title in enumerate(
    ["hidden neuron 1", "hidden neuron 2", "the network: Seedkin?"]
):

    def output(birds, k=k):
        hidden, score = forward((birds - mean) / deviation, trained)
        return hidden[:, k] if k < 2 else score[:, 0]

    plots.two_measurements(
        three, *columns, score=output, title=title, legend=k == 1, ax=axes[k]
    )
    axes[k].label_outer()
plots.describe(
    figure,
    "Hidden neurons say yes beside a line each; the network, in the band between the lines.",
)

# %% [markdown]
# Two neurons, two lines; the third neuron says yes between them. Nobody told the hidden layer to draw these
# lines: it *made its own measurements*. That is what backbones do, in many layers, and why their features are
# worth borrowing.
#
# ## The same in Keras, in five lines
#
# `Dense` is a layer of neurons, `SGD` is the walk downhill. We hand over the very weights we started from.

# %%
import keras

model = keras.Sequential(
    [keras.Input((2,)), keras.layers.Dense(2, activation="tanh"), keras.layers.Dense(1)]
)
model.set_weights(start)
model.compile(
    optimizer=keras.optimizers.SGD(2.0),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
)
history = model.fit(points, yes, batch_size=len(points), epochs=100, verbose=0)

# %% [markdown]
# Is it the same, at each of the steps?

# %%
difference = np.abs(np.array(history.history["loss"]) - losses).max()
print(f"losses after the same steps differ by less than 0.0001: {difference < 0.0001}")
ax = plots.loss_curves({"by hand": losses, "Keras": history.history["loss"]})

# %% [markdown]
# The curves lie on each other, and there is no magic left: Keras finds the gradient by itself, for any
# network, and rounds a little earlier than NumPy. From now on you may let it.
#
# Plain scores are also called **logits**: `from_logits=True` tells the loss that it gets scores, not probabilities.
# For one class out of several there is `SparseCategoricalCrossentropy`. It turns all scores of a bird into
# probabilities that add up to one, and then, again, takes minus the logarithm of what the truth was given.

# %% [markdown] question="2.6"
# ### Exercise 2.6 · Build the larger one
#
# Build the untrained `network` of exercise 2.4 in Keras: two measurements in, sixteen hidden neurons with
# `tanh`, and twelve plain scores out. You need not compile it.

# %% answer="2.6"
# solution
network = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(16, activation="tanh"),
        keras.layers.Dense(12),
    ]
)
# end

# %% [markdown] why="2.6"
# `network.summary()` counts the parameters for you. The last layer has no bend: its scores may be any numbers, and the
# loss turns them into probabilities.

# %% check="2.6"
import keras
import numpy as np

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure, output_width


def build(inputs=2, hidden=16, bend="tanh", scores=12, last=None):
    layers = [
        keras.layers.Dense(hidden, activation=bend),
        keras.layers.Dense(scores, activation=last),
    ]
    return keras.Sequential([keras.Input((inputs,)), *layers])


def does(model, bend="tanh", last="linear"):
    """Compare with the same weights by hand, whatever the layers are called."""
    W1, b1, W2, b2 = (w.astype(float) for w in model.get_weights())
    points = np.random.default_rng(0).normal(scale=3, size=(8, 2))
    hidden = np.array(keras.activations.get(bend)(points @ W1 + b1))
    by_hand = np.array(keras.activations.get(last)(hidden @ W2 + b2))
    return np.allclose(model.predict_on_batch(points), by_hand, rtol=0, atol=1e-3)


def wrong_size(model):
    return [w.shape for w in model.get_weights()] != [(2, 16), (16,), (16, 12), (12,)]


check = Structure(
    mistakes=[
        Mistake(
            lambda: keras.Sequential([keras.layers.Dense(16), keras.layers.Dense(12)]),
            "It does not know yet how many numbers come in. Begin with `keras.Input`.",
            when=lambda model: not model.built,
        ),
        Mistake(
            lambda: build(inputs=16),
            "What comes in has another shape than two measurements: `keras.Input((2,))`.",
            when=lambda model: model.input_shape[1:] != (2,),
        ),
        Mistake(
            lambda: build(scores=1),
            "It gives another number of scores than there are genera.",
            when=lambda model: output_width(model) != 12,
        ),
        Mistake(
            lambda: build(hidden=8),
            "Its layers have other sizes than asked for: one hidden layer of sixteen, then the scores, both with biases.",
            when=wrong_size,
        ),
        Mistake(
            lambda: build(bend=None),
            "It has no bend: layers that only weigh and add are one line again, however many there are.",
            when=lambda model: does(model, "linear"),
        ),
        Mistake(
            lambda: build(last="softmax"),
            "The last layer bends its scores. Plain scores were asked for: give it no activation.",
            when=lambda model: any(
                does(model, last=bend)
                for bend in ("softmax", "tanh", "relu", "sigmoid")
            ),
        ),
        Mistake(
            lambda: build(bend="relu"),
            "The hidden layer bends in another way than with `tanh`, or the bend is in the wrong place.",
            when=lambda model: not does(model),
        ),
    ],
    hints=[
        "Three parts, as in the cell above: what comes in, the hidden layer, the scores.",
        'The hidden layer is `keras.layers.Dense(16, activation="tanh")`.',
        "The scores come from a `Dense` without an activation, as wide as there are genera.",
    ],
)

# %% [markdown]
# The check looks at what goes in and out, and whether it answers as its weights say it must.

# %%
exercise("2.6").check(network)

# %% [markdown]
# *Half-time, and a good place for a break.*
#
# ## The landscape
#
# Give a network other weights, and it has another loss. Think of all possible weights as a map, and of the
# loss as the height above it: a **landscape**, and training is a walk in the fog. You feel the slope under
# your feet, and nothing else. Nine parameters cannot be drawn, but two can. So take one neuron for the
# Seedkins again, fix its bias (at the logarithm of one half, for there is one Seedkin to two others), and let it
# walk by **gradient descent**.


# %%
def sgd(slope, m, v, t):
    return slope, m, v  # go where the slope points; remember nothing


def walk(rule, rate, slope, start, steps=60):
    path, m, v = [np.array(start, float)], 0.0, 0.0
    for t in range(1, steps + 1):
        direction, m, v = rule(slope(path[-1]), m, v, t)
        path.append(path[-1] - rate * direction)
    return np.array(path)  # (steps + 1, 2)


# %% [markdown]
# (What `m`, `v` and `t` are for comes in a minute.) The loss of that neuron, its slope, and a walk:


# %%
def neuron_loss(w):
    return cross_entropy(points @ w + np.log(0.5), seedkin)


def neuron_slope(w):
    return points.T @ (sigmoid(points @ w + np.log(0.5)) - seedkin) / len(seedkin)


path = walk(sgd, 4.0, neuron_slope, start=(3, -2))
names = ["weight of the length", "weight of the wing"]
plots.landscape(
    neuron_loss, (-1.5, 4), (-3.5, 1.5), {"gradient descent": path}, labels=names
)

# %% [markdown]
# Light is low. A long narrow **valley**. Long birds have long wings, so more of one weight and less of the other changes
# hardly anything: that is the valley's floor. Across, it is steep. The walk jumps from side to side, and
# creeps along the floor. Valleys are the first trouble of all training.
#
# ## Four ways downhill
#
# Here is a valley that you can work out in your head: $f = (x^2 + 25 y^2) / 2$. Its slopes are $x$ and $25 y$.


# %%
def valley(p):
    return (p[0] ** 2 + 25 * p[1] ** 2) / 2


def valley_slope(p):
    return np.array([p[0], 25 * p[1]])


valley_map = (valley, (-4.6, 2.6), (-1.6, 1.6))

# %% [markdown]
# An **optimiser** makes a direction out of the slope, and may remember. *Momentum* keeps rolling where it was
# going, which is `m` (Polyak, 1964). *RMSProp* divides each slope by its usual size, the root of `v`, so that steep
# and gentle directions get equal steps (Tieleman and Hinton, 2012). *Adam* does both (Kingma and Ba, 2015); `t`, the
# number of the step, makes up for its memory being empty at first.


# %%
def momentum(slope, m, v, t):
    m = 0.9 * m + slope
    return m, m, v


def rmsprop(slope, m, v, t):
    v = 0.9 * v + 0.1 * slope**2
    return slope / np.sqrt(v + 1e-7), m, v


def adam(slope, m, v, t):
    m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
    return m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v


# %% [markdown]
# Now the learning rate is yours. For each optimiser find one that is **too small**, one that is **right**, and
# one that is **too big**. The title says where sixty steps have led.

# %%
rules = {"SGD": sgd, "momentum": momentum, "RMSProp": rmsprop, "Adam": adam}
np.seterr(
    over="ignore", invalid="ignore"
)  # some walks will fly away, and need not say so


def try_rate(optimiser, learning_rate):
    path = walk(rules[optimiser], learning_rate, valley_slope, start=(-4, 1.2))
    title = f"Loss {valley(path[0]):.0f} at the start, {valley(path[-1]):.2g} after 60 steps"
    return plots.landscape(*valley_map, {optimiser: path}, title=title)


explore(
    try_rate,
    optimiser=list(rules),
    learning_rate=Slider(0.001, 30.0, start=0.004, log=True),
)

# %% [markdown]
# Too small: it is still on its way. Right: it is there. Too big: SGD and momentum jump across the valley, land
# higher on the other side, and jump farther still from there; RMSProp and Adam rattle about, far from the bottom.
# For SGD the border is sharp, and you can compute it.

# %% [markdown] question="2.7"
# ### Exercise 2.7 · The largest learning rate
#
# A step of SGD turns $y$ into $y - r \cdot 25 y$, which is $(1 - 25 r) \, y$, where $r$ is the learning rate.
# Above which $r$ does $y$ grow from step to step?

# %% answer="2.7"
# solution
largest_rate = 2 / 25
# end

# %% [markdown] why="2.7"
# Each step multiplies `y` by `1 - 25 r`. That must not go below -1, or `y` grows while it changes sides. The steepest
# direction sets the limit, and the gentle one, with slope `x`, has to live with it: that is why SGD is slow in a valley.

# %% check="2.7"
from course_utils.exercises import Mistake, Value

check = Value(
    0.08,
    rtol=0.02,
    mistakes=[
        Mistake(
            0.04,
            "There the factor is zero: one step, and `y` is at the bottom. That is the *best* rate for `y`.",
        ),
        Mistake(
            2.0,
            "That is the limit for `x`. In the steep direction it flew away long before.",
        ),
        Mistake(1.0, "At this rate `y` is multiplied by -24. Does it shrink?"),
        Mistake(12.5, "It seems to be upside down."),
        Mistake(
            0.16,
            "The factor is then -3. How far below zero may it go before `y` grows?",
        ),
        Mistake(
            0.0,
            "With any rate above zero the factor is below 1. It may go below zero, too, but how far?",
        ),
    ],
    hints=[
        "When does multiplying by a number, again and again, make something grow? Mind negative numbers.",
        "The factor `1 - 25 r` falls as `r` grows. It may become negative, for jumping across is no harm by itself.",
        "Set the factor equal to -1.",
    ],
)

# %% [markdown]
# The widget above can confirm it.

# %%
exercise("2.7").check(largest_rate)

# %% [markdown]
# Valleys are one trouble. The other is the **saddle**: a pass, where the ground falls to both sides and rises
# before and behind, and right on top there is no slope at all. Real networks are full of them (Dauphin and
# others, 2014). Here is the smallest that has one: one measurement, one hidden neuron, two weights. It answers
# $c \cdot \tanh(a x)$, +1 for a Leafling, -1 for a Bramblet, and its loss is the mean squared difference.

# %%
length = (birds[:, 0] - centre[0]) / spread[0]  # of our first two species


def saddle(p):
    return np.mean((p[1] * np.tanh(p[0] * length) - side) ** 2)


def saddle_slope(p):
    hidden = np.tanh(p[0] * length)
    error = 2 * (p[1] * hidden - side) / len(side)
    return np.array([error @ (p[1] * (1 - hidden**2) * length), error @ hidden])


saddle_map = (saddle, (-3.2, 3.2), (-2.6, 2.6))

# %% [markdown]
# The same landscape twice: as a surface, and as a map with contour lines, with two walks that begin side by
# side. Its two weights are `a`, into the hidden neuron, and `c`, out of it.

# %%
figure = plt.figure(figsize=(10.5, 4.4), layout="constrained")
left = figure.add_subplot(1, 2, 1, projection="3d")
plots.surface(saddle, (-2, 2), (-1.6, 1.6), labels=["a", "c"], ax=left)
starts = {"from the left of the ridge": (-1, 1.1), "from the right of it": (-1, 1.4)}
downhill = {name: walk(sgd, 0.2, saddle_slope, start) for name, start in starts.items()}
ax = plots.landscape(
    *saddle_map, downhill, labels=["a", "c"], ax=figure.add_subplot(1, 2, 2)
)

# %% [markdown]
# They end far apart, in two lowest places which are twins: turn the signs of both weights, and the network
# answers the same. Every hidden neuron with `tanh` has such a twin, so a network has many equally good minima.
# Between the two, at zero, is the saddle. **Were all weights to start at zero, the hidden layer would feel no
# slope, and never learn.** So networks start at random.
#
# ## The race
#
# All four optimisers, from one start, over sixty steps. But with which learning rates? A race in which one has
# a good rate and the others have not says nothing. So we try many rates for each, on the valley, and score a
# walk by its mean loss on the way.


# %%
def mean_loss(loss, slope, start, rule, rate):
    return np.mean([loss(point) for point in walk(rule, rate, slope, start)])


rates = np.logspace(-3, 1, 41)
scores = {
    name: [mean_loss(valley, valley_slope, (-4, 1.2), rule, rate) for rate in rates]
    for name, rule in rules.items()
}
ax = plots.rate_curves(rates, scores, start=valley((-4, 1.2)))

# %% [markdown]
# Each has its best rate, and they are far apart. The *width* of a trough tells how careful you have to be. Let
# us call a rate good that gives at most twice the loss of the best one:

# %%
best = {name: rates[np.nanargmin(values)] for name, values in scores.items()}
good = {
    name: rates[np.array(values) <= 2 * np.nanmin(values)]
    for name, values in scores.items()
}
ends = {
    "best": best,
    "good from": {k: r.min() for k, r in good.items()},
    "to": {k: r.max() for k, r in good.items()},
}
pd.DataFrame(ends).round(3)

# %% [markdown]
# Momentum and Adam forgive you a factor of about twenty and more, here; SGD falls off a cliff right behind its
# best rate. So much for "this optimiser is better": first ask how the rates were chosen. Ours are in the first column.
#
# **Predict:** who will be first in the valley, and who at the saddle? There everybody starts *nearly* on the
# ridge that leads straight to the pass, and keeps the rate that was chosen on the valley: in real life, too,
# you choose before you know the landscape.

# %%
on_valley = {
    name: walk(rules[name], best[name], valley_slope, (-4, 1.2)) for name in rules
}
on_saddle = {
    name: walk(rules[name], best[name], saddle_slope, (-1, 1.2)) for name in rules
}
panels = {"a valley": (*valley_map, on_valley), "a saddle": (*saddle_map, on_saddle)}

# %% [markdown]
# The film runs again and again, with a pause at its end.

# %% tags=["predict", "nbval-ignore-output"]
from course_utils.animation import film

film(*plots.race(panels), range(61))

# %% [markdown]
# The same for paper, and for those who would rather look than watch:

# %% tags=["nbval-ignore-output"]
strip = plots.race_strip(panels, steps=[3, 15, 60])

# %% [markdown]
# And the losses at the saddle, step by step:

# %% tags=["nbval-ignore-output"]
ax = plots.loss_curves(
    {name: [saddle(p) for p in path] for name, path in on_saddle.items()}, log=True
)

# %% [markdown]
# In the valley SGD zigzags, then creeps. Momentum swings from side to side like a ball; Adam takes one wide bend
# and overshoots; RMSProp goes almost straight. At the saddle SGD slows down, long before the bottom: **a
# plateau is not always the end.** Momentum rolls on, RMSProp and Adam make steps of full size even where there is
# hardly any slope. That has a price: RMSProp still makes them at the bottom, and can jump out again. And not all
# ended at the same twin: who is first says nothing about *where*.

# %% [markdown] question="2.8"
# ### Exercise 2.8 · The result in a table
#
# `on_valley` has the path of each optimiser, an array of shape (61, 2). Make a table `result` with the columns
# `optimiser` and `distance`: how far the *last* point of each is from the lowest place of the valley, (0, 0), not rounded.

# %% answer="2.8"
# solution
result = pd.DataFrame(
    {
        "optimiser": list(on_valley),
        "distance": [np.hypot(*path[-1]) for path in on_valley.values()],
    }
)
# end

# %% [markdown] why="2.8"
# All four are near the bottom. The order depends on when you stop the clock: who still swings may just pass the bottom. A race
# that is decided by the last step alone is a lottery, which is why we scored the rates by the mean loss.

# %% check="2.8"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Table


def _table(paths, measure):
    return pd.DataFrame(
        {
            "optimiser": list(paths),
            "distance": [measure(path) for path in paths.values()],
        }
    )


check = Table(
    expected=lambda paths: _table(paths, lambda path: np.hypot(*path[-1])),
    key="optimiser",
    rtol=0.01,
    given={
        "paths": {
            "SGD": np.array([[-4.0, 1.0], [-2.0, 0.5], [-0.3, 0.4]]),
            "Adam": np.array([[-4.0, 1.0], [1.0, 0.2], [0.5, -1.2]]),
        }
    },
    mistakes=[
        Mistake(
            lambda paths: _table(paths, lambda path: np.hypot(*(path[-1] - path[0]))),
            "That is how far they are from the *start*.",
        ),
        Mistake(
            lambda paths: _table(paths, lambda path: np.sum(path[-1] ** 2)),
            "Those are squares of the distances. The root is missing.",
        ),
        Mistake(
            lambda paths: _table(
                paths, lambda path: np.hypot(*np.diff(path, axis=0).T).sum()
            ),
            "That is the length of the way. Where did they end?",
        ),
        Mistake(
            lambda paths: _table(paths, lambda path: abs(path[-1, 0])),
            "That is the distance along x alone.",
        ),
        Mistake(
            lambda paths: _table(paths, lambda path: np.hypot(*path.T).mean()),
            "That is the mean over the whole way. Only the last point is asked for.",
        ),
        Mistake(
            lambda paths: _table(paths, lambda path: np.hypot(*path[0])),
            "That is the first point, and it is the same for all. The last one is `path[-1]`.",
        ),
        Mistake(
            lambda paths: _table(
                paths, lambda path: (path[-1, 0] ** 2 + 25 * path[-1, 1] ** 2) / 2
            ),
            "That is the loss at the end. A distance on the map was asked for.",
        ),
    ],
    hints=[
        "`on_valley.items()` gives names and paths; the last point of a path is `path[-1]`.",
        "The distance of a point from (0, 0) is the root of the sum of squares: `np.linalg.norm(point)`.",
        '`pd.DataFrame({"optimiser": [...], "distance": [...]})` makes a table of two lists.',
    ],
)

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("2.8").check(result, paths=on_valley)

# %% [markdown]
# Our four rules are a line or two each. Are they really what Keras does? Its optimisers take slopes from
# anywhere, so let them walk in our valley.

# %%
ones = {
    "SGD": keras.optimizers.SGD(best["SGD"]),
    "momentum": keras.optimizers.SGD(best["momentum"], momentum=0.9),
    "RMSProp": keras.optimizers.RMSprop(best["RMSProp"]),
    "Adam": keras.optimizers.Adam(best["Adam"]),
}
for name, optimizer in ones.items():
    point = keras.Variable([-4.0, 1.2])
    for _ in range(20):
        optimizer.apply(
            [keras.ops.convert_to_tensor(valley_slope(point.numpy()))], [point]
        )
    print(
        f"{name}: same place after 20 steps: {np.allclose(point.numpy(), on_valley[name][20], atol=0.001)}"
    )

# %% [markdown]
# The same four. So `optimizer=keras.optimizers.Adam(1e-3)` in lesson 00 meant: this rule, with this step.
#
# ## All twelve genera
#
# One last time with everything: the larger network, all the species of the field guide, all twelve genera from
# nothing but length and wing. New birds are for the exam.

# %%
catch = sketchbook.measure_birds(per_species=20, seed=0)
exam = sketchbook.measure_birds(per_species=20, seed=1)
genera = sorted(catch["genus"].unique())
x, x_exam = (
    np.log(table[["length_cm", "wing_mm"]]).to_numpy() for table in (catch, exam)
)
x_exam = (x_exam - x.mean(axis=0)) / x.std(axis=0)
x = (x - x.mean(axis=0)) / x.std(
    axis=0
)  # with logarithms, small birds are not all squeezed into a corner
label, label_exam = (
    table["genus"].map(genera.index).to_numpy() for table in (catch, exam)
)
print(
    f"{len(x)} birds to learn from, {len(x_exam)} in the exam; by guessing: {1 / len(genera):.0%}"
)

# %% [markdown] question="2.9"
# ### Exercise 2.9 · Train it
#
# Train your `network` of exercise 2.6: compile it with `Adam(0.02)`, with
# `SparseCategoricalCrossentropy(from_logits=True)` as loss, and `accuracy` as a metric. Fit it to `x` and
# `label` with `batch_size=64, epochs=20, verbose=0`. Its accuracy in the exam is `exam_accuracy`.

# %% answer="2.9"
# solution
keras.utils.set_random_seed(course.seed)
network = keras.models.clone_model(
    network
)  # with fresh weights, so that running this twice does not train twice
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
network.compile(optimizer=keras.optimizers.Adam(0.02), loss=loss, metrics=["accuracy"])
network.fit(x, label, batch_size=64, epochs=20, verbose=0)
_, exam_accuracy = network.evaluate(x_exam, label_exam, verbose=0)
# end

# %% [markdown] why="2.9"
# Two measurements and a few hundred parameters name the genus of nearly every bird. Most mistakes are
# between Barktappers and Thrushlings, which have the same size and the same
# wings: another measurement would help. Did it need the bend? Take `tanh` away and see: here it does about as well, for
# twelve scores make twelve regions already. The bend pays where one class lies *between* others, as the Seedkins did.

# %% check="2.9"
from course_utils.exercises import Mistake, Outcome

check = Outcome(
    measured={
        "sketch": [0.94, 0.937, 0.939, 0.936, 0.94, 0.943, 0.939],
        "photo": [0.94, 0.937, 0.939, 0.936, 0.94, 0.943, 0.939],
    },
    below="That is lower than we saw with any seed. Is it trained for as many epochs, with this learning rate, and are "
    "the exam's birds standardised as the others were?",
    above="That is higher than we saw with any seed. Is it the exam's birds that you evaluate?",
    given={"profile": "sketch"},
    mistakes=[
        Mistake(
            lambda profile: 0.08,
            "That is little better than guessing. Does the loss have `from_logits=True`, and do the labels belong to `x`?",
            when=lambda a, profile: a < 0.2,
        ),
        Mistake(
            lambda profile: 0.5,
            "It learnt something, but not enough. With a smaller learning rate or bigger batches it needs more epochs.",
            when=lambda a, profile: 0.2 <= a < 0.8,
        ),
        Mistake(
            lambda profile: 94,
            "Give the share as a number from 0 to 1, not in per cent or as a count.",
        ),
    ],
    hints=[
        "Three steps as in lesson 00: `compile`, `fit`, `evaluate`.",
        "`network.evaluate(x_exam, label_exam, verbose=0)` gives the loss and the accuracy, in this order.",
        "The loss of each epoch is in what `fit` returns: does it still fall at the end?",
    ],
)

# %% [markdown]
# No two machines train quite alike, so the check accepts what we saw with several seeds, and a little more.

# %%
exercise("2.9").check(exam_accuracy, profile=course.profile)

# %% [markdown]
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="2.a"
# The loss falls in the first epochs, then jumps up, and becomes `nan`. What do you do first?
#
# - [ ] Train for more epochs.
#   - From `nan` there is no way back. Nothing is computed with it but `nan`.
# - [x] Make the learning rate smaller, ten times, say.
#   - It jumped across the valley, higher each time. And see whether the inputs are standardised: that makes valleys
#     rounder.
# - [ ] Add a hidden layer.
#   - More parameters make a bigger landscape, not shorter steps.

# %% [markdown] quiz="2.b"
# A network with two hidden layers has no activations. What can it learn that one neuron cannot?
#
# - [x] Nothing: it draws one straight line.
#   - Weighing what was weighed is weighing again. It is the bend between that makes layers worth having.
# - [ ] Two lines, one for each layer.
#   - Each layer only weighs and adds, and so does the whole.
# - [ ] Any curve, if the layers are wide enough.
#   - That is true *with* a bend. Without one, width does not help.

# %% [markdown] quiz="2.c"
# "Adam reached a lower loss than SGD, both with a learning rate of 0.001. So Adam is better." What is wrong?
#
# - [ ] Nothing, that is a fair comparison.
#   - The same number means another thing for each: look again at how far apart the best rates were.
# - [x] The same rate is not fair; each needs its own, found with equal effort.
#   - And then ask how far off one may be before it fails: that counts, too, for you will not try forty rates.
# - [ ] Adam must not be compared with SGD at all.
#   - It may, if each has a chance to show what it can.

# %% [markdown] quiz="2.d"
# The gradient check shows tiny errors for all parts. What do you know now?
#
# - [ ] That the network learns well.
#   - The slopes are right. Whether the learning rate is, or the data, is another question.
# - [ ] That there is no bug in the whole program.
#   - The data, the loop of the training or the way in which mistakes are counted may be wrong all the same.
# - [x] That backpropagation computes the slopes of this loss.
#   - That, and no more, and it is worth knowing.

# %% [markdown]
# Where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A **neuron** weighs, adds and decides: one straight line. **Standardised** inputs let it learn quickly.
# - A **hidden layer** with a bend makes measurements of its own; two neurons made a band of two lines.
# - **Backpropagation** hands the error back; a check by small steps proves it, and quiet bugs need one.
# - Keras does the same, with the same numbers.
# - Training is a walk in a **landscape** with valleys and saddles. The **learning rate** is too small, right, or
#   too big, and each optimiser has its own.
#
# **Where it goes wrong in practice.** The learning rate, nine times of ten. A loss that does not move may be
# too small a rate, too big a one, or a saddle: try a rate ten times smaller and one ten times bigger before you
# change anything else. Next come inputs that are not standardised (or the exam's, standardised by other
# numbers than those of training). And a comparison in which your favourite was tuned and the others were not.
#
# ## Sources
#
# - F. Rosenblatt, "The Perceptron: A Probabilistic Model for Information Storage and Organization in the Brain",
#   Psychological Review 65, 1958.
# - A. B. J. Novikoff, "On Convergence Proofs on Perceptrons", Symposium on the Mathematical Theory of Automata, 1962.
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning Representations by Back-propagating Errors", Nature 323,
#   1986.
# - B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", USSR Computational Mathematics
#   and Mathematical Physics 4, 1964.
# - T. Tieleman, G. Hinton, "Lecture 6.5, RMSProp", COURSERA: Neural Networks for Machine Learning, 2012.
# - D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
# - Y. N. Dauphin and others, "Identifying and Attacking the Saddle Point Problem in High-dimensional Non-convex
#   Optimization", NIPS 2014.
# - The birds and their measurements are made by this course (`course_utils.sketchbook`, CC BY 4.0).
