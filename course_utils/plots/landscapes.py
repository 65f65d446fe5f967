"""Landscapes: a value at each place of a plane, as a map or a surface, and trainings on their way through."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_utils.figures import describe, looks, styled

Range = tuple[float, float]
Loss = Callable[[np.ndarray], float]  # a point, shape (2,), in; a number out
# Loss, ends of the map across and up, paths by name.
Panel = tuple[Loss, Range, Range, Mapping[str, np.ndarray]]

# Low is pale, and so is the rest of the maps, so that paths stand out.
_HIGH = "GnBu"
_GROUND = LinearSegmentedColormap.from_list("ground", colormaps[_HIGH](np.linspace(0.0, 0.72, 32)))
_ROUND = {"boxstyle": "round,pad=0.2", "facecolor": "white", "alpha": 0.85, "linewidth": 0}


@styled
def landscape(
    loss: Loss,
    x: Range,
    y: Range,
    paths: Mapping[str, np.ndarray] | None = None,
    labels: Sequence[str] = ("weight 1", "weight 2"),
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a loss over two weights as a map with contour lines, the lower the paler, and the paths of trainings on it.

    Parameters
    ----------
    loss : a point of shape (2,) in, the loss there out.
    x, y : the ends of the map.
    paths : by name, points of shape (steps + 1, 2), from the start to the end. They may leave the map.
    """
    ax = ax or plt.subplots(figsize=(6.4, 4.4))[1]
    _ground(ax, loss, x, y)
    facts = []
    if paths:
        for (name, path), look in zip(paths.items(), looks("paths", paths), strict=True):
            line, head = _runner(ax, *look, name)
            _move(line, head, path, len(path) - 1)
            facts.append(f"{name} {_where_to(loss, path, x, y)}")
        starts = np.array([path[0] for path in paths.values()]).T  # (2, paths)
        ax.plot(
            *starts, "kX", linestyle="none", markersize=9, markeredgecolor="white", zorder=6, label="start"
        )
        ax.legend(loc="best", frameon=True, framealpha=0.9, edgecolor="none")
    ax.set(xlabel=labels[0], ylabel=labels[1], title=title)
    endings = f" Paths: {'; '.join(facts)}." if facts else ""
    describe(ax, f"Map of a loss over two weights, {_extent(loss, x, y)}.{endings}")
    return ax


@styled
def surface(
    loss: Loss, x: Range, y: Range, labels: Sequence[str] = ("weight 1", "weight 2"), ax: Axes | None = None
) -> Axes:
    """Draw a loss over two weights as a surface in space; `ax` must be a 3-D one. Arguments as for `landscape`."""
    ax = ax or plt.figure(figsize=(6.4, 4.6)).add_subplot(projection="3d")
    across, up, heights = _heights(loss, x, y, 60)
    ax.plot_surface(
        across, up, heights, cmap=_HIGH, rstride=3, cstride=3, linewidth=0.3, edgecolor="#33556666"
    )
    ax.set(xlabel=labels[0], ylabel=labels[1], zlabel="loss")
    ax.locator_params(nbins=4)
    ax.view_init(elev=30, azim=22)
    describe(ax, f"Surface of a loss over two weights, {_extent(loss, x, y)}.")
    return ax


@styled
def race(panels: Mapping[str, Panel]) -> tuple[Figure, Callable[[int], list[Artist]]]:
    """Return a figure of a race, and the function that moves it on to a step: what `animation.film` takes.

    Parameters
    ----------
    panels : by title, what `landscape` takes: loss, x, y, paths. All panels have paths of the same names.
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(3.8 * len(panels), 3.9), squeeze=False)
    runners = _panels(axes[0], panels)
    for ax, title in zip(axes[0], panels, strict=True):
        ax.set_title(title)
    clock = axes[0, 0].text(0.03, 0.95, "", transform=axes[0, 0].transAxes, va="top", zorder=9, bbox=_ROUND)
    _legend(figure, panels)

    def update(step: int) -> list[Artist]:
        clock.set_text(f"step {step}")
        for line, head, path in runners:
            _move(line, head, path, step)
        describe(figure, _race_text(panels, step))
        return [clock, *(artist for line, head, _ in runners for artist in (line, head))]

    return figure, update


def _heights(loss: Loss, x: Range, y: Range, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    across, up = np.meshgrid(np.linspace(*x, count), np.linspace(*y, count))
    points = np.column_stack([across.ravel(), up.ravel()])
    return across, up, np.array([loss(point) for point in points]).reshape(across.shape)


def _levels(heights: np.ndarray) -> np.ndarray:
    """Return heights for contour lines: closer together near the ground, where trainings end."""
    low, high = heights.min(), heights.max()
    return low + (high - low) * np.linspace(0, 1, 11) ** 2


def _ground(ax: Axes, loss: Loss, x: Range, y: Range, count: int = 80) -> None:
    across, up, heights = _heights(loss, x, y, count)
    levels = _levels(heights)
    ax.contourf(across, up, heights, levels=levels, cmap=_GROUND, norm=PowerNorm(0.5))
    ax.contour(across, up, heights, levels=levels[1:], colors="#33556699", linewidths=0.6)
    ax.set(xlim=x, ylim=y)


def _runner(ax: Axes, colour: str, shape: str, name: str) -> tuple[Line2D, Line2D]:
    """Return the line of a path and its head, both still without points."""
    (line,) = ax.plot([], [], "-", color=colour, linewidth=1.6, marker=".", markersize=3, zorder=4)
    (head,) = ax.plot(
        [], [], shape, color=colour, markersize=9, markeredgecolor="white", label=name, zorder=5
    )
    return line, head


def _move(line: Line2D, head: Line2D, path: np.ndarray, step: int) -> None:
    line.set_data(path[: step + 1, 0], path[: step + 1, 1])
    head.set_data(path[step : step + 1, 0], path[step : step + 1, 1])


def _panels(axes: Sequence[Axes], panels: Mapping[str, Panel]) -> list[tuple[Line2D, Line2D, np.ndarray]]:
    """Draw the ground of each panel, and return the runners of all of them with their paths."""
    runners = []
    for ax, (loss, x, y, paths) in zip(axes, panels.values(), strict=True):
        _ground(ax, loss, x, y)
        ax.plot(*next(iter(paths.values()))[0], "kX", markersize=8, markeredgecolor="white", zorder=3)
        for (name, path), look in zip(paths.items(), looks("panels", paths), strict=True):
            runners.append((*_runner(ax, *look, name), path))
    return runners


def _legend(figure: Figure, panels: Mapping[str, Panel]) -> None:
    names = next(iter(panels.values()))[3]
    handles = [
        Line2D([], [], color=colour, marker=shape, markersize=8, markeredgecolor="white", label=name)
        for name, (colour, shape) in zip(names, looks("panels", names), strict=True)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles))


def _race_text(panels: Mapping[str, Panel], step: int) -> str:
    facts = []
    for title, (loss, x, y, paths) in panels.items():
        ends = "; ".join(f"{name} {_where_to(loss, path[: step + 1], x, y)}" for name, path in paths.items())
        facts.append(f"{title}: {ends}.")
    return f"Race of optimisers on maps of losses, at step {step}. {' '.join(facts)}"


def _where_to(loss: Loss, path: np.ndarray, x: Range, y: Range) -> str:
    a, b = path[-1]
    if not (x[0] <= a <= x[1] and y[0] <= b <= y[1]):
        return "leaves the map"
    return f"ends at {a:.2f}, {b:.2f} with loss {loss(path[-1]):.2g}"


def _extent(loss: Loss, x: Range, y: Range) -> str:
    heights = _heights(loss, x, y, 40)[2]
    losses = f"losses {heights.min():.2g} to {heights.max():.2g}"
    return f"from {x[0]:g} to {x[1]:g} across and {y[0]:g} to {y[1]:g} up, {losses}"
