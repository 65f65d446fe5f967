"""The machine that the course runs on: versions, cores, and where it is."""

import os
from collections.abc import Container, Mapping
from importlib.metadata import PackageNotFoundError, version


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
