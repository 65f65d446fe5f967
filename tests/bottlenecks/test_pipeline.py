"""The pipeline keeps the order, lists what it cannot read, stays within bounds, and stops when told."""

import subprocess
import sys
import threading

import IPython.display
import numpy as np
import pytest
from faults import raising
from PIL import Image

from course_utils.bottlenecks import pipeline
from course_utils.bottlenecks.keys import identify
from course_utils.bottlenecks.pipeline import READERS, run
from course_utils.engines.choice import Engine
from course_utils.pictures import read_picture

SIZE = 8


def mean_colour(pixels):
    return pixels.mean(axis=(1, 2), dtype=np.float32)


def make_engine(forward=mean_colour, streams=2):
    return Engine("test", "a test", 3, streams, forward)


@pytest.fixture
def pictures(tmp_path):
    rng, paths = np.random.default_rng(0), []
    for i in range(40):
        paths.append(tmp_path / f"{i:02d}.png")
        Image.fromarray(rng.integers(0, 256, (12, 10, 3), dtype=np.uint8)).save(paths[-1])
    return [identify(str(path), None) for path in paths]


def workers():
    return [thread for thread in threading.enumerate() if thread.name.startswith("pictures")]


@pytest.mark.parametrize("batch_size", [1, 7, 40, 100])
def test_vectors_belong_to_their_pictures_in_order_and_short_jobs_print_nothing(pictures, batch_size, capsys):
    done = list(run(make_engine(), pictures, SIZE, batch_size=batch_size))
    assert capsys.readouterr() == ("", "")
    assert [picture for batch in done for picture in batch.pictures] == pictures
    by_hand = mean_colour(np.stack([read_picture(picture.path, SIZE) for picture in pictures]))
    np.testing.assert_allclose(np.concatenate([batch.vectors for batch in done]), by_hand, rtol=1e-6)
    assert not workers()


def test_a_slow_batch_is_waited_for(pictures):
    first = mean_colour(read_picture(pictures[0].path, SIZE)[None])
    second_is_done = threading.Event()

    def forward(pixels):
        vectors = mean_colour(pixels)
        if (vectors == first).all():
            assert second_is_done.wait(60)
        else:
            second_is_done.set()
        return vectors

    done = run(make_engine(forward), pictures[:2], SIZE, batch_size=1)
    assert [batch.pictures for batch in done] == [pictures[:1], pictures[1:2]]


def test_no_more_calls_at_once_than_the_engine_has_streams(pictures):
    inside, two_at_once = [], threading.Event()

    def forward(pixels):
        inside.append(1)
        if len(inside) > 1:
            two_at_once.set()
        two_at_once.wait(0.02)  # for another, which must not come
        inside.pop()
        return mean_colour(pixels)

    assert len(list(run(make_engine(forward, streams=1), pictures[:20], SIZE, batch_size=1))) == 20
    assert not two_at_once.is_set()


def test_unreadable_pictures_are_listed_with_the_reason(pictures):
    with open(pictures[3].path, "wb") as file:
        file.write(b"no picture")
    for i in range(10, 20):
        with open(pictures[i].path, "r+b") as file:
            file.truncate(60)
    done = list(run(make_engine(), pictures, SIZE, batch_size=10))
    assert [len(batch.pictures) for batch in done] == [9, 0, 10, 10]
    assert done[1].vectors.shape == (0, 3)
    unreadable = [(picture, reason) for batch in done for picture, reason in batch.unreadable]
    assert [picture for picture, _ in unreadable] == [pictures[3], *pictures[10:20]]
    assert all(len(reason) > 3 for _, reason in unreadable)


def test_closed_early_it_stops_and_was_never_far_ahead(pictures):
    count = []

    def forward(pixels):
        count.append(1)
        return mean_colour(pixels)

    batches = run(make_engine(forward), pictures, SIZE, batch_size=1)
    next(batches)
    batches.close()
    assert len(count) <= 2 * (2 + READERS) < len(pictures)
    assert not workers()


def test_nothing_to_do_is_done_and_an_odd_batch_size_refused_at_once(pictures):
    assert list(run(make_engine(), [], SIZE)) == []
    with pytest.raises(ValueError, match="`batch_size` must be a whole number"):
        run(make_engine(), pictures, SIZE, batch_size=2.5)


def test_an_error_of_the_engine_reaches_the_caller(pictures):
    with pytest.raises(MemoryError, match="no room"):
        list(run(make_engine(raising(MemoryError("no room"))), pictures, SIZE, batch_size=4))
    assert not workers()


@pytest.mark.parametrize("progress", [True, False])
def test_the_bar_in_a_notebook_shows_the_rate_and_leaves_nothing(pictures, monkeypatch, capsys, progress):
    shown = []

    class Handle:
        def update(self, data, raw):
            shown.append(data["text/plain"])

    def display(data, raw, display_id):
        shown.append(data["text/plain"])
        return Handle()

    monkeypatch.setattr(IPython.display, "display", display)
    monkeypatch.setattr(pipeline, "_where", lambda: {"file": pipeline._Cell(), "ncols": 80, "mininterval": 0})
    monkeypatch.setattr(pipeline, "BAR_AFTER", 1e-9)
    list(run(make_engine(), pictures, SIZE, batch_size=4, progress=progress))
    assert any("/40" in line and "/s" in line for line in shown) == progress
    assert not shown or shown[-1] == ""
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(pipeline, "PATIENCE_SECONDS", 2.0)
    monkeypatch.setattr(pipeline, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(pipeline, "_END_SECONDS", 0.1)


@pytest.fixture
def never():
    """What a stuck thread waits for; set at the end, so that no test leaves one behind."""
    event = threading.Event()
    yield event
    event.set()
    for thread in workers():
        thread.join()


def test_a_stuck_engine_is_named_and_what_came_before_it_is_kept(pictures, impatient, never):
    third = mean_colour(read_picture(pictures[2].path, SIZE)[None])

    def forward(pixels):
        vectors = mean_colour(pixels)
        if (vectors == third).all():
            never.wait()
        return vectors

    done = []
    with pytest.raises(RuntimeError, match="(?s)stands still.*in the engine 'test'.*engine='keras'"):
        for batch in run(make_engine(forward), pictures, SIZE, batch_size=1):
            done += batch.pictures
    assert done == pictures[:2]


def test_a_picture_that_is_read_for_ever_is_named(pictures, impatient, never):
    class Endless:
        path = "far/away.jpg"

        def read(self, size):
            never.wait()

    with pytest.raises(RuntimeError, match="(?s)stands still.*reading far/away.jpg"):
        list(run(make_engine(), [*pictures[:3], Endless()], SIZE, batch_size=1))


def test_the_process_ends_in_spite_of_a_stuck_thread(pictures):
    program = """if True:
        import sys, threading
        from course_utils.bottlenecks import pipeline
        from course_utils.engines.choice import Engine
        from course_utils.bottlenecks.keys import identify

        pipeline.PATIENCE_SECONDS, pipeline._END_SECONDS = 0.5, 0.1
        engine = Engine("test", "", 3, 2, lambda pixels: threading.Event().wait())
        list(pipeline.run(engine, [identify(sys.argv[1])], 8))
    """
    done = subprocess.run(
        [sys.executable, "-c", program, pictures[0].path], capture_output=True, text=True, timeout=120
    )
    assert "RuntimeError: The extraction stands still" in done.stderr
