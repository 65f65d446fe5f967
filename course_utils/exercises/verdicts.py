"""What a check answers: right, not yet and why, or not tried yet; in words, and as a card in a notebook."""

import html
from dataclasses import dataclass
from enum import Enum

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class Status(Enum):
    """How far an exercise is; the values are what people read."""

    NOT_TRIED = "not tried yet"
    NOT_YET = "not yet"
    RIGHT = "right"


# A sign and a colour for each status: never colour alone. White on a colour has a contrast of at least 4.5, a colour
# beside black one of 3.6, so that both are seen in light and dark notebooks.
SIGNS = {Status.NOT_TRIED: "○", Status.NOT_YET: "✘", Status.RIGHT: "✔"}
_COLOURS = {Status.NOT_TRIED: "#767676", Status.NOT_YET: "#D32F2F", Status.RIGHT: "#00814F"}
_NOTE = "#0072B2"
# JupyterLab's and nbconvert's own colours where they are known; else those that Colab or VS Code give to all outputs.
_THEME = "background: var(--jp-layout-color2, rgba(127, 127, 127, 0.12)); color: var(--jp-content-font-color1, inherit)"


@dataclass(frozen=True)
class Verdict:
    """The answer of a check. True where the exercise is solved.

    Attributes
    ----------
    exercise : what was checked, as in "Exercise 5.2".
    status : one of `Status`.
    text : the reason, in Markdown.
    """

    exercise: str
    status: Status
    text: str = ""

    def __bool__(self) -> bool:
        return self.status is Status.RIGHT

    def __repr__(self) -> str:
        head = f"{SIGNS[self.status]} {self.exercise}: {self.status.value}."
        return f"{head} {self.text}".strip()

    def _repr_html_(self) -> str:
        head = f"{self.exercise}: {self.status.value}"
        return card(head, self.text, _COLOURS[self.status], SIGNS[self.status])


def card(head: str, text: str, colour: str = _NOTE, sign: str = "") -> str:
    """Return HTML in the colours of the notebook: a coloured edge, a heading with a sign on the same colour, a text."""
    chip = f"background: {colour}; color: #FFFFFF; padding: 0 0.35em; border-radius: 3px"
    signed = f'<span style="{chip}">{sign}</span> ' if sign else ""
    frame = f"border-left: 5px solid {colour}; padding: 0.3em 0.9em; margin: 0.3em 0; max-width: 46em"
    return f'<div style="{frame}; {_THEME}"><strong>{signed}{html.escape(head)}</strong>{to_html(text)}</div>'


def paragraphs(*texts: str) -> str:
    """Return texts one below the other, those that are empty left out."""
    return "\n\n".join(filter(None, texts))


def to_html(text: str) -> str:
    """Return Markdown as HTML. HTML inside it is shown as text, never run."""
    return _MARKDOWN.render(text)


def plain(text: str) -> str:
    """Return a line of Markdown without its marks, for places that show no HTML, such as buttons."""
    (line,) = _MARKDOWN.parseInline(text)
    return "".join(token.content for token in line.children)
