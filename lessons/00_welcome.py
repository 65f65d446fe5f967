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
# - turn any picture into a short list of numbers with a network that somebody has trained before you;
# - train a classifier of your own on these numbers, in seconds;
# - look at its mistakes, and say how far you would trust it.
#
# **You need** no knowledge of neural networks, only a little Python. **Time**: about 20 minutes of reading;
# the computer works for less than one. Run the cells one after the other with <kbd>Shift</kbd> +
# <kbd>Enter</kbd>.

# %% [markdown]
# ## Where are you?
#
# The first cell of each lesson is this one. It chooses the *profile*: **sketch** uses birds that the course
# draws itself and needs no download; **photo** uses real photographs. It also fixes the seed of all random
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
# disk they look just like CUB-200-2011, the best known data set of bird photos, so the same line reads
# either of them.

# %%
from course_utils.datasets import load_cub

birds = load_cub(course.birds_folder())
birds

# %% [markdown]
# One row a species: how many pictures to learn from (*train*), and how many to be examined on (*test*). The
# classifier must never see the test pictures before its exam.

# %%
from course_utils import plots

plots.image_grid(birds.sample(1).where(lambda table: table["split"] == "train"), n=20, columns=5)

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
# Pixels say how bright each spot is; move the bird a little, and all of them change. Features say things
# such as "there is a stripe" or "something round and orange", and stay much the same. You do not choose
# them. The backbone found them useful for its old job, and we hope that they are useful for ours.
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
features = cache.extract(backbone, birds)
print(f"{time.perf_counter() - start:.2f} s the second time")

# %% [markdown]
# The second time nothing was computed: the features were read from disk. (If the first time was quick, too,
# you have run this lesson before.) Lesson 05 is all about this trick, and about what can go wrong with it.
#
# ## Train a head
#
# Now comes the only part that learns: the **head**, one layer that weighs the features and gives a score to
# each species. This is plain Keras.

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
# `Dense` is the layer, `Adam` the way it learns, and the loss says how wrong it still is. Train: show it
# all training pictures' features, sixty times over.

# %%
start = time.perf_counter()
history = head.fit(train.vectors, train.labels, batch_size=32, epochs=60, verbose=0)
print(f"trained in {time.perf_counter() - start:.1f} s")

# %% [markdown]
# How did it learn, epoch by epoch?

# %%
plots.learning_curves(history, "accuracy")

# %% [markdown]
# On the pictures it learns from, the head soon makes no mistakes. That is no proof of anything: it may have
# learnt them by heart. So now the exam.

# %%
from course_utils import evaluation

probabilities = keras.ops.softmax(head.predict(test.vectors, verbose=0)).numpy()
answers = evaluation.predictions(probabilities, test.table, birds.class_names)
right = int(answers["correct"].sum())
low, high = evaluation.wilson_interval(right, len(answers))
print(f"{right} of {len(answers)} new pictures right: {right / len(answers):.0%}")
print(
    f"with other test pictures, probably between {low:.0%} and {high:.0%}; by guessing, {1 / n_species:.0%}"
)

# %% [markdown]
# That is the whole idea: **an old backbone, a new head, a handful of pictures.** The interval says how much
# of the result may be luck of the draw; a figure without one is only half a figure.
#
# ## Was it really the backbone?
#
# First the fair question: would the same head do as well without the backbone, on the pixels themselves?
# Small pictures, 32 by 32, so that there are not too many numbers. **Predict** before you run it.

# %%
pixels = birds.images(range(len(birds)), 32).reshape(len(birds), -1) / 255  # (n, 3072)
labels, in_training = birds.table["label"].to_numpy(), (birds.table["split"] == "train").to_numpy()
keras.utils.set_random_seed(course.seed)
scores = keras.layers.Dense(n_species, kernel_initializer="zeros")
plain = keras.Sequential([keras.Input((pixels.shape[1],)), scores])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
plain.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss, metrics=["accuracy"])
plain.fit(pixels[in_training], labels[in_training], batch_size=32, epochs=60, verbose=0)
_, accuracy = plain.evaluate(pixels[~in_training], labels[~in_training], verbose=0)
print(f"the same head on pixels: {accuracy:.0%} right")

# %% [markdown]
# The same head, the same start, the same pictures. What makes the difference is the backbone. Lesson 03
# tries again from nothing with a real convolutional network; it does not get far either.
#
# To be fair, there is one more question. The backbone has seen some of these species before, though never
# these pictures. Does it do better on them? For drawn birds we know which they are.

# %%
# Only drawn birds bring the column `known`; for photos nothing is shown here.
evaluation.seen_against_unseen(answers) if "known" in answers else None

# %% [markdown]
# *Seen* are the species that the backbone was trained on, *unseen* the others. Both are far above guessing,
# and the borrowed knowledge helps most where it fits best. Keep that in mind when somebody shows you a
# proud figure: ask what the backbone had seen.
#
# ## Who is mistaken for whom?
#
# A single number hides the interesting part. In a **confusion matrix** each row is a species and each column
# an answer. Right answers are on the diagonal; lines part the families.

# %%
families = {name: name.split()[-1] for name in birds.class_names}
plots.confusion_heatmap(evaluation.confusion(answers), groups=families)

# %% [markdown]
# The squares off the diagonal are mistakes. Which are the commonest?

# %%
evaluation.most_confused(answers, 5)

# %% [markdown]
# Is your pair among them? Most mistakes stay inside a family, where species share shape and size and differ
# in one or two marks. How large is that share?

# %%
mistakes = answers[~answers["correct"]]
same_family = mistakes["class_name"].map(families) == mistakes["predicted"].map(families)
print(f"{same_family.mean():.0%} of {len(mistakes)} mistakes stay inside the family")

# %% [markdown]
# Now look at the worst of them. A red frame and a cross mean "wrong"; the mistakes it was surest of come
# first.

# %%
plots.predictions_grid(answers, n=18)

# %% [markdown]
# Some of these birds are hidden, tiny, turned away or in bad light; you might have missed them, too. Others
# are plain to see, and the classifier is wrong and sure of itself. Lesson 12 shows how to find out when
# such a thing can be trusted.
#
# ## Try it
#
# 1. **Fewer pictures.** Put `birds.sample(5)` in place of `birds` in the cell that extracts features. Run it and the
#    cells below it again. What do you lose?
#    <details><summary>What you should see</summary>Fewer right answers, but far more than guessing: the features do most
#    of the work, and the head has little left to learn. Nothing is extracted anew; the cache knows all these
#    pictures.</details>
# 2. **More training.** Train for 600 epochs in place of 60. Does the exam get better?
#    <details><summary>What you should see</summary>Hardly. The training pictures were all right long before. What limits
#    this classifier is what the frozen backbone can see, and how few pictures there are. Lesson 07 lets the backbone
#    itself learn.</details>
#
# ## Quiz
#
# Why must the test pictures never be used for training, not even a few of them?
#
# - <details><summary>Because training would take longer.</summary>It would, a little, but that is not the point.</details>
# - <details><summary>Because we want to know how it does on pictures it has never met.</summary>Right. Somebody who has seen
#   the exam paper can get full marks and know nothing.</details>
# - <details><summary>Because the backbone is frozen.</summary>Frozen or not: the head alone can learn pictures by heart, as
#   its training curve has just shown.</details>
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
# - The same head on raw pixels fails: the knowledge is in the backbone.
# - Look at the mistakes, and give every accuracy with an interval.
#
# **Where it goes wrong in practice.** The commonest bug of all is to feed a backbone pixels in another
# range than it was trained with (0 to 1, say, where it wants -1 to 1). Nothing crashes; it is just wrong
# far more often. Our backbones bring their own preprocessing, so they always take pixels from 0 to 255.
# Lesson 04 shows what happens otherwise.
#
# ## The map of the course
#
# | part | lessons |
# |---|---|
# | **I. Seeing** | **00 Welcome** · 01 Four problems · 02 A neuron, a network, a landscape · 03 Seeing with convolutions |
# | **II. Borrowing** | 04 Borrowing from ImageNet · 05 Bottlenecks · 06 Augmentation done right · 07 Fine-tuning without forgetting · 08 Which backbone, how deep? |
# | **III. Cases** | 09 CUB birds · 10 Pets · 11 Your own feeder |
# | **IV. In earnest** | 12 Trust the number · 13 Ship it · 14 Beyond labels · 15 Scaling out |
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
