"""The navigation at the left of the main window: departments that fold, and their screens, by right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import settings
from erp_desktop.views import registry
from erp_desktop.views.widgets import forms, icons, theme

WIDE = 216
NARROW = 60
ITEM_HEIGHT = 34
GROUP_HEIGHT = 32
_CODE = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1
_BADGE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Group:
    """A department with those of its screens that the person may see, in the server's order."""

    department: registry.Department
    screens: tuple[registry.Screen, ...]


def groups(codes: Iterable[str]) -> list[Group]:
    """The screens named by `codes` that this client has, by department, in the order of the registry's departments."""
    screens = [each for code in codes if (each := registry.screen(code)) is not None]
    found = []
    for department in registry.DEPARTMENTS:
        own = tuple(each for each in screens if each.department == department.code)
        if own:
            found.append(Group(department, own))
    return found


class Navigation(QWidget):
    """The product's name and the tree of screens.

    Signals:
        screen_chosen(code): the person wants that screen.
    """

    screen_chosen = Signal(str)

    def __init__(self, codes: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._groups = groups(codes)
        self._badges: dict[str, int] = {}
        self._tops: dict[str, QTreeWidgetItem] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._narrow = False
        self._cramped = False
        self._logo = QLabel()
        self._name = forms.text_label("product")
        self._fold = forms.tool_button("menu")
        self._fold.setIcon(icons.icon("menu", "nav_text"))
        self._fold.clicked.connect(self.toggle_narrow)
        self._tree = _Tree()
        self._tree.itemClicked.connect(self._on_item)
        self._tree.itemActivated.connect(self._on_item)
        self._tree.itemExpanded.connect(self._remember_folded)
        self._tree.itemCollapsed.connect(self._remember_folded)
        self._head = QHBoxLayout()
        self._head.setSpacing(2 * theme.GRID)
        self._head.addWidget(self._logo)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self._tree, 1)
        self._logo.setPixmap(icons.logo().pixmap(QSize(28, 28), self.devicePixelRatioF()))
        self._build()
        self.retranslate()
        self._set_narrow(settings.read(settings.NARROW))

    def codes(self) -> list[str]:
        """The codes of the screens offered, in their order."""
        return [screen.code for group in self._groups for screen in group.screens]

    def select(self, code: str) -> None:
        """Mark the screen `code` as the one in front; none if it is not offered."""
        self._tree.setCurrentIndex(QModelIndex())
        if code in self._items:
            self._tops[code.partition(".")[0]].setExpanded(True)
            self._tree.setCurrentItem(self._items[code])

    def set_badge(self, code: str, count: int) -> None:
        """Show beside the screen `code` how much waits there; 0 shows nothing."""
        self._badges[code] = count
        self._label_items()

    def item_text(self, code: str) -> str:
        """What the item of screen `code` says."""
        return self._items[code].text(0)

    def spoken_text(self, code: str) -> str:
        """What a screen reader says of the item of screen `code`."""
        return str(self._items[code].data(0, Qt.ItemDataRole.AccessibleTextRole))

    def focus_tree(self) -> None:
        """Give the keyboard to the tree."""
        self._tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def toggle_narrow(self) -> None:
        """Show icons only, or names again; remembered."""
        self._set_narrow(not self._narrow)
        if not self._cramped:
            settings.write(settings.NARROW, self._narrow)

    def set_cramped(self, cramped: bool) -> None:
        """Show icons only while the window is small; the person may unfold it all the same."""
        if cramped != self._cramped:
            self._cramped = cramped
            self._set_narrow(cramped or settings.read(settings.NARROW))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._name.setText(self.tr("Tenon"))
        self._tree.setAccessibleName(self.tr("Screens"))
        forms.name_control(self._fold, self.tr("Fold or unfold the navigation"), "Ctrl+B")
        self._label_items()

    def show_screens(self, codes: Iterable[str]) -> None:
        """Offer these screens from now on."""
        self._groups = groups(codes)
        self._build()
        self._label_items()

    def _build(self) -> None:
        folded = settings.read(settings.COLLAPSED)
        blocked = self._tree.blockSignals(True)
        self._tree.clear()
        self._tops.clear()
        self._items.clear()
        for group in self._groups:
            parent = QTreeWidgetItem(self._tree)
            parent.setData(0, _CODE, group.department.code)
            self._tops[group.department.code] = parent
            for screen in group.screens:
                item = QTreeWidgetItem(parent)
                item.setData(0, _CODE, screen.code)
                item.setData(0, _ICON, screen.icon)
                self._items[screen.code] = item
            parent.setExpanded(group.department.code not in folded)
        self._tree.blockSignals(blocked)

    def _label_items(self) -> None:
        for group in self._groups:
            self._label(self._tops[group.department.code], group.department.shown_title(), 0)
            for screen in group.screens:
                self._label(self._items[screen.code], screen.shown_title(), self._badges.get(screen.code, 0))

    def _label(self, item: QTreeWidgetItem, title: str, count: int) -> None:
        item.setText(0, title)
        item.setData(0, _BADGE, count)
        item.setToolTip(0, title if self._narrow else "")
        waiting = self.tr("{screen}, {count} waiting").format(screen=title, count=count)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, waiting if count else title)

    def _set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._logo.setVisible(not narrow)
        self._name.setVisible(not narrow)
        self._head.setContentsMargins(*((14, 12, 14, 12) if narrow else (16, 12, 8, 12)))
        self._label_items()

    @Slot(QTreeWidgetItem)
    def _on_item(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())
        else:
            self.screen_chosen.emit(item.data(0, _CODE))

    @Slot()
    def _remember_folded(self) -> None:
        settings.write(settings.COLLAPSED, [code for code, top in self._tops.items() if not top.isExpanded()])

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Tree(QTreeWidget):
    """The tree itself: Enter opens, Left and Right fold, the current item is always visible."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "nav")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemDelegate(_ItemDelegate(self))
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override QWidget.focusInEvent: there is always something to move from."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTreeWidget.keyPressEvent: Enter and Space act on groups too."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self.itemClicked.emit(item, 0)
            return
        super().keyPressEvent(event)


class _ItemDelegate(QStyledItemDelegate):
    """Paints groups as quiet headings with an arrow, screens as rounded items with icon and badge."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(0, ITEM_HEIGHT if index.parent().isValid() else GROUP_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.paint."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(0, 1, 0, -1)
        rect.setWidth(self._tree.viewport().width())
        if index.parent().isValid():
            self._paint_screen(painter, option, rect, index)
        else:
            self._paint_group(painter, rect, index)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused:
            color = theme.tokens().color("on_accent")
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        expanded = self._tree.isExpanded(index)
        if rect.width() < NARROW:
            painter.setPen(QPen(tokens.color("nav_line"), 1))
            painter.drawLine(rect.left() + 8, rect.center().y(), rect.right() - 8, rect.center().y())
            return
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(tokens.color("nav_muted"))
        words = rect.adjusted(12, 6, -28, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, index.data())
        arrow = "chevron-down" if expanded else "chevron-right"
        icons.paint(painter, arrow, "nav_muted", QRectF(rect.right() - 22, words.center().y() - 6, 12, 12))

    def _paint_screen(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        tint = "on_accent" if selected else "nav_text"
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent" if selected else "nav_hover"))
            painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        narrow = rect.width() < NARROW
        left = rect.center().x() - 8 if narrow else rect.x() + 12
        icons.paint(painter, index.data(_ICON), tint, QRectF(left, rect.center().y() - 8, 18, 18))
        room = rect.adjusted(40, 0, -10, 0)
        count = index.data(_BADGE) or 0
        if count:
            room.setRight(room.right() - self._paint_badge(painter, rect, count, selected))
        if narrow:
            return
        painter.setPen(tokens.color(tint))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_badge(self, painter: QPainter, rect: QRect, count: int, selected: bool) -> int:
        """Paint the number at the right (a dot if there is no room); the width it takes."""
        tokens = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("on_accent" if selected else "accent"))
        if rect.width() < NARROW:
            painter.drawEllipse(QRectF(rect.right() - 12, rect.y() + 6, 7, 7))
            return 0
        text = str(count) if count < 100 else "99+"
        width = max(22, painter.fontMetrics().horizontalAdvance(text) + 12)
        pill = QRectF(rect.right() - width - 8, rect.center().y() - 8, width, 18)
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(tokens.color("accent_pressed" if selected else "on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return width + 8
