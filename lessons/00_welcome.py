# %% [markdown]
# # 00 · Welcome: a bird classifier in one minute
#
# To teach a neural network from nothing, people use a million pictures. You have a few dozen of each bird. Yet soon you
# will have a classifier, because you may **borrow** what a network has learnt before. This is **transfer learning**.

# %% [markdown]
# Three birds, what a trained network says they are, and how sure it is:

# %% within=0.1
from course_utils.environment import environment_report, setup

course = setup(seed=0)  # first, as it keeps TensorFlow quiet

from course_utils import evaluation, plots
from course_utils.backbones import load_backbone, load_classifier
from course_utils.datasets import load_cub, load_folder
from course_utils.exercises import exercise, progress

birds = load_cub(course.birds_folder())
three = birds.images([22, 325, 410], course.image_size)
network = load_classifier(course.backbone)
said = network.decode(network.model.predict(three, verbose=0), top=1)
words = [f"“{row.class_name}”, {row.probability:.0%} sure" for row in said.itertuples()]
plots.image_grid(three, titles=words, columns=3)

# %% [markdown]
# Sure, and wrong: the names of these three are not among those that it was taught. (With photos one may come near.)
# Soon it will name them.
#
# **When you have done this lesson you will be able to**
#
# - turn any picture into a list of numbers with a network that was trained before;
# - train a classifier of your own on these numbers, in seconds;
# - say how good it is: on which birds, compared with what, and how surely.
#
# **You need** no knowledge of neural networks, only a little Python. **Time**: about 45 minutes; the
# computer needs less than one of them. Run the cells in order with <kbd>Shift</kbd> + <kbd>Enter</kbd>.
# Three dots, `...`, are where your answer goes. Leave them, and everything else still runs.
#
# ## Where are you?
#
# `setup` begins each lesson. Its *profile* is **sketch**, birds that the course draws itself, or **photo**, real
# photographs (`setup(profile="photo", seed=0)`; leave it for now). It also fixes the *seed* of all random numbers, so that
# you see what we saw. Send this table along when you ask for help:

# %% tags=["nbval-ignore-output"]
environment_report()

# %% [markdown]
# ## The birds
#
# They are stored like CUB-200-2011, a data set of bird photos (Wah and others, 2011).

# %%
birds

# %% [markdown]
# A row is a species, a *class*. From the *training* pictures the network learns. The *test* pictures are for the end, and
# decide nothing before. One training picture of each species; the last word of a name is its family (its *genus*):

# %%
# one picture of each species in the training part; then only that part
ones = birds.sample(1, seed=5).where(lambda table: table["split"] == "train")
portraits = ones.images(range(len(ones)), course.image_size)
plots.image_grid(portraits, titles=list(ones.table["class_name"]), columns=5)

# %% [markdown]
# **Predict.** Which two species would *you* mix up? Remember your pair.
#
# ## A borrowed pair of eyes
#
# A **backbone** is a trained network without its last layer, which gives the names. Ours has learnt to tell drawn fish,
# flowers, furniture and some birds apart (for photos: ImageNet's thousand kinds of things). We want what it *sees*: for
# each picture a list of numbers, its **features**.

# %%
backbone = load_backbone(course.backbone)
print(f"{portraits[0].size:,} pixel values, {backbone.output_shape[-1]:,} features")

# %% [markdown]
# The field also calls such a list an *embedding*, or *bottleneck features* (Chollet, 2016). Let each bird face the
# other way, and compare. (A correlation of one: the same up to a factor and a constant.)

# %% within=0.05
import numpy as np


def alike(look):
    n = len(portraits)
    # [:, :, ::-1] mirrors; [:n, n:] keeps rows: the birds, columns: the mirrored birds
    both = np.corrcoef(look(portraits), look(portraits[:, :, ::-1]))[:n, n:]
    own = both.diagonal().mean()
    return own, (both.sum() - n * own) / (n * (n - 1))  # on the diagonal; off it


pixels = alike(lambda pictures: pictures.reshape(len(pictures), -1))
trained = alike(backbone)
print(f"with its mirror image, pixels: {pixels[0]:.2f}, features: {trained[0]:.2f}")

# %% [markdown] question="0.1"
# ### Exercise 0.1 · The missing number
#
# "The features hardly change when the bird turns round," says a friend. "So they know the bird, whichever way it
# faces." Which number would you ask for before you believe the second sentence? Answer with a letter in quotes.
#
# - [ ] The same numbers for another twenty birds that face the other way.
#   - That makes the numbers more exact. It does not say what they mean.
# - [ ] The correlation for birds that stand on their heads.
#   - A harder test of the same kind. High or low, what would you compare it with?
# - [x] The correlation between *different* birds.
#   - If it is as high, these numbers are alike for any two pictures, and know no bird at all.
# - [ ] The correlation for larger pictures with more pixels in them.
#   - The backbone takes one size. And you would still have only one kind of pair.

# %% answer="0.1"
# solution
missing = "c"
# end

# %% check="0.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Think of features that are the same for every picture. What would your friend have measured?",
        "To know the bird means: alike for one bird, and what for two?",
    ]
)

# %% [markdown]
# Run the next cell to check it. `exercise("0.1").hint()` helps, `exercise("0.1").solution()` shows ours.

# %%
exercise("0.1").check(missing)

# %% [markdown]
# Here it is, with a **control**: the same network *untrained*, its weights still random.

# %% within=0.1 tags=["predict"]
import keras

fresh = keras.models.clone_model(backbone)  # the same layers with random weights
eyes = {"pixels": pixels, "untrained": alike(fresh), "trained": trained}
for what, (own, other) in eyes.items():
    print(f"{what}: its own mirror image {own:.2f}, other birds {other:.2f}")

# %% [markdown]
# To the untrained network all pictures look alike. Only the trained one is high for the same bird and low for others:
# it must have learnt that.
#
# ## Look once, keep the result
#
# The backbone is **frozen**: we do not change it. So its features for a picture never change, and a cache keeps
# them. **Predict:** how long does it take to ask a second time?

# %% tags=["predict"]
import time

from course_utils.bottlenecks import BottleneckCache

cache = BottleneckCache(course.cache_folder())
for attempt in ("first", "second"):
    start = time.perf_counter()
    features = cache.extract(backbone, birds)
    print(f"{attempt} time: {time.perf_counter() - start:.2f} s")

# %% [markdown]
# The second time nothing was computed (nor the first, if you ran this before). Lesson 05 says how that goes wrong.
#
# ## Train a head
#
# The only part that learns is the **head**: one layer, `Dense`, that weighs the features and gives a score to each
# species (a *linear probe*, says the field). One layer alone may start from zero; lesson 02 shows when that
# fails, and builds by hand what stands here. `Adam` is how it learns, the loss says how wrong it still is,
# and an **epoch** is one pass over all training pictures.


# %%
def train_head(vectors, labels, **options):
    keras.utils.set_random_seed(course.seed)
    # one layer: a score for each species; its weights are zero at first
    layer = keras.layers.Dense(int(labels.max()) + 1, kernel_initializer="zeros")
    head = keras.Sequential([keras.Input(vectors.shape[1:]), layer])
    # "sparse": a label is the number of a species; `from_logits`: it gets plain scores
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    # a step: 32 pictures, and as large as Adam's 1e-3 says; curves go to `head.history`
    head.fit(vectors, labels, batch_size=32, epochs=60, verbose=0, **options)
    return head


# %% [markdown]
# Are sixty epochs enough? That is a *hyperparameter*, and the test must not choose it: a choice made by the test has
# learnt from it. So every fifth *training* picture is held back. These are the **validation** pictures: nothing
# learns from them, and choices are made on them.

# %%
train, test = features.split("train"), features.split("test")
# they are sorted by species: so every fifth is about a fifth of each
held = np.arange(len(train)) % 5 == 0
vectors, labels = train.vectors[~held], train.labels[~held]
validation = train.vectors[held], train.labels[held]
head = train_head(vectors, labels, validation_data=validation)

# %% [markdown]
# How did it learn?

# %% within=0.1
plots.learning_curves(head.history, "accuracy")

# %% [markdown]
# On the pictures it learns from, the head ends with hardly a mistake. On the others it soon hardly gets better: sixty
# epochs are enough. It *overfits*: learns what holds for its own pictures alone. Only pictures that it has not learnt
# from can say how well it *generalises*.

# %% [markdown] question="0.2"
# ### Exercise 0.2 · Too good to be true
#
# A friend holds pictures back with `friends_split`, and nearly all validation pictures are right! Run it, find what is
# wrong, and write `hold_back` without the fault. Of `n` pictures, number 0 and every `every`-th after it are for
# validation. Return two arrays of numbers: all others, to learn from, and those for validation.

# %% [markdown]
# What the friend did:


# %% within=0.1
def friends_split(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 1], numbers[numbers % every == 0]


learn, check_on = friends_split(len(train), every=5)
exam = train.vectors[check_on], train.labels[check_on]
friend = train_head(train.vectors[learn], train.labels[learn], validation_data=exam)
plots.learning_curves(friend.history, "accuracy")

# %% [markdown]
# Your version:


# %% answer="0.2"
def hold_back(n, every):
    # solution
    numbers = np.arange(n)
    return numbers[numbers % every != 0], numbers[numbers % every == 0]
    # end


# %% [markdown] why="0.2"
# The friend left out the wrong pictures: number 1, 6, 11, … are in neither part, and number 0, 5, 10, … are in both. Both
# sizes are right, so only the score told. Test what must be true of a split: no number in both parts.

# %% check="0.2"
import numpy as np

from course_utils.exercises import Function, Mistake


def split(n, every):
    numbers = np.arange(n)
    return numbers[numbers % every != 0], numbers[numbers % every == 0]


def parts(hold_back, n, every):
    """The order inside a part is free; numbers that cannot pick pictures are none."""
    both = hold_back(n, every)
    if not isinstance(both, (tuple, list)) or len(both) != 2:
        return both
    if any(np.ndim(part) != 1 for part in both):
        return both
    if any(np.asarray(part).dtype.kind == "f" and len(part) for part in both):
        return "decimals such as 2.0, which pick no picture from an array"
    return [np.sort(part) for part in both]


def with_forty(hold_back, n=40, every=4):
    learn, validation = (list(map(int, part)) for part in hold_back(n, every))
    return learn, validation, range(n)


def shares(hold_back):
    learn, validation, _ = with_forty(hold_back)
    return bool({*learn} & {*validation})


def loses(hold_back):
    learn, validation, numbers = with_forty(hold_back)
    return bool({*numbers} - {*learn, *validation})


def in_one_piece(hold_back):
    learn, validation, _ = with_forty(hold_back)
    return learn and len(validation) > 1 and np.ptp(validation) == len(validation) - 1


check = Function(
    reference=split,
    draw={
        "": lambda random: (int(random.integers(2, 60)), int(random.integers(2, 9))),
        "fewer pictures than `every`": lambda random: (int(random.integers(2, 5)), 7),
        "hundreds of pictures": lambda random: (int(random.integers(300, 600)), 3),
    },
    probe=parts,
    mistakes=[
        Mistake(
            lambda n, every: (
                np.arange(n)[np.arange(n) % every != 1],
                split(n, every)[1],
            ),
            "That is your friend's split. Look for a number that is in both parts.",
        ),
        Mistake(
            lambda n, every: (np.arange(n), split(n, every)[1]),
            "All pictures are learnt from, the validation pictures, too.",
        ),
        Mistake(
            lambda n, every: split(n, every)[::-1],
            "The two are swapped: first those to learn from, then the validation pictures.",
        ),
        Mistake(
            lambda n, every: (
                np.arange(n)[np.arange(n) % every != 1],
                np.arange(n)[np.arange(n) % every == 1],
            ),
            "No number is in both parts now, that is good. But validation begins with number 0.",
        ),
        Mistake(
            lambda n, every: (np.arange(n) % every != 0, np.arange(n) % every == 0),
            "Those are True and False for each picture. Return the numbers of the pictures.",
        ),
        Mistake(
            lambda n, every: split(n, every)[1],
            "Only one of the two parts comes back. Return both: `return learn, validation`.",
        ),
        Mistake(
            lambda n, every: (n - n // every, n // every),
            "That is how many there are in each part. Return which: the numbers of the pictures.",
        ),
        Mistake(
            lambda n, every: (split(n, every)[0], np.arange(n)),
            "Some numbers are in both parts. What was learnt from cannot say how well the head does on new pictures.",
            when=shares,
        ),
        Mistake(
            lambda n, every: (np.arange(n)[n // every :], np.arange(n)[: n // every]),
            "You hold back pictures that stand together. They are sorted by species: some would hardly be learnt.",
            when=in_one_piece,
        ),
        Mistake(
            lambda n, every: (
                np.arange(n)[np.arange(n) % every > 1],
                split(n, every)[1],
            ),
            "No number is in both parts, but some of the `n` numbers are in neither. Write both down for ten pictures.",
            when=loses,
        ),
    ],
    hints=[
        "Write down both parts for ten pictures and `every=5`.",
        "Which numbers are in both parts? Which in none?",
        "A picture is in the second part when `numbers % every == 0`. And in the first part when not.",
    ],
)

# %% [markdown]
# Check it:

# %%
exercise("0.2").check(hold_back)

# %% [markdown]
# ## The test
#
# Now the pictures that nothing has learnt from and nothing was chosen on:


# %% within=0.06
def examine(head, part):
    # `softmax` turns scores into probabilities, `predictions` adds the truth
    probabilities = keras.ops.softmax(head.predict(part.vectors, verbose=0)).numpy()
    return evaluation.predictions(probabilities, part.table, part.class_names)


answers = examine(head, test)
evaluation.accuracy_by(answers, "split")  # one row: all are of the split "test"

# %% [markdown]
# With twenty species, guessing is right once in twenty. `low` and `high` are its *interval* of ninety-five per cent: with
# other test pictures *of these species* the accuracy would most likely lie in it. But is all of it your head's work? The
# backbone had met half of the drawn species before, in other pictures (of photos nobody knows).

# %% within=0.1
# with photos nothing is shown
evaluation.seen_against_unseen(answers) if "known" in answers else None

# %% [markdown]
# *Seen* are the species that the backbone was trained on. For a species that is new to it the row *unseen* is the
# result; the average of both flatters. And `low` and `high` speak of more *pictures* of these ten unseen species. For
# *other* species, count each species once, however many pictures it has:

# %% within=0.15
from scipy import stats


def over_species(answers):
    rates = answers.groupby("class_name", observed=True)["correct"].mean()
    mean, n = rates.mean(), len(rates)
    # `sem` says how surely n species give a mean; Student's t allows for n being small
    return mean, *stats.t.interval(0.95, n - 1, mean, stats.sem(rates))


# all of them for a start; exercise 0.3 takes those that count
print("all species: {:.0%}, from {:.0%} to {:.0%}".format(*over_species(answers)))

# %% [markdown]
# Some rows of `answers`:

# %% tags=["nbval-ignore-output"]
answers.filter(["class_name", "known", "predicted", "correct"])[::120]

# %% [markdown] question="0.3"
# ### Exercise 0.3 · What do you promise?
#
# A friend draws, in the same way, species that your backbone has *never met*, and trains a head on them. How often will
# it be right? Choose rows of `answers`, as `answers[answers["correct"]]` chooses those that are right. Let `promise` be
# the three numbers that `over_species` returns for them. (The column `known` is True for seen species; `~` means *not*.
# Photos lack it: take all rows.)

# %% answer="0.3"
# solution
new = answers[~answers["known"]] if "known" in answers else answers
promise = over_species(new)
# end

# %% [markdown] why="0.3"
# Your friend's species are new to the backbone, so those that are new to it are the sample (with photos you cannot know
# which). They are few, and that makes the interval wide: many pictures say much about these and little about another.

# %% check="0.3"
import numpy as np
import pandas as pd
from scipy import stats

from course_utils import evaluation
from course_utils.exercises import Mistake, Value


def interval(rates):
    width = stats.sem(rates) * stats.t.ppf(0.975, len(rates) - 1)
    return [np.mean(rates), np.mean(rates) - width, np.mean(rates) + width]


def of_species(answers, rows=None):
    rows = answers if rows is None else answers[rows]
    return interval(rows.groupby("class_name", observed=True)["correct"].mean())


def unseen(answers):
    return ~answers["known"] if "known" in answers else answers["correct"].notna()


def of_pictures(answers, rows):
    right = answers.loc[rows, "correct"]
    return [right.mean(), *evaluation.wilson_interval(right.sum(), len(right))]


def off_by(answers):
    mean, low, _ = of_species(answers, unseen(answers))
    return mean - low


def off(promise, answers):
    """Where a promise is off: at what to expect, at the interval."""
    wanted = of_species(answers, unseen(answers))
    expect, *ends = np.abs(np.asarray(promise, float) - wanted) > 0.006
    return expect, any(ends)


check = Value(
    lambda answers: of_species(answers, unseen(answers)),
    rtol=0,
    atol=0.006,
    given={
        "answers": pd.DataFrame(
            {
                "class_name": list("AAAABBBCCCCDDDDDEEEFFFF"),
                "known": [True] * 11 + [False] * 12,
                "correct": [c == "+" for c in "+++++++-++++--+-+--+++-"],
            }
        )
    },
    mistakes=[
        Mistake(
            of_species,
            "Those are all species. Which of them are like your friend's, new to the backbone?",
        ),
        Mistake(
            lambda answers: of_species(answers, ~unseen(answers)),
            "Those are the species that the backbone had met. Your friend's are new to it.",
        ),
        Mistake(
            lambda answers: of_pictures(answers, unseen(answers)),
            "This interval counts pictures, so it speaks of more pictures of the same species. Your friend has others.",
        ),
        Mistake(
            lambda answers: of_pictures(answers, answers["correct"].notna()),
            "That is the interval over all pictures. Your friend has other species, all of them new to the backbone.",
        ),
        Mistake(
            lambda answers: 100 * np.array(of_species(answers, unseen(answers))),
            "Per cent. Give shares, from 0 to 1, as `over_species` does.",
        ),
        Mistake(
            lambda answers: np.sort(of_species(answers, unseen(answers))),
            "The three are in another order: the accuracy first, then from where, then to where.",
        ),
        Mistake(
            lambda answers: np.array(of_species(answers, unseen(answers)))[[0, 2, 1]],
            "The ends of the interval are swapped: first from where, then to where.",
        ),
        Mistake(
            lambda answers: (
                [of_species(answers, unseen(answers))[0]] + [off_by(answers)] * 2
            ),
            "That is how far it may be off. Give from where to where: the lower and the upper end.",
        ),
        Mistake(
            lambda answers: (
                1 - np.array(of_species(answers, unseen(answers)))[[0, 2, 1]]
            ),
            "That is how often it is wrong. Promise how often it is right.",
        ),
        Mistake(
            lambda answers: [of_species(answers, unseen(answers))[0], 0.2, 0.9],
            "What to expect is right, its interval is not. `over_species` gives all three, for the rows that you hand it.",
            when=lambda promise, answers: off(promise, answers) == (False, True),
        ),
        Mistake(
            lambda answers: [0.9, *of_species(answers, unseen(answers))[1:]],
            "The interval is right, but what to expect comes from elsewhere. `over_species` gives all three at once.",
            when=lambda promise, answers: off(promise, answers) == (True, False),
        ),
        Mistake(
            lambda answers: [0.9, 0.8, 1.0],
            "That is not what `over_species` says of the rows of `answers` that are like your friend's: all those rows, "
            "right or wrong, and no others.",
            when=lambda promise, answers: off(promise, answers) == (True, True),
        ),
    ],
    hints=[
        "Which of the species that you have are most like your friend's?",
        '`answers["known"]` is True for seen species; `~` makes *not* of it, and `answers[...]` takes the rows that are True.',
        "Give these rows to `over_species`, and keep all three numbers.",
    ],
)

# %% [markdown]
# Check it:

# %%
exercise("0.3").check(promise, answers=answers)

# %% [markdown]
# ## Compared with what?
#
# An accuracy needs a *baseline*. **Predict:** how often is the same kind of head right on the pixels themselves (of
# smaller pictures)?

# %% within=0.2 tags=["predict"]
from dataclasses import replace

small = birds.images(range(len(birds)), 32).reshape(len(birds), -1) / 255
plain = train_head(small[birds.rows("train").index][~held], labels)
# the same test pictures with other vectors
on_pixels = examine(plain, replace(test, vectors=small[birds.rows("test").index]))
evaluation.accuracy_by(on_pixels, "known" if "known" in on_pixels else "split")

# %% [markdown]
# Far behind. And here the *seen* species (`True`) do no better, so they are not easier in themselves.

# %% [markdown] question="0.4"
# ### Exercise 0.4 · One or twenty?
#
# One classifier learns from **one** training picture of each species, and is tested on those that the backbone has seen.
# Another learns from **twenty** of each, and is tested on the unseen ones. On which test pictures is its classifier right
# more often? Answer with a letter in quotes before you go on.
#
# - [ ] On the unseen species, with twenty pictures.
#   - Twenty are many more than one. But the backbone has met hundreds of pictures of the others.
# - [x] On the seen species, with one picture.
#   - What the backbone knows of a species is worth more than twenty pictures of one that it does not know.
# - [ ] On both about equally often.
#   - It would be a coincidence. Look at the table that follows.
# - [ ] On neither: both are about as good as guessing.
#   - Each is far better than that. Features say a lot about a bird, even with one picture to learn from.

# %% answer="0.4"
# solution
easier = "b"
# end

# %% check="0.4"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "The table with the rows *seen* and *unseen* says how large the gap is with sixteen pictures of each.",
        "What does a feature vector hold of a bird that the backbone was trained to tell from its look-alikes?",
    ]
)

# %% [markdown]
# Your prediction:

# %%
exercise("0.4").check(easier)

# %% [markdown]
# Each species gets the mean of its training vectors, and a test picture the species whose mean is nearest. For
# each number of pictures, the mean of five draws.

# %% within=0.1 tags=["predict"]
from sklearn.metrics import pairwise_distances_argmin as nearest

# "seen" or "unseen" for each test picture; photos, without "known", are all "seen"
met = np.where(test.table.get("known", test.labels >= 0), "seen", "unseen")
for per_class in (1, 2, 5, 10, 20):
    right = []
    for draw in range(5):
        # so many pictures of each species; their means; is the nearest the right one?
        few = cache.extract(backbone, birds.sample(per_class, seed=draw)).split("train")
        means = [few.vectors[few.labels == k].mean(0) for k in np.unique(few.labels)]
        right.append(nearest(test.vectors, means) == test.labels)
    table = test.table.assign(right=np.mean(right, axis=0))
    print(per_class, "each:", table.groupby(met)["right"].mean().round(2).to_dict())

# %% [markdown]
# Compare `seen` in the first row with `unseen` in the last: one picture of a seen species does as much as twenty of an
# unseen one, or more. How many pictures are enough depends on what the backbone has met.
#
# ## Who is mistaken for whom?
#
# In a **confusion matrix** a row is the true species, a column an answer, a number counts pictures. Right answers are
# on the diagonal; lines separate the families. Do you find your pair?

# %% tags=["nbval-ignore-output", "predict"]
families = {name: name.split()[-1] for name in birds.class_names}
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown] question="0.5"
# ### Exercise 0.5 · What it cannot show
#
# Which of these can nobody read off such a matrix? Answer with a letter in quotes.
#
# - [x] Whether two species are mixed up because of their looks.
#   - It counts answers. It may be where they live. For the reason you must change one thing and look again, as lesson 09
#     does.
# - [ ] Whether one species is taken for another as often as the other way round.
#   - Compare two squares: one above the diagonal, one below it.
# - [ ] Which species is recognised least often.
#   - The row with the palest square on the diagonal: the smallest share.
# - [ ] How many test pictures there were of each species.
#   - Add up a row.

# %% answer="0.5"
# solution
hidden = "a"
# end

# %% check="0.5"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "For each option: which squares would you look at?",
        "What *is* a number in this table? A count of what?",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("0.5").check(hidden)

# %% [markdown]
# And the three birds from the beginning? (A show, no test: the drawn ones were picked because it gets them right, and
# the photos are training pictures.)

# %% within=0.1
scores = head.predict(backbone.predict(three, verbose=0), verbose=0)
now = [birds.class_names[label] for label in scores.argmax(axis=1)]
plots.image_grid(three, titles=now, columns=3)

# %% [markdown]
# ## Your own photos
#
# Put them into a folder for each class. Then three lines are enough; the fourth tests. Photos go through the backbone that came with the
# course, EfficientNet-Lite0 (Tan and Le, 2019), trained on ImageNet (Russakovsky and others, 2015). Here some of our birds
# stand in; write your folder's path instead.

# %% within=0.15
# `load_folder` sets some pictures of each class aside as "test"
mine = load_folder(course.birds_folder() / "images").sample(5, split=None)
looked = cache.extract(load_backbone(course.real_backbone), mine)
my_head = train_head(looked.split("train").vectors, looked.split("train").labels)
evaluation.accuracy_by(examine(my_head, looked.split("test")), "split")

# %% [markdown]
# (Leave `sample` out: it only keeps this quick.) Lesson 11 goes on.
#
# ## Quiz

# %% [markdown] quiz="0.a"
# You keep the one of ten heads that does best on the test pictures. What is its test accuracy now?
#
# - [ ] As honest as before, because no picture was learnt from.
#   - You have learnt from them: they made the choice.
# - [ ] Too low, because nine heads were worse.
#   - They do not count any more. Of ten results you show the luckiest.
# - [x] Too high, because the test made the choice.
#   - The best of ten was also the luckiest of ten. Choose on validation pictures, and test once.

# %% [markdown] quiz="0.b"
# The features of your pictures are stored. After which of these are they no longer what the backbone would say?
#
# - [ ] You add ten pictures of a new species.
#   - These ten have to be computed. What is stored of the others stays right.
# - [x] You let one layer of the backbone learn a little.
#   - It is another backbone now, so each picture has other features.
# - [ ] You train the classifier on top for ten times as long.
#   - It comes after the features. What it does changes none of them.
# - [ ] You rename the files of all pictures.
#   - The backbone sees what is in a file, not its name. The cache goes by the content, too.

# %% [markdown] quiz="0.c"
# "Nine of ten new birds right!" What do you ask first?
#
# - [ ] How many layers has the network, and how many weights?
#   - A big network can be wrong as surely as a small one.
# - [x] How many birds, and which had the backbone met?
#   - Their number gives the interval, and what it had met says for which birds it holds.
# - [ ] How long was it trained, and on what computer with which graphics card?
#   - What counts is what came out, on pictures that it had never seen.

# %% [markdown]
# Where are you now? (`reset()` forgets it, after asking.)

# %% tags=["nbval-ignore-output"]
progress()

# %% [markdown]
# ## What you saw
#
# - A **backbone** turns pictures into **features**. That they know a bird shows only beside a control.
# - A **head** is quick to train. Choose on **validation** pictures; **test** last, beside a baseline.
# - The result is that for *unseen* species, with an interval that counts species.
#
# **Where it goes wrong in practice.** A backbone that gets pixels in another range than it was trained with does not
# crash; it is wrong far more often. Ours bring their own preprocessing and take pixels from 0 to 255. Lesson 04 shows
# what happens otherwise.

# %% [markdown] tags=["map"]
# ## The map of the course
#
# Lesson 02 says what a network is; lesson 05 borrows one.

# %% [markdown]
# ## Sources
#
# - Birds, and what the small backbone learnt from: drawn by this course (CC BY 4.0).
# - C. Wah and others, "The Caltech-UCSD Birds-200-2011 Dataset", CNS-TR-2011-001, 2011.
# - M. Sandler and others, "MobileNetV2", CVPR 2018; M. Tan, Q. V. Le, "EfficientNet", ICML 2019.
# - F. Chollet, "Building powerful image classification models using very little data", Keras Blog, 2016. (What
#   MobileNetV2 calls a bottleneck is a narrow layer inside.)
# - O. Russakovsky and others, "ImageNet Large Scale Visual Recognition Challenge", IJCV 115, 2015.
# - J. Donahue and others, "DeCAF", ICML 2014: features of one task, used for others.
# - E. B. Wilson, "Probable Inference", JASA 22, 1927: the interval for pictures.
