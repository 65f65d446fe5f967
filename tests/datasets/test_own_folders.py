"""Folders as people have them: no picture is dropped or gets a wrong label without a word."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from itertools import count, pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from course_utils.bottlenecks.digests import Digests
from course_utils.datasets import load_cub, load_folder, load_pets
from course_utils.errors import DataError, SystemFault
from course_utils.sketchbook import make_folders

CLASSES = ("robin/1.png", "robin/2.png", "wren/1.png", "wren/2.png")
NUMBERS = count()


def write(path: Path, kind: str = "PNG") -> Path:
    """Write a picture that is like no other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.full((20, 20, 3), 90, np.uint8)
    pixels[:2, :2] = np.frombuffer(next(NUMBERS).to_bytes(12, "big"), np.uint8).reshape(2, 2, 3)
    Image.fromarray(pixels).save(path, kind)
    return path


@pytest.fixture
def make(tmp_path):
    def made(*files: str) -> Path:
        for file in files:
            write(tmp_path / "own" / file)
        return tmp_path / "own"

    return made


def under(*folders: str) -> list[str]:
    return [f"{folder}/{file}" for folder in folders for file in CLASSES]


def counted(data) -> dict[tuple[str, str], int]:
    return data.table.groupby(["split", "class_name"]).size().to_dict()


def reasons(data) -> dict[str, str]:
    return {Path(path).name: reason for path, reason in data.left_out.itertuples(index=False)}


# --- which folders are classes


@pytest.mark.parametrize(
    "files, splits, said",
    [
        (under("train", "test"), "train test", "own: splits test, train."),
        (under("train", "valid", "test"), "train validation test", "validation (valid)"),
        (under("Training", "TESTING"), "train test", "train (Training)"),
        (under("Train Set", "Dev-Set"), "train validation", "validation (Dev-Set)"),
        (under("trn", "eval"), "train validation", "validation (eval)"),
        (under("ILSVRC2012_img_train", "ILSVRC2012_img_val"), "train validation", "train (ILSVRC2012_img_train)"),
        (under("train2017", "val2017"), "train validation", "train (train2017)"),
        (under("seg_train/seg_train", "seg_test/seg_test"), "train test", "the classes are in seg_test/seg_test"),
        (under("flowers_train", "flowers_test"), "train test", "splits test (flowers_test), train (flowers_train)"),
        (under("Final_Training/Images", "Final_Test/Images"), "train test", "in Final_Training/Images"),
        (under("BirdsTrain", "BirdsVal"), "train validation", "train (BirdsTrain)"),
        (under("birds/train", "birds/test"), "train test", "own: the classes are in birds; splits"),
        (under("a/b/c"), "train test", "own: the classes are in a/b/c."),
        (under("train"), "train", "nothing to test on"),
        ([f"{name}/{split}/{i}.png" for name in ("robin", "wren") for split in ("train", "val") for i in "12"],
         "train validation", "each class has folders of its own for the splits"),
        ([f"{name}/{name}_{split}/1.png" for name in ("robin", "wren") for split in ("train", "val")],
         "train validation", "each class has folders of its own for the splits"),
    ],
)  # fmt: skip
def test_splits_and_wrappers_are_found_and_said_in_a_line(make, capsys, files, splits, said):
    data = load_folder(make(*files))
    assert data.class_names == ["robin", "wren"] and set(data.table["split"]) == set(splits.split())
    assert len(data) == len(files) and data.left_out.empty
    printed = capsys.readouterr().out
    assert said in printed and printed.count("\n") == 1


@pytest.mark.parametrize(
    "files, said",
    [
        (CLASSES, ""),
        (["robin/male/1.png", "robin/female/2.png", "robin/3.png", "wren/a/b/1.png", "wren/2.png"], ""),
        ([*CLASSES, "freight_train/1.png", "freight_train/2.png"], ""),
        ([*CLASSES, "test/1.png", "test/2.png"], "own: test is taken for a class.\n"),
        (
            [*CLASSES, "train/1.png", "val/2.png"],
            "own: train is taken for a class; val is taken for a class.\n",
        ),
        (["robin/1.png", "robin/2.png"], "own: one class only, robin.\n"),
        (["trainA/1.png", "trainB/1.png", "testA/1.png", "testB/1.png"], "trainA is taken for a class"),
        (["cats_train/1.png", "cats_test/1.png", "dogs_train/1.png"], "dogs_train is taken for a class"),
        (
            under("entrenamiento", "prueba"),
            "entrenamiento, prueba are taken for classes, though each holds robin",
        ),
        (under("训练", "测试"), "测试, 训练 are taken for classes, though each holds robin, wren"),
        (under("a/photos", "b/photos"), "a, b are taken for classes, though each holds robin, wren"),
    ],
)
def test_class_folders_need_no_line_unless_they_are_odd(make, capsys, files, said):
    data = load_folder(make(*files))
    assert data.class_names == sorted({file.split("/")[0] for file in files}) and len(data) == len(files)
    printed = capsys.readouterr().out
    assert said in printed and bool(printed) == bool(said)


@pytest.mark.parametrize(
    "files", [(*under("asl_train"), "asl_test/1.png", "asl_test/Images/2.png"),
              (*under("train"), "test/1.png", "cover.png"), (*under("train"), "train/1.png", "train/2.png")],
)  # fmt: skip
def test_pictures_outside_of_classes_are_left_out(make, files):
    data = load_folder(make(*files))
    assert set(data.left_out["reason"]) == {"not in a class folder"} and (len(data), len(data.left_out)) == (
        4,
        2,
    )


@pytest.mark.parametrize(
    "folders",
    ["fold1 fold2", "2021 2022", "trainA trainB testA testB",
     "fold1/train fold1/test fold2/train fold2/test", "red_train red_tests blue_train blue_tests"],
)  # fmt: skip
def test_folders_that_hold_the_same_folders_are_an_error_that_names_them(make, folders):
    folder = make(*under(*folders.split()))
    with pytest.raises(
        DataError, match=f"(?s)classes, or splits.*{re.split('[ /]', folders)[0]}.*robin, wren inside.*rename"
    ):
        load_folder(folder)


@pytest.mark.parametrize(
    "files, named",
    [
        (under("flowers_train", "flowers_test", "flowers_rest"), "splits and something else: flowers_rest"),
        (["flowers_train/1.png", "flowers_test/2.png"], "without class folders inside"),
        (under("train", "test", "extra"), "splits and something else: extra"),
        ([*under("seg_train", "seg_test"), "seg_pred/1.png"], "splits and something else: seg_pred"),
        (under("test"), "no training pictures"),
        (under("val", "test"), "no training pictures"),
        (["train/1.png", "test/2.png"], "without class folders inside"),
        (["train/train/1.png", "test1/test1/2.png"], "without class folders inside"),
        (["robin/train/1.png", "robin/test/2.png", "wren/1.png"], "own/robin/test is named like a split"),
        (["robin/val/1.png", "wren/test/2.png"], "is named like a split and lies in a class folder"),
    ],
)
def test_folders_that_cannot_be_understood_are_an_error_that_names_them(make, files, named):
    with pytest.raises(DataError, match=f"(?s){named}.*What to do"):
        load_folder(make(*files))


def test_a_picture_in_two_splits_and_a_class_in_one_alone_are_said(make, capsys):
    folder = make(*under("train", "test"))
    shutil.copy(folder / "train/wren/1.png", folder / "test/wren/copy.png")
    load_folder(folder)
    assert "the same picture in two splits, 1 times" in capsys.readouterr().out
    shutil.rmtree(folder)
    load_folder(make("train/Robin/1.png", "train/wren/1.png", "test/robin/2.png"))
    printed = capsys.readouterr().out
    assert "differ in case only: Robin, robin" in printed and "no training pictures of robin" in printed


# --- which files are pictures


@pytest.mark.parametrize("kind", ["JPEG", "PPM", "ICO", "JPEG2000", "BMP", "WEBP", "TIFF", "GIF"])
def test_pictures_are_known_by_their_content_many_endings_or_none(make, kind):
    folder = make(*CLASSES)
    names = "a.JPG a.jfif a.jpe a.pjpeg a.dib a.tif a.mpo a.j2k a.jpx a.jpf a.j2c a".split()
    for name in (*names, "St. John 3", "photo.2023-05-01", "a.xyz"):
        write(folder / "robin" / name, kind)
    data = load_folder(folder)
    assert reasons(data) == {"a.xyz": "picture that ends in .xyz: give it the ending of its kind"}
    assert len(data) == 4 + 14


UNUSED = {
    "a.jpg.xyz": "picture that ends in .xyz: give it the ending of its kind",
    "a.txt": "picture that ends in .txt: give it the ending of its kind",
    **dict.fromkeys(
        "b.jpg.bak b.jpg_original b.jpg~ b.ORIG".split(), "backup copy: rename it if it is to be used"
    ),
    **dict.fromkeys(
        "c.part c.jpg.crdownload c.tmp c.jpg.download".split(), "unfinished download: get it anew"
    ),
    **{
        f"d{end}": f"{end} file: save it as JPEG" for end in ".nef .3fr .x3f .dcm .pcx .tga .exr .psd".split()
    },
    "d.HEIC": ".heic file: save it as JPEG",
    ".a.jpg.icloud": "still in iCloud: download it in Finder",
    "a.jpg.lnk": "shortcut of Windows: put the file itself there",
    ".a.png": "hidden file",
}


def test_a_picture_that_is_not_used_has_a_row(make):
    folder = make(*CLASSES)
    for name in UNUSED:
        write(folder / "robin" / name)
    assert reasons(load_folder(folder)) == UNUSED


@pytest.mark.parametrize("content", [b"", bytes(99)])
def test_what_was_meant_as_a_picture_has_a_row_whatever_is_in_it_and_other_files_have_none(
    make, capsys, content
):
    folder, meant = make(*CLASSES), {"a.jpg.part", ".a.HEIC.icloud", "a.dcm", "a.png"}
    for name in meant:
        (folder / "robin" / name).write_bytes(content)
    others = (
        "notes.bak notes~ .notes.txt.icloud x.tmp data.part README.txt notes.csv .DS_Store ._1.png Thumbs.db"
    )
    for name in f"{others} Makefile BMW.md".split():
        (folder / "wren" / name).write_text("BM is how this begins")
    assert set(reasons(load_folder(folder))) == meant
    assert "left out 4 of 8 pictures" in capsys.readouterr().out


@pytest.mark.parametrize("splits", ["", "train/"])
def test_class_folders_without_pictures_are_said(make, capsys, splits):
    folder = make(*(splits + file for file in CLASSES)) / splits
    for name in ("owl", "heron/more", "@eaDir", ".git"):
        (folder / name).mkdir(parents=True)
    (folder / "owl/owls.zip").write_bytes(b"PK")
    write(folder / "crow/1.psd")  # which has a row
    load_folder(make())
    assert "no pictures in heron, owl" in capsys.readouterr().out


@pytest.mark.parametrize("place", [".", "train", "test/robin"])
def test_what_systems_put_there_is_ignored_and_said(make, capsys, place):
    folder = make(*under("train", "test"))
    for junk in ("@eaDir", "__MACOSX", ".thumbnails", ".ipynb_checkpoints", "lost+found", "Thumbs"):
        shutil.copy(folder / "train/robin/1.png", write(folder / place / junk / "1.png"))
        data = load_folder(folder)
        assert len(data) == 8 and data.class_names == ["robin", "wren"]
        assert capsys.readouterr().out == f"own: splits test, train; ignored {junk}.\n"
        shutil.rmtree(folder / place / junk)


def test_links_are_followed_but_not_round_and_round_and_no_pipe_hangs(make, tmp_path):
    folder = make(*CLASSES, "robin/x.jpg/1.png")  # a folder that is named like a picture may hold some
    shutil.move(folder / "robin", tmp_path / "disk")
    (folder / "robin").symlink_to(tmp_path / "disk")
    (folder / "wren/again").symlink_to(folder)
    (folder / "owl").symlink_to("/nowhere/owl")
    os.mkfifo(folder / "wren/x.png")
    data = load_folder(folder)
    assert data.class_names == ["robin", "wren"] and len(data) == 5
    assert reasons(data) == {
        "again": "link to a folder that it lies in",
        "owl": "cannot be opened (No such file or directory)",
        "x.png": "cannot be opened (not a file but a pipe, socket or device)",
    }


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(24, "Too many open files")]
)
def test_a_folder_that_cannot_be_opened_is_said_unless_the_system_is_short(make, monkeypatch, error):
    folder, look = make(*CLASSES), os.listdir

    def listdir(path):
        if str(path).endswith("wren"):
            raise error
        return look(path)

    monkeypatch.setattr(os, "listdir", listdir)
    if error.errno == 13:
        assert reasons(load_folder(folder)) == {"wren": "folder cannot be opened (Permission denied)"}
    else:
        with pytest.raises(SystemFault, match="Too many open files.*ulimit"):
            load_folder(folder)


def test_many_kinds_of_reasons_are_not_all_printed(make, capsys):
    folder = make(*CLASSES)
    for ending in ("txt", "xyz", "tmp", "old", "abc", "psd", "raw"):
        write(folder / f"robin/a.{ending}")
    assert len(load_folder(folder).left_out) == 7
    assert "and 2 other reasons" in capsys.readouterr().out


# --- names


@pytest.mark.parametrize("other", [unicodedata.normalize("NFD", "Grünfink"), "Grünfink ", " Grünfink"])
def test_one_name_written_in_two_ways_is_one_class(make, other):
    data = load_folder(make("train/Grünfink/1.png", "train/wren/1.png", f"test/{other}/1.png"))
    assert counted(data) == {("test", "Grünfink"): 1, ("train", "Grünfink"): 1, ("train", "wren"): 1}


@pytest.mark.parametrize("where", ["robin", "robin/1.png"])
def test_names_that_are_not_utf8_are_left_out_by_name(make, capsys, where):
    folder = make(*CLASSES)
    os.rename(folder / where, os.path.join(os.fsencode((folder / where).parent), b"caf\xe9.png"))
    data = load_folder(folder)
    assert set(data.left_out["reason"]) == {"with a name that is not UTF-8: rename it"}
    assert data.left_out["path"].str.contains("caf\\xe9", regex=False).all()
    print(data.left_out, data)


def test_data_below_a_folder_whose_name_is_not_utf8(make, tmp_path):
    import keras

    from course_utils.bottlenecks import BottleneckCache

    place = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9"))
    shutil.move(make(*CLASSES), place)
    for path in Path(place).rglob("*.png"):
        os.utime(path, (1e9, 1e9))
    data = load_folder(place)
    print(data)
    assert data.images([0, 1], 8).shape == (2, 8, 8, 3)
    assert sum(len(labels) for _, labels in data.batches(8)) == 4
    pixels = keras.Input((8, 8, 3))
    backbone = keras.Model(pixels, keras.layers.GlobalAveragePooling2D()(pixels), name="tiny")
    cache = BottleneckCache(tmp_path / "cache")
    assert cache.extract(backbone, data, progress=False).vectors.shape == (4, 3)
    assert "all 4 pictures are stored" in str(cache.explain(backbone, data))
    digests = Digests(tmp_path / "cache/pictures.sqlite")
    assert len(list(digests.earlier(data.table["path"].tolist()))) == 4
    Path(data.table["path"][0]).write_text("damaged")
    with pytest.raises(DataError, match=r"caf\\xe9"):
        data.images([0], 8)
    with pytest.raises(Exception, match="cannot be read"):
        list(data.batches(8))


def test_without_utf8_mode_nothing_fails(make, tmp_path):
    folder = make("Grünfink/1.png", "Grünfink/2.png", "wren/1.png", "wren/2.png", "wren/Ü.txt")
    code = (
        "import sys; from course_utils.datasets import load_folder\n"
        "for given in (sys.argv[1], 'V\\xf6gel'):\n"
        "    data = load_folder(given); print(data, *data.class_names, data.left_out)\n"
        "    assert len(data) == 4 and data.images([0], 8).shape == (1, 8, 8, 3)\n"
        "assert sys.getfilesystemencoding() == 'ascii'"
    )
    os.rename(folder, tmp_path / "Vögel")
    away = {
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "Vögel")],
        env=os.environ | away,
        cwd=tmp_path,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Gr\\xfcnfink" in done.stdout


# --- tables of public data sets


@pytest.fixture
def cub(tmp_path) -> Path:
    folder = tmp_path / "cub"
    for i in range(1, 21):
        write(folder / f"images/1.Grünfink/{i}.jpg", "JPEG")
    (folder / "classes.txt").write_text("1 1.Grünfink\n", "utf-8")
    (folder / "images.txt").write_text("".join(f"{i} 1.Grünfink/{i}.jpg\n" for i in range(1, 21)), "utf-8")
    for name, values in (
        ("image_class_labels", "1"),
        ("train_test_split", "1"),
        ("bounding_boxes", "1 2 9 9"),
    ):
        (folder / f"{name}.txt").write_text("".join(f"{i} {values}\n" for i in range(1, 21)))
    return folder


@pytest.fixture
def pets(tmp_path) -> Path:
    folder = tmp_path / "pets"
    names = [f"{breed}_{i}" for breed in ("Kätzchen", "beagle") for i in range(1, 9)]
    rows = [f"{name} {1 + (name[0] == 'b')} {1 + (name[0] == 'b')} 1\n" for name in names]
    for name in names:
        write(folder / f"images/{name}.jpg", "JPEG")
    (folder / "annotations/xmls").mkdir(parents=True)
    for file, lines in (("list", rows), ("trainval", rows[::2]), ("test", rows[1::2])):
        (folder / f"annotations/{file}.txt").write_text("".join(lines), "utf-8")
    return folder


def change_names(folder: Path, change) -> None:
    for path in [*folder.rglob("*")][::-1]:
        path.rename(path.with_name(change(path.name)))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("load", [load_cub, load_pets])
def test_tables_and_files_may_be_of_two_unicode_forms_and_the_tables_of_windows(
    cub, pets, load, form, capsys
):
    folder = cub if load is load_cub else pets
    change_names(folder / "images", lambda name: unicodedata.normalize(form, name))
    for file in folder.rglob("*.txt"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    data = load(folder)
    assert data.left_out.empty and capsys.readouterr().out == ""
    assert data.class_names[0] in ("Grünfink", "Kätzchen")


def test_pets_may_have_other_endings_and_what_no_table_names_has_a_row(cub, pets):
    for old, new in pairwise([".jpg", ".png", ".jpeg", ".JPG", ".jfif", ".tif"]):
        change_names(pets / "images", lambda name, old=old, new=new: name.replace(old, new))
        assert load_pets(pets).left_out.empty
    write(cub / "images/1.Grünfink/9.tif", "TIFF")
    write(pets / "images/beagle_9.webp", "WEBP")
    assert reasons(load_cub(cub)) == {"9.tif": "not named in images.txt"}
    assert reasons(load_pets(pets)) == {"beagle_9.webp": "without a row in list.txt"}


@pytest.mark.parametrize("load", [load_cub, load_pets])
def test_tables_below_a_folder_whose_name_is_not_utf8(cub, pets, load, tmp_path):
    place = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9"))
    shutil.move(cub if load is load_cub else pets, place)
    write(Path(place) / "images/unnamed.jpg", "JPEG")
    data = load(place)
    assert len(data.left_out) == 1 and data.images([0, 1], 8).shape == (2, 8, 8, 3)
    print(data)


def voc(*boxes: tuple, tags=("xmin", "ymin", "xmax", "ymax")) -> str:
    objects = (
        "<object><bndbox>"
        + "".join(f"<{t}>{v}</{t}>" for t, v in zip(tags, box, strict=True))
        + "</bndbox></object>"
        for box in boxes
    )
    return f"<annotation>{''.join(objects)}</annotation>"


@pytest.mark.parametrize(
    "xml, box, said",
    [
        (voc((3, 4, 12, 10)), [2, 3, 10, 7], None),
        (voc((12, 10, 3, 4)), [2, 3, 10, 7], "swapped corners"),
        (voc((12, 4, 3, 10)), [2, 3, 10, 7], "swapped corners"),
        (voc((3, 4, 12, 10), (1, 1, 2, 2)), [2, 3, 10, 7], "2 objects"),
        (voc((60, 60, 90, 90)), None, "outside its picture"),
        (
            voc((12, 10, 3, 4), (1, 1, 2, 2)),
            [2, 3, 10, 7],
            "2 objects (the first counts) and has swapped corners",
        ),
        (
            voc((90, 60, 60, 90), (1, 1, 2, 2)),
            None,
            "2 objects (the first counts) and has swapped corners (put in "
            "order) and lies outside its picture",
        ),
        (voc((-9, -9, -3, -3)), None, "outside its picture"),
        (voc((3, 4, "nan", 10)), None, "no number"),
        (voc((3, 4, "inf", 10)), None, "no number"),
        (voc((15, 4, 40, 10)), [14, 3, 26, 7], None),  # cut off at the edge when it is cropped
        (voc(), None, "no object"),
    ],
)
def test_head_boxes_are_checked(pets, capsys, xml, box, said):
    (pets / "annotations/xmls/beagle_1.xml").write_text(xml)
    table = load_pets(pets).table.set_index("image")
    found = table.loc["beagle_1", ["head_x", "head_y", "head_width", "head_height"]].tolist()
    assert found == box if box else np.isnan(found).all()
    printed = capsys.readouterr().out
    assert ("pets: 1 odd head boxes: beagle_1.xml" in printed and said in printed) if said else printed == ""


def test_advice_on_an_xml_file_fits_what_is_wrong_with_it(pets):
    for xml, received in {
        "": "an empty file",
        "<annotation>": "no element found",
        voc((3, 4, "wide", 10)): "bndbox/xmax: 'wide'.*write a number for xmax",
        voc((3, 4, 9), tags=("xmin", "ymin", "xmax")): "bndbox/ymax: none",
        "<annotation><object/></annotation>": "bndbox/xmin: none",
    }.items():
        (pets / "annotations/xmls/beagle_1.xml").write_text(xml)
        with pytest.raises(DataError, match=f"(?s)beagle_1.xml cannot be read.*Received: {received}.*NaN"):
            load_pets(pets)


def test_head_boxes_are_found_whatever_the_case(pets, capsys):
    folder = pets / "annotations/xmls"
    for name in ("xmls/beagle_1.XML", "XMLs/Beagle_1.xml", "Xmls/beagle_1.jpg.xml"):
        shutil.rmtree(folder)
        folder = (pets / "annotations" / name).parent
        folder.mkdir()
        (pets / "annotations" / name).write_text(voc((3, 4, 12, 10)))
        assert load_pets(pets).table.set_index("image").loc["beagle_1", "head_x"] == 2
    assert capsys.readouterr().out == ""


def test_xml_files_of_no_picture_are_said(pets, capsys):
    for name in ("beagle_77", "poodle_1", "._beagle_1", "beagle_1"):
        (pets / f"annotations/xmls/{name}.xml").write_text(voc((3, 4, 12, 10)))
    load_pets(pets)
    assert capsys.readouterr().out == "pets: 2 XML files belong to no picture: beagle_77.xml, poodle_1.xml.\n"


# --- tables and files that do not agree


def test_pictures_of_one_name_are_not_called_half_written(pets):
    for i in range(1, 6):
        write(pets / f"images/beagle_{i}.png")
    data = load_pets(pets)
    assert len(data) == 16 and set(data.left_out["reason"]) == {"of the same name as another picture"}


def change(file: Path, old: str, new: str, times: int = -1) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new, times), "utf-8")


@pytest.mark.parametrize(
    "old, new", [(" 1.", " images/1."), (".jpg", ".png"), (".jpg", ""), ("finken", "FINKEN")]
)
def test_names_of_cub_may_be_written_otherwise(cub, capsys, old, new):
    change_names(cub / "images", lambda name: name.replace("fink", "finken"))
    change(cub / "images.txt", "fink", "finken")
    change(cub / "images.txt", old, new)
    assert len(load_cub(cub)) == 20 and capsys.readouterr().out == ""


def test_names_of_pets_may_be_written_otherwise(pets, capsys):
    for file in ("list", "trainval", "*"):
        for old, new in ((r"^(\S+)", r"\1.jpg"), ("^beagle", "Beagle"), ("^", "images/")):
            whole = {table: table.read_text("utf-8") for table in pets.glob(f"annotations/{file}.txt")}
            for table, text in whole.items():
                table.write_text(re.sub(old, new, text, flags=re.M).removesuffix("images/"), "utf-8")
            data = load_pets(pets)
            assert len(data) == 16 and set(data.table["split"]) == {"train", "test"}
            assert capsys.readouterr().out == ""
            for table, text in whole.items():
                table.write_text(text, "utf-8")


def test_a_name_that_might_be_two_files_is_neither(cub):
    (cub / "images/1.Grünfink/1.jpg").unlink()
    change(cub / "images.txt", "/1.jpg", "/AB.jpg")
    write(cub / "images/1.Grünfink/ab.jpg", "JPEG"), write(cub / "images/1.Grünfink/Ab.jpg", "JPEG")
    unnamed = dict.fromkeys(("ab.jpg", "Ab.jpg"), "not named in images.txt")
    assert reasons(load_cub(cub)) == unnamed | {"AB.jpg": "file is not there"}


@pytest.mark.parametrize(
    "load, table, name", [(load_cub, "images", "1.Grünfink/1"), (load_pets, "annotations/list", "beagle_1")]
)
def test_names_that_do_not_match_are_not_called_half_written(cub, pets, load, table, name):
    folder = cub if load is load_cub else pets
    change_names(
        folder / "images", lambda file: file.replace("Grünfink", "robin").replace("beagle", "poodle")
    )
    with pytest.raises(
        DataError, match=rf"(?s){table}.txt are not those.*{name}.*(robin|poodle).*correct the names"
    ):
        load(folder)


@pytest.mark.parametrize(
    "table, value, n_out",
    [("image_class_labels", "2", 2), ("train_test_split", "0", 2), ("bounding_boxes", "2 2 9 9", 1)],
)
def test_a_file_under_two_ids_has_one_row_or_none(cub, table, value, n_out):
    change(cub / "classes.txt", "1 1.Grünfink\n", "1 1.Grünfink\n2 2.Wren\n")
    change(cub / "images.txt", "\n2 1.Grünfink/2.jpg", "\n2 1.Grünfink/1.jpg")
    lines = (cub / f"{table}.txt").read_text().split("\n")
    (cub / f"{table}.txt").write_text("\n".join([lines[0], f"2 {value}", *lines[2:]]))
    (cub / "images/1.Grünfink/2.jpg").unlink()
    data = load_cub(cub)
    assert len(data) == 20 - n_out and not data.table["path"].duplicated().any()
    ends = ", which contradict each other" if n_out == 2 else ""
    assert data.left_out["reason"].tolist() == [f"the same file under image_id 1 and 2{ends}"] * n_out


def test_boxes_that_are_no_numbers_or_of_no_size_are_not_called_half_written(cub):
    for row, value in enumerate(("nan", "inf", "-inf")):
        change(cub / "bounding_boxes.txt", f"{row + 1} 1 2", f"{row + 1} {value} 2", 1)
    change(cub / "bounding_boxes.txt", "\n4 1 2 9", "\n4 1 2 0", 1)
    out = load_cub(cub).left_out["reason"].tolist()
    assert out == ["with a bounding box that is no number"] * 3 + ["with a bounding box of no size"]


def test_classes_that_only_their_number_tells_apart_have_it_in_their_name(cub, capsys):
    change(cub / "classes.txt", "1 1.Grünfink\n", "1 1.Grünfink\n2 2.Grünfink\n3 3.Wren\n")
    change(cub / "image_class_labels.txt", " 1\n", " 2\n", 5)
    data = load_cub(cub)
    assert data.class_names == ["Grünfink (1)", "Grünfink (2)"] and len(data.only("Grünfink (2)")) == 5
    assert capsys.readouterr().out == "cub: classes of one name: Grünfink (1), Grünfink (2).\n"


@pytest.mark.parametrize(
    "content",
    [b"", "image_id,image,who\n1,beagle_1,J\xfcrg\n".encode("latin-1"), b"image_id,image\na,b\n", b"x\n",
     b"image_id,image\n1,beagle_1\n1,2,3,4\n", b'image_id,image\n1,"beagle_1\n', None],
    ids=["empty", "latin-1", "others", "column", "ragged", "quote", "folder"],
)  # fmt: skip
@pytest.mark.parametrize("load", [load_cub, load_pets])
def test_truth_that_cannot_be_read_does_not_go_with_the_tables(cub, pets, load, content):
    file = cub / "truth.csv" if load is load_cub else pets / "annotations/truth.csv"
    file.mkdir() if content is None else file.write_bytes(content)
    with pytest.raises(DataError, match="(?s)truth.csv does not go with the tables.*What to do"):
        load(file.parents[load is load_pets])


# --- advice and arguments


def test_advice_fits_what_is_missing_or_of_another_kind(cub, make):
    for name in ("images.txt", "images"):
        whole = cub / name
        whole.rename(cub / "away")
        whole.mkdir() if name == "images.txt" else whole.write_text("")
        with pytest.raises(DataError, match=rf"(?s){name}.*What to do"):
            load_cub(cub)
        whole.rmdir() if whole.is_dir() else whole.unlink()
        (cub / "away").rename(whole)
    (cub / "classes.txt").write_bytes(b"1 1.Gr\xfcnfink\n")
    assert "Gr\\" in load_cub(cub).class_names[0]
    (cub / "classes.txt").unlink()
    with pytest.raises(DataError, match="lacks classes.txt(?s:.*)some parts of the data set are there"):
        load_cub(cub)
    with pytest.raises(DataError, match="use load_folder"):
        load_cub(make(*CLASSES))
    for nothing in ("~nobody-here/x", "a\0b"):
        with pytest.raises(DataError, match="(?s)`folder`.*cannot be opened.*correct the path"):
            load_folder(nothing)


@pytest.mark.parametrize(
    "argument, call",
    [
        ("size", lambda data: data.batches((8, 8))),
        ("size", lambda data: data.images([0], 2**70)),
        ("batch_size", lambda data: data.batches(8, batch_size=2.5)),
        ("seed", lambda data: data.batches(8, seed=2**70)),
        ("split", lambda data: data.batches(8, split=["train"])),
        ("split", lambda data: data.rows({"train"})),
        ("indices", lambda data: data.images([99], 8)),
        ("indices", lambda data: data.images(3, 8)),
        ("indices", lambda data: data.images(["a"], 8)),
        ("class_names", lambda data: data.only([])),
        ("class_names", lambda data: data.only(3)),
        ("class_names", lambda data: data.only([["robin"]])),
        ("mask", lambda data: data.where(3)),
        ("mask", lambda data: data.where(lambda table: None)),
        ("mask", lambda data: data.where(data.table["label"].iloc[:3] == 0)),
        ("mask", lambda data: data.where((data.table["label"] == 0).rename(lambda i: i + 1))),
        ("mask", lambda data: data.where((data.table["label"] == 0).rename(lambda i: 0))),
        ("per_class", lambda data: data.sample(1.5)),
        ("seed", lambda data: data.sample(1, seed=-1)),
        ("seed", lambda data: load_folder(".", seed=10**65)),
        ("seed", lambda data: load_folder(".", seed=1.5)),
        ("test_fraction", lambda data: load_folder(".", None)),
        ("test_fraction", lambda data: load_folder(".", -0.1)),
        ("test_fraction", lambda data: load_folder(".", 1)),
        ("folder", lambda data: load_folder(None)),
        ("folder", lambda data: load_cub("")),
        ("folder", lambda data: load_pets(b"/tmp")),
    ],
)
def test_odd_arguments_are_named(make, argument, call):
    data = load_folder(make(*CLASSES))
    with pytest.raises(ValueError, match=f"`{argument}` must .*Received: "):
        call(data)


def test_a_mask_goes_by_its_index_and_an_empty_data_set_says_so(make):
    data = load_folder(make(*CLASSES))
    mask = data.table.sort_values("class_name", ascending=False)["class_name"] == "wren"
    for given in (mask, lambda table: mask, mask.sort_index().to_numpy(), mask.sort_index().tolist()):
        assert set(data.where(given).table["class_name"]) == {"wren"}
    empty = data.where(data.table["label"] > 9)
    for use in (lambda: empty.sample(1), lambda: empty.rows("train"), lambda: empty.batches(8, split="test")):
        with pytest.raises(ValueError, match="holds no pictures"):
            use()


def test_a_class_without_training_pictures_cannot_be_sampled(make):
    data = load_folder(make(*under("train"), "test/owl/1.png"))
    with pytest.raises(ValueError, match="`per_class` must be at most 0: 'owl' has no more.*Received: 1"):
        data.sample(1)
    assert len(data.where(data.table["class_name"] != "owl").sample(1)) == 2


def test_truth_is_read_where_the_sketchbook_drew_and_nowhere_else(make, tmp_path):
    drawn = load_folder(make_folders(tmp_path / "drawn", "things", ["teapot", "hoverfly"], 4, px=32))
    known = drawn.table.groupby("class_name")["known"].agg(list)
    assert known.to_dict() == {"hoverfly": [False] * 4, "teapot": [True] * 4}
    (make(*CLASSES) / "truth.csv").write_text("my,notes\n1,2\n")
    assert list(load_folder(make()).table) == ["path", "label", "class_name", "split"]
