"""Decks in a real browser without a network: what the audience sees, what the speaker needs, what could go wrong."""

import re

import pytest

from tools.decks import build
from tools.decks.browser import CHROMIUM, Visit, look, offline_page, open_deck, print_pdf, problems
from tools.decks.cells import slides

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: install Debian's chromium, or Google Chrome"),
]

JOBS = build.jobs()
DECKS = [job.target.stem for job in JOBS]


@pytest.mark.parametrize("query", ["", "dark"])
@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_every_slide_can_be_read_and_nothing_is_asked_of_the_network(job, query):
    visit = look(build.html_of(job), query)
    assert list(problems(visit)) == []
    assert len(visit.slides) == len(list(slides(job.fresh)))
    assert [url for url in visit.requests if not url.startswith("data:")] == [
        visit.requests[0]
    ]  # the file itself


@pytest.fixture
def talk():
    return next(build.html_of(job) for job in JOBS if job.target.stem == build.TALK)


FAULTS = """
<section id="faults"><div class="slide"><h2>Faults</h2>
<div class="text" style="height: 40px"><p style="font-size: 20px">small</p><p style="color: #ccc">pale</p>
<p style="width: 1400px">wide</p></div>
<div class="shown"><img src="data:image/webp;base64,AAAA"></div></div></section>
<script src="https://cdn.example/reveal.js"></script><script>nobody.here()</script>
"""


def test_faults_are_found(talk, tmp_path):
    html = talk.read_text("utf-8")
    begin, end = html.index('<section id="slide-1"'), html.rindex("</section>", 0, html.index("<script>"))
    broken = html[:begin] + FAULTS + html[end + len("</section>") :]
    (tmp_path / "broken.html").write_text(
        broken.replace("family: 'Fraunces'", "family: 'Elsewhere'"), "utf-8"
    )
    found = "\n".join(problems(look(tmp_path / "broken.html")))
    for said in (
        "asks the network for https://cdn.example", "failed to load https://cdn.example", "nobody is not defined",
        "font Fraunces is not loaded", "'small' is 20.0 px high", "'pale' has a contrast of 1.",
        "p. sticks out of the slide", "div.text is larger than its place", "1 pictures without an alt text",
        "1 pictures that do not load", "no notes",
    ):  # fmt: skip
        assert said in found


def test_short_talk_dark_theme_and_overview(talk):
    kept = [slide.title for slide in slides(JOBS[DECKS.index(talk.stem)].fresh) if slide.short]
    with offline_page(visit := Visit()) as page:
        assert open_deck(page, talk, "short&dark") == len(kept)
        ground = "getComputedStyle(document.querySelector('.reveal-viewport')).backgroundColor"
        dark = page.evaluate(ground)
        page.keyboard.press("t")
        assert page.evaluate(ground) != dark
        page.keyboard.press("o")
        assert page.evaluate("Reveal.isOverview()")
    assert visit.errors == []


def test_speakers_window_shows_notes_and_the_next_slide(talk):
    with offline_page(Visit()) as page:
        open_deck(page, talk)
        with page.expect_popup() as opened:
            page.keyboard.press("s")
        window = opened.value
        window.wait_for_function(
            "document.querySelector('.speaker-controls-notes .value')?.textContent.trim()"
        )
        notes = window.inner_text(".speaker-controls-notes .value")
        assert "Even the birds are invented" in notes
        window.wait_for_function("document.querySelectorAll('iframe').length === 2")
        window.wait_for_function(
            "document.querySelector('.pacing').style.display !== 'none'"
        )  # the notes' minutes


def test_handout_has_a_page_for_each_slide(talk, tmp_path):
    print_pdf(talk, tmp_path / "talk.pdf")
    pdf = (tmp_path / "talk.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(list(slides(JOBS[DECKS.index(talk.stem)].fresh)))
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    assert {round(float(box.split()[2]) / float(box.split()[3]), 2) for box in boxes} == {1.78}
