# %% right="6.1"
true_still = [False, True, False, False, False, True]

# %% right="6.1"
true_still = np.array([0, 1, 0, 0, 0, 1], dtype=bool)

# %% right="6.1"
true_still = (False, True, False, False, False, True)

# %% right="6.1"
true_still = [verdict == "yes" for verdict in "no yes no no no yes".split()]

# %% right="6.1"
true_still = [number in (2, 6) for number in range(1, 7)]

# %% right="6.1"
true_still = [not spoiled for spoiled in (1, 0, 1, 1, 1, 0)]

# %% right="6.1"
# unclear: are 1 and 0 truth values? They equal True and False in Python, so yes
true_still = [0, 1, 0, 0, 0, 1]

# %% wrong="6.1"
true_still = [False, True, True, False, False, True]

# %% wrong="6.1"
true_still = [False, True, False, True, False, True]

# %% wrong="6.1"
true_still = [False, True, False, False, True, True]

# %% wrong="6.1"
true_still = [True, True, False, False, False, True]

# %% wrong="6.1"
true_still = [False, False, False, False, False, True]

# %% wrong="6.1"
true_still = [False, True, False, False, False, False]

# %% wrong="6.1"
# what is spoiled, instead of what is still true
true_still = [True, False, True, True, True, False]

# %% wrong="6.1"
true_still = [True] * 6

# %% wrong="6.1"
true_still = [False] * 6

# %% wrong="6.1"
# the flip is always harmless, hue never
true_still = [False, True, True, True, True, False]

# %% wrong="6.1"
# the numbers of the questions
true_still = [2, 6]

# %% wrong="6.1"
# the last one forgotten
true_still = [False, True, False, False, False]

# %% wrong="6.1"
true_still = [False, True, False, False, False, True].sort()

# %% wrong="6.1"
true_still = sorted([False, True, False, False, False, True], reverse=True)

# %% wrong="6.1"
# "sometimes true"
true_still = [0, 1, 0, 0, 0.5, 1]

# %% wrong="6.1"
# how many are true
true_still = sum([False, True, False, False, False, True])

# %% wrong="6.1"
true_still = True

# %% wrong="6.1"
true_still = {True, False}

# %% wrong="6.1"
# only the first two answered
true_still = [False, True, ..., ..., ..., ...]

# unclear: texts where truth values are asked for; a text "False" counts as true in Python
# %% wrong="6.1"
true_still = ["False", "True", "False", "False", "False", "True"]

# %% wrong="6.1"
# the changes that keep the label
true_still = ["redrawn in a forest", "any hue"]

# %% wrong="6.1"
# the right answer from the last to the first
true_still = [True, False, False, False, True, False]

# %% wrong="6.1"
# a bird belongs to its place, and a colour does not matter
true_still = [True, False, False, False, False, True]

# %% untried="6.1"
true_still = ...  # your answer here

# %% right="6.2"
how_many = [1, 10, 2]

# %% right="6.2"
how_many = np.array([1, 10, 2])

# %% right="6.2"
how_many = (1.0, 10.0, 2.0)

# %% right="6.2"
def keep(change, training):
    layer = keras.Sequential([keras.Input((96, 96, 3)), change])
    picture = pictures[:1].astype("float32")
    seen = set()
    for _ in range(10):
        if training:
            seen.add(np.asarray(layer(picture, training=True)).tobytes())
        else:
            seen.add(layer.predict(picture, verbose=0).tobytes())
    return len(seen)


how_many = [
    keep(keras.layers.RandomBrightness(0.3, seed=1), False),
    keep(keras.layers.RandomBrightness(0.3, seed=1), True),
    keep(keras.layers.RandomFlip("horizontal", seed=1), True),
]

# %% right="6.2"
times = 10
possible = [1, float("inf"), 2]  # different pictures that can come out
how_many = [min(times, p) for p in possible]

# %% right="6.2"
how_many = list(pd.Series({"predict": 1, "brightness": 10, "flip": 2}))

# %% wrong="6.2"
# predict changes, too
how_many = [10, 10, 2]

# %% wrong="6.2"
how_many = [1, 10, 10]

# %% wrong="6.2"
# brighter or darker
how_many = [1, 2, 2]

# %% wrong="6.2"
# always flipped
how_many = [1, 10, 1]

# %% wrong="6.2"
# the picture is not changed, so nothing is new
how_many = [0, 10, 2]

# %% wrong="6.2"
# only what differs from the picture itself
how_many = [0, 10, 1]

# %% wrong="6.2"
# and the picture as it is
how_many = [1, 11, 2]

# %% wrong="6.2"
# one may be the picture itself
how_many = [1, 9, 2]

# %% wrong="6.2"
# half of the ten are flipped
how_many = [1, 10, 5]

# %% wrong="6.2"
how_many = [1, 1, 1]

# %% wrong="6.2"
how_many = [10, 10, 10]

# %% wrong="6.2"
# predict and training the other way round
how_many = [10, 1, 1]

# %% wrong="6.2"
# 0.3 of ten
how_many = [1, 3, 2]

# %% wrong="6.2"
how_many = [1, float("inf"), 2]

# %% wrong="6.2"
# thirty per cent of 255 steps, up and down
how_many = [1, 153, 2]

# %% wrong="6.2"
# left, right, up, down
how_many = [1, 10, 4]

# %% wrong="6.2"
how_many = sorted([1, 10, 2])

# %% wrong="6.2"
how_many = [2, 10, 1]

# %% wrong="6.2"
how_many = 1 + 10 + 2

# %% wrong="6.2"
how_many = [10, 2]

# %% wrong="6.2"
# the vectors, not how many
network_with_flip = keras.Sequential(
    [keras.Input((96, 96, 3)), keras.layers.RandomFlip("horizontal"), early]
)
how_many = network_with_flip.predict(pictures[:1], verbose=0)

# unclear: numbers as texts
# %% wrong="6.2"
how_many = ["one", "ten", "two"]

# %% wrong="6.2" tags=["generic"]
how_many = [7, 4, 6]

# %% untried="6.2"
how_many = ...  # your answer here

# %% right="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4)

# %% right="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().map(change).shuffle(100).batch(4)

# %% right="6.3"
def pipeline(names, read, change):
    data = names.map(lambda name: read(name))
    data = data.cache()
    data = data.shuffle(1000, seed=3, reshuffle_each_iteration=True)
    data = data.map(lambda picture: change(picture))
    data = data.batch(4)
    return data.prefetch(tf.data.AUTOTUNE)

# %% right="6.3"
def pipeline(names, read, change):
    store = tempfile.mkdtemp() + "/pictures"
    pictures = names.map(read).cache(store)
    return pictures.shuffle(100).map(change, num_parallel_calls=2).batch(4)

# %% right="6.3"
def pipeline(names, read, change):
    steps = [
        lambda d: d.map(read),
        lambda d: d.cache(),
        lambda d: d.shuffle(100),
        lambda d: d.map(change),
        lambda d: d.batch(4),
    ]
    for step in steps:
        names = step(names)
    return names

# %% right="6.3"
def pipeline(names, read, change):
    # names are cached too, which does no harm
    return names.cache().map(read).cache().shuffle(100).shuffle(100).map(change).batch(4)

# unclear: "you need .map, .cache …"; reading everything first is no cache(), but does all that is asked for
# %% right="6.3"
def pipeline(names, read, change):
    kept = [read(name) for name in names]  # each file once
    return tf.data.Dataset.from_tensor_slices(kept).shuffle(len(kept)).map(change).batch(4)

# unclear: changes each picture of a batch by itself; right where `change` keeps the type of its picture
# %% right="6.3"
def pipeline(names, read, change):
    batches = names.map(read).cache().shuffle(100).batch(4)
    return batches.map(lambda batch: tf.map_fn(change, batch))

# unclear: "batches of four" to the letter; leaves out other pictures in each epoch if their number is no multiple of four
# %% right="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4, drop_remainder=True)

# %% wrong="6.3"
# the published mistake
def pipeline(names, read, change):
    return names.map(read).map(change).cache().shuffle(100).batch(4)

# %% wrong="6.3"
# names are cached, not pictures
def pipeline(names, read, change):
    return names.cache().map(read).shuffle(100).map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(read).shuffle(100).map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().map(change).batch(4)

# %% wrong="6.3"
# the first epoch's order is cached
def pipeline(names, read, change):
    return names.shuffle(100).map(read).cache().map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    data = names.map(read).cache()
    data = data.shuffle(100, reshuffle_each_iteration=False)
    return data.map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(1).map(change).batch(4)

# %% wrong="6.3"
# everything is kept: order, changes, batches
def pipeline(names, read, change):
    return names.map(read).shuffle(100).map(change).batch(4).cache()

# %% wrong="6.3"
# `change` gets whole batches
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).batch(4).map(change)

# unclear: the same four always come together, only the fours are in a new order
# %% wrong="6.3"
def pipeline(names, read, change):
    fours = names.map(read).cache().batch(4).shuffle(100)
    return fours.unbatch().map(change).batch(4)

# %% wrong="6.3" says="(?i)batch"
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(100)

# %% wrong="6.3"
# batches of batches
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4).batch(4)

# %% wrong="6.3"
# results thrown away
def pipeline(names, read, change):
    names.map(read)
    names.cache()
    names.shuffle(100)
    names.map(change)
    names.batch(4)
    return names

# %% wrong="6.3" says="(?i)return|None"
def pipeline(names, read, change):
    dataset = names.map(read).cache().shuffle(100).map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return print(names.map(read).cache().shuffle(100).map(change).batch(4))

# %% wrong="6.3"
# the notebook's pictures
def pipeline(names, read, change):
    return six.cache().shuffle(100).map(change).batch(4)

# %% wrong="6.3"
# the notebook's change
def pipeline(names, read, change):
    kept = names.map(read).cache().shuffle(100)
    return kept.map(lambda p: flip(p, training=True)).batch(4)

# %% wrong="6.3"
# never changed
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).batch(4)

# %% wrong="6.3"
# changed twice
def pipeline(names, read, change):
    return names.map(read).map(change).cache().shuffle(100).map(change).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(change).cache().shuffle(100).map(read).batch(4)

# %% wrong="6.3"
# a list of the first epoch's batches
def pipeline(names, read, change):
    return list(names.map(read).cache().shuffle(100).map(change).batch(4))

# %% wrong="6.3"
# a new dataset from one epoch's pictures: nothing is new any more
def pipeline(names, read, change):
    changed = [change(read(name)) for name in names]
    return tf.data.Dataset.from_tensor_slices(changed).shuffle(100).batch(4)

# %% wrong="6.3"
def pipeline(names, read, change):
    return names.map(read(names)).cache().shuffle(100).map(change).batch(4)

# %% wrong="6.3"
# three epochs in one
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4).repeat(3)

# %% wrong="6.3"
# never ends: a check that waits for the end of an epoch waits for ever
def pipeline(names, read, change):
    return names.map(read).cache().repeat().shuffle(100).map(change).batch(4)

# %% wrong="6.3"
# four pictures and no more
def pipeline(names, read, change):
    return names.map(read).cache().shuffle(100).map(change).batch(4).take(1)

# %% untried="6.3"
def pipeline(names, read, change):
    ...  # your code here

# %% right="6.4"
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0)
    held = np.flatnonzero((source % 5 == 0) & ~is_copy)
    return learn, held

# %% right="6.4"
def split(source, is_copy):
    learn, held = [], []
    for row, (picture, copy) in enumerate(zip(source, is_copy)):
        if picture % 5:
            learn.append(row)
        elif not copy:
            held.append(row)
    return np.array(learn), np.array(held)

# %% right="6.4"
def split(source, is_copy):
    for_validation = np.isin(source, np.arange(0, source.max() + 1, 5))
    return np.where(~for_validation)[0], np.where(for_validation * (1 - is_copy))[0]

# %% right="6.4"
def split(source, is_copy):
    table = pd.DataFrame({"picture": source, "copy": is_copy})
    fifth = table["picture"] % 5 == 0
    return table.index[~fifth].to_numpy(), table.query("picture % 5 == 0 and not copy").index

# %% right="6.4"
# rows in another order
def split(source, is_copy):
    order = np.random.default_rng(4).permutation(len(source))
    fifth = source[order] % 5 == 0
    return order[~fifth], order[fifth & (is_copy[order] == False)]

# unclear: lists where arrays are asked for
# %% right="6.4"
def split(source, is_copy):
    rows = range(len(source))
    held = [r for r in rows if source[r] // 5 * 5 == source[r] and not is_copy[r]]
    return [r for r in rows if source[r] % 5 > 0], held

# unclear: the same as long as the pictures' numbers have no gaps, as in the notebook
# %% right="6.4"
def split(source, is_copy):
    asked = np.unique(source)[::5]
    fifth = np.isin(source, asked)
    return np.argwhere(~fifth).ravel(), np.argwhere(fifth & np.logical_not(is_copy)).ravel()

# %% wrong="6.4"
# copies in the validation
def split(source, is_copy):
    return np.flatnonzero(source % 5 != 0), np.flatnonzero(source % 5 == 0)

# %% wrong="6.4"
# copies of held pictures are learnt: twins
def split(source, is_copy):
    held = np.flatnonzero((source % 5 == 0) & ~is_copy)
    learn = np.setdiff1d(np.arange(len(source)), held)
    return learn, held

# %% wrong="6.4"
# copies are never used
def split(source, is_copy):
    learn = np.flatnonzero((source % 5 != 0) & ~is_copy)
    return learn, np.flatnonzero((source % 5 == 0) & ~is_copy)

# %% wrong="6.4"
# learns from copies only
def split(source, is_copy):
    learn = np.flatnonzero((source % 5 != 0) & is_copy)
    return learn, np.flatnonzero((source % 5 == 0) & ~is_copy)

# %% wrong="6.4"
# every fifth row, not picture
def split(source, is_copy):
    rows = np.arange(len(source))
    return rows[rows % 5 != 0], rows[(rows % 5 == 0) & ~is_copy]

# %% wrong="6.4"
def split(source, is_copy):
    held = np.flatnonzero((source % 5 == 0) & ~is_copy)
    return held, np.flatnonzero(source % 5 != 0)

# %% wrong="6.4"
# truth values, not numbers of rows
def split(source, is_copy):
    return source % 5 != 0, (source % 5 == 0) & ~is_copy

# %% wrong="6.4"
# numbers of pictures, not of rows
def split(source, is_copy):
    return source[source % 5 != 0], source[(source % 5 == 0) & ~is_copy]

# %% wrong="6.4"
# each picture once
def split(source, is_copy):
    pictures = np.unique(source)
    return pictures[pictures % 5 != 0], pictures[pictures % 5 == 0]

# %% wrong="6.4"
# picture 4, 9, 14 …
def split(source, is_copy):
    fifth = (source + 1) % 5 == 0
    return np.flatnonzero(~fifth), np.flatnonzero(fifth & ~is_copy)

# %% wrong="6.4"
# only where the pictures themselves come first, and in order
def split(source, is_copy):
    return np.flatnonzero(source % 5 != 0), np.arange(0, (~is_copy).sum(), 5)

# %% wrong="6.4"
# every fifth of the pictures, in the order of the rows
def split(source, is_copy):
    held = np.flatnonzero(~is_copy)[::5]
    return np.flatnonzero(~np.isin(source, source[held])), held

# %% wrong="6.4"
# the notebook's own pictures
def split(source, is_copy):
    rows = np.arange(5 * len(train))
    picture = rows % len(train)
    return rows[picture % 5 != 0], rows[(picture % 5 == 0) & (rows < len(train))]

# %% wrong="6.4"
# the changed ones are asked
def split(source, is_copy):
    return np.flatnonzero(source % 5 != 0), np.flatnonzero((source % 5 == 0) & is_copy)

# %% wrong="6.4"
# `is` compares the whole array: always False
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0)
    return learn, np.flatnonzero((source % 5 == 0) & (is_copy is False))

# %% wrong="6.4"
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0)
    return learn, np.flatnonzero(source % 5 == 0 and not is_copy)

# %% wrong="6.4"
# the first fifth of the pictures
def split(source, is_copy):
    fifth = source < (source.max() + 1) / 5
    return np.flatnonzero(~fifth), np.flatnonzero(fifth & ~is_copy)

# %% wrong="6.4"
# a fifth at random
def split(source, is_copy):
    pictures = np.unique(source)
    asked = np.random.default_rng(0).choice(pictures, len(pictures) // 5, replace=False)
    fifth = np.isin(source, asked)
    return np.flatnonzero(~fifth), np.flatnonzero(fifth & ~is_copy)

# %% wrong="6.4"
# the usual tool mixes rows
def split(source, is_copy):
    from sklearn.model_selection import train_test_split

    return train_test_split(np.arange(len(source)), test_size=0.2, random_state=0)

# %% wrong="6.4"
# a fifth is validated, four fifths learnt, the other way round
def split(source, is_copy):
    return np.flatnonzero(source % 5 == 0), np.flatnonzero((source % 5 != 0) & ~is_copy)

# %% wrong="6.4"
# every tenth
def split(source, is_copy):
    tenth = source % 10 == 0
    return np.flatnonzero(~tenth), np.flatnonzero(tenth & ~is_copy)

# %% wrong="6.4"
# returns at the first picture for validation
def split(source, is_copy):
    learn, held = [], []
    for row in range(len(source)):
        if source[row] % 5 == 0:
            if not is_copy[row]:
                held.append(row)
                return np.array(learn), np.array(held)
        else:
            learn.append(row)

# %% wrong="6.4"
def split(source, is_copy):
    return np.flatnonzero((source % 5 == 0) & ~is_copy)

# %% wrong="6.4"
# rows of the vectors, not their numbers
def split(source, is_copy):
    return vectors[: len(source)][source[: len(vectors)] % 5 != 0], vectors[::5]

# %% wrong="6.4"
# two lengths in one array
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0)
    return np.array([learn, np.flatnonzero((source % 5 == 0) & ~is_copy)])

# unclear: np.where gives a tuple of one array; as an index it works, an array it is not
# %% wrong="6.4"
def split(source, is_copy):
    return np.where(source % 5 != 0), np.where((source % 5 == 0) & ~is_copy)

# %% wrong="6.4"
# counted from one
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0) + 1
    return learn, np.flatnonzero((source % 5 == 0) & ~is_copy) + 1

# %% wrong="6.4"
# how many, not which
def split(source, is_copy):
    return (source % 5 != 0).sum(), ((source % 5 == 0) & ~is_copy).sum()

# %% wrong="6.4"
def split(source, is_copy):
    learn = np.flatnonzero(source % 5 != 0)
    held = np.flatnonzero((source % 5 == 0) & ~is_copy)
    print(learn, held)

# %% untried="6.4"
def split(source, is_copy):
    ...  # your code here

# %% right="6.5"
wrong = "b"

# %% right="6.5"
wrong = "B"

# %% right="6.5"
wrong = "b."

# %% right="6.5"
wrong = " b "

# %% right="6.5"
wrong = "B)"

# %% wrong="6.5"
wrong = "a"

# %% wrong="6.5"
wrong = "c"

# %% wrong="6.5"
wrong = "d"

# %% wrong="6.5"
wrong = "e"

# %% wrong="6.5"
wrong = "a and b"

# %% wrong="6.5"
wrong = 2

# %% wrong="6.5"
wrong = ["b", "d"]

# %% wrong="6.5"
wrong = True

# %% wrong="6.5"
wrong = None

# %% wrong="6.5"
wrong = print("b")

# unclear: the sentence is right, but a letter was asked for
# %% wrong="6.5"
wrong = "Each recipe sat another exam, the mildest the easiest."

# %% wrong="6.5"
wrong = "the mildest"

# %% untried="6.5"
wrong = ...  # your answer here
