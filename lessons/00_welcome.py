# %% [markdown]
# # 00 · Welcome: a bird classifier in one minute
#
# A few species of birds, a few dozen pictures of each: that is a photo album, not "big data". A neural
# network that starts from nothing cannot learn to name birds from so little. A network that may **borrow**
# what another one has learnt can, and on this very machine, in less time than it takes to boil an egg. The
# borrowing is called **transfer learning**, and this course is about it.
#
# **When you have done this lesson you will be able to**
#
# - turn any picture into a list of numbers with a network that somebody has trained before you;
# - train a classifier of your own on these numbers, in seconds;
# - look at its mistakes, and say how far you would trust it.
#
# **You need** no knowledge of neural networks, only a little Python. **Time**: about 45 minutes with the
# exercises; the computer works for less than one. Run the cells one after the other with <kbd>Shift</kbd> +
# <kbd>Enter</kbd>. Where an exercise waits for you, a cell has three dots, `...`: put your answer in their
# place. Leave them, and everything else still runs.

# %% [markdown]
# ## Where are you?
#
# The first cell of each lesson is this one. It says which *profile* is on: **sketch** uses birds that the
# course draws itself and needs no download; **photo** uses real photographs (you would write
# `setup(profile="photo", seed=0)`; leave it as it is for now). It also fixes the seed of all random
# numbers, so that you see what we saw.

# %%
from course_utils.environment import environment_report, setup
from course_utils.exercises import exercise

course = setup(seed=0)

# %% [markdown]
# Which versions do you have, and is there a graphics card (GPU)? You need none for this lesson.

# %% tags=["nbval-ignore-output"]
environment_report()

# %% [markdown]
# If anything goes wrong later, this table is what to send along with your question.
#
# ## The birds
#
# In the sketch profile the pictures are drawn the first time you need them, which takes a few seconds. On
# disk they look just like CUB-200-2011, a well-known data set of photos of 200 kinds of birds (Wah and
# others, 2011), so the same line reads either of them.

# %%
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
birds

# %% [markdown]
# One row for each species (a *class*, in the language of the field): how many pictures to learn from,
# *train*, and how many to be examined on, *test*. The classifier must never see the test pictures before
# its exam.
#
# Here is one training picture of each species, family by family.

# %%
from course_utils import plots

families = {name: name.split()[-1] for name in birds.class_names}  # the last word of a name
one_each = birds.sample(1, seed=5).where(lambda table: table["split"] == "train")
by_family = one_each.table["class_name"].map(families).argsort(kind="stable")
portraits = one_each.images(by_family, course.image_size)
plots.image_grid(portraits, titles=list(one_each.table["class_name"][by_family]), columns=5)

# %% [markdown]
# **Predict.** Look at the names: the last word is the family, and members of one family look alike. Which
# two species would *you* mix up? Remember your pair; the classifier will be asked the same question below.
#
# ## What a trained network knows
#
# Who is there to borrow from? EfficientNet-Lite0 (Tan and Le, 2019) came to your machine with the course. It has
# learnt to tell a thousand kinds of things apart, from the photographs of **ImageNet** (Russakovsky and others,
# 2015). Three other photographs are here already, too: the libraries matplotlib and scikit-learn bring them along.

# %%
import numpy as np
from matplotlib.cbook import get_sample_data
from sklearn.datasets import load_sample_images

from course_utils.pictures import read_picture

files = [get_sample_data("grace_hopper.jpg", asfileobj=False), *load_sample_images().filenames]
photos = np.stack([read_picture(file, 224) for file in files])  # (photos, rows, columns, colours)

# %% [markdown]
# What does it say to them? `predict` gives a probability for each of the thousand kinds, `decode` the names of the
# most probable ones.

# %% within=0.05
from course_utils.backbones import load_classifier

classifier = load_classifier(course.real_backbone)
guesses = classifier.decode(classifier.model.predict(photos, verbose=0), top=3)
lines = guesses.apply(lambda guess: f"{guess['class_name']} {guess['probability']:.0%}", axis=1)
plots.image_grid(photos, titles=lines.groupby(guesses["picture"]).agg("\n".join), columns=3)

# %% [markdown]
# The first guesses come near. (Its names are ImageNet's, which has a daisy and no dahlia, and for a portrait of Grace
# Hopper, who wrote one of the first compilers, what she wears.) Do you have a photo of your own? Write its file's name
# in place of `files[0]`, in quotes.

# %% within=0.05
mine = files[0]
probabilities = classifier.model.predict(read_picture(mine, 224)[None], verbose=0)
classifier.decode(probabilities)

# %% [markdown]
# It has only the names that it was taught, and *our* birds have others. So it will not do as it is. But
# whoever tells a thousand kinds of things apart must have learnt to see, and that can be borrowed.
#
# ## A borrowed pair of eyes
#
# A **backbone** is such a network without its answers. For real photos we would take this very one. For drawn birds,
# in the sketch profile, there is a small one that has learnt to tell apart drawn fish, flowers, furniture and more,
# some birds among them. We do not want its answers, we want what it *sees*: for each picture it gives a list of
# numbers, called **bottleneck features**.

# %%
from course_utils.backbones import load_backbone

backbone = load_backbone(course.backbone)
picture = birds.images([0], course.image_size)
vector = backbone.predict(picture, verbose=0)
print(f"{picture[0].size:,} pixel values in, {vector[0].size:,} features out")

# %% [markdown]
# A picture has three numbers for each pixel: how much red, green and blue. The features are fewer numbers,
# and of another kind.

# %% [markdown] question="0.1"
# ### Exercise 0.1 · How big is a picture?
#
# Your pictures are `course.image_size` pixels wide and as high. Suppose you had them twice as wide and twice
# as high: **how many numbers** would one picture be? Write a calculation or a number in place of the dots.

# %% answer="0.1"
# solution
numbers = 3 * (2 * course.image_size) ** 2
# end

# %% [markdown] why="0.1"
# Twice as wide and twice as high is four times as many pixels, and each pixel has three numbers. The number of
# features stays the same, whatever the size of the picture.

# %% check="0.1"
from course_utils.exercises import Mistake, Value

check = Value(
    lambda size: 3 * (2 * size) ** 2,
    rtol=0,
    given={"size": 96},
    mistakes=[
        Mistake(
            lambda size: (2 * size) ** 2, "That is how many *pixels* there are. What is stored for each?"
        ),
        Mistake(lambda size: 3 * size**2, "That is a picture of the size you have now."),
        Mistake(lambda size: 2 * 3 * size**2, "Twice as wide, *and* twice as high."),
        Mistake(lambda size: 3 * 2 * size, "Pixels fill the whole area, not one row."),
    ],
    hints=[
        "Begin with the number of pixels in one row, and the number of rows.",
        "The cell above says how many numbers a picture of today's size is. By how much does the area grow?",
        "Width times height times three, with both sides doubled.",
    ],
)

# %% [markdown]
# Run the next cell to have your answer checked. Anywhere, `exercise("0.1").hint()` helps, and
# `exercise("0.1").solution()` shows how we did it.

# %%
exercise("0.1").check(numbers, size=course.image_size)

# %% [markdown]
# What is different about the features? Let each of the birds above face the other way, and compare.

# %% within=0.05
mirrored = portraits[:, :, ::-1]
pixels = portraits.reshape(len(portraits), -1), mirrored.reshape(len(portraits), -1)
vectors = [backbone.predict(pictures, verbose=0) for pictures in (portraits, mirrored)]
for what, pair in (("pixels", pixels), ("features", vectors)):
    alike = np.mean([np.corrcoef(one, other)[0, 1] for one, other in zip(*pair, strict=True)])
    print(f"{what} of a bird and of its mirror image: correlation {alike:.2f} (1 would be the same)")

# %% [markdown]
# Most pixels change when the bird turns; the features change less. They say things such as "there is a
# stripe" or "something round and orange", wherever it is. You do not choose them. The backbone found them
# useful for its old job, and we hope that they are useful for ours. (*Bottleneck*, because all that the
# network knows about a picture has to pass through these few numbers.)
#
# ## Look once, keep the result
#
# The backbone is **frozen**: we will not change it. So its features for a picture never change either, and
# we keep them. The course has a cache for that.

# %%
import time

from course_utils.bottlenecks import BottleneckCache

cache = BottleneckCache(course.cache_folder())
start = time.perf_counter()
features = cache.extract(backbone, birds)
print(f"{time.perf_counter() - start:.1f} s for {len(birds):,} pictures")

# %% [markdown] question="0.2"
# ### Exercise 0.2 · Once more, please
#
# We are going to ask for the same features of the same pictures a second time. What do you expect? Answer
# before you look, with a letter in quotes.
#
# - [ ] It takes about as long as the first time: a backbone has no memory.
#   - The backbone has none, that is right. But something stands between you and it: `cache`.
# - [ ] It takes about half as long, for the program is loaded by now.
#   - Loading is a small part of it. Think of what would still have to be computed.
# - [x] It takes next to no time, for nothing has to be computed.
#   - Same pictures, same frozen backbone, so the same numbers: they are read from disk.
# - [ ] It takes longer, for the cache gets fuller.
#   - Nothing is added: these very features are already in it.

# %% answer="0.2"
# solution
expected = "c"
# end

# %% check="0.2"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "What would have to be different for the features to come out different?",
        "The backbone is frozen and the pictures are the same. What does a cache do with that?",
    ]
)

# %% [markdown]
# Decide, and only then see what happens.

# %%
exercise("0.2").check(expected)

# %% [markdown]
# And now for real:

# %% tags=["predict"]
start = time.perf_counter()
again = cache.extract(backbone, birds)
print(f"{time.perf_counter() - start:.2f} s the second time")

# %% [markdown]
# The second time nothing was computed: the features were read from disk. (If the first time was quick, too,
# you have run this lesson before.) Lesson 05 is all about this trick, and about what can go wrong with it.
#
# ## Train a head
#
# Now comes the only part that learns: the **head**, one layer that weighs the features and gives a score to
# each species. This is plain Keras. `Dense` is the layer; its weights start at zero, for it knows nothing
# yet. `Adam` is the way it learns, and the loss says how wrong it still is. You need not understand each
# word now: lesson 02 builds all of it by hand.

# %%
import keras

train, test = features.split("train"), features.split("test")
n_features, n_species = train.vectors.shape[1], len(birds.class_names)
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
head = keras.Sequential([keras.Input((n_features,)), scores])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
head.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])

# %% [markdown] question="0.3"
# ### Exercise 0.3 · A head for a friend
#
# A friend has pictures of **seven species** and uses the same backbone. Build the untrained `friends_head` for
# them: features in, one score for each species out. The cell above shows how. Leave its names as they are, for
# the lesson goes on with them; and you need not compile this head.

# %% answer="0.3"
# solution
friends_scores = keras.layers.Dense(7, kernel_initializer="zeros")
friends_head = keras.Sequential([keras.Input((n_features,)), friends_scores])
# end

# %% [markdown] why="0.3"
# Only the number of scores changes. Each score has a weight for every feature, and one number more, the *bias*,
# that is added at the end.

# %% check="0.3"
import keras

from course_utils.exercises import Mistake
from course_utils.exercises.models import Structure, is_linear, output_width, trainable_parameters


def head(width, scores, **settings):
    return keras.Sequential([keras.Input((width,)), keras.layers.Dense(scores, **settings)])


check = Structure(
    given={"n_features": 1280},
    mistakes=[
        Mistake(
            lambda n_features: keras.Sequential([keras.layers.Dense(7)]),
            "It does not know yet how many features come in. Begin with `keras.Input`.",
            when=lambda model, n_features: not model.built,
        ),
        Mistake(
            lambda n_features: head(96 * 96 * 3, 7),
            "What comes in has another shape than a list of features: one number for each feature.",
            when=lambda model, n_features: model.input_shape[1:] != (n_features,),
        ),
        Mistake(
            lambda n_features: head(n_features, 20),
            "It gives another number of scores than there are species.",
            when=lambda model, n_features: output_width(model) != 7,
        ),
        Mistake(
            lambda n_features: head(n_features, 7, use_bias=False),
            "It has another number of weights than one layer `Dense` with its bias.",
            when=lambda model, n_features: model.count_params() != 7 * (n_features + 1),
        ),
        Mistake(
            lambda n_features: head(n_features, 7, trainable=False),
            "Its weights are frozen. The head is the part that learns.",
            when=lambda model, n_features: trainable_parameters(model) == 0,
        ),
        Mistake(
            lambda n_features: head(n_features, 7, activation="softmax"),
            "It does more than weigh the features. Leave activations such as softmax or ReLU away: the loss in the cell "
            "above wants plain scores (`from_logits=True`).",
            when=lambda model, n_features: not is_linear(model),
        ),
    ],
    hints=[
        "What is different for your friend: what comes in, or what goes out?",
        "Copy the lines with `Dense` and `Sequential`, comma in `keras.Input((n_features,))` included. Change the names and "
        "one number.",
    ],
)

# %% [markdown]
# The check looks at what goes in, what comes out, and how many weights there are.

# %%
exercise("0.3").check(friends_head, n_features=n_features)

# %% [markdown]
# Train: show it all training pictures' features, sixty times over, 32 at a time. One pass over all of them
# is called an **epoch**.

# %%
start = time.perf_counter()
history = head.fit(train.vectors, train.labels, batch_size=32, epochs=60, verbose=0)
print(f"trained in {time.perf_counter() - start:.1f} s")

# %% [markdown]
# How did it learn, epoch by epoch?

# %% within=0.05
plots.learning_curves(history, "accuracy")

# %% [markdown]
# On the pictures it learns from, the head soon makes hardly a mistake. That is no proof of anything: it may
# have learnt them by heart. So now the exam. How is it marked?

# %% [markdown] question="0.4"
# ### Exercise 0.4 · Mark the exam
#
# Write `accuracy`: the share of answers that are right, from 0 to 1. Both arguments are NumPy arrays of
# labels (whole numbers), one for each picture.


# %% answer="0.4"
def accuracy(predicted, true):
    # solution
    return (predicted == true).mean()
    # end


# %% [markdown] why="0.4"
# Comparing two arrays gives `True` or `False` for each picture; True counts as one, False as zero, so the mean is
# the share that is right.

# %% check="0.4"
import numpy as np

from course_utils.exercises import Case, Function, Mistake

check = Function(
    cases=[
        Case((np.array([0, 1, 2, 2]), np.array([0, 1, 2, 1])), 0.75),
        Case((np.array([3, 3]), np.array([3, 3])), 1.0, "answers that are all right"),
        Case((np.array([0, 5]), np.array([4, 5])), 0.5),
        Case((np.array([7, 0, 1]), np.array([7, 2, 3])), 1 / 3),
    ],
    mistakes=[
        Mistake(
            lambda predicted, true: (predicted == true).sum(),
            "That counts the right answers. How many of all?",
        ),
        Mistake(lambda predicted, true: (predicted != true).mean(), "That is the share of *wrong* answers."),
        Mistake(
            lambda predicted, true: 100 * (predicted == true).mean(), "Per cent. Give a share, from 0 to 1."
        ),
        Mistake(
            lambda predicted, true: bool((predicted == true).all()),
            "That says whether *all* are right. What if most of them are?",
        ),
        Mistake(
            lambda predicted, true: predicted == true,
            "That is a True or False for each picture. Which share of them is True?",
        ),
        Mistake(
            lambda predicted, true: 1 - np.abs(predicted - true).mean(),
            "Labels are names, not amounts: taking 8 for 7 is as wrong as taking 8 for 1.",
        ),
    ],
    hints=[
        "`predicted == true` compares the arrays, picture by picture. Look at what it gives.",
        "Python counts True as one and False as zero, so you can add them up, or take their mean.",
    ],
)

# %% [markdown]
# The check calls your function with answers of its own.

# %%
exercise("0.4").check(accuracy)

# %% [markdown]
# Now let the head take its exam. (`softmax` turns the scores of a picture into shares that add up to one;
# `predictions` puts answers and truth side by side in a table.)

# %% within=0.06
from course_utils import evaluation

probabilities = keras.ops.softmax(head.predict(test.vectors, verbose=0)).numpy()
answers = evaluation.predictions(probabilities, test.table, birds.class_names)
right = int(answers["correct"].sum())
low, high = evaluation.wilson_interval(right, len(answers))
print(f"{right} of {len(answers)} new pictures right: {right / len(answers):.1%}")
print(f"95 % interval: {low:.0%} to {high:.0%}; by guessing: {1 / n_species:.0%}")

# %% [markdown]
# That is the whole idea: **an old backbone, a new head, a handful of pictures.** The interval says how much
# of the result may be chance: with endlessly many test pictures of this kind, the share would most likely lie in
# it. A number without an interval is only half the truth. Does your own function say the same?

# %% within=0.06
print("your accuracy:", accuracy(answers["predicted"].to_numpy(), answers["class_name"].to_numpy()))

# %% [markdown]
# (`None` means that exercise 0.4 is still waiting for you.)
#
# ## Was it really the backbone?
#
# First question: would the same kind of head do as well without the backbone, on the pixels themselves?
# **Predict** before you run it. (There is no backbone here, so we bring the pixels to the range from 0 to 1
# ourselves.)

# %%
small = birds.images(range(len(birds)), 32).reshape(len(birds), -1) / 255  # (n, 32 * 32 * 3)
labels, in_training = birds.table["label"].to_numpy(), (birds.table["split"] == "train").to_numpy()
print(f"{len(small):,} pictures of {small.shape[1]:,} numbers each")

# %% [markdown]
# The same kind of head, the same training, the same exam. (`evaluate` gives two numbers, loss and accuracy.)

# %% within=0.15 tags=["predict"]
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
plain = keras.Sequential([keras.Input((small.shape[1],)), scores])
plain.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])
plain.fit(small[in_training], labels[in_training], batch_size=32, epochs=60, verbose=0)
_, share = plain.evaluate(small[~in_training], labels[~in_training], verbose=0)
low, high = evaluation.wilson_interval(round(share * len(answers)), len(answers))
print(f"a head on pixels: {share:.0%} right (95 % interval {low:.0%} to {high:.0%})")

# %% [markdown]
# Better than guessing, for colours alone tell something, but far behind. (The pictures were made smaller
# here, 32 pixels wide, to keep the numbers few. Lesson 03 gives a network of its own the whole pictures;
# from so few it does not get far either.)
#
# Second question: the backbone has met some of these species before. Does it do better on them? For drawn
# birds we know which they are, and that it never met these very pictures. For photos nobody knows for sure.

# %% within=0.1
# Only drawn birds bring the column `known`; for photos nothing is shown here.
evaluation.seen_against_unseen(answers) if "known" in answers else None

# %% [markdown]
# *Seen* are the species that the backbone was trained on, *unseen* the others; `low` and `high` are the 95
# % interval. So for species that are new to a backbone, the second row is the honest number, not the
# average of both. (The two groups hold other birds, and one may be harder than the other.) When somebody shows you a high accuracy, ask what the
# backbone had seen.
#
# ## Who is mistaken for whom?
#
# A single number hides the interesting part. In a **confusion matrix** each row is the true species and
# each column an answer. Right answers are on the diagonal; lines separate the families.

# %% tags=["nbval-ignore-output"]
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown]
# The squares off the diagonal are mistakes. Which are the commonest?

# %% tags=["nbval-ignore-output"]
evaluation.most_confused(answers, 5)

# %% [markdown]
# Is your pair among them? Birds of one family share shape and size and differ in one or two marks, such as
# the colour of the bill. How many of the mistakes stay inside a family, and how many would if wrong answers
# were thrown with dice?

# %% within=0.25
mistakes = answers[~answers["correct"]]
same_family = mistakes["class_name"].map(families) == mistakes["predicted"].map(families)
by_chance = np.mean([(np.array(list(families.values())) == f).sum() - 1 for f in families.values()])
print(f"{same_family.mean():.0%} of {len(mistakes)} mistakes stay inside the family")
print(f"by chance it would be {by_chance / (n_species - 1):.0%}")

# %% [markdown] question="0.5"
# ### Exercise 0.5 · Which species is hardest?
#
# `answers` has a row for each test picture, with the columns `class_name` (the true species), `predicted` and
# `correct`. Make `by_species`: for each true species the share of its pictures that were answered right. It
# should have the columns `class_name` and `correct`.

# %% answer="0.5"
# solution
by_species = answers.groupby("class_name")["correct"].mean().reset_index()
# end

# %% [markdown] why="0.5"
# Each true species is a group, and the mean of True and False is the share that is right: the field calls it
# *recall*. Grouped by `predicted`, it would be the share of right ones among the answers, the *precision*.

# %% check="0.5"
import pandas as pd

from course_utils.exercises import Mistake, Table


def share(answers, by="class_name", of="mean"):
    return answers.groupby(by)["correct"].agg(of).reset_index()


check = Table(
    expected=share,
    key="class_name",
    given={
        "answers": pd.DataFrame(
            {
                "class_name": ["Kite", "Kite", "Owl", "Owl", "Owl", "Rail"],
                "predicted": ["Kite", "Kite", "Owl", "Kite", "Kite", "Rail"],
                "correct": [True, True, True, False, False, True],
            }
        )
    },
    mistakes=[
        Mistake(
            lambda answers: share(answers, "predicted").rename(columns={"predicted": "class_name"}),
            "Grouped by the *answer*. The question is about the true species.",
        ),
        Mistake(
            lambda answers: share(answers, of="sum"),
            "Those count right answers. Species with more test pictures would look easier.",
        ),
        Mistake(
            lambda answers: share(answers, of="count"), "Those count test pictures, right and wrong alike."
        ),
        Mistake(
            lambda answers: share(answers).assign(correct=lambda table: 100 * table["correct"]),
            "Per cent. Give shares, from 0 to 1.",
        ),
        Mistake(
            lambda answers: share(answers.assign(correct=~answers["correct"])),
            "Those are the shares of wrong answers.",
        ),
        Mistake(
            lambda answers: share(answers.assign(correct=True)),
            "Each species has the same share. Did you look at the column `correct`?",
        ),
    ],
    hints=[
        "In pandas, `groupby` makes the groups; one group for each true species.",
        '`answers.groupby(...)["correct"]`, and then which of `sum`, `count`, `mean`?',
        "After `.mean()`, `.reset_index()` turns the species' names into a column.",
    ],
)

# %% [markdown]
# The order of the rows is up to you.

# %%
exercise("0.5").check(by_species, answers=answers)

# %% [markdown]
# Now look at the worst mistakes of all. A red frame and a cross mean "wrong", and the percentage is how sure the
# classifier was of its answer. The mistakes it was surest of come first.

# %% tags=["nbval-ignore-output"]
plots.predictions_grid(answers, n=18)

# %% [markdown]
# A few of these birds are cut off, dark or behind grass. Most are plain to see, and the classifier is wrong
# and sure of itself all the same. Lesson 12 shows how to find out when it can be trusted.
#
# ## What if you had fewer pictures?
#
# So far the head has seen twenty training pictures of each species or more. What if you had only five? Would half
# of the right answers be gone? Guess, before you find out.

# %% [markdown] question="0.6"
# ### Exercise 0.6 · Five pictures each
#
# `birds.sample(5)` has five training pictures of each species, and all the test pictures. Extract its features,
# train a new head, `few_head`, on them for sixty epochs as in "Train a head", and give its accuracy on the test
# features, `test`, as `few_accuracy`, from 0 to 1.

# %% answer="0.6"
# solution
few = cache.extract(backbone, birds.sample(5)).split("train")
keras.utils.set_random_seed(course.seed)
few_head = keras.Sequential(
    [keras.Input((n_features,)), keras.layers.Dense(n_species, kernel_initializer="zeros")]
)
few_head.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])
few_head.fit(few.vectors, few.labels, batch_size=32, epochs=60, verbose=0)
_, few_accuracy = few_head.evaluate(test.vectors, test.labels, verbose=0)
# end

# %% [markdown] why="0.6"
# Fewer right answers, but far more than guessing: the features do most of the work, and the head has little left
# to learn. Nothing was extracted again, for the cache knows all these pictures.

# %% check="0.6"
from course_utils.exercises import Mistake, Outcome

check = Outcome(
    measured={
        "sketch": [0.666, 0.681, 0.669, 0.701, 0.675, 0.692, 0.683],
        "photo": [0.737, 0.741, 0.749, 0.72, 0.716, 0.733, 0.737],
    },
    below="That is lower than we saw with any seed. Is it the exam's pictures that you evaluate, and is the new head "
    "trained for as many epochs as the first one?",
    above="That is higher than we saw with any seed. Was the new head trained on the five pictures alone?",
    given={"profile": "sketch"},
    mistakes=[
        Mistake(
            lambda profile: 1.0,
            "All right? Those are the pictures it was trained on.",
            when=lambda a, profile: a > 0.97,
        ),
        Mistake(
            lambda profile: 0.05,
            "No better than guessing: this head has not been trained.",
            when=lambda a, profile: a < 0.12,
        ),
        Mistake(lambda profile: 66, "Give the share as a number from 0 to 1, not in per cent or as a count."),
    ],
    hints=[
        "Only three lines change: which features are extracted, what the head is called, and what it is fitted to.",
        '`cache.extract(backbone, birds.sample(5)).split("train")` gives the vectors and labels to train on.',
        "`few_head.evaluate(test.vectors, test.labels, verbose=0)` gives the loss and the accuracy, in this order.",
    ],
)

# %% [markdown]
# No two machines train quite alike, so the check accepts all that we saw with several seeds, and a little more.

# %%
exercise("0.6").check(few_accuracy, profile=course.profile)

# %% [markdown]
# ## Quiz
#
# One click for an answer; each has its reason. (Where buttons do not run, open the answers one by one.)

# %% [markdown] quiz="0.a"
# Why must the test pictures never be used for training, not even a few of them?
#
# - [ ] Because training would take longer.
#   - It would, a little, but that is not the point.
# - [x] Because we want to know how it does on pictures it has never met.
#   - Somebody who has seen the exam paper can get full marks and know nothing.
# - [ ] Because the backbone is frozen.
#   - Frozen or not: the head gets nearly all its training pictures right and far fewer in the exam.

# %% [markdown] quiz="0.b"
# What do you keep when you keep *bottleneck features*?
#
# - [ ] The pictures in a smaller size.
#   - You cannot look at them. Each number says how much of some pattern there is, anywhere in the picture.
# - [x] What the backbone says about each picture, as a list of numbers.
#   - And they are worth keeping only as long as neither the picture nor the backbone changes.
# - [ ] The trained head.
#   - The head is what you train on them. It is small and quickly made again.

# %% [markdown] quiz="0.c"
# Somebody tells you that a classifier names nine of ten new birds right. What else do you ask before you trust that?
#
# - [ ] How many layers does the network have?
#   - A big network can be wrong as surely as a small one. Ask about the exam, not the pupil.
# - [x] How many pictures was it tested on, and had its backbone met these species before?
#   - The first gives you the interval, the second tells whether the exam was an easy one.
# - [ ] How long was it trained?
#   - What counts is what came out, on pictures that it had never seen.

# %% [markdown]
# And where are you now? (Your progress is kept on this machine only; `reset()` forgets it, after asking.)

# %% tags=["nbval-ignore-output"]
from course_utils.exercises import progress

progress()

# %% [markdown]
# ## What you saw
#
# - A **backbone** turns pictures into **bottleneck features**; it was trained before, on other pictures.
# - A **head** on top of them is quick to train and needs few pictures.
# - Features of a frozen backbone are computed once and kept.
# - The same kind of head on raw pixels does much worse: the knowledge is in the backbone.
# - Look at the mistakes, and give every accuracy with an interval.
#
# **Where it goes wrong in practice.** The commonest bug of all is to feed a backbone pixels in another
# range than it was trained with (0 to 1, say, where it wants -1 to 1). Nothing crashes; it is just wrong
# far more often. Our backbones bring their own preprocessing, so they always take pixels from 0 to 255.
# Lesson 04 shows what happens otherwise.

# %% [markdown] tags=["map"]
# ## The map of the course
#
# Go on with lesson 02 if you want to know what a network is, with lesson 05 if you would rather borrow one at once. Lessons
# with a link are ready; the others follow. The last column names the lessons that each builds on.

# %% [markdown]
# ## Sources
#
# - The birds, their names and their pictures are drawn by this course (`course_utils.sketchbook`, CC BY 4.0); so is
#   what the small backbone was trained on (`data/backbones/mini_mobilenet_v2/model_card.md`).
# - Layout of the data, and the photo profile's birds: C. Wah, S. Branson, P. Welinder, P. Perona, S. Belongie, "The
#   Caltech-UCSD Birds-200-2011 Dataset", Caltech CNS-TR-2011-001, 2011.
# - Backbones: M. Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018; M. Tan,
#   Q. V. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019, of which *Lite* is
#   the version for telephones (`data/backbones/efficientnet_lite0/model_card.md` says where its weights come from).
# - ImageNet: O. Russakovsky and others, "ImageNet Large Scale Visual Recognition Challenge", IJCV 115, 2015.
# - Features from one task used for others: J. Donahue and others, "DeCAF: A Deep Convolutional Activation Feature for
#   Generic Visual Recognition", ICML 2014.
# - Interval: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927.
