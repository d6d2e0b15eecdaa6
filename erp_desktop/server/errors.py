"""What can go wrong with a server as a whole; each error carries one sentence with the cause and the remedy."""

from __future__ import annotations


class ServerError(Exception):
    """A server can't be made, changed or started; the message is one English sentence with the cause and the remedy."""
