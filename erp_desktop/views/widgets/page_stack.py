"""The open pages of a window: a tab each, the one in front, and the way back through those seen before."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.dialog import ScrollRoom
from erp_desktop.views.widgets.page import Page

WIDEST_TAB = 288


class PageStack(QWidget):
    """Holds pages; asks each before it closes it.

    Signals:
        current_changed(page): another page (or None) is in front, or the one in front changed its title or state.
        detach_wanted(page): the person wants that page in a window of its own.
    """

    current_changed = Signal(object)
    detach_wanted = Signal(object)

    def __init__(self, empty: QWidget, parent: QWidget | None = None) -> None:
        """`empty` is shown while no page is open."""
        super().__init__(parent)
        self._pages: list[Page] = []
        self._rooms: dict[Page, ScrollRoom] = {}
        self._modified: set[Page] = set()
        self._past: list[Page] = []
        self._future: list[Page] = []
        self._tabs = _TabBar()
        self._tabs.currentChanged.connect(self._on_tab)
        self._tabs.tabMoved.connect(self._on_moved)
        self._tabs.middle_clicked.connect(self._close_at)
        self._tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tabs.customContextMenuRequested.connect(self._show_menu)
        self._stack = QStackedWidget()
        self._empty = empty
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._tabs.hide()
        self.retranslate()

    def pages(self) -> list[Page]:
        """The open pages in the order of their tabs."""
        return list(self._pages)

    def current(self) -> Page | None:
        """The page in front."""
        place = self._tabs.currentIndex()
        return self._pages[place] if 0 <= place < len(self._pages) else None

    def is_modified(self, page: Page) -> bool:
        """Whether `page` said that it holds input that is not saved."""
        return page in self._modified

    def add(self, page: Page, icon: str) -> None:
        """Open `page` as the last tab and bring it to the front."""
        self._pages.append(page)
        self._rooms[page] = ScrollRoom(page)
        self._stack.addWidget(self._rooms[page])
        page.title_changed.connect(self._label_tabs)
        page.modified_changed.connect(self._on_modified)
        place = self._tabs.addTab(icons.icon(icon), "")
        close = forms.tool_button("cross")
        close.setIconSize(QSize(12, 12))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W does the same
        close.clicked.connect(lambda: self.close_page(page))
        self._tabs.setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        self._label_tabs()
        self._tabs.show()
        self.activate(page)
        page.focus_first()

    def activate(self, page: Page) -> None:
        """Bring `page` to the front."""
        self._tabs.setCurrentIndex(self._pages.index(page))
        self._show_current()

    def close_page(self, page: Page) -> bool:
        """Close `page` unless it objects; whether it is closed."""
        if page not in self._pages:
            return True
        self.activate(page)
        if not page.can_close():
            return False
        self.take(page)
        page.deleteLater()
        return True

    def close_all(self) -> bool:
        """Close all pages; stops at the first that objects. Whether all are closed."""
        return all(self.close_page(page) for page in reversed(self.pages()))

    def take(self, page: Page) -> None:
        """Give `page` away without closing it; the one seen before comes to the front."""
        place = self._pages.index(page)
        self._past = [each for each in self._past if each is not page]
        self._future = [each for each in self._future if each is not page]
        page.title_changed.disconnect(self._label_tabs)
        page.modified_changed.disconnect(self._on_modified)
        self._modified.discard(page)
        self._tabs.blockSignals(True)
        if page is self.current() and self._past:
            self._tabs.setCurrentIndex(self._pages.index(self._past.pop()))
        self._pages.pop(place)
        self._tabs.removeTab(place)
        self._tabs.blockSignals(False)
        room = self._rooms.pop(page)
        room.takeWidget()
        self._stack.removeWidget(room)
        room.deleteLater()
        self._tabs.setVisible(bool(self._pages))
        self._show_current(remember=False)

    def close_current(self) -> None:
        """Close the page in front."""
        page = self.current()
        if page is not None:
            self.close_page(page)

    def step(self, by: int) -> None:
        """Bring the tab `by` places further to the front, round the end."""
        if self._pages:
            self._tabs.setCurrentIndex((self._tabs.currentIndex() + by) % len(self._pages))

    def activate_place(self, place: int) -> None:
        """Bring the tab at `place` (from 0) to the front, if there is one."""
        if place < len(self._pages):
            self._tabs.setCurrentIndex(place)

    def back(self) -> None:
        """Bring the page seen before to the front."""
        self._walk(self._past, self._future)

    def forward(self) -> None:
        """Undo `back`."""
        self._walk(self._future, self._past)

    def can_go_back(self) -> bool:
        """Whether a page was seen before."""
        return bool(self._past)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._tabs.setAccessibleName(self.tr("Open pages"))
        self._label_tabs()

    def _walk(self, source: list[Page], target: list[Page]) -> None:
        current = self.current()
        if not source or current is None:
            return
        page = source.pop()
        target.append(current)
        self._tabs.blockSignals(True)
        self._tabs.setCurrentIndex(self._pages.index(page))
        self._tabs.blockSignals(False)
        self._show_current(remember=False)

    def _show_current(self, remember: bool = True) -> None:
        page = self.current()
        room = self._stack.currentWidget()
        shown = next((each for each in self._pages if self._rooms[each] is room), None)
        if remember and shown is not None and shown is not page:
            self._past.append(shown)
            self._future.clear()
        self._stack.setCurrentWidget(self._rooms[page] if page is not None else self._empty)
        self.current_changed.emit(page)

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        if len(self._pages) == self._tabs.count():
            self._show_current()

    @Slot(int, int)
    def _on_moved(self, source: int, target: int) -> None:
        self._pages.insert(target, self._pages.pop(source))

    @Slot(int)
    def _close_at(self, place: int) -> None:
        self.close_page(self._pages[place])

    @Slot(bool)
    def _on_modified(self, modified: bool) -> None:
        page = cast("Page", self.sender())
        (self._modified.add if modified else self._modified.discard)(page)
        self._label_tabs()

    @Slot()
    def _label_tabs(self) -> None:
        for place, page in enumerate(self._pages):
            title = page.title()
            text = title.replace("&", "&&")
            self._tabs.setTabText(place, f"• {text}" if page in self._modified else text)
            self._tabs.setTabToolTip(place, title)
            self._tabs.setAccessibleTabName(
                place, self.tr("{title}, not saved").format(title=title) if page in self._modified else title
            )
            button = self._tabs.tabButton(place, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                forms.name_control(button, self.tr("Close {title}").format(title=title), "Ctrl+W")
        self.current_changed.emit(self.current())

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        place = self._tabs.tabAt(at)
        if place < 0:
            return
        page = self._pages[place]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = (
            (self.tr("Open in a window of its &own"), lambda: self.detach_wanted.emit(page)),
            (self.tr("&Close"), lambda: self.close_page(page)),
            (self.tr("Close the o&thers"), lambda: self._close_others(page)),
        )
        for text, act in choices:
            action = QAction(text, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(self._tabs.mapToGlobal(at))

    def _close_others(self, kept: Page) -> None:
        for page in self.pages():
            if page is not kept and not self.close_page(page):
                return

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _TabBar(QTabBar):
    """Tabs of limited width that close on a middle click."""

    middle_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(16, 16))
        self.setContentsMargins(2 * theme.GRID, 0, 0, 0)

    def tabSizeHint(self, index: int) -> QSize:
        """Override QTabBar.tabSizeHint."""
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), WIDEST_TAB), hint.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Override QTabBar.minimumTabSizeHint: tabs that have no room are scrolled to, not cut to what says nothing."""
        return self.tabSizeHint(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override QTabBar.mouseReleaseEvent."""
        place = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and place >= 0:
            self.middle_clicked.emit(place)
            return
        super().mouseReleaseEvent(event)
