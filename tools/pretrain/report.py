"""What a pre-training run leaves behind: test scores, the weights file, the labels, the model card."""

import json
import platform
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from course_utils.backbones.anatomy import leaf_layers
from course_utils.backbones.networks import WRITTEN_OUT
from course_utils.backbones.records import BackboneRecord
from course_utils.machine import cores
from tools.pretrain import source_pictures as source
from tools.pretrain import zoo

HALF_COSTS_AT_MOST = 0.001  # in top-1 accuracy


def predict(
    network: keras.Model, pictures: source.Pictures, limit: int | None = None, px: int = source.PX
) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities (n, classes) and labels (n,). A limit takes pictures evenly over the split."""
    n = min(len(pictures), limit or len(pictures))
    order = np.linspace(0, len(pictures) - 1, n).astype(int)
    parts = []
    for images, _ in source.batches(pictures, order, batch_size=128):
        resized = tf.image.resize(images, (px, px), antialias=True)  # no change where px is theirs
        parts.append(tf.nn.softmax(network.predict_on_batch(resized)).numpy())
    return np.concatenate(parts), pictures.labels[order]


def top_k(probabilities: np.ndarray, labels: np.ndarray, k: int) -> float:
    """Share of rows whose label is among the k most probable classes."""
    best = np.argsort(-probabilities, axis=1)[:, :k]
    return float((best == labels[:, None]).any(axis=1).mean())


def named_weights(network: keras.Model) -> dict[str, np.ndarray]:
    """Arrays in model order under `layer/variable`, such as `block_1_expand/kernel`."""
    return {f"{layer.name}/{v.name}": v.numpy() for layer in leaf_layers(network) for v in layer.weights}


def halve(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Kernels in half precision; the short vectors (BatchNorm, bias) stay whole: they take no room."""
    return {name: a.astype("float16") if a.ndim > 1 else a for name, a in arrays.items()}


def set_named_weights(network: keras.Model, arrays: dict[str, np.ndarray]) -> None:
    for layer in leaf_layers(network):
        for variable in layer.weights:
            variable.assign(arrays[f"{layer.name}/{variable.name}"].astype("float32"))


def choose_precision(network: keras.Model, val: source.Pictures, limit: int | None) -> tuple[dict, str]:
    """Set the network to half precision if validation pictures lose nothing; return arrays and a remark."""
    arrays, top1 = {}, {}
    arrays["single"] = named_weights(network)
    arrays["half"] = halve(arrays["single"])
    for precision, these in arrays.items():
        set_named_weights(network, these)
        top1[precision] = top_k(*predict(network, val, limit), k=1)
    cost = top1["single"] - top1["half"]
    chosen = "half" if cost < HALF_COSTS_AT_MOST else "single"
    set_named_weights(network, arrays[chosen])
    return arrays[chosen], (
        f"kernels stored in {chosen} precision (half costs {100 * cost:.2f} points of validation top-1: "
        f"{top1['single']:.2%} single, {top1['half']:.2%} half)"
    )


def publish(
    network: keras.Model,
    val: source.Pictures,
    test: source.Pictures,
    identity: dict,
    log: list[dict],
    out: Path,
) -> None:
    """Score the last epoch on the test pictures; write weights.npz, labels.json and model_card.md."""
    arrays, remark = choose_precision(network, val, identity["limit"])
    scores, labels = predict(network, test, identity["limit"])
    names, kinds = test.class_names, source.kind_of_classes(test.class_names)
    listed = [{"name": name, "kind": kind} for name, kind in zip(names, kinds, strict=True)]
    text = json.dumps(listed, indent=0, ensure_ascii=False) + "\n"
    card = model_card(listed, scores, labels, identity, log, remark, sum(a.size for a in arrays.values()))
    source.save_atomically(out / "labels.json", lambda stream: stream.write(text.encode()))
    source.save_atomically(out / "model_card.md", lambda stream: stream.write(card.encode()))
    source.save_atomically(out / "weights.npz", lambda stream: np.savez_compressed(stream, **arrays))
    print(remark)
    size = (out / "weights.npz").stat().st_size / 1e6
    top1, top5 = (top_k(scores, labels, k) for k in (1, 5))
    print(f"test: top-1 {top1:.1%}, top-5 {top5:.1%}; wrote {out}, weights {size:.1f} MB")


def score_table(kinds: list[str], scores: np.ndarray, labels: np.ndarray) -> str:
    """Markdown rows: kind, classes, pictures, top-1, top-5."""
    kind_of_picture = np.array(kinds)[labels]
    rows = []
    for kind in ["all", *sorted(set(kinds))]:
        mine = np.full(len(labels), True) if kind == "all" else kind_of_picture == kind
        if mine.any():
            n_classes = len(kinds) if kind == "all" else kinds.count(kind)
            top1, top5 = (top_k(scores[mine], labels[mine], k) for k in (1, 5))
            rows.append(f"| {kind} | {n_classes} | {mine.sum()} | {top1:.1%} | {top5:.1%} |")
    return "\n".join(["| classes | number | test pictures | top-1 | top-5 |", "|---|---|---|---|---|", *rows])


def hardest(names: list[str], scores: np.ndarray, labels: np.ndarray, n: int = 5) -> str:
    """The classes with the lowest top-1, and what they are mostly taken for."""
    guesses, lines = scores.argmax(axis=1), []
    accuracy = {c: (guesses[labels == c] == c).mean() for c in np.unique(labels)}
    for c in sorted(accuracy, key=accuracy.get)[:n]:
        wrong = guesses[(labels == c) & (guesses != c)]
        taken = f", most often taken for {names[np.bincount(wrong).argmax()]}" if len(wrong) else ""
        lines.append(f"- {names[c]}: {accuracy[c]:.0%}{taken}")
    return "\n".join(lines)


OPTIMIZERS = {"sgd": "SGD with Nesterov momentum 0.9", "adamw": "AdamW"}
PREPROCESSING = {
    "tf": "brought to −1..1 by x / 127.5 − 1",
    "caffe": "red and blue swapped, ImageNet's mean colour subtracted",
}
WITHOUT_NORM = """
- No BatchNorm, so kernels start as He and others (2015) draw them, the first divided by the spread of pixels,
  and the gradient of all weights is never longer than {clip}."""
BUSY = """, going by the fastest epoch; {elapsed:.0f} by the
  clock, with what else the machine had to do"""

CARD = """# Model card: {backbone}

Written by `make backbone` from what it measured; do not edit by hand.
{trial}
## What it is

`{call}` with average pooling ({n_features} features) and
one Dense layer for {n_classes} classes: {n_numbers:,} numbers.
Input: RGB pixels 0–255, {preprocessing} (`load_backbone` does it inside).
On disk: {remark}.

## How it was made

From random weights, on pictures drawn by `course_utils/sketchbook` (state `{pictures}`), seed {seed}:
{n_classes} classes ({kinds}), {per_class} training pictures of each thing, {bird_times} times as many of each
bird and {pet_times} times as many of each pet.

- Schedule: {n_epochs} epochs ({sizes}), batches of {batch_size}.
- Optimiser: {optimizer_name}; peak learning rate {learning_rate} at batch size 64 after
  {warmup_epochs} epochs of warm-up, then half a cosine to 0; weight decay {weight_decay} on kernels.{without_norm}
- Label smoothing {label_smoothing}. Each picture is cropped (70–100 % of its area), mirrored, recoloured and
  pierced at random.
- {minutes:.0f} minutes of training on {machine} with {cores} cores{by_the_clock}.
- TensorFlow {tensorflow}, Keras {keras}, NumPy {numpy}, Python {python}.

The last epoch is the one published. Nothing was chosen by the test pictures; they were scored at the end.

## How well it does

On test pictures of the same classes, drawn with other seeds (validation, last epoch: {val:.1%}):

{score_table}

Hardest classes:

{hardest}

## What it never saw

Any photograph. Any bird species or pet breed that is not in `labels.json`: the field guide holds them back.
Any test picture, here or in the lessons: those are drawn with seeds of their own.

## What it is for, and what not

For learning about transfer learning with drawn pictures. It knows nothing of photographs: use an ImageNet
backbone there. Licence: {licence}.
"""


def builder_call(record: BackboneRecord) -> str:
    """Say in Python how the network is built."""
    options = {**record.options, "input_shape": (record.size, record.size, 3)}
    place, name = "keras.applications", record.builder
    if name in WRITTEN_OUT:
        function = WRITTEN_OUT[name]
        options = {"size": record.size, **record.options}
        place, name = function.__module__, function.__name__
    return f"{place}.{name}({', '.join(f'{key}={value}' for key, value in options.items())})"


def minutes_needed(log: list[dict], sizes: list[int]) -> float:
    """Return how long all epochs take, from the fastest so far: a machine that is busy for a while does not count."""
    fastest = min(row["seconds"] / row["px"] ** 2 for row in log)
    return sum(fastest * px**2 for px in sizes) / 60


def model_card(classes, scores, labels, identity, log, remark, n_numbers) -> str:
    """Fill the card with measured figures."""
    names, kinds = [c["name"] for c in classes], [c["kind"] for c in classes]
    limit, sizes = identity["limit"], [row["px"] for row in log]
    record = zoo.OWN[identity["backbone"]]
    minutes, elapsed = minutes_needed(log, sizes), sum(row["seconds"] for row in log) / 60
    facts = {
        "trial": f"\n**A trial run on at most {limit} pictures of each split.**\n" if limit else "",
        "call": builder_call(record),
        "optimizer_name": OPTIMIZERS[identity["optimizer"]],
        "preprocessing": PREPROCESSING[record.preprocessing],
        "without_norm": WITHOUT_NORM.format(**identity) if identity["he"] else "",
        "n_features": record.n_features,
        "licence": record.licence,
        "n_classes": len(names),
        "n_numbers": n_numbers,
        "remark": remark,
        "kinds": ", ".join(f"{kinds.count(kind)} {kind}s" for kind in sorted(set(kinds))),
        "n_epochs": len(log),
        "sizes": ", ".join(f"{sizes.count(px)} at {px} px" for px in sorted(set(sizes))),
        "minutes": minutes,
        "by_the_clock": BUSY.format(elapsed=elapsed) if elapsed > 1.1 * minutes else "",
        "machine": platform.machine(),
        "cores": cores(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "val": log[-1]["val"],
        "score_table": score_table(kinds, scores, labels),
        "hardest": hardest(names, scores, labels),
    }
    return CARD.format(**identity, **facts)
