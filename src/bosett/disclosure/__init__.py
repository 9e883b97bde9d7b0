"""Floor 3: small counts hidden in a table with sums so that they stay hidden, with witnesses. Knows no refugees."""

from bosett.disclosure.check import Exposed, check_release, check_year
from bosett.disclosure.history import ReleaseYear
from bosett.disclosure.outcome import Coarsening, Hiding, NothingHides, Protected, Terms, Witness
from bosett.disclosure.protect import protect
from bosett.disclosure.table import BadTable, CountCell, CountRow, CountTable, Spot

__all__ = [
    "BadTable",
    "Coarsening",
    "CountCell",
    "CountRow",
    "CountTable",
    "Exposed",
    "Hiding",
    "NothingHides",
    "Protected",
    "ReleaseYear",
    "Spot",
    "Terms",
    "Witness",
    "check_release",
    "check_year",
    "protect",
]
