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


# A sign and a colour for each status: never colour alone. The colours have a contrast of at least 4.5 to white.
SIGNS = {Status.NOT_TRIED: "○", Status.NOT_YET: "✘", Status.RIGHT: "✔"}
_COLOURS = {Status.NOT_TRIED: "#595959", Status.NOT_YET: "#B3261E", Status.RIGHT: "#00694B"}


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
        head = f"{SIGNS[self.status]} {self.exercise}: {self.status.value}"
        return card(head, self.text, _COLOURS[self.status])


def card(head: str, text: str, colour: str = "#0B5A8A") -> str:
    """Return HTML that reads well in a light and a dark notebook: a coloured edge, a heading, a text."""
    return (
        f'<div style="border-left: 5px solid {colour}; padding: 0.3em 0.9em; margin: 0.3em 0; '
        f'background: #FFFFFF; color: #1A1A1A; max-width: 46em">'
        f'<strong style="color: {colour}">{html.escape(head)}</strong>{to_html(text)}</div>'
    )


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
