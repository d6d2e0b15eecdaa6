"""The product's own set of icons: stroke drawings as SVG, tinted with a token of the theme when they are painted."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from erp_desktop.resources import resource_path
from erp_desktop.views.widgets import theme

DRAWN_IN = "#000000"
"""The stroke colour in the files, replaced by the tint."""


class TintedEngine(QIconEngine):
    """Paints one icon in the colour that a token has now, so icons follow light and dark by themselves.

    A disabled icon is painted in the token `faint`, a selected one in `selected_tint`.
    """

    def __init__(self, name: str, tint: str, selected_tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint
        self._selected_tint = selected_tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Override QIconEngine.paint."""
        renderer(self._name, self._color(mode)).render(painter, _square(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Override QIconEngine.pixmap."""
        return _pixmap(self._name, self._color(mode), size.width(), size.height(), 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """Override QIconEngine.scaledPixmap; `size` is in logical pixels."""
        device = size * scale
        return _pixmap(self._name, self._color(mode), device.width(), device.height(), scale)

    def clone(self) -> QIconEngine:
        """Override QIconEngine.clone; the binding hands Qt no ownership of it, so it must be kept from here."""
        engine = TintedEngine(self._name, self._tint, self._selected_tint)
        _clones.append(engine)
        return engine

    def _color(self, mode: QIcon.Mode) -> str:
        tint = {QIcon.Mode.Disabled: "faint", QIcon.Mode.Selected: self._selected_tint}.get(mode, self._tint)
        return theme.tokens().color(tint).name()


_clones: list[TintedEngine] = []
"""Few: Qt clones an engine only when pictures are added to a copy of an icon."""


@cache
def icon(name: str, tint: str = "muted", selected_tint: str = "") -> QIcon:
    """The icon `name` (a file of resources/icons), in a token of the theme or in `#rrggbb`."""
    if not resource_path("icons", f"{name}.svg").is_file():
        raise LookupError(f"There is no icon called {name!r}.")
    return QIcon(TintedEngine(name, tint, selected_tint or tint))


def pixmap(name: str, tint: str, pixels: int, ratio: float) -> QPixmap:
    """The icon as a picture of `pixels` logical pixels for a screen with device pixel ratio `ratio`."""
    device = round(pixels * ratio)
    return _pixmap(name, theme.tokens().color(tint).name(), device, device, ratio)


def paint(painter: QPainter, name: str, tint: str, rect: QRectF) -> None:
    """Paint the icon into `rect`, for widgets that draw themselves."""
    renderer(name, theme.tokens().color(tint).name()).render(painter, rect)


@cache
def logo() -> QIcon:
    """The product's mark, in its own colours."""
    return QIcon(str(resource_path("icons", "logo.svg")))


@lru_cache(maxsize=512)
def renderer(name: str, color: str) -> QSvgRenderer:
    """The drawing of icon `name` in `color`."""
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8").replace(DRAWN_IN, color)
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=512)
def _pixmap(name: str, color: str, width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, color).render(painter, _square(QRect(QPoint(0, 0), QSize(width, height))))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _square(rect: QRect) -> QRectF:
    side = min(rect.width(), rect.height())
    return QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
