"""What can go wrong with a server as a whole: making, changing, starting it."""

from __future__ import annotations

from erp_desktop.services.errors import KnownError


class ServerError(KnownError):
    """A server can't be made, changed or started; the message is one English sentence with the cause and the remedy.

    Errors that people meet in the desktop have a code of their own, so that they are told in their language.
    """

    default_code = "UX001"

    def __init__(self, message: str, code: str = "", **params: object) -> None:
        super().__init__(code, {**params, "message": message}, message=message)
