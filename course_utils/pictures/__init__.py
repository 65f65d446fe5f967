"""One picture file as pixels: what training, plotting and serving all read pictures with."""

from course_utils.pictures.reading import (
    READER_VERSION,
    SUFFIXES,
    UNREADABLE_SUFFIXES,
    crop_edges,
    middle_square,
    picture_problem,
    picture_side,
    picture_size,
    read_picture,
)

__all__ = [
    "READER_VERSION",
    "SUFFIXES",
    "UNREADABLE_SUFFIXES",
    "crop_edges",
    "middle_square",
    "picture_problem",
    "picture_side",
    "picture_size",
    "read_picture",
]
