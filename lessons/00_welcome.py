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
# **You need** no knowledge of neural networks, only a little Python. **Time**: about 20 minutes of reading;
# the computer works for less than one. Run the cells one after the other with <kbd>Shift</kbd> +
# <kbd>Enter</kbd>.

# %% [markdown]
# ## Where are you?
#
# The first cell of each lesson is this one. It says which *profile* is on: **sketch** uses birds that the
# course draws itself and needs no download; **photo** uses real photographs (you would write
# `setup(profile="photo", seed=0)`; leave it as it is for now). It also fixes the seed of all random
# numbers, so that you see what we saw.

# %%
from course_utils.environment import environment_report, setup

course = setup(seed=0)

# %% [markdown]
# Which versions do you have, and is there a graphics card (GPU)? You need none for this lesson.

# %%
environment_report()

# %% [markdown]
# If anything goes wrong later, this table is what to send along with your question.
#
# ## The birds
#
# In the sketch profile the pictures are drawn the first time you need them, which takes a few seconds. On
# disk they look just like CUB-200-2011, a well-known data set of photos of 200 kinds of birds, so the same
# line reads either of them.

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
one_each = birds.sample(1).where(lambda table: table["split"] == "train")
by_family = one_each.table["class_name"].map(families).argsort(kind="stable")
portraits = one_each.images(by_family, course.image_size)
plots.image_grid(portraits, titles=list(one_each.table["class_name"][by_family]), columns=5)

# %% [markdown]
# **Predict.** Look at the names: the last word is the family, and members of one family look alike. Which
# two species would *you* mix up? Remember your pair; the classifier will be asked the same question below.
#
# ## A borrowed pair of eyes
#
# A **backbone** is a network that has been trained before, by somebody else, on a great many pictures. In
# the sketch profile it has learnt to tell apart drawn fish, flowers, furniture and more, some birds among
# them; in the photo profile, the thousand kinds of things in ImageNet. We do not want its answers, we want
# what it *sees*: for each picture it gives a list of numbers, called **bottleneck features**.

# %%
from course_utils.backbones import load_backbone

backbone = load_backbone(course.backbone)
picture = birds.images([0], course.image_size)
vector = backbone.predict(picture, verbose=0)
print(f"{picture[0].size:,} pixel values in, {vector[0].size:,} features out")

# %% [markdown]
# A picture has three numbers for each pixel: how much red, green and blue. The features are fewer numbers,
# and of another kind. To see how, let each of the birds above face the other way, and compare.

# %%
import numpy as np

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
# it would be a waste to compute them twice. The course has a cache for that.

# %%
import time

from course_utils.bottlenecks import BottleneckCache

cache = BottleneckCache(course.cache_folder())
start = time.perf_counter()
features = cache.extract(backbone, birds)
print(f"{time.perf_counter() - start:.1f} s for {len(birds):,} pictures")

# %% [markdown]
# **Predict.** The next cell asks for the same features once more. How long will it take?

# %%
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
head.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)

# %% [markdown]
# Train: show it all training pictures' features, sixty times over, 32 at a time. One pass over all of them
# is called an **epoch**.

# %%
start = time.perf_counter()
history = head.fit(train.vectors, train.labels, batch_size=32, epochs=60, verbose=0)
print(f"trained in {time.perf_counter() - start:.1f} s")

# %% [markdown]
# How did it learn, epoch by epoch?

# %%
plots.learning_curves(history, "accuracy")

# %% [markdown]
# On the pictures it learns from, the head soon makes hardly a mistake. That is no proof of anything: it may
# have learnt them by heart. So now the exam. (`softmax` turns the scores of a picture into shares that add
# up to one.)

# %%
from course_utils import evaluation

probabilities = keras.ops.softmax(head.predict(test.vectors, verbose=0)).numpy()
answers = evaluation.predictions(probabilities, test.table, birds.class_names)
right = int(answers["correct"].sum())
low, high = evaluation.wilson_interval(right, len(answers))
print(f"{right} of {len(answers)} new pictures right: {right / len(answers):.1%}")
print(f"95 % interval, with endless test pictures of this kind: {low:.0%} to {high:.0%}")
print(f"by guessing: {1 / n_species:.0%}")

# %% [markdown]
# That is the whole idea: **an old backbone, a new head, a handful of pictures.** The interval says how much
# of the result may be chance; a number without one is only half the truth.
#
# ## Was it really the backbone?
#
# First question: would the same kind of head do as well without the backbone, on the pixels themselves?
# **Predict** before you run it. (There is no backbone here, so we bring the pixels to the range from 0 to 1
# ourselves.)

# %%
pixels = birds.images(range(len(birds)), 32).reshape(len(birds), -1) / 255  # (n, 32 * 32 * 3)
labels, in_training = birds.table["label"].to_numpy(), (birds.table["split"] == "train").to_numpy()
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
plain = keras.Sequential([keras.Input((pixels.shape[1],)), scores])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
plain.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])
plain.fit(pixels[in_training], labels[in_training], batch_size=32, epochs=60, verbose=0)
_, accuracy = plain.evaluate(pixels[~in_training], labels[~in_training], verbose=0)
low, high = evaluation.wilson_interval(round(accuracy * len(answers)), len(answers))
print(f"a head on pixels: {accuracy:.0%} right (95 % interval {low:.0%} to {high:.0%})")

# %% [markdown]
# Better than guessing, for colours alone tell something, but far behind. (The pictures were made smaller
# here, 32 pixels wide, to keep the numbers few. Lesson 03 gives a network of its own the whole pictures;
# from so few it does not get far either.)
#
# Second question: the backbone has met some of these species before. Does it do better on them? For drawn
# birds we know which they are, and that it never met these very pictures. For photos nobody knows for sure.

# %%
# Only drawn birds bring the column `known`; for photos nothing is shown here.
evaluation.seen_against_unseen(answers) if "known" in answers else None

# %% [markdown]
# *Seen* are the species that the backbone was trained on, *unseen* the others; `low` and `high` are the 95
# % interval. So for species that are new to a backbone, the second row is the honest number, not the
# average of both. (The two groups hold other birds, and one may be harder than the other. `make measure`
# lets a network compare them that has seen neither.) When somebody shows you a high accuracy, ask what the
# backbone had seen.
#
# ## Who is mistaken for whom?
#
# A single number hides the interesting part. In a **confusion matrix** each row is the true species and
# each column an answer. Right answers are on the diagonal; lines separate the families.

# %%
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown]
# The squares off the diagonal are mistakes. Which are the commonest?

# %%
evaluation.most_confused(answers, 5)

# %% [markdown]
# Is your pair among them? Birds of one family share shape and size and differ in one or two marks, such as
# the colour of the bill. How many of the mistakes stay inside a family, and how many would if wrong answers
# were thrown with dice?

# %%
mistakes = answers[~answers["correct"]]
same_family = mistakes["class_name"].map(families) == mistakes["predicted"].map(families)
by_chance = np.mean([(np.array(list(families.values())) == f).sum() - 1 for f in families.values()])
print(f"{same_family.mean():.0%} of {len(mistakes)} mistakes stay inside the family")
print(f"by chance it would be {by_chance / (n_species - 1):.0%}")

# %% [markdown]
# Now look at the worst of them. A red frame and a cross mean "wrong", and the percentage is how sure the
# classifier was of its answer. The mistakes it was surest of come first.

# %%
plots.predictions_grid(answers, n=18)

# %% [markdown]
# A few of these birds are cut off, dark or behind grass. Most are plain to see, and the classifier is wrong
# and sure of itself all the same. Lesson 12 shows how to find out when it can be trusted.
#
# ## Try it
#
# 1. **Fewer pictures.** In the cell that extracts features for the first time write `birds.sample(5)` in place of `birds`: five training pictures of each species; the exam stays as it is. Then run the cells from "Train a head" to the exam again. What do you lose?
#    <details><summary>What you should see</summary>Fewer right answers, but far more than guessing: the features do most of the work, and the head has little left to learn. And nothing is extracted again; the cache knows all these pictures.</details>
# 2. **More training.** Train for 600 epochs in place of 60. Does the exam get better?
#    <details><summary>What you should see</summary>Hardly. Nearly all training pictures were right long before. What limits this classifier is what the frozen backbone can see, and how few pictures there are. Lesson 07 lets the backbone itself learn.</details>
#
# ## Quiz
#
# Why must the test pictures never be used for training, not even a few of them?
#
# - <details><summary>Because training would take longer.</summary>It would, a little, but that is not the point.</details>
# - <details><summary>Because we want to know how it does on pictures it has never met.</summary>Right. Somebody who has seen
#   the exam paper can get full marks and know nothing.</details>
# - <details><summary>Because the backbone is frozen.</summary>Frozen or not: the head gets nearly all its training
#   pictures right and far fewer in the exam.</details>
#
# What do you keep when you keep *bottleneck features*?
#
# - <details><summary>The pictures in a smaller size.</summary>No: you cannot look at them. Each number says how much of some
#   pattern there is, anywhere in the picture.</details>
# - <details><summary>What the backbone says about each picture, as a list of numbers.</summary>Right. And they are worth
#   keeping only as long as neither the picture nor the backbone changes.</details>
# - <details><summary>The trained head.</summary>No: the head is what you train on them. It is small and quickly made again.</details>
#
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
#
# ## The map of the course
#
# Lesson 00 is ready; the others follow.
#
# | part | lessons |
# |---|---|
# | **I. Seeing** | **00 Welcome** · 01 Four problems · 02 A neuron, a network, a landscape · 03 Seeing with convolutions |
# | **II. Borrowing** | 04 Borrowing from ImageNet · 05 Bottlenecks · 06 Augmentation done right · 07 Fine-tuning without forgetting · 08 Which backbone, how deep? |
# | **III. Cases** | 09 CUB birds · 10 Pets · 11 Your own feeder |
# | **IV. For real** | 12 Trust the number · 13 Ship it · 14 Beyond labels · 15 Scaling out |
#
# ## Sources
#
# - The birds, their names and their pictures are drawn by this course (`course_utils.sketchbook`, CC BY 4.0); so is
#   what the small backbone was trained on (`data/mini_backbone/model_card.md`).
# - Layout of the data, and the photo profile's birds: C. Wah, S. Branson, P. Welinder, P. Perona, S. Belongie, "The
#   Caltech-UCSD Birds-200-2011 Dataset", Caltech CNS-TR-2011-001, 2011.
# - Backbone: M. Sandler and others, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018.
# - Features from one task used for others: J. Donahue and others, "DeCAF: A Deep Convolutional Activation Feature for
#   Generic Visual Recognition", ICML 2014.
# - Interval: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927.
