"""The timing plan of a deck: when each slide begins, in the whole talk and in the short one. Pure."""

import re

from tools.decks.cells import Slide

BEGIN, END = "<!-- plan: written by `make slides` -->", "<!-- end of plan -->"


def table(deck: list[Slide]) -> str:
    """Return the plan as a Markdown table: a row for each slide, with the minute it begins at in either talk."""
    rows = ["| slide | title | minutes | begins at | short talk |", "|---|---|---|---|---|"]
    long = short = 0.0
    for number, slide in enumerate(deck, start=1):
        title = re.sub(r"<br>", " ", slide.title)
        rows.append(
            f"| {number} | {title} | {slide.minutes:g} | {_clock(long)} | {_clock(short) if slide.short else ''} |"
        )
        long, short = long + slide.minutes, short + slide.minutes * slide.short
    rows.append(f"| | **the end** | | **{_clock(long)}** | **{_clock(short)}** |")
    return "\n".join(rows)


def with_plan(page: str, deck: list[Slide]) -> str:
    """Return the presenter's page with its plan replaced by that of the deck."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{table(deck)}\n\n{END}{after}"


def _clock(minutes: float) -> str:
    seconds = round(60 * minutes)
    return f"{seconds // 60}:{seconds % 60:02}"
