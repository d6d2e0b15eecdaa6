"""How a person works a window: keys to what has the keyboard, clicks, looking, waiting while the program runs on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEventLoop, QKeyCombination, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QWidget,
)
from shiboken6 import isValid

from erp_desktop.models import operations
from erp_desktop.models.bridge import bridge
from erp_desktop.services.errors import KnownError
from erp_desktop.views.widgets import forms

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)

PATIENCE_SECONDS = 10.0
_LOOK_MS = 10
_PASSES = 5


class Unexpected(Exception):
    """What a step finds is not what it should; the message is one sentence for the report."""


class Complaints(QObject):
    """Hears what the program complains of, so that a step that waits in vain can say why.

    Attributes:
        heard: refusals, warnings and faults since the step began.
        faults: what is a fault of the program; a step in which one came up has failed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.faults: list[str] = []
        bridge.message.connect(self._on_message)
        bridge.failed.connect(self._on_failed)

    def forget(self) -> None:
        """Begin anew, for another step."""
        self.heard.clear()
        self.faults.clear()

    def _on_message(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.heard.append(text)

    def _on_failed(self, error: BaseException) -> None:
        text = f"{type(error).__name__}: {error}"
        self.heard.append(text)
        if not isinstance(error, KnownError):
            self.faults.append(text)


def wait_until(condition: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """Let the program run until `condition` gives something true, and return that.

    Raises Unexpected when it takes longer than `seconds`; `what` says what was waited for.
    """
    deadline = time.monotonic() + seconds
    loop = QEventLoop()
    found: list[T | None] = []
    trouble: list[BaseException] = []

    def look() -> None:
        try:
            value = condition()
        except Exception as error:
            trouble.append(error)
            loop.quit()
            return
        if value or time.monotonic() > deadline:
            found.append(value)
            loop.quit()

    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(look)
    look()
    if not found and not trouble:
        timer.start()
        loop.exec()
        timer.stop()
    if trouble:
        raise trouble[0]
    value = found[0]
    if not value:
        raise Unexpected(f"{what}: not within {seconds:g} s")
    return value


def settle() -> None:
    """Wait until nothing is read or written any more, and the windows have shown it."""
    wait_until(lambda: not operations.running(), "the program comes to rest", 30)
    for _ in range(_PASSES):  # a text that changed asks its layout, which asks the next one above
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def aside(function: Callable[[], T], what: str, seconds: float = 60) -> T:
    """Call `function` in a thread of its own while the program runs on; its result, or its exception."""
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(function())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, name="aside", daemon=True)
    thread.start()
    wait_until(lambda: not thread.is_alive(), what, seconds)
    if errors:
        raise errors[0]
    return results[0]


_front: list[QWidget] = []
"""The window that the person works in."""


def bring_to_front(window: QWidget) -> None:
    """Make `window` the one that gets the keys."""
    _front[:] = [window]
    if not window.isActiveWindow():
        window.raise_()
        window.activateWindow()
        wait_until(window.isActiveWindow, "the window comes to the front")


def focus() -> QWidget:
    """What has the keyboard."""
    if QApplication.activeWindow() is None and _front and isValid(_front[0]) and _front[0].isVisible():
        # Without a screen the window in front loses the keyboard when another one is destroyed.
        bring_to_front(_front[0])
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise Unexpected("nothing has the keyboard")
    return widget


def press(*keys: str) -> None:
    """Press keys one after the other, such as "Ctrl+S", "Tab", "Down", in whatever has the keyboard."""
    for each in keys:
        combination: QKeyCombination = cast(Any, QKeySequence(each))[0]  # the type stubs know no index
        QTest.keyClick(focus(), combination.key(), combination.keyboardModifiers())


def write(text: str) -> None:
    """Type `text` where the keyboard is; what no Latin keyboard has comes as from an input method."""
    if text.isascii():
        for character in text:  # the first may open an editor, which gets the others
            QTest.keyClicks(focus(), character)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus(), event)


def replace(text: str) -> None:
    """Type `text` over what stands in the field that has the keyboard."""
    press("Ctrl+A")
    write(text)


def click(widget: QWidget) -> None:
    """Click the middle of `widget` with the mouse."""
    wait_until(lambda: widget.isVisible() and widget.isEnabled(), f"“{name_of(widget)}” can be clicked")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _middle(widget))


def _middle(widget: QWidget) -> QPoint:
    # The ground of a check box belongs to nobody; its left end is what people click.
    if isinstance(widget, QAbstractButton) and widget.isCheckable() and widget.width() > 100:
        return QPoint(10, widget.height() // 2)
    return widget.rect().center()


def name_of(widget: QWidget) -> str:
    """What a screen reader calls `widget`; its own name where it has none."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName() or forms.plain(text) or widget.objectName()


def find(root: QWidget, kind: type[W], name: str = "") -> W:
    """The visible widget of that kind below `root`, with that name if one is given; waits for it to appear."""
    return wait_until(lambda: seen(root, kind, name), f"a {kind.__name__} “{name}” is there")


def seen(root: QWidget, kind: type[W], name: str = "") -> W | None:
    """Like `find`, but what is there now, or None."""
    widgets = cast("list[W]", root.findChildren(kind))
    return next((each for each in widgets if each.isVisible() and name in ("", name_of(each), each.objectName())), None)


def listed(root: QWidget, text: str) -> bool:
    """Whether a list that shows below `root` has a line with `text`."""
    lists = [each for each in root.findChildren(QListWidget) if each.isVisible()]
    return any(text in each.item(row).text() for each in lists for row in range(each.count()))


def go_into(root: QWidget, name: str) -> QWidget:
    """Put the keyboard into the visible input with that name, as its mnemonic does."""
    widget = wait_until(partial(_input, root, name), f"an input “{name}” is there")
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    wait_until(lambda: widget.hasFocus() or widget.isAncestorOf(focus()), f"“{name}” has the keyboard")
    return widget


def _input(root: QWidget, name: str) -> QWidget | None:
    for each in root.findChildren(QWidget):
        takes_keys = each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.isEnabled() and not isinstance(each, QLabel)
        if takes_keys and each.isVisible() and name in (each.accessibleName(), each.objectName()):
            return each
    return None


def fill(root: QWidget, name: str, text: str) -> None:
    """Type `text` into the input with that name, in place of what stands there."""
    go_into(root, name)
    replace(text)


@contextmanager
def answering(kind: type[D], answer: Callable[[D], object], what: str) -> Iterator[None]:
    """Answer the dialog of that kind that what is done inside the block opens, whether that waits for it or not.

    `answer` works the dialog until it closes; Unexpected if none came.
    """
    answered: list[D] = []
    trouble: list[BaseException] = []
    deadline = time.monotonic() + PATIENCE_SECONDS

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if answered and not _is_closed(answered[0]) and time.monotonic() > deadline:
            trouble.append(Unexpected(f"{what}: the dialog does not close"))
            answered[0].reject()
        elif isinstance(dialog, kind) and dialog.isVisible() and not answered:
            if not dialog.isActiveWindow():
                dialog.activateWindow()
                return
            answered.append(dialog)
            try:
                answer(dialog)
            except BaseException as error:
                trouble.append(error)
                dialog.reject()

    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield
        wait_until(lambda: answered and _is_closed(answered[0]), what)
    finally:
        timer.stop()
    if trouble:
        raise trouble[0]


def _is_closed(dialog: QDialog) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


@contextmanager
def discarding() -> Iterator[None]:
    """Throw unsaved input away whenever a window asks about it inside the block."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        discard = box.button(QMessageBox.StandardButton.Discard) if isinstance(box, QMessageBox) else None
        if discard is not None:
            discard.click()

    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def name_file(path: str) -> Callable[[QFileDialog], None]:
    """Answers a dialog that asks for a file, as by typing its path and Enter."""

    def answer(dialog: QFileDialog) -> None:
        edit = find(dialog, QLineEdit, "fileNameEdit")
        edit.setFocus()
        replace(path)
        press("Return")

    return answer


def tab_to(name: str) -> QWidget:
    """Press Tab until the input with that name has the keyboard."""
    passed = []
    for _ in range(40):
        widget = focus()
        if name in (widget.accessibleName(), widget.objectName()):
            return widget
        passed.append(name_of(widget))
        press("Tab")
    raise Unexpected(f"Tab does not lead to “{name}”, only to {', '.join(passed)}")
