# %% [markdown]
# Answers to the exercises of lesson 08.

# %% untried="8.1"
experiment = ...  # your answer here

# %% right="8.1"
experiment = "c"

# %% right="8.1"
experiment = "C."

# %% right="8.1"
options = {
    "a": "features",
    "b": "parameters",
    "c": "preprocessing",
    "d": "multiply_adds",
}
experiment = [letter for letter, column in options.items() if column == "preprocessing"][0]

# %% right="8.1"
experiment = "C)"

# %% wrong="8.1"
experiment = "a"

# %% wrong="8.1"
experiment = "b"

# %% wrong="8.1"
experiment = "d"

# %% wrong="8.1"
experiment = "D."

# %% wrong="8.1"
experiment = "preprocessing"

# unclear: the right option's text, where a letter was asked for; the idea is right, the form is not

# %% wrong="8.1"
experiment = "Feed each network with numbers as in its training."

# %% wrong="8.1"
experiment = 3

# %% wrong="8.1"
experiment = "cd"

# %% wrong="8.1"
experiment = "b, c"

# %% wrong="8.1"
experiment = print("c")

# %% wrong="8.1"
experiment = "e"

# %% untried="8.1"
experiment = ""

# %% wrong="8.1"
experiment = facts["preprocessing"]

# %% wrong="8.1"
experiment = {"c": True, "d": True}

# %% wrong="8.1"
experiment = worth["mean"].idxmin()

# %% wrong="8.1" tags=["stops"]
experiment = c


# %% untried="8.2"
def for_resnet(pixels): ...  # your code here


# %% right="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% right="8.2"
def for_resnet(pixels):
    flipped = np.flip(np.asarray(pixels), axis=3).astype("float32")
    return flipped - np.array(preprocessing.CAFFE_MEAN, "float32")


# %% right="8.2"
def for_resnet(pixels):
    import keras

    own = np.array(pixels, dtype="float32")  # a copy: preprocess_input writes into it
    return keras.applications.resnet50.preprocess_input(own)


# %% right="8.2"
def for_resnet(pixels):
    out = np.zeros(np.shape(pixels), "float64")
    for i, picture in enumerate(pixels):
        for channel in range(3):
            mean = preprocessing.CAFFE_MEAN[channel]
            out[i, :, :, channel] = picture[:, :, 2 - channel] - float(mean)
    return out


# %% right="8.2"
def for_resnet(pixels):
    red, green, blue = np.moveaxis(np.asarray(pixels, dtype=float), -1, 0)
    mean_blue, mean_green, mean_red = preprocessing.CAFFE_MEAN
    return np.stack([blue - mean_blue, green - mean_green, red - mean_red], axis=-1)


# %% right="8.2"
def for_resnet(pixels):
    import keras

    x = keras.ops.convert_to_tensor(np.asarray(pixels, "float32"))
    x = keras.ops.flip(x, axis=-1)
    x = x - keras.ops.convert_to_tensor(np.array(preprocessing.CAFFE_MEAN, "float32"))
    return keras.ops.convert_to_numpy(x)


# %% right="8.2"
def for_resnet(pixels):
    swap = np.array([[0.0, 0, 1], [0, 1, 0], [1, 0, 0]])
    return np.asarray(pixels) @ swap - np.array(preprocessing.CAFFE_MEAN)


# %% right="8.2"
def for_resnet(pixels):
    mean_rgb = np.array(preprocessing.CAFFE_MEAN)[::-1]
    return (pixels - mean_rgb)[..., ::-1]


# %% right="8.2"
def for_resnet(pixels):
    return np.subtract(np.asarray(pixels)[..., [2, 1, 0]], [103.939, 116.779, 123.68])


# unclear: nested lists instead of an array; the numbers and their order are right


# %% right="8.2"
def for_resnet(pixels):
    bgr = np.asarray(pixels, dtype=float)[..., ::-1]
    return (bgr - np.array(preprocessing.CAFFE_MEAN)).tolist()


# %% right="8.2"
def for_resnet(pixels):
    red, green, blue = np.moveaxis(pixels, -1, 0)
    return np.stack([blue - 103.939, green - 116.779, red - 123.68], axis=-1)


# %% right="8.2"
def for_resnet(pixels):
    return np.flip(pixels, axis=-1) - preprocessing.CAFFE_MEAN


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels - np.array(preprocessing.CAFFE_MEAN)[::-1]


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)[::-1]


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[:, :, ::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[:, ::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[::-1, ::-1, ::-1, ::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return (pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)) / 255


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] / 255 - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] / 127.5 - 1


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] * 255.0 - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1].astype("uint8") - np.array(preprocessing.CAFFE_MEAN, "uint8")


# %% wrong="8.2"
def for_resnet(pixels):
    centred = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return np.clip(centred, 0, 255).astype("uint8")


# %% wrong="8.2"
def for_resnet(pixels):
    return np.maximum(pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN), 0)


# %% wrong="8.2"
def for_resnet(pixels):
    return np.abs(pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN))


# %% wrong="8.2"
def for_resnet(pixels):
    return (pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)).astype(int)


# unclear: the first Caffe models did subtract such rounded means; but the exercise gives the exact ones


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1].astype("float32") - np.array([104, 117, 123], "float32")


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1].astype("float32")
    return bgr - bgr.mean(axis=(0, 1, 2))


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1].astype("float32")
    return bgr - bgr.mean(axis=(1, 2), keepdims=True)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] - np.mean(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return centred


# %% wrong="8.2"
def for_resnet(pixels):
    own = leaves.images(range(len(pixels)), pixels.shape[1]).astype("float32")
    return own[..., ::-1] - np.array(preprocessing.CAFFE_MEAN, "float32")


# %% wrong="8.2"
def for_resnet(pixels):
    mean, std = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    return (pixels / 255 - mean) / std


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr / bgr.std()


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1].astype("float32") + np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return np.array(preprocessing.CAFFE_MEAN) - pixels[..., ::-1]


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1].astype("float32")


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels.astype("float32")
    bgr = bgr[..., ::-1]
    bgr -= np.array(preprocessing.CAFFE_MEAN, "float32")


# %% wrong="8.2"
def for_resnet(pixels):
    print(pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN))


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels.astype("float32")
    bgr[..., 0] = bgr[..., 2]
    bgr[..., 2] = bgr[..., 0]  # too late: red is gone
    return bgr - np.array(preprocessing.CAFFE_MEAN, "float32")


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1].astype("float32")
    for channel, mean in enumerate(preprocessing.CAFFE_MEAN):
        bgr[..., channel] -= mean
        return bgr


# %% wrong="8.2"
def for_resnet(pixels):
    for picture in pixels:
        return picture[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return np.roll(pixels, 1, axis=-1) - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    return np.sort(pixels, axis=-1) - np.array(preprocessing.CAFFE_MEAN)


# %% wrong="8.2"
def for_resnet(pixels):
    import keras

    once = keras.applications.resnet50.preprocess_input(np.array(pixels, "float32"))
    return keras.applications.resnet50.preprocess_input(once.copy())


# %% wrong="8.2"
def for_resnet(pixels):
    import keras

    return keras.applications.mobilenet_v2.preprocess_input(pixels.astype("float32"))


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr.transpose(0, 3, 1, 2)


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr.transpose(0, 2, 1, 3)


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr.mean(axis=-1)


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr[0]


# %% wrong="8.2"
def for_resnet(pixels):
    bgr = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return bgr.reshape(len(pixels), -1)


# unclear: right for square pictures only; stops on others, if the check tries any (rows and columns have two names)


# %% wrong="8.2"
def for_resnet(pixels):
    n, size = pixels.shape[:2]
    out = np.empty((n, size, size, 3), "float32")
    out[:] = pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN)
    return out


# unclear: right for floats (and it overwrites them); stops on whole numbers (uint8), as pixels 0 to 255 usually are


# %% wrong="8.2"
def for_resnet(pixels):
    pixels = pixels[..., ::-1]
    pixels -= np.array(preprocessing.CAFFE_MEAN)
    return pixels


# %% wrong="8.2"
def for_resnet(pixels):
    return load_backbone("mini_resnet50").predict(pixels, verbose=0)


# %% wrong="8.2"
def for_resnet(pixels):
    return pixels[..., ::-1] - np.array(preprocessing.CAFFE_MEAN).reshape(3, 1, 1)


# %% wrong="8.2" says="Red and blue are where they were"
def for_resnet(pixels):
    return pixels - preprocessing.CAFFE_MEAN


# %% wrong="8.2" says="wants blue first"
def for_resnet(pixels):
    return pixels - np.flip(preprocessing.CAFFE_MEAN)


# %% wrong="8.2" says="old order"
def for_resnet(pixels):
    return (pixels - preprocessing.CAFFE_MEAN)[..., ::-1]


# %% wrong="8.2" says="do not scale"
def for_resnet(pixels):
    return pixels[..., ::-1] / 255 - preprocessing.CAFFE_MEAN


# %% wrong="8.2" says="study of 2017"
def for_resnet(pixels):
    return pixels / 255


# %% wrong="8.2" says="upside down"
def for_resnet(pixels):
    return pixels[:, ::-1] - preprocessing.CAFFE_MEAN


# %% untried="8.3"
def paired(a, b): ...  # your code here


# %% right="8.3"
def paired(a, b):
    difference = np.subtract(a, b)
    n = len(difference)
    half = t.ppf(0.975, n - 1) * difference.std(ddof=1) / np.sqrt(n)
    mean = difference.mean()
    return mean, mean - half, mean + half


# %% right="8.3"
def paired(a, b):
    from scipy.stats import ttest_rel

    interval = ttest_rel(a, b).confidence_interval(0.95)
    return np.mean(a) - np.mean(b), interval.low, interval.high


# unclear: scipy gives nan for a scale of 0, if all differences should be equal; else right


# %% right="8.3"
def paired(a, b):
    d = pd.Series(np.asarray(a) - np.asarray(b))
    low, high = t.interval(0.95, len(d) - 1, loc=d.mean(), scale=d.sem())
    return d.mean(), low, high


# %% right="8.3"
def paired(a, b):
    import math
    import statistics

    d = [float(x) - float(y) for x, y in zip(a, b)]
    mean, error = statistics.mean(d), statistics.stdev(d) / math.sqrt(len(d))
    reach = float(t.ppf(0.975, len(d) - 1))
    return [mean, mean - reach * error, mean + reach * error]


# %% right="8.3"
def paired(a, b):
    d = np.asarray(a, float) - np.asarray(b, float)
    error = d.std() / np.sqrt(d.size - 1)  # the n - 1 at another place
    return d.mean() + error * np.array([0, *t.ppf([0.025, 0.975], d.size - 1)])


# %% right="8.3"
def paired(a, b):
    n = len(a)
    both = np.cov(a, b)  # divides by n - 1
    error = np.sqrt(max(both[0, 0] + both[1, 1] - 2 * both[0, 1], 0) / n)
    mean = np.mean(a) - np.mean(b)
    return mean, mean - t.isf(0.025, n - 1) * error, mean + t.isf(0.025, n - 1) * error


# %% right="8.3"
def paired(a, b):
    total, n = 0.0, 0
    for x, y in zip(a, b):
        total += x - y
        n += 1
    mean = total / n
    squares = 0.0
    for x, y in zip(a, b):
        squares += (x - y - mean) ** 2
    s = (squares / (n - 1)) ** 0.5
    reach = t(df=n - 1).ppf(1 - 0.05 / 2) * s / n**0.5
    return mean, mean - reach, mean + reach


# %% right="8.3"
def paired(a, b):
    from fractions import Fraction

    d = [Fraction(float(x)) - Fraction(float(y)) for x, y in zip(a, b)]
    n = len(d)
    mean = sum(d) / n
    variance = sum((x - mean) ** 2 for x in d) / (n - 1)
    half = float(t.ppf(0.975, n - 1)) * float(variance / n) ** 0.5
    return float(mean), float(mean) - half, float(mean) + half


# %% right="8.3"
def paired(a, b):
    from scipy import stats

    interval = stats.ttest_rel(a, b).confidence_interval()
    return np.mean(a - b), interval.low, interval.high


# %% right="8.3"
def paired(a, b):
    d = pd.Series(a) - pd.Series(b)
    reach = t.ppf(0.975, len(d) - 1) * d.sem()
    return [d.mean(), d.mean() - reach, d.mean() + reach]


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std() / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = 1.96 * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.95, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d)) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    n = len(a)
    error = np.sqrt(np.var(a, ddof=1) / n + np.var(b, ddof=1) / n)
    mean = np.mean(a) - np.mean(b)
    half = t.ppf(0.975, n - 1) * error
    return mean, mean - half, mean + half


# %% wrong="8.3"
def paired(a, b):
    from scipy.stats import ttest_ind

    interval = ttest_ind(a, b).confidence_interval(0.95)
    return np.mean(a) - np.mean(b), interval.low, interval.high


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(b, a)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / len(d)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / len(d) ** 1 / 2
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d) - 1)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.var(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), -half, half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean() - half, d.mean(), d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.025, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    return np.mean(np.subtract(a, b))


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = 2.78 * d.std(ddof=1) / np.sqrt(len(d))  # from the table
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, 4) * d.std(ddof=1) / np.sqrt(5)  # five seeds
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    n = len(table)
    half = t.ppf(0.975, n - 1) * d.std(ddof=1) / np.sqrt(n)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, np.subtract(pairs, 1)) * d.std(ddof=1) / np.sqrt(pairs)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    n = len(a) + len(b)
    half = t.ppf(0.975, n - 1) * d.std(ddof=1) / np.sqrt(n)
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    error = d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - error, d.mean() + error


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d)) / 2
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    return d.mean(), np.percentile(d, 2.5), np.percentile(d, 97.5)


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    return d.mean(), d.min(), d.max()


# %% wrong="8.3"
def paired(a, b):
    d = np.abs(np.subtract(a, b))
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.sort(a) - np.sort(b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = 100 * np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b) / np.asarray(b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    from scipy.stats import ttest_rel

    result = ttest_rel(a, b)
    return np.mean(np.subtract(a, b)), result.statistic, result.pvalue


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    print(d.mean(), d.mean() - half, d.mean() + half)


# %% wrong="8.3"
def paired(a, b):
    mean = np.mean(np.subtract(a, b))
    half = t.ppf(0.975, len(a) - 1) * np.std(a, ddof=1) / np.sqrt(len(a))
    return mean, mean - half, mean + half


# %% wrong="8.3"
def paired(a, b):
    def interval(x):
        half = t.ppf(0.975, len(x) - 1) * np.std(x, ddof=1) / np.sqrt(len(x))
        return np.mean(x), np.mean(x) - half, np.mean(x) + half

    # lowest a minus highest b, and the other way round
    (mean_a, low_a, high_a), (mean_b, low_b, high_b) = interval(a), interval(b)
    return mean_a - mean_b, low_a - high_b, high_a - low_b


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    middle = np.median(d)
    return middle, middle - half, middle + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.995, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), max(0, d.mean() - half), min(1, d.mean() + half)


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.cdf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    draws = np.random.default_rng(0).choice(d, (5000, len(d))).mean(axis=1)
    return d.mean(), np.quantile(draws, 0.025), np.quantile(draws, 0.975)


# %% wrong="8.3"
def paired(a, b):
    for x, y in zip(a, b):
        d = np.array([x - y])
        half = t.ppf(0.975, len(a) - 1) * d.std() / np.sqrt(len(a))
        return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return f"{d.mean():.3f}, {d.mean() - half:.3f} to {d.mean() + half:.3f}"


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d, d - half, d + half


# unclear: the numbers are right, but in a dictionary, where (mean, low, high) was asked for


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return {"mean": d.mean(), "low": d.mean() - half, "high": d.mean() + half}


# unclear: right but for the rounding, which nobody asked for; it hides differences under half a per cent


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return round(d.mean(), 2), round(d.mean() - half, 2), round(d.mean() + half, 2)


# %% wrong="8.3"
def paired(a, b):
    n = len(a)
    mean = np.mean(a) - np.mean(b)
    s = np.std([np.mean(a), np.mean(b)], ddof=1)
    half = t.ppf(0.975, n - 1) * s / np.sqrt(n)
    return mean, mean - half, mean + half


# %% wrong="8.3"
def paired(a, b):
    n = len(a)
    s = np.std(a, ddof=1) - np.std(b, ddof=1)
    mean = np.mean(a) - np.mean(b)
    half = t.ppf(0.975, n - 1) * s / np.sqrt(n)
    return mean, mean - half, mean + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    half = t.ppf(97.5, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3"
def paired(a, b):
    d = np.subtract(a, b)
    s = np.sqrt(np.sum(d**2) / (len(d) - 1))  # the mean not subtracted
    half = t.ppf(0.975, len(d) - 1) * s / np.sqrt(len(d))
    return d.mean(), d.mean() - half, d.mean() + half


# %% wrong="8.3" says="ddof=1"
def paired(a, b):
    d, n = a - b, len(a)
    reach = t.ppf(0.975, n - 1) * np.std(d) / n**0.5
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.3" says="single pairs"
def paired(a, b):
    d = a - b
    reach = t.ppf(0.975, len(d) - 1) * d.std(ddof=1)
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.3" says="many pairs"
def paired(a, b):
    d = a - b
    reach = 1.96 * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.3" says="b minus a"
def paired(a, b):
    d = b - a
    reach = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.3" says="nothing in common"
def paired(a, b):
    n, d = len(a), a.mean() - b.mean()
    reach = t.ppf(0.975, n - 1) * np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / n)
    return d, d - reach, d + reach


# %% untried="8.4"
conclusion = ...  # your answer here

# %% right="8.4"
conclusion = "b"

# %% right="8.4"
conclusion = "B"

# %% right="8.4"
conclusion = "b."

# %% right="8.4"
conclusion = "  B.\n"

# %% right="8.4"
conclusion = "abcd"[1]

# %% wrong="8.4"
conclusion = "a"

# %% wrong="8.4"
conclusion = "c"

# %% wrong="8.4"
conclusion = "d"

# %% wrong="8.4"
conclusion = " A. "

# %% wrong="8.4"
conclusion = "bc"

# %% wrong="8.4"
conclusion = "b and d"

# %% wrong="8.4"
conclusion = 2

# %% wrong="8.4"
conclusion = None

# unclear: the right option's text, where a letter was asked for; the idea is right, the form is not

# %% wrong="8.4"
conclusion = "On pictures akin to the source, its ranking is a good guess."

# %% wrong="8.4"
conclusion = "it depends"

# %% wrong="8.4"
conclusion = ranks

# %% wrong="8.4"
conclusion = ("a", "b")  # liked, carried

# %% wrong="8.4"
conclusion = True

# %% wrong="8.4"
conclusion = source.idxmax()

# %% wrong="8.4"
conclusion = "f"

# %% wrong="8.4" tags=["stops"]
conclusion = b


# %% untried="8.5"
def front(ms, accuracy): ...  # your code here


# %% right="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=1)


# %% right="8.5"
def front(ms, accuracy):
    result = []
    for m, a in zip(ms, accuracy):
        worth = True
        for other_m, other_a in zip(ms, accuracy):
            if other_m <= m and other_a >= a and (other_m, other_a) != (m, a):
                worth = False
        result.append(worth)
    return np.array(result)


# unclear: a list instead of an array; the same True and False


# %% right="8.5"
def front(ms, accuracy):
    n = range(len(ms))
    return [
        not any(
            (ms[j] < ms[i] and accuracy[j] >= accuracy[i]) or (ms[j] <= ms[i] and accuracy[j] > accuracy[i])
            for j in n
        )
        for i in n
    ]


# %% right="8.5"
def front(ms, accuracy):
    points = pd.DataFrame({"ms": np.asarray(ms), "accuracy": np.asarray(accuracy)})

    def is_best(row):
        best = points.loc[points["ms"] <= row["ms"], "accuracy"].max()
        fastest = points.loc[points["accuracy"] >= row["accuracy"], "ms"].min()
        return row["accuracy"] == best and row["ms"] == fastest

    return points.apply(is_best, axis=1).to_numpy(dtype=bool)


# %% right="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms, float), np.asarray(accuracy, float)
    keep = np.zeros(len(ms), bool)
    best, at = -np.inf, None
    for i in np.lexsort((-accuracy, ms)):  # by ms; among equals the most accurate first
        if accuracy[i] > best:
            best, at = accuracy[i], ms[i]
            keep[i] = True
        elif accuracy[i] == best and ms[i] == at:
            keep[i] = True
    return keep


# %% right="8.5"
def front(ms, accuracy):
    points = {(m, -a) for m, a in zip(ms, accuracy)}
    beaten = {p for p in points for q in points if q != p and q[0] <= p[0] and q[1] <= p[1]}
    return pd.Series([(m, -a) not in beaten for m, a in zip(ms, accuracy)])


# unclear: the course's own helper, which the next cell uses; the right answer, though not "written"


# %% right="8.5"
def front(ms, accuracy):
    from course_utils.comparison import pareto_front

    return np.asarray(pareto_front(pd.Series(ms), pd.Series(accuracy)))


# %% right="8.5"
def front(ms, accuracy):
    kept = []
    for i in range(len(ms)):
        beaten = False
        for j in range(len(ms)):
            as_good = ms[j] <= ms[i] and accuracy[j] >= accuracy[i]
            beaten |= as_good and (ms[j], accuracy[j]) != (ms[i], accuracy[i])
        kept.append(not beaten)
    return np.array(kept)


# %% right="8.5"
def front(ms, accuracy):
    from course_utils.comparison import pareto_front

    return pareto_front(ms, accuracy)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    beaten = (ms[None] < ms[:, None]) & (accuracy[None] > accuracy[:, None])
    return ~beaten.any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    beaten = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    return ~beaten.any(axis=1)  # each also beats itself


# %% wrong="8.5"
def front(ms, accuracy):
    n = len(ms)
    keep = np.ones(n, bool)
    for i in range(n):
        for j in range(n):
            if i != j and ms[j] <= ms[i] and accuracy[j] >= accuracy[i]:
                keep[i] = False  # equals throw each other out
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    n = len(ms)
    keep = np.ones(n, bool)
    for i in range(n):
        for j in range(n):
            as_good = ms[j] <= ms[i] and accuracy[j] >= accuracy[i]
            better = ms[j] < ms[i] or accuracy[j] > accuracy[i]
            if as_good and (better or j < i):
                keep[i] = False  # of equals only the first
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return (as_good & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=0)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] <= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] < accuracy[:, None])
    return ~(as_good & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] >= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] > ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~better.any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    return ~(as_good & better).any(axis=1)  # better in milliseconds only


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    beaten = (ms[None] <= ms[:, None]) & (accuracy[None] > accuracy[:, None])
    return ~beaten.any(axis=1)  # better in accuracy only


# %% wrong="8.5"
def front(ms, accuracy):
    return (np.asarray(ms) <= np.median(ms)) & (np.asarray(accuracy) >= np.median(accuracy))


# %% wrong="8.5"
def front(ms, accuracy):
    return (np.asarray(ms) <= np.mean(ms)) | (np.asarray(accuracy) >= np.mean(accuracy))


# %% wrong="8.5"
def front(ms, accuracy):
    return (np.asarray(ms) == np.min(ms)) | (np.asarray(accuracy) == np.max(accuracy))


# %% wrong="8.5"
def front(ms, accuracy):
    ratio = np.asarray(accuracy) / np.asarray(ms)
    return ratio >= np.median(ratio)


# %% wrong="8.5"
def front(ms, accuracy):
    ratio = np.asarray(accuracy) / np.asarray(ms)
    return ratio == ratio.max()


# %% wrong="8.5"
def front(ms, accuracy):
    score = pd.Series(accuracy).rank() - pd.Series(ms).rank()
    return (score >= 0).to_numpy()


# %% wrong="8.5"
def front(ms, accuracy):
    # in the order of the milliseconds, not of the input
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    points = sorted(zip(ms, accuracy))
    return np.array([not any(x <= m and y >= a and (x < m or y > a) for x, y in points) for m, a in points])


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    order = np.lexsort((-accuracy, ms))
    best, keep = -np.inf, []
    for i in order:
        keep.append(accuracy[i] > best)
        best = max(best, accuracy[i])
    return np.array(keep)[order]  # the inverse order was needed


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    keep = np.zeros(len(ms), bool)
    best = -np.inf
    for i in np.argsort(ms, kind="stable"):  # equally fast ones in any order
        if accuracy[i] > best:
            best = accuracy[i]
            keep[i] = True
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    keep = np.zeros(len(ms), bool)
    best = -np.inf
    for i in np.lexsort((-accuracy, ms)):
        if accuracy[i] >= best:  # a slower one that is just as accurate stays
            best = accuracy[i]
            keep[i] = True
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    keep = []
    for m, a in zip(ms, accuracy):
        faster = [y for x, y in zip(ms, accuracy) if x < m]
        keep.append(all(a > y for y in faster))  # equally fast ones forgotten
    return np.array(keep)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return np.flatnonzero(~(as_good & better).any(axis=1))


# %% wrong="8.5"
def front(ms, accuracy):
    return [
        (m, a)
        for m, a in zip(ms, accuracy)
        if not any(x <= m and y >= a and (x < m or y > a) for x, y in zip(ms, accuracy))
    ]


# %% wrong="8.5"
def front(ms, accuracy):
    return np.asarray(accuracy) >= np.maximum.accumulate(accuracy)


# %% wrong="8.5"
def front(ms, accuracy):
    for m, a in zip(ms, accuracy):
        for x, y in zip(ms, accuracy):
            if x <= m and y >= a and (x < m or y > a):
                return False
    return True


# %% wrong="8.5"
def front(ms, accuracy):
    keep = []
    for m, a in zip(ms, accuracy):
        for x, y in zip(ms, accuracy):
            worth = not (x <= m and y >= a and (x < m or y > a))  # only the last counts
        keep.append(worth)
    return np.array(keep)


# %% wrong="8.5"
def front(ms, accuracy):
    keep = []
    for m, a in zip(ms, accuracy):
        for x, y in zip(ms, accuracy):
            if x <= m and y >= a and (x < m or y > a):
                keep.append(False)
                continue
            keep.append(True)
    return np.array(keep)


# %% wrong="8.5"
def front(ms, accuracy):
    n = len(ms)
    keep = np.ones(n, bool)
    for i in range(n):
        for j in range(i):  # only those before it
            if ms[j] <= ms[i] and accuracy[j] >= accuracy[i]:
                if ms[j] < ms[i] or accuracy[j] > accuracy[i]:
                    keep[i] = False
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    keep = np.ones(len(ms), bool)
    order = np.lexsort((-accuracy, ms))
    for before, i in zip(order[:-1], order[1:]):  # only the next faster one
        as_good = ms[before] <= ms[i] and accuracy[before] >= accuracy[i]
        if as_good and (ms[before], accuracy[before]) != (ms[i], accuracy[i]):
            keep[i] = False
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    accuracy = table.mean(axis=1).to_numpy()
    own = np.array([np.median(times[1:]) for times in taken.values()])
    as_good = (own[None] <= own[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (own[None] < own[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.round(ms), np.round(accuracy, 1)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    # only what is clearly better, by a hundredth and a tenth of a millisecond, counts
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    faster = ms[None] < ms[:, None] - 0.1
    better = accuracy[None] > accuracy[:, None] + 0.01
    return ~(faster & better).any(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).all(axis=1)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    print(~(as_good & better).any(axis=1))


# unclear: 1 and 0 for True and False; as a mask, they would pick rows 1 and 0


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return 1 - (as_good & better).any(axis=1).astype(int)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return np.where((as_good & better).any(axis=1), "False", "True")


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    as_good = (ms[None] <= ms[:, None]) & (accuracy[None] >= accuracy[:, None])
    better = (ms[None] < ms[:, None]) | (accuracy[None] > accuracy[:, None])
    return ~(as_good & better).any(axis=1).astype(int)  # ~ of whole numbers: -1 and -2


# %% wrong="8.5"
def front(ms, accuracy):
    points = pd.DataFrame({"ms": np.asarray(ms), "accuracy": np.asarray(accuracy)})
    return (points["accuracy"] == points.groupby("ms")["accuracy"].transform("max")).to_numpy()


# %% wrong="8.5"
def front(ms, accuracy):
    points = pd.DataFrame({"ms": np.asarray(ms), "accuracy": np.asarray(accuracy)})
    points = points.sort_values(["ms", "accuracy"], ascending=[True, False])
    return points["accuracy"] > points["accuracy"].cummax().shift(fill_value=-1)


# %% wrong="8.5"
def front(ms, accuracy):
    # the convex hull: whoever lies below a line between two others is out
    n = len(ms)
    keep = np.ones(n, bool)
    for i in range(n):
        for j in range(n):
            for k in range(n):
                if ms[j] < ms[i] < ms[k]:
                    share = (ms[i] - ms[j]) / (ms[k] - ms[j])
                    if accuracy[i] < accuracy[j] + share * (accuracy[k] - accuracy[j]):
                        keep[i] = False
            if ms[j] <= ms[i] and accuracy[j] >= accuracy[i]:
                if ms[j] < ms[i] or accuracy[j] > accuracy[i]:
                    keep[i] = False
    return keep


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.array(ms), np.array(accuracy)
    order = ms.sort()  # None
    best = np.maximum.accumulate(accuracy[order])
    return accuracy[order] >= best


# %% wrong="8.5"
def front(ms, accuracy):
    return np.array([True, False, True, False, True, False])


# %% wrong="8.5"
def front(ms, accuracy):
    return np.ones(len(ms), bool)


# %% wrong="8.5"
def front(ms, accuracy):
    ms, accuracy = np.asarray(ms), np.asarray(accuracy)
    left = list(range(len(ms)))
    for i in left:
        for j in left:
            if ms[j] <= ms[i] and accuracy[j] >= accuracy[i] and (ms[j], accuracy[j]) != (ms[i], accuracy[i]):
                left.remove(i)  # while it is being looped over
                break
    return np.isin(np.arange(len(ms)), left)


# %% wrong="8.5" says="equally fast"
def front(ms, accuracy):
    return np.array([not ((ms < m) & (accuracy > a)).any() for m, a in zip(ms, accuracy)])


# %% wrong="8.5" says="fastest \*and\* most accurate"
def front(ms, accuracy):
    return (ms == ms.min()) & (accuracy == accuracy.max())


# %% wrong="8.5" says="beaten"
def front(ms, accuracy):
    return np.array(
        [((ms <= m) & (accuracy >= a) & ((ms < m) | (accuracy > a))).any() for m, a in zip(ms, accuracy)]
    )
