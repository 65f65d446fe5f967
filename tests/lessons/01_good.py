# %% [markdown]
# # 01 · A lesson that has all its parts
#
# How many eggs does a nest hold, and how would you know without climbing up to each of them? People have
# answered such questions long before there were computers, by counting a few and saying how sure they were.
#
# **When you have done this lesson you will be able to**
#
# - count;
# - add up, even where the sum
#   is long;
# - say when you are done.
#
# **You need** nothing. **Time**: about 5 minutes.

# %% [markdown]
# ## Count
#
# Nests hold 3 eggs on average (Lack, 1947), and here are some.

# %%
eggs = [2, 3, 4]
print(f"{len(eggs)} nests with {sum(eggs)} eggs")

# %% [markdown]
# Together that makes 9.

# %% [markdown] question="1.1"
# ### Exercise 1.1 · Twice as many
#
# How many eggs are in twice as many nests of this kind?

# %% answer="1.1"
# solution
twice = 2 * sum(eggs)
# end

# %% [markdown] why="1.1"
# Each nest is there twice.

# %% check="1.1"
from course_utils.exercises import Mistake, Value

check = Value(
    18,
    mistakes=[
        Mistake(9, "That is as many as before."),
        Mistake(6, "That is the number of nests."),
        Mistake(81, "Twice, not squared."),
    ],
    hints=["Add up first."],
)

# %% [markdown]
# Am I right?

# %%
from course_utils.exercises import exercise

exercise("1.1").check(twice)

# %% [markdown] question="1.5"
# ### Exercise 1.5 · One more nest
#
# Another nest is found, and it is empty. What becomes of the mean? Answer with a letter in quotes.
#
# - [ ] It stays: no egg has come, and none has gone.
#   - The sum stays. By how many nests is it divided?
# - [x] It gets smaller.
#   - The same eggs are shared among more nests.
# - [ ] It gets larger, as there is one nest more.
#   - More nests without more eggs: is there more in each?
# - [ ] Nobody can say without counting anew.
#   - The eggs are counted already, and the new nest has none.

# %% answer="1.5"
# solution
becomes = "b"
# end

# %% check="1.5"
from course_utils.exercises import Choice

check = Choice(hints=["What is the mean made of?", "Which of the two has changed?"])

# %% [markdown]
# Am I right?

# %%
exercise("1.5").check(becomes)

# %% [markdown] question="1.3"
# ### Exercise 1.3 · Count
#
# How many nests are there?

# %% answer="1.3"
# solution
count_3 = len(eggs)
# end

# %% [markdown] why="1.3"
# They are in the list.

# %% check="1.3"
from course_utils.exercises import Mistake, Value

check = Value(
    3,
    mistakes=[
        Mistake(9, "One."),
        Mistake(2, "Two."),
        Mistake(4, "Three."),
    ],
    hints=["Count."],
)

# %% [markdown]
# Am I right?

# %%
exercise("1.3").check(count_3)

# %% [markdown] question="1.4"
# ### Exercise 1.4 · Count
#
# How many eggs in the fullest nest are there?

# %% answer="1.4"
# solution
count_4 = max(eggs)
# end

# %% [markdown] why="1.4"
# They are in the list.

# %% check="1.4"
from course_utils.exercises import Mistake, Value

check = Value(
    4,
    mistakes=[
        Mistake(3, "One."),
        Mistake(2, "Two."),
        Mistake(9, "Three."),
    ],
    hints=["Count."],
)

# %% [markdown]
# Am I right?

# %%
exercise("1.4").check(count_4)

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="1.a"
# What is counted?
#
# - [x] Eggs.
#   - They are in the nests.
# - [ ] Birds.
#   - They are away.

# %% [markdown]
# ## What you saw
#
# - Counting is adding.
#
# **Where it goes wrong in practice.** Nests are counted twice.
#
# ## Sources
#
# - D. Lack, "The Significance of Clutch-size", Ibis 89, 1947.
