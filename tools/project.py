"""What the tools share: where things are, what TensorFlow reads when it is imported, and tables made row by row.

Needs Python alone, as some tools run before anything is installed.
"""

import argparse
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
LESSONS = REPO / "lessons"
REAL = Path(os.environ.get("COURSE_REAL_DATA") or REPO.parent / "shared" / "real").absolute()

# What, measured, asked for. A row of a table is a function that yields these, one for each of its lines.
Row = tuple[str, str, str]
Rows = Mapping[str, Callable[[], Iterator[Row]]]


def before_tensorflow() -> None:
    """Keep TensorFlow quiet and let Keras find the weights beside the real photos. Call it before importing either."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if (REAL / "keras_home").is_dir():
        os.environ.setdefault("KERAS_HOME", str(REAL / "keras_home"))


def repository(root: Path = REPO) -> str | None:
    """Return the course's address on GitHub, as pyproject.toml names it; None until it has been published."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return project["urls"].get("Repository")


def parser(about: str) -> argparse.ArgumentParser:
    """Return a parser of arguments that shows a tool's docstring as it is written."""
    return argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)


def chosen_rows(about: str, rows: Rows, arguments: Sequence[str] | None) -> list[str]:
    """Return the letters of the rows that are asked for; all, where none is."""
    letters = ", ".join(sorted(rows))
    program = parser(about)
    program.add_argument("rows", nargs="*", help=f"which rows, of {letters}; all by default")
    chosen = program.parse_args(arguments).rows or sorted(rows)
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
