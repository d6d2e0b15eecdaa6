"""The main window of one logged-in person: navigation, top bar, pages, messages, status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from erp_desktop.models import i18n, settings
from erp_desktop.models.bridge import MessageKind, bridge
from erp_desktop.models.changes import ChangeListener
from erp_desktop.models.operations import Command, Query
from erp_desktop.models.session_keeper import SessionKeeper
from erp_desktop.services.errors import SessionOver
from erp_desktop.views import errors, jobs, registry
from erp_desktop.views.guide import GuideWindow
from erp_desktop.views.navigation import Navigation
from erp_desktop.views.session_over import EndingBanner, SessionOverDialog
from erp_desktop.views.top_bar import TopBar
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.command_palette import CommandPalette, Entry
from erp_desktop.views.widgets.dialog import ScrollRoom, room_on_screen
from erp_desktop.views.widgets.page import Page
from erp_desktop.views.widgets.page_stack import PageStack
from erp_desktop.views.widgets.progress import ProgressDisplay
from erp_desktop.views.widgets.toast import Overlay

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session

GEOMETRY = "shell"
LEAST = QSize(960, 600)
"""The window is no smaller, unless the screen is."""
MOST_HITS = 6
CUT = "cut"
"""Announced when connections of a person were ended: what slipped in meanwhile is ended by whoever hears of it."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Hits of one finder that the palette shows."""


class Shell(QMainWindow):
    """Holds the pages and gives them what they may ask for (see widgets.page.Context).

    Signals:
        logged_out(): the person left; the window is closed.
    """

    logged_out = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._detached: list[DetachedPage] = []
        self._guide: GuideWindow | None = None
        self._closed_all = False
        self.navigation = Navigation(session.screens)
        self._top = TopBar()
        self._banner = _Banner()
        self.ending_banner = EndingBanner()
        self._over: SessionOverDialog | None = None
        self._pages = PageStack(self._build_empty())
        self.overlay = Overlay(self._pages)
        ProgressDisplay(self.overlay)
        self._listener = ChangeListener(session.database.connect, self)
        self.keeper = SessionKeeper(session, self)
        self._build_layout()
        self._build_status()
        self._palette = CommandPalette(self, self._local_entries, self._server_search)
        self._connect_parts()
        self._build_shortcuts()
        self.retranslate()
        self._restore_place()
        bridge.attach()
        self._listener.start()
        self.keeper.start(session)
        self._count_badges()

    # What pages may ask for

    @property
    def session(self) -> Session:
        """The person who is logged in."""
        return self._session

    def may(self, role: str) -> bool:
        """Whether the person holds the action role `role`."""
        return role in self._session.roles

    def open_screen(self, code: str) -> Page | None:
        """Bring the screen `code` to the front, opening it if need be."""
        screen = registry.screen(code)
        if screen is None or code not in self._session.screens:
            return None
        for page in self._pages.pages():
            if page.code == code and page.document() is None:
                self._pages.activate(page)
                return page
        return self._show_page(registry.load(screen.factory)(self), screen.icon)

    def open_document(
        self, kind: str, document_id: int | None = None, *, new_window: bool = False, **preset: object
    ) -> Page | None:
        """Bring a document to the front, opening it if need be; with no id a new one, filled with `preset`."""
        entry = registry.document(kind)
        if entry is None or entry.screen not in self._session.screens:
            return None
        open_already = self._find_document(kind, document_id)
        if open_already is not None:
            self._bring_to_front(open_already)
            return open_already
        page: Page = registry.load(entry.factory)(self, document_id, **preset)
        if new_window:
            self._open_window(page)
            return page
        return self._show_page(page, entry.icon)

    def close_page(self, page: Page) -> bool:
        """Close `page` if it agrees."""
        window = page.window()
        return window.close() if isinstance(window, DetachedPage) else self._pages.close_page(page)

    # What tests and the start-up ask for

    @property
    def listener(self) -> ChangeListener:
        """What hears of changes on the server."""
        return self._listener

    def pages(self) -> list[Page]:
        """All open pages, those in windows of their own last."""
        return [*self._pages.pages(), *(window.page for window in self._detached)]

    def current_page(self) -> Page | None:
        """The page in front."""
        return self._pages.current()

    def open_first_screen(self) -> None:
        """Open the screen that the server names first for this person."""
        codes = self.navigation.codes()
        if codes:
            self.open_screen(codes[0])

    def log_out(self) -> None:
        """Close all pages (each may object), end the session and the window."""
        if not self._close_pages():
            return
        self._closed_all = True
        self.close()
        self.logged_out.emit()

    # Building

    def _build_layout(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._banner)
        right.addWidget(self.ending_banner)
        right.addWidget(self._pages, 1)
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.navigation)
        line.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _build_empty(self) -> QWidget:
        empty = QFrame()
        empty.setProperty("role", "page")
        self._empty_words = forms.text_label("muted")
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(empty).addWidget(self._empty_words)
        return empty

    def _build_status(self) -> None:
        self._dot = QLabel()
        self._saved = QLabel()
        self._who = QLabel()
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        bar.addWidget(self._dot)
        bar.addWidget(self._saved)
        bar.addPermanentWidget(self._who)

    def _connect_parts(self) -> None:
        self.navigation.screen_chosen.connect(self.open_screen)
        self._pages.current_changed.connect(self._on_current)
        self._pages.detach_wanted.connect(self._detach)
        top = self._top
        top.back_wanted.connect(self._pages.back)
        top.search_wanted.connect(self._palette.open)
        top.help_wanted.connect(self.show_guide)
        top.theme_wanted.connect(self.switch_theme)
        top.approvals_wanted.connect(self._open_approvals)
        top.language_chosen.connect(self.choose_language)
        top.account_wanted.connect(self._show_account)
        top.password_wanted.connect(self._change_password)
        top.about_wanted.connect(self._show_about)
        top.log_out_wanted.connect(self.log_out)
        self._banner.retry_wanted.connect(self._listener.retry_now)
        self.keeper.ending_soon.connect(self.ending_banner.warn)
        self.keeper.kept.connect(self.ending_banner.clear)
        self.ending_banner.go_on_wanted.connect(self.keeper.go_on)
        for source in (self.keeper.over, self._listener.shut_out, self.ending_banner.log_in_wanted):
            source.connect(self._ask_to_log_in_again)
        bridge.message.connect(self._show_message)
        bridge.failed.connect(self._show_error)
        bridge.changed.connect(self._on_changed)
        bridge.reload_wanted.connect(self._count_badges)
        bridge.reload_wanted.connect(self._ask_rights)
        bridge.connection_changed.connect(self._show_connection)
        theme.state.switched.connect(self._show_status)

    def _build_shortcuts(self) -> None:
        pages = self._pages
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._palette.open,
            "F1": self.show_guide,
            "F5": self._reload_current,
            "F6": self._next_area,
            "Ctrl+W": pages.close_current,
            "Ctrl+Tab": partial(pages.step, 1),
            "Ctrl+Shift+Tab": partial(pages.step, -1),
            "Alt+Left": pages.back,
            "Alt+Right": pages.forward,
            "Ctrl+B": self.navigation.toggle_narrow,
            "Ctrl+Shift+O": self._detach_current,
            "Ctrl+Shift+D": self.switch_theme,
            "Ctrl+Shift+L": self._next_language,
        }
        keys |= {f"Ctrl+{place + 1}": partial(pages.activate_place, place) for place in range(9)}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, act)
            if key == "F5":
                self._reload_key = shortcut

    def _restore_place(self) -> None:
        if not self.restoreGeometry(settings.read_geometry(GEOMETRY)):
            available = self.screen().availableGeometry()
            self.resize(min(1440, available.width()), min(900, available.height()))
        self.setMinimumSize(LEAST.boundedTo(room_on_screen(self)))

    # Pages

    def _show_page(self, page: Page, icon: str) -> Page:
        self._pages.add(page, icon)
        return page

    def _find_document(self, kind: str, document_id: int | None) -> Page | None:
        if document_id is None:
            return None
        return next((page for page in self.pages() if page.document() == (kind, document_id)), None)

    def _bring_to_front(self, page: Page) -> None:
        if page in self._pages.pages():
            self._pages.activate(page)
        page.window().raise_()
        page.window().activateWindow()

    @Slot(object)
    def _detach(self, page: Page) -> None:
        self._pages.take(page)
        self._open_window(page)

    def _detach_current(self) -> None:
        page = self._pages.current()
        if page is not None:
            self._detach(page)

    def _open_window(self, page: Page) -> None:
        window = DetachedPage(page)
        window.closed.connect(self._forget_window)
        self._detached.append(window)
        window.show()
        page.focus_first()

    @Slot(object)
    def _forget_window(self, window: DetachedPage) -> None:
        self._detached = [each for each in self._detached if each is not window]

    def _close_pages(self) -> bool:
        return all(window.close() for window in list(self._detached)) and self._pages.close_all()

    @Slot(object)
    def _on_current(self, page: Page | None) -> None:
        self.navigation.select(_screen_of(page))
        self._top.set_can_go_back(self._pages.can_go_back())
        self._reload_key.setEnabled(page is not None and not _has_key(page, self._reload_key.key()))
        self._show_title()
        self._show_status()

    def _reload_current(self) -> None:
        page = self._pages.current()
        if page is not None:
            page.reload()

    def _next_area(self) -> None:
        """Move the keyboard from the navigation to the page and back."""
        page = self._pages.current()
        focused = QApplication.focusWidget()
        if page is None or (focused is not None and page.isAncestorOf(focused)):
            self.navigation.focus_tree()
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            page.focus_first()

    # Going anywhere

    def _local_entries(self) -> Sequence[Entry]:
        return [*self._page_entries(), *self._screen_entries(), *self._own_entries()]

    def _page_entries(self) -> Iterable[Entry]:
        page = self._pages.current()
        for action in page.actions() if page is not None else []:
            if action.text() and action.isEnabled() and action.isVisible():
                key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield Entry(forms.plain(action.text()), key or self.tr("Action"), "chevron-right", action.trigger)

    def _screen_entries(self) -> Iterable[Entry]:
        for code in self.navigation.codes():
            screen = registry.screen(code)
            if screen is not None:
                department = next(each for each in registry.DEPARTMENTS if each.code == screen.department)
                words = f"{screen.title} {code}"
                choose = partial(self.open_screen, code)
                yield Entry(screen.shown_title(), department.shown_title(), screen.icon, choose, words)

    def _own_entries(self) -> Iterable[Entry]:
        dark = theme.tokens().dark
        look = self.tr("Light colours") if dark else self.tr("Dark colours")
        program = self.tr("Program")
        yield Entry(look, program, "sun" if dark else "moon", self.switch_theme, "theme light dark 浅色 深色")
        for code, name in i18n.LANGUAGES.items():
            yield Entry(name, self.tr("Language"), "language", partial(self.choose_language, code), "language 语言")
        yield Entry(self.tr("Guide to this screen"), "F1", "help", self.show_guide, "help guide 帮助")
        yield Entry(self.tr("My account"), program, "user", self._show_account, "account code 账户 验证码")
        yield Entry(self.tr("Change password"), program, "key", self._change_password, "password 密码")
        yield Entry(self.tr("Log out"), program, "logout", self.log_out, "logout quit 退出")

    def _server_search(self, typed: str) -> Callable[[], Sequence[Entry]]:
        """What asks the server for `typed`, to be called off the GUI thread."""
        kinds = {each.kind: each for each in registry.DOCUMENTS}
        finders = [(each, kinds[each.kind]) for each in registry.FINDERS if each.screen in self._session.screens]
        named = [(finder, entry.shown_title(), entry.icon) for finder, entry in finders]
        database = self._session.database

        def ask() -> list[Entry]:
            found = []
            for finder, title, icon in named:
                for row_id, name, detail in registry.load(finder.find)(database, typed, MOST_HITS):
                    choose = partial(self.open_document, finder.kind, row_id)
                    found.append(Entry(name, f"{detail}  {title}".strip(), icon, choose))
            return found

        return ask

    # What the bar and the keys do

    @Slot()
    def show_guide(self) -> None:
        """Open the guide at the page of the screen in front."""
        if self._guide is None:
            self._guide = GuideWindow(self)
        page = self._pages.current()
        self._guide.show_screen(page.code if page is not None else "")
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    @Slot()
    def switch_theme(self) -> None:
        """Change between light and dark; remembered."""
        dark = not theme.tokens().dark
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, dark)
        settings.write(settings.THEME, "dark" if dark else "light")

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Change the language of the whole program; remembered."""
        settings.write(settings.LANGUAGE, code)
        i18n.set_language(code)

    def _next_language(self) -> None:
        codes = list(i18n.LANGUAGES)
        self.choose_language(codes[(codes.index(i18n.language()) + 1) % len(codes)])

    @Slot()
    def _open_approvals(self) -> None:
        self.open_screen(registry.APPROVALS)

    @Slot()
    def _show_account(self) -> None:
        from erp_desktop.views.account_dialog import AccountDialog

        dialog = AccountDialog(self._session, self)
        dialog.password_wanted.connect(self._change_password)
        dialog.open()

    @Slot()
    def _change_password(self) -> None:
        from erp_desktop.views.password_dialog import PasswordDialog

        dialog = PasswordDialog(self._session, self)
        dialog.changed.connect(self._use_session)
        dialog.open()

    @Slot(object)
    def _use_session(self, session: Session) -> None:
        """Go on with a session that was renewed; its database is the same object."""
        self._session = session
        self.ending_banner.clear()
        self.keeper.start(session)

    @Slot()
    def _ask_to_log_in_again(self) -> None:
        """The session is over: nothing is shown until the person has logged in again; the pages stay as they are."""
        if self._over is not None or not self.isVisible():
            return
        self.keeper.stop()
        self.ending_banner.clear()
        self._over = SessionOverDialog(self._session, self)
        self._over.renewed.connect(self._go_on)
        self._over.leave_wanted.connect(self.log_out)
        self._over.finished.connect(self._uncover)
        self._show_content(False)
        self._over.show()

    @Slot(object)
    def _go_on(self, session: Session) -> None:
        self._use_session(session)
        self._listener.retry_now()

    @Slot()
    def _uncover(self) -> None:
        self._over = None
        self._show_content(True)

    def _show_content(self, shown: bool) -> None:
        for window in (self, *self._detached):
            content = window.centralWidget()
            if content is not None:
                content.setVisible(shown)

    @Slot()
    def _show_about(self) -> None:
        from erp_desktop.views.about_dialog import AboutDialog

        AboutDialog(self).open()

    # Messages and state

    @Slot(str, str)
    def _show_message(self, kind: str, text: str) -> None:
        self.overlay.show_message(MessageKind(kind), text)

    @Slot(object)
    def _show_error(self, error: BaseException) -> None:
        if isinstance(error, SessionOver):
            self._ask_to_log_in_again()
        else:
            errors.show(error, self)

    @Slot(str, list)
    def _on_changed(self, kind: str, ids: list[str]) -> None:
        self._count_badges(kind)
        if kind == CUT:
            Query(_end_what_is_over, self._session).quiet().run()
        if kind == "role" or (kind == "user" and {str(self._session.user_id), "*"} & set(ids)):
            self._ask_rights()

    @Slot()
    def _ask_rights(self) -> None:
        """Whoever loses a right loses the connection, too: asked when it is back as well."""
        Query(_with_present_rights, self._session).success(partial(self._on_rights, self._session)).failure(
            _nobody_minds
        ).quiet().run()

    def _on_rights(self, old: Session, now: Session) -> None:
        if self._session is not old:  # renewed in the meantime
            self._ask_rights()
            return
        if now == old:
            return
        self._session = now
        lost = set(old.screens) - set(now.screens)
        for page in self._pages.pages():
            if _screen_of(page) in lost and not self._pages.is_modified(page):
                self._pages.close_page(page)
        self.navigation.show_screens(now.screens)
        self.navigation.select(_screen_of(self._pages.current()))
        self.retranslate()
        self.overlay.show_message(
            MessageKind.WARNING, self.tr("Your rights have changed. Open pages again to see what you may do now.")
        )

    @Slot()
    def _count_badges(self, kind: str = "") -> None:
        for badge in registry.BADGES:
            if badge.screen in self._session.screens and (not kind or kind in badge.watches):
                Query(_count, badge.count, self._session.database).success(
                    partial(self._show_badge, badge.screen)
                ).failure(_nobody_minds).quiet().run()

    def _show_badge(self, screen: str, count: int) -> None:
        self.navigation.set_badge(screen, count)
        if screen == registry.APPROVALS:
            self._top.show_waiting(count)

    @Slot(bool)
    def _show_connection(self, _connected: bool) -> None:
        self._banner.setVisible(not self._listener.connected)
        self._show_status()

    @Slot()
    def _show_status(self) -> None:
        connected = self._listener.connected
        color = theme.tokens().color("success" if connected else "warning").name()
        profile = self._session.database.profile
        server = self.tr("this computer") if profile.host in LOOPBACK else profile.name
        words = self.tr("Connected: {server}") if connected else self.tr("Connecting: {server}")
        self._dot.setText(f'<span style="color:{color}">●</span>&nbsp; {words.format(server=server)}')
        page = self._pages.current()
        if page is None:
            self._saved.setText("")
        elif self._pages.is_modified(page):
            self._saved.setText(self.tr("Not saved yet"))
        else:
            self._saved.setText(self.tr("All saved"))

    def _show_title(self) -> None:
        page = self._pages.current()
        product = self.tr("Tenon")
        self.setWindowTitle(f"{page.title()} · {product}" if page is not None else product)

    def retranslate(self) -> None:
        """Set the texts anew."""
        session = self._session
        name = session.display_name if i18n.language() == "zh_CN" else session.display_name_en or session.display_name
        job = jobs.shown(session.roles)
        self._top.show_person(name, job)
        self._who.setText(f"{name} · {job}" if job else name)
        if self.navigation.codes():
            self._empty_words.setText(self.tr("Choose a screen at the left, or press Ctrl+K."))
        else:
            self._empty_words.setText(self.tr("No screen is open to you yet. Ask your administrator for a job role."))
        self._show_title()
        self._show_status()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QMainWindow.resizeEvent: on a small screen the pages need the room of the navigation."""
        super().resizeEvent(event)
        self.navigation.set_cramped(event.size().width() < LEAST.width())

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QWidget.closeEvent: pages may object; the place on the screen is remembered."""
        if not self._closed_all and not self._close_pages():
            event.ignore()
            return
        settings.write_geometry(GEOMETRY, self.saveGeometry())
        Command(_log_out, self._session).quiet().run()
        self.keeper.stop()
        self._listener.stop()
        bridge.detach()
        super().closeEvent(event)


class DetachedPage(QMainWindow):
    """One page in a window of its own.

    Signals:
        closed(window): the person closed it and the page agreed.
    """

    closed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCentralWidget(ScrollRoom(page))
        page.show()
        page.title_changed.connect(self._show_title)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)
        QShortcut(QKeySequence("F5"), self, page.reload)
        self.resize(QSize(1200, 760).boundedTo(room_on_screen(self)))
        self._show_title()

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(self.page.title())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QWidget.closeEvent: the page may object."""
        if not self.page.can_close():
            event.ignore()
            return
        self.closed.emit(self)
        super().closeEvent(event)


class _Banner(QFrame):
    """The line under the top bar that tells of a lost connection.

    Signals:
        retry_wanted(): the person does not want to wait for the next try.
    """

    retry_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._words = forms.text_label("warning", wrap=True)
        self._retry = forms.button()
        self._retry.clicked.connect(self.retry_wanted)
        line = forms.row(self._words, self._retry)
        line.setStretch(0, 1)
        line.setContentsMargins(4 * theme.GRID, theme.GRID, 4 * theme.GRID, theme.GRID)
        self.setLayout(line)
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self._words.setText(
            self.tr("The server can't be reached. What you typed is kept; the program tries again by itself.")
        )
        self._retry.setText(self.tr("&Try now"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _screen_of(page: Page | None) -> str:
    """The code of the screen that `page` is, or from whose list its document comes."""
    shown = page.document() if page is not None else None
    entry = registry.document(shown[0]) if shown is not None else None
    return entry.screen if entry is not None else page.code if page is not None else ""


def _has_key(page: Page, key: QKeySequence) -> bool:
    """Whether an action of the page answers to `key`; a second answer would make it ambiguous, and neither acts."""
    return any(key in action.shortcuts() for action in page.actions())


def _log_out(session: Session) -> None:
    from erp_desktop.services import auth

    auth.log_out(session)


def _end_what_is_over(session: Session) -> None:
    from erp_desktop.services import sessions

    sessions.end_what_is_over(session)


def _with_present_rights(session: Session) -> Session:
    from erp_desktop.services import auth

    return auth.with_present_rights(session)


def _count(path: str, database: object) -> int:
    return int(registry.load(path)(database))


def _nobody_minds(_error: Exception) -> None:
    """What can't be read now for the navigation is read at the next change, or when the connection is back."""
