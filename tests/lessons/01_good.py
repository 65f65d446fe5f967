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
