"""The screens of finance, on a real server: what was shipped is billed, issued, printed, paid and posted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.services import clock, finance
from erp_desktop.services.listing import OneOf
from erp_desktop.views.finance.invoice_page import InvoicePage
from erp_desktop.views.finance.invoices_page import InvoicesPage
from erp_desktop.views.finance.journal_page import JournalPage
from erp_desktop.views.finance.payment_page import PaymentPage
from erp_desktop.views.finance.payments_page import PaymentsPage
from erp_desktop.views.finance.printing import StatementDialog
from erp_desktop.views.finance.to_invoice_page import ToInvoicePage
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.page import Page
from erp_desktop.views.widgets.print_preview import PrintPreview
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import confirm, ship, stock_up
from tests.helpers.workplace import Workplace
from tests.unit.services.printing.reading import text_of
from tests.views.conftest import Told

P = TypeVar("P", bound=Page)
WAIT = 10_000
CHAIRS = Decimal("541.27")
"""Two chairs of 239.50 with 13 % tax."""


def shipped_order(workplace: Workplace, chairs: int = 2) -> int:
    """An order of 云山酒店, shipped and not billed."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=chairs)
        order_id = confirm(stage, [("CHAIR", chairs)])
        ship(stage, order_id)
    return order_id


def invoice(workplace: Workplace, issue: bool = True) -> int:
    """An invoice for two chairs, issued or still a draft."""
    order_id = shipped_order(workplace)
    with workplace.happens() as stage:
        made = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
        if issue:
            stage.call("finance", "finance.issue_invoice", {"id": made["id"]}, made["version"])
    number: int = made["id"]
    return number


@pytest.fixture
def opened(at_work: Callable[[str], Shell], qtbot: QtBot) -> Callable[..., P]:
    """Opens a screen or a document as finance."""
    shell = at_work("finance")

    def open_page(kind: type[P], document_id: int | None = None, **preset: object) -> P:
        if kind.code:
            page = shell.open_screen(kind.code)
        else:
            page = shell.open_document(kind.kind, document_id, **preset)
        assert isinstance(page, kind)
        if isinstance(page, InvoicePage | PaymentPage) and document_id is not None:
            qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=WAIT)
        return page

    return open_page


def select(qtbot: QtBot, page: InvoicesPage | ToInvoicePage | PaymentsPage | JournalPage, *ids: int) -> None:
    """Select rows of a list as soon as they are there."""
    page.reload()
    qtbot.waitUntil(lambda: set(ids) <= {page.model.row_id(row) for row in range(page.model.count)}, timeout=WAIT)
    page.table.select_ids(list(ids))
    qtbot.waitUntil(lambda: len(page.selected_values()) == len(ids), timeout=WAIT)


def state_of(page: InvoicePage | PaymentPage) -> str:
    return page.shown_facts.state if page.shown_facts is not None else ""


def preview(qtbot: QtBot, page: Page) -> PrintPreview:
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=WAIT)
    window = page.findChildren(PrintPreview)[0]
    qtbot.waitUntil(lambda: bool(window._pdf), timeout=WAIT)
    return window


def test_a_shipped_order_is_drafted_and_its_draft_opens(
    opened: Callable[..., P], qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    order_id = shipped_order(workplace)
    page = opened(ToInvoicePage)
    select(qtbot, page, order_id)
    assert page.draft_action.isEnabled()
    page.draft_action.trigger()
    qtbot.waitUntil(lambda: bool(told.messages), timeout=WAIT)
    assert told.messages[0][0] == "success" and told.messages[0][1].startswith("1 invoice")
    shell = page.window()
    assert isinstance(shell, Shell)
    draft = next(each for each in shell.pages() if isinstance(each, InvoicePage))
    qtbot.waitUntil(lambda: state_of(draft) == "draft", timeout=WAIT)
    assert draft.lines.lines()[0]["gross_amount"] == CHAIRS
    assert draft.issue_action.isVisible() and draft.discard_action.isVisible()
    shell.open_screen("finance.to_invoice")
    qtbot.waitUntil(lambda: order_id not in {page.model.row_id(row) for row in range(page.model.count)}, timeout=WAIT)


def test_several_orders_are_drafted_and_the_list_of_drafts_opens(
    opened: Callable[..., P], qtbot: QtBot, workplace: Workplace
) -> None:
    orders = [shipped_order(workplace), shipped_order(workplace)]
    page = opened(ToInvoicePage)
    select(qtbot, page, *orders)
    page.draft_action.trigger()
    shell = page.window()
    assert isinstance(shell, Shell)
    qtbot.waitUntil(lambda: any(isinstance(each, InvoicesPage) for each in shell.pages()), timeout=WAIT)
    drafts = next(each for each in shell.pages() if isinstance(each, InvoicesPage))
    assert drafts.model.query.filters == (OneOf("state", ("draft",)),)
    qtbot.waitUntil(lambda: drafts.model.count >= 2, timeout=WAIT)


def test_an_invoice_is_issued_and_shows_what_it_posted(
    opened: Callable[..., P], qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    page = opened(InvoicePage, invoice(workplace, issue=False))
    assert page.shown_facts is not None and page.shown_facts.number == ""
    assert page._totals.words.text() == "人民币 伍佰肆拾壹元贰角柒分"
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "issued", timeout=WAIT)
    qtbot.waitUntil(lambda: bool(told.messages), timeout=WAIT)
    assert page.shown_facts.number.startswith("INV")
    posted = {line["account_code"]: line["debit"] or -line["credit"] for line in page.entries.lines()}
    assert posted == {"1122": CHAIRS, "6001": Decimal("-479.00"), "222101": Decimal("-62.27")}
    assert not page.issue_action.isVisible() and page.pay_action.isVisible()
    assert page.timeline.texts()[0].startswith("Issued")


def test_a_draft_is_thrown_away(opened: Callable[..., P], qtbot: QtBot, told: Told, workplace: Workplace) -> None:
    number = invoice(workplace, issue=False)
    page = opened(InvoicePage, number)
    shell = page.window()
    assert isinstance(shell, Shell)
    page.discard()
    qtbot.waitUntil(lambda: not any(isinstance(each, InvoicePage) for each in shell.pages()), timeout=WAIT)
    assert told.messages[0] == ("success", "The draft is discarded.")
    assert workplace.company.database.rows("select id from finance.invoices where id = %s", number) == []


def test_an_invoice_prints_in_both_languages(opened: Callable[..., P], qtbot: QtBot, workplace: Workplace) -> None:
    page = opened(InvoicePage, invoice(workplace))
    page.print_action.trigger()
    text = text_of(preview(qtbot, page)._pdf)
    assert page.shown_facts is not None and page.shown_facts.number in text
    assert "COMMERCIAL INVOICE" in text and "541.27" in text
    i18n.set_language("zh_CN")
    page.findChildren(PrintPreview)[0].close()
    page.print_action.trigger()
    qtbot.waitUntil(lambda: len(page.findChildren(PrintPreview)) == 1 and bool(preview(qtbot, page)._pdf), timeout=WAIT)
    chinese = text_of(preview(qtbot, page)._pdf)
    assert "销售发票" in chinese and "伍佰肆拾壹元贰角柒分" in chinese and "餐椅" in chinese


def test_a_payment_is_recorded_and_settles_what_was_proposed(
    opened: Callable[..., P], qtbot: QtBot, workplace: Workplace
) -> None:
    number = invoice(workplace)
    bill = opened(InvoicePage, number)
    bill.pay_action.trigger()
    shell = bill.window()
    assert isinstance(shell, Shell)
    page = next(each for each in shell.pages() if isinstance(each, PaymentPage))
    qtbot.waitUntil(lambda: page.allocation.row_of(number) >= 0, timeout=WAIT)
    assert page.header.amount.value() == CHAIRS
    assert not page.modified  # nothing is typed yet
    row = page.allocation.row_of(number)
    page._propose()
    for line in range(page.allocation.rowCount()):
        amount = str(CHAIRS) if line == row else ""
        page.allocation.setData(page.allocation.index(line, page.allocation.place_of("amount")), amount)
    page.header.reference.setText("B-77")
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "allocated", timeout=WAIT)
    assert [line["number"] for line in page.settled.lines()] == [bill.shown_facts.number if bill.shown_facts else ""]
    assert {line["account_code"] for line in page.entries.lines()} == {"1002", "2203", "1122"}
    assert not page.allocate_action.isVisible()
    for language, name in (("zh_CN", "云山酒店"), ("en", "Yunshan Hotel")):
        i18n.set_language(language)
        qtbot.waitUntil(lambda name=name: page.header.customer.text() == f"{name}  C1", timeout=WAIT)
    shell.open_document("invoice", number)
    qtbot.waitUntil(lambda: state_of(bill) == "paid", timeout=WAIT)  # it heard of it behind the other page
    assert [line["amount"] for line in bill.payments.lines()] == [CHAIRS]


def test_more_than_was_received_is_not_allocated(opened: Callable[..., P], qtbot: QtBot, workplace: Workplace) -> None:
    number = invoice(workplace)
    page = opened(PaymentPage, customer_id=workplace.company.id_of("customer", "C1"), amount=Decimal("100.00"))
    qtbot.waitUntil(lambda: page.allocation.row_of(number) >= 0, timeout=WAIT)
    cell = page.allocation.index(page.allocation.row_of(number), page.allocation.place_of("amount"))
    page.allocation.setData(cell, "9999")
    page.save()
    assert page._notice.text == "Allocate at most what each invoice has open."
    page.allocation.setData(cell, "500")
    page.save()
    assert page._notice.text.startswith("Allocate less")
    assert page.document_id is None
    page.allocation.setData(cell, "plenty")
    page.save()
    assert page.allocation.complaints() != [] and page.document_id is None


def test_what_is_missing_is_asked_for_at_its_field(opened: Callable[..., P]) -> None:
    page = opened(PaymentPage)
    page.save()
    assert "can't be empty" in page._labels["customer_id"].message
    assert page.header.customer.hasFocus()


def test_the_same_bank_reference_is_refused_and_what_was_typed_stays(
    opened: Callable[..., P], qtbot: QtBot, workplace: Workplace
) -> None:
    customer = workplace.company.id_of("customer", "C2")
    first = opened(PaymentPage, customer_id=customer, amount=Decimal("5.00"))
    qtbot.waitUntil(lambda: first.header.customer_id() == customer, timeout=WAIT)
    first.header.reference.setText("TWICE")
    first.save()
    qtbot.waitUntil(lambda: state_of(first) == "unallocated", timeout=WAIT)
    second = opened(PaymentPage, customer_id=customer, amount=Decimal("6.00"))
    qtbot.waitUntil(lambda: second.header.customer_id() == customer, timeout=WAIT)
    second.header.reference.setText("TWICE")
    second.save()
    refused = lambda: second._notice.text or second._labels["reference"].message  # noqa: E731
    qtbot.waitUntil(lambda: bool(refused()), timeout=WAIT)
    assert second.header.amount.value() == Decimal("6.00") and second.document_id is None


def test_the_rest_of_a_payment_is_allocated_later(opened: Callable[..., P], qtbot: QtBot, workplace: Workplace) -> None:
    with workplace.happens() as stage:
        money = {"customer_id": stage.id_of("customer", "C1"), "method": "cash", "amount": "40.00"}
        money["received_on"] = str(stage.value("select current_date"))
        paid = stage.call("finance", "finance.record_payment", money)
    invoice(workplace)
    page = opened(PaymentPage, paid["id"])
    assert page.allocation.total() == Decimal("40.00")  # proposed
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "allocated", timeout=WAIT)
    assert {line["account_code"] for line in page.entries.lines()} >= {"1001", "2203", "1122"}


def test_drafts_are_issued_from_the_list_and_others_are_not(
    opened: Callable[..., P], qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    issued, *drafts = invoice(workplace), invoice(workplace, issue=False), invoice(workplace, issue=False)
    page = opened(InvoicesPage)
    select(qtbot, page, issued)
    page.issue_action.trigger()
    assert told.messages == [("warning", "Select drafts: only those can be issued.")]
    select(qtbot, page, *drafts)
    page.issue_action.trigger()
    qtbot.waitUntil(lambda: ("success", "2 invoices issued") == told.messages[-1], timeout=WAIT)


def test_a_statement_adds_up(opened: Callable[..., P], qtbot: QtBot, workplace: Workplace) -> None:
    number = invoice(workplace)
    page = opened(InvoicesPage)
    select(qtbot, page, number)
    row = page.selected_values()[0]
    dialog = StatementDialog(page.context.session.database, int(row["customer_id"]), row["customer_name"], page)
    first, last = dialog.period() or (None, None)
    assert first is not None and last is not None and first.day == 1 and first < last
    dialog._to.set_typed("2020-01-01")
    assert dialog.period() is None and not dialog._show.isEnabled()
    dialog._to.set_value(last)
    dialog._preview()
    text = text_of(preview(qtbot, page)._pdf)
    assert "STATEMENT OF ACCOUNT" in text and "云山酒店" in text and "541.27" in text


def test_the_journal_balances_and_leads_to_its_documents(
    opened: Callable[..., P], qtbot: QtBot, workplace: Workplace
) -> None:
    number = invoice(workplace)
    page = opened(JournalPage)
    qtbot.waitUntil(lambda: page.model.summary is not None and page.model.summary.count > 0, timeout=WAIT)
    assert page.model.summary is not None
    assert page.model.summary.sums["debit"] == page.model.summary.sums["credit"] > 0
    (line,) = workplace.company.database.rows(
        "select max(id) from finance.journal_list where document_type = 'invoice' and document_id = %s", number
    )
    select(qtbot, page, line[0])
    page.entry_action.trigger()
    qtbot.waitUntil(lambda: page.model.count == 3, timeout=WAIT)
    select(qtbot, page, line[0])
    page.document_action.trigger()
    shell = page.window()
    assert isinstance(shell, Shell)
    assert any(isinstance(each, InvoicePage) and each.document_id == number for each in shell.pages())


def test_everything_is_found_and_counted(workplace: Workplace) -> None:
    number = invoice(workplace)
    database = workplace.database("finance")
    before = finance.count_to_invoice(database)
    shipped_order(workplace)
    assert finance.count_to_invoice(database) == before + 1
    assert number in [hit[0] for hit in finance.find_invoices(database, "ysjd", 50)]
    finance.record_payment(
        database,
        customer_id=workplace.company.id_of("customer", "C1"),
        received_on=clock.today(),
        method="cash",
        amount=Decimal("1.00"),
    )
    payments = finance.find_payments(database, "PAY", 50)
    assert payments and all(title.startswith("PAY") for _, title, _ in payments)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name_in_both_languages(opened: Callable[..., P], language: str) -> None:
    i18n.set_language(language)
    for page_class in (ToInvoicePage, InvoicesPage, PaymentsPage, JournalPage, PaymentPage):
        assert unnamed_controls(opened(page_class)) == []


def test_an_executive_reads_and_is_offered_nothing(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    number = invoice(workplace, issue=False)
    shell = at_work("executive")
    assert shell.open_screen("finance.to_invoice") is None
    page = shell.open_document("invoice", number)
    assert isinstance(page, InvoicePage)
    qtbot.waitUntil(lambda: state_of(page) == "draft", timeout=WAIT)
    assert not any(action.isVisible() for action in (page.issue_action, page.discard_action, page.pay_action))
    payments = shell.open_screen("finance.payments")
    assert isinstance(payments, PaymentsPage) and not payments.new_action.isVisible()
