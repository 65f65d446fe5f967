# %% [markdown]
# Answers to the exercises of lesson 07x.

# %% untried="7x.1"
farthest = ...  # your answer here

# %% right="7x.1"
farthest = 15 * 13 * 1e-3 / 2

# %% right="7x.1"
import math

farthest = math.ceil(400 / 32) * 15 * 0.0005

# %% right="7x.1"
farthest = 0.0975

# %% right="7x.1"
from fractions import Fraction

farthest = Fraction(1, 1000) / 2 * (400 // 32 + 1) * 15

# %% right="7x.1"
# the rate halfway through each step, so that the mean is exactly half
from math import cos, pi

steps = 15 * 13
farthest = sum(1e-3 * (1 + cos(pi * (i + 0.5) / steps)) / 2 for i in range(steps))

# %% right="7x.1"
farthest = 0
for epoch in range(15):
    for first in range(0, 400, 32):
        farthest += 1e-3 * 0.5

# unclear: step by step, as Keras does it, the first step has the full rate and the sum is 0.098, not 0.0975
# %% right="7x.1"
import numpy as np

farthest = (1e-3 * 0.5 * (1 + np.cos(np.pi * np.arange(195) / 195))).sum()

# %% wrong="7x.1"
# the rate never falls
farthest = 15 * 13 * 1e-3

# %% wrong="7x.1"
# half a batch is half a step
farthest = 15 * 400 / 32 * 1e-3 / 2

# %% wrong="7x.1"
# the small batch is left out
farthest = 15 * (400 // 32) * 1e-3 / 2

# %% wrong="7x.1"
# the rest is kept for the next epoch
farthest = 15 * 400 // 32 * 1e-3 / 2

# %% wrong="7x.1"
# a step for each epoch
farthest = 15 * 1e-3 / 2

# %% wrong="7x.1"
# a step for each picture
farthest = 15 * 400 * 1e-3 / 2

# %% wrong="7x.1"
# one epoch
farthest = 13 * 1e-3 / 2

# %% wrong="7x.1"
# pictures of a batch taken for batches
farthest = 15 * 32 * 1e-3 / 2

# %% wrong="7x.1"
# one step
farthest = 1e-3 / 2

# %% wrong="7x.1"
# steps, not how far
farthest = 15 * 13

# %% wrong="7x.1"
# in thousandths
farthest = 15 * 13 / 2

# %% wrong="7x.1"
# per cent
farthest = 15 * 13 * 1e-3 / 2 * 100

# %% wrong="7x.1"
# 1e-3 read as e to the minus three
farthest = 15 * 13 * 2.718281828**-3 / 2

# %% wrong="7x.1"
# 1e3 for 1e-3
farthest = 15 * 13 * 1e3 / 2

# %% wrong="7x.1"
# as a drunkard walks
farthest = (15 * 13) ** 0.5 * 1e-3 / 2

# %% wrong="7x.1"
# momentum makes it ten times as large
farthest = 15 * 13 * 1e-3 / 2 * 10

# %% wrong="7x.1"
# halved twice
farthest = 15 * 13 * 1e-3 / 4

# %% wrong="7x.1"
# the mean of a quarter of a cosine
farthest = 15 * 13 * 1e-3 * 2 / 3.14159265

# %% wrong="7x.1"
# a step for each epoch, at the full rate
farthest = 15 * 1e-3

# %% wrong="7x.1"
# the numbers for photos
farthest = 4 * 13 * 2e-4 / 2

# %% wrong="7x.1"
# one batch too many
farthest = 15 * 14 * 1e-3 / 2

# %% wrong="7x.1"
# backwards
farthest = -15 * 13 * 1e-3 / 2

# %% wrong="7x.1"
farthest = "far"

# %% wrong="7x.1"
farthest = None

# %% wrong="7x.1"
# all rates on the way
farthest = [1e-3 * 13 * (15 - epoch) / 15 for epoch in range(15)]

# %% wrong="7x.1"
# nothing
farthest = print(15 * 13 * 1e-3 / 2)

# %% wrong="7x.1"
# at most: without end
farthest = float("inf")

# %% wrong="7x.1"
# steps there and back cancel
farthest = 0

# %% wrong="7x.1" tags=["generic"]
farthest = 0.4321


# %% untried="7x.2"
def rates_by_depth(blocks, top, factor): ...  # your code here


# %% right="7x.2"
def rates_by_depth(blocks, top, factor):
    return {name: top / factor ** (len(blocks) - 1 - i) for i, name in enumerate(blocks)}


# %% right="7x.2"
# rates in the other order: a dict goes by name
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for name in reversed(blocks):
        rates[name] = rate
        rate /= factor
    return rates


# %% right="7x.2"
def rates_by_depth(blocks, top, factor):
    depth = np.arange(len(blocks))[::-1]
    return dict(zip(blocks, top * float(factor) ** -depth, strict=True))


# %% right="7x.2"
def rates_by_depth(blocks, top, factor):
    if not len(blocks):
        return {}
    return {**rates_by_depth(blocks[:-1], top / factor, factor), blocks[-1]: top}


# %% right="7x.2"
# from the first one up
def rates_by_depth(blocks, top, factor):
    rates = {}
    rate = top / factor ** len(blocks)
    for name in blocks:
        rate = rate * factor
        rates[name] = rate
    return rates


# %% right="7x.2"
def rates_by_depth(blocks, top, factor):
    rates = pd.Series([top] + [1 / factor] * (len(blocks) - 1)).cumprod()
    rates.index = list(blocks)[::-1]
    return rates.to_dict()


# %% right="7x.2"
def rates_by_depth(blocks, top, factor):
    logs = np.log(top) - np.log(factor) * np.arange(len(blocks) - 1, -1, -1)
    return {name: float(np.exp(log)) for name, log in zip(blocks, logs)}


# %% wrong="7x.2"
# the first one is the fastest
def rates_by_depth(blocks, top, factor):
    return {name: top / factor**i for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# the last one is slowed, too
def rates_by_depth(blocks, top, factor):
    return {name: top / factor ** (len(blocks) - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# the last one is too fast
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top / factor ** (n - 2 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# faster and faster towards the first
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top * factor ** (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# the first one gets top, and then they grow
def rates_by_depth(blocks, top, factor):
    return {name: top * factor**i for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# factor times the place: right for the last two
def rates_by_depth(blocks, top, factor):
    rates = {}
    for back, name in enumerate(reversed(blocks)):
        rates[name] = top / (factor * back) if back else top
    return rates


# %% wrong="7x.2"
# the same rate for all but the last
def rates_by_depth(blocks, top, factor):
    rates = {name: top / factor for name in blocks}
    rates[blocks[-1]] = top
    return rates


# %% wrong="7x.2"
# factor is squared each time
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for name in reversed(blocks):
        rates[name] = rate
        rate = rate / factor
        factor = factor * factor
    return rates


# %% wrong="7x.2"
# equal steps down to top / factor
def rates_by_depth(blocks, top, factor):
    return dict(zip(blocks, np.linspace(top / factor, top, len(blocks))))


# %% wrong="7x.2"
# spread evenly in powers between top / factor and top
def rates_by_depth(blocks, top, factor):
    return dict(zip(blocks, np.geomspace(top / factor, top, len(blocks))))


# %% wrong="7x.2"
# less by a share 1 / factor
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top * (1 - 1 / factor) ** (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# a factor of the lesson's own
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top / 10 ** (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# a rate of the lesson's own
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: 1e-3 / factor ** (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# whole numbers
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top // factor ** (n - 1 - i) for i, name in enumerate(blocks)}


# unclear: wrong only for a factor that is not whole
# %% wrong="7x.2"
# factor cut to a whole number
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top / int(factor) ** (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# rounded away
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: round(top / factor ** (n - 1 - i), 3) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# a list
def rates_by_depth(blocks, top, factor):
    return [top / factor ** (len(blocks) - 1 - i) for i in range(len(blocks))]


# %% wrong="7x.2"
# by number
def rates_by_depth(blocks, top, factor):
    return {i: top / factor ** (len(blocks) - 1 - i) for i in range(len(blocks))}


# %% wrong="7x.2"
# names by rate
def rates_by_depth(blocks, top, factor):
    return {top / factor ** (len(blocks) - 1 - i): name for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# pairs
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return [(name, top / factor ** (n - 1 - i)) for i, name in enumerate(blocks)]


# %% wrong="7x.2"
# texts
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: f"{top / factor ** (n - 1 - i):.2g}" for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# leaves after the last block
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for name in reversed(blocks):
        rates[name] = rate
        rate /= factor
        return rates


# %% wrong="7x.2"
# returns nothing
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for name in reversed(blocks):
        rates[name] = rate
        rate /= factor


# %% wrong="7x.2"
# reverse returns nothing
def rates_by_depth(blocks, top, factor):
    rates = {}
    for i, name in enumerate(blocks.reverse()):
        rates[name] = top / factor**i
    return rates


# unclear: wrong only where the names are not in the order of the alphabet
# %% wrong="7x.2"
# sorts the names: block_10 before block_2
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top / factor ** (n - 1 - i) for i, name in enumerate(sorted(blocks))}


# unclear: wrong only where the names don't end in 1, 2, ... n
# %% wrong="7x.2"
# the number in the name
def rates_by_depth(blocks, top, factor):
    return {name: top / factor ** (len(blocks) - int(name.split("_")[-1])) for name in blocks}


# %% wrong="7x.2"
# the first block is left out
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for i in range(len(blocks) - 1, 0, -1):
        rates[blocks[i]] = rate
        rate /= factor
    return rates


# %% wrong="7x.2"
# the last block is left out
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for name in reversed(blocks[:-1]):
        rate /= factor
        rates[name] = rate
    return rates


# %% wrong="7x.2"
# every block gets all rates' last one
def rates_by_depth(blocks, top, factor):
    rates, rate = {}, top
    for i in range(len(blocks) - 1):
        rate /= factor
    for name in blocks:
        rates[name] = rate
    return rates


# %% wrong="7x.2"
# names of the notebook
def rates_by_depth(blocks, top, factor):
    rate = {}
    names = list(parts)
    for i, name in enumerate(names):
        rate[name] = top / factor ** (len(names) - 1 - i)
    return rate


# %% wrong="7x.2"
# minus, not through
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top - factor * (n - 1 - i) for i, name in enumerate(blocks)}


# %% wrong="7x.2"
# ^ is no power
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return {name: top / (factor ^ (n - 1 - i)) for i, name in enumerate(blocks)}


# unclear: right for 2.0, an error of NumPy for a whole factor such as 2; "a factor above 1" may be whole
# %% wrong="7x.2"
def rates_by_depth(blocks, top, factor):
    powers = np.array(factor) ** -np.arange(len(blocks))[::-1]
    return dict(zip(blocks, top * powers))


# unclear: the text says "a dict"; a Series of rates by name has all that is asked but the type
# %% wrong="7x.2"
def rates_by_depth(blocks, top, factor):
    n = len(blocks)
    return pd.Series([top / factor ** (n - 1 - i) for i in range(n)], index=list(blocks))


# %% wrong="7x.2"
# half filled
def rates_by_depth(blocks, top, factor):
    rates = {blocks[-1]: top}
    ...  # your code here
    return rates
