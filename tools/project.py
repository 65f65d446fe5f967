"""What the tools share: where things are, what TensorFlow reads when it is imported, and tables made row by row.

Needs Python alone, as some tools run before anything is installed.
"""

import argparse
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
LESSONS = REPO / "lessons"
REAL = Path(os.environ.get("COURSE_REAL_DATA") or REPO.parent / "shared" / "real").absolute()

_MARKED = re.compile(
    r"(?P<begin><!-- (?P<name>\w+): make \w+ -->\n)(?P<text>.*?)(?P<end><!-- end -->)", re.DOTALL
)

# What, measured, asked for. A row of a table is a function that yields these, one for each of its lines.
Row = tuple[str, str, str]
Rows = Mapping[str, Callable[[], Iterator[Row]]]


def before_tensorflow(training: bool = False) -> None:
    """Keep TensorFlow quiet and let Keras find the weights beside the real photos. Call it before importing either.

    Parameters
    ----------
    training : take the kernels of oneDNN, which TensorFlow leaves off where a processor lacks AVX-512: there a step
        of VGG19 took 0.6 of the time with them. Results differ from those without by rounding.
    """
    if training:
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if (REAL / "keras_home").is_dir():
        os.environ.setdefault("KERAS_HOME", str(REAL / "keras_home"))


def repository(root: Path = REPO) -> str | None:
    """Return the course's address on GitHub, as pyproject.toml names it; None until it has been published."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return project["urls"].get("Repository")


def with_marked_parts(page: str, parts: Mapping[str, str]) -> str:
    """Return a page with its marked parts, `<!-- name: make command -->` to `<!-- end -->`, written anew.

    Raises
    ------
    ValueError : the page has no part of that name, so nobody would see what is to be written.
    """
    missing = set(parts) - {found["name"] for found in _MARKED.finditer(page)}
    if missing:
        raise ValueError(
            f"the page must have a line `<!-- {min(missing)}: make ... -->` and below it `<!-- end -->`. "
            "Received: none. What to do: put these two lines where the part belongs"
        )
    return _MARKED.sub(
        lambda found: f"{found['begin']}{parts.get(found['name'], found['text'])}{found['end']}", page
    )


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file and say so; leave a file alone in which nothing changes."""
    before = file.read_text("utf-8")
    if (after := change(before)) != before:
        file.write_text(after, "utf-8")
        print(f"{file.name}: written")


def parser(about: str) -> argparse.ArgumentParser:
    """Return a parser of arguments that shows a tool's docstring as it is written."""
    return argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)


def chosen_rows(
    about: str, rows: Rows, arguments: Sequence[str] | None, default: Sequence[str] = ()
) -> list[str]:
    """Return the letters of the rows that are asked for; where none is, those of `default`, or all."""
    letters = ", ".join(sorted(rows))
    program = parser(about)
    program.add_argument(
        "rows", nargs="*", help=f"which rows, of {letters}; {' '.join(default) or 'all'} by default"
    )
    chosen = program.parse_args(arguments).rows or sorted(default or rows)
    if not set(chosen) <= set(rows):  # argparse's own `choices` refuses the empty list
        program.error(f"rows must be of {letters}. Received: {' '.join(chosen)}")
    return chosen


def print_rows(rows: Rows, chosen: Sequence[str], need_photos: str = "") -> None:
    """Print a table of the rows that are chosen; those that need real photos say so where there are none."""
    print("| # | what | measured | asked for |\n|---|---|---|---|", flush=True)
    for letter in chosen:
        if letter in need_photos and not REAL.is_dir():
            print(f"| {letter} | real photos and weights | not measured: no folder {REAL} | |")
            continue
        for what, measured, asked in rows[letter]():
            print(f"| {letter} | {what} | {measured} | {asked} |", flush=True)
