"""What all figures share: a style, colours and markers, and an alt text that notebooks keep."""

import base64
import io
from collections.abc import Collection
from functools import partial, wraps
from html import escape
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib import rc_params_from_file, rcParams
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

# What several groups or lines in one figure look like, in this order: a colour and a marker each.
LOOKS = [("red", "o"), ("blue", "s"), ("green", "^"), ("pink", "D"), ("orange", "v"), ("sky", "P")]

# Marks of answers. The palette's red is close to orange, so wrong answers have a red of their own. It is much
# darker than the green: those who see red and green alike still see two colours, beside the cross and the tick.
RIGHT, WRONG = PALETTE["green"], "#C1121F"

# Figures stay white in a dark notebook, as colours and photos are made for white: a framed sheet, not a slab.
IMAGE_STYLE = (
    "max-width: 100%; height: auto; box-sizing: border-box; padding: 4px; background: #FFFFFF; "
    "border: 1px solid rgba(127, 127, 127, 0.35); border-radius: 6px"
)

_ATTRIBUTE = "course_alt_text"


def looks(argument: str, names: Collection[object]) -> list[tuple[str, str]]:
    """Return a colour and a marker for each of several lines or groups, at most as many as can be told apart."""
    if not 1 <= len(names) <= len(LOOKS):
        raise ValueError(
            f"`{argument}` must have 1 to {len(LOOKS)} lines or groups, as many as can be told apart in one figure. "
            f"Received: {len(names)}. Draw them in several figures."
        )
    return [(PALETTE[colour], marker) for colour, marker in LOOKS[: len(names)]]


def styled(draw):
    """Let a drawing function see the course's style, and nobody else.

    `plt.style.context` would also put back the setting "interactive". In a notebook the first figure turns it
    on, and while it is off, no figure is shown: so only the style's own settings are put back.
    """

    @wraps(draw)
    def inside(*args, **kwargs):
        style = rc_params_from_file(STYLE, use_default_template=False)
        before = {name: rcParams[name] for name in style}
        rcParams.update(style)
        try:
            return draw(*args, **kwargs)
        finally:
            rcParams.update(before)

    return inside


def describe(target: Axes | Figure, text: str) -> None:
    """Give an Axes or a Figure its alt text: what somebody who cannot see it should be told.

    From then on a notebook shows the figure as `<img alt="...">`, when the cell ends as always, and an Axes on
    the cell's last line adds no text to it. The text of a figure is its own, or that of all its Axes.
    """
    if not text.strip():
        raise ValueError("`text` must say what the picture shows. Received: an empty text.")
    setattr(target, _ATTRIBUTE, " ".join(text.split()))
    figure = _figure(target)
    # Front ends take no alt text from the metadata of a PNG (JupyterLab 4, Colab), only from HTML. IPython
    # calls this method, where there is one, in place of its own PNG.
    figure._ipython_display_ = partial(_display, figure)
    if target is not figure:
        target._ipython_display_ = partial(_display_unless_open, figure)


def alt_text(target: Axes | Figure) -> str:
    """Return the alt text of an Axes or a Figure; "" where it has none."""
    own = getattr(target, _ATTRIBUTE, "")
    if own or isinstance(target, Axes):
        return own
    return " ".join(text for ax in target.axes if (text := getattr(ax, _ATTRIBUTE, "")))


def to_html(target: Axes | Figure, dpi: int = 100) -> str:
    """Return the figure as an HTML image that carries its alt text and needs no other file."""
    figure = _figure(target)
    png, jpeg = (_encoded(figure, kind, dpi) for kind in ("png", "jpeg"))
    # PNG keeps lines and letters crisp; a grid of photos is several times smaller as JPEG.
    kind, image = ("jpeg", jpeg) if len(png) > 2 * len(jpeg) else ("png", png)
    data, text = base64.b64encode(image).decode(), escape(alt_text(target) or alt_text(figure))
    return f'<img alt="{text}" src="data:image/{kind};base64,{data}" style="{IMAGE_STYLE}">'


def _encoded(figure: Figure, kind: str, dpi: int) -> bytes:
    buffer = io.BytesIO()
    quality = {"pil_kwargs": {"quality": 88}} if kind == "jpeg" else {}
    figure.savefig(buffer, format=kind, dpi=dpi, bbox_inches="tight", **quality)
    return buffer.getvalue()


def _figure(target: Axes | Figure) -> Figure:
    return target.figure.figure  # twice: the first may be a SubFigure


def _display_unless_open(figure: Figure) -> None:
    """Show the figure of an Axes, unless pyplot is going to: it shows open figures when the cell ends."""
    if not plt.fignum_exists(getattr(figure, "number", None)):
        _display(figure)


def _display(figure: Figure) -> None:
    from IPython.display import display  # here, because only notebooks have and need it

    display({"text/html": to_html(figure), "text/plain": f"<Figure: {alt_text(figure)}>"}, raw=True)
