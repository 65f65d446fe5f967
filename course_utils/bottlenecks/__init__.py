"""Bottleneck features: run the frozen backbone once a picture, keep the vectors, train heads in seconds."""

from course_utils.bottlenecks.features import Features
from course_utils.bottlenecks.store import BottleneckCache

__all__ = ["BottleneckCache", "Features"]
