# %% right="0.1"
missing = "a"

# %% wrong="0.1"
missing = "b"

# %% wrong="0.1" says="Choose one of"
missing = "different birds"

# %% untried="0.1"
missing = ...

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

# %% right="0.4"
easier = "d"

# %% wrong="0.4"
easier = "a"

# %% right="0.5"
hidden = "c"

# %% wrong="0.5"
hidden = "a"
