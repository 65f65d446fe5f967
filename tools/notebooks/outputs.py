"""What a cell has shown, as it is stored and as it is compared: bars, addresses and numbers that may vary."""

import copy
import math
import re

import nbformat

from course_utils.notebook import WIDGET

# Marks a cell whose output is to be guessed first. The learner's notebook stores none, as JupyterLab shows the first
# line of an output even where it is folded. In the solved notebook the cell has no such mark: its output is compared.
PREDICT = "predict"

BAR = re.compile(r"\s*$|pictures: +\d+%\|")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")

_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Take out of executed cells what is true of one machine and one run only, and what is to be predicted."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if is_predicted(cell):
            cell.outputs, cell.execution_count = [], None
        if cell.cell_type == "code":
            cell.outputs = without_bars(cell.outputs)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _ADDRESS.sub("", output["text"])
            data = output.get("data", {})
            data.pop(WIDGET, None)  # a widget without its kernel is an error message; its HTML stays
            for kind in set(data) & {"text/plain", "text/html"}:
                data[kind] = _ADDRESS.sub("", data[kind])


def is_predicted(cell: nbformat.NotebookNode) -> bool:
    """True for a cell whose output learners are to guess before they see it."""
    return PREDICT in cell.metadata.get("tags", [])


def without_bars(outputs: list) -> list:
    """Return outputs without progress bars, and without what is left of them when they are done: an empty text."""
    return [output for output in outputs if not _is_bar(output)]


def snap(text: str, stored: str, within: float) -> str:
    """Return `text` with each number that is near enough replaced by the stored one, in order.

    Texts with other words or another count of numbers come back unchanged, and so fail to compare.
    """
    numbers = NUMBER.findall(stored)
    if NUMBER.sub("#", text) != NUMBER.sub("#", stored):
        return text
    known = iter(numbers)

    def nearest(found: re.Match) -> str:
        wanted = next(known)
        return wanted if _near(_value(found[0]), _value(wanted), within) else found[0]

    return NUMBER.sub(nearest, text)


def snap_outputs(outputs: list, stored: list, within: float) -> list:
    """Return outputs whose numbers are snapped to those of the stored outputs at the same place."""
    outputs = copy.deepcopy(outputs)
    for output, old in zip(outputs, stored, strict=False):
        if "text" in output and "text" in old:
            output["text"] = snap(output["text"], old["text"], within)
        for kind in set(output.get("data", {})) & set(old.get("data", {})):
            if isinstance(output["data"][kind], str):
                output["data"][kind] = snap(output["data"][kind], old["data"][kind], within)
    return outputs


def _is_bar(output: dict) -> bool:
    data = output.get("data", {})
    return (
        set(data) == {"text/plain"}
        and output["output_type"] == "display_data"
        and bool(BAR.match(data["text/plain"]))
    )


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _near(value: float, wanted: float, within: float) -> bool:
    return math.isclose(value, wanted, rel_tol=0, abs_tol=within * abs(wanted))
