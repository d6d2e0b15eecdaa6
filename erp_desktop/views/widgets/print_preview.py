"""The print preview: the finished document inside the program, to be read, printed or kept as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QIntValidator, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command, Query
from erp_desktop.services.audit import Medium
from erp_desktop.services.printing.data import Language
from erp_desktop.services.printing.pen import noting_lost
from erp_desktop.services.printing.raster import PageSize, page_sizes
from erp_desktop.services.printing.text import MISSING
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import room_on_screen
from erp_desktop.views.widgets.page_view import PageView
from erp_desktop.views.widgets.print_job import PrintJob, make_printer

NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def printing_language() -> Language:
    """The language in which documents are printed: the one in use."""
    return "zh_CN" if i18n.language() == "zh_CN" else "en"


ISOLATED, END_ISOLATED = "\u2068", "\u2069"
"""Letters that are written from right to left stay in their place between the others."""
MOST_NAMED = 30
"""So many characters that can't be printed are named one by one."""


@dataclass(frozen=True)
class _Prepared:
    """A document with the sizes of its pages, and the characters that the fonts lack."""

    pdf: bytes
    sizes: tuple[PageSize, ...]
    lost: tuple[str, ...]


def _prepare(make: Callable[[], bytes]) -> _Prepared:
    with noting_lost() as lost:
        pdf = make()
    return _Prepared(pdf, page_sizes(pdf), tuple(lost))


def _write(path: Path, pdf: bytes) -> Path:
    path.write_bytes(pdf)
    return path


class PrintPreview(QDialog):
    """A window of its own for one document.

    `make` returns the PDF; it runs off the GUI thread and may be called again after a failure. `name` is the document's
    number: the window's title and the file's proposed name. `record` tells the trail, off the GUI thread, before the
    document leaves the program on "paper" or as a "file"; if it can't, the document stays.

    Example:
        make = functools.partial(printing.delivery_note, note, language)
        record = functools.partial(audit.record_print, database, "shipment", note.id)
        PrintPreview(make, note.number, record, self).open_beside()
    """

    _last_folder = ""

    def __init__(
        self, make: Callable[[], bytes], name: str, record: Callable[[Medium], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._make = make
        self._name = name
        self._record = record
        self._pdf = b""
        self._sizes: tuple[PageSize, ...] = ()
        self._lost: tuple[str, ...] = ()
        self._saved: Path | None = None
        self._build_bar()
        self._build_pages()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._warning)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._footer)
        self._build_shortcuts()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the field of the page number must not print
        self._set_ready(False)
        self.retranslate()

    def open_beside(self) -> None:
        """Show the window beside its parent, load the document, and forget both when it is closed."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.sizeHint().boundedTo(room_on_screen(self)))
        self.show()
        self.load()

    @Slot()
    def load(self) -> None:
        """Make the document and show it; a failure is shown in its place, with a way to try again."""
        self._stack.setCurrentWidget(self._waiting)
        Query(_prepare, self._make).success(self._show_document).failure(self._show_failure).run()

    @property
    def pages(self) -> PageView:
        """The pages, for whoever wants to look at them."""
        return self._pages

    def _build_bar(self) -> None:
        self._bar = QFrame()
        self._bar.setProperty("role", "bar")
        self._print = forms.button("primary", "print")
        self._print.clicked.connect(self.print_document)
        self._save = forms.button(icon="save")
        self._save.clicked.connect(self.save_document)
        self._previous = forms.tool_button("chevron-left")
        self._next = forms.tool_button("chevron-right")
        self._page = QLineEdit(alignment=Qt.AlignmentFlag.AlignCenter)
        self._page.setFixedWidth(44)
        self._of_pages = QLabel()
        self._smaller = forms.tool_button("minus")
        self._zoom = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(48)
        self._larger = forms.tool_button("plus")
        self._fit = forms.button("quiet")
        line = forms.row(self._print, self._save, None, self._previous, self._page, self._of_pages, self._next)
        line.addStretch(1)
        for control in (self._smaller, self._zoom, self._larger, self._fit):
            line.addWidget(control)
        line.setContentsMargins(4 * theme.GRID, 2 * theme.GRID, 4 * theme.GRID, 2 * theme.GRID)
        self._bar.setLayout(line)

    def _build_pages(self) -> None:
        self._pages = PageView(self)
        self._pages.setFrameShape(QFrame.Shape.NoFrame)
        self._pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages.page_changed.connect(self._show_place)
        self._pages.zoom_changed.connect(self._show_zoom)
        self._previous.clicked.connect(self._pages.previous_page)
        self._next.clicked.connect(self._pages.next_page)
        self._smaller.clicked.connect(self._pages.zoom_out)
        self._larger.clicked.connect(self._pages.zoom_in)
        self._fit.clicked.connect(self._pages.fit_width)
        self._page.editingFinished.connect(self._go_to_typed_page)
        self._warning = forms.text_label("warning", wrap=True)
        self._warning.setContentsMargins(4 * theme.GRID, theme.GRID, 4 * theme.GRID, theme.GRID)
        self._warning.hide()
        self._waiting = forms.text_label("muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._failure = forms.text_label("error", wrap=True)
        self._failure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._retry = forms.button(icon="refresh")
        self._retry.clicked.connect(self.load)
        self._failed = QWidget()
        column = forms.column(None, self._failure)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._failed.setLayout(column)
        self._stack = QStackedWidget()
        for page in (self._waiting, self._pages, self._failed):
            self._stack.addWidget(page)
        self._footer = QFrame()
        self._footer.setProperty("role", "footer")
        self._status = forms.text_label("muted", wrap=True)
        self._locate = forms.button("link")
        self._locate.clicked.connect(self.open_location)
        line = forms.row()
        line.addWidget(self._status, 1)
        line.addWidget(self._locate)
        line.setContentsMargins(4 * theme.GRID, theme.GRID, 4 * theme.GRID, theme.GRID)
        self._footer.setLayout(line)
        self._footer.hide()

    def _build_shortcuts(self) -> None:
        shortcuts: tuple[tuple[Callable[[], object], tuple[str, ...]], ...] = (
            (self.print_document, ("Ctrl+P",)),
            (self.save_document, ("Ctrl+S",)),
            (self._pages.zoom_in, ("+", "=", "Ctrl++", "Ctrl+=")),
            (self._pages.zoom_out, ("-", "Ctrl+-")),
            (self._pages.fit_width, ("0", "Ctrl+0")),
            (self._pages.next_page, ("PgDown",)),
            (self._pages.previous_page, ("PgUp",)),
            (self._go_to_first_page, ("Home",)),
            (self._go_to_last_page, ("End",)),
        )
        self._document_actions = []
        for slot, keys in shortcuts:
            action = QAction(self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(slot)
            self.addAction(action)
            self._document_actions.append(action)

    def retranslate(self) -> None:
        """Set all texts anew, in the language in use."""
        self.setWindowTitle(self.tr("Print preview: {name}").format(name=self._name))
        self._print.setText(self.tr("&Print"))
        self._print.setToolTip("Ctrl+P")
        self._save.setText(self.tr("&Save as PDF"))
        self._save.setToolTip("Ctrl+S")
        self._fit.setText(self.tr("&Fit width"))
        self._fit.setToolTip("0")
        self._locate.setText(self.tr("&Open file location"))
        self._retry.setText(self.tr("&Try again"))
        self._waiting.setText(self.tr("The document is being drawn…"))
        self._pages.setAccessibleName(self.tr("Pages of the document"))
        self._page.setAccessibleName(self.tr("Page"))
        self._page.setToolTip(self.tr("Page"))
        forms.name_control(self._previous, self.tr("Previous page"), "PgUp")
        forms.name_control(self._next, self.tr("Next page"), "PgDown")
        forms.name_control(self._smaller, self.tr("Zoom out"), "-")
        forms.name_control(self._larger, self.tr("Zoom in"), "+")
        self._show_place()
        self._show_zoom()
        self._show_lost()

    def _set_ready(self, ready: bool) -> None:
        for control in (self._print, self._save, self._page, self._smaller, self._larger, self._fit):
            control.setEnabled(ready)
        for action in self._document_actions:
            action.setEnabled(ready)

    def _show_document(self, prepared: _Prepared) -> None:
        self._pdf, self._sizes, self._lost = prepared.pdf, prepared.sizes, prepared.lost
        self._show_lost()
        self._stack.setCurrentWidget(self._pages)
        self._page.setValidator(QIntValidator(1, len(self._sizes), self))
        self._set_ready(True)
        self._pages.set_document(self._pdf, self._sizes)
        self._pages.setFocus()
        self._show_place()

    def _show_failure(self, error: Exception) -> None:
        self._set_ready(False)
        self._stack.setCurrentWidget(self._failed)
        if errors.is_known(error):
            self._failure.setText(errors.sentence(error))
        else:
            self._failure.setText(self.tr("The document could not be drawn."))
            bridge.fail(error)
        self._retry.setFocus()

    def _show_lost(self) -> None:
        """Say which characters the paper will not show, as long as the document is looked at."""
        named = "  ".join(f"{ISOLATED}{char}{END_ISOLATED}" for char in self._lost[:MOST_NAMED])
        text = self.tr("%n characters cannot be printed and appear as {mark}: {characters}", "", len(self._lost))
        more = "  …" if len(self._lost) > MOST_NAMED else ""
        self._warning.setText(text.format(mark=MISSING, characters=named + more))
        self._warning.setVisible(bool(self._lost))

    @Slot()
    def _show_place(self) -> None:
        page, pages = self._pages.page, self._pages.page_count
        self._page.setText(str(page + 1))
        self._of_pages.setText(self.tr("of {pages}").format(pages=pages))
        self._previous.setEnabled(page > 0)
        self._next.setEnabled(page < pages - 1)

    @Slot()
    def _show_zoom(self) -> None:
        self._zoom.setText(f"{self._pages.zoom:.0%}")
        self._zoom.setAccessibleName(self.tr("Zoom: {zoom}").format(zoom=f"{self._pages.zoom:.0%}"))

    @Slot()
    def _go_to_typed_page(self) -> None:
        self._pages.show_page(int(self._page.text()) - 1)

    @Slot()
    def _go_to_first_page(self) -> None:
        self._pages.show_page(0)

    @Slot()
    def _go_to_last_page(self) -> None:
        self._pages.show_page(self._pages.page_count - 1)

    @Slot()
    def print_document(self) -> None:
        """Ask for the printer and what to print, and print it."""
        printer = make_printer()
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._sizes))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._leave("paper", partial(self._start_job, PrintJob(self._pdf, self._sizes, printer)))

    def _leave(self, medium: Medium, leave: Callable[[], None]) -> None:
        """Tell the trail, then let the document go."""
        Command(self._record, medium).success(lambda _: leave()).failure(self._on_not_recorded).quiet().run()

    def _on_not_recorded(self, error: Exception) -> None:
        self._say(errors.sentence(error), role="error")
        if not errors.is_known(error):
            bridge.fail(error)

    def _start_job(self, job: PrintJob) -> None:
        self._print.setEnabled(False)
        job.progressed.connect(self._show_progress)
        job.finished.connect(self._on_printed)
        job.failed.connect(self._on_not_printed)
        job.start()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self._say(self.tr("Printing: {done} of {total}").format(done=done, total=total))

    @Slot()
    def _on_printed(self) -> None:
        self._print.setEnabled(True)
        self._say(self.tr("Sent to the printer."))

    @Slot(str)
    def _on_not_printed(self, sentence: str) -> None:
        self._print.setEnabled(True)
        self._say(sentence, role="error")

    @Slot()
    def save_document(self) -> None:
        """Ask where to, and write the PDF there."""
        folder = self._last_folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder, f"{NOT_IN_FILE_NAMES.sub('_', self._name)[:100]}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(proposed), self.tr("PDF documents (*.pdf)")
        )
        if chosen:
            path = Path(chosen)
            target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            self._leave("file", partial(self._save_to, target))

    def _save_to(self, path: Path) -> None:
        Query(_write, path, self._pdf).success(self._on_saved).failure(self._on_not_saved).run()

    def _on_saved(self, path: Path) -> None:
        PrintPreview._last_folder = str(path.parent)
        self._saved = path
        self._say(self.tr("Saved as {path}").format(path=path))

    def _on_not_saved(self, error: Exception) -> None:
        self._saved = None
        if not isinstance(error, OSError):
            bridge.fail(error)
            return
        reason = error.strerror or str(error)
        text = self.tr("Choose another folder or name: the file could not be written ({reason}).")
        self._say(text.format(reason=reason), role="error")

    @Slot()
    def open_location(self) -> None:
        """Show the folder of the saved file in the system's file manager."""
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _say(self, text: str, role: str = "muted") -> None:
        self._status.setText(text)
        theme.set_property(self._status, "role", role)
        self._locate.setVisible(self._saved is not None and role != "error")
        self._footer.show()

    def sizeHint(self) -> QSize:
        """Override QDialog.sizeHint: a page as large as the screen allows."""
        room = self.screen().availableSize()
        return QSize(min(980, room.width() * 9 // 10), min(1100, room.height() * 9 // 10))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
