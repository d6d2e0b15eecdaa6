"""The user's guide inside the program: the page of the screen on which F1 was pressed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextDocument, QTextFrameFormat
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from erp_desktop.models import i18n
from erp_desktop.resources import guide_root
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import room_on_screen

START = "index"
LINE_HEIGHT = 135.0


def guide_page(code: str) -> Path | None:
    """The guide's page for screen `code` in the language in use, else the start page; None if there is no guide."""
    folders = [guide_root() / i18n.language(), guide_root()]
    candidates = [folder / f"{name}.md" for name in (code, START) if name for folder in folders]
    return next((page for page in candidates if page.is_file()), None)


class GuideWindow(QWidget):
    """Shows pages of the guide; links lead to other pages, Alt+Left back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._code = START
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._text.document().setDocumentMargin(6 * theme.GRID)
        self._visited: list[Path] = []
        self._back = forms.button("quiet", "back")
        self._back.clicked.connect(self._go_back)
        self._home = forms.button("quiet", "home")
        self._home.clicked.connect(lambda: self.show_screen(START))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.GRID] * 4)
        layout.addLayout(forms.row(self._back, self._home, None))
        layout.addWidget(self._text, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self, self._go_back)
        self.setProperty("role", "page")
        self.resize(QSize(720, 640).boundedTo(room_on_screen(self)))
        self._retranslate()

    def show_screen(self, code: str) -> None:
        """Show the page of screen `code`."""
        self._code = code
        self._visited.clear()
        page = guide_page(code)
        if page is None:
            self._text.setPlainText(self.tr("The guide is not installed; ask your administrator for it."))
        else:
            self._open(page)

    def _open(self, page: Path) -> None:
        self._visited.append(page)
        self._back.setEnabled(len(self._visited) > 1)
        self._text.document().setBaseUrl(QUrl.fromLocalFile(f"{page.parent}/"))
        self._text.document().setMarkdown(page.read_text(encoding="utf-8"))
        _lay_out(self._text.document())
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._text.setFocus()

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        target = (self._visited[-1].parent / link.toString(QUrl.ComponentFormattingOption.DecodeReserved)).resolve()
        if link.isRelative() and target.suffix == ".md" and target.is_file():
            self._open(target)

    @Slot()
    def _go_back(self) -> None:
        if len(self._visited) > 1:
            self._visited.pop()
            self._open(self._visited.pop())

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Guide"))
        self._text.setAccessibleName(self.tr("Page of the guide"))
        self._back.setText(self.tr("&Back"))
        self._home.setText(self.tr("&Contents"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._visited:
                self.show_screen(self._code)


def _lay_out(document: QTextDocument) -> None:
    """Give headings, paragraphs and tables the room that Markdown leaves out."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        table = cursor.currentTable()
        if not table:
            form = block.blockFormat()
            level = form.headingLevel()
            form.setTopMargin(5 * theme.GRID if level > 1 else 0)
            form.setBottomMargin(theme.GRID if block.textList() is not None else 2 * theme.GRID)
            form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(form)
        elif block.position() == table.firstPosition():
            frame = table.format()
            frame.setCellPadding(1.5 * theme.GRID)
            frame.setBorderBrush(theme.tokens().color("line_strong"))
            frame.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            frame.setBorderCollapse(True)
            table.setFormat(frame)
        block = block.next()
