"""Figures of the course: data in, `ax` in, `ax` out. A module for each kind of figure.

Each function draws on the Axes it gets, or on a new figure, and returns the Axes. It never shows or saves
anything. Colours can be told apart with every common kind of colour vision, and never say something alone.
Each figure carries an alt text, which you may replace with `describe(ax, "...")`; saved notebooks keep it.
"""

from course_utils.figures import PALETTE, STYLE, alt_text, describe, to_html
from course_utils.plots.filters import (
    feature_maps,
    filter_gallery,
    filter_step,
    filter_tiles,
    receptive_fields,
)
from course_utils.plots.landscapes import landscape, race, surface
from course_utils.plots.pictures import boxes, image_grid, predictions_grid, species_page, variations
from course_utils.plots.scatters import two_measurements
from course_utils.plots.scores import (
    accuracy_against_chance,
    accuracy_bars,
    confusion_heatmap,
    differences,
    stored_against_fresh,
)
from course_utils.plots.studies import (
    accuracy_against_cost,
    accuracy_against_time,
    learning_curve_by_size,
    learnt_against_kept,
    rate_by_batch,
)
from course_utils.plots.trainings import learning_curves, loss_curves, training_race

__all__ = [
    "PALETTE",
    "STYLE",
    "accuracy_against_chance",
    "accuracy_against_cost",
    "accuracy_against_time",
    "accuracy_bars",
    "alt_text",
    "boxes",
    "confusion_heatmap",
    "describe",
    "differences",
    "feature_maps",
    "filter_gallery",
    "filter_step",
    "filter_tiles",
    "image_grid",
    "landscape",
    "learning_curve_by_size",
    "learning_curves",
    "learnt_against_kept",
    "loss_curves",
    "predictions_grid",
    "race",
    "rate_by_batch",
    "receptive_fields",
    "species_page",
    "stored_against_fresh",
    "surface",
    "to_html",
    "training_race",
    "two_measurements",
    "variations",
]
