"""How things show in a notebook."""

from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def mimebundle(widget: Any, text: str, html: str) -> dict:
    """Return how a notebook shows a widget: as a widget where it can, else as HTML, else as text."""
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"text/plain": text, "text/html": html, WIDGET: view}
