"""The frozen graph's archive: the course's own, and the one of 2015 where the learner has it."""

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from course_utils.backbones import archive
from course_utils.backbones.archive import OWN_FILES, PUBLISHED, PUBLISHED_FILES
from course_utils.environment import Course
from course_utils.errors import DataError


@pytest.fixture(autouse=True)
def own_environment(tmp_path, monkeypatch):
    """Nobody has the real archive, and the course's own is three small files."""
    monkeypatch.delenv("COURSE_INCEPTION", raising=False)
    monkeypatch.setattr(archive, "data_folder", lambda: tmp_path / "shipped")
    write(tmp_path / "shipped" / archive.OWN_FOLDER, OWN_FILES)


@pytest.fixture
def course(tmp_path):
    (tmp_path / "data").mkdir()
    return Course("photo", 0, "efficientnet_lite0", 224, tmp_path / "data")


def write(folder, names=PUBLISHED_FILES):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text(name)
    return folder


def pack(file, folder, *more):
    """A stand-in for the archive: its files, and empty ones with these names."""
    with tarfile.open(file, "w:gz") as packed:
        for path in sorted(folder.iterdir()):
            packed.add(path, path.name)
        for name in more:
            packed.addfile(tarfile.TarInfo(name), io.BytesIO())
    return file


def test_without_the_real_archive_the_courses_own_takes_its_place_and_says_so(course, tmp_path, capsys):
    own = course.inception_archive()
    assert [file.name for file in own] == list(OWN_FILES) and own.graph.is_relative_to(tmp_path / "shipped")
    said = capsys.readouterr().out
    assert "own small network" in said and archive.URL in said and "COURSE_INCEPTION" in said
    own.node_to_uid.unlink()
    with pytest.raises(DataError, match=f"not complete(?s:.*)no {own.node_to_uid.name}(?s:.*)make backbones"):
        course.inception_archive()


def test_drawn_pictures_go_with_the_drawn_networks_archive(course, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_INCEPTION", str(write(tmp_path / "real")))
    sketch = Course("sketch", 0, "mini_mobilenet_v2", 96, tmp_path / "data")
    assert sketch.inception_archive() == archive.own_archive()
    assert capsys.readouterr().out == ""
    assert course.inception_archive().graph.parent == tmp_path / "real"


@pytest.mark.parametrize("place", ["data", "photos"])
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "tgz"])
def test_the_archive_is_found_under_its_name(course, tmp_path, place, packed, capsys):
    if packed:
        (tmp_path / place).mkdir(exist_ok=True)
        pack(tmp_path / place / f"{PUBLISHED}.tgz", write(tmp_path / "real"))
    else:
        write(tmp_path / place / PUBLISHED)
    found = Course("photo", 0, "", 224, tmp_path / "data", tmp_path / "photos").inception_archive()
    assert [file.read_text() for file in found] == list(PUBLISHED_FILES)
    assert capsys.readouterr().out == ""


def test_what_is_packed_is_unpacked_once(course, tmp_path, monkeypatch):
    file = pack(tmp_path / "mine.tgz", write(tmp_path / "real"), "LICENSE")
    monkeypatch.setenv("COURSE_INCEPTION", str(file))
    first = course.inception_archive()
    first.graph.write_text("as it was left")
    assert course.inception_archive() == first
    assert first.graph.read_text() == "as it was left"
    assert first.graph.is_relative_to(course.data_root)


@pytest.mark.parametrize("member", ["../evil", "/tmp/evil", "a/../../evil", "C:\\evil"])
def test_an_archive_that_reaches_out_of_its_folder_is_refused(course, tmp_path, monkeypatch, member):
    file = pack(tmp_path / "mine.tgz", write(tmp_path / "real"), member)
    monkeypatch.setenv("COURSE_INCEPTION", str(file))
    with pytest.raises(DataError, match="refused to unpack"):
        course.inception_archive()
    assert not list(tmp_path.rglob("*evil")) and not Path("/tmp/evil").exists()
    assert not list(course.data_root.rglob("*.pb"))


def test_half_an_archive_is_named_and_may_be_mended(course, tmp_path, monkeypatch):
    real = write(tmp_path / "real")
    graph = real / PUBLISHED_FILES.graph
    whole = graph.read_bytes()
    graph.unlink()
    for place in (real, pack(tmp_path / "mine.tgz", real)):
        monkeypatch.setenv("COURSE_INCEPTION", str(place))
        with pytest.raises(DataError, match=f"{place} is not complete(?s:.*)no classify_image_graph_def.pb"):
            course.inception_archive()
    graph.write_bytes(whole)
    pack(tmp_path / "mine.tgz", real)
    assert course.inception_archive().graph.read_bytes() == whole


def test_a_name_of_nothing_is_said_not_passed_over(course, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_INCEPTION", str(tmp_path / "nothing"))
    write(course.data_root / PUBLISHED)
    with pytest.raises(DataError, match="COURSE_INCEPTION names nothing(?s:.*)nothing"):
        course.inception_archive()
    shutil.copy(__file__, tmp_path / "nothing")
    with pytest.raises(DataError, match="cannot unpack"):
        course.inception_archive()
