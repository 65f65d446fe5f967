"""Drawing in several processes: what happens where the system has none to give, and where it kills one."""

import signal

import pytest

from course_utils.sketchbook import parallel
from course_utils.sketchbook.parallel import in_parallel


@pytest.mark.parametrize(
    "refusal",
    [
        FileNotFoundError(2, "No such file or directory"),  # no /dev/shm
        PermissionError(13, "Permission denied"),  # one that is read-only
        NotImplementedError("This platform lacks a functioning sem_open implementation"),
        BlockingIOError(11, "Resource temporarily unavailable"),  # no more processes
        OSError(24, "Too many open files"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("step", ["made", "begun"])
def test_where_the_system_starts_no_processes_one_does_the_work_and_says_so(
    monkeypatch, capsys, refusal, step
):
    class Pool(parallel.ProcessPoolExecutor):
        def __init__(self, *arguments, **options):
            if step == "made":
                raise refusal
            super().__init__(*arguments, **options)

        def map(self, *arguments):
            raise refusal

    monkeypatch.setattr(parallel, "ProcessPoolExecutor", Pool)
    assert list(in_parallel(abs, [-1, -2, 3], 2)) == [1, 2, 3]
    said = capsys.readouterr().out
    assert said.startswith("Drawing in one process") and str(refusal) in said


def test_a_worker_that_is_killed_is_said_to_be_killed():
    with pytest.raises(RuntimeError, match="was killed .signal 9.*memory is short.*processes=1") as error:
        list(in_parallel(signal.raise_signal, [signal.SIGKILL] * 4, 2))
    assert "__main__" not in str(error.value)


def test_an_error_of_the_work_is_its_own_and_an_odd_number_of_processes_is_refused(capsys):
    with pytest.raises(FileNotFoundError):
        list(in_parallel(open, ["/nowhere/a", "/nowhere/b"], 2))
    assert capsys.readouterr().out == ""
    with pytest.raises(ValueError, match="`processes` must be a whole number of at least 1. Received"):
        list(in_parallel(abs, [1, 2], 1.5))
