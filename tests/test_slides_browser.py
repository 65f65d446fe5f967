"""Decks in a real browser without a network: what the audience sees, what the speaker needs, what could go wrong."""

import re

import build_slides
import pytest
from slide_cells import slides
from slides_browser import CHROMIUM, Visit, look, offline_page, open_deck, print_pdf, problems

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: install Debian's chromium, or Google Chrome"),
]

JOBS = build_slides.jobs()
DECKS = [job.target.stem for job in JOBS]


@pytest.mark.parametrize("query", ["", "dark"])
@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_every_slide_can_be_read_and_nothing_is_asked_of_the_network(job, query):
    visit = look(build_slides.html_of(job), query)
    assert list(problems(visit)) == []
    assert len(visit.slides) == len(list(slides(job.fresh)))
    assert [url for url in visit.requests if not url.startswith("data:")] == [
        visit.requests[0]
    ]  # the file itself


@pytest.fixture
def talk():
    return next(build_slides.html_of(job) for job in JOBS if job.target.stem == build_slides.TALK)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "</head>",
            '<script src="https://cdn.example/reveal.js"></script></head>',
            "asks the network for https://cdn",
        ),
        (
            "</head>",
            '<script src="https://cdn.example/reveal.js"></script></head>',
            "failed to load https://cdn",
        ),
        ("<h1>", '<h1><span style="font-size: 20px">small</span>', "'small' is 20.0 px high"),
        ("<h1>", '<h1><span style="color: #ccc">pale</span>', "'pale' has a contrast of"),
        ("<h1>", '<h1><div style="width: 1400px">wide</div>', "sticks out of the slide"),
        (
            "<h1>",
            '<h1><img src="data:image/webp;base64,AAAA" style="position: absolute">',
            "div.shown is larger",
        ),
        ("</body>", "<script>nobody.here()</script></body>", "error: nobody is not defined"),
        ("font-family: 'Fraunces'", "font-family: 'Elsewhere'", "font Fraunces is not loaded"),
    ],
)
def test_faults_are_found(old, new, said, talk, tmp_path):
    html = talk.read_text("utf-8")
    first = (
        html[: html.index('<section id="slide-2"')]
        + html[html.index("</section>\n</div>") + len("</section>\n") :]
    )
    if "larger" in said:
        new, old = '<div class="shown"><div style="height: 900px"></div>', '<div class="shown">'
    assert old in first
    broken = tmp_path / "broken.html"
    broken.write_text(first.replace(old, new, 1), "utf-8")
    assert [problem for problem in problems(look(broken)) if said in problem]


def test_short_talk_dark_theme_and_overview(talk):
    kept = [slide.title for slide in slides(JOBS[DECKS.index(talk.stem)].fresh) if slide.short]
    visit = Visit()
    with offline_page(visit) as page:
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
        assert window.locator(".speaker-controls-pace").is_visible()  # from the notes' minutes


def test_handout_has_a_page_for_each_slide(talk, tmp_path):
    print_pdf(talk, tmp_path / "talk.pdf")
    pdf = (tmp_path / "talk.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(list(slides(JOBS[DECKS.index(talk.stem)].fresh)))
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    assert {round(float(box.split()[2]) / float(box.split()[3]), 2) for box in boxes} == {1.78}
