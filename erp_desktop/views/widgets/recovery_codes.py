"""Ten recovery codes, shown once: to be copied, printed or saved, and confirmed to be kept."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Query
from erp_desktop.views.widgets import forms, theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

COLUMNS = 2


class RecoveryCodes(QWidget):
    """The codes and what to do with them.

    Signals:
        kept(): the person says that she has them, and goes on.
    """

    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[str, ...] = ()
        self._whose = ""
        self._heading = forms.text_label("title")
        self._advice = forms.text_label("muted", wrap=True)
        self._card = forms.card()
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 4 * theme.GRID)
        self._grid.setVerticalSpacing(2 * theme.GRID)
        self.copy_button, self.print_button, self.save_button = (
            forms.button("", icon) for icon in ("copy", "print", "save")
        )
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self._ask_printer)
        self.save_button.clicked.connect(self._ask_file)
        self.kept_box = QCheckBox()
        self.go_on_button = forms.button("primary")
        self.go_on_button.setEnabled(False)
        self.kept_box.toggled.connect(self.go_on_button.setEnabled)
        self.go_on_button.clicked.connect(self.kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.GRID)
        for widget in (self._heading, self._advice, self._card):
            layout.addWidget(widget)
        layout.addLayout(forms.row(self.copy_button, self.print_button, self.save_button, None))
        layout.addWidget(self.kept_box)
        layout.addLayout(forms.row(None, self.go_on_button))
        self.setFocusProxy(self.copy_button)
        self.retranslate()

    def show_codes(self, codes: Sequence[str], whose: str) -> None:
        """Show new codes of an account; `whose` names it on paper."""
        self._codes, self._whose = tuple(codes), whose
        self.kept_box.setChecked(False)
        for label in self._card.findChildren(QLabel):
            self._grid.removeWidget(label)
            label.setParent(None)
            label.deleteLater()
        rows = -(-len(codes) // COLUMNS)
        for place, code in enumerate(codes):
            label = QLabel(code)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFont(_fixed_font(label.font()))
            self._grid.addWidget(label, place % rows, place // rows, Qt.AlignmentFlag.AlignHCenter)

    def forget(self) -> None:
        """Take the codes off the screen."""
        self.show_codes((), "")

    def text(self) -> str:
        """The codes as they are copied, printed and saved."""
        head = self.tr("Tenon: recovery codes of {name}").format(name=self._whose)
        advice = self.tr("Each code lets you in once if your phone is not at hand. Keep them where nobody else looks.")
        return "\n".join([head, advice, "", *self._codes, ""])

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(self.tr("Keep your recovery codes"))
        self._advice.setText(
            self.tr("If your phone is lost, each of these codes lets you in once. They are shown only now.")
        )
        self.copy_button.setText(self.tr("&Copy"))
        self.print_button.setText(self.tr("&Print…"))
        self.save_button.setText(self.tr("&Save…"))
        self.kept_box.setText(self.tr("I have &kept these codes"))
        self.go_on_button.setText(self.tr("&Go on"))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText(self.tr("Copied"))

    @Slot()
    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        dialog = QPrintDialog(QPrinter(QPrinter.PrinterMode.HighResolution), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(dialog.printer())

    def print_to(self, printer: QPrinter) -> None:
        """Print the codes on one page."""
        lines = "<br>".join(html.escape(line) for line in self.text().split("\n"))
        document = QTextDocument()
        document.setDefaultFont(QFont(self.font().families(), 14))
        document.setHtml(f"<p style='line-height: 150%'>{lines}</p>")
        document.print_(printer)

    @Slot()
    def _ask_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder, self.tr("Tenon recovery codes") + ".txt")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery codes"), str(proposed), self.tr("Text (*.txt)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the codes to a file that only the person may read."""
        Query(_write, path, self.text()).success(self._on_saved).failure(self._on_not_saved).run()

    def _on_saved(self, path: Path) -> None:
        bridge.success(self.tr("Saved as {path}").format(path=path))
        self.save_button.setText(self.tr("Saved"))

    def _on_not_saved(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            bridge.fail(error)
            return
        reason = error.strerror or str(error)
        text = self.tr("Choose another folder or name: the file could not be written ({reason}).")
        bridge.error(text.format(reason=reason))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _fixed_font(font: QFont) -> QFont:
    made = QFont(font)
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setFamilies(["monospace"])
    made.setPixelSize(16)
    return made


def _write(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    return path
