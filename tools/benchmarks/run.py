"""Measure how fast features are extracted and found again, and print it as one table: `make bench`.

    python -m tools.benchmarks.run          rows a to f: a quarter of an hour
    python -m tools.benchmarks.run a c      some of them
    python -m tools.benchmarks.run g        two workers of Apache Beam against one: ten minutes more

Candidates of a row take turns; figures are medians of some rounds, ratios are ratios of medians, by the clock and by
the processor time of all cores, which other programs on the machine disturb less. What they are compared with is
tuned as well: ways to run it are tried on a few pictures, and the best one counts. Row a, and parts of b and c, need
the real photos (COURSE_REAL_DATA, default ../shared/real beside the checkout).
"""

import shutil
from collections.abc import Sequence

from tools.benchmarks.timing import FOLDER, machine
from tools.project import before_tensorflow, chosen_rows, print_rows

before_tensorflow()

from tools.benchmarks import accuracy, engines, store

ROWS = {**engines.ROWS, **accuracy.ROWS, **store.ROWS}


def main(arguments: Sequence[str] | None = None) -> None:
    chosen = chosen_rows(__doc__, ROWS, arguments, default="abcdef")
    print(f"{machine()}\n", flush=True)
    print_rows(ROWS, chosen, need_photos="a")
    shutil.rmtree(FOLDER / "runs", ignore_errors=True)


if __name__ == "__main__":
    main()
