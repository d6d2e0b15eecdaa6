"""What one change did: who and when, and each column of the row before and after."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.audit_fields import field_texts
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Query
from erp_desktop.services import audit
from erp_desktop.services.audit import Change
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme


class ChangePanel(QFrame):
    """Shows one change; says what to do while none is chosen."""

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._database = database
        self._wanted: int | None = None
        self._change: Change | None = None
        self._failure: Exception | None = None
        self._what = forms.text_label("heading", wrap=True)
        self._who = forms.text_label("muted", wrap=True)
        self._fields = QTreeWidget()
        self._fields.setProperty("role", "table")
        self._fields.setColumnCount(3)
        self._fields.setRootIsDecorated(False)
        self._fields.setUniformRowHeights(True)
        self._fields.setAllColumnsShowFocus(True)
        for column in range(3):
            self._fields.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._nothing = forms.text_label("muted", wrap=True)
        self._hint = forms.text_label("muted", wrap=True)
        self._stack = QStackedWidget()
        self._build()
        self._retranslate()

    @property
    def change(self) -> Change | None:
        """The change that is shown."""
        return self._change

    def show_change(self, change_id: int | None) -> None:
        """Load and show a change; None for none."""
        self._wanted = change_id
        self._failure = None
        if change_id is None:
            self._change = None
            self._show()
        else:
            Query(audit.load_change, self._database, change_id).quiet().success(self._on_loaded).failure(
                self._on_failed
            ).run()

    def _build(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self._what)
        column.addWidget(self._who)
        column.addWidget(self._fields, 1)
        column.addWidget(self._nothing)
        column.addStretch()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.GRID] * 4)
        layout.addWidget(self._stack)

    def _on_loaded(self, change: Change) -> None:
        if change.id == self._wanted:
            self._change = change
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self._change, self._failure = None, error
        self._show()

    def _show(self) -> None:
        change = self._change
        self._stack.setCurrentIndex(0 if change is None else 1)
        if change is None:
            self._hint.setText(
                errors.sentence(self._failure)
                if self._failure is not None
                else self.tr("Select a change to see what it did.")
            )
            return
        table, row = wording.word(change.table_name, "audit_table"), spoken(change.row_zh, change.row_en)
        self._what.setText(f"{table} {row}  ·  {wording.word(change.operation, 'audit_operation')}")
        parts = (spoken(change.who_zh, change.who_en), text_of("datetime")(change.at), change.address, change.client)
        self._who.setText("  ·  ".join(part for part in parts if part))
        self._fields.clear()
        changed = field_texts(change)
        for each in changed:
            texts = [each.title, each.before, each.after]
            item = QTreeWidgetItem(self._fields, texts)
            for place, text in enumerate(texts):
                item.setToolTip(place, text)
        self._fields.setColumnHidden(1, change.operation not in ("update", "delete"))  # nothing was there before
        self._fields.setColumnHidden(2, change.operation == "delete")
        self._fields.setVisible(bool(changed))
        self._nothing.setVisible(not changed)

    def _retranslate(self) -> None:
        self._fields.setHeaderLabels([self.tr("Field"), self.tr("Before"), self.tr("After")])
        self._nothing.setText(self.tr("Only values that the program keeps for itself have changed."))
        self._fields.setAccessibleName(self.tr("What changed"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
