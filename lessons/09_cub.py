# %% [markdown]
# # 09 · Case study: CUB
#
# Somebody covers the bird in a photo with a grey box and asks you: which species was it? You have only the sky,
# the branch, the water. Absurd? A classifier that is trained on such pictures does several times better than
# guessing, and nobody who looks at an accuracy alone would ever find out. This lesson is about a famous data set
# and about what to look at **before** you train, and before you believe.
#
# **When you have done this lesson you will be able to**
#
# - join the tables of a data set and say what does not join;
# - find out what else than the bird a classifier may have learnt, by taking the bird away;
# - say whether one classifier is better than another, whom it confuses, where it looks, and when it should be
#   silent.
#
# **You need** lessons 00 and 05, and a little pandas. **Time**: about 45 minutes; with all the exercises about
# twice that (half-time is when the crops begin); the computer works for one or two.

# %% [markdown]
# As always, we begin by asking where we are. `folder` holds the birds, in the layout of CUB.

# %%
from course_utils import plots
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)
folder = course.birds_folder()

# %% [markdown]
# ## 1. Five tables
#
# CUB-200-2011 (Wah and others, 2011) is a folder of photos and some small tables beside it, of which we need five. Our
# drawn birds come in the very same layout, so each line below runs on both. Where we say "photos" below, we have run
# this lesson in the photo profile, on ten of CUB's two hundred classes. The obvious first try:

# %%
import pandas as pd

images = pd.read_csv(folder / "images.txt", sep=" ")
images.head(3)

# %% [markdown]
# Look at the head of the table: the first *picture* has become the names of the columns, and so it is lost. The
# files have no header. So we say ourselves what is in them:

# %%
COLUMNS = {
    "images": ["image_id", "file"],
    "image_class_labels": ["image_id", "class_id"],
    "classes": ["class_id", "class_name"],
    "train_test_split": ["image_id", "is_training"],
    "bounding_boxes": ["image_id", "x", "y", "width", "height"],
}
tables = {
    name: pd.read_csv(folder / f"{name}.txt", sep=" ", names=columns) for name, columns in COLUMNS.items()
}
pd.Series({name: len(table) for name, table in tables.items()}, name="rows").to_frame()

# %% [markdown]
# Now the join. `merge` matches rows that have the same `image_id`. By default it keeps what is in both tables and
# drops everything else **without a word**. Two arguments make it talk: `indicator=True` says for each row where
# it was found, `validate` stops with an error if an id occurs twice.

# %%
found = {}
for name in ("image_class_labels", "train_test_split", "bounding_boxes"):
    both = tables["images"].merge(
        tables[name], on="image_id", how="outer", indicator=True, validate="one_to_one"
    )
    found[name] = both["_merge"].value_counts()
pd.DataFrame(found).rename({"left_only": "only in images", "right_only": "only in this table"})

# %% [markdown]
# With the drawn birds everything joins: program output is tidy. In the photo profile we ran this on an extract of
# CUB with ten classes. There two of the tables name thousands of pictures that are not in the folder, and the
# default join would have hidden it. One more question: are the files there?

# %%
named = set(tables["images"]["file"])
on_disk = {f"{path.parent.name}/{path.name}" for path in folder.glob("images/*/*")}
print(f"{len(named - on_disk)} named but not on disk, {len(on_disk - named)} on disk but not named")

# %% [markdown]
# Not one file is missing. Real tables are not always so kind, so we damage a copy of the boxes: some rows get
# lost, and three ids are mistyped.

# %%
torn = tables["bounding_boxes"].sample(frac=0.98, random_state=9)
torn.iloc[:3, 0] += 1_000_000

# %% [markdown] question="9.1"
# ### Exercise 9.1 · What does not join?
#
# `torn` is the damaged table of boxes. Make `unmatched`: the rows of the outer join of `tables["images"]` and
# `torn` that are **not** in both. It must have the columns `image_id` and `_merge`.

# %% answer="9.1"
# solution
joined = tables["images"].merge(torn, on="image_id", how="outer", indicator=True)
unmatched = joined.loc[joined["_merge"] != "both", ["image_id", "_merge"]]
# end

# %% [markdown] why="9.1"
# The outer join keeps every row of both sides, and `_merge` says where each came from: `left_only` are pictures
# without a box, `right_only` boxes without a picture. A mistyped id makes one of each.

# %% check="9.1"
import pandas as pd

from course_utils.exercises import Mistake, Table


def join(images, torn):
    return images.merge(torn, on="image_id", how="outer", indicator=True)[["image_id", "_merge"]]


def only(table, *sides):
    return table[table["_merge"].isin(sides)]


check = Table(
    expected=lambda images, torn: only(join(images, torn), "left_only", "right_only"),
    key="image_id",
    given={
        "images": pd.DataFrame({"image_id": [1, 2, 3, 4, 5], "file": list("abcde")}),
        "torn": pd.DataFrame({"image_id": [2, 3, 1_000_004, 5], "x": [1.0, 2.0, 3.0, 4.0]}),
    },
    mistakes=[
        Mistake(join, "That is the whole outer join. Keep only the rows that are not in both."),
        Mistake(
            lambda images, torn: only(join(images, torn), "both"),
            "Those are the rows that *do* join. The question is about the others.",
        ),
        Mistake(
            lambda images, torn: only(join(images, torn), "left_only"),
            "You found the pictures without a box. Are there boxes without a picture, too?",
        ),
        Mistake(
            lambda images, torn: only(join(images, torn), "right_only"),
            "You found the boxes without a picture. Are there pictures without a box, too?",
        ),
        Mistake(
            lambda images, torn: only(join(torn, images), "left_only", "right_only"),
            'You joined the other way round, so `left_only` now means "only in torn". Begin with the images.',
        ),
    ],
    hints=[
        "The cell with `value_counts` above makes such a join. Which values has its column `_merge`?",
        'Make the join with `how="outer"` and `indicator=True`, then keep the rows whose `_merge` is not "both".',
        '`joined.loc[joined["_merge"] != "both", ["image_id", "_merge"]]`',
    ],
)

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("9.1").check(unmatched, images=tables["images"], torn=torn)

# %% [markdown]
# `load_cub` does all of this, keeps what it leaves out in `left_out`, with reasons, and looks into the files.
# Twenty classes are enough for this lesson, so that it stays quick on the whole CUB, too.

# %%
from course_utils.datasets import load_cub

everything = load_cub(folder)
birds = everything.only(everything.class_names[:20])
birds

# %% [markdown]
# ## 2. Boxes
#
# Each picture has a box round its bird. Move the slider through the pictures; `margin` adds some surroundings to
# the crop. (The crop is a square, and it ends where the picture ends.)

# %%
import numpy as np
from PIL import Image

from course_utils.pictures import crop_edges
from course_utils.widgets import Slider, explore


def box_and_crop(picture, margin):
    row = birds.table.iloc[picture]
    pixels = np.asarray(Image.open(row["path"]).convert("RGB"))
    extra = margin * max(row["width"], row["height"])
    wide = row["x"] - extra, row["y"] - extra, row["width"] + 2 * extra, row["height"] + 2 * extra
    left, top, right, bottom = crop_edges(wide, pixels.shape[1], pixels.shape[0])
    rows = [[row["x"], row["y"], row["width"], row["height"]], [left, top, right - left, bottom - top]]
    return plots.boxes(pixels, rows, labels=["box", "crop"])


# %% [markdown]
# Go through a few species. Which pictures have a box that touches the edge? For which is the crop nearly the
# whole picture?

# %% tags=["nbval-ignore-output"]
explore(box_and_crop, picture=Slider(0, len(birds) - 1, 30), margin=Slider(0.0, 1.0, 0.0))

# %% [markdown] question="9.2"
# ### Exercise 9.2 · A box with a margin
#
# Write `grown`: the box gets wider by `margin` pixels **on each of its four sides**, and what would lie outside
# the picture is cut off. Give the result as `(left, top, right, bottom)`. A box is `(x, y, width, height)`, from
# the top left corner; the picture is `photo_width` wide and `photo_height` high.


# %% answer="9.2"
def grown(box, margin, photo_width, photo_height):
    # solution
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = min(x + width + margin, photo_width), min(y + height + margin, photo_height)
    return left, top, right, bottom
    # end


# %% [markdown] why="9.2"
# Work out all four edges first, and clip each by itself. Who clips `x` and then adds the width to it moves the
# right edge, too: the crop is no longer where the bird is.

# %% check="9.2"
from course_utils.exercises import Case, Function, Mistake


def edges(box, margin, photo_width, photo_height, clip=True, right_margin=1):
    x, y, width, height = box
    left, top = x - margin, y - margin
    right, bottom = x + width + right_margin * margin, y + height + right_margin * margin
    if not clip:
        return left, top, right, bottom
    return max(left, 0), max(top, 0), min(right, photo_width), min(bottom, photo_height)


def as_size(*arguments):
    left, top, right, bottom = edges(*arguments)
    return left, top, right - left, bottom - top


def shifted(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    return (
        left,
        top,
        min(left + width + 2 * margin, photo_width),
        min(top + height + 2 * margin, photo_height),
    )


check = Function(
    cases=[
        Case(((30, 40, 20, 10), 5, 100, 80), (25, 35, 55, 55)),
        Case(((2, 3, 20, 10), 5, 100, 80), (0, 0, 27, 18), "a box near the top left corner"),
        Case(((70, 60, 25, 15), 10, 100, 80), (60, 50, 100, 80), "a box near the bottom right corner"),
        Case(((0, 0, 100, 80), 0, 100, 80), (0, 0, 100, 80), "a box as large as the picture"),
    ],
    mistakes=[
        Mistake(
            lambda *arguments: edges(*arguments, clip=False), "It may reach outside the picture. Clip it."
        ),
        Mistake(as_size, "Left and top, and then width and height. Give right and bottom."),
        Mistake(
            lambda box, margin, *size: (
                *edges(box, margin, *size)[:2],
                *(side + 2 * margin for side in box[2:]),
            ),
            "The last two are a width and a height. Give right and bottom.",
        ),
        Mistake(
            lambda box, margin, *size: edges(box, margin / 2, *size),
            "Half the margin is on each side. Each of the four sides gets all of it.",
        ),
        Mistake(
            lambda *arguments: [edges(*arguments)[i] for i in (0, 2, 1, 3)],
            "The order is left, top, right, bottom.",
        ),
        Mistake(
            shifted,
            "Near the left or top edge, the right or bottom edge comes out wrong. Work it out from `x` and `y`, not from "
            "what is already clipped.",
        ),
        Mistake(
            lambda *arguments: edges(*arguments, right_margin=0),
            "The margin is missing on the right and at the bottom.",
        ),
        Mistake(
            lambda *arguments: edges(*arguments, right_margin=2),
            "On the right and at the bottom the box grows by twice the margin. Its right edge is at `x + width`.",
        ),
        Mistake(
            lambda box, margin, photo_width, photo_height: edges(box, margin, photo_height, photo_width),
            "Width and height of the picture are swapped. A wide picture shows it.",
        ),
    ],
    hints=[
        "First without clipping: where are the four edges? The right one is at `x + width`, and the margin comes on top.",
        "`max(..., 0)` keeps an edge from going below zero; `min(..., photo_width)` keeps one inside on the right.",
    ],
)

# %% [markdown]
# The check tries boxes in the middle, at both corners, and one as large as the picture.

# %%
exercise("9.2").check(grown)

# %% [markdown]
# ## 3. Look before you train
#
# How large are the pictures, how much of each is bird, and how often is the bird cut off?

# %%
table = birds.table
sizes = np.array([Image.open(path).size for path in table["path"]])  # (n, 2): width, height
share = table["width"] * table["height"] / sizes.prod(axis=1)
start = table[["x", "y"]].to_numpy()  # (n, 2): left, top
end = start + table[["width", "height"]].to_numpy()  # (n, 2): right, bottom
touches = ((start <= 1) | (end >= sizes - 1)).any(axis=1)
print(f"{sizes.min(axis=0)} to {sizes.max(axis=0)} pixels")
print(f"the box fills {share.median():.0%} of the picture (a tenth of them: below {share.quantile(0.1):.0%})")
print(f"{touches.mean():.0%} of the boxes touch the edge")

# %% [markdown]
# Every habit of a photographer is in the data. Lay all boxes over each other, each picture stretched to a square:
# how often is a place inside the box?

# %%
left, top = (start / sizes).T[:, :, None, None]  # each (n, 1, 1), from 0 to 1
right, bottom = (end / sizes).T[:, :, None, None]
y, x = (np.mgrid[:48, :48] + 0.5) / 48
inside = (x >= left) & (x < right) & (y >= top) & (y < bottom)  # (n, 48, 48)
plots.share_map(inside.mean(axis=0), "share of pictures with the bird here")

# %% [markdown]
# Birds sit in the middle. Whoever trains on such pictures should not expect a bird in the corner of a feeder's
# camera to be named as well.
#
# The dullest thing you can do is to give **one** answer for every picture. What a classifier is worth begins
# above that.

# %% [markdown] question="9.3"
# ### Exercise 9.3 · The yardstick
#
# A "classifier" always names the species that has the **most training pictures**. Which share of the **test**
# pictures in `table` does it get right? Give it as `yardstick`, from 0 to 1. (Columns: `class_name`, and `split`,
# which is "train" or "test". If several species have the most, take any of them.)

# %% answer="9.3"
# solution
commonest = table.loc[table["split"] == "train", "class_name"].value_counts().idxmax()
yardstick = (table.loc[table["split"] == "test", "class_name"] == commonest).mean()
# end

# %% [markdown] why="9.3"
# With classes of one size this is one over the number of classes, "guessing". With a rare and a common class it
# can be much more: in a data set with nine sparrows for one hawk, "sparrow" is right nine times out of ten.

# %% check="9.3"
import pandas as pd

from course_utils.exercises import Mistake, Value


def share(table, learn="train", ask="test"):
    commonest = table.loc[table["split"] == learn, "class_name"].value_counts().idxmax()
    return (table.loc[table["split"] == ask, "class_name"] == commonest).mean()


check = Value(
    share,
    rtol=0.001,
    given={
        "table": pd.DataFrame(
            {
                "class_name": ["Kite"] * 5 + ["Owl"] * 4 + ["Kite"] * 2 + ["Owl"] * 6 + ["Rail"] * 2,
                "split": ["train"] * 9 + ["test"] * 10,
            }
        )
    },
    mistakes=[
        Mistake(lambda table: share(table, ask="train"), "That is its share among the *training* pictures."),
        Mistake(
            lambda table: share(table, learn="test"),
            "That species has the most *test* pictures. You would have looked at the exam to choose the answer.",
        ),
        Mistake(
            lambda table: 1 / table["class_name"].nunique(),
            "One over the number of classes is right only if all classes are equally common in the test.",
        ),
        Mistake(lambda table: 100 * share(table), "Per cent. Give a share, from 0 to 1."),
        Mistake(
            lambda table: share(table) * (table["split"] == "test").sum(),
            "That is how many pictures are right. Give the share of all test pictures.",
        ),
        Mistake(
            lambda table: share(table) * (table["split"] == "test").sum() / len(table),
            "The right answers come from the test rows, and so does what you divide by.",
        ),
    ],
    hints=[
        "Two steps: find the species in the training rows, then count it in the test rows.",
        "`value_counts().idxmax()` names the commonest. Then compare the test rows' `class_name` with it.",
        "The mean of True and False is a share.",
    ],
)

# %% [markdown]
# Keep the number in mind: all accuracies below stand against it.

# %%
exercise("9.3").check(yardstick, table=table)

# %% [markdown]
# ### The same picture twice?
#
# If a test picture is also among the training pictures, its exam is worth nothing. Photographers take the same
# bird three times, and put the same photo online twice. A **difference hash** finds such pairs: shrink a picture
# to nine by eight grey pixels, and note for each but the last in its row whether the pixel on its right is
# brighter. Two such lists of 64 bits are compared by counting where they differ.


# %%
def difference_hash(picture):
    grey = np.asarray(picture.convert("L").resize((9, 8)), int)
    return (grey[:, 1:] > grey[:, :-1]).ravel()  # (64,) True or False


hashes = np.stack([difference_hash(Image.open(path)) for path in table["path"]])
distance = (hashes[:, None] != hashes[None]).sum(axis=-1)  # (n, n)

# %% [markdown]
# Never trust a detector that you have not tried. We make a copy that we know of, smaller and saved badly, and a
# mirror image:

# %%
import io

from PIL import ImageOps

original, file = Image.open(table["path"][0]).convert("RGB"), io.BytesIO()
original.resize((80, 80)).save(file, "JPEG", quality=30)
for what, copy in (("bad copy", Image.open(file)), ("mirror image", ImageOps.mirror(original))):
    print(f"{what}: {(difference_hash(copy) != hashes[0]).sum()} of 64 bits differ")
print(f"two different pictures: {np.median(distance):.0f} (median of all pairs)")

# %% [markdown]
# It finds the copy and is blind to the mirror image. Now the nearest pairs of the whole data set, with the number
# of bits that differ and the splits of both; one above the other is a pair. **Predict:** will there be copies?

# %% tags=["predict"]
i, j = np.triu_indices(len(table), 1)  # each pair once
bits = distance[i, j]
nearest = np.argsort(bits, kind="stable")[:6]
shown = np.concatenate([i[nearest], j[nearest]])
titles = [f"{bits[k]} of 64\n{table['split'][n]}" for k, n in zip(np.tile(nearest, 2), shown, strict=True)]
plots.image_grid(birds.images(shown, 128), titles=titles)

# %% [markdown]
# Use your eyes: a small number of bits is a suspicion, no proof. Among the drawn birds there is no copy, for each
# is drawn from a seed of its own; the nearest pairs only share their layout. Among the photos of the ten-class
# extract, the nearest pair is **one photo of a Laysan albatross, twice**, once with darker colours, under two
# names. Both happen to be for training. Had one of them been in the test, the exam would have had a leak; lesson
# 12 hunts for those.
#
# ### Has the backbone seen the exam?
#
# The backbone, too, was trained on pictures. CUB's photos come from Flickr, many of ImageNet's do as well, and
# CUB's own page warns that they overlap. Compared file by file, at least 22 of CUB's 5,794 test photos are in
# ImageNet's training set (Guo, 2016). A published list names them (Mallya, 2018), and four are albatrosses:

# %%
from pathlib import Path

IN_IMAGENET = (
    "Black_Footed_Albatross_0024_796089.jpg",
    "Black_Footed_Albatross_0033_796086.jpg",
    "Black_Footed_Albatross_0086_796062.jpg",
    "Laysan_Albatross_0033_658.jpg",
)
leaked = table["path"].map(lambda path: Path(path).name).isin(IN_IMAGENET)
print(f"{leaked.sum()} of them are in this table, {(leaked & (table['split'] == 'test')).sum()} in the test")

# %% [markdown]
# Our drawn birds have none of them: the mini backbone was trained on other drawings, though on half of these
# *species* (section 7 compares them with the others). In the photo profile all four are in the exam. They are few,
# so they hardly move the accuracy. The *classes* matter more: ImageNet has about sixty kinds of birds, among them
# "albatross", and three of the ten classes in our extract are albatrosses. It has no auklets and no anis.

# %% tags=["nbval-ignore-output"]
from course_utils.backbones import class_names

words = {name.split()[-1].lower() for name in birds.class_names}
similar = [c for c in class_names(course.backbone) if c.lower().split()[-1] in words]
print(f"classes that the backbone was trained on, with such names: {', '.join(similar)}")

# %% [markdown]
# ## 4. A frozen backbone and a head
#
# As in lesson 00, but quicker (larger batches, a higher rate), for many heads are to come. All of them are trained by
# `train_head` and examined by `exam`, so that only the pictures differ.

# %%
import keras

loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def train_head(features):
    train = features.split("train")
    keras.utils.set_random_seed(course.seed)
    scores = keras.layers.Dense(len(features.class_names), kernel_initializer="zeros")
    head = keras.Sequential([keras.Input((train.vectors.shape[1],)), scores])
    head.compile(optimizer=keras.optimizers.Adam(5e-3), loss=loss)
    head.fit(train.vectors, train.labels, batch_size=100, epochs=25, verbose=0)
    return head


# %% [markdown]
# `exam` gives two things: the probabilities, and the table of answers. (`model(vectors)` takes all of them at once.
# `predict` would go through them in batches, which pays for pictures.)

# %%
from course_utils import evaluation


def exam(model, vectors, rows, names=birds.class_names):
    probabilities = keras.ops.softmax(model(vectors)).numpy()
    return probabilities, evaluation.predictions(probabilities, rows, names)


# %% [markdown]
# The whole picture first:

# %% within=0.06
from course_utils.backbones import load_backbone
from course_utils.bottlenecks import BottleneckCache

backbone, cache = load_backbone(course.backbone), BottleneckCache(course.cache_folder())
features = cache.extract(backbone, birds)
head, test = train_head(features), features.split("test")
whole_sure, whole = exam(head, test.vectors, test.table)
right = int(whole["correct"].sum())
low, high = evaluation.wilson_interval(right, len(whole))
print(f"{right} of {len(whole)} right: {right / len(whole):.0%} (95 % interval {low:.0%} to {high:.0%})")

# %% [markdown]
# ### Take the bird away
#
# Is it the *bird* that the head goes by? We paint the box grey in every picture and do everything again. And a
# control, for the hole itself has a shape: pictures with nothing but the box, white on black.

# %%
from dataclasses import replace

from PIL import ImageDraw


def repainted(name, paint):
    target, paths = course.data_root / "lesson_09" / course.profile / name, []
    target.mkdir(parents=True, exist_ok=True)
    for row in birds.table.itertuples():
        box = row.x, row.y, row.x + row.width - 1, row.y + row.height - 1
        paths.append(str(target / f"{row.image_id}.png"))
        paint(Image.open(row.path).convert("RGB"), box).save(paths[-1], compress_level=1)
    return replace(birds, name=name, table=birds.table.assign(path=paths))


# %% [markdown]
# The two ways to paint:


# %%
def hide_bird(picture, box):
    ImageDraw.Draw(picture).rectangle(box, fill=(128, 128, 128))
    return picture


def only_hole(picture, box):
    black = Image.new("RGB", picture.size)
    ImageDraw.Draw(black).rectangle(box, fill="white")
    return black


hidden, holes = repainted("hidden", hide_bird), repainted("holes", only_hole)

# %% [markdown]
# One test picture of each of twelve species, as this head gets to see it. **Predict:** which share would *you*
# get right? And the head?

# %%
examples = hidden.table[hidden.table["split"] == "test"].groupby("class_name").head(1).index[:12]
plots.image_grid(hidden.images(examples, 128), titles=list(birds.table["class_name"][examples]), columns=6)

# %% [markdown]
# The same training and the same exam, three times: the bars tell. (The dashed line is the yardstick: one answer
# for all.)

# %% within=0.1 tags=["predict"]
answers = {"whole picture": whole}
for name, data in (("bird hidden", hidden), ("only the hole", holes)):
    features_of = cache.extract(backbone, data)
    part = features_of.split("test")
    answers[name] = exam(train_head(features_of), part.vectors, part.table)[1]
    print(f"{name}: {evaluation.accuracy(answers[name]):.0%} right")

# %% [markdown]
# As a figure, with intervals:

# %% tags=["nbval-ignore-output"]
labelled = pd.concat([part.assign(input=name) for name, part in answers.items()], ignore_index=True)
commonest = table.loc[table["split"] == "train", "class_name"].value_counts().idxmax()
chance = (test.table["class_name"] == commonest).mean()
plots.accuracy_bars(evaluation.accuracy_by(labelled, "input"), chance=chance)

# %% [markdown]
# With the bird hidden the head is right several times as often as chance, and the shape of the hole explains at
# most a part of it. Species have habitats: the drawn ones by design, the real ones because albatrosses are
# photographed at sea.

# %% [markdown] question="9.4"
# ### Exercise 9.4 · What follows?
#
# A head that never saw a bird names a good part of the test pictures right. What does that say about the head
# that was trained on **whole pictures**?
#
# - [ ] Nothing: it was trained on other pictures.
#   - The same backgrounds were in its pictures, too, and its training takes all that helps.
# - [ ] It goes by the background, and not by the bird.
#   - It is right far more often than the head without birds, so it must get much from the bird as well.
# - [x] It may go by the background in part, so its accuracy may be lower where the backgrounds are others.
#   - The background tells something about the species, and nothing in training keeps a head from using it. At
#     your feeder every bird has the same background, and this help is gone.
# - [ ] Its accuracy is wrong and must be corrected downwards.
#   - It is right for new pictures that are taken *in the same way*. The question is whether yours are.

# %% answer="9.4"
# solution
conclusion = "c"
# end

# %% check="9.4"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What can a head do with information that helps in training: can it know that this is not about the bird?",
        "Compare two bars: one says what the background is worth alone. Does the other one say what it is *used* for?",
    ]
)

# %% [markdown]
# Decide for one letter.

# %%
exercise("9.4").check(conclusion)

# %% [markdown]
# We can ask it directly. Take the head that was trained on **whole pictures**, as it is, and examine it on
# pictures without a bird. If it went by birds alone, it would be left with guessing.

# %% within=0.35 tags=["predict"]
no_bird = cache.extract(backbone, hidden).split("test")
_, blind = exam(head, no_bird.vectors, no_bird.table)
print(f"trained on whole pictures, examined without a bird: {evaluation.accuracy(blind):.0%} right")

# %% [markdown]
# With drawn birds that is hardly above the yardstick, with photos more than twice the yardstick. What does it prove?
# Little: no picture that this head was trained on had a grey box, so it is out of its depth, and the shape of the
# hole may help it. A share near guessing does not say that the head makes no use of backgrounds.
#
# ## 5. Whole picture or crop?
#
# The usual remedy: cut to the box. The bird is larger then, and little background is left. **Predict:** better,
# worse, or the same?

# %% within=0.06 tags=["predict"]
crops = cache.extract(backbone, birds, crop=True)
crop_test = crops.split("test")
crop_sure, crop = exam(train_head(crops), crop_test.vectors, crop_test.table)
print(f"whole picture {evaluation.accuracy(whole):.1%}, crop {evaluation.accuracy(crop):.1%}")

# %% [markdown]
# Hardly a difference! Is that chance? Two intervals that overlap are a poor argument, for both classifiers took
# the **same exam**. Only those pictures tell something on which they disagree.

# %% tags=["nbval-ignore-output"]
names = {True: "right", False: "wrong"}
pd.crosstab(whole["correct"].map(names).rename("whole picture"), crop["correct"].map(names).rename("crop"))

# %% [markdown]
# If both were equally good, each disagreement would be the toss of a coin. So toss: how often does a fair coin
# differ at least as much? (Done with a formula in place of coins, this is McNemar's test.)


# %%
def coin(n, difference):
    tosses = np.random.default_rng(0).binomial(n, 0.5, 100_000)
    return (abs(2 * tosses - n) >= difference).mean()


# %% [markdown]
# Whole picture against crop:

# %% tags=["nbval-ignore-output"]
only_whole = (whole["correct"] & ~crop["correct"]).sum()
only_crop = (crop["correct"] & ~whole["correct"]).sum()
print(f"only the whole picture right: {only_whole}, only the crop right: {only_crop}")
as_far = coin(only_whole + only_crop, abs(only_whole - only_crop))
print(f"a fair coin differs at least as much in {as_far:.0%} of all series")

# %% [markdown]
# So with drawn birds nobody can say which of the two is better. (With photos one can; the table at the end has both.)
# Yet look at how *many* pictures they disagree on! The crop shows
# the marks larger; only the whole picture shows how large the bird is, and where it is. Two who err differently
# should be asked together.

# %% [markdown] question="9.5"
# ### Exercise 9.5 · Two looks
#
# `whole_sure` and `crop_sure` are the probabilities of both, shape (pictures, species), in the same order. Let
# both answer together: average the two, take the most probable species, and compare with `test.labels`. Give the
# share that is right as `two_looks`.

# %% answer="9.5"
# solution
together = (whole_sure + crop_sure) / 2
two_looks = (together.argmax(axis=1) == test.labels).mean()
# end

# %% [markdown] why="9.5"
# Where one is wrong it is often unsure, and the other one decides. What there is to gain depends on how often
# they disagree: `(whole_sure.argmax(axis=1) != crop_sure.argmax(axis=1)).mean()`. With the drawn birds they do so
# often, and gain much. With the photos of CUB they seldom do, and together they are no better than the crop
# alone. (The sum does as well as the mean: the largest stays the largest.)

# %% check="9.5"
import numpy as np

from course_utils.exercises import Mistake, Outcome

check = Outcome(
    measured={
        "sketch": [0.818, 0.82, 0.819, 0.82, 0.823],
        "photo": [0.905, 0.914, 0.914, 0.914, 0.914],
    },
    margin=0.015,
    below="That is lower than we saw with any seed; is it one look alone? Average both, and take the most probable species "
    "after that.",
    above="That is higher than we saw with any seed. Do you compare with the labels of the *test* pictures?",
    given={"profile": "sketch"},
    mistakes=[
        Mistake(
            lambda profile: 650, "Give the share as a number from 0 to 1, not in per cent or as a count."
        ),
        Mistake(
            lambda profile: 0.05,
            "No better than guessing. `argmax(axis=1)` gives the answer for each picture, one in each row.",
            when=lambda a, profile: float(a) < 0.15,
        ),
        Mistake(
            lambda profile: 0.62,
            "That is about how often *both* are right. Let them answer together, and see whether that answer is right.",
            when=lambda a, profile: 0.55 < float(a) < {"sketch": 0.7, "photo": 0.87}[profile],
        ),
        Mistake(
            lambda profile: 0.89,
            "That is about how often at least *one* is right. Nobody could tell which: average first, then answer.",
            when=lambda a, profile: {"sketch": 0.86, "photo": 0.92}[profile] < float(a) < 0.95,
        ),
    ],
    hints=[
        "Add the two arrays. What is the most probable species of each picture now?",
        "`.argmax(axis=1)` gives a label for each row; compare it with `test.labels`, and take the mean.",
    ],
)

# %% [markdown]
# The check accepts what we saw with several seeds, and a little more.

# %%
exercise("9.5").check(two_looks, profile=course.profile)

# %% [markdown]
# One thing to remember: the boxes were drawn by people. At your feeder nobody draws them, so from here on we go
# on with the whole picture.
#
# ## 6. Fine-tune
#
# So far the backbone was frozen. Lesson 07 lets it learn, too; there, each step goes through the whole network.
# Here is a trick in the spirit of the bottleneck cache: **cut the network in two.** The front, the *stem*, stays
# frozen, so its output for a picture never changes: compute it once. Only the back, the *tail*, is trained.

# %%
from course_utils import finetune, heads

network = load_backbone(course.backbone).get_layer("network")  # a copy: the old one stays as it is
cut = network.get_layer("block_12_add").output
stem, tail = keras.Model(network.input, cut), keras.Model(cut, network.output)
print(f"stem: {stem.count_params():,} weights, to {cut.shape[1:]}; tail: {tail.count_params():,} weights")

# %% [markdown]
# The tail has most of the weights. A cache allows no new variation in each epoch (lesson 06), only a fixed set.
# We make three: each training picture as it is, and twice mirrored or shifted by chance. The bare network
# wants pixels from -1 to 1.

# %%
vary = keras.Sequential(
    [
        keras.layers.RandomFlip("horizontal"),
        keras.layers.RandomTranslation(0.1, 0.1, fill_mode="reflect", interpolation="nearest"),
    ]
)
in_train = (table["split"] == "train").to_numpy()
pixels = birds.images(range(len(birds)), course.image_size) / np.float32(127.5) - 1
views = [pixels[in_train], *(vary(pixels[in_train], training=True).numpy() for _ in range(2))]
x = stem.predict(np.concatenate(views), batch_size=50, verbose=0)
y = np.tile(table["label"].to_numpy()[in_train], len(views))
x_test = stem.predict(pixels[~in_train], batch_size=50, verbose=0)
print(f"to train on: {x.shape}, {x.nbytes / 1e6:.0f} MB")

# %% [markdown] question="9.6"
# ### Exercise 9.6 · Only the last blocks
#
# Only for practice: `short_tail` is to train even less. Make it from `keras.models.clone_model(tail)` (the same
# layers with fresh weights; `set_weights` would copy those, too). Only those of its layers train whose names begin
# with `block_15`, `block_16` or `Conv_1`, and **no** BatchNormalization layer trains. (`tail.summary()` lists the
# names. Use a loop over `.layers`, or see `help(finetune.unfreeze)`.)

# %% answer="9.6"
# solution
short_tail = keras.models.clone_model(tail)
for layer in short_tail.layers:
    late = layer.name.startswith(("block_15", "block_16", "Conv_1"))
    layer.trainable = late and not isinstance(layer, keras.layers.BatchNormalization)
# end

# %% [markdown] why="9.6"
# What comes late is most special to the old job, and gains most. BatchNorm stays frozen, because with a few
# pictures its statistics would drift away from those that the other weights were trained with (lesson 07).

# %% check="9.6"
import keras

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure, trainable_parameters

LATE = ("block_15", "block_16", "Conv_1")


def small_tail(trains):
    """A network with the names of MobileNetV2's last layers."""
    x = inputs = keras.Input((4, 4, 2))
    for block in ("block_13", "block_14", "block_15", "block_16"):
        x = keras.layers.Conv2D(2, 1, name=f"{block}_expand")(x)
        x = keras.layers.BatchNormalization(name=f"{block}_expand_BN")(x)
    x = keras.layers.Conv2D(3, 1, name="Conv_1")(x)
    model = keras.Model(inputs, keras.layers.BatchNormalization(name="Conv_1_bn")(x))
    for layer in model.layers:
        layer.trainable = trains(layer)
    return model


def norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def training(model, chosen):
    return [layer.name for layer in model.layers if layer.trainable_weights and chosen(layer)]


def frozen_late(model, names):
    return [
        layer
        for layer in model.layers
        if layer.name.startswith(names) and layer.weights and not norm(layer) and not layer.trainable_weights
    ]


check = Structure(
    mistakes=[
        Mistake(
            lambda: small_tail(lambda layer: False),
            "Nothing trains. Set `trainable` layer by layer; a frozen model freezes all that is in it.",
            when=lambda model: trainable_parameters(model) == 0,
        ),
        Mistake(
            lambda: small_tail(lambda layer: layer.name.startswith(LATE)),
            "BatchNormalization layers train. They stay frozen, wherever they stand (`Conv_1_bn` is one, too).",
            when=lambda model: bool(training(model, norm)),
        ),
        Mistake(
            lambda: small_tail(lambda layer: not norm(layer)),
            "Earlier blocks train, too. Look at the names of the layers.",
            when=lambda model: bool(training(model, lambda layer: not layer.name.startswith(LATE))),
        ),
        Mistake(
            lambda: small_tail(lambda layer: layer.name.startswith("Conv_1") and not norm(layer)),
            "Layers of block 15 or 16 are frozen. They should train.",
            when=lambda model: bool(frozen_late(model, ("block_15", "block_16"))),
        ),
        Mistake(
            lambda: small_tail(
                lambda layer: layer.name.startswith("block_1") and layer.name > "block_15" and not norm(layer)
            ),
            "The last layer, `Conv_1`, is frozen. It should train.",
            when=lambda model: bool(frozen_late(model, ("Conv_1",))),
        ),
        Mistake(
            lambda: keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, name="Conv_1")]),
            "That is another network. Begin with `keras.models.clone_model(tail)`.",
            when=lambda model: not any(layer.name.startswith("block_15") for layer in model.layers),
        ),
    ],
    hints=[
        "`for layer in short_tail.layers:` and then set `layer.trainable` to True or False.",
        "`layer.name.startswith((...))` takes several beginnings; `isinstance(layer, keras.layers.BatchNormalization)` "
        "finds the others.",
        'Or in one line: `finetune.unfreeze(keras.models.clone_model(tail), from_layer="block_15")`.',
    ],
)

# %% [markdown]
# The check looks at which layers train, not at how you got there.

# %%
exercise("9.6").check(short_tail)

# %% [markdown]
# Now the training. `unfreeze` lets all layers of the tail learn, except BatchNorm. It begins with a copy of the
# trained head of section 4: a fresh head would wreck the features (lesson 07). The rate falls slowly to nothing;
# how high it begins was chosen, for the drawn birds, on birds drawn with another seed. (To run it again, begin
# where we cut the network: a trained tail would go on from where it is.)

# %%
finetune.unfreeze(tail)
tuned_head = keras.models.clone_model(head)
tuned_head.set_weights(head.get_weights())
tuned = keras.Sequential([keras.Input(cut.shape[1:]), tail, tuned_head])
epochs, rate = 6, 1e-3 if course.profile == "sketch" else 3e-4
steps = epochs * -(-len(x) // 40)  # batches in an epoch, rounded up
schedule = keras.optimizers.schedules.CosineDecay(rate, decay_steps=steps)
tuned.compile(optimizer=keras.optimizers.Adam(schedule), loss=loss)

# %% [markdown]
# The first step takes a few seconds, for Keras traces it. **Predict:** how many points will it gain?

# %% within=0.06 tags=["predict"]
import time

began = time.perf_counter()
keras.utils.set_random_seed(course.seed)
tuned.fit(x, y, batch_size=40, epochs=epochs, verbose=0)
print(f"trained in {time.perf_counter() - began:.1f} s")
tuned_sure, fine = exam(tuned, x_test, test.table)
print(f"frozen {evaluation.accuracy(whole):.1%}, fine-tuned {evaluation.accuracy(fine):.1%}")

# %% [markdown]
# It gained little, if anything. Do not turn knobs until it looks better: that would be learning from the exam. Ask
# first whether it is more than chance.

# %% [markdown] question="9.7"
# ### Exercise 9.7 · Lost and gained
#
# `whole` and `fine` are the tables of answers before and after fine-tuning, the same test pictures in the same
# order. Give `changed`, a list of two numbers: how many pictures were right before and are wrong now, and how
# many the other way round.

# %% answer="9.7"
# solution
lost = (whole["correct"] & ~fine["correct"]).sum()
gained = (fine["correct"] & ~whole["correct"]).sum()
changed = [lost, gained]
# end

# %% [markdown] why="9.7"
# The accuracy shows only the difference of the two. Fine-tuning always spoils some answers as well, and a small
# difference between two large numbers is easily chance.

# %% check="9.7"
import numpy as np
import pandas as pd

from course_utils.exercises import Mistake, Value


def counts(before, after):
    old, new = before["correct"].to_numpy(bool), after["correct"].to_numpy(bool)
    return [(old & ~new).sum(), (new & ~old).sum()]


def other_names(before, after):
    other = before["predicted"].to_numpy(str) != after["predicted"].to_numpy(str)
    return [counts(before, after)[0], (other & ~before["correct"].to_numpy(bool)).sum()]


check = Value(
    counts,
    rtol=0,
    given={
        "before": pd.DataFrame(
            {
                "correct": [True, True, True, True, False, False, False, True, True],
                "predicted": list("aaaabccaa"),
            }
        ),
        "after": pd.DataFrame(
            {
                "correct": [True, False, True, True, True, True, False, True, True],
                "predicted": list("abaaaabaa"),
            }
        ),
    },
    mistakes=[
        Mistake(
            lambda before, after: counts(before, after)[::-1],
            "The two are swapped: first those that were right before and are wrong now.",
        ),
        Mistake(
            lambda before, after: [before["correct"].sum(), after["correct"].sum()],
            "That is how many are right before and after. The question is which pictures changed sides.",
        ),
        Mistake(
            lambda before, after: [(~before["correct"]).sum(), (~after["correct"]).sum()],
            "That is how many are wrong before and after. The question is which pictures changed sides.",
        ),
        Mistake(
            lambda before, after: np.array(counts(before, after)) / len(before),
            "Shares. Give counts of pictures.",
        ),
        Mistake(
            lambda before, after: [(before["correct"] != after["correct"]).sum()] * 2,
            "That counts both kinds together. Which were right before, which after?",
        ),
        Mistake(other_names, "A wrong name may change into another wrong one. That gains nothing."),
        Mistake(
            lambda before, after: [0, after["correct"].sum() - before["correct"].sum()],
            "Only the difference is left of it. Some pictures were lost, too.",
        ),
    ],
    hints=[
        "Two columns of True and False, the same pictures in the same order. `&` is *and*, `~` is *not*.",
        '`(whole["correct"] & ~fine["correct"])` is True for the pictures that were lost. Count them.',
    ],
)

# %% [markdown]
# A list of two numbers:

# %%
exercise("9.7").check(changed, before=whole, after=fine)

# %% [markdown]
# And the coin:

# %% tags=["nbval-ignore-output"]
n = (whole["correct"] != fine["correct"]).sum()
difference = abs(fine["correct"].sum() - whole["correct"].sum())
print(f"{n} answers changed sides; a fair coin differs as much in {coin(n, difference):.0%} of all series")

# %% [markdown]
# The tail did learn something: many answers changed. But a coin alone would often do as much, so nobody should
# boast of this gain. Why is there no more to gain? Look at what was left to learn from the training pictures:

# %% within=0.05
train = features.split("train")
learnt = head(train.vectors).numpy().argmax(axis=1) == train.labels
print(f"the frozen head already named {learnt.mean():.0%} of its training pictures right")

# %% [markdown]
# The frozen head knew them by heart before the tail began. Pictures that are right already teach nearly nothing,
# and what the tail then learns is special to these few. Lesson 07 gains more, with variations that are new in
# every epoch, through the whole network, and for much longer. More pictures would help, too.
#
# ## 7. Who is mistaken for whom?
#
# The last word of a name is the **genus** (in CUB, whose names are everyday names, often a wider group, such as
# "Sparrow"). Species of one genus look alike. Lines separate them:

# %% tags=["nbval-ignore-output"]
genus = {name: name.split()[-1] for name in birds.class_names}
plots.confusion_heatmap(evaluation.confusion(whole), groups=genus)

# %% [markdown]
# The mistakes gather in blocks along the diagonal. How many would do so if dice chose among the wrong species?

# %% within=0.25
mistakes = whole[~whole["correct"]]
same = mistakes["class_name"].map(genus).astype(str) == mistakes["predicted"].map(genus).astype(str)
genera = mistakes["class_name"].map(genus).astype(str)
others = genera.map(pd.Series(genus).value_counts()) - 1  # species of the same genus
print(f"{same.mean():.0%} of {len(mistakes)} mistakes stay inside the genus")
print(f"by dice it would be {(others / (len(genus) - 1)).mean():.0%}")

# %% [markdown]
# Does it do better on the species that its backbone has met before? For drawn birds the table says which those are
# (for photos it does not, and the cell prints nothing):

# %% within=0.1
evaluation.seen_against_unseen(whole) if "known" in whole else None

# %% [markdown]
# Seen species do better, as in lesson 00 (they are other birds than the unseen ones, so a part of it may be that).
#
# Back to the mistakes: the classifier takes like for like. That tells you what to ask of it. If "some blackbird" is
# enough for you, it is right far more often.

# %% [markdown] question="9.8"
# ### Exercise 9.8 · Right about the genus
#
# Make `by_genus`: for each true genus the share of its test pictures in `whole` whose **predicted species is of
# the same genus**, be the species right or wrong. Columns: `genus` and `right`. The dict `genus` names the genus
# of each species.

# %% answer="9.8"
# solution
true_genus = whole["class_name"].map(genus).astype(str)
hit = true_genus == whole["predicted"].map(genus).astype(str)
by_genus = hit.groupby(true_genus).mean().rename("right").rename_axis("genus").reset_index()
# end

# %% [markdown] why="9.8"
# Map both columns to the genus, compare, and take the mean for each *true* genus. A genus with one species in the
# data set cannot be mistaken inside, so for it nothing changes.

# %% check="9.8"
import pandas as pd

from course_utils.exercises import Mistake, Table


def shares(answers, genus, by="class_name", species=False, mean=True, wrong_only=False):
    true, said = (answers[column].astype(str) for column in ("class_name", "predicted"))
    hit = true == said if species else true.map(genus) == said.map(genus)
    groups = answers[by].astype(str).map(genus)
    if wrong_only:
        hit, groups = hit[true != said], groups[true != said]
    grouped = hit.groupby(groups)
    return (grouped.mean() if mean else grouped.sum()).rename("right").rename_axis("genus").reset_index()


def per_species(answers, genus):
    hit = answers["class_name"].map(genus) == answers["predicted"].map(genus)
    return hit.groupby(answers["class_name"]).mean().rename("right").rename_axis("genus").reset_index()


check = Table(
    expected=shares,
    key="genus",
    given={
        "answers": pd.DataFrame(
            [
                ("Red Owl", "Red Owl"),
                ("Red Owl", "Grey Owl"),
                ("Grey Owl", "Red Owl"),
                ("Grey Owl", "Sea Kite"),
                ("Grey Owl", "Sea Kite"),
                ("Sea Kite", "Sea Kite"),
                ("Sea Kite", "Sea Kite"),
                ("Sea Kite", "Red Owl"),
            ],
            columns=["class_name", "predicted"],
        ),
        "genus": {"Red Owl": "Owl", "Grey Owl": "Owl", "Sea Kite": "Kite"},
    },
    mistakes=[
        Mistake(
            lambda answers, genus: shares(answers, genus, species=True),
            "Those are the shares of right *species*. A wrong species of the right genus counts here.",
        ),
        Mistake(
            lambda answers, genus: shares(answers, genus, by="predicted"),
            "Grouped by the genus of the *answer*. The question is about the true one.",
        ),
        Mistake(
            lambda answers, genus: shares(answers, genus, mean=False), "Counts. Give shares, from 0 to 1."
        ),
        Mistake(
            lambda answers, genus: shares(answers, genus).assign(right=lambda table: 100 * table["right"]),
            "Per cent. Give shares, from 0 to 1.",
        ),
        Mistake(
            lambda answers, genus: shares(answers, genus, wrong_only=True),
            "Those are shares of the *mistakes*. Right answers are of the right genus, too.",
        ),
        Mistake(
            lambda answers, genus: shares(answers, genus, mean=True).assign(
                right=lambda table: table["right"] - shares(answers, genus, species=True)["right"]
            ),
            "A right species is of the right genus, too, and counts.",
        ),
        Mistake(per_species, "A row for each species. Group by the genus of the true species."),
    ],
    hints=[
        '`whole["class_name"].map(genus)` gives the true genus of each picture. What gives the predicted one?',
        "Compare the two (as texts: `.astype(str)`), and group that by the true genus.",
        '`.mean()`, then `.rename("right").rename_axis("genus").reset_index()` for the names of the columns.',
    ],
)

# %% [markdown]
# Any order of the rows will do.

# %%
exercise("9.8").check(by_genus, answers=whole, genus=genus)

# %% [markdown]
# ## 8. Where does it look?
#
# Ask by taking away: slide a grey square over the picture, and note how much less sure the classifier gets of its
# answer (Zeiler and Fergus, 2014). Where the drop is large, there is what it goes by. (`heads.attach` makes one
# model of backbone and head, from pixels to scores.)

# %%
classifier = heads.attach(backbone, head)
size = course.image_size
edge, starts = size // 4, range(0, size - size // 4 + 1, size // 8)
places = [(slice(y, y + edge), slice(x, x + edge)) for y in starts for x in starts]


def drop_map(picture):
    pictures = np.repeat(picture[None], 1 + len(places), axis=0)
    for covered, place in zip(pictures[1:], places, strict=True):
        covered[place] = 128
    sure = keras.ops.softmax(classifier.predict_on_batch(pictures)).numpy()
    first, *others = sure[:, sure[0].argmax()]
    drop, times = np.zeros((size, size)), np.zeros((size, size))
    for place, other in zip(places, others, strict=True):
        drop[place] += first - other
        times[place] += 1
    return drop / times  # on average over all squares that cover the place


# %% [markdown]
# We ask about the surest right answers and the surest mistakes. The picture is lit where the answer depends on
# it; the line is the box, which we read off the white holes of section 4.

# %% tags=["nbval-ignore-output"]
surest = pd.concat([whole[whole["correct"] == ok].nlargest(12, "confidence") for ok in (True, False)])
rows = pd.Index(table["path"]).get_indexer(surest["path"])
pictures, masks = birds.images(rows, size), holes.images(rows, size)[..., 0] > 127
drops = np.stack([drop_map(picture) for picture in pictures])
said = [f"{'✓' if row.correct else '✗'} {row.predicted}" for row in surest.itertuples()]
some = [*range(6), *range(12, 18)]
plots.spotlight_grid(pictures[some], drops[some], masks[some], titles=[said[i] for i in some])

# %% [markdown]
# How much of the light falls into the box, and how much would if it were spread evenly?

# %% within=0.3
light = drops.clip(0)
in_box = (light * masks).sum(axis=(1, 2)) / light.sum(axis=(1, 2))
for what, some in (("right", slice(12)), ("wrong", slice(12, None))):
    print(f"{what}: {in_box[some].mean():.0%} of the light in the box, {masks[some].mean():.0%} of the area")

# %% [markdown]
# Most of it falls on the bird, more than its share of the picture. Perhaps it is less where the answer is wrong, but
# twelve pictures of each cannot say. (In the photo profile red-winged blackbirds are among the surest answers, lit at
# the red patch on the wing that names them.) Do not read too much into the rest: a square beside the box covers a bit of
# the bird as well, and no training picture had a grey square in it. What the background is worth, section 4 could
# say better.
#
# ## 9. At your feeder
#
# CUB's exam asks only about species that the classifier knows. Your feeder does not keep to that. We take some
# species out of the training and let the classifier meet them as **strangers**:

# %%
strangers = birds.class_names[::4]
friends = birds.only([name for name in birds.class_names if name not in strangers])
known = cache.extract(backbone, friends)
exam_known, exam_strange = known.split("test"), cache.extract(backbone, birds.only(strangers)).split("test")
small_head = train_head(known)
_, knows = exam(small_head, exam_known.vectors, exam_known.table, friends.class_names)
guessed = keras.ops.softmax(small_head(exam_strange.vectors)).numpy()

# %% [markdown]
# It has no way to say "I do not know". How sure is it of the names it gives to strangers? (The backbone has met some
# of the drawn ones; the head has not.)

# %% within=0.25
strange_sure = guessed.max(axis=1)
print(
    f"known species: {evaluation.accuracy(knows):.0%} right; how sure, median: {knows['confidence'].median():.0%}"
)
print(f"strangers: none can be right; how sure, median: {np.median(strange_sure):.0%}")

# %% [markdown]
# The only remedy at hand is a **threshold**: an answer below some confidence is not given. It costs answers. The
# share of pictures that get an answer is the *coverage*.

# %% tags=["nbval-ignore-output"]
sure, ok = knows["confidence"], knows["correct"]
curves = pd.DataFrame(
    [
        (t, (sure >= t).mean(), ok[sure >= t].mean(), (strange_sure >= t).mean())
        for t in np.arange(0.1, 1, 0.01)
    ],
    columns=["threshold", "answered", "right", "strangers"],
)


def at_threshold(threshold):
    return plots.coverage_curves(curves, threshold)


explore(at_threshold, threshold=Slider(0.1, 0.99, 0.5, step=0.01))

# %% [markdown]
# Find the threshold that you would use at your feeder. ("Answered" and "right" are about birds of *known* species:
# strangers that get an answer come on top, and are always wrong.) How many answers do you lose for nine strangers in
# ten to be turned away? With the drawn birds most of them, with the photos far fewer. Even a strict
# threshold lets some pass: confidence says how much better one known name fits than the other known names, not that
# any of them fits. Lesson 11 adds a class of its own for "something else", lesson 12 asks whether answers that are
# nine tenths sure are right nine times in ten.
#
# ## Quiz

# %% [markdown] quiz="9.a"
# Two classifiers took the same exam; their 95 % intervals overlap. What can you say?
#
# - [ ] They are equally good.
#   - That is never shown by an exam. And the pictures on which only one is right may speak clearly.
# - [x] Not yet anything: count the pictures on which only one of them is right.
#   - What both get right or both get wrong says nothing about the difference.
# - [ ] The one with more right answers is better.
#   - Perhaps. Toss a coin for each disagreement before you believe it.

# %% [markdown] quiz="9.b"
# You join three tables with `merge` and its defaults, and get fewer rows than there are pictures. What happened?
#
# - [x] Pictures without a partner in some table were left out.
#   - The default is an inner join. Ask for an outer one with `indicator=True`, and look at what is left over.
# - [ ] Some rows were doubled.
#   - Ids that occur twice make *more* rows. `validate` finds them.
# - [ ] pandas could not read some lines.
#   - Possible, after a stray quotation mark. But look at `merge` first: its default drops rows.

# %% [markdown] quiz="9.c"
# What would you need first, to trust this classifier at your feeder?
#
# - [ ] A higher accuracy on CUB's test pictures.
#   - They were taken by other people, of large birds in the middle, in the habitats of the species.
# - [ ] A map for each picture of where it looks.
#   - That helps to find faults. It does not say how often it is right.
# - [x] An exam of pictures from the feeder itself, with birds in it that the classifier does not know.
#   - Same background, same camera, strangers included: that is the question you really have.

# %% [markdown]
# ## What you saw
#
# - An outer join with `indicator=True` says what does not join; the default hides it.
# - Trained without any bird in the picture, a classifier still does several times better than guessing:
#   backgrounds belong to species.
# - Classifiers that took the same exam are compared on the pictures on which they disagree.
# - Two classifiers that err on different pictures can do better together; how much depends on how often they
#   disagree.
# - Confidence is little protection against species that the classifier has never met.
#
# The same cells on real photos of ten species of CUB, with the photo profile's backbone and with MobileNetV2, beside
# the drawn birds. Test accuracies, one run each:
#
# | | drawn birds, twenty species | photos, EfficientNet-Lite0 | photos, MobileNetV2 |
# |---|---|---|---|
# | test pictures | 800 | 243 | 243 |
# | one answer for all | 5 % | 12 % | 12 % |
# | whole picture | 75 % | 87 % | 86 % |
# | bird hidden, in training and test | 21 % | 42 % | 42 % |
# | only the hole, in training and test | 11 % | 13 % | 14 % |
# | trained on whole pictures, examined without a bird | 8 % | 32 % | 24 % |
# | crop | 75 % | 92 % | 89 % |
# | a coin differs as much as whole and crop | 89 % | 3 % | 14 % |
# | two looks | 82 % | 91 % | 90 % |
# | fine-tuned from `block_13` on, whole picture | 76 % | 90 % | 86 % |
# | mistakes inside the genus (by dice) | 63 % (10 %) | 84 % (24 %) | 71 % (23 %) |
#
# **Where it goes wrong in practice.** A box is in the pixels of the *original* picture. Whoever resizes the
# picture and forgets the box crops sky, gets a bad accuracy, and blames the network. Draw a few boxes on what the
# network really gets.
#
# ## Sources
#
# - Data: C. Wah, S. Branson, P. Welinder, P. Perona, S. Belongie, "The Caltech-UCSD Birds-200-2011 Dataset",
#   Caltech CNS-TR-2011-001, 2011. The drawn birds are the course's own (CC BY 4.0).
# - Overlap with ImageNet: M. Jaderberg, K. Simonyan, A. Zisserman, K. Kavukcuoglu, "Spatial Transformer
#   Networks", NIPS 2015, as reported by P. Guo, "Overlap Between ImageNet and CUB", guopei.github.io, 2016, who
#   also quotes the warning on CUB's page; file names: A. Mallya, "Files of CUBS test present in ImageNet train",
#   gist.github.com/arunmallya, 2018.
# - Comparing two classifiers on one exam: Q. McNemar, "Note on the sampling error of the difference between
#   correlated proportions or percentages", Psychometrika 12, 1947.
# - Covering parts of a picture: M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks",
#   ECCV 2014.
# - Classes the classifier does not know: W. J. Scheirer and others, "Toward Open Set Recognition", IEEE TPAMI 35,
#   2013.
# - What backgrounds give away: K. Xiao, L. Engstrom, A. Ilyas, A. Madry, "Noise or Signal: The Role of Image
#   Backgrounds in Object Recognition", ICLR 2021.
