"""Figures with controls: move a slider, see the figure drawn anew.

    explore(draw, rate=Slider(0.001, 1, start=0.1, log=True), optimizer=["SGD", "Adam"])

`draw` is any function that returns a figure of `course_utils.plots` (an Axes), a matplotlib Figure, or a table.
Where no widgets run (GitHub, print, tests), the figure is there as it looks before anything is moved.
"""

import functools
import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.arguments import number, refusal
from course_utils.errors import unknown_name
from course_utils.figures import alt_text, to_html
from course_utils.notebook import mimebundle

STILL = '<p style="font-size: 90%"><em>Run this cell to get the controls that change the picture.</em></p>'


@dataclass(frozen=True)
class Slider:
    """A number between two ends. Whole numbers give whole numbers; `log` gives small ones as much room as large."""

    low: float
    high: float
    start: float
    step: float | None = None
    log: bool = False

    def __post_init__(self):
        for end in ("low", "high", "start"):
            object.__setattr__(self, end, number(end, getattr(self, end)))
        if self.step is not None:
            object.__setattr__(self, "step", number("step", self.step, 1e-300, what="a number above 0"))
        if not self.low <= self.start <= self.high or (self.log and self.low <= 0):
            raise ValueError(
                f"`Slider` must have low <= start <= high, and low above 0 with log=True. Received: {self}."
            )

    def control(self, name: str) -> "Control":
        import ipywidgets as widgets

        # A figure takes a moment, so it is drawn when the slider is let go, not on the way.
        common = {"value": self.start, "description": name, "continuous_update": False, **_LOOKS}
        common["layout"] = widgets.Layout(width=_LONG if self.log else _MEDIUM, max_width="100%")
        if self.log:
            ends = {"min": np.log10(self.low), "max": np.log10(self.high), "step": self.step or 0.05}
            widget = widgets.FloatLogSlider(readout_format=".3g", **ends, **common)
        elif all(isinstance(v, int) for v in (self.low, self.high, self.start, self.step or 1)):
            widget = widgets.IntSlider(min=self.low, max=self.high, step=self.step or 1, **common)
        else:
            step = self.step or (self.high - self.low) / 50 or 1
            common |= {"min": self.low, "max": self.high, "readout_format": ".3g"}
            widget = widgets.FloatSlider(step=step, **common)
        return Control(widget, [widget], lambda: widget.value)


@dataclass(frozen=True)
class Options:
    """One of several values, chosen by name; the first, or `start`, to begin with."""

    options: Sequence[Any]
    start: Any = None

    def __post_init__(self):
        if not _is_list(self.options) or not len(self.options):
            raise refusal("options", "a list that names at least one choice", self.options)
        object.__setattr__(self, "options", list(self.options))
        if self.start is None:
            object.__setattr__(self, "start", self.options[0])
        self._position()

    def _position(self) -> int:
        """Return where the first choice stands; arrays are equal where all their numbers are."""
        for position, option in enumerate(self.options):
            if option is self.start or np.array_equal(option, self.start):
                return position
        raise unknown_name("start", self.start, map(str, self.options))

    def control(self, name: str) -> "Control":
        import ipywidgets as widgets

        # ipywidgets compares values by ==, and takes pairs for names and values.
        plain = all(isinstance(option, str | numbers.Real) for option in self.options)
        names = self.options if plain else [str(option) for option in self.options]
        widget = widgets.Dropdown(options=names, index=self._position(), description=name, **_LOOKS)
        return Control(widget, [widget], lambda: self.options[widget.index])


@dataclass(frozen=True)
class Switch:
    """On or off."""

    start: bool = False

    def __post_init__(self):
        if not isinstance(self.start, bool | np.bool_):
            raise refusal("start", "True or False", self.start)
        object.__setattr__(self, "start", bool(self.start))

    def control(self, name: str) -> "Control":
        import ipywidgets as widgets

        widget = widgets.Checkbox(value=self.start, description=name)
        return Control(widget, [widget], lambda: widget.value)


@dataclass(frozen=True)
class Matrix:
    """A grid of numbers to type in; `draw` gets it as a float array of shape (rows, columns)."""

    start: Sequence[Sequence[float]]

    def __post_init__(self):
        # What `draw` gets at first, before any control is there to be read.
        try:
            grid = np.array(self.start, float)
        except (TypeError, ValueError):  # rows of different lengths, or no numbers
            grid = np.array(np.nan)
        if grid.ndim != 2 or not grid.size or not np.isfinite(grid).all():
            what = "rows of numbers, all of one length, such as [[0, 1], [2, 3]]"
            raise refusal("start", what, self.start)
        object.__setattr__(self, "start", grid)

    def control(self, name: str) -> "Control":
        import ipywidgets as widgets

        cell = widgets.Layout(width="5.5em")
        fields = [[widgets.FloatText(value=v, step=0.5, layout=cell) for v in row] for row in self.start]
        grid = widgets.VBox([widgets.Label(name), *(widgets.HBox(row) for row in fields)])
        watched = [one for row in fields for one in row]
        return Control(grid, watched, lambda: np.array([[one.value for one in row] for row in fields]))


@dataclass(frozen=True)
class Control:
    """A control on the screen: the widget to show, the widgets to watch, and how to read its value."""

    widget: Any
    watched: list
    read: Callable[[], Any]


_LOOKS = {"style": {"description_width": "initial"}}
# Of a slider with its name and its value. A nudge must not leap, least of all over a range of several powers of ten.
_MEDIUM, _LONG = "480px", "640px"


@dataclass
class Explorer:
    """A drawing with its controls; `explore` makes it, a notebook shows it."""

    draw: Callable[..., Any]
    controls: dict[str, Any]
    _shown: list = field(default_factory=list, repr=False)  # keeps the widget alive while the kernel runs

    def __repr__(self) -> str:
        return f"<explore {_name(self.draw)}: {', '.join(self.controls)}>"

    def first(self) -> str:
        """Return the first picture as HTML: what is drawn before any control is moved."""
        return drawn(self.draw, {name: control.start for name, control in self.controls.items()})

    def widget(self, first: str | None = None):
        """Return the controls with the picture below them, redrawn at every change."""
        import ipywidgets as widgets

        picture = widgets.HTML(first or self.first())
        controls = {name: spec.control(name.replace("_", " ")) for name, spec in self.controls.items()}

        def changed(_) -> None:
            picture.value = drawn(self.draw, {name: control.read() for name, control in controls.items()})

        for control in controls.values():
            for watched in control.watched:
                watched.observe(changed, names="value")
        return widgets.VBox([*(control.widget for control in controls.values()), picture])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        first = self.first()
        self._shown[:] = [self.widget(first)]
        return mimebundle(self._shown[0], repr(self), first + STILL)


def explore(draw: Callable[..., Any], **controls: Any) -> Explorer:
    """Return a figure with controls: `draw` is called with the value of each control, by name.

    Parameters
    ----------
    draw : returns an Axes or Figure with an alt text (`plots.describe`), or a DataFrame.
    controls : for each argument of `draw` a Slider, Options, Switch or Matrix; a list means Options, True or
        False a Switch.

    Raises
    ------
    ValueError : a control is none of these, or `draw` is no function.
    """
    if not callable(draw):
        raise refusal("draw", "a function that draws", draw)
    return Explorer(draw, {name: _control(name, control) for name, control in controls.items()})


def drawn(draw: Callable[..., Any], values: dict[str, Any]) -> str:
    """Return what `draw` makes of the values, as HTML; an error as its message, so that a slider can go on."""
    try:
        result = draw(**values)
    except Exception as error:  # a learner's own function may fail for some values only
        return f"<pre>{escape(type(error).__name__)}: {escape(str(error))}</pre>"
    if isinstance(result, Axes | Figure):
        if not alt_text(result):
            raise ValueError(
                f"`draw` must give its figure an alt text. Received: {_name(draw)} without one. "
                'What to do: plots.describe(ax, "what it shows").'
            )
        image = to_html(result)
        plt.close(result.figure.figure)  # else the notebook would show it once more, below
        return image
    html = result._repr_html_() if hasattr(result, "_repr_html_") and not isinstance(result, type) else None
    if html is not None:
        return html
    raise TypeError(
        f"`draw` must return an Axes, a Figure or a table. Received: {type(result).__name__} from {_name(draw)}."
    )


def _name(draw: Callable[..., Any]) -> str:
    """Return what to call a function that may be a `functools.partial` or any object that can be called."""
    while isinstance(draw, functools.partial):
        draw = draw.func
    return getattr(draw, "__name__", type(draw).__name__)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple | range) or isinstance(value, np.ndarray) and value.ndim > 0


def _control(name: str, control: Any) -> Any:
    if isinstance(control, bool | np.bool_):
        return Switch(control)
    if _is_list(control):
        return Options(control)
    if isinstance(control, Slider | Options | Switch | Matrix):
        return control
    what = "a Slider, Options, Switch or Matrix, a list of choices, or True or False"
    raise refusal(name, what, control)
