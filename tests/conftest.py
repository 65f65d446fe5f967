"""A tiny backbone, a tiny data set, an empty store: what the tests of the store share."""

import os

import pytest


@pytest.fixture(autouse=True)
def the_same_folder():
    """No test leaves those after it in another folder."""
    before = os.getcwd()
    yield
    assert os.getcwd() == before, "the test has changed the working folder. What to do: monkeypatch.chdir"


@pytest.fixture
def backbone():
    """A backbone small enough to check by hand."""
    from tiny import make_backbone

    return make_backbone()


@pytest.fixture
def dataset(tmp_path):
    """Twelve pictures with boxes, in two classes and two splits."""
    from tiny import make_dataset

    return make_dataset(tmp_path / "pictures")


@pytest.fixture
def cache(tmp_path):
    """An empty store."""
    from course_utils.bottlenecks import BottleneckCache

    return BottleneckCache(tmp_path / "cache")


@pytest.fixture
def counted(monkeypatch):
    """The number of pictures that have gone through a backbone."""
    from course_utils.bottlenecks import filling

    count, run = [0], filling.run

    def counting(*arguments, **options):
        for done in run(*arguments, **options):
            count[0] += len(done.pictures)
            yield done

    monkeypatch.setattr(filling, "run", counting)
    return count
