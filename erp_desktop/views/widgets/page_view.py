"""Pages of a PDF one below the other, drawn off the GUI thread as they come into sight."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from erp_desktop.models.operations import Query
from erp_desktop.services.printing.raster import POINTS_PER_INCH, PageSize, Picture, render_page
from erp_desktop.views.widgets import theme

SCREEN_DOTS_PER_INCH = 96
"""What 100 % means: so many logical pixels for an inch of paper."""

GAP = 4 * theme.GRID
ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
PAPER = QColor("#ffffff")
REST_MS = 60
"""After scrolling or zooming the pages in sight are drawn anew when nothing moved for so long."""

PAGES_KEPT = 8
"""Pictures kept of pages out of sight."""


def image_of(picture: Picture) -> QImage:
    """The picture as an image of its own, independent of the picture's bytes."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32).copy()


class PageView(QAbstractScrollArea):
    """Shows the pages at a zoom; while the right picture of a page is not there yet, an older one is stretched.

    Signals:
        page_changed(index): another page (from 0) is the one being read.
        zoom_changed(zoom): 1.0 is the size on paper.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._sizes: tuple[PageSize, ...] = ()
        self._images: dict[int, QImage] = {}
        self._drawing: set[tuple[int, float]] = set()
        self._zoom = 1.0
        self._fits_width = True
        self._page = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._draw_pages_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        theme.state.switched.connect(self.viewport().update)

    @property
    def zoom(self) -> float:
        """The present zoom; 1.0 is the size on paper."""
        return self._zoom

    @property
    def page(self) -> int:
        """The page being read, counted from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def drawn_pages(self) -> set[int]:
        """The pages whose picture has the present zoom."""
        return {index for index in self._images if self._is_sharp(index)}

    def set_document(self, pdf: bytes, sizes: tuple[PageSize, ...]) -> None:
        """Show another document from its first page, as wide as there is room."""
        self._pdf, self._sizes = pdf, sizes
        self._images.clear()
        self._drawing.clear()
        self.fit_width()
        self.show_page(0)
        self._draw_pages_in_sight()

    @Slot()
    def fit_width(self) -> None:
        """Zoom so that the widest page fills the width, and keep to it when the window is resized."""
        self._fits_width = True
        widest = max((size.width for size in self._sizes), default=0.0)
        if widest:
            room = self.viewport().width() - 2 * GAP
            self._set_zoom(max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], room / self._pixels(widest))))

    @Slot()
    def zoom_in(self) -> None:
        """Zoom to the next larger step."""
        self._fits_width = False
        self._set_zoom(next((step for step in ZOOM_STEPS if step > self._zoom + 0.001), ZOOM_STEPS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """Zoom to the next smaller step."""
        self._fits_width = False
        self._set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self._zoom - 0.001), ZOOM_STEPS[0]))

    def show_page(self, index: int) -> None:
        """Bring the upper edge of a page (from 0; clamped) into sight."""
        if self._sizes:
            self.verticalScrollBar().setValue(round(self._top(max(0, min(index, len(self._sizes) - 1))) - GAP))

    @Slot()
    def next_page(self) -> None:
        """Go to the next page."""
        self.show_page(self._page + 1)

    @Slot()
    def previous_page(self) -> None:
        """Go to the page before."""
        self.show_page(self._page - 1)

    def _set_zoom(self, zoom: float) -> None:
        scroll = self.verticalScrollBar()
        height = self._document_height()
        middle = (scroll.value() + self.viewport().height() / 2) / height if height else 0
        self._zoom = zoom
        self._update_scroll_range()
        scroll.setValue(round(middle * self._document_height() - self.viewport().height() / 2))
        self._on_scrolled()
        self.zoom_changed.emit(zoom)

    def _pixels(self, points: float) -> float:
        return points * SCREEN_DOTS_PER_INCH / POINTS_PER_INCH

    def _shown_size(self, index: int) -> QSizeF:
        size = self._sizes[index]
        return QSizeF(self._pixels(size.width) * self._zoom, self._pixels(size.height) * self._zoom)

    def _top(self, index: int) -> float:
        """The distance of a page's upper edge from the top of the document, in pixels."""
        return GAP + sum(self._shown_size(before).height() + GAP for before in range(index))

    def _document_height(self) -> float:
        return self._top(len(self._sizes))

    def _update_scroll_range(self) -> None:
        viewport = self.viewport().size()
        widest = max((self._shown_size(index).width() for index in range(len(self._sizes))), default=0.0)
        for bar, content, shown in (
            (self.horizontalScrollBar(), widest + 2 * GAP, viewport.width()),
            (self.verticalScrollBar(), self._document_height(), viewport.height()),
        ):
            bar.setRange(0, max(0, round(content - shown)))
            bar.setPageStep(shown)
            bar.setSingleStep(10 * theme.GRID)

    def _pages_in_sight(self) -> Iterator[tuple[int, QRectF]]:
        """Each page that can be seen now with the place of its paper on the viewport."""
        viewport = QRectF(self.viewport().rect())
        offset = self.horizontalScrollBar().value()
        top: float = GAP - self.verticalScrollBar().value()
        for index in range(len(self._sizes)):
            size = self._shown_size(index)
            left = max(GAP, (viewport.width() - size.width()) / 2) - offset
            paper = QRectF(QPoint(round(left), round(top)), size)
            if paper.intersects(viewport):
                yield index, paper
            top += size.height() + GAP

    @Slot()
    def _on_scrolled(self) -> None:
        self.viewport().update()
        self._rest.start()
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max((index for index in range(len(self._sizes)) if self._top(index) <= line), default=0)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _picture_dots_per_inch(self) -> float:
        return SCREEN_DOTS_PER_INCH * self._zoom * self.devicePixelRatioF()

    def _is_sharp(self, index: int) -> bool:
        image = self._images.get(index)
        width = self._shown_size(index).width() * self.devicePixelRatioF()
        return image is not None and abs(image.width() - width) < 2

    @Slot()
    def _draw_pages_in_sight(self) -> None:
        """Have the pages drawn whose picture is missing or of another zoom, and forget those far away."""
        seen = [index for index, _ in self._pages_in_sight()]
        resolution = self._picture_dots_per_inch()
        for index in seen:
            if not self._is_sharp(index) and (index, resolution) not in self._drawing:
                self._drawing.add((index, resolution))
                draw = Query(render_page, self._pdf, index, resolution).quiet()
                draw.success(partial(self._put, self._pdf, index, resolution)).owned_by(self).run()
        far = sorted(set(self._images) - set(seen), key=lambda index: -abs(index - self._page))
        for index in far[: max(0, len(far) - PAGES_KEPT)]:
            del self._images[index]

    def _put(self, pdf: bytes, index: int, resolution: float, picture: Picture) -> None:
        self._drawing.discard((index, resolution))
        if pdf is self._pdf:
            self._images[index] = image_of(picture)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QAbstractScrollArea.paintEvent."""
        tokens = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), tokens.color("background"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, paper in self._pages_in_sight():
            painter.fillRect(paper, PAPER)
            if index in self._images:
                painter.drawImage(paper, self._images[index])
            painter.setPen(tokens.color("line_strong"))
            painter.drawRect(paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QAbstractScrollArea.resizeEvent."""
        super().resizeEvent(event)
        if self._fits_width:
            self.fit_width()
        self._update_scroll_range()
        self._rest.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Override QAbstractScrollArea.wheelEvent: with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)
