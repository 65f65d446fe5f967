"""Set the address that learners install the course from, once it is yours: `make publish ADDRESS=https://github.com/...`.

`pyproject.toml` holds the address; what README.md says of it is written here, badges and set-up cells of the
notebooks by `make notebooks`. Until it has been run there is no address anywhere, so nobody can register it first.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.project import REPO, parser, rewrite, with_marked_parts

ADDRESS = re.compile(r"https://github\.com/([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9_.-]{1,100})")
TITLE = "Transfer Learning is for the Birds"

_URLS = re.compile(r'^\[project\.urls\]\n(?:Repository = ".*"\n)?', re.MULTILINE)
_COLAB = "https://colab.research.google.com"
_FIRST = "notebooks/00_welcome.ipynb"


def main(arguments: Sequence[str] | None = None) -> None:
    program = parser(__doc__)
    program.add_argument("address", nargs="?", default="", help="of a repository of yours on GitHub")
    address = program.parse_args(arguments).address
    if trouble := unusable(address):
        sys.exit(trouble)
    publish(address)


def unusable(received: str) -> str:
    """Return what is wrong with an address, "" if it can be used."""
    found = ADDRESS.fullmatch(received)
    if found and not found[1].endswith((".git", "/.", "/..")) and found[1] != "OWNER/NAME":
        return ""
    return (
        "`ADDRESS` must be that of a repository of yours on GitHub, which Google Colab opens notebooks from: "
        "https://github.com/OWNER/NAME, without a slash, .git or anything else behind it. "
        f"Received: {received!r}. What to do: make publish ADDRESS=https://github.com/OWNER/NAME, with your names."
    )


def publish(wanted: str, root: Path = REPO) -> None:
    """Write the address into pyproject.toml and README.md; leave alone what has it already."""
    rewrite(root / "pyproject.toml", lambda t: _URLS.sub(f'[project.urls]\nRepository = "{wanted}"\n', t))
    rewrite(root / "README.md", lambda text: with_parts(text, wanted))


def with_parts(readme: str, address: str | None) -> str:
    """Return the text of README.md with its marked parts as they must be for an address, or for none."""
    return with_marked_parts(readme, {"colab": _colab(address), "questions": _questions(address)})


def _colab(address: str | None) -> str:
    if address is None:
        return (
            "This copy of the course has not been published, so there is no address to open it from. On Colab, open\n"
            "a notebook by *Upload*, put the course's folder into `/content` (clone it there, or upload it as a ZIP\n"
            "file and unpack it), and run the first cell: it installs the course, and leaves Colab's TensorFlow,\n"
            "Keras and ipywidgets as they are.\n"
        )
    name = address.removeprefix("https://github.com/")
    return (
        "Nothing to install.\n"
        f"[![Open in Colab]({_COLAB}/assets/colab-badge.svg)]({_COLAB}/github/{name}/blob/main/{_FIRST})\n"
        "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
        f"(https://mybinder.org/v2/gh/{name}/main?labpath={_FIRST})\n"
        "Every notebook has its own Colab badge. Its first cell installs the course there, and leaves Colab's\n"
        "TensorFlow, Keras and ipywidgets as they are.\n"
    )


def _questions(address: str | None) -> str:
    ask = (
        "whoever gave you this copy of the course"
        if address is None
        else f"[{address}/issues]({address}/issues)"
    )
    at = "" if address is None else f", {address}"
    return f"Questions and faults: {ask}. To cite it: *{TITLE}*, a course in notebooks, 2026{at}.\n"


if __name__ == "__main__":
    main()
