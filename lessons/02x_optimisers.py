# %% [markdown]
# # 02x · A landscape and its optimisers
#
# Which optimiser is the best? This lesson lets four of them race, fairly. The answer depends on things that are
# seldom told: on how each was tuned, on where the finish is, and on how the landscape lies.
#
# **When you have done this lesson you will be able to**
#
# - read a loss as a landscape, and say what a valley and a saddle do to a walk downhill;
# - write SGD with momentum, RMSProp and Adam in a line or two each, and find a bug in one of them;
# - compare optimisers fairly, and say what your comparison does not show.
#
# **You need** lesson 02. **Time**: about 70 minutes with the exercises; exercise 2x.2 is a good place for a break.

# %% [markdown]
# This is what they race in: the loss of one neuron over its two weights. Light colours are low. (Look at the picture
# first; the text below it tells what the code computes.)

# %%
import numpy as np

from course_utils import plots, sketchbook

trio = ["Marigold Leafling", "Orchard Seedkin", "Copper-capped Thrushling"]
three = sketchbook.measure_birds(trio, per_species=40, seed=0)
points = three[["length_cm", "wing_mm"]].to_numpy()
points = (points - points.mean(axis=0)) / points.std(axis=0)
seedkin = (three["genus"] == "Seedkin").to_numpy()


def neuron_loss(w):
    score = points @ w + np.log(0.5)  # the logarithm is its bias, which stays
    return np.mean(np.logaddexp(0, score) - seedkin * score)


neuron_map = (neuron_loss, (-1.5, 4), (-3.5, 1.5))
weights = ["weight of the length", "weight of the wing"]
ax = plots.landscape(*neuron_map, labels=weights)

# %% [markdown]
# ## A loss is a landscape
#
# Give a neuron other weights, and it has another loss. Think of all possible weights as a map, and of the loss as the
# height above it: that is the picture above. The neuron is to say yes for the Seedkins of lesson 02. (Its bias is
# fixed, at the logarithm of one half, as one bird in three is a Seedkin: one to two.) Training is a walk in fog: you
# feel the slope under your feet, and nothing else. Set the course up, then walk downhill from somewhere.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)


def neuron_slope(w):
    probability = 1 / (1 + np.exp(-(points @ w + np.log(0.5))))
    return points.T @ (probability - seedkin) / len(seedkin)


path = [np.array([3.0, -2.0])]
for _ in range(60):
    path.append(path[-1] - 4.0 * neuron_slope(path[-1]))
ax = plots.landscape(*neuron_map, {"gradient descent": np.array(path)}, weights)

# %% [markdown]
# A long narrow **valley**, and it does not lie along an axis. Long birds have long wings, so if one weight grows
# and the other shrinks, the scores hardly change: that is the valley's floor. Across, it is steep. The walk jumps
# from side to side and creeps along the floor.
#
# ## A valley to compute with
#
# This one you can work out in your head: $f = (x^2 + 25 y^2) / 2$. Its slopes are $x$ and $25 y$.


# %%
# p holds one place or many: its last axis is x and y, in front may be any others.
def valley(p):
    return (p[..., 0] ** 2 + 25 * p[..., 1] ** 2) / 2


def valley_slope(p):
    return p * [1, 25]


valley_map = (valley, (-4.6, 4.6), (-1.8, 1.8))

# %% [markdown] question="2x.1"
# ### Exercise 2x.1 · The largest learning rate
#
# A step of gradient descent turns $y$ into $y - r \cdot 25 y$, which is $(1 - 25 r) \, y$, where $r$ is the learning
# rate. Above which $r$ does $y$ grow in size from step to step? (The answer is a number.)

# %% answer="2x.1"
# solution
largest_rate = 2 / 25
# end

# %% [markdown] why="2x.1"
# Each step multiplies `y` by `1 - 25 r`. That must not go below -1, or `y` grows while it changes sides. The steepest
# direction sets the limit, and the gentle one, with slope `x`, has to live with it: that is why SGD is slow in a
# valley.

# %% check="2x.1"
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
        Mistake(
            -0.08,
            "A rate below zero walks uphill: the factor is above 1.",
            when=lambda answer: answer < 0,
        ),
        Mistake(
            0.06,
            "A little above that rate the factor is still between -1 and 1, so `y` shrinks.",
            when=lambda answer: 0 < answer < 0.08,
        ),
        Mistake(
            0.5,
            "At rates below that one the factor is below -1 already: `y` grows there, too.",
            when=lambda answer: answer > 0.08,
        ),
    ],
    hints=[
        "When does multiplying by a number, again and again, make something grow? Mind negative numbers.",
        "The factor `1 - 25 r` falls as `r` grows. It may become negative, as jumping across is no harm by itself.",
        "Set the factor equal to -1.",
    ],
)

# %% [markdown]
# The slider further down can confirm it.

# %%
exercise("2x.1").check(largest_rate)

# %% [markdown]
# ## Four ways downhill
#
# An **optimiser** turns the slope into a direction, and may use earlier slopes. It has up to two memories. *Momentum*
# keeps rolling where it was going: that is `m` (Polyak, 1964). *RMSProp* divides each slope by its usual size: `v`
# remembers the squares, so that signs do not matter, and its root is that size (Tieleman and Hinton, 2012). *Adam*
# does both (Kingma and Ba, 2015). How much of the memory is kept at each step is `beta`, a hyperparameter like the
# learning rate. A colleague has written all four from memory; `t` is the number of the step. All take and return the
# same, so that one loop can run any of them, even if they do not use it: SGD has neither memory nor `beta`.


# %%
def sgd(slope, m, v, t, beta):
    return slope, m, v


def momentum(slope, m, v, t, beta):
    m = beta * m + slope
    return m, m, v


def rmsprop(slope, m, v, t, beta):
    v = beta * v + (1 - beta) * slope**2
    return slope / np.sqrt(v + 1e-7), m, v


def colleagues_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v


# %% [markdown]
# Are they what Keras does? Keras' optimisers take slopes from anywhere, so they can walk in our valley, too. For ours,
# `walk` does it, with both memories empty at the start. (It can also take many starts, and many rates, at once.)


# %%
def walk(rule, rate, beta, slope, start, steps=60):
    # 0.0 * rate adds nothing, but if there are many rates, it makes a start for each.
    path, m, v = [np.array(start) + 0.0 * rate], 0.0, 0.0
    for t in range(1, steps + 1):
        direction, m, v = rule(slope(path[-1]), m, v, t, beta)
        path.append(path[-1] - rate * direction)
    return np.array(path)  # (steps + 1, ..., 2)


# %% [markdown]
# All with a learning rate of one hundredth and `beta` at its usual nine tenths: where is $x$ after one, two and three
# steps?

# %%
import pandas as pd
from keras import Variable
from keras.optimizers import SGD, Adam, RMSprop

ours = {"SGD": sgd, "momentum": momentum, "RMSProp": rmsprop, "Adam": colleagues_adam}
theirs = [SGD(0.01), SGD(0.01, momentum=0.9), RMSprop(0.01), Adam(0.01)]
rows = {}
for (name, rule), optimizer in zip(ours.items(), theirs, strict=True):
    rows[name, "ours"] = walk(rule, 0.01, 0.9, valley_slope, (-4, 1.2), 3)[1:, 0]
    place, rows[name, "Keras"] = Variable([-4.0, 1.2]), []
    for _ in range(3):
        optimizer.apply([valley_slope(place.numpy())], [place])
        rows[name, "Keras"].append(float(place[0]))
pd.DataFrame(rows, index=["step 1", "step 2", "step 3"]).T.round(3)

# %% [markdown] question="2x.2"
# ### Exercise 2x.2 · Find the bug in Adam
#
# Three agree, one does not. Compare in the table how far Keras' Adam goes in its first step, and how far the
# colleague's. Both memories start empty, so at first they are too small. The colleague makes up for that in only one
# of them. Write `mended_adam`. Like the others it returns the direction and the two memories, as they are to be kept;
# it must not change its arguments.


# %% answer="2x.2"
def mended_adam(slope, m, v, t, beta):
    # solution
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v
    # end


# %% [markdown] why="2x.2"
# After the first step `m` is a tenth of the slope, as the other nine tenths of the memory are empty. `v` is made up
# for that, with `1 - 0.999**t`, and `m` is not. Divided by `1 - beta**t`, the first step is as long as the learning
# rate, in every direction. Such a bug never crashes: the colleague's Adam starts slowly, and is nearly right once the
# memory is full.

# %% check="2x.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def _adam(first, second=lambda v, t: v / (1 - 0.999**t), gives=lambda m, first: m):
    def adam(slope, m, v, t, beta):
        m = beta * m + (1 - beta) * slope
        v = 0.999 * v + 0.001 * slope**2
        up = first(m, t, beta)
        return up / (np.sqrt(second(v, t)) + 1e-7), gives(m, up), v

    return adam


def slopes(random):
    return random.choice([-1, 1], size=2) * random.uniform(0.5, 2, size=2)


def drawn(random):
    t = int(random.integers(1, 6))
    memories = random.normal(size=2), random.uniform(0.1, 1, size=2)
    return slopes(random), *memories, t, float(random.choice([0.5, 0.7, 0.9]))


def first_step(random):
    return slopes(random), 0.0, 0.0, 1, 0.9


_right = _adam(lambda m, t, beta: m / (1 - beta**t))


def _without_tiny(slope, m, v, t, beta):
    direction, m, v = _right(slope, m, v, t, beta)
    return np.where(v == 0, np.nan, direction), m, v


def flat(random):
    return np.array([2.0, 0.0]), 0.0, 0.0, 1, 0.9


check = Function(
    reference=_right,
    draw={
        "": drawn,
        "the very first step": first_step,
        "a slope that has always been zero": flat,
    },
    mistakes=[
        Mistake(
            _adam(lambda m, t, beta: m),
            "That is still the colleague's. In the first step it goes a tenth of the way: which memory is a tenth full?",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta)),
            "Right in the first step, and too long in all others: the memory fills up as `t` grows.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - 0.9**t)),
            "Right for nine tenths. But how much is kept is `beta`, which is called with other values, too.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta**t), gives=lambda m, up: up),
            "The direction is right. But the memory that is handed on must stay as it was: make up only for the direction.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m, lambda v, t: v),
            "Now neither memory is made up for. That of `v` was right.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m * (1 - beta**t)),
            "A memory that is a tenth full has to be made larger, not smaller.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta * t)),
            "Each step keeps a share of a share: that is a power, as it is with `v`.",
        ),
        Mistake(
            _without_tiny,
            "Where a slope has always been zero, zero is divided by zero. Keep the tiny number.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta) if t == 1 else m),
            "Right in the first step alone. In the second the memory is not full either.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta ** (t + 1))),
            "`t` is the number of this very step: 1 in the first, in which `m` is full to `1 - beta`.",
        ),
        Mistake(
            lambda slope, m, v, t, beta: _right(slope, m, v, t + 1, beta),
            "`t` is the number of this very step, 1 in the first. Take it as it is, in both places.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - 0.999**t)),
            "That is how full `v` is. Of `m` another share is kept in each step.",
        ),
        Mistake(
            _adam(lambda m, t, beta: m / (1 - beta**t), lambda v, t: v),
            "Right for `m`. But now `v` is not made up for: that was right before.",
        ),
        Mistake(
            lambda slope, m, v, t, beta: _right(slope, m, v, t, beta)[0],
            "The direction is right. Return the two memories, too, as the colleague does.",
        ),
        Mistake(
            lambda slope, m, v, t, beta: [
                _right(slope, m, v, t, beta)[k] for k in (0, 2, 1)
            ],
            "The numbers are right, in another order: direction, `m`, `v`.",
        ),
        Mistake(
            lambda slope, m, v, t, beta: [
                -_right(slope, m, v, t, beta)[0],
                *_right(slope, m, v, t, beta)[1:],
            ],
            "The sign is turned round. `walk` goes *against* the direction.",
        ),
        Mistake(
            lambda slope, m, v, t, beta: _right(slope, 0.0, 0.0, t, beta),
            "The memories are emptied in every step. They come in as `m` and `v`.",
        ),
    ],
    hints=[
        "Compare the lengths of the first step: 0.01 and 0.001.",
        "`v` is divided by `1 - 0.999**t`, because at first it is nearly empty. What is nearly empty besides?",
        "After `t` steps `m` is full to `1 - beta**t`. Divide by that, in the direction alone.",
    ],
)

# %% [markdown]
# The check calls it with slopes and memories of its own.

# %%
exercise("2x.2").check(mended_adam)

# %% [markdown]
# From here on all four are as Keras has them: after `t` steps `m` is full to `1 - beta**t`, so Adam divides it by that
# for its direction. **Now the learning rate is yours.** For each optimiser find one that is too small, one that is
# right, and one that is too big; `beta` may stay as it is.


# %%
from course_utils.widgets import Slider, explore


def adam(slope, m, v, t, beta):
    m, v = beta * m + (1 - beta) * slope, 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v


def try_rate(optimiser, beta, rate):
    path = walk(rules[optimiser], rate, beta, valley_slope, (-4, 1.2))
    title = (
        f"Loss {valley(path[0]):.0f} at the start, {valley(path[-1]):.2g} at the end"
    )
    return plots.landscape(*valley_map, {optimiser: path}, ["x", "y"], title)


np.seterr(all="ignore")  # some walks will fly away, and need not say so
rules = {"SGD": sgd, "momentum": momentum, "RMSProp": rmsprop, "Adam": adam}
rate = Slider(0.001, 30.0, start=0.06, log=True)
explore(try_rate, optimiser=list(rules), beta=[0.9, 0.5], rate=rate)

# %% [markdown]
# Too small: it is still on its way. Too big: SGD and momentum jump across the valley, land higher on the other
# side, and jump farther still from there; RMSProp and Adam rattle about.
#
# ## What would be fair?
#
# A race needs a finish. "The loss after sixty steps" depends on when you stop the clock, and a swinging walk may be low
# only by chance. So we ask for the **first passage**: at which step does the loss first come down to a given bar?

# %% [markdown] question="2x.3"
# ### Exercise 2x.3 · First passage
#
# Write `first_passage`. `losses` is a list of the losses before the first step and after each of them; the answer is
# the number of steps after which the loss is first at the bar or below it. If it never gets there, return
# `len(losses)`. Where a walk has flown away, losses are `inf` or `nan`.


# %% answer="2x.3"
def first_passage(losses, bar):
    # solution
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return len(losses)
    # end


# %% [markdown] why="2x.3"
# The place in the list is the number of steps, as the first entry is the start. `np.argmax(losses <= bar)` is a short
# way to it, with a trap: for a walk that never arrives it gives 0, the best result of all.

# %% check="2x.3"
import numpy as np

from course_utils.exercises import Case, Function, Mistake


def reference(losses, bar):
    below = [step for step, loss in enumerate(losses) if loss <= bar]
    return below[0] if below else len(losses)


def falling(random):
    n = int(random.integers(2, 9))
    losses = np.round(random.uniform(1, 2, n) * np.linspace(3, 0.2, n), 1)
    return [float(loss) for loss in losses], 1.0


def flown_away(random):
    return [4.0, float(random.integers(9, 99)), np.inf, np.nan, np.nan], 1.0


def passing_by(random):
    return [3.0, 0.5, float(random.integers(2, 5)), 0.4, 0.7, 2.0], 1.0


def there_and_away(random):
    return [3.0, 0.5, float(random.integers(9, 99)), np.inf, np.nan], 1.0


check = Function(
    cases=[
        Case(([3.0, 2.0, 1.0], 1.0), 2, "a loss that is just at the bar"),
        Case(([0.5, 0.2], 1.0), 0, "a start that is below the bar"),
    ],
    reference=reference,
    draw={
        "": falling,
        "a walk that flies away": flown_away,
        "a walk that passes by": passing_by,
        "a walk that arrives, and flies away later": there_and_away,
    },
    mistakes=[
        Mistake(
            lambda losses, bar: int(np.argmax(np.array(losses) <= bar)),
            "For a walk that never arrives, `argmax` gives 0: the winner.",
        ),
        Mistake(
            lambda losses, bar: reference(losses, bar) + 1,
            "One too many: the first of the losses is that *before* the first step.",
        ),
        Mistake(
            lambda losses, bar: next(
                (k for k, loss in enumerate(losses) if loss < bar), len(losses)
            ),
            "A loss that is just at the bar counts, too.",
        ),
        Mistake(
            lambda losses, bar: int(np.sum(np.array(losses) > bar)),
            "That counts the losses above the bar. A walk may come down, go up again, and fly away into `nan`.",
        ),
        Mistake(
            lambda losses, bar: max(
                (k for k, loss in enumerate(losses) if loss <= bar),
                default=len(losses),
            ),
            "That is the last time that it was there. Asked for is the first.",
        ),
        Mistake(
            lambda losses, bar: (
                reference(losses, bar) if min(losses) <= bar else np.inf
            ),
            "Who never gets there is to have `len(losses)`, so that a mean can be taken.",
        ),
        Mistake(
            lambda losses, bar: (
                int(np.nanargmin(losses)) if np.nanmin(losses) <= bar else len(losses)
            ),
            "That is where the loss is lowest. When did it first come down to the bar?",
        ),
        Mistake(
            lambda losses, bar: (
                reference(losses, bar) if losses[-1] > 0 else len(losses)
            ),
            "It has arrived, and later there is a `nan`, which makes the smallest of the losses `nan`, too.",
        ),
        Mistake(
            lambda losses, bar: 0 if losses[0] <= bar else len(losses),
            "It looks at the first loss, and returns. In a loop, `return` only when it has arrived.",
        ),
        Mistake(
            lambda losses, bar: min(reference(losses, bar), len(losses) - 1),
            "Who never gets there has one step too few: that would be an arrival with the last step.",
        ),
        Mistake(
            lambda losses, bar: reference(losses, bar) if min(losses) <= bar else None,
            "For a walk that never arrives, it returns nothing.",
        ),
        Mistake(
            lambda losses, bar: next(
                (k for k, loss in enumerate(losses) if not loss > bar), len(losses)
            ),
            "It stops at a `nan`, too, as that is not above the bar. Who flies away never gets there.",
        ),
    ],
    hints=[
        "Go through the losses with `enumerate`, from the start.",
        "`return` the number as soon as a loss is at the bar or below. Nothing compares with `nan`, so it takes care of itself.",
        "Behind the loop, for a walk that has never arrived: `return len(losses)`.",
    ],
)

# %% [markdown]
# Some walks of the check never arrive.

# %%
exercise("2x.3").check(first_passage)

# %% [markdown]
# The other rules of the race:
#
# - **Every optimiser is tuned on every landscape**: fifty-one learning rates, and five values of `beta` for all that
#   remember. (SGD has no `beta`, so it gets a fifth of the tries. Adam's second memory stays at its usual value.)
# - **Many starts**: twenty to tune with, forty others for the race. A single start can be a lucky one.
# - **Three landscapes**: the valley; the same valley, **turned by forty-five degrees**, as a valley has no
#   reason to lie along the axes; and a saddle.
#
# A **saddle** is a pass: the ground falls to both sides, rises before and behind, and right on top there is no slope.
# The **ridge** is the line that parts the two sides. Here is the smallest network that has one: one measurement, one
# hidden neuron, two weights. It answers $c \cdot \tanh(a x)$, +1 for a Leafling, -1 for a Bramblet, and its loss is the
# mean squared difference.

# %%
pair = ["Marigold Leafling", "Tinker Bramblet"]
two = sketchbook.measure_birds(pair, per_species=40, seed=0)
length = two["length_cm"].to_numpy()
length = (length - length.mean()) / length.std()
side = np.where(two["genus"] == "Leafling", 1, -1)


# `None` adds an axis for the birds. (You need not follow each line of this cell.)
def saddle(p):
    answer = p[..., 1, None] * np.tanh(p[..., 0, None] * length)
    return np.mean((answer - side) ** 2, axis=-1)


def saddle_slope(p):
    a, c = p[..., 0, None], p[..., 1, None]
    hidden = np.tanh(a * length)
    error = 2 * (c * hidden - side) / len(side)
    by_a = error * c * (1 - hidden**2) * length
    return np.stack([by_a.sum(axis=-1), (error * hidden).sum(axis=-1)], axis=-1)


# %% [markdown]
# The same landscape twice: as a surface, and as a map with two walks that begin side by side. On the map, the ridge
# goes from the top left to the bottom right, and the two starts lie on either side of it, one above the other.

# %%
import matplotlib.pyplot as plt

figure = plt.figure(figsize=(10.5, 4.4), layout="constrained")
left, right = figure.add_subplot(1, 2, 1, projection="3d"), figure.add_subplot(1, 2, 2)
plots.surface(saddle, (-2, 2), (-1.6, 1.6), labels=["a", "c"], ax=left)
starts = {"above the ridge": (-1, 1.4), "below it": (-1, 1.1)}
paths = {name: walk(sgd, 0.2, 0, saddle_slope, at) for name, at in starts.items()}
saddle_map = (saddle, (-3.2, 3.2), (-2.6, 2.6))
ax = plots.landscape(*saddle_map, paths, labels=["a", "c"], ax=right)

# %% [markdown]
# They end near two lowest places, which are twins: turn the signs of both weights, and the network answers the same.
# Between the two, at zero, is the saddle, like the start "all zero" of lesson 02, whose weights feel no slope.
#
# In the valley, starts are drawn all over it; at the saddle, near the ridge. With the valley its starts are turned,
# too.

# %%
turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)  # by forty-five degrees


def turned(p):
    return valley(p @ turn)


def turned_slope(p):
    return valley_slope(p @ turn) @ turn.T


def drawn_starts(seed, count):
    spread = np.random.default_rng(seed).uniform(-1, 1, size=(count, 2))
    along, near_the_ridge = spread * [4, 1.5], [-1, 1] + 0.3 * spread
    return {"valley": along, "turned": along @ turn.T, "saddle": near_the_ridge}


lands = {
    "valley": (valley, valley_slope, 0.01),
    "turned": (turned, turned_slope, 0.01),
    "saddle": (saddle, saddle_slope, 0.3),
}

# %% [markdown]
# (The last numbers are the bars: each a little above the lowest loss of its landscape.) `passages` is your function
# for many walks at once, `steps_needed` lets them walk and counts.


# %%
def passages(losses, bar):
    there = losses <= bar
    return np.where(there.any(axis=0), there.argmax(axis=0), len(losses))


def steps_needed(land, rule, rate, beta, starts):
    loss, slope, bar = lands[land]
    return passages(loss(walk(rule, rate, beta, slope, starts)), bar)


# %% [markdown]
# Now all are tuned. You need not read each line: `best` keeps rate and `beta` with the fewest steps, on average over
# the starts, and `steps` how many steps each rate needed from each start, at that `beta`.

# %%
rates, betas = np.logspace(-3, 2, 51), [0.3, 0.5, 0.7, 0.9, 0.99]
tuning, best, steps = drawn_starts(0, 20), {}, {}
for land in lands:
    for name, rule in rules.items():
        tried = {}  # for each beta: the steps that each rate needs from each start
        for beta in betas if name != "SGD" else [0.0]:
            # Axes: the rates, the starts, x and y. So (51, 1, 1) meets (1, 20, 2).
            every = rates[:, None, None]
            tried[beta] = steps_needed(land, rule, every, beta, tuning[land][None])
        # The best beta is the one whose best rate needs the fewest steps.
        beta = min(tried, key=lambda beta: tried[beta].mean(axis=1).min())
        steps[land, name] = tried[beta]
        best[land, name] = rates[tried[beta].mean(axis=1).argmin()], beta

# %% [markdown]
# **Predict**, before you run the race: who is first in the valley? Who in the turned one? Who at the saddle? For
# each, write down a name. The table's number is the mean of forty starts that nobody was tuned on; a walk that never
# arrives counts as sixty-one steps.

# %% tags=["predict"] within=0.1
racing = drawn_starts(1, 40)
needed = {
    (land, name): steps_needed(land, rules[name], *best[land, name], racing[land])
    for land, name in best
}
table = pd.DataFrame({key: [*best[key], needed[key].mean()] for key in best})
table.index = ["learning rate", "beta", "mean steps"]
table.T.round(2)

# %% [markdown]
# In the valley RMSProp is far in front. In the same valley, turned, it is about as slow as SGD. SGD and momentum do not
# notice the turn. RMSProp and Adam divide each slope by its own size, weight by weight: that helps if the steep
# direction is a weight of its own, and less if it is a mixture of both. At the saddle all are there after a few steps,
# SGD among the first. **Which is the best depends on how the valley lies**, and a real one has no reason to lie along
# the axes; the first picture of this lesson did not.
#
# (For the `beta` of momentum, theory agrees: for a valley twenty-five times as steep across as along, the best one is
# $((5 - 1) / (5 + 1))^2$, where 5 is the root of twenty-five (Goh, 2017). That is less than one half, and not the
# usual nine tenths.)
#
# Are these differences more than luck? All had the same forty starts, so take the differences start by start. With
# other starts their mean would scatter; by how much, the **standard error** says: their standard deviation, divided by
# the root of their number. About twice that is the "give or take": the mean, less and plus that, is the **interval**.
# A difference whose interval does not hold zero is hardly luck.

# %% within=0.3
gains = {}
for land in lands:
    for name in list(rules)[1:]:
        less = needed[land, "SGD"] - needed[land, name]
        gains[land, name] = less.mean(), 1.96 * less.std(ddof=1) / np.sqrt(len(less))
pd.DataFrame(gains, index=["steps fewer than SGD", "give or take"]).T.round(1)

# %% [markdown]
# In both valleys momentum and Adam are faster than SGD by far more than their "give or take"; so is RMSProp, but only
# in the valley along the axes. At the saddle no optimiser is faster than SGD beyond luck.
#
# And the race itself, from one of its starts: to be looked at, not to be counted. The film runs again and again, with a
# pause at its end.

# %% tags=["nbval-ignore-output"]
from course_utils.animation import film


def panel(land):
    loss, slope, _ = lands[land]
    walks = {
        name: walk(rule, *best[land, name], slope, racing[land][1], 40)
        for name, rule in rules.items()
    }
    return loss, (-4.6, 4.6), (-4.6, 4.6), walks


panels = {"along the axes": panel("valley"), "turned": panel("turned")}
film(*plots.race(panels), range(41))

# %% [markdown]
# (RMSProp's first step in the left valley leaves the map. With the rate that is best there it leaps over everything
# and comes back at once. That is no bug: out there the slope points back, and as each slope is divided by its own
# size, the second step is as long as the first. Only then does the memory of the huge slope make steps short. Our
# landscape is as simple out there as it is here; others are not. First passage does not see this: every measure hides
# something.)
#
# ## How careful must you be?
#
# The race let every optimiser try many rates. With a network that trains for days you try three. So how many of the
# rates would have done? `steps["turned", "Adam"]`, and so on for each landscape and optimiser, has the steps that each
# of the fifty-one rates needed from each of the twenty starts: an array with a row for each rate, in which `61` means
# "never", as a walk has sixty steps. (`beta` is the best one: a gift, found with all those tries.)

# %% [markdown] question="2x.4"
# ### Exercise 2x.4 · Choose for somebody in a hurry
#
# Somebody has the **turned** valley, and time for one try with a rate picked at random from `rates`. Make a table
# `choice` of all four optimisers, a row for each, with the columns `optimiser` and `share`: the share, between 0 and 1,
# of the rates that arrive from *all* twenty starts. (You would recommend the one with the largest share; the table is
# the whole answer.)

# %% answer="2x.4"
# solution
shares = {name: (steps["turned", name] < 61).all(axis=1).mean() for name in rules}
choice = pd.DataFrame({"optimiser": shares.keys(), "share": shares.values()})
# end

# %% [markdown] why="2x.4"
# Adam, by far: it is not the fastest when all are tuned, and here it forgives most. (On the other two landscapes,
# `steps` says, RMSProp does.) That may be why so many people start with it, and is another reason than "Adam is
# faster". Whoever has time to tune can be faster with something simpler.

# %% check="2x.4"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Table


def _table(steps, share, land="turned"):
    shares = {
        name: share(values) for (where, name), values in steps.items() if where == land
    }
    return pd.DataFrame({"optimiser": list(shares), "share": list(shares.values())})


def _share(values):
    return (values < 61).all(axis=1).mean()


def _shares(steps, shares):
    return _table(steps, _share).assign(share=list(shares))


def _off(answer, steps):
    """Return by how much each optimiser's share is too large."""
    right = _table(steps, _share).set_index("optimiser").share
    return answer.set_index("optimiser").share.astype(float) - right


_lands = ["valley", "turned", "saddle"]
_rates = np.logspace(-3, 2, 51)
_random = np.random.default_rng(0)
_slow = {"SGD": 70, "momentum": 65, "RMSProp": 95, "Adam": 60}

check = Table(
    expected=lambda steps: _table(steps, _share),
    key="optimiser",
    rtol=1e-3,
    given={
        "steps": {
            (land, name): np.minimum(
                _random.integers(2, most + k, size=(51, 1))
                + _random.integers(0, 5, (51, 20)),
                61,
            )
            for k, land in enumerate(_lands)
            for name, most in _slow.items()
        }
    },
    mistakes=[
        Mistake(
            lambda steps: _table(steps, lambda values: (values < 61).mean()),
            "That is the share of all walks. A rate counts if it arrives from *all* the starts.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values < 61).any(axis=1).mean()
            ),
            "Those rates arrive from *some* start. Asked for are those that do from all.",
        ),
        Mistake(
            lambda steps: _table(steps, lambda values: (values < 61).all(axis=1).sum()),
            "That is how many rates there are. Give them as a share of all the rates.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values < 61).all(axis=1).mean(), "valley"
            ),
            "That is the valley along the axes. The one in question is `turned`.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values < 61).all(axis=0).mean()
            ),
            "That goes along the other axis: rates are rows, starts are columns.",
        ),
        Mistake(
            lambda steps: _table(steps, lambda values: values.mean(axis=1).min()),
            "Those are the steps with the best rate. Somebody in a hurry does not know it.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values <= 61).all(axis=1).mean()
            ),
            'All of them arrive? 61 means "never".',
        ),
        Mistake(
            lambda steps: _table(steps, _share, "saddle"),
            "That is the saddle. The landscape in question is `turned`.",
        ),
        Mistake(
            lambda steps: _shares(
                steps,
                np.mean([_table(steps, _share, land).share for land in _lands], axis=0),
            ),
            "Those are means over all landscapes. Only `turned` is in question.",
        ),
        Mistake(
            lambda steps: _table(steps, lambda values: 1 - _share(values)),
            "That is the share of the rates that fail from some start. Asked for is the rest.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values == 61).all(axis=1).mean()
            ),
            "Those rates arrive from no start. Asked for are those that do from all.",
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (np.median(values, axis=1) < 61).mean()
            ),
            "Those rates arrive from half of the starts. Asked for are those that do from all.",
        ),
        Mistake(
            lambda steps: _table(steps, lambda values: 100 * _share(values)),
            "No share is larger than 1. How many of *all* rates are it? One half is 0.5, not 50.",
            when=lambda answer, steps: max(answer.share) > 1,
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: _share(steps["turned", "RMSProp"])
            ),
            "Does each optimiser have the same share? Look up each by its own name.",
            when=lambda answer, steps: len(set(answer.share)) == 1,
        ),
        Mistake(
            lambda steps: _shares(steps, sorted(_table(steps, _share).share)),
            "Those are the shares, but they stand at other optimisers.",
            when=lambda answer, steps: np.allclose(
                sorted(answer.share), sorted(_table(steps, _share).share)
            ),
        ),
        Mistake(
            lambda steps: _table(steps, lambda values: round(_share(values), 1)),
            "That is rounded. Leave the numbers as they are.",
            when=lambda answer, steps: np.abs(_off(answer, steps)).max() < 0.051,
        ),
        Mistake(
            lambda steps: _shares(
                steps,
                _table(steps, _share).share / _table(steps, _share).share.sum(),
            ),
            "Those add up to one. Each optimiser's share is one of *all* rates, not of those that arrive with somebody.",
            when=lambda answer, steps: np.isclose(sum(answer.share), 1),
        ),
        Mistake(
            lambda steps: _table(
                steps,
                lambda values: _rates[(values < 61).all(axis=1)].sum() / _rates.sum(),
            ),
            "There a large rate counts for more than a small one. One try at random hits each equally often.",
        ),
        Mistake(
            lambda steps: _shares(steps, [0.9, 0.95, 1.0, 0.98]),
            "So high? Has the tuned rate come in, from the race? Here the rate is any of `rates`.",
            when=lambda answer, steps: min(answer.share) > 0.5,
        ),
        Mistake(
            lambda steps: _table(
                steps, lambda values: (values < 20).all(axis=1).mean()
            ),
            "Too few. A walk of up to sixty steps arrives, and only 61 means that it does not.",
            when=lambda answer, steps: (_off(answer, steps) <= 0).all(),
        ),
    ],
    hints=[
        '`steps["turned", "Adam"] < 61` is True where a walk arrived.',
        "`.all(axis=1)` asks for each rate whether that holds for all starts; the mean of True and False is a share.",
        "Do it for each name in `rules`, and make a table of the two lists.",
    ],
)

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("2x.4").check(choice, steps=steps)

# %% [markdown]
# ## Saddles, honestly
#
# Saddles have a bad name: it has been argued that large networks have very many of them (Dauphin and others, 2014).
# Are they traps? Start SGD right beside the pass, nearer and nearer, and see how many steps it loses.

# %%
near = np.logspace(-1, -10, 10)[:, None] * [1, 1]  # from a tenth to next to nothing
far = walk(sgd, *best["saddle", "SGD"], saddle_slope, near, steps=100)
for a, count in zip(near[::3, 0], passages(saddle(far), 0.3)[::3], strict=True):
    print(f"from a = c = {a:.0e}: {count} steps")

# %% [markdown]
# Each time you start a thousand times nearer, it takes a few more steps, always about as many: so near the saddle,
# the distance from the ridge grows by the same factor with every step. Only a start exactly on the ridge never leaves
# it. From a random start, gradient descent almost never ends on such a saddle; that is proven (Lee and others, 2016).
# So a plateau is not always the end, and in the race at the saddle no optimiser was faster than SGD, beyond chance.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="2x.a"
# "Adam reached a lower loss than SGD, both with a learning rate of 0.001. So Adam is better." What is wrong?
#
# - [ ] Nothing, both had the same rate.
#   - The same number means another thing for each: look again at how far apart the best rates were.
# - [x] Each needs a rate of its own, found with equal effort.
#   - And the same for `beta`, on this very landscape.
# - [ ] Adam must never be compared with SGD, as it remembers and SGD does not.
#   - It may, if each has a chance to show what it can.

# %% [markdown] quiz="2x.b"
# Why do SGD and momentum need the same number of steps in both valleys?
#
# - [ ] Because both have been tuned on the valley that lies along the axes.
#   - Each was tuned on each landscape.
# - [ ] Because momentum is the same as SGD with a larger learning rate.
#   - Then it could not be three times as fast as the best SGD.
# - [x] Because they add up slopes, and treat all directions alike.
#   - Turn the landscape, and each step turns with it. Dividing weight by weight does not turn with it.

# %% [markdown] quiz="2x.c"
# RMSProp and SGD race from one start. RMSProp passes the bar after three steps, SGD after six. What does that show?
#
# - [x] Little: another start may turn it round.
#   - Hence many starts, the same for all, and the interval of the differences.
# - [ ] That RMSProp is twice as fast as SGD on this landscape, whatever the start.
#   - From one start? Half of the starts might say the opposite.
# - [ ] That RMSProp had the better learning rate.
#   - Perhaps, perhaps not: nothing has been said about how the rates were found.

# %% [markdown]
# Where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A loss is a **landscape**; a narrow **valley** makes SGD zigzag, and its steepest direction limits the rate.
# - **Momentum** remembers where it was going, **RMSProp** and **Adam** divide each slope by its usual size.
# - Tuned on each landscape, none of the four is first on all of them. What divides weight by weight depends on how
#   the valley lies.
# - In the turned valley, with `beta` tuned, **Adam** forgives most. Our **saddle** of two weights costs a few steps.
#
# **Where it goes wrong in practice.** A comparison in which your favourite was tuned and the others were not; in
# which one start, one landscape, or one moment decides; in which the winner's rate stands at the end of the grid that
# was tried, as RMSProp's `beta` does in our valley. And conclusions on networks from landscapes with two weights: what
# is shown here is how to compare, not whom to take.
#
# ## Sources
#
# - B. T. Polyak, "Some Methods of Speeding Up the Convergence of Iteration Methods", USSR Computational Mathematics
#   and Mathematical Physics 4, 1964.
# - T. Tieleman, G. Hinton, "Lecture 6.5, RMSProp", COURSERA: Neural Networks for Machine Learning, 2012.
# - D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
# - G. Goh, "Why Momentum Really Works", Distill, 2017.
# - Y. N. Dauphin and others, "Identifying and Attacking the Saddle Point Problem in High-dimensional Non-convex
#   Optimization", NIPS 2014.
# - J. D. Lee, M. Simchowitz, M. I. Jordan, B. Recht, "Gradient Descent Only Converges to Minimizers", COLT 2016.
# - The birds and their measurements are made by this course (`course_utils.sketchbook`, CC BY 4.0).
