# %% untried="2x.1"
largest_rate = ...  # your answer here

# %% right="2x.1"
largest_rate = 2 / 25

# %% right="2x.1"
largest_rate = 0.08

# %% right="2x.1"
from fractions import Fraction

largest_rate = Fraction(2, 25)

# %% right="2x.1"
low, high = 0.0, 1.0
for _ in range(60):
    middle = (low + high) / 2
    if abs(1 - 25 * middle) > 1:
        high = middle
    else:
        low = middle
largest_rate = low

# %% right="2x.1"
largest_rate = 2 / valley_slope(np.array([1.0, 1.0]))[1]

# %% wrong="2x.1"
largest_rate = 1 / 25

# %% wrong="2x.1"
largest_rate = 2

# %% wrong="2x.1"
largest_rate = 8  # in percent

# %% wrong="2x.1"
largest_rate = 0.8

# %% wrong="2x.1"
largest_rate = 12.5

# %% wrong="2x.1"
largest_rate = 25 / 2 / 25

# %% wrong="2x.1"
largest_rate = -2 / 25

# %% wrong="2x.1"
largest_rate = 0

# %% wrong="2x.1"
largest_rate = 0.06

# %% wrong="2x.1"
largest_rate = 2 / 25**2

# %% wrong="2x.1"
largest_rate = 2 / 5

# %% wrong="2x.1"
largest_rate = 24 / 25

# %% wrong="2x.1"
largest_rate = 2 * (1 + 0.9) / 25  # that of momentum

# %% wrong="2x.1"
largest_rate = 4 / 25

# %% wrong="2x.1"
largest_rate = 2 / 26

# %% wrong="2x.1"
largest_rate = 25

# %% wrong="2x.1"
largest_rate = 1

# %% wrong="2x.1"
largest_rate = (0, 2 / 25)

# %% wrong="2x.1"
def largest_rate(r):
    return abs(1 - 25 * r) > 1

# %% wrong="2x.1"
largest_rate = print(2 / 25)

# %% wrong="2x.1"
largest_rate = "when 25 r is greater than 2"

# %% wrong="2x.1" tags=["generic"]
largest_rate = 0.37

# %% wrong="2x.1" tags=["stops"]
largest_rate = 2 / r

# %% untried="2x.2"
def mended_adam(slope, m, v, t, beta):
    ...  # your code here

# %% right="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% right="2x.2"
def mended_adam(slope, m, v, t, beta):
    direction, m, v = colleagues_adam(slope, m, v, t, beta)
    return direction / (1 - beta**t), m, v

# %% right="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = m + (slope - m) * (1 - beta)
    v = v + (slope * slope - v) * (1 - 0.999)
    factor = np.sqrt(1 - 0.999**t) / (1 - beta**t)
    return factor * m / (np.sqrt(v) + 1e-7), m, v

# %% right="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * np.square(slope)
    filled_m = sum((1 - beta) * beta**k for k in range(t))
    filled_v = sum(0.001 * 0.999**k for k in range(t))
    return (m / filled_m) / (np.power(v / filled_v, 0.5) + 1e-8), m, v

# %% wrong="2x.2" says="changes its input"
def mended_adam(slope, m, v, t, beta):
    m *= beta
    m += (1 - beta) * slope
    v *= 0.999
    v += 0.001 * slope**2
    m_hat, v_hat = m / (1 - beta**t), v / (1 - 0.999**t)
    return m_hat / (np.sqrt(v_hat) + 1e-7), m, v

# %% wrong="2x.2"
mended_adam = colleagues_adam

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    m = m / (1 - beta**t)
    return m / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = (beta * m + (1 - beta) * slope) / (1 - beta**t)
    v = (0.999 * v + 0.001 * slope**2) / (1 - 0.999**t)
    return m / (np.sqrt(v) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta * t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta ** (t + 1)) / (np.sqrt(v / (1 - 0.999 ** (t + 1))) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta ** (t - 1)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = 0.9 * m + 0.1 * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (np.sqrt(v) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - 0.999**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m * (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), v, m

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = beta * v + (1 - beta) * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - beta**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (v / (1 - 0.999**t) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    if t == 1:
        m = slope
    else:
        m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    m_hat = m / (1 - beta**t) if t == 1 else m
    return m_hat / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m, v = 0.0, 0.0
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    ahead = (beta * m + (1 - beta) * slope) / (1 - beta**t)
    return ahead / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return -m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return 0.01 * m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    v = 0.999 * v + 0.001 * slope**2
    return slope / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m_hat = m / (1 - beta**t)
    v_hat = v / (1 - 0.999**t)
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m_hat / (np.sqrt(v_hat) + 1e-7), m, v

# %% wrong="2x.2"
import math

def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / (math.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    print(m / (1 - beta**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7), m, v)

# %% wrong="2x.2"
def mended_adam(slope, m, v, t, beta):
    m = beta * m + (1 - beta) * slope
    v = 0.999 * v + 0.001 * slope**2
    return m / (1 - beta**t) / np.sqrt(v / (1 - 0.999**t)), m, v

# %% untried="2x.3"
def first_passage(losses, bar):
    ...  # your code here

# %% right="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return len(losses)

# %% right="2x.3"
def first_passage(losses, bar):
    return next((k for k in range(len(losses)) if losses[k] <= bar), len(losses))

# %% right="2x.3"
def first_passage(losses, bar):
    there = np.flatnonzero(np.array(losses) <= bar)
    return there[0] if there.size else len(losses)

# %% right="2x.3"
from itertools import takewhile

def first_passage(losses, bar):
    return len(list(takewhile(lambda loss: not loss <= bar, losses)))

# %% right="2x.3"
def first_passage(losses, bar):
    return [*(loss <= bar for loss in losses), True].index(True)

# %% right="2x.3"
def first_passage(losses, bar):
    there = pd.Series(losses, dtype=float).le(bar)
    return int(there.idxmax()) if there.any() else len(there)

# %% right="2x.3"
def first_passage(losses, bar):
    if not len(losses) or losses[0] <= bar:
        return 0
    return 1 + first_passage(losses[1:], bar)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss < bar:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses, start=1):
        if loss <= bar:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return len(losses) - 1

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return -1

# %% wrong="2x.3"
def first_passage(losses, bar):
    return int(np.argmax(np.array(losses) <= bar))

# %% wrong="2x.3"
def first_passage(losses, bar):
    return int(np.nanargmin(losses)) if np.nanmin(losses) <= bar else len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    found = len(losses)
    for step, loss in enumerate(losses):
        if loss <= bar:
            found = step
    return found

# %% wrong="2x.3"
def first_passage(losses, bar):
    return sum(loss > bar for loss in losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    return sum(not loss <= bar for loss in losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
        else:
            return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    step = 0
    while losses[step] > bar:
        step += 1
    return step

# %% wrong="2x.3"
def first_passage(losses, bar):
    step = 0
    while step < len(losses) and losses[step] > bar:
        step += 1
    return step

# %% wrong="2x.3"
def first_passage(losses, bar):
    there = np.nan_to_num(losses) <= bar
    return int(there.argmax()) if there.any() else len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    finite = [loss for loss in losses if np.isfinite(loss)]
    for step, loss in enumerate(finite):
        if loss <= bar:
            return step
    return len(finite)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step in range(1, len(losses)):
        if losses[step] <= bar:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return 61

# %% wrong="2x.3"
def first_passage(losses, bar):
    return losses.index(bar) if bar in losses else len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    if np.min(losses) <= bar:
        return int(np.argmax(np.array(losses) <= bar))
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step in range(len(losses)):
        if losses[step - 1] > bar >= losses[step]:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for loss in losses:
        if loss <= bar:
            return loss
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    return [step for step, loss in enumerate(losses) if loss <= bar] or len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    return int(np.where(np.array(losses) <= bar)[0][0])

# %% wrong="2x.3"
def first_passage(losses, bar):
    return (losses <= bar).argmax() if (losses <= bar).any() else len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    return any(loss <= bar for loss in losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step in range(len(losses)):
        if all(loss <= bar for loss in losses[step:]):  # and stays there
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar or not np.isfinite(loss):
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= 0.01:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss >= bar:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            return step
    return float("inf")

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if loss <= bar:
            print(step)
            break
    else:
        print(len(losses))

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step in range(len(losses) - 1):
        if losses[step] <= bar:
            return step
    return len(losses)

# %% wrong="2x.3"
def first_passage(losses, bar):
    for step, loss in enumerate(losses):
        if int(loss) <= bar:
            return step
    return len(losses)

# %% untried="2x.4"
choice = ...  # your answer here

# %% right="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% right="2x.4"
shares = {n: np.mean(s.max(axis=1) <= 60) for (land_, n), s in steps.items() if land_ == "turned"}
choice = pd.Series(shares).rename_axis("optimiser").reset_index(name="share")
choice = choice.sort_values("share", ascending=False)

# %% right="2x.4"
rows = []
for name in ["Adam", "RMSProp", "momentum", "SGD"]:
    arrive = 0
    for row in steps["turned", name]:
        if 61 not in list(row):
            arrive += 1
    rows.append({"share": arrive / len(rates), "optimiser": name})
choice = pd.DataFrame(rows)

# %% right="2x.4"
from fractions import Fraction

names = pd.Categorical(list(rules))
shares = [Fraction(int((steps["turned", n] != 61).all(axis=1).sum()), 51) for n in rules]
choice = pd.DataFrame({"optimiser": names, "share": shares}, index=[4, 3, 2, 1])

# %% right="2x.4"
again = {}
for name, rule in rules.items():
    beta = best["turned", name][1]
    counts = steps_needed("turned", rule, rates[:, None, None], beta, tuning["turned"][None])
    again[name] = 1 - (counts == 61).any(axis=1).mean()
choice = pd.DataFrame(list(again.items()), columns=["optimiser", "share"])

# %% right="2x.4"
choice = pd.DataFrame(
    [(n, (steps["turned", n] < 61).all(axis=1).mean()) for n in rules],
    columns=["optimiser", "share"],
)
choice["recommended"] = choice["share"] == choice["share"].max()

# %% wrong="2x.4"
shares = [(steps["valley", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["saddle", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4" says="the saddle"
choice = [(steps[land, name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": choice})

# %% wrong="2x.4"
shares = [
    np.mean([(steps[land, name] < 61).all(axis=1).mean() for land in lands]) for name in rules
]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).any(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [100 * (steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).sum() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] <= 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 20).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=0).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(np.median(steps["turned", name], axis=1) < 61).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
names = ["momentum", "RMSProp", "Adam"]
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in names]
choice = pd.DataFrame({"optimiser": names, "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"name": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"share": shares}, index=list(rules))

# %% wrong="2x.4"
choice = pd.Series({name: (steps["turned", name] < 61).all(axis=1).mean() for name in rules})

# %% wrong="2x.4"
shares = [f"{(steps['turned', name] < 61).all(axis=1).mean():.0%}" for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] >= 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] == 61).any(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = {name: (steps["turned", name] < 61).all(axis=1).mean() for name in rules}
choice = max(shares, key=shares.get)

# %% wrong="2x.4"
shares = sorted([(steps["turned", n] < 61).all(axis=1).mean() for n in rules], reverse=True)
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [round((steps["turned", name] < 61).all(axis=1).mean(), 1) for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [best["turned", name][0] for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(needed["turned", name] < 61).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})
choice = choice.sort_values("share", ascending=False, inplace=True)

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares}).nlargest(1, "share")

# %% wrong="2x.4"
shares = np.array([(steps["turned", name] < 61).all(axis=1).sum() for name in rules])
choice = pd.DataFrame({"optimiser": list(rules), "share": shares / shares.sum()})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).sum() / 20 for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).sum() / len(steps) for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
choice = pd.DataFrame(
    [(land, name, (s < 61).all(axis=1).mean()) for (land, name), s in steps.items()],
    columns=["land", "optimiser", "share"],
)

# %% wrong="2x.4"
shares = [(steps["turned", "Adam"] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame([list(rules), shares], index=["optimiser", "share"])

# %% wrong="2x.4"
shares = [(steps["turned", name] < 61).all(axis=1).sum() // 51 for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = [steps["turned", name].mean() / 61 for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
shares = []
for name in rules:
    arrive = (steps["turned", name] < 61).all(axis=1)
    shares.append(rates[arrive].sum() / rates.sum())  # the share of the range of rates
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4"
choice = {name: (steps["turned", name] < 61).all(axis=1).mean() for name in rules}

# %% wrong="2x.4" tags=["generic"]
choice = pd.DataFrame({"optimiser": list(rules), "share": [0.13, 0.77, 0.05, 0.61]})

# %% wrong="2x.4" tags=["stops"]
shares = [(steps[name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(rules), "share": shares})

# %% wrong="2x.4" tags=["stops"]
shares = [(steps["turned", name] < 61).all(axis=1).mean() for name in rules]
choice = pd.DataFrame({"optimiser": list(lands), "share": shares})
