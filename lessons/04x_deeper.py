# %% [markdown]
# # 04x · Older files, deeper looks
#
# Somebody sends you a file of weights for the network of your dreams. You open it, as you have opened a hundred such
# files, and it prints a greeting. It is a file, a list of numbers. **Who printed that?**

# %% [markdown]
# The set-up, and the file, made here:

# %%
import pickle

from course_utils import plots
from course_utils.environment import setup
from course_utils.exercises import exercise, progress

course = setup(seed=0)


class Weights:
    def __reduce__(self):  # tells pickle how to make this object again
        return print, ("Good day! I could as well have deleted your files.",)


content = pickle.dumps(Weights(), protocol=2)
pickle.loads(content)

# %% [markdown]
# Nobody called `print`. A **pickle** is Python's form for storing objects; for years most weights of PyTorch were such
# files. It is a small program. It may import and call whatever it names, and loading it runs it.
#
# **When you have done this lesson you will be able to**
#
# - say what a file would do before you load it, and put weights of another framework into Keras;
# - choose among networks by accuracy and cost;
# - find out what a network was taught, and at which depth what it knows can be read out.
#
# **You need** lesson 04. **Time**: about 60 minutes.
#
# ## Read it without running it
#
# `pickletools` takes such a program apart, instruction by instruction:

# %%
import pickletools

for instruction, argument, _ in pickletools.genops(content):
    print(instruction.name, "" if argument is None else argument)

# %% [markdown]
# `GLOBAL` imports a name, here `print` from Python's built-ins, which in old pickles are called `__builtin__`. `REDUCE`
# calls it. A file of weights needs a few harmless names and no others.

# %% [markdown] question="4x.1"
# ### Exercise 4x.1 · What does it ask for?
#
# Write `asks_for`. It gets the bytes of a pickle and returns a `set` of all names that it would import, as texts such as
# `"__builtin__ print"`. Nothing in the pickle may run. (In these pickles only `GLOBAL` imports. A stranger's may use
# `INST`, `STACK_GLOBAL` and others as well: there an empty set proves nothing.)


# %% answer="4x.1"
def asks_for(content):
    # solution
    program = pickletools.genops(content)
    return {
        argument for instruction, argument, _ in program if instruction.name == "GLOBAL"
    }
    # end


# %% [markdown] why="4x.1"
# Reading instructions runs none of them. The course reads weights of PyTorch in the same spirit: it knows which few names
# they need, imports none of them, and refuses a file that asks for any other.

# %% check="4x.1"
import collections
import email.utils
import pickle
import pickletools
import sys

from course_utils.exercises import Function, Mistake


class Call:
    def __init__(self, what, *arguments):
        self.what, self.arguments = what, arguments

    def __reduce__(self):
        return self.what, self.arguments


HARMLESS = [
    Call(abs, 1),
    Call(len, "abc"),
    Call(max, 1, 2),
    Call(sorted, [3, 1]),
    Call(collections.OrderedDict),
    Call(email.utils.quote, "an owl"),  # a module with a dot
    collections.Counter,  # imported and not called
    sum,
]
ENDS = Call(sys.exit, "You have run the pickle. Read it without running it.")
DATA = ["GLOBAL", {"weights": [1.0]}, "__builtin__ eval", "c__builtin__\nexec\n"]


def some(n_names):
    def draw(random):
        chosen = random.choice(len(HARMLESS), int(random.integers(*n_names)))
        values = [*DATA, *(HARMLESS[k] for k in chosen), *[ENDS] * (len(chosen) > 1)]
        order = random.permutation(len(values))
        return (pickle.dumps([values[k] for k in order], protocol=2),)

    return draw


def ops(content):
    return list(pickletools.genops(content))


def names(content):
    return {argument for op, argument, _ in ops(content) if op.name == "GLOBAL"}


check = Function(
    reference=names,
    draw={
        "a pickle that imports nothing": some((0, 1)),
        "a pickle that imports something": some((1, 2)),
        "a pickle that imports several things": some((3, 9)),
    },
    mistakes=[
        Mistake(lambda content: sorted(names(content)), "That is a list. A `set` is asked for."),
        Mistake(lambda content: {op.name for op, _, _ in ops(content)}, "Those are the names of instructions. Which names does `GLOBAL` import?"),
        Mistake(lambda content: {a for _, a, _ in ops(content) if isinstance(a, str)}, "It takes every text, data too. Only `GLOBAL` imports."),
        Mistake(lambda content: {a for _, a, _ in ops(content) if a is not None}, "It takes every argument, data too. Only `GLOBAL` imports."),
        Mistake(lambda content: {a.split()[-1] for a in names(content)}, "It lacks the module. Which `load` is it, Python's or somebody's?"),
        Mistake(lambda content: {a.split()[0] for a in names(content)}, "Those are the modules alone. Which of their functions?"),
        Mistake(lambda content: {a.replace(" ", ".") for a in names(content)}, "Leave the names as `GLOBAL` has them, with a space between module and name."),
        Mistake(lambda content: set([a for op, a, _ in ops(content) if op.name == "GLOBAL"][:1]), "It finds the first name only. Does it stop inside the loop?"),
        Mistake(lambda content: {a for a in names(content) if a.startswith(("__builtin__", "os", "posix", "sys"))}, "It reports only what looks dangerous. Which names are harmless is decided later: all are asked for."),
        Mistake(lambda content: len(names(content)), "That is how many. Which are they?"),
    ],
    hints=[
        "The cell above goes through all instructions. Which of them do you want?",
        '`if instruction.name == "GLOBAL"`: its argument is the name.',
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4x.1").check(asks_for)

# %% [markdown]
# ## From another framework
#
# EfficientNet-Lite0 (Tan and Le, 2019) comes with the course as its publisher has it: as pickles for PyTorch.
# `read_state_dict` reads them without running them, and gives arrays by names:

# %%
from course_utils.backbones.packaged import find_packaged
from course_utils.backbones.records import find_record
from course_utils.backbones.state_dict import read_state_dict

name = course.real_backbone
file = find_packaged(find_record(name).packaged, name)
state = read_state_dict(file)
for key in ("_conv_stem.weight", "_blocks.0._depthwise_conv.weight", "_fc.weight"):
    print(key, state[key].shape)

# %% [markdown]
# What does it say to the file of the beginning? (An error is expected, so we catch it.)

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

from course_utils.errors import DataError

with TemporaryDirectory() as folder:
    (Path(folder) / "weights.pth").write_bytes(content)
    try:
        read_state_dict(Path(folder) / "weights.pth")
    except DataError as error:
        print(str(error).replace(folder, "…"))

# %% [markdown]
# Refused by name, and nothing was called.
#
# Look at the first shape above: *out, in, rows, columns* is PyTorch's order of axes, and three of the four numbers are
# equal. Keras wants *rows, columns, in, out*.

# %% [markdown] question="4x.2"
# ### Exercise 4x.2 · Axes in another order
#
# Write `to_keras`. It gets a kernel as PyTorch stores it and returns the same numbers in Keras' order. Four axes are a
# convolution's (see above), perhaps with a single channel *in*, for grey pictures; two are a dense layer's: *out, in*
# in PyTorch, *in, out* in Keras. (Depthwise layers, for which Keras has yet another order, are not asked.)


# %% answer="4x.2"
def to_keras(kernel):
    # solution
    return kernel.transpose((2, 3, 1, 0) if kernel.ndim == 4 else (1, 0))
    # end


# %% [markdown] why="4x.2"
# With as many rows as columns as colours, several orders of axes have the right *shape*. `kernel.T` is one: it turns rows
# into columns, and no shape tells. So draw kernels whose sides all differ when you test such a function.

# %% check="4x.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def right_order(kernel):
    return np.transpose(kernel, (2, 3, 1, 0) if np.ndim(kernel) == 4 else (1, 0))


def kernels(axes, square=False, grey=False):
    def draw(random):
        sides = random.choice(range(2, 8), axes, replace=False)
        sides = np.full(axes, sides[0]) if square else sides
        sides[1] = 1 if grey else sides[1]
        return (random.normal(size=sides).astype("float32").round(2),)

    return draw


def order(*axes):
    return lambda kernel: np.transpose(kernel, axes if np.ndim(kernel) == 4 else (1, 0))


check = Function(
    reference=right_order,
    draw={
        "a dense layer's kernel": kernels(2),
        "a convolution's kernel": kernels(4),
        "a kernel with as many rows as columns as colours": kernels(4, square=True),
        "a kernel for grey pictures": kernels(4, grey=True),
    },
    mistakes=[
        Mistake(lambda kernel: kernel.T, "It turns all axes round, so rows and columns have changed places, too. With square kernels no shape shows it."),
        Mistake(order(2, 3, 0, 1), "Rows and columns are right; *in* and *out* have changed places."),
        Mistake(order(3, 2, 0, 1), "Rows and columns have changed places, and so have *in* and *out*."),
        Mistake(order(1, 2, 3, 0), "*in* comes first. Keras has rows, columns, *in*, *out*."),
        Mistake(lambda kernel: kernel.reshape(right_order(kernel).shape), "`reshape` gives the shape that you ask for, and puts numbers where they do not belong. `transpose` moves axes."),
        Mistake(lambda kernel: right_order(kernel) if kernel.ndim == 4 else kernel, "A dense layer's kernel comes back as it was. Its two axes have to change places."),
        Mistake(lambda kernel: kernel, "It comes back as it was."),
    ],
    hints=[
        "`array.transpose((2, 3, 1, 0))` makes axis 2 the first one. Which axis of PyTorch's has the rows?",
        "Tell the two kinds apart by `kernel.ndim`.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4x.2").check(to_keras)

# %% [markdown]
# What would a wrong order have cost? The admiral of lesson 04 once more, with the kernels of the first layer right, and
# then with rows for columns, as `.T` would have left them:

# %% within=0.3 tags=["predict"]
from matplotlib import get_data_path

from course_utils.backbones import load_classifier
from course_utils.pictures import read_picture

photo = read_picture(f"{get_data_path()}/sample_data/grace_hopper.jpg", 224)[None]
whole = load_classifier(name)
stem = whole.model.get_layer("network").get_layer("Conv1")
(good,) = stem.get_weights()
for how, kernel in {"right": good, "turned": good.transpose(1, 0, 2, 3)}.items():
    stem.set_weights([kernel])
    answer = whole.decode(whole.model.predict(photo, verbose=0), top=3)
    print(
        how, [f"{row.class_name} {row.probability:.0%}" for row in answer.itertuples()]
    )

# %% [markdown]
# Both load, both answer, and for this photo the turned one is even surer. What looked for upright edges now looks for
# level ones, in one layer of dozens.
#
# ## Sixteen networks and their price
#
# One paper made sixteen networks of one kind: four widths, four sizes of pictures (Howard and others, 2017). Their cost
# is counted in *multiply-adds* for a picture (one multiplication and one addition each), their accuracy, `top_1`, was
# measured on ImageNet. **Predict:** with little to spend, is it better to make a network narrower, or its pictures smaller?

# %%
import pandas as pd

from course_utils.paths import data_folder

mobilenets = pd.read_csv(data_folder() / "mobilenets/mobilenet_v1.csv")
plots.accuracy_against_cost(mobilenets)

# %% [markdown] question="4x.3"
# ### Exercise 4x.3 · Who is worth its price?
#
# A network is *beaten* if another one costs less (`multiply_adds`) and is at least as accurate (`top_1`). Write `unbeaten`:
# it gets a table such as `mobilenets` and returns those of its rows that nobody beats, whole and in any order. (No two
# networks cost the same.)


# %% answer="4x.3"
def unbeaten(table):
    # solution
    cheap_first = table.sort_values("multiply_adds")
    best_before = cheap_first["top_1"].cummax().shift(fill_value=-1)
    return cheap_first[cheap_first["top_1"] > best_before]
    # end


# %% [markdown] why="4x.3"
# Go from the cheapest to the most expensive, and keep whoever is better than all before: the *Pareto front*. The others
# can be replaced by one that costs less: nobody needs them, on this data set and by this price. Milliseconds may tell
# otherwise (lesson 08).

# %% check="4x.3"
import pandas as pd

from course_utils.exercises import Function, Mistake


def kept(table):
    cheap_first = table.sort_values("multiply_adds")
    best_before = cheap_first["top_1"].cummax().shift(fill_value=-1)
    return cheap_first[cheap_first["top_1"] > best_before]


def some(n):
    def draw(random):
        rows = int(random.integers(*n))
        table = {
            "width": random.choice([0.25, 0.5, 0.75, 1.0], rows),
            "resolution": random.choice([128, 160, 192, 224], rows),
            "multiply_adds": 10.0 * random.choice(range(1, 90), rows, replace=False),
            "top_1": random.integers(60, 60 + 3 * rows, rows).astype(float),
        }
        return (pd.DataFrame(table, index=random.permutation(rows) + 100),)

    return draw


def which(unbeaten, table):
    rows = unbeaten(table)
    if not isinstance(rows, pd.DataFrame):
        return rows
    if set(rows) != set(table):
        return f"a table with {', '.join(map(str, rows)) or 'no columns'} alone"
    return sorted(rows.index.tolist())


check = Function(
    reference=kept,
    draw={"three networks": some((3, 4)), "a dozen": some((10, 15))},
    probe=which,
    mistakes=[
        Mistake(lambda table: table, "All rows come back. Some cost more than another one that is at least as good."),
        Mistake(lambda table: table.drop(kept(table).index), "Those are the beaten ones. The others are asked for."),
        Mistake(lambda table: table.loc[[table["top_1"].idxmax()]], "That is the most accurate one alone. A cheaper one may be worth its price, too."),
        Mistake(lambda table: table.loc[[table["multiply_adds"].idxmin()]], "That is the cheapest one alone. A better one may be worth its price, too."),
        Mistake(lambda table: table.loc[table.groupby("width")["top_1"].idxmax()], "Those are the best of each width. Compare all with all."),
        Mistake(lambda table: table[table["top_1"] >= table["top_1"].cummax()], "It takes the rows as they stand. They are in no order: sort by `multiply_adds` first."),
        Mistake(lambda table: table.sort_values("multiply_adds").pipe(lambda t: t[t["top_1"].diff().fillna(1) > 0]), "It compares each with the one before only. It must be better than *all* that cost less."),
        Mistake(lambda table: table.sort_values("multiply_adds").pipe(lambda t: t[t["top_1"] >= t["top_1"].cummax()]), "It keeps one that costs more and is only *as* accurate as a cheaper one."),
        Mistake(lambda table: table.sort_values("top_1").pipe(lambda t: t[t["multiply_adds"] > t["multiply_adds"].cummax().shift(fill_value=-1)]), "It keeps those that cost more than all that are less accurate. The other way round: more accurate than all that cost less."),
        Mistake(lambda table: len(kept(table)), "That is how many. Return the rows."),
    ],
    hints=[
        "Sort by `multiply_adds`. When is the next network worth its price?",
        "`cummax` is the best so far, `shift` that of all rows before.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4x.3").check(unbeaten)

# %% [markdown]
# Your function on the sixteen (`None`: it waits for you):

# %%
found = unbeaten(mobilenets)
found if found is None else found[["width", "resolution", "multiply_adds", "top_1"]]

# %% [markdown]
# Nearly all are worth their price: a narrower network and smaller pictures are both fair ways to save. Two are beaten, each
# by one that is wider or narrower *and* looks at pictures of another size.

# %% [markdown]
# ## What was it taught?
#
# Lesson 04 advised to look your classes up. Here for the course's own birds, of which its backbone was taught some:

# %%
from course_utils.backbones import class_names
from course_utils.datasets import load_cub, load_pets

birds = load_cub(course.birds_folder())
taught = class_names(course.backbone)
print([bird for bird in birds.class_names if bird in taught])

# %% [markdown] question="4x.4"
# ### Exercise 4x.4 · Look it up
#
# One is missing: the file calls it "Copper capped Thrushling", the network "Copper-capped Thrushling". And others write
# `Harbour_Tabby`, `harbour tabby` or `HarbourTabby`. Write `look_up`: it gets your `names` and those `taught` (lists), and
# returns a list of True or False, one for each of your names: is it taught, if you ignore capitals, underscores, hyphens
# and spaces? All else counts: "Type 2" is not "Type 3".


# %% answer="4x.4"
def look_up(names, taught):
    # solution
    def plain(name):
        return "".join(letter for letter in name.casefold() if letter not in " _-")

    known = {plain(name) for name in taught}
    return [plain(name) in known for name in names]
    # end


# %% [markdown] why="4x.4"
# A look-up that only knows equal spelling reports classes as new which the network has met, and then a result "on unseen
# classes" is none. For ImageNet you also need eyes: it calls a house cat "tabby", "tiger cat" or "Egyptian cat".

# %% check="4x.4"
from course_utils.exercises import Function, Mistake


def plain(name, drop=" _-"):
    return "".join(letter for letter in name.casefold() if letter not in drop)


def looked_up(names, taught, how=plain):
    known = {how(name) for name in taught}
    return [how(name) in known for name in names]


WORDS = ("Harbour", "Tabby", "copper", "Owl", "great", "Fold", "reed", "Jay", "sea")


def spellings(kinds):
    def draw(random):
        def name():
            words = [str(w) for w in random.choice(WORDS, int(random.integers(1, 4)))]
            return (
                [*words, str(random.integers(1, 4))] if random.random() < 0.3 else words
            )

        def spelt(words):
            case = (
                random.choice([str.lower, str.title, str.upper])
                if "case" in kinds
                else str
            )
            return case(str(random.choice(list(kinds["between"]))).join(words))

        taught = [name() for _ in range(random.integers(2, 9))]
        mine = [taught[k] for k in random.integers(0, len(taught), 3)] + [
            name() for _ in range(3)
        ]
        mine.append(mine[0][::-1])  # the same letters in another order
        return [spelt(words) for words in mine], [spelt(words) for words in taught]

    return draw


check = Function(
    reference=looked_up,
    draw={
        "spelt alike": spellings({"between": " "}),
        "other capitals": spellings({"between": " ", "case": True}),
        "underscores and hyphens": spellings({"between": " _-"}),
        "all at once": spellings({"between": [*" _-", "", "  "], "case": True}),
    },
    mistakes=[
        Mistake(lambda names, taught: [name in taught for name in names], "It finds only what is spelt in exactly the same way."),
        Mistake(lambda names, taught: looked_up(names, taught, str.casefold), "It ignores capitals. Underscores, hyphens and spaces still matter to it."),
        Mistake(lambda names, taught: looked_up(names, taught, lambda name: "".join(c for c in name if c not in " _-")), "Capitals still matter to it."),
        Mistake(lambda names, taught: looked_up(names, taught, lambda name: name.casefold().replace("_", " ")), "Underscores are gone, but \"Copper capped\" and \"Copper-capped\" still differ."),
        Mistake(lambda names, taught: looked_up(names, taught, lambda name: name.casefold().replace("_", " ").replace("-", " ")), "It turns underscores and hyphens into spaces. `HarbourTabby` has none: leave all three out."),
        Mistake(lambda names, taught: looked_up(names, taught, lambda name: " ".join(name.casefold().replace("_", " ").replace("-", " ").split())), "It makes one space of all that separates words. `HarbourTabby` has none: leave it out altogether."),
        Mistake(lambda names, taught: [any(plain(name) in plain(other) for other in taught) for name in names], "It looks for a name *inside* others: \"owl\" is found in \"bowl\". Compare whole names."),
        Mistake(lambda names, taught: [name for name, k in zip(names, looked_up(names, taught), strict=True) if k], "Those are the names that are taught. Return True or False for each of yours."),
        Mistake(lambda names, taught: sum(looked_up(names, taught)), "That is how many. Return True or False for each of your names."),
        Mistake(lambda names, taught: [not k for k in looked_up(names, taught)], "True and False have changed places."),
    ],
    hints=[
        "Make both spellings the same first: a small function from a name to its plain form.",
        "`name.casefold()` and `.replace(\"_\", \"\")`, and so on; then compare plain forms.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4x.4").check(look_up)

# %% [markdown]
# ## Six depths
#
# Where in a network can its knowledge be read? A probe at six depths, from the first block to the end, for birds and
# pets that the backbone was *not* taught (photos: all), and for the birdsong of lesson 04. Five pictures of each class
# train. Each layer keeps up to about six by six places; only the end is averaged over all. Trained, and with random
# weights:

# %% within=0.25 tags=["predict"]
from course_utils.probes import gain, probe_layers
from course_utils.sketchbook.songs import song_pictures

sets = {"songs": song_pictures(10, 20, px=course.image_size)}
for kind, every in {"birds": birds, "pets": load_pets(course.pets_folder())}.items():
    new = every.where(~every.table["known"]) if "known" in every.table else every
    new = new.where(new.table.groupby("label").cumcount() < 20)  # of each class
    pictures = new.images(range(len(new)), course.image_size)
    sets[kind] = pictures, new.table["label"].to_numpy()
depths = [f"block_{k}_project_BN" for k in (1, 4, 7, 10, 13)] + ["last"]
runs = probe_layers(course.backbone, sets, depths, per_class=[5])
table = runs.pivot_table("accuracy", ["pictures", "weights"], "layer")[depths]
table.round(2).rename(columns=lambda layer: layer.removesuffix("_project_BN"))

# %% [markdown]
# For birds and pets what can be read grows with depth, to the very end. For songs, with our small network, the end is
# worst by far: it no longer says where something is, and it has learnt what birds and furniture need. With random
# weights depth does not help. So a deep layer is not good because it is deep, but because of what it has learnt, if that
# is what you need.

# %% [markdown] question="4x.5"
# ### Exercise 4x.5 · The first layer that will do
#
# An earlier layer is cheaper. Write `first_enough`: of a table like the one above (rows: sets and weights, columns:
# layers from the first to the last), for each set the name of the first layer whose accuracy with *trained* weights is
# at most `points` (0.02 are two points) below that set's best layer. Return a `dict`: layers by the names of sets. (A row
# of such a table is `table.loc["songs", "trained"]`; no layer lies just on the limit.)


# %% answer="4x.5"
def first_enough(table, points):
    # solution
    trained = table.xs("trained", level="weights")
    enough = trained.ge(trained.max(axis=1) - points, axis=0)
    return enough.idxmax(axis=1).to_dict()
    # end


# %% [markdown] why="4x.5"
# `idxmax` of True and False is the first True. The set decides where to cut, not the network. And as you have chosen the
# layer by these pictures, its accuracy on *them* is a little too good: judge it on others.

# %% check="4x.5"
import numpy as np
import pandas as pd

from course_utils.exercises import Function, Mistake


def trained(table):
    return table.xs("trained", level="weights")


def enough(table, points):
    t = trained(table)
    return t.ge(t.max(axis=1) - points - 1e-12, axis=0).idxmax(axis=1).to_dict()


def a_table(random):
    layers = [f"layer_{k}" for k in random.permutation(9)[: random.integers(2, 6)]]
    sets = [f"set {k}" for k in range(random.integers(1, 4))]
    index = pd.MultiIndex.from_product(
        [sets, ["random", "trained"]], names=["pictures", "weights"]
    )
    values = random.integers(10, 99, (len(index), len(layers))) / 100
    table = pd.DataFrame(values, index, layers).iloc[random.permutation(len(index))]
    # never within a rounding of the limit
    return table, float(random.choice([0.005, 0.055, 0.205]))


check = Function(
    reference=enough,
    draw=a_table,
    mistakes=[
        Mistake(lambda table, points: trained(table).idxmax(axis=1).to_dict(), "That is the best layer. An earlier one may be good enough."),
        Mistake(lambda table, points: (trained(table).ge(trained(table).max(axis=1) - points, axis=0)).iloc[:, ::-1].idxmax(axis=1).to_dict(), "That is the *last* layer that is good enough. The first one is asked for."),
        Mistake(lambda table, points: trained(table).ge(trained(table).iloc[:, -1] - points, axis=0).idxmax(axis=1).to_dict(), "It compares with the last layer. The best one may be another."),
        Mistake(lambda table, points: trained(table).ge(trained(table).max(axis=1) * (1 - points), axis=0).idxmax(axis=1).to_dict(), "It takes a share of the best accuracy. `points` are subtracted."),
        Mistake(lambda table, points: trained(table).ge(trained(table).max().max() - points).idxmax(axis=1).to_dict(), "It compares with the best of all sets. Each set has a best layer of its own."),
        Mistake(lambda table, points: table.xs("random", level="weights").pipe(lambda t: t.ge(t.max(axis=1) - points, axis=0).idxmax(axis=1).to_dict()), "Those are the rows with random weights."),
        Mistake(lambda table, points: trained(table).ge(trained(table).max(axis=1) - points, axis=0).idxmax(axis=1), "That is a pandas column. Return a `dict`: `.to_dict()`.", when=lambda first_enough: isinstance(first_enough(a_table(np.random.default_rng(0))[0], 0.055), pd.Series)),
    ],
    hints=[
        '`table.xs("trained", level="weights")` has the rows that count.',
        "Which entries are at least the row's maximum less `points`? `ge(..., axis=0)` compares row by row.",
        "`idxmax(axis=1)` of a table of True and False is the first True of each row.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4x.5").check(first_enough)

# %% [markdown]
# Yours, with two points (`None`: it waits for you). And by how much is block 10 ahead of the end, or behind it?

# %% within=0.5
print(first_enough(table, 0.02))
gain(runs, "block_10_project_BN", "last").round(2)

# %% [markdown]
# It is well ahead for songs, and behind for birds and pets. Other draws say the same: try `seed=1` in `probe_layers`.
#
# ## Quiz

# %% [markdown] quiz="4x.a"
# Which of these may you open from a stranger without a second thought?
#
# - [ ] A `.pkl` file, if it is small enough to be read by eye.
#   - Two dozen bytes are enough to call a program.
# - [x] A `.npz` file, as `np.load` opens it by default.
#   - Numbers with shapes and names. Pickled objects are in it only if you ask for them, by `allow_pickle=True`.
# - [ ] A `.pth` file, if a scanner found no virus.
#   - A scanner knows what was seen before. A pickle can name any function of any package.

# %% [markdown] quiz="4x.b"
# Two networks cost as many multiply-adds. What follows for their speed?
#
# - [ ] They are equally fast.
#   - Moving numbers takes time as well, and some layers move many for each multiplication.
# - [ ] The one with fewer weights is faster.
#   - Perhaps. Feature maps are moved, too, and are often larger than the weights.
# - [x] Nothing for certain; measure it.
#   - The count tells what is computed, not how long a processor waits for numbers.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
progress()

# %% [markdown]
# ## What you saw
#
# - A pickle is a program. Read what it names before you let it run, or take a format that holds numbers alone.
# - Another order of axes can have the same shape, and then only numbers tell.
# - Which networks are worth their price, a table of costs and accuracies tells. Narrower and smaller are both fair.
# - Each data set has a depth of its own. A look-up of names must forgive spelling.
#
# **Where it goes wrong in practice.** Pickles with unwanted company have been found on public hubs (JFrog, 2024). A network
# that was ported with turned kernels still answers, so nobody looks. Classes are called unseen because their names
# are spelt otherwise.
#
# ## Sources
#
# - A. G. Howard and others, "MobileNets", arXiv:1704.04861, 2017, and the table of TensorFlow's models (TF-Slim), 2018.
# - M. Tan, Q. V. Le, "EfficientNet", ICML 2019; Lite0: TensorFlow, 2020.
# - Python's documentation, module `pickle`: "Only unpickle data you trust."
# - JFrog, "Data Scientists Targeted by Malicious Hugging Face ML Models with Silent Backdoor", 2024.
# - G. Alain, Y. Bengio, "Understanding intermediate layers using linear classifier probes", ICLR workshop 2017.
