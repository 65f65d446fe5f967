"""Decks agree with their source, need nothing else, fit their time, and keep their type large."""

import base64
import re
import textwrap

import nbformat
import numpy as np
import pytest
from PIL import Image

from course_utils import plots
from course_utils import slides as deck_parts
from course_utils.backbones.records import RECORDS
from tools.decks import build
from tools.decks import page as deck_page
from tools.decks.browser import LEAST_PX, contrast, slide_problems
from tools.decks.cells import plan, slides, to_notebook
from tools.decks.plan import BEGIN, END, table, with_plan
from tools.notebooks.execution import Job

JOBS = build.jobs()
DECKS = [job.target.stem for job in JOBS]
MOST_BYTES = 5e6
MOST_WORDS = {"list": 25}  # of a slide's own text, besides its title
FEW = 16


def built(job):
    return build.html_of(job).read_text("utf-8")


def test_every_deck_is_built_and_there_are_no_others():
    found = {path.stem for path in build.BUILT.glob("*") if path.suffix in (".html", ".ipynb")}
    assert DECKS and found == set(DECKS)


@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_deck_agrees_with_its_source(job):
    assert build.whole(job), f"{job.target.stem} is out of date. What to do: make slides"


@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_deck_is_one_file_that_names_no_other(job):
    html = built(job)
    assert len(html.encode()) < MOST_BYTES
    shown = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    addresses = re.findall(r'(?:src|href|poster|srcset)="([^"]+)"|url\(([^)]+)\)|@import', shown)
    assert [
        a for pair in addresses for a in pair if a and not a.strip("'\"").startswith(("data:", "#"))
    ] == []
    assert html.count("data:font/woff2") == len(deck_page.FONTS)


@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_deck_is_made_of_the_packages_that_are_locked(job):
    named = re.search(r"<!-- .* with (.*)\. -->", built(job))[1]
    assert named == ", ".join(f"{name} {version}" for name, version in deck_page.locked().items())
    assert f"reveal.js {deck_page.locked()['reveal.js']}" in built(job)
    assert "resolved" not in deck_page.LOCK.read_text("utf-8")  # no registry's address


@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_figures_have_no_type_below_the_least(job):
    notebook = nbformat.read(job.target, as_version=4)
    pages = [
        o["data"]["text/html"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    figures = [found for page in pages for found in re.finditer(deck_page._FIGURE, page)]
    assert figures
    for figure in figures:
        svg = base64.b64decode(figure[2]).decode()
        points = [float(size) for size in re.findall(r"font(?:-size)?: [^;\"]*?([\d.]+)px", svg)]
        assert points and min(points) * deck_parts.PIXELS_PER_POINT >= LEAST_PX, figure[1]


@pytest.mark.parametrize("job", JOBS, ids=DECKS)
def test_slides_have_few_words(job):
    said = [
        (slide, re.findall(r"[^\W\d][\w'-]*", slide.text.partition("Source:")[0]))
        for slide in slides(job.fresh)
    ]
    assert {s.title: words for s, words in said if len(words) > MOST_WORDS.get(s.layout, FEW)} == {}


def test_talk_fills_its_time_and_the_presenters_page_says_so():
    talk = list(slides(next(job for job in JOBS if job.target.stem == build.TALK).fresh))
    long, short = plan(talk)
    assert 40 <= long <= 45 and 18 <= short <= 20
    page = build.PRESENTERS_PAGE.read_text("utf-8")
    assert page == with_plan(page, talk)
    assert f"**{int(long)}:" in page and f"**{int(short)}:" in page


# --- A source that is not a deck is refused; a change makes a deck stale. ---

GOOD = """\
# %% [markdown] slide="figure" minutes=1.5 short=true
# ## Eggs
#
# Three of them.
#
# Source: a nest

# %% tags=["fragment"]
print(1 + 2)

# %% [markdown] notes=true
# Count aloud.
"""


def deck(tmp_path, text=GOOD):
    file = tmp_path / "deck.py"
    file.write_text(text, "utf-8")
    return file


def test_the_talk_lists_every_backbone_that_ships():
    html = next(built(job) for job in JOBS if job.target.stem == build.TALK)
    ships = [record.name for record in RECORDS.values() if record.folder]
    assert [name for name in ships if f"<th>{name}</th>" not in html] == []


def test_a_slide_says_what_it_is(tmp_path):
    [slide] = slides(to_notebook(deck(tmp_path)))
    assert (slide.title, slide.layout, slide.minutes, slide.short) == ("Eggs", "figure", 1.5, True)
    assert slide.notes == "Count aloud." and [cell.source for cell in slide.cells] == ["print(1 + 2)"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'slide="figure"',
            'slide="poster"',
            "`slide` must be one of cover, .*Received: 'poster' at '## Eggs'",
        ),
        ("minutes=1.5", "", "`minutes` must be above 0 and at most 5. Received: None"),
        ("minutes=1.5", "minutes=6", "Received: 6"),
        ("# ## Eggs", "# Eggs", "must begin with its title"),
        ("notes=true", "", "must be a slide or its notes. Received: 'Count aloud.'"),
        ("# Count aloud.", "#", "must have notes .* Received: none for 'Eggs'"),
    ],
)
def test_what_is_no_deck_is_refused(old, new, words, tmp_path):
    assert old in GOOD
    with pytest.raises(ValueError, match=words):
        to_notebook(deck(tmp_path, GOOD.replace(old, new)))


def test_sections_hold_title_text_output_source_and_notes(tmp_path):
    notebook = to_notebook(deck(tmp_path))
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="<3>\n")]
    html = deck_page.sections(notebook)
    for part in (
        'data-timing="90" data-short', "<h2>Eggs</h2>", "Three of them.", "&lt;3&gt;", 'class="fragment"',
        '<p class="source">a nest</p>', '<aside class="notes"><p>Count aloud.</p>',
    ):  # fmt: skip
        assert part in html
    assert "Source:" not in html and "print(1 + 2)" not in html
    shown = to_notebook(deck(tmp_path, GOOD.replace('["fragment"]', '["show-code"]')))
    assert "print" in deck_page.sections(shown)


def test_a_changed_source_output_or_theme_makes_a_deck_stale(tmp_path, monkeypatch):
    fresh = to_notebook(deck(tmp_path))
    fresh.metadata["course"] = {}
    job = Job(tmp_path / "deck.ipynb", fresh)
    monkeypatch.setattr(build, "DECKS", tmp_path)
    (tmp_path / "theme").mkdir()
    for file in ("theme.css", "deck.js"):
        (tmp_path / "theme" / file).write_text(f"/* {file} */", "utf-8")
    nbformat.write(fresh, job.target)
    page = deck_page.sections(fresh) + "/* theme.css */ /* deck.js */"
    build.html_of(job).write_text(page, "utf-8")
    assert build.whole(job)
    (tmp_path / "theme" / "theme.css").write_text("/* other */", "utf-8")
    assert not build.whole(job)
    (tmp_path / "theme" / "theme.css").write_text("/* theme.css */", "utf-8")
    executed = nbformat.read(job.target, as_version=4)
    executed.cells[1].outputs = [nbformat.v4.new_output("stream", text="4")]
    nbformat.write(executed, job.target)
    assert not build.whole(job)
    nbformat.write(fresh, job.target)
    assert build.whole(job)
    other = to_notebook(deck(tmp_path, GOOD.replace("Three", "Four")))
    other.metadata["course"] = {}
    assert not build.whole(Job(job.target, other))


# --- Parts of slides. ---


def test_a_figure_has_the_size_it_was_asked_for_and_letters_that_stay_letters():
    ax = deck_parts.canvas(600, 300)
    ax.text(0.5, 0.5, "goose", fontsize=8)
    with pytest.raises(ValueError, match="must have an alt text"):
        deck_parts.show(ax)
    plots.describe(ax, "One <goose>")
    shown = deck_parts.show(ax)
    assert repr(shown) == "<Figure: One <goose>>" and 'width="600" height="300"' in shown.html
    inlined = deck_page._FIGURE.sub(deck_page._inlined, shown.html)
    assert ">goose</text>" in inlined and 'aria-label="One &lt;goose&gt;"' in inlined
    assert re.search(r"font(-size)?: 8px", inlined) and re.search(
        r'viewBox="0 0 200(\.0+)? 100(\.0+)?"', inlined
    )  # 3 px a point
    assert "<style" not in inlined and "<metadata" not in inlined


def test_colours_of_the_course_become_the_themes():
    ax = deck_parts.canvas(300, 300)
    ax.plot([0, 1], color=plots.PALETTE["blue"])
    ax.text(0, 0, "sky", color=plots.PALETTE["sky"])
    ax.text(0, 1, "own", color="#123456")
    ax.text(1, 1, "white", color="white")
    ax.bar([0], [1], color="white")
    plots.describe(ax, "A line")
    html = deck_page._FIGURE.sub(deck_page._inlined, deck_parts.show(ax).html)
    assert "stroke: var(--blue)" in html and "fill: var(--sky-text)" in html and "fill: #123456" in html
    assert "fill: var(--ground)" in html and "fill: #ffffff" in html  # a white bar, and white letters
    assert plots.PALETTE["blue"].lower() not in html.lower()
    theme = (deck_page.THEME / "theme.css").read_text("utf-8")
    names = {f"--{ink}{kind}:" for ink in deck_page._INKS.values() for kind in ("", "-text")}
    names.remove("--ground-text:")  # white letters stay white
    assert [name for name in names if name not in theme] == []


def test_letters_on_a_box_of_their_own_keep_their_colours():
    ax = deck_parts.canvas(300, 300)
    ax.text(0, 0, "boxed", bbox={"facecolor": plots.PALETTE["yellow"]})
    plots.describe(ax, "A label")
    html = deck_page._FIGURE.sub(deck_page._inlined, deck_parts.show(ax).html)
    assert (
        re.search(r'<text style="fill: #000000; [^>]*>boxed<', html)
        and plots.PALETTE["yellow"].lower() in html
    )


def test_pictures_say_what_they_show_and_refuse_missing_words():
    bird = deck_parts.cut_out("Orchard Seedkin", px=90)
    corner = np.asarray(bird)[0, 0, 3]
    assert bird.mode == "RGBA" and corner == 0 and np.asarray(bird)[..., 3].max() == 255
    shown = deck_parts.pictures(
        [bird, np.zeros((40, 80, 3), np.uint8)], ["a finch", "night"], ["**Fink**", "<br>"], height=50
    )
    assert 'alt="a finch"' in shown.html and "<strong>Fink</strong>" in shown.html
    assert 'width="100" height="50"' in shown.html and "a finch; night; “**Fink**”" in repr(shown)
    with pytest.raises(ValueError, match="a text for each of 1 pictures. Received: 2 and 0"):
        deck_parts.pictures([bird], ["one", "two"])


def test_a_bird_says_its_words():
    said = deck_parts.says("Bishop Dabbin", "*Quack* & go", height=60)
    assert "<em>Quack</em> &amp; go" in said.html and 'alt="A Bishop Dabbin"' in said.html
    assert repr(said + deck_parts.words("3", "number")) == "<A Bishop Dabbin says: *Quack* & go> 3"
    data = re.search(r"base64,([^\"]+)", said.html)[1]
    assert base64.b64decode(data)[8:12] == b"WEBP"


# --- What the preflight finds fault with. ---

FINE = {
    "text": "ok",
    "px": 24,
    "colour": [0, 0, 0, 255],
    "ground": [255] * 4,
    "box": [10, 10, 90, 40],
    "onGround": True,
}
PART = {"name": "div.x", "box": [0, 0, 9, 9], "clipped": False}
WHOLE = {"texts": [FINE], "parts": [], "unnamed": 0, "broken": 0, "notes": 9, "title": "t"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"texts": [FINE | {"px": 23}]}, ["'ok' is 23.0 px high, less than 24"]),
        ({"texts": [FINE | {"colour": [130, 130, 130, 255]}]}, ["'ok' has a contrast of 3.8, less than 4.5"]),
        ({"texts": [FINE | {"colour": [0, 0, 0, 90]}]}, ["'ok' has a contrast of 2.5, less than 4.5"]),
        ({"texts": [FINE | {"colour": [255] * 4, "onGround": False}]}, []),
        ({"texts": [FINE | {"box": [1200, 10, 1300, 40]}]}, ["'ok' sticks out of the slide"]),
        ({"parts": [PART | {"box": [0, 0, 9, 730]}]}, ["div.x sticks out of the slide at [0, 0, 9, 730]"]),
        ({"parts": [PART | {"clipped": True}]}, ["div.x is larger than its place"]),
        ({"unnamed": 2}, ["2 pictures without an alt text"]),
        ({"broken": 1}, ["1 pictures that do not load"]),
        ({"notes": 0}, ["no notes"]),
    ],
)  # fmt: skip
def test_problems_of_a_slide_are_named(change, said):
    assert list(slide_problems(WHOLE | change)) == said


def test_contrast_is_that_of_wcag():
    black, white = [0, 0, 0, 255], [255, 255, 255, 255]
    assert contrast(black, white) == pytest.approx(21)
    assert contrast([0x76, 0x76, 0x76, 255], white) == pytest.approx(
        4.54, abs=0.01
    )  # WCAG's own example of a pass
    assert contrast(white, white) == 1


def test_plan_counts_minutes_and_seconds(tmp_path):
    text = GOOD + GOOD.replace("short=true", "").replace("Eggs", "Chicks").replace(
        "minutes=1.5", "minutes=0.75"
    )
    deck_slides = list(slides(to_notebook(deck(tmp_path, text))))
    assert textwrap.dedent(table(deck_slides)).splitlines()[2:] == [
        "| 1 | Eggs | 1.5 | 0:00 | 0:00 |",
        "| 2 | Chicks | 0.75 | 1:30 |  |",
        "| | **the end** | | **2:15** | **1:30** |",
    ]
    page = f"before\n{BEGIN}\nold\n{END}\nafter"
    assert "old" not in with_plan(page, deck_slides)
    assert with_plan(page, deck_slides).startswith("before") and page.endswith("after")


def test_pictures_may_be_pillows():
    assert "webp" in deck_parts.pictures([Image.new("RGB", (9, 9))], ["dark"]).html
