"""Write drawn data sets as CUB-200-2011 and as Oxford-IIIT Pet."""

import os
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from course_utils.arguments import whole_number
from course_utils.sketchbook.birds import Bird
from course_utils.sketchbook.kinds import all_of, find
from course_utils.sketchbook.sets.arguments import class_names, train_count, what_all_need
from course_utils.sketchbook.sets.knobs import Knobs
from course_utils.sketchbook.sets.shots import Shot, new_folder, shoot
from course_utils.sketchbook.sets.tables import file_stem, write_cub_tables, write_pet_tables
from course_utils.sketchbook.stage.camera import find_camera
from course_utils.sketchbook.stage.scenes import OUTDOORS


def make_birds(
    folder: str | os.PathLike,
    n_species: int = 20,
    per_species: int = 60,
    seed: int = 0,
    px: int = 96,
    *,
    train_per_species: int | None = None,
    species: Sequence[str] | None = None,
    knobs: Knobs | None = None,
    processes: int = 1,
) -> Path:
    """Draw bird pictures and write them in the layout of CUB-200-2011, with its five tables and `truth.csv`.

    Parameters
    ----------
    folder : where to. An older data set of the sketchbook is replaced, anything else is refused.
    n_species : how many species, half of them known to the mini backbone, spread over the genera.
    per_species : pictures of each, training and test together.
    train_per_species : how many of them are for training; by default a third.
    species : names instead of `n_species`.
    knobs : what makes the data treacherous; see `Knobs`.
    processes : how many to use. The files are the same for any number. More than one is for notebooks, and for
        scripts that have the line `if __name__ == "__main__":` above everything that runs.

    Returns
    -------
    Path of the folder.

    Raises
    ------
    ValueError : for a number out of range, an unknown species or camera, or a rare species that is not in the
        data set.
    DataError : where the folder holds files that are not ours.
    RuntimeError : where several processes were asked for and could not start.
    """
    folder, seed, px = what_all_need(folder, seed, px)
    names = class_names("species", "birds", default_species(n_species) if species is None else species)
    knobs = _knobs_for(names, knobs)
    per_species = whole_number("per_species", per_species, 2)
    n_train = max(1, per_species // 3)
    if train_per_species is not None:
        n_train = train_count("train_per_species", train_per_species, "per_species", per_species)
    shots = plan_birds(names, n_train, per_species - n_train, seed, knobs)
    settings = {
        "species": names, "per_species": per_species, "train_per_species": n_train, "seed": seed, "px": px,
        "knobs": asdict(knobs),
    }  # fmt: skip
    with new_folder(folder, "Drawn birds in the layout of CUB-200-2011", settings) as partial:
        write_cub_tables(partial, names, shoot(partial, shots, seed, px, processes))
    return folder


def _knobs_for(names: Sequence[str], knobs: Knobs | None) -> Knobs:
    """Return the knobs, none of them turned by default, or raise where they do not fit these species."""
    knobs = Knobs() if knobs is None else knobs
    if not isinstance(knobs, Knobs):
        raise ValueError(f"`knobs` must be Knobs(...). Received: {knobs!r}.")
    if absent := [name for name in knobs.rarity if name not in names]:
        raise ValueError(
            f"`rarity` must name species of this data set: {', '.join(names)}. Received: {', '.join(absent)}."
        )
    return knobs


def default_species(n_species: int) -> list[str]:
    """Return names of birds, sorted, half of them known to the mini backbone.

    Look-alikes are taken two by two, known with known and unknown with unknown: each bird has one it may be
    mistaken for, and the two halves are equally hard for somebody who has seen neither.
    """
    birds = all_of("birds")
    n_species = whole_number("n_species", n_species, 2, len(birds))
    known, unknown = (
        _in_pairs([b for b in birds.values() if b.known is is_known]) for is_known in (True, False)
    )
    n_known = max(min(n_species // 2, len(known)), n_species - len(unknown))
    return sorted(known[:n_known] + unknown[: n_species - n_known])


def _in_pairs(birds: Sequence[Bird]) -> list[str]:
    """Return names in the field guide's order: first two of each genus that has two, then the others."""
    genera: dict[str, list[str]] = {}
    for bird in birds:
        genera.setdefault(bird.genus, []).append(bird.name)
    pairs = [name for names in genera.values() if len(names) > 1 for name in names[:2]]
    return pairs + [bird.name for bird in birds if bird.name not in pairs]


def plan_birds(names: Sequence[str], n_train: int, n_test: int, seed: int, knobs: Knobs) -> list[Shot]:
    """Work out which pictures a bird data set has, in the order of its tables. Nothing is drawn."""
    homes, shots = assign_habitats(names), []
    for number, name in enumerate(names, 1):
        train = [("train", k, "") for k in range(max(1, round(n_train * knobs.rarity.get(name, 1.0))))]
        test = [("test", k, "") for k in range(n_test)]
        copies = [("test", k, "near" if k % 2 else "exact") for k in range(round(n_test * knobs.leak))]
        entries = train + test + copies
        # Mixed, so that neither file names nor order tell training from test.
        random.Random(f"{seed}/order/{name}").shuffle(entries)
        stem = file_stem(name)
        paths = [
            f"images/{number:03d}.{stem}/{stem}_{k:04d}_{len(shots) + k}.jpg"
            for k in range(1, len(entries) + 1)
        ]
        originals = {
            index: path
            for (split, index, copy), path in zip(entries, paths, strict=True)
            if split == "test" and not copy
        }
        for path, (split, index, copy) in zip(paths, entries, strict=True):
            shots.append(Shot(
                path, "birds", name, split, index, _habitat(name, split, index, homes, seed, knobs),
                knobs.train_camera if split == "train" else knobs.test_camera, knobs.occlusion, copy,
                originals[index] if copy else "",
            ))  # fmt: skip
    return shots


def assign_habitats(names: Sequence[str]) -> dict[str, str]:
    """Give each species one habitat, its own where there is room, as evenly as possible.

    Birds of a genus never share one while there are enough: where they look alike, the habitat tells them apart.
    """
    room = dict.fromkeys(OUTDOORS, -(-len(names) // len(OUTDOORS)))
    homes: dict[str, str] = {}
    for name in names:
        bird = find("birds", name)
        relatives = {home for other, home in homes.items() if find("birds", other).genus == bird.genus}
        free = [h for h in room if room[h] and h not in relatives] or [h for h in room if room[h]]
        own = [h for h in bird.habitats if h in free]
        homes[name] = own[0] if own else max(free, key=room.get)
        room[homes[name]] -= 1
    return homes


def _habitat(name: str, split: str, index: int, homes: dict[str, str], seed: int, knobs: Knobs) -> str | None:
    if knobs.habitat_correlation is None:
        return None
    rng = random.Random(f"{seed}/habitat/{split}/{name}/{index}")
    at_home = knobs.habitat_correlation if split == "train" else knobs.test_habitat_correlation
    return homes[name] if rng.random() < at_home else rng.choice(OUTDOORS)


def make_pets(
    folder: str | os.PathLike,
    per_breed: int = 20,
    seed: int = 0,
    px: int = 96,
    *,
    breeds: Sequence[str] | None = None,
    camera: str = "day",
    processes: int = 1,
) -> Path:
    """Draw cats and dogs and write them in the layout of Oxford-IIIT Pet: lists, trimaps and head boxes.

    One half of each breed is in `trainval.txt`, the other in `test.txt`. For arguments, result and errors see
    `make_birds`.
    """
    find_camera(camera)
    folder, seed, px = what_all_need(folder, seed, px)
    names = sorted(class_names("breeds", "pets", breeds), key=str.lower)
    per_breed = whole_number("per_breed", per_breed, 2)
    shots = []
    for name in names:
        entries = [("train" if k % 2 else "test", k // 2) for k in range(per_breed)]
        random.Random(f"{seed}/order/{name}").shuffle(entries)
        shots += [
            Shot(
                f"images/{name}_{k}.jpg",
                "pets",
                name,
                split,
                index,
                camera=camera,
                trimap=f"annotations/trimaps/{name}_{k}.png",
            )  # fmt: skip
            for k, (split, index) in enumerate(entries, 1)
        ]
    settings = {"breeds": names, "per_breed": per_breed, "seed": seed, "px": px, "camera": camera}
    with new_folder(folder, "Drawn pets in the layout of Oxford-IIIT Pet", settings) as partial:
        write_pet_tables(partial / "annotations", names, shoot(partial, shots, seed, px, processes), px)
    return folder
