"""Runs the worker until it is told to stop, through lost connections and restarts of the server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final

import psycopg
from procrastinate.exceptions import ConnectorException

from erp_desktop.server.errors import ServerError
from erp_desktop.worker.jobs import Queue
from erp_desktop.worker.settings import Settings

log = logging.getLogger(__name__)

SHORTEST, LONGEST = 1.0, 60.0
"""Seconds before the database is tried again."""

GRACE: Final = 30.0
"""How long a job under way may take when the worker is told to stop."""


def run(settings: Settings, *, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT; with `once` until the queue is empty. ServerError when `once` finds no server."""
    _log_to_standard_error()
    # psycopg can't use the loop that Windows has by default.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(_work_once(settings) if once else _work_on(settings))


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name, level in (("erp_desktop", logging.INFO), ("procrastinate", logging.ERROR), ("psycopg", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False


async def _work_once(settings: Settings) -> None:
    try:
        await _look_at(settings.dsn)
        queue = Queue(settings)
        async with queue.app.open_async():
            await queue.tidy_up()
            await _serve(queue, settings, once=True)
    except (psycopg.OperationalError, ConnectorException) as error:
        raise ServerError(f"The server can't be reached ({_reason(error)}); check --dsn and its password.") from error


async def _work_on(settings: Settings) -> None:
    stop = asyncio.Event()
    _on_signals(stop.set)
    pause = SHORTEST
    while not stop.is_set():
        try:
            await _look_at(settings.dsn)
            pause = SHORTEST
            await _until(stop, _session(settings))
        except (psycopg.Error, ConnectorException) as error:
            log.warning("The database can't be reached (%s); trying again in %g s.", _reason(error), pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, LONGEST)
    log.info("The worker stops.")


async def _look_at(dsn: str) -> None:
    """Fail at once, with the reason, where a pool of connections would try for long."""
    connection = await psycopg.AsyncConnection.connect(dsn, connect_timeout=10)
    await connection.close()


async def _session(settings: Settings) -> None:
    """Work on one set of connections for as long as they hold."""
    queue = Queue(settings)
    async with queue.app.open_async():
        await queue.report()
        with_mail = f"sends mail by {settings.mail.host}" if settings.mail else "sends no mail"
        log.info("The worker is ready; it %s.", with_mail)
        working = asyncio.create_task(_serve(queue, settings, once=False))
        reporting = asyncio.create_task(_report_on(queue, settings.patience / 2))
        try:
            await asyncio.wait((working, reporting), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reporting, working):
                task.cancel()
            ended = await asyncio.gather(working, reporting, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome


async def _serve(queue: Queue, settings: Settings, *, once: bool) -> None:
    await queue.app.run_worker_async(
        queues=queue.queues,
        wait=not once,
        concurrency=2,
        install_signal_handlers=False,
        delete_jobs="successful",
        shutdown_graceful_timeout=GRACE,
        update_heartbeat_interval=settings.patience / 3,
        stalled_worker_timeout=settings.patience,
    )


async def _report_on(queue: Queue, interval: float) -> None:
    while True:
        await asyncio.sleep(interval)
        await queue.report()


async def _until(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Do the work until it ends or `stop` is set; what the work raises is raised."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working


def _on_signals(stop: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _reason(error: BaseException) -> str:
    """The first line of the deepest cause."""
    while error.__cause__ is not None:
        error = error.__cause__
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
