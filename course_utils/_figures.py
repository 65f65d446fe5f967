"""What all figures share: a style, a palette, and an alt text that notebooks keep."""

import base64
import io
from functools import partial, wraps
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("course.mplstyle")

# M. Okabe and K. Ito, "Color Universal Design: how to make figures and presentations that are friendly to
# colorblind people", 2008.
PALETTE = {
    "blue": "#0072B2",
    "red": "#D55E00",
    "green": "#009E73",
    "pink": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#000000",
}

_ATTRIBUTE = "course_alt_text"


def styled(draw):
    """Let a drawing function see the course's style, and nobody else."""

    @wraps(draw)
    def inside(*args, **kwargs):
        with plt.style.context(STYLE):
            return draw(*args, **kwargs)

    return inside


def describe(target: Axes | Figure, text: str) -> None:
    """Give an Axes or a Figure its alt text: what somebody who cannot see it should be told.

    From then on a notebook shows the figure as `<img alt="...">`, when the cell ends as always. The text of
    a figure is its own, or that of all its Axes.
    """
    if not text.strip():
        raise ValueError("`text` must say what the picture shows. Received: an empty text.")
    setattr(target, _ATTRIBUTE, " ".join(text.split()))
    figure = _figure(target)
    # Front ends take no alt text from the metadata of a PNG (JupyterLab 4, Colab), only from HTML. IPython
    # calls this method, where there is one, in place of its own PNG.
    figure._ipython_display_ = partial(_display, figure)


def alt_text(target: Axes | Figure) -> str:
    """Return the alt text of an Axes or a Figure; "" where it has none."""
    own = getattr(target, _ATTRIBUTE, "")
    if own or isinstance(target, Axes):
        return own
    return " ".join(text for ax in target.axes if (text := getattr(ax, _ATTRIBUTE, "")))


def to_html(target: Axes | Figure, dpi: int = 100) -> str:
    """Return the figure as an HTML image that carries its alt text and needs no other file."""
    figure = _figure(target)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, bbox_inches="tight")
    data = base64.b64encode(buffer.getvalue()).decode()
    text = escape(alt_text(target) or alt_text(figure))
    return f'<img alt="{text}" src="data:image/png;base64,{data}" style="max-width: 100%; height: auto">'


def _figure(target: Axes | Figure) -> Figure:
    return target.figure.figure  # twice: the first may be a SubFigure


def _display(figure: Figure) -> None:
    from IPython.display import display  # here, because only notebooks have and need it

    display({"text/html": to_html(figure), "text/plain": f"<Figure: {alt_text(figure)}>"}, raw=True)
