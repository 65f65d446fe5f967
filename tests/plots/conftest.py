"""Answers of a classifier to a few pictures; figures are drawn without a screen, and closed."""

import matplotlib
import numpy as np
import pytest
from PIL import Image

from course_utils import evaluation
from course_utils.datasets import load_folder

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    import matplotlib.pyplot as plt

    yield
    plt.close("all")


@pytest.fixture
def data(tmp_path):
    """Four pictures of noise for each of three birds."""
    rng = np.random.default_rng(0)
    for name in ("robin", "wren", "heron"):
        (tmp_path / "birds" / name).mkdir(parents=True)
        for i in range(4):
            pixels = rng.integers(0, 255, (20, 20, 3), np.uint8)
            Image.fromarray(pixels).save(tmp_path / "birds" / name / f"{i}.png")
    return load_folder(tmp_path / "birds")


@pytest.fixture
def predictions(data):
    """Two mistakes, of 70 % and 90 %; all else is right."""
    probabilities = np.full((len(data), 3), 0.1)
    probabilities[np.arange(len(data)), data.table["label"]] = 0.8
    probabilities[0], probabilities[1] = (0.2, 0.7, 0.1), (0.05, 0.05, 0.9)
    return evaluation.predictions(probabilities, data.table, data.class_names)
