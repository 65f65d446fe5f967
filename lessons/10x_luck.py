# %% [markdown]
# # 10x · Animal, background, luck
#
# Lesson 10 ended with a number. Two questions about it. **Is it the animal that is recognised, or the sofa?** And if
# somebody else does all of it again, with other pictures of other breeds: **how far off may that number be, and what
# would make it more certain?** Guess now: more training pictures, more test pictures, or more breeds?

# %% [markdown]
# A pet, its trimap (the animal, its border, the background), and what we make of both:

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import numpy as np
import pandas as pd
from PIL import Image

from course_utils import evaluation, plots
from course_utils.backbones import load_backbone
from course_utils.datasets import load_pets
from course_utils.datasets.pets import met_before
from course_utils.sketchbook import make_pets

# drawn ones, in either profile: their trimaps are exact
folder = make_pets(course.data_root / "lesson_10x", 40, seed=0, processes=2)
pets = load_pets(folder)
GREY, WHITE = np.uint8(128), np.uint8(255)


def forms_of(row):
    trimap = Image.open(folder / "annotations/trimaps" / f"{row.image}.png")
    # 1: animal, 2: background, 3: border, which we count to the animal
    animal = (np.asarray(trimap) != 2)[:, :, None]
    whole = np.asarray(Image.open(row.path))
    return {
        "whole picture": whole,
        "animal alone": np.where(animal, whole, GREY),
        "background alone": np.where(animal, GREY, whole),
        "shape alone": np.where(animal, WHITE, np.zeros_like(whole)),
    }


first = forms_of(pets.table.iloc[4])
plots.image_grid(np.stack(list(first.values())), list(first), columns=4)

# %% [markdown]
# **When you have done this you will be able to**
#
# - take a picture apart, and give each part a control;
# - take the luck in an accuracy apart: how much of it is due to training pictures, to test pictures, to breeds;
# - say what to get more of, before you get it.
#
# **You need** lesson 10. **Time**: about 50 minutes.
#
# ## 1. What is recognised?
#
# Each form of the pictures gets a head of its own, trained and tested on that form. (`LogisticRegression`, as in lesson
# 09: nothing in its training is random.) **Predict**: which part is worth most, and is the background worth anything?

# %% within=0.15 tags=["predict"]
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

threadpool_limits(1)  # so small a job is done sooner on one core
mini = load_backbone("mini_mobilenet_v2")
table = pets.table.assign(known=pets.table["class_name"].map(met_before))
labels = table["label"].to_numpy()
train = (table["split"] == "train").to_numpy()


def examine(learn, judge):
    # which test pictures are named right?
    head = LogisticRegression(max_iter=1000).fit(learn[train], labels[train])
    return evaluation.predictions(
        head.predict_proba(judge[~train]), table[~train], pets.class_names
    )


forms = pd.DataFrame([forms_of(row) for row in table.itertuples()])
vectors = {
    name: mini.predict(np.stack(forms[name]), verbose=0, batch_size=64)
    for name in forms
}
exams = [examine(v, v).assign(input=name) for name, v in vectors.items()]
plots.accuracy_bars(evaluation.accuracy_by(pd.concat(exams), "input"))

# %% [markdown]
# The animal alone says nearly all. But a background alone is right far more often than guessing, which is once in fifteen.
# Is that the sofa? Its grey hole has the animal's shape! The shape alone explains a part; only what is above that
# control can be the background.
#
# A head that learnt from whole pictures: how much does it use the background? It is examined on the other forms:

# %% within=0.2 tags=["predict"]
whole = vectors["whole picture"]
for name in ("animal alone", "background alone"):
    share = evaluation.accuracy(examine(whole, vectors[name]))
    print(f"learnt from whole pictures, examined on {name}: {share:.0%}")

# %% [markdown] question="10x.1"
# ### Exercise 10x.1 · What follows?
#
# A head that learnt from whole pictures does worse on animals alone than on whole pictures. What may you conclude?
# Answer with a letter in quotes.
#
# - [ ] It recognises pets by their background.
#   - It loses something without it. But it is right far more often on animals alone than on backgrounds alone.
# - [ ] The backgrounds belong in the training, as they help.
#   - They help as long as the test has the same ones. Lesson 09 moved the birds, and there they misled.
# - [x] Nothing yet: grey surroundings are new to it as well.
#   - Two things have changed, the background is gone and a picture of a new kind is there. The head that learnt from
#     animals alone is the control: it shows how much can be had without any background.
# - [ ] The backbone should have been trained on animals alone.
#   - Nothing here compares backbones.

# %% answer="10x.1"
# solution
conclusion = "c"
# end

# %% check="10x.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "How many things have changed between the two exams?",
        "Compare with the head that learnt from animals alone, and was examined on them.",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("10x.1").check(conclusion)

# %% [markdown]
# ## 2. Thirty draws
#
# Now only five training pictures of each breed, as somebody has who begins. Which five is luck. Thirty times five
# random ones of the twenty, thirty heads, one exam. `right` has a row for each draw and a column for each test picture:


# %%
def draw(seed, n=5):
    rows = pd.Series(np.random.default_rng(seed).permutation(np.flatnonzero(train)))
    return rows.groupby(labels[rows]).head(n).to_numpy()


right = []
for seed in range(30):
    rows = draw(seed)
    head = LogisticRegression(max_iter=1000).fit(whole[rows], labels[rows])
    right.append(head.predict(whole[~train]) == labels[~train])
right = np.array(right, float)

# %% [markdown]
# How far are the thirty accuracies apart? Their *standard deviation*, in points:

# %% within=0.3
each = right.mean(axis=1)
print(f"{each.mean():.1%}, from {each.min():.1%} to {each.max():.1%}")
print(f"standard deviation of the draws: {100 * each.std(ddof=1):.1f} points")

# %% [markdown]
# Whoever reports that as *the* uncertainty has forgotten something: all thirty were examined on the same test pictures
# of the same breeds.
#
# ## 3. Take luck apart
#
# Think of each answer as a sum: a mean; something for the breed (some are easy); for the test picture; for the draw; the
# rest. If these are independent, their *variances*, the squares of standard deviations, add up. How large each is can be
# read from means: of a draw over all pictures, of a breed over all draws, of a picture over all draws
# (`variance_components`: mean squares of the analysis of variance; Searle and others, 1992).
#
# **Predict** the order of the three: training pictures, test pictures, breeds.

# %% within=0.5 tags=["predict"]
from course_utils.comparison import variance_components

breeds = table["class_name"].to_numpy()[~train]
known = table["known"].to_numpy(bool)[~train]
luck = variance_components(right, breeds)
luck.assign(points=100 * luck["sd"]).round({"share": 2, "points": 1})[
    ["share", "points"]
]

# %% [markdown]
# The breeds! Those fifteen are fifteen of all that there are, and they differ so much that another fifteen would give
# another number; thirty draws, or three hundred, never show it. What you can buy is visible now, too.

# %% [markdown] question="10x.2"
# ### Exercise 10x.2 · What would it be worth?
#
# Write `spread(luck, breeds, pictures)`: the standard deviation of the accuracy in a study with `breeds` times as many
# breeds and `pictures` times as many test pictures **of each**. The column `variance` has for each part what it adds now.
# More breeds divide what the breeds add, and also what the test pictures and the rest add, as all of these are then
# averages over more. More test pictures of each divide what the test pictures add, and nothing else.


# %% answer="10x.2"
def spread(luck, breeds, pictures):
    # solution
    variance = luck["variance"]
    total = variance["training pictures"] + variance["classes"] / breeds
    total += variance["test pictures"] / (breeds * pictures)
    total += variance["the rest"] / breeds
    return total**0.5
    # end


# %% [markdown] why="10x.2"
# Variances add, standard deviations don't. And what a study repeats the most is averaged the most: a test picture is one of
# breeds times pictures, a breed only one of the breeds. (A part of the rest shrinks with test pictures as well; we
# leave that out.)

# %% check="10x.2"
import pandas as pd

from course_utils.exercises import Function, Mistake

PARTS = ["training pictures", "test pictures", "classes", "the rest"]


def total(luck, breeds, pictures):
    v = luck["variance"]
    fixed = v["training pictures"] + v["classes"] / breeds + v["the rest"] / breeds
    return fixed + v["test pictures"] / (breeds * pictures)


def right_spread(luck, breeds, pictures):
    return total(luck, breeds, pictures) ** 0.5


def drawn(random):
    variance = random.uniform(0.0001, 0.003, 4)
    table = pd.DataFrame({"variance": variance}, index=PARTS)
    table = table.assign(share=variance / variance.sum(), sd=variance**0.5)
    return table, int(random.integers(1, 6)), int(random.integers(1, 12))


def now(random):
    return drawn(random)[0], 1, 1


def of_sds(luck, breeds, pictures):
    v = luck["sd"]
    fixed = v["training pictures"] + v["classes"] / breeds + v["the rest"] / breeds
    return fixed + v["test pictures"] / (breeds * pictures)


def all_divided(luck, breeds, pictures):
    return (luck["variance"].sum() / (breeds * pictures)) ** 0.5


def pictures_alone(luck, breeds, pictures):
    v = luck["variance"]
    fixed = v["training pictures"] + v["classes"] / breeds + v["the rest"] / breeds
    return (fixed + v["test pictures"] / pictures) ** 0.5


def rest_stays(luck, breeds, pictures):
    v = luck["variance"]
    fixed = v["training pictures"] + v["classes"] / breeds + v["the rest"]
    return (fixed + v["test pictures"] / (breeds * pictures)) ** 0.5


def training_divided(luck, breeds, pictures):
    v = luck["variance"]
    fixed = (v["training pictures"] + v["classes"] + v["the rest"]) / breeds
    return (fixed + v["test pictures"] / (breeds * pictures)) ** 0.5


check = Function(
    reference=right_spread,
    draw={"as many as now": now, "": drawn},
    mistakes=[
        Mistake(total, "That is the variance. Its square root is the spread."),
        Mistake(of_sds, "Standard deviations do not add up; variances do."),
        Mistake(
            all_divided,
            "Not every part gets smaller by both. Which of them do new breeds not touch?",
        ),
        Mistake(
            pictures_alone,
            "With more breeds there are more test pictures as well, in all.",
        ),
        Mistake(rest_stays, "What the rest adds is divided by the breeds, too."),
        Mistake(
            training_divided,
            "A draw of training pictures that is good or bad for all breeds stays that, however many breeds there are.",
        ),
        Mistake(
            lambda luck, breeds, pictures: luck["sd"].sum(),
            "That is the sum of four standard deviations, as they are now.",
        ),
        Mistake(
            lambda luck, breeds, pictures: 100 * right_spread(luck, breeds, pictures),
            "Those are points. Give a share.",
        ),
    ],
    hints=[
        "Divide each of the four variances by what its sentence says, add them, take the square root.",
        "Test pictures: there are `breeds * pictures` times as many of them in all.",
    ],
)

# %% [markdown]
# Check it:

# %%
exercise("10x.2").check(spread)

# %% [markdown]
# For each group by itself, as *seen* and *unseen* breeds are different worlds:

# %% within=0.5
groups = {"all": known | ~known, "seen": known, "unseen": ~known}
parts = {
    k: variance_components(right[:, m], breeds[m])["sd"] for k, m in groups.items()
}
(100 * pd.DataFrame(parts)).round(1)

# %% [markdown] question="10x.3"
# ### Exercise 10x.3 · What to buy
#
# You may double one thing: the test pictures of each breed, or the breeds. Or you train thirty heads on thirty draws and
# report their mean. Which makes the figure for **unseen** breeds most certain? Answer with a letter in quotes.
#
# - [ ] Twice the test pictures of each breed.
#   - That divides one of the smaller parts by two. Look at the column "unseen".
# - [x] Twice as many breeds.
#   - It divides the largest part by two, and others with it.
# - [ ] The mean of thirty draws.
#   - It nearly removes what the training pictures add, the smallest or second smallest of all. And it answers another
#     question: how good are heads on average, not how good is yours.

# %% answer="10x.3"
# solution
buy = "b"
# end

# %% check="10x.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Each purchase divides some of the four variances. Which of them is largest for unseen breeds?",
        "Squares count: a part of six points weighs nine times as much as one of two.",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("10x.3").check(buy)

# %% [markdown]
# ## 4. Be your own sceptic
#
# Two doubts about that table. The draws take five of the *same* twenty pictures, so they have pictures in common and are
# more alike than they should be. And is it so for photos? Both were measured, with the course's own tool
# (`tools/measure/pets.py`): draws that share no picture, and photos of 37 breeds. Standard deviations in points:

# %%
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "pets.csv")
luck_rows = measured[measured["part"] == "luck"].copy()
luck_rows[["draws", "group", "what"]] = luck_rows["what"].str.extract(
    "(.*), (.*): (.*)"
)
luck_rows["value"] *= 100
luck_rows.pivot_table(
    "value", ["pets", "draws", "group"], "what", sort=False, observed=True
).round(1)

# %% [markdown]
# And the parts of a picture, for photos of three breeds with real trimaps beside the drawn pets (shares, means of five
# divisions):

# %%
parts_rows = measured[measured["part"] == "parts"]
parts_rows.pivot_table("value", "what", "pets", sort=False).round(2)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="10x.a"
# Two teams publish accuracies on the *same* test pictures of the *same* breeds. Which parts of luck do not matter for the
# question who is better?
#
# - [ ] None: all four are in both numbers.
#   - In both, and the same in both: then it falls out of their difference.
# - [x] Breeds and test pictures, for the most part.
#   - What is easy for one is easy for the other. That is why differences are taken in pairs.
# - [ ] Training pictures, if both draw them by the same rule.
#   - The same rule is not the same draw. Each has luck of its own.

# %% [markdown] quiz="10x.b"
# A grey hole of the animal's shape in the background: why the control with the shape alone?
#
# - [x] The hole tells something about the animal.
#   - Long or stocky, sitting or standing: all that shows in the outline. What the control reaches is not due to background.
# - [ ] The backbone was never shown grey.
#   - True, and a reason for heads of their own for each form. But the control is about something else.
# - [ ] White on black is easier to learn.
#   - If it were, the control would be too strong. It asks how much the outline says.

# %% [markdown]
# ## What you saw
#
# - The animal is what is recognised, though the background alone beats guessing. A control shows how much its hole tells.
# - Repeating a training shows the luck in training pictures only, a small part of all.
# - Variances add. Estimate each part, then buy what divides the largest one: here, breeds.
#
# **Where it goes wrong in practice.** "Mean and standard deviation of five seeds" is printed in many papers as if it were
# the whole uncertainty. It holds for these test pictures of these classes. Say so, or take the classes as the unit.
#
# ## Sources
#
# - Pets: drawn by this course (CC BY 4.0). Photos and trimaps: O. M. Parkhi and others, "Cats and Dogs", CVPR 2012.
# - S. R. Searle, G. Casella, C. E. McCulloch, "Variance Components", Wiley, 1992.
# - X. Bouthillier and others, "Accounting for Variance in Machine Learning Benchmarks", MLSys 2021.
# - K. Xiao, L. Engstrom, A. Ilyas, A. Madry, "Noise or Signal: The Role of Image Backgrounds in Object Recognition", ICLR
#   2021.
