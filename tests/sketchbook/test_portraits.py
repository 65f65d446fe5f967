"""Birds without a scene: the same individual on paper and cut out, and mistakes that are named."""

import numpy as np
import pytest

from course_utils.sketchbook import load_birds
from course_utils.sketchbook.guide.portraits import cut_out, portrait


def around(picture, covered):
    """Return a picture cropped to what is covered."""
    rows, columns = np.nonzero(covered)
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@pytest.mark.parametrize("pose", [None, "alert", "flying"])
def test_a_bird_that_is_cut_out_is_the_bird_of_the_portrait(pose):
    species, light, dark = load_birds()["Orchard Seedkin"], (255,) * 3, (0,) * 3
    white, black = (np.asarray(portrait(species, 90, 4, pose, ground), int) for ground in (light, dark))
    on_paper = around(black, (white - black < 128).all(axis=2))
    alone = np.asarray(cut_out(species.name, 4, pose, px=90), int)
    alone = around(alone, alone[..., 3] >= 128)
    opaque = alone[..., 3] == 255
    assert opaque.any() and np.abs(on_paper[opaque] - alone[opaque][:, :3]).max() <= 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"species": "Orchard Seedkim"}, "`species` must be one of .* Did you mean 'Orchard Seedkin'"),
        ({"species": ["Orchard Seedkin"]}, r"`species` must be one of .* Received: \['Orchard Seedkin'\]"),
        ({"species": "Orchard Seedkin", "pose": "dancing"}, "`pose` must be one of .* Received: 'dancing'"),
    ],
)
def test_an_unknown_bird_or_pose_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        cut_out(**arguments)
