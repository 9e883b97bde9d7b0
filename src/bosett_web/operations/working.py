"""The worker: background jobs until told to stop, and publishing what has become public.

What a killed worker left is taken up first, then every half minute.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from bosett_web.actions.releases.publishing import Watched, publish_all, publish_since, watched
from bosett_web.records import space

STALLED = 30.0
"""Seconds without a sign of life after which a worker counts as dead, and its job is done by another."""
LOOKED = 2.0
"""Seconds between two looks at how much space there is."""
LOOKED_FOR_NEWS, IN_FULL = 5.0, 12
"""Seconds between two looks at whether anything has become public; and every so many looks everything is looked at."""
log = structlog.get_logger()


def work() -> None:
    """Do background jobs until told to stop; a job that a killed worker left is done again."""
    asyncio.run(while_there_is_space(_work))


async def while_there_is_space(worker: Callable[[], Awaitable[None]]) -> None:
    """Let a worker work while there is space on the disk; without, it stops between two jobs until there is.

    Args:
        worker: Works until it is cancelled, or ends by itself, and then all ends.
    """
    while True:
        if space.is_short():
            await asyncio.sleep(LOOKED)
            continue
        working = asyncio.ensure_future(worker())
        try:
            while not working.done() and not space.is_short():
                await asyncio.wait([working], timeout=LOOKED)
        except asyncio.CancelledError:
            working.cancel()
            raise
        if working.done():
            return working.result()
        log.warning("worker.waits_for_space", left=space.left())
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _work() -> None:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(connector)
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        beside = [asyncio.create_task(_take_up(worker_app)), asyncio.create_task(_publish())]
        try:
            await worker_app.run_worker_async(
                fetch_job_polling_interval=1.0, update_heartbeat_interval=5.0, stalled_worker_timeout=STALLED
            )
        finally:
            for each in beside:
                each.cancel()


async def _take_up(worker_app: object) -> None:
    manager = worker_app.job_manager  # type: ignore[attr-defined]
    while True:
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await manager.retry_job(job)
        await asyncio.sleep(STALLED / 6)


async def _publish() -> None:
    before: Watched | None = None
    turn = 0
    while True:
        before = await asyncio.to_thread(_look, before if turn % IN_FULL else None)
        turn += 1
        await asyncio.sleep(LOOKED_FOR_NEWS)


def _look(before: Watched | None) -> Watched | None:
    """Publish what has become public since a look before; a fault is told, and everything is looked at again."""
    try:
        now = watched()
        if before is None:
            publish_all()
        else:
            publish_since(before, now)
    except Exception:
        log.exception("publishing.failed")
        return None
    finally:
        close_old_connections()
    return now
