"""Backbones by name: pixels 0-255 in, feature vectors out, the right preprocessing inside."""

from course_utils.backbones.anatomy import multiply_adds
from course_utils.backbones.cards import source_accuracy
from course_utils.backbones.classifiers import Classifier, class_names, load_classifier
from course_utils.backbones.identity import fingerprint, layers_digest, own_code, weights_digest
from course_utils.backbones.loading import backbone_names, describe, load_backbone
from course_utils.backbones.sight import pixel_influence
from course_utils.backbones.source import source_pictures

__all__ = [
    "Classifier",
    "backbone_names",
    "class_names",
    "describe",
    "fingerprint",
    "layers_digest",
    "load_backbone",
    "load_classifier",
    "multiply_adds",
    "own_code",
    "pixel_influence",
    "source_accuracy",
    "source_pictures",
    "weights_digest",
]
