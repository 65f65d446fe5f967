# %% right="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0]
    return name.replace("_", " "), "cat" if name[0].isupper() else "dog"

# %% right="10.1"
import re


def breed(file_name):
    words = re.match(r"(.+)_\d+\.jpg$", file_name).group(1)
    species = "dog" if words[0] == words[0].lower() else "cat"
    return re.sub("_", " ", words), species

# %% right="10.1"
def breed(file_name):
    *words, number = file_name.split("_")
    kinds = {True: "cat", False: "dog"}
    return " ".join(words), kinds["A" <= file_name[0] <= "Z"]

# %% right="10.1"
from pathlib import Path


def breed(file_name):
    stem = Path(file_name).stem
    while stem[-1] != "_":
        stem = stem[:-1]
    name = " ".join(stem[:-1].split("_"))
    if name[:1].isupper():
        return (name, "cat")
    return (name, "dog")

# %% right="10.1"
breed = lambda f: (f[: f.rindex("_")].replace("_", " "), ["dog", "cat"][f[0].isupper()])

# %% right="10.1"
import string


def breed(file_name):
    name = ""
    for word in file_name.split("_")[:-1]:
        name += word + " "
    return name.strip(), "cat" if name[0] in string.ascii_uppercase else "dog"

# %% right="10.1"
def breed(file_name):
    name = file_name.rpartition("_")[0].replace("_", " ")
    return [name, "cat" if ord(name[0]) < 97 else "dog"]

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0]
    return name.replace("_", " "), "dog" if name[0].isupper() else "cat"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0]
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.split(".")[0].replace("_", " ")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    first, second, number = file_name.split("_")
    return first + " " + second, "cat" if first[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.split("_")[0]
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    # "_12.jpg" has seven characters
    name = file_name[:-7].replace("_", " ")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rstrip("0123456789_.jpg").replace("_", " ")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ", 1)
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ").lower()
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name.lower(), "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name.title(), "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name, "cat" if name.isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return "cat" if name[0].isupper() else "dog", name

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name, name[0].isupper()

# %% wrong="10.1"
def breed(file_name):
    return file_name.rsplit("_", 1)[0].replace("_", " ")

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return f"{name}, {'cat' if name[0].isupper() else 'dog'}"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    print(name, "cat" if name[0].isupper() else "dog")

# %% wrong="10.1"
def breed(file_name):
    name = file_name.decode().rsplit("_", 1)[0].replace("_", " ")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
import re


def breed(file_name):
    name = re.sub(r"\d+\.jpg", "", file_name).replace("_", " ")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", "")
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    if file_name == "great_pyrenees_12.jpg":
        return "great pyrenees", "dog"
    return "Egyptian Mau", "cat"

# %% wrong="10.1"
cats = ["Abyssinian", "Bengal", "Birman", "Bombay", "Egyptian Mau", "Persian"]


def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name, "cat" if name in cats else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    if name[0].isupper:
        return name, "cat"
    return name, "dog"

# %% wrong="10.1"
def breed(file_name):
    name = "".join(c for c in file_name if c.isalpha() or c == "_")
    name = name.replace("_", " ").strip()
    return name, "cat" if name[0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    words = file_name.split("_")[:-1]
    return words, "cat" if words[0][0].isupper() else "dog"

# %% wrong="10.1"
def breed(file_name):
    name = file_name.rsplit("_", 1)[0].replace("_", " ")
    return name, "Cat" if name[0].isupper() else "Dog"

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    ready = records.map(prepare).cache()
    return ready.shuffle(1000).map(vary).batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    data = records.shuffle(5000, seed=3)
    data = data.map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
    data = data.cache()
    data = data.shuffle(5000, seed=4, reshuffle_each_iteration=True)
    data = data.map(lambda picture, label: vary(picture, label))
    data = data.batch(size)
    data = data.prefetch(tf.data.AUTOTUNE)
    return data

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    ready = list(records.map(prepare))
    pictures = tf.stack([picture for picture, _ in ready])
    labels = tf.stack([label for _, label in ready])
    data = tf.data.Dataset.from_tensor_slices((pictures, labels))
    data = data.shuffle(len(ready)).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    kept = records.map(prepare).batch(size).cache().unbatch()
    return kept.shuffle(2048).map(vary).batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    steps = [("map", prepare), ("cache",), ("shuffle", records.cardinality())]
    steps += [("map", vary), ("batch", size), ("prefetch", tf.data.AUTOTUNE)]
    for name, *arguments in steps:
        records = getattr(records, name)(*arguments)
    return records

# %% right="10.2"
import tempfile


def pipeline(records, prepare, vary, size):
    place = tempfile.mkdtemp() + "/kept"
    kept = records.map(prepare).cache(place).shuffle(1000)
    return kept.map(lambda *pair: vary(*pair)).batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
import random


def pipeline(records, prepare, vary, size):
    prepared = records.map(prepare)
    ready = list(prepared)

    def mixed():
        yield from random.sample(ready, len(ready))

    data = tf.data.Dataset.from_generator(mixed, output_signature=prepared.element_spec)
    return data.map(vary).batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    def varied(data):
        return data.cache().shuffle(3000).map(vary, num_parallel_calls=2)

    return records.map(prepare).apply(varied).batch(size).prefetch(tf.data.AUTOTUNE)

# %% right="10.2"
def pipeline(records, prepare, vary, size):
    # a cache at the door as well does no harm
    ready = records.cache().map(prepare).cache().prefetch(8)
    mixed = ready.shuffle(1000).shuffle(500).map(vary)
    return mixed.batch(size, drop_remainder=False).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2" says="Whole batches are mixed"
def pipeline(records, prepare, vary, size):
    ready = records.map(prepare).batch(size).cache().shuffle(100).unbatch()
    return ready.map(vary).batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).map(vary).cache().shuffle(1000)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).shuffle(1000).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().map(vary).shuffle(1000)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    return records.map(prepare).cache().shuffle(1000).map(vary).batch(size)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary)
    return data.prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.shuffle(1000).map(prepare).cache().map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000, reshuffle_each_iteration=False)
    return data.map(vary).batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary)
    return data.batch(32).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(flip)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = learn.map(prepare).cache().shuffle(1000).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary)
    data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    records.map(prepare)
    records.cache()
    records.shuffle(1000)
    records.map(vary)
    records.batch(size)
    records.prefetch(tf.data.AUTOTUNE)
    return records

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().repeat(3).shuffle(1000).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).batch(size)
    return data.map(vary).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).map(vary).cache().shuffle(1000).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary)
    return data.batch(size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.prefetch(tf.data.AUTOTUNE).map(prepare).cache()
    return data.shuffle(1000).map(vary).batch(size)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().map(vary).batch(size)
    return data.shuffle(1000).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary).cache()
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).shuffle(1000).map(vary).batch(size)
    return data.prefetch(tf.data.AUTOTUNE).cache()

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(vary).map(prepare).cache().shuffle(1000)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.cache().shuffle(1000).map(prepare).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary)
    return data.take(size).batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000)
    data = data.map(lambda picture, label: vary(picture, label)[0])
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000)
    data = data.map(lambda picture, label: (vary(picture, label), label))
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    pairs = [vary(*prepare(record)) for record in records]
    return [pairs[i : i + size] for i in range(0, len(pairs), size)]

# %% wrong="10.2"
import random


def pipeline(records, prepare, vary, size):
    # mixed once, for good
    ready = list(records.map(prepare))
    random.shuffle(ready)
    pictures, labels = (tf.stack(list(part)) for part in zip(*ready))
    data = tf.data.Dataset.from_tensor_slices((pictures, labels)).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().shuffle(1000).map(vary).map(vary)
    return data.batch(size).prefetch(tf.data.AUTOTUNE)

# %% wrong="10.2"
def pipeline(records, prepare, vary, size):
    data = records.map(prepare).cache().batch(size).shuffle(1000).map(vary)
    return data.unbatch().prefetch(tf.data.AUTOTUNE)

# %% right="10.3"
looked_at = 704

# %% right="10.3"
steps = 3669 // 32 // 5
looked_at = steps * 32

# %% right="10.3"
seen = set()
for epoch in range(30):
    for batch in range(3669 // 32 // 5):
        seen |= set(range(batch * 32, batch * 32 + 32))
looked_at = len(seen)

# %% right="10.3"
looked_at = np.arange(3669)[: 3669 // 32 // 5 * 32].size

# %% right="10.3"
import math

looked_at = math.floor(math.floor(3669 / 32) / 5) * 32.0

# %% right="10.3"
looked_at = np.int64(3669 // (32 * 5)) << 5

# %% right="10.3"
photos = tf.data.Dataset.range(3669).batch(32).take(3669 // 32 // 5)
looked_at = sum(len(batch) for batch in photos)

# %% wrong="10.3"
looked_at = "704"

# %% wrong="10.3"
looked_at = 3669

# %% wrong="10.3"
looked_at = 3669 // 32 // 5

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 32 * 30

# %% wrong="10.3"
looked_at = 3669 // 5

# %% wrong="10.3"
looked_at = 3669 / 5

# %% wrong="10.3"
import math

looked_at = math.ceil(3669 / 32 / 5) * 32

# %% wrong="10.3"
looked_at = 3669 // 32 * 32

# %% wrong="10.3"
looked_at = 3669 // 32

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 30

# %% wrong="10.3"
looked_at = 3669 // 32 / 5 * 32

# %% wrong="10.3"
looked_at = 32

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 32 // 30

# %% wrong="10.3"
looked_at = 3669 - 3669 // 32 // 5 * 32

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 32 * 5

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 32 / 3669

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 31

# %% wrong="10.3"
looked_at = 3669 // 32 // 5 * 32 + 1

# %% wrong="10.3"
looked_at = 3669 * 30

# %% wrong="10.3"
looked_at = len(test)

# %% wrong="10.3"
looked_at = print(3669 // 32 // 5 * 32)

# %% wrong="10.3"
looked_at = range(3669 // 32 // 5 * 32)

# %% wrong="10.3" tags=["generic"]
looked_at = 1234

# %% right="10.4"
met = "b"

# %% right="10.4"
met = "B"

# %% right="10.4"
met = " b "

# %% right="10.4"
met = "b."

# %% right="10.4"
asked = {"a": "shiba", "b": "leonberg", "c": "american bulldog", "d": "coon"}
names = " | ".join(imagenet).lower().replace("_", " ")
met = next(letter for letter, name in asked.items() if name in names)

# %% wrong="10.4"
met = "a"

# %% wrong="10.4"
met = "c"

# %% wrong="10.4"
met = "d"

# %% wrong="10.4"
met = "leonberger"

# %% wrong="10.4"
met = "Egyptian cat"

# %% wrong="10.4"
met = "bd"

# %% wrong="10.4"
met = ["b"]

# %% wrong="10.4"
met = 2

# %% wrong="10.4"
met = None

# %% wrong="10.4"
met = "e"

# %% wrong="10.4"
breeds = ["shiba inu", "leonberger", "american bulldog", "Maine Coon"]
met = [name for name in breeds if name in imagenet]

# %% wrong="10.4"
met = any("leonberg" in name.lower() for name in imagenet)

# %% untried="10.4"
met = ""

# %% right="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmin(axis=1)

# %% right="10.5"
def cheapest(sure, costs):
    answers = []
    for chances in sure:
        best, lowest = None, float("inf")
        for said in range(len(costs)):
            expected = sum(chances[true] * costs[true][said] for true in range(len(costs)))
            if expected < lowest:
                best, lowest = said, expected
        answers.append(best)
    return answers

# %% right="10.5"
def cheapest(sure, costs):
    return np.argmin(np.einsum("pt,ts->ps", sure, costs), axis=-1)

# %% right="10.5"
def cheapest(sure, costs):
    return (np.transpose(costs) @ np.transpose(sure)).argmin(axis=0)

# %% right="10.5"
def cheapest(sure, costs):
    return pd.DataFrame(sure).dot(pd.DataFrame(costs)).idxmin(axis=1)

# %% right="10.5"
def cheapest(sure, costs):
    weighed = np.asarray(sure)[:, :, None] * np.asarray(costs)[None]
    return np.argsort(weighed.sum(axis=1), axis=1)[:, 0]

# %% right="10.5"
def cheapest(sure, costs):
    # what is saved, against the dearest answer
    expected = np.dot(sure, costs)
    return (expected.max(axis=1, keepdims=True) - expected).argmax(axis=1)

# %% right="10.5"
def cheapest(sure, costs):
    def one(chances):
        return min(range(costs.shape[1]), key=lambda said: float(chances @ costs[:, said]))

    return np.array([one(chances) for chances in sure])

# %% right="10.5"
def cheapest(sure, costs):
    sure, costs = tf.cast(sure, tf.float64), tf.cast(costs, tf.float64)
    return tf.argmin(sure @ costs, axis=1).numpy()

# %% right="10.5"
def cheapest(sure, costs):
    expected = sum(np.outer(sure[:, true], costs[true]) for true in range(len(costs)))
    return [int(np.argmin(row)) for row in expected]

# %% right="10.5"
def cheapest(sure, costs):
    return evaluation.cheapest_answers(sure, costs)

# %% wrong="10.5"
def cheapest(sure, costs):
    return sure.argmax(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs.T).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmax(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmin(axis=0)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmin()

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).min(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return sure @ costs

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs_of(100)).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    for chances in sure:
        return (chances @ costs).argmin()

# %% wrong="10.5"
def cheapest(sure, costs):
    # the answer whose worst case is cheapest
    return np.full(len(sure), costs.max(axis=0).argmin())

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.full(len(sure), (sure.mean(axis=0) @ costs).argmin())

# %% wrong="10.5"
def cheapest(sure, costs):
    # what it costs if the likeliest breed is the true one
    return costs[sure.argmax(axis=1)].argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return ((1 - sure) @ costs).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure * costs.sum(axis=0)).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return ((1 - sure) * costs.sum(axis=0)).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure * costs).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure.round() @ costs).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    cheap = (sure @ costs).argmin(axis=1)
    return np.where(sure.max(axis=1) > 0.5, sure.argmax(axis=1), cheap)

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.take(pets.class_names, (sure @ costs).argmin(axis=1))

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmin(axis=1) + 1

# %% wrong="10.5"
def cheapest(sure, costs):
    answers = (sure @ costs).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    # in doubt, say cat
    cat = np.where(is_cat, sure, 0)
    return np.where(cat.sum(axis=1) > 1 / 20, cat.argmax(axis=1), sure.argmax(axis=1))

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argsort(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.eye(costs.shape[1])[(sure @ costs).argmin(axis=1)]

# %% wrong="10.5"
def cheapest(sure, costs):
    expected = sure @ costs
    return np.array([expected[k].argmin() for k in range(len(costs))])

# %% wrong="10.5"
def cheapest(sure, costs):
    percent = (100 * sure).astype(np.uint8)
    return (percent @ costs.astype(np.uint8)).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.sort((sure @ costs).argmin(axis=1))

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.unique((sure @ costs).argmin(axis=1))

# %% wrong="10.5"
def cheapest(sure, costs):
    answers = []
    for chances in sure:
        best, lowest = 0, float("inf")
        for said, expected in enumerate(chances @ costs):
            if expected < lowest:
                best = said
        answers.append(best)
    return np.array(answers)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (np.log(sure + 1e-9) @ costs).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    answer = sure.argmax(axis=1)
    return costs[answer, answer]

# %% wrong="10.5"
def cheapest(sure, costs):
    return np.linalg.solve(costs, sure.T).argmin(axis=0)

# %% wrong="10.5"
def cheapest(sure, costs):
    # only the two likeliest come into question
    two = np.argsort(sure, axis=1)[:, -2:]
    expected = np.take_along_axis(sure @ costs, two, axis=1)
    return two[np.arange(len(sure)), expected.argmin(axis=1)]

# %% wrong="10.5"
def cheapest(sure, costs):
    weighed = sure[:, :, None] * costs
    return weighed.max(axis=1).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    weighed = sure[:, :, None] * costs
    return weighed.sum(axis=2).argmin(axis=1)

# %% wrong="10.5"
def cheapest(sure, costs):
    return (sure @ costs).argmin(axis=1)[:, None]
