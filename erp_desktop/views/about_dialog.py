"""What this program is: version, server, licence."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

import erp_desktop
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.dialog import Dialog


class AboutDialog(Dialog):
    """Opens over the main window; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Tenon"))
        logo = QLabel()
        logo.setPixmap(icons.logo().pixmap(QSize(48, 48), self.devicePixelRatioF()))
        versions = self.tr("Version {version} · Python {python} · Qt {qt}").format(
            version=erp_desktop.__version__, python=platform.python_version(), qt=qVersion()
        )
        licence = self.tr("Licensed under the Apache License 2.0. Noto Sans SC under the SIL Open Font License 1.1.")
        words = forms.column(
            forms.text_label("title", self.tr("Tenon")),
            forms.text_label(text=self.tr("From the order to the finished piece, for makers of furniture.")),
            forms.text_label("muted", versions),
            forms.text_label("muted", licence, wrap=True),
        )
        top = forms.row(spacing=4 * theme.GRID)
        top.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        close = forms.button("primary")
        close.setText(self.tr("C&lose"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[6 * theme.GRID] * 4)
        layout.setSpacing(5 * theme.GRID)
        layout.addLayout(top)
        self.setMinimumWidth(480)
        layout.addLayout(forms.row(None, close))
