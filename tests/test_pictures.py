"""A picture is the same on any machine, and a change to the drawings is noticed."""

import hashlib
import re

import pytest

from course_utils.paths import data_folder
from course_utils.sketchbook import (
    bird_picture,
    fingerprint,
    pet_picture,
    pictures,
    source_digest,
    thing_picture,
)


def test_the_same_seed_gives_the_same_bytes_on_any_machine():
    drawn = (bird_picture("Orchard Seedkin"), pet_picture("Harbour_Tabby"), thing_picture("teapot"))
    digests = [hashlib.sha256(photo.image.tobytes()).hexdigest()[:16] for photo in drawn]
    # Another digest on another machine is a bug. After a change to the drawings: make backbone, then new digests here.
    assert digests == ["0565d30ed46d05f5", "9d770bd7199ad6f3", "6e84c87da51bada8"]


def test_the_mini_backbone_was_trained_on_todays_drawings():
    card = (data_folder() / "mini_backbone" / "model_card.md").read_text(encoding="utf-8")
    assert f"state `{fingerprint()}`" in card, "the drawings have changed. What to do: make backbone"


def test_the_fingerprint_tells_any_changed_kind_of_picture(monkeypatch: pytest.MonkeyPatch):
    guide = {"birds": ["Orchard Seedkin"], "pets": ["Harbour_Tabby"], "things": ["forest", "teapot"]}
    picture, fresh = pictures.picture, fingerprint.__wrapped__
    monkeypatch.setattr(
        pictures, "all_of", lambda kind: {n: pictures.KINDS[kind].load()[n] for n in guide[kind]}
    )
    seen = {fresh()}
    for changed in ("Orchard Seedkin", "Harbour_Tabby", "teapot"):

        def another(kind, name, seed, index, px, changed=changed, **choices):
            return picture(kind, name, seed + (name == changed), index, px, **choices)

        monkeypatch.setattr(pictures, "picture", another)
        seen.add(fresh())
    monkeypatch.setattr(pictures, "picture", picture)
    assert fresh() in seen and len(seen) == 4
    assert all(re.fullmatch("[0-9a-f]{8}", letters) for letters in seen)


def test_any_line_of_the_sketchbook_or_the_field_guide_changes_the_digest_of_the_sources(
    tmp_path, monkeypatch
):
    (tmp_path / "field_guide").mkdir()
    module, guide = tmp_path / "pictures.py", tmp_path / "field_guide" / "birds.yaml"
    monkeypatch.setattr(pictures, "__file__", str(module))
    monkeypatch.setattr(pictures, "data_folder", lambda: tmp_path)
    seen = []
    for code, birds in (("a", "b"), ("a", "b"), ("new", "b"), ("new", "new")):
        module.write_text(code)
        guide.write_text(birds)
        seen.append(source_digest())
    assert seen[0] == seen[1] and len(set(seen)) == 3
