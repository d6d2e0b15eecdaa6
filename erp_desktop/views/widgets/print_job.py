"""Sends the pages of a PDF to a printer as pictures, one after the other, without blocking the window."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QMarginsF, QObject, QRectF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Query
from erp_desktop.services.printing.raster import POINTS_PER_INCH, PageSize, Picture, render_page
from erp_desktop.views.widgets.page_view import image_of

DOTS_PER_INCH = 300


def make_printer() -> QPrinter:
    """A printer that takes pages of the documents' paper and resolution edge to edge."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS_PER_INCH)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    return printer


class PrintJob(QObject):
    """One document on its way to a printer: the pages of the printer's range, as often as it asks for copies.

    It goes on when the window that started it is closed; a failure is also told by the bridge.

    Signals:
        progressed(done, total): so many pages have been handed over.
        finished(): all of them.
        failed(sentence): the printer could not be opened or refused a page, and what helps.
    """

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, pdf: bytes, sizes: tuple[PageSize, ...], printer: QPrinter) -> None:
        super().__init__()
        self._pdf = pdf
        self._sizes = sizes
        self._printer = printer
        self._waiting = deque(_pages_wanted(len(sizes), printer))
        self._total = len(self._waiting)
        self._painter = QPainter()

    def start(self) -> None:
        """Begin; the signals tell how it goes."""
        _running.add(self)
        if self._waiting and self._painter.begin(self._printer):
            self._draw_next()
        else:
            self._fail()

    def _draw_next(self) -> None:
        index = self._waiting[0]
        draw = Query(render_page, self._pdf, index, DOTS_PER_INCH).quiet()
        draw.success(self._put).failure(self._on_not_drawn).run()

    def _put(self, picture: Picture) -> None:
        done = self._total - len(self._waiting)
        if done and not self._printer.newPage():
            self._fail()
            return
        paper = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        self._painter.drawImage(
            _place_on(paper, self._sizes[self._waiting.popleft()], self._printer), image_of(picture)
        )
        self.progressed.emit(done + 1, self._total)
        if self._waiting:
            self._draw_next()
        else:
            self._end()
            self.finished.emit()

    def _on_not_drawn(self, error: Exception) -> None:
        bridge.fail(error)
        self._fail()

    def _fail(self) -> None:
        self._printer.abort()
        self._end()
        sentence = self.tr("Check the printer and print again: it did not take the document.")
        bridge.error(sentence)
        self.failed.emit(sentence)

    def _end(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        _running.discard(self)


_running: set[PrintJob] = set()
"""Keeps each job alive until it is over."""


def _pages_wanted(pages: int, printer: QPrinter) -> list[int]:
    """The pages (from 0) in the order in which they leave the printer, copies included if it can't make them itself."""
    wanted = list(range(pages))
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        wanted = wanted[max(printer.fromPage(), 1) - 1 : printer.toPage() or None]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return wanted * copies
    return [page for page in wanted for _ in range(copies)]


def _place_on(paper: QRectF, size: PageSize, printer: QPrinter) -> QRectF:
    """Where a page stands on the paper: in its own size from the top, in the middle; smaller if it would be cut."""
    scale = printer.resolution() / POINTS_PER_INCH
    width, height = size.width * scale, size.height * scale
    shrink = min(1.0, paper.width() / width, paper.height() / height)
    return QRectF((paper.width() - width * shrink) / 2, 0, width * shrink, height * shrink)
