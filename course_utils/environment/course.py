"""The two profiles, and what a lesson gets from the one that is on: names, sizes, and folders of pictures."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from course_utils.errors import DataError, unknown_name
from course_utils.paths import cannot_write, fill_once, shown

if TYPE_CHECKING:
    from course_utils.backbones.archive import FrozenArchive

# What anybody's photos go through, whatever the profile: it knows ImageNet, and comes with the course.
REAL_BACKBONE = "efficientnet_lite0"
# All that differs between the two profiles: the backbone's name, and the pictures' size in pixels.
PROFILES = {"sketch": ("mini_mobilenet_v2", 96), "photo": (REAL_BACKBONE, 224)}

# The drawn data sets of the course. Their seed is their own: `setup(seed=...)` varies training, not pictures.
BIRDS = {"n_species": 20, "per_species": 60, "seed": 0, "px": 96}
PETS = {"per_breed": 40, "seed": 0, "px": 96}


@dataclass(frozen=True)
class Course:
    """What `setup` chose: the names and sizes that the lessons use instead of numbers of their own."""

    profile: str
    seed: int
    backbone: str
    image_size: int
    data_root: Path
    photos: Path | None = None

    @property
    def real_backbone(self) -> str:
        """The name of the backbone for photos of any kind, in either profile; `image_size` is not meant for it."""
        return REAL_BACKBONE

    def birds_folder(self) -> Path:
        """Return a folder in CUB's layout, for `load_cub`: drawn or downloaded on first use.

        Raises
        ------
        DataError : the data cannot be had, or not be written; the message says what to do.
        """
        from course_utils import sketchbook
        from course_utils.datasets import downloads

        if self.profile == "sketch":
            return self._drawn("birds", sketchbook.make_birds, BIRDS)
        return self._photos("CUB_200_2011", downloads.fetch_cub)

    def pets_folder(self) -> Path:
        """Return a folder in the Oxford-IIIT Pet layout, for `load_pets`; errors as for `birds_folder`."""
        from course_utils import sketchbook
        from course_utils.datasets import downloads

        if self.profile == "sketch":
            return self._drawn("pets", sketchbook.make_pets, PETS)
        return self._photos("oxford_iiit_pet", downloads.fetch_pets)

    def tfds_folder(self) -> Path:
        """Return a folder for `tfds.load("oxford_iiit_pet", data_dir=...)`: TensorFlow Datasets' pets, read in already.

        Its own builder reads on first use the pictures of `pets_folder`; in the photo profile the publisher's two
        archives, if the learner has them beside the course's data or the photos.

        Raises
        ------
        DataError : the pictures cannot be had, are damaged, or the place cannot be written to.
        """
        from course_utils.datasets import tfds_pets

        source = None
        if self.profile == "photo":
            source = tfds_pets.find_archives(
                self.photos and self.photos / tfds_pets.NAME, self.photos, self.data_root
            )
        source = source or self.pets_folder()
        return tfds_pets.prepare_pets(source, self.data_root / "tfds" / tfds_pets.digest(source))

    def hub_module(self) -> str:
        """Return the handle of a TF Hub feature vector, for `HubLayer`: the backbone as a module, written on first use.

        In the photo profile it is the published one, if TF Hub has it on this disk or COURSE_HUB_MODULE names it; if
        not, a line says so.

        Raises
        ------
        DataError : it cannot be written.
        """
        from course_utils.backbones import hub_modules

        if self.profile == "photo":
            if found := hub_modules.find_published(os.environ):
                return found
            print(
                f"TF Hub's module is not on this disk: {self.backbone}, written as a module, takes its place. For the "
                f"published one set COURSE_HUB_MODULE to {hub_modules.PUBLISHED} (a download), or to its folder."
            )
        return hub_modules.own_module(self.backbone, self.data_root)

    def inception_archive(self) -> "FrozenArchive":
        """Return a frozen graph and its label maps: in the photo profile those of 2015, if the learner has them.

        Else it is the course's own small network, and in the photo profile a line says so.

        Raises
        ------
        DataError : a file is missing, or what COURSE_INCEPTION names is not that archive.
        """
        from course_utils.backbones import archive

        if self.profile == "photo":
            if found := archive.find_published(os.environ, self.data_root, self.photos):
                return found
            print(
                f"No {archive.PUBLISHED} in {shown(self.data_root)}: the course's own small network takes its place. "
                f"For the real one put {archive.URL} there, or name it in COURSE_INCEPTION."
            )
        return archive.own_archive()

    def study_folder(self, name: str) -> Path:
        """Return a drawn data set of the study, for `load_any`, in either profile: see `sketchbook.STUDY`.

        Raises
        ------
        ValueError : no such name.
        DataError : it cannot be written.
        """
        from course_utils import sketchbook
        from course_utils.sketchbook.names import look_up

        look_up("name", name, sketchbook.STUDY)
        return self._drawn(f"study_{name}", partial(sketchbook.make_study, name), {"seed": 0, "px": 96})

    def cache_folder(self) -> Path:
        """Return the folder for bottleneck features, made if need be."""
        folder = self.data_root / "bottlenecks" / self.profile
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        return folder

    def _drawn(self, kind: str, make: Callable, settings: Mapping[str, int]) -> Path:
        from course_utils.sketchbook import source_digest
        from course_utils.sketchbook.parallel import safe_processes

        # Other settings or another sketchbook, another folder: what is found there is always what was asked for.
        of_settings = "-".join(f"{key}{value}" for key, value in settings.items())
        folder = self.data_root / f"drawn-{source_digest()}" / of_settings / kind
        return fill_once(folder, lambda draft: make(draft, **settings, processes=safe_processes()))

    def _photos(self, name: str, fetch: Callable[[Path], Path]) -> Path:
        if self.photos is None:
            return fetch(self.data_root)
        if not (self.photos / name).is_dir():
            there = ", ".join(sorted(path.name for path in self.photos.iterdir())) or "nothing"
            raise DataError(
                f"COURSE_REAL_DATA has no folder {name}",
                expected=f"the folder {self.photos / name}",
                received=f"{self.photos} with {there}",
                do="put the data set there, or unset COURSE_REAL_DATA to download it from its publisher",
            )
        return self.photos / name


def choose_profile(profile: str | None, environ: Mapping[str, str]) -> str:
    """Return the profile: the argument, else COURSE_PROFILE, else "sketch"."""
    if profile is None:
        argument, profile = "COURSE_PROFILE", environ.get("COURSE_PROFILE") or "sketch"
    else:
        argument = "profile"
    if not isinstance(profile, str) or profile not in PROFILES:
        raise unknown_name(argument, profile, PROFILES)
    return profile


def profile_text(course: Course | None) -> str:
    """Return what is said about the profile that is on, for people."""
    if course is None:
        return "none yet: call setup() first"
    return f"{course.profile}: {course.backbone} on pictures of {course.image_size} px"
