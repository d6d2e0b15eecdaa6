"""The steps of an import on one page: a file, what its columns mean, what is wrong with it; then it is committed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from erp_desktop.models import import_fields
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Command, Query
from erp_desktop.services.errors import InvalidInput, KnownError
from erp_desktop.services.importing import batches, columns, files
from erp_desktop.services.importing.batches import Imported, Report
from erp_desktop.services.importing.files import Loaded
from erp_desktop.services.importing.orders import Draft
from erp_desktop.views import errors
from erp_desktop.views.sales.import_drop import DropHint
from erp_desktop.views.sales.import_mapping import MappingTable
from erp_desktop.views.sales.import_options import ImportOptions
from erp_desktop.views.sales.import_report import ImportReport
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.actions import ActionButton, make_action
from erp_desktop.views.widgets.page import Context

_PATH_WIDTH: Final = 420


class ImportPanel(QWidget):
    """A file from its name to a batch of orders. Nothing is written before the last step.

    Signals:
        imported(batch): the file is in the books.
    """

    imported = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._loaded: Loaded | None = None
        self._draft: Draft | None = None
        self._found: Report | None = None
        self._request_id: UUID | None = None
        self._check_when_read = False
        self._busy = False
        self.path = QLineEdit()
        self.path.setClearButtonEnabled(True)
        self._path_field = forms.Field(self.path)
        self.sheet = QComboBox()
        self._sheet_field = forms.Field(self.sheet)
        self._summary = forms.text_label("muted")
        self.options = ImportOptions(context)
        self.mapping = MappingTable()
        self.report = ImportReport()
        self._heading = forms.text_label("heading")
        self._missing = forms.text_label("error", wrap=True)
        self._drop = DropHint()
        self._scroll, self._column = QScrollArea(), _FillingColumn()
        self._build_actions()
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    # Building

    def _build_actions(self) -> None:
        self.browse_action = make_action(self, self._browse, icon="import", shortcut="Ctrl+O")
        self.again_action = make_action(self, self.read_again, icon="refresh", shortcut="Ctrl+R")
        self.export_action = make_action(self, self._export, icon="export", shortcut="Ctrl+E")
        self.go_on_action = make_action(self, self._go_on, shortcut="Ctrl+Enter")

    def _build(self) -> None:
        self._primary = ActionButton(self.go_on_action, "primary")
        self._path_field.setMinimumWidth(_PATH_WIDTH)
        self._summary.setMinimumHeight(theme.CONTROL)
        # Beside a field with its label above, and a refusal below it, stands only what is a field, too.
        browse, summary = (
            forms.Field(ActionButton(self.browse_action, icon="import"), " "),
            forms.Field(self._summary, " "),
        )
        line = forms.row(self._path_field, browse, self._sheet_field, summary, None)
        for each in (self._path_field, browse, self._sheet_field, summary):
            line.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        self._cards = [
            _card(line),
            _card(forms.row(self._heading, None), self.options, self._missing, self.mapping),
            _card(self.report),
        ]
        self._stretch_cards()
        export = ActionButton(self.export_action, "quiet", "export")
        again = ActionButton(self.again_action, "quiet", "refresh")
        column = forms.column(self._scroll, spacing=3 * theme.GRID)
        column.addLayout(forms.row(again, export, None, self._primary))
        self.setLayout(column)

    def _stretch_cards(self) -> None:
        """The cards share the height; on a small screen they scroll, and the buttons below stay."""
        inner = QWidget()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * theme.GRID)
        for each in (self._cards[0], self._drop, *self._cards[1:]):
            self._column.addWidget(each)
        self._column.setStretch(1, 1)
        self._column.setStretch(2, 3)
        inner.setLayout(self._column)
        inner.setProperty("role", "page")
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.path.returnPressed.connect(self._read_typed)
        self.path.textEdited.connect(self._on_path_typed)
        self.sheet.activated.connect(self._on_sheet)
        self.mapping.mapping_changed.connect(self._on_mapping)
        self.options.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._path_field.set_label(self.tr("&File"))
        self.path.setPlaceholderText(self.tr("Path of a workbook or CSV file; or drop it on this page"))
        self._sheet_field.set_label(self.tr("&Sheet"))
        self._heading.setText(self.tr("What the columns mean"))
        self._drop.retranslate()
        self.browse_action.setText(self.tr("C&hoose…"))
        self.again_action.setText(self.tr("Read the file &again"))
        self.export_action.setText(self.tr("&Export the complaints"))
        self.options.retranslate()
        self.mapping.retranslate()
        self.report.retranslate()
        self._show_state()

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    # The file

    @Slot()
    def _on_path_typed(self) -> None:
        """What is shown belongs to another file from the first character on."""
        self._path_field.clear_refusal()
        self._loaded = None
        self._forget()

    @Slot()
    def _read_typed(self) -> None:
        text = self.path.text().strip().strip('"').removeprefix("file://")
        if text:
            self.read_file(Path(text).expanduser())

    def _browse(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        begin = str(self._loaded.source.path.parent) if self._loaded else documents or str(Path.home())
        kinds = self.tr("Workbooks and CSV files ({endings})").format(
            endings=" ".join(f"*{ending}" for ending in files.ENDINGS)
        )
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file of orders"), begin, kinds)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path, sheet: str = "") -> None:
        """Read a file off the GUI thread and show its columns."""
        if self._busy:
            return
        self.path.setText(str(path))
        self._path_field.clear_refusal()
        self._forget()
        self._set_busy(True)
        Query(files.load, path, sheet).titled(self.tr("Reading {file}").format(file=path.name)).finished(
            self._on_finished
        ).success(self._on_read).failure(self._on_not_read).run()

    def read_again(self) -> None:
        """Read the file as it is now, and check it if it was checked before."""
        if self._loaded is not None and not self._busy:
            self._check_when_read = self._found is not None
            self.read_file(self._loaded.source.path, self._loaded.sheet)
        else:
            self._read_typed()

    @Slot(object)
    def _on_read(self, loaded: Loaded) -> None:
        same = self._loaded is not None and self._loaded.table.headings == loaded.table.headings
        mapping = self.mapping.mapping() if same else None
        self._loaded = loaded
        if mapping is None:
            mapping = import_fields.propose(self._context.session.login, loaded.table.headings)
        self.mapping.show_table(loaded.table, mapping)
        self.sheet.clear()
        self.sheet.addItems(list(loaded.source.sheets))
        self.sheet.setCurrentText(loaded.sheet)
        self._show_state()
        if self._check_when_read:
            self._check_when_read = False
            self._go_on()
        elif self._lacking() == ["customer_name"]:
            self.options.customer.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._lacking():
            self.mapping.focus_field(self._lacking()[0])
        else:
            self._primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_not_read(self, error: Exception) -> None:
        self._loaded = None
        self._check_when_read = False
        self._show_state()
        if isinstance(error, KnownError):
            self._path_field.refuse(partial(errors.sentence, error))
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            bridge.fail(error)

    @Slot()
    def _on_sheet(self) -> None:
        if self._loaded is not None:
            self.read_file(self._loaded.source.path, self.sheet.currentText())

    # Checking and importing

    def _go_on(self) -> None:
        """The primary action: choose a file, check it, import it, or read it again when it has errors."""
        if self._busy:
            return
        if self._loaded is None and self.path.text().strip():
            self._read_typed()
        elif self._loaded is None:
            self._browse()
        elif self._found is None:
            self.check()
        elif self._found.errors:
            self.read_again()
        else:
            self.commit()

    def check(self) -> None:
        """Let the server look at the orders; nothing is written."""
        if self._loaded is None or self._lacking() or not self.options.settled():
            self._show_state()
            return
        self._set_busy(True)
        database = self._context.session.database
        Query(batches.prepare, database, self._loaded, self.mapping.mapping(), self.options.settings()).titled(
            self.tr("Checking the orders")
        ).finished(self._on_finished).success(self._on_checked).failure(self._on_refused).run()

    @Slot(object)
    def _on_checked(self, checked: tuple[Draft, Report]) -> None:
        self._draft, self._found = checked
        self._request_id = uuid4()
        if self._loaded is not None:
            headings = self._loaded.table.headings
            import_fields.remember(self._context.session.login, headings, self.mapping.mapping())
        self.report.show_report(self._found)
        self._show_state()
        if self._found.errors:
            self.report.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Import the checked orders as one batch; the same request however often it is sent."""
        if self._draft is None:
            return
        self._set_busy(True)
        Command(batches.commit, self._context.session.database, self._draft, self._request_id).titled(
            self.tr("Importing the orders")
        ).finished(self._on_finished).success(self._on_imported).failure(self._on_refused).run()

    @Slot(object)
    def _on_imported(self, batch: Imported) -> None:
        bridge.success(self.tr("%n orders were imported as drafts.", "", batch.orders))
        self._loaded = None
        self.path.clear()
        self._forget()
        self.imported.emit(batch)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.report.refuse(partial(errors.sentence, error))
            self._show_state()
        else:
            bridge.fail(error)

    # What is shown

    @Slot()
    def _on_mapping(self) -> None:
        self._forget()

    @Slot()
    def _on_changed(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """What was found does not hold any more."""
        self._draft, self._found, self._request_id = None, None, None
        self.report.clear()
        self._show_state()

    def _lacking(self) -> list[str]:
        return columns.missing(self.mapping.mapping(), self.options.has_customer())

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_state()

    @Slot()
    def _on_finished(self) -> None:
        self._set_busy(False)

    def _show_state(self) -> None:
        loaded, found = self._loaded, self._found
        self._drop.setVisible(loaded is None)
        self._cards[1].setVisible(loaded is not None)
        self._cards[2].setVisible(loaded is not None and self.report.has_something)
        # Complaints need the room; a file without any shows more of its rows.
        self._column.setStretch(3, 5 if found is not None and found.complaints else 0)
        self._sheet_field.setVisible(loaded is not None and len(loaded.source.sheets) > 1)
        self._summary.setText(self._summary_text())
        lacking = self._lacking() if loaded is not None else []
        self._missing.setText(self._lacking_text(lacking))
        self._missing.setVisible(bool(lacking))
        self.go_on_action.setText(self._next_step())
        self.go_on_action.setEnabled(not self._busy and not lacking)
        self.again_action.setVisible(loaded is not None)
        self.again_action.setEnabled(not self._busy)
        self.browse_action.setEnabled(not self._busy)
        self.export_action.setVisible(found is not None and bool(found.complaints))
        self.mapping.setEnabled(not self._busy)
        self.options.setEnabled(not self._busy)

    def _lacking_text(self, lacking: list[str]) -> str:
        if lacking == ["customer_name"]:
            return self.tr("Choose the column of the customer, or one customer for all orders.")
        names = self.tr(", ").join(import_fields.title(field) for field in lacking)
        return self.tr("Choose the columns of: {fields}").format(fields=names)

    def _summary_text(self) -> str:
        if self._loaded is None:
            return ""
        rows = self.tr("%n rows", "", len(self._loaded.table.rows))
        encoding = self._loaded.source.encoding.upper().removesuffix("-SIG")
        return self.tr("{rows}, {encoding}").format(rows=rows, encoding=encoding) if encoding else rows

    def _next_step(self) -> str:
        if self._loaded is None:
            return self.tr("&Read the file") if self.path.text().strip() else self.tr("Choose a file…")
        if self._found is None:
            return self.tr("Check the &orders")
        if self._found.errors:
            return self.tr("Read the correc&ted file")
        return self.tr("&Import %n orders", "", self._found.orders)

    def _export(self) -> None:
        if self._found is None or self._loaded is None:
            return
        source = self._loaded.source.path
        name = self.tr("{file} – complaints").format(file=source.stem)
        kinds = self.tr("Workbook (*.xlsx);;CSV file (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the complaints"), str(source.with_name(f"{name}.xlsx")), kinds
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, target: Path) -> None:
        """Write the complaints to a file, in the language in use."""
        if self._found is not None:
            language = spoken("zh_CN", "en")
            Query(batches.write_complaints, self._found.complaints, target, language).success(
                lambda _none: bridge.success(self.tr("Written to {file}.").format(file=target.name))
            ).failure(lambda error: self._tell_not_exported(error, target)).owned_by(self).run()

    def _tell_not_exported(self, error: Exception, target: Path) -> None:
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            bridge.error(
                self.tr("Choose another place: {file} can't be written ({reason}).").format(
                    file=target.name, reason=reason
                )
            )
        else:
            bridge.fail(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Override QWidget.dragEnterEvent: take one file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and not self._busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Override QWidget.dropEvent."""
        self.read_file(Path(event.mimeData().urls()[0].toLocalFile()))


class _FillingColumn(QVBoxLayout):
    """A column that fills the scroll area; with texts that wrap Qt would give it the height that it likes best."""

    def hasHeightForWidth(self) -> bool:
        """Override QLayout.hasHeightForWidth."""
        return False


def _card(*parts: object) -> QFrame:
    card = forms.card()
    column = QVBoxLayout(card)
    column.setContentsMargins(4 * theme.GRID, 2 * theme.GRID, 4 * theme.GRID, 2 * theme.GRID)
    column.setSpacing(2 * theme.GRID)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)  # type: ignore[arg-type]
    return card
