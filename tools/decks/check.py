"""Preflight: show every slide of every deck in a browser that is offline, in both themes, and say what is wrong.

python -m tools.decks.check
"""

import sys
from collections.abc import Sequence

from tools.decks.browser import CHROMIUM, Visit, look, problems
from tools.project import REPO, parser

BUILT = REPO / "slides" / "dist"
VIEWS = {"light": "", "dark": "dark", "short talk": "short"}


def report(name: str, visit: Visit) -> str:
    """Return a line on what was seen and asked for."""
    asked = ", ".join(sorted({url.split(":")[0] for url in visit.requests}))
    return (
        f"{name}: {len(visit.slides)} slides, {sum(len(slide['texts']) for slide in visit.slides)} texts; "
        f"{len(visit.requests)} request ({asked}:), {len(visit.failed)} failed; fonts {', '.join(visit.fonts)}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser(__doc__).parse_args(arguments)
    if CHROMIUM is None:
        sys.exit("No browser found. What to do: install Debian's chromium, or Google Chrome.")
    decks = sorted(BUILT.glob("*.html"))
    if not decks:
        sys.exit("No deck in slides/dist. What to do: make slides")
    wrong = []
    for deck in decks:
        for name, query in VIEWS.items():
            visit = look(deck, query)
            print(report(f"{deck.stem}, {name}", visit), flush=True)
            wrong += [f"{deck.stem}, {name}: {what}" for what in problems(visit)]
    if wrong:
        sys.exit("\n".join(wrong))
    print("Ready: everything loads without a network, and everything can be read.")


if __name__ == "__main__":
    main()
