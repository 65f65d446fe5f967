"""What a learner runs the course with: versions, hardware and place, as one small table."""

import os
import platform
import sys
from collections.abc import Container, Mapping
from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version


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


def installed(package: str) -> str:
    """Return a package's version, "not installed" where there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def cores() -> int:
    """Return the number of CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux: respects containers and taskset
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def place(environ: Mapping[str, str], modules: Container[str], shell: str) -> str:
    """Return where the code runs: Colab, Binder, VS Code, JupyterLab, another notebook, or a terminal.

    Parameters
    ----------
    environ, modules : as in `os.environ` and `sys.modules`.
    shell : class name of the running IPython shell, "" where there is none.
    """
    if "google.colab" in modules or "COLAB_RELEASE_TAG" in environ:
        return "Google Colab"
    if "BINDER_SERVICE_HOST" in environ or "BINDER_LAUNCH_HOST" in environ:
        return "Binder"
    if shell != "ZMQInteractiveShell":
        return "terminal"
    if "VSCODE_PID" in environ:
        return "VS Code"
    return "JupyterLab" if "JPY_SESSION_NAME" in environ else "Jupyter kernel"
