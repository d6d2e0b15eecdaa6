"""How errors reach the person: a known one as a message with its remedy, a bug as one dialog with copyable details."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QEvent, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

import erp_desktop
from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.services import errors
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.dialog import Dialog

log = logging.getLogger(__name__)

MOST_DETAILS = 20


def sentence(error: BaseException) -> str:
    """What an error means and what helps, in the language in use."""
    return errors.sentence(error, i18n.language(), _title_of_field)


def _title_of_field(name: str) -> str:
    from erp_desktop.models.audit_fields import title_of_field  # brings SQLAlchemy along: not before the login window

    return title_of_field(name)


def is_known(error: BaseException) -> bool:
    """Whether the error tells of the world (refusal, network, disk) and not of a fault in the program."""
    return isinstance(error, errors.KnownError)


def show(error: BaseException, window: QWidget | None) -> None:
    """Show `error` over `window`: cancelled work as nothing, a known error as a message, the rest as a bug."""
    if isinstance(error, errors.Cancelled):
        return
    if is_known(error):
        log.warning("shown to the person: %s", error)
        bridge.error(sentence(error))
        return
    log.error("A fault in the program.", exc_info=error)
    BugDialog.show_for(error, window)


def details(error: BaseException) -> str:
    """Everything somebody needs who looks for the fault, as text; holds no password and no document."""
    context = (
        f"Tenon {erp_desktop.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"language {i18n.language()}",
    )
    return "\n".join([*context, "", "".join(traceback.format_exception(error))]).strip()


class BugDialog(Dialog):
    """Tells of a fault in the program; further faults are added to the one that is open."""

    _open: BugDialog | None = None

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._texts: list[str] = []
        self._picture = QLabel()
        self._picture.setPixmap(icons.pixmap("error", "danger", 28, self.devicePixelRatioF()))
        self._heading = forms.text_label("heading", wrap=True)
        self._advice = forms.text_label("muted", wrap=True)
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setTabChangesFocus(True)
        self._copy = forms.button(icon="copy")
        self._copy.clicked.connect(self._copy_details)
        self._close = forms.button("primary")
        self._close.clicked.connect(self.accept)
        self._close.setDefault(True)
        words = forms.column(self._heading, self._advice, spacing=theme.GRID)
        top = forms.row(spacing=3 * theme.GRID)
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addLayout(top)
        layout.addWidget(self._details, 1)
        layout.addLayout(forms.row(self._copy, None, self._close))
        self.resize(640, 400)
        self._retranslate()

    @classmethod
    def show_for(cls, error: BaseException, window: QWidget | None) -> BugDialog:
        """Open the dialog, or add to the open one."""
        dialog = cls._open
        if dialog is None:
            dialog = cls(window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(cls._forget)
            cls._open = dialog
            dialog.open()
        dialog.add(error)
        return dialog

    @classmethod
    def opened(cls) -> BugDialog | None:
        """The dialog that is open, None if there is none."""
        return cls._open

    @classmethod
    def _forget(cls) -> None:
        cls._open = None

    def add(self, error: BaseException) -> None:
        """Show one more fault."""
        if len(self._texts) < MOST_DETAILS:
            self._texts.append(details(error))
            self._details.setPlainText(("\n\n" + "-" * 72 + "\n\n").join(self._texts))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("A fault in the program"))
        self._heading.setText(self.tr("Something went wrong inside the program."))
        self._advice.setText(
            self.tr(
                "Nothing that was saved is lost, and what you typed is still there. Try it once more; if it happens "
                "again, copy the details and send them to your administrator."
            )
        )
        self._details.setAccessibleName(self.tr("Details"))
        self._copy.setText(self.tr("&Copy details"))
        self._close.setText(self.tr("C&lose"))

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._copy.setText(self.tr("Copied"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def install_hooks() -> None:
    """Let every exception that nobody caught, in any thread, reach the standard display."""

    def on_exception(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(type(error), error, error.__traceback__)
            return
        bridge.fail(error)

    def on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            bridge.fail(arguments.exc_value)

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception
