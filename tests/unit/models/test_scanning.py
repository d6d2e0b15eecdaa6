"""What a scanner may say to a picking list."""

from __future__ import annotations

from decimal import Decimal

import pytest

from erp_desktop.models.scanning import Scan, ScanError, Scanner, ToPick

ORDER = "SO2611-000123"
LINES = (
    ToPick("CH-501O", 10, Decimal(4), Decimal(1)),
    ToPick("DK-3/2", 20, Decimal(1), Decimal(1)),
    ToPick("CH-501O", 30, Decimal(2), Decimal(0)),
    ToPick("FABRIC", None, Decimal("2.500"), Decimal(0)),
)


@pytest.mark.parametrize(
    ("text", "row", "qty"),
    [
        ("CH-501O", 0, "1"),
        ("  ch-501o \r\n", 0, "1"),
        ("ＣＨ－５０１Ｏ", 0, "1"),
        ("3*CH-501O", 0, "3"),
        ("3 x ch-501o", 0, "3"),
        ("2×CH-501O", 0, "2"),
        ("2.5*FABRIC", 3, "2.5"),
        ("SO2611-000123/30", 2, "1"),
        ("so2611-000123#10", 0, "1"),
        ("2*SO2611-000123/30", 2, "2"),
    ],
)
def test_a_scan_means_a_line(text: str, row: int, qty: str) -> None:
    assert Scanner().read(text, ORDER, LINES) == Scan(row, Decimal(qty))


def test_a_full_line_gives_way_to_the_next_of_the_same_product() -> None:
    lines = (LINES[0], LINES[2])
    full = (ToPick("CH-501O", 10, Decimal(4), Decimal(4)), LINES[2])
    assert Scanner().read("CH-501O", ORDER, lines).row == 0
    assert Scanner().read("CH-501O", ORDER, full).row == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Scan a product"),
        ("   ", "Scan a product"),
        ("0*CH-501O", "above zero"),
        ("DK-3/2", "put it back"),
        ("9*CH-501O", "only 5 are still to be picked"),
        ("XX-1", "XX-1 is not on this delivery note"),
        ("SO2611-000123/70", "Line 70 of the order is not on"),
        ("SO2611-000999/10", "belongs to another order"),
        ("x" * 10_000, "is not on this delivery note"),
        ("'; drop table --", "is not on this delivery note"),
        ("3*", "is not on this delivery note"),
    ],
)
def test_what_does_not_belong_here_says_so(text: str, sentence: str) -> None:
    with pytest.raises(ScanError) as refused:
        Scanner().read(text, ORDER, LINES)
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 200
