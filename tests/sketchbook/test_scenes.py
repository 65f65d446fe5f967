"""Scenes: every habitat, any size, never the same twice, always the same for the same seed."""

import random

import numpy as np
import pytest

from course_utils.sketchbook.stage.scenes import BUSY, OUTDOORS, SCENES, paint_scene

HABITATS = ["forest", "meadow", "reeds", "lake", "seashore", "desert", "snow", "garden", "rocks", "sky"]


def test_the_habitats_are_those_of_the_field_guide():
    assert list(OUTDOORS) == HABITATS
    assert set(SCENES) == {*HABITATS, "room", "street", *BUSY}


@pytest.mark.parametrize("habitat", SCENES)
def test_a_scene_has_content_and_differs_with_its_seed_alone(habitat):
    for seed in range(6):
        scene = paint_scene(habitat, 48, random.Random(seed))
        assert scene.shape == (48, 48, 3) and scene.dtype == np.uint8
        assert scene.reshape(-1, 3).std(axis=0).max() > 3
    first, again, other = (paint_scene(habitat, 64, random.Random(seed)) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).mean() > 0.5


@pytest.mark.parametrize("habitat", SCENES)
def test_a_scene_looks_the_same_at_any_size_and_is_out_of_focus(habitat):
    small, large = (paint_scene(habitat, px, random.Random(3)).astype(float) for px in (64, 256))
    shrunk = large.reshape(64, 4, 64, 4, 3).mean(axis=(1, 3))
    assert abs(shrunk - small).mean() < 8
    assert abs(np.diff(large, axis=1)).mean() < 6


def test_habitats_can_be_told_apart_by_their_colours():
    def mean_colours(seeds):
        return [np.mean([_thumbnail(h, seed) for seed in seeds], axis=0) for h in OUTDOORS]

    references, hits = mean_colours(range(20)), 0
    for k, habitat in enumerate(OUTDOORS):
        for seed in range(100, 110):
            distances = [abs(_thumbnail(habitat, seed) - reference).sum() for reference in references]
            hits += int(np.argmin(distances)) == k
    assert hits / (10 * len(OUTDOORS)) > 0.45  # one in ten by chance


def _thumbnail(habitat, seed):
    return paint_scene(habitat, 32, random.Random(seed)).reshape(4, 8, 4, 8, 3).mean(axis=(1, 3))


def test_an_unknown_habitat_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match="Received: 'forrest'. Did you mean 'forest'"):
        paint_scene("forrest", 96, random.Random(0))
