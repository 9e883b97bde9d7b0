"""Floor 2: published figures by name, year and code, each with its status and the day from which it was known."""

from bosett.figures.catalogue import UnknownIndicator, indicators, times_of
from bosett.figures.content import BadContent, version_from
from bosett.figures.kinds import (
    Figure,
    Indicator,
    Level,
    NotKnownYet,
    Publication,
    Series,
    SeriesNote,
    Status,
    UsedVersion,
    require_known_by,
)
from bosett.figures.layers import SHIPPED, AcceptedVersion, EventsInDisorder, Layers, TakenBack, layers_of
from bosett.figures.series import NoFigures, codes_of, counties_within, country, counts_part_of_year, placeless, series
from bosett.figures.totals import NationalTotal, SourcesDisagree, national_total, national_totals
from bosett.figures.versions import FigureVersion

__all__ = [
    "SHIPPED",
    "AcceptedVersion",
    "BadContent",
    "EventsInDisorder",
    "Figure",
    "FigureVersion",
    "Indicator",
    "Layers",
    "Level",
    "NationalTotal",
    "NoFigures",
    "NotKnownYet",
    "Publication",
    "Series",
    "SeriesNote",
    "SourcesDisagree",
    "Status",
    "TakenBack",
    "UnknownIndicator",
    "UsedVersion",
    "codes_of",
    "counties_within",
    "country",
    "counts_part_of_year",
    "indicators",
    "layers_of",
    "national_total",
    "national_totals",
    "placeless",
    "require_known_by",
    "series",
    "times_of",
    "version_from",
]
