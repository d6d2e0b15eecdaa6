"""How pieces share pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.services.printing.pieces import Box, Heading, Page, Piece, Row, Space, TextLine, paginate

FIRST_ROOM, ROOM = 150.0, 200.0
HEAD = Row((Box(0, 10, (TextLine("head"),)),), shaded=True)


def row(lines: int, *, keep: bool = False, head: Piece | None = HEAD) -> Row:
    return Row((Box(0, 10, tuple(TextLine(str(number)) for number in range(lines))),), keep=keep, head=head)


def used_height(page: Page) -> float:
    return page[-1][0] + page[-1][1].height if page else 0


def lines_of(pages: list[Page]) -> list[str]:
    rows = [piece for page in pages for _, piece in page if isinstance(piece, Row) and piece is not HEAD]
    return [line.words for piece in rows for line in piece.cells[0].lines]


@given(st.lists(st.tuples(st.integers(min_value=1, max_value=80), st.booleans()), max_size=30))
def test_nothing_is_lost_and_no_page_overflows(rows: list[tuple[int, bool]]) -> None:
    pieces = [row(lines, keep=keep) for lines, keep in rows]
    pages = paginate(pieces, FIRST_ROOM, ROOM)
    assert lines_of(pages) == [str(number) for lines, _ in rows for number in range(lines)]
    assert used_height(pages[0]) <= FIRST_ROOM
    assert all(used_height(page) <= ROOM for page in pages[1:])
    assert all(page for page in pages[1:])


@given(st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=30))
def test_the_heading_stands_on_each_page_of_the_table(lines: list[int]) -> None:
    pages = paginate([row(count) for count in lines], FIRST_ROOM, ROOM)
    filled = [page for page in pages if page]
    assert all(page[0][1] is HEAD and sum(piece is HEAD for _, piece in page) == 1 for page in filled)


def test_a_row_stays_with_the_one_it_is_bound_to() -> None:
    pages = paginate([row(5), row(1, keep=True), row(1, keep=True), row(4)], FIRST_ROOM, ROOM)
    assert [len([piece for _, piece in page if piece is not HEAD]) for page in pages] == [1, 3]


def test_a_block_title_never_stands_alone_at_the_foot() -> None:
    title = Heading(0, "用料", 30, "Materials")
    pages = paginate([row(8), title, row(3)], FIRST_ROOM, ROOM)
    assert pages[1][0][1] is title


def test_no_page_begins_with_empty_space() -> None:
    pages = paginate([row(11, head=None), Space(40), row(3, head=None)], FIRST_ROOM, ROOM)
    assert [type(piece) for _, piece in pages[1]] == [Row]
    assert pages[1][0][0] == 0


def test_a_row_of_few_lines_is_not_split() -> None:
    pages = paginate([row(6), row(8)], FIRST_ROOM, ROOM)
    assert [len(page[-1][1].cells[0].lines) for page in pages] == [6, 8]
