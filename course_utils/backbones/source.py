"""Pictures of what a backbone was trained on: what does it still know of that, when it has learnt something else?"""

from typing import TYPE_CHECKING

import numpy as np

from course_utils.backbones.classifiers import load_classifier

if TYPE_CHECKING:
    from course_utils.environment.course import Course


def source_pictures(course: "Course", per_class: int) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures, uint8 (n, size, size, 3), and for each the name of the backbone's own class that is right.

    In the sketch profile they are drawn: new pictures of all source classes. In the photo profile nobody has named
    photos with ImageNet's words: they are photos of pets, and right is what the untouched network says.

    Parameters
    ----------
    course : as `setup` returns it.
    per_class : how many of each source class; in the photo profile, of each breed.
    """
    if course.profile == "sketch":
        from course_utils import sketchbook
        from course_utils.sketchbook.parallel import safe_processes

        pictures, labels, names = sketchbook.source_images(
            per_class, seed=7, px=course.image_size, split="test", processes=safe_processes()
        )
        return pictures, np.array(names)[labels]
    from course_utils.datasets import load_pets

    pets = load_pets(course.pets_folder()).sample(per_class, None, course.seed)
    pictures = pets.images(range(len(pets)), course.image_size)
    classifier = load_classifier(course.backbone)
    said = classifier.model.predict(pictures, verbose=0).argmax(axis=1)
    return pictures, np.array(classifier.class_names)[said]
