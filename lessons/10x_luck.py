# %% [markdown]
# # 10x · Animal, background, luck
#
# Lesson 10 ended with a number. Two questions about it. **Is it the animal that is recognised, or the sofa?** And if
# somebody else does all of it again, with other pictures of other breeds: **how far off may that number be, and what
# would make it more certain?** Guess now: more training pictures, more test pictures, or more breeds?

# %% [markdown]
# Drawn pets, in either profile: the pen knows where the animal is.

# %%
from course_utils.environment import setup
from course_utils.exercises import exercise

course = setup(seed=0)

import numpy as np
import pandas as pd
from PIL import Image

from course_utils import evaluation, plots
from course_utils.backbones import load_backbone
from course_utils.datasets import load_pets, met_before

folder = course.study_folder("pets")
pets = load_pets(folder)

# %% [markdown]
# A pet, and its two parts. A *trimap* says of each pixel whether it is animal, background, or the border between them.

# %%
GREY, WHITE = np.uint8(128), np.uint8(255)


def parts_of(row):
    trimap = Image.open(folder / "annotations/trimaps" / f"{row.image}.png")
    # 1: animal, 2: background, 3: border, which we count to the animal
    return np.asarray(Image.open(row.path)), (np.asarray(trimap) != 2)[:, :, None]


def forms_of(row):
    whole, animal = parts_of(row)
    return {
        "whole picture": whole,
        "animal alone": np.where(animal, whole, GREY),
        "background alone": np.where(animal, GREY, whole),
    }


first = forms_of(pets.table.iloc[4])
plots.image_grid(np.stack(list(first.values())), list(first), columns=3)

# %% [markdown]
# **When you have done this lesson you will be able to**
#
# - take a picture apart, and give each part a control;
# - take the luck in an accuracy apart: how much of it is due to training pictures, to test pictures, to breeds;
# - say what to get more of, before you get it.
#
# **You need** lesson 10. **Time**: about 50 minutes.
#
# ## 1. What is recognised?
#
# Each form of the pictures gets a head of its own, trained and tested on that form. (`LogisticRegression`, as in the case
# of CUB: nothing in its training is random.)

# %%
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


# %% [markdown]
# And all forms of the pictures, one after the other:


# %%
vectors = {}


def examine_forms(forms_of):
    forms = pd.DataFrame([forms_of(row) for row in table.itertuples()])
    for name in forms:
        vectors[name] = mini.predict(np.stack(forms[name]), verbose=0, batch_size=64)
    exams = [examine(v, v).assign(input=name) for name, v in vectors.items()]
    return evaluation.accuracy_by(pd.concat(exams), "input")


# %% [markdown]
# **Predict**: which part is worth most, and is the background worth anything?

# %% within=0.15 tags=["predict"]
plots.accuracy_bars(examine_forms(forms_of), chance=1 / 15)

# %% [markdown]
# The animal alone is worth as much as the whole picture. And the background alone is right several times as often as by
# guessing. So does it give the breed away, as habitats do in lesson 09? Look at the third picture once more: what is in it,
# besides the background?
#
# A hole, in the shape of the animal. Two controls: the **shape** alone, white on black; and backgrounds from which a **box**
# is cut, beside that box alone. (The box goes from the animal's first row and column of pixels to its last.)


# %%
def more_forms_of(row):
    whole, animal = parts_of(row)
    # where there is any animal
    rows = np.flatnonzero(animal.any(axis=(1, 2)))
    columns = np.flatnonzero(animal.any(axis=(0, 2)))
    box = np.zeros_like(animal)
    box[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = True
    return {
        "shape alone": np.where(animal, WHITE, np.zeros_like(whole)),
        "background without a box": np.where(box, GREY, whole),
        "box alone": np.where(box, WHITE, np.zeros_like(whole)),
    }


first = more_forms_of(pets.table.iloc[4])
plots.image_grid(np.stack(list(first.values())), list(first), columns=3)

# %% [markdown]
# **Predict** all three, beside the bars that you know.

# %% within=0.2 tags=["predict"]
plots.accuracy_bars(examine_forms(more_forms_of), chance=1 / 15)

# %% [markdown]
# The outline by itself says *more* than the background with that outline in it, so the outline is enough to explain what
# the background said. And with a box in place of the outline, the background says no more than that box alone. So it was the
# hole. Of our drawn pets, whose rooms have nothing to do with their breeds, we know that it must be so. Of photos nobody
# knows, and there the same two controls are needed. (A bird's habitat does tell.)
#
# Look at a few pets yourself: by which of these pictures would *you* tell the breed?

# %% tags=["nbval-ignore-output"]
from course_utils.widgets import Slider, explore


def look_at(pet):
    row = pets.table.iloc[pet]
    forms = forms_of(row) | more_forms_of(row)
    return plots.image_grid(np.stack(list(forms.values())), list(forms))


explore(look_at, pet=Slider(0, len(pets) - 1, 4))

# %% [markdown]
# Does a head that learnt from whole pictures lean on the background? It is examined on animals alone:

# %% within=0.1 tags=["predict"]
whole = vectors["whole picture"]
for learn_from in ("whole picture", "animal alone"):
    share = evaluation.accuracy(examine(vectors[learn_from], vectors["animal alone"]))
    print(f"learnt from: {learn_from}, examined on animals alone: {share:.0%}")

# %% [markdown] question="10x.1"
# ### Exercise 10x.1 · What follows?
#
# A head that learnt from whole pictures does worse on animals alone than on whole pictures, and worse than a head that
# learnt from animals alone. What may you conclude? Answer with a letter in quotes.
#
# - [ ] It recognises pets by their background.
#   - Then animals alone would be hard for it, and it names most of them. And what backgrounds said was their hole.
# - [ ] The backgrounds belong in the training, as they help.
#   - They help as long as the test has the same ones. Lesson 09 moved the birds, and there they misled.
# - [x] Grey surroundings are new to it, and that may be all.
#   - The background is gone, *and* the pictures are of a new kind. The other head knows this kind, and loses nothing without
#     a background. So what the first one misses is not information.
# - [ ] The backbone should have been trained on animals alone, without any background.
#   - Nothing here compares backbones.

# %% answer="10x.1"
# solution
conclusion = "c"
# end

# %% check="10x.1"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "How many things have changed between whole pictures and animals alone?",
        "The second head has no background either. What does it have that the first one lacks?",
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("10x.1").check(conclusion)

# %% [markdown]
# ## 2. Thirty draws
#
# Each breed has twenty pictures for training and twenty for the test. Now a head gets only five training pictures of each,
# as somebody has who begins. Which five is luck. Thirty times five random ones of the twenty, thirty heads, one exam.
# `right` has a row for each draw and a column for each test picture, 1 where it is named right:


# %%
def draw(seed, n=5):
    # all training pictures, shuffled; of these the first n of each breed
    rows = pd.Series(np.random.default_rng(seed).permutation(np.flatnonzero(train)))
    return rows.groupby(labels[rows]).head(n).to_numpy()


right = []
for seed in range(30):
    rows = draw(seed)
    head = LogisticRegression(max_iter=1000).fit(whole[rows], labels[rows])
    right.append(head.predict(whole[~train]) == labels[~train])
right = np.array(right, float)
breeds = table["class_name"].to_numpy()[~train]
known = table["known"].to_numpy(bool)[~train]

# %% [markdown]
# How far are the thirty accuracies apart? Their *standard deviation*, in points: about so far one of them is from their mean.

# %% within=0.3
each = pd.Series(right.mean(axis=1))
print(f"{each.mean():.1%}, from {each.min():.1%} to {each.max():.1%}")
print(f"standard deviation of the draws: {100 * each.std():.1f} points")

# %% [markdown]
# Whoever reports that as *the* uncertainty has forgotten something: all thirty were examined on the same test pictures
# of the same breeds.
#
# ## 3. Take luck apart
#
# Think of each answer as a sum: a mean, something for the breed (some are easy), something for the test picture, something
# for the draw. If these are independent, their *variances*, the squares of standard deviations, add up.
# `variance_components` estimates them (Searle and others, 1992): how far would each part alone move the accuracy, if it were
# drawn anew? Its `variance`, its `share` of all, and in `points` its standard deviation.
#
# **Predict** the order of the three: training pictures, test pictures, breeds.

# %% within=0.5 tags=["predict"]
from course_utils.comparison import variance_components

luck = variance_components(right, breeds)
luck.assign(points=100 * luck["sd"]).drop(columns="sd").round(5)

# %% [markdown]
# The breeds (`classes`)! Fifteen others would give another number, and thirty draws, or three hundred, cannot show it.
# Training pictures come next; test pictures hardly matter here.
#
# How can that be known? From means. Here are those of four draws (rows) and four breeds; the last row and column have the
# means of all:

# %% within=0.3
by_breed = pd.DataFrame(right, columns=breeds).T.groupby(level=0).mean().T
means = by_breed.assign(mean=by_breed.mean(axis=1))
means.loc["mean"] = means.mean()
means.iloc[[0, 1, 2, 3, -1], [0, 1, 2, 3, -1]].round(2)

# %% [markdown]
# Down the last column is a mean for each draw. Their standard deviation you have seen: it is what training pictures do.
# Along the last row is a mean for each breed. These are further apart, but an accuracy is the mean of fifteen of them, in
# which easy and hard ones partly cancel:

# %% within=0.3
apart = 100 * by_breed.mean().std()
print(f"breeds: {apart:.1f} points apart; the mean of fifteen: {apart / 15**0.5:.1f}")

# %% [markdown]
# That is nearly the figure for breeds above. (The mean of a breed has some luck of its test pictures in it, and of the draws;
# `variance_components` takes it out.) For test pictures it is the same, with the means of each over all draws.

# %% [markdown] question="10x.2"
# ### Exercise 10x.2 · What would it be worth?
#
# Write `spread(luck, breeds, pictures, draws)`: the standard deviation of the accuracy (a share, not points) in a study
# with `breeds` times as many breeds, `pictures` times as many test pictures of each, and which reports the mean of `draws`
# draws. `luck` is a table as above, with the rows "training pictures", "test pictures" and "classes" (the breeds); its
# column `variance` has what each adds now, with one draw. The mean of several draws divides the first by their number.
# More test pictures of each breed divide the second. More breeds divide all three: each brings training and test pictures
# of its own.


# %% answer="10x.2"
def spread(luck, breeds, pictures, draws):
    # solution
    variance = luck["variance"]
    total = variance["classes"] + variance["test pictures"] / pictures
    total += variance["training pictures"] / draws
    return (total / breeds) ** 0.5
    # end


# %% [markdown] why="10x.2"
# Variances add, standard deviations don't. What a study has most of is averaged most, so what it has least of decides.
# (With more breeds the task gets harder, too: that moves the mean, not its uncertainty.)

# %% check="10x.2"
import numpy as np
import pandas as pd

from course_utils.exercises import Function, Mistake

PARTS = ["training pictures", "test pictures", "classes"]


def total(luck, breeds, pictures, draws, of="variance"):
    v = luck[of]
    both = v["test pictures"] / pictures + v["training pictures"] / draws
    return (v["classes"] + both) / breeds


def right_spread(*arguments):
    return total(*arguments) ** 0.5


def drawn(random):
    variance = random.uniform(0.0001, 0.003, 3)
    table = pd.DataFrame({"variance": variance}, index=PARTS)
    table = table.assign(share=variance / variance.sum(), sd=variance**0.5)
    return table, *(int(n) for n in random.integers(2, 12, 3))


def now(random):
    return drawn(random)[0], 1, 1, 1


def all_divided(luck, breeds, pictures, draws):
    return (luck["variance"].sum() / (breeds * pictures * draws)) ** 0.5


def classes_alone(luck, breeds, pictures, draws):
    v = luck["variance"]
    both = v["test pictures"] / pictures + v["training pictures"] / draws
    return (v["classes"] / breeds + both) ** 0.5


def swapped(luck, breeds, pictures, draws):
    return right_spread(luck, breeds, draws, pictures)


def divided(luck, *by, of="variance"):
    return sum(luck.loc[part, of] / n for part, n in zip(PARTS, by, strict=True))


def roots_added(luck, breeds, pictures, draws):
    parts = luck["variance"] / np.array([draws, pictures, 1])
    return (parts**0.5).sum() / breeds**0.5


def squared(luck, breeds, pictures, draws):
    return right_spread(luck, breeds**2, pictures**2, draws**2)


check = Function(
    reference=right_spread,
    draw={"as many as now": now, "": drawn},
    mistakes=[
        Mistake(total, "That is the variance. Its square root is the spread."),
        Mistake(
            lambda *arguments: total(*arguments, of="sd"),
            "Standard deviations do not add up; variances do.",
        ),
        Mistake(
            all_divided,
            "Not every part gets smaller by all three. What do more draws change, and what not?",
        ),
        Mistake(
            classes_alone,
            "More breeds have more test pictures, and training pictures of their own, as well.",
        ),
        Mistake(
            swapped, "`pictures` are test pictures, `draws` are of training pictures."
        ),
        Mistake(
            squared,
            "Variances are squares already: divide them by the numbers themselves.",
        ),
        Mistake(
            lambda luck, *more: luck["variance"].sum() ** 0.5,
            "That is the spread now, whatever is bought.",
        ),
        Mistake(
            lambda *arguments: 100 * right_spread(*arguments),
            "Those are points. Give a share.",
        ),
        Mistake(
            roots_added,
            "The roots of the parts are added. Add the variances, and take the root of the sum.",
        ),
        Mistake(
            lambda *arguments: total(*arguments, of="sd") ** 0.5,
            "The column `sd` has roots already. Take `variance`.",
        ),
        Mistake(
            lambda *arguments: total(*arguments, of="share") ** 0.5,
            "That is a share of the luck that there is now. The spread itself is asked for: take `variance`.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                divided(luck, draws, pictures, 1) ** 0.5 / breeds
            ),
            "It is the variance that `breeds` divides: do it under the root.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws**0.5, pictures**0.5, 1) / breeds**0.5) ** 0.5
            ),
            "Their roots would divide standard deviations. Variances are divided by the numbers themselves.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, 1 / draws, 1 / pictures, 1) * breeds) ** 0.5
            ),
            "More of anything makes the luck smaller: divide.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws * pictures, pictures, 1) / breeds) ** 0.5
            ),
            "`pictures` are test pictures. A head still learns from five of each breed.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws, pictures * draws, 1) / breeds) ** 0.5
            ),
            "All draws are examined on the same test pictures: their luck does not get less by more draws.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws / 30, pictures, 1) / breeds) ** 0.5
            ),
            "`variance` is that of one draw already, not of thirty.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws, pictures, 1) / (15 * breeds)) ** 0.5
            ),
            "`breeds` says how many *times* as many there are, and the fifteen are in the variances already.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, 1, pictures, 1) / breeds) ** 0.5
            ),
            "The mean of many draws has less of the training pictures' luck than one draw.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (divided(luck, draws, 1, 1) / breeds) ** 0.5
            ),
            "More test pictures of each breed make their luck smaller.",
        ),
        Mistake(
            lambda luck, breeds, pictures, draws: (
                (luck.loc["classes", "variance"] / breeds) ** 0.5
            ),
            "Only what the breeds add is counted. The luck in pictures is left out.",
        ),
    ],
    hints=[
        "Divide each of the three variances by what its sentence says, add them, take the square root.",
        "`classes` by `breeds`; `test pictures` by `pictures` and by `breeds`; the third likewise.",
    ],
)

# %% [markdown]
# Check it:

# %%
exercise("10x.2").check(spread)

# %% [markdown]
# For each group by itself, as *seen* and *unseen* breeds are different worlds (standard deviations in points):

# %% within=0.5
groups = {"all": np.ones_like(known), "seen": known, "unseen": ~known}
lucks = {k: variance_components(right[:, m], breeds[m]) for k, m in groups.items()}
pd.DataFrame({k: 100 * one["sd"] for k, one in lucks.items()}).round(1)

# %% [markdown]
# With half the breeds the luck in pictures is larger. And unseen breeds differ more from each other than seen ones.

# %% [markdown] question="10x.3"
# ### Exercise 10x.3 · What thirty draws promise
#
# Somebody reports the mean of thirty draws on the **unseen** breeds, and as its uncertainty the standard deviation of these
# draws, divided by the root of thirty. By how much would that mean really move, with other breeds and other pictures?
# `spread` tells, from `lucks["unseen"]`. Answer with a letter in quotes.
#
# - [ ] By hardly more than one point.
#   - That is what was reported. It leaves out everything that all thirty draws have in common.
# - [x] By six to eight points.
#   - `spread` with one, one and thirty. What the draws add is nearly gone, what the breeds add is all there. Thirty draws
#     of training pictures are still one draw of breeds.
# - [ ] By four to five points.
#   - That is so for all breeds together. Of unseen ones there are half as many, and they differ more.
# - [ ] By nine points or more.
#   - That is one draw. The mean of thirty has less of the training pictures' luck.

# %% answer="10x.3"
# solution
moves = "b"
# end

# %% check="10x.3"
from course_utils.exercises import Choice

check = Choice(
    hints=[
        "Which of the three variances does a mean of thirty draws divide, and which not?",
        '`100 * spread(lucks["unseen"], breeds=1, pictures=1, draws=30)`',
    ]
)

# %% [markdown]
# Your choice:

# %%
exercise("10x.3").check(moves)

# %% [markdown]
# ## 4. Be your own sceptic
#
# Three doubts about this table of luck. The draws take five of the *same* twenty pictures (`5 of 20`), so they may be more
# alike than they should be. All of it is one set of drawn pictures. And is it so for photos? Measured with the course's
# own tool (`tools/measure/pets.py`): five sets of pictures, of the same breeds; draws that share no picture (`5 fresh
# ones`); photos of real breeds (`3 of 5`). The mean accuracy, and standard deviations in points; means where there are
# several sets:

# %%
from course_utils.paths import data_folder

measured = pd.read_csv(data_folder() / "pets.csv")
luck_rows = measured[measured["part"] == "luck"].copy()
# "5 of 20, all: mean" is taken apart
luck_rows[["draws", "group", "what"]] = luck_rows["what"].str.extract(
    "(.*), (.*): (.*)"
)
luck_rows["value"] *= 100
luck_rows.pivot_table(
    "value", ["pets", "draws", "group"], "what", sort=False, observed=True
).round(1)

# %% [markdown]
# A standard deviation is known only roughly: from thirty draws to about an eighth of it, from fifteen breeds to a fifth.
# Draws that share no picture are not further apart than the others, as far as that can be told. On average the breeds are
# the largest part (of all photos together by less than can be told). Only where the backbone has seen the breeds are
# training pictures worth as much, or more.
#
# And the forms of the pictures, for photos of three breeds with real trimaps beside the drawn pets (shares of right answers,
# means of five). Guessing is right once in three for these photos, once in fifteen for the drawn pets:

# %%
parts_rows = measured[measured["part"] == "parts"]
parts_rows.pivot_table("value", "what", "pets", sort=False).round(2)

# %% [markdown]
# With photos, too, the outline alone is worth about as much as the background with the outline in it. (Three breeds and
# three dozen test photos say no more than that.)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="10x.a"
# Two teams publish accuracies on the *same* test pictures of the *same* breeds. Which parts of luck do not matter for the
# question who is better?
#
# - [ ] None: all three are in both numbers.
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
# - [ ] The backbone was never shown such grey surfaces.
#   - True, and a reason for heads of their own for each form. But the control is about something else.
# - [ ] White on black is easier to learn.
#   - If it were, the control would be too strong. It asks how much the outline says.

# %% [markdown]
# ## What you saw
#
# - A background from which the animal is cut still shows its outline. Only a control, the outline alone, tells what of such
#   a score is background.
# - Repeating a training shows the luck in training pictures only, here less than half of it.
# - Variances add. Estimate each part, then get more of what divides the largest one: here, breeds.
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
