# %% [markdown]
# # 05 · Bottlenecks: look once, learn many times
#
# Imagine an expert on birds whom you pay by the look. You hand over a photo; she studies it and dictates what
# she sees. An hour later you hand her the same photo, and she studies it again, and dictates the very same
# words. **After which look would you begin to write them down?** A training with a frozen backbone looks at
# each photo once in every epoch, sixty times or more, and most programs never write anything down. In this
# lesson you do. Learning then takes seconds, and you can afford questions that you would never have asked.
# You also find out how notes go wrong: quietly.
#
# **When you have done this lesson you will be able to**
#
# - run a backbone once for each picture, and train as many heads as you like on what it said, in seconds;
# - say which changes make stored features stale, and write a cache that notices every one of them;
# - say how many pictures of each species are enough, and how sure you are of that.
#
# **You need** lesson 00, and from lesson 02 what an epoch is. **Time**: about 45 minutes, with all the exercises
# about twice that ("A head in seconds" is a good place to begin the second half); the computer works for about one.

# %% [markdown]
# ## Six birds
#
# As always: which profile is on, and a fixed seed.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

# %% [markdown]
# We begin with six species. The backbone of the sketch profile was trained on half of them (*seen*), the others are new
# to it (*unseen*). For photos nobody knows: what is called an albatross in ImageNet may be one of ours. (No need to
# read this cell: it picks the six, and a picture of each.)

# %%
from course_utils import plots
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
drawn = "Bishop Dabbin, Harbour Surfwing, Lantern Seedkin, Minuet Leafling, Orchard Seedkin, Rondo Leafling"
six = birds.only(
    drawn.split(", ") if course.profile == "sketch" else birds.class_names[:6]
)
one_each = six.sample(1, seed=1).where(lambda table: table["split"] == "train")
marks = (
    one_each.table["known"].map({True: "seen", False: "unseen"})
    if "known" in one_each.table
    else ""
)
titles = one_each.table["class_name"] + "\n" + marks
plots.image_grid(one_each.images(range(6), course.image_size), titles=list(titles))

# %% [markdown]
# ## Three epochs with a stopwatch
#
# This is how most tutorials do it: backbone and head are one model, and the backbone is frozen. First the
# pictures, and what the backbone says about each of them *before* any training.

# %%
from course_utils.backbones import load_backbone

backbone = load_backbone(course.backbone)
small = six.where(lambda table: table["split"] == "train")
pixels, labels = (
    small.images(range(len(small)), course.image_size),
    small.table["label"].to_numpy(),
)
before = backbone.predict(pixels, verbose=0)
print(f"{len(pixels)} pictures, {before.shape[1]:,} features of each")

# %% [markdown]
# Now the model. Only its last layer learns.

# %%
import keras

loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
keras.utils.set_random_seed(course.seed)
whole = keras.Sequential([backbone, keras.layers.Dense(6, kernel_initializer="zeros")])
whole.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)

# %% [markdown]
# Three epochs, one by one. The first takes longer, because TensorFlow builds its program for this model before
# it starts; look at the other two.

# %%
import time

for epoch in (1, 2, 3):
    start = time.perf_counter()
    whole.fit(pixels, labels, batch_size=32, verbose=0)
    print(f"epoch {epoch}: {time.perf_counter() - start:.2f} s")

# %% [markdown]
# **Predict.** The model has been trained. How many of the backbone's numbers have changed?

# %% tags=["predict"]
import numpy as np

after = backbone.predict(pixels, verbose=0)
print(f"{(before != after).sum()} of {before.size:,} numbers have changed")

# %% [markdown]
# Not one, to the last bit. The backbone is frozen and the pictures are the same, so every epoch has computed
# these numbers again for nothing. What if we had kept them? The same head, the same three epochs, but fed with
# `before`, the *bottleneck features*, in place of the pictures:

# %%
keras.utils.set_random_seed(course.seed)
n_features = before.shape[1]
alone = keras.Sequential(
    [keras.Input((n_features,)), keras.layers.Dense(6, kernel_initializer="zeros")]
)
alone.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)
for epoch in (1, 2, 3):
    start = time.perf_counter()
    alone.fit(before, labels, batch_size=32, verbose=0)
    print(f"epoch {epoch}: {time.perf_counter() - start:.2f} s")

# %% [markdown]
# That was quick. Has it learnt the same? Compare the weights of the two heads.

# %%
difference = np.abs(
    whole.layers[-1].get_weights()[0] - alone.layers[-1].get_weights()[0]
).max()
print("the same head, to four decimals:", bool(difference < 1e-4))

# %% [markdown]
# The same head. Keeping the features changes nothing but the time, and this is the whole trick.

# %% [markdown] question="5.1"
# ### Exercise 5.1 · What a notebook saves
#
# Say you train for sixty epochs on `n_pictures` pictures, and you want to try four different heads, each trained
# from the start. The backbone is the same for all, and frozen. With features that are kept, **how many passes of
# a picture through the backbone do you save**, compared with the backbone inside the model?

# %% answer="5.1"
n_pictures = len(small)
# solution
saved = 4 * 60 * n_pictures - n_pictures
# end

# %% [markdown] why="5.1"
# Without a cache each picture passes once in each epoch of each training. With one it passes a single time, for
# all heads and all epochs: the features do not depend on the head.

# %% check="5.1"
from course_utils.exercises import Mistake, Value

check = Value(
    lambda n_pictures: 239 * n_pictures,
    rtol=0,
    given={"n_pictures": 120},
    mistakes=[
        Mistake(
            lambda n_pictures: 240 * n_pictures,
            "That is how many passes there are without a cache. Some are still needed with one.",
        ),
        Mistake(
            lambda n_pictures: 236 * n_pictures,
            "That would be right if each head had its own features. Do the features depend on the head?",
        ),
        Mistake(
            lambda n_pictures: 59 * n_pictures, "That is for one head. You try four."
        ),
        Mistake(
            lambda n_pictures: 60 * n_pictures, "That is one training without a cache."
        ),
        Mistake(
            lambda n_pictures: n_pictures, "That is how many passes are still needed."
        ),
        Mistake(lambda n_pictures: 239, "That is for a single picture."),
        Mistake(
            lambda n_pictures: 240, "That is for a single picture, and without a cache."
        ),
        Mistake(
            lambda n_pictures: 3 * n_pictures,
            "How often does a picture pass in *one* training?",
        ),
    ],
    hints=[
        "Count the passes without a cache first: pictures, times epochs, times trainings.",
        "With a cache each picture passes through the backbone only once, whatever comes after.",
    ],
)

# %% [markdown]
# Write a calculation or a number.

# %%
exercise("5.1").check(saved, n_pictures=n_pictures)

# %% [markdown]
# ## Many pictures at a time
#
# So each picture has to pass just once. Is there a good and a bad way to do that, too? `predict` runs pictures
# in *batches*, a few at a time. Here are thirty-two pictures in batches of several sizes, the best of
# three rounds for each.

# %% tags=["nbval-ignore-output"]
import pandas as pd

some, rates = pixels[:32], {}
for _ in range(3):
    for size in (1, 2, 4, 8, 16, 32):
        start = time.perf_counter()
        backbone.predict(some, batch_size=size, verbose=0)
        rate = len(some) / (time.perf_counter() - start)
        rates[size] = max(rate, rates.get(size, 0))
plots.rate_by_batch(
    pd.Series(rates, name="rate").rename_axis("batch_size").reset_index()
)

# %% [markdown]
# On a quiet computer the curve should rise, then flatten; on a busy one it zigzags. Each call of the network has a price
# of its own, whatever it is called with, so single pictures are dear. Large batches need more memory, and at some
# point nothing is gained: the processor is busy. (On a GPU, which can do far more at once, that point comes later.)
#
# Does a picture's vector depend on the others in its batch?

# %%
singly = backbone.predict(some, batch_size=1, verbose=0)
print("the same to four decimals:", bool(np.abs(singly - before[:32]).max() < 1e-4))

# %% [markdown]
# It does not, except for the last digits. (It would if BatchNorm were training: it would then use the averages
# of the batch. In a frozen backbone it uses those that it learnt before.)
#
# ## A cache in ten lines
#
# Now write the features down. Imagine that the six birds come from *your* camera: numbered in the order in
# which you took them, species all mixed. (No need to read this cell: it copies and numbers them.)

# %%
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

workshop = tempfile.TemporaryDirectory()  # goes when the notebook's kernel ends
photos = Path(workshop.name) / "photos"
photos.mkdir()
order = np.random.default_rng(course.seed).permutation(len(six))
taken = six.table.iloc[order].reset_index(drop=True)
paths = [str(photos / f"IMG_{number:04d}.jpg") for number in range(1, len(taken) + 1)]
for old, new in zip(taken["path"], paths, strict=True):
    shutil.copy(old, new)
album = replace(six, name="your album", table=taken.assign(path=paths))
album.table[["path", "class_name", "split"]].assign(
    path=[Path(path).name for path in paths]
).head(4)

# %% [markdown]
# Here is how nearly everybody writes a first cache: one small file for each picture, named like the picture. If
# the file is there, read it; if not, run the backbone and write it.


# %%
def look(backbone, dataset, rows):
    return backbone.predict(dataset.images(rows, backbone.input_shape[1]), verbose=0)


def look_once(backbone, dataset, notes):
    files = [notes / f"{Path(path).stem}.npy" for path in dataset.table["path"]]
    new = [row for row, file in enumerate(files) if not file.exists()]
    if new:
        for row, vector in zip(new, look(backbone, dataset, new), strict=True):
            np.save(files[row], vector)
    print(f"{len(new)} of {len(files)} pictures computed")
    return np.stack([np.load(file) for file in files])


# %% [markdown]
# Does it work? Twice the same call:

# %%
notes = Path(workshop.name) / "notes"
notes.mkdir()
vectors = look_once(backbone, album, notes)
vectors = look_once(backbone, album, notes)

# %% [markdown]
# All the first time, none the second. To see whether features are any good, we need a head that takes no
# time at all. The simplest: *each species is the mean of its training vectors, and the nearest mean wins*
# (Mensink and others, 2013).


# %% within=0.05
def exam(vectors, table):
    """Return the share of test pictures whose nearest mean is that of their own species."""
    train, labels = (table["split"] == "train").to_numpy(), table["label"].to_numpy()
    means = np.stack(
        [vectors[train & (labels == label)].mean(axis=0) for label in np.unique(labels)]
    )
    distances = np.linalg.norm(
        vectors[~train, None] - means, axis=-1
    )  # (test pictures, species)
    return (distances.argmin(axis=1) == labels[~train]).mean()


print(
    f"{exam(vectors, album.table):.0%} right with stored features; guessing: {1 / 6:.0%}"
)

# %% [markdown]
# A cache, a head, and most birds right. It is the kind of code that gets used for a year. What can happen in a
# year?
#
# ## Four ordinary days
#
# For each of the four stories below, this function takes the features from the cache, computes them afresh as
# well, and lets both sit the exam. In real life nobody does the second part. **Predict before each story**: how
# many pictures will the cache compute, and how many stored vectors are wrong?

# %% within=0.05
findings = []


def audit(story, backbone, album):
    stored, fresh = (
        look_once(backbone, album, notes),
        look(backbone, album, range(len(album))),
    )
    stale = int((np.abs(stored - fresh).max(axis=1) > 1e-3).sum())
    results = {"stored": exam(stored, album.table), "fresh": exam(fresh, album.table)}
    findings.append({"story": story, "stale": stale} | results)
    return pd.DataFrame(findings[-1:])


audit("nothing has changed", backbone, album)

# %% [markdown]
# **Monday.** You copy the project to another computer. The file with the weights does not come along, the network
# starts from random ones, and nothing complains. (Or, more happily: you load *better* weights, or you fine-tune.)

# %% within=0.25 tags=["predict"]
keras.utils.set_random_seed(course.seed)
other_weights = load_backbone(course.backbone, weights=None)
own_weights = backbone.get_weights()
backbone.set_weights(other_weights.get_weights())
result = audit("other weights", backbone, album)
backbone.set_weights(own_weights)
result

# %% [markdown]
# **Tuesday.** You read that smaller pictures are quicker, and halve their size. The vectors have the same length as
# before.

# %% within=0.15 tags=["predict"]
half_size = load_backbone(course.backbone, image_size=course.image_size // 2)
audit("other size", half_size, album)

# %% [markdown]
# **Wednesday.** One photo shows more hedge than bird. You crop it to the bird and save it under its name.

# %% within=0.05 tags=["predict"]
from PIL import Image

x, y, width, height = album.table.loc[1, ["x", "y", "width", "height"]]
bird = Image.open(album.table.loc[1, "path"]).crop((x, y, x + width, y + height))
bird.save(album.table.loc[1, "path"])
audit("a changed picture", backbone, album)

# %% [markdown]
# **Thursday.** The first photo is blurred. You delete it, and your photo program numbers the others anew, without a
# gap: each picture now has the name of the one before. Its label is still right. (Run this cell and the one above once
# only: a second time another photo would go.)

# %% within=0.2 tags=["predict"]
kept = album.table.iloc[1:].reset_index(drop=True)
Path(album.table["path"].iloc[0]).unlink()
for old, new in zip(kept["path"], album.table["path"], strict=False):
    Path(old).rename(new)
album = replace(album, table=kept.assign(path=album.table["path"].to_numpy()[:-1]))
audit("files renumbered", backbone, album)

# %% [markdown]
# Four times "0 pictures computed", four times no error. All of it in one figure, with the number of wrong vectors
# at the right:

# %% within=0.25
plots.stored_against_fresh(pd.DataFrame(findings), chance=1 / 6)

# %% [markdown]
# Each story goes wrong in its own way:
#
# - **Other weights, other size**: the exam looks as good as ever, because it is the exam of *another* backbone. The one that
#   you are going to use does as the blue dot says. (Even random weights turn unlike pictures into unlike
#   numbers, so their dot may well lie above guessing.)
# - **A changed picture**: one vector is wrong, and no exam notices one among hundreds.
# - **Renumbered files**: each picture has its neighbour's features, so the labels belong to other birds, and the head is
#   about as good as guessing. You see it, and go looking for the fault in the network. (In a folder that is
#   sorted by species you would not even see it: the neighbour mostly *is* of the same species.)

# %% [markdown] question="5.2"
# ### Exercise 5.2 · Still fresh?
#
# You have stored the features of all your photos. After **which one** of these may you go on using them all?
#
# - [ ] You fine-tune just the last block of the backbone for one epoch, so nearly all weights stay as they are.
#   - All that comes out of the backbone has passed through its last block, so every vector is another one now.
# - [ ] You save all photos again as smaller JPEG files. To the eye they are the same.
#   - The backbone sees pixels, not what they mean to you. JPEG changes them a little each time, so the vectors change.
# - [x] A friend who knows birds corrects the labels of forty photos that you had given to the wrong species.
#   - The backbone never sees a label. Train a new head with the new labels, on the old features.
# - [ ] You let the photos be mirrored at random, to have more to learn from.
#   - Then the pictures change in each epoch, and what you stored is what *one* of the mirrorings looked like.

# %% answer="5.2"
# solution
still_fresh = "c"
# end

# %% check="5.2"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What goes into the backbone, and what is the backbone made of? If any of that changes, the features do.",
        "Three of the four change pixels or weights.",
    ]
)

# %% [markdown]
# A letter in quotes:

# %%
exercise("5.2").check(still_fresh)

# %% [markdown]
# So what does a vector depend on? On what is *in* the file, on the size at which it is shown to the backbone,
# and on the backbone's weights. Not on the file's name. A cache should keep a vector under a **key** that is made of
# these, and of nothing else.

# %% [markdown] question="5.3"
# ### Exercise 5.3 · A key for every vector
#
# Write `key`, which returns a text to be used as the name of the file with a picture's vector. It gets the
# picture's file `name`, the `content` of the file (bytes), the picture `size` in pixels, and the backbone's `weights`, a
# list of NumPy arrays. The key must be the same as long as all that the vector depends on is, and another one as
# soon as any of it has changed: after each of the four stories above, what is stored must be found if it is right,
# and not be found if it is wrong.
#
# `hashlib.sha256()` makes a fingerprint of bytes: feed it with `.update(...)`, piece by piece, and ask for
# `.hexdigest()`, a text, at the end. The bytes of an array are `array.tobytes()`, those of a text `text.encode()`, those
# of a number `str(number).encode()`.

# %% answer="5.3"
import hashlib


def key(name, content, size, weights):
    # solution
    fingerprint = hashlib.sha256(content)
    fingerprint.update(str(size).encode())
    for array in weights:
        fingerprint.update(array.tobytes())
    return fingerprint.hexdigest()
    # end


# %% [markdown] why="5.3"
# All that the vector depends on goes into the fingerprint, and the name does not. Two different inputs with the same
# SHA-256 have never been found. (For many pictures you would take the fingerprint of the weights once, not for each
# picture again.)

# %% check="5.3"
import hashlib

import numpy as np

from course_utils.exercises import Case, Function, Mistake


def compared(key, *situations):
    """Say whether all of these situations have keys of their own."""
    keys = [key(*situation) for situation in situations]
    if keys[0] is None:
        return None
    if not isinstance(keys[0], str) or " object " in keys[0]:
        return "no text"
    if "/" in keys[0] or len(keys[0]) > 200:
        return "no name for a file"
    if (
        "hash" in getattr(key, "__code__", compared.__code__).co_names
    ):  # the same in this process, another one in the next
        return "another key tomorrow"
    return OTHER if len(set(keys)) == len(keys) else SAME


def digest(*parts):
    texts = (part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return hashlib.sha256(b"|".join(texts)).hexdigest()


def raw(weights):
    return b"".join(array.tobytes() for array in weights)


SAME, OTHER = "the same key", "another key"
PICTURE = bytes(range(256)) * 16
RISING = 1 + np.arange(2048, dtype=np.float32) / 2048  # its sum is exact, in any order
LAYERS = [RISING, RISING[::-1].copy()]
NUDGE = np.eye(1, 2048, 1024, dtype=np.float32)[0]


def seen(name="IMG_0001.jpg", content=PICTURE, size=96, weights=LAYERS):
    return name, content, size, weights


BEFORE = seen()
CHANGED = BEFORE, seen(content=PICTURE[:2000] + b"!" + PICTURE[2001:])
SIZES = BEFORE, seen(size=48), seen(size=160)
FIRST = BEFORE, seen(weights=[LAYERS[0] + NUDGE, LAYERS[1]])
LATER = BEFORE, seen(weights=[LAYERS[0], LAYERS[1] + NUDGE])
SWAPPED = BEFORE, seen(weights=LAYERS[::-1])
A_LITTLE = BEFORE, seen(weights=[LAYERS[0] + NUDGE / 10_000, LAYERS[1]])
THOUSAND = tuple(
    seen(content=str(n).encode(), weights=[NUDGE[:9]]) for n in range(1000)
)


def misses(*situations):
    """Return a function that says whether a key does not tell these situations apart."""
    return lambda key: compared(key, *situations) == SAME


check = Function(
    probe=compared,
    cases=[
        Case(
            (BEFORE, seen(weights=list(LAYERS))),
            SAME,
            "the same picture and backbone twice",
        ),
        Case(
            (BEFORE, seen(name="owl.jpg")), SAME, "a picture and a renamed copy of it"
        ),
        Case(CHANGED, OTHER, "a picture before and after a change"),
        Case((BEFORE, seen(size=48)), OTHER, "a picture at two sizes"),
        Case(SIZES, OTHER, "a picture at three sizes"),
        Case(FIRST, OTHER, "weights of which one has changed"),
        Case(LATER, OTHER, "weights of which a later one changed"),
        Case(SWAPPED, OTHER, "two layers that swap weights"),
        Case(A_LITTLE, OTHER, "weights of which one has changed a little"),
        Case(THOUSAND, OTHER, "a thousand pictures"),
    ],
    mistakes=[
        Mistake(
            lambda name, content, size, weights: str(hashlib.sha256(content)),
            "That is not a text, or one that only shows an object of Python. `.hexdigest()` makes a text.",
            when=lambda key: compared(key, BEFORE) == "no text",
        ),
        Mistake(
            lambda name, content, size, weights: (
                f"{digest(content)}/{size}/{digest(raw(weights))}"
            ),
            "No file can have this name: it has a `/` in it, or is longer than many systems allow. A fingerprint is short.",
            when=lambda key: compared(key, BEFORE) == "no name for a file",
        ),
        Mistake(
            lambda name, content, size, weights: name,
            "It is the file's name that decides. Names move from one picture to another, and a picture that is changed keeps its own.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                name, content, size, raw(weights)
            ),
            "A renamed picture gets another key. Its vector is the same, and would be computed again for nothing.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(name, content),
            "The name is in it, which changes nothing about a vector; the backbone, which changes everything, is not.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(content),
            "It knows the picture and nothing of the backbone. What about the stories of Monday and Tuesday?",
        ),
        Mistake(
            lambda name, content, size, weights: digest(content, size),
            "New weights get the key of the old ones. That is Monday's story. (The shapes of weights are no help: they stay the same.)",
        ),
        Mistake(
            lambda name, content, size, weights: digest(content, raw(weights)),
            "A picture that is shown at another size gets the old key. That is Tuesday's story.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(content, size, weights),
            "One weight in the middle of a large array has changed, and the key has not. As a text, a large array is "
            "shortened to its two ends, just as `print` shows it.",
        ),
        Mistake(
            lambda name, content, size, weights: str(
                hash((content, size, raw(weights)))
            ),
            "Python's own `hash` gives other numbers each time Python starts, so tomorrow nothing would be found. Take a "
            "function of `hashlib`.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(content, size, id(weights)),
            "Nothing has changed, and still the key is another one: nothing would ever be found again.",
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                content[:100], size, raw(weights)
            ),
            "A changed picture keeps its key. Does every byte of `content` go into it? Its length, or a piece, is not enough.",
            when=misses(*CHANGED),
        ),
        Mistake(
            lambda name, content, size, weights: digest(content, size, raw(weights))[
                :4
            ],
            "Among a thousand pictures two have the same key, so one gets the other's vector: the key is too short.",
            when=misses(*THOUSAND),
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                content, size > 64, raw(weights)
            ),
            "Of three sizes two have the same key. Take the size as it is.",
            when=misses(*SIZES),
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                content, size, weights[0].tobytes()
            ),
            "Not every array of weights counts. Is your `return` inside the loop?",
            when=lambda key: misses(*FIRST)(key) or misses(*LATER)(key),
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                content, size, sum(a.sum() for a in weights)
            ),
            "Two layers have swapped their weights, and the key is the same: it only sums them up, or forgets their order.",
            when=misses(*SWAPPED),
        ),
        Mistake(
            lambda name, content, size, weights: digest(
                content, size, raw([a.round(2) for a in weights])
            ),
            "A weight has changed a little, and the key is the same. Take the weights as they are, all digits of them.",
            when=misses(*A_LITTLE),
        ),
    ],
    hints=[
        "Which of the four arguments can change while the vector stays the same? Leave that one out.",
        "Begin with `hashlib.sha256(content)`, then `.update(...)` with the size as bytes.",
        "The weights are a list: go through it in a loop, `.update(array.tobytes())` for each, and return `.hexdigest()`.",
    ],
)

# %% [markdown]
# Give the function itself, without parentheses. The check calls it with small pictures and backbones of its own.

# %%
exercise("5.3").check(key)

# %% [markdown]
# And how does *your* key do with the real backbones of this week? Its first characters will do. (A dash means that
# exercise 5.3 is still waiting.)

# %% tags=["nbval-ignore-output"]
content, size = Path(six.table.loc[0, "path"]).read_bytes(), course.image_size
weights = backbone.get_weights()
days = {
    "nothing": ("IMG_0001.jpg", content, size, weights),
    "weights": ("IMG_0001.jpg", content, size, other_weights.get_weights()),
    "size": ("IMG_0001.jpg", content, size // 2, weights),
    "picture": ("IMG_0001.jpg", content[:-2], size, weights),
    "name": ("IMG_0002.jpg", content, size, weights),
}
keys = {changed: key(*situation) for changed, situation in days.items()}
pd.Series(
    {changed: str(text or "-")[:12] for changed, text in keys.items()}, name="key"
).rename_axis("changed")

# %% [markdown]
# The first and the last should be the same, the others all different.
#
# ## The course's cache
#
# `BottleneckCache`, which you met in lesson 00, does just that, and more: it digests the layers and the
# preprocessing, too, checks what it reads for damage, and several programs may use it at once. Now all the birds:

# %%
from course_utils.bottlenecks import BottleneckCache

cache = BottleneckCache(course.cache_folder())
start = time.perf_counter()
features = cache.extract(backbone, birds)
print(f"{time.perf_counter() - start:.1f} s for {len(features):,} pictures")

# %% [markdown]
# Let it live through the same week. `explain` says what it would compute, and why, and computes nothing. The album
# first: it has a cropped picture, and its files have names that this cache has never heard of.

# %%
cache.explain(backbone, album)

# %% [markdown]
# Only the cropped picture is new. All others it knows by what is in them: they are copies of pictures that it has
# just seen, in another folder and under other names. Now Monday's and Tuesday's backbones:

# %%
cache.explain(other_weights, album)

# %% [markdown]
# With other weights nothing that is stored may be used. And with another size:

# %%
cache.explain(half_size, album)

# %% [markdown]
# When you wonder why something takes long again, ask `explain`. One mistake no cache can find for you: to change
# pictures at random *before* they are stored (mirrored, brighter, shifted, to have more variety). Then chance is
# frozen, too, and every epoch sees the same throw of the dice. Lesson 06 is about doing that right.
#
# ## A head in seconds
#
# Now learning is cheap. A head for all the species, thirty epochs:

# %%
train, test = features.split("train"), features.split("test")
n_species = len(birds.class_names)
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
head = keras.Sequential([keras.Input((n_features,)), scores])
head.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)
start = time.perf_counter()
head.fit(train.vectors, train.labels, batch_size=32, epochs=30, verbose=0)
print(f"{time.perf_counter() - start:.1f} s for 30 epochs on {len(train)} pictures")

# %% [markdown]
# How good is it? From here on every accuracy comes with its 95 % interval: about nineteen in twenty such intervals hold
# the accuracy that an endless exam would give.

# %% within=0.05
from course_utils import evaluation


def report(what, right):
    low, high = evaluation.wilson_interval(right.sum(), len(right))
    print(
        f"{what}: {right.mean():.1%} of {len(right)} right (95 % interval {low:.0%} to {high:.0%})"
    )


by_head = head.predict(test.vectors, verbose=0).argmax(axis=1)
report("head", by_head == test.labels)

# %% [markdown] question="5.4"
# ### Exercise 5.4 · Back on its neck
#
# The head takes features, but your visitors bring *pictures*. Make `classifier`: a model from pictures to scores, of
# the `backbone` and the trained `head`. If somebody trained it further, only the head should learn.

# %% answer="5.4"
# solution
classifier = keras.Sequential([backbone, head])
# end

# %% [markdown] why="5.4"
# Models can be put one behind the other like layers. Nothing is copied: it is the same head with the same
# weights, so the model gives for a picture just what the head gives for the picture's features.

# %% check="5.4"
import keras
import numpy as np

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure, output_width, trainable_parameters


def eyes(trainable=False):
    layers = [
        keras.Input((8, 8, 3)),
        keras.layers.Conv2D(5, 3),
        keras.layers.GlobalAveragePooling2D(),
    ]
    model = keras.Sequential(layers)
    model.trainable = trainable
    return model


def scores(n=4, inputs=5):
    return keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(n)])


def holds(model, head):
    """True if the head's weights are the last of the model's."""
    own, wanted = model.get_weights(), head.get_weights()
    last = own[len(own) - len(wanted) :]
    return all(np.array_equal(a, b) for a, b in zip(last, wanted, strict=True))


def same_backbone(model, backbone):
    """True if the model's weights begin with the backbone's."""
    return all(
        np.array_equal(a, b)
        for a, b in zip(model.get_weights(), backbone.get_weights(), strict=False)
    )


def says_the_same(model, backbone, head):
    """True if the model gives for a few pictures what the head gives for their features."""
    pictures = (
        np.random.default_rng(0)
        .uniform(0, 255, (4, *backbone.input_shape[1:]))
        .astype(np.float32)
    )
    said = head(backbone(pictures, training=False), training=False)
    got, wanted = (
        keras.ops.convert_to_numpy(x) for x in (model(pictures, training=False), said)
    )
    return np.allclose(got, wanted, rtol=0, atol=1e-3 * np.abs(wanted).max())


def stiff(backbone, head):
    model = keras.Sequential([backbone, keras.models.clone_model(head)])
    model.set_weights(backbone.get_weights() + head.get_weights())
    model.trainable = False
    return model


def thawed(backbone, head):
    model = keras.Sequential([eyes(trainable=True), head])
    model.set_weights(backbone.get_weights() + head.get_weights())
    return model


check = Structure(
    given={"backbone": eyes(), "head": scores()},
    mistakes=[
        Mistake(
            lambda backbone, head: scores(),
            "It takes features, not pictures. Something has to come before the head.",
            when=lambda model, backbone, head: (
                model.built and model.input_shape[1:] == head.input_shape[1:]
            ),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential(
                [keras.Input((9, 9, 3)), keras.layers.Flatten(), scores(4, 243)]
            ),
            "Pictures of another shape go in than the backbone takes.",
            when=lambda model, backbone, head: (
                not model.built or model.input_shape[1:] != backbone.input_shape[1:]
            ),
        ),
        Mistake(
            lambda backbone, head: backbone,
            "It gives features, or another number of scores than the head does.",
            when=lambda model, backbone, head: (
                output_width(model) != output_width(head)
            ),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential(
                [backbone, head, keras.layers.Dense(output_width(head))]
            ),
            "It has other layers with weights than backbone and head.",
            when=lambda model, backbone, head: (
                model.count_params() != backbone.count_params() + head.count_params()
            ),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential(
                [backbone, head, keras.layers.Softmax()]
            ),
            "It ends with an activation, so it gives shares. Scores were asked for, as the head gives them.",
            when=lambda model, backbone, head: isinstance(
                model.layers[-1], keras.layers.Softmax | keras.layers.Activation
            ),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential([backbone, scores()]),
            "That is another head than `head`. Take the one that was trained.",
            when=lambda model, backbone, head: not holds(model, head),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential([eyes(), head]),
            "Another backbone is inside, with weights of its own. The head knows only the features of `backbone`.",
            when=lambda model, backbone, head: not same_backbone(model, backbone),
        ),
        Mistake(
            lambda backbone, head: keras.Sequential(
                [
                    keras.Input((8, 8, 3)),
                    keras.layers.Rescaling(1 / 255),
                    backbone,
                    head,
                ]
            ),
            "For a picture it does not say what the head says for the picture's features. Is anything before the backbone, or "
            "behind it? The backbone does its preprocessing itself.",
            when=lambda model, backbone, head: not says_the_same(model, backbone, head),
        ),
        Mistake(
            stiff,
            "Everything in it is frozen, the head as well.",
            when=lambda model, backbone, head: trainable_parameters(model) == 0,
        ),
        Mistake(
            thawed,
            "More than the head would learn: the backbone is no longer frozen.",
            when=lambda model, backbone, head: (
                trainable_parameters(model) != head.count_params()
            ),
        ),
    ],
    hints=[
        "You did the same at the top of the lesson, with an untrained head.",
        "`keras.Sequential([...])` puts models one behind the other. Which comes first?",
    ],
)

# %% [markdown]
# The check looks at what goes in and out, whose weights are inside, what it says of a few pictures, and what would learn.

# %%
exercise("5.4").check(classifier, backbone=backbone, head=head)

# %% [markdown]
# ## An old acquaintance: logistic regression
#
# Statisticians have been training such heads since long before there were networks: one layer, softmax,
# cross-entropy loss is **logistic regression**. scikit-learn has it, and it needs no learning rate and no
# epochs. (The second import keeps it to one core, which is quickest for small problems.)

# %% within=0.05
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

threadpool_limits(1)
regression = LogisticRegression(C=1.0, max_iter=1000)
regression.fit(train.vectors, train.labels)
by_regression = regression.predict(test.vectors)
report("logistic regression", by_regression == test.labels)

# %% [markdown]
# Is it really the same thing? Put scikit-learn's weights into a Keras head and compare the probabilities.

# %%
twin = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_species)])
twin.set_weights([regression.coef_.T, regression.intercept_])
ours = keras.ops.softmax(twin.predict(test.vectors, verbose=0)).numpy()
theirs = regression.predict_proba(test.vectors)
print(
    "the same probabilities, to four decimals:",
    bool(np.abs(ours - theirs).max() < 1e-4),
)

# %% [markdown]
# The same model. But trained by another recipe, so the two heads need not have learnt the same:

# %% within=0.04
agree = by_head == by_regression
print(f"head and logistic regression agree on {agree.mean():.1%} of the test pictures")

# %% [markdown]
# **For the curious**, up to the next heading: where does the rest come from? There are two differences. Logistic
# regression *pays for large weights*: it looks for the least of `C * (sum of the losses) + (sum of the squared weights)
# / 2`. And it goes on until nothing improves, while our head stopped when we told it to. Give the head the same price
# and the same patience. Keras takes the *mean* of the losses, so everything is divided by `C` and the number of
# pictures:

# %%
import tensorflow as tf

price = keras.regularizers.L2(1 / (2 * regression.C * len(train)))
scores = keras.layers.Dense(
    n_species, kernel_initializer="zeros", kernel_regularizer=price
)
patient = keras.Sequential([keras.Input((n_features,)), scores])
slower = keras.optimizers.schedules.CosineDecay(0.02, decay_steps=400)
patient.compile(optimizer=keras.optimizers.Adam(slower), loss=loss)
all_at_once = tf.data.Dataset.from_tensors((train.vectors, train.labels)).repeat(400)
history = patient.fit(all_at_once, shuffle=False, verbose=0)

# %% [markdown]
# Each of its steps saw all training pictures at once, and the steps became smaller and smaller. Do they agree now?

# %% within=0.04
logits = patient.predict(test.vectors, verbose=0)
agree = logits.argmax(axis=1) == by_regression
best_two = np.sort(keras.ops.softmax(logits).numpy(), axis=1)[:, -2:]
print(f"they agree on {agree.mean():.1%} of the test pictures")

# %% [markdown]
# On nearly all, or all. What is left comes from pictures whose two best scores are almost equal: the last bit of
# training decides. (With two classes there is one more difference: scikit-learn keeps one set of weights, our
# head two, of which only the difference counts. The same price then weighs half as much on the head's.)
#
# ## Who is taken for whom?
#
# An accuracy is one number. A **confusion matrix** has a row for each true species and a column for each
# answer, and counts.

# %% [markdown] question="5.5"
# ### Exercise 5.5 · Count the mix-ups
#
# Write `confusion`: it gets the true labels and the predicted ones (NumPy arrays of whole numbers from 0) and the
# number of classes `n`, and returns an array of n rows and n columns. In row *i*, column *j* stands how many
# pictures of class *i* were taken for class *j*.


# %% answer="5.5"
def confusion(true, predicted, n):
    # solution
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts
    # end


# %% [markdown] why="5.5"
# `np.add.at` adds one for each picture, even when the same pair comes again. `counts[true, predicted] += 1` looks the
# same and is not: NumPy reads all places, adds one, and writes, so a pair that comes ten times is counted once.
# A loop over the pictures is right, too, and slower.

# %% check="5.5"
import numpy as np

from course_utils.exercises import Case, Function, Mistake


def counted(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


def once(true, predicted, n):
    counts = np.zeros((n, n), int)
    counts[true, predicted] += 1
    return counts


def only_seen(true, predicted, n):
    seen = np.unique(np.concatenate([true, predicted]))
    return counted(true, predicted, n)[np.ix_(seen, seen)]


TRUE, PREDICTED = np.array([0, 0, 0, 1, 1, 2, 2, 2]), np.array([0, 0, 1, 1, 0, 2, 2, 0])

check = Function(
    cases=[
        Case((TRUE, PREDICTED, 3), counted(TRUE, PREDICTED, 3)),
        Case(
            (TRUE, PREDICTED, 5),
            counted(TRUE, PREDICTED, 5),
            "five classes, two of which never occur",
        ),
        Case(
            (np.array([1, 1]), np.array([0, 0]), 2),
            np.array([[0, 0], [2, 0]]),
            "two answers, both wrong",
        ),
    ],
    mistakes=[
        Mistake(
            lambda true, predicted, n: counted(predicted, true, n),
            "Rows and columns have changed places: the true class is the row.",
        ),
        Mistake(
            once,
            "Each pair is counted once, however often it comes. With a list of places, `+= 1` adds only one to each; "
            "look up `np.add.at`, or use a loop.",
        ),
        Mistake(
            only_seen,
            "Classes that never occur have no row. The matrix must have `n` rows and columns, or it is impossible to compare.",
        ),
        Mistake(
            lambda true, predicted, n: (
                counted(true, predicted, n)
                / np.maximum(counted(true, predicted, n).sum(axis=1, keepdims=True), 1)
            ),
            "Those are shares. Count first: from counts one can always make shares.",
        ),
        Mistake(
            lambda true, predicted, n: np.diag(np.diag(counted(true, predicted, n))),
            "Only the right answers are counted. The mix-ups are what we are after.",
        ),
        Mistake(
            lambda true, predicted, n: (
                counted(true, predicted, n)
                - np.diag(np.diag(counted(true, predicted, n)))
            ),
            "The right answers are missing. They belong on the diagonal.",
        ),
    ],
    hints=[
        "Begin with `np.zeros((n, n), int)`.",
        "For each picture one number goes up by one: in which row, in which column? A loop over `zip(true, predicted)` does it.",
        "Without a loop: `np.add.at(counts, (rows, columns), 1)`.",
    ],
)

# %% [markdown]
# The function itself, please:

# %%
exercise("5.5").check(confusion)

# %% [markdown]
# `evaluation.confusion` counts in the same way, from a table of answers. Lines separate the families (the last
# word of a name).

# %% tags=["nbval-ignore-output"]
answers = evaluation.predictions(
    regression.predict_proba(test.vectors), test.table, birds.class_names
)
families = {name: name.split()[-1] for name in birds.class_names}
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown]
# Blocks on the diagonal are families whose members are taken for one another. Those are the birds that need
# more pictures, or better ones. How many more?
#
# ## How many pictures are enough?
#
# Back to the six species, now with the question that everybody asks. For drawn birds we can just have more pictures:
# forty to learn from for each species, where the folder has twenty. (For photos we take what there is.)

# %%
from course_utils import sketchbook

pool = six
if course.profile == "sketch":
    more = {"species": six.class_names, "per_species": 41, "train_per_species": 40}
    pool = load_cub(
        sketchbook.make_birds(
            Path(workshop.name) / "more", **more, px=course.image_size
        )
    )


def contents(dataset, split="train"):
    return {
        hashlib.sha256(Path(path).read_bytes()).digest()
        for path in dataset.rows(split)["path"]
    }


for split in ("train", "test"):
    shared = len(contents(pool) & contents(six, split))
    print(
        f"of {len(contents(pool))} pictures, {shared} lie in the old folder ({split})"
    )

# %% [markdown]
# The old ones have been drawn anew, byte for byte, and have other names in another folder. You know what your key
# makes of that: the cache will compute only the others. And none of them is a picture of the exam. Now take one, two,
# five of each species at random, train, sit the exam on the test pictures of the old folder, and that eight times over.

# %%
stock = cache.extract(backbone, pool, split="train")
six_test = cache.extract(backbone, six, split="test")


def draw_few(labels, per_class, seed):
    """Return the rows of `per_class` random pictures of each class."""
    rng = np.random.default_rng(seed)
    rows = [
        rng.permutation(np.flatnonzero(labels == label))[:per_class]
        for label in np.unique(labels)
    ]
    return np.concatenate(rows)


# %% [markdown]
# Some dozens of trainings. This is what stored features are for.


# %%
def trained(vectors, labels, C=1.0):
    return LogisticRegression(C=C, max_iter=1000).fit(vectors, labels)


least, runs = np.bincount(stock.labels).min(), []
start = time.perf_counter()
for per_class in [n for n in (1, 2, 5, 10, 20, 40) if n <= least]:
    for seed in range(8):
        rows = draw_few(stock.labels, per_class, seed)
        share = trained(stock.vectors[rows], stock.labels[rows]).score(
            six_test.vectors, six_test.labels
        )
        runs.append({"per_class": per_class, "draw": seed, "accuracy": share})
runs = pd.DataFrame(runs)
print(f"{len(runs)} trainings in {time.perf_counter() - start:.1f} s")

# %% [markdown] question="5.6"
# ### Exercise 5.6 · From runs to a curve
#
# `runs` has a row for each training: `per_class`, `draw`, `accuracy`. Make `curve`, with a row for each number of
# pictures: columns `per_class`, `accuracy` (the mean over the draws), `lowest` and `highest` (of the draws).

# %% answer="5.6"
# solution
curve = (
    runs.groupby("per_class")["accuracy"]
    .agg(accuracy="mean", lowest="min", highest="max")
    .reset_index()
)
# end

# %% [markdown] why="5.6"
# One group for each number of pictures; the draws are what is averaged over. Only the best draw of each would be a
# flattering curve: nobody knows beforehand which draw that is.

# %% check="5.6"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Table
from course_utils.exercises.tables import as_table


def summary(runs, by="per_class", **how):
    how = {"accuracy": "mean", "lowest": "min", "highest": "max"} | how
    return runs.groupby(by)["accuracy"].agg(**how).reset_index()


def is_rounded(answer, wanted):
    """True if all numbers are right to two decimals or so."""
    table = as_table(answer).sort_values("per_class")
    near = len(table) == len(wanted) and np.allclose(
        table[wanted.columns], wanted, rtol=0, atol=0.0051
    )
    return near


check = Table(
    expected=summary,
    key="per_class",
    given={
        "runs": pd.DataFrame(
            {
                "per_class": [1, 1, 1, 5, 5, 5],
                "draw": [0, 1, 2, 0, 1, 2],
                "accuracy": [0.3125, 0.3542, 0.6042, 0.7208, 0.7917, 0.8042],
            }
        )
    },
    mistakes=[
        Mistake(
            lambda runs: summary(runs, "draw").rename(columns={"draw": "per_class"}),
            "Grouped by the draw. The question is about the number of pictures.",
        ),
        Mistake(
            lambda runs: summary(runs, accuracy="max"),
            "Those are the luckiest draws. What would a usual one give?",
        ),
        Mistake(
            lambda runs: summary(runs, accuracy="median"),
            "Those are medians. The mean was asked for.",
        ),
        Mistake(
            lambda runs: summary(runs, lowest="max", highest="min"),
            "`lowest` and `highest` have changed places.",
        ),
        Mistake(
            lambda runs: summary(runs.assign(accuracy=100 * runs["accuracy"])),
            "Per cent. Leave shares as they are.",
        ),
        Mistake(
            lambda runs: summary(runs).round(2),
            "These are rounded. Leave all digits, and round when you show them.",
            when=lambda curve, runs: is_rounded(curve, summary(runs)),
        ),
        Mistake(
            lambda runs: summary(runs).assign(
                lowest=lambda t: (
                    t["accuracy"]
                    - runs.groupby("per_class")["accuracy"].std().to_numpy()
                ),
                highest=lambda t: (
                    t["accuracy"]
                    + runs.groupby("per_class")["accuracy"].std().to_numpy()
                ),
            ),
            "Mean plus and minus the standard deviation: a good thing to know, but `lowest` and `highest` are asked for.",
        ),
    ],
    hints=[
        "One group for each number of pictures: `groupby`. Three numbers from each: `agg`.",
        '`runs.groupby("per_class")["accuracy"].agg(accuracy="mean", ...)` names the columns as it makes them.',
        "`.reset_index()` at the end makes `per_class` a column (it may stay the index, too).",
    ],
)

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("5.6").check(curve, runs=runs)

# %% [markdown]
# The same as a figure:

# %% within=0.12
plots.learning_curve_by_size(runs, n_test=len(six_test), chance=1 / 6)

# %% [markdown]
# Two kinds of doubt are in it, and they are not the same:
#
# - **The dots** differ because other training pictures were drawn. With few pictures luck decides: one draw has six
#   good portraits, another a tail behind a leaf.
# - **The bars** say how sure the exam is: 95 % intervals, for there are only so many test pictures. More training
#   pictures do not make the bars shorter. More test pictures would.
#
# Beware of the right end. Where all pictures of the stock are taken, all draws are the *same* pictures, so the dots lie
# on one another. That is no sign of certainty.
#
# Are twice as many pictures worth the work? Compare how much the line rises with how widely the dots scatter. (Not with
# the bars: all heads sat the *same* exam, so its luck is the same for all of them.)
#
# Move the sliders: which pictures were drawn, and how good is a head that has seen only those? At one picture of
# each species, try out several draws, and find a lucky and an unlucky one.


# %%
def few_pictures(pictures_of_each, draw_number):
    """Train on a few pictures of each species; return which they were, and the answers to the test pictures."""
    rows = draw_few(stock.labels, pictures_of_each, draw_number)
    head = trained(stock.vectors[rows], stock.labels[rows])
    chances = head.predict_proba(six_test.vectors)
    return rows, evaluation.predictions(chances, six_test.table, six.class_names)


# %% [markdown]
# The sliders (a first picture shows where none run):

# %% within=0.12
import matplotlib.pyplot as plt

from course_utils.widgets import Slider, explore

stock_pictures = pool.where(lambda table: table["split"] == "train")


def luck(pictures_of_each, draw_number):
    rows, judged = few_pictures(pictures_of_each, draw_number)
    shown = np.concatenate(
        [rows[n::pictures_of_each] for n in range(min(2, pictures_of_each))]
    )
    with plt.style.context(plots.STYLE):
        figure, (above, below) = plt.subplots(
            2, 1, figsize=(8, 5), height_ratios=[1, 1.6]
        )
    plots.image_grid(stock_pictures.images(shown, 96), columns=6, ax=above)
    plots.accuracy_bars(
        evaluation.accuracy_by(judged, "class_name").sort_index(),
        chance=1 / 6,
        ax=below,
    )
    above.set_title(f"after these pictures: {evaluation.accuracy(judged):.0%} right")
    return figure


explore(luck, pictures_of_each=Slider(1, 20, 1), draw_number=Slider(0, 30, 0))

# %% [markdown]
# Above are one or two of the training pictures of each species, below what came of them, species by species. The
# test pictures are the same each time, so what changes from draw to draw is luck with the *training* pictures.

# %% [markdown] question="5.7"
# ### Exercise 5.7 · Two pictures of everything
#
# How far do you get with just **two** training pictures of each of *all* the species in the folder? Guess first. Then
# train a logistic regression on such a draw (`draw_few` takes `train.labels`, and any seed you like), and give its
# accuracy on the test features `test` as `few_accuracy`, from 0 to 1.

# %% answer="5.7"
# solution
two_each = draw_few(train.labels, 2, seed=0)
few = trained(train.vectors[two_each], train.labels[two_each])
few_accuracy = few.score(test.vectors, test.labels)
# end

# %% [markdown] why="5.7"
# So few pictures, and many times better than guessing: the backbone brings most of what is needed to tell birds apart.
# Still, the second half of the way is the expensive one, as your curve has shown.

# %% check="5.7"
from course_utils.exercises import Mistake, Outcome

check = Outcome(
    measured={
        "sketch": [0.615, 0.573, 0.579, 0.611, 0.6, 0.6, 0.552],
        "photo": [0.683, 0.687, 0.514, 0.543, 0.654, 0.667, 0.671, 0.658],
    },
    below="That is lower than we saw with any draw. Do `train.vectors[rows]` and `train.labels[rows]` have the same rows?",
    above="That is higher than we saw with any draw. Was it the exam on the *test* features, of a head that saw only two "
    "pictures of each species, and of all of them?",
    given={"profile": "sketch"},
    mistakes=[
        Mistake(
            lambda profile: 1.0,
            "All right? Those are the pictures that it was trained on.",
            when=lambda accuracy, profile: accuracy > 0.97,
        ),
        Mistake(
            lambda profile: 0.05,
            "No better than guessing. Have vectors and labels got out of step?",
            when=lambda accuracy, profile: accuracy < 0.12,
        ),
        Mistake(
            lambda profile: 47,
            "Give the share as a number from 0 to 1, not in per cent or as a count.",
        ),
    ],
    hints=[
        "`rows = draw_few(train.labels, 2, seed=0)` gives the rows to train on.",
        "`trained(train.vectors[rows], train.labels[rows])` trains, `.score(test.vectors, test.labels)` marks the exam.",
    ],
)

# %% [markdown]
# The check accepts what we saw with several draws, and a little more.

# %%
exercise("5.7").check(few_accuracy, profile=course.profile)

# %% [markdown]
# ## Three data sets, one cache
#
# Two classes, six, or all of them: is it the same backbone, the same cache and the same head every time? Yes. Is it the
# same *task*? For the two classes we take one pair that should be easy and one that should be hard. Which? The means of
# their training vectors say it, without a look at the test pictures: far apart, or close together.

# %%
means = np.stack(
    [train.vectors[train.labels == label].mean(axis=0) for label in range(n_species)]
)
apart = np.linalg.norm(means[:, None] - means, axis=-1)  # (species, species)
apart[np.diag_indices(n_species)] = np.nan
easy = [
    birds.class_names[i] for i in np.unravel_index(np.nanargmax(apart), apart.shape)
]
hard = [
    birds.class_names[i] for i in np.unravel_index(np.nanargmin(apart), apart.shape)
]
pairs = birds.sample(2, seed=2).where(lambda table: table["split"] == "train")
pairs = pd.concat([pairs.only(name).table for name in easy + hard])
plots.image_grid(replace(birds, table=pairs), n=8, columns=4)

# %% [markdown]
# In the first row the pair that should be easy, in the second the hard one. **Predict**: order the four data sets, the
# easy pair, the hard pair, six species and all species, by the accuracy that you expect.


# %% within=0.08 tags=["predict"]
def study(names):
    """Train a head on these species alone; return its answers to their test pictures."""
    chosen = cache.extract(backbone, birds.only(names))
    learn, judge = chosen.split("train"), chosen.split("test")
    head = trained(learn.vectors, learn.labels)
    answers = evaluation.predictions(
        head.predict_proba(judge.vectors), judge.table, chosen.class_names
    )
    return answers.assign(in_training=head.score(learn.vectors, learn.labels))


sets = {
    "two unlike": easy,
    "two look-alikes": hard,
    "six": six.class_names,
    "all": birds.class_names,
}
studies = {name: study(members) for name, members in sets.items()}
table = pd.concat(
    [evaluation.accuracy_by(a.assign(data=name), "data") for name, a in studies.items()]
)
table["chance"] = [1 / len(members) for members in sets.values()]
table["in_training"] = [answers["in_training"].iloc[0] for answers in studies.values()]
table.round(3)

# %% [markdown]
# The same with intervals, and with what guessing would give:

# %% within=0.08
plots.accuracy_against_chance(table)

# %% [markdown]
# An accuracy means nothing without its task. The number of classes is one part of it, for it decides what guessing gives.
# The other part is how much the classes look alike: the two pairs have the same number of classes and the same chance, and
# see how far apart they are. (Their intervals are wide, because they have few test pictures.)
#
# Compare the last column of the table, the share of *training* pictures that each head gets right. In the sketch profile the
# head for the look-alikes knows all of its training pictures, and does hardly better than guessing in the exam: it has
# learnt forty pictures by heart. The field guide tells these two birds apart by the colour of bill and legs, a few pixels.
# Nothing in its old job has taught this backbone to say much about them, and a head can only weigh what is said. More
# pictures, or a backbone that learns itself? That is a question for lesson 07.
#
# Last question: does it matter whether the backbone was trained on a species? For drawn birds we know.

# %% within=0.1
# Only drawn birds bring the column `known`; for photos nothing is shown here.
seen = {
    name: evaluation.seen_against_unseen(studies[name])
    for name in ("six", "all")
    if "known" in birds.table
}
pd.concat(seen, names=["data", "species"]).round(3) if seen else None

# %% [markdown]
# For your own birds, which the backbone has probably not seen, the *unseen* row is the one to believe. And mind that
# among six species each group has three: one hard bird decides.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="5.a"
# A colleague's cache uses Python's own `hash(content)` in place of SHA-256. What will she notice tomorrow?
#
# - [ ] Nothing: the same bytes have the same hash.
#   - Only as long as the program runs. Python salts `hash` of texts and bytes anew at each start, on purpose.
# - [x] Every picture is computed again.
#   - The salt is another one in each new Python process, so no key of yesterday is found. Use a function that is defined by a standard.
# - [ ] Pictures get the vectors of others.
#   - Very unlikely. Her keys would be of no use tomorrow, but they would not be wrong.

# %% [markdown] quiz="5.b"
# A head that was trained on stored features has an accuracy far below what you are used to, about that of guessing. The
# training accuracy is as high as ever. What do you look at first?
#
# - [ ] The learning rate.
#   - Then training would suffer, too. With so many features a head can learn even wrong labels by heart.
# - [x] Whether vectors and labels still belong together.
#   - Compute the vectors of a few pictures afresh and compare them with those that are stored. It takes a second.
# - [ ] Whether the backbone is deep enough.
#   - A worse backbone makes a worse head, not one that guesses.

# %% [markdown] quiz="5.c"
# You measured an accuracy on forty test pictures and the interval is wide. What makes it narrower?
#
# - [ ] More training pictures.
#   - They may make the classifier better. How *sure* you are of its accuracy depends on the exam.
# - [x] More test pictures.
#   - Four times as many make it about half as wide.
# - [ ] Training several times and taking the mean.
#   - That evens out the luck of training. All of these heads are examined on the same few pictures.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A frozen backbone computes the same **bottleneck features** in every epoch, to the last bit. Keep them, and the head
#   that you train is the same, in a fraction of the time.
# - A vector depends on the **content** of the picture, the **size**, and the **weights** (and on preprocessing and layers,
#   which belong to the backbone). A cache whose keys are made of anything else goes stale without a word.
# - A linear head *is* **logistic regression**. With the same price on weights and the same patience it gives nearly the
#   same answers.
# - How many pictures are enough? Draw a **learning curve**: the dots tell the luck of training pictures, the bars how sure
#   the exam is.
# - An accuracy belongs to its task: compare it with guessing, and ask what the backbone had seen.
#
# **Where it goes wrong in practice.** A much copied program for transfer learning, TensorFlow's own `retrain.py`, kept
# bottlenecks in text files that were named after the picture and the kind of network (TensorFlow, 2019). Whoever cropped
# a photo under its old name trained on the old one. Others store one array for a whole folder, in the order in
# which the system happens to list it, and line it up with labels that were listed another day. So: let the key
# be made by what is *in* the file; store labels beside vectors; and when a result surprises you, compute ten vectors
# afresh and compare. And never store what was changed at random (lesson 06), or what a backbone says that is still
# learning (lesson 07).
#
# ## Sources
#
# - The birds are drawn by this course (`course_utils.sketchbook`, CC BY 4.0). Photo profile: C. Wah and others, "The
#   Caltech-UCSD Birds-200-2011 Dataset", Caltech CNS-TR-2011-001, 2011.
# - Features of a frozen network and a linear classifier: J. Donahue and others, "DeCAF: A Deep Convolutional Activation
#   Feature for Generic Visual Recognition", ICML 2014; A. Sharif Razavian and others, "CNN Features off-the-shelf: an
#   Astounding Baseline for Recognition", CVPR Workshops 2014.
# - The nearest mean as a classifier: T. Mensink, J. Verbeek, F. Perronnin, G. Csurka, "Distance-Based Image Classification:
#   Generalizing to New Classes at Near-Zero Cost", IEEE TPAMI 35(11), 2013.
# - BatchNorm: S. Ioffe and C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
#   Covariate Shift", ICML 2015.
# - `retrain.py`, function `get_bottleneck_path`: The TensorFlow Authors, `tensorflow/hub`, examples/image_retraining, 2019.
# - Interval: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927.
# - SHA-256: NIST, "Secure Hash Standard", FIPS 180-4, 2015.
