"""E-mail of news: each person who has asked for it, in each role, is told of each event once.

What is to be sent is written down before it is: a worker that dies on the way leaves a message of which nobody knows
whether it went, and that is not sent again but told. A server that cannot be reached is tried at the next turn.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone

from bosett.documents.alerts import AlertLine, AlertMail, alert_mail
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import AlertHow, AlertSent, AlertSettings, AlertState, Grant
from bosett_web.dispatch.mail import MailFate, Message
from bosett_web.queries.round.alerts import Alert, news, seen_upto
from bosett_web.queries.round.duties import duties, of
from bosett_web.queries.round.rounds import rounds
from bosett_web.queries.standing import kept_standing
from bosett_web.records import clock

MOST_TRIES = 300
"""Times that a message is tried: a day and a night, every five minutes. What is refused for so long is given up."""
MORNING = 7
"""The hour, in Norwegian time, from which the e-mail of a day is sent."""
LOCK = 0x6E6F7469
"""The number by which two workers know that they would send the same."""
BECAME = {MailFate.SENT: AlertState.SENT, MailFate.NOT_SENT: AlertState.FAILED, MailFate.UNKNOWN: AlertState.LOST}
log = structlog.get_logger()

Send = Callable[[Message], tuple[MailFate, str]]
Link = Callable[[str, Sequence[object]], str]
"""The address of a page, by its name and what goes into it."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn of sending: when, by what, and how pages are addressed."""

    moment: datetime
    send: Send
    link: Link


def tell_all(moment: datetime, send: Send, link: Link) -> int:
    """Send what is new to everybody who has asked for it and whose time it is; return how many messages went.

    Args:
        moment: The real moment.
        send: Sends one message and tells what became of it.
        link: Returns the address of a page.
    """
    with _alone() as alone:
        if not alone:
            return 0
        _give_up_begun()
        turn = _Turn(moment, send, link)
        chosen = AlertSettings.objects.exclude(often=AlertHow.NEVER).order_by("pk")
        return sum(_tell(row, turn) for row in chosen)


@contextmanager
def _alone() -> Iterator[bool]:
    """Let one worker at a time send: two would tell the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (got,) = cursor.fetchone()
    try:
        yield bool(got)
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _give_up_begun() -> None:
    """Tell of messages that a dead worker had begun: whether they went is not known, and they are not sent again."""
    for row in AlertSent.objects.filter(state=AlertState.BEGUN).order_by("pk"):
        AlertSent.objects.filter(pk=row.pk).update(state=AlertState.LOST, why="worker_died")
        log.error("alerts.lost", sent=row.pk, why="worker_died")


def _tell(chosen: AlertSettings, turn: _Turn) -> int:
    """Send a person what is new in each role; return how many messages went."""
    day = timezone.localdate(turn.moment)
    grants = Grant.objects.in_force(turn.moment).filter(person=chosen.person_id).order_by("seat", "-pk")
    by_seat = {grant.seat_id: grant.pk for grant in grants}
    failed = AlertSent.objects.filter(
        person=chosen.person_id, state=AlertState.FAILED, seat__in=by_seat, tries__lt=MOST_TRIES
    )
    waits = chosen.often == AlertHow.DAILY and (chosen.sent_on == day or timezone.localtime(turn.moment).hour < MORNING)
    if waits and not failed.exists():
        return 0
    gone = 0
    for grant in by_seat.values():
        actor = actor_of(grant, turn.moment)
        if actor is not None:
            gone += _tell_in(actor, chosen, turn, only_failed=waits)
    if not waits and not failed.exists():
        AlertSettings.objects.filter(pk=chosen.pk).update(sent_on=day)
    return gone


def _tell_in(actor: Actor, chosen: AlertSettings, turn: _Turn, *, only_failed: bool) -> int:
    """Send a person what is new in one role: first what failed before, as it was; return 1 when a message went."""
    sent = AlertSent.objects.filter(person=actor.person_id, seat=actor.seat_id)
    row = sent.filter(state=AlertState.FAILED, tries__lt=MOST_TRIES).order_by("pk").first()
    if row is None and only_failed:
        return 0
    if row is None:
        newest = max(sent.values_list("upto", flat=True), default=0)
        after = max(newest, chosen.since, seen_upto(actor.person_id, actor.seat_id))
        fresh = news(actor.who, after)
        if not fresh.rows:
            return 0
        row = AlertSent(person_id=actor.person_id, seat_id=actor.seat_id, after=after, upto=fresh.upto)
    rows = news(actor.who, row.after, row.upto).rows
    row.state, row.tries, row.at = AlertState.BEGUN, row.tries + 1, turn.moment
    with transaction.atomic(durable=True):
        row.save()
    mail = _mail(actor, rows, turn.link)
    fate, why = turn.send(Message(chosen.address, mail.subject, mail.body, f"bosett-{row.pk}-{row.upto}"))
    AlertSent.objects.filter(pk=row.pk).update(state=BECAME[fate], why=why)
    if fate is not MailFate.SENT:
        tell = log.error if fate is MailFate.UNKNOWN else log.warning
        tell("alerts.not_sent", sent=row.pk, tries=row.tries, fate=fate.value, why=why)
    return int(fate is MailFate.SENT)


def _mail(actor: Actor, rows: Sequence[Alert], link: Link) -> AlertMail:
    """Return the e-mail of some news: titles and links, and how many duties wait."""
    lines = [AlertLine(row.words(actor.language), row.year, row.day, link(row.page, row.parts)) for row in rows]
    day = clock.today()
    waiting = 0
    for each in rounds():
        if each.runs(day):
            waiting += len(of(duties(kept_standing(each.year), day), actor.party, actor.area))
    return alert_mail(lines, actor.seat_name, waiting, (link("home", ()), link("alerts", ())), actor.language)
