"""Whatever a service and a worker do in whatever order, a letter comes once: none is lost, none comes twice."""

import hashlib
from datetime import date, timedelta
from itertools import count

import pytest
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bosett.rounds.parties import Party
from bosett_web.actions.letters import sending
from bosett_web.dispatch import Absent, AlreadySent, Channel, DeliveryStatus, Parcel, RefusedByService, Sent, Unknown
from bosett_web.journal.verify import verify
from bosett_web.records import clock
from bosett_web.records.models import DeliveryTry, Letter
from parties import DEMO, approver, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO), pytest.mark.bulk]
YEAR, BERGEN, LONGEST = 2021, "4601", 60
PDF = b"%PDF-1.7 made up for the test"
_versions = count(1)


class Killed(BaseException):
    """The worker dies here."""


class Service:
    """A service that knows a letter by its reference, takes a second one as well, and is as bad as the plan says.

    Sent to: `ok`; `lost` is taken and not answered; `slow` is taken some time later; `away` is not taken; `no` is
    refused; `dies` is taken, and the worker is killed; `dies_before` is not taken, and the worker is killed.
    """

    channel = Channel.SVARUT
    longest = float(LONGEST)

    def __init__(self) -> None:
        self.plan: list[str] = []
        self.silent = 0
        self.taken: list[str] = []
        self.at_work: list[str] = []
        self.given_up: set[str] = set()

    def lacks(self, parcel: Parcel) -> str:  # noqa: ARG002  - the port's
        return ""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        way = self.plan.pop(0) if self.plan else "ok"
        if way in ("ok", "lost", "dies"):
            self.taken.append(parcel.asked_by)
        elif way == "slow":
            self.at_work.append(parcel.asked_by)
        if way in ("dies", "dies_before"):
            raise Killed
        if way == "no":
            return RefusedByService("no")
        return Sent(parcel.asked_by) if way == "ok" else Unknown("no answer")

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        if self.silent:
            self.silent -= 1
            return Unknown("no answer")
        if parcel.asked_by in self.given_up:
            return RefusedByService("given up")
        return AlreadySent(parcel.asked_by) if parcel.asked_by in self.taken else Absent()

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
        return RefusedByService("given up") if external in self.given_up else None

    def finish(self) -> None:
        """Take what it was at work with."""
        self.taken += self.at_work
        self.at_work.clear()


def a_letter() -> Letter:
    version = next(_versions)
    made: Letter = Letter.objects.create(
        round_id=YEAR,
        kind="minutes",
        receiver=BERGEN,
        version=version,
        state="queued",
        reference=f"{YEAR}/{BERGEN}-referat-{version}",
        language="nb",
        title="Referat",
        day=date(2020, 10, 30),
        content={},
        pdf=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        made_by_id=worker(Party.DIRECTORATE).person_id,
        approved_by_id=approver(Party.DIRECTORATE).person_id,
    )
    return made


def someone_looks(letter: Letter, service: Service) -> None:
    """A person does what the page asks for: looks whether a stopped letter came, and tries a failed one again."""
    letter.refresh_from_db()
    if letter.state == "stopped":
        service.finish()  # nobody looks before it is done
        known = letter.reference if not service.given_up else f"{letter.reference}.{len(service.given_up) + 1}"
        if known in service.taken:
            sending.told_delivered(letter.pk, None, "It came.")
            Letter.objects.filter(pk=letter.pk).update(external=known)
        else:
            sending.told_lost(letter.pk, "It never came.")
            Letter.objects.filter(pk=letter.pk).update(state="queued")
    elif letter.state == "failed":
        Letter.objects.filter(pk=letter.pk).update(state="queued")


def do(act: str, letter: Letter, service: Service) -> None:
    if act == "work":
        try:
            sending.deliver(letter.pk, service)
        except Killed:
            return
    elif act == "later":
        # The service is done within the time that it may take: that is what the wait is for.
        service.finish()
        passed = timedelta(seconds=LONGEST)
        DeliveryTry.objects.filter(letter=letter).update(at=F("at") - passed)
        Letter.objects.filter(pk=letter.pk).update(queued_at=F("queued_at") - passed)
    elif act == "finish":
        service.finish()
    elif act == "silent":
        service.silent += 1
    elif act == "look":
        someone_looks(letter, service)
    elif act == "ask":
        # The service is asked again about what it could not tell of; nobody has looked.
        stopped = Letter.objects.filter(pk=letter.pk, state="stopped")
        stopped.update(state="queued", queued_at=clock.now())
    else:
        letter.refresh_from_db()
        if letter.state == "delivered" and letter.external:
            service.given_up.add(letter.external)
        sending.follow(letter.pk, service)


ways = st.lists(st.sampled_from(["ok", "lost", "slow", "away", "no", "dies", "dies_before"]), max_size=6)
acts = st.lists(st.sampled_from(["work", "work", "later", "finish", "silent", "look", "ask", "give_up"]), max_size=16)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(plan=["slow"], sequence=["work", "work", "later", "work"])
@example(plan=["slow", "slow"], sequence=["work", "silent", "work", "finish", "work"])
@example(plan=["ok", "lost"], sequence=["work", "give_up", "look", "work", "work"])
@example(plan=["lost"], sequence=["work", *["silent", "work"] * 7, "look"])
@example(plan=["slow"], sequence=["work", *["silent", "work"] * 7, "ask", "silent", "work", "work"])
@given(plan=ways, sequence=acts)
def test_a_letter_comes_once_whatever_happens(plan: list[str], sequence: list[str]) -> None:
    letter, service = a_letter(), Service()
    service.plan = list(plan)
    for act in sequence:
        do(act, letter, service)
    # Then all goes well: time passes, the service answers, people look.
    service.plan, service.silent = [], 0
    for _ in range(12):
        for act in ("later", "work", "look"):
            do(act, letter, service)
    letter.refresh_from_db()
    assert letter.state == "delivered", "it is not lost"
    living = [each for each in service.taken if each not in service.given_up]
    assert living == [letter.external], "it came once"
    assert len(service.taken) == len(set(service.taken)), "and nothing was sent twice under one reference"


def test_the_chain_holds_after_all_of_it() -> None:
    letter, service = a_letter(), Service()
    service.plan = ["lost", "no"]
    for act in ("work", "give_up", "later", "work", "give_up", "look", "later", "work", "look", "work"):
        do(act, letter, service)
    letter.refresh_from_db()
    assert letter.state == "delivered"
    assert verify().holds
