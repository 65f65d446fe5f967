"""Changes of training pictures: at work in training alone, each picture its own, the same again for the same seed."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from course_utils import augmentation

SIZE = 24
ALL = [*augmentation.EXAMPLES.items()]
NAMES = [name for name, _ in ALL]


def pictures(n=1):
    """Return smooth colourful pictures, `n` times the same: float32 (n, side, side, 3)."""
    x, y = np.meshgrid(np.linspace(40, 200, SIZE), np.linspace(60, 180, SIZE))
    return np.repeat(np.stack([x, y, 220 - x], axis=-1)[None], n, axis=0).astype("float32")


def test_there_is_an_example_of_every_change():
    assert set(augmentation.EXAMPLES) == set(augmentation.CHANGES)


@pytest.mark.parametrize(("change", "amount"), ALL, ids=NAMES)
def test_a_change_is_at_work_in_training_and_lets_pictures_through_to_the_last_bit_elsewhere(change, amount):
    recipe = augmentation.recipe(seed=1, **{change: amount})
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), recipe])
    same = pictures(16)
    assert np.array_equal(model.predict(same, verbose=0), same)
    changed = np.asarray(model(same, training=True))
    assert changed.shape == same.shape and changed.min() >= 0 and changed.max() <= 255
    assert len({picture.tobytes() for picture in changed}) > 1  # each draws its own
    assert np.abs(changed - same).max() > 1


@pytest.mark.parametrize("name", [*augmentation.RECIPES, *NAMES])
def test_what_is_saved_is_loaded_and_still_works_in_training_alone(name, tmp_path):
    chosen = [name] if name in augmentation.RECIPES else []
    changes = {} if chosen else {name: augmentation.EXAMPLES[name]}
    # seeded: a blur that happens to be drawn very small leaves such smooth pictures as they are
    recipe = augmentation.recipe(*chosen, seed=1, **changes)
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), recipe])
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    same = pictures(16)
    assert np.array_equal(loaded.predict(same, verbose=0), same)
    assert np.abs(np.asarray(loaded(same, training=True)) - same).max() > 1


def test_the_same_seed_gives_the_same_views_and_another_one_others():
    def drawn(seed):
        return augmentation.views(augmentation.recipe("gentle", seed=seed), pictures(3), 2)

    assert drawn(1).shape == (2, 3, SIZE, SIZE, 3)
    assert np.array_equal(drawn(1), drawn(1)) and not np.array_equal(drawn(1), drawn(2))
    assert not np.array_equal(*drawn(1))


def test_changes_of_one_recipe_draw_numbers_of_their_own():
    recipe = augmentation.recipe(brightness=0.3, hue=0.0, seed=5)
    twin = augmentation.recipe(hue=0.0, brightness=0.3, seed=5)
    first, second = (augmentation.views(one, pictures(4), 1) for one in (recipe, twin))
    assert np.abs(first - second).max() > 2  # a hue that is turned by nothing moves the last digits


def test_in_a_pipeline_each_epoch_gets_pictures_of_its_own():
    recipe = augmentation.recipe(shift=0.3, seed=0)
    dataset = tf.data.Dataset.from_tensor_slices(pictures(4)).batch(2)
    changed = dataset.map(lambda batch: recipe(batch, training=True))
    first, second = (np.concatenate(list(changed.as_numpy_iterator())) for _ in range(2))
    assert not np.array_equal(first, second)


def test_whole_numbers_are_as_good_as_decimals():
    for recipe in augmentation.RECIPES:
        changed = augmentation.views(augmentation.recipe(recipe), pictures(2).astype("uint8"), 1)
        assert changed.dtype == "float32"


def test_a_crop_is_a_part_of_the_picture_and_nothing_beside_it():
    ramp = pictures(32)
    views = augmentation.views(augmentation.recipe(crop=0.5, seed=0), ramp, 1)[0]
    # what is mirrored at an edge would fall again
    assert (np.diff(views[..., 0], axis=2) > -0.5).all()
    assert np.ptp(views[:, 0, 0, 0]) > 20  # from all over the picture
    widths = views[:, 0, -1, 0] - views[:, 0, 0, 0]
    assert np.allclose(widths, 80, atol=10)


def test_saturation_goes_down_to_grey_by_its_amount_and_never_up():
    views = augmentation.views(augmentation.recipe(saturation=0.6, seed=0), pictures(64), 1)[0]
    colourful = np.ptp(views, axis=-1).mean(axis=(1, 2)) / np.ptp(pictures(), axis=-1).mean()
    assert 0.2 < colourful.min() < 0.5 and 0.9 < colourful.max() < 1.01


def test_a_recipe_may_be_changed_and_extended():
    names = [layer.name for layer in augmentation.recipe("gentle", hue=1.0).layers]
    assert [name.rsplit("_", 1)[0] if name[-1].isdigit() else name for name in names][-1] == "random_hue"
    still = augmentation.recipe(brightness=0.0)
    assert np.array_equal(augmentation.views(still, pictures(), 1)[0], pictures())


def test_a_gallery_has_a_row_for_each_change():
    rows = augmentation.gallery(pictures()[0], n=3)
    assert list(rows)[:2] == ["flip horizontal", "rotate 0.1"]
    assert all(row.shape == (3, SIZE, SIZE, 3) for row in rows.values())


@pytest.mark.parametrize(
    ("name", "changes", "reason"),
    [
        ("gentel", {}, "Did you mean 'gentle'"),
        (None, {"rotat": 0.1}, "Did you mean 'rotate'"),
        (None, {"flip": "sideways"}, "`flip` must be one of horizontal"),
        (None, {"rotate": 90}, "`rotate` must be a number from 0 to 0.5. Received: 90"),
        (None, {}, "`name` must be one of gentle"),
    ],
)
def test_what_there_is_not_is_named(name, changes, reason):
    with pytest.raises(ValueError, match=reason):
        augmentation.recipe(name, **changes)


def test_a_single_picture_is_no_set_of_them():
    with pytest.raises(ValueError, match="`pictures` must be an array of shape"):
        augmentation.views(augmentation.recipe("gentle"), pictures()[0], 1)
