"""Asks for one condition on one column of a list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import columns as wording
from erp_desktop.models.entry import MONEY, PERCENT, PRICE, QUANTITY, NumberRule
from erp_desktop.services.listing import (
    DATE_KINDS,
    NUMBER_KINDS,
    PERIODS,
    Column,
    Contains,
    Equals,
    Filter,
    Kind,
    OneOf,
    Period,
    Range,
)
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dates import DateField
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.numbers import NumberField

_RULES: dict[Kind, NumberRule] = {"qty": QUANTITY, "price": PRICE, "percent": PERCENT}


WIDTH = 360


class _Condition(QWidget):
    """Asks for a condition on one column; subclasses differ by the column's kind."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(2 * theme.GRID)

    def filter(self) -> Filter | None:
        """The condition, None when nothing was asked for."""
        raise NotImplementedError

    def show_filter(self, each: Filter) -> None:
        """Show a condition that was asked for before."""
        raise NotImplementedError


class _TextCondition(_Condition):
    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._text = QLineEdit()
        self._stack.addWidget(forms.Field(self._text, self.tr("&Contains")))
        self._stack.addStretch(1)

    def filter(self) -> Filter | None:
        text = self._text.text().strip()
        return Contains(self.column.key, text) if text else None

    def show_filter(self, each: Filter) -> None:
        if isinstance(each, Contains):
            self._text.setText(each.text)


class _ChoiceCondition(_Condition):
    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._boxes = {code: QCheckBox(wording.word(code, column.words)) for code in column.options}
        for box in self._boxes.values():
            self._stack.addWidget(box)
        self._stack.addStretch(1)

    def filter(self) -> Filter | None:
        codes = tuple(code for code, box in self._boxes.items() if box.isChecked())
        return OneOf(self.column.key, codes) if codes else None

    def show_filter(self, each: Filter) -> None:
        chosen = each.values if isinstance(each, OneOf) else (each.value,) if isinstance(each, Equals) else ()
        for code in chosen:
            if code in self._boxes:
                self._boxes[str(code)].setChecked(True)


class _FlagCondition(_Condition):
    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._yes, self._no = QRadioButton(self.tr("&Yes")), QRadioButton(self.tr("&No"))
        for each in (self._yes, self._no):
            self._stack.addWidget(each)
        self._stack.addStretch(1)

    def filter(self) -> Filter | None:
        if not (self._yes.isChecked() or self._no.isChecked()):
            return None
        return Equals(self.column.key, self._yes.isChecked())

    def show_filter(self, each: Filter) -> None:
        if isinstance(each, Equals):
            (self._yes if each.value else self._no).setChecked(True)


class _NumberCondition(_Condition):
    def __init__(self, column: Column) -> None:
        super().__init__(column)
        rule = _RULES.get(column.kind, MONEY)
        self._low, self._high = NumberField(column.kind, rule), NumberField(column.kind, rule)
        self._stack.addWidget(forms.Field(self._low, self.tr("&From")))
        self._stack.addWidget(forms.Field(self._high, self.tr("&To")))
        self._stack.addStretch(1)

    def filter(self) -> Filter | None:
        low, high = self._low.value(), self._high.value()
        return Range(self.column.key, low, high) if low is not None or high is not None else None

    def show_filter(self, each: Filter) -> None:
        if isinstance(each, Range):
            for field, bound in ((self._low, each.low), (self._high, each.high)):
                field.set_value(Decimal(bound) if isinstance(bound, Decimal | int) else None)


class _DateCondition(_Condition):
    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._period = QComboBox()
        self._period.addItem(self.tr("from … to …"), "")
        for name in PERIODS:
            self._period.addItem(wording.period_word(name), name)
        self._low, self._high = DateField(), DateField()
        self._bounds = (
            forms.Field(self._low, self.tr("&From")),
            forms.Field(self._high, self.tr("&To")),
        )
        self._stack.addWidget(forms.Field(self._period, self.tr("&Period")))
        for field in self._bounds:
            self._stack.addWidget(field)
        self._stack.addStretch(1)
        self._period.currentIndexChanged.connect(self._show_bounds)

    @Slot()
    def _show_bounds(self) -> None:
        for field in self._bounds:
            field.setVisible(not self._period.currentData())

    def filter(self) -> Filter | None:
        if self._period.currentData():
            return Period(self.column.key, self._period.currentData())
        low, high = self._low.value(), self._high.value()
        return Range(self.column.key, low, high) if low is not None or high is not None else None

    def show_filter(self, each: Filter) -> None:
        if isinstance(each, Period):
            self._period.setCurrentIndex(self._period.findData(each.name))
        elif isinstance(each, Range):
            self._low.set_value(each.low if not isinstance(each.low, Decimal | int) else None)
            self._high.set_value(each.high if not isinstance(each.high, Decimal | int) else None)


def _condition(column: Column) -> _Condition:
    if column.kind in NUMBER_KINDS:
        return _NumberCondition(column)
    if column.kind in DATE_KINDS:
        return _DateCondition(column)
    if column.kind == "flag":
        return _FlagCondition(column)
    return _ChoiceCondition(column) if column.options else _TextCondition(column)


class FilterDialog(Dialog):
    """Chooses a column and a condition on it; `result_filter` is what was asked for."""

    def __init__(self, columns: Sequence[Column], filters: Sequence[Filter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = {each.key: each for each in filters}
        self._columns = [column for column in columns if column.filterable]
        self._choice = QComboBox()
        self._conditions: list[_Condition] = []
        for column in self._columns:
            self._choice.addItem(wording.title(column.title), column.key)
            condition = _condition(column)
            if column.key in self._filters:
                condition.show_filter(self._filters[column.key])
            self._conditions.append(condition)
        self._choice.currentIndexChanged.connect(self._show_condition)
        self._build()
        self._show_condition()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Filter"))
        cancel, done = forms.button(), forms.button("primary", "filter")
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        done.setText(self.tr("&Apply"))
        done.clicked.connect(self.accept)
        done.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(forms.Field(self._choice, self.tr("C&olumn")))
        for condition in self._conditions:
            layout.addWidget(condition)
        layout.addStretch(1)
        layout.addLayout(forms.row(None, cancel, done))
        self.setMinimumWidth(WIDTH)
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_condition(self) -> None:
        """Show what the chosen column asks for, in a window that is as high as that needs."""
        for place, condition in enumerate(self._conditions):
            condition.setVisible(place == self._choice.currentIndex())
        self.adjustSize()

    def choose(self, key: str) -> None:
        """Begin with the column `key`."""
        self._choice.setCurrentIndex(max(0, self._choice.findData(key)))

    @property
    def key(self) -> str:
        """The column that is chosen."""
        return str(self._choice.currentData())

    @property
    def condition(self) -> _Condition:
        """What asks for the condition on the chosen column."""
        return self._conditions[self._choice.currentIndex()]

    def result_filter(self) -> Filter | None:
        """The condition on the chosen column, None for no condition."""
        return self.condition.filter()
