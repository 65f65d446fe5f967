"""Measure how fast features are extracted and found again, and print it as one table: `make bench`.

    python -m tools.benchmarks.run          all rows
    python -m tools.benchmarks.run a c      some of them

Candidates of a row take turns; figures are medians of five rounds, ratios are ratios of medians. What they are
compared with is tuned as well: batch sizes are tried, and the best one counts. Rows a and b need the real
photos (COURSE_REAL_DATA, default ../shared/real beside the checkout), and say so where there are none.
"""

from collections.abc import Sequence

from tools.benchmarks.timing import machine
from tools.project import before_tensorflow, chosen_rows, print_rows

before_tensorflow()

from tools.benchmarks import engines, store

ROWS = {**engines.ROWS, **store.ROWS}


def main(arguments: Sequence[str] | None = None) -> None:
    chosen = chosen_rows(__doc__, ROWS, arguments)
    print(f"{machine()}\n", flush=True)
    print_rows(ROWS, chosen, need_photos="abc")


if __name__ == "__main__":
    main()
