"""The jobs: what each task of the queue does."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any, Final

from procrastinate import App, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy
from procrastinate.utils import utcnow

from erp_desktop.worker import mail
from erp_desktop.worker.settings import Settings

log = logging.getLogger(__name__)

MAIL, UPKEEP = "mail", "upkeep"
"""The queues."""

SHORTEST, LONGEST = 2, 120
"""Seconds between tries."""

KEPT_HOURS: Final = 24 * 30


class Patient(BaseRetryStrategy):
    """Tries again with a growing pause what fails for a reason that may go away."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Override BaseRetryStrategy.get_retry_decision."""
        if not isinstance(exception, mail.MailUnavailable):
            return None
        pause = min(SHORTEST * 2**job.attempts, LONGEST)
        log.warning("The mail server took nothing (%s); trying again in %s s.", exception, pause)
        return RetryDecision(retry_in={"seconds": pause})


class Queue:
    """The queue of one server, and the tasks that this worker knows."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        options = {"options": "-c search_path=jobs,pg_catalog", "application_name": "erp-desktop worker"}
        self.app = App(connector=PsycopgConnector(conninfo=settings.dsn, kwargs=options, min_size=1, max_size=4))
        self.app.task(name="send_reset_code", queue=MAIL, retry=Patient())(self.send_reset_code)
        for name, cron, work in (
            ("seal_trail", "* * * * *", self.seal_trail),
            ("forget_resets", "* * * * *", self.forget_resets),
            ("end_sessions", "* * * * *", self.end_sessions),
            ("forget_jobs", "17 * * * *", self.forget_jobs),
        ):
            self.app.periodic(cron=cron)(self.app.task(name=name, queue=UPKEEP, queueing_lock=name)(work))

    @property
    def queues(self) -> list[str]:
        """Where this worker takes its jobs: letters only if it can send them."""
        return [MAIL, UPKEEP] if self._settings.mail else [UPKEEP]

    async def send_reset_code(self, reset_id: int) -> None:
        """Have a code made for a forgotten password, and mail it."""
        server = self._settings.mail
        assert server is not None  # without one the queue isn't served
        told = await self._ask("select auth.issue_reset_code(%(reset_id)s) as answer", reset_id=reset_id)
        if told is None:
            log.info("Request %s needs no mail.", reset_id)
            return
        try:
            await asyncio.to_thread(mail.send, server, mail.code_message(told, server.sender))
        except mail.MailRefused as error:
            log.warning("The code for request %s can't be mailed: %s; look at the account's address.", reset_id, error)
            return
        log.info("The code for request %s is mailed.", reset_id)

    async def seal_trail(self, **_tick: int) -> None:
        """Seal what was added to the trail."""
        made = await self._ask("select audit.seal_changes() as answer")
        if made:
            log.info("Sealed the trail: %s seals.", made)

    async def forget_resets(self, **_tick: int) -> None:
        """Remove what is over of forgotten passwords."""
        await self._ask("select auth.forget_resets() as answer")

    async def end_sessions(self, **_tick: int) -> None:
        """End sessions whose time is up, and connections that should be none any more."""
        await self._ask("select auth.end_what_is_over() as answer")

    async def forget_jobs(self, **_tick: int) -> None:
        """Remove jobs that ended a month ago."""
        await self.app.job_manager.delete_old_jobs(
            nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    async def report(self) -> None:
        """Tell the server that this worker is alive, and take over the jobs of those that are not."""
        sends = self._settings.mail is not None
        await self._ask("select meta.report_worker(%(sends)s)::text as answer", sends=sends)
        stalled = await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._settings.patience)
        for job in stalled:
            log.warning("Another worker went away during job %s; it runs again.", job.id)
            await self.app.job_manager.retry_job(job, retry_at=utcnow() - timedelta(seconds=1))

    async def tidy_up(self) -> None:
        """Do once what else comes round by the clock."""
        await self.report()
        await self.seal_trail()
        await self.forget_resets()
        await self.end_sessions()
        await self.forget_jobs()

    async def _ask(self, statement: str, **values: Any) -> Any:
        row = await self.app.connector.execute_query_one_async(statement, **values)
        return row["answer"]
