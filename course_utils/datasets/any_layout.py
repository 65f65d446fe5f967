"""Load a folder by the loader that its layout asks for."""

import os
from pathlib import Path

from course_utils.datasets.cub import load_cub
from course_utils.datasets.dataset import ImageDataset
from course_utils.datasets.folders import load_folder
from course_utils.datasets.layouts import layout_of
from course_utils.datasets.pets import load_pets

_LOADERS = {"CUB-200-2011": load_cub, "Oxford-IIIT Pet": load_pets}


def load_any(folder: str | os.PathLike) -> ImageDataset:
    """Load a data set by what its folder looks like: `load_cub`, `load_pets`, or else `load_folder`.

    For result and errors see the three.
    """
    layout = layout_of(Path(folder).expanduser()) if isinstance(folder, str | os.PathLike) else None
    return _LOADERS.get(layout, load_folder)(folder)
