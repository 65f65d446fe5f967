import functools
import hashlib
import http.server
import io
import tarfile
import threading

import pytest

from course_utils import downloads
from course_utils.downloads import CUB, PETS, Archive, download, fetch_cub, fetch_pets, unpack
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
            archive.addfile(member, io.BytesIO(content.encode()) if isinstance(content, str) else None)
    return buffer.getvalue()


BIRDS = tar_bytes(
    ("CUB_200_2011", None),
    ("CUB_200_2011/images.txt", "1 a.jpg"),
    ("CUB_200_2011/._images.txt", "what macOS adds"),
    ("attributes.txt", "beside the data set's folder"),
)


@pytest.fixture
def publisher(tmp_path):
    """A folder that is served on this machine; `publisher.archive(name, bytes)` puts a file there."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *message):
            pass

        def end_headers(self):
            if self.path.endswith("cut.tgz"):  # announces more than it sends
                self._headers_buffer = [
                    line if not line.startswith(b"Content-Length") else b"Content-Length: 99999\r\n"
                    for line in self._headers_buffer
                ]
            super().end_headers()

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

    server.archive, server.root = archive, root
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


def test_no_network_says_what_to_do(publisher, tmp_path):
    archive = publisher.archive("birds.tgz", BIRDS)
    publisher.shutdown()
    publisher.server_close()
    with pytest.raises(DataError, match=r"(?s)cannot download http.*birds.tgz.*browser.*profile='sketch'"):
        download(archive, tmp_path)


def test_a_file_that_the_publisher_no_longer_has_says_what_to_do(publisher, tmp_path):
    archive = publisher.archive("birds.tgz", BIRDS)
    (publisher.root / "birds.tgz").unlink()
    with pytest.raises(DataError, match="(?s)cannot download.*404.*What to do"):
        download(archive, tmp_path)


@pytest.mark.parametrize(
    "member",
    [
        ("../outside.txt", "x"),
        ("/tmp/outside.txt", "x"),
        ("link", ("->", "../..")),
        ("a/../../outside.txt", "x"),
    ],
)
def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path, member):
    file = tmp_path / "bad.tgz"
    file.write_bytes(tar_bytes(member))
    target = tmp_path / "inside"
    target.mkdir()
    with pytest.raises(DataError, match="(?s)refused to unpack.*member"):
        unpack(file, target)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.tgz", "inside"]


@pytest.mark.parametrize("content", [BIRDS[:-40], b"not an archive", b""])
def test_a_broken_archive_is_explained(tmp_path, content):
    file = tmp_path / "broken.tgz"
    file.write_bytes(content)
    with pytest.raises(DataError, match="(?s)cannot unpack.*delete the file"):
        unpack(file, tmp_path)


@pytest.mark.parametrize("archive", [*CUB, *PETS], ids=lambda archive: archive.name)
def test_every_address_is_secure_and_every_hash_is_one(archive):
    assert archive.url.startswith("https://") and archive.url.endswith(".gz" if archive in PETS else ".tgz")
    kind, _, digits = archive.hash.partition(":")
    assert (kind, len(digits)) == ("sha256", 64) and int(digits, 16)
