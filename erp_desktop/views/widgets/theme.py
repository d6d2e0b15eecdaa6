"""The look of the product: colours, distances and fonts for light and dark, made into a palette and one style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from erp_desktop.resources import resource_path

GRID = 4
"""Every distance is a multiple of this many pixels."""
RADIUS = 6
ROW_COMPACT = 28
ROW_ROOMY = 34
CONTROL = 32
"""Height of fields and buttons."""

FONT_FAMILY = "Noto Sans SC"
FONT_PIXELS = 13


@dataclass(frozen=True)
class Tokens:
    """One name per use of a colour; light and dark differ in nothing else.

    A pair `x` and `x_soft` is a word in colour on its quiet ground (chips, banners); `on_x` is the text on a full `x`.
    """

    name: str
    background: str  # behind cards
    panel: str  # cards, bars, dialogs
    field: str  # inputs
    field_off: str  # inputs that can't be changed
    head: str  # table headers
    stripe: str  # every second table row
    hover: str  # row, item or quiet button under the mouse
    line: str  # borders between things
    line_strong: str  # borders of inputs
    text: str
    muted: str  # labels, second lines
    faint: str  # placeholders, disabled text
    accent: str  # the one primary action, the focus
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str  # links and words in the accent colour on a panel
    accent_soft: str
    selection: str  # selected rows
    on_selection: str
    nav: str
    nav_text: str
    nav_muted: str
    nav_hover: str
    nav_line: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    neutral: str
    neutral_soft: str
    danger_fill: str  # a button that destroys
    on_danger_fill: str
    tooltip: str
    on_tooltip: str
    placeholder_bar: str  # where data will be in a moment

    @property
    def dark(self) -> bool:
        """Whether these are the tokens for a dark screen."""
        return self.name == "dark"

    def color(self, token: str) -> QColor:
        """The colour named `token`, or `token` itself read as `#rrggbb`."""
        return QColor(token if token.startswith("#") else getattr(self, token))


LIGHT = Tokens(
    name="light",
    background="#f3f5f9",
    panel="#ffffff",
    field="#ffffff",
    field_off="#f3f5f9",
    head="#f0f3f8",
    stripe="#f8fafc",
    hover="#eef2f9",
    line="#dfe4ec",
    line_strong="#c3ccd9",
    text="#1a2330",
    muted="#596579",
    faint="#66728a",
    accent="#2563eb",
    accent_hover="#1d55d3",
    accent_pressed="#1948b4",
    on_accent="#ffffff",
    accent_text="#1d55d3",
    accent_soft="#e6eefe",
    selection="#d9e6ff",
    on_selection="#1a2330",
    nav="#1b2537",
    nav_text="#cdd6e5",
    nav_muted="#94a3bb",
    nav_hover="#27344a",
    nav_line="#2c394f",
    success="#166534",
    success_soft="#dcf5e4",
    warning="#854d0e",
    warning_soft="#fdf0cd",
    danger="#b42318",
    danger_soft="#fde7e4",
    info="#1e4fa8",
    info_soft="#e2ecfd",
    neutral="#4b566a",
    neutral_soft="#e8ecf2",
    danger_fill="#c6281c",
    on_danger_fill="#ffffff",
    tooltip="#1b2537",
    on_tooltip="#f3f5f9",
    placeholder_bar="#e6eaf1",
)

DARK = Tokens(
    name="dark",
    background="#151a21",
    panel="#1d232c",
    field="#232a35",
    field_off="#1a2028",
    head="#232a35",
    stripe="#20262f",
    hover="#29313d",
    line="#303946",
    line_strong="#465162",
    text="#e6ebf3",
    muted="#a3afc2",
    faint="#93a0b5",
    accent="#2f6df0",
    accent_hover="#3569e6",
    accent_pressed="#2459c9",
    on_accent="#ffffff",
    accent_text="#7fabff",
    accent_soft="#1f3157",
    selection="#213b6c",
    on_selection="#f3f6fb",
    nav="#10141a",
    nav_text="#c3ccda",
    nav_muted="#8794a9",
    nav_hover="#1d242e",
    nav_line="#242c37",
    success="#5fd38b",
    success_soft="#143524",
    warning="#f3c667",
    warning_soft="#40300d",
    danger="#ff9a8d",
    danger_soft="#4a1d19",
    info="#8ab6ff",
    info_soft="#1b2f52",
    neutral="#b6c1d2",
    neutral_soft="#2c3542",
    danger_fill="#cf3428",
    on_danger_fill="#ffffff",
    tooltip="#e6ebf3",
    on_tooltip="#151a21",
    placeholder_bar="#2a323e",
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "background"),
    ("text", "panel"),
    ("text", "field"),
    ("text", "stripe"),
    ("text", "hover"),
    ("text", "field_off"),
    ("muted", "background"),
    ("muted", "panel"),
    ("muted", "head"),
    ("muted", "hover"),
    ("muted", "field_off"),
    ("faint", "field"),
    ("faint", "panel"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("accent_text", "panel"),
    ("accent_text", "background"),
    ("accent_text", "accent_soft"),
    ("on_selection", "selection"),
    ("muted", "selection"),
    ("nav_text", "nav"),
    ("nav_text", "nav_hover"),
    ("nav_muted", "nav"),
    ("success", "success_soft"),
    ("success", "panel"),
    ("warning", "warning_soft"),
    ("warning", "panel"),
    ("danger", "danger_soft"),
    ("danger", "panel"),
    ("info", "info_soft"),
    ("info", "panel"),
    ("neutral", "neutral_soft"),
    ("on_danger_fill", "danger_fill"),
    ("on_tooltip", "tooltip"),
)
"""Every text token with every ground that it stands on; each pair keeps a contrast of at least 4.5 : 1."""


class _State(QObject):
    """Which tokens are in use.

    Signals:
        switched(): light and dark changed places; whatever draws itself draws itself again.
    """

    switched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT


state = _State()


def tokens() -> Tokens:
    """The tokens in use now; ask again at every painting, they change at run time."""
    return state.tokens


def apply(application: QApplication, dark: bool) -> Tokens:
    """Give the whole program the light or the dark look; may be called again at any time."""
    chosen = DARK if dark else LIGHT
    state.tokens = chosen
    if application.style().objectName().lower() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_style_sheet(chosen))
    state.switched.emit()
    return chosen


@cache
def load_fonts() -> None:
    """Load the font that the product ships, so that Chinese shows on a machine without any."""
    for weight in ("Regular", "Bold"):
        path = resource_path("fonts", f"NotoSansSC-{weight}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"The font file {path} can't be read; install the program again.")


def base_font() -> QFont:
    """The font of everything that does not say otherwise."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(FONT_PIXELS)
    return font


def contrast(first: str, second: str) -> float:
    """The contrast of two colours `#rrggbb` after WCAG 2.1, from 1 (equal) to 21 (black on white)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and let the style look at `widget` again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    polish(widget)


def polish(widget: QWidget) -> None:
    """Let the style look at `widget` again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(chosen: Tokens) -> QPalette:
    role = QPalette.ColorRole
    roles: Mapping[QPalette.ColorRole, str] = {
        role.Window: chosen.background,
        role.WindowText: chosen.text,
        role.Base: chosen.field,
        role.AlternateBase: chosen.stripe,
        role.Text: chosen.text,
        role.Button: chosen.panel,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.danger,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Link: chosen.accent_text,
        role.LinkVisited: chosen.accent_text,
        role.ToolTipBase: chosen.tooltip,
        role.ToolTipText: chosen.on_tooltip,
        role.PlaceholderText: chosen.faint,
        role.Light: chosen.panel,
        role.Midlight: chosen.hover,
        role.Mid: chosen.line_strong,
        role.Dark: chosen.line_strong,
        role.Shadow: chosen.line,
        role.Accent: chosen.accent,
    }
    palette = QPalette()
    for each, color in roles.items():
        palette.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.faint))
    return palette


@cache
def _style_sheet_template() -> str:
    return Path(resource_path("styles", "tenon.qss")).read_text(encoding="utf-8")


def _style_sheet(chosen: Tokens) -> str:
    """The style sheet with `@token` replaced by its colour and `@icons/` by the folder of tinted arrows."""
    sheet = _style_sheet_template().replace("@icons", resource_path("styles", chosen.name).as_posix())
    for token, value in sorted(asdict(chosen).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{token}", value)
    return sheet
