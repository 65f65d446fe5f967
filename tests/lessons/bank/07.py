# %% [markdown]
# Answers to the exercises of lesson 07.

# %% untried="7.1"
no_loss = ...  # your answer here

# %% right="7.1"
no_loss = "b"

# %% right="7.1"
no_loss = "B"

# %% right="7.1"
no_loss = " b "

# %% right="7.1"
no_loss = "b."

# unclear: is a bracket still "a letter in quotes"?
# %% right="7.1"
no_loss = "(b)"

# %% wrong="7.1"
no_loss = "a"

# %% wrong="7.1"
no_loss = "c"

# %% wrong="7.1"
no_loss = "D"

# %% wrong="7.1"
no_loss = "b, c"

# %% wrong="7.1"
no_loss = ["b", "d"]

# %% wrong="7.1"
no_loss = 2

# %% wrong="7.1"
no_loss = None

# %% wrong="7.1"
no_loss = "e"

# %% untried="7.1"
no_loss = ""

# %% wrong="7.1"
no_loss = "because old is a copy"

# %% wrong="7.1"
no_loss = True

# %% wrong="7.1"
no_loss = (old.decode(old.model.predict(things, verbose=0), top=1)["class_name"] == truth).mean()

# %% wrong="7.1" tags=["stops"]
no_loss = b

# %% untried="7.2"
blame = ...  # your answer here

# %% right="7.2"
blame = [
    gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"],
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% right="7.2"
# both over frozen, then the difference of the two
base = gain("learnt", "two stages")["mean"]
blame = [
    gain("learnt", "all at once, BatchNorm frozen")["mean"] - base,
    gain("learnt", "two stages, BatchNorm awake")["mean"] - base,
]

# %% right="7.2"
means = arms.groupby("name")["learnt"].mean()
blame = (
    means["all at once, BatchNorm frozen"] - means["two stages"],
    means["two stages, BatchNorm awake"] - means["two stages"],
)

# %% right="7.2"
table = arms.pivot_table("learnt", "seed", "name")
others = ["all at once, BatchNorm frozen", "two stages, BatchNorm awake"]
blame = table[others].sub(table["two stages"], axis=0).mean().to_numpy()


# %% right="7.2"
def learnt_by_seed(name):
    rows = arms[arms["name"] == name]
    return dict(zip(rows["seed"], rows["learnt"]))


stages = learnt_by_seed("two stages")
blame = []
for name in ("all at once, BatchNorm frozen", "two stages, BatchNorm awake"):
    other = learnt_by_seed(name)
    blame.append(sum(other[seed] - stages[seed] for seed in stages) / len(stages))

# %% right="7.2"
# the other way round, and the sign turned
blame = [
    -gain("learnt", "two stages", "all at once, BatchNorm frozen")["mean"],
    -gain("learnt", "two stages", "two stages, BatchNorm awake")["mean"],
]

# %% right="7.2"
table = arms.set_index(["name", "seed"])["learnt"].unstack("seed")
blame = pd.Series(
    {
        "head": (table.loc["all at once, BatchNorm frozen"] - table.loc["two stages"]).mean(),
        "norms": (table.loc["two stages, BatchNorm awake"] - table.loc["two stages"]).mean(),
    }
).tolist()

# unclear: how many decimals are enough; three are what the notebook itself prints
# %% right="7.2"
blame = [
    round(float(gain("learnt", name, than="two stages")["mean"]), 3)
    for name in ("all at once, BatchNorm frozen", "two stages, BatchNorm awake")
]

# %% wrong="7.2"
# swapped
blame = [
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
    gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"],
]

# %% wrong="7.2"
# signs
blame = [
    gain("learnt", "two stages", "all at once, BatchNorm frozen")["mean"],
    gain("learnt", "two stages", "two stages, BatchNorm awake")["mean"],
]

# %% wrong="7.2"
# compared with frozen
blame = [
    gain("learnt", "all at once, BatchNorm frozen")["mean"],
    gain("learnt", "two stages, BatchNorm awake")["mean"],
]

# %% wrong="7.2"
# another column
blame = [
    gain("kept", "all at once, BatchNorm frozen", "two stages")["mean"],
    gain("kept", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% wrong="7.2"
# the fitted layer, not the old one
blame = [
    gain("probe", "all at once, BatchNorm frozen", "two stages")["mean"],
    gain("probe", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% wrong="7.2"
# points, not shares
blame = [
    100 * gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"],
    100 * gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% wrong="7.2"
# the other one is as in "all at once"
blame = [
    gain("learnt", "all at once", "two stages, BatchNorm awake")["mean"],
    gain("learnt", "all at once", "all at once, BatchNorm frozen")["mean"],
]

# %% wrong="7.2"
# the head's with frozen norms, the norms' with a fresh head
blame = [
    gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"],
    gain("learnt", "all at once", "all at once, BatchNorm frozen")["mean"],
]

# %% wrong="7.2"
# the head's with awake norms
blame = [
    gain("learnt", "all at once", "two stages, BatchNorm awake")["mean"],
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% wrong="7.2"
# both at once, as the fresh head's
blame = [
    gain("learnt", "all at once", "two stages")["mean"],
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
]

# %% wrong="7.2"
# a mean over both states of the other one
a = gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"]
b = gain("learnt", "all at once", "two stages, BatchNorm awake")["mean"]
c = gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"]
d = gain("learnt", "all at once", "all at once, BatchNorm frozen")["mean"]
blame = [(a + b) / 2, (c + d) / 2]

# %% wrong="7.2"
# without a sign
blame = [
    abs(gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"]),
    abs(gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"]),
]

# %% wrong="7.2"
# what is left, not what is lost
means = arms.groupby("name")["learnt"].mean()
blame = [means["all at once, BatchNorm frozen"], means["two stages, BatchNorm awake"]]

# %% wrong="7.2"
# in proportion to what two stages keep
means = arms.groupby("name")["learnt"].mean()
blame = [
    means["all at once, BatchNorm frozen"] / means["two stages"] - 1,
    means["two stages, BatchNorm awake"] / means["two stages"] - 1,
]

# %% wrong="7.2"
# shares of the whole loss
whole = gain("learnt", "all at once", "two stages")["mean"]
blame = [
    gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"] / whole,
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"] / whole,
]

# %% wrong="7.2"
# whole intervals
blame = [
    gain("learnt", "all at once, BatchNorm frozen", "two stages"),
    gain("learnt", "two stages, BatchNorm awake", "two stages"),
]

# %% wrong="7.2"
# rows of other indexes: all NaN
stages = arms[arms["name"] == "two stages"]["learnt"]
fresh = arms[arms["name"] == "all at once, BatchNorm frozen"]["learnt"]
awake = arms[arms["name"] == "two stages, BatchNorm awake"]["learnt"]
blame = [(fresh - stages).mean(), (awake - stages).mean()]

# %% wrong="7.2"
# neighbours in the alphabet
steps = arms.groupby("name")["learnt"].mean().diff()
blame = [steps["all at once, BatchNorm frozen"], steps["two stages, BatchNorm awake"]]

# %% wrong="7.2"
# a difference for each seed
table = arms.pivot_table("learnt", "seed", "name")
blame = [
    (table["all at once, BatchNorm frozen"] - table["two stages"]).tolist(),
    (table["two stages, BatchNorm awake"] - table["two stages"]).tolist(),
]

# %% wrong="7.2"
# one number
blame = gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"]

# %% wrong="7.2"
# three numbers
blame = [
    gain("learnt", way, "two stages")["mean"]
    for way in ("all at once, BatchNorm frozen", "two stages, BatchNorm awake", "all at once")
]

# %% wrong="7.2"
# half filled
blame = [gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"], ...]

# %% wrong="7.2"
blame = ["a lot", "a little"]

# %% wrong="7.2"
# a sum
blame = sum(gain("learnt", way, "two stages")["mean"] for way in ways)

# %% wrong="7.2" tags=["generic"]
blame = [-0.31, -0.47]

# %% wrong="7.2"
# nothing
blame = print(
    gain("learnt", "all at once, BatchNorm frozen", "two stages")["mean"],
    gain("learnt", "two stages, BatchNorm awake", "two stages")["mean"],
)

# %% wrong="7.2" tags=["stops"]
blame = [gain("learnt", "all at once, BatchNorm frozen", "two stage")["mean"], 0]


# %% untried="7.3"
def choose(trainings): ...  # your code here


# %% right="7.3"
def choose(trainings):
    return trainings.groupby("rate")["validation"].mean().idxmax()


# %% right="7.3"
def choose(trainings):
    sums, counts = {}, {}
    for row in trainings.itertuples():
        sums[row.rate] = sums.get(row.rate, 0) + row.validation
        counts[row.rate] = counts.get(row.rate, 0) + 1
    best, best_rate = -1, None
    for rate in sorted(sums):
        mean = round(sums[rate] / counts[rate], 12)
        if mean > best:
            best, best_rate = mean, rate
    return best_rate


# %% right="7.3"
def choose(trainings):
    rates = np.unique(trainings["rate"])
    means = [trainings["validation"].to_numpy()[trainings["rate"].to_numpy() == r].mean() for r in rates]
    return rates[np.argmax(means)]


# %% right="7.3"
def choose(trainings):
    table = trainings.groupby("rate", as_index=False)["validation"].mean()
    table = table.sort_values(["validation", "rate"], ascending=[False, True])
    return float(table["rate"].iloc[0])


# %% right="7.3"
def choose(trainings):
    means = trainings.pivot_table("validation", "rate", aggfunc="mean")["validation"].round(9)
    return min(means[means == means.max()].index)


# %% right="7.3"
def choose(trainings):
    rates = set(trainings["rate"])
    return max(
        rates,
        key=lambda r: (
            np.round(trainings.loc[trainings["rate"] == r, "validation"].mean(), 10),
            -r,
        ),
    )


# %% wrong="7.3" says="(?i)test"
# the test pictures choose
def choose(trainings):
    return trainings.groupby("rate")["learnt"].mean().idxmax()


# %% wrong="7.3"
# what forgets least
def choose(trainings):
    return trainings.groupby("rate")["kept"].mean().idxmax()


# %% wrong="7.3"
# validation and test together
def choose(trainings):
    both = trainings["validation"] + trainings["learnt"]
    return both.groupby(trainings["rate"]).mean().idxmax()


# %% wrong="7.3"
# a compromise of two columns
def choose(trainings):
    both = trainings["validation"] + trainings["kept"]
    return both.groupby(trainings["rate"]).mean().idxmax()


# %% wrong="7.3"
# the single best training
def choose(trainings):
    return trainings.sort_values("validation")["rate"].iloc[-1]


# %% wrong="7.3"
# the worst of each rate's seeds
def choose(trainings):
    return trainings.groupby("rate")["validation"].min().idxmax()


# %% wrong="7.3"
def choose(trainings):
    return trainings.groupby("rate")["validation"].median().idxmax()


# unclear: differs from the mean only if the rates have different numbers of trainings; the text says "on average"
# %% wrong="7.3"
def choose(trainings):
    return trainings.groupby("rate")["validation"].sum().idxmax()


# %% wrong="7.3"
# the notebook's own table
def choose(trainings):
    mine = measured[measured["study"] == "rates"]
    return mine.groupby("rate")["validation"].mean().idxmax()


# %% wrong="7.3"
def choose(trainings):
    return 1e-3


# %% wrong="7.3"
# how good, not which
def choose(trainings):
    return trainings.groupby("rate")["validation"].mean().max()


# %% wrong="7.3"
# where, not which
def choose(trainings):
    return trainings.groupby("rate")["validation"].mean().to_numpy().argmax()


# %% wrong="7.3"
# a place among the rates taken for a row of the table
def choose(trainings):
    place = trainings.groupby("rate")["validation"].mean().to_numpy().argmax()
    return trainings["rate"].iloc[place]


# %% wrong="7.3"
# equally good: the larger one
def choose(trainings):
    best, best_rate = -1, None
    for rate, rows in trainings.groupby("rate"):
        mean = round(rows["validation"].mean(), 9)
        if mean >= best:
            best, best_rate = mean, rate
    return best_rate


# %% wrong="7.3"
# equally good: the one that comes first in the table
def choose(trainings):
    return trainings.groupby("rate", sort=False)["validation"].mean().idxmax()


# %% wrong="7.3"
# the worst
def choose(trainings):
    return trainings.groupby("rate")["validation"].mean().idxmin()


# %% wrong="7.3"
# each seed votes
def choose(trainings):
    winners = trainings.loc[trainings.groupby("seed")["validation"].idxmax(), "rate"]
    return winners.mode()[0]


# %% wrong="7.3"
# grouped by seed: a seed comes out
def choose(trainings):
    return trainings.groupby("seed")["validation"].mean().idxmax()


# %% wrong="7.3"
# all columns at once
def choose(trainings):
    return trainings.groupby("rate").mean(numeric_only=True).idxmax()


# %% wrong="7.3"
# better than average: more than one
def choose(trainings):
    means = trainings.groupby("rate")["validation"].mean()
    return list(means[means == means.max()].index)


# %% wrong="7.3"
# nearly as good counts as equally good
def choose(trainings):
    means = trainings.groupby("rate")["validation"].mean().round(1)
    return means.idxmax()


# %% wrong="7.3"
# the first seed only
def choose(trainings):
    one = trainings[trainings["seed"] == trainings["seed"].min()]
    return one.loc[one["validation"].idxmax(), "rate"]


# %% wrong="7.3"
# leaves in the first round
def choose(trainings):
    best = 0
    means = trainings.groupby("rate")["validation"].mean()
    for rate, mean in means.sort_index(ascending=False).items():
        if mean > best:
            best = mean
            return rate


# %% wrong="7.3"
# the last of each rate counts, not the mean
def choose(trainings):
    last = dict(zip(trainings["rate"], trainings["validation"]))
    return max(sorted(last), key=last.get)


# %% wrong="7.3"
# prints
def choose(trainings):
    print(trainings.groupby("rate")["validation"].mean().idxmax())


# %% wrong="7.3"
# the smallest of all, as it forgets less
def choose(trainings):
    return trainings["rate"].min()


# %% wrong="7.3"
# the mean rate
def choose(trainings):
    return trainings["rate"].mean()


# %% wrong="7.3"
# the table of means
def choose(trainings):
    return trainings.pivot_table(["validation", "learnt", "kept"], "rate")


# %% wrong="7.3"
# a text
def choose(trainings):
    best = trainings.groupby("rate")["validation"].mean().idxmax()
    return f"the best rate is {best}"


# %% wrong="7.3"
# no function
choose = measured.query("study == 'rates'").groupby("rate")["validation"].mean().idxmax()


# %% untried="7.4"
def wake(network, first): ...  # your code here


# %% right="7.4"
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% right="7.4"
def wake(network, first):
    network.trainable = False
    network.trainable = True
    start = [layer.name for layer in network.layers].index(first)
    for i, layer in enumerate(network.layers):
        if i < start or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


# %% wrong="7.4" says="True already"
# thought to be right when it was written: Keras skips a True where True is
def wake(network, first):
    network.trainable = True
    start = [layer.name for layer in network.layers].index(first)
    for i, layer in enumerate(network.layers):
        if i < start or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


# %% right="7.4"
def wake(network, first):
    network.trainable = True
    where = network.layers.index(network.get_layer(first))
    for layer in network.layers[:where]:
        layer.trainable = False
    for layer in network.layers[where:]:
        layer.trainable = type(layer).__name__ != "BatchNormalization"


# %% right="7.4"
# from behind
def wake(network, first):
    network.trainable = True
    asleep = False
    for layer in reversed(network.layers):
        layer.trainable = not asleep
        if layer.name == first:
            asleep = True
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


# %% right="7.4"
def wake(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = False
    names = [layer.name for layer in network.layers]
    for name in names[names.index(first) :]:
        layer = network.get_layer(name)
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True


# %% wrong="7.4"
# a network that was frozen as a whole stays so
def wake(network, first):
    awake = False
    for layer in network.layers:
        if layer.name == first:
            awake = True
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# the whole, last: it wakes all again
def wake(network, first):
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)
    network.trainable = True


# %% wrong="7.4"
# all asleep, last
def wake(network, first):
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)
    network.trainable = False


# %% wrong="7.4"
# first itself sleeps
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)
        if layer.name == first:
            awake = True


# unclear: the layer too many may have no weights, then nothing more learns
# %% wrong="7.4"
# one too many
def wake(network, first):
    network.trainable = True
    start = [layer.name for layer in network.layers].index(first)
    for layer in network.layers[: max(start - 1, 0)]:
        layer.trainable = False
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


# %% wrong="7.4"
# the wrong half
def wake(network, first):
    network.trainable = True
    awake = True
    for layer in network.layers:
        if layer.name == first:
            awake = False
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# BatchNorm forgotten
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake


# %% wrong="7.4"
# BatchNorm is left as it is, that is: awake, everywhere
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = awake


# %% wrong="7.4"
# only first
def wake(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = layer.name == first


# %% wrong="7.4"
# stops when it has found first: those after it stay as they were
def wake(network, first):
    for layer in network.layers:
        if layer.name == first:
            layer.trainable = True
            break
        layer.trainable = False


# %% wrong="7.4"
# those before are not put to sleep
def wake(network, first):
    network.trainable = True
    start = [layer.name for layer in network.layers].index(first)
    for layer in network.layers[start:]:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# as in the lesson: all but BatchNorm
def wake(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# the notebook's own network
def wake(network, first):
    backbone.trainable = True
    awake = False
    for layer in backbone.get_layer("network").layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# looks for a network in the network
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.get_layer("network").layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# unclear: wrong only where the names are not in the order of the alphabet
# %% wrong="7.4"
# the order of the alphabet
def wake(network, first):
    network.trainable = True
    for layer in network.layers:
        norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = layer.name >= first and not norm


# %% wrong="7.4"
# by the beginning of the name
def wake(network, first):
    network.trainable = True
    for layer in network.layers:
        norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = layer.name.startswith(first) and not norm


# %% wrong="7.4"
# falls asleep again at each BatchNorm
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        norm = isinstance(layer, keras.layers.BatchNormalization)
        awake = (awake or layer.name == first) and not norm
        layer.trainable = awake


# %% wrong="7.4"
# never wakes where first is a BatchNorm
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
            continue
        if layer.name == first:
            awake = True
        layer.trainable = awake


# %% wrong="7.4"
# knows BatchNorm by a name
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not layer.name.endswith("_bn")


# %% wrong="7.4"
# a copy wakes up
def wake(network, first):
    copy = keras.models.clone_model(network)
    copy.trainable = True
    awake = False
    for layer in copy.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# compares, sets nothing
def wake(network, first):
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable == (awake and not isinstance(layer, keras.layers.BatchNormalization))


# %% wrong="7.4"
# another word
def wake(network, first):
    network.training = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.training = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# a name is no number
def wake(network, first):
    network.trainable = True
    for layer in network.layers[:first]:
        layer.trainable = False
    for layer in network.layers[first:]:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# a layer is no name
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# typed
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == "block_13"
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)


# %% wrong="7.4"
# all but first
def wake(network, first):
    network.trainable = True
    network.get_layer(first).trainable = False
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


# it returns the network as well, which does no harm
# %% right="7.4"
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)
    return network


# %% wrong="7.4"
# returns after the first layer
def wake(network, first):
    network.trainable = True
    awake = False
    for layer in network.layers:
        awake = awake or layer.name == first
        layer.trainable = awake and not isinstance(layer, keras.layers.BatchNormalization)
        return


# %% untried="7.5"
chosen_on = ...  # your answer here

# %% right="7.5"
chosen_on = "a"

# %% right="7.5"
chosen_on = "A"

# %% right="7.5"
chosen_on = "a."

# %% right="7.5"
chosen_on = " A "

# unclear: is a bracket still "a letter in quotes"?
# %% right="7.5"
chosen_on = "a)"

# %% wrong="7.5"
chosen_on = "b"

# %% wrong="7.5"
chosen_on = "C"

# %% wrong="7.5"
chosen_on = "d"

# %% wrong="7.5"
chosen_on = "a and d"

# %% wrong="7.5"
chosen_on = ("a", "c")

# %% wrong="7.5"
chosen_on = 1

# %% wrong="7.5"
chosen_on = None

# %% wrong="7.5"
chosen_on = 0.5

# %% wrong="7.5"
chosen_on = "validation"

# %% wrong="7.5"
chosen_on = "50 % old"

# %% wrong="7.5"
chosen_on = path

# %% wrong="7.5" tags=["stops"]
chosen_on = held_back
