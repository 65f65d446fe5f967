"""Write requirements.lock and environment.yml from pyproject.toml: `make lock`. Needs uv and the network.

Both files name one exact version of everything. The lock also has the hashes. environment.yml cannot: conda
hands its pip section to pip in one go, and pip checks no hashes in a run that installs a folder (`-e .`) too.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = "3.11"  # what environment.yml asks conda for
BUILD_TOOL = "hatchling"  # `pip install --no-build-isolation -e .` needs it
# Every extra but `scale`: Apache Beam needs older versions of what the others need.
# No address of any kind may get into the lock: people install from different mirrors.
COMPILE = (
    "uv pip compile pyproject.toml - -o requirements.lock --upgrade --quiet --no-config "
    "--extra lab --extra talk --extra fast --extra bench --extra dev --extra tfds-birds --universal "
    "--python-version 3.10 --generate-hashes "
    "--no-emit-index-url --no-emit-find-links --no-annotate --no-header"
)
HEADER = """\
# Exact versions and hashes of everything the course needs, for Python 3.10 to 3.13 on every system.
# Written by `make lock` from pyproject.toml. Install: pip install --require-hashes -r requirements.lock
"""
ENVIRONMENT = """\
# The same set as requirements.lock, for conda. Written by `make lock`; tools/lock.py says why without hashes.
#   conda env create -f environment.yml && conda activate transfer-learning-birds && jupyter lab notebooks
name: transfer-learning-birds
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
      - -e .
{pins}
"""


def pins(lock: str) -> list[str]:
    """Return the `name==version ; marker` of every package in the text of a lock file."""
    found = re.findall(r"^([A-Za-z0-9][^\\\n]*==[^\\\n]*)", lock, flags=re.MULTILINE)
    return [pin.strip() for pin in found]


def environment_yml(lock: str) -> str:
    """Return the text of environment.yml that pins what `lock` pins."""
    return ENVIRONMENT.format(python=PYTHON, pins="\n".join(f'      - "{pin}"' for pin in pins(lock)))


def main() -> None:
    """Resolve anew and write both files."""
    subprocess.run(COMPILE.split(), input=BUILD_TOOL, text=True, cwd=ROOT, check=True)
    lock_file = ROOT / "requirements.lock"
    lock = HEADER + lock_file.read_text(encoding="utf-8")
    lock_file.write_text(lock, encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment_yml(lock), encoding="utf-8")


if __name__ == "__main__":
    main()
