"""What every printed document states beside its own rows: the company that issues it, and who printed it when."""

from __future__ import annotations

from sqlalchemy import func, select

from erp_desktop.schema import auth, org
from erp_desktop.services.db import Database
from erp_desktop.services.errors import BugError
from erp_desktop.services.printing.data import Company, Issue, Language


def company(database: Database) -> Company:
    """The company that this database serves."""
    table = org.companies
    rows = database.rows(select(table))
    if not rows:
        raise BugError(message="the database holds no company")
    row = rows[0]
    return Company(
        name=row.name_zh,
        name_en=row.name_en,
        address=row.address_zh,
        address_en=row.address_en,
        phone=row.phone,
        tax_number=row.tax_number,
        bank_name=row.bank_name,
        bank_account=row.bank_account,
    )


def issue(database: Database, language: Language, prepared_by: str = "") -> Issue:
    """Who prints the document now, by the server's clock, and who prepared it."""
    person = auth.people
    rows = database.rows(
        select(func.now(), person.c.display_name, person.c.display_name_en).where(person.c.id == func.auth.user_id())
    )
    now, name_zh, name_en = rows[0]
    return Issue(prepared_by=prepared_by, printed_by=in_language(language, name_zh, name_en), printed_at=now)


def in_language(language: Language, text_zh: str, text_en: str) -> str:
    """The text in that language, the other one where it is missing."""
    return (text_en or text_zh) if language == "en" else (text_zh or text_en)
