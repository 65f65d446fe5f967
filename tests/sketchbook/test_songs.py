"""Birdsong as pictures: the same recordings for the same seed, and species that can be told apart."""

import numpy as np
import pytest

from course_utils.sketchbook.songs import phrase, song_pictures


def test_the_same_seed_gives_the_same_recordings_however_many_singers_there_are():
    pictures, labels = song_pictures(3, 4, seed=1, px=48)
    more, _ = song_pictures(5, 4, seed=1, px=48)
    assert pictures.shape == (12, 48, 48, 3) and pictures.dtype == np.uint8
    assert labels.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert np.array_equal(pictures, more[:12])


def test_another_seed_gives_other_recordings_of_the_same_singers():
    one, other = (song_pictures(2, 2, seed=seed, px=48)[0] for seed in (0, 1))
    assert (one != other).any(axis=(1, 2, 3)).all()
    assert phrase(1) == phrase(1) != phrase(2)


def test_recordings_of_one_singer_are_more_alike_than_of_two():
    pictures, labels = song_pictures(6, 12, px=32)
    # where in pitch it is loud, whenever that is: a song may begin later
    heard = pictures.astype(float).max(axis=2).sum(axis=2)
    alike = np.corrcoef(heard - heard.mean(axis=0))
    same = labels[:, None] == labels
    off_diagonal = ~np.eye(len(labels), dtype=bool)
    assert alike[same & off_diagonal].mean() > alike[~same].mean() + 0.1


@pytest.mark.parametrize("wrong", [(0, 1), (1, 0), (1.5, 1)])
def test_numbers_of_singers_and_recordings_are_whole_and_above_zero(wrong):
    with pytest.raises(ValueError, match="Received"):
        song_pictures(*wrong)
