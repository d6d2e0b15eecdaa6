"""The print preview: pages on screen, keys, paper and files, on a real document."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices, QImage, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from erp_desktop.models.bridge import bridge
from erp_desktop.services.audit import Medium
from erp_desktop.services.errors import InvalidInput, ServerUnreachable
from erp_desktop.services.printing import delivery_note
from erp_desktop.services.printing.raster import Picture, page_sizes, render_page
from erp_desktop.views import errors
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.page_view import image_of
from erp_desktop.views.widgets.print_job import PrintJob, make_printer
from erp_desktop.views.widgets.print_preview import PrintPreview
from tests.unit.services.printing import samples
from tests.unit.services.printing.reading import codes_of, properties_of

# The offscreen platform has no window manager to tell sizes to.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LINES = 60  # three pages


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return delivery_note(samples.delivery_note(LINES), "zh_CN")


@pytest.fixture
def open_preview(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., PrintPreview]]:
    """Opens previews on a screen of ordinary size, waits until the first page is drawn, and closes them at the end."""
    theme.load_fonts()
    theme.apply(qapp, dark=False)

    def open_one(make: Callable[[], bytes], record: Callable[[Medium], object] = str) -> PrintPreview:
        preview = PrintPreview(make, "DN2026-000123", record)
        qtbot.addWidget(preview)
        preview.resize(900, 700)
        with qtbot.waitExposed(preview):
            preview.show()
        preview.load()
        return preview

    yield open_one


@pytest.fixture
def recorded() -> list[Medium]:
    """What the trail was told."""
    return []


@pytest.fixture
def preview(
    open_preview: Callable[..., PrintPreview], pdf: bytes, recorded: list[Medium], qtbot: QtBot
) -> PrintPreview:
    shown = open_preview(lambda: pdf, recorded.append)
    wait_drawn(qtbot, shown, 0)
    return shown


def wait_drawn(qtbot: QtBot, preview: PrintPreview, page: int) -> None:
    qtbot.waitUntil(lambda: page in preview.pages.drawn_pages, timeout=5_000)


def press(qtbot: QtBot, preview: PrintPreview, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    preview.activateWindow()
    qtbot.waitUntil(preview.isActiveWindow)
    qtbot.keyClick(preview.pages, key, modifier or Qt.KeyboardModifier.NoModifier)


def status_of(preview: PrintPreview) -> str:
    return preview._status.text()


def test_the_document_is_made_off_the_gui_thread(open_preview: Callable[..., PrintPreview], qtbot: QtBot) -> None:
    threads: list[int] = []

    def make() -> bytes:
        threads.append(threading.get_ident())
        return delivery_note(samples.delivery_note(), "en")

    preview = open_preview(make)
    wait_drawn(qtbot, preview, 0)
    assert threads
    assert threads[0] != threading.get_ident()
    assert preview.pages.page_count == 1
    assert "DN2026-000123" in preview.windowTitle()


def test_characters_that_cannot_be_printed_are_told(open_preview: Callable[..., PrintPreview], qtbot: QtBot) -> None:
    note = samples.delivery_note()
    whole = open_preview(lambda: delivery_note(note, "en"))
    wait_drawn(qtbot, whole, 0)
    assert not whole._warning.isVisible()
    odd = samples.delivery_note(remark="吉祥𠮷 مكتب 😀")
    preview = open_preview(lambda: delivery_note(odd, "en"))
    wait_drawn(qtbot, preview, 0)
    assert preview._warning.isVisible()
    sentence = "6 characters cannot be printed and appear as 〓: 𠮷  م  ك  ت  ب  😀"
    assert preview._warning.text().replace("\u2068", "").replace("\u2069", "") == sentence


def test_the_page_stands_on_the_screen(preview: PrintPreview) -> None:
    shown = preview.pages.viewport().grab().toImage()
    colours = {shown.pixelColor(x, 120).name() for x in range(shown.width())}
    assert "#ffffff" in colours
    assert any(colour < "#404040" for colour in colours)
    assert 0.9 < preview.pages.zoom < 1.3


def test_pages_turn_by_key(preview: PrintPreview, qtbot: QtBot) -> None:
    assert preview.pages.page_count == 3
    for key, page in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_End, 2), (Qt.Key.Key_PageUp, 1), (Qt.Key.Key_Home, 0)):
        press(qtbot, preview, key)
        assert preview.pages.page == page
        assert preview._page.text() == str(page + 1)
        wait_drawn(qtbot, preview, page)
    assert not preview._previous.isEnabled()
    assert preview._next.isEnabled()


def test_a_typed_page_number_goes_there(preview: PrintPreview, qtbot: QtBot) -> None:
    preview._page.setFocus()
    preview._page.selectAll()
    qtbot.keyClick(preview._page, Qt.Key.Key_3)
    qtbot.keyClick(preview._page, Qt.Key.Key_Return)
    assert preview.pages.page == 2
    assert preview.isVisible()


def test_zoom_by_key_and_wheel_draws_the_page_anew(preview: PrintPreview, qtbot: QtBot) -> None:
    fitting = preview.pages.zoom
    press(qtbot, preview, Qt.Key.Key_Plus)
    larger = preview.pages.zoom
    assert larger > fitting
    wait_drawn(qtbot, preview, 0)
    press(qtbot, preview, Qt.Key.Key_Minus)
    press(qtbot, preview, Qt.Key.Key_Minus)
    assert preview.pages.zoom < fitting
    turn = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = preview.pages.zoom
    QApplication.sendEvent(preview.pages.viewport(), turn)
    assert preview.pages.zoom > before
    press(qtbot, preview, Qt.Key.Key_0)
    assert preview.pages.zoom == pytest.approx(fitting)
    assert preview._zoom.text() == f"{fitting:.0%}"


def test_the_page_follows_the_width_of_the_window(preview: PrintPreview, qtbot: QtBot) -> None:
    before = preview.pages.zoom
    preview.resize(700, 700)
    qtbot.waitUntil(lambda: preview.pages.zoom < before)
    wait_drawn(qtbot, preview, 0)


def test_escape_closes(preview: PrintPreview, qtbot: QtBot) -> None:
    press(qtbot, preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_every_control_has_a_name(preview: PrintPreview) -> None:
    controls = [
        control
        for control in preview.findChildren(QWidget)
        if isinstance(control, QAbstractButton | QLineEdit) or control is preview.pages
    ]
    assert len(controls) >= 9
    for control in controls:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control


def test_a_known_failure_names_the_remedy_and_can_be_tried_again(
    open_preview: Callable[..., PrintPreview], pdf: bytes, qtbot: QtBot
) -> None:
    answers: list[Callable[[], bytes]] = [partial(_refuse), lambda: pdf]
    preview = open_preview(lambda: answers.pop(0)())
    qtbot.waitUntil(preview._failed.isVisible)
    assert "Quantity" in preview._failure.text()
    assert not preview._print.isEnabled()
    qtbot.mouseClick(preview._retry, Qt.MouseButton.LeftButton)
    wait_drawn(qtbot, preview, 0)
    assert preview._print.isEnabled()


def _refuse() -> bytes:
    raise InvalidInput("UV001", {"field": "qty"})


def test_a_fault_goes_to_the_standard_display(open_preview: Callable[..., PrintPreview], qtbot: QtBot) -> None:
    def fail() -> bytes:
        raise RuntimeError("no such thing")

    bridge.attach()
    try:
        with qtbot.waitSignal(bridge.failed) as caught:
            preview = open_preview(fail)
        assert isinstance(caught.args[0], RuntimeError)
        assert preview._failure.text() == "The document could not be drawn."
    finally:
        bridge.detach()


def print_to_file(qtbot: QtBot, pdf: bytes, path: Path, **settings: object) -> bytes:
    printer = make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    for name, value in settings.items():
        values = value if isinstance(value, tuple) else (value,)
        getattr(printer, f"set{name}")(*values)
    job = PrintJob(pdf, page_sizes(pdf), printer)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        job.start()
    return path.read_bytes()


def test_the_printer_gets_each_page_in_its_size(pdf: bytes, qtbot: QtBot, tmp_path: Path) -> None:
    printed = print_to_file(qtbot, pdf, tmp_path / "out.pdf")
    properties = properties_of(printed)
    assert properties["Pages"] == "3"
    assert properties["Page size"].endswith("(A4)")
    assert codes_of(printed) == codes_of(pdf)
    assert difference(render_page(pdf, 0, 72), render_page(printed, 0, 72)) < 3


def difference(first: Picture, second: Picture) -> float:
    """How far two pictures are apart on average, from 0 (equal) to 255, seen from some distance."""
    levels = []
    for picture in (first, second):
        small = image_of(picture).scaled(100, 140, mode=Qt.TransformationMode.SmoothTransformation)
        grey = small.convertToFormat(QImage.Format.Format_Grayscale8)
        levels.append(bytes(grey.constBits()))
    return sum(abs(one - other) for one, other in zip(*levels, strict=True)) / len(levels[0])


def test_only_the_chosen_pages_are_printed(pdf: bytes, qtbot: QtBot, tmp_path: Path) -> None:
    chosen = {"PrintRange": QPrinter.PrintRange.PageRange, "FromTo": (2, 3)}
    printed = print_to_file(qtbot, pdf, tmp_path / "out.pdf", **chosen)
    assert properties_of(printed)["Pages"] == "2"
    first_printed = render_page(printed, 0, 72)
    to_first, to_second = (difference(render_page(pdf, page, 72), first_printed) for page in (0, 1))
    assert to_second < to_first / 2


@pytest.mark.qt_log_ignore("QPainter::begin", "propagateSizeHints")
def test_a_printer_that_fails_is_told(pdf: bytes, qtbot: QtBot, tmp_path: Path) -> None:
    printer = make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "out.pdf"))
    job = PrintJob(pdf, page_sizes(pdf), printer)
    with qtbot.waitSignal(job.failed, timeout=20_000) as caught:
        job.start()
    assert "printer" in caught.args[0]


def test_ctrl_p_asks_for_the_printer_and_prints(
    preview: PrintPreview, recorded: list[Medium], qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "printed.pdf"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintDialog)
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.findChild(QLineEdit, "filename").setText(str(target))
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    QTimer.singleShot(300, answer)
    press(qtbot, preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: status_of(preview) == "Sent to the printer.", timeout=20_000)
    assert properties_of(target.read_bytes())["Pages"] == "3"
    assert preview._print.isEnabled()
    assert recorded == ["paper"]


def save_through_dialog(qtbot: QtBot, preview: PrintPreview, path: Path) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()

    QTimer.singleShot(300, answer)
    press(qtbot, preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


class Opened(QWidget):
    """Takes the place of the file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.urls.append(url)


def test_ctrl_s_keeps_the_file_and_its_folder_can_be_opened(
    preview: PrintPreview, pdf: bytes, recorded: list[Medium], qtbot: QtBot, tmp_path: Path
) -> None:
    save_through_dialog(qtbot, preview, tmp_path / "送货单 1")
    qtbot.waitUntil(lambda: status_of(preview).startswith("Saved as"))
    assert (tmp_path / "送货单 1.pdf").read_bytes() == pdf
    assert recorded == ["file"]
    manager = Opened()
    qtbot.addWidget(manager)
    QDesktopServices.setUrlHandler("file", manager, "open_url")
    try:
        qtbot.mouseClick(preview._locate, Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in manager.urls] == [tmp_path]


def test_a_file_that_cannot_be_written_is_told_with_the_reason(preview: PrintPreview, qtbot: QtBot) -> None:
    preview._save_to(Path("/proc/none.pdf" if os.name == "posix" else "Z:/none/none.pdf"))
    qtbot.waitUntil(lambda: "could not be written" in status_of(preview))
    assert status_of(preview).startswith("Choose another folder")
    assert not preview._locate.isVisible()


def test_what_the_trail_was_not_told_does_not_leave(
    open_preview: Callable[..., PrintPreview], pdf: bytes, qtbot: QtBot, tmp_path: Path
) -> None:
    def record(_medium: Medium) -> None:
        raise ServerUnreachable()

    preview = open_preview(lambda: pdf, record)
    wait_drawn(qtbot, preview, 0)
    save_through_dialog(qtbot, preview, tmp_path / "note")
    qtbot.waitUntil(lambda: preview._footer.isVisible())
    assert status_of(preview) == errors.sentence(ServerUnreachable())
    assert list(tmp_path.iterdir()) == []
