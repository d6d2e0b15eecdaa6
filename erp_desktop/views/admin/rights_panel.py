"""What a person can do, and through which roles; whose rows she sees; which screens open for her."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken, translate
from erp_desktop.models.operations import Query
from erp_desktop.services import roles as service
from erp_desktop.services.db import Database
from erp_desktop.services.people import Choices, Person, Place
from erp_desktop.services.roles import Path, Rights, Role
from erp_desktop.views import errors, registry
from erp_desktop.views.admin.check_tree import children, tops
from erp_desktop.views.admin.role_tree import title, titles
from erp_desktop.views.widgets import forms, theme

_ROWS: Final = (
    (
        QT_TRANSLATE_NOOP("Rows", "Orders: {rows}"),
        (
            ("erp_order_view_all", "all"),
            ("erp_order_view_branch", "branches"),
            ("erp_order_view_own", "own"),
            ("erp_order_view_delivered", "delivered"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Orders, without prices: {rows}"),
        (("erp_production_view", "confirmed"), ("erp_purchase_view", "confirmed"), ("erp_shipment_view", "warehouses")),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Customers: {rows}"),
        (("erp_customer_view_all", "all"), ("erp_customer_view_branch", "branches"), ("erp_customer_view_own", "own")),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Stock: {rows}"),
        (("erp_stock_view_all", "all"), ("erp_stock_view", "warehouses")),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Delivery notes: {rows}"),
        (
            ("erp_order_view_all", "all"),
            ("erp_shipment_view", "warehouses"),
            ("erp_order_view_branch", "orders"),
            ("erp_order_view_own", "orders"),
            ("erp_order_view_delivered", "orders"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Work orders and operations: {rows}"),
        (("erp_production_view", "all"), ("erp_production_report", "work_centres")),
    ),
    (
        QT_TRANSLATE_NOOP("Rows", "Purchase orders: {rows}"),
        (("erp_purchase_view", "all"), ("erp_receipt_enter", "warehouses")),
    ),
    (QT_TRANSLATE_NOOP("Rows", "Invoices and payments: {rows}"), (("erp_invoice_view", "all"),)),
    (QT_TRANSLATE_NOOP("Rows", "Journal: {rows}"), (("erp_journal_view", "all"),)),
)
"""Whose rows a person sees of each kind, the widest right first."""


@dataclass(frozen=True)
class _Line:
    what: str
    through: str
    meaning: str = ""


class _Texts(QObject):
    """Says rows and ways in words."""

    def through(self, roles: Mapping[str, Role], paths: Iterable[Path]) -> str:
        """The ways in which something comes to a person."""
        ways = [" › ".join(titles(roles, [name]) for name in path) or self.tr("given directly") for path in paths]
        return "; ".join(ways)

    def rows(self, rights: Container[str], person: Person, choices: Choices) -> list[tuple[str, str]]:
        """Whose rows of each kind a person sees, each with the right that says so."""
        scopes = self._scopes(person, choices)
        found = []
        for said, kinds in _ROWS:
            mine: dict[str, str] = {}
            for right, scope in kinds:
                if right in rights and not mine.keys() & {"all", "confirmed"}:
                    mine.setdefault(scope, right)
            found += [(translate("Rows", said).format(rows=scopes[scope]), right) for scope, right in mine.items()]
        return found

    def _scopes(self, person: Person, choices: Choices) -> dict[str, str]:
        of = self.tr("those of {places}")
        branches = _named(choices.branches, person.branches)
        warehouses = _named(choices.warehouses, person.warehouses)
        centres = _named(choices.work_centres, person.work_centres)
        return {
            "all": self.tr("all"),
            "own": self.tr("own ones"),
            "delivered": self.tr("all that reached the customer"),
            "confirmed": self.tr("all that are confirmed and not yet delivered"),
            "orders": self.tr("those of the orders in sight"),
            "branches": of.format(places=branches) if branches else self.tr("none: no branch is set"),
            "warehouses": of.format(places=warehouses) if warehouses else self.tr("none: no warehouse is set"),
            "work_centres": of.format(places=centres) if centres else self.tr("none: no work centre is set"),
        }


def _named(places: Sequence[Place], ids: Sequence[int]) -> str:
    return wording.listed(spoken(place.name_zh, place.name_en) for place in places if place.id in ids)


class RightsPanel(QWidget):
    """Shows the rights of one person as the server sees them now, and finds among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = _Texts(self)
        self._choices: Choices | None = None
        self._person: Person | None = None
        self.search = QLineEdit(clearButtonEnabled=True)
        self._summary = forms.text_label("muted", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setIndentation(4 * theme.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * theme.GRID, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.search)
        column.addWidget(self._summary)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._on_search)
        hint = self.tr("Find a right, role, screen or row")
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        for named in (self.tree, self.tree.header()):
            named.setAccessibleName(self.tr("What this person can do"))
        self.tree.setHeaderLabels([self.tr("What"), self.tr("Through"), self.tr("Meaning")])

    def load(self, database: Database, choices: Choices, person: Person) -> None:
        """Ask the server what a person can do, and show it."""
        self._choices, self._person = choices, person
        Query(service.load_rights, database, person.id).quiet().success(self._show).failure(self._on_failure).run()

    def lines(self) -> list[tuple[str, str]]:
        """What is shown: each right, row or screen with the way in which it comes."""
        return [(item.text(0), item.text(1)) for item in self._items() if not item.isHidden()]

    def _show(self, rights: Rights) -> None:
        choices, person = self._choices, self._person
        if choices is None or person is None:
            return
        roles = {role.name: role for role in choices.roles}
        self.tree.clear()
        said = [
            _Line(words, titles(roles, [right]), spoken(roles[right].description_zh, roles[right].description_en))
            for words, right in self._texts.rows(rights.paths, person, choices)
        ]
        self._add_group(self.tr("Rows"), said)
        self._add_group(self.tr("Screens"), self._screens(roles, rights))
        for department in dict.fromkeys(role.department for role in choices.roles if role.name in rights.paths):
            lines = [
                _Line(
                    title(role),
                    self._texts.through(roles, rights.paths[role.name]),
                    spoken(role.description_zh, role.description_en),
                )
                for role in choices.roles
                if role.department == department and role.name in rights.paths
            ]
            self._add_group(self.tr("Rights: {department}").format(department=_department(department)), lines)
        self.tree.expandAll()
        self._fit()
        self._summary.setText(self._summed_up(person, rights))
        self._on_search(self.search.text())

    def _summed_up(self, person: Person, rights: Rights) -> str:
        if not rights.paths:
            return self.tr("This account can log in but open nothing: it has no role.")
        words = self.tr("%n rights", "", len(rights.paths)) + " · " + self.tr("%n screens", "", len(rights.screens))
        if person.state == "disabled":
            words += " · " + self.tr("the account is inactive: none of this works now")
        return words

    def _screens(self, roles: Mapping[str, Role], rights: Rights) -> list[_Line]:
        return [
            _Line(screen.shown_title(), titles(roles, rights.screens[screen.code]), _department(screen.department))
            for screen in registry.SCREENS
            if screen.code in rights.screens
        ]

    def _add_group(self, heading: str, lines: Sequence[_Line]) -> None:
        if not lines:
            return
        group = QTreeWidgetItem(self.tree, [f"{heading}   {len(lines)}"])
        group.setFirstColumnSpanned(True)
        muted = QBrush(QColor(theme.tokens().muted))
        for line in lines:
            item = QTreeWidgetItem(group, [line.what, line.through, line.meaning])
            item.setForeground(2, muted)
            for column, text in enumerate((line.what, line.through, line.meaning)):
                item.setToolTip(column, text)

    def _fit(self) -> None:
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, most in ((0, 280), (1, 260)):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, min(most, self.tree.columnWidth(column) + 3 * theme.GRID))

    def _on_failure(self, error: Exception) -> None:
        self._summary.setText(errors.sentence(error))

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for group in tops(self.tree) for item in children(group)]

    @Slot(str)
    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            held = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in held for word in words))
        for group in tops(self.tree):
            group.setHidden(all(item.isHidden() for item in children(group)))


def _department(code: str) -> str:
    return wording.word(code, "department")
