# %% right="0.1"
missing = "a"

# %% wrong="0.1"
missing = "b"

# %% wrong="0.1" says="Choose one of"
missing = "different birds"

# %% untried="0.1"
missing = ...

# %% right="0.1"
missing = "A"

# %% right="0.1"
missing = "a."

# %% right="0.1"
missing = " a "

# %% right="0.1"
options = {"different birds": "a", "larger": "b", "twenty more": "c", "on their heads": "d"}
missing = options["different birds"]

# %% right="0.1"
# unclear: a letter in brackets; it is a letter in quotes, so a fair teacher takes it
missing = "(a)"

# %% wrong="0.1"
missing = "c"

# %% wrong="0.1"
missing = "d"

# %% wrong="0.1"
missing = "C."

# %% wrong="0.1"
missing = "e"

# %% wrong="0.1"
missing = "ac"

# %% wrong="0.1"
missing = "a, d"

# %% wrong="0.1"
# unclear: the right option in words; the question asks for a letter
missing = "The correlation between different birds."

# %% wrong="0.1"
missing = "the control"

# %% wrong="0.1"
missing = 1

# %% wrong="0.1"
missing = trained[1]

# %% wrong="0.1"
missing = trained

# %% wrong="0.1"
missing = None

# %% untried="0.1"
missing = ""

# %% untried="0.1"
missing = "..."

# %% wrong="0.1"
# unclear: a list of one letter; the letter is right, the form is not what was asked for
missing = ["a"]

# %% wrong="0.1"
missing = print("a")

# %% wrong="0.1" tags=["stops"]
missing = a

# %% right="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    held = numbers % every == 0
    return numbers[~held], numbers[held]

# %% right="0.2"
def hold_back(n, every):
    validation = np.arange(0, n, every)
    return np.setdiff1d(np.arange(n), validation), validation

# %% right="0.2"
def hold_back(n, every):
    return [k for k in range(n) if k % every], [k for k in range(n) if k % every == 0]

# %% wrong="0.2" says="friend's split"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 1], numbers[numbers % every == 0]

# %% wrong="0.2" says="validation begins with number 0"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 1], numbers[numbers % every == 1]

# %% wrong="0.2" says="sorted by species"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[: n - n // every], numbers[n - n // every :]

# %% wrong="0.2" says="Only one of the two"
def hold_back(n, every):
    return np.arange(n)[::every]

# %% wrong="0.2" says="return"
def hold_back(n, every):
    numbers = np.arange(n)
    numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% untried="0.2"
def hold_back(n, every):
    ...  # your code here

# %% right="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% right="0.2"
def hold_back(n, every):
    check = np.arange(0, n, every)
    return np.setdiff1d(np.arange(n), check), check

# %% right="0.2"
def hold_back(n, every):
    learn, check = [], []
    for i in range(n):
        if i % every:
            learn.append(i)
        else:
            check.append(i)
    return np.array(learn, dtype=int), np.array(check, dtype=int)

# %% right="0.2"
def hold_back(n, every):
    out = np.arange(n) % every == 0
    return np.flatnonzero(~out), np.flatnonzero(out)

# %% right="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return np.delete(numbers, np.s_[::every]), numbers[::every]

# %% right="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    first = numbers // every * every
    return [numbers[numbers > first], numbers[numbers == first]]

# %% right="0.2"
# unclear: lists where arrays are asked for; they hold the right numbers and index just as well
def hold_back(n, every):
    check = list(range(0, n, every))
    return [i for i in range(n) if i not in check], check

# %% right="0.2"
def hold_back(n, every):
    import pandas as pd

    numbers = pd.Series(range(n))
    rest = numbers.mod(every)
    return numbers[rest.gt(0)].to_numpy(), numbers[rest.eq(0)].to_numpy()

# %% right="0.2"
def hold_back(n, every):
    keep = np.ones(n, dtype=bool)
    i = 0
    while i < n:
        keep[i] = False
        i += every
    return np.where(keep)[0], np.where(~keep)[0]

# %% right="0.2"
# unclear: the numbers to learn from are shuffled; the question asks for no order
def hold_back(n, every):
    numbers = np.arange(n)
    learn = np.random.default_rng(3).permutation(numbers[numbers % every > 0])
    return learn, numbers[numbers % every == 0]

# %% right="0.2"
def hold_back(n, every):
    numbers = np.arange(n, dtype=np.int32)
    rest = np.mod(numbers, every)
    return numbers[rest.astype(bool)], numbers[np.logical_not(rest)]

# %% wrong="0.2"
# the wrong 1 went to the other side
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 0], numbers[numbers % every == 1]

# %% wrong="0.2"
# half of the fault is gone: 1, 6, 11 … are in neither
def hold_back(n, every):
    learn, check = friends_split(n, every)
    return np.setdiff1d(learn, check), check

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every == 0], numbers[numbers % every != 0]

# %% wrong="0.2"
def hold_back(n, every):
    held = np.arange(n) % every == 0
    return ~held, held

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % 5 != 0], numbers[numbers % 5 == 0]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(len(train))
    return numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[~held], numbers[held]

# %% wrong="0.2"
# right only where n is a multiple of every
def hold_back(n, every):
    check = np.arange(n // every) * every
    return np.setdiff1d(np.arange(n), check), check

# %% wrong="0.2"
# the same, but with an error for the other n
def hold_back(n, every):
    numbers = np.arange(n).reshape(-1, every)
    return numbers[:, 1:].ravel(), numbers[:, 0]

# %% wrong="0.2"
# every-th counted from one
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[(numbers + 1) % every != 0], numbers[(numbers + 1) % every == 0]

# %% wrong="0.2"
# number 0 is learnt from
def hold_back(n, every):
    check = np.arange(every, n, every)
    return np.setdiff1d(np.arange(n), check), check

# %% wrong="0.2"
# number 0 is in neither
def hold_back(n, every):
    numbers = np.arange(1, n)
    return numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(1, n + 1)
    return numbers[(numbers - 1) % every != 0], numbers[(numbers - 1) % every == 0]

# %% wrong="0.2"
# the last picture is lost
def hold_back(n, every):
    numbers = np.arange(n - 1)
    return numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    check = numbers[:: every + 1]
    return np.setdiff1d(numbers, check), check

# %% wrong="0.2"
def hold_back(n, every):
    mixed = np.random.default_rng(0).permutation(n)
    many = -(-n // every)
    return np.sort(mixed[many:]), np.sort(mixed[:many])

# %% wrong="0.2"
def hold_back(n, every):
    from sklearn.model_selection import train_test_split

    return train_test_split(np.arange(n), test_size=1 / every, random_state=0, shuffle=False)

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    many = -(-n // every)
    return numbers[many:], numbers[:many]

# %% wrong="0.2"
def hold_back(n, every):
    chance = np.random.default_rng(0).random(n) < 1 / every
    return np.flatnonzero(~chance), np.flatnonzero(chance)

# %% wrong="0.2"
# returns in the first round of the loop
def hold_back(n, every):
    learn, check = [], []
    for i in range(n):
        if i % every == 0:
            check.append(i)
        else:
            learn.append(i)
        return np.array(learn), np.array(check)

# %% wrong="0.2"
# the last group only: a new list in each round
def hold_back(n, every):
    for start in range(0, n, every):
        check = [start]
        learn = list(range(start + 1, min(start + every, n)))
    return np.array(learn), np.array(check)

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    print(numbers[numbers % every != 0], numbers[numbers % every == 0])

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    held_out = numbers[numbers % every == 0]
    ...  # your code here

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every == 0]

# %% wrong="0.2"
# everything is learnt from
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers, numbers[::every]

# %% wrong="0.2"
# everything is validated on
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 0], numbers

# %% wrong="0.2"
# two of five are kept from learning
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every > 1], numbers[numbers % every == 0]

# %% wrong="0.2"
# two of five are for validation
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every > 1], numbers[numbers % every <= 1]

# %% wrong="0.2"
# right up to 256 pictures
def hold_back(n, every):
    numbers = np.arange(n).astype("uint8")
    held = np.arange(n) % every == 0
    return numbers[~held], numbers[held]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return train.vectors[numbers % every != 0], train.vectors[numbers % every == 0]

# %% wrong="0.2"
def hold_back(n, every):
    return n - n // every, n // every

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(every)
    return numbers[numbers % n != 0], numbers[numbers % n == 0]

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return np.concatenate([numbers[numbers % every != 0], numbers[numbers % every == 0]])

# %% wrong="0.2"
def hold_back(n, every):
    numbers = np.arange(n)
    return np.argwhere(numbers % every != 0), np.argwhere(numbers % every == 0)

# %% wrong="0.2"
# tests the number of pictures, not the number of the picture
def hold_back(n, every):
    learn, check = [], []
    for i in range(n):
        if n % every == 0:
            check.append(i)
        else:
            learn.append(i)
    return np.array(learn), np.array(check)

# %% wrong="0.2"
# the quotient for the remainder
def hold_back(n, every):
    numbers = np.arange(n)
    return numbers[numbers // every != 0], numbers[numbers // every == 0]

# %% wrong="0.2"
def hold_back(n, every):
    return friends_split(n, every)[1], friends_split(n, every)[0]

# %% wrong="0.2"
def hold_back(n, every):
    return learn, check_on

# %% wrong="0.2"
# unclear: equal as numbers, but no array can be indexed with them
def hold_back(n, every):
    numbers = np.arange(float(n))
    return numbers[numbers % every != 0], numbers[numbers % every == 0]

# %% wrong="0.2"
# unclear: three things, the first two of which are right
def hold_back(n, every):
    numbers = np.arange(n)
    held = numbers % every == 0
    return numbers[~held], numbers[held], held

# %% right="0.3"
new_species = answers[answers["known"] == False]
promise = over_species(new_species)

# %% right="0.3"
promise = list(over_species(answers.query("not known")))

# %% wrong="0.3" says="all species"
promise = over_species(answers)

# %% wrong="0.3" says="had met"
promise = over_species(answers[answers["known"]])

# %% wrong="0.3" says="counts pictures"
group = evaluation.seen_against_unseen(answers).loc["unseen"]
promise = group["accuracy"], group["low"], group["high"]

# %% wrong="0.3" says="Per cent"
promise = [100 * share for share in over_species(answers[~answers["known"]])]

# %% wrong="0.3"
promise = over_species(answers[~answers["known"]])[0]

# %% untried="0.3"
promise = ...

# %% right="0.3"
promise = over_species(answers[~answers["known"]])  # your answer here

# %% right="0.3"
promise = over_species(answers.query("not known"))

# %% right="0.3"
new = answers.loc[answers["known"] == False]  # noqa: E712
promise = list(over_species(new))

# %% right="0.3"
rates = answers[~answers["known"]].groupby("class_name", observed=True)["correct"].mean()
half = stats.t.ppf(0.975, len(rates) - 1) * rates.std() / len(rates) ** 0.5
promise = [rates.mean(), rates.mean() - half, rates.mean() + half]

# %% right="0.3"
by_name = {}
for row in answers.itertuples():
    if not row.known:
        by_name.setdefault(row.class_name, []).append(row.correct)
shares = [sum(hits) / len(hits) for hits in by_name.values()]
interval = stats.ttest_1samp(shares, 0).confidence_interval(0.95)
promise = np.array([np.mean(shares), interval.low, interval.high])

# %% right="0.3"
unseen = answers[np.logical_not(answers["known"].to_numpy(bool))]
mean, low, high = over_species(unseen.sample(frac=1, random_state=4))
promise = (float(mean), float(low), float(high))

# %% right="0.3"
promise = over_species(answers.groupby("known").get_group(False))

# %% right="0.3"
import pandas as pd

promise = pd.Series(over_species(answers[answers["known"].eq(0)]), ["mean", "low", "high"])

# %% right="0.3"
# unclear: rounded to tenths of a per cent; nobody can promise more exactly
promise = [round(float(x), 3) for x in over_species(answers[~answers["known"]])]

# %% right="0.3"
# unclear: rounded to whole per cents, as the cell above prints them
promise = tuple(np.round(over_species(answers[~answers["known"]]), 2))

# %% wrong="0.3"
# the interval of the pictures
promise = evaluation.seen_against_unseen(answers).loc["unseen", ["accuracy", "low", "high"]].to_list()

# %% wrong="0.3"
promise = evaluation.seen_against_unseen(answers)

# %% wrong="0.3"
promise = evaluation.accuracy_by(answers, "split")[["accuracy", "low", "high"]].iloc[0].to_list()

# %% wrong="0.3"
# one observation for a picture
hits = answers.loc[~answers["known"], "correct"].astype(float)
promise = hits.mean(), *stats.t.interval(0.95, len(hits) - 1, hits.mean(), stats.sem(hits))

# %% wrong="0.3"
promise = over_species(answers[~answers["known"]])[1:]

# %% wrong="0.3"
promise = [100 * x for x in over_species(answers[~answers["known"]])]

# %% wrong="0.3"
promise = "{:.0%}, from {:.0%} to {:.0%}".format(*over_species(answers[~answers["known"]]))

# %% wrong="0.3"
promise = [f"{x:.2f}" for x in over_species(answers[~answers["known"]])]

# %% wrong="0.3"
promise = print(*over_species(answers[~answers["known"]]))

# %% wrong="0.3"
promise = sorted(over_species(answers[~answers["known"]]))

# %% wrong="0.3"
mean, low, high = over_species(answers[~answers["known"]])
promise = mean, high, low

# %% wrong="0.3"
# how far, not from where to where
mean, low, high = over_species(answers[~answers["known"]])
promise = mean, mean - low, high - mean

# %% wrong="0.3"
mean, low, high = over_species(answers[~answers["known"]])
promise = mean, high - low

# %% wrong="0.3"
# how often it is wrong
mean, low, high = over_species(answers[~answers["known"]])
promise = 1 - mean, 1 - high, 1 - low

# %% wrong="0.3"
promise = over_species

# %% wrong="0.3"
promise = answers[~answers["known"]]

# %% wrong="0.3"
# no such value in the column: no row is left
promise = over_species(answers[answers["known"] == "unseen"])

# %% right="0.3"
promise = over_species(answers[-answers["known"]])

# %% wrong="0.3" tags=["stops"]
promise = over_species(answers["known"])

# %% wrong="0.3"
promise = over_species(answers[~answers["correct"]])

# %% wrong="0.3"
promise = over_species(answers[~answers["known"] & answers["correct"]])

# %% wrong="0.3"
promise = over_species(answers[~answers["known"] | ~answers["correct"]])

# %% wrong="0.3"
# the worst and the best species
rates = answers[~answers["known"]].groupby("class_name", observed=True)["correct"].mean()
promise = rates.mean(), rates.min(), rates.max()

# %% wrong="0.3"
# the spread of species, not of their mean
rates = answers[~answers["known"]].groupby("class_name", observed=True)["correct"].mean()
promise = rates.mean(), *stats.t.interval(0.95, len(rates) - 1, rates.mean(), rates.std())

# %% wrong="0.3"
# the normal distribution, for so few species
rates = answers[~answers["known"]].groupby("class_name", observed=True)["correct"].mean()
half = 1.96 * stats.sem(rates)
promise = rates.mean(), rates.mean() - half, rates.mean() + half

# %% wrong="0.3"
# ninety per cent
rates = answers[~answers["known"]].groupby("class_name", observed=True)["correct"].mean()
promise = rates.mean(), *stats.t.interval(0.9, len(rates) - 1, rates.mean(), stats.sem(rates))

# %% wrong="0.3"
# by the answer, not by the true species
new = answers[~answers["known"]]
promise = over_species(new.assign(class_name=new["predicted"]))

# %% wrong="0.3"
# one picture of each species
promise = over_species(answers[~answers["known"]].drop_duplicates("class_name"))

# %% wrong="0.3"
# the middle of both kinds
new, old = over_species(answers[~answers["known"]]), over_species(answers[answers["known"]])
promise = [(a + b) / 2 for a, b in zip(new, old)]

# %% wrong="0.3"
# how much worse
new, old = over_species(answers[~answers["known"]]), over_species(answers[answers["known"]])
promise = np.array(old) - np.array(new)

# %% wrong="0.3"
# both kinds, one after the other
promise = [over_species(rows) for _, rows in answers.groupby("known")]

# %% wrong="0.3"
# what it said of unseen species with an interval of all species
promise = over_species(answers[~answers["known"]])[0], *over_species(answers)[1:]

# %% wrong="0.3"
# the mean of all species with the interval of the unseen ones
promise = over_species(answers)[0], *over_species(answers[~answers["known"]])[1:]

# %% wrong="0.3"
# another head: the friend's
friends = examine(friend, test)
promise = over_species(friends[~friends["known"]])

# %% wrong="0.3"
# validation pictures for test pictures
sure = keras.ops.softmax(head.predict(validation[0], verbose=0)).numpy()
checked = evaluation.predictions(sure, train.table[held], birds.class_names)
promise = over_species(checked[~checked["known"]])

# %% wrong="0.3"
# training pictures for test pictures
sure = keras.ops.softmax(head.predict(train.vectors, verbose=0)).numpy()
learnt = evaluation.predictions(sure, train.table, birds.class_names)
promise = over_species(learnt[~learnt["known"]])

# %% wrong="0.3"
# as often as guessing
promise = 1 / len(birds.class_names), 0, 2 / len(birds.class_names)

# %% wrong="0.3"
# nothing is promised: it may be anything
promise = (0, 0, 1)

# %% wrong="0.3"
promise = (0.95, 0.9, 0.99)

# %% wrong="0.3"
promise = None

# %% wrong="0.3"
# unclear: the right three numbers, packed as one number and a pair
mean, *interval = over_species(answers[~answers["known"]])
promise = mean, tuple(interval)

# %% right="0.4"
easier = "d"

# %% wrong="0.4"
easier = "a"

# %% untried="0.4"
easier = ...  # your answer here

# %% right="0.4"
easier = "D"

# %% right="0.4"
easier = "D."

# %% right="0.4"
easier = "\td\n"

# %% right="0.4"
easier = "abcd"[3]

# %% right="0.4"
# unclear: the letter with its bracket
easier = "d)"

# %% wrong="0.4"
easier = "b"

# %% wrong="0.4"
easier = "c"

# %% wrong="0.4"
easier = "C."

# %% wrong="0.4"
easier = "a or d"

# %% wrong="0.4"
easier = "ca"

# %% wrong="0.4"
# unclear: the right option in words; the lesson has always asked for a letter, but this question does not say so
easier = "seen"

# %% wrong="0.4"
easier = "On the unseen species, with twenty pictures."

# %% wrong="0.4"
easier = "twenty"

# %% wrong="0.4"
easier = 20

# %% wrong="0.4"
easier = 1

# %% wrong="0.4"
easier = True

# %% wrong="0.4"
easier = None

# %% wrong="0.4"
easier = ("a", "b")

# %% wrong="0.4"
easier = over_species(answers[answers["known"]])[0]

# %% wrong="0.4"
easier = "?"

# %% wrong="0.4" tags=["stops"]
easier = c

# %% right="0.5"
hidden = "c"

# %% wrong="0.5"
hidden = "a"

# %% untried="0.5"
hidden = ...  # your answer here

# %% right="0.5"
hidden = "C"

# %% right="0.5"
hidden = "c."

# %% right="0.5"
hidden = " C "

# %% right="0.5"
hidden = (set("abcd") - {"a", "b", "d"}).pop()

# %% right="0.5"
# unclear: the letter in the notebook's bold type
hidden = "**c.**"

# %% wrong="0.5"
hidden = "b"

# %% wrong="0.5"
hidden = "d"

# %% wrong="0.5"
hidden = "D)"

# %% wrong="0.5"
hidden = "e"

# %% wrong="0.5"
hidden = "cd"

# %% wrong="0.5"
hidden = "c and a"

# %% wrong="0.5"
hidden = "abd"

# %% wrong="0.5"
hidden = 3

# %% wrong="0.5"
hidden = 2

# %% wrong="0.5"
hidden = ["c"]

# %% wrong="0.5"
hidden = "looks"

# %% wrong="0.5"
hidden = "none of them"

# %% wrong="0.5"
hidden = evaluation.confusion(answers)

# %% wrong="0.5"
hidden = None

# %% wrong="0.5"
hidden = False

# %% wrong="0.5" tags=["stops"]
hidden = c
