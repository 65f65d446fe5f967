"""What can be turned to make a drawn data set treacherous, as real ones are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from course_utils.sketchbook.kinds import find
from course_utils.sketchbook.sets.arguments import check_fraction
from course_utils.sketchbook.stage.camera import find_camera


@dataclass(frozen=True)
class Knobs:
    """What makes a data set treacherous. Turn one at a time and see what a classifier makes of it.

    Attributes
    ----------
    rarity : for each rare species of the data set the fraction of its training pictures that is kept (at least one is).
    habitat_correlation : None: each species lives where it does, in training and test alike. A number 0..1:
        that fraction of a species' training pictures has the one habitat that was given to it, and the rest
        any habitat.
    test_habitat_correlation : the same for test pictures, where `habitat_correlation` is a number. With 0.0,
        habitats in test have nothing to do with species; with 1.0, test pictures come from the same places.
    train_camera, test_camera : "day", "dusk", "rain" or "blur".
    occlusion : how much of each bird foliage hides, 0..0.9; None: mostly nothing, sometimes a little.
    leak : fraction of the test pictures that are copied into training as well: one half byte by byte, the
        other half cropped and a little brighter. `truth.csv` tells which.
    """

    rarity: Mapping[str, float] = field(default_factory=dict)
    habitat_correlation: float | None = None
    test_habitat_correlation: float = 0.0
    train_camera: str = "day"
    test_camera: str = "day"
    occlusion: float | None = None
    leak: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.rarity, Mapping):
            raise ValueError(f"`rarity` must be a dict of species and fractions. Received: {self.rarity!r}.")
        for name in self.rarity:
            find("birds", name)
        shares = {name: check_fraction(f"rarity[{name!r}]", share) for name, share in self.rarity.items()}
        object.__setattr__(self, "rarity", shares)
        given = [k for k in ("habitat_correlation", "occlusion") if getattr(self, k) is not None]
        for knob in ("leak", "test_habitat_correlation", *given):
            most = 0.9 if knob == "occlusion" else 1
            object.__setattr__(self, knob, check_fraction(knob, getattr(self, knob), most))
        for knob in ("train_camera", "test_camera"):
            find_camera(getattr(self, knob), knob)
