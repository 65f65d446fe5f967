"""From a deck's source to its notebook, and from the notebook to its slides. Pure.

A deck is written in py:percent form, as lessons are (`slides/NAME.py`):

    # %% [markdown] slide="split" minutes=1.5 short=true      begins a slide: layout, minutes, is it in the short talk?
    # ## The title is the message
    # A few words. A paragraph that begins with "Source:" goes to the foot of the slide.

    # %%                                    its figure: what the cell shows. The code is hidden,
    # %% tags=["show-code"]                 unless it is the message
    # %% tags=["fragment"]                  what the cell shows waits for a key; both may be said

    # %% [markdown] notes=true              what the speaker says

Cells before the first slide only prepare.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
import nbformat
from nbformat.v4 import new_notebook

LAYOUTS = ("cover", "part", "figure", "split", "list", "code")
_ROLES = ("slide", "minutes", "short", "notes")


@dataclass
class Slide:
    """One slide: `cells` are its code cells, executed or not."""

    title: str
    text: str
    layout: str
    minutes: float
    short: bool
    notes: str = ""
    cells: list[nbformat.NotebookNode] = field(default_factory=list)


def to_notebook(deck: Path) -> nbformat.NotebookNode:
    """Return the notebook of a deck, not yet executed, with what jupyterlab-rise needs to know about each cell.

    Raises
    ------
    ValueError : a cell that does not belong into a deck, with the line that it begins with.
    """
    cells = jupytext.reads(deck.read_text(encoding="utf-8"), fmt="py:percent").cells
    for number, cell in enumerate(cells):
        roles = {role: cell.metadata[role] for role in _ROLES if role in cell.metadata}
        tags = cell.metadata.get("tags", [])
        cell.metadata = {key: cell.metadata[key] for key in ("tags", "within") if key in cell.metadata}
        if roles:
            cell.metadata["course"] = roles
        waits = (
            "fragment" in tags and "show-code" not in tags
        )  # in JupyterLab shown code is run live, not revealed
        kind = "slide" if "slide" in roles else "notes" if "notes" in roles else "fragment" if waits else "-"
        cell.metadata["slideshow"] = {"slide_type": kind}
        if cell.cell_type == "code" and "show-code" not in tags:
            cell.metadata["jupyter"] = {"source_hidden": True}
        cell["id"] = hashlib.sha1(f"{deck.stem}:{number}:{cell.source}".encode()).hexdigest()[:8]
    notebook = new_notebook(cells=cells)
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "rise": {"width": 1280, "height": 720, "center": False, "slideNumber": "c/t"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    list(slides(notebook))  # says what is wrong
    return notebook


def slides(notebook: nbformat.NotebookNode) -> Iterator[Slide]:
    """Yield the slides of a deck's notebook, in order.

    Raises
    ------
    ValueError : a slide without a title, layout, minutes or notes.
    """
    slide = None
    for cell in notebook.cells:
        roles = cell.metadata.get("course", {})
        if "slide" in roles:
            if slide is not None:
                yield _whole(slide)
            slide = _begun(cell.source, roles)
        elif slide is not None and cell.cell_type == "code":
            slide.cells.append(cell)
        elif slide is not None and "notes" in roles:
            slide.notes = cell.source
        elif cell.cell_type == "markdown":
            raise ValueError(
                f"a text cell of a deck must be a slide or its notes. Received: {cell.source[:60]!r}. "
                'What to do: # %% [markdown] slide="figure" minutes=1, or # %% [markdown] notes=true'
            )
    if slide is not None:
        yield _whole(slide)


def plan(of: list[Slide]) -> tuple[float, float]:
    """Return the minutes of the whole talk and of the short one."""
    return sum(slide.minutes for slide in of), sum(slide.minutes for slide in of if slide.short)


def _begun(source: str, roles: dict) -> Slide:
    heading, _, text = source.partition("\n")
    if not heading.startswith("#"):
        raise ValueError(f"a slide must begin with its title, `## …`. Received: {heading!r}.")
    if roles["slide"] not in LAYOUTS:
        raise ValueError(
            f"`slide` must be one of {', '.join(LAYOUTS)}. Received: {roles['slide']!r} at {heading!r}."
        )
    if not isinstance(roles.get("minutes"), int | float) or not 0 < roles["minutes"] <= 5:
        raise ValueError(
            f"`minutes` must be above 0 and at most 5. Received: {roles.get('minutes')!r} at {heading!r}."
        )
    return Slide(
        heading.lstrip("# "), text.strip(), roles["slide"], roles["minutes"], bool(roles.get("short"))
    )


def _whole(slide: Slide) -> Slide:
    if not slide.notes.strip():
        raise ValueError(
            f"a slide must have notes for its speaker. Received: none for {slide.title!r}. "
            "What to do: a cell `# %% [markdown] notes=true` after it."
        )
    return slide
