"""What the dry run found: how much the file holds, what would be entered with it, and every complaint."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.models.columns import Tone
from erp_desktop.models.i18n import Text
from erp_desktop.models.import_tables import ComplaintTable
from erp_desktop.services.importing.batches import Report
from erp_desktop.services.listing import text_of
from erp_desktop.views.sales.import_tables import TextTableView
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.chips import Chip
from erp_desktop.views.widgets.notice import Notice

_WIDTHS = (60, 130, 150, 80, 400)
_NAMED = 6
_LEAST_HEIGHT = 122


class ImportReport(QWidget):
    """A line of figures, chips with the number of errors and warnings, and the table of complaints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.notice = Notice()
        self._heading, self._figures = forms.text_label("heading"), forms.text_label("strong")
        self._errors, self._warnings, self._fine = Chip(), Chip(), Chip()
        self._newcomers = forms.text_label("muted", wrap=True)
        self.model = ComplaintTable(self)
        self.table = TextTableView(self.model, _WIDTHS, stretch=ComplaintTable.SENTENCE)
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.notice)
        column.addLayout(forms.row(self._heading, self._errors, self._warnings, self._fine, None, self._figures))
        column.addWidget(self._newcomers)
        column.addWidget(self.table, 1)
        self.clear()

    @property
    def has_something(self) -> bool:
        """Whether there is something to show."""
        return self._report is not None or bool(self.notice.text)

    def show_report(self, report: Report) -> None:
        """Show what a dry run found."""
        self._report = report
        self.notice.clear()
        self.retranslate()
        if report.complaints:
            self.table.selectRow(0)

    def refuse(self, sentence: Text) -> None:
        """Show why the file as a whole was refused."""
        self.notice.say(sentence)

    def clear(self) -> None:
        """Show nothing."""
        self._report = None
        self.notice.clear()
        self.model.show_complaints(())
        for part in (self._figures, self._errors, self._warnings, self._fine, self._newcomers, self.table):
            part.setVisible(False)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._heading.setText(self.tr("What was found"))
        self.table.set_name(self.tr("Complaints about the file"))
        report = self._report
        if report is None:
            return
        money = text_of("money")
        self._figures.setText(
            self.tr("{orders}, {lines}: {net} net, {tax} tax").format(
                orders=self.tr("%n orders", "", report.orders),
                lines=self.tr("%n lines", "", report.lines),
                net=money(report.net_amount),
                tax=money(report.tax_amount),
            )
        )
        self._errors.show_state(self.tr("%n errors", "", report.errors), Tone.DANGER)
        self._warnings.show_state(self.tr("%n warnings", "", report.warnings), Tone.WARNING)
        self._fine.show_state(self.tr("Nothing is wrong"), Tone.SUCCESS)
        self._newcomers.setText(self._new_names(report))
        self.model.show_complaints(report.complaints)
        self._figures.setVisible(True)
        self._errors.setVisible(bool(report.errors))
        self._warnings.setVisible(bool(report.warnings))
        self._fine.setVisible(not report.complaints)
        self._newcomers.setVisible(bool(self._newcomers.text()))
        self.table.setVisible(bool(report.complaints))

    def _new_names(self, report: Report) -> str:
        parts = []
        for sentence, newcomers in (
            (self.tr("Unknown customers ({count}): {names}"), report.new_customers),
            (self.tr("Unknown products ({count}): {names}"), report.new_products),
        ):
            if newcomers:
                names = self.tr(", ").join(each.name for each in newcomers[:_NAMED])
                more = self.tr("…") if len(newcomers) > _NAMED else ""
                parts.append(sentence.format(count=f"{len(newcomers):,}", names=names + more))
        return self.tr("; ").join(parts)
