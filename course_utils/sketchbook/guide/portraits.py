"""A bird by itself, with no scene round it: on plain paper, or cut out."""

import random
from collections.abc import Sequence

import numpy as np
from PIL import Image

from course_utils.sketchbook.birds import Bird, draw_posed
from course_utils.sketchbook.birds.poses import Pose, random_pose
from course_utils.sketchbook.kinds import find
from course_utils.sketchbook.stage.canvas import Transform, View, flatten

PAPER = (250, 246, 236)
ADULT = "plate 218"  # a seed whose individual has clean, middling colours
Point = tuple[float, float]
Alone = tuple[np.ndarray, np.ndarray, dict[str, Point]]  # colours, what they cover, landmarks in pixels


def portrait(
    species: Bird, px: int, seed: int = 0, pose: str | None = None, ground: Sequence[int] = PAPER
) -> Image.Image:
    """Return a picture (px, px) of one individual on plain paper."""
    rgb, alpha, _ = _individual(species, px, seed, pose)
    return _on_paper(rgb, alpha, ground)


def typical(species: Bird, px: int) -> tuple[Image.Image, dict[str, Point]]:
    """Draw a fresh adult in side view, the same for each species of a genus, and say where its parts are, in pixels."""
    plan = species.plan
    swims = plan.poses.count("swimming") > 1
    pose = Pose("swimming" if swims else "perched", plan.carriage, 1.02, tail=plan.tail_angle)
    rgb, alpha, points = _alone(species, px, random.Random(ADULT), pose)
    return _on_paper(rgb, alpha, PAPER), points


def cut_out(species: str, seed: int = 0, pose: str | None = None, px: int = 600) -> Image.Image:
    """Return one bird of a species without anything round it: RGBA, cropped to the bird.

    Parameters
    ----------
    seed : which individual.
    pose : "perched", "alert", "singing", "flying" …; by default one of its genus' own.
    px : side of the canvas that it is drawn on, before cropping.
    """
    rgb, alpha, _ = _individual(find("birds", species), px, seed, pose)
    layers = np.dstack([rgb, 255 * alpha]).round().clip(0, 255).astype(np.uint8)
    image = Image.fromarray(layers, "RGBA")
    return image.crop(image.getchannel("A").getbbox())


def _individual(species: Bird, px: int, seed: int, pose: str | None) -> Alone:
    rng = random.Random(f"{species.name} {seed}")
    return _alone(species, px, rng, random_pose(species.plan, rng, pose))


def _alone(species: Bird, px: int, rng: random.Random, pose: Pose) -> Alone:
    subject = draw_posed(species, View(px, Transform.place(0.5, 0.5, 0.455)), rng, pose)
    return *flatten(subject, px), subject.points


def _on_paper(rgb: np.ndarray, alpha: np.ndarray, ground: Sequence[int]) -> Image.Image:
    page = np.empty(rgb.shape, np.float32)
    page[:] = ground
    page += (rgb - page) * alpha[..., None]
    return Image.fromarray(page.astype(np.uint8))
