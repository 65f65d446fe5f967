import os

import pytest

from course_utils.environment.report import EnvironmentReport, cores, installed, place


@pytest.mark.parametrize(
    ("environ", "modules", "shell", "expected"),
    [
        ({}, {"google.colab"}, "Shell", "Google Colab"),
        ({"COLAB_RELEASE_TAG": "x"}, (), "", "Google Colab"),
        ({"BINDER_SERVICE_HOST": "x", "JPY_SESSION_NAME": "x"}, (), "ZMQInteractiveShell", "Binder"),
        ({"JPY_SESSION_NAME": "x"}, (), "ZMQInteractiveShell", "JupyterLab"),
        ({"VSCODE_PID": "1"}, (), "ZMQInteractiveShell", "VS Code"),
        ({}, (), "ZMQInteractiveShell", "Jupyter kernel"),
        ({"VSCODE_PID": "1"}, (), "", "terminal"),
        ({}, (), "TerminalInteractiveShell", "terminal"),
    ],
)
def test_place(environ, modules, shell, expected):
    assert place(environ, modules, shell) == expected


def test_a_missing_package_is_named_as_missing():
    assert installed("no-such-package-as-this") == "not installed"
    assert installed("numpy")[0].isdigit()


def test_values_are_escaped_in_html():
    assert "&lt;b&gt;" in EnvironmentReport((("GPU", "<b>"),))._repr_html_()


def test_cores_are_those_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 2, 5}, raising=False)
    assert cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")  # not on every system
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
