# %% [markdown]
# # 05 · Bottlenecks: look once, learn many times
#
# Imagine an expert on birds who is paid by the look. You show her a photo; she studies it and dictates what she
# sees. An hour later you show her the same photo; she studies it again, and dictates the same words. **After which
# look would you write them down?** A training with a frozen backbone looks at each photo once in every epoch, and
# a program need not write anything down. Here you do, and find out how notes go wrong: quietly.

# %% [markdown]
# Six birds, and which profile is on:

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

from course_utils import plots
from course_utils.backbones import load_backbone
from course_utils.datasets import load_cub

backbone = load_backbone(course.backbone)
birds = load_cub(course.birds_folder())
six = birds.only(birds.class_names[:6])
portraits = six.sample(1, None).images(range(6), course.image_size)
plots.image_grid(portraits, titles=six.class_names)

# %% [markdown]
# And what the backbone says of each, a list of numbers, drawn as dots, the larger the brighter: the picture's
# **bottleneck features**, or simply its **vector**.

# %% within=0.05
# 32 rows of dots for each: nothing is black, the largest number nearly white
said = backbone.predict(portraits, verbose=0).clip(0).reshape(6, 32, -1, 1)
plots.image_grid(254 * said / said.max(), titles=[f"of {n}" for n in six.class_names])

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - run a backbone once for each picture, and train as many heads as you like on what it said, in moments;
# - say which changes make stored vectors *stale*, out of date, and write a cache's key that notices all of them;
# - say how many pictures of each species are enough, and how sure you are of that.
#
# **You need** lesson 00, and from lesson 02 what an epoch is. **Time**: about 45 minutes.
#
# ## The same words, epoch after epoch
#
# `load_backbone` returns the backbone *frozen*: no training changes its weights. What does it say of the training
# pictures *before* any training?

# %%
small = six.where(lambda table: table["split"] == "train")
pixels = small.images(range(len(small)), course.image_size)
before = backbone.predict(pixels, verbose=0)  # (pictures, features)

# %% [markdown]
# Backbone and head can be one model. Train that, and beside it the head alone, on `before` in place of the
# pictures.

# %% tags=["predict"]
import time

import keras

heads = []
for layers, inputs in (([backbone], pixels), ([], before)):
    keras.utils.set_random_seed(course.seed)
    heads.append(keras.layers.Dense(6, "softmax", kernel_initializer="zeros"))
    model = keras.Sequential([*layers, heads[-1]])  # with a backbone, then without
    model.compile("adam", "sparse_categorical_crossentropy")
    # the first epoch is not timed: TensorFlow builds its program in it
    model.fit(inputs, small.table["label"], verbose=0)
    start = time.perf_counter()
    model.fit(inputs, small.table["label"], epochs=9, verbose=0)
    print(f"nine epochs: {time.perf_counter() - start:.2f} s")

# %% [markdown]
# **Predict.** How many vectors has training changed? Have both heads learnt the same weights?

# %% tags=["predict"]
import numpy as np

after = backbone.predict(pixels, verbose=0)
print("vectors changed:", (before != after).any(axis=1).sum())
# `get_weights` lists a head's weights and its biases; [0] are the weights
print("the same heads:", np.allclose(*(h.get_weights()[0] for h in heads), atol=1e-4))

# %% [markdown]
# No vector has changed, to the last bit, and the heads are the same. (A larger backbone makes only the upper time
# grow.)
#
# ## A cache, as one writes it first
#
# So keep the vectors. Imagine the six birds in *your* album, numbered as a camera does it, species mixed. Here is
# its week. Sunday is quiet, and each evening you undo the day's mishap:
#
# - **Monday.** You copy the project to another computer. The file with the weights is forgotten, the network starts
#   from random ones, and nothing complains. (Or: you load *better* weights.)
# - **Tuesday.** Smaller pictures are quicker, so you halve their size.
# - **Wednesday.** The second photo shows more hedge than bird. You crop it, and save it under its name.
# - **Thursday.** The first photo is blurred. You delete it, and your photo program numbers the others anew, without
#   a gap.

# %%
from course_utils.bottlenecks.mishaps import ordinary_week

week = ordinary_week(backbone, six)

# %% [markdown]
# `week` has a backbone and an album for each day. A cache keeps each vector under a **key**, which a function `key`
# makes of the photo's `file` and of *how* it is looked at. What is among the `notes` is not computed again.

# %%
from course_utils.backbones import describe, weights_digest


def how_it_looks(backbone, box=None):
    # `box`: the part that is cut out, here none. `fit`: how a photo becomes a square.
    # `pixels`: how numbers from 0 to 255 become those that this network was trained on.
    how = {"network": backbone.name, "size": backbone.input_shape[1], "box": box}
    how |= {"fit": "middle square", "pixels": describe(backbone.name)["preprocessing"]}
    return how | {"weights": weights_digest(backbone)}  # as a short text


def look(backbone, album, rows):
    return backbone.predict(album.images(rows, backbone.input_shape[1]), verbose=0)


how_it_looks(backbone)

# %% [markdown]
# The cache, and a first key, the file's name:


# %%
from pathlib import Path


def look_once(backbone, album, key, notes):  # `notes`: vectors by keys, a dict
    how = how_it_looks(backbone)
    keys = [key(Path(path), how) for path in album.table["path"]]
    new = [row for row, one in enumerate(keys) if one not in notes]
    if new:
        found = look(backbone, album, new)  # only these
        notes.update(zip([keys[row] for row in new], found, strict=True))
    # all vectors, and how many of them were computed
    return np.stack([notes[one] for one in keys]), len(new)


def by_name(file, how):
    return file.name


# %% [markdown]
# A very quick head: *each species is the mean of its training vectors, and the nearest mean wins* (Mensink
# and others, 2013). `examine` says which other vectors it names right.

# %%
import pandas as pd
from sklearn.metrics import pairwise_distances_argmin


def examine(vectors, labels, others, truth):
    means = pd.DataFrame(vectors).groupby(np.asarray(labels)).mean()
    # an answer is the nearest mean's place, which is its label: these are 0, 1, 2 …
    return pairwise_distances_argmin(others, means) == truth


# %% [markdown]
# Each day this head is trained on vectors from the cache. Then come two exams: on `stored` vectors of the test
# pictures, which is what you *see*, and on `fresh` ones, which is what you *get* when somebody brings a new photo.
#
# **Predict**, for each day: how many pictures does the cache compute? How many of its vectors are *stale*, not what
# the backbone says that day?


# %% within=0.25 tags=["predict"]
def live_through(week, key):
    notes, days = {}, []
    for day, (backbone, album) in week.items():
        stored, computed = look_once(backbone, album, key, notes)
        fresh = look(backbone, album, range(len(album)))
        stale = (np.abs(stored - fresh).max(axis=1) > 1e-3).sum()
        # train: True or False for each picture; ~train: the other way round
        train, labels = album.table["split"] == "train", album.table["label"]
        shown, truth = (stored[train], labels[train]), labels[~train]
        exams = [examine(*shown, one[~train], truth).mean() for one in (stored, fresh)]
        days.append([day, computed, stale, *exams])
    return pd.DataFrame(days, columns=["story", "computed", "stale", "stored", "fresh"])


with_names = live_through(week, by_name)
with_names.round(2)

# %% [markdown]
# Four days with nothing computed, and no error. What you see are diamonds, what you get are dots:

# %% within=0.25 tags=["predict"]
plots.stored_against_fresh(with_names, chance=1 / 6)

# %% [markdown]
# - **Other weights, other size.** The diamond stays: you notice nothing. The dot falls: the head has learnt one expert's words,
#   and hears another, or the same one without her glasses.
# - **A cropped photo.** One stale vector among hundreds hardly shows.
# - **New numbers.** Each photo has its neighbour's vector, so the head learnt wrong labels, and is no better than
#   guessing. You see that, but look in the wrong place: the network.

# %% [markdown]
# ## A key for every vector
#
# Make the key of all that the vector was made of, and of nothing else. To be short, it is a **fingerprint**, such
# as SHA-256, made so that nobody can find two texts with the same one (NIST, 2015). But different things can give
# the same text.

# %% [markdown] question="5.1"
# ### Exercise 5.1 · Two looks, one key
#
# A colleague's key is `hashlib.sha256(content + str(size).encode()).hexdigest()`, the fingerprint of a file's
# bytes, `content`, with the size behind them. One file holds the five bytes `b"JPEG1"` and is looked at with 96
# pixels. Another holds the four bytes `b"JPEG"`. **With how many pixels do you have to look at that one, to get the
# very same key?**

# %% answer="5.1"
# solution
same_key = 196
# end

# %% [markdown] why="5.1"
# Both are the fingerprint of `JPEG196`. Where parts are joined without a mark between them, nobody can tell where
# one ends and the next begins. So put the length of each part before it. It is the same with the weights of layers:
# 2 rows of 3 numbers and 3 rows of 2 have the same bytes, so their shape has to be in the key, too.

# %% check="5.1"
from course_utils.exercises import Mistake, Value

check = Value(
    196,
    rtol=0,
    mistakes=[
        Mistake(
            96,
            "Then `JPEG96` is joined, a byte less than for the other look. Where did that one's digit stand?",
        ),
        Mistake(
            961,
            "The digit that is missing stood at the end of the other file, so it comes first.",
        ),
        Mistake(
            1,
            "Of what the first look joins, that is only the first byte behind `JPEG`.",
        ),
        Mistake(
            1196,
            "Then a byte more is joined than for the other look. Which bytes are in its content already?",
        ),
        Mistake(
            0,
            "There is one: where the same bytes are joined, the keys are the same. Which bytes does the first look join?",
        ),
        Mistake(
            192,
            "The size is joined as text, digit by digit. So nothing is added, subtracted, multiplied or divided.",
            when=lambda answer: float(answer) != 196,
        ),
    ],
    hints=[
        "Write down what `content + str(size).encode()` is for the first look.",
        "Take `JPEG` away from it. What is left?",
    ],
)

# %% [markdown]
# A whole number:

# %%
exercise("5.1").check(same_key)

# %% [markdown] question="5.2"
# ### Exercise 5.2 · Your key
#
# Write `key`. It gets a `file` (a `Path`: `file.name`, `file.read_bytes()`) and `how` it is looked at, a `dict`
# like that of `how_it_looks`, and returns a text, not longer for longer files: a new one when *anything* changes
# that the vector is made of (is the name?), otherwise the same, also tomorrow and on another computer. All of `how`
# counts, but not the order of its entries, and one day it may have more.
#
# `hashlib.sha256()` makes a fingerprint: feed it bytes with `.update(...)`, then ask for `.hexdigest()`. (Two
# updates with `a` and `b` are one with `a + b`.) The bytes of a text are `text.encode()`; `repr(value)` is a text
# that shows all of a value, such as the list `sorted(how.items())`.

# %% answer="5.2"
import hashlib


def key(file, how):
    # solution
    fingerprint = hashlib.sha256()
    for part in (file.read_bytes(), repr(sorted(how.items())).encode()):
        fingerprint.update(f"{len(part)}:".encode() + part)
    return fingerprint.hexdigest()
    # end


# %% [markdown] why="5.2"
# The bytes of the file and the box say which pixels; size, fit and preprocessing, how they go in; network and
# weights, what becomes of them. The name changes nothing. Each part comes behind its length, so no two looks join
# to the same bytes.

# %% check="5.2"
import copy
import hashlib
import itertools
import os
import tempfile
from pathlib import Path

from course_utils.exercises import Case, Function, Mistake

SAME, OTHER = "the same key", "another key"
FOLDER = tempfile.TemporaryDirectory()
CLOCK, FOLDERS, READ = itertools.count(1_000_000_000), itertools.count(), {}


def look(content=b"", name="a/IMG_0001.jpg", **how):
    usual = {"network": "mobile", "size": 96, "box": None}
    usual |= {"fit": "middle", "pixels": "x / 255", "weights": "3f" * 16}
    return name, content, usual | how


def called(key, name, content, how):
    file = Path(FOLDER.name, name)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (next(CLOCK), next(CLOCK)))
    return key(file, copy.deepcopy(how))


def compared(key, *looks):
    """Say whether all of these looks have keys of their own."""
    keys = [called(key, *one) for one in looks]
    if keys[0] is None:
        return None
    if not isinstance(keys[0], str) or " object " in keys[0]:
        return "no text"
    if len(keys[0]) > 1000:
        return f"a text of {len(keys[0]):,} letters"
    return OTHER if len(set(keys)) == len(keys) else SAME


def some_bytes(random):
    return random.bytes(int(random.integers(1, 20_000)))


def changed(random):
    before = some_bytes(random)
    place = random.integers(len(before))
    return look(before), look(
        before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :]
    )


def longer(random):
    content = some_bytes(random)
    return look(content), look(content + random.bytes(1))


def renamed(random):
    content = some_bytes(random)
    return look(content), look(content, f"a/IMG_{random.integers(2, 10_000):04}.jpg")


def resized(random):
    one, other = random.choice(400, 2, replace=False).tolist()
    return look(b"a bird", size=one), look(b"a bird", size=other)


def retrained(random):
    one, place = random.bytes(16).hex(), random.integers(32)
    other = one[:place] + ("0" if one[place] != "0" else "1") + one[place + 1 :]
    return look(b"a bird", weights=one), look(b"a bird", weights=other)


def turned(random):
    return look(b"a bird"), look(b"a bird", turned=int(random.integers(1, 360)))


def moved(mark):
    """Return looks that differ in where one part ends and the next begins, if `mark` stands between them."""
    parts = {"content": "JPEG"} | {
        name: str(value) for name, value in look()[2].items() if name != "box"
    }
    found = []
    for one in parts:
        for other in set(parts) - {one} - ({"size"} if mark else set()):
            if one != "size" or not mark:
                found.append(parts | {one: f"{parts[one]}{mark}7"})
                found.append(parts | {other: f"7{mark}{parts[other]}"})
    unique = {repr(sorted(some.items())): some for some in found}.values()
    return [
        look(some.pop("content").encode(), **some | {"size": int(some["size"])})
        for some in map(dict, unique)
    ]


def hidden():
    """Return looks of which some have an entry, and others its text at the end of another part."""
    forms = ["('{}', 7)", "['{}', 7]", "'{}': 7"]
    for equals in ("=", ":", ": ", " = ", "-", "_", " ", ""):
        for mark in ("", ", ", "&", *MARKS):
            forms += [f"{mark}{{}}{equals}7", f"{{}}{equals}7{mark}"]
    ends = dict.fromkeys(form.format("zoom") for form in forms)
    starts = dict.fromkeys(form.format("angle") for form in forms)
    return [
        look(b"JPEG", zoom=7),
        look(b"JPEG", angle=7),
        *(look(b"JPEG", weights="3f" * 16 + end) for end in ends),
        *(look(b"JPEG" + start.encode()) for start in starts),
    ]


def misses(*looks):
    """Return a function that says whether a key does not tell these looks apart."""
    return lambda key: compared(key, *looks) == SAME


def forgets_entries(key):
    """True if one entry of `how`, or a new one, makes no difference."""
    return any(
        misses(look(), look(**{name: 7}))(key) for name in (*look()[2], "turned")
    )


def answers(result):
    return lambda key: str(compared(key, look(b"a bird"))).startswith(result)


def changes_by_itself(key):
    """True if one file and look, called for twice, have two keys."""
    called(key, *look(b"a bird"))
    file, (_, _, how) = Path(FOLDER.name, look()[0]), look()
    return key(file, how) != key(Path(file), dict(how))


def at(name, content=b"a bird"):
    """Return a look at a file in a folder of its own."""
    return look(content, f"{next(FOLDERS)}/{name}")


def goes_by_name(key):
    return not misses(at("1.jpg"), at("2.jpg"))(key)


def keeps_what_it_read(key):
    name, _, how = at("1.jpg")
    changed_there = misses((name, b"a bird", how), (name, b"a nest", how))(key)
    return changed_there and not misses(at("1.jpg"), at("1.jpg", b"a nest"))(key)


def digest(*parts):
    texts = (part if isinstance(part, bytes) else repr(part).encode() for part in parts)
    return hashlib.sha256(
        b"".join(b"%d:%b" % (len(text), text) for text in texts)
    ).hexdigest()


def right(file, how):
    return digest(file.read_bytes(), sorted(how.items()))


def joined(file, how):
    values = "".join(str(how[name]) for name in sorted(how))
    return hashlib.sha256(file.read_bytes() + values.encode()).hexdigest()


def remembering(file, how):
    return digest(READ.setdefault(file, file.read_bytes()), sorted(how.items()))


THOUSAND = [look(b"%d" % n) for n in range(1000)]
BOXES = [
    look(box=box) for box in (None, (1, 23, 40, 50), (12, 3, 40, 50), (1, 23, 40, 51))
]
MARKS = "|", ",", ":", ";", "-", "_", " ", "\n"
SHUFFLED = (*look(b"a bird")[:2], dict(reversed(look()[2].items())))
NEARLY = [look(b"a" + end) for end in (b"", b"\n", b"\r\n", b" ", b"\0")]
NEARLY += [look(text) for text in (b"ab", b"ba", b"aab", b"a\nb", b"a\nc", b"a\r\nb")]
NEARLY += [look(text) for text in (b"\xfe", b"\xff", b"A")]
EMPTY = [look(turned=value) for value in (0, None, False)]
RENAMED = look(tilted=7), look(turned=7)
SWAPPED = look(network="x / 255", pixels="mobile"), look()
LONG = [look(pixels="x / 127.5 - 1, " * 9 + channels) for channels in ("RGB", "BGR")]


def tomorrow(random):
    file = Path(FOLDER.name, "IMG_0001.jpg")
    file.write_bytes(b"a bird")
    return file, look()[2]


check = Function(
    probe=compared,
    lasting=tomorrow,
    cases=[
        Case((look(), look()), SAME, "the same file and look twice"),
        Case(
            (look(b"a bird"), look(b"a bird", "b/IMG_0001.jpg")),
            SAME,
            "a file and a copy of it in another folder",
        ),
        Case(
            (look(b"a bird"), look(b"a bird", "a/IMG_0001.jpeg")),
            SAME,
            "a file and a copy of it with another ending",
        ),
        Case(
            (look(b"a bird"), SHUFFLED),
            SAME,
            "the same `how`, written in another order",
        ),
        Case(
            (look(b"a bird"), look(b"a nest")),
            OTHER,
            "a file before and after a change",
        ),
        Case(tuple(NEARLY), OTHER, "files that are nearly the same"),
        Case(tuple(BOXES), OTHER, "a file whole, and with other boxes cut out"),
        Case(
            (look(), look(pixels="x / 127.5 - 1")),
            OTHER,
            "a file with other preprocessing",
        ),
        Case(tuple(LONG), OTHER, "a long text in `how` that differs at its end"),
        Case((look(), look(network="mobile2")), OTHER, "a file in another network"),
        Case((look(), look(network="Mobile")), OTHER, "a capital letter in `how`"),
        Case(RENAMED, OTHER, "the same value in a new entry of another name"),
        Case(SWAPPED, OTHER, "two values in `how` exchanged"),
        Case(tuple(EMPTY), OTHER, "a new entry that is 0, None or False"),
        Case(
            tuple(moved("")),
            OTHER,
            "looks of which one part lost its last sign to the next",
        ),
        *[
            Case(tuple(moved(mark)), OTHER, f"looks with {mark!r} inside their parts")
            for mark in MARKS
        ],
        Case(tuple(hidden()), OTHER, "an entry, and the same text in another part"),
        Case(tuple(THOUSAND), OTHER, "a thousand files"),
        Case(
            (look(b"plumless"), look(b"buckeroo")),
            OTHER,
            "two files with one CRC-32: thirty-two bits are too few for many files",
        ),
    ],
    reference=right,
    draw={
        "a file before and after a change": changed,
        "a file that has become longer": longer,
        "a file and a renamed copy of it": renamed,
        "a file at two sizes": resized,
        "a file before and after a training of the backbone": retrained,
        "a file without and with a new entry in `how`": turned,
    },
    mistakes=[
        Mistake(
            lambda file, how: hashlib.sha256(file.read_bytes() + repr(how).encode()),
            "That is not a text, or one that only shows an object of Python. `.hexdigest()` makes a text.",
            when=answers("no text"),
        ),
        Mistake(
            lambda file, how: file.read_bytes().hex() + repr(sorted(how.items())),
            "The key grows with the file. A fingerprint is short, whatever goes into it.",
            when=lambda key: compared(key, look(bytes(5000))).startswith("a text of"),
        ),
        Mistake(
            lambda file, how: digest(next(CLOCK), file.read_bytes(), how),
            "Called twice for one file and one look, it gives two keys. Something counts that is new in each call.",
            when=changes_by_itself,
        ),
        Mistake(
            lambda file, how: hashlib.sha256().hexdigest(),
            "All files and all looks get one key: nothing of them arrives in the fingerprint that you return.",
            when=misses(at("1.jpg"), (*at("2.jpg", b"a nest")[:2], {"size": 7})),
        ),
        Mistake(
            lambda file, how: right(file, how)[:4],
            "Among a thousand files two have the same key, so one gets the other's vector: the key is too short.",
            when=lambda key: len(called(key, *look())) < 6 and misses(*THOUSAND)(key),
        ),
        Mistake(
            lambda file, how: file.name,
            "It is the file's name that decides. Names move from one picture to another, and a picture that is changed keeps its own.",
        ),
        Mistake(
            lambda file, how: digest(file.name, sorted(how.items())),
            "The name stands for what is in the file. But a picture that is changed keeps its name, and names move to other pictures.",
            when=lambda key: (
                goes_by_name(key) and misses(look(b"a bird"), look(b"a nest"))(key)
            ),
        ),
        Mistake(
            remembering,
            "A file that is changed keeps the key that it had: what was read once is remembered. Read the file in each call.",
            when=keeps_what_it_read,
        ),
        Mistake(
            lambda file, how: digest(file.stat().st_mtime, sorted(how.items())),
            "The time when a file was changed counts. A copy has another one, and the same vector.",
            when=lambda key: not misses(look(b"a bird"), look(b"a bird"))(key),
        ),
        Mistake(
            lambda file, how: digest(str(file), file.read_bytes(), sorted(how.items())),
            "The same bytes in another folder get another key. On another computer all would be computed again.",
            when=lambda key: (
                not misses(look(b"a bird"), look(b"a bird", "b/IMG_0001.jpg"))(key)
            ),
        ),
        Mistake(
            lambda file, how: digest(file.name, file.read_bytes(), sorted(how.items())),
            "A renamed copy gets another key. Its vector is the same, and would be computed again for nothing.",
            when=lambda key: (
                goes_by_name(key) or not misses(at("1.jpg"), at("1.jpeg"))(key)
            ),
        ),
        Mistake(
            lambda file, how: digest(file.read_bytes()),
            "It knows the file and nothing of how it is looked at. What about Monday and Tuesday?",
        ),
        Mistake(
            lambda file, how: digest(sorted(how.items())),
            "It knows how a file is looked at, and nothing of what is in it: all photos get one key.",
            when=misses(look(b"a"), look(b"bcd" * 99)),
        ),
        Mistake(
            lambda file, how: digest(file.stat().st_size, sorted(how.items())),
            "A changed file keeps its key. Its length, or a piece of it, is not enough: every byte has to go in.",
            when=lambda key: (
                misses(look(b"a bird"), look(b"a nest"))(key)
                and not misses(look(b"a"), look(b"ab"))(key)
            ),
        ),
        Mistake(
            lambda file, how: digest(file.read_bytes()[:1000], sorted(how.items())),
            "A file that has changed near its end keeps its key. Every byte has to go in.",
            when=misses(look(bytes(9000)), look(bytes(8999) + b"!")),
        ),
        Mistake(
            lambda file, how: digest(sum(file.read_bytes()), sorted(how.items())),
            "Two files that are nearly the same get one key. Every byte has to go in, as it is and where it stands: a picture is no "
            "text, so neither lines nor spaces mean anything in it.",
            when=misses(*NEARLY),
        ),
        Mistake(
            lambda file, how: digest(file.read_bytes(), how["size"], how["weights"]),
            "Some entries of `how` do not count. Take all of them, those as well that `how` may have one day. (Does a "
            "`return` stand inside a loop?)",
            when=forgets_entries,
        ),
        Mistake(
            lambda file, how: digest(file.read_bytes(), how),
            "The same entries of `how` in another order get another key. Nothing else has changed: bring them into one order.",
            when=lambda key: not misses(look(b"a bird"), SHUFFLED)(key),
        ),
        Mistake(
            joined,
            "Two different looks are joined to the same bytes, as in exercise 5.1. Put something before each part that says where it "
            "ends, such as its length.",
            when=misses(*moved("")),
        ),
        Mistake(
            lambda file, how: digest(file.read_bytes(), *map(how.get, sorted(how))),
            "The values of `how` count, but not which entry has which: two looks with the same values get one key. Their names have "
            "to go in as well.",
            when=lambda key: misses(*RENAMED)(key) or misses(*SWAPPED)(key),
        ),
        Mistake(
            lambda file, how: digest(
                file.read_bytes(), sorted(one for one in how.items() if one[1])
            ),
            "Entries that are 0, None or False are left out. Turned by 0 degrees is not the same as an unknown turn.",
            when=misses(*EMPTY),
        ),
        Mistake(
            lambda file, how: digest(
                file.read_bytes(), ",".join(f"{n}={how[n]}" for n in sorted(how))
            ),
            "A part that holds the mark, or the text, of the next one is joined to the same bytes as two parts. The length of each "
            "part before it leaves no doubt.",
            when=lambda key: (
                misses(*hidden())(key)
                or any(misses(*moved(mark))(key) for mark in MARKS)
            ),
        ),
    ],
    hints=[
        "Of the file's name, the file's content and what is in `how`: on which does the vector *not* depend? Leave that out.",
        "Begin with `fingerprint = hashlib.sha256()`. One part is `file.read_bytes()`, the other `repr(sorted(how.items())).encode()`.",
        "Before each part `.update(...)` with its length, as `str(len(part)).encode()`, and a mark. At the end `.hexdigest()`.",
    ],
)

# %% [markdown]
# The function itself, please:

# %%
exercise("5.2").check(key)

# %% [markdown] question="5.3"
# ### Exercise 5.3 · The week, with your key
#
# The same cache, with a right `key` in place of `by_name`. On Sunday it computes all `n_photos`. **How many on
# Monday, Tuesday, Wednesday, Thursday?** What was noted one day is there on the next. Answer with a list of four
# numbers.

# %% answer="5.3"
n_photos = len(week["Sunday: nothing"][1])
# solution
to_compute = [n_photos, n_photos, 1, 0]
# end

# %% [markdown] why="5.3"
# Other weights and another size make each vector another one. The cropped photo makes one, and new names make none.

# %% check="5.3"
from course_utils.exercises import Mistake, Value

check = Value(
    lambda n_photos: [n_photos, n_photos, 1, 0],
    rtol=0,
    given={"n_photos": 360},
    mistakes=[
        Mistake(
            lambda n_photos: [0, 0, 0, 0],
            "That is what the cache with names does. On which of these days is a vector another one than before?",
        ),
        Mistake(
            lambda n_photos: [
                n_photos,
                2 * n_photos,
                2 * n_photos + 1,
                2 * n_photos + 1,
            ],
            "That is more than there are photos. Count for each day what is computed on that day, not all so far.",
            when=lambda answer, n_photos: max(answer) > n_photos,
        ),
        Mistake(
            lambda n_photos: [1, 1, 1 / n_photos, 0],
            "Give numbers of photos, not shares and not per cent.",
            when=lambda answer, n_photos: list(answer[:2]) in ([1, 1], [100, 100]),
        ),
        Mistake(
            lambda n_photos: [n_photos, n_photos, n_photos, 1],
            "That is Sunday to Wednesday. The first number is Monday's.",
        ),
        Mistake(
            lambda n_photos: [0, 1, n_photos, n_photos],
            "That is the week from its end: the first number is Monday's.",
        ),
        Mistake(
            lambda n_photos: [0, 0, n_photos - 1, n_photos - 1],
            "That is how many are *not* computed. Count the others.",
            when=lambda answer, n_photos: list(answer[:3]) == [0, 0, n_photos - 1],
        ),
        Mistake(
            lambda n_photos: [n_photos, n_photos, 1, 1],
            "A photo that is deleted needs no vector, and all others have theirs: how many does the cache compute for that?",
            when=lambda answer, n_photos: answer[3] in (1, -1),
        ),
        Mistake(
            lambda n_photos: [n_photos, n_photos, 1, n_photos - 1],
            "On Thursday all photos have other names. Is a name part of your key?",
            when=lambda answer, n_photos: answer[3] != 0,
        ),
        Mistake(
            lambda n_photos: [n_photos, n_photos, n_photos, 0],
            "On Wednesday one photo has changed. What does the key of the others say?",
            when=lambda answer, n_photos: answer[2] not in (0, 1),
        ),
        Mistake(
            lambda n_photos: [n_photos, n_photos, 0, 0],
            "On Wednesday a photo keeps its name, and its bytes are others.",
            when=lambda answer, n_photos: answer[2] == 0,
        ),
        Mistake(
            lambda n_photos: [n_photos, 0, 1, 0],
            "Monday's vectors are of other weights, and Tuesday's of another size: what was noted before is of no use for any of the "
            "`n_photos`, on either day.",
            when=lambda answer, n_photos: (
                answer[0] != n_photos or answer[1] != n_photos
            ),
        ),
    ],
    hints=[
        "For each day ask: of how many photos has anything changed that their vector is made of?",
        "Monday's weights and Tuesday's size go into every key. Wednesday's crop changes one file, Thursday's numbers only names.",
    ],
)

# %% [markdown]
# Decide, then look:

# %%
exercise("5.3").check(to_compute, n_photos=n_photos)

# %% [markdown]
# Now *your* key lives through the week:

# %% within=0.25 tags=["predict"]
solved = key(Path(six.table["path"].iloc[0]), how_it_looks(backbone)) is not None
live_through(week, key).round(2) if solved else "Exercise 5.2 is still open."

# %% [markdown]
# Nothing is stale, and what you see is what you get. One mistake your key cannot find: to change a picture at random
# *before* its vector is taken. The first change stays for ever (lesson 06).
#
# ## How many pictures are enough?
#
# `BottleneckCache`, known from lesson 00, is such a cache on disk. Now all species:

# %%
from course_utils.bottlenecks import BottleneckCache

features = BottleneckCache(course.cache_folder()).extract(backbone, birds)
train, test = features.split("train"), features.split("test")

# %% [markdown]
# The backbone of the sketch profile was trained on half of the species (*seen*). The others are new to it
# (*unseen*), as your birds most likely are. Each half gets a line of its own, and has look-alikes of the same kind.
# (Of photos we do not know: one line.) Take one, two, four … random pictures of each species, train, examine:
# sixteen times. In each such *draw* the smaller samples are part of larger ones.

# %%
# column `known` is True or False; photos have none
groups = pd.Series(test.table.get("known", "photos"), test.table.index)
groups = groups.map({True: "seen", False: "unseen", "photos": "photos"}).to_numpy()
runs = []
for draw in range(16):
    order = np.random.default_rng(draw).permutation(len(train))  # shuffled rows
    for n in (1, 2, 4, 8, 16):
        rows = pd.Series(order).groupby(train.labels[order]).head(n)  # first n of each
        sample = train.vectors[rows], train.labels[rows]  # all that a head needs
        right = examine(*sample, test.vectors, test.labels)
        asked = {"group": groups, "species": test.labels, "accuracy": right}
        runs.append(pd.DataFrame(asked | {"draw": draw, "per_class": n}))
runs = pd.concat(runs)  # a row for each answer

# %% [markdown]
# Thin lines are draws, thick ones their means:

# %% within=0.1
plots.learning_curve_by_size(runs, chance=1 / len(birds.class_names))

# %% [markdown]
# If your birds are new to the backbone, *unseen* is your result: sixteen of each unseen species give, on average, a
# lower accuracy than one of each seen one. And the fewer the pictures, the more luck decides.
#
# Are two pictures better than one, when the lines overlap? In a draw, the sample of two is the sample of
# one and one more picture: their results are a **pair**. So take the gain within each draw, and of its mean the 95 %
# interval, as in lesson 00.


# %% within=0.2
def gain(runs, group, few, many, within="draw"):
    # mean accuracies: a row for each draw (or species), a column for each n
    table = runs[runs["group"] == group].pivot_table("accuracy", within, "per_class")
    gains = table[many] - table[few]
    # `sem`: by how much luck alone moves such a mean. Student's t for ten to sixteen
    # values says: take about 2.2 times that, up and down, to be right in 95 %.
    mean, half = gains.mean(), 2.2 * gains.sem()
    return pd.Series({"mean": mean, "low": mean - half, "high": mean + half})


pd.DataFrame({name: gain(runs, name, 1, 2) for name in sorted(set(groups))}).round(3)

# %% [markdown]
# No interval reaches zero: a second picture helps.

# %% [markdown] question="5.4"
# ### Exercise 5.4 · How many are enough?
#
# Twice the pictures are twice the work. For that your club wants at least **seven percentage points** (`0.07`). Which
# is the smallest number, of 1, 2, 4 and 8 of each, whose doubling *surely* (95 %) brings less? Find it for
# `new_birds`, with `gain`. (If there is none, it is `0`.)

# %% answer="5.4"
new_birds = "unseen" if "unseen" in groups else "photos"
# Add lines of your own here.
# solution
steps = {n: gain(runs, new_birds, n, 2 * n)["high"] for n in (1, 2, 4, 8)}
enough = min((n for n, high in steps.items() if high < 0.07), default=0)
# end

# %% [markdown] why="5.4"
# The whole interval has to lie below seven points, so its *upper* end decides. A mean below them may be luck.

# %% check="5.4"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Value

SIZES = (1, 2, 4, 8)


def gains(runs, group, n):
    chosen = runs[runs["group"] == group]
    table = chosen.pivot_table("accuracy", index="draw", columns="per_class")
    return table[2 * n] - table[n]


def first(runs, group, judge):
    return min((n for n in SIZES if judge(gains(runs, group, n)) < 0.07), default=0)


def surely(gains):
    return gains.mean() + 2.2 * gains.sem()


def likely(gains):
    return gains.mean()


def perhaps(gains):
    return gains.mean() - 2.2 * gains.sem()


def example():
    """Return runs in which each way to go wrong leads to another number."""
    rows, luck = [], np.tile([-1.0, 1.0], 8)
    means = {"unseen": (0.08, 0.06, 0.04, 0.02), "seen": (0.2, 0.15, 0.1, 0.01)}
    for group, gained in means.items():
        accuracy = np.full(16, 0.2)
        for n, mean in zip((1, *SIZES), (0, *gained), strict=True):
            accuracy = accuracy + mean + 0.04 * luck * (mean > 0)
            size = n if mean == 0 else 2 * n
            rows += [(draw, size, group, share) for draw, share in enumerate(accuracy)]
    return pd.DataFrame(rows, columns=["draw", "per_class", "group", "accuracy"])


check = Value(
    lambda runs, new_birds: first(runs, new_birds, surely),
    rtol=0,
    given={"runs": example(), "new_birds": "unseen"},
    mistakes=[
        Mistake(
            0,
            "There is one. Of which of the four is the upper end of the interval below seven points?",
        ),
        Mistake(
            lambda runs, new_birds: first(runs, new_birds, likely),
            "There the mean gain is below seven points, but the interval reaches above them: you cannot be sure.",
        ),
        Mistake(
            lambda runs, new_birds: first(runs, new_birds, perhaps),
            "For `new_birds` the interval reaches up to seven points there, or above them: twice as many may well bring so much.",
            when=lambda answer, runs, new_birds: (
                answer in SIZES and surely(gains(runs, new_birds, int(answer))) >= 0.07
            ),
        ),
        Mistake(
            8,
            "There you can say so, but for a smaller number, too. The smallest is asked for.",
            when=lambda answer, runs, new_birds: (
                surely(gains(runs, new_birds, int(answer))) < 0.07
            ),
        ),
        Mistake(
            16,
            "`runs` has no 32 pictures of each, so it cannot say what twice as many as 16 would bring.",
        ),
        Mistake(
            0.07,
            "A number of pictures of each species is asked for, one of those that the question names.",
            when=lambda answer, runs, new_birds: float(answer) not in SIZES,
        ),
    ],
    hints=[
        "`gain(runs, new_birds, 1, 2)` has the mean gain and both ends of its interval. Which of the three has to be below 0.07?",
        "Ask for 2 to 4, 4 to 8 and 8 to 16 as well. The smaller number of the first pair that passes is the answer.",
    ],
)

# %% [markdown]
# A number:

# %%
exercise("5.4").check(enough, runs=runs, new_birds=new_birds)

# %% [markdown]
# Sure of *what*? The draws differ in pictures of one stock, not in species. To speak of *other* species, treat ours
# as the random draw: take the gain in each. **Predict**: is that interval wider or narrower?

# %% within=0.2 tags=["predict"]
both = {of: gain(runs, new_birds, 2, 16, of) for of in ("draw", "species")}
pd.DataFrame(both).round(3)

# %% [markdown]
# Wider: pictures help some species far more than others, and species are few. More draws do not change that.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="5.a"
# You have stored the vectors of all your photos. After which of these may you go on using them all?
#
# - [ ] You train the last layers of the backbone for one epoch, and leave nearly all of its weights as they are.
#   - All that comes out of the backbone has passed through its last layers, so every vector is another one now.
# - [ ] You save all photos again as smaller JPEG files. To the eye they are the same.
#   - The backbone sees pixels, not what they mean to you. JPEG changes them a little each time, so the vectors change.
# - [x] A friend corrects the labels of forty photos that you had given to the wrong species.
#   - The backbone never sees a label. Train a new head with the new labels, on the old features.
# - [ ] You let the photos be mirrored at random in each epoch, to have more to learn from.
#   - Then the pictures change in each epoch, and what you stored is what *one* of the mirrorings looked like.

# %% [markdown] quiz="5.b"
# A colleague's key is Python's own `hash(content)`. What will she notice tomorrow?
#
# - [ ] Nothing at all: the same bytes always have the same hash.
#   - Only as long as the program runs. Python salts `hash` of texts and bytes anew at each start, on purpose.
# - [x] Every picture is computed again.
#   - The salt is another one in each new Python process, so no key of yesterday is found. Use a function that is defined by a standard.
# - [ ] Some pictures get the vectors of others.
#   - Very unlikely. Her keys would be of no use tomorrow, but they would not be wrong.

# %% [markdown] quiz="5.c"
# A head that was trained on stored vectors is right as often as guessing, and its *training* accuracy is as high as
# ever. What do you look at first?
#
# - [ ] The learning rate and the number of epochs.
#   - Then training would suffer, too. With so many features a head can learn even wrong labels by heart.
# - [ ] Whether the backbone is deep enough.
#   - A worse backbone makes a worse head, not one that guesses.
# - [x] Whether vectors and labels belong together.
#   - Compute the vectors of a few pictures afresh and compare them with those that are stored. It takes a second.

# %% [markdown] quiz="5.d"
# At the right end of the figure the thin lines lie close together. What does that *not* show?
#
# - [ ] That the draws share most of their pictures.
#   - It may well show that: where sixteen of twenty are taken, two draws have at least twelve in common.
# - [ ] That luck with training pictures matters less there.
#   - It does show that, if more strongly than draws from a larger stock would.
# - [x] That other species would give the same accuracy.
#   - All draws have the same species. How much these differ from each other is nowhere in the figure.

# %% [markdown]
# ## What you saw
#
# - A frozen backbone says the same of a picture in every epoch, to the last bit. Keep its **vectors**, and train
#   the same head in a fraction of the time.
# - A vector depends on the picture's **content**, on crop and **size**, preprocessing, network and **weights**. A
#   cache whose keys lack one of them goes stale without a word.
# - How many pictures are enough? Draw a **learning curve**, seen and unseen apart, compare within **pairs**, and
#   say what you are sure of: these species, or others.
#
# **Where it goes wrong in practice.** TensorFlow's own `retrain.py`, much copied, kept bottlenecks in text files
# named after picture and network (TensorFlow, 2019): whoever cropped a photo under its name trained on the old one.
# Others store one array for a folder, beside labels that were listed in another order. So: make the key of what is
# *in* the file, keep each label with its vector, and when a result surprises you, compute ten vectors afresh.
#
# ## Sources
#
# - Birds: drawn by this course (`course_utils.sketchbook`, CC BY 4.0). Photos: C. Wah and others, "The Caltech-UCSD
#   Birds-200-2011 Dataset", 2011.
# - T. Mensink and others, "Distance-Based Image Classification", IEEE TPAMI 35(11), 2013.
# - The TensorFlow Authors, `tensorflow/hub`, `retrain.py`, function `get_bottleneck_path`, 2019.
# - NIST, "Secure Hash Standard", FIPS 180-4, 2015.
