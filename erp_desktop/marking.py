"""Marks texts for translation where Qt's own marker is out of reach or untyped."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 (the tools read it)
    """Return `text` unchanged; the translation tools know this name and collect `text` under `context`."""
    return text
