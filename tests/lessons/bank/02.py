# %% untried="2.1"
corrected = ...  # your answer here

# %% right="2.1"
corrected = [0.9, -0.4, -1]

# %% right="2.1"
corrected = np.append(some_weights - bramblet, -1.0)

# %% right="2.1"
truth = -1
corrected = [w + truth * x for w, x in zip(some_weights, bramblet)] + [0 + truth]

# %% right="2.1"
from fractions import Fraction

corrected = (Fraction(1, 2) + Fraction(2, 5), Fraction(-1) + Fraction(3, 5), Fraction(-1))

# %% right="2.1"
weights, bias, truth = some_weights.copy(), 0.0, -1
if truth * (weights @ bramblet + bias) <= 0:
    weights += truth * bramblet
    bias += truth
corrected = [float(weights[0]), float(weights[1]), bias]

# %% wrong="2.1"
corrected = [0.1, -1.6, 1]  # added, as for a Leafling

# %% wrong="2.1"
corrected = [0.5, -1.0, 0]  # it was right, so nothing happens

# %% wrong="2.1" says="(?i)bias"
corrected = [0.9, -0.4, 0]

# %% wrong="2.1" says="(?i)bias"
corrected = [0.9, -0.4, 1]

# %% wrong="2.1"
corrected = list(some_weights - bramblet)

# %% wrong="2.1"
corrected = [0.4, 0.6, -1]

# %% wrong="2.1"
corrected = [0.9, -1.6, -1]  # "minus 0.6, because it is a Bramblet"

# %% wrong="2.1"
corrected = [0.1, -0.4, -1]

# %% wrong="2.1"
corrected = [-1, 0.9, -0.4]

# %% wrong="2.1"
error = -1 - 1  # truth minus what it said
corrected = [*(some_weights + error * bramblet), error]

# %% wrong="2.1"
score = some_weights @ bramblet
corrected = [*(some_weights - score * bramblet), -score]

# %% wrong="2.1"
corrected = [*(some_weights - 0.1 * bramblet), -0.1]

# %% wrong="2.1"
corrected = [*(some_weights * -bramblet), -1]

# %% wrong="2.1"
corrected = [0.5, -1.0, -1]  # only the bias

# %% wrong="2.1"
corrected = [0.1, -1.6, -1]

# %% wrong="2.1"
corrected = some_weights @ bramblet

# %% wrong="2.1"
corrected = [*-(some_weights - bramblet), 1]  # the whole neuron turned round

# %% wrong="2.1"
corrected = print([0.9, -0.4, -1])

# %% wrong="2.1"
corrected = [some_weights - bramblet, -1]

# %% wrong="2.1" tags=["generic"]
corrected = [0.3, 0.7, 2]

# %% wrong="2.1" tags=["stops"]
corrected = some_weights - bramblet
corrected.append(-1)

# %% untried="2.2"
def weight_slopes(points, yes, probability):
    ...  # your code here

# %% right="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (probability - yes) / len(yes)

# %% right="2.2"
def weight_slopes(points, yes, probability):
    slopes = [0.0, 0.0]
    for (first, second), truth, p in zip(points, yes, probability):
        slopes[0] += (p - truth) * first / len(points)
        slopes[1] += (p - truth) * second / len(points)
    return slopes

# %% right="2.2"
def weight_slopes(points, yes, probability):
    return np.mean((probability - yes)[:, None] * points, axis=0)

# %% right="2.2"
def weight_slopes(points, yes, probability):
    is_yes = np.asarray(yes) == 1
    from_yes = ((probability[is_yes] - 1)[:, None] * points[is_yes]).sum(axis=0)
    from_no = (probability[~is_yes][:, None] * points[~is_yes]).sum(axis=0)
    return (from_yes + from_no) / points.shape[0]

# %% right="2.2"
def weight_slopes(points, yes, probability):
    score, h = np.log(probability) - np.log(1 - probability), 1e-5
    return np.array([
        (cross_entropy(score + h * x, yes) - cross_entropy(score - h * x, yes)) / (2 * h)
        for x in points.T
    ])

# %% right="2.2"
def weight_slopes(x, t, p):
    return np.einsum("ij,i->j", x, p) / len(x) - np.einsum("ij,i->j", x, t) / len(x)

# %% right="2.2"
import pandas as pd

def weight_slopes(points, yes, probability):
    return pd.DataFrame(points).mul(probability - yes, axis=0).mean().to_numpy()

# %% wrong="2.2" says="changes its input"
def weight_slopes(points, yes, probability):
    probability -= yes
    return np.dot(probability, points) / len(probability)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (yes - probability) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (probability - yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return (points * (probability - yes)[:, None]).sum(axis=0) / points.size

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return np.mean(points * (probability - yes)[:, None])

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return np.mean(points * (probability - yes)[:, None], axis=1)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return (points * (probability - yes)).mean(axis=0)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points * (probability - yes)[:, None]

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return np.full(2, np.mean(probability - yes))

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    error = (probability - yes) * probability * (1 - probability)
    return points.T @ error / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return 2 * points.T @ (probability - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points[yes == 1].T @ (probability[yes == 1] - 1) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ ((probability > 0.5) - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ np.abs(probability - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return np.mean(probability - yes) * points.mean(axis=0)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (probability - yes) / len(three)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    slopes = np.zeros(2)
    for point, truth, p in zip(points, yes, probability):
        slopes += (p - truth) * point
        return slopes / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    print(points.T @ (probability - yes) / len(yes))

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return -np.mean(yes * np.log(probability) + (1 - yes) * np.log(1 - probability))

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    error = probability - yes
    return np.array([*(points.T @ error / len(yes)), error.mean()])

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (probability - yes) / yes.sum()

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return (points - points.mean(axis=0)).T @ (probability - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (sigmoid(probability) - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ (probability - (2 * yes - 1)) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return bramblet * np.mean(probability - yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return some_weights - points.T @ (probability - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return np.mean(points * (probability - yes)[:, None], axis=0, keepdims=True)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    slopes = np.zeros(2, dtype=int)
    for k in range(2):
        slopes[k] = np.mean((probability - yes) * points[:, k])
    return slopes

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return points.T @ probability / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    return (points[:, ::-1]).T @ (probability - yes) / len(yes)

# %% wrong="2.2"
def weight_slopes(points, yes, probability):
    error = probability - yes
    ...  # your code here

# %% untried="2.3"
def mended_gradients(points, yes, weights):
    ...  # your code here

# %% right="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% right="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T / np.cosh(points @ W1 + b1) ** 2
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% right="2.3"
def mended_gradients(points, yes, weights):
    _, _, for_W2, for_b2 = colleagues_gradients(points, yes, weights)
    hidden, score = forward(points, weights)
    error = np.outer((sigmoid(score) - yes)[:, 0], weights[2][:, 0])
    error = error * (1 - hidden) * (1 + hidden)
    by_W1 = np.mean(points[:, :, None] * error[:, None, :], axis=0)
    return [by_W1, error.mean(axis=0), for_W2, for_b2]

# %% right="2.3"
def mended_gradients(points, yes, weights):
    slopes = [np.zeros(np.shape(part)) for part in weights]
    for k, part in enumerate(weights):
        for i in range(np.size(part)):
            ends = []
            for step in (1e-5, -1e-5):
                moved = [np.array(w, dtype=float) for w in weights]
                moved[k].flat[i] += step
                ends.append(cross_entropy(forward(points, moved)[1], yes))
            slopes[k].flat[i] = (ends[0] - ends[1]) / 2e-5
    return slopes

# %% right="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    sums = [np.zeros(W1.shape), np.zeros(b1.shape), np.zeros(W2.shape), np.zeros(b2.shape)]
    for x, y in zip(points, yes):
        h = np.tanh(x @ W1 + b1)
        error = 1 / (1 + np.exp(-(h @ W2 + b2))) - y
        back = W2[:, 0] * error[0] * (1 - h * h)
        sums[0] += np.outer(x, back)
        sums[1] += back
        sums[2] += np.outer(h, error)
        sums[3] += error
    return [s / len(points) for s in sums]

# %% wrong="2.3"
mended_gradients = colleagues_gradients

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 + hidden)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden) ** 2
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * hidden * (1 - hidden)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - np.tanh(hidden) ** 2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = sigmoid(score) - yes
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (yes - sigmoid(score)) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2 * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    p = sigmoid(score)
    d_score = (p - yes) * p * (1 - p) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, hidden.T @ d_score, d_hidden.sum(0), d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(), hidden.T @ d_score, d_score.sum()]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.mean(0), hidden.T @ d_score, d_score.mean(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = random_start()
    hidden, score = forward(points, [W1, b1, W2, b2])
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(birds, truth, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / 120
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T
    for_W1 = points.T @ (d_hidden * (1 - hidden**2))
    return [for_W1, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    slopes = [np.zeros_like(part) for part in weights]
    for k in range(4):
        ends = []
        for step in (1e-5, -1e-5):
            moved = [part.copy() for part in weights]
            moved[k].flat[0] += step
            ends.append(cross_entropy(forward(points, moved)[1], yes))
        slopes[k].flat[0] = (ends[0] - ends[1]) / 2e-5
    return slopes

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden = points @ W1 + b1
    score = hidden @ W2 + b2
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (score - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - abs(hidden))
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (hidden > 0)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    slopes = [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]
    return [w - 2.0 * s for w, s in zip(weights, slopes)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    return [points.T @ d_hidden, d_hidden.sum(0)]  # the two that were wrong

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - score**2)
    return [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
def mended_gradients(points, yes, weights):
    W1, b1, W2, b2 = weights
    hidden, score = forward(points, weights)
    d_score = (sigmoid(score) - yes) / len(yes)
    d_hidden = d_score @ W2.T * (1 - hidden**2)
    slopes = [points.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_score, d_score.sum(0)]

# %% wrong="2.3"
mended_gradients = "W1 and b1 are wrong, the line of d_hidden makes them"

# %% untried="2.4"
two_lines = ...  # your answer here

# %% right="2.4"
two_lines = [0, 0, 1, 1]

# %% right="2.4"
two_lines = np.array([False, False, True, True])

# %% right="2.4"
two_lines = tuple(float(digit) for digit in "0011")

# %% right="2.4"
def differ(start):
    W1, b1, _, _ = train(gradients, start, points, yes, steps=30)[-1]
    lines = np.vstack([W1, b1])
    return int(not np.allclose(lines[:, 0], lines[:, 1]))


a, b, c, d = random_start(3)
ways = [[0 * a, b, 0 * c, d], [0 * a + 0.5, b + 0.5, 0 * c + 0.5, d + 0.5]]
ways += [[a, b, 0 * c, d], [0 * a, b, c, d]]
two_lines = [differ(way) for way in ways]

# %% wrong="2.4"
two_lines = [0, 0, 1, 0]

# %% wrong="2.4"
two_lines = [0, 0, 0, 1]

# %% wrong="2.4"
two_lines = [0, 1, 1, 1]

# %% wrong="2.4"
two_lines = [1, 1, 1, 1]

# %% wrong="2.4"
two_lines = [0, 0, 0, 0]

# %% wrong="2.4"
two_lines = [1, 1, 0, 0]

# %% wrong="2.4"
two_lines = [0, 1, 0, 0]

# %% wrong="2.4"
two_lines = [0, 1, 1, 0]

# %% wrong="2.4"
two_lines = [0, 1, 0, 1]

# %% wrong="2.4"
two_lines = [1, 0, 1, 1]

# %% wrong="2.4"
two_lines = [1, 1, 1, 0]

# %% wrong="2.4"
two_lines = [1, 0, 0, 1]

# %% wrong="2.4"
two_lines = [3, 4]

# %% wrong="2.4"
two_lines = [0, 0, 18, 17]  # how many of twenty

# %% wrong="2.4"
two_lines = [0, 0, 0.5, 0.5]

# %% wrong="2.4"
two_lines = [0, 1, 1]

# %% wrong="2.4"
two_lines = 2

# %% wrong="2.4"
two_lines = print([0, 0, 1, 1])

# %% wrong="2.4"
two_lines = ["cannot", "cannot", "can", "can"]

# %% wrong="2.4"
two_lines = [0, 0, 1, ...]

# %% untried="2.5"
best_step = ...  # your answer here

# %% right="2.5"
best_step = int(np.argmin(curves["validation"]))

# %% right="2.5"
best_step = curves["validation"].index(min(curves["validation"]))

# %% right="2.5"
import pandas as pd

best_step = pd.DataFrame(curves)["validation"].idxmin()

# %% right="2.5"
lowest = float("inf")
for step, loss in enumerate(curves["validation"]):
    if loss < lowest:
        lowest, best_step = loss, step

# %% right="2.5"
best_step = float(min((loss, step) for step, loss in enumerate(losses(long, *held_back)))[1])

# %% right="2.5"
best_step = sorted(range(2001), key=curves["validation"].__getitem__)[0]

# %% right="2.5"
best_step = np.where(np.array(curves["validation"]) == min(curves["validation"]))[0]

# %% wrong="2.5"
best_step = int(np.argmin(curves["training"]))

# %% wrong="2.5"
best_step = int(np.argmin(curves["validation"])) + 1

# %% wrong="2.5"
best_step = int(np.argmin(curves["validation"][1:]))

# %% wrong="2.5"
best_step = min(curves["validation"])

# %% wrong="2.5"
best_step = int(np.argmax(curves["validation"]))

# %% wrong="2.5"
best_step = 0

# %% wrong="2.5"
best_step = int(np.argmin(np.add(curves["training"], curves["validation"])))

# %% wrong="2.5"
best_step = int(np.argmin(np.abs(np.subtract(curves["training"], curves["validation"]))))

# %% wrong="2.5"
best_step = len(curves["validation"])

# %% wrong="2.5"
best_step = -1

# %% wrong="2.5"
best_step = long[int(np.argmin(curves["validation"]))]

# %% wrong="2.5"
best_step = curves["validation"]

# %% wrong="2.5"
best_step = np.argmin(curves["validation"]) / 2000

# %% wrong="2.5"
best_step = int(np.argmin(curves["validation"][::-1]))

# %% wrong="2.5"
best_step = int(np.argmin(curves["validation"][::10]))

# %% wrong="2.5"
best_step = (np.argmin(curves["training"]) + np.argmin(curves["validation"])) // 2

# %% wrong="2.5"
best_step = {name: int(np.argmin(values)) for name, values in curves.items()}

# %% wrong="2.5"
best_step = "where the validation loss is lowest"

# %% wrong="2.5"
best_step = print(int(np.argmin(curves["validation"])))

# %% wrong="2.5"
birds, truth = held_back
best_step = int(np.argmin([((forward(birds, w)[1] > 0) != truth).sum() for w in long]))

# %% wrong="2.5" tags=["generic"]
best_step = 1777

# %% wrong="2.5" tags=["stops"]
best_step = curves["validation"].argmin()

# %% wrong="2.5" tags=["stops"]
best_step = int(np.argmin(curves["val_loss"]))
