"""Everything that can go wrong, as one hierarchy, and the sentences that tell people what helps.

The database names a code and parameters; the sentences are in `resources/i18n/sentences.toml`, in both languages. A
`KnownError` tells of the world (a refusal, the network, a full disk); a `BugError` tells of a fault in the program.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import psycopg2

from erp_desktop.resources import resource_path

if TYPE_CHECKING:
    from psycopg2.extensions import Diagnostics


class ErpError(Exception):
    """An error with a code that leads to its sentence.

    `code` is a SQLSTATE: one of `server_sql/ERROR_CODES.md`, or one of PostgreSQL's own. `params` fill the sentence,
    `field` names the field of the document to be marked (or is empty), `message` is English text for the log.
    """

    default_code: ClassVar[str] = "XX000"

    def __init__(
        self, code: str = "", params: Mapping[str, Any] | None = None, field: str = "", message: str = ""
    ) -> None:
        self.code = code or self.default_code
        self.params: dict[str, Any] = dict(params or {})
        self.field = field
        self.message = message
        super().__init__(f"{self.code} {message}".strip())


class KnownError(ErpError):
    """Not the program's fault: there is a remedy, and a sentence that names it."""


class BugError(ErpError):
    """A fault in the program; shown with details to be copied."""


class InvalidInput(KnownError):
    """UV… and class 22: what was entered can't be; `field` tells where."""

    default_code = "UV001"


class WrongState(KnownError):
    """US…: the document's state does not allow it."""

    default_code = "US001"


class Shortage(KnownError):
    """UQ…: there is not enough of something."""


class Locked(KnownError):
    """UL…: a period, a credit limit or another lock stands in the way."""

    default_code = "UL001"


class ChangedMeanwhile(KnownError):
    """UC…: someone else changed the document since it was read."""

    default_code = "UC001"


class NotVisible(KnownError):
    """UN…: the record is not there, or not for this person."""

    default_code = "UN001"


class NotAllowed(KnownError):
    """UA… and 42501: the right is missing."""

    default_code = "UA001"


class ConstraintViolated(KnownError):
    """Class 23: a rule of the tables; params `constraint`, `table` and `field`."""

    default_code = "23000"


class ConnectionLost(KnownError):
    """Classes 08 and 57P: the server went away. What was saved is saved; a command may be sent again by its id."""

    default_code = "08006"


class ServerUnreachable(ConnectionLost):
    """No connection could be made at all: host, port, TLS, or a server that turns people away."""

    default_code = "08001"


class CertificateNotTrusted(ServerUnreachable):
    """The server's TLS certificate is not what the connection profile demands, or the server offers no TLS."""

    default_code = "08T01"


class VersionMismatch(KnownError):
    """This client and the server don't fit together."""

    default_code = "08V01"


class ServerBusy(KnownError):
    """Classes 40 and 53, 55P03: try again in a moment, or make room."""

    default_code = "53000"


class Cancelled(KnownError):
    """57014: the person cancelled; shown as nothing."""

    default_code = "57014"


class LoginRefused(KnownError):
    """The gate said no: wrong name or password, locked, disabled, too slow."""

    default_code = "UA101"


class SessionOver(LoginRefused):
    """28…: the person's role no longer opens connections: the session ended, or the account was shut."""

    default_code = "28P01"


class KeyringUnavailable(KnownError):
    """The computer's keyring can't keep or give a password."""

    default_code = "UX101"


_LONGEST_QUOTE = 200

_BY_LETTER: Mapping[str, type[ErpError]] = {
    "V": InvalidInput,
    "S": WrongState,
    "Q": Shortage,
    "L": Locked,
    "C": ChangedMeanwhile,
    "N": NotVisible,
    "A": NotAllowed,
}

_BY_CODE: Mapping[str, type[ErpError]] = {
    "22001": InvalidInput,
    "22003": InvalidInput,
    "22007": InvalidInput,
    "22008": InvalidInput,
    "22021": InvalidInput,
    "22P02": InvalidInput,
    "22P05": InvalidInput,
    "25006": ServerBusy,
    "3D000": ServerUnreachable,
    "42501": NotAllowed,
    "55P03": ServerBusy,
    "57014": Cancelled,
}

_BY_CLASS: Mapping[str, type[ErpError]] = {
    "08": ConnectionLost,
    "23": ConstraintViolated,
    "28": SessionOver,
    "40": ServerBusy,
    "53": ServerBusy,
    "57": ConnectionLost,
    "58": ServerBusy,
}


def from_database(error: BaseException) -> ErpError:
    """The error of ours for what psycopg2 or SQLAlchemy raised; an ErpError comes back as it is."""
    if isinstance(error, ErpError):
        return error
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, ErpError):
        return cause
    if not isinstance(cause, psycopg2.Error):
        return BugError(message=f"{type(cause).__name__}: {cause}")
    code = cause.pgcode or ""
    if not code and isinstance(cause, psycopg2.OperationalError | psycopg2.InterfaceError):
        # libpq gives no SQLSTATE when the connection itself broke.
        return ConnectionLost(message=_one_line(cause))
    return from_sqlstate(code, cause.diag, _one_line(cause))


def from_sqlstate(code: str, diag: Diagnostics | None = None, message: str = "") -> ErpError:
    """The error of ours for a SQLSTATE; `diag` holds the parameters of our own refusals."""
    if len(code) == 5 and code[0] == "U" and code[1] in _BY_LETTER:
        field = (diag.column_name if diag else None) or ""
        return _BY_LETTER[code[1]](code, _params(diag), field, (diag.message_primary if diag else None) or message)
    if code[:2] == "23":
        return _constraint_error(code, diag, message)
    kind = _BY_CODE.get(code) or _BY_CLASS.get(code[:2]) or BugError
    return kind(code, message=message)


def sentence(error: BaseException, language: str, title_of: Callable[[str], str] = str) -> str:
    """What happened and what helps, in Chinese (`zh…`) or English; an unknown code gets the sentence for bugs.

    `title_of` says how a field that the error names is called on the screen.
    """
    words = "zh" if language.startswith("zh") else "en"
    code = error.code if isinstance(error, KnownError) else "bug"
    params = error.params if isinstance(error, ErpError) else {}
    entries = _sentences()
    entry = entries.get(code) or entries.get(code[:2]) or entries["bug"]
    # A message is a whole sentence: whoever made it has shortened what it quotes, and its remedy may come last.
    shown = {name: str(value) if name == "message" else _shown(value, words) for name, value in params.items()}
    if "field" in shown:
        shown["field"] = title_of(shown["field"])
    return entry[words].format_map(_Shown(shown, code=getattr(error, "code", "")))


def shortened(text: str) -> str:
    """What somebody else said, short enough to be quoted in a sentence."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


class _Shown(dict[str, str]):
    """Values for a sentence; one that is missing must not hide the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource_path("i18n", "sentences.toml").read_text(encoding="utf-8"))


def _shown(value: object, language: str) -> str:
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(_shown(each, language) for each in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # 3, not 3.000
    return shortened("" if value is None else str(value))


def _params(diag: Diagnostics | None) -> dict[str, Any]:
    try:
        params = json.loads((diag.message_detail if diag else None) or "{}", parse_float=Decimal)
    except ValueError:
        return {}
    return params if isinstance(params, dict) else {}


def _constraint_error(code: str, diag: Diagnostics | None, message: str) -> ConstraintViolated:
    constraint = (diag.constraint_name if diag else None) or ""
    table = (diag.table_name if diag else None) or ""
    field = (diag.column_name if diag else None) or field_of_constraint(constraint, table)
    params = {"constraint": constraint, "table": table, "field": field}
    return ConstraintViolated(code, params, field, message)


def field_of_constraint(constraint: str, table: str) -> str:
    """The column in a default constraint name: `users_login_key` of `users` is about `login`; empty if none is."""
    name = constraint.removeprefix(f"{table}_")
    if name == constraint:
        return ""
    for ending in ("_key", "_fkey", "_check", "_excl", "_not_null"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return ""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
