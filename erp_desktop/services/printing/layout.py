"""The one look of all documents: masthead, running head, footer, and the way from a sheet to the bytes of a PDF."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from erp_desktop.services.printing import codes, figures, fonts, text
from erp_desktop.services.printing.data import Company, Issue, Language
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.pen import GREY, MM, PAGE_HEIGHT, PAGE_WIDTH, Pen, clean, fit_size
from erp_desktop.services.printing.pieces import NOTE_SIZE, SIZE, Page, Piece, paginate
from erp_desktop.services.printing.tables import MARGIN, TEXT_WIDTH

PRODUCT = "Tenon"
RIGHT = PAGE_WIDTH - MARGIN
TITLE_BASELINE = 37 * MM
FIELDS_TOP = 52 * MM
RUNNING_TOP = 21 * MM
BOTTOM = PAGE_HEIGHT - 15 * MM
FOOTER_BASELINE = PAGE_HEIGHT - 9 * MM
QR_SIDE = 21 * MM
BAR_HEIGHT = 9 * MM
BAR_MODULE = 0.27 * MM
BAR_WIDTH = 56 * MM
FIELD_LEADING = 13.5
FIELD_LINES = 3
COLUMN_GAP = 7 * MM
LEFT_SHARE = 0.62

_one_document_at_a_time = threading.Lock()
"""The PDF library reads the font files through shared positions, so two threads must not embed them at once."""

Fields = Sequence[tuple[Label, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document ready for drawing: what stands above the body, the body as pieces, and what stands below.

    `left` and `right` are the two columns of fields under the title; fields without a value are left out. The bar code
    holds the number, the QR code `qr_text` or, if that is empty, the number; what is never scanned carries neither.
    """

    title: Label
    number: str
    company: Company
    language: Language
    left: Fields
    right: Fields
    body: Sequence[Piece]
    qr_text: str = ""
    scanned: bool = True
    issue: Issue


def render(sheet: Sheet) -> bytes:
    """Draw a sheet; equal sheets give equal bytes."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as bytes, not as text: smaller and quicker to write
    masthead = _Masthead(sheet)
    pages = paginate(sheet.body, BOTTOM - masthead.bottom, BOTTOM - RUNNING_TOP)
    out = io.BytesIO()
    with _one_document_at_a_time:
        canvas = Canvas(
            out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.face().name,  # type: ignore[arg-type]  # the stub expects a number
            lang="en" if sheet.language == "en" else "zh-CN",
        )
        canvas.setTitle(f"{sheet.title.first(sheet.language)} {clean(sheet.number)}")
        canvas.setAuthor(clean(sheet.company.name))
        canvas.setCreator(PRODUCT)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setViewerPreference("PrintScaling", "None")
        _draw_pages(Pen(canvas), sheet, masthead, pages)
        canvas.save()
    return out.getvalue()


def _draw_pages(pen: Pen, sheet: Sheet, masthead: _Masthead, pages: Sequence[Page]) -> None:
    footer = _footer_text(sheet)
    for index, page in enumerate(pages):
        if index == 0:
            masthead.draw(pen)
        else:
            _draw_running_head(pen, sheet)
        top = RUNNING_TOP if index else masthead.bottom
        for offset, piece in page:
            piece.draw(pen, top + offset)
        pen.text(MARGIN, FOOTER_BASELINE, footer, NOTE_SIZE, grey=GREY)
        number = _page_number(index + 1, len(pages), sheet.language)
        pen.text(RIGHT, FOOTER_BASELINE, number, NOTE_SIZE, grey=GREY, align="right")
        pen.next_page()


def _page_number(page: int, pages: int, language: Language) -> str:
    return f"Page {page} of {pages}" if language == "en" else f"第 {page} 页，共 {pages} 页"


def _footer_text(sheet: Sheet) -> str:
    issue = sheet.issue
    printed = Label("打印", "Printed").first(sheet.language)
    moment = " ".join(filter(None, (figures.minute(issue.printed_at), issue.printed_by)))
    return _one_line(joined(issue.copies_note, f"{printed} {moment}" if moment else ""), TEXT_WIDTH * 0.8, NOTE_SIZE)


def _draw_running_head(pen: Pen, sheet: Sheet) -> None:
    baseline = RUNNING_TOP - 5 * MM
    pen.text(MARGIN, baseline, _one_line(_names(sheet)[0], TEXT_WIDTH * 0.6, SIZE, bold=True), SIZE, bold=True)
    title = joined(sheet.title.first(sheet.language), sheet.number)
    pen.text(RIGHT, baseline, _one_line(title, TEXT_WIDTH * 0.38, SIZE), SIZE, align="right")
    pen.line(MARGIN, baseline + 4, RIGHT, baseline + 4)


def _names(sheet: Sheet) -> tuple[str, str]:
    """The company's names, the one in the document's language first; the second may be empty."""
    company = sheet.company
    if sheet.language == "en" and company.name_en:
        return company.name_en, company.name
    return company.name, company.name_en


def _one_line(words: str, width: float, size: float, *, bold: bool = False) -> str:
    return text.shorten(clean(words), width, fonts.face(bold=bold).measure(size), 1)[0]


class _Masthead:
    """The upper part of the first page, laid out before anything is drawn so that its height is known.

    `bottom` is the distance from the upper edge of the page to where the body begins.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._bar = codes.bar_boxes(sheet.number) if sheet.scanned else None
        if self._bar and self._bar[1] * BAR_MODULE > BAR_WIDTH:
            self._bar = None
        self._qr = codes.qr_boxes(sheet.qr_text or sheet.number) if sheet.scanned else None
        left_width = (TEXT_WIDTH - COLUMN_GAP) * LEFT_SHARE
        right_width = TEXT_WIDTH - COLUMN_GAP - left_width
        self._columns = (
            (MARGIN, _fields(sheet.left, left_width, sheet.language)),
            (RIGHT - right_width, _fields(sheet.right, right_width, sheet.language)),
        )
        lines = max(sum(len(value) for _, value in fields) for _, (_, fields) in self._columns)
        self.bottom = FIELDS_TOP + lines * FIELD_LEADING + 2

    def draw(self, pen: Pen) -> None:
        self._draw_company(pen)
        self._draw_codes(pen)
        self._draw_title(pen)
        for left, (label_width, fields) in self._columns:
            baseline = FIELDS_TOP
            for label, lines in fields:
                pen.text(left, baseline, label, SIZE, grey=GREY)
                for line in lines:
                    pen.text(left + label_width, baseline, line, SIZE)
                    baseline += FIELD_LEADING

    def _draw_company(self, pen: Pen) -> None:
        company = self._sheet.company
        width = TEXT_WIDTH - QR_SIDE - 4 * MM
        first, second = _names(self._sheet)
        size = fit_size(clean(first), width, 15, bold=True, least=10)
        pen.text(MARGIN, 17.5 * MM, _one_line(first, width, size, bold=True), size, bold=True)
        baseline = 22.5 * MM
        if second:
            pen.text(MARGIN, baseline, _one_line(second, width, SIZE + 0.5), SIZE + 0.5)
            baseline += 11.5
        language = self._sheet.language
        address = company.address_en if language == "en" and company.address_en else company.address
        phone = f"{Label('电话', 'Tel.').first(language)} {company.phone}" if company.phone else ""
        details = joined(address, phone, company.email)
        for line in text.shorten(clean(details), width, fonts.face().measure(SIZE - 0.5), 2):
            pen.text(MARGIN, baseline, line, SIZE - 0.5, grey=GREY)
            baseline += 10

    def _draw_title(self, pen: Pen) -> None:
        title = self._sheet.title
        middle = PAGE_WIDTH / 2
        pen.text(middle, TITLE_BASELINE, title.first(self._sheet.language), 17, bold=True, align="center")
        second = title.second(self._sheet.language)
        pen.text(middle, TITLE_BASELINE + 5 * MM, second, SIZE + 1, grey=GREY, align="center")

    def _draw_codes(self, pen: Pen) -> None:
        if self._qr:
            boxes, side = self._qr
            module = QR_SIDE / side
            border = codes.QUIET_MODULES * module
            pen.boxes(boxes, RIGHT - QR_SIDE + border, 10 * MM - border, module, module)
        if self._bar:
            boxes, modules = self._bar
            top = TITLE_BASELINE - 5.5 * MM
            pen.boxes(boxes, RIGHT - modules * BAR_MODULE, top, BAR_MODULE, BAR_HEIGHT)
            pen.text(RIGHT, top + BAR_HEIGHT + 9.5, clean(self._sheet.number), SIZE, align="right")


def _fields(entries: Fields, width: float, language: Language) -> tuple[float, list[tuple[str, list[str]]]]:
    """Lay out one column of fields: the width of its labels, and each label with the lines of its value."""
    filled = [(label.both(language), value) for label, value in entries if value]
    label_width = max((fonts.face().width(label, SIZE) for label, _ in filled), default=0) + 3 * MM
    measure = fonts.face().measure(SIZE)
    return label_width, [
        (label, text.shorten(clean(value), width - label_width, measure, FIELD_LINES)) for label, value in filled
    ]
