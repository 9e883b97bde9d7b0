"""Floor 2: municipalities and counties through time: merged, split, renumbered, names, regions, language form."""

from bosett.geography.changes import BackInTime, SplitRule, SplitWithoutWeights, Value, became, carry, was
from bosett.geography.finding import nearness
from bosett.geography.links import Kind, Part
from bosett.geography.places import (
    Coordinates,
    LabourMarketRegion,
    LanguageForm,
    NotToldOfPlace,
    Point,
    centrality,
    coordinates,
    labour_market_region,
    language_form,
)
from bosett.geography.register import (
    County,
    Municipality,
    Name,
    Register,
    UnknownCounty,
    UnknownMunicipality,
    counties,
    county,
    municipalities,
    municipality,
    register,
)

__all__ = [
    "BackInTime",
    "Coordinates",
    "County",
    "Kind",
    "LabourMarketRegion",
    "LanguageForm",
    "Municipality",
    "Name",
    "NotToldOfPlace",
    "Part",
    "Point",
    "Register",
    "SplitRule",
    "SplitWithoutWeights",
    "UnknownCounty",
    "UnknownMunicipality",
    "Value",
    "became",
    "carry",
    "centrality",
    "coordinates",
    "counties",
    "county",
    "labour_market_region",
    "language_form",
    "municipalities",
    "municipality",
    "nearness",
    "register",
    "was",
]
