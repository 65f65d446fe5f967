# %% untried="5x.1"
classifier = ...  # your answer here

# %% right="5x.1"
classifier = keras.Sequential([backbone, head])

# %% right="5x.1"
classifier = keras.Sequential(
    [keras.Input(backbone.input_shape[1:], name="pictures"), backbone, head],
    name="classifier",
)

# %% right="5x.1"
pictures = keras.Input(backbone.input_shape[1:])
vectors = backbone(pictures, training=False)
classifier = keras.Model(pictures, head(vectors))

# %% right="5x.1"
classifier = keras.Model(inputs=backbone.input, outputs=head(backbone.output))

# %% right="5x.1"
classifier = keras.Sequential()
classifier.add(keras.Input((course.image_size, course.image_size, 3)))
for part in (backbone, head):
    classifier.add(part)

# %% right="5x.1"
# the head's only layer in place of the head
classifier = keras.Sequential([backbone, head.layers[-1]])

# %% right="5x.1"
# frozen once more, compiled, ready to be trained
classifier = keras.Sequential([backbone, head])
classifier.layers[0].trainable = False
classifier.compile(
    optimizer="adam",
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)

# %% right="5x.1"
# one in the other
looks = keras.Sequential([backbone], name="looks")
inputs = keras.Input(backbone.input_shape[1:])
outputs = looks(inputs)
for layer in head.layers:
    outputs = layer(outputs)
classifier = keras.Model(inputs, outputs)


# %% wrong="5x.1" says="classes of your own"
# a class of its own
class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.looks, self.judges = backbone, head

    def call(self, pictures):
        return self.judges(self.looks(pictures))


classifier = Classifier()
classifier(birds.images(range(1), course.image_size))

# %% right="5x.1"
# a copy of the head, with its weights; all numbers are the same, but it is not `head` that would learn
copied = keras.models.clone_model(head)
copied.set_weights(head.get_weights())
classifier = keras.Sequential([backbone, copied])

# %% wrong="5x.1"
classifier = backbone

# %% wrong="5x.1"
classifier = head

# %% wrong="5x.1"
# a new head that has learnt nothing
classifier = keras.Sequential(
    [keras.Input(backbone.input_shape[1:]), backbone, keras.layers.Dense(n_species)]
)

# %% wrong="5x.1"
# shares, not scores
classifier = keras.Sequential([backbone, head, keras.layers.Softmax()])

# %% wrong="5x.1"
# negative scores are cut off
classifier = keras.Sequential([backbone, head, keras.layers.Activation("relu")])

# %% wrong="5x.1"
# scores squeezed into 0 to 1, one by one
inputs = keras.Input(backbone.input_shape[1:])
classifier = keras.Model(inputs, keras.ops.sigmoid(head(backbone(inputs))))

# %% wrong="5x.1"
# "pixels have to be between 0 and 1"
classifier = keras.Sequential(
    [
        keras.Input(backbone.input_shape[1:]),
        keras.layers.Rescaling(1 / 255),
        backbone,
        head,
    ]
)

# %% wrong="5x.1"
# something else in it, though it changes no score
classifier = keras.Sequential([backbone, keras.layers.Dropout(0.5), head])

# %% wrong="5x.1"
# vectors made equally long
classifier = keras.Sequential([backbone, keras.layers.UnitNormalization(), head])

# %% wrong="5x.1"
# one more hidden layer
classifier = keras.Sequential([backbone, keras.layers.Dense(n_features), head])

# %% wrong="5x.1"
# a copy of the head without its weights
classifier = keras.Sequential([backbone, keras.models.clone_model(head)])

# %% wrong="5x.1"
# a copy of the backbone without its weights
classifier = keras.Sequential([keras.models.clone_model(backbone), head])

# %% wrong="5x.1"
# the bias forgotten
plain = keras.layers.Dense(n_species, use_bias=False)
classifier = keras.Sequential([keras.Input(backbone.input_shape[1:]), backbone, plain])
plain.set_weights(head.get_weights()[:1])

# %% wrong="5x.1"
# a head of its own, trained for a moment
own = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_species)])
own.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
own.fit(train.vectors, train.labels, epochs=2, verbose=0)
classifier = keras.Sequential([backbone, own])

# %% wrong="5x.1"
# the backbone would learn, too
backbone.trainable = True
classifier = keras.Sequential([backbone, head])

# %% wrong="5x.1"
# the layers of the backbone thawed one by one
for layer in backbone.layers:
    layer.trainable = True
classifier = keras.Sequential([backbone, head])

# %% wrong="5x.1"
# nothing would learn
classifier = keras.Sequential([backbone, head])
classifier.trainable = False

# %% wrong="5x.1"
# frozen the wrong one
head.trainable = False
classifier = keras.Sequential([backbone, head])

# %% wrong="5x.1"
# the one frozen, the other thawed: exchanged
backbone.trainable, head.trainable = True, False
classifier = keras.Sequential([backbone, head])

# %% wrong="5x.1"
# the whole is still frozen, whatever the head is
classifier = keras.Sequential([backbone, head])
classifier.trainable = False
head.trainable = True

# %% wrong="5x.1"
# compile returns nothing
classifier = keras.Sequential([backbone, head]).compile("adam", "mse")

# %% wrong="5x.1"
# no model, a list
classifier = [backbone, head]

# %% wrong="5x.1"
# a symbolic tensor, no model
classifier = head(backbone.output)


# %% wrong="5x.1"
# a function, no model
def classifier(pictures):
    return head.predict(backbone.predict(pictures, verbose=0), verbose=0)


# %% wrong="5x.1"
# scores of some pictures, no model
classifier = head.predict(backbone.predict(some, verbose=0), verbose=0)

# %% wrong="5x.1"
# scores of the stored test pictures
classifier = by_head

# %% wrong="5x.1"
# vectors in, not pictures
classifier = keras.Sequential([keras.Input((n_features,)), *head.layers])

# %% wrong="5x.1"
# two things come out
classifier = keras.Model(backbone.input, [backbone.output, head(backbone.output)])

# %% wrong="5x.1"
# beside each other, not behind each other
side_by_side = keras.layers.Concatenate()([backbone.output, head.output])
classifier = keras.Model([backbone.input, head.input], side_by_side)

# %% wrong="5x.1"
# the answer, not the scores
inputs = keras.Input(backbone.input_shape[1:])
classifier = keras.Model(inputs, keras.ops.argmax(head(backbone(inputs)), axis=-1))

# %% wrong="5x.1"
# the scores in another order
inputs = keras.Input(backbone.input_shape[1:])
classifier = keras.Model(inputs, keras.ops.flip(head(backbone(inputs)), axis=-1))

# %% wrong="5x.1"
# half filled: the head still to come
classifier = keras.Sequential([backbone])

# %% wrong="5x.1"
classifier = "keras.Sequential([backbone, head])"

# %% wrong="5x.1" tags=["stops"]
# the wrong way round
classifier = keras.Model(head.input, backbone(head.output))

# %% wrong="5x.1" tags=["stops"]
# the brackets forgotten
classifier = keras.Sequential(backbone, head)

# %% wrong="5x.1" tags=["stops"]
# pooled once more: vectors have no height and width
classifier = keras.Sequential(
    [
        keras.Input(backbone.input_shape[1:]),
        backbone,
        keras.layers.GlobalAveragePooling2D(),
        head,
    ]
)

# %% wrong="5x.1" tags=["stops"]
# ends where head begins, but is not connected with it
classifier = keras.Model(backbone.input, head.output)

# %% wrong="5x.1" tags=["stops"]
classifier = backbone + head


# %% untried="5x.2"
def count_all(true, predicted, n):
    ...  # your code here


# %% right="5x.2"
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% right="5x.2"
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        counts[t, p] += 1
    return counts


# %% right="5x.2"
def count_all(true, predicted, n):
    places = np.asarray(true, int) * n + np.asarray(predicted, int)
    return np.bincount(places, minlength=n * n).reshape(n, n)


# %% right="5x.2"
from sklearn.metrics import confusion_matrix


def count_all(true, predicted, n):
    return confusion_matrix(true, predicted, labels=np.arange(n))


# %% right="5x.2"
def count_all(true, predicted, n):
    table = pd.crosstab(np.asarray(true), np.asarray(predicted))
    return table.reindex(index=range(n), columns=range(n), fill_value=0).to_numpy()


# %% right="5x.2"
# matrices of ones and zeros, multiplied
def count_all(true, predicted, n):
    ones = np.eye(n)
    return ones[true].T @ ones[predicted]


# %% right="5x.2"
def count_all(true, predicted, n):
    counts = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            counts[i, j] = np.sum((true == i) & (predicted == j))
    return counts


# %% right="5x.2"
def count_all(true, predicted, n):
    return np.stack([np.bincount(predicted[true == i], minlength=n) for i in range(n)])


# %% right="5x.2"
import tensorflow as tf


def count_all(true, predicted, n):
    return tf.math.confusion_matrix(true, predicted, num_classes=n).numpy()


# %% right="5x.2"
# each pair once, with how often it is there
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    pairs, often = np.unique(np.stack([true, predicted]), axis=1, return_counts=True)
    counts[pairs[0], pairs[1]] += often
    return counts


# %% right="5x.2"
edges = lambda n: np.arange(n + 1) - 0.5
count_all = lambda true, predicted, n: np.histogram2d(
    true, predicted, bins=[edges(n), edges(n)]
)[0].astype(int)

# %% right="5x.2"
# lists in a list, no array; the counts are right
from collections import Counter


def count_all(true, predicted, n):
    often = Counter(zip(true.tolist(), predicted.tolist()))
    return [[often[i, j] for j in range(n)] for i in range(n)]


# %% wrong="5x.2"
# the one that was to be repaired
count_all = confusion


# %% wrong="5x.2"
# rows and columns exchanged
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        counts[p, t] += 1
    return counts


# %% wrong="5x.2"
# returns after the first
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        counts[t, p] += 1
        return counts


# %% wrong="5x.2"
# starts anew in each turn
def count_all(true, predicted, n):
    for t, p in zip(true, predicted):
        counts = np.zeros((n, n), int)
        counts[t, p] += 1
    return counts


# %% wrong="5x.2"
# no return
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)


# %% wrong="5x.2"
# np.add.at returns nothing
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    counts = np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# a list in place of a tuple: whole rows
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, np.array([true, predicted]), 1)
    return counts


# %% wrong="5x.2"
# only the true ones counted, in all columns
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, true, 1)
    return counts


# %% wrong="5x.2"
# a copy is increased
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    counts[true][:, predicted] += 1
    return counts


# %% wrong="5x.2"
# the last class missing: too few places
def count_all(true, predicted, n):
    return np.bincount(true * n + predicted).reshape(n, n)


# %% wrong="5x.2"
# classes that do not occur are left out
def count_all(true, predicted, n):
    return pd.crosstab(true, predicted).to_numpy()


# %% wrong="5x.2"
# as many classes as there are in `true`
def count_all(true, predicted, n):
    n = len(np.unique(true))
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# as many classes as the largest label says
from sklearn.metrics import confusion_matrix


def count_all(true, predicted, n):
    return confusion_matrix(true, predicted, labels=range(max(true.max(), predicted.max()) + 1))


# %% wrong="5x.2"
# the notebook's number of species in place of n
def count_all(true, predicted, n):
    counts = np.zeros((n_species, n_species), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# the notebook's labels in place of `true`
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(test.labels, predicted):
        counts[t, p] += 1
    return counts


# %% wrong="5x.2"
# the notebook's answers, whatever is given
def count_all(true, predicted, n):
    return evaluation.confusion(answers)


# %% wrong="5x.2"
# goes through the classes, not through the answers
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for i in range(min(n, len(true))):
        counts[true[i], predicted[i]] += 1
    return counts


# %% wrong="5x.2"
# the first one left out
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for i in range(1, len(true)):
        counts[true[i], predicted[i]] += 1
    return counts


# %% wrong="5x.2"
# the last one left out
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for i in range(len(true) - 1):
        counts[true[i], predicted[i]] += 1
    return counts


# %% wrong="5x.2"
# classes counted from 1: the first row is the last
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        counts[t - 1, p - 1] += 1
    return counts


# %% wrong="5x.2"
# each with each
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t in true:
        for p in predicted:
            counts[t, p] += 1
    return counts


# %% wrong="5x.2"
# both ways: A for B, and B for A
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        counts[t, p] += 1
        counts[p, t] += 1
    return counts


# %% wrong="5x.2"
# only those that are right
def count_all(true, predicted, n):
    return np.diag(np.bincount(true[true == predicted], minlength=n))


# %% wrong="5x.2"
# only those that are wrong
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for t, p in zip(true, predicted):
        if t != p:
            counts[t, p] += 1
    return counts


# %% wrong="5x.2"
# sorted, so that nobody knows any more which belongs to which
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    np.add.at(counts, (np.sort(true), np.sort(predicted)), 1)
    return counts


# %% wrong="5x.2"
# shares of each row
def count_all(true, predicted, n):
    counts = np.zeros((n, n))
    np.add.at(counts, (true, predicted), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


# %% wrong="5x.2"
# shares of all
def count_all(true, predicted, n):
    counts = np.zeros((n, n))
    np.add.at(counts, (true, predicted), 1 / len(true))
    return counts


# %% wrong="5x.2"
# goes round after 255
def count_all(true, predicted, n):
    counts = np.zeros((n, n), np.uint8)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# starts at one
def count_all(true, predicted, n):
    counts = np.ones((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# the number of different pairs at each of them
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    pairs, often = np.unique(np.stack([true, predicted]), axis=1, return_counts=True)
    counts[pairs[0], pairs[1]] = len(often)
    return counts


# %% wrong="5x.2"
# rows of the wrong length
def count_all(true, predicted, n):
    places = true * (n - 1) + predicted
    return np.bincount(places, minlength=n * n)[: n * n].reshape(n, n)


# %% wrong="5x.2"
# rows without `minlength`: not all are equally long
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for i in range(n):
        counts[i] = np.bincount(predicted[true == i])
    return counts


# %% wrong="5x.2"
# n bins between the smallest and the largest label, which need not be 0 and n - 1
def count_all(true, predicted, n):
    return np.histogram2d(true, predicted, bins=n)[0].astype(int)


# %% wrong="5x.2"
# n edges are n - 1 bins
def count_all(true, predicted, n):
    return np.histogram2d(true, predicted, bins=[range(n), range(n)])[0]


# %% wrong="5x.2"
# or in place of and
def count_all(true, predicted, n):
    return np.array(
        [[np.sum((true == i) | (predicted == j)) for j in range(n)] for i in range(n)]
    )


# %% wrong="5x.2"
# parentheses forgotten: & comes before ==
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    for i in range(n):
        for j in range(n):
            counts[i, j] = (true == i & predicted == j).sum()
    return counts


# %% wrong="5x.2"
# pictures by pictures, not species by species
def count_all(true, predicted, n):
    return np.eye(n)[true] @ np.eye(n)[predicted].T


# %% wrong="5x.2"
# how many answers there are
def count_all(true, predicted, n):
    return len(true)


# %% wrong="5x.2"
# how many are right
def count_all(true, predicted, n):
    return (true == predicted).mean()


# %% wrong="5x.2"
# two counts, no matrix
def count_all(true, predicted, n):
    return np.bincount(true, minlength=n), np.bincount(predicted, minlength=n)


# %% wrong="5x.2"
# pairs and how often, no matrix
from collections import Counter


def count_all(true, predicted, n):
    return Counter(zip(true, predicted))


# %% wrong="5x.2"
# in one row
def count_all(true, predicted, n):
    return np.bincount(true * n + predicted, minlength=n * n)


# %% wrong="5x.2"
# one matrix for all calls
counts_so_far = {}


def count_all(true, predicted, n):
    counts = counts_so_far.setdefault(n, np.zeros((n, n), int))
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
# two arguments
def count_all(true, predicted):
    counts = np.zeros((n_species, n_species), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


# %% wrong="5x.2"
def count_all(true, predicted, n):
    counts = np.zeros((n, n), int)
    if true == predicted:
        counts[true, true] += 1
    else:
        counts[true, predicted] += 1
    return counts


# %% wrong="5x.2"
# not the function, but what it counts
count_all = evaluation.confusion(answers)

# %% wrong="5x.2"
# called, and with the old one
count_all = confusion(test.labels, predicted, n_species).sum()


# %% untried="5x.3"
not_told = ...  # your answer here

# %% right="5x.3"
not_told = "b"

# %% right="5x.3"
not_told = "B"

# %% right="5x.3"
not_told = "b."

# %% right="5x.3"
not_told = " b "

# %% right="5x.3"
not_told = "B."

# %% right="5x.3"
not_told = "abcd"[1]

# %% wrong="5x.3"
not_told = "a"

# %% wrong="5x.3"
not_told = "c"

# %% wrong="5x.3"
not_told = "d"

# %% wrong="5x.3"
not_told = "D."

# %% wrong="5x.3"
# which of them are told
not_told = "acd"

# %% wrong="5x.3"
not_told = "b and d"

# %% wrong="5x.3"
not_told = ["b", "c"]

# %% wrong="5x.3"
not_told = "e"

# %% wrong="5x.3"
not_told = 2

# %% wrong="5x.3"
not_told = "none of them"

# %% wrong="5x.3"
# the right option, but its words, where a letter is wanted
not_told = "That more pictures would tell the two apart."

# %% wrong="5x.3"
not_told = True

# %% untried="5x.3"
not_told = ""

# %% wrong="5x.3"
# None may also be taken for not tried
not_told = None

# %% wrong="5x.3" tags=["stops"]
# the quotes forgotten
not_told = b
