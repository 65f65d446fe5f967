"""Data sets on disk, whole and damaged, become one table and right pixels."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from course_utils.datasets import ImageDataset, load_cub, load_folder, load_pets, met_before
from course_utils.errors import DataError
from course_utils.pictures import crop_edges, read_picture

CUB_CLASSES = {1: "001.Black_footed_Albatross", 2: "002.Laysan_Albatross", 3: "003.Sooty_Albatross"}
PETS = {"Abyssinian": (1, 1), "american_bulldog": (2, 2), "Bengal": (3, 1)}


def write_picture(path: Path, colour=(200, 40, 40), size=(40, 30), **save) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, **save)
    return path


def write_lines(path: Path, lines) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))


def change_lines(path: Path, change) -> None:
    write_lines(path, change(path.read_text().splitlines()))


@pytest.fixture
def cub(tmp_path) -> Path:
    """Twenty pictures of the classes 1 and 3; class 2 has none."""
    folder = tmp_path / "CUB_200_2011"
    rows = [(i, 1 if i <= 10 else 3) for i in range(1, 21)]
    files = {i: f"{CUB_CLASSES[c]}/photo {i}.jpg" for i, c in rows}
    for i, file in files.items():
        write_picture(folder / "images" / file, (10 * i, 90, 90))
    write_lines(folder / "images.txt", [f"{i} {file}" for i, file in files.items()])
    write_lines(folder / "classes.txt", [f"{c} {name}" for c, name in CUB_CLASSES.items()])
    write_lines(folder / "image_class_labels.txt", [f"{i} {c}" for i, c in rows])
    write_lines(folder / "train_test_split.txt", [f"{i} {i % 2}" for i, _ in rows])
    write_lines(folder / "bounding_boxes.txt", [f"{i} {i}.0 5.0 12.0 14.0" for i, _ in rows])
    return folder


@pytest.fixture
def pets(tmp_path) -> Path:
    folder = tmp_path / "oxford"
    rows = [(f"{name}_{i}", *ids) for name, ids in PETS.items() for i in range(1, 7)]
    lines = [f"{name} {class_id} {species} 1" for name, class_id, species in rows]
    for i, (name, *_) in enumerate(rows):
        write_picture(folder / "images" / f"{name}.jpg", (9 * i, 50, 50))
    write_lines(folder / "annotations/list.txt", ["#Image CLASS-ID SPECIES BREED ID", *lines])
    write_lines(folder / "annotations/trainval.txt", lines[::2])
    write_lines(folder / "annotations/test.txt", lines[1::2])
    box = "<bndbox><xmin>6</xmin><ymin>7</ymin><xmax>25</xmax><ymax>16</ymax></bndbox>"
    write_lines(
        folder / "annotations/xmls/Bengal_2.xml", [f"<annotation><object>{box}</object></annotation>"]
    )
    return folder


@pytest.fixture
def own(tmp_path) -> Path:
    folder = tmp_path / "own"
    for name, red in (("robin", 250), ("wren", 90)):
        for i in range(8):
            write_picture(folder / name / f"{i}.png", (red, 20 * i, 0))
    return folder


# --- CUB


def test_cub_joins_the_five_tables(cub, capsys):
    birds = load_cub(cub)
    assert birds.class_names == ["Black footed Albatross", "Sooty Albatross"]  # class 2 has no pictures
    row = birds.table.iloc[10]
    assert row[["label", "class_name", "split"]].tolist() == [1, "Sooty Albatross", "train"]
    assert row[["x", "y", "width", "height"]].tolist() == [11, 5, 12, 14]
    assert Path(row["path"]).is_absolute() and row["path"].endswith("photo 11.jpg")
    assert birds.table["split"].value_counts().to_dict() == {"train": 10, "test": 10}
    assert birds.left_out.empty and capsys.readouterr().out == ""


def test_cub_takes_what_the_drawing_program_knows(cub):
    truth = pd.DataFrame({"image_id": range(20, 0, -1), "known": [True] * 10 + [False] * 10, "split": "?"})
    truth.to_csv(cub / "truth.csv", index=False)
    table = load_cub(cub).table
    assert table["known"].tolist() == [False] * 10 + [True] * 10
    assert set(table["split"]) == {"train", "test"}  # the five tables win
    pd.DataFrame({"picture": [1], "known": [True]}).to_csv(cub / "truth.csv", index=False)
    with pytest.raises(DataError, match=r"(?s)truth.csv.*image_id.*Received: columns picture, known"):
        load_cub(cub)


@pytest.mark.parametrize(
    "file, reason",
    [
        ("image_class_labels.txt", "without a row in image_class_labels.txt"),
        ("train_test_split.txt", "without a row in train_test_split.txt"),
        ("bounding_boxes.txt", "without a row in bounding_boxes.txt"),
        ("images.txt", "not named in images.txt"),
    ],
)
def test_cub_leaves_out_a_picture_without_a_row(cub, capsys, file, reason):
    change_lines(cub / file, lambda lines: lines[:3] + lines[4:])
    birds = load_cub(cub)
    assert len(birds) == 19 and set(birds.left_out["reason"]) == {reason}
    printed = capsys.readouterr().out
    assert printed == f"CUB_200_2011: left out 1 of 20 pictures (1 {reason}). See `.left_out`.\n"


def test_cub_counts_pictures_that_are_neither_named_nor_there(cub, capsys):
    change_lines(cub / "images.txt", lambda lines: lines[:12])
    for i in range(13, 21):
        (cub / "images" / CUB_CLASSES[3] / f"photo {i}.jpg").unlink()
    birds = load_cub(cub)  # as when somebody keeps a few classes and shortens images.txt alone
    assert birds.left_out["reason"].tolist() == ["not named in images.txt"] * 8
    assert "left out 8 of 20 pictures" in capsys.readouterr().out


def test_cub_leaves_out_a_picture_of_a_class_without_a_row(cub, capsys):
    change_lines(cub / "image_class_labels.txt", lambda lines: [*lines[:3], "4 2", *lines[4:]])
    change_lines(cub / "classes.txt", lambda lines: [lines[0], lines[2]])
    birds = load_cub(cub)
    assert birds.left_out["reason"].tolist() == ["without a row in classes.txt"]
    assert Path(birds.left_out["path"][0]).name == "photo 4.jpg"
    assert "left out 1 of 20 pictures" in capsys.readouterr().out


def damage(kind: str, path: Path) -> None:
    if kind in ("empty", "text"):
        path.write_bytes(b"" if kind == "empty" else b"<html>404 not found</html>")
        return
    path.unlink()
    if kind == "dangling link":
        path.symlink_to("nowhere.jpg")
    elif kind == "folder":
        path.mkdir()
    elif kind == "cut":
        noise = np.random.default_rng(0).integers(0, 255, (60, 60, 3), np.uint8)
        Image.fromarray(noise).save(path)
        path.write_bytes(path.read_bytes()[:-900])


@pytest.mark.parametrize(
    "kind, reason",
    [
        ("missing", "file is not there"),
        ("empty", "empty file"),
        ("text", "not a picture file"),
        ("cut", "file is cut short"),
        ("dangling link", "cannot be opened (No such file or directory)"),
        ("folder", "cannot be opened (Is a directory)"),
    ],
)
def test_cub_leaves_out_bad_files(cub, capsys, kind, reason):
    bad = cub / "images" / CUB_CLASSES[1] / "photo 4.jpg"
    damage(kind, bad)
    birds = load_cub(cub)
    assert birds.left_out.to_dict("records") == [{"path": str(bad), "reason": reason}]
    assert f"left out 1 of 20 pictures (1 {reason})" in capsys.readouterr().out
    assert str(bad) not in set(birds.table["path"])


def test_cub_stops_at_a_table_that_was_cut_short(cub):
    for name, keep, lacking in (
        ("train_test_split", 12, 8), ("images", 12, 8), ("image_class_labels", 12, 8), ("bounding_boxes", 12, 8),
        ("classes", 2, 10),
    ):  # fmt: skip
        file = cub / f"{name}.txt"
        whole = file.read_text()
        change_lines(file, lambda lines, keep=keep: lines[:keep])
        with pytest.raises(
            DataError, match=rf"(?s){name}.txt looks half-written.*{lacking} pictures without a row"
        ):
            load_cub(cub)
        file.write_text(whole)


def test_cub_names_the_line_that_is_wrong_and_what_a_half_written_folder_lacks(cub):
    for name, line, message in (
        ("train_test_split.txt", "20 ", "Line 21 of .*2 values: image_id, is_training"),
        ("train_test_split.txt", "21 7", "no split"),
        ("bounding_boxes.txt", "21 3.0 wide 4 4", "Line 21 of .*image_id, x, y, width, height"),
        ("images.txt", "20 a.jpg", "each image_id once.*20 twice"),
    ):
        whole = (cub / name).read_text()
        (cub / name).write_text(f"{whole}{line}\n")
        with pytest.raises(DataError, match=f"(?s){name}.*{message}|{message}"):
            load_cub(cub)
        (cub / name).write_text(whole)
    for name in ("images", "classes.txt", "train_test_split.txt", "bounding_boxes.txt"):
        (cub / name).rename(cub / "away")
        with pytest.raises(DataError, match=rf"(?s)lacks {name}\..*Expected.*Received.*What to do"):
            load_cub(cub)
        (cub / "away").rename(cub / name)


def test_cub_without_any_picture_is_an_error(cub):
    shutil.rmtree(cub / "images")
    (cub / "images").mkdir()
    with pytest.raises(DataError, match=r"(?s)no picture can be used.*20 file is not there"):
        load_cub(cub)


def test_cub_points_to_the_folder_that_was_meant(cub):
    for near in (cub.parent, cub / "images"):
        with pytest.raises(DataError, match="use load_cub") as error:
            load_cub(near)
        assert f'load_cub("{cub}")' in str(error.value)


# --- all loaders


@pytest.mark.parametrize("load", [load_cub, load_pets, load_folder])
def test_folder_that_is_missing_empty_or_a_file(load, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    for name, received in (("nowhere", "no such folder"), ("empty", "an empty folder"), ("file", "a file")):
        with pytest.raises(DataError, match=rf"(?s)`folder`.*{name}.*Received: {received}.*What to do"):
            load(tmp_path / name)


@pytest.mark.parametrize(
    "other, advice",
    [
        ("pets", "this looks like Oxford-IIIT Pet; use load_pets"),
        ("cub", "this looks like CUB-200-2011; use load_cub"),
    ],
)
def test_folder_of_another_data_set(other, advice, request):
    for load in (load_folder, load_cub if other == "pets" else load_pets):
        with pytest.raises(DataError, match=advice):
            load(request.getfixturevalue(other))


# --- pets


def test_pets_reads_splits_species_and_heads(pets, capsys):
    data = load_pets(pets)
    assert data.class_names == ["Abyssinian", "american bulldog", "Bengal"]
    assert data.table["split"].value_counts().to_dict() == {"train": 9, "test": 9}
    assert data.table.groupby("class_name")["species"].first().to_dict() == {
        "Abyssinian": "cat", "american bulldog": "dog", "Bengal": "cat"}  # fmt: skip
    heads = data.table[["head_x", "head_y", "head_width", "head_height"]].dropna()
    assert heads.to_numpy().tolist() == [[5, 6, 20, 10]]
    assert data.table.loc[heads.index, "path"].str.endswith("Bengal_2.jpg").all()
    assert capsys.readouterr().out == ""


def test_pets_takes_what_the_drawing_program_knows(pets):
    names = [f"{name}_{i}" for name in PETS for i in range(6, 0, -1)]
    truth = pd.DataFrame({"image": names, "known": [name.startswith("B") for name in names], "species": "?"})
    truth.to_csv(pets / "annotations/truth.csv", index=False)
    table = load_pets(pets).table
    assert table.groupby("class_name")["known"].mean().to_dict() == {
        "Abyssinian": 0, "american bulldog": 0, "Bengal": 1}  # fmt: skip
    assert set(table["species"]) == {"cat", "dog"}  # the lists win


def test_pets_leaves_out_what_the_tables_do_not_cover(pets, capsys):
    write_picture(pets / "images/Persian_1.jpg")
    change_lines(pets / "annotations/test.txt", lambda lines: lines[:-1])
    (pets / "images/Abyssinian_1.jpg").write_text("no picture")
    data = load_pets(pets)
    assert data.left_out.assign(path=data.left_out["path"].map(lambda path: Path(path).stem)).set_index(
        "path"
    )["reason"].to_dict() == {
        "Abyssinian_1": "not a picture file",
        "Bengal_6": "without a row in trainval.txt or test.txt",
        "Persian_1": "without a row in list.txt",
    }
    assert "left out 3 of 19 pictures" in capsys.readouterr().out


@pytest.mark.parametrize(
    "file, change, message",
    [
        ("test.txt", lambda lines: lines[:3], "test.txt looks half-written"),
        ("list.txt", lambda lines: lines[:9], "list.txt looks half-written"),
        ("test.txt", lambda lines: [*lines, "Bengal_1 3 1 1"], "trainval.txt and test.txt share pictures"),
        ("list.txt", lambda lines: [*lines, "fish_1 4 3 1"], "unknown species"),
        ("list.txt", lambda lines: [*lines, "fish_1 4"], "Line 20 of"),
        ("list.txt", lambda lines: [], "list.txt cannot be read"),
        ("xmls/Bengal_2.xml", lambda lines: ["<annotation>"], "Bengal_2.xml cannot be read"),
    ],
)
def test_pets_stops_at_damaged_annotations(pets, file, change, message):
    change_lines(pets / "annotations" / file, change)
    with pytest.raises(DataError, match=message):
        load_pets(pets)


@pytest.mark.parametrize("name", ["images", "annotations/test.txt"])
def test_pets_names_what_is_missing(pets, name):
    (pets / name).rename(pets / "away")
    with pytest.raises(DataError, match=rf"lacks {name}\."):
        load_pets(pets)


# --- a folder for each class


def splits_by_content(data: ImageDataset) -> dict[bytes, str]:
    return {
        Path(path).read_bytes(): split
        for path, split in zip(data.table["path"], data.table["split"], strict=True)
    }


def test_folder_split_follows_content_not_names(own, tmp_path):
    before = load_folder(own)
    renamed = tmp_path / "elsewhere"
    for name in ("robin", "wren"):
        for i, path in enumerate(sorted((own / name).iterdir(), reverse=True)):
            target = renamed / f"a {name}" / f"photo{i}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    assert splits_by_content(load_folder(renamed)) == splits_by_content(before)
    assert before.class_names == ["robin", "wren"]
    assert len({tuple(load_folder(own, 0.5, seed).table["split"]) for seed in range(4)}) > 1
    assert pd.crosstab(before.table["class_name"], before.table["split"])["test"].tolist() == [2, 2]


def test_folder_keeps_equal_files_on_one_side_and_leaves_something_to_train_on(own, tmp_path):
    for i in range(2):
        write_picture(tmp_path / "data/rare" / f"{i}.png", (i, 0, 0))
    assert sorted(load_folder(tmp_path / "data", 0.9).table["split"]) == ["test", "train"]
    write_lines(tmp_path / "none/robin/notes.txt", ["x"])
    with pytest.raises(DataError, match="(?s)holds no pictures.*Received: robin"):
        load_folder(tmp_path / "none")
    for path in list((own / "robin").iterdir()):
        shutil.copy(path, path.with_name(f"copy of {path.name}"))
    table = load_folder(own, test_fraction=0.4).table
    contents = table["path"].map(lambda path: Path(path).read_bytes())
    assert table.groupby(contents)["split"].nunique().max() == 1
    assert (table["split"][table["class_name"] == "robin"] == "test").sum() == 6  # 3 of 8 pictures, twice


def test_folder_reports_what_it_cannot_use(own, capsys):
    (own / "robin/broken.jpg").write_bytes(b"\xff\xd8 no more")
    (own / "robin/notes.txt").write_text("not a picture, and not meant as one")
    (own / "robin/.hidden.jpg").write_text("x")
    (own / "wren/phone.HEIC").write_bytes(b"x")
    write_picture(own / "stray.png", (1, 2, 3))
    shutil.copy(own / "robin/0.png", own / "wren/robin.png")
    data = load_folder(own)
    left_out = {Path(path).name: reason for path, reason in data.left_out.itertuples(index=False)}
    assert left_out.pop("broken.jpg")
    assert left_out == {
        "phone.HEIC": ".heic file: save it as JPEG",
        "stray.png": "not in a class folder",
        "0.png": "the same picture in robin and wren",
        "robin.png": "the same picture in robin and wren",
    }
    assert len(data) == 15 and capsys.readouterr().out.count("\n") == 1


# --- ImageDataset


def test_only_counts_labels_anew_and_keeps_the_order(pets):
    data = load_pets(pets).only(["Bengal", "Abyssinian"])
    assert data.class_names == ["Abyssinian", "Bengal"]
    assert [data.class_names[label] for label in data.table["label"]] == data.table["class_name"].tolist()
    with pytest.raises(ValueError, match="Did you mean 'Bengal'"):
        data.only(["Bengl"])


def test_where_selects_rows(cub):
    birds = load_cub(cub)
    assert len(birds.where(birds.table["x"] > 15)) == 5
    assert len(birds.where(lambda table: table["x"] > 15)) == 5
    for wrong in ([True], birds.table["x"]):
        with pytest.raises(ValueError, match="`mask` must hold True or False for each of the 20 rows"):
            birds.where(wrong)


def test_sample_shrinks_one_split_and_is_nested(cub):
    birds = load_cub(cub)
    small, large = (birds.sample(n, seed=3).table for n in (2, 4))
    assert small["split"].value_counts().to_dict() == {"test": 10, "train": 4}
    assert small[small["split"] == "train"]["class_name"].value_counts().tolist() == [2, 2]
    assert set(small["path"]) < set(large["path"])
    assert len({tuple(birds.sample(2, seed=seed).table["path"]) for seed in range(5)}) > 1
    assert len(birds.sample(3, split=None)) == 6
    with pytest.raises(ValueError, match="`per_class` must be at most 5.*Received: 9"):
        birds.sample(9)


def test_a_data_set_shows_itself(cub):
    birds = load_cub(cub)
    assert repr(birds) == "<ImageDataset CUB_200_2011: 20 pictures of 2 classes (10 train, 10 test)>"
    html = birds._repr_html_()
    assert "Sooty Albatross" in html and "<td>5</td>" in html


def test_images_and_batches_give_the_same_pixels(cub):
    birds = load_cub(cub)
    batches = list(birds.batches(24, batch_size=8, split="test"))
    pixels = np.concatenate([pixels for pixels, _ in batches])
    labels = np.concatenate([labels for _, labels in batches])
    rows = np.flatnonzero(birds.table["split"] == "test")
    assert [batch.shape for batch, _ in batches] == [(8, 24, 24, 3), (2, 24, 24, 3)]
    assert pixels.dtype == np.float32 and labels.dtype == np.int32
    np.testing.assert_array_equal(pixels, birds.images(rows, 24))
    np.testing.assert_array_equal(labels, birds.table["label"].iloc[rows])


def test_shuffled_batches_repeat_with_the_seed_and_change_with_the_epoch(cub):
    birds = load_cub(cub)

    def order(batches):
        return [pixels.numpy()[0, 0, 0, 0] for pixels, _ in batches.unbatch().batch(1)]

    first, again = (birds.batches(4, shuffle=True, seed=5) for _ in range(2))
    epoch_1, epoch_2 = order(first), order(first)
    assert epoch_1 != epoch_2 and sorted(epoch_1) == sorted(epoch_2)
    assert order(again) == epoch_1
    assert order(birds.batches(4, shuffle=True, seed=6)) != epoch_1


def test_batches_refuse_what_is_not_there_and_name_the_picture_that_is_damaged(cub, pets):
    with pytest.raises(
        ValueError, match="`split` must be one of test, train. Received: 'tset'. Did you mean"
    ):
        load_cub(cub).batches(8, split="tset")
    with pytest.raises(ValueError, match="`crop=True` needs a box"):
        load_pets(pets).batches(8, crop=True)
    birds = load_cub(cub)
    bad = Path(birds.table["path"][5])
    bad.write_text("damaged after loading")
    with pytest.raises(Exception, match=f"(?s){bad.name} cannot be read"):
        list(birds.batches(8))


# --- pixels


def test_resizing_agrees_with_tensorflow(tmp_path):
    import tensorflow as tf

    pixels = np.random.default_rng(0).integers(0, 256, (83, 83, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    theirs = tf.image.resize(pixels, (24, 24), method="bilinear", antialias=True).numpy()
    assert np.abs(read_picture(tmp_path / "a.png", 24) - theirs).max() <= 1.5


def test_big_jpeg_files_lose_nothing_that_shows(tmp_path):
    rng = np.random.default_rng(0).integers(0, 256, (12, 16, 3), np.uint8)
    big = Image.fromarray(rng).resize((1600, 1200), Image.Resampling.BICUBIC)
    big.save(tmp_path / "a.jpg", quality=95)
    big.save(tmp_path / "a.png")
    box = (400, 300, 500, 400)
    for crop in (None, box):
        jpeg, png = (read_picture(tmp_path / f"a.{kind}", 64, crop).astype(int) for kind in ("jpg", "png"))
        assert np.abs(jpeg - png).mean() < 2


def test_crop_shows_the_box(cub):
    birds = load_cub(cub)
    image = Image.new("RGB", (40, 30), (0, 0, 255))
    image.paste((255, 0, 0), (1, 5, 13, 19))  # x 1, y 5, 12 wide, 14 high: the first row's box
    image.save(birds.table["path"][0], quality=98, subsampling=0)
    red_whole, red_crop = (birds.images([0], 32, crop=crop)[0, ..., 0].mean() for crop in (False, True))
    assert red_whole < 60 < 120 < red_crop < 250


@pytest.mark.parametrize(
    "box, edges",
    [
        ((40, 40, 20, 20), (40, 40, 60, 60)),
        ((40, 30, 10, 40), (25, 30, 65, 70)),  # made square
        ((0, 10, 10, 20), (0, 10, 20, 30)),  # moved inside
        ((-5, 10, 200, 60), (0, 0, 100, 80)),  # cut off
        ((-40, 20, 60, 20), (0, 20, 20, 40)),  # the part inside, not the whole moved inside
        ((90, 70, 40, 30), (90, 70, 100, 80)),
    ],
)
def test_crop_edges(box, edges):
    assert crop_edges(box, 100, 80) == pytest.approx(edges)


@pytest.mark.parametrize(
    "box", [(120, 10, 20, 20), (10, -30, 20, 30), (100, 0, 5, 5), (10, 10, 0.2, 0.2), (np.nan, 1, 9, 9)]
)
def test_crop_edges_refuse_a_box_outside_the_picture(box):
    with pytest.raises(ValueError, match="`box` must .*overlap the picture of 100 x 80.*Received: .*leave"):
        crop_edges(box, 100, 80)


def test_a_box_outside_is_not_taken_for_a_damaged_picture(cub):
    birds = load_cub(cub)
    birds.table.loc[3, "x"] = 400.0
    message = r"photo 4.jpg cannot be cropped: `box` must .*40 x 30 pixels. Received: 400, 5, 12, 14"
    with pytest.raises(ValueError, match=message) as error:
        birds.images([3], 8, crop=True)
    assert "replace" not in str(error.value)
    with pytest.raises(Exception, match=message):
        list(birds.batches(8, crop=True))


def test_rows_and_boxes_are_those_of_the_table(cub):
    birds = load_cub(cub)
    rows = birds.rows("train")
    assert birds.rows().equals(birds.table) and set(rows["split"]) == {"train"} and len(rows) == 10
    assert birds.boxes(rows)[0].tolist() == [1, 5, 12, 14]
    with pytest.raises(ValueError, match="`crop=True` needs a box for each picture.*Received: columns path"):
        birds.boxes(rows.drop(columns="x"))


def test_a_whole_picture_is_cut_to_its_middle_not_squeezed(tmp_path):
    wide = Image.new("RGB", (90, 30), (255, 0, 0))
    wide.paste((0, 0, 255), (30, 0, 60, 30))
    wide.save(tmp_path / "wide.png")
    assert (read_picture(tmp_path / "wide.png", 30) == (0, 0, 255)).all()


# --- real photos


@pytest.mark.real
def test_real_cub(real_data, capsys):
    birds = load_cub(real_data / "CUB_200_2011")
    assert len(birds) == 543 and len(birds.class_names) == 10
    assert birds.table["split"].value_counts().to_dict() == {"train": 300, "test": 243}
    assert birds.class_names[1] == "Laysan Albatross"
    assert birds.left_out["reason"].value_counts().to_dict() == {"not named in images.txt": 11_245}
    assert capsys.readouterr().out.count("\n") == 1
    assert sum(len(labels) for _, labels in birds.batches(64, crop=True)) == 543


@pytest.mark.real
def test_real_pets(real_data):
    pets = load_pets(real_data / "oxford_iiit_pet")
    assert len(pets) == 370 and len(pets.class_names) == 37 and pets.left_out.empty
    assert (pd.crosstab(pets.table["class_name"], pets.table["split"]) == 5).all(axis=None)
    assert pets.table.groupby("species")["class_name"].nunique().to_dict() == {"cat": 12, "dog": 25}
    assert sum(len(labels) for _, labels in pets.batches(64)) == 370


def test_which_breeds_a_backbone_has_met_is_told_for_drawn_and_for_real_ones():
    seen = ["Harbour Tabby", "pudding mop", "leonberger", "Persian", "pug"]
    unseen = ["Quarry Tuft", "moorland digger", "Abyssinian", "american bulldog"]
    assert [met_before(name) for name in seen + unseen] == [True] * 5 + [False] * 4
