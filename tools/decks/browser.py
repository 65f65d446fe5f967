"""A deck in headless Chromium, cut off from any network: what loads, what can be read, what sticks out.

The browser measures; `problems` decides.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# As root, in containers without a GPU, and with no calls to the browser's maker.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTH, HEIGHT = 1280, 720
LEAST_PX, LEAST_CONTRAST = 24, 4.5  # WCAG 2 AA, for text of any size
FAMILIES = ("Fraunces", "Atkinson Hyperlegible", "Source Code Pro")

_MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")


@dataclass
class Visit:
    """What happened while a deck was looked at."""

    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    slides: list[dict] = field(default_factory=list)


@contextmanager
def offline_page(visit: Visit, width: int = WIDTH, height: int = HEIGHT):
    """Give a page of a browser that is offline and notes every request and error in `visit`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("requestfailed", lambda request: visit.failed.append(request.url))
        page.on("pageerror", lambda error: visit.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and visit.errors.append(said.text))
        yield page
        browser.close()


def open_deck(page, deck: Path, query: str = "") -> int:
    """Open a deck and wait until it can be shown; return how many slides it has."""
    page.goto(deck.resolve().as_uri() + (f"?{query}" if query else ""))
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.evaluate("document.fonts.ready")
    return page.evaluate("Reveal.getTotalSlides()")


def look(deck: Path, query: str = "", pictures: Path | None = None) -> Visit:
    """Show every slide with all its fragments, measure it, and save it as a picture if a folder is given."""
    visit = Visit()
    with offline_page(visit) as page:
        count = open_deck(page, deck, query)
        for index in range(count):
            page.evaluate(f"Reveal.slide({index}, 0, 99)")
            page.wait_for_timeout(30)  # the browser paints
            visit.slides.append(page.evaluate(_MEASURE))
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=pictures / f"{index + 1:02}.png")
        loaded = "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))"
        visit.fonts = sorted(set(page.evaluate(loaded)))
    return visit


def problems(visit: Visit) -> Iterator[str]:
    """Yield what a speaker must not find out in front of the audience."""
    yield from (
        f"asks the network for {url[:100]}"
        for url in visit.requests
        if not url.startswith(("file:", "data:", "blob:"))
    )
    yield from (f"failed to load {url[:100]}" for url in visit.failed)
    yield from (f"error: {error}" for error in visit.errors)
    yield from (f"font {family} is not loaded" for family in FAMILIES if family not in visit.fonts)
    for number, slide in enumerate(visit.slides, start=1):
        yield from (f"slide {number} ({slide['title']}): {what}" for what in slide_problems(slide))


def slide_problems(slide: dict) -> Iterator[str]:
    """Yield what is wrong with one slide, from what the browser measured."""
    for text in slide["texts"]:
        if text["px"] < LEAST_PX - 0.05:
            yield f"{text['text']!r} is {text['px']:.1f} px high, less than {LEAST_PX}"
        ratio = contrast(text["colour"], text["ground"])
        if text["onGround"] and ratio < LEAST_CONTRAST:
            yield f"{text['text']!r} has a contrast of {ratio:.1f}, less than {LEAST_CONTRAST}"
        if _outside(text["box"]):
            yield f"{text['text']!r} sticks out of the slide"
    for part in slide["parts"]:
        if part["clipped"]:
            yield f"{part['name']} is larger than its place"
        if _outside(part["box"]):
            yield f"{part['name']} sticks out of the slide at {[round(edge) for edge in part['box']]}"
    if slide["unnamed"]:
        yield f"{slide['unnamed']} pictures without an alt text"
    if slide["broken"]:
        yield f"{slide['broken']} pictures that do not load"
    if not slide["notes"]:
        yield "no notes"


def contrast(text: list[int], ground: list[int]) -> float:
    """Return the contrast of a text's colour to its ground, 1 to 21, as WCAG 2.2 defines it."""
    alpha = text[3] / 255
    mixed = [alpha * a + (1 - alpha) * b for a, b in zip(text[:3], ground[:3], strict=True)]
    light, dark = sorted((_luminance(mixed), _luminance(ground[:3])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: list[float]) -> float:
    parts = [v / 255 for v in rgb]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _outside(box: list[float]) -> bool:
    left, top, right, bottom = box
    return right > left and (left < -1 or top < -1 or right > WIDTH + 1 or bottom > HEIGHT + 1)


def print_pdf(deck: Path, target: Path) -> None:
    """Print a deck, a slide to a page."""
    with offline_page(Visit()) as page:
        open_deck(page, deck, "print-pdf")
        page.wait_for_selector(".pdf-page")
        page.pdf(path=target, prefer_css_page_size=True, print_background=True)
