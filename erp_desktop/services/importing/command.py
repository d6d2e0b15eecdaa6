"""`erp-desktop import orders`: a file of orders from the command line, by the rights of whoever logs in."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from erp_desktop.schema.crm import customers
from erp_desktop.services import auth, keyring_store, profiles
from erp_desktop.services.auth import Session
from erp_desktop.services.db import Profile
from erp_desktop.services.errors import InvalidInput, KnownError, LoginRefused, NotVisible
from erp_desktop.services.importing import batches, columns, files
from erp_desktop.services.importing.batches import Imported, Report
from erp_desktop.services.importing.orders import Settings

DONE, FAILED = 0, 1


@dataclass(frozen=True)
class Choices:
    """What may be said of a file on the command line, by codes."""

    customer: str = ""
    branch: str = ""
    promise_days: int = 15
    create_customers: bool = False
    create_products: bool = False


def import_orders(
    file: Path, *, dry_run: bool, server: str | None, login: str, as_json: bool, choices: Choices | None = None
) -> int:
    """Check a file and, unless that is all, import it; 0 done, 1 nothing was imported because of errors.

    Raises ErpError: no such server, wrong password, a file that can't be read, a right that is missing.
    """
    loaded = files.load(file)
    profile = _profile(server)
    session = _log_in(profile, login)
    try:
        settings = _settings(session, choices or Choices())
        draft, report = batches.prepare(session.database, loaded, columns.guess(loaded.table.headings), settings)
        imported = None if dry_run or report.errors else batches.commit(session.database, draft)
    finally:
        auth.log_out(session)
    _show(file, report, imported, as_json)
    if report.errors:
        print(
            f"Correct the file and import it again: it has {report.errors} errors, nothing was written.",
            file=sys.stderr,
        )
    return FAILED if report.errors else DONE


def _profile(name: str | None) -> Profile:
    known = profiles.load()
    found = known.get(name or known.default) or (known.items[0] if not name and len(known.items) == 1 else None)
    if found is None:
        names = [profile.name for profile in known.items] or ["-"]
        raise KnownError("UX701", {"server": name or "", "servers": names})
    return found


def _log_in(profile: Profile, login: str) -> Session:
    """Log in by the remembered password, else the one that is typed, or the first line of what is piped in.

    A remembered password that is refused is forgotten: tried again and again it would lock the account.
    """
    remembered = keyring_store.recall(profile, login)[0] if sys.stdin.isatty() else None
    try:
        return auth.log_in(profile, login, remembered or _password(login), partial(_code, login))
    except LoginRefused as error:
        if remembered is None or error.code != "UA101":
            raise
        keyring_store.forget(profile, login, remembered)
        raise LoginRefused("UX104", message=error.message) from error


def _password(login: str) -> str:
    """The password that is typed, or the first line of what is piped in."""
    return getpass.getpass(f"Password of {login}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _code(login: str) -> str:
    """The one-time code that is typed, or the next line of what is piped in."""
    return getpass.getpass(f"Code of {login}: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _settings(session: Session, choices: Choices) -> Settings:
    customer_id = None
    if choices.customer:
        rows = session.database.rows(select(customers.c.id).where(customers.c.code == choices.customer))
        if not rows:
            raise NotVisible("UV701", {"value": choices.customer})
        customer_id = rows[0].id
    branch_id = next((branch.id for branch in session.branches if branch.code == choices.branch), None)
    if choices.branch and branch_id is None:
        raise InvalidInput("UV709", {"value": choices.branch})
    return Settings(
        customer_id=customer_id,
        branch_id=branch_id,
        promise_days=choices.promise_days,
        create_customers=choices.create_customers,
        create_products=choices.create_products,
    )


def _show(file: Path, report: Report, imported: Imported | None, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_plain(file, report, imported), ensure_ascii=False, default=str))
        return
    print(
        f"{file.name}: {report.orders} orders, {report.lines} lines, {report.net_amount} net, {report.tax_amount} tax"
    )
    for each in report.complaints:
        where = f"row {each.row}" if each.row else "file"
        kind = "error" if each.is_error else "warning"
        print(f"{kind:8} {where:10} {each.column}: {each.sentence('en')}")
    if imported:
        print(f"Imported as batch {imported.id}: {imported.orders} orders, {imported.gross_amount} with tax.")


def _plain(file: Path, report: Report, imported: Imported | None) -> dict[str, Any]:
    told = asdict(report)
    told["complaints"] = [
        {
            "row": each.row,
            "column": each.column,
            "value": each.value,
            "code": each.code,
            "sentence": each.sentence("en"),
            "is_error": each.is_error,
        }
        for each in report.complaints
    ]
    return {"file": file.name} | told | {"imported": asdict(imported) if imported else None}
