"""Lookup fields: typing finds records, the keyboard alone chooses, wrong text stays marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.models.lookup import Choice
from erp_desktop.views.widgets.completer import ChoicePopup, LookupField
from erp_desktop.views.widgets.named_edit import shortened, text_room
from tests.helpers.products import PRODUCTS, Products


class Form(QWidget):
    """A lookup field, and a field to go on to."""

    def __init__(self, products: Products) -> None:
        super().__init__()
        self.field = LookupField(products.lookup(), self)
        self.next = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.next)
        column.addStretch(1)
        self.resize(500, 400)

    def popup(self) -> ChoicePopup | None:
        return next((each for each in self.findChildren(ChoicePopup) if each.isVisible()), None)


@pytest.fixture
def products() -> Products:
    return Products()


@pytest.fixture
def form(desk: QApplication, qtbot: QtBot, products: Products) -> Form:
    made = Form(products)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.field.setFocus()
    return made


def commit(widget: QWidget, text: str) -> None:
    """Enter `text` as an input method does."""
    composing = QInputMethodEvent("pin yin", [])
    QApplication.sendEvent(widget, composing)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_where_there_is_little_room_the_name_is_cut_and_the_code_is_not(form: Form, qtbot: QtBot) -> None:
    field = form.field
    field.set_choice(
        Choice(1, "C0016", "泰州木叙家居生活馆", names=("泰州木叙家居生活馆", "Taizhou Muxu Home & Living Store"))
    )
    form.next.setFocus()
    whole = "Taizhou Muxu Home & Living Store  C0016"
    assert field.text() == whole
    for width, is_cut in ((480, False), (240, True)):
        field.setFixedWidth(width)
        qtbot.waitUntil(lambda width=width: field.width() == width)
        short = shortened(field, "Taizhou Muxu Home & Living Store", "C0016")
        assert bool(short) == is_cut
    assert short.startswith("Taizhou") and short.endswith("…  C0016")
    assert field.fontMetrics().horizontalAdvance(short) <= text_room(field).width()
    assert text_room(field).right() < field.findChild(QToolButton).x()
    whole_picture, edited = field.grab().toImage(), None
    field.setFocus()
    edited = field.grab().toImage()
    assert edited != whole_picture and shortened(field, "Taizhou Muxu Home & Living Store", "C0016") == ""
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: field.text() == "泰州木叙家居生活馆  C0016")
    kept = Choice.restored(field.choice().stored())
    assert (kept, kept.called) == (field.choice(), "泰州木叙家居生活馆")


def test_typing_shows_choices_with_the_best_one_chosen(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.field, "1200")
    qtbot.waitUntil(lambda: form.popup() is not None)
    assert form.field.pick() == PRODUCTS[1]
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(form.field.chosen) as chosen:
        QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert chosen.args == [PRODUCTS[2]]
    assert form.field.text() == "书桌 1200  SZ-1200"
    assert form.next.hasFocus()
    assert form.popup() is None


def test_chinese_from_an_input_method_is_found(form: Form, qtbot: QtBot) -> None:
    commit(form.field, "餐桌")
    qtbot.waitUntil(lambda: form.popup() is not None)
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.field.choice() == PRODUCTS[3]


def test_keys_belong_to_the_input_method_while_it_composes(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.field, "YG")
    qtbot.waitUntil(lambda: form.popup() is not None)
    QApplication.sendEvent(form.field, QInputMethodEvent("shu", []))
    assert not form.field.handle_key(Qt.Key.Key_Down)
    assert form.field.pick() == PRODUCTS[0]


def test_who_goes_on_at_once_gets_the_best_match_later(form: Form, qtbot: QtBot, products: Products) -> None:
    products.gate.clear()
    QTest.keyClicks(form.field, "sz")
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.next.hasFocus()
    assert not form.field.settled
    products.gate.set()
    qtbot.waitUntil(lambda: form.field.choice() == PRODUCTS[2])
    assert form.popup() is None
    assert form.field.settled


def test_text_that_fits_nothing_stays_marked(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.field, "nowhere")
    qtbot.waitUntil(lambda: form.popup() is not None)
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(form.field.complaint()))
    assert form.field.text() == "nowhere"
    assert form.field.property("invalid") == "true"
    assert form.field.choice() is None
    assert not form.field.settled
    form.field.setFocus()
    form.field.clear()
    QTest.keyClicks(form.field, "s")
    assert form.field.complaint() == ""


def test_only_the_last_text_is_searched(form: Form, qtbot: QtBot, products: Products) -> None:
    QTest.keyClicks(form.field, "YG-18", delay=5)
    qtbot.waitUntil(lambda: form.popup() is not None)
    assert products.asked == ["YG-18"]


def test_down_shows_choices_before_anything_is_typed(form: Form, qtbot: QtBot) -> None:
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: form.popup() is not None)
    assert form.field.pick() == PRODUCTS[0]


def test_escape_hides_the_choices_and_keeps_the_text(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.field, "YG")
    qtbot.waitUntil(lambda: form.popup() is not None)
    QTest.keyClick(form.field, Qt.Key.Key_Escape)
    assert form.popup() is None
    assert form.field.text() == "YG"


def test_emptying_the_field_takes_the_record_away(form: Form, qtbot: QtBot) -> None:
    form.field.set_choice(PRODUCTS[0])
    form.field.selectAll()
    QTest.keyClick(form.field, Qt.Key.Key_Delete)
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.field.choice() is None
    assert form.field.settled


def test_a_click_chooses(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.field, "YG")
    qtbot.waitUntil(lambda: form.popup() is not None)
    popup = form.popup()
    assert popup is not None
    table = popup._table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(1, 0)).center()
    )
    assert form.field.choice() == PRODUCTS[1]


def test_the_list_stays_inside_the_window(form: Form, qtbot: QtBot) -> None:
    form.resize(220, 120)
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: form.popup() is not None)
    popup = form.popup()
    assert popup is not None
    assert form.rect().contains(popup.geometry())
