"""Shows a new password once, to be handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog


class PasswordShown(Dialog):
    """The user name and the new password; when it is closed nobody can see the password again."""

    def __init__(self, login: str, password: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New password"))
        self._login = QLineEdit(login, readOnly=True)
        self._password = QLineEdit(password, readOnly=True)
        font = QFont(self._password.font())
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFamilies(["monospace"])
        self._password.setFont(font)
        login_field, password_field = forms.Field(self._login), forms.Field(self._password)
        login_field.set_label(self.tr("&User name"))
        password_field.set_label(self.tr("&Password"))
        copy, close = forms.button("", "copy"), forms.button("primary")
        copy.setText(self.tr("&Copy password"))
        copy.clicked.connect(self._copy)
        close.setText(self.tr("C&lose"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        hint = self.tr(
            "Hand these over in person. The password is shown only now; it has to be changed at the first login."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(forms.text_label("", hint, wrap=True))
        layout.addWidget(login_field)
        layout.addWidget(password_field)
        layout.addLayout(forms.row(copy, None, close))
        self.setMinimumWidth(400)

    def password(self) -> str:
        """The password shown."""
        return self._password.text()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._password.text())
