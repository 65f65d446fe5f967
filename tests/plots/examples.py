"""A small example of every figure, for what all of them promise."""

import numpy as np
import pandas as pd

from course_utils import plots

RNG = np.random.default_rng(0)
PICTURE = RNG.integers(0, 256, (12, 12, 3), dtype=np.uint8)
GREY = PICTURE[..., 0].astype(float)
EDGES = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
HISTORIES = {
    "one layer": {"accuracy": [0.5, 1.0], "val_accuracy": [0.1, 0.2]},
    "borrowed": {"accuracy": [0.8, 0.9], "val_accuracy": [0.6, 0.7]},
}
FINDINGS = pd.DataFrame(
    {"story": ["same", "renamed"], "stale": [0, 12], "stored": [0.8, 0.25], "fresh": [0.8, 0.75]}
)
SETS = pd.DataFrame(
    {
        "count": [20, 20],
        "accuracy": [0.9, 0.7],
        "low": [0.8, 0.6],
        "high": [0.95, 0.8],
        "chance": [0.5, 0.05],
    },
    index=["two", "twenty"],
)
DIFFERENCES = pd.DataFrame(
    {"mean": [0.2, -0.01], "low": [0.1, -0.05], "high": [0.3, 0.03]}, index=["leaves", "birds"]
)
RUNS = pd.DataFrame(
    {
        "draw": 2 * [0, 0, 1, 1],
        "per_class": 4 * [1, 5],
        "group": 4 * ["seen"] + 4 * ["unseen"],
        "accuracy": [0.5, 0.8, 0.7, 0.9, 0.2, 0.6, 0.3, 0.5],
    }
)
RATES = pd.DataFrame({"batch_size": [1, 8, 32], "rate": [20.0, 90.0, 120.0]})
NETWORKS = pd.DataFrame(
    {
        "width": [1.0, 1.0, 0.5, 0.5],
        "resolution": [128, 224, 128, 224],
        "multiply_adds": [186.0, 569.0, 49.0, 150.0],
        "parameters": [4.2, 4.2, 1.3, 1.3],
        "top_1": [65.2, 70.9, 56.3, 63.3],
    }
)
TRADES = pd.DataFrame(
    {"name": ["frozen", "tuned", "tuned"], "learnt": [0.7, 0.8, 0.9], "kept": [0.98, 0.9, 0.8]}
)
BIRDS = pd.DataFrame(
    {"genus": ["Owl", "Owl", "Rail"], "length_cm": [30.0, 34.0, 20.0], "wing_mm": [200.0, 210.0, 90.0]}
)
PATHS = {
    "SGD": np.array([[-1.0, 1.0], [-0.5, 0.5], [0.0, 0.25]]),
    "Adam": np.array([[-1.0, 1.0], [0, 3], [0, 9.0]]),
}


def bowl(point):
    return float(point[0] ** 2 + 2 * point[1] ** 2)


def influence(side: int) -> np.ndarray:
    """An influence of `side` x `side` pixels in the middle of the picture."""
    strength = np.zeros((12, 12))
    strength[6 - side // 2 : 6 + side // 2, 6 - side // 2 : 6 + side // 2] = 1
    return strength


PANELS = {"a bowl": (bowl, (-2, 2), (-2, 2), PATHS)}

# By the function's name, what it is called with; `predictions_grid` needs pictures on disk and has a fixture.
GIVEN = {
    "accuracy_against_chance": {"table": SETS},
    "accuracy_against_cost": {"table": NETWORKS},
    "accuracy_against_time": {"table": SETS.assign(ms=[5.0, 0.8], front=[True, False])},
    "accuracy_bars": {"table": SETS, "chance": 0.5},
    "boxes": {"image": PICTURE, "boxes": [(2, 2, 5, 5)]},
    "confusion_heatmap": {"confusion": pd.DataFrame([[3, 1], [0, 4]], list("ab"), list("ab"))},
    "differences": {"table": DIFFERENCES},
    "feature_maps": {"picture": PICTURE, "maps": {"first": RNG.random((6, 6, 8))}},
    "filter_gallery": {"picture": GREY, "kernels": {"edges": EDGES}, "responses": [GREY[1:-1, 1:-1]]},
    "filter_step": {"patch": GREY[:3, :3], "kernel": EDGES},
    "filter_tiles": {"filters": RNG.normal(size=(4, 3, 3, 3))},
    "variations": {"views": {"hue 0.5": np.stack([PICTURE, PICTURE])}, "original": PICTURE},
    "image_grid": {"images": np.stack([PICTURE, PICTURE])},
    "landscape": {"loss": bowl, "x": (-2, 2), "y": (-2, 2), "paths": PATHS},
    "learning_curve_by_size": {"runs": RUNS, "chance": 0.2},
    "learnt_against_kept": {"runs": TRADES},
    "learning_curves": {"history": {"loss": [2, 1]}},
    "loss_curves": {"curves": {"ours": [2.0, 0.1], "theirs": [2.0, 1.0]}, "log": True},
    "rate_by_batch": {"rates": RATES},
    "receptive_fields": {"picture": PICTURE, "influence": {"first": influence(4)}},
    "species_page": {"name": "Orchard Seedkin"},
    "stored_against_fresh": {"findings": FINDINGS, "chance": 0.5},
    "surface": {"loss": bowl, "x": (-1, 1), "y": (-1, 1)},
    "training_race": {"histories": HISTORIES, "chance": 0.05},
    "two_measurements": {"table": BIRDS, "x": "length_cm", "y": "wing_mm"},
}


def draw(name: str, **changes):
    """Draw the example of a figure."""
    return getattr(plots, name)(**{**GIVEN.get(name, {}), **changes})


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def tiles(ax) -> list[np.ndarray]:
    """Return the pixels of all pictures on the Axes, in order."""
    return [np.asarray(image.get_array()) for image in ax.images]
