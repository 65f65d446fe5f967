"""What tests and notebooks alike run with: real photos where there are any, and a data folder of their own."""

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from tools.project import REAL, REPO, before_tensorflow

pytest_plugins = ["tools.nbval.bands", "tools.nbval.threads"]

# Minutes of work in a file each. Begun first, they leave the other core the rest, instead of keeping it waiting.
LONGEST = ("test_bank.py", "test_phenomena.py", "test_notebooks.py")

# The learners' notebooks are the same but for the answers, and the talk computes what lessons do.
THOROUGH = (REPO / "notebooks" / "solutions", REPO / "slides" / "dist")

before_tensorflow()


def pytest_configure(config):
    """Let the tests draw into a folder of their own; with xdist, all workers into the same."""
    if "COURSE_DATA" not in os.environ:
        config.course_data = os.environ["COURSE_DATA"] = tempfile.mkdtemp(prefix="course-data-")


def pytest_unconfigure(config):
    if hasattr(config, "course_data"):
        shutil.rmtree(config.course_data, ignore_errors=True)
        os.environ.pop("COURSE_DATA", None)


@pytest.hookimpl(tryfirst=True)  # before pytest selects by marks
def pytest_collection_modifyitems(items):
    """Mark what is thorough, begin with what takes longest, and skip what needs real photos where there are none.

    A test is called the same in each process: else those that share the work stop before the first one.
    """
    process = os.getpid() if os.getpid() > 9999 else "(?!)"  # a small number may well be part of a name
    own = re.compile(rf" at 0x[0-9a-f]+|\b{process}\b")
    if odd := [item.nodeid for item in items if own.search(item.nodeid)]:
        raise pytest.UsageError(f"name the cases with `ids`: {odd[0]} has another name in each process")
    for item in items:
        if item.path.parent in THOROUGH or {"real", "browser"} & set(item.keywords):
            item.add_marker("thorough")
    items.sort(key=lambda item: item.path.name not in LONGEST)  # stable: the rest keeps its order
    if REAL.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no real photos: COURSE_REAL_DATA is unset and there is no {REAL}")
    for item in items:
        if "real" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with real photos and weights; for tests marked `real`."""
    if not REAL.is_dir():
        pytest.skip(f"no real photos in {REAL}")
    return REAL
