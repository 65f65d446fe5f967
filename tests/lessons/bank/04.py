# %% untried="4.1"
def output_names(node_to_uid, uid_to_name): ...  # your code here


# %% right="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {int(number): words[uid] for number, uid in pairs}


# %% right="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    numbers = re.findall(r"target_class:\s*(\d+)", node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return dict(zip(map(int, numbers), [words[uid] for uid in uids]))


# %% right="4.1"
def output_names(node_to_uid, uid_to_name):
    words = {}
    for line in uid_to_name.splitlines():
        uid, _, word = line.partition("\t")
        words[uid] = word
    names = {}
    for line in node_to_uid.splitlines():
        line = line.strip()
        if line.startswith("target_class:"):
            number = int(line.split(":")[1])
        elif line.startswith("target_class_string:"):
            uid = line.split(":")[1].strip().strip('"')
            if uid in words:
                names[number] = words[uid]
    return names


# %% right="4.1"
def output_names(node_to_uid, uid_to_name):
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    result = {}
    for entry in node_to_uid.split("entry {")[1:]:
        number = re.search(r"target_class: (\d+)", entry).group(1)
        uid = re.search(r'target_class_string: "(.+?)"', entry).group(1)
        result[int(number)] = words[uid]
    return dict(sorted(result.items()))


# %% right="4.1"
def output_names(node_to_uid, uid_to_name):
    import io

    import pandas as pd

    words = pd.read_csv(
        io.StringIO(uid_to_name),
        sep="\t",
        header=None,
        names=["uid", "word"],
        quoting=3,
        keep_default_na=False,
    )
    nodes = pd.DataFrame(
        {
            "number": [int(n) for n in re.findall(r"target_class: (\d+)", node_to_uid)],
            "uid": re.findall(r'target_class_string: "(\w+)"', node_to_uid),
        }
    )
    both = nodes.merge(words, on="uid")
    return dict(zip(both["number"].tolist(), both["word"].tolist()))


# the colleague's own
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    return colleagues_names(node_to_uid, uid_to_name)


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in enumerate(uids, start=1)}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in enumerate(sorted(uids))}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in pairs}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return [words[uid] for number, uid in sorted(pairs, key=lambda pair: int(pair[0]))]


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    return {int(number): uid for number, uid in pairs}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {int(number) - 1: words[uid] for number, uid in pairs}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {int(number) + 1: words[uid] for number, uid in pairs}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {words[uid]: int(number) for number, uid in pairs}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    return {number: line.split("\t")[1] for number, line in enumerate(uid_to_name.splitlines())}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    names = {}
    for number, uid in pairs:
        names[int(number)] = words[uid]
        return names


# numbers with one digit only
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    numbers = re.findall(r"target_class: (\d)", node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {int(number): words[uid] for number, uid in zip(numbers, uids)}


# all digits, those of the ids, too
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    numbers = re.findall(r"\d+", node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {int(number): words[uid] for number, uid in zip(numbers, uids)}


# the notebook's maps in place of the arguments
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', maps[0])
    words = dict(line.split("\t") for line in maps[1].splitlines())
    return {int(number): words[uid] for number, uid in pairs}


# only the ids come from the argument
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in maps[1].splitlines())
    return {int(number): words.get(uid) for number, uid in pairs}


# a first word in place of the name
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = {line.split()[0]: line.split()[1] for line in uid_to_name.splitlines()}
    return {int(number): words[uid] for number, uid in pairs}


# the numbers sorted, the ids not
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    numbers = sorted(int(n) for n in re.findall(r"target_class: (\d+)", node_to_uid))
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in zip(numbers, uids)}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    every = {int(number): words[uid] for number, uid in pairs}
    return {number: every[number] for number in best if number in every}


# outputs without a name get one
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    named = {int(number): words[uid] for number, uid in pairs}
    return {number: named.get(number, "unknown") for number in range(len(scores))}


# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    print({int(number): words[uid] for number, uid in pairs})


# names sorted by the alphabet
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return dict(enumerate(sorted(words[uid] for uid in uids)))


# the last entry first
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    uids = re.findall(r'target_class_string: "(\w+)"', node_to_uid)[::-1]
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    return {number: words[uid] for number, uid in enumerate(uids)}


# the number of the entry before: a line is read too late
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    words = dict(line.split("\t") for line in uid_to_name.splitlines())
    names, number = {}, 0
    for uid, following in zip(
        re.findall(r'target_class_string: "(\w+)"', node_to_uid),
        re.findall(r"target_class: (\d+)", node_to_uid),
    ):
        names[number] = words[uid]
        number = int(following)
    return names


# the maps swapped
# %% wrong="4.1"
def output_names(node_to_uid, uid_to_name):
    pairs = re.findall(r'target_class: (\d+)\s+target_class_string: "(\w+)"', uid_to_name)
    words = dict(line.split("\t", 1) for line in node_to_uid.splitlines() if "\t" in line)
    return {int(number): words[uid] for number, uid in pairs}


# %% untried="4.2"
noticed = ...  # your answer here

# %% right="4.2"
noticed = [0, 1, 0, 0, 1, 1]

# %% right="4.2"
noticed = (False, True, False, False, True, True)

# %% right="4.2"
noticed = np.zeros(6)
noticed[[1, 4, 5]] = 1

# %% right="4.2"
noticed = [int(mistake in (2, 5, 6)) for mistake in range(1, 7)]


# %% right="4.2"
def mistaken(relu="relu", side=3, pool=layers.MaxPooling2D, fourth=3, width=1 / 4, order=1):
    x = pixels = Input((96, 96, 3))
    for block, (depth, channels) in enumerate(
        [(2, 64), (2, 128), (3, 256), (fourth, 512), (3, 512)], start=1
    ):
        for i in list(range(1, depth + 1))[::order]:
            x = layers.Conv2D(
                int(width * channels), side, padding="same", activation=relu, name=f"block{block}_conv{i}"
            )(x)
        x = pool(2)(x)
    return Model(pixels, layers.GlobalAveragePooling2D()(x))


noticed = []
for how in (
    {"relu": None},
    {"side": 5},
    {"pool": layers.AveragePooling2D},
    {"fourth": 2},
    {"width": 1 / 2},
    {"order": -1},
):
    try:
        load(mistaken(**how))
        noticed.append(0)
    except Exception:
        noticed.append(1)

# %% wrong="4.2"
noticed = [1, 1, 1, 1, 1, 1]

# %% wrong="4.2"
noticed = [0] * 6

# the other way round
# %% wrong="4.2"
noticed = [1, 0, 1, 1, 0, 0]

# a missing layer is noticed, they think
# %% wrong="4.2"
noticed = [0, 1, 0, 1, 1, 1]

# by the number of parameters
# %% wrong="4.2"
noticed = [0, 1, 0, 1, 1, 0]

# %% wrong="4.2"
noticed = [0, 1, 0, 0, 1, 0]

# %% wrong="4.2"
noticed = [0, 0, 0, 0, 1, 1]

# %% wrong="4.2"
noticed = [0, 1, 0, 0, 0, 1]

# %% wrong="4.2"
noticed = [1, 1, 0, 0, 1, 1]

# %% wrong="4.2"
noticed = [0, 1, 1, 0, 1, 1]

# whatever changes layers, not weights
# %% wrong="4.2"
noticed = [1, 0, 1, 1, 0, 1]

# the numbers of those noticed
# %% wrong="4.2"
noticed = [2, 5, 6]

# their places, from 0
# %% wrong="4.2"
noticed = [1, 4, 5]

# six numbers, but the mistakes' own
# %% wrong="4.2"
noticed = [0, 2, 0, 0, 5, 6]

# how many
# %% wrong="4.2"
noticed = 3

# %% wrong="4.2"
noticed = [0, 1, 0, 0, 1]

# %% wrong="4.2"
noticed = [0, 1, 0, 0, 1, 1, 0]

# from the last to the first
# %% wrong="4.2"
noticed = [1, 1, 0, 0, 1, 0]

# %% wrong="4.2"
noticed = [0, 1, 0, 0.5, 1, 1]

# %% wrong="4.2"
noticed = [0, 1, 0, None, 1, 1]

# %% wrong="4.2"
noticed = {0, 1}

# %% wrong="4.2"
noticed = {2: 1, 5: 1, 6: 1}

# the right digits, but a text in place of numbers
# %% wrong="4.2"
noticed = "010011"

# %% wrong="4.2"
noticed = ["no", "yes", "no", "no", "yes", "yes"]

# `append` returns None
# %% wrong="4.2"
noticed = [0, 1, 0, 0, 1].append(1)

# `load` returns None where nothing stops
# %% wrong="4.2"
noticed = [load(vgg16(96, width=1 / 4))] * 6

# %% wrong="4.2" tags=["stops"]
noticed = [0, load(vgg16(96, width=1 / 2)), 0, 0, 1, 1]

# %% untried="4.3"
suffers = ...  # your answer here

# %% right="4.3"
suffers = "d"

# %% right="4.3"
suffers = "D"

# %% right="4.3"
suffers = " d "

# %% right="4.3"
suffers = "d."

# %% wrong="4.3"
suffers = "a"

# %% wrong="4.3"
suffers = "b"

# %% wrong="4.3"
suffers = "c"

# %% wrong="4.3"
suffers = "C."

# %% wrong="4.3"
suffers = "e"

# %% wrong="4.3"
suffers = "c, d"

# it names the right one, but not its letter
# %% wrong="4.3"
suffers = "VGG"

# %% wrong="4.3"
suffers = "the backbone"

# %% wrong="4.3"
suffers = 4

# %% wrong="4.3"
suffers = None

# %% untried="4.3"
suffers = ""

# %% wrong="4.3"
suffers = True

# a model in place of a letter
# %% wrong="4.3"
suffers = network

# %% wrong="4.3" tags=["stops"]
suffers = d


# %% untried="4.4"
def as_seen(fed, mean): ...  # your code here


# %% right="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[..., ::-1], 0, 255)


# %% right="4.4"
def as_seen(fed, mean):
    rgb = np.flip(fed, axis=-1) + np.flip(mean)
    return np.minimum(np.maximum(rgb, 0), 255)


# %% right="4.4"
def as_seen(fed, mean):
    seen = np.empty(fed.shape)
    for channel in range(3):
        seen[..., channel] = np.clip(fed[..., 2 - channel] + mean[2 - channel], 0, 255)
    return seen


# %% right="4.4"
def as_seen(fed, mean):
    blue, green, red = np.moveaxis(fed + mean, -1, 0)
    return np.stack([red, green, blue], axis=-1).clip(0, 255)


# %% right="4.4"
def as_seen(fed, mean):
    x = (np.asarray(fed, dtype="float64") + np.asarray(mean))[:, :, :, [2, 1, 0]]
    x[x < 0] = 0
    x[x > 255] = 255
    return x


# %% right="4.4"
def as_seen(fed, mean):
    pictures = []
    for picture in fed:
        pictures.append(np.clip((picture + mean) @ np.eye(3)[::-1], 0, 255))
    return np.array(pictures)


# %% right="4.4"
def as_seen(fed, mean):
    return tf.clip_by_value(
        tf.reverse(tf.cast(fed, "float32") + tf.cast(mean, "float32"), [-1]), 0, 255
    ).numpy()


# rounded
# %% right="4.4"
def as_seen(fed, mean):
    return np.clip(np.rint((fed + mean)[..., ::-1]), 0, 255).astype("uint8")


# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(fed + mean, 0, 255)


# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(fed[..., ::-1], 0, 255)


# turned first, then blue's mean for red
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(fed[..., ::-1] + mean, 0, 255)


# blue stays first, and gets red's mean
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(fed + mean[::-1], 0, 255)


# %% wrong="4.4"
def as_seen(fed, mean):
    return (fed + mean)[..., ::-1]


# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[..., ::-1], 0, 1)


# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[..., ::-1], 0, 255) / 255


# preprocessing once more in place of its undoing
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(fed[..., ::-1] - mean, 0, 255)


# the right order, the wrong sign
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed - mean)[..., ::-1], 0, 255)


# cut off too early
# %% wrong="4.4"
def as_seen(fed, mean):
    return (np.clip(fed, 0, 255) + mean)[..., ::-1]


# the columns turned
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[:, :, ::-1], 0, 255)


# the pictures turned
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[::-1], 0, 255)


# all axes turned
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip(np.flip(fed + mean), 0, 255)


# the division undone, too
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed * 255 + mean)[..., ::-1], 0, 255)


# a mean of its own
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + np.float32([103.939, 116.779, 123.68]))[..., ::-1], 0, 255)


# the notebook's pictures
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((three / 255 + mean)[..., ::-1], 0, 255)


# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed[0] + mean)[..., ::-1], 0, 255)


# %% wrong="4.4"
def as_seen(fed, mean):
    seen = []
    for picture in fed:
        seen.append(np.clip((picture + mean)[..., ::-1], 0, 255))
        return np.array(seen)


# bytes before the cut
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean).astype("int64").astype("uint8")[..., ::-1], 0, 255)


# `np.clip` gives a new array, which is dropped
# %% wrong="4.4"
def as_seen(fed, mean):
    seen = (fed + mean)[..., ::-1]
    np.clip(seen, 0, 255)
    return seen


# %% wrong="4.4"
def as_seen(fed, mean):
    seen = (fed + mean)[..., ::-1]
    seen = np.clip(seen, 0, 255)


# stretched in place of cut
# %% wrong="4.4"
def as_seen(fed, mean):
    x = (fed + mean)[..., ::-1]
    return 255 * (x - x.min()) / (x.max() - x.min())


# black in place of what is too bright
# %% wrong="4.4"
def as_seen(fed, mean):
    x = (fed + mean)[..., ::-1]
    return np.where((x >= 0) & (x <= 255), x, 0)


# only at the top
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.minimum((fed + mean)[..., ::-1], 255)


# only at the bottom
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.maximum((fed + mean)[..., ::-1], 0)


# no negative ones, but mirrored
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.minimum(np.abs((fed + mean)[..., ::-1]), 255)


# one grey for all colours
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + np.mean(mean))[..., ::-1], 0, 255)


# turned around, but not exchanged
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + mean)[..., [1, 2, 0]], 0, 255)


# swapped without a copy: blue is overwritten by red, and red by itself
# %% wrong="4.4"
def as_seen(fed, mean):
    seen = fed + mean
    seen[..., 0] = seen[..., 2]
    seen[..., 2] = seen[..., 0]
    return np.clip(seen, 0, 255)


# one size only
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed.reshape(-1, 96, 96, 3) + mean)[..., ::-1], 0, 255)


# Keras' function goes the other way
# %% wrong="4.4"
def as_seen(fed, mean):
    from keras.applications.vgg16 import preprocess_input

    return np.clip(preprocess_input(np.array(fed, dtype="float32")), 0, 255)


# the other network's preprocessing
# %% wrong="4.4"
def as_seen(fed, mean):
    return np.clip((fed + 1) * 127.5, 0, 255)


# the numbers are right at the first call, but `fed` is changed, and the widget asks twice
# %% wrong="4.4"
def as_seen(fed, mean):
    fed += mean
    return np.clip(fed[..., ::-1], 0, 255)


# %% untried="4.5"
ahead = ...  # your answer here

# %% right="4.5"
ahead = "b"

# %% right="4.5"
ahead = "B"

# %% right="4.5"
ahead = "  b"

# %% right="4.5"
ahead = "B."

# %% wrong="4.5"
ahead = "a"

# %% wrong="4.5"
ahead = "c"

# %% wrong="4.5"
ahead = "d"

# %% wrong="4.5"
ahead = "D. "

# %% wrong="4.5"
ahead = "f"

# %% wrong="4.5"
ahead = "a or b"

# it names the right one, but not its letter
# %% wrong="4.5"
ahead = "trained"

# %% wrong="4.5"
ahead = "random"

# %% wrong="4.5"
ahead = 2

# how often
# %% wrong="4.5"
ahead = 0.75

# %% wrong="4.5"
ahead = None

# %% wrong="4.5"
ahead = ["a", "c", "d"]

# %% wrong="4.5"
ahead = False

# %% wrong="4.5" tags=["stops"]
ahead = b
