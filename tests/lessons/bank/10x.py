# %% right="10x.1"
conclusion = "d"

# %% right="10x.1"
conclusion = "D"

# %% right="10x.1"
conclusion = " d "

# %% right="10x.1"
conclusion = "d."

# %% wrong="10x.1"
conclusion = "a"

# %% wrong="10x.1"
conclusion = "b"

# %% wrong="10x.1"
conclusion = "c"

# %% wrong="10x.1"
conclusion = "cd"

# %% wrong="10x.1"
conclusion = "Grey surroundings are new to it"

# %% wrong="10x.1"
conclusion = 4

# %% wrong="10x.1"
conclusion = None

# %% wrong="10x.1"
conclusion = ("d",)

# %% wrong="10x.1"
conclusion = "e"

# %% wrong="10x.1"
conclusion = "background"

# %% wrong="10x.1"
conclusion = evaluation.accuracy(
    examine(vectors["whole picture"], vectors["animal alone"])
)

# %% wrong="10x.1"
conclusion = True

# %% right="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% right="10x.2"
def spread(luck, breeds, pictures, draws):
    total = luck.loc["classes", "variance"]
    total += luck.loc["training pictures", "variance"] / draws
    total += luck.loc["test pictures", "variance"] / pictures
    return (total / breeds) ** 0.5

# %% right="10x.2"
import math


def spread(luck, breeds, pictures, draws):
    total = 0.0
    for name, variance in luck["variance"].items():
        divisor = breeds
        if "train" in name or "draw" in name:
            divisor = breeds * draws
        elif "test" in name or name.startswith("picture"):
            divisor = breeds * pictures
        total += variance / divisor
    return math.sqrt(total)

# %% right="10x.2"
def spread(luck, breeds, pictures, draws):
    # standard deviations: as the sides of a box with a right angle
    divide = [
        draws if "train" in name else pictures if "test" in name else 1
        for name in luck.index
    ]
    sides = np.sqrt(luck["variance"].to_numpy() / np.array(divide))
    return float(np.linalg.norm(sides) / np.sqrt(breeds))

# %% right="10x.2"
def spread(luck, breeds, pictures, draws):
    new = luck.copy()
    new.loc[new.index.str.contains("train"), "variance"] /= draws
    new.loc[new.index.str.contains("test"), "variance"] /= pictures
    return np.sqrt(new["variance"].sum() * (1 / breeds))

# %% right="10x.2"
def spread(luck, breeds, pictures, draws):
    weights = pd.Series(1.0, index=luck.index) / breeds
    for name in weights.index:
        weights[name] /= {"tr": draws, "te": pictures}.get(name[:2], 1)
    return (luck["variance"] @ weights) ** 0.5

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return (variance.filter(like="class").sum() + learnt + tested) / breeds

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt(variance.filter(like="class").sum() / breeds + learnt + tested)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return 100 * np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / pictures
    tested = variance.filter(regex="test|^picture").sum() / draws
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() * draws
    tested = variance.filter(regex="test|^picture").sum() * pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) * breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    return np.sqrt(luck["variance"].sum() / (breeds * pictures * draws))

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    return np.sqrt(luck["variance"].sum() / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    return np.sqrt(luck["variance"].sum())

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # the standard deviations themselves added
    variance = luck["variance"]
    learnt = np.sqrt(variance.filter(regex="train|draw").sum() / draws)
    tested = np.sqrt(variance.filter(regex="test|^picture").sum() / pictures)
    return (np.sqrt(variance.filter(like="class").sum()) + learnt + tested) / breeds**0.5

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt(variance.filter(like="class").sum() + learnt + tested) / breeds

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    sd = luck["sd"]
    learnt = sd.filter(regex="train|draw").sum() / draws
    tested = sd.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((sd.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    share = luck["share"]
    learnt = share.filter(regex="train|draw").sum() / draws
    tested = share.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((share.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / np.sqrt(draws)
    tested = variance.filter(regex="test|^picture").sum() / np.sqrt(pictures)
    total = variance.filter(like="class").sum() + learnt + tested
    return np.sqrt(total / np.sqrt(breeds))

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # more pictures: for training as well as for the test
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws / pictures
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # the mean of draws is of the answers to the test pictures, so it divides both
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures / draws
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # `luck` is of thirty draws already
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() * 30 / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # fifteen breeds, times so many
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    total = variance.filter(like="class").sum() + learnt + tested
    return np.sqrt(total / (15 * breeds))

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum()
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum()
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    print(np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds))

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # a root for each part
    divide = [
        draws if "train" in name else pictures if "test" in name else 1
        for name in luck.index
    ]
    return np.sqrt(luck["variance"] / np.array(divide) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # the largest part decides
    divide = [
        draws if "train" in name else pictures if "test" in name else 1
        for name in luck.index
    ]
    return np.sqrt((luck["variance"] / np.array(divide) / breeds).max())

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    divide = [
        draws if "train" in name else pictures if "test" in name else 1
        for name in luck.index
    ]
    return np.sqrt((luck["variance"] / np.array(divide) / breeds).mean())

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    divide = [
        draws if "train" in name else pictures if "test" in name else 1
        for name in luck.index
    ]
    return (luck["variance"] / np.array(divide) / breeds).std(ddof=1)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # changes the table that it was given, so a second call starts from less
    luck["variance"] /= breeds
    luck.loc[luck.index.str.contains("train"), "variance"] /= draws
    luck.loc[luck.index.str.contains("test"), "variance"] /= pictures
    return np.sqrt(luck["variance"].sum())

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    total = 0
    for name, variance in luck["variance"].items():
        total += variance / (draws if "train" in name else 1)
        return np.sqrt(total / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # breeds divide what the breeds add, and nothing else does anything
    variance = luck["variance"]
    rest = variance.filter(regex="train|draw|test|^picture").sum()
    return np.sqrt(variance.filter(like="class").sum() / breeds + rest)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # only the breeds' part
    return np.sqrt(luck["variance"].filter(like="class").sum() / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / (draws - 1)
    tested = variance.filter(regex="test|^picture").sum() / pictures
    return np.sqrt((variance.filter(like="class").sum() + learnt + tested) / breeds)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # the draws that we have, whatever was asked
    return each[:draws].std(ddof=1) / np.sqrt(draws)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    total = variance.filter(like="class").sum() + learnt + tested
    return round(np.sqrt(total / breeds), 1)

# %% wrong="10x.2"
def spread(luck, breeds, pictures, draws):
    # the share of what it is now
    now = luck["variance"].sum()
    variance = luck["variance"]
    learnt = variance.filter(regex="train|draw").sum() / draws
    tested = variance.filter(regex="test|^picture").sum() / pictures
    new = (variance.filter(like="class").sum() + learnt + tested) / breeds
    return np.sqrt(new / now)

# %% right="10x.3"
moves = "b"

# %% right="10x.3"
moves = "B"

# %% right="10x.3"
moves = "b "

# %% right="10x.3"
moves = "b."

# %% wrong="10x.3"
moves = "a"

# %% wrong="10x.3"
moves = "c"

# %% wrong="10x.3"
moves = "d"

# %% wrong="10x.3"
moves = "bc"

# %% wrong="10x.3"
moves = "by six to eight points"

# %% wrong="10x.3"
moves = "By six to eight points."

# %% wrong="10x.3"
moves = 7.1

# %% wrong="10x.3"
moves = None

# %% wrong="10x.3"
moves = "e"

# %% wrong="10x.3"
moves = 100 * lucks["unseen"]["sd"].max()

# %% wrong="10x.3"
moves = ["b"]

# %% untried="10x.3"
moves = ""
