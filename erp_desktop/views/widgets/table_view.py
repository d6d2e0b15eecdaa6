"""The table of long lists: paints whole rows itself, keeps selection and columns, works by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.listing import ListModel, ListState
from erp_desktop.models.operations import Query
from erp_desktop.services.exporting import Export, copy_rows
from erp_desktop.services.listing import Column
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.row_painter import RowPainter
from erp_desktop.views.widgets.table_header import (
    LayoutSetting,
    ListHeader,
    keep_layout,
    kept_layout,
)

COPY_LIMIT: Final = 5000
"""More rows than this are exported, not copied."""
PLACEHOLDER_AFTER_MS: Final = 150
LEAST_ROWS: Final = 6
"""So many heights of a row, the header among them, a table asks for on the smallest screen."""
SELECTION_KEPT: Final = 1000
"""A larger selection is not carried over when rows come or go."""
SAVE_LAYOUT_AFTER_MS: Final = 500

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


@dataclass(frozen=True)
class _Place:
    """What a person sees and has selected, by ids, while rows come and go."""

    current: int | None
    selected: tuple[int, ...]
    anchor: int | None
    anchor_offset: int


class TableView(QTableView):
    """A read-only table over a ListModel.

    `layout` is where the person's arrangement of this list is remembered: order, width and visibility of the columns,
    the frozen column. The actions of the view are its context menu.

    Signals:
        row_opened(id): Enter or a double click on a row.
        selection_changed(): other rows are selected, or the selected rows may have other values.
        columns_wanted(): the person asks for the column chooser.
        copied(count): so many rows are on the clipboard.
        copy_refused(count): so many rows are too many for the clipboard.
    """

    row_opened = Signal(object)
    selection_changed = Signal()
    columns_wanted = Signal()
    copied = Signal(int)
    copy_refused = Signal(int)

    def __init__(self, layout: LayoutSetting | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = layout
        self._row_height = theme.ROW_COMPACT
        self._spans: list[tuple[int, int]] | None = None
        self._place: _Place | None = None
        self._arranging = True
        self.waiting = False
        self.setHorizontalHeader(ListHeader(self))
        self.setMinimumHeight(LEAST_ROWS * theme.ROW_COMPACT)
        self._painter = RowPainter(self)
        self._placeholder_timer = QTimer(self, singleShot=True, interval=PLACEHOLDER_AFTER_MS)
        self._placeholder_timer.timeout.connect(self._show_placeholders)
        self._layout_timer = QTimer(self, singleShot=True, interval=SAVE_LAYOUT_AFTER_MS)
        self._layout_timer.timeout.connect(self.save_layout)
        self._set_up()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # scrolling then moves what is painted
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_row_height(theme.ROW_COMPACT)
        header = self.header()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_header_menu)
        header.sectionClicked.connect(self._sort_by)
        header.layout_changed.connect(self._on_layout_changed)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled_sideways)
        theme.state.switched.connect(self._on_theme_switched)

    def header(self) -> ListHeader:
        """The horizontal header."""
        return cast(ListHeader, self.horizontalHeader())

    def list_model(self) -> ListModel:
        """The model; `show_model` must have been called."""
        return cast(ListModel, self.model())

    def row_height(self) -> int:
        """The height of every row in pixels."""
        return self._row_height

    def set_row_height(self, pixels: int) -> None:
        """Make all rows `pixels` high: theme.ROW_COMPACT or theme.ROW_ROOMY."""
        self._row_height = pixels
        self.verticalHeader().setMinimumSectionSize(pixels)
        self.verticalHeader().setDefaultSectionSize(pixels)
        self.verticalScrollBar().setSingleStep(pixels)

    def use_layout(self, layout: LayoutSetting | None) -> None:
        """Remember the arrangement under another setting from now on; takes effect with the next `show_model`."""
        self._layout_timer.stop()
        self._layout = layout

    def show_model(self, model: ListModel) -> None:
        """Show `model` with the columns as the person left them; loads nothing."""
        self._arranging = True
        self.setModel(model)
        for leaving in (model.about_to_move, model.modelAboutToBeReset):
            leaving.connect(self._keep_place)
        model.moved.connect(self._restore_place)
        model.modelReset.connect(self._restore_selection)
        model.state_changed.connect(self._on_state_changed)
        model.query_changed.connect(self._show_sort)
        model.dataChanged.connect(self._on_data_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        layouts, frozen = kept_layout(self._layout) if self._layout is not None else ([], False)
        self.header().arrange(model.columns, layouts)
        self.header().freeze(frozen)
        self._show_sort()
        self._arranging = False

    def visible_columns(self) -> tuple[Column, ...]:
        """The columns that show, from left to right."""
        columns = self.list_model().columns
        return tuple(columns[section] for section in self.header().visible_sections())

    def reset_layout(self) -> None:
        """Show the columns as the list itself wants them."""
        columns = self.list_model().columns
        self.header().freeze(False)
        self.header().arrange(columns, [])

    def save_layout(self) -> None:
        """Remember the columns for this person."""
        if self._layout is not None and self.model() is not None:
            keep_layout(self._layout, self.header().layouts(self.list_model().columns), self.header().frozen)

    def selected_spans(self) -> list[tuple[int, int]]:
        """The selected rows as (first, last), without going through every row."""
        if self._spans is None:
            selection = self.selectionModel().selection()
            ranges = (selection.at(place) for place in range(selection.count()))
            self._spans = sorted({(each.top(), each.bottom()) for each in ranges})
        return self._spans

    def selected_among(self, first: int, last: int) -> set[int]:
        """Which of the rows from `first` to `last` are selected."""
        return {
            row
            for low, high in self.selected_spans()
            if low <= last and high >= first
            for row in range(max(low, first), min(high, last) + 1)
        }

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(high - low + 1 for low, high in self.selected_spans())

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        return self.list_model().ids(self.selected_spans())

    def select_ids(self, ids: list[int]) -> None:
        """Select these rows and make the first of them current; ids that are not in the list are left out."""
        rows = [row for row in map(self.list_model().row_of, ids) if row is not None]
        self._select_rows(rows)
        if rows:
            index = self.list_model().index(rows[0], self.header().visible_sections()[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def copy_selection(self, with_header: bool = False) -> None:
        """Put the selected rows on the clipboard as a spreadsheet pastes them."""
        ids = self.selected_ids()
        if not ids:
            return
        if len(ids) > COPY_LIMIT:
            self.copy_refused.emit(len(ids))
            return
        model = self.list_model()
        columns = self.visible_columns()
        titles = tuple(wording.title(column.title) for column in columns)
        export = Export(model.spec, model.query, columns, titles, wording.words())
        head = "\t".join(titles) + "\n" if with_header else ""
        Query(copy_rows, model.connect_database, export, ids).success(
            lambda text: self._put_on_clipboard(head + text, len(ids))
        ).owned_by(self).run()

    def open_current(self) -> None:
        """Open the row that the keyboard stands on."""
        index = self.currentIndex()
        if index.isValid() and self.list_model().flags(index) & Qt.ItemFlag.ItemIsEnabled:
            self.row_opened.emit(self.list_model().row_id(index.row()))

    def _put_on_clipboard(self, text: str, count: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(count)

    def _select_rows(self, rows: list[int]) -> None:
        model = self.list_model()
        last = model.columnCount() - 1
        selection = QItemSelection()
        for row in rows:
            selection.select(model.index(row, 0), model.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _keep_place(self) -> None:
        model = self.list_model()
        count = self.selected_count()
        current, top = self.currentIndex(), self.rowAt(0)
        scrolled = self.verticalScrollBar().value() > 0 and top >= 0
        self._place = _Place(
            model.row_id(current.row()) if current.isValid() else None,
            tuple(self.selected_ids()) if count <= SELECTION_KEPT else (),
            model.row_id(top) if scrolled else None,
            self.rowViewportPosition(top) if scrolled else 0,
        )

    @Slot()
    def _restore_place(self) -> None:
        """Rows came or went: the same rows stay selected, and what is seen stays where it is."""
        place = self._place
        self._restore_selection()
        anchor = self.list_model().row_of(place.anchor) if place is not None and place.anchor is not None else None
        if place is not None and anchor is not None:
            self.verticalScrollBar().setValue(anchor * self._row_height - place.anchor_offset)

    @Slot()
    def _restore_selection(self) -> None:
        place, self._place = self._place, None
        self._spans = None
        if place is None:
            return
        model = self.list_model()
        rows = [row for row in map(model.row_of, place.selected) if row is not None]
        if rows and rows != [row for low, high in self.selected_spans() for row in range(low, high + 1)]:
            self._select_rows(rows)
        current = model.row_of(place.current) if place.current is not None else None
        if current is not None and current != self.currentIndex().row():
            index = model.index(current, max(0, self.currentIndex().column()))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selection_changed.emit()

    @Slot()
    def _on_state_changed(self) -> None:
        if self.list_model().state is ListState.LOADING:
            self._placeholder_timer.start()
            return
        self._placeholder_timer.stop()
        self.waiting = False
        self.viewport().update()

    @Slot()
    def _show_placeholders(self) -> None:
        self.waiting = True
        self.viewport().update()

    @Slot()
    def _show_sort(self) -> None:
        model = self.list_model()
        sorts = model.query.sort or model.spec.default_sort
        places = {column.key: at for at, column in enumerate(model.columns)}
        order = Qt.SortOrder.DescendingOrder if sorts and sorts[0].descending else Qt.SortOrder.AscendingOrder
        self.header().setSortIndicator(places.get(sorts[0].key, -1) if sorts else -1, order)

    @Slot(int)
    def _sort_by(self, section: int) -> None:
        """Sort by a column, the other way round if it is sorted by it already."""
        model, header = self.list_model(), self.header()
        if not model.columns[section].sortable:
            self._show_sort()
            return
        sorts = model.query.sort or model.spec.default_sort
        same = bool(sorts) and sorts[0].key == model.columns[section].key
        descending = same and not sorts[0].descending
        model.sort(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        header.viewport().update()

    @Slot()
    def _on_data_changed(self) -> None:
        self.selection_changed.emit()

    @Slot()
    def _on_selection_changed(self) -> None:
        self._spans = None
        self.selection_changed.emit()

    @Slot()
    def _on_layout_changed(self) -> None:
        self.viewport().update()
        if not self._arranging:
            self._layout_timer.start()

    @Slot()
    def _on_scrolled_sideways(self) -> None:
        if self.header().frozen:
            self.viewport().update()
            self.header().viewport().update()

    @Slot()
    def _on_theme_switched(self) -> None:
        self._painter.forget()
        self.viewport().update()

    @Slot(QPoint)
    def _show_header_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        section = self.header().logicalIndexAt(position)
        model = self.list_model()
        if section >= 0 and model.columns[section].sortable:
            ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
            menu.addAction(self.tr("Sort ascending"), lambda: model.sort(section, ascending))
            menu.addAction(self.tr("Sort descending"), lambda: model.sort(section, descending))
            menu.addSeparator()
        if section >= 0 and len(self.header().visible_sections()) > 1:
            menu.addAction(self.tr("Hide column"), lambda: self._hide_column(section))
        freeze = menu.addAction(self.tr("Freeze first column"))
        freeze.setCheckable(True)
        freeze.setChecked(self.header().frozen)
        freeze.toggled.connect(self.header().freeze)
        menu.addAction(self.tr("Choose columns…"), self.columns_wanted.emit)
        menu.addAction(self.tr("Reset columns"), self.reset_layout)
        menu.popup(self.header().mapToGlobal(position))

    def _hide_column(self, section: int) -> None:
        self.header().setSectionHidden(section, True)
        self.header().layout_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QTableView.paintEvent: rows are painted whole."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.tokens().color("panel"))
        model = self.model()
        if model is not None and model.rowCount():
            self._painter.paint(painter, event.rect())
            self._prefetch()
        elif model is not None and self.waiting:
            self._painter.paint_placeholders(painter, self.viewport().rect())
        painter.end()

    def _prefetch(self) -> None:
        last = self.rowAt(self.viewport().height() - 1)
        self.list_model().prefetch(self.rowAt(0), last if last >= 0 else self.list_model().rowCount() - 1)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Override QTableView.scrollTo: a column below the frozen one counts as hidden."""
        super().scrollTo(index, hint)
        header = self.header()
        width = header.overlay_width()
        left = header.sectionViewportPosition(index.column())
        if width and left < width and index.column() != header.visible_sections()[0]:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (width - left))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent: Enter opens, Ctrl+C copies, with Shift also the titles."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & both:
            self.open_current()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == both:
            self.copy_selection(with_header=True)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Override QTableView.keyboardSearch: typing does not jump, it would have to read every row."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Override QTableView.mouseDoubleClickEvent."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Override QTableView.contextMenuEvent: the same actions as the buttons, then copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.addSeparator()
        copy = QAction(self.tr("Copy"), menu)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(self.selected_count() > 0)
        copy.triggered.connect(lambda: self.copy_selection())
        menu.addAction(copy)
        menu.addAction(self.tr("Copy with titles"), lambda: self.copy_selection(with_header=True))
        position = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.popup(position)

    def changeEvent(self, event: QEvent) -> None:
        """Override QTableView.changeEvent: another font is measured anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_painter"):
            self._painter.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override QTableView.focusInEvent: the frame of the current row appears."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QTableView.focusOutEvent."""
        super().focusOutEvent(event)
        self.viewport().update()
