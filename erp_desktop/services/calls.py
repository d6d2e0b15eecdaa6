"""A command as the server will hear it, written down so that it can be given again word for word after a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid4

from erp_desktop.services.db import Database
from erp_desktop.services.errors import BugError, Cancelled, ConnectionLost


@dataclass(frozen=True)
class Call:
    """One command: its qualified name, what it says, the version that it was given on, its request id."""

    command: str
    document: Mapping[str, Any]
    version: int | None
    request_id: UUID

    def give(self, database: Database) -> dict[str, Any]:
        """Have the server carry it out; the result of the first time if it did before. Raises ErpError."""
        return database.call(self.command, document=self.document, version=self.version, request_id=self.request_id)

    def says_the_same(self, other: Call) -> bool:
        """Whether both ask for the same, whatever their request ids."""
        return (self.command, self.document, self.version) == (other.command, other.document, other.version)

    def after(self, result: Mapping[str, Any], *, saves: bool) -> Call:
        """The same, given on what an earlier command made of the document: on its new version.

        With `saves` it writes the whole document, so it changes the one that was made if it names none.
        """
        document = {"id": result["id"], **self.document} if saves and "id" in result else self.document
        if document.get("id", self) != result.get("id"):
            return self
        return replace(self, document=document, version=result.get("version", self.version))

    def kept(self) -> dict[str, Any]:
        """As plain values, for a file; `from_kept` reads them."""
        return {**vars(self), "request_id": str(self.request_id)}

    @classmethod
    def from_kept(cls, data: Mapping[str, Any]) -> Self:
        """What `kept` returned. Raises KeyError, ValueError."""
        return cls(data["command"], data["document"], data["version"], UUID(data["request_id"]))


class _Scribe:
    """Stands where a service expects the Database, and writes down what it is told."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def call(
        self,
        function: str,
        *,
        document: Mapping[str, Any] | None = None,
        version: int | None = None,
        request_id: UUID | None = None,
    ) -> dict[str, Any]:
        """Write the command down instead of giving it."""
        self.calls.append(Call(function, document or {}, version, request_id or uuid4()))
        return {}


def write_down(function: Callable[..., dict[str, Any]], arguments: Mapping[str, Any]) -> Call:
    """The one command that `function(database, request_id=…, **arguments)`, a function of a service, would give."""
    scribe = _Scribe()
    function(scribe, request_id=uuid4(), **arguments)
    if len(scribe.calls) != 1:
        raise BugError(message=f"{function} gives {len(scribe.calls)} commands instead of one")
    return scribe.calls[0]


def carry_out(call: Call, database: Database) -> dict[str, Any] | None:
    """Give the command; None if the person cancelled it before it did anything. Raises ErpError.

    When its line broke before it was cancelled nobody knows whether it was carried out: that is a lost connection.
    """
    try:
        return call.give(database)
    except Cancelled as error:
        if isinstance(error.__cause__, ConnectionLost):
            raise error.__cause__ from None
        return None
