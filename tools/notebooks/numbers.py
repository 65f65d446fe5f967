"""A linter's rule: each number in prose stands in code or in an output that is compared, or is cited."""

import re
from collections.abc import Iterable, Iterator

import nbformat

NUMBER = re.compile(r"(?<![\w.\-/])\d[\d,]*(?:\.\d+)?(?![\w/])")
CITATION = re.compile(r"\(([A-Z]\w+)[^()]*, (?:19|20)\d\d\)")
NOT_PROSE = [
    re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL),
    re.compile(r"`[^`]*`|<[^>]*>|\]\([^)]*\)"),
    re.compile(r"^(#+ .*|\|.*)$", re.MULTILINE),  # headings and tables
    re.compile(r"^ *\d+\. ", re.MULTILINE),  # numbered lists
    re.compile(
        r"[Ll]essons?( \d\dx?(,| and| to)?)+|[Ee]xercise \d+x?\.\d+|[Ss]ections? \d+|CUB-200-2011|CS231n"
    ),  # names
    re.compile(r"\*\*Time\*\*: about \d+ minutes"),
]


def unsourced(prose: str, known: set[str]) -> Iterator[str]:
    """Yield each sentence with a number that is neither known nor cited from one of the sources below it."""
    prose, _, sources = prose.partition("\n## Sources")
    for sentence in _sentences(prose):
        cited = [name for name in CITATION.findall(sentence) if name in sources]
        unknown = [n for n in NUMBER.findall(CITATION.sub("", sentence)) if n.replace(",", "") not in known]
        if unknown and not cited:
            yield (
                f'the number {unknown[0]} is neither computed nor sourced in "{sentence[:90]}". Let a cell '
                "print it, write it as a word if it only counts what is on the page, or name its source: (Author, year)"
            )


def computed(cells: Iterable[nbformat.NotebookNode], stored: Iterable[nbformat.NotebookNode]) -> set[str]:
    """Return the numbers in code, and in outputs that nbval compares exactly; as they are written, without commas."""
    texts = [cell.source for cell in cells if cell.cell_type == "code"]
    for cell in stored:
        if "within" not in cell.metadata and "nbval-ignore-output" not in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                texts += [output.get("text", ""), str(output.get("data", {}).get("text/plain", ""))]
    return {number.replace(",", "") for text in texts for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def _sentences(prose: str) -> list[str]:
    for pattern in NOT_PROSE:
        prose = pattern.sub(" ", prose)
    return [" ".join(sentence.split()) for sentence in re.split(r"(?<=[.?!:;])\s+|\n\n|\n- ", prose)]
