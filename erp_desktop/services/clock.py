"""What day and time it is at the company: by the server's clock and in its time zone, whatever this computer says.

A computer whose clock is a day off proposes the right dates all the same. What is allowed the server decides by its own
`current_date`; this module is only for what the program proposes and shows.
"""

from __future__ import annotations

import datetime as dt

_NOWHERE = (dt.timedelta(0), None)

# How far the server is ahead of this computer, and its time zone; replaced as a whole, so that threads may read it.
_server: tuple[dt.timedelta, dt.tzinfo | None] = _NOWHERE


def follow(server_now: dt.datetime) -> dt.timedelta:
    """Go by a server from now on: `server_now` is its present time in its time zone. How far its clock is ahead."""
    global _server
    ahead = server_now - _computer_now()
    _server = (ahead, server_now.tzinfo)
    return ahead


def now() -> dt.datetime:
    """The present time at the company; before any server was asked, this computer's."""
    ahead, zone = _server
    return (_computer_now() + ahead).astimezone(zone)


def today() -> dt.date:
    """The present day at the company."""
    return now().date()


def _computer_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
