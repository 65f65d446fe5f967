"""What a learner runs the course with: versions, hardware and place, as one small table."""

import os
import platform
import sys
from dataclasses import dataclass
from html import escape

from course_utils.machine import cores, installed, place


@dataclass(frozen=True)
class EnvironmentReport:
    """Rows of (what, value); shown as a table in a notebook and as lines in a terminal."""

    rows: tuple[tuple[str, str], ...]

    def __getitem__(self, what: str) -> str:
        return dict(self.rows)[what]

    def __repr__(self) -> str:
        width = max(len(what) for what, _ in self.rows)
        return "\n".join(f"{what:<{width}}  {value}" for what, value in self.rows)

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(what)}</th>'
            f'<td style="text-align:left">{escape(value)}</td></tr>'
            for what, value in self.rows
        )
        return f"<table>{cells}</table>"


def collect(gpus: list[str], profile: str) -> EnvironmentReport:
    """Return the report of this process, given the names of its GPUs and a text about the profile."""
    shell = type(sys.modules["IPython"].get_ipython()).__name__ if "IPython" in sys.modules else ""
    return EnvironmentReport(
        (
            ("Profile", profile),
            ("Python", platform.python_version()),
            ("TensorFlow", installed("tensorflow")),
            ("Keras", installed("keras")),
            ("ipywidgets", installed("ipywidgets")),
            ("GPU", ", ".join(gpus) or "none: everything runs on the CPU"),
            ("CPU cores", str(cores())),
            ("Where", place(os.environ, sys.modules, shell)),
        )
    )
