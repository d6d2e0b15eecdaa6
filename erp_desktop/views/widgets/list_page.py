"""The one pattern of all lists: title, saved views as tabs, filter chips, the table, a footer with count and sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n, settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import translate
from erp_desktop.models.listing import ListModel, ListState
from erp_desktop.models.operations import Query
from erp_desktop.services.audit import record_export
from erp_desktop.services.exporting import Export, export_list
from erp_desktop.services.listing import (
    Filter,
    ListQuery,
    ListSpec,
    Sort,
    filter_from_json,
    filter_to_json,
    text_of,
)
from erp_desktop.views import registry
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.actions import ActionButton, ActionToolButton, Needs, make_action
from erp_desktop.views.widgets.column_dialog import ColumnDialog
from erp_desktop.views.widgets.filter_dialog import FilterDialog
from erp_desktop.views.widgets.list_states import ListNotice
from erp_desktop.views.widgets.page import Context, Page
from erp_desktop.views.widgets.table_view import TableView
from erp_desktop.views.widgets.view_dialog import ViewDialog

SEARCH_REST_MS = 200
"""A search starts when nothing was typed for so long."""
LEAST_SEARCH = 2


@dataclass(frozen=True)
class SavedView:
    """A tab of a list: filters and a sort order under a name.

    `title` is English source text marked under the context "Views", or what a person typed (`own`).
    """

    title: str
    filters: tuple[Filter, ...] = ()
    sort: tuple[Sort, ...] = ()
    own: bool = False

    def shown_title(self) -> str:
        """The title in the language in use."""
        return self.title if self.own else translate("Views", self.title)


class ListPage(Page):
    """Base of the lists.

    A subclass names its `spec` (from models/<area>_lists.py; of a pair of columns `…_zh`, `…_en` the one of the
    language in use shows), what Enter and double click open, and its saved views (the first tab, All, is there by
    itself unless a view without filters is named). It adds its actions in `build_actions` with `add_list_action` and
    names them in `retranslate` (after `super().retranslate()`); a widget from `build_side` stands right of the table.

    Class attributes:
        spec: the list.
        opens: the kind of document that a row opens by its id; empty if none.
        saved_views: the tabs.
    """

    spec: ClassVar[ListSpec]
    opens: ClassVar[str] = ""
    saved_views: ClassVar[tuple[SavedView, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let the page watch the kinds of its list."""
        super().__init_subclass__(**kwargs)
        if "spec" in cls.__dict__:
            cls.watches = cls.watches | frozenset(cls.spec.kinds)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._needs: dict[QAction, Needs] = {}
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * theme.GRID)
        self._views: list[SavedView] = []
        self._filters: tuple[Filter, ...] = ()
        self._language = i18n.language()
        self._title = forms.text_label("title")
        self._search = QLineEdit(clearButtonEnabled=True)
        self._search_timer = QTimer(self, singleShot=True, interval=SEARCH_REST_MS)
        self._search_timer.timeout.connect(self._load)
        self._tabs = forms.TabBar()
        self._chips = QHBoxLayout()
        self._count = forms.text_label("muted")
        self._chosen = forms.text_label("muted")
        self._sums = forms.text_label("strong")
        self.table = TableView(self._layout_setting())
        self.model = self._make_model()
        self._notice = ListNotice()
        self._build_standard_actions()
        self.build_actions()
        self._build()
        self._connect()
        self.retranslate()
        self._load()

    # What a subclass overrides or calls

    def build_actions(self) -> None:
        """Add the actions of this list with `add_list_action`; called once by the constructor."""

    def build_side(self) -> QWidget | None:
        """A widget to stand right of the table, None for none; called once by the constructor."""
        return None

    def shipped_views(self) -> Sequence[SavedView]:
        """The tabs that the list comes with, for this person: by default `saved_views`."""
        return self.saved_views

    def empty_text(self) -> str:
        """What would fill the list, said when it is empty though nothing is filtered."""
        return self.tr("There is nothing here yet.")

    def search_hint(self) -> str:
        """What the search finds, shown in its empty field."""
        return self.tr("Search")

    def filter_text(self, each: Filter) -> str:
        """What the chip of a filter says; for pages that filter by keys and know what they stand for."""
        return wording.FilterTexts().describe(each, self.spec.column(each.key))

    def open_row(self, row_id: int) -> None:
        """Open a row: by default the document that `opens` names."""
        if self.opens:
            self.context.open_document(self.opens, row_id)

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Hear which single row is selected (its values by column key, and `id`), None for none or several."""

    def add_list_action(
        self,
        slot: Callable[[], object],
        *,
        icon: str = "",
        shortcut: str = "",
        needs: Needs = Needs.NOTHING,
        may: str = "",
        primary: bool = False,
        button: bool = True,
    ) -> QAction:
        """An action with a button above the table and a line in the context menu.

        `may` is the action role without which it is not offered; `needs` says how many rows must be selected.
        Set its text in `retranslate`.
        """
        action = make_action(self, slot, icon, shortcut)
        allowed = not may or self.context.may(may)
        action.setVisible(allowed)
        action.setEnabled(allowed and needs.met_by(0))
        if allowed:
            self._needs[action] = needs
            self.table.addAction(action)
        if button:
            self._buttons.addWidget(ActionButton(action, "primary" if primary else "", icon))
        return action

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        return self.table.selected_ids()

    def selected_values(self) -> list[dict[str, Any]]:
        """The values of the selected rows that are loaded, by column key, with `id`."""
        found = []
        for first, last in self.table.selected_spans():
            for row in range(first, last + 1):
                values = self.model.values(row)
                if values is not None:
                    found.append({**values, "id": self.model.row_id(row)})
        return found

    def show_filtered(self, filters: Sequence[Filter], search: str = "") -> None:
        """Show the whole list with these filters and this search, as another page asks for."""
        self._tabs.setCurrentIndex(self._widest_tab())
        self._filters = tuple(filters)
        self._search.setText(search)
        self._show_chips()
        self._load()

    # The page

    def title(self) -> str:
        """Override Page.title: what the navigation calls the screen."""
        screen = registry.screen(self.code)
        return screen.shown_title() if screen is not None else ""

    def reload(self) -> None:
        """Override Page.reload: read again what is seen, and what came or went."""
        self.model.refresh()

    def focus_first(self) -> None:
        """Override Page.focus_first: the table, on its first row; without rows what helps out of that."""
        self._place_to_go().setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_to_go(self) -> QWidget:
        """Where the keyboard is to be: what stands in the place of a table without rows has one button or none."""
        if not self.table.isHidden():
            return self.table
        helpful = (each for each in (self._notice.retry, self._notice.clear) if not each.isHidden())
        return next(helpful, self._search)

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        if i18n.language() != self._language:
            self._language = i18n.language()
            self._change_language()
        self._title.setText(self.title())
        hint = f"{self.search_hint()}  (Ctrl+F)"
        self._search.setPlaceholderText(hint)
        room = self._search.fontMetrics().horizontalAdvance(hint) + 9 * theme.GRID
        self._search.setMinimumWidth(min(max(300, room), 380))
        self._search.setAccessibleName(self.search_hint())
        self.table.setAccessibleName(self.title())
        self.table.header().setAccessibleName(self.title())
        self._tabs.setAccessibleName(self.tr("Saved views"))
        self.filter_action.setText(self.tr("&Filter…"))
        self.columns_action.setText(self.tr("Choose columns…"))
        self.export_action.setText(self.tr("&Export…"))
        self.refresh_action.setText(self.tr("Refresh"))
        self.keep_view_action.setText(self.tr("Keep as view…"))
        self.drop_view_action.setText(self.tr("Remove this view"))
        self.find_action.setText(self.tr("Search"))
        self._show_tabs()
        self._show_chips()
        self._show_summary()
        self._show_state()

    def _build_standard_actions(self) -> None:
        self.find_action = make_action(self, self._focus_search, "search", "Ctrl+F")
        self.filter_action = make_action(self, self._ask_filter, "filter", "Ctrl+Shift+F")
        self.columns_action = make_action(self, self._ask_columns, "columns")
        self.export_action = make_action(self, self._ask_export, "export", "Ctrl+E")
        self.refresh_action = make_action(self, self._refresh, "refresh", "F5")
        self.keep_view_action = make_action(self, self._ask_view, "pin")
        self.drop_view_action = make_action(self, self._drop_view, "trash")

    def _build(self) -> None:
        top = forms.row(self._title, None, self._search)
        top.addLayout(self._buttons)
        tools = [
            ActionToolButton(action)
            for action in (
                self.filter_action,
                self.keep_view_action,
                self.drop_view_action,
                self.columns_action,
                self.export_action,
                self.refresh_action,
            )
        ]
        views = forms.row(self._tabs, None, *tools, spacing=theme.GRID)
        self._chips.setSpacing(2 * theme.GRID)
        side = self.build_side()
        middle: QWidget = self._stacked()
        if side is not None:
            splitter = QSplitter(Qt.Orientation.Horizontal)
            splitter.addWidget(middle)
            splitter.addWidget(side)
            splitter.setStretchFactor(0, 1)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(3 * theme.GRID)
            middle = splitter
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(top)
        column.addLayout(views)
        column.addLayout(self._chips)
        column.addWidget(middle, 1)
        column.addLayout(forms.row(self._count, self._chosen, None, self._sums, spacing=4 * theme.GRID))

    def _stacked(self) -> QWidget:
        """The table, with the notice of an empty or failed list in its place."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._notice, 1)
        self._notice.hide()
        return whole

    def _connect(self) -> None:
        self.table.show_model(self.model)
        self.table.row_opened.connect(self.open_row)
        self.table.selection_changed.connect(self._on_selection)
        self.table.columns_wanted.connect(self._ask_columns)
        self.table.copied.connect(self._tell_copied)
        self.table.copy_refused.connect(self._tell_too_many)
        self._search.textEdited.connect(self._on_typed)
        self._search.returnPressed.connect(self._go_to_table)
        self._tabs.currentChanged.connect(self._on_tab)
        self._notice.retry.clicked.connect(self._retry)
        self._notice.clear.clicked.connect(self._clear)

    def _make_model(self) -> ListModel:
        spec = wording.in_language(self.spec, i18n.language())
        model = ListModel(spec, self.context.session.database.connect, self)
        model.state_changed.connect(self._show_state)
        model.summary_changed.connect(self._show_summary)
        return model

    def _layout_setting(self) -> settings.Setting[dict[str, object]]:
        return settings.lists_layout(self.context.session.login, f"{self.code}/{i18n.language()}")

    def _views_setting(self) -> settings.Setting[dict[str, object]]:
        return settings.lists_layout(self.context.session.login, f"{self.code}/views")

    def _change_language(self) -> None:
        """The other column of each pair shows from now on: another model takes the place of the present one."""
        old, query, selected = self.model, self.model.query, self.table.selected_ids()
        old.state_changed.disconnect(self._show_state)
        old.summary_changed.disconnect(self._show_summary)
        self.table.save_layout()
        self.table.use_layout(self._layout_setting())
        self.model = self._make_model()
        self.table.show_model(self.model)
        once = Qt.ConnectionType.SingleShotConnection
        self.model.summary_changed.connect(partial(self._select_again, selected), once)  # all keys are known then
        self.model.load(query)
        old.close()
        old.deleteLater()

    def _select_again(self, ids: list[int]) -> None:
        """Select what was selected in the other language, unless the person has chosen something meanwhile."""
        if not self.table.selected_count():
            self.table.select_ids(ids)

    # Query: tab, filters, search

    def _show_tabs(self) -> None:
        current = max(0, self._tabs.currentIndex())
        self._views = self._all_views()
        blocked = self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for view in self._views:
            self._tabs.addTab(view.shown_title())
        self._tabs.setCurrentIndex(min(current, len(self._views) - 1))
        self._tabs.blockSignals(blocked)
        self._tabs.setVisible(len(self._views) > 1)
        self.drop_view_action.setVisible(self._view().own)

    def _all_views(self) -> list[SavedView]:
        shipped = list(self.shipped_views())
        if not any(not view.filters for view in shipped):
            shipped.insert(0, SavedView(i18n.QT_TRANSLATE_NOOP("Views", "All")))
        return shipped + self._own_views()

    def _own_views(self) -> list[SavedView]:
        kept = settings.read(self._views_setting()).get("views", [])
        views = []
        for each in kept if isinstance(kept, list) else []:
            try:
                sorts = tuple(Sort(str(key), bool(descending)) for key, descending in each["sort"])
                views.append(SavedView(str(each["title"]), tuple(map(filter_from_json, each["filters"])), sorts, True))
            except (KeyError, TypeError, ValueError):
                continue  # written by another version of the program
        keys = set(self.spec.value_keys)
        return [view for view in views if {each.key for each in (*view.filters, *view.sort)} <= keys]

    def _keep_own_views(self, views: Sequence[SavedView]) -> None:
        kept: list[object] = [
            {
                "title": view.title,
                "filters": [filter_to_json(each) for each in view.filters],
                "sort": [[each.key, each.descending] for each in view.sort],
            }
            for view in views
        ]
        remembered: dict[str, object] = {"views": kept}
        settings.write(self._views_setting(), remembered)

    def _widest_tab(self) -> int:
        """The tab that shows the whole list."""
        return next((at for at, view in enumerate(self._views) if not view.filters), 0)

    def _view(self) -> SavedView:
        place = self._tabs.currentIndex()
        return self._views[place] if 0 <= place < len(self._views) else SavedView("")

    def _query(self) -> ListQuery:
        view = self._view()
        overridden = {each.key for each in self._filters}
        filters = tuple(each for each in view.filters if each.key not in overridden) + self._filters
        text = self._search.text().strip()
        search = text if len(text) >= LEAST_SEARCH or (text and not text.isascii()) else ""
        return ListQuery(filters, search, self.model.query.sort or view.sort)

    @Slot()
    def _load(self) -> None:
        self._search_timer.stop()
        self.model.load(self._query())

    @Slot()
    def _on_typed(self) -> None:
        self._search_timer.start()

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        view = self._view()
        self._filters = ()
        self.drop_view_action.setVisible(view.own)
        self._show_chips()
        self.model.load(replace(self._query(), sort=view.sort))

    def _ask_filter(self, key: str = "") -> None:
        dialog = FilterDialog(self.model.columns, self._filters, self)
        if key:
            dialog.choose(key)
        if dialog.exec() == FilterDialog.DialogCode.Accepted:
            self.set_filter(dialog.key, dialog.result_filter())

    def set_filter(self, key: str, wanted: Filter | None) -> None:
        """Put a condition on a column in place of the one it has; None takes it away."""
        kept = tuple(each for each in self._filters if each.key != key)
        self._filters = kept if wanted is None else (*kept, wanted)
        self._show_chips()
        self._load()

    def _show_chips(self) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in self._filters:
            chip = forms.button("filter")
            chip.setText(self.filter_text(each))
            chip.setIcon(icons.icon("cross", "muted"))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setToolTip(self.tr("Remove this filter"))
            chip.clicked.connect(lambda _checked=False, key=each.key: self.set_filter(key, None))
            self._chips.addWidget(chip)
        if self._filters:
            self._chips.addStretch(1)

    # Saved views of the person

    def _ask_view(self) -> None:
        taken = [view.shown_title() for view in self._views if not view.own]
        dialog = ViewDialog(taken, self)
        if dialog.exec() != ViewDialog.DialogCode.Accepted:
            return
        query = self._query()
        view = SavedView(dialog.name(), query.filters, query.sort, True)
        self._keep_own_views([each for each in self._own_views() if each.title != view.title] + [view])
        self._filters = ()
        self._show_tabs()
        self._show_chips()
        self._tabs.setCurrentIndex(next(at for at, each in enumerate(self._views) if each == view))

    def _drop_view(self) -> None:
        view = self._view()
        if view.own:
            self._keep_own_views([each for each in self._own_views() if each.title != view.title])
            self._tabs.setCurrentIndex(0)
            self._show_tabs()

    # What the table says

    @Slot()
    def _on_selection(self) -> None:
        count = self.table.selected_count()
        for action, needs in self._needs.items():
            action.setEnabled(needs.met_by(count))
        self._chosen.setText(self.tr("%n selected", "", count) if count > 1 else "")
        values = self.selected_values() if count == 1 else []
        self.row_selected(values[0] if values else None)

    @Slot()
    def _show_summary(self) -> None:
        summary = self.model.summary
        if summary is None:
            self._count.setText("")
            self._sums.setText("")
            return
        count = f"{summary.count:,}"
        if summary.capped:
            self._count.setText(self.tr("{count}+ rows; refine the search to see all").format(count=count))
        else:
            text = self.tr("{count} row") if summary.count == 1 else self.tr("{count} rows")
            self._count.setText(text.format(count=count))
        parts = []
        for key, amount in summary.sums.items():
            column = self.spec.column(key)
            parts.append(f"{wording.title(column.title)}  {text_of(column.kind)(amount)}")
        self._sums.setText("     ".join(parts))

    @Slot()
    def _show_state(self) -> None:
        state = self.model.state
        filtered = bool(self.model.query.filters or self.model.query.search)
        if state is ListState.FAILED and self.model.error is not None:
            self._notice.show_failure(self.model.error)
        elif state is ListState.EMPTY and filtered:
            self._notice.show_no_match()
        elif state is ListState.EMPTY:
            self._notice.show_empty(self.empty_text())
        noticed = state in (ListState.FAILED, ListState.EMPTY)
        held = self.window().focusWidget()  # also while the window is not the active one yet
        was_here = held is self.table or (held is not None and self._notice.isAncestorOf(held))
        self.table.setVisible(not noticed)
        self._notice.setVisible(noticed)
        if was_here:
            self.focus_first()  # else Qt sends the keyboard away from the page with what is hidden

    @Slot()
    def _focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @Slot()
    def _go_to_table(self) -> None:
        if self._search_timer.isActive():
            self._load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.selected_count() and self.model.count:
            self.table.select_ids([self.model.row_id(max(0, self.table.currentIndex().row()))])

    @Slot()
    def _refresh(self) -> None:
        if self.model.state is ListState.FAILED:
            self.model.retry()
        else:
            self.model.refresh()

    @Slot()
    def _retry(self) -> None:
        self.model.retry()

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._tabs.setCurrentIndex(self._widest_tab())
        self._filters = ()
        self._show_chips()
        self._load()

    @Slot(int)
    def _tell_copied(self, count: int) -> None:
        bridge.success(self.tr("%n rows copied", "", count))

    @Slot(int)
    def _tell_too_many(self, count: int) -> None:
        bridge.warning(
            self.tr("Export the list instead: {count} rows are too many to copy.").format(count=f"{count:,}")
        )

    # Columns and export

    @Slot()
    def _ask_columns(self) -> None:
        header = self.table.header()
        dialog = ColumnDialog(self.model.columns, header.layouts(self.model.columns), self)
        if dialog.exec() == ColumnDialog.DialogCode.Accepted:
            header.arrange(self.model.columns, dialog.layouts())

    @Slot()
    def _ask_export(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposal = str(Path(documents or str(Path.home())) / f"{self.title()}.xlsx")
        kinds = self.tr("Workbook (*.xlsx);;CSV file (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export the list"), proposal, kinds)
        if name:
            self.export_to(Path(name))

    def export_to(self, target: Path) -> None:
        """Write the whole list as it is filtered and sorted now, with the columns that show, to a file."""
        columns = self.table.visible_columns()
        titles = tuple(wording.title(column.title) for column in columns)
        export = Export(self.model.spec, self.model.query, columns, titles, wording.words(), self.model.count)
        database = self.context.session.database
        record = partial(record_export, database, self.title())
        Query(export_list, database.connect, export, target, record).titled(self.tr("Exporting the list")).success(
            lambda count: self._tell_exported(count, target)
        ).failure(lambda error: self._tell_not_exported(error, target)).owned_by(self).run()

    def _tell_exported(self, count: int, target: Path) -> None:
        bridge.success(self.tr("{count} rows are in {file}.").format(count=f"{count:,}", file=target.name))

    def _tell_not_exported(self, error: Exception, target: Path) -> None:
        if isinstance(error, OSError):
            bridge.error(
                self.tr("Choose another place or close the file: {file} can't be written ({reason}).").format(
                    file=target.name, reason=error.strerror or type(error).__name__
                )
            )
        else:
            bridge.fail(error)
