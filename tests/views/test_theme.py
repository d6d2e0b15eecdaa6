"""The look: enough contrast, complete style sheet, icons and fonts that are there, light and dark while running."""

from __future__ import annotations

import re
from dataclasses import asdict, fields

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models.columns import Tone
from erp_desktop.resources import resource_path
from erp_desktop.views.widgets import chips, forms, icons, theme

THEMES = [pytest.param(each, id=each.name) for each in (theme.LIGHT, theme.DARK)]
ICONS = sorted(path.stem for path in resource_path("icons").glob("*.svg") if path.stem != "logo")


def pixels(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("tokens", THEMES)
def test_every_text_stands_out_from_its_ground(tokens: theme.Tokens) -> None:
    weak = {
        (text, ground): round(theme.contrast(getattr(tokens, text), getattr(tokens, ground)), 2)
        for text, ground in theme.TEXT_PAIRS
        if theme.contrast(getattr(tokens, text), getattr(tokens, ground)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("tokens", THEMES)
def test_focus_and_field_borders_can_be_seen(tokens: theme.Tokens) -> None:
    assert theme.contrast(tokens.accent, tokens.panel) >= 3
    assert theme.contrast(tokens.accent, tokens.background) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_hold_colours_only() -> None:
    for tokens in (theme.LIGHT, theme.DARK):
        for field in fields(tokens):
            if field.name != "name":
                assert re.fullmatch(r"#[0-9a-f]{6}", getattr(tokens, field.name)), field.name


def test_style_sheet_names_known_tokens_and_files_only() -> None:
    sheet = resource_path("styles", "tenon.qss").read_text(encoding="utf-8")
    known = asdict(theme.LIGHT).keys() | {"icons", "name"}
    assert set(re.findall(r"@(\w+)", sheet)) <= known
    for picture in set(re.findall(r"@icons/([\w-]+\.svg)", sheet)):
        for tokens in (theme.LIGHT, theme.DARK):
            assert resource_path("styles", tokens.name, picture).is_file()


def test_light_and_dark_change_places_while_the_program_runs(desk: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    window.setProperty("role", "page")
    qtbot.addWidget(window)
    button = forms.button("primary", "save", window)
    chip = chips.Chip("Shipped", Tone.SUCCESS, window)
    chip.move(0, 60)
    window.resize(300, 120)
    window.show()
    for tokens in (theme.LIGHT, theme.DARK, theme.LIGHT):
        with qtbot.waitSignal(theme.state.switched):
            theme.apply(desk, tokens.dark)
        seen = pixels(window.grab().toImage())
        assert {tokens.background, tokens.accent, tokens.success_soft} <= seen
        assert window.palette().text().color() == QColor(tokens.text)
        assert tokens.text in pixels(icons.icon("save", "text").pixmap(QSize(64, 64)).toImage())
    assert button.isVisible()


def test_a_role_given_later_changes_the_look(desk: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.show()
    assert theme.LIGHT.accent not in pixels(button.grab().toImage())
    theme.set_property(button, "role", "primary")
    assert theme.LIGHT.accent in pixels(button.grab().toImage())


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_in_the_colour_asked_for(desk: QApplication, name: str) -> None:
    picture = icons.icon(name, "#ff0000").pixmap(QSize(48, 48)).toImage()
    assert "#ff0000" in pixels(picture)
    assert icons.renderer(name, "#ff0000").viewBox().size() == QSize(24, 24)


def test_icons_are_sharp_on_dense_screens_and_faint_when_disabled(desk: QApplication) -> None:
    picture = icons.icon("save", "text").pixmap(QSize(18, 18), 2.0)
    assert (picture.size(), picture.devicePixelRatio()) == (QSize(36, 36), 2.0)
    disabled = icons.icon("save", "text").pixmap(QSize(64, 64), QIcon.Mode.Disabled)
    assert theme.LIGHT.faint in pixels(disabled.toImage())
    with pytest.raises(LookupError):
        icons.icon("nonesuch")


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_shipped_font_writes_every_name(desk: QApplication, weight: str) -> None:
    font = QRawFont(str(resource_path("fonts", f"NotoSansSC-{weight}.ttf")), 13)
    gbk = [chr(code) for code in range(0x4E00, 0xA000) if _is_in_gbk(chr(code))]
    assert len(gbk) > 20_000
    wanted = [*gbk, *"䶮㛃㭎¥€×½№①→✓°²‰℃ÀéñßЖπ　，。《》【】（）￥０Ａ"]
    assert [each for each in wanted if not font.supportsCharacter(ord(each))] == []


def test_figures_are_all_of_one_width(desk: QApplication) -> None:
    metrics = forms.text_label("strong").fontMetrics()
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_program_writes_in_the_shipped_font(desk: QApplication) -> None:
    assert QFontInfo(desk.font()).family() == theme.FONT_FAMILY


def test_plain_text_of_a_label_has_no_mnemonic() -> None:
    assert forms.plain("客户(&C) *") == "客户"
    assert forms.plain("&Save") == "Save"
    assert forms.plain("Nuts && bolts") == "Nuts & bolts"


def test_a_refused_field_says_so_to_the_eye_and_to_the_screen_reader(desk: QApplication, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit

    field = forms.Field(QLineEdit(), "&Quantity")
    qtbot.addWidget(field)
    field.show()
    assert field.editor.accessibleName() == "Quantity"
    field.refuse("Enter a quantity above zero.")
    assert field.editor.accessibleDescription() == field.message == "Enter a quantity above zero."
    assert theme.LIGHT.danger in pixels(field.grab().toImage())
    field.clear_refusal()
    assert theme.LIGHT.danger not in pixels(field.grab().toImage())


def _is_in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
