# %% [markdown]
# # 04 · Borrowing from ImageNet
#
# Millions of people download the weights of a network that others have trained. Such a file holds numbers, and nothing
# else. **What must you know that is not in the file?**

# %% [markdown]
# Three birds, twice. It is the same network each time; one line of code differs:

# %% within=0.2
from course_utils.environment import setup
from course_utils.exercises import exercise, progress

course = setup(seed=0)

import numpy as np

from course_utils import plots
from course_utils.backbones import load_backbone, load_classifier
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
three = birds.images([120, 226, 505], 96)
vgg = load_classifier("mini_vgg16")
network = vgg.model.get_layer("network")  # the bare network, without preprocessing
said = [vgg.model.predict(three, verbose=0), network.predict(three / 255, verbose=0)]
answers = vgg.decode(np.concatenate(said), top=1).itertuples()
titles = [f"“{row.class_name}”, {row.probability:.0%} sure" for row in answers]
plots.image_grid(np.concatenate([three, three]), titles, columns=3)

# %% [markdown]
# Below, every name is wrong. No error, no warning. (In the photo profile the upper names are wrong, too: this network
# knows drawings.)
#
# **When you have done this lesson you will be able to**
#
# - run a network that came as a file, and give its answers their names;
# - recognise wrong pixels and wrong names, which no error reports;
# - say when borrowing pays, and show it with a control.
#
# **You need** lessons 00 and 03. **Time**: about 45 minutes.
#
# ## A file from 2015
#
# The famous Inception network was handed on as a *frozen graph*: one file with all layers and weights, for
# TensorFlow, and two *label maps*. Ours has this very form. It was trained on drawings. (In the photo profile the
# variable `COURSE_INCEPTION` may name the original, if you have it; without it photos get names of drawings.)

# %%
import tensorflow as tf

archive = course.inception_archive()
graph = tf.compat.v1.GraphDef.FromString(archive.graph.read_bytes())
print(len(graph.node), "nodes, the last one is", graph.node[-1].name)

# %% [markdown]
# You ask such a graph by the names of its *tensors*, the arrays that go from node to node (`:0` is a node's first
# output). In goes a JPEG file, as it is; out come scores. `prune` keeps the nodes between the two:

# %%
whole = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph, name=""), [])
ask = whole.prune("DecodeJpeg/contents:0", "softmax:0")
jpeg = tf.io.read_file(birds.table["path"][120])
scores = ask(jpeg)[0].numpy()
best = scores.argsort()[::-1][:5]  # places of the five highest, best first
print(len(scores), "scores; the highest are numbers", best)

# %% [markdown]
# Numbers, not names. One map gives each number an id, the other gives each id its words:

# %%
maps = [file.read_text() for file in archive[1:]]
print(f"…{maps[0][-158:]}\n{maps[1][:60]}…")

# %% [markdown]
# A colleague joins the two:

# %%
import re


def colleagues_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in enumerate(uids)}


print([colleagues_names(*maps).get(number) for number in best])

# %% [markdown] question="4.1"
# ### Exercise 4.1 · Names without an error
#
# Five names, and all of them wrong. Find the fault, and write `output_names`, with the same arguments. Return a `dict`
# {number: name}, without the outputs that no map names.


# %% answer="4.1"
def output_names(node_to_uid, uid_to_name):
    # solution
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    pairs = r'target_class: (\d+)\s+target_class_string: "(\w+)"'
    return {int(n): words[uid] for n, uid in re.findall(pairs, node_to_uid)}
    # end


# %% [markdown] why="4.1"
# The entries stand in the order of their ids, and the number of the output is *in* the entry. A list of names fits
# any network with so many outputs, right or wrong. So try it with a picture whose answer you know.

# %% check="4.1"
import re

from course_utils.exercises import Function, Mistake


def parts(node_to_uid, uid_to_name):
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    numbers = [int(n) for n in re.findall(r"target_class: (\d+)", node_to_uid)]
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    return words, numbers, uids


def joined(node_to_uid, uid_to_name):
    words, numbers, uids = parts(node_to_uid, uid_to_name)
    return {n: words[uid] for n, uid in zip(numbers, uids, strict=True)}


def in_order_of_file(node_to_uid, uid_to_name):
    words, _, uids = parts(node_to_uid, uid_to_name)
    return {n: words[uid] for n, uid in enumerate(uids)}


def sorted_by_number(node_to_uid, uid_to_name):
    known = joined(node_to_uid, uid_to_name)
    return {k: known[n] for k, n in enumerate(sorted(known))}


def ids_alone(node_to_uid, uid_to_name):
    _, numbers, uids = parts(node_to_uid, uid_to_name)
    return dict(zip(numbers, uids, strict=True))


def in_order_of_words(node_to_uid, uid_to_name):
    words, numbers, _ = parts(node_to_uid, uid_to_name)
    return dict(zip(numbers, words.values(), strict=False))


def turned(node_to_uid, uid_to_name):
    return {name: n for n, name in joined(node_to_uid, uid_to_name).items()}


def as_text(node_to_uid, uid_to_name):
    return {str(n): name for n, name in joined(node_to_uid, uid_to_name).items()}


def first_words(node_to_uid, uid_to_name):
    return {
        n: re.split(r"[ ,]", s)[0] for n, s in joined(node_to_uid, uid_to_name).items()
    }


def maps(n_classes, gaps=True):
    def draw(random):
        n = int(random.integers(*n_classes))
        uids = sorted({f"n{k:08d}" for k in random.integers(0, 10**8, 3 * n)})
        kinds = ("grey owl", "tench, Tinca tinca", "street", "lime leaf", "cup", "jay")
        named = {uid: f"{random.choice(kinds)} {k}" for k, uid in enumerate(uids)}
        some = sorted(random.choice(uids, n, replace=False))
        numbers = random.choice(range(1, 1 + n * (2 if gaps else 1)), n, replace=False)
        entries = [
            f'entry {{\n  target_class: {number}\n  target_class_string: "{uid}"\n}}\n'
            for number, uid in zip(numbers, some, strict=True)
        ]
        lines = [f"{uid}\t{name}\n" for uid, name in named.items()]
        return "# Outputs.\n" + "".join(entries), "".join(lines)

    return draw


check = Function(
    reference=joined,
    draw={
        "two classes": maps((2, 3), gaps=False),
        "some classes, and outputs that have no name": maps((3, 9)),
        "hundreds of classes": maps((200, 300)),
    },
    mistakes=[
        Mistake(in_order_of_file, "That is your colleague's join: it counts the entries. What does `target_class` in each entry say?"),
        Mistake(lambda a, b: {n + 1: name for n, name in in_order_of_file(a, b).items()}, "It counts the entries from one. What does `target_class` in each entry say?"),
        Mistake(sorted_by_number, "It sorts the entries by their numbers and then counts them. Some outputs have no name: take the number itself."),
        Mistake(lambda a, b: {n - 1: name for n, name in joined(a, b).items()}, "Each number is one too small. The number in an entry is the place in `scores`, as it stands."),
        Mistake(lambda a, b: {n + 1: name for n, name in joined(a, b).items()}, "Each number is one too large. The number in an entry is the place in `scores`, as it stands."),
        Mistake(ids_alone, "It has ids where names should be. The second map has the name for each id."),
        Mistake(in_order_of_words, "It takes names in the order of the second map. That one has many more ids than there are outputs: look each id up."),
        Mistake(turned, "Number and name have changed places: the name by its number is asked for."),
        Mistake(as_text, "Its numbers are text, as `\"7\"`. `scores` has whole numbers for places: `int`."),
        Mistake(first_words, "It cuts names off after their first word. A name is all that stands behind the tab."),
        Mistake(lambda a, b: list(joined(a, b).values()), "That is a list. Which number belongs to which name is what is asked for."),
    ],
    hints=[
        "Print the first lines of `node_to_uid` once more. What stands beside each id?",
        "`re.findall` with *two* pairs of brackets in its pattern returns pairs.",
        "Between the two lines of an entry is white space: `\\s+` in the pattern.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4.1").check(output_names)

# %% [markdown]
# The same five numbers with *your* names (`None`: it waits for you). It is the first picture of this lesson:

# %%
names = output_names(*maps)
print(names and [f"{names.get(number)} {scores[number]:.0%}" for number in best])

# %% [markdown]
# ## Built by hand
#
# Or everybody builds the network from its paper, and the file has the weights alone. VGG16 (Simonyan and Zisserman,
# 2014) is simple enough: thirteen convolutions in five blocks, and after each block half the side. Ours is a quarter as
# wide.

# %%
from keras import Input, Model, layers


def vgg16(size, width):
    x = pixels = Input((size, size, 3))
    blocks = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
    for block, (depth, channels) in enumerate(blocks, start=1):
        for i in range(1, depth + 1):
            n, name = int(width * channels), f"block{block}_conv{i}"
            conv = layers.Conv2D(n, 3, padding="same", activation="relu", name=name)
            x = conv(x)
        x = layers.MaxPooling2D(2)(x)
    return Model(pixels, layers.GlobalAveragePooling2D()(x))


by_hand = vgg16(96, width=1 / 4)

# %% [markdown]
# The file is a list of arrays with names, and the weights go where the names say:

# %%
from course_utils.paths import data_folder

file = np.load(data_folder() / "backbones/mini_vgg16/weights.npz")


def load(model):
    for layer in model.layers:  # `set_weights` stops if a shape does not fit
        layer.set_weights([file[f"{layer.name}/{w.name}"] for w in layer.weights])


load(by_hand)

# %% [markdown]
# VGG was trained on pixels in an order of their own: blue, green, red (`[..., ::-1]` turns the last axis round), less
# ImageNet's mean colour. Is it the network that the course packages?

# %%
mean = np.float32([103.939, 116.779, 123.68])  # of blue, green, red
ours = by_hand.predict(three[..., ::-1] - mean, verbose=0)
packaged = load_backbone("mini_vgg16")  # the right way: one line to load, one to ask
theirs = packaged.predict(three, verbose=0)
print(f"largest difference: {abs(ours - theirs).max():.5f}")

# %% [markdown]
# Equal, up to rounding. From now on two lines do: pixels from 0 to 255 in, features out, right preprocessing
# inside.

# %% [markdown] question="4.2"
# ### Exercise 4.2 · What does loading notice?
#
# Each of these is a mistake in `vgg16`. Which of them make `load` stop with an error? Answer with a list of six
# numbers: 1 for each that is noticed, 0 for each that is not. (Try, in a new cell.)
#
# 1. No ReLUs.
# 2. Kernels of 5 x 5.
# 3. `AveragePooling2D` stands in place of `MaxPooling2D`.
# 4. Block 4 has two convolutions in place of three.
# 5. `width` is 1/2.
# 6. In every block the convolutions are named backwards: the picture meets `block1_conv2` first, then `block1_conv1`.

# %% answer="4.2"
# solution
noticed = [0, 1, 0, 0, 1, 1]
# end

# %% [markdown] why="4.2"
# Only shapes are compared. ReLU and pooling have no weights. Without `block4_conv3` the file keeps an array that nobody
# asks for, and all others fit. Named backwards, the first convolution of all is called `block1_conv2`: it gets three
# channels, and the file's kernel of that name wants sixteen. The other three run, and are wrong without a word: so
# compare numbers with a network that is right.

# %% check="4.2"
import numpy as np

from course_utils.exercises import Mistake, Value


def marked(number, as_noticed):
    """Whether an answer of zeros and ones has this mark at this number."""
    return lambda answer: np.asarray(answer, float)[number - 1] == as_noticed


check = Value(
    [0, 1, 0, 0, 1, 1],
    rtol=0,
    mistakes=[
        Mistake([1, 0, 1, 1, 0, 0], "The other way round: a 1 where loading stops."),
        Mistake([2, 5, 6, 0, 0, 0], "Zeros and ones are asked for: at each of the six places a 1 if loading notices that mistake.", when=lambda answer: not set(np.ravel(answer).astype(float)) <= {0.0, 1.0}),
        Mistake([1, 1, 1, 1, 1, 1], "Loading compares shapes and nothing else. Which of the six change no shape of any kernel?", when=lambda answer: np.all(np.asarray(answer, float) == 1)),
        Mistake([0, 0, 0, 0, 0, 0], "Loading compares shapes. Which of the six change a kernel's?", when=lambda answer: not np.any(np.asarray(answer, float))),
        Mistake([1, 1, 0, 0, 1, 1], "The first one: how many weights has a ReLU?", when=marked(1, 1)),
        Mistake([0, 1, 1, 0, 1, 1], "The third one: how many weights has a pooling layer?", when=marked(3, 1)),
        Mistake([0, 1, 0, 1, 1, 1], "The fourth one: without `block4_conv3`, which layer would get a kernel that does not fit? `load` asks for what the model has, not for what the file has.", when=marked(4, 1)),
        Mistake([0, 1, 0, 0, 1, 0], "The sixth one: what is the shape of `block1_conv2`'s kernel in the file, and how many channels has a picture?", when=marked(6, 0)),
        Mistake([0, 0, 0, 0, 1, 1], "The second one: a kernel of 5 x 5 has another shape than the file's.", when=marked(2, 0)),
        Mistake([0, 1, 0, 0, 0, 1], "The fifth one: with twice the width, has a kernel the file's shape?", when=marked(5, 0)),
    ],
    hints=[
        "`set_weights` compares shapes. Which of the six change a shape?",
        "Try: change `vgg16` in a cell of your own and call `load` on it.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4.2").check(noticed)

# %% [markdown]
# ## What goes in
#
# At the beginning somebody had divided pixels by 255. Does it matter much if you train a head of your own, on features
# of *the same* wrong pixels? We ask two networks: VGG, and the course's backbone, which was trained on
# pixels from -1 to 1.

# %% [markdown] question="4.3"
# ### Exercise 4.3 · Wrong in both
#
# In place of its own preprocessing, each network gets pixels divided by 255, in training the head *and* in testing it.
# Whose accuracy suffers more? Decide, with a letter in quotes.
#
# - [ ] Neither suffers: the head learns from what it will get.
#   - It can only learn what is still in the features. Is everything?
# - [ ] That of the backbone trained on pixels from -1 to 1.
#   - From 0 to 1 is half of that range. Which picture would give such numbers? And what range does the other one expect?
# - [x] That of VGG, trained on pixels less a mean.
#   - It expects numbers of a hundred and more, to either side of zero. What it gets are 0 to 1: to its eyes, nearly one even colour.
# - [ ] Both suffer alike: dividing is the same mistake for all networks.
#   - The same line of code, but not the same mistake: they were trained on different numbers.

# %% answer="4.3"
# solution
suffers = "c"
# end

# %% check="4.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What is the smallest and the largest number that each of the two was trained on?",
        "How far apart are black and white, after the division, on each network's own scale?",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("4.3").check(suffers)

# %% [markdown]
# A **linear probe** says what is in features: a head of one layer, here solved in an instant (ridge regression: large
# weights cost a penalty, chosen on training pictures alone). `probe` gets features and labels to learn from, and
# answers for others. Twenty pictures of each bird train, as many test:

# %%
# new species only, if we know them: those that no backbone of the course has seen
new = birds.where(~birds.table["known"]) if "known" in birds.table else birds
some = new.table.groupby(["class_name", "split"], observed=True).head(20)
train, label = (some["split"] == "train").to_numpy(), some["label"].to_numpy()

# %% [markdown]
# Right pixels and two wrong kinds, "0 to 255" as they come from a file:

# %% within=0.25 tags=["predict"]
import pandas as pd

from course_utils.probes import gain, probe, probe_layers


def exam(learnt, asked):
    said = probe(learnt[train], label[train], asked[~train])
    return (said == label[~train]).mean()


rows = {}
for name in (course.backbone, "mini_vgg16"):
    backbone = load_backbone(name)
    pixels = new.images(some.index, backbone.input_shape[1]).astype("float32")
    right = backbone.predict(pixels, verbose=0)
    rows[name, "right"] = exam(right, right), exam(right, right)
    for kind, fed in {"0 to 255": pixels, "0 to 1": pixels / 255}.items():
        wrong = backbone.get_layer("network").predict(fed, verbose=0)
        rows[name, kind] = exam(right, wrong), exam(wrong, wrong)
pd.DataFrame(rows, index=["in test only", "in both"]).T.round(2)

# %% [markdown]
# In test only, a mistake costs most. In both, the head makes up for some of it, and *which* mistake is
# cheap depends on the network: "0 to 1" costs the backbone little and VGG more than half of its accuracy, "0 to 255" the
# other way round. (With photos VGG has less to lose.) What does VGG "see" when it gets such numbers?

# %% [markdown] question="4.4"
# ### Exercise 4.4 · With VGG's eyes
#
# Write `as_seen`. It gets what was fed into VGG, an array of shape (pictures, rows, columns, 3), and the mean colour as
# above, and returns the pictures that VGG takes it for: red, green, blue, from 0 to 255, rounded or not. So undo its
# preprocessing, and cut off what no pixel can be. Leave `fed` itself as it is.


# %% answer="4.4"
def as_seen(fed, mean):
    # solution
    return (fed + mean)[..., ::-1].clip(0, 255)
    # end


# %% [markdown] why="4.4"
# Backwards means in the opposite order: the mean of blue, green and red first, as long as blue is first, then the swap.
# Numbers from 0 to 1 change the mean colour by one grey level at most: VGG looks at an even grey wall, whatever
# stands before it.

# %% check="4.4"
import numpy as np

from course_utils.exercises import Function, Mistake

MEAN = np.float32([103.939, 116.779, 123.68])


def undone(fed, mean):
    return (np.asarray(fed) + mean)[..., ::-1].clip(0, 255)


def fed(low, high):
    def draw(random):
        shape = (*random.integers(1, 4, 3), 3)
        mean = MEAN if random.random() < 0.5 else MEAN[::-1] - 20  # another data set's
        return random.uniform(low, high, shape).astype("float32"), mean

    return draw


check = Function(
    reference=undone,
    draw={
        "numbers as VGG expects them": fed(-100, 120),
        "pixels from 0 to 255": fed(0, 255),
        "pixels from 0 to 1": fed(0, 1),
        "numbers from -1 to 1": fed(-1, 1),
        "numbers that no picture gives": fed(-400, 400),
    },
    rtol=1e-4,
    atol=0.51,  # rounded will do
    mistakes=[
        Mistake(lambda fed, mean: (fed + mean)[..., ::-1], "It leaves numbers below 0 or above 255. No pixel can be that: `clip`."),
        Mistake(lambda fed, mean: (fed[..., ::-1] + mean).clip(0, 255), "It swaps the colours first, and then adds blue's mean to red. Backwards, the last step comes first."),
        Mistake(lambda fed, mean: (fed + mean).clip(0, 255), "Its colours are still in the order blue, green, red."),
        Mistake(lambda fed, mean: fed[..., ::-1].clip(0, 255), "It only swaps the colours. VGG's preprocessing also took something away."),
        Mistake(lambda fed, mean: (fed[..., ::-1] - mean).clip(0, 255), "That is VGG's preprocessing itself. Undo it."),
        Mistake(lambda fed, mean: (fed - mean)[..., ::-1].clip(0, 255), "It takes the mean away once more. Undoing adds it."),
        Mistake(lambda fed, mean: (255 * fed + mean)[..., ::-1].clip(0, 255), "It multiplies by 255. VGG's preprocessing divides by nothing, so there is nothing to multiply."),
        Mistake(lambda fed, mean: (fed + mean)[:, ::-1].clip(0, 255), "It turns the pictures upside down: the first axis after the pictures is rows. Colours are the last."),
        Mistake(lambda fed, mean: (fed + mean)[::-1].clip(0, 255), "It puts the *pictures* in the opposite order. Colours are the last axis."),
        Mistake(lambda fed, mean: (fed + mean)[..., ::-1].clip(0, 1), "It cuts off at 1. White is 255."),
    ],
    hints=[
        "VGG's preprocessing is two steps, in the cell that computes `ours`. What undoes each, and in which order?",
        "Add `mean` while blue is first, then swap with `[..., ::-1]`, then `.clip(0, 255)`.",
    ],
)  # fmt: skip

# %% [markdown]
# Check it:

# %%
exercise("4.4").check(as_seen)

# %% [markdown]
# A bird with VGG's eyes, after its pixels were only divided. **Move the slider** from 1 to 255: when does the bird fade,
# and when does the answer change? (Without `as_seen` the picture shows what was fed.)

# %%
from course_utils.widgets import Slider, explore


def shown_to_vgg(divided_by):
    fed = three[:1] / np.float32(divided_by)
    row = next(vgg.decode(network.predict(fed, verbose=0), top=1).itertuples())
    seen = fed if as_seen(fed, mean) is None else as_seen(fed, mean)
    return plots.image_grid(seen, [f"“{row.class_name}”, {row.probability:.0%} sure"])


explore(shown_to_vgg, divided_by=Slider(1, 255, start=1, log=True))

# %% [markdown]
# From bird to grey wall, no warning comes.
#
# ## What comes out
#
# A photograph of an admiral, Grace Hopper, comes with Matplotlib. What do a network of drawings and one of
# photographs (EfficientNet-Lite0, trained on ImageNet) call her? **Predict:** what would be *right*?

# %% within=0.3 tags=["predict"]
from matplotlib import get_data_path

from course_utils.pictures import read_picture

admiral = f"{get_data_path()}/sample_data/grace_hopper.jpg"
for whole in (vgg, load_classifier(course.real_backbone)):
    photo = read_picture(admiral, whole.model.input_shape[1])[None]
    print(whole.decode(whole.model.predict(photo, verbose=0), top=3).round(2), "\n")

# %% [markdown]
# Only her uniform is on a list: neither has "person", and the "admiral" on both is a butterfly. The last layer shares out
# all trust among its classes, and none of them is "none of these". First look up whether your classes were taught at all:
# `class_names(name)` of `course_utils.backbones` lists them. (That is not enough: ImageNet has a sloth, and yet a
# network in a lecture called a sloth a cup.) Where they were not, names are of no use. Are the features?
#
# ## What is worth borrowing?
#
# A famous course gives advice for four cases: is your data set small or large, and is it similar to
# what the network was trained on, or different (Karpathy, CS231n)? For small sets: train a linear probe. If they
# are similar, on the *last* features; if different, perhaps on *earlier* ones, which are less special. Similar
# are the new birds. And different: **birdsong**, as a picture. Time goes to the right, pitch upwards; no network of ours
# has seen such a thing. Two recordings each of six singers:

# %%
from course_utils.sketchbook.songs import song_pictures

songs, singer = song_pictures(n_species=10, per_species=40, px=course.image_size)
plots.image_grid(songs[:240:20], [f"singer {k}" for k in singer[:240:20]])

# %% [markdown]
# The earlier layer is block 10, about two thirds of the way. There are two controls: the same network with random
# weights, and no network at all, just the pixels of a small picture.

# %% [markdown] question="4.5"
# ### Exercise 4.5 · Has it learnt anything for songs?
#
# The network has learnt drawn birds, fish, furniture (for photos: ImageNet), and no song. A linear probe learns from
# twenty recordings of each of ten singers, on the last features of the *trained* network, and of the *random* one. Who is
# right more often? Answer with a letter in quotes.
#
# - [ ] The random one: the trained one sees birds and chairs everywhere.
#   - It gives each picture a mixture of what it knows. Does that tell two singers apart worse than chance weights do?
# - [ ] Both about equally: what it has learnt is of no use here.
#   - Lines, slopes and rows of dots were of use for birds and fish, and a song is made of them.
# - [x] The trained one, about twice as often or more.
#   - To tell birds apart it had to learn lines, slopes and spots, and a song is made of them.
# - [ ] Neither: both guess, as with any picture from another world.
#   - Guessing is one in ten. Even the pixels tell more than that.

# %% answer="4.5"
# solution
ahead = "c"
# end

# %% check="4.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What must a network see in a picture to tell two fish apart? What is a song made of?",
        "What did training change in the first layers? Think of lesson 03.",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("4.5").check(ahead)

# %% [markdown]
# Five random draws: of each class 2 or 20 pictures train, twenty others are asked.

# %% within=0.25 tags=["predict"]
pixels = new.images(some.index, course.image_size)
sets = {"birds": (pixels, label), "songs": (songs, singer)}
runs = probe_layers(course.backbone, sets, ["pixels", "block_10_project_BN", "last"])
runs.pivot_table("accuracy", ["pictures", "per_class"], ["weights", "layer"]).round(2)

# %% [markdown]
# Look at the controls first. For songs, too, the last features of the trained network are far ahead of a random one's: it
# has learnt something that songs need. Yet with twenty recordings they are *behind the pixels* (not in the photo profile:
# ImageNet has taught more). One control alone would have misled us. And the advice about layers? The earlier minus the
# last, in the same draws, with its interval:

# %% within=0.5 tags=["predict"]
gain(runs, "block_10_project_BN", "last").round(2)

# %% [markdown]
# Below zero the last layer is ahead: for birds. Above zero the earlier one is: for songs. The advice holds. Block 10
# still knows *where* something is, in a song pitch and time; the last features are averages over all places. With two
# recordings block 10 beats the pixels as well, with twenty, in our small network, hardly: borrow when pictures are few.
# What the advice says for large sets is lesson 07's.
#
# ## Quiz
#
# One click for an answer; each has its reason.

# %% [markdown] quiz="4.a"
# A borrowed network calls nearly all of your pictures by the same name. What do you look at first?
#
# - [ ] Whether it has enough layers for your pictures.
#   - A shallow network is wrong in many ways. One answer for everything says that it sees the same everywhere.
# - [x] Whether the pixels are what it was trained on.
#   - Undo its preprocessing on what you feed it, and look.
# - [ ] Whether your pictures are sharp and well lit.
#   - Pictures that differ give answers that differ, also when they are poor.

# %% [markdown] quiz="4.b"
# A colleague's network and the original give features that differ in the third digit. She has loaded all weights
# without an error. What do you tell her?
#
# - [ ] That is rounding; the weights are there.
#   - Rounding shows in the fifth digit or later. In the third something is wired or fed in another way.
# - [ ] To load the weights once more, slowly.
#   - Loading compares shapes, and these fitted.
# - [x] To compare layer by layer, from the first one on.
#   - The first layer that differs has the fault, or what goes into it: padding, a stride, a forgotten ReLU, pixels.

# %% [markdown] quiz="4.c"
# "With ImageNet's features we name 42 % of ten kinds of radar pictures. So they carry over to radar!" What is missing?
#
# - [x] The same with random weights.
#   - If a random network, or the pixels themselves, do as well, nothing has been carried over.
# - [ ] The names of the ten kinds.
#   - They change nothing about what the number shows.
# - [ ] The top-5 accuracy, which is what people quote for ImageNet.
#   - With ten classes half of guesses would be right. It is not what was claimed.

# %% [markdown]
# And where are you now?

# %% tags=["nbval-ignore-output"]
progress()

# %% [markdown]
# ## What you saw
#
# - A file of weights does not say what goes in, what comes out, how it is wired, nor what it was taught. Each of
#   these can be wrong without an error; a picture whose answer you know finds them.
# - What wrong pixels cost depends on the network: see them with its eyes.
# - Features are worth borrowing for new classes: the last ones for similar pictures, earlier ones for others. Only
#   **controls** show it.
#
# **Where it goes wrong in practice.** A study fed VGG16 and VGG19 with pixels from 0 to 1, and found that they "performed
# poorly" (Bhasin, 2017). More in lesson 08.
# The deepening reads another framework's file, and asks six depths.
#
# ## Sources
#
# - A. Karpathy and others, CS231n, "Transfer Learning", Stanford, cs231n.github.io/transfer-learning.
# - K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks", ICLR 2015 (first 2014).
# - C. Szegedy and others, "Rethinking the Inception Architecture", CVPR 2016; its frozen graph: TensorFlow, 2015.
# - M. Tan, Q. V. Le, "EfficientNet", ICML 2019. O. Russakovsky and others, "ImageNet", IJCV 115, 2015.
# - H. Bhasin, "Image Recognition with Deep Learning", github.com/hbhasin, 2017.
# - The sloth: lecture on convolutional networks, Metis (the network was VGG16).
# - Photograph of Grace Hopper: US Navy, public domain. Birds and songs: drawn by this course (CC BY 4.0).
