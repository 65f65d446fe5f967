"""From a deck's executed notebook to one HTML file that needs no other, and no network."""

import base64
import json
import re
from functools import cache
from html import escape, unescape

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tools.decks.cells import Slide, slides
from tools.project import REPO

THEME = REPO / "slides" / "theme"
PACKAGES = REPO / "slides" / "node_modules"
LOCK = REPO / "slides" / "package-lock.json"

# Latin letters only: what a deck needs more comes from the system.
FONTS = (
    ("Fraunces", 600, "normal"),
    ("Atkinson Hyperlegible", 400, "normal"),
    ("Atkinson Hyperlegible", 400, "italic"),
    ("Atkinson Hyperlegible", 700, "normal"),
    ("Source Code Pro", 400, "normal"),
)
STYLES = ("reveal.js/dist/reset.css", "reveal.js/dist/reveal.css")
SCRIPTS = ("reveal.js/dist/reveal.js", "reveal.js/plugin/notes/notes.js")

# Colours of the course's figures become the theme's own, so that one figure suits light and dark.
_INKS = {
    "#000000": "ink", "#333333": "ink", "#555555": "soft", "#dddddd": "rule", "#e4eaf2": "rule",
    "#0072b2": "blue", "#d55e00": "red", "#009e73": "green", "#cc79a7": "pink", "#e69f00": "orange",
    "#56b4e9": "sky", "#f0e442": "yellow", "#c1121f": "wrong", "#ffffff": "ground",
}  # fmt: skip
_COLOUR = re.compile("|".join(_INKS), re.IGNORECASE)
_FIGURE = re.compile(
    r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]+)" width="(\d+)" height="(\d+)">'
)
_TEXT = re.compile(r"(<text .*?</text>)", re.DOTALL)
# Letters on a box of their own, as Matplotlib writes them: both keep their colours.
_BOXED = re.compile(r'(<g id="text_\d+">\s*<g id="patch_\d+">.*?</text>)', re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": True})


def page(notebook: nbformat.NotebookNode, name: str) -> str:
    """Return the deck as one HTML page; needs what `npm ci` installs."""
    deck = list(slides(notebook))
    environment = Environment(
        loader=FileSystemLoader(THEME), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("deck.html.j2").render(
        title=deck[0].title,
        name=name,
        packages=", ".join(f"{package} {version}" for package, version in locked().items()),
        fonts="\n".join(map(_font_face, FONTS)),
        styles="\n".join(_package(file) for file in STYLES),
        theme=(THEME / "theme.css").read_text("utf-8"),
        sections=sections(notebook),
        scripts=[_inside_a_script(_package(file)) for file in SCRIPTS],
        deck=(THEME / "deck.js").read_text("utf-8"),
    )


def sections(notebook: nbformat.NotebookNode) -> str:
    """Return the slides as HTML, without what surrounds them."""
    return "\n".join(_section(number, slide) for number, slide in enumerate(slides(notebook), start=1))


@cache
def locked() -> dict[str, str]:
    """Return name and version of each package that goes into a deck."""
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    return {path.removeprefix("node_modules/"): facts["version"] for path, facts in packages.items() if path}


def _section(number: int, slide: Slide) -> str:
    text, source = _split_source(slide.text)
    shown = "".join(_cell(cell) for cell in slide.cells)
    timing = f'data-timing="{round(60 * slide.minutes)}"' + (" data-short" if slide.short else "")
    level = 1 if slide.layout == "cover" else 2
    parts = [
        f'<section id="slide-{number}" class="{slide.layout}" {timing}>',
        '<div class="slide">',
        f"<h{level}>{_MARKDOWN.renderInline(slide.title)}</h{level}>",
        f'<div class="text">{_MARKDOWN.render(text)}</div>' if text else "",
        f'<div class="shown">{shown}</div>' if shown else "",
        f'<p class="source">{_MARKDOWN.renderInline(source)}</p>' if source else "",
        "</div>",
        f'<aside class="notes">{_MARKDOWN.render(slide.notes)}</aside>',
        "</section>",
    ]
    return "\n".join(filter(None, parts))


def _split_source(text: str) -> tuple[str, str]:
    paragraphs = text.split("\n\n")
    source = [p for p in paragraphs if p.startswith("Source:")]
    return "\n\n".join(p for p in paragraphs if p not in source), " ".join(source).removeprefix(
        "Source:"
    ).strip()


def _cell(cell: nbformat.NotebookNode) -> str:
    tags = cell.metadata.get("tags", [])
    outputs = "".join(map(_output, cell.get("outputs", [])))
    if "fragment" in tags:
        outputs = f'<div class="fragment">{outputs}</div>'
    if "show-code" not in tags:
        return outputs
    code = highlight(cell.source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip()
    return f'<pre class="code"><code>{code}</code></pre>{outputs}'


def _output(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return f'<pre class="printed">{escape(output.text.rstrip())}</pre>'
    data = output.get("data", {})
    if "text/html" in data:
        return _FIGURE.sub(_inlined, data["text/html"])
    return f'<pre class="printed">{escape(data.get("text/plain", ""))}</pre>'


def _inlined(image: re.Match) -> str:
    """Return a figure as a part of the page, where the theme's colours and fonts reach it."""
    alt, data, width, height = image.groups()
    svg = base64.b64decode(data).decode()
    svg = svg[svg.index("<svg ") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    used = set(re.findall(r"#([\w-]+)", svg))
    parts = _BOXED.split(svg)
    parts[::2] = map(_coloured, parts[::2])
    parts[1::2] = (part.replace('<text style="', '<text style="fill: #000000; ') for part in parts[1::2])
    svg = re.sub(r' id="([\w-]+)"', lambda found: found[0] if found[1] in used else "", "".join(parts))
    size = re.search(r'viewBox="[^"]+"', svg)[0]
    head = f'<svg role="img" aria-label="{escape(unescape(alt))}" width="{width}" height="{height}" {size}>'
    return head + svg[svg.index(">") + 1 :].strip()


def _coloured(svg: str) -> str:
    pieces = _TEXT.split(svg)
    pieces[::2] = map(_themed, pieces[::2])
    pieces[1::2] = (_themed(letters, "-text") for letters in pieces[1::2])
    return "".join(pieces)


def _themed(svg: str, kind: str = "") -> str:
    def ink(colour: re.Match) -> str:
        name = _INKS[colour[0].lower()]
        return (
            colour[0] if kind and name == "ground" else f"var(--{name}{kind})"
        )  # white letters lie on a colour

    return _COLOUR.sub(ink, svg)


def _font_face(font: tuple[str, int, str]) -> str:
    family, weight, style = font
    package = family.lower().replace(" ", "-")
    file = PACKAGES / "@fontsource" / package / "files" / f"{package}-latin-{weight}-{style}.woff2"
    data = base64.b64encode(file.read_bytes()).decode()
    return (
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style}; "
        f"src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
    )


def _inside_a_script(code: str) -> str:
    """Return JavaScript without what would end the script early: the speaker window's page is a text inside of one."""
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _package(file: str) -> str:
    return (PACKAGES / file).read_text("utf-8")
