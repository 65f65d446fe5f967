"""Where a notebook's threads are when a cell's time is up: a pytest plugin, loaded by the conftest.py at the top.

nbval interrupts such a cell, which shows at most where the main thread is. Where that waits for another thread or for
native code, or the kernel never got the cell, nothing is shown. So the kernel is first asked where all its threads are.
"""

import os
import signal
import tempfile
import time
from contextlib import suppress

import nbval.plugin
import pytest
from nbval.kernel import RunningKernel

# Not on Windows.
ASK = getattr(signal, "SIGUSR1", None)
SECONDS_TO_ANSWER = 1.0
# The handler needs no main thread, so it answers also where that is stuck. No name is left to the cells of the lesson.
LISTEN = "__import__('faulthandler').register({ask:d}, file=open({file!r}, 'w'))"


class AskedKernel(RunningKernel):
    """A kernel that is asked where its threads are before it is interrupted; `threads` is the answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.threads = ""
        self._file = tempfile.NamedTemporaryFile("r", prefix="threads-")
        listen = LISTEN.format(ask=ASK, file=self._file.name)
        self.await_reply(self.kc.execute(listen, silent=True), timeout=60)

    def interrupt(self) -> None:
        with suppress(ProcessLookupError):  # it has died
            os.kill(self.km.provisioner.pid, ASK)  # `km.signal_kernel` would end its child processes
        time.sleep(SECONDS_TO_ANSWER)
        self.threads = self._file.read()
        super().interrupt()


def pytest_configure() -> None:
    """Let nbval start kernels that can be asked."""
    if ASK is not None:
        nbval.plugin.RunningKernel = AskedKernel


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Add the answer to the report of the cell whose time was up."""
    outcome = yield
    report = outcome.get_result()
    if not isinstance(item, nbval.plugin.IPyNbCell) or "Timeout of" not in str(report.longrepr):
        return
    kernel = item.parent.kernel
    if isinstance(kernel, AskedKernel):
        report.sections.append(("Where the kernel's threads were", kernel.threads or "it did not answer"))
