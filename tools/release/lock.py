"""Resolve anew, and write requirements.lock from pyproject.toml: `make lock`. Needs uv and the network."""

import subprocess
from collections.abc import Sequence

from tools.project import REPO, parser

BUILD_TOOL = "hatchling"  # `pip install --no-build-isolation -e .` needs it
# What learners need, and what `make test` does. No address of any kind may get into the lock: people install from
# different mirrors.
COMPILE = (
    "uv pip compile pyproject.toml - -o requirements.lock --upgrade --quiet --no-config "
    "--extra lab --extra talk --extra fast --extra dev --universal "
    "--python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-emit-find-links --no-annotate --no-header"
)
HEADER = """\
# Exact versions and hashes of everything the course needs, for Python 3.11 to 3.13 on every system.
# Written by `make lock` from pyproject.toml. Install: python tools/install.py (into the environment of that Python).
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser(__doc__).parse_args(arguments)
    subprocess.run(COMPILE.split(), input=BUILD_TOOL, text=True, cwd=REPO, check=True)
    lock = REPO / "requirements.lock"
    lock.write_text(HEADER + lock.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
