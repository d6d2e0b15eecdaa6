"""Printing: the preview inside the program, saved as PDF in both languages."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.stage import BOTH, LANGUAGE, Desk, Stage
from erp_desktop.models import i18n
from erp_desktop.views.widgets.print_preview import PrintPreview

PREVIEW_SIZE = (980, 900)


def print_document(stage: Stage, desk: Desk, number: str) -> dict[str, str]:
    """Ctrl+P in the document in front, save from the preview, in both languages; the texts of the PDFs by language."""
    texts = {}
    for language in BOTH:
        i18n.set_language(language)
        hands.settle()
        hands.bring_to_front(desk.shell)
        hands.press("Ctrl+P")
        preview = hands.wait_until(_preview, "the preview opens")
        hands.wait_until(partial(_pages, preview), "the document is drawn", 30)
        hands.settle()
        path = stage.keep_document(f"{number}-{language}.pdf")
        hands.bring_to_front(preview)
        with hands.answering(QFileDialog, hands.name_file(str(path)), "the file is asked for"):
            hands.press("Ctrl+S")
        hands.wait_until(path.is_file, "the PDF is written")
        hands.settle()
        if language == BOTH[0]:
            preview.resize(*PREVIEW_SIZE)
            hands.settle()
            hands.press("Home")
            stage.picture(preview, f"preview-{number}", (language,))
        preview.close()
        texts[language] = read_pdf(path)
        if number not in texts[language]:
            raise Unexpected(f"{path.name} does not say {number}")
    i18n.set_language(LANGUAGE)
    hands.bring_to_front(desk.shell)
    hands.settle()
    return texts


def _preview() -> PrintPreview | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, PrintPreview) and widget.isVisible():
            return widget
    return None


def _pages(preview: PrintPreview) -> int:
    return preview.pages.page_count


def read_pdf(path: Path) -> str:
    """All text of a PDF, blanks taken out."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(path)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return re.sub(r"\s+", "", text)
