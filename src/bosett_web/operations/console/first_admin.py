"""`bosett-web first-admin`."""

import argparse
import os
from collections.abc import Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bosett.rounds.parties import Party
from bosett_web.actions.access.invitations import invite_first
from bosett_web.actions.doing import Invalid
from bosett_web.operations.console import DONE, say
from bosett_web.operations.console.commands import CannotBeDone
from bosett_web.operations.environment import is_loopback
from bosett_web.records import clock
from bosett_web.screens.refusals import in_words

MOST_HOURS = 24 * 14


def run(args: argparse.Namespace) -> int:
    """Make the link, and tell whom it is for and how long it holds.

    Raises:
        CannotBeDone: The organisation, its role or the hours cannot be.
    """
    if not 0 < args.hours <= MOST_HOURS:
        raise CannotBeDone(f"--hours {args.hours}: write a number from 1 to {MOST_HOURS}")
    until = clock.now() + timedelta(hours=args.hours)
    try:
        token, seat = invite_first(
            organisation=args.organisation, name=args.name or "", party=Party(args.party), area=args.area, until=until
        )
    except Invalid as fault:
        raise CannotBeDone(in_words(fault.code, fault.facts, "en")) from None
    place = (args.address or own_address(os.environ)).rstrip("/")
    organisation = seat.organisation
    say(f"{place}{reverse('first', args=[token])}")
    say(f"for one person who logs in for {organisation.name} ({organisation.orgnr}), to become administrator as {seat}")
    say(f"until {timezone.localtime(until):%d.%m.%Y %H:%M}; it is shown only now, and takes the place of an older one")
    return DONE


def own_address(of: Mapping[str, str]) -> str:
    """Return the workspace's address as people write it: the first name beyond this machine, else where it listens."""
    names = [name.strip() for name in of.get("BOSETT_HOSTS", "").split(",") if name.strip() not in ("", "*")]
    beyond = [name for name in names if not is_loopback(name)]
    return f"https://{beyond[0]}" if beyond else f"http://{of.get('HOST') or 'localhost'}:{of.get('PORT') or 8000}"
