"""Resolve anew, and write requirements.lock from pyproject.toml: `make lock`. Needs uv and the network."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
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


def main() -> None:
    subprocess.run(COMPILE.split(), input=BUILD_TOOL, text=True, cwd=ROOT, check=True)
    lock = ROOT / "requirements.lock"
    lock.write_text(HEADER + lock.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
