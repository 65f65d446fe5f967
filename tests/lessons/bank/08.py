# %% untried="8.1"
def paired(a, b): ...  # your code here


# %% right="8.1"
def paired(a, b):
    from scipy import stats

    interval = stats.ttest_rel(a, b).confidence_interval()
    return np.mean(a - b), interval.low, interval.high


# %% right="8.1"
def paired(a, b):
    d = pd.Series(a) - pd.Series(b)
    reach = t.ppf(0.975, len(d) - 1) * d.sem()
    return [d.mean(), d.mean() - reach, d.mean() + reach]


# %% wrong="8.1" says="ddof=1"
def paired(a, b):
    d, n = a - b, len(a)
    reach = t.ppf(0.975, n - 1) * np.std(d) / n**0.5
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.1" says="single pairs"
def paired(a, b):
    d = a - b
    reach = t.ppf(0.975, len(d) - 1) * d.std(ddof=1)
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.1" says="many pairs"
def paired(a, b):
    d = a - b
    reach = 1.96 * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.1" says="b minus a"
def paired(a, b):
    d = b - a
    reach = t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean(), d.mean() - reach, d.mean() + reach


# %% wrong="8.1" says="nothing in common"
def paired(a, b):
    n, d = len(a), a.mean() - b.mean()
    reach = t.ppf(0.975, n - 1) * np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / n)
    return d, d - reach, d + reach


# %% untried="8.2"
def for_resnet(pixels): ...  # your code here


# %% right="8.2"
def for_resnet(pixels):
    red, green, blue = np.moveaxis(pixels, -1, 0)
    return np.stack([blue - 103.939, green - 116.779, red - 123.68], axis=-1)


# %% right="8.2"
def for_resnet(pixels):
    return np.flip(pixels, axis=-1) - preprocessing.CAFFE_MEAN


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
conclusion = ...  # your answer here

# %% untried="8.4"
def front(ms, accuracy): ...  # your code here


# %% right="8.4"
def front(ms, accuracy):
    kept = []
    for i in range(len(ms)):
        beaten = False
        for j in range(len(ms)):
            as_good = ms[j] <= ms[i] and accuracy[j] >= accuracy[i]
            beaten |= as_good and (ms[j], accuracy[j]) != (ms[i], accuracy[i])
        kept.append(not beaten)
    return np.array(kept)


# %% right="8.4"
def front(ms, accuracy):
    return comparison.pareto_front(ms, accuracy)


# %% wrong="8.4" says="equally fast"
def front(ms, accuracy):
    return np.array([not ((ms < m) & (accuracy > a)).any() for m, a in zip(ms, accuracy)])


# %% wrong="8.4" says="fastest \*and\* most accurate"
def front(ms, accuracy):
    return (ms == ms.min()) & (accuracy == accuracy.max())


# %% wrong="8.4" says="beaten"
def front(ms, accuracy):
    return np.array(
        [((ms <= m) & (accuracy >= a) & ((ms < m) | (accuracy > a))).any() for m, a in zip(ms, accuracy)]
    )


# %% untried="8.5"
reason = ...  # your answer here
