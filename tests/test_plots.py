"""Figures say what the data say, to those who see them and to those who don't, and leave nothing behind."""

import subprocess
import sys

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from nbclient import NotebookClient
from PIL import Image

from course_utils import evaluation, plots
from course_utils.datasets import load_folder
from course_utils.sketchbook import bird_picture

NAMES = ["robin", "wren", "heron"]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(0)
    for name in NAMES:
        (tmp_path / "birds" / name).mkdir(parents=True)
        for i in range(4):
            Image.fromarray(rng.integers(0, 255, (20, 20, 3), np.uint8)).save(
                tmp_path / "birds" / name / f"{i}.png"
            )
    return load_folder(tmp_path / "birds")


@pytest.fixture
def predictions(data):
    probabilities = np.full((len(data), 3), 0.1)
    probabilities[np.arange(len(data)), data.table["label"]] = 0.8
    probabilities[0], probabilities[1] = (0.2, 0.7, 0.1), (0.05, 0.05, 0.9)  # two mistakes, of 70 % and 90 %
    return evaluation.predictions(probabilities, data.table, data.class_names)


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def every_plot(data, predictions):
    return {
        "image_grid": lambda ax=None: plots.image_grid(data, n=5, ax=ax),
        "predictions_grid": lambda ax=None: plots.predictions_grid(predictions, n=5, ax=ax),
        "confusion_heatmap": lambda ax=None: plots.confusion_heatmap(
            evaluation.confusion(predictions), ax=ax
        ),
        "learning_curves": lambda ax=None: plots.learning_curves({"loss": [2, 1]}, ax=ax),
        "accuracy_bars": lambda ax=None: plots.accuracy_bars(
            evaluation.accuracy_by(predictions, "class_name"), ax=ax
        ),
        "boxes": lambda ax=None: plots.boxes(data.images([0])[0], [(2, 2, 5, 5)], ax=ax),
    }


@pytest.mark.parametrize(
    "name",
    ["image_grid", "predictions_grid", "confusion_heatmap", "learning_curves", "accuracy_bars", "boxes"],
)
def test_every_plot_draws_where_it_is_told_with_an_alt_text_and_changes_no_setting(name, data, predictions):
    draw = every_plot(data, predictions)[name]
    before = dict(matplotlib.rcParams)
    _, given = plt.subplots()
    assert draw(given) is given
    own = draw()
    assert own.figure is not given.figure and len(plt.get_fignums()) == 2
    assert len(plots.alt_text(own)) > 20 and plots.alt_text(own.figure) == plots.alt_text(own)
    assert dict(matplotlib.rcParams) == before
    own.figure.canvas.draw()


def test_importing_plots_changes_no_setting():

    code = (
        "import matplotlib; before = dict(matplotlib.rcParams); import course_utils.plots, sys;"
        "assert dict(matplotlib.rcParams) == before; assert 'tensorflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def test_predictions_grid_shows_the_surest_mistakes_first_and_marks_them(predictions):
    ax = plots.predictions_grid(predictions, n=4)
    marks = [text for text in texts(ax) if text[0] in "✓✗"]
    assert marks == ["✗ 90%", "✗ 70%", "✓ 80%", "✓ 80%"]
    row = predictions.iloc[1]
    assert f"said {row.predicted}\nis {row.class_name}" in texts(ax)
    assert (
        f"2 with a wrong answer, the surest first: {row.class_name} taken for {row.predicted}"
        in plots.alt_text(ax)
    )


def test_predictions_grid_without_mistakes(predictions):
    ax = plots.predictions_grid(predictions[predictions["correct"]], n=2)
    assert "all answers right" in plots.alt_text(ax)


def test_confusion_heatmap_shows_every_count(predictions):
    confusion = evaluation.confusion(predictions)
    ax = plots.confusion_heatmap(confusion)
    shown = {(round(t.get_position()[1]), round(t.get_position()[0])): int(t.get_text()) for t in ax.texts}
    assert shown == {
        (i, j): confusion.iat[i, j] for i, j in zip(*np.nonzero(confusion.to_numpy()), strict=True)
    }
    assert [label.get_text() for label in ax.get_yticklabels()] == list(confusion.index)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("taken for", "true class")


def test_confusion_heatmap_groups_classes(predictions):
    groups = {"heron": "water", "robin": "garden", "wren": "garden"}
    ax = plots.confusion_heatmap(evaluation.confusion(predictions), groups)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["robin", "wren", "heron"]
    assert {"garden", "water"} <= set(texts(ax))
    assert len(ax.lines) == 2  # one line across, one down
    with pytest.raises(ValueError, match="`groups`.*none for robin"):
        plots.confusion_heatmap(evaluation.confusion(predictions), {"heron": "water", "wren": "garden"})


def test_learning_curves_draw_training_and_validation():
    history = {"accuracy": [0.3, 0.6], "val_accuracy": [0.2, 0.5], "loss": [2, 1]}
    ax = plots.learning_curves(history)
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.3, 0.6], [0.2, 0.5]]
    assert ax.lines[0].get_xdata().tolist() == [1, 2] and ax.get_ylabel() == "accuracy"
    assert ax.lines[0].get_marker() != ax.lines[1].get_marker()  # never colour alone
    assert len(plots.learning_curves(pd.DataFrame(history), "loss").lines) == 1
    with pytest.raises(ValueError, match="`metric` must be one of accuracy, loss. Received: 'acuracy'"):
        plots.learning_curves(history, "acuracy")


def test_accuracy_bars_draw_intervals(predictions):
    table = evaluation.accuracy_by(predictions, "class_name")
    ax = plots.accuracy_bars(table, chance=1 / 3)
    assert [bar.get_width() for bar in ax.patches] == table["accuracy"].tolist()
    whiskers = ax.collections[0].get_segments()
    np.testing.assert_allclose([segment[:, 0] for segment in whiskers], table[["low", "high"]])
    assert "of 4" in " ".join(texts(ax)) and " chance" in texts(ax)


def test_boxes_lie_where_the_table_says():
    table = pd.DataFrame({"x": [3.0], "y": [4.0], "width": [10.0], "height": [8.0]})
    ax = plots.boxes(np.zeros((30, 40, 3), np.uint8), table, ["bill"])
    assert {patch.get_bbox().bounds for patch in ax.patches} == {(3, 4, 10, 8)}
    assert "1 box: bill at x 3, y 4, 10 wide and 8 high" in plots.alt_text(ax)


@pytest.mark.parametrize(
    "images, message",
    [
        (np.zeros((8, 8, 3)), "shape"),
        (np.zeros((0, 8, 8, 3)), "n of 1 or more"),
        (np.full((1, 8, 8, 3), 0.5), "pixels 0..255.*before preprocessing"),
        (np.full((1, 8, 8, 3), -1.0), "pixels 0..255"),
    ],
)
def test_image_grid_refuses_what_are_no_pixels(images, message):
    with pytest.raises(ValueError, match=message):
        plots.image_grid(images)


def test_image_grid_wants_a_title_for_each_picture():
    with pytest.raises(ValueError, match="`titles` must be 2 texts.*Received: 1"):
        plots.image_grid(np.full((2, 8, 8, 3), 9), titles=["a"])


def test_alt_text_can_be_replaced_and_is_escaped():
    _, ax = plt.subplots()
    assert plots.alt_text(ax) == plots.alt_text(ax.figure) == ""
    plots.describe(ax, 'A "line"\n  & more')
    assert plots.alt_text(ax.figure) == 'A "line" & more'
    assert '<img alt="A &quot;line&quot; &amp; more" src="data:image/png;base64,iVBOR' in plots.to_html(ax)


def test_a_grid_of_pictures_is_kept_as_jpeg_and_stays_small():
    birds = np.stack([bird_picture("Orchard Seedkin", index=index).image for index in range(20)])
    html = plots.to_html(plots.image_grid(birds))
    assert 'src="data:image/jpeg;base64,/9j/' in html
    assert len(html) < 200_000


PREPARE = """
import numpy as np
import pandas as pd
from course_utils import evaluation, plots

counts = pd.DataFrame([[3, 1], [0, 4]], index=["robin", "wren"], columns=["robin", "wren"])
bars = pd.DataFrame({"count": [4], "accuracy": [0.75], "low": [0.3], "high": [0.9]}, index=["robin"])
pixels = np.full((2, 8, 8, 3), 9)
"""
PLOT_CELLS = [
    "plots.learning_curves({'loss': [2, 1]})",  # the first figure of a session: here the backend is chosen
    "plots.confusion_heatmap(counts)",
    "plots.confusion_heatmap(counts);",
    "plots.accuracy_bars(bars)",
    "plots.image_grid(pixels)",
    "plots.boxes(pixels[0], [(1, 1, 3, 3)])",
    "ax = plots.learning_curves({'loss': [2, 1]})\nax.set_title('changed later');",
    "ax",  # closed when the cell before ended: shown again
    "import matplotlib.pyplot as plt\n_, (left, right) = plt.subplots(1, 2)\n"
    "plots.boxes(pixels[0], [(1, 1, 3, 3)], ax=left)\nplots.learning_curves({'loss': [2, 1]}, ax=right)",
    "plots.image_grid(pixels)\nplt.show()",
]


@pytest.mark.parametrize("start", ["", "%matplotlib inline"])
def test_each_cell_with_a_plot_keeps_one_image_with_its_alt_text_and_nothing_else(start):
    cells = [nbformat.v4.new_code_cell(cell) for cell in (start + PREPARE, *PLOT_CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    for cell in notebook.cells[1:]:
        assert [output.output_type for output in cell.outputs] == ["display_data"], cell.source
        (output,) = cell.outputs
        assert output.data["text/html"].count('<img alt="') == 1 and "image/png" not in output.data
        assert "<Axes" not in output.data["text/plain"]
    first = notebook.cells[1].outputs[0].data["text/html"]
    assert '<img alt="Line chart of loss over 2 epochs: training from 2 to 1."' in first


def test_wrong_answers_are_red_for_everybody_who_sees_red(predictions):
    ax = plots.predictions_grid(predictions, n=4)
    red, green, _ = np.transpose([to_rgb(patch.get_edgecolor()) for patch in ax.patches[::2]])
    wrong = [True, True, False, False]
    assert ((red > 5 * green) == wrong).all() and ((green > red) == ~np.array(wrong)).all()
