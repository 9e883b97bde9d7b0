"""A workspace of 2026 in which the former years have been read in, as published."""

from bosett.rounds.parties import Party
from bosett_web.actions.round import former
from bosett_web.queries.former import years_to_read_in
from coming_year import PEOPLED, TODAY
from parties import approver
from web_database import Start

YEARS = tuple(range(2018, 2024))


def read_in_all() -> None:
    """Read in every former year of which requests are published."""
    for year in years_to_read_in(TODAY):
        former.read_in(approver(Party.DIRECTORATE), year=year)


READ_IN = Start(read_in_all, PEOPLED)
