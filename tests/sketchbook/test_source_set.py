"""The source set: which classes it has, and pictures that stay the same and apart from those of other splits."""

import numpy as np
import pandas as pd

from course_utils.sketchbook import load_birds, load_pets, load_things, source_images, source_set

BIRDS = list(load_birds())[:3]


def test_a_picture_stays_the_same_however_many_are_drawn():
    images, _, _ = source_images(1, px=32, processes=1)
    more, _, _ = source_images(2, px=32, processes=1)
    assert (images == more[::2]).all()


def test_the_source_set_is_the_known_birds_breeds_and_things():
    images, labels, names = source_images(1, px=32, processes=1)
    assert images.shape == (len(names), 32, 32, 3) and images.dtype == np.uint8
    assert labels.dtype == np.int64 and list(labels) == list(range(len(names)))
    kinds = pd.Series([kind for kind, _ in source_set.source_classes()]).value_counts()
    assert kinds["birds"] >= 14 and kinds["pets"] >= 8 and len(names) >= 100
    for group in (load_birds(), load_pets(), load_things()):
        unknown = {name for name, record in group.items() if not record.known}
        assert unknown and not unknown & set(names) and group.keys() - unknown <= set(names)


def test_splits_of_the_source_set_share_no_picture(monkeypatch):
    monkeypatch.setattr(source_set, "source_classes", lambda: [("birds", BIRDS[0]), ("things", "forest")])
    train, _, _ = source_images(6, px=32, processes=1)
    test, _, _ = source_images(6, px=32, split="test", processes=1)
    both = {image.tobytes() for image in train} & {image.tobytes() for image in test}
    assert len(train) == 12 and not both


def test_the_source_set_is_the_same_for_any_number_of_processes(monkeypatch):
    monkeypatch.setattr(source_set, "source_classes", lambda: [("birds", name) for name in BIRDS])
    one, two = (source_images(2, px=32, processes=n)[0] for n in (1, 2))
    assert (one == two).all()
