"""How nbval compares a notebook's outputs: a pytest plugin, loaded by the conftest.py at the top.

Every text and table must come out as it is stored, with five exceptions, each written down:

- the progress bar of an extraction, which shows only where that takes some seconds;
- what `tests/nbval_sanitize.cfg` replaces: seconds, paths, and the data of pictures (their alt text is compared);
- a cell marked `within=0.05` in its lesson: numbers may differ by that share of what is stored, and words not at all;
- a cell tagged "nbval-ignore-output": it must run, and what it prints is free;
- a cell tagged "predict" stores no output in the learner's notebook: the solved one stores and compares it.

A failure says what to do about it.
"""

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from tools.notebooks.outputs import is_predicted, snap_outputs, without_bars

CHANGED = """\
What this cell prints is not what the notebook holds.
  If {source} or its helpers were meant to change: make {made}, look at the new outputs, commit them.
  If the numbers differ from run to run: fix the seed, or write within=0.05 after `# %%` in {source}.
  If the prose never speaks of this output: tag the cell with tags=["nbval-ignore-output"]."""
FAILED = """\
A cell of {source} fails.
  If it uses an exercise's answer, it must run with the untouched stub (`...`), too.
  To see it yourself: open {notebook} with `make lab`, and run all cells."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let cells with a band compare within it, all cells without progress bars, and predicted ones with nothing."""
    for item in items:
        if isinstance(item, IPyNbCell) and is_predicted(item.cell) and not item.cell.outputs:
            item.compare_outputs = lambda test, ref, skip_compare=None: True
        elif isinstance(item, IPyNbCell):
            _compare_within(item, float(item.cell.metadata.get("within", 0)))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Add to a failed cell what to do about it."""
    outcome = yield
    report = outcome.get_result()
    if isinstance(item, IPyNbCell) and report.when == "call" and report.failed:
        assert isinstance(item.parent, IPyNbFile)
        advice = CHANGED if "outputs differ" in str(report.longrepr) else FAILED
        notebook = item.parent.path
        folder, made = ("slides", "slides") if notebook.parent.name == "dist" else ("lessons", "notebooks")
        said = advice.format(source=f"{folder}/{notebook.stem}.py", made=made, notebook=notebook.name)
        report.sections.append(("What to do", said))


def _compare_within(item: IPyNbCell, within: float) -> None:
    strict = item.compare_outputs

    def compare(test, ref, skip_compare=None):
        clean, wanted = (item.sanitize_outputs(without_bars(outputs)) for outputs in (test, ref))
        return strict(snap_outputs(clean, wanted, within), wanted, skip_compare)

    item.compare_outputs = compare
