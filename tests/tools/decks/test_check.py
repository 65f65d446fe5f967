"""The preflight of decks says what it lacks."""

import pytest

from tools.decks import check


def test_a_preflight_without_a_browser_or_a_deck_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(check, "CHROMIUM", "a browser")
    monkeypatch.setattr(check, "BUILT", tmp_path)
    with pytest.raises(SystemExit, match="make slides"):
        check.main([])
    monkeypatch.setattr(check, "CHROMIUM", None)
    with pytest.raises(SystemExit, match="install Debian's chromium"):
        check.main([])
