"""Measure how fast features are extracted and found again, and print it as one table: `make bench`.

    python tools/benchmark.py          all rows
    python tools/benchmark.py a c      some of them

Candidates of a row take turns; figures are medians of five rounds, ratios are ratios of medians. What they are
compared with is tuned as well: batch sizes are tried, and the best one counts. Rows a and b need the real
photos (COURSE_REAL_DATA, default ../shared/real beside the checkout), and say so where there are none.
"""

import argparse
import os

from benchmark_timing import REAL, machine

# Both are read when TensorFlow and Keras are imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if REAL.is_dir():
    os.environ.setdefault("KERAS_HOME", str(REAL / "keras_home"))

import benchmark_engines
import benchmark_store

ROWS = {**benchmark_engines.ROWS, **benchmark_store.ROWS}
NEED_PHOTOS = "abc"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", help=f"which rows, of {', '.join(sorted(ROWS))}; all by default")
    rows = parser.parse_args().rows or sorted(ROWS)
    if not set(rows) <= set(ROWS):  # argparse's own `choices` refuses the empty list
        parser.error(f"rows must be of {', '.join(sorted(ROWS))}. Received: {' '.join(rows)}")
    print(f"{machine()}\n\n| # | what | measured | asked for |\n|---|---|---|---|", flush=True)
    for letter in rows:
        if letter in NEED_PHOTOS and not REAL.is_dir():
            print(f"| {letter} | real photos and weights | not measured: no folder {REAL} | |")
            continue
        for what, measured, asked in ROWS[letter]():
            print(f"| {letter} | {what} | {measured} | {asked} |", flush=True)


if __name__ == "__main__":
    main()
