# %% right="0.1"
numbers = 3 * (2 * course.image_size) ** 2

# %% right="0.1"
side = course.image_size * 2
numbers = np.prod((side, side, 3))

# %% right="0.1"
numbers = 4 * picture[0].size

# %% wrong="0.1" says="pixels"
numbers = (course.image_size * 2) * (course.image_size * 2)

# %% wrong="0.1" says="twice as high"
numbers = 2 * picture[0].size

# %% wrong="0.1" says="`print`"
numbers = print(4 * picture[0].size)

# %% wrong="0.1" tags=["generic"]
numbers = 17

# %% untried="0.1"
numbers = ...

# %% right="0.2"
expected = "A."

# %% wrong="0.2" says="`cache`"
expected = "b"

# %% right="0.3"
friends_head = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(7)])

# %% right="0.3"
inputs = keras.Input(shape=(n_features,))
friends_head = keras.Model(inputs, keras.layers.Dense(7, activation="linear")(inputs))

# %% wrong="0.3" says="activations"
friends_head = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(7, activation="log_softmax")])

# %% wrong="0.3" says="`add`"
friends_head = keras.Sequential([keras.Input((n_features,))]).add(keras.layers.Dense(7))

# %% wrong="0.3" says="species"
friends_head = head

# %% wrong="0.3" tags=["stops"]
friends_head = keras.Sequential(keras.Input((n_features,)), keras.layers.Dense(7))

# %% right="0.4"
def accuracy(predicted, true):
    hits = 0
    for p, t in zip(predicted, true):
        if p == t:
            hits += 1
    return hits / len(true)

# %% wrong="0.4" says="How many of all"
def accuracy(predicted, true):
    return sum(predicted == true)

# %% wrong="0.4" says="return"
def accuracy(predicted, true):
    print((predicted == true).mean())

# %% wrong="0.4" says="reads `train`, which the notebook has, and not `true`"
def accuracy(predicted, true):
    return (predicted == train.labels[:len(predicted)]).mean()

# %% untried="0.4"
def accuracy(predicted, true):
    ...  # your code here

# %% right="0.5"
by_species = answers.groupby("class_name", observed=True)["correct"].mean().sort_values()

# %% right="0.5"
answers["class_name"] = answers["class_name"].astype("category")
by_species = answers.groupby("class_name", as_index=False, observed=True).agg({"correct": "mean"})

# %% wrong="0.5" says="count right answers"
by_species = answers.groupby("class_name")["correct"].sum().reset_index()
