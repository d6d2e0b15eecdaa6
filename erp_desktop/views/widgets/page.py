"""What every page of the main window is: a widget with a title that can reload, close and hear of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from erp_desktop.models.bridge import ALL_IDS, bridge

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session

RELOAD_REST_MS = 150
"""Announcements that come within this time cause one reload."""


class Context(Protocol):
    """What a page may ask of the window that holds it; pages know neither the window nor each other."""

    @property
    def session(self) -> Session:
        """The person who is logged in, with the way to the server."""

    def may(self, role: str) -> bool:
        """Whether the person holds the action role `role`; the server checks again."""

    def open_screen(self, code: str) -> Page | None:
        """Bring the screen `code` to the front; None if the person may not see it."""

    def open_document(
        self, kind: str, document_id: int | None = None, *, new_window: bool = False, **preset: object
    ) -> Page | None:
        """Open the document of `kind` with that id, or a new one filled with `preset`; None if not to be seen."""

    def close_page(self, page: Page) -> bool:
        """Close `page` if it agrees; whether it is closed."""


class Page(QWidget):
    """Base of all pages.

    The actions of a page are its QWidget.actions(): add them with `addAction`, each with a text and, where there is
    one, a shortcut; the command palette offers them. A subclass overrides what it needs of the methods below and says
    in `watches` which kinds of rows it shows. Changes of those reload the page once, or when it is shown again.

    Class attributes:
        code: the screen's code, which is also the name of its page in the user's guide.
        watches: the kinds of announcements (order, stock, ...) that make this page stale.

    Signals:
        title_changed(): ask `title` again.
        modified_changed(modified): there are changes that were not saved, or none any more.
    """

    code: ClassVar[str] = ""
    watches: ClassVar[frozenset[str]] = frozenset()

    title_changed = Signal()
    modified_changed = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("role", "page")
        self._stale = False
        self._reload_timer = QTimer(self, singleShot=True, interval=RELOAD_REST_MS)
        self._reload_timer.timeout.connect(self._reload_if_shown)
        bridge.changed.connect(self._hear)
        bridge.reload_wanted.connect(self.mark_stale)

    def title(self) -> str:
        """What the tab says, translated; asked again after `title_changed` and when the language changes."""
        return ""

    def document(self) -> tuple[str, int | None] | None:
        """The kind and id of the document shown, so that it opens only once; None for a page that shows no document."""
        return None

    def reload(self) -> None:
        """Read again what the page shows; keeps what the person typed, selected and scrolled to."""

    def can_close(self) -> bool:
        """Whether the page may go; a page with unsaved input asks the person here."""
        return True

    def retranslate(self) -> None:
        """Set every text anew; called when the language changes, and by the constructor of the page itself."""

    def focus_first(self) -> None:
        """Put the keyboard where work begins; called when the page comes to the front for the first time."""
        controls = (each for each in self.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        usable = (each for each in controls if each.isVisibleTo(self) and each.isEnabled())
        next(usable, self).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, list)
    def _hear(self, kind: str, ids: list[str]) -> None:
        """Not connected to `on_changed` itself: an overriding method would be called after the page is gone."""
        self.on_changed(kind, ids)

    def on_changed(self, kind: str, ids: list[str]) -> None:
        """Hear that rows `ids` (or ["*"]) of `kind` changed; by default stale if the page watches that kind."""
        if kind in self.watches and self.concerns(kind, ids):
            self.mark_stale()

    def concerns(self, kind: str, ids: list[str]) -> bool:
        """Whether a change of `ids` can show on this page; a page of one document compares them with its own."""
        return bool(kind and ids)

    @Slot()
    def mark_stale(self) -> None:
        """Reload soon if the page is on screen, else when it is shown next."""
        self._stale = True
        self._reload_timer.start()

    @Slot()
    def _reload_if_shown(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent: what became stale behind another page is read again."""
        super().showEvent(event)
        if self._stale:
            self._reload_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.title_changed.emit()


def names_row(ids: list[str], row_id: int | None) -> bool:
    """Whether an announcement of `ids` speaks of the row `row_id`."""
    return ALL_IDS in ids or (row_id is not None and str(row_id) in ids)
