"""Public facts that the raw tables lack: counties, languages of names, and codes from before 2019.

Each table names its source. They are here, and not in a raw file, because they do not change.
"""

import re

# Source: SSB, Klass 104 (counties), the versions of 2018 and 2020 and 2024.
# 2019 has 18 counties: Trøndelag was made in 2018, the other mergers came in 2020.
COUNTIES = {
    2019: {
        "01": "Østfold",
        "02": "Akershus",
        "03": "Oslo",
        "04": "Hedmark",
        "05": "Oppland",
        "06": "Buskerud",
        "07": "Vestfold",
        "08": "Telemark",
        "09": "Aust-Agder",
        "10": "Vest-Agder",
        "11": "Rogaland",
        "12": "Hordaland",
        "14": "Sogn og Fjordane",
        "15": "Møre og Romsdal",
        "18": "Nordland",
        "19": "Troms",
        "20": "Finnmark",
        "50": "Trøndelag",
    },
}

# Parallel names are tagged from established place-name practice. `se` North Sami, `smj` Lule Sami, `sma` South Sami,
# `fkv` Kven.
PARALLEL_LANGUAGES = {
    "se": [
        "Deatnu",
        "Dielddanuorri",
        "Evenášši",
        "Guovdageaidnu",
        "Gáivuotna",
        "Hámmerfeasta",
        "Hárstták",
        "Ivgu",
        "Kárášjohka",
        "Loabák",
        "Omasvuotna",
        "Porsáŋgu",
        "Rivtták",
        "Ráisa",
        "Suortá",
        "Unjárga",
    ],
    "smj": ["Divtasvuodna", "Fuolldá", "Fuossko", "Hábmer"],
    "sma": [
        "Aarborte",
        "Levangke",
        "Nåavmesjenjaelmie",
        "Oslove",
        "Raane",
        "Raarvihke",
        "Rosse",
        "Snåase",
        "Stïentje",
        "Tråante",
    ],
    "fkv": ["Kaivuono", "Omasvuono", "Porsanki", "Raisi", "Yykeä"],
}
LANGUAGE_OF = {name: language for language, names in PARALLEL_LANGUAGES.items() for name in names}

# Names of the raw tables that lost a Sami letter to a wrong character set, as official sources have them: Kárášjohka
# stands whole in the raw table of 2020, Evenášši and Porsáŋgu in Kartverket's register of place names.
REPAIRED_NAMES = {"Evená??i": "Evenášši", "Kárá?johka": "Kárášjohka", "Porsángu": "Porsáŋgu"}
# Names of regions that are a municipality's official names, as that is written.
REPAIRED_REGIONS = {
    "Fauske - Fuosko": "Fauske - Fuossko",
    "Hamarøy - Hábmer": "Hábmer - Hamarøy",
    "Sortland - Sourtá": "Sortland - Suortá",
}

# Municipalities that call themselves herad, by structure and code: Ulvik, Granvin and Kvam; since 2020 Ulvik, Voss
# (that took Granvin in) and Kvam. Source: the names set by the King in Council (kommuneloven 3-1).
HERAD = {2019: {"1233", "1234", "1238"}, 2020: {"4620", "4621", "4622"}, 2024: {"4620", "4621", "4622"}}

# Codes that were gone before 2019, and the code of 2019 that the place has now: (code, code of 2019, last year in use).
# Source: SSB, Klass 131, changes 2012-2019. Trøndelag was renumbered on 1 January 2018; the older editions of IMDi's
# statistics base use the codes from before that day right up to 2019, so the last year is that of IMDi, not of SSB.
TRONDELAG = """
1601 5001  1612 5011  1613 5012  1617 5013  1620 5014  1621 5015  1622 5016  1627 5017  1630 5018  1632 5019  1633 5020
1634 5021  1635 5022  1636 5023  1638 5024  1640 5025  1644 5026  1648 5027  1653 5028  1657 5029  1662 5030  1663 5031
1664 5032  1665 5033  1702 5004  1703 5005  1711 5034  1714 5035  1717 5036  1719 5037  1721 5038  1724 5039  1725 5040
1736 5041  1738 5042  1739 5043  1740 5044  1742 5045  1743 5046  1744 5047  1748 5048  1749 5049  1750 5050  1751 5051
1755 5052  1756 5053
"""
MERGED_BEFORE_2019 = {
    2016: "0706 0710  0719 0710  0720 0710",  # Sandefjord, Andebu and Stokke became Sandefjord on 1 January 2017
    2017: "0709 0712  0728 0712  0702 0715  0714 0715  0722 0729  0723 0729  1624 5054  1718 5054",
    2018: "1567 5061",  # Rindal moved from Møre og Romsdal to Trøndelag on 1 January 2019
}


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(old, new) for old, new in re.findall(r"(\d{4}) (\d{4})", text)]


# code -> (code of 2019, last year in which the statistics base uses it)
EARLIER_CODES = {old: (new, 2019) for old, new in _pairs(TRONDELAG)} | {
    old: (new, year) for year, text in MERGED_BEFORE_2019.items() for old, new in _pairs(text)
}
# Mosvik and Inderøy became Inderøy (1756) in 2012; Harstad and Bjarkøy became Harstad (1903) in 2013. IMDi's tables
# use the
# old and the new code side by side for a while: one measure stands under the one, another under the other.
EARLIER_CODES |= {"1729": ("5053", 2013), "1901": ("1903", 2014)}
SIDE_BY_SIDE = (("1729", "1756"), ("1901", "1903"))
# Gone before 2012, yet still listed by the statistics base with nothing but blanks.
LONG_GONE = frozenset(
    ["0102", "0103", "0718", "1154", "1159", "1214", "1503", "1556", "1569", "1572", "1842", "1915", "2001"]
)
# The merged municipalities did not exist before the year that follows.
NOT_BEFORE = {"0710": 2017, "0712": 2018, "0715": 2018, "0729": 2018, "5054": 2018, "5061": 2019}
UNKNOWN_PLACE = "9999"
