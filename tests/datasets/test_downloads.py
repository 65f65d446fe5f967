import errno
import functools
import hashlib
import http.server
import io
import os
import re
import signal
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from course_utils.datasets import downloads
from course_utils.datasets.downloads import CUB, PETS, Archive, download, fetch_cub, fetch_pets, unpack
from course_utils.errors import DataError


def tar_bytes(*members):
    """A .tar.gz of (name, text) members; (name, None) is a folder, (name, ("->", target)) a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            if content is None:
                member.type, member.mode = tarfile.DIRTYPE, 0o755
            elif isinstance(content, tuple):
                member.type, member.linkname = tarfile.SYMTYPE, content[1]
            else:
                member.size = len(content)
            if "\0" in name:  # what follows it is read from the headers of pax only
                member.pax_headers = {"path": name}
            archive.addfile(member, io.BytesIO(content.encode()) if isinstance(content, str) else None)
    return buffer.getvalue()


BIRDS = tar_bytes(
    ("CUB_200_2011", None),
    ("CUB_200_2011/images.txt", "1 a.jpg"),
    ("CUB_200_2011/._images.txt", "what macOS adds"),
    ("attributes.txt", "beside the data set's folder"),
)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Between two tries pooch waits for seconds."""
    monkeypatch.setattr("pooch.core.time.sleep", lambda seconds: None)


@pytest.fixture
def publisher(tmp_path):
    """A folder that is served on this machine; `publisher.archive(name, bytes)` puts a file there."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *message):
            pass

        def do_GET(self):
            asked.append(self.path)
            if "flaky" in self.path and len(asked) < 3:
                return self.send_error(503)
            super().do_GET()

        def end_headers(self):
            if self.path.endswith("cut.tgz"):  # announces more than it sends
                self._headers_buffer = [
                    line if not line.startswith(b"Content-Length") else b"Content-Length: 99999\r\n"
                    for line in self._headers_buffer
                ]
            super().end_headers()

    asked = []
    root = tmp_path / "publisher"
    root.mkdir()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(root))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def archive(name, content, sha256=None):
        (root / name).write_bytes(content)
        sha256 = sha256 or hashlib.sha256(content).hexdigest()
        return Archive(name, f"http://127.0.0.1:{server.server_port}/", f"sha256:{sha256}", 1)

    server.archive, server.root, server.asked = archive, root, asked
    yield server
    server.shutdown()
    server.server_close()


def test_birds_are_downloaded_unpacked_and_not_fetched_again(publisher, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(downloads, "CUB", (publisher.archive("CUB_200_2011.tgz", BIRDS),))
    folder = fetch_cub(tmp_path / "data")
    assert [path.name for path in folder.iterdir()] == ["images.txt"]
    assert "This happens once" in capsys.readouterr().out
    (publisher.root / "CUB_200_2011.tgz").unlink()  # a second download would fail
    assert fetch_cub(tmp_path / "data") == folder
    assert list((tmp_path / "data" / "downloads").iterdir()) == []


def test_pets_come_from_two_archives_into_one_folder(publisher, monkeypatch, tmp_path):
    images = tar_bytes(("images", None), ("images/Bengal_1.jpg", "x"))
    annotations = tar_bytes(("./annotations/list.txt", "x"), ("./annotations/trimaps/._Bengal_1.png", "x"))
    archives = (
        publisher.archive("images.tar.gz", images),
        publisher.archive("annotations.tar.gz", annotations),
    )
    monkeypatch.setattr(downloads, "PETS", archives)
    folder = fetch_pets(tmp_path)
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert files == ["annotations/list.txt", "images/Bengal_1.jpg"]


def test_a_file_that_a_person_downloaded_is_used(publisher, tmp_path):
    archive = publisher.archive("birds.tgz", BIRDS)
    (publisher.root / "birds.tgz").unlink()
    (tmp_path / "birds.tgz").write_bytes(BIRDS)
    assert download(archive, tmp_path).read_bytes() == BIRDS


def test_another_file_under_the_archives_name_is_downloaded_anew(publisher, tmp_path):
    archive = publisher.archive("birds.tgz", BIRDS)
    for content in (BIRDS[:-40], b"", b"a page that says: log in first"):
        (tmp_path / archive.name).write_bytes(content)
        assert download(archive, tmp_path).read_bytes() == BIRDS


def test_a_wrong_hash_is_refused_and_nothing_stays(publisher, monkeypatch, tmp_path):
    archive = publisher.archive("CUB_200_2011.tgz", BIRDS, sha256="0" * 64)
    monkeypatch.setattr(downloads, "CUB", (archive,))
    with pytest.raises(
        DataError, match="(?s)not the file that was asked for.*Expected.*0000.*Received.*What to do"
    ):
        fetch_cub(tmp_path / "data")
    assert [path.name for path in (tmp_path / "data").rglob("*")] == ["downloads"]


@pytest.mark.parametrize("name", ["short.tgz", "cut.tgz"])
def test_a_download_that_breaks_off_is_refused(publisher, tmp_path, name):
    whole = hashlib.sha256(BIRDS).hexdigest()
    archive = publisher.archive(name, BIRDS[:50], sha256=whole)
    with pytest.raises(DataError, match="run the cell again"):
        download(archive, tmp_path / "downloads")
    assert list((tmp_path / "downloads").iterdir()) == []


def test_a_download_that_breaks_off_is_tried_again(publisher, tmp_path):
    archive = publisher.archive("flaky.tgz", BIRDS)
    assert download(archive, tmp_path / "downloads").read_bytes() == BIRDS
    assert len(publisher.asked) == 3


def disk_without_room(code):
    def write(url, output_file, pooch):
        Path(output_file).write_bytes(b"half")
        raise OSError(code, os.strerror(code))  # `write()` names no file

    return write


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_not_taken_for_a_missing_network(publisher, tmp_path, monkeypatch, code):
    monkeypatch.setattr(downloads.pooch, "HTTPDownloader", lambda **how: disk_without_room(code))
    folder = tmp_path / "downloads"
    with pytest.raises(DataError, match=f"(?s)cannot write to {folder}\n.*make room") as error:
        download(publisher.archive("birds.tgz", BIRDS), folder)
    assert "network" not in str(error.value) and list(folder.iterdir()) == []


KILLED = """
import os, pathlib, signal, sys
from course_utils.datasets import downloads
def half(url, output_file, pooch):
    pathlib.Path(output_file).write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
downloads.pooch.HTTPDownloader = lambda **how: half
downloads.CUB = (downloads.Archive("CUB_200_2011.tgz", "http://127.0.0.1:9/", "sha256:" + "0" * 64, 1),)
downloads.fetch_cub(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.parametrize("filled_before", [False, True])
def test_what_a_killed_download_leaves_is_gone_after_the_next(
    publisher, monkeypatch, tmp_path, filled_before
):
    root = tmp_path / "data"
    monkeypatch.setattr(downloads, "CUB", (publisher.archive("CUB_200_2011.tgz", BIRDS),))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(root)], env=environment)
    assert killed.returncode == -signal.SIGKILL and len(list(root.rglob("tmp*"))) == 1
    if filled_before:  # by another process, say
        (root / "CUB_200_2011").mkdir()
    fetch_cub(root)
    assert sorted(path.name for path in root.iterdir()) == ["CUB_200_2011", "downloads"]
    assert list((root / "downloads").iterdir()) == []


def test_no_network_and_a_file_that_is_gone_say_what_to_do(publisher, tmp_path):
    archive = publisher.archive("birds.tgz", BIRDS)
    (publisher.root / "birds.tgz").unlink()
    with pytest.raises(DataError, match="(?s)cannot download.*404.*What to do"):
        download(archive, tmp_path)
    publisher.shutdown()
    publisher.server_close()
    with pytest.raises(DataError, match=r"(?s)cannot download http.*birds.tgz.*browser.*profile='sketch'"):
        download(archive, tmp_path)


OUTSIDE = [
    ("../outside.txt", "x"),
    ("/tmp/outside.txt", "x"),
    ("link", ("->", "../..")),
    ("a/../../outside.txt", "x"),
    ("C:/outside.txt", "x"),
    ("..\\outside.txt", "x"),
    ("\\\\server\\share\\outside.txt", "x"),
    ("a\0b/outside.txt", "x"),
    ("/".join("a" * 3000), None),
    ("/".join("a" * 3000) + "/x.txt", "x"),
    ("x" * 300, "x"),
    ("\xfc" * 200, "x"),  # 400 bytes
]


def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path):
    file, target = tmp_path / "bad.tgz", tmp_path / "inside"
    target.mkdir()
    for member in OUTSIDE:
        file.write_bytes(tar_bytes(member))
        with pytest.raises(DataError, match="(?s)refused to unpack.*bad.tgz.*member"):
            unpack(file, target)
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.tgz", "inside"]


def test_a_broken_archive_is_explained_and_a_folder_may_be_named_twice(tmp_path):
    file = tmp_path / "archive.tgz"
    with pytest.raises(DataError, match="(?s)cannot unpack .*archive.tgz.*FileNotFoundError"):
        unpack(file, tmp_path)
    for content in (BIRDS[:-40], b"not an archive", b""):
        file.write_bytes(content)
        with pytest.raises(DataError, match="(?s)cannot unpack.*delete the file"):
            unpack(file, tmp_path)
    file.write_bytes(tar_bytes(("a", None), ("a/b.txt", "x"), ("a", None)))
    unpack(file, tmp_path)
    assert (tmp_path / "a" / "b.txt").read_text() == "x"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([("a.txt", "x"), ("a.txt", "y")], "refused to unpack(?s:.*)the same file twice: member 'a.txt'"),
        ([("./a.txt", "x"), ("a.txt", "y")], "refused to unpack(?s:.*)the same file twice"),
        ([("a", "x"), ("a/b.txt", "y")], "cannot unpack|refused to unpack"),
        ([("a", None), ("a", "y")], "cannot unpack|refused to unpack"),
        ([("/".join(["x" * 250] * 30), "x")], "cannot unpack"),  # longer than a path may be
    ],
    ids=["twice", "two names", "a file as folder", "a folder as file", "a path too long"],
)
def test_an_archive_that_contradicts_itself_is_named(tmp_path, members, words):
    file = tmp_path / "bad.tgz"
    file.write_bytes(tar_bytes(*members))
    (tmp_path / "inside").mkdir()
    with pytest.raises(DataError, match=words) as error:
        unpack(file, tmp_path / "inside")
    assert str(file) in str(error.value) and "COURSE_DATA" not in str(error.value)


def test_every_address_is_secure_and_every_hash_is_one():
    for archive in (*CUB, *PETS):
        assert re.fullmatch(r"https://.*\.(tgz|tar\.gz)", archive.url)
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", archive.hash)
