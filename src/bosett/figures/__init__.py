"""Floor 2: published figures by name, year and code, each with its status and the day from which it was known."""

from bosett.figures.catalogue import UnknownIndicator, indicators
from bosett.figures.kinds import Figure, Indicator, Level, NotKnownYet, Series, SeriesNote, Status, require_known_by
from bosett.figures.series import NoFigures, counties_within, country, series
from bosett.figures.totals import NationalTotal, SourcesDisagree, national_total, national_totals

__all__ = [
    "Figure",
    "Indicator",
    "Level",
    "NationalTotal",
    "NoFigures",
    "NotKnownYet",
    "Series",
    "SeriesNote",
    "SourcesDisagree",
    "Status",
    "UnknownIndicator",
    "counties_within",
    "country",
    "indicators",
    "national_total",
    "national_totals",
    "require_known_by",
    "series",
]
