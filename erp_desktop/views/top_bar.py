"""The bar above the pages: back, the way to anything (Ctrl+K), language, light and dark, guide, the person's menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from erp_desktop.models import i18n
from erp_desktop.views.widgets import forms, icons, theme

SEARCH_WIDTH = 380
SEARCH_LEAST = 110
HEIGHT = 52


class TopBar(QFrame):
    """The bar; what it offers is done by whoever listens.

    Signals:
        back_wanted(), search_wanted(), help_wanted(), theme_wanted(): the person pressed that button.
        approvals_wanted(): the person wants to see what waits for her approval.
        language_chosen(code): the person wants the program in that language.
        account_wanted(), password_wanted(), log_out_wanted(), about_wanted(): chosen in the person's menu.
    """

    back_wanted = Signal()
    search_wanted = Signal()
    help_wanted = Signal()
    theme_wanted = Signal()
    approvals_wanted = Signal()
    language_chosen = Signal(str)
    account_wanted = Signal()
    password_wanted = Signal()
    log_out_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self._person = ("", "")
        self._waiting = 0
        self._back = self._button("back", self.back_wanted)
        self._search = QPushButton()
        self._search.setProperty("role", "search")
        self._search.setIcon(icons.icon("search"))
        self._search.setMaximumWidth(SEARCH_WIDTH)
        self._search.setMinimumWidth(SEARCH_LEAST)
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search.clicked.connect(self.search_wanted)
        self._approvals = self._button("approvals", self.approvals_wanted)
        self._approvals.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._approvals.hide()
        self._language = self._button("language")
        self._language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._language.setMenu(self._language_menu())
        self._theme = self._button("moon", self.theme_wanted)
        self._help = self._button("help", self.help_wanted)
        self._user = self._button("user")
        self._user.setProperty("role", "text")
        self._user.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._user.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._user.setMenu(self._user_menu())
        line = forms.row(
            *(self._back, self._search, None, self._approvals, self._language, self._theme, self._help, self._user),
            spacing=theme.GRID,
        )
        line.setStretchFactor(self._search, SEARCH_WIDTH)
        line.setContentsMargins(3 * theme.GRID, 0, 3 * theme.GRID, 0)
        self.setLayout(line)
        theme.state.switched.connect(self._show_theme)
        self._show_theme()
        self.retranslate()

    def show_person(self, name: str, job: str) -> None:
        """Name the person who is logged in, and what her job is."""
        self._person = (name, job)
        self.retranslate()

    def show_waiting(self, count: int) -> None:
        """Say how many documents wait for the person's approval; 0 hides the button."""
        self._waiting = count
        self._approvals.setVisible(count > 0)
        self.retranslate()

    def set_can_go_back(self, possible: bool) -> None:
        """Whether there is a page to go back to."""
        self._back.setEnabled(possible)

    def retranslate(self) -> None:
        """Set the texts anew."""
        name, job = self._person
        forms.name_control(self._back, self.tr("Back to the page before"), "Alt+←")
        self._name_search()
        self._search.setAccessibleName(self.tr("Go to anything"))
        self._approvals.setText(str(self._waiting))
        forms.name_control(self._approvals, self.tr("{count} waiting for your approval").format(count=self._waiting))
        forms.name_control(self._language, self.tr("Language"), "Ctrl+Shift+L")
        self._show_theme()
        forms.name_control(self._help, self.tr("Guide to this screen"), "F1")
        self._user.setText(name)
        forms.name_control(self._user, self.tr("{name}, {job}: account").format(name=name, job=job))
        self._account_action.setText(self.tr("&My account…"))
        self._password_action.setText(self.tr("Change &password…"))
        self._about_action.setText(self.tr("&About Tenon"))
        self._log_out_action.setText(self.tr("&Log out"))

    def _name_search(self) -> None:
        """Say what the search finds, or only its key where there is no room."""
        whole = self.tr("Search documents, customers, products    Ctrl+K")
        needed = self._search.fontMetrics().horizontalAdvance(whole) + 12 * theme.GRID
        self._search.setText(whole if self._search.width() >= needed else "Ctrl+K")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent."""
        super().resizeEvent(event)
        self._name_search()

    def _button(self, icon: str, wanted: object = None) -> QToolButton:
        made = forms.tool_button(icon, self)
        made.setFixedHeight(34)
        made.setIconSize(QSize(20, 20))
        if wanted is not None:
            made.clicked.connect(wanted)
        return made

    def _language_menu(self) -> QMenu:
        menu = QMenu(self)
        for code, name in i18n.LANGUAGES.items():
            action = menu.addAction(name)
            action.triggered.connect(lambda _checked=False, code=code: self.language_chosen.emit(code))
        return menu

    def _user_menu(self) -> QMenu:
        menu = QMenu(self)
        self._account_action = QAction(icons.icon("user"), "", menu)
        self._account_action.triggered.connect(self.account_wanted)
        self._password_action = QAction(icons.icon("key"), "", menu)
        self._password_action.triggered.connect(self.password_wanted)
        self._about_action = QAction(icons.icon("info"), "", menu)
        self._about_action.triggered.connect(self.about_wanted)
        self._log_out_action = QAction(icons.icon("logout"), "", menu)
        self._log_out_action.setShortcut(QKeySequence("Ctrl+Shift+Q"))  # here only: twice would be ambiguous
        self._log_out_action.triggered.connect(self.log_out_wanted)
        menu.addActions([self._account_action, self._password_action, self._about_action])
        menu.addSeparator()
        menu.addAction(self._log_out_action)
        return menu

    @Slot()
    def _show_theme(self) -> None:
        dark = theme.tokens().dark
        self._theme.setIcon(icons.icon("sun" if dark else "moon"))
        text = self.tr("Light colours") if dark else self.tr("Dark colours")
        forms.name_control(self._theme, text, "Ctrl+Shift+D")

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
