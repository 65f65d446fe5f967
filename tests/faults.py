"""Faults that tests inject: calls that fail, a disk that takes no more."""

import resource
from contextlib import contextmanager

import pytest


def raising(error):
    """Return a function that takes anything and raises an error."""

    def fails(*arguments, **options):
        raise error

    return fails


@contextmanager
def no_file_above(size):
    """Let the system refuse to write files of more than so many bytes, as a full disk does.

    Python would cut the byte code of what it imports meanwhile, and stumble over it ever after.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # for processes that are begun
        patch.setattr("sys.dont_write_bytecode", True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
