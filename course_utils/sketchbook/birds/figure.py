"""One bird while it is drawn: its measures, its coat, and the frames of its parts."""

import random
from typing import NamedTuple

from course_utils.sketchbook.birds.plumage import Coat, Path, Stroke
from course_utils.sketchbook.birds.poses import Pose
from course_utils.sketchbook.birds.species import Bird
from course_utils.sketchbook.stage.canvas import Pen, Transform, View

FINE_FROM = 200  # pictures at least so wide, in pixels, show the finest feather edges


class Skull(NamedTuple):
    """Where the head sits in the body's frame, and its radius."""

    x: float
    y: float
    r: float


class Figure:
    """One individual in one pose. `points` fills with landmarks while the parts are drawn."""

    def __init__(self, species: Bird, view: View, rng: random.Random, pose: Pose):
        self.species, self.plan, self.pose, self.view = species, species.plan, pose, view
        # All random numbers are drawn here, so that they do not depend on what a pose or a size shows.
        self.coat = Coat(species, rng)
        self.speckle = [(rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0.7, 1.3)) for _ in range(14)]
        self.step = rng.uniform(0.05, 0.13)
        self.fine = view.px >= FINE_FROM
        self.aloft, self.afloat = pose.kind == "flying", pose.kind == "swimming"
        self.length, self.depth = self.plan.length, self.plan.depth * pose.plump
        r = self.plan.head_r
        self.skull = Skull(self.plan.head_x + pose.head[0] * r, self.plan.head_y + pose.head[1] * r, r)
        self.points: dict[str, tuple[float, float]] = {}
        self._frame = view.transform.after(self._stance())

    def _stance(self) -> Transform:
        size = self.plan.scale * (self.plan.flight if self.aloft else 1.0)
        x, y = (0.10, 0.40 * self.pose.flap * size) if self.aloft else (self.plan.x, self.plan.y)
        return Transform.place(x * self.pose.squeeze, y, size, squeeze=self.pose.squeeze)

    def layer(self, base: tuple[int, ...], relief: float) -> Pen:
        """Return a pen on a new layer, in the frame in which the bird stands upright."""
        return Pen(self.view.pen(base, relief).layer, self._frame)

    def body(self, pen: Pen) -> Pen:
        """Return the pen in the body's frame: x along the back towards the breast."""
        return pen.within(angle=-self.pose.pitch)

    def fit(self, points: Path) -> Path:
        """Return points given in half lengths and half depths of the body in the body's frame."""
        return [(x * self.length, y * self.depth) for x, y in points]

    def draw(self, pen: Pen, strokes: list[Stroke], wear: float = 1.0) -> None:
        """Draw strokes in this individual's colours; `wear` below 1 lets the marks fade."""
        for stroke in strokes:
            if stroke.fine and not self.fine:
                continue
            if stroke.solid:
                pen.shape(stroke.points, self.coat(stroke.tint))
            else:
                pen.mark(stroke.points, self.coat(stroke.tint, round(stroke.alpha * wear)))
