"""What a backbone is asked about is what it was trained on, in its own words."""

import numpy as np
import pytest

from course_utils import sketchbook
from course_utils.backbones import class_names, load_classifier, source_pictures
from course_utils.environment.course import PROFILES, Course


def course(profile, tmp_path, photos=None):
    return Course(profile, 0, *PROFILES[profile], tmp_path, photos)


def test_each_source_class_is_drawn_anew_under_its_own_name(tmp_path):
    pictures, names = source_pictures(course("sketch", tmp_path), per_class=2)
    assert sorted(names) == sorted(2 * class_names("mini_mobilenet_v2"))
    assert pictures.shape == (len(names), 96, 96, 3) and pictures.dtype == np.uint8
    shown, _, _ = sketchbook.source_images(1, seed=0)
    assert not any((picture == pictures).all(axis=(1, 2, 3)).any() for picture in shown[:5])


def test_its_own_classifier_names_most_of_them(tmp_path):
    pictures, names = source_pictures(course("sketch", tmp_path), per_class=1)
    network = load_classifier("mini_mobilenet_v2")
    said = network.model.predict(pictures, verbose=0).argmax(axis=1)
    assert (np.array(network.class_names)[said] == names).mean() > 0.9


@pytest.mark.real
def test_photos_have_the_names_that_the_untouched_network_gives_them(tmp_path, real_data):
    pictures, names = source_pictures(course("photo", tmp_path, real_data), per_class=1)
    assert pictures.shape == (37, 224, 224, 3)
    assert set(names) <= set(class_names("efficientnet_lite0")) and len(set(names)) > 15
