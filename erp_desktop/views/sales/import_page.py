"""Orders from files: a tab for a new file, a tab for those that were imported."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from erp_desktop.services.importing.batches import Imported
from erp_desktop.views.sales.import_history import ImportHistory
from erp_desktop.views.sales.import_panel import ImportPanel
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.page import Context, Page


class ImportPage(Page):
    """File, columns, complaints, and the way back."""

    code: ClassVar[str] = "sales.import"
    watches: ClassVar[frozenset[str]] = frozenset({"import"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._title = forms.text_label("title")
        self.tabs = forms.TabBar()
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.panel = ImportPanel(context)
        self.history = ImportHistory(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panel)
        self._stack.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 4 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(forms.row(self._title, self.tabs, None, spacing=6 * theme.GRID))
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.panel.imported.connect(self._on_imported)
        self.history.orders_wanted.connect(self._show_orders)
        self._show_tab(0)
        self.retranslate()
        self.history.reload()

    def title(self) -> str:
        """Override Page.title."""
        return self.tr("Import orders")

    def reload(self) -> None:
        """Override Page.reload: other people import, too."""
        self.history.reload()

    def focus_first(self) -> None:
        """Override Page.focus_first."""
        self.panel.focus_first()

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        self._title.setText(self.title())
        self.tabs.setAccessibleName(self.tr("New or earlier imports"))
        self.tabs.setTabText(0, self.tr("New import"))
        self.tabs.setTabText(1, self.tr("Earlier imports"))
        self.panel.retranslate()
        self.history.retranslate()

    @Slot(int)
    def _show_tab(self, place: int) -> None:
        """The actions of the page are those of the tab that shows; the others would act on what nobody sees."""
        for action in self.actions():
            self.removeAction(action)
        self._stack.setCurrentIndex(place)
        shown: QWidget = self.history if place else self.panel
        self.addActions(shown.actions())

    @Slot(object)
    def _on_imported(self, _batch: Imported) -> None:
        """The batch stands at the top of the second tab, with what can be done with it."""
        self.history.reload()
        self.tabs.setCurrentIndex(1)

    @Slot()
    def _show_orders(self) -> None:
        self.context.open_screen("sales.orders")
