"""Data sets as people have them, each as one table. Nothing here downloads; `datasets.downloads` does."""

from course_utils.datasets.any_layout import load_any
from course_utils.datasets.cub import load_cub
from course_utils.datasets.dataset import BOX, ImageDataset
from course_utils.datasets.folders import load_folder
from course_utils.datasets.pets import load_pets, met_before

__all__ = ["BOX", "ImageDataset", "load_any", "load_cub", "load_folder", "load_pets", "met_before"]
