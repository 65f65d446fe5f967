"""The camera: boxes true to the pixel, foliage that hides what it says, four cameras that differ."""

import random

import numpy as np
import pytest
from PIL import Image

from course_utils.sketchbook import bird_picture, load_birds, picture
from course_utils.sketchbook.stage.camera import CAMERAS, bounding_box, take_photo
from course_utils.sketchbook.stage.canvas import Subject, Transform, View, ellipse
from course_utils.sketchbook.stage.foliage import COVERS
from course_utils.sketchbook.stage.perches import GROUNDS, PERCHES

PX = 96


def ball(x=0.5, y=0.5, scale=0.3, px=PX) -> Subject:
    view = View(px, Transform.place(x, y, scale))
    pen = view.pen((200, 40, 40))
    pen.shape(ellipse(0, 0, 1, 1), (200, 40, 40))
    return Subject([pen.layer], {"feet": pen.locate(0, 1)})


def snap(subject=None, seed=0, background=150, **choices):
    field = np.full((PX, PX, 3), background, np.uint8)
    return take_photo(subject or ball(), field, random.Random(seed), **choices)


def slow_box(mask):
    """Find the box by asking every pixel."""
    inside = [(x, y) for y in range(len(mask)) for x in range(len(mask)) if mask[y, x] >= 128]
    if not inside:
        return None
    xs, ys = zip(*inside, strict=True)
    return min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1


@pytest.mark.parametrize("seed", range(4))
def test_the_box_of_a_bird_is_true_to_the_pixel(seed):
    for name in list(load_birds())[seed::8]:
        photo = bird_picture(name, seed=seed, px=64)
        assert photo.box == slow_box(photo.mask)


def test_the_box_of_a_disc_is_where_geometry_puts_it():
    photo = snap(ball(0.4, 0.6, 0.25))
    expected = (0.15 * PX, 0.35 * PX, 0.5 * PX, 0.5 * PX)
    assert np.allclose(photo.box, expected, atol=1.0)


def test_a_box_ends_at_the_frame():
    x, y, width, height = snap(ball(0.0, 0.95, 0.3)).box
    assert x == 0 and y + height == PX


def test_no_subject_no_box():
    photo = snap(Subject([]))
    assert photo.box is None and photo.mask.max() == 0
    assert bounding_box(np.full((8, 8), 127, np.uint8)) is None


def test_the_mask_is_where_the_subject_is_seen():
    # Away from the edge, the picture differs from an empty scene inside the mask, and only there.
    photo, empty = snap(), snap(Subject([]))
    different = abs(photo.image.astype(int) - empty.image).max(axis=2) > 40
    assert different[photo.mask == 255].mean() > 0.95
    assert different[photo.mask == 0].mean() < 0.05


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize("share", [0.15, 0.4, 0.7])
def test_foliage_hides_about_what_was_asked_for(cover, share):
    hidden = [snap(seed=seed, occlusion=share, cover=cover).truth["occluded"] for seed in range(6)]
    assert abs(np.mean(hidden) - share) < 0.08
    assert max(abs(h - share) for h in hidden) < 0.2


def test_the_measured_occlusion_is_what_the_picture_shows():
    photo, free = snap(seed=3, occlusion=0.5), snap(seed=3)
    assert (photo.mask == free.mask).all() and photo.box == free.box and free.truth["occluded"] == 0
    red = (photo.image[..., 0].astype(int) - photo.image[..., 1] > 60)[photo.mask == 255].mean()
    assert abs((1 - red) - photo.truth["occluded"]) < 0.12


@pytest.mark.parametrize("perch", [*PERCHES, *GROUNDS])
def test_a_perch_is_under_the_feet_and_not_part_of_the_subject(perch):
    with_perch, without = snap(ball(y=0.4), perch=perch), snap(ball(y=0.4))
    assert (with_perch.mask == without.mask).all()
    different = abs(with_perch.image.astype(int) - without.image).max(axis=2) > 25
    feet = round((0.4 + 0.3) * PX)
    assert different[feet - 3 : feet + 8, PX // 2 - 12 : PX // 2 + 12].any()


def test_cameras_differ_as_their_names_say():
    photos = {name: [snap(seed=seed, camera=name).image for seed in range(8)] for name in CAMERAS}
    light = {name: np.mean(images) for name, images in photos.items()}
    assert light["dusk"] < 0.75 * light["day"]
    contrast = {name: np.mean([image.std() for image in images]) for name, images in photos.items()}
    assert contrast["rain"] < contrast["day"]
    edge = {name: np.mean([_sharpness(image) for image in images]) for name, images in photos.items()}
    assert edge["blur"] < 0.8 * edge["day"]
    blue = {
        name: np.mean([image[..., 2].mean() / image[..., 0].mean() for image in images])
        for name, images in photos.items()
    }
    assert blue["dusk"] > 1.2 * blue["day"]


def _sharpness(image):
    grey = np.asarray(Image.fromarray(image).convert("L"), float)
    return np.percentile(abs(np.diff(grey, axis=1)), 99)


def test_another_camera_keeps_bird_pose_and_place():
    name = next(iter(load_birds()))
    day, dusk = (bird_picture(name, 1, 2, camera=camera) for camera in ("day", "dusk"))
    assert (day.mask == dusk.mask).all() and (day.image != dusk.image).any()
    snow = bird_picture(name, 1, 2, habitat="snow")
    assert (day.mask == snow.mask).all() and snow.truth["habitat"] == "snow"


BIRD = next(iter(load_birds()))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: snap(camera="nikon"), "`camera` must be one of"),
        (lambda: snap(camera=["day"]), r"`camera` must be one of .* Received: \['day'\]"),
        (lambda: snap(occlusion="a lot"), "`occlusion` must be a fraction .* Received: 'a lot'"),
        (lambda: snap(occlusion=1.5), "`occlusion` must be a fraction .* Received: 1.5"),
        (lambda: snap(occlusion=0.3, cover="fog"), "`cover` must be one of"),
        (lambda: snap(perch="brunch"), "Did you mean 'branch'"),
        (lambda: picture("birds", "no such bird"), "`species` must be one of"),
        (
            lambda: picture("birds", ["Orchard Seedkin"]),
            "`species` must be .* Did you mean 'Orchard Seedkin'",
        ),
        (lambda: picture("pets", "no such pet"), "`breed` must be one of"),
        (lambda: picture("things", "sailbot"), "Received: 'sailbot'. Did you mean 'sailboat'"),
        (lambda: picture("fish", "trout"), "`kind` must be one of"),
        (
            lambda: picture(["birds"], BIRD),
            r"`kind` must be one of .* Received: \['birds'\]. Did you mean 'birds'",
        ),
        (
            lambda: picture("birds", BIRD, px=16),
            "`px` must be a whole number of at least 32: smaller birds are blots",
        ),
    ],
)
def test_wrong_choices_and_subjects_are_named(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
