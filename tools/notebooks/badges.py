"""Links that open a notebook elsewhere: as badges, which are pictures inside the notebook, so none is ever missing."""

import base64

_COLAB = "https://colab.research.google.com/github/"
_NBVIEWER = "https://nbviewer.org/github/"
_GITHUB = "https://github.com/"
_LETTER = 6.6  # pixels, at 11 pixels of type

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20">'
    '<rect width="{width}" height="20" rx="3" fill="#4A4A4A"/>'
    '<rect x="{left}" width="{right}" height="20" rx="3" fill="{colour}"/>'
    '<g fill="#FFFFFF" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
    '<text x="{first}" y="14">{verb}</text><text x="{second}" y="14">{place}</text></g></svg>'
)


def badges(repository: str, path: str, branch: str = "main") -> str:
    """Return badges in Markdown that open a notebook on Google Colab, and show it on nbviewer."""
    colab, nbviewer = _addresses(repository, path, branch)
    run = f"[![Open in Colab]({_picture('Open in', 'Colab', '#B45309')})]({colab})"
    return f"{run} [![View on nbviewer]({_picture('View on', 'nbviewer', '#0072B2')})]({nbviewer})"


def links(repository: str, path: str, branch: str = "main") -> str:
    """Return the same as words, for tables."""
    colab, nbviewer = _addresses(repository, path, branch)
    return f"([Colab]({colab}), [nbviewer]({nbviewer}))"


def _addresses(repository: str, path: str, branch: str) -> tuple[str, str]:
    name = repository.removeprefix(_GITHUB)
    return f"{_COLAB}{name}/blob/{branch}/{path}", f"{_NBVIEWER}{name}/blob/{branch}/{path}"


def _picture(verb: str, place: str, colour: str) -> str:
    left, right = (round(len(text) * _LETTER + 12) for text in (verb, place))
    svg = _SVG.format(
        width=left + right,
        left=left,
        right=right,
        colour=colour,
        first=left / 2,
        second=left + right / 2,
        verb=verb,
        place=place,
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
