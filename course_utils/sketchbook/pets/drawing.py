"""Draw cats and dogs of invented breeds, in four poses."""

import random

from course_utils.sketchbook.names import look_up
from course_utils.sketchbook.pets.bodies import draw_body
from course_utils.sketchbook.pets.breeds import Pet
from course_utils.sketchbook.pets.coats import grow_coat
from course_utils.sketchbook.pets.heads import draw_head
from course_utils.sketchbook.pets.poses import POSES
from course_utils.sketchbook.stage.canvas import Subject, View

POSE_NAMES = tuple(POSES)
_HOW_OFTEN = (5, 3, 3, 2)  # people like to photograph their pet's face


def draw_pet(breed: Pet, view: View, rng: random.Random, pose: str | None = None) -> Subject:
    """Draw one animal of a breed.

    Parameters
    ----------
    breed : a record of `load_pets()`.
    view : the picture's size, and where the animal's frame lies in it.
    rng : the source of all that varies: pose, coat, turn of the head, ears, mouth, tail.
    pose : "portrait", "sitting", "standing" or "lying"; by default one of them at random.

    Returns
    -------
    Subject whose points are `head_top_left` and `head_bottom_right` (the box round skull, ears, muzzle and
    tongue, but not the whiskers; where the head leaves the picture, the box ends at its edge), `eye_left`,
    `eye_right` and `nose`. Eyes are named as they lie in the picture, unless the view mirrors.

    Raises
    ------
    ValueError : for an unknown pose.
    """
    chosen = rng.choices(POSE_NAMES, _HOW_OFTEN)[0] if pose is None else pose
    strike, coat = look_up("pose", chosen, POSES), grow_coat(breed, rng)
    scale = 0.5 + 0.5 * breed.size if chosen != "portrait" else 1.0
    placed = View(view.px, view.pen(coat.main).within(scale=scale, y=0.85 * (1 - scale)).transform)
    body = strike(breed, rng)
    layers = draw_body(breed, coat, body, placed, rng)
    head, points = draw_head(breed, coat, placed, body.head, rng.uniform(*body.turn), rng)
    return Subject([*layers, *head], points)
