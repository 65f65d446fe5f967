"""The tables that come with pictures: those of CUB-200-2011, of Oxford-IIIT Pet, and the truth."""

import csv
from collections.abc import Sequence
from pathlib import Path

from course_utils.sketchbook.kinds import find
from course_utils.sketchbook.sets.shots import Result

HEADER = """\
#Image CLASS-ID SPECIES BREED ID
#ID: 1:{n} Class ids
#SPECIES: 1:Cat 2:Dog
#BREED ID: 1-{cats}:Cat 1:{dogs}:Dog
#All images with 1st letter as captial are cat images
#images with small first letter are dog images
"""  # the spelling is theirs
XML = """\
<annotation>
	<folder>OXIIIT</folder>
	<filename>{name}.jpg</filename>
	<source>
		<database>Drawn pets</database>
		<annotation>sketchbook</annotation>
		<image>drawn</image>
	</source>
	<size>
		<width>{px}</width>
		<height>{px}</height>
		<depth>3</depth>
	</size>
	<segmented>1</segmented>
	<object>
		<name>{species}</name>
		<pose>Unspecified</pose>
		<truncated>{truncated}</truncated>
		<occluded>{occluded}</occluded>
		<bndbox>
			<xmin>{box[0]}</xmin>
			<ymin>{box[1]}</ymin>
			<xmax>{box[2]}</xmax>
			<ymax>{box[3]}</ymax>
		</bndbox>
		<difficult>0</difficult>
	</object>
</annotation>
"""
BIRD_TRUTH = "image_id species genus known habitat camera occluded mirrored copy copy_of".split()
FOLDER_TRUTH = "image kind name known habitat camera occluded mirrored".split()
PET_TRUTH = "image breed species known habitat camera occluded mirrored".split()


def file_stem(name: str) -> str:
    """Return a name as CUB writes it in file names: "Copper-capped Finch" is "Copper_capped_Finch"."""
    return name.replace(" ", "_").replace("-", "_")


def write_cub_tables(folder: Path, names: Sequence[str], results: Sequence[Result]) -> None:
    """Write the five tables of CUB-200-2011 and truth.csv. Pictures and classes are counted from 1."""
    number = {name: k for k, name in enumerate(names, 1)}
    rows = list(enumerate(results, 1))
    ids = {result.shot.path: k for k, result in rows}
    tables = {
        "images": (f"{k} {r.shot.path.removeprefix('images/')}" for k, r in rows),
        "image_class_labels": (f"{k} {number[r.shot.name]}" for k, r in rows),
        "bounding_boxes": (f"{k} " + " ".join(f"{v:.1f}" for v in r.box) for k, r in rows),
        "train_test_split": (f"{k} {int(r.shot.split == 'train' or bool(r.shot.copy))}" for k, r in rows),
        "classes": (f"{k} {k:03d}.{file_stem(name)}" for name, k in number.items()),
    }
    for name, lines in tables.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    truth = [
        {"image_id": k, "species": r.shot.name, "copy": r.shot.copy, "copy_of": ids.get(r.shot.copy_of, "")}
        for k, r in rows
    ]
    _write_truth(folder, BIRD_TRUTH, results, truth)


def write_folder_truth(folder: Path, results: Sequence[Result]) -> None:
    """Write truth.csv for a folder per class: each picture goes by its path in the data set's folder."""
    _write_truth(folder, FOLDER_TRUTH, results, [{"image": result.shot.path} for result in results])


def _write_truth(
    folder: Path, columns: Sequence[str], results: Sequence[Result], more: Sequence[dict[str, object]]
) -> None:
    """Write truth.csv: what is known about each picture, and `more` of it."""
    with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for result, row in zip(results, more, strict=True):
            writer.writerow({**result.truth, "occluded": f"{result.truth['occluded']:.3f}", **row})


def write_pet_tables(folder: Path, breeds: Sequence[str], results: Sequence[Result], px: int) -> None:
    """Write list.txt, trainval.txt, test.txt, truth.csv and xmls/ into the folder of annotations."""
    numbers, lines = _numbers(breeds), {"list": [], "train": [], "test": []}
    cats = sum(species == 1 for _, species, _ in numbers.values())
    (folder / "xmls").mkdir(parents=True, exist_ok=True)
    truth = []
    for result in results:
        name, breed = Path(result.shot.path).stem, result.shot.name
        line = " ".join(map(str, (name, *numbers[breed]))) + "\n"
        lines["list"].append(line)
        lines[result.shot.split].append(line)
        species = find("pets", breed).species
        truth.append({"image": name, "breed": breed, "species": species})
        (folder / "xmls" / f"{name}.xml").write_text(_head_xml(name, species, result, px), encoding="utf-8")
    _write_truth(folder, PET_TRUTH, results, truth)
    header = HEADER.format(n=len(breeds), cats=cats, dogs=len(breeds) - cats)
    (folder / "list.txt").write_text(header + "".join(lines["list"]), encoding="utf-8")
    (folder / "trainval.txt").write_text("".join(lines["train"]), encoding="utf-8")
    (folder / "test.txt").write_text("".join(lines["test"]), encoding="utf-8")


def _numbers(breeds: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Return for each breed its class, its species (1 cat, 2 dog) and its number among its species."""
    seen, numbers = {1: 0, 2: 0}, {}
    for k, breed in enumerate(breeds, 1):
        species = 1 if find("pets", breed).species == "cat" else 2
        seen[species] += 1
        numbers[breed] = k, species, seen[species]
    return numbers


def head_box(points: dict[str, tuple[float, float]], px: int) -> tuple[int, int, int, int]:
    """Return (xmin, ymin, xmax, ymax) of a head, counted from 1 as in Pascal VOC, inside the picture."""
    corners = [points["head_top_left"], points["head_bottom_right"]]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    low = [min(px, max(1, int(v) + 1)) for v in (x0, y0)]
    high = [min(px, max(1, -int(-v // 1))) for v in (x1, y1)]
    return low[0], low[1], max(high[0], low[0]), max(high[1], low[1])


def _head_xml(name: str, species: str, result: Result, px: int) -> str:
    box = head_box(result.points, px)
    return XML.format(
        name=name, px=px, species=species, box=box,
        truncated=int(min(box) <= 1 or max(box) >= px), occluded=int(result.truth["occluded"] > 0.05),
    )  # fmt: skip
