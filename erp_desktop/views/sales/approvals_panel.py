"""Who must agree to an order, and what they decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import spoken
from erp_desktop.services.listing import text_of
from erp_desktop.services.sales import Approval, ApprovalPlan, Comparison
from erp_desktop.views.widgets import chips, forms, theme


class ApprovalsPanel(QFrame):
    """The decisions about an order; before it is submitted, on request, who would have to make them.

    Signals:
        asked(): the person wants to know who must approve the order as it stands.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._approvals: Sequence[Approval] = ()
        self._plan: ApprovalPlan | None = None
        self._comparison: Comparison | None = None
        self._may_ask = False
        self._heading = forms.text_label("heading")
        self._ask = forms.button("link")
        self._ask.clicked.connect(self.asked)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2 * theme.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self._heading)
        column.addLayout(self._rows)
        column.addLayout(forms.row(self._ask, None))
        column.addStretch(1)
        self._retranslate()

    def show_approvals(
        self, approvals: Sequence[Approval], may_ask: bool, comparison: Comparison | None = None
    ) -> None:
        """Show decisions of the latest version that was submitted; `may_ask`: the order can still be submitted.

        `comparison` tells the approvers that the order has the prices of another day.
        """
        latest = max((each.version for each in approvals), default=0)
        self._approvals = [each for each in approvals if each.version == latest]
        self._may_ask = may_ask
        self._comparison = comparison
        self._show()

    def show_plan(self, plan: ApprovalPlan | None) -> None:
        """Show who would have to approve the order as it stands; None when it changed since it was asked."""
        self._plan = plan
        self._show()

    def texts(self) -> list[str]:
        """What is shown: a line per level, and what is to be known beside it."""
        if self._plan is not None:
            return self._plan_texts(self._plan)
        return [self._approval_text(each) for each in self._approvals] + self._comparison_texts(self._comparison)

    def _plan_texts(self, plan: ApprovalPlan) -> list[str]:
        texts = [
            self.tr("Level {level}: {people}").format(
                level=level.level, people=self.tr(", ").join(level.people) or self.tr("nobody at present")
            )
            for level in plan.levels
        ]
        if plan.over_credit:
            texts.append(self.tr("Over the customer's credit limit: it will be on hold until it is released."))
        texts = texts or [self.tr("Nobody: it is confirmed as soon as it is submitted.")]
        return texts + self._comparison_texts(plan.comparison)

    def _comparison_texts(self, comparison: Comparison | None) -> list[str]:
        if comparison is None:
            return []
        day, money = text_of("date"), text_of("money")
        return [
            self.tr(
                "Priced by the list of {priced_on}: {amount} before tax. By the customer's list of {compared_on} it"
                " would be {current_amount}. The greater discount of both counts."
            ).format(
                priced_on=day(comparison.priced_on),
                amount=money(comparison.net_amount),
                compared_on=day(comparison.compared_on),
                current_amount=money(comparison.current_amount),
            )
        ]

    def _approval_text(self, approval: Approval) -> str:
        who = spoken(approval.who_zh, approval.who_en)
        heading = self.tr("Level {level}").format(level=approval.level)
        return f"{heading} · {who}" if who else heading

    def _show(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._plan is not None:
            for text in self._plan_texts(self._plan):
                self._rows.addWidget(forms.text_label("", text, wrap=True))
        else:
            for each in self._approvals:
                self._rows.addWidget(self._decision(each))
            for text in self._comparison_texts(self._comparison):
                self._rows.addWidget(forms.text_label("", text, wrap=True))
        self._ask.setVisible(self._may_ask and self._plan is None)
        self.setVisible(self._may_ask or bool(self._approvals) or self._comparison is not None)

    def _decision(self, approval: Approval) -> QWidget:
        row = QWidget()
        chip = chips.Chip(wording.word(approval.decision), wording.tone(approval.decision))
        line = forms.row(forms.text_label("", self._approval_text(approval)), None, chip)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        if approval.comment:
            column.addWidget(forms.text_label("small", approval.comment, wrap=True))
        return row

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Approvals"))
        self._ask.setText(self.tr("Who must appro&ve this?"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
