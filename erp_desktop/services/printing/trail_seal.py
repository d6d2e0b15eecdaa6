"""封印证明, the seal of the trail on paper: kept in a safe, it shows later whether somebody rewrote the record."""

from __future__ import annotations

from typing import NamedTuple

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Language, TrailSeal
from erp_desktop.services.printing.labels import Label
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.tables import Column, Place, Remark, signatures, table

TITLE = Label("变更记录封印", "SEAL OF THE RECORD")
HOW_TO_COMPARE = Label(
    "妥善保管本页。日后在服务器上运行 erp-desktop server check --head {seal}，若记录被改写，检查会指出。",
    "Keep this page. Later, erp-desktop server check --head {seal} on the server tells if the record was rewritten.",
)
GROUP, GROUPS_IN_A_LINE = 8, 4


class _Part(NamedTuple):
    place: str
    digits: str


COLUMNS: tuple[Column[_Part], ...] = (
    Column("place", Label("段", "Part"), 36, lambda part: part.place, "center"),
    Column("digits", Label("校验值 (SHA-256)", "Hash (SHA-256)"), 0, lambda part: part.digits, "center"),
)


def trail_seal(data: TrailSeal, language: Language) -> bytes:
    """Return the page as PDF: number, moment and hash, in groups to read and as QR code to scan."""
    seal = f"{data.number}:{data.hash}"
    groups = [data.hash[start : start + GROUP] for start in range(0, len(data.hash), GROUP)]
    starts = range(0, len(groups), GROUPS_IN_A_LINE)
    lines = [
        _Part(f"{start // GROUPS_IN_A_LINE + 1}", " ".join(groups[start : start + GROUPS_IN_A_LINE]))
        for start in starts
    ]
    foot = (Remark(labels.REMARK, HOW_TO_COMPARE.first(language).format(seal=seal)),)
    return render(
        Sheet(
            title=TITLE,
            number=str(data.number),
            company=data.company,
            language=language,
            left=((Label("服务器", "Server"), data.server),),
            right=(
                (labels.NUMBER, str(data.number)),
                (Label("封印时间", "Sealed at"), figures.minute(data.sealed_at)),
            ),
            body=[
                *table(COLUMNS, lines, language, foot=foot, keep_foot=True, numbered=False),
                signatures((Place(Label("打印人", "Printed by"), data.issue.printed_by), Place(labels.DATE)), language),
            ],
            qr_text=seal,
            issue=data.issue,
        )
    )
