"""Importing is quick: no room brings what it does not need, nor changes a setting."""

import subprocess
import sys

import pytest

QUICK = [
    ("import course_utils.datasets", "tensorflow"),
    ("import course_utils.environment", "tensorflow"),
    ("import course_utils.sketchbook", "matplotlib"),
    ("from course_utils.sketchbook import measure_birds; measure_birds(per_species=1)", "tensorflow"),
    ("import course_utils.plots", "tensorflow keras course_utils.sketchbook"),
]


@pytest.mark.parametrize(("code", "heavy"), QUICK)
def test_what_is_not_needed_is_not_imported(code, heavy):
    """A process of its own, as this one has everything already."""
    check = f"import sys; {code}; print([name for name in {heavy.split()} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", check], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_importing_plots_changes_no_setting():
    code = "import matplotlib; before = dict(matplotlib.rcParams); import course_utils.plots\n"
    subprocess.run([sys.executable, "-c", f"{code}assert dict(matplotlib.rcParams) == before"], check=True)
