"""`bosett-web former-rounds`."""

import argparse

from bosett_web.actions.round.former import read_in_by_system
from bosett_web.operations.console import DONE, say
from bosett_web.queries.former import days_published, requests_published, years_to_read_in
from bosett_web.queries.layers import layers_now
from bosett_web.records import clock


def run(args: argparse.Namespace) -> int:
    """Show which years would be read in and, when it is asked for, do it, each with its own event."""
    today, figures = clock.today(), layers_now()
    years = years_to_read_in(today)
    for year in years:
        asked = {code for numbers in requests_published(year, today, figures).values() for code in numbers}
        days = sorted({day.isoformat() for day in days_published(year, today, figures).values()})
        if args.accept:
            read_in_by_system(year)
        say(f"{year}: {len(asked)} municipalities asked, as known from {' and '.join(days)}")
    rounds = f"{len(years)} former {'round' if len(years) == 1 else 'rounds'}"
    say(f"{rounds}: done" if args.accept else f"{rounds}. Nothing has been done: --accept does it")
    return DONE
