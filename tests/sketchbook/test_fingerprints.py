"""What tells one version of the drawings from another: by their pixels, and by every line that they are drawn from."""

import re
import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from course_utils import sketchbook
from course_utils.paths import data_folder
from course_utils.sketchbook import fingerprint, fingerprints
from course_utils.sketchbook.kinds import all_of

SKETCHBOOK = Path(sketchbook.__file__).parent


@pytest.mark.parametrize(
    "weights", data_folder().glob("backbones/*/weights.npz"), ids=lambda file: file.parent.name
)
def test_our_own_backbones_were_trained_on_todays_drawings(weights):
    card = weights.with_name("model_card.md").read_text(encoding="utf-8")
    assert f"state `{fingerprint()}`" in card, "the drawings have changed. What to do: make backbone"


def test_the_fingerprint_tells_any_changed_kind_of_picture(monkeypatch: pytest.MonkeyPatch):
    guide = {"birds": ["Orchard Seedkin"], "pets": ["Harbour_Tabby"], "things": ["forest", "teapot"]}
    picture, fresh = fingerprints.picture, fingerprint.__wrapped__
    monkeypatch.setattr(fingerprints, "all_of", lambda kind: {n: all_of(kind)[n] for n in guide[kind]})
    seen = {fresh()}
    for changed in ("Orchard Seedkin", "Harbour_Tabby", "teapot"):

        def another(kind, name, seed, index, px, changed=changed, **choices):
            return picture(kind, name, seed + (name == changed), index, px, **choices)

        monkeypatch.setattr(fingerprints, "picture", another)
        seen.add(fresh())
    monkeypatch.setattr(fingerprints, "picture", picture)
    assert fresh() in seen and len(seen) == 4
    assert all(re.fullmatch("[0-9a-f]{8}", letters) for letters in seen)


def test_a_thing_that_no_backbone_has_seen_changes_no_fingerprint(monkeypatch: pytest.MonkeyPatch):
    def without(name):
        monkeypatch.setattr(
            fingerprints,
            "all_of",
            lambda kind: {n: record for n, record in all_of(kind).items() if n != name},
        )
        return fingerprints.fingerprint.__wrapped__()

    assert without("hoverfly") == fingerprint() != without("teapot")


@pytest.fixture
def copied(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """The module of fingerprints inside a copy of the sketchbook and its field guide, to be written into."""
    shutil.copytree(SKETCHBOOK, tmp_path / "sketchbook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(data_folder() / "field_guide", tmp_path / "field_guide")
    file = tmp_path / "sketchbook" / Path(fingerprints.__file__).relative_to(SKETCHBOOK)
    spec = spec_from_file_location("copied_fingerprints", file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "data_folder", lambda: tmp_path)
    return module


def test_a_line_in_any_room_of_the_sketchbook_or_in_the_field_guide_changes_the_digest(copied, tmp_path):
    sources = sorted(path for ending in ("py", "yaml") for path in tmp_path.rglob(f"*.{ending}"))
    before, unwatched = copied.source_digest(), []
    for source in sources:
        text = source.read_bytes()
        source.write_bytes(text + b"# another line\n")
        if copied.source_digest() == before:
            unwatched.append(source.relative_to(tmp_path).as_posix())
        source.write_bytes(text)
    assert unwatched == []
    assert copied.source_digest() == before and re.fullmatch("[0-9a-f]{8}", before)
    assert len(sources) > 50, "the copy holds all rooms"
