"""Figures keep their alt text, in HTML and in notebooks."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from course_utils import plots
from course_utils.sketchbook import bird_picture


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


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
