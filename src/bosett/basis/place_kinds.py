"""What a place in a municipality is for: the kinds by which places are reported, and matched to those who wait."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is for: adults alone, families by size, minors by age, and who needs an accessible home."""

    ADULT = "adult"
    FAMILY_2_3 = "family_2_3"
    FAMILY_4_5 = "family_4_5"
    FAMILY_6 = "family_6"
    MINOR_UNDER_15 = "minor_under_15"
    MINOR_15_18 = "minor_15_18"
    ACCESSIBLE = "accessible"
